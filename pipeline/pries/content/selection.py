"""The groups of requests at every number of groups k, and which k is published (the rule: head of `clusters`).

Few requests are compared each with each (`grouping`), many by way of micro-clusters (`microclusters`); how a k is
judged is the same for both.

    91 requests, k = 2, …, 20 -> silhouette and stability of each cut, 14 groups chosen
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from pries.base.settings import SHARE, WEIGHT
from pries.content import grouping, microclusters
from pries.content.grouping import Draw, Quality
from pries.content.microclusters import Rows


@dataclass(frozen=True)
class Settings:
    """`settings/clusters.toml`: what each means stands there."""

    FILE: ClassVar[str] = "clusters.toml"
    lemmas: float = field(default=1.0, metadata=WEIGHT)
    vectors: float = field(default=1.0, metadata=WEIGHT)
    context: float = field(default=1.0, metadata=WEIGHT)
    themes: float = field(default=0.25, metadata=WEIGHT)
    sif: float = field(default=0.001, metadata={"low": 1e-9, "high": 1.0})
    linkage: str = field(default="average", metadata={"values": ("average", "complete", "ward")})
    k_max: int = field(default=20, metadata={"low": 2, "high": 1000})
    subsamples: int = field(default=100, metadata={"low": 2, "high": 10000})
    subsample_share: float = field(default=0.8, metadata={"low": 0.1, "high": 0.99})
    seed: int = field(default=68370, metadata={"low": 0, "high": 2**32 - 1})
    smallest_group: int = field(default=2, metadata={"low": 1, "high": 1000})
    small_share: float = field(default=0.05, metadata=SHARE)
    largest_share: float = field(default=0.25, metadata={"low": 0.01, "high": 1.0})
    silhouette_share: float = field(default=0.8, metadata=SHARE)
    exact_up_to: int = field(default=2000, metadata={"low": 1, "high": 20000})
    micro_clusters: int = field(default=500, metadata={"low": 2, "high": 5000})
    drawn_at_most: int = field(default=1000, metadata={"low": 2, "high": 1000000})


@dataclass(frozen=True)
class Grouping:
    """The groups of n requests at every k, the chosen k, how stable its groups are, and the tree.

    `centrality` is the mean likeness of each request to the members of its group, `leaves` the request by which
    the tree names what it joins.
    """

    by_k: dict[int, np.ndarray]
    qualities: list[Quality]
    k: int
    chosen: np.ndarray
    stability: np.ndarray
    centrality: np.ndarray
    merges: np.ndarray
    leaves: np.ndarray


def choose(qualities: Sequence[Quality], n: int, chosen: Settings) -> int:
    """The k that the rule at the head of `clusters` chooses among at least one."""

    def readable(q: Quality) -> bool:
        small = sum(size for size in q.sizes if size < chosen.smallest_group)
        return q.sizes[0] <= chosen.largest_share * n and small <= chosen.small_share * n

    usable = [q for q in qualities if readable(q)] or list(qualities)
    high = max(q.silhouette for q in usable)
    usable = [q for q in usable if q.silhouette >= min(high, chosen.silhouette_share * high)]
    best = max(usable, key=lambda q: (q.stability, -q.k))
    return min(q.k for q in usable if q.stability >= best.stability - best.error)


def group(alike: np.ndarray, chosen: Settings) -> Grouping:
    """Groups of n requests from their n × n similarities."""
    n = len(alike)
    merges = grouping.tree(alike, chosen.linkage) if n > 1 else np.zeros((0, 4))
    ks = ks_to_try(n, grouping.distinct(alike), chosen)
    by_k = grouping.labels(merges, ks)
    draws = draw(lambda items: alike[np.ix_(items, items)], n, ks, chosen)
    widths = {k: grouping.silhouette(alike, by_k[k]) for k in ks}
    k, qualities, groups, stability = judge(by_k, widths, draws, n, chosen)
    centrality = np.zeros(n)
    for number in np.unique(groups):
        inside = np.flatnonzero(groups == number)
        centrality[inside] = alike[np.ix_(inside, inside)].mean(axis=1)
    return Grouping(by_k, qualities, k, groups, stability, centrality, merges, np.arange(n))


def group_many(rows: Rows, chosen: Settings) -> Grouping:
    """Groups of more requests than can be compared each with each."""
    n, seed = len(rows), chosen.seed
    points = microclusters.on_axes(rows, seed)
    micro = microclusters.gather(points, chosen.micro_clusters, seed)
    merges = microclusters.tree(rows.means(micro), np.bincount(micro), chosen.linkage)
    ks = ks_to_try(n, len(merges) + 1, chosen)
    by_k = grouping.labels(merges, ks, micro)
    draws = draw(rows.alike, n, ks, chosen)
    sums = microclusters.sums_of_distances(rows, by_k or {1: np.zeros(n, int)})
    widths = {k: grouping.silhouette_of(sums[k], by_k[k]) for k in ks}
    k, qualities, groups, stability = judge(by_k, widths, draws, n, chosen)
    centrality = 1.0 - sums[k][np.arange(n), groups] / np.bincount(groups)[groups]
    kept = {k: groups, len(merges) + 1: grouping.by_size(micro)} if ks else {}
    leaves = np.unique(micro, return_index=True)[1]
    return Grouping(kept, qualities, k, groups, stability, centrality, merges, leaves)


def ks_to_try(n: int, distinct: int, chosen: Settings) -> range:
    """The numbers of groups to try, none greater than the requests that a subsample holds."""
    return grouping.usual_ks(n, distinct, min(chosen.k_max, drawn(n, chosen), n))


def drawn(n: int, chosen: Settings) -> int:
    """How many of n requests a subsample holds."""
    return min(chosen.drawn_at_most, grouping.drawn(n, chosen.subsample_share))


def draw(alike: Callable[[np.ndarray], np.ndarray], n: int, ks: Sequence[int], chosen: Settings) -> list[Draw]:
    """The subsamples of n requests, none where there is nothing to choose."""
    times = chosen.subsamples if ks else 0
    return grouping.subsamples(alike, n, drawn(n, chosen), chosen.linkage, ks, times, chosen.seed)


def judge(
    by_k: Mapping[int, np.ndarray], widths: Mapping[int, float], draws: Sequence[Draw], n: int, chosen: Settings
) -> tuple[int, list[Quality], np.ndarray, np.ndarray]:
    """The chosen k, the quality of each, the groups at the chosen one and how stable they are."""
    if not by_k:
        return 1, [], np.zeros(n, int), np.full(min(n, 1), np.nan)
    qualities = [grouping.quality(widths[k], k, by_k[k], draws) for k in by_k]
    k = choose(qualities, n, chosen)
    return k, qualities, by_k[k], grouping.group_stability(k, by_k[k], draws)
