"""Correspondence analysis: a textbook table, the definition by singular values, supplementary points, small corpora."""

from __future__ import annotations

import numpy as np
import pandas as pd
import prince
import pytest
from conftest import taken
from corpora import document_of
from pries.schema import schema
from pries.textometry import correspondence
from pries.textometry.correspondence import analyse

# Greenacre (1984), Theory and Applications of Correspondence Analysis, p. 55: staff of a firm by smoking.
SMOKING = pd.DataFrame(
    [[4, 2, 3, 2], [4, 3, 7, 4], [25, 10, 12, 4], [18, 24, 33, 13], [10, 6, 7, 2]],
    index=["SM", "JM", "SE", "JE", "SC"],
    columns=["none", "light", "medium", "heavy"],
)
NOTHING = pd.DataFrame(columns=SMOKING.columns), pd.DataFrame(index=SMOKING.index)


def test_the_textbook_table_gives_the_textbook_numbers() -> None:
    made = analyse(SMOKING, *NOTHING, most=3)
    assert made.axes["eigenvalue"].tolist() == pytest.approx([0.0748, 0.0100, 0.0004], abs=5e-5)
    assert made.axes["share"].tolist() == pytest.approx([0.878, 0.118, 0.005], abs=5e-4)
    first = made.points[(made.points["axis"] == 1) & (made.points["side"] == "row")].set_index("name")["coordinate"]
    assert first.abs().tolist() == pytest.approx([0.066, 0.259, 0.381, 0.233, 0.201], abs=5e-4)
    assert np.sign(first["SE"]) == -np.sign(first["JE"])


