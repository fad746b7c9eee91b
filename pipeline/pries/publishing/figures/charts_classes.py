"""Chart of Reinert's classes: the tree of the cuts, each class with its share and the terms that mark it.

As in `charts`, the function fills a page from the top down, in mm, and no letters meet.

    ─┬─┬─ ███ 11 %  classe 1   diaspora (62), connaissance (26), contribuer (18) …
     │ └─ ███ 12 %  classe 2   concret (41), action (33), recommandation (31) …
     └─── ██████ …
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pries.publishing.figures.charts_requests import BAR
from pries.publishing.figures.charts_statistics import OVER
from pries.publishing.figures.page import Page
from pries.publishing.figures.style import INK, MARGIN, PALE, extent, line, wrap

TREE, BARS, GAP = 0.13, 0.13, 2.0  # of the width: the tree, the longest bar; mm between blocks


@dataclass(frozen=True)
class Block:
    """One class as it is drawn: its name, its share (0 to 1), its terms with their χ²."""

    name: str
    share: float
    terms: Sequence[str]


def joined(terms: Sequence[str], width: float, size: float) -> str:
    """Terms with commas between, in lines of `width` mm, no term parted from its number."""
    return wrap(", ".join(term.replace(" (", "\u00a0(") for term in terms), width, size)


def reinert(blocks: Sequence[Block], merges: Sequence[tuple[int, int]], page: Page) -> None:
    """The classes from the top down, in the order of the tree.

    `merges`: pairs of nodes, those below first; classes are 0 … n-1, merges go on from n.
    """
    words, size = page.words, page.look.size
    high = line(size)
    shares = [words("axis.percent", n=words.number(100 * block.share)) for block in blocks]
    tree, bar = TREE * page.width, BARS * page.width
    left = MARGIN + tree + 1 + bar + 1 + max(extent(share, size) for share in shares) + GAP
    wrapped = [joined(block.terms, page.width - MARGIN - left, size) for block in blocks]
    heights = [high * (2 + text.count("\n")) + GAP for text in wrapped]
    tops = [sum(heights[:i]) for i in range(len(blocks))]
    middles = [top + high / 2 for top in tops]
    axes = page.axes(MARGIN, page.width - 2 * MARGIN, sum(heights))
    axes.set(xlim=(0, page.width - 2 * MARGIN), xticks=[], yticks=[])
    level, at = [0] * len(blocks), list(middles)
    for one, other in merges:
        level.append(1 + max(level[one], level[other]))
        at.append((at[one] + at[other]) / 2)
    step = tree / (level[-1] + 0.5)
    place = [tree - step * deep for deep in level]
    for number, (one, other) in enumerate(merges, start=len(blocks)):
        x, (y0, y1) = place[number], (at[one], at[other])
        axes.plot(
            [place[one], x, x, place[other]], [y0, y0, y1, y1], color=OVER, linewidth=0.8, solid_joinstyle="miter"
        )
    axes.plot([place[-1] - step / 2, place[-1]], [at[-1]] * 2, color=OVER, linewidth=0.8)
    longest = max(block.share for block in blocks)
    lengths = [bar * block.share / longest for block in blocks]
    axes.barh(middles, lengths, left=tree + 1, height=BAR * 0.8, color=OVER, linewidth=0)
    axes.plot([tree + 1] * 2, [0, sum(heights) - GAP], color=PALE, linewidth=0.5, zorder=0)
    for block, share, length, text, top in zip(blocks, shares, lengths, wrapped, tops, strict=True):
        axes.text(tree + 2 + length, top + high / 2, share, fontsize=size, color=INK, va="center_baseline")
        page.text(left, page.y + top, block.name, size, weight="bold")
        page.text(left, page.y + top + high, text, size, linespacing=1.1)
    page.y += sum(heights)
