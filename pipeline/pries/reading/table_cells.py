"""Cells: what of a row of a table is running text, and what is left out as a table.

Reports are set in tables too: a cell that holds a sentence is text, with the number in the cell before it. All else of
a row goes to one line that is left out.

    ["12.", "Les gouvernements ont été priés de ratifier les deux conventions."] -> "12. Les gouvernements…"
    ["Afrique", "14", "33 %"] -> left_out("table") + "Afrique\\t14\\t33 %"
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pries.reading.enumeration import ACTION, marker, number_of
from pries.reading.marks import CALLED, CLOSED, END, HEADING, LINE, left_out

WORDS = 8  # of the shortest sentence
BETWEEN = re.compile(r"(?<=[.!?…])\s+(?=[«\"“]?\s?[A-ZÀ-ÖØ-Þ])")  # sentences


def is_sentence(text: str) -> bool:
    """Whether a text is a full sentence: it ends as one and has words enough."""
    return CLOSED.search(CALLED.sub("", text)) is not None and len(text.split()) >= WORDS


def holds_sentence(text: str) -> bool:
    """Whether there is a full sentence in a text, which may go on without a full stop at its end.

    >>> holds_sentence("Le ministère devra recruter des juges avant la rentrée. Voir annexe")
    True
    """
    return any(is_sentence(part) for part in BETWEEN.split(text))


def row(cells: Sequence[Sequence[str]]) -> list[str]:
    """The lines of a row whose cells are given as lines each; rows without text give none."""
    found: list[str] = []
    others: list[str] = []
    label = ""
    alone = len(cells) == 1  # « Former les agents », in a list that is set as a table of one column
    for cell in cells:
        notes = [line for line in cell if line.startswith(LINE) and not line.startswith(LINE + HEADING)]
        lines = [line for line in cell if line not in notes and line.strip()]
        if any(holds_sentence(line) or line.startswith(LINE) or (alone and _acts(line)) for line in lines):
            if label:
                others.pop()
            begins = lines[0].find(END) + 1 if lines[0].startswith(LINE) else 0
            found += [lines[0][:begins] + f"{label} {lines[0][begins:]}".lstrip(), *lines[1:], *notes]
            label = ""
        else:
            others.append(" ".join(" ".join(lines).split()))
            found += notes
            label = others[-1] if _is_label(others[-1]) else ""
    if any(others):
        found.append(left_out("table") + "\t".join(others))
    return found


def _acts(line: str) -> bool:
    """Whether a line says what is to be done: « Former les agents »."""
    return len(line.split()) > 2 and ACTION.match(line) is not None


def _is_label(text: str) -> bool:
    number = number_of(text)
    return (number is not None and number.end == len(text)) or (len(text) < WORDS and marker(text + " ") != "")
