"""Resolutions: which paragraphs of a resolution, recommendation or decision are preambular, which operative.

By their form alone. Participles and adjectives open what is recalled and considered; what is decided is numbered, or
opens with a verb in the third person without its subject. What names the organ, and the formula that only leads over to
numbered paragraphs (« Soumet aux ministères la recommandation suivante : »), are neither. Of another document no
paragraph has a part.

    "L’Assemblée générale," | "Consciente du danger," preambular | "1. Prie les États de coopérer;" operative
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pries.base import lexicon
from pries.base.rules import first

KINDS = ("preambular", "continuing", "adverb", "operative", "constative", "noun", "adopting", "closing")
OPENINGS = lexicon.Lexicon(
    "resolution_openings.csv", ("kind", "words", "example"), values={"kind": KINDS}, several=("words",)
)
PREAMBULAR, OPERATIVE = "preambular", "operative"

ORGAN = re.compile(r"(?:L['’]|L[ea]s? |Nous, )\S")  # how what names the organ begins
MARKED = re.compile(r"(?:\W*\d{1,3}\s?[).°]\s*)+")  # a number that is still in the text: « 1) Constate », « 2° Que »
INLINE = re.compile(r"(?:L['’]|L[ea]s? )[^.;:,\d]{3,80}?,? 1[).°]\s*(?=[A-ZÀ-Þ])")  # « La Conférence 1) Constate »
APPOSED = re.compile(r"(?:L['’]|L[ea]s? )[^.;:,\d]{3,120}? ?, (?=[A-ZÀ-Þ])")  # « La Conférence, Considérant »
SUBJECT = re.compile(
    r"(?:[IVX]+\.? )?(?:(?:L['’]|L[ea]s? )(?:[\w'’-]+ ){1,6}?|Nous )(?=\w)"
)  # « III La Conférence [recommande] »
ITEMS = re.compile(r": \W{0,2}(?:1|a)[).°]")  # « la recommandation suivante : 1) »
SUBMITTED = re.compile(r"\b(?:suivante?s?|ci-après|suit|suivent) ?:$")
WORD = re.compile(r"[\w'-]+")
SESSION = re.compile(r"\d+ ?(?:re|ère|e|ème) séance")
OPENS_WITHIN = 6  # words of an opening that are looked at
ADOPTED = re.compile(r"\b(?:présente|suivante|ci-après|suit|\d{4})\b")  # what is adopted here, or when
ACT = re.compile(
    r"\b(?:adopt|soumet|approuv|formul|arrêt|pren|proclam|rend)\w*\b.*\b(?:recommandation|résolution|décision|déclaration|avis)"
)
ENDS_LIST = (",", ";")


class Paragraph(NamedTuple):
    """What is asked of a paragraph: its kind, whether it is numbered, its text."""

    kind: str
    numbered: bool
    text: str


@dataclass(frozen=True)
class Openings:
    """The words of resolution_openings.csv, lower case, by kind."""

    words: dict[str, frozenset[str]]

    @classmethod
    def read(cls, folder: Path) -> Openings:
        """The lexicon of `folder`; raises InputError for a broken row."""
        found: dict[str, set[str]] = {kind: set() for kind in KINDS}
        for row in lexicon.read(folder, OPENINGS):
            found[row["kind"]].update(row.several("words"))
        return cls({kind: frozenset(words) for kind, words in found.items()})

    def opens(self, kind: str, words: Sequence[str]) -> bool:
        """Whether a text whose first words these are opens with a word or phrase of a kind."""
        known = self.words[kind]
        return any(" ".join(words[:n]) in known for n in (1, 2, 3))

    def preambular(self, words: Sequence[str]) -> bool:
        """Whether a text opens as a preambular paragraph does: « Profondément préoccupée », « Ayant à l'esprit »."""
        at = 0
        while at < len(words) - 1 and (words[at].endswith("ment") or words[at] in self.words["adverb"]):
            at += 1
        head, rest = masculine(words[at]) if words else (), words[at + 1 :]
        known = any(self.opens("preambular", (form, *rest)) for form in head)
        return known or self.opens("preambular", words)  # « tout en », which begins with an adverb

    def operative(self, words: Sequence[str]) -> bool:
        """Whether a text opens with a verb of deciding without subject: « Prie », « Se félicite »."""
        if self.opens("noun", words[:1]) and (
            len(words) < 2 or words[1] in ("de", "du", "des") or words[1][:2] == "d'"
        ):
            return False
        return any(self.opens(kind, words) for kind in ("operative", "constative", "noun"))


def masculine(word: str) -> tuple[str, ...]:
    """A word, and what it may be the feminine or the plural of: préoccupées -> préoccupé."""
    return tuple(dict.fromkeys((word, word.removesuffix("s"), word.removesuffix("e"), word.removesuffix("es"))))


