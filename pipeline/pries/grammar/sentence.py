"""Syntax: a sentence as the later stages see it, and the small facts about French words that they share.

The model's tags and arcs are taken where they are good; verbal groups are read off the words themselves.

    "ont de nouveau été priés" -> participle priés, auxiliaries ont + été, passive, past
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count, pairwise, repeat
from typing import Any

import numpy as np
import pandas as pd

from pries.grammar.conjugation import certain_forms
from pries.grammar.cues import Cues
from pries.grammar.morphology import Token, Word, token_of, word
from pries.grammar.repair import repair
from pries.grammar.words import (
    AND_OR,
    COMPARATIVES,
    CORRELATIVES,
    DE,
    FREE_RELATIVES,
    IL_ILS,
    MAY_OPEN,
    NOT_IN_CLAUSE,
    OPENERS,
    QUE,
    TO,
)

NO_CUES = Cues()


@dataclass(slots=True)
class Sentence:
    """A sentence, or a lead-in with the list items that continue it, as one run of tokens.

    `lows` has their forms in lower case, for all who look back and forth; `cues` the words of the lexicon; `found` what
    was searched for (`rules.once`), for those who ask again.
    """

    doc_id: str
    paragraph: str
    text: str  # of the paragraph: offsets of tokens point into it
    tokens: list[Token]
    starts: list[int] = field(default_factory=list)  # token ranks at which an item begins
    cues: Cues = NO_CUES
    lows: list[str] = field(init=False)
    found: dict[Any, Any] = field(init=False, default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        self.lows = [token.low for token in self.tokens]

    def extend(self, tokens: Sequence[Token]) -> None:
        """Go on with more tokens; nothing else adds any, because `lows` goes with them."""
        self.tokens += tokens
        self.lows += [token.low for token in tokens]

    @property
    def ids(self) -> list[str]:
        """The sentence_ids of the tokens, in order, each once."""
        begins = [start for start in (0, *self.starts) if start < len(self.tokens)]
        return list(dict.fromkeys([self.tokens[start].sentence_id for start in begins]))

    def __len__(self) -> int:
        return len(self.tokens)

    def __getitem__(self, i: int) -> Token:
        return self.tokens[i]

    def low(self, i: int) -> str:
        """The lower-cased form at rank `i`, empty outside the sentence."""
        try:
            return self.lows[i] if i >= 0 else ""
        except IndexError:
            return ""

    def words(self, start: int, end: int) -> str:
        """The text of tokens start..end-1, as it stands."""
        return self.text[self.tokens[start].start : self.tokens[end - 1].end] if end > start else ""

    def as_read(self, start: int, end: int) -> str:
        """The text of tokens start..end-1 with their words as they were read: « Etats » -> États."""
        tokens = self.tokens[start:end]
        places = [(token.start, token.end) for token in tokens]
        if all(self.text[a:b] == token.form for (a, b), token in zip(places, tokens, strict=True)):
            return self.words(start, end)
        before = [start for start, _ in places[:1]] + [end for _, end in places]
        return "".join(
            ("" if parted.endswith("'") else self.text[last : token.start]) + token.form
            for parted, last, token in zip(["", *[t.form for t in tokens]], before, tokens, strict=False)
        )

    def follows(self, i: int, *words: str) -> bool:
        """Whether `words` (lower case) stand from rank `i` on."""
        if words and self.low(i) != words[0]:  # nearly always
            return False
        return tuple(self.lows[i : i + len(words)]) == words


MARKER_ENDS = (")", "–", "-", "•", "—", "°", "/")  # of the marker of an item: a), ii), –, 1°, 2/
Reading = Callable[[pd.DataFrame, pd.DataFrame, pd.DataFrame, Cues], Iterator[Sentence]]  # `sentences_of`, or the same


def opens_clause(sentence: Sentence, j: int) -> bool:
    """Whether the token opens an embedded clause: a relative or a conjunction, but no "ainsi que", "tant … qu'aux"."""
    if (low := sentence.low(j)) == "s'" and sentence.low(j + 1) in IL_ILS:
        return True
    if low not in OPENERS or (low in QUE and _correlated(sentence, j)):
        return False
    if low in FREE_RELATIVES:
        return sentence.low(j + 1) not in DE  # « interdit à quiconque d'entrer »
    return low not in QUE or (sentence.low(j - 1) not in COMPARATIVES and sentence.low(j + 1) not in NOT_IN_CLAUSE)


def _correlated(sentence: Sentence, que: int) -> bool:
    """Whether "que" only joins: « demandé tant aux communes qu'à l'État », « les communes, de même que l'État, »."""
    before = range(que - 1, max(que - 16, 0) if sentence.low(que + 1) in TO else que, -1)
    pairs = (sentence.lows[j] in TO and sentence.lows[j - 1] in CORRELATIVES for j in before)
    return any(pairs) or sentence.follows(que - 2, "de", "même")


