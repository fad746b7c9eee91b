"""Families: requests that restate one another are one thing said more than once, and are drawn and counted as one.

b restates a, c restates b -> a, b, c are one family
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def families(ids: Sequence[str], restates: Mapping[str, str]) -> list[int]:
    """The number of the family of each request: those linked by restatement, however far, are one family."""
    first = {i: n for n, i in enumerate(ids)}
    parent = list(range(len(ids)))

    def root(n: int) -> int:
        while parent[n] != n:
            n = parent[n]
        return n

    for i, other in restates.items():
        if i in first and other in first:
            a, b = sorted((root(first[i]), root(first[other])))
            parent[b] = a
    return [root(n) for n in range(len(ids))]
