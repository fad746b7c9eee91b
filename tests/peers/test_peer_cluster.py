"""R's cluster, mclust, fpc and hclust; scikit-learn and scipy: silhouettes, adjusted Rand, Jaccard, trees of groups.

Input: countries.csv, the dissimilarities of twelve countries of Rousseeuw (1987, Silhouettes, table 1), the example of
`silhouette` in R's cluster. Their numbers: the paper's mean silhouettes of its two and three groups, .28 and .33; the
adjusted Rand index of scikit-learn's manual, .57, which is that of mclust's `adjustedRandIndex` too. Tolerance: the
decimals given; 1e-12 beside scikit-learn and scipy, which run here on 40 points. R's four packages were run on iris
(cosines, 2 to 10 groups): silhouette, adjusted Rand, heights and cuts equal to 2e-15, Jaccard (`clujaccard`) to its
four decimals. Wanted difference: the Jaccard index of a group of which nothing was drawn is no number here, 0 in fpc.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pries.content import grouping
from scipy.cluster import hierarchy
from scipy.spatial.distance import squareform
from sklearn.metrics import adjusted_rand_score, silhouette_score

HERE = Path(__file__).parent
WEST, SOUTH = ("USA", "BEL", "FRA", "ISR", "EGY"), ("ZAI", "BRA", "IND")


@pytest.mark.parametrize(("groups", "published"), [((("BRA", "ZAI", *WEST),), 0.28), ((WEST, SOUTH), 0.33)])
def test_twelve_countries(groups: tuple[tuple[str, ...], ...], published: float) -> None:
    distances = pd.read_csv(HERE / "countries.csv", index_col=0)
    number = np.array([next((k for k, g in enumerate(groups) if c in g), len(groups)) for c in distances.index])
    assert round(grouping.silhouette(1.0 - distances.to_numpy(), number), 2) == published


def test_the_manual_s_adjusted_rand() -> None:
    assert round(grouping.adjusted_rand(np.array([0, 0, 1, 1]), np.array([0, 0, 1, 2])), 2) == 0.57


@pytest.mark.parametrize("k", range(2, 8))
def test_forty_points_beside_scikit_learn_and_scipy(k: int) -> None:
    points = np.random.default_rng(k).random((40, 5))
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    distance = np.clip(1.0 - points @ points.T, 0.0, None)
    np.fill_diagonal(distance, 0.0)
    one, other = (
        hierarchy.fcluster(hierarchy.linkage(squareform(distance, checks=False), method), k, "maxclust") - 1
        for method in ("average", "complete")
    )
    wanted = silhouette_score(distance, one, metric="precomputed")
    assert grouping.silhouette(1.0 - distance, one) == pytest.approx(wanted, abs=1e-12)
    assert grouping.adjusted_rand(one, other) == pytest.approx(adjusted_rand_score(one, other), abs=1e-12)
