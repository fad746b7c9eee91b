"""PDF pages: the lines of each page of a file, and the pages that are pictures.

Reads the bytes of a file with pypdfium2. A file of pictures is refused, with the remedy, unless OCR is asked for
(`ocr` in reading.toml); pages that are pictures among others are told.

    a report of 40 pages, the annex of which was scanned -> 32 pages with lines, 8 that are pictures
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from pries.reading.marks import Unreadable, plain
from pries.reading.pdf import drawings, glyphs, lines, ocr, rulings, tables
from pries.reading.pdf.lines import Line
from pries.reading.pdf.unseen import Suspects

OCR = "run OCR (text recognition) on it and save it with a text layer, or give the report as text or Word"
ARTIFACTS = 0.3  # share of characters that may be marked as no text of the document
UNKNOWN = 0.3  # share of characters that the file does not tell, from which its text is of no use
STAMP = 60  # characters that may be printed on a picture of a page
FOOT = 4  # lines that may stand below a table that goes on on the next page
COVERED = 0.3  # share of a page that such pictures cover


@dataclass
class Page:
    """What stands on a page: its lines from top to bottom, those that are rotated, or a picture in their place."""

    lines: list[Line] = field(default_factory=list)
    rotated: list[Line] = field(default_factory=list)
    picture: bool = False
    artifacts: list[Line] = field(default_factory=list)  # running heads and the like, by the file's own word
    unseen: list[Line] = field(default_factory=list)  # what the page holds and does not show


def read(data: bytes, max_pages: int, max_characters: int, seconds: float) -> list[Page]:
    """The pages of a file; those that are pictures are given to OCR if that may take some seconds.

    Raises Unreadable for a file without text, encrypted, broken or too long.
    """
    found = _pages(data, max_pages, max_characters)
    if seconds and any(page.picture for page in found):
        found = _pages(ocr.recognised(data, seconds), max_pages, max_characters)
    texts = sum(bool(page.lines) and not page.picture for page in found)
    pictures = sum(page.picture for page in found)
    if not texts or pictures > texts:
        raise Unreadable("no text layer: the file holds a scan or pictures only" if pictures else "no text in it", OCR)
    return found


def title(data: bytes) -> str:
    """The title that a file's properties give it."""
    import pypdfium2

    with closing(pypdfium2.PdfDocument(data)) as document:
        return plain(" ".join(document.get_metadata_value("Title").split()))


def _pages(data: bytes, max_pages: int, max_characters: int) -> list[Page]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _refusal(error) from None
    with closing(document):
        if len(document) > max_pages:
            problem = f"{len(document):,} pages, more than {max_pages:,}"
            raise Unreadable(problem, "split the file, or raise max_pages in reading.toml")
        found, characters, unknown, artifacts = list[Page](), 0, 0, 0
        for number in range(len(document)):
            written, hidden, page = _glyphs(document, number, max_characters - characters)
            characters += len(written) + len(hidden)
            unknown += sum(glyph.text == "\ufffd" for glyph in written)
            found.append(_page(written, page, found[-1] if found else Page()))
            found[-1].unseen = lines.lines(lines.directions(hidden)[0])
            artifacts += sum(glyph.artifact for glyph in written)
    if artifacts > ARTIFACTS * characters:  # so much cannot be: the file is marked wrongly
        for page in found:
            page.lines, page.artifacts = sorted([*page.lines, *page.artifacts], key=lambda line: -line.y), []
    if unknown > UNKNOWN * characters:
        raise Unreadable("no usable text layer: its fonts do not say which characters they draw", OCR)
    return found


def _refusal(error: Exception) -> Unreadable:
    from pypdfium2 import raw

    if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
        return Unreadable("encrypted with a password", "save a copy without password")
    return Unreadable("not a PDF file, or a broken one", "open it in a PDF reader and save or print it to PDF again")


def _glyphs(document: Any, number: int, most: int) -> tuple[list[glyphs.Glyph], list[glyphs.Glyph], Any]:
    """The glyphs of a page, those that nobody sees, and the page."""
    import pypdfium2

    try:
        page = document[number]
        text = page.get_textpage()
        if text.count_chars() > most:
            raise Unreadable(
                "more characters than the limit", "split the file, or raise max_characters in reading.toml"
            )
        suspects = Suspects(page)
        return *_seen(glyphs.glyphs(text, suspects), suspects, page), page
    except pypdfium2.PdfiumError as error:
        refusal = _refusal(error)
        raise Unreadable(f"page {number + 1} cannot be read", refusal.remedy) from None


def _seen(written: list[glyphs.Glyph], suspects: Suspects, page: Any) -> tuple[list[glyphs.Glyph], list[glyphs.Glyph]]:
    """The glyphs of a page that can be seen, and the others; all are text where they are that of a scan."""
    unseen = suspects.unseen()
    if not unseen:
        return written, []
    seen = [glyph for glyph in written if glyph.suspect not in unseen]
    if len(seen) <= STAMP and _is_picture(page):
        return written, []
    return seen, [glyph for glyph in written if glyph.suspect in unseen]


def _page(written: Sequence[glyphs.Glyph], page: Any, before: Page) -> Page:
    """A page's lines from top to bottom, a ruled table as one of them."""
    picture = len(written) <= STAMP and _is_picture(page)
    apart = lines.lines(lines.directions([glyph for glyph in written if glyph.artifact])[0])
    upright, others = lines.directions([glyph for glyph in written if not glyph.artifact])
    if not upright:
        return Page(picture=picture, artifacts=apart)
    table = next((line for line in before.lines[: -FOOT - 1 : -1] if line.rows), None)
    ruled, rest = tables.apart(upright, *rulings.grids(page, upright[0].turn), table)
    found = sorted([*lines.lines(rest), *ruled], key=lambda line: -line.y)
    if upright[0].turn == 0:
        found = drawings.labelled(found, page)
    return Page(found, [line for turned in others for line in lines.lines(turned)], picture, apart)


def _is_picture(page: Any) -> bool:
    """Whether pictures stand where the text of a page would."""
    from pypdfium2 import raw

    width, height = page.get_size()
    covered = 0.0
    for image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = image.get_bounds()
        covered += max(right - left, 0.0) * max(top - bottom, 0.0)
    return covered > COVERED * width * height
