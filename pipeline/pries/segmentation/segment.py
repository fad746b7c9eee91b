"""Segment: from files to paragraphs with their sections, and to sentences.

Reads the manifest and the files that it names. Writes documents, what else is known of them (metadata), paragraphs,
sentences, footnotes, what was dropped (page furniture, with the rule) and problems (files that could not be read,
which stop nothing). Every line of a document that is not blank stands in a paragraph, heading or annex part, or is
dropped.

A paragraph's text is NFC with single plain spaces: non-breaking and thin spaces and non-breaking hyphens
become plain ones, so that every later stage and every lexicon can match words. `start` and `end` count its
characters. Headings have no sentences.

    "12. Les gouvernements ont été priés d’agir. Ils" / "le feront." -> paragraph 12, two sentences
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from pries.base import console
from pries.base.errors import InputError, printable
from pries.base.layers import Folder
from pries.base.places import LEXICONS, SETTINGS
from pries.reading import columns, corpus, formats, recommended
from pries.reading import documents as reading
from pries.reading.decoding import Oddity
from pries.reading.marks import Unreadable
from pries.reading.sandbox import Sandbox
from pries.schema import schema
from pries.segmentation import about, furniture, languages
from pries.segmentation.dates import dates
from pries.segmentation.document import Rules, Settings, segment_rows, segment_text

__all__ = ["Rules", "Settings", "run", "segment_rows", "segment_text"]

TABLES = ("documents", "metadata", "paragraphs", "sentences", "footnotes", "dropped", "problems")
ODD = "reading"  # the stage of a problem in a document that is read all the same
KNOWN = ("symbol", "title", "date")  # what the documents table says of a document; the rest is metadata
LANG = "lang"
APART = "apart"  # of a file whose rows are called by it too, because another has their names


def read_file(record: dict[str, str], folder: Path, rules: Rules) -> list[dict[str, Any]]:
    """What one file holds: for each document its `doc_id`, the `names` that it may have, without its file's and with
    it, the `line` where it stands, and its rows by table.

    A document of a table of texts that cannot be read has `problem` and `remedy` instead of rows. Raises Unreadable.
    """
    texts = reading.texts(folder, record["file"], rules.reading, record["sha256"])
    inferred = recommended.announce(record["file"], texts)
    documents = [_document(text, record, rules) for text in texts]
    first = next((document for document in documents if "rows" in document), None)
    if inferred and first:
        first["rows"]["problems"].append((record["file"], "", 1, ODD, inferred, recommended.REMEDY))
    return documents


def _document(text: formats.Text, record: dict[str, str], rules: Rules) -> dict[str, Any]:
    own = apart = record["doc_id"]
    if text.line and not text.problem[0]:  # a row of a table
        apart = f"{record['doc_id']}_{text.doc_id or text.line}"
        own = text.doc_id or apart
    doc_id = apart if record.get(APART) else own
    made = {"doc_id": doc_id, "names": [own, apart], "line": text.line}
    said = {name: " ".join(columns.said_of(text.metadata, name).split()) for name in (*KNOWN, LANG)}
    if not text.metadata.get("date") and not corpus.is_date(said["date"]):
        said["date"] = ""  # « annee » may hold 2043-2044
    problem, remedy = text.problem
    if not problem and not text.text.strip():
        problem, remedy = "empty document", "give the row a text, or delete it"
    if not problem and text.line and said["date"] and not record["date"] and not corpus.is_date(said["date"]):
        problem, remedy = f"date '{said['date']}' is none", "write it as 2013, 2013-07 or 2013-07-15"
    if problem:
        return made | {"problem": problem, "remedy": remedy}
    rows = segment_rows(text.text, doc_id, rules)
    known, odd = _about(rows, record, said, text, rules)
    more = json.loads(record["more"] or "{}") | {k: v for k, v in text.metadata.items() if k not in corpus.FIELDS}
    as_read = (record["file"], text.format, text.encoding, known[LANG], record["sha256"])
    rows["documents"] = [(doc_id, *(known[name] for name in KNOWN), *as_read)]
    rows["metadata"] = [(doc_id, name, value) for name, value in more.items() if value]
    rows["problems"] = [
        (record["file"], doc_id, line, ODD, printable(what), printable(todo))
        for line, what, todo in (*text.odd, *odd, *rows.pop("odd"))
    ]
    return made | {"rows": rows}


def _about(
    rows: dict[str, list[tuple]], record: dict[str, str], said: dict[str, str], read: formats.Text, rules: Rules
) -> tuple[dict[str, str], list[Oddity]]:
    """Symbol, title, date and language of a document, and what is odd about them.

    metadata.csv says them, else what the file says of itself, if it can be so, else the text; the title, at last, the
    program that made the file.
    """
    line = read.line
    lines = [about.Line(row[5], row[-3], row[-2], row[-1]) for row in rows["paragraphs"]]
    dropped = [furniture.Dropped(*row[1:]) for row in rows["dropped"]]
    text = {} if line else about.found(lines, dropped, rules.cover)  # a row of a table has no cover
    if not line and not rules.cover.is_title(said["title"]):
        said = said | {"title": ""}
    if not line and not corpus.is_date(said["date"]):
        written = dates(said["date"])
        said = said | {"date": written[-1][0] if written else ""}
    text["symbol"] = text.get("symbol") or about.symbol_of(said["title"])
    known = {name: record[name] or said[name] or text.get(name, "") for name in KNOWN}
    known["title"] = known["title"] or (read.called if rules.cover.is_title(read.called) else "")
    judged, foreign = languages.judged([(one.text, line or one.first) for one in lines if one.kind != "heading"])
    known[LANG] = record[LANG] or said[LANG][:3].strip("-_ ").lower() or judged
    whole = sum(one.kind != "heading" for one in lines)
    return known, [languages.told(one, whole) for one in foreign]


def _files(
    folder: Path, records: Sequence[dict[str, str]], work: Sandbox, came_from: dict[str, str]
) -> list[tuple[dict[str, str], list[dict[str, Any]]]]:
    """The documents of each file; a file that cannot be read is one with a problem.

    `came_from` gets the file of each doc_id that a document has or may get. A table of texts with a row that is called
    as another file's document is read again, all its rows called by their file too, so that both come whole.
    """
    answers = work.each((str(folder), record) for record in records)
    asked = console.progress(records, "segment", len(records))
    files = [(record, _told(one, record)) for record, one in zip(asked, answers, strict=True)]
    clashing = []
    for n, (record, documents) in enumerate(files):
        for name in (name for document in documents for name in document["names"]):
            came_from.setdefault(name, record["file"])
        if any(came_from[document["names"][0]] != record["file"] for document in documents if "rows" in document):
            clashing.append(n)
    again = work.each((str(folder), files[n][0] | {APART: "yes"}) for n in clashing)
    for n, one in zip(clashing, again, strict=True):
        files[n] = files[n][0], _told(one, files[n][0])
    return files


def _told(documents: list[dict[str, Any]] | Unreadable, record: dict[str, str]) -> list[dict[str, Any]]:
    """What comes of a file: its documents, or why there are none."""
    if not isinstance(documents, Unreadable):
        return documents
    named = {"doc_id": record["doc_id"], "names": [record["doc_id"]], "line": 0}
    return [named | {"problem": documents.problem, "remedy": documents.remedy}]


def prepare(lexicons: Folder, settings: Folder) -> Sandbox:
    """A process that reads documents as the lexicons and settings say; it starts with the first one."""
    rules = Rules.read(lexicons, settings)
    return Sandbox(partial(_asked, rules=rules), rules.reading.max_seconds, rules.reading.memory_megabytes)


def _asked(question: tuple[str, dict[str, str]], rules: Rules) -> list[dict[str, Any]]:
    folder, record = question
    return read_file(record, Path(folder), rules)


def run(
    folder: Path, manifest: pd.DataFrame, *, lexicons: Folder = LEXICONS, settings: Folder = SETTINGS
) -> dict[str, pd.DataFrame]:
    """The tables for the documents of a manifest, whose files stand below `folder`.

    Raises InputError if no document can be read.
    """
    records = manifest.to_dict("records")
    with prepare(lexicons, settings) as work:
        made, _ = read_shard(folder, records, work, {})
    if made["documents"].empty:
        raise nothing_read(folder)
    return made


def nothing_read(folder: Path) -> InputError:
    """What is said of a corpus of which nothing can be read."""
    return InputError(str(folder), "no readable document in this folder", "put at least one report into it")


def read_shard(
    folder: Path,
    records: Sequence[dict[str, str]],
    work: Sandbox,
    taken: Mapping[str, str],
    left_out: Mapping[str, Mapping[str, str]] | None = None,
) -> tuple[dict[str, pd.DataFrame], list[tuple[str, str]]]:
    """The tables of some documents of a corpus, and what they are or may be called: (doc_id, file).

    `taken` are doc_ids that files outside have: rows of a table of texts are called by their file too, then. `left_out`
    are documents that cost a stage more than they may, each with its problem and remedy: a document or, by its doc_id,
    a whole file.
    """
    rows: dict[str, list[Sequence[Any]]] = {table: [] for table in TABLES}
    came_from = {record["doc_id"]: record["file"] for record in records} | dict(taken)
    known = set[str]()
    claims = dict[tuple[str, str], None]()
    files = _files(folder, records, work, came_from)
    for record, document in [(record, one) for record, documents in files for one in documents]:
        file, doc_id = record["file"], document["doc_id"]
        claims |= dict.fromkeys((name, file) for name in document["names"])
        problem, remedy = document.get("problem", ""), document.get("remedy", "")
        if came_from[doc_id] != file or doc_id in known:
            problem, remedy = f"doc_id '{doc_id}' is also that of {came_from[doc_id]}", "give each its own"
        elif left_out and (why := left_out.get(doc_id) or left_out.get(record["doc_id"])):
            problem, remedy = why["problem"], why["remedy"]
        if problem:
            told = printable(problem), printable(remedy)
            rows["problems"].append((file, doc_id, document["line"], "segment", *told))
            continue
        known.add(doc_id)
        for table, found in document["rows"].items():
            rows[table] += found
    return {table: schema.from_rows(found, table, "segment") for table, found in rows.items()}, list(claims)
