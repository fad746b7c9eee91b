"""Bench of estimates: how often 95 % intervals hold the truth, over many draws from corpora whose truth is known.

Corpora: those of `known_corpora`, each as the program reads it and worsened on purpose. Drawn as `pries sample` draws:
by strata, somewhat more where the program is less sure. For each size a line: coverage of precision, recall and the
ten largest counts; the bias of these counts, with what chance moves their mean by; how wide the intervals are (medians
of ratios) beside those from the coded sample alone and beside those from a simple random draw of the same size. For
each corpus first its strata: sentences, those with an error, and the standard error of the corrected count beside that
of the coded sample alone. With --documents whole documents are drawn: those of the corpus, or where each is a paragraph
DOCUMENTS of several that stand together, of unlike length.

    bench/bench_coverage.py --draws 1000 -n 60 150 300
    bench/bench_coverage.py --draws 1000 --documents 10 15 20
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from known_corpora import ROOT, Corpus, corpora
from pries.estimation import allocation, counts, strata
from pries.estimation.estimators import Design, ratios, totals

LARGEST = 10
DOCUMENTS = 60  # made of paragraphs
MET = 3  # errors that a sample is expected to meet, for an interval to be more than that of none
KINDS = ("all", "modality", "addressee", "issuer", "theme")
Key = tuple[str, str, str]


def dealt(places: np.ndarray, n: int, draws: int, random: np.random.Generator) -> Iterator[np.ndarray]:
    """Simple random draws of n, dealt like cards: none comes again before all have come.

    Each draw by itself is as random as any; together they have each sentence as often, so that chance moves their mean
    less, and a bias shows.
    """
    left = random.permutation(places)
    for _ in range(draws):
        others = random.permutation(np.setdiff1d(places, left)) if len(left) < n else places[:0]
        more = others[: max(0, n - len(left))]
        yield np.concatenate([left[:n], more])
        left = random.permutation(np.setdiff1d(places, more)) if len(more) else left[n:]


def drawn(given: Corpus, wanted: Mapping[str, int], draws: int) -> tuple[np.ndarray, Design]:
    """Many samples, `wanted` of each stratum: their places, (draws, sentences), and the design of each.

    All have one design, so that the estimators take the quantities of all draws at once, as columns.
    """
    random = np.random.default_rng(1)
    names = np.array([sentence.stratum if len(wanted) > 1 else "all" for sentence in given.frame])
    units = {name: np.flatnonzero(names == name) for name in wanted}
    chosen = [np.array(list(dealt(units[name], n, draws, random))) for name, n in wanted.items()]
    stratum = np.repeat(np.arange(len(units)), list(wanted.values()))
    return np.concatenate(chosen, axis=1), Design(stratum, np.array([float(len(some)) for some in units.values()]))


def truth(given: Corpus) -> dict[Key, float]:
    """Precision, recall, and the ten largest counts."""
    both = len(given.found.keys() & given.true.keys())
    counted = Counter(part for request in given.true.values() for part in request.parts)
    named = [part for part, _ in counted.most_common() if part[0] in KINDS]
    scores = {("precision", *counts.ALL): both / len(given.found), ("recall", *counts.ALL): both / len(given.true)}
    return scores | {("requests", *part): float(counted[part]) for part in named[:LARGEST]}


@dataclass(frozen=True)
class Result:
    """What many draws gave for a quantity."""

    key: Key
    true: float
    covered: float
    bias: float  # of the mean of the estimates, as a share of the truth
    chance: float  # the standard error of that mean, as a share of the truth
    width: float
    alone: float
    simple: float
    errors: int  # sentences that hold one that the count feels


@dataclass(frozen=True)
class Matrix:
    """What each sentence of a corpus adds to all requests and to the ten largest counts: found, true, and both."""

    p: np.ndarray
    t: np.ndarray
    both: np.ndarray

    def estimates(self, places: np.ndarray, design: Design) -> np.ndarray:
        """Precision, recall and counts from draws of sentences: value and ends, (3, draws, quantities)."""
        draws, columns = len(places), self.p.shape[1]
        p, t, both = (np.moveaxis(table[places], 0, 1) for table in (self.p, self.t, self.both))
        counted = (table.reshape(-1, draws * columns) for table in (p, t))
        one = [table[..., 0] for table in (p, t, both)]
        every = np.full(draws, self.p[:, 0].sum())
        above = every, one[2] - one[0]
        made = [
            ratios(design, above, (every, 0 * one[0]), one[0], missed=False),
            ratios(design, above, (every, one[1] - one[0]), one[0]),
            totals(design, np.tile(self.p.sum(axis=0), draws), *counted),
        ]
        ends = [np.stack([e.value, e.low, e.high]).reshape(3, draws, -1) for e in made]
        return np.concatenate(ends, axis=2)


def matrix(given: Corpus, keys: Sequence[Key]) -> Matrix:
    """The sentences of a corpus by the counts of `keys`."""
    rank = {sentence.sentence_id: n for n, sentence in enumerate(given.frame)}
    columns = {key[1:]: n for n, key in enumerate(keys)}
    tables = [np.zeros((len(rank), len(columns))) for _ in range(3)]
    shared = {i: given.found[i] for i in given.found.keys() & given.true.keys()}
    for table, requests in zip(tables, (given.found, given.true, shared), strict=True):
        for request in requests.values():
            for part in request.parts.keys() & columns.keys():
                table[rank[request.sentence_id], columns[part]] += 1
    return Matrix(*tables)


def homes(given: Corpus) -> np.ndarray:
    """The document of each sentence, a rank."""
    names = list(dict.fromkeys(sentence.doc_id for sentence in given.frame))
    place = {name: n for n, name in enumerate(names)}
    if len(names) > 2 * DOCUMENTS:
        ends = np.random.default_rng(1).lognormal(0, 0.8, DOCUMENTS).cumsum()
        place = {name: int(np.searchsorted(ends, n / len(names) * ends[-1])) for name, n in place.items()}
    return np.array([place[sentence.doc_id] for sentence in given.frame])


def by_document(table: Matrix, home: np.ndarray) -> Matrix:
    """The same by documents."""
    return Matrix(
        *(np.stack([np.bincount(home, column) for column in t.T], axis=1) for t in (table.p, table.t, table.both))
    )


def errors(given: Corpus, key: Key) -> int:
    """How many sentences hold an error that the count or score `key` feels; of precision what is invented alone."""
    part = key[1:]
    if key[0] in ("precision", "recall"):
        unlike = given.found.keys() - given.true.keys(), given.true.keys() - given.found.keys()
        felt = [given.found[i] for i in unlike[0]] + [given.true[i] for i in unlike[1] if key[0] == "recall"]
        return len({request.sentence_id for request in felt})
    differences: Counter[str] = Counter()
    for sign, requests in ((1, given.true), (-1, given.found)):
        for request in requests.values():
            differences[request.sentence_id] += sign * (part in request.parts)
    return sum(map(bool, differences.values()))


def trial(given: Corpus, n: int, draws: int) -> list[Result]:
    """Many draws of n sentences."""
    known = truth(given)
    keys = list(known)
    table = matrix(given, keys[2:])
    alone = Matrix(0 * table.p, table.t, 0 * table.t)
    sizes = strata.sizes(given.frame)
    wanted = allocation.allocate(sizes, strata.spreads(given.frame), n)
    places, design = drawn(given, wanted, draws)
    flat = drawn(given, {"all": n}, draws)
    value, low, high = table.estimates(places, design)
    others = [(made[2] - made[1]).mean(axis=0) for made in (alone.estimates(places, design), table.estimates(*flat))]
    true = np.array([known[key] for key in keys])
    covered = ((low <= true + 1e-9) & (true - 1e-9 <= high)).mean(axis=0)
    cells = zip(
        keys, true, covered, value.mean(axis=0) / true - 1, value.std(axis=0) / true / draws**0.5,
        (high - low).mean(axis=0), *others, (errors(given, key) for key in keys), strict=True,
    )  # fmt: skip
    return [Result(*cell) for cell in cells]


def trial_of_documents(given: Corpus, n: int, draws: int) -> Iterator[str]:
    """A line for many draws of n whole documents."""
    known = truth(given)
    home = homes(given)
    table = by_document(matrix(given, list(known)[2:]), home)
    true, every = np.array(list(known.values())), len(table.p)
    lengths = {str(document): int(length) for document, length in enumerate(np.bincount(home))}
    sure = sorted(map(int, allocation.self_representing(lengths, n)))
    rest = np.setdiff1d(np.arange(every), sure)
    some = np.array(list(dealt(rest, n - len(sure), draws, np.random.default_rng(1))))
    places = np.concatenate([np.tile(sure, (draws, 1)).astype(int), some], axis=1)
    stratum = np.repeat([0, 1], [len(sure), n - len(sure)])
    first = stratum.min()  # the only one where no document is drawn for certain
    design = Design(stratum - first, np.array([float(len(sure)), float(len(rest))])[first:])
    value, low, high = table.estimates(places, design)
    covered = ((low <= true + 1e-9) & (true - 1e-9 <= high)).mean(axis=0)
    wrong = np.stack([table.p != table.both, (table.p != table.both) | (table.t != table.both)])[..., 0].sum(axis=1)
    met = np.concatenate([wrong, (table.p != table.t).sum(axis=0)]) * n / every
    felt = covered[2:][met[2:] >= MET]
    told = f"{np.median(felt):.3f} ({felt.min():.3f} to {felt.max():.3f})" if len(felt) else "none"
    yield (
        f"  {n} of {every} documents, {len(sure)} for certain: precision {covered[0]:.3f}, {met[0]:.1f} with an "
        f"error; recall {covered[1]:.3f}, {met[1]:.1f}; counts {covered[2:].min():.3f} to {covered[2:].max():.3f}, "
        f"median {np.median(covered[2:]):.3f}; of {len(felt)} with {MET} to be met {told}; bias at most "
        f"{np.abs(value.mean(axis=0) / true - 1)[2:].max():.1%}"
    )


def by_stratum(given: Corpus) -> Iterator[str]:
    """A line for each stratum: its size, its errors, and what the program's rows are worth there."""
    table = matrix(given, [("requests", *counts.ALL)])
    p, t, both = (column[:, 0] for column in (table.p, table.t, table.both))
    names = np.array([sentence.stratum for sentence in given.frame])
    for name in sorted(set(names)):
        here = names == name
        gain = np.std((t - p)[here]) / (np.std(t[here]) or np.nan)
        wrong = int(((p != both) | (t != both))[here].sum())
        yield f"    {name:<18} sentences {here.sum():5,}  with an error {wrong:4}  beside the sample alone {gain:.2f}"


