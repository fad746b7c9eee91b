"""What a page of a PDF file holds besides running text: heads, titles, columns, charts, spaces, pictures."""

from __future__ import annotations

import io
import stat
from collections.abc import Sequence
from pathlib import Path

import pytest
from pries.reading import formats
from pries.reading.marks import Unreadable
from pries.reading.pdf import pdf
from pries.segmentation import segment
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

REGULAR, BOLD = "Times-Roman", "Times-Bold"
Words = tuple[float, float, float, str, str]  # x, y, size, text, font


def written(*pages: Sequence[Words]) -> bytes:
    """A PDF file whose words stand where they are told."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=True)
    for page in pages:
        for x, y, size, text, font in page:
            canvas.setFont(font, size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def read(data: bytes) -> segment.Segmented:
    text, *_ = pdf.read(data, max_pages=100, max_characters=1_000_000)
    return segment.segment_text(text, "plan")


def body(*lines: str, top: float = 700, x: float = 72, size: float = 11, step: float = 13) -> list[Words]:
    return [(x, top - step * i, size, line, REGULAR) for i, line in enumerate(lines)]


def prose(page: int, count: int = 12) -> list[Words]:
    """Lines of one sentence, other words on each page."""
    word = ("puits", "ponts", "routes", "écoles", "forêts", "marchés", "ports", "gares", "digues", "phares")[page]
    lines = [
        f"et que les {word} de la commune {'abcdefghijklmnop'[i]} soient recensés par les maires" for i in range(count)
    ]
    return body(f"Le conseil demande que les {word} soient entretenus", *lines, "avant la fin de l’année.")


def left_out(found: segment.Segmented, rule: str) -> list[str]:
    return [" ".join(text.split()) for text in found.dropped[found.dropped.rule == rule].text]


# --- heads and feet -----------------------------------------------------------------------------------


def test_feet_that_change_sides_and_count_pages_in_words_are_left_out() -> None:
    feet = [
        [(72, 40, 9, f"Page {n + 1}", REGULAR), (300, 40, 9, "Plan d’action 2030-2035", REGULAR)]
        if n % 2
        else [(72, 40, 9, "Plan d’action 2030-2035", REGULAR), (450, 40, 9, f"Page {n + 1}", REGULAR)]
        for n in range(7)
    ]
    found = read(written(*([*prose(n), *feet[n]] for n in range(7))))
    assert len(left_out(found, "running head")) == 7
    assert len(found.paragraphs) == 7


def test_a_head_of_which_one_part_changes_with_the_chapter_is_left_out() -> None:
    chapters = ("I – Eaux", "II – Routes", "III – Écoles", "IV – Forêts", "V – Ports")
    heads = [
        [(72, 800, 8, "Règlement municipal 12-2040", REGULAR), (400, 800, 8, title, REGULAR)] for title in chapters
    ]
    found = read(written(*([*prose(n), *heads[n]] for n in range(5))))
    assert left_out(found, "running head") == [f"Règlement municipal 12-2040 {title}" for title in chapters]


def test_a_head_that_comes_once_is_told_by_the_place_of_the_others() -> None:
    heads = ["Les eaux", "Les eaux", "Les eaux", "Les forêts", "Les routes", "Les routes"]
    found = read(written(*([*prose(n), (72, 800, 8, heads[n], REGULAR)] for n in range(6))))
    assert left_out(found, "running head") == heads


def test_pages_numbered_in_roman_numerals_and_afresh_are_numbers() -> None:
    numbers = ["i", "ii", "iii", "iv", "1", "2", "3", "4"]
    found = read(written(*([*prose(n), (300, 40, 9, numbers[n], REGULAR)] for n in range(8))))
    assert left_out(found, "page number") == numbers


def test_a_figure_that_ends_a_page_is_no_page_number() -> None:
    pages = [[*prose(n)[:-1], (72, 700 - 13 * 13, 11, f"{2031 + 7 * n}.", REGULAR)] for n in range(4)]
    found = read(written(*pages))
    assert found.dropped.empty
    assert [text.split()[-1] for text in found.paragraphs.text] == ["2031.", "2038.", "2045.", "2052."]


def test_what_the_file_marks_as_no_text_is_left_out_unless_it_is_most_of_it() -> None:
    def marked(*pages: tuple[str, list[Words]]) -> segment.Segmented:
        file = io.BytesIO()
        canvas = Canvas(file, pagesize=A4, invariant=True)
        for head, lines in pages:
            canvas._code.append("/Artifact BMC")
            canvas.drawString(72, 780, head)
            canvas._code.append("EMC")
            for x, y, size, text, font in lines:
                canvas.setFont(font, size)
                canvas.drawString(x, y, text)
            canvas.showPage()
        canvas.save()
        return read(file.getvalue())

    found = marked(("Première partie", prose(0)), ("Les ponts", prose(1)), ("Troisième partie", []))
    assert left_out(found, "running head") == ["Première partie", "Les ponts", "Troisième partie"]
    found = marked(("Les maires devraient recenser les puits de leur commune.", body("Ils le feront.")))
    assert len(found.sentences) == 2


# --- titles -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("every", "size"), [(5, 8.0), (1, 8.0), (5, 11.0)])
def test_the_numbers_of_lines_in_a_margin_are_left_out(every: int, size: float) -> None:
    numbers = [(50.0, 700 - 13 * i, size, str(i + 1), REGULAR) for i in range(15) if not (i + 1) % every]
    found = read(written([*prose(0, 15), *numbers]))
    assert found.sentences["text"].tolist() == read(written(prose(0, 15))).sentences["text"].tolist()
    assert left_out(found, "line number") == [number[3] for number in numbers]


@pytest.mark.parametrize("x", [20.0, 520.0])
def test_notes_in_a_margin_are_left_out_and_numbers_of_paragraphs_are_not(x: float) -> None:
    notes = [(x, 700 - 26 * i, 8.0, note, REGULAR) for i, note in enumerate(("Le bilan", "Le plan", "Le prix"))]
    found = read(written([*prose(0), *notes]))
    assert found.sentences["text"].tolist() == read(written(prose(0))).sentences["text"].tolist()
    assert left_out(found, "margin") == ["Le bilan", "Le plan", "Le prix"]
    paragraphs = [(72.0, 700 - 39 * i, 11.0, f"{i + 4}.", REGULAR) for i in range(3)]
    lines = [
        (100.0, 700 - 39 * i - 13 * j, 11.0, line, REGULAR)
        for i in range(3)
        for j, line in enumerate(
            (f"Le port numéro {i} garde ses quais et ses hangars pour les", "navires de pêche du littoral.")
        )
    ]
    assert read(written([*paragraphs, *lines])).paragraphs["paragraph"].tolist() == ["4", "5", "6"]


def titled(*titles: tuple[float, float, str, str]) -> segment.Segmented:
    """A page with titles (height, size, text, font) above a paragraph."""
    lines = [(72.0, y, size, text, font) for y, size, text, font in titles]
    return read(written([*lines, *prose(0)]))


@pytest.mark.parametrize(
    ("size", "font", "text"),
    [
        (16, REGULAR, "Les puits"),
        (11, BOLD, "Les puits"),
        (11, BOLD, "2. Les puits"),
        (11, BOLD, "2.1. Les puits de la plaine"),
        (13, BOLD, "A. Les puits"),
        (18, BOLD, "CHAPITRE II"),
    ],
)
def test_larger_or_bold_type_makes_a_heading_numbered_or_not(size: float, font: str, text: str) -> None:
    found = titled((740, size, text, font))
    assert found.paragraphs.kind.tolist() == ["heading", "paragraph"]
    assert text.endswith(found.paragraphs.text[0])


def test_a_heading_of_several_lines_is_one_and_two_headings_are_two() -> None:
    found = titled((770, 14, "Cadre juridique et institutionnel de la", BOLD), (753, 14, "gestion des puits", BOLD))
    assert found.paragraphs.text[0] == "Cadre juridique et institutionnel de la gestion des puits"
    found = titled((780, 14, "Cadre juridique", BOLD), (745, 11, "Les puits", BOLD))
    assert found.paragraphs.text[:2].tolist() == ["Cadre juridique", "Les puits"]


@pytest.mark.parametrize(
    "text",
    [
        "Tableau 3. Puits par commune",
        "Source : enquête de 2031",
        "Les maires devraient recenser les puits.",
        "Les maires sont priés de :",
    ],
)
def test_captions_and_sentences_are_no_headings_however_they_are_set(text: str) -> None:
    assert "heading" not in titled((740, 11, text, BOLD)).paragraphs.kind.tolist()


def test_a_word_that_a_line_of_a_heading_cuts_is_whole_and_a_compound_has_its_hyphen() -> None:
    for first, second, whole in (
        ("Recommandations pour le bon environ-", "nement", "Recommandations pour le bon environnement"),
        ("Coût et mise en œuvre des mesures, co-", "bénéfices", "Coût et mise en œuvre des mesures, co-bénéfices"),
        ("Programme de moyen- et de court-", "terme", "Programme de moyen- et de court-terme"),
    ):
        title = [(72, 720 - 13 * i, 11, text, BOLD) for i, text in enumerate((first, second))]
        assert read(written([*title, *prose(0)])).paragraphs.text.tolist()[0] == whole


def test_a_bold_word_in_a_paragraph_makes_no_heading() -> None:
    width = stringWidth("Ambition : ", BOLD, 11)
    lines = [
        (72.0, 700.0, 11.0, "Ambition : ", BOLD),
        (72 + width, 700.0, 11.0, "le conseil demande que les puits", REGULAR),
    ]
    found = read(written([*lines, *body("soient entretenus par les maires.", top=687)]))
    assert found.paragraphs.text.tolist() == [
        "Ambition : le conseil demande que les puits soient entretenus par les maires."
    ]


# --- columns ------------------------------------------------------------------------------------------


COLUMNS = (
    ("Le conseil régional est", "prié de recenser les", "puits abandonnés avant", "la saison sèche."),
    ("Les maires devraient", "publier chaque année la", "liste des sources qui", "se sont taries."),
    ("Il conviendrait que les", "préfets réunissent les", "chefs de village deux", "fois par an."),
)


@pytest.mark.parametrize("count", [2, 3])
@pytest.mark.parametrize("gap", [20, 40])
def test_columns_however_many_are_read_one_after_the_other(count: int, gap: int) -> None:
    lines = [line for i in range(count) for line in body(*COLUMNS[i], x=50 + i * (115 + gap), size=10, step=12)]
    found = read(written(sorted(lines, key=lambda words: -words[1])))
    assert found.sentences.text.tolist() == [" ".join(COLUMNS[i]) for i in range(count)]


def test_a_heading_beside_a_line_of_the_other_column_keeps_its_own_type() -> None:
    lines = [line for i in range(2) for line in body(*COLUMNS[i], x=50 + i * 155, size=10, step=12, top=688)]
    heading = [(50.0, 700.0, 10.0, "2. Puits", BOLD), (205.0, 700.0, 10.0, "Le conseil le veut, et", REGULAR)]
    found = read(written(heading + sorted(lines, key=lambda words: -words[1])))
    assert found.paragraphs.text[found.paragraphs.kind == "heading"].tolist() == ["Puits"]


def test_signatures_side_by_side_are_never_one_sentence() -> None:
    left, right = (
        ("Le maire de Valmont", "Jean Ferrand", "Fait en double"),
        ("La préfète du Nord", "Aline Moreau", "le 3 mai 2041"),
    )
    page = [*prose(0), *body(*left, top=400), *body(*right, top=400, x=330)]
    for text in read(written(page)).sentences.text:
        assert not (any(words in text for words in left) and any(words in text for words in right))


def test_a_justified_line_with_wide_gaps_does_not_part_a_page() -> None:
    words = ("Cette", "somme", "est", "promise", "par", "les", "communes")
    wide = [(72.0 + 65 * i, 700 - 13 * 14, 11.0, word, REGULAR) for i, word in enumerate(words)]
    rest = body("qui devraient la verser avant la fin de l’année au conseil de la plaine.", top=700 - 13 * 15)
    found = read(written([*prose(0)[:-1], *wide, *rest]))
    assert found.sentences.text.tolist()[-1].endswith("Cette somme est promise par les communes " + rest[0][3])


def test_an_item_goes_on_under_its_own_words_with_a_capital_too() -> None:
    page = [
        *body("Le conseil prie les communes de la plaine, qui l’ont toutes accepté, de :"),
        *body("– porter la question des puits devant le Comité interministériel des eaux et le", top=687, x=90),
        *body("Plan national des forages.", top=674, x=99),
        *body("Pour y parvenir, plusieurs voies s’offrent à elles, dont la première est de les", top=661),
        *body("recenser tous.", top=648),
    ]
    found = read(written(page))
    assert [text.split()[0] for text in found.paragraphs.text] == ["Le", "Pour"]


# --- letters, spaces ----------------------------------------------------------------------------------


@pytest.mark.parametrize("space", [0.5, 1.0, 1.4, 3.0])
def test_lines_of_which_one_is_letter_spaced_are_read_alike(space: float) -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=True)
    lines = ("La sécurité des puits n’est pas", "assurée dans la plaine, et les", "maires devraient y veiller.")
    for i, line in enumerate(lines):
        text = canvas.beginText(72, 700 - 13 * i)
        text.setFont(REGULAR, 10)
        text.setCharSpace(space if i == 1 else 0)
        text.textOut(line)
        canvas.drawText(text)
    canvas.showPage()
    canvas.save()
    assert read(file.getvalue()).sentences.text.tolist() == [" ".join(lines)]


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("Le puits est à sec.Les maires le savent.", "Le puits est à sec. Les maires le savent."),
        (
            "En 2031,les maires (AMV)devront agir;ils le savent.",
            "En 2031, les maires (AMV) devront agir; ils le savent.",
        ),
        ("Un outil utile,à condition de durer.", "Un outil utile, à condition de durer."),
        ("Le conseil(CNE) a payé 1,5 million.", "Le conseil (CNE) a payé 1,5 million."),
        ("Les ministères(MEEF) et les élu(e)s,M. A.B.", "Les ministères (MEEF) et les élu(e)s,M. A.B."),
        ("Voir www.exemple.Fr,puis 12:30.", "Voir www.exemple.Fr,puis 12:30."),
    ],
)
def test_spaces_that_were_lost_after_marks_of_punctuation_are_put_back(printed: str, text: str) -> None:
    found = pdf.read(written(body(printed)), max_pages=1, max_characters=1000)[0]
    assert found == text


# --- charts and lists ---------------------------------------------------------------------------------


def test_figures_along_the_axes_of_a_chart_are_left_out_and_a_year_that_ends_a_sentence_stays() -> None:
    axis = [(60.0, 400.0 - 25 * i, 8.0, str(100 - 20 * i), REGULAR) for i in range(4)]
    found = read(written([*prose(0)[:-1], *body("2031.", top=700 - 13 * 13), *axis]))
    assert left_out(found, "figures") == ["100", "80", "60", "40"]
    assert found.sentences.text.tolist()[-1].endswith("2031.")


def test_labels_of_a_chart_beside_its_caption_are_left_out_and_a_short_paragraph_stays() -> None:
    labels = ("SANTÉ", "1 %", "PÊCHE ET", "49 %", "ROUTES", "PORTS ET", "ÉCLUSES", "17 %")
    chart = [(90 + 130 * (i % 3), 480 - 17 * i, 8, label, REGULAR) for i, label in enumerate(labels)]
    caption = body("Figure 3. Parts des secteurs dans le coût du plan de la commune", top=510)
    after = body("Le conseil a lu ce plan et en a débattu pendant toute la séance de mai.", top=300)
    found = read(written([*prose(0, 4), *caption, *chart, *after]))
    assert left_out(found, "figures") == list(labels)
    assert after[0][3] in found.sentences.text.tolist()
    short = body("Le plan est lu.", "Il plaît.", top=480)
    assert left_out(read(written([*prose(0, 4), *caption, *short])), "figures") == []


def pie(canvas: Canvas, labels: Sequence[str], size: float = 8) -> None:
    """A pie chart in its frame with a legend above it."""
    canvas.rect(70, 300, 400, 220)
    canvas.circle(200, 380, 70, fill=1)
    for i, label in enumerate(labels):
        canvas.setFont(REGULAR, size)
        canvas.drawString(120, 500 - 1.5 * size * i, label)


@pytest.mark.parametrize(
    ("labels", "size", "dropped"),
    [
        (("Part des revenus qui vient de la pêche en rivière", "Part des forêts et des haies ;", "35 %"), 8, True),
        (("Le conseil demande que les rivières du canton soient curées", "avant l’été."), 8, False),  # a box of text
        (("• Curer les rivières du canton", "• Planter des haies"), 8, False),
        (("Les rivières du canton", "Atlas"), 24, False),  # a title set on a picture
    ],
)
def test_words_in_the_frame_of_a_chart_are_no_paragraph_unless_they_are_text(
    labels: Sequence[str], size: float, dropped: bool
) -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=True)
    for x, y, points, text, font in prose(0, 4):
        canvas.setFont(font, points)
        canvas.drawString(x, y, text)
    pie(canvas, labels, size)
    canvas.save()
    assert left_out(read(file.getvalue()), "figures") == list(labels) * dropped


def test_a_list_of_abbreviations_is_a_table_and_a_glossary_of_sentences_is_text() -> None:
    terms = [
        ("CNE", "Conseil national des eaux"),
        ("AMV", "Assemblée des maires de Valdanie"),
        ("OP", "Office des ports"),
    ]
    rows = [
        words
        for i, row in enumerate(terms)
        for words in (*body(row[0], top=400 - 20 * i), *body(row[1], top=400 - 20 * i, x=180))
    ]
    found = read(written([*prose(0), *rows]))
    assert left_out(found, "table") == [" ".join(row) for row in terms]
    told = [f"Le mot désigne ici {name} tel que la loi du 3 mai 2031 le définit." for _, name in terms]
    rows = [
        words
        for i, row in enumerate(terms)
        for words in (*body(row[0], top=400 - 20 * i), *body(told[i], top=400 - 20 * i, x=180))
    ]
    found = read(written([*prose(0), *rows]))
    assert [any(text in sentence for sentence in found.sentences.text) for text in told] == [True] * 3


# --- pictures -----------------------------------------------------------------------------------------


def pictured(*pages: bool) -> bytes:
    """A file with prose on the pages that are no picture."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=True)
    for n, picture in enumerate(pages):
        if picture:
            canvas.drawImage(ImageReader(Image.new("L", (40, 60), 128)), 0, 0, *A4)
            canvas.drawString(72, 20, "Vu à Valmont")  # a stamp
        for x, y, size, text, font in prose(n) if not picture else []:
            canvas.setFont(font, size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def test_pages_that_are_pictures_are_named_with_their_line_and_the_remedy() -> None:
    text, _, odd = pdf.read(pictured(False, True, False, True, False), max_pages=9, max_characters=10_000)
    assert [problem for _, problem, _ in odd] == [
        "page 2 is a picture without text",
        "page 4 is a picture without text",
    ]
    assert all("OCR" in remedy for *_, remedy in odd)
    assert text.split("\n")[odd[0][0] - 1].endswith("Vu à Valmont")


def program(folder: Path, script: str) -> None:
    path = folder / "ocrmypdf"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


OCR = formats.Limits(ocr=True)


def test_with_the_setting_ocrmypdf_makes_text_of_a_scan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "made.pdf").write_bytes(written(prose(0)))
    program(tmp_path, f'for last; do :; done; /bin/cp "{tmp_path}/made.pdf" "$last"')
    monkeypatch.setenv("PATH", str(tmp_path))
    assert formats.texts(pictured(True), OCR)[0].text.startswith("Le conseil demande")
    with pytest.raises(Unreadable, match="a scan or pictures only"):
        formats.texts(pictured(True), formats.Limits())


@pytest.mark.parametrize(
    ("script", "seconds", "problem"),
    [
        (None, 120, "not installed"),
        ("echo 'Input file is broken' >&2; exit 2", 120, "failed: Input file is broken"),
        ("exit 0", 120, "failed"),
        ("exec /bin/sleep 60", 1, "takes longer"),
    ],
)
def test_what_ocrmypdf_cannot_do_is_named(
    script: str | None, seconds: int, problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if script:
        program(tmp_path, script)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unreadable, match=problem) as refused:
        formats.texts(pictured(True), formats.Limits(ocr=True, max_seconds=seconds))
    assert refused.value.remedy
