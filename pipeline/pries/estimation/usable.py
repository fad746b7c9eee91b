"""Usable: what of a sample still fits the corpus, and a line for each thing in it that does not.

Reads CORPUS/sample.csv, sentences, and requests before and after corrections. A sentence that is gone, a probability
that is none, a sample of another corpus, decisions in a sentence that is not coded whole: each is told with its line,
and the rest counts.

    sample.csv, line 7: pi '1.5' is no probability: 1e-09 to 1
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence, Set

import pandas as pd

from pries.reading.corpus import SAMPLE
from pries.review import sample
from pries.review.decisions import SIGNATURE
from pries.review.sample import DOCUMENTS, Drawn
from pries.store import rowwise

LINE = "look at docs/trust.md; the line is left out, the others count"
FILE = "nothing of it counts, and nothing is written over it: save it as CSV with the columns of pries sample"


def published_sample(
    drawn: Sequence[Drawn], text: pd.DataFrame, found: pd.DataFrame, true: pd.DataFrame
) -> list[tuple]:  # fmt: skip
    """What was drawn, in the order in which it is to be coded, with its text, requests found, right and true."""
    stands = found[found["obligation_id"].isin(true["obligation_id"])]
    numbers = [Counter(table["sentence_id"]) for table in (found, stands, true)]
    words = dict(rowwise.tuples(text, "sentence_id", "text"))
    place = {i: (doc_id, i, p) for doc_id, i, p in rowwise.tuples(text, "doc_id", "sentence_id", "paragraph")}
    about = ("coder", "date", "note")
    return [
        (
            *place[row.sentence_id], row.cells["stratum"], row.cells["pi"], row.coded,
            *(row.cells.get(name, "") for name in about), own_cells(row), *(n[row.sentence_id] for n in numbers),
            words[row.sentence_id],
        )
        for row in drawn
    ]  # fmt: skip


def own_cells(row: Drawn) -> str:
    """The columns that a person has added to sample.csv, for the reader writes the file anew: {"lu par": "Zoé"}."""
    own = {name: cell for name, cell in row.cells.items() if name not in sample.COLUMNS}
    return json.dumps(own, ensure_ascii=False) if own else ""


def foreign(drawn: int) -> tuple[str, str]:
    """What is wrong with a sample of which nothing stands in the corpus, and what to do."""
    what = f"none of its {drawn} sentences stands in this corpus"
    return what, "it was drawn from another corpus: take it out, or draw one here"


def unused(data: bytes, drawn: Sequence[Drawn]) -> list[tuple[int, str]]:
    """The lines of the file that are not among those `drawn`, as they stand, for the reader writes the file anew."""
    used = {row.sentence_id for row in drawn}
    every, wrong = sample.read(data)
    lines: list[tuple[int, Mapping[str, str] | Sequence[str]]]
    lines = [(row.line, row.cells) for row in every if row.sentence_id not in used]
    lines += [(line, cells) for line, _, cells in wrong if cells]
    return [(line, json.dumps(cells, ensure_ascii=False)) for line, cells in sorted(lines, key=lambda one: one[0])]


def usable(data: bytes, text: pd.DataFrame) -> tuple[list[Drawn], list[tuple]]:
    """What was drawn and still stands in the corpus, and a problem for each thing that does not fit."""
    drawn, wrong = sample.read(data)
    problems = [problem(line, what, LINE if cells else FILE) for line, what, cells in wrong]
    known = set(text["sentence_id"])
    gone = [row for row in drawn if row.sentence_id not in known]
    if gone and len(gone) == len(drawn):
        return [], [*problems, problem(0, *foreign(len(drawn)))]
    for row in gone:
        what = f"sentence {row.sentence_id} no longer stands in the text (paragraph {row.cells.get('paragraph', '')})"
        problems.append(problem(row.line, what, "it was edited or its document is gone; draw more with pries sample"))
    size = sum(1 / row.pi for row in drawn)
    if drawn and not gone and not wrong and drawn[0].cells["stratum"] != DOCUMENTS and abs(size - len(known)) > 0.5:
        what = f"it was drawn from {size:,.0f} sentences, and the corpus has {len(known):,}"
        problems.append(
            problem(0, what, "estimates hold where it errs alike in the rest; pries sample --anew draws on")
        )
    return [row for row in drawn if row.sentence_id in known], problems


def without_estimate(drawn: Sequence[Drawn], changed: Set[str]) -> list[tuple]:
    """A problem where decisions have changed sentences that are not coded whole, and one for those not drawn."""
    half = [row for row in drawn if not row.coded and row.sentence_id in changed]
    outside = sorted(set(changed) - {row.sentence_id for row in drawn})
    found = []
    if half:
        what = f"sentences with decisions that are not coded whole: {len(half)}, the first {half[0].sentence_id}"
        remedy = "they change the tables and no estimate; put yes under coded where it is so"
        found.append(problem(half[0].line, what, remedy))
    if outside and drawn:
        what = f"sentences with decisions that were not drawn: {len(outside)}, the first {outside[0]}"
        found.append(problem(0, what, "nothing to do: they change the tables and no estimate"))
    return found


def touched(found: pd.DataFrame, true: pd.DataFrame) -> set[str]:
    """The sentences in which decisions have changed something."""
    fields = ["obligation_id", "sentence_id", *SIGNATURE]
    one, other = (set(rowwise.tuples(table, *fields)) for table in (found, true))
    return {row[1] for row in one ^ other}


def problem(line: int, what: str, remedy: str) -> tuple[str, str, int, str, str, str]:
    """A row of the table of problems."""
    return SAMPLE, "", line, "estimates", what, remedy
