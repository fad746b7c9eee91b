"""Files of the formats that are read as pages, and of spreadsheets, made to do harm: name of the file -> its bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from itertools import pairwise

import openpyxl
from hostile import BOMB, EVIL, GOOD, OUTSIDE, archive, lying
from layouts_markup import AKN, SPACES, odt

MIME = "application/vnd.oasis.opendocument.text"
TEXT = GOOD.partition(" ")[2].strip()
NOTE, NOTE_ENDS = "<text:note><text:note-body><text:p>a", "</text:p></text:note-body></text:note>"
AKN_NOTE = '<authorialNote marker="1"><p>a</p></authorialNote>'
ITEM = "<text:list><text:list-item>"


def content(before: str, body: str) -> bytes:
    """An OpenDocument file with something before the root of its content."""
    root = f"<office:document-content {SPACES}><office:body><office:text>{body}</office:text></office:body>"
    return archive({"mimetype": MIME, "content.xml": f'<?xml version="1.0"?>{before}{root}</office:document-content>'})


def akn(body: str, before: str = "") -> str:
    """An Akoma Ntoso document with this body, and something before its root."""
    return f'<?xml version="1.0"?>{before}<akomaNtoso xmlns="{AKN}"><doc>{body}</doc></akomaNtoso>'


def book(*rows: list[object]) -> bytes:
    """A workbook with these rows on its first sheet."""
    made, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        made.active.append(row)  # type: ignore[union-attr]
    made.save(out)
    return out.getvalue()


def item(text: str, given: str = "", of: str = "") -> str:
    """A list with one item."""
    return f"<text:list {of}><text:list-item {given}><text:p>{text}</text:p></text:list-item></text:list>"


def aliases() -> str:
    """Nine times nine times nine … values in a front matter."""
    lines = (f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in pairwise("abcdefghi"))
    return "---\na: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(lines) + f"---\n\n{TEXT}\n"


def with_part(data: bytes, name: str, part: str | bytes) -> bytes:
    """An archive with one part in the place of that name."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        parts: dict[str, str | bytes] = {kept: source.read(kept) for kept in source.namelist()}
    return archive(parts | {name: part})


DRAW = 'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
BOX, BOX_ENDS = "<draw:frame><draw:text-box><text:p>", "</text:p></draw:text-box></draw:frame>"


