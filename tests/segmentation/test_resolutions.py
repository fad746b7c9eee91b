"""Parts of a resolution: which paragraphs are preambular, which operative; texts of our own."""

from __future__ import annotations

from pries.base.places import LEXICONS
from pries.segmentation.segment import segment_text

MODERN = """L'Assemblée générale,

Rappelant sa résolution sur les océans,

Profondément préoccupée par l'érosion des côtes,

Convaincue que les ports doivent être protégés,

1. Prie le Secrétaire général de dresser une carte des ports ;

2. Demande aux États riverains de la tenir à jour ;

3. Décide de rester saisie de la question.

12e séance plénière
8 mars 2003
"""

OLD = """La Conférence 1) Constate que les cantines manquent dans les campagnes.

2) Reconnaît que les communes n'ont pas de quoi les payer.

3) Recommande aux ministères d'en fonder.

4) Estime que les parents doivent être consultés.
"""

FORMULA = """La Conférence internationale des phares, réunie à Brest, adopte la recommandation suivante :

Considérant que les phares s'éteignent,

Que les gardiens partent,

Soumet aux ministères de la marine la recommandation suivante :

1. Les phares seront tous gardés.

2. Notant les frais qui en résultent, les ports y contribueront.
"""

REPORT = """I. Introduction

1. Le Comité note que les ports ont été agrandis.

2. Rappelant ses observations, il recommande aux ports de publier leurs comptes.

3. Demande d'assistance de l'État riverain
"""


def parts(text: str) -> list[str]:
    table = segment_text(text, "d", lexicons=LEXICONS).paragraphs
    return table["part"][table["kind"] != "heading"].tolist()


def test_participles_open_the_preamble_and_numbers_what_is_decided() -> None:
    assert parts(MODERN)[:7] == ["", *["preambular"] * 3, *["operative"] * 3]
    assert set(parts(MODERN)[7:]) <= {""}


def test_without_participles_what_is_stated_is_preambular() -> None:
    assert parts(OLD) == ["preambular", "preambular", "operative", "operative"]


def test_the_formula_is_neither() -> None:
    assert parts(FORMULA) == ["", "preambular", "preambular", "", "operative", "operative"]


def test_a_report_has_no_parts() -> None:
    assert set(parts(REPORT)) == {""}
