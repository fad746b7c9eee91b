"""PDF files with a text layer: the paragraphs and sentences of the same report as plain text, whatever the layout."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import matplotlib
import pypdfium2
import pytest
from conftest import ROOT
from layouts import DOCUMENTS, REPORT, Document, Part, to_txt
from pdf_maker import Style, make, place
from pries.reading.marks import Unreadable, call, heading, left_out
from pries.reading.pdf import glyphs as pdf_glyphs
from pries.reading.pdf import lines as pdf_lines
from pries.reading.pdf import paragraphs as pdf_paragraphs
from pries.reading.pdf.pdf import read
from pries.reading.pdf.unseen import Suspects
from pries.segmentation import segment
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

HEAD = "A/68/370"
STYLES = {
    "one column": Style(),
    "two columns": Style(columns=2, size=10),
    "ragged, indented": Style(justified=False, first_indent=18, spacing=0),
    "two ragged columns, hanging": Style(columns=2, justified=False, hanging=20),
    "two columns, indented": Style(columns=2, first_indent=12, spacing=0, size=9.5),
    "large type": Style(columns=2, size=14),
}


def text_of(data: bytes, pages: int = 100, characters: int = 1_000_000) -> str:
    return read(data, max_pages=pages, max_characters=characters)[0]


def drawn(draw: Callable[[Canvas], object], **options: object) -> bytes:
    """A PDF file of one page on which `draw` has drawn."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=options.pop("pagesize", A4), invariant=True, **options)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def with_head(style: Style, head: str) -> Style:
    return Style(**{**vars(style), "head": head})


# --- the reference report ---------------------------------------------------------------------------


@cache
def reference() -> segment.Segmented:
    return segment.segment_text((ROOT / "corpus/A_68_370.txt").read_text(encoding="utf-8"), "A_68_370")


def numbered(found: segment.Segmented) -> list[tuple[str, str, str]]:
    return [(row.paragraph, row.section, row.text) for row in found.paragraphs.itertuples() if row.paragraph.isdigit()]


def reference_parts() -> list[Part]:
    """The reference report's paragraphs and headings, with a footnote in paragraph 12."""
    parts = []
    for row in reference().paragraphs.itertuples():
        label = row.paragraph.partition(":")[2].split(".")[-1]
        if row.kind == "heading":
            parts.append(Part("heading", "" if label.isdigit() or label == "annex" else f"{label}.", row.text))
        elif row.paragraph.isdigit():
            called = row.text.replace(",", "[^1],", 1) if row.paragraph == "12" else row.text
            parts.append(Part("numbered", f"{row.paragraph}.", called))
        else:
            parts.append(Part("plain", "", row.text))
    return [*parts, Part("footnote", "1", "Voir la résolution 61/208 de l’Assemblée générale, par. 4.")]


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_the_reference_report_set_as_pdf_has_the_same_59_paragraphs(style: Style) -> None:
    text = text_of(make(reference_parts(), with_head(style, HEAD)))
    found = segment.segment_text(text, "A_68_370")
    assert len(numbered(found)) == 59
    assert numbered(found) == numbered(reference())
    pages = text.count(left_out("page number"))
    assert found.dropped.rule.value_counts().to_dict() == {
        "page number": pages,
        "running head": pages,
        "footnote": text.count(left_out("footnote 1")),
    }
    assert found.footnotes[["mark", "paragraph"]].to_numpy().tolist() == [["1", "12"]]


# --- five documents of other kinds ------------------------------------------------------------------

SUPERSCRIPTS = re.compile("[⁰¹²³⁴-⁹]")  # calls stay in a text file


def rows(found: segment.Segmented) -> list[list[str]]:
    columns = found.paragraphs[["paragraph", "section", "section_title", "section_role", "kind", "text"]]
    return [[SUPERSCRIPTS.sub("", value) for value in row] for row in columns.to_numpy().tolist()]


def sentences(found: segment.Segmented) -> list[str]:
    return [SUPERSCRIPTS.sub("", text) for text in found.sentences.text]


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_a_document_is_the_same_as_pdf_and_as_text(document: Document, style: Style) -> None:
    without_table = Document(document.name, document.symbol, tuple(p for p in document.parts if p.kind != "table"))
    expected = segment.segment_text(to_txt(without_table), document.name)
    found = segment.segment_text(text_of(make(document.parts, with_head(style, document.symbol))), document.name)
    assert rows(found) == rows(expected)
    assert sentences(found) == sentences(expected)


