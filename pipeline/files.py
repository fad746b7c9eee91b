"""Files: texts, tables and figures, written whole or not at all (`atomic`) and read back."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
import pyarrow.parquet

from pipeline import partitions, schema
from pipeline.atomic import write_bytes
from pipeline.errors import InputError

__all__ = ["read_csv", "read_parquet", "write_bytes", "write_csv", "write_parquet", "write_text", "write_through"]


def write_text(path: Path, text: str) -> None:
    """Write `text` to `path` as UTF-8, whole or not at all."""
    write_bytes(path, text.encode("utf-8"))


def write_through(path: Path, write: Callable[[io.BytesIO], object]) -> None:
    """Let `write` fill a buffer (a figure's `savefig`, say), then put it in place as a whole."""
    buffer = io.BytesIO()
    write(buffer)
    write_bytes(path, buffer.getvalue())


def write_parquet(frame: pd.DataFrame, path: Path, table: str, stage: str | None = None) -> None:
    """Write the intermediate `table`, checked against the schema."""
    write_bytes(path, parquet(frame, table, stage))


def parquet(frame: pd.DataFrame, table: str, stage: str | None = None) -> bytes:
    """The intermediate `table` as the bytes of a file, checked against the schema."""
    frame = schema.conform(frame, table, stage)
    buffer = io.BytesIO()
    frame.to_parquet(buffer, index=False, compression="zstd")
    return buffer.getvalue()


def read_parquet(path: Path, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Read an intermediate table, or some of its columns, whether it is one file or lies in parts (`partitions`).

    Raises InputError where it has not been made yet.
    """
    try:
        parts = [pyarrow.parquet.ParquetFile(part).read(columns) for part in partitions.of(path)]
    except FileNotFoundError:
        raise InputError(str(path), "no such table", "run the stage that makes it first") from None
    frame: pd.DataFrame = pyarrow.concat_tables(parts, promote_options="default").to_pandas()
    if path.stem == "vectors" and len(parts) > 1:  # each part has those of its own words
        frame = frame.drop_duplicates("form").sort_values("form", ignore_index=True)
    return frame


def write_csv(frame: pd.DataFrame, path: Path, table: str) -> None:
    """Publish `table`: UTF-8, comma, decimal point, values verbatim, floats to six decimals."""
    frame = schema.conform(frame, table)
    # a lone carriage return inside a cell is not quoted by itself, and would end the row for a reader
    lone = any(
        frame[c.name].str.contains("\r", regex=False).any() for c in schema.TABLES[table].columns if c.kind == "text"
    )
    quoting = csv.QUOTE_ALL if lone else csv.QUOTE_MINIMAL
    text = frame.to_csv(index=False, lineterminator="\n", float_format="%.6f", quoting=quoting)
    write_text(path, text)


def read_csv(path: Path, table: str) -> pd.DataFrame:
    """Read a published table back with its declared types; an empty cell is an empty text."""
    kinds = {c.name: schema.DTYPES[c.kind] for c in schema.TABLES[table].columns}
    return pd.read_csv(
        path,
        dtype=kinds,
        keep_default_na=False,
        na_values={k: [""] for k, v in kinds.items() if v == "float64"},
    )
