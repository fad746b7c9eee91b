"""Histories: what is said of a family over the years, and what each document renews, by hand."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from pries.base import settings
from pries.base.places import SETTINGS
from pries.content import histories
from pries.schema import schema


def tables(
    *said: tuple[str, str, str], dates: dict[str, str], twice: tuple[str, ...]
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Documents, obligations and families of requests: document, family, modality; `twice`: said again."""
    documents = pd.DataFrame({"doc_id": list(dates), "date": list(dates.values())})
    ids = [f"o{n}" for n in range(len(said))]
    obligations = pd.DataFrame(
        {
            "doc_id": [doc for doc, *_ in said],
            "obligation_id": ids,
            "modality": [modality for *_, modality in said],
            "issuer_actor": ["Conseil" if doc == "b" else "" for doc, *_ in said],
            "action_text": [f"créer {name}" for _, name, _ in said],
        }
    )
    rows = [(name, i, doc) for i, (doc, name, _) in zip(ids, said, strict=True) if name in twice]
    families = pd.DataFrame(
        sorted(rows, key=lambda r: (r[0], dates[r[2]] or "9")), columns=["family", "obligation_id", "doc_id"]
    )
    return documents, obligations, families.assign(date=families["doc_id"].map(dates))


SAID = (("b", "f0", "urge"), ("a", "f0", "request"), ("a", "x", "should"), ("c", "y", "should"), ("d", "f0", "duty"))
DATES = {"b": "2004-05-11", "a": "1998", "c": "2010-01-01", "d": ""}


def test_a_family_over_the_years() -> None:
    made = histories.run(*tables(*SAID, dates=DATES, twice=("f0",)))["histories"]
    made = schema.conform(made, "histories", "histories")
    assert made.to_dict("records") == [
        {
            "family": "f0", "times": 3, "documents": 3, "first": "1998", "last": "2004-05-11", "silent": 5,
            "issuers": "Conseil", "strengths": "request; urge; duty", "request": "créer f0", "obligation_id": "o1",
            "aside": False,
        }
    ]  # fmt: skip


def test_what_each_document_renews_and_drops() -> None:
    """x, said once in 1998, is dropped by 2004 and not again in 2010, when f0 is; what has no date is left out."""
    made = histories.run(*tables(*SAID, dates=DATES, twice=("f0",)))["renewals"]
    made = schema.conform(made, "renewals", "histories")
    assert list(made.itertuples(index=False, name=None)) == [
        ("a", "1998", 2, 2, 0, 0),
        ("b", "2004-05-11", 1, 0, 1, 1),
        ("c", "2010-01-01", 1, 1, 0, 1),
    ]


def test_what_was_dropped_may_come_back_and_be_dropped_again() -> None:
    dates = {"a": "1950", "b": "1960", "c": "1970", "d": "1980"}
    said = {"a": {"f"}, "b": {"g"}, "c": {"f"}, "d": {"g"}}
    assert [row[3:] for row in histories.renewals(dates, said, 5)] == [(1, 0, 0), (1, 0, 1), (0, 1, 1), (0, 1, 1)]


@pytest.mark.parametrize(("years", "silent"), [([], 0), ([1998], 0), ([2004, 1998], 5), ([1998, 1999, 1999, 2003], 3)])
def test_silent_years(years: list[int], silent: int) -> None:
    assert histories.silence(years) == silent


@pytest.mark.parametrize(("date", "year"), [("2004-05", 2004), ("1934", 1934), ("", None), ("mai", None), ("04", None)])
def test_the_year_of_a_date(date: str, year: int | None) -> None:
    assert histories.year_of(date) == year


def test_default_settings_are_those_of_the_file() -> None:
    assert settings.read(SETTINGS, histories.Settings) == histories.Settings()


@pytest.mark.parametrize(("share", "wanted"), [("0.0", False), ("0.5", True), ("0.75", True), ("0.9", False)])
def test_formulas_that_are_set_aside_are_not_counted_as_renewed(tmp_path: Path, share: str, wanted: bool) -> None:
    """Three of four documents close with one request."""
    documents, obligations, families = tables(*SAID, dates=DATES, twice=("f0",))
    file = tmp_path / histories.Settings.FILE
    file.write_text(f"aside = {share}\n", "utf-8")
    made = histories.run(documents, obligations, families, settings=tmp_path)
    assert made["histories"][["family", "aside"]].to_numpy().tolist() == [["f0", wanted]]
    counts = made["renewals"].set_index("doc_id")[["families", "new", "renewed"]].to_numpy().tolist()
    assert (counts == [[1, 1, 0], [0, 0, 0], [1, 1, 0]]) == wanted
