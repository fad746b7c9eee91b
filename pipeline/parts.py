"""Parts: what is counted where; terms by part of the corpus, as every statistic of the corpus reads them.

A *part* is a section (of several documents: the role of the section), a document, a year, a value of a column of
one's own in metadata.csv, the type of those who are to act, or a group of requests. A *unit* is what is counted:
forms and lemmas (in small letters; only words that hold a letter, so neither signs nor numbers), actors (canonical
names, a mention each) and triggers (lemmas of the obligations). Sections, documents, years and columns divide the
whole text; addressee types and groups divide the words of what is asked (the actions), where a request with several
types counts in each.

    section V of 900 words, « droit » 12 times of 58 -> counts[droit, V] = 12, F = 58, t = 900, T = 7000
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from pipeline.columns_statistics import OWN_COLUMN

UNCLASSIFIED = "unclassified"


@dataclass(frozen=True)
class Contingency:
    """Terms by part: counts (terms × parts), F their sums over the corpus, t the sizes of parts, T the corpus's."""

    part_kind: str
    unit: str
    terms: list[str]
    parts: list[str]
    counts: sparse.csr_array
    F: np.ndarray
    t: np.ndarray
    T: int


def tabulate(
    part_kind: str, unit: str, terms: Sequence[str], items: Sequence[int] | np.ndarray, belongs: sparse.csr_array,
    names: Sequence[str],
) -> Contingency:  # fmt: skip
    """Count occurrences: `terms[i]` stands in item `items[i]`, and `belongs` (items × parts) says in which parts."""
    codes, unique = pd.factorize(pd.Series(terms, dtype="object"))
    ones = np.ones(len(codes), dtype=np.int64)
    by_item = sparse.csr_array((ones, (codes, np.asarray(items))), shape=(len(unique), belongs.shape[0]))
    counts = sparse.csr_array(by_item @ belongs)
    total = np.bincount(codes, minlength=len(unique)).astype(np.int64)
    sizes = np.asarray(counts.sum(axis=0)).astype(np.int64).ravel()
    kept = np.flatnonzero(sizes).tolist()
    counts = sparse.csr_array(counts[:, kept])
    parts = [names[j] for j in kept]
    return Contingency(part_kind, unit, list(unique), parts, counts, total, sizes[kept], len(codes))


def membership(values: Sequence[Iterable[str]]) -> tuple[sparse.csr_array, list[str]]:
    """Items × parts from the parts of each item, and the parts in order of appearance."""
    names: dict[str, int] = {}
    rows, columns = [], []
    for row, several in enumerate(values):
        for name in several:
            rows.append(row)
            columns.append(names.setdefault(name, len(names)))
    ones = np.ones(len(rows), dtype=np.int64)
    return sparse.csr_array((ones, (rows, columns)), shape=(len(values), max(len(names), 1))), list(names)


def is_word(form: str) -> bool:
    """Whether a token counts: it holds a letter."""
    return any(c.isalpha() for c in form)


