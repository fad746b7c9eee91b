"""Summary: the last lines of a run: what was read, found and written, what could not be read, where to look next.

Reads OUTPUTS/tables/{documents,obligations,problems}.csv, without pandas, because it runs after everything else.

    found          91 requests and recommendations, 24 of them restatements; 42 say who asks, 30 who is to act
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from pries.base import csv_fields, errors
from pries.publishing.accuracy import HELD_OUT

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
    """How far the counts hold: what a coded sample says of all requests, else what is known of other texts."""
    found = {(row["quantity"], row["part_kind"]): row for row in reversed(rows(path))} if path.is_file() else {}
    if ("sentences", "all") not in found:
        there = f"{HELD_OUT.precision:.0%} of what was found was right, {HELD_OUT.recall:.0%} was found"
        sample = path.with_name("sample.csv")
        drawn_now = len(rows(sample)) if sample.is_file() else 0
        how = "pries sample draws some to code for intervals"
        if drawn_now:
            how = f"{plural(drawn_now, 'sentence')} drawn to be coded: reader.html, the view Coder"
        return f"not on this corpus (on other UN texts {there}); {how}"
    drawn, all_of = found["sentences", "all"], found["requests", "all"]
    by = f"{int(drawn['coded']):,} sentences coded whole"
    told = f"{by}, too few for an interval"
    if all_of["method"] != "too_few":
        value, low, high = (float(all_of[name]) for name in ("estimate", "low", "high"))
        told = f"{value:,.1f} requests [{low:,.0f}; {high:,.0f}] by {by}; tables/estimates.csv"
    if outside := found.get(("sentences", "outside")):
        told += f"; {plural(int(outside['coded']), 'sentence')} decided outside of them: in the tables, in no estimate"
    return told


def found(requests: list[dict[str, str]]) -> str:
    """How many requests there are, how many of them are said again, and who is named."""
    if not requests:
        return "no request or recommendation"
    repeats, issuers, addressees = (
        sum(bool(r[name]) for r in requests) for name in ("restates", "issuer", "addressee")
    )
    what = f"{plural(len(requests), 'request')} {'or recommendation' if len(requests) == 1 else 'and recommendations'}"
    again = f"{repeats:,} of them {'a restatement' if repeats == 1 else 'restatements'}"
    return f"{what}, {again}; {issuers:,} {'says' if issuers == 1 else 'say'} who asks, {addressees:,} who is to act"


def lines(outputs: Path) -> list[str]:
    """At most ten lines."""
    tables = outputs / "tables"
    documents, requests, problems = (rows(tables / f"{name}.csv") for name in ("documents", "obligations", "problems"))
    sums = [plural(sum(int(d[kind]) for d in documents), kind[:-1]) for kind in ("paragraphs", "sentences")]
    strengths = Counter(r["modality"] for r in requests).most_common()
    told = [f"{'read':<15}{plural(len(documents), 'document')}, {', '.join(sums)}", f"{'found':<15}{found(requests)}"]
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
