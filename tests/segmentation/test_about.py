"""What a document says of itself: symbol, title, date, language; and that it says nothing where it does not."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import layouts
import layouts_markup
import layouts_office
import pandas as pd
import pytest
from pries.base.places import LEXICONS
from pries.reading import corpus
from pries.segmentation import about, segment
from pries.segmentation.dates import dates, said

SENTENCE = "Les participants à cette réunion ont prié les gouvernements de ratifier sans délai les deux conventions."
YEAR = "mai deux mille trente-quatre"
MODEL = pytest.mark.skipif(find_spec("py3langid") is None, reason="py3langid is not installed")


def document(folder: Path, data: str | bytes, name: str = "a.txt", metadata: str = "") -> dict[str, str]:
    """The row of documents for one file."""
    return tables(folder, data, name, metadata)["documents"].iloc[0].to_dict()


def tables(folder: Path, data: str | bytes, name: str = "a.txt", metadata: str = "") -> dict[str, pd.DataFrame]:
    (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
    if metadata:
        (folder / "metadata.csv").write_text(metadata, encoding="utf-8")
    return segment.run(folder, pd.DataFrame(corpus.manifest(folder)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("le 1er octobre 1994", ["1994-10-01"]),
        ("Mars 2007", ["2007-03"]),
        ("du 3 au 8 octobre 1994", ["1994-10"]),
        ("28 mai-2 juin 2011", ["2011-06"]),
        ("12 et 13 août 2020", ["2020-08"]),
        ("le 4/07/2001, puis le 05.08.2002", ["2001-07-04", "2002-08-05"]),
        ("2019-03-31", ["2019-03-31"]),
        ("le trente et un mars mil neuf cent quatre-vingt-onze", ["1991-03-31"]),
        ("le premier mai deux mille douze", ["2012-05-01"]),
        ("le 3 septembre mil neuf cent soixante-quinze", ["1975-09-03"]),
        ("le 31 février 2012", []),
        ("la version 2.10.2013.4, par. 12/13", []),
        ("en mai et en 2012", []),
    ],
)
def test_dates_in_figures_and_in_words(text: str, expected: list[str]) -> None:
    assert [date for date, *_ in dates(text)] == expected


def test_numbers_in_words() -> None:
    words = ["mil huit cent soixante-dix", "deux mille vingt-quatre", "quatre-vingt-dix-huit", "deux cents", "septante"]
    assert [said(one) for one in words] == [1870, 2024, 98, 200, 70]


@pytest.mark.parametrize("made", [layouts.REPORT, layouts.RESOLUTION], ids=lambda document: document.name)
def test_a_masthead_says_symbol_and_date_and_the_cover_the_title(tmp_path: Path, made: layouts.Document) -> None:
    found = document(tmp_path, layouts.to_txt(made))
    titles = {part.text for part in made.parts if part.kind in ("title", "heading")}
    days = {"rapport": "2044-08-14", "resolution": "2044-12-19"}
    assert (found["symbol"], found["date"]) == (made.symbol, days[made.name])
    assert found["title"] in titles


@pytest.mark.parametrize(
    ("cover", "title", "date"),
    [
        ("RÉPUBLIQUE D’OKO|Ministère de la forêt|Stratégie des forêts|Mars 2031", "Stratégie des forêts", "2031-03"),
        ("Commission des eaux|Douzième session|Oko, 3-7 mai 2032|État des rivières", "État des rivières", "2032-05"),
        ("ÉTAT DES RIVIÈRES|ET DES LACS DU SUD|Résumé", "ÉTAT DES RIVIÈRES ET DES LACS DU SUD", ""),
        ("Rapport annuel|Sommaire", "Rapport annuel", ""),
        ("Conseil des sages", "Conseil des sages", ""),
        ("Sans titre|Avis sur la pêche côtière", "Avis sur la pêche côtière", ""),
        ("Port-Clair, le lundi 3 mai 2032|Lettre ouverte au maire", "Lettre ouverte au maire", "2032-05-03"),
        ("PTC12.7 Aide aux pêcheurs de Port-Clair", "Aide aux pêcheurs de Port-Clair", ""),
        ("Loi du 4 juin 2030 sur la pêche", "Loi du 4 juin 2030 sur la pêche", "2030-06-04"),
    ],
)  # fmt: skip
def test_title_and_date_of_a_cover(tmp_path: Path, cover: str, title: str, date: str) -> None:
    found = document(tmp_path, "\n\n".join([*cover.split("|"), f"{SENTENCE} {SENTENCE}", SENTENCE]))
    assert (found["title"], found["date"]) == (title, date)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        (f"{SENTENCE}\n\nFait à Port-Clair, le 3 mai 2032.", "2032-05-03"),
        (f"{SENTENCE}\n\n14e séance plénière, 5 juin 2033", "2033-06-05"),
        ("La Conférence, réunie à Oko du 2 au 9 mai 2034, adopte l’avis suivant :\n\n1. Il faut agir.", "2034-05"),
        (f"La Conférence, réunie le deux {YEAR}, adopte le neuf {YEAR} l’avis suivant :\n\n1. Agir.", "2034-05-09"),
        ("Le Conseil, réuni pour examiner la résolution 14 du 3 mai 2034, s’est félicité de son application.", ""),
        (f"Le rapport du 3 mai 2034 a été examiné par les membres du bureau. {SENTENCE}", ""),
        (f"{SENTENCE} La Convention a été adoptée le 3 mai 2034.\n\n{SENTENCE}\n\n{SENTENCE}", ""),
    ],
)  # fmt: skip
def test_the_date_of_a_text_is_its_own_or_none(tmp_path: Path, text: str, date: str) -> None:
    assert document(tmp_path, text)["date"] == date


@pytest.mark.parametrize(
    ("cover", "symbol", "title", "date"),
    [
        (
            "Nations Unies          A/HRC/98/7\nAssemblée générale          Distr. générale\n          9 avril 2041\n\n"
            "Rapport du groupe de travail sur les digues",
            "A/HRC/98/7", "Rapport du groupe de travail sur les digues", "2041-04-09",
        ),
        (
            "S/RES/9412 (2041)\n\nRésolution 9412 (2041)\n\nAdoptée par le Conseil à sa 12e séance, le 3 mai 2041",
            "S/RES/9412 (2041)", "Résolution 9412 (2041)", "2041-05-03",
        ),
        (
            "CENT-DOUZIÈME ASSEMBLÉE MONDIALE DE LA SANTÉ          WHA112.9\n\nSoins aux marins",
            "WHA112.9", "Soins aux marins", "",
        ),
        (
            "Résolution 412 (2041)\n\nVersion provisoire\n\nLe sort des criées du littoral",
            "", "Le sort des criées du littoral", "",
        ),
        (
            "Brest, le 3 mai 2041\n\nÀ Monsieur le Préfet\n\nObjet : fermeture de la criée",
            "", "fermeture de la criée", "2041-05-03",
        ),
        (
            "COMPTE RENDU DE LA RÉUNION DU COMITÉ\n\nProjet de criée\n\nDate : 3 mai 2041\nLieu : salle des cartes",
            "", "COMPTE RENDU DE LA RÉUNION DU COMITÉ", "2041-05-03",
        ),
        ("LA PÊCHE CÔTIÈRE ET SES MARINS. I", "", "LA PÊCHE CÔTIÈRE ET SES MARINS", ""),
        ("LA PÊCHE CÔTIÈRE ET SES MARINS.\n\nI", "", "LA PÊCHE CÔTIÈRE ET SES MARINS", ""),
        ("Rapport sur la criée\n\nAssemblée nationale, 3 mai 2041", "", "Rapport sur la criée", "2041-05-03"),
    ],
)  # fmt: skip
def test_covers_of_other_bodies(tmp_path: Path, cover: str, symbol: str, title: str, date: str) -> None:
    found = document(tmp_path, f"{cover}\n\n1. {SENTENCE}\n\n2. {SENTENCE}\n")
    assert (found["symbol"], found["title"], found["date"]) == (symbol, title, date)


def test_the_title_of_a_page_may_begin_with_its_symbol(tmp_path: Path) -> None:
    page = f"<html><head><title>CRC/C/XYZ/CO/4 - Observations</title></head><body><p>{SENTENCE}</p></body></html>"
    assert document(tmp_path, page, "a.html")["symbol"] == "CRC/C/XYZ/CO/4"


def test_metadata_come_first_then_what_the_file_says_then_the_text(tmp_path: Path) -> None:
    text = "---\ntitle: Une lettre\ndate: 2031-02-03\nlang: fr-CH\nville: Port-Clair\n---\n\n# Un titre\n\n" + SENTENCE
    made = tables(tmp_path, text, "a.md", "file,title\na.md,Le titre\n")
    found = made["documents"].iloc[0]
    assert (found["title"], found["date"], found["language"], found["format"]) == ("Le titre", "2031-02-03", "fr", "md")
    assert made["metadata"][["field", "value"]].to_numpy().tolist() == [["ville", "Port-Clair"]]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (layouts_markup.to_akn(layouts.RESOLUTION), ("A/99/1", "2044-12-19", "fr")),
        (layouts_markup.to_md(layouts.RESOLUTION), ("A/RES/99/231", "2044-12-19", "fr")),
    ],
    ids=["akn", "md"],
)  # fmt: skip
def test_formats_that_say_what_a_document_is(tmp_path: Path, data: str | bytes, expected: tuple[str, str, str]) -> None:
    found = document(tmp_path, data)
    assert (found["symbol"], found["date"], found["language"]) == expected


def test_the_head_of_a_page_says_title_date_and_language(tmp_path: Path) -> None:
    meta = '<meta name="DCTERMS.issued" content="2030-07-15T10:00">'
    head = f'<html lang="fr-CA"><head><title>Avis  no 3</title>{meta}</head>'
    found = document(tmp_path, f"{head}<body><h1>Autre</h1><p>{SENTENCE}</p></body></html>")
    assert (found["title"], found["date"], found["language"]) == ("Avis no 3", "2030-07-15", "fr")


@pytest.mark.parametrize("title", ["Document1", "Microsoft Word - avis.doc", "avis_final.docx", "Sans titre 2", "***"])
def test_what_programs_call_a_file_is_no_title(tmp_path: Path, title: str) -> None:
    assert not about.Cover.read(LEXICONS).is_title(title)
    page = f"<html><title>{title}</title><body><h1>Avis sur la pêche</h1><p>{SENTENCE}</p></body></html>"
    assert document(tmp_path, page)["title"] == "Avis sur la pêche"


def as_word(text: str, title: str) -> bytes:
    import io

    from docx import Document

    made, out = Document(), io.BytesIO()
    made.core_properties.title = title
    made.add_paragraph(text)
    made.save(out)
    return out.getvalue()


def as_pdf(text: str, title: str) -> bytes:
    import io

    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, invariant=True)
    canvas.setTitle(title)
    canvas.drawString(72, 700, text)
    canvas.save()
    return out.getvalue()


def as_odt(text: str, title: str) -> bytes:
    space = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    meta = (
        f"<office:document-meta {space}><office:meta><dc:title>{title}</dc:title></office:meta></office:document-meta>"
    )
    return layouts_markup.odt(f"<text:p>{text}</text:p>", more={"meta.xml": meta})


@pytest.mark.parametrize("written", [as_word, as_pdf, as_odt], ids=["docx", "pdf", "odt"])
@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("Avis sur la pêche", "Avis sur la pêche"),
        ("Microsoft Word - avis.doc", ""),
        ("31 01 avis version finale.docx", ""),
        ("Document1", ""),
    ],
)
def test_where_the_text_has_no_title_a_file_s_properties_may(
    tmp_path: Path, written: Callable[[str, str], bytes], said: str, title: str
) -> None:
    assert document(tmp_path, written(SENTENCE, said), "a")["title"] == title


def test_the_title_of_a_text_goes_before_that_of_its_properties(tmp_path: Path) -> None:
    text = "Rapport annuel sur la pêche"
    found = document(tmp_path, as_odt(f"{text}</text:p><text:p>{SENTENCE}", "Modèle de rapport"), "a")
    assert found["title"] == text


def test_a_table_at_the_end_may_say_when_a_document_was_made(tmp_path: Path) -> None:
    rows = (("Avis de motion", "17 mai 2041"), ("Adoption", "19 juillet 2041"), ("Entrée en vigueur", "3 mai 2042"))
    table = "".join(f"<tr><td>{label}</td><td>{date}</td></tr>" for label, date in rows)
    assert document(tmp_path, f"<html><p>{SENTENCE}</p><table>{table}</table>")["date"] == "2041-07-19"


def test_the_office_formats_say_the_same_as_the_text(tmp_path: Path) -> None:
    for name, data in (
        ("a.docx", layouts_office.to_docx(layouts.REPORT)),
        ("a.odt", layouts_markup.to_odt(layouts.REPORT)),
    ):
        folder = tmp_path / name
        folder.mkdir()
        found = document(folder, data, name)
        assert (found["title"], found["date"]) == (
            "Accès des travailleurs saisonniers à la santé et à l’éducation",
            "2044-08-14",
        )


# --- languages ------------------------------------------------------------------------------------

ENGLISH = "The participants called on all Governments to ratify the two conventions without further delay."
SPANISH = "Los participantes pidieron a todos los gobiernos que ratificaran sin demora las dos convenciones."


@MODEL
@pytest.mark.parametrize(("text", "language"), [(SENTENCE, "fr"), (ENGLISH, "en"), (SPANISH, "es"), ("Oui.", "")])
def test_the_language_of_a_document(tmp_path: Path, text: str, language: str) -> None:
    assert document(tmp_path, text)["language"] == language


@MODEL
def test_what_is_in_another_language_is_told_with_its_line(tmp_path: Path) -> None:
    made = tables(tmp_path, f"1. {SENTENCE}\n\n2. {ENGLISH}\n\n3. {SENTENCE}\n\n4. {ENGLISH}\n\n5. {SPANISH}\n")
    told = made["problems"][["stage", "line", "problem"]].to_numpy().tolist()
    assert told == [["reading", 3, "2 of 5 paragraphs in English"], ["reading", 9, "1 of 5 paragraphs in Spanish"]]
    assert made["documents"]["language"].tolist() == ["fr"]
    assert len(made["paragraphs"]) == 5


@MODEL
def test_names_in_another_language_make_no_foreign_paragraph(tmp_path: Path) -> None:
    text = f"{SENTENCE}\n\nHuman Rights Watch et Crisis Group ont publié « World Report 2030 » à New York.\n"
    assert tables(tmp_path, text)["problems"].empty


@MODEL
def test_a_document_in_another_language_is_named_and_read(tmp_path: Path) -> None:
    made = tables(tmp_path, f"{ENGLISH}\n\n{ENGLISH}\n")
    assert made["problems"]["problem"].tolist() == ["in English, not in French"]
    assert len(made["paragraphs"]) == 2


def test_what_looks_like_a_symbol_without_end_is_read_in_one_way() -> None:
    """The work would double with each repetition."""
    assert about.SYMBOL_FIRST.match("AB" + ".1" * 200 + ".") is None
    assert about.SYMBOL_ALONE.fullmatch("A" + "/1" * 2_000 + "é") is None
    assert about.SYMBOL_ALONE.fullmatch("A/HRC/28.L.3/Add.1/Rev.2")
