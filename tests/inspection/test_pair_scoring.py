"""Pair scoring, by hand: agreement, what is left aside, what is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from pries.base.errors import InputError
from pries.inspection import pair_scoring

HEAD = "pair\tid_a\tid_b\tjudgement_1\tjudgement_2\n"
FAMILY = {"o1": "f1", "o2": "f1", "o3": "f1", "o4": "f4", "o5": "f1"}
DOCUMENT = {"o1": "a", "o2": "b", "o3": "a", "o4": "a", "o5": "c"}


def table(tmp_path: Path, *rows: str, head: str = HEAD) -> Path:
    path = tmp_path / "pairs.tsv"
    path.write_text(head + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def test_agreement_precision_and_recall(tmp_path: Path) -> None:
    path = table(
        tmp_path, "1\to1\to2\tsame\tsame", "2\to1\to3\tnear\tnear", "3\to1\to4\tsame\tsame", "4\to2\to5\tsame\tnear",
        "5\to4\tgone\tdifferent\tdifferent",
    )  # fmt: skip
    told = pair_scoring.report(pair_scoring.read(path), FAMILY, DOCUMENT).splitlines()
    assert told[0].startswith("5 pairs of requests, 1 of them not in these tables; kappa of the judgements 0.")
    assert told[1] == "  all               precision 0.50 (1 of 2), recall 0.50 (1 of 2)"
    assert told[2] == "  within a document precision 0.00 (0 of 1), recall 0.00 (0 of 1)"


def test_one_coder(tmp_path: Path) -> None:
    rows = pair_scoring.read(table(tmp_path, "o1\to2\tsame", head="id_a\tid_b\tjudgement_1\n"))
    assert pair_scoring.scores(rows, FAMILY) == "precision 1.00 (1 of 1), recall 1.00 (1 of 1)"


@pytest.mark.parametrize(
    ("head", "row", "message"),
    [
        (HEAD, "1\to1\to2\tsame\tperhaps", "judgement_2 'perhaps' is unknown"),
        ("id_a\tid_b\n", "o1\to2", "missing column judgement_1"),
    ],
)
def test_a_broken_table(tmp_path: Path, head: str, row: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        pair_scoring.read(table(tmp_path, row, head=head))
    with pytest.raises(InputError, match="cannot be read"):
        pair_scoring.read(tmp_path / "none.tsv")
