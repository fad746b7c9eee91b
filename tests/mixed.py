"""Mixed: a hundred documents, of which twenty are hostile, each in its own way; the same bytes however they are made.

    python tests/mixed.py            two orders: with 1, 2, 4 processes and two Dask workers; with 2 (make abuse)
    python tests/mixed.py 5          five orders, those after the first with 2 processes

In each order the hostile ones stand elsewhere among the others, in other shards. What is published has to be the same
whatever makes it, and the good documents' rows those of a run without the hostile ones.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import abuse
from conftest import differing, published
from corpora import short_report

HOSTILE = (*abuse.CASES, "tube.txt", "vers dehors.txt")
ENGINES = (("--jobs", "1"), ("--jobs", "2"), ("--jobs", "4"), ("--jobs", "2", "--engine", "dask"))


def mix(folder: Path, documents: int, hostile: Sequence[str], seed: int) -> list[str]:
    """A folder of so many documents, the hostile ones anywhere among them; the names of the good ones."""
    chance = random.Random(seed)
    folder.mkdir()
    bad = dict(zip(chance.sample(range(documents), len(hostile)), hostile, strict=True))
    good = [f"{n:03}_bon.txt" for n in range(documents) if n not in bad]
    for name in good:
        (folder / name).write_text(short_report(name, random.Random(name)), encoding="utf-8")
    for n, name in bad.items():
        abuse.put_case(folder / f"{n:03}_{name}", name)
    return good


def differences(place: Path, documents: int, hostile: Sequence[str], seed: int, engines: Sequence[tuple]) -> list[str]:
    """What differs between the engines, and between the good documents with and without the hostile ones."""
    good = mix(place / "corpus", documents, hostile, seed)
    (place / "good").mkdir()
    for name in good:
        (place / "good" / name).write_bytes((place / "corpus" / name).read_bytes())
    undisturbed = abuse.run(place / "good", place / "undisturbed").tables
    found, first = [], {}
    for n, options in enumerate(engines):
        outputs = place / f"outputs{n}"
        ran = abuse.run(place / "corpus", outputs, *options)
        if ran.code != abuse.DONE_WITH_PROBLEMS:
            return [f"exit code {ran.code} with {' '.join(options)}"]
        files = published(outputs)
        first = first or files
        found += [f"{name} with {' '.join(options)}" for name in differing(files, first)]
    ids = [Path(name).stem for name in good]
    tables = place / "outputs0" / "tables"
    return found + [t for t in abuse.TABLES if abuse.rows(tables, t, ids) != abuse.rows(undisturbed, t, ids)]


def main() -> int:
    """Try some orders; 1 where something differs."""
    orders, bad = int(sys.argv[1]) if sys.argv[1:] else 2, 0
    for seed in range(orders):
        with tempfile.TemporaryDirectory() as folder:
            found = differences(Path(folder), 100, HOSTILE, seed, ENGINES[1:2] if seed else ENGINES)
        bad += bool(found)
        print(f"order {seed}: {len(HOSTILE)} hostile of 100, {'; '.join(found) or 'the same bytes'}", flush=True)
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
