"""Micro-clusters: what is grouped where there are too many requests to compare each with each.

Time and memory of the exact method (`grouping`) grow with the square of the number of requests. Above
`exact_up_to`, near requests are first gathered into `micro_clusters`: truncated SVD of the rows that are compared, then
mini-batch k-means (Sculley 2010), both scikit-learn's. The tree joins micro-clusters instead of requests. All else is
exact, and nothing else sampled: requests being rows of length 1, the mean cosine between two sets is the product of
their mean rows, so that distances between micro-clusters, silhouettes and centralities are those of all requests.
Subsamples hold so few (`drawn_at_most`) that they are compared each with each: stability also tells how far the
gathered groups are those that the exact method gives.

    240,000 requests -> 500 micro-clusters -> a tree of 500 leaves, cut at k = 2, …, 20
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from pries.content import grouping

AXES = 50  # of the truncated SVD
FITTED = 20_000  # rows that it is fitted on, at most: the others are placed on its axes
BATCH = 4096


@dataclass(frozen=True)
class Rows:
    """n requests as rows of length 1, in blocks of columns: the cosine of two is the product of their rows."""

    blocks: list[Any]

    @classmethod
    def of(cls, weighted: Sequence[tuple[float, Any]]) -> Rows:
        """The rows whose products `similarity.combine` computes, from the same blocks."""
        kept = [(weight, sparse.csr_array(x) if sparse.issparse(x) else x) for weight, x in weighted if weight]
        square = sum(weight * np.asarray((x * x).sum(axis=1)).ravel() for weight, x in kept)
        length = np.sqrt(np.maximum(square, 1e-12))
        made = []
        for weight, x in kept:
            scale = (np.sqrt(weight) / length).astype(np.float32)
            made.append(sparse.diags_array(scale) @ x if sparse.issparse(x) else x * scale[:, None])
        return cls(
            [sparse.csr_array(x, dtype=np.float32) if sparse.issparse(x) else x.astype(np.float32) for x in made]
        )

    def __len__(self) -> int:
        return self.blocks[0].shape[0]

    def at(self, items: np.ndarray) -> Rows:
        """Some of the rows."""
        return Rows([x[items] for x in self.blocks])

    def means(self, groups: np.ndarray) -> Rows:
        """The mean row of each group, groups numbered from 0."""
        size = np.bincount(groups)
        share = sparse.csr_array(((1 / size)[groups], (groups, np.arange(len(groups)))), shape=(len(size), len(groups)))
        return Rows([share @ x for x in self.blocks])

    def alike(self, items: np.ndarray) -> np.ndarray:
        """The cosines of some rows with each other; rounded, lest a last bit decide a tie."""
        some = self.at(items)
        return np.round(some.products(some), 6)

    def products(self, other: Rows) -> np.ndarray:
        """Products of each row with each of `other`, which are few."""
        total = np.zeros((len(self), len(other)))
        for x, y in zip(self.blocks, other.blocks, strict=True):
            product = x @ y.T
            total += product.toarray() if sparse.issparse(product) else product
        return total


def on_axes(rows: Rows, seed: int) -> np.ndarray:
    """The rows on their first axes, n × AXES."""
    from sklearn.decomposition import TruncatedSVD  # takes a second, which few requests need not pay

    n, widths = len(rows), [x.shape[1] for x in rows.blocks]
    some = np.arange(n) if n <= FITTED else np.sort(np.random.default_rng(seed).choice(n, FITTED, replace=False))
    table = sparse.hstack([sparse.csr_array(x) for x in rows.at(some).blocks], format="csr")
    axes = min(AXES, min(table.shape) - 1)
    with np.errstate(divide="ignore", invalid="ignore"):  # the share of the variance, where all rows are alike
        found = TruncatedSVD(axes, random_state=seed).fit(table).components_
    parts = np.split(found, np.cumsum(widths)[:-1], axis=1)
    points = sum(x @ part.T.astype(np.float32) for x, part in zip(rows.blocks, parts, strict=True))
    return np.asarray(points, dtype=float)  # of single precision k-means widens blocks at every step


def gather(points: np.ndarray, most: int, seed: int) -> np.ndarray:
    """The micro-cluster of each point, numbered from 0; at most `most`."""
    found, alike = np.unique(np.round(points, 6), axis=0, return_inverse=True)
    if len(found) <= most:  # thousands of requests in few wordings: nothing is to be gathered
        return np.asarray(alike).ravel()
    from sklearn.cluster import MiniBatchKMeans

    k = min(most, len(points))
    means = MiniBatchKMeans(k, batch_size=BATCH, max_iter=10, n_init=1, reassignment_ratio=0, random_state=seed)
    return np.unique(means.fit_predict(points), return_inverse=True)[1]


def few(rows: Rows, most: int) -> bool:
    """Whether many requests are so few different ones that these are their micro-clusters.

    « Les États devraient agir. » a thousand times would cost the exact method what a thousand requests do.
    """
    n, random = len(rows), np.random.default_rng(0)
    if n <= grouping.ALONE:
        return False
    marks = sum(x @ random.standard_normal((x.shape[1], 4)) for x in rows.blocks)
    return len(np.unique(np.round(marks, 5), axis=0)) <= min(most, n // 2)


def tree(means: Rows, sizes: np.ndarray, linkage: str) -> np.ndarray:
    """The merges of m > 1 micro-clusters, (m - 1) × 4, as scipy writes them, but sizes count requests.

    Average and Ward's linkage are those of the requests themselves, given the micro-clusters; complete linkage
    takes the mean between two micro-clusters for the farthest.
    """
    product = means.products(means)
    if linkage == "ward":
        own = np.diag(product)
        square = np.maximum(own[:, None] + own[None, :] - 2 * product, 0.0)
        distance = np.sqrt(2 * np.outer(sizes, sizes) / np.add.outer(sizes, sizes) * square)
    else:
        distance = np.maximum(1.0 - product, 0.0)
    return agglomerate(np.round((distance + distance.T) / 2, 6), sizes, linkage)


def agglomerate(distance: np.ndarray, sizes: np.ndarray, linkage: str) -> np.ndarray:
    """scipy's `linkage` for items that stand for several each (Lance and Williams 1967)."""
    distance, size = distance.copy(), sizes.astype(float)
    np.fill_diagonal(distance, np.inf)
    node, merges = np.arange(len(size)), np.zeros((len(size) - 1, 4))
    for step in range(len(merges)):
        a, b = np.unravel_index(distance.argmin(), distance.shape)
        far, to_a, to_b, m, n = distance[a, b], distance[a], distance[b], size[a], size[b]
        merges[step] = *sorted(node[[a, b]]), far, m + n
        if linkage == "average":
            joined = (m * to_a + n * to_b) / (m + n)
        elif linkage == "complete":
            joined = np.maximum(to_a, to_b)
        else:
            gained = (size + m) * to_a**2 + (size + n) * to_b**2 - size * far**2
            joined = np.sqrt(np.maximum(gained, 0.0) / (size + m + n))
        joined[[a, b]] = np.inf
        distance[a, :] = distance[:, a] = joined
        distance[b, :] = distance[:, b] = np.inf
        node[a], size[a] = len(node) + step, m + n
    return merges


def sums_of_distances(rows: Rows, by_k: Mapping[int, np.ndarray]) -> dict[int, np.ndarray]:
    """At each k, the sum of the distances of each request to all of each group, n × k; the groups are nested."""
    finest = by_k[max(by_k)]
    size = np.bincount(finest)
    sums = size * (1.0 - rows.products(rows.means(finest)))
    found = {}
    for k, groups in by_k.items():
        inside = np.zeros((len(size), k))
        inside[finest, groups] = 1.0
        found[k] = np.maximum(sums @ inside, 0.0)
    return found
