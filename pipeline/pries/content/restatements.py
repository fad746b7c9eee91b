"""Restatements: which request repeats another of its document, as a report's summary repeats its body.

Reads tokens, vectors, paragraphs, obligations and actions, and `settings/restatements.toml`; writes
restatements (a row an obligation that repeats another). A request of the summary repeats one of the body; in
the body, a later request repeats an earlier one. Two requests of one paragraph never do.

How near two requests are is the mean of two likenesses of what is asked: the cosine of `similarity` (lemmas,
vectors, a little of the paragraph) and the overlap, the weight (inverse paragraph frequency) of the lemmas that
both have over that of the shorter request, which a summary is. A summary also keeps the order of what it
sums up, so that a pair gains by the nearest pair of its neighbours. `least` is what a link takes at least,
`rival` how much more where the request of the body is nearer to another of the summary.

    II, par. 11 « il fallait élaborer un cadre général pour définir les droits des migrants en crise »
    -> VI, par. 39 « ils ont préconisé la création d'un cadre général visant à définir les droits … »
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, MutableMapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from pries.base import settings as settings_files
from pries.base.places import LEXICONS, SETTINGS
from pries.content import request_words, similarity
from pries.content.request_words import Request, Words
from pries.store import batches, rowwise
from pries.store.batches import Table

COLUMNS = ["doc_id", "obligation_id", "restates", "score"]
SHARE = {"low": 0.0, "high": 1.0}
FEW = 3.0  # weight added to that of the shorter request: one word in common of two is no overlap yet
FLOOR = 0.1  # pairs less alike than this gain nothing by their neighbours
BEFORE_AFTER, NEAR = (-1, 1), (-2, -1, 0, 1, 2)  # neighbours in the summary, in the body


@dataclass(frozen=True)
class Settings:
    """`settings/restatements.toml`: what each means stands there."""

    FILE: ClassVar[str] = "restatements.toml"
    lemmas: float = field(default=1.0, metadata={"low": 0.0, "high": 100.0})
    vectors: float = field(default=1.0, metadata={"low": 0.0, "high": 100.0})
    context: float = field(default=0.2, metadata={"low": 0.0, "high": 100.0})
    overlap: float = field(default=0.3, metadata=SHARE)
    sif: float = field(default=0.001, metadata={"low": 1e-9, "high": 1.0})
    neighbours: float = field(default=0.4, metadata=SHARE)
    least: float = field(default=0.32, metadata=SHARE)
    rival: float = field(default=0.2, metadata=SHARE)
    least_in_body: float = field(default=0.36, metadata=SHARE)


def overlap(words: Words, asked: Sequence[Request]) -> np.ndarray:
    """Weight of the lemmas in common over that of the lighter request, n × n, 0 to 1."""
    bags = [{words.lemma[r] for r in request.content} for request in asked]
    column = {lemma: n for n, lemma in enumerate(sorted(set().union(*bags)))}
    many, having = words.paragraphs_counted, words.spread
    weight = np.array([math.log((1 + many) / (1 + having[lemma])) + 0.1 for lemma in column])
    holds = np.zeros((len(bags), len(column)))
    for row, bag in enumerate(bags):
        holds[row, [column[lemma] for lemma in bag]] = 1.0
    total = holds @ weight
    return ((holds * weight) @ holds.T) / (np.minimum.outer(total, total) + FEW)


def with_neighbours(near: np.ndarray, summary: np.ndarray, share: float) -> np.ndarray:
    """`near`, each pair of summary and body raised by `share` of the best pair of their neighbours."""
    best = np.zeros_like(near)
    for left in BEFORE_AFTER:
        for right in NEAR:
            (row, row_beside), (column, column_beside) = _shifted(len(near), left), _shifted(len(near), right)
            alike = (summary[row] == summary[row_beside])[:, None] & (summary[column] == summary[column_beside])
            beside = np.where(alike, near[row_beside, column_beside], 0.0)
            best[row, column] = np.maximum(best[row, column], beside)
    return np.where(near > FLOOR, near + share * best, 0.0)


def _shifted(n: int, by: int) -> tuple[slice, slice]:
    """The positions of n that have another `by` places on, and those others."""
    first, last = max(0, -by), max(n - max(0, by), max(0, -by))
    return slice(first, last), slice(first + by, last + by)


def link(near: np.ndarray, summary: np.ndarray, chosen: Settings) -> dict[int, tuple[int, float]]:
    """What each request repeats, and how near it is: positions in reading order; none for most."""
    found: dict[int, tuple[int, float]] = {}
    of_summary, of_body = np.flatnonzero(summary), np.flatnonzero(~summary)
    if len(of_summary) and len(of_body):
        raised = with_neighbours(near, summary, chosen.neighbours)
        between = raised[np.ix_(of_summary, of_body)]
        for row, i in enumerate(of_summary):
            column = int(between[row].argmax())
            own = between[:, column].argmax() == row
            if between[row, column] >= chosen.least + (0.0 if own else chosen.rival):
                found[int(i)] = int(of_body[column]), float(between[row, column])
    for at, j in enumerate(of_body[1:], start=1):
        i = of_body[int(near[of_body[:at], j].argmax())]
        if near[i, j] >= chosen.least_in_body:
            found[int(j)] = int(i), float(near[i, j])
    return found


def roles(paragraphs: Table, wanted: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The parts that the paragraphs `wanted` play in their reports."""
    columns = ["doc_id", "paragraph", "section_role"]
    rows = (row for part in batches.each(paragraphs[columns]) for row in rowwise.tuples(part, *columns))
    return {(doc, paragraph): role for doc, paragraph, role in rows if (doc, paragraph) in wanted}


def run(
    tokens: Table, vectors: Table, paragraphs: Table, obligations: pd.DataFrame,
    actions: pd.DataFrame, *, lexicons: Path = LEXICONS, settings: Path = SETTINGS,
    shared: MutableMapping[str, Any] | None = None,
) -> dict[str, pd.DataFrame]:  # fmt: skip
    """The table, in reading order. Raises InputError where a setting or a stop word is wrong."""
    chosen = settings_files.read(settings, Settings)
    read = request_words.study(tokens, vectors, obligations, actions, lexicons, shared)
    words, everything = read.words, read.requests
    by_document: dict[str, list[int]] = defaultdict(list)
    places = list(rowwise.tuples(obligations, "doc_id", "paragraph"))
    for n, (doc, _) in enumerate(places):
        by_document[doc].append(n)
    role = roles(paragraphs, set(places))
    rows = []
    for doc, ranks in by_document.items():
        asked = [everything[n] for n in ranks]
        if len(asked) < 2:
            continue
        weights = chosen.lemmas, chosen.vectors, chosen.context
        alike = similarity.combine(similarity.blocks(words, asked, read.vectors, weights, chosen.sif))
        near = np.clip((1 - chosen.overlap) * alike + chosen.overlap * overlap(words, asked), 0.0, 1.0)
        paragraph = np.array([places[n][1] for n in ranks])
        near[paragraph[:, None] == paragraph[None, :]] = 0.0
        summary = np.array([role.get(places[n]) == "summary" for n in ranks])
        for i, (j, score) in sorted(link(np.round(near, 9), summary, chosen).items()):
            rows.append((doc, asked[i].obligation_id, asked[j].obligation_id, score))
    return {"restatements": pd.DataFrame(rows, columns=COLUMNS)}
