"""Known: a row of the actors table inside one sentence."""

from __future__ import annotations

from typing import NamedTuple


class Known(NamedTuple):
    """A mention of the actors table inside one sentence: tokens start..end-1."""

    start: int
    end: int
    name: str
    actor: str
    kind: str
    pronoun: bool = False