def oracle(table: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Singular values of the standardised residuals; principal coordinates of rows and columns."""
    p = table.to_numpy() / table.to_numpy().sum()
    r, c = p.sum(axis=1), p.sum(axis=0)
    u, s, v = np.linalg.svd((p - np.outer(r, c)) / np.sqrt(np.outer(r, c)), full_matrices=False)
    return s**2, u * s / np.sqrt(r)[:, None], v.T * s / np.sqrt(c)[:, None]


def wide(points: pd.DataFrame, side: str, value: str, supplementary: bool = False) -> pd.DataFrame:
    kept = points[(points["side"] == side) & (points["supplementary"] == supplementary)]
    return kept.pivot(index="name", columns="axis", values=value)


@pytest.mark.parametrize("seed", range(4))
def test_against_the_definition(seed: int) -> None:
    draw = np.random.default_rng(seed)
    table = pd.DataFrame(draw.integers(1, 30, (9, 5)), index=[f"r{i}" for i in range(9)], columns=list("abcde"))
    values, rows, columns = oracle(table)
    made = analyse(table, table.iloc[:0], table.iloc[:, :0], most=4)
    assert made.axes["eigenvalue"].to_numpy() == pytest.approx(values[:4], abs=1e-9)
    assert wide(made.points, "row", "coordinate").abs().to_numpy() == pytest.approx(np.abs(rows[:, :4]), abs=1e-9)
    assert wide(made.points, "column", "coordinate").abs().to_numpy() == pytest.approx(np.abs(columns[:, :4]), abs=1e-9)
    for side in ("row", "column"):
        assert wide(made.points, side, "contribution").sum().to_numpy() == pytest.approx(np.ones(4), abs=1e-9)
        assert wide(made.points, side, "cos2").sum(axis=1).to_numpy() == pytest.approx(1.0, abs=1e-9)  # all 4 axes


@pytest.mark.parametrize("shape", [(40, 12), (12, 40)])
def test_axes_of_many_parts_are_those_of_few(shape: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many parts the first axes alone are computed, and from what is not 0."""
    draw = np.random.default_rng(3)
    table = (
        pd.DataFrame(draw.poisson(0.4, shape) + np.eye(*shape, dtype=int))
        .rename("r{}".format)
        .rename(columns="c{}".format)
    )
    table.loc[table.sum(axis=1) == 0, "c0"] = 1
    whole = analyse(table, table.iloc[:2], table.iloc[:, :2], most=5)
    monkeypatch.setattr(correspondence, "ALL_AXES", 0)
    first = analyse(table, table.iloc[:2], table.iloc[:, :2], most=5)
    pd.testing.assert_frame_equal(first.axes, whole.axes, atol=1e-9)
    pd.testing.assert_frame_equal(first.points, whole.points, atol=1e-9)


@pytest.mark.parametrize("least", [200, 0])
@pytest.mark.parametrize("seed", range(4))
def test_parts_of_one_profile_leave_only_axes_with_inertia(
    seed: int, least: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rank of the residuals is the number of axes, with all axes and with the first alone."""
    draw = np.random.default_rng(seed)
    table = pd.DataFrame(draw.integers(1, 30, (12, 7)), columns=list("abcdefg")).rename("r{}".format)
    table["b"], table["d"], table["f"] = table["a"], 3 * table["c"], table["e"]
    p = table.to_numpy() / table.to_numpy().sum()
    expected = np.outer(p.sum(axis=1), p.sum(axis=0))
    rank = np.linalg.matrix_rank((p - expected) / np.sqrt(expected))
    monkeypatch.setattr(correspondence, "ALL_AXES", least)
    other = pd.DataFrame({"x": draw.integers(1, 30, 12)}, index=table.index)
    made = analyse(table, table.iloc[:0], other, most=6)
    assert len(made.axes) == rank == 3
    assert made.axes["share"].sum() == pytest.approx(1, abs=1e-9)
    for side in ("row", "column"):
        assert wide(made.points, side, "cos2").sum(axis=1).to_numpy() == pytest.approx(1, abs=1e-9)
    assert 0 < wide(made.points, "column", "cos2", True).to_numpy().sum() < 1


def test_a_table_of_independent_margins_has_no_axis() -> None:
    table = pd.DataFrame(np.outer([1, 2, 5], [3, 4]), index=list("abc"), columns=list("xy"))
    made = analyse(table, table.iloc[:0], table.iloc[:, :0], most=5)
    assert made.axes.empty
    assert made.points.empty


def test_against_prince() -> None:
    made, fitted = analyse(SMOKING, *NOTHING, most=3), prince.CA(n_components=3, engine="scipy").fit(SMOKING)
    assert made.axes["eigenvalue"].to_numpy() == pytest.approx(fitted.eigenvalues_, abs=1e-9)
    for side, names, wanted in (
        ("row", SMOKING.index, fitted.row_coordinates(SMOKING)),
        ("column", SMOKING.columns, fitted.column_coordinates(SMOKING)),
    ):
        found = wide(made.points, side, "coordinate").loc[list(names)]
        assert found.abs().to_numpy() == pytest.approx(wanted.abs().to_numpy(), abs=1e-9)
    cos2 = wide(made.points, "row", "cos2").loc[list(SMOKING.index)].to_numpy()
    assert cos2 == pytest.approx(fitted.row_cosine_similarities(SMOKING).to_numpy(), abs=1e-9)
    parts = wide(made.points, "column", "contribution").loc[list(SMOKING.columns)].to_numpy()
    assert parts == pytest.approx(fitted.column_contributions_.to_numpy(), abs=1e-9)


def test_supplementary_points_by_the_transition_formula() -> None:
    more = pd.DataFrame([[5, 5, 9, 1]], index=["X"], columns=SMOKING.columns)
    drink = pd.DataFrame({"drinks": [10, 17, 46, 80, 21]}, index=SMOKING.index)
    made = analyse(SMOKING, more, drink, most=3)
    roots = np.sqrt(made.axes["eigenvalue"].to_numpy())
    columns = wide(made.points, "column", "coordinate").loc[list(SMOKING.columns)].to_numpy()
    rows = wide(made.points, "row", "coordinate").loc[list(SMOKING.index)].to_numpy()
    profile = more.to_numpy()[0] / more.to_numpy().sum()
    placed = wide(made.points, "row", "coordinate", True).to_numpy()[0]
    assert placed == pytest.approx(profile @ columns / roots, abs=1e-9)
    profile = drink["drinks"].to_numpy() / drink["drinks"].sum()
    placed = wide(made.points, "column", "coordinate", True).to_numpy()[0]
    assert placed == pytest.approx(profile @ rows / roots, abs=1e-9)
    assert (wide(made.points, "row", "contribution", True) == 0).all(axis=None)


def test_signs_are_fixed_by_the_column_that_contributes_most() -> None:
    for table in (SMOKING, SMOKING.iloc[::-1], SMOKING[SMOKING.columns[::-1]]):
        points = analyse(table, table.iloc[:0], table.iloc[:, :0], most=3).points
        columns = points[points["side"] == "column"]
        leading = columns.loc[columns.groupby("axis")["contribution"].idxmax()]
        assert (leading["coordinate"] > 0).all()


@pytest.mark.parametrize("sections", [(), ("eau",) * 3, ("eau eau eau eau eau",) * 3, ("eau mer loi droit " * 5,) * 6])
def test_fewer_than_four_parts_or_parts_that_are_alike_make_no_plane(sections: tuple[str, ...]) -> None:
    made = correspondence.run(**taken("correspondence", document_of(*sections)))
    assert all(schema.conform(frame, name).empty for name, frame in made.items())


def test_two_pairs_of_like_sections_have_one_axis() -> None:
    pair = "eau mer " * 6 + "loi taxe", "droit juge " * 6 + "loi taxe"
    made = correspondence.run(**taken("correspondence", document_of(*pair, *pair)))
    assert made["afc_axes"]["share"].tolist() == pytest.approx([1.0])
    assert made["afc"]["coordinate"].abs().max() < 2


def test_sections_that_use_other_words_lie_apart() -> None:
    sea, court = "eau mer " * 6 + "loi", "droit juge " * 6 + "loi"
    sections = (sea, sea, court, court, "loi " * 9)
    words = document_of(*(f"{s} impôt taxe" for s in sections))
    made = correspondence.run(**taken("correspondence", words))
    first = wide(made["afc"], "column", "coordinate")[1]
    assert np.sign(first["I"]) == np.sign(first["II"]) != np.sign(first["III"]) == np.sign(first["IV"])
