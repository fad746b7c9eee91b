"""Corpora for textometry: IRaMuTeQ (and ALCESTE), and CSV for R (quanteda, rainette).

Reads paragraphs, sentences, obligations; writes iramuteq.txt (a text a paragraph), iramuteq_requests.txt (a text a
request: its sentence), iramuteq_variables.csv (what each code stands for), quanteda_sentences.csv,
quanteda_requests.csv.

IRaMuTeQ's rule (its manual, « Format des données en entrée »): a text begins with a line of four stars and starred
variables `*name_value`, separated by a space; `-*` at the beginning of a line is a theme, and a word between two `_`
a variable. So codes are ASCII letters and digits (one `_`, after the name), the same for no two values whatever the
case; `none` is an empty cell; a cell with several values gives its first. In the body, one line a text, `*` becomes
`∗` (U+2217) and `_` a space. The format has no comments: README.txt says what made the files. A text without a letter
is left out.

    **** *doc_A68370 *section_II *modality_urge *addressee_gouvernements *theme_humanrights
    Ils ont aussi prié les gouvernements de ratifier et de mettre en œuvre les principaux instruments …
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from pries.exchange.finished_run import Files, Rows, Source, codes, csv_text, flat
from pries.store.cells import several

Values = dict[str, Callable[[Any], str]]

OF_PARAGRAPHS: Values = {"doc": lambda r: r.doc_id, "section": lambda r: r.section, "kind": lambda r: r.kind}
OF_REQUESTS: Values = {
    "doc": lambda r: r.doc_id,
    "section": lambda r: r.section,
    "modality": lambda r: r.modality,
    "addressee": lambda r: first(r.addressee_actor),
    "theme": lambda r: first(r.theme),
}
SENTENCE_COLUMNS = (
    "doc_id", "text", "document", "section", "section_title", "section_role", "kind", "paragraph", "item", "sentence",
    "requests", "modalities",
)  # fmt: skip
# docvar -> column of the obligations table
REQUEST_DOCVARS = {
    "document": "doc_id", "section": "section", "paragraph": "paragraph", "sentence_id": "sentence_id",
    "trigger": "trigger", "trigger_lemma": "trigger_lemma", "modality": "modality",
    "construction": "construction", "tense": "tense", "polarity": "polarity", "issuer": "issuer_actor",
    "issuer_type": "issuer_type", "issuer_inferred": "issuer_inferred", "addressee": "addressee_actor",
    "addressee_type": "addressee_type", "actions": "actions", "action_text": "action_text", "theme": "theme",
    "cluster": "cluster", "family": "family", "restates": "restates", "checked": "checked", "citation": "citation",
}  # fmt: skip


def first(cell: str) -> str:
    """The first value of a cell: "gouvernements; société civile" -> gouvernements."""
    return next(iter(several(cell)), "")


def body(text: str) -> str:
    """A text in one line that IRaMuTeQ reads as words only: "**** *x" -> "∗∗∗∗ ∗x"."""
    return " ".join(flat(text).replace("*", "∗").replace("_", " ").split())


def has_words(text: str) -> bool:
    """Whether there is anything to count."""
    return any(c.isalpha() for c in text)


def variables(source: Source) -> dict[str, dict[str, str]]:
    """The code of each value of each starred variable, the same in both files."""
    found: dict[str, list[str]] = {name: [] for name in (*OF_PARAGRAPHS, *OF_REQUESTS)}
    for rows, values in ((source.paragraphs, OF_PARAGRAPHS), (source.rows("obligations"), OF_REQUESTS)):
        for row in rows:
            for name, value in values.items():
                found[name].append(value(row))
    coded = {name: codes(values) for name, values in found.items()}
    return {name: {value: coded[name][value] for value in dict.fromkeys(values)} for name, values in found.items()}


def starred(rows: Rows, column: str, values: Values, coded: dict[str, dict[str, str]]) -> str:
    """One text a row, after its starred line."""
    texts = []
    for row in rows:
        if has_words(text := body(getattr(row, column))):
            stars = " ".join(f"*{name}_{coded[name][value(row)]}" for name, value in values.items())
            texts.append(f"**** {stars}\n{text}\n")
    return "\n".join(texts)


def iramuteq(source: Source) -> Files:
    """Both corpora, and the table of codes."""
    coded = variables(source)
    table = [
        {"variable": name, "code": code, "value": flat(value)}
        for name, values in coded.items()
        for value, code in values.items()
    ]
    return {
        "iramuteq.txt": starred(source.paragraphs, "text", OF_PARAGRAPHS, coded),
        "iramuteq_requests.txt": starred(source.rows("obligations"), "sentence_text", OF_REQUESTS, coded),
        "iramuteq_variables.csv": csv_text(table, ("variable", "code", "value")),
    }


def quanteda(source: Source) -> Files:
    """Sentences and requests with their docvars; every cell is one line, `doc_id` is unique."""
    kinds = {(row.doc_id, row.paragraph): row for row in source.paragraphs}
    asked = source.rows("obligations")
    count = Counter((row.doc_id, row.sentence_id) for row in asked)
    modalities: dict[tuple[str, str], dict[str, None]] = {}
    for row in asked:
        modalities.setdefault((row.doc_id, row.sentence_id), {})[row.modality] = None
    sentences = []
    for row in source.rows("sentences"):
        block, key = kinds.get((row.doc_id, row.paragraph)), (row.doc_id, row.sentence_id)
        cells = (
            row.sentence_id, flat(row.text), row.doc_id, row.section, block.section_title if block else "",
            block.section_role if block else "", block.kind if block else "", row.paragraph, row.item, row.sentence,
            count[key], "; ".join(modalities.get(key, ())),
        )  # fmt: skip
        sentences.append(dict(zip(SENTENCE_COLUMNS, map(cell, cells), strict=True)))
    requests = [
        {
            "doc_id": row.obligation_id,
            "text": flat(row.sentence_text),
            **{name: cell(getattr(row, column)) for name, column in REQUEST_DOCVARS.items()},
        }
        for row in asked
    ]
    return {
        "quanteda_sentences.csv": csv_text(sentences, SENTENCE_COLUMNS),
        "quanteda_requests.csv": csv_text(requests, ("doc_id", "text", *REQUEST_DOCVARS)),
    }


def cell(value: Any) -> Any:
    """A cell on one line; a number stays one."""
    return flat(value) if isinstance(value, str) else value
