"""PDF notes: footnotes at the foot of a page's columns, and the superscripts that call them.

Reads the columns of a page. Notes are small, or as large as the text under a superscript that the page calls; the note
that one page breaks off goes on at the foot of the next.

    "1 Voir la résolution 61/208." in small type -> footnote 1
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pries.reading.marks import CALL, CALLED, ends_sentence, uncalled
from pries.reading.pdf.lines import Line

SMALL = 0.96  # sizes of the text: notes are smaller
NOTE = re.compile(rf"(?P<raised>{CALLED.pattern})|(?P<plain>\d{{1,3}}|[a-z](?=\s)|\*{{1,3}})(?![\w).])")
MEASURE = re.compile(r"(?<![^\W\d_])(?:[kcdm]?m|ha)$")
SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

Marked = tuple[str, Line]


def parted(columns: Sequence[list[Line]], size: float, open_note: str) -> tuple[list[list[Line]], list[Marked], str]:
    """The columns of a page without its notes and with its calls settled, and the lines of the notes with their marks.

    `open_note` is the note that the page before breaks off, if any; gives back the one that this page breaks off.
    """
    called = {mark for column in columns for line in column for _, mark in uncalled(line.text)[1]}
    marks: set[str] = set()
    notes: list[Marked] = []
    texts: list[list[Line]] = []
    for rank, column in enumerate(columns):
        begin = _foot(column, 0 if rank else 1, size, called, open_note)  # a page is never notes only
        for line in column[begin:]:
            mark = _mark(line, called) or (notes[-1][0] if notes else open_note)
            marks.add(mark)
            notes.append((mark, line))
        texts.append(column[:begin])
    settled = [[_settled(line, marks) for line in column] for column in texts if column]
    ends = not notes or ends_sentence(notes[-1][1].text)
    return settled, notes, "" if ends else notes[-1][0]


def _mark(line: Line, called: set[str]) -> str:
    """The mark with which a note begins: a superscript, or one that the page calls."""
    found = NOTE.match(line.text)
    if not found:
        return ""
    mark = _called(found) or found["plain"]
    return mark if found["raised"] or mark in called or mark.startswith("*") else ""


def _called(found: re.Match[str]) -> str:
    """The superscript with which a line begins."""
    return (found["raised"] or "")[1:-1]


def _foot(column: Sequence[Line], least: int, size: float, called: set[str], open_note: str) -> int:
    """Where the notes of a column begin, `least` or more lines down. They are small, or as large as text under a
    superscript that the page calls; the first one begins as a note, or goes on with the note that is open."""
    small = next((i + 1 for i in range(len(column) - 1, -1, -1) if column[i].size >= SMALL * size), 0)
    below = next((i + 1 for i in range(len(column) - 1, -1, -1) if column[i].rows), 0)  # the last table of the column
    for i in range(max(least, below), len(column)):
        found = NOTE.match(column[i].text)
        if (found and _called(found) in called) or (i >= small and (open_note or _mark(column[i], called))):
            return i
    return len(column)


def _settled(line: Line, marks: set[str]) -> Line:
    """A line of text whose calls are told from other superscripts: m², XIXe, no."""
    if CALL not in line.text:
        return line
    rows = tuple(tuple(tuple(_settled(inner, marks) for inner in cell) for cell in row) for row in line.rows)
    return replace(
        line, rows=rows, pieces=tuple(replace(piece, text=_with_calls(piece.text, marks)) for piece in line.pieces)
    )


def _with_calls(text: str, marks: set[str]) -> str:
    def settle(found: re.Match[str]) -> str:
        mark = found[0][1:-1]
        if mark.isdigit() and (MEASURE.search(text[: found.start()][-4:]) or text[found.end() :][:1] in tuple("/⁄")):
            return mark.translate(SUPERSCRIPT)
        return found[0] if mark in marks or not mark.isalpha() else mark

    return CALLED.sub(settle, text)
