"""R's FactoMineR 2.7, `CA`: eigenvalues, coordinates, contributions and cos² of four tables known from textbooks.

Input: smoke (Greenacre 1984), haireye (R's HairEyeColor, Snee 1974, men and women together), caith (MASS; Fisher
1940), children (FactoMineR's example, 5 columns and 14 rows, with 3 columns and 4 rows supplementary). Their numbers:
factominer_*.csv, printed with all digits. Tolerance: 1e-12, percentages 1e-10. Signs of axes are free, the same for
rows and columns.
Wanted difference: none. On a table of lower rank FactoMineR publishes an axis without inertia (its supplementary
points at -8e-17, cos² 4e-32); we leave it out.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pries.textometry.correspondence import Analysis, analyse

HERE = Path(__file__).parent
SUPPLEMENTARY = {"children": (["comfort", "disagreement", "world", "to_live"], ["thirty", "fifty", "more_fifty"])}


def analysed(name: str) -> Analysis:
    table = pd.read_csv(HERE / f"{name}.csv", index_col="name")
    rows, columns = SUPPLEMENTARY.get(name, ([], []))
    active = table.drop(index=rows, columns=columns)
    return analyse(active, table.loc[rows, active.columns], table.loc[active.index, columns], most=10)


@pytest.mark.parametrize("name", ["smoke", "haireye", "caith", "children"])
def test_axes_and_points(name: str) -> None:
    made = analysed(name)
    axes = pd.read_csv(HERE / "factominer_eigenvalues.csv").query("table == @name")
    assert made.axes["eigenvalue"].to_numpy() == pytest.approx(axes["eigenvalue"].to_numpy(), abs=1e-12)
    assert 100 * made.axes["share"].to_numpy() == pytest.approx(axes["percent"].to_numpy(), abs=1e-10)
    key = ["side", "supplementary", "name", "axis"]
    theirs = pd.read_csv(HERE / f"factominer_{name}.csv").set_index(key)
    both = made.points.set_index(key).join(
        theirs.rename(columns={"coordinate": "coordinate_theirs", "cos2": "cos2_theirs"}), how="outer"
    )
    assert len(both) == len(theirs)
    assert both["cos2"].to_numpy() == pytest.approx(both["cos2_theirs"].to_numpy(), abs=1e-12)
    active = both[both["contribution_percent"].notna()]
    assert 100 * active["contribution"].to_numpy() == pytest.approx(
        active["contribution_percent"].to_numpy(), abs=1e-10
    )
    for _, axis in both.groupby("axis"):
        sign = np.sign((axis["coordinate"] * axis["coordinate_theirs"]).sum())  # one for all points of an axis
        assert axis["coordinate"].to_numpy() == pytest.approx(sign * axis["coordinate_theirs"].to_numpy(), abs=1e-12)


def test_two_equal_columns_leave_two_axes() -> None:
    table = pd.DataFrame(
        [[4, 4, 2, 3], [4, 4, 7, 4], [25, 25, 12, 4], [18, 18, 33, 13], [10, 10, 7, 2]],
        index=list("abcde"), columns=list("wxyz"),
    )  # fmt: skip
    made = analyse(table, table.iloc[:0], pd.DataFrame({"more": [2, 9, 1, 4, 30]}, table.index), most=3)
    assert made.axes["axis"].tolist() == [1, 2]
    assert made.axes["cumulated"].iloc[-1] == pytest.approx(1, abs=1e-12)
    assert made.points["cos2"].between(0, 1 + 1e-12).all()
    assert made.points["coordinate"].abs().max() < 2
