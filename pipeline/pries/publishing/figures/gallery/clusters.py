"""Groups: how many requests each group of like requests holds, and the share of each modality in it.

« Les gouvernements ont été priés de ratifier… » -> one more *demande* in *respecter, ratifier · droits*
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pries.publishing.figures.bars import BAR, corrected, number_bars, stack
from pries.publishing.figures.captions import label_counts, name_largest
from pries.publishing.figures.chart import Chart, Companion
from pries.publishing.figures.page import Page, lay_rows, name_rows
from pries.publishing.figures.parts import Pieces, divide, divided_by
from pries.publishing.figures.report import Report, said_once
from pries.publishing.figures.style import MARGIN, SILVER, extent, line, wrap
from pries.publishing.labels import Words, clean

LABELS = (
    "axis.size",
    "axis.share",
    "axis.divided",
    "note.clusters",
    "note.estimates_named",
    "note.group_quality",
    "unclassified",
    "note.said_once",
)
UNCLASSIFIED = "unclassified"
BETWEEN = 3  # mm between sizes and shares


def count(obligations: pd.DataFrame, clusters: pd.DataFrame, keys: pd.Series, columns: Sequence[str]) -> pd.DataFrame:
    """Requests of each key (a modality, or a part) in each group, in the order of the clusters table; '' last.

    A request that is said more than once counts once, as its family's first says it.
    """
    obligations = said_once(obligations)
    counts = pd.crosstab(obligations["cluster"].replace(UNCLASSIFIED, ""), keys.loc[obligations.index])
    known = [c for c in clusters["cluster"] if c != UNCLASSIFIED and c in counts.index]
    order = [*known, *sorted(set(counts.index) - {*known, ""}), *({""} & set(counts.index))]
    return counts.reindex(index=order, columns=list(columns), fill_value=0)


def draw(report: Report, page: Page) -> Companion:
    """The bars, the note that a request is in one group only, and the counts."""
    pieces, keys = divide(report, page)
    counts = count(report.obligations, report.clusters, keys, pieces.keys)
    labels = dict(zip(report.clusters["cluster"], report.clusters["label"], strict=True))
    known = corrected(report, "cluster", page, "distinct")
    after = [known.get(c or UNCLASSIFIED, "") for c in counts.index]
    counts = counts.set_axis([clean(labels.get(c) or c) for c in counts.index])
    by = divided_by(report.by, page.words) if report.by else ""
    share = page.words("axis.divided", by=by) if by else page.words("axis.share")
    draw_bars(counts, pieces, page, after, share)
    data = label_counts(counts, "group", page.words("unclassified"), pieces)
    named = [page.words("note.estimates_named")] if any(after) else []
    notes = [page.words("note.clusters"), *named, *quality(report.k_selection, page.words)]
    return Companion(notes, data, name_largest(counts.sum(axis=1), page.words))


def quality(selection: pd.DataFrame, words: Words) -> list[str]:
    """A note on how well the groups are apart and how stable they are; none where their number was not chosen."""
    chosen = selection[selection["chosen"]].head(1)
    names = {"silhouette": "silhouette", "stability": "stability", "low": "stability_low", "high": "stability_high"}
    return [
        words(
            "note.group_quality",
            **{key: words.number(float(chosen[column].iloc[0]), 2) for key, column in names.items()},
        )
        for _ in range(len(chosen))
    ]


def draw_bars(counts: pd.DataFrame, pieces: Pieces, page: Page, after: Sequence[str], share: str) -> None:
    """Size of each group, then the share of each piece. `counts`: one row a group ('' last, unclassified).

    `after`: what stands behind the name of each; `share`: the head over the shares.
    """
    words, size = page.words, page.look.size
    names = [(name or words("unclassified")) + more for name, more in zip(counts.index, after, strict=True)]
    pieces.show(page)
    rows = lay_rows(names, page, {len(names) - 1} if counts.index[-1] == "" else ())
    totals = counts.sum(axis=1)
    x, whole = MARGIN + rows.left + 1.5, page.width - 2 * MARGIN - rows.left - 1.5
    narrow = 0.28 * whole
    width = whole - narrow - BETWEEN - extent("00", size)
    head = draw_heads([(x, narrow, words("axis.size")), (x + narrow + BETWEEN, width, share)], page)
    sizes = page.axes(x, narrow, rows.height, head)
    room = extent(words.number(totals.max()), size, "bold") + 1.5
    highest = totals.max() * narrow / (narrow - room)
    sizes.set(xlim=(0, highest), xticks=[])
    sizes.barh(rows.middles, totals, height=BAR, color=SILVER, linewidth=0)
    number_bars(sizes, totals, rows.middles, page, 0.8 * highest / narrow)
    name_rows(sizes, rows.names, rows.middles, rows.apart)
    shares = page.axes(x + narrow + BETWEEN, width, rows.height, head)
    shares.set_xlim(0, 100)
    divided = counts.div(totals.where(totals > 0, 1), axis=0) * 100
    stack(shares, divided, pieces, rows.middles, page, width / 100)
    shares.set(yticks=[], xticks=range(0, 101, 25 if width > 40 else 50))
    page.y += head + rows.height + 2 + line(size) + 1


def draw_heads(columns: Sequence[tuple[float, float, str]], page: Page) -> float:
    """The titles over the columns (start, width, title), which stand on one line; the height that they take."""
    size = page.look.size
    titles = [wrap(title, width, size, "bold") for _, width, title in columns]
    height = max(title.count("\n") + 1 for title in titles) * line(size) + 0.8
    for (start, _, _), title in zip(columns, titles, strict=True):
        page.text(start, page.y + height - 0.8, title, size, weight="bold", va="bottom")
    return height


CHART = Chart(40, LABELS, draw, repetitions="note.said_once")
