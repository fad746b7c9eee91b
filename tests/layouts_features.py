"""What programs do to a text, in each format that knows it: changes, comments, boxes, notes, nested tables, signs.

Each feature says which paragraphs a reader sees; all formats that have the feature give these, and so does plain text.

    FEATURES["changes"].made["odt"] -> an OpenDocument file in which a deletion stands    .seen -> what is not deleted
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from layouts_markup import AKN, odt
from layouts_office import notes, saved

SPACES = " ".join([
    nsdecls("w", "wp", "a"), 'xmlns:v="urn:schemas-microsoft-com:vml"',
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
])  # fmt: skip
DRAWING = (
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
)
STYLES = "".join(
    f'<style:style style:name="{name}"><style:text-properties {says}/></style:style>'
    for name, says in (
        ("hidden", 'text:display="none"'),
        ("raised", 'style:text-position="super 58%"'),
        ("lowered", 'style:text-position="sub 58%"'),
    )
)


@dataclass(frozen=True)
class Feature:
    """The paragraphs that a reader sees, and files that have them, by format."""

    seen: tuple[str, ...]
    made: Mapping[str, bytes]


def word(body: str) -> bytes:
    """A Word document with this body and two notes."""
    made = docx.Document()
    for block in list(parse_xml(f"<w:body {SPACES}>{body}</w:body>")):
        made.element.body.insert(len(made.element.body) - 1, block)
    notes(made, {1: "Note une.", 2: "Note deux."})
    return saved(made)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def write(body: str) -> bytes:
    """An OpenDocument text with this body."""
    return odt(f'<text:section {DRAWING} text:name="s">{body}</text:section>', STYLES)


def page(body: str) -> bytes:
    return f"<!doctype html><html lang=fr><meta charset=utf-8><body>{body}</body></html>".encode()


def akn(body: str) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<akomaNtoso xmlns="{AKN}"><doc name="avis"><mainBody>{body}'
        "</mainBody></doc></akomaNtoso>"
    ).encode()


def md(body: str) -> bytes:
    return f"---\nlang: fr\n---\n\n{body}\n".encode()


A, B = "Le Comité prie les communes de curer ", "les fossés du canton."
BOX = "Les riverains ont été invités à signaler les crues."
TITLES, BOARD = ("Entité responsable", "Recommandation", "Délai"), "Syndicat des eaux"
SIGNS = "Le 1er mai, le XXe Comité prie les communes, au no 3, de planter 30 m2 de haies et de réduire le CO2."
SPACED = "Le Comité prie les communes : de lire la fiche no 12 « Crues » ; de nommer des vice-présidents."


def signs(raised: str, lowered: str) -> str:
    """The sentence of signs with what is raised and lowered set so."""
    made = SIGNS.replace("CO2", "CO" + lowered.format("2"))
    for before, sign in (("1", "er"), ("XX", "e"), ("n", "o"), ("m", "2")):
        made = made.replace(f" {before}{sign} ", f" {before}{raised.format(sign)} ")
    return made


def set_apart(place: str) -> str:
    return (
        '</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="'
        + place
        + '"/></w:rPr><w:t>{}</w:t></w:r><w:r><w:t xml:space="preserve">'
    )


def grid(cell: str, below: str, row: str, table: str) -> str:
    """A table of recommendations whose responsible stands in one cell beside two rows."""
    first = "".join(cell.format(title) for title in TITLES)
    second = below.format(BOARD) + cell.format("Curer les fossés") + cell.format("2044")
    third = "{covered}" + cell.format("Planter des haies") + cell.format("2045")
    return table.format("".join(row.format(cells) for cells in (first, second, third)))


DOCX_GRID = grid(
    "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>",
    '<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>',
    "<w:tr>{}</w:tr>", "<w:tbl>{}</w:tbl><w:p/>",
).format(covered="<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>")  # fmt: skip
ODT_GRID = grid(
    "<table:table-cell><text:p>{}</text:p></table:table-cell>",
    '<table:table-cell table:number-rows-spanned="2"><text:p>{}</text:p></table:table-cell>',
    "<table:table-row>{}</table:table-row>", "<table:table>{}</table:table>",
).format(covered="<table:covered-table-cell/>")  # fmt: skip
HTML_GRID = grid("<td>{}</td>", '<td rowspan="2">{}</td>', "<tr>{}</tr>", "<table>{}</table>").format(covered="")
AKN_GRID = grid("<td><p>{}</p></td>", '<td rowspan="2"><p>{}</p></td>', "<tr>{}</tr>", "<table>{}</table>")

DELETED = (
    '<text:tracked-changes><text:changed-region text:id="a"><text:deletion><office:change-info><dc:creator>Ana'
    "</dc:creator></office:change-info><text:p>et de combler </text:p></text:deletion></text:changed-region>"
    "</text:tracked-changes>"
)
INNER = "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>"
SHAPE = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>{0}</w:txbxContent>'
    "</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox>"
    "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)

FEATURES = {
    "changes": Feature((f"{A}et de draguer {B}",), {
        "docx": word(para(run(A), f'<w:ins w:id="1">{run("et de draguer ")}</w:ins>',
            '<w:del w:id="2"><w:r><w:delText>et de combler </w:delText></w:r></w:del>', run(B))),
        "odt": write(f'{DELETED}<text:p>{A}<text:change-start text:change-id="b"/>et de draguer <text:change-end '
            f'text:change-id="b"/><text:change text:change-id="a"/>{B}</text:p>'),
        "html": page(f"<p>{A}<ins>et de draguer </ins><del>et de combler </del>{B}</p>"),
        "md": md(f"{A}et de draguer ~~et de combler~~ {B}"),
        "akn": akn(f"<p>{A}<ins>et de draguer </ins><del>et de combler </del>{B}</p>"),
    }),
    "comments": Feature((A + B,), {
        "docx": word(para(run(A), '<w:commentRangeStart w:id="0"/>', run(B), '<w:commentRangeEnd w:id="0"/><w:r>'
            '<w:commentReference w:id="0"/></w:r>')),
        "odt": write(f"<text:p>{A}<office:annotation><dc:creator>Ana</dc:creator><text:p>Il faudrait préciser.</text:p>"
            f"</office:annotation>{B}<office:annotation-end/></text:p>"),
        "html": page(f"<p>{A}<!-- Il faudrait préciser. -->{B}</p>"),
        "md": md(f"{A}<!-- Il faudrait préciser. -->{B}"),
        "akn": akn(f"<p>{A}<!-- Il faudrait préciser. -->{B}</p>"),
    }),
    "boxes": Feature((A + B, BOX), {
        "docx": word(para(run(A), SHAPE.format(para(run(BOX))), run(B))),
        "odt": write(f"<text:p>{A}<draw:frame><draw:text-box><text:p>{BOX}</text:p></draw:text-box></draw:frame>{B}"
            "</text:p>"),
        "html": page(f'<p>{A}{B}</p><div class="encadre"><p>{BOX}</p></div>'),
        "md": md(f"{A}{B}\n\n> {BOX}"),
        "akn": akn(f'<p>{A}{B}</p><container name="box"><p>{BOX}</p></container>'),
    }),
    "notes": Feature((A + B,), {
        "docx": word(para(run(A.strip()), '<w:r><w:endnoteReference w:id="2"/></w:r>', run(" " + B))),
        "odt": write(f'<text:p>{A.strip()}<text:note text:note-class="endnote"><text:note-citation>i'
            "</text:note-citation><text:note-body><text:p>Note une.</text:p></text:note-body></text:note> "
            f"{B}</text:p>"),
        "html": page(f'<p>{A.strip()}<sup><a href="#n">i</a></sup> {B}</p><div id="n"><p>Note une.</p></div>'),
        "md": md(f"{A.strip()}[^i] {B}\n\n[^i]: Note une."),
        "akn": akn(f'<p>{A.strip()}<authorialNote marker="i"><p>Note une.</p></authorialNote> {B}</p>'),
    }),
    "nested tables": Feature((A + B, BOX), {
        "docx": word(INNER.format(para(run(A + B)) + INNER.format(para(run(BOX))) + "<w:p/>") + "<w:p/>"),
        "odt": write("<table:table><table:table-row><table:table-cell><text:p>" + A + B + "</text:p><table:table>"
            f"<table:table-row><table:table-cell><text:p>{BOX}</text:p></table:table-cell></table:table-row>"
            "</table:table></table:table-cell></table:table-row></table:table>"),
        "html": page(f"<table><tr><td><p>{A}{B}</p><table><tr><td>{BOX}</td></tr></table></td></tr></table>"),
        "akn": akn(f"<table><tr><td><p>{A}{B}</p><table><tr><td><p>{BOX}</p></td></tr></table></td></tr></table>"),
    }),
    "hidden text": Feature((A + B,), {
        "docx": word(para(run(A), run("et de taire ", "<w:vanish/>"), run(B)) + para(run(BOX, "<w:vanish/>"))),
        "odt": write(f'<text:p>{A}<text:span text:style-name="hidden">et de taire </text:span>{B}</text:p><text:p '
            f'text:style-name="hidden">{BOX}</text:p><text:section text:display="none"><text:p>{BOX}</text:p>'
            '</text:section><text:p><text:hidden-text text:string-value="Non.">Non.</text:hidden-text></text:p>'),
        "html": page(f'<p>{A}<span style="display:none">et de taire </span>{B}</p><p hidden>{BOX}</p>'),
    }),
    "soft hyphens": Feature((A + B,), {
        "docx": word(para(run(A.replace("cur", "cu\u00adr")), run("les fos"), "<w:r><w:softHyphen/></w:r>",
            run("sés du canton."))),
        "odt": write(f"<text:p>{A.replace('cur', 'cu' + chr(173) + 'r')}{B}</text:p>"),
        "html": page(f"<p>{A.replace('cur', 'cu&shy;r')}{B.replace('foss', 'fos<wbr>s')}</p>"),
        "md": md(A.replace("cur", "cu\u00ad\nr") + B),
        "akn": akn(f"<p>{A.replace('cur', 'cu' + chr(173) + 'r')}{B}</p>"),
        "txt": (A.replace("cur", "cu\u00ad\nr") + B).encode(),
    }),
    "spaces": Feature((SPACED,), {
        kind: make(SPACED.replace(" :", "\u00a0:").replace(" ;", "\u202f;").replace("« ", "«\u2009")
            .replace(" 12", "\u00a012").replace("vice-", "vice\u2011"))
        for kind, make in {
            "docx": lambda text: word(para(run(text))),
            "odt": lambda text: write(f"<text:p>{text}</text:p>"),
            "html": lambda text: page(f"<p>{text.replace(chr(160), '&nbsp;')}</p>"),
            "akn": lambda text: akn(f"<p>{text}</p>"),
            "md": md,
            "txt": str.encode,
        }.items()
    }),
    "words above words": Feature((A + B,), {
        "docx": word(para(run(A), f"<w:r><w:ruby><w:rt>{run('note')}</w:rt><w:rubyBase>{run(B)}</w:rubyBase>"
            "</w:ruby></w:r>")),
        "odt": write(f"<text:p>{A}<text:ruby><text:ruby-base>{B}</text:ruby-base><text:ruby-text>note</text:ruby-text>"
            "</text:ruby></text:p>"),
        "html": page(f"<p>{A}<ruby>{B}<rp>(</rp><rt>note</rt><rp>)</rp></ruby></p>"),
    }),
    "raised and lowered signs": Feature((SIGNS,), {
        "docx": word(para(run(signs(set_apart("superscript"), set_apart("subscript"))))),
        "odt": write("<text:p>" + signs(*(f'<text:span text:style-name="{style}">{{}}</text:span>'
            for style in ("raised", "lowered"))) + "</text:p>"),
        "html": page(f"<p>{signs('<sup>{}</sup>', '<sub>{}</sub>')}</p>"),
        "md": md(signs("<sup>{}</sup>", "<sub>{}</sub>")),
        "akn": akn(f"<p>{signs('<sup>{}</sup>', '<sub>{}</sub>')}</p>"),
    }),
    "fields of forms": Feature((A + B,), {
        "docx": word(para(run(A + B)) + "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
            + para(run("Il faut cliquer ici pour écrire.")) + "</w:sdtContent></w:sdt>"),
        "odt": write(f"<text:p>{A}{B}</text:p><text:p><text:placeholder>Il faut cliquer ici.</text:placeholder>"
            "</text:p>"),
        "html": page(f"<p>{A}{B}</p><select><option>Il faut cliquer ici.</option></select>"),
    }),
    "merged cells": Feature(
        (f"Recommandation : Curer les fossés. Responsable : {BOARD}.",
         f"Recommandation : Planter des haies. Responsable : {BOARD}."),
        {"docx": word(DOCX_GRID), "odt": write(ODT_GRID), "html": page(HTML_GRID),
         "akn": akn(AKN_GRID.format(covered=""))},
    ),
    "breaks": Feature((A + B,), {
        "docx": word(para(run("Le Comité prie"), "<w:r><w:br/></w:r>", run("les communes de curer"),
            '<w:r><w:br w:type="page"/></w:r>', run(B))),
        "odt": write("<text:p>Le Comité prie<text:line-break/>les communes de curer<text:soft-page-break/> "
            f"{B}</text:p>"),
        "html": page(f"<p>Le Comité prie<br>les communes de curer <br/>{B}</p>"),
        "md": md(f"Le Comité prie  \nles communes de curer\n{B}"),
        "akn": akn(f"<p>Le Comité prie<eol/>les communes de curer {B}</p>"),
    }),
    "large initials": Feature((A + B,), {
        "docx": word(f'<w:p><w:pPr><w:framePr w:dropCap="drop"/></w:pPr>{run(A[0])}</w:p>' + para(run(A[1:] + B))),
        "html": page(f'<p><span style="float:left">{A[0]}</span>{A[1:]}{B}</p>'),
    }),
    "pictures": Feature((A + B,), {
        "docx": word(para(run(A), '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="i" descr="Il faut boire."/>'
            "</wp:inline></w:drawing></w:r>", run(B))),
        "odt": write(f'<text:p>{A}<draw:frame><draw:image xlink:href="x.png"/><svg:desc>Il faut boire.</svg:desc>'
            f"</draw:frame>{B}</text:p>"),
        "html": page(f'<p>{A}<img src=x alt="Il faut boire.">{B}</p>'),
        "md": md(f"{A}![Il faut boire.](x.png){B}"),
        "akn": akn(f'<p>{A}<img src="x" alt="Il faut boire."/>{B}</p>'),
    }),
}  # fmt: skip
