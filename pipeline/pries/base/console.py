"""Console: what a person is told: a line for each step, a progress bar, one line for what went wrong.

parse          tokens 4,812, vectors 1,203  (2.1 s)
"""

from __future__ import annotations

import contextlib
import gc
import io
import os
import sys
from collections.abc import Iterable, Mapping, Sized
from typing import TypeVar

from pries.base import errors, interrupt

T = TypeVar("T")
QUIET: set[str] = set()  # stages that show no bar, because they work on one shard of many


def speak_any_encoding() -> None:
    """What the terminal's encoding lacks is told as a question mark, and ends no run."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # neither closed nor captured
            stream.reconfigure(errors="replace")


def say(name: str, words: str, seconds: float | None = None) -> None:
    """Tell a step in one line, written at once: processes that share a terminal keep their lines apart."""
    clock = "" if seconds is None else f"  ({seconds:.1f} s)"
    print(f"{name:<15}{errors.printable(words)}{clock}\n", end="", flush=True)


def progress(items: Iterable[T], name: str, total: int) -> Iterable[T]:
    """`items` with a progress bar, unless those that call this stage have one of their own (`QUIET`)."""
    return items if name in QUIET else bar(items, name, total)


def bar(items: Iterable[T], name: str, total: int) -> Iterable[T]:
    """`items` with a progress bar on a terminal, and as they are elsewhere."""
    if sys.stderr is None or not sys.stderr.isatty():  # closed before the run began
        return items
    from tqdm import tqdm

    return tqdm(items, desc=f"{name:<14}", total=total, leave=False, delay=0.5)


def counts(frames: Mapping[str, Sized]) -> str:
    """The sizes of tables in a line: « obligations 89, actions 113 »."""
    return ", ".join(f"{table} {len(frame):,}" for table, frame in frames.items())


STANDARD_ERROR = 2  # the number of the last standard stream


def hold_streams() -> None:
    """Open those of the three standard streams that are closed, on nothing: a file or pipe would get their numbers."""
    while (number := os.open(os.devnull, os.O_RDWR)) <= STANDARD_ERROR:
        os.set_inheritable(number, True)
    os.close(number)


class one_line:
    """The body of a command: what goes wrong in it becomes one line on standard error and an exit code.

    2 where the user has to change something first or nothing could be written, 1 where writing stopped half-way, 130
    for Ctrl+C. What is no fault of the user's or the system's keeps its traceback.
    """

    def __init__(self) -> None:
        self.code = errors.DONE

    def __enter__(self) -> one_line:
        # Few objects die young here: the collector's default zeal costs a tenth of a run.
        gc.freeze()
        gc.set_threshold(200_000, 50, 100)
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        if isinstance(error, errors.InputError | errors.WriteError):
            self.code = getattr(error, "code", errors.CANNOT_START)
            self.tell(str(error))
        elif isinstance(error, KeyboardInterrupt):
            self.code = errors.INTERRUPTED
            self.tell(interrupt.WORDS)
        elif isinstance(error, UnicodeEncodeError):
            self.code = errors.CANNOT_START
            self.tell(f"locale: no name of a file beyond {error.encoding}; run it again with PYTHONUTF8=1")
        elif isinstance(error, MemoryError):
            self.code = errors.STOPPED_HALF_WAY
            self.tell("memory: the system gives no more of it; end other programs, or run again with --jobs 1")
        elif isinstance(error, OSError) and error.errno:
            self.code = errors.CANNOT_START if error.filename else errors.STOPPED_HALF_WAY
            self.tell(errors.refused(error))
            if not error.filename:  # standard output is gone: Python would complain once more at its end
                sys.stdout = None
        else:
            return False
        return True

    def tell(self, words: str) -> None:
        """The line, where anybody still listens."""
        with contextlib.suppress(OSError):
            print(words, file=sys.stderr, flush=True)
