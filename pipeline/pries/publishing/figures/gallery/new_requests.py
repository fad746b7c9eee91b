"""New requests: which share of the requests of each year, or of each part, no earlier document makes.

2004: 12 families, 9 of them new -> a bar of 75 %, with 12 beside it
"""

from __future__ import annotations

import pandas as pd

from pries.publishing.figures.bars import BAR
from pries.publishing.figures.captions import name_largest
from pries.publishing.figures.chart import Chart, Companion, draw_nothing
from pries.publishing.figures.page import Page, lay_rows, name_rows
from pries.publishing.figures.parts import Parts, part_documents
from pries.publishing.figures.report import Report, no_years
from pries.publishing.figures.style import BLUE, INK, MARGIN, SMALL, ink_on

LABELS = ("axis.new", "note.new_requests", "note.new_requests_of_part", "note.said_once")


def count(renewals: pd.DataFrame) -> pd.DataFrame:
    """Families and new ones in each year that has any, the earliest first: those of its documents, added up."""
    years = renewals["date"].str[:4].rename("year")
    counts = renewals.groupby(years)[["families", "new"]].sum()
    return counts[counts["families"] > 0]


def count_parts(renewals: pd.DataFrame, parts: Parts) -> pd.DataFrame:
    """The same of each part that has any: of its documents that have a date."""
    counts = renewals.groupby(parts.of(renewals))[["families", "new"]].sum()
    counts = counts.reindex(parts.keys, fill_value=0).set_axis(pd.Index(parts.names, name="part"))
    return counts[counts["families"] > 0]


def draw(report: Report, page: Page) -> Companion:
    """A bar a year, or a part, with its number of requests in its name."""
    words, years = page.words, count(report.renewals)
    parts = part_documents(report, words, page.look.parts) if report.by else None
    counts = count_parts(report.renewals, parts) if parts else years
    if len(years) < 2:
        return draw_nothing(page, no_years(report), counts.reset_index().head(0))
    names = [f"{part} ({words.number(n)})" for part, n in counts["families"].items()]
    rows = lay_rows(names, page, parts.aside(list(counts.index)) if parts else ())
    x, width = MARGIN + rows.left + 1.5, page.width - 2 * MARGIN - rows.left - 3
    axes = page.axes(x, width, rows.height)
    axes.set_xlim(0, 100)
    shares = counts["new"] / counts["families"] * 100
    axes.barh(rows.middles, shares, height=BAR, color=BLUE, linewidth=0)
    for share, y in zip(shares, rows.middles, strict=True):
        inside = share > 15
        text = axes.text(share, y, f" {words.number(share)} ", fontsize=SMALL, va="center_baseline")
        text.set(ha="right" if inside else "left", color=ink_on(BLUE) if inside else INK)
    name_rows(axes, rows.names, rows.middles, rows.apart)
    axes.set_xticks(range(0, 101, 25))
    page.y += rows.height
    page.axis_name(words("axis.new"))
    note = words("note.new_requests_of_part" if report.by else "note.new_requests")
    return Companion([note], counts.reset_index(), name_largest(counts["families"], words))


CHART = Chart(120, LABELS, draw, over_time=True, repetitions="note.said_once")
