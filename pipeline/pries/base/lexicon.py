"""Lexicons: CSV files that a linguist edits, read and checked row by row.

Each lexicon declares its columns, which of them may be empty, and which values some of them take. A broken
row is an InputError with file, line, value and remedy. Lines that begin with `#` are comments.

The rows of a corpus lie over those of the program: one with the key of a row takes its place, all others are tried
before them. A row whose first cell begins with `!` takes out the row with its key; where a lexicon has no key, all of
its cells count.

    corpus/lexicons/actors.csv: "éleveur,labour," lies over "éleveur,individual,"; "!usager,," takes "usager" out
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pries.base.errors import InputError, decoded, shortened
from pries.base.layers import Folder, layers

LONGEST = 300  # characters of what is told of a row
OUT = "!"  # before the first cell of a row that takes another out


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
    own: bool = False  # a corpus's
    out: bool = False  # it takes another out

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self.cells)

    def __len__(self) -> int:
        return len(self.cells)

    def several(self, column: str) -> tuple[str, ...]:
        """The values of a cell that holds several, separated by `|`."""
        return tuple(v.strip() for v in self[column].split("|") if v.strip())

    @property
    def place(self) -> str:
        """Where it stands, for people: triggers.csv:6, and lexicons/triggers.csv:6 of a corpus's own."""
        return f"{'lexicons/' * self.own}{Path(self.file).name}:{self.line}"

    def wrong(self, problem: str, remedy: str) -> InputError:
        """An error that names this row, and quotes what is long in it by beginning and end."""
        return InputError(self.file, shortened(problem, LONGEST), remedy, self.line)


def read(folder: Folder, form: Lexicon) -> list[Row]:
    """The rows of a lexicon in file order, those of a corpus over those of the program.

    Raises InputError for a missing file, a wrong header, a row of the wrong length, an empty obligatory cell, a value
    that is not allowed, a key that comes twice, or a row that takes out what is not there.
    """
    under, *over = (layer / form.file for layer in layers(folder))
    own = [path for path in over if path.is_file()]
    rows = _read(under, form) if not own or under.is_file() else []  # a code book may be the corpus's alone
    for path in own:
        rows = _laid_over(rows, _read(path, form, own=True), form)
    return rows


def _laid_over(rows: Sequence[Row], own: Sequence[Row], form: Lexicon) -> list[Row]:
    """The rows with those of a corpus over them."""
    mine = {_key(row, form): row for row in own}
    there = {_key(row, form) for row in rows}
    first = [row for row in own if _key(row, form) not in there]
    for row in first:
        if row.out:
            raise row.wrong(f"no row {'/'.join(_key(row, form))} to take out", "correct it or delete the row")
    kept = (mine.get(_key(row, form), row) for row in rows)
    return [*first, *(row for row in kept if not row.out)]


def _key(row: Row, form: Lexicon) -> tuple[str, ...]:
    return tuple(row[column] for column in form.key or form.columns)


def _read(path: Path, form: Lexicon, own: bool = False) -> list[Row]:
    """The rows of one file."""
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
            row = _row(path, first, header, cells, form, own)
            rows.append(row)
            if form.key:
                key = _key(row, form)
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


def _row(path: Path, line: int, header: list[str], cells: list[str], form: Lexicon, own: bool) -> Row:
    if len(cells) != len(header):
        raise InputError(
            str(path), f"{len(cells)} cells in place of {len(header)}", "quote cells that hold a comma", line
        )
    out = own and cells[0].startswith(OUT)
    values = [cells[0].removeprefix(OUT), *cells[1:]] if out else cells
    given = {k: v.strip() for k, v in zip(header, values, strict=True)}
    row = Row(dict.fromkeys(form.added, "") | given, str(path), line, own, out)
    if out:  # of which only the key counts
        return row
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
