"""Sections: which section a paragraph stands in, its title and role, and the paragraph's own name.

"V. Thème 1" then "A. Droits" -> section V.A       "Conclusion" -> role conclusion
second "12." of a document -> 12#2                 first paragraph of the annex -> annex:p1
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from pries.base import lexicon
from pries.base.layers import Folder
from pries.schema import schema
from pries.segmentation.titles import Block

SECTION_ROLES = lexicon.Lexicon(
    file="section_roles.csv",
    columns=("pattern", "role", "example"),
    values={"role": schema.SECTION_ROLES},
    key=("pattern",),
)


OPENS = re.compile(
    r"(\w+(?: \w+)??)(?: (?:[IVXLC]+|\d{1,2}|[A-Z]))?"
    r"(?:\s*[.:–—-]\s*(?P<title>\S.*)?| (?P<to>(?:à|au|aux|de la|du) .+))?"
)


@dataclass(frozen=True)
class Roles:
    """Which title plays which part, as section_roles.csv says, and the longest line that is a title."""

    patterns: tuple[tuple[re.Pattern[str], str], ...]
    longest: int

    @classmethod
    def read(cls, folder: Folder, longest: int) -> Roles:
        """The lexicon of `folder`; raises InputError for a broken row or pattern."""
        patterns = []
        for row in lexicon.read(folder, SECTION_ROLES):
            try:
                patterns.append((re.compile(row["pattern"]), row["role"]))
            except re.error as error:
                problem = f"pattern '{row['pattern']}' is no regular expression ({error})"
                raise row.wrong(problem, "correct it") from None
        return cls(tuple(patterns), longest)

    def of(self, title: str) -> str:
        """The part that a section with this title plays; empty where its title does not tell."""
        return _role(self.patterns, title)

    def annex(self, line: str) -> tuple[bool, str]:
        """Whether a line opens an annex ("Annexe", "Annexe II. Programme", "Annexe à la lettre…"), and its title."""
        found = OPENS.fullmatch(line) if len(line) <= self.longest and line[0].isupper() else None
        if found is None:
            return False, ""
        title = found["title"] or found["to"] or ""
        return self.of(found[1]) == "annex" and not title.endswith((".", ";", ",")), title


@lru_cache(2**10)  # every paragraph of a section asks
def _role(patterns: tuple[tuple[re.Pattern[str], str], ...], title: str) -> str:
    plain = bare(title).strip(" .:")
    return next((role for pattern, role in patterns if pattern.fullmatch(plain)), "")


class Place:
    """Where in the document a paragraph stands: its section, the section's title and role, its own name."""

    def __init__(self, roles: Roles) -> None:
        self.roles, self.annexes = roles, 0
        self.labels: dict[int, str] = {}
        self.titles: dict[int, str] = {}
        self.names: Counter[str] = Counter()
        self.unnumbered: Counter[str] = Counter()

    @property
    def base(self) -> str:
        return "" if not self.annexes else "annex" if self.annexes == 1 else f"annex{self.annexes}"

    @property
    def section(self) -> str:
        return ".".join(filter(None, [self.base, *(self.labels[level] for level in sorted(self.labels))]))

    @property
    def title(self) -> str:
        return self.titles[max(self.titles)] if self.titles else ""

    @property
    def role(self) -> str:
        if self.annexes:
            return "annex"
        found = [self.roles.of(self.titles[level]) for level in sorted(self.titles, reverse=True)]
        return next((role for role in found if role and role != "annex"), "body")

    def enter(self, block: Block, text: str) -> tuple[str, str]:
        """The kind and the name of the paragraph that begins with `block`; a heading opens its section."""
        if block.kind == "heading":
            return "heading", self._unique("heading:" + self._open(block, text))
        kind, prefix = ("annex", self.base + ":") if self.annexes else ("paragraph", "")
        if block.kind == "number":
            return kind, self._unique(prefix + block.label)
        self.unnumbered[prefix] += 1
        return kind, self._unique(f"{prefix}p{self.unnumbered[prefix]}")

    def _open(self, block: Block, text: str) -> str:
        level = -1 if block.annex else block.level
        self.annexes += block.annex
        for kept in (self.labels, self.titles):
            for deeper in [other for other in kept if block.annex or other >= level]:
                del kept[deeper]
        self.titles[level] = text
        if block.annex:
            return self.section
        if block.label:
            self.labels[level] = block.label
            return self.section
        self.unnumbered["heading"] += 1
        return str(self.unnumbered["heading"])

    def _unique(self, name: str) -> str:
        self.names[name] += 1
        return name if self.names[name] == 1 else f"{name}#{self.names[name]}"


def bare(text: str) -> str:
    """A text in lower case without accents, character by character."""
    low = text.lower()
    return low if low.isascii() else "".join(map(_without_accent, low))


@lru_cache(2**10)  # the same characters come again and again
def _without_accent(character: str) -> str:
    return unicodedata.normalize("NFD", character)[0]
