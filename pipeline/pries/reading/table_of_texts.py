"""Tables of texts: a document a row, in CSV (comma, semicolon or tab) or JSON Lines.

The columns doc_id and text are needed; all others are metadata (symbol, title, date, lang and free ones). Each row
comes back with the number of the line on which it begins, under "line"; a broken one is named and stops no other.

    doc_id;text;date / "a1";"Les États ont été priés d’agir.";2013-07-15
    -> {"doc_id": "a1", "text": "Les États ont été priés d’agir.", "date": "2013-07-15", "line": "2"}
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pries.base import csv_fields
from pries.reading import columns
from pries.reading.columns import DOC_ID
from pries.reading.marks import Unreadable

Row = dict[str, str]

NEEDED = ("doc_id", "text")
LINE = "line"
DELIMITERS = (",", ";", "\t")
HEADER = "the first line names the columns, doc_id and text among them, parted by comma, semicolon or tab"
HEADER_JSON = "call the key of the texts text, and that of the documents' names doc_id"
KIND, RECOMMENDED = "kind", "recommandations"  # what is known of texts from a column of recommendations
LONGEST_HEADER = 2_000  # characters
MOST_COLUMNS = 2_000
PROBED, PROBED_ROWS = 200_000, 20  # characters and rows looked at to tell a table from prose


@dataclass(frozen=True)
class Broken(Exception):
    """A row that is no document: its line, what is wrong, what to do about it."""

    line: int
    problem: str
    remedy: str


def read_csv(text: str) -> list[Row | Broken]:
    """The rows of a CSV table; raises Unreadable where its header is none.

    >>> read_csv("doc_id,text\\na1,Agissez.\\n")
    [{'doc_id': 'a1', 'text': 'Agissez.', 'line': '2'}]
    """
    text = text.removeprefix("\ufeff")
    rows = _rows(text, _delimiter(text))
    try:
        header = [name.strip() for name in next(rows, (1, [""]))[1]]
        check_columns(header, 1)
    except Broken as error:
        raise Unreadable(f"line {error.line}: {error.problem}", error.remedy) from None
    found: list[tuple[int, list[str]] | Broken] = []
    try:
        for line, cells in rows:
            if len(cells) == len(header):
                found.append((line, cells))
            else:
                problem = f"{len(cells)} cells where the header has {len(header)}"
                found.append(Broken(line, problem, "quote cells that hold a delimiter"))
    except Broken as error:  # no row can be told from the next any more
        found.append(error)
    return of_cells(header, found)


def of_cells(header: Sequence[str], rows: Sequence[tuple[int, list[str]] | Broken]) -> list[Row | Broken]:
    """The rows of a table whose cells are given with the line of each row. Raises Unreadable without a text."""
    if not rows:
        raise Unreadable("a table without rows", "add a row for each document")
    check_number(header)
    roles = columns.roles(header, [row[1] for row in rows if not isinstance(row, Broken)])
    if roles.text < 0:
        names = ", ".join(header)[:80]
        raise Unreadable(f"line 1: no column of texts among {names}", HEADER)
    found: list[Row | Broken] = []
    for row in rows:
        if isinstance(row, Broken):
            found.append(row)
            continue
        line, cells = row
        others = {name: cells[i] for i, name in enumerate(header) if i not in (roles.doc_id, roles.text)}
        named = cells[roles.doc_id] if roles.doc_id >= 0 else ""
        found.append(_row(roles, named, cells[roles.text], others, line))
    return _checked(found, named=roles.doc_id >= 0)


def _row(roles: columns.Roles, doc_id: str, text: str, others: Row, line: int) -> Row:
    """A row of a table, with what its columns say."""
    made = {"doc_id": doc_id, "text": text} | others
    if roles.recommended:
        made.setdefault(KIND, RECOMMENDED)
    return made | {LINE: str(line)}


def read_jsonl(text: str) -> list[Row | Broken]:
    """The rows of a table in JSON Lines; raises Unreadable where there is none.

    >>> read_jsonl('{"doc_id": "a1", "text": "Agissez.", "year": 2013}')
    [{'doc_id': 'a1', 'text': 'Agissez.', 'year': '2013', 'line': '1'}]
    """
    found: list[tuple[int, Row] | Broken] = []
    for line, source in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        if source.strip():
            try:
                found.append((line, _object(source, line)))
            except Broken as error:
                found.append(error)
    good = [row for row in found if not isinstance(row, Broken)]
    header = list(dict.fromkeys(name for _, row in good for name in row))
    check_number(header)
    roles = columns.roles(header, [[row.get(name, "") for name in header] for _, row in good])
    if good and roles.text < 0:
        raise Unreadable(f"no column of texts among {', '.join(header)[:80]}", HEADER_JSON)
    named = DOC_ID if DOC_ID in header else header[roles.doc_id] if roles.doc_id >= 0 else ""
    made: list[Row | Broken] = []
    for one in found:
        if isinstance(one, Broken):
            made.append(one)
            continue
        line, row = one
        lacks = next((name for name in (named, header[roles.text]) if name and name not in row), "")
        if lacks:
            made.append(Broken(line, f"no {lacks}", "every row needs doc_id and text"))
            continue
        doc_id, text_of = row.pop(named, ""), row.pop(header[roles.text])
        made.append(_row(roles, doc_id, text_of, row, line))
    return _checked(made, named=bool(named))


def is_table(text: str) -> bool:
    """Whether a text is a table, with a first line that names its columns and as many cells on the others.

    >>> is_table("id;texte\\nK1;Il faut agir."), is_table("Texte, contenu\\nIl faut, vite, agir.")
    (True, False)
    """
    first = text.lstrip("\ufeff \t\r\n").partition("\n")[0]
    delimiter = _delimiter(first) if len(first) <= LONGEST_HEADER else ""
    if not delimiter or delimiter not in first:
        return False
    header = [name.strip().strip('"') for name in first.strip().split(delimiter)]
    if "doc" not in first.lower() and columns.are_sentences(header):  # nearly always, in prose
        return False
    names = {columns.spelled(name) for name in header}
    if names.issuperset(NEEDED):
        return True
    if not columns.is_header(header):
        return False
    rows = []
    try:
        for _, cells in _rows(text[:PROBED], delimiter):
            rows.append(len(cells))
            if len(rows) > PROBED_ROWS:
                break
    except Broken:
        pass  # the cell at which the probe was cut
    if len(text) > PROBED and len(rows) > 2:
        rows.pop()  # which may be cut
    if len(rows) < 2 or rows.count(rows[0]) < 0.8 * len(rows):
        return False
    return bool(names & columns.TEXTS) or len(rows) > 2


def _object(source: str, line: int) -> Row:
    """The cells of a line of JSON. Raises Broken."""
    try:
        row: Any = json.loads(source)
    except (ValueError, RecursionError):
        raise Broken(line, "no JSON", "write one object a line") from None
    if not isinstance(row, dict) or any(isinstance(cell, (dict, list)) for cell in row.values()):
        raise Broken(line, "no flat object", "write one object a line, whose values are texts or numbers")
    for name in NEEDED:
        if name in row and (not isinstance(row[name], (str, int)) or isinstance(row[name], bool)):
            raise Broken(line, f"no {name}", "every row needs doc_id and text")
    check_columns(list(row), line)
    return {name: _text(cell) for name, cell in row.items()}


def _delimiter(text: str) -> str:
    """The delimiter by which the first line has the needed columns, else the most cells."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    for delimiter in DELIMITERS if all(name in first for name in NEEDED) else ():
        names = {name.strip().strip('"').strip() for name in first.split(delimiter)}
        if names.issuperset(NEEDED):
            return delimiter
    return max(DELIMITERS, key=first.count)


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with the line on which each begins; empty lines are none."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    while True:
        try:
            with csv_fields.up_to():
                cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            remedy = 'quote cells with ", and write "" for a quotation mark in them'
            raise Broken(line, f"{error}; what follows is not read", remedy) from None
        if any(cells):
            yield line, cells
        line = reader.line_num + 1


