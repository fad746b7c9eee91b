"""Heat maps: a cell for each pair, its count in it, shaded by the square root of the count.

cell of *participants* and *États Membres*: 3
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.patches import Rectangle

from pries.publishing.figures.page import APART, Page, emphasise, lay_rows, name_rows, stack
from pries.publishing.figures.style import MARGIN, PALE, POINT, ROW, SMALL, WHITE, extent, ink_on, line, shade, wrap

WIDEST, NARROW, LONGEST = 11.0, 4.2, 34.0  # mm: greatest and least width of a cell; length of a turned label at first


def draw_heatmap(
    counts: pd.DataFrame,
    names: tuple[Sequence[str], Sequence[str]],
    heads: tuple[str, str],
    page: Page,
    apart: tuple[Collection[int], Collection[int]] = ((), ()),
    totals: bool = False,
    shades: np.ndarray | None = None,
) -> None:
    """Cells with their counts; `known_names` of rows and columns, `heads` above them, which of them stand `apart`.

    With `totals` the last row and the last column hold sums, which take no colour. `shades`: what the other cells are
    shaded by, if not by their counts.
    """
    size = page.look.size
    rows = lay_rows(names[0], page, apart[0], heads, ROW + 0.6)
    cell = min(WIDEST, (page.width - 2 * MARGIN - rows.left - 1.5 - len(apart[1]) * APART) / len(names[1]))
    centres, width = stack([cell] * len(names[1]), apart[1])
    columns, turned, label_height = lay_columns(names[1], centres, cell, size)
    x = MARGIN + rows.left + 1.5
    page.y += max(label_height, 2 * line(size)) + 1
    for i, (head, arrow) in enumerate(zip(heads, "↓→", strict=True)):
        where = x - 1.5, page.y - 1 - i * 1.1 * line(size)
        page.text(*where, f"{head} {arrow}", size, weight="bold", ha="right", va="baseline")
    axes = page.axes(x, width, rows.height)
    axes.set_xlim(0, width)
    lines = zip(rows.middles, rows.heights, strict=True)
    boxes = [[(centre, cell, middle, high) for centre in centres] for middle, high in lines]
    draw_cells(axes, counts.to_numpy(), boxes, page, totals, shades)
    name_rows(axes, rows.names, rows.middles, rows.apart)
    axes.xaxis.tick_top()
    axes.tick_params(axis="x", length=0)
    axes.set_xticks(centres, columns)
    for label in axes.get_xticklabels():
        label.set(rotation=90 if turned else 0, va="bottom", linespacing=1.1)
    emphasise(axes.get_xticklabels(), apart[1])
    page.y += rows.height + 2


def most_columns(page: Page, number: float) -> int:
    """How many columns have room beside their rows' names if `number` is the largest in them."""
    return int(0.56 * page.width / max(NARROW, extent(page.words.number(number), SMALL, "bold") + 0.8)) - 1


def lay_columns(
    labels: Sequence[str], centres: Sequence[float], cell: float, size: float
) -> tuple[list[str], bool, float]:
    """Labels of columns, whether they are turned (one would meet the next lying down), and their height."""
    wide = [extent(label, size) for label in labels]
    apart = zip(pairwise(wide), pairwise(centres), strict=True)
    if wide[0] <= cell and wide[-1] <= cell + MARGIN and all((a + b) / 2 + 0.35 <= y - x for (a, b), (x, y) in apart):
        return list(labels), False, line(size)
    most = max(1, int((cell - 0.3) / (1.1 * size * POINT)))
    length = LONGEST
    while any(wrap(label, length, size).count("\n") >= most for label in labels):
        length += 4
    wrapped = [wrap(label, length, size) for label in labels]
    return wrapped, True, max(extent(part, size) for label in wrapped for part in label.split("\n")) + 1


def draw_cells(
    axes: Axes, counts: np.ndarray, boxes: list[list[tuple[float, float, float, float]]], page: Page, totals: bool,
    shades: np.ndarray | None,
) -> None:  # fmt: skip
    """A rectangle and a number for each count; `boxes`: centre, width, middle, height of each, in mm."""
    coloured = shades if shades is not None else counts[:-1, :-1] if totals else counts
    patches, fills = [], []
    for i, row in enumerate(boxes):
        for j, (x, width, y, height) in enumerate(row):
            plain = totals and (i == len(boxes) - 1 or j == len(row) - 1)
            fill = WHITE if plain else shade(coloured[i, j], coloured.max())
            patches.append(Rectangle((x - width / 2, y - height / 2), width, height))
            fills.append(fill)
            if counts[i, j]:
                text = axes.text(
                    x, y, page.words.number(counts[i, j]), fontsize=SMALL, ha="center", va="center_baseline"
                )
                text.set(color=ink_on(fill), fontweight="bold" if plain else "normal")
    axes.add_collection(PatchCollection(patches, facecolors=fills, edgecolors=PALE, linewidths=0.4, clip_on=False))
