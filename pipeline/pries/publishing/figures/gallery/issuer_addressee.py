"""Issuer and addressee: a cell for each pair of who asks and who is asked, nobody set apart; by part, a row a pair.

« les gouvernements ont été priés de ratifier… » -> one more in the cell of *non nommé* and *gouvernements*
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pries.publishing.figures.captions import name_actors, name_largest
from pries.publishing.figures.chart import Chart, Companion
from pries.publishing.figures.heatmap import draw_heatmap
from pries.publishing.figures.page import APART, Page, label_width
from pries.publishing.figures.parts import Parts, head_of, part_documents
from pries.publishing.figures.report import Report, cross, first_rows, unaccented
from pries.publishing.figures.style import MARGIN, SMALL, extent
from pries.publishing.labels import Words, clean
from pries.store.cells import distinct

LABELS = ("axis.issuer", "axis.addressee", "note.issuer_addressee", "others.actor", "unnamed")
CELL = 6.2  # mm: least width of a cell


def count(obligations: pd.DataFrame) -> pd.DataFrame:
    """Requests of each issuer (rows) to each addressee (columns), '' for nobody."""
    return cross(obligations["issuer_actor"], obligations["addressee_actor"])


def count_pairs(obligations: pd.DataFrame, keys: pd.Series) -> pd.DataFrame:
    """Requests of each issuer to each addressee (rows: both names) in each part: nobody to nobody, then the most."""
    cells = {"issuer": obligations["issuer_actor"], "addressee": obligations["addressee_actor"]}
    pairs = pd.DataFrame({role: names.map(distinct) for role, names in cells.items()}).assign(key=keys)
    pairs = pairs.explode("issuer").explode("addressee")
    counts = pd.crosstab([pairs["issuer"], pairs["addressee"]], pairs["key"])
    totals = counts.sum(axis=1)
    order = sorted(totals.index, key=lambda pair: (any(pair), -totals[pair], *map(unaccented, pair), *pair))
    return counts.loc[order]


def draw(report: Report, page: Page) -> Companion:
    """The cells, the note that a request counts once for each pair, and the pairs that there are."""
    if report.by:
        return draw_by_part(report, part_documents(report, page.words, page.look.divided), page)
    counts = count(report.obligations)
    draw_pairs(counts, page)
    nobody = page.words("unnamed")
    pairs = counts.rename(index={"": nobody}, columns={"": nobody}).stack()
    pairs = pairs[pairs > 0]
    data = pairs.rename("requests").rename_axis(["issuer", "addressee"]).reset_index()
    named = pairs.set_axis([f"{issuer} → {addressee}" for issuer, addressee in pairs.index])
    return Companion([page.words("note.issuer_addressee")], data, name_largest(named, page.words))


def draw_by_part(report: Report, parts: Parts, page: Page) -> Companion:
    """A row for each of the pairs that there are most of, a column for each part."""
    words, most = page.words, page.look.actors
    counts = count_pairs(report.obligations, parts.of(report.obligations)).reindex(columns=parts.keys, fill_value=0)
    names = [name_pair(pair, words) for pair in counts.index]
    counts = counts.set_axis(pd.Index(names, name="pair"))
    nobody = bool(len(counts)) and counts.index[0] == name_pair(("", ""), words)
    shown, others = first_rows(counts.rename({names[0]: ""}) if nobody else counts, most)
    rows = [str(name) or names[0] for name in shown.index]
    rows[-1] = words("others.actor", n=words.number(others)) if others else rows[-1]
    heads = f"{words('axis.issuer')} › {words('axis.addressee')}", head_of(report.by, words)
    apart = ({0} if nobody else set()) | ({len(rows) - 1} if others else set())
    draw_heatmap(shown, (rows, parts.names), heads, page, (apart, parts.aside(parts.names)))
    data = counts.set_axis(parts.names, axis=1)
    return Companion([words("note.issuer_addressee")], data.reset_index(), name_largest(counts.sum(axis=1), words))


def name_pair(pair: Sequence[str], words: Words) -> str:
    """A pair as its row is called: `non nommé › gouvernements`."""
    return " › ".join(clean(name) or words("unnamed") for name in pair)


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
