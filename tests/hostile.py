"""Files made to do harm, each by a few lines: name of the file -> its bytes. Some are only odd, and are read."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

GOOD = "1. Les participants ont prié les gouvernements de ratifier la Convention.\n"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = f"{W[:-25]}officeDocument/2006/relationships/officeDocument"
LOL = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
BOMB = f'<!DOCTYPE a [<!ENTITY l0 "lol">{LOL}]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
EVIL = "\x1b]0;titre\x07\x1b[31m\x1b[2J\u202e\u2066"
SHELL = [
    "$(touch pwned)", "`touch pwned`", "a;touch pwned", "a|b", "a&b", "'", '"', "a\nb", "-rf", "--help",
    " deux  espaces ", "*", "?", "[a]", "~", "%s%n", "{0}", "\\", "\t", "\x1b[31m", "\u202egpj", "é" * 126 + "a",
    "CON", "=1+1", "<b>", "a#b", "$HOME", "%00", "\u2028", "e\u0301", "tables.csv",
]  # fmt: skip


def archive(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return out.getvalue()


def word(body: str, before: str = "", more: dict[str, str | bytes] | None = None) -> bytes:
    """A Word file with this body, something before its root, and more parts."""
    document = f'<?xml version="1.0"?>{before}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return archive({"word/document.xml": document, **(more or {})})


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def related(target: str, mode: str = "") -> dict[str, str | bytes]:
    """The relations of the main part: one to a target as footnotes."""
    kind = MAIN.replace("officeDocument", "footnotes")
    rel = f'<Relationship Id="r1" Type="{kind}" Target="{target}" {mode}/>'
    return {"word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}">{rel}</Relationships>'}


def lying(data: bytes, offset: int, number: int, size: int = 4) -> bytes:
    """An archive whose directory says something else at a place of its first entry."""
    at = data.find(b"PK\x01\x02") + offset
    return data[:at] + number.to_bytes(size, "little") + data[at + size :]


def nested() -> bytes:
    inner = archive({"a": b"\0" * 10**6})
    for _ in range(6):
        inner = archive({f"{n}.zip": inner for n in range(10)})
    return inner


def overlapping() -> bytes:
    """A thousand entries that all point at the same packed data."""
    data = b"\0" * 10**6
    packed = zlib.compress(data, 9)[2:-4]
    name = b"word/document.xml"
    local = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 33, zlib.crc32(data), len(packed), len(data), len(name), 0)
    sizes = zlib.crc32(data), len(packed), len(data), len(name)
    entry = struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 8, 0, 33, *sizes, 0, 0, 0, 0, 0, 0)
    directory = (entry + name) * 1000
    body = local + name + packed
    return body + directory + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1000, 1000, len(directory), len(body), 0)


ARCHIVES: dict[str, Callable[[], bytes]] = {
    "zip bomb": lambda: word(paragraph("a" * 300 * 10**6)),
    "zip bomb in another part": lambda: word(paragraph(GOOD), more={"word/styles.xml": b" " * 300 * 10**6}),
    "zip bomb nested": nested,
    "zip overlapping": overlapping,
    "zip size lied small": lambda: lying(word(paragraph("a" * 30 * 10**6)), 24, 100),
    "zip size lied large": lambda: lying(word(paragraph(GOOD)), 24, 2**32 - 2),
    "zip packed size lied": lambda: lying(word(paragraph(GOOD)), 20, 2**31),
    "zip offset lied": lambda: lying(word(paragraph(GOOD)), 42, 2**31),
    "zip method unknown": lambda: lying(word(paragraph(GOOD)), 10, 99, 2),
    "zip encrypted": lambda: lying(word(paragraph(GOOD)), 8, 1, 2),
    "zip truncated": lambda: word(paragraph(GOOD))[:-30],
    "zip many entries": lambda: archive({"word/document.xml": "", **{f"{n}": "" for n in range(12_000)}}),
    "zip twice the same part": lambda: word(paragraph(GOOD)) + word(paragraph("Autre.")),
    "zip header alone": lambda: b"PK\x03\x04",
    "zip of anything": lambda: archive({"a.txt": GOOD}),
    "zip lzma": lambda: archive({"word/document.xml": "<a/>"}, zipfile.ZIP_LZMA),
    "docx entity bomb": lambda: word(paragraph("&l11;"), BOMB),
    "docx external entity": lambda: word(paragraph("&x;"), OUTSIDE),
    "docx entity bomb in utf-16": lambda: archive(
        {"word/document.xml": f'<?xml version="1.0"?>{BOMB}<a/>'.encode("utf-16")}
    ),
    "docx external target": lambda: word(
        paragraph(GOOD), more=related("http://127.0.0.1:9/a", 'TargetMode="External"')
    ),
    "docx target file": lambda: word(paragraph(GOOD), more=related("file:///etc/passwd")),
    "docx target above": lambda: word(paragraph(GOOD), more=related("../../../../etc/passwd")),
    "docx members above": lambda: word(paragraph(GOOD), more={"../../pwned": "a", "/tmp-pwned": "a", "C:\\pwned": "a"}),
    "docx relations of itself": lambda: word(paragraph(GOOD), more=related("document.xml")),
    "docx no body": lambda: archive({"word/document.xml": f'<w:document xmlns:w="{W}"/>'}),
    "docx not xml": lambda: archive({"word/document.xml": b"\0\1\2"}),
    "docx empty part": lambda: archive({"word/document.xml": b""}),
    "docx nested tables": lambda: word(
        "<w:tbl><w:tr><w:tc>" * 5000 + paragraph(GOOD) + "</w:tc></w:tr></w:tbl>" * 5000
    ),
    "docx nested boxes": lambda: word("<w:p><w:r><w:txbxContent>" * 80 + "</w:txbxContent></w:r></w:p>" * 80),
    "docx many attributes": lambda: word("<w:p " + " ".join(f'a{n}="1"' for n in range(50_000)) + "/>"),
    "docx long attribute": lambda: word(f'<w:p a="{"a" * 12_000_000}"/>'),
    "docx many paragraphs": lambda: word(paragraph("a") * 200_000),
    "docx field javascript": lambda: word(
        paragraph(GOOD) + "<w:p><w:r><w:instrText>DDEAUTO c:\\\\cmd</w:instrText></w:r></w:p>"
    ),
    "doc before 2007": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5000,
}


def pdf(*objects: str | bytes, end: str = "trailer << /Root 1 0 R >>\n%%EOF\n") -> bytes:
    """A PDF file of these objects, numbered from 1, without a table of places."""
    made = b"%PDF-1.7\n"
    for number, what in enumerate(objects, start=1):
        made += b"%d 0 obj\n%s\nendobj\n" % (number, what.encode("latin-1") if isinstance(what, str) else what)
    return made + end.encode()


def stream(content: bytes, more: str = "", length: int | None = None) -> bytes:
    return (
        f"<< /Length {len(content) if length is None else length} {more}>>\nstream\n".encode()
        + content
        + b"\nendstream"
    )


CATALOG, PAGES = "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
FONT = "<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
PAGE = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources {FONT} /Contents 4 0 R >>"
DRAWN = b"BT /F1 12 Tf 72 700 Td (1. Les gouvernements devraient agir.) Tj ET"


def page(content: bytes, **more: str) -> bytes:
    """A PDF file of a page with this content."""
    return pdf(CATALOG, PAGES, PAGE, stream(content, **more))


PDFS: dict[str, Callable[[], bytes]] = {
    "pdf plain": lambda: page(DRAWN),
    "pdf header alone": lambda: b"%PDF-1.7\n",
    "pdf page tree loops": lambda: pdf(CATALOG, "<< /Type /Pages /Kids [2 0 R] /Count 5 >>"),
    "pdf pages of each other": lambda: pdf(
        CATALOG, PAGES, "<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 9 /Parent 2 0 R >>"
    ),
    "pdf page is its own parent": lambda: pdf(CATALOG, PAGES, "<< /Type /Page /Parent 3 0 R /MediaBox 3 0 R >>"),
    "pdf object is itself": lambda: pdf(CATALOG, "2 0 R"),
    "pdf catalog is itself": lambda: pdf("1 0 R"),
    "pdf huge page count": lambda: pdf(
        CATALOG, "<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>", PAGE, stream(DRAWN)
    ),
    "pdf negative page count": lambda: pdf(CATALOG, "<< /Type /Pages /Kids [3 0 R] /Count -3 >>", PAGE, stream(DRAWN)),
    "pdf the same page often": lambda: pdf(
        CATALOG, f"<< /Type /Pages /Kids [{'3 0 R ' * 20_000}] /Count 20000 >>", PAGE
    ),
    "pdf enormous page": lambda: pdf(CATALOG, PAGES, PAGE.replace("595 842", "1e38 1e38"), stream(DRAWN)),
    "pdf page without size": lambda: pdf(CATALOG, PAGES, PAGE.replace("595 842", "0 0"), stream(DRAWN)),
    "pdf nested arrays": lambda: pdf(CATALOG, "[" * 100_000 + "]" * 100_000),
    "pdf nested dictionaries": lambda: pdf(CATALOG, "<< /A " * 100_000 + ">>" * 100_000),
    "pdf nested forms": lambda: pdf(
        CATALOG,
        PAGES,
        PAGE.replace(FONT, "<< /XObject << /X 4 0 R >> >>"),
        stream(b"/X Do " * 50, "/Type /XObject /Subtype /Form /BBox [0 0 9 9] "),
    ),
    "pdf stream truncated": lambda: page(zlib.compress(DRAWN * 100)[:50], more="/Filter /FlateDecode "),
    "pdf stream bomb": lambda: page(zlib.compress(b" " * 300 * 10**6), more="/Filter /FlateDecode "),
    "pdf stream bomb twice": lambda: page(
        zlib.compress(zlib.compress(b" " * 10**8)), more="/Filter [/FlateDecode /FlateDecode] "
    ),
    "pdf stream length lied": lambda: pdf(CATALOG, PAGES, PAGE, stream(DRAWN, length=2**31)),
    "pdf cut off": lambda: page(DRAWN)[:-80],
    "pdf encrypted": lambda: pdf(
        CATALOG,
        PAGES,
        PAGE,
        stream(DRAWN),
        end="trailer << /Root 1 0 R /ID [<00> <00>] /Encrypt << "
        f"/Filter /Standard /V 2 /R 3 /Length 128 /P -1 /O <{'00' * 32}> /U <{'11' * 32}> >> >>\n%%EOF\n",
    ),
    "pdf javascript": lambda: pdf(
        "<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (while\\(1\\);) >> >>",
        PAGES,
        PAGE,
        stream(DRAWN),
    ),
    "pdf launch": lambda: pdf(
        "<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /Launch /F (cmd.exe) >> >>", PAGES, PAGE, stream(DRAWN)
    ),
    "pdf tables loop": lambda: pdf(
        CATALOG, end="xref\n0 1\n0000000000 65535 f\ntrailer << /Root 1 0 R /Prev 9 >>\nstartxref\n9\n%%EOF"
    ),
    "pdf many letters": lambda: page(b"BT /F1 1 Tf 9 9 Td " + b"(abcdefghij) Tj " * 8_000 + b"ET"),
    "pdf all at one place": lambda: page(b"BT /F1 12 Tf " + b"1 0 0 1 72 700 Tm (a) Tj " * 20_000 + b"ET"),
    "pdf a line each": lambda: page(b"BT /F1 12 Tf " + b"0 -1 Td (Les Etats agiront.) Tj " * 5_000 + b"ET"),
    "pdf all directions": lambda: page(
        b"BT /F1 9 Tf " + b"".join(b"%d %d %d 9 99 99 Tm (ab) Tj " % (n, n % 7, n % 5) for n in range(9000))
    ),
    "pdf infinite numbers": lambda: page(b"BT /F1 1e38 Tf 1e38 1e38 1e38 1e38 1e38 1e38 Tm (agir) Tj ET"),
    "pdf controls in text": lambda: page(b"BT /F1 12 Tf 72 700 Td (1. Les Etats \\033[31m\\000 devraient agir.) Tj ET"),
    "pdf white letters one by one": lambda: page(
        DRAWN
        + b" 1 g BT /F1 12 Tf "
        + b"".join(b"1 0 0 1 %d 500 Tm (a) Tj " % (n % 500) for n in range(10_000))
        + b"ET"
    ),
    "pdf a clip in a clip": lambda: page(
        DRAWN + b" q 0 0 9 9 re W n" * 2_000 + b" BT /F1 12 Tf 72 600 Td (Les Etats) Tj ET" + b" Q" * 2_000
    ),
    "pdf hidden text on an enormous page": lambda: pdf(
        CATALOG, PAGES, PAGE.replace("595 842", "1e9 3"), stream(DRAWN + b" 1 g BT /F1 12 Tf (Les Etats) Tj ET")
    ),
    "pdf letters at no place": lambda: page(DRAWN + b" BT 3 Tr /F1 12 Tf 1e38 1e38 Td (Les Etats) Tj ET"),
    "pdf graph paper": lambda: page(
        DRAWN + b"".join(b" %d 0 m %d 842 l S 0 %d m 595 %d l S" % (n, n, n, n) for n in range(0, 842))
    ),
    "pdf a table of many cells": lambda: page(
        DRAWN + b"".join(b" %d %d 9 6 re S" % (40 + n % 50 * 9, 40 + n // 50 * 6) for n in range(5_000))
    ),
    "pdf one path of many strokes": lambda: page(
        DRAWN + b" 9 9 m " + b"".join(b"%d %d l " % (n % 500, n % 700) for n in range(100_000)) + b"S"
    ),
    "pdf strokes without end": lambda: page(DRAWN + b" 1e38 -1e38 m 1e38 1e38 l S 0 0 m 0 1e38 l -1e38 0 l s" * 50),
    "pdf cells inside cells": lambda: page(
        DRAWN + b"".join(b" %d %d %d %d re S" % (n, n, 590 - 2 * n, 830 - 2 * n) for n in range(0, 290, 3))
    ),
    "pdf letters in a grid": lambda: page(
        b"".join(b"%d 0 m %d 842 l S 0 %d m 595 %d l S " % (9 * n, 9 * n, 12 * n, 12 * n) for n in range(60))
        + b"BT /F1 9 Tf "
        + b"".join(b"1 0 0 1 %d %d Tm (ab) Tj " % (n % 66 * 9 - 4, n // 66 * 12) for n in range(4_000))
        + b"ET"
    ),
    "pdf forms in forms with strokes": lambda: pdf(
        CATALOG,
        PAGES,
        PAGE.replace(FONT, "<< /XObject << /X 5 0 R >> >>"),
        stream(b"/X Do"),
        *(
            stream(
                b"0 0 m 9 0 l S /X Do",
                "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Matrix [0 0 0 1e30 0 0] "
                f"/Resources << /XObject << /X {number} 0 R >> >> ",
            )
            for number in range(6, 40)
        ),
    ),
    "pdf junk before": lambda: b"\0" * 900 + page(DRAWN),
}
HTMLS: dict[str, Callable[[], bytes | str]] = {
    "html 10,000 levels": lambda: "<html><body>" + "<div>" * 10_000 + GOOD,
    "html 2,000 levels": lambda: "<html><body>" + "<div>" * 2_000 + GOOD,
    "html 10,000 open lists": lambda: "<html>" + "<ol><li>a" * 10_000,
    "html 900 tables in tables": lambda: "<html>" + "<table><tr><td>" * 300 + GOOD,
    "html script": lambda: f"<html><script>alert(1)</script><p onclick=alert(1)>{GOOD}</p><img src=x onerror=alert(1)>",
    "html script as text": lambda: (
        f"<html><p>1. &lt;script&gt;alert(1)&lt;/script&gt; Les États ont été priés d’agir.</p><p>{GOOD}"
    ),
    "html null bytes": lambda: f"<html><p>{GOOD}\0\0\0</p>",
    "html wrong charset": lambda: f'<html><meta charset="utf-16"><p>{GOOD}'.encode(),
    "html latin": lambda: f'<html><meta charset="utf-8"><p>{GOOD}'.encode("cp1252"),
    "html broken entities": lambda: f"<html><p>&#99999999999;&#x;&#xD800;&#xFFFA;&lol;&amp&nbsp;{GOOD}",
    "html external entity": lambda: f"<?xml version='1.0'?>{OUTSIDE}<html><p>&x;{GOOD}",
    "html entity bomb": lambda: f"<html>{BOMB}<p>&l11;{GOOD}",
    "html comment open": lambda: f"<html><!-- {GOOD}",
    "html comments open": lambda: "<!--" * 50_000,
    "html comments": lambda: "<!-- -->" * 50_000 + GOOD,
    "html declaration after declaration": lambda: "<?xml?>" * 50_000 + "<html>",
    "html attributes": lambda: "<html><p " + "a=1 " * 100_000 + f">{GOOD}",
    "html many elements": lambda: "<html>" + "<b>a" * 900 + "<br>" * 30_000,
    "html link to itself": lambda: f'<html><p id=n1><sup><a href="#n1">1</a></sup>{GOOD}</p>',
    "html many calls of one note": lambda: "<html><p>" + '<sup><a href="#n">1</a></sup> a' * 20_000 + "<p id=n>Note.",
    "html notes that call each other": lambda: (
        '<html><p id=a><sup><a href="#b">1</a></sup>A</p><p id=b><sup><a href="#a">1</a></sup>B'
    ),
    "html span": lambda: f"<html><table><tr><td colspan=999999999 rowspan=999999999>{GOOD}</table>",
    "html numbers": lambda: f"<html><ol start=99999999999999999999><li value=-5>{GOOD}<li value=²>{GOOD}</ol>",
    "html data address": lambda: (
        f'<html><iframe src="data:text/html,<script>"></iframe><object data=file:///etc/passwd></object>{GOOD}'
    ),
    "html comments of a style open": lambda: f"<html><style>{'/* ' * 300_000}</style><p>{GOOD}",
    "html style of lines": lambda: "<html><style>" + "\n" * 300_000 + f"</style><p>{GOOD}",
    "html noughts": lambda: f"<html><p style='opacity: {'0' * 300_000}1'>{GOOD}",
    "html decorations": lambda: f"<html><p style='{'text-decoration ' * 60_000}'>{GOOD}",
    "html calls with stops": lambda: "<html><p>Ils" + "<sup><a href='#n'>1</a></sup>." * 5_000 + f" a <p id=n>{GOOD}",
    "xml": lambda: "<?xml version='1.0'?><a>b</a>",
}
HEAD = "doc_id,text\n"
TEXT_OF_ROWS = GOOD.partition(" ")[2].strip()
TABLES: dict[str, Callable[[], bytes | str]] = {
    "csv header alone": lambda: HEAD,
    "csv open quote": lambda: f'{HEAD}a,"Les États\n' * 3,
    "csv too many cells": lambda: f"{HEAD}a,b,c\n",
    "csv the same twice": lambda: f"{HEAD}t1,Agissez.\nt1,Agissons.\n",
    "csv no doc_id": lambda: f"{HEAD},Agissez.\n",
    "csv null": lambda: f"{HEAD}a,Les \0 États\n",
    "csv column twice": lambda: "doc_id,text,text\na,b,c\n",
    "csv long cell": lambda: f"{HEAD}long,{'é' * 1_500_000}\n",
    "csv many columns": lambda: "doc_id,text," + ",".join(f"c{n}" for n in range(50_000)) + "\n",
    "csv 100,000 columns": lambda: "doc_id,text," + ",".join(map(str, range(10**5))) + "\na,b" + "," * 10**5 + "\n",
    "csv columns without names": lambda: "doc_id,text" + "," * 1_500 + f"\na,{TEXT_OF_ROWS}" + ",x" * 1_500 + "\n",
    "csv titles without end": lambda: "Titre;;\n" * 100_000 + f"id;texte;pays\n1;{TEXT_OF_ROWS};Mali\n",
    "csv headings alone": lambda: "id;texte;pays\n" + ";;Un titre\n" * 100_000 + f"1;{TEXT_OF_ROWS};Mali\n",
    "csv cell of 4 megabytes": lambda: f"doc_id,text\na,{'agir ' * 800_000}\nb,{TEXT_OF_ROWS}\n",
    "json list nested": lambda: '[{"text": ' + "[" * 100_000,
    "json list of all kinds": lambda: f'[{{"text": "{TEXT_OF_ROWS}"}}, 1, null, [], {{}}, {{"text": {{}}}}]',
    "json list open": lambda: '[{"text": "a"},' * 100_000,
    "json list of one": lambda: f'{{"a": [{{"text": "{TEXT_OF_ROWS}"}}]}}',
    "csv many rows": lambda: HEAD + "".join(f"r{n},\n" for n in range(3_000)),
    "csv formulas": lambda: f'{HEAD}"=1+1","=HYPERLINK(""http://a"") Les États ont été priés d’agir."\n',
    "csv hostile names": lambda: f'{HEAD}"{EVIL}../../x","{GOOD.strip()}"\n',
    "csv bad date": lambda: "doc_id,text,date\nd,Agissez.,hier\n",
    "csv quotes": lambda: HEAD + '"' * 100_001,
    "jsonl broken": lambda: '{"doc_id": "a", "text": "b"}\n{"doc_id": \n',
    "jsonl lone surrogate": lambda: '{"doc_id": "demi\\ud800", "text": "Les États \\udfff ont été priés d’agir."}\n',
    "jsonl nested": lambda: '{"doc_id": "a", "text": "b"}\n' + "[" * 100_000,
    "jsonl nested object": lambda: '{"doc_id": "a", "text": {"b": 1}}\n',
    "jsonl numbers": lambda: '{"doc_id": 1e999, "text": "Agissez."}\n',
    "jsonl long number": lambda: '{"doc_id": "n", "text": "Agissez.", "n": ' + "9" * 10_000 + "}\n",
    "jsonl nan": lambda: '{"doc_id": "nan", "text": "Agissez.", "n": NaN}\n',
    "jsonl the same key": lambda: '{"doc_id": "clef", "text": "Agissez.", "text": "Non."}\n',
    "jsonl null text": lambda: '{"doc_id": "a", "text": null}\n',
    "jsonl controls": lambda: '{"doc_id": "c\\u001b[31m", "text": "Les États \\u0000\\u202e ont été priés d’agir."}\n',
}


def times(unit: str, size: int = 300_000) -> Callable[[], str]:
    return lambda: "1. Les États ont agi " + unit * (size // len(unit)) + " en 2013.\n"


def nested_list() -> str:
    """Ten thousand items, each below the one before, as far as anybody counts."""
    return "1. Prie les États :\n\n" + "".join(f"{mark}) d’agir :\n\n" for mark in ("a", "i", "1") * 3334)


TEXTS: dict[str, Callable[[], bytes | str]] = {
    "empty": lambda: b"",
    "spaces": lambda: " \n" * 1000,
    "nulls": lambda: b"\0" * 1000,
    "noise": lambda: bytes(n * 7919 % 251 for n in range(5000)),
    "picture": lambda: b"\x89PNG\r\n\x1a\n\0",
    "rtf": lambda: b"{\\rtf1 a}",
    "gzip": lambda: b"\x1f\x8b\x08\0",
    "beyond megabytes": lambda: b"a" * 5_500_000,
    "beyond characters": lambda: "é " * 1_100_000,
    "one long line": times("agir ", 1_900_000),
    "one long word": times("é", 1_900_000),
    "short lines": lambda: "a\n" * 900_000,
    "short sentences": times("Oui. ", 100_000),
    "empty lines": lambda: GOOD + "\n" * 300_000,
    "form feeds": lambda: GOOD + "\f\n" * 50_000,
    "list nested": nested_list,
    "list run-in": times("a) i) 1) ", 20_000),
    "accents alone": lambda: "\u0301\u0308" * 500_000,
    "accents on a letter": lambda: "1. Les E" + "\u0301" * 500_000 + "tats agiront.\n",
    "letters apart": times("a "),
    "bidi": lambda: f"1. Les {chr(0x202E)}stat\u00c9{chr(0x2066)} ont été priés d’agir.\n{EVIL}\n",
    "zero width": times("\u200b\u200d\ufeff"),
    "soft hyphens": times("\u00ad"),
    "escapes": lambda: f"1. Les {EVIL}États ont été priés d’agir sans délai, et de rendre compte. " + "Bien sûr. " * 30,
    "formulas": lambda: "1. =1+1 +1 -1 @A1. Les États ont été priés d’agir.\n\n=cmd|' /C calc'!A0\n",
    "markup": lambda: (
        "1. </script><script>alert(1)</script> Les États ont été priés de <b onclick=alert(1)>ratifier</b>.\n"
    ),
    "latex": lambda: "1. \\input{/etc/passwd} $x$ \\write18{ls} Les États ont été priés d’agir & de voir #1 %.\n",
    "marks of readers": lambda: "1. Les\ufffa États\ufff9 ont été priés d’agir\ufffb.\n\ufffaheading 1\ufffbTitre\n",
    "lone carriage returns": lambda: "1. Les États\ront été priés\rd’agir.\r" * 50,
    "utf-16 halved": lambda: b"\xff\xfe" + GOOD.encode("utf-16-le")[:-1],
    "utf-16 lone surrogate": lambda: b"\xff\xfe" + b"\x00\xd8" + GOOD.encode("utf-16-le"),
    "utf-8 overlong": lambda: b"\xc0\xaf" * 100 + GOOD.encode(),
    "private characters": lambda: "1. Les \ue000\uf8ff\U000f0000 ont été priés d’agir.\n",
    "unknown characters": lambda: "\U000e0001\uffff\ufffe" * 1000 + GOOD,
    "numbers": lambda: "".join(f"{n}. Oui.\n\n" for n in range(4_000)),
    "the same number": lambda: "7. Oui.\n\n" * 4_000,
    "headings": lambda: "I. Titre\n\n" * 4_000,
    "annexes": lambda: "Annexe\n\n" * 4_000,
    "footnotes": lambda: GOOD + "_____\n" + "¹ Voir.\n\n" * 4_000,
    "calls of one note": lambda: "1. " + "mot¹ " * 50_000 + "\n\n_____\n¹ Voir plus haut.\n",
    "symbols": lambda: "A/68/370\n\n" * 4_000,
    "symbol without end": lambda: GOOD + "A/" * 100_000,
    "table of figures": lambda: GOOD + "\n" + "a    1    2\n" * 10_000,
    "hyphens at ends": lambda: GOOD + "\n" + "gouver-\nnements-\n" * 8_000,
    "brackets open": times("("),
    "brackets": times("(a [b "),
    "brackets closed": times(")"),
    "contents": lambda: GOOD + "Sommaire\n" + "Titre .... 1\n" * 20_000,
    "contents without end": lambda: GOOD + "Sommaire\n" + "Titre 1\nTitre\nTitre\n" * 10_000,
    "titles of contents": lambda: GOOD + "Sommaire\n" * 20_000,
    "leaders": lambda: GOOD + "\n" + (". " * 3_000 + "a\n") * 30,
    "dots": times("."),
    "dots and spaces": times(". "),
    "ellipses": times("… "),
    "dashes": times("-"),
    "dashes and spaces": times("- "),
    "digits": times("1"),
    "digits alone": lambda: GOOD + "\n\n" + "1" * 300_000 + "\n\n" + GOOD,
    "quotes": times("« "),
    "quotes closed": times(" »"),
    "spaces inside": times(" "),
    "no-break spaces": times("\u00a0"),
    "roman": times("IVX"),
    "roman alone": lambda: "IVX" * 100_000 + ". Titre\n\n" + GOOD,
    "decimals": times("1.1."),
    "decimals alone": lambda: "1." * 150_000 + " Titre\n\n" + GOOD,
    "superscripts": times("¹"),
    "superscripts alone": lambda: "³\n\n" * 1000 + GOOD,
    "stars": times("*"),
    "stars and spaces": times("* "),
    "initials": times("M. A. ", 60_000),
    "initials closed": times("A."),
    "apostrophes": times("l’"),
    "capitals": times("A "),
    "colons": times(" : a) ", 30_000),
    "semicolons": times("; b) ", 60_000),
    "lower case after a stop": times(". a"),
    "addresses": lambda: GOOD + "\n" + "http://a " * 30_000 + "\n",
    "job numbers": lambda: GOOD + "\n" + "13-46142 " * 30_000 + "\n",
    "dates": lambda: GOOD + "\n\n" + "3 juillet 2013\n\n" * 4_000,
}
