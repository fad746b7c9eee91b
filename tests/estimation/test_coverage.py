"""Coverage: intervals hold the truth of the reference report, with the program as it is and worsened on purpose.

A small form of `bench/bench_coverage.py`, which draws a thousand samples from more corpora.
"""

from __future__ import annotations

import numpy as np
from bench_coverage import trial
from conftest import Run
from known_corpora import of_run, truth_of_gold, worsened


def test_intervals_hold_the_truth_of_the_reference_report(full_run: Run) -> None:
    reference = of_run("A/68/370", full_run.folder, truth_of_gold)
    assert {r.covered for r in trial(reference, 60, 30)} == {1.0}  # no error, and all intervals say so
    results = trial(worsened(reference), 60, 120)
    assert sum(r.errors for r in results) > 50
    counts = [r for r in results if r.key[0] == "requests"]
    assert len(counts) == 10
    assert all(r.covered >= 0.89 for r in results)
    assert np.median([r.covered for r in counts]) >= 0.93
    assert np.median([abs(r.bias) for r in counts]) < 0.05
