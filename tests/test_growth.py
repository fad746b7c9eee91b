"""Growth: how often the lines of each function run grows as a text does, for texts that say the same over and over.

Counted, not timed, function by function, so that a loop inside a loop shows with a hundred repetitions; limits that
bound searches in a sentence are lowered with them. What libraries do is not seen: `make growth` times longer texts.
"""

from __future__ import annotations

import contextlib
import csv
import io
import math
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import growing
import pandas as pd
import pytest
from pries.base.places import HERE, LEXICONS, SETTINGS
from pries.content import request_words
from pries.exchange import export, finished_run
from pries.grammar import sentence
from pries.reading import corpus, formats
from pries.reading.marks import Unreadable
from pries.reading.sandbox import Sandbox
from pries.review import corrections
from pries.running import reducer
from pries.running.shards import Folders
from pries.schema import schema
from pries.segmentation import segment
from pries.stages import CORPUS, DOCUMENT, STAGES
from pries.store import files

REPEATED, MOST, LEAST = 100, 1.3, 2_000  # times, of the shorter text; the exponent; lines that are judged
PATTERNS = {
    "requests": "Les États devraient ratifier la Convention. ",
    "one sentence": "les États devraient agir, ",
    "pronouns": "Ils les ont priés de le faire, et ils le feront. ",
    "coordinated": "les gouvernements et ",
    "infinitives": "de ratifier et ",
    "themes": "accès à la justice, ",
    "list": "\na) De ratifier la Convention ;",
    "headings": "\n\nI. Introduction\n\nIls agiront.",
    "notes": "\n\nIls agiront.1\n\n1 Voir le par. 2.",
    "brackets": "(",
    "named": "M. Diallo (Mali) dit que l’Union doit agir. ",
    "pages": "\fPage 1\n\nIls agiront.\n\nA/68/370\n",
}


class Lines:
    """Counts the lines of our own code that run, by function, as long as the block does."""

    def __init__(self) -> None:
        self.run: Counter[CodeType] = Counter()
        self.ours = str(HERE)

    def __enter__(self) -> Lines:
        self.before = sys.gettrace()
        sys.settrace(self.called)
        return self

    def __exit__(self, *_: object) -> None:
        sys.settrace(self.before)

    def called(self, frame: FrameType, event: str, _: Any) -> Any:
        return self.line if frame.f_code.co_filename.startswith(self.ours) else None

    def line(self, frame: FrameType, event: str, _: Any) -> Any:
        if event == "line":
            self.run[frame.f_code] += 1
        return self.line


def in_this_process(sandbox: Sandbox, arguments: Iterable[Any]) -> Iterator[Any]:
    return map(sandbox.work, arguments)


def lines_of(text: str, place: Path, settings: Path) -> Counter[CodeType]:
    """How often the lines of each function run for a folder of this text, from reading to exports."""
    folders = Folders(place / "corpus", place / "outputs", LEXICONS, settings)
    folders.corpus.mkdir(parents=True)
    (folders.corpus / "essai.txt").write_text(text, encoding="utf-8")
    manifest = pd.DataFrame(corpus.manifest(folders.corpus), columns=list(corpus.COLUMNS))
    known: dict[str, Path] = {"lexicons": folders.lexicons, "settings": folders.settings}
    ready = {stage.name: stage.load().prepare(*known.values()) for stage in STAGES if stage.per == DOCUMENT}
    with Lines() as lines:
        made = segment.run(folders.corpus, manifest, **known)
        for stage in [stage for stage in STAGES if stage.per == DOCUMENT][1:]:
            found = stage.load().run(**{t: made[t] for t in stage.reads}, **known, prepared=ready[stage.name])
            shorts = {t: t.rpartition("/")[2] for t in stage.writes}
            made |= {t: schema.conform(found[short], short, stage.name) for t, short in shorts.items()}
        shared: dict[str, Any] = {}
        for stage in STAGES:
            if stage.per == CORPUS:
                reducer.run(stage, folders, made, shared)
        tables = {name: files.read_csv(folders.outputs / "tables" / f"{name}.csv", name) for name in finished_run.READS}
        export.export(finished_run.Source(tables, made["tokens"], "0", "0"), list(export.EXPORTS))
    return lines.run


