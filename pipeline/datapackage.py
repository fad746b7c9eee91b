"""Data package: what the published tables are, in the form that tools for open data read (Frictionless Data Package).

Reads the published tables (their bytes, and documents.csv for the sources); writes OUT, JSON with a resource for each
table: path, hash, columns with type, description and allowed values, and the keys by which tables join. A cell with
several values ('; ') is a plain text. An empty cell is a missing value.

    python -m pipeline.datapackage --tables outputs/tables --out outputs/datapackage.json

    obligations.restates « o8e7f94071e5a » -> a foreign key to obligations.obligation_id
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

import pipeline
from pipeline import files, schema, stage
from pipeline.columns import Column
from pipeline.errors import InputError

TITLE = "Ont été priés : demandes et recommandations"
DESCRIPTION = (
    "Requests and recommendations in French reports of the United Nations: who asks whom to do what, how strongly, "
    "with the sentence behind every row. The licence covers the tables; the texts that they quote stay those of "
    "their sources."
)
TYPES = {"text": "string", "int": "integer", "float": "number", "bool": "boolean"}

# Only what holds for every corpus: what could repeat (a source line, a problem) has no key.
KEYS: dict[str, tuple[str, ...]] = {
    "documents": ("doc_id",),
    "paragraphs": ("doc_id", "paragraph"),
    "sentences": ("sentence_id",),
    "actors": ("mention_id",),
    "obligations": ("obligation_id",),
    "actions": ("obligation_id", "action"),
    "themes": ("doc_id", "unit", "unit_id", "theme"),
    "clusters": ("cluster",),
    "clusters_by_k": ("k", "obligation_id"),
    "k_selection": ("k",),
    "specificities": ("part_kind", "part", "unit", "term"),
    "specificity_tests": ("part_kind", "unit"),
    "lexicon": ("unit", "term"),
    "repeated_segments": ("segment",),
    "afc_axes": ("axis",),
    "cluster_members": ("obligation_id",),
    "cluster_tree": ("merge",),
    "addressee_by_modality": ("addressee",),
    "theme_by_modality": ("theme",),
}
# column(s) -> table that they point to, and its column(s). `cluster` may be "unclassified", which is no group, and a
# problem's doc_id a document that could not be read: neither is a key.
Reference = tuple[tuple[str, ...], str, tuple[str, ...]]
DOCUMENT: Reference = (("doc_id",), "documents", ("doc_id",))
PLACE: Reference = (("doc_id", "paragraph"), "paragraphs", ("doc_id", "paragraph"))
SENTENCE: Reference = (("sentence_id",), "sentences", ("sentence_id",))
REQUEST: Reference = (("obligation_id",), "obligations", ("obligation_id",))
REFERENCES: dict[str, tuple[Reference, ...]] = {
    "dropped": (DOCUMENT,),
    "paragraphs": (DOCUMENT,),
    "sentences": (DOCUMENT, PLACE),
    "actors": (DOCUMENT, PLACE, SENTENCE, (("antecedent",), "actors", ("mention_id",))),
    "obligations": (DOCUMENT, PLACE, SENTENCE, (("restates",), "obligations", ("obligation_id",))),
    "actions": (DOCUMENT, REQUEST),
    "themes": (DOCUMENT,),
    "clusters": ((("representative_id",), "obligations", ("obligation_id",)),),
    "clusters_by_k": (REQUEST, (("k",), "k_selection", ("k",))),
    "cluster_members": (REQUEST,),
}


def field(column: Column, key: Sequence[str]) -> dict[str, Any]:
    """A column: type, description with its unit, and what its cells may hold."""
    made: dict[str, Any] = {"name": column.name, "type": TYPES[column.kind]}
    made["description"] = column.description + (f" [{column.unit}]" if column.unit else "")
    if column.kind == "bool":
        made |= {"trueValues": ["True"], "falseValues": ["False"]}
    constraints: dict[str, Any] = {}
    if column.values:
        constraints["enum"] = [value for value in column.values if value]
    if column.name in key or column.kind in ("int", "bool") or (column.values and "" not in column.values):
        constraints["required"] = True
    return made | ({"constraints": constraints} if constraints else {})


def schema_of(name: str) -> dict[str, Any]:
    """The Table Schema of a published table."""
    key = KEYS.get(name, ())
    made: dict[str, Any] = {
        "fields": [field(column, key) for column in schema.TABLES[name].columns],
        "missingValues": [""],
    }
    if key:
        made["primaryKey"] = list(key)
    if name in REFERENCES:
        made["foreignKeys"] = [
            # the empty name is how a table refers to itself
            {
                "fields": list(own),
                "reference": {"resource": "" if table == name else table, "fields": list(theirs)},
            }
            for own, table, theirs in REFERENCES[name]
        ]
    return made


def resource(name: str, data: bytes, path: str) -> dict[str, Any]:
    """A table as a resource of the package; `data` are the bytes of its file, `path` is where it stands."""
    return {
        "name": name,
        "path": path,
        "profile": "tabular-data-resource",
        "description": f"One row per {schema.TABLES[name].row}.",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": schema_of(name),
    }


def sources_of(documents: pd.DataFrame) -> list[dict[str, str]]:
    """The reports: "United Nations, A/68/370: Résumé des auditions… (2013)"."""
    made = []
    for doc_id, symbol, title, date in documents[["doc_id", "symbol", "title", "date"]].to_numpy():
        called = ": ".join(filter(None, (symbol or doc_id, title)))
        made.append({"title": f"United Nations, {called}" + (f" ({date})" if date else "")})
    return made or [{"title": "United Nations"}]


def describe(folder: Path, out: Path) -> dict[str, Any]:
    """The descriptor. Raises InputError for a missing table, or one that does not stand below OUT's folder."""
    place = Path(os.path.relpath(folder.resolve(), out.resolve().parent))
    if place.is_absolute() or ".." in place.parts:
        raise InputError(str(out), f"the tables ({folder}) do not stand below it", "write it beside their folder")
    resources = []
    for name, table in schema.TABLES.items():
        path = folder / f"{name}.csv"
        if not table.published:
            continue
        if not path.is_file():
            raise InputError(str(path), "no such table", "run the stages before, or name another --tables folder")
        resources.append(resource(name, path.read_bytes(), (place / path.name).as_posix()))
    return {
        "profile": "tabular-data-package",
        "name": "ont-ete-pries",
        "title": TITLE,
        "description": DESCRIPTION,
        "version": pipeline.__version__,
        "licenses": [{"name": "MIT", "title": "MIT License", "path": "https://opensource.org/license/mit"}],
        "contributors": [{"title": "The Ont été priés contributors", "role": "author"}],
        "sources": sources_of(files.read_csv(folder / "documents.csv", "documents")),
        "resources": resources,
    }


def run(tables: Path, out: Path) -> Path:
    """Write the descriptor. Raises InputError."""
    begun = time.perf_counter()
    made = describe(tables, out)
    files.write_text(out, json.dumps(made, ensure_ascii=False, indent=2) + "\n")
    stage.say("datapackage", f"{out} ({len(made['resources'])} tables)", time.perf_counter() - begun)
    return out


def main(argv: Sequence[str] | None = None) -> int:
    """From tables to their description."""
    parser = argparse.ArgumentParser(
        prog="python -m pipeline.datapackage", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tables", type=Path, required=True, metavar="DIR", help="in: the published CSV tables")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="out: datapackage.json")
    options = parser.parse_args(argv)
    with stage.one_line() as guard:
        run(options.tables, options.out)
    return guard.code


if __name__ == "__main__":
    sys.exit(main())
