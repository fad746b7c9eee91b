"""κ and α against their definitions pair by pair and scikit-learn; intervals by resampling, and at the edges."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, permutations

import numpy as np
import pytest
from pries.inspection import reliability
from pries.inspection.reliability import alpha, kappa, measures
from sklearn.metrics import cohen_kappa_score

ORDER = [1, 2, 3, 4, 5]


def drawn(seed: int, coders: int, missing: float = 0.25, units: int = 14) -> list[list[int | None]]:
    """Codes that agree more than chance, some of them missing; two units that everyone has coded."""
    draw = np.random.default_rng(seed)
    true = draw.integers(1, 6, units)
    made = []
    for _ in range(coders):
        codes: list[int | None] = [int(v) if draw.random() < 0.6 else int(draw.integers(1, 6)) for v in true]
        made.append([c if i < 2 or draw.random() > missing else None for i, c in enumerate(codes)])
    return made


def alpha_by_pairs(coders: list[list[int | None]], ordinal: bool) -> float:
    """Krippendorff's definition: pairs inside units against pairs of all values, one by one."""
    units = [[c for c in unit if c is not None] for unit in zip(*coders, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    values = [value for unit in units for value in unit]
    times = Counter(values)

    def apart(a: int, b: int) -> float:
        if not ordinal:
            return float(a != b)
        low, high = min(a, b), max(a, b)
        return (sum(times[g] for g in range(low, high + 1)) - (times[a] + times[b]) / 2) ** 2

    n = len(values)
    observed = sum(sum(apart(a, b) for a, b in permutations(unit, 2)) / (len(unit) - 1) for unit in units) / n
    expected = sum(apart(a, b) for a, b in permutations(values, 2)) / (n * (n - 1))
    return 1 - observed / expected


@pytest.mark.parametrize("ordinal", [False, True])
@pytest.mark.parametrize("coders", [2, 3, 5])
@pytest.mark.parametrize("seed", range(8))
def test_alpha_against_the_definition(seed: int, coders: int, ordinal: bool) -> None:
    codes = drawn(seed, coders)
    assert alpha(*codes, order=ORDER if ordinal else ()) == pytest.approx(alpha_by_pairs(codes, ordinal), abs=1e-9)


@pytest.mark.parametrize("coders", [2, 4])
@pytest.mark.parametrize("seed", range(8))
def test_kappa_is_the_mean_of_the_pairs(seed: int, coders: int) -> None:
    codes = drawn(seed, coders)
    pairs = []
    for one, other in combinations(codes, 2):
        both = [(a, b) for a, b in zip(one, other, strict=True) if None not in (a, b)]
        pairs.append(cohen_kappa_score(*map(list, zip(*both, strict=True))))
    assert kappa(*codes) == pytest.approx(np.mean(pairs), abs=1e-9)


def test_one_value_alone_is_full_agreement_without_an_interval() -> None:
    assert kappa("aaa", "aaa") == alpha("aaa", "aaa") == 1.0
    assert [str(m) for m in measures("aaa", "aaa")] == ["kappa 1.000", "alpha 1.000"]


def test_a_coder_who_is_silent_changes_nothing() -> None:
    one, other, nobody = "aabbc", "abbbc", [None] * 5
    assert alpha(one, other, nobody) == alpha(one, other)
    assert kappa(one, other, nobody) == kappa(one, other)


def test_what_one_alone_has_coded_says_nothing() -> None:
    assert alpha("aabbcc", ["a", "b", "b", "b", "c", None]) == alpha("aabbc", "abbbc")


def test_full_agreement_is_no_certainty() -> None:
    """45 units of each of two values: a disagreement of 4 % may hide, which would cost 8 % of α."""
    for measure in measures("ab" * 45, "ab" * 45):
        assert measure.score == measure.high == 1
        assert measure.low == pytest.approx(1 - (1 - 0.025 ** (1 / 90)) / 0.5, abs=0.01)


@pytest.mark.parametrize("seed", range(3))
def test_the_interval_holds_that_of_resampling_unit_by_unit(seed: int) -> None:
    codes = drawn(seed, 3, units=40)
    made = {measure.name: measure for measure in measures(*codes, order=ORDER)}
    times = np.random.default_rng(reliability.SEED).multinomial(40, np.full(40, 1 / 40), size=reliability.RESAMPLES)
    scores = []
    for row in times[:200]:
        again = [[codes[c][i] for i, k in enumerate(row) for _ in range(k)] for c in range(3)]
        scores.append((kappa(*again), alpha(*again), alpha(*again, order=ORDER)))
    vectorised = np.stack(
        [
            reliability._kappas(codes, times[:200]),
            reliability._alphas(codes, times[:200]),
            reliability._alphas(codes, times[:200], ORDER),
        ],
        axis=1,
    )
    assert vectorised == pytest.approx(np.array(scores), abs=1e-9)
    low, high = np.quantile(reliability._alphas(codes, times), (0.025, 0.975))
    assert made["alpha"].low <= low < made["alpha"].score < high <= made["alpha"].high
    assert made["ordinal alpha"].low < made["ordinal alpha"].score < made["ordinal alpha"].high
