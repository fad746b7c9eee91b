"""Forks: the results of one core on however many, also where a process breaks down."""

from __future__ import annotations

import os
import signal

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


def test_an_error_is_raised_here_wherever_it_came_up() -> None:
    with pytest.raises(ZeroDivisionError):
        forks.mapped(lambda n: 1 // n, [1, 0, 2], 2)
