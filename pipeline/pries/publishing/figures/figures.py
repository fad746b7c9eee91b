"""Figures: the charts of the report, in French and in English, for the screen and for print.

Reads the published tables, and the themes' labels in the code book; writes OUT/LANG/NAME.svg, .pdf and .png, with the
numbers as NAME.csv, and title, caption and description (alt text) as NAME.txt. What is drawn is counted in `counts`;
how it looks stands in `charts`, `heatmap`, `page` and `style`.

    « Les gouvernements ont été priés de ratifier… » -> a dark blue piece of the bar of *gouvernements*
"""

from __future__ import annotations

import argparse
import dataclasses
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from pries.base import atomic, console, settings
from pries.base.errors import InputError
from pries.base.places import LEXICONS, SETTINGS, add_folders
from pries.content import codebook
from pries.publishing.figures import charts_requests, style
from pries.publishing.figures.counts import Report, places
from pries.publishing.figures.drawing import FIGURES, OF_TEXT, Drawn, OfText
from pries.publishing.figures.page import Page
from pries.publishing.figures.style import SMALL
from pries.publishing.labels import LANGUAGES, Look, Words, clean
from pries.schema import schema
from pries.store import files

READS = (
    "documents", "paragraphs", "obligations", "clusters", "k_selection", "cluster_members", "cluster_tree",
    "specificities", "afc", "afc_axes", "reinert_classes", "reinert_terms", "reinert_tree", "metadata",
)  # fmt: skip
MOST_SYMBOLS = 3  # documents that a caption names
TABLES = Path("outputs/tables")


@dataclass(frozen=True)
class Made:
    """A figure, the table behind it, its title, its caption, and its description for those who cannot see it."""

    picture: Figure
    data: pd.DataFrame
    title: str
    caption: str
    alt: str


def caption(report: Report, words: Words, of_text: OfText | None = None) -> str:
    """What every figure says of its data: n (requests and restatements, or what of the text), the documents if few."""
    n, documents = len(report.obligations), report.documents
    key = "note.none" if n == 0 else "note.one" if n == 1 else "note.n"
    if of_text is not None and n:
        n, key = of_text.count(report), of_text.key
    symbols = [clean(symbol or doc_id) for symbol, doc_id in documents[["symbol", "doc_id"]].to_numpy()]
    if not 0 < len(symbols) <= MOST_SYMBOLS:
        where = words("note.many", n=words.number(len(symbols)))
    else:
        where = words("note.document" if len(symbols) == 1 else "note.documents", symbols=", ".join(symbols))
    repeats = int((report.obligations["restates"] != "").sum())
    return f"{words(key, n=words.number(n), repeats=words.number(repeats))} {where}"


def sources(report: Report, words: Words, of_text: bool) -> str:
    """The paragraphs that a figure rests on: `Paragraphes : 5 à 9, 11.` for one document, else where to find them."""
    rows = report.paragraphs[report.paragraphs["kind"] != "heading"] if of_text else report.obligations
    if not report.alone:
        return words("note.sources", n=words.number(len(set(places(rows)))))
    wanted = set(rows["paragraph"])
    order = report.paragraphs.loc[report.paragraphs["kind"] != "heading", "paragraph"].tolist()
    runs: list[list[str]] = []
    for i, paragraph in enumerate(order):
        if paragraph in wanted and i and order[i - 1] in wanted:
            runs[-1].append(paragraph)
        elif paragraph in wanted:
            runs.append([paragraph])
    to = words("note.to")
    shown = [run[0] if len(run) == 1 else f"{run[0]} {to} {run[-1]}" for run in runs]
    return words("note.paragraphs", paragraphs=", ".join(shown)) if shown else ""


def figure(name: str, report: Report, words: Words, look: Look) -> Made:
    """The figure `name`, `look.width` mm wide and as high as it needs, and what goes with it."""
    with style.active():
        page = Page(look.width, words, look)
        title = words(f"title.{name}")
        charts_requests.begin(page, title)
        if len(report.obligations):
            drawn = FIGURES[name](report, page)
        else:
            charts_requests.nothing(page)
            drawn = Drawn([], pd.DataFrame())
        of_text = OF_TEXT.get(name)
        notes = [" ".join([caption(report, words, of_text), *drawn.notes[:1]]), *drawn.notes[1:]]
        for note in notes:
            page.block(note, SMALL, color=style.GREY)
        counted = f"{words('note.restated')} {words.checked(report.obligations)}"
        told = [*notes, counted, sources(report, words, of_text is not None)]
        alt = words(f"alt.{name}", most=drawn.alt) if drawn.alt else words("alt.nothing")
        return Made(page.finish(), drawn.data, title, "\n".join(filter(None, told)), f"{title}. {alt}")


