"""The page that a chart fills from the top down, in mm, and the measures that keep its labels apart.

Matplotlib's layout engines draw a figure several times to find its margins; here each label is measured
once, rows and margins take what their labels need, and the page grows as high as its rows.

    rows(["gouvernements", "organisations de la société civile"], 30, 7.5, 4.8) -> heights 4.8 and 7.4 mm
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, cast

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Patch, Polygon, Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Affine2DBase, ScaledTranslation

from pries.publishing.figures.style import GREY, INCH, INK, MARGIN, POINT, WHITE, extent, font, line, wrap
from pries.publishing.labels import Look, Words

APART, LONGEST = 1.6, 34.0  # mm: space beside a row set apart; length of a turned label at first


class Page:
    """A figure that is filled from the top down, in mm; its height is known when it is finished."""

    def __init__(self, width: float, words: Words, look: Look) -> None:
        self.width, self.words, self.look, self.y = width, words, look, MARGIN
        self.figure = Figure(figsize=(width / INCH, 1), facecolor=WHITE)
        FigureCanvasAgg(self.figure)
        top = ScaledTranslation(0, 1, cast(Affine2DBase, self.figure.transFigure))
        self.mm = Affine2D().scale(1 / INCH, -1 / INCH) + self.figure.dpi_scale_trans + top
        self.placed: list[tuple[Axes, float, float, float, float]] = []

    def text(self, x: float, y: float, text: str, size: float, **options: Any) -> Text:
        """Write `text` at `x`, `y` mm from the top left corner."""
        made = self.figure.text(x, y, text, fontsize=size, transform=self.mm)
        made.set(**{"ha": "left", "va": "top", "color": INK, "linespacing": 1.1} | options)
        return made

    def block(self, text: str, size: float, *, weight: str = "normal", color: str = INK) -> None:
        """A paragraph over the whole width, at the current height."""
        wrapped = wrap(text, self.width - 2 * MARGIN, size, weight)
        self.text(MARGIN, self.y, wrapped, size, weight=weight, color=color)
        self.y += line(size) * (wrapped.count("\n") + 1) + 1

    def axes(self, x: float, width: float, height: float, down: float = 0) -> Axes:
        """Axes at `x` mm, `down` mm below the current height, whose y runs in mm from their top."""
        made = self.figure.add_axes((0, 0, 0.1, 0.1))
        made.set(ylim=(height, 0), facecolor="none")
        made.spines[:].set_visible(False)
        made.tick_params(labelsize=self.look.size, colors=INK, pad=1.5)
        self.placed.append((made, x, self.y + down, width, height))
        return made

    def swatches(self, entries: Sequence[tuple[str, str, str]], signs: Sequence[str] = ()) -> None:
        """A legend in lines of equal number: (label, fill, edge) of each entry, its sign a box, or o, s or ^."""
        size, high = self.look.size, line(self.look.size)
        widths = [4 + extent(label, size) + 3 for label, _, _ in entries]
        grids = ([max(widths[i::n]) for i in range(n)] for n in range(len(entries), 0, -1))
        fitting = [g for g in grids if sum(g) <= self.width - 2 * MARGIN + 3] or [[0.0]]
        lines = -(-len(entries) // len(fitting[0]))
        grid = [g for g in fitting if len(g) * lines >= len(entries)][-1]  # no more columns than lines need
        shapes = list(signs) or ["box"] * len(entries)
        for row in chunks(list(zip(entries, shapes, strict=True)), len(grid)):
            x = MARGIN
            for ((label, fill, edge), shape), width in zip(row, grid, strict=False):
                sign = self.sign(shape, x, high)
                sign.set(facecolor=fill, edgecolor=edge)
                sign.set_transform(self.mm)
                self.figure.add_artist(sign)
                self.text(x + 3.6, self.y + 0.79 * high, label, size, va="baseline")
                x += width
            self.y += 1.3 * high
        self.y += 1.5

    def sign(self, shape: str, x: float, high: float) -> Patch:
        """One sign of a legend: a box, a dot (o), a square (s) or a triangle (^)."""
        middle = self.y + 0.5 * high
        if shape == "o":
            return Circle((x + 1.4, middle), 0.9)
        if shape == "s":
            return Rectangle((x + 0.6, middle - 0.8), 1.6, 1.6)
        if shape == "^":
            return Polygon([(x + 0.5, middle + 0.8), (x + 2.3, middle + 0.8), (x + 1.4, middle - 0.8)])
        return Rectangle((x, self.y + 0.12 * high), 2.8, 0.75 * high)

    def finish(self) -> Figure:
        """Give the page its height, put the axes in place, set every letter in the one font."""
        height = self.y + MARGIN
        self.figure.set_size_inches(self.width / INCH, height / INCH)
        for axes, x, y, wide, high in self.placed:
            axes.set_position((x / self.width, 1 - (y + high) / height, wide / self.width, high / height))
        for text in self.figure.findobj(Text):
            text.set_fontproperties(font(text.get_fontsize(), str(text.get_fontweight()), text.get_fontstyle()))
        return self.figure


def rows(labels: Sequence[str], width: float, size: float, least: float) -> tuple[list[str], list[float]]:
    """Labels wrapped to `width` mm and the height in mm that each row needs, `least` or more."""
    wrapped = [wrap(label, width, size) for label in labels]
    return wrapped, [max(least, line(size) * (text.count("\n") + 1) + 0.8) for text in wrapped]


def label_width(labels: Sequence[str], page: Page, *heads: str) -> float:
    """Width in mm of the column of labels: what they need, up to 38 % of the page, and `heads` above."""
    needed = max((extent(label, page.look.size) for label in labels), default=0)
    headed = max((extent(f"{head} →", page.look.size, "bold") for head in heads), default=0)
    return max(min(needed + 0.5, 0.38 * page.width), headed)


def column_labels(
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


def stack(heights: Sequence[float], before: set[int], after: set[int]) -> tuple[list[float], float]:
    """Middles of rows, with a gap under those in `before`, over those in `after`; the sum of all heights."""
    middles, y = [], 0.0
    for i, height in enumerate(heights):
        y += APART if i in after and i > 0 else 0
        middles.append(y + height / 2)
        y += height + (APART if i in before and i < len(heights) - 1 else 0)
    return middles, y


def paragraph_axis(axes: Axes, paragraphs: pd.Series, page: Page, width: float) -> None:
    """Numbers of paragraphs as far apart as they need."""
    most = max(2, int(width / 12))
    step = next(
        s for s in (1, 2, 5, *(10**k * m for k in range(1, 9) for m in (1, 2, 5))) if len(paragraphs) / s <= most
    )
    at = [i for i, name in enumerate(paragraphs, 1) if i == 1 or (i % step == 0 and i > step / 2)]
    at = [
        i for i in at if extent(paragraphs.iloc[i - 1], page.look.size) < 0.9 * step * width / len(paragraphs) or i == 1
    ]
    axes.set_xticks(at, list(paragraphs.iloc[[i - 1 for i in at]]))
    page.y += 2 + line(page.look.size)
    page.text(page.width - MARGIN - 2, page.y, page.words("axis.paragraph"), page.look.size, ha="right")
    page.y += line(page.look.size) + 1.5


def band_labels(text: pd.DataFrame, page: Page, x: float, scale: float) -> int:
    """The part's name over each band, on as many lines as keep them apart; how many lines."""
    ends: list[float] = []
    placed = []
    for start, end, name in runs(text["part"]):
        label = wrap(name, page.width / 3, page.look.size).split("\n")[0]
        half = extent(label, page.look.size) / 2
        middle = min(x + scale * (start + end) / 2, page.width - MARGIN - half)
        lane = next((i for i, taken in enumerate(ends) if taken + 1 <= middle - half), len(ends))
        ends[lane : lane + 1] = [middle + half]
        placed.append((middle, lane, label))
    for middle, lane, label in placed:
        page.text(
            middle,
            page.y + (len(ends) - 1 - lane) * line(page.look.size),
            label,
            page.look.size,
            ha="center",
            color=GREY,
        )
    return len(ends)


