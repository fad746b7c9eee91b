"""Tables with a column of recommendations: a paragraph a row, the responsible with it, deadlines apart."""

from __future__ import annotations

from pries.reading.marks import left_out
from pries.reading.recommendation_tables import Rows


def lines(*rows: tuple[str, ...]) -> list[str]:
    table = Rows()
    return [line for row in rows for line in table.row([[cell] for cell in row])]


def test_a_row_says_what_is_recommended_and_to_whom() -> None:
    found = lines(
        ("N°", "Recommandations", "Entité responsable", "Échéance"),
        ("3", "Former les gardes forestiers", "Ministère des forêts", "2027"),
        ("4", "Publier la carte des puits.", "", ""),
    )
    assert found[1:] == [
        "Recommandation no 3 : Former les gardes forestiers. Responsable : Ministère des forêts.",
        left_out("table") + "2027",
        "Recommandation no 4 : Publier la carte des puits.",
    ]


def test_other_tables_stay_as_they_are() -> None:
    assert lines(("Région", "Puits"), ("Nord", "14")) == [
        left_out("table") + "Région\tPuits",
        left_out("table") + "Nord\t14",
    ]


def test_who_made_a_recommendation_stands_in_brackets_behind_it() -> None:
    assert lines(("Recommandation", "État auteur", "Position"), ("Abolir la corvée.", "Norvège", "Notée"))[1:] == [
        "Recommandation : Abolir la corvée (Norvège).",
        left_out("table") + "Notée",
    ]
