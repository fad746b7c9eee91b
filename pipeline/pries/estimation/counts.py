"""Counts: what every published count takes from each request, as the program found it and as a person left it.

Reads requests before and after corrections, with what was joined to them: theme, group, whether they restate
another; gives long tables, a row for each request and part that it counts in. A request that a person has rejected has
no group and restates nothing in the corrected run: it counts there as requests do on average.

    « Les gouvernements ont été priés de ratifier » -> all, modality request, addressee gouvernements, …
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from pries.review.decisions import SIGNATURE
from pries.store import batches, rowwise
from pries.store.batches import Table
from pries.store.cells import several

NOT_NAMED, NO_THEME, UNCLASSIFIED = "non nommé", "sans thème", "unclassified"
ALL = ("all", "")
ACTORS = ("issuer", "addressee")

Part = tuple[str, str]  # kind of part and part: ("addressee", "gouvernements")


@dataclass
class Request:
    """A request as it counts: its sentence, what a person may change, its parts, how much of it restates nothing."""

    sentence_id: str
    fields: tuple[str, ...]
    parts: dict[Part, float]
    distinct: float


@dataclass(frozen=True)
class Joined:
    """What is known of requests beside their own columns."""

    themes: Mapping[str, list[str]]
    groups: Mapping[str, str]
    restates: frozenset[str]
    actions: Mapping[str, list[str]]
    dates: Mapping[str, str]


def joined(
    themes: Table, cluster_members: pd.DataFrame, families: pd.DataFrame, actions: pd.DataFrame,
    documents: pd.DataFrame,
) -> Joined:  # fmt: skip
    """The tables of the run, by request or document."""
    of_request: dict[str, list[str]] = defaultdict(list)
    for part in batches.each(themes[["unit", "unit_id", "theme"]]):
        for unit_id, theme in rowwise.tuples(part[part["unit"] == "obligation"], "unit_id", "theme"):
            of_request[unit_id].append(theme)
    return Joined(
        of_request,
        dict(rowwise.tuples(cluster_members, "obligation_id", "cluster")),
        frozenset(families["obligation_id"][families["restates"] != ""]),
        labels(actions),
        {doc_id: date[:4] for doc_id, date in rowwise.tuples(documents, "doc_id", "date")},
    )


def labels(actions: pd.DataFrame) -> dict[str, list[str]]:
    """What a reader calls the actions of each request."""
    found: dict[str, list[str]] = defaultdict(list)
    for obligation, label in rowwise.tuples(actions, "obligation_id", "label"):
        found[obligation].append(label)
    return found


def requests(table: pd.DataFrame, known: Joined) -> dict[str, Request]:
    """Every request of a table as it counts, by its identifier."""
    columns = ("obligation_id", "sentence_id", "doc_id", "modality", *SIGNATURE[1:])
    actors = [f"{role}_{kind}" for role in ACTORS for kind in ("actor", "type")]
    found = {}
    for row, cells in zip(rowwise.tuples(table, *columns), rowwise.tuples(table, *actors), strict=True):
        obligation, sentence, doc_id, modality, *others = row
        parts: dict[Part, float] = {ALL: 1.0, ("modality", modality): 1.0, ("document", doc_id): 1.0}
        if date := known.dates.get(doc_id):
            parts["date", date] = 1.0
        for column, cell in zip(actors, cells, strict=True):
            role, kind = column.split("_")
            name = role if kind == "actor" else column
            for value in several(cell) or (NOT_NAMED,):
                if value:
                    parts[name, value] = 1.0
        for theme in known.themes.get(obligation) or (NO_THEME,):
            parts["theme", theme] = 1.0
        for label in known.actions.get(obligation, ()):
            parts["action", label] = 1.0
        parts["cluster", known.groups.get(obligation, UNCLASSIFIED)] = 1.0
        found[obligation] = Request(sentence, (modality, *others), parts, float(obligation not in known.restates))
    return found


def named(table: pd.DataFrame, set_labels: pd.DataFrame) -> pd.DataFrame:
    """Requests with their actors under the names that a person has given them."""
    given = set_labels[set_labels["field"] == "actor_label"]
    for old, new in rowwise.tuples(given, "old", "new"):
        for column in (f"{role}_actor" for role in ACTORS):
            cells = ("; ".join(new if name == old else name for name in several(cell)) for cell in table[column])
            table = table.assign(**{column: list(cells)})
    return table


def as_found(table: pd.DataFrame, corrected: Collection[str], known: Joined) -> dict[str, Request]:
    """The requests before corrections; `corrected`: those that are left after them."""
    found = requests(table, known)
    gone = [i for i in found if i not in corrected]
    if gone and corrected:
        share = sum(i not in known.restates for i in corrected) / len(corrected)
        times = Counter(known.groups.get(i, UNCLASSIFIED) for i in corrected)
        groups = {("cluster", group): n / len(corrected) for group, n in times.items()}
        for i in gone:
            found[i].distinct = share
            found[i].parts = {part: n for part, n in found[i].parts.items() if part[0] != "cluster"} | groups
    return found


def quantities(request: Request) -> Iterator[tuple[str, Part, float]]:
    """What a request adds to each count: all requests of a part, and those that restate nothing."""
    for part, amount in request.parts.items():
        yield "requests", part, amount
        yield "distinct", part, amount * request.distinct
