"""Prospect: today's interval is that of the estimates; what is coded besides makes it narrower."""

from __future__ import annotations

import random

import numpy as np
import pytest
from pries.estimation import prospect
from pries.estimation.estimates import units_of
from pries.estimation.estimators import ratios
from pries.review.sample import Drawn


def coded(n: int, of: int, stop: int, seed: int = 1) -> tuple[list[Drawn], list[tuple[int, int, int]]]:
    """A sample of one stratum, of which the first `stop` are coded; one request in ten is wrong, one missing."""
    chance = random.Random(seed)
    drawn = [Drawn(i + 2, {"sentence_id": f"x{i}", "doc_id": "d", "stratum": "s"}, n / of, i < stop) for i in range(n)]
    right = [int(chance.random() < 0.9) for _ in range(n)]
    return drawn, [(1, r, r + int(chance.random() < 0.1)) for r in right]


def test_without_more_it_is_the_interval_of_the_estimates() -> None:
    drawn, numbers = coded(100, 400, 60)
    units = units_of(drawn, 400)
    p, right = (np.array([[cells[k]] for cells in numbers[:60]], dtype=float) for k in (0, 1))
    total = np.array([400.0])
    found = ratios(units.design, (total, right - p), (total, p * 0), p, missed=False)
    made = prospect.intervals(drawn, numbers, 400, 0)["precision"]
    assert made == pytest.approx((found.value[0], found.low[0], found.high[0]), abs=1e-9)


def test_more_sentences_make_it_narrower_as_they_do_once_they_are_coded() -> None:
    drawn, numbers = coded(200, 2000, 100)
    now, then = (prospect.intervals(drawn, numbers, 2000, more) for more in (0, 100))
    every = prospect.intervals([Drawn(d.line, d.cells, d.pi, True) for d in drawn], numbers, 2000, 0)
    for name in ("precision", "recall"):
        assert then[name][0] == pytest.approx(now[name][0], abs=1e-9)  # the rate of errors is taken as it is
        width_now, width_then, width = (made[name][2] - made[name][1] for made in (now, then, every))
        assert width_then < 0.8 * width_now
        assert width_then == pytest.approx(width, rel=0.35)


def test_a_stratum_that_nothing_is_coded_of_yet_goes_with_the_next() -> None:
    rows = [("a", False), ("b", True), ("b", True), ("c", False), ("d", True), ("e", False)]
    drawn = [
        Drawn(i + 2, {"sentence_id": f"x{i}", "doc_id": "d", "stratum": s}, 0.1, c) for i, (s, c) in enumerate(rows)
    ]
    design, found = prospect.ahead(drawn, 60, 3)
    assert found == ["x1", "x2", "x4"]
    assert design.size.tolist() == [30, 30]
    assert design.times is not None
    assert design.times.tolist() == [1.5, 1.5, 3.0]
