"""Tables of texts: a document a row, in CSV (comma, semicolon or tab); `json_texts` reads JSON.

The columns doc_id and text are needed; all others are metadata (symbol, title, date, lang and free ones). Each row
comes back with the number of the line on which it begins, under "line"; a broken one is named and stops no other.
Which line names the columns, `table_header` finds.

    doc_id;text;date / "a1";"Les États ont été priés d’agir.";2013-07-15
    -> {"doc_id": "a1", "text": "Les États ont été priés d’agir.", "date": "2013-07-15", "line": "2"}
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from pries.base import csv_fields
from pries.reading import columns, table_header
from pries.reading.columns import DOC_ID
from pries.reading.marks import Unreadable
from pries.reading.table_header import LINE, NEEDED, Broken, Header, check_number

Row = dict[str, str]

HEADER = "the first line names the columns, doc_id and text among them, parted by comma, semicolon or tab"
KIND, RECOMMENDED = "kind", "recommandations"  # what is known of texts from a column of recommendations
RECOMMENDED_BY = "recommended_by"
PROBED, PROBED_ROWS = 200_000, 20  # characters and rows looked at to tell a table from prose
WHOLE = re.compile(r"(\d+)\.0+")  # a number as a spreadsheet with empty cells saves it: 7.0
TITLE, HEADING = "title", "heading"  # what is known of texts from above the columns, and from above their row


def read_csv(text: str) -> list[Row | Broken]:
    """The rows of a CSV table; raises Unreadable where its header is none.

    >>> read_csv("doc_id,text\\na1,Agissez.\\n")
    [{'doc_id': 'a1', 'text': 'Agissez.', 'line': '2'}]
    """
    text = text.removeprefix("\ufeff")
    head = table_header.of_text(text)
    rows = _rows(text[head.at :], head.delimiter, head.line)
    try:
        names = [name.strip() for name in next(rows, (1, [""]))[1]]
    except Broken as error:
        raise Unreadable(f"line {error.line}: {error.problem}", error.remedy) from None
    found: list[tuple[int, list[str]] | Broken] = []
    try:
        for line, cells in rows:
            if len(cells) == len(names) or (len(cells) > len(names) and not any(cells[len(names) :])):
                found.append((line, cells[: len(names)]))
            else:
                problem = f"{len(cells)} cells where the header has {len(names)}"
                found.append(Broken(line, problem, "quote cells that hold a delimiter"))
    except Broken as error:  # no row can be told from the next any more
        found.append(error)
    return of_cells(names, found, head)


def of_cells(
    names: Sequence[str], rows: Sequence[tuple[int, list[str]] | Broken], head: Header = table_header.FIRST
) -> list[Row | Broken]:
    """The rows of a table whose cells are given with the line of each row. Raises Unreadable without a text."""
    check_number(names)
    cells_of = [row[1] for row in rows if not isinstance(row, Broken)]
    try:
        header = table_header.named(names, cells_of, head.line)
    except Broken as error:
        raise Unreadable(f"line {error.line}: {error.problem}", error.remedy) from None
    if not rows:
        raise Unreadable("a table without rows", "add a row for each document")
    roles = columns.roles(header, cells_of)
    if roles.text < 0:
        known = ", ".join(filter(None, header))[:80]
        raise Unreadable(f"line {head.line}: no column of texts among {known}", HEADER)
    rows, headings = _without_headings(header, rows, roles.text)
    cells_of = [row[1] for row in rows if not isinstance(row, Broken)]
    roles = columns.roles(header, cells_of)
    ids = _ids([cells[roles.doc_id] for cells in cells_of]) if roles.doc_id >= 0 else {}
    found: list[Row | Broken] = []
    for row, heading in zip(rows, headings, strict=True):
        if isinstance(row, Broken):
            found.append(row)
            continue
        line, cells = row
        above = {name: said for name, said in ((TITLE, head.title), (HEADING, heading)) if said and name not in header}
        others = {name: cells[i] for i, name in enumerate(header) if name and i not in (roles.doc_id, roles.text)}
        doc_id = ids[cells[roles.doc_id]] if ids else ""
        found.append(row_of(roles, doc_id, cells[roles.text], above | others, line))
    return checked(found, named=roles.doc_id >= 0)


def _without_headings(
    header: Sequence[str], rows: Sequence[tuple[int, list[str]] | Broken], text: int
) -> tuple[list[tuple[int, list[str]] | Broken], list[str]]:
    """The rows but for those that are headings, and the heading above each."""
    kept: list[tuple[int, list[str]] | Broken] = []
    headings: list[str] = []
    last = ""
    for row in rows:
        said = "" if isinstance(row, Broken) else _heading(header, row[1], text)
        last = said or last
        if not said:
            kept.append(row)
            headings.append(last)
    return kept, headings


def _heading(header: Sequence[str], cells: Sequence[str], text: int) -> str:
    """What a row says that is a heading of those below: its only cell, which is neither a text nor a name."""
    filled = [rank for rank, cell in enumerate(cells) if cell.strip()]
    if len(filled) != 1 or len(cells) < 3 or filled[0] == text:
        return ""
    found = cells[filled[0]].strip()
    return found if " " in found or columns.spelled(header[filled[0]]) not in columns.IDS else ""


def _ids(cells: Sequence[str]) -> dict[str, str]:
    """What the cells of a column name documents: 7 where all are written as 7.0."""
    whole = [WHOLE.fullmatch(cell.strip()) for cell in cells]
    return {cell: found[1] if found and all(whole) else cell for cell, found in zip(cells, whole, strict=True)}


def row_of(roles: columns.Roles, doc_id: str, text: str, others: Row, line: int) -> Row:
    """A row of a table, with what its columns say."""
    by = {RECOMMENDED_BY: others[roles.author]} if roles.author in others else {}
    made = {"doc_id": doc_id, "text": text} | by | others
    if roles.recommended:
        made.setdefault(KIND, RECOMMENDED)
    return made | {LINE: str(line)}


def is_table(text: str) -> bool:
    """Whether a text is a table: a line, at its top or below titles, names the columns; the next have as many cells.

    >>> is_table("id;texte\\nK1;Il faut agir."), is_table("Texte, contenu\\nIl faut, vite, agir.")
    (True, False)
    """
    head = table_header.of_text(text)
    if not head.names:
        return False
    if "doc" not in ",".join(head.names).lower() and columns.are_sentences(head.names):  # nearly always, in prose
        return False
    names = {columns.spelled(name) for name in head.names}
    if names.issuperset(NEEDED):
        return True
    if not columns.is_header(head.names):
        return False
    rows = []
    try:
        for _, cells in _rows(text[head.at : head.at + PROBED], head.delimiter):
            rows.append(len(cells))
            if len(rows) > PROBED_ROWS:
                break
    except Broken:
        pass  # the cell at which the probe was cut
    if len(text) - head.at > PROBED and len(rows) > 2:
        rows.pop()  # which may be cut
    if len(rows) < 2 or rows.count(rows[0]) < 0.8 * len(rows):
        return False
    told = bool(names & columns.TEXTS) or (columns.names_text(head.names) and len(names) > 2)
    return told or head.line > 1 or len(rows) > 2


def _rows(text: str, delimiter: str, line: int = 1) -> Iterator[tuple[int, list[str]]]:
    """The rows with the line on which each begins; empty lines are none."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    above = line - 1
    while True:
        try:
            with csv_fields.up_to():
                cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            remedy = 'quote cells with ", and write "" for a quotation mark in them'
            raise Broken(line, f"{error}; what follows is not read", remedy) from None
        if any(map(str.strip, cells)):
            yield line, cells
        line = above + reader.line_num + 1


def checked(rows: list[Row | Broken], *, named: bool) -> list[Row | Broken]:
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
