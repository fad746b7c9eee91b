"""Imports: what somebody coded elsewhere becomes corrections of the run, or a gold table.

Reads the published tables and one or more files: a CSV, TSV or xlsx with the columns of the gold tables (paragraph,
trigger, modality, issuer, addressee, actions, polarity; doc_id where there are several documents), doccano's JSONL,
or the WebAnno TSV of INCEpTION, told by their content. Writes corrections.csv, which begins with the lines that
CORPUS/corrections.csv has by now, or DOC_ID.obligations.tsv for `evaluate`. A row that says what the run says is
confirmed, one that differs is edited, one that the run has not is added, and a request that the file shows the place
of and does not have is rejected.

    12  priés  request    gouvernements  ratifier  positive
    -> o1f2…,confirm,,request | positive |  | gouvernements | ratifier,,ML
"""

from __future__ import annotations

import csv
import io
import re
from argparse import ArgumentParser, Namespace
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path

import pandas as pd

from pries.base import console, csv_fields
from pries.base.errors import InputError
from pries.exchange import import_marks, import_readers, import_sample
from pries.exchange.finished_run import READS, Source
from pries.reading import corpus, decoding
from pries.review import dialogue, sample
from pries.review.decisions import SIGNATURE
from pries.review.from_rows import addition, differences, rejection
from pries.schema import schema
from pries.store import files

NEEDED = ("paragraph", "trigger", "modality")
GOLD = ("paragraph", "trigger", *(name for name in SIGNATURE if name != "polarity"), "polarity", "status", "note")
KINDS = ("confirm", "edit", "add", "reject")
XLSX = b"PK\x03\x04"
Row = dict[str, str]
Place = tuple[str, str]  # document, paragraph


