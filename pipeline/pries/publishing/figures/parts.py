"""Parts: what `--by` divides the documents into, and how figures show it beside what they show without it.

Parts are years (periods, where there are many years), documents, or the values of a column of metadata.csv. A figure
shows those that ask most; the others are one more part, and so are the documents that have none.

    organe: Comité, Conseil, … -> a dark piece and a pale one in every bar, and one of *autres (5)*
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from pries.publishing.figures.page import Page
from pries.publishing.figures.report import Report, values_of
from pries.publishing.figures.style import DIVIDED, GREY, PALE, STEPS, WHITE
from pries.publishing.labels import Words, clean

PERIODS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)  # years


@dataclass(frozen=True)
class Parts:
    """The parts in their order: a key for each, its name, how many of them hold what one value says, and documents."""

    keys: list[str]
    names: list[str]
    named: int  # the first of them; then come the others, and what has none
    documents: pd.Series  # the key of each document, by doc_id

    def aside(self, names: Sequence[str]) -> set[int]:
        """Which of the names are no value of their own: the others together, and what has none."""
        return {i for i, name in enumerate(names) if name in self.names[self.named :]}

    def of(self, rows: pd.DataFrame) -> pd.Series:
        """The key of the part of each row of a table, by its doc_id."""
        return rows["doc_id"].map(self.documents)


@dataclass(frozen=True)
class Pieces:
    """What bars are divided into: a key for each piece, its name in the legend, its colour."""

    keys: Sequence[str]
    names: Sequence[str]
    colours: Sequence[str]

    def show(self, page: Page) -> None:
        """The legend."""
        edges = [edge_of(colour) for colour in self.colours]
        page.swatches(list(zip(self.names, self.colours, edges, strict=True)))


def edge_of(colour: str) -> str:
    """The edge that a fill needs to be seen on the page."""
    return GREY if colour == WHITE else colour


def by_strength(words: Words) -> Pieces:
    """The modalities, strongest first."""
    return Pieces(words.modalities, [words(f"modality.{m}") for m in words.modalities], STEPS)


def divide(report: Report, page: Page) -> tuple[Pieces, pd.Series]:
    """The pieces of bars of requests, and the key of each request: its modality, or with `--by` its part."""
    if not report.by:
        return by_strength(page.words), report.obligations["modality"]
    parts = part_documents(report, page.words, page.look.divided)
    return pieces_of(parts), parts.of(report.obligations)


def pieces_of(parts: Parts) -> Pieces:
    """Parts as pieces: shades apart in grey print as in colour, the others pale, what has none white."""
    step = (max(DIVIDED, parts.named) - 1) / max(parts.named - 1, 1)
    shades = [STEPS[round(i * step)] for i in range(parts.named)]
    rest = [PALE if key == "others" else WHITE for key in parts.keys[parts.named :]]
    return Pieces(parts.keys, parts.names, [*shades, *rest])


def part_documents(report: Report, words: Words, most: int) -> Parts:
    """The parts of the documents: the `most` that ask most in their order, the others together, what has none."""
    values = values_of(report)
    if report.by == "date":
        values = periods(values, most)
    given = [value for value in dict.fromkeys(values) if value]
    ordered = sorted(given, key=_place) if report.by == "date" or all(map(_is_number, given)) else given
    asked = report.obligations["doc_id"].map(values).value_counts()
    most += len(ordered) == most + 1  # a single other is itself
    largest = sorted(ordered, key=lambda value: -asked.get(value, 0))[:most]
    shown = [value for value in ordered if value in largest]
    others = [value for value in ordered if value not in largest]
    key = {value: str(i) for i, value in enumerate(shown)} | dict.fromkeys(others, "others") | {"": "none"}
    names = name_values(report, shown)
    names += [words("others.actor", n=words.number(len(others)))] if others else []
    if (values == "").any():
        names.append(words("no_date" if report.by == "date" else "no_value"))
    documents = values.map(key)
    keys = dict.fromkeys([*(key[value] for value in (*shown, *others)), "none"])
    return Parts([k for k in keys if k in set(documents)], names, len(shown), documents)


def periods(years: pd.Series, most: int) -> pd.Series:
    """Years, or, where they are more than `most`, the shortest periods that are not: 1990–1999."""
    given = years[years != ""].astype(int)
    step = next((s for s in PERIODS if (given // s).nunique() <= most), PERIODS[-1])
    if step == 1:
        return years
    begins = given // step * step
    return years.mask(years != "", begins.astype(str) + "–" + (begins + step - 1).astype(str))


def name_values(report: Report, values: Sequence[str]) -> list[str]:
    """What figures call each value; a document by its symbol, as the caption does."""
    symbols = dict(zip(report.documents["doc_id"], report.documents["symbol"], strict=True))
    return [clean(symbols.get(value) or value) if report.by == "document" else clean(value) for value in values]


def divided_by(by: str, words: Words) -> str:
    """By what a figure divides, in words: `selon l’année`, `selon « organe »`."""
    key = f"by.{by}" if by in ("date", "document") else "by.column"
    return words(key, column=clean(by))


def head_of(by: str, words: Words) -> str:
    """The head over the names of parts: `Année`, `Organe`."""
    own = {"date": "axis.year", "document": "axis.document"}.get(by)
    name = words(own) if own else clean(by)
    return name[:1].upper() + name[1:]


def _is_number(value: str) -> bool:
    """Whether parts stand in the order of numbers."""
    return value.replace(",", ".", 1).replace(".", "", 1).lstrip("-\u2212").isdecimal()


def _place(value: str) -> float:
    """Where a year, a period or a number stands among others."""
    return float(value.split("–")[0].replace(",", ".").replace("\u2212", "-"))
