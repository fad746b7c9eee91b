"""First word: where a pronoun begins that ends before a verb, by the words of which it is made.

"[plusieurs] d'entre eux ont prié", "[quelques]-uns ont prié", "[les] deux autres ont prié"
"""

from __future__ import annotations

from pries.base.rules import first
from pries.grammar import words
from pries.grammar.phrases import complement_end
from pries.grammar.sentence import Sentence


def first_word(sentence: Sentence, j: int) -> int | None:
    """The rank of the first word of the pronoun whose last stands at `j`, None where none ends there."""
    return first(RULES, sentence, j)[0]


def pointed_out(sentence: Sentence, j: int) -> int | None:
    """Where the pronoun begins that a cleft points out, whose last word stands at `j`: « c'est [elle] qui doit »."""
    alone = sentence.low(j) in words.LUI_EUX or sentence.low(j) in words.CELUI_CI
    counts = sentence.low(j) in words.NTH and sentence.low(j - 1) in words.ARTICLES
    begin = j if alone else j - 1 if counts else None
    return begin if begin is not None and behind_it_is(sentence, begin) else None


def behind_it_is(sentence: Sentence, start: int) -> bool:
    """Whether "c'est" stands before the rank: « C'est la [Hongrie] qui l'a proposé »."""
    return sentence.low(start - 1) in words.ETRE and sentence.low(start - 2) in words.CE


def _pronoun(sentence: Sentence, j: int) -> int | None:
    """A pronoun before the verb: « [ils] ont prié »."""
    return j if sentence.low(j) in words.PRONOUNS else None


def _of_them(sentence: Sentence, j: int) -> int | None:
    """Part of a group, or a stressed pronoun: « [plusieurs] d'entre eux ont prié », « [lui] aussi a prié »."""
    low, before = sentence.low(j), sentence.low(j - 1)
    if low in words.EUX and before in words.EUX_AFTER:
        return j - (3 if before == "entre" else 2)
    stressed = low in words.EUX or (low in words.LUI and sentence.low(j + 1) in words.TOO)
    return j if stressed else None


def _latter(sentence: Sentence, j: int) -> int | None:
    """A pronoun that points: « [ces] derniers ont prié », « [celui]-ci a prié », cut in two or three."""
    if j > 1 and sentence.low(j) in words.HERE_OR_THERE | words.SELF and sentence.low(j - 1) == "-":
        return j - 2
    return j - 1 if j > 0 and sentence.low(j) in words.LATTER_ENDS else None


def _nth(sentence: Sentence, j: int) -> int | None:
    """A pronoun that counts: « [la] première a prié », « [un] autre a prié », « [une] troisième a prié »."""
    low, before = sentence.low(j), sentence.low(j - 1)
    counts = low in words.NTH and before in words.ARTICLES and not sentence[j].noun
    other = (low in words.ANOTHER | words.ONE and before == "l'") or (low in words.FURTHER and before in words.ONE)
    return j - 1 if counts or other else None


def _both(sentence: Sentence, j: int) -> int | None:
    """All who were named together: « [l'un et l'autre] ont prié », « [tous deux] ont prié »."""
    if sentence.low(j) in words.BOTH_OF and sentence.low(j - 1) in words.ALL_PEOPLE | {"les"}:
        return j - 1
    each = sentence.low(j - 2) in words.AND_NOR and sentence.low(j - 3) in words.ONE
    return j - 3 if each and sentence.follows(j - 1, "l'", "autre") else None


def _others(sentence: Sentence, j: int) -> int | None:
    """A pronoun of several words: « [d']autres ont », « [quelques]-uns ont », « [la] plupart ont prié »."""
    low, before = sentence.low(j), sentence.low(j - 1)
    if low in words.SOME and before == "-":
        return j - 2
    if low in words.NUMBERS and (j == 0 or sentence[j - 1].tag == "PUNCT"):  # « [neuf] recommandent »
        return j
    others = low in words.AUCUNS_UNS and before in words.OTHERS_AFTER
    others = others and (low in words.SOME or not sentence[j].noun)
    begin = j - 1 - (sentence.low(j - 2) in words.ARTICLES)  # « les deux autres ont prié »
    return begin if others or (low in words.MOST and before == "la") else None


def _whose(sentence: Sentence, j: int) -> int | None:
    """One like somebody named before: « [celui] du Bénin a prié »."""
    near = range(j - 1, max(j - 6, -1), -1)
    k = next((k for k in near if sentence.low(k) in words.CELUI), None)
    if k is None or sentence.low(k + 1) not in words.OF or complement_end(sentence, k + 1) != j + 1:
        return None
    return k


RULES = (_pronoun, _of_them, _latter, _nth, _both, _others, _whose)
