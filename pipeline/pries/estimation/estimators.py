"""Estimators: totals and ratios of a corpus from its coded sentences, and how far they hold.

Every sentence has a number that the program gives, p, and one that a person gives, t, known where it is coded. The
difference estimator (Cassel, Särndal and Wretman 1976; Särndal, Swensson and Wretman 1992, 6.3; design-based
supervised learning in Egami et al. 2023, prediction-powered inference in Angelopoulos et al. 2023) is

    T = Σ p  +  Σ_h N_h / n_h  Σ (t − p)      over all sentences, then over the n_h coded of the N_h of each stratum h

with the stratified variance Σ_h N_h² (1 − n_h/N_h) s_h² / n_h of t − p. It is unbiased however bad the program is, and
the better the program, the smaller the variance.

Errors are few, so that a normal interval would be too short, or of no width. What the sample says of what is missed,
A = Σ max(t − p, 0), and of what is invented, B = Σ max(p − t, 0), is taken as a confidence distribution each (Xie and
Singh 2013): for x events seen in a share f of the sentences, the rest holds as many as a negative binomial law of x
and f gives, and half of an event that was not seen, which is the mid-p form (Lancaster 1961; Fay and Kim 2017). The
interval of A − B holds the middle 95 % of the difference of the two (melding: Fay, Proschan and Brittain 2015), which
is narrower than adding the squares of their limits (MOVER: Zou and Donner 2008), for these are not reached at once.
Cumulants of independent sums add up, so that no law has to be computed: the first four, summed over strata, give the
ends by the expansion of Cornish and Fisher (1938), within .1 of an event of the exact ones even where none was seen
(2.98 for 3.00). They are taken a quarter of an event further, for what is counted are whole numbers: half an event is
the correction for continuity (Yates 1934), and the mid-p form takes half of it back. As far as the variance was
estimated, and is not that of an event not seen, the quantile is Student's with as many degrees of freedom as units
are coded less strata (Särndal, Swensson and Wretman 1992, 5.2; of whole documents, the units are documents: Cochran
1977, 9A). Moments in a stratum are those about its mean, so that what is frequent is not taken for as skewed as what
is rare (Johnson 1978); the finite population is in all four, and nothing is open where everything is coded. A ratio
of two totals has those values R for which 0 lies in the interval of numerator − R · denominator (Fieller 1954).

    10 found; of the third that is coded one is invented and two were missed -> 10 + 3 · (2 − 1) = 13
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

Z = 1.959963984540054  # of the normal law at the ends of a 95 % interval
QUARTER = 0.25  # of an event: how far a continuous law may end before a whole number that belongs to it
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


Cumulants = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]  # the first four of a law, one of each a quantity


def negative_binomial(weight: np.ndarray) -> Cumulants:
    """The cumulants of what stands unseen for each event that a unit of this weight has shown."""
    left = np.maximum(weight - 1, 0)
    square = weight * left
    return left, square, square * (2 * weight - 1), square * (6 * weight**2 - 6 * weight + 1)


def half_event(weight: np.ndarray, size: np.ndarray) -> Cumulants:
    """The cumulants of what the mid-p form adds: with a chance of one half, what stands unseen for one event more."""
    k1, k2, k3, k4 = (k * size**n for n, k in enumerate(negative_binomial(weight), start=1))
    moments = k1, k2 + k1**2, k3 + 3 * k2 * k1 + k1**3, k4 + 4 * k3 * k1 + 3 * k2**2 + 6 * k2 * k1**2 + k1**4
    m1, m2, m3, m4 = (moment / 2 for moment in moments)
    return m1, m2 - m1**2, m3 - 3 * m1 * m2 + 2 * m1**3, m4 - 4 * m1 * m3 - 3 * m2**2 + 12 * m1**2 * m2 - 6 * m1**4


def seen(design: Design, difference: np.ndarray) -> Cumulants:
    """The cumulants of Σ (t − p) as far as what was seen tells them.

    Moments are those about the mean of the stratum with one unit more that has no error, which leaves a spread where
    all units err alike; the variance is never under the usual one.
    """
    n, weight = design.coded[:, None], design.weight[:, None]
    s1, s2, s3, s4 = (design.sums(difference**k) for k in (1, 2, 3, 4))
    mean = s1 / (n + 1)
    usual = (s2 - s1**2 / np.maximum(n, 1)) * n / np.maximum(n - 1, 1)
    c2 = np.maximum(s2 - (n + 1) * mean**2, np.where(n > 1, usual, 0))
    c3 = s3 - 3 * mean * s2 + 2 * (n + 1) * mean**3
    c4 = s4 - 4 * mean * s3 + 6 * mean**2 * s2 - 3 * (n + 1) * mean**4
    _, k2, k3, k4 = negative_binomial(weight)
    return design.total(difference), *((k * c).sum(axis=0) for k, c in ((k2, c2), (k3, c3), (k4, c4)))


def student(freedom: float) -> float:
    """The quantile of Student's law at which the normal law has Z (Goldberg and Levine 1946)."""
    z, v = Z, max(freedom, 1.0)
    terms = (
        (z**3 + z) / 4, (5 * z**5 + 16 * z**3 + 3 * z) / 96, (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )  # fmt: skip
    return z + sum(term / v**k for k, term in enumerate(terms, start=1))


def quantile(law: Cumulants, z: np.ndarray) -> np.ndarray:
    """The quantile of a law at which the normal law has z (Cornish and Fisher 1938)."""
    k1, k2, k3, k4 = law
    known = k2 > SLACK**2
    spread = np.sqrt(np.where(known, k2, 1))
    skewness, excess = k3 / spread**3, k4 / spread**4
    bent = skewness * (z**2 - 1) / 6 + excess * (z**3 - 3 * z) / 24 - skewness**2 * (2 * z**3 - 5 * z) / 36
    return np.asarray(k1 + np.where(known, spread * (z + bent), 0))


def difference_limits(
    design: Design, difference: np.ndarray, unseen: np.ndarray, unit: np.ndarray | float = 1.0
) -> tuple[np.ndarray, np.ndarray]:
    """The ends of the intervals of Σ (t − p).

    `unseen`, (2, quantities): the weight that an event not seen yet would have, missed or invented, 0 where there can
    be none; `unit`, the most that it counts. It is taken to be like those seen and one of that size, the large ones
    more likely, as the mean weight in Tiwari, Clegg and Zou (2006).
    """
    known = seen(design, difference)
    law = known
    for sign, weight in zip((1, -1), unseen, strict=True):
        events = np.maximum(sign * difference, 0)
        size = (design.sums(events**2).sum(axis=0) + unit**2) / (design.sums(events).sum(axis=0) + unit)
        more = half_event(weight, size)
        law = tuple(k + sign**n * m for n, (k, m) in enumerate(zip(law, more, strict=True), start=1))
    value, is_open = design.total(difference), law[1] > SLACK
    estimated = known[1] / np.where(is_open, law[1], 1)  # of the variance; that of an event not seen is known
    z = Z + estimated * (student(design.coded.sum() - len(design.size)) - Z)
    further = QUARTER * unit * is_open
    return np.minimum(quantile(law, -z), value) - further, np.maximum(quantile(law, z), value) + further


def totals(design: Design, automatic: np.ndarray, found: np.ndarray, true: np.ndarray) -> Estimate:
    """Totals over all sentences: `automatic`, one a quantity; `found` and `true`, (coded units, quantities).

    Counts are whole numbers, so that the ends are the outermost ones that lie in the interval, the estimate in between.
    """
    difference = true - found
    value = np.maximum(automatic + design.total(difference), true.sum(axis=0))
    left = automatic - found.sum(axis=0)  # what the program found in sentences that are not coded: more is not invented
    unseen = np.stack([design.unseen(np.zeros_like(found)), np.minimum(design.unseen(found), 1 + left)])
    low, high = difference_limits(design, difference, unseen)
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

    def ends(ratio: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        unit = np.maximum(ratio, 1 - ratio)
        low, high = difference_limits(design, part_d - ratio * whole_d, unseen, unit)
        rest = part - ratio * whole
        return rest + low, rest + high

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
