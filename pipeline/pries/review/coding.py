"""Coding in the terminal: the sentences that were drawn, one after the other, each to be coded whole.

Reads the published sample and obligations; writes corrections.csv and sample.csv at once, so that a stop loses nothing.
Each request is decided on as in the review; then a adds one that is missing, o says that the sentence is coded whole.

    1/150  A_68_370, 12   « Les gouvernements ont été priés de ratifier … »
    o codée en entier, a ajouter une demande, p passer, q quitter > o
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pries.base import console
from pries.base.errors import InputError, printable
from pries.review import sample
from pries.review.dialogue import Row, ask, decided, shown, write
from pries.review.fields import VALUES
from pries.schema.ids import content_id

PROMPT = "o codée en entier, a ajouter une demande, p passer, q quitter > "
ADDED = ("trigger", "modality", "polarity", "issuer", "addressee", "actions")


def added(sentence: Mapping[str, str], coder: str, answer: Callable[[str], str]) -> list[Row]:
    """The lines of a request that the program has missed; none where its trigger is left empty."""
    given = {"doc_id": sentence["doc_id"], "sentence_text": sentence["text"]}
    for name in ADDED:
        choice = f" ({', '.join(VALUES[name])})" if name in VALUES else ""
        value = answer(f"{name}{choice} > ").strip()
        while value not in VALUES.get(name, (value,)) and not (name == "polarity" and not value):
            value = answer(f"{name}{choice} > ").strip()
        if name == "trigger" and not value:
            return []
        given[name] = value
    about = {
        "obligation_id": content_id("new", sentence["sentence_id"], given["trigger"]), "action": "add", "coder": coder,
        "date": datetime.date.today().isoformat(), "doc_id": sentence["doc_id"], "paragraph": sentence["paragraph"],
    }  # fmt: skip
    return [about | {"field": name, "new": value} for name, value in given.items() if value]


def code(
    drawn: Sequence[Mapping[str, str]], requests: Sequence[Row], corpus: tuple[Path, Path], coder: str,
    answer: Callable[[str], str],
) -> int:  # fmt: skip
    """Go through what is not coded yet; `corpus`: corrections.csv and sample.csv. How many sentences were coded."""
    corrections, file = corpus
    asked: dict[str, list[Row]] = defaultdict(list)
    for row in requests:
        asked[row["sentence_id"]].append(row)
    left = [row for row in drawn if row["sentence_id"] not in sample.coded_in(file.parent)]
    done = 0
    try:
        for n, sentence in enumerate(left, start=1):
            print(
                printable(f"\n{n}/{len(left)}  {sentence['doc_id']}, {sentence['paragraph']}   « {sentence['text']} »")
            )
            for row in asked[sentence["sentence_id"]]:
                print(shown(row), flush=True)
                write(corrections, [*decided(corrections), *ask(row, coder, answer)])
            done += whole(sentence, corrections, file, coder, answer)
    except (EOFError, KeyboardInterrupt):
        print()
    console.say("review", f"{done} sentences coded whole in {file}, {len(left) - done} left")
    return done


def whole(
    sentence: Mapping[str, str], corrections: Path, file: Path, coder: str, answer: Callable[[str], str]
) -> bool:  # fmt: skip
    """Ask whether the sentence is coded whole, once for each request that is added. Raises EOFError at the end."""
    while True:
        key = answer(PROMPT).strip().lower()
        if key == "q":
            raise EOFError
        if key == "p":
            return False
        if key == "a":
            write(corrections, [*decided(corrections), *added(sentence, coder, answer)])
        if key == "o":
            mark(file, sentence["sentence_id"], coder)
            return True


def mark(file: Path, sentence_id: str, coder: str) -> None:
    """Say in sample.csv that a sentence is coded whole. Raises InputError where the file is broken by now."""
    drawn, wrong = sample.read(file.read_bytes())
    for line, what, _ in wrong:
        raise InputError(str(file), what, "correct the line before you go on", line)
    now = {"coded": "yes", "coder": coder, "date": datetime.date.today().isoformat()}
    sample.write(file, [{**row.cells, **(now if row.sentence_id == sentence_id else {})} for row in drawn])
