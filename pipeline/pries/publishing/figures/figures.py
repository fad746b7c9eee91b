"""Figures: the charts of the report, in French and in English, for the screen and for print.

Reads the published tables, and the themes' labels in the code book; writes OUT/LANG/NAME.svg, .pdf and .png, with the
numbers as NAME.csv, and title, caption and description (alt text) as NAME.txt. Each module of `gallery` is a figure:
what it counts, how it is drawn, what is noted under it. What figures share stands beside this module.

    « Les gouvernements ont été priés de ratifier… » -> a dark blue piece of the bar of *gouvernements*
"""

from __future__ import annotations

import argparse
import dataclasses
import importlib
import pkgutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from pries.base import atomic, console, settings
from pries.base.errors import InputError
from pries.base.layers import Folder, add_folders, folders_of
from pries.base.places import LEXICONS, SETTINGS
from pries.content import codebook
from pries.publishing.figures import gallery, style
from pries.publishing.figures.captions import caption, sources
from pries.publishing.figures.chart import ONCE, Chart, Companion
from pries.publishing.figures.fonts import CURRENT, NARROW, face
from pries.publishing.figures.page import Page
from pries.publishing.figures.parts import divided_by
from pries.publishing.figures.report import PARTS, Report, values_of
from pries.publishing.figures.style import LARGE, SMALL
from pries.publishing.labels import LANGUAGES, Look, Words
from pries.schema import schema
from pries.store import files

READS = (
    "documents", "paragraphs", "obligations", "clusters", "k_selection", "cluster_members", "cluster_tree",
    "specificities", "afc", "afc_axes", "reinert_classes", "reinert_terms", "reinert_tree", "estimates", "metadata",
    "families", "histories", "renewals",
)  # fmt: skip
READS_BY = ("text_segments",)  # with --by alone: as long as the text
TABLES = Path("outputs/tables")


@dataclass(frozen=True, repr=False)
class CaptionedFigure:
    """A figure, the table behind it, its title, its caption, and its description for those who cannot see it."""

    picture: Figure
    data: pd.DataFrame
    title: str
    caption: str
    alt: str
    dpi: int = Look.dpi

    def save(self, path: Path | str) -> None:
        """Write PATH (svg, pdf, png, tiff, eps), its numbers as CSV and its caption as TXT beside it.

        Raises InputError for another form.
        """
        path = Path(path)
        save(self, path.with_suffix(""), (checked_suffix(path),))

    def __repr__(self) -> str:
        return f"{self.title} ({len(self.data)} rows behind it)"

    def _repr_png_(self) -> bytes:
        """What a notebook shows, at 100 dots per inch."""
        return style.picture(style.draw(self.picture, "pdf", {}), 100, "png", self.title, self.alt)


def find_charts() -> dict[str, Chart]:
    """The chart of each module of the gallery, under the module's name, in the order of their ranks."""
    names = [module.name for module in pkgutil.iter_modules(gallery.__path__)]
    charts = {name: importlib.import_module(f"{gallery.__name__}.{name}").CHART for name in names}
    return dict(sorted(charts.items(), key=lambda item: (item[1].rank, item[0])))


FIGURES = find_charts()


def figure(name: str, report: Report, words: Words, look: Look) -> CaptionedFigure:
    """The figure `name`, `look.width` mm wide and as high as it needs, and what goes with it."""
    chart = FIGURES[name]
    words.require([f"title.{name}", f"alt.{name}", *chart.labels])
    with style.active(look.font):
        words.thousands = CURRENT.get().spelt(NARROW)
        page = Page(look.width, words, look)
        if report.by == "date" and chart.over_time:
            report = dataclasses.replace(report, by="")
        title = title_of(name, report.by, words)
        if look.title:
            page.block(title, LARGE, weight="bold")
            page.y += 1
        if len(report.obligations) or chart.text_units:
            companion = chart.draw(report, page)
        else:
            page.empty_frame("nothing")
            companion = Companion([], pd.DataFrame())
        first, *others = companion.notes or [""]
        once = [words(ONCE)] if chart.repetitions == ONCE else []  # n counts repetitions, and the bars do not
        notes = [" ".join(filter(None, [caption(report, words, chart.text_units), *once, first])), *others]
        for note in notes:
            page.block(note, SMALL, color=style.GREY)
        repeated = [] if once else [words(chart.repetitions)]
        counted = "" if chart.text_units else " ".join([*repeated, words.checked(report.obligations)])
        paragraphs = sources(report, words, chart.text_units is not None)
        described = words(own_label("alt", name, report.by, words), most=companion.largest)
        alt = described if companion.largest else words("alt.nothing")
        text = "\n".join(filter(None, [*notes, counted, paragraphs]))
        picture = page.finish()
        if look.grey:
            style.in_grey(picture)
        return CaptionedFigure(picture, companion.data, title, text, f"{title}. {alt}", look.dpi)


