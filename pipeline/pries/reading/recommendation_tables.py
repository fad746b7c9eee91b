"""Tables of recommendations: rows of a table of which a column's title says that it holds recommendations.

Each row becomes a paragraph that says what it is, with the titles of its columns: the recommendation, with its number
where a column has one, who made it, in brackets, and who is responsible for it. Deadlines, priorities and all else stay
apart, as other cells do. A cell that takes several rows says who in each of them.

    Recommandation | Responsable | Délai / Former les agents | Ministère de la santé | 2026
    -> "Recommandation : Former les agents. Responsable : Ministère de la santé."

A table may hold one recommendation, with a title before each cell: « Recommandation no 2 | Former les agents »,
« Responsable | Ministère de la santé » are two lines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pries.reading import columns, table_cells
from pries.reading.enumeration import ACTION, marker
from pries.reading.marks import CALLED, END, LINE, STOPPED, left_out

CUT = re.compile(r"(?<=[^\W\d_]-)\n(?=[a-zß-ÿœ])")  # a word, which segmentation will join
CLOSED = re.compile(STOPPED.format(stops=".!?…;:"))

ROLES = ("recommended", "responsible", "body", "reviewed", "author", "number")
AUDIENCE = re.compile(r"(?:à l['’](?:intention|attention|adresse)|aux?|à l(?:a |['’]))\b", re.IGNORECASE)
SOURCE = re.compile(r"(?<!\s)\s+Sources?(?: (?:de (?:la )?)?position(?: of position)?| of position)? ?: ?\S.*", re.S)

SEPARATED = re.compile(r"([,;/(–—|\n]|(?<=\s)-(?=\s))")
DATED = re.compile(
    r"(?:[^\W\d_]{1,10}\.? ){0,3}(?:\d{1,2}(?:er)? (?:[^\W\d_]{3,9} )?)?(?:\d{1,2}/)?(?:19|20)\d\d", re.I
)
DIGITS = re.compile(r"\d{1,4}(?:\.\d{1,3})*")

Cells = Sequence[Sequence[str]]
Span = tuple[int, int]  # how many columns and rows a cell takes; no row where it goes on with the one above
WIDEST, HIGHEST = 100, 10_000  # cells are believed to take so many columns and rows
MOST_COLUMNS = 500  # of a row, behind which each cell takes one


@dataclass
class Rows:
    """The rows of one table, in order; the columns are known once their titles have come."""

    recommended: int | None = None
    responsible: int | None = None
    body: int | None = None
    reviewed: int | None = None
    author: int | None = None
    number: int | None = None
    begun: bool = False
    headed: bool = False  # whether the rows of titles are over
    titled: bool = False  # whether each row has its title in its first cell
    audience: str = ""  # whom a row of one cell means, which stands above the others: « Aux collectivités »
    covered: dict[int, tuple[str, int]] = field(default_factory=dict)  # cells of rows above: text, rows still to come
    above: dict[int, str] = field(default_factory=dict)  # the last cell of each column

    def row(self, cells: Cells, spans: Sequence[Span] = ()) -> list[str]:
        """The lines of a row: as those of any table, until the titles of the columns say what is recommended."""
        texts, own = self._grid([_text(cell) for cell in cells], spans)
        if self.recommended is None and (line := self._beside_title(texts)):
            return [line, *_notes(cells)]
        if self.recommended is None:
            if len(set(filter(None, texts))) > 1 and not self.begun:  # one text alone is the table's own title
                self.begun = True
                self._read_titles(texts)
                self._open_wide(spans)
            return table_cells.row(cells)
        if not self.headed:  # titles may go on in a second row, under one that takes several columns
            self.headed = self.recommended in own and bool(texts[self.recommended])
            if not self.headed and self._name({n: texts[n] for n in own}):
                return table_cells.row(cells)
        filled = list(dict.fromkeys(texts[n] for n in own if texts[n]))
        spanning = len(filled) == 1 and AUDIENCE.match(filled[0]) is not None and not table_cells.is_sentence(filled[0])
        self.audience = filled[0] if spanning else self.audience
        said = texts[self.recommended] if self.recommended in own else ""
        across = len(cells) == 1 and spans and spans[0][0] > 1 and not CLOSED.search(said)  # « A. Droits civils »
        if spanning or across or not said or columns.meaning(said) == "recommended":  # titles come again on each page
            return table_cells.row(cells)
        return self._recommendation(cells, texts, own, self.recommended)

    def _beside_title(self, texts: Sequence[str]) -> str:
        """The line of a row whose first cell is the title of the second: what is recommended, then who is to act."""
        if len(texts) != 2 or not all(texts):
            return ""
        title, said = texts
        if columns.meaning(title) == "recommended" and not columns.meaning(said) and ACTION.match(said):
            self.titled = True
            number = DIGITS.search(title)
            return f"Recommandation{f' no {number[0]}' if number else ''} : {_ended(said)}"
        responsible = self.titled and columns.meaning(title) == "responsible"
        return f"Responsable : {_ended(_undated(said))}" if responsible else ""

    def _grid(self, texts: Sequence[str], spans: Sequence[Span]) -> tuple[list[str], list[int]]:
        """The text of each column, from cells of rows above too, and the columns in which the row's own cells stand."""
        made: list[str] = []
        own: list[int] = []
        for text, (across, down) in zip(texts, spans or [(1, 1)] * len(texts), strict=True):
            self._cover(made)
            column = len(made)
            if down:
                own.append(column)
                self.above[column] = text
            beyond = column >= MOST_COLUMNS
            made += [self.above.get(column, ""), *[""] * (0 if beyond else min(across, WIDEST) - 1)]
            if down > 1 and not beyond:
                self.covered |= {n: (made[n], min(down, HIGHEST) - 1) for n in range(column, len(made))}
        self._cover(made)
        return made, own

    def _cover(self, made: list[str]) -> None:
        """Add the cells of rows above that reach down to the next columns."""
        while len(made) in self.covered:
            text, rows = self.covered.pop(len(made))
            if rows > 1:
                self.covered[len(made)] = text, rows - 1
            made.append(text)

    def _recommendation(self, cells: Cells, texts: list[str], own: Sequence[int], recommended: int) -> list[str]:
        """The lines of a row that recommends: what, by whom, to whom, then its notes and what else it says."""
        used = {recommended}
        number = self._cell(texts, self.number, used)
        author = self._cell(texts, self.author, used).strip("() .")
        source = found[0] if (found := SOURCE.search(texts[recommended])) else ""
        said = texts[recommended].removesuffix(source)
        said = f"{said.rstrip(' .;')} ({author})." if author else said
        line = f"Recommandation{' no ' + number if number else ''} : {_ended(said)}"
        meant = next((n for n in (self.responsible, self.body, self.reviewed) if n is not None), None)
        if responsible := self._cell(texts, meant, used) or self.audience:
            line += f" Responsable : {_ended(_undated(responsible))}"
        others = [source.strip()] * bool(source) + [texts[n] for n in own if n not in used]
        return [line, *_notes(cells), *([left_out("table") + "\t".join(others)] if any(others) else [])]

    def _read_titles(self, texts: Sequence[str]) -> None:
        """Which columns the first row names."""
        if len(texts) < 2 or any(table_cells.is_sentence(text) for text in texts):
            return
        self._name(dict(enumerate(texts)))
        if self.recommended is not None and (author := columns.authors(texts, self.recommended)) >= 0:
            self.author, self.reviewed = author, None

    def _name(self, titles: Mapping[int, str]) -> bool:
        """Note which columns some titles name; whether one does."""
        known = {n: what for n, text in titles.items() if (what := columns.meaning(text)) in ROLES}
        for n, what in known.items():
            if getattr(self, what) is None:
                setattr(self, what, n)
        return bool(known)

    def _open_wide(self, spans: Sequence[Span]) -> None:
        """Where the title of the recommendations takes two columns, the first has their numbers."""
        column = 0
        for across, _ in spans:
            if column == self.recommended and across == 2 and self.number is None:
                self.number, self.recommended = column, column + 1
            column += across

    def _cell(self, texts: Sequence[str], column: int | None, used: set[int]) -> str:
        if column is None or column >= len(texts):
            return ""
        used.add(column)
        return texts[column].rstrip(".") if column == self.number else texts[column]


def _text(lines: Sequence[str]) -> str:
    """The running text of a cell, on one line but for words that the end of a line cuts; items end in a mark."""
    plain = [
        line[line.find(END) + 1 :] if line.startswith(LINE) else line for line in lines if "footnote" not in line[:12]
    ]
    whole = [
        f"{line} ;" if marker(after) and line.strip() and not CLOSED.search(line) else line
        for line, after in pairwise([*plain, ""])
    ]
    return "\n".join(" ".join(part.split()) for part in CUT.split(" ".join(whole)))


def _notes(cells: Cells) -> list[str]:
    return [noted for cell in cells for noted in cell if noted.startswith(LINE) and "footnote" in noted]


def _undated(responsible: str) -> str:
    """Who is responsible, without the date by which he is to act: « Économe, juin 2022 »."""
    parts = SEPARATED.split(responsible)
    while len(parts) > 2 and DATED.fullmatch(parts[-1].strip(" ().")):
        parts = parts[:-2]
    return "".join(parts).rstrip()


def _ended(text: str) -> str:
    return text if CLOSED.search(CALLED.sub("", text)) else text + "."
