"""Outlook: what of a run is up to date, and why the rest is not, known from hashes alone.

Reads the corpus folder, the code, the lexicons and settings, and what earlier runs have left below OUTPUTS; writes the
stamps WORK/stamps/STAGE.json. Nothing here loads pandas or a language model, so that a run with nothing to do is short.

    an edit of « prier » in triggers.csv -> obligations: triggers.csv changed
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from pries.base import atomic, settings
from pries.base.errors import InputError
from pries.base.layers import layers
from pries.base.places import HERE, real
from pries.reading import corpus, formats
from pries.running import cutting, map
from pries.running.cutting import Row
from pries.running.fingerprint import Package
from pries.running.hashes import Hashes
from pries.running.lock import WORK
from pries.running.shards import Folders, Job
from pries.running.stamps import Stamp, reasons
from pries.stages import CHECK, DOCUMENT, PAGE, STAGES, Stage

MOST_REASONS = 3  # that are told for a stage
Plan = dict[str, list[str]]  # the units that have to run, with the reasons; none: because of what a stage before writes


def documents(folders: Folders, hashes: Hashes) -> list[Row]:
    """The manifest of the corpus. Raises InputError where the folders stand in each other's way."""
    corpus_folder, outputs = real(folders.corpus), real(folders.outputs)
    if corpus_folder.is_relative_to(outputs):
        problem = "the outputs would stand among the documents" if outputs == corpus_folder else "it holds the corpus"
        raise InputError(f"--outputs {folders.outputs}", problem, "name a folder of its own")
    most = settings.read(folders.settings, formats.Limits).max_megabytes * 10**6
    return corpus.manifest(folders.corpus, hashes.digest, folders.outputs, most)


