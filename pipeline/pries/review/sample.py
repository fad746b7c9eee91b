"""Sample: which sentences were drawn at random, and which of them a person has coded whole.

Reads CORPUS/sample.csv (sentence_id, doc_id, paragraph, stratum, pi, coded, coder, date, note), which `pries sample`
writes and a person may edit in a spreadsheet. A sentence is coded whole where every request in it has been looked at
and none is missing; what is wrong there stands in corrections.csv.

    s3f0c…,A_68_370,12,requests-unsure,0.25,yes,ML,2026-05-04,
    -> drawn with probability 1/4, coded: it stands for four sentences
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pries.base import csv_fields
from pries.reading import decoding
from pries.reading.corpus import SAMPLE
from pries.store import files

COLUMNS = ("sentence_id", "doc_id", "paragraph", "stratum", "pi", "coded", "coder", "date", "note")
NEEDED = ("sentence_id", "stratum", "pi", "coded")
LEAST_PI = 1e-9  # one sentence of a thousand millions; what is divided by less has no end
CODED = frozenset(("yes", "oui", "x", "1", "true", "vrai"))
NOT_CODED = frozenset(("", "no", "non", "0", "false", "faux"))
SHEET = "échantillon"  # of tables.xlsx, to be filled in
SHEET_COLUMNS = (
    "coded", "text", "verdict", "trigger", "modality", "polarity", "issuer", "addressee", "actions", "coder", "note",
    "doc_id", "paragraph", "sentence_id", "obligation_id",
)  # fmt: skip
VERDICTS = {"juste": True, "faux": False, "right": True, "wrong": False}
DOCUMENTS = "documents"  # the stratum of a sample of whole documents


@dataclass(frozen=True)
class Drawn:
    """A sentence that was drawn: its line, its cells, the probability that it had, whether it is coded whole."""

    line: int
    cells: Mapping[str, str]
    pi: float
    coded: bool

    @property
    def sentence_id(self) -> str:
        """The sentence."""
        return self.cells["sentence_id"]


class Unusable(NamedTuple):
    """A line that cannot be used, 0 for the whole file: what is wrong, and its cells, by column where they fit."""

    line: int
    problem: str
    cells: Mapping[str, str] | Sequence[str] = ()


def read(data: bytes) -> tuple[list[Drawn], list[Unusable]]:
    """The sentences of the file, each once, and the other lines with what is wrong with them."""
    if not data.removeprefix(codecs.BOM_UTF8).strip():
        return [], []
    try:
        text, _ = decoding.read_text(data)
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=csv_fields.delimiter(text), strict=True)
        header = [name.strip() for name in next(lines, [])]
        table = [(lines.line_num, cells) for cells in lines if any(cell.strip() for cell in cells)]
    except (ValueError, csv.Error) as error:
        return [], [Unusable(0, f"not a CSV file ({error})")]
    if missing := [name for name in NEEDED if name not in header]:
        return [], [Unusable(1, f"missing column {', '.join(missing)}")]
    found: dict[str, Drawn] = {}
    wrong: list[Unusable] = []
    for line, cells in table:
        row = dict(zip(header, (cell.strip() for cell in cells), strict=False))
        if len(cells) != len(header):
            wrong.append(Unusable(line, f"{len(cells)} cells in place of {len(header)}", cells))
        elif problem := _wrong(row):
            wrong.append(Unusable(line, problem, row))
        elif (first := found.get(row["sentence_id"])) is None:
            found[row["sentence_id"]] = _drawn(line, row)
        else:  # two coders on one sentence: it counts once
            coders = " and ".join(dict.fromkeys(filter(None, (first.cells.get("coder"), row.get("coder")))))
            by = f", coded by {coders}" if coders else ""
            problem = f"sentence {row['sentence_id']} stands on line {first.line} too{by}: it counts once"
            wrong.append(Unusable(line, problem, row))
            if not first.coded and _drawn(line, row).coded:  # as it was drawn first, and coded after
                drawn = {name: first.cells[name] for name in ("stratum", "pi")}
                found[row["sentence_id"]] = _drawn(first.line, {**row, **drawn})
    return list(found.values()), wrong


def _wrong(row: Mapping[str, str]) -> str:
    """What is wrong with a line, if anything."""
    if not row["sentence_id"]:
        return "sentence_id is empty"
    if not row["stratum"]:
        return "stratum is empty"
    try:
        pi = float(row["pi"].replace(",", "."))
    except ValueError:
        return f"pi '{row['pi']}' is no number"
    if not LEAST_PI <= pi <= 1:
        return f"pi '{row['pi']}' is no probability: {LEAST_PI:g} to 1"
    if row["coded"].lower() not in CODED | NOT_CODED:
        return f"coded '{row['coded']}' is neither yes nor empty"
    return ""


def _drawn(line: int, row: Mapping[str, str]) -> Drawn:
    return Drawn(line, row, float(row["pi"].replace(",", ".")), row["coded"].lower() in CODED)


def coded(data: bytes) -> frozenset[str]:
    """The sentences that are coded whole."""
    return frozenset(drawn.sentence_id for drawn in read(data)[0] if drawn.coded)


def coded_in(corpus: Path) -> frozenset[str]:
    """The sentences of a corpus folder that are coded whole; none without sample.csv."""
    path = corpus / SAMPLE
    return coded(path.read_bytes()) if path.is_file() else frozenset()


def write(path: Path, rows: Iterable[Mapping[str, str]], columns: Sequence[str] = COLUMNS) -> None:
    """Write sample.csv as a whole, so that a stop at any moment leaves it complete."""
    rows = list(rows)
    names = list(dict.fromkeys((*columns, *(name for row in rows for name in row))))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, names, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    files.write_text(path, out.getvalue())
