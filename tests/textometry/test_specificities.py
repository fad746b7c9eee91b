"""Specificities: the hypergeometric law against exact fractions and scipy, parts counted by hand, odd corpora."""

from __future__ import annotations

from fractions import Fraction
from math import comb, log10
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from corpora import document_of
from pries.schema import schema
from pries.textometry import contingency, specificities
from pries.textometry.specificities import Settings, lafon
from scipy import stats


def oracle(f: int, F: int, t: int, T: int, sign: str) -> float:
    """The definition, in exact fractions."""
    law = [Fraction(comb(F, k) * comb(T - F, t - k), comb(T, t)) if 0 <= t - k <= T - F else 0 for k in range(F + 1)]
    middle = (F + 1) * (t + 1) // (T + 2) if sign == "mode" else Fraction(F * t, T)
    return -log10(sum(law[f:])) if f >= middle else log10(sum(law[: f + 1]))


@pytest.mark.parametrize("sign", specificities.SIGNS)
def test_against_exact_fractions(sign: str) -> None:
    draw = np.random.default_rng(68370)
    for _ in range(300):
        T = int(draw.integers(2, 300))
        F, t = int(draw.integers(1, T + 1)), int(draw.integers(1, T + 1))
        f = int(draw.integers(max(0, F + t - T), min(F, t) + 1))
        assert float(lafon(f, F, t, T, sign)) == pytest.approx(oracle(f, F, t, T, sign), abs=1e-9), (f, F, t, T)


def test_against_scipy_where_scipy_has_digits() -> None:
    f, F, t, T = np.arange(40), 296, 1084, 61449
    law = stats.hypergeom(T, F, t)
    mode = (F + 1) * (t + 1) // (T + 2)
    wanted = np.where(f >= mode, -law.logsf(f - 1), law.logcdf(f)) / np.log(10)
    assert lafon(f, F, t, T) == pytest.approx(wanted, abs=1e-9)


def test_far_tails_neither_overflow_nor_vanish() -> None:
    score = float(lafon(5000, 5000, 5000, 10**6))
    assert score == pytest.approx(-oracle(0, 0, 0, 1, "mode") + float(_choose_log10(10**6, 5000)), rel=1e-9)
    assert float(lafon(0, 5000, 500_000, 10**6)) < -1500


def _choose_log10(n: int, k: int) -> float:
    return log10(comb(n, k))  # Python's integers have all the digits


def test_the_two_signs_differ_between_mode_and_mean() -> None:
    # F t / T = 0.9: the mode is 0 or 1; an f of 0 is the mode of this law, and under its mean
    f, F, t, T = 0, 3, 300, 1000
    assert (F + 1) * (t + 1) // (T + 2) == 1
    assert lafon(0, 2, 300, 1000) == 0.0  # the mode: P(X ≥ 0) = 1
    assert lafon(0, 2, 300, 1000, "mean") < 0
    assert lafon(f, F, t, T) < 0


@pytest.mark.parametrize("cell", [(-1, 3, 5, 10), (4, 3, 5, 10), (3, 5, 2, 10), (0, 8, 5, 10), (1, 1, 1, 0)])
def test_an_impossible_cell_is_refused(cell: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="no such part"):
        lafon(*cell)


@pytest.mark.parametrize("sign", specificities.SIGNS)
def test_nothing_of_nothing_is_no_news(sign: str) -> None:
    assert float(lafon(0, 0, 0, 0, sign)) == 0.0
    assert float(lafon(0, 0, 5, 10, sign)) == 0.0
    assert lafon([], [], [], 10, sign).shape == (0,)


@pytest.mark.parametrize("sign", ["moyenne", "Mode", ""])
def test_another_sign_is_refused(sign: str) -> None:
    with pytest.raises(ValueError, match="one of mode, mean"):
        lafon(1, 2, 3, 10, sign)


@pytest.mark.parametrize("cell", [(2.7, 3, 5, 10), (2, 3.5, 5, 10), (2, 3, 5, 10.5), (float("nan"), 3, 5, 10)])
def test_a_part_of_an_occurrence_is_refused(cell: tuple) -> None:
    with pytest.raises(ValueError, match="whole numbers"):
        lafon(*cell)


def test_whole_numbers_may_come_as_decimals() -> None:
    assert float(lafon(2.0, 3.0, 5, 10)) == float(lafon(2, 3, 5, 10))


def test_what_no_frequency_can_reach() -> None:
    low, high = specificities.reach([3, 3], [10, 500], 1000)
    assert high[0] == pytest.approx(float(lafon(3, 3, 10, 1000)))
    assert high[1] < 1  # three times of three in half of the corpus is no news
    assert -0.1 < low[0] <= 0.0


