"""Forks: the results of one core on however many, also where a process breaks down."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import threading
import time

import pytest

from pipeline import forks

SENTENCES = [f"Les États ont été priés de publier {n} rapports." for n in range(7)]


@pytest.mark.parametrize("processes", [1, 2, 3, 20])
@pytest.mark.parametrize("many", [0, 1, 7])
def test_results_stand_in_the_order_of_the_items(processes: int, many: int) -> None:
    assert forks.mapped(str.upper, SENTENCES[:many], processes) == [s.upper() for s in SENTENCES[:many]]


def test_other_processes_take_their_share() -> None:
    assert len(set(forks.mapped(lambda item: os.getpid(), range(6), 3))) == 3


@pytest.mark.parametrize(("threads", "processes"), [("1", 3), ("2", 1), ("", 1)])
def test_a_process_of_several_threads_works_alone(
    threads: str, processes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", threads)
    monkeypatch.setattr(forks, "cores", lambda: 3)
    assert len(set(forks.mapped(lambda item: os.getpid(), range(6)))) == processes


def test_the_share_of_a_process_that_is_killed_is_done_here() -> None:
    here = os.getpid()

    def length(sentence: str) -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return len(sentence)

    assert forks.mapped(length, SENTENCES, 3) == [len(s) for s in SENTENCES]


def test_the_share_of_a_process_that_is_killed_while_it_answers_is_done_here() -> None:
    here = os.getpid()

    def long(n: int) -> bytes:
        if os.getpid() != here:  # its answer fills the line, and it waits until this process reads
            threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGKILL)).start()
        else:
            time.sleep(0.5)
        return bytes([n]) * 10**6

    assert forks.mapped(long, range(4), 2) == [bytes([n]) * 10**6 for n in range(4)]


def test_where_no_process_can_start_all_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    monkeypatch.setattr(os, "fork", refused)
    assert forks.mapped(len, SENTENCES, 3) == [len(s) for s in SENTENCES]


def test_what_is_done_beside_is_ended_with_the_block() -> None:
    def endless() -> None:
        time.sleep(600)

    with forks.beside([endless]):
        (helper,) = multiprocessing.active_children()
        assert helper.is_alive()
    assert not multiprocessing.active_children()


def test_who_fails_beside_has_no_result() -> None:
    def failing() -> int:
        raise ValueError("Les États ont été priés d’agir.")

    with forks.beside([os.getppid, failing]) as done:
        assert done() == [os.getpid(), None]


def test_a_user_says_how_many_processes_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(forks.JOBS, "5")
    assert forks.cores() == 5
    monkeypatch.setenv(forks.JOBS, "")
    assert forks.cores() >= 1


def test_an_error_is_raised_here_wherever_it_came_up() -> None:
    with pytest.raises(ZeroDivisionError):
        forks.mapped(lambda n: 1 // n, [1, 0, 2], 2)
