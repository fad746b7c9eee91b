"""Lexicons: CSV files that a linguist edits, read and checked row by row.

Each lexicon declares its columns, which of them may be empty, and which values some of them take. A broken
row is an InputError with file, line, value and remedy. Lines that begin with `#` are comments.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pries.base.errors import InputError, decoded, shortened

LONGEST = 300  # characters of what is told of a row


@dataclass(frozen=True)
class Lexicon:
    """The form of one lexicon: file name, columns, those that may be empty or lacking, allowed values, unique key."""

    file: str
    columns: tuple[str, ...]
    optional: tuple[str, ...] = ()
    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    several: tuple[str, ...] = ()  # columns whose cell holds several values, separated by '|'
    key: tuple[str, ...] = ()
    added: tuple[str, ...] = ()  # optional columns that a file of one's own may lack: their cells are then empty


@dataclass(frozen=True)
class Row(Mapping[str, str]):
    """One row: its cells by column, and the line it stands on."""

    cells: dict[str, str]
    file: str
    line: int

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self.cells)

    def __len__(self) -> int:
        return len(self.cells)

    def several(self, column: str) -> tuple[str, ...]:
        """The values of a cell that holds several, separated by `|`."""
        return tuple(v.strip() for v in self[column].split("|") if v.strip())

    def wrong(self, problem: str, remedy: str) -> InputError:
        """An error that names this row, and quotes what is long in it by beginning and end."""
        return InputError(self.file, shortened(problem, LONGEST), remedy, self.line)


def read(folder: Path, form: Lexicon) -> list[Row]:
    """The rows of a lexicon in file order.

    Raises InputError for a missing file, a wrong header, a row of the wrong length, an empty obligatory
    cell, a value that is not allowed, or a key that comes twice.
    """
    path = folder / form.file
    try:
        text = decoded(path, path.read_bytes())
    except FileNotFoundError:
        raise InputError(str(path), "no such lexicon", "put the file back or name another --lexicons folder") from None
    except OSError as error:
        raise InputError.unread(path, error) from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    header: list[str] | None = None
    seen: dict[tuple[str, ...], int] = {}
    line = 0
    try:
        for cells in reader:
            first, line = line + 1, reader.line_num
            if not cells or cells[0].lstrip().startswith("#"):
                continue
            if header is None:
                header = [c.strip() for c in cells]
                _check_header(path, first, header, form)
                continue
            row = _row(path, first, header, cells, form)
            rows.append(row)
            if form.key:
                key = tuple(row[k] for k in form.key)
                if key in seen:
                    raise row.wrong(
                        f"{'/'.join(form.key)} '{'/'.join(key)}' stands on line {seen[key]} too", "keep one of them"
                    )
                seen[key] = first
    except csv.Error as error:
        raise InputError(str(path), f"not a CSV row ({error})", "check its quotes", reader.line_num) from None
    if header is None:
        raise InputError(str(path), "empty", f"give it the header {','.join(form.columns)}", 1)
    return rows


def _check_header(path: Path, line: int, header: list[str], form: Lexicon) -> None:
    missing = [c for c in form.columns if c not in (*header, *form.added)]
    unknown = [c for c in header if c not in form.columns]
    if missing or unknown or len(set(header)) < len(header):
        what = (
            "missing column " + ", ".join(missing)
            if missing
            else "unknown or double column " + ", ".join(map(shortened, unknown))
        )
        raise InputError(str(path), what, f"the header is {','.join(form.columns)}", line)


def _row(path: Path, line: int, header: list[str], cells: list[str], form: Lexicon) -> Row:
    if len(cells) != len(header):
        raise InputError(
            str(path), f"{len(cells)} cells in place of {len(header)}", "quote cells that hold a comma", line
        )
    given = {k: v.strip() for k, v in zip(header, cells, strict=True)}
    row = Row(dict.fromkeys(form.added, "") | given, str(path), line)
    for column in form.columns:
        cell, allowed = row.cells[column], form.values.get(column)
        if not cell and column not in form.optional:
            raise row.wrong(f"{column} is empty", f"fill in {column} or delete the row")
        if allowed is None or not cell:
            continue
        for value in row.several(column) if column in form.several else (cell,):
            if value not in allowed:
                raise row.wrong(f"{column} '{value}' is unknown", f"use one of {', '.join(allowed)}")
    return row
