"""The page that a chart fills from the top down, in mm, and the measures that keep its labels apart.

Matplotlib's layout engines draw a figure several times to find its margins; here each label is measured
once, rows and margins take what their labels need, and the page grows as high as its rows.

    lay_rows(["gouvernements", "organisations de la société civile"], page) -> heights 4.8 and 7.4 mm
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Patch, Polygon, Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Affine2DBase, ScaledTranslation

from pries.publishing.figures.fonts import CURRENT, font
from pries.publishing.figures.style import GREY, INCH, INK, MARGIN, PALE, ROW, WHITE, extent, line, wrap
from pries.publishing.labels import Look, Words

APART = 1.6  # mm: space beside a row set apart
EMPTY = 22.0  # mm: height of a frame with nothing in it


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
        """A legend in lines of equal number: (label, fill, edge) of each entry, its sign a box, or o, s, D or ^.

        A label that is wider than the page alone is wrapped.
        """
        size, high = self.look.size, line(self.look.size)
        widths = [4 + extent(label, size) + 3 for label, _, _ in entries]
        grids = ([max(widths[i::n]) for i in range(n)] for n in range(len(entries), 0, -1))
        fitting = [g for g in grids if sum(g) <= self.width - 2 * MARGIN + 3] or [[0.0]]
        lines = -(-len(entries) // len(fitting[0]))
        grid = [g for g in fitting if len(g) * lines >= len(entries)][-1]  # no more columns than lines need
        shapes = list(signs) or ["box"] * len(entries)
        signed = list(zip(entries, shapes, strict=True))
        for first in range(0, len(signed), len(grid)):
            x, deep = MARGIN, 0
            for ((label, fill, edge), shape), width in zip(signed[first:], grid, strict=False):
                sign = self.sign(shape, x, high)
                sign.set(facecolor=fill, edgecolor=edge)
                sign.set_transform(self.mm)
                self.figure.add_artist(sign)
                if width > 0:
                    self.text(x + 3.6, self.y + 0.79 * high, label, size, va="baseline")
                else:  # the only column, narrower than a label
                    wrapped = wrap(label, self.width - 2 * MARGIN - 3.6, size)
                    self.text(x + 3.6, self.y, wrapped, size)
                    deep = wrapped.count("\n")
                x += width
            self.y += (1.3 + deep) * high
        self.y += 1.5

    def sign(self, shape: str, x: float, high: float) -> Patch:
        """One sign of a legend: a box, a dot (o), a square (s), a diamond (D) or a triangle (^)."""
        middle = self.y + 0.5 * high
        if shape == "o":
            return Circle((x + 1.4, middle), 0.9)
        if shape == "s":
            return Rectangle((x + 0.6, middle - 0.8), 1.6, 1.6)
        if shape == "D":
            return Polygon([(x + 1.4 + dx, middle + dy) for dx, dy in ((-1.1, 0), (0, 1.1), (1.1, 0), (0, -1.1))])
        if shape == "^":
            return Polygon([(x + 0.5, middle + 0.8), (x + 2.3, middle + 0.8), (x + 1.4, middle - 0.8)])
        return Rectangle((x, self.y + 0.12 * high), 2.8, 0.75 * high)

    def axis_name(self, name: str, inset: float = 0) -> None:
        """The name of the axis below the numbers of the axes that end here, `inset` mm from the right margin."""
        self.y += 2 + line(self.look.size)
        self.text(self.width - MARGIN - inset, self.y, name, self.look.size, ha="right")
        self.y += line(self.look.size) + 1.5

    def empty_frame(self, label: str) -> None:
        """A frame that says, by the `label`, that there is nothing to draw."""
        axes = self.axes(MARGIN, self.width - 2 * MARGIN, EMPTY)
        axes.set(xticks=[], yticks=[], xlim=(0, 1))
        axes.spines[:].set_visible(True)
        axes.spines[:].set_color(PALE)
        text = axes.text(0.5, EMPTY / 2, self.words(label), fontsize=self.look.size, color=GREY)
        text.set(ha="center", va="center_baseline")
        self.y += EMPTY + 2

    def finish(self) -> Figure:
        """Give the page its height, put the axes in place, set every letter in the one font."""
        height = self.y + MARGIN
        self.figure.set_size_inches(self.width / INCH, height / INCH)
        for axes, x, y, wide, high in self.placed:
            axes.set_position((x / self.width, 1 - (y + high) / height, wide / self.width, high / height))
        for text in self.figure.findobj(Text):
            text.set_text(CURRENT.get().spelt(text.get_text()))
            text.set_fontproperties(font(float(text.get_fontsize()), str(text.get_fontweight()), text.get_fontstyle()))
        return self.figure


@dataclass(frozen=True)
class Rows:
    """Rows with a name each, in mm: the width of the names, how they wrap, heights, middles, the sum of heights."""

    left: float
    names: list[str]
    heights: list[float]
    middles: list[float]
    height: float
    apart: frozenset[int]


def lay_rows(
    labels: Sequence[str], page: Page, apart: Iterable[int] = (), heads: Sequence[str] = (), least: float = ROW
) -> Rows:
    """Rows as high as their `labels` need, `least` or more; those in `apart` set apart; `heads` above the labels."""
    size = page.look.size
    left, apart = label_width(labels, page, *heads), frozenset(apart)
    names = [wrap(label, left, size) for label in labels]
    heights = [max(least, line(size) * (name.count("\n") + 1) + 0.8) for name in names]
    return Rows(left, names, heights, *stack(heights, apart), apart)


def stack(heights: Sequence[float], apart: Collection[int]) -> tuple[list[float], float]:
    """Middles of rows, and the sum of all heights; a gap parts those in `apart` from the others.

    The gap is under the first row, and over any other.
    """
    middles, y = [], 0.0
    for i, height in enumerate(heights):
        y += APART if i in apart and i > 0 else 0
        middles.append(y + height / 2)
        y += height + (APART if i == 0 and i in apart and len(heights) > 1 else 0)
    return middles, y


def label_width(labels: Sequence[str], page: Page, *heads: str) -> float:
    """Width in mm of the column of labels: what they need, up to 38 % of the page, and `heads` above."""
    needed = max((extent(label, page.look.size) for label in labels), default=0)
    headed = max((extent(f"{head} →", page.look.size, "bold") for head in heads), default=0)
    return max(min(needed + 0.5, 0.38 * page.width), headed)


def name_rows(axes: Axes, labels: Sequence[str], middles: Sequence[float], apart: Iterable[int] = ()) -> None:
    """Labels of rows, those set apart in italics; lines of their own share a baseline with their numbers."""
    axes.set_yticks(middles, labels, linespacing=1.1)
    for label, text in zip(axes.get_yticklabels(), labels, strict=True):
        label.set_verticalalignment("center" if "\n" in text else "center_baseline")
    emphasise(axes.get_yticklabels(), apart)


def emphasise(labels: Sequence[Text], apart: Iterable[int]) -> None:
    """Labels that name no actor, theme or group of their own, in italics."""
    for i in apart:
        labels[i].set_fontstyle("italic")
