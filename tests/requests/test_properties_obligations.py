"""Properties of obligations: a parser at its worst costs rows, never a place, an identifier or the run.

A pool of the marked sentences is parsed once. Hypothesis makes documents of them, as often and in whatever order it
likes, and spoils the parse: tokens lost, heads, relations, parts of speech, lemmas and morphology at random.
"""

from __future__ import annotations

import copy
from functools import lru_cache
from itertools import chain
from typing import Any

import marked
import pandas as pd
import pytest
from conftest import ROOT, taken
from hypothesis import given
from hypothesis import strategies as st
from pries.actors import actors
from pries.actors.known_names import ActorNames
from pries.base.places import LEXICONS, SETTINGS
from pries.grammar import parse
from pries.grammar.spelling import Spelling
from pries.requests import obligations
from pries.requests.engine import Engine
from pries.schema import schema
from pries.schema.ids import content_id

SENTENCES = ROOT / "tests" / "sentences"
POOL = [line.text for path in sorted(SENTENCES.glob("*.txt")) for line in marked.read(path)[::5]]
TAGS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PRON PROPN PUNCT SCONJ SYM VERB X".split()
RELATIONS = (
    "ROOT nsubj nsubj:pass obj iobj obl:arg obl:mod obl:agent xcomp ccomp advcl acl acl:relcl amod aux:pass aux:tense "
    "case cc conj cop dep det expl:subj expl:comp expl:pass fixed flat:name mark nmod nummod parataxis punct appos"
).split()
MORPHS = ["", "Gender=Fem|Number=Plur", "Mood=Ind|VerbForm=Fin", "VerbForm=Inf", "Tense=Past|VerbForm=Part", "x"]
LEMMAS = ["", "prier", "recommander", "il", "devoir", "gouvernement", "État", "être", "à", "’", "\u0301"]
COLUMNS = ("start", "end", "form", "read", "lemma", "tag", "morph", "head", "relation")
EDITS = st.one_of(
    st.tuples(st.just("drop"), st.none()),
    st.tuples(st.just("head"), st.integers(0, 60)),
    st.tuples(st.just("relation"), st.sampled_from(RELATIONS)),
    st.tuples(st.just("tag"), st.sampled_from(TAGS)),
    st.tuples(st.just("morph"), st.sampled_from(MORPHS)),
    st.tuples(st.just("lemma"), st.sampled_from(LEMMAS)),
)
SPOILT = st.tuples(st.integers(0, len(POOL) - 1), st.lists(st.tuples(st.integers(0, 60), EDITS), max_size=20))
DOCUMENTS = st.lists(st.lists(SPOILT, min_size=1, max_size=4), min_size=1, max_size=3)
Parsed = list[list[dict[str, Any]]]
Tables = dict[str, pd.DataFrame]


MODEL = lru_cache(lambda: parse.load("fr_core_news_md"))


@pytest.fixture(scope="module")
def vectors(parsed: Parsed) -> pd.DataFrame:
    """The vectors of the pool's words."""
    return parse.word_vectors(pd.DataFrame(list(chain(*parsed))), MODEL())


@pytest.fixture(scope="module")
def parsed() -> Parsed:
    """The tokens of each sentence of the pool."""
    table = pd.DataFrame({"doc_id": "d", "item": "", "text": POOL})
    model = MODEL()
    spelling = Spelling(model, LEXICONS)
    annotated = parse.annotate(parse.twins_of(table, spelling), model, spelling)
    return [[dict(zip(COLUMNS, token, strict=True)) for token in tokens] for tokens in annotated]


@pytest.fixture(scope="module", autouse=True)
def once() -> Any:
    """The lexicons are read once for all examples."""
    kept = pytest.MonkeyPatch()
    engine, names = Engine.read(LEXICONS), ActorNames.read(LEXICONS)
    kept.setattr(Engine, "read", lambda _: engine)
    kept.setattr(ActorNames, "read", lambda _: names)
    yield
    kept.undo()


def spoil(tokens: list[dict[str, Any]], edits: list[tuple[int, tuple[str, Any]]]) -> list[dict[str, Any]]:
    """The tokens of a sentence after all edits; heads stay inside it."""
    tokens = copy.deepcopy(tokens)
    for at, (what, value) in edits:
        if what == "drop" and len(tokens) > 1:
            del tokens[at % len(tokens)]
        elif what != "drop":
            tokens[at % len(tokens)][what] = value
    for token in tokens:
        token["head"] %= len(tokens)
    return tokens


