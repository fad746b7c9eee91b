"""Reinert's classes: the tree of the cuts, each class with its share of the segments and the lemmas that mark it.

─┬─┬─ ███ 11 %  classe 1   diaspora (62), connaissance (26), contribuer (18) …
 │ └─ ███ 12 %  classe 2   concret (41), action (33), recommandation (31) …
 └─── ██████ …

By part, a table of the segments of each class in each part instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from pries.publishing.figures.bars import BAR
from pries.publishing.figures.captions import name_largest
from pries.publishing.figures.chart import Chart, Companion, TextUnits, draw_nothing
from pries.publishing.figures.heatmap import draw_heatmap, most_columns
from pries.publishing.figures.page import Page
from pries.publishing.figures.parts import Parts, head_of, part_documents
from pries.publishing.figures.report import Report
from pries.publishing.figures.spelling import spell
from pries.publishing.figures.style import BLUE, INK, MARGIN, PALE, extent, line, wrap
from pries.publishing.labels import Words, clean

LABELS = (
    "axis.class", "axis.classes", "axis.class_of", "axis.percent", "note.reinert", "note.reinert_parts",
    "note.indicative", "note.no_class", "note.by_chance", "note.segments", "total",
)  # fmt: skip
TREE, BARS, GAP = 0.13, 0.13, 2.0  # of the width: the tree, the longest bar; mm between blocks
LEAST = 3.84  # χ² of a cell that is shaded: at 5 %, one degree of freedom
Merge = tuple[int, int]


def count_segments(report: Report) -> int:
    """The text segments that have a class."""
    return int(report.reinert_classes["segments"].sum())


def count_all_segments(report: Report) -> int:
    """The text segments that were to be classified; 0 where there is no class."""
    share = report.reinert_classes["of_all"].sum()
    return round(count_segments(report) / share) if share else 0


def count(terms: pd.DataFrame, most: int) -> pd.DataFrame:
    """The `most` lemmas with the highest χ² of each class: class, term, f, F, chi2."""
    kept = terms[~terms["supplementary"] & (terms["chi2"] > 0)].groupby("class", sort=False).head(most)
    return kept[["class", "term", "f", "F", "chi2"]].reset_index(drop=True)


def merge_classes(tree: pd.DataFrame) -> list[Merge]:
    """The tree of the classes from below: pairs of nodes, classes 0 … n-1 in their order, merges from n on."""
    names = zip(tree["node"], tree["class"], strict=True)
    number: dict[int, int] = {node: i for i, node in enumerate(node for node, name in names if name)}
    classes = len(number)
    merges: list[Merge] = []
    for node in reversed(tree["node"].tolist()):  # each stands before those that it was cut into
        below = tree.loc[tree["parent"] == node, "node"].tolist()
        if len(below) == 2:
            merges.append((number[below[0]], number[below[1]]))
            number[node] = classes + len(merges) - 1
    return merges


@dataclass(frozen=True)
class Block:
    """One class as it is drawn: its name, its share (0 to 1), its terms with their χ²."""

    name: str
    share: float
    terms: Sequence[str]

    def wrapped(self, width: float, size: float) -> str:
        """The terms with commas between, in lines of `width` mm, no term parted from its number."""
        return wrap(", ".join(term.replace(" (", "\u00a0(") for term in self.terms), width, size)


def draw(report: Report, page: Page) -> Companion:
    """The classes, a note on how many segments have one and whether they can be relied on, and the lemmas."""
    words, classes, merges = page.words, report.reinert_classes, merge_classes(report.reinert_tree)
    terms = count(report.reinert_terms, page.look.terms)
    if len(merges) != len(classes) - 1 or not merges:
        return draw_nothing(page, "note.by_chance" if len(report.reinert_tree) else "note.no_class", terms)
    if report.by:
        return draw_parts(report, page)
    names = [words("axis.class", n=str(n)) for n in range(1, len(classes) + 1)]
    shown = [
        f"{clean(term)} ({words.number(value)})"
        for term, value in zip(spell(terms["term"], report), terms["chi2"], strict=True)
    ]
    blocks = [
        Block(
            words("axis.class_of", name=name, n=words.number(size)),
            share,
            [text for text, mine in zip(shown, terms["class"], strict=True) if mine == c],
        )
        for name, c, size, share in zip(names, classes["class"], classes["segments"], classes["share"], strict=True)
    ]
    draw_classes(blocks, merges, page)
    share = words.number(100 * classes["of_all"].sum())
    note = words("note.reinert", share=share, all=words.number(count_all_segments(report)))
    note = " ".join([note, *indicative(classes, words)])
    labels = [f"{name} : {label}" for name, label in zip(names, spell_label(classes, report), strict=True)]
    data = terms.merge(classes[["class", "segments", "share"]], "left", "class")
    return Companion([note], data, name_largest(pd.Series(classes["segments"].to_numpy(), labels), words))


def count_parts(segments: pd.DataFrame, classes: Sequence[str], parts: Parts) -> pd.DataFrame:
    """Segments of each class in each part, those that have a class."""
    kept = segments[segments["class"] != ""]
    counts = pd.crosstab(kept["class"], parts.of(kept))
    return counts.reindex(index=list(classes), columns=parts.keys, fill_value=0)


def attract(counts: np.ndarray) -> np.ndarray:
    """χ² of the 2 × 2 table of each cell that holds more than expected, 0 in the others and under `LEAST`."""
    n, row, column = counts.sum(), counts.sum(axis=1, keepdims=True), counts.sum(axis=0, keepdims=True)
    excess = counts * n - row * column
    spread = np.maximum(row * column * (n - row) * (n - column), 1)
    chi2 = excess / spread * excess * n
    return np.where((excess > 0) & (chi2 >= LEAST), chi2, 0.0)


def draw_parts(report: Report, page: Page) -> Companion:
    """A cell for each class and part with its number of segments, shaded where they are more than expected."""
    words, classes = page.words, report.reinert_classes
    most = min(page.look.parts, most_columns(page, count_segments(report)) - 2)
    parts = part_documents(report, words, most)
    counts = count_parts(report.text_segments, classes["class"].tolist(), parts)
    shades = attract(counts.to_numpy().astype(float))
    counts.loc["total"] = counts.sum()
    counts["total"] = counts.sum(axis=1)
    total = words("total")
    named = [
        f"{words('axis.class', n=str(n))} ({clean(label)})" for n, label in enumerate(spell_label(classes, report), 1)
    ]
    rows, columns = [*named, total], [*parts.names, total]
    heads = words("axis.classes"), head_of(report.by, words)
    draw_heatmap(
        counts,
        (rows, columns),
        heads,
        page,
        ({len(rows) - 1}, {len(columns) - 1} | parts.aside(parts.names)),
        True,
        shades,
    )
    data = counts.set_axis(rows).set_axis(columns, axis=1).rename_axis("class").reset_index()
    share = words.number(100 * classes["of_all"].sum())
    note = words(
        "note.reinert_parts", share=share, all=words.number(count_all_segments(report)), least=words.number(LEAST, 2)
    )
    largest = name_largest(pd.Series(counts["total"].to_numpy()[:-1], named), words)
    return Companion([note, *indicative(classes, words)], data, largest)


def spell_label(classes: pd.DataFrame, report: Report) -> list[str]:
    """The label of each class: the terms that mark it most, as the texts write them."""
    return [", ".join(spell(label.split(", "), report)) for label in classes["label"]]


def indicative(classes: pd.DataFrame, words: Words) -> list[str]:
    """A note where the classes cannot be relied on."""
    return [words("note.indicative")] if classes["indicative"].any() else []


def draw_classes(blocks: Sequence[Block], merges: Sequence[Merge], page: Page) -> None:
    """The classes from the top down, in the order of the tree.

    `merges`: pairs of nodes, those below first; classes are 0 … n-1, merges go on from n.
    """
    words, size = page.words, page.look.size
    high = line(size)
    shares = [words("axis.percent", n=words.number(100 * block.share)) for block in blocks]
    tree, bar = TREE * page.width, BARS * page.width
    left = MARGIN + tree + 1 + bar + 1 + max(extent(share, size) for share in shares) + GAP
    names = [wrap(block.name, page.width - MARGIN - left, size, "bold") for block in blocks]
    wrapped = [block.wrapped(page.width - MARGIN - left, size) for block in blocks]
    deep = [1 + name.count("\n") for name in names]
    heights = [high * (lines + 1 + text.count("\n")) + GAP for lines, text in zip(deep, wrapped, strict=True)]
    tops = [sum(heights[:i]) for i in range(len(blocks))]
    middles = [top + high / 2 for top in tops]
    axes = page.axes(MARGIN, page.width - 2 * MARGIN, sum(heights))
    axes.set(xlim=(0, page.width - 2 * MARGIN), xticks=[], yticks=[])
    draw_tree(axes, merges, middles, tree)
    longest = max(block.share for block in blocks)
    lengths = [bar * block.share / longest for block in blocks]
    axes.barh(middles, lengths, left=tree + 1, height=BAR * 0.8, color=BLUE, linewidth=0)
    axes.plot([tree + 1] * 2, [0, sum(heights) - GAP], color=PALE, linewidth=0.5, zorder=0)
    for name, lines, share, length, text, top in zip(names, deep, shares, lengths, wrapped, tops, strict=True):
        axes.text(tree + 2 + length, top + high / 2, share, fontsize=size, color=INK, va="center_baseline")
        page.text(left, page.y + top, name, size, weight="bold")
        page.text(left, page.y + top + lines * high, text, size)
    page.y += sum(heights)


def draw_tree(axes: Axes, merges: Sequence[Merge], middles: Sequence[float], width: float) -> None:
    """The brackets of the cuts, `width` mm in all, from the classes (right) to the whole text (left)."""
    level, at = [0] * len(middles), list(middles)
    for one, other in merges:
        level.append(1 + max(level[one], level[other]))
        at.append((at[one] + at[other]) / 2)
    step = width / (level[-1] + 0.5)
    place = [width - step * deep for deep in level]
    for number, (one, other) in enumerate(merges, start=len(middles)):
        x, (y0, y1) = place[number], (at[one], at[other])
        bracket = [place[one], x, x, place[other]], [y0, y0, y1, y1]
        axes.plot(*bracket, color=BLUE, linewidth=0.8, solid_joinstyle="miter")
    axes.plot([place[-1] - step / 2, place[-1]], [at[-1]] * 2, color=BLUE, linewidth=0.8)


CHART = Chart(100, LABELS, draw, TextUnits("note.segments", count_segments))
