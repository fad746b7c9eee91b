"""Estimators against brute force: every sample that could have been drawn, and draws from corpora that are known."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from pries.estimation.estimators import QUARTER, Design, Estimate, difference_limits, ratios, student, totals
from scipy.optimize import brentq
from scipy.stats import hypergeom, poisson, t

P = np.array([[1.0], [0.0], [2.0], [0.0], [1.0], [0.0], [0.0], [0.0]])  # the program: four requests in eight sentences
T = np.array([[1.0], [1.0], [1.0], [0.0], [1.0], [0.0], [1.0], [0.0]])  # a person: five; one invented, two missed
STRATA = ([0, 1, 2, 4], [3, 5, 6, 7])


def samples(sizes: tuple[int, int]) -> list[tuple[Design, np.ndarray]]:
    """Every stratified sample of these sizes."""
    parts = [list(combinations(stratum, n)) for stratum, n in zip(STRATA, sizes, strict=True)]
    size = np.array([float(len(stratum)) for stratum in STRATA])
    return [
        (Design(np.repeat([0, 1], sizes), size), np.array([*one, *other])) for one, other in product(*parts)
    ]  # fmt: skip


def test_the_mean_over_all_samples_is_the_truth_and_the_variance_is_theirs() -> None:
    made = [
        (design.total((T - P)[places]) + P.sum(), design.variance((T - P)[places]))
        for design, places in samples((2, 3))
    ]
    values, variances = (np.concatenate(some) for some in zip(*made, strict=True))
    assert values.mean() == pytest.approx(T.sum())
    assert variances.mean() == pytest.approx(values.var())


def test_a_census_has_no_error() -> None:
    [(design, places)] = samples((4, 4))
    made = totals(design, P.sum(axis=0), P[places], T[places])
    assert [float(value[0]) for value in (made.value, made.low, made.high, made.se)] == [5, 5, 5, 0]
    right = np.minimum(P, T)[places]
    score = ratios(design, (P.sum(axis=0), right - P[places]), (P.sum(axis=0), T[places] - P[places]), P[places])
    assert (score.value[0], score.low[0], score.high[0]) == pytest.approx((3 / 5, 3 / 5, 3 / 5), abs=1e-6)


def limits(size: float, missed: int, invented: int = 0, both: bool = False) -> tuple[float, float]:
    """The ends for Σ (t − p) of a thousand coded of `size` sentences, of which some have an error."""
    difference = np.repeat([1.0, -1.0, 0.0], [missed, invented, 1000 - missed - invented])[:, None]
    weight = size / 1000
    unseen = np.array([[weight], [weight * both]])
    low, high = difference_limits(Design(np.zeros(1000, dtype=int), np.array([size])), difference, unseen)
    return float(low[0]), float(high[0])


def mid_p_limits(seen: int) -> tuple[float, float]:
    """The exact ones of a Poisson count: half of the chance of what was seen counts (Lancaster 1961)."""

    def tail(mean: float, sign: int) -> float:
        beyond = poisson.cdf(seen - 1, mean) if sign > 0 else poisson.sf(seen, mean)
        return float(beyond + poisson.pmf(seen, mean) / 2 - 0.025)

    low = brentq(tail, 1e-9, seen, args=(-1,)) if seen else 0.0
    return float(low), float(brentq(tail, seen + 1e-9, 4 * seen + 9, args=(1,)))


@pytest.mark.parametrize("seen", [0, 1, 2, 3, 5, 10, 20, 60])
def test_limits_of_what_is_rare_are_the_exact_ones_of_a_count(seen: int) -> None:
    # a sample of one in a million: the counts are Poisson
    low, high = limits(1e9, seen)
    made = np.array([low + QUARTER, high - QUARTER]) / 1e6
    assert made == pytest.approx(mid_p_limits(seen), abs=0.1, rel=0.01)


@pytest.mark.parametrize("seen", [0, 1, 2, 4, 10, 25])
def test_limits_in_a_corpus_that_is_half_coded_are_those_of_the_hypergeometric_law(seen: int) -> None:
    there = np.arange(seen, 200)
    beyond = [hypergeom(2000, there, 1000).cdf(seen - 1), hypergeom(2000, there, 1000).sf(seen)]
    equal = hypergeom(2000, there, 1000).pmf(seen) / 2
    within = there[(beyond[0] + equal > 0.025) & (beyond[1] + equal > 0.025)]
    low, high = limits(2000, seen)
    assert abs(np.ceil(max(low, seen) - 1e-9) - within.min()) <= 1
    assert abs(np.floor(high) - within.max()) <= 1


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.6, 0.8])
def test_whole_numbers_of_what_is_rare_are_held_in_93_percent_or_more_whatever_is_coded(share: float) -> None:
    size, coded = 2000, round(2000 * share)

    def ends(seen: int) -> tuple[float, float]:
        difference = np.repeat([1.0, 0.0], [seen, coded - seen])[:, None]
        made = totals(
            Design(np.zeros(coded, dtype=int), np.array([float(size)])), np.zeros(1), 0 * difference, difference
        )
        return float(made.low[0]), float(made.high[0])

    made = [ends(seen) for seen in range(25)]
    there = range(round(12 / share))
    held = [
        sum(hypergeom(size, n, coded).pmf(x) for x, (low, high) in enumerate(made) if low <= n <= high) for n in there
    ]
    assert min(held) >= 0.93
    assert np.mean([one for one, n in zip(held, there, strict=True) if n * share >= 3]) <= 0.985


@pytest.mark.parametrize("freedom", [2, 5, 9, 19, 56, 296])
def test_the_quantile_of_students_law_is_that_of_scipy(freedom: int) -> None:
    assert student(freedom) == pytest.approx(t.ppf(0.975, freedom), rel=0.01 if freedom < 5 else 0.001)


def test_draws_of_ten_documents_of_thirty_hold_the_truth_in_92_percent_or_more() -> None:
    # what a document holds of errors is overdispersed: half have hardly any, a few have many
    draw = np.random.default_rng(2)
    found = draw.poisson(20, (30, 3)).astype(float)
    missed = draw.poisson(draw.gamma(1, 6, (30, 3)))
    true = found + missed
    held = []
    for _ in range(400):
        places = draw.choice(30, 10, replace=False)
        design, p, t_ = Design(np.zeros(10, dtype=int), np.array([30.0])), found[places], true[places]
        made = totals(design, found.sum(axis=0), p, t_)
        recall = ratios(design, (found.sum(axis=0), 0 * p), (found.sum(axis=0), t_ - p), p)
        whole, part = true.sum(axis=0), (found.sum(axis=0) / true.sum(axis=0))
        held += [(made.low <= whole) & (whole <= made.high), (recall.low <= part) & (part <= recall.high)]
    assert np.mean(held) == pytest.approx(0.955, abs=0.025)
    assert np.mean(held, axis=0).min() >= 0.92


@pytest.mark.parametrize(("missed", "invented"), [(0, 0), (1, 0), (3, 0), (8, 0), (2, 1), (10, 2), (6, 6)])
def test_limits_of_a_difference_hold_the_middle_of_the_two_laws(missed: int, invented: int) -> None:
    draw = np.random.default_rng(5)
    shapes = (np.where(draw.random(400_000) < 0.5, x, x + 1) for x in (missed, invented))
    one, other = (np.where(shape > 0, draw.gamma(np.maximum(shape, 1)), 0) for shape in shapes)
    oracle = np.quantile(one - other, (0.025, 0.975))
    assert np.array(limits(1e9, missed, invented, both=True)) / 1e6 == pytest.approx(oracle, abs=0.17)


def test_limits_hold_the_truth_of_rare_events_in_93_percent_or_more() -> None:
    events = np.arange(25)
    ends = np.array([[limits(1e9, a, b, both=True) for b in events] for a in events]) / 1e6
    covered = []
    for missed, invented in product((0, 0.5, 1, 2, 3, 4, 6), repeat=2):
        chance = poisson.pmf(events, missed)[:, None] * poisson.pmf(events, invented)
        holds = (ends[..., 0] <= missed - invented) & (missed - invented <= ends[..., 1])
        covered.append((chance * holds).sum())
    assert min(covered) >= 0.93
    assert np.mean(covered) <= 0.98


def test_errors_that_were_not_seen_widen_the_interval_on_their_own_side() -> None:
    design = Design(np.zeros(50, dtype=int), np.array([500.0]))
    none, one = np.zeros((50, 1)), np.eye(50)[:, :1]
    weight = np.array([[10.0], [10.0]])
    low, high = difference_limits(design, none, weight)
    assert low == -high < 0
    low_missed, high_missed = difference_limits(design, one, weight)
    assert high_missed - 10 > high
    assert low_missed > low
    nothing = totals(design, np.zeros(1), none, none)  # where nothing was found, nothing can be invented
    assert (nothing.low[0], nothing.value[0]) == (0, 0)
    assert nothing.high[0] > 20


def test_recall_is_uncertain_where_only_sentences_without_requests_are_left_uncoded() -> None:
    # every request is coded and right; ten more were missed in half of the other sentences
    design = Design(np.repeat([0, 1], [30, 50]), np.array([30.0, 100.0]))
    found = np.repeat([1.0, 0.0], [30, 50])[:, None]
    true = found + np.r_[np.zeros(30), np.ones(10), np.zeros(40)][:, None]
    total = np.array([30.0])
    recall = ratios(design, (total, 0 * found), (total, true - found), found)
    assert recall.value[0] == pytest.approx(30 / 50)
    assert recall.low[0] < 30 / 55 < 30 / 46 < recall.high[0]
    precision = ratios(design, (total, 0 * found), (total, 0 * found), found, missed=False)
    assert precision.low[0] == precision.high[0] == 1  # nothing that could be wrong is left


def test_standard_errors_of_whole_documents_are_those_of_a_bootstrap_of_documents() -> None:
    # forty of four thousand documents are coded; what is wrong in one is wrong several times, as it is in a document
    draw = np.random.default_rng(3)
    found = draw.poisson(5, (40, 1)).astype(float)
    true = found + np.where(draw.random((40, 1)) < 0.4, draw.integers(-3, 7, (40, 1)), 0)
    design, automatic = Design(np.zeros(40, dtype=int), np.array([4000.0])), np.array([20000.0])
    again = draw.integers(0, 40, (4000, 40))
    total = automatic + 100 * (true - found)[again].sum(axis=1)
    made = totals(design, automatic, found, true)
    assert made.se[0] == pytest.approx(total.std(), rel=0.05)
    assert (made.low[0], made.high[0]) == pytest.approx(np.quantile(total, (0.025, 0.975)), abs=0.35 * made.se[0])
    recall = ratios(design, (automatic, np.minimum(found, true) - found), (automatic, true - found), found)
    right = automatic + 100 * (np.minimum(found, true) - found)[again].sum(axis=1)
    assert recall.se[0] == pytest.approx((right / total).std(), rel=0.1)


def test_no_interval_is_narrower_where_the_program_is_worse() -> None:
    draw = np.random.default_rng(1)
    true = (draw.random((300, 1)) < 0.4).astype(float)
    design = Design(np.zeros(100, dtype=int), np.array([300.0]))
    widths = []
    for share in (0.0, 0.1, 0.3):
        wrong = np.abs(true - (draw.random((300, 1)) < share))
        made = totals(design, wrong.sum(axis=0), wrong[:100], true[:100])
        widths.append(float(made.high[0] - made.low[0]))
    assert widths == sorted(widths)
    alone = totals(design, np.zeros(1), np.zeros((100, 1)), true[:100])
    assert widths[0] < widths[1] < float(alone.high[0] - alone.low[0])


def covered(made: Estimate, true: float) -> bool:
    return bool(made.low[0] <= true <= made.high[0])


@pytest.mark.parametrize(("n", "wrong"), [(60, 0.3), (150, 0.1)])
def test_intervals_hold_the_truth_as_often_as_they_say(n: int, wrong: float) -> None:
    draw = np.random.default_rng(7)
    size = 900
    true = draw.poisson(0.6, (size, 1)).astype(float)
    found = np.where(draw.random((size, 1)) < wrong, draw.poisson(0.5, (size, 1)), true).astype(float)
    stratum = (found[:, 0] > 0).astype(int)
    sizes = np.bincount(stratum).astype(float)
    shares = np.round(n * sizes / size).astype(int)
    total, precision, recall, values = 0, 0, 0, []
    right = np.minimum(found, true)
    for _ in range(250):
        places = np.concatenate([draw.choice(np.flatnonzero(stratum == h), shares[h], replace=False) for h in (0, 1)])
        design, p, t, both = Design(stratum[places], sizes), found[places], true[places], right[places]
        automatic = found.sum(axis=0)
        made = totals(design, automatic, p, t)
        values.append(made.value[0])
        total += covered(made, true.sum())
        precision += covered(ratios(design, (automatic, both - p), (automatic, 0 * p), p), right.sum() / found.sum())
        recall += covered(ratios(design, (automatic, both - p), (automatic, t - p), p), right.sum() / true.sum())
    assert np.mean(values) == pytest.approx(true.sum(), rel=0.02)
    for hits in (total, precision, recall):
        assert 0.92 <= hits / 250 <= 0.996
