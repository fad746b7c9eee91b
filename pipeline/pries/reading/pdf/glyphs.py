"""PDF glyphs: the characters of a page, each with its place, size, weight and direction.

Reads a text page of pypdfium2. What stands on its side is turned so that all writing runs to the right; what a
font does not tell is a replacement character.

    "É" at 72 points from the left, 700 from the foot, 12 points large, bold
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from pries.reading.marks import plain
from pries.reading.pdf.unseen import Suspects

UPRIGHT = 0.1  # radians by which a line of writing may lean
HINT = "\u200a"  # stands for a space that pdfium adds
HYPHENS = (0x02, 0xFFFE)  # what pdfium makes of a hyphen, hard or soft, at a line's end
BULLET = 0xF0B7  # that of Symbol, which office programs write
DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
HEAVY = re.compile(rb"bold|black|heavy|demi", re.IGNORECASE)
ARTIFACT, LAYER = "Artifact", "OC"  # marks of what a program repeats on its pages, and of what belongs to a layer
MARK = 12  # characters of the name of a mark that is looked at, with the zero that ends it
WEIGHT = 600  # of a font that is bold
OUTLINED = 2  # the way of drawing by which letters are made bold: filled, and their outline too


class Glyph(NamedTuple):
    """A character as it stands on the page, turned so that its writing runs to the right."""

    text: str
    x: float  # where it begins
    right: float  # where it ends
    y: float  # its baseline, upwards
    size: float
    turn: int = 0  # quarters of a turn by which its writing is rotated on the page
    raised: bool = False  # a superscript, let down to the baseline of its line
    bold: bool = False
    artifact: bool = False  # no text of the document, by the file's own word
    suspect: int = 0  # the text object that it belongs to, where nobody may see that


@dataclass(frozen=True, slots=True)
class _Type:
    """How the characters of one text object are set."""

    size: float
    turn: int  # -1: in no direction of the page
    bold: bool
    artifact: bool
    layered: bool


def glyphs(page: Any, suspects: Suspects) -> list[Glyph]:
    """The glyphs of a text page of pypdfium2 in the order in which they are drawn, spaces among them."""
    from pypdfium2 import raw

    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    at_x, at_y, at_box, handle = ctypes.byref(x), ctypes.byref(y), ctypes.byref(box), page.raw
    unicode, is_generated, object_of = raw.FPDFText_GetUnicode, raw.FPDFText_IsGenerated, raw.FPDFText_GetTextObject
    box_of, origin_of = raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetCharOrigin  # most of the time goes into these
    found: list[Glyph] = []
    drawn, kind, suspect = None, None, 0
    for i in range(page.count_chars()):
        code = unicode(handle, i)
        if is_generated(handle, i) == 1:
            if found and code == 0x20:
                found.append(found[-1]._replace(text=HINT))
            continue
        text_object = object_of(handle, i)
        address = ctypes.c_void_p.from_buffer(text_object).value
        if not box_of(handle, i, at_box) or not origin_of(handle, i, at_x, at_y):
            continue
        if kind is None or address != drawn:
            drawn, kind = address, _type(raw, handle, i, text_object)
            suspect = suspects.look(address, text_object, kind.size, kind.layered, box) if kind and address else 0
        if kind is None:
            continue
        if suspect:
            suspects.add(suspect, box)
        text, raised = _character(code)
        if not text or not (math.isfinite(x.value) and math.isfinite(y.value)):
            continue
        place = (x.value, box.right, y.value)
        if found and found[-1][:4] == (text, *place):
            continue  # a glyph that stands for two characters: « ; » and the Greek question mark
        glyph = Glyph(text, *place, kind.size, kind.turn, raised, kind.bold, kind.artifact, suspect)
        found.append(_upright(glyph, box) if kind.turn else glyph)
    return found


def _type(raw: Any, handle: Any, i: int, text_object: Any) -> _Type | None:
    """How a character is set, and with it the others of its object; None where it has no size."""
    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(handle, i, matrix):
        return None
    size = abs(raw.FPDFText_GetFontSize(handle, i)) * math.hypot(matrix.c, matrix.d)
    if not 0 < size < math.inf:
        return None
    quarters = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
    turn = round(quarters) % 4 if abs(quarters - round(quarters)) < UPRIGHT else -1
    if not text_object:
        return _Type(size, turn, False, False, False)
    marked = _marks(raw, text_object)
    return _Type(size, turn, _is_bold(raw, text_object), ARTIFACT in marked, LAYER in marked)


def _is_bold(raw: Any, text_object: Any) -> bool:
    font = raw.FPDFTextObj_GetFont(text_object)
    if raw.FPDFTextObj_GetTextRenderMode(text_object) == OUTLINED:
        return True
    if not font:
        return False
    name = ctypes.create_string_buffer(128)
    raw.FPDFFont_GetBaseFontName(font, name, len(name))
    return HEAVY.search(name.value) is not None or raw.FPDFFont_GetWeight(font) >= WEIGHT


def _marks(raw: Any, text_object: Any) -> list[str]:
    """The names of a text object's marks: what the program that made the file says of it."""
    name, length, found = (ctypes.c_ushort * MARK)(), ctypes.c_ulong(), []
    for i in range(raw.FPDFPageObj_CountMarks(text_object)):
        mark = raw.FPDFPageObj_GetMark(text_object, i)
        if raw.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), length) and length.value <= ctypes.sizeof(name):
            found.append("".join(map(chr, name[: length.value // 2 - 1])))
    return found


@lru_cache(2**12)
def _character(code: int) -> tuple[str, bool]:
    """The character of a code, and whether it is a superscript figure, given as a plain one.

    A replacement character stands for one that the file does not tell.
    """
    if code in HYPHENS:
        return "-", False
    if code == BULLET:
        return "•", False
    text = unicodedata.normalize("NFC", chr(code))
    digit = text.translate(DIGITS)
    return (plain(digit) if code >= 0x20 or text.isspace() else "\ufffd"), digit != text


def _upright(glyph: Glyph, box: Any) -> Glyph:
    """A glyph with its page turned so that its writing runs to the right."""
    if glyph.turn == 1:
        return glyph._replace(x=glyph.y, right=box.top, y=-glyph.x)
    if glyph.turn == 2:
        return glyph._replace(x=-glyph.x, right=-box.left, y=-glyph.y)
    if glyph.turn == 3:
        return glyph._replace(x=-glyph.y, right=-box.bottom, y=glyph.x)
    return glyph
