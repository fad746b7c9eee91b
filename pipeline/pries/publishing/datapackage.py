"""Data package: what the published tables are, for programs (Frictionless Data, Tabular Data Package 1).

Reads `pries.schema.schema`; the stage `tables` writes it as datapackage.json beside the folder of tables.

    {"name": "obligations", "path": "tables/obligations.csv", "schema": {"fields": […], "primaryKey": […]}}
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pries import __version__
from pries.schema import schema

TYPES = {"text": "string", "int": "integer", "float": "number", "bool": "boolean"}
KEYS = {
    "documents": ["doc_id"],
    "paragraphs": ["doc_id", "paragraph"],
    "sentences": ["doc_id", "sentence_id"],
    "actors": ["doc_id", "mention_id"],
    "unrecognised": ["noun", "role"],
    "obligations": ["doc_id", "obligation_id"],
    "families": ["doc_id", "obligation_id"],
    "histories": ["family"],
    "renewals": ["doc_id"],
    "clusters": ["cluster"],
    "text_segments": ["doc_id", "segment"],
    "reinert_classes": ["class"],
    "reinert_tree": ["node"],
}
# Which columns of a table name a row of another.
LINKS = {
    "paragraphs": ["documents"],
    "sentences": ["paragraphs"],
    "actors": ["sentences", "paragraphs"],
    "obligations": ["sentences", "paragraphs"],
    "actions": ["obligations"],
    "families": ["obligations"],
    "quotations": ["obligations"],
    "judged": ["obligations"],
    "renewals": ["documents"],
    "dropped": ["documents"],
    "footnotes": ["documents"],
    "metadata": ["documents"],
    "text_segments": ["paragraphs"],
    "reinert_terms": ["reinert_classes"],
}


def field(column: schema.Column) -> dict[str, Any]:
    """One column."""
    unit = f" (unit: {column.unit})" if column.unit else ""
    made: dict[str, Any] = {"name": column.name, "type": TYPES[column.kind], "description": column.description + unit}
    if column.kind == "bool":
        made |= {"trueValues": ["True"], "falseValues": ["False"]}
    if allowed := [value for value in column.values if value]:
        made["constraints"] = {"enum": allowed}
    return made


def resource(name: str, folder: str) -> dict[str, Any]:
    """One table."""
    described: dict[str, Any] = {
        "fields": [field(column) for column in schema.TABLES[name].columns],
        "missingValues": [""],
    }
    if name in KEYS:
        described["primaryKey"] = KEYS[name]
    if name in LINKS:
        described["foreignKeys"] = [
            {"fields": KEYS[other], "reference": {"resource": other, "fields": KEYS[other]}} for other in LINKS[name]
        ]
    return {
        "name": name,
        "path": f"{folder}/{name}.csv",
        "profile": "tabular-data-resource",
        "description": f"one row per {schema.TABLES[name].row}",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": described,
    }


def descriptor(names: Iterable[str], folder: str = "tables") -> str:
    """The tables `known_names` in `folder`, as JSON."""
    made = {
        "profile": "tabular-data-package",
        "name": "ont-ete-pries",
        "title": "Requests and recommendations in French UN reports",
        "version": __version__,
        "licenses": [{"name": "MIT", "title": "Ont été priés (code, lexicons); the reports are the United Nations'"}],
        "sources": [{"title": "United Nations"}],
        "resources": [resource(name, folder) for name in names],
    }
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"
