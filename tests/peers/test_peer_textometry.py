"""R's textometry 0.1.6 (TXM): specificities of Lafon's table of Robespierre's speeches.

Input: robespierre.csv, the package's example (Lafon 1980, Mots 1), five words and all others in ten speeches. Their
numbers: textometry_robespierre.csv, `specificities` at four decimals, as in the package's own test output since
2013, and `specificities.probabilities`, signed, where it is under .5 of either tail. Tolerance: their four decimals;
1e-9 of the logarithm of a probability.
Wanted difference: our default tells over-use from under-use by the law's mode, as Lafon does, theirs by its mean;
two of 60 cells, both banal, then have another sign.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pries.textometry.specificities import lafon

HERE = Path(__file__).parent


def scores(sign: str) -> pd.DataFrame:
    """Ours of every form and part, beside theirs."""
    table = pd.read_csv(HERE / "robespierre.csv", index_col="form")
    f = table.to_numpy()
    ours = lafon(f, f.sum(axis=1)[:, None], f.sum(axis=0)[None, :], int(f.sum()), sign)
    long = pd.DataFrame(ours, table.index, table.columns).stack().rename("ours").rename_axis(["form", "part"])
    theirs = pd.read_csv(HERE / "textometry_robespierre.csv").set_index(["form", "part"])
    return theirs.join(long)


def test_all_cells_by_the_mean() -> None:
    made = scores("mean")
    assert len(made) == 60
    assert made["ours"].to_numpy() == pytest.approx(made["score"].to_numpy(), abs=5e-5)


def test_unrounded_probabilities_by_the_mean() -> None:
    made = scores("mean")
    logarithm = -np.log10(made["probability"].abs()) * np.sign(made["probability"])
    assert made["ours"].to_numpy() == pytest.approx(logarithm.to_numpy(), abs=1e-9)


def test_two_banal_cells_differ_by_the_mode() -> None:
    made = scores("mode")
    apart = made[(made["ours"] - made["score"]).abs() > 5e-5]
    assert list(apart.index) == [("de", "D6"), ("ennemi", "D9")]
    assert apart["ours"].round(4).tolist() == [0.2874, 0.1023]
    assert apart["score"].tolist() == [-0.2909, -0.3552]


def test_a_far_tail_that_is_infinite_there() -> None:
    """Exact by whole numbers: 2741.5248241760; textometry gives Inf."""
    assert float(lafon(5000, 10010, 5013, 29028)) == pytest.approx(2741.5248241760, rel=1e-11)
