"""Words: French stands in the lexicons and in grammar/words.py, not in the rules that turn on it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pries
import pytest
from pries.base.places import LEXICONS
from pries.grammar import conjugation, words
from pries.grammar.cues import Cues
from pries.requests import frames
from pries.schema import schema

PACKAGE = Path(pries.__file__).parent
WORD = re.compile(r"-?[a-zàâäçéèêëîïôöùûüÿœ]+(?:-[a-zàâçéèêîôûœ]+)*'?")
# What our tables and frames call things; "de", "à", "que" and "pour" are French all the same.
COLUMNS = [column for table in schema.TABLES.values() for column in table.columns]
NAMES = {name for column in COLUMNS for name in (column.name, *column.values)}
NAMES |= {*conjugation.FORM_TENSES, *frames.POS, *frames.SLOTS, *frames.ADDRESSEES, *frames.TRAITS}
NAMES |= {"document", "question"}
NAMES -= {"de", "à", "que", "pour"}
# Calls whose arguments are beginnings and endings, which no lexicon lists.
AFFIXES = ("endswith", "startswith", "lstrip", "rstrip", "strip", "removeprefix", "removesuffix")
# A rule may name the one word that it is about ("été", "entre" in « d'entre eux »), and so a module of rules has a few.
# More are allowed only where the slots of a frame are meant, which are called after the preposition that opens them.
ALLOWED = 10
MORE = {"requests/addressees.py": 11, "requests/gapping.py": 25, "requests/complements.py": 27}
# Lists of endings that are words too ("aient", "elle"), and of the slots of frames.
ENDINGS = ("grammar/conjugation.py", "grammar/morphology.py", "grammar/repair.py", "requests/speech.py")
LISTS = (*ENDINGS, "requests/frames.py")


def literals(tree: ast.AST) -> Iterator[str]:
    """The words that stand alone or in a list as literals, but for docstrings, patterns, and beginnings and endings."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        if isinstance(node, ast.JoinedStr):
            continue
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in AFFIXES:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        yield from literals(node)


def listed(tree: ast.AST) -> Iterator[list[str]]:
    """The words of each list: a tuple, a list, a set, or a text that is split."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            yield [e.value for e in node.elts if isinstance(e, ast.Constant) and isinstance(e.value, str)]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "split":
            text = node.func.value
            yield text.value.split() if isinstance(text, ast.Constant) and isinstance(text.value, str) else []


@pytest.fixture(scope="module")
def french() -> set[str]:
    """The words of the lexicon, of grammar/words.py and of the report, but for those by which our code calls things."""
    cues = Cues.read(LEXICONS)
    texts = [entry for field in fields(cues) for entry in getattr(cues, field.name)]
    texts += literals(ast.parse(Path(words.__file__).read_text(encoding="utf-8")))
    texts.append((PACKAGE.parents[1] / "corpus/A_68_370.txt").read_text(encoding="utf-8").replace("’", "'"))
    return {word for text in texts for word in re.findall(rf"(?<!\w){WORD.pattern}", text)} - NAMES


def modules(*packages: str) -> Iterator[tuple[str, ast.Module]]:
    for package in packages:
        for path in sorted((PACKAGE / package).rglob("*.py")):
            if path != Path(words.__file__):
                yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def test_the_rules_name_few_french_words(french: set[str]) -> None:
    found = {}
    for module, tree in modules("grammar", "actors", "requests"):
        mine = [text for text in literals(tree) if WORD.fullmatch(text) and text in french]
        if len(mine) > MORE.get(module, ALLOWED):
            found[module] = mine
    assert not found


def test_no_list_of_french_words_stands_beside_the_lexicons(french: set[str]) -> None:
    found = {}
    for module, tree in modules("grammar", "actors", "requests"):
        if module in LISTS:
            continue
        lists = [[word for word in one if word in french and len(word) > 1] for one in listed(tree)]
        if mine := [one for one in lists if len(one) > 1]:
            found[module] = mine
    assert not found


def test_no_set_of_words_stands_twice() -> None:
    sets = {name: value for name, value in vars(words).items() if isinstance(value, frozenset)}
    twice = {
        name: [n for n, other in sets.items() if other == value and other is not value] for name, value in sets.items()
    }
    assert {name: same for name, same in twice.items() if same} == {}  # another name for the same set is none
