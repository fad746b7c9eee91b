"""Shard files: which files hold a table that was made shard by shard.

A stage that works on shards ends with WORK/STAGE.done, which lists its files, shards in the manifest's order. Whoever
reads WORK/TABLE.parquet gets that file or, where the table lies in parts, these.

    outputs/.work/tokens.parquet -> outputs/.work/shards/1f0c…/tokens.parquet, outputs/.work/shards/a93b…/tokens.parquet
"""

from __future__ import annotations

import contextlib
from pathlib import Path

SHARDS = "shards"


def place(work: Path, key: str, name: str) -> Path:
    """Where the shard `key` keeps a file."""
    return work / SHARDS / key / name


def listed(done: Path) -> list[str]:
    """What a stage made, as shards/KEY/NAME; nothing where it has not ended."""
    with contextlib.suppress(FileNotFoundError):
        return done.read_text(encoding="utf-8").splitlines()
    return []


def files_of(path: Path) -> list[Path]:
    """The files that hold a table: the one of that name, else its parts (one of no file where there are none)."""
    if not path.is_file():
        for work in path.parents[:2]:  # WORK/found/obligations.parquet has parts too
            name = path.relative_to(work).as_posix()
            for done in sorted(work.glob("*.done")):
                found = [work / line for line in listed(done) if line.split("/", 2)[2] == name]
                if found:
                    return found
    return [path]
