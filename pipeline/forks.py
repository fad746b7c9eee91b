"""Forks: one function on many items, on all cores, with the results that one core would give.

What the function holds is there in every process without being copied; only items' places and results pass. A process
whose parent has ended ends before its next item; what one that broke down was to do is done here.

    mapped(draw, kept) -> [draw(kept[0]), draw(kept[1]), …]
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")
Helper = tuple[BaseProcess, Connection]
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
    number = min(number, len(items)) if hasattr(os, "fork") else 1
    shares = [items[n::number] for n in range(number)]
    helpers = [_begun(function, share) for share in shares[1:]]
    results = [[function(item) for item in share] for share in shares[:1]]
    for share, helper in zip(shares[1:], helpers, strict=True):
        results.append(_done(helper) or [function(item) for item in share])
    return [results[place % number][place // number] for place in range(len(items))]


def _begun(function: Callable[[T], R], share: Sequence[T]) -> Helper | None:
    """A process at work on its share, and where its results will come from; none where the system has no room."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    helper = context.Process(target=_help, args=(function, share, theirs, os.getpid()), daemon=True)
    try:
        helper.start()
    except OSError:
        return None
    finally:
        theirs.close()
    return helper, ours


def _done(helper: Helper | None) -> list[Any]:
    """What a process made of its share; nothing where it broke down."""
    if helper is None:
        return []
    process, line = helper
    try:
        found: list[Any] = line.recv()
    except (EOFError, OSError):
        found = []
    line.close()
    process.join()
    return found


def _help(function: Callable[[T], R], share: Sequence[T], line: Connection, parent: int) -> None:
    """The life of a process: its share, then its end. What it fails at, the parent will meet again and tell."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    results = []
    try:
        for item in share:
            if os.getppid() != parent:
                os._exit(1)
            results.append(function(item))
        line.send(results)
    finally:
        os._exit(0)
