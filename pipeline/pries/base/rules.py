"""Rules: small functions with names, tried one after the other; the first that answers decides.

The order of a list of rules is its grammar: a special case stands above the general one. The name of the rule that
spoke is kept, so that `explain` can say it. What several rules look for in the same sentence is looked for `once`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, wraps
from typing import Any, Protocol, TypeVar, TypeVarTuple


class Remembers(Protocol):
    """A sentence, which keeps what was found in it, by search and place."""

    found: dict[Any, Any]


T = TypeVar("T")
S = TypeVar("S", bound=Remembers)
Asked = TypeVarTuple("Asked")


@cache  # rules are few
def name_of(rule: Callable[..., object]) -> str:
    """The name of a rule as a person reads it: `_clause_subject` -> clause subject."""
    return rule.__name__.strip("_").replace("_", " ")


def first(rules: Iterable[Callable[[*Asked], T | None]], *asked: *Asked) -> tuple[T | None, str]:
    """What the first rule that answers says, with its name; None is no answer, but False and an empty list are."""
    for rule in rules:
        if (answer := rule(*asked)) is not None:
            return answer, name_of(rule)
    return None, "none"


def once(search: Callable[[S, int], T]) -> Callable[[S, int], T]:
    """A search from a place in a sentence that is made once, however many rules ask; nobody may change the sentence."""

    @wraps(search)
    def remembered(sentence: S, place: int) -> T:
        known, key = sentence.found, (search, place)
        if key not in known:
            known[key] = search(sentence, place)
        answer: T = known[key]
        return answer

    return remembered
