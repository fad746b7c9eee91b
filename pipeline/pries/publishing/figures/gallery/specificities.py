"""Specificities: the lemmas that mark each part, over-used to the right, under-used to the left.

*diaspora*, 13 of its 19 times in VIII -> a bar of 7,3 to the right (by chance: 10 to the power of -7.3)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from pries.grammar.words import FUNCTION_WORDS
from pries.publishing.figures.bars import BAR
from pries.publishing.figures.captions import list_sections, name_largest, name_parts
from pries.publishing.figures.chart import Chart, Companion, TextUnits, draw_nothing
from pries.publishing.figures.page import Page, Rows, lay_rows, name_rows, stack
from pries.publishing.figures.parts import name_values
from pries.publishing.figures.report import PARTS, Report, are_drawn
from pries.publishing.figures.spelling import spell
from pries.publishing.figures.style import BLUE, INK, MARGIN, ROW, SAND, SMALL, extent, line, wrap
from pries.publishing.labels import clean
from pries.schema.statistics import OWN_COLUMN

LABELS = (
    "mark.over", "mark.under", "note.specificities", "note.no_function_words", "note.largest_parts",
    "note.no_specificity", "note.words",
)  # fmt: skip


SIDE = 0.26  # of the page, at most: the names of the parts


def select_lemmas(report: Report) -> pd.DataFrame:
    """The scores of lemmas in the parts that are compared: sections, documents, or values of a column."""
    kind = "section" if report.alone else "document"
    if report.by:
        kind = report.by if report.by in PARTS else OWN_COLUMN + report.by
    cells = report.specificities
    return cells[(cells["part_kind"] == kind) & (cells["unit"] == "lemma")]


def count_words(report: Report) -> int:
    """The words of the whole that parts are compared with."""
    lemmas = select_lemmas(report)
    return int(lemmas["T"].max()) if len(lemmas) else 0


def count(report: Report, over: int, under: int, most: int, function_words: bool = False) -> tuple[pd.DataFrame, int]:
    """The strongest lemmas of each part, `over` over-used and `under` under-used: part, term, score.

    Of more than `most` parts only those with most words are kept; the number of all parts comes second. Annexes in
    which nothing is asked (programmes, lists) are left out: their words would dwarf all others; and so are function
    words unless they are wanted.
    """
    drawn = set(report.paragraphs.loc[are_drawn(report), "section"].str.split(".").str[0])
    cells = select_lemmas(report)
    annex = cells["part"].str.startswith("annex") & (cells["part_kind"] == "section")
    cells = cells[~annex | cells["part"].isin(drawn)]
    cells = cells[~cells["term"].isin(FUNCTION_WORDS) | function_words]
    sizes = cells.groupby("part", sort=False)["t"].first()
    cells = cells[cells["part"].isin(sizes.nlargest(most).index)]
    kept = []
    for _, part in cells.groupby("part", sort=False):
        ranked = part.sort_values(["score", "term"], ascending=[False, True])
        kept += [ranked[ranked["score"] > 0].head(over), ranked[ranked["score"] < 0].tail(under)]
    strongest = pd.concat(kept) if kept else cells
    return strongest[["part", "term", "score"]].reset_index(drop=True), len(sizes)


def draw(report: Report, page: Page) -> Companion:
    """The bars, notes on parts left out and on sections, and the scores."""
    words, look = page.words, page.look
    cells, parts = count(report, look.over_used, look.under_used, look.parts, look.function_words)
    if not len(cells):
        return draw_nothing(page, "note.no_specificity", cells)
    parts_named = name_values(report, cells["part"]) if report.by else name_parts(report, cells["part"], words)
    named = cells.assign(part=parts_named)
    named = named.assign(drawn=spell(named["term"], report))
    draw_bars(named, page)
    notes = [words("note.specificities")]
    if not look.function_words:
        notes[0] += f" {words('note.no_function_words')}"
    if parts > look.parts:
        notes.append(words("note.largest_parts", n=words.number(look.parts), all=words.number(parts)))
    notes += list_sections(report, words) if report.alone else []
    scores = pd.Series(named["score"].to_numpy(), named["part"] + " : " + named["drawn"])
    return Companion(notes, named.drop(columns="drawn"), name_largest(scores, words, 1))


def draw_bars(cells: pd.DataFrame, page: Page) -> None:
    """Bars: to the right over-used lemmas, to the left under-used ones. `cells`: part and drawn (names), score."""
    words, size = page.words, page.look.size
    page.swatches([(words("mark.over"), BLUE, BLUE), (words("mark.under"), SAND, SAND)])
    starts = [i for i, part in enumerate(cells["part"]) if i == 0 or part != cells["part"].iloc[i - 1]]
    names = {i: clean(cells["part"].iloc[i]) for i in starts}
    side = min(max(extent(name, size, "bold") for name in names.values()), SIDE * page.width)
    heads = {i: wrap(name, side, size, "bold") for i, name in names.items()}
    terms = [clean(term) for term in cells["drawn"]]
    rows = make_room(lay_rows(terms, page, starts[1:], least=ROW - 0.8), heads, size)
    side += 2
    x = MARGIN + side + rows.left + 1.5
    width = page.width - MARGIN - x
    axes = page.axes(x, width, rows.height)
    scores = cells["score"].to_numpy()
    numbers = [words.number(score, 1) for score in scores]
    room = max(extent(number, SMALL) for number in numbers) + 1.5
    low, high = min(0.0, float(scores.min())), max(0.0, float(scores.max()))  # numpy's True + True is True
    unit = (width - room * ((low < 0) + (high > 0))) / (high - low)
    axes.set(xlim=(low - room * (low < 0) / unit, high + room * (high > 0) / unit), xticks=[])
    axes.barh(rows.middles, scores, height=BAR, color=[BLUE if s > 0 else SAND for s in scores], linewidth=0)
    axes.axvline(0, color=INK, linewidth=0.5)
    for score, number, y in zip(scores, numbers, rows.middles, strict=True):
        end, side_of_end = score + (0.7 if score > 0 else -0.7) / unit, "left" if score > 0 else "right"
        axes.text(end, y, number, fontsize=SMALL, ha=side_of_end, va="center_baseline")
    name_rows(axes, rows.names, rows.middles)
    for i, head in heads.items():
        y = page.y + rows.middles[i]
        if "\n" in head:
            page.text(MARGIN, y - line(size) / 2, head, size, weight="bold")
        else:
            page.text(MARGIN, y, head, size, weight="bold", va="center_baseline")
    page.y += rows.height + 2


def make_room(rows: Rows, heads: Mapping[int, str], size: float) -> Rows:
    """The rows, the last of each part as much higher as the name beside its rows (by the first of them) needs."""
    heights, ends = list(rows.heights), [*list(heads)[1:], len(rows.heights)]
    for (first, head), end in zip(heads.items(), ends, strict=True):
        needed = (head.count("\n") + 1) * line(size) + (heights[first] - line(size)) / 2
        heights[end - 1] += max(0.0, needed - sum(heights[first:end]))
    middles, height = stack(heights, rows.apart)
    return replace(rows, heights=heights, middles=middles, height=height)


CHART = Chart(80, LABELS, draw, TextUnits("note.words", count_words))
