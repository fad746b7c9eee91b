"""Scores against a gold table: the definitions, a worked example, brute-force oracles."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from conftest import ROOT
from pries.inspection import evaluate, scoring

GOLD_COLUMNS = ("paragraph", "trigger", "modality", "issuer", "addressee", "actions", "polarity", "status")
REFERENCE = ROOT / "tests" / "gold" / "A_68_370.obligations.tsv"


def rows(text: str) -> list[dict[str, str]]:
    """Rows written with | between the cells, in the order of GOLD_COLUMNS."""
    lines = [line.split("|") for line in text.strip().splitlines()]
    return [dict(zip(GOLD_COLUMNS, map(str.strip, cells), strict=False)) for cells in lines]


# One paragraph for each thing that can go wrong: a row too many and incomplete fields (1), a wrong head and a
# prediction that could pair with an optional row (2), modality (3), a row missed before a like one (4), an
# optional row (5), a paragraph without gold (6).
GOLD = rows(
    """
1 | priés | request | | gouvernements | ratifier; appliquer | positive | core
1 | devraient | should | participants | États Membres; employeurs | veiller | positive | core
2 | recommandé | recommend | représentants de la société civile | | création | positive | core
2 | nécessité | necessity | participants | | agir | positive | optional
2 | nécessité | necessity | participants | | protéger | positive | core
3 | exhorté | urge | Comité | État partie | associer | positive | core
4 | devaient | duty | | | considérés | negative | core
4 | devaient | duty | | employeurs | payer | positive | core
5 | appel | request | intervenants | communauté internationale | soutenir | positive | optional
"""
)
PREDICTED = rows(
    """
