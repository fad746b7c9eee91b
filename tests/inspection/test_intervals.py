"""Intervals against scipy's, against Newcombe's published examples, and by how often they hold what is true."""

from __future__ import annotations

import numpy as np
import pytest
from pries.inspection.intervals import exact, newcombe, wider, wilson
from scipy.stats import binom, binomtest


@pytest.mark.parametrize(("hits", "number"), [(0, 1), (1, 1), (90, 90), (0, 90), (45, 50), (3, 7), (500, 1000)])
def test_exact_and_wilson_against_scipy(hits: int, number: int) -> None:
    test = binomtest(hits, number)
    for method, found in (("exact", exact(hits, number)), ("wilson", wilson(hits, number))):
        wanted = test.proportion_ci(method=method)
        assert found.tolist() == pytest.approx([wanted.low, wanted.high], abs=1e-9)


def test_ninety_of_ninety_is_not_certain() -> None:
    assert exact(90, 90).round(3).tolist() == [0.960, 1.0]
    assert exact([90, 0], [90, 0]).round(3).tolist() == [[0.960, 0.0], [1.0, 1.0]]


def test_halves_lie_between_whole_numbers() -> None:
    low, mean, high = exact([8, 8.5, 9], [10, 10, 10])[0]
    assert low < mean < high


# Newcombe (1998), Interval estimation for the difference between independent proportions, Statistics in Medicine 17,
# 873-890, table II, method 10.
@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090), ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926), ((0, 10), (0, 20), -0.1611, 0.2775), ((10, 10), (0, 20), 0.6791, 1.0),
    ],
)  # fmt: skip
def test_newcombe_s_published_examples(one: tuple, other: tuple, low: float, high: float) -> None:
    assert newcombe(*one, *other).tolist() == pytest.approx([low, high], abs=5e-5)


def test_differences_of_few_cases_hold_what_is_true() -> None:
    """Over all results of 12 and 15 cases of shares .1 and .3: the interval holds .2 in some 95 %."""
    one, other = np.meshgrid(np.arange(13), np.arange(16), indexing="ij")
    chance = binom.pmf(one, 12, 0.1) * binom.pmf(other, 15, 0.3)
    low, high = newcombe(one, np.full(one.shape, 12), other, np.full(one.shape, 15))
    assert 0.93 < chance[(low <= -0.2) & (high >= -0.2)].sum() < 0.99


def test_the_wider_of_two() -> None:
    assert wider(np.array([0.2, 0.5]), np.array([0.1, 0.4])).tolist() == [0.1, 0.5]