def test_rows_of_a_table_of_figures_are_left_out_as_such() -> None:
    found = segment.segment_text(text_of(make(REPORT.parts)), "rapport")
    table = found.dropped[found.dropped.rule == "table"]
    assert table.text.str.strip().tolist() == [
        "Région Demandes Part",
        "Afrique 14 33 %",
        "Amériques 17 41 %",
        "Europe 11 26 %",
    ]


# --- lines and paragraphs ---------------------------------------------------------------------------


def lines_of(data: bytes) -> list[pdf_lines.Line]:
    with pypdfium2.PdfDocument(data) as document:
        page = document[0]
        return pdf_lines.lines(pdf_glyphs.glyphs(page.get_textpage(), Suspects(page)))


def test_a_superscript_stands_on_the_baseline_of_its_word_and_a_subscript_stays_text() -> None:
    width = stringWidth("les migrants", "Times-Roman", 12)
    co = stringWidth("du CO", "Times-Roman", 12)
    data = place(
        [[(72, 700, 12, "les migrants"), (72 + width, 705, 7, "2"), (150, 700, 12, "du CO"), (150 + co, 698, 7, "2")]]
    )
    (line,) = lines_of(data)
    assert line.text == f"les migrants{call('2')} du CO2"
    assert line.size == 12


@pytest.mark.parametrize(
    ("before", "small", "read_as"),
    [("12 m", "2", "12 m²"), ("le XIX", "e", "le XIXe"), ("le 1", "er", "le 1er"), ("12 km", "2", "12 km²")],
)
def test_superscripts_that_call_no_note_stay_in_the_text(before: str, small: str, read_as: str) -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(72, 700)
        text.setFont("Times-Roman", 12)
        text.textOut(before)
        text.setRise(5)
        text.setFont("Times-Roman", 7)
        text.textOut(small)
        canvas.drawText(text)

    assert text_of(drawn(draw)) == read_as


def test_words_drawn_one_by_one_have_spaces_between_them_and_type_may_be_scaled() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.scale(12, 12)
        canvas.setFont("Times-Roman", 1)
        x = 6.0
        for word in ("rôle", "clef", "dans", "l’œuvre"):
            canvas.drawString(x, 50, word)
            x += canvas.stringWidth(word, "Times-Roman", 1) + 0.25

    data = drawn(draw)
    assert text_of(data) == "rôle clef dans l’œuvre"
    assert lines_of(data)[0].size == 12


def test_a_hyphen_at_a_lines_end_stays_for_joining_to_judge() -> None:
    data = place([[(72, 700, 11, "La question des hommes-"), (72, 687, 11, "femmes a été posée.")]])
    assert text_of(data) == "La question des hommes-\nfemmes a été posée."
    assert segment.segment_text(text_of(data), "x").paragraphs.text.tolist() == [
        "La question des hommes-femmes a été posée."
    ]


def test_ligatures_ties_and_superscript_characters_are_read_as_letters_spaces_and_calls() -> None:
    font = Path(matplotlib.get_data_path()) / "fonts/ttf/DejaVuSerif.ttf"
    registerFont(TTFont("DejaVuSerif", font))
    line = "Les États\u00b2 ont reçu\u00a0: l’avis of\ufb01ciel d’œuvres non\u2011lucratives sur 12 m\u00b2."
    paragraphs = segment.segment_text(text_of(place([[(72, 700, 11, line)]], "DejaVuSerif")), "x").paragraphs
    assert paragraphs.text.tolist() == ["Les États ont reçu : l’avis officiel d’œuvres non-lucratives sur 12 m²."]


def test_two_columns_are_read_one_after_the_other_below_a_title_across_both() -> None:
    left = [(72, 700 - 14 * i, 11, f"à gauche se tient la ligne {i} du texte") for i in range(8)]
    right = [(310, 701 - 14 * i, 11, f"à droite se tient la ligne {i} du texte") for i in range(8)]
    mixed = [line for pair in zip(left, right, strict=True) for line in pair]
    title = (150, 760, 14, "Un titre qui passe au-dessus des deux colonnes")
    lines = [line.strip() for line in text_of(place([[*mixed, title]])).splitlines() if line.strip()]
    assert lines == [heading(3) + title[3], *(line[3] for line in left), *(line[3] for line in right)]


def column(*lines: tuple[float, float], begins: Sequence[int] = (0,), step: float = 12.0) -> list[pdf_lines.Line]:
    """Lines of type of 10 points that begin and end at places, five points a letter; paragraphs begin in capitals and
    end with a full stop."""
    found = []
    for i, (x, right) in enumerate(lines):
        text = ("motif " * 20)[: int((right - x) / 5) - 1] + ("." if i + 1 in begins else "s")
        text = text.capitalize() if i in begins else text
        found.append(pdf_lines.Line((pdf_lines.Piece(text, x, right, -step * i),), 10.0))
    return found


