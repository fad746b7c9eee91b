"""Dictionary: docs/tables.md, what each published table and column holds, made from the schema.

Reads `pries.schema.schema`; writes Markdown, one section a table, one row a column.

    | `citation` | text |  | how to cite the place, as in A/68/370, par. 12 |
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from pries.base import console
from pries.schema import schema
from pries.store import files

INTRODUCTION = """\
# Tables

Every table of `outputs/tables/`, made by `make docs` from `pipeline/pries/schema/`, where each column is declared once.

- CSV in UTF-8, with commas, a decimal point, and `\\n` at the line's end. An empty cell is an empty text,
  or an unknown number. Rows stand in reading order. Cells are verbatim: before a spreadsheet opens a table
  of somebody else's reports, import its columns as text, because a cell may begin with `=`.
- Kinds: `text`; `int`, a whole number; `float`, a number to six decimals; `bool`, `True` or `False`.
- `start` and `end` count characters in the `text` of the paragraph, from 0: `text[start:end]` is the thing
  itself. Lines count from 1, both ends in.
- A cell with several values separates them by `; `. The columns of an issuer (or addressee) have their
  values in the same order: the third type belongs to the third name.
- Join tables by `doc_id` and `paragraph`, by `sentence_id`, or by `obligation_id`. Identifiers are made
  from content: they stay the same when a paragraph is renumbered.
- In `addressee_by_modality` and `theme_by_modality` a request with several addressees (themes) counts once
  in the row of each, and once in the total row, which therefore may be less than the sum of its column.
  Restatements count.
- On the screen an obligation is a request (*demande ou recommandation*) and a cluster a group of requests
  (*groupe*).
"""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


def section(name: str) -> str:
    """The section of one table."""
    table = schema.TABLES[name]
    lines = [f"## {name}", "", f"One row per {table.row}.", ""]
    lines += ["| column | kind | unit or allowed values | what it holds |", "| --- | --- | --- | --- |"]
    for column in table.columns:
        values = ", ".join(f"`{value}`" if value else "empty" for value in column.values)
        allowed = "; ".join(filter(None, (_cell(column.unit), values)))
        lines.append(f"| `{column.name}` | {column.kind} | {allowed} | {_cell(column.description)} |")
    return "\n".join(lines) + "\n"


def render() -> str:
    """The whole dictionary."""
    names = [name for name, table in schema.TABLES.items() if table.published]
    contents = "".join(f"- [{name}](#{name}): one row per {schema.TABLES[name].row}\n" for name in names)
    return "\n".join([INTRODUCTION, contents, *map(section, names)])


def main(argv: Sequence[str] | None = None) -> int:
    """Write the dictionary."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="out: docs/tables.md")
    options = parser.parse_args(argv)
    files.write_text(options.out, render())
    console.say("dictionary", str(options.out))
    return 0


if __name__ == "__main__":
    sys.exit(main())
