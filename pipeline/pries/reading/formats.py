"""Formats: what a file is, told by its content and never by its name, and the texts in it.

Reads the bytes of one file; gives one text, or as many as a table of texts holds, by the conventions of `marks`.
Each format has a reader of its own (`pdf`, `word`, `markup.web_page`, `table_of_texts` …), loaded when it
is needed. What we do not read is named with the way out: an old Word file, a picture, an archive.

    b"%PDF-1.7 …" -> one text, format pdf, encoding "text layer, 12 pages"
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import ClassVar

from pries.reading import decoding, json_texts, table_header, table_of_texts, zipped
from pries.reading.marks import Unreadable, plain
from pries.reading.markup import akoma_ntoso, markdown

SAVE = "save it as .docx, PDF or plain text (UTF-8)"
# How text begins that is no prose as it stands.
MARKED_UP = (
    (
        re.compile(r"(?:\s++|%[^\n]*+\n)*+\\(?:documentclass|documentstyle|usepackage|begin\{|(?:sub)*section\*?\{|chapter)"),
        "a LaTeX file", "make a PDF of it, or save it as plain text (UTF-8)",
    ),
    (
        re.compile(r"\s*+\d+\s*\n\d\d:\d\d:\d\d[,.]\d{3} --> "), "subtitles (.srt)",
        "save what is said as plain text (UTF-8), without the times",
    ),
)  # fmt: skip
# What other programs' files begin with, what to call them, and what to do.
FOREIGN = (
    (b"{\\rtf", "a rich text file (RTF)", SAVE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a file of Word before 2007 (.doc)", SAVE),
    (b"\x89PNG", "a picture", "run text recognition (OCR) and save the text"),
    (b"\xff\xd8\xff", "a picture", "run text recognition (OCR) and save the text"),
    (b"GIF8", "a picture", "run text recognition (OCR) and save the text"),
    (b"II*\0", "a picture", "run text recognition (OCR) and save the text"),
    (b"MM\0*", "a picture", "run text recognition (OCR) and save the text"),
    (b"\x1f\x8b", "an archive", "unpack it into the folder"),
    (b"7z\xbc\xaf", "an archive", "unpack it into the folder"),
    (b"Rar!", "an archive", "unpack it into the folder"),
)
MEMBERS = (("ppt/presentation.xml", "a presentation"), ("content.xml", "an OpenDocument file that is no text"))
ODT = b"application/vnd.oasis.opendocument.text"  # and -template, -master
OCR_SHARE = 0.8  # of the time that a document may take, for making text of its pictures
PDF, ZIP = b"%PDF-", b"PK\x03\x04"
PDF_WITHIN = 1024  # bytes before which the header of a PDF file may stand
# Possessive and atomic: a thousand comments without a page after them are read once.
HTML = re.compile(
    r"(?:<\?xml[^>]*+>|(?><!--.*?-->)|\s++)*+<(?:!doctype\s+html|html|head|body|div|p|h[1-6]|article|section|main)\b",
    re.I | re.S,
)
XML = re.compile(r"\s*<\?xml\b")
FIELDS = ("doc_id", "text")


@dataclass(frozen=True)
class Limits:
    """What one document may cost; each is a setting, and a document beyond it is named and left out."""

    FILE: ClassVar[str] = "reading.toml"
    max_megabytes: int = field(default=200, metadata={"low": 1, "high": 10**6})
    max_characters: int = field(default=20_000_000, metadata={"low": 1, "high": 10**9})
    max_pages: int = field(default=5_000, metadata={"low": 1, "high": 10**6})
    max_seconds: int = field(default=120, metadata={"low": 1, "high": 10**6})
    memory_megabytes: int = field(default=2_000, metadata={"low": 100, "high": 10**6})
    ocr: bool = False


@dataclass(frozen=True)
class Text:
    """One document as it was read: its text, what it was read as, and what a table of texts says of it."""

    text: str
    format: str
    encoding: str
    doc_id: str = ""  # of a row of a table; else the manifest's
    line: int = 0  # of that row
    metadata: dict[str, str] = field(default_factory=dict)
    odd: tuple[decoding.Oddity, ...] = ()  # what looks wrong in a text that is read, with its line
    called: str = ""  # the title that the program which made the file gives it
    problem: tuple[str, str] = ("", "")  # of a row that is no document: what is wrong, and the remedy


def kind(data: bytes) -> str:
    """pdf, docx, odt, xlsx, html, akn, csv, jsonl, md or txt. Raises Unreadable for what is none of them."""
    return _kind_of_bytes(data) or kind_of_text(_decoded(data)[0])


def _kind_of_bytes(data: bytes) -> str:
    """pdf, docx, odt or xlsx; empty for a text, whose characters tell what it is."""
    for begins, what, remedy in FOREIGN:
        if data.startswith(begins):
            raise Unreadable(what, remedy)
    if PDF in data[:PDF_WITHIN]:
        return "pdf"
    if data.startswith(ZIP):
        return _kind_of_archive(data)
    return ""


def _decoded(data: bytes) -> tuple[str, str]:
    try:
        return decoding.read_text(data)
    except ValueError as error:
        raise Unreadable(
            str(error), "save the report as plain text (UTF-8), or take the file out of the folder"
        ) from None


def _kind_of_archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            mime = archive.open("mimetype").read(len(ODT)) if "mimetype" in names else b""
    except zipped.BROKEN:
        raise Unreadable("a broken archive or Word file", "save it again from the program that made it") from None
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if mime == ODT and "content.xml" in names:
        return "odt"
    what = next((what for member, what in MEMBERS if member in names), "")
    raise Unreadable(what or "an archive", SAVE if what else "unpack it into the folder")


def kind_of_text(text: str) -> str:
    """html, akn, csv, jsonl, md or txt."""
    if akoma_ntoso.is_akoma_ntoso(text):
        return "akn"
    if HTML.match(text[:20_000]):
        return "html"
    if XML.match(text):
        raise Unreadable("XML that is no web page", SAVE)
    for pattern, what, remedy in MARKED_UP:
        if pattern.match(text.removeprefix("\ufeff")[:20_000]):
            raise Unreadable(what, remedy)
    if json_texts.is_json(text):
        return "jsonl"
    if table_of_texts.is_table(text):
        return "csv"
    return "md" if markdown.is_markdown(text) else "txt"


def texts(data: bytes, limits: Limits) -> list[Text]:
    """The texts of a file. Raises Unreadable for what cannot be read, or lies beyond the limits."""
    found = _kind_of_bytes(data)
    made = _texts_of_bytes(found, data, limits) if found else _texts_of_characters(data, limits)
    return [_checked(one, limits) for one in made]


def _checked(one: Text, limits: Limits) -> Text:
    """The text, within the limits; a row of a table beyond them is named alone. Raises Unreadable."""
    long = f"longer than {limits.max_characters:,} characters", f"split it, or raise max_characters in {limits.FILE}"
    if len(one.text) > limits.max_characters:
        if not one.line:
            raise Unreadable(*long)
        return replace(one, text="", problem=long)
    if not (one.text.strip() or one.line):
        raise Unreadable("empty document", "take the file out of the folder")
    return one


def _texts_of_bytes(found: str, data: bytes, limits: Limits) -> list[Text]:
    unpacked, most = limits.max_megabytes * 10**6, limits.max_characters
    if found == "pdf":
        from pries.reading.pdf import pages, pdf

        seconds = OCR_SHARE * limits.max_seconds if limits.ocr else 0.0
        text, layout, odd = pdf.read(data, max_pages=limits.max_pages, max_characters=most, ocr=seconds)
        return [Text(text, found, layout, odd=tuple(odd), called=pages.title(data))]
    if found == "xlsx":
        from pries.reading import workbook

        return _texts_of_rows(workbook.read(data, unpacked, most), found, "utf-8")
    if found == "odt":
        from pries.reading.markup import open_document

        text, called = open_document.read(data, max_characters=most, max_unpacked=unpacked)
        return [Text(text, found, "utf-8", called=plain(called))]
    from pries.reading import word

    text = word.read(data, max_characters=most, max_unpacked=unpacked)
    return [Text(text, found, "utf-8", called=word.title(data, max_unpacked=unpacked))]


def _texts_of_characters(data: bytes, limits: Limits) -> list[Text]:
    text, encoding = _decoded(data)
    found = kind_of_text(text)
    if found == "html":
        from pries.reading.markup import page_head, web_page

        page = web_page.tree(text)
        known = page_head.about(page)
        return [Text(web_page.text_of(page, max_characters=limits.max_characters), found, encoding, metadata=known)]
    if found == "akn":
        text, known = akoma_ntoso.read(data, max_characters=limits.max_characters)
        return [Text(text, found, encoding, metadata=known)]
    if found in ("csv", "jsonl"):
        rows = table_of_texts.read_csv(text) if found == "csv" else json_texts.read_jsonl(text)
        return _texts_of_rows(rows, found, encoding)
    text, odd = decoding.mended(text)
    if found == "md":
        text, known = markdown.read(text, max_characters=limits.max_characters)
        return [Text(text, found, encoding, metadata=known, odd=tuple(odd))]
    return [Text(plain(text), found, encoding, odd=tuple(odd))]


def _texts_of_rows(rows: Sequence[table_of_texts.Row | table_header.Broken], found: str, encoding: str) -> list[Text]:
    return [
        Text("", found, encoding, line=row.line, problem=(row.problem, row.remedy))
        if isinstance(row, table_header.Broken)
        else _row(row, found, encoding)
        for row in rows
    ]


def _row(row: dict[str, str], found: str, encoding: str) -> Text:
    others = (item for item in row.items() if item[0] not in (*FIELDS, "line"))
    more = {decoding.whole(name): decoding.whole(value) for name, value in others}
    text, odd = decoding.mended(decoding.whole(row["text"]))
    line = int(row["line"])
    told = tuple((line, problem, remedy) for _, problem, remedy in odd)
    return Text(plain(text), found, encoding, decoding.whole(row["doc_id"]), line, more, told)
