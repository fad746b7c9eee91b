"""Sameness: whether two requests are one, by what they ask (`substance`).

Two requests are one if both ask for the same action, about the same object in substance, of the same kind of actor
where one is named. Each refusal is a rule with a name, the first that speaks decides, and `explain` says which: that
two requests are near does not make them one. Nothing is counted over the corpus, so that no other document has a say.

    « prier les États de créer un fonds » / « la création d'un fonds par les gouvernements » -> same, 1.0
    « ratifier la Convention » / « appliquer la Convention » -> other action
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from pries.base import rules
from pries.base.settings import SHARE
from pries.content.candidates import LEAST
from pries.content.concepts import Concepts
from pries.content.substance import Substance

STATES = frozenset({"état", "membr", "parti", "party"})
ENDS = frozenset({"interdire", "cesser", "abolir", "exclure"})  # actions by which what follows is no longer done
AT_EDGE = 0.25  # a word that both say around the core, which makes up for half a word of it at most
MORE = frozenset({"renforcer", "encourager"})  # actions that may say no more than the one they are to further
ENOUGH = 3  # words that two share, where their actions are known to be one by their effect alone
SHORT = 12  # concepts of a sentence in which little is said beside the request
POINTED = 0.5  # what « ces mesures » share weighs half: they may be others
ELSEWHERE = (
    0.75  # what stands in one core and anywhere in the other, or in other words, weighs less than what is in both
)


@dataclass(frozen=True)
class Settings:
    """`settings/families.toml`: what each means stands there."""

    FILE: ClassVar[str] = "families.toml"
    least_words: float = field(default=2.0, metadata={"low": 1.0, "high": 20.0})
    overlap: float = field(default=0.4, metadata=SHARE)
    near: float = field(default=0.34, metadata=SHARE)
    apart: float = field(default=0.06, metadata=SHARE)
    apart_at_edge: float = field(default=0.5, metadata=SHARE)
    more: float = field(default=0.3, metadata=SHARE)
    actions: float = field(default=0.75, metadata=SHARE)
    window: int = field(default=12, metadata={"low": 1, "high": 10000})


@dataclass(frozen=True)
class Comparison:
    """Two requests with what they share and what only one of them says, in concepts."""

    one: Substance
    other: Substance
    concepts: Concepts
    chosen: Settings

    @cached_property
    def both(self) -> frozenset[str]:
        """What is in both cores."""
        return self.one.whole & self.other.whole

    @cached_property
    def elsewhere(self) -> frozenset[str]:
        """What is in one core, and in the other request or beside it but not in its core."""
        return ((self.one.whole & self.other.everything) | (self.other.whole & self.one.everything)) - self.both

    @cached_property
    def opposed(self) -> bool:
        """Whether one asks not to do what the other asks; « ne pas employer » and « interdire d'employer » are one."""
        ends = any(side.heads & ENDS and not side.negated for side in (self.one, self.other))
        return self.one.negated != self.other.negated and not ends

    @cached_property
    def near(self) -> dict[str, str]:
        """Words of the first core, each with the word of the other in its place: « verser », « allouer »."""
        found: dict[str, str] = {}
        for word in sorted(self._only(self.one, self.other)):
            rivals = sorted(self._only(self.other, self.one).difference(found.values()))
            rival = next((rival for rival in rivals if self._stands_for(word, rival)), None)
            if rival is not None:
                found[word] = rival
        return found

    def _stands_for(self, word: str, rival: str) -> bool:
        """Whether a word of the first may be said by one of the other: a near one, or an action of the same effect."""
        acts = self.one.plain and self.other.plain and word in self.one.heads and rival in self.other.heads
        effect = acts and len(self.both) + len(self.elsewhere) >= ENOUGH and self.concepts.alike(word, rival)
        return effect or self.concepts.near(word, rival)

    @cached_property
    def only(self) -> tuple[int, int]:
        """How many words of each core the other says nowhere, nor a near one."""
        found = []
        for this, that in ((self.one, self.other), (self.other, self.one)):
            rest = self._only(this, that).difference(self.near, self.near.values())
            acts = {head for head in this.heads & rest if self._acted(head, this, that)}
            found.append(sum(not self._near_any(word, self._rivals(that)) for word in rest - acts))
        return found[0], found[1]

    @cached_property
    def at_edge(self) -> tuple[int, int]:
        """How many words are said at both edges; at one in place of others at the other."""
        one, other = self.one, self.other
        return len(one.edge & other.edge), min(len(one.edge - other.everything), len(other.edge - one.everything))

    @cached_property
    def shared(self) -> float:
        """How much is in both, half where only a demonstrative or possessive points to it."""
        pointing = self.one.pointing | self.other.pointing | self.one.meant | self.other.meant
        both = sum(POINTED if concept in pointing else 1.0 for concept in self.both)
        return both + ELSEWHERE * (len(self.elsewhere) + len(self.near))

    @property
    def around(self) -> int:
        """What both say beside the core: at the edge, and of who is to act."""
        one, other = (frozenset().union(*side.actors) for side in (self.one, self.other))
        return self.at_edge[0] + len((one & self.other.everything) | (other & self.one.everything))

    @property
    def apart(self) -> int:
        """What each has in place of what the other has."""
        return min(self.only)

    @property
    def more(self) -> int:
        """What one says beyond the other."""
        return max(self.only) - self.apart

    @property
    def score(self) -> float:
        """How near the two are, 0 to 1: what they share over that and what sets them apart."""
        both, apart = self.at_edge
        edge = apart / (both + apart) if apart else 0.0
        between = self.apart + edge + self.more / 2 + (1 - ELSEWHERE) * len(self.near)
        return round(self.shared / max(self.shared + between, 1.0), 6)

    def away(self, this: Substance, that: Substance) -> float:
        """Which share of the actions of one the other does not name, nor a near one: « établir », « rédiger »."""
        if not this.heads or (this.negated != that.negated and not self.opposed):
            return 0.0
        said = that.whole.union(that.edge, *that.actors)
        missing = sum(head not in said and not self._acted(head, this, that) for head in this.heads)
        return missing / len(this.heads)

    def _acted(self, head: str, this: Substance, that: Substance) -> bool:
        """Whether the other names a near action, or one of the same effect: « prévoir », « ouvrir »."""
        rivals = self._rivals(that) | (that.heads if this.plain and that.plain else frozenset())
        effect = this.plain and any(self.concepts.alike(head, verb) for verb in that.support)
        more_of_it = head in MORE and bool(that.heads) and that.heads <= this.whole  # « intensifier la lutte », lutter
        return effect or more_of_it or self._near_any(head, rivals)

    def _only(self, this: Substance, that: Substance) -> frozenset[str]:
        """What the core of one has and the other has nowhere."""
        ended = this.negated != that.negated and not self.opposed
        return this.whole - that.everything - (ENDS if ended else frozenset())

    def _rivals(self, that: Substance) -> frozenset[str]:
        """What may stand in place of a word of the other request: what it shares stands for itself."""
        return that.whole.union(that.edge, that.support, *that.actors) - self.both

    def _near_any(self, concept: str, others: frozenset[str]) -> bool:
        return any(self.concepts.near(concept, other) for other in others)


