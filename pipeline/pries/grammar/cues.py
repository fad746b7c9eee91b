"""Cues: the lists of words of cues.csv, which decide how phrases and requests are read.

document -> rapport, programme, résolution, …
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property

from pries.base import lexicon
from pries.base.layers import Folder
from pries.grammar.wording import cut

NONE: frozenset[str] = frozenset()
Phrases = Mapping[str, tuple[tuple[str, ...], ...]]


@dataclass(frozen=True)
class Cues:
    """The lists on which grammar and actors turn, under their names in cues.csv; without a lexicon they are empty."""

    adverb: frozenset[str] = NONE
    urgent: frozenset[str] = NONE
    invariable: frozenset[str] = NONE
    doubling: frozenset[str] = NONE
    qualifier: frozenset[str] = NONE
    apposed: frozenset[str] = NONE
    host: frozenset[str] = NONE
    condition: frozenset[str] = NONE
    lacked: frozenset[str] = NONE
    count: frozenset[str] = NONE
    indefinite: frozenset[str] = NONE
    plural_count: frozenset[str] = NONE
    delegate: frozenset[str] = NONE
    adjunct: frozenset[str] = NONE
    treaty: frozenset[str] = NONE
    party: frozenset[str] = NONE
    impersonal: frozenset[str] = NONE
    seeming: frozenset[str] = NONE
    auxiliary: frozenset[str] = NONE
    fronting: frozenset[str] = NONE
    will: frozenset[str] = NONE
    body: frozenset[str] = NONE
    member: frozenset[str] = NONE
    officer: frozenset[str] = NONE
    family: frozenset[str] = NONE
    place: frozenset[str] = NONE
    rank: frozenset[str] = NONE
    office: frozenset[str] = NONE
    founding: frozenset[str] = NONE
    governor: frozenset[str] = NONE
    governor_de: frozenset[str] = NONE
    governor_noun: frozenset[str] = NONE
    purpose: frozenset[str] = NONE
    carrier: frozenset[str] = NONE
    rallying: frozenset[str] = NONE
    document: frozenset[str] = NONE
    quantity: frozenset[str] = NONE
    constraint: frozenset[str] = NONE
    consent: frozenset[str] = NONE
    department: frozenset[str] = NONE
    bygone: frozenset[str] = NONE
    thing: frozenset[str] = NONE
    ordinal: frozenset[str] = NONE
    helper: frozenset[str] = NONE
    outlook: frozenset[str] = NONE
    likely: frozenset[str] = NONE
    yesterday: frozenset[str] = NONE
    abolished: frozenset[str] = NONE
    norm: frozenset[str] = NONE
    become: frozenset[str] = NONE
    burden: frozenset[str] = NONE
    link: frozenset[str] = NONE
    opinion: frozenset[str] = NONE
    other_sense: frozenset[str] = NONE
    after_verb: frozenset[str] = NONE
    wish: frozenset[str] = NONE
    favour: frozenset[str] = NONE
    source: frozenset[str] = NONE
    source_of: frozenset[str] = NONE
    circumstance: frozenset[str] = NONE
    fact: frozenset[str] = NONE
    habit: frozenset[str] = NONE
    repeated: frozenset[str] = NONE
    calendar: frozenset[str] = NONE
    noticed: frozenset[str] = NONE
    way: frozenset[str] = NONE
    portfolio: frozenset[str] = NONE
    willing: frozenset[str] = NONE
    asking: frozenset[str] = NONE
    asking_to: frozenset[str] = NONE
    exacting: frozenset[str] = NONE
    homograph: frozenset[str] = NONE
    amount: frozenset[str] = NONE
    thwarted: frozenset[str] = NONE
    deplored: frozenset[str] = NONE
    wondering: frozenset[str] = NONE
    disputing: frozenset[str] = NONE
    overlooking: frozenset[str] = NONE
    view: frozenset[str] = NONE
    statement: frozenset[str] = NONE
    seat: frozenset[str] = NONE
    adamant: frozenset[str] = NONE
    voice: frozenset[str] = NONE
    gathering: frozenset[str] = NONE
    subjunctive: frozenset[str] = NONE
    telling: frozenset[str] = NONE
    telling_to: frozenset[str] = NONE
    results: frozenset[str] = NONE
    seems: frozenset[str] = NONE
    written: frozenset[str] = NONE
    convinced: frozenset[str] = NONE
    duty: frozenset[str] = NONE
    matter: frozenset[str] = NONE
    wishing: frozenset[str] = NONE
    effect: frozenset[str] = NONE
    fate: frozenset[str] = NONE
    costing: frozenset[str] = NONE
    unit: frozenset[str] = NONE
    weather: frozenset[str] = NONE
    observed: frozenset[str] = NONE
    scheme: frozenset[str] = NONE
    creature: frozenset[str] = NONE

    @classmethod
    def read(cls, lexicons: Folder) -> Cues:
        """The lists of the lexicon; one that is left out is empty. Raises InputError."""
        return cls(**{row["list"]: frozenset(row.several("words")) for row in lexicon.read(lexicons, CUES)})

    @cached_property
    def wills(self) -> tuple[str, ...]:
        """How the verbs of `will` begin."""
        return tuple(sorted(self.will))

    @cached_property
    def wishes(self) -> tuple[str, ...]:
        """How the verbs of `wishing` begin."""
        return tuple(sorted(self.wishing))

    @cached_property
    def opinions(self) -> tuple[str, ...]:
        """How the verbs of `opinion` begin."""
        return tuple(sorted(self.opinion))

    @cached_property
    def links(self) -> tuple[str, ...]:
        """How the verbs of `link` begin."""
        return tuple(sorted(self.link))

    @cached_property
    def asking_somebody(self) -> frozenset[str]:
        """The verbs whose object, or complement with "à" or "de", is somebody who is asked."""
        return self.asking | self.asking_to | self.exacting

    def asks(self, to: bool) -> frozenset[str]:
        """The verbs of asking that take somebody behind "à", or else as their object."""
        return self.asking_to if to else self.asking

    @cached_property
    def phrases_by_first(self) -> Mapping[str, Phrases]:
        """The adverbs of several words, by their first word, then by their second."""
        return _filed_twice(_filed(self.adverb, 0, 2), 1)

    @cached_property
    def phrases_by_last(self) -> Mapping[str, Phrases]:
        """The adverbs of several words, by their last word, then by the one before."""
        return _filed_twice(_filed(self.adverb, -1, 2), -2)

    @cached_property
    def sources(self) -> Phrases:
        """The phrases that name whose words a sentence tells, by their first word."""
        return _filed(self.source | self.source_of, 0, 1)

    @cached_property
    def sources_by_last(self) -> Phrases:
        """The same by their last word."""
        return _filed(self.source | self.source_of, -1, 1)


def _filed(entries: frozenset[str], rank: int, shortest: int) -> Phrases:
    """Those entries that have at least `shortest` words, cut into words, by the word at `rank`."""
    filed: dict[str, tuple[tuple[str, ...], ...]] = {}
    for words in (tuple(cut(entry)) for entry in sorted(entries)):
        if len(words) >= shortest:
            filed[words[rank]] = (*filed.get(words[rank], ()), words)
    return filed


def _filed_twice(filed: Phrases, rank: int) -> Mapping[str, Phrases]:
    """Phrases that are filed by one word, by the word at `rank` as well."""
    again: dict[str, dict[str, tuple[tuple[str, ...], ...]]] = {}
    for word, phrases in filed.items():
        inner = again.setdefault(word, {})
        for words in phrases:
            inner[words[rank]] = (*inner.get(words[rank], ()), words)
    return again


CUES = lexicon.Lexicon(
    "cues.csv", ("list", "words", "note"), ("note",), {"list": tuple(one.name for one in fields(Cues))},
    several=("words",), key=("list",),
)  # fmt: skip
