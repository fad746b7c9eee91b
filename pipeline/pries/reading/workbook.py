"""Workbook: the sheets of an Excel workbook as tables of texts: those that have a column called as texts are.

Titles may stand above the row that names the columns. Where no sheet has such a row, the first is read, whose first row
names them. Rows of further sheets are called by their sheet too; one that only repeats the texts of others is told of,
and not read. What is merged over several rows holds for each of them. Every part is unpacked within the limits first
and refused where it declares entities; then openpyxl reads the values, never formulas.

    | id | Recommandation | organe | -> the rows as `table_of_texts` gives them, `line` the row of the sheet
"""

from __future__ import annotations

import bisect
import datetime
import functools
import io
import itertools
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pries.reading import table_header
from pries.reading.columns import DOC_ID, TEXT
from pries.reading.marks import Unreadable
from pries.reading.table_header import LINE, Broken, Header
from pries.reading.table_of_texts import Row, of_cells
from pries.reading.zipped import SAVE_AGAIN, Archive

SHEET = "sheet"  # what is known of the texts of a workbook of several
REMEDY = "name the columns in the first row, doc_id and text among them, on the first sheet; or save it as CSV"
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^<>]*?ref=[\"']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?[A-Z]{1,3}\$?(\d{1,7})[\"']")
MOST_MERGED = 100_000  # of a sheet


def read(data: bytes, max_unpacked: int, max_characters: int) -> list[Row | Broken]:
    """The rows of the sheet that holds texts; raises Unreadable where none is a table of texts."""
    archive = Archive(data, max_unpacked=max_unpacked)
    merged: dict[str, list[Merged]] = {}
    for name in archive.names():
        if not name.endswith((".xml", ".rels")):
            continue
        part = archive.read(name)
        if b"<!DOCTYPE" in part.replace(b"\0", b""):
            raise Unreadable(f"XML with a document type (part {name[:80]}), which may be an attack", SAVE_AGAIN)
        merged[name] = _merged(part)
    try:
        sheets = _chosen(list(_sheets(data, merged, max_characters)))
    except (Unreadable, MemoryError):
        raise
    except Exception:  # openpyxl raises whatever the broken part makes it stumble over
        raise Unreadable("a broken Excel workbook", SAVE_AGAIN) from None
    if not sheets or not sheets[0].rows:
        raise Unreadable("an Excel workbook whose first sheet is empty", REMEDY)
    try:
        made = [_texts(sheet) for sheet in sheets]
    except Unreadable as error:
        raise Unreadable(f"an Excel workbook: {error.problem}", REMEDY) from None
    return [row for rank, rows in enumerate(made) for row in (_further(sheets, made, rank) if rank else rows)]


class Merged(NamedTuple):
    """Cells of one column that are merged: the column from 0, the first row and the last."""

    column: int
    first: int
    last: int


class Sheet(NamedTuple):
    """A sheet: its rows that are not empty, with their numbers, and its merged cells in order."""

    name: str
    rows: list[tuple[int, list[str]]]
    merged: Sequence[Merged] = ()
    head: int = 0  # the rank of the row that names the columns


def _chosen(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets that hold texts, else the first."""
    heads = [table_header.of_rows([cells for _, cells in sheet.rows]) for sheet in sheets]
    return [sheet._replace(head=head) for sheet, head in zip(sheets, heads, strict=True) if head >= 0] or [*sheets[:1]]


def _texts(sheet: Sheet) -> list[Row | Broken]:
    """The rows of a sheet below the names of its columns, which may take several rows."""
    line, names = sheet.rows[sheet.head]
    while names and not names[-1]:
        names.pop()
    title = " ".join(dict.fromkeys(cell for _, cells in sheet.rows[: sheet.head] for cell in cells if cell))
    end = max((one.last for one in sheet.merged if one.first == line), default=line)
    filled = _filled(sheet)
    below = [cells for number, cells in filled if line < number <= end]
    names = [
        " ".join(filter(None, (name, *(cells[n] for cells in below if n < len(cells))))) for n, name in enumerate(names)
    ]
    rows = [(number, (cells + [""] * len(names))[: len(names)]) for number, cells in filled if number > end]
    return of_cells(names, rows, Header(line=line, title=title))


def _filled(sheet: Sheet) -> list[tuple[int, list[str]]]:
    """The rows below the names of the columns, merged cells filled with what the first of them holds."""
    line = sheet.rows[sheet.head][0]
    rows = [(number, list(cells)) for number, cells in sheet.rows[sheet.head + 1 :]]
    numbers = [number for number, _ in rows]
    for column, first, last in sheet.merged:
        begin, end = bisect.bisect_left(numbers, first), bisect.bisect_right(numbers, last)
        if first > line and begin < end and numbers[begin] == first and column < len(rows[begin][1]):
            for _, cells in rows[begin + 1 : end]:
                cells += [""] * (column + 1 - len(cells))
                cells[column] = cells[column] or rows[begin][1][column]
    return rows


def _further(sheets: Sequence[Sheet], made: Sequence[Sequence[Row | Broken]], rank: int) -> list[Row | Broken]:
    """The rows of a sheet after the first, called by it too."""
    name, texts = sheets[rank].name, {row[TEXT] for row in made[rank] if not isinstance(row, Broken)}
    if texts <= {row[TEXT] for rows in made[:rank] for row in rows if not isinstance(row, Broken)}:
        line = sheets[rank].rows[sheets[rank].head][0]
        return [Broken(line, f"sheet '{name[:40]}' repeats texts of other sheets and is not read", "delete it")]
    return [
        row if isinstance(row, Broken) else {SHEET: name} | row | {DOC_ID: f"{name}_{row[DOC_ID] or row[LINE]}"}
        for row in made[rank]
    ]


def _sheets(data: bytes, merged: Mapping[str, list[Merged]], max_characters: int) -> Iterator[Sheet]:
    """The sheets in their order."""
    import openpyxl

    characters = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions that we do not need
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    for sheet in book.worksheets:
        found: list[tuple[int, list[str]]] = []
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
        yield Sheet(sheet.title, found, merged.get(sheet._worksheet_path.lstrip("/"), ()))


def _merged(part: bytes) -> list[Merged]:
    """The merged cells of a sheet that take several rows, by columns; of those that overlap the first."""
    made: list[Merged] = []
    found = itertools.islice(MERGED.finditer(part), MOST_MERGED)
    for one in sorted(Merged(_column(cell[1]), int(cell[2]), int(cell[3])) for cell in found):
        if one.first < one.last and not (made and made[-1].column == one.column and made[-1].last >= one.first):
            made.append(one)
    return made


def _column(letters: bytes) -> int:
    """The rank of a column from 0: 27 for AB."""
    return functools.reduce(lambda rank, letter: 26 * rank + letter - 64, letters, 0) - 1


def _written(value: Any) -> str:
    """A value as a person reads it: 2013, not 2013.0; dates by the calendar."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value).strip()
