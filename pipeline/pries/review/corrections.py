"""Corrections: what a person has decided on the requests, applied before anything is counted.

Reads the obligations and actions as they were found, paragraphs, sentences, actors, and CORPUS/corrections.csv
(obligation_id, action, field, old, new, coder, date, note; doc_id and paragraph if they are known); writes obligations
and actions as they stand then, `checks` (who has looked at which row), `set_labels` (labels of groups and actors),
`judged` (which two requests are the same one, or are not), and `unapplied`, a problem for each correction that could
not be applied. Nothing is applied blindly: the row must be there, `old` must still hold, and the words of an added row
must stand in the text.

    o32e54c65e565,edit,addressee,États,gouvernements,ML,2026-05-04,
    -> addressee gouvernements; checked: edited
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from pries.base import csv_fields
from pries.base.errors import printable
from pries.reading import decoding
from pries.review.decisions import apply
from pries.review.fields import THEME, Correction, Review
from pries.schema import schema
from pries.store import batches, rowwise
from pries.store.batches import Table
from pries.store.cells import several

COLUMNS = ("obligation_id", "action", "field", "old", "new", "coder", "date", "note")
PLACE = ("doc_id", "paragraph")  # told by the reader and the review, so that a row that has gone can be looked for
FILE = "corrections.csv"
REMEDY = "look at the row again in the reader, and correct or delete this line"
BROKEN = "correct the line; docs/reviewing.md tells what the columns hold"


def read(data: bytes) -> tuple[list[Correction], list[tuple[int, str]]]:
    """The lines of the file, and what is wrong with those that are no corrections: (line, problem)."""
    if not data.removeprefix(codecs.BOM_UTF8).strip():
        return [], []
    try:
        text, _ = decoding.read_text(data)  # UTF-8, or what Excel saves: Windows-1252, UTF-16
    except ValueError as error:
        return [], [(0, str(error))]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=csv_fields.delimiter(text), strict=True)
    found: list[Correction] = []
    wrong: list[tuple[int, str]] = []
    missing = set(COLUMNS[:5]) - {name.strip() for name in _head(reader)}
    if missing:
        return [], [(1, f"missing column {', '.join(sorted(missing))}")]
    while True:
        begins = reader.reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            lost = (
                ": a quote is not closed, and nothing from this line on was read" if "end of data" in str(error) else ""
            )
            wrong.append((begins, f"not a CSV row ({error}){lost}"))
            continue
        if row is None:
            return found, wrong
        if not any("".join(cell or ()) for cell in row.values()):
            continue  # an empty row of a spreadsheet
        if any(row.pop(None, ())) or None in row.values():
            wrong.append((reader.line_num, "wrong number of cells"))
        else:
            found.append(Correction(reader.line_num, {key.strip(): value.strip() for key, value in row.items()}))


def _head(reader: csv.DictReader[str]) -> Sequence[str]:
    try:
        return reader.fieldnames or ()
    except csv.Error:  # a quote that is not closed
        return ()


def run(
    paragraphs: Table, sentences: Table, actors: Table, obligations: pd.DataFrame, actions: pd.DataFrame,
    *, corrections: bytes = b"",
) -> dict[str, pd.DataFrame]:  # fmt: skip
    """The tables as corrected; without corrections, in the order in which they are given, every row `auto`.

    Actions of no request are left out.
    """
    given, wrong = read(corrections) if corrections else ([], [])
    problems = [(FILE, "", line, "corrections", printable(what), BROKEN) for line, what in wrong]
    if not given:
        checks = [(*pair, "auto") for pair in rowwise.tuples(obligations, "doc_id", "obligation_id")]
        mine = actions[actions["obligation_id"].isin(obligations["obligation_id"])]
        found = {"obligations": obligations, "actions": mine}
        made = {name: schema.conform(frame, name, "obligations") for name, frame in found.items()}
        others = {"checks": checks, "set_labels": [], "judged": [], "unapplied": problems}
        return made | {name: _frame(name, values) for name, values in others.items()}
    text, said, mentions = around(given, paragraphs, sentences, actors, obligations)
    review = Review(
        {(doc, paragraph): words for doc, paragraph, words in text.itertuples(index=False)},
        list(rowwise.records(said)), mentions, {row["obligation_id"]: row for row in rowwise.records(obligations)}, {},
    )  # fmt: skip
    for action in rowwise.records(actions):
        review.actions.setdefault(action["obligation_id"], []).append(action)
    left = apply(review, given)
    problems += [(FILE, c.doc_id, c.line, "corrections", printable(why), REMEDY) for c, why in left]
    rows = sorted(review.rows.values(), key=lambda row: review.place(row)[:2])
    changed = {
        "obligations": [tuple(row.values()) for row in rows],
        "actions": [tuple(a.values()) for row in rows for a in review.actions.get(row["obligation_id"], [])],
        "checks": [(r["doc_id"], i, review.checked.get(i, "auto")) for r in rows for i in [r["obligation_id"]]],
        "set_labels": review.labels,
        "judged": sorted(
            (*sorted(pair), verdict) for pair, verdict in review.pairs.items() if pair <= review.rows.keys()
        ),
        "unapplied": problems,
    }
    return {name: _frame(name, values) for name, values in changed.items()}


def around(
    given: Sequence[Correction], paragraphs: Table, sentences: Table, actors: Table, obligations: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """What corrections are held against: paragraphs of requests, whole documents that lines are about, mentions.

    Of the mentions in other documents, for a name that is known elsewhere only, the first of each part.
    """
    named = {c.obligation_id for c in given}
    docs = {doc for c in given for doc in (c.doc_id, c.new if c.field == "doc_id" else "")}
    docs.update(obligations.loc[obligations["obligation_id"].isin(named), "doc_id"])
    asked = set(rowwise.tuples(obligations, *PLACE))

    def text(part: pd.DataFrame) -> pd.DataFrame:
        return part[[pair[0] in docs or pair in asked for pair in rowwise.tuples(part, *PLACE)]]

    def said(part: pd.DataFrame) -> pd.DataFrame:
        return part[part["doc_id"].isin(docs)]

    def mentions(part: pd.DataFrame) -> pd.DataFrame:
        return part[part["doc_id"].isin(docs) | ~part.duplicated(["text", "actor", "type"])]

    tables = paragraphs[["doc_id", "paragraph", "text"]], sentences, actors[["doc_id", "text", "actor", "type"]]
    found = [batches.whole(batches.mapped(t, f)) for t, f in zip(tables, (text, said, mentions), strict=True)]
    return found[0], found[1], found[2]


def _frame(name: str, rows: Sequence[tuple[Any, ...]]) -> pd.DataFrame:
    filler = name if name in ("obligations", "actions") else "corrections"
    columns = [c.name for c in schema.TABLES[name].filled_by("obligations" if name == filler else filler)]
    return schema.conform(pd.DataFrame(rows, columns=columns), name, "obligations" if name == filler else filler)


def renamed(actors: pd.DataFrame, set_labels: pd.DataFrame) -> pd.DataFrame:
    """Mentions under the canonical names that a person has given."""
    given: dict[str, str] = {}
    for row in set_labels[set_labels["field"] == "actor_label"][::-1].itertuples():
        given[row.old] = given.get(row.new, row.new)  # a later line may rename what an earlier one gave
    return actors.assign(actor=actors["actor"].map(lambda name: given.get(name, name))) if given else actors


def labelled(found: Mapping[str, pd.DataFrame], requests: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Groups under the labels that a person has given them, and all problems; `requests` as they are published.

    A group's label follows a request of it: its number says nothing in the next run.
    """
    clusters = found["clusters"].copy()
    group = dict(rowwise.tuples(found["cluster_members"], "obligation_id", "cluster"))
    lost = []
    given = found["set_labels"]
    themes = dict(rowwise.tuples(requests, "obligation_id", "theme"))
    last = given[given["field"] == THEME].drop_duplicates("obligation_id", keep="last")
    for row in last.itertuples():
        if set(several(themes.get(row.obligation_id, ""))) != set(several(row.new)):
            problem = f"theme was '{row.old}' and is now '{themes.get(row.obligation_id, '')}', or '{row.new}' is none"
            lost.append((FILE, "", row.line, "corrections", problem, REMEDY))
    for row in given[given["field"] == "group_label"].itertuples():
        mine = clusters["cluster"] == group.get(row.obligation_id, "unclassified")
        if (clusters.loc[mine, "label"] == row.old).any():
            clusters.loc[mine, "label"] = row.new
        elif not (clusters.loc[mine, "label"] == row.new).any():
            problem = f"the group of {row.obligation_id} is not called '{row.old}'"
            lost.append((FILE, "", row.line, "corrections", problem, "give the label that it has now as old"))
    more = pd.DataFrame(lost, columns=list(found["unapplied"].columns))
    parts = [frame for frame in (found["problems"], found["unapplied"], more) if len(frame)]
    problems = pd.concat(parts, ignore_index=True) if parts else found["problems"]
    return clusters, problems
