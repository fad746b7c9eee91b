"""Items: where an item of a list begins and ends, and what may stand between two of them.

"prie les États : [a)] d'agir; [(ii)] de publier un rapport"
"""

from __future__ import annotations

import re

from pries.grammar import words as closed
from pries.grammar.sentence import Sentence

ITEM = re.compile(r"[ivx]{1,5}|[a-z]|\d{1,2}")  # what numbers an item in brackets


def over_markers(sentence: Sentence, j: int) -> int:
    """Left over the marker of a list item: a letter with its bracket, a dash, an ordinal."""
    ordinals = sentence.cues.ordinal
    while j >= 0:
        if any(s <= j < item_marker_end(sentence, s) for s in sentence.starts):
            j -= 1
        elif sentence.low(j) == ")" and 0 < len(sentence.low(j - 1)) <= 4 and sentence.low(j - 2) != "(":
            j -= 2
        elif (
            sentence.low(j) in ordinals
            or (sentence.low(j) == "," and sentence.low(j - 1) in ordinals)
            or (sentence.low(j) in closed.DASHES and sentence.low(j - 1) in closed.BEFORE_DASH)
        ):
            j -= 1
        else:
            break
    return j


def numbered(sentence: Sentence, j: int) -> int:
    """The rank before a number in brackets that ends at `j` and opens an item: « … (ii) financer », else `j`."""
    if sentence.low(j) == "°" and sentence.low(j - 1).isdigit():  # « … ; 2° financer »
        return j - 2
    if sentence.low(j) == ")" and sentence.low(j - 2) == "(" and ITEM.fullmatch(sentence.low(j - 1)):
        return j - 3
    return j - 1 if sentence.low(j)[:1] == "(" and ITEM.fullmatch(sentence.low(j).strip("()")) else j


def after_joint(sentence: Sentence, j: int) -> int:
    """The rank after what may stand between two items: et, a dash, a letter with its bracket, an ordinal, a comma."""
    k = j + 1
    for _ in range(8):
        if sentence.low(k) in closed.LIST_MARKS or sentence.low(k) in sentence.cues.ordinal:
            k += 1
        elif sentence.low(k + 1) in closed.AFTER_NUMBER and len(sentence.low(k)) <= 4:
            k += 2
        elif sentence.low(k) == "(" and sentence.low(k + 2) == ")" and len(sentence.low(k + 1)) <= 4:  # « (i) »
            k += 3
        elif sentence.low(k).endswith(")") and len(sentence.low(k)) <= 4:
            k += 1
        elif k in sentence.starts and item_marker_end(sentence, k) > k:
            k = item_marker_end(sentence, k)
        else:
            break
    return k


def item_marker_end(sentence: Sentence, j: int) -> int:
    """The rank after an item's marker (a), ii), –) if one begins at `j`, else `j`."""
    k = j
    while j in sentence.starts and k < len(sentence) and sentence[k].tag == "PUNCT" and k < j + 4:
        k += 1
    return k


def infinitives_go_on(sentence: Sentence, rank: int) -> bool:
    """Whether a list of infinitives goes on behind the one at `rank`: « d'observer le délai, [répondre] et payer »."""
    for j in range(rank + 1, len(sentence)):
        if sentence[j].finite or sentence.low(j) in closed.STRONG_MARKS:
            return False
        if sentence[j].infinitive and sentence.low(j - 1) in closed.COORDINATES:
            return True
    return False
