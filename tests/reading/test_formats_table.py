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
from pries.reading.json_texts import read_jsonl
from pries.reading.marks import Unreadable
from pries.reading.table_header import Broken
from pries.reading.table_of_texts import read_csv

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


WORDS = st.text("abéÀ ,;.\n\"'«»-", max_size=30).map(str.strip)


@given(
    st.lists(WORDS.filter(lambda title: title and '"' not in title and "\n" not in title), max_size=4),
    st.lists(WORDS.filter(bool), min_size=3, max_size=6),
    st.sampled_from(",;\t"),
)
def test_titles_above_a_table_lose_no_row_whatever_they_say(titles: list[str], texts: list[str], sign: str) -> None:
    buffer = io.StringIO(newline="")
    written = csv.writer(buffer, delimiter=sign)
    written.writerows([[title, "", ""] for title in titles])
    written.writerows([["doc_id", "text", "pays"], *([f"d{n}", text, "Mali"] for n, text in enumerate(texts))])
    assert kind_of_text(buffer.getvalue()) == "csv"
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


def test_lists_and_objects_in_json_are_paragraphs_or_metadata() -> None:
    source = '{"cle": "k", "texte": ["Signez.", "Payez."], "mots": ["eau", "sel"], "lieu": {"pays": "Mali"}}'
    assert read_jsonl(source) == [
        {"doc_id": "k", "text": "Signez.\n\nPayez.", "mots": "eau; sel", "lieu": '{"pays": "Mali"}', "line": "1"}
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('{"doc_id": "b"}', "line 2: no text"),
        ('{"text": "b"}', "line 2: no doc_id"),
        ('{"doc_id": " ", "text": "b"}', "line 2: an empty doc_id"),
        ('{"doc_id": "a", "text": "b"}', "line 2: doc_id a is that of line 1"),
        ('{"doc_id": "b", "text": {"fr": "b"}}', "line 2: no text"),
        ('{"doc_id": "b", "text": "c", "line": 4}', "line 2: a column is called line"),
        ('["b", "c"]', "line 2: no object"),
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
    for listed in (
        f"[{source.strip().replace(chr(10), ',')}]",
        f'{{"lignes": [\n{source.strip().replace(chr(10), ",")}]\n}}',
    ):
        assert kind_of_text(listed) == "jsonl"
        assert read_jsonl(listed) == [first, second]
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


def sheets(**rows_of: list[list[object]]) -> bytes:
    """An Excel workbook of sheets, each with its rows."""
    book, buffer = openpyxl.Workbook(), io.BytesIO()
    book.remove(book.active)
    for name, table in rows_of.items():
        sheet = book.create_sheet(name)
        for row in table:
            sheet.append(row)
    book.save(buffer)
    return buffer.getvalue()


HEADER = [["Suivi des recommandations de l'audit"], [], ["N°", "Recommandation"]]


def test_titles_and_sheets_of_notes_may_stand_before_the_table_of_a_workbook() -> None:
    notes: list[list[object]] = [["Notice : ce classeur donne les recommandations de l'audit des ponts."]]
    read = texts(sheets(Notice=notes, Suivi=[*HEADER, [1, "Repeindre les piles."], [2, "Changer."]]), Limits())
    assert [(one.doc_id, one.text, one.line) for one in read] == [
        ("1", "Repeindre les piles.", 4),
        ("2", "Changer.", 5),
    ]
    assert read[0].metadata == {"kind": "recommandations", "title": "Suivi des recommandations de l'audit"}


def test_all_sheets_of_texts_are_read_and_one_that_repeats_others_is_named() -> None:
    piles, bridge = [1, "Repeindre les piles."], [1, "Fermer le pont."]
    data = sheets(
        A=[*HEADER, piles], B=[*HEADER, bridge], C=[["texte"], ["Fermer le pont."]], D=[["texte"], ["Ouvrir."]]
    )
    first, second, other, last = texts(data, Limits())
    assert [(one.doc_id, one.metadata.get("sheet")) for one in (first, second, last)] == [
        ("1", None),
        ("B_1", "B"),
        ("D_2", "D"),
    ]
    assert other.problem[0] == "sheet 'C' repeats texts of other sheets and is not read"


def test_what_is_merged_over_rows_holds_for_each() -> None:
    book, buffer = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    for row in (
        ["Pays", "Recommandation", "Suivi", ""],
        ["", "", "Réponse", "Date"],
        ["Mali", "Former les juges.", "Acceptée", 2031],
        ["", "Ouvrir des puits.", "Notée", 2032],
        ["Niger", "Planter des arbres.", "Notée", ""],
    ):
        sheet.append(row)
    for cells in ("A1:A2", "B1:B2", "C1:D1", "A3:A4"):
        sheet.merge_cells(cells)
    book.save(buffer)
    read = texts(buffer.getvalue(), Limits())
    assert [(one.text, one.metadata["Pays"], one.metadata["Suivi Réponse"]) for one in read] == [
        ("Former les juges.", "Mali", "Acceptée"),
        ("Ouvrir des puits.", "Mali", "Notée"),
        ("Planter des arbres.", "Niger", "Notée"),
    ]


TABLE = "N°;Recommandation;Pays\n1;Former les juges.;Mali\n2;Ouvrir des puits.;Niger\n"
READ = [("1", "Former les juges.", "Mali"), ("2", "Ouvrir des puits.", "Niger")]


SHAPES = [
    (TABLE, ""),
    ("Suivi des recommandations;;\n" + TABLE, "Suivi des recommandations"),
    ("Suivi\n\nMis à jour le 3 mars 2044\n" + TABLE, "Suivi Mis à jour le 3 mars 2044"),
    ("sep=;\n" + TABLE, ""),
    ("\ufeffSuivi;;\n" + TABLE, "Suivi"),
    (TABLE.replace("N°", "NUMÉRO").replace("Recommandation", "RECOMMANDATION").replace("Pays", "PAYS"), ""),
    (TABLE.replace("N°", "No.").replace("Recommandation", "Recommendation"), ""),
    (TABLE.replace("1;F", "1.0;F").replace("2;O", "2.0;O"), ""),
    (TABLE.replace("\n", ";;\n"), ""),  # columns without a name that are empty
    (TABLE.replace("\n", "\n;").replace("N°", ";N°", 1)[:-1], ""),
    (TABLE.replace("2;O", "Axe des puits;;\n2;O"), ""),  # a heading inside the table
]


@pytest.mark.parametrize(
    ("source", "title"),
    [
        *((source.replace(";", delimiter), title) for delimiter in ";\t," for source, title in SHAPES),
        ('"Suivi ; état ""2044""";;\n' + TABLE, 'Suivi ; état "2044"'),
        ("Suivi, au 3 mars\n" + TABLE, "Suivi, au 3 mars"),
    ],
)
def test_titles_and_empty_columns_hide_no_row(source: str, title: str) -> None:
    assert kind_of_text(source) == "csv"
    rows = read_csv(source)
    country = next(name for row in rows for name in row if name.lower() == "pays")
    assert [(row["doc_id"], row["text"], row[country]) for row in rows] == READ
    assert rows[0].get("title", "") == title


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (workbook(["id", "valeur"], [1, 2]), "an Excel workbook: line 1: no column of texts among id, valeur"),
        (workbook(), "an Excel workbook whose first sheet is empty"),
        (workbook(["texte", "texte"], ["a", "b"]), "an Excel workbook: line 1: column texte is there twice"),
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
