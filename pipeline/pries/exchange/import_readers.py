"""Readers of what doccano and INCEpTION give back: the marks of each paragraph.

Reads doccano's JSONL (`text` with `label` or `labels`, or `entities`) or WebAnno TSV 3 with the layer of our export;
finds the place of each text among the paragraphs of the run.

    {"text": "Les États ont été priés d’agir.", "label": [[18, 23, "request"]]} -> trigger, 18 to 23, request
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pries.exchange.export_annotation import LAYER, NONE, NULL, Span, one_for_one
from pries.exchange.finished_run import Source, file_stem
from pries.schema import schema

LABELS = ("trigger", "action", "issuer", "addressee")
WEBANNO = "#FORMAT=WebAnno TSV 3"
Place = tuple[str, str]  # document, paragraph


@dataclass
class Coded:
    """What a file gives: its marks by paragraph, all paragraphs that it shows, and what could not be placed."""

    marks: dict[Place, list[Span]]
    lost: list[str]


def read_doccano(text: str, source: Source) -> Coded:
    """The marks of a doccano export; a line whose text is no paragraph of the run is told."""
    coded = Coded({}, [])
    texts = {(row.doc_id, row.paragraph): one_for_one(row.text) for row in source.paragraphs}
    places: dict[str, list[Place]] = defaultdict(list)
    for known, shown in texts.items():
        places[shown].append(known)
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            shown = one_for_one(str(record["text"]))
            marks = [_doccano_span(given) for given in record.get("entities") or _labels(record)]
        except (ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError):
            coded.lost.append(f"line {number}: not doccano's JSONL")
            continue
        named = (str(record.get("document", "")), str(record.get("paragraph", "")))
        alike = places.get(shown, [])  # a text that comes twice, without its place: the first not yet told of
        place: Place | None = next((p for p in alike if p not in coded.marks), next(iter(alike), None))
        place = named if texts.get(named) == shown else place
        if place is None:
            coded.lost.append(f"line {number}: its text is no paragraph of the run")
            continue
        unknown = sorted({m.label for m in marks} - {*LABELS})
        coded.lost += [f"line {number}: label '{label}' is unknown" for label in unknown]
        coded.marks[place] = [m for m in marks if m.label in LABELS and 0 <= m.start < m.end <= len(shown)]
    return coded


def _labels(record: dict[str, Any]) -> list[Any]:
    return record.get("label") or record.get("labels") or []


def _doccano_span(given: Any) -> Span:
    """A span as doccano writes it: [start, end, label], or an entity with offsets; a modality is a trigger's label."""
    if isinstance(given, dict):
        given = (given["start_offset"], given["end_offset"], given["label"])
    start, end, label = int(given[0]), int(given[1]), str(given[2])
    is_trigger = label in schema.MODALITIES
    return Span(start, end, "trigger" if is_trigger else label, "", label if is_trigger else "")


def read_webanno(text: str, source: Source, name: str = "") -> Coded:
    """The marks of a WebAnno TSV export, whose sentences are looked for in the paragraphs of the run.

    Of documents that hold as many of them, it is the one whose file was exported under this name.
    """
    coded = Coded({}, [])
    head, _, body = text.partition("\n\n")
    columns = _columns(head)
    if not columns:
        coded.lost.append(f"no layer {LAYER} in its header")
        return coded
    blocks = [block.split("\n") for block in body.strip("\n").split("\n\n")]
    shown = [_unescaped(block[0].removeprefix("#Text=")) for block in blocks]
    for block, words, place in zip(blocks, shown, _located(shown, source, name), strict=True):
        if place is None:
            coded.lost.append(f"« {words[:60]} » is no sentence of the run")
            continue
        doc_id, paragraph, offset = place
        units = words.encode("utf-16-le")
        found = coded.marks.setdefault((doc_id, paragraph), [])
        for start, end, values in _merged(block[1:], columns):
            low, high = (offset + len(units[: 2 * at].decode("utf-16-le")) for at in (start, end))
            label, obligation, modality = (values.get(name, "") for name in ("role", "obligation", "modality"))
            if label in LABELS:
                found.append(Span(low, high, label, obligation, modality))
            else:
                coded.lost.append(f"« {words[:60]} »: role '{label}' is unknown")
    return coded


def _columns(head: str) -> dict[str, int]:
    """Where the features of our layer stand among the columns of a token: {"role": 3, …}."""
    found: dict[str, int] = {}
    at = 3
    for line in head.split("\n"):
        kind, _, declared = line.partition("=")
        if not kind.startswith("#T_"):
            continue
        name, *features = declared.split("|")
        for feature in features:
            if name == LAYER:
                found[feature] = at
            at += 1
    return found if "role" in found else {}


def _located(shown: Sequence[str], source: Source, name: str) -> Iterator[tuple[str, str, int] | None]:
    """The place of each sentence, in their order: document, paragraph, offset in its text."""
    held: dict[str, int] = defaultdict(int)
    texts = {(row.doc_id, row.paragraph): one_for_one(row.text) for row in source.paragraphs}
    wanted = set(shown)
    for row in source.rows("sentences"):
        held[row.doc_id] += one_for_one(row.text) in wanted
    doc_id = max(held, key=lambda d: (held[d], file_stem(d) == name), default="")
    places = [place for place in texts if place[0] == doc_id]
    rank = at = 0
    for sentence in shown:
        found = None
        for i in range(rank, len(places)):
            offset = texts[places[i]].find(sentence, at if i == rank else 0)
            if offset >= 0:
                found, rank, at = (*places[i], offset), i, offset + len(sentence)
                break
        yield found


def _merged(lines: Iterable[str], columns: dict[str, int]) -> list[tuple[int, int, dict[str, str]]]:
    """The spans of a sentence (UTF-16 units from its beginning) with their features; those numbered alike are one."""
    found: dict[Any, tuple[int, int, dict[str, str]]] = {}
    first: int | None = None
    for line in lines:
        cells = line.split("\t")
        if line.startswith("#") or len(cells) < 4 or "." in cells[0]:
            continue  # a comment; a part of a token
        start, end = (int(at) for at in cells[1].split("-"))
        first = start if first is None else first
        stacks = {name: _stack(cells[at]) for name, at in columns.items() if at < len(cells)}
        for rank, (_, number) in enumerate(stacks.get("role", [])):
            key = number or ("alone", start, rank)
            values = {name: stack[rank][0] for name, stack in stacks.items() if rank < len(stack)}
            begun = found[key][0] if key in found else start - first
            found[key] = (begun, end - first, values)
    return list(found.values())


def _stack(cell: str) -> list[tuple[str, int]]:
    """The annotations on a token, with their number, 0 where there is none; escapes undone."""
    if cell == NONE:
        return []
    found = []
    for value in re.split(r"(?<!\\)\|", cell):
        match = re.fullmatch(r"(.*?)(?:(?<!\\)\[(\d+)\])?", value)
        assert match is not None  # the pattern takes any line
        found.append(("" if match[1] == NULL else _unescaped(match[1]), int(match[2] or 0)))
    return found


def _unescaped(value: str) -> str:
    return re.sub(r"\\(->|.)", r"\1", value)
