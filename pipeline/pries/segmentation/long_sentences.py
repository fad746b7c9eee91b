"""Long sentences: what no person wrote as one sentence is cut, so that the parse costs no more than its length.

"Les États ont été priés d’agir ; ils ont été priés d’agir ; …" of a million characters -> 200 pieces and more
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pries.segmentation.sentences import Span

MARKS = (("; ", ": ", ". "), (", ",), (" ",))  # behind which a cut is best, second best, and better than nowhere


def shortened(text: str, spans: Iterable[Span], longest: int) -> Iterator[Span]:
    """The spans of a paragraph, each cut into pieces of at most so many characters."""
    for start, end, item in spans:
        while end - start > longest:
            cut = place(text, start, start + longest)
            yield Span(start, start + len(text[start:cut].rstrip()), item)
            start = cut + len(text[cut:end]) - len(text[cut:end].lstrip())
        if start < end:
            yield Span(start, end, item)


def place(text: str, start: int, end: int) -> int:
    """Where to cut: behind the last of the best marks in the second half of text[start:end]."""
    middle = (start + end) // 2
    for marks in MARKS:
        if (found := max(text.rfind(mark, middle, end) for mark in marks)) >= 0:
            return found + 1
    return end
