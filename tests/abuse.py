"""Abuse: documents made to cost too much, and folders made to mislead. Each harms itself at most.

    python tests/abuse.py                    each beside three good documents, then all of them at once (make abuse)
    python tests/abuse.py pronoms.txt        some alone

A case is a line of CASES or FOLDERS: a name and what makes the file; whether problems.csv has to name it. Of each are
told its seconds, the memory of the largest process, and what is wrong: a document beside it that came out otherwise, an
exit code other than 0 and 3, a file that nobody names, more than two gigabytes.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import hostile
from pries.base import csv_fields
from pries.base.errors import DONE, DONE_WITH_PROBLEMS

GOOD = {
    "bon1.txt": "1. Les participants ont prié les gouvernements de ratifier la Convention.\n\n2. Ils l’ont rappelé.\n",
    "bon2.txt": "1. Le Conseil recommande que les États protègent les migrants. Il les y invite instamment.\n",
    "bon3.txt": "1. Il faudrait agir.\n\n2. La Commission devrait : a) Étudier la question ; b) Faire rapport.\n",
}
ASKED = "Les États devraient ratifier la Convention. "
LONG = "d" * 5_000
TABLES = ("documents", "paragraphs", "sentences", "actors", "obligations", "actions")
OF_THE_CORPUS = frozenset(("cluster", "family", "restates"))  # columns in which documents meet
MEGABYTES = 2_000


class Case(NamedTuple):
    """What makes a file, and whether problems.csv names it."""

    content: Callable[[], bytes]
    named: bool = False


def text(one: str, times: int) -> Callable[[], bytes]:
    """A line that says the same so many times."""
    return lambda: f"1. {one * times}\n".encode()


CASES: dict[str, Case] = {
    "phrase.docx": Case(lambda: hostile.word(hostile.paragraph("les États agiront, " * 53_000)), named=True),
    "parenthèses.txt": Case(text("(", 40_000), named=True),
    "guillemets.txt": Case(text("« ", 20_000), named=True),
    "apostrophes.txt": Case(text("l’d’", 10_000), named=True),
    "adresses.txt": Case(text("a:", 20_000), named=True),
    "demandes.txt": Case(text(ASKED, 4_000)),
    "pronoms.txt": Case(text("Ils les ont priés de le faire, et ils le feront. ", 2_000)),
    "acteurs.txt": Case(text("les gouvernements et ", 8_000), named=True),
    "thèmes.txt": Case(text("accès à la justice, ", 8_000), named=True),
    "infinitifs.txt": Case(lambda: b"1. Les Etats devraient " + b"ratifier et " * 10_000 + b".\n", named=True),
    "liste.txt": Case(lambda: "Les États devraient :\n".encode() + b"\na) Ratifier la Convention ;" * 5_000),
    "titres.txt": Case(lambda: b"\n\nI. Introduction\n\nIls agiront." * 2_000),
    "notes.txt": Case(lambda: b"\n\nIls agiront.1\n\n1 Voir le par. 2." * 2_000),
    "nom.jsonl": Case(lambda: (json.dumps({"doc_id": LONG, "text": ASKED}) + "\n").encode()),
    "demi.jsonl": Case(lambda: b'{"doc_id": "demi", "\\ud800": "\\udc00", "text": "Il faut agir."}\n'),
    "colonnes.jsonl": Case(
        lambda: "".join(f'{{"text": "Oui.", "c{n}": "a"}}\n' for n in range(3_000)).encode(), named=True
    ),
    "trop.txt": Case(text("Il faut agir. ", 20_001), named=True),
    "caché.html": Case(lambda: b"<style>.x{display:none}</style><p>Oui.<p class=x>Les Etats devraient payer."),
    "bombe.docx": Case(hostile.ARCHIVES["zip bomb"], named=True),
    "binaire.txt": Case(lambda: bytes(range(256)) * 1_000, named=True),
    "vide.txt": Case(lambda: b"", named=True),
}
FOLDERS: dict[str, Callable[[Path], object]] = {
    "creux.bin": lambda path: os.truncate(path, 6 * 10**9),
    "tube.txt": lambda path: (path.unlink(), os.mkfifo(path)),
    "vers rien.txt": lambda path: (path.unlink(), path.symlink_to("absent.txt")),
    "vers dehors.txt": lambda path: (path.unlink(), path.symlink_to("/etc/hostname")),
    "metadata.csv": lambda path: (path.unlink(), path.symlink_to("/etc/passwd")),
}


def put(folder: Path, names: Sequence[str]) -> None:
    """The good documents, and those cases."""
    folder.mkdir()
    for name, content in GOOD.items():
        (folder / name).write_text(content, encoding="utf-8")
    for name in names:
        put_case(folder / name, name)


def put_case(path: Path, name: str) -> None:
    """That case, as a file of any name."""
    path.write_bytes(CASES[name].content() if name in CASES else b"")
    if name in FOLDERS:
        FOLDERS[name](path)


class Ran(NamedTuple):
    """How a run ended: exit code, seconds, megabytes of its largest process, where its tables are."""

    code: int
    seconds: float
    megabytes: float
    tables: Path


def run(corpus: Path, outputs: Path, *options: str) -> Ran:
    """Run the program in a process of its own."""
    words = [sys.executable, "-m", "pries", "--corpus", str(corpus), "--outputs", str(outputs), *options]
    begun = time.monotonic()
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        _, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    return Ran(running.returncode, time.monotonic() - begun, used.ru_maxrss / 1024, outputs / "tables")


def rows(tables: Path, table: str, doc_ids: Sequence[str]) -> list[dict[str, str]]:
    """The rows of some documents, without the columns in which documents meet."""
    with (tables / f"{table}.csv").open(encoding="utf-8", newline="") as file, csv_fields.up_to():
        found = [row for row in csv.DictReader(file) if row["doc_id"] in doc_ids]
    return [{name: value for name, value in row.items() if name not in OF_THE_CORPUS} for row in found]


def problems(tables: Path) -> list[dict[str, str]]:
    """The rows of problems.csv."""
    with (tables / "problems.csv").open(encoding="utf-8", newline="") as file, csv_fields.up_to():
        return list(csv.DictReader(file))


def wrong(ran: Ran, names: Sequence[str], undisturbed: Path) -> list[str]:
    """What is wrong with a run on the good documents and those cases."""
    if ran.code not in (DONE, DONE_WITH_PROBLEMS):
        return [f"exit code {ran.code}"]
    good = [Path(name).stem for name in GOOD]
    found = [f"{t} differ" for t in TABLES if rows(ran.tables, t, good) != rows(undisturbed, t, good)]
    told = {row["file"] for row in problems(ran.tables)}
    found += [f"{name} is not named" for name in names if name not in told and (name in FOLDERS or CASES[name].named)]
    return found + [f"{ran.megabytes:,.0f} MB"] * (ran.megabytes > MEGABYTES)


def main() -> int:
    """Run the cases; 1 where something is wrong."""
    every = [*CASES, *FOLDERS]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(every))
    names, bad = parser.parse_args().names, 0
    groups = [[name] for name in names or every] + ([] if names else [every])
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        put(folder / "good", [])
        undisturbed = run(folder / "good", folder / "undisturbed").tables
        for number, group in enumerate(groups):
            corpus = folder / f"corpus{number}"
            put(corpus, group)
            ran = run(corpus, folder / f"outputs{number}")
            faults = wrong(ran, group, undisturbed)
            bad += bool(faults)
            label = group[0] if len(group) == 1 else f"all {len(group)}"
            told = "; ".join(faults) or "harmless"
            print(f"{label:<18}{ran.seconds:6.1f} s {ran.megabytes:7,.0f} MB  exit {ran.code}  {told}", flush=True)
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
