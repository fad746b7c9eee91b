"""Sandbox: work on one document after the other in a process of its own, within limits of time and memory.

A file that makes its reader loop, crash or eat memory costs that document alone: the process is ended, the document is
named, a new process goes on with the next. Arguments and results cross as JSON; nothing is unpickled. The process is
told some documents ahead, so that neither waits for the other to wake. Where the system has no fork the work is done
here, without these two limits.

    with Sandbox(read, seconds=120, megabytes=2000) as work:
        results = list(work.each([{"file": "A_68_370.txt"}]))
"""

from __future__ import annotations

import contextlib
import faulthandler
import itertools
import json
import multiprocessing
import os
import select
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any

from pries.base import limits
from pries.base.parallel import die_with
from pries.reading.marks import Unreadable

SPLIT = "split the document, or raise {} in reading.toml"
GROWN = 256  # megabytes, or a quarter of the limit, by which a process may grow: a reader may not give all back
RENEWED_AFTER = 500  # documents, where the system does not tell what a process holds
AHEAD, AHEAD_BYTES = 16, 2**15  # what the process is told before it answers: less than a pipe holds


class Sandbox:
    """Calls `work` in a process of its own; what it raises, and a limit, comes back as Unreadable."""

    def __init__(self, work: Callable[[Any], Any], seconds: float, megabytes: int) -> None:
        self.work, self.seconds, self.megabytes, self.tired = work, seconds, megabytes, False
        self.process: multiprocessing.process.BaseProcess | None = None
        self.line: Connection | None = None
        self.owner = os.getpid()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def each(self, arguments: Iterable[Any]) -> Iterator[Any]:
        """The result of `work` for each argument, in order; an Unreadable in its place for one that has none."""
        if not hasattr(os, "fork"):
            yield from (_done(self.work, argument) for argument in arguments)
            return
        if self.owner != os.getpid():  # we were forked since: that process answers another
            self.process, self.line, self.owner = None, None, os.getpid()
        waiting = deque(json.dumps(argument).encode() for argument in arguments)
        asked = 0
        try:
            while waiting:
                asked = asked or self._ask(waiting)
                answer = self._answer()
                waiting.popleft()
                asked = asked - 1 if self.line else 0  # a process that was ended leaves the others unanswered
                yield answer
        finally:
            if asked:  # nobody will ever read these answers
                self._end()

    def _ask(self, questions: Iterable[bytes]) -> int:
        """Tell the process the first of the questions; how many they are."""
        if self.tired:
            self._end()
        if self.line is None:
            self._begin()
        assert self.line is not None
        room, asked = AHEAD_BYTES, 0
        with contextlib.suppress(OSError):  # a process that is dead gives no answer either
            for question in itertools.islice(questions, AHEAD):
                room -= len(question)
                if asked and room < 0:
                    break
                asked += 1
                self.line.send_bytes(question)
        return asked

    def _answer(self) -> Any:
        """The next answer; a process that gives none in time, or is dead, is ended."""
        assert self.line is not None
        try:
            if not self.answered.poll(self.seconds * 1000):
                self._end()
                return Unreadable(f"takes longer than {self.seconds:g} seconds", SPLIT.format("max_seconds"))
            done, result, self.tired = json.loads(self.line.recv_bytes())
        except (EOFError, OSError):
            self._end()
            remedy = f"save it again from the program that made it, or {SPLIT.format('memory_megabytes')}"
            return Unreadable("its reader broke down", remedy)
        return result if done else Unreadable(*result)

    def _begin(self) -> None:
        context = multiprocessing.get_context("fork")
        self.line, theirs = context.Pipe()
        self.process = context.Process(target=self._serve, args=(self.line, theirs, os.getpid()), daemon=True)
        self.process.start()
        theirs.close()
        self.answered = select.poll()  # what the line's own poll makes anew for every answer
        self.answered.register(self.line, select.POLLIN)

    def _end(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.join()
        if self.line is not None:
            self.line.close()
        self.process = self.line = None
        self.tired = False

    def _serve(self, ours: Connection, line: Connection, parent: int) -> None:
        """The life of the process: a document after the other until nobody asks any more."""
        ours.close()
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        die_with(parent)
        _silence()
        statm = limits.open_statm()
        begun = limits.memory(statm)
        limits.limit_memory(self.megabytes)
        room = min(GROWN, self.megabytes // 4) * 2**20
        with contextlib.suppress(EOFError, OSError):
            for number in itertools.count(1):
                argument = json.loads(line.recv_bytes())
                answer: tuple[bool, Any]
                try:
                    answer = True, self.work(argument)
                except Unreadable as error:
                    answer = False, (error.problem, error.remedy)
                except MemoryError:
                    answer = False, (f"needs more than {self.megabytes:,} megabytes", SPLIT.format("memory_megabytes"))
                except Exception as error:  # whatever it is, it is this document's
                    remedy = "save it again from the program that made it, or take it out of the folder"
                    answer = False, (f"its reader failed ({type(error).__name__})", remedy)
                grown = any(now > before + room for now, before in zip(limits.memory(statm), begun, strict=True))
                line.send_bytes(json.dumps((*answer, grown or (begun[0] == 0 and number >= RENEWED_AFTER))).encode())
        os._exit(0)


def _done(work: Callable[[Any], Any], argument: Any) -> Any:
    try:
        return work(argument)
    except Unreadable as error:
        return error


def _silence() -> None:
    """What a native library says as it dies is nothing to a user: the document is named in our own line."""
    faulthandler.disable()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for output in (1, 2):
        os.dup2(nowhere, output)
    os.close(nowhere)
