"""Resolutions: which paragraphs of a resolution, recommendation or decision are preambular, which operative.

By their form alone. Participles and adjectives open what is recalled and considered; what is decided is numbered, or
opens with a verb in the third person without its subject. What names the organ, and the formula that only leads over to
numbered paragraphs (« Soumet aux ministères la recommandation suivante : »), are neither. Of another document no
paragraph has a part.

    "L’Assemblée générale," | "Consciente du danger," preambular | "1. Prie les États de coopérer;" operative
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pries.base.rules import first
from pries.segmentation.openings import MARKED, Openings, opening
from pries.segmentation.programmes import programme

PREAMBULAR, OPERATIVE = "preambular", "operative"

ORGAN = re.compile(r"(?:L['’]|L[ea]s? |Nous, )\S")  # how what names the organ begins
INLINE = re.compile(r"(?:L['’]|L[ea]s? )[^.;:,\d]{3,80}?,? 1[).°]\s*(?=[A-ZÀ-Þ])")  # « La Conférence 1) Constate »
INLINE_WITHIN = 90  # characters
NAMES_ORGAN = re.compile(r"[«\"“ ]*(?:L['’]|L[ea]s? |Nous, |R|D|A|V)")  # an organ, or a label before it
CLAUSES = re.compile(r"[;,.] (?:[–—-] ?)?(?:\d{1,3} )?(?=[A-ZÀ-Ý])")
LABEL = re.compile(
    r"(?:Recommandation|Résolution|Décision|Déclaration|Avis|Vœu)(?: n[o°º]\.?)? ?[\w./-]*\d[\w./()-]*[.:]? +", re.I
)
APPOSED = re.compile(r" ?, (?=[A-ZÀ-Þ]|[–—-] )")  # « La Conférence, Considérant », « Le Parlement, – vu le traité »
APPOSED_WITHIN = 600  # characters: « La Conférence, réunie à Brest par les ports de la région, Considérant »
SUBJECT = re.compile(
    r"(?:[IVX]+\.? )?(?:(?:L['’]|L[ea]s? )(?:[\w'’-]+ ){1,6}?|Nous )(?=\w)"
)  # « III La Conférence [recommande] »
ITEMS = re.compile(r": \W{0,2}(?:1|a)[).°]")  # « la recommandation suivante : 1) »
SUBMITTED = re.compile(r"\b(?:suivante?s?|ci-après|suit|suivent) ?:$")
SESSION = re.compile(r"\d+ ?(?:re|ère|e|ème) séance")
ADOPTED = re.compile(r"\b(?:présente|suivante|ci-après|suit|\d{4})\b")  # what is adopted here, or when
ACT = re.compile(
    r"\b(?:adopt|soumet|approuv|formul|arrêt|pren|proclam|rend)\w*\b.*\b(?:recommandation|résolution|décision|déclaration|avis)"
)
ENDS_LIST = (",", ";")


QUOTES, UNQUOTES = ("«", '"', "“"), ("»", '"', "”", "».", '".', "”.")


class Paragraph(NamedTuple):
    """What is asked of a paragraph: its kind, whether it is numbered, its text, its number where that is one."""

    kind: str
    numbered: bool
    text: str
    number: int = 0


@dataclass
class Reader:
    """Reads a document paragraph by paragraph: what has been met of the resolution that is open."""

    openings: Openings
    state: str = ""  # where we are: "", preambular, operative
    participles: bool = False  # whether its preamble has participles: what is numbered then is operative
    organ: bool = False  # whether what names the organ has just come
    outer: int = 0  # the last number before the resolution that is open, of a report that quotes it
    inner: int = 0  # the last number in it
    quoted: bool = False  # whether it began with a quotation mark

    def part(self, paragraph: Paragraph, following: Paragraph | None) -> str:
        """The part of a paragraph, by the first rule that knows it."""
        if paragraph.kind == "heading":
            return ""
        if self.state and self.outer and paragraph.number == self.outer + 1 != self.inner + 1:
            self.end()  # "12." of the report, after "2." of the resolution that it quotes
        opened = self.state
        words = opening(paragraph.text)
        if not opened and not (words and self.openings.may_open(words[0])) and not NAMES_ORGAN.match(paragraph.text):
            self.quoted = paragraph.text.startswith(QUOTES)
            self.outer, self.inner = (paragraph.number, 0) if paragraph.number else (self.outer, self.inner)
            return ""  # nearly always, in a text that is no resolution
        found = first(PARTS, self, paragraph, words, following)[0] or ""
        if self.state and not opened:
            self.quoted, self.inner = self.quoted or paragraph.text.startswith(QUOTES), 0
        if paragraph.number:
            self.outer, self.inner = (self.outer, paragraph.number) if self.state else (paragraph.number, 0)
        if not self.state:
            self.quoted = paragraph.text.startswith(QUOTES)
        elif self.quoted and paragraph.text.endswith(UNQUOTES):
            self.end()
        return "" if found == "none" else found

    def end(self) -> None:
        """The resolution is over."""
        self.state, self.participles, self.organ, self.quoted = "", False, False, False


def _closing(reader: Reader, paragraph: Paragraph, words: Sequence[str], following: Paragraph | None) -> str | None:
    """« Adoptée à la 12e séance plénière »: the resolution is over."""
    if paragraph.numbered or len(paragraph.text) > 120:
        return None
    if not reader.openings.opens("closing", words) and not SESSION.search(paragraph.text[:60]):
        return None
    reader.end()
    return "none"


def _inline(reader: Reader, paragraph: Paragraph, words: Sequence[str], following: Paragraph | None) -> str | None:
    """« La Conférence 1) Constate que »: the organ and the first paragraph in one."""
    begin = INLINE.match(paragraph.text) if " 1" in paragraph.text[:INLINE_WITHIN] else None
    if begin is None:
        return None
    reader.state, reader.participles, reader.organ = PREAMBULAR, False, True
    return first(
        PARTS[PARTS.index(_considers) :], reader, paragraph, opening(paragraph.text[begin.end() :]), following
    )[0]


def _apposed(reader: Reader, paragraph: Paragraph, words: Sequence[str], following: Paragraph | None) -> str | None:
    """« La Conférence, Considérant que les écoles manquent, »: the organ and the first paragraph of its preamble."""
    if not ORGAN.match(paragraph.text[_labelled(paragraph.text) :].lstrip('«"“ ')):
        return None
    begins = (found.end() for found in APPOSED.finditer(paragraph.text[:APPOSED_WITHIN]))
    if not any(reader.openings.preambular(opening(paragraph.text[at:])) for at in begins):
        return None
    reader.state, reader.participles, reader.organ = PREAMBULAR, True, True
    return _considered(reader, paragraph)


def _labelled(text: str) -> int:
    """Where the text after « Recommandation no 7 » begins, which may stand before the organ."""
    label = LABEL.match(text)
    return label.end() if label else 0


def _considered(reader: Reader, paragraph: Paragraph) -> str:
    """A preambular paragraph; one that ends « …; Recommande aux ports : » is followed by what is recommended."""
    if paragraph.text.endswith(":") and reader.openings.operative(opening(CLAUSES.split(paragraph.text)[-1])):
        reader.state = OPERATIVE
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
    if paragraph.numbered or following is None or not paragraph.text.endswith(":") or not ORGAN.match(paragraph.text):
        return None
    if not SUBMITTED.search(paragraph.text) or not ACT.search(paragraph.text[-120:]):
        return None
    reader.state, reader.participles, reader.organ = PREAMBULAR, False, True
    return "none"


def _organ(reader: Reader, paragraph: Paragraph, words: Sequence[str], following: Paragraph | None) -> str | None:
    """« L'Assemblée générale, »: a new resolution begins, and this is no part of it."""
    if paragraph.numbered or not ORGAN.match(paragraph.text) or following is None or following.kind == "heading":
        return None
    leads = paragraph.text.endswith((",", ":")) or (", " in paragraph.text and reader.state == "")
    if not leads or not reader.openings.begins(opening(following.text)):
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
    return _considered(reader, paragraph)


