"""PDF lines: from the glyphs of a page to its lines in reading order, told by geometry alone.

Reads a text page of pypdfium2: for each glyph its character, origin, width, size and direction. Gives back the lines of
each column. Superscript glyphs go down to the line that they belong to; figures, letters and stars among them stand in
marks of a call, which the reader keeps or takes back.

    "États" at 12 points, "3" at 7 points and 4 points higher -> one line, "États" + call("3")
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Any

from pipeline.extracted import call, plain
from pipeline.furniture import ENDS

UPRIGHT = 0.1  # radians by which a line of writing may lean
SPACE, HINTED = 0.2, 0.08  # sizes: a wider gap between two glyphs is a space; where pdfium thinks so too
HINT = "\u200a"  # stands for a space that pdfium adds
GUTTER = 0.8  # sizes: a narrower gap never parts two columns
BASELINE = 0.2  # sizes by which the baselines of one line may differ
STEPS = 20  # how finely the middle fifth of a page is searched for a gutter
LEAST, TALL, FULL = 2, 4, 10  # lines that a column must have, the longer one of two, one beside a line or two
NARROW = 10.0  # sizes: cells of tables are narrower, columns of prose are not
TIGHT = 0.8  # sizes: lines of one column are no closer
LOOSE = 1.5  # sizes: the usual distance where no line tells
GAP = 1.18  # line distances: a wider one parts paragraphs
INDENT = 0.6  # sizes: a deeper indent tells paragraphs
OTHER = 0.12  # sizes: type that differs more is another paragraph's
AROUND = 4  # lines above and below that show where lines end
FIRST = re.compile(r"(?:[«–—]\s)?\S+(?:\s[:;!?»%])?")  # a word, and what French ties to it
LABELLED = re.compile(r"(?:\(?\w{1,5}[.)°]|[–—•·-]|§)\s")
FILLED = 0.7  # share of its column that the middle line of a column of prose fills
CALLABLE = re.compile(r"\d{1,3}|(?<![^\W\d_])[^\W\d_](?![^\W\d_])|\*{1,3}")
HYPHEN = dict.fromkeys((0x02, 0xFFFE), "-")  # what pdfium makes of a hyphen, hard or soft, at a line's end


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as it stands on the page, turned so that its writing runs to the right."""

    text: str
    x: float  # where it begins
    right: float  # where it ends
    y: float  # its baseline, upwards
    size: float
    turn: int = 0  # quarters of a turn by which its writing is rotated on the page
    raised: bool = False  # a superscript, let down to the baseline of its line


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line without a gap wide enough to part columns."""

    text: str
    x: float
    right: float
    y: float


@dataclass(frozen=True)
class Line:
    """A line, or the part of one that stands in a column."""

    pieces: tuple[Piece, ...]
    size: float
    table: bool = False  # a row of a table

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
        return replace(self, pieces=inside) if inside else None


def glyphs(page: Any) -> list[Glyph]:
    """The glyphs of a text page of pypdfium2 in the order in which they are drawn, spaces among them."""
    import ctypes

    from pypdfium2 import raw

    x, y, box, matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF(), raw.FS_MATRIX()
    found: list[Glyph] = []
    for i in range(page.count_chars()):
        code = raw.FPDFText_GetUnicode(page, i)
        if raw.FPDFText_IsGenerated(page, i) == 1:
            if found and code == 0x20:
                found.append(replace(found[-1], text=HINT))
            continue
        if not raw.FPDFText_GetMatrix(page, i, matrix):
            continue
        size = abs(raw.FPDFText_GetFontSize(page, i)) * math.hypot(matrix.c, matrix.d)
        quarters = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
        if not raw.FPDFText_GetLooseCharBox(page, i, box) or not raw.FPDFText_GetCharOrigin(page, i, x, y):
            continue
        if not (0 < size < math.inf and math.isfinite(x.value) and math.isfinite(y.value)):
            continue
        turn = round(quarters) % 4 if abs(quarters - round(quarters)) < UPRIGHT else -1
        found.append(_upright(_character(code), turn, x.value, y.value, box, size))
    return found


def _character(code: int) -> str:
    """The character of a code; a replacement character for one that the file does not tell."""
    return HYPHEN.get(code) or (plain(chr(code)) if code else "\ufffd")


def _upright(text: str, turn: int, x: float, y: float, box: Any, size: float) -> Glyph:
    """A glyph with its page turned so that its writing runs to the right."""
    if turn == 1:
        return Glyph(text, y, box.top, -x, size, turn)
    if turn == 2:
        return Glyph(text, -x, -box.left, -y, size, turn)
    if turn == 3:
        return Glyph(text, -y, -box.bottom, x, size, turn)
    return Glyph(text, x, box.right, y, size, turn)


def lines(found: Sequence[Glyph]) -> tuple[list[Line], list[Line]]:
    """The lines of a page from top to bottom, and those that are rotated: not written as most of the page is."""
    turns = Counter(glyph.turn for glyph in found if not glyph.text.isspace())
    if not turns:
        return [], []
    most = turns.most_common(1)[0][0]
    rotated = [line for turn in sorted(turns) if turn != most for line in _lines([g for g in found if g.turn == turn])]
    return _lines([glyph for glyph in found if glyph.turn == most]), rotated


def _lines(found: Sequence[Glyph]) -> list[Line]:
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
    for before, run, after in zip([None, *runs[:-1]], runs, [*runs[1:], None], strict=True):
        shift = _shift(before[-1], run[0], run[0].x - before[-1].right, 0.7) if before else 0.0
        if not shift and after:
            shift = _shift(after[0], run[-1], after[0].x - run[-1].right, 3.0)
        yield from (replace(g, y=g.y - shift, raised=shift > 0) for g in run) if shift else run
    yield from (glyph for glyph in found if glyph.text.isspace())


def _shift(base: Glyph, small: Glyph, gap: float, reach: float) -> float:
    """How much higher a glyph stands than the one beside it whose superscript (subscript: less than 0) it is."""
    shift = small.y - base.y
    beside = -0.5 * base.size < gap < reach * base.size and small.size <= 0.9 * base.size
    return shift if beside and (0.1 < shift / base.size < 0.7 or -0.4 < shift / base.size < -0.05) else 0.0


def _line(row: Sequence[Glyph]) -> Line | None:
    """The line that glyphs on one baseline make, from left to right."""
    pieces: list[list[Glyph]] = []
    least, end = SPACE, 0.0
    for glyph in row:
        if glyph.text.isspace():
            least = min(least, HINTED if glyph.text == HINT else -math.inf)
            continue
        gap = glyph.x - end
        if not pieces or gap > GUTTER * glyph.size:
            pieces.append([])
        elif gap > least * glyph.size:
            pieces[-1].append(replace(glyph, text=" "))
        pieces[-1].append(glyph)
        least, end = SPACE, max(end, glyph.right)
    if not pieces:
        return None
    sizes = Counter(round(g.size, 1) for piece in pieces for g in piece if not g.raised)
    size = sizes.most_common(1)[0][0] if sizes else pieces[0][0].size
    return Line(tuple(_piece(piece) for piece in pieces), size)


def _piece(found: Sequence[Glyph]) -> Piece:
    parts = []
    for raised, run in groupby(found, key=lambda glyph: glyph.raised):
        text = "".join(glyph.text for glyph in run)
        parts.append(CALLABLE.sub(lambda mark: call(mark[0]), text) if raised else text)
    text = "".join(parts).encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # pairs that pdfium parts
    return Piece(text, found[0].x, max(glyph.right for glyph in found), found[0].y)


def columns(page: Sequence[Line], gutter: float | None) -> list[list[Line]]:
    """The lines of a page in reading order, a list for each stretch of a column: left before right, as they follow
    one another between lines that run across both."""
    if gutter is None:
        return [list(page)] if page else []
    found: list[list[Line]] = []
    for across, zone in groupby(page, key=lambda line: _crosses(line, gutter)):
        if across:
            found.append(list(zone))
        else:
            found += _sides(list(zone), gutter)
    return [column for column in found if column]


def _sides(zone: Sequence[Line], gutter: float) -> tuple[list[Line], list[Line]]:
    left = [part for line in zone if (part := line.part(-math.inf, gutter))]
    right = [part for line in zone if (part := line.part(gutter, math.inf))]
    return left, right


def _crosses(line: Line, gutter: float) -> bool:
    if line.table:
        return line.x < gutter < line.right
    return any(piece.x < gutter < piece.right for piece in line.pieces)


def gutter(page: Sequence[Line]) -> float | None:
    """Where two columns of prose part: in the middle fifth of the page, crossed by the fewest lines."""
    if not page:
        return None
    low, high = min(line.x for line in page), max(line.right for line in page)
    middle, reach = (low + high) / 2, (high - low) / 10
    places = [middle + reach * step / STEPS for step in range(-STEPS, STEPS + 1)]
    crossed = [sum(_crosses(line, place) for line in page) for place in places]
    best = [place for place, times in zip(places, crossed, strict=True) if times == min(crossed)]
    place = best[len(best) // 2]
    inside = [line for line in page if not _crosses(line, place)]
    left, right = _sides(inside, place)
    tall = _is_prose(left) and _is_prose(right) and max(len(left), len(right)) >= TALL
    begun = right and _is_prose(left) and len(left) >= FULL and len(inside) >= FILLED * len(page)
    return place if tall or begun else None


def goes_on(page: Sequence[Line], gutter: float) -> bool:
    """Whether the columns of other pages may go on here: most lines keep clear of the gutter, on both sides of it."""
    inside = [line for line in page if not _crosses(line, gutter)]
    return 2 * len(inside) > len(page) and all(_sides(inside, gutter))


def _is_prose(column: Sequence[Line]) -> bool:
    """Whether lines fill their column, as those of prose do and the cells of a table do not."""
    if len(column) < LEAST:
        return False
    widths = sorted(line.right - line.x for line in column)
    whole = max(line.right for line in column) - min(line.x for line in column)
    return widths[len(widths) // 2] >= max(FILLED * whole, NARROW * column[0].size)


def leading(columns: Sequence[Sequence[Line]]) -> dict[float, float]:
    """The usual distance from line to line inside a paragraph, by size of type: that above lines which begin in lower
    case; size 0 has the ratio of the two in the text's most frequent type."""
    distances: dict[float, Counter[float]] = {}
    for column in columns:
        for above, line in pairwise(column):
            if above.size == line.size and line.text[0].islower() and above.y - line.y >= TIGHT * line.size:
                distances.setdefault(line.size, Counter())[round(2 * (above.y - line.y)) / 2] += 1
    found = {size: counted.most_common(1)[0][0] for size, counted in distances.items()}
    most = max(distances, key=lambda size: distances[size].total(), default=0.0)
    return found | {0.0: found[most] / most if most else LOOSE}


