"""Requests are the same, whichever of seven formats a document comes in."""

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
