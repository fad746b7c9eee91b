"""Files: whole or not at all, the same bytes twice, and the same values when read back."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pandas as pd
import pytest
from pries.base import atomic, errors
from pries.schema import schema
from pries.store import files

HOSTILE = [
    "=1+1", "+33", "@SOMME(A1)", "a, b", 'dit « "oui" »', '"', "'", "NA", "nan", "null", "None", "True",
    "007", "1e5", "-", "", "  deux espaces ", "#", "a\tb", "\x0c", "\u00a0:", "a\u2028b", "\\n", "a\nb",
    "œuvre",
]  # fmt: skip


def lines(*texts: str) -> pd.DataFrame:
    n = len(texts)
    frame = pd.DataFrame({"doc_id": ["A"] * n, "line": range(n), "text": texts, "rule": ["symbol"] * n})
    return schema.conform(frame, "dropped")


def test_text_is_written_whole_and_leaves_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "new" / "été.txt"
    files.write_text(path, "priés\n")
    files.write_text(path, "exhortés\n")
    assert path.read_bytes() == "exhortés\n".encode()
    assert [p.name for p in path.parent.iterdir()] == ["été.txt"]


def test_a_writer_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "figure.svg"
    files.write_text(path, "old")

    def fail() -> None:
        with atomic.writing(path) as file:
            file.write(b"new")
            raise RuntimeError("no ink")

    with pytest.raises(RuntimeError, match="no ink"):
        fail()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_rename_that_fails_leaves_no_temporary_file(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(OSError, match="taken"):
        files.write_bytes(tmp_path / "taken", b"x")
    assert [p.name for p in tmp_path.iterdir()] == ["taken"]


def test_a_rename_that_fails_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(errors.WriteError) as caught:
        files.write_text(tmp_path / "a.txt", "Les États")
    assert str(caught.value).count("cannot be written") == 1
    assert str(caught.value).startswith(str(tmp_path / "a.txt"))


def test_a_table_that_breaks_the_schema_is_not_written(tmp_path: Path) -> None:
    broken = lines("a").drop(columns="rule")
    for write, name in ((files.write_csv, "a.csv"), (files.write_parquet, "a.parquet")):
        with pytest.raises(ValueError, match="missing"):
            write(broken, tmp_path / name, "dropped")
    assert not list(tmp_path.iterdir())


def test_csv_gives_back_every_value(tmp_path: Path) -> None:
    frame, path = lines(*HOSTILE), tmp_path / "dropped.csv"
    files.write_csv(frame, path, "dropped")
    pd.testing.assert_frame_equal(files.read_csv(path, "dropped"), frame)


def test_csv_gives_back_a_carriage_return(tmp_path: Path) -> None:
    files.write_csv(lines("a\rb"), tmp_path / "dropped.csv", "dropped")
    assert list(files.read_csv(tmp_path / "dropped.csv", "dropped")["text"]) == ["a\rb"]


def test_csv_is_verbatim_with_commas_and_points(tmp_path: Path) -> None:
    path = tmp_path / "k_selection.csv"
    row = {"k": 2, "silhouette": 1 / 3, "stability": 1.0, "stability_low": float("nan"), "stability_high": -0.5}
    files.write_csv(pd.DataFrame([row | {"smallest": 4, "chosen": True}]), path, "k_selection")
    assert path.read_bytes() == (
        b"k,silhouette,stability,stability_low,stability_high,smallest,chosen\n2,0.333333,1.000000,,-0.500000,4,True\n"
    )
    back = files.read_csv(path, "k_selection")
    assert back["stability_low"].isna().all()
    assert back["chosen"].tolist() == [True]
    files.write_csv(lines("=1+1", "a, b"), path, "dropped")
    assert path.read_text("utf-8").splitlines()[1:] == ["A,0,=1+1,symbol", 'A,1,"a, b",symbol']


@pytest.mark.parametrize("name", [name for name, table in schema.TABLES.items() if table.published])
def test_a_table_without_rows_keeps_its_types(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.csv"
    files.write_csv(schema.empty(name), path, name)
    pd.testing.assert_frame_equal(files.read_csv(path, name), schema.empty(name))


def test_parquet_gives_back_every_value_in_the_same_bytes(tmp_path: Path) -> None:
    frame, paths = lines(*HOSTILE, "a\rb"), (tmp_path / "a.parquet", tmp_path / "b.parquet")
    for path in paths:
        files.write_parquet(frame, path, "dropped", "segment")
    assert paths[0].read_bytes() == paths[1].read_bytes()
    pd.testing.assert_frame_equal(files.read_parquet(paths[0]), frame)