# --- parts counted by hand --------------------------------------------------------------------------


def counted(corpus: dict[str, pd.DataFrame], kind: str, unit: str) -> contingency.Contingency:
    tables = contingency.contingencies(**corpus)
    return next(t for t in tables if (t.part_kind, t.unit) == (kind, unit))


def test_forms_and_lemmas_are_counted_where_they_stand() -> None:
    corpus = document_of("Droits et droit , 12", "le droit")
    forms, lemmas = counted(corpus, "section", "form"), counted(corpus, "section", "lemma")
    assert dict(zip(forms.terms, forms.counts.toarray().tolist(), strict=True)) == {
        "droits": [1, 0], "et": [1, 0], "droit": [1, 1], "le": [0, 1],
    }  # fmt: skip
    assert (forms.T, forms.t.tolist()) == (5, [3, 2])  # neither the comma nor 12
    assert dict(zip(lemmas.terms, lemmas.F.tolist(), strict=True)) == {"droit": 3, "et": 1, "le": 1}


def test_a_part_gets_the_words_that_it_has_more() -> None:
    made = specificities.run(**document_of("droit " * 9 + "loi", "eau " * 9 + "loi", "loi " * 10))
    cells = made["specificities"]
    found = cells[cells["unit"] == "form"].set_index(["part", "term"])["score"]
    assert found["I", "droit"] == pytest.approx(float(lafon(9, 9, 10, 30)))
    assert found["III", "droit"] < -2 if ("III", "droit") in found else True
    assert set(cells["part"]) <= {"I", "II", "III"}
    tests = made["specificity_tests"].set_index(["part_kind", "unit"])
    assert tests.loc[("section", "form"), "cells"] == 9
    assert tests.loc[("section", "form"), "specific"] == len(cells[cells["unit"] == "form"])


def test_settings_change_what_is_tested(tmp_path: Path) -> None:
    (tmp_path / "statistics.toml").write_text("least_frequency = 20\n", encoding="utf-8")
    made = specificities.run(**document_of("droit " * 9, "eau " * 9), settings=tmp_path)
    assert made["specificities"].empty
    assert (made["specificity_tests"]["terms"] == 0).all()


@pytest.mark.parametrize("sections", [(), ("le droit",), ("12 34", "5 6")])
def test_one_part_or_none_says_nothing(sections: tuple[str, ...]) -> None:
    made = specificities.run(**document_of(*sections))
    for name, frame in made.items():
        schema.conform(frame, name, "specificities")
    assert made["specificities"].empty


def test_the_words_of_what_is_asked_are_those_of_the_actions() -> None:
    corpus = document_of("Il faut ratifier la loi avant Noël")
    words = contingency.words_of(corpus["tokens"], corpus["sentences"])
    obligations = pd.DataFrame([{"doc_id": "d", "obligation_id": "o", "paragraph": "1"}])
    actions = pd.DataFrame([{"obligation_id": "o", "doc_id": "d", "start": 8, "end": 23}])
    asked, of = contingency.asked_words(words, obligations, actions)
    assert asked["form"].tolist() == ["ratifier", "la", "loi"]
    assert of.tolist() == [0, 0, 0]


def test_default_settings_are_those_of_the_file() -> None:
    from pries.base import settings
    from pries.base.places import SETTINGS

    assert settings.read(SETTINGS, Settings) == Settings()


def test_a_column_of_ones_own_divides_the_corpus() -> None:
    """Three documents, two organs; a column that says something else of each document divides no better than them."""
    names = ["a", "b", "c"]
    texts = [document_of(words) for words in ("droit de vivre", "droit de partir", "aide aux villes")]
    corpus = {
        table: pd.concat([one[table].assign(doc_id=name) for one, name in zip(texts, names, strict=True)])
        for table in ("tokens", "sentences", "paragraphs", "documents")
    }
    rows = [("a", "organe", "Comité"), ("b", "organe", "Comité"), ("c", "organe", "Conseil")]
    rows += [(n, "lien", f"lien {n}") for n in names]
    metadata = pd.DataFrame(rows, columns=["doc_id", "field", "value"])
    corpus = texts[0] | corpus | {"metadata": metadata}
    table = counted(corpus, "metadata:organe", "form")
    assert (table.parts, table.t.tolist()) == (["Comité", "Conseil"], [6, 3])
    assert dict(zip(table.terms, table.counts.toarray().tolist(), strict=True))["droit"] == [2, 0]
    assert "metadata:lien" not in {t.part_kind for t in contingency.contingencies(**corpus)}
