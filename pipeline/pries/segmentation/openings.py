"""Openings: with which words the paragraphs of a resolution open, as resolution_openings.csv says.

"Profondément préoccupée par la crue" -> preambular     "Prie les États d’agir" -> operative
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pries.base import lexicon
from pries.base.layers import Folder

KINDS = ("preambular", "continuing", "adverb", "operative", "constative", "noun", "adopting", "closing")
OPENINGS = lexicon.Lexicon(
    "resolution_openings.csv", ("kind", "words", "example"), values={"kind": KINDS}, several=("words",)
)
# A number that is still in the text, or a letter: « 1) Constate », « 2° Que », « A. considérant », « Art. 2 : Invite »
MARKED = re.compile(
    r"(?:\W*+(?:\d{1,3}|[A-Z]{1,2}(?=\. [a-z]))\s?[).°])+\s*"
    r"|(?i:art(?:icle|\.)) (?:\d{1,3}|(?i:premier|unique))(?i:er)?(?:\s?[.:–—-]){1,2}\s+"
)
WORD = re.compile(r"[\w'-]+")
PAGE = re.compile(r"[–—-]? ?\d{1,3} (?:[–—-] )?(?=[A-ZÀ-Þ])")  # the number of a page that was left in: « 103 Soumet »
OPENS_WITHIN = 6  # words of an opening that are looked at


@dataclass(frozen=True)
class Openings:
    """The words of resolution_openings.csv, lower case, by kind."""

    words: dict[str, frozenset[str]]

    @classmethod
    def read(cls, folder: Folder) -> Openings:
        """The lexicon of `folder`; raises InputError for a broken row."""
        found: dict[str, set[str]] = {kind: set() for kind in KINDS}
        for row in lexicon.read(folder, OPENINGS):
            found[row["kind"]].update(row.several("words"))
        return cls({kind: frozenset(words) for kind, words in found.items()})

    @cached_property
    def heads(self) -> frozenset[str]:
        """The first words with which a text may open that begins a resolution, as they are listed."""
        return frozenset(phrase.split()[0] for words in self.words.values() for phrase in words)

    @cached_property
    def may_open(self) -> Callable[[str], bool]:
        """Whether a paragraph that begins with a word may begin a resolution: nearly all do not."""
        return lru_cache(2**12)(lambda word: word.endswith("ment") or not self.heads.isdisjoint(masculine(word)))

    def begins(self, words: Sequence[str]) -> bool:
        """Whether a text whose first words these are is a paragraph of a resolution."""
        return bool(words) and self.may_open(words[0]) and (self.preambular(words) or self.operative(words))

    def opens(self, kind: str, words: Sequence[str]) -> bool:
        """Whether a text whose first words these are opens with a word or phrase of a kind."""
        if not words or words[0] not in self.heads:  # nearly always
            return False
        known = self.words[kind]
        return words[0] in known or " ".join(words[:2]) in known or " ".join(words[:3]) in known

    def preambular(self, words: Sequence[str]) -> bool:
        """Whether a text opens as a preambular paragraph does: « Profondément préoccupée », « Ayant à l'esprit »."""
        at = 0
        while at < len(words) - 1 and (words[at].endswith("ment") or words[at] in self.words["adverb"]):
            at += 1
        head, rest = masculine(words[at]) if words else (), words[at + 1 :]
        known = any(self.opens("preambular", (form, *rest)) for form in head)
        return known or self.opens("preambular", words)  # « tout en », which begins with an adverb

    def operative(self, words: Sequence[str]) -> bool:
        """Whether a text opens with a verb of deciding, no subject: « Prie », « Demande aussi », « Se félicite »."""
        if self.opens("noun", words[:1]) and (
            len(words) < 2 or words[1] in ("de", "du", "des") or words[1][:2] == "d'"
        ):
            return False
        return any(self.opens(kind, words) for kind in ("operative", "constative", "noun"))


def masculine(word: str) -> tuple[str, ...]:
    """A word, and what it may be the feminine or the plural of: préoccupées -> préoccupé."""
    return tuple(dict.fromkeys((word, word.removesuffix("s"), word.removesuffix("e"), word.removesuffix("es"))))


@lru_cache(2**8)  # of a paragraph and, before, of what follows another one
def opening(text: str) -> tuple[str, ...]:
    """The first words of a text, lower case, with straight apostrophes, without the number that it still has."""
    begin = MARKED.match(text) or PAGE.match(text)
    at = begin.end() if begin else 0
    plain = text[at : at + 80].lower().replace("’", "'").lstrip('«"“ —–-')
    words = WORD.findall(plain)[:OPENS_WITHIN]
    if "'" not in plain:
        return tuple(words)
    return tuple(part for word in words for part in _elided(word))[:OPENS_WITHIN]


def _elided(word: str) -> tuple[str, ...]:
    """« l'esprit » is two words; « s'inquiète », « qu'il » stay one, as the lexicon has them."""
    head, apostrophe, rest = word.partition("'")
    return (head + apostrophe, rest) if apostrophe and head in ("d", "l") and rest else (word,)
