"""Lock: one process at a time in a folder of outputs, and what a killed run left there."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pries import __main__ as whole_run
from pries.base import atomic, console
from pries.base.errors import InputError, WriteError
from pries.base.places import LEXICONS, SETTINGS
from pries.running import lock

ROOT = Path(__file__).parent.parent
SECOND = 10**9


@pytest.fixture
def other() -> Iterator[subprocess.Popen[bytes]]:
    """A process that lives on."""
    with subprocess.Popen(["sleep", "600"]) as process:
        yield process
        process.kill()


def words(outputs: Path) -> str:
    return (outputs / ".work" / "lock").read_text()


def put(path: Path, text: str = "x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


# --- whose it is ----------------------------------------------------------------------------------


def test_a_second_process_is_refused_while_the_first_lives(tmp_path: Path, other: subprocess.Popen[bytes]) -> None:
    lock.take(tmp_path, other.pid)
    before = words(tmp_path)
    with pytest.raises(InputError) as caught:
        lock.take(tmp_path, os.getpid())
    told = str(caught.value)
    assert told.startswith(f"{tmp_path}: process {other.pid} (sleep) ")
    assert "; wait until it has ended" in told
    assert words(tmp_path) == before
    lock.take(tmp_path, other.pid)  # its own is no obstacle


def test_a_killed_process_holds_nothing_even_before_its_parent_has_noticed(
    tmp_path: Path, other: subprocess.Popen[bytes]
) -> None:
    lock.take(tmp_path, other.pid)
    other.kill()
    os.waitid(os.P_PID, other.pid, os.WEXITED | os.WNOWAIT)  # dead, and still in the table of processes
    assert lock.process(other.pid) is None
    lock.take(tmp_path, os.getpid())


def test_another_process_with_the_same_number_holds_nothing(tmp_path: Path, other: subprocess.Popen[bytes]) -> None:
    found = lock.process(other.pid)
    assert found is not None
    put(tmp_path / ".work" / "lock", f"{other.pid} {int(found[1]) - 1}\n")
    lock.take(tmp_path, os.getpid())
    assert words(tmp_path).split()[0] == str(os.getpid())


@pytest.mark.parametrize("text", ["", "free\n", "x y", "12", "99999999 5\n", "\0\0\0"])
def test_what_names_no_living_process_is_free(tmp_path: Path, text: str) -> None:
    put(tmp_path / ".work" / "lock", text)
    lock.take(tmp_path, os.getpid())
    assert lock.holder(words(tmp_path)) == os.getpid()


def test_a_process_within_the_holder_goes_on_and_sweeps_nothing(tmp_path: Path) -> None:
    lock.take(tmp_path, os.getppid())
    before, busy = words(tmp_path), put(tmp_path / "tables" / ".a.csv.1.tmp")
    with lock.held(tmp_path):
        assert words(tmp_path) == before
    assert words(tmp_path) == before
    assert busy.exists()


def test_a_block_that_has_ended_holds_nothing(tmp_path: Path) -> None:
    with lock.held(tmp_path):
        assert lock.holder(words(tmp_path)) == os.getpid()
    assert lock.holder(words(tmp_path)) is None


def test_of_many_that_start_at_once_one_wins(tmp_path: Path) -> None:
    code = (
        "import os, sys, time; from pathlib import Path; from pipeline import errors, lock\n"
        "time.sleep(float(sys.argv[2]) - time.time())\n"
        "try: lock.take(Path(sys.argv[1]), os.getpid())\n"
        "except errors.InputError: print('refused', flush=True)\n"
        "else: print('taken', flush=True)\n"
        "sys.stdin.read()\n"
    )
    start = str(time.time() + 2)
    call = [sys.executable, "-S", "-c", code, str(tmp_path), start]
    piped = subprocess.PIPE
    running = [subprocess.Popen(call, cwd=ROOT, stdin=piped, stdout=piped, text=True) for _ in range(8)]
    told = [process.stdout.readline().strip() for process in running if process.stdout]
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
    lock.take(outputs, os.getpid())
    assert [path for path in gone if path.exists()] == []
    assert [path for path in kept if not path.exists()] == []
    assert (outputs / "tables" / ".link.1.tmp").is_symlink()


def test_a_linked_folder_of_outputs_is_left_alone(tmp_path: Path) -> None:
    busy = put(tmp_path / "elsewhere" / ".a.csv.1.tmp")
    (tmp_path / "outputs").mkdir()
    (tmp_path / "outputs" / "tables").symlink_to(tmp_path / "elsewhere")
    lock.take(tmp_path / "outputs", os.getpid())
    assert busy.exists()


# --- what stops a run before it begins -------------------------------------------------------------


@pytest.mark.parametrize("name", ["", "tables", "figures", "figures/fr", ".work", ".work/lock/x"])
def test_a_file_or_a_folder_in_the_way_is_named(tmp_path: Path, name: str) -> None:
    outputs = tmp_path / "outputs"
    put(outputs / name)
    with pytest.raises(WriteError, match="move away") as caught:
        lock.take(outputs, os.getpid())
    assert caught.value.code == 2
    assert str(outputs) in str(caught.value)


# --- times that lie ---------------------------------------------------------------------------------


@pytest.fixture
def ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Outputs of a run that has ended, and one source, which is older; where the manifest stands."""
    manifest = put(tmp_path / "outputs" / ".work" / "manifest.csv")
    put(tmp_path / "outputs" / ".work" / "lock", "free\n")
    put(tmp_path / "sources" / "mots.csv")
    monkeypatch.setattr(lock, "SOURCES", tmp_path / "sources")
    now = time.time_ns()
    for path in (manifest, manifest.with_name("lock")):
        os.utime(path, ns=(now + SECOND, now + SECOND))  # after the source's last change
    return manifest


