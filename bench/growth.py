"""Growth: how the time of each stage and export grows with a text that repeats one pattern, up to four times as long.

    python bench/growth.py                     all patterns, all stages: exponents over the last doubling
    python bench/growth.py --characters 40000  the shortest of the three texts
    python bench/growth.py pronouns lists      some patterns alone
    python bench/growth.py --part 2/3          the second third of them, each of which takes some minutes

Seconds are the processor's, less what a text of one sentence takes; libraries and model are loaded before. Linear is 1;
what takes less than a tenth of a second is not judged. What seems to grow too fast is looked at again with texts up to
sixteen times as long. Ends with 1 where an exponent is above 1.3 then.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import gc
import importlib
import io
import math
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from pries.base import console, parallel
from pries.base.places import LEXICONS, SETTINGS
from pries.exchange import export, finished_run
from pries.grammar import parse
from pries.reading import corpus
from pries.running import pages
from pries.running.run import run
from pries.running.shards import Folders
from pries.stages import PAGE, STAGES

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
    "spaces": " \u00a0",
    "empty lines": "\n \n",
    "dots": ". ",
    "figures": "1",
    "hyphens": "a-\n",
    "columns": "a\t b  ",
    "abbreviations": "M. p. ex. art. ",
}
MARKUP = {  # of web pages; what is opened is closed nowhere
    "divisions": "<div>Ils ",
    "nested lists": "<ul><li>Ils agiront.",
    "cells": "<table><tr><td>Ils agiront.",
    "notes of a page": "Ils agiront.<sup><a href=#n>1</a></sup>",
    "empty tags": "<b></b>",
    "open tags": "<a href='",
}
ASKED = "Les États devraient ratifier la Convention. "


def repeated(text: str, file: str = "essai.txt", before: str = "Il faut agir. ") -> Callable[[int], Files]:
    """A document that says the same over and over, of so many characters."""
    return lambda characters: {file: before + text * (characters // len(text))}


def page(text: str) -> Callable[[int], Files]:
    """A web page that says the same over and over, beside a document that is read where the page is refused."""
    return lambda characters: {**repeated(text, "essai.html", "<html><body>")(characters), "bon.txt": ASKED}


def with_rows(name: str, header: str, row: str) -> Callable[[int], Files]:
    """A document, and a table of the folder of so many characters."""
    return lambda characters: {
        "essai.txt": ASKED * (characters // len(ASKED)),
        name: header + "".join(row.format(n) for n in range(characters // len(row))),
    }


PATTERNS: dict[str, Callable[[int], Files]] = {
    **{name: repeated(text) for name, text in TEXTS.items()},
    **{name: page(text) for name, text in MARKUP.items()},
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
TEXT_LENGTHS, FURTHER = (1, 2, 4), (8, 16)  # times the shortest; the latter only of what seems to grow too fast
UP_TO = "tables"  # the last stage that a run makes here; of pages that come in two languages one is timed

Seconds = dict[str, float]


@contextlib.contextmanager
def corpus_of(files: Files) -> Iterator[Folders]:
    """Folders with a corpus of these files; what runs say meanwhile is lost."""
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        place = Path(folder)
        (place / "corpus").mkdir()
        for file, text in files.items():
            (place / "corpus" / file).write_text(text, encoding="utf-8")
        yield Folders(place / "corpus", place / "outputs", LEXICONS, SETTINGS)


def spent_on(files: Files) -> Seconds:
    """What listing the files, each stage, and each export takes of a corpus of these files."""
    found: Seconds = {}

    def note(name: str, words: str, seconds: float | None = None) -> None:
        found[name] = found.get(name, 0.0) + (seconds or 0.0)

    def timed(name: str, function: Callable[[], object]) -> None:
        begun = time.process_time()
        function()
        note(name, "", time.process_time() - begun)

    with corpus_of(files) as folders:
        before, console.say = console.say, note
        try:
            run(folders, 1, UP_TO)
        finally:
            console.say = before
        for stage in STAGES:
            if stage.per == PAGE:
                timed(stage.name, partial(pages.make, stage, "".join(stage.languages[:1]), folders))
        source = finished_run.read(folders.outputs / "tables", folders.work, folders.outputs / "run.json")
        for name, (function, _) in export.EXPORTS.items():
            timed(f"export {name}", partial(function, source))
    gc.collect()
    return found


def listing(characters: int) -> Seconds:
    """What it takes to list a folder of many files, of which metadata.csv has a row each."""
    number = characters // 20
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        rows = "".join(f"d{n},r{n:06}.txt\n" for n in range(number))
        (place / corpus.METADATA).write_text(f"doc_id,file\n{rows}", encoding="utf-8")
        for n in range(number):
            (place / f"r{n:06}.txt").write_bytes(b"Agir.\n")
        begun = time.process_time()
        corpus.manifest(place)
        return {"listing": time.process_time() - begun}


def get_ready() -> Seconds:
    """Load all that a process loads once, and give what a text of no length takes."""
    os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", parallel.JOBS), "1")
    time.perf_counter = time.process_time  # what stages tell is then the processor's time, whatever else is running
    parse.load = functools.cache(parse.load)
    for module in ("sklearn.decomposition", "sklearn.cluster"):  # only many requests want them
        importlib.import_module(module)
    spent_on({"essai.txt": ASKED})
    gc.freeze()
    # its full passes, one a quarter more of objects, would fall on a stage here and on another there
    gc.disable()
    times = [spent_on({"essai.txt": ASKED}) for _ in range(2)]
    return {stage: min(each[stage] for each in times) for stage in times[0]}


def exponent(spent: Sequence[float]) -> float:
    """How seconds grow over the last doubling; 0 where they are too few to tell.

    >>> exponent([1.0, 2.0, 4.0]), exponent([1.0, 4.0, 16.0]), exponent([0.01, 0.02, 0.08])
    (1.0, 2.0, 0.0)
    """
    return math.log2(spent[-1] / max(spent[-2], 1e-3)) if spent[-1] >= LEAST else 0.0


def grown(pattern: str, characters: int, once: Seconds) -> dict[str, list[float]]:
    """For each stage its seconds, less what it takes `once`, on three texts, each twice as long as the one before.

    Where a stage seems to grow too fast, up to two longer ones decide: a square stays one, a step or some noise does
    not.
    """
    spend = listing if pattern == LISTED else lambda number: spent_on(PATTERNS[pattern](number))
    found: dict[str, list[float]] = {}
    for factor in (*TEXT_LENGTHS, *FURTHER):
        if factor in FURTHER and not too_fast(found):
            break
        for stage, seconds in spend(characters * factor).items():
            found.setdefault(stage, []).append(max(seconds - once.get(stage, 0.0), 0.0))
    return found


def too_fast(found: Mapping[str, Sequence[float]]) -> list[str]:
    """The stages that grow faster than is allowed."""
    return [stage for stage, spent in found.items() if exponent(spent) > MOST]


def table_of(pattern: str, found: Mapping[str, Sequence[float]]) -> str:
    """A line for each stage that takes long enough to be judged."""
    lines = []
    for stage, spent in found.items():
        if grows := exponent(spent):
            seconds = "".join(f"{s:7.2f}" for s in spent)
            lines.append(f"{pattern:<14}{stage:<18}{seconds}  n^{grows:.2f}{'  !' if grows > MOST else ''}\n")
    return "".join(lines)


def main() -> int:
    """Print a line for each stage that takes long enough, and say which grow too fast."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("patterns", nargs="*", choices=[*PATTERNS, LISTED, []])
    parser.add_argument("--characters", type=int, default=20_000)
    parser.add_argument("--part", default="1/1", metavar="N/M", help="the Nth of M parts of the patterns")
    options = parser.parse_args()
    part, parts = map(int, options.part.split("/"))
    names, processes = (options.patterns or [*PATTERNS, LISTED])[part - 1 :: parts], parallel.cores()
    once = get_ready()

    def measure(pattern: str) -> list[str]:
        found = grown(pattern, options.characters, once)
        sys.stdout.write(table_of(pattern, found))
        sys.stdout.flush()
        return too_fast(found)

    bad = parallel.mapped(measure, names, processes)
    for name, stages in zip(names, bad, strict=True):
        if stages:
            print(f"{name}: faster than n^{MOST} grow {', '.join(stages)}")
    return int(any(bad))


if __name__ == "__main__":
    sys.exit(main())
