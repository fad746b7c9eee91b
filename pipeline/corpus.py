"""Corpus: which files are documents, and what is known of them.

Reads a folder of reports and its optional metadata.csv; writes the manifest, one row a document, with the
hash of its content. Make refreshes the manifest while it reads the Makefile; it is rewritten only when it
differs, so that what depends on it is made again exactly when a document or its metadata has changed.
Standard library alone: this runs at every `make`.

    corpus/A_68_370.txt -> A_68_370, A/68/370, 2013, A_68_370.txt, sha256
"""

from __future__ import annotations

import argparse
import codecs
import csv
import datetime
import hashlib
import io
import re
import sys
from collections import Counter
from pathlib import Path

if __package__ in (None, ""):  # run as a file, before the environment exists
    sys.path.insert(0, str(Path(__file__).parent.parent))

from pipeline import atomic, lock
from pipeline.errors import CANNOT_START, DONE, InputError, WriteError

METADATA = "metadata.csv"
CORRECTIONS = "corrections.csv"
FIELDS = ("doc_id", "symbol", "title", "date", "lang")
COLUMNS = (*FIELDS, "file", "sha256")


def documents(folder: Path) -> list[str]:
    """The documents' paths below `folder`, sorted: every file but the two named ones and hidden ones.

    Raises InputError if the folder is missing or holds no file.
    """
    if not folder.is_dir():
        raise InputError(str(folder), "no such corpus folder", "name a folder that holds the reports")
    found = sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
    found = [name for name in found if name not in (METADATA, CORRECTIONS)]
    for name in found:
        if any("\ud800" <= c <= "\udfff" for c in name):  # bytes that are not UTF-8; no table can hold them
            raise InputError(str(folder), f"file name {name!a} is not UTF-8", "rename the file")
    if not found:
        raise InputError(str(folder), "no document in this folder", "put at least one report (.txt) into it")
    return found


def read_text(data: bytes) -> tuple[str, str]:
    """The text of a document's bytes and its encoding.

    Raises ValueError with the reason for what is no text: binary, empty, or in an unknown encoding.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _read_utf16(data)
    if b"\0" in data:
        raise ValueError("binary content, not text")
    encoding = "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        encoding, text = "cp1252", data.decode("cp1252", errors="replace")
        if text.count("\ufffd"):
            raise ValueError("neither UTF-8 nor Windows-1252 text") from None
    if not text.strip():
        raise ValueError("empty document")
    controls = sum(c < " " and c not in "\t\n\r\f\v" for c in text)
    if controls > len(text) / 100:
        raise ValueError("binary content, not text")
    return text, "utf-8" if encoding.startswith("utf-8") else encoding


def _read_utf16(data: bytes) -> tuple[str, str]:
    """Text with a UTF-16 byte order mark, as older Windows programs save it."""
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise ValueError("binary content, not text")
    if not text.strip():
        raise ValueError("empty document")
    return text, "utf-16"


def metadata(folder: Path, names: list[str]) -> dict[str, dict[str, str]]:
    """What metadata.csv says, by file; empty where there is none.

    Raises InputError for a broken row, an unknown file, a file or doc_id that comes twice, or a bad date.
    """
    path = folder / METADATA
    if not path.is_file():
        return {}
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(str(path), f"not UTF-8 (byte {error.start})", "save the file as UTF-8") from None
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    rows: dict[str, dict[str, str]] = {}
    try:
        header = reader.fieldnames or []
        if "file" not in header:
            raise InputError(
                str(path), "missing column file", "give it the header doc_id,file,symbol,title,date,lang", 1
            )
        for row in reader:
            line = reader.line_num
            if None in row or None in row.values():
                raise InputError(str(path), "wrong number of cells", "quote cells that hold a comma", line)
            name = row["file"].strip()
            _check_metadata(path, line, row, name, names, rows)
            rows[name] = {field: " ".join((row.get(field) or "").split()) for field in FIELDS}
    except csv.Error as error:
        raise InputError(str(path), f"not a CSV row ({error})", "check its quotes", reader.line_num + 1) from None
    return rows


def _check_metadata(
    path: Path, line: int, row: dict[str, str], name: str, names: list[str], seen: dict[str, dict[str, str]]
) -> None:
    if name not in names:
        raise InputError(str(path), f"file '{name}' is not in the folder", "correct the name or delete the row", line)
    if name in seen:
        raise InputError(str(path), f"file '{name}' comes twice", "keep one of its rows", line)
    doc_id = (row.get("doc_id") or "").strip()
    if doc_id and any(doc_id == other["doc_id"] for other in seen.values()):
        raise InputError(str(path), f"doc_id '{doc_id}' comes twice", "give each document its own", line)
    date = (row.get("date") or "").strip()
    if date and not _is_date(date):
        raise InputError(str(path), f"date '{date}' is none", "write it as 2013, 2013-07 or 2013-07-15", line)


def _is_date(text: str) -> bool:
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
                METADATA,
                f"doc_id '{doc_id}' would name {' and '.join(twice)}",
                "give each its own in metadata.csv",
            )
    return made


def manifest(folder: Path) -> list[dict[str, str]]:
    """One row a document, in the order of the files' names; columns as in `COLUMNS`."""
    names = documents(folder)
    known = metadata(folder, names)
    ids = identifiers(names, known)
    rows = []
    for name in names:
        row = dict.fromkeys(FIELDS, "") | known.get(name, {})
        try:
            digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        except OSError:  # segment tells why it can't be read
            digest = ""
        rows.append(row | {"doc_id": ids[name], "file": name, "sha256": digest})
    if not any(_readable(folder / name) for name in names):
        raise InputError(str(folder), "no readable document in this folder", "put at least one text report into it")
    return rows


def _readable(path: Path) -> bool:
    try:
        read_text(path.read_bytes())
    except (OSError, ValueError):
        return False
    return True


def dump(rows: list[dict[str, str]]) -> bytes:
    """The manifest as CSV bytes."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8", "surrogateescape")


def refresh(folder: Path, target: Path) -> bool:
    """Write the manifest of `folder` to `target`, and its corrections beside it, where they differ; whether one did."""
    return note(target, manifest(folder), corrections(folder))


def note(target: Path, rows: list[dict[str, str]], decided: bytes) -> bool:
    """Write a manifest and corrections as they were read, where they differ from what stands there."""
    return any([_replace(target, dump(rows)), _replace(target.with_name(CORRECTIONS), decided)])


def _replace(target: Path, data: bytes) -> bool:
    """Write `data` to `target` if it differs; whether it did."""
    if target.is_file() and target.read_bytes() == data:
        return False
    atomic.write_bytes(target, data)
    return True


def corrections(folder: Path) -> bytes:
    """What corrections.csv holds; nothing where there is none."""
    path = folder / CORRECTIONS
    return path.read_bytes() if path.is_file() else b""


def main(argv: list[str] | None = None) -> int:
    """Refresh the manifest and the corrections; an error is one line on standard output, where make picks it up."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.corpus", description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, metavar="DIR")
    parser.add_argument("--manifest", type=Path, required=True, metavar="FILE", help="out: manifest.csv")
    parser.add_argument("--owner", type=int, metavar="PID", help="the make that takes the outputs' lock; none for -n")
    options = parser.parse_args(argv)
    try:
        rows, decided = manifest(options.corpus), corrections(options.corpus)
        if options.owner:
            lock.take(options.manifest.parent.parent, options.owner)
        note(options.manifest, rows, decided)
    except (InputError, WriteError) as error:
        print(error)
        return CANNOT_START
    return DONE


if __name__ == "__main__":
    sys.exit(main())
