"""Corpus: which files are documents, and what is known of them.

Reads a folder of reports and its optional metadata.csv; gives the manifest, one row a document, with the hash of its
content. Standard library alone: a run with nothing to do loads no more.

    corpus/A_68_370.txt -> A_68_370, A/68/370, 2013, A_68_370.txt, sha256, bytes
"""

from __future__ import annotations

import contextlib
import csv
import datetime
import hashlib
import io
import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from pries.base import csv_fields, layers
from pries.base.errors import InputError
from pries.base.places import real
from pries.reading import decoding, formats
from pries.reading.documents import inside
from pries.reading.marks import Unreadable

METADATA = "metadata.csv"
CORRECTIONS = "corrections.csv"
SAMPLE = "sample.csv"
OWN = (METADATA, CORRECTIONS, SAMPLE)  # files of the folder that are no documents
PROBED = 10_000  # bytes of a first line
LOOKED_INTO = 20 * 10**6  # bytes of a file that is looked into before the run begins
MOST_BYTES = 200 * 10**6
FIELDS = ("doc_id", "symbol", "title", "date", "lang")
COLUMNS = (*FIELDS, "more", "file", "sha256", "bytes")


def documents(folder: Path, outputs: Path | None = None) -> list[str]:
    """The documents' paths below `folder`, sorted: every file but those of the program's own and hidden ones.

    Links to folders or to nothing and what is no file, as a pipe, are among them, so that they are named. Nothing below
    `outputs` is. Raises InputError if the folder is missing or holds no file.
    """
    if not folder.is_dir():
        raise InputError(str(folder), "no such corpus folder", "name a folder that holds the reports")
    apart = real(outputs) if outputs and real(outputs).is_relative_to(real(folder)) else None
    taken = {name for name in OWN if own(folder, name)} | set(_below(folder))
    found = []
    for path in folder.rglob("*"):
        name = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in name.parts)
        if hidden or name.as_posix() in taken or name.parts[0] in layers.NAMES:
            continue
        if apart and real(path).is_relative_to(apart):
            continue
        if path.is_symlink() or not path.is_dir():
            found.append(shown(name.as_posix()))
    found.sort()
    if not found:
        raise InputError(str(folder), "no document in this folder", "put at least one report into it")
    return found


def own(folder: Path, name: str) -> bool:
    """Whether the folder holds that file for the program; where a link leads out to it, or it is larger than a document
    may be, it counts as a document, which is refused and named.

    >>> own(Path("corpus"), "metadata.csv")
    True
    """
    with contextlib.suppress(OSError, Unreadable):
        return inside(folder, name).stat().st_size <= MOST_BYTES
    return False


