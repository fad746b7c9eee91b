"""Limits: how much memory and time a process may still take; the system ends one that takes more.

limit_memory(2000); limit_time(120): at most 2,000 megabytes more, at most 120 seconds from now
"""

from __future__ import annotations

import contextlib
import resource
import signal
from pathlib import Path
from typing import BinaryIO

STATM = Path("/proc/self/statm")
PAGE = resource.getpagesize()


def open_statm() -> BinaryIO | None:
    """Where the system tells what this process holds; None where it does not."""
    with contextlib.suppress(OSError):
        return STATM.open("rb", buffering=0)
    return None


def memory(statm: BinaryIO | None) -> tuple[int, int]:
    """The bytes that this process has addresses for, and those that it holds; 0 where the system does not tell."""
    if statm is None:
        return 0, 0
    statm.seek(0)
    addresses, held, *_ = statm.read().split()
    return int(addresses) * PAGE, int(held) * PAGE


def limit_memory(megabytes: int) -> None:
    """Let this process take so much more memory than it has, and leave no core file."""
    addresses = 0
    if (statm := open_statm()) is not None:
        with statm:
            addresses, _ = memory(statm)
    with contextlib.suppress(OSError, ValueError):
        if addresses:
            _, hard = resource.getrlimit(resource.RLIMIT_AS)
            most = addresses + megabytes * 2**20
            resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit(megabytes: int, seconds: float) -> None:
    """Both limits."""
    limit_memory(megabytes)
    limit_time(seconds)


def limit_time(seconds: float) -> None:
    """Let the system end this process in so many seconds, unless it is told anew; 0: never."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)
