"""Families: which requests are the same one, within a document and across documents, said again.

Reads tokens, vectors, documents, paragraphs, obligations, actions and judged, `settings/families.toml` and
`summaries.toml`, `lexicons/synonyms.csv`, `near_synonyms.csv`, `effects.csv`, `contrasts.csv` and `stopwords.csv`;
writes families, a row for each request that is said more than once, the earliest first (by the date of the document,
then its doc_id; a summary comes after the body that it repeats). Each has a link to the earliest earlier one that it is
the same as, with score and reason.

Two requests are linked if `sameness` says that they ask the same, or if one stands in a summary and repeats the body
(`summaries`); never two of one paragraph. Requests that are linked, however far, are one family; those that a person
has called the same are linked too, and those that a person has told apart stay apart. Which pairs are
looked at, of all that there could be, is told in `candidates`. What is decided of two requests hangs on no third, so
that a document that is added or taken away changes only the families that it has a part in.

    1998 « prie les États de créer un fonds »; 2004 « La création d'un fonds par les gouvernements est recommandée »
    -> one family: first said in 1998, again in 2004
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pries.base import settings as settings_files
from pries.base.layers import Folder
from pries.base.places import LEXICONS, SETTINGS
from pries.content import candidates, request_words, sameness, substance, summaries
from pries.content.concepts import Concepts
from pries.content.family_names import named
from pries.content.request_words import Study
from pries.content.substance import Substance
from pries.store import batches, rowwise
from pries.store.batches import Table

COLUMNS = ["family", "rank", "doc_id", "date", "obligation_id", "score", "restates", "reason"]
SUMMARY = "summary repeats body"
THROUGH = "through others of the family"
BY_HAND = "by hand"
JUDGED = ("obligation_id", "other", "verdict")
EARLIER = 50  # of the earlier requests of its family, how many a request is held against


@dataclass(frozen=True)
class Place:
    """Where a request stands; places are compared as requests come one after the other."""

    date: str
    doc_id: str
    in_summary: bool
    row: int
    paragraph: str

    @property
    def order(self) -> tuple[bool, str, str, bool, int]:
        """Documents without a date come last."""
        return not self.date, self.date, self.doc_id, self.in_summary, self.row

    def beside(self, other: Place) -> bool:
        """Whether both stand in one paragraph, where nothing is said again."""
        return (self.doc_id, self.paragraph) == (other.doc_id, other.paragraph)


@dataclass(frozen=True)
class Link:
    """Two requests that are the same one, by their positions, the earlier first."""

    score: float
    one: int
    other: int
    reason: str


def numbers(n: int, links: Collection[Link], apart: Collection[tuple[int, int]] = ()) -> list[int]:
    """The family of each of n requests, numbered by its first: those linked, however far, are one.

    Where two have to stay `apart`, the nearest links are made first, and none that would bring the two together.
    """
    parent = list(range(n))
    strangers: dict[int, set[int]] = defaultdict(set)
    for one, other in apart:
        strangers[one].add(other)
        strangers[other].add(one)
    if apart:
        links = sorted(links, key=lambda link: (link.reason != BY_HAND, -link.score, link.one, link.other))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for link in links:
        a, b = sorted((root(link.one), root(link.other)))
        if a != b and b not in {root(stranger) for stranger in strangers.get(a, ())}:
            parent[b] = a
            if b in strangers:
                strangers[a] |= strangers.pop(b)
    return [root(i) for i in range(n)]


def same_in_substance(
    asked: Sequence[Substance], places: Sequence[Place], concepts: Concepts, chosen: sameness.Settings
) -> Iterator[Link]:
    """Links by what is asked. Requests of one substance are compared once."""
    holders: dict[Substance, list[int]] = defaultdict(list)
    for n, one in enumerate(asked):
        holders[one].append(n)
    groups = list(holders.items())
    for one, alike in groups:
        score, reason = sameness.compare(one, one, concepts, chosen)
        if score:
            yield from _between(alike, alike, places, score, reason)
    keys = zip(*(sameness.keys(one) for one, _ in groups), strict=True)
    found = [candidates.pairs(sets, chosen.overlap, chosen.window) for sets in keys]
    for i, j in np.unique(np.concatenate(found), axis=0).tolist() if found else ():
        score, reason = sameness.compare(groups[i][0], groups[j][0], concepts, chosen)
        if score:
            yield from _between(groups[i][1], groups[j][1], places, score, reason)


def _between(
    some: Sequence[int], others: Sequence[int], places: Sequence[Place], score: float, reason: str
) -> Iterator[Link]:
    """Each of two sets of requests, which are all the same, linked to the first of the other that it can repeat."""
    for these, those in ((some, others), (others, some)):
        first = those[0]
        elsewhere = next((n for n in those if not places[n].beside(places[first])), None)
        for n in these:
            other = first if n != first and not places[n].beside(places[first]) else elsewhere
            if other is not None and n != other and not places[n].beside(places[other]):
                yield Link(score, min(n, other), max(n, other), reason)
        if some is others:
            return


def repeated_in_summaries(
    study: Study, order: Sequence[int], places: Sequence[Place], chosen: summaries.Settings
) -> Iterator[Link]:
    """Links of a summary to its body; a document without a summary has none."""
    parts: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for n, place in enumerate(places):
        parts[place.doc_id][place.in_summary].append(n)
    for body, summary in parts.values():
        if not body or not summary:
            continue
        one, other = ([study.requests[order[n]] for n in part] for part in (summary, body))
        for (i, j), score in summaries.links(study.words, one, other, study.vectors, chosen).items():
            yield Link(round(score, 6), body[j], summary[i], SUMMARY)


def linked(
    family: Sequence[int], at: int, asked: Sequence[Substance], places: Sequence[Place],
    known: Mapping[tuple[int, int], Link], concepts: Concepts, chosen: sameness.Settings,
) -> Link:  # fmt: skip
    """The link of a request to the earliest earlier one of its family that it is the same as; `known` has links by
    the two that they link, and under a request twice the nearest of its own."""
    n = family[at]
    for one in family[: min(at, EARLIER)]:
        if (one, n) in known:
            return known[one, n]
        score, reason = sameness.compare(asked[one], asked[n], concepts, chosen)
        if score and not places[one].beside(places[n]):
            return Link(score, one, n, reason)
    return Link(known[n, n].score, family[0], n, THROUGH)


def roles(paragraphs: Table, wanted: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The parts that the paragraphs `wanted` play in their reports."""
    columns = ["doc_id", "paragraph", "section_role"]
    rows = (row for part in batches.each(paragraphs[columns]) for row in rowwise.tuples(part, *columns))
    return {(doc, paragraph): role for doc, paragraph, role in rows if (doc, paragraph) in wanted}


