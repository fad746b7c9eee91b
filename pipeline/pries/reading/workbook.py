"""Workbook: a sheet of an Excel workbook as a table of texts: the first that has a column called as texts are.

Titles may stand above the row that names the columns. Where no column is called so, the first sheet is read, whose
first row names them. A further sheet of texts is told of, and not read. Every part is unpacked within the limits first
and refused where it declares entities; then openpyxl reads the values, never formulas.

    | id | Recommandation | organe | -> the rows as `table_of_texts` gives them, `line` the row of the sheet
"""

from __future__ import annotations

import datetime
import io
import warnings
from collections.abc import Iterator
from typing import Any

from pries.reading.columns import names_text
from pries.reading.marks import Unreadable
from pries.reading.table_of_texts import Broken, Row, check_columns, of_cells
from pries.reading.zipped import SAVE_AGAIN, Archive

TITLE_ROWS = 10  # among which the columns are named
REMEDY = "name the columns in the first row, doc_id and text among them, on the first sheet; or save it as CSV"


def read(data: bytes, max_unpacked: int, max_characters: int) -> list[Row | Broken]:
    """The rows of the sheet that holds texts; raises Unreadable where none is a table of texts."""
    archive = Archive(data, max_unpacked=max_unpacked)
    for name in archive.names():
        if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.read(name).replace(b"\0", b""):
            raise Unreadable(f"XML with a document type (part {name[:80]}), which may be an attack", SAVE_AGAIN)
    try:
        rows, others = _chosen(_sheets(data, max_characters))
    except (Unreadable, MemoryError):
        raise
    except Exception:  # openpyxl raises whatever the broken part makes it stumble over
        raise Unreadable("a broken Excel workbook", SAVE_AGAIN) from None
    if not rows:
        raise Unreadable("an Excel workbook whose first sheet is empty", REMEDY)
    line, header = rows[0]
    while header and not header[-1].strip():
        header.pop()
    header = [name.strip() for name in header]
    try:
        check_columns(header, line)
        made = of_cells(header, [(line, (cells + [""] * len(header))[: len(header)]) for line, cells in rows[1:]])
    except Broken as error:
        raise Unreadable(f"line {error.line}: {error.problem}", error.remedy) from None
    except Unreadable as error:
        raise Unreadable(f"an Excel workbook: {error.problem}", REMEDY) from None
    told = "holds texts too and is not read"
    return [*made, *(Broken(at, f"sheet '{name[:40]}' {told}", "save it as a file") for name, at in others)]


Rows = list[tuple[int, list[str]]]


def _chosen(sheets: Iterator[tuple[str, Rows]]) -> tuple[Rows, list[tuple[str, int]]]:
    """The rows of the sheet that is read, from the names of its columns on; where further ones of texts begin."""
    first: Rows | None = None
    tables: list[tuple[str, Rows]] = []
    for name, rows in sheets:
        first = rows if first is None else first
        single = all(sum(map(bool, cells)) < 2 for _, cells in rows)
        heads = (n for n, (_, cells) in enumerate(rows[:-1][:TITLE_ROWS]) if single or sum(map(bool, cells)) > 1)
        if (head := next((n for n in heads if names_text(rows[n][1])), None)) is not None:
            tables.append((name, rows[head:]))
    return (tables[0][1] if tables else first or []), [(name, rows[0][0]) for name, rows in tables[1:]]


def _sheets(data: bytes, max_characters: int) -> Iterator[tuple[str, Rows]]:
    """The sheets, each with its rows that are not empty and their numbers."""
    import openpyxl

    characters = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions that we do not need
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    for sheet in book.worksheets:
        found: Rows = []
        sheet.reset_dimensions()  # they may lie
        for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
            cells = [_written(value) for value in values]
            if not any(cells):
                continue
            characters += sum(map(len, cells))
            if characters > max_characters:
                remedy = "split the file, or raise max_characters in reading.toml"
                raise Unreadable(f"longer than {max_characters:,} characters", remedy)
            found.append((number, cells))
        yield sheet.title, found


def _written(value: Any) -> str:
    """A value as a person reads it: 2013, not 2013.0; dates by the calendar."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value).strip()
