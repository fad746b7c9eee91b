"""The stage: what a coded sample says of the counts, and what it says of a sample that does not fit."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from pries.estimation import estimates
from pries.schema import schema

HEADER = "sentence_id,doc_id,paragraph,stratum,pi,coded,coder,date,note\n"
N = 40  # sentences, of which those with an even number hold a request
RIGHT = {"modality": "request", "polarity": "positive", "issuer": "", "addressee": "États", "actions": "agir"}


def requests(ids: list[int], **changes: dict[int, str]) -> pd.DataFrame:
    """A request « priés » in each of these sentences, with some fields changed in some."""
    rows = []
    for i in ids:
        cells: dict[str, Any] = dict.fromkeys(
            (c.name for c in schema.TABLES["obligations"].filled_by("obligations")), ""
        )
        cells |= RIGHT | {name: values[i] for name, values in changes.items() if i in values}
        cells |= {
            "doc_id": f"d{i % 8}", "obligation_id": f"o{i}", "paragraph": str(i), "sentence_id": f"s{i}",
            "trigger": "priés", "trigger_start": 0, "trigger_end": 5, "construction": "passive", "tense": "past",
            "confidence": 0.9,
            "addressee_actor": cells["addressee"],
        }  # fmt: skip
        rows.append(cells)
    return schema.conform(pd.DataFrame(rows), "obligations", "obligations")


def run(
    sample: str, true: pd.DataFrame | None = None, labels: list[tuple] | None = None, themes: list[tuple] | None = None
) -> dict[str, pd.DataFrame]:  # fmt: skip
    found = requests(list(range(0, N, 2)))
    text = pd.DataFrame(
        {"doc_id": [f"d{i % 8}" for i in range(N)], "sentence_id": [f"s{i}" for i in range(N)],
         "paragraph": [str(i) for i in range(N)], "start": 0, "end": 50, "text": "x"}
    )  # fmt: skip
    documents = pd.DataFrame({"doc_id": [f"d{i}" for i in range(8)], "date": ["2013-07-01", *[""] * 7]})
    names = ("themes", "cluster_members", "families", "actions")
    empty = {name: schema.empty(name) for name in names}
    if themes:
        empty["themes"] = pd.DataFrame(themes, columns=["doc_id", "unit", "unit_id", "theme", "score", "evidence"])
    set_labels = pd.DataFrame(labels or [], columns=[c.name for c in schema.TABLES["set_labels"].columns])
    return estimates.run(
        documents, text, found, empty["actions"], found if true is None else true, empty["actions"],
        empty["themes"], empty["cluster_members"], empty["families"], set_labels, sample=sample.encode(),
    )  # fmt: skip


def sample(ids: range | list[int], coded: str = "yes", pi: float = 0.5) -> str:
    return HEADER + "".join(f"s{i},d{i % 8},{i},all,{pi},{coded},ML,,\n" for i in ids)


def row(found: dict[str, pd.DataFrame], quantity: str, kind: str = "all", part: str = "") -> pd.Series:
    table = found["estimates"]
    mine = table[(table["quantity"] == quantity) & (table["part_kind"] == kind) & (table["part"] == part)]
    assert len(mine) == 1
    return mine.iloc[0]


def problems(found: dict[str, pd.DataFrame]) -> list[tuple[int, str]]:
    return list(found["sample_problems"][["line", "problem"]].itertuples(index=False, name=None))


def test_without_a_sample_the_tables_are_empty() -> None:
    for text in ("", HEADER, sample(range(20), coded="")):
        found = run(text)
        assert found["estimates"].empty
        assert not problems(found)


def test_counts_are_corrected_by_the_difference_estimator() -> None:
    # of the coded half, the requests of s0 are rejected, and s1 and s3 hold one that was missed
    true = pd.concat([requests([1, 3]), requests(list(range(2, N, 2)))], ignore_index=True)
    found = run(sample(range(20)), true)
    every = row(found, "requests")
    assert (every["automatic"], every["estimate"]) == (20, 20 + 2 * (2 - 1))
    assert every["low"] <= 21 <= every["high"]
    assert every["sentences"] == N
    assert row(found, "precision")["estimate"] == pytest.approx(18 / 20)
    assert row(found, "recall")["estimate"] == pytest.approx(18 / 22)
    assert row(found, "requests", "date", "2013")["estimate"] == 5 - 2
    assert row(found, "share", "addressee", "États")["estimate"] == pytest.approx(1)


def test_fields_are_scored_on_the_rows_that_are_right() -> None:
    true = requests(list(range(0, N, 2)), addressee={0: "gouvernements"}, modality={2: "urge", 4: "urge", 6: "urge"})
    found = run(sample(range(20)), true)
    assert row(found, "accuracy", "field", "addressee")["estimate"] == pytest.approx(1 - 2 * 1 / 20)
    assert row(found, "accuracy", "field", "modality")["estimate"] == pytest.approx(1 - 2 * 3 / 20)
    assert row(found, "accuracy", "field", "row")["estimate"] == pytest.approx(1 - 2 * 4 / 20)
    assert row(found, "requests", "modality", "urge")["estimate"] == 6
    assert row(found, "recall", "modality", "urge")["estimate"] == 0
    assert row(found, "requests", "addressee", "gouvernements")["method"] == "too_few"


def test_decisions_outside_of_the_sample_estimate_nothing() -> None:
    inside = requests(list(range(2, N, 2)))
    outside = inside[inside["obligation_id"] != "o30"].reset_index(drop=True)
    runs = [run(sample(range(20)), true) for true in (inside, outside)]
    assert [problems(made) for made in runs] == [
        [], [(0, "sentences with decisions that were not drawn: 1, the first s30")]
    ]  # fmt: skip
    one, other = (made["estimates"] for made in runs)
    told = other["part_kind"] == "outside"
    assert other.loc[told, "coded"].tolist() == [1]
    other = other[~told].reset_index(drop=True)
    pd.testing.assert_frame_equal(one, other)


def test_an_actor_that_was_given_another_name_is_the_same_actor() -> None:
    true = requests(list(range(0, N, 2))).assign(addressee_actor="États Membres")
    label = [("", "actor_label", "États", "États Membres", 2)]
    found = run(sample(range(20)), true, label)
    assert row(found, "requests", "addressee", "États Membres")["estimate"] == 20
    assert "États" not in set(found["estimates"]["part"])


def test_a_theme_that_a_person_has_set_was_another_to_the_program() -> None:
    # seven are about children, as the program says; of three of these, which are coded, a person says: about data
    of = dict.fromkeys((0, 2, 4), "data") | dict.fromkeys((24, 26, 28, 30), "children-youth")
    themes = [(f"d{i % 8}", "obligation", f"o{i}", theme, 1, "x@0:1") for i, theme in of.items()]
    labels = [(f"o{i}", "theme", "children-youth", "data", i) for i in (0, 2, 4)]
    labels += [("o24", "theme", "labour", "data", 9)]  # was never applied: o24 was not about labour
    found = run(sample(range(20)), labels=labels, themes=themes)
    about = row(found, "requests", "theme", "children-youth")
    assert (about["automatic"], about["estimate"]) == (7, 7 - 2 * 3)
    assert row(found, "requests", "theme", "data")["automatic"] == 0
    assert row(found, "share", "theme", "children-youth")["automatic"] == 7 / 20
    assert row(found, "distinct_share", "theme", "children-youth")["automatic"] == 7 / 20


def test_a_rejected_request_had_the_themes_of_its_words() -> None:
    themes = [(f"d{i % 8}", "paragraph", str(i), "migration", 1, f"x@{10 * i}:{10 * i + 1}") for i in (0, 2, 4, 6)]
    themes += [(f"d{i % 8}", "obligation", f"o{i}", "migration", 1, "x@0:1") for i in (24, 26, 28, 30)]
    true = requests(list(range(8, N, 2)))
    found = run(sample(range(20)), true, themes=themes)
    about = row(found, "requests", "theme", "migration")  # the word of paragraph 6 stands outside of its sentence
    assert (about["automatic"], about["estimate"]) == (7, 7 - 2 * 3)


def test_what_is_coded_of_a_sample_stands_for_its_stratum() -> None:
    half = sample(range(20)).splitlines()
    half[11:] = [line.replace(",yes,", ",,") for line in half[11:]]
    true = pd.concat([requests([1]), requests(list(range(0, N, 2)))], ignore_index=True)
    assert row(run("\n".join(half)), "requests")["estimate"] == 20
    assert row(run("\n".join(half), true), "requests")["estimate"] == 20 + 4


def test_everything_coded_is_a_census() -> None:
    every = row(run(sample(range(N), pi=1)), "requests")
    assert (every["low"], every["estimate"], every["high"], every["method"]) == (20, 20, 20, "complete")


def test_documents_are_units() -> None:
    text = sample([i for i in range(N) if i % 2 == 0]).replace(",all,", ",documents,")
    every = row(run(text), "requests")
    assert every["estimate"] == 20
    assert every["low"] == 20 < every["high"]  # 20 were seen


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        (sample(range(20)).replace("s3,", "gone,", 1), 5, "sentence gone no longer stands in the text (paragraph 3)"),
        (sample(range(20)).replace("s", "x").replace("xentence_id", "sentence_id").replace("xtratum", "stratum")
         .replace("yex", "yes"), 0, "none of its 20 sentences stands in this corpus"),
        (sample(range(20)).replace("0.5", "1.5", 1), 2, "pi '1.5' is no probability: 1e-09 to 1"),
        (sample(range(20)).replace("0.5", "1e-320", 1), 2, "pi '1e-320' is no probability: 1e-09 to 1"),
        (sample(range(20)).replace("yes", "nearly", 1), 2, "coded 'nearly' is neither yes nor empty"),
        (sample(range(20)).replace("s0,d0,0,all", "s0,d0,0,", 1), 2, "stratum is empty"),
        (sample([*range(20), 3]), 22, "sentence s3 stands on line 5 too, coded by ML: it counts once"),
        (sample(range(20), pi=0.25), 0, "it was drawn from 80 sentences, and the corpus has 40"),
        ("a,b\n1,2\n", 1, "missing column sentence_id, stratum, pi, coded"),
        ('sentence_id,stratum,pi,coded\n"s1,all,1,yes\n', 0, "not a CSV file (unexpected end of data)"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_one_line_and_the_rest_counts(text: str, line: int, problem: str) -> None:
    found = run(text)
    assert problems(found)[0] == (line, problem)
    assert len(problems(found)) <= 2
    usable = "20 sentences stands" not in problem and "missing" not in problem and "CSV" not in problem
    assert found["estimates"].empty != usable


def test_documents_that_were_drawn_for_certain_stand_for_themselves() -> None:
    # of eight documents d0 and d1 for certain, half of the others by chance; a request is missed in d1 and one in d3
    pi = {0: 1, 1: 1, 2: 0.5, 3: 0.5, 4: 0.5}
    lines = [f"s{i},d{i % 8},{i},documents,{pi[i % 8]},yes,ML,,\n" for i in range(N) if i % 8 in pi]
    true = requests([*range(0, N, 2), 1, 3])  # s1 stands in d1, s3 in d3
    made = row(run(HEADER + "".join(lines), true), "requests")
    assert (made["automatic"], made["estimate"]) == (N / 2, N / 2 + 1 + 2)
    assert made["se"] == pytest.approx(2**0.5)  # of three of six, two with no error and one with one


def test_sentences_with_decisions_that_are_not_coded_whole_are_told() -> None:
    text = sample(range(20)).replace("s4,d4,4,all,0.5,yes", "s4,d4,4,all,0.5,")
    found = run(text, requests([i for i in range(0, N, 2) if i != 4]))
    what = "sentences with decisions that are not coded whole: 1, the first s4"
    assert problems(found) == [(6, what)]
    assert row(found, "requests")["estimate"] == 20
