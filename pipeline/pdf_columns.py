"""PDF columns: the reading order of a page's lines, tables of figures, and where paragraphs begin.

Reads the lines of `pdf_lines`. Two columns are told by the gutter that most lines keep clear of; a paragraph by the gap
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

from pipeline.furniture import ENDS
from pipeline.pdf_lines import SPACE, Line

STEPS = 20  # how finely the middle fifth of a page is searched for a gutter
LEAST, TALL, FULL = 2, 4, 10  # lines that a column must have, the longer one of two, one beside a line or two
NARROW = 10.0  # sizes: cells of tables are narrower, columns of prose are not
TIGHT = 0.8  # sizes: lines of one column are no closer
LOOSE = 1.5  # sizes: the usual distance where no line tells
GAP = 1.18  # line distances: a wider one parts paragraphs
INDENT = 0.6  # sizes: a deeper indent tells paragraphs
OTHER = 0.12  # sizes: type that differs more is another paragraph's
AROUND = 4  # lines above and below that show where lines end
FIRST = re.compile(r"(?:[«–—]\s)?\S+(?:\s[:;!?»%])?")  # a word, and what French ties to it
LABELLED = re.compile(r"(?:\(?\w{1,5}[.)°]|[–—•·-]|§)\s")
FILLED = 0.7  # share of its column that the middle line of a column of prose fills
FIGURE = re.compile(r"[-–−+(]?\d|[-–—.…]+$")
ROWS = 3  # of a table, at least


def with_tables(pages: Sequence[list[Line]], share: float) -> list[list[Line]]:
    """The lines of all pages with the rows of tables of figures marked: three or more rows of cells that stand apart,
    more than this share of the cells figures but for the first row and the first column. Tables go on over pages."""
    lines = [line for page in pages for line in page]
    for cells, run in groupby(range(len(lines)), key=lambda i: len(lines[i].pieces) > 1):
        rows = list(run)
        figures = [FIGURE.match(piece.text) is not None for i in rows[1:] for piece in lines[i].pieces[1:]]
        if cells and len(rows) >= ROWS and sum(figures) > share * len(figures):
            for i in rows:
                lines[i] = replace(lines[i], table=True)
    told = iter(lines)
    return [list(islice(told, len(page))) for page in pages]


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
    for column in columns:
        for above, line in pairwise(column):
            if above.size == line.size and line.text[0].islower() and above.y - line.y >= TIGHT * line.size:
                distances.setdefault(line.size, Counter())[round(2 * (above.y - line.y)) / 2] += 1
    found = {size: counted.most_common(1)[0][0] for size, counted in distances.items()}
    most = max(distances, key=lambda size: distances[size].total(), default=0.0)
    return found | {0.0: found[most] / most if most else LOOSE}


def paragraphs(column: Sequence[Line], usual: dict[float, float]) -> list[bool]:
    """Whether each line of a column begins a paragraph, as the gap above it or its indent says."""
    left = Counter(round(line.x) for line in column).most_common(1)[0][0] if column else 0
    found: list[bool] = []
    for i in range(len(column)):
        found.append(not i or _is_apart(column, i, usual) or _is_indented(column, i, found[-1], left))
    return found


def _is_indented(column: Sequence[Line], i: int, first: bool, left: float) -> bool:
    """Whether a line begins a paragraph by where it begins, and where the one above it ends; `first` tells whether
    the one above begins a paragraph, `left` where most lines begin."""
    above, line, indent = column[i - 1], column[i], INDENT * column[i].size
    early, ended = ends_early(column, i - 1, line), ENDS.search(above.text) is not None
    centred = abs(line.x + line.right - above.x - above.right) < indent < line.x - left
    if centred and not ended and (first or above.x - left > indent):
        return False
    if abs(line.x - above.x) < indent:  # as deep as an indented first line: another one, if so much tells
        outdented = i + 1 < len(column) and line.x - column[i + 1].x > indent
        opens = LABELLED.match(line.text) is not None or ((early or outdented) and not line.text[0].islower())
        return first and opens and line.x - left > indent and not above.text[-1].isalnum()
    if not first:
        return True  # lines of a paragraph after its first begin at one place
    hangs = LABELLED.match(above.text) is not None or abs(above.x - left) > indent
    return early or (line.x > above.x and not hangs)


def _is_apart(column: Sequence[Line], i: int, usual: dict[float, float]) -> bool:
    """Whether the gap above a line is wider than those around it and than the usual one, or the type changes."""
    above, line = column[i - 1], column[i]
    if abs(above.size - line.size) > OTHER * line.size:
        return True
    around = [column[j - 1 : j + 1] for j in (i - 1, i + 1) if 0 < j < len(column)]
    gaps = [first.y - second.y for first, second in around if first.size == second.size == line.size]
    near = [gap for gap in gaps if gap >= TIGHT * line.size]
    return above.y - line.y > GAP * min([*near, usual.get(line.size, usual[0.0] * line.size)])


def ends_early(column: Sequence[Line], i: int, following: Line) -> bool:
    """Whether a line ends although the first word of the one that follows would have found room in it."""
    line, rights = column[i], sorted(near.right for near in column[max(0, i - AROUND) : i + AROUND + 1])
    word = FIRST.match(following.text)
    width = len(word[0]) * (following.right - following.x) / len(following.text) if word else 0.0
    return line.right + 1.2 * width + SPACE * line.size < rights[3 * len(rights) // 4]
