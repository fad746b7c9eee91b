"""PDF rulings: the straight lines drawn on a page, and the grids of tables that they make.

Reads the drawings of a page of pypdfium2: strokes, and boxes so thin that they are strokes. Lines that touch make a
grid if one of them parts columns; a frame around a text, an underlining and the axes of a chart make none. The cell of
a place is told by the nearest lines on its four sides, so that cells may run over several rows and columns.

    four lines across, three down -> a grid of three rows and two columns
"""

from __future__ import annotations

import ctypes
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

THIN = 3.0  # points: a box no wider is a line
NEAR = 2.5  # points by which lines that meet may miss each other
SHORT = 6.0  # points: a shorter line parts nothing
DEPTH = 4  # of forms inside forms that are looked into
STACKED = 3  # lines across that make a table without lines down
RULED = 1_000  # lines of a page that are looked at together: tables have fewer
MOST = 20_000  # drawings of a page that are looked at: more are a map or a chart


class Ruling(NamedTuple):
    """A straight line along one axis: where it stands on the other one, and from where to where it runs."""

    at: float
    low: float
    high: float

    def covers(self, place: float, more: float = 0.0) -> bool:
        return self.low - more <= place <= self.high + more


class Cell(NamedTuple):
    """The four sides of a cell."""

    top: float
    left: float
    bottom: float
    right: float


@dataclass(frozen=True)
class Grid:
    """The lines of a table, those across from the top down, those down from left to right."""

    across: tuple[Ruling, ...]
    down: tuple[Ruling, ...]
    left: float
    right: float
    bottom: float
    top: float

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.bottom <= y <= self.top

    def cell(self, x: float, y: float) -> Cell:
        """The cell of a place inside the grid."""
        left, right = self.left, self.right
        for ruling in self.down:
            if ruling.covers(y):
                if ruling.at > x:
                    right = ruling.at
                    break
                left = ruling.at
        top, bottom = self.top, self.bottom
        for ruling in self.across:
            if ruling.covers(x):
                if ruling.at < y:
                    bottom = ruling.at
                    break
                top = ruling.at
        for ruling in self.down:  # columns inside a cell end what stands above and below them
            if left < ruling.at < right and not ruling.covers(y, 2 * NEAR):
                bottom = max(bottom, ruling.high) if ruling.high < y else bottom
                top = min(top, ruling.low) if ruling.low > y else top
        return Cell(top, left, bottom, right)


def grids(page: Any, turn: int) -> tuple[list[Grid], list[Grid]]:
    """The grids of a page of pypdfium2 whose writing is turned by `turn` quarters, the smaller ones first; and those of
    which only lines across are drawn, so that the words have to tell their columns."""
    across, down = _turned(*_drawn(page), turn)
    across, down = _merged(across), _merged(down)
    if len(across) + len(down) > RULED:
        return [], []
    found = [grid for lines in _touching(across, down) if (grid := _grid(*lines))]
    free = [line for line in across if not any(_is_of(line, grid) for grid in found)]
    return sorted(found, key=lambda grid: (grid.right - grid.left) * (grid.top - grid.bottom)), _stacks(free)


def _is_of(line: Ruling, grid: Grid) -> bool:
    return grid.bottom - NEAR <= line.at <= grid.top + NEAR and line.high > grid.left and line.low < grid.right


def _stacks(across: Sequence[Ruling]) -> list[Grid]:
    """Grids without lines down: lines across one above the other, from the same place to the same place."""
    groups: list[list[Ruling]] = []
    for line in sorted(across, key=lambda line: -line.at):
        same = next(
            (g for g in groups if abs(g[0].low - line.low) <= NEAR and abs(g[0].high - line.high) <= NEAR), None
        )
        if same is None:
            groups.append([line])
        else:
            same.append(line)
    tall = [group for group in groups if len(group) >= STACKED]
    return [Grid(tuple(g), (), g[0].low, g[0].high, g[-1].at, g[0].at) for g in tall]


