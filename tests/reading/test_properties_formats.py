"""Properties of readers: any bytes are texts, or a file that is named with what is wrong; never another end.

Whole files of each format are made once; hypothesis spoils them: bytes changed, cut out, repeated, put in. All is read
as the pipeline reads it, in a process of its own, so that a reader that dies is a refusal as well.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import cache

import layouts
import layouts_office
import pdf_maker
import pytest
from corpora import segment_rules
from hypothesis import given
from hypothesis import strategies as st
from pries.reading import formats, marks
from pries.reading.marks import Unreadable
from pries.reading.sandbox import Sandbox
from pries.segmentation.document import segment_rows

LIMITS = formats.Limits(max_megabytes=2, max_characters=200_000, max_pages=20, max_seconds=20, memory_megabytes=600)
DOCUMENT = layouts.DOCUMENTS[0]
CSV = 'doc_id,text,date\na1,"Les États ont été priés d’agir.\nVite.",2013\na2,Il faut agir.,2014-07\n'
JSONL = (
    '{"doc_id": "a1", "text": "Les États agiront.", "year": 2013}\n{"doc_id": 2, "text": "Il faut \\u00e9couter."}\n'
)
BROKEN = "its reader failed"  # what the sandbox says of an exception that no reader expects
ARCHIVED = ("word/document.xml", "word/numbering.xml", "word/styles.xml", "word/footnotes.xml", "_rels/.rels")


@cache
def whole() -> dict[str, bytes]:
    """A whole file of each format."""
    return {
        "docx": layouts_office.to_docx(DOCUMENT),
        "html": layouts_office.to_html(DOCUMENT).encode(),
        "pdf": pdf_maker.make(DOCUMENT.parts),
        "csv": CSV.encode(),
        "jsonl": JSONL.encode(),
        "txt": layouts.to_txt(DOCUMENT).encode(),
    }


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["flip", "cut", "end", "repeat", "insert"]),
        st.floats(0, 1, exclude_max=True),
        st.integers(1, 255),
        st.binary(max_size=12) | st.sampled_from([b"<", b"<!--", b"&#x110000;", b"\xff\xfe", b"obj", b">>", b'"',
                         b"\0"]),
    ),
    max_size=8,
)  # fmt: skip


def spoilt(data: bytes, changes: list[tuple[str, float, int, bytes]]) -> bytes:
    """The data after all changes, each at a share of its length."""
    for what, share, number, more in changes:
        at = int(share * len(data))
        if what == "flip" and data:
            data = data[:at] + bytes([data[at] ^ number]) + data[at + 1 :]
        elif what == "cut":
            data = data[:at] + data[at + number :]
        elif what == "end":
            data = data[: at + number]
        elif what == "repeat":
            data = data[:at] + data[at : at + number] * 5 + data[at + number :]
        elif what == "insert":
            data = data[:at] + more + data[at:]
    return data


def repacked(part: str, changes: list[tuple[str, float, int, bytes]]) -> bytes:
    """The Word file with one part spoilt and the archive whole: what gets past the checksums."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole()["docx"])) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, spoilt(data, changes) if name == part else data)
    return out.getvalue()


@pytest.fixture(scope="module")
def reading() -> Iterator[Sandbox]:
    """Bytes in hexadecimal -> each text with its segmentation, in a process of its own."""

    def read(data: str) -> list[list[str]]:
        found = formats.texts(bytes.fromhex(data), LIMITS)
        return [
            [one.text, *map(str, segment_rows(one.text, one.doc_id, segment_rules())["paragraphs"])] for one in found
        ]

    with Sandbox(read, LIMITS.max_seconds, LIMITS.memory_megabytes) as work:
        yield work


def check(data: bytes, reading: Sandbox) -> None:
    (texts,) = reading.each([data.hex()])
    if isinstance(texts, Unreadable):
        error, texts = texts, []
        assert BROKEN not in error.problem, error.problem
        assert error.problem
        assert error.remedy
    for text, *paragraphs in texts:
        assert len(text) <= LIMITS.max_characters
        assert not any(mark in row for row in paragraphs for mark in marks.CALL + marks.LINE + marks.END)


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda t: t.encode("utf-8", "surrogatepass")))
def test_any_bytes(reading: Sandbox, data: bytes) -> None:
    check(data, reading)


@given(st.sampled_from([f[0] for f in formats.FOREIGN] + [formats.PDF, formats.ZIP, b"<html>", b"<p>", b"doc_id,text\n",
       b'{"doc_id": "a", "text": "b"}\n']), st.binary(max_size=300))  # fmt: skip
def test_any_bytes_behind_what_tells_a_format(reading: Sandbox, begins: bytes, data: bytes) -> None:
    check(begins + data, reading)


@pytest.mark.parametrize("name", ["docx", "html", "pdf", "csv", "jsonl", "txt"])
@given(changes=CHANGES)
def test_a_spoilt_file(reading: Sandbox, name: str, changes: list[tuple[str, float, int, bytes]]) -> None:
    check(spoilt(whole()[name], changes), reading)


@given(st.sampled_from(ARCHIVED), CHANGES)
def test_a_word_file_with_a_spoilt_part(
    reading: Sandbox, part: str, changes: list[tuple[str, float, int, bytes]]
) -> None:
    check(repacked(part, changes), reading)


TAGS = ("p div table tr td th ol ul li h1 h2 h6 a sup br nav header footer section article main pre span script "
         "style title "
        "blockquote b head body html template select option svg math").split()  # fmt: skip
