"""Footnotes: kept out of sentences, and tied to the place that calls them.

Reads the lines of a document and those that were left out of it as footnotes; a call in the running text (a superscript
digit, a star, a digit glued to a word, where a note has that mark) becomes a mark of `marks`, which the
segmentation takes out when it knows where in the paragraph it stands. A note is tied to the last call of its mark
before it, else to the first after it, because numbers may begin again on each page.

    "… des travailleurs migrants¹." and, below, "¹ Résolution 45/158." -> note 1 at the word « migrants »
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pries.reading.marks import call
from pries.segmentation.furniture import MARK, SUPERSCRIPTS, Dropped, Line, clean
from pries.segmentation.joining import joined

FOOTNOTE = "footnote"
# "migrants¹", "migrants1", "juges.4", "migrants*" and "(A/68/50)*", never "m²", "CO2", "2013" or "art.4"
CALLS = re.compile(
    r"(?<!\bm)(?<!\bkm)(?<=[\w.,;!?»)\]])[⁰¹²³⁴-⁹]{1,3}(?!\w)|(?<=[a-zà-ÿ]{3})\d{1,3}(?!\w)"
    r"|(?<=[a-zà-ÿ]{4}[.,;!?»)])\d{1,3}(?=\s|$)|(?<=[\w»)\]])\*{1,3}"
)
# What is a call even where its note is not found: nothing else stands so after a word.
SURE = re.compile(
    r"(?<=[^\W\d_]{3})(?:[⁰¹²³⁴-⁹]{1,3}|\[\d{1,3}\])(?!\w)|(?<=[»)\]][.,;])[⁰¹²³⁴-⁹]{1,3}(?!\w)"
    r"|(?<=[^\W\d_]{3}[.,;:!?»)\]])(?:[⁰¹²³⁴-⁹]{1,3}|\[\d{1,3}\])(?!\w)|(?<=[^\W\d_]{3})\*{1,3}(?![\w*])"
)
SIGN = re.compile(r"[⁰¹²³⁴-⁹\[*]")  # every sure call has one, and few lines do
EMPHASIS = re.compile(r"(?<![\w*»)\]])(\*{1,3})[^\W\d_]")  # "*du texte*" in a text for Markdown


@dataclass(frozen=True)
class Note:
    """A footnote: its mark, its text, its first line."""

    mark: str
    text: str
    line: int


@dataclass(frozen=True)
class Called:
    """A place that calls a note: the paragraph's name, its first line, the character in its text."""

    mark: str
    paragraph: str
    line: int
    start: int


def collected(dropped: Iterable[Dropped]) -> list[Note]:
    """The notes among the lines that were left out: a line without a mark goes on with the note before it.

    A line of a note that a format has marked bears the mark again and again.
    """
    notes: list[tuple[str, list[str], int]] = []  # mark, lines, first line
    last = 0
    for line in dropped:
        if line.rule != FOOTNOTE:
            continue
        text = clean(line.text)
        begun = MARK.match(text)
        if begun and begun[1].translate(SUPERSCRIPTS) == line.mark:
            text = text[begun.end() :]
            goes_on = False
        else:
            goes_on = bool(notes) and line.mark in ("", notes[-1][0]) and line.number <= last + 2
        if goes_on:
            notes[-1][1].append(text)
        else:
            notes.append((line.mark, [text], line.number))
        last = line.number
    return [Note(mark, joined(texts), first) for mark, texts, first in notes]


def with_calls(lines: Sequence[Line], notes: Sequence[Note]) -> list[Line]:
    """The lines with each superscript, star or glued digit that is the mark of a note made a call of it.

    A superscript, a star or a number in square brackets at the end of a word is one even where its note is missing.
    """
    marks = {note.mark for note in notes}
    emphasis = {found[1] for line in lines if "*" in line.text for found in EMPHASIS.finditer(line.text)}

    def called(found: re.Match[str]) -> str:
        mark = found[0].translate(SUPERSCRIPTS)
        return call(mark) if mark in marks else found[0]

    def sure(found: re.Match[str]) -> str:
        return found[0] if found[0] in emphasis else call(found[0].translate(SUPERSCRIPTS).strip("[]"))

    read = [CALLS.sub(called, line.text) if marks else line.text for line in lines]
    read = [SURE.sub(sure, text) if SIGN.search(text) else text for text in read]
    return [line._replace(text=text) if text != line.text else line for line, text in zip(lines, read, strict=True)]


def tied(doc_id: str, notes: Sequence[Note], calls: Sequence[Called]) -> list[tuple]:
    """The rows of the footnotes table, in the order of the document."""
    by_mark: dict[str, list[Called]] = defaultdict(list)
    for one in calls:
        by_mark[one.mark].append(one)
    rows = []
    for rank, note in enumerate(notes, start=1):
        waiting = by_mark[note.mark] if note.mark else []
        before = [one for one in waiting if one.line <= note.line]
        found = before[-1] if before else waiting[0] if waiting else None
        if found is not None:
            waiting.remove(found)
        place = (found.paragraph, found.start) if found else ("", -1)
        rows.append((doc_id, rank, note.mark, *place, note.text, note.line))
    return rows
