"""Mention scoring: the actors table against a gold table of mentions (docs/actors.md).

Within a paragraph, gold and found mentions pair up in reading order where the gold's head word stands in the
found mention (longest common subsequence). Precision, recall and F1 of mentions; of the paired ones, the share
with the same type and the same canonical name, each with its exact 95 % interval.

    gold "les [gouvernements]", found "tous les gouvernements" -> paired, type state, name gouvernements
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pries.grammar.wording import STRAIGHT
from pries.inspection.intervals import exact

Row = Mapping[str, str]
COLUMNS = ("paragraph", "mention", "head", "actor", "type")


@dataclass(frozen=True)
class MentionScores:
    """Counts of one document; scores from them."""

    gold: int
    found: int
    paired: int
    same_type: int
    same_name: int

    @property
    def f1(self) -> float:
        """F1 of mentions, 0 where there is none."""
        return 2 * self.paired / (self.gold + self.found or 1)

    def __str__(self) -> str:
        shares = {
            "F1": (self.paired, (self.gold + self.found) / 2),
            "precision": (self.paired, self.found),
            "recall": (self.paired, self.gold),
            "type": (self.same_type, self.paired),
            "canonical name": (self.same_name, self.paired),
        }
        lines = [f"{self.gold} mentions of actors in the gold table, {self.found} found; {self.paired} paired"]
        for name, (right, number) in shares.items():
            low, high = exact(right, number)
            lines.append(f"  {name:<14}  {right / (number or 1):.3f}   {low:.3f} to {high:.3f}   {right} of {number:g}")
        return "\n".join(lines)


def plain(text: str) -> str:
    """Lower case, straight apostrophes, single spaces."""
    return " ".join(text.lower().translate(STRAIGHT).split())


def fits(gold: Row, found: Row) -> bool:
    """Whether the gold's head word stands in the found mention."""
    return plain(gold["head"]) in re.findall(r"[\w-]+(?:'$)?", plain(found["text"]))


def pair(gold: Sequence[Row], found: Sequence[Row]) -> list[tuple[Row, Row]]:
    """The longest sequence of pairs in reading order; of equals, the earliest."""
    longest = [[0] * (len(found) + 1) for _ in range(len(gold) + 1)]
    for i in range(len(gold) - 1, -1, -1):
        for j in range(len(found) - 1, -1, -1):
            with_both = longest[i + 1][j + 1] + 1 if fits(gold[i], found[j]) else 0
            longest[i][j] = max(longest[i + 1][j], longest[i][j + 1], with_both)
    pairs = []
    i = j = 0
    while i < len(gold) and j < len(found):
        if fits(gold[i], found[j]) and longest[i][j] == longest[i + 1][j + 1] + 1:
            pairs.append((gold[i], found[j]))
            i, j = i + 1, j + 1
        elif longest[i][j] == longest[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def score(gold: Sequence[Row], found: Sequence[Row]) -> MentionScores:
    """The scores over the paragraphs of the gold table; `found` are rows of the actors table in reading order."""
    paragraphs = dict.fromkeys(row["paragraph"] for row in gold)
    within = [row for row in found if row["paragraph"] in paragraphs]
    pairs = []
    for paragraph in paragraphs:
        here = [row for row in gold if row["paragraph"] == paragraph]
        pairs += pair(here, [row for row in within if row["paragraph"] == paragraph])
    same_type = sum(g["type"] == f["type"] for g, f in pairs)
    same_name = sum(plain(g["actor"]) == plain(f["actor"]) for g, f in pairs)
    return MentionScores(len(gold), len(within), len(pairs), same_type, same_name)
