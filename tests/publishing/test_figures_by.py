"""Figures by part (`--by`): what is counted of each part, which parts are shown, how they are drawn."""

from __future__ import annotations

import dataclasses
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.patches import PathPatch
from pries.base.places import LEXICONS
from pries.publishing.figures import figures, parts, style
from pries.publishing.figures.gallery import correspondence, issuer_addressee, reinert
from pries.publishing.figures.page import Page
from pries.publishing.figures.report import Report
from pries.publishing.labels import LANGUAGES, Look, Words
from pries.textometry.correspondence import analyse
from reports import HOSTILE, LONG, assert_apart, blank, boxes, many, publish, texts

FRENCH, ENGLISH = (Words(LEXICONS, lang) for lang in LANGUAGES)
WHOLE = {"k_selection", "group_tree"}  # made of all requests together
ABLE = sorted(set(figures.FIGURES) - WHOLE)
ORGANS = [LONG, HOSTILE, "Comité", "Conseil", "Comité", "", "a; b", "Bureau", "Sommet", "Forum", "Ligue", "Comité"]
YEARS = [str(1951 + 7 * n) for n in range(11)] + [""]


@cache
def divided(by: str) -> Report:
    """Requests of twelve documents over eighty years, one without a date; long and hostile names of organs."""
    whole = many()
    docs = [f"doc{n}" for n in range(len(ORGANS))]
    mine = [docs[n % len(docs)] for n in range(len(whole.obligations))]
    requests = whole.obligations.assign(doc_id=mine, action_text=LONG)
    said = [{"family": f"f{n % 9}", "doc_id": doc, "obligation_id": i, "rank": 1}
            for n, (doc, i) in enumerate(zip(mine, requests["obligation_id"], strict=True))]  # fmt: skip
    held = [{"doc_id": doc, "date": year, "families": 6, "new": n % 6} for n, (doc, year) in enumerate(dates(docs))]
    segments = [{"doc_id": docs[n % 12], "segment": f"s{n}", "class": f"c{n % 5 % 3 + 1}"} for n in range(120)]
    points = [
        {"side": side, "name": name, "axis": axis, "coordinate": (n * axis) % 5 / 5, "frequency": 9 + n}
        for side, names in (("column", docs), ("row", [f"lemme {n}" for n in range(30)]))
        for n, name in enumerate(names)
        for axis in (1, 2)
    ]
    words = [{"part_kind": kind, "part": part, "unit": "lemma", "term": f"mot {n}", "score": 3.0 - n, "t": 9}
             for kind, shown in (("date", YEARS), ("document", docs), ("metadata:organe", ORGANS))
             for part in dict.fromkeys(filter(None, shown)) for n in (0, 1, 6)]  # fmt: skip
    return Report(
        blank("documents", [{"doc_id": doc, "symbol": f"A/{doc}", "date": year} for doc, year in dates(docs)]),
        pd.concat([whole.paragraphs.assign(doc_id=doc) for doc in docs]), requests, whole.clusters,
        whole.k_selection, whole.cluster_members, whole.cluster_tree, blank("specificities", words),
        blank("afc", points), blank("afc_axes", [{"axis": a, "share": 0.3 / a} for a in (1, 2)]),
        *(getattr(whole, f"reinert_{table}") for table in ("classes", "terms", "tree")), whole.themes,
        metadata=blank("metadata", [{"doc_id": doc, "field": "organe", "value": organ}
                                    for doc, organ in zip(docs, ORGANS, strict=True) if organ]),
        families=blank("families", said), renewals=blank("renewals", [row for row in held if row["date"]]),
        text_segments=blank("text_segments", segments), by=by,
    )  # fmt: skip


def dates(docs: list[str]) -> list[tuple[str, str]]:
    """Each document and its date."""
    return list(zip(docs, YEARS, strict=True))


def drawn(name: str, by: str = "organe", words: Words = FRENCH, **look: object) -> figures.CaptionedFigure:
    return figures.figure(name, divided(by), words, Look(**look))  # type: ignore[arg-type]


def organ_of(report: Report) -> dict[str, str]:
    return dict(zip(report.metadata["doc_id"], report.metadata["value"], strict=True))


@pytest.mark.parametrize(("width", "words"), [(60.0, ENGLISH), (60.0, FRENCH), (170.0, FRENCH)])
@pytest.mark.parametrize("by", ["organe", "date", "document"])
@pytest.mark.parametrize("name", ABLE)
def test_nothing_is_cut_and_no_letters_meet(name: str, by: str, width: float, words: Words) -> None:
    figure = drawn(name, by, words, width=width, font="serif").picture
    assert_apart(figure, boxes(figure, 200, "serif"), width, 200)


@pytest.mark.parametrize("name", ABLE)
def test_the_title_says_by_what(name: str) -> None:
    assert drawn(name).title.endswith(", selon «\u00a0organe\u00a0»")
    assert drawn(name, "document", ENGLISH).title.endswith(", by document")
    over_time = figures.FIGURES[name].over_time
    assert drawn(name, "date").title.endswith(", selon l’année") != over_time
    if over_time:  # is by date as it stands
        assert drawn(name, "date").data.equals(drawn(name, "").data)


