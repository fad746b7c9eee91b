"""Strength over time: the share of each modality in the requests of each year, or of each part.

1998: 2 *devrait*, 2 *demande*; 2004: 1 *exhortation* -> two bars, the second of one colour
"""

from __future__ import annotations

import pandas as pd

from pries.publishing.figures.bars import corrected, stack, without
from pries.publishing.figures.captions import label_counts, name_largest
from pries.publishing.figures.chart import Chart, Companion, draw_nothing
from pries.publishing.figures.page import Page, lay_rows, name_rows
from pries.publishing.figures.parts import Parts, by_strength, part_documents
from pries.publishing.figures.report import Report, no_years, years_of
from pries.publishing.figures.style import MARGIN
from pries.schema import schema

LABELS = (
    "axis.share", "note.requests_of_year", "note.requests_of_part", "note.estimates_named",
)  # fmt: skip


def count(report: Report) -> pd.DataFrame:
    """Requests of each modality in each year that has any, the earliest first."""
    years = report.obligations["doc_id"].map(years_of(report))
    counts = pd.crosstab(years[years.notna()].astype(int).rename("year"), report.obligations["modality"])
    return counts.reindex(columns=list(schema.MODALITIES), fill_value=0)


def count_parts(report: Report, parts: Parts) -> pd.DataFrame:
    """Requests of each modality in each part that has any, by its name."""
    counts = pd.crosstab(parts.of(report.obligations), report.obligations["modality"])
    counts = counts.reindex(index=parts.keys, columns=list(schema.MODALITIES), fill_value=0)
    counts = counts.set_axis(pd.Index(parts.names, name="part"))
    return counts[counts.sum(axis=1) > 0]


def draw(report: Report, page: Page) -> Companion:
    """A bar a year, or a part, with its number of requests in its name."""
    words, pieces = page.words, by_strength(page.words)
    parts = part_documents(report, words, page.look.parts) if report.by else None
    counts = count_parts(report, parts) if parts else count(report)
    data = label_counts(counts, "part" if report.by else "year", "", pieces)
    if len(counts) < 2 and not parts:
        return draw_nothing(page, no_years(report), data.head(0))
    totals = counts.sum(axis=1)
    pieces.show(page)
    known = {} if report.by else corrected(report, "date", page)
    names = [f"{part} ({words.number(n)}){known.get(str(part), '')}" for part, n in totals.items()]
    rows = lay_rows(names, page, parts.aside(list(counts.index)) if parts else ())
    x, width = MARGIN + rows.left + 1.5, page.width - 2 * MARGIN - rows.left - 3
    axes = page.axes(x, width, rows.height)
    axes.set_xlim(0, 100)
    stack(axes, counts.div(totals, axis=0) * 100, pieces, rows.middles, page, width / 100)
    name_rows(axes, rows.names, rows.middles, rows.apart)
    axes.set_xticks(range(0, 101, 25))
    page.y += rows.height
    page.axis_name(words("axis.share"))
    notes = [words("note.requests_of_part" if report.by else "note.requests_of_year"), *without(report, page)]
    notes += [words("note.estimates_named")] if known else []
    return Companion(notes, data, name_largest(totals, words))


CHART = Chart(130, LABELS, draw, over_time=True)
