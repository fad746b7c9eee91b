"""Specificities: the terms that a part of the corpus has more, or less, than its size lets expect.

Reads tokens, sentences, paragraphs, documents, metadata, actors, obligations, actions and cluster_members, and
`settings/statistics.toml`; writes specificities (a row a part and term) and specificity_tests (how many cells
were tested). `lafon` is the statistic, `contingency` says what is counted where.

A term that comes f times in a part of t words, and F times in the corpus of T words, is scored by the
hypergeometric law (Lafon 1980, « Sur la variabilité de la fréquence des formes dans un corpus », Mots 1):
over-used, -log10 P(X ≥ f); under-used, log10 P(X ≤ f). Under 2 in absolute value it is *banal*.

    lafon(f=11, F=296, t=1084, T=61449) -> 1.77: more than the 5 that are expected, yet banal
    « diaspora », 13 of 19 in the section that holds a sixth of the words -> 7.3, over-used
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import gammaln, logsumexp

from pries.base import settings as settings_files
from pries.base.layers import Folder
from pries.base.places import LEXICONS, SETTINGS
from pries.store.batches import Table
from pries.textometry import contingency
from pries.textometry.contingency import Contingency

COLUMNS = ["part_kind", "part", "unit", "term", "f", "F", "t", "T", "score"]
TESTS = ["part_kind", "unit", "parts", "terms", "cells", "specific", "out_of_reach"]
SIGNS = ("mode", "mean")
CELLS = 2**20  # of a dense table, in memory at a time
NONE = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class Settings:
    """`settings/statistics.toml`: what each means stands there."""

    FILE: ClassVar[str] = "statistics.toml"
    sign: str = field(default="mode", metadata={"values": SIGNS})
    least_frequency: int = field(default=3, metadata={"low": 1, "high": 10**6})
    banal: float = field(default=2.0, metadata={"low": 0.0, "high": 1000.0})
    least_segment: int = field(default=3, metadata={"low": 2, "high": 10**6})
    longest_segment: int = field(default=8, metadata={"low": 2, "high": 100})
    afc_frequency: int = field(default=5, metadata={"low": 1, "high": 10**6})
    afc_axes: int = field(default=5, metadata={"low": 2, "high": 100})


def lafon(f: ArrayLike, F: ArrayLike, t: ArrayLike, T: int, sign: str = "mode") -> np.ndarray:
    """The specificity of f occurrences in a part: log10 of a tail, positive where over-used; same shape as f.

    `sign` is the rule that tells over-use from under-use: "mode" compares f with the law's mode
    ⌊(F + 1)(t + 1) / (T + 2)⌋ (Lafon), from which it counts as over-used; "mean" with its mean F t / T.
    Raises ValueError where f cannot be (0 ≤ f ≤ F, t ≤ T, F ≤ T), where a number is not whole, and for another `sign`.
    """
    if sign not in SIGNS:
        raise ValueError(f"sign '{sign}' is unknown: it is one of {', '.join(SIGNS)}")
    given = [np.asarray(x) for x in (f, F, t, T)]
    if any((x != np.floor(x)).any() for x in given):
        raise ValueError("frequencies and sizes are whole numbers")
    f, F, t = np.broadcast_arrays(*(x.astype(np.int64) for x in given[:3]))
    if ((f < 0) | (f > F) | (f > t) | (F > T) | (t > T) | (F - f > T - t)).any():
        raise ValueError("no such part: f is at least 0 and F + t - T, at most F and t, and these at most T")
    shape, (f, F, t) = f.shape, (x.ravel() for x in (f, F, t))
    over = f >= _middle(F, t, T, sign)
    score = np.zeros(f.shape)
    by_frequency = np.argsort(F, kind="stable")
    for at in np.split(by_frequency, np.flatnonzero(np.diff(F[by_frequency])) + 1):
        if at.size:  # one row of the law serves all cells of that frequency, and one sum those that are alike
            _, first, like = np.unique(t[at] * (F[at[0]] + 1) + f[at], return_index=True, return_inverse=True)
            one = at[first]
            score[at] = _tail(f[one], int(F[one[0]]), t[one], T, over[one])[like]
    return score.reshape(shape)


def _middle(F: np.ndarray, t: np.ndarray, T: int, sign: str) -> np.ndarray:
    return (F + 1) * (t + 1) // (T + 2) if sign == "mode" else F * t / max(T, 1)


def _tail(f: np.ndarray, F: int, t: np.ndarray, T: int, over: np.ndarray) -> np.ndarray:
    """-log10 P(X ≥ f) where over-used, log10 P(X ≤ f) elsewhere; in logarithms, so that nothing underflows.

    Summed from f outwards: further than 40 standard deviations and 60 nothing is left that a double could tell.
    """
    most = int(t.max())
    far = np.arange(min(min(F, most) + 1, 60 + int(40 * np.sqrt(F * most / max(T, 1)))))
    rows = max(1, CELLS // far.size)
    if len(f) > rows:  # a row of the law for each cell: not of all cells at once
        cut = [slice(at, at + rows) for at in range(0, len(f), rows)]
        return np.concatenate([_tail(f[at], F, t[at], T, over[at]) for at in cut])
    size = t[:, None]
    k = f[:, None] + np.where(over, 1, -1)[:, None] * far
    possible = (k >= 0) & (k <= np.minimum(F, size)) & (F - k <= T - size)
    inside = np.where(possible, k, np.minimum(F, size))  # any value of the support, masked below
    law = _choose(F, inside) + _choose(T - F, size - inside) - _choose(T, size)
    tail = np.minimum(logsumexp(np.where(possible, law, -np.inf), axis=1), 0.0) / np.log(10)
    return np.where(over, -tail, tail) + 0.0  # no -0


def _choose(n: ArrayLike, k: ArrayLike) -> np.ndarray:
    """ln of the binomial coefficient."""
    n, k = np.asarray(n), np.asarray(k)
    return gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)


def reach(F: ArrayLike, t: ArrayLike, T: int) -> tuple[np.ndarray, np.ndarray]:
    """The lowest and the highest score that any f could have: for rare terms and small parts, short of 2."""
    F, t = np.broadcast_arrays(np.asarray(F, np.int64), np.asarray(t, np.int64))
    least, most = np.maximum(0, F + t - T), np.minimum(F, t)  # each alone in its tail
    low, high = (_choose(F, f) + _choose(T - F, t - f) - _choose(T, t) for f in (least, most))
    return np.minimum(low, 0.0) / np.log(10), -np.minimum(high, 0.0) / np.log(10)


def score_of(table: Contingency, chosen: Settings) -> tuple[pd.DataFrame, tuple]:
    """The specific cells of a contingency table (terms by part), and one row of specificity_tests."""
    terms = np.flatnonzero(chosen.least_frequency <= table.F)
    cells = table.counts[terms].tocoo()
    score = lafon(cells.data, table.F[terms][cells.row], np.asarray(table.t)[cells.col], table.T, chosen.sign)
    kept = np.abs(score) >= chosen.banal
    present = terms[cells.row[kept]], cells.col[kept], cells.data[kept], score[kept]
    absent, short = _absent(table, terms, chosen)
    row, column, f, score = (np.concatenate(pair) for pair in zip(present, absent, strict=True))
    found = pd.DataFrame(
        {
            "part_kind": table.part_kind, "part": [table.parts[j] for j in column], "unit": table.unit,
            "term": [table.terms[i] for i in row], "f": f, "F": table.F[row],
            "t": table.t[column], "T": table.T, "score": score,
        },
        columns=COLUMNS,
    )  # fmt: skip
    order = np.lexsort((found["term"], -found["score"], column))
    size = len(terms) * len(table.parts)
    return found.iloc[order], (table.part_kind, table.unit, len(table.parts), len(terms), size, len(found), short)


def _absent(table: Contingency, terms: np.ndarray, chosen: Settings) -> tuple[tuple[np.ndarray, ...], int]:
    """The specific cells without an occurrence (row, column, 0, score), and how many cells no f could make specific.

    Both are the same for all terms of one frequency, so that the law is asked once for each frequency and part.
    """
    t = np.asarray(table.t)
    by_frequency = terms[np.argsort(table.F[terms], kind="stable")]
    F, begins, number = np.unique(table.F[by_frequency], return_index=True, return_counts=True)
    made: list[tuple[np.ndarray, ...]] = [(NONE, NONE, NONE, NONE)]
    short, rows = 0, max(1, CELLS // max(1, t.size))
    for at in range(0, len(F) if t.size else 0, rows):  # the table of all would be dense
        some = slice(at, at + rows)
        low, high = reach(F[some, None], t[None, :], table.T)
        short += int((number[some, None] * ((high < chosen.banal) & (low > -chosen.banal))).sum())
        low[_middle(F[some, None], t[None, :], table.T, chosen.sign) <= 0] = 0.0  # none is over-used: P(X ≥ 0) = 1
        for i in np.flatnonzero((low <= -chosen.banal).any(axis=1)):
            alike = by_frequency[begins[at + i] : begins[at + i] + number[at + i]]
            columns = np.flatnonzero(low[i] <= -chosen.banal)
            row, column = np.nonzero(table.counts[alike][:, columns].toarray() == 0)
            zeros = np.zeros(len(row), dtype=np.int64)
            made.append((alike[row], columns[column], zeros, low[i, columns[column]]))
    return tuple(np.concatenate(values) for values in zip(*made, strict=True)), short


def score_all(tables: Iterator[Contingency], chosen: Settings) -> dict[str, pd.DataFrame]:
    """Both tables, for every partition that has two parts at least."""
    made = [score_of(table, chosen) for table in tables if len(table.parts) > 1]
    cells = [cells for cells, _ in made if len(cells)]
    return {
        "specificities": pd.concat(cells, ignore_index=True) if cells else pd.DataFrame(columns=COLUMNS),
        "specificity_tests": pd.DataFrame([tests for _, tests in made], columns=TESTS),
    }


def run(*, lexicons: Folder = LEXICONS, settings: Folder = SETTINGS, **tables: Table) -> dict[str, pd.DataFrame]:
    """The two tables, from those that `contingency.TABLES` names. Raises InputError where a setting is wrong."""
    chosen = settings_files.read(settings, Settings)
    return score_all(contingency.contingencies(**tables), chosen)
