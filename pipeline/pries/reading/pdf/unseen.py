"""PDF unseen: text that a page holds and does not show: white on white, clipped away, off the page, in a hidden layer.

Reads the text objects of a page that may be such, by their colour, place, size and way of drawing. Where drawing the
page without them changes none of its pixels, nobody sees them. The text layer of a scan is such text too, and all that
there is to read: it stays.

    white letters on a white page -> unseen        white letters on a blue bar -> text
"""

from __future__ import annotations

import ctypes
from collections.abc import Collection, Iterable, Mapping
from typing import Any

LIGHT = 230  # of 255: a colour from which letters may vanish on paper
SMALLEST, OF_HEIGHT = 1.0, 800  # points, and of a page's height: letters below are dust
SCALE, WIDEST = 1.0, 2_000  # pixels a point, and of a page's longer side
READABLE = 0.7  # pixels a point below which letters that can be seen may leave no pixel
FAINT = 8  # of 255: a difference that no eye sees

Box = tuple[float, float, float, float]  # left, bottom, right, top


class Suspects:
    """The text objects of a page that may be unseen, as they are met."""

    def __init__(self, page: Any) -> None:
        from pypdfium2 import raw

        self.raw, self.page, self.box = raw, page, page.get_bbox()
        self.smallest = min(SMALLEST, (self.box[3] - self.box[1]) / OF_HEIGHT)
        self.found: dict[int, Any] = {}
        self.places: dict[int, Box] = {}  # of the letters of each on the page: an object's own may be those of a form
        self.dust: set[int] = set()
        self.colour = [ctypes.c_uint() for _ in range(4)]  # red, green, blue, how opaque
        self.ways = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)

    def look(self, address: int, text_object: Any, size: float, layered: bool, box: Any) -> int:
        """The address of a text object that may be unseen, 0 for any other; `box` is that of its first letter."""
        if size < self.smallest:
            self.dust.add(address)
            return address
        outside = _apart(_sides(box), self.box) or _is_clipped(text_object)
        if not (layered or outside or self._is_faint(text_object)):
            return 0
        self.found[address] = text_object
        return address

    def add(self, address: int, box: Any) -> None:
        """Take in the box of a letter of a suspect."""
        left, bottom, right, top = _sides(box)
        known = self.places.get(address, (left, bottom, right, top))
        self.places[address] = (min(left, known[0]), min(bottom, known[1]), max(right, known[2]), max(top, known[3]))

    def _is_faint(self, text_object: Any) -> bool:
        """Whether letters are drawn in no way, in no colour that is opaque, or in a light one."""
        if self.raw.FPDFTextObj_GetTextRenderMode(text_object) in self.ways:
            return True
        if not self.raw.FPDFPageObj_GetFillColor(text_object, *self.colour):
            return False
        *light, opaque = (part.value for part in self.colour)
        return opaque <= FAINT or min(light) >= LIGHT

    def unseen(self) -> Collection[int]:
        """The addresses of those that nobody sees."""
        return self.dust | set(_without_trace(self.page, self.found, self.places)) if self.found else self.dust


def _sides(box: Any) -> Box:
    return box.left, box.bottom, box.right, box.top


def _is_clipped(page_object: Any) -> bool:
    """Whether an object stands where it is clipped away."""
    from pypdfium2 import raw

    sides = [ctypes.c_float() for _ in range(4)]
    clips = list(_clips(page_object))
    if not clips or not raw.FPDFPageObj_GetBounds(page_object, *sides):
        return False
    left, bottom, right, top = (side.value for side in sides)
    return any(_apart((left, bottom, right, top), clip) for clip in clips)


def _clips(page_object: Any) -> Iterable[Box]:
    """The boxes around the paths that clip an object."""
    from pypdfium2 import raw

    path = raw.FPDFPageObj_GetClipPath(page_object)
    x, y = ctypes.c_float(), ctypes.c_float()
    for n in range(raw.FPDFClipPath_CountPaths(path) if path else 0):
        segments = (
            raw.FPDFClipPath_GetPathSegment(path, n, i) for i in range(raw.FPDFClipPath_CountPathSegments(path, n))
        )
        points = [(x.value, y.value) for segment in segments if raw.FPDFPathSegment_GetPoint(segment, x, y)]
        if points:
            xs, ys = zip(*points, strict=True)
            yield min(xs), min(ys), max(xs), max(ys)


def _apart(box: Box, other: Box) -> bool:
    return box[2] <= other[0] or box[0] >= other[2] or box[3] <= other[1] or box[1] >= other[3]


def _without_trace(page: Any, suspects: Mapping[int, Any], places: Mapping[int, Box]) -> Iterable[int]:
    """Those of some objects that change no pixel of the page; none where the page is too large to tell."""
    from pypdfium2 import raw

    width, height = page.get_size()
    scale = min(SCALE, WIDEST / max(width, height, 1.0))
    if scale < READABLE:
        return
    whole = page.render(scale=scale, grayscale=True).to_numpy().astype("int16")
    for text_object in suspects.values():
        raw.FPDFPageObj_SetIsActive(text_object, False)
    rest = page.render(scale=scale, grayscale=True).to_numpy()
    for text_object in suspects.values():
        raw.FPDFPageObj_SetIsActive(text_object, True)
    traces = abs(whole - rest) > FAINT
    rows, columns = traces.shape[:2]
    for address, place in places.items():
        left, top, right, bottom = _on_picture(page, place, columns, rows)
        if not traces[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)].any():
            yield address


def _on_picture(page: Any, bounds: Box, columns: int, rows: int) -> tuple[int, int, int, int]:
    """The pixels of a box, a pixel more on each side: left, top, right, bottom."""
    from pypdfium2 import raw

    x, y, found = ctypes.c_int(), ctypes.c_int(), []
    for at_x, at_y in ((bounds[0], bounds[1]), (bounds[2], bounds[3])):
        raw.FPDF_PageToDevice(page.raw, 0, 0, columns, rows, 0, at_x, at_y, x, y)
        found.append((x.value, y.value))
    (left, right), (top, bottom) = (sorted(pair) for pair in zip(*found, strict=True))
    return left - 1, top - 1, right + 2, bottom + 2
