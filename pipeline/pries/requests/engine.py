"""Engine: the requests of a sentence; triggers, then actions, then what rules them out, then roles.

"Les [gouvernements]addressee ont été [priés]request de [ratifier]action les conventions."
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pries.base.layers import Folder
from pries.base.rules import first
from pries.grammar.clauses import clause_start
from pries.grammar.sentence import Sentence
from pries.grammar.words import OPENERS
from pries.requests import addressees, complements, duties, issuers, nominals, triggers
from pries.requests.cast import Cast
from pries.requests.clauses import with_items
from pries.requests.coordination import Complement
from pries.requests.frames import Frames
from pries.requests.gapping import further
from pries.requests.request import Refused, Request
from pries.requests.speech import Speech, read_speech
from pries.requests.triggers import Trigger
from pries.requests.unasked import exclusions, forecasts
from pries.requests.unasked.exclusions import Ruling
from pries.requests.unasked.narrated import NARRATED
from pries.requests.unasked.subjects import SUBJECTS
from pries.requests.vocabulary import Vocabulary

NO_REQUEST = (*SUBJECTS, *NARRATED)


@dataclass
class Before:
    """What the triggers before have taken: their words, the heads of their actions, the rank after these actions."""

    taken: set[int] = field(default_factory=set)
    heads: set[int] = field(default_factory=set)
    until: int = 0

    def add(self, complement: Complement) -> None:
        """Take the actions of a request."""
        self.heads.update(complement.heads)
        self.until = max(self.until, complement.actions[-1].end)


@dataclass(frozen=True)
class Engine:
    """The lexicons of the stage, read once."""

    frames: Frames
    words: Vocabulary
    speech: Speech

    @classmethod
    def read(cls, lexicons: Folder) -> Engine:
        """Read the lexicons. Raises InputError."""
        return cls(Frames.read(lexicons), Vocabulary.read(lexicons), read_speech(lexicons))

    def search(self, cast: Cast) -> Iterator[Request | Refused]:
        """Every request of the sentence, in order, and every trigger ruled out."""
        before = Before()
        for trigger in triggers.find(self.frames, cast.sentence):
            if trigger.token not in before.taken:
                found = self._judged(cast, trigger, before)
                if isinstance(found, Request):
                    before.add(found.complement)
                    before.taken.add(trigger.token)
                yield found

    def _judged(self, cast: Cast, trigger: Trigger, before: Before) -> Request | Refused:
        """What the trigger asks for, or why it asks for nothing."""
        sentence = cast.sentence
        if trigger.refused:
            return Refused(trigger, Ruling(trigger.refused, rule=trigger.rule))
        complement = self._complement(sentence, trigger)
        why = exclusions.ruling(sentence, trigger, complement, self.words)
        if why is not None or complement is None:
            if complement is not None and why is not None and why.reason in exclusions.COVERS:
                before.heads.update(complement.heads)
            return Refused(trigger, why or Ruling("no action"))
        asked, rule = first(OF_ANOTHER, sentence, trigger, complement, before)
        if asked:
            return Refused(trigger, Ruling("action of another trigger", rule=rule))
        request = self._request(cast, trigger, complement)
        reason, rule = first(NO_REQUEST, cast, request, self.words)
        why = Ruling(reason, rule=rule) if reason else self._foreseen(request)
        return request if why is None else Refused(trigger, why, request.unrecognised)

    def _foreseen(self, request: Request) -> Ruling | None:
        """Why it only tells what will be; a meeting is held, "la population" grows: neither is somebody who acts."""
        named = any(
            filler.kind != "forum" and filler.name.split(" ", 1)[0].lower() not in self.words.cues.quantity
            for filler in request.addressee
        )
        return forecasts.foreseen(request.sentence, request.trigger, request.complement, self.words, named)

    def _complement(self, sentence: Sentence, trigger: Trigger) -> Complement | None:
        """What the trigger asks for, right of it or, in some constructions, in its subject."""
        end = trigger.group.end
        if trigger.frame.pos == "impersonal" and (borne := duties.borne(sentence, trigger.group, self.words)):
            return borne
        found = complements.find(sentence, end, trigger.slots, self.words)
        if found is None and trigger.frame.pos == "phrase":  # « Un appel à désarmer les milices a été lancé »
            found = complements.find(sentence, trigger.token + 1, trigger.slots, self.words)
        if found is not None and "adjacent" in trigger.frame.traits:
            return found if found.marker <= complements.skip_adverbs(sentence, end) else None
        if found is None and trigger.construction == "passive" and trigger.group.voice == "passive":
            return nominals.subject_noun(sentence, trigger.group, trigger.slots_of_subject, self.words)
        return found and with_items(sentence, trigger.token, found)

    def _request(self, cast: Cast, trigger: Trigger, complement: Complement) -> Request:
        request = Request(cast.sentence, trigger, complement)
        cast.refused.clear()
        request.issuer, request.origin["issuer"] = issuers.issuers(cast, trigger, complement, self.speech)
        request.addressee, request.origin["addressee"], request.rule = addressees.addressees(
            cast, trigger, complement, self.words
        )
        more = further(cast, trigger, complement, self.words, request.addressee)
        if more and not request.addressee:
            request.origin["addressee"] = "gapping"
        request.addressee += more
        for role, found in (("issuer", request.issuer), ("addressee", request.addressee)):
            nouns = [j for j in cast.refused.get(role, ()) if cast.sentence[j].tag == "NOUN"]
            if not found and nouns:
                request.unrecognised[role] = nouns[0]
        request.passed_over = sum(map(len, cast.refused.values()))
        return request


def _action_itself(sentence: Sentence, trigger: Trigger, complement: Complement, before: Before) -> bool | None:
    """« prie les États d'[encourager] les femmes à participer », « … de mettre l'usine en [demeure] de fermer »."""
    own = range(trigger.group.start if trigger.frame.pos == "phrase" else trigger.token, trigger.token + 1)
    return not before.heads.isdisjoint(own) or None


def _same_actions(sentence: Sentence, trigger: Trigger, complement: Complement, before: Before) -> bool | None:
    """« Priant les États de coopérer », « Le temps est venu, et l'on dit qu'il presse, d'agir »: another's already."""
    aside = sentence.low(clause_start(sentence, trigger.group.start - 1) - 1) in OPENERS
    return ((trigger.group.tense == "gerund" or aside) and before.heads.issuperset(complement.heads)) or None


def _means(sentence: Sentence, trigger: Trigger, complement: Complement, before: Before) -> bool | None:
    """« devrait lutter contre la faim, en encourageant les paysans à … »: by what means another is to be met."""
    start = trigger.group.start
    by_doing = sentence.low(start - 1) == "en" and sentence.low(start - 2) != "tout"  # « tout en priant »
    return (trigger.group.tense == "gerund" and start < before.until and by_doing) or None


OF_ANOTHER = (_action_itself, _same_actions, _means)
