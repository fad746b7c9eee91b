"""Request: one row to be, what the trigger of a sentence asks, of whom and by whom; and a trigger that asks nothing.

"Les [gouvernements]addressee ont été [priés]request de [ratifier]action les conventions."
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pries.base.rules import first
from pries.grammar.sentence import Sentence
from pries.requests.cast import Filler
from pries.requests.coordination import Complement
from pries.requests.triggers import Trigger
from pries.requests.unasked.exclusions import Ruling


@dataclass
class Request:
    """One request: trigger, complement, roles, and by which rule each role was found."""

    sentence: Sentence
    trigger: Trigger
    complement: Complement
    issuer: list[Filler] = field(default_factory=list)
    addressee: list[Filler] = field(default_factory=list)
    origin: dict[str, str] = field(default_factory=dict)
    rule: str = ""  # that found the addressee, more closely than its origin
    unrecognised: dict[str, int] = field(default_factory=dict)  # by role, the noun that stands there and is nobody
    passed_over: int = 0  # words that were looked at for a role and are nobody

    @property
    def polarity(self) -> str:
        """Negative where what is asked is not to do."""
        return first(POLARITY, self)[0] or "positive"


def _negative_frame(request: Request) -> str | None:
    """« Il est interdit aux parties de recruter des enfants »."""
    return "negative" if "negative" in request.trigger.frame.traits else None


def _negated_duty(request: Request) -> str | None:
    """« Les États ne doivent pas céder », but « La détention ne doit être qu'une mesure de dernier ressort »."""
    group = request.trigger.group
    if request.trigger.frame.pos not in ("modal", "impersonal") or not group.negated:
        return None
    # "ne … que" limits what may be done; "n'être qu'une mesure" says what it is
    limits = group.restricted and request.sentence.low(request.complement.heads[0]) == "être"
    return "positive" if limits else "negative"


def _negated_actions(request: Request) -> str | None:
    """« Ils ont prié les parties de ne pas céder »."""
    return "negative" if all(action.negated for action in request.complement.actions) else None


POLARITY = (_negative_frame, _negated_duty, _negated_actions)


@dataclass(frozen=True)
class Refused:
    """A trigger that asks for nothing here, and why."""

    trigger: Trigger
    ruling: Ruling
    unrecognised: dict[str, int] = field(default_factory=dict)
