"""Dependents: whose subject a verb without one of its own has: that of its main verb, or the noun that it belongs to.

"Soulignant que la crise dure, les [ministres] prient", "les [États] invités à payer"
"""

from __future__ import annotations

from pries.grammar import words
from pries.grammar.clauses import clause_start
from pries.grammar.items import numbered, over_markers
from pries.grammar.joints import skip_adverbs
from pries.grammar.phrases import Phrase, phrase_at, phrase_of
from pries.grammar.sentence import Sentence, next_verb
from pries.grammar.subjects import Subject, subject
from pries.grammar.verbs import VerbalGroup, any_group, is_adverb


def main_subject(sentence: Sentence, group: VerbalGroup) -> Subject | None:
    """The subject of the main verb that a participle, gerund or infinitive belongs to: before it, else after."""
    if (told := narrated(sentence, group.start)) is not None:
        return Subject(told, None)
    decision = decider(sentence, group.start) if group.tense == "infinitive" else None
    if decision is not None:
        return subject(sentence, any_group(sentence, decision))
    for j in range(group.start - 1, -1, -1):
        if sentence.low(j) in words.STRONG_MARKS:
            break
        if sentence[j].finite:
            start = clause_start(sentence, j - 1)
            between = sentence.tokens[j + 1 : group.start]
            own = group.tense == "infinitive" and all(t.participle or is_adverb(sentence, t.i) for t in between)
            if (
                own or start == 0 or sentence.low(start - 1) not in words.RELATIVES
            ):  # « le juge, qui [a] su convaincre »
                return subject(sentence, any_group(sentence, j))
    verb = next_verb(sentence, group.end)
    return None if verb is None else subject(sentence, any_group(sentence, verb))


def narrated(sentence: Sentence, start: int) -> Phrase | None:
    """The subject of an infinitive that tells what somebody did next: « Et le [maire] de demander que l'on vote »."""
    if sentence.low(0) not in words.AND_OR or sentence.low(start - 1) not in words.DE:
        return None
    phrase = phrase_at(sentence, 1)
    return phrase if phrase is not None and phrase.end == start - 1 else None


def decider(sentence: Sentence, start: int) -> int | None:
    """The verb of a decision that an infinitive further on belongs to: « [décide] de payer et de charger le maire de ».

    « [décide] : 1° de payer ; 2° de charger le maire d'agir »
    """
    marker = start - 1
    while sentence.low(marker) in words.CLITICS:
        marker -= 1
    if sentence.low(marker) not in words.DE:
        return None
    left = over_markers(sentence, numbered(sentence, marker - 1))
    if left == marker - 1 and sentence.low(left) not in words.LISTS_VERBS:
        return None
    for j in range(left - 1, -1, -1):
        if sentence[j].verb and sentence[j].lemma in words.DECIDES:
            opens = sentence.low(skip_adverbs(sentence, j + 1))
            return j if opens in words.DE or opens == ":" else None
    return None


def left_noun(sentence: Sentence, start: int) -> Subject | None:
    """The noun that a reduced participle belongs to: « les États [invités] à »."""
    for j in range(start - 1, max(start - 8, -1), -1):
        if sentence[j].noun:
            return Subject(phrase_of(sentence, j), None)
        if sentence[j].tag not in ("ADJ", "ADV", "PUNCT"):
            return None
    return None
