"""Review: the requests one by one in the terminal, a key each; decisions go into corrections.csv at once.

Reads the published obligations and CORPUS/corrections.csv, and shows what nobody has decided on yet: stop with q and
start again later. j (juste) confirms, f (faux) rejects, m changes a field, p passes on, q ends.

    A/68/370, par. 10   exhortation   intervenants -> gouvernements : ratifier
    « … ils ont également [prié] les gouvernements de ratifier … »
    j juste, f faux, m modifier, p passer, q quitter >
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pries.base import console, interrupt
from pries.base.errors import InputError, printable
from pries.reading.corpus import CORRECTIONS, SAMPLE
from pries.review import corrections
from pries.review.decisions import LABELS, signature
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


def review(requests: Sequence[Row], path: Path, coder: str, answer: Callable[[str], str]) -> int:
    """Go through what nobody has decided on; how many decisions were made."""
    seen = {line["obligation_id"] for line in decided(path) if line["field"] not in LABELS}
    left = [row for row in requests if row["obligation_id"] not in seen and row["checked"] == "auto"]
    left.sort(key=lambda row: float(row.get("confidence") or 1))  # the least certain first, where the program says so
    lines: list[Row] = []
    try:
        for n, row in enumerate(left, start=1):
            print(f"\n{n}/{len(left)}   {shown(row)}", flush=True)
            for line in ask(row, coder, answer):
                write(path, [*decided(path), line])  # somebody else may have written in between
                lines.append(line)
    except (EOFError, KeyboardInterrupt):
        print()
    open_still = len(left) - len({line["obligation_id"] for line in lines})
    console.say("review", f"{len(lines)} decisions in {path}, {open_still} requests left")
    return len(lines)


def arguments(parser: ArgumentParser) -> None:
    """The options of `pries review`."""
    parser.add_argument("--tables", type=Path, default=Path("outputs/tables"), metavar="DIR", help="in: the CSV tables")
    parser.add_argument(
        "--corpus", type=Path, default=Path("corpus"), metavar="DIR", help="in and out: corrections.csv"
    )
    parser.add_argument("--sample", action="store_true", help="the sentences of sample.csv, each to be coded whole")
    parser.add_argument("--coder", default="", help="your initials")


def command(options: Namespace) -> None:
    """Review in the terminal."""
    interrupt.as_exception()
    path = options.tables / "obligations.csv"
    if not path.is_file():
        raise InputError(str(path), "no such table", "run the stages before, or name another --tables folder")
    if not options.corpus.is_dir():
        raise InputError(str(options.corpus), "no such folder", "name the folder of the reports with --corpus")
    requests = files.read_csv(path, "obligations").to_dict("records")
    if (sentences := options.tables / "sentences.csv").is_file():  # which of several like words it is
        table = files.read_csv(sentences, "sentences")
        starts = dict(zip(table["sentence_id"], table["start"], strict=True))
        for row in requests:
            row["at"] = str(row["trigger_start"] - starts[row["sentence_id"]])
    if options.sample:
        from pries.review import coding

        drawn = options.tables / "sample.csv"
        if not drawn.is_file() or not (options.corpus / SAMPLE).is_file():
            raise InputError(
                str(options.corpus / SAMPLE), "no sample here", "draw one with pries sample, then run again"
            )
        sentences_drawn = files.read_csv(drawn, "sample").to_dict("records")
        coding.code(
            sentences_drawn, requests, (options.corpus / CORRECTIONS, options.corpus / SAMPLE), options.coder, input
        )
        return
    review(requests, options.corpus / CORRECTIONS, options.coder, input)
