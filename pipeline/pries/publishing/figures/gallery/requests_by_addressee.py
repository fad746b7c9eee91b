"""Requests by addressee: a bar for each addressee and one for nobody, its pieces the modalities by strength.

« Les gouvernements ont été priés de ratifier… » -> one more in the piece *demande* of the bar of *gouvernements*
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from pries.estimation.counts import NOT_NAMED
from pries.publishing.figures.bars import Interval, between, number_bars, stack, whiskers
from pries.publishing.figures.captions import label_counts, name_actors, name_largest
from pries.publishing.figures.chart import Chart, Companion
from pries.publishing.figures.page import Page, lay_rows, name_rows
from pries.publishing.figures.parts import Pieces, divide
from pries.publishing.figures.report import Report, cross, first_rows, intervals
from pries.publishing.figures.style import INK, MARGIN, PALE, SMALL, extent

LABELS = ("axis.requests", "note.requests_by_addressee", "note.estimates", "unnamed")


def count(obligations: pd.DataFrame, keys: pd.Series, columns: Sequence[str]) -> pd.DataFrame:
    """Requests of each key (a modality, or a part) to each addressee ('' for nobody), all of the keys as `columns`."""
    return cross(obligations["addressee_actor"], keys).reindex(columns=list(columns), fill_value=0)


def draw(report: Report, page: Page) -> Companion:
    """The bars, the note that a request counts once for each of its addressees, and the counts."""
    pieces, keys = divide(report, page)
    counts = count(report.obligations, keys, pieces.keys)
    known = intervals(report, "addressee") if page.look.whiskers else {}
    found = {name: known[name or NOT_NAMED] for name in counts.index if (name or NOT_NAMED) in known}
    draw_bars(counts, pieces, page, found)
    data = label_counts(counts, "addressee", page.words("unnamed"), pieces)
    notes = [page.words("note.requests_by_addressee"), *([page.words("note.estimates")] if known else [])]
    return Companion(notes, data, name_largest(counts.sum(axis=1), page.words))


def draw_bars(counts: pd.DataFrame, pieces: Pieces, page: Page, known: Mapping[str, Interval]) -> None:
    """Stacked bars, with the intervals that are known. `counts`: a row an addressee ('' first), a column a piece."""
    shown, others = first_rows(counts, page.look.addressees)
    labels, apart = name_actors(list(shown.index), others, page.words)
    pieces.show(page)
    rows = lay_rows(labels, page, apart)
    totals = shown.sum(axis=1)
    width = page.width - 2 * MARGIN - rows.left - 1.5
    axes = page.axes(MARGIN + rows.left + 1.5, width, rows.height)
    found = {row: known[name] for row, name in enumerate(shown.index) if name in known}
    room = extent(page.words.number(totals.max()), page.look.size, "bold") + 2
    room += max((extent(between(interval, page), SMALL) + 3 for interval in found.values()), default=0)
    longest = max([totals.max(), *(high for *_, high in found.values())])
    highest = longest * width / (width - room)
    axes.set_xlim(0, highest)
    stack(axes, shown, pieces, rows.middles, page, width / highest)
    number_bars(axes, totals, rows.middles, page, highest / width)
    whiskers(axes, totals, found, rows.middles, page, highest / width)
    name_rows(axes, rows.names, rows.middles, rows.apart)
    page.y += rows.height
    number_axis(axes, page, width)
    page.axis_name(page.words("axis.requests"))


def number_axis(axes: Axes, page: Page, width: float) -> None:
    """Whole numbers under the bars, faint lines behind them."""
    highest = axes.get_xlim()[1]
    locator = MaxNLocator(integer=True, steps=[1, 2, 5, 10], nbins=max(2, int(width / 10)))
    labels = {tick: page.words.number(tick) for tick in locator.tick_values(0, highest) if tick <= highest}
    room = width + MARGIN  # to the edge of the page
    fits = {t: label for t, label in labels.items() if t * width / highest + extent(label, page.look.size) / 2 <= room}
    axes.set_xticks(list(fits), list(fits.values()))
    axes.grid(axis="x", color=PALE, linewidth=0.4)
    axes.set_axisbelow(True)
    axes.axvline(0, color=INK, linewidth=0.5)


CHART = Chart(10, LABELS, draw)
