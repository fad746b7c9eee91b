"""Tables with lines around their cells in PDF files: cells are never mixed, and those with whole sentences are text."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pries.reading.pdf.pdf import read
from pries.segmentation import segment
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

SIZE, LEADING = 10.0, 12.0
LEFT, TOP = 60.0, 700.0

Rows = Sequence[Sequence[str]]


def wrapped(text: str, width: float) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        whole = f"{lines[-1]} {word}".strip()
        if lines[-1] and stringWidth(whole, "Times-Roman", SIZE) > width:
            lines.append(word)
        else:
            lines[-1] = whole
    return lines


class Table:
    """Draws rows of cells on a canvas, with lines as one program or another draws them."""

    def __init__(self, canvas: Canvas, widths: Sequence[float], borders: str) -> None:
        self.canvas, self.widths, self.borders = canvas, widths, borders

    def draw(self, rows: Rows, top: float) -> float:
        """Draws the table below `top`; where it ends."""
        y = top
        for row in rows:
            cells = [wrapped(text, width - 8) for text, width in zip(row, self.widths, strict=True)]
            height = LEADING * max(len(lines) for lines in cells) + 6
            x = LEFT
            for lines, width in zip(cells, self.widths, strict=True):
                self._box(x, y - height, width, height)
                for rank, line in enumerate(lines):
                    self.canvas.setFont("Times-Roman", SIZE)
                    self.canvas.setFillGray(0)
                    self.canvas.drawString(x + 4, y - LEADING * (rank + 1), line)
                x += width
            y -= height
        return y

    def _box(self, x: float, y: float, width: float, height: float) -> None:
        canvas = self.canvas
        if self.borders == "strokes":
            canvas.rect(x, y, width, height)
        elif self.borders == "bars":  # as office programs do
            for bar in ((x, y, width, 0.5), (x, y + height, width, 0.5), (x, y, 0.5, height)):
                canvas.rect(*bar, stroke=0, fill=1)
            canvas.rect(x + width, y, 0.5, height, stroke=0, fill=1)
        elif self.borders == "open":  # no lines at the outer sides
            canvas.line(x, y, x + width, y)
            canvas.line(x, y + height, x + width, y + height)
            if x > LEFT:
                canvas.line(x, y, x, y + height)
        elif self.borders == "white":
            canvas.setFillGray(0.9)
            canvas.rect(x, y, width, height, stroke=0, fill=1)
            canvas.setStrokeGray(1)
            canvas.rect(x, y, width, height)
            canvas.setStrokeGray(0)


def tables(*pages: Rows, widths: Sequence[float], borders: str = "strokes", around: str = "") -> segment.Segmented:
    """What is read of a file with a table on each page, between lines of running text if there are any."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=True)
    for rows in pages:
        canvas.setFont("Times-Roman", SIZE)
        canvas.drawString(LEFT, TOP + 20, around)
        end = Table(canvas, widths, borders).draw(rows, TOP)
        canvas.setFont("Times-Roman", SIZE)
        canvas.drawString(LEFT, end - 30, around)
        canvas.showPage()
    canvas.save()
    text, *_ = read(file.getvalue(), max_pages=100, max_characters=1_000_000)
    return segment.segment_text(text, "plan")


MEASURES = (
    ("Axe", "Ce qui est prévu", "Coût"),
    ("Eau", "Le ministère de l’hydraulique devra réparer les forages de toutes les communes du nord.", "14 millions"),
    (
        "Forêts",
        "Les communes sont invitées à planter des haies le long de leurs routes et de leurs canaux.",
        "3 millions",
    ),
)


@pytest.mark.parametrize("borders", ["strokes", "bars", "open", "white"])
def test_cells_with_sentences_are_paragraphs_and_the_rest_of_their_rows_is_left_out(borders: str) -> None:
    found = tables(MEASURES, widths=(60, 150, 70), borders=borders, around="Un texte l’entoure ici.")
    around, first, second, after = found.paragraphs.text
    assert (first, second) == (MEASURES[1][1], MEASURES[2][1])
    assert around == after == "Un texte l’entoure ici."
    assert found.dropped[["rule", "text"]].to_numpy().tolist() == [
        ["table", "Axe\tCe qui est prévu\tCoût"],
        ["table", "Eau\t14 millions"],
        ["table", "Forêts\t3 millions"],
    ]


def test_two_columns_of_prose_in_a_table_never_make_one_sentence() -> None:
    rows = [
        (
            "Le conseil régional est prié de recenser les puits abandonnés avant la fin de la saison sèche.",
            "Les chefs de village devraient signaler sans attendre toute source qui tarit ou qui se trouble.",
        )
    ] * 2
    found = tables(rows, widths=(160, 160))
    assert found.paragraphs.text.tolist() == [*rows[0], *rows[1]]


def test_items_of_one_cell_never_go_on_with_those_of_another_or_with_its_lead_in() -> None:
    rows = [
        ("Eaux", "- Les maires devront recenser tous les puits de leur commune ;"),
        ("Routes", "- Il est prévu de paver les rues du port et de la vieille ville."),
        ("Ports", "les deux ports de la côte seront dragués avant la fin de 2034."),
    ]
    found = tables(rows, widths=(60, 180))
    assert found.paragraphs.text.tolist() == [text for _, text in rows]


