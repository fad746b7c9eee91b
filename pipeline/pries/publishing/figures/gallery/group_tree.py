"""Tree of the groups: at which distance groups of like requests join, from each by itself to all in one.

*mettre en place · situation de crise* and *renforcer · dialogue* -> a bracket at 0,92, where the two groups join
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pries.publishing.figures.captions import name_largest
from pries.publishing.figures.chart import Chart, Companion, draw_nothing
from pries.publishing.figures.page import Page, lay_rows, name_rows
from pries.publishing.figures.report import Report
from pries.publishing.figures.style import BLUE, MARGIN
from pries.publishing.labels import clean
from pries.publishing.latex import UNSTABLE

LABELS = ("axis.distance", "note.group_tree", "note.all_unstable", "note.one_group", "note.said_once")
Merge = tuple[int, int, float]  # two nodes and the distance at which they join


def merge_groups(report: Report) -> tuple[list[Merge], list[str]]:
    """The merges above the published groups, nearest first, and the groups: nodes 0 … n-1, merges from n on.

    Distances between groups are those at which the tree joins them.
    """
    members = report.cluster_members[report.cluster_members["reason"] == ""]
    groups = [c for c in report.clusters["cluster"] if c in set(members["cluster"])]
    number = {name: n for n, name in enumerate(groups)}
    node: dict[str, int] = {i: number[c] for i, c in zip(members["obligation_id"], members["cluster"], strict=True)}
    merges: list[Merge] = []
    columns = (report.cluster_tree[name].tolist() for name in ("merge", "left", "right", "distance"))
    for merge, left, right, distance in zip(*columns, strict=True):
        one, other = node.get(left), node.get(right)
        if one is None or other is None:  # a tree of other requests: none to draw
            return [], groups
        if one != other:
            merges.append((one, other, float(distance)))
            one = len(groups) + len(merges) - 1
        node[str(merge)] = one
    return merges, groups


def count(merges: Sequence[Merge], names: Sequence[str]) -> pd.DataFrame:
    """The merges as a table: merge, left, right (names of groups, numbers of merges), distance."""
    nodes = [*names, *(f"{i + 1}" for i in range(len(merges)))]
    rows = [(i + 1, nodes[one], nodes[other], d) for i, (one, other, d) in enumerate(merges)]
    return pd.DataFrame(rows, columns=["merge", "left", "right", "distance"])


def draw(report: Report, page: Page) -> Companion:
    """The tree, a note on groups that are not stable (†), and the merges."""
    merges, groups = merge_groups(report)
    if not merges:
        return draw_nothing(page, "note.one_group", report.cluster_tree.head(0))
    rows = report.clusters.set_index("cluster").loc[groups]
    unstable = (rows["stability"] < UNSTABLE).tolist()
    names = [clean(label) + " †" * weak for label, weak in zip(rows["label"], unstable, strict=True)]
    draw_tree(merges, names, rows["size"].tolist(), page)
    note = page.words("note.all_unstable" if all(unstable) else "note.group_tree", least=page.words.number(UNSTABLE, 1))
    largest = name_largest(pd.Series(rows["size"].to_numpy(), names), page.words)
    return Companion([note], count(merges, names), largest)


def draw_tree(merges: Sequence[Merge], names: Sequence[str], sizes: Sequence[int], page: Page) -> None:
    """The tree of the groups, from the right (each by itself) to the left (all in one).

    `merges`: nearest first; groups are 0 … n-1, merges go on from n.
    """
    words = page.words
    order = order_leaves(merges, len(names))
    rows = lay_rows([f"{names[i]} ({words.number(sizes[i])})" for i in order], page)
    width = page.width - 2 * MARGIN - rows.left - 3.5
    axes = page.axes(MARGIN + rows.left + 1.5, width, rows.height)
    farthest = max((distance for _, _, distance in merges), default=1.0) or 1.0
    nearest = min((distance for _, _, distance in merges), default=0.0)
    start = max(0.0, np.floor(20 * nearest - 1) / 20)  # the axis begins a little before the first merge
    axes.set_xlim(start, farthest + 0.04 * (farthest - start))
    at: dict[int, tuple[float, float]] = {leaf: (start, y) for leaf, y in zip(order, rows.middles, strict=True)}
    for number, (one, other, distance) in enumerate(merges, start=len(names)):
        (x0, y0), (x1, y1) = at[one], at[other]
        axes.plot([x0, distance, distance, x1], [y0, y0, y1, y1], color=BLUE, linewidth=0.8, solid_joinstyle="miter")
        at[number] = distance, (y0 + y1) / 2
    ticks = [tick / 20 for tick in range(41) if start <= tick / 20 <= farthest + 1e-9]
    ticks = ticks[:: max(1, -(-len(ticks) * 9 // max(int(width), 1)))]
    axes.set_xticks(ticks, [words.number(tick, 2) for tick in ticks])
    name_rows(axes, rows.names, rows.middles)
    page.y += rows.height
    page.axis_name(words("axis.distance"))


def order_leaves(merges: Sequence[Merge], n: int) -> list[int]:
    """The order of the leaves in which no two branches cross."""
    below: dict[int, list[int]] = {leaf: [leaf] for leaf in range(n)}
    for number, (one, other, _) in enumerate(merges, start=n):
        below[number] = below.pop(one) + below.pop(other)
    return [leaf for branch in below.values() for leaf in branch]


CHART = Chart(70, LABELS, draw, by_parts=False, repetitions="note.said_once")
