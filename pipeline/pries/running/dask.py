"""Dask: the stages that work on shards, on the workers of a Dask cluster instead of processes of our own.

A task takes a shard through the stages (`dask_worker`). All workers are checked before the work. A task whose
worker dies goes to another one; what is missing at the end is made here. All machines see corpus and outputs under the
same paths.

    python -m pries --corpus corpus --outputs outputs --engine dask --scheduler tcp://10.0.0.1:8786
    dask           12 workers
"""

from __future__ import annotations

import contextlib
import importlib.util
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from functools import partial
from multiprocessing import resource_tracker
from pathlib import Path
from typing import Any

from pries.base import console
from pries.base.errors import InputError, WriteError
from pries.running import dask_worker, map
from pries.running.dask_worker import ALIKE, Fault, Run
from pries.running.maker import Maker
from pries.running.shards import Job
from pries.running.workers import complete

RETRIES = 2  # of a task that fails; one whose worker dies has tries of its own (Dask's allowed-failures)
PATIENCE = 60  # seconds for the first worker to come


def check_installed() -> None:
    """Raise InputError where there is no Dask."""
    if importlib.util.find_spec("distributed") is None:
        raise InputError("--engine dask", "the package 'distributed' is not installed", "pip install '.[dask]'")


@contextlib.contextmanager
def connected(scheduler: str, jobs: int, run: Run) -> Iterator[map.Spread]:
    """What spreads shards over the workers of a scheduler, or over `jobs` workers of our own, which end with the block.

    Raises InputError where none can be reached, or one of them is at fault.
    """
    import distributed

    with contextlib.ExitStack() as stack:
        stack.enter_context(distributed.utils.silence_logging_cmgr("CRITICAL"))  # what counts is told in a line of ours
        if scheduler:
            client = stack.enter_context(reached(scheduler))
        else:
            with deaf():
                cluster = distributed.LocalCluster(
                    n_workers=jobs, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0",
                    memory_limit=0, silence_logs="CRITICAL",
                )  # fmt: skip
            client = stack.enter_context(distributed.Client(stack.enter_context(cluster)))
        check(client, run, scheduler)
        yield partial(spread, client, run)


@contextlib.contextmanager
def deaf() -> Iterator[None]:
    """Threads and processes begun inside never hear of Ctrl+C: workers end, without a word, when this process does."""
    # multiprocessing's own process comes first: later it would undo this, and it would tell of what a run left to it
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
        return distributed.Client(**{"scheduler_file" if file else "address": scheduler})
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
    workers, found = faults(client, run)
    if found:
        who, problem, remedy = found[0]
        more = f" (and {len(found) - 1} more of {workers} workers)" if found[1:] else ""
        raise InputError(f"{who}{more}", problem, remedy)
    console.say("dask", f"{workers:,} worker{'s' if workers > 1 else ''}")


def faults(client: Any, run: Run) -> tuple[int, list[Fault]]:
    """How many workers there are, and what is wrong with which."""
    answers = client.run(dask_worker.fault, run, on_error="return")
    known = client.scheduler_info()["workers"]
    found: list[Fault] = []
    for address, answer in sorted(answers.items()):
        if isinstance(answer, BaseException):
            name = known.get(address, {}).get("name", address)
            found.append((f"worker {name}", f"it cannot run this program ({answer})", ALIKE))
        elif answer:
            found.append(answer)
    return len(answers), found


def spread(client: Any, run: Run, jobs: Sequence[Job], keys: Sequence[str]) -> dict[str, float]:
    """Take the shards through the stages on the workers; the seconds, all under the last stage.

    Raises what a task raises, and WriteError where the cluster breaks down.
    """
    from distributed import CancelledError, KilledWorker, as_completed

    begun, names, work = time.perf_counter(), tuple(job.name for job in jobs), jobs[0].folders.work
    if not keys:
        return {}
    tasks = client.map(dask_worker.make, keys, run=run, names=names, pure=False, retries=RETRIES)
    try:
        for task in console.bar(as_completed(tasks), names[0], len(keys)):
            task.result()
    except KilledWorker:
        pass  # worker after worker broke down at a shard: it is made here, without the document at which they did
    except CancelledError:
        raise WriteError(names[0], "the Dask scheduler is gone", "start it and run again", True) from None
    dask_worker.look(work, keys)
    complete(Maker(jobs), keys)
    return {names[-1]: time.perf_counter() - begun}
