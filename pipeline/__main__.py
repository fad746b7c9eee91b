"""The whole run in one process: a folder of French reports in, tables and figures out, the same bytes as make.

    python -m pipeline --corpus corpus --outputs outputs

Exit codes: 0 done; 2 the run could not start (nothing is written); 3 done, with documents that could not be
read, which problems.csv and the last lines name (1 instead with --strict).
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
from collections.abc import Sequence
from pathlib import Path

# One thread for linear algebra: sums in another order would give other last digits.
for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")

from pipeline import (  # noqa: E402 - after the number of threads is set
    actors,
    check,
    clusters,
    corpus,
    correspondence,
    errors,
    figures,
    frequencies,
    labels,
    obligations,
    parse,
    reader,
    restatements,
    segment,
    specificities,
    stage,
    tables,
    themes,
)  # fmt: skip

STAGES = (
    parse, actors, obligations, themes, restatements, clusters, specificities, frequencies, correspondence
)  # fmt: skip


def run(folder: Path, outputs: Path, lexicons: Path, settings: Path) -> int:
    """Every stage on the documents of `folder`; the number of documents that could not be read.

    Raises InputError if the run cannot start; nothing is written then.
    """
    check.check(lexicons, settings)
    made = segment.segment(folder, corpus.manifest(folder), lexicons, settings)
    work = outputs / ".work"
    corpus.refresh(folder, work / "manifest.csv")
    stage.write(made, work, "segment")
    for module in STAGES:
        new = stage.execute(module, made, lexicons, settings)
        stage.write(new, work, stage.name_of(module))
        made |= new
    published = tables.publish(made, outputs / "tables", outputs / "run.json", lexicons=lexicons, settings=settings)
    reader.run(outputs / "tables", outputs / "reader.html", lexicons, settings)
    draw(outputs, lexicons, settings)
    return int((published["problems"]["stage"] == "segment").sum())


def draw(outputs: Path, lexicons: Path, settings: Path) -> None:
    """The figures of every language; where there is a second core, each language on its own."""

    def one(lang: str) -> None:
        figures.run(outputs / "tables", outputs / "figures", lang, lexicons, settings)

    first, *others = labels.LANGUAGES
    if not hasattr(os, "fork") or (os.cpu_count() or 1) < 2:
        for lang in labels.LANGUAGES:
            one(lang)
        return
    fork = multiprocessing.get_context("fork")
    children = [fork.Process(target=one, args=(lang,)) for lang in others]
    for child in children:
        child.start()
    one(first)
    for child, lang in zip(children, others, strict=True):
        child.join()
        if child.exitcode:
            one(lang)  # which says what was wrong


def main(argv: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m pipeline", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, required=True, metavar="DIR", help="in: the folder of reports")
    parser.add_argument("--outputs", type=Path, required=True, metavar="DIR", help="out: tables, figures, run.json")
    parser.add_argument("--strict", action="store_true", help="end with 1 if a document could not be read")
    stage.add_folders(parser)
    options = parser.parse_args(argv)
    with stage.one_line() as guard:
        problems = run(options.corpus, options.outputs, options.lexicons, options.settings)
        if problems:
            guard.code = errors.FAILED_STRICT if options.strict else errors.DONE_WITH_PROBLEMS
    return guard.code


if __name__ == "__main__":
    sys.exit(main())
