"""Intervals: how far a score may be off that so few cases give, at the edges too.

`exact` is Clopper and Pearson's (1934) 95 % interval of a share: 90 of 90 is .960 to 1, never 1 to 1. `clustered` is
the same where cases come in clusters that go wrong together (rows of a paragraph), by the number of independent cases
that they are worth (Korn and Graubard 1998). `newcombe` is the interval of the difference of two shares, from Wilson's
intervals of both (Newcombe 1998, method 10).

    exact(90, 90) -> .960, 1; exact(45, 50) -> .782, .967
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import beta, norm

TAIL = 0.025


def exact(hits: ArrayLike, number: ArrayLike) -> np.ndarray:
    """The interval of `hits` of `number`, (2, …); 0 to 1 of none. Halves may be counted, as F1 does."""
    hits, number = (np.asarray(x, dtype=float) for x in (hits, number))
    missed = number - hits
    low = np.where(hits > 0, beta.ppf(TAIL, np.maximum(hits, 1e-9), missed + 1), 0.0)
    high = np.where(missed > 0, beta.ppf(1 - TAIL, hits + 1, np.maximum(missed, 1e-9)), 1.0)
    return np.stack([low, high])


def clustered(hits: np.ndarray, number: np.ndarray) -> np.ndarray:
    """The interval, (2, measures), of the sum of `hits` over that of `number`, both (clusters, measures).

    The variance of the ratio over clusters says how many cases these are worth, never more than there are.
    """
    right, of = hits.sum(axis=0, dtype=float), number.sum(axis=0, dtype=float)
    share = np.divide(right, of, out=np.zeros(of.shape), where=of > 0)
    far = ((hits - share * number) ** 2).sum(axis=0) * len(hits) / max(len(hits) - 1, 1)
    plain = of * share * (1 - share)
    worth = of * np.minimum(1, np.divide(plain, far, out=np.ones(of.shape), where=(far > 0) & (plain > 0)))
    return exact(share * worth, worth)


def wilson(hits: ArrayLike, number: ArrayLike) -> np.ndarray:
    """Wilson's interval (1927) of `hits` of `number`, (2, …); 0 to 1 of none."""
    hits, number = (np.asarray(x, dtype=float) for x in (hits, number))
    z2 = float(norm.ppf(1 - TAIL)) ** 2
    share = np.divide(hits, number, out=np.full(hits.shape, 0.5), where=number > 0)
    middle = (hits + z2 / 2) / (number + z2)
    half = np.sqrt(z2 * (number * share * (1 - share) + z2 / 4)) / (number + z2)
    return np.stack([middle - half, middle + half]).clip(0, 1)


def newcombe(hits: ArrayLike, number: ArrayLike, others: ArrayLike, other_number: ArrayLike) -> np.ndarray:
    """The interval, (2, …), of `hits` of `number` less `others` of `other_number`; both numbers are above 0."""
    hits, number, others, other_number = (np.asarray(x, dtype=float) for x in (hits, number, others, other_number))
    one, other = hits / number, others / other_number
    (low, high), (low_too, high_too) = wilson(hits, number), wilson(others, other_number)
    difference = one - other
    return np.stack(
        [difference - np.hypot(one - low, high_too - other), difference + np.hypot(high - one, other - low_too)]
    )


def wider(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """The interval, (2, …), from the lower of two lower ends to the higher of two higher ones."""
    return np.stack([np.minimum(one[0], other[0]), np.maximum(one[1], other[1])])