1 | été priés | request | participants | les gouvernements | ratifier | positive
1 | devraient | should | Les participants | employeurs; État Membre | veiller | positive
1 | proposé | propose | | | étudier | positive
2 | recommandé | recommend | représentant de la société civile | gouvernements | créer | positive
2 | nécessité | necessity | participants | | protéger | positive
3 | exhorté | request | l’ensemble des comités | États parties | s’associer | positive
4 | devaient | duty | | employeurs | payer | positive
5 | appel | request | | | soutenir | positive
6 | invite | encourage | | migrants | partir | positive
"""
)
# Worked out by hand: six rows found, two too many, one missed.
WORKED = {
    "precision": Fraction(6, 8),
    "recall": Fraction(6, 7),
    "f1": Fraction(12, 15),
    "modality": Fraction(5, 6),
    "polarity": Fraction(6, 6),
    "issuer": Fraction(5, 6),
    "issuer_f1": Fraction(2 * 4, 4 + 5),
    "addressee": Fraction(5, 6),
    "addressee_f1": Fraction(2 * 4, 4 + 5),
    "action_f1": Fraction(2 * 5, 7 + 6),
    "row_f1": Fraction(2 * 3, 15),
}


def table(gold: list[dict[str, str]], predicted: list[dict[str, str]]) -> np.ndarray:
    return evaluate.counts(evaluate.align(gold, predicted))


def test_worked_example() -> None:
    sums = table(GOLD, PREDICTED).sum(axis=0)
    counted = dict(zip(scoring.COUNTS, sums.tolist(), strict=True))
    assert {name: counted[name] for name in ("gold", "predicted", "tp", "fp", "fn")} == {
        "gold": 7,
        "predicted": 9,
        "tp": 6,
        "fp": 2,
        "fn": 1,
    }
    found = dict(zip(scoring.MEASURES, scoring.measures(sums).tolist(), strict=True))
    assert found == pytest.approx({name: float(value) for name, value in WORKED.items()}, abs=1e-12)


def test_nothing_predicted_and_nothing_expected() -> None:
    assert not scoring.measures(table(GOLD, []).sum(axis=0)).any()
    assert not scoring.measures(table([], []).sum(axis=0)).any()
    assert table([], PREDICTED).sum(axis=0)[scoring.COUNTS.index("fp")] == 9


def test_the_gold_table_agrees_with_itself() -> None:
    gold = evaluate.read_gold(REFERENCE)
    sums = table(gold, gold).sum(axis=0)
    assert sums[:5].tolist() == [90, 107, 90, 0, 0]
    assert scoring.measures(sums).tolist() == [1.0] * len(scoring.MEASURES)


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("Les États Membres", "état membre"),
        ("plusieurs  intervenants", "intervenant"),
        ("l’ensemble des parties prenantes", "partie prenante"),
        ("Lesotho", "lesotho"),
        ("les", "les"),  # nothing would be left
        ("l'OIT", "oit"),
    ],
)
def test_actors_are_compared_without_determiner_and_plural(written: str, normal: str) -> None:
    assert scoring.normal_actor(written) == normal


def test_actors_are_a_set_and_heads_are_a_list() -> None:
    assert scoring.actors("employeurs; Les États;") == {"employeur", "état"}
    assert scoring.heads("s’associer; se réunir; Mettre") == ["associer", "réunir", "mettre"]
    assert scoring.common_heads("mettre; mettre; agir", "mettre; agir; agir") == 2


def test_words_such_as_ont_and_instamment_match_nothing() -> None:
    gold, predicted = rows("1 | ont instamment prié"), rows("1 | ont été instamment invités")
    assert not evaluate.align([row | {"actions": ""} for row in gold], [row | {"actions": ""} for row in predicted])[
        "1"
    ].pairs


def weigh(gold: dict[str, str], predicted: dict[str, str]) -> float:
    if gold["trigger"] != predicted["trigger"]:
        return 0
    return 1.5 if gold["actions"] == predicted["actions"] else 1


def brute_force(gold: list[dict[str, str]], predicted: list[dict[str, str]]) -> float:
    """The weight of the heaviest pairing in order, by trying every one."""
    best = 0.0
    for size in range(min(len(gold), len(predicted)) + 1):
        for left in combinations(gold, size):
            for right in combinations(predicted, size):
                weights = [weigh(g, p) for g, p in zip(left, right, strict=True)]
                if all(weights):
                    best = max(best, sum(weights))
    return best


@pytest.mark.parametrize("seed", range(40))
def test_alignment_is_the_heaviest_in_order(seed: int) -> None:
    draw = random.Random(seed)

    def some() -> list[dict[str, str]]:
        n = draw.randint(0, 5)
        return [
            {"trigger": draw.choice(("priés", "devrait")), "actions": draw.choice(("agir", "aider"))} for _ in range(n)
        ]

    gold, predicted = some(), some()
    found = scoring.align(gold, predicted)
    assert sum(weigh(g, p) for g, p in found.pairs) == brute_force(gold, predicted)
    assert len(found.pairs) + len(found.missed) == len(gold)
    assert len(found.pairs) + len(found.spurious) == len(predicted)
    places = [
        (next(i for i, row in enumerate(gold) if row is g), next(j for j, row in enumerate(predicted) if row is p))
        for g, p in found.pairs
    ]
    assert places == sorted(places)
    assert len({j for _, j in places}) == len(places)


def test_bootstrap_equals_resampling_paragraph_by_paragraph() -> None:
    counts = table(GOLD, PREDICTED)
    n = len(counts)
    drawn = np.random.default_rng(7).multinomial(n, np.full(n, 1 / n), size=50)
    scores = []
    for times in drawn:
        sample = [counts[i] for i, k in enumerate(times) for _ in range(k)]
        scores.append(scoring.measures(np.sum(sample, axis=0)))
    expected = np.quantile(np.array(scores), (0.025, 0.975), axis=0)
    assert np.allclose(scoring.bootstrap(counts, seed=7, resamples=50), expected, atol=1e-12)


def test_bootstrap_is_fixed_by_its_seed() -> None:
    counts = table(GOLD, PREDICTED)
    assert (scoring.bootstrap(counts) == scoring.bootstrap(counts)).all()
    assert (scoring.bootstrap(counts, 1) != scoring.bootstrap(counts, 2)).any()
    low, high = scoring.intervals(counts)
    score = scoring.measures(counts.sum(axis=0))
    assert (low <= score).all()
    assert (score <= high).all()
    assert scoring.intervals(table([], [])).tolist() == [[0.0] * 11, [1.0] * 11]


def test_a_perfect_score_is_no_certainty() -> None:
    gold = evaluate.read_gold(REFERENCE)
    made = dict(zip(scoring.MEASURES, scoring.intervals(table(gold, gold)).T.round(3).tolist(), strict=True))
    for name in ("precision", "recall", "f1", "modality", "row_f1"):
        assert made[name] == [0.96, 1.0]


def test_intervals_of_clustered_errors_hold_what_is_true() -> None:
    """Forty paragraphs of one to four rows, right or wrong together: 95 % of the intervals hold what is true."""
    draw, held = np.random.default_rng(0), 0
    for _ in range(300):
        counts = np.zeros((40, len(scoring.COUNTS)), dtype=int)
        rows, missed = draw.integers(1, 5, 40), draw.random(40) < 0.1
        counts[:, scoring.COUNTS.index("tp")] = np.where(missed, 0, rows)
        counts[:, scoring.COUNTS.index("fn")] = np.where(missed, rows, 0)
        low, high = scoring.intervals(counts)[:, scoring.MEASURES.index("recall")]
        held += low <= 0.9 <= high
    assert held >= 0.95 * 300
