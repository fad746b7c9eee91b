"""Clauses: where one begins, which noun phrases stand free in it, and whether one of these agrees with its verb.

"Dans son rapport, [le Comité] et [le Conseil] ont prié" -> both stand free, and both together agree with "ont"
"""

from __future__ import annotations

from pries.grammar.phrases import Phrase, head_after, is_determiner, phrase_of
from pries.grammar.sentence import Sentence, opens_clause
from pries.grammar.verbs import VerbalGroup
from pries.grammar.words import IL_ILS, JOINS_AFTER, JOINS_BEFORE, OF_THE, PREPOSITIONS, QUE, RELATIVES, STRONG_MARKS

SINGULAR_IN_ENT = ("vient", "tient")  # convient, appartient: the endings of venir and tenir


def plural_of(sentence: Sentence, group: VerbalGroup) -> bool | None:
    """Whether the verb is plural, None where its form does not say."""
    if group.tense in ("participle", "gerund", "infinitive") and not group.auxiliaries:
        return None
    low = sentence.low(group.auxiliaries[0] if group.auxiliaries else group.verb)
    return low.endswith(("ent", "ont")) and not low.endswith(SINGULAR_IN_ENT)


def fits(sentence: Sentence, phrase: Phrase, plural: bool | None, stop: int) -> bool:
    """Whether the number of a phrase, with what is coordinated to it, is that of the verb."""
    if plural is None:
        return True
    own = sentence[phrase.head].plural
    if own == plural:
        return True
    if not plural:
        return False
    if sentence.low(phrase.start - 1) in JOINS_BEFORE:
        return True
    return any(sentence.low(j) in JOINS_AFTER for j in range(phrase.end, stop)) or any(
        sentence.low(j) in sentence.cues.plural_count for j in range(phrase.start, phrase.end)
    )


def bare_phrases(sentence: Sentence, start: int, last: int) -> list[Phrase]:
    """The noun phrases without preposition between two ranks."""
    found = []
    k = start
    while k <= last:
        token = sentence[k]
        if token.low in PREPOSITIONS and not (token.low in OF_THE and token.tag == "DET"):
            head = head_after(sentence, k + 1)
            k = phrase_of(sentence, head).end if head is not None and head <= last else k + 1
            continue
        head = head_after(sentence, k) if is_determiner(token) or token.noun else None
        if head is not None and head <= last:
            phrase = phrase_of(sentence, head)
            found.append(Phrase(min(phrase.start, k), phrase.end, head))
            k = max(phrase.end, head + 1)
            continue
        k += 1
    return found


def clause_start(sentence: Sentence, j: int) -> int:
    """The first rank of the clause whose verb follows rank `j`; embedded clauses are stepped over."""
    pending = 0
    while j >= 0:
        low = sentence.low(j)
        if low in STRONG_MARKS or j in sentence.starts:
            return j + 1
        if sentence[j].finite:
            pending += 1
        elif opens_clause(sentence, j):
            if not pending:
                return j + 1
            pending -= 1
            if not pending and low in QUE and sentence[j].tag == "SCONJ" and not sentence[j - 1].noun:
                return j + 1
        j -= 1
    return 0


def under_si(sentence: Sentence, start: int) -> bool:
    """Whether "si" opens the clause of the verb ("si la situation devait empirer")."""
    pending = 0
    for j in range(start - 1, -1, -1):
        low = sentence.low(j)
        if low in STRONG_MARKS:
            return False
        if low == "si" or (low == "s'" and sentence.low(j + 1) in IL_ILS):
            return pending == 0 and sentence[j].tag != "ADV"
        if low in RELATIVES:
            if pending == 0:
                return False
            pending -= 1
        elif sentence[j].finite:
            pending += 1
        elif low == "," and pending == 0 and any(sentence[k].finite for k in range(j)):
            return False
    return False
