"""Rowwise: tables row by row, beside what pandas gives."""

from __future__ import annotations

import random

import pandas as pd
import pytest
from pries.store import rowwise

ROWS = ("A s1 Les", "A s1 États", "A s2 ont", "B s2 agi", "B s2 .", "A s1 Il")
TOKENS = pd.DataFrame([row.split() for row in ROWS], columns=["doc_id", "sentence_id", "form"])


def test_rows_are_those_of_itertuples() -> None:
    assert list(rowwise.tuples(TOKENS, "form", "doc_id")) == list(TOKENS[["form", "doc_id"]].itertuples(index=False))
    assert list(rowwise.records(TOKENS)) == TOKENS.to_dict("records")


def test_a_sentence_begins_where_the_document_or_the_sentence_changes() -> None:
    assert rowwise.begins(TOKENS, "doc_id", "sentence_id").tolist() == [0, 2, 3, 5]
    assert rowwise.begins(TOKENS.iloc[:0], "doc_id").tolist() == []


def test_a_run_has_what_its_rows_hold_and_their_places() -> None:
    found = [(*key, list(here)) for key, here in rowwise.runs(TOKENS, "doc_id", "sentence_id")]
    assert found == [("A", "s1", [0, 1]), ("A", "s2", [2]), ("B", "s2", [3, 4]), ("A", "s1", [5])]
    assert list(rowwise.runs(TOKENS.iloc[:0], "doc_id")) == []


@pytest.mark.parametrize("seed", range(20))
def test_what_is_looked_up_once_is_what_each_row_would_find(seed: int) -> None:
    chance = random.Random(seed)
    keys = [(chance.choice("ab"), chance.choice("xy")) for _ in range(chance.randrange(12))]
    frame = pd.DataFrame(keys, columns=["one", "two"], dtype="str")
    values = {(one, two): f"{one}{two}" for one in "ab" for two in "xy"}
    assert rowwise.looked_up(values, frame, "one", "two") == [values[key] for key in keys]


def test_what_is_not_there_is_not_made_up() -> None:
    with pytest.raises(KeyError):
        rowwise.looked_up({("A", "s1"): 1}, TOKENS, "doc_id", "sentence_id")


def test_a_test_holds_of_the_rows_that_have_the_value() -> None:
    assert rowwise.each(str.isalpha, TOKENS["form"]).tolist() == [True, True, True, True, False, True]
    assert rowwise.each(str.isalpha, TOKENS["form"].iloc[:0]).tolist() == []


def test_a_missing_value_is_no_other_value() -> None:
    some = TOKENS.assign(form=[None, "États", None, "agi", ".", "Il"])
    assert rowwise.begins(some, "form").tolist() == [0, 1, 2, 3, 4, 5]
    with pytest.raises(TypeError):
        rowwise.each(str.isalpha, some["form"])
