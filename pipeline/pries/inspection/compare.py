"""Compare: two parts of a corpus, their vocabulary or their requests, or what the code book covers and what not.

    .venv/bin/pries compare --by section V VI
    .venv/bin/pries compare --by document A_68_370 A_67_254 --unit trigger
    .venv/bin/pries compare --by date 2013 2014 --csv years.csv
    .venv/bin/pries compare --by region Afrique Europe --metadata corpus/metadata.csv
    .venv/bin/pries compare --requests --by document A_68_370 A_67_254
    .venv/bin/pries compare --uncovered

`--requests` compares what the parts ask (`compare_requests`), all else their words. Each term is scored as in
`specificities`, the two parts together being the whole: positive where the first has it more. Parts are section,
document, date, addressee_type or cluster, or the values of a column of a metadata table with a doc_id; a part that is
not there is refused with the list of those that are. `--uncovered` tells which paragraphs and requests have no theme,
and compares the lemmas of these paragraphs with those of the others.

    travailleur  +7.9  12 of 18        crise  -3.2  0 of 9
"""

from __future__ import annotations

import csv
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse

from pries.base import console, csv_fields, errors
from pries.base import settings as settings_files
from pries.base.errors import InputError
from pries.base.layers import add_folders, folders_of
from pries.base.places import SETTINGS
from pries.inspection import compare_requests
from pries.schema.statistics import UNITS
from pries.store import files
from pries.textometry import contingency as parts
from pries.textometry import specificities
from pries.textometry.contingency import Contingency

COVERED, UNCOVERED = "covered", "uncovered"
Frames = dict[str, pd.DataFrame]


def read(outputs: Path, *names: str) -> Frames:
    """Intermediate tables of a run. Raises InputError where one is missing."""
    return {name: files.read_parquet(outputs / ".work" / f"{name}.parquet") for name in names}


def of_two(table: Contingency, one: str, other: str) -> Contingency:
    """The same counts with these two parts as the whole. Raises InputError for a part that is not there."""
    for name in (one, other):
        if name not in table.parts:
            remedy = (
                f"use one of {', '.join(table.parts)}" if table.parts else compare_requests.without(table.part_kind)
            )
            raise InputError("--by", f"no {table.part_kind} with a {table.unit} is called '{name}'", remedy)
    columns = [table.parts.index(one), table.parts.index(other)]
    counts = sparse.csr_array(table.counts[:, columns])
    total = np.asarray(counts.sum(axis=1)).ravel()
    sizes = table.t[columns]
    return Contingency(table.part_kind, table.unit, table.terms, [one, other], counts, total, sizes, int(sizes.sum()))


def differing(table: Contingency, chosen: specificities.Settings) -> pd.DataFrame:
    """The terms that tell the first part from the second, strongest first: term, f, F, t, T, score."""
    found, _ = specificities.score_of(table, chosen)
    first = found[found["part"] == table.parts[0]]
    return first.sort_values(["score", "term"], ascending=[False, True])[["term", "f", "F", "t", "T", "score"]]


def words(outputs: Path, kind: str, one: str, other: str, unit: str) -> pd.DataFrame:
    """What tells two parts of a finished run apart; columns as `differing`. Raises InputError for an unknown part."""
    table = of_two(contingency(read(outputs, *parts.TABLES), kind, unit, None), one, other)
    return differing(table, settings_files.read(SETTINGS, specificities.Settings)).reset_index(drop=True)


def by_column(frames: Frames, unit: str, column: str, values: Mapping[str, str]) -> Contingency:
    """Terms by a value that each document has; `values` by doc_id."""
    where = parts.places(frames["sentences"], frames["paragraphs"], frames["documents"])
    where[column] = [values.get(doc, "") for doc in where["doc_id"]]
    return parts.by_place(column, unit, *terms_of(frames, unit), where)


def terms_of(frames: Frames, unit: str) -> tuple[pd.Series, pd.DataFrame]:
    """The terms of a unit, and the rows that say in which sentences they stand."""
    if unit in ("form", "lemma"):
        words = parts.words_of(frames["tokens"], frames["sentences"])
        return words[unit], words
    name, column = ("actors", "actor") if unit == "actor" else ("obligations", "trigger_lemma")
    return frames[name][column], frames[name]


