"""Cues: the lists of words of cues.csv, which decide how phrases and requests are read.

document -> rapport, programme, résolution, …
"""

from __future__ import annotations

from pathlib import Path

from pries.base import lexicon

LISTS = ("governor_de", "governor", "purpose", "carrier", "document", "quantity", "constraint", "thing")
CUES = lexicon.Lexicon(
    "cues.csv", ("list", "words", "note"), ("note",), {"list": LISTS}, several=("words",), key=("list",)
)


def read_cues(lexicons: Path) -> dict[str, frozenset[str]]:
    """The lists of cues.csv; one that is left out is empty. Raises InputError."""
    lists: dict[str, frozenset[str]] = dict.fromkeys(LISTS, frozenset())
    return lists | {row["list"]: frozenset(row.several("words")) for row in lexicon.read(lexicons, CUES)}
