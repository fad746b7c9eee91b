"""Figures over time: what they count, and what they say where all documents are of one year."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.text import Text
from pries.base.places import LEXICONS
from pries.publishing.figures import figures
from pries.publishing.figures.gallery import family_timeline, new_requests, requests_over_time, strength_over_time
from pries.publishing.figures.report import Report
from pries.publishing.labels import Look, Words
from pries.schema import schema
from pries.store import files

OVER_TIME = ("family_timeline", "new_requests", "requests_over_time", "strength_over_time")
FRENCH = Words(LEXICONS, "fr")


def rows(name: str, *records: dict[str, object]) -> pd.DataFrame:
    """A published table: columns that a record leaves out hold their kind's plainest value."""
    plain = {"text": "", "int": 0, "float": 0.0, "bool": False}
    columns = schema.TABLES[name].columns
    blank = {c.name: c.values[0] if c.values else plain[c.kind] for c in columns}
    return schema.conform(pd.DataFrame([blank | r for r in records], columns=[c.name for c in columns]), name)


def report(tmp_path: Path, *dates: str) -> Report:
    """Documents of some dates: each asks one thing that all ask, the last strongest, and one that it alone asks."""
    tables = {name: schema.empty(name) for name in figures.READS}
    docs = [f"d{n}" for n in range(len(dates))]
    tables["documents"] = rows("documents", *({"doc_id": d, "date": at} for d, at in zip(docs, dates, strict=True)))
    asked = []
    for d in docs:
        modality = "urge" if d == docs[-1] else "request"
        asked.append({"doc_id": d, "obligation_id": f"o{d}", "modality": modality, "family": "fod0"})
        asked[-1] |= {"restates": "" if d == "d0" else "od0", "action_text": "créer un fonds", "paragraph": "1"}
        asked.append(
            {"doc_id": d, "obligation_id": f"x{d}", "modality": "should", "family": f"fx{d}", "paragraph": "1"}
        )
    tables["obligations"] = rows("obligations", *asked)
    tables["paragraphs"] = rows("paragraphs", *({"doc_id": d, "paragraph": "1", "kind": "paragraph"} for d in docs))
    tables["families"] = rows(
        "families",
        *({"family": "fod0", "doc_id": d, "obligation_id": f"o{d}", "rank": n + 1} for n, d in enumerate(docs)),
    )
    tables["renewals"] = rows(
        "renewals",
        *(
            {"doc_id": d, "date": at, "families": 2, "new": 2 if d == "d0" else 1}
            for d, at in zip(docs, dates, strict=True)
            if at
        ),
    )
    for name, table in tables.items():
        files.write_csv(table, tmp_path / f"{name}.csv", name)
    return figures.read_report(tmp_path, LEXICONS, "fr")


def test_what_is_counted(tmp_path: Path) -> None:
    made = report(tmp_path, "1998-05-01", "2004", "2004-06-01", "")
    counts = family_timeline.count(made, made.obligations["modality"], FRENCH.modalities)
    assert counts.to_dict("records") == [
        {"family": "fod0", "year": 1998, "key": "request", "times": 1},
        {"family": "fod0", "year": 2004, "key": "request", "times": 2},
    ]
    assert new_requests.count(made.renewals).to_dict("index") == {
        "1998": {"families": 2, "new": 2},
        "2004": {"families": 4, "new": 2},
    }
    strengths = strength_over_time.count(made)
    assert strengths.loc[1998, ["request", "should"]].tolist() == [1, 1]
    assert strengths.loc[2004].sum() == 4
    years = requests_over_time.count(made)
    assert years.to_dict("index") == {
        1998: {"documents": 1, "requests": 2, "share": 0.25},
        2004: {"documents": 2, "requests": 4, "share": 0.5},
    }


def test_what_is_set_aside_is_not_drawn_and_a_long_name_ends_in_a_word_that_says_something(tmp_path: Path) -> None:
    made = report(tmp_path, "1998", "2004")
    aside = replace(made, histories=rows("histories", {"family": "fod0", "aside": True}))
    assert family_timeline.count(aside, made.obligations["modality"], FRENCH.modalities).empty
    long = "créer un observatoire des fleuves chargé de publier tous les ans l'état de la qualité des eaux"
    asked = made.obligations.assign(action_text=long)
    shown = family_timeline.name_of(replace(made, obligations=asked), "fod0")
    assert shown == "créer un observatoire des fleuves chargé de publier tous les ans l’état …"


def test_a_year_shows_both_numbers_and_what_has_no_date(tmp_path: Path) -> None:
    estimate = {"part_kind": "date", "part": "1998", "automatic": 2.0, "method": "difference"}
    rows_of = [
        estimate | {"quantity": "requests", "estimate": 3.2, "low": 2.0, "high": 6.0},
        estimate | {"quantity": "share", "estimate": 0.4, "low": 0.25, "high": 0.6},
    ]
    made = replace(report(tmp_path, "1998", "2004", ""), estimates=rows("estimates", *rows_of))
    drawn = figures.figure("requests_over_time", made, FRENCH, Look())
    shown = {text.get_text() for text in drawn.picture.findobj(Text)}
    assert {"(3,2\u00a0[2\u00a0;\u00a06])", "(40,0\u00a0[25\u00a0;\u00a060])"} <= shown
    assert FRENCH("note.undated", n="2") in drawn.caption
    plain = figures.figure("requests_over_time", made, FRENCH, Look(whiskers=False))
    assert not any("[" in text.get_text() for text in plain.picture.findobj(Text))


@pytest.mark.parametrize("name", OVER_TIME)
def test_a_figure_over_the_years(tmp_path: Path, name: str) -> None:
    made = figures.figure(name, report(tmp_path, "1998", "2004"), FRENCH, Look())
    assert len(made.data) >= 1
    assert FRENCH("note.one_date") not in made.caption


@pytest.mark.parametrize("name", OVER_TIME)
@pytest.mark.parametrize("dates", [("2004-01-01", "2004-06-01"), ("2004", ""), ("", "")])
def test_where_all_is_of_one_year_the_figure_says_so(tmp_path: Path, name: str, dates: tuple[str, ...]) -> None:
    made = figures.figure(name, report(tmp_path, *dates), FRENCH, Look())
    assert made.data.empty
    assert FRENCH("note.one_date" if any(dates) else "note.no_date") in made.caption
