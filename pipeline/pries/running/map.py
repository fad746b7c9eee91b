"""Map: takes the shards of a corpus that need it through the stages that work on shards, and no others.

Reads the rows of the manifest and WORK/shards/KEY/; writes there what the stages make of each shard (`maker`), in
several processes (`workers`), and WORK/STAGE.done once all shards have been through a stage: the list of its files.

    parse          tokens 812,004, vectors 96,113; 2 of 125 shards  (8.1 s)
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pries.base import atomic, console
from pries.running import cutting, shards
from pries.running.cutting import Row
from pries.running.fingerprint import Package
from pries.running.hashes import Hashes, digest_of
from pries.running.shards import LEFT_OUT, MANIFEST, TAKEN, Job, State
from pries.store import shard_files

if TYPE_CHECKING:
    from pries.running.maker import Maker

Spread = Callable[[Sequence[Job], Sequence[str]], Mapping[str, float]]  # takes shards through stages; their seconds


@dataclass(frozen=True)
class Mapped:
    """What is known of all shards: their keys in the manifest's order, and what each stage has made of each."""

    keys: list[str]
    states: dict[str, list[State]]  # by stage

    @classmethod
    def of(cls, jobs: Sequence[Job], keys: list[str]) -> Mapped:
        """What the stamps say."""
        seen = [shards.states(jobs, key) for key in keys]
        return cls(keys, {job.name: [shard[n] for shard in seen] for n, job in enumerate(jobs)})

    def stale(self, job: Job) -> int:
        """How many shards have to go through a stage, as far as their tables are known."""
        return sum(not state.fresh for state in self.states[job.name])

    def digests(self, jobs: Sequence[Job]) -> dict[str, str]:
        """A hash of each table in all shards."""
        return {
            table: digest_of(*(str(state.tables.get(table)).encode() for state in self.states[job.name]))
            for job in jobs
            for table in job.stage.writes
        }


def run(jobs: Sequence[Job], number: int, rows: Sequence[Row], share: Spread | None = None) -> Mapped:
    """Take the shards that need it through the stages, and tell each stage that made something in a line.

    They are spread over `number` processes, or as `share` does it. A stage of which a lexicon is edited meanwhile
    begins anew, with those after it. Raises InputError where no document can be read.
    """
    keys = planned(jobs[0], rows)
    for key in keys:
        if shards.read_stamp(jobs[0].stamp(key)).get("changed"):
            atomic.remove(jobs[0].stamp(key))
        shards.note(jobs[0].folders.work, key, LEFT_OUT, shards.still_left_out(jobs, key))
    before = Mapped.of(jobs, keys)
    spread = share or spread_here(number)
    spent = [spread(jobs, [key for n, key in enumerate(keys) if not whole(before, n)])]
    spent.append(spread(jobs, clashing(jobs[0], keys, rows)))
    after = Mapped.of(jobs, keys)
    for n, job in enumerate(jobs):
        if after.stale(job):  # a lexicon was edited while the shards were made
            package = Package(Hashes())
            again = [Job.of(later.stage, later.folders, package) for later in jobs[n:]]
            jobs = [*jobs[:n], *again]
            return run(jobs, number, rows, share)
        finish(job, keys, rows, after)
        many = sum(new != old for new, old in zip(after.states[job.name], before.states[job.name], strict=True))
        if many:
            tell(job, after, many, sum(seconds.get(job.name, 0.0) for seconds in spent))
    return after


def whole(mapped: Mapped, n: int) -> bool:
    """Whether a shard has been through all stages."""
    return all(states[n].fresh for states in mapped.states.values())


def spread_here(number: int) -> Spread:
    """What spreads shards over processes of our own; what it has read once, the model too, serves its later calls."""
    makers: list[Maker] = []

    def spread(jobs: Sequence[Job], keys: Sequence[str]) -> Mapping[str, float]:
        if not keys:
            return {}
        from pries.running import maker, workers  # which load what stages are made with

        if not makers:
            makers.append(maker.Maker(jobs))
        return workers.spread(makers[0], keys, number)

    return spread


def tell(job: Job, mapped: Mapped, many: int, seconds: float) -> None:
    """Say in a line what a stage made, and of how many shards."""
    states = mapped.states[job.name]
    sizes = {t: sum(state.tables[t][1] for state in states) for t in job.stage.writes}
    words = ", ".join(f"{table.rpartition('/')[2]} {size:,}" for table, size in sizes.items())
    words += f"; {many:,} of {len(states):,} shards" if len(states) > 1 else ""
    console.say(job.name, words, seconds)


def planned(job: Job, rows: Sequence[Row]) -> list[str]:
    """The shards of the manifest; each has its part of it on the disk."""
    parts = cutting.plan(rows, cutting.read_settings(job.folders.settings))
    for key, part in parts.items():
        path = shard_files.place(job.folders.work, key, MANIFEST)
        if not path.is_file() or path.read_bytes() != part:
            atomic.write_bytes(path, part)
    return list(parts)


def clashing(job: Job, keys: Sequence[str], rows: Sequence[Row]) -> list[str]:
    """The shards to make again, because others have doc_ids of their rows of texts, or have them no longer."""
    owners = {row["doc_id"]: row["file"] for row in rows}
    claims = [shards.read_stamp(job.stamp(key))["claims"] for key in keys]
    again = []
    for key, taken in zip(keys, cutting.clashes(owners, claims), strict=True):
        if shards.note(job.folders.work, key, TAKEN, taken):
            again.append(key)
    return again


def finish(job: Job, keys: Sequence[str], rows: Sequence[Row], mapped: Mapped) -> None:
    """Note which files hold a stage's tables. Segment deletes shards of no document.

    Raises InputError where no document could be read.
    """
    work = job.folders.work
    if job.name == "segment":
        if not any(state.tables["documents"][1] for state in mapped.states[job.name]):
            from pries.segmentation import segment

            raise segment.nothing_read(job.folders.corpus)
        for folder in (work / shard_files.SHARDS).iterdir():
            if folder.name not in keys:
                shutil.rmtree(folder, ignore_errors=True)
    listed = [job.place(key, table).relative_to(work).as_posix() for key in keys for table in job.stage.writes]
    done, content = work / f"{job.name}.done", "".join(f"{line}\n" for line in listed).encode()
    if not done.is_file() or done.read_bytes() != content:
        atomic.write_bytes(done, content)
