"""Forks: the results of one core on however many, also where a process breaks down."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path

import pytest
from pries.base import parallel
from pries.reading.sandbox import Sandbox

SENTENCES = [f"Les États ont été priés de publier {n} rapports." for n in range(7)]


@pytest.mark.parametrize("processes", [1, 2, 3, 20])
@pytest.mark.parametrize("many", [0, 1, 7])
def test_results_stand_in_the_order_of_the_items(processes: int, many: int) -> None:
    assert parallel.mapped(str.upper, SENTENCES[:many], processes) == [s.upper() for s in SENTENCES[:many]]


def test_other_processes_take_their_share() -> None:
    assert len(set(parallel.mapped(lambda item: os.getpid(), range(6), 3))) == 3


@pytest.mark.parametrize(("threads", "processes"), [("1", 3), ("2", 1), ("", 1)])
def test_a_process_of_several_threads_works_alone(
    threads: str, processes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", threads)
    monkeypatch.setattr(parallel, "cores", lambda: 3)
    assert len(set(parallel.mapped(lambda item: os.getpid(), range(6)))) == processes


def test_the_share_of_a_process_that_is_killed_is_done_here() -> None:
    here = os.getpid()

    def length(sentence: str) -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return len(sentence)

    assert parallel.mapped(length, SENTENCES, 3) == [len(s) for s in SENTENCES]


def test_the_share_of_a_process_that_is_killed_while_it_answers_is_done_here() -> None:
    here = os.getpid()

    def long(n: int) -> bytes:
        if os.getpid() != here:  # its answer fills the line, and it waits until this process reads
            threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGKILL)).start()
        else:
            time.sleep(0.5)
        return bytes([n]) * 10**6

    assert parallel.mapped(long, range(4), 2) == [bytes([n]) * 10**6 for n in range(4)]


def test_where_no_process_can_start_all_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    monkeypatch.setattr(os, "fork", refused)
    assert parallel.mapped(len, SENTENCES, 3) == [len(s) for s in SENTENCES]


def test_what_is_done_beside_is_ended_with_the_block() -> None:
    before = set(multiprocessing.active_children())
    with parallel.beside([partial(time.sleep, 600)] * 2) as done:
        assert len(set(multiprocessing.active_children()) - before) == 2
        assert done(0) == [None, None]
    assert not set(multiprocessing.active_children()) - before


def test_nobody_waits_for_what_a_process_that_was_killed_had_begun() -> None:
    """Its own process holds the line open."""

    def killed() -> int:
        with Sandbox(time.sleep, 600, 2000) as work:
            threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGKILL)).start()
            return len(list(work.each([30])))

    begun = time.monotonic()
    with parallel.beside([killed]) as done:
        assert done() == [None]
    assert time.monotonic() < begun + 20


def test_each_process_has_a_sandbox_of_its_own() -> None:
    """Also where it was forked from one that has begun its own."""
    with Sandbox(str.upper, 600, 2000) as work:
        assert list(work.each(SENTENCES)) == [s.upper() for s in SENTENCES]
        with parallel.beside([lambda: list(work.each(SENTENCES * 50))]) as done:
            assert list(work.each(SENTENCES * 50)) == [s.upper() for s in SENTENCES * 50]
            assert done() == [[s.upper() for s in SENTENCES * 50]]


def test_a_process_whose_parent_is_gone_does_not_wait_to_be_read() -> None:
    """Its answer is larger than what the line holds."""
    code = "import os, time; from pries.base import parallel\n"
    code += "with parallel.beside([lambda: (print(os.getpid(), flush=True), bytes(10**6))]): time.sleep(600)"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        helper = Path("/proc") / running.stdout.readline().strip()
        running.kill()
    until = time.monotonic() + 20
    while helper.exists():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_who_fails_beside_has_no_result() -> None:
    def failing() -> int:
        raise ValueError("Les États ont été priés d’agir.")

    with parallel.beside([os.getppid, failing]) as done:
        assert done() == [os.getpid(), None]


def test_a_user_says_how_many_processes_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(parallel.JOBS, "5")
    assert parallel.cores() == 5
    monkeypatch.setenv(parallel.JOBS, "")
    assert parallel.cores() >= 1


def test_an_error_is_raised_here_wherever_it_came_up() -> None:
    with pytest.raises(ZeroDivisionError):
        parallel.mapped(lambda n: 1 // n, [1, 0, 2], 2)
