"""Sentences: where they end, by rule, and the items of lists.

A sentence ends at a full stop, question mark, exclamation mark or ellipsis before a capital, a figure or an
opening quotation mark, but not after an abbreviation or an initial and not inside a bracket. Semicolons and
colons end nothing, but for the lead-in of a list and its items. The parse is held to these boundaries.

    "Ils ont prié les États : a) d’agir; et b) de lutter. L’art. 5 le veut."
    -> "Ils ont prié les États :" | a "a) d’agir; et" | b "b) de lutter." | "L’art. 5 le veut."
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pries.base import lexicon
from pries.base.layers import Folder
from pries.reading.enumeration import MARKER, Items, Level, label_end, marker, readings

ABBREVIATIONS = lexicon.Lexicon(
    file="abbreviations.csv",
    columns=("form", "kind", "example"),
    values={"kind": ("title", "reference", "final", "cited", "opener", "link")},
    key=("form", "kind"),
)

# Possessive and anchored: a long run of dots or quotation marks is read once.
STOP = re.compile(
    r"[.!?…](?<![.!?…][.!?…])[.!?…]*+(?P<close>(?:\s?(?:»|>>)|[\"”’)\]])*+)(?P<call>\d{1,3}|[⁰¹²³⁴-⁹]{1,3})?(?= )"
)
START = re.compile(r"(?:(?:[«\"“‘(\[–—]|<<)\s?)*(?:[^\W\d_]|\d)")
WORD_AT = re.compile(r"(?:[«\"“‘(\[–—]\s?)*((?:[cl][’'])|\w+)", re.IGNORECASE)
INITIALS = re.compile(r"(?:[A-ZÉ]\.[ -]?)*[A-ZÉ]")
LISTED = re.compile(r"[;,.:](?: (?:et/ou|et|ou|puis|ainsi que))?$")
CITED = re.compile(r"\w\)[;,]?(?: et| ou)?$")  # "alinéas a), b) et c)"
CONJUNCTION = re.compile(r"\b(?:et/ou|et|ou|puis)$")
INLINE = re.compile(rf"(?<= ){MARKER.pattern}")
LOOK_AHEAD = 24  # markers looked through for the second item of a list
NEAR = 240  # characters looked back at for the words of an item


@dataclass(frozen=True)
class Cues:
    """The words of abbreviations.csv by kind; forms of more than one letter in lower case."""

    title: frozenset[str]
    reference: frozenset[str]
    final: frozenset[str]
    cited: frozenset[str]
    opener: frozenset[str]
    link: frozenset[str]
    bracket: int = 300  # characters of the longest bracket that holds an end back

    @classmethod
    def read(cls, folder: Folder, bracket: int = 300) -> Cues:
        """The lexicon of `folder`; raises InputError for a broken row."""
        rows = lexicon.read(folder, ABBREVIATIONS)
        forms: dict[str, set[str]] = {kind: set() for kind in ABBREVIATIONS.values["kind"]}
        for row in rows:
            forms[row["kind"]].add(_key(row["form"]))
        return cls(**{kind: frozenset(found) for kind, found in forms.items()}, bracket=bracket)


class Span(NamedTuple):
    """A sentence or list item: text[start:end], and the item that it belongs to."""

    start: int
    end: int
    item: str


def ends(text: str, cues: Cues) -> list[int]:
    """The positions after the last character of each sentence but the last, in a text with single spaces.

    >>> ends("M. Diallo a parlé. Il est parti.", Cues.read(LEXICONS))
    [18]
    """
    stops = list(STOP.finditer(text))
    inside = _brackets(text, cues.bracket) if stops else b""
    found = []
    for stop in stops:
        if stop.start() and text[stop.start() - 1] in "([":
            continue  # "[…]" stands for words
        if stop.end() < len(text) and not inside[stop.end() - 1] and _is_end(text, stop, cues):
            found.append(stop.end())
    return found


def _is_end(text: str, stop: re.Match[str], cues: Cues) -> bool:
    after = START.match(text, stop.end() + 1)
    if after is None or after[0][-1].islower() or marker(text[stop.end() + 1 : stop.end() + 9]):
        return False
    if stop["call"] and not (stop["close"] or text[stop.start() - 1].isalpha()):
        return False  # a decimal, not the call of a footnote
    if stop["close"] or not text.startswith(".", stop.start()) or text.startswith("..", stop.start()):
        return True
    return not _is_abbreviation(text, stop.start(), stop.end() + 1, cues)


def _is_abbreviation(text: str, dot: int, at: int, cues: Cues) -> bool:
    """Whether the full stop at `dot` belongs to an abbreviation or initial; the next word begins at `at`."""
    *words, word = re.split(r"[\s’'«»(\[\"“/]", text[max(0, dot - 40) : dot])
    if word.isdigit() and len(word) == dot:
        return True  # a number at the very beginning
    key = _key(word + ".")
    if key in cues.title or key in cues.reference:
        return True
    if key in cues.final:
        return not text[at].isupper()
    if INITIALS.fullmatch(word):
        if words and (_key(words[-1]) in cues.title or _key(words[-1] + ".") in cues.title):
            return True
        opening = WORD_AT.match(text, at)
        return opening is None or opening[1].lower().replace("’", "'") not in cues.opener
    return False


def _key(form: str) -> str:
    form = form.replace("’", "'")
    return form if len(form.rstrip(".")) == 1 and form.endswith(".") else form.lower()


def _brackets(text: str, longest: int) -> bytearray:
    """1 for each character inside a pair of brackets no longer than `longest`."""
    inside, opened = bytearray(len(text)), list[int]()
    for found in re.finditer(r"[()\[\]]", text):
        if found[0] in "([":
            opened.append(found.start())
        elif opened and not re.search(r"(?:^|[ (])\w{1,4}$", text[max(0, found.start() - 6) : found.start()]):
            start = opened.pop()
            if found.start() - start <= longest:
                inside[start : found.start()] = b"\1" * (found.start() - start)
        elif opened and found.start() - opened[-1] <= 5:
            opened.pop()  # "(a)": a marker, or a short word in brackets
    return inside


def spans(text: str, parts: Sequence[tuple[int, str]], cues: Cues) -> list[Span]:
    """The sentences and items of a paragraph.

    `contingency` gives where each part begins that stands on lines of its own, and its item: (0, "") first. Every
    character of `text` but spaces is in exactly one span.
    """
    stops = ends(text, cues)
    if not stops and len(parts) == 1 and ")" not in text:  # nearly always
        start, end = len(text) - len(text.lstrip()), len(text.rstrip())
        return [Span(start, end, parts[0][1])] if start < end else []
    labels = {label_end(text, start) for start, item in parts if item}
    stops = [stop for stop in stops if stop not in labels]  # "a. Réviser"
    switches: list[tuple[int, str]] = []
    for rank, (start, item) in enumerate(parts):
        end = parts[rank + 1][0] if rank + 1 < len(parts) else len(text)
        switches.append((start, item))
        switches += _run_in(text, start, end, item, stops, cues)
    cuts = sorted({*stops, *(start for start, _ in switches), len(text)} - {0})
    items = dict(switches)
    found, begin, item = [], 0, items.get(0, "")
    for cut in cuts:
        piece = text[begin:cut]
        start = begin + len(piece) - len(piece.lstrip())
        if piece.strip():
            found.append(Span(start, start + len(piece.strip()), item))
        begin, item = cut, items.get(cut, item)
    return found


def _run_in(text: str, start: int, end: int, item: str, stops: list[int], cues: Cues) -> list[tuple[int, str]]:
    """Where the items of run-in lists begin and end in one part: "prié les États : a) d’agir; b) de lutter."

    The last item ends with its sentence; what follows belongs to the part again.
    """
    if text.find(")", start, end) < 0:
        return []
    marks = [m for m in INLINE.finditer(text, start, end) if m.start() > start]
    base = Items(_levels(item))
    state, last, found = Items(list(base.levels)), start, list[tuple[int, str]]()
    for rank, mark in enumerate(marks):
        label = mark["label"]
        if not label or not readings(label):
            continue
        levels = state.follow(label) if _goes_on(text, last, mark.start()) else None
        if levels is None:
            closed = _stop_after(stops, last) <= mark.start() and bool(found)
            fresh = Items(list(base.levels)) if closed else state
            levels = _opened(text, start, marks, rank, fresh, cues)
            if levels is not None and closed:
                found.append((_stop_after(stops, last), item))
        if levels is not None:
            state, last = Items(levels), mark.start()
            found.append((last, state.item))
    if found and (stop := _stop_after(stops, last)) < end:
        outer = len(state.levels) <= len(base.levels)
        found.append((stop, "" if outer else item))
    return found


def _opened(
    text: str, start: int, marks: Sequence[re.Match[str]], rank: int, items: Items, cues: Cues
) -> list[Level] | None:
    """The levels after a mark that opens a run-in list: it has a second item, and cites no subdivision."""
    mark = marks[rank]
    levels = items.begin(mark["label"])
    before = text[max(start, mark.start() - 40) : mark.start()].rstrip()
    lead = before.endswith(":")
    if levels is None or (not lead and _cites(before, cues)):
        return None
    for other in marks[rank + 1 : rank + 1 + LOOK_AHEAD]:
        following = Items(levels).follow(other["label"]) if other["label"] else None
        same = following is not None and len(following) == len(levels)
        if same and _goes_on(text, mark.start(), other.start(), 1 if lead else 3):
            return levels
    return None


def _cites(before: str, cues: Cues) -> bool:
    """Whether a letter after these words cites a subdivision: "l’alinéa", "l’art. 5", "par."."""
    word = re.split(r"[\s’'(]", before)[-1].lower()
    return word in cues.cited or word in cues.reference or re.search(r"\d[,;]?$", before) is not None


def _goes_on(text: str, last: int, at: int, least: int = 1) -> bool:
    """Whether a mark at `at` stands where the next item may begin: after `least` words, and ; , . or et."""
    before = text[max(last, at - NEAR) : at].rstrip()
    words = len(before.split()) - (at - NEAR <= last)
    if words < least or CITED.search(before):
        return False
    return bool(LISTED.search(before) or CONJUNCTION.search(before))


def _stop_after(stops: list[int], position: int) -> int:
    """The first end of a sentence after `position`; beyond every text where there is none."""
    rank = bisect_right(stops, position)
    return stops[rank] if rank < len(stops) else 1 << 60


def _levels(item: str) -> list[Level]:
    levels: list[Level] = []
    for label in filter(None, item.split(".")):
        series, rank = (readings(label) or [("letter", 0)])[0]
        levels.append(Level(series, rank, label))
    return levels
