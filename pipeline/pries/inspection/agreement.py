"""Agreement: how far two people who reviewed the same requests agree, field by field.

Reads two corrections.csv and the requests as they were found (WORK/found); prints, for the rows that both looked at,
Cohen's κ (1960) and Krippendorff's α (2004, nominal, two coders, none missing) of the verdict (kept or rejected)
and of each field of the rows that both kept, then the rows that differ; of the share of agreement the 95 % interval of
Wilson (1927). Where a sample.csv stands beside each of the two files, the sentences that both have coded whole count, a
row that nobody has touched there included, and no others.

    pries agreement ml/corrections.csv ab/corrections.csv --outputs outputs
    modality        n 48   agree 46 (0.86 to 0.99)   kappa 0.947   alpha 0.948
"""

from __future__ import annotations

import math
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from pries.base import console
from pries.base.errors import InputError, printable
from pries.review import corrections, sample
from pries.review.decisions import FIELDS, LABELS
from pries.store import files, rowwise

TABLES = ("paragraphs", "sentences", "actors", "found/obligations", "found/actions")
VERDICT = "verdict"
Z = 1.959963984540054  # of the normal law at 97.5 %


def kappa(one: Sequence[Hashable], other: Sequence[Hashable]) -> float:
    """Cohen's κ of two codings; 1 where both always say the same one thing."""
    n = len(one)
    observed = sum(a == b for a, b in zip(one, other, strict=True)) / n
    first, second = Counter(one), Counter(other)
    expected = sum(first[value] * second[value] for value in first) / n**2
    return 1.0 if expected == 1 else (observed - expected) / (1 - expected)


def alpha(one: Sequence[Hashable], other: Sequence[Hashable]) -> float:
    """Krippendorff's α for nominal values of two coders; 1 where there is one value only."""
    values = Counter([*one, *other])
    n = sum(values.values())
    expected = 1 - sum(c * (c - 1) for c in values.values()) / (n * (n - 1))
    observed = sum(a != b for a, b in zip(one, other, strict=True)) / len(one)
    return 1.0 if expected == 0 else 1 - observed / expected


def reviewed(path: Path, frames: dict[str, pd.DataFrame]) -> tuple[set[str], dict[str, dict[str, str]]]:
    """Which rows a coder looked at, and the requests as they stand after the coder's corrections."""
    try:
        data = path.read_bytes()
    except OSError:
        raise InputError(str(path), "no such file", "name two files of corrections") from None
    given, wrong = corrections.read(data)
    for line, what in wrong:
        raise InputError(str(path), what, "correct the line", line)
    made = corrections.run(**frames, corrections=data)
    rows = {row["obligation_id"]: row for row in made["obligations"].to_dict("records")}
    seen = {c.obligation_id for c in given if c.action != "add" and c.obligation_id and c.field not in LABELS}
    for row in made["unapplied"].itertuples():
        console.say("not applied", f"{path}, line {row.line}: {row.problem}")
    added = made["checks"].loc[made["checks"]["checked"] == "added", "obligation_id"]
    # what was added is in the rows of one who added it alone; its other lines say nothing of what the program found
    known = set(frames["obligations"]["obligation_id"])
    return (seen & known) | set(added), rows


def codings(
    one: tuple[set[str], dict[str, dict[str, str]]],
    other: tuple[set[str], dict[str, dict[str, str]]],
    found: Collection[str] = (),
) -> dict[str, dict[str, tuple[str, str]]]:
    """For the verdict and each field: what the two said, by request; `found` are those of the program.

    A request that one has added and the other has not is one that the other rejects; one that only one of them has
    looked at says nothing.
    """
    (seen, rows), (seen_too, rows_too) = one, other
    alone = {i for i in seen ^ seen_too if (i in rows) != (i in rows_too) and i not in found}
    both = (seen & seen_too) | alone
    said = {VERDICT: {i: tuple("kept" if i in r else "rejected" for r in (rows, rows_too)) for i in sorted(both)}}
    kept = [i for i in said[VERDICT] if i in rows and i in rows_too]
    for name in FIELDS:
        said[name] = {i: (str(rows[i][name]), str(rows_too[i][name])) for i in kept}
    return said  # type: ignore[return-value]


def in_sample(
    coder: tuple[set[str], dict[str, dict[str, str]]], found: Mapping[str, str], coded: Collection[str]
) -> tuple[set[str], dict[str, dict[str, str]]]:
    """What a coder has looked at: every row in sentences coded whole; `found`: those of the program, with sentences."""
    _, rows = coder
    everything = {**{i: row["sentence_id"] for i, row in rows.items()}, **found}
    return {i for i, sentence in everything.items() if sentence in coded}, rows


def wilson(hits: int, n: int) -> tuple[float, float]:
    """The 95 % score interval of a share (Wilson 1927)."""
    share, z2 = hits / n, Z**2
    middle, half = share + z2 / (2 * n), Z * math.sqrt(share * (1 - share) / n + z2 / (4 * n**2))
    return (middle - half) / (1 + z2 / n), (middle + half) / (1 + z2 / n)


def report(said: dict[str, dict[str, tuple[str, str]]]) -> list[str]:
    """The lines that are printed."""
    told, apart = [], []
    for name, by_id in said.items():
        if not by_id:
            told.append(f"{name:<15} n 0")
            continue
        one, other = zip(*by_id.values(), strict=True)
        agree = sum(a == b for a, b in by_id.values())
        measures = f"kappa {kappa(one, other):.3f}   alpha {alpha(one, other):.3f}"
        only = "   (one value only: says little)" if len({*one, *other}) == 1 else ""
        low, high = wilson(agree, len(by_id))
        told.append(f"{name:<15} n {len(by_id):,}   agree {agree:,} ({low:.2f} to {high:.2f})   {measures}{only}")
        apart += [f"{i}  {name}: '{a}' / '{b}'" for i, (a, b) in by_id.items() if a != b]
    return [*told, "", f"{len(apart)} cells differ", *apart]


def arguments(parser: ArgumentParser) -> None:
    """The options of `pries agreement`."""
    parser.add_argument("a", type=Path, metavar="A.csv")
    parser.add_argument("b", type=Path, metavar="B.csv")
    parser.add_argument("--whole", action="store_true", help="take no notice of a sample.csv beside the files")
    parser.add_argument("--outputs", type=Path, default=Path("outputs"), metavar="DIR", help="in: a run's outputs")


def command(options: Namespace) -> None:
    """Compare two files of corrections."""
    work = options.outputs / ".work"
    frames = {Path(name).name: files.read_parquet(work / f"{name}.parquet") for name in TABLES}
    found = dict(rowwise.tuples(frames["obligations"], "obligation_id", "sentence_id"))
    one, other = (reviewed(path, frames) for path in (options.a, options.b))
    coded = sample.coded_in(options.a.parent) & sample.coded_in(options.b.parent)
    if coded and not options.whole:
        one, other = in_sample(one, found, coded), in_sample(other, found, coded)
        console.say("sample", f"{len(coded):,} sentences that both have coded whole; --whole takes all decisions")
    for line in report(codings(one, other, found)):
        print(printable(line))
