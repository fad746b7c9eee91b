"""PDF drawings: the areas of pictures and charts on a page, and the words in them, which are no paragraph.

A picture is an area, and so is a frame around a picture or around curves, as a chart has. Words that stand in one are
labels and legends, unless they hold a whole sentence or a list, as a box of text does, or are large, as a title set on
a picture is.

    « Énergie », « Eau et forêts », « 12 % » in the frame of a pie chart -> figures
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from pries.reading.enumeration import marker, number_of
from pries.reading.marks import STOPPED
from pries.reading.pdf.lines import Line

LEAST = 60.0  # points of each side of an area
MOST = 0.6  # of a page, from which a picture is a scan or a background
PICTURED = 0.15  # of a frame that a picture, or curves, take in it
LARGE = 12.0  # points: no label is larger
SIDES = 6  # strokes of a frame
LOOKED_AT, FRAMES = 2_000, 20  # drawings of a page, and frames, the largest, that are looked at
NEAR = 2.0  # points
WORDS = 8  # of the shortest sentence
SENTENCE = re.compile(STOPPED.format(stops=".!?…"))
BETWEEN = re.compile(r"(?<=[.!?…])\s+")


class Area(NamedTuple):
    """The sides of an area of a page."""

    left: float
    bottom: float
    right: float
    top: float

    def holds(self, other: Area) -> bool:
        """Whether another area lies in this one."""
        return (
            self.left - NEAR <= other.left
            and other.right <= self.right + NEAR
            and self.bottom - NEAR <= other.bottom
            and other.top <= self.top + NEAR
        )

    @property
    def size(self) -> float:
        return (self.right - self.left) * (self.top - self.bottom)


def labelled(lines: Sequence[Line], page: Any) -> list[Line]:
    """The lines of a page with those marked that are labels of its pictures and charts."""
    found = list(lines)
    for area in _areas(page):
        inside = [i for i, line in enumerate(found) if not line.rows and area.holds(_place(line))]
        if inside and _are_labels([found[i] for i in inside]):
            for i in inside:
                found[i] = replace(found[i], rule="figures")
    return found


def _are_labels(lines: Sequence[Line]) -> bool:
    """Whether lines are labels: none is large, begins an item of a list or belongs to a whole sentence."""
    if any(line.size > LARGE or marker(line.text) or number_of(line.text) for line in lines):
        return False
    return not _holds_sentence(" ".join(line.text for line in lines))


def _place(line: Line) -> Area:
    return Area(line.x, line.y, line.right, line.y)


def _holds_sentence(text: str) -> bool:
    return any(SENTENCE.search(part) and len(part.split()) >= WORDS for part in BETWEEN.split(text))


def _areas(page: Any) -> list[Area]:
    """The areas of pictures, and of frames around pictures or curves."""
    width, height = page.get_size()
    pictures: list[Area] = []
    frames: list[Area] = []
    curves: list[Area] = []
    for kind, area in _drawn(page):
        if area.size >= MOST * width * height:
            continue
        large = area.right - area.left >= LEAST and area.top - area.bottom >= LEAST
        if kind == "picture" and large:
            pictures.append(area)
        elif kind == "frame" and large:
            frames.append(area)
        elif kind == "curve":
            curves.append(area)
    charts = [
        frame
        for frame in sorted(frames, key=lambda frame: -frame.size)[:FRAMES]
        if sum(one.size for one in (*pictures, *curves) if frame.holds(one)) >= PICTURED * frame.size
    ]
    return pictures[:FRAMES] + charts


def _drawn(page: Any) -> Iterator[tuple[str, Area]]:
    """The drawings on a page that tell areas: pictures, frames, curves."""
    from pypdfium2 import raw

    sides = [ctypes.c_float() for _ in range(4)]
    places = [ctypes.byref(side) for side in sides]
    for i in range(min(raw.FPDFPage_CountObjects(page.raw), LOOKED_AT)):
        drawing = raw.FPDFPage_GetObject(page.raw, i)
        kind = raw.FPDFPageObj_GetType(drawing)
        if kind not in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH):
            continue
        if not raw.FPDFPageObj_GetBounds(drawing, *places):
            continue
        area = Area(*(side.value for side in sides))
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            yield "picture", area
        elif area.size >= 1.0:
            count = raw.FPDFPath_CountSegments(drawing)
            segments = (raw.FPDFPath_GetPathSegment(drawing, n) for n in range(min(count, SIDES + 1)))
            if any(raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_BEZIERTO for segment in segments):
                yield "curve", area
            elif count <= SIDES:
                yield "frame", area
