"""What end-to-end tests share: commands run as a user runs them, and one full run of the reference report."""

from __future__ import annotations

import csv
import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

# As in a run: one thread for linear algebra, because OpenMP with several does not outlive a fork.
os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}

import pytest
from hypothesis import HealthCheck, settings
from pries.grammar import parse
from pries.stages import BY_NAME

parse.load = cache(parse.load)  # half a gigabyte each time, which a worker would keep to its end
pytest_plugins = ["in_browser"]
ROOT = Path(__file__).parent.parent
READY = ROOT / ".venv" / "ready"
# Property tests: `ci` tries the same examples on every run, `deep` (`make fuzz N=10000`) so many others each time.
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
settings.register_profile("ci", max_examples=200, deadline=None, derandomize=True, suppress_health_check=SLOW)
settings.register_profile(
    "deep", max_examples=int(os.environ.get("FUZZ") or 10_000), deadline=None, suppress_health_check=SLOW
)
settings.load_profile("deep" if os.environ.get("FUZZ") else "ci")
IGNORED = shutil.ignore_patterns(".git", ".venv", ".work", ".*_cache", "__pycache__", "*.egg-info", ".*.tmp")


@pytest.fixture(autouse=True)
def _collected() -> Iterator[None]:
    """A command freezes what is there when it begins, for the length of a run; a worker goes through thousands."""
    yield
    gc.unfreeze()
    gc.set_threshold(700, 10, 10)


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code and the lines that it said."""

    code: int
    out: list[str]
    err: list[str]


def command(*words: str | Path, cwd: Path = ROOT) -> Ended:
    """Run a command as from a fresh shell: nothing of the make or pytest that started us reaches it."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS", "PYTEST", "PYTHONPATH"))}
    if (cwd / "pipeline" / "pries").is_dir():  # a copy of the checkout has code of its own
        kept["PYTHONPATH"] = str(cwd / "pipeline")
    done = subprocess.run(
        [str(word) for word in words], cwd=cwd, env=kept, capture_output=True, encoding="utf-8", check=False
    )
    return Ended(done.returncode, done.stdout.splitlines(), done.stderr.splitlines())


def make(*words: str | Path, cwd: Path = ROOT) -> Ended:
    """Run make in a checkout whose environment is ready (`make test` sees to that)."""
    if not READY.exists():
        pytest.skip("make's own environment is not there: run `make test`")
    return command("make", *words, cwd=cwd)


def pries(*words: str | Path, cwd: Path = ROOT) -> Ended:
    """Run `python -m pries`."""
    return command(sys.executable, "-m", "pries", *words, cwd=cwd)


def published(outputs: Path) -> dict[str, bytes]:
    """The files that a run published below `outputs`, by path; the intermediate ones are left out."""
    found = (path for path in sorted(outputs.rglob("*")) if path.is_file())
    relative = ((path, path.relative_to(outputs)) for path in found)
    return {name.as_posix(): path.read_bytes() for path, name in relative if name.parts[0] != ".work"}


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Names that only one side has, or whose bytes differ."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def rows(table: Path) -> list[dict[str, str]]:
    """A published table as plain text cells, independent of the package that wrote it."""
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def taken(stage: str, tables: Mapping[str, Any]) -> dict[str, Any]:
    """Of some tables those that a stage reads, by the names that its function gives them."""
    names = map(BY_NAME[stage].given_as, BY_NAME[stage].reads)
    return {name: tables[name] for name in names}


@dataclass(frozen=True)
class Run:
    """A full run: its folder (to read, never to write), what it said, what it published."""

    folder: Path
    said: Ended
    files: dict[str, bytes]


@pytest.fixture(scope="session")
def full_run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """`make` on corpus/ into a folder of its own, once for all tests that look at it."""
    folder = tmp_path_factory.mktemp("full") / "outputs"
    said = make(f"OUTPUTS={folder}")
    assert said.code == 0, "\n".join(said.err)
    return Run(folder, said, published(folder))


@pytest.fixture
def outputs(full_run: Run, tmp_path: Path) -> Path:
    """A copy of the full run that a test may change; times of files are kept, so that make finds it done."""
    return Path(shutil.copytree(full_run.folder, tmp_path / "outputs"))


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the checkout, without intermediate files, that uses the same environment."""
    copy = Path(shutil.copytree(ROOT, tmp_path / "checkout", ignore=IGNORED))
    (copy / ".venv").symlink_to(ROOT / ".venv")
    return copy
