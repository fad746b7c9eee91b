"""Reader: the report and its requests as one page that opens from disk, without a network.

Reads the published tables and the words of labels.csv; writes OUT, one file with its data, style and script
inside. What stands in a report reaches the page as JSON and is shown as text, never as HTML; the page's
Content Security Policy admits no script and no style but its own, known by their hashes.

    python -m pries.publishing.reader --tables outputs/tables --out outputs/reader.html
"""

from __future__ import annotations

import base64
import hashlib
import json
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import jinja2
import pandas as pd
from markupsafe import Markup

from pries.base import atomic, console, lexicon
from pries.base.errors import InputError
from pries.base.places import LEXICONS, SETTINGS
from pries.content import codebook
from pries.publishing.labels import LABELS, french
from pries.review import corrections
from pries.schema import schema
from pries.store import files, rowwise

READS = (
    "documents", "paragraphs", "sentences", "actors", "obligations", "actions", "clusters", "cluster_members",
    "estimates", "sample",
)  # fmt: skip
WEB = Path(__file__).parent / "web"
SCRIPTS = (
    "data.js", "lists.js", "text.js", "table.js", "shelf.js", "review.js", "adding.js", "saving.js", "card.js",
    "queue.js", "forecast.js", "code.js", "main.js",
)  # fmt: skip
MOST = 5_000_000  # bytes of data in the page; more stands in reader/data-*.js, whose lists are LONG
LONG = ("paragraphs", "requests")
COLUMNS = (
    "citation", "modality", "polarity", "issuer", "addressee", "actions_", "action_text", "theme", "cluster", "section",
    "paragraph", "sentence", "restates", "id", "doc",
)  # fmt: skip
SHOWN = {
    "doc_id": "doc", "obligation_id": "id", "trigger_start": "start", "trigger_end": "end", "sentence_text": "sentence",
    "actions": "actions_",
}  # fmt: skip
KEPT = (
    "doc_id", "obligation_id", "section", "paragraph", "sentence_text", "trigger_start", "trigger_end", "modality",
    "construction", "tense", "polarity", "issuer", "issuer_actor", "issuer_type", "issuer_inferred", "addressee",
    "addressee_actor", "addressee_type", "actions", "action_text", "rule", "theme", "cluster", "restates", "checked",
    "citation", "confidence",
)  # fmt: skip

Tables = Mapping[str, pd.DataFrame]


def read_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """The published tables. Raises InputError where one is missing."""
    found = {}
    for name in READS:
        path = folder / f"{name}.csv"
        if not path.is_file():
            raise InputError(str(path), "no such table", "run the stages before, or name another --tables folder")
        found[name] = files.read_csv(path, name)
    return found


def records(frame: pd.DataFrame, *columns: str) -> list[dict[str, Any]]:
    """Some columns as plain rows."""
    return [dict(zip(columns, row, strict=True)) for row in rowwise.tuples(frame, *columns)]


def requests_of(tables: Tables) -> list[dict[str, Any]]:
    """The requests as the page has them: fields, and their actions with the place of each head."""
    texts = {
        (p["doc_id"], p["paragraph"]): p["text"] for p in records(tables["paragraphs"], "doc_id", "paragraph", "text")
    }
    acts: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    wanted = ("doc_id", "obligation_id", "head", "label", "object", "start", "end", "negated")
    for action in records(tables["actions"], *wanted):
        acts[action["doc_id"], action["obligation_id"]].append(action)
    made = []
    for row in records(tables["obligations"], *KEPT):
        text = texts[row["doc_id"], row["paragraph"]]
        row = {SHOWN.get(key, key): value for key, value in row.items()}
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
    """Headings and paragraphs, each with the places of its sentences, and of the issuers and addressees in it."""
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
            "marks": marks[p["doc_id"], p["paragraph"]], "cuts": cuts[p["doc_id"], p["paragraph"]],
        }
        for p in records(tables["paragraphs"], "doc_id", "paragraph", "kind", "text")
    ]  # fmt: skip


