"""Distributed shards: the stages that work on shards, on the workers of a Dask cluster instead of processes of our own.

A task is a stage on a shard. A worker is sent paths, hashes and the shard's name; it reads and writes the shard's tables
itself, in a folder that all machines see under the same path. What it is made of is checked before the work: a worker
that sees other files, or would make other tables, is named. A task whose worker dies goes to another one. That two work
on one shard does no harm: both make the same bytes, and each file appears whole.

    python -m pipeline --corpus corpus --outputs outputs --engine dask --scheduler tcp://10.0.0.1:8786
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import importlib.metadata
import importlib.util
import multiprocessing
import os
import signal
import socket
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import resource_tracker
from pathlib import Path
from typing import Any

from pipeline import atomic, errors, lock, parse, partitions, settings, sharding, shards, stage
from pipeline.errors import InputError, WriteError
from pipeline.sharding import Job, Row

STAGES = ("segment", "parse", "actors", "obligations")
RETRIES = 2  # of a task that fails; one whose worker dies has tries of its own (Dask's allowed-failures)
PATIENCE = 60  # seconds for the first worker to come
ALIKE = "start it in the same environment as this run, and again after every change"
SHARED = "mount the same file system there, under the same path"

Problem = tuple[str, str, str]  # whose, what, and the remedy


@dataclass(frozen=True)
class Run:
    """What a worker is told of a run: paths, and what it finds there if it sees the same files."""

    corpus: Path
    work: Path
    lexicons: Path | None  # None: those that come with the program, wherever that is
    settings: Path | None
    lock: str  # what WORK/lock says as long as the run goes on
    sample: tuple[str, str]  # a document of the corpus, and its hash
    made_of: tuple[str, ...]  # of each of STAGES

    @classmethod
    def of(cls, corpus: Path, work: Path, lexicons: Path, settings: Path, rows: Sequence[Row]) -> Run:
        """The run that holds the lock of `work` and reads the documents of a manifest."""
        sample = next(((row["file"], row["sha256"]) for row in rows if row["sha256"]), ("", ""))
        made_of = tuple(sharding.fingerprint(name, lexicons, settings) for name in STAGES)
        own = (None if folder == ours else folder.absolute() for folder, ours in (
            (lexicons, stage.LEXICONS), (settings, stage.SETTINGS)
        ))  # fmt: skip
        return cls(corpus.absolute(), work.absolute(), *own, (work / lock.FILE).read_text(), sample, made_of)

    def job(self, name: str) -> Job:
        """A stage of the run, as this process would run it."""
        module = importlib.import_module(f"pipeline.{name}")
        return shards.job(
            module, self.corpus, self.work, self.lexicons or stage.LEXICONS, self.settings or stage.SETTINGS
        )


# --- on a worker ------------------------------------------------------------------------------------


def fault(run: Run, dask_worker: Any) -> Problem | None:
    """Why a worker cannot work for a run, if it cannot."""
    name = f"worker {dask_worker.name} on {socket.gethostname()}"
    threads = dask_worker.state.nthreads
    if threads != 1:
        return name, f"it has {threads} threads", "start it with --nthreads 1, and --nworkers for more processes"
    if not atomic.holds(run.work / lock.FILE, run.lock):
        return name, f"it does not see the files of {run.work}", SHARED
    if not os.access(run.work, os.W_OK | os.X_OK):
        return name, f"it may not write into {run.work}", errors.RIGHTS
    file, digest = run.sample
    if file and _digest(run.corpus / file) != digest:
        return name, f"it does not see the documents of {run.corpus}", SHARED
    try:
        chosen = run.settings or stage.SETTINGS
        parse.check_model(settings.read(chosen, parse.Settings).model, chosen / parse.Settings.FILE)
        for stage_name, made_of in zip(STAGES, run.made_of, strict=True):
            if run.job(stage_name).made_of != made_of:
                return name, f"its code, lexicons, settings or packages for '{stage_name}' are not those of here", ALIKE
    except InputError as error:
        return name, f"{error.file}: {error.problem}", ALIKE
    except importlib.metadata.PackageNotFoundError as error:
        return name, f"the package '{error.name}' is not installed", ALIKE
    return None


def _digest(path: Path) -> str:
    with contextlib.suppress(OSError), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
    return ""


@lru_cache(maxsize=1)  # a stage at a time: the model does not outlive it
def prepared(run: Run, name: str) -> tuple[Job, Any]:
    """The stage, and what it reads of lexicons and settings, or its model. Raises InputError for a worker at fault."""
    from distributed import get_worker

    if found := fault(run, get_worker()):  # it may have come late
        raise InputError(*found)
    multiprocessing.current_process().daemon = False  # Dask's workers are; those have no children, and segment needs one
    atomic.State.works_for = run.work / lock.FILE, run.lock
    stage.QUIET.add(name)
    job = run.job(name)
    return job, shards.prepare(job)


def make(key: str, run: Run, name: str) -> None:
    """The task: a stage on a shard. Nothing to do where another attempt has come to its end."""
    job, ready = prepared(run, name)
    look([key], job)
    if not job.fresh(key):
        shards.make(job, key, ready)


def look(keys: Sequence[str], job: Job) -> None:
    """List the folders of shards: only then does a network file system ask for what other machines have put there."""
    for key in keys:
        os.listdir(partitions.place(job.work, key, ""))


# --- where the run is -------------------------------------------------------------------------------


def check_installed() -> None:
    """Raise InputError where there is no Dask."""
    if importlib.util.find_spec("distributed") is None:
        raise InputError("--engine dask", "the package 'distributed' is not installed", "pip install '.[dask]'")


@contextlib.contextmanager
def connected(scheduler: str, jobs: int, run: Run) -> Iterator[shards.Spread]:
    """What spreads shards over the workers of a scheduler, or over `jobs` workers of our own, which end with the block.

    Raises InputError where none can be reached, or one of them is at fault.
    """
    import distributed

    with contextlib.ExitStack() as stack:
        if not scheduler:
            with deaf():
                cluster = distributed.LocalCluster(
                    n_workers=jobs, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, memory_limit=0,
                    silence_logs="CRITICAL",
                )  # fmt: skip
            stack.enter_context(cluster)
        client = stack.enter_context(reached(scheduler) if scheduler else distributed.Client(cluster))
        check(client, run, scheduler)
        yield lambda job, keys: spread(client, run, job, keys)


@contextlib.contextmanager
def deaf() -> Iterator[None]:
    """Threads and processes begun inside never hear of Ctrl+C: the workers end, without a word, when this process does."""
    # multiprocessing's own process is begun first: it would hear of Ctrl+C for all that come after, and warn at its end
    sys.warnoptions.append("ignore::UserWarning:multiprocessing.resource_tracker")
    resource_tracker.ensure_running()
    sys.warnoptions.pop()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def reached(scheduler: str) -> Any:
    """The client of a scheduler, by its address or by the file that it wrote. Raises InputError."""
    import distributed

    file = scheduler.endswith(".json")
    try:
        if not file:
            distributed.comm.get_address_host_port(scheduler)  # a client would complain once more as it is thrown away
        elif not Path(scheduler).is_file():
            raise OSError("no such file")
        return distributed.Client(**{"scheduler_file" if file else "address": scheduler}, set_as_default=False)
    except (OSError, ValueError) as error:  # the time is Dask's: distributed.comm.timeouts.connect
        remedy = "give the address that `dask scheduler` told, or leave out --scheduler to use this machine alone"
        raise InputError(scheduler, f"no Dask scheduler there ({error})", remedy) from None


def check(client: Any, run: Run, scheduler: str) -> None:
    """Raise InputError where there is no worker, or one cannot work for the run."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        remedy = f"start some: dask worker {scheduler} --nthreads 1"
        raise InputError(scheduler, f"no worker has come within {PATIENCE} seconds", remedy) from None
    found = client.run(fault, run, on_error="return")
    at_fault = [
        (f"worker {address}", f"it cannot run this program ({answer})", ALIKE) if isinstance(answer, Exception) else answer
        for address, answer in sorted(found.items())
        if answer
    ]
    if at_fault:
        whose, problem, remedy = at_fault[0]
        more = f" (and {len(at_fault) - 1} more of {len(found)} workers)" if at_fault[1:] else ""
        raise InputError(f"{whose}{more}", problem, remedy)
    stage.say("dask", f"{len(found)} worker{'s' if len(found) > 1 else ''}")


def spread(client: Any, run: Run, job: Job, keys: Sequence[str]) -> None:
    """Make the shards on the workers. Raises what a task raises, and WriteError where the cluster breaks down."""
    if not keys:
        return
    from distributed import CancelledError, KilledWorker, as_completed

    tasks = client.map(make, keys, run=run, name=job.name, pure=False, retries=RETRIES)
    try:
        for task in shards.bar(as_completed(tasks), job.name, len(keys)):
            task.result()
    except KilledWorker:
        shard = partitions.place(job.work, keys[tasks.index(task)], "")
        raise WriteError(shard, "worker after worker broke down at it", "give workers more memory", True) from None
    except CancelledError:
        raise WriteError(job.name, "the Dask scheduler is gone", "start it and run again", True) from None
    look(keys, job)
    shards.complete(job, keys)
