"""Obligations: who asks whom to do what, how strongly; one row a trigger.

Reads paragraphs, sentences, tokens and actors; writes obligations and actions; unrecognised: what stands where
somebody asks or is to act and was not judged somebody; and oddities: files whose requests may have been missed. In
order: frames find the triggers, complements their actions, exclusions rule out what only looks like a request, roles
say who asks and who is to act.

    "Les [gouvernements]addressee ont été [priés]request de [ratifier]action les conventions."

Scores (precision, recall, rows right in every field; intervals in README): A/68/370 90 of 90; 149 requests in 360 units
of the United Nations Parallel Corpus that nobody read .986, .973, .885; 2,907 in 2,375 paragraphs of our own .987,
.983, .890.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import ClassVar, NamedTuple

import pandas as pd

from pries.actors.titles import TitleNames
from pries.base import lexicon
from pries.base import settings as folder_settings
from pries.base.errors import TooMuch
from pries.base.layers import Folder
from pries.grammar.sentence import Reading, Sentence, interleaved, sentences_of
from pries.grammar.subjects import subject
from pries.grammar.verbs import phrase_beginning
from pries.grammar.wording import PRINTED
from pries.grammar.words import BEFORE_PURPOSE
from pries.requests.announced.announcements import Announcements
from pries.requests.announced.listed import Listed
from pries.requests.announced.places import announced, announced_documents
from pries.requests.cast import Cast, Filler
from pries.requests.context.by_sentence import named
from pries.requests.context.confidence import confidence, read_confidence
from pries.requests.context.inferred import Inferred
from pries.requests.context.oddities import oddities
from pries.requests.context.signs import Surroundings
from pries.requests.coordination import Action
from pries.requests.engine import Engine
from pries.requests.request import Refused, Request
from pries.requests.speakers.run_on import RunOn
from pries.schema import schema
from pries.schema.ids import content_id
from pries.store import rowwise

SUPPORT_VERBS = lexicon.Lexicon("support_verbs.csv", ("verb", "words", "label"), key=("verb", "words"))
Labels = dict[str, list[tuple[tuple[str, ...], str]]]  # verb -> words that may follow, label
NOBODY = ("", "", "", "")  # the cells of a role that nobody has: name, text, actor, type
TENSES = {"gerund": "participle"}  # the tense column says participle for both


@dataclass(frozen=True)
class Settings:
    """What the stage is told of a corpus."""

    FILE: ClassVar[str] = "obligations.toml"
    recommendations: bool = field(default=False)  # every paragraph of every document is a recommendation
    max_requests: int = field(default=20_000, metadata={"low": 1, "high": 10**7})  # of a document


class Home(NamedTuple):
    """What is written of a sentence beside each of its requests."""

    doc_id: str
    section: str
    paragraph: str
    sentence_id: str
    text: str


@dataclass(frozen=True)
class Prepared:
    """What the lexicons and settings say."""

    engine: Engine
    labels: Labels
    announcements: Announcements
    names: TitleNames
    settings: Settings
    confidence: Mapping[str, float] = field(default_factory=dict)  # weights

    def listed(self, paragraphs: pd.DataFrame, documents: pd.DataFrame | None, metadata: pd.DataFrame | None) -> Listed:
        """What is announced in these tables."""
        whole = announced_documents(metadata, self.announcements)
        found = announced(paragraphs, whole, self.announcements, self.settings.recommendations)
        titles: dict[str, list[str]] = {}
        if found and documents is not None:
            titles = {row["doc_id"]: [row["title"]] for row in rowwise.records(documents[["doc_id", "title"]])}
        if found:
            headings = paragraphs[paragraphs["kind"] == "heading"]
            for row in rowwise.records(headings[["doc_id", "text"]]):
                titles.setdefault(row["doc_id"], []).append(row["text"])
        return Listed(found, self.announcements, self.names, self.engine, titles)


def read_labels(lexicons: Folder) -> Labels:
    """support_verbs.csv: for each verb the words that may follow and the label that they make. Raises InputError."""
    labels: Labels = {}
    for row in lexicon.read(lexicons, SUPPORT_VERBS):
        labels.setdefault(row["verb"], []).append((tuple(row["words"].split()), row["label"]))
    return labels


def search(
    sentences: Iterator[Sentence], actors: pd.DataFrame, engine: Engine
) -> Iterator[tuple[Cast, list[Request | Refused]]]:
    """The cast of each sentence with what was found in it, in reading order; actors as in the actors table."""
    mentions = named(actors)
    for sentence in sentences:
        own = [m for i in sentence.ids for m in mentions.get(i, ())]
        cast = Cast(sentence, own)
        yield cast, list(engine.search(cast))


def prepare(lexicons: Folder, settings: Folder) -> Prepared:
    """What the lexicons and settings say. Raises InputError."""
    return Prepared(
        Engine.read(lexicons), read_labels(lexicons), Announcements.read(lexicons), TitleNames.read(lexicons),
        folder_settings.read(settings, Settings), read_confidence(lexicons),
    )  # fmt: skip


def run(
    paragraphs: pd.DataFrame, sentences: pd.DataFrame, tokens: pd.DataFrame, actors: pd.DataFrame,
    documents: pd.DataFrame | None = None, metadata: pd.DataFrame | None = None,
    *, lexicons: Folder, settings: Folder, prepared: Prepared | None = None, reading: Reading = sentences_of,
) -> dict[str, pd.DataFrame]:  # fmt: skip
    """The tables of obligations, actions, unrecognised and oddities. Documents and metadata tell what is announced.

    Raises TooMuch for a document of more requests than it may have.
    """
    known = prepared or prepare(lexicons, settings)
    engine, labels = known.engine, known.labels
    homes = {home.sentence_id: home for home in map(Home._make, rowwise.tuples(sentences, *Home._fields))}
    rows: list[dict] = []
    action_rows: list[dict] = []
    refused: list[tuple] = []
    seen: Counter[tuple[str, str, str]] = Counter()
    per_document: Counter[str] = Counter()
    listed = known.listed(paragraphs, documents, metadata)
    searched = search(reading(paragraphs, sentences, tokens, engine.words.cues), actors, engine)
    found = in_order(pair for cast, results in searched for pair in listed.search(cast, results))
    inferred, run_on = Inferred.of(paragraphs, actors), RunOn()
    for around, results in found:
        cast = around.cast
        inferred.enter(cast)
        subject_before = run_on.organ_of(cast)
        for request in results:
            refused.extend(_refused(cast.sentence, request, homes))
            if not isinstance(request, Request):
                continue
            if subject_before and not request.issuer:
                request.issuer, request.origin["issuer"] = subject_before, "opening organ"
            row = _row(request, homes[request.sentence[request.trigger.token].sentence_id], seen)
            row["issuer_inferred"] = "" if row["issuer"] else inferred.name
            inferred.last = row["issuer_actor"] or inferred.last
            row["confidence"] = confidence(around, request, known.confidence)
            rows.append(row)
            _check_number(per_document, row["doc_id"], known.settings.max_requests)
            action_rows.extend(_actions(request, row["obligation_id"], labels))
    asked = {(row["doc_id"], row["paragraph"]) for row in rows}
    odd = oddities(paragraphs, sentences, tokens, documents, asked)
    return {
        "obligations": _frame(rows, "obligations"), "actions": _frame(action_rows, "actions"),
        "unrecognised": schema.from_rows(refused, "unrecognised", "obligations"),
        "oddities": schema.from_rows(odd, "oddities", "obligations"),
    }  # fmt: skip


def _check_number(counts: Counter[str], doc_id: str, most: int) -> None:
    """Count a request of a document. Raises TooMuch."""
    counts[doc_id] += 1
    if counts[doc_id] > most:
        raise TooMuch(
            doc_id, f"it has more than {most:,} requests", f"split it, or raise max_requests in {Settings.FILE}"
        )


def _refused(sentence: Sentence, request: Request | Refused, homes: Mapping[str, Home]) -> Iterator[tuple]:
    """Rows of unrecognised: « Le [rouage] doit tourner » -> rouage, addressee."""
    for role, j in request.unrecognised.items():
        token = sentence[j]
        yield token.lemma.lower(), role, homes[token.sentence_id].text, token.sentence_id


def in_order(
    found: Iterator[tuple[Cast, list[Request | Refused]]],
) -> Iterator[tuple[Surroundings, list[Request | Refused]]]:
    """What was found, in the order in which the triggers stand: sentences of a list item come after the list."""
    for _, group in groupby(found, key=lambda pair: (pair[0].sentence.doc_id, pair[0].sentence.paragraph)):
        members = [(Surroundings(cast, results), results) for cast, results in group]
        if not interleaved([around.cast.sentence for around, _ in members]):
            yield from members
            continue
        single = [(around, [one]) for around, results in members for one in results]
        single.sort(key=lambda pair: pair[0].cast.sentence[pair[1][0].trigger.token].start)
        yield from single


def _frame(rows: list[dict], table: str) -> pd.DataFrame:
    cells = itemgetter(*(column.name for column in schema.TABLES[table].filled_by("obligations")))
    return schema.from_rows([cells(row) for row in rows], table, "obligations")


def _row(request: Request, home: Home, seen: Counter[tuple[str, str, str]]) -> dict:
    sentence, trigger = request.sentence, request.trigger
    token = sentence[trigger.token]
    key = (home.doc_id, " ".join(home.text.split()), token.low)
    obligation_id = content_id("o", *key, seen[key])
    seen[key] += 1
    actions = request.complement.actions
    row = {
        "doc_id": home.doc_id, "obligation_id": obligation_id, "section": home.section,
        "paragraph": home.paragraph, "sentence_id": home.sentence_id, "sentence_text": home.text,
        "trigger": sentence.words(trigger.token, trigger.end), "trigger_lemma": trigger.frame.lemma,
        "trigger_start": token.start, "trigger_end": sentence[trigger.end - 1].end, "modality": trigger.modality,
        "construction": trigger.construction,
        "tense": TENSES.get(trigger.group.tense, trigger.group.tense), "polarity": request.polarity,
        "actions": "; ".join([sentence.words(a.head, a.head + 1) for a in actions]),
        "action_text": sentence.words(actions[0].start, actions[-1].end), "rule": rule_of(request),
    }  # fmt: skip
    for role, fillers in (("issuer", request.issuer), ("addressee", request.addressee)):
        name, text, actor, kind = fillers[0] if len(fillers) == 1 else _together(fillers)
        row |= {role: name, f"{role}_text": text, f"{role}_actor": actor.translate(PRINTED), f"{role}_type": kind}
    return row


def _together(fillers: Sequence[Filler]) -> tuple[str, ...]:
    """The cells of a role that several have, or nobody."""
    return tuple(map("; ".join, zip(*fillers, strict=True))) if fillers else NOBODY


def rule_of(request: Request) -> str:
    """Frame, construction and cues in one cell: « prier/verb passive de; issuer: none; addressee: object »."""
    frame = request.trigger.frame
    origin = "; ".join(f"{role}: {how}" for role, how in request.origin.items())
    return f"{frame.lemma}/{frame.pos} ({frame.row}) {request.trigger.construction} {request.complement.slot}; {origin}"


def _actions(request: Request, obligation_id: str, labels: Labels) -> Iterator[dict]:
    sentence = request.sentence
    objects = [object_of(request, action, labels) for action in request.complement.actions]
    for rank, action in enumerate(request.complement.actions, start=1):
        head = sentence[action.head]
        # "ratifier et mettre en œuvre les instruments": the first shares the object of the next
        shared = next((o for o in objects[rank - 1 :] if o), "")
        yield {
            "doc_id": sentence.doc_id, "obligation_id": obligation_id, "action": rank,
            "head": sentence.words(action.head, action.head + 1),
            "lemma": head.lemma, "label": support_of(sentence, action, labels)[1], "object": shared,
            "text": sentence.words(action.start, action.end), "start": sentence[action.start].start,
            "end": sentence[action.end - 1].end, "negated": action.negated,
        }  # fmt: skip


def support_of(sentence: Sentence, action: Action, labels: Labels) -> tuple[int, str]:
    """How many words go with a support verb, and what a reader calls the action (mettre en œuvre, or the lemma)."""
    head = sentence[action.head]
    for words, label in labels.get(head.lemma, ()):
        if sentence.follows(action.head + 1, *words):
            return len(words), label
    return 0, head.lemma


def object_of(request: Request, action: Action, labels: Labels) -> str:
    """The head noun of what the action is done to; empty where its words name none.

    The first noun after the verb and the words that go with it, before any purpose; of a passive, its subject.
    """
    sentence = request.sentence
    if sentence[action.head].participle and request.trigger.frame.pos == "modal":
        found = subject(sentence, request.trigger.group)
        return sentence.low(found.phrase.head) if found and found.phrase else ""
    j = action.head + 1 + support_of(sentence, action, labels)[0]
    while j < action.end and sentence.low(j) not in BEFORE_PURPOSE:
        if length := phrase_beginning(sentence, j):
            j += length
        elif sentence[j].noun:
            return sentence.low(j)
        else:
            j += 1
    return ""
