"""PDF figures: rows of figures without lines around them.

Reads the lines of a page. A run of lines that have figures in all but their first cells is a table, and so is the line
of as many cells above it.

    "Afrique    14    33 %" above "Europe    11    26 %" -> two rows of a table
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, islice

from pries.reading.pdf.lines import Line

FIGURE = re.compile(r"[-–−+(]?\d[\d\s.,:/%()–-]*$|[-–−—.…]+$")  # a cell of figures, or an empty one
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
