"""Heat maps: a cell for each pair, its count in it, shaded by the square root of the count.

cell of *participants* and *États Membres*: 3
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.patches import Rectangle

from pries.publishing.figures.page import APART, Page, column_labels, emphasise, label_width, name_rows, rows, stack
from pries.publishing.figures.style import MARGIN, PALE, ROW, SMALL, WHITE, ink_on, line, shade

CELL, NARROW, WIDE = 6.2, 4.2, 11.0  # mm: least width of a cell under actors, under sections; greatest width


def heat_map(
    counts: pd.DataFrame,
    names: tuple[Sequence[str], Sequence[str]],
    heads: tuple[str, str],
    page: Page,
    apart: tuple[set[int], set[int]] = (set(), set()),
    totals: bool = False,
) -> None:
    """Cells with their counts; `names` of rows and columns, `heads` above them, which of them stand `apart`.

    With `totals` the last row and the last column hold sums, which take no colour.
    """
    size = page.look.size
    left = label_width(names[0], page, *heads)
    wrapped, heights = rows(names[0], left, size, ROW + 0.6)
    cell = min(WIDE, (page.width - 2 * MARGIN - left - 1.5 - len(apart[1]) * APART) / len(names[1]))
    middles, height = stack(heights, apart[0] & {0}, apart[0] - {0})
    centres, width = stack([cell] * len(names[1]), apart[1] & {0}, apart[1] - {0})
    columns, turned, label_height = column_labels(names[1], centres, cell, size)
    x = MARGIN + left + 1.5
    page.y += max(label_height, 2 * line(size)) + 1
    for i, (head, arrow) in enumerate(zip(heads, "↓→", strict=True)):
        where = x - 1.5, page.y - 1 - i * 1.1 * line(size)
        page.text(*where, f"{head} {arrow}", size, weight="bold", ha="right", va="baseline")
    axes = page.axes(x, width, height)
    axes.set_xlim(0, width)
    boxes = [
        [(centre, cell, middle, high) for centre in centres] for middle, high in zip(middles, heights, strict=True)
    ]
    cells(axes, counts.to_numpy(), boxes, page, totals)
    name_rows(axes, wrapped, middles, apart[0])
    axes.xaxis.tick_top()
    axes.tick_params(axis="x", length=0)
    axes.set_xticks(centres, columns)
    for label in axes.get_xticklabels():
        label.set(rotation=90 if turned else 0, va="bottom", linespacing=1.1)
    emphasise(axes.get_xticklabels(), apart[1])
    page.y += height + 2


def cells(
    axes: Axes, counts: np.ndarray, boxes: list[list[tuple[float, float, float, float]]], page: Page, totals: bool
) -> None:
    """A rectangle and a number for each count; `boxes`: centre, width, middle, height of each, in mm."""
    coloured = counts[:-1, :-1] if totals else counts
    patches, fills = [], []
    for i, row in enumerate(boxes):
        for j, (x, width, y, height) in enumerate(row):
            plain = totals and (i == len(boxes) - 1 or j == len(row) - 1)
            fill = WHITE if plain else shade(counts[i, j], coloured.max())
            patches.append(Rectangle((x - width / 2, y - height / 2), width, height))
            fills.append(fill)
            if counts[i, j]:
                text = axes.text(
                    x, y, page.words.number(counts[i, j]), fontsize=SMALL, ha="center", va="center_baseline"
                )
                text.set(color=ink_on(fill), fontweight="bold" if plain else "normal")
    axes.add_collection(PatchCollection(patches, facecolors=fills, edgecolors=PALE, linewidths=0.4, clip_on=False))
