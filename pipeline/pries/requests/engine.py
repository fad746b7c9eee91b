"""Engine: the requests of a sentence; triggers, then actions, then what rules them out, then roles.

"Les [gouvernements]addressee ont été [priés]request de [ratifier]action les conventions."
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pries.base import lexicon
from pries.grammar.sentence import Sentence
from pries.grammar.subjects import subject
from pries.requests import addressees, complements, exclusions, issuers, triggers
from pries.requests.cast import Cast, Filler
from pries.requests.coordination import Action, Complement
from pries.requests.exclusions import Ruling
from pries.requests.frames import Frames
from pries.requests.speech import read_speech
from pries.requests.triggers import Trigger
from pries.requests.vocabulary import Vocabulary


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
        if "negative" in self.trigger.frame.traits:
            return "negative"
        if self.trigger.frame.pos in ("modal", "impersonal") and group.negated:
            # "ne … que" limits what may be done; "n'être qu'une mesure de dernier ressort" says what it is
            limits = group.restricted and self.sentence.low(self.complement.heads[0]) == "être"
            return "positive" if limits else "negative"
        return "negative" if all(a.negated for a in self.complement.actions) else "positive"


@dataclass(frozen=True)
class Refused:
    """A trigger that asks for nothing here, and why."""

    trigger: Trigger
    ruling: Ruling


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
        until = 0  # the rank after the actions found so far
        for trigger in triggers.find(self.frames, sentence):
            if trigger.token in taken:
                continue
            if trigger.refused:
                yield Refused(trigger, Ruling(trigger.refused))
                continue
            complement = complements.find(sentence, trigger.group.end, trigger.slots, self.words)
            complement = complement or self._subject_noun(sentence, trigger)
            why = exclusions.ruling(sentence, trigger, complement, self.words)
            aside = complement is not None and trigger.group.tense == "gerund" and heads.issuperset(complement.heads)
            if why is None and (trigger.token in heads or aside or _means(sentence, trigger, until)):
                why = Ruling("action of another trigger")
            if why is not None or complement is None:
                if complement is not None and why is not None and why.reason in exclusions.COVERS:
                    heads.update(complement.heads)
                yield Refused(trigger, why or Ruling("no action"))
                continue
            request = self._request(cast, trigger, complement)
            told = "offer" if _offer(request) else "thing as subject" if self._thing(cast, request) else None
            named = any(self._acts(filler) for filler in request.addressee)
            why = Ruling(told) if told else exclusions.foreseen(sentence, trigger, complement, self.words, named)
            if why is not None:
                yield Refused(trigger, why)
                continue
            taken.add(trigger.token)
            heads.update(complement.heads)
            until = max(until, complement.actions[-1].end)
            yield request

    def _acts(self, filler: Filler) -> bool:
        """Whether it is somebody who may act: a meeting is held, "la population" of so many millions grows."""
        return filler.kind != "forum" and filler.name.split(" ", 1)[0].lower() not in self.words.quantities

    def _subject_noun(self, sentence: Sentence, trigger: Trigger) -> Complement | None:
        """The noun of action that is the subject of a passive: « La [création] d'un fonds a été recommandée »."""
        if trigger.construction != "passive" or "noun" not in trigger.slots or trigger.group.voice != "passive":
            return None
        found = subject(sentence, trigger.group)
        if found is None or found.phrase is None or not self.words.is_action_noun(sentence, found.phrase.head):
            return None
        phrase = found.phrase
        return Complement("noun", trigger.group.end, [Action(phrase.head, phrase.start, phrase.end)])

    def _request(self, cast: Cast, trigger: Trigger, complement: Complement) -> Request:
        request = Request(cast.sentence, trigger, complement)
        request.issuer, request.origin["issuer"] = issuers.issuers(cast, trigger, complement, self.speech)
        request.addressee, request.origin["addressee"] = addressees.addressees(cast, trigger, complement, self.words)
        return request

    def _thing(self, cast: Cast, request: Request) -> bool:
        """Whether a thing is the subject of a verb that needs somebody ("la pauvreté incite les familles à partir")."""
        trigger, sentence = request.trigger, cast.sentence
        if trigger.construction != "active":
            return False
        if request.complement.slot == "noun" and (found := subject(sentence, trigger.group)) and found.phrase:
            head = found.phrase.head  # "la réalisation de cet objectif demande la mobilisation de tous"
            thing = sentence.low(head) in self.words.things or self.words.is_action_noun(sentence, head)
            if thing and head not in cast.at and sentence.low(head) not in self.words.documents:
                return True
        if request.issuer or "somebody" not in trigger.frame.traits:
            return False
        if trigger.group.tense == "gerund":
            before = sentence[trigger.group.start - 1] if trigger.group.start else None
            return before is not None and (before.noun or before.tag == "ADJ")
        if sentence.low(trigger.group.start - 1) == "qui" and sentence.low(trigger.group.start - 2) == "ce":
            return True
        found = subject(sentence, trigger.group)
        return found is not None and found.phrase is not None and sentence[found.phrase.head].form[:1].islower()


def _means(sentence: Sentence, trigger: Trigger, until: int) -> bool:
    """Whether the trigger says by what means another is to be met: « devrait lutter …, en encourageant … à »."""
    start = trigger.group.start
    return trigger.group.tense == "gerund" and start < until and sentence.low(start - 1) == "en"


def _offer(request: Request) -> bool:
    """Whether the issuer offers to do something itself ("ont proposé de s'associer")."""
    if "offer" not in request.trigger.frame.traits or request.trigger.construction != "active" or request.addressee:
        return False
    return request.sentence.low(request.complement.heads[0] - 1) in ("se", "s'")
