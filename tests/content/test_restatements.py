"""Restatements: the reference report against the pairs that readers found, small documents by hand, families."""

from __future__ import annotations

import csv

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from corpora import asking
from pries.content import restatements
from pries.content.families import families
from pries.content.restatements import Settings, link
from pries.schema import schema
from pries.store import files

GOLD = ROOT / "tests" / "gold" / "A_68_370.restatements.tsv"
TABLES = ROOT / "outputs" / "tables"


def places(obligations: pd.DataFrame) -> dict[str, str]:
    """What the gold table calls an obligation: paragraph, trigger, first action; by obligation_id."""
    names = obligations["paragraph"] + " " + obligations["trigger"] + " " + obligations["actions"]
    return dict(zip(obligations["obligation_id"], names, strict=True))


def test_the_reference_report_against_the_readers() -> None:
    """Precision at least .9, recall at least .7; « unsure » pairs count neither way."""
    obligations = files.read_csv(TABLES / "obligations.csv", "obligations")
    named = places(obligations)
    with GOLD.open(encoding="utf-8", newline="") as file:
        gold = list(csv.DictReader(file, delimiter="\t"))
    assert {row[side] for row in gold for side in ("one", "other")} <= set(named.values())
    sure = {frozenset((row["one"], row["other"])) for row in gold if row["status"] == "sure"}
    unsure = {frozenset((row["one"], row["other"])) for row in gold if row["status"] == "unsure"}
    linked = obligations[obligations["restates"] != ""]
    found = {
        named[i]: frozenset((named[i], named[j]))
        for i, j in zip(linked["obligation_id"], linked["restates"], strict=True)
    }
    counted = {name: pair for name, pair in found.items() if pair not in unsure}
    right = {name for name, pair in counted.items() if pair in sure}
    assert len(right) / len(counted) >= 0.9
    summary = set(obligations["obligation_id"][obligations["section"] == "II"].map(named))
    order = {name: n for n, name in enumerate(named.values())}
    repeating = set()
    for pair in sure:
        first, second = sorted(pair, key=order.__getitem__)
        if second not in summary:  # the summary repeats the body, a later request of the body an earlier one
            repeating.add(first if first in summary else second)
    assert len(right & repeating) / len(repeating) >= 0.7


def run(*requests: str, roles: str, paragraphs: str) -> list[tuple[str, str]]:
    """Links of requests by hand; `roles` has an s (summary) or b (body) for each, `paragraphs` a number."""
    tokens, vectors, obligations, actions, *_ = asking(*requests)
    obligations = obligations.assign(paragraph=list(paragraphs))
    role = {"s": "summary", "b": "body"}
    where = [{"doc_id": "d", "paragraph": p, "section_role": role[r]} for p, r in zip(paragraphs, roles, strict=True)]
    made = restatements.run(
        tokens, vectors, pd.DataFrame(where, columns=["doc_id", "paragraph", "section_role"]), obligations, actions
    )["restatements"]
    made = schema.conform(made, "restatements", "restatements")
    return list(zip(made["obligation_id"], made["restates"], strict=True))


SAME = ("ratifier/V la convention/N des travailleurs/N", "ratifier/V sans/ délai/N la convention/N des travailleurs/N")
OTHER = ("publier/V les comptes/N", "ouvrir/V des écoles/N aux enfants/N")


def test_the_summary_repeats_the_body() -> None:
    assert run(SAME[0], OTHER[0], SAME[1], OTHER[1], roles="sbbb", paragraphs="1234") == [("o0", "o2")]


def test_in_the_body_the_later_repeats_the_earlier() -> None:
    assert run(SAME[0], OTHER[0], SAME[1], roles="bbb", paragraphs="123") == [("o2", "o0")]


def test_one_paragraph_does_not_repeat_itself() -> None:
    assert run(SAME[0], SAME[1], OTHER[0], roles="bbb", paragraphs="112") == []


@pytest.mark.parametrize("n", range(3))
def test_few_requests(n: int) -> None:
    assert run(*OTHER[:n], roles="bs"[:n], paragraphs="12"[:n]) == []


def test_neighbours_raise_a_pair() -> None:
    near = np.zeros((5, 5))
    near[0, 2], near[1, 3] = 0.6, 0.25
    near += near.T
    summary = np.array([True, True, False, False, False])
    raised = restatements.with_neighbours(near, summary, 0.4)
    assert raised[0, 2] == pytest.approx(0.6 + 0.4 * 0.25)
    assert raised[1, 3] == pytest.approx(0.25 + 0.4 * 0.6)
    assert link(near, summary, Settings(neighbours=0.0)).keys() == {0}
    assert link(near, summary, Settings()).keys() == {0, 1}


@pytest.mark.parametrize("seed", range(5))
def test_neighbours_against_looking_at_each(seed: int) -> None:
    draw = np.random.default_rng(seed)
    n = int(draw.integers(1, 9))
    near = draw.random((n, n))
    near = (near + near.T) / 2
    summary = np.sort(draw.random(n) < 0.4)[::-1]
    wanted = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            beside = [
                near[i + a, j + b]
                for a in (-1, 1)
                for b in range(-2, 3)
                if 0 <= i + a < n and 0 <= j + b < n
                if summary[i + a] == summary[i] and summary[j + b] == summary[j]
            ]
            wanted[i, j] = near[i, j] + 0.4 * max(beside, default=0) if near[i, j] > 0.1 else 0
    assert restatements.with_neighbours(near, summary, 0.4) == pytest.approx(wanted, abs=1e-12)


def test_families_are_chains_of_restatements() -> None:
    assert families("abcdef", {"b": "a", "c": "b", "f": "e"}) == [0, 0, 0, 3, 4, 4]
    assert families("ab", {"a": "gone", "gone": "b"}) == [0, 1]


def test_default_settings_are_those_of_the_file() -> None:
    from pries.base import settings
    from pries.base.places import SETTINGS

    assert settings.read(SETTINGS, Settings) == Settings()


def test_the_gold_table_is_in_order() -> None:
    with GOLD.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert {row["status"] for row in rows} == {"sure", "unsure"}
    pairs = [frozenset((row["one"], row["other"])) for row in rows]
    assert len(set(pairs)) == len(pairs)