def opening(text: str) -> list[str]:
    """The first words of a text, lower case, with straight apostrophes, without the number that it still has."""
    begin = MARKED.match(text)
    plain = text[begin.end() if begin else 0 :][:80].lower().replace("’", "'").lstrip('«"“ —–-')
    words = WORD.findall(plain)[:OPENS_WITHIN]
    return [part for word in words for part in _elided(word)][:OPENS_WITHIN]


def _elided(word: str) -> tuple[str, ...]:
    """« l'esprit » is two words; « s'inquiète », « qu'il » stay one, as the lexicon has them."""
    head, apostrophe, rest = word.partition("'")
    return (head + apostrophe, rest) if apostrophe and head in ("d", "l") and rest else (word,)


@dataclass
class Reader:
    """Reads a document paragraph by paragraph: what has been met of the resolution that is open."""

    openings: Openings
    state: str = ""  # where we are: "", preambular, operative
    participles: bool = False  # whether its preamble has participles: what is numbered then is operative
    organ: bool = False  # whether what names the organ has just come

    def part(self, paragraph: Paragraph, following: Paragraph | None) -> str:
        """The part of a paragraph, by the first rule that knows it."""
        if paragraph.kind == "heading":
            return ""
        words = opening(paragraph.text)
        found = first(PARTS, self, paragraph, words, following)[0] or ""
        return "" if found == "none" else found


def _closing(reader: Reader, paragraph: Paragraph, words: Sequence[str], following: Paragraph | None) -> str | None:
    """« Adoptée à la 12e séance plénière »: the resolution is over."""
    closes = reader.openings.opens("closing", words) or SESSION.search(paragraph.text[:60]) is not None
    if paragraph.numbered or not closes or len(paragraph.text) > 120:
        return None
    reader.state, reader.participles, reader.organ = "", False, False
    return "none"


def _inline(reader: Reader, paragraph: Paragraph, words: Sequence[str], following: Paragraph | None) -> str | None:
    """« La Conférence 1) Constate que »: the organ and the first paragraph in one."""
    begin = INLINE.match(paragraph.text)
    if begin is None:
        return None
    reader.state, reader.participles, reader.organ = PREAMBULAR, False, True
    return first(
        PARTS[PARTS.index(_considers) :], reader, paragraph, opening(paragraph.text[begin.end() :]), following
    )[0]


def _apposed(reader: Reader, paragraph: Paragraph, words: Sequence[str], following: Paragraph | None) -> str | None:
    """« La Conférence, Considérant que les écoles manquent, »: the organ and the first paragraph of its preamble."""
    begin = APPOSED.match(paragraph.text)
    if begin is None or not reader.openings.preambular(opening(paragraph.text[begin.end() :])):
        return None
    reader.state, reader.participles, reader.organ = PREAMBULAR, True, True
    return PREAMBULAR


def _subject(reader: Reader, paragraph: Paragraph, words: Sequence[str], following: Paragraph | None) -> str | None:
    """« La Conférence Recommande aux ministères : », in a resolution whose preamble has been read."""
    begin = SUBJECT.match(paragraph.text) if reader.state and not paragraph.numbered else None
    after = opening(paragraph.text[begin.end() :]) if begin else []
    if not after or not reader.openings.operative(after):
        return None
    return first((_leads_over, _adopts, _decides_as_subject), reader, paragraph, after, following)[0]


def _decides_as_subject(
    reader: Reader, paragraph: Paragraph, words: Sequence[str], following: Paragraph | None
) -> str | None:
    """« IV La Conférence émet le vœu que les maîtres soient formés. »"""
    reader.state = OPERATIVE
    return OPERATIVE


def _submits(reader: Reader, paragraph: Paragraph, words: Sequence[str], following: Paragraph | None) -> str | None:
    """« La Conférence, réunie à Genève, adopte la recommandation suivante : »."""
    if paragraph.numbered or following is None or not ORGAN.match(paragraph.text):
        return None
    if not SUBMITTED.search(paragraph.text) or not ACT.search(paragraph.text[-120:]):
        return None
    reader.state, reader.participles, reader.organ = PREAMBULAR, False, True
    return "none"


def _organ(reader: Reader, paragraph: Paragraph, words: Sequence[str], following: Paragraph | None) -> str | None:
    """« L'Assemblée générale, »: a new resolution begins, and this is no part of it."""
    if paragraph.numbered or not ORGAN.match(paragraph.text) or following is None or following.kind == "heading":
        return None
    after = opening(following.text)
    opens = reader.openings.preambular(after) or reader.openings.operative(after)
    leads = paragraph.text.endswith((",", ":")) or (", " in paragraph.text and reader.state == "")
    if not (opens and leads):
        return None
    reader.state, reader.participles, reader.organ = PREAMBULAR, False, True
    return "none"


