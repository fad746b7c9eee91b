"""CSV files of users: what delimits their cells, and how long a cell may be. Standard library alone.

The csv module has one limit for the process; here it holds for the time of one reading.

    with csv_fields.up_to(): rows = list(csv.DictReader(file))  # « Les gouvernements ont été priés… », at any length
"""

from __future__ import annotations

import contextlib
import csv
from collections.abc import Iterator

ANY_LENGTH = 2**31 - 1  # characters; csv by itself stops at 131,072


@contextlib.contextmanager
def up_to(characters: int = ANY_LENGTH) -> Iterator[None]:
    """Cells of so many characters are read in here; outside the limit stays as it was."""
    before = csv.field_size_limit(characters)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def delimiter(text: str) -> str:
    """What delimits the cells: the comma, semicolon (a French spreadsheet) or tab that the first line has most of."""
    return max(",;\t", key=text.lstrip("\ufeff\r\n ").partition("\n")[0].count)
