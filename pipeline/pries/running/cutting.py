"""Cutting: how a corpus is cut into shards.

Reads the rows of the manifest. Where a shard ends is decided by a hash of its last document, so that a document that is
added, changed or removed touches one shard, and no other moves. A shard's key is the hash of its rows.

    A_68_370.txt … A_69_12.txt -> 3f2b60a1c9d4e785, one of 30 shards of a thousand short documents
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from pries.base.layers import Folder
from pries.base.settings import mistake, read
from pries.reading import corpus
from pries.running.hashes import digest_of

DIGITS = 16

Row = dict[str, str]


@dataclass(frozen=True)
class Settings:
    """How large a shard is, in bytes of its files; what a document may cost in the stages after reading."""

    FILE: ClassVar[str] = "shards.toml"
    average: int = field(default=64_000, metadata={"low": 100, "high": 10**12})
    least: int = field(default=16_000, metadata={"low": 100, "high": 10**12})
    most: int = field(default=160_000, metadata={"low": 100, "high": 10**12})
    max_seconds: int = field(default=1200, metadata={"low": 1, "high": 10**6})
    memory_megabytes: int = field(default=1500, metadata={"low": 100, "high": 10**6})


def read_settings(folder: Folder) -> Settings:
    """The settings. Raises InputError where least, average and most are not in that order."""
    sizes = read(folder, Settings)
    if not sizes.least <= sizes.average <= sizes.most:
        problem = f"least = {sizes.least}, average = {sizes.average}, most = {sizes.most} are not in this order"
        raise mistake(folder, Settings, "average", problem, "put the three numbers in order")
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