def shown(name: str) -> str:
    """A file's name as tables can hold it: bytes that are not UTF-8 as \\xe9; reading then says why."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _below(folder: Path) -> list[str]:
    """The metadata.csv of sub-folders: those that have a column of files; any other is a document."""
    paths = [path.relative_to(folder) for path in sorted(folder.rglob("*/" + METADATA)) if not path.is_symlink()]
    seen = [path.as_posix() for path in paths if not any(part.startswith(".") for part in path.parts)]
    return [name for name in seen if own(folder, name) and "file" in _names_columns(folder / name)]


def _names_columns(path: Path) -> list[str]:
    """The names in the first line of a table; none where it cannot be read."""
    try:
        with path.open("rb") as file:
            first, _ = decoding.read_text(file.readline(PROBED))
    except (OSError, ValueError):
        return []
    return [name.strip().strip('"') for name in first.strip().split(csv_fields.delimiter(first))]


def metadata(folder: Path, names: list[str]) -> dict[str, dict[str, str]]:
    """What metadata.csv says, by file; empty where there is none. Columns of one's own are JSON under `more`.

    One in a sub-folder speaks of the files below it. Raises InputError for a broken row, an unknown file, a file or
    doc_id that comes twice, or a bad date.
    """
    rows: dict[str, dict[str, str]] = {}
    known = Known(frozenset(names), rows, set())
    for name in [METADATA] * own(folder, METADATA) + _below(folder):
        _read_metadata(folder, name, known)
    return rows


class Known(NamedTuple):
    """The documents of the folder, what metadata.csv says of them so far, and the doc_ids that it has given."""

    names: frozenset[str]
    rows: dict[str, dict[str, str]]
    doc_ids: set[str]


def _read_metadata(folder: Path, source: str, known: Known) -> None:
    """Add the rows of one metadata.csv."""
    path, base = folder / source, source.removesuffix(METADATA)
    try:
        text, _ = decoding.read_text(path.read_bytes())  # UTF-8, or as a spreadsheet saves it
    except ValueError as error:
        raise InputError(str(path), str(error), "save it as CSV, or delete it") from None
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=csv_fields.delimiter(text), strict=True)
    try:
        header = reader.fieldnames or []
        if "file" not in header:
            raise InputError(
                str(path), "missing column file", "give it the header doc_id,file,symbol,title,date,lang", 1
            )
        if len(set(header)) < len(header) or "" in (name.strip() for name in header):
            raise InputError(str(path), "a column without a name, or twice the same", "give each its own name", 1)
        for row in reader:
            line = reader.line_num
            if None in row or None in row.values():
                raise InputError(str(path), "wrong number of cells", "quote cells that hold a delimiter", line)
            if not any(cell.strip() for cell in row.values()):
                continue  # an empty row of a spreadsheet
            name = base + row["file"].strip()
            _check_metadata(path, line, row, name, known)
            cells = {field: " ".join((row.get(field) or "").split()) for field in header}
            more = {field: value for field, value in cells.items() if field not in (*FIELDS, "file") and value}
            known.rows[name] = {field: cells.get(field, "") for field in FIELDS}
            known.rows[name]["more"] = json.dumps(more, ensure_ascii=False) if more else ""
    except csv.Error as error:
        raise InputError(str(path), f"not a CSV row ({error})", "check its quotes", reader.line_num + 1) from None


def _check_metadata(path: Path, line: int, row: dict[str, str], name: str, known: Known) -> None:
    if name not in known.names:
        raise InputError(str(path), f"file '{name}' is not in the folder", "correct the name or delete the row", line)
    if name in known.rows:
        raise InputError(str(path), f"file '{name}' comes twice", "keep one of its rows", line)
    doc_id = (row.get("doc_id") or "").strip()
    if doc_id in known.doc_ids:
        raise InputError(str(path), f"doc_id '{doc_id}' comes twice", "give each document its own", line)
    known.doc_ids.update({doc_id} - {""})
    date = (row.get("date") or "").strip()
    if date and not is_date(date):
        raise InputError(str(path), f"date '{date}' is none", "write it as 2013, 2013-07 or 2013-07-15", line)


def is_date(text: str) -> bool:
    """Whether a text is a date: 2013, 2013-07 or 2013-07-15."""
    if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text):
        return False
    try:
        datetime.date.fromisoformat(text + "-01-01"[: 10 - len(text)] if len(text) != 7 else text + "-01")
    except ValueError:
        return False
    return True


def identifiers(names: list[str], known: dict[str, dict[str, str]]) -> dict[str, str]:
    """The doc_id of each file: the metadata's, else its stem, else stem_ext, else its path (`/` as `_`)."""
    stems = Counter(Path(name).stem for name in names)
    plain = {n: f"{Path(n).stem}_{Path(n).suffix[1:]}".rstrip("_") for n in names}
    extended = Counter(plain.values())
    made: dict[str, str] = {}
    for name in names:
        given = known.get(name, {}).get("doc_id", "")
        if given:
            made[name] = given
        elif stems[Path(name).stem] == 1:
            made[name] = Path(name).stem
        elif extended[plain[name]] == 1:
            made[name] = plain[name]
        else:
            made[name] = name.replace("/", "_")
    for doc_id, times in Counter(made.values()).items():
        if times > 1:
            twice = [name for name in names if made[name] == doc_id]
            raise InputError(
                METADATA, f"doc_id '{doc_id}' would name {' and '.join(twice)}", "give each its own in metadata.csv"
            )
    return made


def sha256(path: Path) -> str:
    """The hash of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def manifest(
    folder: Path, digest: Callable[[Path], str] = sha256, outputs: Path | None = None, most: int = MOST_BYTES
) -> list[dict[str, str]]:
    """One row a document, in the order of the files' names; columns as in `COLUMNS`.

    Of a file of more than `most` bytes, which no reader will take, nothing is read here either: it has no hash.
    """
    names = documents(folder, outputs)
    known = metadata(folder, names)
    ids = identifiers(names, known)
    rows = []
    for name in names:
        row = dict.fromkeys((*FIELDS, "more"), "") | known.get(name, {})
        try:
            path = inside(folder, name)
            size = path.stat().st_size
            content = digest(path) if size <= most else ""
        except (OSError, Unreadable):  # segment tells why it can't be read
            content, size = "", 0
        rows.append(row | {"doc_id": ids[name], "file": name, "sha256": content, "bytes": str(size)})
    if not any(row["sha256"] and _may_be_read(folder, row["file"], int(row["bytes"])) for row in rows):
        raise InputError(str(folder), "no readable document in this folder", "put at least one report into it")
    return rows


def _may_be_read(folder: Path, name: str, size: int) -> bool:
    """Whether a file is of a format that we read; whether it really can be read is found out by segment."""
    if size > LOOKED_INTO:
        return True
    try:
        formats.kind(inside(folder, name).read_bytes())
    except (OSError, Unreadable):
        return False
    return True


def dump(rows: list[dict[str, str]]) -> bytes:
    """The manifest as CSV bytes."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8", "surrogateescape")


def read(path: Path) -> list[dict[str, str]]:
    """The manifest as `dump` writes it. Raises InputError for a missing file, a wrong header or a broken row."""
    try:
        text = path.read_bytes().decode("utf-8", "surrogateescape").removeprefix("\ufeff")
    except FileNotFoundError:
        raise InputError(str(path), "no such manifest", "run segment again") from None
    with csv_fields.up_to():
        reader = csv.DictReader(io.StringIO(text, newline=""))
        rows = list(reader)
    header = ",".join(COLUMNS)
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise InputError(str(path), "not a manifest", f"its header is {header}", 1)
    if any(None in row or None in row.values() for row in rows):
        raise InputError(str(path), "a row has more or fewer cells than the header", f"its header is {header}")
    return rows
