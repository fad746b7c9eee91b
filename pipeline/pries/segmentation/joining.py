"""Joining: which blocks make a paragraph, how its lines are joined, and which hyphens stay.

A paragraph takes the list items that follow it, and what a page break or a stray blank line cut off: text
that begins in lower case after an unfinished sentence, and unnumbered text at the top of a page where
paragraphs are numbered.

UN texts are set without hyphenation, so that a hyphen at a line's end is nearly always the writer's own
(hommes-femmes, non-refoulement, après-2015): it stays, and the words are joined without a space. It goes
where the end of a word follows that is none itself (fos-/sés), and where the document itself shows otherwise: it
writes the joined word elsewhere (inter-/ventions beside "interventions") and never the hyphenated one, or most of its
line ends cut words that are no compounds (recom-/mande), so that it was set with hyphenation. A soft hyphen (U+00AD)
and OCR's sign for one (¬) always go.

    "le programme pour l’après-" + "2015. En effet" -> "le programme pour l’après-2015. En effet"
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from pries.reading import syllables
from pries.reading.enumeration import CAPTION
from pries.reading.marks import ends_sentence
from pries.segmentation.furniture import SOFT_HYPHEN, Line
from pries.segmentation.titles import Block

WORD = re.compile(r"\w+(?:-\w+)*")
LEFT = re.compile(r"(?<![\w-])-*+(\w[\w-]*)(?=[-‐]$)")
RIGHT = re.compile(r"\w+(?:-\w+)*")
# What stands before the hyphen of a compound, and seldom at the end of a syllable.
FIRST_PARTS = frozenset(
    "non sous vice après avant arrière demi semi quasi contre outre haut haute hauts hautes court moyen long "
    "nord sud est ouest socio politico économico franco anglo afro euro indo sino gréco hispano porte plein "
    "pleine grand grande chef savoir main petit petite libre ci là cessez laissez rendez peut vis aide bien "
    "mal mieux tout toute quatre soixante celui celle ceux celles elle elles lui eux soi vous nous moi prêt "
    "mot coût presque au".split()
)
LAST_PARTS = frozenset(
    "ci là même mêmes être dire vous nous dessus dessous après contre delà feu faire clé clef".split()
)
HYPHENS = ("-", "‐")  # the sign of the keyboard, and Unicode's
FEWEST_CUTS = 2  # a document is set with hyphenation if so many of its line ends, and more than half, cut a word
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
    if last.kind == "heading" or block.kind in ("heading", "number") or block.lines[0].cell:
        return False
    if block.kind == "item":
        return True
    if last.kind == "number" and not last.plain:
        return True  # a number on a line of its own
    before, first = last.text[-1], block.lines[0]
    unfinished = not ends_sentence(before)
    if first.text[0].islower() and (unfinished or re.search(r"[;,:]$", before)):
        return True
    if CAPTION.match(first.text) or CAPTION.match(last.text[0]):
        return False  # « Tableau 3. Puits » above a table of some pages, « Source : enquête » below it
    if not first.page:
        return before.endswith("-") and not before.endswith(" -")
    return (unfinished and not before.endswith(",")) or (numbered and unit[0].kind == "number")


def text_of(unit: Sequence[Block], words: Vocabulary) -> tuple[str, list[tuple[int, str]]]:
    """The text of a paragraph, and where its items on lines of their own begin in it: (0, "") first."""
    parts: list[tuple[str, list[str]]] = []
    for block in unit:
        if block.kind == "item" or not parts:
            parts.append((block.label if block.kind == "item" else "", []))
        parts[-1][1].extend(block.text)
    texts = [joined(lines, words) for _, lines in parts]
    begins = accumulate((len(text) + bool(text) for text in texts), initial=0)
    return " ".join(filter(None, texts)), [(at, item) for at, (item, _) in zip(begins, parts, strict=False)]


@dataclass(frozen=True)
class Vocabulary:
    """What a document shows of its hyphens: its words, and whether it was set with hyphenation."""

    words: frozenset[str] = frozenset()
    hyphenated: bool = False


def vocabulary(lines: Iterable[Line]) -> Vocabulary:
    """The words of a document, lower-cased, hyphenated ones whole, without those that a line's end cuts."""
    lines = list(lines)
    if not any(line.text.endswith(HYPHENS) for line in lines):
        return Vocabulary()
    words: set[str] = set()
    cut = False
    for line in lines:
        found = [word.lower() for word in WORD.findall(line.text)]
        ends = line.text.endswith(HYPHENS)
        words.update(found[int(cut) : len(found) - int(ends)])
        cut = ends
    halves = [pair for line, after in pairwise(lines) if (pair := _halves(line.text, after.text))]
    cuts = sum(not _is_compound(left, right, words) for left, right in halves)
    return Vocabulary(frozenset(words), cuts >= FEWEST_CUTS and 2 * cuts > len(halves))


NO_WORDS = Vocabulary()


def joined(texts: Sequence[str], words: Vocabulary = NO_WORDS) -> str:
    """The lines of a paragraph as one text; `words` is the document's vocabulary."""
    parts: list[str] = []
    for text in texts:
        if not parts or not text:
            parts.append(text)
            continue
        before = parts[-1]
        if before.endswith((SOFT_HYPHEN, "¬")) or (
            before.endswith(HYPHENS) and _is_syllable_break(before, text, words)
        ):
            parts[-1] = before[:-1]
        elif not ELIDED.search(before[-2:]):
            parts.append(" ")
        parts.append(text)
    return unicodedata.normalize("NFC", "".join(parts).replace(SOFT_HYPHEN, "").strip())


def _is_syllable_break(before: str, after: str, document: Vocabulary) -> bool:
    """Whether a hyphen only cuts a word: the document has the word whole, or was set with hyphenation.

    One that the document writes with its hyphen elsewhere is a compound, and so is one of two words of it.
    """
    halves = _halves(before, after)
    if halves is None:
        return False
    left, right = halves
    if f"{left}-{right}" in document.words:
        return False
    if left + right in document.words or (syllables.is_end(right) and left not in FIRST_PARTS):
        return True
    return document.hyphenated and not _is_compound(left, right, document.words)


def _halves(before: str, after: str) -> tuple[str, str] | None:
    """What stands on both sides of the hyphen at a line's end, in small letters; None before a capital or figure."""
    left, right = LEFT.search(before[-60:]), RIGHT.match(after[:60])
    if left is None or right is None or not right[0][0].islower():
        return None
    return left[1].lower(), right[0].lower()


def _is_compound(left: str, right: str, words: Collection[str]) -> bool:
    """Whether two halves are words of their own: « non-/refoulement », « hommes-/femmes », but not « recom-/mande »."""
    first, last = left.rsplit("-", 1)[-1], right.split("-", 1)[0]
    if first in FIRST_PARTS or last in LAST_PARTS or "-" in left:
        return True
    return first in words and last in words
