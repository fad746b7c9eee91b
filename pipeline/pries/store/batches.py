"""Batches: a large table lies in batches of whole documents, of which no more than one or two are in memory.

The functions of the stages take such a table where they take a DataFrame, which is a table of one part: `each` goes
through the parts of either, `abreast` through those of several tables at once, `table[columns]` reads no other columns.
What comes of a corpus never depends on how it is cut.

    tokens of 6,500 reports -> 250 parts of some 200,000 tokens: « Les gouvernements ont été priés … », …
"""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Generic, TypeAlias, TypeVar

import pandas as pd
import pyarrow.parquet
from pyarrow.parquet import ParquetFile

from pries.base.errors import InputError
from pries.store import shard_files

T = TypeVar("T")
PART = 2_000_000  # bytes of tokens on the disk, some 200,000: shards are read together up to these
Piece = tuple[Path, int | None]  # a file, or one of its row groups


@dataclass(frozen=True)
class Parted:
    """A table in parts, each anew read from the disk whenever it is asked for; `then`: what is made of a part."""

    parts: tuple[tuple[Piece, ...], ...]
    columns: tuple[str, ...] | None = None
    then: tuple[Callable[[pd.DataFrame], pd.DataFrame], ...] = ()

    def __getitem__(self, columns: list[str]) -> Parted:
        return replace(self, columns=tuple(columns))

    def __len__(self) -> int:
        """The rows on the disk."""
        opened = ((ParquetFile(path).metadata, group) for part in self.parts for path, group in part)
        return sum(rows.num_rows if group is None else rows.row_group(group).num_rows for rows, group in opened)

    def made(self, function: Callable[[pd.DataFrame], pd.DataFrame]) -> Parted:
        """The table that `function` makes of each part."""
        return replace(self, then=(*self.then, function))

    @property
    def cut(self) -> tuple[tuple[str, ...], ...]:
        """The shards of each part: tables of the same corpus are cut alike."""
        return tuple(tuple(path.parent.name for path, _ in part) for part in self.parts)


Table: TypeAlias = pd.DataFrame | Parted


def opened(path: Path) -> Parted:
    """The table at WORK/TABLE.parquet, whether it is one file or lies in shards. Raises InputError where it is not."""
    found = shard_files.files_of(path)
    try:
        if len(found) == 1:
            groups = ParquetFile(found[0]).num_row_groups
            return Parted(tuple(((found[0], n),) for n in range(groups)) if groups > 1 else (((found[0], None),),))
        return Parted(tuple(_joined(found, 0 if path.stem == "vectors" else PART)))
    except FileNotFoundError:
        raise InputError(str(path), "no such table", "run the stage that makes it first") from None


def _joined(found: Iterable[Path], most: int) -> Iterator[tuple[Piece, ...]]:
    """Shards together as long as their tokens are few, whatever the table, so that all tables are cut alike."""
    part: list[Piece] = []
    size = 0
    for path in found:
        words = path.with_name("tokens.parquet")
        size += (more := (words if words.is_file() else path).stat().st_size)
        if part and size > most:
            yield tuple(part)
            part, size = [], more
        part.append((path, None))
    yield tuple(part)


def apart(table: Table) -> Iterator[Table]:
    """Each part as a table of its own, not read yet."""
    if isinstance(table, pd.DataFrame):
        yield table
    else:
        yield from (replace(table, parts=(part,)) for part in table.parts)


def whole(table: Table) -> pd.DataFrame:
    """All of a table in memory."""
    if isinstance(table, pd.DataFrame):
        return table
    frames = []
    for part in table.parts:
        frame = _read(part, table.columns)
        for function in table.then:
            frame = function(frame)
        frames.append(frame)
    return frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)


def _read(part: tuple[Piece, ...], columns: tuple[str, ...] | None) -> pd.DataFrame:
    names = None if columns is None else list(columns)
    pieces = []
    for path, group in part:
        with ParquetFile(path) as file:
            pieces.append(file.read(names) if group is None else file.read_row_group(group, names))
    return joined(pieces)


def joined(pieces: Sequence[pyarrow.Table]) -> pd.DataFrame:
    """Pieces of a table as one; a column that has no value in a piece takes its type from the others."""
    frame: pd.DataFrame = pyarrow.concat_tables(pieces, promote_options="default").to_pandas(use_threads=False)
    return frame


class Spool(Generic[T]):
    """What was made part by part and is gone through again: the first part in memory, the others on the disk."""

    def __init__(self) -> None:
        self.first: list[T] = []
        self.file: IO[bytes] | None = None
        self.ends = [0]

    def append(self, item: T) -> None:
        """Add a part."""
        if not self.first:
            self.first.append(item)
            return
        if self.file is None:
            self.file = tempfile.TemporaryFile()  # noqa: SIM115 - deleted with this object
        self.file.seek(self.ends[-1])
        pickle.dump(item, self.file, pickle.HIGHEST_PROTOCOL)
        self.ends.append(self.file.tell())

    def __iter__(self) -> Iterator[T]:
        yield from self.first
        for begin in self.ends[:-1]:
            assert self.file is not None
            self.file.seek(begin)
            yield pickle.load(self.file)


def each(table: Table) -> Iterator[pd.DataFrame]:
    """The parts of a table, one after the other."""
    return (whole(part) for part in apart(table))


def abreast(*tables: Table) -> Iterator[tuple[pd.DataFrame, ...]]:
    """The parts of several tables of a corpus, side by side; tables that are not cut alike are one part."""
    cuts = {None if isinstance(table, pd.DataFrame) else table.cut for table in tables}
    if len(cuts) == 1:
        return zip(*(each(table) for table in tables), strict=True)
    return iter([tuple(whole(table) for table in tables)])


def mapped(table: Table, function: Callable[[pd.DataFrame], pd.DataFrame]) -> Table:
    """What `function` makes of a table, part by part."""
    return function(table) if isinstance(table, pd.DataFrame) else table.made(function)


def like(table: Table, frames: Iterable[pd.DataFrame]) -> pd.DataFrame | Iterable[pd.DataFrame]:
    """What was made part by part: a DataFrame where `table` is one, else as it comes."""
    return pd.concat(frames, ignore_index=True) if isinstance(table, pd.DataFrame) else frames


def of_documents(frame: pd.DataFrame, part: pd.DataFrame) -> pd.Series:
    """Which rows of `frame` belong to the documents of `part`, by place."""
    return frame["doc_id"].isin(part["doc_id"].unique())
