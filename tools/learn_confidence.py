"""Learn the weights of confidence.csv from the paragraphs of tests/paragraphs and from A/68/370.

    PYTHONPATH=tests python tools/learn_confidence.py    # writes the lexicon
    PYTHONPATH=tests python tools/learn_confidence.py --folds    # only prints how it does on paragraphs not seen

A logistic regression (ridge) of whether a row agrees with the gold table in every field. Where the program has been
mended on a paragraph, its rows no longer tell what is hard in a text that it never saw: tests/paragraphs/earlier.tsv
keeps of how many of five earlier versions (7ed68e0, 8377507, 5f804f0, 387476d, 6d214bf) a row was right.
The weights are learnt from these, then scaled so that they are right on the average for the program as it is (Platt
1999, with one slope and one constant). Printed are the area under the curve of receiver operating characteristic, the
expected calibration error in ten bins, and the reliability table. No run of the pipeline trains anything.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from pries.base.atomic import write_bytes
from pries.base.places import LEXICONS, SETTINGS
from pries.grammar.sentence import sentences_of
from pries.inspection import scoring
from pries.requests import obligations
from pries.requests.context.confidence import OUTER, WEIGHTS, Surroundings, features
from pries.requests.request import Request
from pries.segmentation.segment import segment_text
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests"
REGRESSION = {"C": 0.1, "max_iter": 3000}
FEWEST = 8  # rows in which something is seen, or it has no weight
HEAD = (
    "# What each thing that is seen of a row adds to the odds that all its fields are right. Learnt by\n"
    "# tools/learn_confidence.py from tests/paragraphs and A/68/370; features as in requests/context/confidence.py.\n"
)


class Row(NamedTuple):
    """A row of the program: where it stands, what is seen of it, whether it is right now and how often it was."""

    paragraph: str
    seen: dict[str, float]
    right: bool
    was_right: int
    was_wrong: int


def texts() -> Iterator[tuple[dict[str, str], Path, bool]]:
    """The texts by name, their gold table, and whether the names are documents."""
    lines = (TESTS / "paragraphs" / "paragraphs.txt").read_text(encoding="utf-8").splitlines()
    yield (
        dict(line[1:].split("] ", 1) for line in lines if line.startswith("[")),
        TESTS / "paragraphs" / "obligations.tsv",
        True,
    )
    report = (ROOT / "corpus" / "A_68_370.txt").read_text(encoding="utf-8")
    yield {"A_68_370": report}, TESTS / "gold" / "A_68_370.obligations.tsv", False


def earlier() -> dict[tuple[str, str], tuple[int, int]]:
    """How many earlier versions had a row right and wrong, by its paragraph and where its trigger begins."""
    with (TESTS / "paragraphs" / "earlier.tsv").open(encoding="utf-8", newline="") as file:
        return {
            (row["paragraph"], row["trigger_start"]): (int(row["right"]), int(row["versions"]) - int(row["right"]))
            for row in csv.DictReader(file, delimiter="\t")
        }


def rows() -> Iterator[Row]:
    """Every row that a gold table calls right or wrong."""
    from corpora import requested  # type: ignore[import-not-found]  # of tests/

    engine, before = obligations.prepare(LEXICONS, SETTINGS).engine, earlier()
    for named, gold, by_document in texts():
        made = requested(*(segment_text(text, name) for name, text in named.items()))
        at = {}
        read = sentences_of(made["paragraphs"], made["sentences"], made["tokens"], engine.words.cues)
        for cast, results in obligations.search(read, made["actors"], engine):
            for request in results:
                if isinstance(request, Request):
                    start = request.sentence[request.trigger.token].start
                    at[cast.sentence.doc_id, cast.sentence.paragraph, str(start)] = dict(
                        features(Surroundings(cast, results), request)
                    )
        with gold.open(encoding="utf-8", newline="") as file:
            wanted = list(csv.DictReader(file, delimiter="\t"))
        mine = [
            row | {"paragraph": row["doc_id"] if by_document else row["paragraph"], "at": row["paragraph"]}
            for row in made["obligations"].astype(str).to_dict("records")
        ]
        yield from judged(wanted, mine, at, before)


def judged(wanted: Sequence[dict], mine: Sequence[dict], at: dict, before: dict) -> Iterator[Row]:
    """The rows of one table, paragraph by paragraph; those on optional rows are left aside."""
    for name in dict.fromkeys(row["paragraph"] for row in mine):
        aligned = scoring.align(*([row for row in side if row["paragraph"] == name] for side in (wanted, mine)))
        pairs = [
            (row, all(scoring.right(f, g, row) for f in scoring.FIELDS))
            for g, row in aligned.pairs
            if scoring.is_core(g)
        ]
        for row, right in [*pairs, *((row, False) for row in aligned.spurious)]:
            if seen := at.get((row["doc_id"], row["at"], row["trigger_start"])):
                yield Row(name, seen, right, *before.get((name, row["trigger_start"]), (right, not right)))


def calibration_error(given: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """The mean difference of what was given and what was right, over bins of equal width (Naeini et al. 2015)."""
    rank = np.minimum((given * bins).astype(int), bins - 1)
    return float(sum(abs(given[rank == b].mean() - right[rank == b].mean()) * (rank == b).mean() for b in set(rank)))


def learnt(seen: np.ndarray, data: Sequence[Row]) -> tuple[float, np.ndarray]:
    """The constant and the weights of the odds."""
    right, was_right, was_wrong = (
        np.array([getattr(row, name) for row in data]) for name in ("right", "was_right", "was_wrong")
    )
    twice = LogisticRegression(**REGRESSION).fit(
        np.vstack([seen, seen]), np.repeat([1, 0], len(data)), sample_weight=np.concatenate([was_right, was_wrong])
    )
    hard = twice.decision_function(seen)
    scale = LogisticRegression(C=np.inf).fit(hard[:, None], right)
    slope = float(scale.coef_[0, 0])
    return float(slope * twice.intercept_[0] + scale.intercept_[0]), slope * twice.coef_[0]


def main() -> None:
    """Learn, or print how well it is learnt."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", action="store_true")
    options = parser.parse_args()
    data = list(rows())
    vectors = DictVectorizer(sparse=False)
    often = Counter(name for row in data for name in row.seen)
    seen = vectors.fit_transform([{k: v for k, v in row.seen.items() if often[k] >= FEWEST} for row in data])
    right = np.array([row.right for row in data])
    given = np.zeros(len(data))
    for known, unseen in GroupKFold(10).split(seen, groups=[row.paragraph for row in data]):
        constant, weights = learnt(seen[known], [data[i] for i in known])
        given[unseen] = 1 / (1 + np.exp(-(constant + seen[unseen] @ weights)))
    print(f"{len(data)} rows, {right.mean():.3f} right; unseen: AUC {roc_auc_score(right, given):.3f}, ", end="")
    print(f"expected calibration error {calibration_error(given, right):.3f}")
    for low in np.arange(0, 1, 0.1):
        inside = (given >= low) & (given < low + 0.1)
        if inside.any():
            shares = f"given {given[inside].mean():.2f}, right {right[inside].mean():.2f}"
            print(f"  {low:.1f} to {low + 0.1:.1f}: {inside.sum():4} rows, {shares}")
    if not options.folds:
        constant, weights = learnt(seen, data)
        named = [(OUTER, constant), *zip(vectors.get_feature_names_out(), weights, strict=True)]
        lines = "".join(f"{name},{weight:.3f}\n" for name, weight in named)
        write_bytes(LEXICONS / WEIGHTS.file, (HEAD + ",".join(WEIGHTS.columns) + "\n" + lines).encode())


if __name__ == "__main__":
    main()
