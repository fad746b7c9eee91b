"""The Word file and the workbook: what stands in them, hostile text, the same bytes, what is missing."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import docx
import openpyxl
import pandas as pd
import pytest
from conftest import Run
from corpora import hostile_tables
from pries.base.errors import InputError
from pries.base.places import LEXICONS
from pries.publishing import labels, office, workbook
from pries.schema import schema
from pries.store import files

FRENCH, ENGLISH = (labels.Words(LEXICONS, lang) for lang in labels.LANGUAGES)
HOSTILE = "=cmd()|' /C calc'!A0 <script>&\x00\x1b[31m\ufffe « fin » http://example.org"


def tables_of(text: str) -> dict[str, pd.DataFrame]:
    """One request, every text of which is `text`, and empty tables beside."""
    made = {name: schema.empty(name) for name, table in schema.TABLES.items() if table.published}
    plain = {"text": text, "int": 0, "float": 0.5, "bool": False}
    for name in (*office.READS, *hostile_tables("")):
        cells = {c.name: c.values[0] if c.values else plain[c.kind] for c in schema.TABLES[name].columns}
        made[name] = schema.conform(pd.DataFrame([cells]), name)
    return made


def test_each_request_stands_under_each_of_its_addressees(full_run: Run) -> None:
    tables = office.read_tables(full_run.folder / "tables")
    document = docx.Document(str(full_run.folder / "requests.docx"))
    headings = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    wanted = office.by_addressee(list(tables["obligations"]["addressee_actor"]))
    assert headings == [name or "non nommé" for name in wanted]
    assert [len(table.rows) - 1 for table in document.tables] == [len(places) for places in wanted.values()]
    requests = tables["obligations"]
    for table, places in zip(document.tables, wanted.values(), strict=True):
        for row, place in zip(table.rows[1:], places, strict=True):
            issuer, said, strength, where = row.cells
            assert issuer.text == (requests["issuer"][place] or "non nommé")
            assert said.text == f"«\u00a0{requests['sentence_text'][place]}\u00a0»"
            bold = [run.text for run in said.paragraphs[0].runs if run.bold]
            assert bold == [requests["trigger"][place]]
            assert strength.text == FRENCH(f"modality.{requests['modality'][place]}")
            assert where.text.startswith(requests["citation"][place])


@pytest.mark.parametrize("text", ["prié", " les États", "l’aide\u00a0", "a\tb\nc\rd", "", " ", "<&>"])
def test_a_run_is_written_as_python_docx_writes_it(text: str) -> None:
    one, other = (docx.Document().add_paragraph().add_run("…") for _ in range(2))
    office.write(one._r, text)
    other.text = text
    assert one._r.xml == other._r.xml


def test_heads_come_again_on_each_page_and_pages_are_numbered(full_run: Run) -> None:
    document = docx.Document(str(full_run.folder / "requests.docx"))
    assert all(table.rows[0]._tr.xpath("./w:trPr/w:tblHeader") for table in document.tables)
    assert document.tables[0].rows[0].cells[0].text == "Qui demande (Who asks)"
    assert "PAGE" in document.sections[0].footer._element.xml
    assert document.core_properties.language == "fr-FR"


def test_every_published_table_is_a_sheet_with_its_rows(full_run: Run) -> None:
    book = openpyxl.load_workbook(full_run.folder / "tables.xlsx")
    tables = office.read_tables(full_run.folder / "tables")
    assert book.sheetnames[1:] == [name[:31] for name in tables]
    for name, frame in tables.items():
        sheet = book[name[:31]]
        assert [cell.value for cell in sheet[1]] == list(frame.columns)
        assert sheet.max_row == len(frame) + 1
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref is not None
        for cell, column in zip(sheet[1], schema.TABLES[name].columns, strict=True):
            assert cell.comment is not None
            assert column.description in cell.comment.text
    requests = tables["obligations"]
    cells = [row[0].value for row in book["obligations"].iter_rows(min_row=2, min_col=9, max_col=9)]
    assert cells == requests["trigger_start"].tolist()
    told = {row[0].value: row[2].value for row in book[book.sheetnames[0]].iter_rows(min_row=2)}
    assert told == {name: len(frame) for name, frame in tables.items()}


def test_counts_stand_beside_what_coded_sentences_make_of_them() -> None:
    tables = tables_of("mot")
    plain = {"text": "", "int": 1, "float": 0.0}
    columns = schema.TABLES["addressee_by_modality"].columns
    counts = [{c.name: plain[c.kind] for c in columns} | {"addressee": name} for name in ("mot", "autre", "total")]
    row = {"quantity": "requests", "estimate": 11.8, "low": 9.0, "high": 14.0, "method": "difference"}
    blank = {c.name: plain[c.kind] for c in schema.TABLES["estimates"].columns}
    parts = (("addressee", "mot"), ("all", ""), ("theme", "autre"))
    known = [blank | row | {"part_kind": kind, "part": part} for kind, part in parts]
    made = {"addressee_by_modality": counts, "estimates": known}
    tables |= {name: schema.conform(pd.DataFrame(cells), name) for name, cells in made.items()}
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.excel_file(tables, FRENCH, ENGLISH)))["addressee_by_modality"]
    shown = [[cell.value for cell in line][-3:] for line in sheet.iter_rows()]
    assert shown == [["estimate", "low", "high"], [11.8, 9, 14], [None, None, None], [11.8, 9, 14]]


@pytest.mark.parametrize("text", [HOSTILE, "+1", "-1", "@SUM(A1)", "=1+1", "http://example.org", "0012"])
def test_text_of_a_report_stays_text(text: str) -> None:
    tables = tables_of(text)
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.excel_file(tables, FRENCH, ENGLISH)))["paragraphs"]
    cell = sheet.cell(2, 1 + [c.name for c in schema.TABLES["paragraphs"].columns].index("text"))
    assert cell.value == workbook.legal(text)
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    word = docx.Document(io.BytesIO(office.word_file(tables, FRENCH, ENGLISH)))
    assert workbook.legal(text) in word.tables[0].rows[1].cells[1].text


def test_a_cell_too_long_for_a_sheet_is_cut_and_told() -> None:
    tables = tables_of("é" * 40_000)
    book = openpyxl.load_workbook(io.BytesIO(workbook.excel_file(tables, FRENCH, ENGLISH)))
    text = book["paragraphs"].cell(2, 1).value
    assert isinstance(text, str)
    assert text.endswith("… [coupé]")
    assert len(text) == workbook.CHARACTERS
    remarks = {row[0].value: row[3].value for row in book[book.sheetnames[0]].iter_rows(min_row=2)}
    assert "paragraphs.csv" in str(remarks["paragraphs"])
    assert not remarks["themes"]


def test_a_sheet_holds_all_requests_and_the_beginning_of_longer_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "READ_AT_MOST", 3)
    tables = {name: pd.concat([frame] * 5, ignore_index=True) for name, frame in tables_of("mot").items()}
    book = openpyxl.load_workbook(io.BytesIO(workbook.excel_file(tables, FRENCH, ENGLISH)))
    assert book["obligations"].max_row - 1 == 5
    assert book["sentences"].max_row - 1 == 3
    rows = {row[0].value: (row[2].value, row[3].value) for row in book[book.sheetnames[0]].iter_rows(min_row=2)}
    assert rows["obligations"] == (5, "")
    assert rows["sentences"][0] == 5
    assert "lignes non écrites au-delà de 3\u00a0: 2\u00a0; toutes dans sentences.csv" in str(rows["sentences"][1])


def test_no_request_is_said(tmp_path: Path) -> None:
    tables = {name: schema.empty(name) for name, table in schema.TABLES.items() if table.published}
    word = docx.Document(io.BytesIO(office.word_file(tables, FRENCH, ENGLISH)))
    assert not word.tables
    assert "n = 0." in word.paragraphs[1].text


def test_the_same_tables_give_the_same_bytes(full_run: Run, tmp_path: Path) -> None:
    time.sleep(2.1)  # a zip archive tells time to two seconds
    office.run(full_run.folder / "tables", tmp_path / "requests.docx", tmp_path / "tables.xlsx")
    for name in ("requests.docx", "tables.xlsx"):
        assert (tmp_path / name).read_bytes() == full_run.files[name]
        dates = {entry.date_time for entry in zipfile.ZipFile(tmp_path / name).infolist()}
        assert dates == {(1980, 1, 1, 0, 0, 0)}


def test_a_missing_table_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"documents\.csv: no such table"):
        office.run(tmp_path, tmp_path / "a.docx", tmp_path / "b.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_files_written_by_hand_are_read_back(tmp_path: Path) -> None:
    for name, frame in tables_of("texte").items():
        files.write_csv(frame, tmp_path / "tables" / f"{name}.csv", name)
    office.run(tmp_path / "tables", tmp_path / "a.docx", tmp_path / "b.xlsx")
    assert "texte" in docx.Document(str(tmp_path / "a.docx")).paragraphs[1].text
