"""Lock: one process at a time in a folder of outputs, and what a killed run left there."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pries.base.errors import InputError, WriteError
from pries.running import lock, run
from pries.running.shards import Folders


def put(path: Path, text: str = "x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


# --- whose it is ----------------------------------------------------------------------------------

HOLD = (
    "import sys; from pathlib import Path; from pries.base import errors; from pries.running import lock\n"
    "try:\n"
    "    with lock.held(Path(sys.argv[1])): print('taken', flush=True); sys.stdin.read()\n"
    "except errors.InputError: print('refused', flush=True)\n"
)


def holder(outputs: Path) -> subprocess.Popen[str]:
    """A process that tries to take the lock, says whether it could, and holds it until its input ends."""
    piped = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-c", HOLD, str(outputs)], stdin=piped, stdout=piped, text=True)


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_a_second_process_is_refused_while_the_first_lives(tmp_path: Path) -> None:
    with holder(tmp_path) as other:
        assert said(other) == "taken"
        with pytest.raises(InputError, match="; wait until it has ended") as caught, lock.held(tmp_path):
            pass
        assert str(caught.value).startswith(f"{tmp_path}: process {other.pid} (")
        other.communicate("")
    with lock.held(tmp_path):
        pass


def test_a_killed_process_holds_nothing_even_before_its_parent_has_noticed(tmp_path: Path) -> None:
    other = holder(tmp_path)
    assert said(other) == "taken"
    other.kill()
    os.waitid(os.P_PID, other.pid, os.WEXITED | os.WNOWAIT)  # dead, and still in the table of processes
    with lock.held(tmp_path):
        pass
    other.communicate()


@pytest.mark.parametrize("text", ["", "free\n", "x y", "1 5\n", "\0\0\0"])
def test_what_stands_in_the_file_holds_nobody_up(tmp_path: Path, text: str) -> None:
    put(tmp_path / ".work" / "lock", text)
    with lock.held(tmp_path):
        assert (tmp_path / ".work" / "lock").read_text().split()[0] == str(os.getpid())


def test_a_folder_that_is_deleted_meanwhile_does_not_lend_its_lock(tmp_path: Path) -> None:
    with lock.held(tmp_path):
        shutil.rmtree(tmp_path / ".work")
        with lock.held(tmp_path), pytest.raises(InputError), lock.held(tmp_path):
            pass


def test_of_many_that_start_at_once_one_wins(tmp_path: Path) -> None:
    running = [holder(tmp_path) for _ in range(8)]
    told = [said(process) for process in running]
    for process in running:
        process.communicate("")
    assert sorted(told) == ["refused"] * 7 + ["taken"]


# --- what is swept --------------------------------------------------------------------------------


def test_temporary_files_are_swept_and_nothing_else(tmp_path: Path) -> None:
    outputs, elsewhere = tmp_path / "outputs", tmp_path / "elsewhere"
    gone = [
        put(outputs / name)
        for name in (
            ".run.json.7.tmp", "tables/.a.csv.12.tmp", "figures/fr/.b c.svg.3.tmp", ".work/found/.o.parquet.9.tmp",
            "export/txm/.été.xml.4.tmp", "reader/.data-1.js.5.tmp",
        )
    ]  # fmt: skip
    kept = [
        put(outputs / name)
        for name in (
            "tables/a.csv", "tables/a.csv.12.tmp", "tables/.a.csv.tmp", "tables/.a.csv.x1.tmp", "tables/.12.tmp",
            ".gitignore", "mine/.notes.1.tmp", "tables/.d.1.tmp/file",
        )
    ]  # fmt: skip
    kept += [put(elsewhere / ".c.csv.1.tmp"), put(tmp_path / ".c.csv.1.tmp")]
    (outputs / "export" / "linked").symlink_to(elsewhere)
    (outputs / "tables" / ".link.1.tmp").symlink_to(elsewhere / ".c.csv.1.tmp")
    with lock.held(outputs):
        pass
    assert [path for path in gone if path.exists()] == []
    assert [path for path in kept if not path.exists()] == []
    assert (outputs / "tables" / ".link.1.tmp").is_symlink()


def test_what_a_killed_process_of_a_run_was_writing_is_not_left_among_what_is_published(tmp_path: Path) -> None:
    with lock.held(tmp_path):
        left = put(tmp_path / "figures" / "fr" / ".clusters.svg.1486906916.7.tmp")
        kept = put(tmp_path / "figures" / "fr" / "clusters.svg")
    assert (left.exists(), kept.exists()) == (False, True)


def test_a_linked_folder_of_outputs_is_left_alone(tmp_path: Path) -> None:
    busy = put(tmp_path / "elsewhere" / ".a.csv.1.tmp")
    (tmp_path / "outputs").mkdir()
    (tmp_path / "outputs" / "tables").symlink_to(tmp_path / "elsewhere")
    with lock.held(tmp_path / "outputs"):
        pass
    assert busy.exists()


# --- what stops a run before it begins -------------------------------------------------------------


@pytest.mark.parametrize("name", ["", "tables", "figures", "figures/fr", ".work", ".work/lock/x"])
def test_a_file_or_a_folder_in_the_way_is_named(tmp_path: Path, name: str) -> None:
    outputs = tmp_path / "outputs"
    put(outputs / name)
    with pytest.raises(WriteError, match="move away") as caught, lock.held(outputs):
        pass
    assert caught.value.code == 2
    assert str(outputs) in str(caught.value)


def test_a_run_that_comes_second_deletes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder of outputs was not there when it looked, and is the other run's since."""
    corpus, outputs = tmp_path / "corpus", tmp_path / "outputs"
    corpus.mkdir()
    (corpus / "a.txt").write_text("1. Les États ont été priés d’agir.\n", encoding="utf-8")

    @contextlib.contextmanager
    def taken(folder: Path) -> Iterator[None]:
        (folder / "tables").mkdir(parents=True)
        raise lock.in_use(folder, "")
        yield

    monkeypatch.setattr(lock, "held", taken)
    with pytest.raises(InputError, match="another run is writing into this folder"):
        run.run(Folders(corpus, outputs))
    assert (outputs / "tables").is_dir()
