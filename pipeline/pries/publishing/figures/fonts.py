"""Fonts: the letters of a figure, those that come with matplotlib or a file of one's own, never one of the system's.

*sans* is DejaVu Sans, *serif* STIX General, cut like the Times in which journals are set; anything else is the path of
a TrueType or OpenType file, whose bold and italic are files of the same family beside it, or the file itself.

    face("serif").file("bold", "normal") -> …/STIXGeneralBol.ttf
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

import matplotlib
from fontTools.ttLib import TTFont
from matplotlib.font_manager import FontProperties

from pries.base.errors import InputError, shortened

SHIPPED = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
KINDS = (("normal", "normal"), ("bold", "normal"), ("normal", "italic"), ("bold", "italic"))
BUILT_IN = {
    "sans": ("DejaVu Sans", ("DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique", "DejaVuSans-BoldOblique")),
    "serif": ("STIXGeneral", ("STIXGeneral", "STIXGeneralBol", "STIXGeneralItalic", "STIXGeneralBolIta")),
}
NARROW, WIDE = "\u202f", "\u00a0"  # spaces that do not break; a font without the narrow one has the wide one
FORMS = ("*.ttf", "*.otf", "*.TTF", "*.OTF")


@dataclass(frozen=True)
class Face:
    """A family of letters: its name, a file for each of KINDS, and whether it has the narrow space."""

    family: str
    files: tuple[Path, ...]
    narrow: bool = True

    def file(self, weight: str, style: str) -> Path:
        """The file of these letters."""
        return self.files[KINDS.index((weight, style))]

    def spelt(self, text: str) -> str:
        """The text in the signs that the face has."""
        return text if self.narrow else text.replace(NARROW, WIDE)


@cache
def face(name: str) -> Face:
    """The face of this name, or of this file. Raises InputError where it is neither."""
    if name in BUILT_IN:
        family, stems = BUILT_IN[name]
        files = tuple(SHIPPED / f"{stem}.ttf" for stem in stems)
        return Face(family, files, ord(NARROW) in _opened(files[0]).getBestCmap())
    path = Path(name)
    if not _is_file(path):
        remedy = f"use one of {', '.join(BUILT_IN)}, or the path of a .ttf or .otf file"
        raise InputError("font", f"no font is called '{shortened(name)}'", remedy)
    own = _opened(path)
    family = own["name"].getBestFamilyName() or path.stem
    beside: dict[tuple[str, str], Path] = {}
    for other in sorted(file for form in FORMS for file in path.parent.glob(form)):
        try:
            opened = _opened(other)
        except InputError:
            continue
        if (opened["name"].getBestFamilyName() or other.stem) == family:
            beside.setdefault(_kind(opened), other)
    return Face(family, tuple(beside.get(kind, path) for kind in KINDS), ord(NARROW) in own.getBestCmap())


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # of a name that is too long to be one
        return False


def _opened(path: Path) -> TTFont:
    try:
        opened = TTFont(path, lazy=True)
        opened.getBestCmap()
    except Exception:  # whatever the library makes of a file that is none
        raise InputError(str(path), "not a font that can be read", "name a .ttf or .otf file") from None
    return opened


def _kind(opened: TTFont) -> tuple[str, str]:
    """Weight and style of a font, by its style bits (OpenType, head.macStyle)."""
    bits = opened["head"].macStyle
    return "bold" if bits & 1 else "normal", "italic" if bits & 2 else "normal"


SANS = face("sans")
CURRENT: ContextVar[Face] = ContextVar("face", default=SANS)


def font(size: float, weight: str = "normal", style: str = "normal") -> FontProperties:
    """The letters of the face in use."""
    return _font(CURRENT.get(), size, weight, style)


@cache
def _font(letters: Face, size: float, weight: str, style: str) -> FontProperties:
    path = letters.file(weight, style)
    return FontProperties(family=letters.family, style=cast(Any, style), size=size, weight=weight, fname=path)


def width_in_points(text: str, size: float, weight: str = "normal") -> float:
    """Width of a line in the face in use, the sum of what its letters take (OpenType, hmtx), without kerning."""
    letters = CURRENT.get()
    advances, missing = _advances(letters.file(weight, "normal"))
    return size * sum(advances.get(ord(sign), missing) for sign in letters.spelt(text))


@cache
def _advances(path: Path) -> tuple[dict[int, float], float]:
    """The width of each sign of a font, and of the box for one that it lacks, at size 1."""
    opened = _opened(path)
    widths, unit = opened["hmtx"].metrics, opened["head"].unitsPerEm
    advances = {sign: widths[name][0] / unit for sign, name in opened.getBestCmap().items()}
    return advances, widths[".notdef"][0] / unit
