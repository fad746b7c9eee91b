"""Descending classification: a table of segments by forms cut in two again and again, and two of these compared.

`descend` cuts the largest class in hand until there are as many terminal classes as wanted (Reinert 1983, 1990).
Into each side of a cut go only the forms that are not markedly absent there. Those stay behind that stand in fewer
segments of this side than expected, with a contingency coefficient C = √(χ² / (χ² + n)) of more than `contingency`:
n is how often the form stands on both sides, χ² how far this differs from the sides' shares of all forms (the rule
of Reinert as rainette has it, `cc_test`, and its value of .3). So do forms that stand in fewer than `least` segments
of the class. A segment none of whose forms goes on stays in the class that was cut.

`stable` crosses the classes, terminal or not, of two descents on units of two sizes. Of each pair of classes that
are each other's best by the signed χ² of the 2 × 2 table (in one, in the other) the segments that both hold make a
crossed class; kept is the set of crossed classes, apart in both trees, with the highest sum of χ² - n · least_phi².
So a class is kept where its φ = √(χ² / n) is above `least_phi`, and cut further only where this gives more than
one more class costs: two descents on nearly the same units agree a little even on a cut of nothing.

    40 segments on the sea and the law -> {1 … 40} cut into {1 … 20} and {21 … 40}, in both descents: two classes
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from pries.textometry.bipartition import bipartition


@dataclass
class Node:
    """A class of the descent: its segments and forms (as numbers), the classes that it was cut into, their χ²."""

    members: np.ndarray
    forms: np.ndarray
    parent: int = -1
    children: list[int] = field(default_factory=list)
    chi2: float = np.nan


@dataclass(frozen=True)
class Crossed:
    """A crossed class: the nodes of both trees that make it, how many segments they share, their signed χ² and φ."""

    one: int
    other: int
    size: int
    chi2: float
    phi: float


def usable(table: sparse.csr_array, node: Node, least: int) -> tuple[sparse.csr_array, np.ndarray, np.ndarray]:
    """What is cut of a class: its forms that stand in `least` of its segments, its segments that have one of them."""
    part = sparse.csr_array(table[node.members])
    part = sparse.csr_array(part[:, node.forms])
    forms = np.flatnonzero(part.sum(axis=0) >= least)
    part = sparse.csr_array(part[:, forms])
    rows = np.flatnonzero(part.sum(axis=1) > 0)
    part = sparse.csr_array(part[rows])
    held = np.flatnonzero(part.sum(axis=0) > 0)
    return sparse.csr_array(part[:, held]), node.members[rows], node.forms[forms[held]]


def signed_chi2(both: np.ndarray, one: np.ndarray, other: np.ndarray, n: float) -> np.ndarray:
    """The χ² of 2 × 2 tables by their cell and margins, negative where the cell is less than expected; 0 of none."""
    spread = one * (n - one) * other * (n - other)
    far = n * both - one * other
    return np.divide(n * far * np.abs(far), spread, out=np.zeros(np.shape(spread)), where=spread > 0)


def present(part: sparse.csr_array, side: np.ndarray, contingency: float) -> np.ndarray:
    """Which forms are not markedly absent among the segments of `side`; a form that 3 of 12 times stands there is."""
    here, n = part.T @ side, part.sum(axis=0)
    share = here.sum() / n.sum()
    chi2 = (here - n * share) ** 2 / (n * share * (1 - share))  # of both sides: the form's times, those expected
    return (here >= n * share) | (np.sqrt(chi2 / (chi2 + n)) <= contingency)


def descend(table: sparse.csr_array, classes: int, least: int, contingency: float) -> list[Node]:
    """The tree of classes of a 0/1 table, the whole first; of two sides the larger first.

    Ends with `classes` terminal classes, or fewer where none can be cut any more.
    """
    table = sparse.csr_array(table, dtype=float)
    nodes = [Node(np.flatnonzero(table.sum(axis=1) > 0), np.arange(table.shape[1]))]
    waiting = [0]
    terminal = 1
    while terminal < classes and waiting:
        number = max(waiting, key=lambda i: (len(nodes[i].members), -i))
        waiting.remove(number)
        part, members, forms = usable(table, nodes[number], least)
        split = bipartition(part)
        if split is None:
            continue
        nodes[number].chi2 = split.chi2
        sides = sorted((split.side, ~split.side), key=lambda side: (-side.sum(), int(np.argmax(side))))
        for side in sides:
            nodes.append(Node(members[side], forms[present(part, side, contingency)], number))
            nodes[number].children.append(len(nodes) - 1)
            waiting.append(len(nodes) - 1)
        terminal += 1
    return nodes


def holding(nodes: list[Node], unit: np.ndarray) -> sparse.csr_array:
    """Segments × classes: 1 where the unit of the segment (-1: none) is in the class."""
    units = int(max((node.members.max(initial=-1) for node in nodes), default=-1)) + 1
    rows = np.concatenate([node.members for node in nodes])
    columns = np.repeat(np.arange(len(nodes)), [len(node.members) for node in nodes])
    of_unit = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(units, len(nodes)))
    kept = (unit >= 0) & (unit < units)
    at = np.flatnonzero(kept)
    pick = sparse.csr_array((np.ones(len(at)), (at, unit[at])), shape=(len(unit), units))
    return sparse.csr_array(pick @ of_unit)


def crossings(one: sparse.csr_array, other: sparse.csr_array) -> tuple[np.ndarray, np.ndarray, float]:
    """Sizes and signed χ² of the pairs of classes, over the segments that both descents have; how many these are."""
    both = (one[:, [0]].toarray() * other[:, [0]].toarray()).ravel()
    mine, theirs = sparse.diags_array(both) @ one, sparse.diags_array(both) @ other
    sizes = (mine.T @ theirs).toarray()
    n = float(both.sum())
    return sizes, signed_chi2(sizes, mine.sum(axis=0)[:, None], theirs.sum(axis=0)[None, :], n), n


def stable(
    first: list[Node], second: list[Node], one: sparse.csr_array, other: sparse.csr_array, smallest: float,
    least_phi: float, barred: Set[int] = frozenset(),
) -> list[Crossed]:  # fmt: skip
    """The crossed classes kept, in the order of the first tree; none where fewer than two would be.

    `one` and `other` say which segments each class of the two descents holds (`holding`); classes `barred` of the first
    are not kept.
    """
    sizes, values, n = crossings(one, other)
    pairs = [
        Crossed(i, j, int(sizes[i, j]), float(values[i, j]), float(np.sqrt(values[i, j] / n)))
        for i in range(1, len(first))
        if i not in barred
        for j in [int(np.argmax(values[i]))]
        if j and int(np.argmax(values[:, j])) == i and sizes[i, j] >= smallest and values[i, j] > n * least_phi**2
    ]
    above, over = ancestors(first), ancestors(second)

    def apart(a: Crossed, b: Crossed) -> bool:
        return not (
            {a.one} & above[b.one] or {b.one} & above[a.one] or {a.other} & over[b.other] or {b.other} & over[a.other]
        )

    def worth(found: list[Crossed]) -> tuple[bool, float]:
        return len(found) > 1, round(sum(pair.phi**2 - least_phi**2 for pair in found), 9)

    def best(kept: list[Crossed], left: list[Crossed]) -> list[Crossed]:
        if not left:
            return kept
        head, rest = left[0], left[1:]
        free = [pair for pair in rest if apart(head, pair)]
        having = best([*kept, head], free)
        if len(free) == len(rest):  # it stands in no other's way
            return having
        return max(having, best(kept, rest), key=worth)

    found = best([], pairs)
    order = {node: n for n, node in enumerate(walk(first))}
    return sorted(found, key=lambda pair: order[pair.one]) if len(found) > 1 else []


def ancestors(nodes: list[Node]) -> list[set[int]]:
    """For each class itself and the classes that it was cut out of."""
    found: list[set[int]] = []
    for number, node in enumerate(nodes):
        found.append({number} | (found[node.parent] if node.parent >= 0 else set()))
    return found


def walk(nodes: list[Node], number: int = 0) -> list[int]:
    """The classes from the top, each before those that it was cut into."""
    return [number, *(deeper for child in nodes[number].children for deeper in walk(nodes, child))]
