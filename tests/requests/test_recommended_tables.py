"""A table of recommendations asks the same of the same, whatever program made it."""

from __future__ import annotations

import html
import io
import json
from functools import cache

import docx
import layouts_markup
import openpyxl
import pandas as pd
import pytest
from corpora import requested
from pries.reading import formats
from pries.segmentation import segment

TITLES = ("Recommandation", "États auteurs", "Entité responsable", "Échéance")
ROWS = (
    ("Curer les canaux du delta et publier la carte des fonds", "Norvège, Togo", "Ministère des ports", "2031"),
    ("Ne pas fermer les écoles de village", "Chili", "Communes", ""),
    ("Création d'un registre des puits", "Togo", "Agence de l'eau ; Régie des puits", "2032"),
)
EXPECTED = [
    ("Curer", "Norvège; Togo", "Ministère des ports", "Curer; publier", "positive"),
    ("fermer", "Chili", "Communes", "fermer", "negative"),
    ("Création", "Togo", "Agence de l'eau; Régie des puits", "Création", "positive"),
]
TABLE = (TITLES, *ROWS)


def as_csv() -> bytes:
    titles = (
        "Recommandation(s)",
        "État(s) auteur(s)",
        "Structures",
        "Échéance",
    )  # a body where no title says it better
    return "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in (titles, *ROWS)).encode()


def as_jsonl() -> bytes:
    return "".join(json.dumps(dict(zip(TITLES, row, strict=True))) + "\n" for row in ROWS).encode()


def as_xlsx() -> bytes:
    book, buffer = openpyxl.Workbook(), io.BytesIO()
    for row in (["Suivi"], [], *TABLE):
        book.active.append(row)
    book.save(buffer)
    return buffer.getvalue()


def as_docx() -> bytes:
    word, buffer = docx.Document(), io.BytesIO()
    table = word.add_table(rows=0, cols=len(TITLES))
    for row in TABLE:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    word.save(buffer)
    return buffer.getvalue()


def _cells(row: tuple[str, ...], tag: str) -> str:
    return "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in row)


def as_html() -> bytes:
    rows = "".join(f"<tr>{_cells(row, 'td')}</tr>" for row in TABLE)
    return f"<!doctype html><meta charset=utf-8><table>{rows}</table>".encode()


def as_odt() -> bytes:
    made = (
        "".join(f"<table:table-cell><text:p>{html.escape(cell)}</text:p></table:table-cell>" for cell in row)
        for row in TABLE
    )
    rows = "".join(f"<table:table-row>{row}</table:table-row>" for row in made)
    return layouts_markup.odt(f"<table:table>{rows}</table:table>")


def as_md() -> bytes:
    lines = [" | ".join(row) for row in TABLE]
    return "\n".join(["# Suivi", "", f"| {lines[0]} |", "|---|---|---|---|", *(f"| {x} |" for x in lines[1:])]).encode()


MADE = {
    "csv": as_csv, "jsonl": as_jsonl, "xlsx": as_xlsx, "docx": as_docx, "html": as_html, "odt": as_odt, "md": as_md
}  # fmt: skip


@cache
def found() -> dict[str, list[tuple[str, ...]]]:
    """What the table asks, by format."""
    parts, metadata = [], []
    for kind, make in MADE.items():
        for rank, read in enumerate(formats.texts(make(), formats.Limits())):
            doc_id = f"{kind} {rank}"
            parts.append(segment.segment_text(read.text, doc_id))
            metadata += [{"doc_id": doc_id, "field": k, "value": v} for k, v in read.metadata.items()]
    made = requested(*parts, metadata=pd.DataFrame(metadata))
    columns = ["doc_id", "trigger", "issuer", "addressee", "actions", "polarity"]
    rows = made["obligations"][columns].itertuples(index=False, name=None)
    asked: dict[str, list[tuple[str, ...]]] = {kind: [] for kind in MADE}
    for doc_id, *row in rows:
        asked[doc_id.split()[0]].append(tuple(row))
    return asked


@pytest.mark.parametrize("kind", MADE)
def test_a_table_of_recommendations_asks_the_same_in_any_format(kind: str) -> None:
    assert found()[kind] == EXPECTED
