"""Chance: whether a cut of a class is stronger than the cut of the same counts shuffled.

Any table has a best cut in two, one of random words too, and two descents on the same units find the same cuts
whatever these are worth. So each cut that parts published classes is compared with the best cuts of tables in which
the words are dealt anew: each form stands in as many segments as before, each segment has as many forms. A cut no
stronger than the strongest of these is no cut, and what lies below it makes no classes. With 19 shuffles one cut of
random words in twenty passes.

    χ² 914 of a text, 544 at most of its words dealt anew 19 times -> a cut; 340 of random words, 347 -> none
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import sparse

from pries.textometry import descending
from pries.textometry.bipartition import bipartition
from pries.textometry.descending import Crossed, Node

SEED, ROUNDS = 68370, 10


def shuffled(table: sparse.csr_array, draw: np.random.Generator) -> sparse.csr_array:
    """A 0/1 table with the sums of rows and columns of `table`, its ones dealt at random.

    A form that falls twice on one segment changes place with another; the few that still do after `ROUNDS` (in a table
    that is nearly full) count once.
    """
    rows, columns = np.repeat(np.arange(table.shape[0]), np.diff(table.indptr)), draw.permutation(table.indices)
    for _ in range(ROUNDS):
        made = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=table.shape)  # what falls twice is a 2
        twice = np.repeat(np.arange(made.nnz), made.data.astype(int) - 1)
        if not len(twice):
            break
        rows, columns = made.nonzero()
        other = draw.choice(len(rows), len(twice), replace=False)
        rows = np.concatenate([rows, rows[twice]])
        columns = np.concatenate([columns, columns[other]])
        columns[other] = columns[twice]
    made.data[:] = 1
    return made


def highest_chi2(part: sparse.csr_array, shuffles: int) -> float:
    """The highest χ² of the cuts of `shuffles` tables with the sums of `part`; 0 where none can be cut."""
    draw = np.random.default_rng(SEED)
    cuts = [bipartition(shuffled(part, draw)) for _ in range(shuffles)]
    return max((cut.chi2 for cut in cuts if cut), default=0.0)


def stronger(
    nodes: list[Node], find: Callable[[set[int]], list[Crossed]], chance: Callable[[Node], float]
) -> tuple[list[Crossed], dict[int, float]]:
    """The classes that `find` gives without those below a cut of chance; each node whose cut was tested, its chance.

    `find` takes the nodes that may make no class; `chance` gives the highest χ² of a node's table shuffled.
    """
    above = descending.ancestors(nodes)
    tested: dict[int, float] = {}
    while True:
        barred = {i for i in tested if nodes[i].chi2 <= tested[i]}
        kept = find({i for i in range(len(nodes)) if barred & (above[i] - {i})})
        cuts = set[int]().union(*(above[pair.one] - {pair.one} for pair in kept)) - set(tested)
        if not cuts:
            return kept, tested
        tested |= {i: chance(nodes[i]) for i in sorted(cuts)}
