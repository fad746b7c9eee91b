"""PDF tables: what stands in the cells of a ruled table, row by row.

Reads the glyphs of a page and its grids. Gives back each table as one line with rows of cells, and the glyphs that
stand in none. Cells with whole sentences are text; all else of a row is left out, as in other formats.

    a cell "Le ministère devrait former les juges de paix." beside a cell "2026" -> text, and a line left out as a table
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from pries.reading import recommendation_tables, table_cells
from pries.reading.marks import LINE, ends_sentence, left_out
from pries.reading.marks import cell as cell_mark
from pries.reading.pdf import paragraphs, titles
from pries.reading.pdf.glyphs import Glyph
from pries.reading.pdf.lines import Line, Piece, lines
from pries.reading.pdf.rulings import NEAR, Cell, Grid, Ruling, with_columns

HEIGHT = 0.3  # sizes above its baseline, where a glyph is looked for in a grid
HEAD = 2.0  # sizes of the largest type above a table, in which the titles of its columns may stand
SIZE = 0.1  # of a table as a line: no text has it
TALL = 15  # lines of a cell, from which cells side by side are columns of text

Cells = tuple[tuple[Line, ...], ...]


def apart(
    found: Sequence[Glyph], ruled: Sequence[Grid], stacks: Sequence[Grid], before: Line | None = None
) -> tuple[list[Line], list[Glyph]]:
    """The tables of a page, and the glyphs that stand in none; `before` is the table with which the page before ends,
    if any, which may go on in one column only."""
    grids = [*ruled, *(grid for stack in stacks if (grid := _with_columns(stack, found)))]
    if not grids:
        return [], list(found)
    inside: list[dict[Cell, list[Glyph]]] = [defaultdict(list) for _ in grids]
    outside: list[Glyph] = []
    cell, here = Cell(0.0, 0.0, 0.0, 0.0), list[Glyph]()
    for glyph in found:
        x, y = (glyph.x + glyph.right) / 2, glyph.y + HEIGHT * glyph.size
        if not (cell.left < x < cell.right and cell.bottom < y < cell.top):
            rank = next((rank for rank, grid in enumerate(grids) if grid.holds(x, y)), None)
            if rank is None:
                outside.append(glyph)
                continue
            cell = grids[rank].cell(x, y)
            here = inside[rank][cell]
        here.append(glyph)
    tables = []
    for grid, cells in zip(grids, inside, strict=True):
        rows = _rows({cell: tuple(lines(glyphs)) for cell, glyphs in cells.items()})
        table = _table(grid, rows)
        if _is_table(rows) or (before and goes_on(before, table)):
            tables.append(table)
        else:
            outside += [glyph for glyphs in cells.values() for glyph in glyphs]
    return tables, outside


def _with_columns(stack: Grid, found: Sequence[Glyph]) -> Grid | None:
    """A grid of which only lines across are drawn, with the columns that its words show."""
    above = stack.top + HEAD * max((glyph.size for glyph in found), default=0.0)
    inside = [g for g in found if stack.left <= g.x <= stack.right and stack.bottom <= g.y + HEIGHT * g.size <= above]
    written = lines(inside)
    pieces = [(piece, line.size) for line in written for piece in line.pieces]
    head = [line for line in written if line.y > stack.top]
    if head and all(len(line.pieces) > 1 for line in head):  # the titles of the columns, without a line above them
        stack = replace(stack, top=above, across=(Ruling(above, stack.left, stack.right), *stack.across))
    return with_columns(stack, [(piece.x, piece.right, piece.y + HEIGHT * size) for piece, size in pieces])


def _rows(cells: dict[Cell, tuple[Line, ...]]) -> list[list[tuple[Cell, tuple[Line, ...]]]]:
    """The cells that hold text, row by row: those whose upper sides are level."""
    rows: list[list[tuple[Cell, tuple[Line, ...]]]] = []
    for cell, text in sorted(cells.items(), key=lambda item: (-item[0].top, item[0].left)):
        if not text:
            continue
        if not rows or rows[-1][0][0].top - cell.top > NEAR:
            rows.append([])
        rows[-1].append((cell, text))
    return [sorted(row, key=lambda item: item[0].left) for row in rows]


def _is_table(rows: Sequence[Sequence[tuple[Cell, tuple[Line, ...]]]]) -> bool:
    """Whether cells stand side by side, and are no columns of text with a line between them."""
    beside = max((len(row) for row in rows), default=0) > 1
    columns = len(rows) == 1 and all(len(text) >= TALL for _, text in rows[0])
    return beside and not columns


def _table(grid: Grid, rows: Sequence[Sequence[tuple[Cell, tuple[Line, ...]]]]) -> Line:
    cells = tuple(tuple(text for _, text in row) for row in rows)
    whole = " ".join(line.text for row in cells for cell in row for line in cell)
    return Line((Piece(whole, grid.left, grid.right, grid.top),), SIZE, rule="table", rows=cells)


@dataclass
class Table:
    """The table that is written: its columns' titles are known on the pages over which it goes on."""

    rows: recommendation_tables.Rows = field(default_factory=recommendation_tables.Rows)
    head: tuple[str, ...] = ()

    def written(self, table: Line, leading: dict[float, float], text: titles.Text) -> Iterator[str]:
        """The lines of a table, a blank one before each paragraph of a cell that is text."""
        for rank, row in enumerate(table.rows):
            texts = tuple(" ".join(_texts(cell)) for cell in row)
            if rank == 0 and self.head == texts:
                yield left_out("table") + "\t".join(texts)  # the head of the table, which each page repeats
                continue
            self.head = self.head or texts
            cells = [_paragraphs(zip(_texts(cell), paragraphs.begins(cell, leading), strict=True)) for cell in row]
            if len(row) == 1 and any(table_cells.holds_sentence(paragraph) for paragraph in cells[0]):
                read = titles.read(row[0], leading, text)  # a box across the table may have headings
                cells = [_paragraphs((line, begins) for _, line, begins in read)]
            firsts = tuple(cell[0] for cell in cells)
            for line in self.rows.row(cells):
                yield ""
                first, *more = line.split("\n")
                begins = not line.startswith(LINE) and line.endswith(firsts)
                yield from (cell_mark() * begins + first, *more)


