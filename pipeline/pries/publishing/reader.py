"""Reader: the report and its requests as one page that opens from disk, without a network.

Reads the published tables and the words of labels.csv; writes OUT, one file with its data, style and script
inside. What stands in a report reaches the page as JSON and is shown as text, never as HTML; the page's
Content Security Policy admits no script and no style but its own, known by their hashes.

    python -m pries.publishing.reader --tables outputs/tables --out outputs/reader.html
"""

from __future__ import annotations

import base64
import hashlib
import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2
import pandas as pd
from markupsafe import Markup

from pries.base import atomic, console
from pries.base.errors import InputError
from pries.base.layers import Folder
from pries.base.places import LEXICONS, SETTINGS
from pries.publishing.reader_data import Tables, data_of
from pries.store import files

READS = (
    "documents", "paragraphs", "sentences", "actors", "obligations", "actions", "clusters", "cluster_members",
    "estimates", "sample", "sample_unused", "problems", "families", "metadata", "judged",
)  # fmt: skip
WEB = Path(__file__).parent / "web"
SCRIPTS = (
    "data.js", "query.js", "filters.js", "lists.js", "text.js", "table.js", "chart.js", "concordance.js", "wording.js",
    "families.js", "shelf.js", "review.js", "adding.js", "saving.js", "card.js", "queue.js", "forecast.js", "code.js",
    "main.js",
)  # fmt: skip
STYLES = ("reader.css", "finding.css")
MOST = 5_000_000  # bytes of data in the page; more stands in reader/data-*.js, whose lists are LONG
LONG = ("paragraphs", "requests", "families")


def read_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """The published tables. Raises InputError where one is missing."""
    found = {}
    for name in READS:
        path = folder / f"{name}.csv"
        if not path.is_file():
            raise InputError(str(path), "no such table", "run the stages before, or name another --tables folder")
        found[name] = files.read_csv(path, name)
    return found


def as_json(data: Mapping[str, Any]) -> str:
    """JSON that may stand inside a script element: no `<`, and no line end that JavaScript takes for one."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def source(text: str) -> str:
    """How the policy names a script or style: the hash of its bytes."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def parts_of(data: Mapping[str, Any], size: int = MOST) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The data of the page, and where they are too long for it, pieces of about `size` bytes of the long lists."""
    if len(as_json(data).encode()) <= size:
        return dict(data), []
    pieces: list[dict[str, Any]] = []
    for key in LONG:
        piece: list[Any] = []
        room = size
        for row in data[key]:
            room -= len(as_json(row).encode()) + 1
            if room < 0 and piece:
                pieces.append({key: piece})
                piece, room = [], size
            piece.append(row)
        pieces.append({key: piece})
    return {**data, **{key: [] for key in LONG}}, pieces


def render(
    tables: Tables, lexicons: Folder = LEXICONS, settings: Folder = SETTINGS, size: int = MOST
) -> tuple[str, list[str]]:
    """The whole page, and the scripts that bring its data where that is longer than `size` bytes."""
    data, pieces = parts_of(data_of(tables, lexicons, settings), size)
    style, script = ("".join((WEB / n).read_text(encoding="utf-8") for n in names) for names in (STYLES, SCRIPTS))
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
    template = environment.from_string((WEB / "reader.html.j2").read_text(encoding="utf-8"))
    page = template.render(
        title=data["title"], data=Markup(as_json(data)), style=Markup(style), style_hash=source(style),
        script=Markup(script), script_hash=source(script), pieces=[f"reader/{name_of(i)}" for i in range(len(pieces))],
    )  # fmt: skip
    return page, [f"(globalThis.readerData ??= []).push({as_json(piece)});\n" for piece in pieces]


def name_of(piece: int) -> str:
    """The name of a piece of data: data-1.js."""
    return f"data-{piece + 1}.js"


def run(tables: Path, out: Path, lexicons: Folder = LEXICONS, settings: Folder = SETTINGS) -> list[Path]:
    """Write the page, and the pieces of its data; the files. Raises InputError."""
    begun = time.perf_counter()
    page, pieces = render(read_tables(tables), lexicons, settings)
    folder = out.parent / "reader"
    paths = [folder / name_of(i) for i in range(len(pieces))]
    with atomic.together():
        for path, piece in zip(paths, pieces, strict=True):
            files.write_text(path, piece)
        for old in set(folder.glob("data-*.js")) - set(paths):
            atomic.remove(old)  # a piece of a larger corpus that was here before
        files.write_text(out, page)
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
    size = len(page.encode("utf-8")) // 1024
    beside = f" and {len(pieces)} files in {folder}" if pieces else ""
    console.say("reader", f"{out} ({size} kB){beside}", time.perf_counter() - begun)
    return [out, *paths]
