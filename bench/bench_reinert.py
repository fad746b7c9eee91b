"""Bench of Reinert's classification: whether its time grows with the ones of the table, and no faster.

Segments are drawn: eight themes, each with words of its own among common ones, the words by Zipf's law, twelve a
segment, twenty segments a section, half of them on the section's theme. Prints seconds for both descents and their
crossing (everything after the text is cut), and seconds a million ones.

    bench/bench_reinert.py --segments 12500 25000 50000 100000
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence

import numpy as np
from pries.textometry.reinert import Settings, classify
from scipy import sparse

THEMES, WORDS, SECTION, VOCABULARY = 8, 12, 20, 8000


def drawn(segments: int, seed: int = 68370) -> tuple[sparse.csr_array, np.ndarray]:
    """A 0/1 table of so many segments, and the section of each."""
    draw = np.random.default_rng(seed)
    home = np.arange(segments) // SECTION
    theme = np.where(draw.random(segments) < 0.5, home % THEMES, draw.integers(0, THEMES, segments))
    rank = np.minimum(draw.zipf(1.3, (segments, WORDS)) - 1, VOCABULARY // THEMES - 1)
    own = draw.random((segments, WORDS)) < 0.4
    word = np.where(own, rank * THEMES + theme[:, None], VOCABULARY + rank)
    row = np.repeat(np.arange(segments), WORDS)
    table = sparse.csr_array((np.ones(word.size), (row, word.ravel())), shape=(segments, 2 * VOCABULARY))
    table.data[:] = 1
    return sparse.csr_array(table[:, np.flatnonzero(table.sum(axis=0) >= 3)]), home


def main(argv: Sequence[str] | None = None) -> int:
    """Print one line for each number of segments."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--segments", type=int, nargs="+", default=[12500, 25000, 50000, 100000], metavar="N")
    for segments in parser.parse_args(argv).segments:
        table, home = drawn(segments)
        begun = time.process_time()
        made = classify(table, home, np.ones(segments, dtype=bool), Settings())
        seconds = time.process_time() - begun
        print(
            f"{segments:>8,} segments  {table.nnz:>10,} ones  {seconds:6.1f} s  {1e6 * seconds / table.nnz:5.2f} s a "
            f"million  {len(made.kept)} classes, {(made.of >= 0).mean():.0%} classified",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
