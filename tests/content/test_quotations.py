"""Quotations: symbols of documents in sentences, and the documents of the corpus that they name."""

from __future__ import annotations

import pandas as pd
import pytest
from pries.content import quotations
from pries.schema import schema


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Réaffirmant sa résolution 67/219, elle prie le Secrétaire général d'agir.", ["67/219"]),
        ("Comme l'ont demandé les résolutions 60/1, 61/16 et 62/5 A, il faut agir.", ["60/1", "61/16", "62/5 A"]),
        ("Il faut appliquer la résolution 1325 (2000) et la résolution 217 A (III).", ["1325 (2000)", "217 A (III)"]),
        ("Voir A/RES/70/1, E/CN.4/2003/5 et S/2011/634/Add.1.", ["A/RES/70/1", "E/CN.4/2003/5", "S/2011/634/Add.1"]),
        ("Comme le veut sa résolution 67/219 du 21 décembre 2012, il faut agir.", ["67/219"]),
        ("La résolution de l’Assemblée générale 48/104 doit être appliquée.", ["48/104"]),
        ("Les résolutions du Conseil économique et social 1996/31 et 2000/3 restent valables.", ["1996/31", "2000/3"]),
        ("Il faut appliquer la décision 1/CP.21 et la décision XIV/5.", ["1/CP.21", "XIV/5"]),
        (
            "Prie le Directeur d’appliquer la résolution WHA31.26 et la recommandation no 3 de la 43e session.",
            ["WHA31.26", "recommandation no 3 de la 43e session"],
        ),
        (
            "Il devrait suivre l’observation générale no 16 (2013) et la recommandation générale n° 19.",
            ["observation générale no 16 (2013)", "recommandation générale n° 19"],
        ),
        (
            "Rappelant CM/Rec(2010)5, la directive 2008/115/CE et Assembly/AU/Dec.123(VII), il prie les États d’agir.",
            ["CM/Rec(2010)5", "2008/115/CE", "Assembly/AU/Dec.123(VII)"],
        ),
        ("La recommandation 4 du rapport, la décision de 2010, 12/20 élèves et 3/4 des écoles.", []),
        ("La moitié (1/2) des 24/7 services, et/ou la TVA, le 3/4/2010.", []),
    ],
)
def test_symbols(text: str, found: list[str]) -> None:
    assert quotations.symbols(text) == found


def test_a_quotation_names_the_document_that_the_corpus_has() -> None:
    documents = pd.DataFrame({"doc_id": ["r67", "r70", "note"], "symbol": ["A/RES/67/219", "A/RES/70/1", ""]})
    said = "Rappelant sa résolution 67/219 et la résolution 70/1, l'Assemblée prie les États d'agir."
    obligations = pd.DataFrame({"doc_id": ["r70"], "obligation_id": ["o1"], "sentence_text": [said]})
    made = schema.conform(quotations.run(documents, obligations)["quotations"], "quotations", "quotations")
    assert list(made.itertuples(index=False, name=None)) == [("r70", "o1", "67/219", "r67")]
