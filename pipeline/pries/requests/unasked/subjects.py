"""Subjects: requests that ask for nothing because of who or what stands as their subject, or because nobody does.

"La pauvreté incite les familles à partir", "C'est à Genève de plus en plus difficile", "ont proposé de s'associer"
"""

from __future__ import annotations

from pries.grammar.clauses import clause_start
from pries.grammar.joints import said_aside
from pries.grammar.subjects import subject
from pries.grammar.words import FIRST_PERSON, LUI, NOUS_VOUS, ONE, OPENERS, QUE, QUOTES, SE, WHAT
from pries.requests.cast import Cast
from pries.requests.request import Request
from pries.requests.vocabulary import Vocabulary

THING = "thing as subject"
DOERS = frozenset(("state", "private_sector", "community", "academia", "labour"))  # who carry things out themselves


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


def _doing_as_subject(cast: Cast, request: Request, words: Vocabulary) -> str | None:
    """« Former les juges prendra du temps et exigera un effort »: to do something asks for a thing."""
    if request.trigger.construction != "active" or request.complement.slot != "noun":
        return None
    sentence, group = cast.sentence, request.trigger.group
    begin = clause_start(sentence, group.start - 1)
    begin += sentence.low(begin) in QUOTES
    found = subject(sentence, group)
    nobody = found is None or (found.phrase is not None and found.phrase.head not in cast.at)
    return THING if begin < group.start - 1 and sentence[begin].infinitive and nobody else None


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


def _promise(cast: Cast, request: Request, words: Vocabulary) -> str | None:
    """« Nous, maires des ports, nous engageons à payer », but « Nous engageons les ports à payer »."""
    group = request.trigger.group
    ours = "binding" in request.trigger.frame.traits and cast.sentence.low(group.verb - 1) in FIRST_PERSON
    return "a promise, not a request" if ours and request.complement.marker == group.end else None


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


def _unaddressed(cast: Cast, request: Request, words: Vocabulary) -> str | None:
    """« C'est à Genève de plus en plus difficile », « C'est aux États qu'il appartient d'agir »: no request."""
    if "addressed" not in request.trigger.frame.traits:
        return None
    sentence, begin = cast.sentence, request.trigger.group.end
    between = range(begin, request.complement.marker)
    named = request.addressee or sentence.low(begin + 1) in LUI | NOUS_VOUS
    told = next((closing for j in between if (closing := said_aside(sentence, j)) is not None), begin)
    broken = any(sentence[j].finite or sentence.low(j) in OPENERS for j in between if j > told)
    return "nobody addressed" if broken or not named else None


def _destined(cast: Cast, request: Request, words: Vocabulary) -> str | None:
    """« La demande est appelée à croître » tells what is to come, « Les communes sont appelées à épargner » asks.

    « Les mesures que les communes sont appelées à prendre » only names measures.
    """
    trigger = request.trigger
    told = "past_passive" in trigger.frame.traits and trigger.group.voice == "passive" and trigger.group.tense != "past"
    if not told:
        return None
    found = subject(cast.sentence, trigger.group)
    at = None if found is None else found.phrase.head if found.phrase else found.pronoun
    named = cast.sentence.low(clause_start(cast.sentence, trigger.group.start - 1) - 1) in QUE
    return None if at in cast.at and not named else "told of what is to come"


SUBJECTS = (
    _offer, _action_as_subject, _doing_as_subject, _thing_before_gerund, _binding, _promise, _which, _thing_as_subject,
    _meant_for, _policy, _unaddressed, _destined,
)  # fmt: skip
