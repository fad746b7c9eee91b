"""Header: which line of a table names its columns, what its titles above say, and a name for each column.

Spreadsheets have titles above the names of their columns, columns without a name and names that come twice. What stands
above is the title of the table's texts; an empty column without a name is none.

    Suivi des recommandations;; / N°;Recommandation;Pays / 1;Former les juges.;Mali
    -> line 2 names the columns, and the title is "Suivi des recommandations"
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pries.reading import columns
from pries.reading.marks import Unreadable

NEEDED = ("doc_id", "text")
LINE = "line"
DELIMITERS = (",", ";", "\t")
LONGEST_HEADER = 1_000_000  # characters
MOST_COLUMNS = 2_000
TITLE_ROWS = 10  # among which the columns are named
LOOKED_AT = LONGEST_HEADER + 20_000  # characters in which the titles and the header stand


@dataclass(frozen=True)
class Broken(Exception):
    """A row that is no document: its line, what is wrong, what to do about it."""

    line: int
    problem: str
    remedy: str


@dataclass(frozen=True)
class Header:
    """Where the line begins that names the columns, its number, what delimits its cells, and the titles above it."""

    at: int = 0
    line: int = 1
    delimiter: str = ","
    names: tuple[str, ...] = ()  # as they stand; none in a line that cannot name columns
    title: str = ""


FIRST = Header()  # the first line, of which no more is known


def of_text(text: str) -> Header:
    """The header of a CSV table, which a text may be: its first line, or one below titles that names a text.

    >>> of_text("Suivi 2044;;\\nN°;Recommandation;Pays\\n").line, of_text("id,text\\n").names
    (2, ('id', 'text'))
    """
    first: Header | None = None
    titles: list[str] = []
    at, seen = 0, 0
    for line, source in enumerate(text[:LOOKED_AT].split("\n"), start=1):
        found = _header(source, at, line) if source.strip(" \t\r\ufeff") else None
        at += len(source) + 1
        if found is None:
            continue
        seen += 1
        first = first or found
        if found.names and _names_text(found.names) and _stands_below(titles, found):
            return replace(found, title=_title(titles, found.delimiter))
        if seen == TITLE_ROWS:
            break
        titles.append(source)
    return first or FIRST


def _header(source: str, at: int, line: int) -> Header:
    """A line as that which names the columns."""
    if len(source) > LONGEST_HEADER:
        return Header(at, line)
    delimiter = _delimiter(source)
    return Header(at, line, delimiter, tuple(_cells(source, delimiter)) if delimiter in source else ())


def _title(above: Sequence[str], delimiter: str) -> str:
    """The title of a table: what the lines above its header say."""
    title = " ".join(cell for line in above for cell in _cells(line, delimiter) if cell)
    return "" if title.startswith("sep=") else title


def _names_text(names: Sequence[str]) -> bool:
    return columns.is_header(names) and columns.names_text(names)


def _stands_below(titles: Sequence[str], header: Header) -> bool:
    """Whether all lines above have fewer cells that say something."""
    most = sum(map(bool, header.names))
    return all(sum(map(bool, _cells(above, header.delimiter))) < most for above in titles)


def _cells(source: str, delimiter: str) -> list[str]:
    """The cells of one line; those behind a quotation mark that another line closes, as they stand."""
    try:
        return [cell.strip() for cell in next(csv.reader([source.strip(" \r\n\ufeff")], delimiter=delimiter), [])]
    except csv.Error:
        return source.split(delimiter)


def _delimiter(line: str) -> str:
    """The delimiter by which a line has the needed columns, else the most cells."""
    for delimiter in DELIMITERS if all(name in line for name in NEEDED) else ():
        if set(_cells(line, delimiter)).issuperset(NEEDED):
            return delimiter
    return max(DELIMITERS, key=line.count)


def of_rows(rows: Sequence[Sequence[str]]) -> int:
    """Which row of a sheet names its columns: the first with a text's name beside others; -1 where none does."""
    single = all(sum(map(bool, cells)) < 2 for cells in rows)
    heads = (n for n, cells in enumerate(rows[:-1][:TITLE_ROWS]) if single or sum(map(bool, cells)) > 1)
    return next((n for n in heads if columns.names_text(rows[n])), -1)


def check_number(names: Sequence[str]) -> None:
    """Raises Unreadable for more columns than a table of texts has: each row is read in all of them."""
    if len(names) > MOST_COLUMNS:
        raise Unreadable(f"a table of more than {MOST_COLUMNS:,} columns", "keep those that say something of a text")


def named(names: Sequence[str], rows: Sequence[Sequence[str]], line: int) -> list[str]:
    """A name for each column, its own or a number; none for an empty column without one. Raises Broken."""
    made: list[str] = []
    for rank, name in enumerate(names, start=1):
        filled = name or any(row[rank - 1].strip() for row in rows)
        own = name or (f"column {rank}" if filled else "")
        texts = own in NEEDED or columns.names_text([own])
        made.append(own if texts or not own or own not in made else f"{own} {rank}")
    check_columns([name for name in made if name], line)
    return made


def check_columns(names: Sequence[str], line: int) -> None:
    """Raises Broken where two columns have one name, or one has a name that we need."""
    if len(set(names)) < len(names):
        twice = next(name for name, times in Counter(names).items() if times > 1)
        raise Broken(line, f"column {twice or 'without a name'} is there twice", "give each column a name of its own")
    if LINE in names:
        problem = f"a column is called {LINE}"
        raise Broken(line, problem, "give it another name: it holds the line of the table here")
