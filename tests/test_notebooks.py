"""The notebooks run on the committed outputs and show what they show in the repository."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import run_notebooks
from conftest import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

PRINT = "print('Les gouvernements ont été priés de ratifier.')"


def write(path: Path, *source: str) -> None:
    """A notebook of one cell that prints a sentence and goes on with `source`; its metadata is to go."""
    cell = {"cell_type": "code", "execution_count": None, "id": "a", "metadata": {"tags": ["x"]}, "outputs": []}
    book = {"cells": [cell | {"source": "\n".join([PRINT, *source])}], "metadata": {}}
    path.write_text(json.dumps(book | {"nbformat": 4, "nbformat_minor": 5}), encoding="utf-8")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "petit.ipynb"
    write(path, "1 + 1")
    return path


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_committed_as_it_runs(path: Path) -> None:
    """Text for text; pictures by their presence, since their bytes differ between machines."""
    committed = path.read_text(encoding="utf-8")
    run = run_notebooks.execute(run_notebooks.load(path), path.parent)
    fresh, kept = (without_pictures(book) for book in (run, run_notebooks.load(path)))
    assert fresh == kept
    assert run_notebooks.dump(run_notebooks.without_variation(run_notebooks.load(path))) == committed


def without_pictures(notebook: run_notebooks.nbformat.NotebookNode) -> str:
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            for kind in {"image/svg+xml", "image/png"} & set(output.get("data", {})):
                output.data[kind] = "picture"
    return run_notebooks.dump(notebook)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_short_and_shows_something(path: Path) -> None:
    cells = run_notebooks.load(path).cells
    assert len(cells) < 15
    assert any(output for cell in cells for output in cell.get("outputs", ()))
    text = path.read_text(encoding="utf-8")
    assert "Empty DataFrame" not in text


def test_a_notebook_runs_from_the_root_too() -> None:
    notebook = run_notebooks.load(NOTEBOOKS[0])
    assert run_notebooks.failing_cell(run_notebooks.execute(notebook, ROOT)) == 0


def test_running_twice_gives_the_same_bytes(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_notebooks.main([str(small)]) == 0
    once = small.read_bytes()
    assert run_notebooks.main([str(small)]) == 0
    assert small.read_bytes() == once
    assert b"ont \xc3\xa9t\xc3\xa9 pri\xc3\xa9s" in once
    assert b'"text/plain": [\n       "2"' in once
    assert b"tags" not in once
    assert "petit.ipynb: 1 cells" in capsys.readouterr().out


def test_a_failing_cell_is_told_in_one_line_and_changes_nothing(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(small, "1 / 0")
    before = small.read_bytes()
    assert run_notebooks.main([str(small)]) == 1
    assert capsys.readouterr().err.splitlines() == [f"{small}, cell 1: ZeroDivisionError: division by zero"]
    assert small.read_bytes() == before


@pytest.mark.parametrize("content", [None, "pas du JSON", '{"un": "autre JSON"}'])
def test_what_is_no_notebook_is_told_in_one_line(
    tmp_path: Path, content: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "autre.ipynb"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    assert run_notebooks.main([str(path)]) == 2
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1
    assert str(path) in said[0]


def test_the_notebooks_folder_holds_nothing_else() -> None:
    assert [path.name for path in (ROOT / "notebooks").iterdir() if path.suffix != ".ipynb"] == []
