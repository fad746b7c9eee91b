"""Engine: the requests of a sentence; triggers, then actions, then what rules them out, then roles.

"Les [gouvernements]addressee ont été [priés]request de [ratifier]action les conventions."
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pries.base.rules import first
from pries.grammar.clauses import clause_start
from pries.grammar.sentence import Sentence
from pries.grammar.subjects import subject
from pries.grammar.words import ONE, OPENERS, SE, WHAT
from pries.requests import addressees, complements, duties, exclusions, forecasts, issuers, nominals, triggers
from pries.requests.cast import Cast, Filler
from pries.requests.clauses import with_items
from pries.requests.coordination import Complement
from pries.requests.exclusions import Ruling
from pries.requests.frames import Frames
from pries.requests.gapping import further
from pries.requests.speech import Speech, read_speech
from pries.requests.triggers import Trigger
from pries.requests.unasked.narrated import NARRATED
from pries.requests.unasked.subjects import destined, unaddressed
from pries.requests.vocabulary import Vocabulary

THING = "thing as subject"
DOERS = frozenset(("state", "private_sector", "community", "academia", "labour"))  # who carry things out themselves


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
    def read(cls, lexicons: Path) -> Engine:
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
        return request


def _action_itself(sentence: Sentence, trigger: Trigger, complement: Complement, before: Before) -> bool | None:
    """« prie les États d'[encourager] les femmes à participer »: the trigger is what another one asks for."""
    return trigger.token in before.heads or None


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


def _offer(cast: Cast, request: Request, words: Vocabulary) -> str | None:
    """« ont proposé de s'associer »: the issuer offers to do something itself."""
    if "offer" not in request.trigger.frame.traits or request.trigger.construction != "active" or request.addressee:
        return None
    return "offer" if request.sentence.low(request.complement.heads[0] - 1) in SE else None


def _action_as_subject(cast: Cast, request: Request, words: Vocabulary) -> str | None:
    """« la réalisation de cet objectif demande la mobilisation de tous »."""
    if request.trigger.construction != "active" or request.complement.slot != "noun":
        return None
    sentence, found = cast.sentence, subject(cast.sentence, request.trigger.group)
    if found is None or found.phrase is None:
        return None
    head = found.phrase.head
    some = sentence.low(found.phrase.start) in ONE and not request.issuer  # « une réponse demande du temps »
    thing = some or sentence.low(head) in words.cues.thing or words.is_action_noun(sentence, head)
    return THING if thing and head not in cast.at and sentence.low(head) not in words.cues.document else None


def _needs_somebody(request: Request, gerund: bool) -> bool:
    """Whether the frame asks only where somebody is its subject, and nobody was found there."""
    trigger = request.trigger
    wanted = trigger.construction == "active" and "somebody" in trigger.frame.traits and not request.issuer
    return wanted and (trigger.group.tense == "gerund") == gerund


def _thing_before_gerund(cast: Cast, request: Request, words: Vocabulary) -> str | None:
    """« des mesures incitant les familles à partir »."""
    start = request.trigger.group.start
    before = cast.sentence[start - 1] if start and _needs_somebody(request, gerund=True) else None
    return THING if before is not None and (before.noun or before.tag == "ADJ") else None


def _binding(cast: Cast, request: Request, words: Vocabulary) -> str | None:
    """« un accord engageant les parties à coopérer »: binds them, asks nothing."""
    words_of_treaties = cast.sentence.cues.treaty
    texts = (f.name.split(" ", 1)[0].lower() for f in request.issuer if f.kind == "document")
    by_text = "binding" in request.trigger.frame.traits and any(text in words_of_treaties for text in texts)
    return THING if by_text else None


def _which(cast: Cast, request: Request, words: Vocabulary) -> str | None:
    """« La crise dure, ce qui incite les familles à partir »."""
    which = cast.sentence.follows(request.trigger.group.start - 2, *WHAT)
    return THING if which and _needs_somebody(request, gerund=False) else None


def _thing_as_subject(cast: Cast, request: Request, words: Vocabulary) -> str | None:
    """« La pauvreté incite les familles à partir »."""
    if not _needs_somebody(request, gerund=False):
        return None
    found = subject(cast.sentence, request.trigger.group)
    if found is None or found.phrase is None or not cast.sentence[found.phrase.head].form[:1].islower():
        return None
    inside = range(found.phrase.start, found.phrase.end)  # « l'adoption de la loi, laquelle interdit aux agences de »
    return None if any(cast.sentence.low(j) in words.cues.document for j in inside) else THING


def _meant_for(cast: Cast, request: Request, words: Vocabulary) -> str | None:
    """« les ressources devant financer les postes »: says what a thing is for."""
    group = request.trigger.group
    gerund = request.trigger.construction == "modal" and group.tense == "gerund" and not request.addressee
    return THING if gerund and not cast.sentence[request.complement.heads[0]].participle else None


def _policy(cast: Cast, request: Request, words: Vocabulary) -> str | None:
    """« Le Gouvernement encourage la création d'emplois », « en encourageant l'emploi » tell what somebody does."""
    trigger = request.trigger
    if request.complement.slot != "noun" or not {"à", "noun"} <= set(trigger.slots):
        return None
    before = trigger.group.start - 1
    by_doing = trigger.group.tense == "gerund" and (cast.sentence.low(before) == "en" or cast.sentence[before].noun)
    own = bool(request.issuer) and all(filler.kind in DOERS for filler in request.issuer)
    return "a policy told as a fact" if by_doing or own else None


NO_REQUEST = (
    _offer, _action_as_subject, _thing_before_gerund, _binding, _which, _thing_as_subject, _meant_for, _policy,
    unaddressed, destined, *NARRATED,
)  # fmt: skip
