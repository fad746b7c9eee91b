"""Numbering: the numbers that Word prints before paragraphs, and which styles are headings.

Reads numbering.xml and styles.xml. A paragraph names a list and a level, itself or by its style; a list counts for
each level, starts where it says, and starts again below a higher level or where a list overrides its start.

    level 0 "%1." decimal, level 1 "%2)" lowerLetter -> "1." "a)" "b)" "2." "a)"
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from pries.reading.enumeration import BULLETS
from pries.reading.marks import plain

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEVELS = 9
ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
PLACE = re.compile(r"%([1-9])")
HEADINGS = re.compile(r"(?:heading|titre|title|sub ?title|sous-titre|_ ?h ?_)\s*(?P<level>[1-9])?", re.IGNORECASE)
LARGEST = 32_767  # the largest number that Word counts to


def value(element: Any, path: str) -> str:
    """The `val` of the element at `path` (`pPr/numPr/ilvl`), empty where there is none."""
    found = element.find("/".join(W + step for step in path.split("/"))) if element is not None else None
    return "" if found is None else found.get(W + "val", "")


def number(text: str, default: int = 0) -> int:
    """A whole number as Word writes it; the default for what is none or beyond what Word counts to."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 and int(text) <= LARGEST else default


def to_roman(rank: int) -> str:
    """A number in roman numerals.

    >>> to_roman(14)
    'XIV'
    """
    digits = []
    for worth, sign in ROMAN:
        times, rank = divmod(rank, worth)
        digits.append(sign * times)
    return "".join(digits)


