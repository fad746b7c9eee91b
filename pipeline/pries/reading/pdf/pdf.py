"""PDF: the text layer of a PDF file as lines of text, by the conventions of `marks`.

Reads the bytes of a file. Gives back its lines in reading order: a form feed before each page and before each further
column of a page, a blank line where a gap or an indent says that a paragraph begins, running heads, page numbers,
footnotes and rotated text marked as left out. What repeats at the edge of pages is told over the whole document.

    "A/68/370" at the top of ten pages -> running head    "1 Voir la résolution 61/208." in small type -> footnote 1
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from pries.reading.marks import CALLED, ENDS, Unreadable, left_out
from pries.reading.pdf import columns, edges, figures, glyphs, lines, notes, paragraphs, rulings, tables, titles
from pries.reading.pdf.lines import Line

OCR = "run OCR (text recognition) on it and save it with a text layer, or give the report as text or Word"
UNKNOWN = 0.3  # share of characters that the file does not tell, from which its text is of no use


@dataclass
class Page:
    """A page's body, column by column, and what is left out of it, with the rule."""

    top: list[tuple[str, Line]] = field(default_factory=list)
    columns: list[list[Line]] = field(default_factory=list)
    notes: list[tuple[str, Line]] = field(default_factory=list)
    foot: list[tuple[str, Line]] = field(default_factory=list)
    rotated: list[Line] = field(default_factory=list)


def read(data: bytes, *, max_pages: int, max_characters: int) -> tuple[str, str]:
    """The text of a PDF file, and its layout as it was guessed: "text layer, 12 pages, 9 of them in columns".

    Raises Unreadable for one without text, encrypted, broken or too long.
    """
    found = _pages(data, max_pages, max_characters)
    sheets = _sheets([page for page, _ in found])
    text = titles.Text.of([line for page, _ in found for line in page])
    note = ""
    for sheet, (_, rotated) in zip(sheets, found, strict=True):
        sheet.rotated = rotated
        sheet.columns, sheet.notes, note = notes.parted(sheet.columns, text.size, note)
    told = iter(figures.with_tables([column for sheet in sheets for column in sheet.columns], 0.5))
    for sheet in sheets:
        sheet.columns = [figures.with_lists(next(told)) for _ in sheet.columns]
    parted = sum(len(sheet.columns) > 1 for sheet in sheets)
    layout = f"text layer, {len(sheets)} page{'s' * (len(sheets) > 1)}" + f", {parted} of them in columns" * bool(
        parted
    )
    return "\n\f".join("\n".join(page) for page in _Writer(sheets, text).pages()), layout


def _sheets(pages: Sequence[list[Line]]) -> list[Page]:
    """The pages without what repeats at their edges, their text in columns."""
    parted = edges.parted(pages)
    bodies = figures.with_tables(
        [body for _, body, _ in parted], 0.9
    )  # beside text of a column there are fewer figures
    gutters = [columns.gutters(body) for body in bodies]
    usual = Counter(places for places in gutters if places).most_common(1)
    sheets = []
    for (top, _, foot), body, places in zip(parted, bodies, gutters, strict=True):
        inherited = usual[0][0] if usual and columns.goes_on(body, usual[0][0]) else ()
        sheets.append(Page(top, columns.columns(body, places or inherited), foot=foot))
    return sheets


# --- the file -------------------------------------------------------------------------------------


def _pages(data: bytes, max_pages: int, max_characters: int) -> list[tuple[list[Line], list[Line]]]:
    """The lines of each page, and the rotated ones."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _refusal(error) from None
    with closing(document):
        if len(document) > max_pages:
            problem = f"{len(document):,} pages, more than {max_pages:,}"
            raise Unreadable(problem, "split the file, or raise max_pages in reading.toml")
        found, characters, unknown, images = [], 0, 0, 0
        for number in range(len(document)):
            written, page = _glyphs(document, number, max_characters - characters)
            characters += len(written)
            unknown += sum(glyph.text == "\ufffd" for glyph in written)
            images += not written and _is_picture(page)
            found.append(_lines(written, page))
    texts = sum(bool(page) for page, _ in found)
    if not texts or images > texts:
        raise Unreadable("no text layer: the file holds a scan or pictures only" if images else "no text in it", OCR)
    if unknown > UNKNOWN * characters:
        raise Unreadable("no usable text layer: its fonts do not say which characters they draw", OCR)
    return found


def _refusal(error: Exception) -> Unreadable:
    from pypdfium2 import raw

    if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
        return Unreadable("encrypted with a password", "save a copy without password")
    return Unreadable("not a PDF file, or a broken one", "open it in a PDF reader and save or print it to PDF again")


def _glyphs(document: Any, number: int, most: int) -> tuple[list[glyphs.Glyph], Any]:
    """The glyphs of a page, and the page."""
    import pypdfium2

    try:
        page = document[number]
        text = page.get_textpage()
        if text.count_chars() > most:
            raise Unreadable(
                "more characters than the limit", "split the file, or raise max_characters in reading.toml"
            )
        return glyphs.glyphs(text), page
    except pypdfium2.PdfiumError as error:
        refusal = _refusal(error)
        raise Unreadable(f"page {number + 1} cannot be read", refusal.remedy) from None


def _is_picture(page: Any) -> bool:
    """Whether a page without text holds a picture in its place."""
    from pypdfium2 import raw

    return any(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _lines(written: Sequence[glyphs.Glyph], page: Any) -> tuple[list[Line], list[Line]]:
    """The lines of a page from top to bottom, a ruled table as one of them, and the lines that are rotated."""
    upright, others = lines.directions(written)
    if not upright:
        return [], []
    ruled, rest = tables.apart(upright, *rulings.grids(page, upright[0].turn))
    found = sorted([*lines.lines(rest), *ruled], key=lambda line: -line.y)
    return found, [line for turned in others for line in lines.lines(turned)]


# --- text -----------------------------------------------------------------------------------------


class _Writer:
    """Writes pages as they are handed over, what is left out at their edges."""

    def __init__(self, sheets: Sequence[Page], text: titles.Text) -> None:
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
                above[-1], below[0] = tables.joined(above[-1], below[0])

    def _page(self, sheet: Page) -> Iterator[str]:
        yield from (left_out(rule) + _plainly(line) for rule, line in sheet.top)
        before: list[Line] = []
        for column in sheet.columns:
            goes_on = bool(before) and _goes_on(before, column[0])
            for i, (line, text, begins) in enumerate(titles.read(column, self.leading, self.text)):
                if begins and (i or (before and not goes_on)):
                    yield ""
                if line.rows:
                    self.table = self.table if self.last and tables.goes_on(self.last, line) else tables.Table()
                    yield from self.table.written(line, self.leading)
                else:
                    mark = left_out(line.rule) + _plainly(line) if line.rule else text
                    yield "\f" * (goes_on and not i) + mark
                self.last = line
            before = column
        yield from (left_out(f"footnote {mark}") + _plainly(line) for mark, line in sheet.notes)
        yield from (left_out("rotated text") + _plainly(line) for line in sheet.rotated)
        yield from (left_out(rule) + _plainly(line) for rule, line in sheet.foot)


def _goes_on(before: Sequence[Line], line: Line) -> bool:
    """Whether a line at the top of a column may go on with the one before, as at the top of a page."""
    ended = ENDS.search(before[-1].text) and paragraphs.ends_early(before, len(before) - 1, line, 0.0)
    return line.y > before[-1].y and not ended


def _plainly(line: Line) -> str:
    """A line that is left out, with its superscripts as they are."""
    return CALLED.sub(lambda found: found[0][1:-1] + " " * (not found.start()), line.text)
