"""Style of the figures: fonts, sizes in millimetres, colours, files.

Text of a report is drawn as it stands: never read as mathematics.

    wrap("organisations de la société civile", 30, 7.5) -> "organisations de la\nsociété civile"
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import matplotlib
from fontTools import subset
from matplotlib.collections import Collection
from matplotlib.colors import to_hex, to_rgba
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text
from PIL.PngImagePlugin import PngInfo
from pypdfium2 import PdfDocument

from pries.publishing.figures.fonts import CURRENT, face, width_in_points
from pries.store import files

FORMATS = ("svg", "pdf", "png")  # of every run
RASTER = ("png", "tiff", "tif")
SUFFIXES = (*FORMATS, "tiff", "tif", "eps")  # of one figure, by its suffix
INCH, POINT = 25.4, 25.4 / 72  # mm
MARGIN, ROW, SMALL, LARGE = 1.5, 4.8, 7.0, 9.0  # mm, mm (a row at least), pt, pt
INK, GREY, SILVER, PALE, WHITE = "#1a1a1a", "#595959", "#8c8c8c", "#d9d9d9", "#ffffff"
# viridis (van der Walt & Smith 2015) at equal steps of lightness, L* 18 to 89: told apart by colour-blind
# readers and in grey print; dark is strong.
STEPS = ("#470e61", "#453781", "#375b8d", "#287d8e", "#1f9e89", "#42be71", "#90d743", "#ece51b")
DIVIDED = 6  # the first of them, for parts that are divided by: paler ones are left to the others and to none
# The one colour of figures without modalities, and the colour of what is opposed to it.
BLUE, RUST, SAND = "#375b8d", "#b3562b", "#dca27f"
# Counts in heat maps: one hue, white for none.
RAMP = ("#ffffff", "#12436b")
EDITOR_TABLES = ("GDEF", "GPOS", "GSUB", "MATH", "OS/2", "cmap", "kern", "post")  # a PDF's own tables map its letters
RC: Any = {
    "axes.edgecolor": GREY, "axes.linewidth": 0.5, "axes.unicode_minus": True, "figure.dpi": 72,
    "patch.linewidth": 0.5, "path.simplify": False, "pdf.compression": 6, "pdf.fonttype": 42, "ps.fonttype": 42,
    "savefig.bbox": None, "savefig.facecolor": WHITE, "svg.fonttype": "none", "svg.hashsalt": "ont-ete-pries",
    "text.hinting": "no_hinting", "text.parse_math": False, "text.usetex": False,
    "xtick.major.size": 2, "xtick.major.width": 0.5, "ytick.major.size": 0, "ytick.major.width": 0.5,
}  # fmt: skip
PRODUCER = "Ont été priés"
FIELDS = {"svg": ("Title", "Description"), "pdf": ("Title", "Subject"), "png": ("Title", "Description"), "eps": ()}
METADATA: dict[str, dict[str, str | None]] = {
    "svg": {"Date": None, "Creator": PRODUCER},
    "pdf": {"CreationDate": None, "Creator": PRODUCER, "Producer": PRODUCER},
    "png": {"Software": PRODUCER},
    "eps": {"Creator": "pries"},  # ASCII alone
}


def extent(text: str, size: float, weight: str = "normal") -> float:
    """Width of a line in mm, 2 % more than measured: no renderer rounds quite alike."""
    return 1.02 * width_in_points(text, size, weight) * POINT


def line(size: float) -> float:
    """Height of a line in mm."""
    return 1.25 * size * POINT


def wrap(text: str, width: float, size: float, weight: str = "normal") -> str:
    """`text` broken at spaces into lines of at most `width` mm; none begins with a number or a sign if it can.

    A longer word is broken behind one of its hyphens, else with a hyphen where the line ends: *gouverne-ments*.
    """
    lines, current = [], ""
    for word in keep_together(text.split(" "), width, size, weight):
        longer = f"{current} {word}" if current else word
        if extent(longer, size, weight) <= width:
            current = longer
            continue
        lines += [current] if current else []
        while extent(word, size, weight) > width and len(word) > 1:
            piece, word = cut(word, width, size, weight)
            lines.append(piece)
        current = word
    return "\n".join([*lines, current])


def keep_together(words: Sequence[str], width: float, size: float, weight: str) -> list[str]:
    """Words, those without a letter joined to the word before where a line has room: *civile · 2*, *modalité (%)*."""
    joined: list[str] = []
    for word in words:
        longer = f"{joined[-1]} {word}" if joined else word
        if joined and not any(map(str.isalpha, word)) and extent(longer, size, weight) <= width:
            joined[-1] = longer
        else:
            joined.append(word)
    return joined


def cut(word: str, width: float, size: float, weight: str) -> tuple[str, str]:
    """The first line of a word that is wider than `width`, and the rest of it, of three signs or more if it can."""
    fits = max(1, min(len(word) - 1, int(len(word) * width / extent(word, size, weight))))
    while fits > 1 and extent(f"{word[:fits]}-", size, weight) > width:
        fits -= 1
    at = word.rfind("-", 0, fits) + 1
    if at > 1:
        return word[:at], word[at:]
    fits = min(fits, len(word) - 3) if len(word) > 5 and fits > len(word) - 3 else fits
    joined = word[fits - 1].isalpha() and word[fits].isalpha() and extent(f"{word[:fits]}-", size, weight) <= width
    return word[:fits] + "-" * joined, word[fits:]


def lightness(colour: str) -> float:
    """CIE 1976 lightness L* of an sRGB colour, 0 to 100."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    y = sum(c * weight for c, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))
    return 116 * y ** (1 / 3) - 16 if y > 216 / 24389 else y * 24389 / 27


