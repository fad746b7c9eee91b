"""Properties of tables: what is written reads back the same, and a person's table in any state stops nothing."""

from __future__ import annotations

import csv
import io
import json
import math
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import openpyxl
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from pries.base import csv_fields
from pries.base.errors import InputError
from pries.base.places import LEXICONS
from pries.publishing import workbook
from pries.publishing.labels import Words
from pries.reading import corpus
from pries.review import corrections, decisions
from pries.schema import schema
from pries.store import files

HOSTILE = [
    "", "=1+1", "+33", "-1", "@SOMME(A1)", "\t=1", '=HYPERLINK("http://a")', "=cmd|' /C calc'!A0", '"', '""', "'", ",",
    "\r", "\n", "\r\n", "a\rb", "\0", "a\0b", "\x1b[31m", "\x85", "\u2028", "\u2029", "\u202e", "\u200b", "\ufeff",
    "\uffff",
    "\x0b", "NA", "nan", "None", "null", "True", "inf", "1e5", "007", "0x1F", "-0", "\\", "\\N", "#", "_x0041_",
    "_x000D_",
    "œuvre", "\U0001f468\u200d\U0001f469", "é" * 40_000, "a;b\tc", "<b>&amp;", "]]>", "{{ x }}", "http://a.b",
    "mailto:a@b.c",
]  # fmt: skip
TEXT = st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
KINDS = {
    "text": TEXT,
    "int": st.integers(-(2**63), 2**63 - 1),
    "float": st.floats(allow_infinity=False) | st.just(math.nan),
    "bool": st.booleans(),
    "vector": st.lists(st.floats(width=32, allow_nan=False, allow_infinity=False), min_size=3, max_size=3),
}


@st.composite
def tables(draw: st.DrawFn, *, published: bool) -> tuple[str, pd.DataFrame]:
    """One of the project's tables with a few rows of anything that its columns allow."""
    name = draw(st.sampled_from([name for name, table in schema.TABLES.items() if table.published or not published]))
    columns = schema.TABLES[name].columns
    row = st.tuples(*(st.sampled_from(c.values) if c.values else KINDS[c.kind] for c in columns))
    rows = draw(st.lists(row, max_size=5))
    return name, schema.conform(pd.DataFrame(rows, columns=[c.name for c in columns]), name)


