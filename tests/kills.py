"""Kills: a run that is killed at any moment leaves nothing that the next run does not put right.

    python tests/kills.py 50        (make kills N=50)

Each kill takes a checkout of its own with a small corpus, edits a lexicon or deletes the outputs, so that there is
work, and starts `make` or `python -m pries`. All of its processes get SIGKILL, at a random time or between two
renames. Then, for some, the lexicon is edited again (or put back with its old time, as `mv` does), and a run goes
to its end. Its files have to be those of an undisturbed run, none of them temporary.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from conftest import IGNORED, ROOT, differing, published

TEXTS = {
    "un.txt": "1. Les gouvernements ont été priés de ratifier la Convention.\n\n"
    "2. Il a été demandé aux États de protéger les migrants.\n",
    "deux.txt": "1. Les participants ont recommandé à l’Organisation de publier ses données.\n",
}
LEXICON = "pipeline/pries/lexicons/triggers.csv"
ROW = "prier,verb,,any,{},subject,object,de|que"
STRENGTHS = ("request", "urge")  # of the verb prier: the two lexicons that runs are made with
TOOLS = {
    "make": ("make", "CORPUS=corpus", "OUTPUTS=out"),
    "python": (".venv/bin/python", "-m", "pries", "--corpus", "corpus", "--outputs", "out"),
}
FOREVER = 600


@dataclass
class Place:
    """A checkout with a small corpus, what undisturbed runs of it publish by lexicon, and how long one lasts."""

    folder: Path
    wanted: dict[str, dict[str, bytes]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    renames: dict[str, int] = field(default_factory=dict)

    @property
    def outputs(self) -> Path:
        return self.folder / "out"

    def edit(self, strength: str, time_of: os.stat_result | None = None) -> None:
        """Let the lexicon say that prier is of this strength; the file bears the time of now, or of before."""
        path = self.folder / LEXICON
        text = path.read_text(encoding="utf-8")
        for old in STRENGTHS:
            text = text.replace(ROW.format(old), ROW.format(strength))
        path.write_text(text, encoding="utf-8")
        if time_of is not None:
            os.utime(path, ns=(time_of.st_atime_ns, time_of.st_mtime_ns))

    def start(self, tool: str, dies_at: int = sys.maxsize) -> subprocess.Popen[str]:
        """A run in a process group of its own, from a clean environment, which dies at a certain rename."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS", "PYTEST"))}
        count = self.folder / "renames"
        count.unlink(missing_ok=True)
        path = f"{self.folder / 'pipeline'}:{ROOT / 'tests' / 'dying'}"
        kept |= {"PYTHONPATH": path, "RENAMES": str(count), "DIES_AT": str(dies_at)}
        piped = subprocess.PIPE
        return subprocess.Popen(
            TOOLS[tool], cwd=self.folder, env=kept, stdout=piped, stderr=piped, text=True, start_new_session=True
        )

    def run(self, tool: str) -> None:
        """A run to its end. AssertionError where it does not end well."""
        with self.start(tool) as process:
            said = process.communicate(timeout=FOREVER)
        assert process.returncode == 0, said

    def measure(self) -> None:
        """Undisturbed runs from nothing, with each lexicon, and with each tool."""
        for strength, tool in zip(STRENGTHS, TOOLS, strict=True):
            shutil.rmtree(self.outputs, ignore_errors=True)
            self.edit(strength)
            began = time.monotonic()
            self.run(tool)
            self.seconds[tool] = time.monotonic() - began
            self.renames[tool] = (self.folder / "renames").stat().st_size
            self.wanted[strength] = published(self.outputs)
        assert differing(*self.wanted.values())

    def kill(self, seed: int) -> tuple[str, list[str]]:
        """One kill, and the run after it: what was done, and which files are not those of an undisturbed run."""
        chance = random.Random(seed)
        killed, finisher = chance.choice(sorted(TOOLS)), chance.choice(sorted(TOOLS))
        before, strength = chance.sample(STRENGTHS, 2) if chance.random() < 0.7 else [chance.choice(STRENGTHS)] * 2
        path = self.folder / LEXICON
        fresh = chance.random() < 0.3
        if fresh:
            shutil.rmtree(self.outputs, ignore_errors=True)
        old = path.stat()
        self.edit(before)
        at_rename = chance.random() < 0.5
        rename = chance.randint(1, self.renames[killed]) if at_rename else sys.maxsize
        lasts = self.seconds[killed] * (0.6 if killed == "make" and not fresh else 1)  # an edit costs make no parse
        seconds = FOREVER if at_rename else chance.uniform(0, lasts)
        with self.start(killed, rename) as process:
            try:
                process.communicate(timeout=seconds)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.communicate()
        back = chance.random() < 0.5
        if strength != before:
            self.edit(strength, old if back else None)
        self.run(finisher)
        wrong = differing(published(self.outputs), self.wanted[strength])
        wrong += [str(path) for path in self.outputs.rglob(".*.tmp")]
        done = f"{killed} {'from nothing' if fresh else 'after an edit'}"
        how = f"rename {rename}" if at_rename else f"{seconds:.1f} s"
        how = how if process.returncode == -signal.SIGKILL else f"{how} (it had ended)"
        edited = "" if strength == before else "an edit with its old time, " if back else "an edit, "
        return f"seed {seed}: {done}, killed at {how}, {edited}{finisher} to the end", wrong


def place(folder: Path) -> Place:
    """A checkout in `folder`, measured."""
    copy = Path(shutil.copytree(ROOT, folder / "checkout", ignore=IGNORED))
    (copy / ".venv").symlink_to(ROOT / ".venv")
    shutil.rmtree(copy / "corpus")
    (copy / "corpus").mkdir()
    for name, text in TEXTS.items():
        (copy / "corpus" / name).write_text(text, encoding="utf-8")
    made = Place(copy)
    made.measure()
    return made


def main(argv: Sequence[str] | None = None) -> int:
    """Kill N runs and tell each; 1 where one left something wrong."""
    words = list(sys.argv[1:] if argv is None else argv)
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        checkout, failed = place(Path(folder)), 0
        for seed in range(int(words[0]) if words else 50):
            done, wrong = checkout.kill(seed)
            failed += bool(wrong)
            print(f"{done}: {f'WRONG {wrong}' if wrong else 'the same files'}", flush=True)
        print(f"kills          {failed} left something wrong")
        return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
