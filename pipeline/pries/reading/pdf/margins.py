"""PDF margins: the numbers of lines and the notes that stand beside the text of a page.

Reads the lines of each page without what stands at its edges. Where most lines begin is the edge of the text; what ends
before it, or begins behind where they end, is no part of them: figures that count the lines by one step, and words in
smaller type.

    "15" left of the fifteenth line of a draft -> line number    "Un port ouvert", small, beside a paragraph -> margin
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pries.reading.pdf.lines import Line, Piece

BESIDE = 0.5  # sizes at least between the text and what stands in its margin
OFTEN = 0.15  # share of the long stretches that begin where a column does
LONG = 0.4  # share of the longest line that the text is told by
FEWEST = 3  # figures of a page that count its lines, notes of a document
EVERY = 0.8  # share of the lines that are numbered where each is
SMALLER = 0.9  # size of notes in the margin, of the size of the text
WORD = re.compile(r"[^\W\d_]{3}")

Ruled = tuple[str, Line]


def parted(bodies: Sequence[list[Line]], size: float) -> list[tuple[list[Line], list[Ruled]]]:
    """The lines of each page without its margins, and what stands in these, with the rules."""
    pages = [_page(body, size) for body in bodies]
    notes = sum(rule == "margin" for _, _, found in pages for rule, _ in found)
    if notes < FEWEST:
        pages = [page if all(rule != "margin" for rule, _ in page[2]) else (page[0], page[0], []) for page in pages]
    return [(lines, found) for _, lines, found in pages]


def _page(body: list[Line], size: float) -> tuple[list[Line], list[Line], list[Ruled]]:
    """The lines of a page, those without its margins, and what stands in these."""
    left, right = _edges(body)
    beside = {
        id(line): [
            piece for piece in line.pieces if piece.right < left - BESIDE * size or piece.x > right + BESIDE * size
        ]
        for line in body
        if not line.rows
    }
    apart = [piece for pieces in beside.values() for piece in pieces]
    figures = [piece for piece in apart if piece.text.isdecimal()]
    rules = {piece: "line number" for piece in figures if _counts(figures, len(body))}
    rules |= {piece: "margin" for piece in apart if WORD.search(piece.text) and 0 < piece.size <= SMALLER * size}
    if not rules:
        return body, body, []
    lines: list[Line] = []
    found: list[Ruled] = []
    for line in body:
        gone = [piece for piece in beside.get(id(line), ()) if piece in rules]
        found += [(rules[piece], line.of((piece,))) for piece in gone]
        rest = tuple(piece for piece in line.pieces if piece not in gone)
        lines += [line if not gone else line.of(rest)] * bool(rest)
    return body, lines, found


def _edges(body: Sequence[Line]) -> tuple[float, float]:
    """Where the first column of text begins, and where the last one ends."""
    pieces = [piece for line in body if not line.rows for piece in line.pieces]
    longest = max((piece.right - piece.x for piece in pieces), default=0.0)
    long = [piece for piece in pieces if piece.right - piece.x >= LONG * longest]
    if not long:
        return 0.0, float("inf")
    begun = Counter(round(piece.x) for piece in long)
    left = min(x for x, times in begun.items() if times >= OFTEN * len(long) or times == max(begun.values()))
    return float(left), max(piece.right for piece in long)


def _counts(figures: Sequence[Piece], lines: int) -> bool:
    """Whether figures count lines from the top: 5, 10, 15; or each of them."""
    steps = {int(after.text) - int(before.text) for before, after in pairwise(figures)}
    if len(figures) < FEWEST or len(steps) != 1 or min(steps) < 1:
        return False
    return min(steps) > 1 or len(figures) >= EVERY * lines
