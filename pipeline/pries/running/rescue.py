"""Rescue: a shard at which a process broke down is made without the document at which it did.

Whatever a document does to a stage after reading costs that document alone: a process of its own takes the shard
through the stages, within limits of time and memory (shards.toml). Where that one ends too, the document is looked for
by halving the shard, and left out like one that cannot be read.

    shards/3f2b60a1c9d4e785 of 8 documents, ended in parse -> annexe_2: parse takes longer than 1,200 seconds
"""

from __future__ import annotations

import signal
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

from pries.base import atomic, errors, limits, parallel
from pries.reading import corpus
from pries.running import shards
from pries.running.cutting import Settings, read_settings
from pries.running.maker import Maker
from pries.running.shards import LEFT_OUT, MANIFEST, Job
from pries.store import shard_files

SPLIT = "split the document, or raise {} in shards.toml"
REPORT = "take the document out of the folder, and report it as a defect of the program"


@dataclass(frozen=True)
class Breakdown:
    """Why a shard could not be made: what is told of the document, and the stage that it was in."""

    stage: str
    problem: str
    remedy: str
    doc_id: str = ""  # of the document at which it did, where the stage says so


def rescue(maker: Maker, key: str) -> None:
    """Make a shard that a process has left unmade. Raises what a stage says of the user's own files."""
    tried = set[str]()
    while (why := attempt(maker, key, max(len(documents(maker.jobs[0], key)), 1))) is not None:
        known = {why.doc_id: why} if why.doc_id else {}
        found = known or culprits(documents(maker.jobs[0], key), partial(alone, maker, key))
        if not found.keys() - tried:  # it is no document's fault
            place = shard_files.place(maker.jobs[0].folders.work, key, "")
            raise errors.WriteError(place, why.problem, "run it again; if it comes back, report it", half_way=True)
        tried |= found.keys()
        leave_out(maker.jobs, key, found)


def culprits(doc_ids: Sequence[str], broken: Callable[[Sequence[str]], Breakdown | None]) -> dict[str, Breakdown]:
    """The documents at which a shard breaks down; all of them where only all of them together do.

    >>> culprits("abcde", lambda ids: Breakdown("parse", "is long", "split it") if "d" in ids else None).keys()
    dict_keys(['d'])
    """
    if not doc_ids or (why := broken(doc_ids)) is None:
        return {}
    if len(doc_ids) == 1:
        return {doc_ids[0]: why}
    half = len(doc_ids) // 2
    return culprits(doc_ids[:half], broken) | culprits(doc_ids[half:], broken) or dict.fromkeys(doc_ids, why)


def documents(job: Job, key: str) -> list[str]:
    """The documents of a shard that are not left out, in their order; before they have been read, one a file."""
    left_out = shards.left_out(job.folders.work, key)
    claims = shards.read_stamp(job.stamp(key)).get("claims", ())
    manifest = shard_files.place(job.folders.work, key, MANIFEST)
    found = [doc_id for doc_id, _ in claims] or [row["doc_id"] for row in corpus.read(manifest)]
    return [doc_id for doc_id in dict.fromkeys(found) if doc_id not in left_out]


def attempt(maker: Maker, key: str, number: int) -> Breakdown | None:
    """Take a shard of so many documents through the stages in a process of its own; why that could not be done.

    Raises InputError and WriteError as the stages do.
    """
    sizes = read_settings(maker.jobs[0].folders.settings)
    once = Maker(maker.jobs)
    once.ready = maker.ready
    limit = partial(limits.limit, sizes.memory_megabytes, sizes.max_seconds * number)
    answer, ended_by = parallel.alone(partial(outcome, once, key, sizes), limit)
    if isinstance(answer, errors.InputError | errors.WriteError):
        raise answer
    if answer is None:
        stage = next((job.name for job in maker.jobs if not job.fresh(key)), maker.jobs[-1].name)
        if ended_by == signal.SIGALRM:
            problem, remedy = f"{stage} takes longer than {sizes.max_seconds:,} seconds", SPLIT.format("max_seconds")
        else:
            problem, remedy = f"{stage} broke down at it", SPLIT.format("memory_megabytes")
        return Breakdown(stage, problem, remedy)
    if isinstance(answer, Breakdown):
        return answer
    for name, seconds in answer.items():
        maker.spent[name] += seconds
    return None


def outcome(
    maker: Maker, key: str, sizes: Settings
) -> Mapping[str, float] | Breakdown | errors.InputError | errors.WriteError:
    """The life of such a process: the seconds by stage, or what went wrong."""
    try:
        maker.take(key)
    except (errors.InputError, errors.WriteError) as error:
        return error
    except Exception as error:  # whatever it is, it is a document's
        stage = next(job.name for job in maker.jobs if not job.fresh(key))
        if isinstance(error, errors.TooMuch):
            return Breakdown(stage, error.problem, error.remedy, error.doc_id)
        if isinstance(error, MemoryError):
            problem = f"{stage} needs more than {sizes.memory_megabytes:,} megabytes"
            return Breakdown(stage, problem, SPLIT.format("memory_megabytes"))
        return Breakdown(stage, f"{stage} failed at it ({type(error).__name__})", REPORT)
    return dict(maker.spent)


def alone(maker: Maker, key: str, doc_ids: Sequence[str]) -> Breakdown | None:
    """Why a shard cannot be made of these documents alone; tried in a folder of its own."""
    kept = set(doc_ids)
    others = {i: asdict(Breakdown("", "left out", "")) for i in documents(maker.jobs[0], key) if i not in kept}
    folders = maker.jobs[0].folders
    with tempfile.TemporaryDirectory() as folder:
        there = replace(folders, outputs=Path(folder))
        trial = Maker([replace(job, folders=there) for job in maker.jobs])
        trial.ready = maker.ready
        manifest = shard_files.place(folders.work, key, MANIFEST).read_bytes()
        atomic.write_bytes(shard_files.place(there.work, key, MANIFEST), manifest)
        shards.note(there.work, key, LEFT_OUT, shards.left_out(folders.work, key) | others)
        return attempt(trial, key, len(doc_ids))


def leave_out(jobs: Sequence[Job], key: str, found: Mapping[str, Breakdown]) -> None:
    """Note documents as left out, and what the stage was made of that they broke down: changed, it is tried again."""
    work = jobs[0].folders.work
    made_of = {job.name: job.made_of for job in jobs}
    left_out = shards.left_out(work, key)
    for doc_id, why in found.items():
        known = {"made_of": made_of[why.stage], "budget": shards.budget_of(jobs[0])}
        left_out[doc_id] = asdict(why) | known
    shards.note(work, key, LEFT_OUT, left_out)
