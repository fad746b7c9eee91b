"""PDF paragraphs: where paragraphs begin in a column, or in a cell of a table.

Reads lines in reading order. A paragraph is told by the gap above it, by its type, or by an indent: its own, or that of
all its lines but the first.

    a line 18 points above the next, where 12 are usual -> the next begins a paragraph
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pries.reading.enumeration import BULLETS
from pries.reading.marks import ends_sentence
from pries.reading.pdf.lines import SPACE, Line

TIGHT = 0.8  # sizes: lines of one column are no closer
LOOSE = 1.5  # sizes: the usual distance where no line tells
FAR = 3.0  # sizes: lines that are further apart are never of one paragraph
OWN = 2  # distances in a column that show its own
GAP = 1.18  # line distances: a wider one parts paragraphs
INDENT = 0.6  # sizes: a deeper indent tells paragraphs
OTHER = 0.12  # sizes: type that differs more is another paragraph's
SHARE = 0.1  # of a column's lines that begin at its left edge, at least
OPEN = 0.25  # of a column's width that the last line of a paragraph without a full stop leaves free
AROUND = 4  # lines above and below that show where lines end
FIRST = re.compile(r"(?:[«–—]\s)?\S+(?:\s[:;!?»%])?")  # a word, and what French ties to it
CLOSING = ".;:!?…»)]"  # what ends a paragraph or an item
LABELLED = re.compile(rf"(?:\(?\w{{1,5}}[.)°]|[–—·{re.escape(BULLETS)}]|§)\s")


def leading(columns: Sequence[Sequence[Line]]) -> dict[float, float]:
    """The usual distance from line to line inside a paragraph, by size of type: that above lines which begin in lower
    case; size 0 has the ratio of the two in the text's most frequent type."""
    distances = _distances(columns)
    found = {size: counted.most_common(1)[0][0] for size, counted in distances.items()}
    most = max(distances, key=lambda size: distances[size].total(), default=0.0)
    return found | {0.0: found[most] / most if most else LOOSE}


def _distances(columns: Sequence[Sequence[Line]]) -> dict[float, Counter[float]]:
    """How often each distance comes above a line that begins in lower case, by size of type."""
    distances: dict[float, Counter[float]] = {}
    for above, line in (pair for column in columns for pair in pairwise(column)):
        inside = line.text[0].islower() and not LABELLED.match(line.text)
        if inside and above.size == line.size and above.y - line.y >= TIGHT * line.size:
            distances.setdefault(line.size, Counter())[round(2 * (above.y - line.y)) / 2] += 1
    return distances


def _own(column: Sequence[Line], usual: dict[float, float]) -> dict[float, float]:
    """The usual distances, those of the column itself where it shows others: one may be set wider than the rest."""
    own = {size: counted.most_common(1)[0] for size, counted in _distances([column]).items()}
    return usual | {size: gap for size, (gap, times) in own.items() if times >= OWN}


def begins(column: Sequence[Line], usual: dict[float, float]) -> list[bool]:
    """Whether each line of a column begins a paragraph, as the gap above it or its indent says."""
    usual = _own(column, usual)
    places = Counter(round(line.x) for line in column)
    left = min((x for x, times in places.items() if times >= SHARE * len(column)), default=0)
    firsts = {x for x in _outdented(column, left) if _are_capital([a for a in column if round(a.x) == x])}
    found: list[bool] = []
    for i in range(len(column)):
        apart = not i or (_is_apart(column, i, usual) and not _runs_on(column[i - 1], column[i]))
        found.append(apart or _is_indented(column, i, found[-1], left, firsts))
    return found


def _runs_on(above: Line, line: Line) -> bool:
    """Whether a line goes on with the one above it however far it is: in lower case, inside a sentence."""
    opens = line.text[0].islower() or (line.y > above.y and line.text[0] in "(«")  # which the end of a page cuts
    inside = opens and not LABELLED.match(line.text) and above.text[-1] not in CLOSING
    return inside and above.size == line.size and above.y - line.y < FAR * line.size


def _outdented(column: Sequence[Line], left: float) -> set[int]:
    """Where lines begin that are deeper than the next one, which begins at the left edge and has no label."""
    pairs = [(above, line) for above, line in pairwise(column) if not LABELLED.match(line.text)]
    return {round(above.x) for above, line in pairs if above.x - line.x > INDENT * line.size > abs(line.x - left)}


def _are_capital(lines: Sequence[Line]) -> bool:
    """Whether lines begin as paragraphs do, and the inner lines of paragraphs do not: not in lower case."""
    return 5 * sum(line.text[0].islower() for line in lines) < len(lines)


def _is_indented(column: Sequence[Line], i: int, first: bool, left: float, firsts: set[int]) -> bool:
    """Whether a line begins a paragraph by where it begins, and where the one above it ends; `first` tells whether
    the one above begins a paragraph, `left` where most lines begin, `firsts` where indented first lines do."""
    above, line, indent = column[i - 1], column[i], INDENT * column[i].size
    closed, lower = not above.text[-1].isalnum(), line.text[0].islower()
    label, early = LABELLED.match(line.text) is not None, ends_early(column, i - 1, line, 0.0)
    indented = not lower and round(line.x) in firsts
    if lower and not closed:
        return False
    if abs(line.x - above.x) < indent:  # as deep as an indented first line: another one, if so much tells
        return (label or indented or (first and early and not lower)) and line.x - left > indent and closed
    centred = abs(line.x + line.right - above.x - above.right) < indent < line.x - left
    if centred and not ends_sentence(above.text) and (first or above.x - left > indent):
        return False
    item = LABELLED.match(above.text) is not None and not closed  # goes on under its own words
    if not first or (line.x > above.x and indented and not item):
        return True  # lines of a paragraph after its first begin at one place
    if line.x > above.x and label:
        return closed or early
    stays = i + 1 < len(column) and abs(column[i + 1].x - line.x) < indent
    hangs = stays or LABELLED.match(above.text) is not None or abs(above.x - left) > indent
    return ends_early(column, i - 1, line, 0.0 if closed else OPEN) or (line.x > above.x and not hangs)


def _is_apart(column: Sequence[Line], i: int, usual: dict[float, float]) -> bool:
    """Whether the gap above a line is wider than those around it and than the usual one, or the type changes."""
    above, line = column[i - 1], column[i]
    if above.rows or line.rows or line.y > above.y or abs(above.size - line.size) > OTHER * line.size:
        return True
    if above.bold != line.bold and not line.text[0].islower() and ends_early(column, i - 1, line, OPEN):
        return True
    around = [column[j - 1 : j + 1] for j in (i - 1, i + 1) if 0 < j < len(column)]
    gaps = [first.y - second.y for first, second in around if first.size == second.size == line.size]
    near = [gap for gap in gaps if gap >= TIGHT * line.size]
    return above.y - line.y > GAP * min([*near, usual.get(line.size, usual[0.0] * line.size)])


def ends_early(column: Sequence[Line], i: int, following: Line, more: float) -> bool:
    """Whether a line ends although the first word of the one that follows would have found room in it, and `more`
    of its column's width would have been left."""
    line, near = column[i], column[max(0, i - AROUND) : i + AROUND + 1]
    margin = sorted(other.right for other in near)[3 * len(near) // 4]
    word = FIRST.match(following.text)
    width = len(word[0]) * (following.right - following.x) / len(following.text) if word else 0.0
    return line.right + 1.2 * width + SPACE * line.size < margin - more * (margin - min(other.x for other in near))
