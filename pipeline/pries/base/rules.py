"""Rules: small functions with names, tried one after the other; the first that answers decides.

The order of a list of rules is its grammar: a special case stands above the general one. The name of the rule that
spoke is kept, so that `explain` can say it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import TypeVar, TypeVarTuple

T = TypeVar("T")
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