def test_a_cell_with_several_paragraphs_has_several_and_a_cell_over_several_rows_is_read_once() -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=True)
    canvas.setFont("Times-Roman", SIZE)
    for x, y, width, height in ((60, 560, 100, 140), (160, 640, 200, 60), (160, 560, 200, 80)):
        canvas.rect(x, y, width, height)
    words = (
        (64, 685, "Les deux préfets"),
        (64, 673, "devraient se réunir"),
        (64, 661, "tous les six mois."),
        (164, 685, "Il faut ouvrir un bureau"),
        (164, 673, "dans chaque arrondissement."),
        (164, 625, "Il conviendrait d’en publier"),
        (164, 613, "la liste avant la fin de mai."),
        (164, 590, "Les maires et leurs adjoints en"),
        (164, 578, "seront informés par lettre."),
    )
    for x, y, text in words:
        canvas.drawString(x, y, text)
    canvas.showPage()
    canvas.save()
    text, *_ = read(file.getvalue(), max_pages=10, max_characters=10_000)
    assert segment.segment_text(text, "x").paragraphs.text.tolist() == [
        "Les deux préfets devraient se réunir tous les six mois.",
        "Il faut ouvrir un bureau dans chaque arrondissement.",
        "Il conviendrait d’en publier la liste avant la fin de mai.",
        "Les maires et leurs adjoints en seront informés par lettre.",
    ]


def test_a_column_of_recommendations_is_known_on_all_pages_of_its_table() -> None:
    head = ("No", "Recommandation", "Responsable")
    first = [head, ("1", "Former les greffiers", "Ministère de la justice")]
    second = [head, ("2", "Ouvrir les archives du port", "Direction des archives")]
    found = tables(first, second, widths=(30, 200, 150))
    assert found.paragraphs.text.tolist() == [
        "Recommandation no 1 : Former les greffiers. Responsable : Ministère de la justice.",
        "Recommandation no 2 : Ouvrir les archives du port. Responsable : Direction des archives.",
    ]


def test_a_word_that_a_line_of_a_cell_cuts_is_whole() -> None:
    head = ("No", "Recommandation")
    rows = [head, ("1", "Former les gar- diens de la forêt"), ("2", "Payer les gardiens à l’heure")]
    found = tables(rows, widths=(30, 75))
    assert found.paragraphs.text.tolist() == [
        "Recommandation no 1 : Former les gardiens de la forêt.",
        "Recommandation no 2 : Payer les gardiens à l’heure.",
    ]


def test_a_row_that_the_end_of_a_page_cuts_is_one_row() -> None:
    first = [("Santé", "Le ministère devrait recruter deux cents infirmières et leur verser")]
    second = [
        ("", "une prime d’éloignement dès la première année."),
        ("Eau", "Les puits de la plaine seront creusés par l’office."),
    ]
    found = tables(first, second, widths=(60, 150))
    assert found.paragraphs.text.tolist() == [f"{first[0][1]} {second[0][1]}", second[1][1]]


def test_what_a_row_cut_by_the_end_of_a_page_goes_on_with_may_stand_in_brackets() -> None:
    first = (("Axe", "Prévu"), ("Eau", "Le ministère devra réparer avant l’hiver tous les forages du nord"))
    second = (("", "(même ceux des hameaux isolés). Les communes y veilleront avec lui chaque année."),)
    found = tables(first, second, widths=(60, 200))
    assert found.paragraphs.text.tolist() == [f"{first[1][1]} {second[0][1]}"]


def test_columns_drawn_inside_a_cell_are_never_one_sentence() -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=True)
    canvas.setFont("Times-Roman", SIZE)
    canvas.rect(60, 500, 460, 200)
    canvas.line(140, 500, 140, 700)
    canvas.line(330, 500, 330, 620)
    canvas.line(160, 600, 500, 600)
    for x, y, text in (
        (64, 680, "Risques"), (144, 680, "Onze secteurs sont exposés aux crues, dit le service des eaux."),
        (164, 605, "Forte"), (340, 605, "Faible"), (164, 580, "Les ports"), (340, 580, "Les gares"),
    ):  # fmt: skip
        canvas.drawString(x, y, text)
    canvas.save()
    text, *_ = read(file.getvalue(), max_pages=1, max_characters=10_000)
    found = segment.segment_text(text, "plan")
    assert found.paragraphs.text.tolist() == ["Onze secteurs sont exposés aux crues, dit le service des eaux."]
    assert not found.dropped.text.str.contains("Forte Faible").any()