@dataclass
class Outlook:
    """The folders, the documents, what each stage is made of, and what is known of tables and files by now."""

    folders: Folders
    rows: Sequence[Row]
    hashes: Hashes
    jobs: dict[str, Job]
    sources: list[Path]  # code, lexicons and settings that were looked at
    digests: dict[str, str] = field(default_factory=dict)  # of tables, and of published files by path below OUTPUTS
    tables: dict[str, Any] = field(default_factory=dict)  # in memory
    shared: dict[str, Any] = field(default_factory=dict)  # what stages of this run have read of the same tables

    @classmethod
    def of(cls, folders: Folders) -> Outlook:
        """What is known before anything is done or written. Raises InputError where the corpus cannot be read."""
        hashes = Hashes(folders.work / "hashes.json")
        package = Package(hashes)
        jobs = {stage.name: Job.of(stage, folders, package) for stage in (CHECK, *STAGES)}
        package.keep()
        places = (HERE, *layers(folders.lexicons), *layers(folders.settings))
        sources = [
            path
            for path in (Path(name) for name in hashes.states)
            if any(path.is_relative_to(place) for place in places)
        ]
        return cls(folders, documents(folders, hashes), hashes, jobs, sources)

    def stamp_file(self, unit: str) -> Path:
        """Where the stamp of a stage, or of a stage in one language, is kept."""
        return self.folders.work / "stamps" / f"{unit}.json"

    def before(self, stage: Stage) -> Stamp:
        """What the stage is made of, and what it would read now."""
        reads = {name: self.digests.get(name, "") for name in self.read_by(stage)}
        if stage.source:
            held = corpus.own(self.folders.corpus, stage.source)  # what a link leads out to is not even hashed
            reads[stage.source] = self.hashes.digest(self.folders.corpus / stage.source) if held else ""
        return Stamp(self.jobs[stage.name].parts, reads)

    def read_by(self, stage: Stage) -> list[str]:
        """The tables that a stage reads; for a page, the published files."""
        if stage.per != PAGE:
            return list(stage.reads)
        if stage.reads == ("*",):
            return sorted(name for name in self.digests if name.startswith("tables/") and name.endswith(".csv"))
        return [name if "." in name else f"tables/{name}.csv" for name in stage.reads]

    def why(self, stage: Stage, unit: str, pending: frozenset[str] = frozenset()) -> list[str]:
        """Why a stage has to run; nothing where it is up to date, of which the hashes of its files are then known.

        What tables hold that are `pending` is not known yet.
        """
        stamp, now = Stamp.read(self.stamp_file(unit)), self.before(stage)
        reads = {name: digest for name, digest in now.reads.items() if not is_pending(name, pending)}
        outputs = self.folders.outputs
        writes = {name: self.hashes.digest(outputs / name) for name in stamp.writes} if stamp else {}
        why = list(reasons(stamp, replace(now, reads=reads, writes=writes)))
        if not why:
            self.learn(stage, writes)
        return why

    def learn(self, stage: Stage, writes: Mapping[str, str]) -> None:
        """Keep the hashes of what a stage has written: of tables by the table's name, of other files by theirs."""
        for name, digest in writes.items():
            table = name.removeprefix(f"{WORK}/").removesuffix(".parquet")
            self.digests[table if table in stage.writes else name] = digest

    def note(self, stage: Stage, unit: str, before: Stamp, paths: Sequence[Path]) -> None:
        """Stamp a stage that has run, unless what it is made of was edited meanwhile: then the next run makes it."""
        names = sorted({path.relative_to(self.folders.outputs).as_posix() for path in paths})
        writes = {name: self.hashes.digest(self.folders.outputs / name) for name in names}
        self.learn(stage, writes)
        if stamp := Stamp.read(self.stamp_file(unit)):
            for name in stamp.writes.keys() - writes.keys():  # of an earlier version of the stage, or a larger corpus
                path = self.folders.outputs / name
                if real(path).is_relative_to(real(self.folders.outputs)):
                    atomic.remove(path)
        if all(self.hashes.untouched(path) for path in self.sources):
            replace(before, writes=writes).write(self.stamp_file(unit))

    def note_shards(self, jobs: Sequence[Job], mapped: map.Mapped) -> None:
        """Keep the hashes of the tables that lie in shards, and what the stages were made of."""
        self.digests |= mapped.digests(jobs)
        for job in jobs:
            stamp = Stamp(job.parts)
            if Stamp.read(self.stamp_file(job.name)) != stamp:
                stamp.write(self.stamp_file(job.name))

    def plan(self, stages: Sequence[Stage]) -> Plan:
        """The units that have to run, or may have to, in their order, with the reasons."""
        plan: Plan = {}
        pending = frozenset[str]()
        jobs = [self.jobs[stage.name] for stage in stages if stage.per == DOCUMENT]
        keys = list(cutting.plan(self.rows, cutting.read_settings(self.folders.settings)))
        mapped = map.Mapped.of(jobs, keys)
        self.digests |= mapped.digests(jobs)
        for stage in stages:
            reads = {"tables"} if stage.per == PAGE else set(stage.reads)
            for unit in stage.units:
                on_shards = stage.per == DOCUMENT
                why = self.why_shards(self.jobs[stage.name], mapped) if on_shards else self.why(stage, unit, pending)
                if why or pending & reads:
                    plan[unit] = why
                    pending |= {*stage.writes, *stage.files}
        return plan

    def why_shards(self, job: Job, mapped: map.Mapped) -> list[str]:
        """Why a stage that works on shards has to run."""
        if not (stale := mapped.stale(job)):
            return []
        stamp = Stamp.read(self.stamp_file(job.name))
        return list(reasons(stamp, Stamp(job.parts))) or [f"{stale:,} of {len(mapped.keys):,} shards are new"]


def is_pending(name: str, pending: frozenset[str]) -> bool:
    """Whether a table, or a published file of tables/, is one of those that are pending."""
    return name in pending or name.partition("/")[0] in pending


def lines(plan: Plan) -> list[str]:
    """What a plan says, in lines: the stages that have to run, by their reasons, then those that may follow."""
    told: list[str] = []
    for why, units in groupby(sorted(plan, key=lambda unit: not plan[unit]), key=plan.__getitem__):
        more = f" and {len(why) - MOST_REASONS:,} more" if why[MOST_REASONS:] else ""
        reasons_told = f": {', '.join(why[:MOST_REASONS])}{more}" if why else ""
        head = "" if why and told else "will run" if why else "may follow"
        told.append(f"{head:<15}{', '.join(units)}{reasons_told}")
    return told
