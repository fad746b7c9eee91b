"""Atomic writing: a file appears whole or not at all, and the files of a group together.

Writes what it is given beside its place, under a temporary name, flushes it to the disk, and renames it.

    obligations.csv <- .obligations.csv.2087.4711.tmp, renamed once « Les gouvernements ont été priés… » is on the disk
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, ClassVar

from pries.base.errors import WriteError

TEMPORARY = re.compile(r"\..+\.\d+\.tmp")
CHANCE = int.from_bytes(os.urandom(4))  # another machine may have a process of our number


class State:
    """What this process is writing."""

    group: dict[Path, Path | None] | None = None  # what is to appear, and its temporary file; None: what is to go
    temporaries: ClassVar[set[Path]] = set()  # those that stand beside their places
    written = 0  # files that have appeared
    works_for: tuple[Path, str] | None = None  # of a worker of a cluster: the lock of its run, and what that says


def write_bytes(path: Path, data: bytes) -> None:
    """Write `data` to `path` so that a reader sees the old file or the new one, never a part. Raises WriteError."""
    with writing(path) as file:
        file.write(data)


@contextlib.contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """A file to write, bit by bit, what appears as `path` at the end of the block. Raises WriteError."""
    temporary = path.with_name(f".{path.name}.{CHANCE}.{os.getpid()}.tmp")
    State.temporaries.add(temporary)
    try:
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if path.is_dir():  # before others of its group are renamed
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if State.group is None:
            _appear({path: temporary})
        else:
            State.group[path] = temporary
    except BaseException as error:
        discard([temporary])
        if isinstance(error, OSError) and not isinstance(error, WriteError):
            raise WriteError.of(path, error, State.written > 0) from error
        raise


def remove(path: Path) -> None:
    """Delete a file that an earlier run left, with its group. Raises WriteError."""
    if State.group is None:
        _appear({path: None})
    else:
        State.group[path] = None


@contextlib.contextmanager
def together() -> Iterator[None]:
    """What is written inside appears at its end, in this order, or, if anything fails before, not at all."""
    if State.group is not None:  # part of a larger group
        yield
        return
    State.group = {}
    try:
        yield
        _appear(State.group)
    finally:
        discard(filter(None, State.group.values()))
        State.group = None


def _appear(group: dict[Path, Path | None]) -> None:
    if group and State.works_for and not holds(*State.works_for):  # the next run may be at work already
        raise WriteError(next(iter(group)), "not written, because its run has ended", "run it again", True)
    for path, temporary in group.items():
        try:
            if temporary is None:
                path.unlink(missing_ok=True)
            else:
                temporary.replace(path)
                State.temporaries.discard(temporary)
                State.written += 1
        except OSError as error:
            raise WriteError.of(path, error, State.written > 0) from error


def holds(lock: Path, words: str) -> bool:
    """Whether a lock says this: whether the run that wrote it goes on, or was the last."""
    with contextlib.suppress(OSError):
        return lock.read_text() == words
    return False


def discard(temporaries: Iterable[Path] = State.temporaries) -> None:
    """Delete temporary files; all that this process has, where none is named."""
    for temporary in list(temporaries):
        with contextlib.suppress(OSError):
            temporary.unlink()
        State.temporaries.discard(temporary)
