"""Layers: a package imports those below it, never one above; the contract in pyproject.toml is kept, and can break."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    words = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"]
    kept = os.environ | {"PYTHONPATH": str(folder / "pipeline")}
    return subprocess.run(words, cwd=folder, env=kept, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("file", "planted"),
    [
        ("base/errors.py", "from pries.store import cells"),
        ("grammar/cues.py", "from pries.segmentation import titles"),
        ("content/themes.py", "from pries.running import lock"),
        ("publishing/labels.py", "from pries import stages"),
    ],
)
def test_a_wrong_import_breaks_the_contract(tmp_path: Path, file: str, planted: str) -> None:
    shutil.copytree(ROOT / "pipeline" / "pries", tmp_path / "pipeline" / "pries")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    path = tmp_path / "pipeline" / "pries" / file
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{planted}\n", encoding="utf-8")
    done = lint_imports(tmp_path)
    assert done.returncode == 1
    assert "layers BROKEN" in done.stdout


def test_packages_are_small_enough_to_know() -> None:
    folders = {path.parent for path in (ROOT / "pipeline" / "pries").rglob("*.py")}
    assert {folder.name: n for folder in folders if (n := len([*folder.glob("[!_]*.py")])) > 20} == {}
