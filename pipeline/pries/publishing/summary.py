"""Summary: the last lines of a run: what was read, found and written, what could not be read, where to look next.

Reads OUTPUTS/tables/{documents,obligations,problems}.csv, without pandas, because it runs after everything else.

    found          91 requests and recommendations, 24 of them restatements; 42 say who asks, 30 who is to act
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from pries.base import csv_fields, errors

MOST_PROBLEMS = 3  # told in full; the files of the others are named
MOST_FILES = 20


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a published table."""
    with path.open(encoding="utf-8", newline="") as file, csv_fields.up_to():
        return list(csv.DictReader(file))


def plural(number: int, noun: str) -> str:
    """A number with its noun: 1 document, 1,200 paragraphs."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def trust(path: Path) -> str:
    """How far the counts can be trusted: what a coded sample says of all requests, else how to get one."""
    if path.is_file():
        for row in rows(path):
            if (row["quantity"], row["part_kind"], row["method"]) == ("requests", "all", "difference"):
                value, low, high = (float(row[name]) for name in ("estimate", "low", "high"))
                return f"{value:,.1f} requests [{low:,.0f}; {high:,.0f}] by the coded sentences; tables/estimates.csv"
    drawn = path.with_name("sample.csv")
    if n := len(rows(drawn)) if drawn.is_file() else 0:
        return f"not on this corpus; {plural(n, 'sentence')} drawn to be coded: reader.html, the view Coder"
    return "not on this corpus; pries sample draws sentences to code, and each count gets its interval"


def lines(outputs: Path) -> list[str]:
    """At most ten lines."""
    tables = outputs / "tables"
    documents, requests, problems = (rows(tables / f"{name}.csv") for name in ("documents", "obligations", "problems"))
    sums = [plural(sum(int(d[kind]) for d in documents), kind[:-1]) for kind in ("paragraphs", "sentences")]
    repeats, issuers, addressees = (
        sum(bool(r[column]) for r in requests) for column in ("restates", "issuer", "addressee")
    )
    strengths = Counter(r["modality"] for r in requests).most_common()
    found = (
        f"{plural(len(requests), 'request')} and recommendations, {repeats:,} of them restatements; "
        f"{issuers:,} say who asks, {addressees:,} who is to act"
    )
    told = [f"{'read':<15}{plural(len(documents), 'document')}, {', '.join(sums)}", f"{'found':<15}{found}"]
    if strengths:
        told.append(f"{'':<15}{', '.join(f'{name} {n:,}' for name, n in strengths)}")
    for problem in problems[:MOST_PROBLEMS]:
        place = f"{problem['file']}, line {problem['line']}" if int(problem["line"] or 0) else problem["file"]
        words = f"{errors.shortened(place)}: {problem['problem']}; {problem['remedy']}"
        told.append(f"{'problem':<15}{' '.join(words.split())}")
    if others := problems[MOST_PROBLEMS:]:
        files = list(dict.fromkeys(problem["file"] for problem in others))
        names = ", ".join(map(errors.shortened, files[:MOST_FILES]))
        more = f" and {len(files) - MOST_FILES:,} more" if files[MOST_FILES:] else ""
        told.append(f"{'':<15}{len(others):,} more in {tables / 'problems.csv'}: {names}{more}")
    told.append(f"{'checked':<15}{trust(tables / 'estimates.csv')}")
    written = "tables/, figures/fr, figures/en, requests.docx, tables.xlsx, methods.txt"
    told.append(f"{'written':<15}{outputs}: {written}")
    told.append(f"{'look next':<15}{outputs / 'reader.html'}, in a browser")
    return [errors.printable(line) for line in told]
