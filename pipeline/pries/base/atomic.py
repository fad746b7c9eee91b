"""Atomic writing: a file appears whole or not at all, and the files of a group together.

Writes what it is given beside its place, under a temporary name, flushes it to the disk, and renames it. Standard
library alone, because `corpus` runs before the environment exists.

    obligations.csv <- .obligations.csv.2087.4711.tmp, renamed once « Les gouvernements ont été priés… » is on the disk
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, ClassVar

from pries.base.errors import WriteError

TEMPORARY = re.compile(r"\..+\.\d+\.tmp")
ORIGIN = os.getpid(), os.getppid()
CHANCE = int.from_bytes(os.urandom(4))  # another machine may have a process of our number


class State:
    """What this process is writing."""

    began: int | None = None  # when the command began to read, in nanoseconds
    group: dict[Path, Path | None] | None = None  # what is to appear, and its temporary file; None: what is to go
    temporaries: ClassVar[set[Path]] = set()  # those that stand beside their places
    written = 0  # files that have appeared
    helps: tuple[int, int] | None = None  # of a process that helps another: that one and its parent
    works_for: tuple[Path, str] | None = None  # of a worker of a cluster: the lock of its run, and what that says


def begin() -> None:
    """From now on files bear the present time: what was edited while a stage ran is newer than what the stage made."""
    State.began = time.time_ns()


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
        if State.began is not None:
            os.utime(temporary, ns=(State.began, State.began))
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
    if group and _orphan():  # the next run may be at work already
        raise WriteError(next(iter(group)), "not written, because make has ended", "run make again", True)
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


def _orphan() -> bool:
    """Whether the run that this process belongs to has ended: make, the process that it helps, or that of its lock."""
    if State.works_for:
        return not holds(*State.works_for)
    made = "MAKELEVEL" in os.environ
    if State.helps:
        helped, above = State.helps
        return os.getppid() != helped or (made and parent(helped) != above)
    return made and os.getpid() == ORIGIN[0] and os.getppid() != ORIGIN[1]


def holds(lock: Path, words: str) -> bool:
    """Whether a lock says this: whether the run that wrote it goes on, or was the last."""
    with contextlib.suppress(OSError):
        return lock.read_text() == words
    return False


def parent(pid: int) -> int:
    """A process's parent; 0 where there is no such process."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int(Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()[1])
    return 0


def discard(temporaries: Iterable[Path] = State.temporaries) -> None:
    """Delete temporary files; all that this process has, where none is named."""
    for temporary in list(temporaries):
        with contextlib.suppress(OSError):
            temporary.unlink()
        State.temporaries.discard(temporary)
