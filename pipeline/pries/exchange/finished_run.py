"""What every export shares: a finished run read once, the line that says what made a file, and names that are safe.

Reads OUTPUTS/tables/*.csv, OUTPUTS/run.json and, for words and syntax, OUTPUTS/.work/tokens.parquet; writes nothing.
An export is a pure function from a Source to files: their paths below the export folder, and their text.

    « Ont été priés 0.1.0, settings 3f2a9c0d1e4b » ; "États Membres" -> EtatsMembres
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from pries.base.errors import InputError
from pries.store import files

READS = ("documents", "paragraphs", "sentences", "actors", "obligations", "actions")
PROJECT = "Ont été priés"
LONGEST_STEM = 120  # bytes of a file's name: file systems take 255, with what else stands in it
# What XML 1.0 forbids, and the control characters of C1, which no program shows.
ILLEGAL = re.compile("[^\t\n\r\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LIGATURES = str.maketrans({"œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae"})

Rows = list[Any]
Files = dict[str, str]


@dataclass(frozen=True)
class Source:
    """A finished run: its published tables, its tokens, its version and the hash of its settings."""

    tables: dict[str, pd.DataFrame]
    tokens: pd.DataFrame
    version: str
    settings: str
    work: Path = Path()  # of the run's intermediate files

    @property
    def made(self) -> str:
        """What made the export, in one line."""
        return f"{PROJECT} {self.version}, settings {self.settings}"

    def rows(self, table: str) -> Rows:
        """The rows of a published table, in reading order."""
        return list(self.tables[table].itertuples(index=False))

    @cached_property
    def blocks(self) -> dict[str, Rows]:
        """Paragraphs, headings and annex parts of each document, documents in the order of their table."""
        found: dict[str, Rows] = {doc_id: [] for doc_id in self.tables["documents"]["doc_id"]}
        for row in self.rows("paragraphs"):
            found.setdefault(row.doc_id, []).append(row)
        return found

    @cached_property
    def paragraphs(self) -> Rows:
        """Paragraphs of body and annexes, without the headings."""
        return [row for rows in self.blocks.values() for row in rows if row.kind != "heading"]

    @cached_property
    def sentences(self) -> dict[tuple[str, str], Rows]:
        """The sentences of each paragraph (document, paragraph)."""
        return grouped(self.rows("sentences"), lambda row: (row.doc_id, row.paragraph))

    @cached_property
    def words(self) -> dict[tuple[str, str], Rows]:
        """The tokens of each sentence (document, sentence_id)."""
        return grouped(self.tokens.itertuples(index=False), lambda row: (row.doc_id, row.sentence_id))

    def parsed(self, paragraph: Any) -> Iterator[tuple[Any, Rows]]:
        """The sentences of a paragraph that hold a token, each with its tokens."""
        for sentence in self.sentences.get((paragraph.doc_id, paragraph.paragraph), []):
            if words := self.words.get((sentence.doc_id, sentence.sentence_id), []):
                yield sentence, words


def grouped(rows: Iterable[Any], key: Callable[[Any], tuple[str, str]]) -> dict[tuple[str, str], Rows]:
    """Rows by key, each group in the order of the table."""
    found: dict[tuple[str, str], Rows] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return dict(found)


def read(tables: Path, work: Path, run: Path) -> Source:
    """Read a finished run. Raises InputError where a file is missing or the tokens are of another run."""
    paths = {name: tables / f"{name}.csv" for name in READS}
    tokens = work / "tokens.parquet"
    for path in (*paths.values(), run):
        if not path.is_file():
            raise InputError(str(path), "no such file", "run the pipeline first, or name another folder")
    try:
        ran = json.loads(run.read_text(encoding="utf-8"))
    except ValueError:
        raise InputError(str(run), "not JSON", "make it again") from None
    found = {name: files.read_csv(path, name) for name, path in paths.items()}
    words = files.read_parquet(tokens)
    if not set(words["sentence_id"]) <= set(found["sentences"]["sentence_id"]):
        raise InputError(str(tokens), "tokens of another run than the tables", "make both again")
    return Source(found, words, ran["version"], settings_hash(ran), work)


def settings_hash(ran: dict[str, Any]) -> str:
    """Twelve digits that change with a lexicon, a setting, or a package of the run."""
    named = {key: ran.get(key) for key in ("lexicons", "settings", "values", "packages")}
    canonical = json.dumps(named, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()[:12]


def legal(text: str) -> str:
    """`text` without the characters that XML 1.0 forbids and other controls: "a\\x00b" -> "ab"."""
    return ILLEGAL.sub("", text)


def flat(text: str) -> str:
    """`text` as one line: legal characters, white space of any kind and length one space."""
    return " ".join(legal(text).split())


def ascii_letters(value: str) -> str:
    """ASCII letters and digits of `value`, accents taken off: "V.A" -> VA, "société civile" -> societecivile."""
    plain = unicodedata.normalize("NFKD", value.translate(LIGATURES))
    return re.sub("[^A-Za-z0-9]", "", plain)


def file_stem(value: str) -> str:
    """A name that every file system takes: "A/68/370 bis" -> A_68_370_bis; a long one ends with its hash."""
    stem = re.sub(r"[^\w-]", "_", value)
    if len(stem.encode()) <= LONGEST_STEM:
        return stem
    short = stem.encode()[: LONGEST_STEM - 11].decode(errors="ignore")
    return f"{short}_{hashlib.sha256(value.encode()).hexdigest()[:10]}"


def codes(values: Iterable[str], fold: Callable[[str], str] = ascii_letters, empty: str = "none") -> dict[str, str]:
    """A code for each value, never the same for two, whatever the case: "V.I" -> VI, then "VI" -> VIx2.

    The first value in reading order keeps its plain code; an empty value is `empty`.
    """
    made: dict[str, str] = {"": empty}
    taken = {empty.lower()}
    last: dict[str, int] = defaultdict(lambda: 1)  # numbers given so far: of thousands alike none is tried twice
    for value in values:
        if value in made:
            continue
        plain = code = fold(value) or "x"
        while code.lower() in taken:
            last[plain.lower()] += 1
            code = f"{plain}x{last[plain.lower()]}"
        taken.add(code.lower())
        made[value] = code
    return made


def csv_text(rows: Iterable[dict[str, Any]], columns: Iterable[str]) -> str:
    """Rows as CSV: comma, quotes where needed, one line a row."""
    frame = pd.DataFrame(list(rows), columns=list(columns))
    return str(frame.to_csv(index=False, lineterminator="\n"))
