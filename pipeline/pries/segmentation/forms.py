"""Forms: how lines begin and end that open headings, lists and labelled recommendations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

from pries.reading.enumeration import ACTION, marker, number_of

WRAPPED = 0.2  # share of lines that break off inside a sentence, from which a text is hard-wrapped
SHORT = 0.7  # share of the width under which a line is too short to have been wrapped

HEADING = re.compile(r"([IVXLC]+|[A-Z])\s?(?:[.)]|\s[–—-](?=\s))\s*(?=\S)")
SUBTITLE = re.compile(r"([a-z])\)\s+(?=[A-ZÀ-ÖØ-Þ])")
OPEN_LIST = re.compile(r"(?:[;,:.]|\b(?:et|ou))$")
GOES_ON = re.compile(r"(?:[;,:]|[;,] (?:et|ou))$")
# "la recommandation suivante :" before "1." announces paragraphs, each with a number of its own.
ANNOUNCES = re.compile(r"\b(?:suivante?s?|ce qui suit|ci-après|ci-dessous|que voici)\s*:$", re.IGNORECASE)
# « Recommandation no 3 : Créer un fonds »: a line of its own, whatever its end.
LABELLED = re.compile(
    r"(?:Recommandation|Préconisation|Proposition|Rec(?:o(?:mm?)?)?)s?[ no°º.]*[A-Z]?\d[\d.]*[a-z]? ?(?:\(|[:–—-] )"
)
# « 2.1. à ratifier », « 2.2. s'agissant des victimes : »: an item under « 2. L'Assemblée appelle les États : ».
DECIMAL_ITEM = re.compile(r"(?:à|aux?|de|d['’]|des|que|qu['’]|s['’]agissant|en ce qui|pour ce qui|à ce que)\b")

FIELD_ERROR = re.compile(  # what Word prints where a field finds nothing
    r"(?:Erreur ?! ?(?:Source du renvoi|Signet|Liaison|Document|Il n['’]y a pas de texte|Utilisez|Nom de style|"
    r"Référence|Argument)|Error! (?:Reference source|Bookmark|No text of specified)).{0,80}"
)
# « 1. Une copie du bail ; »: an item that names a thing.
NAMED = re.compile(
    r"(?:Les?|La|Une?|Des|Du|De la|Tout(?:es?)?|Tous|Sa|Ses|Son|Leurs?|Chaque|Aucune?|Deux|Trois) |(?:De l|L)['’]"
)

STATES = re.compile(  # « 1. La place doit être propre ; » is a sentence
    r"\b(?:est|sont|étai(?:t|ent)|sera|seront|serai(?:t|ent)|a|ont|avai(?:t|ent)|aura|auront|aurai(?:t|ent)|doi(?:t|vent)|"
    r"devra|devront|devrai(?:t|ent)|peu(?:t|vent)|pourra|pourront|pourrai(?:t|ent)|faut|faudra|faudrait|va|vont)\b"
)


def is_item(text: str, lines: Sequence[Line]) -> bool:
    """Whether an item says what to do, or names a thing: « Une copie du bail ; »; `lines` are its own and the next."""
    ends = next((line.text[-1] for line in lines if line.text[-1] in ";."), "")
    named = ends == ";" and NAMED.match(text) is not None and not STATES.search(text)
    return named or ACTION.match(text) is not None


ITEM_LINES = 8  # of an item, at most


class Line(Protocol):
    """A line of a document, of which the words are looked at."""

    @property
    def text(self) -> str: ...
    @property
    def gap(self) -> bool: ...


def is_wrapped(lines: Sequence[Line], width: int) -> bool:
    """Whether lines go on where the one before breaks off, often enough to be hard-wrapped text."""
    pairs = [(a.text, b.text) for a, b in pairwise(lines) if not b.gap]
    pairs = [(a, b) for a, b in pairs if not (marker(b) or number_of(b) or HEADING.match(b) or LABELLED.match(b))]
    pairs = [(a, b) for a, b in pairs if not (LABELLED.match(a) and b[0].isupper())]
    cut = sum(b[0].islower() or (len(a) >= SHORT * width and a[-1].isalnum()) for a, b in pairs)
    return bool(pairs) and cut >= WRAPPED * len(pairs)


def bracketed(text: str) -> int:
    """The number of a line that begins as "12) Le Comité", 0 for others."""
    return number.parts[0] if (number := number_of(text)) and number.form == ")" else 0


def opens(line: str) -> bool:
    """Whether a line begins as a heading with its label, or as a labelled recommendation, does."""
    return HEADING.match(line) is not None or LABELLED.match(line) is not None
