"""Dialogue: a request shown in the terminal, what a person answers, and the decisions that corrections.csv keeps.

« … ils ont également [prié] les gouvernements de ratifier … »
j juste, f faux, m modifier, p passer, q quitter > j   ->   confirm
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pries.base.errors import InputError, printable
from pries.review import corrections
from pries.review.decisions import signature
from pries.review.fields import FIELDS, VALUES
from pries.store import files

COLUMNS = (*corrections.COLUMNS, *corrections.PLACE)
PROMPT = "j juste, f faux, m modifier, p passer, q quitter > "
VERDICTS = {"j": "confirm", "f": "reject"}
Row = dict[str, str]


def shown(row: Row) -> str:
    """One request on three lines, its trigger in brackets."""
    sentence, trigger = row["sentence_text"], row["trigger"]
    roles = f"{row['issuer'] or '–'} -> {row['addressee'] or '–'}"
    head = f"{row['citation']}   {row['modality']}   {roles} : {row['actions']}"
    word = re.search(rf"(?<!\w){re.escape(trigger)}(?!\w)", sentence)
    at = int(row["at"]) if row.get("at") else word.start() if word else 0
    marked = f"{sentence[:at]}[{sentence[at : at + len(trigger)]}]{sentence[at + len(trigger) :]}"
    return "\n".join(printable(text) for text in (head, f"« {marked} »"))


def decided(path: Path) -> list[Row]:
    """The lines that corrections.csv has by now. Raises InputError where it is broken."""
    if not path.is_file():
        return []
    found, wrong = corrections.read(path.read_bytes())
    for line, what in wrong:
        raise InputError(str(path), what, "correct the line before you go on", line)
    return [c.cells for c in found]


def write(path: Path, lines: Sequence[Row]) -> None:
    """corrections.csv as a whole, so that a stop at any moment leaves it complete."""
    out = io.StringIO(newline="")
    columns = list(dict.fromkeys((*COLUMNS, *(column for line in lines for column in line))))  # a person's own as well
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows({column: line.get(column, "") for column in columns} for line in lines)
    files.write_text(path, out.getvalue())


def ask(row: Row, coder: str, answer: Callable[[str], str]) -> Iterator[Row]:
    """The decisions on one row. Raises EOFError where the person ends."""
    about = {
        "obligation_id": row["obligation_id"], "coder": coder, "date": datetime.date.today().isoformat(),
        "doc_id": row["doc_id"], "paragraph": row["paragraph"],
    }  # fmt: skip
    while True:
        key = answer(PROMPT).strip().lower()
        if key == "q":
            raise EOFError
        if key == "p":
            return
        if key in VERDICTS:
            yield about | {"action": VERDICTS[key], "old": signature(row) if key == "j" else ""}
            return
        if key == "m":
            names = answer(f"champ, ou plusieurs ({', '.join(FIELDS)}) > ").replace(",", " ").split()
            if not names or not set(names) <= set(FIELDS):
                continue
            edits = [(name, answer(printable(f"{name}: {row[name]} > ")).strip()) for name in dict.fromkeys(names)]
            wrong = [name for name, new in edits if new not in VALUES.get(name, (new,))]
            for name in wrong:
                print(f"{name}: {', '.join(VALUES[name])}", flush=True)
            if wrong:
                continue
            changes = [
                about | {"action": "edit", "field": name, "old": row[name], "new": new}
                for name, new in edits
                if new != row[name]
            ]
            yield from changes or [about | {"action": "confirm", "old": signature(row)}]
            return
