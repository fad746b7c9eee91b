"""PDF files for tests, set line by line: paragraphs, headings, items, tables and footnotes on A4 pages.

A document is a list of `layouts.Part`; a `Style` says how it is set. `[^3]` in a text is a superscript call, and the
footnote with this label stands at the foot of the column in which it is called.

    make([Part("plain", "", "Il a prié les États d’agir[^1]."), Part("footnote", "1", "A/99/4.")], Style(columns=2))
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from layouts import CALL, TIED, Part
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

MARGIN = 72.0
GUTTER = 24.0
SMALLER = 0.8  # size of a note in sizes of the text
FULL_WIDTH = ("masthead", "title")


@dataclass(frozen=True)
class Style:
    """How a document is set."""

    columns: int = 1
    justified: bool = True
    size: float = 11.0
    spacing: float = 6.0  # above a paragraph
    first_indent: float = 0.0
    hanging: float = 0.0  # of numbered paragraphs and items
    head: str = ""
    numbers: bool = True
    font: str = "Times-Roman"

    @property
    def leading(self) -> float:
        return 1.2 * self.size


Word = list[tuple[str, bool]]  # its parts, and whether each is a superscript


@dataclass
class _Line:
    words: list[Word]
    indent: float
    size: float
    last: bool  # of its paragraph: not justified
    above: float  # space above, but for a column's first line
    notes: list[str] = field(default_factory=list)
    keep: bool = False  # with what follows
    centred: bool = False
    stops: tuple[float, ...] = ()  # where the words stand, as cells of a table


def make(parts: Sequence[Part], style: Style = Style()) -> bytes:
    """The bytes of a PDF file of A4 pages."""
    return _Setter(parts, style).run()


def place(pages: Sequence[Sequence[tuple[float, float, float, str]]], font: str = "Times-Roman") -> bytes:
    """A PDF file whose lines stand where they are told: x, y, size, text."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=True)
    for page in pages:
        for x, y, size, text in page:
            canvas.setFont(font, size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def words_of(text: str) -> list[Word]:
    """The words of a text, between spaces at which a line may break."""
    found = []
    for word in TIED.sub("\u00a0", text).split(" "):
        parts = [(part, bool(rank % 2)) for rank, part in enumerate(re.split(CALL, word)) if part]
        found.append(parts)
    return found


class _Setter:
    """Sets parts line by line into columns."""

    def __init__(self, parts: Sequence[Part], style: Style) -> None:
        self.parts, self.style, self.file = parts, style, io.BytesIO()
        self.canvas = Canvas(self.file, pagesize=A4, invariant=True)
        self.notes = {part.label: part for part in parts if part.kind == "footnote"}
        self.page, self.column, self.top = 1, 0, A4[1] - MARGIN
        self.y, self.foot, self.called = self.top, MARGIN, list[str]()
        self.columns = 1

    def run(self) -> bytes:
        texts = [part for part in self.parts if part.kind != "footnote"]
        wide = next((i for i, part in enumerate(texts) if part.kind not in FULL_WIDTH), len(texts))
        self._set(texts[:wide])
        self._end_column()
        self.columns = self.style.columns
        self.top = self.y - self.style.spacing if wide else self.top
        self.y = self.top
        self._set(texts[wide:])
        self._end_column()
        self._end_page()
        self.canvas.save()
        return self.file.getvalue()

    @property
    def width(self) -> float:
        return (A4[0] - 2 * MARGIN - (self.columns - 1) * GUTTER) / self.columns

    @property
    def left(self) -> float:
        return MARGIN + self.column * (self.width + GUTTER)

    def _set(self, parts: Sequence[Part]) -> None:
        lines = [line for part in parts for line in self._lines(part)]
        for rank, line in enumerate(lines):
            last = next((i for i in range(rank, len(lines)) if not lines[i].keep), rank)
            kept = lines[rank : last + 2] if line.keep else [line]  # a heading stays whole, above two lines of text
            need = sum(self._height(each) for each in kept)
            if self.y - need < self.foot and self.y < self.top:
                self._next_column()
            self._draw(line)

    def _height(self, line: _Line) -> float:
        notes = sum(self._note_height(mark) for mark in line.notes)
        return line.above + 1.2 * line.size + notes

    def _note_height(self, mark: str) -> float:
        return 1.2 * SMALLER * self.style.size * len(list(self._note_lines(mark))) + 4

    def _note_lines(self, mark: str) -> Iterator[_Line]:
        yield from self._break([[(mark, True)], *words_of(self.notes[mark].text)], SMALLER * self.style.size, 0, 0, 0)

    def _lines(self, part: Part) -> Iterator[_Line]:
        style = self.style
        if part.kind == "table":
            for row in part.text.split("\n"):
                cells = [words_of(cell) for cell in row.split("\t")]
                joined = [[p for w in cell for p in (("\u00a0", False), *w)][1:] for cell in cells]
                yield _Line(joined, 0, style.size, True, 2, stops=tuple(90.0 * i for i in range(len(cells))))
            return
        text = f"{part.label} {part.text}" if part.label else part.text
        depth = {"item": 20.0, "subitem": 40.0}.get(part.kind, 0.0)
        hanging = style.hanging if part.kind in ("numbered", "item", "subitem") else 0.0
        first = style.first_indent if part.kind in ("numbered", "plain") else 0.0
        heading = part.kind in ("title", "heading")
        size = style.size + 2 * (part.kind == "title")
        spacing = max(style.spacing, 8.0) if heading or part.kind == "masthead" else style.spacing
        for line in self._break(words_of(text), size, depth + first, depth + hanging, spacing):
            line.keep = heading
            line.centred = part.kind == "title"
            line.last |= heading
            yield line

    def _break(self, words: Sequence[Word], size: float, first: float, rest: float, spacing: float) -> Iterator[_Line]:
        space = stringWidth(" ", self.style.font, size)
        line = _Line([], first, size, False, spacing)
        used = first
        for word in words:
            width = self._word_width(word, size)
            if line.words and used + space + width > self.width:
                yield line
                line, used = _Line([], rest, size, False, 0), rest
            used += width + (space if line.words else 0)
            line.words.append(word)
            line.notes += [text for text, raised in word if raised and text in self.notes and size == self.style.size]
        line.last = True
        yield line

    def _word_width(self, word: Word, size: float) -> float:
        return sum(stringWidth(text, self.style.font, size * (0.6 if raised else 1)) for text, raised in word)

    def _draw(self, line: _Line) -> None:
        self.y -= (line.above if self.y < self.top else 0) + 1.2 * line.size
        self._draw_at(line, self.y)
        for mark in line.notes:
            self.called.append(mark)
            self.foot += self._note_height(mark)

    def _draw_at(self, line: _Line, y: float) -> None:
        space = stringWidth(" ", self.style.font, line.size)
        widths = [self._word_width(word, line.size) for word in line.words]
        free = self.width - line.indent - sum(widths) - space * (len(widths) - 1)
        if self.style.justified and not line.last and len(widths) > 1:
            space += free / (len(widths) - 1)
        x = self.left + line.indent + (free / 2 if line.centred else 0)
        for rank, (word, width) in enumerate(zip(line.words, widths, strict=True)):
            at = self.left + line.stops[rank] if line.stops else x
            for text, raised in word:
                size = line.size * (0.6 if raised else 1)
                self.canvas.setFont(self.style.font, size)
                self.canvas.drawString(at, y + (0.35 * line.size if raised else 0), text)
                at += stringWidth(text, self.style.font, size)
            x += width + space

    def _next_column(self) -> None:
        self._end_column()
        self.column += 1
        if self.column == self.columns:
            self._end_page()
            self.page, self.column, self.top = self.page + 1, 0, A4[1] - MARGIN
        self.y = self.top

    def _end_column(self) -> None:
        y = self.foot
        for mark in self.called:
            y -= 4
            for line in self._note_lines(mark):
                y -= 1.2 * line.size
                self._draw_at(line, y)
        self.foot, self.called = MARGIN, []

    def _end_page(self) -> None:
        self.canvas.setFont(self.style.font, 9)
        if self.style.head:
            self.canvas.drawString(MARGIN, A4[1] - 40, self.style.head)
        if self.style.numbers:
            self.canvas.drawCentredString(A4[0] / 2, 36, str(self.page))
        self.canvas.showPage()
