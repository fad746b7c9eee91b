"""Tables of texts: rows with their lines, delimiters, and mistakes that name the line."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pries.reading.marks import Unreadable
from pries.reading.table_of_texts import Broken, read_csv, read_jsonl

TEXT = "Les États, priés d’agir ; ils le feront.\nVite."


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_row_is_a_document_with_the_line_on_which_it_begins(delimiter: str, ending: str) -> None:
    rows = ["\ufeffdoc_id", "text", "pays"], ["a1", f'"{TEXT}"', "Mali"], ["a2", "«\u00a0Agissez\u00a0»", ""]
    source = ending.join([*(delimiter.join(row) for row in rows), "", ""])
    assert read_csv(source) == [
        {"doc_id": "a1", "text": TEXT, "pays": "Mali", "line": "2"},
        {"doc_id": "a2", "text": "«\u00a0Agissez\u00a0»", "pays": "", "line": "4"},
    ]


def test_a_cell_may_be_longer_than_csv_allows_by_itself_and_its_limit_stays() -> None:
    limit = csv.field_size_limit()
    assert len(read_csv("doc_id,text\na1," + "mot " * 100_000)[0]["text"]) == 400_000
    assert csv.field_size_limit() == limit


@given(st.lists(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r\0")), min_size=1, max_size=5))
def test_what_a_spreadsheet_writes_comes_back(texts: list[str]) -> None:
    buffer = io.StringIO(newline="")
    written = csv.writer(buffer)
    written.writerows([["doc_id", "text"], *([f"d{n}", text] for n, text in enumerate(texts))])
    assert [row["text"] for row in read_csv(buffer.getvalue())] == texts


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("", "line 1: no column doc_id"),
        ("doc_id,texte\na,b\n", "line 1: no column text"),
        ("doc_id,text,text\na,b,c\n", "line 1: column text is there twice"),
        ("doc_id,text,line\na,b,c\n", "line 1: a column is called line"),
        ('doc_id,text,"pays"du Sud\na,b,c\n', "line 1: ',' expected after '\"'; what follows is not read"),
        ("doc_id,text\n", "a table without rows"),
    ],
)
def test_a_table_that_is_none_is_refused(source: str, problem: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_csv(source)
    assert caught.value.problem == problem
    assert caught.value.remedy


def told(rows: list[dict[str, str] | Broken]) -> list[str]:
    """Each row by its doc_id, or its line and what is wrong with it."""
    return [f"line {row.line}: {row.problem}" if isinstance(row, Broken) else row["doc_id"] for row in rows]


@pytest.mark.parametrize(
    ("source", "rows"),
    [
        ("a,b\n\n ,c\nd,e\n", ["a", "line 4: an empty doc_id", "d"]),
        ('a,"b\nb"\na,c\nd,e\n', ["a", "line 4: doc_id a is that of line 2", "d"]),
        ("a,b\nc\nd,e\n", ["a", "line 3: 1 cells where the header has 2", "d"]),
        ("a,b\nc,d,e\n", ["a", "line 3: 3 cells where the header has 2"]),
        ('a,b\nc,"d\n\n', ["a", "line 3: unexpected end of data; what follows is not read"]),
        ('a,"b"c\nd,e\n', ["line 2: ',' expected after '\"'; what follows is not read"]),
    ],
)
def test_a_broken_row_names_its_line_and_stops_no_other(source: str, rows: list[str]) -> None:
    assert told(read_csv("doc_id,text\n" + source)) == rows


def test_json_lines_give_the_same_rows() -> None:
    source = (
        '{"doc_id": "a1", "text": "Agissez.\\nVite.", "n": 3, "vu": true, "rien": null}\r\n\n{"doc_id": 2, "text": ""}'
    )
    assert read_jsonl(source) == [
        {"doc_id": "a1", "text": "Agissez.\nVite.", "n": "3", "vu": "true", "rien": "", "line": "1"},
        {"doc_id": "2", "text": "", "line": "3"},
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('{"doc_id": "b"}', "line 2: no text"),
        ('{"text": "b"}', "line 2: no doc_id"),
        ('{"doc_id": " ", "text": "b"}', "line 2: an empty doc_id"),
        ('{"doc_id": "a", "text": "b"}', "line 2: doc_id a is that of line 1"),
        ('{"doc_id": "b", "text": ["b"]}', "line 2: no flat object"),
        ('{"doc_id": "b", "text": "c", "line": 4}', "line 2: a column is called line"),
        ('["b", "c"]', "line 2: no flat object"),
        ('{"doc_id": "b",', "line 2: no JSON"),
        ("[" * 100_000, "line 2: no JSON"),
        ('{"doc_id": ' + "9" * 5000 + ', "text": "b"}', "line 2: no JSON"),
    ],
)
def test_a_broken_line_of_json_names_its_line_and_stops_no_other(line: str, problem: str) -> None:
    source = '{"doc_id": "a", "text": "b"}\n' + line + '\n{"doc_id": "z", "text": "b"}\n'
    assert told(read_jsonl(source)) == ["a", problem, "z"]


@given(st.text())
def test_any_text_is_read_or_refused(source: str) -> None:
    for read in (read_csv, read_jsonl):
        try:
            rows = read("doc_id,text\n" + source)
        except Unreadable:
            continue
        assert rows
        assert all(row.problem if isinstance(row, Broken) else row["doc_id"] and row["line"] for row in rows)
