"""Evaluate: scores outputs/tables/obligations.csv against the gold tables of tests/gold.

Reads TABLES/{documents,sentences,obligations}.csv and GOLD/DOC_ID.obligations.tsv, tables made by hand to the
annotation guide; prints each score with its 95 % interval (the bootstrap over paragraphs, or the exact one where that
is wider) and what is right of how many, and with --errors each wrong row with its sentence and the rule that made it.
The definitions are in `pries.inspection.scoring`. Where GOLD/DOC_ID.actors.tsv stands, TABLES/actors.csv is scored as
well (`pries.inspection.mention_scoring`), and where GOLD/DOC_ID.themes.tsv stands, TABLES/themes.csv
(`pries.inspection.theme_scoring`). `--pairs` scores families against a table of judged pairs instead
(`pries.inspection.pair_scoring`).

    issuer     paragraph 12, « priés » expected nothing, found gouvernements
"""

from __future__ import annotations

import csv
import io
import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from pries.base.errors import InputError, printable
from pries.inspection import mention_scoring, pair_scoring, scoring, theme_scoring
from pries.inspection.scoring import Alignment, GoldRow
from pries.review import sample
from pries.schema import schema
from pries.store import files, shard_files

SUFFIX = ".obligations.tsv"
ACTORS_SUFFIX = ".actors.tsv"
THEMES_SUFFIX = ".themes.tsv"
COLUMNS = ("paragraph", "trigger", "modality", "issuer", "addressee", "actions", "polarity", "status", "note")
ALLOWED = {"modality": schema.MODALITIES, "polarity": schema.POLARITIES, "status": ("core", "optional")}
WORDS = {
    "f1": "F1",
    "issuer_f1": "issuer F1",
    "addressee_f1": "addressee F1",
    "action_f1": "action F1",
    "row_f1": "row F1",
}


