"""Grouping: every statistic beside a brute-force oracle, the tree beside merging by hand."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from pries.content import grouping, microclusters, selection, similarity
from pries.content.microclusters import Rows
from scipy.cluster.hierarchy import cut_tree


def alike(n: int, seed: int = 1) -> np.ndarray:
    """Cosines of n random vectors in a few directions."""
    random = np.random.default_rng(seed)
    rows = random.normal(size=(n, 6)) + 2 * np.eye(6)[random.integers(0, 4, n)]
    return similarity.combine([(1.0, rows / np.linalg.norm(rows, axis=1, keepdims=True))])


def partition(n: int, k: int, seed: int) -> np.ndarray:
    """A random grouping of n items into k groups, each with an item."""
    random = np.random.default_rng(seed)
    return random.permutation(np.concatenate([np.arange(k), random.integers(0, k, n - k)]))


@pytest.mark.parametrize(("n", "k"), [(5, 2), (9, 3), (12, 12), (20, 5)])
def test_silhouette(n: int, k: int) -> None:
    alikes, groups = alike(n), partition(n, k, seed=n)
    scores = []
    for i in range(n):
        mean = {}
        for g in range(k):
            others = [1 - alikes[i, j] for j in range(n) if groups[j] == g and j != i]
            mean[g] = sum(others) / len(others) if others else 0.0
        a, b = mean[groups[i]], min(mean[g] for g in range(k) if g != groups[i])
        scores.append((b - a) / max(a, b) if (groups == groups[i]).sum() > 1 else 0.0)
    assert grouping.silhouette(alikes, groups) == pytest.approx(sum(scores) / n, abs=1e-9)


@pytest.mark.parametrize(("n", "k", "m"), [(6, 2, 3), (15, 4, 4), (30, 7, 2), (8, 8, 3)])
def test_adjusted_rand(n: int, k: int, m: int) -> None:
    """Hubert and Arabie's index, from the pairs of items that each grouping joins."""
    a, b = partition(n, k, seed=1), partition(n, m, seed=2)
    pairs = list(itertools.combinations(range(n), 2))
    in_a = [a[i] == a[j] for i, j in pairs]
    in_b = [b[i] == b[j] for i, j in pairs]
    both = sum(x and y for x, y in zip(in_a, in_b, strict=True))
    expected = sum(in_a) * sum(in_b) / len(pairs)
    oracle = (both - expected) / ((sum(in_a) + sum(in_b)) / 2 - expected)
    assert grouping.adjusted_rand(a, b) == pytest.approx(oracle, abs=1e-9)
    assert grouping.adjusted_rand(a, (a + 1) % k) == pytest.approx(1.0)  # names do not matter


def test_adjusted_rand_of_trivial_groupings() -> None:
    assert grouping.adjusted_rand(np.zeros(4, int), np.zeros(4, int)) == 1.0
    assert grouping.adjusted_rand(np.arange(4), np.arange(4)) == 1.0
    assert grouping.adjusted_rand(np.zeros(4, int), np.arange(4)) == 0.0


@pytest.mark.parametrize("seed", range(4))
def test_best_jaccard(seed: int) -> None:
    a, b = partition(14, 4, seed), partition(14, 5, seed + 10)
    sets = [{i for i in range(14) if b[i] == g} for g in range(5)]
    for g, value in enumerate(grouping.best_jaccard(a, b, 4)):
        mine = {i for i in range(14) if a[i] == g}
        assert value == pytest.approx(max(len(mine & s) / len(mine | s) for s in sets), abs=1e-9)


def test_best_jaccard_of_a_group_that_was_not_drawn() -> None:
    assert np.isnan(grouping.best_jaccard(np.array([0, 0, 2]), np.array([0, 0, 1]), 3)).tolist() == [False, True, False]


def test_stability_of_groups_is_the_mean_over_the_draws_that_hold_them() -> None:
    whole = np.array([0, 0, 0, 1, 1])
    draws = [
        grouping.Draw(np.array([0, 1, 3, 4]), {2: np.array([0, 0, 1, 1])}),  # both found again: 1, 1
        grouping.Draw(np.array([0, 1, 2, 3]), {2: np.array([0, 0, 1, 1])}),  # {0,1} of {0,1,2}: 2/3; {3} in {2,3}: 1/2
        grouping.Draw(np.array([0, 1, 2]), {2: np.array([0, 0, 1])}),  # 2/3; the second group is not drawn
    ]
    assert grouping.group_stability(2, whole, draws) == pytest.approx([(1 + 2 / 3 + 2 / 3) / 3, (1 + 1 / 2) / 2])


