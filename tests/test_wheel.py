"""The wheel: built, installed into an empty environment, run beside a program of somebody else's."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from pathlib import Path

from conftest import command, rows


def test_the_wheel_works_in_an_environment_of_its_own(checkout: Path, tmp_path: Path) -> None:
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    build = [*pip, "wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", tmp_path, checkout]
    subprocess.run([str(word) for word in build], check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    home, here = tmp_path / "environment", tmp_path / "here"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    python = home / "bin" / "python"
    install = [*pip, "--python", python, "install", "--no-deps", "--no-index", wheel]
    subprocess.run([str(word) for word in install], check=True, capture_output=True)
    # the packages that it needs, as they lie here, without the checkout that stands beside them
    (next(home.glob("lib/*/site-packages")) / "others.pth").write_text(sysconfig.get_paths()["purelib"])
    here.mkdir()
    (here / "pipeline.py").write_text("raise SystemExit('somebody else')\n", encoding="utf-8")
    (here / "rapports").mkdir()
    text = "1. Les gouvernements ont été priés de ratifier la Convention.\n"
    (here / "rapports" / "a.txt").write_text(text, encoding="utf-8")
    done = command(home / "bin" / "pries", "--corpus", "rapports", "--outputs", "sorties", cwd=here)
    assert (done.code, done.err) == (0, [])
    (request,) = rows(here / "sorties" / "tables" / "obligations.csv")
    assert (request["addressee"], request["actions"]) == ("gouvernements", "ratifier")
    assert (here / "sorties" / "reader.html").stat().st_size > 50_000
    where = command(python, "-c", "import pries; print(pries.__file__)", cwd=here)
    assert where.out[0].startswith(str(home))
