"""Joining: which blocks make a paragraph, how its lines are joined, and which hyphens stay.

A paragraph takes the list items that follow it, and what a page break or a stray blank line cut off: text
that begins in lower case after an unfinished sentence, and unnumbered text at the top of a page where
paragraphs are numbered.

UN texts are set without hyphenation, so that a hyphen at a line's end is nearly always the writer's own
(hommes-femmes, non-refoulement, après-2015): it stays, and the words are joined without a space. It goes
where the document itself shows otherwise: it writes the joined word elsewhere (gouver-/nements beside
"gouvernements") and never the hyphenated one. A soft hyphen (U+00AD) always goes.

    "le programme pour l’après-" + "2015. En effet" -> "le programme pour l’après-2015. En effet"
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from pries.reading.marks import ENDS
from pries.segmentation.furniture import SOFT_HYPHEN, Line
from pries.segmentation.titles import Block

WORD = re.compile(r"\w+(?:-\w+)*")
LEFT = re.compile(r"\w[\w-]*(?=-$)")
RIGHT = re.compile(r"\w+(?:-\w+)*")
ELIDED = re.compile(r"[\w»][-–—’'/]$|[(\[]$")


def units(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Headings, and paragraphs with their items and what a page break cut off."""
    unit: list[Block] = []
    numbered = sum(block.kind == "number" for block in blocks) >= 3
    for block in blocks:
        if unit and not _continues(unit, block, numbered):
            yield unit
            unit = []
        unit.append(block)
    if unit:
        yield unit


def _continues(unit: Sequence[Block], block: Block, numbered: bool) -> bool:
    """Whether a block belongs to the paragraph before it."""
    last = unit[-1]
    if last.kind == "heading" or block.kind in ("heading", "number"):
        return False
    if block.kind == "item":
        return True
    if last.kind == "number" and not last.plain:
        return True  # a number on a line of its own
    before, first = last.text[-1], block.lines[0]
    unfinished = not ENDS.search(before)
    if first.text[0].islower() and (unfinished or re.search(r"[;,:]$", before)):
        return True
    if not first.page:
        return before.endswith("-") and not before.endswith(" -")
    return (unfinished and not before.endswith(",")) or (numbered and unit[0].kind == "number")


def text_of(unit: Sequence[Block], words: frozenset[str]) -> tuple[str, list[tuple[int, str]]]:
    """The text of a paragraph, and where its items on lines of their own begin in it: (0, "") first."""
    parts: list[tuple[str, list[str]]] = []
    for block in unit:
        if block.kind == "item" or not parts:
            parts.append((block.label if block.kind == "item" else "", []))
        parts[-1][1].extend(block.text)
    texts = [joined(lines, words) for _, lines in parts]
    begins = accumulate((len(text) + bool(text) for text in texts), initial=0)
    return " ".join(filter(None, texts)), [(at, item) for at, (item, _) in zip(begins, parts, strict=False)]


def vocabulary(lines: Iterable[Line]) -> frozenset[str]:
    """The words of a document, lower-cased, hyphenated ones whole; without those that a line's end cuts."""
    lines = list(lines)
    if not any(line.text.endswith("-") for line in lines):
        return frozenset()
    words: set[str] = set()
    cut = False
    for line in lines:
        found = [word.lower() for word in WORD.findall(line.text)]
        ends = line.text.endswith("-")
        words.update(found[int(cut) : len(found) - int(ends)])
        cut = ends
    return frozenset(words)


def joined(texts: Sequence[str], words: frozenset[str] = frozenset()) -> str:
    """The lines of a paragraph as one text; `words` is the document's vocabulary."""
    parts: list[str] = []
    for text in texts:
        if not parts or not text:
            parts.append(text)
            continue
        before = parts[-1]
        if before.endswith(SOFT_HYPHEN) or (before.endswith("-") and _is_syllable_break(before, text, words)):
            parts[-1] = before[:-1]
        elif not ELIDED.search(before[-2:]):
            parts.append(" ")
        parts.append(text)
    return unicodedata.normalize("NFC", "".join(parts).replace(SOFT_HYPHEN, "").strip())


def _is_syllable_break(before: str, after: str, words: frozenset[str]) -> bool:
    """Whether the document writes the two halves as one word elsewhere, and never with a hyphen."""
    left, right = LEFT.search(before[-60:]), RIGHT.match(after[:60])
    if left is None or right is None or not right[0][0].islower():
        return False
    whole, compound = (left[0] + right[0]).lower(), f"{left[0]}-{right[0]}".lower()
    return whole in words and compound not in words
