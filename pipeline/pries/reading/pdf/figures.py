"""PDF figures: tables without lines around them, and the figures of charts.

Reads the lines of a page. A run of lines that have figures in all but their first cells is a table, and so is the line
of as many cells above it; so are short words in a row with others that begin at one place, such as abbreviations.

    "Afrique    14    33 %" above "Europe    11    26 %" -> two rows of a table
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, islice, takewhile

from pries.reading import table_cells
from pries.reading.enumeration import ambiguous, marker, number_of
from pries.reading.marks import ends_sentence
from pries.reading.pdf.lines import Line

FIGURE = re.compile(r"[-–−+(]?\d[\d\s.,:/%()–-]*$|[-–−—.…]+$")  # a cell of figures, or an empty one
LETTER = re.compile(r"[^\W\d_]")
LEADER = re.compile(r"[.…_·]{4}|(?:\. ){4}")  # of an entry of a table of contents
WIDE = 1.5  # sizes between two columns of a list
LEVEL = 3.0  # points by which what begins at one place may differ
TERM = 25  # characters of what stands in the first column of a list
SENTENCES = 3  # rows of a list for each that holds a sentence, from which they are text
LISTED = 3  # rows of a list, at least
# What stands beside a chart: « Figure 3. Parts des secteurs », « Graphique 2 : … ».
FIGURED = re.compile(r"(?:figure|fig\.|graphique|graphe|diagramme|schéma|carte) ?(?:n[o°º]\.? ?)?\d", re.IGNORECASE)
CAPTION_LINES = 4  # of which a caption may have three
LABELS, LABEL = 6, 32  # lines in a row, and characters of each
ROWS = 2  # of figures in a table, at least


def with_tables(pages: Sequence[list[Line]], share: float) -> list[list[Line]]:
    """The lines of all pages with the rows of tables of figures marked: two or more rows in which more than this share
    of the cells after the first are figures, and the row of as many cells above them. Tables go on over pages."""
    lines = [line for page in pages for line in page]
    for figures, run in groupby(range(len(lines)), key=lambda i: _has_figures(lines[i], share)):
        rows = list(run)
        if not figures or len(rows) < ROWS:
            continue
        head = rows[0] - 1
        if head >= 0 and len(lines[head].pieces) == len(lines[rows[0]].pieces):
            rows.append(head)
        for i in rows:
            lines[i] = replace(lines[i], rule="table")
    told = iter(lines)
    return [list(islice(told, len(page))) for page in pages]


def _has_figures(line: Line, share: float) -> bool:
    figures = [FIGURE.match(piece.text) is not None for piece in line.pieces[1:]]
    return sum(figures) > share * len(figures)


def with_lists(column: Sequence[Line]) -> list[Line]:
    """The lines of a column with the rows of lists in two columns marked, such as that of abbreviations, unless many a
    second column holds a sentence."""
    found = list(column)
    start = 0
    while start < len(found):
        end = _list_end(found, start)
        rows: list[str] = []
        for line in found[start:end]:
            rows += [""] * (len(line.pieces) > 1)
            rows[-1] += f" {line.pieces[-1].text}"
        if len(rows) >= LISTED and SENTENCES * sum(map(table_cells.holds_sentence, rows)) < len(rows):
            found[start:end] = [replace(line, rule="table") for line in found[start:end]]
        start = max(end, start + 1)
    return found


def with_labels(column: Sequence[Line]) -> list[Line]:
    """The lines of a column with the labels of charts marked: many short lines in a row beside the caption of a figure,
    none of which ends as a sentence does."""
    found = list(column)
    for at, line in enumerate(found):
        if not FIGURED.match(line.text):
            continue
        below = (_labels(found, range(start, len(found))) for start in range(at + 1, at + 1 + CAPTION_LINES))
        for run in (next((run for run in below if run), []), _labels(found, range(at - 1, -1, -1))):
            for i in run:
                found[i] = replace(found[i], rule="figures")
    return found


def _labels(lines: Sequence[Line], ranks: range) -> list[int]:
    """The lines that are labels from the first rank on, if they are many."""
    run = list(takewhile(lambda i: _is_label(lines[i]), ranks))
    return run if len(run) >= LABELS else []


def _is_label(line: Line) -> bool:
    if line.rows or line.rule or len(line.text) > LABEL or ends_sentence(line.text):
        return False
    return not (marker(line.text + " ") or number_of(line.text) or FIGURED.match(line.text))


def _list_end(lines: Sequence[Line], start: int) -> int:
    """Where the list ends that begins at a line; right there where none begins."""
    place = _second(lines[start])
    end = start
    while place and end < len(lines) and not lines[end].rule:
        line = lines[end]
        goes_on = len(line.pieces) == 1 and abs(line.x - place) <= LEVEL
        if not goes_on and abs(_second(line) - place) > LEVEL:
            break
        end += 1
    return end


def _second(line: Line) -> float:
    """Where the second column of a row of a list begins; 0 for other lines."""
    if len(line.pieces) != 2 or line.rows or LEADER.search(line.text):
        return 0.0
    first, second = line.pieces
    labelled = marker(first.text + " ") or number_of(first.text) or ambiguous(first.text + " ")[0]
    apart = second.x - first.right >= WIDE * line.size
    return second.x if apart and len(first.text) <= TERM and not labelled else 0.0


def are_figures(block: Sequence[Line]) -> bool:
    """Whether a paragraph has no word: what stands along the axes of a chart, or in a table."""
    return not any(LETTER.search(line.text) or LEADER.search(line.text) for line in block) and not ends_sentence(
        block[-1].text
    )