def test_the_parts_that_ask_most_are_shown_and_the_others_are_one() -> None:
    found = parts.part_documents(divided("organe"), FRENCH, 3)
    assert found.keys == ["0", "1", "2", "others", "none"]
    assert found.names[2:] == ["Comité", "autres (6)", "non renseigné"]
    assert found.documents["doc11"] == "2"
    assert found.documents["doc5"] == "none"
    assert len(parts.part_documents(divided("organe"), FRENCH, 9).names) == 10
    lone = parts.part_documents(divided("organe"), FRENCH, 8)
    assert lone.names == parts.part_documents(divided("organe"), FRENCH, 9).names  # a single other is itself


def test_numbers_stand_in_their_order() -> None:
    values = dict(zip([f"doc{n}" for n in range(12)], ["10", "9,5", "100", "2"] * 3, strict=True))
    cells = [{"doc_id": doc, "field": "pages", "value": value} for doc, value in values.items()]
    report = dataclasses.replace(divided("organe"), metadata=blank("metadata", cells), by="pages")
    assert parts.part_documents(report, FRENCH, 6).names == ["2", "9,5", "10", "100"]


def test_many_years_become_periods() -> None:
    years = pd.Series(["1998", "2004", "", "2011"])
    assert parts.periods(years, 3).tolist() == ["1998", "2004", "", "2011"]
    assert parts.periods(years, 2).tolist() == ["1980–1999", "2000–2019", "", "2000–2019"]
    assert parts.part_documents(divided("date"), ENGLISH, 4).names == [
        "1950–1974", "1975–1999", "2000–2024", "no date",
    ]  # fmt: skip


@pytest.mark.parametrize("number", range(1, 7))
def test_pieces_are_told_apart_in_grey(number: int) -> None:
    page = Page(170.0, FRENCH, Look())
    with style.active():
        found = parts.part_documents(divided("organe"), page.words, number)
    light = [style.lightness(colour) for colour in parts.pieces_of(found).colours]
    assert len(light) == number + 2
    lone = parts.pieces_of(dataclasses.replace(found, named=number + 1)).colours[: number + 1]  # a single other
    light_lone = [style.lightness(colour) for colour in [*lone, style.WHITE]]
    assert min(b - a for a, b in pairwise(light_lone)) > 8
    assert min(b - a for a, b in pairwise(light)) > 8


def test_bars_of_addressees_hold_the_requests_of_each_part() -> None:
    report = divided("organe")
    organ = organ_of(report)
    table = drawn("requests_by_addressee").data.set_index("addressee")
    counts: Counter[tuple[str, str]] = Counter()
    for doc, cell in zip(report.obligations["doc_id"], report.obligations["addressee_actor"], strict=True):
        for name in {part.strip() for part in cell.split(";") if part.strip()} or {"non nommé"}:
            counts[name, organ.get(doc, "non renseigné")] += 1
    for part in ("Comité", "Conseil", "non renseigné"):
        assert table.loc["gouvernements", part] == counts["gouvernements", part]
    assert table.loc["gouvernements", "Comité"] > 0
    assert table.to_numpy().sum() == sum(counts.values())


@pytest.mark.parametrize("name", ["strength_over_time", "requests_through_text"])
def test_rows_are_the_parts(name: str) -> None:
    report = divided("organe")
    table = drawn(name).data.set_index("part")
    asked = report.obligations["doc_id"].map(organ_of(report)).fillna("non renseigné").value_counts()
    assert table.sum(axis=1)[["Comité", "non renseigné"]].tolist() == asked[["Comité", "non renseigné"]].tolist()
    assert table.to_numpy().sum() == len(report.obligations)


def test_years_are_divided_and_keep_their_sums() -> None:
    table = drawn("requests_over_time").data.set_index("year")
    assert table.drop(columns=["documents", "requests", "share"]).sum(axis=1).tolist() == table["requests"].tolist()
    assert table.loc[1965, "Comité"] == table.loc[1965, "requests"] > 0


def test_pairs_and_bands_of_each_part() -> None:
    report = divided("organe")
    found = parts.part_documents(report, FRENCH, 6)
    table = issuer_addressee.count_pairs(report.obligations, found.of(report.obligations))
    assert table.index[0] == ("", "")
    assert table.to_numpy().sum() == issuer_addressee.count(report.obligations).to_numpy().sum()
    figure = drawn("who_asks_whom").picture
    colours = {style.to_hex(patch.get_facecolor()) for patch in figure.findobj(PathPatch) if patch.get_alpha()}
    assert len(colours) == 8  # six parts, the others, what has none


def test_new_requests_of_each_part() -> None:
    table = drawn("new_requests").data.set_index("part")
    assert table.loc["Comité"].tolist() == [12, 2 + 4]  # the third has no date
    assert table["families"].sum() == 66


