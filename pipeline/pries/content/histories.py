"""Histories: since when, how often, by whom and how strongly each request has been said, and what each document renews.

Reads documents, obligations and families, and `settings/histories.toml`; writes histories, a row for each family that
is said more than once, and renewals, a row for each document with a date. Years are those of the documents; what has
no date is counted in `times` alone. A family is new in the document that says it first, renewed in one that says it
again, and dropped when nothing has been heard of it for more than `lapse` years: counted at the first document after
that, whatever becomes of it later. Families that are said once are new once, and may be dropped; formulas that are set
aside (`aside`: the share of the documents that say them) are in histories, and not counted in renewals.

    said in 1998 (request) and 2004 (urge) -> first 1998, last 2004, silent 5, strengths request; urge
    a report of 2010: 12 families, 9 new, 3 renewed, 4 dropped of those before it
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import ClassVar

import pandas as pd

from pries.base import settings as settings_files
from pries.base.layers import Folder
from pries.base.places import SETTINGS
from pries.base.settings import SHARE
from pries.content.family_names import of_each, set_aside
from pries.store import rowwise
from pries.store.cells import several

HISTORIES = [
    "family", "times", "documents", "first", "last", "silent", "issuers", "strengths", "request", "obligation_id",
    "aside",
]  # fmt: skip
RENEWALS = ["doc_id", "date", "families", "new", "renewed", "dropped"]
YEAR = 4  # digits with which a date begins


@dataclass(frozen=True)
class Settings:
    """`settings/histories.toml`: what each means stands there."""

    FILE: ClassVar[str] = "histories.toml"
    lapse: int = field(default=5, metadata={"low": 0, "high": 1000})
    aside: float = field(default=0.0, metadata=SHARE)


def year_of(date: str) -> int | None:
    """« 2004-05-11 » -> 2004; none where a date does not begin with a year."""
    return int(date[:YEAR]) if date[:YEAR].isdigit() and len(date) >= YEAR else None


def silence(years: Sequence[int]) -> int:
    """The most years in a row in which nothing was said between two times: 1998, 2004 -> 5."""
    ordered = sorted(set(years))
    return max((after - before - 1 for before, after in pairwise(ordered)), default=0)


def is_formula(said: int, written: int, share: float) -> bool:
    """Whether a family that `said` of all `written` documents say is one of the formulas that close every text."""
    return share > 0 and said > 1 and said >= share * written


def histories(obligations: pd.DataFrame, families: pd.DataFrame, share: float) -> pd.DataFrame:
    """A row for each family that is said more than once, those said most often first; formulas by their `share`."""
    written = obligations["doc_id"].nunique()
    columns = "obligation_id", "modality", "issuer_actor", "action_text"
    said = {identifier: rest for identifier, *rest in rowwise.tuples(obligations, *columns)}
    rows = []
    for name, members in families.groupby("family", sort=False):
        ids, dates = members["obligation_id"].tolist(), members["date"].tolist()
        years = [year for year in map(year_of, dates) if year is not None]
        known = [date for date in dates if year_of(date) is not None]
        documents = members["doc_id"].nunique()
        issuers = dict.fromkeys(issuer for i in ids for issuer in several(said[i][1]))
        rows.append(
            (
                name, len(ids), documents, min(known, default=""), max(known, default=""),
                silence(years), "; ".join(issuers), "; ".join(said[i][0] for i in ids), said[ids[0]][2], ids[0],
                is_formula(documents, written, share),
            )
        )  # fmt: skip
    table = pd.DataFrame(rows, columns=HISTORIES)
    return table.sort_values(["times", "first"], ascending=[False, True], kind="stable", ignore_index=True)


def renewals(dates: Mapping[str, str], said: Mapping[str, set[str]], lapse: int) -> Iterator[tuple]:
    """For each document with a date, the earliest first: its families, and what it does with those before it."""
    last: dict[str, int] = {}
    dropped: set[str] = set()
    dated = [(date, doc, year) for doc, date in dates.items() if (year := year_of(date)) is not None]
    for date, doc, year in sorted(dated):
        here = said.get(doc, set())
        silent = {name for name, when in last.items() if year - when > lapse and name not in here}
        new = sum(name not in last for name in here)
        yield doc, date, len(here), new, len(here) - new, len(silent - dropped)
        dropped = (dropped | silent) - here
        last |= dict.fromkeys(here, year)


def run(
    documents: pd.DataFrame, obligations: pd.DataFrame, families: pd.DataFrame, *,
    lexicons: Folder | None = None, settings: Folder = SETTINGS,
) -> dict[str, pd.DataFrame]:  # fmt: skip
    """Both tables. Raises InputError where the setting is wrong."""
    chosen = settings_files.read(settings, Settings)
    names = of_each(obligations["obligation_id"].tolist(), families)
    said: dict[str, set[str]] = defaultdict(set)
    table = histories(obligations, families, chosen.aside)
    formulas = set_aside(families, table)
    for (doc, identifier), name in zip(rowwise.tuples(obligations, "doc_id", "obligation_id"), names, strict=True):
        if identifier not in formulas:
            said[doc].add(name)
    dates = dict(rowwise.tuples(documents, "doc_id", "date"))
    return {"histories": table, "renewals": pd.DataFrame(renewals(dates, said, chosen.lapse), columns=RENEWALS)}
