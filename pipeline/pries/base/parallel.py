"""Parallel: work in several processes at once, with the results that one would give.

What a process holds when others are begun is there in each of them without being copied, be it a language model; only
results pass. Of `mapped`, a process whose parent has ended ends before its next item, and what one that broke down was
to do is done here.

    mapped(draw, kept) -> [draw(kept[0]), draw(kept[1]), …]
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import math
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from multiprocessing import connection
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")
Helper = tuple[BaseProcess, Connection]
JOBS = "PRIES_JOBS"
PAUSE = 0.1  # seconds between two looks at whether a process lives
DEATH = 1  # Linux's PR_SET_PDEATHSIG


class Helpers(Generic[R]):
    """Processes at work: called, it waits for their results, at most so many seconds where told."""

    def __init__(self) -> None:
        self.begun: list[Helper | None] = []

    def __call__(self, seconds: float = math.inf) -> list[R | None]:
        return [_result(helper, seconds) for helper in self.begun]

    def alive(self, seconds: float) -> bool:
        """Whether one of them still works; asked after so many seconds, or as soon as one is through or gone."""
        helpers = [helper for helper in self.begun if helper is not None]
        ended = connection.wait([process.sentinel for process, _ in helpers], seconds) if helpers else ()
        return len(ended) < len(helpers)


def cores() -> int:
    """How many processes may run at once: as many as PRIES_JOBS says (make JOBS=4, --jobs 4), else the cores."""
    if (said := os.environ.get(JOBS, "")).isdecimal() and int(said):
        return int(said)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def mapped(function: Callable[[T], R], items: Sequence[T], processes: int | None = None) -> list[R]:
    """The result for each item, in their order; in so many processes, of which this is one.

    The default is the cores where this process has one thread for linear algebra, as in a run of `pries`, and elsewhere
    this process alone: OpenMP with several threads does not outlive a fork.
    """
    number = processes or (cores() if os.environ.get("OMP_NUM_THREADS") == "1" else 1)
    number = max(min(number, len(items)), 1)
    own, *others = (items[n::number] for n in range(number))
    with beside([partial(_each, function, share) for share in others]) as done:
        results = [[function(item) for item in own]]
        for share, found in zip(others, done(), strict=True):
            results.append([function(item) for item in share] if found is None else found)
    return [results[place % number][place // number] for place in range(len(items))]


def _each(function: Callable[[T], R], share: Sequence[T]) -> list[R]:
    return [function(item) for item in share]


def die_with(parent: int) -> None:
    """Let the system kill this process when `parent`, which began it, ends, however it ends: its lock is free then."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DEATH, signal.SIGKILL)
    if os.getppid() != parent:  # it has ended before
        os._exit(1)


@contextlib.contextmanager
def beside(works: Sequence[Callable[[], R]]) -> Iterator[Helpers[R]]:
    """Do these meanwhile, each in a process of its own; all are ended with the block.

    What is given waits for their results, for so many seconds where told: None for a process that failed or broke down,
    that the system had no room for, or that is not ready by then.
    """
    helpers: Helpers[R] = Helpers()
    frozen = gc.get_freeze_count()
    gc.freeze()  # a collector that went through what is shared would make a copy of it
    try:
        helpers.begun.extend(map(_begun, works))
        yield helpers
    finally:
        for process, line in filter(None, helpers.begun):
            process.kill()
            process.join()
            line.close()
        if not frozen:
            gc.unfreeze()


def alone(work: Callable[[], R], limit: Callable[[], object] = bool) -> tuple[R | None, int]:
    """Do this in a process of its own, which `limit` limits: its result, and the signal by which it ended without one.

    Where the system has no room for a process, or no fork, it is done here, without limits: they would be this one's.
    """
    if (helper := _begun(work, limit)) is None:
        return work(), 0
    process, line = helper
    found: list[R | None] = []
    try:
        found = [_result(helper, math.inf)]
    finally:
        if not found:  # interrupted
            process.kill()
        process.join()
        line.close()
    return found[0], max(-(process.exitcode or 0), 0)


def _begun(work: Callable[[], R], limit: Callable[[], object] = bool) -> Helper | None:
    """A process at work, and where its result will come from; none where the system has no room, or no fork."""
    if not hasattr(os, "fork"):
        return None
    context = multiprocessing.get_context("fork")
    with contextlib.ExitStack() as failed, contextlib.suppress(OSError):
        ours, theirs = context.Pipe(duplex=False)
        failed.callback(ours.close)
        with theirs:
            helper = context.Process(target=_help, args=(work, limit, ours, theirs, os.getpid()))
            helper.start()
        failed.pop_all()
        return helper, ours
    return None


def _result(helper: Helper | None, seconds: float) -> R | None:
    """What a process made; nothing where it broke down or takes longer."""
    if helper is None:
        return None
    process, line = helper
    until = time.monotonic() + seconds
    found: R | None = None
    with contextlib.suppress(EOFError, OSError):
        while not line.poll(max(0.0, min(PAUSE, until - time.monotonic()))):
            # one that it began itself may hold the line open when it is gone
            if time.monotonic() >= until or not (process.is_alive() or line.poll()):
                return None
        found = line.recv()
    return found


def _help(
    work: Callable[[], R], limit: Callable[[], object], ours: Connection, theirs: Connection, parent: int
) -> None:
    """The life of a process: its work, then its end. What it fails at, its parent will meet again and tell."""
    ours.close()  # so that nobody waits for a parent that is gone to read
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    die_with(parent)
    try:
        limit()
        theirs.send(work())
    finally:
        os._exit(0)
