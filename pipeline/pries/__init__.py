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
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["__version__", "explain", "read", "requests_in"]
__version__ = "0.1.0"

os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")  # its own keeps what is freed: a third more at the peak


def read(outputs: Path | str, table: str) -> pd.DataFrame:
    """A published table of a run, with its declared types: `pries.read("outputs", "obligations")`."""
    from pries.store.files import read_csv

    return read_csv(Path(outputs) / "tables" / f"{table}.csv", table)


def requests_in(text: str) -> pd.DataFrame:
    """The requests in a French text, a row each; columns as obligations has before corrections."""
    from pries.inspection.explain import requests_in

    return requests_in(text)


def explain(text: str) -> str:
    """How a French text is read: each request with its frame and rules, and what was ruled out, why."""
    from pries.inspection.explain import explain

    return explain(text)
