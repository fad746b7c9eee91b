"""The five documents as OpenDocument text, as Markdown and as Akoma Ntoso, with their own numbers and notes."""

from __future__ import annotations

import html
import re

from hostile import archive
from layouts import CALL, Document, Part

ODF = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = " ".join(f'xmlns:{name}="{ODF}:{name}:1.0"' for name in ("office", "text", "table", "style"))
AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
DEPTHS = {"item": 1, "subitem": 2}


def nested(part: Part) -> int:
    """How deep a part stands in lists; a dash is written out."""
    return DEPTHS.get(part.kind, 0) if part.label != "–" else 0


# --- OpenDocument ---------------------------------------------------------------------------------


def odt(body: str, styles: str = "", more: dict[str, str | bytes] | None = None) -> bytes:
    """An OpenDocument file with this body and these automatic styles."""
    content = (
        f"<office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, **(more or {})})


LISTS = (
    '<text:list-style style:name="L">'
    '<text:list-level-style-number text:level="1" style:num-format="a" style:num-suffix=")"/>'
    '<text:list-level-style-number text:level="2" style:num-format="i" style:num-suffix=")"/>'
    "</text:list-style>"
)


def to_odt(document: Document) -> bytes:
    """The document as a writer's program saves it: letters by lists, all other numbers written out."""
    notes = {part.label: part.text for part in document.parts if part.kind == "footnote"}

    def written(text: str) -> str:
        return CALL.sub(
            lambda found: (
                f'<text:note text:note-class="footnote"><text:note-citation>{found[1]}</text:note-citation>'
                f"<text:note-body><text:p>{html.escape(notes[found[1]])}</text:p></text:note-body></text:note>"
            ),
            html.escape(text).replace(" ", "<text:s/>", 1),
        )

    mastheads = "".join(f"<text:p>{part.text}</text:p>" for part in document.parts if part.kind == "masthead")
    made = [f'<text:section text:name="h">{mastheads}</text:section>']
    depth = 0
    for part in document.parts:
        if part.kind in ("masthead", "footnote"):
            continue
        now = nested(part)
        made.append("</text:list-item></text:list>" * max(depth - now, 0) + "</text:list-item>" * (0 < now <= depth))
        made.append('<text:list text:style-name="L">' if now > depth == 0 else "<text:list>" if now > depth else "")
        depth = now
        made.append(
            f"<text:list-item><text:p>{written(part.text)}</text:p>" if now else _odt_block(part, written(part.text))
        )
    made.append("</text:list-item></text:list>" * depth)
    return odt("".join(made), LISTS)


def _odt_block(part: Part, text: str) -> str:
    if part.kind == "table":
        rows = ("".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row.split("\t"))
                for row in part.text.split("\n"))  # fmt: skip
        return f"<table:table>{''.join(f'<table:table-row>{row}</table:table-row>' for row in rows)}</table:table>"
    whole = f"{part.label} {text}".lstrip()
    if part.kind in ("title", "heading"):
        level = 1 if part.kind == "title" else part.level + 1
        return f'<text:h text:outline-level="{level}">{whole}</text:h>'
    return f"<text:p>{whole}</text:p>"


# --- Markdown -------------------------------------------------------------------------------------


def to_md(document: Document) -> str:
    """The document in Markdown, with a front matter."""
    blocks = [_md_block(part) for part in document.parts if part.kind != "masthead"]
    front = f"---\ntitle: {document.parts[0].text}\nsymbol: {document.symbol}\nlang: fr\n---\n"
    return front + "\n\n".join(blocks) + "\n"


def _md_block(part: Part) -> str:
    if part.kind == "table":
        first, *rows = (f"| {row} |".replace("\t", " | ") for row in part.text.split("\n"))
        return "\n".join([first, re.sub(r"[^|]+", "---", first), *rows])
    if part.kind == "footnote":
        return f"[^{part.label}]: {part.text}"
    signs = "# " if part.kind == "title" else "#" * (part.level + 1) + " " if part.kind == "heading" else ""
    return f"{signs}{part.label} {part.text}".replace("  ", " ").lstrip()


# --- Akoma Ntoso ----------------------------------------------------------------------------------


def to_akn(document: Document) -> bytes:
    """The document in Akoma Ntoso: sections, numbered paragraphs, lists of points, notes where they are called."""
    notes = {part.label: part.text for part in document.parts if part.kind == "footnote"}

    def written(text: str) -> str:
        return CALL.sub(
            lambda found: f'<authorialNote marker="{found[1]}"><p>{html.escape(notes[found[1]])}</p></authorialNote>',
            html.escape(text),
        )

    made: list[str] = []
    open_elements: list[tuple[int, str]] = []  # (level, its end): sections, then lists and points

    def close(level: int) -> None:
        while open_elements and open_elements[-1][0] >= level:
            made.append(open_elements.pop()[1])

    for part in document.parts:
        if part.kind in ("masthead", "footnote"):
            continue
        text, now = written(part.text), nested(part)
        if part.kind in ("title", "heading"):
            close(part.level if part.kind == "heading" else 1)
            number = f"<num>{part.label}</num>" if part.label else ""
            made.append(f"<section>{number}<heading>{text}</heading>")
            open_elements.append((part.level, "</section>"))
        elif now:
            close(10 + now + 1)
            if not (open_elements and open_elements[-1][0] == 10 + now):
                made.append("<list>")
                open_elements.append((10 + now, "</list>"))
            made.append(f"<point><num>{part.label}</num><content><p>{text}</p></content></point>")
        else:
            close(10)
            made.append(_akn_block(part, text))
    close(0)
    mastheads = "".join(f"<p>{html.escape(part.text)}</p>" for part in document.parts if part.kind == "masthead")
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<akomaNtoso xmlns="{AKN}"><statement name="resolution">{META}'
        f"<preface>{mastheads}</preface><mainBody>{''.join(made)}</mainBody></statement></akomaNtoso>"
    ).encode()


META = (
    '<meta><identification source="#un"><FRBRWork><FRBRdate date="2044-12-19" name="adoption"/>'
    '<FRBRnumber value="A/99/1"/></FRBRWork><FRBRExpression><FRBRlanguage language="fra"/></FRBRExpression>'
    "</identification></meta>"
)


def _akn_block(part: Part, text: str) -> str:
    if part.kind == "table":
        rows = ("".join(f"<td><p>{cell}</p></td>" for cell in row.split("\t")) for row in part.text.split("\n"))
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
    number = f"<num>{html.escape(part.label)}</num>" if part.label else ""
    return f"<paragraph>{number}<content><p>{text}</p></content></paragraph>"