def test_stability_of_k_against_its_definition() -> None:
    alikes = alike(18)
    groups = grouping.labels(grouping.tree(alikes, "average"), [3, 4])
    draws = grouping.subsamples(lambda of: alikes[np.ix_(of, of)], 18, 14, "average", [3, 4], times=12, seed=5)
    assert [len(d.items) for d in draws] == [14] * 12
    assert all(len(set(d.items)) == 14 for d in draws)
    values = [grouping.adjusted_rand(groups[4][d.items], d.groups[4]) for d in draws]
    found = grouping.quality(grouping.silhouette(alikes, groups[4]), 4, groups[4], draws)
    assert found.stability == pytest.approx(sum(values) / 12, abs=1e-9)
    assert found.error == pytest.approx(np.std(values), abs=1e-9)
    assert (found.low, found.high) == pytest.approx(tuple(np.percentile(values, [2.5, 97.5])))
    assert min(values) <= found.low <= found.stability <= found.high <= max(values)


@pytest.mark.parametrize("linkage", ["average", "complete"])
def test_tree_against_merging_by_hand(linkage: str) -> None:
    """The nearest two groups are merged until k are left."""
    alikes, mean = alike(11, seed=3), {"average": np.mean, "complete": np.max}[linkage]
    parts = [[i] for i in range(11)]
    while len(parts) > 4:
        near = min(
            itertools.combinations(range(len(parts)), 2),
            key=lambda p: mean([1 - alikes[i, j] for i in parts[p[0]] for j in parts[p[1]]]),
        )
        parts = [p for i, p in enumerate(parts) if i not in near] + [parts[near[0]] + parts[near[1]]]
    groups = grouping.labels(grouping.tree(alikes, linkage), [4])[4]
    assert {frozenset(p) for p in parts} == {frozenset(np.flatnonzero(groups == g).tolist()) for g in range(4)}


def test_groups_are_numbered_by_size_then_by_first_item() -> None:
    assert grouping.by_size(np.array([7, 3, 3, 5, 5, 5, 9])).tolist() == [2, 1, 1, 0, 0, 0, 3]


@pytest.mark.parametrize(
    ("n", "distinct", "ks"), [(90, 90, range(2, 21)), (8, 8, range(2, 7)), (3, 3, range(2, 3)), (9, 1, range(2, 2))]
)
def test_which_ks_are_tried(n: int, distinct: int, ks: range) -> None:
    assert grouping.usual_ks(n, distinct, 20) == ks


def repeated(wordings: int, n: int) -> list[tuple[float, np.ndarray]]:
    """Requests of so few wordings, in three groups, as `similarity.blocks` gives them."""
    draw = np.random.default_rng(4)
    said = np.eye(3)[np.arange(wordings) % 3] * 3 + draw.random((wordings, 3)) / 10
    rows = said[np.arange(n) % wordings]
    return [(1.0, rows / np.linalg.norm(rows, axis=1, keepdims=True))]


def test_many_requests_of_few_wordings_are_grouped_as_by_the_exact_method() -> None:
    blocks = repeated(wordings=12, n=600)
    chosen = selection.Settings(k_max=6, subsamples=4, largest_share=0.5)
    many = selection.group_many(Rows.of(blocks), chosen)
    exact = selection.group(similarity.combine(blocks), chosen)
    assert many.k == exact.k == 3
    assert many.chosen.tolist() == exact.chosen.tolist()
    assert many.centrality == pytest.approx(exact.centrality, abs=1e-6)
    assert [q.silhouette for q in many.qualities] == pytest.approx([q.silhouette for q in exact.qualities], abs=1e-3)


@pytest.mark.parametrize(
    ("wordings", "n", "few"),
    [(1, 600, True), (12, 600, True), (300, 600, True), (301, 600, False), (600, 600, False), (12, 400, False)],
)
def test_which_requests_are_few_different_ones(wordings: int, n: int, few: bool) -> None:
    assert microclusters.few(Rows.of(repeated(wordings, n)), 500) is few


def test_as_many_different_ones_as_there_are_micro_clusters_are_few() -> None:
    assert [microclusters.few(Rows.of(repeated(20, 600)), most) for most in (19, 20)] == [False, True]


@pytest.mark.parametrize("seed", range(3))
def test_groups_at_each_k_are_those_of_scipy(seed: int) -> None:
    merges = grouping.tree(alike(23, seed), "average")
    found, cuts = grouping.labels(merges, range(2, 23)), cut_tree(merges, n_clusters=list(range(2, 23)))
    assert [groups.tolist() for groups in found.values()] == [grouping.by_size(cut).tolist() for cut in cuts.T]


def test_items_that_are_gathered_share_the_groups_of_their_leaf() -> None:
    """Three leaves that stand for five items; where k is above the number of leaves, they are the groups."""
    merges = np.array([[0, 2, 0.1, 3], [1, 3, 0.9, 5]])
    found = grouping.labels(merges, [2, 3, 7], leaf=np.array([1, 0, 0, 2, 1]))
    assert {k: groups.tolist() for k, groups in found.items()} == {
        2: [1, 0, 0, 0, 1], 3: [0, 1, 1, 2, 0], 7: [0, 1, 1, 2, 0],
    }  # fmt: skip
