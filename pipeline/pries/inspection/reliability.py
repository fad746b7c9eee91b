"""Reliability: how far coders agree beyond chance, with intervals; any number of coders, codes missing or in order.

`alpha` is Krippendorff's α (2004, 2011), nominal, or ordinal where the values stand in an order; codes may be missing,
and a unit that fewer than two have coded says nothing. `kappa` is Cohen's κ (1960), of more than two coders the mean
of their pairs (Light 1971). `measures` gives each with its 95 % interval: the percentile bootstrap over units, or what
the exact interval of the disagreement makes of it where that is wider, so that full agreement is no certainty.

    alpha("aab", "aac") -> .44; alpha([1, 2, 3], [1, 2, 4], order=[1, 2, 3, 4]) -> .95; kappa("ab", "ab") -> 1
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from pries.inspection.intervals import exact

Codes = Sequence[Hashable]  # of one coder, a value a unit; None: not coded
SEED, RESAMPLES = 0, 1000


@dataclass(frozen=True)
class Measure:
    """A coefficient and its interval; the interval is not a number where all codes are one value."""

    name: str
    score: float
    low: float
    high: float

    def __str__(self) -> str:
        if np.isnan(self.low):
            return f"{self.name} {self.score:.3f}"
        return f"{self.name} {self.score:.3f} ({self.low:.3f} to {self.high:.3f})"


def kappa(*coders: Codes) -> float:
    """Cohen's κ of two coders, Light's of more; 1 where both always say the same one thing."""
    score = float(_kappas(coders, _once(coders))[0])
    return 1.0 if np.isnan(score) else score


def alpha(*coders: Codes, order: Sequence[Hashable] = ()) -> float:
    """Krippendorff's α, ordinal where `order` lists the values from end to end; 1 where there is one value only."""
    score = float(_alphas(coders, _once(coders), order)[0])
    return 1.0 if np.isnan(score) else score


def measures(*coders: Codes, order: Sequence[Hashable] = (), seed: int = SEED) -> list[Measure]:
    """κ, α, and the ordinal α where the values have an `order`, with their intervals."""
    units = len(coders[0])
    times = np.random.default_rng(seed).multinomial(units, np.full(units, 1 / units), size=RESAMPLES)
    kinds: dict[str, Callable[[np.ndarray], np.ndarray]] = {
        "kappa": lambda drawn: _kappas(coders, drawn),
        "alpha": lambda drawn: _alphas(coders, drawn),
    }
    if order:
        kinds["ordinal alpha"] = lambda drawn: _alphas(coders, drawn, order)
    counts = counted(coders)
    values = counts.sum(axis=0)
    chance = 1 - float((values * (values - 1)).sum()) / max(float(values.sum() * (values.sum() - 1)), 1.0)
    found = []
    for name, of in kinds.items():
        score = float(of(_once(coders))[0])
        if np.isnan(score):
            found.append(Measure(name, 1.0, np.nan, np.nan))
            continue
        drawn = of(times)
        ends = np.quantile(drawn[~np.isnan(drawn)], (0.025, 0.975))
        least, most = _bounds(score, differing(counts), len(counts), chance)
        found.append(Measure(name, score, min(ends[0], least), max(ends[1], most)))
    return found


def counted(coders: Sequence[Codes], order: Sequence[Hashable] = ()) -> np.ndarray:
    """How many coders gave each value to each unit that two have coded at least: units × values."""
    given = {value for codes in coders for value in codes if value is not None}
    place = {value: j for j, value in enumerate(order or sorted(given, key=repr))}
    counts = np.zeros((len(coders[0]), len(place)))
    for codes in coders:
        for i, value in enumerate(codes):
            if value is not None:
                counts[i, place[value]] += 1
    return counts[counts.sum(axis=1) > 1]


def differing(counts: np.ndarray) -> float:
    """The sum over units of the share of their pairs of codes that differ."""
    number = counts.sum(axis=1)
    return float((1 - (counts * (counts - 1)).sum(axis=1) / (number * (number - 1))).sum())


def _once(coders: Sequence[Codes]) -> np.ndarray:
    return np.ones((1, len(coders[0])))


def _bounds(score: float, differ: float, units: int, chance: float) -> tuple[float, float]:
    """What the exact interval of the share of pairs that differ makes of a coefficient 1 - observed / expected."""
    low, high = exact(differ, units)
    if differ == 0:
        return 1 - float(high) / chance, 1.0
    return 1 - (1 - score) * float(high) * units / differ, 1 - (1 - score) * float(low) * units / differ


def _alphas(coders: Sequence[Codes], times: np.ndarray, order: Sequence[Hashable] = ()) -> np.ndarray:
    """α for each row of `times`, which says how often each unit is drawn; not a number where one value is left."""
    enough = np.array([sum(value is not None for value in unit) > 1 for unit in zip(*coders, strict=True)])
    counts, times = counted(coders, order), times[:, enough]
    number = counts.sum(axis=1)
    values = times @ counts
    n = values.sum(axis=1)
    if order:
        pairs = counts[:, :, None] * counts[:, None, :] - counts[:, :, None] * np.eye(counts.shape[1])
        together = np.tensordot(times, pairs / (number - 1)[:, None, None], 1)
        middle = values.cumsum(axis=1) - values / 2  # the mean rank of each value, but for a constant
        apart = (middle[:, :, None] - middle[:, None, :]) ** 2
        observed = (together * apart).sum(axis=(1, 2))
        expected = (values[:, :, None] * values[:, None, :] * apart).sum(axis=(1, 2))
    else:
        observed = n - times @ ((counts * (counts - 1)).sum(axis=1) / (number - 1))
        expected = n**2 - (values**2).sum(axis=1)
    return 1 - np.divide((n - 1) * observed, expected, out=np.full(len(times), np.nan), where=expected > 0)


def _kappas(coders: Sequence[Codes], times: np.ndarray) -> np.ndarray:
    """κ for each row of `times`, the mean over pairs of coders; not a number where no pair has two values."""
    found = []
    for one, other in combinations(coders, 2):
        both = np.array([None not in pair for pair in zip(one, other, strict=True)])
        a, b = ([value for value, kept in zip(codes, both, strict=True) if kept] for codes in (one, other))
        if not a:
            continue
        place = {value: j for j, value in enumerate(dict.fromkeys([*a, *b]))}
        first, second = (np.eye(len(place))[[place[value] for value in codes]] for codes in (a, b))
        drawn = times[:, both]
        n = np.maximum(drawn.sum(axis=1), 1)
        observed = drawn @ (first * second).sum(axis=1) / n
        expected = ((drawn @ first) * (drawn @ second)).sum(axis=1) / n**2
        free = 1 - expected
        found.append(np.divide(observed - expected, free, out=np.full(len(times), np.nan), where=free > 1e-12))
    if not found:
        return np.full(len(times), np.nan)
    pairs = np.stack(found)
    known = ~np.isnan(pairs)
    return np.divide(
        np.where(known, pairs, 0).sum(axis=0),
        known.sum(axis=0),
        out=np.full(len(times), np.nan),
        where=known.any(axis=0),
    )
