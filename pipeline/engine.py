"""Engine: the requests of a sentence; triggers, then actions, then what rules them out, then roles.

"Les [gouvernements]addressee ont été [priés]request de [ratifier]action les conventions."
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline import complements, exclusions, lexicon, roles, triggers
from pipeline.cast import Cast, Filler
from pipeline.coordination import Complement
from pipeline.frames import Frames
from pipeline.speech import read_speech
from pipeline.syntax import Sentence
from pipeline.triggers import Trigger
from pipeline.vocabulary import Vocabulary


@dataclass
class Request:
    """One request: trigger, complement, roles, and by which rule each role was found."""

    sentence: Sentence
    trigger: Trigger
    complement: Complement
    issuer: list[Filler] = field(default_factory=list)
    addressee: list[Filler] = field(default_factory=list)
    origin: dict[str, str] = field(default_factory=dict)

    @property
    def polarity(self) -> str:
        """Negative where what is asked is not to do."""
        group = self.trigger.group
        if self.trigger.frame.lemma == "interdire":
            return "negative"
        if self.trigger.frame.pos in ("modal", "impersonal") and group.negated and not group.restricted:
            return "negative"
        return "negative" if all(a.negated for a in self.complement.actions) else "positive"


@dataclass(frozen=True)
class Refused:
    """A trigger that asks for nothing here, and why."""

    trigger: Trigger
    reason: str


@dataclass(frozen=True)
class Engine:
    """The lexicons of the stage, read once."""

    frames: Frames
    words: Vocabulary
    speech: Mapping[str, lexicon.Row]

    @classmethod
    def read(cls, lexicons: Path) -> Engine:
        """Read the lexicons. Raises InputError."""
        return cls(Frames.read(lexicons), Vocabulary.read(lexicons), read_speech(lexicons))

    def search(self, cast: Cast) -> Iterator[Request | Refused]:
        """Every request of the sentence, in order, and every trigger ruled out."""
        sentence = cast.sentence
        heads: set[int] = set()  # of the actions found so far: a trigger there is an action of another
        taken: set[int] = set()
        for trigger in triggers.find(self.frames, sentence):
            if trigger.token in taken:
                continue
            complement = complements.find(sentence, trigger.group.end, trigger.slots, self.words)
            why = exclusions.reason(sentence, trigger, complement, self.words)
            if why is None and trigger.token in heads:
                why = "action of another trigger"
            if why is not None or complement is None:
                yield Refused(trigger, why or "no action")
                continue
            request = self._request(cast, trigger, complement)
            if _offer(request):
                yield Refused(trigger, "offer")
                continue
            taken.add(trigger.token)
            heads.update(complement.heads)
            yield request

    def _request(self, cast: Cast, trigger: Trigger, complement: Complement) -> Request:
        request = Request(cast.sentence, trigger, complement)
        request.issuer, request.origin["issuer"] = roles.issuers(cast, trigger, complement, self.speech)
        request.addressee, request.origin["addressee"] = roles.addressees(cast, trigger, complement, self.words)
        return request


def _offer(request: Request) -> bool:
    """Whether the issuer offers to do something itself ("ont proposé de s'associer")."""
    if request.trigger.frame.lemma != "proposer" or request.trigger.construction != "active" or request.addressee:
        return False
    return request.sentence.low(request.complement.heads[0] - 1) in ("se", "s'")
