"""Marked pronouns: text in which each pronoun is marked with the actors that it stands for.

Le Comité remercie la délégation. {Il=Comité} {lui=délégation} demande de répondre par écrit.
"""

from __future__ import annotations

import re

MARK = re.compile(r"\{([^={}]+)=([^={}]+)\}")


def marked(line: str) -> tuple[str, list[tuple[int, str, list[str]]]]:
    """The text without marks; of each pronoun its place, its words, and what it stands for."""
    text, found, last = "", [], 0
    for mark in MARK.finditer(line):
        text += line[last : mark.start()]
        found.append((len(text), mark[1], mark[2].split("+")))
        text += mark[1]
        last = mark.end()
    return text + line[last:], found
