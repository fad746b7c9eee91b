"""Lexicons and settings: what a linguist may write, and the one line that each mistake gets."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import pytest
from pries.base import lexicon, settings
from pries.base.errors import InputError

FORM = lexicon.Lexicon(
    "verbs.csv",
    columns=("lemma", "modality", "attach", "note"),
    optional=("attach", "note"),
    values={"modality": ("request", "urge"), "attach": ("à", "de")},
    several=("attach",),
    key=("lemma", "modality"),
)
HEADER = "lemma,modality,attach,note\n"


def read(folder: Path, text: str | bytes) -> list[lexicon.Row]:
    (folder / "verbs.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    return lexicon.read(folder, FORM)


def test_rows_keep_their_order_line_and_cells(tmp_path: Path) -> None:
    rows = 'prier,request,de,"« priés, tous »"\n# fin\n exhorter ,urge,à|de,\n'
    first, second = read(tmp_path, f"# verbes\n{HEADER}\n{rows}")
    assert dict(first) == {"lemma": "prier", "modality": "request", "attach": "de", "note": "« priés, tous »"}
    assert (first.line, second.line) == (4, 6)
    assert second["lemma"] == "exhorter"
    assert second.several("attach") == ("à", "de")
    assert first.several("note") == ("« priés, tous »",)
    assert second.several("note") == ()


def test_columns_may_come_in_any_order(tmp_path: Path) -> None:
    (row,) = read(tmp_path, "note,lemma,attach,modality\n,prier,de,request\n")
    assert (row["lemma"], row["modality"]) == ("prier", "request")


@pytest.mark.parametrize("mark", ["\ufeff", ""])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_spreadsheets_may_save_it(tmp_path: Path, mark: str, end: str) -> None:
    (row,) = read(tmp_path, mark + HEADER.replace("\n", end) + f"prier,request,de,{end}")
    assert (row["lemma"], row["note"], row.line) == ("prier", "", 2)


def test_a_cell_may_run_over_lines(tmp_path: Path) -> None:
    first, second = read(tmp_path, HEADER + 'prier,request,de,"un\ndeux"\nexhorter,urge,à,\n')
    assert (first.line, first["note"]) == (2, "un\ndeux")
    assert second.line == 4


@pytest.mark.parametrize(
    ("text", "line", "named"),
    [
        ("", 1, "empty; give it the header lemma,modality,attach,note"),
        ("# rien\n", 1, "empty"),
        ("lemma,modality,note\n", 1, "missing column attach"),
        ("# x\nlemma,modality,attach,note,more\n", 2, "unknown or double column more"),
        ("lemma,modality,attach,note,note\n", 1, "double column"),
        (HEADER + "prier,request,de\n", 2, "3 cells in place of 4; quote cells that hold a comma"),
        (HEADER + "prier,request,de,a,b\n", 2, "5 cells in place of 4"),
        (HEADER + "prier,request,de,\n,urge,de,\n", 3, "lemma is empty"),
        (HEADER + "prier,demand,de,\n", 2, "modality 'demand' is unknown; use one of request, urge"),
        (HEADER + "prier,request,de|par,\n", 2, "attach 'par' is unknown"),
        (
            HEADER + "prier,request,de,\n# x\nprier,request,à,\n",
            4,
            "lemma/modality 'prier/request' stands on line 2 too",
        ),
        (HEADER + 'prier,request,de,"a" b\n', 2, "not a CSV row"),
        (HEADER + 'prier,request,de,"a\n', 2, "not a CSV row"),
        (HEADER.encode() + "pri\xe9,request,de,\n".encode("cp1252"), 2, "not UTF-8 (byte 30: b'\\xe9')"),
    ],
)
def test_a_mistake_is_one_line_with_its_place(tmp_path: Path, text: str | bytes, line: int, named: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    said = str(caught.value)
    place = f"{tmp_path / 'verbs.csv'}" + (f", line {line}: " if line else ": ")
    assert said.startswith(place)
    assert named in said
    assert "\n" not in said


def test_a_line_separator_belongs_to_its_cell(tmp_path: Path) -> None:
    (row,) = read(tmp_path, HEADER + "prier,request,de,priés\u2028tous\n")
    assert row["note"] == "priés\u2028tous"


def test_a_missing_lexicon_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"verbs\.csv: no such lexicon"):
        lexicon.read(tmp_path, FORM)


def test_a_stage_can_refuse_a_row(tmp_path: Path) -> None:
    (row,) = read(tmp_path, HEADER + "prier,request,de,\n")
    assert str(row.wrong("no such theme", "add it")) == f"{tmp_path / 'verbs.csv'}, line 2: no such theme; add it"


# --- settings --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Groups:
    """Settings of a made-up stage."""

    FILE: ClassVar[str] = "groups.toml"
    seed: int = field(default=1, metadata={"low": 0})
    share: float = field(default=0.8, metadata={"low": 0.1, "high": 1.0})
    linkage: str = field(default="average", metadata={"values": ("average", "complete")})
    centre: bool = True


def configure(folder: Path, text: str) -> Groups:
    (folder / "groups.toml").write_text(text, encoding="utf-8")
    return settings.read(folder, Groups)


def test_settings_replace_defaults(tmp_path: Path) -> None:
    assert configure(tmp_path, "") == Groups()
    assert configure(tmp_path, "# part\nshare = 1\nlinkage = 'complete'\n") == Groups(share=1.0, linkage="complete")
    assert isinstance(configure(tmp_path, "share = 1").share, float)


@pytest.mark.parametrize(
    ("text", "line", "named"),
    [
        ("seeds = 3", 1, "unknown setting seeds; use one of seed, share, linkage, centre"),
        ("# x\n\nseed = 'three'", 3, "seed = 'three' is no int"),
        ("seed = true", 1, "seed = True is no int"),
        ("seed = 1.5", 1, "seed = 1.5 is no int"),
        ("centre = 1", 1, "centre = 1 is no bool"),
        ("seed = -1", 1, "seed = -1 is out of bounds"),
        ("seed = 2\nshare = 1.2", 2, "share = 1.2 is out of bounds; stay between 0.1 and 1.0"),
        ("linkage = 'ward'", 1, "linkage = 'ward' is unknown; use one of average, complete"),
        ("# x\nseed = 1\nlink\n\n", 3, "not TOML (Expected '=' after a key"),
        ("seed = 1\nlinkage = 'com", 2, "(at end of document)): linkage = 'com; correct the line"),
        ("seed = 1\nseed = 2", 2, "not TOML"),
        (f"centre = true\nseed = {'9' * 5_000}\nshare = 1\n", 2, "not TOML"),
        (f"centre = true\nseed = {'[' * 50_000}\nshare = 1\n", 2, "not TOML"),
    ],
)
def test_a_wrong_setting_is_one_line_with_its_place(tmp_path: Path, text: str, line: int, named: str) -> None:
    with pytest.raises(InputError) as caught:
        configure(tmp_path, text)
    assert caught.value.line == line
    assert named in str(caught.value)
    assert "\n" not in str(caught.value)


def test_not_a_number_is_out_of_bounds(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        configure(tmp_path, "share = nan")


def test_missing_settings_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"groups\.toml: no such settings file"):
        settings.read(tmp_path, Groups)
