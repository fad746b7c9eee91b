"""Scoring: how well an obligations table agrees with a gold table of the annotation guide.

Rows pair up inside a paragraph, in order, when their triggers share a word: the heaviest common subsequence
(Needleman and Wunsch 1970), a pair weighing half as much again when their actions share a word too. A gold
row of status optional is neither rewarded nor punished. Actors are compared as sets, without determiners and
plurals; action heads as forms.

    gold « priés », gouvernements; predicted « été priés », les gouvernements: trigger and addressee right
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pries.inspection.intervals import clustered, wider

GoldRow = Mapping[str, str]
Pair = tuple[GoldRow, GoldRow]

# Determiners and quantifiers that the guide leaves out of an actor's name.
_DETERMINER = re.compile(
    r"^(?:(?:plusieurs|certaine?s|quelques|tou(?:te?s?|s)|ensemble|plupart|nombreu(?:x|ses)|divers(?:es)?|"
    r"différente?s|chaque|autres|les|la|le|des|du|de|une?|leurs?|ses|son|sa|ces|cette|cet|ce|nos|notre|deux|"
    r"trois|quatre|cinq)\b\s*|(?:l|d)'\s*)+(?=\w)"
)
# Words of a trigger that say nothing about which trigger it is.
_EMPTY = frozenset(
    (
        "a", "ont", "été", "est", "était", "le", "la", "les", "de", "d", "à", "que", "il", "des", "et", "ne",
        "pas", "néanmoins", "instamment",
    )
)  # fmt: skip

COUNTS = (
    "gold", "predicted", "tp", "fp", "fn", "modality", "polarity",
    "issuer", "issuer_hit", "issuer_named", "addressee", "addressee_hit", "addressee_named",
    "action_hit", "action_all", "row",
)  # fmt: skip
MEASURES = (
    "precision", "recall", "f1", "modality", "polarity", "issuer", "issuer_f1", "addressee", "addressee_f1",
    "action_f1", "row_f1",
)  # fmt: skip
FIELDS = ("modality", "polarity", "issuer", "addressee", "actions")


def normal_actor(name: str) -> str:
    """Lower case, no determiner, no plural: "Les États Membres" -> "état membre"."""
    plain = " ".join(unicodedata.normalize("NFC", name).lower().replace("’", "'").split())
    plain = _DETERMINER.sub("", plain) or plain
    return " ".join(word[:-1] if len(word) > 3 and word[-1] in "sx" else word for word in plain.split())


def actors(cell: str) -> frozenset[str]:
    """The actors of a cell as a set: "les employeurs; États" -> {employeur, état}."""
    return frozenset(normal_actor(name) for name in cell.split(";") if name.strip())


def words(text: str) -> set[str]:
    """The words of a text in lower case."""
    return set(re.findall(r"\w+", unicodedata.normalize("NFC", text).lower()))


def heads(cell: str) -> list[str]:
    """Action heads as forms, without a reflexive clitic: "s'associer; Mettre" -> [associer, mettre]."""
    plain = unicodedata.normalize("NFC", cell).lower().replace("’", "'")
    found = (re.sub(r"^(?:s'|se )", "", head.strip()) for head in plain.split(";"))
    return [head for head in found if head]


def common_heads(gold: str, predicted: str) -> int:
    """How many heads two cells share, each counted once."""
    left, shared = heads(predicted), 0
    for head in heads(gold):
        if head in left:
            left.remove(head)
            shared += 1
    return shared


def is_core(row: GoldRow) -> bool:
    """Whether a gold row counts."""
    return (row.get("status") or "core") == "core"


def right(field: str, gold: GoldRow, predicted: GoldRow) -> bool:
    """Whether one field of a matched row agrees."""
    if field in ("issuer", "addressee"):
        return actors(gold[field]) == actors(predicted[field])
    if field == "actions":
        return sorted(heads(gold[field])) == sorted(heads(predicted[field]))
    return gold[field] == predicted[field]


def _weight(gold: GoldRow, predicted: GoldRow) -> float:
    if not (words(gold["trigger"]) - _EMPTY) & (words(predicted["trigger"]) - _EMPTY):
        return 0.0
    return 1.5 if words(gold["actions"]) & words(predicted["actions"]) else 1.0


@dataclass(frozen=True)
class Alignment:
    """What pairs up in one paragraph, and what is left: gold rows missed, predicted rows too many."""

    pairs: tuple[Pair, ...]
    missed: tuple[GoldRow, ...]
    spurious: tuple[GoldRow, ...]


def align(gold: Sequence[GoldRow], predicted: Sequence[GoldRow]) -> Alignment:
    """The heaviest pairing in order of the rows of one paragraph."""
    n, m = len(gold), len(predicted)
    weight = [[_weight(g, p) for p in predicted] for g in gold]
    best = [[0.0] * (m + 1) for _ in range(n + 1)]  # best[i][j]: the weight that gold[i:], predicted[j:] reach
    for i in reversed(range(n)):
        for j in reversed(range(m)):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + weight[i][j])
    pairs, missed, spurious = [], [], []
    i = j = 0
    while i < n and j < m:
        if weight[i][j] and best[i][j] == best[i + 1][j + 1] + weight[i][j]:
            pairs.append((gold[i], predicted[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            missed.append(gold[i])
            i += 1
        else:
            spurious.append(predicted[j])
            j += 1
    return Alignment(tuple(pairs), (*missed, *gold[i:]), (*spurious, *predicted[j:]))


def count(found: Alignment) -> list[int]:
    """The counts of one paragraph, as in `COUNTS`."""
    pairs = [(g, p) for g, p in found.pairs if is_core(g)]
    missed = sum(map(is_core, found.missed))
    made = {
        "gold": len(pairs) + missed,
        "predicted": len(found.pairs) + len(found.spurious),
        "tp": len(pairs),
        "fp": len(found.spurious),
        "fn": missed,
        "row": sum(all(right(field, g, p) for field in FIELDS) for g, p in pairs),
        "action_hit": sum(common_heads(g["actions"], p["actions"]) for g, p in pairs),
        "action_all": sum(len(heads(g["actions"])) + len(heads(p["actions"])) for g, p in pairs),
    }
    for field in ("modality", "polarity", "issuer", "addressee"):
        made[field] = sum(right(field, g, p) for g, p in pairs)
    for field in ("issuer", "addressee"):
        sides = [(actors(g[field]), actors(p[field])) for g, p in pairs]
        made[f"{field}_hit"] = sum(bool(g) and g == p for g, p in sides)
        made[f"{field}_named"] = sum(bool(g) + bool(p) for g, p in sides)
    return [made[name] for name in COUNTS]


def shares(sums: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each measure, (…, 11) as in `MEASURES`, what is right and of how many; `sums`: (…, 16) as in `COUNTS`.

    F1 is a share too: of what is right in the mean of what is wanted and what is given.
    """
    of = {name: sums[..., i].astype(float) for i, name in enumerate(COUNTS)}
    tp = of["tp"]
    rows = tp + (of["fp"] + of["fn"]) / 2
    made = {
        "precision": (tp, tp + of["fp"]),
        "recall": (tp, tp + of["fn"]),
        "f1": (tp, rows),
        "action_f1": (of["action_hit"], of["action_all"] / 2),
        "row_f1": (of["row"], rows),
    }
    for field in ("modality", "polarity", "issuer", "addressee"):
        made[field] = of[field], tp
    for field in ("issuer", "addressee"):
        made[f"{field}_f1"] = of[f"{field}_hit"], of[f"{field}_named"] / 2
    right, number = zip(*(made[name] for name in MEASURES), strict=True)
    return np.stack(right, axis=-1), np.stack(number, axis=-1)


