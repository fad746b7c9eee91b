"""Mention scoring: gold heads found in mentions, paired in reading order."""

from __future__ import annotations

import itertools

import pytest
from pries.inspection.mention_scoring import MentionScores, fits, pair, score


def gold(head: str, actor: str = "", kind: str = "state", paragraph: str = "1") -> dict[str, str]:
    return {"paragraph": paragraph, "mention": head, "head": head, "actor": actor or head, "type": kind}


def found(text: str, actor: str = "", kind: str = "state", paragraph: str = "1") -> dict[str, str]:
    return {"paragraph": paragraph, "text": text, "actor": actor or text, "type": kind}


@pytest.mark.parametrize(
    ("head", "text", "expected"),
    [
        ("gouvernements", "tous les gouvernements", True),
        ("États", "l’ensemble des États Membres", True),
        ("ONU", "l’ONU", True),
        ("États", "les gouvernements", False),
        ("état", "étatique", False),
    ],
)
def test_a_head_is_a_whole_word_of_the_mention(head: str, text: str, expected: bool) -> None:
    assert fits(gold(head), found(text)) is expected


def test_scores_of_a_worked_example() -> None:
    rows = [
        gold("États"),
        gold("OIT", "Organisation internationale du Travail", "un"),
        gold("syndicats", kind="labour"),
    ]
    table = [
        found("les États", "États"),
        found("l’OIT", "OIT", "un"),
        found("la ville"),
        found("ailleurs", paragraph="9"),
    ]
    assert score(rows, table) == MentionScores(gold=3, found=3, paired=2, same_type=2, same_name=1)
    assert score(rows, table).f1 == pytest.approx(2 * 2 / 6)


def test_pairs_are_as_many_as_brute_force_finds() -> None:
    heads, texts = ["a", "b", "a", "c"], ["c", "a", "b", "c", "a"]
    rows, table = [gold(h) for h in heads], [found(t) for t in texts]
    best = 0
    for n in range(1, 5):
        for left in itertools.combinations(range(4), n):
            for right in itertools.combinations(range(5), n):
                if all(heads[i] == texts[j] for i, j in zip(left, right, strict=True)):
                    best = max(best, n)
    assert len(pair(rows, table)) == best


def test_nothing_found_is_no_division_by_zero() -> None:
    lines = str(score([gold("États")], [])).splitlines()
    assert lines[1].split() == ["F1", "0.000", "0.000", "to", "0.999", "0", "of", "0.5"]
    assert lines[2].split() == ["precision", "0.000", "0.000", "to", "1.000", "0", "of", "0"]
