"""Shards: run a stage, or several one after the other, on the shards of a corpus that need it, and on no others.

Reads the manifest and WORK/shards/KEY/; writes there what the stages make of each shard (`making`), in several
processes (`processes`), and WORK/STAGE.done once all shards have been through a stage. Make has a rule for each stage;
its command takes a shard on through the stages after (`--then`), so that what a process has parsed is not read back
from the disk. Make then finds these done: a .done is as old as the beginning of its making, so that a word list
that was edited since is newer.

    python -m pries.running.map pries.grammar.parse --then actors obligations --work outputs/.work
    parse          tokens 812,004, vectors 96,113; 2 of 125 shards  (8.1 s)
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from pries.base import atomic, console, parallel
from pries.reading import corpus
from pries.running import command, workers
from pries.running import maker as making
from pries.running import shards as sharding
from pries.running.maker import Maker
from pries.running.shards import MANIFEST, STAGES, TAKEN, Job, Row
from pries.segmentation import segment
from pries.store import files, shard_files

Spread = Callable[[Sequence[Job], Sequence[str]], Mapping[str, float]]  # takes shards through stages; their seconds


def run(
    jobs: Sequence[Job], number: int, rows: Sequence[Row] | None = None, share: Spread | None = None,
    tell: bool = True,
) -> None:  # fmt: skip
    """Take the shards that need it through the stages, and tell each in a line; without `tell` what had to be made.

    They are spread over `number` processes, or as `share` does it; segment is given the rows of the manifest. A stage
    of which a lexicon is edited meanwhile begins anew, with those after it.

    Raises InputError where no document can be read.
    """
    maker = Maker(jobs)
    spread = share or (lambda _, keys: workers.spread(maker, keys, number))
    keys = shard_files.keys(jobs[0].work / "segment.done") if rows is None else planned(jobs[0], rows)
    before = {job.name: [job.mark(key) for key in keys] for job in jobs}
    spent = [spread(jobs, [key for key in keys if not workers.fresh(jobs, key)])]
    if rows is not None:
        spent.append(spread(jobs, clashing(jobs[0], keys, rows)))
    seen = [sharding.seen(jobs, key) for key in keys]
    for n, job in enumerate(jobs):
        if n and not all(shard[n].fresh for shard in seen):
            again = [making.job(j.module, j.corpus, j.work, j.lexicons, j.settings) for j in jobs[n:]]
            return run(again, number, None, share, tell)
        many = {table: sum(shard[n].rows[t] for shard in seen) for t, table in enumerate(job.module.WRITES)}
        its_rows = rows if job.name == "segment" else None
        if its_rows is not None and not many["documents"]:
            raise segment.nothing_read(job.corpus)
        finish(job, keys, its_rows)
        made = sum(job.mark(key) != mark for key, mark in zip(keys, before[job.name], strict=True))
        if tell or made:
            told = ", ".join(f"{table} {size:,}" for table, size in many.items())
            told += f"; {made:,} of {len(keys):,} shards" if len(keys) > 1 else ""
            console.say(job.name, told, sum(seconds.get(job.name, 0.0) for seconds in spent))
    return None


def planned(job: Job, rows: Sequence[Row]) -> list[str]:
    """The shards of the manifest; each has its part of it on the disk."""
    shards = sharding.plan(rows, sharding.read_settings(job.settings))
    for key, part in shards.items():
        path = shard_files.place(job.work, key, MANIFEST)
        if not path.is_file() or path.read_bytes() != part:
            atomic.write_bytes(path, part)
    return list(shards)


def clashing(job: Job, keys: Sequence[str], rows: Sequence[Row]) -> list[str]:
    """The shards to make again, because others have doc_ids of their rows of texts, or have them no longer."""
    owners = {row["doc_id"]: row["file"] for row in rows}
    claims = [sharding.said(job.stamp(key))["claims"] for key in keys]
    again = []
    for key, taken in zip(keys, sharding.clashes(owners, claims), strict=True):
        path = shard_files.place(job.work, key, TAKEN)
        wanted = json.dumps(taken, ensure_ascii=False, sort_keys=True).encode() if taken else b""
        if wanted != (path.read_bytes() if path.is_file() else b""):
            atomic.write_bytes(path, wanted) if wanted else atomic.remove(path)
            again.append(key)
    return again


def finish(job: Job, keys: Sequence[str], rows: Sequence[Row] | None) -> None:
    """Note that all shards are made. Segment adds the problems of the whole, and deletes shards of no document."""
    done = job.work / f"{job.name}.done"
    made = [job.place(key, table).relative_to(job.work).as_posix() for key in keys for table in job.module.WRITES]
    with atomic.together():
        for table in job.module.WRITES:
            if table not in sharding.FOUND:  # a whole table would be read before the parts
                atomic.remove(job.work / f"{table}.parquet")
        if rows is not None and segment.repeated(rows):
            parts = [files.read_parquet(job.place(key, "problems")) for key in keys]
            problems = segment.with_repeated(rows, pd.concat(parts, ignore_index=True))
            files.write_parquet(problems, job.work / "problems.parquet", "problems", "segment")
        atomic.write_bytes(done, "".join(f"{line}\n" for line in made).encode())
    os.utime(done, (job.begun, job.begun))  # what was edited since is newer
    if rows is None:
        return
    for folder in (job.work / shard_files.SHARDS).iterdir():
        if folder.name not in keys:
            shutil.rmtree(folder, ignore_errors=True)


def arguments() -> argparse.ArgumentParser:
    """The options."""
    parser = argparse.ArgumentParser(
        prog="python -m pries.running.map", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("stage", metavar="pipeline.STAGE", help="segment, parse, actors or obligations")
    parser.add_argument("--work", type=Path, required=True, metavar="DIR", help="in and out: manifest.csv, shards/")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), metavar="DIR", help="in, for segment: reports")
    parser.add_argument(
        "--jobs", type=int, default=parallel.cores(), metavar="N", help="processes (default: the cores)"
    )
    parser.add_argument("--then", nargs="+", default=[], choices=STAGES, metavar="STAGE", help="stages to go on to")
    command.add_folders(parser)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run stages."""
    parser = arguments()
    options = parser.parse_args(argv)
    if options.jobs < 1:
        parser.error("--jobs: give at least 1")
    with console.one_line() as guard:
        modules = [importlib.import_module(name) for name in (options.stage, *(f"pipeline.{n}" for n in options.then))]
        places = options.corpus, options.work, options.lexicons, options.settings
        jobs = [making.job(module, *places) for module in modules]
        rows = corpus.read(options.work / MANIFEST) if jobs[0].name == "segment" else None
        run(jobs, options.jobs, rows, tell=False)
    return guard.code


if __name__ == "__main__":
    sys.exit(main())
