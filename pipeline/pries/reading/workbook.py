"""Workbook: the first sheet of an Excel workbook as a table of texts; its first row with content names the columns.

Every part is unpacked within the limits first and refused where it declares entities; then openpyxl reads the values,
never formulas.

    | id | Recommandation | organe | -> the rows as `table_of_texts` gives them, `line` the row of the sheet
"""

from __future__ import annotations

import datetime
import io
import warnings
from typing import Any

from pries.reading.marks import Unreadable
from pries.reading.table_of_texts import Broken, Row, check_columns, of_cells
from pries.reading.zipped import SAVE_AGAIN, Archive

REMEDY = "name the columns in the first row, doc_id and text among them, on the first sheet; or save it as CSV"


def read(data: bytes, max_unpacked: int, max_characters: int) -> list[Row | Broken]:
    """The rows of the first sheet; raises Unreadable where it is no table of texts."""
    archive = Archive(data, max_unpacked=max_unpacked)
    for name in archive.names():
        if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.read(name).replace(b"\0", b""):
            raise Unreadable(f"XML with a document type (part {name[:80]}), which may be an attack", SAVE_AGAIN)
    try:
        rows = _values(data, max_characters)
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
    return made


def _values(data: bytes, max_characters: int) -> list[tuple[int, list[str]]]:
    """The rows of the first sheet that are not empty, with their numbers."""
    import openpyxl

    found: list[tuple[int, list[str]]] = []
    characters = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions that we do not need
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
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
    return found


def _written(value: Any) -> str:
    """A value as a person reads it: 2013, not 2013.0; dates by the calendar."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value).strip()