def with_columns(grid: Grid, words: Sequence[tuple[float, float, float]]) -> Grid | None:
    """A grid without lines down, with those that its words show: between columns there is a stretch without a word.

    `words` are stretches of writing, from where to where and how high; None where they show no columns.
    """
    down: list[Ruling] = []
    for high, low in pairwise(grid.across):
        end = math.inf
        for left, right in sorted((left, right) for left, right, y in words if low.at < y < high.at):
            if left > end:
                down.append(Ruling((left + end) / 2, low.at, high.at))
            end = right if end == math.inf else max(end, right)
    return Grid(grid.across, tuple(sorted(down)), grid.left, grid.right, grid.bottom, grid.top) if down else None


def _drawn(page: Any) -> tuple[list[Ruling], list[Ruling]]:
    """The lines across a page, and those down it."""
    from pypdfium2 import raw

    across: list[Ruling] = []
    down: list[Ruling] = []
    sides = [ctypes.c_float() for _ in range(4)]
    places = [ctypes.byref(side) for side in sides]
    for number, (drawing, matrix) in enumerate(
        _paths(raw, page.raw, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject)
    ):
        if number >= MOST:
            return [], []
        if not raw.FPDFPageObj_GetBounds(drawing, *places):
            continue
        left, bottom, right, top = (side.value for side in sides)
        if matrix:
            (left, bottom), (right, top) = matrix.on_point(left, bottom), matrix.on_point(right, top)
            left, bottom, right, top = min(left, right), min(bottom, top), max(left, right), max(bottom, top)
        if not all(map(math.isfinite, (left, bottom, right, top))):
            continue
        if top - bottom <= THIN:
            across.append(Ruling((bottom + top) / 2, left, right))
        elif right - left <= THIN:
            down.append(Ruling((left + right) / 2, bottom, top))
        elif _is_stroked(raw, drawing):
            for x0, y0, x1, y1 in _segments(raw, drawing, matrix):
                if abs(y0 - y1) <= 1.0:
                    across.append(Ruling((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
                elif abs(x0 - x1) <= 1.0:
                    down.append(Ruling((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    return across, down


def _paths(
    raw: Any, holder: Any, count: Any, member: Any, matrix: Any = None, depth: int = 0
) -> Iterator[tuple[Any, Any]]:
    """The drawings of a page or of a form on it, each with the matrix that places its form on the page, if any."""
    for i in range(count(holder)):
        drawing = member(holder, i)
        kind = raw.FPDFPageObj_GetType(drawing)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            yield drawing, matrix
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < DEPTH:
            placed = _matrix(raw, drawing)
            inner = placed.multiply(matrix) if matrix else placed
            yield from _paths(raw, drawing, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, inner, depth + 1)


def _matrix(raw: Any, drawing: Any) -> Any:
    from pypdfium2 import PdfMatrix

    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(drawing, matrix)
    return PdfMatrix.from_raw(matrix)


def _is_stroked(raw: Any, drawing: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(raw.FPDFPath_GetDrawMode(drawing, fill, stroke) and stroke.value)


def _segments(raw: Any, drawing: Any, outer: Any) -> Iterator[tuple[float, float, float, float]]:
    """The straight strokes of a drawing; none where it has more of them than tables have."""
    matrix = _matrix(raw, drawing)
    matrix = matrix.multiply(outer) if outer else matrix
    x, y, begun, last = ctypes.c_float(), ctypes.c_float(), (0.0, 0.0), (0.0, 0.0)
    count = raw.FPDFPath_CountSegments(drawing)
    for i in range(count if count <= MOST else 0):
        segment = raw.FPDFPath_GetPathSegment(drawing, i)
        kind = raw.FPDFPathSegment_GetType(segment)
        if not raw.FPDFPathSegment_GetPoint(segment, x, y):
            return
        point = matrix.on_point(x.value, y.value)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            begun = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield (*last, *point)
            if raw.FPDFPathSegment_GetClose(segment):
                yield (*point, *begun)
        last = point


def _turned(across: Sequence[Ruling], down: Sequence[Ruling], turn: int) -> tuple[Sequence[Ruling], Sequence[Ruling]]:
    """The lines of a page that is turned so that its writing runs to the right, as `glyphs` turns it."""
    if turn == 1:  # x is the old y, y the old x downwards
        return [Ruling(-r.at, r.low, r.high) for r in down], [Ruling(r.at, -r.high, -r.low) for r in across]
    if turn == 2:
        return [Ruling(-r.at, -r.high, -r.low) for r in across], [Ruling(-r.at, -r.high, -r.low) for r in down]
    if turn == 3:
        return [Ruling(r.at, -r.high, -r.low) for r in down], [Ruling(-r.at, r.low, r.high) for r in across]
    return across, down


def _merged(lines: Sequence[Ruling]) -> list[Ruling]:
    """The lines with those that go on with one another made one, as borders of cells do."""
    rows: list[list[Ruling]] = []
    for line in sorted(set(lines)):
        if not rows or line.at - rows[-1][0].at > NEAR:
            rows.append([])
        rows[-1].append(line)
    found: list[Ruling] = []
    for row in rows:
        at = sum(line.at for line in row) / len(row)
        low, high = math.inf, -math.inf
        for line in sorted(row, key=lambda line: line.low):
            if line.low > high + THIN:
                found += [Ruling(at, low, high)] * (high - low >= SHORT)
                low, high = line.low, line.high
            high = max(high, line.high)
        found += [Ruling(at, low, high)] * (high - low >= SHORT)
    return found


def _touching(across: Sequence[Ruling], down: Sequence[Ruling]) -> Iterator[tuple[list[Ruling], list[Ruling]]]:
    """The lines in groups that hang together."""
    top = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while top[i] != i:
            top[i] = top[top[i]]
            i = top[i]
        return i

    for j, upright in enumerate(down, start=len(across)):
        for i, level in enumerate(across):
            if level.covers(upright.at, NEAR) and upright.covers(level.at, NEAR):
                top[root(i)] = root(j)
    groups: dict[int, tuple[list[Ruling], list[Ruling]]] = defaultdict(lambda: ([], []))
    for i, level in enumerate(across):
        groups[root(i)][0].append(level)
    for j, upright in enumerate(down, start=len(across)):
        groups[root(j)][1].append(upright)
    yield from groups.values()


def _grid(across: list[Ruling], down: list[Ruling]) -> Grid | None:
    """The grid that lines make which hang together; None where they part no columns."""
    if not across or not down:
        return None
    left = min(min(line.low for line in across), min(line.at for line in down))
    right = max(max(line.high for line in across), max(line.at for line in down))
    bottom = min(min(line.low for line in down), min(line.at for line in across))
    top = max(max(line.high for line in down), max(line.at for line in across))
    drawn, across = across, [line for line in across if _ends(line, [left, *(other.at for other in down), right])]
    down = [
        line for line in down if _ends(line, [bottom, *(other.at for other in across), top]) or _crosses(line, drawn)
    ]
    inner = [line for line in down if left + NEAR < line.at < right - NEAR]
    if not inner or not across:
        return None
    across.sort(key=lambda line: -line.at)
    down.sort(key=lambda line: line.at)
    return Grid(tuple(across), tuple(down), left, right, bottom, top)


def _crosses(line: Ruling, across: Sequence[Ruling]) -> bool:
    """Whether a line down ends on one across and crosses another: it parts two columns inside a cell."""
    levels = [other.at for other in across if other.covers(line.at)]
    ends = any(abs(end - at) <= 2 * NEAR for end in (line.low, line.high) for at in levels)
    return ends and any(line.low + 2 * NEAR < at < line.high - 2 * NEAR for at in levels)


def _ends(line: Ruling, places: Sequence[float]) -> bool:
    """Whether a line runs from one of the places to another, as borders do and underlinings do not."""
    return all(any(abs(end - place) <= 2 * NEAR for place in places) for end in (line.low, line.high))
