"""PDF lines: from the glyphs of a page to its lines, told by geometry alone.

Reads the glyphs of a page, or those of a cell of a table. Gives back lines from top to bottom, across all columns.
Superscripts go down to the line that they belong to; figures, letters and stars among them stand in marks of a call,
which `pdf` keeps or takes back.

    "États" at 12 points, "3" at 7 points and 4 points higher -> one line, "États" + call("3")
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from pries.reading.marks import END, call
from pries.reading.pdf.glyphs import HINT, Glyph

SPACE, HINTED = 0.2, 0.08  # sizes: a wider gap between two glyphs is a space; where pdfium thinks so too
GUTTER = 0.8  # sizes: a narrower gap never parts two columns
BOLD = 0.9  # share of the letters of a line that is bold: its number may not be
BASELINE = 0.2  # sizes by which the baselines of one line may differ
CALLABLE = re.compile(r"\d{1,3}|(?<![^\W\d_])[^\W\d_](?![^\W\d_])|\*{1,3}")

# Where a space was lost: "climat.Les", "en 2011,ont", "(CCNUCC)dans", "Environnement(SP"; never "(e)s" or "1,5".
LOST = re.compile(
    rf"(?:(?<=[^\W\d_]{{3}}[.!?;:])|(?<={END}[.!?;:]))(?=[A-ZÀ-ÖØ-Þ][a-zß-ÿœ’'])"
    r"|(?<=[\w)][,;])(?=[^\W\d_]{2}|[àay] )|(?:(?<=[A-ZÀ-ÖØ-Þ]{2}\))|(?<=[^\W\d_]{4}\)))(?=[a-zß-ÿœ]{2})"
    r"|(?<=[a-zß-ÿœ]{4})(?=\([A-ZÀ-ÖØ-Þ]{2})"
)
ADDRESS = re.compile(r"@|//|www\.")
SPACED = 5  # glyphs that stand alone in a row, from which a word is letter-spaced
SPACED_BY = 0.05  # sizes between most letters of a line, from which it is
LIGATURES = frozenset(("fi", "fl", "ff", "ffi", "ffl"))  # one glyph of several letters
WIDER = 1.6  # times the narrowest of its spaces: one that parts words


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line without a gap wide enough to part columns."""

    text: str
    x: float
    right: float
    y: float
    size: float = 0.0
    bold: bool = False  # all its letters


@dataclass(frozen=True)
class Line:
    """A line, or the part of one that stands in a column; a ruled table is one line with rows of cells of lines."""

    pieces: tuple[Piece, ...]
    size: float
    rule: str = ""  # by which it is left out of the text
    bold: bool = False  # all its letters
    rows: tuple[tuple[tuple[Line, ...], ...], ...] = ()

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)

    @property
    def x(self) -> float:
        return self.pieces[0].x

    @property
    def y(self) -> float:
        return self.pieces[0].y  # lines of two columns may stand a little apart and make one line of the page

    @property
    def right(self) -> float:
        return self.pieces[-1].right

    def part(self, low: float, high: float) -> Line | None:
        """What of the line begins between two places."""
        inside = tuple(piece for piece in self.pieces if low <= piece.x < high)
        return self.of(inside) if inside else None

    def of(self, pieces: tuple[Piece, ...]) -> Line:
        """The line that some of its pieces make, in their own type."""
        sizes: Counter[float] = Counter()
        for piece in pieces:
            sizes[piece.size] += len(piece.text)
        size = sizes.most_common(1)[0][0] or self.size
        bold = [piece.bold for piece in pieces if any(map(str.isalpha, piece.text))]
        return replace(self, pieces=pieces, size=size, bold=any(bold) and all(bold))


def directions(found: Sequence[Glyph]) -> tuple[list[Glyph], list[list[Glyph]]]:
    """The glyphs that are written as most of a page is, and those of each other direction."""
    turns = Counter(glyph.turn for glyph in found if not glyph.text.isspace())
    if not turns:
        return [], []
    most = turns.most_common(1)[0][0]
    others = [[glyph for glyph in found if glyph.turn == turn] for turn in sorted(turns) if turn != most]
    return [glyph for glyph in found if glyph.turn == most], others


