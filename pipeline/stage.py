"""What every stage shares: options named after its tables, reading, running, writing, one line of report.

A stage is a module with READS and WRITES (names of tables), and `run`, a function from DataFrames (by these
names), a Lexicons folder and a Settings folder to a dictionary of DataFrames. The same `run` serves
`python -m pipeline.STAGE`, the whole run in one process, and a notebook. Of a stage that works on the whole corpus,
`run` takes the tables that its PARTED names in parts too (`parted`), and what it makes of them may come in parts.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import sys
import time
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

import pandas as pd

from pipeline import atomic, errors, files, interrupt, schema
from pipeline.parted import Table

T = TypeVar("T")
HERE = Path(__file__).parent
LEXICONS = HERE / "lexicons"
SETTINGS = HERE / "settings"
QUIET: set[str] = set()  # stages that show no bar, because they work on one shard of many


def name_of(stage: ModuleType) -> str:
    """The stage's name, also when its module runs as `__main__`."""
    spec = stage.__spec__
    assert spec is not None
    return spec.name.rpartition(".")[2]


def say(name: str, words: str, seconds: float | None = None) -> None:
    """Tell a step in one line."""
    clock = "" if seconds is None else f"  ({seconds:.1f} s)"
    print(f"{name:<15}{errors.printable(words)}{clock}", flush=True)


def progress(items: Iterable[T], name: str, total: int) -> Iterable[T]:
    """`items` with a progress bar, unless those that call this stage have one of their own (`QUIET`)."""
    return items if name in QUIET else bar(items, name, total)


def bar(items: Iterable[T], name: str, total: int) -> Iterable[T]:
    """`items` with a progress bar on a terminal, and as they are elsewhere."""
    if not sys.stderr.isatty():
        return items
    from tqdm import tqdm

    return tqdm(items, desc=f"{name:<14}", total=total, leave=False, delay=0.5)


def counts(frames: Mapping[str, Table]) -> str:
    """The sizes of tables in a line: « obligations 89, actions 113 »."""
    return ", ".join(f"{table} {len(frame):,}" for table, frame in frames.items())


def arguments(stage: ModuleType) -> argparse.ArgumentParser:
    """`--TABLE FILE` for each table that the stage reads or writes, and where lexicons and settings stand."""
    parser = argparse.ArgumentParser(
        prog=f"python -m pipeline.{name_of(stage)}",
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
    say(name, counts(made), time.perf_counter() - begun)
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
    with one_line() as guard:
        frames = {table: read(stage, table, options[table]) for table in stage.READS}
        paths = {table: options[table] for table in stage.WRITES}
        execute(stage, frames, paths, options["lexicons"], options["settings"])
    return guard.code


class one_line:
    """The body of a command: what goes wrong in it becomes one line on standard error and an exit code.

    2 where the user has to change something first or nothing could be written, 1 where writing stopped half-way, 130
    for Ctrl+C. What is no fault of the user's or the system's keeps its traceback.
    """

    def __init__(self) -> None:
        self.code = errors.DONE

    def __enter__(self) -> one_line:
        # Few objects die young here: the collector's default zeal costs a tenth of a run.
        gc.freeze()
        gc.set_threshold(200_000, 50, 100)
        atomic.begin()
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        if isinstance(error, errors.InputError | errors.WriteError):
            self.code = getattr(error, "code", errors.CANNOT_START)
            self.tell(str(error))
        elif isinstance(error, KeyboardInterrupt):
            self.code = errors.INTERRUPTED
            self.tell(interrupt.WORDS)
        elif isinstance(error, OSError) and error.errno:
            self.code = errors.CANNOT_START if error.filename else errors.STOPPED_HALF_WAY
            self.tell(errors.refused(error))
            if not error.filename:  # standard output is gone: Python would complain once more at its end
                sys.stdout = None
        else:
            return False
        return True

    def tell(self, words: str) -> None:
        """The line, where anybody still listens."""
        with contextlib.suppress(OSError):
            print(words, file=sys.stderr, flush=True)
