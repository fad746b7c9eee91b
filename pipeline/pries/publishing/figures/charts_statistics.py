"""Charts of the statistics: how many groups, their tree, what marks sections, the map of sections and words.

As in `charts`, each function fills a page from the top down, in mm, and no letters meet: a label of the map
that finds no free place beside its point is left out, its point stays.

    specificities: VIII  diaspora ███████ 7,3 … société ▌-2,9
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pries.publishing.figures.charts_requests import BAR
from pries.publishing.figures.page import Page, label_width, name_rows, rows, stack
from pries.publishing.figures.style import GREY, INK, MARGIN, PALE, POINT, ROW, SMALL, extent, line, wrap
from pries.publishing.labels import clean

OVER, UNDER = "#375b8d", "#b3562b"
PLANE = 0.72  # height of the map in widths
LONGEST_NAME = 30.0  # mm
Box = tuple[float, float, float, float]


def k_selection(table: pd.DataFrame, page: Page) -> None:
    """Stability with its 95 % interval and silhouette of each k; the chosen k is filled."""
    words, size = page.words, page.look.size
    page.swatches([(words("mark.stability"), OVER, OVER), (words("mark.silhouette"), GREY, GREY)], "oo")
    room = extent(words.number(0.5, 1), size) + 2.5
    width, height = page.width - 2 * MARGIN - room - 2, 45.0
    axes = page.axes(MARGIN + room, width, height)
    low = min(0.0, float(table[["stability_low", "silhouette"]].min().min()))
    axes.set(xlim=(table["k"].min() - 0.7, table["k"].max() + 0.7), ylim=(low - 0.03, 1.03))
    ticks = [tick / 4 for tick in range(-4, 5) if tick / 4 >= low - 0.03]
    axes.set_yticks(ticks, [words.number(tick, 2) for tick in ticks])
    axes.grid(axis="y", color=PALE, linewidth=0.4)
    axes.vlines(table["k"], table["stability_low"], table["stability_high"], color=OVER, linewidth=1)
    axes.plot(table["k"], table["silhouette"], color=GREY, linewidth=0.8, marker="o", markersize=2.5)
    fills = [OVER if chosen else "#ffffff" for chosen in table["chosen"]]
    axes.scatter(table["k"], table["stability"], s=16, c=fills, edgecolors=OVER, linewidths=1, zorder=3)
    step = max(1, -(-len(table) * 5 // int(width)))
    shown = [k for k in table["k"] if (k - table["k"].min()) % step == 0]
    axes.set_xticks(shown, [str(k) for k in shown])
    page.y += height + 2 + line(size)
    page.text(page.width - MARGIN, page.y, words("axis.groups"), size, ha="right")
    page.y += line(size) + 1.5


def group_tree(
    merges: Sequence[tuple[int, int, float]], names: Sequence[str], sizes: Sequence[int], page: Page
) -> None:
    """The tree of the groups, from the right (each by itself) to the left (all in one).

    `merges`: pairs of nodes with their distance, nearest first; groups are 0 … n-1, merges go on from n.
    """
    words, size = page.words, page.look.size
    order = leaves(merges, len(names))
    labels = [f"{names[i]} ({words.number(sizes[i])})" for i in order]
    left = label_width(labels, page)
    wrapped, heights = rows(labels, left, size, ROW)
    middles, height = stack(heights, set(), set())
    width = page.width - 2 * MARGIN - left - 3.5
    axes = page.axes(MARGIN + left + 1.5, width, height)
    farthest = max((distance for _, _, distance in merges), default=1.0) or 1.0
    nearest = min((distance for _, _, distance in merges), default=0.0)
    start = max(0.0, np.floor(20 * nearest - 1) / 20)  # the axis begins a little before the first merge
    axes.set_xlim(start, farthest + 0.04 * (farthest - start))
    at: dict[int, tuple[float, float]] = {leaf: (start, y) for leaf, y in zip(order, middles, strict=True)}
    for number, (one, other, distance) in enumerate(merges, start=len(names)):
        (x0, y0), (x1, y1) = at[one], at[other]
        axes.plot([x0, distance, distance, x1], [y0, y0, y1, y1], color=OVER, linewidth=0.8, solid_joinstyle="miter")
        at[number] = distance, (y0 + y1) / 2
    ticks = [tick / 20 for tick in range(41) if start <= tick / 20 <= farthest + 1e-9]
    ticks = ticks[:: max(1, -(-len(ticks) * 9 // max(int(width), 1)))]
    axes.set_xticks(ticks, [words.number(tick, 2) for tick in ticks])
    name_rows(axes, wrapped, middles, set())
    page.y += height + 2 + line(size)
    page.text(page.width - MARGIN, page.y, words("axis.distance"), size, ha="right")
    page.y += line(size) + 1.5


def leaves(merges: Sequence[tuple[int, int, float]], n: int) -> list[int]:
    """The order of the leaves in which no two branches cross."""
    below: dict[int, list[int]] = {leaf: [leaf] for leaf in range(n)}
    for number, (one, other, _) in enumerate(merges, start=n):
        below[number] = below.pop(one) + below.pop(other)
    return [leaf for branch in below.values() for leaf in branch]


def specificities(cells: pd.DataFrame, page: Page) -> None:
    """Bars to the right for over-used, to the left for under-used lemmas. `cells`: part (drawn), term, score."""
    words, size = page.words, page.look.size
    page.swatches([(words("mark.over"), OVER, OVER), (words("mark.under"), UNDER, UNDER)])
    terms = [clean(term) for term in cells["term"]]
    first = [i == 0 or part != cells["part"].iloc[i - 1] for i, part in enumerate(cells["part"])]
    heads = [clean(part) if begins else "" for part, begins in zip(cells["part"], first, strict=True)]
    side = max((extent(head, size, "bold") for head in heads), default=0) + 2
    left = label_width(terms, page)
    wrapped, heights = rows(terms, left, size, ROW - 0.8)
    middles, height = stack(heights, set(), {i for i, begins in enumerate(first) if begins and i})
    x = MARGIN + side + left + 1.5
    width = page.width - MARGIN - x
    axes = page.axes(x, width, height)
    scores = cells["score"].to_numpy()
    numbers = [words.number(score, 1).replace("-", "\u2212") for score in scores]
    room = max(extent(number, SMALL) for number in numbers) + 1.5
    low, high = min(0.0, scores.min()), max(0.0, scores.max())
    unit = (width - room * ((low < 0) + (high > 0))) / (high - low)
    axes.set(xlim=(low - room * (low < 0) / unit, high + room * (high > 0) / unit), xticks=[])
    axes.barh(middles, scores, height=BAR, color=[OVER if s > 0 else UNDER for s in scores], linewidth=0)
    axes.axvline(0, color=INK, linewidth=0.5)
    for score, shown, y in zip(scores, numbers, middles, strict=True):
        place = score + (0.7 if score > 0 else -0.7) / unit
        axes.text(place, y, shown, fontsize=SMALL, ha="left" if score > 0 else "right", va="center_baseline")
    name_rows(axes, wrapped, middles, set())
    for head, y in zip(heads, middles, strict=True):
        if head:
            page.text(MARGIN, page.y + y, head, size, weight="bold", va="center_baseline")
    page.y += height + 2


def afc(points: pd.DataFrame, shares: tuple[float, float], page: Page) -> int:
    """The plane of the first two axes; how many labels found no place.

    `points`: name (drawn; a point without one is a small mark), kind (column, supplementary column, row,
    supplementary row), x, y, in the order in which labels are placed.
    """
    words, size = page.words, page.look.size
    looks = {
        "column": (OVER, "bold", "normal", "s", 14), "supplementary column": (GREY, "bold", "normal", "s", 10),
        "row": (INK, "normal", "normal", "o", 4), "supplementary row": (UNDER, "normal", "italic", "^", 9),
    }  # fmt: skip
    kinds = [kind for kind in looks if (points["kind"] == kind).any()]
    names = [words(f"mark.{kind.replace(' ', '_')}") for kind in kinds]
    page.swatches(
        [(n, looks[k][0], looks[k][0]) for n, k in zip(names, kinds, strict=True)], [looks[k][3] for k in kinds]
    )
    width = page.width - 2 * MARGIN
    height = PLANE * width
    axes = page.axes(MARGIN, width, height)
    x, y = points["x"].to_numpy(), points["y"].to_numpy()
    unit = min((width - 24) / max(np.ptp(x), 1e-9), (height - 14) / max(np.ptp(y), 1e-9))  # mm a unit, both axes
    middle_x, middle_y = (x.max() + x.min()) / 2, (y.max() + y.min()) / 2
    mm_x, mm_y = width / 2 + (x - middle_x) * unit, height / 2 - (y - middle_y) * unit
    axes.set(xlim=(0, width), xticks=[], yticks=[])
    axes.axvline(width / 2 - middle_x * unit, color=PALE, linewidth=0.6)
    axes.axhline(height / 2 + middle_y * unit, color=PALE, linewidth=0.6)
    axes.spines[:].set_visible(True)
    axes.spines[:].set_color(PALE)
    named = (points["name"] != "").to_numpy()
    axes.scatter(mm_x[~named], mm_y[~named], s=1.5, c=PALE, marker="s", linewidths=0)
    for kind in kinds:
        mine = (points["kind"] == kind).to_numpy() & named
        colour, _, _, marker, area = looks[kind]
        axes.scatter(mm_x[mine], mm_y[mine], s=area, c=colour, marker=marker, linewidths=0)
    points, mm_x, mm_y = points[named], mm_x[named], mm_y[named]
    taken: list[Box] = [(px - 0.6, py - 0.6, px + 0.6, py + 0.6) for px, py in zip(mm_x, mm_y, strict=True)]
    for number, share in enumerate(shares, start=1):  # the first axis's name at the right end, the second's on top
        text = f"{words('axis.axis')} {number} ({words.number(100 * share, int(share < 0.1))} %)"
        long, high = extent(text, size), line(size)
        left, top = (width - 1 - long, height - 1 - high) if number == 1 else (1.0, 1.0)
        axes.text(left + long / 2, top + high / 2, text, fontsize=size, color=GREY, ha="center", va="center_baseline")
        taken.append((left, top, left + long, top + high))
    lost = 0
    for name, kind, px, py in zip(points["name"], points["kind"], mm_x, mm_y, strict=True):
        colour, weight, style, _, _ = looks[kind]
        label = wrap(clean(name), LONGEST_NAME, size, weight)
        parts = label.split("\n")
        long = max(extent(part, size, weight) for part in parts) + 0.4
        high = 1.3 * size * POINT * len(parts)
        found = next((b for b in around(px, py, long, high) if free(b, taken, width, height)), None)
        if found is None:
            lost += 1
            continue
        taken.append(found)
        axes.text((found[0] + found[2]) / 2, (found[1] + found[3]) / 2, label, fontsize=size, weight=weight,
                  style=style, color=colour, ha="center", va="center_baseline" if len(parts) == 1 else "center",
                  linespacing=1.1, multialignment="center")  # fmt: skip
    page.y += height + 2
    return lost


def around(x: float, y: float, long: float, high: float) -> list[Box]:
    """Where the label of a point may stand, best first: right, left, above, below, then the corners."""
    gap = 1.2
    places = [(gap, -high / 2), (-gap - long, -high / 2), (-long / 2, -gap - high), (-long / 2, gap)]
    places += [(gap / 2, -gap - high), (gap / 2, gap), (-gap / 2 - long, -gap - high), (-gap / 2 - long, gap)]
    return [(x + dx, y + dy, x + dx + long, y + dy + high) for dx, dy in places]


def free(box: Box, taken: Sequence[Box], width: float, height: float) -> bool:
    """Whether a box lies inside the plane and meets none that is taken."""
    x0, y0, x1, y1 = box
    if x0 < 0.5 or y0 < 0.5 or x1 > width - 0.5 or y1 > height - 0.5:
        return False
    return all(x1 <= a or c <= x0 or y1 <= b or d <= y0 for a, b, c, d in taken)
