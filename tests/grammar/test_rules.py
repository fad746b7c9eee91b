"""Rules: each has a name, a docstring and a French example, and the one that speaks can be told."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from itertools import chain

import pries
import pytest
from pries.actors.anaphora import resolve
from pries.actors.pronouns import Pronoun
from pries.actors.salience import Candidate, read_weights
from pries.base.places import LEXICONS
from pries.base.rules import first, name_of


def lists() -> Iterator[tuple[str, tuple[Callable[..., object], ...]]]:
    """Every list of rules: a constant of grammar, actors or requests that holds functions of its own module."""
    for package in ("grammar", "actors", "requests"):
        for found in pkgutil.iter_modules([f"{pries.__path__[0]}/{package}"], f"pries.{package}."):
            module = importlib.import_module(found.name)
            for name, value in vars(module).items():
                rules = tuple(chain(*value.values())) if isinstance(value, dict) and name == "PRONOUNS" else value
                if (
                    isinstance(rules, tuple)
                    and rules
                    and all(getattr(r, "__module__", "") == found.name for r in rules)
                ):
                    yield f"{found.name}.{name}", rules


@pytest.mark.parametrize(("name", "rules"), [pytest.param(*one, id=one[0]) for one in lists()])
def test_a_rule_says_with_an_example_what_it_is(name: str, rules: tuple[Callable[..., object], ...]) -> None:
    assert [rule.__name__ for rule in rules if not set('«"').intersection(rule.__doc__ or "")] == []


def test_the_first_rule_that_answers_decides_and_no_is_an_answer() -> None:
    def _silent(n: int) -> bool | None:
        return None

    def _too_small(n: int) -> bool | None:
        return False if n < 2 else None

    assert first((_silent, _too_small), 1) == (False, "too small")
    assert first((_silent, _too_small), 3) == (None, "none")
    assert name_of(_too_small) == "too small"


@pytest.mark.parametrize(
    ("pronoun", "antecedent", "rule"),
    [
        (Pronoun(0, 1, plural=True, feminine=False), "participants", "most salient"),  # Ils ont …
        (Pronoun(9, 10, plural=True, feminine=None, is_object=True), "states", "most salient"),  # … les ont priés
        (Pronoun(0, 1, plural=True, feminine=None, is_object=True, fronted=True), "states", "announced in front"),
        (Pronoun(9, 10, plural=False, feminine=True), None, "none"),  # elle
    ],
)
def test_the_rule_that_resolves_a_pronoun_can_be_told(pronoun: Pronoun, antecedent: str | None, rule: str) -> None:
    mentions = [
        Candidate("participants", 0, 1, plural=True, feminine=False, subject=True, end=2, name="participants"),
        Candidate("members", 0, 5, plural=True, feminine=False, subject=False, end=6, name="members"),
        Candidate("states", 1, 4, plural=True, feminine=False, subject=pronoun.fronted, end=5, name="states"),
    ]
    found, spoke = resolve(pronoun, 1, mentions, read_weights(LEXICONS))
    assert (found and found.mention_id, spoke) == (antecedent, rule)
