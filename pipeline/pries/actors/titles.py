"""Titles: the actors that the words of a title, a label or a bracket name, of which no sentence was read.

"du Gouvernement et des villes" -> Gouvernement, villes; "(Norvège, Ghana)" -> Norvège, Ghana, both states
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pries.actors.known_names import HEADS, LONGEST_NAME, country_names, singulars
from pries.base import lexicon
from pries.base.layers import Folder
from pries.grammar.wording import STRAIGHT, bare

# What may part two names, if another begins behind it; what is sure to. White space is read from where it begins.
PARTS = re.compile(
    r"(?:(?<!\s)\s+)?(?P<sure>[;+\n])\s*|(?:(?<!\s)\s+)?(?P<sign>[,/&])\s*(?:(?:et|ou|ainsi que)\s+)?"
    r"|(?<!\s)\s+(?P<word>et/ou|et|ou|ainsi que)\s+"
)
TO = re.compile(r"à (?:l(?:a |['’])|(?:leur|[st])(?:s|on|es|a)? |tou\w* )|aux? ", re.IGNORECASE)
OF = re.compile(r"d(?:u |es |e (?:la |l['’])?|['’])", re.IGNORECASE)
THE = re.compile(r"(?:l(?:es?|a|eurs?) |l['’]|s(?:es|on|a) )", re.IGNORECASE)
BEFORE_NAME = re.compile(r"^(?:à |aux? |d['’]|d(?:e|u|es) )(?:la |l['’])?|^pour ")
ACRONYM = re.compile(r"[A-ZÀ-Þ]{3,}(?:[-/][A-ZÀ-Þ]{2,})*s?")
NAMES = re.compile(r"(?:(?<!\s)\s+)?(?:,|;|/| et (?=[A-ZÀ-Þ]|l['ae’]))\s*")


class Titled(NamedTuple):
    """Who is named: the name, the words as they stand, canonical name, type."""

    name: str
    text: str
    actor: str
    kind: str


@dataclass(frozen=True)
class TitleNames:
    """What strings of titles and brackets are looked up in: countries, and the types of nouns for actors."""

    countries: Mapping[str, str]
    kinds: Mapping[str, str]

    @classmethod
    def read(cls, lexicons: Folder) -> TitleNames:
        """countries.csv with CLDR, actors.csv. Raises InputError."""
        kinds = {row["head"]: row["type"] for row in lexicon.read(lexicons, HEADS)}
        return cls(country_names(lexicons), kinds)

    def fillers(self, text: str) -> list[Titled]:
        """The actors that the words of a title or a label name: « du Gouvernement et des villes »."""
        found = []
        for name in self._parts(text):
            plain = bare(BEFORE_NAME.sub("", name.strip()))
            if plain:
                actor = self.countries.get(plain.translate(STRAIGHT), plain)
                found.append(Titled(plain, name.strip(), actor, self._kind(plain) or "community"))
        return found

    def _parts(self, text: str) -> list[str]:
        """The names in some words, apart: « DGS, préfets et Cour des comptes »; complements stay with their noun."""
        parts, start, at, depth = [], 0, 0, 0
        for sign in PARTS.finditer(text):
            between = text[at : sign.start()]
            at, depth = sign.start(), depth + between.count("(") - between.count(")")
            right = text[sign.end() : sign.end() + 2 * LONGEST_NAME]
            if not depth and right and self._begins(text[start : min(sign.start(), start + LONGEST_NAME)], sign, right):
                parts.append(text[start : sign.start()])
                start = sign.end()
        return [*parts, text[start:]]

    def _begins(self, left: str, sign: re.Match[str], right: str) -> bool:
        """Whether a name begins behind a sign, and no complement: « l'économie, [du commerce] »."""
        if sign["sure"] or TO.match(right):
            return True
        known = self._is_known(OF.sub("", THE.sub("", right, count=1), count=1))
        if OF.match(right):
            alone = len(OF.sub("", left, count=1).split()) == 1
            return OF.match(left) is not None and (alone or (known and OF.sub("", right)[:1].isupper()))
        return (
            known
            or (THE.match(right) is not None and sign["sign"] != "/")
            or (sign["sign"] == "," and right[0].isupper())
        )

    def _is_known(self, name: str) -> bool:
        """Whether words begin with an acronym, a country or a noun for somebody."""
        word = re.split(r"[\s,;/()]", name, maxsplit=1)[0]
        return bool(self._kind(word) or re.fullmatch(r"[A-ZÀ-Þ]{2,}s?", word) or self.pattern.match(name))

    def bodies(self, text: str, acronyms: bool = False) -> list[Titled]:
        """Those whom words in brackets name, if the first is a known kind of body: « (direction des ports, Cour) ».

        Behind a label acronyms are bodies too: « (ANSM, hôpitaux) »; behind a name they are that name again.
        """
        parts: list[str] = []
        for part in re.split(r"\s*[,;/]\s*", text):
            known = self._body(bare(BEFORE_NAME.sub("", part.strip())), acronyms)
            parts[-1:] = [f"{parts[-1]}, {part}"] if parts and not known else [*parts[-1:], part]
        names = [bare(BEFORE_NAME.sub("", part.strip())) for part in parts]
        if text[:1].isdigit() or not names or not self._body(names[0], acronyms):  # « (1 607 heures) »
            return []
        countries = [self.countries.get(name.translate(STRAIGHT), "") for name in names]
        return [Titled(n, n, state or n, self._body(n, acronyms)) for n, state in zip(names, countries, strict=True)]

    def _body(self, name: str, acronyms: bool) -> str:
        return self._kind(name) or ("community" if acronyms and ACRONYM.fullmatch(name) else "")

    def _kind(self, name: str) -> str:
        """The type of a country, or of what the first word of a name is."""
        if name.translate(STRAIGHT) in self.countries:
            return "state"
        return next((self.kinds[s] for s in singulars(name.split()[0].lower()) if s in self.kinds), "") if name else ""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Any country's name."""
        names = sorted((re.escape(name) for name in self.countries), key=lambda name: (-len(name), name))
        return re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)", re.IGNORECASE)

    @cached_property
    def lower(self) -> Mapping[str, str]:
        """The canonical names by names in lower case."""
        return {name.lower(): actor for name, actor in self.countries.items()}

    def country_in(self, text: str) -> list[Titled]:
        """The country that a title names, where it names one alone."""
        places = [m[0] for m in self.pattern.finditer(text.translate(STRAIGHT)) if m[0][0].isupper()]
        found = {self.lower[name.lower()]: name for name in places}
        if len(found) != 1:
            return []
        ((actor, name),) = found.items()
        return [Titled(actor if name.isupper() else name, name, actor, "state")]

    def states(self, text: str) -> list[Titled]:
        """The States of a list in brackets, none where it holds anything else: « France, Royaume-Uni et Togo »."""
        names = [bare(name) for name in NAMES.split(text) if name.strip()]
        known = [self.countries.get(name.translate(STRAIGHT), "") for name in names]
        if not any(known) or any(not name[:1].isupper() or len(name) > LONGEST_NAME for name in names):
            return []
        return [Titled(name, name, actor or name, "state") for name, actor in zip(names, known, strict=True)]
