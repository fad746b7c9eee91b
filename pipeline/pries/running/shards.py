"""Shards: how a corpus is cut into shards, and what of a shard has to be made again.

Reads the manifest, and the stamps WORK/shards/KEY/STAGE.json. Where a shard ends is decided by a hash of its last
document, so that a document that is added, changed or removed touches one shard, and no other moves. A shard's key is
the hash of its rows of the manifest. Its stage is made again where the code, lexicons and settings that the stage is
made of differ from those that its stamp names, or where a table that it reads does: by content, never by time.

    A_68_370.txt … A_69_12.txt -> shards/3f2b60a1c9d4e785, one of 30 of a thousand short documents
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from pries.base.errors import InputError
from pries.base.places import LEXICONS, SETTINGS
from pries.base.settings import read
from pries.reading import corpus
from pries.running.fingerprint import Package, digest_of, joined
from pries.running.lock import WORK
from pries.stages import Stage
from pries.store import shard_files

MANIFEST, TAKEN = "manifest.csv", "taken"  # what segment reads of a shard
DIGITS = 16

Row = dict[str, str]
Stamps = Mapping[str, dict[str, Any]]  # of a shard: what was made of what, and its tables' digests and rows, by stage


@dataclass(frozen=True)
class Settings:
    """How large a shard is, in bytes of its files."""

    FILE: ClassVar[str] = "shards.toml"
    average: int = field(default=64_000, metadata={"low": 100, "high": 10**12})
    least: int = field(default=16_000, metadata={"low": 100, "high": 10**12})
    most: int = field(default=160_000, metadata={"low": 100, "high": 10**12})


def read_settings(folder: Path) -> Settings:
    """The settings. Raises InputError where least, average and most are not in that order."""
    sizes = read(folder, Settings)
    if not sizes.least <= sizes.average <= sizes.most:
        raise InputError(str(folder / Settings.FILE), "not least ≤ average ≤ most", "put the three numbers in order")
    return sizes


def cut(rows: Iterable[Row], settings: Settings) -> list[list[Row]]:
    """The rows of the manifest in shards: content-defined chunks of documents (Muthitacharoen, Chen, Mazières 2001).

    A document ends its shard with a chance that is in proportion to its size, or where the shard has become large.
    """
    span = max(settings.average - settings.least, 1)
    shards: list[list[Row]] = [[]]
    size = 0
    for row in rows:
        shards[-1].append(row)
        own = int(row["bytes"]) or 1
        size += own
        drawn = int(digest_of(f"{row['file']}\n{row['sha256']}".encode("utf-8", "surrogateescape")), 16) % span
        if size >= settings.most or (size >= settings.least and drawn < own):
            shards.append([])
            size = 0
    return [shard for shard in shards if shard]


def plan(rows: Iterable[Row], settings: Settings) -> dict[str, bytes]:
    """The key of each shard, in the manifest's order, and its part of the manifest."""
    parts = (corpus.dump(shard) for shard in cut(rows, settings))
    return {digest_of(part)[:DIGITS]: part for part in parts}


@dataclass(frozen=True)
class Folders:
    """Where a run reads and writes."""

    corpus: Path
    outputs: Path
    lexicons: Path = LEXICONS
    settings: Path = SETTINGS

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
            taken = shard_files.place(self.folders.work, key, TAKEN)
            return digest_of(self.made_of.encode(), key.encode(), taken.read_bytes() if taken.is_file() else b"")
        tables = {table: digest for stamp in stamps.values() for table, (digest, _) in stamp.get("tables", {}).items()}
        return digest_of(*(part.encode() for part in (self.made_of, *(tables.get(t, "") for t in self.stage.reads))))

    def state(self, key: str, stamps: Stamps | None = None) -> State:
        """What is known of the shard's tables of this stage; `stamps` are those of the shard, where they are read."""
        if stamps is None:
            stamps = stamps_of(self.folders.work, key)
        mine = stamps.get(self.name, {})
        there = all(self.place(key, table).is_file() for table in self.stage.writes)
        return State(there and mine.get("made_of") == self.wanted(key, stamps), mine.get("tables", {}))

    def fresh(self, key: str) -> bool:
        """Whether the shard's tables are what a run would make."""
        return self.state(key).fresh


class State(NamedTuple):
    """What is known of a stage's tables in a shard: whether they are up to date; of each its digest and its rows."""

    fresh: bool
    tables: Mapping[str, tuple[str, int]]


def states(jobs: Sequence[Job], key: str) -> list[State]:
    """What is known of a shard for each stage; its stamps are read once."""
    stamps = stamps_of(jobs[0].folders.work, key) if jobs else {}
    return [job.state(key, stamps) for job in jobs]


def stamps_of(work: Path, key: str) -> Stamps:
    """What a shard's stamps say, by stage."""
    return {path.stem: read_stamp(path) for path in sorted(shard_files.place(work, key, "").glob("*.json"))}


def read_stamp(stamp: Path) -> dict[str, Any]:
    """What a stamp says; nothing where there is none."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError, ValueError):
        content: dict[str, Any] = json.loads(stamp.read_bytes())
        return content
    return {}


def clashes(owners: dict[str, str], claims: Sequence[Sequence[tuple[str, str]]]) -> list[dict[str, str]]:
    """For each shard the doc_ids of its rows of texts that a file of another shard has: doc_id, that file.

    `owners` are the files of the manifest by their doc_id, `claims` what each shard's documents are: (doc_id, file).
    The manifest comes first, then who comes first in it.
    """
    owners = dict(owners)
    for shard in claims:
        for doc_id, file in shard:
            owners.setdefault(doc_id, file)
    return [
        {doc_id: owners[doc_id] for doc_id, _ in shard if (doc_id, owners[doc_id]) not in set(map(tuple, shard))}
        for shard in claims
    ]
