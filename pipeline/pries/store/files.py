"""Files: texts, tables and figures, written whole or not at all (`atomic`) and read back.

A large table is read, written and published in parts (`batches`), so that no more than one of them is in memory.
"""

from __future__ import annotations

import contextlib
import csv
import io
import itertools
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet

from pries.base.atomic import write_bytes, writing
from pries.base.errors import InputError
from pries.schema import schema
from pries.store import batches
from pries.store.batches import Table
from pries.store.shard_files import files_of

__all__ = ["read_csv", "read_parquet", "write_bytes", "write_csv", "write_parquet", "write_text"]


SMALL = 1_000  # rows under which dictionaries, and what zstd costs to begin, are not worth their time


def write_text(path: Path, text: str) -> None:
    """Write `text` to `path` as UTF-8, whole or not at all."""
    write_bytes(path, text.encode("utf-8"))


def write_parquet(frame: pd.DataFrame, path: Path, table: str, stage: str | None = None) -> None:
    """Write the intermediate `table`, checked against the schema."""
    write_bytes(path, parquet(frame, table, stage))


def parquet(frame: pd.DataFrame, table: str, stage: str | None = None) -> bytes:
    """The intermediate `table` as the bytes of a file, checked against the schema."""
    return parquet_of(schema.conform(frame, table, stage), table, stage)


def parquet_of(frame: pd.DataFrame, table: str, stage: str | None = None) -> bytes:
    """The same, of a frame that is checked already."""
    return _bytes(frame, table, stage) if len(frame) else _empty(table, stage)


@cache  # every shard has some
def _empty(table: str, stage: str | None) -> bytes:
    return _bytes(schema.empty(table, stage), table, stage)


def _bytes(frame: pd.DataFrame, table: str, stage: str | None) -> bytes:
    vectors = [c.name for c in schema.TABLES[table].filled_by(stage) if c.kind == "vector"]
    columns = [pyarrow.array(frame[c.name].array) for c in _form(table, stage)]
    content = pyarrow.Table.from_arrays(columns, schema=_form(table, stage)).combine_chunks()  # of shards: one
    for name in vectors:  # pyarrow would convert row by row
        rows = frame[name].tolist()
        flat = pyarrow.array(np.concatenate(rows) if rows else np.empty(0, "float32"))
        ends = pyarrow.array(np.cumsum([0, *map(len, rows)]), pyarrow.int32())
        content = content.append_column(name, pyarrow.ListArray.from_arrays(ends, flat))
    buffer = io.BytesIO()
    small = len(frame) < SMALL
    form = {"compression": "snappy" if small else "zstd", "use_dictionary": not (small or vectors)}
    pyarrow.parquet.write_table(content, buffer, **form)
    return buffer.getvalue()


@cache  # every shard has the same
def _form(table: str, stage: str | None) -> pyarrow.Schema:
    """The types of a table's columns that are no vectors."""
    frame = schema.empty(table, stage)
    plain = [c.name for c in schema.TABLES[table].filled_by(stage) if c.kind != "vector"]
    return pyarrow.Schema.from_pandas(frame[plain], preserve_index=False)


def stream_parquet(parts: Iterable[pd.DataFrame], path: Path, table: str, stage: str | None = None) -> None:
    """Write the intermediate `table` part by part, each a row group, checked against the schema."""
    with writing(path) as file, contextlib.ExitStack() as closing:
        writer = None
        for part in itertools.chain(parts, [schema.empty(table, stage)]):  # the last one says what the columns are
            frame = schema.conform(part, table, stage)
            if writer is None:
                form = pyarrow.Schema.from_pandas(frame, preserve_index=False)
                writer = closing.enter_context(pyarrow.parquet.ParquetWriter(file, form, compression="zstd"))
            if len(frame):
                writer.write_table(pyarrow.Table.from_pandas(frame, schema=form, preserve_index=False))


def open_parquet(path: Path) -> Table:
    """An intermediate table to be read part by part, or as a frame where one part holds it. Raises InputError."""
    found = batches.opened(path)
    return found if len(found.parts) > 1 else read_parquet(path)


def read_parquet(path: Path, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Read an intermediate table, or some of its columns, whether it is one file or lies in parts (`shard_files`).

    Raises InputError where it has not been made yet.
    """
    try:
        pieces = [pyarrow.parquet.ParquetFile(part).read(columns, use_threads=False) for part in files_of(path)]
    except FileNotFoundError:
        raise InputError(str(path), "no such table", "run the stage that makes it first") from None
    frame = batches.joined(pieces)
    if path.stem == "vectors" and len(pieces) > 1:  # each part has those of its own words
        frame = frame.drop_duplicates("form").sort_values("form", ignore_index=True)
    return frame


def write_csv(table: Table, path: Path, name: str) -> int:
    """Publish `name`: UTF-8, comma, decimal point, values verbatim, floats to six decimals; gives its rows."""
    texts = [c.name for c in schema.TABLES[name].columns if c.kind == "text"]
    with writing(path) as file:
        for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_ALL):
            file.seek(0)
            file.truncate()
            rows = 0
            for number, part in enumerate(batches.each(table)):
                frame = schema.conform(part, name)
                # a lone carriage return inside a cell is not quoted by itself, and would end the row for a reader
                if quoting == csv.QUOTE_MINIMAL and any(frame[c].str.contains("\r", regex=False).any() for c in texts):
                    break
                form: dict[str, Any] = {"lineterminator": "\n", "float_format": "%.6f", "quoting": quoting}
                file.write(frame.to_csv(index=False, header=number == 0, **form).encode("utf-8"))
                rows += len(frame)
            else:
                break
    return rows


def read_csv(path: Path, table: str) -> pd.DataFrame:
    """Read a published table back with its declared types; an empty cell is an empty text."""
    kinds = {c.name: schema.DTYPES[c.kind] for c in schema.TABLES[table].columns}
    return pd.read_csv(
        path, dtype=kinds, keep_default_na=False, na_values={k: [""] for k, v in kinds.items() if v == "float64"}
    )
