"""Scaling: how time and memory of each stage grow with the corpus, up to 10,000 documents.

Makes folders of reports, short and long, as `bench_corpus` does and runs the stages on each, one after the other, every
one in a process of its own, once: a measure of growth, not of speed. The exponent of a stage is the slope of
log(seconds) over log(tokens), by least squares, after the seconds of a corpus of one short document (start-up) are
taken away, over the sizes that take half a second more than that: 1 is linear. Writes docs/scaling.md and scaling.svg
with `--write`.

    parse  1.01 (at most 1.05)  610 MB with 100 documents, 655 MB with 10,000
"""

from __future__ import annotations

import argparse
import io
import math
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import bench_corpus
import numpy as np
import pandas as pd
import timing
from bench_corpus import MAPPED
from matplotlib.figure import Figure
from pries.base import console, interrupt
from pries.running.lock import WORK
from pries.stages import STAGES
from pries.store import files
from timing import ROOT, Measure, pries

SHORT, LONG = bench_corpus.PARAGRAPHS, 250  # paragraphs of a document: of a note, of a report
SIZES = {SHORT: (100, 300, 1_000, 3_000, 10_000), LONG: (10, 30, 100, 300)}
MAP_AT_MOST, REDUCE_AT_MOST, MEMORY_AT_MOST = 1.05, 1.2, 1.2
LEAST_SECONDS = 0.5  # what a stage must take beyond its start-up at a size that counts
COLUMNS = ["documents", "tokens", "stage", "seconds", "megabytes"]


def measure(folder: Path, documents: int, paragraphs: int) -> list[tuple[int, int, str, float, float]]:
    """Every stage once on so many documents: rows of COLUMNS."""
    corpus, outputs = folder / f"corpus{documents}", folder / f"outputs{documents}"
    bench_corpus.made(corpus, documents, documents, paragraphs)
    stages = [Measure(stage.name, pries(corpus, outputs, stage.name), runs=[stage.name]) for stage in STAGES]
    for one in stages:
        one.once()
        console.say("scaling", f"{documents:,} documents, {one.name}, {one.megabytes[0]:,.0f} MB", one.seconds[0])
    tokens = len(files.read_parquet(outputs / WORK / "tokens.parquet", ["i"]))
    for path in (corpus, outputs):
        shutil.rmtree(path)
    return [(documents, tokens, one.name, one.seconds[0], one.megabytes[0]) for one in stages]


def exponent(tokens: Sequence[int], seconds: Sequence[float], start: float) -> float:
    """The slope of log(seconds - start) over log(tokens), from the sizes on that take enough beyond the start.

    Not a number where fewer than two do.
    """
    beyond = np.asarray(seconds) - start
    first = len(beyond) - int(np.cumprod(beyond[::-1] >= LEAST_SECONDS).sum())
    if len(beyond) - first < 2:
        return math.nan
    return float(np.polyfit(np.log(np.asarray(tokens)[first:]), np.log(beyond[first:]), 1)[0])


def rows(measured: pd.DataFrame) -> list[tuple[str, ...]]:
    """The cells of the table: a row a stage, in their order."""
    made = []
    for name, found in measured.groupby("stage", sort=False):
        start, many = found.iloc[0]["seconds"], found.iloc[1:]
        slope = exponent(many["tokens"].tolist(), many["seconds"].tolist(), start)
        most = MAP_AT_MOST if name in MAPPED else REDUCE_AT_MOST
        bar = "" if math.isnan(slope) else f"{most}" + (" OVER" if slope > most else "")
        first, last = many["megabytes"].iloc[0], many["megabytes"].iloc[-1]
        over = " OVER" if name in MAPPED and last > MEMORY_AT_MOST * first else ""
        shown = "–" if math.isnan(slope) else f"{slope:.2f}"
        times = [f"{seconds:.1f}" for seconds in many["seconds"]]
        made.append((str(name), *times, shown, bar, f"{first:,.0f}", f"{last:,.0f}{over}"))
    return made


