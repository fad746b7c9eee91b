"""Workbook: every published table as a sheet, with filters, and what a column holds as a note on its head.

The requests and their actions stand there whole. Of the other tables, which grow with the words of a corpus, a sheet
has the first READ_AT_MOST rows: nobody reads more in a spreadsheet, and it takes a second for each hundred thousand
cells. The first sheet says what was left out, and in which CSV file it is.

    obligations | request or recommendation | 91 |
    sentences   | sentence or list item     | 912,004 | lignes non écrites au-delà de 50000 : 862004 ; …
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

import pandas as pd
import xlsxwriter

from pries.publishing import coding_sheet
from pries.publishing.labels import Words
from pries.schema import schema
from pries.store import rowwise

DATE = datetime(1980, 1, 1)
ROWS, CHARACTERS = 1_048_575, 32_767  # what a sheet holds under its head, and a cell
READ_AT_MOST = 50_000
WHOLE = ("obligations", "actions")
ENDS = ("estimate", "low", "high")
AS_TEXT = dict.fromkeys(("strings_to_urls", "strings_to_formulas", "strings_to_numbers"), False)
CUT = "… [coupé]"
LOOKS: dict[str, dict[str, Any]] = {"bold": {"bold": True}, "plain": {}, "wrapped": {"text_wrap": True}}
WIDE = 70  # characters of a column; longer text wraps
ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """`text` without the characters that XML 1.0 forbids: "a\\x00b" -> "ab"."""
    return ILLEGAL.sub("", text)


def rows_of(name: str) -> int:
    """How many rows of a table a sheet takes."""
    return ROWS if name in WHOLE else READ_AT_MOST


def fitting(text: str) -> str:
    """`text` cut to what a cell holds, which Excel counts in UTF-16 units, with a mark that shows it."""
    if len(text) * 2 <= CHARACTERS or len(coded := text.encode("utf-16-le")) <= 2 * CHARACTERS:
        return text
    return coded[: 2 * (CHARACTERS - len(CUT))].decode("utf-16-le", "ignore") + CUT


def corrected(name: str, frame: pd.DataFrame, estimates: pd.DataFrame) -> dict[str, list[float]]:
    """What coded sentences make of the totals of a table of counts, a column each: estimate, low, high; none else."""
    if not name.endswith("_by_modality") or estimates.empty:
        return {}
    kind = name.removesuffix("_by_modality")
    mine = estimates[(estimates["quantity"] == "requests") & estimates["part_kind"].isin((kind, "all"))]
    ends = {part or "total": values for part, *values in rowwise.tuples(mine, "part", *ENDS)}
    nothing = [math.nan] * len(ENDS)
    return {end: [ends.get(part, nothing)[at] for part in frame[kind]] for at, end in enumerate(ENDS)}


def add_sheet(
    book: xlsxwriter.Workbook, name: str, frame: pd.DataFrame, looks: Mapping[str, Any],
    more: Mapping[str, Sequence[float]] = MappingProxyType({}),
) -> tuple[int, int]:  # fmt: skip
    """A sheet with a published table, and `more` columns; gives the numbers of cells cut and of rows left out."""
    sheet, cut, most = book.add_worksheet(name[:31]), 0, rows_of(name)
    frame, left = frame.iloc[:most], max(len(frame) - most, 0)
    for at, column in enumerate(schema.TABLES[name].columns):
        values = frame[column.name].tolist()
        width = len(column.name) + 3  # and the arrow of the filter
        if column.kind == "text":
            texts = [legal(value) for value in values]
            width = max(width, max(map(len, texts), default=0))
            values = [fitting(text) for text in texts]
            cut += sum(len(a) != len(b) for a, b in zip(texts, values, strict=True))
        sheet.set_column(at, at, min(width, WIDE), looks["wrapped" if width > WIDE else "plain"])
        sheet.write_string(0, at, column.name, looks["bold"])
        unit = f"\n[{column.unit}]" if column.unit else ""
        sheet.write_comment(0, at, column.description + unit, {"x_scale": 2})
        write = {"text": sheet.write_string, "bool": sheet.write_boolean}.get(column.kind, sheet.write_number)
        for row, value in enumerate(values, 1):
            if value != "" and not (isinstance(value, float) and not math.isfinite(value)):
                write(row, at, value)
    for at, (head, numbers) in enumerate(more.items(), len(schema.TABLES[name].columns)):
        sheet.write_string(0, at, head, looks["bold"])
        for row, number in enumerate(numbers, 1):
            if math.isfinite(number):
                sheet.write_number(row, at, number)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(frame), len(schema.TABLES[name].columns) + len(more) - 1)
    return cut, left


def excel_file(tables: Mapping[str, pd.DataFrame], words: Words, english: Words) -> bytes:
    """The workbook: a sheet that says what the others hold, then one for each table."""

    def both(key: str, **values: str) -> str:
        return f"{words(key, **values)} ({english(key, **values)})"

    there = {name: schema.empty(name) for name, table in schema.TABLES.items() if table.published} | dict(tables)
    buffer = io.BytesIO()
    # In memory: xlsxwriter's other ways go through temporary files, and constant_memory repeats each text in full.
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, **AS_TEXT})
    book.set_properties({"title": "Ont été priés", "author": "Ont été priés", "created": DATE})
    looks = {name: book.add_format({"valign": "top", **look}) for name, look in LOOKS.items()}
    first = book.add_worksheet(f"{words('office.readme')} – {english('office.readme')}")
    for at, (key, width) in enumerate((("sheet", 26), ("row", 60), ("rows", 16), ("remark", WIDE))):
        first.set_column(at, at, width, looks["wrapped"])
        first.write_string(0, at, both(f"office.{key}"), looks["bold"])
    for row, (name, frame) in enumerate(tables.items(), 1):
        cut, left = add_sheet(book, name, frame, looks, corrected(name, frame, there["estimates"]))
        first.write_string(row, 0, name)
        first.write_string(row, 1, schema.TABLES[name].row)
        first.write_number(row, 2, len(frame))
        told = (("office.cut", cut, CHARACTERS), ("office.left", left, rows_of(name)))
        remarks = (both(key, n=str(n), most=str(most), file=f"{name}.csv") for key, n, most in told if n)
        first.write_string(row, 3, "\n".join(remarks))
    first.freeze_panes(1, 0)
    first.autofilter(0, 0, len(tables), 3)
    coding_sheet.add(book, there, looks)
    book.close()
    return buffer.getvalue()