def rounded(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Floats as a published table has them, to six decimals."""
    floats = [column.name for column in schema.TABLES[name].columns if column.kind == "float"]
    return frame.assign(**{column: [float(f"{value:.6f}") for value in frame[column]] for column in floats})


@given(tables(published=True))
def test_csv_reads_back_the_same(made: tuple[str, pd.DataFrame]) -> None:
    name, frame = made
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.csv"
        files.write_csv(frame, path, name)
        pd.testing.assert_frame_equal(files.read_csv(path, name), rounded(name, frame), check_exact=True)
        with path.open(encoding="utf-8", newline="") as file, csv_fields.up_to():  # and by a reader that is not ours
            others = list(csv.DictReader(file))
        texts = [column.name for column in schema.TABLES[name].columns if column.kind == "text"]
        assert [[row[t] for t in texts] for row in others] == frame[texts].to_numpy().tolist()


@given(tables(published=False))
def test_parquet_reads_back_the_same(made: tuple[str, pd.DataFrame]) -> None:
    name, frame = made
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.parquet"
        files.write_parquet(frame, path, name)
        pd.testing.assert_frame_equal(files.read_parquet(path), frame)


@cache
def words(lang: str) -> Words:
    return Words(LEXICONS, lang)


@given(st.lists(TEXT, min_size=1, max_size=8))
def test_a_text_in_the_workbook_is_a_text(texts: list[str]) -> None:
    """Whatever it begins with; characters that XML forbids are not in it, and openpyxl shows a
    carriage return as the escape with which Excel writes it."""
    frame = schema.conform(pd.DataFrame({"doc_id": "A", "field": "x", "value": texts}), "metadata")
    data = workbook.excel_file({"metadata": frame}, words("fr"), words("en"))
    sheet = openpyxl.load_workbook(io.BytesIO(data))["metadata"]
    for at, text in enumerate(texts, start=2):
        cell, expected = sheet.cell(at, 3), workbook.fitting(workbook.legal(text))
        assert str(cell.value or "").replace("_x000D_", "\r") == expected.replace("_x000D_", "\r")
        assert cell.data_type == ("s" if expected else "n")
        assert cell.hyperlink is None


# --- tables of a person -----------------------------------------------------------------------------------

GARBAGE = st.binary(max_size=200) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "surrogatepass"))
CELL = TEXT.filter(lambda text: len(text) < 100)


def written(header: list[str], rows: list[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([header, *rows])
    return out.getvalue().encode()


def rows_of(*columns: st.SearchStrategy[str]) -> st.SearchStrategy[list[list[str]]]:
    """Rows that may be one cell too short or too long."""
    whole = st.tuples(*columns).map(list)
    return st.lists(whole | whole.map(lambda row: row[:-1]) | whole.map(lambda row: [*row, "x"]) | whole, max_size=6)


METADATA = st.builds(
    written,
    st.sampled_from([["doc_id", "file", "symbol", "title", "date", "lang"], ["file", "doc_id", "a", "b", "c", "date"]]),
    rows_of(
        CELL, st.sampled_from(["a.txt", "b.txt", " a.txt ", "c.txt"]), CELL, CELL, st.sampled_from(["", "2013"]) | CELL,
        st.sampled_from(["", "2013-07", "hier", "fr"]),
    ),
)  # fmt: skip


@given(GARBAGE | METADATA)
def test_any_metadata_is_read_or_named_in_one_line(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, content in (("metadata.csv", data), ("a.txt", b"Agissez."), ("b.txt", b"Agissons.")):
            (Path(folder) / name).write_bytes(content)
        try:
            made = corpus.manifest(Path(folder))
        except InputError as error:
            told = str(error)
            assert "metadata.csv" in told
            assert error.remedy  # noqa: PT017
            assert len(told.splitlines()) == 1
            return
        assert [row["file"] for row in made] == ["a.txt", "b.txt"]
        assert len({row["doc_id"] for row in made}) == 2
        assert all(isinstance(json.loads(row["more"] or "{}"), dict) for row in made)
        assert corpus.dump(made).decode("utf-8")


SENTENCE = "Les participants ont prié les gouvernements de ratifier la Convention."
REQUEST = {
    "doc_id": "A", "obligation_id": "o1", "section": "", "paragraph": "1", "sentence_id": "s1",
    "sentence_text": SENTENCE,
    "trigger": "prié", "trigger_lemma": "prier", "trigger_start": 21, "trigger_end": 25, "modality": "request",
    "construction": "active", "tense": "past", "polarity": "positive", "issuer": "participants",
    "issuer_text": "participants", "issuer_actor": "participants", "issuer_type": "participants", "issuer_inferred": "",
    "addressee": "gouvernements", "addressee_text": "gouvernements", "addressee_actor": "gouvernements",
    "addressee_type": "state", "actions": "ratifier", "action_text": "ratifier la Convention", "rule": "prier/verb",
    "confidence": 0.9,
}  # fmt: skip
ACTION = ("A", "o1", 1, "ratifier", "ratifier", "ratifier", "convention", "ratifier la Convention", 47, 69, False)
ACTOR = ("A", "m1", "s1", "1", 29, 42, "gouvernements", "gouvernements", "state", "")


@cache
def found() -> dict[str, pd.DataFrame]:
    """The tables of one sentence with one request."""
    rows = {
        "paragraphs": ("segment", [("A", "1", "", "", "body", "paragraph", "", "", SENTENCE, 1, 1)]),
        "sentences": ("segment", [("A", "s1", "", "1", "", 1, 0, len(SENTENCE), SENTENCE)]),
        "actors": ("actors", [ACTOR]),
        "obligations": ("obligations", [tuple(REQUEST.values())]),
        "actions": ("obligations", [ACTION]),
    }
    return {
        name: schema.conform(pd.DataFrame(r, columns=list(names(name, by))), name, by) for name, (by, r) in rows.items()
    }


def names(table: str, stage_name: str) -> Iterator[str]:
    return (column.name for column in schema.TABLES[table].filled_by(stage_name))


VALUES = st.sampled_from([
    "gouvernements", "participants", "gouvernements; participants", "ratifier", "ratifier; prié", "request", "urge",
    "A",
    "prié", SENTENCE, "1", "2", "0", "²", "-1", "9" * 5000, "; ", "(", "*", "\\", "past", "negative", "s1", "",
    decisions.signature(REQUEST),
])  # fmt: skip
FIELDS = st.sampled_from([*decisions.FIELDS, *decisions.NEEDED, *decisions.LABELS, "occurrence", "paragraph", "x", ""])
CORRECTIONS = st.builds(
    written,
    st.sampled_from([[*corrections.COLUMNS, *corrections.PLACE], [*corrections.COLUMNS, "doc_id", "doc_id"]]),
    rows_of(
        st.sampled_from(["o1", "o2", "n1", "n2", ""]), st.sampled_from(["confirm", "reject", "edit", "add", "x"]),
                         FIELDS,
        VALUES | CELL, VALUES | CELL, CELL, CELL, CELL, st.sampled_from(["A", ""]), st.sampled_from(["1", "7", ""]),
    ),
)  # fmt: skip

ADDED = {"doc_id": "A", "sentence_text": SENTENCE, "trigger": "prié", "modality": "urge"}
MORE = st.dictionaries(FIELDS, VALUES | CELL, max_size=4)


@st.composite
def additions(draw: st.DrawFn) -> bytes:
    """A request added by hand, a line a field, with whatever else; and another line after it."""
    cells = draw(st.sampled_from([{}, ADDED])) | draw(MORE)
    lines = [["n1", "add", name, "", value, "", "", ""] for name, value in cells.items()]
    last = [draw(st.sampled_from(["n1", "o1"])), draw(st.sampled_from(["confirm", "reject", "edit", "add"]))]
    return written(list(corrections.COLUMNS), [*lines, [*last, draw(FIELDS), draw(VALUES), draw(VALUES), "", "", ""]])


@given(GARBAGE | CORRECTIONS | additions())
def test_any_corrections_are_applied_or_named(data: bytes) -> None:
    made = corrections.run(**found(), corrections=data)
    assert made["obligations"]["obligation_id"].is_unique
    for row in made["obligations"].itertuples():
        assert SENTENCE[row.trigger_start : row.trigger_end] == row.trigger
        for role in ("issuer", "addressee"):
            assert all(part in SENTENCE.lower() for part in getattr(row, f"{role}_text").lower().split("; "))
    for action in made["actions"].itertuples():
        assert SENTENCE[action.start : action.end] == action.text
        assert action.obligation_id in set(made["obligations"]["obligation_id"])
    assert set(made["checks"]["obligation_id"]) == set(made["obligations"]["obligation_id"])
    assert (made["unapplied"]["problem"] != "").all()
    assert (made["unapplied"]["remedy"] != "").all()
