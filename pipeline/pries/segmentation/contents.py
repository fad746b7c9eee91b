"""Contents: the lines of a table of contents, and of lists of tables and figures, told by form and place.

Reads the lines of a document. An entry ends in dots that lead to a page number, or stands under the title of a list of
contents and ends in one. What stands between two entries, and their title, belongs to them.

    "2.1. Cadre juridique ........ 14" -> contents      "Annexe 3     47" under "Sommaire" -> contents
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pries.reading.marks import ends_sentence

PAGE = r"(?:\d{1,4}|[ivxlc]{1,7}|[IVXLC]{1,7})"
LEADER = r"(?:\.(?: ?\.){3}|… ?…|_{4}|·(?: ?·){3}|-(?: ?-){4})"  # its end: as much of it as tells
LED = re.compile(rf".*{LEADER}\s*{PAGE}")
PAGE_ENDS = tuple("0123456789ivxlcIVXLC")  # which the text of a paragraph hardly ever ends with
CUT = re.compile(rf".*{LEADER}")  # an entry whose number stands on a line of its own, or is missing
NUMBERED = re.compile(rf"[\W\d_]*+[^\W\d_].*[\s.]{PAGE}")
TITLE = re.compile(
    r"(?:\w{1,5}[.)] ?)?(?:(?:tables?|liste|index) (?:des? |d['’])?(?:matières?|contenus?|illustrations?|tableaux|"
    r"figures|cartes|graphiques|encadrés|annexes|photos|photographies|schémas|abréviations et sigles)"
    r"(?:,? (?:et|des|figures|tableaux|graphiques|cartes|encadrés|annexes|illustrations|photos))*|sommaire|contenu|"
    r"table of contents|contents)\W*+(?:page|(?<=\()suite\))?\W*+",
    re.IGNORECASE,
)
LONGEST = 400  # characters of an entry
BETWEEN = 3  # lines that an entry may take before its dots
WRAPPED = 2  # the same where no dots tell
FEWEST = 3  # entries that a list without dots has at least


def lines_of(lines: Sequence[str]) -> set[int]:
    """The indices of the lines that are contents; blank lines are never among them."""
    written = [i for i, line in enumerate(lines) if line]
    texts = [lines[i][:LONGEST] for i in written]
    led = [rank for rank, text in enumerate(texts) if text.endswith(PAGE_ENDS) and LED.fullmatch(text)]
    found = set(_filled(led, BETWEEN, texts)) if len(led) > 1 else set[int]()
    for rank, text in enumerate(texts):
        if rank not in found and TITLE.fullmatch(text):
            found |= _under(rank, texts, found)
    return {written[rank] for rank in found}


def _filled(entries: Sequence[int], most: int, texts: Sequence[str]) -> Iterator[int]:
    """Entries, and the lines between two of them, unless they are as many as a paragraph's or end as a sentence."""
    yield from entries[:1]
    for before, entry in pairwise(entries):
        between = range(before + 1, entry)
        if len(between) <= most and not any(_is_sentence(texts[rank]) for rank in between):
            yield from between
        yield entry


def _under(title: int, texts: Sequence[str], known: set[int]) -> set[int]:
    """The title of a list of contents with its entries; nothing where no entries follow."""
    if title + 1 in known or any(rank in known for rank in range(title + 1, title + 1 + BETWEEN)):
        return set(range(title, next(rank for rank in range(title + 1, len(texts)) if rank in known)))
    entries = [title]
    for rank in range(title + 1, len(texts)):
        if NUMBERED.fullmatch(texts[rank]):
            entries.append(rank)
        elif rank - entries[-1] > WRAPPED or _is_sentence(texts[rank]):
            break
    return set(_filled(entries, WRAPPED, texts)) if len(entries) > FEWEST else set()


def _is_sentence(text: str) -> bool:
    return ends_sentence(text) and not CUT.fullmatch(text)
