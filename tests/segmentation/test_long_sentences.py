"""Long sentences: cut behind the best mark, nothing lost, and told once a document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pries.base.places import LEXICONS, SETTINGS
from pries.segmentation.document import Rules, segment_rows
from pries.segmentation.long_sentences import shortened
from pries.segmentation.sentences import Span


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ils agiront ; elles paieront, puis ils partiront",
            ["Ils agiront ;", "elles paieront,", "puis ils partiront"],
        ),
        ("Ils agiront demain à Genève et à Rome", ["Ils agiront demain", "à Genève et à Rome"]),
        ("((((((((((((((((((((((((", ["((((((((((((((((((((", "(((("]),
        ("Ils agiront.", ["Ils agiront."]),
    ],
)
def test_the_best_place_is_behind_a_semicolon_then_a_comma_then_a_word(text: str, expected: list[str]) -> None:
    found = shortened(text, [Span(0, len(text), "a")], 20)
    assert [(text[start:end], item) for start, end, item in found] == [(piece, "a") for piece in expected]


@given(st.text("ab ,;", min_size=1, max_size=300), st.integers(5, 40))
def test_no_sign_is_lost_and_no_piece_is_longer(text: str, longest: int) -> None:
    whole = text.strip()
    pieces = list(shortened(whole, [Span(0, len(whole), "")], longest))
    assert "".join(whole[start:end] for start, end, _ in pieces).replace(" ", "") == whole.replace(" ", "")
    assert all(0 < end - start <= longest for start, end, _ in pieces)


def test_a_document_tells_of_it_once() -> None:
    text = "\n\n".join(f"{n}. {'Les États ont été priés d’agir, ' * 400}fin." for n in (1, 2, 3))
    rows = segment_rows(text, "d1", Rules.read(LEXICONS, SETTINGS))
    ((line, problem, remedy),) = rows["odd"]
    assert line == 1
    assert problem == "a sentence of more than 5,000 characters (and of 2 more paragraphs), cut into pieces"
    assert "sentence_characters" in remedy
    assert max(len(row[-1]) for row in rows["sentences"]) <= 5000
