"""Constructions: active, passive, impersonal passive, reflexive or adjectival; and what they do to the modality.

"il a été demandé aux États de" -> impersonal_passive; "se sont vu demander de" -> reflexive
"""

from __future__ import annotations

from pries.actors.impersonals import impersonal
from pries.base.rules import first
from pries.grammar import words as closed
from pries.grammar.sentence import Sentence
from pries.grammar.verbs import VerbalGroup, inverted_pronoun, is_adverb, left_in_group
from pries.requests import duties
from pries.requests.frames import Frame

Verdict = tuple[str, str]  # the construction, or nothing and why the frame does not hold here


def construction_of(sentence: Sentence, frame: Frame, group: VerbalGroup) -> tuple[str, str, str]:
    """The construction that a verbal frame stands in; or nothing, and why it does not hold; and by which rule."""
    voice = group.voice
    if voice == "passive" and _il(sentence, group) and impersonal(sentence, group.start - 1):
        voice = "impersonal_passive"
    verdict, rule = first(RULES, sentence, frame, group, voice)
    return (*verdict, rule) if verdict else (voice, "", "voice")


def _owed(sentence: Sentence, frame: Frame, group: VerbalGroup, voice: str) -> Verdict | None:
    """« Le montant est dû »."""
    return ("", "no request in the passive") if frame.pos == "modal" and voice == "passive" else None


def _modal(sentence: Sentence, frame: Frame, group: VerbalGroup, voice: str) -> Verdict | None:
    """« Les États devaient agir », « il fallait agir »."""
    return ("modal", "") if frame.modal and frame.pos in ("modal", "impersonal") else None


def _impersonal(sentence: Sentence, frame: Frame, group: VerbalGroup, voice: str) -> Verdict | None:
    """« Il appartient aux parties d'agir », « les tâches qui leur incombent », « le devoir d'agir incombe à »."""
    if frame.pos != "impersonal":
        return None
    if frame.addressee == "à" and duties.burden(sentence, group) is not None:
        return "active", ""
    to_whom = frame.addressee == "à" and any(sentence.low(c) in closed.BESIDE_IMPERSONAL for c in group.clitics)
    return ("active", "") if to_whom or _il(sentence, group) else ("", "not impersonal")


def _mandate(sentence: Sentence, frame: Frame, group: VerbalGroup, voice: str) -> Verdict | None:
    """« Le Comité a chargé le Secrétaire de … »: a mandate that was given; « décide de le charger de » gives one."""
    told = "present" in frame.traits and group.tense not in ("present", "gerund", "infinitive")
    return ("", "a mandate told as a fact") if told else None


def _promised(sentence: Sentence, frame: Frame, group: VerbalGroup, voice: str) -> Verdict | None:
    """« Les États engagés à coopérer »."""
    return ("", "a promise, not a request") if voice == "participle" and "unreduced" in frame.traits else None


def _compared(sentence: Sentence, frame: Frame, group: VerbalGroup, voice: str) -> Verdict | None:
    """« comme demandé », « compte tenu »."""
    compared = (
        voice == "participle" and sentence.low(left_in_group(sentence, group.start - 1)) in sentence.cues.other_sense
    )
    return ("", "another sense") if compared else None


def _told(sentence: Sentence, frame: Frame, group: VerbalGroup, voice: str) -> Verdict | None:
    """« comme elle l'a demandé »: a pronoun says what was asked."""
    if voice != "active" or frame.addressee not in ("à", "de"):
        return None
    whole = any(sentence.low(c) in closed.OBJECT_CLITICS for c in group.clitics)
    before = sentence.lows[max(group.start - 8, 0) : group.start]
    compared = whole and ("comme" in before or any(low == "ainsi" for low in before))
    return ("", "told by a pronoun") if compared else None


def _reduced(sentence: Sentence, frame: Frame, group: VerbalGroup, voice: str) -> Verdict | None:
    """« Les États invités à coopérer »: a participle without auxiliary is a passive, if its noun is who is to act."""
    if voice != "participle":
        return None
    bare = frame.voice == "active" or (frame.addressee != "object" and group.tense == "participle")
    return ("", "a bare participle") if bare else ("passive", "")


def _seen(sentence: Sentence, frame: Frame, group: VerbalGroup, voice: str) -> Verdict | None:
    """« Les États se sont vu demander de coopérer »."""
    i = group.start - 1
    if group.tense != "infinitive":
        return None
    while i >= 0 and is_adverb(sentence, i):
        i -= 1
    seen = sentence.low(i).rstrip("es") in closed.SEE_HEAR
    own = seen and any(sentence.low(k) in closed.REFLEXIVE for k in range(max(i - 4, 0), i))
    return ("reflexive", "") if own else None


def _about_oneself(sentence: Sentence, frame: Frame, group: VerbalGroup, voice: str) -> Verdict | None:
    """« Ils se sont engagés à coopérer »."""
    had = bool(group.auxiliaries) and sentence.low(group.auxiliaries[0]) in closed.AVOIR  # « Il m'a prié d'agir »
    own = group.reflexive and not had and "reflexive" not in frame.traits
    return ("", "reflexive: about oneself") if own else None


