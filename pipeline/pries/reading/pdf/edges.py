"""PDF edges: running heads and feet, and the numbers of pages.

Reads the lines of all pages, for what comes again tells them; see `Edges`.

    "A/68/370" at the top of ten pages -> running head    "– 12 –" at the foot of the twelfth page -> page number
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pries.reading.enumeration import roman
from pries.reading.marks import ends_sentence
from pries.reading.pdf.lines import Line

EDGE = 5  # lines at the top or foot of a page that may be furniture
NEAR = 6.0  # points by which a running head's height may differ from page to page
LEVEL = 2.0  # points by which the height of one may differ that does not come again
ALIKE = 0.3  # points by which the size of its type may differ
APART = 2.0  # sizes between the text and a number that is the page's
SHORT = 40  # characters of a page number with the words around it
MANY = 6  # pages on which a line that counts pages comes again, or on half of them
FEW = 3  # but on so many
WORDS = 8  # characters of a part of a running head whose other part changes
NUMBER = re.compile(r"\d+|\b(?:[ivxlc]+|[IVXLC]+)\b")
COUNT = r"(?:\d++|[ivxlc]++|[IVXLC]++)"
PAGE = re.compile(rf"\W*+(?:[Pp](?:age|\.)\W*+)?{COUNT}(?:\W*+(?:de|sur|of)?\W*+{COUNT})?\W*+")

Ruled = tuple[str, Line]


def parted(pages: Sequence[list[Line]]) -> list[tuple[list[Ruled], list[Line], list[Ruled]]]:
    """Each page's lines at the top that are furniture with their rules, its text, and those at the foot."""
    heads = _Edges([lines[:EDGE] for lines in pages])
    feet = _Edges([lines[: -EDGE - 1 : -1] for lines in pages])
    found = []
    for number, lines in enumerate(pages):
        top = heads.furniture(number)
        foot = feet.furniture(number)[: len(lines) - len(top)]
        found.append((top, lines[len(top) : len(lines) - len(foot)], foot[::-1]))
    return found


def halves(artifacts: Sequence[Line], body: Sequence[Line]) -> tuple[list[Ruled], list[Ruled]]:
    """What the file itself says is no text of a page, above the middle of it and below, with the rules."""
    heights = [line.y for line in (*artifacts, *body)]
    middle = (max(heights) + min(heights)) / 2 if heights else 0.0
    ruled = [("page number" if _is_number(line) else "running head", line) for line in artifacts]
    return [one for one in ruled if one[1].y >= middle], [one for one in ruled if one[1].y < middle]


def _is_number(line: Line) -> bool:
    return len(line.text) <= SHORT and PAGE.fullmatch(line.text) is not None


class _Edges:
    """The lines at one edge of all pages, from the outermost inwards, and the pages on which each comes again.

    A line is furniture where a page nearby has it at the same height: its words, a figure that counts the pages, or
    one of its parts; where it is the page's number by itself; or where it stands as running heads of other pages do.
    """

    def __init__(self, edges: Sequence[list[Line]]) -> None:
        self.edges = edges
        self.heights: dict[str, dict[int, float]] = {}  # by form and page
        counted: Counter[int] = Counter()
        for number, lines in enumerate(edges):
            for line in lines:
                for form in _forms(line, number):
                    self.heights.setdefault(form, {}).setdefault(number, line.y)
                if line.text.isdecimal() and len(line.text) <= 5:
                    counted[int(line.text) - number] += 1
        self.begins = {1, *(first for first, times in counted.most_common(1) if times >= FEW)}
        self.places = self._places()

    def _places(self) -> list[tuple[float, float]]:
        """The heights and sizes of type that running heads have on several pages."""
        found: Counter[tuple[int, int]] = Counter()
        self.places = []
        for number in range(len(self.edges)):
            for place in {(round(line.y), round(line.size)) for _, line in self.furniture(number)}:
                found[place] += 1
        return [place for place, times in found.items() if times >= FEW]

    def furniture(self, number: int) -> list[Ruled]:
        """The outermost lines of a page that are furniture, with the rule."""
        found: list[Ruled] = []
        lines = self.edges[number]
        for line, inner in zip(lines, [*lines[1:], None][: len(lines)], strict=True):
            alone = inner is not None and abs(inner.y - line.y) > APART * line.size
            figures = re.sub(r"\W", "", line.text)
            own = alone and figures.isdecimal() and len(figures) <= 5 and int(figures) - number in self.begins
            rule = "page number" if own else self._rule(line, number)
            if not rule and any(abs(y - line.y) <= LEVEL and abs(size - line.size) <= 1 for y, size in self.places):
                rule = "running head"
            if not rule:
                break
            found.append((rule, line))
        return found

    def _rule(self, line: Line, number: int) -> str:
        """The rule for a line that stands as high on a page nearby: the same words, a figure that counts the pages,
        or both, which takes half of the pages ("Annexe 3" may head a page, and "Annexe 4" the next one)."""
        if line.text[0].islower() and ends_sentence(line.text):
            return ""  # the end of a sentence, which other pages may have too
        counts = _is_number(line)
        for form in _forms(line, number):
            heights = self.heights[form]
            near = [heights[other] for other in (number - 2, number - 1, number + 1, number + 2) if other in heights]
            if not any(abs(height - line.y) <= NEAR for height in near):
                continue
            stays = "\0" not in form
            enough = len(heights) >= max(FEW, min(MANY, len(self.edges) // 2))
            if counts != stays or (not counts and enough):
                return "page number" if counts else "running head"
        return ""


def _forms(line: Line, number: int) -> Iterator[str]:
    """A line as it stands, with each of its figures counted from the page's, and its parts: what stays from page to
    page."""
    text = line.text
    yield text
    for figure in NUMBER.finditer(text[:200]):
        value = int(figure[0]) if figure[0].isdecimal() else roman(figure[0])
        if len(figure[0]) <= 5 and value:
            yield f"{text[: figure.start()]}\0{value - number}\0{text[figure.end() :]}"
    if len(line.pieces) > 1:
        yield from (piece.text for piece in line.pieces if len(piece.text) >= WORDS)
