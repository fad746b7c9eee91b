"""The groups of the reference report's requests against two readers, who sorted them apart from the program."""

from __future__ import annotations

import csv

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from corpora import FIGURES, SCHOOLS, TREATIES, asking
from pries.base.places import LEXICONS, SETTINGS
from pries.content import grouping
from pries.inspection import stability
from pries.store import files

GOLD = ROOT / "tests" / "gold" / "A_68_370.groups.tsv"
TABLES = ROOT / "outputs" / "tables"
READERS = ("reader1", "reader2")


def b_cubed(one: list[str], other: list[str]) -> float:
    """B³ F1 (Bagga and Baldwin 1998), item by item."""
    precision = recall = 0.0
    for i in range(len(one)):
        mine = {j for j in range(len(one)) if one[j] == one[i]}
        theirs = {j for j in range(len(one)) if other[j] == other[i]}
        precision += len(mine & theirs) / len(mine)
        recall += len(mine & theirs) / len(theirs)
    return 2 * precision * recall / (precision + recall) / len(one)


def numbered(groups: list[str]) -> np.ndarray:
    return np.asarray(pd.factorize(pd.Series(groups))[0])


def test_b_cubed_by_hand() -> None:
    assert b_cubed(list("aab"), list("xxy")) == 1.0
    # precision (1 + 1/2 + 1/2) / 3, recall (1 + 1 + 1) / 3 seen from the one side
    assert b_cubed(list("aaa"), list("xxy")) == pytest.approx(2 * (5 / 9) * 1 / (5 / 9 + 1))


def sorted_requests() -> tuple[list[str], dict[str, list[str]]]:
    obligations = files.read_csv(TABLES / "obligations.csv", "obligations")
    names = obligations["paragraph"] + " " + obligations["trigger"] + " " + obligations["actions"]
    identifier = dict(zip(names, obligations["obligation_id"], strict=True))
    with GOLD.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [identifier[row["request"]] for row in rows], {r: [row[r] for row in rows] for r in READERS}


def groups_at(k: int, ids: list[str]) -> list[str]:
    table = files.read_csv(TABLES / "clusters_by_k.csv", "clusters_by_k")
    found = dict(zip(table["obligation_id"][table["k"] == k], table["cluster"][table["k"] == k], strict=True))
    return [i if found[i] == "unclassified" else found[i] for i in ids]  # unclassified: each by itself


def published() -> int:
    """The number of groups that is published."""
    table = files.read_csv(TABLES / "k_selection.csv", "k_selection")
    return int(table.loc[table["chosen"], "k"].item())


@pytest.mark.parametrize("reader", READERS)
def test_the_published_groups_against_a_reader(reader: str) -> None:
    ids, readers = sorted_requests()
    found = groups_at(published(), ids)
    assert b_cubed(found, readers[reader]) >= 0.62
    assert grouping.adjusted_rand(numbered(found), numbered(readers[reader])) >= 0.42


def test_better_than_paragraphs_as_groups() -> None:
    ids, readers = sorted_requests()
    obligations = files.read_csv(TABLES / "obligations.csv", "obligations").set_index("obligation_id")
    paragraphs = [obligations.loc[i, "paragraph"] for i in ids]
    assert b_cubed(groups_at(published(), ids), readers["reader1"]) > b_cubed(paragraphs, readers["reader1"])


def test_leaving_a_paragraph_out_and_adding_a_corpus() -> None:
    names = ("tokens", "vectors", "obligations", "actions", "themes", "families", "histories")
    frames = dict(zip(names, asking(*TREATIES, *FIGURES, *SCHOOLS), strict=True))
    frames["obligations"] = frames["obligations"].assign(paragraph=[str(n) for n in range(9)])
    frames["actions"] = frames["actions"].assign(paragraph="")
    folders = LEXICONS, SETTINGS
    before = stability.groups_of(frames, 3, *folders)
    assert stability.compare(before, before) == (1.0, 0.0)
    assert stability.compare(before, dict.fromkeys(before, "g1"))[1] == pytest.approx(2 / 3)
    found = list(stability.each_left_out(frames, 3, *folders))
    assert len(found) == 9
    assert all(0 <= moved <= 0.5 for _, moved in found)
    assert len(stability.without(frames, ("d", "4"))["actions"]) == 8
    assert len(stability.together(frames, frames)["tokens"]) == 2 * len(frames["tokens"])