def keys(asked: Substance) -> tuple[frozenset[str], frozenset[str]]:
    """What a request is found by: what it asks, or, in a short sentence, all that is said but who is to act for all."""
    said = asked.everything - STATES
    return asked.whole, said if len(said) <= SHORT else frozenset()


def _other_polarity(two: Comparison) -> bool | None:
    """« employer des mineurs la nuit » / « ne pas employer de mineurs la nuit »."""
    return True if two.opposed else None


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


def _little_in_common(two: Comparison) -> bool | None:
    """What the join of `candidates` takes for granted, so that it changes nothing which pairs are looked at."""
    pairs = zip(keys(two.one), keys(two.other), strict=True)
    least = two.chosen.overlap
    return None if any(len(a & b) >= max(LEAST, least * len(a | b)) for a, b in pairs) else True


def _too_little(two: Comparison) -> bool | None:
    """« les appliquer » / « appliquer ces mesures »: what is asked stands elsewhere."""
    least = two.chosen.least_words
    return True if two.shared < least - POINTED or two.shared + two.around * AT_EDGE < least else None


def _other_predicate(two: Comparison) -> bool | None:
    """« ces plans devront être souples » / « ces plans devront durer cinq ans »: no more than the subject is one."""
    for this, that in ((two.one, two.other), (two.other, two.one)):
        told = this.predicate | this.meant
        if not told & that.everything and not told.intersection(two.near, two.near.values()):
            return True
    return None


def _other_action(two: Comparison) -> bool | None:
    """« ratifier la Convention » / « appliquer la Convention »."""
    away = max(two.away(two.one, two.other), two.away(two.other, two.one))
    return True if away > 1 - two.chosen.actions else None


def _other_object(two: Comparison) -> bool | None:
    """« former les maîtres du primaire » / « former les maîtres du secondaire »."""
    return True if two.apart > two.chosen.apart * (two.shared + two.apart) else None


def _other_kind(two: Comparison) -> bool | None:
    """« au décès d'un maître primaire, une pension … » / « au décès d'un maître secondaire, une pension … »."""
    one, other = two.one.everything, two.other.everything
    return True if two.concepts.exclusive(one - other, other - one) else None


def _other_words(two: Comparison) -> bool | None:
    """« examiner les plans » / « contrôler les programmes »: each word is near another, and all are others."""
    return True if len(two.near) > two.chosen.near * (two.shared + two.around * AT_EDGE) else None


def _other_circumstances(two: Comparison) -> bool | None:
    """« les violences commises par la police » / « les violences commises par des groupes armés »."""
    both, apart = two.at_edge
    return True if apart > two.chosen.apart_at_edge * (both + apart) else None


def _much_more(two: Comparison) -> bool | None:
    """« réduire les frais » / « réduire les frais de scolarité des enfants de réfugiés »."""
    return True if two.more > two.chosen.more * (two.shared + two.more) else None


REFUSALS = (
    _little_in_common,
    _other_polarity,
    _other_number,
    _other_actor,
    _too_little,
    _other_predicate,
    _other_action,
    _other_object,
    _other_kind,
    _other_words,
    _other_circumstances,
    _much_more,
)


def compare(one: Substance, other: Substance, concepts: Concepts, chosen: Settings) -> tuple[float, str]:
    """How near two requests are and why they are one: « same words », « same in substance »; or 0 and why not."""
    two = Comparison(one, other, concepts, chosen)
    refused, name = rules.first(REFUSALS, two)
    if refused:
        return 0.0, name
    return two.score, "same words" if one.core == other.core and one.edge == other.edge else "same in substance"