def metadata(path: Path, column: str) -> dict[str, str]:
    """A column of a metadata table by doc_id. Raises InputError where the table or the column is missing."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file, csv_fields.up_to():
            rows = list(csv.DictReader(file))
    except (FileNotFoundError, UnicodeDecodeError) as error:
        raise InputError(str(path), f"not a table ({error})", "give a CSV file in UTF-8") from None
    for wanted in ("doc_id", column):
        if not rows or wanted not in rows[0]:
            raise InputError(str(path), f"no column {wanted}", "add it, or name another with --by")
    return {row["doc_id"]: row[column] or "" for row in rows}


def coverage(frames: Frames) -> tuple[dict[str, tuple[int, list[str]]], Contingency]:
    """What has no theme (kind of unit -> how many units, the places of those without), and lemmas of paragraphs so."""
    themes, paragraphs, asked = frames["themes"], frames["paragraphs"], frames["obligations"]
    text = paragraphs[paragraphs["kind"] != "heading"]
    requests = zip(*(asked[c] for c in ("doc_id", "obligation_id", "paragraph", "trigger")), strict=True)
    shown = {  # of each unit: its document and id, and the words for it
        "paragraph": {(d, p): f"{d} {p}" for d, p in zip(text["doc_id"], text["paragraph"], strict=True)},
        "obligation": {(d, i): f"{d} {p} « {trigger} »" for d, i, p, trigger in requests},
    }
    left: dict[str, tuple[int, list[str]]] = {}
    for unit, words in shown.items():
        mine = themes[themes["unit"] == unit]
        coded = set(zip(mine["doc_id"], mine["unit_id"], strict=True))
        left[unit] = len(words), [name for key, name in words.items() if key not in coded]
    bare, kept = set(left["paragraph"][1]), set(shown["paragraph"].values())
    sentences = frames["sentences"]
    names = [f"{doc} {p}" for doc, p in zip(sentences["doc_id"], sentences["paragraph"], strict=True)]
    where = sentences[["doc_id", "sentence_id"]].assign(
        coverage=["" if n not in kept else UNCOVERED if n in bare else COVERED for n in names]
    )
    return left, parts.by_place("coverage", "lemma", *terms_of(frames, "lemma"), where)


def lines(found: pd.DataFrame, most: int) -> list[str]:
    """The strongest terms on both sides, as lines."""
    over, under = found[found["score"] > 0].head(most), found[found["score"] < 0].tail(most)
    width = max((len(term) for term in found["term"]), default=0)
    rows = pd.concat([over, under]).itertuples(index=False)
    told = [f"{row.term:<{width}}  {row.score:+6.1f}  {row.f} of {row.F}" for row in rows]
    return told or ["no term tells them apart"]


def arguments(parser: ArgumentParser) -> None:
    """The options of `pries compare`."""
    parser.add_argument("--by", nargs=3, metavar=("KIND", "PART", "PART"), help="kind of part, and two of them")
    parser.add_argument("--uncovered", action="store_true", help="what the code book covers against what it does not")
    parser.add_argument("--requests", action="store_true", help="what the parts ask, in place of their words")
    parser.add_argument("--distinct", action="store_true", help="with --requests: without restatements")
    parser.add_argument("--unit", choices=UNITS, default="lemma", help="what is counted (default: lemma)")
    parser.add_argument("--metadata", type=Path, metavar="FILE", help="in: a table whose column KIND gives the parts")
    parser.add_argument("--outputs", type=Path, default=Path("outputs"), metavar="DIR", help="in: a run's outputs")
    parser.add_argument("--most", type=int, default=15, metavar="N", help="terms on each side (default 15)")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="out: all of them as a table")
    add_folders(parser, corpus=True)


def command(options: Namespace) -> None:
    """Print the comparison, or write it as CSV."""
    if bool(options.by) == options.uncovered:
        raise InputError("compare", "nothing to compare", "give --by KIND PART PART, or --uncovered")
    if options.requests or options.distinct:
        print_requests(options)
        return
    chosen = settings_files.read(folders_of(options)[1], specificities.Settings)
    frames = read(options.outputs, *parts.TABLES, "themes")
    if options.uncovered:
        left, table = coverage(frames)
        for unit, (n, without) in left.items():
            told = f"{unit}: {len(without)} of {n} without a theme" + ": " * bool(without) + ", ".join(without)
            print(errors.printable(told))
        if set(table.parts) != {COVERED, UNCOVERED}:
            return
        table = of_two(table, UNCOVERED, COVERED)
    else:
        kind, one, other = options.by
        table = of_two(contingency(frames, kind, options.unit, options.metadata), one, other)
    found = differing(table, chosen)
    if options.csv:
        files.write_text(options.csv, found.to_csv(index=False, lineterminator="\n", float_format="%.6f"))
    else:
        print("\n".join(errors.printable(line) for line in lines(found, options.most)))
    sizes = ", ".join(f"{part} {t:,}" for part, t in zip(table.parts, table.t, strict=True))
    console.say("compare", f"{sizes}; {len(found)} terms differ")


def print_requests(options: Namespace) -> None:
    """Print what two parts ask, or write it as CSV. Raises InputError for options that do not go together."""
    if not options.by or not options.requests:
        raise InputError("compare", "no parts whose requests are compared", "give --requests with --by KIND PART PART")
    kind, one, other = options.by
    frames = read(options.outputs, *compare_requests.TABLES)
    values = metadata(options.metadata, kind) if options.metadata else None
    made, words = compare_requests.compared(frames, kind, one, other, values, options.distinct)
    if options.csv:
        files.write_text(options.csv, made.to_csv(index=False, lineterminator="\n", float_format="%.6f"))
    else:
        for line in compare_requests.lines(made, one, other, words, options.most):
            print(errors.printable(line))
    repeats = "without restatements" if options.distinct else "restatements counted"
    console.say("compare", f"{one} {made['n'][0]:,}, {other} {made['n_other'][0]:,} requests, {repeats}")


def contingency(frames: Frames, kind: str, unit: str, table: Path | None) -> Contingency:
    """Terms by a kind of part, or by a column of a metadata table. Raises InputError for an unknown kind."""
    if table is not None:
        return by_column(frames, unit, kind, metadata(table, kind))
    made = list(parts.contingencies(**{name: frames[name] for name in parts.TABLES}))
    found = [one for one in made if (one.part_kind, one.unit) == (kind, unit)]
    if not found:
        kinds = ", ".join(dict.fromkeys(one.part_kind for one in made if one.unit == unit))
        raise InputError("--by", f"'{kind}' is no kind of part for {unit}", f"use one of {kinds}, or give --metadata")
    return found[0]
