"""Charts: one function for each figure, from counts to a drawn page.

Each takes the counts that it shows (made in `figures`) and a Page with its title and legend still to come,
and fills the page: bars and cells in mm, so that letters never meet. What nobody is named for stands in a
row of its own, set apart.

    requests_by_addressee: gouvernements ████▒▒░ 14
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from pries.publishing.figures.heatmap import CELL, heat_map
from pries.publishing.figures.page import (
    APART,
    Page,
    band_labels,
    label_width,
    name_rows,
    paragraph_axis,
    rows,
    runs,
    stack,
    swarm,
)
from pries.publishing.figures.style import (
    GREY,
    INK,
    LARGE,
    MARGIN,
    PALE,
    ROW,
    SMALL,
    STEPS,
    WHITE,
    extent,
    ink_on,
    line,
    wrap,
)
from pries.publishing.labels import Words, clean

BAR = 3.4  # mm: height of a bar
DOT = 1.45  # mm: a dot with its edge
LANES = 5  # dots on top of one another
LEVEL = 7.8  # mm: a level of strength


def begin(page: Page, title: str) -> None:
    """The title over the whole width."""
    page.block(title, LARGE, weight="bold")
    page.y += 1


def nothing(page: Page) -> None:
    """A frame that says that there is nothing to draw."""
    height = 22.0
    axes = page.axes(MARGIN, page.width - 2 * MARGIN, height)
    axes.set(xticks=[], yticks=[], xlim=(0, 1))
    axes.spines[:].set_visible(True)
    axes.spines[:].set_color(PALE)
    axes.text(
        0.5, height / 2, page.words("nothing"), fontsize=page.look.size, color=GREY, ha="center", va="center_baseline"
    )
    page.y += height + 2


def requests_by_addressee(counts: pd.DataFrame, page: Page) -> None:
    """Stacked bars. `counts`: one row an addressee ('' first, for nobody), one column a modality."""
    words, size = page.words, page.look.size
    shown, others = first_rows(counts, page.look.addressees)
    labels, apart = actor_names(list(shown.index), others, words)
    page.swatches(modality_swatches(page))
    left = label_width(labels, page)
    wrapped, heights = rows(labels, left, size, ROW)
    middles, height = stack(heights, apart & {0}, apart - {0})
    totals = shown.sum(axis=1)
    width = page.width - 2 * MARGIN - left - 1.5
    axes = page.axes(MARGIN + left + 1.5, width, height)
    room = extent(words.number(totals.max()), size, "bold") + 2
    highest = totals.max() * width / (width - room)
    axes.set_xlim(0, highest)
    stacked(axes, shown, middles, page, width / highest)
    for total, y in zip(totals, middles, strict=True):
        axes.text(total + highest / width, y, words.number(total), fontsize=size, weight="bold", va="center_baseline")
    name_rows(axes, wrapped, middles, apart)
    page.y += height
    count_axis(axes, page, words("axis.requests"), width)


def clusters(counts: pd.DataFrame, labels: Sequence[str], page: Page) -> None:
    """Size of each group, then shares of modalities. `counts`: one row a group ('' last, unclassified)."""
    words, size = page.words, page.look.size
    names = [name or words("unclassified") for name in labels]
    apart = {len(names) - 1} if labels[-1] == "" else set()
    page.swatches(modality_swatches(page))
    left = label_width(names, page)
    wrapped, heights = rows(names, left, size, ROW)
    middles, height = stack(heights, set(), apart)
    totals = counts.sum(axis=1)
    x, whole = MARGIN + left + 1.5, page.width - 2 * MARGIN - left - 1.5
    narrow = 0.28 * whole
    width = whole - narrow - 3 - extent("00", size)
    titles = [wrap(words(key), w, size, "bold") for key, w in (("axis.size", narrow), ("axis.share", width))]
    head = max(title.count("\n") + 1 for title in titles) * line(size) + 0.8
    for start, title in zip((x, x + narrow + 3), titles, strict=True):
        page.text(start, page.y + head - 0.8, title, size, weight="bold", va="bottom")
    sizes = page.axes(x, narrow, height, head)
    room = extent(words.number(totals.max()), size, "bold") + 1.5
    highest = totals.max() * narrow / (narrow - room)
    sizes.set(xlim=(0, highest), xticks=[])
    sizes.barh(middles, totals, height=BAR, color="#8c8c8c", linewidth=0)
    for total, y in zip(totals, middles, strict=True):
        sizes.text(
            total + 0.8 * highest / narrow, y, words.number(total), fontsize=size, weight="bold", va="center_baseline"
        )
    name_rows(sizes, wrapped, middles, apart)
    shares = page.axes(x + narrow + 3, width, height, head)
    shares.set_xlim(0, 100)
    divided = counts.div(totals.where(totals > 0, 1), axis=0) * 100
    stacked(shares, divided, middles, page, width / 100)
    shares.set(yticks=[], xticks=range(0, 101, 25 if width > 40 else 50))
    page.y += head + height + 2 + line(size) + 1


def stacked(axes: Axes, values: pd.DataFrame, middles: Sequence[float], page: Page, scale: float) -> None:
    """Bars of the modalities side by side, strongest first, numbers where they fit; `scale`: mm a unit."""
    start = np.zeros(len(values))
    for colour, modality in zip(STEPS, page.words.modalities, strict=True):
        part = values[modality].to_numpy(dtype=float)
        axes.barh(middles, part, left=start, height=BAR, color=colour, edgecolor=WHITE, linewidth=0.5)
        for value, left, y in zip(part, start, middles, strict=True):
            text = page.words.number(value)
            if value and extent(text, SMALL) + 1 <= value * scale:
                shown = axes.text(left + value / 2, y, text, fontsize=SMALL, ha="center", va="center_baseline")
                shown.set_color(ink_on(colour))
        start += part


def themes_by_section(counts: pd.DataFrame, names: tuple[Sequence[str], Sequence[str]], part: str, page: Page) -> None:
    """Theme × part of the report. `counts`: last row and last column are totals, set apart."""
    nothing_found = {len(counts) - 2} if counts.index[-2] == "" else set()
    apart = {len(counts) - 1} | nothing_found, {len(names[1]) - 1}
    heat_map(counts, names, (page.words("axis.theme"), part), page, apart, totals=True)


def issuer_addressee(counts: pd.DataFrame, page: Page) -> None:
    """Issuer × addressee, nobody ('') first; what does not fit is grouped in the last row and column."""
    words, most = page.words, page.look.actors
    left = label_width([clean(name) for name in counts.index], page, words("axis.issuer"), words("axis.addressee"))
    cell = max(CELL, extent(words.number(counts.to_numpy().max()), SMALL) + 1)
    fitting = int((page.width - 2 * MARGIN - left - 1.5 - 2 * APART) / cell) - 2
    shown, others = first_rows(counts, most)
    turned, other_columns = first_rows(shown.T, max(1, min(most, fitting)))
    row_names, rows_apart = actor_names(list(shown.index), others, words)
    column_names, columns_apart = actor_names(list(turned.index), other_columns, words)
    heads = words("axis.issuer"), words("axis.addressee")
    heat_map(turned.T, (row_names, column_names), heads, page, (rows_apart, columns_apart))


def actor_names(index: Sequence[str], others: int, words: Words) -> tuple[list[str], set[int]]:
    """Names of actors as drawn, and which of them are set apart: nobody first, the others last."""
    labels = [clean(name) or words("unnamed") for name in index]
    apart = {0} if index[0] == "" else set()
    if others:
        labels[-1] = words("others.actor", n=words.number(others))
        apart |= {len(labels) - 1}
    return labels, apart


def requests_through_text(dots: pd.DataFrame, text: pd.DataFrame, page: Page) -> None:
    """One dot a request: its paragraph's rank in the report, its strength, whether it names an addressee.

    `dots`: position (rank from 1), modality, named. `text`: one row a paragraph, with paragraph and part.
    """
    words, size = page.words, page.look.size
    names = [words(f"modality.{m}") for m in words.modalities]
    page.swatches([(words("mark.named"), GREY, GREY), (words("mark.unnamed"), WHITE, GREY)], "oo")
    left = label_width(names, page, words("axis.strength"))
    x, width = MARGIN + left + 1.5, page.width - 2 * MARGIN - left - 1.5 - 2
    page.text(MARGIN, page.y, words("axis.strength"), size, weight="bold")
    page.y += 1.4 * line(size)
    count = len(text)
    page.y += band_labels(text, page, x, width / count) * line(size) + 0.5
    axes = page.axes(x, width, LEVEL * len(names))
    axes.set_xlim(0.5, count + 0.5)
    for number, (begin_at, end_at, _) in enumerate(runs(text["part"])):
        axes.axvspan(begin_at + 0.5, end_at + 0.5, color="#f2f2f2" if number % 2 == 0 else WHITE, linewidth=0)
    axes.hlines([LEVEL * i for i in range(len(names) + 1)], 0.5, count + 0.5, color=PALE, linewidth=0.4)
    for level, (modality, colour) in enumerate(zip(words.modalities, STEPS, strict=True)):
        mine = dots[dots["modality"] == modality].sort_values("position", kind="stable")
        levels = swarm([place * width / count for place in mine["position"]], DOT, LANES)
        y = [LEVEL * (level + 0.5) + DOT * lane for lane in levels]
        edge = colour if level < len(STEPS) - 1 else GREY
        fills = [colour if named else WHITE for named in mine["named"]]
        axes.scatter(mine["position"], y, s=11, c=fills, edgecolors=edge, linewidths=0.8, zorder=3, clip_on=False)
    name_rows(axes, names, [LEVEL * (i + 0.5) for i in range(len(names))], set())
    page.y += LEVEL * len(names)
    paragraph_axis(axes, text["paragraph"], page, width)


def first_rows(counts: pd.DataFrame, most: int) -> tuple[pd.DataFrame, int]:
    """Nobody's row and the `most` that follow; the rest added up in a last row, and how many they are."""
    kept = most + (1 if len(counts) and counts.index[0] == "" else 0)
    rest = counts.iloc[kept:]
    if len(rest) < 2:
        return counts, 0
    return pd.concat([counts.iloc[:kept], rest.sum().to_frame("…").T]), len(rest)


def modality_swatches(page: Page) -> list[tuple[str, str, str]]:
    """The legend of the modalities, strongest first."""
    return [(page.words(f"modality.{m}"), c, c) for m, c in zip(page.words.modalities, STEPS, strict=True)]


def count_axis(axes: Axes, page: Page, name: str, width: float) -> None:
    """Whole numbers under the bars, faint lines behind them, the axis's name below."""
    highest = axes.get_xlim()[1]
    locator = MaxNLocator(integer=True, steps=[1, 2, 5, 10], nbins=max(2, int(width / 10)))
    ticks = [tick for tick in locator.tick_values(0, highest) if tick <= highest]
    axes.set_xticks(ticks, [page.words.number(tick) for tick in ticks])
    axes.grid(axis="x", color=PALE, linewidth=0.4)
    axes.set_axisbelow(True)
    axes.axvline(0, color=INK, linewidth=0.5)
    page.y += 2 + line(page.look.size)
    page.text(page.width - MARGIN, page.y, name, page.look.size, ha="right")
    page.y += line(page.look.size) + 1.5
