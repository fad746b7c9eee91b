"""Pages: makes what is published beside the tables: the reader, methods.txt, the office files and the figures.

Figures are drawn in processes of their own, one a language, which load what drawing needs while the text is parsed.

    tables/obligations.csv, « Les gouvernements ont été priés … » -> reader.html, figures/fr/requests_by_addressee.svg
"""

from __future__ import annotations

import contextlib
import multiprocessing
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from pries.base import parallel
from pries.running.outlook import Outlook, Plan
from pries.running.shards import Folders
from pries.stages import PAGE, Stage

Drawn = Callable[[], dict[str, list[Path] | None]]  # waits for the files of each unit
Draw = Callable[[Collection[str]], Drawn]  # is told the units that are wanted


def make(stage: Stage, lang: str, folders: Folders) -> list[Path]:
    """Make the pages of a stage, in a language where it has several; the files."""
    files = [folders.outputs / name for name in stage.files]
    language = [lang] if lang else []
    run: Callable[..., list[Path]] = stage.load().run
    return run(folders.outputs / "tables", *files, *language, folders.lexicons, folders.settings)


def publish(outlook: Outlook, stages: Sequence[Stage], draw: Draw) -> None:
    """Make the pages that are not up to date: those in languages beside, the others meanwhile here."""
    pages = {unit: stage for stage in stages if stage.per == PAGE for unit in stage.units}
    stale = {unit: stage for unit, stage in pages.items() if outlook.why(stage, unit)}
    before = {unit: outlook.before(stage) for unit, stage in stale.items()}
    drawn = draw(stale)
    files = {unit: make(stage, "", outlook.folders) for unit, stage in stale.items() if not stage.languages}
    files |= {unit: paths for unit, paths in drawn().items() if paths is not None}
    for unit, stage in stale.items():
        if unit not in files:  # here, where that process could not: what was wrong is told
            files[unit] = make(stage, stage.units[unit], outlook.folders)
        outlook.note(stage, unit, before[unit], files[unit])


@contextlib.contextmanager
def ahead(stages: Sequence[Stage], plan: Plan, folders: Folders, processes: int) -> Iterator[Draw]:
    """Processes that get ready to draw the figures that the plan names, as long as the block runs.

    None where there is but one core, or nothing to draw.
    """
    units = {unit: stage for stage in stages if stage.languages for unit in stage.units if unit in plan}
    if processes < 2:
        units = {}
    lines = [multiprocessing.Pipe(duplex=False) for _ in units]
    works = [
        partial(draw_when_told, ours, stage, stage.units[unit], folders)
        for (unit, stage), (ours, _) in zip(units.items(), lines, strict=True)
    ]
    with parallel.beside(works) as results:

        def draw(wanted: Collection[str]) -> Drawn:
            for unit, (_, theirs) in zip(units, lines, strict=True):
                with contextlib.suppress(OSError):  # a process that is dead draws nothing
                    theirs.send(unit in wanted)
            return lambda: {u: files for u, files in zip(units, results(), strict=True) if u in wanted}

        yield draw


def draw_when_told(line: Connection, stage: Stage, lang: str, folders: Folders) -> list[Path]:
    """The life of such a process: it loads what drawing needs, then waits to be told whether to draw."""
    stage.load()
    return make(stage, lang, folders) if line.recv() else []
