"""Run: brings the outputs of a corpus up to date, all of them or up to a stage, and makes nothing twice.

Reads the corpus folder and what earlier runs have left below OUTPUTS; goes through the stages in their order and runs
those that are not up to date: by content, never by time. A run that was killed is completed by the next.

    corpus/A_68_370.txt, « Les gouvernements ont été priés … » -> outputs/tables/obligations.csv, outputs/reader.html, …
"""

from __future__ import annotations

import contextlib
import importlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from pries.base import errors, parallel
from pries.publishing import summary
from pries.running import lock, map, pages
from pries.running.outlook import Outlook, Plan, lines
from pries.running.shards import Folders
from pries.stages import BY_NAME, CHECK, CORPUS, DOCUMENT, PAGE, STAGES, Stage

if TYPE_CHECKING:
    from pries.store.batches import Table

Reduced = Callable[[str], list[Path] | None]  # the files of a stage that was made beside


def run(folders: Folders, processes: int = 0, until: str = "", scheduler: str | None = None, dry: bool = False) -> int:
    """Bring everything up to date, or what the stage `until` needs and makes; how many documents could not be read.

    `scheduler` is the address of a Dask cluster, or empty for one of `workers` workers here; None: no Dask. If `dry`
    is true it is only told which stages would run, and why. Raises InputError if the run cannot start; nothing is
    written then. Raises WriteError where it cannot write.
    """
    stages = needed(until)
    outlook = Outlook.of(folders)
    if why := outlook.why(CHECK, CHECK.name):
        CHECK.load().check(folders.lexicons, folders.settings)
    if scheduler is not None:
        dask().check_installed()
    if dry:
        print("\n".join(lines(outlook.plan(stages)) or [nothing_to_do(folders)]), flush=True)
        return 0
    new = not folders.outputs.exists()
    with lock.held(folders.outputs):  # and not outside of it: the folder may be another run's
        try:
            if why:
                outlook.note(CHECK, CHECK.name, outlook.before(CHECK), [])
            return go(outlook, stages, outlook.plan(stages), processes or parallel.cores(), scheduler)
        except errors.InputError:
            if new:  # of a run that could not start nothing stays
                shutil.rmtree(folders.outputs, ignore_errors=True)
            raise
        finally:
            with contextlib.suppress(errors.WriteError):  # what went wrong before is what counts
                if folders.work.is_dir():
                    outlook.hashes.save()


def needed(until: str) -> Sequence[Stage]:
    """A stage and those that it needs, in their order; all of them where none is named."""
    makers = {table: stage for stage in STAGES for table in stage.writes}
    wanted, left = set[str](), [BY_NAME[until]] if until else list(STAGES)
    while left:
        stage = left.pop()
        if stage.name not in wanted:
            wanted.add(stage.name)
            left += [BY_NAME["tables"]] if stage.per == PAGE else [makers[table] for table in stage.reads]
    return [stage for stage in STAGES if stage.name in wanted]


def go(outlook: Outlook, stages: Sequence[Stage], plan: Plan, processes: int, scheduler: str | None) -> int:
    """The run itself, once the lock is ours."""
    print("\n".join(lines(plan) or [nothing_to_do(outlook.folders)]), flush=True)
    with pages.ahead(stages, plan, outlook.folders, processes) as draw:
        jobs = [outlook.jobs[stage.name] for stage in stages if stage.per == DOCUMENT]
        with spreading(outlook, processes, scheduler) as share:
            mapped = map.run(jobs, processes, outlook.rows, share)
        outlook.note_shards(jobs, mapped)
        with reduced_beside(outlook, stages, processes) as reduced:
            for stage in stages:
                if stage.per == CORPUS and outlook.why(stage, stage.name):
                    reduce(outlook, stage, reduced)
        pages.publish(outlook, stages, draw)
    unreadable = sum(state.unread for state in mapped.states["segment"])
    if (plan or unreadable) and len(stages) == len(STAGES):
        print("\n".join(summary.lines(outlook.folders.outputs)), flush=True)
    return unreadable


def nothing_to_do(folders: Folders) -> str:
    """What is told where everything is up to date."""
    return f"{'up to date':<15}{errors.printable(str(folders.outputs))}"


def reduce(outlook: Outlook, stage: Stage, reduced: Reduced) -> None:
    """Run a stage on the tables of the corpus, or take what was made of it beside."""
    from pries.running import reducer  # which loads pandas

    before = outlook.before(stage)
    paths = reduced(stage.name) or reducer.run(stage, outlook.folders, outlook.tables, outlook.shared)
    outlook.note(stage, stage.name, before, paths)


@contextlib.contextmanager
def reduced_beside(outlook: Outlook, stages: Sequence[Stage], processes: int) -> Iterator[Reduced]:
    """Run the stages that count words and ask for no request meanwhile, in a process of its own.

    What is given waits for the files of such a stage; None for any other, and where that process failed: the stage
    then runs here, and what was wrong is told.
    """
    in_shards = {table for stage in STAGES if stage.per == DOCUMENT for table in stage.writes}
    apart = [
        stage
        for stage in stages
        if stage.per == CORPUS and not stage.source and {*stage.reads} <= in_shards and outlook.why(stage, stage.name)
    ]

    def reduce_all() -> dict[str, list[Path]]:
        from pries.running import reducer

        tables: dict[str, Table] = {}
        return {stage.name: reducer.run(stage, outlook.folders, tables, {}) for stage in apart}

    works = [reduce_all] if apart and processes > 1 else []
    with parallel.beside(works) as results:
        wait = cache(lambda: (results()[0] if works else None) or {})
        yield lambda name: wait().get(name) if name in {stage.name for stage in apart} else None


def dask() -> ModuleType:
    """What runs shards on Dask, loaded only where it is asked for."""
    return importlib.import_module("pries.running.dask")


def spreading(
    outlook: Outlook, processes: int, scheduler: str | None
) -> contextlib.AbstractContextManager[map.Spread | None]:
    """How shards are spread: None, in processes of our own; else over a Dask cluster, for as long as the block runs."""
    if scheduler is None:
        return contextlib.nullcontext()
    module = dask()
    cluster: contextlib.AbstractContextManager[map.Spread] = module.connected(
        scheduler, processes, module.Run.of(outlook.folders, outlook.jobs, outlook.rows)
    )
    return cluster
