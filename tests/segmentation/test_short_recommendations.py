"""Recommendations without a full stop, one under the other: text below the title that announces them, no titles."""

from __future__ import annotations

import pytest
from pries.segmentation.segment import segment_text

BEFORE = "Bilan du port\n\nLe port va mieux depuis dix ans, comme le montrent les registres de la criée.\n\n"
ITEMS = ("Draguer le bassin", "Repeindre les grues", "Former les éclusiers")
AFTER = "\n\nMéthode\n\nLes registres ont été lus pendant trois étés.\n"


def kinds(text: str) -> list[tuple[str, str]]:
    """The kind and the text of what stands between the first paragraph and the last title."""
    found = segment_text(BEFORE + text + AFTER, "d").paragraphs
    rows = list(zip(found["kind"], found["text"], strict=True))
    return rows[2:-2]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("marks", [("", "", ""), ("1/ ", "2/ ", "3/ "), ("A- ", "B- ", "C- ")])
def test_short_lines_below_are_text(gap: str, marks: tuple[str, ...]) -> None:
    items = [f"{mark}{what}" for mark, what in zip(marks, ITEMS, strict=True)]
    found = kinds("Recommandations\n\n" + gap.join(items))
    assert found == [("heading", "Recommandations"), *(("paragraph", item) for item in items)]


def test_a_title_above_its_text_stays_one() -> None:
    text = "Recommandations\n\nDraguer le bassin\n\nLe bassin est envasé sur la moitié de sa longueur."
    assert [kind for kind, _ in kinds(text)] == ["heading", "heading", "paragraph"]


def test_a_dash_may_stand_directly_before_its_item() -> None:
    ((_, title), (kind, text)) = kinds("Recommandations\n\n-Draguer le bassin\n-Repeindre les grues")
    assert (title, kind, text) == ("Recommandations", "paragraph", "-Draguer le bassin -Repeindre les grues")