def next_verb(sentence: Sentence, start: int) -> int | None:
    """The first finite verb from `start` on that belongs to no clause opened after `start`, None for none.

    « … les organes [qui suivent] la question publient » -> publient
    """
    depth = 0
    for j, token in enumerate(sentence.tokens[start:], start):
        if token.low in MAY_OPEN and opens_clause(sentence, j):
            depth += 1
        elif token.finite and not (j > start + 1 and sentence.low(j - 1) in AND_OR and sentence[j - 2].finite):
            if depth == 0:
                return j
            depth -= 1  # once for « qu'ils [peuvent et doivent] payer »
    return None


def sentences_of(
    paragraphs: pd.DataFrame, sentences: pd.DataFrame, tokens: pd.DataFrame, cues: Cues = NO_CUES
) -> Iterator[Sentence]:
    """The sentences in reading order; list items are joined to the lead-in before them.

    What an item goes on to say in sentences of its own comes after the list that it stands in: « a) de publier le
    rapport. Il devrait aussi le traduire; b) de former les agents ».
    """
    texts = texts_of(paragraphs)
    certain = certain_forms(cues)
    tokens_of = _tokens(tokens, cues.invariable, certain)
    group: Sentence | None = None
    alone: list[Sentence] = []
    last = ("", "", "")
    places = (shared(sentences[c]) for c in ("doc_id", "sentence_id", "paragraph", "item"))
    for doc_id, sentence_id, paragraph, item in zip(*places, strict=True):
        joins = group is not None and item and group.doc_id == doc_id and group.paragraph == paragraph
        read = tokens_of(sentence_id)
        again, last = last == (doc_id, paragraph, item), (doc_id, paragraph, item)
        if joins and again and not _goes_on(read):
            repair(read, certain)
            alone.append(Sentence(doc_id, paragraph, texts[doc_id, paragraph], read, cues=cues))
            continue
        if not joins or group is None:
            if group is not None:
                yield from chain(pieces(group), *map(pieces, alone))
            group, alone = Sentence(doc_id, paragraph, texts[doc_id, paragraph], [], cues=cues), []
        if item:
            _join(read, group)
        repair(read, certain)
        group.extend(read)
    if group is not None:
        yield from chain(pieces(group), *map(pieces, alone))


class Remembered:
    """`sentences_of`, for stages that read the same tables one after the other: the tables are read once, for as long
    as nobody changes a table, a sentence or the lexicon."""

    def __init__(self) -> None:
        self.tables: tuple[pd.DataFrame, ...] = ()
        self.cues = NO_CUES
        self.found: list[Sentence] = []

    def __call__(
        self, paragraphs: pd.DataFrame, sentences: pd.DataFrame, tokens: pd.DataFrame, cues: Cues = NO_CUES
    ) -> Iterator[Sentence]:
        tables = (paragraphs, sentences, tokens)
        same = self.tables and all(a is b for a, b in zip(self.tables, tables, strict=True))
        if not same or self.cues != cues:
            self.tables, self.found = (), []  # the last ones go before these come
            self.found = list(sentences_of(*tables, cues))
            self.tables, self.cues = tables, cues
        return iter(self.found)


# Searches look back and forth in a sentence; a longer one is read in pieces, so that cost grows with length alone.
LONGEST = 600


