"""PDF columns: the reading order of a page's lines.

Columns of prose are told by the gutters that most lines keep clear of, two of them or more; a title may run across.

    lines of three columns side by side -> the first column from top to bottom, then the second, then the third
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import groupby

from pries.reading.pdf.lines import Line

STEPS = 100  # how finely the width of a page is searched for gutters
MARGIN = 0.15  # share of the width in which no gutter is looked for, on both sides
LEAST, TALL, FULL = 2, 4, 10  # lines that a column must have, the longer one of two, one beside a line or two
NARROW = 10.0  # sizes: cells of tables are narrower, columns of prose are not
FILLED = 0.7  # share of its column that the middle line of a column of prose fills
RUNNING = 0.4  # share of the lines of a column that begin in lower case, where words run on from line to line
WIDE, BESIDE = 1.5, 3  # sizes between what stands side by side on so many lines
# What is no word beside others: "Section 7." before its title, an entry of a table of contents.
LABEL = re.compile(r".{0,5}|.{0,20}\d\W*|.*[.…_·]{4}.*")
MOST = 6  # columns of a page


def columns(page: Sequence[Line], gutters: Sequence[float]) -> list[list[Line]]:
    """The lines of a page in reading order, a list for each stretch of a column: left before right, as they follow
    one another between lines that run across the gutter."""
    if not gutters:
        return [list(page)] if page else []
    gutter = min(gutters, key=lambda place: sum(_crosses(line, place) for line in page))
    rest = [place for place in gutters if place != gutter]
    found: list[list[Line]] = []
    for across, zone in groupby(page, key=lambda line: _crosses(line, gutter)):
        if across:
            found.append(list(zone))
            continue
        left, right = _sides(list(zone), gutter)
        found += columns(left, [place for place in rest if place < gutter])
        found += columns(right, [place for place in rest if place > gutter])
    return [column for column in found if column]


def _sides(zone: Sequence[Line], gutter: float) -> tuple[list[Line], list[Line]]:
    left = [part for line in zone if (part := line.part(-math.inf, gutter))]
    right = [part for line in zone if (part := line.part(gutter, math.inf))]
    return left, right


def _crosses(line: Line, gutter: float) -> bool:
    if line.rule == "table":
        return line.x < gutter < line.right
    return any(piece.x < gutter < piece.right for piece in line.pieces)


def gutters(page: Sequence[Line], most: int = MOST) -> tuple[float, ...]:
    """Where columns of prose part, from left to right."""
    place = _gutter(page) if most > 1 else None
    if place is None:
        return ()
    left, right = _sides([line for line in page if not _crosses(line, place)], place)
    return (*gutters(left, most // 2), place, *gutters(right, most // 2))


def _gutter(page: Sequence[Line]) -> float | None:
    """Where two columns part: the place that most lines have words on both sides of, and fewest words on it."""
    page = [line for line in page if not line.rows]
    if len(page) < TALL:
        return None
    low, high = min(line.x for line in page), max(line.right for line in page)
    first = round(MARGIN * STEPS)
    places = [low + (high - low) * step / STEPS for step in range(first, STEPS - first + 1)]
    scores = [sum(_score(line, place) for line in page) for place in places]
    best = max(scores)
    runs = [
        [place for place, _ in run]
        for score, run in groupby(zip(places, scores, strict=True), key=lambda p: p[1])
        if score == best
    ]
    place = min((run[len(run) // 2] for run in runs), key=lambda place: abs(place - (low + high) / 2))
    inside = [line for line in page if not _crosses(line, place)]
    left, right = _sides(inside, place)
    zones = (
        _sides(list(zone), place) for across, zone in groupby(page, lambda line: _crosses(line, place)) if not across
    )
    tall = any(_is_prose(a) and _is_prose(b) and max(len(a), len(b)) >= TALL for a, b in zones)
    narrow = len(inside) >= FILLED * len(page) and _runs(left) and _runs(right)
    half = abs(place - (low + high) / 2) <= (high - low) / 10  # of two columns, the second of which has just begun
    begun = half and bool(right) and _is_prose(left) and len(left) >= FULL and len(inside) >= FILLED * len(page)
    begun = begun and right[0].y > left[len(left) // 2].y
    return place if tall or narrow or begun else None


def _score(line: Line, place: float) -> int:
    """1 for a line with words on both sides of a place, -1 for one with words on it."""
    if _crosses(line, place):
        return -1
    return int(line.x < place < line.right)


def goes_on(page: Sequence[Line], gutters: Sequence[float]) -> bool:
    """Whether the columns of other pages may go on here: most lines keep clear of each gutter, on both sides of it."""
    for gutter in gutters:
        inside = [line for line in page if not _crosses(line, gutter)]
        if 2 * len(inside) <= len(page) or not all(_sides(inside, gutter)):
            return False
    return bool(gutters)


def _is_prose(column: Sequence[Line]) -> bool:
    """Whether lines fill their column, as those of prose do and the cells of a table do not."""
    if len(column) < LEAST:
        return False
    widths = sorted(line.right - line.x for line in column)
    whole = max(line.right for line in column) - min(line.x for line in column)
    return widths[len(widths) // 2] >= max(FILLED * whole, NARROW * column[0].size)


def _runs(column: Sequence[Line]) -> bool:
    """Whether lines go on with one another, however narrow their column is."""
    return len(column) >= TALL and sum(line.text[0].islower() for line in column) >= RUNNING * len(column)


def parted(column: Sequence[Line]) -> list[Line]:
    """The lines of a column, with those that stand side by side on a few lines, as signatures do, one after another:
    what stands on the left, then what stands on the right."""
    found: list[Line] = []
    start = 0
    while start < len(column):
        end = _beside(column, start)
        run = column[start:end]
        if len(run) >= BESIDE:
            found += [line.of(line.pieces[:1]) for line in run]
            found += [line.of(line.pieces[1:]) for line in run]
        else:
            end = start + 1
            found.append(column[start])
        start = end
    return found


def _beside(column: Sequence[Line], start: int) -> int:
    """Where the run of lines ends, from `start` on, that have words on both sides of a blank stretch."""
    low, high, end = -math.inf, math.inf, start
    while end < len(column):
        line = column[end]
        if len(line.pieces) != 2 or line.rule or any(LABEL.fullmatch(piece.text) for piece in line.pieces):
            break
        low, high = max(low, line.pieces[0].right), min(high, line.pieces[1].x)
        if high - low < WIDE * line.size:
            break
        end += 1
    return end
