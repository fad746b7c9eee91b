"""Quotations: which earlier documents a request names by their symbol.

Reads documents and obligations; writes quotations, a row for each symbol in the sentence of a request. A symbol is
that of a document of the United Nations (A/68/370, S/RES/1325 (2000)) or a resolution by its number (résolution
67/219); where the corpus has that document, the row names it.

    « Réaffirmant sa résolution 67/219, prie les États de … » -> 67/219
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from pries.store import rowwise

COLUMNS = ["doc_id", "obligation_id", "symbol", "quoted"]
# A body and numbers (A/RES/67/219, E/CN.4/2003/5, S/PV.6453); a number of a session, or of a year in brackets, after
# « résolution », « décision » or « recommandation », in lists too (« résolutions 60/1 et 61/16 »).
DOCUMENT = re.compile(
    r"\b[A-Z]{1,6}(?:\.\d+)?(?:/[A-Z]{1,5}(?:\.\d+)?(?:-\d+)?)*(?:/\d+[A-Z]?)+(?:/(?:Add|Rev|Corr)\.\d+)*"
)
NUMBER = r"(?:\d{1,3}/\d{1,4}(?:\s[A-Z]\b)?|\d{1,4}(?:\s[A-Z])?\s\((?:\d{4}|[IVXLC]+|[SX]-\d+)\))"
NUMBERED = re.compile(
    rf"\b(?:[Rr]ésolution|[Dd]écision|[Rr]ecommandation)s?\s({NUMBER}(?:(?:,\s|\set\s|\sou\s){NUMBER})*)"
)


def symbols(text: str) -> list[str]:
    """The symbols in a text, each once, in reading order."""
    found = [(match.start(), match[0]) for match in DOCUMENT.finditer(text)]
    for listed in NUMBERED.finditer(text):
        found += [(listed.start(1) + m.start(), " ".join(m[0].split())) for m in re.finditer(NUMBER, listed[1])]
    return list(dict.fromkeys(symbol for _, symbol in sorted(found)))


def quoted_documents(documents: pd.DataFrame) -> dict[str, str]:
    """The doc_id of each symbol, and of the number at its end: A/RES/67/219 -> also 67/219."""
    made: dict[str, str] = {}
    for doc_id, symbol in rowwise.tuples(documents, "doc_id", "symbol"):
        if symbol:
            made.setdefault(symbol, doc_id)
            made.setdefault(symbol.partition("RES/")[2] or symbol, doc_id)
    return made


def quotations(obligations: pd.DataFrame, known: Mapping[str, str]) -> Iterator[tuple[str, str, str, str]]:
    """A row for each symbol in the sentence of a request; none for the document's own."""
    for doc_id, obligation, text in rowwise.tuples(obligations, "doc_id", "obligation_id", "sentence_text"):
        for symbol in symbols(text):
            if (quoted := known.get(symbol, "")) != doc_id:
                yield doc_id, obligation, symbol, quoted


def run(
    documents: pd.DataFrame, obligations: pd.DataFrame, *, lexicons: Path | None = None, settings: Path | None = None
) -> dict[str, pd.DataFrame]:
    """The table, in reading order."""
    rows = quotations(obligations, quoted_documents(documents))
    return {"quotations": pd.DataFrame(rows, columns=COLUMNS)}
