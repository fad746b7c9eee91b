"""Searches in a sentence that several rules ask for: each is made once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pries.base.rules import once


@dataclass
class Words:
    """A sentence of a few words."""

    words: list[str]
    found: dict[Any, Any] = field(default_factory=dict)


def test_a_search_is_made_once_for_each_place_of_each_sentence() -> None:
    asked = []

    @once
    def verb_after(sentence: Words, place: int) -> int | None:
        asked.append((sentence.words[0], place))
        return next((i for i, word in enumerate(sentence.words) if i > place and word.endswith("ent")), None)

    @once
    def first_letter(sentence: Words, place: int) -> str:
        return sentence.words[place][0]

    maires, juges = Words(["Les", "maires", "paient"]), Words(["Des", "juges"])
    assert [verb_after(maires, 0), verb_after(maires, 0), verb_after(maires, 2)] == [2, 2, None]
    assert [verb_after(juges, 0), verb_after(juges, 0)] == [None, None]  # nothing found is an answer, too
    assert asked == [("Les", 0), ("Les", 2), ("Des", 0)]
    assert first_letter(maires, 0) == "L"  # another search in the same place has an answer of its own
