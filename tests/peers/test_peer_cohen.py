"""Cohen (1960), A coefficient of agreement for nominal scales; Light's κ of R's irr 0.84.1; textbook tables.

Input: the table of 200 diagnoses of Cohen's paper, three tables of two values (Wikipedia, Cohen's kappa), and
diagnoses.csv: 30 patients, six psychiatrists, five diagnoses (Fleiss 1971, irr's example). Their numbers: Cohen's .492;
.4, .1304, .2593; irr's kappam.light .459. Tolerance: the decimals given.
Wanted difference: where both coders always say one thing κ is 1 here and says little; irr and scikit-learn give no
number.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from pries.inspection.reliability import kappa

TABLES = [
    ([[88, 14, 18], [10, 40, 10], [2, 6, 12]], 0.492),
    ([[20, 5], [10, 15]], 0.4),
    ([[45, 15], [25, 15]], 0.1304),
    ([[25, 35], [5, 35]], 0.2593),
]


@pytest.mark.parametrize(("table", "published"), TABLES)
def test_published_tables(table: list[list[int]], published: float) -> None:
    pairs = [(i, j) for i, row in enumerate(table) for j, n in enumerate(row) for _ in range(n)]
    assert kappa(*zip(*pairs, strict=True)) == pytest.approx(published, abs=5e-4)


def test_six_psychiatrists() -> None:
    raters = pd.read_csv(Path(__file__).parent / "diagnoses.csv")
    assert kappa(*(raters[column].tolist() for column in raters)) == pytest.approx(0.459, abs=5e-4)
