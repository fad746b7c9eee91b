"""Grouping n items from their similarities: one tree, cut at every k; how good and how stable each cut is.

Agglomerative clustering (scipy's `linkage`) on the cosine distance 1 - s; Ward's linkage on the chord
√(2 - 2s), for which it is defined. Statistics, each with a brute-force oracle in the tests:

- silhouette: Rousseeuw (1987), mean over items, 0 for an item alone in its group;
- adjusted Rand index: Hubert and Arabie (1985);
- stability of a k: mean adjusted Rand between the cut of the whole and the cut of a subsample, on the
  subsample's items, with the 2.5 and 97.5 percentiles of the draws;
- stability of a group: mean Jaccard coefficient with its best match in the subsamples, over the draws that
  hold one of its items (Hennig 2007).

    labels(tree(similarity, "average"), [3])[3] -> array([0, 0, 1, 2, 1]): five requests in three groups
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.cluster.hierarchy import linkage as agglomerate
from scipy.spatial.distance import squareform

from pries.base import parallel

ALONE = 500  # items up to which the draws take less time than the start of another process
SAME = 1e-7  # nearer than this, two items are the same


def tree(similarity: np.ndarray, linkage: str) -> np.ndarray:
    """The merges of n > 1 items as scipy writes them, (n - 1) × 4."""
    distance = np.maximum(1.0 - similarity, 0.0)
    if linkage == "ward":
        distance = np.sqrt(2.0 * distance)
    return agglomerate(squareform(distance, checks=False), linkage)


def labels(merges: np.ndarray, ks: Sequence[int], leaf: np.ndarray | None = None) -> dict[int, np.ndarray]:
    """The groups at each k, numbered from 0 by size (largest first), then by first item.

    `leaf` has the leaf of the tree in which each item is, where items are gathered; where there are no more leaves than
    k, they are the groups. (scipy's `cut_tree` lists the leaves below every merge, which grows with their square.)
    """
    n, pairs = len(merges) + 1, merges[:, :2].astype(int).tolist()
    steps = max(0, n - max(ks, default=n))  # merges that have been made at every k
    root = list(range(n + steps))
    for step in reversed(range(steps)):
        for joined in pairs[step]:
            root[joined] = root[n + step]
    node = np.array(root[:n]) if leaf is None else np.array(root[:n])[leaf]
    found = dict.fromkeys(ks, by_size(node))
    for step in range(steps, n - min(ks, default=n)):
        node[np.isin(node, pairs[step])] = n + step
        if n - step - 1 in found:
            found[n - step - 1] = by_size(node)
    return found


def by_size(groups: np.ndarray) -> np.ndarray:
    """The same groups, renumbered from 0 by size (largest first), then by first item."""
    _, first, inverse, sizes = np.unique(groups, return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(len(sizes), dtype=int)
    rank[np.lexsort((first, -sizes))] = np.arange(len(sizes))
    return rank[inverse]


def drawn(n: int, share: float) -> int:
    """How many of n items a subsample holds: at least two."""
    return max(2, round(share * n))


def usual_ks(n: int, distinct: int, k_max: int) -> range:
    """The numbers of groups to try: from 2 to 1.5 · √(2n), `k_max`, n - 1 and the distinct items."""
    return range(2, min(k_max, math.floor(1.5 * math.sqrt(2 * n)), n - 1, distinct) + 1)


def distinct(similarity: np.ndarray) -> int:
    """How many items are left when those that are the same as an earlier one are left out."""
    same = np.triu(similarity > 1.0 - SAME, k=1)
    return int((~same.any(axis=0)).sum())


def silhouette(similarity: np.ndarray, groups: np.ndarray) -> float:
    """Mean silhouette by cosine distance, -1 to 1; groups numbered from 0, at least two of them."""
    distance = 1.0 - similarity
    np.fill_diagonal(distance, 0.0)
    return silhouette_of(distance @ np.eye(groups.max() + 1)[groups], groups)


def silhouette_of(sums: np.ndarray, groups: np.ndarray) -> float:
    """Mean silhouette from the sum of the distances of each item to all of each group, n × k."""
    sizes = np.bincount(groups).astype(float)
    own = np.arange(len(groups)), groups
    inside = sums[own] / np.maximum(sizes[groups] - 1, 1)
    means = sums / sizes
    means[own] = np.inf
    outside = means.min(axis=1)
    scale = np.maximum(inside, outside)
    score = np.divide(outside - inside, scale, out=np.zeros(len(groups)), where=scale > 0)
    return float(np.where(sizes[groups] > 1, score, 0.0).mean())


def contingency(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """How many items are in group i of `a` and in group j of `b`, groups numbered from 0."""
    width = int(b.max()) + 1
    return np.bincount(a * width + b, minlength=(int(a.max()) + 1) * width).reshape(-1, width)


def adjusted_rand(a: np.ndarray, b: np.ndarray) -> float:
    """Adjusted Rand index of two groupings of the same items, numbered from 0; 1 if both are trivial."""

    def pairs(counts: np.ndarray) -> float:
        return float((counts * (counts - 1) // 2).sum())

    table = contingency(a, b)
    both, in_a, in_b = pairs(table), pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    every = len(a) * (len(a) - 1) / 2
    expected = in_a * in_b / every if every else 0.0
    highest = (in_a + in_b) / 2
    return 1.0 if highest == expected else (both - expected) / (highest - expected)


def best_jaccard(whole: np.ndarray, part: np.ndarray, groups: int) -> np.ndarray:
    """For each of `groups` groups of `whole`, the Jaccard coefficient with its best match in `part`.

    Both number the groups of the same (drawn) items; nan for a group of which no item was drawn.
    """
    table = np.zeros((groups, int(part.max()) + 1))
    found = contingency(whole, part)
    table[: len(found)] = found
    union = table.sum(axis=1)[:, None] + table.sum(axis=0)[None, :] - table
    best = (table / union).max(axis=1)
    return np.where(table.sum(axis=1) > 0, best, np.nan)


@dataclass(frozen=True)
class Draw:
    """One subsample: the items drawn, and their groups at each k."""

    items: np.ndarray
    groups: dict[int, np.ndarray]


def subsamples(
    alike: Callable[[np.ndarray], np.ndarray], n: int, size: int, linkage: str, ks: Sequence[int], times: int, seed: int
) -> list[Draw]:
    """`times` draws of `size` of n items without replacement, each with its own tree, cut at all ks.

    `alike` gives the similarities of the items drawn. No two items say the same, since one that stays while the other
    goes would make any grouping look stable. No k may be greater than `size`.
    """
    random = np.random.default_rng(seed)
    kept = [np.sort(random.choice(n, size, replace=False)) for _ in range(times)]

    def draw(number: int) -> Draw:
        items = kept[number]
        return Draw(items, labels(tree(alike(items), linkage), ks))

    return parallel.mapped(draw, range(times), None if n > ALONE else 1)


@dataclass(frozen=True)
class Quality:
    """What is known of one k."""

    k: int
    silhouette: float
    stability: float
    low: float
    high: float
    error: float  # standard deviation of the adjusted Rand over the draws: its standard error
    sizes: tuple[int, ...]  # of the groups, largest first


def quality(width: float, k: int, groups: np.ndarray, draws: Sequence[Draw]) -> Quality:
    """Stability and sizes of the groups at k, whose mean silhouette is `width`."""
    rand = np.array([adjusted_rand(groups[d.items], d.groups[k]) for d in draws])
    mean, error = float(rand.mean()), float(rand.std())
    low, high = np.percentile(rand, [2.5, 97.5]).tolist()
    sizes = np.bincount(groups).tolist()
    return Quality(k, width, mean, low, high, error, tuple(sizes))


def group_stability(k: int, groups: np.ndarray, draws: Sequence[Draw]) -> np.ndarray:
    """Mean Jaccard coefficient of each group at k with its best match over the draws; nan if never drawn."""
    table = np.array([best_jaccard(groups[d.items], d.groups[k], k) for d in draws])
    drawn = ~np.isnan(table)
    sums = np.where(drawn, table, 0.0).sum(axis=0)
    return np.divide(sums, drawn.sum(axis=0), out=np.full(k, np.nan), where=drawn.any(axis=0))
