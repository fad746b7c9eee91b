"""Judgement: whether a noun that no lexicon holds names somebody, and of which type, by two logistic regressions.

A noun is judged by its static vector and its ending; the weights stand in actor_weights.csv, made by
tools/train_actors.py, which prints how often they are right on nouns that they were not trained on.

    pharmaciens -> 0.99, individual; rectorats -> 0.97, state; procédures -> 0.02
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from pries.base import lexicon
from pries.base.layers import Folder
from pries.grammar.morphology import NOUNS
from pries.grammar.wording import lowered
from pries.schema import schema

TYPES = tuple(kind for kind in schema.ACTOR_TYPES if kind != "document")
WEIGHTS = lexicon.Lexicon("actor_weights.csv", ("feature", "somebody", *TYPES), key=("feature",))
# What nouns of persons and bodies end with, and what nouns of things do, without the -s of the plural.
ENDINGS = tuple(
    "eur rice euse iste ien ienne ateur tion ment ité age ance ence ure isme ant aire eux ier ière logue".split()
)
LENGTH = 3.0  # of a vector: how much it weighs beside an ending
LIKE_NOUNS, AS_NOUNS = (("ADJ", "VERB"), ("ant", "ants", "é", "és", "ée", "ées", "es"))  # « l'occupant »
UNLIKELY = 0.05  # who is judged less than this is nobody wherever it stands


class Judged(NamedTuple):
    """How likely it is that a noun names somebody, and the type that it then has."""

    somebody: float
    kind: str


def features(form: str, vector: np.ndarray) -> np.ndarray:
    """The endings that a form has or lacks, then its vector."""
    singular = form.removesuffix("s")
    length = float(np.linalg.norm(vector)) or 1.0
    endings = [float(singular.endswith(ending)) for ending in ENDINGS]
    return np.concatenate([endings, np.asarray(vector, dtype=float) * (LENGTH / length)])


@lru_cache(2**16)  # the same words come again and again
def _endings(form: str) -> tuple[int, ...]:
    """Which of the ENDINGS a form has, by rank."""
    singular = form.removesuffix("s")
    return tuple(rank for rank, ending in enumerate(ENDINGS) if singular.endswith(ending))


@dataclass(frozen=True)
class Judge:
    """The weights: of being somebody, first column, and of each of `kinds`; first row without any feature."""

    weights: np.ndarray
    file: str

    @classmethod
    def read(cls, lexicons: Folder) -> Judge:
        """Read actor_weights.csv. Raises InputError."""
        rows = lexicon.read(lexicons, WEIGHTS)
        expected = ["bias", *(f"-{ending}" for ending in ENDINGS)]
        for row, feature in zip(rows, expected, strict=False):
            if row["feature"] != feature:
                raise row.wrong(f"feature '{row['feature']}' in place of '{feature}'", "make the table anew")
        return cls(np.array([[_number(row, c) for c in WEIGHTS.columns[1:]] for row in rows]), WEIGHTS.file)

    def judged(self, vectors: pd.DataFrame | None, tokens: pd.DataFrame) -> dict[str, Judged]:
        """Those nouns of the tokens that may name somebody, each with its judgement.

        Vectors of another length than those of the training say nothing, nor do words too short to be nouns.
        """
        if vectors is None or not len(vectors):
            return {}
        sure, like = (tokens["form"][tokens["tag"].isin(tags)].unique().tolist() for tags in (NOUNS, LIKE_NOUNS))
        named = {lowered(form) for form in sure if len(form) > 3}
        nouns = named.union(lowered(form) for form in like if form.endswith(AS_NOUNS) and len(form) > 3)
        known = dict(zip(vectors["form"].tolist(), vectors["vector"].tolist(), strict=True))
        weights = self.weights[1 + len(ENDINGS) :]
        if len(next(iter(known.values()))) != len(weights):
            return {}
        forms = sorted(form for form in nouns if form in known or _endings(form))
        odds = np.tile(self.weights[0], (len(forms), 1))  # of a form without a vector, its ending tells alone
        seen = [rank for rank, form in enumerate(forms) if form in known]
        if seen:
            rows = np.concatenate([known[forms[rank]] for rank in seen]).reshape(len(seen), -1).astype(float)
            scale = LENGTH / np.sqrt(np.einsum("ij,ij->i", rows, rows)).clip(1e-6)
            odds[seen] += rows @ weights * scale[:, None]
        ended = [(rank, 1 + ending) for rank, form in enumerate(forms) for ending in _endings(form)]
        np.add.at(odds, [rank for rank, _ in ended], self.weights[[ending for _, ending in ended]])
        least = float(np.log(UNLIKELY / (1 - UNLIKELY)))  # other words have to be somebody more likely than not
        likely = np.flatnonzero(odds[:, 0] > [least if form in named else 0.0 for form in forms])
        somebody, kinds = 1 / (1 + np.exp(-odds[likely, 0])), odds[likely, 1:].argmax(axis=1)
        judged = zip(likely.tolist(), somebody.tolist(), kinds.tolist(), strict=True)
        return {forms[rank]: Judged(likelihood, TYPES[kind]) for rank, likelihood, kind in judged}


def _number(row: lexicon.Row, column: str) -> float:
    try:
        return float(row[column])
    except ValueError:
        raise row.wrong(f"{column} '{row[column]}' is no number", "make the table anew") from None
