"""Hashes: the SHA-256 of files, taken anew only where a file's size, times or inode say that it may have changed.

Reads and writes WORK/hashes.json. A file that was touched so shortly before it was hashed that the clock could not
tell another write after it is hashed again by the next run, as git's index does.

    corpus/A_68_370.txt, 61,203 bytes, … -> 0b1e…
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import time
from pathlib import Path

from pries.base import atomic

TICK = 50_000_000  # nanoseconds within which a file may change without another time


class Hashes:
    """The hashes of files, by path, as far as they are known."""

    def __init__(self, file: Path | None = None) -> None:
        self.file = file
        self.known: dict[str, list[str]] = {}  # path -> what `state` says of it, its hash
        self.states: dict[str, str] = {}  # what it said when this run first looked
        self.new = False
        if file is not None:
            with contextlib.suppress(OSError, ValueError):
                self.known = json.loads(file.read_bytes())

    def digest(self, path: Path) -> str:
        """The hash of a file's content; nothing where there is no file."""
        name, now = str(path), time.time_ns()
        try:
            state = state_of(path)
            if (known := self.known.get(name)) is not None and known[0] == state:
                digest = known[1]
            else:
                with path.open("rb") as file:
                    digest = hashlib.file_digest(file, "sha256").hexdigest()
                settled = max(map(int, state.split()[:2])) < now - TICK
                self.known[name] = [state if settled else "", digest]
                self.new = True
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return ""
        self.states.setdefault(name, state)
        return digest

    def untouched(self, path: Path) -> bool:
        """Whether a file is the one that this run first looked at, even if it was changed and put back."""
        before = self.states.get(str(path))
        with contextlib.suppress(OSError):
            return before is None or before == state_of(path)
        return before is None

    def save(self) -> None:
        """Leave the hashes to the next run."""
        if self.new and self.file is not None:
            atomic.write_bytes(self.file, json.dumps(self.known).encode())
            self.new = False


def state_of(path: Path) -> str:
    """What changes with a file: its times, of which the second is the system's own, its size, its inode."""
    found = path.stat()
    return f"{found.st_mtime_ns} {found.st_ctime_ns} {found.st_size} {found.st_ino}"


def digest_of(*parts: bytes) -> str:
    """A hash of some parts, which tells where one ends and the next begins."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()
