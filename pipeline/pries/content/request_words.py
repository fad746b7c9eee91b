"""Request words: the requests of a corpus as they are compared and named, by the words of what each asks.

A request is the content words of its actions (for a passive, *les droits devaient être respectés*, also of
its subject, since that is what is to be respected), not its trigger, issuer or addressee.

    « Les gouvernements ont été priés de ratifier la Convention » -> ratifier, convention
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
import pandas as pd

from pries.base.layers import Folder
from pries.grammar import stopwords
from pries.grammar.content_words import CONTENT, letters
from pries.store import batches, rowwise
from pries.store.batches import Table

CONTEXT = 1_000  # words of a paragraph in which a request is read; a longer one is read in pieces
SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
COLUMNS = ["doc_id", "sentence_id", "i", "start", "end", "form", "lemma", "tag", "morph", "head", "relation"]


@dataclass(frozen=True)
class Words:
    """Paragraphs of a corpus as columns, one element a token, with the span of rows of each sentence and paragraph.

    What is counted is counted in the whole corpus, also where only the paragraphs of requests are kept.
    """

    text: list[str]  # as it stands, small letters where a sentence begins
    form: list[str]
    lemma: list[str]
    tag: list[str]
    start: array[int]
    end: array[int]
    head: array[int]
    relation: list[str]
    participle: bytearray
    sentences: dict[tuple[str, str], range]
    paragraphs: dict[tuple[str, str], range]  # by a sentence of the paragraph
    stopwords: frozenset[str]
    contexts: dict[tuple[str, str], range] = field(default_factory=dict)  # the same; of a long paragraph, a piece
    bags: dict[range, Counter[str]] = field(default_factory=dict)  # the content lemmas of contexts
    frequency: Counter[str] = field(default_factory=Counter)  # of each form
    spread: Counter[str] = field(default_factory=Counter)  # how many paragraphs have each lemma; under "", all

    @property
    def paragraphs_counted(self) -> int:
        """How many paragraphs the corpus has."""
        return self.spread[""]

    def content(self, rows: Iterable[int]) -> list[int]:
        """The rows that hold a content word."""
        return [
            r
            for r in rows
            if self.tag[r] in CONTENT and self.lemma[r] not in self.stopwords and letters(self.form[r]) > 1
        ]

    def context_of(self, spans: Sequence[range]) -> Mapping[str, int]:
        """The content lemmas of some contexts, each counted as often as it comes."""
        for span in spans:
            if span not in self.bags:
                self.bags[span] = Counter(self.lemma[r] for r in self.content(span))
        if len(spans) == 1:
            return self.bags[spans[0]]
        found: Counter[str] = Counter()
        for span, times in Counter(spans).items():
            for lemma, n in self.bags[span].items():
                found[lemma] += n * times
        return found

    @cached_property
    def children(self) -> dict[int, list[int]]:
        """The rows that depend on a row."""
        found: dict[int, list[int]] = defaultdict(list)
        for span in self.sentences.values():
            for row in span:
                governor = span.start + self.head[row]
                if governor != row:
                    found[governor].append(row)
        return found

    def subtree(self, row: int) -> list[int]:
        """A row and all that depends on it, in reading order."""
        found, waiting = {row}, [row]
        while waiting:
            new = [child for child in self.children.get(waiting.pop(), ()) if child not in found]
            found.update(new)
            waiting += new
        return sorted(found)


def read_words(tokens: Table, lexicons: Folder, obligations: pd.DataFrame | None = None) -> Words:
    """The tokens table, in reading order, as columns of lower-cased words; of all paragraphs or those of requests."""
    words = Words(
        [], [], [], [], array("i"), array("i"), array("i"), [], bytearray(), {}, {}, stopwords.read(lexicons)
    )  # fmt: skip
    wanted = None if obligations is None else set(rowwise.tuples(obligations, "doc_id", "sentence_id"))
    for part in batches.each(tokens[COLUMNS]):
        begins, paragraph = _sentences(part)
        size = np.diff(begins, append=len(part))
        forms, form = _small(part["form"])
        lemmas, lemma = _small(part["lemma"])
        words.frequency.update(dict(zip(forms, np.bincount(form, minlength=len(forms)).tolist(), strict=True)))
        pairs = np.unique(np.repeat(paragraph, size) * np.int64(len(lemmas) or 1) + lemma)  # a lemma of a paragraph
        spread = np.bincount(pairs % (len(lemmas) or 1), minlength=len(lemmas)).tolist()
        words.spread.update(dict(zip(lemmas, spread, strict=True)) | {"": int(paragraph.max(initial=-1)) + 1})
        keys = list(rowwise.tuples(part.iloc[begins], "doc_id", "sentence_id"))
        asked = np.zeros(len(part) + 1, dtype=bool)
        asked[paragraph[[wanted is None or key in wanted for key in keys]]] = True
        kept = np.flatnonzero(asked[paragraph])
        _place(words, [keys[n] for n in kept.tolist()], size[kept], paragraph[kept])
        rows = np.flatnonzero(np.repeat(asked[paragraph], size))
        words.form.extend(forms[n] for n in form[rows].tolist())
        words.lemma.extend(lemmas[n] for n in lemma[rows].tolist())
        _keep(words, part, rows)
    return words


def _small(column: pd.Series) -> tuple[list[str], np.ndarray]:
    """The words of a column in small letters, each once, and which one every row has."""
    codes, found = pd.factorize(column, use_na_sentinel=False)
    small, words = pd.factorize(np.array([word.lower() for word in found.tolist()], dtype=object))
    return words.tolist(), small[codes]


def _sentences(part: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Where each sentence begins, and its paragraph, numbered from 0.

    A paragraph begins where the count of characters falls back: the table does not name it.
    """
    begins = rowwise.begins(part, "doc_id", "sentence_id")
    before, after = np.maximum(begins - 1, 0), begins
    new = part["start"].to_numpy()[after] < part["end"].to_numpy()[before]
    new |= np.isin(begins, rowwise.begins(part, "doc_id"))
    return begins, np.cumsum(new) - 1


