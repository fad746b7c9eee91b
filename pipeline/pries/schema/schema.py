"""Every table of the project: its columns, declared once, with the stage that fills them.

Stages write the columns that they fill to `OUTPUTS/.work/*.parquet`; `tables` joins the rest and publishes
CSV. `conform` is the one gate through which every table passes on its way to a file.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pyarrow

from pries.schema import requests, statistics, text
from pries.schema.columns import (
    ACTOR_TYPES,
    CHECKED,
    CONSTRUCTIONS,
    KINDS,
    MODALITIES,
    POLARITIES,
    ROLES,
    SECTION_ROLES,
    TENSES,
    Column,
    Table,
)

__all__ = [
    "ACTOR_TYPES", "CHECKED", "CONSTRUCTIONS", "KINDS", "MODALITIES", "POLARITIES", "ROLES", "SECTION_ROLES", "TABLES",
    "TENSES", "Column", "Table", "conform", "empty", "from_rows",
]  # fmt: skip

TEXTS = pd.StringDtype("pyarrow", na_value=np.nan)  # what pandas calls str
DTYPES = {"text": "str", "int": "int64", "float": "float64", "bool": "bool", "vector": "object"}
TABLES: dict[str, Table] = text.TABLES | requests.TABLES | statistics.TABLES


def empty(name: str, stage: str | None = None) -> pd.DataFrame:
    """The table `name` without rows, with the columns that `stage` fills (all for `None`)."""
    return _empty(name, stage).copy()


@cache  # every shard has some
def _empty(name: str, stage: str | None) -> pd.DataFrame:
    return pd.DataFrame({c.name: pd.Series([], dtype=DTYPES[c.kind]) for c in TABLES[name].filled_by(stage)})


def conform(frame: pd.DataFrame, name: str, stage: str | None = None) -> pd.DataFrame:
    """`frame` with exactly the declared columns, in order and of the declared types.

    Raises ValueError for a missing or unknown column, a missing value, or a value that is not allowed.
    """
    columns = TABLES[name].filled_by(stage)
    wanted, found = [c.name for c in columns], list(frame.columns)
    if wanted != found:
        if set(wanted) != set(found):
            missing, unknown = sorted(set(wanted) - set(found)), sorted(set(found) - set(wanted))
            raise ValueError(f"table {name}: missing {missing}, unknown {unknown}")
        frame = frame[wanted]
    if frame.empty:
        return empty(name, stage)
    types = dict(zip(wanted, frame.dtypes, strict=True))
    others = {c.name: DTYPES[c.kind] for c in columns if types[c.name] != DTYPES[c.kind]}
    frame = frame.reset_index(drop=True).astype(others) if others else frame.reset_index(drop=True)
    for column in columns:
        values = frame[column.name]
        if column.kind == "text" and pyarrow.array(values.array).null_count:
            raise ValueError(f"table {name}: {column.name} has a missing value")
        if column.kind == "vector" and values.isna().any():
            raise ValueError(f"table {name}: {column.name} has a missing value")
        if column.values and not set(values.unique()).issubset(column.values):
            wrong = sorted(set(values) - set(column.values))
            raise ValueError(f"table {name}: {column.name} has {wrong}, not one of {column.values}")
    return frame


def filler(name: str, stage: str) -> str:
    """The stage whose columns the table `name` has as `stage` writes it: corrections keep those of obligations."""
    return stage if TABLES[name].filled_by(stage) else TABLES[name].columns[0].stage


def from_rows(rows: Sequence[Sequence[Any]], name: str, stage: str) -> pd.DataFrame:
    """The table whose rows these are, values in the order of the columns that `stage` fills; quicker than pandas alone.

    Values get the types that are declared, as in `conform`, which looks at the rest. Raises ValueError for one that
    cannot, or a row that is too short or too long.
    """
    if not rows:
        return empty(name, stage)
    made: dict[str, Any] = {}
    for column, values in zip(TABLES[name].filled_by(stage), zip(*rows, strict=True), strict=True):
        if column.kind == "text":
            made[column.name] = _texts(values)
        else:
            made[column.name] = np.array(values, DTYPES[column.kind])
    return pd.DataFrame(made, copy=False)


def _texts(values: Sequence[Any]) -> Any:
    with contextlib.suppress(pyarrow.ArrowInvalid, pyarrow.ArrowTypeError):
        return pd.arrays.ArrowStringArray(pyarrow.array(values, pyarrow.large_string()), dtype=TEXTS)
    return pd.Series(list(values), dtype="object").astype("str")  # a number that a notebook gives for a name
