"""Shards: run a stage on the shards of a corpus that need it, in several processes, and on no others.

Reads the manifest and WORK/shards/KEY/; writes there, one shard at a time and whole, what the stage makes of it, and
WORK/STAGE.done once all are made. The processes take shards off one list; each loads what the stage needs once, and
nothing but the shards' names passes between them. This process works too, so that a single shard costs no other one,
and makes at the end what a process left that broke down.

    python -m pipeline.shards pipeline.parse --work outputs/.work
    parse          tokens 812,004, vectors 96,113; 2 of 125 shards  (8.1 s)
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import importlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd

from pipeline import atomic, errors, files, partitions, segment, sharding, stage
from pipeline.sharding import DIGITS, MANIFEST, TAKEN, Job, Row

WORTH = {"parse": 1}  # shards for which another process is worth its start; elsewhere ELSEWHERE
ELSEWHERE = 8

Spread = Callable[[Job, Sequence[str]], None]  # makes shards


def job(module: ModuleType, corpus: Path, work: Path, lexicons: Path, settings: Path) -> Job:
    """The stage, ready to run on shards."""
    made_of = sharding.fingerprint(stage.name_of(module), lexicons, settings)
    return Job(module, corpus, work, lexicons, settings, made_of)


def prepare(job: Job) -> Any:
    """What the stage reads of lexicons and settings, or its model. Raises InputError where they change meanwhile."""
    ready = job.module.prepare(job.lexicons, job.settings)
    if sharding.fingerprint(job.name, job.lexicons, job.settings) != job.made_of:
        raise errors.InputError(str(job.lexicons), "a lexicon or setting was edited meanwhile", "run it again")
    return ready


def make(job: Job, key: str, ready: Any) -> None:
    """Run the stage on one shard: its tables appear with their stamp, or not at all."""
    stamp: dict[str, Any] = {"made_of": job.wanted(key)}
    if job.name == "segment":
        folder = partitions.place(job.work, key, "")
        rows = segment.read_manifest(folder / MANIFEST).to_dict("records")
        taken = json.loads((folder / TAKEN).read_bytes()) if (folder / TAKEN).is_file() else {}
        made, stamp["claims"] = segment.read_shard(job.corpus, rows, ready, taken)
    else:
        frames = [files.read_parquet(job.place(key, table)) for table in job.module.READS]
        made = job.module.run(*frames, lexicons=job.lexicons, settings=job.settings, prepared=ready)
    data = {table: files.parquet(made[table], table, job.name) for table in job.module.WRITES}
    stamp["tables"] = {table: (hashlib.sha256(data[table]).hexdigest(), len(made[table])) for table in data}
    if sharding.said(job.stamp(key)).get("made_of") != stamp["made_of"]:
        atomic.remove(job.stamp(key))  # an old one must not vouch for tables of which some are new
    with atomic.together():
        for table, content in data.items():
            atomic.write_bytes(job.place(key, table), content)
        atomic.write_bytes(job.stamp(key), json.dumps(stamp, ensure_ascii=False).encode())


def spread(job: Job, keys: Sequence[str], jobs: int) -> None:
    """Make the shards, in at most so many processes, of which this is one."""
    if not keys:
        return
    many = len(keys) > 1
    if many:
        stage.QUIET.add(job.name)
    with tempfile.TemporaryFile() as queue:
        queue.write("".join(keys).encode())
        queue.flush()
        queue.seek(0)
        number = min(jobs, len(keys) // WORTH.get(job.name, ELSEWHERE)) - 1
        with helping(job, queue.fileno(), number) as helpers:
            ready = prepare(job)
            for key in stage.bar(claimed(queue.fileno()), job.name, len(keys)) if many else claimed(queue.fileno()):
                make(job, key, ready)
            wait(job, list(keys), helpers)
    complete(job, keys, ready)


def complete(job: Job, keys: Sequence[str], ready: Any = None) -> None:
    """Make the shards that another process was to make and has not."""
    if left := [key for key in keys if not job.fresh(key)]:
        ready = ready or prepare(job)
        for key in left:
            make(job, key, ready)
        stage.say(job.name, f"{len(left)} shards made here, because another process broke down")


def claimed(queue: int) -> Iterator[str]:
    """Shards off the list, which every process reads from where the one before it stopped."""
    while key := os.read(queue, DIGITS).decode():
        yield key


@contextlib.contextmanager
def helping(job: Job, queue: int, number: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    """So many processes that take shards off the list, ended with the block."""
    words = [sys.executable, "-m", "pipeline.shards", f"pipeline.{job.name}", "--corpus", str(job.corpus)]
    words += ["--work", str(job.work), "--lexicons", str(job.lexicons), "--settings", str(job.settings)]
    words += ["--helps", str(os.getpid()), str(os.getppid()), job.made_of]
    helpers: list[subprocess.Popen[bytes]] = []
    try:
        helpers.extend(
            subprocess.Popen(words, stdin=queue, stdout=subprocess.DEVNULL, env=environment()) for _ in range(number)
        )
        yield helpers
    finally:
        for helper in helpers:
            helper.kill()
            helper.wait()


def environment() -> dict[str, str]:
    """Ours, with the place where this package was found."""
    paths = [str(stage.HERE.parent), os.environ.get("PYTHONPATH", "")]
    return os.environ | {"PYTHONPATH": os.pathsep.join(path for path in paths if path)}


def wait(job: Job, keys: list[str], helpers: Sequence[subprocess.Popen[bytes]]) -> None:
    """Wait until all shards are made, or nobody is left who makes them; a helper that took none need not start."""
    pause = 0.01
    while keys and any(helper.poll() is None for helper in helpers):
        if job.fresh(keys[-1]):  # those not made yet are among the last
            keys.pop()
        else:
            time.sleep(pause)
            pause = min(0.2, 1.5 * pause)


def help_out(job: Job, helped: int, above: int, made_of: str) -> None:
    """The life of a helping process: shards off the list on standard input, until there are none."""
    atomic.State.helps = helped, above
    stage.QUIET.add(job.name)
    if job.made_of != made_of:
        raise errors.InputError(job.name, "a lexicon or setting was edited meanwhile", "run it again")
    ready = prepare(job)
    for key in claimed(sys.stdin.fileno()):
        make(job, key, ready)


def run(job: Job, jobs: int, rows: Sequence[Row] | None = None, share: Spread | None = None) -> None:
    """Run a stage on the shards that need it and tell it in a line; segment is given the rows of the manifest.

    The shards are spread over `jobs` processes, or as `share` does it.

    Raises InputError where no document can be read.
    """
    begun, share = time.perf_counter(), share or partial(spread, jobs=jobs)
    keys = partitions.keys(job.work / "segment.done") if rows is None else planned(job, rows)
    stale = [key for key in keys if not job.fresh(key)]
    share(job, stale)
    if rows is not None:
        again = clashing(job, keys, rows)
        share(job, again)
        stale = list(dict.fromkeys((*stale, *again)))
    finish(job, keys, rows)
    told = ", ".join(f"{table} {number:,}" for table, number in job.rows(keys).items())
    told += f"; {len(stale)} of {len(keys):,} shards" if len(keys) > 1 else ""
    stage.say(job.name, told, time.perf_counter() - begun)


def planned(job: Job, rows: Sequence[Row]) -> list[str]:
    """The shards of the manifest; each has its part of it on the disk."""
    shards = sharding.plan(rows, sharding.read_settings(job.settings))
    for key, part in shards.items():
        path = partitions.place(job.work, key, MANIFEST)
        if not path.is_file() or path.read_bytes() != part:
            atomic.write_bytes(path, part)
    return list(shards)


def clashing(job: Job, keys: Sequence[str], rows: Sequence[Row]) -> list[str]:
    """The shards to make again, because others have doc_ids of their rows of texts, or have them no longer."""
    owners = {row["doc_id"]: row["file"] for row in rows}
    claims = [sharding.said(job.stamp(key))["claims"] for key in keys]
    again = []
    for key, taken in zip(keys, sharding.clashes(owners, claims), strict=True):
        path = partitions.place(job.work, key, TAKEN)
        wanted = json.dumps(taken, ensure_ascii=False, sort_keys=True).encode() if taken else b""
        if wanted != (path.read_bytes() if path.is_file() else b""):
            atomic.write_bytes(path, wanted) if wanted else atomic.remove(path)
            again.append(key)
    return again


def finish(job: Job, keys: Sequence[str], rows: Sequence[Row] | None) -> None:
    """Note that all shards are made. Segment adds the problems of the whole, and deletes shards of no document."""
    if rows is not None and not job.rows(keys)["documents"]:
        raise segment.nothing_read(job.corpus)
    made = [job.place(key, table).relative_to(job.work).as_posix() for key in keys for table in job.module.WRITES]
    with atomic.together():
        for table in job.module.WRITES:
            if table not in sharding.FOUND:  # a whole table would be read before the parts
                atomic.remove(job.work / f"{table}.parquet")
        if rows is not None and segment.repeated(rows):
            parts = [files.read_parquet(job.place(key, "problems")) for key in keys]
            problems = segment.with_repeated(rows, pd.concat(parts, ignore_index=True))
            files.write_parquet(problems, job.work / "problems.parquet", "problems", "segment")
        atomic.write_bytes(job.work / f"{job.name}.done", "".join(f"{line}\n" for line in made).encode())
    if rows is None:
        return
    for folder in (job.work / partitions.SHARDS).iterdir():
        if folder.name not in keys:
            shutil.rmtree(folder, ignore_errors=True)


def cores() -> int:
    """How many processes may run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def arguments() -> argparse.ArgumentParser:
    """The options."""
    parser = argparse.ArgumentParser(
        prog="python -m pipeline.shards", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("stage", metavar="pipeline.STAGE", help="segment, parse, actors or obligations")
    parser.add_argument("--work", type=Path, required=True, metavar="DIR", help="in and out: manifest.csv, shards/")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), metavar="DIR", help="in, for segment: reports")
    parser.add_argument("--jobs", type=int, default=cores(), metavar="N", help="processes (default: the cores)")
    parser.add_argument("--helps", nargs=3, help=argparse.SUPPRESS)
    stage.add_folders(parser)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one stage, or help a process that does."""
    parser = arguments()
    options = parser.parse_args(argv)
    if options.jobs < 1:
        parser.error("--jobs: give at least 1")
    if options.helps:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    with stage.one_line() as guard:
        module = importlib.import_module(options.stage)
        task = job(module, options.corpus, options.work, options.lexicons, options.settings)
        if options.helps:
            helped, above, made_of = options.helps
            help_out(task, int(helped), int(above), made_of)
        else:
            manifest = options.work / MANIFEST
            rows = segment.read_manifest(manifest).to_dict("records") if task.name == "segment" else None
            run(task, options.jobs, rows)
    return guard.code


if __name__ == "__main__":
    sys.exit(main())
