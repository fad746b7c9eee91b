"""Announcements: what says that a list, a section or a document holds recommendations without a verb of asking.

Titles, lead-ins, labels and metadata are told by the rows of announcements.csv, on the text of paragraphs alone: most
documents announce nothing, and cost nothing.

    "VI. Recommandations" above "61. Publier les comptes."                    -> 61 announced, by its heading
    "148. Les recommandations ci-après seront examinées par le Mali :" above "148.1 Ratifier …" -> by its lead-in
    "Recommandation no 3 : Créer un fonds."                                   -> by its label
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from pries.base import lexicon
from pries.base.layers import Folder
from pries.grammar.wording import STRAIGHT

KINDS = ("heading", "lead_in", "label", "whom", "nobody", "meant", "maker", "document")
ANNOUNCEMENTS = lexicon.Lexicon("announcements.csv", ("kind", "pattern", "example"), values={"kind": KINDS})

COLON = 160  # characters behind a lead-in's words within which its colon stands
BRACKETS = re.compile(r" ?\(([^()]{3,160})\)")
PART = re.compile(  # « Chapitre 9. Recommandations », « Deuxième partie : nos recommandations »
    r"(?:(?:\b\w+ieme|premiere|seconde) partie|"
    r"(?:chapitre|partie|titre|section|annexe|volet) (?:[ivxlc]+|[a-z]|\d[\d.]*)) ?[.:–—-]? +(?=\w)"
)
SEPARATOR = re.compile(r"\s*[.:–—-](?: ?[:–—-])?\s+|\s*:\s*$|\s*[.]$")


@dataclass(frozen=True)
class Announced:
    """Why a paragraph holds recommendations: rule and row of the lexicon, where they begin, and whom a title names.

    `lead` is the paragraph that leads in, whose sentence may name who recommends, and to whom.
    """

    rule: str
    row: str
    start: int = 0
    whom: str = ""
    lead: str = ""
    aside: str = ""  # what stands in brackets in its label, which may be whom it means
    by: str = ""  # who recommends, by a column of its table


@dataclass(frozen=True)
class Announcements:
    """The rows of announcements.csv: their patterns and places, by kind."""

    rows: dict[str, tuple[tuple[re.Pattern[str], str], ...]]

    @classmethod
    def read(cls, folder: Folder) -> Announcements:
        """The lexicon of `folder`; raises InputError for a broken row or pattern."""
        rows: dict[str, list[tuple[re.Pattern[str], str]]] = {kind: [] for kind in KINDS}
        for row in lexicon.read(folder, ANNOUNCEMENTS):
            try:
                rows[row["kind"]].append((re.compile(row["pattern"]), row.place))
            except re.error as error:
                problem = f"pattern '{row['pattern']}' is no regular expression ({error})"
                raise row.wrong(problem, "correct it") from None
        return cls({kind: tuple(found) for kind, found in rows.items()})

    def whole(self, kind: str, text: str) -> str:
        """The first row of a kind that a text matches as a whole, by its place; nothing for none."""
        low = PART.sub("", plain(text)).strip(" .:")
        return next((row for pattern, row in self.rows[kind] if pattern.fullmatch(low)), "")

    def label(self, text: str) -> tuple[int, str]:
        """Where what is recommended begins behind a label, and its row: « Recommandation no 3 : »; else 0."""
        low = plain(text)
        for pattern, row in self.rows["label"]:
            if found := pattern.match(low):
                end = found.end()
                if bracket := BRACKETS.match(low, end):
                    end = bracket.end()
                if separator := SEPARATOR.match(low, end):
                    return separator.end(), row
                if end == len(low):
                    return end, row
        return 0, ""

    def lead_in(self, text: str) -> tuple[int, str]:
        """Where the list begins that a paragraph leads in, and the row that says so; else 0."""
        low = plain(text)
        for pattern, row in self.rows["lead_in"]:
            for found in pattern.finditer(low):
                colon = low.find(":", found.end() - 1, found.end() + COLON)
                if colon >= 0 and ". " not in low[found.end() : colon]:
                    return colon + 1, row
        return 0, ""

    def whom(self, text: str) -> str:
        """Whom a title or a label means, as it stands, with its preposition: « à l'intention [des États] »."""
        low = plain(text)
        for pattern, _ in self.rows["whom"]:
            if found := pattern.search(low):
                return text[found.end() :].split(")")[0].strip(" .:;,")
        return ""

    def meant(self, label: str) -> tuple[str, str]:
        """Whom a label means, or, where it does not say so, what stands in its brackets, which may be whom it means."""
        whom = self.whom(label)
        return whom, "" if whom else next(iter(BRACKETS.findall(label)), "")

    def audience(self, text: str) -> str:
        """Whom a title or a line names that only begins with "à", or stands in brackets: « Aux États », « (Ville) »."""
        if text.startswith("(") and text.endswith(")"):
            return text[1:-1]
        low = plain(text)
        names = low.startswith(("aux ", "au ", "a la ", "a l'"))
        return text.rstrip(" :") if names and not any(p.match(low) for p, _ in self.rows["nobody"]) else ""

    def means(self, word: str) -> bool:
        """Whether "de" behind this word names whom a lead-in means: « l'adhésion du Mali »."""
        return any(pattern.fullmatch(plain(word)) for pattern, _ in self.rows["meant"])

    def makes(self, word: str) -> bool:
        """Whether "par" behind this word names who recommends."""
        return any(pattern.fullmatch(plain(word)) for pattern, _ in self.rows["maker"])


@lru_cache(2**10)  # a title is asked about for each paragraph under it
def plain(text: str) -> str:
    """A text in lower case without accents, with straight apostrophes, character by character."""
    return "".join(map(_without_accent, text.translate(STRAIGHT).lower()))


@lru_cache(2**10)  # the same characters come again and again
def _without_accent(character: str) -> str:
    return unicodedata.normalize("NFD", character)[0]
