"""Dask worker: what a worker of a Dask cluster does for a run (`dask`) with a shard.

It is sent paths, hashes and the shard's name, reads and writes the shard's tables itself, and is asked before whether
it sees the same files and would make the same tables. That two workers make one shard does no harm: both make the same
bytes, and each file appears whole. One whose run has ended writes nothing more.

    worker 3 on node07: it has 8 threads; start it with --nthreads 1, and --nworkers for more processes
"""

from __future__ import annotations

import contextlib
import hashlib
import multiprocessing
import os
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pries.base import atomic, console, errors, settings
from pries.base.errors import InputError
from pries.base.layers import layers
from pries.base.places import LEXICONS, SETTINGS
from pries.grammar import parse
from pries.running import lock
from pries.running.cutting import Row
from pries.running.fingerprint import Package
from pries.running.hashes import Hashes
from pries.running.maker import Maker
from pries.running.shards import Folders, Job
from pries.stages import BY_NAME, DOCUMENT
from pries.store import shard_files

ALIKE = "start it in the environment of this run, and again after every change"
SHARED = "mount the same file system there, under the same path"

Fault = tuple[str, str, str]  # who, what is wrong, and the remedy


@dataclass(frozen=True)
class Run:
    """What a worker is told of a run: folders, and what it finds there if it sees the same files."""

    corpus: Path
    outputs: Path
    lexicons: Path | None  # None: those that come with the program, wherever that is
    settings: Path | None
    lock: str  # what WORK/lock says as long as the run goes on
    sample: tuple[str, str]  # a document of the corpus, and its hash
    made_of: tuple[tuple[str, str], ...]  # the stages that work on shards, and what each is made of, as one hash

    @classmethod
    def of(cls, folders: Folders, jobs: Mapping[str, Job], rows: Sequence[Row]) -> Run:
        """The run that holds the lock of its outputs and reads the documents of a manifest."""
        lexicons, settings = layers(folders.lexicons)[0], layers(folders.settings)[0]
        return cls(
            folders.corpus.absolute(),
            folders.outputs.absolute(),
            None if lexicons == LEXICONS else lexicons.absolute(),
            None if settings == SETTINGS else settings.absolute(),
            (folders.work / lock.FILE).read_text(),
            next(((row["file"], row["sha256"]) for row in rows if row["sha256"]), ("", "")),
            tuple((name, job.made_of) for name, job in jobs.items() if job.stage.per == DOCUMENT),
        )

    @property
    def folders(self) -> Folders:
        """The folders, as this process sees them."""
        return Folders.of(self.corpus, self.outputs, self.lexicons or LEXICONS, self.settings or SETTINGS)

    @property
    def work(self) -> Path:
        """The folder of intermediate files."""
        return Folders(self.corpus, self.outputs).work  # asked for with each shard

    def job(self, name: str) -> Job:
        """A stage of the run, as this process would run it."""
        return Job.of(BY_NAME[name], self.folders, Package(Hashes()))


def fault(run: Run, dask_worker: Any) -> Fault | None:
    """Why a worker cannot work for a run, if it cannot."""
    name = f"worker {dask_worker.name} on {socket.gethostname()}"
    threads = dask_worker.state.nthreads
    if threads != 1:  # what a process is writing is one list
        return name, f"it has {threads} threads", "start it with --nthreads 1, and --nworkers for more processes"
    if not atomic.holds(run.work / lock.FILE, run.lock):
        return name, f"it does not see the files of {run.work}", SHARED
    if not os.access(run.work, os.W_OK | os.X_OK):
        return name, f"it may not write into {run.work}", errors.RIGHTS
    file, digest = run.sample
    if file and _digest(run.corpus / file) != digest:
        return name, f"it does not see the documents of {run.corpus}", SHARED
    try:
        chosen = run.folders.settings
        parse.check_model(settings.read(chosen, parse.Settings).model, chosen)
        differ = [name for name, made_of in run.made_of if run.job(name).made_of != made_of]
    except InputError as error:
        return name, f"{error.file}: {error.problem}", ALIKE
    if differ:
        other = "its code, lexicons, settings or packages are not those of this run"
        return name, f"{other} ({', '.join(differ)})", ALIKE
    return None


def _digest(path: Path) -> str:
    with contextlib.suppress(OSError), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
    return ""


@lru_cache(maxsize=1)  # one run at a time: what is read of lexicons, and the model, do not outlive it
def maker(run: Run, names: tuple[str, ...]) -> Maker:
    """What takes shards through the stages. Raises InputError for a worker at fault."""
    from distributed import get_worker

    if found := fault(run, get_worker()):  # it may have come late
        raise InputError(*found)
    multiprocessing.current_process().daemon = False  # as Dask makes it; segment reads files in a process of its own
    atomic.State.works_for = run.work / lock.FILE, run.lock
    console.QUIET.update(names)
    return Maker([run.job(name) for name in names])


def make(key: str, run: Run, names: tuple[str, ...]) -> None:
    """The task: a shard through the stages. Nothing to do where another attempt has come to its end."""
    found = maker(run, names)
    look(run.work, [key])
    try:
        found.take(key)
    except (InputError, errors.WriteError):
        raise
    except Exception:  # a document's fault: the run makes the shard itself, without it (`rescue`)
        return


def look(work: Path, keys: Sequence[str]) -> None:
    """List the shards' folders: only then does a network file system ask for what other machines have put there."""
    for key in keys:
        list(shard_files.place(work, key, "").iterdir())