def read_gold(
    path: Path, columns: tuple[str, ...] = COLUMNS, values: Mapping[str, Sequence[str]] = ALLOWED
) -> list[dict[str, str]]:
    """The rows of one gold table, tab-separated, in reading order.

    Raises InputError for a wrong header, a row of the wrong length, or a value that the guide does not know.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(str(path), f"not UTF-8 (byte {error.start})", "save the file as UTF-8") from None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t")
    if tuple(next(reader, ())) != columns:
        raise InputError(str(path), "wrong header", f"give it, tab-separated, {', '.join(columns)}", 1)
    rows = []
    for cells in filter(None, reader):
        if len(cells) != len(columns):
            problem = f"{len(cells)} cells in place of {len(columns)}"
            raise InputError(str(path), problem, "separate the cells by tabs", reader.line_num)
        row = dict(zip(columns, (cell.strip() for cell in cells), strict=True))
        for column, allowed in values.items():
            if row[column] not in allowed:
                problem = f"{column} '{row[column]}' is unknown"
                raise InputError(str(path), problem, f"use one of {', '.join(allowed)}", reader.line_num)
        rows.append(row)
    return rows


def gold_tables(folder: Path) -> dict[str, list[dict[str, str]]]:
    """The gold rows of each document that has a table in `folder`, by doc_id.

    Raises InputError if there is none.
    """
    paths = sorted(folder.glob(f"*{SUFFIX}"))
    if not paths:
        raise InputError(str(folder), "no gold table here", f"put DOC_ID{SUFFIX} into it or name another --gold folder")
    return {path.name.removesuffix(SUFFIX): read_gold(path) for path in paths}


def align(gold: Iterable[GoldRow], predicted: Iterable[GoldRow]) -> dict[str, Alignment]:
    """The pairing of each paragraph in which there is a row, in reading order of the rows met."""
    sides: dict[str, tuple[list[GoldRow], list[GoldRow]]] = defaultdict(lambda: ([], []))
    for side, rows in enumerate((gold, predicted)):
        for row in rows:
            sides[row["paragraph"]][side].append(row)
    places = sorted(sides, key=lambda paragraph: (len(paragraph), paragraph))
    return {paragraph: scoring.align(*sides[paragraph]) for paragraph in places}


def counts(aligned: Mapping[str, Alignment]) -> np.ndarray:
    """The counts of each paragraph, (paragraphs, 16), columns as in `scoring.COUNTS`."""
    made = [scoring.count(found) for found in aligned.values()]
    return np.array(made, dtype=np.int64).reshape(len(made), len(scoring.COUNTS))


def report(title: str, table: np.ndarray, seed: int) -> str:
    """The scores of one document, or of several together, as lines for a person."""
    sums = table.sum(axis=0)
    n = dict(zip(scoring.COUNTS, sums.tolist(), strict=True))
    low, high = scoring.intervals(table, seed)
    optional = n["predicted"] - n["tp"] - n["fp"]
    lines = [
        f"{title}: {n['gold']} core rows in the gold table, {n['predicted']} predicted; "
        f"{n['tp']} found (tp), {n['fp']} spurious (fp), {n['fn']} missed (fn), "
        f"{optional} on optional rows (left aside)",
        f"  {'':<14}score   95 % interval ({len(table)} paragraphs)",
    ]
    scores = zip(scoring.MEASURES, scoring.measures(sums), low, high, *scoring.shares(sums), strict=True)
    for name, score, a, b, right, number in scores:
        lines.append(f"  {WORDS.get(name, name):<14}{score:.3f}   {a:.3f} to {b:.3f}   {right:g} of {number:g}")
    return "\n".join(lines)


def errors(aligned: Mapping[str, Alignment], sentences: pd.DataFrame) -> str:
    """Every row missed, row too many and wrong field: paragraph, what is wrong, sentence, rule."""
    texts: dict[str, list[str]] = defaultdict(list)
    for paragraph, text in zip(sentences["paragraph"], sentences["text"], strict=True):
        texts[paragraph].append(text)
    lines = []
    for paragraph, found in aligned.items():
        for row in filter(scoring.is_core, found.missed):
            lines.append(_line("missed", paragraph, row, f"({row['modality']}): {row['actions']}"))
            lines.extend(f"{'':<11}{text}" for text in _holding(texts[paragraph], row["trigger"]))
        for row in found.spurious:
            lines.append(_line("spurious", paragraph, row, f"({row['modality']}): {row['actions']}"))
            lines.extend(_evidence(row))
        for gold, row in found.pairs:
            wrong = [f for f in scoring.FIELDS if scoring.is_core(gold) and not scoring.right(f, gold, row)]
            for field in wrong:
                said = f"expected {gold[field] or 'nothing'}, found {row[field] or 'nothing'}"
                lines.append(_line(field, paragraph, row, said))
            lines.extend(_evidence(row) if wrong else ())
    return "\n".join(map(printable, lines))


def _line(what: str, paragraph: str, row: GoldRow, words: str) -> str:
    return f"{what:<11}paragraph {paragraph}, « {row['trigger']} » {words}"


def _evidence(row: GoldRow) -> tuple[str, str]:
    return f"{'':<11}{row['sentence_text']}", f"{'':<11}rule: {row['rule']}"


def _holding(texts: Sequence[str], trigger: str) -> list[str]:
    """The sentences in which a missed trigger stands: one, unless the paragraph has the word twice."""
    pattern = re.compile(rf"(?<!\w){re.escape(trigger)}(?!\w)", re.IGNORECASE)
    return [text for text in texts if pattern.search(text)]


def mentions(tables: Path, folder: Path) -> str:
    """The scores of the actors table against GOLD/DOC_ID.actors.tsv, a document a part; empty where there is none."""
    parts = []
    for path in sorted(folder.glob(f"*{ACTORS_SUFFIX}")):
        doc_id = path.name.removesuffix(ACTORS_SUFFIX)
        gold = read_gold(path, mention_scoring.COLUMNS, {"type": schema.ACTOR_TYPES})
        actors = read_table(tables, "actors")
        found = actors[actors["doc_id"] == doc_id].to_dict("records")
        parts.append(f"{doc_id}: {mention_scoring.score(gold, found)}")
    return "\n\n".join(parts)


def themes(tables: Path, folder: Path) -> str:
    """Agreement on themes and the program's scores, a document a part; empty where there is no such gold table."""
    parts = []
    for path in sorted(folder.glob(f"*{THEMES_SUFFIX}")):
        doc_id = path.name.removesuffix(THEMES_SUFFIX)
        found: dict[str, set[str]] = defaultdict(set)
        table = read_table(tables, "themes")
        mine = table[(table["doc_id"] == doc_id) & (table["unit"] == "paragraph")]
        for paragraph, theme in zip(mine["unit_id"], mine["theme"], strict=True):
            found[paragraph].add(theme)
        gold = read_gold(path, theme_scoring.COLUMNS, {})
        told = theme_scoring.report(gold, {paragraph: frozenset(codes) for paragraph, codes in found.items()})
        parts.append(f"{doc_id}: {told}")
    return "\n\n".join(parts)


def pairs(tables: Mapping[str, pd.DataFrame], path: Path) -> str:
    """Agreement on judged pairs of requests, and how well families find those that are the same."""
    requests = tables["obligations"].set_index("obligation_id")
    return pair_scoring.report(pair_scoring.read(path), requests["family"].to_dict(), requests["doc_id"].to_dict())


def read_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """The published tables that the scores of obligations need. Raises InputError if one of them is missing."""
    return {name: read_table(folder, name) for name in ("documents", "sentences", "obligations")}


