"""Layouts: the paragraphs, sections and kinds that a reader expects of the five invented documents."""

from __future__ import annotations

import layouts
import layouts_markup
import layouts_office
import pandas as pd
import pytest
from pries.reading import formats
from pries.segmentation import segment

# name | section | role | first words; kinds follow from the names, but for those of annexes
EXPECTED = {
    "rapport": """
        heading:1 | | body | Accès des travailleurs saisonniers
        heading:2 | | body | Rapport du Secrétaire général
        heading:3 | | summary | Résumé
        p1 | | summary | Le présent rapport fait suite
        heading:I | I | body | Introduction
        1 | I | body | Dans sa résolution 98/117
        2 | I | body | Quarante-deux gouvernements
        heading:II | II | body | Questions examinées
        heading:II.A | II.A | body | Santé
        3 | II.A | body | De nombreuses associations
        4 | II.A | body | L’Organisation mondiale de la Santé
        heading:II.B | II.B | body | Éducation
        5 | II.B | body | Les chefs d’établissement
        6 | II.B | body | Une représentante des enseignants
        heading:III | III | conclusion | Conclusion et recommandations
        7 | III | conclusion | Les gouvernements devraient
        8 | III | conclusion | Le Secrétaire général prie instamment
        heading:annex | annex | annex | Annexe
        heading:4 | annex | annex | Liste des consultations
        annex:p1 | annex | annex | La première consultation
        annex:p2 | annex | annex | La seconde consultation
    """,
    "resolution": """
        heading:1 | | body | Résolution adoptée par l’Assemblée générale
        heading:2 | | body | 99/231. Protection des bibliothèques
        p1 | | body | L’Assemblée générale,
        p2 | | body | Rappelant ses résolutions
        p3 | | body | Consciente que la perte d’archives
        p4 | | body | Ayant examiné le rapport
        1 | | body | Prend note avec satisfaction
        2 | | body | Demande aux États Membres
        3 | | body | Invite les institutions spécialisées
        4 | | body | Engage les donateurs
        5 | | body | Prie le Secrétaire général
        6 | | body | Décide d’inscrire
        p5 | | body | 78e séance plénière
        p6 | | body | 19 décembre 2044
    """,
    "observations": """
        heading:1 | | body | Comité des conditions de travail
        heading:2 | | conclusion | Observations finales concernant
        heading:A | A | body | Introduction
        1 | A | body | Le Comité a examiné
        2 | A | body | Le Comité se félicite
        heading:B | B | body | Aspects positifs
        3 | B | body | Le Comité note avec satisfaction
        heading:C | C | body | Principaux sujets de préoccupation
        heading:3 | C | body | Inspection du travail
        4 | C | body | Le Comité s’inquiète
        5 | C | body | Le Comité recommande à l’État partie
        heading:4 | C | body | Salaires
        6 | C | body | Le Comité est préoccupé
        heading:5 | C | body | Diffusion et suivi
        7 | C | body | Le Comité demande
        8 | C | body | L’État partie est prié
    """,
    "compte_rendu": """
        heading:1 | | body | Neuvième Commission
        heading:2 | | body | Compte rendu analytique de la 12e séance
        p1 | | body | La séance est ouverte
        heading:3 | | body | Point 70 de l’ordre du jour : Gestion
        1 | | body | La Présidente invite
        2 | | body | M. Delorme (Valdanie) dit
        3 | | body | Mme Okoro (Littorie) souscrit
        4 | | body | M. Sarrazin (Montalbe), prenant la parole
        heading:4 | | body | Projet de résolution A/C.9/99/L.4
        5 | | body | Mme Lindqvist (Norlande), présentant
        6 | | body | La Présidente croit comprendre
        7 | | body | Il en est ainsi décidé.
        8 | | body | M. Delorme (Valdanie) remercie
        p2 | | body | La séance est levée
    """,
    "note_verbale": """
        heading:1 | | body | Note verbale datée du 28 septembre 2044
        p1 | | body | La Mission permanente de la Valdanie
        p2 | | body | Depuis le mois de mars
        p3 | | body | Le Gouvernement valdanien demande
        p4 | | body | Il prie en outre
        p5 | | body | La Mission permanente saurait gré
        heading:annex | annex | annex | Annexe à la note verbale
        heading:2 | annex | annex | Déclaration sur la liberté
        annex:p1 | annex | annex | Le Gouvernement valdanien rappelle
        annex:p2 | annex | annex | Il exhorte tous les États riverains
    """,
}
ITEMS = {
    "rapport": {"3": ["", "", "a", "b", "b.i", "b.ii", "c"]},
    "resolution": {"3": ["", "a", "b"], "5": ["", "a", "b"]},
    "observations": {"3": ["", "a", "b"], "5": ["", "a", "b", "b.i", "b.ii", "c"]},
    "compte_rendu": {},
    "note_verbale": {"p3": ["", "", "1", "2"]},
}
LEFT_OUT = {  # rule -> lines
    "rapport": {"masthead": 5, "symbol": 1, "rule": 2, "footnote": 2, "table": 4},
    "resolution": {"masthead": 3, "symbol": 1},
    "observations": {"masthead": 3, "symbol": 1, "rule": 1, "footnote": 1},
    "compte_rendu": {"masthead": 5, "symbol": 1},
    "note_verbale": {"masthead": 3, "symbol": 1},
}