def document(paragraphs: list[list[tuple[int, list]]], parsed: Parsed) -> Tables:
    """The tables of a document whose paragraphs are made of the pool's sentences."""
    rows: dict[str, list[dict[str, Any]]] = {"paragraphs": [], "sentences": [], "tokens": []}
    for rank, chosen in enumerate(paragraphs, start=1):
        text = ""
        for place, (which, edits) in enumerate(chosen, start=1):
            start, sentence = len(text) + bool(text), POOL[which]
            text = f"{text} {sentence}".strip()
            key = content_id("s", "essai", sentence, rank * 100 + place)
            row = {"doc_id": "essai", "sentence_id": key, "section": "", "paragraph": str(rank), "item": ""}
            rows["sentences"].append(
                {**row, "sentence": place, "start": start, "end": start + len(sentence), "text": sentence}
            )
            for i, token in enumerate(spoil(parsed[which], edits)):
                moved = {"start": token["start"] + start, "end": token["end"] + start}
                rows["tokens"].append({"doc_id": "essai", "sentence_id": key, "i": i, **token, **moved})
        about = {"section": "", "section_title": "", "section_role": "body", "kind": "paragraph"}
        about |= {"part": "", "speaker": "", "text": text, "line_start": rank, "line_end": rank}
        rows["paragraphs"].append({"doc_id": "essai", "paragraph": str(rank), **about})
    filled = {"paragraphs": "segment", "sentences": "segment", "tokens": "parse"}
    return {name: schema.conform(pd.DataFrame(found), name, filled[name]) for name, found in rows.items()}


@given(DOCUMENTS)
def test_any_parse_gives_true_places(
    parsed: Parsed, vectors: pd.DataFrame, paragraphs: list[list[tuple[int, list]]]
) -> None:
    made = document(paragraphs, parsed) | {"vectors": vectors}
    folders = {"lexicons": LEXICONS, "settings": SETTINGS}
    made |= actors.run(**taken("actors", made), **folders)
    del made["vectors"]
    made |= {name: schema.empty(name, "segment") for name in ("documents", "metadata")}
    made |= obligations.run(**taken("obligations", made), **folders)
    made = {name: schema.conform(frame, name, stage_of(name)) for name, frame in made.items()}
    texts = dict(zip(made["paragraphs"]["paragraph"], made["paragraphs"]["text"], strict=True))
    sentences = {row.sentence_id: row for row in made["sentences"].itertuples()}
    requests = {row.obligation_id: row for row in made["obligations"].itertuples()}
    assert made["obligations"]["obligation_id"].is_unique
    assert made["actors"]["mention_id"].is_unique
    for row in requests.values():
        text, home = texts[row.paragraph], sentences[row.sentence_id]
        assert text[row.trigger_start : row.trigger_end] == row.trigger
        assert home.start <= row.trigger_start < row.trigger_end <= home.end
        assert (home.paragraph, home.text) == (row.paragraph, row.sentence_text)
        assert row.action_text in text
        for role in ("issuer", "addressee"):
            cells = [getattr(row, f"{role}{end}") for end in ("", "_text", "_actor", "_type")]
            assert len({cell.count("; ") for cell in cells}) == 1, cells
            assert all(part in " ".join(texts.values()) for part in cells[1].split("; ")), cells
    places = [(int(row.paragraph), row.trigger_start) for row in requests.values()]
    assert places == sorted(places)
    heads: dict[str, list[str]] = {}
    for action in made["actions"].itertuples():
        text = texts[requests[action.obligation_id].paragraph]
        assert text[action.start : action.end] == action.text
        assert action.head in action.text
        heads.setdefault(action.obligation_id, []).append(action.head)
        assert action.action == len(heads[action.obligation_id])
    assert {key: "; ".join(found) for key, found in heads.items()} == {
        key: row.actions for key, row in requests.items() if row.actions
    }
    for mention in made["actors"].itertuples():
        assert texts[mention.paragraph][mention.start : mention.end] == mention.text
        assert mention.sentence_id in sentences


def stage_of(table: str) -> str:
    """The stage that fills a table before the others join it."""
    searched = dict.fromkeys(("obligations", "actions", "unrecognised", "oddities"), "obligations")
    return ({"tokens": "parse", "actors": "actors"} | searched).get(table, "segment")
