"""Themes by section: a cell for each theme in each part of the report, and totals in which a request counts once.

« les gouvernements ont été priés de ratifier… » (par. 27, V.A) -> one more for *Droits de l’homme et justice* in V
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pries.estimation.counts import NO_THEME
from pries.publishing.figures.bars import corrected
from pries.publishing.figures.captions import list_sections, name_largest, name_parts
from pries.publishing.figures.chart import Chart, Companion
from pries.publishing.figures.heatmap import draw_heatmap, most_columns
from pries.publishing.figures.page import Page
from pries.publishing.figures.parts import head_of, part_documents
from pries.publishing.figures.report import Report, are_drawn, cross, find_parts, paragraph_keys
from pries.publishing.labels import Words, clean
from pries.schema import schema

LABELS = (
    "axis.theme", "axis.section", "axis.role", "note.themes_by_section", "note.estimates_named", "total",
    "no_section", "no_theme",
)  # fmt: skip
TOTAL = "total"


def count(report: Report, most: int) -> pd.DataFrame:
    """Requests of each theme in each part; totals (a request once in the last row) as last row and column.

    One document: top-level sections in order; several, or more sections than `most`: roles of sections.
    """
    parts, drawn = find_parts(report), are_drawn(report)
    if parts[drawn].nunique() > most:
        parts = report.paragraphs["section_role"]
    requests = report.obligations
    present = dict.fromkeys(parts[drawn])
    order = [p for p in schema.SECTION_ROLES if p in present] if are_roles(parts) else list(present)
    part_of = dict(zip(paragraph_keys(report.paragraphs), parts, strict=True))
    part = pd.Series([part_of.get(key, "") for key in paragraph_keys(requests)], requests.index, dtype="str")
    return cross_themes(requests, part, [*order, *({""} & set(part) - set(order))])


def cross_themes(requests: pd.DataFrame, part: pd.Series, columns: Sequence[str]) -> pd.DataFrame:
    """Requests of each theme in each part, those of no theme after all others, and the totals."""
    counts = cross(requests["theme"], part).reindex(columns=list(columns), fill_value=0)
    counts = counts.loc[[*(name for name in counts.index if name), *({""} & set(counts.index))]]
    counts.loc[TOTAL] = [int((part == name).sum()) for name in counts.columns]
    counts[TOTAL] = counts.sum(axis=1)
    return counts


def are_roles(parts: pd.Series) -> bool:
    """Whether all parts are roles of sections, such as body and annex."""
    return bool(parts.isin(schema.SECTION_ROLES).all())


def count_parts(report: Report, words: Words, most: int) -> tuple[pd.DataFrame, list[str], str, set[int]]:
    """The counts, the names of their parts (sections, roles, those of `--by`), the head over these, which are aside."""
    if report.by:
        parts = part_documents(report, words, most - 2)
        counts = cross_themes(report.obligations, parts.of(report.obligations), parts.keys)
        return counts, parts.names, head_of(report.by, words), parts.aside(parts.names)
    counts = count(report, most)
    found = list(counts.columns[:-1])
    head = words("axis.role" if are_roles(pd.Series(found, dtype="str")) else "axis.section")
    return counts, [name or words("no_section") for name in name_parts(report, found, words)], head, set()


def draw(report: Report, page: Page) -> Companion:
    """The cells, the totals set apart, the titles of the sections, and the counts."""
    words = page.words
    counts, names, head, aside = count_parts(report, words, most_columns(page, len(report.obligations)))
    total = words("total")
    names = [*names, total]
    themes = [*(clean(report.themes.get(t, t)) or words("no_theme") for t in counts.index[:-1]), total]
    known = corrected(report, "theme", page) | {TOTAL: corrected(report, "all", page).get("", "")}
    shown = [name + known.get(key or NO_THEME, "") for key, name in zip(counts.index, themes, strict=True)]
    heads = words("axis.theme"), head
    no_theme = {len(counts) - 2} if counts.index[-2] == "" else set()
    apart = {len(counts) - 1} | no_theme, {len(names) - 1} | aside
    draw_heatmap(counts, (shown, names), heads, page, apart, totals=True)
    data = counts.set_axis(themes).set_axis(names, axis=1)
    notes = [
        words("note.themes_by_section"),
        *([words("note.estimates_named")] if any(known.values()) else []),
        *(list_sections(report, words) if head == words("axis.section") else []),
    ]
    return Companion(notes, data.rename_axis("theme").reset_index(), name_largest(data[total].iloc[:-1], words))


CHART = Chart(20, LABELS, draw)
