"""PDF: the text layer of a PDF file as lines of text, by the conventions of `marks`.

Reads the bytes of a file. Gives back its lines in reading order: a form feed before each page and before each further
column of a page, a blank line where a gap or an indent says that a paragraph begins, running heads, page numbers,
footnotes and rotated text marked as left out. What repeats at the edge of pages is told over the whole document.

    "A/68/370" at the top of ten pages -> running head    "1 Voir la résolution 61/208." in small type -> footnote 1
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Any

from pries.reading.marks import CALLED, ENDS, Unreadable, left_out, uncalled
from pries.reading.pdf import columns as pdf_columns
from pries.reading.pdf import lines as pdf_lines
from pries.reading.pdf.lines import Line

OCR = "run OCR (text recognition) on it and save it with a text layer, or give the report as text or Word"
EDGE = 5  # lines at the top or foot of a page that may be furniture
NEAR = 6.0  # points by which a running head's height may differ from page to page
APART = 2.0  # sizes between the text and a number that is the page's
SMALL = 0.96  # sizes of the text: notes are smaller
UNKNOWN = 0.3  # share of characters that the file does not tell, from which its text is of no use
SHORT = 40  # characters of a page number with the words around it
NUMBER = re.compile(r"\d+")
PAGE = re.compile(r"\W*(?:[Pp]age\W*)?\d+(?:\W*(?:/|de|sur)?\W*\d+)?\W*")
NOTE = re.compile(rf"(?P<raised>{CALLED.pattern})|(?P<plain>\d{{1,3}}|[a-z](?=\s)|\*{{1,3}})(?![\w).])")
MEASURE = re.compile(r"(?<![^\W\d_])(?:[kcdm]?m|ha)$")
SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


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
    pages = _pages(data, max_pages, max_characters)
    sheets = _without_furniture([lines for lines, _ in pages])
    sizes = Counter(size for lines, _ in pages for line in lines for size in [line.size] * len(line.text))
    size = sizes.most_common(1)[0][0]
    note = ""
    for sheet, (_, rotated) in zip(sheets, pages, strict=True):
        sheet.rotated = rotated
        note = _take_notes(sheet, size, note)
    columns = iter(pdf_columns.with_tables([column for sheet in sheets for column in sheet.columns], 0.5))
    for sheet in sheets:
        sheet.columns = [next(columns) for _ in sheet.columns]
    leading = pdf_columns.leading([column for sheet in sheets for column in sheet.columns])
    parted = sum(len(sheet.columns) > 1 for sheet in sheets)
    layout = f"text layer, {len(sheets)} page{'s' * (len(sheets) > 1)}" + f", {parted} of them in columns" * bool(
        parted
    )
    return "\n\f".join("\n".join(_written(sheet, leading)) for sheet in sheets), layout


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
            glyphs, image = _glyphs(document, number, max_characters - characters)
            characters += len(glyphs)
            unknown += sum(glyph.text == "\ufffd" for glyph in glyphs)
            images += image
            found.append(pdf_lines.lines(glyphs))
    texts = sum(bool(lines) for lines, _ in found)
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


def _glyphs(document: Any, number: int, most: int) -> tuple[list[pdf_lines.Glyph], bool]:
    """The glyphs of a page, and whether it holds a picture in their place."""
    import pypdfium2
    from pypdfium2 import raw

    try:
        page = document[number]
        text = page.get_textpage()
        if text.count_chars() > most:
            raise Unreadable(
                "more characters than the limit", "split the file, or raise max_characters in reading.toml"
            )
        glyphs = pdf_lines.glyphs(text)
        pictures = () if glyphs else page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)
        return glyphs, any(pictures)
    except pypdfium2.PdfiumError as error:
        refusal = _refusal(error)
        raise Unreadable(f"page {number + 1} cannot be read", refusal.remedy) from None


# --- running heads and page numbers ---------------------------------------------------------------


def _without_furniture(pages: Sequence[list[Line]]) -> list[Page]:
    """The pages with what repeats at their edges set apart, outermost line first."""
    heads = _Edges([lines[:EDGE] for lines in pages])
    feet = _Edges([lines[: -EDGE - 1 : -1] for lines in pages])
    sheets, bodies = [], []
    for number, lines in enumerate(pages):
        top = heads.furniture(number)
        foot = feet.furniture(number)[: len(lines) - len(top)]
        bodies.append(lines[len(top) : len(lines) - len(foot)])
        sheets.append(Page(top=top, foot=foot[::-1]))
    bodies = pdf_columns.with_tables(bodies, 0.9)  # beside text of another column there are fewer figures
    gutters = [pdf_columns.gutter(body) for body in bodies]
    usual = Counter(gutter for gutter in gutters if gutter is not None).most_common(1)
    for sheet, body, gutter in zip(sheets, bodies, gutters, strict=True):
        inherited = usual[0][0] if usual and pdf_columns.goes_on(body, usual[0][0]) else None
        sheet.columns = pdf_columns.columns(body, inherited if gutter is None else gutter)
    return sheets


class _Edges:
    """The lines at one edge of all pages, from the outermost inwards, and the pages on which each comes again."""

    def __init__(self, edges: Sequence[list[Line]]) -> None:
        self.edges = edges
        self.heights: dict[str, dict[int, float]] = {}  # by form and page
        for number, lines in enumerate(edges):
            for line in lines:
                for form in _forms(line.text, number):
                    self.heights.setdefault(form, {}).setdefault(number, line.y)

    def furniture(self, number: int) -> list[tuple[str, Line]]:
        """The outermost lines of a page that are furniture, with the rule."""
        found: list[tuple[str, Line]] = []
        lines = self.edges[number]
        for line, inner in zip(lines, [*lines[1:], None][: len(lines)], strict=True):
            alone = inner is not None and abs(inner.y - line.y) > APART * line.size
            own = alone and re.sub(r"\W", "", line.text) == str(number + 1)
            rule = "page number" if own else self._rule(line, number)
            if not rule:
                break
            found.append((rule, line))
        return found

    def _rule(self, line: Line, number: int) -> str:
        """The rule for a line that stands as high on a page nearby: the same words, a figure that counts the pages,
        or both, which takes half of the pages ("Annexe 3" may head a page, and "Annexe 4" the next one)."""
        counts = len(line.text) <= SHORT and PAGE.fullmatch(line.text) is not None
        for form in _forms(line.text, number):
            heights = self.heights[form]
            near = [heights[other] for other in (number - 2, number - 1, number + 1, number + 2) if other in heights]
            if not any(abs(height - line.y) <= NEAR for height in near):
                continue
            if counts != (form == line.text) or (not counts and len(heights) >= max(3, len(self.edges) // 2)):
                return "page number" if counts else "running head"
        return ""


def _forms(text: str, number: int) -> Iterator[str]:
    """A line as it stands, and with each of its figures counted from the page's: what stays from page to page."""
    yield text
    for figure in NUMBER.finditer(text[:200]):
        if len(figure[0]) <= 5:
            yield f"{text[: figure.start()]}\0{int(figure[0]) - number}\0{text[figure.end() :]}"


