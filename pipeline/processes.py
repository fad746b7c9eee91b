"""Processes that make shards: this one, and others that take shards off the same list until there are none.

Nothing passes between them but the shards' names. While this one loads the model, others take the shards through the
stages before it; then it is forked, so that a model is loaded once and held once, however many processes parse. What
one left that broke down is made here at the end.

    125 shards -> 63 made here, 62 by a process beside
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial

from pipeline import atomic, corpus, forks, partitions, sharding, stage
from pipeline.making import Maker
from pipeline.sharding import DIGITS, MANIFEST, Job

HEAVY = "parse"  # up to it a shard is worth another process
ELSEWHERE = 2  # shards that are, where no model is at work


def spread(jobs: Sequence[Job], keys: Sequence[str], processes: int) -> dict[str, float]:
    """Take the shards through the stages, in at most so many processes, of which this is one; its seconds by stage."""
    maker = Maker(jobs)
    if not keys:
        return maker.spent
    names = [job.name for job in jobs]
    if many := len(keys) > 1:
        # the largest first, so that all processes end at about the same time
        keys = sorted(keys, key=partial(size, jobs[0]), reverse=True)
        stage.QUIET.update(names)
        if HEAVY in names and processes > 1:
            read_ahead(maker, names.index(HEAVY), keys, processes - 1)
    number = min(processes, worth(jobs, keys))
    with queue(keys) as listed, beside(maker, listed, number - 1) as done:
        taken = claimed(listed)
        for key in stage.bar(taken, HEAVY if HEAVY in names else names[0], len(keys)) if many else taken:
            maker.take(key)
        done()
    complete(maker, keys)
    return maker.spent


def read_ahead(maker: Maker, heavy: int, keys: Sequence[str], helpers: int) -> None:
    """Load the model here, if it is wanted for sure, while others take shards through the stages before."""
    before, job = maker.jobs[:heavy], maker.jobs[heavy]
    left = [key for key in keys if not fresh(before, key)]
    read = set(keys).difference(left)
    if not any(not job.stamp(key).is_file() or (key in read and not job.fresh(key)) for key in keys):
        return
    with queue(left) as listed, beside(Maker(before), listed, min(helpers, len(left))) as done:
        maker.prepared(job)
        os.lseek(listed, 0, os.SEEK_END)  # what they have not begun goes through all stages at once
        for spent in filter(None, done()):
            maker.spent |= {name: max(seconds, maker.spent[name]) for name, seconds in spent.items()}


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


@contextlib.contextmanager
def queue(keys: Sequence[str]) -> Iterator[int]:
    """A list of shards, as a file that processes begun in the block read on from where the one before stopped."""
    with tempfile.TemporaryFile() as file:
        file.write("".join(keys).encode())
        file.flush()
        file.seek(0)
        yield file.fileno()


def claimed(listed: int) -> Iterator[str]:
    """Shards off the list, until there are none."""
    while key := os.read(listed, DIGITS).decode():
        yield key


def beside(
    maker: Maker, listed: int, number: int
) -> contextlib.AbstractContextManager[forks.Results[dict[str, float]]]:
    """So many processes that take shards off the list; their seconds by stage."""
    return forks.beside([partial(_help, maker, listed, os.getpid(), os.getppid())] * number)


def _help(maker: Maker, listed: int, helped: int, above: int) -> dict[str, float]:
    """The life of such a process."""
    atomic.State.helps = helped, above
    atomic.State.temporaries.clear()  # what the other one is writing is not ours
    maker.spent.clear()
    for key in claimed(listed):
        maker.take(key)
    return dict(maker.spent)
