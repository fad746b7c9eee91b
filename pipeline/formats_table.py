"""Tables of texts: a document a row, in CSV (comma, semicolon or tab) or JSON Lines.

The columns doc_id and text are needed; all others are metadata (symbol, title, date, lang and free ones). Each row
comes back with the number of the line on which it begins, under "line".

    doc_id;text;date / "a1";"Les États ont été priés d’agir.";2013-07-15
    -> {"doc_id": "a1", "text": "Les États ont été priés d’agir.", "date": "2013-07-15", "line": "2"}
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import NoReturn

from pipeline.extracted import Unreadable

NEEDED = ("doc_id", "text")
LINE = "line"
DELIMITERS = (",", ";", "\t")
LONGEST = 2**31 - 1  # characters of a cell; csv stops at 131,072 unless told otherwise
HEADER = "the first line names the columns, doc_id and text among them, parted by comma, semicolon or tab"


def read_csv(text: str) -> list[dict[str, str]]:
    """The rows of a CSV table; raises Unreadable, which names the line, for one that is broken.

    >>> read_csv("doc_id,text\\na1,Agissez.\\n")
    [{'doc_id': 'a1', 'text': 'Agissez.', 'line': '2'}]
    """
    text = text.removeprefix("\ufeff")
    rows = _rows(text, _delimiter(text))
    header = [name.strip() for name in next(rows, (1, [""]))[1]]
    _check_columns(header)
    found = []
    for line, cells in rows:
        if len(cells) != len(header):
            _wrong(line, f"{len(cells)} cells where the header has {len(header)}", "quote cells that hold a delimiter")
        found.append({**dict(zip(header, cells, strict=True)), LINE: str(line)})
    return _checked(found)


def read_jsonl(text: str) -> list[dict[str, str]]:
    """The rows of a table in JSON Lines; raises Unreadable, which names the line, for one that is broken.

    >>> read_jsonl('{"doc_id": "a1", "text": "Agissez.", "year": 2013}')
    [{'doc_id': 'a1', 'text': 'Agissez.', 'year': '2013', 'line': '1'}]
    """
    found = []
    for line, source in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        if not source.strip():
            continue
        try:
            row = json.loads(source)
        except (ValueError, RecursionError):
            _wrong(line, "no JSON", "write one object a line")
        if not isinstance(row, dict) or any(isinstance(cell, (dict, list)) for cell in row.values()):
            _wrong(line, "no flat object", "write one object a line, whose values are texts or numbers")
        for name in NEEDED:
            if not isinstance(row.get(name), (str, int)) or isinstance(row.get(name), bool):
                _wrong(line, f"no {name}", "every row needs doc_id and text")
        _check_columns(list(row), line)
        found.append({**{name: _text(cell) for name, cell in row.items()}, LINE: str(line)})
    return _checked(found)


def _delimiter(text: str) -> str:
    """The delimiter by which the first line has the needed columns."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    for delimiter in DELIMITERS:
        names = {name.strip().strip('"').strip() for name in first.split(delimiter)}
        if names.issuperset(NEEDED):
            return delimiter
    return max(DELIMITERS, key=first.count)


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with the line on which each begins; empty lines are none."""
    limit = csv.field_size_limit(LONGEST)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        line = 1
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                _wrong(line, str(error), 'quote cells with ", and write "" for a quotation mark in them')
            if any(cells):
                yield line, cells
            line = reader.line_num + 1
    finally:
        csv.field_size_limit(limit)


def _check_columns(names: Sequence[str], line: int = 1) -> None:
    for name in NEEDED:
        if name not in names:
            _wrong(line, f"no column {name}", HEADER)
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        _wrong(line, f"column {twice or 'without a name'} is there twice", "give each column a name of its own")
    if LINE in names:
        _wrong(line, f"a column is called {LINE}", "give it another name: it holds the line of the table here")


def _checked(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The rows, if each has a doc_id of its own."""
    lines: dict[str, str] = {}
    if not rows:
        raise Unreadable("a table without rows", "add a row for each document")
    for row in rows:
        row["doc_id"] = row["doc_id"].strip()
        if not row["doc_id"]:
            _wrong(int(row[LINE]), "an empty doc_id", "give each row a doc_id")
        if row["doc_id"] in lines:
            first = lines[row["doc_id"]]
            _wrong(int(row[LINE]), f"doc_id {row['doc_id'][:80]} is that of line {first}", "give each row its own")
        lines[row["doc_id"]] = row[LINE]
    return rows


def _text(cell: object) -> str:
    return cell if isinstance(cell, str) else "" if cell is None else json.dumps(cell)


def _wrong(line: int, problem: str, remedy: str) -> NoReturn:
    raise Unreadable(f"line {line}: {problem}", remedy)
