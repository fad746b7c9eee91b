"""Tables of texts: rows with their lines, delimiters, and mistakes that name the line."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Callable, Sequence

import openpyxl
import pytest
from hostile import archive
from hypothesis import given
from hypothesis import strategies as st
from pries.reading.formats import Limits, kind, kind_of_text, texts
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
        ("", "a table without rows"),
        ("doc_id,valeur\na,b\n", "line 1: no column of texts among doc_id, valeur"),
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


# --- tables whose columns have other names ---------------------------------------------------------------

LONG = "Le maire doit nettoyer la place avant la fête."


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (f"id;texte\n7;{LONG}\n", {"doc_id": "7", "text": LONG}),
        (f"filename,content\nx.txt,{LONG}\n", {"doc_id": "x.txt", "text": LONG}),
        (f"Texte intégral\tCote\n{LONG}\tA/1\n", {"doc_id": "A/1", "text": LONG}),
        (f"N°;Recommandations;Organe\n7;{LONG};Conseil\n",
         {"doc_id": "7", "text": LONG, "Organe": "Conseil", "kind": "recommandations"}),
        (f"id;recommendation;kind\n7;{LONG};a\n", {"doc_id": "7", "text": LONG, "kind": "a"}),
        # the column of a number has a text's name too; no column names the documents
        (f"paragraphe;contenu;pays\n12;{LONG};Mali\n",
         {"doc_id": "", "text": LONG, "paragraphe": "12", "pays": "Mali"}),
        # no name tells, the cells do
        (f"id;remarques\n7;{LONG}\n", {"doc_id": "7", "text": LONG}),
    ],
)  # fmt: skip
def test_the_column_of_texts_is_told_by_its_name_and_its_cells(source: str, expected: dict[str, str]) -> None:
    assert kind_of_text(source + source.partition("\n")[2].replace("7", "8", 1)) == "csv"
    assert read_csv(source) == [{**expected, "line": "2"}]


def test_a_column_in_which_a_name_comes_twice_names_no_document() -> None:
    assert told(read_csv(f"code;texte\na;{LONG}\na;{LONG}\n")) == ["", ""]


def test_a_table_of_paragraphs_holds_a_document_for_each_name() -> None:
    table = "doc_id,n,langue,text\nA,1,fr,Rappelant\nA,2,fr,Prie\nA,3,fr,Adopté\nA,4,fr,Fin\nB,1,fr,Décide\n"
    made = read_csv(table)
    assert made == [
        {"doc_id": "A", "langue": "fr", "text": "Rappelant\n\nPrie\n\nAdopté\n\nFin", "line": "2"},
        {"doc_id": "B", "n": "1", "langue": "fr", "text": "Décide", "line": "6"},
    ]
    assert read_jsonl('{"doc_id": "A", "text": "Un."}\n' * 3) == [
        {"doc_id": "A", "text": "Un.\n\nUn.\n\nUn.", "line": "1"}
    ]


def test_names_that_come_again_far_apart_name_no_document() -> None:
    rows = read_csv("doc_id,text\nA,Un.\nA,Deux.\nA,Trois.\nB,Un.\nB,Deux.\nB,Trois.\nA,Quatre.\n")
    assert sum(isinstance(row, Broken) for row in rows) == 5


def test_keys_of_json_lines_may_have_other_names() -> None:
    source = '{"id": "x1", "recommandation": "Le maire doit agir.", "n": 2}\n{"id": "x2"}\n'
    assert kind_of_text(source) == "jsonl"
    first, second = read_jsonl(source)
    assert first == {"doc_id": "x1", "text": "Le maire doit agir.", "n": "2", "kind": "recommandations", "line": "1"}
    assert second == Broken(2, "no recommandation", "every row needs doc_id and text")


@pytest.mark.parametrize("read", [read_csv, read_jsonl])
def test_a_table_without_texts_is_named_and_never_prose(read: Callable[[str], list[dict[str, str] | Broken]]) -> None:
    source = "id;valeur\n1;3\n2;4\n" if read is read_csv else '{"id": 1, "valeur": 3}\n'
    assert kind_of_text(source) == ("csv" if read is read_csv else "jsonl")
    with pytest.raises(Unreadable, match="no column of texts among id, valeur"):
        read(source)


@pytest.mark.parametrize(
    "prose",
    [
        "Le maire, prié d’agir, agira.\nIl a, dit-on, peu de temps.\n",
        "Texte, contenu\nLe maire agira.\nIl a, dit-on, peu de temps.\n",
        "Recommandations\nLe maire devrait agir.\n",
        "Date, lieu et heure\nLe conseil se réunit.\nIl délibère.\n",
    ],
)
def test_prose_with_commas_is_no_table(prose: str) -> None:
    assert kind_of_text(prose) == "txt"


def workbook(*rows: Sequence[object]) -> bytes:
    """An Excel workbook whose first sheet has these rows."""
    book, buffer = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.create_sheet("autre").append(["id", "texte"])
    book.save(buffer)
    return buffer.getvalue()


def test_the_first_sheet_of_a_workbook_is_a_table_of_texts() -> None:
    when = datetime.datetime(2013, 7, 15)
    data = workbook([], ["N°", "Recommandation", "date", "vu"], [1, LONG, when, 2.0], [], [2, "Planter.", None, "=1+1"])
    assert kind(data) == "xlsx"
    first, second = texts(data, Limits())
    assert (first.doc_id, first.text, first.format, first.line) == ("1", LONG, "xlsx", 3)
    assert first.metadata == {"date": "2013-07-15", "vu": "2", "kind": "recommandations"}
    assert (second.doc_id, second.text, second.metadata["vu"]) == ("2", "Planter.", "")


def test_titles_and_sheets_of_notes_may_stand_before_the_table_of_a_workbook() -> None:
    book, buffer = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Notice : ce classeur donne les recommandations de l'audit des ponts."])
    for name, texts_of in (("Suivi", ["Repeindre les piles.", "Changer les câbles."]), ("2044", ["Fermer le pont."])):
        sheet = book.create_sheet(name)
        for row in (["Suivi des recommandations de l'audit"], [], ["N°", "Recommandation"], *enumerate(texts_of)):
            sheet.append(row)
    book.save(buffer)
    *read, other = texts(buffer.getvalue(), Limits())
    assert [(one.text, one.line, one.metadata["kind"]) for one in read] == [
        ("Repeindre les piles.", 4, "recommandations"),
        ("Changer les câbles.", 5, "recommandations"),
    ]
    assert other.problem[0] == "sheet '2044' holds texts too and is not read"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (workbook(["id", "valeur"], [1, 2]), "an Excel workbook: line 1: no column of texts among id, valeur"),
        (workbook(), "an Excel workbook whose first sheet is empty"),
        (workbook(["texte", "texte"], ["a", "b"]), "line 1: column texte is there twice"),
        (archive({"xl/workbook.xml": "<a/>"}), "a broken Excel workbook"),
        (archive({"xl/workbook.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "XML with a document type"),
        (archive({"xl/workbook.xml": b" " * 30_000_000}), "too large when unpacked"),
        (workbook(["texte"], ["mot " * 3000]), "longer than 10,000 characters"),
    ],
)
def test_a_workbook_that_is_none_is_refused(data: bytes, problem: str) -> None:
    with pytest.raises(Unreadable) as caught:
        texts(data, Limits(max_megabytes=20, max_characters=10_000))
    assert caught.value.problem.startswith(problem)
    assert caught.value.remedy