def _considers(reader: Reader, paragraph: Paragraph, words: Sequence[str], following: Paragraph | None) -> str | None:
    """« Préoccupée par la sécheresse, », as long as nothing has been decided."""
    if reader.state == OPERATIVE and (paragraph.numbered or not _new(reader, paragraph, following)):
        return None
    if not reader.openings.preambular(words):
        return None
    if reader.state == PREAMBULAR and not reader.participles and (paragraph.numbered or MARKED.match(paragraph.text)):
        return None  # « 3) Tout en admettant que …, recommande » goes with « 1) Constate » and « 2) Recommande »
    if not reader.state and not _new(reader, paragraph, following):
        return None
    reader.state, reader.participles = PREAMBULAR, True
    return PREAMBULAR


def _new(reader: Reader, paragraph: Paragraph, following: Paragraph | None) -> bool:
    """Whether a paragraph outside a preamble opens one: it ends as an item does, and the next one goes on."""
    if following is None or not paragraph.text.endswith(ENDS_LIST):
        return False
    after = opening(following.text)
    return reader.openings.preambular(after) or reader.openings.operative(after)


def _goes_on(reader: Reader, paragraph: Paragraph, words: Sequence[str], following: Paragraph | None) -> str | None:
    """« Que l'école est un droit, » under « Considérant que »."""
    goes_on = reader.state == PREAMBULAR and reader.participles and not paragraph.numbered
    return PREAMBULAR if goes_on and reader.openings.opens("continuing", words) else None


def _constates(reader: Reader, paragraph: Paragraph, words: Sequence[str], following: Paragraph | None) -> str | None:
    """« 1) Constate que … », in a text whose preamble has no participles."""
    considers = reader.state == PREAMBULAR and not reader.participles
    return PREAMBULAR if considers and reader.openings.opens("constative", words) else None


def _leads_over(reader: Reader, paragraph: Paragraph, words: Sequence[str], following: Paragraph | None) -> str | None:
    """« Soumet aux ministères la recommandation suivante : », before what it submits."""
    if not reader.state or following is None or paragraph.numbered or MARKED.match(paragraph.text):
        return None
    numbered = following.numbered or following.kind == "heading" or MARKED.match(following.text) is not None
    if not (paragraph.text.endswith((":", ",")) and numbered and reader.openings.operative(words)):
        return None
    reader.state = OPERATIVE
    return "none"


def _adopts(reader: Reader, paragraph: Paragraph, words: Sequence[str], following: Paragraph | None) -> str | None:
    """« Adopte, ce 3 mai 1990, la présente recommandation. »: says that it was adopted, and what."""
    adopts = not paragraph.numbered and reader.state and reader.openings.opens("adopting", words)
    if not adopts or not ADOPTED.search(paragraph.text) or ITEMS.search(paragraph.text):
        return None
    reader.state = OPERATIVE if paragraph.text.endswith(":") else reader.state
    return "none"


def _decides(reader: Reader, paragraph: Paragraph, words: Sequence[str], following: Paragraph | None) -> str | None:
    """« 1. Prie les États de coopérer; », also where only a part of the resolution is there."""
    numbered = paragraph.numbered or MARKED.match(paragraph.text) is not None
    if not reader.openings.operative(words) or not (reader.state or numbered):
        return None
    reader.state = OPERATIVE
    return OPERATIVE


def _numbered(reader: Reader, paragraph: Paragraph, words: Sequence[str], following: Paragraph | None) -> str | None:
    """« 2. Les écoles seront gratuites. », once a resolution has begun."""
    if not reader.state or not (paragraph.numbered or MARKED.match(paragraph.text)):
        return None
    reader.state = OPERATIVE
    return OPERATIVE


def _within(reader: Reader, paragraph: Paragraph, words: Sequence[str], following: Paragraph | None) -> str | None:
    """What goes on after an operative paragraph; a line that does not end as text is none."""
    if reader.state != OPERATIVE or not paragraph.text.endswith((".", ";", ":", ",")):
        return None
    return OPERATIVE


PARTS = (
    _closing,
    _inline,
    _apposed,
    _submits,
    _subject,
    _organ,
    _considers,
    _goes_on,
    _constates,
    _leads_over,
    _adopts,
    _decides,
    _numbered,
    _within,
)


def parts(paragraphs: Sequence[Paragraph], openings: Openings) -> Iterator[str]:
    """The part of each paragraph of a document, in order."""
    reader = Reader(openings)
    for paragraph, following in zip(paragraphs, [*paragraphs[1:], None], strict=True):
        yield reader.part(paragraph, following)
