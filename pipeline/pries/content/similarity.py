"""How alike two requests are: the words of what is asked, their vectors, the paragraph that they stand in.

Two requests (`request_words`) are compared by the weighted mean of cosines, which is the cosine of the weighted vectors
put end to end:

- lemmas: TF-IDF, (1 + ln tf) · (1 + ln((1 + n) / (1 + df)));
- vectors: mean of the model's vectors weighted a / (a + p(word)), their first principal component removed
  (smooth inverse frequency: Arora, Liang and Ma 2017, algorithm 1);
- context: TF-IDF of the paragraph, where one reads what *ce cadre* or *ces réunions* stand for;
- themes: TF-IDF of the themes that the code book finds in the request.

    ratifier les conventions / appliquer les conventions et les protocoles -> lemmas in common: convention
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from scipy import sparse

from pries.content.request_words import Request, Words


def tf_idf(bags: Iterable[Mapping[str, int]]) -> sparse.csr_array:
    """TF-IDF of bags of words, rows of length 1 (0 for an empty bag), columns in order of appearance."""
    column: dict[str, int] = {}
    words, counts, ends = array("i"), array("d"), array("i", [0])
    for bag in bags:
        words.extend(column.setdefault(word, len(column)) for word in bag)
        counts.extend(bag.values())
        ends.append(len(words))
    n, at = len(ends) - 1, np.array(words)
    spread = np.bincount(at, minlength=len(column))
    data = (1 + np.log(counts)) * (1 + np.log((1 + n) / (1 + spread)))[at]
    row = np.repeat(np.arange(n), np.diff(ends))
    data /= np.sqrt(np.bincount(row, data**2, minlength=n))[row]
    return sparse.csr_array((data, at, np.array(ends)), shape=(n, max(1, len(column))))


def sif(bags: Sequence[Mapping[str, int]], vectors: Mapping[str, Any], frequency: Counter[str], a: float) -> np.ndarray:
    """Smooth inverse frequency vectors of bags of forms, n × 300, rows of length 1 (0: none known)."""
    total = max(1, frequency.total())
    size = len(next(iter(vectors.values()), ()))
    made = np.zeros((len(bags), size))
    for row, bag in enumerate(bags):
        for form, times in bag.items():
            if form in vectors:
                made[row] += times * a / (a + frequency[form] / total) * np.asarray(vectors[form])
    made = _unit(made)
    if len(made) > 2 and size:
        # The first axis of many rows is that of their products by column, which are few.
        core = made if len(made) <= 4 * size else made.T @ made
        common = np.linalg.svd(core, full_matrices=False)[2][:1]
        made -= made @ common.T @ common
    return _unit(made)


def _unit(rows: np.ndarray) -> np.ndarray:
    """Rows of length 1; what is 0 but for rounding becomes 0."""
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.where(length > 1e-6, rows / np.maximum(length, 1e-6), 0.0)


def combine(blocks: Sequence[tuple[float, Any]]) -> np.ndarray:
    """Cosines of weighted blocks put end to end, n × n, -1 to 1; rounded, lest a last bit decide a tie."""
    n = blocks[0][1].shape[0]
    total = np.zeros((n, n))
    for weight, x in blocks:
        cosine = x @ x.T
        total += weight * (cosine.toarray() if sparse.issparse(cosine) else cosine)
    length = np.sqrt(np.maximum(np.diag(total), 1e-12))
    cosines = np.round(total / np.outer(length, length), 9)
    np.fill_diagonal(cosines, 1.0)
    return np.clip((cosines + cosines.T) / 2, -1.0, 1.0)


def blocks(
    words: Words, asked: Sequence[Request], vectors: Mapping[str, Any], weights: tuple[float, ...], a: float,
    themes: Mapping[str, Mapping[str, int]] | None = None,
) -> list[tuple[float, Any]]:  # fmt: skip
    """What n requests are compared by, n rows each, with `weights`: lemmas, `vectors` by form, context and, if given,
    `themes` by request."""
    lemmas = tf_idf(Counter(words.lemma[r] for r in q.content) for q in asked)
    forms = sif([Counter(words.form[r] for r in q.content) for q in asked], vectors, words.frequency, a)
    context = tf_idf(words.context_of(q.context) for q in asked)
    made: list[Any] = [lemmas, forms, context]
    if themes is not None:
        made.append(tf_idf(themes.get(q.obligation_id, {}) for q in asked))
    return list(zip(weights, made, strict=True))
