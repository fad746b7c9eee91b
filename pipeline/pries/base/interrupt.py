"""Interrupt: Ctrl+C ends a command at once, in one line, whatever library is at work.

As an exception it would be lost in libraries that catch everything while they are imported, and the run would go on.
Commands that have to save or to close something ask for the exception all the same.
"""

from __future__ import annotations

import os
import signal

from pries.base import atomic
from pries.base.errors import INTERRUPTED

WORDS = "interrupted; run it again to go on, no file is left half-made"


def at_once() -> None:
    """From now on, and unless we are to ignore it, Ctrl+C says the line and ends the process."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _end)


def as_exception() -> None:
    """From now on Ctrl+C is a KeyboardInterrupt again."""
    if signal.getsignal(signal.SIGINT) is _end:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _end(number: int, frame: object) -> None:
    os.write(2, f"{WORDS}\n".encode())
    atomic.discard()
    os._exit(INTERRUPTED)
