"""Family names: the family of each request, also of those that are said once.

f1c7c9a0dfa1c is the family whose first request is o1c7c9a0dfa1c
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pries.store import rowwise


def named(first: str) -> str:
    """The name of a family, after its first request."""
    return "f" + first[1:]


def set_aside(families: pd.DataFrame, histories: pd.DataFrame) -> set[str]:
    """The requests of families that `histories` sets aside as formulas."""
    names = set(histories["family"][histories["aside"].astype(bool)])
    return set(families["obligation_id"][families["family"].isin(names)])


def of_each(ids: Sequence[str], families: pd.DataFrame) -> list[str]:
    """The family of each request; one that is said once is a family of its own."""
    found = dict(rowwise.tuples(families, "obligation_id", "family"))
    return [found.get(identifier) or named(identifier) for identifier in ids]
