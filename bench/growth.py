"""Growth: how the time of each stage and export grows with a text that repeats one pattern, up to four times as long.

    python bench/growth.py                     all patterns, all stages: exponents over the last doubling
    python bench/growth.py --characters 40000  the shortest of the three texts
    python bench/growth.py pronouns lists      some patterns alone

Seconds are the processor's. Linear is 1; what takes less than a tenth of a second is not judged. Ends with 1 where an
exponent is above 1.3.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import math
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from pries.base import console, parallel
from pries.base.places import LEXICONS, SETTINGS
from pries.exchange import export, finished_run
from pries.reading import corpus
from pries.running.lock import WORK
from pries.running.run import run
from pries.running.shards import Folders

Files = dict[str, str]
TEXTS = {
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
    "relatives": "qui prie les États qui ",
    "by somebody": "demandé par ",
    "long words": "anticonstitutionnellement",
    "e-mails": "a@b.fr ",
    "no letters": "12 345,67 ",
    "pages": "\fPage 1\n\nIls agiront.\n\nA/68/370\n",
}
ASKED = "Les États devraient ratifier la Convention. "


def repeated(text: str) -> Callable[[int], Files]:
    """A document that says the same over and over, of so many characters."""
    return lambda characters: {"essai.txt": text * (characters // len(text))}


def with_rows(name: str, header: str, row: str) -> Callable[[int], Files]:
    """A document, and a table of the folder of so many characters."""
    return lambda characters: {
        "essai.txt": ASKED * (characters // len(ASKED)),
        name: header + "".join(row.format(n) for n in range(characters // len(row))),
    }


PATTERNS: dict[str, Callable[[int], Files]] = {
    **{name: repeated(text) for name, text in TEXTS.items()},
    "led list": lambda characters: {
        "essai.txt": "Les États devraient :\n" + "\na) Que les villes ratifient la Convention ;" * (characters // 40)
    },
    "announced": lambda characters: {
        "essai.txt": "Les recommandations sont les suivantes :\n"
        + "\n1) Ratifier la Convention (Mali) ;" * (characters // 35)
    },
    "rows": lambda characters: {
        "essai.jsonl": "".join(f'{{"doc_id": "été{n}", "text": "{ASKED}"}}\n' for n in range(characters // 75))
    },
    "foreign names": lambda characters: {
        "essai.jsonl": "".join(f'{{"doc_id": "{chr(0x4E00 + n)}", "text": "Oui."}}\n' for n in range(characters // 40))
    },
    "corrections": with_rows("corrections.csv", "obligation_id,action,field,old,new\n", "o{},edit,issuer,,États\n"),
    "sample": with_rows("sample.csv", "sentence_id,doc_id,paragraph,stratum,pi,coded\n", "s{},essai,p1,a,0.5,\n"),
}
LISTED = "metadata"
LEAST, MOST = 0.1, 1.3  # seconds that are judged; the exponent that is allowed


def spent_on(files: Files) -> dict[str, float]:
    """What listing the files, each stage, and each export takes of a corpus of these files."""
    found: dict[str, float] = {}

    def noted(name: str, words: str, seconds: float | None = None) -> None:
        found[name] = found.get(name, 0.0) + (seconds or 0.0)

    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        place = Path(folder)
        (place / "corpus").mkdir()
        for file, text in files.items():
            (place / "corpus" / file).write_text(text, encoding="utf-8")
        before, console.say = console.say, noted
        try:
            run(Folders(place / "corpus", place / "outputs", LEXICONS, SETTINGS), 1)
        finally:
            console.say = before
        source = finished_run.read(
            place / "outputs" / "tables", place / "outputs" / WORK, place / "outputs" / "run.json"
        )
        for name, (function, _) in export.EXPORTS.items():
            begun = time.perf_counter()
            function(source)
            found[f"export {name}"] = time.perf_counter() - begun
    return found


def listing(characters: int) -> dict[str, float]:
    """What it takes to list a folder of many files, of which metadata.csv has a row each."""
    number = characters // 20
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        rows = "".join(f"d{n},r{n:06}.txt\n" for n in range(number))
        (place / corpus.METADATA).write_text(f"doc_id,file\n{rows}", encoding="utf-8")
        for n in range(number):
            (place / f"r{n:06}.txt").write_bytes(b"Agir.\n")
        begun = time.perf_counter()
        corpus.manifest(place)
        return {"listing": time.perf_counter() - begun}


def exponents(pattern: str, characters: int) -> Iterator[tuple[str, list[float], float]]:
    """For each stage its seconds on three texts, each twice as long as the one before, and how they grow at the end."""
    spend = listing if pattern == LISTED else lambda number: spent_on(PATTERNS[pattern](number))
    times = [spend(characters * factor) for factor in (1, 2, 4)]
    for stage in times[-1]:
        spent = [each.get(stage, 0.0) for each in times]
        grows = math.log2(spent[2] / spent[1]) if spent[1] > 0 else 0.0
        yield stage, spent, grows if spent[2] >= LEAST else 0.0


def main() -> int:
    """Print a line for each stage that takes long enough, and say which grow too fast."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("patterns", nargs="*", choices=[*PATTERNS, LISTED, []])
    parser.add_argument("--characters", type=int, default=40_000)
    options = parser.parse_args()
    os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", parallel.JOBS), "1")
    time.perf_counter = time.process_time  # what stages tell is then the processor's time, whatever else is running
    bad = 0
    for name in options.patterns or [*PATTERNS, LISTED]:
        for stage, spent, grows in exponents(name, options.characters):
            if grows:
                bad += grows > MOST
                told = "  ".join(f"{s:7.2f}" for s in spent)
                print(f"{name:<14}{stage:<18}{told}  n^{grows:.2f}{'  !' if grows > MOST else ''}", flush=True)
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
