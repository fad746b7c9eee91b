"""Adjectives: how far a name goes on where several of them are coordinated.

"les instances nationales[, régionales et internationales]", "les disparitions forcées [ou involontaires]"
"""

from __future__ import annotations

from pries.grammar import words
from pries.grammar.continuations import ADJECTIVAL
from pries.grammar.sentence import Sentence


def listed_adjectives_end(sentence: Sentence, i: int, head: int) -> int | None:
    """The rank after a list of adjectives: « les instances nationales[, régionales et internationales] »."""
    if sentence.lows[i] != ",":
        return None
    j = i
    while sentence.low(j) == "," and _adjective(sentence, j - 1) and _adjective(sentence, j + 1):
        j += 2
    last = j + 1 + (sentence.low(j + 1) in words.DEGREES)
    if sentence.low(j) == "ou" and j == i + 2 and sentence.low(last + 1) == ",":
        return None  # an aside: « les brasseries artisanales, anciennes ou récentes, doivent »
    return last + 1 if j > i and sentence.low(j) in words.AND_OR and _adjective(sentence, last) else None


def _adjective(sentence: Sentence, i: int) -> bool:
    return i < len(sentence) and sentence[i].tag == "ADJ" and sentence.lows[i] not in words.DETERMINERS


def negated_too(sentence: Sentence, i: int, head: int) -> int | None:
    """The rank after "non" and an adjective: « organisations intergouvernementales et [non gouvernementales] »."""
    negated = sentence.low(i + 1) == "non" and i + 2 < len(sentence) and sentence[i + 2].tag == "ADJ"
    return i + 3 if negated and sentence[i - 1].tag == "ADJ" else None


def adjective_too(sentence: Sentence, i: int, head: int) -> int | None:
    """The rank after a second adjective: « les organisations régionales et [internationales] »."""
    if i + 1 == len(sentence) or sentence[i - 1].tag != "ADJ":
        return None
    token = sentence[i + 1]
    either = sentence.low(i) == "ou" and token.tag == "NOUN" and token.plural == sentence[i - 1].plural
    missed = either and ADJECTIVAL.search(token.low)  # « les disparitions forcées ou [involontaires] »
    return i + 2 if _adjective(sentence, i + 1) or missed else None