def groups_of(tables: Tables) -> list[dict[str, Any]]:
    """The groups with their members, the most central first."""
    members: dict[str, list[str]] = defaultdict(list)
    for m in records(tables["cluster_members"].sort_values(["cluster", "rank"]), "cluster", "obligation_id"):
        members[m["cluster"]].append(m["obligation_id"])
    return [
        {
            "id": g["cluster"], "label": g["label"], "quote": g["representative"], "members": members[g["cluster"]],
            "stability": None if g["stability"] != g["stability"] else round(g["stability"], 3),
        }
        for g in records(tables["clusters"], "cluster", "label", "representative", "stability")
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
        row | {"start": spans[i][0], "end": spans[i][1], "requests": asked[i]}
        for row in records(tables["sample"], *names)
        for i in [row["sentence_id"]]
    ]


def data_of(tables: Tables, lexicons: Path, settings: Path) -> dict[str, Any]:
    """Everything that the page shows. Raises InputError for a broken labels.csv or code book."""
    labels = lexicon.read(lexicons, LABELS)
    book = codebook.chosen(lexicons, settings)
    documents = [
        {"id": d["doc_id"], "name": d["symbol"] or d["doc_id"], "title": d["title"]}
        for d in records(tables["documents"], "doc_id", "symbol", "title")
    ]
    return {
        "title": title_of(documents),
        "documents": documents,
        "paragraphs": paragraphs_of(tables),
        "requests": requests_of(tables),
        "estimates": estimates_of(tables),
        "run": run_of(tables),
        "found": found_in(tables),
        "types": schema.ACTOR_TYPES,
        "sample": sample_of(tables),
        "groups": groups_of(tables),
        "themes": {
            row["theme"]: {"fr": row["label_fr"], "en": row["label_en"], "definition": row["definition"]}
            for row in book.rows
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


def as_json(data: Mapping[str, Any]) -> str:
    """JSON that may stand inside a script element: no `<`, and no line end that JavaScript takes for one."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def source(text: str) -> str:
    """How the policy names a script or style: the hash of its bytes."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def parts_of(data: Mapping[str, Any], size: int = MOST) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The data of the page, and where they are too long for it, pieces of about `size` bytes of the long lists."""
    if len(as_json(data).encode()) <= size:
        return dict(data), []
    pieces: list[dict[str, Any]] = []
    for key in LONG:
        piece: list[Any] = []
        room = size
        for row in data[key]:
            room -= len(as_json(row).encode()) + 1
            if room < 0 and piece:
                pieces.append({key: piece})
                piece, room = [], size
            piece.append(row)
        pieces.append({key: piece})
    return {**data, **{key: [] for key in LONG}}, pieces


def render(
    tables: Tables, lexicons: Path = LEXICONS, settings: Path = SETTINGS, size: int = MOST
) -> tuple[str, list[str]]:
    """The whole page, and the scripts that bring its data where that is longer than `size` bytes."""
    data, pieces = parts_of(data_of(tables, lexicons, settings), size)
    style = (WEB / "reader.css").read_text(encoding="utf-8")
    script = "".join((WEB / name).read_text(encoding="utf-8") for name in SCRIPTS)
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
    template = environment.from_string((WEB / "reader.html.j2").read_text(encoding="utf-8"))
    page = template.render(
        title=data["title"], data=Markup(as_json(data)), style=Markup(style), style_hash=source(style),
        script=Markup(script), script_hash=source(script), pieces=[f"reader/{name_of(i)}" for i in range(len(pieces))],
    )  # fmt: skip
    return page, [f"(globalThis.readerData ??= []).push({as_json(piece)});\n" for piece in pieces]


def name_of(piece: int) -> str:
    """The name of a piece of data: data-1.js."""
    return f"data-{piece + 1}.js"


def run(tables: Path, out: Path, lexicons: Path = LEXICONS, settings: Path = SETTINGS) -> list[Path]:
    """Write the page, and the pieces of its data; the files. Raises InputError."""
    begun = time.perf_counter()
    page, pieces = render(read_tables(tables), lexicons, settings)
    folder = out.parent / "reader"
    paths = [folder / name_of(i) for i in range(len(pieces))]
    with atomic.together():
        for path, piece in zip(paths, pieces, strict=True):
            files.write_text(path, piece)
        for old in set(folder.glob("data-*.js")) - set(paths):
            atomic.remove(old)  # a piece of a larger corpus that was here before
        files.write_text(out, page)
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
    size = len(page.encode("utf-8")) // 1024
    beside = f" and {len(pieces)} files in {folder}" if pieces else ""
    console.say("reader", f"{out} ({size} kB){beside}", time.perf_counter() - begun)
    return [out, *paths]
