"""Text segments: the text cut into pieces of about 40 words, the contexts in which textometry counts.

A segment (*segment de texte*, ALCESTE's unité de contexte élémentaire) never leaves its document or its section;
within a section it may hold the end of one paragraph and the beginning of the next, or several short ones, in
their order, since a list of ten short items is one context and not ten. From where a segment begins, the text is
cut at the strong mark (. ! ? … ; : or a sentence's end) that is nearest to the wanted size, between half of it and
half more; where there is none, at the nearest comma; where there is none, at the size itself. What is left of a
section is cut no more once it is at most half as long again as the size. So every segment has between half the size
and half more, but in a section that is shorter. Words are counted as `contingency` does; figures and signs go with the
word before them, opening quotation marks and brackets with the word after.

    « Les gouvernements ont été priés de ratifier la Convention. | Les employeurs, quant à eux, … » (size 8)
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np
import pandas as pd

from pries.grammar import content_words
from pries.schema.ids import content_id
from pries.store import rowwise

STRONG, WEAK = frozenset(".!?…;:"), frozenset(",")
OPENING = frozenset("«“‘([{–—-")
COLUMNS = [
    "doc_id", "segment", "section", "paragraph", "start", "last_paragraph", "end", "sentence_ids", "words", "text",
]  # fmt: skip


@dataclass(frozen=True)
class Segments:
    """The segments in reading order, and for each token the row of its segment (-1: a section without a word)."""

    frame: pd.DataFrame
    of: np.ndarray


def ends(marks: np.ndarray, size: int) -> list[int]:
    """Where segments end, as numbers of words from the beginning; `marks[i]` is what follows word i: 2 strong, 1 comma.

    ends([0, 0, 0, 2, 0, 0, 0, 0], 4) -> [4, 8]
    """
    found, begin, half = [], 0, -(-size // 2)
    while len(marks) - begin > 1.5 * size:
        low, high = begin + half, min(begin + 3 * size // 2, len(marks) - half)
        strength = marks[low - 1 : high]
        far = np.abs(np.arange(low, high + 1) - begin - size)
        best = int(np.argmin(np.where(strength == strength.max(), far, len(marks)))) + low
        begin = best if strength.max() else begin + size
        found.append(begin)
    return [*found, len(marks)] if len(marks) else found


@dataclass(frozen=True)
class Signs:
    """Which tokens are words, open a quotation or bracket, end with a comma, or with a strong mark."""

    word: np.ndarray
    opening: np.ndarray
    weak: np.ndarray
    strong: np.ndarray

    @classmethod
    def of(cls, form: pd.Series) -> Signs:
        """Of these forms."""
        last = (lambda f: f[-1:] in WEAK), (lambda f: f[-1:] in STRONG)
        return cls(*(rowwise.each(test, form) for test in (content_words.is_word, OPENING.__contains__, *last)))

    def __getitem__(self, some: slice) -> Signs:
        return Signs(self.word[some], self.opening[some], self.weak[some], self.strong[some])


def words_in(signs: Signs, sentence: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each token of a section the rank of the word that it goes with, and for each word the mark after it."""
    word, opening = signs.word, signs.opening
    if not word.any():
        return np.full(len(word), -1), np.zeros(0, dtype=np.int8)
    before = np.cumsum(word) - 1  # the rank of the last word up to here
    first = np.r_[True, sentence[1:] != sentence[:-1]]
    begun = before - np.maximum.accumulate(np.where(first, before - word, -1)) > 0  # a word of the sentence stands
    rank = np.maximum.accumulate(np.where(word | (begun & ~opening), before, before + 1)).clip(0, word.sum() - 1)
    marks = np.zeros(word.sum(), dtype=np.int8)
    marks[before[begun & signs.weak]] = 1
    marks[before[begun & signs.strong]] = 2
    last = before[np.flatnonzero(first)[1:] - 1]
    marks[last[last >= 0]] = 2
    return rank, marks


def runs(values: np.ndarray) -> list[tuple[int, int]]:
    """The runs of equal values: where each begins, and where it ends."""
    bounds = np.flatnonzero(np.r_[True, values[1:] != values[:-1], True]).tolist() if len(values) else []
    return list(pairwise(bounds))


def cut(tokens: pd.DataFrame, sentences: pd.DataFrame, paragraphs: pd.DataFrame, size: int) -> Segments:
    """The segments of about `size` words of a corpus; columns as in COLUMNS, offsets those of the paragraphs' texts."""
    keys = pd.MultiIndex.from_frame(sentences[["doc_id", "sentence_id"]])
    sentence = keys.get_indexer(pd.MultiIndex.from_frame(tokens[["doc_id", "sentence_id"]]))
    home = pd.MultiIndex.from_frame(sentences[["doc_id", "section"]]).factorize()[0]
    signs = Signs.of(tokens["form"])
    of = np.full(len(tokens), -1)
    made = 0
    where = home[sentence]
    for begin, end in runs(where):
        rank, marks = words_in(signs[begin:end], sentence[begin:end])
        stops = ends(marks, size)
        of[begin:end] = np.where(rank < 0, -1, made + np.searchsorted(stops, rank, side="right"))
        made += len(stops)
    return Segments(_describe(tokens, sentences, paragraphs, sentence, of, signs.word), of)


def _describe(
    tokens: pd.DataFrame, sentences: pd.DataFrame, paragraphs: pd.DataFrame, sentence: np.ndarray, of: np.ndarray,
    word: np.ndarray,
) -> pd.DataFrame:  # fmt: skip
    """One row a segment: where it begins and ends, its sentences, its words, its text (pieces of paragraphs joined)."""
    text = {(doc, name): words for doc, name, words in rowwise.tuples(paragraphs, "doc_id", "paragraph", "text")}
    docs, names, sections, ids = (sentences[c].tolist() for c in ("doc_id", "paragraph", "section", "sentence_id"))
    kept = np.flatnonzero(of >= 0)
    start, end, said = (x[kept].tolist() for x in (tokens["start"].to_numpy(), tokens["end"].to_numpy(), sentence))
    spans = runs(of[kept])
    words_of = np.add.reduceat(word[kept], [a for a, _ in spans], dtype=np.int64).tolist() if spans else []
    seen: Counter[tuple[str, str]] = Counter()
    rows = []
    for (a, b), many in zip(spans, words_of, strict=True):
        inside = list(dict.fromkeys(said[a:b]))
        doc, first, last = docs[inside[0]], names[inside[0]], names[inside[-1]]
        if first == last:
            words = text[doc, first][start[a] : end[b - 1]]
        else:
            pieces = [list(piece) for _, piece in groupby(range(a, b), lambda n: names[said[n]])]
            words = " ".join(text[doc, names[said[t[0]]]][start[t[0]] : end[t[-1]]] for t in pieces)
        seen[doc, words] += 1
        identifier = content_id("t", doc, words, seen[doc, words])
        found = "; ".join(ids[s] for s in inside)
        rows.append((doc, identifier, sections[inside[0]], first, start[a], last, end[b - 1], found, many, words))
    return pd.DataFrame(rows, columns=COLUMNS)
