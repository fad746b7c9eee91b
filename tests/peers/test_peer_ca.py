"""R's ca 0.71.1: standard coordinates, masses, χ² distances and inertias of the rows of the smoking table.

Input: smoke.csv (Greenacre 1984). Their numbers: ca_smoke.csv, printed with all digits. Tolerance: 1e-9, for standard
coordinates divide by a small root. Wanted difference: ca and prince (Python) publish an axis without inertia of a
table of lower rank, with coordinates of 1e15; we leave it out.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pries.textometry.correspondence import analyse

HERE = Path(__file__).parent


def test_rows_of_the_smoking_table() -> None:
    table = pd.read_csv(HERE / "smoke.csv", index_col="name")
    theirs = pd.read_csv(HERE / "ca_smoke.csv", index_col="name")
    made = analyse(table, table.iloc[:0], table.iloc[:, :0], most=3)
    rows = made.points[made.points["side"] == "row"]
    wide = rows.pivot(index="name", columns="axis", values="coordinate").loc[theirs.index]
    standard = wide / np.sqrt(made.axes["eigenvalue"].to_numpy())
    assert standard.abs().to_numpy() == pytest.approx(theirs.filter(like="standard").abs().to_numpy(), abs=1e-9)
    mass = rows.groupby("name")["mass"].first().loc[theirs.index]
    distance = np.sqrt((wide**2).sum(axis=1))
    assert mass.to_numpy() == pytest.approx(theirs["mass"].to_numpy(), abs=1e-12)
    assert distance.to_numpy() == pytest.approx(theirs["distance"].to_numpy(), abs=1e-9)
    assert (mass * distance**2).to_numpy() == pytest.approx(theirs["inertia"].to_numpy(), abs=1e-9)
