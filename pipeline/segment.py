"""Segment: from files to paragraphs with their sections, and to sentences.

Reads the manifest and the files that it names. Writes documents, paragraphs, sentences, footnotes, what was dropped
(page furniture, with the rule) and problems (files that could not be read, which stop nothing). Every line of
a document that is not blank stands in a paragraph, heading or annex part, or is dropped.

A paragraph's text is NFC with single plain spaces: non-breaking and thin spaces and non-breaking hyphens
become plain ones, so that every later stage and every lexicon can match words. `start` and `end` count its
characters. Headings have no sentences.

    "12. Les gouvernements ont été priés d’agir. Ils" / "le feront." -> paragraph 12, two sentences
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import pandas as pd

from pipeline import corpus, extracted, files, footnotes, furniture, joining, layout, schema, settings, stage, titles
from pipeline.errors import InputError
from pipeline.ids import content_id
from pipeline.sections import Place, Roles
from pipeline.sentences import Cues, spans

WRITES = ("documents", "paragraphs", "sentences", "footnotes", "dropped", "problems")
FORMAT = "txt"


@dataclass(frozen=True)
class Settings:
    """Reading limits, in characters."""

    FILE: ClassVar[str] = "segment.toml"
    max_characters: int = field(default=20_000_000, metadata={"low": 1})
    title_characters: int = field(default=200, metadata={"low": 10, "high": 1000})
    bracket_characters: int = field(default=300, metadata={"low": 0, "high": 10_000})


@dataclass(frozen=True)
class Rules:
    """What the stage knows: its limits, the abbreviations, and which title plays which part."""

    limits: Settings
    cues: Cues
    roles: Roles

    @classmethod
    def read(cls, lexicons: Path, folder: Path) -> Rules:
        """The rules of the two folders; raises InputError for a broken row or setting."""
        limits = settings.read(folder, Settings)
        roles = Roles.read(lexicons, limits.title_characters)
        return cls(limits, Cues.read(lexicons, limits.bracket_characters), roles)


@dataclass(frozen=True)
class Segmented:
    """One document's tables, columns as in the schema."""

    paragraphs: pd.DataFrame
    sentences: pd.DataFrame
    footnotes: pd.DataFrame
    dropped: pd.DataFrame


def segment_text(
    text: str, doc_id: str, *, lexicons: Path = stage.LEXICONS, settings: Path = stage.SETTINGS
) -> Segmented:
    """Paragraphs, sentences, footnotes and dropped lines of one document.

    >>> segment_text("12. Les États ont été priés d’agir. Ils le feront.", "A_68_370").sentences.text.tolist()
    ['Les États ont été priés d’agir.', 'Ils le feront.']
    """
    rows = segment_rows(text, doc_id, Rules.read(lexicons, settings))
    return Segmented(**{table: _frame(table, found) for table, found in rows.items()})


def segment_rows(text: str, doc_id: str, rules: Rules) -> dict[str, list[tuple]]:
    """The rows of paragraphs, sentences, footnotes and dropped of one document, columns in the schema's order."""
    lines, dropped = furniture.separate(text)
    notes = footnotes.collected(dropped)
    lines = footnotes.with_calls(lines, notes)
    words = joining.vocabulary(lines)
    paragraphs: list[tuple] = []
    sentences: list[tuple] = []
    called: list[footnotes.Called] = []
    seen: Counter[str] = Counter()
    place = Place(rules.roles)
    limits = titles.Limits(rules.limits.title_characters, rules.cues.link, rules.roles.annex)
    for unit in joining.units(layout.blocks(lines, limits)):
        whole, parts, calls = _without_calls(*joining.text_of(unit, words))
        kind, name = place.enter(unit[0], whole)
        numbers = [line.number for block in unit for line in block.lines]
        called += [footnotes.Called(mark, name, min(numbers), at) for at, mark in calls]
        section = (place.section, place.title, place.role, kind)
        paragraphs.append((doc_id, name, *section, whole, min(numbers), max(numbers)))
        if kind == "heading":
            continue
        for rank, span in enumerate(spans(whole, parts, rules.cues), start=1):
            sentence = whole[span.start : span.end]
            seen[sentence] += 1
            key = content_id("s", doc_id, sentence, seen[sentence])
            where = (place.section, name, span.item, rank, span.start, span.end)
            sentences.append((doc_id, key, *where, sentence))
    left = [(doc_id, line.number, line.text, line.rule) for line in dropped]
    tied = footnotes.tied(doc_id, notes, called)
    return {"paragraphs": paragraphs, "sentences": sentences, "footnotes": tied, "dropped": left}