def goes_on(above: Line, below: Line) -> bool:
    """Whether a table goes on with the one above it, or at the foot of the page before."""
    return bool(above.rows and below.rows) and abs(above.x - below.x) <= NEAR and abs(above.right - below.right) <= NEAR


def joined(above: Line, below: Line) -> tuple[Line, Line]:
    """Two tables that are one; a row that the end of a page cuts is whole in the first."""
    last, first = above.rows[-1], below.rows[0]
    rests = {i: rest for rest in first for i, cell in enumerate(last) if _is_below(cell, rest)}
    if len(rests) < len(first) or not any(_is_cut(last[i], rest) for i, rest in rests.items()):
        return above, below
    row = tuple(cell + rests.get(i, ()) for i, cell in enumerate(last))
    return replace(above, rows=(*above.rows[:-1], row)), replace(below, rows=below.rows[1:])


def _is_below(cell: Sequence[Line], rest: Sequence[Line]) -> bool:
    """Whether two cells stand in the same column."""
    left = max(min(line.x for line in cell), min(line.x for line in rest))
    return left < min(max(line.right for line in cell), max(line.right for line in rest))


def _is_cut(cell: Sequence[Line], rest: Sequence[Line]) -> bool:
    return (rest[0].text[0].islower() or rest[0].text[0] == "(") and not ends_sentence(cell[-1].text)


def _texts(cell: Sequence[Line]) -> list[str]:
    return [line.text for line in cell]


def _paragraphs(lines: Iterable[tuple[str, bool]]) -> list[str]:
    """Paragraphs with their lines parted by line ends, of lines that tell whether they begin one."""
    found: list[list[str]] = []
    for line, begins in lines:
        if begins or not found:
            found.append([])
        found[-1].append(line)
    return ["\n".join(paragraph) for paragraph in found]