def check_columns(names: Sequence[str], line: int) -> None:
    """Raises Broken where two columns have one name, or one has a name that we need."""
    if len(set(names)) < len(names):
        twice = next(name for name, times in Counter(names).items() if times > 1)
        problem = f"column {twice or 'without a name'} is there twice"
        raise Broken(line, problem, "give each column a name of its own")
    if LINE in names:
        problem = f"a column is called {LINE}"
        raise Broken(line, problem, "give it another name: it holds the line of the table here")


def check_number(header: Sequence[str]) -> None:
    """Raises Unreadable for more columns than a table of texts has: each row is read in all of them."""
    if len(header) > MOST_COLUMNS:
        raise Unreadable(f"a table of more than {MOST_COLUMNS:,} columns", "keep those that say something of a text")


def _checked(rows: list[Row | Broken], *, named: bool) -> list[Row | Broken]:
    """The rows, those without a doc_id of their own broken if a column names them. Raises Unreadable without a row."""
    if not rows:
        raise Unreadable("a table without rows", "add a row for each document")
    if not named:
        return rows
    rows = _documents(rows)
    lines: dict[str, str] = {}
    for rank, row in enumerate(rows):
        if isinstance(row, Broken):
            continue
        row["doc_id"] = row["doc_id"].strip()
        if not row["doc_id"]:
            rows[rank] = Broken(int(row[LINE]), "an empty doc_id", "give each row a doc_id")
        elif row["doc_id"] in lines:
            problem = f"doc_id {row['doc_id'][:80]} is that of line {lines[row['doc_id']]}"
            rows[rank] = Broken(int(row[LINE]), problem, "give each row its own")
        else:
            lines[row["doc_id"]] = row[LINE]
    return rows


def _documents(rows: list[Row | Broken]) -> list[Row | Broken]:
    """The rows as they are; where most go on with the doc_id of the one before, each document of its rows.

    Such a table has a row for each paragraph. What is the same in all rows of a document is known of it.
    """
    runs: list[list[Row]] = []
    broken = [row for row in rows if isinstance(row, Broken)]
    for row in rows:
        if isinstance(row, Broken):
            continue
        if runs and row["doc_id"].strip() and runs[-1][-1]["doc_id"].strip() == row["doc_id"].strip():
            runs[-1].append(row)
        else:
            runs.append([row])
    if 2 * len(runs) >= len(rows) - len(broken) or len({run[0]["doc_id"].strip() for run in runs}) < len(runs):
        return rows
    made: list[Row | Broken] = []
    for run in runs:
        known = {name: cell for name, cell in run[0].items() if all(row.get(name) == cell for row in run)}
        made.append(
            known | {"text": "\n\n".join(row["text"] for row in run), LINE: run[0][LINE], DOC_ID: run[0][DOC_ID]}
        )
    return sorted([*made, *broken], key=lambda row: row.line if isinstance(row, Broken) else int(row[LINE]))


def _text(cell: object) -> str:
    return cell if isinstance(cell, str) else "" if cell is None else json.dumps(cell)
