"""The five documents as Word documents, with Word's own numbers and notes, and as web pages."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterable

import docx
from docx.document import Document as Word
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part as File
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from layouts import CALL, Document, Part

FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
FORMS = {"1": "decimal", "a": "lowerLetter", "i": "lowerRoman", "A": "upperLetter", "I": "upperRoman"}
LISTS = {  # list -> the numbers of its levels, as the first one is printed
    901: ("1.", "a)", "i)"),
    902: ("1)", "a)", "i)"),
    903: ("§ 1", "a)", "i)"),
    904: ("I.", "A."),
    905: ("–",),
}
LEVELS = {"numbered": 0, "item": 1, "subitem": 2}


def numbered(word: Word, lists: dict[int, tuple[str, ...]] = LISTS) -> None:
    """Add lists to a Word document, each with its levels as printed: "1.", "a)", "–"."""
    element = word.part.numbering_part.element
    for key, levels in reversed(lists.items()):
        made = "".join(_level(rank, first) for rank, first in enumerate(levels))
        element.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{key}">{made}</w:abstractNum>'))
        num = f'<w:num {nsdecls("w")} w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>'
        element.append(parse_xml(num))


def _level(rank: int, first: str) -> str:
    place = re.search(r"[1aiAI]", first)
    form, text = ("bullet", first) if place is None else (FORMS[place[0]], first.replace(place[0], f"%{rank + 1}"))
    return f'<w:lvl w:ilvl="{rank}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'


def number(paragraph: Paragraph, key: int, level: int) -> None:
    """Let a paragraph be numbered by a list."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = key


def notes(word: Word, texts: dict[int, str]) -> None:
    """Add the part that holds the footnotes."""
    made = "".join(
        f'<w:footnote w:id="{key}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> '
        f"{html.escape(text)}</w:t></w:r></w:p></w:footnote>"
        for key, text in texts.items()
    )
    blob = f"<w:footnotes {nsdecls('w')}>{made}</w:footnotes>".encode()
    part = File(PackURI("/word/footnotes.xml"), FOOTNOTES, blob, word.part.package)
    word.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def saved(word: Word) -> bytes:
    """The bytes of a Word document."""
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def to_docx(document: Document) -> bytes:
    """The document as Word makes it: mastheads in a table, numbers by lists, notes as notes."""
    word = docx.Document()
    numbered(word)
    first = next((part.label for part in document.parts if part.kind == "numbered"), "")
    key = next((key for key, levels in LISTS.items() if levels[0] == first), 901)
    mastheads = [part.text for part in document.parts if part.kind == "masthead"]
    _fill(word, [mastheads[:2], *([text, ""] for text in mastheads[2:])])
    for part in document.parts:
        if part.kind == "table":
            _fill(word, [row.split("\t") for row in part.text.split("\n")])
        elif part.kind not in ("masthead", "footnote"):
            _add(word, part, key)
    notes(word, {int(part.label): part.text for part in document.parts if part.kind == "footnote"})
    return saved(word)


def _fill(word: Word, rows: list[list[str]]) -> None:
    table = word.add_table(len(rows), len(rows[0]))
    for cells, row in zip(rows, table.rows, strict=True):
        for text, cell in zip(cells, row.cells, strict=True):
            cell.text = text


def _add(word: Word, part: Part, key: int) -> None:
    style = "Title" if part.kind == "title" else f"Heading {part.level}" if part.kind == "heading" else None
    paragraph = word.add_paragraph(style=style)
    for rank, piece in enumerate(CALL.split(part.text)):
        run = paragraph.add_run("" if rank % 2 else piece)
        if rank % 2:
            reference = OxmlElement("w:footnoteReference")
            reference.set(qn("w:id"), piece)
            run._r.append(reference)
    if part.label and part.kind == "heading":
        number(paragraph, 904, part.level - 1)
    elif part.label == "–":
        number(paragraph, 905, 0)
    elif part.label:
        number(paragraph, key, LEVELS[part.kind])


def to_html(document: Document) -> str:
    """The document as a web page: letters by lists, all other numbers written out, notes at the end."""
    kept = [part for part in document.parts if part.kind not in ("masthead", "footnote")]
    mastheads = " ".join(html.escape(part.text) for part in document.parts if part.kind == "masthead")
    below = "".join(
        f'<p id="note{part.label}"><a href="#call{part.label}">{part.label}</a> {html.escape(part.text)}</p>\n'
        for part in document.parts
        if part.kind == "footnote"
    )
    return (
        f"<!DOCTYPE html>\n<html lang=fr><head><title>{document.symbol}</title><style>p {{}}</style></head>\n"
        f"<body><header>{mastheads}</header>\n<main>{_listed(kept)}</main>\n<footer>{below}</footer></body></html>"
    )


def _listed(parts: Iterable[Part]) -> str:
    """The parts as elements, items inside lists and sub-items inside items."""
    made, open_lists = [], list[str]()
    for part in parts:
        depth = LEVELS.get(part.kind, 0) if part.label != "–" else 0
        while len(open_lists) > depth:
            made.append("</li></ol>")
            open_lists.pop()
        if depth > len(open_lists):
            made.append(f"<ol type={part.label[0]}>")
            open_lists.append(part.kind)
        elif depth:
            made.append("</li>")
        made.append(f"<li>{_written(part.text)}" if depth else _element(part))
    return "".join([*made, *("</li></ol>" for _ in open_lists)])


def _element(part: Part) -> str:
    if part.kind == "table":
        rows = (row.split("\t") for row in part.text.split("\n"))
        return (
            "<table>" + "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows) + "</table>"
        )
    tag = "h1" if part.kind == "title" else f"h{part.level + 1}" if part.kind == "heading" else "p"
    label = f"{part.label} " if part.label else ""
    return f"<{tag}>{label}{_written(part.text)}</{tag}>\n"


def _written(text: str) -> str:
    made = html.escape(text).replace(" ", "\n", 1).replace("é", "&eacute;")
    return CALL.sub(r'<sup id="call\1"><a href="#note\1">\1</a></sup>', made)
