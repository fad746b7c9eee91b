"""Timeline of families: in which years each of the requests that are said most often is said, and how strongly.

a request of 1998 and 2004 -> two dots on its line, the second darker where it urges
"""

from __future__ import annotations

import pandas as pd

from pries.grammar import words as closed
from pries.publishing.figures.bars import show_modalities
from pries.publishing.figures.captions import name_largest
from pries.publishing.figures.chart import Chart, Companion, draw_nothing
from pries.publishing.figures.page import Page, lay_rows, name_rows
from pries.publishing.figures.report import Report, years_of
from pries.publishing.figures.style import GREY, MARGIN, PALE, POINT, STEPS, extent
from pries.publishing.labels import Words, clean

LABELS = ("axis.year", "note.family_timeline", "note.one_date", "note.no_family")
MOST = 15  # families
LITTLE = closed.DETERMINERS | closed.PREPOSITIONS | closed.AND_OR | closed.OF
LETTERS = 72  # of what is asked, in the name of a family
DOT = 1.8  # mm, less where years stand nearer together


def count(report: Report, words: Words) -> pd.DataFrame:
    """Family, year, strength (the greatest of the year, 0 the strongest) and times; the families said most often."""
    strength = {modality: n for n, modality in enumerate(words.modalities)}
    asked = report.obligations.set_index("obligation_id")
    said = report.families.assign(
        year=report.families["doc_id"].map(years_of(report)),
        strength=report.families["obligation_id"].map(asked["modality"]).map(strength),
    )
    formulas = report.histories["family"][report.histories["aside"].astype(bool)]
    said = said[said["year"].notna() & ~said["family"].isin(formulas)].astype({"year": int})
    sizes = said.groupby("family", sort=False)["year"].agg(["size", "nunique", "min"])
    most = sizes[sizes["nunique"] > 1].sort_values(["size", "min"], ascending=[False, True], kind="stable").head(MOST)
    kept = said[said["family"].isin(most.index)].groupby(["family", "year"])["strength"].agg(["min", "size"])
    counts = kept.reset_index().set_axis(["family", "year", "strength", "times"], axis=1)
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
    """A line a family, a dot a year."""
    words, years = page.words, years_of(report)
    if years.nunique() < 2:
        return draw_nothing(page, "note.one_date", pd.DataFrame(columns=["family", "year", "strength", "times"]))
    counts = count(report, words)
    if not len(counts):
        return draw_nothing(page, "note.no_family", counts)
    families = counts["family"].unique().tolist()
    names = {family: name_of(report, family) for family in families}
    draw_dots(counts, names, (int(years.min()), int(years.max())), page)
    times = counts.groupby("family", sort=False)["times"].sum().rename(index=names)
    data = counts.assign(
        request=counts["family"].map(names),
        strength=[words(f"modality.{words.modalities[s]}") for s in counts["strength"]],
    )
    return Companion([words("note.family_timeline")], data, name_largest(times, words))


def draw_dots(counts: pd.DataFrame, names: dict[str, str], years: tuple[int, int], page: Page) -> None:
    """The dots."""
    show_modalities(page)
    rows = lay_rows(list(names.values()), page)
    x, width = MARGIN + rows.left + 1.5, page.width - 2 * MARGIN - rows.left - 4
    axes = page.axes(x, width, rows.height)
    first, last = years
    axes.set_xlim(first - 1, last + 1)
    middle = dict(zip(names, rows.middles, strict=True))
    axes.hlines(rows.middles, first - 1, last + 1, color=PALE, linewidth=0.4)
    y = counts["family"].map(middle)
    colours = [STEPS[strength] for strength in counts["strength"]]
    dot = min(DOT, 0.9 * width / (last - first + 2)) / POINT
    axes.scatter(counts["year"], y, s=dot**2, c=colours, edgecolors=GREY, linewidths=0.5, zorder=3, clip_on=False)
    name_rows(axes, rows.names, rows.middles, rows.apart)
    step = next(
        s for s in (1, 2, 5, 10, 20, 50, 100) if (last - first) / s <= width / (2 * extent("0000", page.look.size))
    )
    shown = [year for year in range(first, last + 1) if year % step == 0]
    axes.set_xticks(shown, [str(year) for year in shown])
    page.y += rows.height
    page.axis_name(page.words("axis.year"))


CHART = Chart(110, LABELS, draw)
