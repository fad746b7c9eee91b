"""Confidence: how likely it is that every field of a row is right, by a logistic regression on what is seen of it.

What makes a sentence hard is known before anybody reads it: its length, its asides, actors that nobody took for one
who asks or is to act, a pronoun, a parse that says otherwise. The weights stand in confidence.csv, learnt from the
paragraphs of tests/paragraphs by tools/learn_confidence.py, which prints how far they can be trusted: little. They
order rows for review better than chance, and their mean is near the share of rows that are right.

    "Les États doivent agir."                                                           0.91
    "Le Maire, que la Région avait saisi, juge qu'il devrait, avec le Département, agir" 0.58
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pries.base import lexicon
from pries.requests.cast import Cast, Filler, Known
from pries.requests.engine import Refused, Request

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


def confidence(cast: Cast, request: Request, found: Sequence[Request | Refused], weights: Mapping[str, float]) -> float:
    """The probability that every field is right, with two digits; `found`: all triggers of the sentence."""
    odds = weights.get(OUTER, 0.0)
    odds += sum(value * weights.get(name, 0.0) for name, value in features(cast, request, found))
    return round(1 / (1 + math.exp(-odds)), 2)


def features(cast: Cast, request: Request, found: Sequence[Request | Refused]) -> Iterator[tuple[str, float]]:
    """What is seen of a row, by name: 0 or 1, or a count up to three."""
    sentence, trigger = cast.sentence, request.trigger
    yield "log of words", math.log(len(sentence))
    yield "commas", min(sentence.lows.count(",") / 4, MOST)
    yield "triggers ruled out", min(sum(isinstance(other, Refused) for other in found), MOST)
    yield f"construction {trigger.construction}", 1.0
    yield f"tense {trigger.group.tense}", 1.0
    yield from _of_roles(cast, request)
    yield from _of_parse(cast, request)
    taken = {filler.text for other in found if isinstance(other, Request) for filler in _fillers(other)}
    rivals = {known for known in cast.at.values() if sentence.words(known.start, known.end) not in taken}
    before = [known for known in rivals if known.end <= trigger.token]
    if any(_is_subject(cast, known) for known in before):
        yield "actor before it as a subject", 1.0
    if any(trigger.token <= known.start <= request.complement.heads[0] for known in rivals):
        yield "actor between it and the action", 1.0


def _of_roles(cast: Cast, request: Request) -> Iterator[tuple[str, float]]:
    for role, fillers in (("issuer", request.issuer), ("addressee", request.addressee)):
        if not fillers:
            yield f"no {role}", 1.0
        if role in request.unrecognised:
            yield f"noun that is no {role}", 1.0
        if any(filler.name not in filler.text for filler in fillers):
            yield f"pronoun as {role}", 1.0
        if len(fillers) > 1:
            yield f"several {role}s", 1.0


def _of_parse(cast: Cast, request: Request) -> Iterator[tuple[str, float]]:
    """Where the arcs of the parse agree with the roles, and where they do not."""
    sentence, trigger = cast.sentence, request.trigger.token
    issuers, addressees = (_ranks(cast, fillers) for fillers in (request.issuer, request.addressee))
    heads = set(request.complement.heads)
    children = [token for token in sentence.tokens if token.head == trigger and token.i != trigger]
    subjects = {token.i for token in children if token.relation.startswith("nsubj")}
    objects = {token.i for token in children if token.relation in ("obj", "iobj", "obl:arg")}
    if subjects and not subjects & (issuers | addressees):
        yield "subject in the parse has no role", 1.0
    if objects & addressees:
        yield "object in the parse is the addressee", 1.0
    named = issuers | addressees
    outside = [t for t in sentence.tokens if t.relation == "conj" and t.head in named and t.i not in named and t.noun]
    if outside:
        yield "noun joined to a name in the parse", 1.0
    if any(t.relation == "conj" and t.head in heads and t.infinitive and t.i not in heads for t in sentence.tokens):
        yield "infinitive joined to an action in the parse", 1.0


def _fillers(request: Request) -> Iterator[Filler]:
    yield from request.issuer
    yield from request.addressee


def _ranks(cast: Cast, fillers: Sequence[Filler]) -> set[int]:
    """The ranks of the words that name them."""
    texts = {filler.text for filler in fillers}
    return {rank for rank, known in cast.at.items() if cast.sentence.words(known.start, known.end) in texts}


def _is_subject(cast: Cast, known: Known) -> bool:
    return any(cast.sentence[j].relation.startswith("nsubj") for j in range(known.start, known.end))
