"""The whole run in one process: a folder of French reports in, tables and figures out, the same bytes as make.

    python -m pries --corpus corpus --outputs outputs

Exit codes: 0 done; 2 the run could not start (nothing is written); 3 done, with documents that could not be
read, which problems.csv and the last lines name (1 instead with --strict); 1 writing stopped half-way (disk full);
130 interrupted.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import multiprocessing
import multiprocessing.connection
import os
import shutil
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

# One thread for linear algebra: sums in another order would give other last digits.
for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")

from pries.actors import actors  # noqa: E402 - after the number of threads is set
from pries.base import atomic, console, errors, parallel
from pries.content import clusters, restatements, themes
from pries.grammar import parse  # noqa: E402 - after the number of threads is set
from pries.publishing import labels, summary, tables
from pries.reading import corpus  # noqa: E402 - after the number of threads is set
from pries.requests import obligations  # noqa: E402 - after the number of threads is set
from pries.review import corrections  # noqa: E402 - after the number of threads is set
from pries.running import check, command, lock, maker, map, shards
from pries.segmentation import segment  # noqa: E402 - after the number of threads is set
from pries.store import files  # noqa: E402 - after the number of threads is set
from pries.store.batches import Table  # noqa: E402
from pries.textometry import correspondence, frequencies, reinert, specificities

MAPPED = (segment, parse, actors, obligations)  # shard by shard
REDUCED = (themes, restatements, clusters, specificities, frequencies, correspondence, reinert)


def run(folder: Path, outputs: Path, lexicons: Path, settings: Path, jobs: int, scheduler: str | None = None) -> int:
    """Every stage on the documents of `folder`; the number of documents that could not be read.

    `scheduler` is the address of a Dask cluster, or empty for one of `jobs` workers here; None: no Dask.
    Raises InputError if the run cannot start; nothing is written then. Raises WriteError where it cannot write.
    """
    check.check(lexicons, settings)
    if scheduler is not None:
        distributed_shards().check_installed()
    documents, decided = corpus.manifest(folder), corpus.corrections(folder)
    new = not outputs.exists()
    with lock.held(outputs):  # and not outside of it: the folder may be another run's
        try:
            return run_stages(folder, documents, decided, outputs, lexicons, settings, jobs, scheduler)
        except errors.InputError:
            if new:  # of a run that could not start nothing stays
                shutil.rmtree(outputs, ignore_errors=True)
            raise


def run_stages(
    folder: Path, documents: list[dict[str, str]], decided: bytes, outputs: Path, lexicons: Path, settings: Path,
    jobs: int, scheduler: str | None,
) -> int:  # fmt: skip
    """The same, once the lock of `outputs` is ours."""
    work = outputs / lock.WORK
    manifest = work / "manifest.csv"
    artists = [Artist(lang, outputs, lexicons, settings) for lang in labels.LANGUAGES]
    with spreading(folder, documents, work, lexicons, settings, jobs, scheduler) as share:
        atomic.remove(manifest)  # written last: of a run cut short, maybe with other lexicons, make trusts nothing
        mapped = [maker.job(module, folder, work, lexicons, settings) for module in MAPPED]
        map.run(mapped, jobs, documents, share)
    made: dict[str, Table] = {table: files.read_parquet(work / "found" / f"{table}.parquet") for table in shards.FOUND}
    command.read_missing(corrections, made, work)
    reviewed = corrections.execute(made, decided)
    corrections.write(reviewed, work)
    made |= reviewed
    shared: dict[str, Any] = {}
    for module in REDUCED:
        command.read_missing(module, made, work)
        made |= command.execute(module, made, command.in_work(module, work), lexicons, settings, shared)
    command.read_missing(tables, made, work)
    published = tables.publish(made, outputs / "tables", outputs / "run.json", lexicons=lexicons, settings=settings)
    for artist in artists:
        artist.begin()
    from pries.publishing import methods, office, reader

    reader.run(outputs / "tables", outputs / "reader.html", lexicons, settings)
    office.run(outputs / "tables", outputs / "requests.docx", outputs / "tables.xlsx", lexicons)
    methods.run(outputs / "tables", outputs / "run.json", outputs / "methods.txt", lexicons)
    for artist in artists:
        artist.finish()
    corpus.note(manifest, documents, decided)
    print("\n".join(summary.lines(outputs)), flush=True)
    return int((published["problems"]["stage"] == "segment").sum())


def distributed_shards() -> ModuleType:
    """What runs shards on Dask, loaded only where it is asked for."""
    return importlib.import_module("pries.running.dask")


def spreading(
    folder: Path, documents: list[dict[str, str]], work: Path, lexicons: Path, settings: Path, jobs: int,
    scheduler: str | None,
) -> contextlib.AbstractContextManager[map.Spread | None]:  # fmt: skip
    """How shards are spread: None, in processes of our own; else over a Dask cluster, for as long as the block runs."""
    if scheduler is None:
        return contextlib.nullcontext()
    dask = distributed_shards()
    cluster: contextlib.AbstractContextManager[map.Spread] = dask.connected(
        scheduler, jobs, dask.Run.of(folder, work, lexicons, settings, documents)
    )
    return cluster


class Artist:
    """Draws the figures of one language in a process of its own, which gets ready while the text is parsed.

    Where there is no second core, or no fork, it draws when it is told to finish.
    """

    def __init__(self, lang: str, outputs: Path, lexicons: Path, settings: Path) -> None:
        self.places = outputs / "tables", outputs / "figures", lang, lexicons, settings
        self.process: multiprocessing.process.BaseProcess | None = None
        if hasattr(os, "fork") and (os.cpu_count() or 1) > 1:
            context = multiprocessing.get_context("fork")
            waits, self.told = context.Pipe(duplex=False)
            self.process = context.Process(target=self.wait, args=(waits,), daemon=True)
            self.process.start()
            waits.close()

    def wait(self, told: multiprocessing.connection.Connection) -> None:
        """Load what drawing needs, then draw once the tables are there. Ends without a word: `finish` tells."""
        self.told.close()  # so that a run that ends, however it does, ends this too
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        importlib.import_module("pries.publishing.figures.figures")
        try:
            told.recv()
            threading.Thread(target=self.end_with, args=(told,), daemon=True).start()
            self.draw()
        except Exception:
            os._exit(1)

    def end_with(self, told: multiprocessing.connection.Connection) -> None:
        """End at once when the run does: the next one may be drawing the same figures already."""
        with contextlib.suppress(EOFError, OSError):
            told.recv()
        atomic.discard()
        os._exit(1)

    def draw(self) -> None:
        from pries.publishing.figures import figures

        figures.run(*self.places)

    def begin(self) -> None:
        """The tables are there."""
        if self.process is not None:
            self.told.send(True)

    def finish(self) -> None:
        """Wait for the figures; draw them here where that process could not, which says what was wrong."""
        if self.process is not None:
            self.process.join()
            if self.process.exitcode == 0:
                return
        self.draw()


def main(argv: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m pries", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, required=True, metavar="DIR", help="in: the folder of reports")
    parser.add_argument("--outputs", type=Path, required=True, metavar="DIR", help="out: tables, figures, run.json")
    parser.add_argument("--strict", action="store_true", help="end with 1 if a document could not be read")
    parser.add_argument(
        "--jobs", type=int, default=parallel.cores(), metavar="N", help="processes (default: the cores)"
    )
    parser.add_argument("--engine", choices=("local", "dask"), default="local", help="where shards are made")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="of a Dask cluster (none: one on this machine)")
    command.add_folders(parser)
    options = parser.parse_args(argv)
    if options.jobs < 1:
        parser.error("--jobs: give at least 1")
    if options.scheduler is not None and (options.engine != "dask" or not options.scheduler):
        parser.error("--scheduler: give an address, and --engine dask")
    scheduler = (options.scheduler or "") if options.engine == "dask" else None
    os.environ[parallel.JOBS] = str(options.jobs)
    with console.one_line() as guard:
        problems = run(options.corpus, options.outputs, options.lexicons, options.settings, options.jobs, scheduler)
        if problems:
            guard.code = errors.FAILED_STRICT if options.strict else errors.DONE_WITH_PROBLEMS
    return guard.code


if __name__ == "__main__":
    sys.exit(main())
