"""Impersonals: whether "il" is the subject of an impersonal verb and stands for nobody.

"[il] a été demandé aux États", "[il] est essentiel de", "[il] y a", but "il y demande", "il s'engage"
"""

from __future__ import annotations

from pries.base.rules import first
from pries.grammar import words
from pries.grammar.sentence import Sentence


def upright(sentence: Sentence, i: int) -> str:
    """A pronoun without the hyphens of an inversion: « -t-elle » -> elle."""
    return sentence.low(i).lstrip("-").removeprefix("t-")


def impersonal(sentence: Sentence, i: int) -> bool:
    """Whether "il" at rank `i` is the subject of an impersonal verb ("il a été demandé aux", "il est essentiel de")."""
    if upright(sentence, i) != "il":
        return False
    j = i + 1
    while sentence.low(j) in words.AFTER_IL:
        j += 1
    return bool(first(IMPERSONALS, sentence, i, j)[0])


def _always(sentence: Sentence, i: int, j: int) -> bool | None:
    """A verb that is impersonal after "il": « il [convient] de »."""
    low, after = sentence.low(j), sentence.low(j + 1)
    if low in words.IMPERSONAL_WITH:  # « il y a », « il s'agit », but « il y demande », « il s'engage »
        return True if after.startswith(words.IMPERSONAL_WITH[low]) else None
    return True if low in sentence.cues.impersonal else None


def _seeming(sentence: Sentence, i: int, j: int) -> bool | None:
    """A verb of seeming before a clause: « il [demeure] essentiel de »."""
    if not any(map(sentence.low(j).startswith, sentence.cues.seeming)):
        return None
    near = sentence.lows[j + 1 : j + 6]
    return not words.CLAUSE_MARKERS.isdisjoint(near) and "par" not in near


def _judged(sentence: Sentence, i: int, j: int) -> bool | None:
    """Être with an adjective or a passive before a clause: « il est [essentiel] de », « il a été [demandé] aux »."""
    while j < len(sentence) and (
        sentence.lows[j] in words.ETRE or sentence.lows[j] in sentence.cues.auxiliary or sentence[j].tag == "ADV"
    ):
        j += 1
    if sentence.low(j).startswith(words.PERSONAL):
        return False
    if sentence.low(j) == "fait" and sentence.low(j + 1) in words.DONE_BARE:
        return True  # « il lui est [fait] obligation de »
    if j == len(sentence) or not any(low in words.ETRE for low in sentence.lows[i + 1 : j]):
        return False
    complement = not words.JUDGED_MARKERS.isdisjoint(sentence.lows[j + 1 : j + 9])
    return complement and sentence[j].tag in ("ADJ", "VERB", "NOUN", "AUX")


IMPERSONALS = (_always, _seeming, _judged)
