"""Growth: how the time of each stage grows with a text that repeats one pattern, up to four times as long.

    python bench/growth.py                     all patterns, all stages: exponents over the last doubling
    python bench/growth.py --characters 40000  the shortest of the three texts
    python bench/growth.py pronouns lists      some patterns alone

Linear is 1; what takes less than a tenth of a second is not judged. Ends with 1 where an exponent is above 1.3.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import math
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pries.base import console
from pries.base.places import LEXICONS, SETTINGS
from pries.running.run import run
from pries.running.shards import Folders

PATTERNS = {
    "requests": "Les États devraient ratifier la Convention. ",
    "one sentence": "les États devraient agir, ",
    "pronouns": "Ils les ont priés de le faire, et ils le feront. ",
    "coordinated": "les gouvernements et ",
    "infinitives": "de ratifier et ",
    "triggers": "prie ",
    "themes": "accès à la justice, ",
    "lists": "\na) De ratifier la Convention ;",
    "paragraphs": "\n\nLe Conseil prie les États d’agir.",
    "numbers": "\n1. Agir.",
    "headings": "\n\nI. Introduction\n\nIls agiront.",
    "notes": "\n\nIls agiront.1\n\n1 Voir le par. 2.",
    "brackets": "(",
    "quotes": "« l’État » ",
    "capitals": "L’ÉTAT DEVRAIT AGIR. ",
    "named": "M. Diallo (Mali) dit que l’Union doit agir. ",
}
LEAST, MOST = 0.1, 1.3  # seconds that are judged; the exponent that is allowed


def spent_on(text: str) -> dict[str, float]:
    """What each stage, and the export of everything, takes of a corpus of one document."""
    found: dict[str, float] = {}

    def noted(name: str, words: str, seconds: float | None = None) -> None:
        found[name] = found.get(name, 0.0) + (seconds or 0.0)

    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        place = Path(folder)
        (place / "corpus").mkdir()
        (place / "corpus" / "essai.txt").write_text(text, encoding="utf-8")
        before, console.say = console.say, noted
        try:
            run(Folders(place / "corpus", place / "outputs", LEXICONS, SETTINGS), 1)
        finally:
            console.say = before
    return found


def exponents(pattern: str, characters: int) -> Iterator[tuple[str, list[float], float]]:
    """For each stage its seconds on three texts, each twice as long as the one before, and how they grow at the end."""
    times = [spent_on(pattern * (characters * factor // len(pattern))) for factor in (1, 2, 4)]
    for stage in times[-1]:
        spent = [each.get(stage, 0.0) for each in times]
        grows = math.log2(spent[2] / spent[1]) if spent[1] > 0 else 0.0
        yield stage, spent, grows if spent[2] >= LEAST else 0.0


def main() -> int:
    """Print a line for each stage that takes long enough, and say which grow too fast."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("patterns", nargs="*", choices=[*PATTERNS, []])
    parser.add_argument("--characters", type=int, default=40_000)
    options = parser.parse_args()
    os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    bad = 0
    for name in options.patterns or PATTERNS:
        for stage, spent, grows in exponents(PATTERNS[name], options.characters):
            if grows:
                bad += grows > MOST
                told = "  ".join(f"{s:7.2f}" for s in spent)
                print(f"{name:<14}{stage:<16}{told}  n^{grows:.2f}{'  !' if grows > MOST else ''}", flush=True)
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
