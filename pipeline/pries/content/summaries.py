"""Summaries: which request of a report's body each request of its summary repeats.

A summary says shortly, in other words and in the same order what the body says. How near two requests are is the mean
of two likenesses of what is asked: the cosine of `similarity` (lemmas, vectors, a little of the paragraph) and the
overlap, the weight (inverse paragraph frequency) of the lemmas that both have over that of the shorter request. A
pair gains by the nearest pair of its neighbours. `least` is what a link takes at least, `rival` how much more where
the request of the body is nearer to another of the summary. A summary often sums up several requests of the body in
one: a further one is as near to it as to the one that it repeats, by `again` in the mean. All is counted in the one
document.

    II, par. 11 « il fallait élaborer un cadre général pour définir les droits des migrants en crise »
    -> VI, par. 39 « ils ont préconisé la création d'un cadre général visant à définir les droits … »
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import numpy as np
from scipy import sparse

from pries.base.settings import SHARE, WEIGHT
from pries.content import similarity
from pries.content.request_words import Request, Words

FEW = 3.0  # weight added to that of the shorter request: one word in common of two is no overlap yet
FLOOR = 0.1  # pairs less alike than this gain nothing by their neighbours
BEFORE_AFTER, NEAR = (-1, 1), (-2, -1, 0, 1, 2)  # neighbours in the summary, in the body
ROWS = 200  # requests of a summary that are compared with the body at a time


@dataclass(frozen=True)
class Settings:
    """`settings/summaries.toml`: what each means stands there."""

    FILE: ClassVar[str] = "summaries.toml"
    lemmas: float = field(default=1.0, metadata=WEIGHT)
    vectors: float = field(default=1.0, metadata=WEIGHT)
    context: float = field(default=0.2, metadata=WEIGHT)
    overlap: float = field(default=0.3, metadata=SHARE)
    sif: float = field(default=0.001, metadata={"low": 1e-9, "high": 1.0})
    neighbours: float = field(default=0.4, metadata=SHARE)
    least: float = field(default=0.32, metadata=SHARE)
    rival: float = field(default=0.16, metadata=SHARE)
    again: float = field(default=0.325, metadata=SHARE)
    least_again: float = field(default=0.25, metadata=SHARE)
    longest: int = field(default=2000, metadata={"low": 1, "high": 100000})


def links(
    words: Words, summary: Sequence[Request], body: Sequence[Request], vectors: Mapping[str, Any], chosen: Settings
) -> dict[tuple[int, int], float]:
    """Which requests of the summary repeat which of the body, by their positions, and how near they are."""
    if not summary or not body or len(summary) > chosen.longest:
        return {}
    likeness = Likeness.of(words, [*summary, *body], vectors, chosen)
    ranks = np.arange(len(summary)), len(summary) + np.arange(len(body))
    found = _nearest(likeness, *ranks, chosen)
    return found | _again(likeness, *ranks, list(found), chosen) if found else {}


def _nearest(
    likeness: Likeness, summary: np.ndarray, body: np.ndarray, chosen: Settings
) -> dict[tuple[int, int], float]:
    """For each request of the summary the nearest of the body, if it is near enough."""
    best = np.zeros(len(summary)), np.zeros(len(summary), int)
    rival = np.full(len(body), -1.0), np.zeros(len(body), int)  # the nearest of the summary to each of the body
    for begin, raised in _raised(likeness, summary, body, chosen.neighbours):
        rows = slice(begin, begin + len(raised))
        best[0][rows], best[1][rows] = raised.max(axis=1), raised.argmax(axis=1)
        nearest, which = raised.max(axis=0), raised.argmax(axis=0)
        better = nearest > rival[0]
        rival[0][better], rival[1][better] = nearest[better], which[better] + begin
    found = {}
    for row, (score, column) in enumerate(zip(*(x.tolist() for x in best), strict=True)):
        if score >= chosen.least + (0.0 if rival[1][column] == row else chosen.rival):
            found[row, column] = min(score, 1.0)
    return found


def _again(
    likeness: Likeness, summary: np.ndarray, body: np.ndarray, links: Sequence[tuple[int, int]], chosen: Settings
) -> dict[tuple[int, int], float]:
    """For each other request of the body the link whose two ends it is nearest to, if it is near enough."""
    best, which = np.zeros(len(body)), np.zeros(len(body), int)
    for begin in range(0, len(links), ROWS):
        rows, columns = np.array(links[begin : begin + ROWS]).T
        both = likeness.between(summary[rows], body), likeness.between(body[columns], body)
        mean = np.where(np.minimum(*both) >= chosen.least_again, (both[0] + both[1]) / 2, 0.0)
        better = mean.max(axis=0) > best
        best[better], which[better] = mean.max(axis=0)[better], mean.argmax(axis=0)[better] + begin
    repeated = {column for _, column in links}
    return {
        (links[which[n]][0], n): float(score)
        for n, score in enumerate(best.tolist())
        if score >= chosen.again and n not in repeated
    }


def counted(words: Words, asked: Sequence[Request]) -> Words:
    """`words` whose counts are those of the paragraphs of `asked` alone: no other document has a say."""
    paragraphs = [words.content(span) for span in dict.fromkeys(span for q in asked for span in q.context)]
    frequency = Counter(words.form[r] for rows in paragraphs for r in rows)
    spread = Counter(lemma for rows in paragraphs for lemma in {words.lemma[r] for r in rows})
    return replace(words, frequency=frequency, spread=spread + Counter({"": len(paragraphs)}))


@dataclass(frozen=True)
class Likeness:
    """What the requests of a document are compared by, a row each: weighted blocks of columns, and their lemmas."""

    blocks: list[tuple[float, Any]]
    length: np.ndarray
    weight: np.ndarray
    holds: sparse.csr_array
    share: float

    @classmethod
    def of(cls, words: Words, asked: Sequence[Request], vectors: Mapping[str, Any], chosen: Settings) -> Likeness:
        """Of requests of one document."""
        words = counted(words, asked)
        weights = chosen.lemmas, chosen.vectors, chosen.context
        blocks = [(w, x) for w, x in similarity.blocks(words, asked, vectors, weights, chosen.sif) if w]
        square = sum(w * np.asarray((x * x).sum(axis=1)).ravel() for w, x in blocks)
        return cls(blocks, np.sqrt(np.maximum(square, 1e-12)), *_lemmas(words, asked), chosen.overlap)

    def between(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """How near each of some requests is to each of others, 0 to 1; rounded, lest a last bit decide a tie."""
        cosine = sum(w * _dense(x[rows] @ x[columns].T) for w, x in self.blocks)
        cosine = cosine / np.outer(self.length[rows], self.length[columns])
        total = self.holds @ self.weight
        common = _dense((self.holds[rows] * self.weight) @ self.holds[columns].T)
        covered = common / (np.minimum.outer(total[rows], total[columns]) + FEW)
        return np.round(np.clip((1 - self.share) * cosine + self.share * covered, 0.0, 1.0), 9)


def _dense(x: Any) -> np.ndarray:
    return x.toarray() if sparse.issparse(x) else x


def _lemmas(words: Words, asked: Sequence[Request]) -> tuple[np.ndarray, sparse.csr_array]:
    """The weight of each lemma, by inverse paragraph frequency, and which of them each request has."""
    bags = [sorted({words.lemma[r] for r in request.content}) for request in asked]
    column = {lemma: n for n, lemma in enumerate(sorted(set().union(*bags)))}
    many, having = words.paragraphs_counted, words.spread
    weight = np.array([math.log((1 + many) / (1 + having[lemma])) + 0.1 for lemma in column])
    at = np.array([column[lemma] for bag in bags for lemma in bag], int)
    ends = np.cumsum([0, *map(len, bags)])
    return weight, sparse.csr_array((np.ones(len(at)), at, ends), shape=(len(bags), len(column)))


def _raised(
    likeness: Likeness, summary: np.ndarray, body: np.ndarray, share: float
) -> Iterator[tuple[int, np.ndarray]]:
    """`with_neighbours` of summary and body, some rows of the summary at a time, each part with its first row."""
    for begin in range(0, len(summary), ROWS):
        first = max(0, begin - 1)
        part = likeness.between(summary[first : begin + ROWS + 1], body)
        yield begin, with_neighbours(part, share)[begin - first :][:ROWS]


def with_neighbours(near: np.ndarray, share: float) -> np.ndarray:
    """`near`, each pair of summary and body raised by `share` of the best pair of their neighbours."""
    best = np.zeros_like(near)
    for left in BEFORE_AFTER:
        for right in NEAR:
            (row, row_beside), (column, column_beside) = _shifted(len(near), left), _shifted(near.shape[1], right)
            best[row, column] = np.maximum(best[row, column], near[row_beside, column_beside])
    return np.where(near > FLOOR, near + share * best, 0.0)


def _shifted(n: int, by: int) -> tuple[slice, slice]:
    """The positions of n that have another `by` places on, and those others."""
    first, last = max(0, -by), max(n - max(0, by), max(0, -by))
    return slice(first, last), slice(first + by, last + by)
