"""Chart: what a module of the gallery offers, and what comes with its picture.

A module of the gallery draws one figure. It has LABELS (the rows of labels.csv that it uses, beside title.NAME and
alt.NAME), pure functions that count, a function that draws, and last of all its CHART, by which `figures` knows it.

    CHART = Chart(10, LABELS, draw) -> the first of the figures, with « n = 91 demandes et recommandations » below it
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from pries.publishing.figures.page import Page
from pries.publishing.figures.report import Report

ONCE = "note.said_once"


@dataclass(frozen=True)
class Companion:
    """What accompanies a picture: the notes under it, the numbers behind it, the largest of them in words."""

    notes: list[str]
    data: pd.DataFrame
    largest: str = ""


@dataclass(frozen=True)
class TextUnits:
    """What a figure of the words of a text counts instead of requests: the label of its n, and how many there are."""

    label: str
    count: Callable[[Report], int]


@dataclass(frozen=True)
class Chart:
    """A figure of the gallery: its rank among all figures, the labels that it uses, the function that draws it."""

    rank: int
    labels: tuple[str, ...]
    draw: Callable[[Report, Page], Companion]
    text_units: TextUnits | None = None  # None for a figure that counts requests
    by_parts: bool = True  # whether it can show the parts of --by
    over_time: bool = False  # whether it shows years, and so is by date as it stands
    repetitions: str = "note.restated"  # the label that says how often a request counts that is said again


def draw_nothing(page: Page, note: str, data: pd.DataFrame) -> Companion:
    """An empty frame, and the label `note` that says why; `data` is the empty table behind it."""
    page.empty_frame("alt.nothing")
    return Companion([page.words(note)], data)