def _without_calls(
    whole: str, parts: list[tuple[int, str]]
) -> tuple[str, list[tuple[int, str]], list[tuple[int, str]]]:
    """A paragraph's text without the calls of notes, where its items begin then, and where the calls stood."""
    if extracted.CALL not in whole:
        return whole, parts, []
    moved = [(len(extracted.uncalled(whole[:at])[0]), item) for at, item in parts]
    text, calls = extracted.uncalled(whole)
    return text, moved, calls


def run(
    folder: Path, manifest: pd.DataFrame, *, lexicons: Path = stage.LEXICONS, settings: Path = stage.SETTINGS
) -> dict[str, pd.DataFrame]:
    """The five tables for the documents of a manifest, whose files stand below `folder`.

    Raises InputError if no document can be read.
    """
    rules = Rules.read(lexicons, settings)
    rows: dict[str, list[tuple]] = {table: [] for table in WRITES}
    for record in stage.progress(manifest.to_dict("records"), "segment", len(manifest)):
        try:
            text, encoding = corpus.read_text((folder / record["file"]).read_bytes())
            if len(text) > rules.limits.max_characters:
                raise ValueError(f"longer than {rules.limits.max_characters:,} characters")
        except (OSError, ValueError) as error:
            problem = error.strerror or str(error) if isinstance(error, OSError) else str(error)
            rows["problems"].append((record["file"], record["doc_id"], 0, "segment", problem, _remedy(problem)))
            continue
        for table, found in segment_rows(text, record["doc_id"], rules).items():
            rows[table] += found
        known = (record[c] for c in ("doc_id", "symbol", "title", "date", "file"))
        rows["documents"].append((*known, FORMAT, encoding, record["sha256"]))
    if not rows["documents"]:
        raise InputError(str(folder), "no readable document in this folder", "put at least one text report into it")
    return {table: _frame(table, found) for table, found in rows.items()}


def _remedy(problem: str) -> str:
    if problem.startswith("longer"):
        return "split the file, or raise max_characters in segment.toml"
    return "save the report as plain text (UTF-8), or take the file out of the folder"


def _frame(table: str, rows: list[tuple]) -> pd.DataFrame:
    names = [column.name for column in schema.TABLES[table].filled_by("segment")]
    return schema.conform(pd.DataFrame(rows, columns=names), table, "segment")


def read_manifest(path: Path) -> pd.DataFrame:
    """The manifest as `corpus` writes it; raises InputError for a missing file or a wrong header."""
    try:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    except FileNotFoundError:
        raise InputError(str(path), "no such manifest", "make it with python -m pipeline.corpus") from None
    if tuple(frame.columns) != corpus.COLUMNS:
        raise InputError(str(path), "not a manifest", f"its header is {','.join(corpus.COLUMNS)}", 1)
    return frame


def segment(
    folder: Path, manifest: Sequence[dict[str, str]], lexicons: Path, settings: Path
) -> dict[str, pd.DataFrame]:
    """The five tables, checked, and one line of report."""
    begun = time.perf_counter()
    made = run(folder, pd.DataFrame(manifest, columns=list(corpus.COLUMNS)), lexicons=lexicons, settings=settings)
    made = {table: schema.conform(made[table], table, "segment") for table in WRITES}
    stage.say("segment", stage.counts(made), time.perf_counter() - begun)
    return made


def main(argv: Sequence[str] | None = None) -> int:
    """Run the stage from files to files."""
    parser = argparse.ArgumentParser(
        prog="python -m pipeline.segment",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--corpus", type=Path, required=True, metavar="DIR", help="in: the folder of reports")
    parser.add_argument("--manifest", type=Path, required=True, metavar="FILE", help="in: manifest.csv")
    for table in WRITES:
        parser.add_argument(f"--{table}", type=Path, required=True, metavar="FILE", help=f"out: {table}.parquet")
    parser.add_argument("--lexicons", type=Path, default=stage.LEXICONS, metavar="DIR")
    parser.add_argument("--settings", type=Path, default=stage.SETTINGS, metavar="DIR")
    options = vars(parser.parse_args(argv))
    with stage.one_line() as guard:
        manifest = read_manifest(options["manifest"]).to_dict("records")
        made = segment(options["corpus"], manifest, options["lexicons"], options["settings"])
        for table in WRITES:
            files.write_parquet(made[table], options[table], table, "segment")
    return guard.code


if __name__ == "__main__":
    sys.exit(main())
