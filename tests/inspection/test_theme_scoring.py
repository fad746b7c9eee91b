"""Theme scoring: κ and α against counting pairs, F1 by hand, the two halves."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from pries.inspection import theme_scoring as scoring
from sklearn.metrics import cohen_kappa_score


@pytest.mark.parametrize("seed", range(8))
def test_kappa_against_scikit_learn(seed: int) -> None:
    draw = np.random.default_rng(seed)
    one, other = (draw.random((2, 40)) < 0.3).tolist()
    assert scoring.kappa(one, other) == pytest.approx(cohen_kappa_score(one, other), abs=1e-9)


@pytest.mark.parametrize("seed", range(8))
def test_alpha_against_counting_pairs_of_values(seed: int) -> None:
    """Observed: pairs inside a paragraph that differ; expected: pairs of all values that differ."""
    draw = np.random.default_rng(seed)
    one, other = (draw.random((2, 25)) < 0.3).tolist()
    values = [*one, *other]
    observed = sum(a != b for a, b in zip(one, other, strict=True)) / len(one)
    pairs = list(permutations(values, 2))
    expected = sum(a != b for a, b in pairs) / len(pairs)
    assert scoring.alpha(one, other) == pytest.approx(1 - observed / expected, abs=1e-9)


def test_readers_that_never_give_a_theme_agree() -> None:
    assert scoring.kappa([False] * 4, [False] * 4) == scoring.alpha([False] * 4, [False] * 4) == 1.0


ROWS = [
    {"paragraph": "1", "reader1": "labour", "reader2": "labour; data"},
    {"paragraph": "2", "reader1": "", "reader2": ""},
    {"paragraph": "annex:p1", "reader1": "data", "reader2": "data"},
]


def test_f1_by_hand() -> None:
    gold = scoring.codes_of(ROWS, "reader2")
    found = {"1": frozenset({"labour", "crises"}), "2": frozenset({"data"})}
    assert scoring.f1(gold, found, ["1", "2"], ["labour", "data", "crises"]) == (2 / 5, 1, 2, 1)
    assert scoring.f1(gold, found, ["2"], ["labour"]) == (1.0, 0, 0, 0)


def test_halves_and_report() -> None:
    assert scoring.halves(["1", "2", "annex:p1", "10"]) == {"odd": ["1"], "even": ["2", "10"]}
    told = scoring.report(ROWS, {"1": frozenset({"labour"})})
    assert "odd paragraphs (1): the readers with each other, micro F1 0.667" in told
    assert "program with reader1: micro F1 1.000 (1 right, 0 too many, 0 missed)" in told
