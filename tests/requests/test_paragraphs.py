"""Paragraphs of our own, ordinary and hard, with their requests written down before anybody looked at the program.

`tests/paragraphs/paragraphs.txt` has one a line, `[w001] text`, in the manner of some forty kinds of documents;
`obligations.tsv` the rows of the guide. Scores by halves (odd, even) and their floors: what is gained stays gained.

    PYTHONPATH=tests python tests/requests/test_paragraphs.py         prints the scores
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from corpora import requested
from pries.inspection import scoring
from pries.segmentation.segment import segment_text

FOLDER = Path(__file__).parents[1] / "paragraphs"
FLOORS = {
    "odd": {"precision": 0.985, "recall": 0.98, "row_f1": 0.905},
    "even": {"precision": 0.985, "recall": 0.98, "row_f1": 0.87},
}


def predicted() -> list[dict[str, str]]:
    """The requests that the program finds, each with its paragraph's name."""
    lines = (FOLDER / "paragraphs.txt").read_text(encoding="utf-8").splitlines()
    texts = [line[1:].split("] ", 1) for line in lines if line.startswith("[")]
    found = requested(*(segment_text(text, name) for name, text in texts))["obligations"]
    return [{**row, "paragraph": row["doc_id"]} for row in found.astype(str).to_dict("records")]


def gold() -> list[dict[str, str]]:
    with (FOLDER / "obligations.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def scores(rows: list[dict[str, str]], half: Callable[[int], bool]) -> dict[str, float]:
    """The measures over the paragraphs of a half."""
    sums = np.zeros(len(scoring.COUNTS), dtype=int)
    for name in dict.fromkeys(row["paragraph"] for row in (*gold(), *rows)):
        if half(int(name[1:])):
            mine = [[row for row in side if row["paragraph"] == name] for side in (gold(), rows)]
            sums += np.array(scoring.count(scoring.align(*mine)))
    return dict(zip(scoring.MEASURES, scoring.measures(sums).tolist(), strict=True))


HALVES: dict[str, Callable[[int], bool]] = {"odd": lambda n: n % 2 == 1, "even": lambda n: n % 2 == 0}


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    return predicted()


@pytest.mark.parametrize("half", HALVES)
def test_what_is_gained_stays_gained(rows: list[dict[str, str]], half: str) -> None:
    found = scores(rows, HALVES[half])
    assert {name: found[name] for name, floor in FLOORS[half].items() if found[name] < floor} == {}


if __name__ == "__main__":
    everything = predicted()
    for half, chosen in HALVES.items():
        print(half, {name: round(value, 3) for name, value in scores(everything, chosen).items()})
