"""Quotations: which earlier documents a request names by their symbol.

Reads documents and obligations; writes quotations, a row for each symbol in the sentence of a request. A symbol is
that of a document of the United Nations or another organisation (A/68/370, WHA31.26, CM/Rec(2010)5) or what has a
number among those of its kind (résolution 67/219, recommandation générale no 19); where the corpus has that document,
the row names it.

    « Réaffirmant sa résolution 67/219, prie les États de … » -> 67/219
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from pries.base.layers import Folder
from pries.store import rowwise

COLUMNS = ["doc_id", "obligation_id", "symbol", "quoted"]
# A body and numbers (A/RES/67/219, E/CN.4/2003/5, S/PV.6453); what a body numbers in its own way (WHA31.26,
# CM/Rec(2010)5, Assembly/AU/Dec.123(VII), 2008/115/CE).
DOCUMENT = re.compile(
    r"\b(?:"
    r"[A-Z]{1,6}(?:\.\d+)?(?:/[A-Z]{1,5}(?:\.\d+)?(?:-\d+)?)*(?:/\d+[A-Z]?)+(?:/(?:Add|Rev|Corr)\.\d+)*"
    r"|(?:WHA|EB)\d{1,3}\.R?\d{1,3}"
    r"|(?:CM/)?(?:Rec|Res[A-Z]*)\s?\(\d{4}\)\s?\d{1,3}"
    r"|[A-Z][\w.]{0,60}(?:/[A-Z]{2,5})?/(?:Dec|Decl|Rec|Res)\.\s?\d+(?:\s?\([IVXLC]+\))?"
    r"|\d{2,4}/\d+/(?:UE|CEE|CE|JAI|PESC|Euratom)\b"
    r")"
)
KIND = r"\b(?:[Rr]ésolution|[Dd]écision|[Rr]ecommandation|[Oo]bservation\sgénérale|[Rr]ecommandation\sgénérale)s?"
# A number of a session or a conference, or of a year in brackets: 67/219, 2000/3, 1/CP.21, XIV/5, 1325 (2000).
NUMBER = (
    r"(?:\d{1,4}/(?:CP|CMP|CMA)\.\d+|(?:\d{1,4}|[IVXLC]+)/\d{1,4}(?:\s[A-Z]\b)?"
    r"|\d{1,4}(?:\s[A-Z])?\s\((?:\d{4}|[IVXLC]+|[SX]-\d+)\))"
)
# « résolutions 60/1 et 61/16 », « résolution de l’Assemblée générale 67/219 »
BODY = r"(?:\s(?:du\s|des\s|de\s(?:la\s|l['’]))[A-ZÉ]\w+(?:\s[\w'’]+){0,5}?)?"
NUMBERED = re.compile(rf"{KIND}{BODY}\s({NUMBER}(?:(?:,\s|\set\s|\sou\s){NUMBER})*)")
# What has a plain number is named by its kind: « recommandation générale no 19 », « résolution no 3 de sa 43e session »
ORDINAL = re.compile(
    rf"{KIND}\s(?:n[o°º]|no\.|numéro)\s?\d{{1,4}}(?:\s\(\d{{4}}\))?"
    r"(?:\s(?:de|à)\s(?:la|sa)\s(?:\d{1,3}|[IVXLC]+)\s?(?:re|e|ème)\ssession)?"
)


def symbols(text: str) -> list[str]:
    """The symbols in a text, each once, in reading order."""
    found = [(m.start(), " ".join(m[0].split())) for form in (DOCUMENT, ORDINAL) for m in form.finditer(text)]
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
    documents: pd.DataFrame, obligations: pd.DataFrame, *, lexicons: Folder | None = None, settings: Path | None = None
) -> dict[str, pd.DataFrame]:
    """The table, in reading order."""
    rows = quotations(obligations, quoted_documents(documents))
    return {"quotations": pd.DataFrame(rows, columns=COLUMNS)}
