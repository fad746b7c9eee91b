"""Forks: work in several processes at once, with the results that one would give.

What a process holds when others are begun is there in each of them without being copied, be it a language model; only
results pass. One ends, before its next item, when its parent has; what one that broke down was to do is done here.

    mapped(draw, kept) -> [draw(kept[0]), draw(kept[1]), …]
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")
Helper = tuple[BaseProcess, Connection]
Results = Callable[[], list[R | None]]  # waits for them
JOBS = "PIPELINE_JOBS"


def cores() -> int:
    """How many processes may run at once: as many as PIPELINE_JOBS says (make JOBS=4, --jobs 4), else the cores."""
    if (said := os.environ.get(JOBS, "")).isdecimal() and int(said):
        return int(said)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def mapped(function: Callable[[T], R], items: Sequence[T], processes: int | None = None) -> list[R]:
    """The result for each item, in their order; in so many processes, of which this is one.

    The default is the cores where this process has one thread for linear algebra, as under make and `python -m
    pipeline`, and elsewhere this process alone: OpenMP with several threads does not outlive a fork.
    """
    number = processes or (cores() if os.environ.get("OMP_NUM_THREADS") == "1" else 1)
    number = max(min(number, len(items)), 1)
    own, *others = (items[n::number] for n in range(number))
    with beside([partial(_each, function, share, os.getpid()) for share in others]) as done:
        results = [[function(item) for item in own]]
        for share, found in zip(others, done(), strict=True):
            results.append([function(item) for item in share] if found is None else found)
    return [results[place % number][place // number] for place in range(len(items))]


def _each(function: Callable[[T], R], share: Sequence[T], parent: int) -> list[R]:
    """The results of a share; an error where nobody waits for them any more."""
    found = []
    for item in share:
        if os.getppid() != parent:
            raise ProcessLookupError(parent)
        found.append(function(item))
    return found


@contextlib.contextmanager
def beside(works: Sequence[Callable[[], R]]) -> Iterator[Results[R]]:
    """Do these meanwhile, each in a process of its own; all are ended with the block.

    What is given waits for their results, None for a process that failed or broke down, or that the system had no room
    for. What they fail at, this process will meet again and tell.
    """
    if works:
        gc.freeze()  # a collector that went through what is shared would make a copy of it
    helpers = [_begun(work) for work in works]
    try:
        yield lambda: [_result(helper) for helper in helpers]
    finally:
        for process, line in filter(None, helpers):
            process.kill()
            process.join()
            line.close()


def _begun(work: Callable[[], R]) -> Helper | None:
    """A process at work, and where its result will come from; none where the system has no room, or no fork."""
    if not hasattr(os, "fork"):
        return None
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    helper = context.Process(target=_help, args=(work, theirs))
    try:
        helper.start()
    except OSError:
        ours.close()
        return None
    finally:
        theirs.close()
    return helper, ours


def _result(helper: Helper | None) -> R | None:
    """What a process made; nothing where it broke down."""
    found: R | None = None
    if helper is not None:
        with contextlib.suppress(EOFError, OSError):
            found = helper[1].recv()
    return found


def _help(work: Callable[[], R], line: Connection) -> None:
    """The life of a process: its work, then its end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        line.send(work())
    finally:
        os._exit(0)