def test_a_dot_for_each_part_of_a_year() -> None:
    table = drawn("family_timeline").data
    said = divided("organe").families
    assert not table.duplicated(["family", "year", "part"]).any()
    assert table["times"].sum() == said["doc_id"].ne("doc11").sum()


def test_segments_of_a_class_in_a_part_and_where_they_are_more_than_expected() -> None:
    counts = np.array([[30.0, 10], [10, 30], [20, 20]])
    marks = reinert.attract(counts)
    assert (marks > 0).tolist() == [[True, False], [False, True], [False, False]]
    rest = counts[1:].sum(axis=0)
    expected = np.outer([40, 80], [60, 60]) / 120
    assert marks[0, 0] == pytest.approx(((np.array([counts[0], rest]) - expected) ** 2 / expected).sum())
    table = drawn("reinert").data.set_index("class")
    segments = divided("organe").text_segments
    mine = segments[segments["doc_id"].map(organ_of(divided("organe"))) == "Comité"]
    assert table["Comité"].tolist()[:3] == mine["class"].value_counts().sort_index().tolist()
    assert table.loc["total", "total"] == len(segments)


def test_a_part_stands_where_a_supplementary_column_would() -> None:
    random = np.random.default_rng(3)
    docs = [f"doc{n}" for n in range(12)]
    table = pd.DataFrame(random.integers(1, 30, (20, 12)), index=[f"mot {n}" for n in range(20)], columns=docs)
    report = divided("organe")
    found = parts.part_documents(report, FRENCH, 12)
    name = dict(zip(found.keys, found.names, strict=True))
    sums = table.T.groupby([name[found.documents[doc]] for doc in docs]).sum().T
    made = analyse(table, table.iloc[:0], sums, most=3).points
    asked = made[made["supplementary"]].set_index(["name", "axis"])["coordinate"].sort_index()
    placed = correspondence.place_parts(made[~made["supplementary"]], found)
    placed = placed.set_index(["name", "axis"])["coordinate"].sort_index()
    assert placed.index.tolist() == asked.index.tolist()
    assert placed.to_numpy() == pytest.approx(asked.to_numpy(), abs=1e-9)


def test_what_has_no_interval_by_part_says_so() -> None:
    known = [{"quantity": "requests", "part_kind": "modality", "part": "should", "estimate": 9.0, "low": 5, "high": 12}]
    report = dataclasses.replace(divided("organe"), estimates=blank("estimates", known))
    for name, told in (("strength_over_time", True), ("requests_through_text", True), ("requests_by_addressee", False)):
        assert (FRENCH("note.no_intervals") in figures.figure(name, report, FRENCH, Look()).caption) == told
    assert FRENCH("note.no_intervals") not in drawn("strength_over_time").caption


STYLES = [Look(), Look(width=85.0, font="serif", grey=True, title=False), Look(width=260.0)]


@pytest.mark.parametrize("look", STYLES)
@pytest.mark.parametrize(("name", "by"), [
    ("clusters", ""), ("clusters", "organe"), ("strength_over_time", ""), ("strength_over_time", "organe"),
    ("new_requests", ""), ("new_requests", "organe"), ("reinert", ""),
])  # fmt: skip
def test_no_percentage_stands_without_its_count(name: str, by: str, look: Look) -> None:
    made = figures.figure(name, divided(by), FRENCH, look)
    table = made.data
    if name == "reinert":
        counts = table.groupby("class")["segments"].first()
    else:
        counts = table["families"] if name == "new_requests" else table.set_index(table.columns[0]).sum(axis=1)
    shown = [text.replace("\u00a0", " ") for text in texts(made.picture)]
    for count in counts:
        assert any(text == str(count) or f"({count})" in text or f"– {count} segments" in text for text in shown), count


@pytest.mark.parametrize("look", STYLES)
@pytest.mark.parametrize("by", ["", "organe"])
def test_the_plane_tells_how_many_labels_are_left_out(by: str, look: Look) -> None:
    made = figures.figure("correspondence", divided(by), FRENCH, look)
    named = made.data[made.data["kind"] != "column"] if by else made.data
    texts_drawn = [text.replace("\n", " ") for text in (t.get_text() for t in made.picture.axes[0].texts)]
    drawn_names = sum(
        (text[:1].isalpha() and not text.startswith("Axe ")) or text.startswith("$") for text in texts_drawn
    )
    assert f"omises\u00a0: {len(named) - drawn_names}." in made.caption


@pytest.mark.parametrize("look", STYLES)
def test_groups_tell_silhouette_and_stability(look: Look) -> None:
    for by in ("", "organe"):
        shown = " ".join(texts(figures.figure("clusters", divided(by), ENGLISH, look).picture))
        assert "Mean silhouette: 0.10; stability: 0.50 (0.30 to 0.70)" in shown


def test_from_files_to_files(tmp_path: Path) -> None:
    tables = publish(divided(""), tmp_path / "tables")
    paths = figures.run(tables, tmp_path, "fr", by="organe", width=85.0)
    assert {path.stem for path in paths} == set(ABLE)
    assert all(path.is_file() for path in paths)
    assert "autres (3)" in texts(drawn("requests_by_addressee").picture)
