"""Ont été priés: who asks whom to do what, how strongly, in French UN reports.

A sentence goes through the packages in this order: reading (a file to its text), segmentation (paragraphs, sentences),
grammar (words, syntax), actors (who is mentioned), requests (who asks whom to do what), review (a person's decisions),
content and textometry (themes, groups, words), publishing (tables, figures, the reader). `stages` lists the steps,
`running` makes them, `python -m pries` is the door.

    >>> import pries
    >>> pries.requests_in("Les gouvernements ont été priés de ratifier les conventions.")["addressee"].tolist()
    ['gouvernements']
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from pries.publishing.figures.figures import CaptionedFigure

__all__ = ["__version__", "compare_requests", "explain", "figure", "read", "requests_in", "run"]
__version__ = "0.1.0"

os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")  # its own keeps what is freed: a third more at the peak


def read(outputs: Path | str, table: str) -> pd.DataFrame:
    """A published table of a run, with its declared types: `pries.read("outputs", "obligations")`."""
    from pries.store.files import read_csv

    return read_csv(Path(outputs) / "tables" / f"{table}.csv", table)


def run(corpus: Path | str, outputs: Path | str, until: str = "") -> int:
    """`pries --corpus … --outputs …`, or the stages that one of them needs (`until="tables"`), in a process of its own.

    Its exit code: 0 done, 3 with documents that could not be read; what it says of another is in RuntimeError.
    """
    command = [sys.executable, "-m", "pries", *([until] if until else []), "--corpus", corpus, "--outputs", outputs]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 3):
        raise RuntimeError(done.stderr.strip())
    return done.returncode


def compare_requests(outputs: Path | str, by: str, one: str, other: str, *, distinct: bool = False) -> pd.DataFrame:
    """What two parts of a run ask, as `pries compare --requests --by BY ONE OTHER`: counts, shares, per 1,000 words."""
    from pries.inspection import compare, compare_requests

    frames = compare.read(Path(outputs), *compare_requests.TABLES)
    return compare_requests.compared(frames, by, one, other, distinct=distinct)[0]


def figure(outputs: Path | str, name: str, lang: str = "fr", **look: object) -> CaptionedFigure:
    """A published figure of a run with its numbers, title and caption; `look`: settings of figures.toml, `width=85`."""
    from dataclasses import replace

    from pries.base import settings
    from pries.base.places import LEXICONS, SETTINGS
    from pries.publishing.figures import figures
    from pries.publishing.labels import Look, Words

    report = figures.read_report(Path(outputs) / "tables", LEXICONS, lang)
    return figures.figure(name, report, Words(LEXICONS, lang), replace(settings.read(SETTINGS, Look), **look))  # type: ignore[arg-type]


def requests_in(text: str) -> pd.DataFrame:
    """The requests in a French text, a row each; columns as obligations has before corrections."""
    from pries.inspection.explain import requests_in

    return requests_in(text)


def explain(text: str) -> str:
    """How a French text is read: each request with its frame and rules, and what was ruled out, why."""
    from pries.inspection.explain import explain

    return explain(text)
