"""Tables with a column of recommendations: a paragraph a row, the responsible with it, deadlines apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pries.reading import columns
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


def test_where_a_position_stands_is_no_part_of_a_recommendation() -> None:
    rows = ("Recommandation", "Position"), ("Abolir la corvée (Chili) Source de la position : A/99/4", "Acceptée")
    assert lines(*rows)[1:] == [
        "Recommandation : Abolir la corvée (Chili).",
        left_out("table") + "Source de la position : A/99/4\tAcceptée",
    ]


def test_titles_may_come_late_and_again_and_a_row_may_say_whom_those_below_mean() -> None:
    titles = ("N°", "Propositions", "Acteurs concernés", "Calendrier")
    found = lines(
        ("Tableau de suivi", "", "", ""), titles, ("À l'intention des communes",) * 4,
        ("1", "Curer les fossés", "", "2031"), titles, ("2", "Planter des haies", "Région", ""),
    )  # fmt: skip
    assert [line for line in found if not line.startswith(left_out("table"))] == [
        "Recommandation no 1 : Curer les fossés. Responsable : À l'intention des communes.",
        "Recommandation no 2 : Planter des haies. Responsable : Région.",
    ]


def test_titles_may_take_two_rows_or_two_columns_and_a_cell_may_hold_a_list() -> None:
    two_rows = Rows()
    made = [
        *two_rows.row([["Domaine"], ["Recommandation"], ["Mise en œuvre"]], [(1, 2), (1, 2), (2, 1)]),
        *two_rows.row([["Responsable"], ["Délai"]], [(1, 1), (1, 1)]),
        *two_rows.row([["Ports"], ["• Curer le chenal", "• Baliser la passe"], ["Régie"], ["2031"]]),
    ]
    assert made[2] == "Recommandation : • Curer le chenal ; • Baliser la passe. Responsable : Régie."
    wide = Rows()
    wide.row([["Recommandation"], ["Destinataire"]], [(2, 1), (1, 1)])
    assert wide.row([["12.3"], ["Curer le chenal"], ["Régie"]])[0] == (
        "Recommandation no 12.3 : Curer le chenal. Responsable : Régie."
    )


def test_titles_of_columns_in_many_forms() -> None:
    said = [
        "Mesures d’adaptation préconisées",
        "INTITULÉ DE LA RECOMMANDATION",
        "Recommandations (texte)",
        "Proposition n°",
    ]
    assert {columns.meaning(title) for title in said} == {"recommended"}
    assert {
        columns.meaning(title) for title in ("Suivi des recommandations", "Nombre de recommandations", "Actions")
    } == {""}
    assert columns.meaning("Structure responsable") == "responsible"
    assert columns.meaning("État sous examen") == "reviewed"


def test_a_row_of_one_cell_across_is_a_title_of_those_below() -> None:
    table = Rows()
    rows = [("Recommandation", "Position"), ("A. Droits des pêcheurs",), ("Baliser le chenal", "Notée")]
    spans = [[(1, 1)] * 2, [(2, 1)], [(1, 1)] * 2]
    found = [line for row, span in zip(rows, spans, strict=True) for line in table.row([[c] for c in row], span)]
    assert found[1:] == [
        left_out("table") + "A. Droits des pêcheurs",
        "Recommandation : Baliser le chenal.",
        left_out("table") + "Notée",
    ]


CELLS = st.tuples(st.text("abcé ", max_size=12).map(str.strip), st.integers(0, 5), st.integers(0, 5))


@given(st.lists(st.lists(CELLS, max_size=5), max_size=8))
def test_whatever_cells_are_merged_no_word_is_lost(rows: list[list[tuple[str, int, int]]]) -> None:
    table = Rows()
    titles = ("Recommandation", "Responsable", "Pays", "Réponse")
    assert table.row([[title] for title in titles]) == [left_out("table") + "\t".join(titles)]
    for row in rows:
        found = " ".join(table.row([[text] for text, *_ in row], [(across, down) for _, across, down in row]))
        own = [text for text, _, down in row if down]
        assert [text for text in own if " ".join(text.split()) not in " ".join(found.split())] == []


def test_a_table_of_one_recommendation_has_its_titles_beside_its_cells() -> None:
    found = lines(
        ("Constat", "Les vannes fuient."),
        ("Recommandation n° 4", "Remplacer les vannes"),
        ("Entité responsable", "Régie des eaux, mars 2031"),
        ("Échéance", "2031"),
    )
    assert [line for line in found if not line.startswith(left_out("table"))] == [
        "Recommandation no 4 : Remplacer les vannes.",
        "Responsable : Régie des eaux.",
    ]


def test_the_date_behind_who_is_responsible_is_none_of_those() -> None:
    titles = ("Recommandations", "Responsable et délai")
    rows = ("Curer le canal", "Éclusier, juin 2031"), ("Payer les vigies", "Port – 2032"), ("Lire", "Forum de 2030")
    assert [line.split("Responsable : ")[1] for line in lines(titles, *rows)[1:]] == [
        "Éclusier.",
        "Port.",
        "Forum de 2030.",
    ]