# --- footnotes ------------------------------------------------------------------------------------


def _take_notes(sheet: Page, size: float, open_note: str) -> str:
    """Set the notes at the foot of a page's columns apart and settle its calls.

    `open_note` is the note that the page before breaks off, if any; gives back the one that this page breaks off.
    """
    called = {mark for column in sheet.columns for line in column for _, mark in uncalled(line.text)[1]}
    marks: set[str] = set()
    for rank, column in enumerate(sheet.columns):
        begin = _foot(column, 0 if rank else 1, size, called, open_note)  # a page is never notes only
        for line in column[begin:]:
            mark = _mark(line, called) or (sheet.notes[-1][0] if sheet.notes else open_note)
            marks.add(mark)
            sheet.notes.append((mark, line))
        del column[begin:]
    sheet.columns = [[_settled(line, marks) for line in column] for column in sheet.columns if column]
    ends = not sheet.notes or ENDS.search(sheet.notes[-1][1].text)
    return "" if ends else sheet.notes[-1][0]


def _mark(line: Line, called: set[str]) -> str:
    """The mark with which a note begins: a superscript, or one that the page calls."""
    found = NOTE.match(line.text)
    if not found:
        return ""
    mark = _called(found) or found["plain"]
    return mark if found["raised"] or mark in called or mark.startswith("*") else ""


def _called(found: re.Match[str]) -> str:
    """The superscript with which a line begins."""
    return (found["raised"] or "")[1:-1]


def _foot(column: Sequence[Line], least: int, size: float, called: set[str], open_note: str) -> int:
    """Where the notes of a column begin, `least` or more lines down. They are small, or as large as text under a
    superscript that the page calls; the first one begins as a note, or goes on with the note that is open."""
    small = next((i + 1 for i in range(len(column) - 1, -1, -1) if column[i].size >= SMALL * size), 0)
    for i in range(least, len(column)):
        found = NOTE.match(column[i].text)
        if (found and _called(found) in called) or (i >= small and (open_note or _mark(column[i], called))):
            return i
    return len(column)


def _settled(line: Line, marks: set[str]) -> Line:
    """A line of text whose calls are told from other superscripts: m², XIXe, no."""
    return replace(line, pieces=tuple(replace(piece, text=_with_calls(piece.text, marks)) for piece in line.pieces))


def _with_calls(text: str, marks: set[str]) -> str:
    def settle(found: re.Match[str]) -> str:
        mark = found[0][1:-1]
        if mark.isdigit() and (MEASURE.search(text[: found.start()][-4:]) or text[found.end() :][:1] in tuple("/⁄")):
            return mark.translate(SUPERSCRIPT)
        return found[0] if mark in marks or not mark.isalpha() else mark

    return CALLED.sub(settle, text)


# --- text -----------------------------------------------------------------------------------------


def _written(sheet: Page, leading: dict[float, float]) -> Iterator[str]:
    """The lines of a page as they are handed over, what is left out at its edges."""
    yield from (left_out(rule) + _plainly(line) for rule, line in sheet.top)
    before: list[Line] = []
    for column in sheet.columns:
        goes_on = bool(before) and _goes_on(before, column[0])
        for i, (line, begins) in enumerate(zip(column, pdf_columns.paragraphs(column, leading), strict=True)):
            if begins and (i or (before and not goes_on)):
                yield ""
            mark = left_out("table") if line.table else ""
            yield ("\f" if goes_on and not i else "") + mark + (_plainly(line) if line.table else line.text)
        before = column
    yield from (left_out(f"footnote {mark}") + _plainly(line) for mark, line in sheet.notes)
    yield from (left_out("rotated text") + _plainly(line) for line in sheet.rotated)
    yield from (left_out(rule) + _plainly(line) for rule, line in sheet.foot)


def _goes_on(before: Sequence[Line], line: Line) -> bool:
    """Whether a line at the top of a column may go on with the one before, as at the top of a page."""
    ended = ENDS.search(before[-1].text) and pdf_columns.ends_early(before, len(before) - 1, line, 0.0)
    return line.y > before[-1].y and not ended


def _plainly(line: Line) -> str:
    """A line that is left out, with its superscripts as they are."""
    return CALLED.sub(lambda found: found[0][1:-1] + " " * (not found.start()), line.text)