def _place(words: Words, keys: Sequence[tuple[str, str]], sizes: np.ndarray, paragraph: np.ndarray) -> None:
    """Note where sentences that follow upon the last one stand in `words`, and their paragraphs."""
    ends = (len(words.form) + np.cumsum(sizes)).tolist()
    for _, together in groupby(zip(keys, sizes.tolist(), ends, paragraph.tolist(), strict=True), itemgetter(3)):
        sentences = [(key, range(end - size, end)) for key, size, end, _ in together]
        whole = range(sentences[0][1].start, sentences[-1][1].stop)
        for key, span in sentences:
            words.sentences[key], words.paragraphs[key] = span, whole
            # so many words of it, the same for sentences near each other: n requests do not read a paragraph n times
            begun = whole.start + (span.start - whole.start) // CONTEXT * CONTEXT
            words.contexts[key] = range(begun, min(begun + CONTEXT, whole.stop))


def _keep(words: Words, part: pd.DataFrame, rows: np.ndarray) -> None:
    """Add the other columns of some tokens to `words`."""
    first = (part["i"].to_numpy()[rows] == 0).tolist()
    words.text.extend(w.lower() if at else w for w, at in zip(_once(part["form"], rows), first, strict=True))
    words.tag.extend(_once(part["tag"], rows))
    words.relation.extend(_once(part["relation"], rows))
    words.participle.extend("VerbForm=Part" in m for m in _once(part["morph"], rows))
    for numbers, name in ((words.start, "start"), (words.end, "end"), (words.head, "head")):
        numbers.frombytes(part[name].to_numpy()[rows].astype(np.intc).tobytes())


def _once(column: pd.Series, rows: np.ndarray) -> Iterator[str]:
    """The words of some rows of a column, each of them once in memory: a column of Arrow makes a new one every time."""
    codes, found = pd.factorize(column, use_na_sentinel=False)
    words = found.tolist()
    return (words[n] for n in codes[rows].tolist())


def known(vectors: Table, words: Words) -> dict[str, Any]:
    """The vectors of the words that are kept, by form."""
    wanted = set(words.form)
    found: dict[str, Any] = {}
    for part in batches.apart(vectors):
        new = wanted.intersection(batches.whole(part[["form"]])["form"]).difference(found)
        if new:
            rows = rowwise.tuples(batches.whole(part), "form", "vector")
            found |= {form: np.array(vector) for form, vector in rows if form in new}
    return found


@dataclass(frozen=True)
class Request:
    """One obligation: rows of all the words of what is asked, of its content words; what it stands in."""

    obligation_id: str
    rows: list[int]
    content: list[int]
    context: list[range]


def requests(words: Words, obligations: pd.DataFrame, actions: pd.DataFrame) -> list[Request]:
    """What each obligation asks, in the order of the table."""
    of: dict[tuple[str, str], list[tuple[str, int, int]]] = defaultdict(list)
    for doc_id, obligation, *action in rowwise.tuples(actions, "doc_id", "obligation_id", "head", "start", "end"):
        of[doc_id, obligation].append((action[0], action[1], action[2]))
    made = []
    columns = "doc_id", "obligation_id", "sentence_id", "construction", "trigger_start"
    for doc_id, obligation, sentence_id, construction, trigger_start in rowwise.tuples(obligations, *columns):
        place = words.paragraphs.get((doc_id, sentence_id), range(0))
        sentence = words.sentences.get((doc_id, sentence_id), range(0))
        modal = [r for r in sentence if construction == "modal" and words.start[r] == trigger_start]
        asked: set[int] = set()
        for head, start, end in of[doc_id, obligation]:
            first = bisect_left(words.start, start, place.start, place.stop)
            span = range(first, bisect_right(words.end, end, first, place.stop))
            asked.update(span)
            heads = [r for r in span if words.form[r] == head.lower()]
            if heads and words.participle[heads[0]]:
                asked.update(_patient(words, heads[0], modal))
        rows = sorted(asked)
        context = words.contexts.get((doc_id, sentence_id), range(0))
        made.append(Request(obligation, rows, words.content(rows), [context]))
    return made


def _patient(words: Words, head: int, modal: list[int]) -> list[int]:
    """The subject of a passive action, whether the parse hangs it on the participle or on *devoir*."""
    governors = [head, *modal]
    subjects = [c for g in governors for c in words.children.get(g, ()) if words.relation[c] in SUBJECTS]
    return [r for subject in subjects for r in words.subtree(subject)]


@dataclass(frozen=True)
class Study:
    """What two stages compare: the words of requests' paragraphs, the requests, the vectors of all words."""

    words: Words
    requests: list[Request]
    table: Table

    @cached_property
    def vectors(self) -> dict[str, Any]:
        """The vectors of the words by form; large, and read only where likeness is measured."""
        return known(self.table, self.words)


def study(
    tokens: Table, vectors: Table, obligations: pd.DataFrame, actions: pd.DataFrame, lexicons: Folder,
    shared: MutableMapping[str, Any] | None = None,
) -> Study:  # fmt: skip
    """The requests of a corpus and their words.

    What is made is left in `shared`, where the next stage that is given it finds it and takes it out: both have to
    have the same tables, as the stages of one command have.
    """
    if shared and "study" in shared:
        found: Study = shared.pop("study")
        return found
    words = read_words(tokens, lexicons, obligations)
    made = Study(words, requests(words, obligations, actions), vectors)
    if shared is not None:
        shared["study"] = made
    return made
