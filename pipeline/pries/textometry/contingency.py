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

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from pries.grammar.content_words import in_small_letters
from pries.schema.statistics import OWN_COLUMN, UNITS
from pries.store import batches, rowwise
from pries.store.batches import Table

TABLES = (
    "tokens", "sentences", "paragraphs", "documents", "actors", "obligations", "actions", "cluster_members", "metadata",
)  # fmt: skip
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


class Tally:
    """How often each term stands in each item (a place, a request), items being numbered as they come."""

    def __init__(self) -> None:
        self.rank: dict[str, int] = {}
        self.counts: list[sparse.csr_array] = []  # items × terms, of the items of one part after the other

    def add(self, terms: Sequence[str] | pd.Series, items: Sequence[int] | np.ndarray, number: int) -> None:
        """Count `terms[i]` in item `items[i]`, of `number` new items that are numbered from 0."""
        codes, unique = pd.factorize(pd.Series(terms, dtype="object"))
        rank = np.array([self.rank.setdefault(term, len(self.rank)) for term in unique], dtype=np.int32)
        ones = np.ones(len(codes), dtype=np.int32)
        at = np.asarray(items, dtype=np.int32), rank[codes]
        self.counts.append(sparse.csr_array((ones, at), shape=(number, len(self.rank))))

    def divided(self, part_kind: str, unit: str, belongs: sparse.csr_array, names: Sequence[str]) -> Contingency:
        """The terms by part; `belongs` (items × parts) says in which of the parts `known_names` each item lies."""
        for block in self.counts:
            block.resize(block.shape[0], len(self.rank))
        by_item = sparse.vstack(self.counts, format="csr")
        counts = sparse.csr_array((belongs.T @ by_item).T, dtype=np.int64)
        total = np.asarray(by_item.sum(axis=0, dtype=np.int64)).ravel()
        sizes = np.asarray(counts.sum(axis=0)).ravel()
        kept = np.flatnonzero(sizes).tolist()
        parts = [names[j] for j in kept]
        counts = sparse.csr_array(counts[:, kept])
        return Contingency(part_kind, unit, list(self.rank), parts, counts, total, sizes[kept], int(total.sum()))


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


