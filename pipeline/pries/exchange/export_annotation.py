"""Annotation: the text with the ends of each request marked, to be corrected in doccano or INCEpTION.

Reads paragraphs, sentences, actors, obligations, actions and the tokens; writes doccano.jsonl (a line a paragraph)
and webanno/DOCUMENT.tsv (one per document, because a file of that format is one document).

A mark is the trigger of a request, its actions, or a mention that the actors table gives the role of issuer or
addressee. `imports` reads both forms back after a person has worked on them.

doccano's JSONL for sequence labelling: `text`, `label` [[start, end, label], …] in characters, a trigger's label
being its modality; it takes every other key as metadata: document, paragraph, section, made. The text is verbatim,
but what XML forbids is U+FFFD in both.

WebAnno TSV 3.3 (INCEpTION user guide, « WebAnno TSV 3.3 File format »): layer webanno.custom.Request with the
features role, obligation and modality (of triggers); two empty lines after the header, one between sentences, none at
the end; offsets are UTF-16 units of the document, whose sentences stand one character apart; a span covers whole
tokens, one of several tokens, or stacked on another, ends in [number]. In text a backslash is escaped, in values also
`[ ] | _ -> ; *`. A tab or line end of the text is a space here. The format has no comments: README.txt says what made
it.

    {"text": "Les gouvernements ont été priés …", "label": [[0, 17, "addressee"], [26, 31, "request"], …]}
    1-5	26-31	priés	trigger	o32e54c65e565	request
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from typing import Any, NamedTuple

from pries.exchange.finished_run import ILLEGAL, Files, Rows, Source, codes, file_stem, flat
from pries.store.cells import several

LAYER = "webanno.custom.Request"
FEATURES = ("label", "obligation", "modality")  # of a span; the layer calls the first one role
RESERVED = re.compile(r"->|[\\\[\]|_;*]")
NULL, NONE = "*", "_"  # a feature without a value, a token without an annotation


class Span(NamedTuple):
    """A mark in a paragraph's text."""

    start: int
    end: int
    label: str
    obligation: str
    modality: str = ""  # of a trigger


def requests_of(mention: Any, requests: Rows) -> list[Any]:
    """The requests of its sentence in which a mention plays its role: by its words, else by its canonical name."""
    for words, column in ((mention.text, f"{mention.role}_text"), (mention.actor, f"{mention.role}_actor")):
        if found := [r for r in requests if words in (getattr(r, column), *several(getattr(r, column)))]:
            return found
    return []


def spans(source: Source) -> dict[tuple[str, str], list[Span]]:
    """The marks of each paragraph, in the order of the text; a mention of no known request has no obligation."""
    found: dict[tuple[str, str], set[Span]] = defaultdict(set)
    of_sentence: dict[str, Rows] = defaultdict(list)
    place = {}
    for row in source.rows("obligations"):
        place[row.obligation_id] = key = (row.doc_id, row.paragraph)
        of_sentence[row.sentence_id].append(row)
        found[key].add(Span(row.trigger_start, row.trigger_end, "trigger", row.obligation_id, row.modality))
    for row in source.rows("actions"):
        if row.obligation_id in place:
            found[place[row.obligation_id]].add(Span(row.start, row.end, "action", row.obligation_id))
    for row in source.rows("actors"):
        if row.role:
            named = [r.obligation_id for r in requests_of(row, of_sentence[row.sentence_id])] or [""]
            for obligation in named:
                found[row.doc_id, row.paragraph].add(Span(row.start, row.end, row.role, obligation))
    lengths = {(row.doc_id, row.paragraph): len(row.text) for row in source.paragraphs}
    return {
        key: sorted(span for span in marks if 0 <= span.start < span.end <= lengths.get(key, 0))
        for key, marks in found.items()
    }


