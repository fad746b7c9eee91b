"""Confidence: how likely it is that every field of a row is right, by a logistic regression on what is seen of it.

What makes a sentence hard is known before anybody reads it: its length, its asides, its verb, by which rule a role was
filled, what follows the name, actors that nobody took for one who asks or is to act, a pronoun, a parse that says
otherwise. The weights stand in confidence.csv, learnt from the paragraphs of tests/paragraphs by
tools/learn_confidence.py, which prints how far they can be trusted: not far. They order rows for review better than
chance, and their mean is near the share that is right.

    "Les États doivent agir."                                                           0.96
    "Le Maire, que la Région avait saisi, juge qu'il devrait, avec le Département, agir" 0.86
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pries.base import lexicon
from pries.grammar.morphology import Token
from pries.requests.cast import Cast, Filler, Known
from pries.requests.request import Refused, Request

WEIGHTS = lexicon.Lexicon("confidence.csv", ("feature", "weight"), key=("feature",))
OUTER = "bias"  # the weight of a row of which nothing is seen
MOST = 3.0  # of what is counted: more is no harder


def read_confidence(lexicons: Path) -> Mapping[str, float]:
    """confidence.csv. Raises InputError."""
    found = {}
    for row in lexicon.read(lexicons, WEIGHTS):
        try:
            found[row["feature"]] = float(row["weight"])
        except ValueError:
            raise row.wrong(f"weight '{row['weight']}' is no number", "write it like -0.25") from None
    return found


@dataclass(frozen=True)
class Surroundings:
    """A sentence as all its rows share it: its cast, its triggers, and what is counted once for all of them."""

    cast: Cast
    found: Sequence[Request | Refused]

    @property
    def ruled_out(self) -> float:
        return min(sum(isinstance(other, Refused) for other in self.found), MOST)

    @property
    def commas(self) -> float:
        return min(self.cast.sentence.lows.count(",") / 4, MOST)

    @cached_property
    def named(self) -> list[tuple[str, Known]]:
        """The mentions in their order, each with its text."""
        sentence, mentions = self.cast.sentence, dict.fromkeys(self.cast.at.values())
        return [(sentence.words(known.start, known.end), known) for known in mentions]

    @cached_property
    def ranks(self) -> dict[str, set[int]]:
        """The ranks of the words of each mention, by its text."""
        found: dict[str, set[int]] = {}
        for text, known in self.named:
            found.setdefault(text, set()).update(range(known.start, known.end))
        return found

    @cached_property
    def rivals(self) -> list[Known]:
        """The actors that no row of the sentence names, in their order."""
        taken = {
            f.text for other in self.found if isinstance(other, Request) for f in (*other.issuer, *other.addressee)
        }
        return sorted([known for text, known in self.named if text not in taken], key=lambda known: known.start)

    @cached_property
    def first_subject(self) -> float:
        """The rank where the first of them ends that the parse has for a subject."""
        return min([known.end for known in self.rivals if _is_subject(self.cast, known)], default=math.inf)

    def has_rival(self, start: int, end: int) -> bool:
        """Whether one of them begins between two ranks, both in."""
        at = bisect_left(self.rivals, start, key=lambda known: known.start)
        return at < len(self.rivals) and self.rivals[at].start <= end

    @cached_property
    def joined(self) -> list[Token]:
        """The tokens that the parse coordinates to others."""
        return [token for token in self.cast.sentence.tokens if token.relation == "conj" and token.head != token.i]


def confidence(around: Surroundings, request: Request, weights: Mapping[str, float]) -> float:
    """The probability that every field is right, with two digits."""
    odds = weights.get(OUTER, 0.0)
    odds += sum(value * weights.get(name, 0.0) for name, value in features(around, request))
    return round(1 / (1 + math.exp(-odds)), 2)


def features(around: Surroundings, request: Request) -> Iterator[tuple[str, float]]:
    """What is seen of a row, by name: 0 or 1, or a count up to three."""
    trigger = request.trigger
    yield "log of words", math.log(len(around.cast.sentence))
    yield "commas", around.commas
    yield "triggers ruled out", around.ruled_out
    yield f"construction {trigger.construction}", 1.0
    yield f"tense {trigger.group.tense}", 1.0
    yield f"frame {trigger.frame.lemma}", 1.0
    yield from _of_roles(request)
    yield from _of_names(around, request)
    yield from _of_parse(around, request)
    if around.first_subject <= trigger.token:
        yield "actor before it as a subject", 1.0
    if around.has_rival(trigger.token, request.complement.heads[0]):
        yield "actor between it and the action", 1.0


def _of_roles(request: Request) -> Iterator[tuple[str, float]]:
    for role, fillers in (("issuer", request.issuer), ("addressee", request.addressee)):
        yield (f"{role} by {request.origin.get(role)}" if fillers else f"no {role}"), 1.0
        if role in request.unrecognised:
            yield f"noun that is no {role}", 1.0
        if any(filler.name not in filler.text for filler in fillers):
            yield f"pronoun as {role}", 1.0
        if len(fillers) > 1:
            yield f"several {role}s", 1.0


def _of_names(around: Surroundings, request: Request) -> Iterator[tuple[str, float]]:
    """Of what type those named are, and what stands behind their names: some names are cut there."""
    for role, fillers in (("issuer", request.issuer), ("addressee", request.addressee)):
        yield from ((f"{role} type {kind}", 1.0) for kind in dict.fromkeys(filler.kind for filler in fillers))
        ends = (max(ranks) + 1 for filler in fillers if (ranks := around.ranks.get(filler.text)))
        tags = (around.cast.sentence[end].tag for end in ends if end < len(around.cast.sentence))
        yield from ((f"{role} before {tag}", 1.0) for tag in dict.fromkeys(tags))


def _of_parse(around: Surroundings, request: Request) -> Iterator[tuple[str, float]]:
    """Where the arcs of the parse agree with the roles, and where they do not."""
    issuers, addressees = (_ranks(around, fillers) for fillers in (request.issuer, request.addressee))
    named, heads = issuers | addressees, set(request.complement.heads)
    at = request.trigger.token
    children = [token for token in around.cast.sentence.tokens if token.head == at != token.i]
    subjects = [token.i for token in children if token.relation.startswith("nsubj")]
    if subjects and named.isdisjoint(subjects):
        yield "subject in the parse has no role", 1.0
    if any(token.relation in OBJECTS and token.i in addressees for token in children):
        yield "object in the parse is the addressee", 1.0
    if any(token.noun and token.head in named and token.i not in named for token in around.joined):
        yield "noun joined to a name in the parse", 1.0
    if any(token.infinitive and token.head in heads and token.i not in heads for token in around.joined):
        yield "infinitive joined to an action in the parse", 1.0


OBJECTS = ("obj", "iobj", "obl:arg")  # relations of the parse


def _ranks(around: Surroundings, fillers: Sequence[Filler]) -> set[int]:
    """The ranks of the words that name them."""
    return set().union(*[around.ranks.get(filler.text, ()) for filler in fillers])


def _is_subject(cast: Cast, known: Known) -> bool:
    return any(cast.sentence[j].relation.startswith("nsubj") for j in range(known.start, known.end))
