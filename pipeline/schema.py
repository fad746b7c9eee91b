"""Every table of the project: its columns, declared once, with the stage that fills them.

Stages write the columns that they fill to `OUTPUTS/.work/*.parquet`; `tables` joins the rest and publishes
CSV. `conform` is the one gate through which every table passes on its way to a file.
"""

from __future__ import annotations

import pandas as pd

from pipeline import columns_requests, columns_statistics, columns_text
from pipeline.columns import (
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
)  # fmt: skip

__all__ = [
    "ACTOR_TYPES", "CHECKED", "CONSTRUCTIONS", "KINDS", "MODALITIES", "POLARITIES", "ROLES", "SECTION_ROLES", "TABLES",
    "TENSES", "Column", "Table", "conform", "empty",
]  # fmt: skip

DTYPES = {"text": "str", "int": "int64", "float": "float64", "bool": "bool", "vector": "object"}
TABLES: dict[str, Table] = columns_text.TABLES | columns_requests.TABLES | columns_statistics.TABLES


def empty(name: str, stage: str | None = None) -> pd.DataFrame:
    """The table `name` without rows, with the columns that `stage` fills (all for `None`)."""
    return conform(pd.DataFrame({c.name: [] for c in TABLES[name].filled_by(stage)}), name, stage)


def conform(frame: pd.DataFrame, name: str, stage: str | None = None) -> pd.DataFrame:
    """`frame` with exactly the declared columns, in order and of the declared types.

    Raises ValueError for a missing or unknown column, a missing value, or a value that is not allowed.
    """
    columns = TABLES[name].filled_by(stage)
    wanted, found = [c.name for c in columns], list(frame.columns)
    if set(wanted) != set(found):
        raise ValueError(
            f"table {name}: missing {sorted(set(wanted) - set(found))}, unknown {sorted(set(found) - set(wanted))}"
        )
    frame = frame[wanted].reset_index(drop=True).astype({c.name: DTYPES[c.kind] for c in columns})
    for column in columns:
        values = frame[column.name]
        if column.kind != "float" and values.isna().any():
            raise ValueError(f"table {name}: {column.name} has a missing value")
        if column.values and not values.isin(column.values).all():
            wrong = sorted(set(values) - set(column.values))
            raise ValueError(f"table {name}: {column.name} has {wrong}, not one of {column.values}")
    return frame
