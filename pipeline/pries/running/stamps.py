"""Stamps: what is known of a stage's last run: what it was made of, what it read, what it wrote, each with its hash.

Reads and writes WORK/stamps/STAGE.json. A stage is up to date if all of that is as its stamp says. Where it is not,
the stamp tells what has changed.

    obligations: triggers.csv changed
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from pries.base import atomic
from pries.running.fingerprint import changed
from pries.running.shards import read_stamp


@dataclass(frozen=True)
class Stamp:
    """What a stage was made of, the hashes of what it read, and of what it wrote, by path below OUTPUTS."""

    parts: Mapping[str, str] = field(default_factory=dict)
    reads: Mapping[str, str] = field(default_factory=dict)
    writes: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Stamp | None:
        """The stamp of a file; None where the stage has not run."""
        content = read_stamp(path)
        return cls(**content) if content.keys() == {"parts", "reads", "writes"} else None

    def write(self, path: Path) -> None:
        """Leave the stamp to the next run."""
        atomic.write_bytes(path, json.dumps(asdict(self), ensure_ascii=False).encode())


def reasons(before: Stamp | None, now: Stamp) -> Iterator[str]:
    """Why a stage has to run, in words; `now` has what it is made of, what it would read, and what its files hold."""
    if before is None:
        yield "not made yet"
        return
    yield from changed(before.parts, now.parts)
    for name in now.reads:
        if before.reads.get(name) != now.reads[name]:
            yield f"{name} changed" if before.reads.get(name) else f"{name} is new"
    for name, digest in before.writes.items():
        if now.writes.get(name) != digest:
            yield f"{name} {'changed' if now.writes.get(name) else 'is gone'}"
