"""Constructions: active, passive, impersonal passive, reflexive or adjectival; and what they do to the modality.

"il a été demandé aux États de" -> impersonal_passive; "se sont vu demander de" -> reflexive
"""

from __future__ import annotations

from pries.actors.anaphora import impersonal
from pries.grammar.morphology import AVOIR, ETRE
from pries.grammar.sentence import NEGATION, REFLEXIVE, Sentence
from pries.grammar.verbs import VerbalGroup, inverted_pronoun, is_adverb, left_in_group
from pries.requests.frames import Frame


def construction_of(sentence: Sentence, frame: Frame, group: VerbalGroup) -> tuple[str, str]:
    """The construction that a verbal frame stands in; or nothing, and why the frame does not hold here."""
    if frame.pos == "modal":
        return ("", "no request in the passive") if group.voice == "passive" else ("modal", "")
    if frame.pos == "impersonal":
        if frame.modal:
            return "modal", ""
        clitic_relative = any(sentence.low(c) in ("leur", "lui", "nous", "y") for c in group.clitics)
        told = _il(sentence, group) or (clitic_relative and frame.addressee == "à")
        return ("active", "") if told else ("", "not impersonal")
    voice = group.voice
    if voice == "passive" and _il(sentence, group) and impersonal(sentence, group.start - 1):
        voice = "impersonal_passive"
    if "present" in frame.traits and group.tense not in ("present", "gerund"):
        return "", "a mandate told as a fact"  # "a chargé"
    if "past_passive" in frame.traits and voice == "passive" and group.tense != "past":
        return "", "told of what is to come"  # "est appelé à croître"
    if voice == "participle":
        return _reduced(sentence, frame, group)
    if _seen(sentence, group):
        return "reflexive", ""
    if group.reflexive and "reflexive" not in frame.traits:
        return "", "reflexive: about oneself"
    if frame.voice not in ("any", "passive" if voice == "impersonal_passive" else voice):
        return "", f"only {frame.voice}"
    return voice, ""


def _reduced(sentence: Sentence, frame: Frame, group: VerbalGroup) -> tuple[str, str]:
    """The construction of a participle without auxiliary: « les États invités à »."""
    if "unreduced" in frame.traits:
        return "", "a promise, not a request"  # "engagés à"
    if sentence.low(group.start - 1) in ("comme", "tel", "telle", "tels", "compte"):
        return "", "another sense"
    if frame.voice == "active" or (frame.addressee != "object" and group.tense == "participle"):
        return "", "a bare participle"
    return "passive", ""


def _il(sentence: Sentence, group: VerbalGroup) -> bool:
    inverted = group.inverted is not None and sentence.low(group.inverted).endswith("il")
    return sentence.low(group.start - 1) in ("il", "-t-il") or inverted


def _seen(sentence: Sentence, group: VerbalGroup) -> bool:
    """Whether the verb is the infinitive of "se sont vu demander de"."""
    i = group.start - 1
    while i >= 0 and is_adverb(sentence, i):
        i -= 1
    return (
        group.tense == "infinitive"
        and sentence.low(i).rstrip("es") in ("vu", "entendu", "voi", "voyai", "voient", "voyaient", "verra", "verront")
        and any(sentence.low(k) in REFLEXIVE for k in range(max(i - 4, 0), i))
    )


def strength(frame: Frame, group: VerbalGroup) -> str:
    """The modality: instamment raises a request, the conditional turns duty into should."""
    if group.instamment and frame.modality in ("request", "encourage"):
        return "urge"
    if frame.modal and frame.modality == "duty" and group.tense == "conditional":
        return "should"
    return frame.modality


def copula(sentence: Sentence, i: int) -> VerbalGroup | None:
    """The group that makes the adjective at `i` impersonal: « il est », « qu'il serait », « il demeure »."""
    j = left_in_group(sentence, i - 1)
    while sentence.low(j) in ("et", ",") and j > 0 and sentence[j - 1].tag == "ADJ":  # "nécessaire et urgent"
        j = left_in_group(sentence, j - 2)
    if sentence.low(j) in ("plus", "moins", "très", "si"):
        j -= 1
    inverted = j if inverted_pronoun(sentence, j) else None
    j = left_in_group(sentence, j - 1) if inverted is not None else j
    compound = sentence.low(j) == "été"
    j = left_in_group(sentence, j - 1) if compound else j
    low = sentence.low(j)
    tense = ETRE.get(low) or AVOIR.get(low) or (_seeming(sentence, j) if j >= 0 else None)
    if tense is None:
        return None
    k = left_in_group(sentence, j - 1)
    negated = sentence.low(k) in NEGATION
    k = left_in_group(sentence, k - 1) if negated else k
    while sentence.low(k) in ("lui", "leur", "s'", "nous"):
        k -= 1
    if inverted is None and sentence.low(k) not in ("il", "ce", "c'", "cela"):
        return None
    start = j if inverted is not None else k
    group = VerbalGroup(start, i + 1, i, "active", "past" if compound and low in AVOIR else tense, [j], negated=negated)
    group.inverted = inverted
    return group


COPULAS = tuple("demeur paraî parai sembl rest apparaî apparai devien devenai avèr avér révèl".split())


def _seeming(sentence: Sentence, j: int) -> str | None:
    """The tense of a verb such as demeurer or paraître at rank `j`."""
    token = sentence[j]
    if not token.finite or not token.low.startswith(COPULAS):
        return None
    for feature, tense in (("Mood=Cnd", "conditional"), ("Tense=Imp", "imperfect"), ("Tense=Fut", "future")):
        if feature in token.morph:
            return tense
    return "present"


def judge(sentence: Sentence, i: int) -> int | None:
    """The verb of opinion before an adjective without copula: « d'autres [estiment] préférable de »."""
    j = left_in_group(sentence, i - 1)
    if sentence.low(j) in ("comme", "pour"):
        j = left_in_group(sentence, j - 1)
    low = sentence.low(j)
    return j if j > 0 and low.startswith(OPINION) and sentence[j - 1].tag not in ("DET", "ADP") else None


OPINION = ("jug", "estim", "trouv", "considèr", "considér", "croi", "cru", "tien", "tenu", "tenai")
