"""Learn the weights of confidence.csv from what versions of the program made of tests/paragraphs, and from A/68/370.

    PYTHONPATH=tests python tools/learn_confidence.py    # writes the lexicon
    PYTHONPATH=tests python tools/learn_confidence.py --folds    # only prints how it does on paragraphs not seen

A logistic regression of whether a row agrees with the gold table in every field, over its signs. Where the program has
been mended on a paragraph, its rows no longer tell what is hard in a text that it never saw: tests/paragraphs/
readings.tsv (tools/read_earlier.py) has the rows of earlier versions as they read them, signs and all. Each reading of
a version counts once, and so does each of the program as it is. Large weights cost (ridge), those of families of signs
ten times as much; a sign of error never weighs for a row and a sign of right never against it, so that what is seen in
one kind of prose holds in another. Then the odds are scaled so that they are right on the average for the program as
it is, on batches of paragraphs that were left out (Platt 1999, one slope and one constant). Printed are, of batches of
paragraphs that were left out, the area under the curve of receiver operating characteristic over first readings (by
the last version that did not know the paragraph; with its interval, a bootstrap over paragraphs), over rows of the
program as it is, and their expected calibration error. No run of the pipeline trains anything.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import compress
from typing import NamedTuple

import numpy as np
from pries.base.atomic import write_bytes
from pries.base.places import LEXICONS, SETTINGS
from pries.grammar.sentence import sentences_of
from pries.requests import obligations
from pries.requests.context.confidence import OUTER, WEIGHTS
from pries.requests.context.signs import EASIER, FAMILIES, Surroundings, signs
from pries.requests.request import Request
from pries.segmentation.segment import segment_text
from read_earlier import GOLD, PARAGRAPHS, READINGS, ROOT, VERSIONS, judged, signs_of, table_of, texts_of
from scipy.optimize import minimize
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

NOW = "now"  # the program as it is, among the versions
RIDGE, RIDGE_OF_FAMILIES = 1.0, 10.0
FEWEST = 10  # readings in which something is seen, or it has no weight
LOOKALIKES = "d"  # how the names of paragraphs begin of which half ask nothing and seem to: no corpus is like them
BATCH = 40  # paragraphs that were written at once, by one writer
FOLDS = 10
HEAD = (
    "# What each sign of a row adds to the logarithm of the odds that all its fields are right; if not listed, 0.\n"
    "# Learnt by tools/learn_confidence.py from tests/paragraphs and A/68/370; named in requests/context/signs.py.\n"
)


class Reading(NamedTuple):
    """A row as a version read it: where it stands, whether the version knew the text, what is seen, if it is right."""

    paragraph: str
    version: str
    known: bool
    right: bool
    seen: dict[str, float]
    times: float = 1.0


class Model(NamedTuple):
    """A constant and the weights of what is seen, by name."""

    constant: float
    weights: dict[str, float]

    def odds(self, readings: Sequence[Reading]) -> np.ndarray:
        """The logarithm of the odds that each is right."""
        sums = (sum(value * self.weights.get(name, 0.0) for name, value in row.seen.items()) for row in readings)
        return self.constant + np.fromiter(sums, float, len(readings))


def earlier() -> Iterator[Reading]:
    """The readings of earlier versions."""
    for row in table_of(READINGS):
        if row["paragraph"].startswith(LOOKALIKES):
            continue
        for version in row["versions"].split():
            yield Reading(row["paragraph"], version, row["known"] == "1", row["right"] == "1", signs_of(row))


def present() -> Iterator[Reading]:
    """The readings of the program as it is; of A/68/370, which all versions read alike, as many as there are."""
    report = (ROOT / "corpus" / "A_68_370.txt").read_text(encoding="utf-8")
    texts = {name: text for name, text in texts_of(ROOT / PARAGRAPHS).items() if not name.startswith(LOOKALIKES)}
    yield from _present(texts, table_of(GOLD), "doc_id", 1.0)
    of_report = table_of(ROOT / "tests" / "gold" / "A_68_370.obligations.tsv")
    yield from _present({"A_68_370": report}, of_report, "paragraph", 1.0 + len(VERSIONS))


def _present(texts: Mapping[str, str], wanted: Sequence[dict], named: str, times: float) -> Iterator[Reading]:
    from corpora import requested  # type: ignore[import-not-found]  # of tests/

    engine = obligations.prepare(LEXICONS, SETTINGS).engine
    made = requested(*(segment_text(text, name) for name, text in texts.items()))
    seen = {}
    read = sentences_of(made["paragraphs"], made["sentences"], made["tokens"], engine.words.cues)
    for cast, results in obligations.search(read, made["actors"], engine):
        around = Surroundings(cast, results)
        for request in results:
            if isinstance(request, Request):
                start = str(request.sentence[request.trigger.token].start)
                seen[cast.sentence.doc_id, cast.sentence.paragraph, start] = dict(signs(around, request))
    rows = made["obligations"].astype(str).to_dict("records")
    places = [{"place": (row["doc_id"], row["paragraph"], row["trigger_start"]), "doc_id": row[named]} for row in rows]
    for row, right in judged(wanted, [row | place for row, place in zip(rows, places, strict=True)]):
        if found := seen.get(row["place"]):
            yield Reading(row["doc_id"], NOW, known=True, right=right, seen=found, times=times)


def learnt(readings: Sequence[Reading]) -> Model:
    """The weights: signs of error weigh at most nothing, signs of right at least nothing, families anything."""
    often = Counter(name for row in readings for name, value in row.seen.items() if value)
    vectors = DictVectorizer(sparse=False)
    seen = vectors.fit_transform([{k: v for k, v in row.seen.items() if often[k] >= FEWEST} for row in readings])
    names = vectors.get_feature_names_out()
    free = np.array([name.startswith(tuple(f"{family} " for family in FAMILIES)) for name in names])
    ridge = np.where(free, RIDGE_OF_FAMILIES, RIDGE)
    times, right = (np.array([float(getattr(row, name)) for row in readings]) for name in ("times", "right"))

    def loss(values: np.ndarray) -> tuple[float, np.ndarray]:
        odds, weights = values[0] + seen @ values[1:], values[1:]
        off = times * (1 / (1 + np.exp(-odds)) - right)
        cost = float(times @ (np.logaddexp(0, odds) - right * odds) + ridge @ weights**2 / 2)
        return cost, np.concatenate([[off.sum()], seen.T @ off + ridge * weights])

    easier = np.isin(names, list(EASIER))
    lowest, highest = np.where(easier & ~free, 0, -np.inf), np.where(easier | free, np.inf, 0)
    bounds = [(None, None), *zip(lowest, highest, strict=True)]
    found = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", bounds=bounds).x
    return Model(float(found[0]), dict(zip(names.tolist(), found[1:].tolist(), strict=True)))


def scale(odds: np.ndarray, right: np.ndarray) -> tuple[float, float]:
    """The slope and the constant that make odds right on the average."""
    fitted = LogisticRegression(C=np.inf).fit(odds[:, None], right)
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])


def calibration_error(given: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """The mean difference of what was given and what was right, over bins of equal width (Naeini et al. 2015)."""
    rank = np.minimum((given * bins).astype(int), bins - 1)
    return float(sum(abs(given[rank == b].mean() - right[rank == b].mean()) * (rank == b).mean() for b in set(rank)))


def unseen_odds(readings: Sequence[Reading]) -> np.ndarray:
    """The odds of each reading by weights that were learnt without its batch of paragraphs."""
    ranks = {name: rank for rank, name in enumerate(texts_of(ROOT / PARAGRAPHS))}
    fold = np.array([ranks.get(row.paragraph, 0) // BATCH % FOLDS for row in readings])
    given = np.zeros(len(readings))
    for one in range(FOLDS):
        given[fold == one] = learnt(list(compress(readings, fold != one))).odds(list(compress(readings, fold == one)))
    return given


def first_readings(readings: Sequence[Reading]) -> np.ndarray:
    """Which readings are those of the last version that did not know the paragraph."""
    rank = {version: n for n, version in enumerate(VERSIONS)}
    last: dict[str, int] = {}
    for row in readings:
        if not row.known:
            last[row.paragraph] = max(last.get(row.paragraph, 0), rank[row.version])
    return np.array([not row.known and rank[row.version] == last[row.paragraph] for row in readings])


def interval(odds: np.ndarray, right: np.ndarray, groups: Sequence[str], draws: int = 1000) -> np.ndarray:
    """The 95 % interval of the area under the curve: a bootstrap over paragraphs (Efron 1979)."""
    number = np.unique(groups, return_inverse=True)[1]
    n = number.max() + 1
    drawn = np.random.default_rng(0).multinomial(n, np.full(n, 1 / n), draws)
    return np.quantile([roc_auc_score(right, odds, sample_weight=times[number]) for times in drawn], (0.025, 0.975))


def report(readings: Sequence[Reading]) -> tuple[float, float]:
    """Print how the weights do on batches of paragraphs that they were not learnt from; return slope and constant."""
    odds, right = unseen_odds(readings), np.array([row.right for row in readings])
    first, now = first_readings(readings), np.array([row.version == NOW for row in readings])
    for name, which in (("first readings", first), ("the program as it is", now)):
        low, high = interval(odds[which], right[which], [row.paragraph for row in compress(readings, which)])
        area = f"AUC {roc_auc_score(right[which], odds[which]):.3f} ({low:.3f} to {high:.3f})"
        print(f"{name}, unseen: {which.sum()} rows, {right[which].mean():.3f} right; {area}")
    odds, right = odds[now], right[now]
    slope, constant = scale(odds, right)
    given = 1 / (1 + np.exp(-(slope * odds + constant)))
    print(f"the program as it is: expected calibration error {calibration_error(given, right):.3f}")
    for low in np.arange(0, 1, 0.1):
        inside = (given >= low) & (given < low + 0.1)
        if inside.any():
            shares = f"given {given[inside].mean():.2f}, right {right[inside].mean():.2f}"
            print(f"  {low:.1f} to {low + 0.1:.1f}: {inside.sum():4} rows, {shares}")
    return slope, constant


def main() -> None:
    """Learn, or print how well it is learnt."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", action="store_true")
    options = parser.parse_args()
    readings = [*earlier(), *present()]
    slope, constant = report(readings)
    if not options.folds:
        model = learnt(readings)
        weights = {name: slope * weight for name, weight in sorted(model.weights.items())}
        named = {OUTER: slope * model.constant + constant} | weights
        lines = "".join(f"{name},{weight:.3f}\n" for name, weight in named.items() if abs(weight) >= 0.0005)
        write_bytes(LEXICONS / WEIGHTS.file, (HEAD + ",".join(WEIGHTS.columns) + "\n" + lines).encode())


if __name__ == "__main__":
    main()
