"""Marked sentences: French text with the expected answer in the line itself.

    Les [gouvernements]addressee ont été [priés]request de [ratifier]action les conventions.

A mark is [words]role, where role is issuer, addressee, action, or a modality for the trigger; `-` after a modality
says negative polarity (`[devraient]should-`). With several triggers a number ties roles to one of them
(`[recommande]recommend1`, `[publier]action1`); without numbers a role belongs to every trigger. A line without
a trigger expects no request. `!` at its head says that the engine is known to miss it (a strict xfail).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from pries.schema.schema import MODALITIES

MARK = re.compile(r"\[([^\[\]]+)\](issuer|addressee|action|" + "|".join(MODALITIES) + r")(-?)(\d?)")


@dataclass
class Expected:
    """What one trigger is expected to give."""

    trigger: str
    start: int
    modality: str
    polarity: str
    issuer: set[str] = field(default_factory=set)
    addressee: set[str] = field(default_factory=set)
    actions: list[str] = field(default_factory=list)


@dataclass
class Marked:
    """A line: the text without marks, what it should give, whether it is known to fail, where it stands."""

    text: str
    expected: list[Expected]
    known_miss: bool
    place: str


def read(path: Path) -> list[Marked]:
    """The marked lines of a file; empty lines and lines that begin with # are left out."""
    lines = path.read_text(encoding="utf-8").splitlines()
    numbered = ((n, line.strip()) for n, line in enumerate(lines, start=1))
    return [marked(line, f"{path.stem}:{n}") for n, line in numbered if line and not line.startswith("#")]


def marked(line: str, place: str = "") -> Marked:
    """Read the marks of one line."""
    known_miss, line = line.startswith("!"), line.removeprefix("!").strip()
    text, roles, triggers, last = "", [], [], 0
    for mark in MARK.finditer(line):
        text += line[last : mark.start()]
        words, role, minus, number = mark.groups()
        if role in MODALITIES:
            polarity = "negative" if minus else "positive"
            triggers.append((number, Expected(words, len(text), role, polarity)))
        else:
            roles.append((number, role, words))
        text += words
        last = mark.end()
    text += line[last:]
    for number, expected in triggers:
        for tie, role, words in roles:
            if tie in ("", number):
                _add(expected, role, words)
    return Marked(text, [expected for _, expected in triggers], known_miss, place)


def _add(expected: Expected, role: str, words: str) -> None:
    if role == "action":
        expected.actions.append(words)
    else:
        getattr(expected, role).add(words)