def read_report(tables: Path, lexicons: Path, lang: str, settings_folder: Path = SETTINGS) -> Report:
    """The published tables in the folder `tables`. Raises InputError where one is missing or another's."""
    frames = {}
    for table in READS:
        path = tables / f"{table}.csv"
        try:
            frames[table] = schema.conform(files.read_csv(path, table), table)
        except FileNotFoundError:
            raise InputError(
                str(path), "no such table", "run the stages before, or name another --tables folder"
            ) from None
        except ValueError as error:
            raise InputError(str(path), f"not this table ({error})", "make it again") from None
    return Report(**frames, themes=codebook.chosen(lexicons, settings_folder).labels(lang))


def by_column(report: Report, by: str) -> Report:
    """The report with the values of a column of metadata.csv as its parts. Raises InputError for an unknown one."""
    known = list(dict.fromkeys(report.metadata["field"]))
    if by and by not in known:
        raise InputError(
            "--by",
            f"no column of metadata.csv is called '{by}'",
            f"use one of {', '.join(known)}" if known else "add it",
        )
    return dataclasses.replace(report, by=by)


def checked_width(width: float) -> float:
    """`width` in mm, if it lies within the bounds of the setting; else an InputError."""
    bounds = next(f.metadata for f in dataclasses.fields(Look) if f.name == "width")
    if not bounds["low"] <= width <= bounds["high"]:
        remedy = f"stay between {bounds['low']:g} and {bounds['high']:g}"
        raise InputError("--width", f"{width:g} mm is out of bounds", remedy)
    return width


def run(
    tables: Path,
    out: Path,
    lang: str,
    lexicons: Path = LEXICONS,
    settings_folder: Path = SETTINGS,
    names: Sequence[str] = (),
    width: float | None = None,
    by: str = "",
) -> list[Path]:
    """Draw the figures `names` (all of them for none) from `tables` into `out`/`lang`; the paths written.

    `by` is a column of metadata.csv whose values are the parts that figures of parts compare.
    """
    begun = time.perf_counter()
    look = settings.read(settings_folder, Look)
    look = look if width is None else dataclasses.replace(look, width=checked_width(width))
    for name in names:
        if name not in FIGURES:
            raise InputError("--name", f"no figure is called '{name}'", f"use one of {', '.join(FIGURES)}")
    words = Words(lexicons, lang)
    report = by_column(read_report(tables, lexicons, lang, settings_folder), by)
    drawn = {
        name: figure(name, report, words, look)
        for name in console.progress(names or FIGURES, "figures", len(names) or len(FIGURES))
    }
    if out.suffix[1:] in style.FORMATS:
        if len(drawn) != 1:
            raise InputError("--out", f"{out} is one file", "give one --name with it, or a folder")
        paths = [out]
        with atomic.together():
            save(next(iter(drawn.values())), out.with_suffix(""), (out.suffix[1:],), look)
    else:
        paths = [out / lang / f"{name}.{form}" for name in drawn for form in (*style.FORMATS, "csv", "txt")]
        with atomic.together():
            for name, made in drawn.items():
                save(made, out / lang / name, style.FORMATS, look)
    where = out if len(paths) == 1 else out / lang
    console.say("figures", f"{len(drawn)} in {where}, each with its data and caption", time.perf_counter() - begun)
    return paths


def save(made: Made, stem: Path, forms: Sequence[str], look: Look) -> None:
    """STEM.FORM for each form, its numbers as STEM.csv, its caption and description as STEM.txt."""
    style.save(made.picture, stem, forms, look.dpi, made.title, made.alt)
    table = made.data.to_csv(index=False, lineterminator="\n", float_format="%.6f") if len(made.data.columns) else ""
    files.write_text(stem.with_name(f"{stem.name}.csv"), table)
    files.write_text(stem.with_name(f"{stem.name}.txt"), f"{made.title}\n\n{made.caption}\n\n{made.alt}\n")


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `pries figures --out`: some figures in one language, in another size or by other parts."""
    parser.add_argument("--tables", type=Path, default=TABLES, metavar="DIR", help=f"in: the CSV tables ({TABLES})")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="out: DIR/LANG/NAME.*, or one file.pdf")
    parser.add_argument("--lang", choices=LANGUAGES, required=True)
    parser.add_argument("--name", action="append", default=[], metavar="NAME", help=f"one of {', '.join(FIGURES)}")
    parser.add_argument("--width", type=float, metavar="MM", help="85 for one column, 170 for two")
    parser.add_argument("--by", default="", metavar="COLUMN", help="parts by a column of metadata.csv of your own")
    add_folders(parser)


def command(options: argparse.Namespace) -> None:
    """Draw from files to files."""
    given = vars(options)
    run(*(given[key] for key in ("tables", "out", "lang", "lexicons", "settings", "name", "width", "by")))