def own_label(kind: str, name: str, by: str, words: Words) -> str:
    """The key of a figure's title or description: one of its own with `--by` where the other would not be true."""
    key = f"{kind}.{name}"
    return f"{key}.by" if by and f"{key}.by" in words.rows else key


def title_of(name: str, by: str, words: Words) -> str:
    """The title of a figure, and by what it divides."""
    title = words(own_label("title", name, by, words))
    return f"{title}, {divided_by(by, words)}" if by else title


def read_report(tables: Path, lexicons: Folder, lang: str, settings_folder: Folder = SETTINGS, by: str = "") -> Report:
    """The published tables in the folder `tables`. Raises InputError where one is missing or another's."""
    frames = {}
    for table in (*READS, *READS_BY) if by else READS:
        path = tables / f"{table}.csv"
        try:
            frames[table] = schema.conform(files.read_csv(path, table), table)
        except FileNotFoundError:
            remedy = "run the stages before, or name another --tables folder"
            raise InputError(str(path), "no such table", remedy) from None
        except ValueError as error:
            raise InputError(str(path), f"not this table ({error})", "make it again") from None
    return Report(**frames, themes=codebook.chosen(lexicons, settings_folder).labels(lang))


def by_column(report: Report, by: str) -> Report:
    """The report with years, documents or the values of a column of metadata.csv as its parts.

    Raises InputError for an unknown column, for years where no document has a date, and where all are one part.
    """
    own = list(dict.fromkeys(report.metadata["field"]))
    if by and by not in (*own, *PARTS):
        raise InputError(
            "--by", f"no column of metadata.csv is called '{by}'", f"use one of {', '.join([*own, *PARTS])}"
        )
    if by == "date" and not (report.documents["date"] != "").any():
        raise InputError("--by", "no document has a date", "add a column date to metadata.csv")
    divided = dataclasses.replace(report, by=by)
    if by and values_of(divided).nunique() < 2:
        raise InputError("--by", f"all documents are one part by {by}", "nothing can be compared: leave it out")
    return divided


def names_drawn(names: Sequence[str], by: str) -> list[str]:
    """The figures to draw: those named, or all; with `by` those that can show parts. Raises InputError for another."""
    unable = [name for name, chart in FIGURES.items() if by and not chart.by_parts]
    for name in names:
        if name not in FIGURES:
            raise InputError("--name", f"no figure is called '{name}'", f"use one of {', '.join(FIGURES)}")
        if name in unable:
            problem = f"{name} is made of all requests together and has no parts"
            raise InputError("--by", problem, f"leave it out: all but {' and '.join(unable)} can be drawn by it")
    return list(names) or [name for name in FIGURES if name not in unable]


def checked_width(width: float) -> float:
    """`width` in mm, if it lies within the bounds of the setting; else an InputError."""
    bounds = next(f.metadata for f in dataclasses.fields(Look) if f.name == "width")
    if not bounds["low"] <= width <= bounds["high"]:
        remedy = f"stay between {bounds['low']:g} and {bounds['high']:g}"
        raise InputError("--width", f"{width:g} mm is out of bounds", remedy)
    return width


def checked_suffix(path: Path) -> str:
    """The form that a file's name asks for. Raises InputError for one that is not written."""
    if path.suffix[1:] not in style.SUFFIXES:
        problem = f"no figure is written as '{path.suffix[1:]}'"
        raise InputError(str(path), problem, f"use one of {', '.join(style.SUFFIXES)}")
    return path.suffix[1:]


