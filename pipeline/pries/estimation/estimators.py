"""Estimators: totals and ratios of a corpus from its coded sentences, and how far they hold.

Every sentence has a number that the program gives, p, and one that a person gives, t, known where it is coded. The
difference estimator (Cassel, Särndal and Wretman 1976; Särndal, Swensson and Wretman 1992, 6.3; design-based
supervised learning in Egami et al. 2023, prediction-powered inference in Angelopoulos et al. 2023) is

    T = Σ p  +  Σ_h N_h / n_h  Σ (t − p)      over all sentences, then over the n_h coded of the N_h of each stratum h

with the stratified variance Σ_h N_h² (1 − n_h/N_h) s_h² / n_h of t − p. It is unbiased however bad the program is, and
the better the program, the smaller the variance.

Errors are few, so that a normal interval would be too short, or of no width. What is missed, A = Σ max(t − p, 0), and
what is invented, B = Σ max(p − t, 0), get a gamma interval each: that of a weighted sum of counts (Fay and Feuer 1997),
which holds at 0 as well, in its mid-p form (Fay and Kim 2017), where a quarter of an event is added below and
three quarters above. The interval of A − B follows from the two (MOVER: Zou and Donner 2008). A ratio of two totals has
those values R for which 0 lies in the interval of numerator − R · denominator (Fieller 1954).

    10 found; of the third that is coded one is invented and two were missed -> 10 + 3 · (2 − 1) = 13
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaincinv

LEVEL = 0.975  # of each end of a 95 % interval
Z = 1.959963984540054  # of the normal law there
QUARTER = 0.25  # of an event: what the mid-p form adds below, and leaves out above
STEPS = 20  # of a bisection
SLACK = 1e-9


@dataclass(frozen=True)
class Design:
    """How the coded units were drawn: the stratum of each, and how many units each stratum has in all."""

    stratum: np.ndarray  # of each coded unit, a rank
    size: np.ndarray  # N of each stratum
    times: np.ndarray | None = None  # how many like it each coded unit is taken for, where one looks ahead

    @property
    def coded(self) -> np.ndarray:
        """How many units of each stratum are coded."""
        return np.bincount(self.stratum, self.times, minlength=len(self.size))

    @property
    def weight(self) -> np.ndarray:
        """How many units a coded unit of each stratum stands for."""
        return np.maximum(self.size / np.maximum(self.coded, 1), 1.0)

    def sums(self, values: np.ndarray) -> np.ndarray:
        """Sums over the coded units of each stratum, (strata, quantities)."""
        belongs = self.stratum[None, :] == np.arange(len(self.size))[:, None]
        return np.asarray(belongs * (1.0 if self.times is None else self.times) @ values)

    def total(self, values: np.ndarray) -> np.ndarray:
        """The estimated total of each column of `values` over all units (Horvitz and Thompson 1952)."""
        return np.asarray(self.weight @ self.sums(values))

    def variance(self, values: np.ndarray) -> np.ndarray:
        """The estimated variance of each total; of a stratum with one coded unit, as if its mean were 0."""
        n = self.coded[:, None]
        sums, squares = self.sums(values), self.sums(values**2)
        spread = np.where(n > 1, (squares - sums**2 / np.maximum(n, 1)) / np.maximum(n - 1, 1), squares)
        share = (self.weight * (self.weight - 1) * self.coded)[:, None]  # N² (1 − n/N) / n
        return np.asarray((share * np.maximum(spread, 0)).sum(axis=0))

    def unseen(self, holds: np.ndarray) -> np.ndarray:
        """The weight of an event not seen yet: that of a unit drawn among those that may hold one, per quantity.

        `holds`: (units, quantities), how much each could hold; where none could, any unit may.
        """
        weights = self.weight[self.stratum]
        each = weights if self.times is None else weights * self.times
        may, square = each @ holds, (weights * each) @ holds
        anywhere = (weights * each).sum() / each.sum()
        return np.where(may > 0, square / np.where(may > 0, may, 1), anywhere)


@dataclass(frozen=True)
class Estimate:
    """Estimates with the ends of their 95 % intervals and their standard errors, one of each a quantity."""

    value: np.ndarray
    low: np.ndarray
    high: np.ndarray
    se: np.ndarray


def gamma_limits(design: Design, events: np.ndarray, unseen: np.ndarray, unit: np.ndarray | float = 1.0) -> np.ndarray:
    """The limits of totals of events that are few and never negative, (2, quantities).

    `unseen` is the weight that an event not seen yet would have, `unit` its size.
    """
    total, seen = design.total(events), events.sum(axis=0)
    sums, squares = design.sums(events), design.sums(events**2)
    left = (design.weight * (design.weight - 1))[:, None]
    variance = (left * (squares - sums**2 / (design.coded[:, None] + 1))).sum(axis=0)
    mean, square = unseen * unit, unseen * np.maximum(unseen - 1, 0) * unit**2
    below = np.where(total > 0, QUARTER, 0)
    low = _gamma(total + below * mean, variance + below * square, 1 - LEVEL)
    high = _gamma(total + (1 - QUARTER) * mean, variance + (1 - QUARTER) * square, LEVEL)
    return np.stack([np.maximum(low, seen), np.where((square > 0) | (variance > 0), high, total)])


def _gamma(mean: np.ndarray, variance: np.ndarray, level: float) -> np.ndarray:
    """The quantile of gamma laws of these means and variances; the mean itself where there is no variance."""
    known = (mean > 0) & (variance > 0)
    m, v = np.where(known, mean, 1.0), np.where(known, variance, 1.0)
    return np.where(known, gammaincinv(m**2 / v, level) * v / m, mean)


def difference_limits(
    design: Design, difference: np.ndarray, unseen: np.ndarray, unit: np.ndarray | float = 1.0,
    most: np.ndarray | float = np.inf,
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """The ends of the intervals of Σ (t − p). `unseen`: (2, quantities), of what is missed and of what is invented;

    `most` is as much as can have been invented.
    """
    missed, invented = np.maximum(difference, 0), np.maximum(-difference, 0)
    a, b = design.total(missed), np.minimum(design.total(invented), most)
    (a_low, a_high), (b_low, b_high) = (
        gamma_limits(design, events, weight, unit)
        for events, weight in zip((missed, invented), unseen, strict=True)
    )  # fmt: skip
    b_low, b_high = np.minimum(b_low, b), np.clip(b_high, b, np.maximum(most, b))
    low = a - b - np.hypot(np.maximum(a - a_low, 0), b_high - b)
    return low, a - b + np.hypot(a_high - a, b - b_low)


def totals(design: Design, automatic: np.ndarray, found: np.ndarray, true: np.ndarray) -> Estimate:
    """Totals over all sentences: `automatic`, one a quantity; `found` and `true`, (coded units, quantities).

    Counts are whole numbers, so that the ends are the outermost ones that lie in the interval, the estimate in between.
    """
    difference = true - found
    value = np.maximum(automatic + design.total(difference), true.sum(axis=0))
    sure = np.minimum(found, true).sum(axis=0)
    unseen = np.stack([design.unseen(np.zeros_like(found)), design.unseen(found)])
    low, high = difference_limits(design, difference, unseen, most=automatic - sure)
    low = np.maximum(automatic + low, true.sum(axis=0))
    ends = np.ceil(low - SLACK), np.floor(automatic + high + SLACK)
    return Estimate(value, np.minimum(ends[0], value), np.maximum(ends[1], value), np.sqrt(design.variance(difference)))


def ratios(
    design: Design, above: tuple[np.ndarray, np.ndarray], below: tuple[np.ndarray, np.ndarray], holds: np.ndarray,
    missed: bool = True, share: bool = False,
) -> Estimate:  # fmt: skip
    """Ratios, from 0 to 1, of two totals, each given by its automatic total and t − p of the coded units.

    `holds`: (units, quantities), where something can have been invented; `missed`: whether what is missed, which can
    stand in any unit, lowers the ratio too, as it does recall and not precision; `share`: whether it can raise it as
    well, as it does the share of a part and no score.
    """
    (part, part_d), (whole, whole_d) = above, below
    top, bottom = part + design.total(part_d), whole + design.total(whole_d)
    known = bottom > 0
    value = np.where(known, np.clip(top / np.where(known, bottom, 1), 0, 1), np.nan)
    anywhere, there = design.unseen(np.zeros_like(part_d)), design.unseen(holds)
    unseen = np.stack([anywhere * share, np.maximum(anywhere, there) if missed else there])
    left = (design.weight > 1 + SLACK).any() / 2  # of a whole number, as long as anything is not coded (Yates 1934)

    def ends(ratio: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        unit = np.maximum(ratio, 1 - ratio)
        low, high = difference_limits(design, part_d - ratio * whole_d, unseen, unit)
        rest = part - ratio * whole
        return rest + low - left * unit, rest + high + left * unit

    start = np.nan_to_num(value)
    low, high = _bisect(ends, start, 0), _bisect(ends, start, 1)
    rest = part_d - start * whole_d
    se = np.sqrt(design.variance(rest)) / np.where(known, bottom, 1)
    return Estimate(value, np.where(known, low, np.nan), np.where(known, high, np.nan), np.where(known, se, np.nan))


def _bisect(ends, inside: np.ndarray, outside: int) -> np.ndarray:  # type: ignore[no-untyped-def]
    """The last ratio between `inside` and 0 or 1 at which 0 still lies within the ends."""
    good, bad = inside.copy(), np.full_like(inside, outside)
    low, high = ends(bad)
    good = np.where((low <= SLACK) & (high >= -SLACK), bad, good)
    for _ in range(STEPS):
        middle = (good + bad) / 2
        low, high = ends(middle)
        holds = (low <= SLACK) & (high >= -SLACK)
        good, bad = np.where(holds, middle, good), np.where(holds, bad, middle)
    return good
