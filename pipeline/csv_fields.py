"""How long a cell of a CSV file may be, for the time of one reading: the csv module has one limit for the process.

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
