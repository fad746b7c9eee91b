"""Articles before names that are spelt out: elision, contraction, gender."""

from __future__ import annotations

import pytest
from pries.actors import known_names
from pries.actors.articles import before, elides, is_feminine
from pries.base.places import LEXICONS

NAMES = {
    "Fonds des enfants": (False, False), "Organisation de la pêche": (True, True), "Haut-Commissariat": (False, False),
    "Comité des sages": (False, False), "Communauté des lacs": (False, True), "Institut de la mer": (True, False),
    "Hôpital du Nord": (True, False), "Banque du sel": (False, True), "École des mines": (True, False),
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_how_names_begin(name: str) -> None:
    assert elides(name) == NAMES[name][0]
    if name != "École des mines":  # an elided article tells no gender
        assert is_feminine(name) == NAMES[name][1]


@pytest.mark.parametrize(
    ("words", "name", "wanted"),
    [
        ("déléguée de l’", "Fonds des enfants", "déléguée du "),
        ("aide à l’", "Fonds des enfants", "aide au "),
        ("aide à l’", "Banque du sel", "aide à la "),
        ("déléguée de la", "Organisation de la pêche", "déléguée de l’"),
        ("déléguée du", "Organisation de la pêche", "déléguée de l’"),
        ("déléguée du", "Communauté des lacs", "déléguée de la "),
        ("aide au", "Institut de la mer", "aide à l’"),
        ("membres d’", "Fonds des enfants", "membres de "),
        ("membres de", "Organisation de la pêche", "membres d’"),
        ("membres du", "Haut-Commissariat", "membres du "),
        ("avec l’", "Comité des sages", "avec le "),
        ("le", "Comité des sages", "le "),
        ("chercheurs", "Fonds des enfants", "chercheurs "),
        ("", "Fonds des enfants", ""),
    ],
)
def test_what_stands_before(words: str, name: str, wanted: str) -> None:
    assert before(words.split(), name) == wanted


def test_acronyms_are_spelt_out_with_their_articles() -> None:
    known = known_names.ActorNames.read(LEXICONS)
    expanded = {
        "représentante de l’UNICEF": "représentante du Fonds des Nations Unies pour l’enfance",
        "experts de la FAO": "experts de l’Organisation des Nations Unies pour l’alimentation et l’agriculture",
        "États Membres de l’ONU": "États Membres de l’Organisation des Nations Unies",
        "directeur du HCR": "directeur du Haut-Commissariat des Nations Unies pour les réfugiés",
    }
    assert {name: known.expanded(name) for name in expanded} == expanded