def read_table(folder: Path, name: str) -> pd.DataFrame:
    """One published table. Raises InputError if it is missing."""
    path = folder / f"{name}.csv"
    if not path.is_file():
        raise InputError(str(path), "no such table", "run make first, or name another --tables folder")
    return files.read_csv(path, name)


def covered(predicted: pd.DataFrame, gold: Sequence[GoldRow], coded: Collection[str]) -> pd.DataFrame:
    """The predicted rows in what was coded: paragraphs with a row of the gold table, and sentences coded whole."""
    paragraphs = {row["paragraph"] for row in gold}
    return predicted[predicted["paragraph"].isin(paragraphs) | predicted["sentence_id"].isin(coded)]


def evaluate(
    tables: Mapping[str, pd.DataFrame], gold: Mapping[str, list[dict[str, str]]], seed: int, explain: bool,
    coded: Collection[str] | None = (),
) -> str:  # fmt: skip
    """The whole report: each document with a gold table, all of them together if there are several.

    Outside of paragraphs with a gold row and of sentences `coded` whole no row is false; `coded` None: anywhere.
    """
    parts, met = [], []
    for doc_id, rows in gold.items():
        if doc_id not in set(tables["documents"]["doc_id"]):
            parts.append(f"{doc_id}: a gold table, but no such document among the tables")
            continue
        of_document = {name: frame[frame["doc_id"] == doc_id] for name, frame in tables.items()}
        predicted = of_document["obligations"]
        inside = predicted if coded is None else covered(predicted, rows, coded)
        aligned = align(rows, inside.to_dict("records"))
        met.append(counts(aligned))
        parts.append(report(doc_id, met[-1], seed))
        if aside := len(predicted) - len(inside):
            parts[-1] += (
                f"\n  {aside} predicted in paragraphs that have no gold row left aside; --whole: they are false"
            )
        listed = errors(aligned, of_document["sentences"]) if explain else ""
        parts.extend([listed] if listed else [])
    if len(met) > 1:
        parts.append(report(f"all {len(met)} documents", np.concatenate(met), seed))
    return "\n\n".join(parts)


def made_how(gold: Path) -> str:
    """How the gold tables were made, in the first line of the README beside them, so that nobody has to guess."""
    path = gold / "README.md"
    return f"gold tables: {path.read_text(encoding='utf-8').partition(chr(10))[0]}" if path.is_file() else ""


def reviewed(requests: pd.DataFrame, found: pd.DataFrame) -> bool:
    """Whether a person's decisions have changed or confirmed anything."""
    return len(requests) != len(found) or bool((requests["checked"] != "auto").any())


def _seed(text: str) -> int:
    if not text.isdecimal():
        raise ArgumentTypeError(f"'{text}' is no whole number from 0")
    return int(text)


def arguments(parser: ArgumentParser) -> None:
    """The options of `pries evaluate`."""
    parser.add_argument("--outputs", type=Path, default=Path("outputs"), metavar="DIR", help="in: a run's outputs")
    parser.add_argument("--gold", type=Path, default=Path("tests/gold"), metavar="DIR", help=f"in: DOC_ID{SUFFIX}")
    parser.add_argument(
        "--tables", type=Path, metavar="DIR", help="in: published tables of another folder, on their own"
    )
    parser.add_argument(
        "--pairs", type=Path, metavar="FILE", help="in: judged pairs of requests to score, in place of gold tables"
    )
    parser.add_argument("--errors", action="store_true", help="list each error with its sentence and rule")
    parser.add_argument(
        "--whole", action="store_true", help="the gold tables are of whole documents: any other row is false"
    )
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="in: sample.csv, which sentences are coded whole")
    parser.add_argument("--seed", type=_seed, default=0, metavar="N", help="of the bootstrap (default 0)")


def command(options: Namespace) -> None:
    """Print the scores of the published tables."""
    folder = options.tables or options.outputs / "tables"
    tables = read_tables(folder)
    if options.pairs:
        print(pairs(tables, options.pairs))
        return
    gold = gold_tables(options.gold)
    coded = None if options.whole else sample.coded_in(options.corpus) if options.corpus else frozenset[str]()
    found = options.outputs / ".work" / "found" / "obligations.parquet"
    if not options.tables and shard_files.files_of(found)[0].is_file():  # requests before a person's decisions
        before = files.read_parquet(found)
        if reviewed(tables["obligations"], before):
            print(
                "before review\n"
                + evaluate({**tables, "obligations": before}, gold, options.seed, options.errors, coded)
            )
            print("\nafter review")
    print(evaluate(tables, gold, options.seed, options.errors, coded))
    for told in (mentions(folder, options.gold), themes(folder, options.gold), made_how(options.gold)):
        if told:
            print("\n" + told)