def measures(sums: np.ndarray) -> np.ndarray:
    """The scores, (…, 11) as in `MEASURES`, from sums of counts, (…, 16) as in `COUNTS`; 0 for 0 of 0."""
    right, number = shares(sums)
    return right / np.where(number == 0, 1.0, number)


def bootstrap(counts: np.ndarray, seed: int = 0, resamples: int = 1000) -> np.ndarray:
    """The 95 % percentile bootstrap interval of each measure, (2, 11), over paragraphs (Efron 1979).

    `counts`: (paragraphs, 16). Each resample draws as many paragraphs as there are, with replacement; one in which a
    measure is of nothing says nothing of it.
    """
    n = len(counts)
    drawn = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=resamples)
    right, number = shares(drawn @ counts)
    scores = np.divide(right, number, out=np.full(right.shape, np.nan), where=number > 0)
    scores[:, (number == 0).all(axis=0)] = 0.0
    return np.nanquantile(scores, (0.025, 0.975), axis=0)


def intervals(counts: np.ndarray, seed: int = 0) -> np.ndarray:
    """The 95 % interval of each measure, (2, 11): the bootstrap over paragraphs, or the exact one where it is wider.

    Both know that rows of one paragraph go wrong together. The bootstrap takes 90 of 90 for certain, the exact interval
    does not. 0 to 1 where there is nothing to score.
    """
    known = clustered(*shares(counts))
    return wider(known, bootstrap(counts, seed)) if len(counts) else known
