"""R's rainette 0.3.2.9000 (8b67ddb): a descent on two inaugural speeches, after Reinert (1983).

Input: inaugural.csv, 41 segments of Washington's two speeches (quanteda's data_corpus_inaugural, public domain) with
those of 29 forms that each has; its groups at 2, 3 and 4 classes; four segments without a form have none. Their
numbers: χ² of the cuts 71.892993, 31.069867, 23.523116; the forms that go on into the sides of the first cut at
cc_test = .3, tsj = 3 (rainette_inaugural_forms.csv); χ² of crossings with Yates's correction; terms by tokens
(rainette_inaugural_terms.csv). Tolerance: 1e-6 of a χ², groups and lists alike.
Wanted differences: crossings are plain χ² here; the χ² of terms counts segments, not tokens; a unit's size is its
different forms. On longer texts the first cut is as good or better (docs/statistics.md).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pries.textometry import descending
from pries.textometry.bipartition import best_cut, bipartition, first_axis
from scipy import sparse, stats

HERE = Path(__file__).parent
SEGMENTS = pd.read_csv(HERE / "inaugural.csv")
FORMS = pd.read_csv(HERE / "rainette_inaugural_forms.csv")
USED = SEGMENTS["forms"].notna().to_numpy()


def table() -> sparse.csr_array:
    """Segments by forms, 0 or 1, without the four that have none."""
    having = [set(forms.split()) for forms in SEGMENTS.loc[USED, "forms"]]
    return sparse.csr_array(np.array([[form in mine for form in FORMS["form"]] for mine in having], dtype=float))


def groups(nodes: list[descending.Node], classes: int) -> np.ndarray:
    """The terminal classes of a descent that ends with so many."""
    made = np.full(table().shape[0], -1)
    for number, node in enumerate(node for node in nodes if not node.children):
        made[node.members] = number
    assert made.max() == classes - 1
    return made


def test_the_first_cut_before_and_after_changes_of_sides() -> None:
    rows = table()
    assert best_cut(rows, first_axis(rows)).chi2 == pytest.approx(71.33625, abs=5e-6)
    assert bipartition(rows).chi2 == pytest.approx(71.892993, abs=5e-7)


@pytest.mark.parametrize("classes", [2, 3, 4])
def test_classes_of_the_descent(classes: int) -> None:
    nodes = descending.descend(table(), classes, 3, 0.3)
    theirs = SEGMENTS.loc[USED, f"k{classes}"].astype(int).to_numpy()
    crossed = pd.crosstab(groups(nodes, classes), theirs).to_numpy()
    assert (np.count_nonzero(crossed, axis=0) == 1).all()
    assert (np.count_nonzero(crossed, axis=1) == 1).all()


def test_the_cuts_of_the_descent() -> None:
    nodes = descending.descend(table(), 4, 3, 0.3)
    cuts = [node.chi2 for node in nodes if node.children]
    assert cuts == pytest.approx([71.8929926637997, 31.0698669900059, 23.5231162196679], abs=1e-6)


@pytest.mark.parametrize(("side", "group"), [("first_side", 1), ("second_side", 2)])
def test_forms_that_go_on(side: str, group: int) -> None:
    rows = table()
    mine = (SEGMENTS.loc[USED, "k2"] == group).to_numpy()
    often = rows[mine].sum(axis=0) >= 3
    assert (descending.present(rows, mine, 0.3) & often).tolist() == FORMS[side].tolist()


@pytest.mark.parametrize(
    ("both", "one", "other", "n", "theirs", "ours"),
    [(45, 121, 257, 1213, 19.563, 20.614), (0, 12, 25, 121, -2.211, -3.469), (4, 4, 4, 5, 0.703, 5.000)],
)
def test_crossings_are_plain_where_theirs_have_yates(
    both: int, one: int, other: int, n: int, theirs: float, ours: float
) -> None:
    plain = float(descending.signed_chi2(np.array(both), np.array(one), np.array(other), n))
    assert plain == pytest.approx(ours, abs=5e-4)
    cells = [[both, one - both], [other - both, n - one - other + both]]
    yates = stats.chi2_contingency(cells, correction=True).statistic * np.sign(plain)
    assert yates == pytest.approx(theirs, abs=5e-4)


def test_terms_by_segments_have_the_signs_of_terms_by_tokens() -> None:
    rows, theirs = table(), pd.read_csv(HERE / "rainette_inaugural_terms.csv")
    classes = SEGMENTS.loc[USED, "k3"].astype(int).to_numpy()
    place = {form: j for j, form in enumerate(FORMS["form"])}
    for number, mine in theirs[theirs["chi2"].abs() > 3].groupby("class"):
        inside = classes == number
        ours = descending.signed_chi2(rows.T @ inside, rows.sum(axis=0), inside.sum(), float(len(inside)))
        assert (np.sign(ours[[place[form] for form in mine["form"]]]) == np.sign(mine["chi2"])).all()
