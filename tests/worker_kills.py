"""Worker kills: a process that a run has begun is killed at a random moment; the run goes on without it.

    python tests/worker_kills.py 30        (make kills)

Each run has three processes and small shards. One of the processes below it, whichever the chance takes, gets SIGKILL:
one that reads, parses, draws. The run has to end with 0 and the files of an undisturbed run; or with 3, where the one
document is named at which a process died, and the rows of all others are those of the undisturbed run.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import abuse
from conftest import differing, published, rows
from corpora import short_report
from pries.base.errors import DONE, DONE_WITH_PROBLEMS
from pries.base.places import SETTINGS

DOCUMENTS, LONGEST = 24, 600


def corpus(place: Path) -> list[str]:
    """Short reports, and settings by which a shard has few of them; the names of the documents."""
    (place / "corpus").mkdir()
    names = [f"d{n:02}" for n in range(DOCUMENTS)]
    for name in names:
        (place / "corpus" / f"{name}.txt").write_text(
            short_report(f"{name}.txt", random.Random(name)), encoding="utf-8"
        )
    shutil.copytree(SETTINGS, place / "settings")
    (place / "settings" / "shards.toml").write_text("average = 600\nleast = 100\nmost = 2000\n", encoding="utf-8")
    return names


def begun(place: Path, outputs: Path) -> subprocess.Popen[bytes]:
    """A run with three processes."""
    words = ["--corpus", place / "corpus", "--settings", place / "settings", "--outputs", outputs, "--jobs", "3"]
    nowhere = subprocess.DEVNULL
    return subprocess.Popen([sys.executable, "-m", "pries", *map(str, words)], stdout=nowhere, stderr=nowhere)


def below(process: int) -> Iterator[int]:
    """The processes that one has begun, and those that they have."""
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in map(int, (task / "children").read_text().split()):
                yield child
                yield from below(child)


def kill_one(run: subprocess.Popen[bytes], seconds: float, chance: random.Random) -> bool:
    """Kill a process below a run after so many seconds, or as soon as there is one; whether that came about."""
    time.sleep(seconds)
    while run.poll() is None:
        if found := sorted(below(run.pid)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(chance.choice(found), signal.SIGKILL)
                return True
        time.sleep(0.01)
    return False


def wrong(outputs: Path, code: int, names: list[str], undisturbed: Path) -> list[str]:
    """What is wrong with a run that ended."""
    if code == DONE:
        return differing(published(outputs), published(undisturbed))
    if code != DONE_WITH_PROBLEMS:
        return [f"exit code {code}"]
    named = {Path(row["file"]).stem for row in rows(outputs / "tables" / "problems.csv")}
    others = [name for name in names if name not in named]
    found = [f"{len(named)} documents are named"] * (len(named) != 1)
    here, there = outputs / "tables", undisturbed / "tables"
    return found + [t for t in abuse.TABLES if abuse.rows(here, t, others) != abuse.rows(there, t, others)]


def main() -> int:
    """Kill in N runs and tell each; 1 where one left something wrong."""
    number, failed = int(sys.argv[1]) if sys.argv[1:] else 30, 0
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        place = Path(folder)
        names, undisturbed, start = corpus(place), place / "undisturbed", time.monotonic()
        begun(place, undisturbed).wait(LONGEST)
        lasts = time.monotonic() - start
        for seed in range(number):
            chance, outputs = random.Random(seed), place / "outputs"
            shutil.rmtree(outputs, ignore_errors=True)
            seconds = chance.uniform(0, lasts)
            with begun(place, outputs) as run:
                killed = kill_one(run, seconds, chance)
                code = run.wait(LONGEST)
            faults = wrong(outputs, code, names, undisturbed)
            failed += bool(faults)
            how = f"a worker killed after {seconds:.1f} s" if killed else "it had ended"
            told = f"WRONG {faults}" if faults else "the same files" if code == DONE else "one document named"
            print(f"seed {seed}: {how}, exit {code}, {told}", flush=True)
    print(f"worker kills   {failed} left something wrong")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