def paragraphs(column: Sequence[Line], usual: dict[float, float]) -> list[bool]:
    """Whether each line of a column begins a paragraph, as the gap above it or its indent says."""
    left = Counter(round(line.x) for line in column).most_common(1)[0][0] if column else 0
    found: list[bool] = []
    for i in range(len(column)):
        found.append(not i or _is_apart(column, i, usual) or _is_indented(column, i, found[-1], left))
    return found


def _is_indented(column: Sequence[Line], i: int, first: bool, left: float) -> bool:
    """Whether a line begins a paragraph by where it begins, and where the one above it ends; `first` tells whether
    the one above begins a paragraph, `left` where most lines begin."""
    above, line, indent = column[i - 1], column[i], INDENT * column[i].size
    early, ended = ends_early(column, i - 1, line), ENDS.search(above.text) is not None
    centred = abs(line.x + line.right - above.x - above.right) < indent < line.x - left
    if centred and not ended and (first or above.x - left > indent):
        return False
    if abs(line.x - above.x) < indent:  # as deep as an indented first line: another one, if so much tells
        outdented = i + 1 < len(column) and line.x - column[i + 1].x > indent
        opens = LABELLED.match(line.text) is not None or ((early or outdented) and not line.text[0].islower())
        return first and opens and line.x - left > indent and not above.text[-1].isalnum()
    if not first:
        return True  # lines of a paragraph after its first begin at one place
    hangs = LABELLED.match(above.text) is not None or abs(above.x - left) > indent
    return early or (line.x > above.x and not hangs)


def _is_apart(column: Sequence[Line], i: int, usual: dict[float, float]) -> bool:
    """Whether the gap above a line is wider than those around it and than the usual one, or the type changes."""
    above, line = column[i - 1], column[i]
    if abs(above.size - line.size) > OTHER * line.size:
        return True
    around = [column[j - 1 : j + 1] for j in (i - 1, i + 1) if 0 < j < len(column)]
    gaps = [first.y - second.y for first, second in around if first.size == second.size == line.size]
    near = [gap for gap in gaps if gap >= TIGHT * line.size]
    return above.y - line.y > GAP * min([*near, usual.get(line.size, usual[0.0] * line.size)])


def ends_early(column: Sequence[Line], i: int, following: Line) -> bool:
    """Whether a line ends although the first word of the one that follows would have found room in it."""
    line, rights = column[i], sorted(near.right for near in column[max(0, i - AROUND) : i + AROUND + 1])
    word = FIRST.match(following.text)
    width = len(word[0]) * (following.right - following.x) / len(following.text) if word else 0.0
    return line.right + 1.2 * width + SPACE * line.size < rights[3 * len(rights) // 4]
