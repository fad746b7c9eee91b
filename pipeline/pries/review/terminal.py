"""Review: the requests one by one in the terminal, a key each; decisions go into corrections.csv at once.

Reads the published obligations and CORPUS/corrections.csv, and shows what nobody has decided on yet: stop with q and
start again later. j (juste) confirms, f (faux) rejects, m changes a field, p passes on, q ends.

    A/68/370, par. 10   exhortation   intervenants -> gouvernements : ratifier
    « … ils ont également [prié] les gouvernements de ratifier … »
    j juste, f faux, m modifier, p passer, q quitter >
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from pathlib import Path

from pries.base import console, interrupt
from pries.base.errors import InputError
from pries.reading.corpus import CORRECTIONS, SAMPLE
from pries.review import coding
from pries.review.decisions import LABELS
from pries.review.dialogue import Row, ask, decided, shown, write
from pries.store import files


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
        drawn = options.tables / "sample.csv"
        if not drawn.is_file() or not (options.corpus / SAMPLE).is_file():
            raise InputError(
                str(options.corpus / SAMPLE), "no sample here", "draw one with pries sample, then run again"
            )
        sentences_drawn = files.read_csv(drawn, "sample").to_dict("records")
        if not sentences_drawn:
            raise InputError(
                str(options.corpus / SAMPLE), "none of its lines can be coded here",
                "run again if it is new; else look at tables/problems.csv",
            )  # fmt: skip
        coding.code(
            sentences_drawn, requests, (options.corpus / CORRECTIONS, options.corpus / SAMPLE), options.coder, input
        )
        return
    review(requests, options.corpus / CORRECTIONS, options.coder, input)
