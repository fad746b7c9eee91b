"""Style of the figures: fonts, sizes in millimetres, colours, files.

Text of a report is drawn as it stands: never read as mathematics.

    wrap("organisations de la société civile", 30, 7.5) -> "organisations de la\nsociété civile"
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import matplotlib
from fontTools import subset
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from PIL.PngImagePlugin import PngInfo
from pypdfium2 import PdfDocument

from pries.store import files

FORMATS = ("svg", "pdf", "png")
INCH, POINT = 25.4, 25.4 / 72  # mm
MARGIN, ROW, SMALL, LARGE = 1.5, 4.8, 7.0, 9.0  # mm, mm (a row at least), pt, pt
INK, GREY, PALE, WHITE = "#1a1a1a", "#595959", "#d9d9d9", "#ffffff"
# viridis (van der Walt & Smith 2015) at equal steps of lightness, L* 18 to 89: told apart by colour-blind
# readers and in grey print; dark is strong.
STEPS = ("#470e61", "#453781", "#375b8d", "#287d8e", "#1f9e89", "#42be71", "#90d743", "#ece51b")
# The one colour of figures without modalities, and the colour of what is opposed to it.
BLUE, RUST = "#375b8d", "#b3562b"
# Counts in heat maps: one hue, white for none.
RAMP = ("#ffffff", "#12436b")
EDITOR_TABLES = ("GDEF", "GPOS", "GSUB", "MATH", "OS/2", "cmap", "post")  # a PDF's own tables map its letters
RC: Any = {
    "axes.edgecolor": GREY, "axes.linewidth": 0.5, "axes.unicode_minus": True, "figure.dpi": 72,
    "patch.linewidth": 0.5, "path.simplify": False, "pdf.compression": 6, "pdf.fonttype": 42,
    "savefig.bbox": None, "savefig.facecolor": WHITE, "svg.fonttype": "none", "svg.hashsalt": "ont-ete-pries",
    "text.hinting": "no_hinting", "text.parse_math": False, "text.usetex": False,
    "xtick.major.size": 2, "xtick.major.width": 0.5, "ytick.major.size": 0, "ytick.major.width": 0.5,
}  # fmt: skip
PRODUCER = "Ont été priés"
FIELDS = {"svg": ("Title", "Description"), "pdf": ("Title", "Subject"), "png": ("Title", "Description")}
METADATA: dict[str, dict[str, str | None]] = {
    "svg": {"Date": None, "Creator": PRODUCER},
    "pdf": {"CreationDate": None, "Creator": PRODUCER, "Producer": PRODUCER},
    "png": {"Software": PRODUCER},
}


@cache
def font(size: float, weight: str = "normal", style: str = "normal") -> FontProperties:
    """DejaVu Sans as shipped with matplotlib, never one of the system's."""
    name = {"normal": "", "bold": "-Bold"}[weight] + {"normal": "", "italic": "-Oblique"}[style]
    path = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / f"DejaVuSans{name}.ttf"
    slant = cast(Any, style)
    return FontProperties(family="DejaVu Sans", style=slant, size=size, weight=weight, fname=path)


@cache
def _renderer() -> Any:
    return FigureCanvasAgg(Figure(figsize=(0.1, 0.1), dpi=720)).get_renderer()


@cache
def extent(text: str, size: float, weight: str = "normal") -> float:
    """Width of a line in mm, 2 % more than measured: no renderer rounds quite alike."""
    return 1.02 * _renderer().get_text_width_height_descent(text, font(size, weight), False)[0] * INCH / 720


def line(size: float) -> float:
    """Height of a line in mm."""
    return 1.25 * size * POINT


def wrap(text: str, width: float, size: float, weight: str = "normal") -> str:
    """`text` broken at spaces into lines of at most `width` mm; a longer word is broken anywhere."""
    lines, current = [], ""
    for word in text.split(" "):
        longer = f"{current} {word}" if current else word
        if extent(longer, size, weight) <= width:
            current = longer
            continue
        lines += [current] if current else []
        while extent(word, size, weight) > width and len(word) > 1:
            fits = max(1, int(len(word) * width / extent(word, size, weight)))
            while fits > 1 and extent(word[:fits], size, weight) > width:
                fits -= 1
            lines.append(word[:fits])
            word = word[fits:]
        current = word
    return "\n".join([*lines, current])


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


def active() -> AbstractContextManager[None]:
    """The drawing parameters, for the time of a `with` block."""
    return matplotlib.rc_context(RC)


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

    A PNG is a picture of the PDF: to draw a figure once more costs five times as much.
    """
    drawn = {
        form: draw(figure, form, metadata(form, title, alt))
        for form in dict.fromkeys("pdf" if form == "png" else form for form in forms)
    }
    for form in forms:
        content = picture(drawn["pdf"], dpi, metadata("png", title, alt)) if form == "png" else drawn[form]
        files.write_bytes(stem.with_name(f"{stem.name}.{form}"), content)


def metadata(form: str, title: str, alt: str) -> dict[str, str | None]:
    """What a file says of itself: the program that made it, the figure's title and description, no date."""
    return METADATA[form] | (dict(zip(FIELDS[form], (title, alt), strict=True)) if title else {})


def draw(figure: Figure, form: str, fields: dict[str, str | None]) -> bytes:
    """The figure as a file of the form `form`."""
    buffer = BytesIO()
    with active(), plain_fonts(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        figure.savefig(buffer, format=form, metadata=fields)
    return buffer.getvalue()


def picture(pdf: bytes, dpi: int, fields: dict[str, str | None]) -> bytes:
    """The first page of a PDF file as a PNG file."""
    buffer, chunks = BytesIO(), PngInfo()
    for name, value in fields.items():
        chunks.add_text(name, value or "")
    document = PdfDocument(pdf)
    image = document[0].render(scale=dpi / 72).to_pil()
    document.close()
    # as small as at the default level, and faster
    image.save(buffer, "png", dpi=(dpi, dpi), pnginfo=chunks, compress_level=3)
    return buffer.getvalue()
