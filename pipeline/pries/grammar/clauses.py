"""Clauses: where one begins, which noun phrases stand free in it, and whether one of these agrees with its verb.

"Dans son rapport, [le Comité] et [le Conseil] ont prié" -> both stand free, and both together agree with "ont"
"""

from __future__ import annotations

from pries.grammar.joints import before_joint_of_actors
from pries.grammar.phrases import Phrase, head_after, is_determiner, phrase_of
from pries.grammar.sentence import Sentence, opens_clause
from pries.grammar.verbs import VerbalGroup
from pries.grammar.words import EACH_OF, JOINS_AFTER, JOINS_BEFORE, OF_THE, PREPOSITIONS, QUE, RELATIVES, STRONG_MARKS

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
    if own == plural or sentence.low(phrase.start) in EACH_OF:
        return True
    if not plural:
        return False
    before = min(before_joint_of_actors(sentence, phrase.start - 1), phrase.start - 2)
    if any(low in JOINS_BEFORE for low in sentence.lows[max(before + 1, 0) : phrase.start]):
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
        opens = is_determiner(token) or token.noun or token.low in sentence.cues.count
        head = head_after(sentence, k) if opens else None
        if head is not None and head <= last:
            phrase = phrase_of(sentence, head)
            found.append(Phrase(min(phrase.start, k), phrase.end, head))
            k = max(phrase.end, head + 1)
            continue
        k += 1
    return found


def in_relative(sentence: Sentence, start: int, i: int) -> bool:
    """Whether a relative opens between two ranks, and no comma parts it from the second: « qui voit [un feu] doit »."""
    relative = any(sentence.low(k) in RELATIVES and sentence[k].tag == "PRON" for k in range(start, i))
    return relative and sentence.low(i - 1) != ","


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
