"""Bipartition: a table of 0 and 1 (segments by forms) cut in two so that the sides differ most in their forms.

The measure is the χ² of the table of two rows that the sides make, each the totals of the forms over its segments
(Reinert 1983). All cuts in two are too many, so: the segments are put in order on the first axis of the
correspondence analysis of the table; the best of the cuts of this order is taken; then single segments change
sides as long as one change raises the χ². With x the totals of one side, n₁ their sum, c those of both, N the sum of
all,

    χ² = N² / (n₁ (N − n₁)) · (Q − n₁² / N),   Q = Σ x² / c

so that a segment that comes over changes Q by Σ (2 x + 1) / c over its own forms, and nothing else needs counting:
all cuts of an order cost one pass through the ones of the table, and so do all changes of sides tried at once.

    segments {eau mer}, {mer eau}, {loi juge}, {juge} -> sides {1, 2}, {3, 4}; χ² = 7, the most that 7 ones allow
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import LinearOperator, eigsh

DENSE = 64  # with fewer forms the axis comes from the whole table
DIGITS = 7  # of coordinates, the largest being 1: nearer than this is the same place
GAIN = 1e-9  # of the χ², under which a change gains nothing


@dataclass(frozen=True)
class Split:
    """The side of each segment, and the χ² of the two sides."""

    side: np.ndarray
    chi2: float


def chi2_of(q: np.ndarray, n: np.ndarray, total: float) -> np.ndarray:
    """The χ² from Q and the size of one side; -1 where a side is empty."""
    both = (n > 0) & (n < total)
    return np.where(both, total**2 / np.where(both, n * (total - n), 1.0) * (q - n**2 / total), -1.0)


def inertia(rows: sparse.csr_array) -> float:
    """The inertia of the table: 0 where all segments have the same profile."""
    of_row, of_column = rows.sum(axis=1), rows.sum(axis=0)
    return float(((rows @ (1 / of_column)) / of_row).sum() - 1)


def first_axis(rows: sparse.csr_array) -> np.ndarray:
    """The coordinates of the segments on the first axis of the correspondence analysis, up to a factor.

    The axis is a vector over the forms, found from a fixed start, so that the order of the segments changes nothing.
    """
    root_row, root_column = np.sqrt(rows.sum(axis=1)), np.sqrt(rows.sum(axis=0))
    scaled = sparse.csr_array(sparse.diags_array(1 / root_row) @ rows @ sparse.diags_array(1 / root_column))
    trivial = root_column / np.linalg.norm(root_column)  # the axis of the margins, of eigenvalue 1

    turned = scaled.T

    def apply(y: np.ndarray) -> np.ndarray:
        y = y.ravel()
        return turned @ (scaled @ y) - trivial * (trivial @ y)

    forms = rows.shape[1]
    if forms <= DENSE:
        axis = np.linalg.eigh((turned @ scaled).toarray() - np.outer(trivial, trivial))[1][:, -1]
    else:
        start = np.cos(np.arange(1, forms + 1))
        axis = eigsh(LinearOperator((forms, forms), apply, dtype=float), k=1, which="LA", v0=start)[1][:, 0]
    return (rows @ (axis / root_column)) / root_row**2


def best_cut(rows: sparse.csr_array, coordinates: np.ndarray) -> Split:
    """The cut of the order of `coordinates` with the highest χ²; what stands at one place is never parted.

    (To part equal profiles never pays: the χ² is convex in how many of them stand on one side.)
    """
    place = np.round(coordinates / max(np.abs(coordinates).max(), 1e-300), DIGITS)
    order = np.argsort(place, kind="stable")
    ordered = rows[order]
    by_form = sparse.csc_array(ordered)  # the ones of each form, in the order of the segments
    before = np.arange(by_form.nnz) - np.repeat(by_form.indptr[:-1], np.diff(by_form.indptr))
    gain = (2 * before + 1) / np.repeat(np.diff(by_form.indptr), np.diff(by_form.indptr))
    q = np.cumsum(np.bincount(by_form.indices, gain, minlength=rows.shape[0]))
    n = np.cumsum(ordered.sum(axis=1)).astype(float)
    values = chi2_of(q, n, n[-1])
    values[:-1][place[order][1:] == place[order][:-1]] = -1
    best = int(np.argmax(values))
    side = np.zeros(rows.shape[0], dtype=bool)
    side[order[: best + 1]] = True
    return Split(side, float(values[best]))


def exchange(rows: sparse.csr_array, split: Split) -> Split:
    """`split` after single segments changed sides, the one that gains most first, until no change raises the χ²."""
    side = split.side.copy()
    of_row, weight = rows.sum(axis=1).astype(float), 1 / rows.sum(axis=0)
    total, own = of_row.sum(), rows @ weight
    x, n = (rows.T @ side).astype(float), of_row[side].sum()
    q = (x**2 * weight).sum()
    best = float(chi2_of(q, n, total))
    while True:
        sign = np.where(side, -1.0, 1.0)
        tried = chi2_of(q + 2 * sign * (rows @ (x * weight)) + own, n + sign * of_row, total)
        gaining = np.flatnonzero(tried > best * (1 + GAIN))
        if not len(gaining):
            return Split(side, best)
        for i in gaining[np.argsort(-np.round(tried[gaining], DIGITS), kind="stable")]:
            forms = rows.indices[rows.indptr[i] : rows.indptr[i + 1]]
            more = q + 2 * sign[i] * (x[forms] * weight[forms]).sum() + own[i]
            value = float(chi2_of(more, n + sign[i] * of_row[i], total))
            if value > best * (1 + GAIN):
                best, q, n = value, more, n + sign[i] * of_row[i]
                x[forms] += sign[i]
                side[i] = not side[i]


def bipartition(rows: sparse.csr_array) -> Split | None:
    """The two sides of a table without empty rows or columns; none where all segments have the same profile."""
    if min(rows.shape) < 2 or inertia(rows) < GAIN:
        return None
    return exchange(rows, best_cut(rows, first_axis(rows)))
