"""Theme scoring: F1 by hand, the two halves, intervals."""

from __future__ import annotations

from pries.inspection import theme_scoring as scoring

ROWS = [
    {"paragraph": "1", "reader1": "labour", "reader2": "labour; data"},
    {"paragraph": "2", "reader1": "", "reader2": ""},
    {"paragraph": "annex:p1", "reader1": "data", "reader2": "data"},
]


def test_f1_by_hand() -> None:
    gold = scoring.codes_of(ROWS, "reader2")
    found = {"1": frozenset({"labour", "crises"}), "2": frozenset({"data"})}
    assert scoring.f1(gold, found, ["1", "2"], ["labour", "data", "crises"]) == (2 / 5, 1, 2, 1)
    assert scoring.f1(gold, found, ["2"], ["labour"]) == (1.0, 0, 0, 0)


def test_macro_f1_is_the_mean_of_the_themes() -> None:
    gold = scoring.codes_of(ROWS, "reader2")
    found = {"1": frozenset({"labour", "crises"}), "2": frozenset({"data"}), "annex:p1": frozenset({"data"})}
    themes, paragraphs = ["labour", "data", "crises"], [row["paragraph"] for row in ROWS]
    made, low, high = scoring.macro_f1(gold, found, paragraphs, themes)
    assert made == sum(scoring.f1(gold, found, paragraphs, [theme])[0] for theme in themes) / 3
    assert low < made < high
    assert scoring.macro_f1(gold, found, paragraphs, []) == (0.0, 0.0, 1.0)


def test_halves_and_report() -> None:
    assert scoring.halves(["1", "2", "annex:p1", "10"]) == {"odd": ["1"], "even": ["2", "10"]}
    told = scoring.report(ROWS, {"1": frozenset({"labour"})})
    assert "odd paragraphs (1): the readers with each other, micro F1 0.667" in told
    assert "program with reader1: micro F1 1.000, 0.025 to 1.000 (1 right, 0 too many, 0 missed)" in told
