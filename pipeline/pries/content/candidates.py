"""Candidates: which pairs of requests are looked at, of all that there could be.

A join of sets with a threshold (Bayardo, Ma and Srikant 2007): two sets of which half is in common share, with their
words put in one order, two words among the first few of each, so that only requests with such a pair of words are
compared. Nothing is lost by it, whatever the order; the rarest words come first, because fewest requests share them.
Where more than `window` requests share a pair of words, each is compared with the next ones in their order only
(sorted neighbourhood: Hernández and Stolfo 1995): requests that are much alike stand side by side.

    {créer, fonds, jeune}, {créer, fonds, jeune, rural} -> one pair;  {créer, fonds}, {ratifier, convention} -> none
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, combinations
from math import ceil, comb

import numpy as np
from scipy import sparse

LEAST = 2  # words in common, at least
CHUNK = 50_000  # pairs that are looked at together


def pairs(sets: Sequence[frozenset[str]], overlap: float, window: int) -> np.ndarray:
    """The pairs i < j with at least two words in common and a Jaccard coefficient of at least `overlap`, m × 2."""
    ordered = by_rarity(sets)
    keys, holders = array("q"), array("q")
    for n in sorted(range(len(sets)), key=ordered.__getitem__):
        words = ordered[n]
        first = words[: len(words) - max(LEAST, ceil(overlap * len(words))) + LEAST]
        keys.extend(a << 32 | b for a, b in combinations(first, 2))
        holders.extend([n] * comb(len(first), 2))
    rows, found = _rows(ordered), [np.zeros(0, np.int64)]
    for left, right in _neighbours(np.array(keys), np.array(holders), window):
        codes = np.unique(np.minimum(left, right) * len(sets) + np.maximum(left, right))
        found.append(codes[_alike(*np.divmod(codes, len(sets)), rows, overlap)])
    return np.column_stack(np.divmod(np.unique(np.concatenate(found)), max(len(sets), 1)))


def by_rarity(sets: Sequence[frozenset[str]]) -> list[tuple[int, ...]]:
    """The words of each set as numbers, the rarest first."""
    spread = Counter(word for words in sets for word in words)
    number = {word: n for n, word in enumerate(sorted(spread, key=lambda word: (spread[word], word)))}
    return [tuple(sorted(number[word] for word in words)) for words in sets]


def _rows(ordered: Sequence[tuple[int, ...]]) -> sparse.csr_array:
    """Which words each set has."""
    at = np.fromiter(chain.from_iterable(ordered), np.int32)
    ends = np.cumsum([0, *map(len, ordered)])
    return sparse.csr_array((np.ones(len(at), np.int32), at, ends), shape=(len(ordered), at.max(initial=0) + 1))


def _neighbours(keys: np.ndarray, holders: np.ndarray, window: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Pairs of holders of a key, each with the next, then each with the one after it, up to `window` places on."""
    order = np.argsort(keys, kind="stable")
    keys, holders = keys[order], holders[order]
    for step in range(1, min(window + 1, len(keys))):
        same = np.flatnonzero(keys[step:] == keys[:-step])
        if not len(same):
            return
        yield holders[same], holders[same + step]


def _alike(left: np.ndarray, right: np.ndarray, rows: sparse.csr_array, overlap: float) -> np.ndarray:
    """Which pairs have enough in common."""
    size = np.diff(rows.indptr)
    common = [np.zeros(0, np.int64)]
    for begin in range(0, len(left), CHUNK):
        part = slice(begin, begin + CHUNK)
        common.append(np.asarray(rows[left[part]].multiply(rows[right[part]]).sum(axis=1)).ravel())
    shared = np.concatenate(common)
    return (shared >= LEAST) & (shared >= overlap * (size[left] + size[right] - shared))
