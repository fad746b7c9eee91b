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
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def cores() -> int:
    """How many processes may run at once."""
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
    for share, (helper, line) in zip(shares[1:], helpers, strict=True):
        try:
            results.append(line.recv())
        except EOFError:
            results.append([function(item) for item in share])
        helper.join()
    return [results[place % number][place // number] for place in range(len(items))]


def _begun(function: Callable[[T], R], share: Sequence[T]) -> tuple[BaseProcess, Connection]:
    """A process at work on its share, and where its results will come from."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    helper = context.Process(target=_help, args=(function, share, theirs, os.getpid()), daemon=True)
    helper.start()
    theirs.close()
    return helper, ours


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
