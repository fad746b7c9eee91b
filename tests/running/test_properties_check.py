"""Check: whatever stands in a lexicon or a file of settings, it is in order or named in one line, never a traceback.

Hypothesis edits one cell, row, column, value or byte of the package's own files.
"""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pries.base.errors import InputError
from pries.base.places import LEXICONS, SETTINGS
from pries.running import check

CELLS = [
    "", " ", "licorne", "x" * 100_000, "é", "a" * 300 + "|" * 3_000, "\0", "\n", "\r", "\u2028", "\u202e", "\x1b[31m",
    "|", "a|", "|a", "/", "un/deux/trois", "form:", "lemma:a b", "mot*x", "…", "a … b", "..", "*", "#", "=1+1",
    '"', "'", "’", ";", ",", "\t", "%s", "{", "}", "{}", "{0}", "{n}", "{n:>99999999}", "{n.__class__}", "{n[0]}",
    "[", "(", "(?P<", "\\", "\\1", "(?i)a", "(?(1)a)", "(?<=a+)b", "(a+)+$", "a{99999999999}", "[a-", "\\8", "^$", ".*",
    "0", "-1", "1,5", "½", "٣", "1_000", "nan", "-inf", "1e400", "9" * 5_000, "true", "None",
]  # fmt: skip
VALUES = [
    "", "=", "nope", '"', "'''", "[", '""', '"os"', '"x"', '"../x"', '"/dev/zero"', '"NOUN NOUN"', '"triggers.csv"',
    '"' + "x" * 100_000 + '"', '"\\u0000"', "nan", "inf", "1e400", "1" + "0" * 23, "9" * 5_000, "-1", "0", "-0.0",
    "1.5", "1e-300", "true", "[]", "[1, 2]", "{}", "{a = 1}", "1979-05-27", "07:32:00",
]  # fmt: skip
FILES = [path.name for folder in (LEXICONS, SETTINGS) for path in sorted(folder.iterdir())]
CODES = ["utf-16", "cp1252", "utf-8-sig"]
LONGEST = 2_000  # characters of a line


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    place = tmp_path_factory.mktemp("own")
    return shutil.copytree(LEXICONS, place / "lexicons"), shutil.copytree(SETTINGS, place / "settings")


def edited(data: st.DataObject, text: str, table: bool) -> bytes:
    """A file with one thing changed."""
    at = data.draw(st.integers(0, len(text) - 1))
    kind = data.draw(st.sampled_from(["cell"] * 6 + ["row", "column", "sign", "end", "code"]))
    if kind == "sign":
        return (text[:at] + data.draw(st.sampled_from(CELLS)) + text[at + 1 :]).encode()
    if kind == "end":
        return text[:at].encode()
    if kind == "code":
        return text.encode(data.draw(st.sampled_from(CODES)), "replace")
    lines = (
        list(csv.reader(io.StringIO(text, newline=""))) if table else [line.split(" = ") for line in text.split("\n")]
    )
    row = data.draw(st.integers(0, len(lines) - 1))
    column = data.draw(st.integers(0, max(len(lines[row]) - 1, 0)))
    if kind == "cell":
        lines[row][column : column + 1] = [data.draw(st.sampled_from(CELLS if table else VALUES))]
    elif kind == "row":
        lines[row : row + 1] = data.draw(st.sampled_from([[], [lines[row]] * 2]))
    else:
        lines = [line[:column] + line[column + 1 :] for line in lines]
    if not table:
        return "\n".join(map(" = ".join, lines)).encode()
    out = io.StringIO(newline="")
    csv.writer(out).writerows(lines)
    return out.getvalue().encode()


def told(folders: tuple[Path, Path]) -> InputError | None:
    """What check says of two folders; nothing where they are in order."""
    try:
        check.check(*folders)
    except InputError as error:
        return error
    return None


@given(st.sampled_from(FILES), st.data())
def test_an_edited_file_is_in_order_or_named_in_one_line(
    folders: tuple[Path, Path], name: str, data: st.DataObject
) -> None:
    path = folders[name.endswith(".toml")] / name
    before = path.read_bytes()
    path.write_bytes(edited(data, before.decode(), name.endswith(".csv")))
    try:
        error = told(folders)
    finally:
        path.write_bytes(before)
    line = str(error or "")
    assert line.isprintable()
    assert len(line) < LONGEST
    assert error is None or (error.file.startswith(str(path.parent.parent)) and error.problem and error.remedy)


@pytest.mark.parametrize("name", FILES)
def test_a_folder_in_place_of_a_file_is_named(folders: tuple[Path, Path], name: str) -> None:
    path = folders[name.endswith(".toml")] / name
    before = path.read_bytes()
    path.unlink()
    path.mkdir()
    try:
        if name != "themes_global_compact.csv":  # which no setting names
            with pytest.raises(InputError, match=f"{name}: cannot be read"):
                check.check(*folders)
    finally:
        path.rmdir()
        path.write_bytes(before)