ATTRIBUTES = [
    "", ' id="n1"', ' href="#n1"', ' href="#n2"', ' name="n2"', ' type="a"', ' type="I"', ' start="0"', ' start="-3"',
    ' start="99999999999999999999"', ' value="²"', ' value="0"', ' style="list-style:none"', " hidden",
    ' role="doc-noteref"',
    ' style="list-style-type: upper-roman"', ' class="footnote"',
]  # fmt: skip
WORDS = ["Les États ont été priés d’agir sans plus attendre, et vite.", "12.", "a)", "1", "[1]", "*", " ", "\n",
    "&nbsp;", "&#0;",
         "&#xd800;", "&#xFFFA;", "<!-- ", " -->", "]]>", "\u00ad"]  # fmt: skip
SOUP = st.lists(
    st.builds("<{}{}>".format, st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES))
    | st.builds("</{}>".format, st.sampled_from(TAGS))
    | st.sampled_from(WORDS),
    max_size=60,
)


@given(SOUP)
def test_any_elements_in_any_order(reading: Sandbox, pieces: list[str]) -> None:
    check(("<html>" + "".join(pieces)).encode(), reading)


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NODES = ("w:p w:r w:t w:tbl w:tr w:tc w:pPr w:numPr w:ilvl w:numId w:pStyle w:rPr w:vanish w:del w:ins "
         "w:footnoteReference "
         "w:endnoteReference w:sym w:br w:tab w:sdt w:sdtContent w:txbxContent w:hyperlink w:trPr "
         "w:outlineLvl").split()  # fmt: skip
VALUES = ["", ' w:val="1"', ' w:val="²"', ' w:val="-1"', ' w:val="Heading1"', ' w:id="1"', ' w:id="x"',
    ' w:char="F0B7"',
          ' w:char="110000"', ' w:val="99999"']  # fmt: skip
NODE = st.recursive(
    st.sampled_from(WORDS[:8]),
    lambda inner: st.builds(
        "<{0}{1}>{2}</{0}>".format, st.sampled_from(NODES), st.sampled_from(VALUES), st.lists(inner,
        max_size=4).map("".join)
    ),
    max_leaves=30,
)  # fmt: skip


@given(st.lists(NODE, max_size=6))
def test_any_elements_of_word_in_any_order(reading: Sandbox, nodes: list[str]) -> None:
    """Text anywhere, levels and marks that are none, notes that are not there."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole()["docx"])) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            body = f'<w:document xmlns:w="{W}"><w:body>{"".join(nodes)}</w:body></w:document>'
            target.writestr(name, body.encode() if name == "word/document.xml" else source.read(name))
    check(out.getvalue(), reading)


@given(st.lists(st.tuples(st.integers(0, 2**32 - 1), st.integers(0, 65535)), min_size=1, max_size=4), st.booleans())
def test_an_archive_that_lies_about_sizes_and_offsets(
    reading: Sandbox, lies: list[tuple[int, int]], deflated: bool
) -> None:
    """The directory of the Word file with sizes, offsets and methods of anything."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED) as target:
        target.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body/></w:document>')
    data = bytearray(out.getvalue())
    entry = data.find(b"PK\x01\x02")
    for size, place in lies:
        at = entry + 8 + place % 38
        data[at : at + 4] = struct.pack("<I", size)
    check(bytes(data), reading)


OBJECTS = st.sampled_from([
    "<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2147483647 >>", "<< /Type /Catalog /Pages 2 0 R /OpenAction 5 0 R >>",
    "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources 5 0 R /MediaBox [0 0 1e38 -1] >>", "5 0 R", "4 0 R",
    "[4 0 R 5 0 R]",
    "<< /Font << /F1 5 0 R >> /XObject << /X 4 0 R >> >>",
    "<< /Type /Font /Subtype /Type0 /DescendantFonts [5 0 R] >>", "null",
    "<< /S /JavaScript /JS (app.alert\\(1\\)) >>",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar -5 >>",
])  # fmt: skip
DRAWN = st.lists(
    st.sampled_from(["BT /F1 12 Tf", "(Les Etats) Tj", "1 0 0 1 72 700 Tm", "0 0 0 0 0 0 Tm", "1e30 0 0 1e30 0 0 cm",
                     "ET", "q",
                     "Q", "/X Do", "[(a) -1e9 (b)] TJ", "<ffff> Tj", "-12 TL T*", "1 0 0 1 0 -14 Td", "0 Tf", "\xff"]),
    max_size=30,
)  # fmt: skip


@given(st.lists(OBJECTS, min_size=5, max_size=5), DRAWN, st.booleans())
def test_any_objects_of_a_pdf(reading: Sandbox, objects: list[str], drawn: list[str], packed: bool) -> None:
    """Page trees that loop, objects that are themselves, sizes beyond all pages."""
    content = "\n".join(drawn).encode("latin-1")
    stream = zlib.compress(content) if packed else content
    filtered = "/Filter /FlateDecode " if packed else ""
    objects[0] = "<< /Type /Catalog /Pages 2 0 R >>"
    made = b"%PDF-1.4\n"
    for number, what in enumerate(objects, start=1):
        body = what.encode("latin-1")
        if number == 4:
            body = f"<< {filtered}/Length {len(stream)} >>\nstream\n".encode() + stream + b"\nendstream"
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    check(made + b"trailer << /Root 1 0 R /Size 6 >>\n%%EOF\n", reading)
