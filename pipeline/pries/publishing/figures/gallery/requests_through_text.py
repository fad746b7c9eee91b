"""Requests through the text: a dot for each request at its paragraph; of several reports, counts in their tenths.

« les gouvernements ont été priés de ratifier… » (par. 27) -> a full dot over 27, on the line of *demande*
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes

from pries.publishing.figures.bars import corrected, without
from pries.publishing.figures.captions import list_sections, name_largest, name_part
from pries.publishing.figures.chart import Chart, Companion
from pries.publishing.figures.heatmap import draw_heatmap
from pries.publishing.figures.page import Page, label_width, name_rows
from pries.publishing.figures.parts import by_strength, head_of, part_documents
from pries.publishing.figures.report import Report, are_drawn, find_parts, paragraph_keys
from pries.publishing.figures.style import GREY, MARGIN, PALE, SMALL, STEPS, WHITE, extent, line, wrap

LABELS = (
    "axis.strength", "axis.paragraph", "axis.level", "axis.position", "mark.named", "mark.unnamed",
    "note.requests_through_text", "note.requests_through_texts", "note.estimates_named",
)  # fmt: skip
TENTHS = 10
DOT = 1.45  # mm: a dot with its edge
LANES = 5  # dots on top of one another
LEVEL = 7.8  # mm: a level of strength
STEPS_OF_TICKS = (1, 2, 5, *(10**k * m for k in range(1, 9) for m in (1, 2, 5)))


def locate(report: Report) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Of one document: a row a request (position, modality, named), and its paragraphs with their part.

    Positions are ranks of paragraphs, from 1.
    """
    kept = are_drawn(report) & (report.paragraphs["kind"] != "heading")
    text = pd.DataFrame({"paragraph": report.paragraphs["paragraph"], "part": find_parts(report)})
    text = text[kept].reset_index(drop=True)
    rank = {name: i for i, name in enumerate(text["paragraph"], 1)}
    requests = report.obligations
    position, named = requests["paragraph"].map(rank), requests["addressee_actor"] != ""
    dots = pd.DataFrame({"position": position, "modality": requests["modality"], "named": named})
    return dots.dropna().reset_index(drop=True), text