def read(path: Path, source: Source, whole: bool = False) -> tuple[list[Row], set[Place], list[str]]:
    """The coded rows of a file, the paragraphs that it covers, and what in it could not be placed.

    A table covers the paragraphs that it has a row of, or `whole` documents; marks cover what the file shows.

    Raises InputError for a file that is missing or broken, an unknown document or an unknown modality.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(str(path), error.strerror or "cannot be read", "name a file that was coded") from None
    if data.startswith(XLSX):
        return _table(path, _sheet(path, data), source, whole)
    try:
        text, _ = decoding.read_text(data)
    except ValueError as error:
        raise InputError(str(path), str(error), "give CSV, TSV, xlsx, doccano's JSONL or WebAnno TSV") from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.startswith(import_readers.WEBANNO):
        try:
            return _marks(import_readers.read_webanno(text, source, path.stem), source)
        except ValueError as error:  # offsets that are no numbers, or cut a character
            raise InputError(str(path), f"broken WebAnno TSV ({error})", "export it again from INCEpTION") from None
    if text.lstrip().startswith("{"):
        return _marks(import_readers.read_doccano(text, source), source)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=csv_fields.delimiter(text)))
    except csv.Error as error:
        raise InputError(str(path), f"not a table ({error})", "check its quotes") from None
    return _table(path, lines, source, whole)


def _marks(coded: import_readers.Coded, source: Source) -> tuple[list[Row], set[Place], list[str]]:
    found = import_marks.rows(coded, source)
    return found, set(coded.marks), coded.lost


def _sheet(path: Path, data: bytes) -> list[list[str]]:
    """The cells of the first sheet of a workbook, as text."""
    import openpyxl

    try:
        sheet = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
        rows = sheet.iter_rows(values_only=True)
        return [[_shown(cell) for cell in row] for row in rows]
    except Exception as error:  # whatever a broken archive makes its reader raise
        raise InputError(str(path), f"no workbook ({type(error).__name__})", "save it as xlsx or CSV") from None


def _shown(cell: object) -> str:
    """A cell as text; a spreadsheet may hold paragraph 12 as 12.0."""
    whole = isinstance(cell, float) and cell.is_integer()
    return "" if cell is None else str(int(cell) if whole else cell)  # type: ignore[call-overload]


def _table(
    path: Path, lines: Sequence[Sequence[str]], source: Source, whole: bool
) -> tuple[list[Row], set[Place], list[str]]:
    documents = source.tables["documents"]["doc_id"].tolist()
    header = [cell.strip() for cell in lines[0]] if lines else []
    missing = [name for name in NEEDED if name not in header]
    if missing:
        raise InputError(str(path), f"missing column {', '.join(missing)}", f"it needs {', '.join(NEEDED)}", 1)
    found = []
    for number, line in enumerate(lines[1:], start=2):
        cells = {name: " ".join(cell.split()) for name, cell in zip(header, line, strict=False) if name}
        if not any(cells.values()):
            continue
        cells["doc_id"] = cells.get("doc_id") or (documents[0] if len(documents) == 1 else "")
        known: dict[str, Sequence[str]] = {"doc_id": documents, "modality": schema.MODALITIES}
        if "polarity" in cells:  # a table without it says nothing of it
            cells["polarity"] = cells["polarity"] or "positive"
            known["polarity"] = schema.POLARITIES
        for name, values in known.items():
            if cells.get(name, "") not in values:
                remedy = f"use one of {', '.join(values[:8])}"
                raise InputError(str(path), f"{name} '{cells.get(name, '')}' is unknown", remedy, number)
        found.append(cells)
    if not whole:
        return found, {(row["doc_id"], row["paragraph"]) for row in found}, []
    coded = {row["doc_id"] for row in found}
    return found, {(p.doc_id, p.paragraph) for p in source.paragraphs if p.doc_id in coded}, []


def by_word(row: Row) -> tuple[str, ...]:
    """What a row of a table and a request have in common: they pair up in reading order."""
    return row["doc_id"], row["paragraph"], row["trigger"].lower()


def by_place(row: Row) -> tuple[str, ...]:
    """What a row made of marks and a request have in common."""
    return row["doc_id"], row["paragraph"], str(row["trigger_start"])


def compare(
    coded: Sequence[Row], requests: Sequence[Row], source: Source, covered: set[Place], coder: str = "",
    sentences: Collection[str] = (),
) -> tuple[list[Row], list[str]]:  # fmt: skip
    """The corrections that turn `requests` into `coded`, and what could not be placed in the text.

    Requests that `coded` lacks are rejected in the paragraphs that are `covered` and in `sentences` coded whole.
    """
    key: Callable[[Row], tuple[str, ...]] = by_place if all("trigger_start" in row for row in coded) else by_word
    waiting: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for request in requests:
        waiting[key(request)].append(request)
    taken: dict[tuple[str, ...], int] = defaultdict(int)
    lines: list[Row] = []
    lost = []
    for row in coded:
        about = {"coder": coder, "doc_id": row["doc_id"], "paragraph": row["paragraph"], "note": row.get("note", "")}
        if waiting[key(row)]:
            request = waiting[key(row)].pop(0)
            taken[by_word(row)] += 1
            lines += differences(row, request, about | {"obligation_id": request["obligation_id"]})
        elif found := home(row, source, taken[by_word(row)]):
            taken[by_word(row)] += 1
            lines += addition(row, found, about)
        else:
            lost.append(f"par. {row['paragraph']}: '{row['trigger']}' does not stand there, or not so many times")
    for request in (r for left in waiting.values() for r in left):
        if (request["doc_id"], request["paragraph"]) in covered or request["sentence_id"] in sentences:
            lines.append(rejection(request, coder))
    return lines, lost


def home(row: Row, source: Source, before: int) -> Row | None:
    """The sentence of an added row and which occurrence its trigger is there.

    It is where the row's trigger_start says; without one, `before` others of the same word being taken.
    """
    word = re.compile(rf"(?<!\w){re.escape(row['trigger'])}(?!\w)")
    at = int(row["trigger_start"]) if "trigger_start" in row else None
    for sentence in source.sentences.get((row["doc_id"], row["paragraph"]), []):
        starts = [sentence.start + found.start() for found in word.finditer(sentence.text)]
        rank = starts.index(at) if at in starts else -1 if at is not None else before
        if 0 <= rank < len(starts):
            return {"sentence_text": sentence.text, "paragraph": row["paragraph"], "occurrence": str(rank + 1)}
        before -= len(starts)
    return None


def gold(coded: Iterable[Row]) -> dict[str, str]:
    """The gold table of each document, as text: {DOC_ID.obligations.tsv: …}."""
    of: dict[str, list[Row]] = defaultdict(list)
    for row in coded:
        of[row["doc_id"]].append({"status": "core", "polarity": "positive"} | row)
    made = {}
    for doc_id, rows in of.items():
        lines = ["\t".join(GOLD), *("\t".join(row.get(name, "") for name in GOLD) for row in rows)]
        made[f"{doc_id}.obligations.tsv"] = "".join(f"{line}\n" for line in lines)
    return made


def published(tables: Path) -> Source:
    """The published tables; without tokens, for nothing is parsed here. Raises InputError where one is missing."""
    for name in READS:
        if not (tables / f"{name}.csv").is_file():
            raise InputError(str(tables / f"{name}.csv"), "no such table", "run the stages before")
    return Source({name: files.read_csv(tables / f"{name}.csv", name) for name in READS}, pd.DataFrame(), "", "")


def run(options: Namespace) -> None:
    """Read every file, tell what could not be placed, write what was asked for."""
    if not (options.out or options.gold):
        raise InputError("pries import", "nothing to write", "give --out corrections.csv or --gold DIR")
    source = published(options.tables)
    coded: list[Row] = []
    covered: set[Place] = set()
    decided: list[Row] = []
    lost: list[str] = []
    sentences = frozenset[str]() if options.whole else sample.coded_in(options.corpus)
    others = False  # files beside coding sheets
    for path in options.coded:
        if sheet := import_sample.sheet_of(path):
            lines, missed = import_sample.read(path, sheet, source, options)
            decided, lost = decided + lines, lost + missed
            continue
        others = True
        rows, places, missed = read(path, source, options.whole)
        coded, covered = coded + rows, covered | places
        lost += [f"{path}, {what}" for what in missed]
    if options.out:
        requests = source.tables["obligations"].to_dict("records")
        compared = compare(coded, requests, source, covered, options.coder, sentences)
        lines, missed = compared if others else ([], [])
        lines, lost = decided + lines, lost + missed
        earlier = dialogue.decided(options.corpus / corpus.CORRECTIONS)
        dialogue.write(options.out, [*earlier, *lines])
        kinds = {kind: len({line["obligation_id"] for line in lines if line["action"] == kind}) for kind in KINDS}
        requested = ", ".join(f"{kind} {n:,}" for kind, n in kinds.items())
        console.say("imports", f"{len(coded)} coded rows: {requested}; {len(lines)} lines more in {options.out}")
    for name, text in gold(coded).items() if options.gold else ():
        files.write_text(options.gold / name, text)
        console.say("imports", f"{options.gold / name}")
    for what in lost:
        console.say("not imported", what)


def arguments(parser: ArgumentParser) -> None:
    """The options of `pries import`."""
    parser.add_argument("coded", nargs="+", type=Path, metavar="FILE", help="in: CSV, TSV, xlsx, JSONL, WebAnno TSV")
    parser.add_argument("--tables", type=Path, default=Path("outputs/tables"), metavar="DIR", help="in: the CSV tables")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), metavar="DIR", help="in: corrections.csv")
    parser.add_argument("--out", type=Path, metavar="FILE", help="out: corrections.csv")
    parser.add_argument("--gold", type=Path, metavar="DIR", help="out: DOC_ID.obligations.tsv, for evaluate")
    parser.add_argument(
        "--whole", action="store_true", help="whole documents were coded: what a file lacks is rejected"
    )
    parser.add_argument("--coder", default="", help="who coded it")


def command(options: Namespace) -> None:
    """From coded files to corrections."""
    run(options)
