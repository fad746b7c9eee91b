"""Strength over time: the share of each modality in the requests of each year.

1998: 2 *devrait*, 2 *demande*; 2004: 1 *exhortation* -> two bars, the second of one colour
"""

from __future__ import annotations

import pandas as pd

from pries.publishing.figures.bars import corrected, show_modalities, stack_modalities
from pries.publishing.figures.captions import label_counts, name_largest
from pries.publishing.figures.chart import Chart, Companion, draw_nothing
from pries.publishing.figures.page import Page, lay_rows, name_rows
from pries.publishing.figures.report import Report, years_of
from pries.publishing.figures.style import MARGIN
from pries.schema import schema

LABELS = ("axis.share", "note.requests_of_year", "note.estimates_named", "note.one_date")


def count(report: Report) -> pd.DataFrame:
    """Requests of each modality in each year that has any, the earliest first."""
    years = report.obligations["doc_id"].map(years_of(report))
    counts = pd.crosstab(years[years.notna()].astype(int).rename("year"), report.obligations["modality"])
    return counts.reindex(columns=list(schema.MODALITIES), fill_value=0)


def draw(report: Report, page: Page) -> Companion:
    """A bar a year, with its number of requests in its name."""
    counts, words = count(report), page.words
    data = label_counts(counts, "year", "", words)
    if len(counts) < 2:
        return draw_nothing(page, "note.one_date", data.head(0))
    totals = counts.sum(axis=1)
    show_modalities(page)
    known = corrected(report, "date", page)
    names = [f"{year} ({words.number(n)}){known.get(str(year), '')}" for year, n in totals.items()]
    rows = lay_rows(names, page)
    x, width = MARGIN + rows.left + 1.5, page.width - 2 * MARGIN - rows.left - 3
    axes = page.axes(x, width, rows.height)
    axes.set_xlim(0, 100)
    stack_modalities(axes, counts.div(totals, axis=0) * 100, rows.middles, page, width / 100)
    name_rows(axes, rows.names, rows.middles, rows.apart)
    axes.set_xticks(range(0, 101, 25))
    page.y += rows.height
    page.axis_name(words("axis.share"))
    notes = [words("note.requests_of_year"), *([words("note.estimates_named")] if known else [])]
    return Companion(notes, data, name_largest(totals, words))


CHART = Chart(130, LABELS, draw)
