"""What the reader's page knows: documents, paragraphs, requests, groups and families, as plain rows, and its words.

Reads the published tables, labels.csv and the code book; makes the data that `reader` puts into the page.

    requests: [{"id": "o32e54c65e565", "modality": "necessity", "family": "f8e7f94071e5a", "role": "summary", …}]
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from pries.base import lexicon
from pries.base.layers import Folder
from pries.content import codebook
from pries.publishing.labels import LABELS, LANGUAGES, french
from pries.review import corrections
from pries.schema import schema
from pries.store import rowwise

COLUMNS = (
    "citation", "modality", "polarity", "issuer", "addressee", "actions_", "action_text", "theme", "cluster", "section",
    "paragraph", "sentence", "restates", "family", "id", "doc",
)  # fmt: skip
SHOWN = {
    "doc_id": "doc", "obligation_id": "id", "trigger_start": "start", "trigger_end": "end", "sentence_text": "sentence",
    "actions": "actions_",
}  # fmt: skip
KEPT = (
    "doc_id", "obligation_id", "section", "paragraph", "sentence_text", "trigger_start", "trigger_end", "modality",
    "construction", "tense", "polarity", "issuer", "issuer_actor", "issuer_type", "issuer_inferred", "addressee",
    "addressee_actor", "addressee_type", "actions", "action_text", "rule", "theme", "cluster", "family", "restates",
    "checked", "citation", "confidence",
)  # fmt: skip

Tables = Mapping[str, pd.DataFrame]


def records(frame: pd.DataFrame, *columns: str) -> list[dict[str, Any]]:
    """Some columns as plain rows."""
    return [dict(zip(columns, row, strict=True)) for row in rowwise.tuples(frame, *columns)]


def requests_of(tables: Tables) -> list[dict[str, Any]]:
    """The requests as the page has them: fields, and their actions with the place of each head."""
    parts = records(tables["paragraphs"], "doc_id", "paragraph", "text", "section_role")
    homes = {(p["doc_id"], p["paragraph"]): (p["text"], p["section_role"]) for p in parts}
    acts: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    wanted = ("doc_id", "obligation_id", "head", "label", "object", "start", "end", "negated")
    for action in records(tables["actions"], *wanted):
        acts[action["doc_id"], action["obligation_id"]].append(action)
    made = []
    for row in records(tables["obligations"], *KEPT):
        text, role = homes[row["doc_id"], row["paragraph"]]
        row = {SHOWN.get(key, key): value for key, value in row.items()} | {"role": role}
        row["actions"] = [
            {
                "head": a["head"], "label": a["label"] or a["head"], "object": a["object"], "negated": a["negated"],
                "at": max(text.find(a["head"], a["start"], a["end"]), a["start"]),
            }
            for a in acts[row["doc"], row["id"]]
        ]  # fmt: skip
        row["heads"] = "; ".join(a["head"] for a in row["actions"])
        made.append(row)
    return made


def paragraphs_of(tables: Tables) -> list[dict[str, Any]]:
    """Headings and paragraphs, each with its section, its sentences, and the issuers and addressees in it."""
    marks: dict[tuple[str, str], list[tuple[int, int, str, str]]] = defaultdict(list)
    for m in records(tables["actors"], "doc_id", "paragraph", "start", "end", "role", "actor"):
        if m["role"]:
            marks[m["doc_id"], m["paragraph"]].append((m["start"], m["end"], m["role"], m["actor"]))
    cuts: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for s in records(tables["sentences"], "doc_id", "paragraph", "start", "end"):
        cuts[s["doc_id"], s["paragraph"]].append((s["start"], s["end"]))
    return [
        {
            "doc": p["doc_id"], "paragraph": p["paragraph"], "kind": p["kind"], "text": p["text"],
            "section": p["section"], "role": p["section_role"],
            "marks": marks[p["doc_id"], p["paragraph"]], "cuts": cuts[p["doc_id"], p["paragraph"]],
        }
        for p in records(tables["paragraphs"], "doc_id", "paragraph", "kind", "text", "section", "section_role")
    ]  # fmt: skip


def members_of(frame: pd.DataFrame, key: str) -> dict[str, list[str]]:
    """The requests of each group or family, by rank."""
    members: dict[str, list[str]] = defaultdict(list)
    for m in records(frame.sort_values([key, "rank"]), key, "obligation_id"):
        members[m[key]].append(m["obligation_id"])
    return members


def groups_of(tables: Tables) -> list[dict[str, Any]]:
    """The groups with their members, the most central first."""
    members = members_of(tables["cluster_members"], "cluster")
    return [
        {
            "id": g["cluster"], "label": g["label"], "quote": g["representative"], "members": members[g["cluster"]],
            "stability": None if g["stability"] != g["stability"] else round(g["stability"], 3),
        }
        for g in records(tables["clusters"], "cluster", "label", "representative", "stability")
    ]  # fmt: skip


def families_of(tables: Tables) -> list[dict[str, Any]]:
    """The families of several requests, each with its members, the earliest first."""
    return [{"id": family, "members": ids} for family, ids in members_of(tables["families"], "family").items()]


def documents_of(tables: Tables) -> list[dict[str, Any]]:
    """The documents, each with its language and what the columns of one's own in metadata.csv say of it."""
    own: dict[str, dict[str, str]] = defaultdict(dict)
    for m in records(tables["metadata"], "doc_id", "field", "value"):
        own[m["doc_id"]][m["field"]] = m["value"]
    return [
        {"id": d["doc_id"], "name": d["symbol"] or d["doc_id"], "title": d["title"], "date": d["date"],
         "more": {"lang": d["language"]} | own[d["doc_id"]]}
        for d in records(tables["documents"], "doc_id", "symbol", "title", "date", "language")
    ]  # fmt: skip


