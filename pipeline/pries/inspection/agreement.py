"""Agreement: how far people who reviewed the same requests agree, field by field.

Reads two or more corrections.csv and the requests as they were found (WORK/found); prints, for the rows that two have
looked at at least, κ and α with their intervals (`reliability`) of the verdict (kept or rejected) and of each field of
the rows that were kept, then the rows that differ. Where a sample.csv stands beside each of the files, the sentences
that all have coded whole count, a row that nobody has touched there included, and no others. Modality has an order,
that of strength, and an ordinal α as well.

    pries agreement ML.csv AB.csv CD.csv --outputs outputs
    modality        n 48   agree 46   kappa 0.947 (0.868 to 1.000)   alpha 0.948 (…)   ordinal alpha 0.962 (…)
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import pandas as pd

from pries.base import console
from pries.base.errors import InputError, printable
from pries.base.places import LEXICONS
from pries.inspection import adjudication, reliability
from pries.inspection.adjudication import Coder, Codings
from pries.publishing.labels import Words
from pries.reading.corpus import CORRECTIONS, SAMPLE
from pries.review import corrections, dialogue, sample
from pries.review.decisions import FIELDS, LABELS
from pries.store import files, rowwise

TABLES = ("paragraphs", "sentences", "actors", "found/obligations", "found/actions")
VERDICT = "verdict"


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
    coders: Sequence[tuple[set[str], dict[str, dict[str, str]]]], found: Collection[str] = ()
) -> dict[str, dict[str, tuple[str | None, ...]]]:
    """For the verdict and each field: what each coder said of each request, None where nothing.

    `found` are the requests of the program. One that a coder has added is one that others, who have not, reject; of
    one of the program's a coder who has not looked at it says nothing, and of the fields only who kept it does.
    """
    looked = [seen | ({i for seen, _ in coders for i in seen} - set(found)) for seen, _ in coders]
    made: dict[str, dict[str, tuple[str | None, ...]]] = {VERDICT: {}, **{name: {} for name in FIELDS}}
    for i in sorted(set[str]().union(*looked)):
        keep = [i in rows if i in seen else None for seen, (_, rows) in zip(looked, coders, strict=True)]
        _add(made[VERDICT], i, [None if kept is None else "kept" if kept else "rejected" for kept in keep])
        for name in FIELDS:
            _add(
                made[name],
                i,
                [str(rows[i][name]) if kept else None for kept, (_, rows) in zip(keep, coders, strict=True)],
            )
    return made


def in_sample(
    coder: tuple[set[str], dict[str, dict[str, str]]], found: Mapping[str, str], coded: Collection[str]
) -> tuple[set[str], dict[str, dict[str, str]]]:
    """What a coder has looked at: every row in sentences coded whole; `found`: those of the program, with sentences."""
    _, rows = coder
    everything = {**{i: row["sentence_id"] for i, row in rows.items()}, **found}
    return {i for i, sentence in everything.items() if sentence in coded}, rows


def _add(codes: dict[str, tuple[str | None, ...]], i: str, given: Sequence[str | None]) -> None:
    """What the coders said of a request, if two of them at least said something."""
    if sum(code is not None for code in given) > 1:
        codes[i] = tuple(given)


def report(made: dict[str, dict[str, tuple[str | None, ...]]], strengths: Sequence[str] = ()) -> list[str]:
    """The lines that are printed; `strengths` are the modalities in their order."""
    lines, apart = [], []
    for name, by_id in made.items():
        if not by_id:
            lines.append(f"{name:<15} n 0")
            continue
        given = {i: [code for code in codes if code is not None] for i, codes in by_id.items()}
        agree = sum(len(set(codes)) == 1 for codes in given.values())
        coders = list(zip(*by_id.values(), strict=True))
        found = reliability.measures(*coders, order=strengths if name == "modality" else ())
        only = "   (one value only: says little)" if len(set().union(*given.values())) == 1 else ""
        lines.append(f"{name:<15} n {len(by_id):,}   agree {agree:,}   {'   '.join(map(str, found))}{only}")
        for i, codes in by_id.items():
            if len(set(given[i])) > 1:
                apart.append(f"{i}  {name}: {' / '.join('–' if code is None else repr(code) for code in codes)}")
    return [*lines, "", f"cells that differ: {len(apart)}", *apart]


def arguments(parser: ArgumentParser) -> None:
    """The options of `pries agreement`."""
    parser.add_argument("coders", type=Path, nargs="+", metavar="CODER.csv", help="corrections of two people or more")
    parser.add_argument("--whole", action="store_true", help="take no notice of a sample.csv beside the files")
    parser.add_argument("--outputs", type=Path, default=Path("outputs"), metavar="DIR", help="in: a run's outputs")
    parser.add_argument("--disputed", type=Path, metavar="FILE", help="out: what differs in the sample, to decide on")
    parser.add_argument("--decided", type=Path, metavar="FILE", help="in: that table, its column decision filled in")
    parser.add_argument("--out", type=Path, metavar="DIR", help="out: corrections.csv and sample.csv, adjudicated")


def adjudicate(options: Namespace, coders: Sequence[Coder], made: Codings, frames: Mapping[str, pd.DataFrame]) -> None:
    """Write what differs, or the adjudicated set. Raises InputError where no sentence was coded in a sample."""
    if not any(coder.coded for coder in coders):
        raise InputError(
            str(options.coders[0]), "no sentence is coded whole", "put sample.csv beside each of the files"
        )
    found = {row["obligation_id"]: row for row in rowwise.records(frames["obligations"])}
    if options.disputed:
        files.write_text(options.disputed, adjudication.disputed(made, coders, found))
        console.say("disputed", f"{len(adjudication.disputes(made))} cells to decide on in {options.disputed}")
    if options.out:
        given = adjudication.decisions(options.decided) if options.decided else {}
        texts = {row["sentence_id"]: row for row in rowwise.records(frames["sentences"])}
        lines, coded = adjudication.settled(made, coders, found, given, texts)
        rows = adjudication.merged_sample([path.parent / SAMPLE for path in options.coders], coded)
        dialogue.write(options.out / CORRECTIONS, lines)
        sample.write(options.out / SAMPLE, rows)
        told = f"{len(coded):,} sentences coded whole in {options.out}"
        left = len(frozenset[str]().union(*(coder.coded for coder in coders))) - len(coded)
        console.say("adjudicated", told + (f"; {left:,} wait for a decision" if left else ""))


def command(options: Namespace) -> None:
    """Compare files of corrections. Raises InputError for one file alone."""
    if len(options.coders) < 2:
        raise InputError(str(options.coders[0]), "one coder agrees with nobody", "name two files of corrections")
    work = options.outputs / ".work"
    frames = {Path(name).name: files.read_parquet(work / f"{name}.parquet") for name in TABLES}
    found = dict(rowwise.tuples(frames["obligations"], "obligation_id", "sentence_id"))
    strengths = Words(LEXICONS, "en").modalities
    coders = [reviewed(path, frames) for path in options.coders]
    coded = frozenset.intersection(*(sample.coded_in(path.parent) for path in options.coders))
    if coded and not options.whole:
        coders = [in_sample(coder, found, coded) for coder in coders]
        console.say("sample", f"{len(coded):,} sentences that all have coded whole; --whole takes all decisions")
    made = codings(coders, set(found))
    for line in report(made, strengths):
        print(printable(line))
    if options.disputed or options.out:
        each = zip(options.coders, coders, strict=True)
        people = [Coder(path.parent.name, rows, sample.coded_in(path.parent)) for path, (_, rows) in each]
        adjudicate(options, people, made, frames)
