"""Fillers: who fills a role, as it is written in the row of a request.

"[Ils] ont prié" -> name participants, text Ils, type participants
"""

from __future__ import annotations

from typing import NamedTuple


class Filler(NamedTuple):
    """Who fills a role: the name (pronouns resolved), the words as they stand, canonical name, type."""

    name: str
    text: str
    actor: str
    kind: str


class Known(NamedTuple):
    """A mention of the actors table inside one sentence: tokens start..end-1."""

    start: int
    end: int
    name: str
    actor: str
    kind: str
    pronoun: bool = False
