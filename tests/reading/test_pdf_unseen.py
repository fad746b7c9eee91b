"""Text that a PDF file holds and does not show: left out and named; what can be seen, and the text of a scan, stay."""

from __future__ import annotations

import io

import pytest
from hostile import CATALOG, PAGES, pdf, stream
from pries.reading.pdf import pdf as reader
from pries.segmentation import segment
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

SEEN, UNSEEN = "Les maires devraient entretenir les ponts.", "Les ministres devraient vendre les ponts."
STATES = "/ExtGState << /Clear << /ca 0 >> /Opaque << /ca 1 >> >>"
FONT = "/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
OFF = "/OCProperties << /OCGs [5 0 R] /D << /OFF [5 0 R] >> >>"
LAYERS = "<< /Type /OCG /Name (Notes) >>"


def drawn(content: str, *, more: str = "", catalog: str = CATALOG, box: str = "0 0 595 842") -> bytes:
    """A page with what can be seen, and below it this content; `T` in it draws what shall not be."""
    resources = f"<< {FONT} {STATES} /Properties << /L 5 0 R >> >>"
    kind = f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Resources {resources} /Contents 4 0 R {more} >>"
    text = f"BT /F1 12 Tf 72 700 Td ({SEEN}) Tj ET\n{content}".replace(" T ", f" 72 600 Td ({UNSEEN}) Tj ")
    return pdf(catalog, PAGES, kind, stream(text.encode("cp1252")), LAYERS)


def read(data: bytes) -> tuple[str, list[str]]:
    """The text of a file, and what was left out of it as hidden."""
    text, *_ = reader.read(data, max_pages=9, max_characters=100_000)
    found = segment.segment_text(text, "d")
    return " ".join(found.sentences.text), found.dropped[found.dropped.rule == "hidden"].text.tolist()


HIDDEN = {
    "white on white": "1 1 1 rg BT /F1 12 Tf T ET",
    "nearly white": "0.99 0.99 1 rg BT /F1 12 Tf T ET",
    "grey scale": "1 g BT /F1 12 Tf T ET",
    "drawn in no way": "BT 3 Tr /F1 12 Tf T ET",
    "only as a clip": "q BT 7 Tr /F1 12 Tf T ET Q",
    "transparent": "/Clear gs BT /F1 12 Tf T ET",
    "as dust": "BT /F1 0.2 Tf T ET",
    "shrunk to dust": "BT /F1 12 Tf 0.01 0 0 0.01 72 600 Tm T ET",
    "clipped away": "q 0 0 20 20 re W n BT /F1 12 Tf T ET Q",
    "below the page": "1 0 0 1 0 -900 cm BT /F1 12 Tf T ET",
    "beside the page": "1 0 0 1 900 0 cm BT /F1 12 Tf T ET",
    "white over a bar that ends before it": "0 0 1 rg 72 500 200 30 re f 1 1 1 rg BT /F1 12 Tf T ET",
}


@pytest.mark.parametrize("content", HIDDEN.values(), ids=HIDDEN.keys())
@pytest.mark.parametrize("turned", ["", "/Rotate 90"], ids=["upright", "turned"])
def test_what_nobody_sees_is_left_out_and_named(content: str, turned: str) -> None:
    assert read(drawn(content, more=turned)) == (SEEN, [UNSEEN])


def test_a_layer_that_is_off_is_left_out_and_one_that_is_on_is_text() -> None:
    layered = "/OC /L BDC BT /F1 12 Tf T ET EMC"
    assert read(drawn(layered, catalog=CATALOG.replace("/Pages", f"{OFF} /Pages"))) == (SEEN, [UNSEEN])
    on = OFF.replace("/OFF", "/ON")
    assert read(drawn(layered, catalog=CATALOG.replace("/Pages", f"{on} /Pages"))) == (f"{SEEN} {UNSEEN}", [])


def formed(content: str) -> bytes:
    """The same in a form that is set elsewhere than it is drawn, as programs that stamp pages do."""
    form = f"/Type /XObject /Subtype /Form /BBox [0 -900 9000 900] /Matrix [1 0 0 1 72 500] /Resources << {FONT} >> "
    resources = f"<< {FONT} /XObject << /X 5 0 R >> >>"
    kind = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources {resources} /Contents 4 0 R >>"
    text = f"BT /F1 12 Tf 72 700 Td ({SEEN}) Tj ET /X Do"
    words = content.replace(" T ", f" ({UNSEEN}) Tj ")
    return pdf(CATALOG, PAGES, kind, stream(text.encode()), stream(words.encode(), form))


def test_the_same_holds_in_a_form() -> None:
    assert read(formed("1 1 1 rg BT /F1 12 Tf T ET")) == (SEEN, [UNSEEN])
    assert read(formed("0 0 1 rg -5 -5 400 30 re f 1 1 1 rg BT /F1 12 Tf T ET")) == (f"{SEEN} {UNSEEN}", [])
    assert read(formed("BT /F1 12 Tf 0 -400 Td T ET"))[0] == f"{SEEN} {UNSEEN}"  # on the page, below its form's origin
    assert read(formed("BT /F1 12 Tf 800 0 Td T ET")) == (SEEN, [UNSEEN])


SHOWN = {
    "white on a bar": "0 0 1 rg 60 590 400 30 re f 1 1 1 rg BT /F1 12 Tf T ET",
    "white with an outline": "1 1 1 rg 0 G BT 2 Tr /F1 12 Tf T ET",
    "outline alone": "1 1 1 rg 0 G BT 1 Tr /F1 12 Tf T ET",
    "light grey": "0.6 g BT /F1 12 Tf T ET",
    "half clipped": "q 0 0 150 842 re W n BT /F1 12 Tf T ET Q",
    "small type": "BT /F1 4 Tf T ET",
    "half off the page": "1 0 0 1 380 0 cm BT /F1 12 Tf T ET",
}


@pytest.mark.parametrize("content", SHOWN.values(), ids=SHOWN.keys())
def test_what_can_be_seen_is_text(content: str) -> None:
    assert read(drawn(content)) == (f"{SEEN} {UNSEEN}", [])


def test_where_a_page_is_too_large_to_tell_its_text_stays() -> None:
    assert read(drawn(HIDDEN["white on white"], box="0 0 9000 9000")) == (f"{SEEN} {UNSEEN}", [])


def scanned(stamp: str) -> bytes:
    """A picture of a page with its text drawn in no way, as programs that read scans leave it, and a stamp."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=True)
    canvas.drawImage(ImageReader(Image.new("L", (40, 60), 200)), 0, 0, *A4)
    canvas.drawString(72, 100, stamp)
    text = canvas.beginText(72, 700)
    text.setTextRenderMode(3)
    text.textLines([UNSEEN] * 3)
    canvas.drawText(text)
    canvas.save()
    return file.getvalue()


def test_the_text_layer_of_a_scan_is_text_and_hidden_text_over_a_picture_is_not() -> None:
    text, hidden = read(scanned("Vu"))
    assert UNSEEN in text
    assert hidden == []
    assert read(scanned(f"{SEEN} {SEEN}")) == (f"{SEEN} {SEEN}", [UNSEEN] * 3)


def test_a_page_of_which_nothing_is_seen_has_no_text() -> None:
    from pries.reading.marks import Unreadable

    with pytest.raises(Unreadable, match="no text in it"):
        read(drawn("").replace(b"BT", b"BT 3 Tr"))
