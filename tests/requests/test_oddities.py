"""Oddities: files whose requests the rules may have missed are named once, with the first line; others are not."""

from __future__ import annotations

import pandas as pd
import pytest
from corpora import requested
from pries.base.places import LEXICONS, SETTINGS
from pries.requests import obligations
from pries.requests.context.oddities import FEWEST
from pries.schema import schema
from pries.segmentation import segment

UNANNOUNCED = "Créer un fonds pour les pêcheurs.\n\nFormer les juges des ports.\n\nOuvrir les archives de la ville.\n"
NAMES = (
    "Liste des ports, des navires et des équipages du sud, avec le nom du capitaine, le port de départ, la charge, "
    "la longueur, la largeur, la couleur de la coque et le matériel de pêche à bord.\n"
)
INFINITIVES = f"{FEWEST} sentences that begin with an infinitive and that nothing announces"
NO_VERB = "no finite verb in its text"
NO_TEXT = "nothing but a title or a few words in it"


def told(texts: dict[str, str], form: str = "txt") -> list[tuple[str, str, int, str]]:
    """File, document, line and problem of each oddity of some documents, files by the letter of the doc_id."""
    parts = [segment.segment_text(text, doc_id) for doc_id, text in texts.items()]
    blank = {column.name: "" for column in schema.TABLES["documents"].filled_by("segment")}
    files = [blank | {"doc_id": doc_id, "file": doc_id[0], "format": form} for doc_id in texts]
    documents = schema.conform(pd.DataFrame(files), "documents", "segment")
    made = requested(*parts, documents=documents)["oddities"]
    assert (made["remedy"] != "").all()
    return list(made[["file", "doc_id", "line", "problem"]].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Le port est ancien.\n\n{UNANNOUNCED}", [("a", "a1", 3, INFINITIVES)]),
        ("- créer un fonds ;\n- former les juges ;\n- ouvrir les archives.\n", [("a", "a1", 1, INFINITIVES)]),
        (NAMES, [("a", "a1", 0, NO_VERB)]),
        (f"Recommandations\n\n{UNANNOUNCED}", []),
        (f"Le programme vise à :\n\na) {UNANNOUNCED.replace(chr(10) * 2, chr(10) * 2 + 'b) ', 1)}", []),
        ("Créer un fonds prend du temps. Les États devraient publier leurs comptes chaque année.\n", []),
        ("Voir le tableau 1.\n\nVoir le tableau 2.\n\nVoir le tableau 3.\n\nVoir le tableau 4.\n", []),
        ("Liste des ports du sud.\n", [("a", "a1", 0, NO_TEXT)]),
        ("LES PORTS DU SUD\n", [("a", "a1", 0, NO_TEXT)]),
        ("Les ports du sud vieillissent.\n", []),
    ],
)
def test_what_may_have_been_missed_is_told(text: str, expected: list[tuple[str, str, int, str]]) -> None:
    assert told({"a1": text}) == expected


def test_a_table_of_texts_is_named_once_with_how_many() -> None:
    rows = {f"a{n}": line for n, line in enumerate(UNANNOUNCED.split("\n\n"))}
    assert told(rows, "csv") == [("a", "", 0, INFINITIVES)]
    assert told({"a1": NAMES, "a2": NAMES}, "csv") == [("a", "", 0, f"{NO_VERB}, in 2 of its texts")]


def test_no_document_has_nothing_to_tell() -> None:
    none = schema.empty("tokens", "parse")
    made = obligations.run(
        schema.empty("paragraphs", "segment"), schema.empty("sentences", "segment"), none,
        schema.empty("actors", "actors"), schema.empty("documents", "segment"), schema.empty("metadata", "segment"),
        lexicons=LEXICONS, settings=SETTINGS,
    )  # fmt: skip
    assert [len(table) for table in made.values()] == [0] * 4