def words_of(tokens: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """The tokens that are words: doc_id, paragraph, sentence_id, start, end, form and lemma in small letters."""
    paragraph = dict(zip(rowwise.tuples(sentences, "doc_id", "sentence_id"), sentences["paragraph"], strict=True))
    kept = in_small_letters(tokens[["doc_id", "sentence_id", "start", "end", "form", "lemma"]])
    return kept.assign(paragraph=rowwise.looked_up(paragraph, kept, "doc_id", "sentence_id"))


def fields(metadata: pd.DataFrame) -> list[str]:
    """The columns of one's own that divide a corpus: two values at least, and fewer than documents."""
    values = metadata.groupby("field", sort=False)["value"]
    return [str(name) for name, column in values if 1 < column.nunique() < len(column)]


def top_sections(sentences: pd.DataFrame, paragraphs: pd.DataFrame, many: bool) -> list[str]:
    """For each sentence its section's top level, or, of many documents, the role of its section."""
    if not many:
        return [section.split(".")[0] for section in sentences["section"]]
    role = dict(zip(rowwise.tuples(paragraphs, "doc_id", "paragraph"), paragraphs["section_role"], strict=True))
    return [role.get(key, "") for key in rowwise.tuples(sentences, "doc_id", "paragraph")]


def places(
    sentences: pd.DataFrame, paragraphs: pd.DataFrame, documents: pd.DataFrame, metadata: pd.DataFrame | None = None
) -> pd.DataFrame:
    """For each sentence its section (top level, or the role of several documents' sections), document, year, fields."""
    top = top_sections(sentences, paragraphs, len(documents) > 1)
    return pd.DataFrame(
        {"doc_id": sentences["doc_id"], "sentence_id": sentences["sentence_id"]}
        | divisions(sentences["doc_id"], top, documents, metadata)
    )


def divisions(
    docs: Sequence[str] | pd.Series, top: Sequence[str], documents: pd.DataFrame, metadata: pd.DataFrame | None = None
) -> dict[str, Any]:
    """By kind of part, the part that each place (a document and a section) is in."""
    year = dict(zip(documents["doc_id"], documents["date"].str[:4], strict=True))
    made = {"section": top, "document": docs, "date": [year.get(doc, "") for doc in docs]}
    if metadata is None:
        return made
    for field in fields(metadata):
        value: dict[Any, Any] = dict(rowwise.tuples(metadata[metadata["field"] == field], "doc_id", "value"))
        made[OWN_COLUMN + field] = [value.get(doc, "") for doc in docs]
    return made


class ByPlace:
    """Terms of several units by place, counted part by part; whole documents stand in a part."""

    def __init__(self, documents: pd.DataFrame, metadata: pd.DataFrame | None = None) -> None:
        self.documents, self.metadata = documents, metadata
        self.docs: list[str] = []
        self.top: list[str] = []
        self.tallies: dict[str, Tally] = defaultdict(Tally)

    def add(
        self, sentences: pd.DataFrame, paragraphs: pd.DataFrame,
        found: Mapping[str, tuple[Sequence[str] | pd.Series, pd.DataFrame]],
    ) -> None:  # fmt: skip
        """Count the terms of each unit; a frame beside them says in which sentences they stand."""
        rank: dict[tuple[str, str], int] = {}
        top = top_sections(sentences, paragraphs, len(self.documents) > 1)
        pairs = zip(sentences["doc_id"].tolist(), top, strict=True)
        of = [rank.setdefault(pair, len(rank)) for pair in pairs]
        place = dict(zip(rowwise.tuples(sentences, "doc_id", "sentence_id"), of, strict=True))
        self.docs += [doc for doc, _ in rank]
        self.top += [section for _, section in rank]
        for unit, (terms, frame) in found.items():
            self.tallies[unit].add(terms, rowwise.looked_up(place, frame, "doc_id", "sentence_id"), len(rank))

    def kinds(self) -> dict[str, Any]:
        """By kind of part, the part of each place."""
        return divisions(self.docs, self.top, self.documents, self.metadata)

    def divided(self, kind: str, unit: str, values: Iterable[str]) -> Contingency:
        """Terms of a unit by the `values` that a kind of part gives the places."""
        belongs, names = membership([[value] if value else [] for value in values])
        return self.tallies[unit].divided(kind, unit, belongs, names)


def contingencies(
    tokens: Table, sentences: Table, paragraphs: Table, documents: pd.DataFrame, actors: Table,
    obligations: pd.DataFrame, actions: pd.DataFrame, cluster_members: pd.DataFrame, metadata: pd.DataFrame,
) -> Iterator[Contingency]:  # fmt: skip
    """Every unit by every kind of part; a kind with one part comes too, and says nothing."""
    made = ByPlace(documents, metadata)
    asked: dict[str, Tally] = defaultdict(Tally)
    columns = ["doc_id", "sentence_id", "start", "end", "form", "lemma"]
    text = sentences[["doc_id", "sentence_id", "section", "paragraph"]]
    roles = paragraphs[["doc_id", "paragraph", "section_role"]]
    for part in batches.abreast(tokens[columns], text, roles, actors[["doc_id", "sentence_id", "actor"]]):
        token, sentence, paragraph, mentions = part
        words = words_of(token, sentence)
        mine = np.flatnonzero(batches.of_documents(obligations, sentence))
        requests = obligations.iloc[mine]
        in_text = {
            "form": (words["form"], words), "lemma": (words["lemma"], words), "actor": (mentions["actor"], mentions),
            "trigger": (requests["trigger_lemma"], requests),
        }  # fmt: skip
        made.add(sentence, paragraph, in_text)
        within, of = asked_words(words, requests, actions[batches.of_documents(actions, sentence)])
        for unit in ("form", "lemma"):
            asked[unit].add(within[unit], of, len(mine))
    for kind, values in made.kinds().items():
        for unit in UNITS:
            yield made.divided(kind, unit, values)
    yield from _of_requests(asked, obligations, cluster_members)


def by_place(
    kind: str, unit: str, terms: Sequence[str] | pd.Series, frame: pd.DataFrame, where: pd.DataFrame
) -> Contingency:
    """Terms by section, document or year: `frame` says in which sentence each of `terms` stands."""
    row = {key: n for n, key in enumerate(rowwise.tuples(where, "doc_id", "sentence_id"))}
    belongs, names = membership([[value] if value else [] for value in where[kind]])
    tally = Tally()
    tally.add(terms, rowwise.looked_up(row, frame, "doc_id", "sentence_id"), len(where))
    return tally.divided(kind, unit, belongs, names)


def _of_requests(
    asked: Mapping[str, Tally], obligations: pd.DataFrame, cluster_members: pd.DataFrame
) -> Iterator[Contingency]:
    """Forms, lemmas and triggers by addressee type and by group of requests."""
    ids = list(obligations["obligation_id"])
    triggers = Tally()
    triggers.add(obligations["trigger_lemma"], range(len(ids)), len(ids))
    group = dict(rowwise.tuples(cluster_members, "obligation_id", "cluster"))
    types = [dict.fromkeys(t.strip() for t in cell.split(";") if t.strip()) for cell in obligations["addressee_type"]]
    groups = [[g] if (g := group.get(i, UNCLASSIFIED)) != UNCLASSIFIED else [] for i in ids]
    for kind, values in (("addressee_type", types), ("cluster", groups)):
        belongs, names = membership(values)  # in order of appearance
        for unit, tally in {**asked, "trigger": triggers}.items():
            yield tally.divided(kind, unit, belongs, names)


def asked_words(
    words: pd.DataFrame, obligations: pd.DataFrame, actions: pd.DataFrame
) -> tuple[pd.DataFrame, np.ndarray]:
    """The words of what is asked, a row each, and the rank of the obligation that each belongs to."""
    home = {i: (n, p) for n, (i, p) in enumerate(rowwise.tuples(obligations, "obligation_id", "paragraph"))}
    spans: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
    for identifier, doc, start, end in rowwise.tuples(actions, "obligation_id", "doc_id", "start", "end"):
        rank, paragraph = home[identifier]
        spans.setdefault((doc, paragraph), []).append((rank, int(start), int(end)))
    pairs: set[tuple[int, int]] = set()  # a word, and who asks for what it says
    start, end = (words[c].tolist() for c in ("start", "end"))
    for key, here in rowwise.runs(words, "doc_id", "paragraph"):
        for rank, first, last in spans.get(key, ()):
            begun, beyond = (bisect_left(start, place, here.start, here.stop) for place in (first, last))
            pairs.update((n, rank) for n in range(begun, beyond) if end[n] <= last)
    rows, of = zip(*sorted(pairs), strict=True) if pairs else ((), ())
    return words.iloc[list(rows)], np.array(of, dtype=np.int64)