def count(report: Report, keys: pd.Series, rows: Sequence[str], strips: int = TENTHS) -> pd.DataFrame:
    """Of several documents: requests of each key (a modality, or a part) in each of `strips` strips of a report."""
    body = report.paragraphs[report.paragraphs["kind"] != "heading"]
    rank, size = body.groupby("doc_id").cumcount(), body.groupby("doc_id")["paragraph"].transform("size")
    strip_of = dict(zip(paragraph_keys(body), rank * strips // size, strict=True))
    requests = report.obligations
    strip = pd.Series([strip_of.get(key, 0) for key in paragraph_keys(requests)], requests.index, name="strip")
    return pd.crosstab(keys, strip).reindex(index=list(rows), columns=range(strips), fill_value=0)


def draw(report: Report, page: Page) -> Companion:
    """Dots for one document, cells for several; in both, the modalities by strength, or the parts of `--by`."""
    words = page.words
    by_modality = report.obligations["modality"].value_counts()
    largest = name_largest(by_modality.rename(lambda m: words(f"modality.{m}")), words)
    return draw_one(report, page, largest) if report.alone else draw_several(report, page, largest)


def draw_one(report: Report, page: Page, largest: str) -> Companion:
    """The dots of one document, the titles of its sections, and the requests with their positions."""
    words = page.words
    dots, text = locate(report)
    text["part"] = [name_part(part, words) for part in text["part"]]
    known = corrected(report, "modality", page)
    draw_dots(dots, text, page, known)
    data = dots.assign(paragraph=text["paragraph"].iloc[dots["position"].astype(int) - 1].to_numpy())
    data["modality"] = [words(f"modality.{m}") for m in data["modality"]]
    notes = [words("note.requests_through_text"), *([words("note.estimates_named")] if known else [])]
    return Companion([*notes, *list_sections(report, words)], data, largest)


def draw_several(report: Report, page: Page, largest: str) -> Companion:
    """The cells of several documents, in tenths, or in fifths where the numbers are too long for tenths."""
    words, known = page.words, {} if report.by else corrected(report, "modality", page)
    parts = part_documents(report, words, page.look.parts) if report.by else None
    rows = by_strength(words) if parts is None else parts
    keys = report.obligations["modality"] if parts is None else parts.of(report.obligations)
    counts = count(report, keys, rows.keys)
    if extent(words.number(counts.to_numpy().max()), SMALL) > 0.5 * page.width / TENTHS:
        counts = count(report, keys, rows.keys, TENTHS // 2)
    shown = [name + known.get(m, "") for m, name in zip(counts.index, rows.names, strict=True)]
    ends = [words.number((i + 1) * 100 / len(counts.columns)) for i in counts.columns]
    head = head_of(report.by, words) if report.by else words("axis.level")
    draw_heatmap(
        counts, (shown, ends), (head, words("axis.position")), page, (parts.aside(parts.names) if parts else (), ())
    )
    data = counts.set_axis(list(rows.names)).set_axis(ends, axis=1)
    data = data.rename_axis("part" if report.by else "modality").reset_index()
    notes = [words("note.requests_through_texts"), *([words("note.estimates_named")] if known else [])]
    notes += without(report, page)
    return Companion(notes, data, largest)


def draw_dots(dots: pd.DataFrame, text: pd.DataFrame, page: Page, known: Mapping[str, str]) -> None:
    """One dot a request: its paragraph's rank in the report, its strength, whether it names an addressee.

    `dots`: position (rank from 1), modality, named. `text`: one row a paragraph, with paragraph and part. `known`: what
    stands behind the name of a modality.
    """
    words, size = page.words, page.look.size
    names = [words(f"modality.{m}") + known.get(m, "") for m in words.modalities]
    page.swatches([(words("mark.named"), GREY, GREY), (words("mark.unnamed"), WHITE, GREY)], "oo")
    left = label_width(names, page, words("axis.strength"))
    names = [wrap(name, left, size) for name in names]
    x, width = MARGIN + left + 1.5, page.width - 2 * MARGIN - left - 1.5 - 2
    page.text(MARGIN, page.y, words("axis.strength"), size, weight="bold")
    page.y += 1.4 * line(size)
    count = len(text)
    page.y += name_bands(text["part"], page, x, width / count) * line(size) + 0.5
    axes = page.axes(x, width, LEVEL * len(names))
    axes.set_xlim(0.5, count + 0.5)
    for number, (begin, end, _) in enumerate(find_runs(text["part"])):
        axes.axvspan(begin + 0.5, end + 0.5, color="#f2f2f2" if number % 2 == 0 else WHITE, linewidth=0)
    axes.hlines([LEVEL * i for i in range(len(names) + 1)], 0.5, count + 0.5, color=PALE, linewidth=0.4)
    for level, (modality, colour) in enumerate(zip(words.modalities, STEPS, strict=True)):
        mine = dots[dots["modality"] == modality].sort_values("position", kind="stable")
        lanes = swarm([position * width / count for position in mine["position"]], DOT, LANES)
        y = [LEVEL * (level + 0.5) + DOT * lane for lane in lanes]
        edge = colour if level < len(STEPS) - 1 else GREY
        fills = [colour if named else WHITE for named in mine["named"]]
        axes.scatter(mine["position"], y, s=11, c=fills, edgecolors=edge, linewidths=0.8, zorder=3, clip_on=False)
    name_rows(axes, names, [LEVEL * (i + 0.5) for i in range(len(names))])
    page.y += LEVEL * len(names)
    number_paragraphs(axes, text["paragraph"], page, width)
    page.axis_name(words("axis.paragraph"), inset=2)


def number_paragraphs(axes: Axes, paragraphs: pd.Series, page: Page, width: float) -> None:
    """Numbers of paragraphs as far apart as they need."""
    most, count = max(2, int(width / 12)), len(paragraphs)
    step = next(step for step in STEPS_OF_TICKS if count / step <= most)
    room = 0.9 * step * width / count
    ticks = [
        i
        for i, name in enumerate(paragraphs, 1)
        if i == 1 or (i % step == 0 and i > step / 2 and extent(name, page.look.size) < room)
    ]
    axes.set_xticks(ticks, list(paragraphs.iloc[[i - 1 for i in ticks]]))


def name_bands(parts: pd.Series, page: Page, x: float, scale: float) -> int:
    """The part's name over each band, on as many lines as keep them apart; how many lines."""
    size = page.look.size
    ends: list[float] = []
    labels = []
    for start, end, name in find_runs(parts):
        label = wrap(name, page.width / 3, size).split("\n")[0]
        half = extent(label, size) / 2
        middle = min(x + scale * (start + end) / 2, page.width - MARGIN - half)
        lane = next((i for i, taken in enumerate(ends) if taken + 1 <= middle - half), len(ends))
        ends[lane : lane + 1] = [middle + half]
        labels.append((middle, lane, label))
    for middle, lane, label in labels:
        page.text(middle, page.y + (len(ends) - 1 - lane) * line(size), label, size, ha="center", color=GREY)
    return len(ends)


def find_runs(parts: pd.Series) -> list[tuple[int, int, str]]:
    """Runs of equal values: (first, after the last, value), from 0."""
    starts = [i for i in range(len(parts)) if i == 0 or parts.iloc[i] != parts.iloc[i - 1]]
    return [(a, b, parts.iloc[a]) for a, b in zip(starts, [*starts[1:], len(parts)], strict=True)]


def swarm(positions: Sequence[float], size: float, most: int) -> list[int]:
    """A lane for each dot, 0 the middle, then 1, -1, 2, -2 …, so that dots `size` mm wide do not touch.

    `positions` in mm, rising. Where `most` lanes are full, the one that was free first takes the dot too.
    """
    lanes = [(i + 1) // 2 * (1 if i % 2 else -1) for i in range(most)]
    last = dict.fromkeys(lanes, float("-inf"))
    chosen = []
    for x in positions:
        lane = next((i for i in lanes if x - last[i] >= size), min(lanes, key=lambda i: last[i]))
        last[lane] = x
        chosen.append(lane)
    return chosen


CHART = Chart(50, LABELS, draw)
