"""Allocation: how many sentences of each stratum are drawn, and which.

Neyman (1934) allocates in proportion to N · S, the size of a stratum and the standard deviation of the errors that are
expected in a sentence of it; `proportional` in proportion to N. Which sentences: those with the smallest permanent
random numbers of their stratum (sequential simple random sampling, Ohlsson 1995), so that a larger sample holds the
smaller one, and the probability of each is n/N exactly.

    {"requests": 80, "others": 120}, S = .3 and .1, 18 sentences -> {"requests": 12, "others": 6}
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from pries.estimation.estimators import Z

LEAST = 5  # sentences of a stratum, or all of it


def allocate(sizes: Mapping[str, int], spreads: Mapping[str, float], n: int) -> dict[str, int]:
    """How many of each stratum: N · S in proportion, none under LEAST and none over its size, n in all."""
    names = list(sizes)
    size = np.array([sizes[name] for name in names], dtype=float)
    weight = size * np.array([spreads[name] for name in names])
    n = min(n, int(size.sum()))
    least = np.minimum(size, min(LEAST, n // max(len(names), 1)))
    low, high = 0.0, float((size / weight).max()) if len(names) else 0.0
    for _ in range(60):  # the scale at which what is drawn sums up to n
        scale = (low + high) / 2
        low, high = (scale, high) if np.clip(scale * weight, least, size).sum() < n else (low, scale)
    share = np.clip(high * weight, least, size)
    whole = np.floor(share + 1e-9)
    for i in np.argsort(whole - share, kind="stable")[: max(0, n - int(whole.sum()))]:  # the largest remainders
        whole[i] = min(whole[i] + 1, size[i])
    return {name: int(k) for name, k in zip(names, whole, strict=True)}


def random_number(seed: int, name: str) -> bytes:
    """A permanent random number: the same for a sentence on every machine."""
    return hashlib.sha256(f"{seed}\x1f{name}".encode()).digest()


def draw(
    units: Mapping[str, Sequence[str]], wanted: Mapping[str, int], seed: int, before: Collection[str] = ()
) -> dict[str, list[str]]:
    """The units drawn of each stratum: those drawn `before`, then others at random, as many as wanted in all."""
    found = {}
    for stratum, names in units.items():
        drawn = [name for name in names if name in before]
        left = sorted((name for name in names if name not in before), key=lambda name: random_number(seed, name))
        found[stratum] = [*drawn, *left[: max(0, wanted[stratum] - len(drawn))]]
    return found


def half_width(sizes: Mapping[str, int], spreads: Mapping[str, float], wanted: Mapping[str, int]) -> float:
    """Half the width that a 95 % interval of all requests is expected to have."""
    size, n, spread = (np.array([of[name] for name in sizes], dtype=float) for of in (sizes, wanted, spreads))
    return float(Z * np.sqrt((size * (size - n) * spread**2 / np.maximum(n, 1)).sum()))


def needed(sizes: Mapping[str, int], spreads: Mapping[str, float], width: float) -> int:
    """The smallest sample whose interval is expected to be no wider than `width` to each side."""
    low, high = 1, sum(sizes.values())
    while low < high:
        middle = (low + high) // 2
        fits = half_width(sizes, spreads, allocate(sizes, spreads, middle)) <= width
        low, high = (low, middle) if fits else (middle + 1, high)
    return low