def merged(cells: str) -> bytes:
    """A workbook whose first sheet merges these cells."""
    row = "".join(f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>texte</t></is></c></row>' for n in range(1, 500))
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{space}"><sheetData>{row}</sheetData><mergeCells>{cells}</mergeCells></worksheet>'
    return with_part(book(["texte"], [TEXT]), SHEET, sheet)


def many_sheets() -> bytes:
    """A workbook of 40 sheets of texts."""
    made, out = openpyxl.Workbook(), io.BytesIO()
    for n in range(40):
        sheet = made.create_sheet(f"s{n}")
        for row in (["id", "texte"], [n, f"{TEXT} {n}"]):
            sheet.append(row)
    made.save(out)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
MARKUPS: dict[str, Callable[[], bytes | str]] = {
    "odt bomb": lambda: odt(f"<text:p>{'a' * 300 * 10**6}</text:p>"),
    "odt bomb in another part": lambda: odt(f"<text:p>{TEXT}</text:p>", more={"styles.xml": b" " * 300 * 10**6}),
    "odt size lied small": lambda: lying(odt(f"<text:p>{'a' * 30 * 10**6}</text:p>"), 24, 100),
    "odt entity bomb": lambda: content(BOMB, "<text:p>&l11;</text:p>"),
    "odt external entity": lambda: content(OUTSIDE, "<text:p>&x;</text:p>"),
    "odt not xml": lambda: archive({"mimetype": MIME, "content.xml": b"\0\1\2"}),
    "odt no body": lambda: archive({"mimetype": MIME, "content.xml": f"<office:document-content {SPACES}/>"}),
    "odt without content": lambda: archive({"mimetype": MIME}),
    "odt nested lists": lambda: odt(ITEM * 100 + f"<text:p>{TEXT}</text:p>" + "</text:list-item></text:list>" * 100),
    "odt nested deep": lambda: odt(ITEM * 5000 + "</text:list-item></text:list>" * 5000),
    "odt many spaces": lambda: odt(f'<text:p>Les<text:s text:c="999999999"/>{TEXT}</text:p>'),
    "odt many columns": lambda: odt(
        '<table:table><table:table-row><table:table-cell table:number-columns-repeated="999999999">'
        f"<text:p>{TEXT}</text:p></table:table-cell></table:table-row></table:table>"
    ),
    "odt numbers beyond": lambda: odt(
        item(TEXT, 'text:start-value="99999999999999"')
        + f'<text:h text:outline-level="99999999">Titre</text:h><text:p>{TEXT}</text:p>'
    ),
    "odt list goes on with itself": lambda: odt(item(TEXT, of='xml:id="l" text:continue-list="l"')),
    "odt notes in notes": lambda: odt(f"<text:p>{TEXT}{NOTE * 40}{NOTE_ENDS * 40}</text:p>"),
    "odt members above": lambda: odt(f"<text:p>{TEXT}</text:p>", more={"../../pwned": "a", "/tmp-pwned": "a"}),
    "odt macro": lambda: odt(f"<office:scripts>Sub AutoOpen</office:scripts><text:p>{TEXT}</text:p>"),
    "ods": lambda: archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}),
    "xlsx bomb": lambda: with_part(book(["id", "texte"], [1, TEXT]), SHEET, b" " * 300 * 10**6),
    "xlsx entity bomb": lambda: with_part(book(["id", "texte"], [1, TEXT]), SHEET, f"{BOMB}<a>&l11;</a>"),
    "xlsx external entity": lambda: with_part(book(["id", "texte"]), "xl/sharedStrings.xml", f"{OUTSIDE}<a>&x;</a>"),
    "xlsx not xml": lambda: with_part(book(["id", "texte"], [1, TEXT]), SHEET, b"\0\1\2"),
    "xlsx formulas": lambda: book(["id", "texte"], ["=1+1", TEXT], ["=cmd|' /C calc'!A0", TEXT]),
    "xlsx far cell": lambda: with_part(
        book(["id", "texte"], [1, TEXT]),
        SHEET,
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>texte</t></is></c></row></sheetData></worksheet>',
    ),
    "xlsx merged without end": lambda: merged('<mergeCell ref="A1:A1048576"/>' * 50_000),
    "xlsx merged open": lambda: merged("<mergeCell " * 200_000),
    "xlsx merged in steps": lambda: merged("".join(f'<mergeCell ref="A{n}:B{n + 9}"/>' for n in range(1, 20_000))),
    "xlsx many sheets": many_sheets,
    "odt boxes in boxes": lambda: odt(f"<text:p {DRAW}>{TEXT}{BOX * 40}{TEXT}{BOX_ENDS * 40}</text:p>"),
    "odt cells of many rows": lambda: odt(
        '<table:table><table:table-row><table:table-cell table:number-rows-spanned="999999999" '
        f'table:number-columns-spanned="999999999"><text:p>{TEXT}</text:p></table:table-cell></table:table-row>'
        + f"<table:table-row><table:table-cell><text:p>{TEXT}</text:p></table:table-cell></table:table-row>" * 2_000
        + "</table:table>"
    ),
    "html cells of many rows": lambda: (
        f"<!doctype html><p>{TEXT}</p><table><tr>{'<td colspan=999 rowspan=99999>a</td>' * 1_000}</tr>"
        + "<tr><td>a</td></tr>" * 2_000
    ),
    "akn cells of many rows": lambda: akn(
        f'<p>{TEXT}</p><table><tr><td rowspan="-1" colspan="9999999999"><p>a</p></td></tr></table>' * 50
    ),
    "md front matter in toml": lambda: f"+++\na = {'[' * 5000}\n+++\n\n{TEXT}\n",
    "md front matter of numbers": lambda: f"+++\na = {'9' * 15_000}\n+++\n\n# Titre\n\n{TEXT}\n",
    "md tasks": lambda: f"# Titre\n\n{'- [ ] ' * 20_000}\n\n{TEXT}\n",
    "md items alike": lambda: "# Titre\n\n" + f"1. {TEXT}\n" * 2_000,
    "akn entity bomb": lambda: akn("<p>&l11;</p>", BOMB),
    "akn external entity": lambda: akn("<p>&x;</p>", OUTSIDE),
    "akn external entity in utf-16": lambda: akn("<p>&x;</p>", OUTSIDE).encode("utf-16"),
    "akn include": lambda: akn(
        f'<p>{TEXT}</p><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'
    ),
    "akn stylesheet": lambda: '<?xml-stylesheet href="http://127.0.0.1:9/a"?>' + akn(f"<p>{TEXT}</p>")[21:],
    "akn not closed": lambda: akn(f"<p>{TEXT}</p>")[:-10],
    "akn without text": lambda: akn("<meta/>"),
    "akn nested": lambda: akn("<section>" * 5000 + "</section>" * 5000),
    "akn numbers alone": lambda: akn("<num>1</num>" * 20_000 + f"<p>{TEXT}</p>"),
    "akn notes": lambda: akn(f"<p>{TEXT}{AKN_NOTE * 5_000}</p>"),
    "md front matter bomb": aliases,
    "md front matter object": lambda: f"---\ntitle: !!python/object/apply:os.system ['touch pwned']\n---\n\n{TEXT}\n",
    "md front matter nested": lambda: f"---\na: {'[' * 5000}\n---\n\n{TEXT}\n",
    "md front matter open": lambda: "---\ntitle: a\n" * 20_000,
    "md quotes nested": lambda: f"# Titre\n\n{'>' * 20_000} a\n\n{TEXT}\n",
    "md lists nested": lambda: "# Titre\n\n" + "".join("  " * n + "- a\n" for n in range(400)) + f"\n{TEXT}\n",
    "md emphasis open": lambda: "# Titre\n\n" + "*a **b _c __d " * 5_000 + f"\n\n{TEXT}\n",
    "md brackets open": lambda: f"# Titre\n\n{'[' * 20_000}\n\n{TEXT}\n",
    "md links open": lambda: f"# Titre\n\n{'[a](' * 10_000}\n\n{TEXT}\n",
    "md code open": lambda: f"# Titre\n\n{'`' * 20_000}\n\n{TEXT}\n",
    "md notes": lambda: f"# Titre\n\n{'mot[^1] ' * 10_000}\n\n[^1]: Voir.\n" * 2,
    "md script": lambda: f"# Titre\n\n<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n{TEXT}\n",
    "md controls": lambda: f"# Titre {EVIL}\n\n{TEXT}\n",
}
