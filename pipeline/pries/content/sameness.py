"""Sameness: whether two requests are one, by what they ask (`substance`).

Two requests are one if both ask for the same action, about the same object in substance, of the same kind of actor
where one is named. Each refusal is a rule with a name, the first that speaks decides, and `explain` says which: that
two requests are near does not make them one. Nothing is counted over the corpus, so that no other document has a say.

    « prier les États de créer un fonds » / « la création d'un fonds par les gouvernements » -> same, 1.0
    « ratifier la Convention » / « appliquer la Convention » -> other action
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from pries.base import rules
from pries.base.settings import SHARE
from pries.content.substance import Substance

STATES = frozenset({"état", "membre", "partie"})
AT_EDGE = 0.25  # a word that both say around the core, which makes up for half a word of it at most
POINTED = 0.5  # what « ces mesures » share weighs half: they may be others


@dataclass(frozen=True)
class Settings:
    """`settings/families.toml`: what each means stands there."""

    FILE: ClassVar[str] = "families.toml"
    least_words: float = field(default=2.0, metadata={"low": 1.0, "high": 20.0})
    overlap: float = field(default=0.5, metadata=SHARE)
    apart: float = field(default=0.06, metadata=SHARE)
    apart_at_edge: float = field(default=0.5, metadata=SHARE)
    more: float = field(default=0.3, metadata=SHARE)
    actions: float = field(default=0.75, metadata=SHARE)
    window: int = field(default=12, metadata={"low": 1, "high": 10000})


@dataclass(frozen=True)
class Comparison:
    """Two requests with what they share and what only one of them says, as weights of concepts."""

    one: Substance
    other: Substance
    chosen: Settings
    shared: float
    only: tuple[float, float]  # in the core of one, and nowhere in the other
    at_edge: tuple[float, float]  # said at both edges; of these, what the other says nothing of

    @classmethod
    def of(cls, one: Substance, other: Substance, chosen: Settings) -> Comparison:
        """Each concept weighs one, half where only a demonstrative or possessive points to it."""
        pointing = one.pointing | other.pointing | one.meant | other.meant
        shared = sum(POINTED if c in pointing else 1.0 for c in one.whole & other.whole)
        left, right = one.core - other.everything, other.core - one.everything
        edges = one.edge & other.edge, min(len(one.edge - other.everything), len(other.edge - one.everything))
        return cls(
            one, other, chosen, shared, (float(len(left)), float(len(right))), (float(len(edges[0])), float(edges[1]))
        )

    @property
    def around(self) -> float:
        """What both say beside the core: at the edge, and of who is to act."""
        actors = [frozenset().union(*which.actors) for which in (self.one, self.other)]
        return self.at_edge[0] + len(actors[0] & actors[1])

    @property
    def apart(self) -> float:
        """What each has in place of what the other has."""
        return min(self.only)

    @property
    def more(self) -> float:
        """What one says beyond the other."""
        return max(self.only) - self.apart

    @property
    def score(self) -> float:
        """How near the two are, 0 to 1: what they share over that and what sets them apart."""
        both, apart = self.at_edge
        edge = apart / (both + apart) if apart else 0.0
        return round(self.shared / max(self.shared + self.apart + edge + self.more / 2, 1.0), 6)


def _other_polarity(two: Comparison) -> bool | None:
    """« employer des mineurs la nuit » / « ne pas employer de mineurs la nuit »."""
    return True if two.one.negated != two.other.negated else None


def _other_number(two: Comparison) -> bool | None:
    """« à sa soixantième session » / « à sa soixante-cinquième session »."""
    one, other = two.one.numbers, two.other.numbers
    return True if one and other and one != other else None


def _other_actor(two: Comparison) -> bool | None:
    """« les employeurs devraient » / « les syndicats devraient »; of two names one may say more than the other."""
    if not two.one.actors or not two.other.actors:
        return None
    if any(a <= b or b <= a for a in two.one.actors for b in two.other.actors):
        return None
    both_states = "state" in two.one.kinds and "state" in two.other.kinds
    anyone = any(a <= STATES for a in (*two.one.actors, *two.other.actors))
    return None if both_states and anyone else True


def _too_little(two: Comparison) -> bool | None:
    """« les appliquer » / « appliquer ces mesures »: what is asked stands elsewhere."""
    least = two.chosen.least_words
    return True if two.shared < least - POINTED or two.shared + two.around * AT_EDGE < least else None


def _little_in_common(two: Comparison) -> bool | None:
    """What the join of `candidates` takes for granted, so that it changes nothing which pairs are looked at."""
    one, other = two.one.whole, two.other.whole
    return True if len(one & other) < two.chosen.overlap * len(one | other) else None


def _other_action(two: Comparison) -> bool | None:
    """« ratifier la Convention » / « appliquer la Convention »."""
    for this, that in ((two.one, two.other), (two.other, two.one)):
        if this.heads and len(this.heads & that.everything) < two.chosen.actions * len(this.heads):
            return True
    return None


def _other_object(two: Comparison) -> bool | None:
    """« former les maîtres du primaire » / « former les maîtres du secondaire »."""
    return True if two.apart > two.chosen.apart * (two.shared + two.apart) else None


def _other_circumstances(two: Comparison) -> bool | None:
    """« les violences commises par la police » / « les violences commises par des groupes armés »."""
    both, apart = two.at_edge
    return True if apart > two.chosen.apart_at_edge * (both + apart) else None


def _much_more(two: Comparison) -> bool | None:
    """« réduire les frais » / « réduire les frais de scolarité des enfants de réfugiés »."""
    return True if two.more > two.chosen.more * (two.shared + two.more) else None


REFUSALS = (
    _too_little,
    _little_in_common,
    _other_polarity,
    _other_number,
    _other_actor,
    _other_action,
    _other_object,
    _other_circumstances,
    _much_more,
)


def compare(one: Substance, other: Substance, chosen: Settings) -> tuple[float, str]:
    """How near two requests are and why they are one: « same words », « same in substance »; or 0 and why not."""
    two = Comparison.of(one, other, chosen)
    refused, name = rules.first(REFUSALS, two)
    if refused:
        return 0.0, name
    return two.score, "same words" if one.core == other.core and one.edge == other.edge else "same in substance"
