"""Schema: the contract of the tables, the gate that each passes, and the data dictionary made from it."""

from __future__ import annotations

import pandas as pd
import pytest
import write_tables_md
from conftest import ROOT
from pries.schema import schema
from pries.store import files

# The published columns, which other people's scripts rely on.
CONTRACT = {
    "documents": "doc_id symbol title date file format encoding language sha256 paragraphs sentences obligations",
    "problems": "file doc_id line stage problem remedy",
    "dropped": "doc_id line text rule",
    "paragraphs": "doc_id paragraph section section_title section_role kind part speaker text line_start line_end",
    "sentences": "doc_id sentence_id section paragraph item sentence start end text",
    "actors": "doc_id mention_id sentence_id paragraph start end text actor type role antecedent",
    "obligations": "doc_id obligation_id section paragraph sentence_id sentence_text trigger trigger_lemma "
    "trigger_start trigger_end modality construction tense polarity issuer issuer_text issuer_actor "
    "issuer_type issuer_inferred addressee addressee_text addressee_actor addressee_type actions action_text "
    "rule confidence theme cluster family restates checked citation",
    "actions": "doc_id obligation_id action head lemma label object text start end negated",
    "themes": "doc_id unit unit_id theme score evidence",
    "families": "family rank doc_id date obligation_id score restates reason",
    "clusters": "cluster label size requests share stability terms representative representative_id",
    "clusters_by_k": "k obligation_id cluster",
    "k_selection": "k silhouette stability stability_low stability_high smallest chosen",
    "specificities": "part_kind part unit term f F t T score",
}


@pytest.mark.parametrize("name", CONTRACT)
def test_published_columns_are_the_contract(name: str) -> None:
    assert schema.TABLES[name].published
    assert [c.name for c in schema.TABLES[name].columns] == CONTRACT[name].split()


@pytest.mark.parametrize("name", schema.TABLES)
def test_columns_are_declared_whole(name: str) -> None:
    columns = schema.TABLES[name].columns
    assert len({c.name for c in columns}) == len(columns)
    for column in columns:
        assert column.kind in schema.DTYPES
        assert column.description
        assert column.unit or column.kind not in ("int", "float")


@pytest.mark.parametrize("name", schema.TABLES)
def test_an_empty_table_has_every_column_with_its_type(name: str) -> None:
    made = schema.empty(name)
    assert len(made) == 0
    assert {c.name: schema.DTYPES[c.kind] for c in schema.TABLES[name].columns} == made.dtypes.astype(str).to_dict()


def test_a_stage_fills_its_own_columns() -> None:
    assert [c.name for c in schema.TABLES["actors"].filled_by("tables")] == ["role"]
    joined = {"theme", "cluster", "family", "restates", "checked", "citation"}
    assert {c.name for c in schema.TABLES["obligations"].filled_by("tables")} == joined
    assert "role" not in schema.empty("actors", "actors").columns


LINE = {"doc_id": ["A"], "line": [3], "text": ["A/68/370"], "rule": ["symbol"]}


def test_conform_orders_types_and_renumbers() -> None:
    frame = pd.DataFrame({k: LINE[k] for k in reversed(LINE)}, index=[9]).astype({"line": "float64"})
    made = schema.conform(frame, "dropped")
    assert list(made.columns) == list(LINE)
    assert list(made.index) == [0]
    assert made["line"].dtype == "int64"
    assert list(frame.index) == [9]  # the caller's frame stays as it was


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"rule": None}, r"table dropped: missing \['rule'\], unknown \[\]"),
        ({"page": [1]}, r"unknown \['page'\]"),
        ({"text": [None]}, "text has a missing value"),
    ],
)
def test_conform_refuses(change: dict[str, list[object] | None], named: str) -> None:
    changed = {k: v for k, v in (LINE | change).items() if v is not None}
    with pytest.raises(ValueError, match=named):
        schema.conform(pd.DataFrame(changed), "dropped")


def test_rows_make_the_table_that_pandas_makes_of_them() -> None:
    rows = [("A", 3, "A/68/370", "symbol"), ("A", 4, "États", "date")]
    made = schema.from_rows(rows, "dropped", "segment")
    pd.testing.assert_frame_equal(made, schema.conform(pd.DataFrame(rows, columns=list(LINE)), "dropped"))
    pd.testing.assert_frame_equal(schema.from_rows([], "dropped", "segment"), schema.empty("dropped"))


def test_a_number_for_a_name_becomes_text() -> None:
    made = schema.from_rows([(7, 3, "A/68/370", "symbol"), ("A", 4, "États", "date")], "dropped", "segment")
    assert made["doc_id"].tolist() == ["7", "A"]
    assert list(map(str, made.dtypes)) == ["str", "int64", "str", "str"]


@pytest.mark.parametrize("row", [("A", "trois", "États", "date"), ("A", 3, "États"), ("A", 3, "États", "date", "")])
def test_rows_of_other_types_or_lengths_are_refused(row: tuple[object, ...]) -> None:
    with pytest.raises(ValueError, match=r"invalid literal|argument"):
        schema.from_rows([("A", 3, "A/68/370", "symbol"), row], "dropped", "segment")


def test_rows_with_a_missing_value_are_refused_on_their_way_to_a_file() -> None:
    made = schema.from_rows([("A", 3, None, "symbol")], "dropped", "segment")
    with pytest.raises(ValueError, match="text has a missing value"):
        files.parquet(made, "dropped", "segment")


def test_conform_refuses_a_value_that_is_not_allowed() -> None:
    blank = {c.name: c.values[0] if c.values else "" for c in schema.TABLES["obligations"].columns}
    row = blank | {"trigger_start": 0, "trigger_end": 5, "confidence": 0.9}
    assert len(schema.conform(pd.DataFrame([row]), "obligations")) == 1
    with pytest.raises(ValueError, match=r"modality has \['wish'\], not one of"):
        schema.conform(pd.DataFrame([row | {"modality": "wish"}]), "obligations")


def test_the_data_dictionary_is_up_to_date() -> None:
    written = (ROOT / "docs" / "tables.md").read_text(encoding="utf-8")
    assert written == write_tables_md.render(), "run `make docs`"


def test_the_data_dictionary_names_every_published_column() -> None:
    text = write_tables_md.render()
    for name, table in schema.TABLES.items():
        section = text.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
        assert bool(section) == table.published
        for column in table.columns if table.published else ():
            (row,) = [line for line in section.splitlines() if line.startswith(f"| `{column.name}` |")]
            assert row.count(" | ") == 3
            assert all(f"`{value}`" in row for value in column.values if value)
