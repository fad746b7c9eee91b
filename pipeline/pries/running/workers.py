"""Workers: processes that make shards, which they take off one list until there are none.

Nothing passes between them but the shards' names, and seconds. While this one loads the model, others take the shards
through the stages before it; then this one is forked, so that the model is loaded once and held once, however many
processes parse. It only waits then: whatever a document does to a process, this one has to go on, and at the end it
sees to what one that broke down has left (`rescue`).

    125 shards -> 63 made by one process, 62 by another
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from pries.base import console, errors, limits, parallel
from pries.reading import corpus
from pries.running import cutting, shards
from pries.running.cutting import DIGITS
from pries.running.maker import Edited, Maker
from pries.running.rescue import rescue
from pries.running.shards import MANIFEST, Job
from pries.store import shard_files

HEAVY = "parse"  # up to it a shard is worth another process
PAUSE = 0.05  # seconds between two looks at how far the others are
ELSEWHERE = 2  # shards that are, where no model is at work


class Share(NamedTuple):
    """What a process did: the seconds by stage, and how many stages it took its shards through."""

    spent: dict[str, float]
    stages: int


def spread(maker: Maker, keys: Sequence[str], processes: int) -> dict[str, float]:
    """Take the shards through the stages, in at most so many processes beside this one; the seconds by stage."""
    maker.spent.clear()
    names = [job.name for job in maker.jobs]
    # the largest first, so that all processes end at about the same time
    keys = sorted(keys, key=partial(size, maker.jobs[0]), reverse=True)
    if len(keys) > 1:
        console.QUIET.update(names)
    with read_ahead(maker, keys, processes - 1) as order:
        number = min(processes, worth(maker.jobs, keys))
        with queue(order) as listed, helping(maker, listed, number) as done:
            for _ in console.bar(taken(listed, done, len(keys)), HEAVY if HEAVY in names else names[0], len(keys)):
                pass
            shares = list(filter(None, done()))
    note(maker, shares)
    complete(maker, keys)
    return dict(maker.spent)


def note(maker: Maker, shares: Iterable[Share]) -> None:
    """The seconds that others have spent; the run goes on anew from a stage that one of them has found edited."""
    for share in shares:
        maker.spent |= {name: max(seconds, maker.spent[name]) for name, seconds in share.spent.items()}
        maker.jobs = maker.jobs[: share.stages]


def taken(listed: int, done: parallel.Helpers[Share], number: int) -> Iterator[None]:
    """Something for each shard that a process has taken off the list, until there are none, or no process is left."""
    before = 0
    while before < number and done.alive(PAUSE):
        now = min(os.lseek(listed, 0, os.SEEK_CUR) // DIGITS, number)
        yield from [None] * (now - before)
        before = now


@contextlib.contextmanager
def read_ahead(maker: Maker, keys: Sequence[str], helpers: int) -> Iterator[Sequence[str]]:
    """Read what the stages need, the model if it is wanted, while others take shards through the stages before it.

    Gives the order in which to go on: those that somebody is still at come last, and may be read until the block ends.
    """
    heavy = next((n for n, job in enumerate(maker.jobs) if job.name == HEAVY), -1)
    before, job = maker.jobs[: max(heavy, 0)], maker.jobs[heavy]
    if len(keys) == 1:  # nothing else is there to be done meanwhile
        first = Maker(before)
        try:
            first.take(keys[0])
        except (errors.InputError, errors.WriteError):
            raise
        except Exception:  # a document's fault, not the run's: it is tried again, and then told (`rescue`)
            first.spent.clear()
        maker.spent |= first.spent
        helpers = 0
    if heavy < 0 or job.name in maker.ready or not any(stale(before, job, key) for key in keys):
        yield keys
        return
    left = [key for key in keys if not fresh(before, key)]
    with queue(left) as listed, helping(Maker(before), listed, min(helpers, len(left))) as done:
        begun = time.perf_counter()
        try:
            maker.prepared(job)
        except Edited:
            if not heavy:
                raise
            maker.jobs = before  # as where a shard comes to it: the run goes on anew from there
        maker.spent[job.name] += time.perf_counter() - begun
        begun_there = left[: os.lseek(listed, 0, os.SEEK_CUR) // DIGITS]
        os.lseek(listed, 0, os.SEEK_END)  # the others go through all stages at once
        busy = {key for key in begun_there if not fresh(before, key)}
        yield sorted(keys, key=busy.__contains__)
        note(maker, [share._replace(stages=len(maker.jobs)) for share in filter(None, done(0))])


def stale(before: Sequence[Job], job: Job, key: str) -> bool:
    """Whether a shard will have to go through a stage, as far as can be told before the stages before are made."""
    stamps = shards.stamps_of(job.folders.work, key)
    made = all(one.name in stamps for one in before)
    if made and not any(stamps[one.name]["tables"].get("sentences", (0, 1))[1] for one in before):
        return False  # a folder of files that cannot be read needs no model
    return job.name not in stamps or (made and not job.fresh(key))


def size(job: Job, key: str) -> int:
    """The bytes of the documents of a shard; 0 where its manifest is gone, which no stage after segment needs."""
    return sum(int(row["bytes"]) for row in rows(job, key))


def rows(job: Job, key: str) -> list[dict[str, str]]:
    """The shard's part of the manifest."""
    path = shard_files.place(job.folders.work, key, MANIFEST)
    return corpus.read(path) if path.is_file() else []