def pieces(sentence: Sentence) -> Iterator[Sentence]:
    """The sentence itself, or pieces of at most LONGEST tokens, cut after a punctuation mark where there is one."""
    start = 0
    while len(sentence) - start > LONGEST:
        last = start + LONGEST - 1
        marks = (i for i in range(last, start + LONGEST // 2, -1) if sentence[i].tag == "PUNCT")
        yield part(sentence, start, cut := next(marks, last) + 1)
        start = cut
    yield part(sentence, start, len(sentence)) if start else sentence


def part(sentence: Sentence, start: int, end: int) -> Sentence:
    """The tokens start..end-1 of a sentence, as a sentence of its own."""
    tokens = [
        replace(token, i=token.i - start, head=(token.head if start <= token.head < end else token.i) - start)
        for token in sentence.tokens[start:end]
    ]
    starts = sentence.starts[bisect_left(sentence.starts, start) : bisect_left(sentence.starts, end)]
    return replace(sentence, tokens=tokens, starts=[s - start for s in starts])


def texts_of(paragraphs: pd.DataFrame) -> dict[tuple[str, str], str]:
    """The text of each (doc_id, paragraph)."""
    doc_ids, numbers, texts = (paragraphs[c].tolist() for c in ("doc_id", "paragraph", "text"))
    return dict(zip(zip(doc_ids, numbers, strict=True), texts, strict=True))


def shared(column: pd.Series) -> list[str]:
    """The texts of a column; those that are equal are one object, whose hash is made once."""
    codes, texts = pd.factorize(column)
    if (codes < 0).any():  # a missing value, which no table of ours has
        return column.tolist()
    return list(map(texts.tolist().__getitem__, codes.tolist()))


def _tokens(table: pd.DataFrame, invariable: frozenset[str], certain: frozenset[str]) -> Callable[[str], list[Token]]:
    """The tokens of a sentence_id, made by column: a call for each token would take most of the time."""
    codes, ids = pd.factorize(table["sentence_id"])
    begins = np.flatnonzero(np.diff(codes, prepend=-2))
    ends = np.append(begins, len(codes))[1:]
    spans = dict(
        zip(map(ids.tolist().__getitem__, codes[begins].tolist()), zip(begins, ends, strict=True), strict=True)
    )
    starts, stops, heads = (table[c].tolist() for c in ("start", "end", "head"))
    columns = (starts, stops, heads, shared(table["relation"]), _words(table, invariable, certain))

    def tokens(sentence_id: str) -> list[Token]:
        begin, end = spans.get(sentence_id, (0, 0))
        return list(map(token_of, count(), *[column[begin:end] for column in columns], repeat(sentence_id)))

    return tokens


def _words(table: pd.DataFrame, invariable: frozenset[str], certain: frozenset[str]) -> list[Word]:
    """What `word` says of each token; it is asked once for each word that there is."""
    read = "read" if "read" in table else "form"  # a table made by hand may have the words as they stand alone
    texts = [pd.factorize(table[column], use_na_sentinel=False) for column in (read, "lemma", "tag", "morph")]
    sizes = [max(len(values), 1) for _, values in texts]
    which, combined = pd.factorize(np.ravel_multi_index([codes for codes, _ in texts], sizes))
    parts = zip(texts, np.unravel_index(combined, sizes), strict=True)
    each = (map(values.tolist().__getitem__, codes.tolist()) for (_, values), codes in parts)
    words = list(map(word, *each, repeat(invariable), repeat(certain)))
    return list(map(words.__getitem__, which.tolist()))


def interleaved(sentences: Sequence[Sentence]) -> bool:
    """Whether sentences of a paragraph stand inside the list that comes before them."""
    return any(a.tokens and b.tokens and b[0].start < a[-1].start for a, b in pairwise(sentences))


def _goes_on(read: Sequence[Token]) -> bool:
    """Whether a sentence goes on with a list: it has a marker of its own, or opens with an infinitive as items do."""
    return not read or read[0].infinitive or read[0].form in MARKER_ENDS or any(t.form.endswith(")") for t in read[:3])


def _join(item: list[Token], group: Sentence) -> None:
    """Count the tokens of a list item on from the lead-in; its marker is no word."""
    if group.starts and group.lows[-1] == ".":  # between the items of a list it separates as a semicolon does
        group.lows[-1] = group.tokens[-1].low = ";"
    group.starts.append(offset := len(group.tokens))
    for token in item:
        token.i, token.head = token.i + offset, token.head + offset
    if item and item[0].infinitive:  # a sentence that goes on with the item before
        return
    for token in item[:4]:  # a), ii), –
        token.tag, token.morph, token.verb = "PUNCT", "", ""
        if token.form.endswith((*MARKER_ENDS, ".")):
            break
