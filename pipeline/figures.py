"""Figures: the charts of the report, in French and in English, for the screen and for print.

Reads the published tables documents, paragraphs, obligations and clusters, and the themes' labels in the code
book; writes OUT/LANG/NAME.svg, .pdf and .png. What is drawn is counted in `counts`; how it looks stands
in `charts`, `heatmap`, `page` and `style`.

    « Les gouvernements ont été priés de ratifier… » -> a dark blue piece of the bar of *gouvernements*
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from pipeline import charts, codebook, files, heatmap, schema, settings, stage, style
from pipeline import charts_statistics as statistics
from pipeline.counts import (
    TENTHS,
    Report,
    addressee_by_modality,
    are_roles,
    cluster_by_modality,
    concerned,
    crossed,
    group_merges,
    marking,
    plane,
    strip_by_modality,
    theme_by_part,
    through_text,
    words_compared,
    words_mapped,
)  # fmt: skip
from pipeline.errors import InputError
from pipeline.labels import LANGUAGES, Look, Words, clean
from pipeline.page import Page
from pipeline.style import SMALL

READS = (
    "documents", "paragraphs", "obligations", "clusters", "k_selection", "cluster_members", "cluster_tree",
    "specificities", "afc", "afc_axes",
)  # fmt: skip
MOST_SYMBOLS = 3  # documents that a caption names
UNSTABLE = 0.6  # a group less stable is hardly found again (Hennig 2007)


def draw_addressees(report: Report, page: Page) -> list[str]:
    """`requests_by_addressee`; the notes under it."""
    charts.requests_by_addressee(addressee_by_modality(report.obligations), page)
    return [page.words("note.requests_by_addressee")]


def draw_themes(report: Report, page: Page) -> list[str]:
    """`themes_by_section`; the notes under it."""
    words = page.words
    cell = max(heatmap.NARROW, style.extent(words.number(len(report.obligations)), SMALL, "bold") + 0.8)
    counts = theme_by_part(report, int(0.56 * page.width / cell) - 1)
    parts = list(counts.columns[:-1])
    roles = are_roles(pd.Series(parts, dtype="str"))
    names = [part_name(p, words) or words("no_section") for p in parts]
    themes = [clean(report.themes.get(t, t)) or words("no_theme") for t in counts.index[:-1]]
    head = words("axis.role" if roles else "axis.section")
    total = words("total")
    charts.themes_by_section(counts, ([*themes, total], [*names, total]), head, page)
    return [words("note.themes_by_section"), *([] if roles else section_key(report, words))]


def draw_pairs(report: Report, page: Page) -> list[str]:
    """`issuer_addressee`; the notes under it."""
    counts = crossed(report.obligations["issuer_actor"], report.obligations["addressee_actor"])
    charts.issuer_addressee(counts, page)
    return [page.words("note.issuer_addressee")]


def draw_clusters(report: Report, page: Page) -> list[str]:
    """`clusters`; the notes under it."""
    counts = cluster_by_modality(report)
    labels = dict(zip(report.clusters["cluster"], report.clusters["label"], strict=True))
    charts.clusters(counts, [clean(labels.get(c) or c) for c in counts.index], page)
    return [page.words("note.clusters")]


def draw_through(report: Report, page: Page) -> list[str]:
    """`requests_through_text`; the notes under it."""
    words = page.words
    if report.alone:
        dots, text = through_text(report)
        text["part"] = [part_name(part, words) for part in text["part"]]
        charts.requests_through_text(dots, text, page)
        return [words("note.requests_through_text"), *section_key(report, words)]
    counts = strip_by_modality(report, TENTHS)
    if style.extent(words.number(counts.to_numpy().max()), SMALL) > 0.5 * page.width / TENTHS:
        counts = strip_by_modality(report, TENTHS // 2)
    counts = counts.loc[list(words.modalities)]
    names = [words(f"modality.{m}") for m in counts.index]
    ends = [words.number((i + 1) * 100 / len(counts.columns)) for i in counts.columns]
    heatmap.heat_map(counts, (names, ends), (words("axis.level"), words("axis.position")), page)
    return [words("note.requests_through_texts")]


def draw_k(report: Report, page: Page) -> list[str]:
    """`k_selection`; the notes under it."""
    if not len(report.k_selection):
        charts.nothing(page)
        return [page.words("note.one_group")]
    statistics.k_selection(report.k_selection, page)
    return [page.words("note.k_selection")]


def draw_tree(report: Report, page: Page) -> list[str]:
    """`group_tree`; the notes under it."""
    merges, groups = group_merges(report)
    if not merges:
        charts.nothing(page)
        return [page.words("note.one_group")]
    rows = report.clusters.set_index("cluster").loc[groups]
    unstable = (rows["stability"] < UNSTABLE).tolist()
    names = [clean(label) + " †" * weak for label, weak in zip(rows["label"], unstable, strict=True)]
    statistics.group_tree(merges, names, rows["size"].tolist(), page)
    key = "note.all_unstable" if all(unstable) else "note.group_tree"
    return [page.words(key, least=page.words.number(UNSTABLE, 1))]


def draw_specificities(report: Report, page: Page) -> list[str]:
    """`specificities`; the notes under it."""
    cells = marking(report, page.look.over_used, page.look.under_used)
    if not len(cells):
        charts.nothing(page)
        return [page.words("note.no_specificity")]
    named = cells.assign(part=[part_name(part, page.words) for part in cells["part"]])
    statistics.specificities(named, page)
    return [page.words("note.specificities"), *(section_key(report, page.words) if report.alone else [])]


def draw_afc(report: Report, page: Page) -> list[str]:
    """`correspondence`; the notes under it."""
    points = plane(report, page.look.lemmas)
    if not len(points):
        charts.nothing(page)
        return [page.words("note.no_plane")]
    columns = points["kind"].str.endswith("column")
    names = [part_name(n, page.words) if c else n for n, c in zip(points["name"], columns, strict=True)]
    first, second = report.afc_axes["share"].head(2)
    lost = statistics.afc(points.assign(name=names), (first, second), page)
    note = page.words("note.correspondence", n=page.words.number(lost))
    return [note, *(section_key(report, page.words) if report.alone else [])]


FIGURES: dict[str, Callable[[Report, Page], list[str]]] = {
    "requests_by_addressee": draw_addressees,
    "themes_by_section": draw_themes,
    "issuer_addressee": draw_pairs,
    "clusters": draw_clusters,
    "requests_through_text": draw_through,
    "k_selection": draw_k,
    "group_tree": draw_tree,
    "specificities": draw_specificities,
    "correspondence": draw_afc,
}


OF_WORDS: dict[str, Callable[[Report], int]] = {"specificities": words_compared, "correspondence": words_mapped}


def part_name(part: str, words: Words) -> str:
    """What figures call a part: a role by its word, the second annex `annexe 2`, a section by its number."""
    if part.startswith("annex"):
        return f"{words('role.annex')} {clean(part.removeprefix('annex'))}".strip()
    return words(f"role.{part}") if part in schema.SECTION_ROLES else clean(part)


def section_key(report: Report, words: Words) -> list[str]:
    """The titles of the top-level sections of one document: `Sections : I Introduction ; II …`."""
    rows = report.paragraphs[concerned(report)]
    tops = rows[(rows["section"] != "") & (rows["section_role"] != "annex")]
    tops = tops[~tops["section"].str.contains(".", regex=False)]
    tops = tops.drop_duplicates("section")
    joint = "\u00a0; " if words.lang == "fr" else "; "
    pairs = zip(tops["section"].map(clean), tops["section_title"].map(clean), strict=True)
    named = [f"{top}\u00a0{title}" for top, title in pairs if title]
    return [words("note.sections", sections=joint.join(named))] if named else []


def caption(report: Report, words: Words, of_words: Callable[[Report], int] | None = None) -> str:
    """What every figure says of its data: n (requests and restatements, or words), the documents where they are few."""
    n, documents = len(report.obligations), report.documents
    key = "note.none" if n == 0 else "note.one" if n == 1 else "note.n"
    if of_words is not None and n:
        n, key = of_words(report), "note.words"
    symbols = [clean(symbol or doc_id) for symbol, doc_id in documents[["symbol", "doc_id"]].to_numpy()]
    if not 0 < len(symbols) <= MOST_SYMBOLS:
        where = words("note.many", n=words.number(len(symbols)))
    else:
        where = words("note.document" if len(symbols) == 1 else "note.documents", symbols=", ".join(symbols))
    repeats = int((report.obligations["restates"] != "").sum())
    return f"{words(key, n=words.number(n), repeats=words.number(repeats))} {where}"


def figure(name: str, report: Report, words: Words, look: Look) -> Figure:
    """The figure `name`, `look.width` mm wide and as high as it needs."""
    with style.active():
        page = Page(look.width, words, look)
        charts.begin(page, words(f"title.{name}"))
        if len(report.obligations):
            notes = FIGURES[name](report, page)
        else:
            charts.nothing(page)
            notes = []
        notes = [" ".join([caption(report, words, OF_WORDS.get(name)), *notes[:1]]), *notes[1:]]
        for note in notes:
            page.block(note, SMALL, color=style.GREY)
        return page.finish()


def read_report(tables: Path, lexicons: Path, lang: str, settings_folder: Path = stage.SETTINGS) -> Report:
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
    lexicons: Path = stage.LEXICONS,
    settings_folder: Path = stage.SETTINGS,
    names: Sequence[str] = (),
    width: float | None = None,
) -> list[Path]:
    """Draw the figures `names` (all of them for none) from `tables` into `out`/`lang`; the paths written."""
    begun = time.perf_counter()
    look = settings.read(settings_folder, Look)
    look = look if width is None else dataclasses.replace(look, width=checked_width(width))
    for name in names:
        if name not in FIGURES:
            raise InputError("--name", f"no figure is called '{name}'", f"use one of {', '.join(FIGURES)}")
    words = Words(lexicons, lang)
    report = read_report(tables, lexicons, lang, settings_folder)
    drawn = {name: figure(name, report, words, look) for name in names or FIGURES}  # a mistake writes nothing
    paths = []
    for name, made in drawn.items():
        for form in style.FORMATS:
            paths.append(out / lang / f"{name}.{form}")
            style.save(made, paths[-1], look.dpi)
    stage.say("figures", f"{len(paths)} files in {out / lang}", time.perf_counter() - begun)
    return paths


def main(argv: Sequence[str] | None = None) -> int:
    """Draw from files to files."""
    parser = argparse.ArgumentParser(
        prog="python -m pipeline.figures",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--tables", type=Path, required=True, metavar="DIR", help="in: the published CSV tables")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="out: DIR/LANG/NAME.*")
    parser.add_argument("--lang", choices=LANGUAGES, required=True)
    parser.add_argument("--name", action="append", default=[], metavar="NAME", help=f"one of {', '.join(FIGURES)}")
    parser.add_argument("--width", type=float, metavar="MM", help="85 for one column, 170 for two")
    stage.add_folders(parser)
    options = parser.parse_args(argv)
    given = vars(options)
    with stage.one_line() as guard:
        run(*(given[key] for key in ("tables", "out", "lang", "lexicons", "settings", "name", "width")))
    return guard.code


if __name__ == "__main__":
    sys.exit(main())
