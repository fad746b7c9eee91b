"""Command: what every stage's command shares: options named after its tables, reading, running, writing.

A stage is a module with READS and WRITES (names of tables), and `run`, a function from DataFrames (by these
names), a Lexicons folder and a Settings folder to a dictionary of DataFrames. The same `run` serves
`python -m pries.STAGE`, the whole run in one process, and a notebook. Of a stage that works on the whole corpus,
`run` takes the tables that its PARTED names in parts too (`parted`), and what it makes of them may come in parts.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Mapping, MutableMapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd

from pries.base import console
from pries.base.places import LEXICONS, SETTINGS
from pries.schema import schema
from pries.store import files
from pries.store.batches import Table


def name_of(stage: ModuleType) -> str:
    """The stage's name, also when its module runs as `__main__`."""
    spec = stage.__spec__
    assert spec is not None
    return spec.name.rpartition(".")[2]


def arguments(stage: ModuleType) -> argparse.ArgumentParser:
    """`--TABLE FILE` for each table that the stage reads or writes, and where lexicons and settings stand."""
    parser = argparse.ArgumentParser(
        prog=f"python -m pries.{name_of(stage)}",
        description=stage.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    for table in stage.READS:
        parser.add_argument(f"--{table}", type=Path, required=True, metavar="FILE", help=f"in: {table}.parquet")
    for table in stage.WRITES:
        parser.add_argument(f"--{table}", type=Path, required=True, metavar="FILE", help=f"out: {table}.parquet")
    add_folders(parser)
    return parser


def add_folders(parser: argparse.ArgumentParser) -> None:
    """The options that say where lexicons and settings stand."""
    parser.add_argument("--lexicons", type=Path, default=LEXICONS, metavar="DIR")
    parser.add_argument("--settings", type=Path, default=SETTINGS, metavar="DIR")


def read(stage: ModuleType, table: str, path: Path) -> Table:
    """A table for a stage, in parts where it takes it so. Raises InputError."""
    return files.open_parquet(path) if table in getattr(stage, "PARTED", ()) else files.read_parquet(path)


def execute(
    stage: ModuleType, frames: Mapping[str, Table], paths: Mapping[str, Path], lexicons: Path, settings: Path,
    shared: MutableMapping[str, Any] | None = None,
) -> dict[str, Table]:  # fmt: skip
    """Run one stage on DataFrames; its tables are checked and written to `paths`, and one line is told.

    `shared` is what stages of one command hand on that is no table.
    """
    name, begun = name_of(stage), time.perf_counter()
    more = {"shared": shared} if getattr(stage, "SHARES", False) else {}
    found = stage.run(*(frames[table] for table in stage.READS), lexicons=lexicons, settings=settings, **more)
    for table in stage.WRITES:
        if isinstance(found[table], pd.DataFrame):
            found[table] = schema.conform(found[table], table, name)
    made: dict[str, Table] = {}
    for table in stage.WRITES:
        if isinstance(found[table], pd.DataFrame):
            made[table] = found[table]
            files.write_parquet(made[table], paths[table], table, name)
        else:
            files.stream_parquet(found[table], paths[table], table, name)
            made[table] = files.open_parquet(paths[table])
    console.say(name, console.counts(made), time.perf_counter() - begun)
    return made


def read_missing(stage: ModuleType, frames: dict[str, Table], work: Path) -> None:
    """Add to `frames` what the stage reads and they lack, from WORK/TABLE.parquet. Raises InputError."""
    for table in stage.READS:
        if table not in frames:
            frames[table] = read(stage, table, work / f"{table}.parquet")


def in_work(stage: ModuleType, work: Path) -> dict[str, Path]:
    """Where the tables that a stage makes stand: WORK/TABLE.parquet."""
    return {table: work / f"{table}.parquet" for table in stage.WRITES}


def main(stage: ModuleType, argv: Sequence[str] | None = None) -> int:
    """Run one stage from files to files."""
    options = vars(arguments(stage).parse_args(argv))
    with console.one_line() as guard:
        frames = {table: read(stage, table, options[table]) for table in stage.READS}
        paths = {table: options[table] for table in stage.WRITES}
        execute(stage, frames, paths, options["lexicons"], options["settings"])
    return guard.code
