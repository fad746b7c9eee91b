"""Titles: the form of a title, and which unlabelled lines are titles.

"Résumé" above "Le présent rapport rend compte…" -> title     "La Commission" above "France" -> text
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count, takewhile

from pries.reading.enumeration import ACTION, CAPTION, SIGNS, VALUE, ambiguous, marker
from pries.reading.marks import CLOSED, ends_sentence
from pries.segmentation.furniture import Line
from pries.segmentation.records import FEWEST, LABEL

CAPITAL = re.compile(r"[«\"“(\[]?\s?[A-ZÀ-ÖØ-ÞŒ0-9]")
# « Recommandation no 3 : Créer un fonds »: says itself what is recommended, whatever its form.
RECOMMENDS = re.compile(
    r"(?:(?:Recommandation|Préconisation|Proposition(?= (?:n[o°º]|\d))|(?:Mesure|Action) (?:recommandée|préconisée))\b|"
    r"(?:R|Rec(?:o(?:mm?)?)?)(?=[ .]{0,2}(?:n[o°º]\.? ?)?\d))"
    r"[ .]{0,2}"
    r"(?:n[o°º]\.? ?|# ?)?\d{0,3}(?:\.\d{1,3})*[a-z]?(?: ?\([^()]{3,160}\))?(?: ?[:.–—-]){1,2} +"
    r"(?:Ne pas |N['’])?(?:S['’]|Se )?[A-ZÀ-Þa-zà-ÿ]+(?:er|ir|re|oir)\b",
    re.IGNORECASE,
)
# « Nos recommandations en bref » above a list: a title, as no colon leads in.
ABOVE_LIST = re.compile(r"(?:[\w'’]+ ){0,4}(?:recommandations?|préconisations?|propositions)\b[^.:;]*", re.IGNORECASE)
UNFINISHED = re.compile(r"[-,’'/]$")
# A sentence whose note is called at its end: "les juges.4"
CALLING = re.compile(r"[^\W\d_]{2}[»\")\]]?[.!?…]\s?[»\")\]]?(?:\d{1,3}|[⁰¹²³⁴-⁹]{1,3}|\*{1,3}|\[\d{1,3}\])$")
RUN = 6  # lines with the form of titles, one under the other, from which they are a list
INSIDE = 0.6  # share of the longest title's length that an unlabelled one may have in the midst of text
BELOW = 0.4  # the same of one directly below text
ROMAN, LETTER, NUMERAL, SUBLETTER, UNLABELLED = range(5)  # levels of headings, outer first


@dataclass
class Block:
    """Lines that belong together: a heading, a numbered paragraph, a list item or plain text."""

    kind: str  # heading, number, item, text
    lines: list[Line]
    text: list[str]  # the lines without the label
    label: str = ""  # V, A, 12, a.ii
    level: int = UNLABELLED  # of a heading
    annex: bool = False  # a heading that opens an annex

    @classmethod
    def labelled(cls, kind: str, lines: list[Line], cut: int, label: str, level: int = UNLABELLED) -> Block:
        """A block whose first line has a label that ends at `cut`."""
        texts = [line.text for line in lines]
        return cls(kind, lines, [texts[0][cut:], *texts[1:]], label, level)

    @property
    def plain(self) -> str:
        """The text with its lines joined by spaces."""
        return " ".join(self.text)


@dataclass(frozen=True)
class Limits:
    """How long a title may be, and how a line that opens an annex is told."""

    title_characters: int
    links: frozenset[str]  # words that end no title: de, la, et
    annex: Callable[[str], tuple[bool, str]]  # a line -> whether it opens an annex, and the title in it

    def is_title(self, text: str, times: float = 1) -> bool:
        """Whether a text looks like a title: short, capitalised, with a letter, without final punctuation.

        "Débat général" does, "Ils ont été priés d’agir.", "Un représentant du" and "12" do not.
        """
        if len(text) > times * self.title_characters or not CAPITAL.match(text):
            return False
        *before, last = text.split(" ")
        if (
            ends_sentence(text)
            or CAPTION.match(text)
            or VALUE.fullmatch(text)
            or CALLING.search(text)
            or UNFINISHED.search(text)
            or (before and last.lower() in self.links)
        ):
            return False
        return any(c.isalpha() for c in text)


def mark_titles(blocks: Sequence[Block], limits: Limits) -> None:
    """Turn text blocks into headings that look like titles, and that body text or a heading follows.

    Under a bare "Annexe" the first block with the form of a title is one, whatever follows. Text that begins in lower
    case goes on with the block before it, which is no title then.
    """
    body = False  # whether what follows is body text, or the heading of some
    candidates = set()
    short = _recommended(blocks, limits)
    for rank in range(len(blocks) - 1, -1, -1):
        block = blocks[rank]
        under = rank > 0 and blocks[rank - 1].annex and len(blocks[rank - 1].plain.split()) < 3
        times = 1 if rank == 0 or blocks[rank - 1].kind == "heading" else INSIDE if block.lines[0].gap else BELOW
        if rank in short or (block.kind == "text" and RECOMMENDS.match(block.plain)):
            body = True
        elif block.kind == "text" and not block.lines[0].cell and limits.is_title(block.plain, 2 if under else times):
            lists = rank + 1 < len(blocks) and (blocks[rank + 1].kind == "item" or rank + 1 in short)
            body = body or (lists and ABOVE_LIST.fullmatch(block.plain) is not None)
            if body or (under and rank + 1 < len(blocks)):
                candidates.add(rank)
        elif body and (title := _behind_a_bullet(blocks, rank)) and limits.is_title(title, INSIDE):
            block.kind, block.text, block.label = "heading", [title], ""
        elif block.kind == "heading":
            body = not block.annex
        elif CAPTION.match(block.plain):
            continue  # text goes on around tables and pictures
        else:
            sentence = ends_sentence(block.plain) or block.plain.endswith(",")  # "L’Assemblée générale,"
            text = block.kind == "text" and sentence is not None and not block.plain[0].islower()
            body = block.kind == "number" or text
    turns = {rank for rank, block in enumerate(blocks) if LABEL.match(block.plain)}
    candidates -= _listed(candidates) | (turns if len(turns) >= FEWEST else set())  # « Mme Diaz : Je vote contre »
    for block in blocks:
        if block.kind == "heading" and not block.annex and RECOMMENDS.match(block.plain):
            block.kind = "text"
    for rank, block in enumerate(blocks):
        before = blocks[rank - 1] if rank else None
        goes_on = before is not None and before.kind != "heading" and not CLOSED.search(before.plain)
        goes_on = goes_on and before is not None and not RECOMMENDS.match(before.plain)
        if rank in candidates and not goes_on and not RECOMMENDS.match(block.plain):
            block.kind, block.level = "heading", UNLABELLED


def _behind_a_bullet(blocks: Sequence[Block], rank: int) -> str:
    """What stands behind a bullet in no list, between two paragraphs: « ➢ Scénario tendanciel »; else nothing."""
    block = blocks[rank]
    mark = marker(block.lines[0].text) if block.kind == "item" and len(block.lines) == 1 else ""
    if not mark or mark not in SIGNS or not 0 < rank < len(blocks) - 1:
        return ""
    before, after = blocks[rank - 1], blocks[rank + 1]
    title = block.plain.removeprefix(mark).strip()
    apart = after.kind == "text" and (
        before.kind == "heading" or (before.kind != "item" and ends_sentence(before.plain))
    )
    return title if apart and not ACTION.match(title) else ""


def _listed(candidates: set[int]) -> set[int]:
    """The blocks that stand in a list of so many that they title nothing: names, terms, abbreviations.

    The lines of a title page are as many; there the document begins.
    """
    found: set[int] = set()
    for rank in candidates:
        if rank and rank - 1 not in candidates:
            run = list(takewhile(candidates.__contains__, count(rank)))
            found |= set(run) if len(run) >= RUN else set()
    return found


def _recommended(blocks: Sequence[Block], limits: Limits) -> set[int]:
    """The lines without a full stop that are recommendations, one under the other, under a title that announces them.

    "Nos recommandations" above "Draguer le bassin", "Repeindre les grues" -> both; one above its text is a title
    """
    found: set[int] = set()
    for rank, block in enumerate(blocks):
        if block.kind not in ("text", "heading") or not ABOVE_LIST.fullmatch(block.plain.strip(" .:")):  # nearly always
            continue
        run = [*takewhile(lambda at: at < len(blocks) and _acts(blocks[at], limits), count(rank + 1))]
        after = rank + 1 + len(run)
        text = after < len(blocks) and blocks[after].kind == "text" and not limits.is_title(blocks[after].plain)
        if len(run) >= (3 if text else 2):
            found.update(run)
    return found


def _acts(block: Block, limits: Limits) -> bool:
    """Whether a block has the form of a title and says what is to be done: « 2/ Repeindre les grues »."""
    if block.kind != "text" or len(block.lines) > 2 or not limits.is_title(block.plain):
        return False
    return ACTION.match(ambiguous(block.plain)[1] or block.plain) is not None
