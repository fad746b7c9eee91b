"""Requests of two parts: counts one by one, Fisher's test by the law written out, parts with nothing in common."""

from __future__ import annotations

from fractions import Fraction
from math import comb
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from conftest import Run, rows
from corpora import document_of
from pries.__main__ import main
from pries.base.errors import InputError
from pries.inspection import compare, compare_requests
from pries.inspection.compare_requests import compared, fisher
from pries.inspection.intervals import newcombe
from pries.schema import schema

SECTIONS = "droit " * 20, "eau " * 30, "loi " * 10
ASKED = [  # section, strength, types, themes, actions
    ("I", "request", "state; un", ["labour"], ["ratifier", "mettre"]),
    ("I", "request", "", ["labour", "data"], ["mettre", "mettre"]),
    ("I", "duty", "state", [], []),
    ("II", "should", "state", ["data"], ["mettre"]),
]


def frames(asked: list[tuple] = ASKED, repeated: tuple[int, ...] = ()) -> compare.Frames:
    """Three sections of 20, 30 and 10 words, and these requests."""
    made = dict(document_of(*SECTIONS))
    place = dict(zip(made["sentences"]["section"], made["sentences"]["sentence_id"], strict=True))
    doc = made["documents"]["doc_id"].iloc[0]
    requests = [
        {
            "doc_id": doc, "obligation_id": f"o{n}", "sentence_id": place[section], "modality": strength,
            "addressee_type": types,
        }
        for n, (section, strength, types, _, _) in enumerate(asked)
    ]  # fmt: skip
    themes = [(doc, "obligation", f"o{n}", theme) for n, row in enumerate(asked) for theme in row[3]]
    actions = [(f"o{n}", lemma) for n, row in enumerate(asked) for lemma in row[4]]
    return made | {
        "obligations": pd.DataFrame(requests) if requests else schema.empty("obligations"),
        "themes": pd.DataFrame(themes, columns=["doc_id", "unit", "unit_id", "theme"]),
        "actions": pd.DataFrame(actions, columns=["obligation_id", "lemma"]),
        "families": pd.DataFrame({"obligation_id": [f"o{n}" for n in repeated], "rank": 2}),
        "cluster_members": pd.DataFrame({"obligation_id": ["o0", "o3"], "cluster": ["1", "2"]}),
    }  # fmt: skip


def counts(made: pd.DataFrame, measure: str) -> dict[str, tuple[int, int]]:
    mine = made[made["measure"] == measure]
    return dict(zip(mine["value"], zip(mine["n"], mine["n_other"], strict=True), strict=True))


def test_counts_shares_and_rates_by_hand() -> None:
    made, words = compared(frames(), "section", "I", "II")
    assert words == (20, 30)
    assert counts(made, "all") == {"": (3, 1)}
    assert counts(made, "strength") == {"request": (2, 0), "duty": (1, 0), "should": (0, 1)}
    assert counts(made, "addressee_type") == {"state": (2, 1), "not named": (1, 0), "un": (1, 0)}
    assert counts(made, "theme") == {"data": (1, 1), "labour": (2, 0), "none": (1, 0)}
    assert counts(made, "action") == {"mettre": (2, 1), "ratifier": (1, 0), "none": (1, 0)}
    total = made.iloc[0]
    assert (total["per_1000"], total["per_1000_other"]) == (150, pytest.approx(1000 / 30))
    assert np.isnan(total["share"])
    state = made[made["value"] == "state"].iloc[0]
    assert (state["share"], state["share_other"]) == (pytest.approx(2 / 3), 1)
    assert [state["low"], state["high"]] == newcombe(2, 3, 1, 1).tolist()
    assert [state["rate_low"], state["rate_high"]] == (1000 * newcombe(2, 20, 1, 30)).tolist()


def fisher_by_hand(n: tuple[int, int], whole: tuple[int, int]) -> float:
    """The sum of the chances of all tables no likelier than this one, in exact fractions."""
    hits, number = sum(n), sum(whole)

    def chance(k: int) -> Fraction:
        return Fraction(comb(whole[0], k) * comb(whole[1], hits - k), comb(number, hits))

    possible = range(max(0, hits - whole[1]), min(hits, whole[0]) + 1)
    return float(sum(chance(k) for k in possible if chance(k) <= chance(n[0])))


