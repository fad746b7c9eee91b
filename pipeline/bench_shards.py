"""Bench of the shards: how fast many documents are read and searched, and in how much memory.

Makes folders of short reports (or takes those of `--corpus`), runs each stage that works on shards on them as make
does, and prints its time and the peak memory of its largest process: with ten times the documents that should be the
same. The floor is a process that loads fr_core_news_md as it comes and runs `nlp.pipe` over the same sentences, on one
core.

    documents  stage           seconds   tokens/s   peak MB
    1000       parse             21.40       5400       655
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from pipeline import bench, corpus, errors, files, shards, stage

SENTENCES = (
    "Les gouvernements ont été priés de ratifier la Convention n° {} et d’en rendre compte dans un délai d’un an.",
    "Le Comité, qui s’est réuni {} fois, a recommandé aux États Membres de protéger les enfants des rues.",
    "Il faudrait que les organisations de la société civile soient associées aux {} réunions de l’année prochaine.",
    "La délégation a visité {} villages, où l’eau manque depuis que le barrage a été fermé.",
)
MAPPED = ("segment", "parse", "actors", "obligations")
HEADER = f"{'documents':<11}{'stage':<13}{'seconds':>10}{'tokens/s':>11}{'peak MB':>10}"


def write(folder: Path, documents: int, paragraphs: int = 6) -> None:
    """So many short reports, no two alike."""
    folder.mkdir(parents=True)
    for n in range(documents):
        lines = (f"{i}. {SENTENCES[(n + i) % len(SENTENCES)].format(n * paragraphs + i)}" for i in range(paragraphs))
        (folder / f"rapport_{n:05}.txt").write_text("\n\n".join(lines) + "\n", encoding="utf-8")


def timed(words: Sequence[str]) -> tuple[float, float]:
    """How long a command lasts, and the peak memory of its largest process in megabytes. Raises InputError."""
    begun = time.perf_counter()
    process = subprocess.Popen(words, env=bench.environment(), stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise errors.InputError(" ".join(words[:4]), f"ended with {process.returncode}", "mend it before timing it")
    return time.perf_counter() - begun, usage.ru_maxrss / 1024


def measure(folder: Path, work: Path, jobs: int) -> None:
    """Print a row for each stage, for all of them, and for the floor."""
    rows = corpus.manifest(folder)
    files.write_bytes(work / "manifest.csv", corpus.dump(rows))
    common = ["--corpus", str(folder), "--work", str(work), "--jobs", str(jobs)]
    found = {name: timed([sys.executable, "-m", "pipeline.shards", f"pipeline.{name}", *common]) for name in MAPPED}
    found["all of them"] = sum(seconds for seconds, _ in found.values()), max(peak for _, peak in found.values())
    texts = work / "sentences.json"
    texts.write_text(json.dumps(files.read_parquet(work / "sentences.parquet", ["text"])["text"].tolist()))
    found["floor"] = timed([sys.executable, "-c", bench.FLOOR, str(texts)])
    tokens = len(files.read_parquet(work / "tokens.parquet", ["i"]))
    for name, (seconds, peak) in found.items():
        print(f"{len(rows):<11}{name:<13}{seconds:>10.2f}{tokens / seconds:>11,.0f}{peak:>10.0f}", flush=True)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure folders of so many documents each, or one folder."""
    parser = argparse.ArgumentParser(
        prog="python -m pipeline.bench_shards",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--documents", type=int, nargs="+", default=[100, 1000], metavar="N", help="sizes of folders")
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="this folder instead")
    parser.add_argument("--jobs", type=int, default=shards.cores(), metavar="N", help="processes (default: the cores)")
    options = parser.parse_args(argv)
    with stage.one_line() as guard, tempfile.TemporaryDirectory(prefix="shards-") as scratch:
        print(HEADER)
        for n in [0] if options.corpus else options.documents:
            folder = options.corpus or Path(scratch) / f"corpus{n}"
            if not options.corpus:
                write(folder, n)
            measure(folder, Path(scratch) / f"work{n}", options.jobs)
    return guard.code


if __name__ == "__main__":
    sys.exit(main())