def draw(measured: pd.DataFrame) -> bytes:
    """Seconds and megabytes over tokens, a line a stage, both axes logarithmic."""
    figure = Figure(figsize=(9, 4.2), layout="constrained")
    many = measured[measured["documents"] > 1]
    for axes, column, label in zip(
        figure.subplots(1, 2), ("seconds", "megabytes"), ("seconds", "peak MB"), strict=True
    ):
        for n, (name, found) in enumerate(many.groupby("stage", sort=False)):
            mark = "ovs^DPX*"[n % 8]
            axes.loglog(found["tokens"], found[column], marker=mark, ms=4, lw=1, label=str(name), color=f"C{n % 10}")
        axes.set_xlabel("tokens")
        axes.set_ylabel(label)
        axes.grid(color="0.85", lw=0.5)
    figure.legend(*figure.axes[0].get_legend_handles_labels(), loc="outside right upper", fontsize=7, frameon=False)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None})
    return buffer.getvalue()


def section(measured: pd.DataFrame, paragraphs: int) -> str:
    """One table of docs/scaling.md; it is printed as soon as it is measured."""
    cells, head = rows(measured), header(measured)
    sizes = measured.drop_duplicates("documents").iloc[1:]
    counts = "; ".join(
        f"{d:,} documents, {t:,} tokens" for d, t in zip(sizes["documents"], sizes["tokens"], strict=True)
    )
    print(timing.as_text(head, cells), flush=True)
    return f"## Documents of {paragraphs} paragraphs\n\n{counts}.\n\n{timing.as_markdown(head, cells)}"


def page(sections: Sequence[str]) -> str:
    """docs/scaling.md."""
    assert __doc__ is not None
    return "\n\n".join((
        "# Scaling",
        __doc__.split("\n\n")[1].replace("\n", " "),
        f"Written by `bench/scaling.py --write` on {time.strftime('%Y-%m-%d')}; {timing.machine()}.",
        *sections,
        "*MB* is the peak of a stage's largest process, with the fewest and with the most documents. A stage that "
        f"takes {LEAST_SECONDS} s beyond its start-up at fewer than two sizes has no exponent. Paragraphs come again "
        "in different documents, more often the more there are.",
        f"![Seconds and memory over tokens, a line a stage, documents of {SHORT} paragraphs](scaling.svg)",
    )) + "\n"  # fmt: skip


def header(measured: pd.DataFrame) -> tuple[str, ...]:
    """The head of the table, for the sizes that were measured."""
    sizes = [n for n in measured["documents"].unique() if n > 1]
    return (
        "stage",
        *(f"s at {n:,}" for n in sizes),
        "exponent",
        "at most",
        f"MB at {sizes[0]:,}",
        f"MB at {sizes[-1]:,}",
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Measure corpora of so many documents."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, nargs="+", metavar="N", help="other sizes, short documents alone")
    parser.add_argument("--write", action="store_true", help="also write docs/scaling.md and its plot")
    options = parser.parse_args(argv)
    wanted = {SHORT: tuple(sorted(set(options.documents) - {1}))} if options.documents else SIZES
    if len(wanted[SHORT]) < 3 or wanted[SHORT][0] < 1:
        parser.error("--documents: give three sizes at least, each above 1")
    interrupt.as_exception()
    with console.one_line() as guard, tempfile.TemporaryDirectory(prefix="scaling-") as scratch:
        start, found, sections = measure(Path(scratch), 1, SHORT), {}, []
        for paragraphs, sizes in wanted.items():
            grown = [row for documents in sizes for row in measure(Path(scratch), documents, paragraphs)]
            found[paragraphs] = pd.DataFrame([*start, *grown], columns=COLUMNS)
            sections.append(section(found[paragraphs], paragraphs))
        if options.write:
            files.write_text(ROOT / "docs" / "scaling.md", page(sections))
            files.write_bytes(ROOT / "docs" / "scaling.svg", draw(found[SHORT]))
    return guard.code


if __name__ == "__main__":
    sys.exit(main())