def estimates_of(tables: Tables) -> dict[str, list[float]]:
    """Estimate and interval of each count that has one: {"requests addressee gouvernements": [11.8, 9, 14]}."""
    found = tables["estimates"]
    counts = found[found["quantity"].isin(("requests", "distinct")) & found["estimate"].notna()]
    return {
        f"{quantity} {kind} {part}": [round(value, 1), low, high]
        for quantity, kind, part, value, low, high in rowwise.tuples(
            counts, "quantity", "part_kind", "part", "estimate", "low", "high"
        )
    }


def sample_of(tables: Tables) -> list[dict[str, Any]]:
    """The sentences that were drawn, each with its place in its paragraph and its requests."""
    if tables["sample"].empty:
        return []
    spans = {i: (start, end) for i, start, end in rowwise.tuples(tables["sentences"], "sentence_id", "start", "end")}
    asked: dict[str, list[str]] = defaultdict(list)
    for sentence, request in rowwise.tuples(tables["obligations"], "sentence_id", "obligation_id"):
        asked[sentence].append(request)
    names = [name for name in tables["sample"] if name != "text"]
    return [
        row | {"start": spans[i][0], "end": spans[i][1], "requests": asked[i], "own": json.loads(row["own"] or "{}")}
        for row in records(tables["sample"], *names)
        for i in [row["sentence_id"]]
    ]


def data_of(tables: Tables, lexicons: Folder, settings: Folder) -> dict[str, Any]:
    """Everything that the page shows. Raises InputError for a broken labels.csv or code book."""
    labels = lexicon.read(lexicons, LABELS)
    book = codebook.chosen(lexicons, settings)
    documents = documents_of(tables)
    return {
        "title": title_of(documents),
        "documents": documents,
        "fields": sorted({name for d in documents for name in d["more"]}),
        "paragraphs": paragraphs_of(tables),
        "requests": requests_of(tables),
        "estimates": estimates_of(tables),
        "run": run_of(tables),
        "found": found_in(tables),
        "types": schema.ACTOR_TYPES,
        "sample": sample_of(tables),
        "unused": [json.loads(cells) for (cells,) in rowwise.tuples(tables["sample_unused"], "cells")],
        "unapplied": int((tables["problems"]["file"] == "corrections.csv").sum()),
        "groups": groups_of(tables),
        "families": families_of(tables),
        "judged": list(rowwise.tuples(tables["judged"], "obligation_id", "other", "verdict")),
        "themes": {
            theme: {lang: book.labels(lang)[theme] for lang in LANGUAGES}
            | {"definition": {lang: book.definitions(lang)[theme] for lang in LANGUAGES}}
            for theme in book.themes
        },
        "modalities": [r["key"].removeprefix("modality.") for r in labels if r["key"].startswith("modality.")],
        "words": {
            "fr": {row["key"]: french(row["fr"]) for row in labels},
            "en": {row["key"]: row["en"] for row in labels},
        },
        "columns": COLUMNS,
        "corrections": (*corrections.COLUMNS, *corrections.PLACE),
    }


def run_of(tables: Tables) -> str:
    """What the texts are known by in a browser, which keeps decisions for each apart."""
    digest = hashlib.sha256()
    for cells in rowwise.tuples(tables["paragraphs"], "doc_id", "paragraph", "text"):
        digest.update("\x1f".join((*cells, "")).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]


def found_in(tables: Tables) -> int:
    """How many requests the program itself has found, as far as the tables tell."""
    added = int((tables["obligations"]["checked"] == "added").sum())
    rejected = int((tables["sample"]["found"] - tables["sample"]["right"]).sum())
    return len(tables["obligations"]) - added + rejected


def title_of(documents: Sequence[Mapping[str, str]]) -> str:
    """The page's title: the document's name and title, or how many there are."""
    if len(documents) == 1:
        return " – ".join(filter(None, (documents[0]["name"], documents[0]["title"])))
    return f"Demandes et recommandations : {len(documents)} documents"
