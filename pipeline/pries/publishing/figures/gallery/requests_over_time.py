"""Requests over time: how many there are in each year that has documents, of which parts, and which share of all.

1998: 2 documents, 12 requests of 60 -> bars of 12 and of 20 %, with what coded sentences make of both
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes

from pries.publishing.figures.bars import BAR, Interval, number_bars, stack, whiskers
from pries.publishing.figures.captions import name_largest
from pries.publishing.figures.chart import Chart, Companion, draw_nothing
from pries.publishing.figures.gallery.clusters import draw_heads
from pries.publishing.figures.page import Page, lay_rows, name_rows
from pries.publishing.figures.parts import Pieces, divide
from pries.publishing.figures.report import Report, intervals, no_years, years_of
from pries.publishing.figures.style import BLUE, MARGIN, SMALL, extent

LABELS = ("axis.size", "axis.of_all", "note.requests_over_time", "note.undated", "note.estimates")
NARROW = 0.36  # of what is left beside the names: the shares, where no interval is written behind the bars
BETWEEN = 4  # mm


def count(report: Report) -> pd.DataFrame:
    """Documents and requests of each year that has a document, the earliest first, and the share of all requests."""
    years = years_of(report)
    documents = years.value_counts().sort_index()
    requests = report.obligations["doc_id"].map(years).dropna().astype(int).value_counts()
    table = pd.DataFrame({"documents": documents, "requests": requests.reindex(documents.index, fill_value=0)})
    table["share"] = table["requests"] / max(len(report.obligations), 1)
    return table.rename_axis("year")


def count_pieces(report: Report, pieces: Pieces, keys: pd.Series, years: pd.Index) -> pd.DataFrame:
    """Requests of each piece in each of the years."""
    year = report.obligations["doc_id"].map(years_of(report))
    counts = pd.crosstab(year[year.notna()].astype(int), keys)
    return counts.reindex(index=years, columns=list(pieces.keys), fill_value=0)


def draw(report: Report, page: Page) -> Companion:
    """Two bars a year, with the number of its documents in its name; a note on what has no date."""
    counts, words = count(report), page.words
    if len(counts) < 2:
        return draw_nothing(page, no_years(report), counts.reset_index().head(0))
    pieces, keys = divide(report, page)
    by_piece = count_pieces(report, pieces, keys, counts.index) if report.by else None
    if by_piece is not None:
        pieces.show(page)
    known = {quantity: intervals(report, "date", quantity) if page.look.whiskers else {} for quantity in
             ("requests", "share")}  # fmt: skip
    rows = lay_rows([f"{year} ({words.number(n)})" for year, n in counts["documents"].items()], page)
    x, whole = MARGIN + rows.left + 1.5, page.width - 2 * MARGIN - rows.left - 1.5
    narrow = NARROW * whole if not known["requests"] else (whole - BETWEEN) / 2
    wide = whole - BETWEEN - narrow
    head = draw_heads([(x, wide, words("axis.size")), (x + wide + BETWEEN, narrow, words("axis.of_all"))], page)
    values = {"requests": counts["requests"], "share": 100 * counts["share"]}
    places = {"requests": (x, wide), "share": (x + wide + BETWEEN, narrow)}
    for quantity, (left, width) in places.items():
        times = 100 if quantity == "share" else 1
        mine = {row: known[quantity].get(str(year)) for row, year in enumerate(counts.index)}
        found = {row: (times * i[0], times * i[1], times * i[2]) for row, i in mine.items() if i}
        axes = page.axes(left, width, rows.height, head)
        scale = draw_bars(axes, values[quantity], found, rows.middles, page, width)
        if quantity == "requests":
            name_rows(axes, rows.names, rows.middles)
            if by_piece is not None:
                stack(axes, by_piece, pieces, rows.middles, page, scale)
        else:
            axes.set_yticks([])
    page.y += head + rows.height + 2
    notes = [words("note.requests_over_time"), *([words("note.estimates")] if known["requests"] else [])]
    undated = len(report.obligations) - int(counts["requests"].sum())
    notes += [words("note.undated", n=words.number(undated))] if undated else []
    data = counts if by_piece is None else counts.join(by_piece.set_axis(list(pieces.names), axis=1))
    return Companion(notes, data.reset_index(), name_largest(counts["requests"], words))


def draw_bars(
    axes: Axes, values: pd.Series, found: Mapping[int, Interval], middles: list[float], page: Page, width: float
) -> float:
    """Bars with their numbers, and the intervals that are known, in `width` mm; mm a unit."""
    room = extent(page.words.number(values.max()), page.look.size, "bold") + 2
    if found:
        longest = max((sum(end) for end in found.values()), default=0)
        room += extent(f"({page.words.number(longest, 1)} [{page.words.number(longest)} ; 00])", SMALL)
    highest = max([float(values.max()), 1e-9, *(high for *_, high in found.values())]) * width / max(width - room, 4)
    axes.set(xlim=(0, highest), xticks=[])
    axes.barh(middles, values, height=BAR, color=BLUE, linewidth=0)
    number_bars(axes, values, middles, page, highest / width)
    whiskers(axes, values, found, middles, page, highest / width)
    return width / highest


CHART = Chart(125, LABELS, draw, over_time=True)