def ink_on(colour: str) -> str:
    """The colour of letters on a ground of `colour`: contrast at least 4.5 to 1 (WCAG 2.1, 1.4.3)."""
    return WHITE if lightness(colour) < 49.4 else "#000000"


def shade(value: float, highest: float) -> str:
    """The ground of a count: square root, so that small counts show beside large ones."""
    if value <= 0:
        return WHITE
    part = 0.10 + 0.90 * (value / highest) ** 0.5
    pair = zip(*([int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in RAMP), strict=True)
    return "#" + "".join(f"{round(low + (high - low) * part):02x}" for low, high in pair)


@contextmanager
def active(letters: str = "sans") -> Iterator[None]:
    """The drawing parameters and the face of this name, for the time of a `with` block."""
    token = CURRENT.set(face(letters))
    try:
        with matplotlib.rc_context(RC), even_lines():
            yield
    finally:
        CURRENT.reset(token)


@contextmanager
def even_lines() -> Iterator[None]:
    """The lines of a label stand equally far apart.

    Matplotlib places each by its own letters, so that *programme*, which rises nowhere, stands apart from *d’action*.
    """
    measure, lay_out = matplotlib.text._get_text_metrics_with_cache, Text._get_layout  # type: ignore[attr-defined]

    def alike(renderer: Any, line: str, *options: Any, **named: Any) -> tuple[float, float, float]:
        width, _, _ = measure(renderer, line, *options, **named)
        return (width, *measure(renderer, "lp", *options, **named)[1:])

    def evenly(text: Text, renderer: Any) -> Any:
        if "\n" not in text.get_text():
            return lay_out(text, renderer)
        matplotlib.text._get_text_metrics_with_cache = alike  # type: ignore[attr-defined]
        try:
            return lay_out(text, renderer)
        finally:
            matplotlib.text._get_text_metrics_with_cache = measure  # type: ignore[attr-defined]

    Text._get_layout = evenly  # type: ignore[attr-defined]
    try:
        yield
    finally:
        Text._get_layout = lay_out  # type: ignore[attr-defined]


def grey(colour: Any) -> Any:
    """The grey of the same lightness; what is clear stays clear."""
    red, green, blue, alpha = to_rgba(colour)
    dark = lightness(to_hex((red, green, blue))) / 100
    y = ((dark + 0.16) / 1.16) ** 3 if dark > 0.08 else dark / 9.0329
    value = 12.92 * y if y <= 0.0031308 else 1.055 * y ** (1 / 2.4) - 0.055
    return (value, value, value, alpha)


def in_grey(figure: Figure) -> None:
    """Every colour of a figure becomes the grey of its lightness: what is told apart by lightness still is."""
    for artist in figure.findobj():
        if isinstance(artist, Patch):
            artist.set(facecolor=grey(artist.get_facecolor()), edgecolor=grey(artist.get_edgecolor()))
        elif isinstance(artist, Line2D):
            artist.set(color=grey(artist.get_color()), markerfacecolor=grey(artist.get_markerfacecolor()))
            artist.set_markeredgecolor(grey(artist.get_markeredgecolor()))
        elif isinstance(artist, Text):
            artist.set_color(grey(artist.get_color()))
        elif isinstance(artist, Collection):
            artist.set(facecolors=[grey(c) for c in artist.get_facecolor()])
            artist.set(edgecolors=[grey(c) for c in artist.get_edgecolor()])


@contextmanager
def plain_fonts() -> Iterator[None]:
    """Fonts go into PDF files without the tables that only a text editor reads: they cost most of a PDF's time."""
    usual = subset.load_font

    def load(*args: Any, **options: Any) -> Any:
        loaded = usual(*args, **options)
        loaded.setGlyphOrder([f"g{i}" for i in range(loaded["maxp"].numGlyphs)])  # names, else read from post and cmap
        for table in set(EDITOR_TABLES) & set(loaded.keys()):
            del loaded[table]
        return loaded

    subset.load_font = load
    try:
        yield
    finally:
        subset.load_font = usual


def save(figure: Figure, stem: Path, forms: Sequence[str], dpi: int, title: str = "", alt: str = "") -> None:
    """Write `figure` as STEM.FORM for each of `forms`; the same figure gives the same bytes.

    A PNG or TIFF is a picture of the PDF: to draw a figure once more costs five times as much.
    """
    drawn = {
        form: draw(figure, form, metadata(form, title, alt))
        for form in dict.fromkeys("pdf" if form in RASTER else form for form in forms)
    }
    for form in forms:
        content = picture(drawn["pdf"], dpi, form, title, alt) if form in RASTER else drawn[form]
        files.write_bytes(stem.with_name(f"{stem.name}.{form}"), content)


def metadata(form: str, title: str, alt: str) -> dict[str, str | None]:
    """What a file says of itself: the program that made it, the figure's title and description, no date."""
    return METADATA[form] | (dict(zip(FIELDS[form], (title, alt), strict=False)) if title else {})


def draw(figure: Figure, form: str, fields: dict[str, str | None]) -> bytes:
    """The figure as a file of the form `form`."""
    buffer = BytesIO()
    with active(), plain_fonts(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        figure.savefig(buffer, format=form, metadata=fields)
    content = buffer.getvalue()
    return re.sub(rb"%%CreationDate: .*\n", b"", content, count=1) if form == "eps" else content


def picture(pdf: bytes, dpi: int, form: str, title: str, alt: str) -> bytes:
    """The first page of a PDF file as a PNG or TIFF file."""
    buffer = BytesIO()
    document = PdfDocument(pdf)
    image = document[0].render(scale=dpi / 72).to_pil()
    document.close()
    if form != "png":
        image.save(buffer, "tiff", dpi=(dpi, dpi), compression="tiff_lzw", description=title, software=PRODUCER)
        return buffer.getvalue()
    chunks = PngInfo()
    for name, value in metadata("png", title, alt).items():
        chunks.add_text(name, value or "")
    # as small as at the default level, and faster
    image.save(buffer, "png", dpi=(dpi, dpi), pnginfo=chunks, compress_level=3)
    return buffer.getvalue()