def renewed(manifest: Path) -> bool:
    """Whether taking the lock makes make take everything for changed."""
    before = manifest.stat().st_mtime_ns
    lock.take(manifest.parent.parent, os.getpid())
    return manifest.stat().st_mtime_ns != before


def test_sources_that_are_as_they_were_or_newer_are_left_to_make(ended: Path) -> None:
    assert not renewed(ended)
    time.sleep(1.1)
    put(lock.SOURCES / "mots.csv", "edited")
    assert not renewed(ended)


def test_a_source_put_back_with_its_old_time_is_noticed(ended: Path) -> None:
    time.sleep(1.1)
    old = lock.SOURCES / "mots.csv"
    aside = put(lock.SOURCES.parent / "aside.csv", "other words")
    os.utime(aside, ns=(1, 1))
    aside.rename(old)
    assert renewed(ended)
    assert not renewed(ended)  # once is enough


def test_files_of_the_future_are_made_again(ended: Path) -> None:
    table = put(ended.parent / "themes.parquet")
    later = time.time_ns() + 3600 * SECOND
    os.utime(table, ns=(later, later))
    assert renewed(ended)
    assert table.stat().st_mtime_ns < ended.stat().st_mtime_ns <= time.time_ns()


def test_what_was_edited_while_a_stage_ran_is_newer_than_what_it_made(tmp_path: Path) -> None:
    with console.one_line():
        time.sleep(0.05)
        edited = put(tmp_path / "triggers.csv")
        atomic.write_bytes(tmp_path / "obligations.parquet", b"read before the edit")
    assert (tmp_path / "obligations.parquet").stat().st_mtime_ns < edited.stat().st_mtime_ns


def test_a_run_that_comes_second_deletes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder of outputs was not there when it looked, and is the other run's since."""
    corpus, outputs = tmp_path / "corpus", tmp_path / "outputs"
    corpus.mkdir()
    (corpus / "a.txt").write_text("1. Les États ont été priés d’agir.\n", encoding="utf-8")

    def taken(folder: Path, owner: int) -> None:
        (folder / "tables").mkdir(parents=True)
        raise lock.in_use(folder, owner)

    monkeypatch.setattr(lock, "take", taken)
    with pytest.raises(InputError, match="is writing into this folder"):
        whole_run.run(corpus, outputs, LEXICONS, SETTINGS, 1)
    assert (outputs / "tables").is_dir()
