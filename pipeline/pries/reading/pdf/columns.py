"""PDF columns: the reading order of a page's lines, tables of figures, and where paragraphs begin.

Reads the lines of `lines`. Two columns are told by the gutter that most lines keep clear of; a paragraph by the gap
above it, or by an indent: its own, or that of all its lines but the first.

    a line 18 points above the next, where 12 are usual -> the next begins a paragraph
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, islice, pairwise

from pries.reading.marks import ENDS
from pries.reading.pdf.lines import SPACE, Line

STEPS = 20  # how finely the middle fifth of a page is searched for a gutter
LEAST, TALL, FULL = 2, 4, 10  # lines that a column must have, the longer one of two, one beside a line or two
NARROW = 10.0  # sizes: cells of tables are narrower, columns of prose are not
TIGHT = 0.8  # sizes: lines of one column are no closer
LOOSE = 1.5  # sizes: the usual distance where no line tells
GAP = 1.18  # line distances: a wider one parts paragraphs
INDENT = 0.6  # sizes: a deeper indent tells paragraphs
OTHER = 0.12  # sizes: type that differs more is another paragraph's
SHARE = 0.1  # of a column's lines that begin at its left edge, at least
OPEN = 0.25  # of a column's width that the last line of a paragraph without a full stop leaves free
AROUND = 4  # lines above and below that show where lines end
FIRST = re.compile(r"(?:[«–—]\s)?\S+(?:\s[:;!?»%])?")  # a word, and what French ties to it
LABELLED = re.compile(r"(?:\(?\w{1,5}[.)°]|[–—•·-]|§)\s")
FILLED = 0.7  # share of its column that the middle line of a column of prose fills
FIGURE = re.compile(r"[-–−+(]?\d[\d\s.,:/%()–-]*$|[-–−—.…]+$")  # a cell of figures, or an empty one
ROWS = 2  # of figures in a table, at least


def with_tables(pages: Sequence[list[Line]], share: float) -> list[list[Line]]:
    """The lines of all pages with the rows of tables of figures marked: two or more rows in which more than this share
    of the cells after the first are figures, and the row of as many cells above them. Tables go on over pages."""
    lines = [line for page in pages for line in page]
    for figures, run in groupby(range(len(lines)), key=lambda i: _has_figures(lines[i], share)):
        rows = list(run)
        if not figures or len(rows) < ROWS:
            continue
        head = rows[0] - 1
        if head >= 0 and len(lines[head].pieces) == len(lines[rows[0]].pieces):
            rows.append(head)
        for i in rows:
            lines[i] = replace(lines[i], table=True)
    told = iter(lines)
    return [list(islice(told, len(page))) for page in pages]


def _has_figures(line: Line, share: float) -> bool:
    figures = [FIGURE.match(piece.text) is not None for piece in line.pieces[1:]]
    return sum(figures) > share * len(figures)


def columns(page: Sequence[Line], gutter: float | None) -> list[list[Line]]:
    """The lines of a page in reading order, a list for each stretch of a column: left before right, as they follow
    one another between lines that run across both."""
    if gutter is None:
        return [list(page)] if page else []
    found: list[list[Line]] = []
    for across, zone in groupby(page, key=lambda line: _crosses(line, gutter)):
        if across:
            found.append(list(zone))
        else:
            found += _sides(list(zone), gutter)
    return [column for column in found if column]


def _sides(zone: Sequence[Line], gutter: float) -> tuple[list[Line], list[Line]]:
    left = [part for line in zone if (part := line.part(-math.inf, gutter))]
    right = [part for line in zone if (part := line.part(gutter, math.inf))]
    return left, right


def _crosses(line: Line, gutter: float) -> bool:
    if line.table:
        return line.x < gutter < line.right
    return any(piece.x < gutter < piece.right for piece in line.pieces)


def gutter(page: Sequence[Line]) -> float | None:
    """Where two columns of prose part: in the middle fifth of the page, crossed by the fewest lines."""
    if not page:
        return None
    low, high = min(line.x for line in page), max(line.right for line in page)
    middle, reach = (low + high) / 2, (high - low) / 10
    places = [middle + reach * step / STEPS for step in range(-STEPS, STEPS + 1)]
    crossed = [sum(_crosses(line, place) for line in page) for place in places]
    best = [place for place, times in zip(places, crossed, strict=True) if times == min(crossed)]
    place = best[len(best) // 2]
    inside = [line for line in page if not _crosses(line, place)]
    left, right = _sides(inside, place)
    tall = _is_prose(left) and _is_prose(right) and max(len(left), len(right)) >= TALL
    begun = right and _is_prose(left) and len(left) >= FULL and len(inside) >= FILLED * len(page)
    return place if tall or begun else None


def goes_on(page: Sequence[Line], gutter: float) -> bool:
    """Whether the columns of other pages may go on here: most lines keep clear of the gutter, on both sides of it."""
    inside = [line for line in page if not _crosses(line, gutter)]
    return 2 * len(inside) > len(page) and all(_sides(inside, gutter))


def _is_prose(column: Sequence[Line]) -> bool:
    """Whether lines fill their column, as those of prose do and the cells of a table do not."""
    if len(column) < LEAST:
        return False
    widths = sorted(line.right - line.x for line in column)
    whole = max(line.right for line in column) - min(line.x for line in column)
    return widths[len(widths) // 2] >= max(FILLED * whole, NARROW * column[0].size)


def leading(columns: Sequence[Sequence[Line]]) -> dict[float, float]:
    """The usual distance from line to line inside a paragraph, by size of type: that above lines which begin in lower
    case; size 0 has the ratio of the two in the text's most frequent type."""
    distances: dict[float, Counter[float]] = {}
    for above, line in (pair for column in columns for pair in pairwise(column)):
        inside = line.text[0].islower() and not LABELLED.match(line.text)
        if inside and above.size == line.size and above.y - line.y >= TIGHT * line.size:
            distances.setdefault(line.size, Counter())[round(2 * (above.y - line.y)) / 2] += 1
    found = {size: counted.most_common(1)[0][0] for size, counted in distances.items()}
    most = max(distances, key=lambda size: distances[size].total(), default=0.0)
    return found | {0.0: found[most] / most if most else LOOSE}


def paragraphs(column: Sequence[Line], usual: dict[float, float]) -> list[bool]:
    """Whether each line of a column begins a paragraph, as the gap above it or its indent says."""
    places = Counter(round(line.x) for line in column)
    left = min((x for x, times in places.items() if times >= SHARE * len(column)), default=0)
    firsts = {x for x in _outdented(column, left) if _are_capital([a for a in column if round(a.x) == x])}
    found: list[bool] = []
    for i in range(len(column)):
        apart = not i or _is_apart(column, i, usual)
        found.append(apart or _is_indented(column, i, found[-1], left, firsts))
    return found


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
    if centred and not ENDS.search(above.text) and (first or above.x - left > indent):
        return False
    if not first or (line.x > above.x and indented):
        return True  # lines of a paragraph after its first begin at one place
    if line.x > above.x and label:
        return closed or early
    stays = i + 1 < len(column) and abs(column[i + 1].x - line.x) < indent
    hangs = stays or LABELLED.match(above.text) is not None or abs(above.x - left) > indent
    return ends_early(column, i - 1, line, 0.0 if closed else OPEN) or (line.x > above.x and not hangs)


def _is_apart(column: Sequence[Line], i: int, usual: dict[float, float]) -> bool:
    """Whether the gap above a line is wider than those around it and than the usual one, or the type changes."""
    above, line = column[i - 1], column[i]
    if abs(above.size - line.size) > OTHER * line.size:
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