def report(given: Corpus, n: int, results: Sequence[Result]) -> Iterator[str]:
    """A line for the whole, then one for each quantity."""
    counted = [r for r in results if r.key[0] == "requests"]
    scores = "  ".join(f"{r.key[0]} {r.covered:.3f}" for r in results if r.key[0] != "requests")
    cover = sorted(r.covered for r in counted)
    met = [r.covered for r in counted if r.errors * n >= MET * len(given.frame)]
    felt = f"of {len(met)} with errors to be met {min(met):.3f} to {max(met):.3f}; " if met else ""
    ratio = {
        name: float(np.nanmedian([r.width / (getattr(r, name) or np.nan) for r in counted]))
        for name in ("alone", "simple")
    }
    yield (
        f"  n {n} of {len(given.frame):,}: {scores}  counts {cover[0]:.3f} to {cover[-1]:.3f}, median "
        f"{np.median(cover):.3f}; {felt}bias at most {max(abs(r.bias) for r in counted):.1%}; width "
        f"beside the sample alone {ratio['alone']:.2f}, beside a simple draw {ratio['simple']:.2f}"
    )
    for r in results:
        widths = f"width {r.width:.2f}  alone {r.alone:.2f}  simple {r.simple:.2f}"
        told = f"{' '.join(r.key):<32} true {r.true:8.3f}  errors {r.errors:4}  covered {r.covered:.3f}"
        yield f"    {told}  bias {r.bias:+.3f} (chance {r.chance:.3f})  {widths}"


def main() -> None:
    """Print the lines."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("-n", type=int, nargs="+", default=[60, 150, 300])
    parser.add_argument("--documents", type=int, nargs="+", metavar="N", help="draw so many whole documents")
    options = parser.parse_args()
    sys.path.append(str(ROOT / "tests"))  # the marked sentences are read by the tests' own reader
    with tempfile.TemporaryDirectory() as folder:
        for given in corpora(Path(folder)):
            print("\n".join([given.name, *by_stratum(given)]), flush=True)
            for n in options.documents or ():
                if len({sentence.doc_id for sentence in given.frame}) > n:
                    print("\n".join(trial_of_documents(given, n, options.draws)), flush=True)
            if options.documents:
                continue
            for n in filter(lambda n: n < len(given.frame), options.n):
                print("\n".join(report(given, n, trial(given, n, options.draws))), flush=True)


if __name__ == "__main__":
    main()