@pytest.mark.parametrize("seed", range(20))
def test_fisher_against_the_law_written_out(seed: int) -> None:
    draw = np.random.default_rng(seed)
    whole = int(draw.integers(1, 30)), int(draw.integers(1, 30))
    n = int(draw.integers(0, whole[0] + 1)), int(draw.integers(0, whole[1] + 1))
    assert fisher(n, whole) == pytest.approx(fisher_by_hand(n, whole), abs=1e-9)


def test_p_is_adjusted_by_the_number_of_values_of_its_measure() -> None:
    made, _ = compared(frames(), "section", "I", "II")
    assert made["measure"].nunique() == 5
    for _, measured in made["p"].dropna().groupby(made["measure"]):
        p = measured.sort_values()
        ranked = p * len(p) / np.arange(1, len(p) + 1)
        by_hand = ranked[::-1].cummin()[::-1].clip(upper=1)
        assert made.loc[by_hand.index, "adjusted"].to_numpy() == pytest.approx(by_hand.to_numpy(), abs=1e-12)


def test_the_screen_says_what_the_numbers_are() -> None:
    made, words = compared(frames(), "section", "I", "II")
    assert compare_requests.lines(made, "I", "II", words, 5)[-1].startswith("in brackets the 95 % interval")


def test_a_part_that_asks_nothing_has_rates_and_no_shares() -> None:
    made, words = compared(frames(), "section", "I", "III")
    assert counts(made, "all") == {"": (3, 0)}
    assert made["share"].isna().all()
    assert made["rate_high"].notna().all()
    assert made["p"].notna().tolist() == [True] + [False] * (len(made) - 1)
    assert compare_requests.lines(made, "I", "III", words, 5)[2].split() == ["requests", "3", "|", "0"]


def test_a_corpus_without_a_request() -> None:
    made, words = compared(frames([]), "section", "I", "II")
    assert made[["measure", "n", "n_other"]].to_numpy().tolist() == [["all", 0, 0]]
    assert made["p"].tolist() == [1.0]
    assert compare_requests.lines(made, "I", "II", words, 5)[1].split() == ["words", "20", "|", "30"]


def test_restatements_are_left_out_on_request() -> None:
    assert counts(compared(frames(repeated=(1,)), "section", "I", "II")[0], "all") == {"": (3, 1)}
    assert counts(compared(frames(repeated=(1,)), "section", "I", "II", distinct=True)[0], "all") == {"": (2, 1)}


def test_types_and_groups_divide_requests_and_have_no_words() -> None:
    made, words = compared(frames(), "addressee_type", "state", "un")
    assert (words, counts(made, "all")) == ((0, 0), {"": (3, 1)})
    assert made["per_1000"].isna().all()
    assert counts(compared(frames(), "cluster", "1", "2")[0], "all") == {"": (1, 1)}


def test_a_column_of_a_metadata_table() -> None:
    doc = frames()["documents"]["doc_id"].iloc[0]
    with pytest.raises(InputError, match="no region is called 'Europe'; use one of Afrique"):
        compared(frames(), "region", "Afrique", "Europe", {doc: "Afrique"})


@pytest.mark.parametrize(
    ("kind", "one", "other", "message"),
    [
        ("chapter", "I", "II", "no kind of part; use one of section, document, date, addressee_type, cluster"),
        ("section", "I", "XX", "no section is called 'XX'; use one of I, II, III"),
        ("section", "I", "I", "compared with itself"),
    ],
)
def test_a_mistake_is_told(kind: str, one: str, other: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        compared(frames(), kind, one, other)


def test_the_command(full_run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--outputs", str(full_run.folder)]
    assert main(["compare", "--requests", "--by", "section", "V", "VIII", *words]) == 0
    told = capsys.readouterr().out
    requests = rows(full_run.folder / "tables" / "obligations.csv")
    mine = [sum(row["section"].split(".")[0] == part for row in requests) for part in ("V", "VIII")]
    assert f"V {mine[0]}, VIII {mine[1]} requests, restatements counted" in told
    assert "per 1,000 words" in told
    path = tmp_path / "requests.csv"
    assert (
        main(["compare", "--requests", "--distinct", "--by", "section", "V", "VIII", "--csv", str(path), *words]) == 0
    )
    assert list(pd.read_csv(path)) == compare_requests.COLUMNS
    assert main(["compare", "--requests", *words]) == 2
    assert main(["compare", "--distinct", "--by", "section", "V", "VIII", *words]) == 2
