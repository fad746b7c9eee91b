"""JSON: a document an object, one a line (JSON Lines) or all in a list, which may be the only value of an object.

Columns mean what they mean in a CSV table (`table_of_texts`); "line" is the line, or the rank in the list.

    [{"id": "a1", "texte": "Les États ont été priés d’agir."}] -> {"doc_id": "a1", "text": "Les États …", "line": "1"}
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from pries.reading import columns
from pries.reading.columns import DOC_ID, TEXT
from pries.reading.marks import Unreadable
from pries.reading.table_header import NEEDED, Broken, check_columns, check_number
from pries.reading.table_of_texts import Row, checked, row_of

HEADER = "call the key of the texts text, and that of the documents' names doc_id"
LIST = re.compile(r'\s*(?:\{\s*"[^"\n]{1,80}"\s*:\s*)?\[\s*\{')  # how a list begins, or an object of one


def is_json(text: str) -> bool:
    """Whether a text is JSON Lines or a JSON list of objects.

    >>> is_json('{"text": "Agissez."}\\n'), is_json('[{"text": "Agissez."}]'), is_json("[sic]")
    (True, True, False)
    """
    first = text.lstrip("\ufeff \t\r\n").partition("\n")[0].strip()
    record = _loaded(first) if first.startswith("{") and first.endswith("}") else None
    return bool(isinstance(record, dict) and record) or LIST.match(text.lstrip("\ufeff")) is not None


def read_jsonl(text: str) -> list[Row | Broken]:
    """The rows of a table in JSON Lines or a JSON list; raises Unreadable where there is none.

    >>> read_jsonl('{"doc_id": "a1", "text": "Agissez.", "year": 2013}')
    [{'doc_id': 'a1', 'text': 'Agissez.', 'year': '2013', 'line': '1'}]
    """
    found: list[tuple[int, Row] | Broken] = []
    for line, source in _objects(text.removeprefix("\ufeff")):
        try:
            found.append((line, _object(source, line)))
        except Broken as error:
            found.append(error)
    good = [row for row in found if not isinstance(row, Broken)]
    header = list(dict.fromkeys(name for _, row in good for name in row))
    check_number(header)
    roles = columns.roles(header, [[row.get(name, "") for name in header] for _, row in good])
    if good and roles.text < 0:
        raise Unreadable(f"no column of texts among {', '.join(header)[:80]}", HEADER)
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
        made.append(row_of(roles, doc_id, text_of, row, line))
    return checked(made, named=bool(named))


def _objects(text: str) -> Iterator[tuple[int, Any]]:
    """What stands on each line, or in the list, with its line or rank; None for what is no JSON. Raises Unreadable."""
    if (listed := _list(text)) is not None:
        yield from enumerate(listed, start=1)
        return
    if not text.lstrip().startswith("{"):
        raise Unreadable("a broken JSON list", "save it again from the program that made it")
    for line, source in enumerate(text.split("\n"), start=1):
        if source.strip():
            yield line, _loaded(source)


def _list(text: str) -> list[Any] | None:
    """The list of objects that a text is, if it is one."""
    if not LIST.match(text.lstrip("\ufeff")):
        return None
    whole = _loaded(text.lstrip("\ufeff"))
    values = list(whole.values()) if isinstance(whole, dict) else [whole]
    return values[0] if len(values) == 1 and isinstance(values[0], list) else None


def _loaded(source: str) -> Any:
    try:
        return json.loads(source)
    except (ValueError, RecursionError):
        return None


def _object(row: Any, line: int) -> Row:
    """The cells of an object. Raises Broken."""
    if row is None:
        raise Broken(line, "no JSON", "write one object a line")
    if not isinstance(row, dict):
        raise Broken(line, "no object", "write one object a line, whose values are texts or numbers")
    for name in NEEDED:
        cells = row[name] if name in row and isinstance(row[name], list) and name == TEXT else [row.get(name, "")]
        if any(not isinstance(cell, (str, int)) or isinstance(cell, bool) for cell in cells):
            raise Broken(line, f"no {name}", "every row needs doc_id and text")
    check_columns(list(row), line)
    return {name: _text(cell, "\n\n" if columns.names_text([name]) else "; ") for name, cell in row.items()}


def _text(cell: object, between: str = "; ") -> str:
    """A value as one text; several are the paragraphs of a text, or metadata parted by semicolons."""
    if isinstance(cell, list) and not any(isinstance(one, (dict, list)) for one in cell):
        return between.join(map(_text, cell))
    return cell if isinstance(cell, str) else "" if cell is None else json.dumps(cell, ensure_ascii=False)
