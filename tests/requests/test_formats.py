"""Requests are the same, whichever of seven formats a document comes in, and whatever programs do to its text."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import layouts
import layouts_markup
import layouts_office
import pandas as pd
import pdf_maker
import pytest
from corpora import requested
from layouts_features import FEATURES
from pries.reading import formats
from pries.segmentation import segment

FORMATS: dict[str, Callable[[layouts.Document], bytes | str]] = {
    "txt": layouts.to_txt,
    "docx": layouts_office.to_docx,
    "html": layouts_office.to_html,
    "odt": layouts_markup.to_odt,
    "md": layouts_markup.to_md,
    "akn": layouts_markup.to_akn,
    "pdf": lambda document: pdf_maker.make(document.parts, pdf_maker.Style(head=document.symbol)),
}
SUPERSCRIPTS = re.compile("[⁰¹²³⁴-⁹]")  # calls of notes stay in a text file where no note has their number
SAID = (
    "paragraph", "section", "sentence_text", "trigger", "modality", "construction", "issuer", "issuer_inferred",
    "addressee", "actions", "polarity",
)  # fmt: skip


@cache
def requests() -> pd.DataFrame:
    """The requests of all documents in all formats, parsed at once."""
    parts = []
    for kind, written in FORMATS.items():
        for document in layouts.DOCUMENTS:
            data = written(document)
            (read,) = formats.texts(data.encode() if isinstance(data, str) else data, formats.Limits())
            assert read.format == kind
            parts.append(segment.segment_text(read.text, f"{document.name} {kind}"))
    return requested(*parts)["obligations"]


def said(name: str, kind: str) -> list[list[str]]:
    table = requests()
    rows = table.loc[table["doc_id"] == f"{name} {kind}", list(SAID)]
    return [[SUPERSCRIPTS.sub("", cell) for cell in row] for row in rows.to_numpy().tolist()]


@pytest.mark.parametrize("kind", [kind for kind in FORMATS if kind != "txt"])
@pytest.mark.parametrize("document", layouts.DOCUMENTS, ids=lambda document: document.name)
def test_a_document_asks_the_same_in_any_format(document: layouts.Document, kind: str) -> None:
    assert said(document.name, "txt")
    assert said(document.name, kind) == said(document.name, "txt")


FILES = [(name, kind) for name, feature in FEATURES.items() for kind in feature.made]


@cache
def featured() -> tuple[dict[str, list[str]], dict[str, list[list[str]]]]:
    """The paragraphs and the requests of each file with a feature, and of the same text without it."""
    parts = {}
    for name, feature in FEATURES.items():
        parts[f"{name} plain"] = segment.segment_text("\n\n".join(feature.seen), f"{name} plain")
        for kind, data in feature.made.items():
            (read,) = formats.texts(data, formats.Limits())
            assert read.format == kind
            parts[f"{name} {kind}"] = segment.segment_text(read.text, f"{name} {kind}")
    table = requested(*parts.values())["obligations"]
    asked = {key: table.loc[table["doc_id"] == key, list(SAID)].to_numpy().tolist() for key in parts}
    return {key: part.paragraphs["text"].tolist() for key, part in parts.items()}, asked


@pytest.mark.parametrize(("name", "kind"), FILES, ids=[f"{name}-{kind}" for name, kind in FILES])
def test_what_a_reader_sees_is_read_and_asks_the_same(name: str, kind: str) -> None:
    paragraphs, asked = featured()
    assert paragraphs[f"{name} {kind}"] == list(FEATURES[name].seen)
    assert asked[f"{name} plain"]
    assert asked[f"{name} {kind}"] == asked[f"{name} plain"]
