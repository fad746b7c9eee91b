"""Interrupt: Ctrl+C ends a command in one line, also while its modules are still being imported.

A command spends its first second on imports, before there is anything to clean up: it says the line and ends. Once
its work has begun, Ctrl+C is the usual exception, so that temporary files are deleted on the way out.
"""

from __future__ import annotations

import os
import signal

from pipeline.errors import INTERRUPTED

WORDS = "interrupted; run it again to go on, nothing is left half-made"


def while_importing() -> None:
    """From now on, and unless we are to ignore it, Ctrl+C says the line and ends the process."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _end)


def as_exception() -> None:
    """From now on Ctrl+C is a KeyboardInterrupt again."""
    if signal.getsignal(signal.SIGINT) is _end:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _end(number: int, frame: object) -> None:
    os.write(2, f"{WORDS}\n".encode())
    os._exit(INTERRUPTED)
