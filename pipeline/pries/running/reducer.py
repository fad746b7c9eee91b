"""Reducer: runs a stage on the tables of the whole corpus, which it takes by their names.

Reads tables from memory, or from WORK/TABLE.parquet; writes those that the stage makes, checked against the schema, and
says so in a line.

    themes         themes 285  (0.1 s)
"""

from __future__ import annotations

import time
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import pandas as pd

from pries.base import console
from pries.reading import corpus
from pries.running.shards import Folders
from pries.schema import schema
from pries.stages import Stage
from pries.store import files
from pries.store.batches import Table


def run(
    stage: Stage, folders: Folders, tables: MutableMapping[str, Table], shared: MutableMapping[str, Any]
) -> list[Path]:
    """Run the stage; `tables` gets what it reads and makes. Gives the files that it wrote. Raises InputError."""
    begun = time.perf_counter()
    for name in stage.reads:
        if name not in tables:
            tables[name] = read(folders.work / f"{name}.parquet", name in stage.whole)
    reads: dict[str, Any] = {stage.given_as(name): tables[name] for name in stage.reads}
    knowledge: dict[str, Any] = {"lexicons": folders.lexicons, "settings": folders.settings}
    if stage.files:
        outputs = [folders.outputs / name for name in stage.files]
        paths: list[Path] = stage.load().publish(reads, *outputs, **knowledge)
        return paths
    if stage.shares:
        knowledge["shared"] = shared
    if stage.source:
        knowledge = {Path(stage.source).stem: read_source(folders.corpus / stage.source)}
    results = stage.load().run(**reads, **knowledge)
    paths = write(stage, results, folders.work)
    for name, path in zip(stage.writes, paths, strict=True):
        tables[name] = results[name] if isinstance(results[name], pd.DataFrame) else files.open_parquet(path)
    console.say(stage.name, console.counts({name: tables[name] for name in stage.writes}), time.perf_counter() - begun)
    return paths


def read(path: Path, whole: bool) -> Table:
    """A table for a stage, in batches where it need not hold it whole. Raises InputError."""
    return files.read_parquet(path) if whole else files.open_parquet(path)


def read_source(path: Path) -> bytes:
    """What a file of the corpus folder holds; nothing where there is none that the program may read."""
    return path.read_bytes() if corpus.own(path.parent, path.name) else b""


def write(stage: Stage, results: MutableMapping[str, Any], work: Path) -> list[Path]:
    """Write the tables that a stage has made; those in memory are then as the schema has them."""
    paths = [work / f"{name}.parquet" for name in stage.writes]
    for name, path in zip(stage.writes, paths, strict=True):
        filler = schema.filler(name, stage.name)
        result = results[name]
        if isinstance(result, pd.DataFrame):
            results[name] = schema.conform(result, name, filler)
            files.write_parquet(results[name], path, name, filler)
        else:
            files.stream_parquet(result, path, name, filler)
    return paths