def written(rank: int, form: str) -> str:
    """A number in one of Word's forms.

    >>> written(28, "lowerLetter"), written(4, "upperRoman"), written(4, "decimalZero")
    ('bb', 'IV', '04')
    """
    if form in ("lowerLetter", "upperLetter") and rank:
        letters = chr(ord("a") + (rank - 1) % 26) * ((rank - 1) // 26 + 1)
        return letters if form == "lowerLetter" else letters.upper()
    if form in ("lowerRoman", "upperRoman") and rank:
        return to_roman(rank).lower() if form == "lowerRoman" else to_roman(rank)
    return f"{rank:02d}" if form == "decimalZero" else str(rank)


@dataclass(frozen=True)
class Level:
    """A level of a list: how it is numbered."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int = -1  # the level (from 1) below which it starts again; -1 any higher one, 0 never
    legal: bool = False  # all numbers in it are written in figures
    style: str = ""  # the style that stands for the level

    @classmethod
    def read(cls, element: Any) -> Level:
        """A level from its element `lvl`."""
        restart = value(element, "lvlRestart")
        legal = element.find(W + "isLgl") is not None and value(element, "isLgl") not in ("0", "false")
        return cls(
            number(value(element, "start")),
            value(element, "numFmt") or "decimal",
            plain(value(element, "lvlText")),
            number(restart) if restart else -1,
            legal,
            value(element, "pStyle"),
        )


@dataclass
class _List:
    """A list (`num`): its levels, whose counters it shares with others, and which starts it overrides."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The numbers of a document's paragraphs, which are asked for in reading order."""

    def __init__(self, numbering: Any, styles: Styles) -> None:
        self.styles, self.lists = styles, dict[str, _List]()
        self._counters: dict[str, list[int | None]] = {}
        if numbering is None:
            return
        abstracts, links = {}, {}
        for abstract in numbering.iterfind(W + "abstractNum"):
            key = abstract.get(W + "abstractNumId", "")
            abstracts[key] = _levels(abstract)
            links[key] = value(abstract, "numStyleLink")
        owners: dict[str, str] = {}  # the first level list that each list stands for
        for listed in numbering.iterfind(W + "num"):
            owners.setdefault(listed.get(W + "numId", ""), value(listed, "abstractNumId"))
        for element in numbering.iterfind(W + "num"):
            key = value(element, "abstractNumId")
            if links.get(key):  # the levels stand in the list that a style names
                key = owners.get(styles.list_of(links[key])[0], key)
            found = _List(key, dict(abstracts.get(key, {})))
            for override in element.iterfind(W + "lvlOverride"):
                rank = number(override.get(W + "ilvl", ""))
                found.levels.update(_levels(override))
                if start := value(override, "startOverride"):
                    found.starts[rank] = number(start)
            self.lists[element.get(W + "numId", "")] = found

    def label(self, paragraph: Any) -> str:
        """The number or bullet of the next paragraph as printed; empty where it has none."""
        style = value(paragraph, "pPr/pStyle")
        own, rank = value(paragraph, "pPr/numPr/numId"), value(paragraph, "pPr/numPr/ilvl")
        inherited, depth = self.styles.list_of(style)
        listed = self.lists.get(own or inherited)
        if listed is None:
            return ""
        styled = next((n for n, level in listed.levels.items() if style and level.style == style), 0)
        return self._next(listed, min(number(rank or depth, styled), LEVELS - 1))

    def _next(self, listed: _List, at: int) -> str:
        levels = listed.levels
        counters = self._counters.setdefault(listed.abstract, [None] * LEVELS)
        level, reached = levels.get(at, Level()), counters[at]
        if at in listed.starts:
            counters[at] = listed.starts.pop(at)
        else:
            counters[at] = level.start if reached is None else reached + 1
        for deeper in range(at + 1, LEVELS):
            restart = levels.get(deeper, Level()).restart
            if restart == -1 or at < restart:
                counters[deeper] = None
        if level.form == "bullet":
            sign = level.text.strip()
            return sign if len(sign) == 1 and sign in BULLETS and sign < "\ue000" else "•"
        if level.form == "none":
            return PLACE.sub("", level.text).strip()
        return _finished(PLACE.sub(lambda place: self._place(levels, counters, int(place[1]) - 1, level), level.text))

    @staticmethod
    def _place(levels: dict[int, Level], counters: list[int | None], rank: int, level: Level) -> str:
        shown = levels.get(rank, Level())
        reached = counters[rank]
        return written(shown.start if reached is None else reached, "decimal" if level.legal else shown.form)


def _levels(element: Any) -> dict[int, Level]:
    ranked = ((number(level.get(W + "ilvl", "")), level) for level in element.iterfind(W + "lvl"))
    return {rank: Level.read(level) for rank, level in ranked if rank < LEVELS}


def _finished(label: str) -> str:
    """A label with the punctuation by which it is told from text: "12" is printed so, and read as "12."."""
    label = " ".join(label.split())
    if label.isdigit():
        return label + "."
    return label + ")" if re.fullmatch(r"[a-z]{1,2}|[ivxl]{1,6}", label) else label


class Styles:
    """The paragraph styles: which list they number, and which headings they are."""

    def __init__(self, styles: Any) -> None:
        found = () if styles is None else styles.iterfind(W + "style")
        self._styles = {style.get(W + "styleId", ""): style for style in found}

    def _chain(self, key: str) -> list[Any]:
        chain: list[Any] = []
        while key in self._styles and len(chain) < LEVELS + 2:
            chain.append(self._styles[key])
            key = value(chain[-1], "basedOn")
        return chain

    def list_of(self, key: str) -> tuple[str, str]:
        """The list and the level that a style numbers, empty where it numbers none."""
        chain = self._chain(key)
        lists = (value(style, "pPr/numPr/numId") for style in chain)
        levels = (value(style, "pPr/numPr/ilvl") for style in chain)
        return next(filter(None, lists), ""), next(filter(None, levels), "")

    def heading(self, paragraph: Any) -> int:
        """The level of the heading that a paragraph is by its outline or its style's name; 0 where it is none."""
        chain = self._chain(value(paragraph, "pPr/pStyle"))
        outlines = [value(paragraph, "pPr/outlineLvl"), *(value(style, "pPr/outlineLvl") for style in chain)]
        outline = next(filter(None, outlines), "")
        if outline:
            return number(outline, LEVELS) + 1 if number(outline, LEVELS) < LEVELS else 0
        names = (HEADINGS.match(value(style, "name")) for style in chain)
        named = next(filter(None, names), None)
        return 0 if named is None else number(named["level"] or "1")
