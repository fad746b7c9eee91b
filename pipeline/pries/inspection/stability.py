"""Leave out: how many requests change group when one paragraph is taken away, or one document is added.

    .venv/bin/pries stability --outputs outputs [--with OTHER_OUTPUTS]

For each paragraph in turn its requests are left out, the others grouped again at the published number of
groups, and compared with their published groups: the adjusted Rand index, and the share of requests that
are not in the group that best matches theirs. `--with` adds the requests of another run in place of that.

    A/68/370, 48 paragraphs left out in turn: adjusted Rand 0.93 on the mean …, 4 % of the requests moved
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from pries.base.layers import Folder, add_folders, folders_of
from pries.content import clusters, grouping
from pries.store import files

Frames = dict[str, pd.DataFrame]
TABLES = ("tokens", "vectors", "obligations", "actions", "themes", "families", "histories")


def read(outputs: Path) -> Frames:
    """The intermediate tables of a run that groups are made from. Raises InputError where one is missing."""
    return {name: files.read_parquet(outputs / ".work" / f"{name}.parquet") for name in TABLES}


def groups_of(frames: Mapping[str, pd.DataFrame], k: int, lexicons: Folder, settings: Folder) -> dict[str, str]:
    """The group of each request at `k`, or at the nearest k that was tried."""
    made = clusters.run(**frames, lexicons=lexicons, settings=settings)
    by_k = made["clusters_by_k"]
    if not len(by_k):
        return {}
    nearest = min(by_k["k"].unique(), key=lambda other: abs(other - k))
    kept = by_k[by_k["k"] == nearest]
    return dict(zip(kept["obligation_id"], kept["cluster"], strict=True))


def without(frames: Frames, paragraph: tuple[str, str]) -> Frames:
    """The tables without the requests of one paragraph."""
    requests = frames["obligations"]
    there = (requests["doc_id"] == paragraph[0]) & (requests["paragraph"] == paragraph[1])
    gone = set(requests.loc[there, "obligation_id"])
    return frames | {
        name: frames[name][~frames[name]["obligation_id"].isin(gone)] for name in ("obligations", "actions", "families")
    }


def together(one: Frames, other: Frames) -> Frames:
    """Two runs as one corpus; vectors of a word in both are the same."""
    made = {name: pd.concat([one[name], other[name]], ignore_index=True) for name in one}
    return made | {"vectors": made["vectors"].drop_duplicates("form", ignore_index=True)}


def compare(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[float, float]:
    """Adjusted Rand index of two groupings on the requests that both have, and the share that moved."""
    both = [i for i in before if i in after]
    a, b = (pd.factorize(pd.Series([groups[i] for i in both]))[0] for groups in (before, after))
    if not len(both):
        return 1.0, 0.0
    table = grouping.contingency(a, b)
    rows, columns = linear_sum_assignment(-table)
    return grouping.adjusted_rand(a, b), 1 - table[rows, columns].sum() / len(both)


def report(name: str, found: Sequence[tuple[float, float]]) -> str:
    """One line."""
    rand, moved = np.array(found).T
    return (
        f"{name}: adjusted Rand {rand.mean():.2f} on the mean, {rand.min():.2f} at the least; "
        f"{moved.mean():.0%} of the requests moved on the mean, {moved.max():.0%} at the most"
    )


def each_left_out(frames: Frames, k: int, lexicons: Folder, settings: Folder) -> Iterator[tuple[float, float]]:
    """The comparison for each paragraph that asks something."""
    before = groups_of(frames, k, lexicons, settings)
    asked = frames["obligations"][["doc_id", "paragraph"]].drop_duplicates()
    for n, place in enumerate(asked.itertuples(index=False, name=None), start=1):
        print(f"\r{n} of {len(asked)} paragraphs", end="", file=sys.stderr, flush=True)
        yield compare(before, groups_of(without(frames, place), k, lexicons, settings))
    print(file=sys.stderr)


def arguments(parser: ArgumentParser) -> None:
    """The options of `pries stability`."""
    parser.add_argument("--outputs", type=Path, default=Path("outputs"), metavar="DIR", help="in: a run's outputs")
    parser.add_argument("--with", dest="other", type=Path, metavar="DIR", help="in: another run's outputs, to add")
    add_folders(parser, corpus=True)


def command(options: Namespace) -> None:
    """Print how stable the groups are."""
    frames, folders = read(options.outputs), folders_of(options)
    selection = files.read_parquet(options.outputs / ".work" / "k_selection.parquet")
    k = int(selection.loc[selection["chosen"], "k"].max()) if len(selection) else 1
    if options.other:
        added = groups_of(together(frames, read(options.other)), k, *folders)
        print(report("another corpus added", [compare(groups_of(frames, k, *folders), added)]))
    else:
        found = list(each_left_out(frames, k, *folders))
        print(report(f"{len(found)} paragraphs left out in turn, {k} groups", found))
