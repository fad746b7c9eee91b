"""Gapping: further addressees, each with actions of its own, that share the one trigger.

"Invite les [donateurs] à [financer] le réseau et le [Fonds] à [publier] ses comptes" -> two of each, one request
"""

from __future__ import annotations

from collections.abc import Collection

from pries.grammar import words as closed
from pries.grammar.items import after_joint
from pries.grammar.joints import after_joint_of_actors, skip_adverbs
from pries.grammar.phrases import Phrase, is_determiner, phrase_at
from pries.grammar.sentence import Sentence
from pries.requests.addressees import BEHIND
from pries.requests.cast import Cast, Filler
from pries.requests.clauses import clauses
from pries.requests.complements import infinitive_at
from pries.requests.coordination import Action, Complement, infinitives
from pries.requests.triggers import Trigger
from pries.requests.vocabulary import Vocabulary

SLOTS = {"object": ("de", "à"), "à": ("de", "à"), "subject": ("bare",)}  # by the place of the addressee


def gapped(cast: Cast, trigger: Trigger, complement: Complement, words: Vocabulary) -> list[Filler]:
    """The addressees that share the trigger further on; their actions are added to the complement."""
    frame = trigger.frame
    if complement.slot == "que" and frame.addressee in BEHIND:
        return _with_que(cast, complement, BEHIND[frame.addressee])
    if complement.slot not in SLOTS.get(frame.addressee, ()):
        return []
    behind_a = frame.addressee == "à"
    sentence, fillers = cast.sentence, _of_items(cast, complement, behind_a, words)
    j = complement.actions[0].head + 1
    while j < len(sentence) and sentence.low(j) not in closed.STRONG_MARKS:
        begin = after_joint_of_actors(sentence, j)
        place = _addressee(cast, begin, behind_a, words) if begin > j else None
        marker = None if place is None else _marker(sentence, place.end, complement.slot)
        found = None if marker is None else infinitive_at(sentence, marker + 1)
        if place is None or marker is None or found is None:
            j += 1
            continue
        further = infinitives(sentence, marker, complement.slot, found, words)
        _add(complement, j, further.actions)
        fillers += cast.of_phrase(place, issuer=False, animate=True)
        j = found[0] + 1  # a further addressee may stand before the next of these actions
    return fillers


def _with_que(cast: Cast, complement: Complement, preposition: Collection[str]) -> list[Filler]:
    """« exige des parties qu'elles négocient et des [donateurs] qu'ils [paient] »."""
    sentence, fillers = cast.sentence, []
    for j in range(complement.actions[-1].head + 1, len(sentence)):
        if sentence.low(j) in closed.STRONG_MARKS:
            break
        if sentence.low(j) not in closed.AND_OR or sentence.low(j + 1) not in preposition:
            continue
        phrase = phrase_at(sentence, j + 2)
        que = len(sentence) if phrase is None else phrase.end
        if phrase is None or sentence.low(que) not in closed.QUE or sentence.low(que + 1) not in closed.THIRD_PERSON:
            continue
        further = clauses(sentence, que, complement.slot)
        named = cast.of_phrase(phrase, issuer=False, animate=True, note=False)
        if further is not None and named:
            _add(complement, j, further.actions)
            fillers += named
    return fillers


def _of_items(cast: Cast, complement: Complement, behind_a: bool, words: Vocabulary) -> list[Filler]:
    """Who is asked item by item: « recommande : a) au Mali, d'élire un juge ; b) aux [donateurs], de l'aider »."""
    sentence, fillers = cast.sentence, []
    if complement.slot == "bare":
        return []
    joints = (j for j in range(complement.actions[0].head, len(sentence)) if sentence.low(j) == ";")
    for begin in (after_joint(sentence, j) for j in joints):
        place = _addressee(cast, begin, behind_a, words)
        stop = 0 if place is None else place.end + (sentence.low(place.end) == ",")
        marker = _marker(sentence, stop, complement.slot)
        if place is not None and marker is not None and marker < complement.actions[-1].head:
            fillers += cast.of_phrase(place, issuer=False, animate=True)
    return fillers


def _addressee(cast: Cast, begin: int, behind_a: bool, words: Vocabulary) -> Phrase | None:
    """The noun phrase of somebody, or "ceux", at `begin`: « et le [Fonds] à publier », « et à [ceux] qui … de »."""
    sentence = cast.sentence
    if behind_a:
        if sentence.low(begin) not in closed.TO:
            return None
        begin += 1
    if sentence.low(begin) in closed.CELUI and sentence.low(begin + 1) in closed.RELATIVES:
        return Phrase(begin, begin + 1, begin)
    pointed = cast.at.get(begin)
    points = sentence.low(begin) in closed.CELUI_CI or sentence.low(begin) in closed.DEMONSTRATIVES
    if points and pointed is not None and pointed.pronoun:  # « et à [ces derniers] de »
        return Phrase(pointed.start, pointed.end, pointed.start)
    phrase = phrase_at(sentence, begin)
    named = phrase is not None and sentence[begin].form[:1].isupper()
    if phrase is None or not (named or is_determiner(sentence[begin]) or behind_a):
        return None  # « et encourageant le Fonds à … »
    known = cast.at.get(phrase.head)
    if known is None and not sentence[phrase.head].form[:1].isupper():
        return phrase if behind_a and _may_act(sentence, phrase, words) else None
    return phrase if known is None else Phrase(phrase.start, max(known.end, phrase.end), phrase.head)


def _may_act(sentence: Sentence, phrase: Phrase, words: Vocabulary) -> bool:
    """Whether an unknown noun may have to act: « et à ses [diététiciennes] de … », but not « et au droit de … »."""
    head, low = phrase.head, sentence.low(phrase.head)
    if words.is_action_noun(sentence, head) or low in sentence.cues.thing or low in sentence.cues.document:
        return False
    return not words.governs(sentence, phrase.end - 1, "de") and not words.governs(sentence, head, "de")


def _marker(sentence: Sentence, end: int, slot: str) -> int | None:
    """The marker of the infinitive behind an addressee that ends before `end`; a relative of it is stepped over."""
    j = skip_adverbs(sentence, end)
    if slot == "bare":  # « … et les régions [bâtir] »; the group before it begins where its infinitive does
        return j - 1 if infinitive_at(sentence, j) is not None else None
    if sentence.low(j) in closed.RELATIVES:
        verb = next((k for k in range(j + 1, min(j + 12, len(sentence))) if sentence[k].finite), None)
        verb = len(sentence) if verb is None else verb
        j = next((k for k in range(verb + 1, min(verb + 16, len(sentence))) if _opens(sentence, k, slot)), j)
    return j if _opens(sentence, j, slot) else None


def _opens(sentence: Sentence, j: int, slot: str) -> bool:
    marks = sentence.low(j) in closed.DE if slot == "de" else sentence.low(j) == slot
    return marks and infinitive_at(sentence, j + 1) is not None


def _add(complement: Complement, joint: int, actions: list[Action]) -> None:
    """Add actions that the complement does not have yet, in order; those before end at the joint."""
    known = set(complement.heads)
    for action in complement.actions:
        if action.head < joint:
            action.end = max(min(action.end, joint), action.head + 1)
    complement.actions += [action for action in actions if action.head not in known]
    complement.actions.sort(key=lambda action: action.head)
