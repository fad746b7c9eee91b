"""Settings: every key of every file with values that are none; each is told in a short line with its file and line."""

from __future__ import annotations

import dataclasses
import importlib
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
from pries.base import settings
from pries.base.errors import InputError
from pries.base.places import LEXICONS, SETTINGS
from pries.content import codebook, histories, sameness, selection, summaries
from pries.grammar import parse
from pries.publishing import labels
from pries.reading import formats
from pries.requests import obligations
from pries.running import check, cutting
from pries.segmentation import document
from pries.textometry import reinert, specificities

FORMS: dict[str, Any] = {
    form.FILE: form
    for form in (
        cutting.Settings, document.Settings, formats.Limits, parse.Settings, obligations.Settings, codebook.Settings,
        sameness.Settings, summaries.Settings, histories.Settings, selection.Settings, specificities.Settings,
        reinert.Settings, labels.Look,
    )
}  # fmt: skip
WRONG = (
    "nan", "inf", "-1e400", "-1", f"1{'0' * 400}", "1e23", f"0x{'f' * 6000}", "9" * 5000, "[1]", "{ a = 1 }",
    "2024-01-01", f'"{"x" * 100_000}"', '"\\u0000"', "true", '""', "[" * 5000,
)  # fmt: skip
LONGEST = 400  # characters of a line


def with_value(folder: Path, file: str, key: str, value: str) -> int:
    """Set a key in a copy of its file; the line on which it stands."""
    lines = (SETTINGS / file).read_text(encoding="utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if line.split("=")[0].strip() == key)
    lines[at] = f"{key} = {value}"
    (folder / file).write_text("\n".join(lines), encoding="utf-8")
    return at + 1


def test_every_file_of_settings_is_tried_here() -> None:
    assert sorted(FORMS) == sorted(path.name for path in SETTINGS.iterdir())


@pytest.mark.parametrize("file", FORMS)
def test_a_file_of_the_package_holds_what_is_taken_where_a_key_is_left_out(file: str) -> None:
    written = tomllib.loads((SETTINGS / file).read_text(encoding="utf-8"))
    assert written == dataclasses.asdict(FORMS[file]())


def mistake_of(folder: Path, file: str) -> InputError | None:
    """What is wrong with a file of settings."""
    try:
        settings.read(folder, FORMS[file])
    except InputError as error:
        return error
    return None


@pytest.mark.parametrize("file", FORMS)
def test_a_wrong_value_is_told_in_a_short_line(tmp_path: Path, file: str) -> None:
    taken = []
    for key in tomllib.loads((SETTINGS / file).read_text(encoding="utf-8")):
        for value in WRONG:
            line = with_value(tmp_path, file, key, value)
            if (told := mistake_of(tmp_path, file)) is None:
                taken.append((FORMS[file].__dataclass_fields__[key].type, value))
                continue
            assert len(str(told)) < LONGEST
            assert told.file == str(tmp_path / file)
            assert told.remedy
            assert told.line == line or ("not TOML" in told.problem and told.line > line)  # where a string goes on
    allowed = {("bool", "true"), ("float", "-1")} | {("str", value) for value in WRONG if value.startswith('"')}
    assert {*taken} <= allowed


@pytest.mark.parametrize(
    ("file", "key", "value"),
    [
        ("parse.toml", "model", "os"), ("parse.toml", "model", "x" * 100_000), ("parse.toml", "model", "../fr"),
        ("themes.toml", "codebook", "../themes.csv"), ("themes.toml", "codebook", "x" * 100_000),
        ("figures.toml", "font", "Garamont"), ("figures.toml", "font", "x" * 100_000),
        ("figures.toml", "font", __file__),
    ],
)  # fmt: skip
def test_a_name_of_nothing_is_found_before_the_run_begins(tmp_path: Path, file: str, key: str, value: str) -> None:
    folder = Path(shutil.copytree(SETTINGS, tmp_path / "settings"))
    line = with_value(folder, file, key, f'"{value}"')
    with pytest.raises(InputError) as told:
        check.check(LEXICONS, folder)
    assert f"{file}, line {line}: " in str(told.value)
    assert len(str(told.value)) < LONGEST


def test_names_that_are_right_pass(tmp_path: Path) -> None:
    font = next(Path(importlib.import_module("matplotlib").get_data_path()).rglob("DejaVuSerif.ttf"))
    folder = Path(shutil.copytree(SETTINGS, tmp_path / "settings"))
    with_value(folder, labels.Look.FILE, "font", f'"{font}"')
    with_value(folder, codebook.Settings.FILE, "codebook", '"themes_global_compact.csv"')
    check.check(LEXICONS, folder)
    assert settings.read(folder, parse.Settings) == parse.BATCH
