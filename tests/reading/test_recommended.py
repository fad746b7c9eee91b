"""Recommended: which tables of texts hold recommendations, by their file's name or by how the texts begin."""

from __future__ import annotations

import pytest
from pries.reading import formats, recommended
from pries.reading.formats import Limits

INFINITIVES = ["Ratifier la Convention.", "former les juges", "148.3 Garantir l’accès à l’eau.", "Prendre des mesures."]
PROSE = ["Le comité a siégé.", "Notre ville a voté.", "Les élus ont parlé.", "Premier point : le budget."]


def table(cells: list[str]) -> bytes:
    return ("id,text\n" + "".join(f'{n},"{cell}"\n' for n, cell in enumerate(cells, start=1))).encode()


@pytest.mark.parametrize(
    ("file", "cells", "kind", "told"),
    [
        ("epu/recommandations_2024.csv", PROSE * 2, "recommandations", False),
        ("textes.csv", [*INFINITIVES * 2, *PROSE], "recommandations", True),
        ("textes.csv", [*INFINITIVES, *PROSE * 2], "", False),
        ("textes.csv", INFINITIVES, "", False),  # too few to tell
        ("entretiens.csv", PROSE * 4, "", False),
    ],
)
def test_rows_are_recommendations_by_name_or_by_their_infinitives(
    file: str, cells: list[str], kind: str, told: bool
) -> None:
    texts = formats.texts(table(cells), Limits())
    assert bool(recommended.announce(file, texts)) == told
    assert {text.metadata.get("kind", "") for text in texts} == {kind}


def test_a_text_that_is_no_row_is_none() -> None:
    texts = formats.texts(b"Ratifier la Convention.\n", Limits())
    assert recommended.announce("recommandations.txt", texts) == ""
    assert texts[0].metadata == {}


@pytest.mark.parametrize(
    ("header", "author"),
    [
        ("Recommandation;Pays;Réponse de l'État", "Chili"),  # behind what the State under review answers
        ("Recommandation;Pays;Thème", ""),
        ("Recommandation;Pays;Réponse;État auteur", ""),
    ],
)
def test_states_beside_an_answer_are_those_who_recommend(header: str, author: str) -> None:
    cells = ["Planter des arbres.", "Chili", "Acceptée", "Togo"][: header.count(";") + 1]
    (read,) = formats.texts(f"{header}\n{';'.join(cells)}\n".encode(), Limits())
    assert read.metadata.get("recommended_by", "") == author
    assert read.metadata["Pays"] == "Chili"
