"""Processes that make shards: this one, and others that take shards off the same list until there are none.

Nothing passes between them but the shards' names. Each loads what a stage needs once; this one works too, so that a
single shard costs no other process, and makes at the end what one left that broke down.

    125 shards -> 63 made here, 62 by python -m pipeline.shards pipeline.segment … --helps
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import takewhile

from pipeline import atomic, corpus, partitions, sharding, stage
from pipeline.making import Edited, Maker
from pipeline.sharding import DIGITS, MANIFEST, Job

HEAVY = "parse"  # up to it a shard is worth another process
ELSEWHERE = 8  # shards that are, where no model is at work


def spread(jobs: Sequence[Job], keys: Sequence[str], processes: int) -> dict[str, float]:
    """Take the shards through the stages, in at most so many processes, of which this is one; its seconds by stage."""
    maker = Maker(jobs)
    if not keys:
        return maker.spent
    if many := len(keys) > 1:
        # the largest first, so that all processes end at about the same time
        keys = sorted(keys, key=partial(size, jobs[0]), reverse=True)
        stage.QUIET.update(job.name for job in jobs)
    with tempfile.TemporaryFile() as queue:
        queue.write("".join(keys).encode())
        queue.flush()
        queue.seek(0)
        with helping(jobs, queue.fileno(), min(processes, worth(jobs, keys)) - 1) as helpers:
            taken, names = claimed(queue.fileno()), [job.name for job in jobs]
            for key in stage.bar(taken, HEAVY if HEAVY in names else names[0], len(keys)) if many else taken:
                maker.take(key)
            left = wait(jobs, list(keys), helpers)
    complete(maker, left)
    return maker.spent


def size(job: Job, key: str) -> int:
    """The bytes of the documents of a shard; 0 where its manifest is gone, which no stage after segment needs."""
    path = partitions.place(job.work, key, MANIFEST)
    return sum(int(row["bytes"]) for row in corpus.read(path)) if path.is_file() else 0


def worth(jobs: Sequence[Job], keys: Sequence[str]) -> int:
    """For how many processes there is enough to do."""
    names = [job.name for job in jobs]
    heavy = jobs[: names.index(HEAVY) + 1] if HEAVY in names else ()
    return max(len(keys) // ELSEWHERE, sum(not fresh(heavy, key) for key in keys))


def fresh(jobs: Sequence[Job], key: str) -> bool:
    """Whether a shard has been through all the stages."""
    return all(found.fresh for found in sharding.seen(jobs, key))


def complete(maker: Maker, keys: Sequence[str]) -> None:
    """Make the shards that another process was to make and has not."""
    if left := [key for key in keys if not fresh(maker.jobs, key)]:
        for key in left:
            maker.take(key)
        stage.say(maker.jobs[0].name, f"{len(left)} shards made here, because another process broke down")


def claimed(queue: int) -> Iterator[str]:
    """Shards off the list, which every process reads from where the one before it stopped."""
    while key := os.read(queue, DIGITS).decode():
        yield key


@contextlib.contextmanager
def helping(jobs: Sequence[Job], queue: int, number: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    """So many processes that take shards off the list, ended with the block."""
    first, *others = jobs
    words = [sys.executable, "-m", "pipeline.shards", f"pipeline.{first.name}", "--corpus", str(first.corpus)]
    words += ["--work", str(first.work), "--lexicons", str(first.lexicons), "--settings", str(first.settings)]
    words += ["--helps", str(os.getpid()), str(os.getppid()), *(job.made_of for job in jobs)]
    words += ["--then", *(job.name for job in others)] if others else []
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


def wait(jobs: Sequence[Job], keys: list[str], helpers: Sequence[subprocess.Popen[bytes]]) -> list[str]:
    """Wait until all shards are made, or nobody is left who makes them; gives those that were not seen made.

    A helper that took none need not start.
    """
    pause = 0.01
    while keys and any(helper.poll() is None for helper in helpers):
        if fresh(jobs, keys[-1]):  # those not made yet are among the last
            keys.pop()
        else:
            time.sleep(pause)
            pause = min(0.05, 1.5 * pause)
    return keys


def help_out(jobs: Sequence[Job], helped: int, above: int, made_of: Sequence[str]) -> None:
    """The life of a helping process: shards off the list on standard input, until there are none."""
    atomic.State.helps = helped, above
    stage.QUIET.update(job.name for job in jobs)
    alike = [job for job, _ in takewhile(lambda pair: pair[0].made_of == pair[1], zip(jobs, made_of, strict=True))]
    if not alike:
        raise Edited(jobs[0])
    maker = Maker(alike)
    for key in claimed(sys.stdin.fileno()):
        maker.take(key)
