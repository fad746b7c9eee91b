"""Imports: the sheet *échantillon* of tables.xlsx, which a person has filled in, becomes corrections and sample.csv.

Reads the sheet, the published tables and CORPUS/sample.csv. A row with an obligation_id is compared with its request; a
row without adds one to its sentence, or to that of the row above where it names none. Of a sentence with *oui* under
coded, a request whose row was taken out is rejected as one with *faux* is. What cannot be used is one line each, and
the rest counts.

    oui | Les gouvernements ont été priés de ratifier … | faux | priés -> o1f2…, reject; the sentence is coded whole
"""

from __future__ import annotations

import datetime
import io
import re
from argparse import Namespace
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from zipfile import BadZipFile

from pries.base.errors import InputError
from pries.exchange.finished_run import Source
from pries.reading.corpus import SAMPLE
from pries.review import sample
from pries.review.decisions import SIGNATURE
from pries.review.fields import VALUES
from pries.review.from_rows import addition, differences, rejection
from pries.store import rowwise

Row = dict[str, str]
Lost = tuple[Row, str]  # a row of the sheet, and why it is left out
NAMING = ("sentence_id", "coded", "trigger", "modality")


def sheet_of(path: Path) -> list[Row]:
    """The rows of the sheet, with their line numbers; none where the file is no workbook that has one."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()), read_only=True, data_only=True)
    except (OSError, BadZipFile, KeyError, ValueError):
        return []  # another kind of file, or one that its own reader tells of
    if sample.SHEET not in book.sheetnames:
        return []
    lines = book[sample.SHEET].iter_rows(values_only=True)
    header = ["" if cell is None else str(cell).strip() for cell in next(lines, ())]
    if missing := [name for name in NAMING if name not in header]:
        raise InputError(f"{path}, {sample.SHEET}", f"missing column {', '.join(missing)}", "put it back", 1)
    found = []
    for number, line in enumerate(lines, start=2):
        cells = {n: "" if cell is None else " ".join(str(cell).split()) for n, cell in zip(header, line, strict=False)}
        if any(cells.values()):
            found.append(cells | {"line": str(number)})
    return found


def read(path: Path, sheet: Sequence[Row], source: Source, options: Namespace) -> tuple[list[Row], list[str]]:
    """The corrections of a sheet, and what in it could not be used; CORPUS/sample.csv is brought up to date."""
    file = options.corpus / SAMPLE
    if not file.is_file():
        raise InputError(str(file), "no such file", "name the folder that the sample was drawn for with --corpus")
    drawn, wrong = sample.read(file.read_bytes())
    for line, what, _ in wrong:
        raise InputError(str(file), what, "correct the line before you go on", line)
    rows, lost = usable(sheet, {row.sentence_id for row in drawn}, source)
    broken = {row["sentence_id"] for row, _ in lost}
    whole = {
        row["sentence_id"]: row
        for row in rows
        if row.get("coded", "").lower() in sample.CODED and row["sentence_id"] not in broken
    }
    lines, missed = corrections(rows, whole, source, options.coder)
    lost += missed
    for row, _ in missed:  # what is not yet added is not coded whole
        whole.pop(row["sentence_id"], None)
    today = datetime.date.today().isoformat()
    now = {
        i: {"coded": "yes", "coder": row.get("coder") or options.coder, "date": today, "note": row.get("note", "")}
        for i, row in whole.items()
    }
    sample.write(file, [{**row.cells, **({} if row.coded else now.get(row.sentence_id, {}))} for row in drawn])
    return lines, [f"{path}, line {row['line']}: {what}" for row, what in lost]


def usable(sheet: Sequence[Row], drawn: set[str], source: Source) -> tuple[list[Row], list[Lost]]:
    """The rows that name a sentence of the sample and hold known values, and each other with what is wrong."""
    standing = set(source.tables["sentences"]["sentence_id"])
    kept: list[Row] = []
    lost: list[Lost] = []
    above = ""
    for row in sheet:
        above = row["sentence_id"] or above
        row = row | {"sentence_id": above, "verdict": row.get("verdict", "").lower()}
        problem = ""
        if above not in drawn:
            problem = f"sentence '{above}' is not in sample.csv"
        elif above not in standing:
            problem = f"sentence {above} no longer stands in the text"
        elif row["verdict"] not in ("", *sample.VERDICTS):
            problem = f"verdict '{row['verdict']}' is none of {', '.join(sample.VERDICTS)}"
        elif row["coded"].lower() not in sample.CODED | sample.NOT_CODED:
            problem = f"coded '{row['coded']}' is neither oui nor empty"
        else:
            unknown = [n for n in VALUES if n in SIGNATURE and row.get(n, "") not in ("", *VALUES[n])]
            problem = ", ".join(f"{name} '{row[name]}' is none of {', '.join(VALUES[name])}" for name in unknown)
        if problem:
            lost.append((row, problem))
        else:
            kept.append(row)
    return kept, lost


def corrections(
    rows: Sequence[Row], whole: Mapping[str, Row], source: Source, coder: str
) -> tuple[list[Row], list[Lost]]:
    """The lines that turn the requests of these sentences into their rows, and the rows that have no place."""
    texts = {r["sentence_id"]: r for r in rowwise.records(source.tables["sentences"])}
    requests: dict[str, Row] = {r["obligation_id"]: r for r in rowwise.records(source.tables["obligations"])}
    taken: dict[str, set[int]] = defaultdict(set)
    for request in requests.values():
        taken[request["sentence_id"]].add(int(request["trigger_start"]))
    lines: list[Row] = []
    lost: list[Lost] = []
    met = set()
    for row in rows:
        sentence = texts[row["sentence_id"]]
        about = {
            "coder": row.get("coder") or coder, "doc_id": sentence["doc_id"], "paragraph": sentence["paragraph"],
            "note": row.get("note", ""),
        }  # fmt: skip
        known = requests.get(row.get("obligation_id", ""))
        right = sample.VERDICTS.get(row["verdict"], True)
        if known is not None:
            met.add(known["obligation_id"])
            about |= {"obligation_id": known["obligation_id"]}
            decided = row["sentence_id"] in whole or bool(row["verdict"]) or differs(row, known)
            lines += [about | {"action": "reject"}] if not right else differences(row, known, about) if decided else []
        elif row["trigger"] and right:
            home = free_place(row["trigger"], sentence, taken[row["sentence_id"]])
            if row.get("obligation_id"):
                lost.append((row, f"no request {row['obligation_id']} any more"))
            elif home is None or not row["modality"]:
                what = "needs a modality" if home else "does not stand in the sentence, or not so many times"
                lost.append((row, f"'{row['trigger']}' {what}"))
            else:
                given = row | {"doc_id": sentence["doc_id"], "polarity": row.get("polarity") or "positive"}
                lines += addition(given, home | {"paragraph": sentence["paragraph"]}, about)
    gone = (r for r in requests.values() if r["sentence_id"] in whole and r["obligation_id"] not in met)
    lines += [rejection(request, whole[request["sentence_id"]].get("coder") or coder) for request in gone]
    return lines, lost


def differs(row: Row, request: Row) -> bool:
    """Whether a person has changed a field."""
    return any(name in row and row[name] != request[name] for name in SIGNATURE)


def free_place(trigger: str, sentence: Row, taken: set[int]) -> Row | None:
    """Which occurrence of a word in its sentence is no request's trigger yet, and is one from now on."""
    found = re.finditer(rf"(?<!\w){re.escape(trigger)}(?!\w)", sentence["text"])
    for rank, match in enumerate(found, 1):
        start = int(sentence["start"]) + match.start()
        if start not in taken:
            taken.add(start)
            return {"sentence_text": sentence["text"], "occurrence": str(rank)}
    return None
