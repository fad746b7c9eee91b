"""Bars: the stacked bars of modalities, or of parts, that several figures share.

gouvernements ████▒▒░ : the strongest modality first, its number where it fits
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from pries.publishing.figures.page import Page
from pries.publishing.figures.parts import Pieces, edge_of
from pries.publishing.figures.report import Report, intervals
from pries.publishing.figures.style import INK, SMALL, WHITE, extent, ink_on

Interval = tuple[float, float, float]  # an estimate and the ends of its interval
BAR = 3.4  # mm: height of a bar


def stack(axes: Axes, values: pd.DataFrame, pieces: Pieces, middles: Sequence[float], page: Page, scale: float) -> None:
    """Bars of the pieces side by side, in their order, numbers where they fit; `scale`: mm a unit."""
    start = np.zeros(len(values))
    for colour, key in zip(pieces.colours, pieces.keys, strict=True):
        part = values[key].to_numpy(dtype=float)
        edge = edge_of(colour) if colour == WHITE else WHITE
        axes.barh(middles, part, left=start, height=BAR, color=colour, edgecolor=edge, linewidth=0.5)
        for value, left, y in zip(part, start, middles, strict=True):
            text = page.words.number(value)
            if value and extent(text, SMALL) + 1 <= value * scale:
                shown = axes.text(left + value / 2, y, text, fontsize=SMALL, ha="center", va="center_baseline")
                shown.set_color(ink_on(colour))
        start += part


def number_bars(axes: Axes, totals: pd.Series, middles: Sequence[float], page: Page, gap: float) -> None:
    """The sum of each bar in bold, `gap` (in units of the axis) behind its end."""
    for total, y in zip(totals, middles, strict=True):
        number = page.words.number(total, int(0 < total < 1))  # no share of nothing
        axes.text(total + gap, y, number, fontsize=page.look.size, weight="bold", va="center_baseline")


def between(interval: Interval, page: Page) -> str:
    """An estimate with its interval, as a figure writes it, which no line breaks: (11,8 [9 ; 14])."""
    value, low, high = (page.words.number(n, d) for n, d in zip(interval, (1, 0, 0), strict=True))
    return f"({value} [{low}{' ; ' if page.words.lang == 'fr' else '; '}{high}])".replace(" ", "\u00a0")


def corrected(report: Report, kind: str, page: Page, quantity: str = "requests") -> dict[str, str]:
    """What coded sentences make of the count of each part of a kind, as it stands behind its name; by a setting."""
    found = intervals(report, kind, quantity) if page.look.whiskers else {}
    return {part: f" {between(interval, page)}" for part, interval in found.items()}


def without(report: Report, page: Page) -> list[str]:
    """A note that intervals are known of the whole and not of the parts that are drawn; none where that is not so."""
    return [page.words("note.no_intervals")] if report.by and len(report.estimates) and page.look.whiskers else []


def whiskers(
    axes: Axes, totals: pd.Series, found: Mapping[int, Interval], middles: Sequence[float], page: Page, gap: float
) -> None:
    """The interval of a bar's sum as a line along its lower edge, a dot at the estimate, both in words behind."""
    for row, interval in found.items():
        value, low, high = interval
        y = middles[row] + BAR / 2 * np.sign(axes.get_ylim()[0] - axes.get_ylim()[1])
        axes.plot([low, high], [y, y], color=INK, linewidth=0.8, solid_capstyle="butt")
        axes.plot([value], [y], "o", color=INK, markersize=2)
        end = max(high, totals.iloc[row] + gap * (extent(page.words.number(totals.iloc[row]), page.look.size) + 2))
        axes.text(end + gap, middles[row], between(interval, page), fontsize=SMALL, va="center_baseline")
