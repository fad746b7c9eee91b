"""Issuer and addressee: a cell for each pair of who asks and who is asked, nobody set apart.

« les gouvernements ont été priés de ratifier… » -> one more in the cell of *non nommé* and *gouvernements*
"""

from __future__ import annotations

import pandas as pd

from pries.publishing.figures.captions import name_actors, name_largest
from pries.publishing.figures.chart import Chart, Companion
from pries.publishing.figures.heatmap import draw_heatmap
from pries.publishing.figures.page import APART, Page, label_width
from pries.publishing.figures.report import Report, cross, first_rows
from pries.publishing.figures.style import MARGIN, SMALL, extent
from pries.publishing.labels import clean

LABELS = ("axis.issuer", "axis.addressee", "note.issuer_addressee", "unnamed")
CELL = 6.2  # mm: least width of a cell


def count(obligations: pd.DataFrame) -> pd.DataFrame:
    """Requests of each issuer (rows) to each addressee (columns), '' for nobody."""
    return cross(obligations["issuer_actor"], obligations["addressee_actor"])


def draw(report: Report, page: Page) -> Companion:
    """The cells, the note that a request counts once for each pair, and the pairs that there are."""
    counts = count(report.obligations)
    draw_pairs(counts, page)
    nobody = page.words("unnamed")
    pairs = counts.rename(index={"": nobody}, columns={"": nobody}).stack()
    pairs = pairs[pairs > 0]
    data = pairs.rename("requests").rename_axis(["issuer", "addressee"]).reset_index()
    named = pairs.set_axis([f"{issuer} → {addressee}" for issuer, addressee in pairs.index])
    return Companion([page.words("note.issuer_addressee")], data, name_largest(named, page.words))


def draw_pairs(counts: pd.DataFrame, page: Page) -> None:
    """Issuer × addressee, nobody ('') first; what does not fit is grouped in the last row and column."""
    words, most = page.words, page.look.actors
    heads = words("axis.issuer"), words("axis.addressee")
    left = label_width([clean(name) for name in counts.index], page, *heads)
    cell = max(CELL, extent(words.number(counts.to_numpy().max()), SMALL) + 1)
    fitting = int((page.width - 2 * MARGIN - left - 1.5 - 2 * APART) / cell) - 2
    shown, other_rows = first_rows(counts, most)
    turned, other_columns = first_rows(shown.T, max(1, min(most, fitting)))
    rows, rows_apart = name_actors(list(shown.index), other_rows, words)
    columns, columns_apart = name_actors(list(turned.index), other_columns, words)
    draw_heatmap(turned.T, (rows, columns), heads, page, (rows_apart, columns_apart))


CHART = Chart(30, LABELS, draw)
