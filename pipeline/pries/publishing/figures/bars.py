"""Bars: the stacked bars of modalities that several figures share.

gouvernements ████▒▒░ : the strongest modality first, its number where it fits
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from pries.publishing.figures.page import Page
from pries.publishing.figures.style import SMALL, STEPS, WHITE, extent, ink_on

BAR = 3.4  # mm: height of a bar


def show_modalities(page: Page) -> None:
    """The legend of the modalities, strongest first."""
    page.swatches([(page.words(f"modality.{m}"), c, c) for m, c in zip(page.words.modalities, STEPS, strict=True)])


def stack_modalities(axes: Axes, values: pd.DataFrame, middles: Sequence[float], page: Page, scale: float) -> None:
    """Bars of the modalities side by side, strongest first, numbers where they fit; `scale`: mm a unit."""
    start = np.zeros(len(values))
    for colour, modality in zip(STEPS, page.words.modalities, strict=True):
        part = values[modality].to_numpy(dtype=float)
        axes.barh(middles, part, left=start, height=BAR, color=colour, edgecolor=WHITE, linewidth=0.5)
        for value, left, y in zip(part, start, middles, strict=True):
            text = page.words.number(value)
            if value and extent(text, SMALL) + 1 <= value * scale:
                shown = axes.text(left + value / 2, y, text, fontsize=SMALL, ha="center", va="center_baseline")
                shown.set_color(ink_on(colour))
        start += part


def number_bars(axes: Axes, totals: pd.Series, middles: Sequence[float], page: Page, gap: float) -> None:
    """The sum of each bar in bold, `gap` (in units of the axis) behind its end."""
    for total, y in zip(totals, middles, strict=True):
        number = page.words.number(total)
        axes.text(total + gap, y, number, fontsize=page.look.size, weight="bold", va="center_baseline")