def doccano(source: Source) -> Files:
    """A line of JSON a paragraph."""
    marked = spans(source)
    lines = []
    for row in source.paragraphs:
        if not row.text.strip():
            continue  # doccano takes no empty text
        mine = marked.get((row.doc_id, row.paragraph), [])
        labels = sorted({(span.start, span.end, span.modality or span.label) for span in mine})
        place = {"document": row.doc_id, "paragraph": row.paragraph, "section": row.section}
        about = {key: flat(value) for key, value in place.items()} | {"made": source.made}
        line = json.dumps({"text": ILLEGAL.sub("\ufffd", row.text), "label": labels, **about}, ensure_ascii=False)
        # legal inside JSON, but some readers end a line there
        lines.append(re.sub("[\u2028\u2029]", lambda m: f"\\u{ord(m[0]):04x}", line) + "\n")
    return {"doccano.jsonl": "".join(lines)}


def units(text: str) -> int:
    """The length of `text` in UTF-16 units."""
    return len(text) + sum(ord(c) > 0xFFFF for c in text)


def one_for_one(text: str) -> str:
    """`text` on one line and legal in XML, as long as it was."""
    return ILLEGAL.sub("\ufffd", re.sub("[\t\n\r]", " ", text))


def escaped_text(text: str) -> str:
    """Text of a sentence or token; one_for_one has left no control character to escape."""
    return text.replace("\\", "\\\\")


def escaped_value(value: str) -> str:
    """Value of a feature."""
    return RESERVED.sub(lambda m: "\\" + m[0], one_for_one(value)) or NULL


class Annotations:
    """Which spans lie on which token of a document, numbered where the format asks for it."""

    def __init__(self) -> None:
        self.on_token: list[list[tuple[int, Span]]] = []
        self.widths: list[int] = []

    def add(self, words: Rows, marks: list[Span]) -> None:
        """The tokens of a paragraph, in the order of the text, and its spans, each on all tokens that it touches."""
        base = len(self.on_token)
        self.on_token += [[] for _ in words]
        starts, ends = [word.start for word in words], [word.end for word in words]
        for span in marks:
            low, high = bisect_right(ends, span.start), bisect_left(starts, span.end)
            if low < high:
                for at in range(low, high):
                    self.on_token[base + at].append((len(self.widths), span))
                self.widths.append(high - low)

    def cells(self, at: int) -> list[str]:
        """The columns of token number `at`, one for each feature."""
        found = self.on_token[at]
        alone = len(found) == 1 and self.widths[found[0][0]] == 1
        columns = [
            "|".join(escaped_value(getattr(span, name)) + ("" if alone else f"[{n + 1}]") for n, span in found)
            for name in FEATURES
        ]
        return [column or NONE for column in columns]


def document_tsv(paragraphs: Rows, source: Source, marked: dict[tuple[str, str], list[Span]]) -> str:
    """One document: header, then its sentences."""
    annotations, blocks = Annotations(), []
    offset = token = sentence_number = 0
    for paragraph in paragraphs:
        parsed = list(source.parsed(paragraph))
        words = [word for _, found in parsed for word in found]
        annotations.add(words, marked.get((paragraph.doc_id, paragraph.paragraph), []))
        text = one_for_one(paragraph.text)
        for _, found in parsed:
            sentence_number += 1
            at = begin = found[0].start
            start = end = offset
            inside = text[begin : found[-1].end]
            lines = [f"#Text={escaped_text(inside)}"]
            for rank, word in enumerate(found, 1):
                form = text[word.start : word.end]
                start = end + units(text[at : word.start])
                end, at = start + units(form), word.end
                cells = "\t".join(annotations.cells(token))
                lines.append(f"{sentence_number}-{rank}\t{start}-{end}\t{escaped_text(form)}\t{cells}\n")
                token += 1
            blocks.append(lines[0] + "\n" + "".join(lines[1:]))
            offset += units(inside) + 1
    return f"#FORMAT=WebAnno TSV 3.3\n#T_SP={LAYER}|role|obligation|modality\n\n\n" + "\n".join(blocks)


def webanno(source: Source) -> Files:
    """One file per document that holds a word."""
    marked, made = spans(source), {}
    names = codes(source.blocks, file_stem)
    for doc_id, blocks in source.blocks.items():
        paragraphs = [row for row in blocks if row.kind != "heading"]
        if any(True for paragraph in paragraphs for _ in source.parsed(paragraph)):
            made[f"webanno/{names[doc_id]}.tsv"] = document_tsv(paragraphs, source, marked)
    return made
