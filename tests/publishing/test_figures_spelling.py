"""Spelling of labels: names and acronyms have the capitals of the texts, lines break where print breaks them."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest
from pries.base.places import LEXICONS
from pries.publishing.figures import figures, style
from pries.publishing.figures.spelling import spell
from pries.publishing.labels import Look, Words, clean
from reports import blank, report, texts

SENTENCES = [
    "Les normes de l'OIT et le vice-Recteur. Gouverner, c’est prévoir.",
    "Selon l’OIT, il appartient à l’Assemblée de saisir les Hautes Parties ; les parties du texte restent.",
    "Le projet de la Vice-Rectrice (FAO) et du Vice-Recteur du Vice-Recteur.",
    "UN TEXTE EN CAPITALES DE GOUVERNEMENT",
]


def corpus(sentences: list[str] = SENTENCES, kind: str = "paragraph"):  # type: ignore[no-untyped-def]
    rows = [{"doc_id": "doc0", "paragraph": str(n), "kind": kind, "text": text} for n, text in enumerate(sentences)]
    return dataclasses.replace(report(), paragraphs=blank("paragraphs", rows))


@pytest.mark.parametrize(
    ("term", "shown"),
    [
        ("oit", "OIT"),
        ("fao", "FAO"),  # in brackets
        ("assemblée", "Assemblée"),
        ("vice-recteur", "Vice-Recteur"),  # by more than half of the places
        ("partie", "partie"),  # of its two places one
        ("gouverner", "gouverner"),  # a capital at the head of a sentence alone
        ("gouvernement", "gouvernement"),  # among capitals
        ("absent", "absent"),
    ],
)
def test_a_term_has_the_capitals_that_it_mostly_has_within_sentences(term: str, shown: str) -> None:
    assert spell([term], corpus()) == [shown]


def test_headings_tell_nothing_and_the_plural_tells_too() -> None:
    assert spell(["état"], corpus(["La liste des États et des états."] * 2, "heading")) == ["état"]
    assert spell(["état"], corpus(["La liste des États, des États et des états."])) == ["État"]


def test_an_acronym_keeps_its_capitals_in_the_figure_and_not_in_its_table() -> None:
    cells = [{"part_kind": "section", "part": "I", "unit": "lemma", "term": t, "score": 3.0, "t": 9}
             for t in ("oit", "norme")]  # fmt: skip
    made = figures.figure(
        "specificities", dataclasses.replace(corpus(), specificities=blank("specificities", cells)),
        Words(LEXICONS, "fr"), Look(),
    )  # fmt: skip
    assert {"OIT", "norme"} <= set(texts(made.picture))
    assert sorted(made.data["term"]) == ["norme", "oit"]  # as the published tables have it
    assert "I : OIT" in made.alt


@pytest.mark.parametrize(
    "text", ["société civile · 2", "part de chaque modalité (%)", "données récentes † (2)", "en tout 84."]
)
def test_no_line_begins_with_a_number_or_a_sign(text: str) -> None:
    for width in range(22, 60):
        lines = style.wrap(text, width, 7.5).split("\n")
        assert all(any(map(str.isalpha, line)) for line in lines), (width, lines)
        assert " ".join(lines) == text


def test_what_has_no_room_beside_its_word_stands_alone() -> None:
    assert style.wrap("gouvernements · 12", style.extent("gouvernements", 7.5), 7.5) == "gouvernements\n· 12"


def test_apostrophes_and_minus_signs_are_those_of_print() -> None:
    assert clean("l'État et l’usage, 5' et 'mot'") == "l’État et l’usage, 5' et 'mot'"
    assert Words(LEXICONS, "fr").number(-0.07, 2) == "\u22120,07"
    assert Words(LEXICONS, "en").number(-1234) == "\u22121,234"


def test_a_share_of_something_is_never_nothing() -> None:
    years = ["1999"] * 400 + ["2000"]
    rows = [{"doc_id": f"d{n}", "obligation_id": str(n), "paragraph": "1"} for n in range(401)]
    documents = [{"doc_id": f"d{n}", "date": year} for n, year in enumerate(years)]
    made = dataclasses.replace(
        report(), documents=blank("documents", documents), obligations=blank("obligations", rows),
        paragraphs=pd.DataFrame(report().paragraphs),
    )  # fmt: skip
    shown = texts(figures.figure("requests_over_time", made, Words(LEXICONS, "en"), Look()).picture)
    assert {"0.2", "100"} <= set(shown)
