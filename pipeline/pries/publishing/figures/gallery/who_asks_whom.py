"""Who asks whom, as bands: from who asks, on the left, to who is asked, as wide as there are requests.

« les gouvernements ont été priés de ratifier… » -> one more in the grey band from *non nommé* to *gouvernements*
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text

from pries.publishing.figures.captions import name_actors, name_largest
from pries.publishing.figures.chart import Chart, Companion
from pries.publishing.figures.gallery import issuer_addressee
from pries.publishing.figures.page import Page, emphasise
from pries.publishing.figures.parts import divide, edge_of
from pries.publishing.figures.report import Report, first_rows
from pries.publishing.figures.style import BLUE, GREY, INK, MARGIN, SMALL, extent, ink_on, line, wrap
from pries.publishing.labels import Words

LABELS = (
    "axis.issuer",
    "axis.addressee",
    "note.issuer_addressee",
    "note.who_asks_whom",
    "note.who_asks_whom_parts",
    "unnamed",
)
SIDE, WIDEST = 0.29, 0.38  # of the page, for the names of a side; where a word is too long for that
NODE, GAP = 2.2, 1.2  # mm: width of a node, space between two
TALLEST = 110.0  # mm: all bands together, at most
THINNEST = 0.4  # pt: what a band of one request among thousands still shows
PALEST = "#b5b5b5"  # bands with somebody who is not named
Divided = list[tuple[str, pd.DataFrame]]  # colours, and the counts of each


@dataclass(frozen=True)
class Column:
    """One side: labels as they wrap, top and height in mm of the slot of each, which holds its bar and its label."""

    labels: list[str]
    tops: list[float]
    high: list[float]


def draw(report: Report, page: Page) -> Companion:
    """The bands, a note that says what is not named, and the pairs that there are."""
    words, counts = page.words, issuer_addressee.count(report.obligations)
    draw_bands(counts, divide_pairs(report, page), page)
    nobody = words("unnamed")
    pairs = counts.rename(index={"": nobody}, columns={"": nobody}).stack()
    pairs = pairs[pairs > 0]
    data = pairs.rename("requests").rename_axis(["issuer", "addressee"]).reset_index()
    named = pairs.set_axis([f"{issuer} → {addressee}" for issuer, addressee in pairs.index])
    notes = [f"{words('note.issuer_addressee')} {unnamed(counts, words, report.by)}".rstrip()]
    return Companion(notes, data, name_largest(named, words))


def divide_pairs(report: Report, page: Page) -> Divided:
    """The colours of the parts of `--by`, each with its pairs, and the legend of them; nothing without it."""
    if not report.by:
        return []
    pieces, keys = divide(report, page)
    pieces.show(page)
    mine = [report.obligations[keys == key] for key in pieces.keys]
    return [(colour, issuer_addressee.count(rows)) for colour, rows in zip(pieces.colours, mine, strict=True)]


def unnamed(counts: pd.DataFrame, words: Words, by: str) -> str:
    """A note: how many of the pairs do not name who asks, who is asked, or both; none where all are named."""
    issuers = counts.loc[""].sum() if "" in counts.index else 0
    addressees = counts[""].sum() if "" in counts.columns else 0
    both = counts.loc["", ""] if "" in counts.index and "" in counts.columns else 0
    counted = {"issuers": issuers, "addressees": addressees, "both": both}
    shown = {name: words.number(int(n)) for name, n in counted.items()}
    note = "note.who_asks_whom_parts" if by else "note.who_asks_whom"  # bands of parts have the colours of these
    return words(note, **shown) if issuers or addressees else ""


def draw_bands(counts: pd.DataFrame, divided: Divided, page: Page) -> None:
    """Two columns of nodes, nobody ('') first, the others that do not fit in a last one, and bands between them.

    `divided`: into which colours the bands are, and the counts of each; nothing where they are of one.
    """
    words, size, most = page.words, page.look.size, page.look.actors
    shown, left_others = first_rows(counts, most)
    turned, right_others = first_rows(shown.T, most)
    table = turned.T
    heads = words("axis.issuer"), words("axis.addressee")
    page.text(MARGIN, page.y, f"{heads[0]} →", size, weight="bold")
    page.text(page.width - MARGIN, page.y, f"→ {heads[1]}", size, weight="bold", ha="right")
    page.y += 1.5 * line(size)
    scale = min(TALLEST, 6.0 * max(table.shape)) / max(float(table.to_numpy().sum()), 1)
    sums = table.sum(axis=1), table.sum(axis=0)
    named = name_actors(list(table.index), left_others, words), name_actors(list(table.columns), right_others, words)
    labels = [
        [f"{name} ·\u00a0{words.number(n)}" for name, n in zip(names, totals, strict=True)]
        for (names, _), totals in zip(named, sums, strict=True)
    ]
    whole = [label.replace(" ·", "\u00a0·") for side in labels for label in side]
    longest = max(extent(word, size) for label in whole for word in label.split(" "))
    side = min(WIDEST * page.width, max(SIDE * page.width, longest + NODE + 2))
    columns = [lay(mine, totals, scale, side, size) for mine, totals in zip(labels, sums, strict=True)]
    height = max(column.tops[-1] + column.high[-1] for column in columns)
    width = page.width - 2 * MARGIN
    axes = page.axes(MARGIN, width, height)
    axes.set(xlim=(0, width), xticks=[], yticks=[])
    ends = side, width - side
    starts = [
        draw_nodes(axes, column, totals, apart, (end, align), scale, size)
        for column, totals, (_, apart), end, align in zip(columns, sums, named, ends, ("right", "left"), strict=True)
    ]
    bands = [(colour, gather(mine, table)) for colour, mine in divided] or [("", table)]
    join(axes, bands, starts, ends, scale, page)
    page.y += height + 2


def draw_nodes(
    axes: Axes, column: Column, totals: pd.Series, apart: set[int], place: tuple[float, str], scale: float, size: float
) -> list[float]:
    """The bars of one side with their labels; `place`: where bands end and on which side labels stand. Upper edges."""
    end, align = place
    away = -1 if align == "right" else 1
    begins, texts = [], list[Text]()
    for i, (n, label, top, slot) in enumerate(zip(totals, column.labels, column.tops, column.high, strict=True)):
        begins.append(top + (slot - n * scale) / 2)
        bar = Rectangle((end, begins[-1]), away * NODE, n * scale, linewidth=0)
        bar.set_facecolor(PALEST if i == 0 and i in apart else GREY)  # nobody comes first
        axes.add_patch(bar)
        text = axes.text(end + away * (NODE + 1), top + slot / 2, label, fontsize=size, color=INK, ha=align)
        text.set(va="center" if "\n" in label else "center_baseline", multialignment=align, linespacing=1.1)
        texts.append(text)
    emphasise(texts, apart)
    return begins


def lay(labels: Sequence[str], totals: pd.Series, scale: float, side: float, size: float) -> Column:
    """A side whose labels wrap to the width `side`."""
    wrapped = [wrap(label, side - NODE - 1.5, size) for label in labels]
    high = [max(n * scale, line(size) * (text.count("\n") + 1)) for text, n in zip(wrapped, totals, strict=True)]
    return Column(wrapped, [sum(high[:i]) + i * GAP for i in range(len(high))], high)


def gather(counts: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """Counts in the rows and columns of `table`, what has none there in its last ones."""
    rows, columns = ([name if name in shown else "…" for name in names] for names, shown in
                     ((counts.index, table.index), (counts.columns, table.columns)))  # fmt: skip
    gathered = counts.set_axis(rows).set_axis(columns, axis=1).groupby(level=0).sum().T.groupby(level=0).sum().T
    return gathered.reindex(index=table.index, columns=table.columns, fill_value=0)


def join(
    axes: Axes, bands: Divided, starts: Sequence[Sequence[float]], ends: tuple[float, float], scale: float,
    page: Page,
) -> None:  # fmt: skip
    """A band for each pair and colour, in the order of both columns, its number at its beginning where it fits.

    Without a colour, a band with somebody who is not named is pale.
    """
    left, right = (list(begins) for begins in starts)
    rows, columns = bands[0][1].index, bands[0][1].columns
    for (i, issuer), (j, addressee) in product(enumerate(rows), enumerate(columns)):
        for given, table in bands:
            n = table.iloc[i, j]
            if not n:
                continue
            high = n * scale
            colour = given or (BLUE if issuer != "" and addressee != "" else PALEST)
            shape = PathPatch(band(ends, left[i], right[j], high), facecolor=colour, alpha=0.9 if given else 0.6)
            shape.set_edgecolor(edge_of(colour))
            shape.set_linewidth(THINNEST)
            axes.add_patch(shape)
            number = page.words.number(n)
            drift = abs(right[j] - left[i]) * bend((extent(number, SMALL) + 1) / (ends[1] - ends[0]))
            if drift + line(SMALL) < high:
                axes.text(
                    ends[0] + 1,
                    left[i] + high / 2,
                    number,
                    fontsize=SMALL,
                    va="center_baseline",
                    color=ink_on(given) if given else INK,
                )
            left[i] += high
            right[j] += high


def bend(share: float) -> float:
    """How much of its way up or down a band has made at this share of its way across."""
    t = min(1.0, share / 1.5)  # near its beginning, where numbers stand
    return t * t * (3 - 2 * t)


def band(ends: tuple[float, float], left: float, right: float, high: float) -> Path:
    """The outline of a band from `left` to `right` (its upper edges) that is `high` mm wide at both ends."""
    a, b = ends
    middle = (a + b) / 2
    points = [
        (a, left), (middle, left), (middle, right), (b, right), (b, right + high), (middle, right + high),
        (middle, left + high), (a, left + high), (a, left),
    ]  # fmt: skip
    return Path(points, [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY])


CHART = Chart(35, LABELS, draw)