def lines(found: Sequence[Glyph]) -> list[Line]:
    """The lines that glyphs of one direction make, from top to bottom."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(_let_down(found), key=lambda glyph: -glyph.y):
        if not rows or rows[-1][0].y - glyph.y > BASELINE * max(glyph.size, rows[-1][0].size):
            rows.append([])
        rows[-1].append(glyph)
    return [line for row in rows if (line := _line(sorted(row, key=lambda glyph: glyph.x))) is not None]


def _let_down(found: Sequence[Glyph]) -> Iterator[Glyph]:
    """The glyphs, superscripts and subscripts on the baseline of what stands before or after them."""
    written = [glyph for glyph in found if not glyph.text.isspace()]
    runs = [list(run) for _, run in groupby(written, key=lambda glyph: (glyph.size, glyph.y))]
    if not runs:
        return
    for before, run, after in zip([None, *runs[:-1]], runs, [*runs[1:], None], strict=True):
        shift = _shift(before[-1], run[0], run[0].x - before[-1].right, 0.7) if before else 0.0
        if not shift and after:
            shift = _shift(after[0], run[-1], after[0].x - run[-1].right, 3.0)
        yield from (g._replace(y=g.y - shift, raised=shift > 0) for g in run) if shift else run
    yield from (glyph for glyph in found if glyph.text.isspace())


def _shift(base: Glyph, small: Glyph, gap: float, reach: float) -> float:
    """How much higher a glyph stands than the one beside it whose superscript (subscript: less than 0) it is."""
    shift = small.y - base.y
    beside = -0.5 * base.size < gap < reach * base.size and small.size <= 0.9 * base.size
    return shift if beside and (0.1 < shift / base.size < 0.7 or -0.4 < shift / base.size < -0.05) else 0.0


def _line(row: Sequence[Glyph]) -> Line | None:
    """The line that glyphs on one baseline make, from left to right."""
    pieces: list[list[Glyph]] = []
    least, end, spaced = SPACE, 0.0, _spacing(row)
    for glyph in row:
        if glyph.text.isspace():
            least = min(least, HINTED if glyph.text == HINT else -math.inf)
            continue
        gap = glyph.x - end - spaced * glyph.size
        if not pieces or gap > (GUTTER + spaced) * glyph.size:
            pieces.append([])
        elif gap > least * glyph.size:
            pieces[-1].append(glyph._replace(text=" "))
        pieces[-1].append(glyph)
        least, end = SPACE, max(end, glyph.right)
    if not pieces:
        return None
    closed = [_closed_up(piece) for piece in pieces]
    if any(len(after) < len(before) for after, before in zip(closed, pieces, strict=True)):
        closed = [_closed_up(piece, 2) for piece in closed]  # short words beside them are spaced too
    pieces = closed
    made = tuple(_piece(piece) for piece in pieces)
    return Line(made, 0.0).of(made)


def _type(found: Sequence[Glyph]) -> tuple[float, bool]:
    """The size of most glyphs, and whether all letters are bold."""
    sizes = Counter(round(glyph.size, 1) for glyph in found if not glyph.raised)
    letters = [glyph.bold for glyph in found if glyph.text.isalpha()]
    return sizes.most_common(1)[0][0] if sizes else found[0].size, sum(letters) > BOLD * len(letters)


def _spacing(row: Sequence[Glyph]) -> float:
    """The sizes by which most letters of a line are set apart, as justified lines of narrow columns may be."""
    gaps = [
        (after.x - glyph.right) / glyph.size
        for glyph, after in pairwise([glyph for glyph in row if glyph.text != HINT])
        if not (glyph.text.isspace() or after.text.isspace())
    ]
    usual = sorted(gaps)[len(gaps) // 2] if len(gaps) >= SPACED else 0.0
    return usual if SPACED_BY < usual < GUTTER else 0.0


def _closed_up(found: Sequence[Glyph], shortest: int = SPACED) -> list[Glyph]:
    """The glyphs of a piece, letter-spaced words closed up: "d o i v e n t" -> "doivent".

    Between letters that stand alone, at least `shortest` in a row, a space hardly wider than the narrowest is none.
    """
    words = [list(run) for space, run in groupby(found, key=lambda glyph: glyph.text == " ") if not space]
    alone = [len(word) == 1 or "".join(glyph.text for glyph in word) in LIGATURES for word in words]
    if sum(alone) < shortest:  # nearly always
        return list(found)
    made: list[Glyph] = []
    for single, group in groupby(zip(alone, words, strict=True), key=lambda pair: pair[0]):
        run = [word for _, word in group]
        gaps = [after[0].x - before[-1].right for before, after in pairwise(run)]
        spaced = single and sum(word[0].text.isalpha() for word in run) >= shortest
        for gap, word in zip([math.inf, *gaps], run, strict=True):
            if made and not (spaced and gap <= WIDER * min(gaps)):
                made.append(word[0]._replace(text=" "))
            made += word
    return made


def _piece(found: Sequence[Glyph]) -> Piece:
    parts = []
    for raised, run in groupby(found, key=lambda glyph: glyph.raised):
        text = "".join(glyph.text for glyph in run)
        parts.append(CALLABLE.sub(lambda mark: call(mark[0]), text) if raised else text)
    text = "".join(parts).encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # pairs that pdfium parts
    right = max(glyph.right for glyph in found)
    return Piece(_with_spaces(text), found[0].x, right, found[0].y, *_type(found))


def _with_spaces(text: str) -> str:
    """A text with the spaces that were lost after a mark of punctuation: « climat.Les » -> « climat. Les »."""
    if ADDRESS.search(text):
        return text
    return LOST.sub(" ", text)