FULL, INDENTED, LAST = (0.0, 300.0), (15.0, 300.0), (0.0, 150.0)


@pytest.mark.parametrize(
    ("lines", "begins"),
    [
        ([FULL, FULL, LAST, FULL, LAST], [0]),  # nothing but a short line, which is no sign by itself
        ([INDENTED, FULL, LAST, INDENTED, FULL, FULL], [0, 3]),
        ([FULL, LAST, INDENTED, FULL, FULL], [0, 2]),
        ([FULL, INDENTED, INDENTED, FULL, INDENTED, INDENTED], [0, 3]),  # hanging
        ([(60.0, 240.0), (90.0, 210.0), FULL, FULL, FULL, FULL], [0, 2]),  # centred
    ],
)
def test_indents_tell_paragraphs(lines: list[tuple[float, float]], begins: list[int]) -> None:
    found = pdf_paragraphs.begins(column(*lines, begins=begins), {0.0: 1.2})
    assert [i for i, begun in enumerate(found) if begun] == begins


def test_gaps_tell_paragraphs_and_double_spacing_does_not() -> None:
    single = column(FULL, FULL, FULL) + column(FULL, FULL, FULL)
    for line in range(3, 6):
        piece = single[line].pieces[0]
        single[line] = pdf_lines.Line((pdf_lines.Piece(piece.text, piece.x, piece.right, piece.y - 42),), 10.0)
    assert pdf_paragraphs.begins(single, pdf_paragraphs.leading([single])) == [True, False, False, True, False, False]
    double = column(FULL, FULL, FULL, FULL, step=26.0)
    assert pdf_paragraphs.begins(double, pdf_paragraphs.leading([double])) == [True, False, False, False]


# --- page furniture and notes -----------------------------------------------------------------------


def body(page: int, count: int = 20) -> list[tuple[float, float, float, str]]:
    return [
        (72, 700 - 13 * i, 11, f"la ligne {'abcdefghij'[page]} {i} du texte que les États ont lu") for i in range(count)
    ]


def dropped(text: str) -> list[tuple[str, str]]:
    return [(row.rule, row.text.strip()) for row in segment.segment_text(text, "x").dropped.itertuples()]


def test_running_heads_are_told_by_repetition_and_place_and_not_by_their_form() -> None:
    heads = ("Les saisonniers en Europe", "Revue des politiques publiques")
    pages = [[(72, 800, 9, heads[n % 2]), *body(n), (300, 40, 9, f"– {n + 7} –")] for n in range(6)]
    found = dropped(text_of(place(pages)))
    assert [text for rule, text in found if rule == "running head"] == [*heads] * 3
    assert [text for rule, text in found if rule == "page number"] == [f"– {n} –" for n in range(7, 13)]


def test_a_running_head_that_counts_pages_needs_half_of_them_and_a_title_that_counts_parts_is_kept() -> None:
    counting = [[(72, 800, 9, f"A/99/4, page {n + 1}"), *body(n)] for n in range(4)]
    assert [rule for rule, _ in dropped(text_of(place(counting)))] == ["running head"] * 4
    titles = [[(72, 800, 12, f"Annexe {n + 1}"), *body(n)] for n in range(2)]
    assert dropped(text_of(place(titles))) == []


def test_a_note_goes_on_over_the_page_and_its_call_leaves_no_figure_behind() -> None:
    foot, ends = 700 - 13 * 20, "et qu’ils ont relu au Comité"
    first = [*body(0), (72, foot, 11, ends), (72 + stringWidth(ends, "Times-Roman", 11), foot + 4, 6, "1")]
    first.append((72, 110, 8, "1 Voir le rapport du Comité des conditions de travail et les"))
    second = [*body(1), (72, 100, 8, "documents qui y sont cités.")]
    text = text_of(place([first, second]))
    assert dropped(text) == [
        ("footnote", "1 Voir le rapport du Comité des conditions de travail et les"),
        ("footnote", "documents qui y sont cités."),
    ]
    assert f"Comité{call('1')}\n" in text


def test_small_type_that_no_call_makes_a_note_stays_text() -> None:
    page = [*body(0), (72, 110, 8, "Source : Bureau de statistique, enquête de 2043.")]
    assert "Source : Bureau de statistique, enquête de 2043." in text_of(place([page]))
    assert dropped(text_of(place([page]))) == []


