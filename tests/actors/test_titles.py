"""Titles: whom the words of a title, a label or a cell name."""

from __future__ import annotations

import pytest
from pries.actors.titles import TitleNames
from pries.base.places import LEXICONS

NAMES = TitleNames.read(LEXICONS)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("du Gouvernement et des villes", "Gouvernement; villes"),
        ("Aux élus, aux associations et au public", "élus; associations; public"),
        ("aux communes et à leurs partenaires", "communes; partenaires"),
        ("À l'Union africaine et à ses États membres", "Union africaine; États membres"),
        ("préfets et maires", "préfets; maires"),
        ("DRAC/DREAL, ARS et communes", "DRAC; DREAL; ARS; communes"),
        ("Ministère de la pêche et Ministère des ports", "Ministère de la pêche; Ministère des ports"),
        ("Gouvernement, parlement, société civile", "Gouvernement; parlement; société civile"),
        ("Direction des ports + Régie ; quais", "Direction des ports; Régie; quais"),
        ("Ministère de l'eau / communes", "Ministère de l'eau; communes"),
        ("du Ministère de la justice et du Parlement", "Ministère de la justice; Parlement"),
        ("Ministère de la pêche, des ports et de la mer", "Ministère de la pêche, des ports et de la mer"),
        ("du Ministère de la pêche, des ports et de la mer", "Ministère de la pêche, des ports et de la mer"),
        (
            "Ministère des ports (chef de file, pilote), communes",
            "Ministère des ports (chef de file, pilote); communes",
        ),
        ("Programme eau/sel", "Programme eau/sel"),
        ("organisations de pêcheurs et de marins", "organisations de pêcheurs et de marins"),
    ],
)
def test_names_are_apart_and_complements_stay_with_their_noun(text: str, names: str) -> None:
    assert "; ".join(one.name for one in NAMES.fillers(text)) == names