def _other_voice(sentence: Sentence, frame: Frame, group: VerbalGroup, voice: str) -> Verdict | None:
    """« Les États tiennent de leurs ancêtres »: only the passive « tenus de » asks."""
    fits = frame.voice in ("any", voice.removeprefix("impersonal_"))
    return None if fits else ("", f"only {frame.voice}")


RULES = (
    _owed, _modal, _impersonal, _mandate, _promised, _compared, _told, _reduced, _seen, _about_oneself,
    _other_voice,
)  # fmt: skip


def _il(sentence: Sentence, group: VerbalGroup) -> bool:
    inverted = group.inverted is not None and sentence.low(group.inverted).endswith("il")
    return sentence.low(group.start - 1) in closed.INVERTED_IL or inverted


def strength(frame: Frame, group: VerbalGroup) -> str:
    """The modality: the frame's, unless a rule raises or lowers it."""
    return first(STRENGTH, frame, group)[0] or frame.modality


def _pressing(frame: Frame, group: VerbalGroup) -> str | None:
    """« prie instamment les États de … »."""
    return "urge" if group.instamment and frame.modality in ("request", "encourage") else None


def _conditional(frame: Frame, group: VerbalGroup) -> str | None:
    """« Les États devraient … »."""
    duty = frame.modal and frame.modality == "duty"
    return "should" if duty and group.tense == "conditional" else None


STRENGTH = (_pressing, _conditional)


def copula(sentence: Sentence, i: int) -> VerbalGroup | None:
    """The group that makes the adjective at `i` impersonal: « il est », « qu'il serait », « il demeure »."""
    j = left_in_group(sentence, i - 1)
    while sentence.low(j) in closed.AND_COMMA and j > 0 and sentence[j - 1].tag == "ADJ":  # "nécessaire et urgent"
        j = left_in_group(sentence, j - 2)
    if sentence.low(j) in closed.INTENSIFIERS:
        j -= 1
    inverted = j if inverted_pronoun(sentence, j) else None
    j = left_in_group(sentence, j - 1) if inverted is not None else j
    compound = sentence.low(j) == "été" or sentence.low(j) in sentence.cues.become  # « est devenu nécessaire »
    j = left_in_group(sentence, j - 1) if compound else j
    low = sentence.low(j)
    tense = closed.ETRE.get(low) or closed.AVOIR.get(low) or (_seeming(sentence, j) if j >= 0 else None)
    if tense is None:
        return None
    k = left_in_group(sentence, j - 1)
    negated = sentence.low(k) in closed.NEGATION
    k = left_in_group(sentence, k - 1) if negated else k
    while sentence.low(k) in closed.BESIDE_COPULA:
        k -= 1
    if inverted is None and sentence.low(k) not in closed.IMPERSONAL_SUBJECTS:
        return None
    start = j if inverted is not None else k
    group = VerbalGroup(
        start, i + 1, i, "active", "past" if compound and low in closed.AVOIR else tense, [j], negated=negated
    )
    group.inverted = inverted
    return group


def _seeming(sentence: Sentence, j: int) -> str | None:
    """The tense of a verb such as demeurer or paraître at rank `j`."""
    token = sentence[j]
    if not token.finite or not token.low.startswith(sentence.cues.links):
        return None
    for feature, tense in (("Mood=Cnd", "conditional"), ("Tense=Imp", "imperfect"), ("Tense=Fut", "future")):
        if feature in token.morph:
            return tense
    return "present"


def adjective_before(sentence: Sentence, i: int) -> int | None:
    """The adjective with which the one at `i` shares its verb: « juge [urgent] d'agir et utile de prévenir »."""
    if sentence.low(i - 1) not in closed.AND_OR or sentence.low(i + 1) not in closed.CLAUSE_MARKERS:
        return None
    if (above := _adjective_above(sentence, i)) is not None:
        return above
    verb = next((k for k in range(i - 1, -1, -1) if sentence[k].finite), i)
    return next((k for k in range(verb + 1, i) if sentence[k].tag == "ADJ"), None)


def _adjective_above(sentence: Sentence, i: int) -> int | None:
    """« juge [urgent] que l’État agisse, et utile que les villes l’aident »: the one before, with its own clause."""
    judged = (
        k for k in range(i - 2, 0, -1) if sentence[k].tag == "ADJ" and sentence.low(k + 1) in closed.CLAUSE_MARKERS
    )
    above = next(judged, None)
    if above is None or ";" in sentence.lows[above:i]:
        return None
    return above if copula(sentence, above) or judge(sentence, above) else None


def judge(sentence: Sentence, i: int) -> int | None:
    """The verb of opinion before an adjective without copula: « d'autres [estiment] préférable de »."""
    j = left_in_group(sentence, i - 1)
    if sentence.low(j) in closed.AS_FOR:
        j = left_in_group(sentence, j - 1)
    judges = j > 0 and sentence.low(j).startswith(sentence.cues.opinions)
    return j if judges and sentence[j - 1].tag not in ("DET", "ADP") else None