def _new(reader: Reader, paragraph: Paragraph, following: Paragraph | None) -> bool:
    """Whether a paragraph outside a preamble opens one: it ends as an item does, and the next one goes on."""
    if following is None or not paragraph.text.endswith(ENDS_LIST):
        return False
    return reader.openings.begins(opening(following.text))


def _goes_on(reader: Reader, paragraph: Paragraph, words: Sequence[str], following: Paragraph | None) -> str | None:
    """« Que l'école est un droit, » under « Considérant que »."""
    goes_on = reader.state == PREAMBULAR and reader.participles and not paragraph.numbered
    return _considered(reader, paragraph) if goes_on and reader.openings.opens("continuing", words) else None


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


def parts(paragraphs: Sequence[Paragraph], openings: Openings) -> list[str]:
    """The part of each paragraph of a document, in order."""
    reader = Reader(openings)
    after: list[Paragraph | None] = [*paragraphs[1:], None]
    pairs = zip(paragraphs, after, strict=False)  # a document may have no paragraph
    found = [reader.part(paragraph, following) for paragraph, following in pairs]
    return found if any(found) else _in_prose(paragraphs)


def _in_prose(paragraphs: Sequence[Paragraph]) -> list[str]:
    """The parts of a text that has nothing of a resolution's form: « Les ports vieillissent. », « 1. Les draguer. »"""
    text = [rank for rank, paragraph in enumerate(paragraphs) if paragraph.kind != "heading"]
    found, begins = [""] * len(paragraphs), programme([paragraphs[rank].text for rank in text])
    if begins:
        preamble, actions = begins
        for place, rank in enumerate(text[preamble:], start=preamble):
            found[rank] = OPERATIVE if place >= actions else PREAMBULAR
    return found
