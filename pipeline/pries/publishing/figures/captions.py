"""Captions: what several figures say in words, from the name of a part to the caption that all figures have.

name_part("annex2", words) -> "annexe 2"
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

import pandas as pd

from pries.publishing.figures.chart import TextUnits
from pries.publishing.figures.parts import Pieces
from pries.publishing.figures.report import Report, are_drawn, paragraph_keys
from pries.publishing.labels import Words, clean
from pries.schema import schema

MOST_SYMBOLS = 3  # documents that a caption names


def caption(report: Report, words: Words, text_units: TextUnits | None = None) -> str:
    """What every figure says of its data: n (requests and restatements, or what of the text), the documents if few."""
    documents = report.documents
    n, key = len(report.obligations), "note.n"
    if text_units is not None:
        n, key = text_units.count(report), text_units.label
    key = "note.none" if n == 0 else "note.one" if n == 1 and text_units is None else key
    symbols = [clean(symbol or doc_id) for symbol, doc_id in documents[["symbol", "doc_id"]].to_numpy()]
    if not 0 < len(symbols) <= MOST_SYMBOLS:
        where = words("note.many", n=words.number(len(symbols)))
    else:
        where = words("note.document" if len(symbols) == 1 else "note.documents", symbols=", ".join(symbols))
    repeats = int((report.obligations["restates"] != "").sum())
    if key == "note.n" and repeats < 2:
        key = ("note.n_once", "note.n_again")[repeats]
    return f"{words(key, n=words.number(n), repeats=words.number(repeats))} {where}"


def sources(report: Report, words: Words, of_text: bool) -> str:
    """The paragraphs that a figure rests on: `Paragraphes : 5 à 9, 11.` for one document, else where to find them."""
    rows = report.paragraphs[report.paragraphs["kind"] != "heading"] if of_text else report.obligations
    if not report.alone:
        table = "paragraphs" if of_text else "obligations"
        return words("note.sources", n=words.number(len(set(paragraph_keys(rows)))), table=table)
    wanted = set(rows["paragraph"])
    order = report.paragraphs.loc[report.paragraphs["kind"] != "heading", "paragraph"].tolist()
    runs = [list(run) for is_wanted, run in groupby(order, wanted.__contains__) if is_wanted]
    to = words("note.to")
    names = [run[0] if len(run) == 1 else f"{run[0]} {to} {run[-1]}" for run in runs]
    return words("note.paragraphs", paragraphs=", ".join(names)) if names else ""


def label_counts(counts: pd.DataFrame, head: str, nameless: str, pieces: Pieces) -> pd.DataFrame:
    """Counts by piece as the table beside a figure: a column `head` of names, and the names of the pieces."""
    table = counts.set_axis([str(row) or nameless for row in counts.index])
    name = dict(zip(pieces.keys, pieces.names, strict=True))
    table.columns = [name[key] for key in counts.columns]
    return table.rename_axis(head).reset_index()


def name_largest(values: pd.Series, words: Words, decimals: int = 0) -> str:
    """The three largest in words: `gouvernements (10), États Membres (7), …`."""
    top = values.sort_values(ascending=False, kind="stable").head(3)
    return ", ".join(f"{clean(str(n)) or words('unnamed')} ({words.number(v, decimals)})" for n, v in top.items())


def name_actors(index: Sequence[str], others: int, words: Words) -> tuple[list[str], set[int]]:
    """Names of actors as drawn, and which of them are set apart: nobody first, the others last."""
    labels = [clean(name) or words("unnamed") for name in index]
    apart = {0} if index[0] == "" else set()
    if others:
        labels[-1] = words("others.actor", n=words.number(others))
        apart |= {len(labels) - 1}
    return labels, apart


def name_part(part: str, words: Words) -> str:
    """What figures call a part: a role by its word, the second annex `annexe 2`, a section by its number."""
    if part.startswith("annex"):
        return f"{words('role.annex')} {clean(part.removeprefix('annex'))}".strip()
    return words(f"role.{part}") if part in schema.SECTION_ROLES else clean(part)


def name_parts(report: Report, parts: Iterable[str], words: Words) -> list[str]:
    """What figures call each part; a document by its symbol, as the caption does."""
    names = zip(*(report.documents[column] for column in ("doc_id", "symbol")), strict=True)
    symbols = {} if report.alone else {doc: clean(symbol) for doc, symbol in names if symbol}
    return [symbols.get(part) or name_part(part, words) for part in parts]


def list_sections(report: Report, words: Words) -> list[str]:
    """A note with the titles of the top-level sections of one document: `Sections : I Introduction ; II …`."""
    rows = report.paragraphs[are_drawn(report)]
    tops = rows[(rows["section"] != "") & (rows["section_role"] != "annex")]
    tops = tops[~tops["section"].str.contains(".", regex=False)].drop_duplicates("section")
    joint = "\u00a0; " if words.lang == "fr" else "; "
    pairs = zip(tops["section"].map(clean), tops["section_title"].map(clean), strict=True)
    named = [f"{top}\u00a0{title}" for top, title in pairs if title]
    return [words("note.sections", sections=joint.join(named))] if named else []
