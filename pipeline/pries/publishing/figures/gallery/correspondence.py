"""Correspondence analysis: parts, lemmas and actors on the plane of the first two axes, and the parts of `--by`.

No letters meet: a label that finds no free place beside its point is left out, its point stays.

    *diaspora*, 13 of its 19 times in VIII -> a small dot beyond the square of VIII
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from pries.publishing.figures.captions import list_sections, name_parts
from pries.publishing.figures.chart import Chart, Companion, TextUnits, draw_nothing
from pries.publishing.figures.page import Page
from pries.publishing.figures.parts import Parts, divided_by, part_documents
from pries.publishing.figures.report import Report
from pries.publishing.figures.spelling import spell
from pries.publishing.figures.style import BLUE, GREY, INK, MARGIN, PALE, POINT, RUST, SMALL, extent, line, wrap
from pries.publishing.labels import clean

LABELS = (
    "note.correspondence", "note.mapped_parts", "note.no_plane", "note.one_axis", "note.part_means", "note.words",
    "alt.axes", "axis.axis",
    "axis.percent",
    "mark.column", "mark.supplementary_column", "mark.row", "mark.supplementary_row",
)  # fmt: skip
PLANE = 0.72  # height of the map in widths
LONGEST_NAME = 30.0  # mm
FEW = 20  # parts: a line may join the name of one to its point, as far as FAR
FAR = (3.0, 5.0, 7.0, 9.0, 12.0, 15.0, 18.0)  # mm
Box = tuple[float, float, float, float]  # left, top, right, bottom in mm


@dataclass(frozen=True)
class Mark:
    """How one kind of point looks: its label in the legend, the colour, the letters, the sign and its area."""

    label: str
    colour: str
    weight: str
    style: str
    sign: str
    area: int


MARKS = {
    "column": Mark("mark.column", BLUE, "bold", "normal", "s", 14),
    "supplementary column": Mark("mark.supplementary_column", GREY, "bold", "normal", "D", 11),
    "row": Mark("mark.row", INK, "normal", "normal", "o", 4),
    "supplementary row": Mark("mark.supplementary_row", RUST, "normal", "italic", "^", 9),
}


def count_words(report: Report) -> int:
    """The words in the table of the correspondence analysis."""
    active = report.afc[(report.afc["side"] == "column") & ~report.afc["supplementary"] & (report.afc["axis"] == 1)]
    return int(active["frequency"].sum())


def count(afc: pd.DataFrame, lemmas: int) -> pd.DataFrame:
    """The points of the first plane: columns, the `lemmas` that contribute most, a third as many actors, by mentions.

    Columns: name, kind, x, y.
    """
    points = afc[afc["axis"] <= 2]
    if points["axis"].nunique() < 2:
        return pd.DataFrame(columns=["name", "kind", "x", "y"])
    measures, point = ["coordinate", "contribution", "frequency"], ["side", "supplementary", "name"]
    wide = points.pivot_table(measures, point, "axis", sort=False)
    weight = wide["contribution", 1] + wide["contribution", 2]
    coordinates = {"x": wide["coordinate", 1], "y": wide["coordinate", 2]}
    plane = pd.DataFrame(coordinates | {"weight": weight, "frequency": wide["frequency", 1]}).reset_index()
    sides = zip(plane["supplementary"], plane["side"], strict=True)
    plane["kind"] = ["supplementary " * supplementary + side for supplementary, side in sides]
    plane = plane.sort_values(["weight", "frequency"], ascending=False, kind="stable")  # supplementary: no weight
    most = {"row": lemmas, "supplementary row": lemmas // 3}
    kinds = [plane[plane["kind"] == kind].head(most.get(kind, len(plane))) for kind in MARKS]
    return pd.concat(kinds)[["name", "kind", "x", "y"]].reset_index(drop=True)


def place_parts(afc: pd.DataFrame, parts: Parts) -> pd.DataFrame:
    """The points of parts of documents: supplementary columns, which are the documents' points on average.

    Each document weighs as its words do: what a table of sums of its columns would give.
    """
    documents = afc[(afc["side"] == "column") & afc["name"].isin(parts.documents.index)]
    key = documents["name"].map(parts.documents)
    sums = (
        documents.assign(coordinate=documents["coordinate"] * documents["frequency"])
        .groupby([key.rename("key"), "axis"])[["coordinate", "frequency"]]
        .sum()
    )
    name = dict(zip(parts.keys, parts.names, strict=True))
    points = sums.assign(coordinate=sums["coordinate"] / sums["frequency"]).reset_index()
    return points.assign(side="column", supplementary=True, contribution=0.0, name=points["key"].map(name))


def draw(report: Report, page: Page) -> Companion:
    """The plane, notes on labels and parts that are left out and on sections, and the coordinates."""
    words, mapped, by = page.words, page.look.mapped, "" if report.by == "document" else report.by
    divided = [place_parts(report.afc, part_documents(report, words, page.look.parts))] if by else []
    points = count(pd.concat([report.afc, *divided]), page.look.lemmas)
    if not len(points):
        return draw_nothing(page, "note.one_axis" if len(report.afc_axes) else "note.no_plane", points)
    columns = points["kind"].isin(["column"] if by else ["column", "supplementary column"])
    symbols = name_parts(report, points["name"], words)
    names = [symbol if c else n for n, symbol, c in zip(points["name"], symbols, columns, strict=True)]
    lemmas = points["kind"] == "row"
    first, second = report.afc_axes["share"].head(2)
    named = points.assign(name=names)
    active = points["kind"] == "column"  # those that contribute most come first
    without = active & (active.cumsum() > (0 if by else mapped))
    order = points.index[points["kind"] != "column"] if by else points.index  # those of --by find their places first
    drawn = named.assign(name=named["name"].mask(without, ""))
    drawn.loc[lemmas, "name"] = spell(drawn.loc[lemmas, "name"], report)
    drawn = drawn.loc[[*order, *points.index.difference(order)]]
    lost = draw_plane(drawn, (first, second), page)
    notes = [words("note.correspondence", n=words.number(lost))]
    if by:
        notes.insert(0, words("note.part_means", by=divided_by(by, words)))
    elif without.any():
        notes.insert(0, words("note.mapped_parts", n=words.number(mapped), all=words.number(int(active.sum()))))
    notes += list_sections(report, words) if report.alone else []
    axes = words("alt.axes", first=words.number(100 * first, 1), second=words.number(100 * second, 1))
    return Companion(notes, named, axes)


def draw_plane(points: pd.DataFrame, shares: tuple[float, float], page: Page) -> int:
    """The plane of the first two axes; how many labels found no place.

    `points`: name (drawn; a point without one is a small mark), kind (one of MARKS), x, y, in the order in which
    labels are placed.
    """
    named = (points["name"] != "").to_numpy()
    kinds = [kind for kind in MARKS if (points.loc[named, "kind"] == kind).any()]
    entries = [(page.words(MARKS[kind].label), MARKS[kind].colour, MARKS[kind].colour) for kind in kinds]
    page.swatches(entries, [MARKS[kind].sign for kind in kinds])
    width = page.width - 2 * MARGIN
    height = PLANE * width
    axes = page.axes(MARGIN, width, height)
    x, y = points["x"].to_numpy(), points["y"].to_numpy()
    unit = min((width - 24) / max(np.ptp(x), 1e-9), (height - 14) / max(np.ptp(y), 1e-9))  # mm a unit, both axes
    middle_x, middle_y = (x.max() + x.min()) / 2, (y.max() + y.min()) / 2
    mm_x, mm_y = width / 2 + (x - middle_x) * unit, height / 2 - (y - middle_y) * unit
    axes.set(xlim=(0, width), xticks=[], yticks=[])
    axes.axvline(width / 2 - middle_x * unit, color=PALE, linewidth=0.6)
    axes.axhline(height / 2 + middle_y * unit, color=PALE, linewidth=0.6)
    axes.spines[:].set_visible(True)
    axes.spines[:].set_color(PALE)
    axes.scatter(mm_x[~named], mm_y[~named], s=3, c=PALE, marker="s", linewidths=0)
    for kind in kinds:
        mine, mark = (points["kind"] == kind).to_numpy() & named, MARKS[kind]
        axes.scatter(mm_x[mine], mm_y[mine], s=mark.area, c=mark.colour, marker=mark.sign, linewidths=0)
    points, mm_x, mm_y = points[named], mm_x[named], mm_y[named]
    taken: list[Box] = [(px - 0.6, py - 0.6, px + 0.6, py + 0.6) for px, py in zip(mm_x, mm_y, strict=True)]
    taken += name_axes(axes, shares, page, width, height)
    taken += number_axes(axes, (middle_x, middle_y), unit, page, (width, height), taken)
    lost, few = 0, points["kind"].str.endswith("column").sum() <= FEW
    for name, kind, px, py in zip(points["name"], points["kind"], mm_x, mm_y, strict=True):
        mark = MARKS[kind]
        label = wrap(clean(name), LONGEST_NAME, page.look.size, mark.weight)
        box = find_place(label, mark, (px, py), taken, page.look.size, (width, height))
        if box is None and few and kind.endswith("column"):
            box = find_far_place(label, mark, (px, py), taken, page.look.size, (width, height))
            if box is not None:
                end = min(max(px, box[0]), box[2]), min(max(py, box[1]), box[3])
                axes.plot([px, end[0]], [py, end[1]], color=mark.colour, linewidth=0.4)
                taken += along((px, py), end)
        if box is None:
            lost += 1
            continue
        taken.append(box)
        axes.text((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, label, fontsize=page.look.size, weight=mark.weight,
                  style=mark.style, color=mark.colour, ha="center", va="center" if "\n" in label else "center_baseline",
                  linespacing=1.1, multialignment="center")  # fmt: skip
    page.y += height + 2
    return lost


def name_axes(axes: Axes, shares: Sequence[float], page: Page, width: float, height: float) -> list[Box]:
    """The name of the first axis at the right end, of the second on top, each with its share; their boxes."""
    words, size, boxes = page.words, page.look.size, []
    for number, share in enumerate(shares, start=1):
        text = f"{words('axis.axis')} {number} ({words('axis.percent', n=words.number(100 * share, int(share < 0.1)))})"
        long, high = extent(text, size), line(size)
        left, top = (width - 1 - long, height - 1 - high) if number == 1 else (1.0, 1.0)
        axes.text(left + long / 2, top + high / 2, text, fontsize=size, color=GREY, ha="center", va="center_baseline")
        boxes.append((left, top, left + long, top + high))
    return boxes


def number_axes(
    axes: Axes, middle: tuple[float, float], unit: float, page: Page, plane: tuple[float, float], taken: Sequence[Box]
) -> list[Box]:
    """Values along the lower and the left border, each with a tick, where they meet no name of an axis; their boxes."""
    (width, height), size, boxes = plane, SMALL, list[Box]()
    high, numbers = line(size), MaxNLocator(nbins=6, steps=[1, 2, 2.5, 5, 10])
    for along, long in enumerate((width, height)):
        half = long / 2 / unit
        for value in numbers.tick_values(middle[along] - half, middle[along] + half):
            text = page.words.number(value, 0 if value == round(value) else 2)
            wide = extent(text, size)
            if along == 0:
                at = width / 2 + (value - middle[0]) * unit
                box, tick = (
                    (at - wide / 2, height - 1.5 - high, at + wide / 2, height - 1.5),
                    ([at] * 2, [height - 1, height]),
                )
            else:
                at = height / 2 - (value - middle[1]) * unit
                box, tick = (1.5, at - high / 2, 1.5 + wide, at + high / 2), ([0, 1], [at] * 2)
            if not is_free(box, [*taken, *boxes], width, height):
                continue
            axes.plot(*tick, color=GREY, linewidth=0.5)
            axes.text((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, text, fontsize=size, color=GREY, ha="center",
                      va="center_baseline")  # fmt: skip
            boxes.append(box)
    return boxes


def find_place(
    label: str, mark: Mark, point: tuple[float, float], taken: Sequence[Box], size: float, plane: tuple[float, float]
) -> Box | None:
    """The best free place for the label of a point, or None: right, left, above, below, then the corners."""
    long, high = measure(label, mark, size)
    gap = 1.2
    places = [(gap, -high / 2), (-gap - long, -high / 2), (-long / 2, -gap - high), (-long / 2, gap)]
    places += [(gap / 2, -gap - high), (gap / 2, gap), (-gap / 2 - long, -gap - high), (-gap / 2 - long, gap)]
    x, y = point
    boxes = [(x + dx, y + dy, x + dx + long, y + dy + high) for dx, dy in places]
    return next((box for box in boxes if is_free(box, taken, *plane)), None)


def find_far_place(
    label: str, mark: Mark, point: tuple[float, float], taken: Sequence[Box], size: float, plane: tuple[float, float]
) -> Box | None:
    """The nearest free place for the label of a point that a line joins to it, and no label is in between; or None."""
    long, high = measure(label, mark, size)
    x, y = point
    labels = [box for box in taken if box[2] - box[0] > 2]
    for far, turn in product(FAR, range(16)):
        cos, sin = np.cos(turn * np.pi / 8), np.sin(turn * np.pi / 8)
        left, top = x + cos * (far + long / 2) - long / 2, y + sin * (far + high / 2) - high / 2
        box = left, top, left + long, top + high
        end = min(max(x, left), left + long), min(max(y, top), top + high)
        if is_free(box, taken, *plane) and all(is_free(step, labels, *plane) for step in along(point, end)):
            return box
    return None


def along(start: tuple[float, float], end: tuple[float, float]) -> list[Box]:
    """Small boxes along a line, which other labels keep clear of."""
    steps = max(2, int(np.hypot(end[0] - start[0], end[1] - start[1]) / 0.8))
    middles = [
        (start[0] + (end[0] - start[0]) * i / steps, start[1] + (end[1] - start[1]) * i / steps) for i in range(steps)
    ]
    return [(px - 0.3, py - 0.3, px + 0.3, py + 0.3) for px, py in middles]


def measure(label: str, mark: Mark, size: float) -> tuple[float, float]:
    """Width and height of a label."""
    lines = label.split("\n")
    return max(extent(text, size, mark.weight) for text in lines) + 0.4, 1.3 * size * POINT * len(lines)


def is_free(box: Box, taken: Sequence[Box], width: float, height: float) -> bool:
    """Whether a box lies inside the plane and meets none that is taken."""
    x0, y0, x1, y1 = box
    if x0 < 0.5 or y0 < 0.5 or x1 > width - 0.5 or y1 > height - 0.5:
        return False
    return all(x1 <= a or c <= x0 or y1 <= b or d <= y0 for a, b, c, d in taken)


CHART = Chart(90, LABELS, draw, TextUnits("note.words", count_words))
