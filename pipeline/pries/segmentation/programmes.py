"""Programmes: recommendations and declarations in prose, whose actions are items, or paragraphs that open as items do.

Nothing in them has the form of a resolution. What stands before the run of such paragraphs says how things are, the run
and what follows it what is to be done. A text is a recommendation where it is mostly that run, or where it speaks for
those who met: a report that only ends in some recommendations is none.

    "Les ports vieillissent." preambular | "1. Draguer les chenaux." "2. Former les pilotes." "3. Baliser." operative
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pries.reading.enumeration import ACTION, NUMBER

RUN = 3  # of RUN + 1 paragraphs open as items do where a programme begins
MOSTLY = 0.5  # of the paragraphs of a text
WORDS = 5  # among which the infinitive of an action stands: « Ne pas en faire »
ARTICLES = ("le", "la", "les")  # « Le chantier » looks like « le chanter »
AMONG_FIRST = 3  # paragraphs in which those who met name themselves
CONVENED = re.compile(r"(?:(?:Réuni|Rassemblé|Assemblé)e?s [^.;:]{3,300}, )?[Nn]ous, \w")


def programme(texts: Sequence[str]) -> tuple[int, int] | None:
    """The ranks of the first paragraphs of the preamble and of the programme of a text; None where it has none."""
    acts = [_acts(text) for text in texts]
    begin = next((n for n, act in enumerate(acts) if act and sum(acts[n : n + RUN + 1]) >= RUN), None)
    if not begin:  # none, or nothing stands before it
        return None
    convened = next((n + 1 for n, text in enumerate(texts[:AMONG_FIRST]) if CONVENED.match(text)), 0)
    mostly = sum(acts[begin:]) >= MOSTLY * len(texts)
    return (convened, begin) if convened or mostly else None


def _acts(text: str) -> bool:
    """« Former les pilotes. », « 1.3.2 la formation des pilotes ; », but not « Le chantier a fermé. »."""
    number = NUMBER.match(text)
    plain = text[number.end() if number else 0 :].lstrip("–—-• ")
    if plain[:1].islower():
        return True
    first, *words = plain.split(maxsplit=WORDS)[:WORDS] or [""]
    if first.lower() in ARTICLES or not any(word.rstrip(",;.").endswith(("r", "re")) for word in (first, *words)):
        return False  # nearly always
    return ACTION.match(plain) is not None
