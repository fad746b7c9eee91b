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
