"""Choice of k: how stable and how well separated the groups are for each number of groups; the chosen one is filled.

91 demandes et recommandations -> a full dot over 14 groups, its stability with the 95 % interval
"""

from __future__ import annotations

import pandas as pd

from pries.publishing.figures.chart import Chart, Companion, draw_nothing
from pries.publishing.figures.page import Page
from pries.publishing.figures.report import Report
from pries.publishing.figures.style import BLUE, MARGIN, PALE, SILVER, WHITE, extent

LABELS = (
    "axis.groups", "mark.stability", "mark.silhouette", "note.k_selection", "note.one_group", "alt.chosen",
    "note.said_once",
)  # fmt: skip
HEIGHT = 45.0  # mm


def draw(report: Report, page: Page) -> Companion:
    """The curves, and the table of k as it stands."""
    table = report.k_selection
    if not len(table):
        return draw_nothing(page, "note.one_group", table)
    draw_curves(table, page)
    chosen = table.loc[table["chosen"], "k"]
    largest = page.words("alt.chosen", k=page.words.number(chosen.iloc[0])) if len(chosen) else ""
    return Companion([page.words("note.k_selection")], table, largest)


def draw_curves(table: pd.DataFrame, page: Page) -> None:
    """Stability with its 95 % interval and silhouette of each k; the chosen k is filled."""
    words = page.words
    page.swatches([(words("mark.stability"), WHITE, BLUE), (words("mark.silhouette"), SILVER, SILVER)], "os")
    room = extent(words.number(0.5, 1), page.look.size) + 2.5
    width = page.width - 2 * MARGIN - room - 2
    axes = page.axes(MARGIN + room, width, HEIGHT)
    low = min(0.0, float(table[["stability_low", "silhouette"]].min().min()))
    axes.set(xlim=(table["k"].min() - 0.7, table["k"].max() + 0.7), ylim=(low - 0.03, 1.03))
    ticks = [tick / 4 for tick in range(-4, 5) if tick / 4 >= low - 0.03]
    axes.set_yticks(ticks, [words.number(tick, 2) for tick in ticks])
    axes.grid(axis="y", color=PALE, linewidth=0.4)
    axes.vlines(table["k"], table["stability_low"], table["stability_high"], color=BLUE, linewidth=1)
    axes.plot(table["k"], table["silhouette"], color=SILVER, linewidth=0.8, marker="s", markersize=2.5)
    fills = [BLUE if chosen else WHITE for chosen in table["chosen"]]
    axes.scatter(table["k"], table["stability"], s=16, c=fills, edgecolors=BLUE, linewidths=1, zorder=3)
    step = max(1, -(-len(table) * 5 // int(width)))
    shown = [k for k in table["k"] if (k - table["k"].min()) % step == 0]
    axes.set_xticks(shown, [str(k) for k in shown])
    page.y += HEIGHT
    page.axis_name(words("axis.groups"))


CHART = Chart(60, LABELS, draw, by_parts=False, repetitions="note.said_once")
