"""From rows: the decisions that turn the requests of a run into those that somebody has coded.

A row that says what the request says confirms it, one that differs edits it, a request without a row is rejected, a row
without a request is added: in these lines, whoever coded it and in whatever program.

    addressee gouvernements in place of États -> edit, addressee, old « États », new « gouvernements »
"""

from __future__ import annotations

from collections.abc import Mapping

from pries.review.decisions import SIGNATURE, signature
from pries.schema.ids import content_id

Row = dict[str, str]


def differences(row: Mapping[str, str], request: Row, about: Row) -> list[Row]:
    """An edit for each field that differs, or one confirmation."""
    edits = [
        about | {"action": "edit", "field": name, "old": request[name], "new": row[name]}
        for name in SIGNATURE
        if name in row and row[name] != request[name]
    ]
    return edits or [about | {"action": "confirm", "old": signature(request)}]


def rejection(request: Mapping[str, str], coder: str) -> Row:
    """The line that takes a request out."""
    about = {"coder": coder, "doc_id": request["doc_id"], "paragraph": request["paragraph"]}
    return about | {"obligation_id": request["obligation_id"], "action": "reject"}


def addition(row: Mapping[str, str], home: Row, about: Row) -> list[Row]:
    """The lines of a request that the run has not; `home`: sentence_text, paragraph, occurrence of its trigger."""
    given = {"doc_id": row["doc_id"], "trigger": row["trigger"]} | home
    given |= {name: row.get(name, "") for name in SIGNATURE}
    # a name from its place, so that what an earlier import has added is not taken for it
    name = content_id("new", *(given[key] for key in ("doc_id", "sentence_text", "paragraph", "trigger", "occurrence")))
    return [
        about | {"obligation_id": name, "action": "add", "field": field, "new": value}
        for field, value in given.items()
        if value
    ]
