"""Maker: takes a shard through stages, one after the other on what the one before has in memory.

What lexicons and settings say, or the model, is read when the first shard needs it, and once. The tables of a shard
appear with a stamp that says what they were made of (`shards`), or not at all.

    shards/3f2b60a1c9d4e785/ paragraphs, sentences -> tokens, vectors -> actors -> found/obligations, found/actions
"""

from __future__ import annotations

import hashlib
import json
import time
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import pandas as pd

from pries.base import atomic, errors
from pries.grammar.sentence import Reading, Remembered, sentences_of
from pries.reading import corpus
from pries.reading.documents import CHANGED
from pries.running import shards
from pries.running.fingerprint import Package
from pries.running.hashes import Hashes
from pries.running.shards import MANIFEST, Job
from pries.schema import schema
from pries.segmentation import segment
from pries.store import files, shard_files

Frames = dict[str, pd.DataFrame]


class Edited(errors.InputError):
    """What a stage is made of is no longer what it was when the run began."""

    def __init__(self, job: Job) -> None:
        super().__init__(str(job.folders.lexicons), "a lexicon or setting was edited meanwhile", "run it again")


def prepare(job: Job) -> Any:
    """What the stage reads of lexicons and settings, or its model. Raises Edited where they change meanwhile."""
    ready = job.stage.load().prepare(job.folders.lexicons, job.folders.settings)
    if Job.of(job.stage, job.folders, Package(Hashes())).made_of != job.made_of:
        raise Edited(job)
    return ready


class Maker:
    """Takes shards through stages; `spent` has the seconds that each stage took.

    It ends before a stage, but for the first, of which a lexicon was edited since the run began.
    """

    def __init__(self, jobs: Sequence[Job]) -> None:
        self.jobs = jobs
        self.ready: dict[str, Any] = {}
        self.reading = Remembered()
        self.spent: dict[str, float] = defaultdict(float)

    def take(self, key: str) -> None:
        """Make what is stale of one shard."""
        frames: Frames = {}
        for n, job in enumerate(self.jobs):
            begun = time.perf_counter()
            try:
                if not job.fresh(key):
                    self.make(job, key, frames)
            except Edited:
                if n == 0:
                    raise
                self.jobs = self.jobs[:n]
                return
            self.spent[job.name] += time.perf_counter() - begun

    def make(self, job: Job, key: str, frames: Frames) -> None:
        """Make the tables of one stage from those in `frames` and on the disk; `frames` gets what it lacks of both."""
        for table in job.stage.reads:
            if table not in frames:
                frames[table] = files.read_parquet(job.place(key, table))
        reads = {table: frames[table] for table in job.stage.reads}
        # nothing comes of nothing, and a folder of files that cannot be read needs no model
        ready = self.prepared(job) if not reads or any(map(len, reads.values())) else None
        frames |= make(job, key, reads, ready, self.reading)

    def prepared(self, job: Job) -> Any:
        """What the stage needs beside tables, read at its first shard."""
        if job.name not in self.ready:
            self.ready[job.name] = prepare(job)
        return self.ready[job.name]


def make(job: Job, key: str, frames: Frames, ready: Any, reading: Reading = sentences_of) -> Frames:
    """Run the stage on one shard: its tables appear with their stamp, or not at all.

    If `ready` is None the tables are empty.
    """
    name, folders = job.name, job.folders
    stamp: dict[str, Any] = {"made_of": job.wanted(key, shards.stamps_of(folders.work, key))}
    if name == "segment":
        folder = shard_files.place(folders.work, key, "")
        rows = corpus.read(folder / MANIFEST)
        taken, left_out = (json.loads(note or b"{}") for note in job.notes(key))
        tables, stamp["claims"] = segment.read_shard(folders.corpus, rows, ready, taken, left_out)
        stamp["unread"] = int((tables["problems"]["stage"] == name).sum())
        stamp["changed"] = bool((tables["problems"]["problem"] == CHANGED[0]).any())
    elif ready is None:
        tables = {table.rpartition("/")[2]: schema.empty(table.rpartition("/")[2], name) for table in job.stage.writes}
    else:
        reads: dict[str, Any] = dict(frames)
        if job.stage.shares:
            reads["reading"] = reading
        tables = job.stage.load().run(**reads, lexicons=folders.lexicons, settings=folders.settings, prepared=ready)
    made: Frames = {}
    data: dict[str, bytes] = {}
    for table in job.stage.writes:
        short = table.rpartition("/")[2]
        made[table] = schema.conform(tables[short], short, name)
        data[table] = files.parquet_of(made[table], short, name)
    stamp["tables"] = {table: (hashlib.sha256(data[table]).hexdigest(), len(made[table])) for table in data}
    if shards.read_stamp(job.stamp(key)).get("made_of") != stamp["made_of"]:  # read now: another attempt may have ended
        atomic.remove(job.stamp(key))  # an old one must not vouch for tables of which some are new
    with atomic.together():
        for table, content in data.items():
            atomic.write_bytes(job.place(key, table), content)
        atomic.write_bytes(job.stamp(key), json.dumps(stamp, ensure_ascii=False).encode())
    return made