@pytest.fixture(scope="module", params=layouts.DOCUMENTS, ids=lambda document: document.name)
def document(request: pytest.FixtureRequest) -> layouts.Document:
    return request.param


@pytest.fixture(scope="module")
def found(document: layouts.Document) -> segment.Segmented:
    return segment.segment_text(layouts.to_txt(document), document.name)


def test_paragraphs_and_headings_stand_where_a_reader_expects_them(
    document: layouts.Document, found: segment.Segmented
) -> None:
    expected = [tuple(map(str.strip, line.split("|"))) for line in EXPECTED[document.name].strip().splitlines()]
    rows = found.paragraphs
    assert list(zip(rows.paragraph, rows.section, rows.section_role, strict=True)) == [row[:3] for row in expected]
    assert [text.startswith(row[3]) for text, row in zip(rows.text, expected, strict=True)] == [True] * len(expected)
    kinds = ["heading" if n.startswith("heading:") else "annex" if ":" in n else "paragraph" for n, *_ in expected]
    assert rows.kind.tolist() == kinds


def test_items_stand_in_their_paragraphs(document: layouts.Document, found: segment.Segmented) -> None:
    rows = found.sentences
    items = {name: group.item.tolist() for name, group in rows.groupby("paragraph") if group["item"].any()}
    assert items == ITEMS[document.name]


def test_mastheads_notes_and_tables_are_left_out(document: layouts.Document, found: segment.Segmented) -> None:
    assert found.dropped.rule.value_counts().to_dict() == LEFT_OUT[document.name]


def test_every_text_is_whole(document: layouts.Document, found: segment.Segmented) -> None:
    assert found.paragraphs.text.tolist() == layouts.texts(document)


FORMATS = {
    "docx": layouts_office.to_docx,
    "html": layouts_office.to_html,
    "odt": layouts_markup.to_odt,
    "md": layouts_markup.to_md,
    "akn": layouts_markup.to_akn,
}


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_says_the_same(document: layouts.Document, found: segment.Segmented, kind: str) -> None:
    data = FORMATS[kind](document)
    (read,) = formats.texts(data.encode() if isinstance(data, str) else data, formats.Limits())
    assert read.format == kind
    other = segment.segment_text(read.text, document.name)
    for table in ("paragraphs", "sentences", "footnotes"):
        lines = ["line_start", "line_end", "line"]
        one, two = (getattr(tables, table).drop(columns=lines, errors="ignore") for tables in (found, other))
        pd.testing.assert_frame_equal(one, two)