def words_of(tokens: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """The tokens that are words: doc_id, paragraph, sentence_id, start, end, form and lemma in small letters."""
    paragraph = dict(zip(_keys(sentences, "doc_id", "sentence_id"), sentences["paragraph"], strict=True))
    kept = tokens.loc[[is_word(form) for form in tokens["form"]], :]
    return kept[["doc_id", "sentence_id", "start", "end"]].assign(
        paragraph=[paragraph[key] for key in _keys(kept, "doc_id", "sentence_id")],
        form=kept["form"].str.lower().str.replace("’", "'"),
        lemma=kept["lemma"].str.lower().str.replace("’", "'"),
    )


def fields(metadata: pd.DataFrame) -> list[str]:
    """The columns of one's own that divide a corpus: two values at least, and fewer than documents."""
    values = metadata.groupby("field", sort=False)["value"]
    return [str(name) for name, column in values if 1 < column.nunique() < len(column)]


def places(
    sentences: pd.DataFrame, paragraphs: pd.DataFrame, documents: pd.DataFrame, metadata: pd.DataFrame | None = None
) -> pd.DataFrame:
    """For each sentence its section (top level, or the role of several documents' sections), document, year, fields."""
    many = len(documents) > 1
    role = dict(zip(_keys(paragraphs, "doc_id", "paragraph"), paragraphs["section_role"], strict=True))
    keys = _keys(sentences, "doc_id", "paragraph")
    top = [role.get(key, "") for key in keys] if many else [section.split(".")[0] for section in sentences["section"]]
    year = dict(zip(documents["doc_id"], documents["date"].str[:4], strict=True))
    made = pd.DataFrame(
        {
            "doc_id": sentences["doc_id"], "sentence_id": sentences["sentence_id"], "section": top,
            "document": sentences["doc_id"], "date": [year.get(doc, "") for doc in sentences["doc_id"]],
        }
    )  # fmt: skip
    if metadata is None:
        return made
    for field in fields(metadata):
        value: dict[Any, Any] = dict(_keys(metadata[metadata["field"] == field], "doc_id", "value"))
        made[OWN_COLUMN + field] = [value.get(doc, "") for doc in sentences["doc_id"]]
    return made


def _keys(frame: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    return list(zip(*(frame[c] for c in columns), strict=True))


def contingencies(
    tokens: pd.DataFrame, sentences: pd.DataFrame, paragraphs: pd.DataFrame, documents: pd.DataFrame,
    actors: pd.DataFrame, obligations: pd.DataFrame, actions: pd.DataFrame, cluster_members: pd.DataFrame,
    metadata: pd.DataFrame,
) -> Iterator[Contingency]:  # fmt: skip
    """Every unit by every kind of part; a kind with one part comes too, and says nothing."""
    words = words_of(tokens, sentences)
    where = places(sentences, paragraphs, documents, metadata)
    in_text = {
        "form": (words["form"], words), "lemma": (words["lemma"], words), "actor": (actors["actor"], actors),
        "trigger": (obligations["trigger_lemma"], obligations),
    }  # fmt: skip
    for kind in where.columns.drop(["doc_id", "sentence_id"]):
        for unit, (terms, frame) in in_text.items():
            yield by_place(kind, unit, terms, frame, where)
    yield from _of_requests(words, obligations, actions, cluster_members)


def by_place(
    kind: str, unit: str, terms: Sequence[str] | pd.Series, frame: pd.DataFrame, where: pd.DataFrame
) -> Contingency:
    """Terms by section, document or year: `frame` says in which sentence each of `terms` stands."""
    row = {key: n for n, key in enumerate(_keys(where, "doc_id", "sentence_id"))}
    belongs, names = membership([[value] if value else [] for value in where[kind]])
    return tabulate(
        kind, unit, list(terms), [row[key] for key in _keys(frame, "doc_id", "sentence_id")], belongs, names
    )


def _of_requests(
    words: pd.DataFrame, obligations: pd.DataFrame, actions: pd.DataFrame, cluster_members: pd.DataFrame
) -> Iterator[Contingency]:
    """Forms, lemmas and triggers by addressee type and by group of requests."""
    ids = list(obligations["obligation_id"])
    asked, of = asked_words(words, obligations, actions)
    group = dict(_keys(cluster_members, "obligation_id", "cluster"))
    types = [dict.fromkeys(t.strip() for t in cell.split(";") if t.strip()) for cell in obligations["addressee_type"]]
    groups = [[g] if (g := group.get(i, UNCLASSIFIED)) != UNCLASSIFIED else [] for i in ids]
    for kind, values in (("addressee_type", types), ("cluster", groups)):
        belongs, names = membership(values)  # in order of appearance
        for unit in ("form", "lemma"):
            yield tabulate(kind, unit, list(asked[unit]), of, belongs, names)
        yield tabulate(kind, "trigger", list(obligations["trigger_lemma"]), range(len(ids)), belongs, names)


def asked_words(
    words: pd.DataFrame, obligations: pd.DataFrame, actions: pd.DataFrame
) -> tuple[pd.DataFrame, np.ndarray]:
    """The words of what is asked, a row each, and the rank of the obligation that each belongs to."""
    home = {i: (n, p) for n, (i, p) in enumerate(_keys(obligations, "obligation_id", "paragraph"))}
    spans: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
    for identifier, doc, start, end in _keys(actions, "obligation_id", "doc_id", "start", "end"):
        rank, paragraph = home[identifier]
        spans.setdefault((doc, paragraph), []).append((rank, int(start), int(end)))
    rows, of = [], []
    for n, (doc, paragraph, start, end) in enumerate(_keys(words, "doc_id", "paragraph", "start", "end")):
        inside = {rank for rank, first, last in spans.get((doc, paragraph), ()) if first <= start and end <= last}
        rows += [n] * len(inside)
        of += sorted(inside)
    return words.iloc[rows], np.array(of, dtype=np.int64)