@pytest.mark.parametrize("pattern", PATTERNS)
def test_what_a_function_does_grows_as_the_text_does(
    pattern: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Sandbox, "each", in_this_process)
    monkeypatch.setattr(sentence, "LONGEST", 60)
    monkeypatch.setattr(request_words, "CONTEXT", 60)
    settings = tmp_path / "settings"
    settings.mkdir()
    for path in SETTINGS.iterdir():
        written = path.read_text(encoding="utf-8").replace("sentence_characters = 5000", "sentence_characters = 500")
        (settings / path.name).write_text(written, encoding="utf-8")
    once, twice = (lines_of(PATTERNS[pattern] * (REPEATED * n), tmp_path / str(n), settings) for n in (1, 2))
    assert grown(once, twice) == {}


def grown(once: Counter[CodeType], twice: Counter[CodeType]) -> dict[str, str]:
    """The functions whose lines ran more often than is allowed as the text became twice as long."""
    return {
        f"{Path(code.co_filename).stem}.{code.co_qualname}": f"n^{math.log2(number / once[code]):.2f}"
        if once[code]
        else "new"
        for code, number in twice.items()
        if number >= LEAST and number > once[code] * 2**MOST
    }


@pytest.mark.parametrize("reader", growing.READERS)
def test_what_a_reader_does_grows_as_the_document_does(reader: str) -> None:
    """What its libraries do is not seen: `make growth` times longer documents."""
    limits, found = formats.Limits(), {}
    for name in growing.READERS[reader]:
        counted = []
        for number in (REPEATED, 2 * REPEATED):
            given = growing.data(f"{reader}: {name}", number)
            with Lines() as run, contextlib.suppress(Unreadable):
                formats.texts(given, limits)
            counted.append(run.run)
        found |= {f"{name}: {function}": grows for function, grows in grown(*counted).items()}
    assert found == {}


def lines_of_corrections(requests: int) -> Counter[CodeType]:
    """How often lines run for so many requests, each with a decision of every kind, half of them on what has gone."""
    said = [f"Les États {n} devraient agir." for n in range(requests)]
    known: dict[str, Any] = {"doc_id": "essai", "issuer": "", "tense": "present", "actions": ""}
    paragraphs = [{**known, "paragraph": str(n), "text": text} for n, text in enumerate(said)]
    sentences = [
        {**row, "sentence_id": f"s{n}", "start": 0, "end": len(row["text"])} for n, row in enumerate(paragraphs)
    ]
    found = [
        {**row, "obligation_id": f"o{n}", "addressee_actor": f"États {n}", "trigger_start": 0, "trigger_end": 3}
        for n, row in enumerate(sentences)
    ]
    lines = [
        line
        for n, text in enumerate(said)
        for line in (
            ("", "edit", "actor_label", f"États {n}", f"pays {n}"),
            (f"o{n}", "edit", "addressee", "", f"États {n}"),
            (f"o{n}", "edit", "tense", "present", "future"),
            (f"o{n}", "edit", "actions", "", "agir"),
            *((f"a{n}", "add", *given) for given in (("doc_id", "", "essai"), ("sentence_text", "", text))),
            *((f"a{n}", "add", *given) for given in (("trigger", "", "devraient"), ("modality", "", "should"))),
            (f"o{n}", "reject", "", "", ""),
            (f"o{n}", "confirm", "", "", ""),
        )
    ]
    out = io.StringIO()
    csv.writer(out).writerows([(*corrections.COLUMNS[:5], *corrections.PLACE), *((*c, "essai", "7a") for c in lines)])
    tables = {
        name: pd.DataFrame(rows).reindex(columns=[c.name for c in schema.TABLES[name].filled_by(stage)], fill_value="")
        for name, stage, rows in (
            ("paragraphs", "segment", paragraphs), ("sentences", "segment", sentences), ("actors", "actors", []),
            ("obligations", "obligations", found), ("actions", "obligations", []),
        )
    }  # fmt: skip
    with Lines() as run:
        corrections.run(**tables, corrections=out.getvalue().encode())
    return run.run


def test_what_decisions_cost_grows_as_their_number_does() -> None:
    assert grown(lines_of_corrections(REPEATED), lines_of_corrections(2 * REPEATED)) == {}