def drawn(
    tables: Path, lang: str, lexicons: Folder = LEXICONS, settings_folder: Folder = SETTINGS,
    names: Sequence[str] = (), by: str = "", **look_of: Any,
) -> dict[str, CaptionedFigure]:  # fmt: skip
    """The figures `names` (all of them for none) from `tables`, by name.

    `by` is date, document or a column of metadata.csv, whose values are the parts that figures compare;
    `look_of` are fields of `Look` in place of the settings'.
    """
    look = dataclasses.replace(settings.read(settings_folder, Look), **look_of)
    checked_width(look.width)
    face(look.font)
    names = names_drawn(names, by)
    words = Words(lexicons, lang)
    report = by_column(read_report(tables, lexicons, lang, settings_folder, by), by)
    return {name: figure(name, report, words, look) for name in console.progress(names, "figures", len(names))}


def run(
    tables: Path, out: Path, lang: str, lexicons: Folder = LEXICONS, settings_folder: Folder = SETTINGS,
    names: Sequence[str] = (), by: str = "", **look_of: Any,
) -> list[Path]:  # fmt: skip
    """Draw figures (see `drawn`) into `out`/`lang`, or a single one into the file `out`; the paths written."""
    begun = time.perf_counter()
    one_file = out.suffix[1:] in style.SUFFIXES or (len(names) == 1 and out.suffix != "" and not out.is_dir())
    forms = (checked_suffix(out),) if one_file else style.FORMATS
    if one_file and len(names) != 1:
        raise InputError("--out", f"{out} is one file", "give one --name with it, or a folder")
    made = drawn(tables, lang, lexicons, settings_folder, names, by, **look_of)
    stems = [out.with_suffix("") if one_file else out / lang / name for name in made]
    with atomic.together():
        for stem, captioned in zip(stems, made.values(), strict=True):
            save(captioned, stem, forms)
    written = forms if one_file else (*forms, "csv", "txt")
    paths = [stem.with_name(f"{stem.name}.{form}") for stem in stems for form in written]
    what = f"{out}" if one_file else f"{len(made)} in {out / lang}, each"
    console.say("figures", f"{what} with its data and caption", time.perf_counter() - begun)
    return paths


def save(captioned: CaptionedFigure, stem: Path, forms: Sequence[str]) -> None:
    """STEM.FORM for each form, its numbers as STEM.csv, its caption and description as STEM.txt."""
    style.save(captioned.picture, stem, forms, captioned.dpi, captioned.title, captioned.alt)
    data = captioned.data
    table = data.to_csv(index=False, lineterminator="\n", float_format="%.6f") if len(data.columns) else ""
    text = "\n\n".join([captioned.title, captioned.caption, captioned.alt])
    files.write_text(stem.with_name(f"{stem.name}.csv"), table)
    files.write_text(stem.with_name(f"{stem.name}.txt"), f"{text}\n")


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `pries figures --out`: some figures in one language, in another size or by other parts."""
    parser.add_argument("--tables", type=Path, default=TABLES, metavar="DIR", help=f"in: the CSV tables ({TABLES})")
    forms = ", ".join(style.SUFFIXES)
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help=f"out: DIR/LANG/NAME.*, or one file ({forms})"
    )
    parser.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0], help=f"(default: {LANGUAGES[0]})")
    parser.add_argument("--name", action="append", default=[], metavar="NAME", help=f"one of {', '.join(FIGURES)}")
    parser.add_argument("--width", type=float, metavar="MM", help="60 to 400; 85 for one column, 170 for two")
    parser.add_argument(
        "--by", default="", metavar="COLUMN", help="parts: date, document, or your column of metadata.csv"
    )
    parser.add_argument("--font", metavar="FONT", help="sans, serif, or a .ttf or .otf file")
    parser.add_argument("--no-title", dest="title", action="store_false", default=None, help="no title above it")
    parser.add_argument("--grey", action="store_true", default=None, help="greys in place of colours")
    add_folders(parser, corpus=True)


def command(options: argparse.Namespace) -> None:
    """Draw from files to files."""
    given = vars(options)
    look_of = {key: given[key] for key in ("width", "font", "title", "grey") if given[key] is not None}
    run(options.tables, options.out, options.lang, *folders_of(options), options.name, options.by, **look_of)
