"""Adjudication: from two coders' files and a third decision on what differs, one set that estimates rest on.

Reads what `agreement` has compared. `disputed` writes a line for each cell that differs, with an empty `decision`;
once a person has filled it in (kept or rejected for a verdict, the value for a field, – for nobody), `settled` gives
the corrections and the sample of the adjudicated set. A sentence in which anything is left open is not coded whole
there; one that a single coder has coded counts as that one has coded it.

    o1f2…, addressee: ML « États », AB « gouvernements », decision « gouvernements » -> edit, addressee
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pries.base import csv_fields
from pries.base.errors import InputError
from pries.reading import decoding
from pries.review import sample
from pries.review.decisions import SIGNATURE
from pries.review.fields import VALUES
from pries.review.from_rows import addition, differences, rejection

NOTHING = "–"
VERDICT, KEPT, REJECTED = "verdict", "kept", "rejected"
COLUMNS = ("obligation_id", "sentence_id", "paragraph", "sentence_text", "field")
Row = dict[str, Any]
Codings = Mapping[str, Mapping[str, tuple[str | None, ...]]]


@dataclass(frozen=True)
class Coder:
    """A coder: the requests as they stand after the corrections, and the sentences coded whole."""

    name: str
    rows: Mapping[str, Row]
    coded: Collection[str]


def disputes(made: Codings) -> list[tuple[str, str, tuple[str | None, ...]]]:
    """Each cell that differs: request, field, what each coder says."""
    return [
        (i, name, codes)
        for name in (VERDICT, *SIGNATURE)
        for i, codes in made.get(name, {}).items()
        if len({code for code in codes if code is not None}) > 1
    ]


def disputed(made: Codings, coders: Sequence[Coder], found: Mapping[str, Row]) -> str:
    """The table of what differs, to be decided on, as CSV; in the order of the text of the ids."""
    everything = {i: row for source in (*(coder.rows for coder in coders), found) for i, row in source.items()}
    out = io.StringIO(newline="")
    names = [coder.name for coder in coders]
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*COLUMNS, *names, "decision"])
    for i, field, codes in disputes(made):
        shown = ["" if code is None else code or NOTHING for code in codes]
        writer.writerow([i, *(everything[i][name] for name in COLUMNS[1:4]), field, *shown, ""])
    return out.getvalue()


def decisions(path: Path) -> dict[tuple[str, str], str]:
    """The decisions of a table that was filled in. Raises InputError for a broken table and an unknown value."""
    try:
        text, _ = decoding.read_text(path.read_bytes())
        table = csv.DictReader(io.StringIO(text, newline=""), delimiter=csv_fields.delimiter(text))
        rows = [(table.line_num, row) for row in table]
    except (OSError, ValueError, csv.Error) as error:
        raise InputError(str(path), f"cannot be read ({error})", "write it with --disputed, and fill it in") from None
    if missing := {"obligation_id", "field", "decision"} - set(table.fieldnames or ()):
        raise InputError(str(path), f"missing column {', '.join(sorted(missing))}", "write it with --disputed", 1)
    known = {VERDICT: (KEPT, REJECTED), **VALUES}
    found = {}
    for line, row in rows:
        field, value = (row[name] or "" for name in ("field", "decision"))
        if field not in (VERDICT, *SIGNATURE):
            raise InputError(str(path), f"field '{field}' is unknown", f"use {VERDICT} or {', '.join(SIGNATURE)}", line)
        if value and value not in known.get(field, (value,)):
            raise InputError(str(path), f"{field} '{value}' is unknown", f"use {', '.join(known[field])}", line)
        if value.strip():
            found[row["obligation_id"], field] = "" if value.strip() == NOTHING else value.strip()
    return found


def settled(
    made: Codings, coders: Sequence[Coder], found: Mapping[str, Row], given: Mapping[tuple[str, str], str],
    texts: Mapping[str, Row],
) -> tuple[list[Row], frozenset[str]]:  # fmt: skip
    """The lines of the adjudicated corrections, and the sentences that are coded whole in them."""
    everything = {i: row for source in (found, *(coder.rows for coder in coders)) for i, row in source.items()}
    left_open = {everything[i]["sentence_id"] for i, field, _ in disputes(made) if is_open(i, field, given)}
    coded = frozenset[str]().union(*(coder.coded for coder in coders)) - left_open
    lines: list[Row] = []
    for i, row in everything.items():
        mine = [coder for coder in coders if row["sentence_id"] in coder.coded]
        if row["sentence_id"] not in coded:
            continue
        keepers = [coder for coder in mine if i in coder.rows]
        kept = given.get((i, VERDICT), KEPT if keepers else REJECTED) == KEPT
        about = {"coder": "+".join(c.name for c in mine), "doc_id": row["doc_id"], "paragraph": row["paragraph"]}
        if kept and keepers:
            last = keepers[0].rows[i] | {field: value for (j, field), value in given.items() if j == i}
            if i in found:
                lines += differences(last, dict(found[i]), about | {"obligation_id": i})
            else:
                lines += addition(last, home(last, texts[row["sentence_id"]]), about)
        elif i in found and not kept:
            lines.append(rejection(row, about["coder"]))
    return lines, coded


def is_open(i: str, field: str, given: Mapping[tuple[str, str], str]) -> bool:
    """Whether a cell that differs is still to be decided on; of a request that is rejected no field is."""
    return (i, field) not in given and given.get((i, VERDICT)) != REJECTED


def home(row: Row, sentence: Row) -> dict[str, str]:
    """Where an added request stands: its sentence, and which of several like words carries it."""
    at = row["trigger_start"] - sentence["start"]
    words = re.finditer(rf"(?<!\w){re.escape(row['trigger'])}(?!\w)", sentence["text"])
    rank = next((n for n, match in enumerate(words, 1) if match.start() == at), 1)
    return {"sentence_text": sentence["text"], "paragraph": sentence["paragraph"], "occurrence": str(rank)}


def merged_sample(paths: Sequence[Path], coded: Collection[str]) -> Sequence[Mapping[str, str]]:
    """The sample of all coders, with the sentences coded whole. Raises InputError where they drew differently."""
    drawn = []
    for path in paths:
        lines, wrong = sample.read(path.read_bytes())
        for line, what, _ in wrong:  # it would be left out of the file that is written
            raise InputError(str(path), what, "correct the line before you go on", line)
        drawn.append({row.sentence_id: row for row in lines})
    first = drawn[0]
    for path, other in zip(paths[1:], drawn[1:], strict=True):
        if {i: row.pi for i, row in other.items()} != {i: row.pi for i, row in first.items()}:
            raise InputError(str(path), f"not the sample of {paths[0]}", "coders work on copies of one sample.csv")
    rows = []
    for i, row in first.items():
        names = dict.fromkeys(filter(None, (other[i].cells.get("coder") for other in drawn if other[i].coded)))
        rows.append({**row.cells, "coded": "yes" if i in coded else "", "coder": "+".join(names)})
    return rows
