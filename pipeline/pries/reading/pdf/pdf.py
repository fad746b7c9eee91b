"""PDF: the text layer of a PDF file as lines of text, by the conventions of `marks`.

Reads the bytes of a file. Gives back its lines in reading order: a form feed before each page and before each further
column of a page, a blank line where a gap or an indent says that a paragraph begins, running heads, page numbers,
footnotes and rotated text marked as left out. What repeats at the edge of pages is told over the whole document.

    "A/68/370" at the top of ten pages -> running head    "1 Voir la résolution 61/208." in small type -> footnote 1
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pries.reading.decoding import Oddity
from pries.reading.marks import CALLED, ends_sentence, left_out
from pries.reading.pdf import columns, edges, figures, margins, notes, pages, paragraphs, tables, titles
from pries.reading.pdf.lines import Line


@dataclass
class Sheet:
    """A page's body, column by column, and what is left out of it, with the rule."""

    top: list[tuple[str, Line]] = field(default_factory=list)
    columns: list[list[Line]] = field(default_factory=list)
    notes: list[tuple[str, Line]] = field(default_factory=list)
    foot: list[tuple[str, Line]] = field(default_factory=list)
    rotated: list[Line] = field(default_factory=list)
    unseen: list[Line] = field(default_factory=list)


def read(data: bytes, *, max_pages: int, max_characters: int, ocr: float = 0.0) -> tuple[str, str, list[Oddity]]:
    """The text of a PDF file, its layout as it was guessed ("text layer, 12 pages, 9 of them in columns"), and what is
    odd in it: pages that are pictures. These are read with OCR in so many seconds, if any.

    Raises Unreadable for one without text, encrypted, broken or too long.
    """
    found = pages.read(data, max_pages, max_characters, ocr)
    text = titles.Text.of([line for page in found for line in page.lines])
    sheets = _sheets(found, text.size)
    note = ""
    for sheet in sheets:
        sheet.columns, sheet.notes, note = notes.parted(sheet.columns, text.size, note)
    told = iter(figures.with_tables([column for sheet in sheets for column in sheet.columns], 0.5))
    for sheet in sheets:
        sheet.columns = [columns.parted(figures.with_labels(figures.with_lists(next(told)))) for _ in sheet.columns]
    parted = sum(len(sheet.columns) > 1 for sheet in sheets)
    layout = f"text layer, {len(sheets)} page{'s' * (len(sheets) > 1)}" + f", {parted} of them in columns" * (
        parted > 0
    )
    written = ["\n".join(page) for page in _Writer(sheets, text).pages()]
    return "\n\f".join(written), layout, _odd(found, written)


def _odd(found: Sequence[pages.Page], written: Sequence[str]) -> list[Oddity]:
    """The pages that are pictures, with the line where each would stand."""
    odd: list[Oddity] = []
    line = 1
    for number, (page, text) in enumerate(zip(found, written, strict=True), start=1):
        if page.picture:
            odd.append((line, f"page {number} is a picture without text", pages.OCR))
        line += text.count("\n") + 1
    return odd


def _sheets(found: Sequence[pages.Page], size: float) -> list[Sheet]:
    """The pages without what repeats at their edges and what stands in their margins, their text in columns."""
    parted = edges.parted([page.lines for page in found])
    within = margins.parted([body for _, body, _ in parted], size)
    parted = [(top, body, [*apart, *foot]) for (top, _, foot), (body, apart) in zip(parted, within, strict=True)]
    # Beside text of another column there are fewer figures.
    bodies = figures.with_tables([body for _, body, _ in parted], 0.9)
    gutters = [columns.gutters(body) for body in bodies]
    usual = Counter(places for places in gutters if places).most_common(1)
    sheets = []
    for page, (top, _, foot), body, places in zip(found, parted, bodies, gutters, strict=True):
        inherited = usual[0][0] if usual and columns.goes_on(body, usual[0][0]) else ()
        above, below = edges.halves(page.artifacts, body)
        text = columns.columns(body, places or inherited)
        sheets.append(Sheet([*above, *top], text, foot=[*foot, *below], rotated=page.rotated, unseen=page.unseen))
    return sheets


class _Writer:
    """Writes pages as they are handed over, what is left out at their edges."""

    def __init__(self, sheets: Sequence[Sheet], text: titles.Text) -> None:
        self.sheets, self.text = sheets, text
        columns_of_text = [column for sheet in sheets for column in sheet.columns]
        cells = [cell for column in columns_of_text for line in column for row in line.rows for cell in row]
        self.leading = paragraphs.leading([*columns_of_text, *cells])
        self.table = tables.Table()
        self.last: Line | None = None  # of the page before

    def pages(self) -> Iterator[list[str]]:
        """The lines of each page."""
        self._join_tables()
        yield from (list(self._page(sheet)) for sheet in self.sheets)

    def _join_tables(self) -> None:
        """A table at the foot of a page goes on with that at the top of the next one."""
        for sheet, following in pairwise(self.sheets):
            if not (sheet.columns and following.columns):
                continue
            above, below = sheet.columns[-1], following.columns[0]
            if tables.goes_on(above[-1], below[0]):
                above[-1], rest = tables.joined(above[-1], below[0])
                below[:1] = [rest] * bool(rest.rows)
                following.columns = [column for column in following.columns if column]

    def _page(self, sheet: Sheet) -> Iterator[str]:
        yield from (left_out(rule) + _plainly(line) for rule, line in sheet.top)
        before: list[Line] = []
        for column in sheet.columns:
            goes_on = bool(before) and _goes_on(before, column[0])
            for i, (line, text, begins) in enumerate(titles.read(column, self.leading, self.text)):
                if begins and (i or (before and not goes_on)):
                    yield ""
                if line.rows:
                    self.table = self.table if self.last and tables.goes_on(self.last, line) else tables.Table()
                    yield from self.table.written(line, self.leading, self.text)
                else:
                    mark = left_out(line.rule) + _plainly(line) if line.rule else text
                    yield "\f" * (goes_on and not i) + mark
                self.last = line
            before = column
        yield from (left_out(f"footnote {mark}") + _plainly(line) for mark, line in sheet.notes)
        yield from (left_out("rotated text") + _plainly(line) for line in sheet.rotated)
        yield from (left_out("hidden") + _plainly(line) for line in sheet.unseen)
        yield from (left_out(rule) + _plainly(line) for rule, line in sheet.foot)


def _goes_on(before: Sequence[Line], line: Line) -> bool:
    """Whether a line at the top of a column may go on with the one before, as at the top of a page."""
    ended = ends_sentence(before[-1].text) and paragraphs.ends_early(before, len(before) - 1, line, 0.0)
    return line.y > before[-1].y and not ended


def _plainly(line: Line) -> str:
    """A line that is left out, with its superscripts as they are."""
    return CALLED.sub(lambda found: found[0][1:-1] + " " * (not found.start()), line.text)