def runs(parts: pd.Series) -> list[tuple[int, int, str]]:
    """Runs of equal values: (first, after the last, value), from 0."""
    starts = [i for i in range(len(parts)) if i == 0 or parts.iloc[i] != parts.iloc[i - 1]]
    return [(a, b, parts.iloc[a]) for a, b in zip(starts, [*starts[1:], len(parts)], strict=True)]


def chunks(items: Sequence[Any], length: int) -> list[Sequence[Any]]:
    """`items` in pieces of `length`."""
    return [items[i : i + length] for i in range(0, len(items), length)]


def swarm(places: Sequence[float], size: float, most: int) -> list[int]:
    """A lane for each dot, 0 the middle, then 1, -1, 2, -2 …, so that dots `size` mm wide do not touch.

    `places` in mm, rising. Where `most` lanes are full, the one that was free first takes the dot too.
    """
    lanes = [(i + 1) // 2 * (1 if i % 2 else -1) for i in range(most)]
    last = dict.fromkeys(lanes, float("-inf"))
    chosen = []
    for x in places:
        lane = next((i for i in lanes if x - last[i] >= size), min(lanes, key=lambda i: last[i]))
        last[lane] = x
        chosen.append(lane)
    return chosen


def name_rows(axes: Axes, labels: Sequence[str], middles: Sequence[float], apart: set[int]) -> None:
    """Labels of rows, those set apart in italics; lines of their own share a baseline with their numbers."""
    axes.set_yticks(middles, labels, linespacing=1.1)
    for label, text in zip(axes.get_yticklabels(), labels, strict=True):
        label.set_verticalalignment("center" if "\n" in text else "center_baseline")
    emphasise(axes.get_yticklabels(), apart)


def emphasise(labels: Sequence[Text], apart: set[int]) -> None:
    """Labels that name no actor, theme or group of their own, in italics."""
    for i in apart:
        labels[i].set_fontstyle("italic")