def test_rotated_text_is_left_out_and_a_turned_page_is_read() -> None:
    def margin(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Les États ont été priés d’agir sans retard.")
        canvas.rotate(90)
        canvas.drawString(100, -40, "Imprimé")

    assert text_of(drawn(margin)) == f"Les États ont été priés d’agir sans retard.\n{left_out('rotated text')}Imprimé"

    def turned(canvas: Canvas) -> None:
        canvas.rotate(90)
        for i, line in enumerate(("Les États ont été", "priés d’agir.")):
            canvas.drawString(100, -100 - 14 * i, line)

    assert text_of(drawn(turned)) == "Les États ont été\npriés d’agir."


# --- what cannot be read ----------------------------------------------------------------------------


def raw_pdf(*objects: str) -> bytes:
    """A PDF file made by hand, its objects numbered from 1, the first one the catalogue."""
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{at:010} 00000 n \n" for at in places)
    size = len(objects) + 1
    trailer = f"trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode()


def image_only() -> bytes:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    picture = ImageReader(Image.new("RGB", (40, 40), "grey"))
    return drawn(lambda canvas: canvas.drawImage(picture, 0, 0, 500, 700))


def empty_pages(count: int) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file)
    for _ in range(count):
        canvas.showPage()
    canvas.save()
    return file.getvalue()


GOOD = make(REPORT.parts)
LOOP = raw_pdf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R]/Count 1>>")
HUGE = drawn(lambda canvas: canvas.drawString(1e6, 1e6, "Loin."), pagesize=(2e7, 2e7))
MISCOUNTED = raw_pdf(
    "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count -5>>", "<</Type/Page/Parent 2 0 R>>"
)


def outcome(data: bytes) -> str:
    """The text of a file, or what to do about one that is refused; any other exception goes through."""
    try:
        return text_of(data, pages=10_000)
    except Unreadable as refused:
        return refused.problem and refused.remedy


def test_a_scan_is_refused_with_the_advice_to_run_ocr() -> None:
    with pytest.raises(Unreadable, match="no text layer: the file holds a scan") as refused:
        text_of(image_only())
    assert "OCR" in refused.value.remedy


def test_an_encrypted_file_is_refused_and_one_that_opens_without_password_is_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Les États ont été priés d’agir.")

    with pytest.raises(Unreadable, match="encrypted with a password"):
        text_of(drawn(draw, encrypt=StandardEncryption("secret", ownerPassword="autre")))
    open_to_all = drawn(draw, encrypt=StandardEncryption("", ownerPassword="autre", canPrint=0))
    assert text_of(open_to_all) == "Les États ont été priés d’agir."


def test_limits_of_pages_and_characters_are_kept() -> None:
    with pytest.raises(Unreadable, match="1,001 pages, more than 1,000"):
        text_of(empty_pages(1001), pages=1000)
    with pytest.raises(Unreadable, match="more characters than the limit"):
        text_of(GOOD, characters=100)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.4\n" + bytes(5000),
        GOOD[: len(GOOD) // 2],
        GOOD[:200],
        LOOP,
        MISCOUNTED,
        HUGE,
        empty_pages(5000),
        b"PK\x03\x04" + bytes(100),
        GOOD.replace(b"/Length", b"/Lenght"),
        GOOD.replace(b"endstream", b"endstraem"),
    ],
    ids=["empty", "zeros", "half", "head", "loop", "count", "huge", "5000 pages", "zip", "length", "stream"],
)
def test_a_hostile_file_ends_with_text_or_a_refusal(data: bytes) -> None:
    assert outcome(data)


def test_a_file_broken_anywhere_ends_with_text_or_a_refusal() -> None:
    for at in range(0, len(GOOD), len(GOOD) // 60):
        assert outcome(GOOD[:at] + b"\xff\x00\xff" + GOOD[at + 3 :])


# --- letter-spaced words ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "spaced"),
    [
        ("Les maires doivent planter des arbres.", 2.5),
        ("RECOMMANDATIONS DU CONSEIL", 4.0),
        ("Les maires doivent planter des arbres.", 6.0),
    ],
)
def test_letter_spaced_words_are_closed_up(text: str, spaced: float) -> None:
    def draw(canvas: Canvas) -> None:
        line = canvas.beginText(72, 700)
        line.setFont("Times-Roman", 11)
        line.setCharSpace(spaced)
        line.textLine(text)
        canvas.drawText(line)

    assert text_of(drawn(draw)).strip() == text


def test_letters_that_stand_alone_stay_apart() -> None:
    assert (
        text_of(drawn(lambda canvas: canvas.drawString(72, 700, "Il y a 1 a, 2 b et 3 c.")))
        == "Il y a 1 a, 2 b et 3 c."
    )
