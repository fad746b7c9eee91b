"""Confidence: how likely it is that every field of a row is right, by a logistic regression on its signs.

The weights stand in confidence.csv, learnt by tools/learn_confidence.py from what versions of the program made of
paragraphs that they had not been mended on. What is a sign of error (`signs`) never makes a row more likely to be
right. They order rows for review better than chance, and their mean is near the share that is right in the prose of
institutions; prose that is made to be hard is right less often than they say.

    "Les États doivent agir."                                                           0.92
    "Le Maire, que la Région avait saisi, juge qu'il devrait, avec le Département, agir" 0.91
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from pries.base import lexicon
from pries.base.layers import Folder
from pries.requests.context.signs import Surroundings, signs
from pries.requests.request import Request

WEIGHTS = lexicon.Lexicon("confidence.csv", ("feature", "weight"), key=("feature",))
OUTER = "bias"  # the weight of a row of which nothing is seen


def read_confidence(lexicons: Folder) -> Mapping[str, float]:
    """confidence.csv. Raises InputError."""
    found = {}
    for row in lexicon.read(lexicons, WEIGHTS):
        try:
            found[row["feature"]] = float(row["weight"])
        except ValueError:
            raise row.wrong(f"weight '{row['weight']}' is no number", "write it like -0.25") from None
    return found


def confidence(around: Surroundings, request: Request, weights: Mapping[str, float]) -> float:
    """The probability that every field is right, with two digits."""
    odds = weights.get(OUTER, 0.0) + sum(weighed(around, request, weights).values())
    return round(1 / (1 + math.exp(-odds)), 2)


def weighed(around: Surroundings, request: Request, weights: Mapping[str, float]) -> dict[str, float]:
    """What each sign of a row adds to the odds."""
    return {name: value * weights.get(name, 0.0) for name, value in signs(around, request)}
