"""Endings: what a name takes in behind its noun that is neither an adjective nor a plain complement.

"la société Morel [& Fils]", "les pays [les plus touchés]", "les habitants de Kita[, de Ségou et de Sikasso]"
"""

from __future__ import annotations

from pries.grammar.sentence import Sentence
from pries.grammar.verbs import is_adverb
from pries.grammar.words import (
    AND_OR,
    ARTICLES,
    CLOSING_QUOTES,
    DE,
    JOINS,
    OF,
    OPENING_QUOTES,
    PARTNERS,
    PREPOSITIONS,
    RANKS,
)

LONGEST_QUOTED = 10  # tokens


def firm_end(sentence: Sentence, i: int, head: int) -> int | None:
    """The rank after who shares in a firm's name: « la société Verdier [& Fils] », « Dupuis [et Cie] »."""
    after = sentence.low(i + 1)
    joins = sentence.lows[i] == "&" or (sentence.lows[i] == "et" and after.removesuffix(".") in PARTNERS)
    named = sentence[i - 1].form[:1].isupper() and i + 1 < len(sentence) and sentence[i + 1].form[:1].isupper()
    return i + 2 if joins and named else None


def quoted_end(sentence: Sentence, i: int, head: int) -> int | None:
    """The rank after the name in quotation marks of a body: « l'association [« Les Amis du port »] »."""
    opens = sentence.lows[i] in OPENING_QUOTES and (sentence[i - 1].noun or sentence[i - 1].tag == "ADJ")
    if not opens or i + 2 >= len(sentence) or not sentence[i + 1].form[:1].isupper():
        return None
    near = range(i + 2, min(i + LONGEST_QUOTED, len(sentence)))
    closing = next((k for k in near if sentence.lows[k] in CLOSING_QUOTES or sentence[k].finite), None)
    return closing + 1 if closing is not None and sentence.lows[closing] in CLOSING_QUOTES else None


def superlative_end(sentence: Sentence, i: int, head: int) -> int | None:
    """The rank after what ranks somebody: « les pays [les moins avancés] », « les communes [les plus exposées] »."""
    if sentence.lows[i] not in ARTICLES or sentence.low(i + 1) not in RANKS:
        return None
    j = i + 2
    while j < len(sentence) and is_adverb(sentence, j) and sentence[j].tag == "ADV":
        j += 1
    token = sentence[j] if j < len(sentence) else None
    ranks = token is not None and (token.tag == "ADJ" or token.participle) and token.plural == sentence[head].plural
    return j + 1 if ranks and sentence.low(i - 1) not in PREPOSITIONS else None


def places_end(sentence: Sentence, i: int, head: int) -> int | None:
    """The rank after a list of proper names with "de": « les villages de Kita[, de Ségou et de Sikasso] »."""
    if sentence.lows[i] not in JOINS or not sentence[i - 1].form[:1].isupper() or i < head + 3:
        return None
    j, closes = i, False
    while sentence.low(j) in JOINS and sentence.low(j + 1) in OF:
        closes = closes or sentence.low(j) in AND_OR
        k = j + 2 + (sentence.low(j + 2) in ARTICLES)
        end = k
        while end < len(sentence) and sentence[end].form[:1].isupper():
            end += 2 if sentence.low(end + 1) == "-" else 1
        if end == k:
            return None
        j = end
    return j if closes else None


def kinds_end(sentence: Sentence, i: int, head: int) -> int | None:
    """The rank after a list of bare nouns with "de": « les pays d'origine[, de transit et de destination] »."""
    if sentence.lows[i] not in JOINS or sentence.low(i - 2) not in DE or not _bare_noun(sentence, i - 1):
        return None
    j, closes = i, False
    while sentence.low(j) in JOINS and sentence.low(j + 1) in DE and _bare_noun(sentence, j + 2) and not closes:
        closes = sentence.low(j) in AND_OR
        j += 3
    return j if closes else None


def _bare_noun(sentence: Sentence, i: int) -> bool:
    return i < len(sentence) and sentence[i].tag == "NOUN" and sentence[i].form.islower()
