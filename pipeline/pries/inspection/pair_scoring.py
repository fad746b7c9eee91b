"""Pair scoring: how far two coders agree on pairs of requests, and how well families find the pairs that are the same.

A tab-separated table has a row for each pair, with at least id_a, id_b, judgement_1 and judgement_2 (same, near,
different; one coder: leave judgement_2 out). A pair counts as the same if both say so, and is left aside if only one
does. Pairs of requests that the run does not have are told, and count as not found.

    same / same, one family -> right; near / same -> left aside; near / near, one family -> wrong
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from pries.base.errors import InputError
from pries.inspection.reliability import kappa

COLUMNS = ("id_a", "id_b", "judgement_1")
SECOND = "judgement_2"
JUDGEMENTS = ("same", "near", "different")


def read(path: Path) -> list[dict[str, str]]:
    """The rows of the table. Raises InputError for a missing column or an unknown judgement."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), f"cannot be read ({error})", "name a tab-separated table in UTF-8") from None
    reader = csv.DictReader(text.splitlines(), delimiter="\t")
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise InputError(str(path), f"missing column {', '.join(missing)}", f"give it {', '.join(COLUMNS)}", 1)
    rows = []
    for row in reader:
        found = {name: (row.get(name) or "").strip() for name in (*COLUMNS, SECOND)}
        found[SECOND] = found[SECOND] or found["judgement_1"]
        for name in ("judgement_1", SECOND):
            if found[name] not in JUDGEMENTS:
                remedy = f"use one of {', '.join(JUDGEMENTS)}"
                raise InputError(str(path), f"{name} '{found[name]}' is unknown", remedy, reader.line_num)
        rows.append(found)
    return rows


def report(rows: Sequence[Mapping[str, str]], family: Mapping[str, str], document: Mapping[str, str]) -> str:
    """Agreement, then precision and recall of all pairs and of those within a document, as lines for a person."""
    judged = [[row[name] for row in rows] for name in ("judgement_1", SECOND)]
    gone = sum(row["id_a"] not in family or row["id_b"] not in family for row in rows)
    lines = [
        f"{len(rows)} pairs of requests, {gone} of them not in these tables; kappa of the judgements "
        f"{kappa(*judged):.2f}"
    ]
    inside = [row for row in rows if document.get(row["id_a"], 0) == document.get(row["id_b"], 1)]
    for title, part in (("all", rows), ("within a document", inside)):
        lines.append(f"  {title:<18}{scores(part, family)}")
    return "\n".join(lines)


def scores(rows: Sequence[Mapping[str, str]], family: Mapping[str, str]) -> str:
    """« precision 1.00 (34 of 34), recall 0.81 (34 of 42) »."""
    right = found = wanted = 0
    for row in rows:
        votes = [row["judgement_1"] == "same", row[SECOND] == "same"]
        if any(votes) != all(votes):
            continue
        together = family.get(row["id_a"], "a") == family.get(row["id_b"], "b")
        right += together and all(votes)
        found += together
        wanted += all(votes)
    return f"precision {_share(right, found)}, recall {_share(right, wanted)}"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f} ({part} of {whole})" if whole else "– (0 of 0)"
