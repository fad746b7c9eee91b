"""Timeline of families: in which years each of the requests that are said most often is said, and how strongly, or in
which part.

a request of 1998 and 2004 -> two dots on its line, the second darker where it urges
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pries.grammar import words as closed
from pries.publishing.figures.captions import name_largest
from pries.publishing.figures.chart import Chart, Companion, draw_nothing
from pries.publishing.figures.gallery.requests_through_text import swarm
from pries.publishing.figures.page import Page, lay_rows, name_rows
from pries.publishing.figures.parts import Pieces, divide
from pries.publishing.figures.report import Report, no_years, years_of
from pries.publishing.figures.style import GREY, MARGIN, PALE, POINT, extent
from pries.publishing.labels import clean

LABELS = ("axis.year", "note.family_timeline", "note.family_timeline_parts", "note.no_family")
MOST = 15  # families
LITTLE = closed.DETERMINERS | closed.PREPOSITIONS | closed.AND_OR | closed.OF
LETTERS = 72  # of what is asked, in the name of a family
DOT, LANES = 1.6, 3  # mm; dots on top of one another, where years stand nearer together


def count(report: Report, keys: pd.Series, order: Sequence[str]) -> pd.DataFrame:
    """Family, year, key and times: the families said most often, a row for each key of each year in the `order`.

    `keys`: of each request its modality, of which the strongest alone counts, or its part with `--by`.
    """
    of_request = dict(zip(report.obligations["obligation_id"], keys, strict=True))
    rank = {key: n for n, key in enumerate(order)}
    said = report.families.assign(
        year=report.families["doc_id"].map(years_of(report)),
        key=report.families["obligation_id"].map(of_request).map(rank),
    )
    formulas = report.histories["family"][report.histories["aside"].astype(bool)]
    said = said[said["year"].notna() & ~said["family"].isin(formulas)].astype({"year": int})
    sizes = said.groupby("family", sort=False)["year"].agg(["size", "nunique", "min"])
    most = sizes[sizes["nunique"] > 1].sort_values(["size", "min"], ascending=[False, True], kind="stable").head(MOST)
    kept = said[said["family"].isin(most.index)]
    if report.by:
        times = kept.groupby(["family", "year", "key"]).size().rename("times").reset_index()
    else:
        times = kept.groupby(["family", "year"]).agg(key=("key", "min"), times=("key", "size")).reset_index()
    counts = times.assign(key=[order[n] for n in times["key"]])
    return counts.sort_values("family", key=lambda names: names.map(list(most.index).index), kind="stable")


def name_of(report: Report, family: str) -> str:
    """What a family asks, in the words of its first request, shortened behind a word that says something."""
    ids = report.families.loc[report.families["family"] == family, "obligation_id"]
    text = clean(report.obligations.set_index("obligation_id").loc[ids.iloc[0], "action_text"]).lstrip(" ,;:")
    if len(text) <= LETTERS:
        return text
    shown = text[:LETTERS].split(" ")[:-1]
    while len(shown) > 1 and shown[-1].lower().rstrip(",;:") in LITTLE:
        shown.pop()
    return " ".join(shown).rstrip(",;:") + " …"


def draw(report: Report, page: Page) -> Companion:
    """A line a family, a dot a year, or a dot for each part of a year."""
    words, years = page.words, years_of(report)
    if years.nunique() < 2:
        return draw_nothing(page, no_years(report), pd.DataFrame(columns=["family", "year", "key", "times"]))
    pieces, keys = divide(report, page)
    counts = count(report, keys, pieces.keys)
    if not len(counts):
        return draw_nothing(page, "note.no_family", counts)
    families = counts["family"].unique().tolist()
    names = {family: name_of(report, family) for family in families}
    draw_dots(counts, names, pieces, (int(years.min()), int(years.max())), page)
    times = counts.groupby("family", sort=False)["times"].sum().rename(index=names)
    shown = dict(zip(pieces.keys, pieces.names, strict=True))
    data = counts.assign(request=counts["family"].map(names), key=counts["key"].map(shown))
    data = data.rename(columns={"key": "part" if report.by else "strength"})
    note = words("note.family_timeline_parts" if report.by else "note.family_timeline")
    return Companion([note], data, name_largest(times, words))


def draw_dots(counts: pd.DataFrame, names: dict[str, str], pieces: Pieces, years: tuple[int, int], page: Page) -> None:
    """The dots, on lanes of their line where they would touch."""
    pieces.show(page)
    same_year = int(counts.groupby(["family", "year"]).size().max())
    lanes = max(LANES, same_year)
    rows = lay_rows(list(names.values()), page, least=(lanes + 0.5) * DOT)
    x, width = MARGIN + rows.left + 1.5, page.width - 2 * MARGIN - rows.left - 4
    axes = page.axes(x, width, rows.height)
    first, last = years
    axes.set_xlim(first - 1, last + 1)
    middle = dict(zip(names, rows.middles, strict=True))
    axes.hlines(rows.middles, first - 1, last + 1, color=PALE, linewidth=0.4)
    colour, year = dict(zip(pieces.keys, pieces.colours, strict=True)), width / (last - first + 2)
    for family, mine in counts.sort_values("year", kind="stable").groupby("family", sort=False):
        lane = swarm([year * (at - first) for at in mine["year"]], DOT, lanes)
        y = [middle[str(family)] + DOT * offset for offset in lane]
        dots = axes.scatter(mine["year"], y, s=(0.9 * DOT / POINT) ** 2, c=mine["key"].map(colour), clip_on=False)
        dots.set(edgecolors=GREY, linewidths=0.3, zorder=3)
    name_rows(axes, rows.names, rows.middles, rows.apart)
    step = next(
        s for s in (1, 2, 5, 10, 20, 50, 100) if (last - first) / s <= width / (2 * extent("0000", page.look.size))
    )
    shown = [year for year in range(first, last + 1) if year % step == 0]
    axes.set_xticks(shown, [str(year) for year in shown])
    page.y += rows.height
    page.axis_name(page.words("axis.year"))


CHART = Chart(110, LABELS, draw, over_time=True)