def run(
    tokens: Table, vectors: Table, documents: pd.DataFrame, paragraphs: Table, obligations: pd.DataFrame,
    actions: pd.DataFrame, judged: pd.DataFrame, *, lexicons: Folder = LEXICONS, settings: Folder = SETTINGS,
    shared: MutableMapping[str, Any] | None = None,
) -> dict[str, pd.DataFrame]:  # fmt: skip
    """The table, families by their first request. Raises InputError where a setting or a lexicon is wrong."""
    chosen = settings_files.read(settings, sameness.Settings)
    in_summaries = settings_files.read(settings, summaries.Settings)
    concepts = Concepts.read(lexicons)
    study = request_words.study(tokens, vectors, obligations, actions, lexicons, shared)
    dates = dict(rowwise.tuples(documents, "doc_id", "date"))
    where = list(rowwise.tuples(obligations, "doc_id", "paragraph"))
    role = roles(paragraphs, set(where))
    stands = [
        Place(dates.get(doc, ""), doc, role.get((doc, paragraph)) == "summary", row, paragraph)
        for row, (doc, paragraph) in enumerate(where)
    ]
    order = sorted(range(len(stands)), key=lambda row: stands[row].order)
    asks = substance.substances(study.words, study.requests, obligations, actions, concepts)
    asked, places = [asks[row] for row in order], [stands[row] for row in order]
    links = [
        *same_in_substance(asked, places, concepts, chosen),
        *repeated_in_summaries(study, order, places, in_summaries),
    ]
    ids = [study.requests[row].obligation_id for row in order]
    at = {identifier: n for n, identifier in enumerate(ids)}
    pairs = [(*sorted((at[i], at[j])), verdict) for i, j, verdict in rowwise.tuples(judged, *JUDGED)]
    links += [Link(1.0, one, other, BY_HAND) for one, other, verdict in pairs if verdict == "same"]
    apart = [(one, other) for one, other, verdict in pairs if verdict == "different"]
    return {"families": table(ids, asked, places, links, apart, concepts, chosen)}


def table(
    ids: Sequence[str], asked: Sequence[Substance], places: Sequence[Place], links: Sequence[Link],
    apart: Sequence[tuple[int, int]], concepts: Concepts, chosen: sameness.Settings,
) -> pd.DataFrame:  # fmt: skip
    """A row for each request of a family of several."""
    members: dict[int, list[int]] = defaultdict(list)
    for n, number in enumerate(numbers(len(ids), links, apart)):
        members[number].append(n)
    by_score = sorted(links, key=lambda link: link.score)
    known = {(link.one, link.other): link for link in by_score}
    known |= {(n, n): link for link in by_score for n in (link.one, link.other)}  # the nearest of each
    rows: list[tuple] = []
    for family in members.values():
        for at, n in enumerate(family if len(family) > 1 else ()):
            link = linked(family, at, asked, places, known, concepts, chosen) if at else None
            because = (link.score, ids[link.one], link.reason) if link else (float("nan"), "", "")
            rows.append((named(ids[family[0]]), at + 1, places[n].doc_id, places[n].date, ids[n], *because))
    return pd.DataFrame(rows, columns=COLUMNS)