def test_a_frame_an_underlining_and_a_rule_make_no_table() -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=True)
    canvas.setFont("Times-Roman", SIZE)
    lines = (
        "Les préfets sont priés de faire relever",
        "les compteurs chaque mois et d’en rendre",
        "compte au ministre.",
    )
    for rank, line in enumerate(lines):
        canvas.drawString(80, 680 - LEADING * rank, line)
    canvas.rect(70, 640, 250, 60)
    canvas.line(80, 678, 120, 678)  # under a word
    canvas.line(60, 720, 500, 720)  # under the running head
    canvas.line(60, 60, 500, 60)
    canvas.showPage()
    canvas.save()
    text, *_ = read(file.getvalue(), max_pages=10, max_characters=10_000)
    assert segment.segment_text(text, "x").paragraphs.text.tolist() == [" ".join(lines)]


# --- any page -----------------------------------------------------------------------------------------

COLUMN, ROW = 90, 20  # points


@settings(max_examples=60, deadline=None)
@given(
    st.sets(st.tuples(st.integers(0, 4), st.integers(0, 20)), min_size=1, max_size=60),
    st.sets(st.tuples(st.integers(0, 21), st.integers(0, 5), st.integers(0, 5)), max_size=25),
    st.sets(st.tuples(st.integers(0, 5), st.integers(0, 21), st.integers(0, 21)), max_size=25),
    st.sampled_from(["Mot", "le mot", "Ils ont été priés de lire le mot"]),
)
def test_no_word_is_lost_or_read_twice_whatever_lines_are_drawn_between_words(
    places: set[tuple[int, int]], across: set[tuple[int, int, int]], down: set[tuple[int, int, int]], words: str
) -> None:
    """Words in a grid of places, and lines anywhere between rows and columns, which may make tables or not."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=True)
    canvas.setFont("Times-Roman", 5)
    for rank, (column, row) in enumerate(sorted(places)):
        canvas.drawString(LEFT + COLUMN * column + 4, TOP - ROW * row - 12, f"{words} n{rank}x")
    for row, begin, end in across:
        canvas.line(LEFT + COLUMN * begin, TOP - ROW * row, LEFT + COLUMN * end, TOP - ROW * row)
    for column, begin, end in down:
        canvas.line(LEFT + COLUMN * column, TOP - ROW * begin, LEFT + COLUMN * column, TOP - ROW * end)
    canvas.showPage()
    canvas.save()
    text, *_ = read(file.getvalue(), max_pages=1, max_characters=100_000)
    assert sorted(re.findall(r"n\d+x", text)) == sorted(f"n{rank}x" for rank in range(len(places)))
    kept = segment.segment_text(text, "x")
    found = " ".join([*kept.paragraphs.text, *kept.dropped.text])
    assert sorted(re.findall(r"n\d+x", found)) == sorted(f"n{rank}x" for rank in range(len(places)))


def test_lines_across_alone_make_a_table_with_the_titles_of_its_columns_above_the_first() -> None:
    rows = [
        ("No", "Recommandation", "Délai"),
        ("1", "Former les greffiers du port", "2036"),
        ("2", "Paver le quai", "2037"),
    ]
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=True)
    canvas.setFont("Times-Roman", SIZE)
    for rank, row in enumerate(rows):
        for text, x in zip(row, (60, 100, 400), strict=True):
            canvas.drawString(x, 700 - 20 * rank, text)
        canvas.line(55, 694 - 20 * rank, 460, 694 - 20 * rank)
    canvas.showPage()
    canvas.save()
    text, *_ = read(file.getvalue(), max_pages=1, max_characters=10_000)
    found = segment.segment_text(text, "x")
    assert found.paragraphs.text.tolist() == [f"Recommandation no {row[0]} : {row[1]}." for row in rows[1:]]


TURNS = {0: (0, 0), 1: (0, -A4[0]), 2: (-A4[0], -A4[1]), 3: (-A4[1], 0)}  # where the page begins, once turned


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("form", [False, True])
def test_a_table_is_read_alike_however_its_page_is_turned_and_inside_a_form(turn: int, form: bool) -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=True)
    canvas.saveState()
    canvas.rotate(90 * turn)
    canvas.translate(*TURNS[turn])
    if form:
        canvas.beginForm("table")
    Table(canvas, (60, 150, 70), "bars").draw(MEASURES, 500)
    if form:
        canvas.endForm()
        canvas.doForm("table")
    canvas.restoreState()
    canvas.showPage()
    canvas.save()
    text, *_ = read(file.getvalue(), max_pages=1, max_characters=10_000)
    assert segment.segment_text(text, "x").paragraphs.text.tolist() == [MEASURES[1][1], MEASURES[2][1]]


def test_a_running_head_set_as_a_table_is_one() -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=True)
    for number in range(4):
        Table(canvas, (300, 80), "strokes").draw([("Plan des eaux de la plaine", f"{number + 1} / 4")], 800)
        canvas.setFont("Times-Roman", SIZE)
        words = ("puits", "ponts", "routes", "écoles")[number]
        for rank in range(8):
            canvas.drawString(
                LEFT, 700 - 12 * rank, f"les {words} du canton {'abcdefgh'[rank]} que le conseil a fait relever"
            )
        canvas.showPage()
    canvas.save()
    text, *_ = read(file.getvalue(), max_pages=9, max_characters=10_000)
    found = segment.segment_text(text, "x")
    assert found.dropped.rule.tolist() == ["running head"] * 4
