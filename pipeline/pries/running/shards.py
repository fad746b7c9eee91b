"""Shards: what of a shard has to be made again, and in which folders.

Reads the stamps WORK/shards/KEY/STAGE.json. A shard goes through a stage again where the code, lexicons and settings
that the stage is made of differ from those that its stamp names, or where a table that it reads does: by content,
never by time.

    an edit of triggers.csv -> shards/3f2b60a1c9d4e785: obligations is stale, parse is not
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from pries.base import atomic
from pries.base.layers import Folder, laid_over
from pries.base.places import LEXICONS, SETTINGS
from pries.running import cutting
from pries.running.fingerprint import Package, joined
from pries.running.hashes import digest_of
from pries.running.lock import WORK
from pries.stages import Stage
from pries.store import shard_files

MANIFEST, TAKEN, LEFT_OUT = "manifest.csv", "taken", "left_out"  # what segment reads of a shard
Stamps = Mapping[str, dict[str, Any]]  # of a shard: what was made of what, and its tables' digests and rows, by stage


@dataclass(frozen=True)
class Folders:
    """Where a run reads and writes."""

    corpus: Path
    outputs: Path
    lexicons: Folder = LEXICONS
    settings: Folder = SETTINGS

    @classmethod
    def of(cls, corpus: Path, outputs: Path, lexicons: Path = LEXICONS, settings: Path = SETTINGS) -> Folders:
        """The folders, with the lexicons and settings of the corpus over the others. Raises InputError."""
        return cls(corpus, outputs, *laid_over(corpus, lexicons, settings))

    @property
    def work(self) -> Path:
        """The folder of intermediate files."""
        return self.outputs / WORK


@dataclass(frozen=True)
class Job:
    """A stage to run: in which folders, and what it is made of."""

    stage: Stage
    folders: Folders
    parts: Mapping[str, str]

    @classmethod
    def of(cls, stage: Stage, folders: Folders, package: Package) -> Job:
        """The stage as the package, lexicons and settings make it now."""
        return cls(stage, folders, package.parts(stage, folders.lexicons, folders.settings))

    @property
    def name(self) -> str:
        """The stage's name."""
        return self.stage.name

    @cached_property
    def made_of(self) -> str:
        """What the stage is made of, as one hash."""
        return joined(self.parts)

    def place(self, key: str, table: str) -> Path:
        """Where the shard keeps a table."""
        return shard_files.place(self.folders.work, key, f"{table}.parquet")

    def stamp(self, key: str) -> Path:
        """Where the shard keeps what is known of this stage's last run."""
        return shard_files.place(self.folders.work, key, f"{self.name}.json")

    def wanted(self, key: str, stamps: Stamps) -> str:
        """What the stamp says where the shard is up to date: a hash of what it is made of and of what it reads."""
        if self.name == "segment":
            return digest_of(self.made_of.encode(), key.encode(), *self.notes(key))
        tables = {table: digest for stamp in stamps.values() for table, (digest, _) in stamp.get("tables", {}).items()}
        return digest_of(*(part.encode() for part in (self.made_of, *(tables.get(t, "") for t in self.stage.reads))))

    def notes(self, key: str) -> list[bytes]:
        """What is noted of the shard's documents beside the manifest: whose doc_id is taken, which are left out."""
        return [note_of(self.folders.work, key, name) for name in (TAKEN, LEFT_OUT)]

    def state(self, key: str, stamps: Stamps | None = None) -> State:
        """What is known of the shard's tables of this stage; `stamps` are those of the shard, where they are read."""
        if stamps is None:
            stamps = stamps_of(self.folders.work, key)
        mine = stamps.get(self.name, {})
        there = all(self.place(key, table).is_file() for table in self.stage.writes)
        fresh = there and mine.get("made_of") == self.wanted(key, stamps)
        return State(fresh, mine.get("tables", {}), mine.get("unread", 0))

    def fresh(self, key: str) -> bool:
        """Whether the shard's tables are what a run would make."""
        return self.state(key).fresh


class State(NamedTuple):
    """What is known of a stage's tables in a shard: whether they are up to date; of each its digest and its rows."""

    fresh: bool
    tables: Mapping[str, tuple[str, int]]
    unread: int = 0  # documents of the shard that could not be read


def states(jobs: Sequence[Job], key: str) -> list[State]:
    """What is known of a shard for each stage; its stamps are read once."""
    stamps = stamps_of(jobs[0].folders.work, key) if jobs else {}
    return [job.state(key, stamps) for job in jobs]


def stamps_of(work: Path, key: str) -> Stamps:
    """What a shard's stamps say, by stage."""
    return {path.stem: read_stamp(path) for path in sorted(shard_files.place(work, key, "").glob("*.json"))}


def left_out(work: Path, key: str) -> dict[str, dict[str, str]]:
    """The documents of a shard that are left out, each with why, and what that was found with."""
    found: dict[str, dict[str, str]] = json.loads(note_of(work, key, LEFT_OUT) or b"{}")
    return found


def still_left_out(jobs: Sequence[Job], key: str) -> dict[str, dict[str, str]]:
    """Which documents of a shard still have to be left out: those of stages made as they were when that was found."""
    made_of = {job.name: job.made_of for job in jobs}
    return {
        doc_id: why
        for doc_id, why in left_out(jobs[0].folders.work, key).items()
        if made_of.get(why["stage"], why["made_of"]) == why["made_of"] and why["budget"] == budget_of(jobs[0])
    }


def budget_of(job: Job) -> str:
    """What a document may cost, as text: where it is another, those left out are tried again."""
    sizes = cutting.read_settings(job.folders.settings)
    return f"{sizes.max_seconds} {sizes.memory_megabytes}"


def note_of(work: Path, key: str, name: str) -> bytes:
    """A note on a shard; empty where there is none."""
    path = shard_files.place(work, key, name)
    return path.read_bytes() if path.is_file() else b""


def note(work: Path, key: str, name: str, content: Mapping[str, Any]) -> bool:
    """Leave a note on a shard, or take away what it no longer says; whether that changes anything."""
    wanted = json.dumps(content, ensure_ascii=False, sort_keys=True).encode() if content else b""
    if wanted == note_of(work, key, name):
        return False
    path = shard_files.place(work, key, name)
    atomic.write_bytes(path, wanted) if wanted else atomic.remove(path)
    return True


def read_stamp(stamp: Path) -> dict[str, Any]:
    """What a stamp says; nothing where there is none."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError, ValueError):
        content: dict[str, Any] = json.loads(stamp.read_bytes())
        return content
    return {}