def worth(jobs: Sequence[Job], keys: Sequence[str]) -> int:
    """For how many processes there is enough to do: one at least."""
    names = [job.name for job in jobs]
    heavy = jobs[: names.index(HEAVY) + 1] if HEAVY in names else ()
    return max(1, len(keys) // ELSEWHERE, sum(not fresh(heavy, key) for key in keys))


def fresh(jobs: Sequence[Job], key: str) -> bool:
    """Whether a shard has been through all the stages."""
    return all(state.fresh for state in shards.states(jobs, key))


def complete(maker: Maker, keys: Sequence[str]) -> None:
    """Make the shards that another process was to make and has not."""
    if left := [key for key in keys if not fresh(maker.jobs, key)]:
        for key in left:
            rescue(maker, key)
        number = f"{len(left):,} shard{'s' if len(left) > 1 else ''}"
        console.say(maker.jobs[0].name, f"{number} made anew: a process broke down, or a document costs too much")


@contextlib.contextmanager
def queue(keys: Sequence[str]) -> Iterator[int]:
    """A list of shards, as the descriptor of a file that all processes begun in the block read on where one stopped."""
    with tempfile.TemporaryFile() as file:
        file.write("".join(keys).encode())
        file.flush()
        file.seek(0)
        yield file.fileno()


def claimed(listed: int) -> Iterator[str]:
    """Shards off the list, until there are none."""
    while key := os.read(listed, DIGITS).decode():
        yield key


def helping(maker: Maker, listed: int, number: int) -> contextlib.AbstractContextManager[parallel.Helpers[Share]]:
    """So many processes that take shards off the list, as long as the block lasts; their seconds by stage."""
    return parallel.beside([partial(_take_all, maker, listed)] * number)


def _take_all(maker: Maker, listed: int) -> Share:
    """The life of such a process; a shard at which a stage fails is left to `rescue`, which tells why."""
    maker.spent.clear()
    sizes = cutting.read_settings(maker.jobs[0].folders.settings)
    limits.limit_memory(sizes.memory_megabytes)
    for key in claimed(listed):
        limits.limit_time(sizes.max_seconds * max(len(rows(maker.jobs[0], key)), 1))
        with contextlib.suppress(Exception):
            maker.take(key)
    return Share(dict(maker.spent), len(maker.jobs))
