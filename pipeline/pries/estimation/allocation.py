"""Allocation: how many sentences of each stratum are drawn, and which.

Neyman (1934) allocates in proportion to N · S, the size of a stratum and the standard deviation of the errors that are
expected in a sentence of it; `proportional` in proportion to N. Neyman's is the best where S is known and worse than a
simple draw where it is wrong, as where the program misses what it has no doubt of. `compromise` therefore trusts S with
a quarter (TRUST) and takes the rest alike, as a defensive mixture does (Hesterberg 1995): the odds that a sentence of h
is drawn are in proportion to

    r_h = 3/4 + 1/4 · S_h / (mean of S)

Odds and not shares, because the variance of a stratum is N S² / odds: whatever share of all is drawn, a wrong S costs
a third more variance than `proportional` at the most. Which sentences: those with the smallest permanent
random numbers of their stratum (sequential simple random sampling, Ohlsson 1995), so that a larger sample holds the
smaller one, and the probability of each is n/N exactly.

    {"requests": 80, "others": 120}, S = .3 and .1, 18 sentences -> neyman {"requests": 12, "others": 6}
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from pries.estimation.estimators import Z

COMPROMISE, NEYMAN, PROPORTIONAL = KINDS = ("compromise", "neyman", "proportional")
LEAST = 5  # sentences of a stratum, or documents, or all of it
TRUST = 0.25  # what the confidences decide of a compromise
HALVINGS = 60  # of a scale that is looked for


def shares(size: np.ndarray, spread: np.ndarray, n: int, kind: str) -> np.ndarray:
    """Which share of each stratum is wished for, in proportion; `spread` is S."""
    if kind == NEYMAN:
        return spread
    if kind == PROPORTIONAL or n >= size.sum():
        return np.ones_like(size)
    odds = 1 - TRUST + TRUST * spread * size.sum() / (size @ spread)
    low, high = -HALVINGS / 2, HALVINGS / 2  # of the logarithm of the scale at which the shares sum up to n
    for _ in range(HALVINGS):
        scale = (low + high) / 2
        drawn = (size / (1 + 1 / (np.exp(scale) * odds))).sum()
        low, high = (scale, high) if drawn < n else (low, scale)
    return np.asarray(1 / (1 + 1 / (np.exp(high) * odds)))


def allocate(sizes: Mapping[str, int], spreads: Mapping[str, float], n: int, kind: str = COMPROMISE) -> dict[str, int]:
    """How many of each stratum, none under LEAST and none over its size, n in all; `spreads` is S."""
    names = list(sizes)
    size, spread = (np.array([of[name] for name in names], dtype=float) for of in (sizes, spreads))
    n = min(n, int(size.sum()))
    weight = size * shares(size, spread, n, kind) if names else size
    least = np.minimum(size, min(LEAST, n // max(len(names), 1)))
    low, high = 0.0, float((size / weight).max()) if len(names) else 0.0
    for _ in range(HALVINGS):  # the scale at which what is drawn sums up to n
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


def self_representing(lengths: Mapping[str, int], n: int) -> set[str]:
    """The documents that are drawn for certain among n: those with an n-th of all sentences, again among the others.

    They would be by probabilities in proportion to length (Särndal, Swensson and Wretman 1992, 3.6); what one of them
    holds is much of every count, and no draw without it tells how much.
    """
    sure: set[str] = set()
    while n > len(sure):
        rest = {name: length for name, length in lengths.items() if name not in sure}
        more = {name for name, length in rest.items() if length * (n - len(sure)) >= sum(rest.values())}
        if not more or len(sure | more) > n - LEAST:
            break
        sure |= more
    return sure


def half_width(sizes: Mapping[str, int], spreads: Mapping[str, float], wanted: Mapping[str, int]) -> float:
    """Half the width that a 95 % interval of all requests is expected to have."""
    size, n, spread = (np.array([of[name] for name in sizes], dtype=float) for of in (sizes, wanted, spreads))
    return float(Z * np.sqrt((size * (size - n) * spread**2 / np.maximum(n, 1)).sum()))


def needed(sizes: Mapping[str, int], spreads: Mapping[str, float], width: float, kind: str = COMPROMISE) -> int:
    """The smallest sample whose interval is expected to be no wider than `width` to each side."""
    low, high = 1, sum(sizes.values())
    while low < high:
        middle = (low + high) // 2
        fits = half_width(sizes, spreads, allocate(sizes, spreads, middle, kind)) <= width
        low, high = (low, middle) if fits else (middle + 1, high)
    return low
