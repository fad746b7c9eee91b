"""Coding sheet: the sentences that were drawn, each with its requests, to be filled in with a spreadsheet.

Reads the published sample and requests; adds a sheet to tables.xlsx, which `pries import` reads back. A row for each
request of a sentence, or one for a sentence without: change what is wrong, write *faux* under verdict where nothing is
asked, put a line under a sentence for what was missed, and *oui* under coded.

    Les gouvernements ont été priés de ratifier … | oui | | priés | request | | gouvernements | ratifier
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
import xlsxwriter

from pries.review.fields import VALUES
from pries.review.sample import SHEET, SHEET_COLUMNS, VERDICTS
from pries.store import rowwise

WIDTHS = {"text": 70, "note": 20, "actions": 24, "issuer": 20, "addressee": 20}
CHOICES = {"coded": ["oui"], "verdict": [*VERDICTS], **{name: [*VALUES[name]] for name in ("modality", "polarity")}}
FROZEN = 2  # columns that stay in sight: coded and the sentence


def rows(sample: pd.DataFrame, requests: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """A row for each request of each sentence drawn, in the order in which they are to be coded."""
    asked: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for request in rowwise.records(requests):
        asked[request["sentence_id"]].append(request)
    for drawn in rowwise.records(sample):
        about = {name: drawn[name] for name in SHEET_COLUMNS if name in drawn} | {"coded": "oui" * drawn["coded"]}
        for request in asked.get(drawn["sentence_id"], [{}]):
            yield about | {name: request[name] for name in SHEET_COLUMNS if name in request and name not in about}


def add(book: xlsxwriter.Workbook, tables: Mapping[str, pd.DataFrame], looks: Mapping[str, Any]) -> None:
    """The sheet, where sentences were drawn."""
    if tables["sample"].empty:
        return
    sheet = book.add_worksheet(SHEET)
    for at, name in enumerate(SHEET_COLUMNS):
        sheet.write_string(0, at, name, looks["bold"])
        sheet.set_column(at, at, WIDTHS.get(name, len(name) + 3), looks["wrapped" if name in WIDTHS else "plain"])
    last = 0
    for last, row in enumerate(rows(tables["sample"], tables["obligations"]), 1):
        for at, name in enumerate(SHEET_COLUMNS):
            if value := str(row.get(name, "")):
                sheet.write_string(last, at, value)
    for name, values in CHOICES.items():  # also of the lines that a person adds
        at = SHEET_COLUMNS.index(name)
        sheet.data_validation(1, at, 2 * last, at, {"validate": "list", "source": values, "error_type": "warning"})
    sheet.freeze_panes(1, FROZEN)
    sheet.autofilter(0, 0, last, len(SHEET_COLUMNS) - 1)
