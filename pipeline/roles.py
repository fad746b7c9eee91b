"""Roles: who asks and who is to act, where the frame and the construction say that they stand.

"Les [États Membres]addressee ont été priés par le [Conseil]issuer de…"  passive: subject and agent
"Le coût devrait être pris en charge par les [employeurs]addressee"     agent of the passive infinitive
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline import lexicon
from pipeline.cast import Cast, Filler
from pipeline.coordination import Complement
from pipeline.phrases import head_after, phrase_at, phrase_of
from pipeline.speech import source, speech_above, speech_verb_before
from pipeline.subjects import Subject, any_group, main_subject, subject
from pipeline.syntax import PREPOSITIONS, Sentence
from pipeline.triggers import Trigger
from pipeline.verbs import VerbalGroup, is_adverb, phrase_beginning
from pipeline.vocabulary import Vocabulary

TO = ("à", "au", "aux")
OF = ("de", "d'", "du", "des")
OBJECT_CLITICS = ("les", "le", "la", "l'", "leur", "lui")


def issuers(
    cast: Cast, trigger: Trigger, complement: Complement, speech: Mapping[str, lexicon.Row]
) -> tuple[list[Filler], str]:
    """Who asks, and by which rule it was found (subject, agent, speech, source, aside, none)."""
    sentence, group = cast.sentence, trigger.group
    if trigger.frame.issuer == "subject" and trigger.construction in ("active", "nominal"):
        found = main_subject(sentence, group) if group.tense == "gerund" else subject(sentence, group)
        if group.tense == "infinitive":
            found = main_subject(sentence, group)
        return cast.of_subject(found, issuer=True), "subject"
    if trigger.frame.issuer == "subject":
        agent = _agent(cast, group.end, complement.marker, issuer=True)
        if agent:
            return agent, "agent"
    if trigger.judge is not None:
        return cast.of_subject(subject(sentence, any_group(sentence, trigger.judge)), issuer=True), "judge"
    verb = speech_above(sentence, group.start, speech)
    if verb is None and trigger.frame.pos == "noun":
        start = phrase_of(sentence, trigger.token).start
        verb = speech_verb_before(sentence, start, speech, ("noun", "both"))
    if verb is not None:
        return _speaker(cast, verb), "speech"
    phrase = source(sentence, group.start)
    if phrase is not None:
        return cast.of_phrase(phrase, issuer=True, preposition=OF), "source"
    aside = _aside(cast, speech)
    return (aside, "aside") if aside else ([], "none")


def _speaker(cast: Cast, verb: int) -> list[Filler]:
    """The subject of a speech verb, or its `par` agent in the passive."""
    sentence = cast.sentence
    group = any_group(sentence, verb)
    if group.voice == "passive":
        return _agent(cast, group.end, len(sentence), issuer=True)
    dependent = group.tense in ("gerund", "participle", "infinitive")
    return cast.of_subject((main_subject if dependent else subject)(sentence, group), issuer=True)


def _aside(cast: Cast, speech: Mapping[str, lexicon.Row]) -> list[Filler]:
    """The speaker of an aside: "…, a-t-elle ajouté"."""
    sentence = cast.sentence
    for j in range(1, len(sentence) - 1):
        if sentence.low(j).startswith("-t-") or sentence.low(j) in ("-elle", "-il", "-ils", "-elles"):
            near = [sentence[k].lemma for k in range(max(j - 2, 0), min(j + 4, len(sentence)))]
            if any(lemma in speech for lemma in near):
                return cast.of_subject(Subject(None, j), issuer=True)
    return []


def _agent(cast: Cast, start: int, stop: int, issuer: bool) -> list[Filler]:
    """The actors that "par" introduces between two ranks."""
    sentence = cast.sentence
    for j in range(start, min(stop, len(sentence) - 1)):
        if sentence.low(j) == ";":
            break
        phrase = phrase_at(sentence, j + 1) if sentence.low(j) == "par" else None
        fillers = cast.of_phrase(phrase, issuer, ("par",)) if phrase else []
        if fillers:
            return fillers
    return []


def addressees(cast: Cast, trigger: Trigger, complement: Complement, words: Vocabulary) -> tuple[list[Filler], str]:
    """Who is to act, and by which rule it was found (the frame's slot, clause subject, agent, none)."""
    slot = trigger.frame.addressee
    found = _in_slot(cast, trigger, complement, slot, words)
    if found:
        return found, slot
    sentence = cast.sentence
    if sentence.low(complement.marker) in ("que", "qu'"):
        found = _clause_subject(cast, complement, words)
        if found:
            return found, "clause subject"
    if any(sentence[head].participle for head in complement.heads):
        found = _agent(cast, complement.heads[0], complement.actions[-1].end, issuer=False)
        if found:
            return found, "agent"
    return [], "none"


def _in_slot(cast: Cast, trigger: Trigger, complement: Complement, slot: str, words: Vocabulary) -> list[Filler]:
    """The actors in the place that the frame gives to the addressee, turned round by the construction."""
    sentence, group = cast.sentence, trigger.group
    if trigger.construction == "reflexive":
        return cast.of_subject(_seen_subject(sentence, group.start), issuer=False)
    if slot == "object" and trigger.construction == "passive":
        reduced = group.voice == "participle"
        return cast.of_subject(_left_noun(sentence, group.start) if reduced else subject(sentence, group), issuer=False)
    if slot == "object":
        return _clitic(cast, group) or _after(cast, group.end, complement.marker, ())
    if slot == "subject":
        patient = all(sentence[head].participle for head in complement.heads)
        if patient or words.benefits(sentence, complement.heads):
            return []
        return cast.of_subject(subject(sentence, group), issuer=False)
    if slot in ("à", "de", "pour"):
        preposition = {"à": TO, "de": OF, "pour": ("pour",)}[slot]
        return _clitic(cast, group) or _after(cast, group.end, complement.marker, preposition)
    return []


def _seen_subject(sentence: Sentence, start: int) -> Subject | None:
    """The subject of "se voir" in « se sont vu demander »."""
    for j in range(start - 1, max(start - 8, -1), -1):
        if sentence[j].lemma == "voir" or sentence.low(j) in ("vu", "vue", "vus", "vues"):
            return subject(sentence, any_group(sentence, j))
    return None


def _left_noun(sentence: Sentence, start: int) -> Subject | None:
    """The noun that a reduced participle belongs to: « les États [invités] à »."""
    for j in range(start - 1, max(start - 8, -1), -1):
        if sentence[j].noun:
            return Subject(phrase_of(sentence, j), None)
        if sentence[j].tag not in ("ADJ", "ADV", "PUNCT"):
            return None
    return None


def _clitic(cast: Cast, group: VerbalGroup) -> list[Filler]:
    """The antecedent of a clitic, with what "ainsi que" adds to it (« les engage, ainsi que les États »)."""
    sentence = cast.sentence
    for j in group.clitics:
        if sentence.low(j) in OBJECT_CLITICS:
            fillers = cast.of_subject(Subject(None, j), issuer=False)
            after = group.end + (sentence.low(group.end) == ",")
            phrase = phrase_at(sentence, after + 2) if sentence.follows(after, "ainsi", "que") else None
            return fillers + (cast.of_phrase(phrase, issuer=False) if phrase else [])
    return []


def _after(cast: Cast, start: int, stop: int, preposition: tuple[str, ...]) -> list[Filler]:
    """The actors right of the trigger and left of its complement, behind `preposition` if one is given."""
    sentence = cast.sentence
    j = start
    while j < stop:
        low = sentence.low(j)
        if length := phrase_beginning(sentence, j):
            j += length
            continue
        if preposition:
            phrase = phrase_at(sentence, j + 1) if low in preposition else None
            fillers = cast.of_phrase(phrase, False, preposition) if phrase and phrase.head < stop else []
            if fillers:
                return fillers
        elif low in PREPOSITIONS:
            head = head_after(sentence, j + 1)
            j = phrase_of(sentence, head).end if head is not None else j + 1
            continue
        else:
            phrase = phrase_at(sentence, j)
            if phrase and phrase.head < stop:
                return cast.of_phrase(phrase, issuer=False)
            if not is_adverb(sentence, j) and low != ",":
                return []
        j += 1
    return []


def _clause_subject(cast: Cast, complement: Complement, words: Vocabulary) -> list[Filler]:
    """The agentive subject of the clause that is asked for."""
    sentence = cast.sentence
    group = any_group(sentence, complement.heads[0])
    if group.voice == "passive" or group.start <= complement.marker or words.benefits(sentence, complement.heads):
        return []
    found = subject(sentence, group)
    if found and found.phrase and found.phrase.start <= complement.marker:
        return []
    return cast.of_subject(found, issuer=False)
