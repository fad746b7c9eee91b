"""Duties: what a duty that is itself the subject asks for, left or right of the verb that lays it on somebody.

"La responsabilité de [protéger] les civils incombe aux États", "C'est à l'État qu'incombe le devoir d'[enquêter]"
"""

from __future__ import annotations

from itertools import pairwise

from pries.grammar import words as closed
from pries.grammar.joints import skip_adverbs
from pries.grammar.phrases import head_after
from pries.grammar.sentence import Sentence
from pries.grammar.verbs import VerbalGroup, is_adverb
from pries.requests.complements import infinitive_at
from pries.requests.coordination import Action, Complement, passive_head
from pries.requests.nominals import action_noun_after
from pries.requests.vocabulary import Vocabulary


def burden(sentence: Sentence, group: VerbalGroup) -> int | None:
    """The noun of duty that is the subject of the group, before it or inverted behind it; None for another subject."""
    if sentence.low(group.start - 1) in closed.INVERTED_IL:
        return None
    for j in range(group.start - 1, -1, -1):
        if sentence[j].finite or sentence.low(j) in closed.STRONG_MARKS or sentence.low(j) in closed.RELATIVE_SUBJECTS:
            break
        if not sentence[j].noun or sentence.low(j) not in sentence.cues.burden:
            continue
        if _behind(sentence, j) is not None or (j == group.start - 1 and _put_off(sentence, group)):
            return j
    head = head_after(sentence, skip_adverbs(sentence, group.end), 4)
    return head if head is not None and sentence.low(head) in sentence.cues.burden else None


def _put_off(sentence: Sentence, group: VerbalGroup) -> bool:
    """Whether what the duty is stands behind whom it falls to: « la charge revient aux communes de [diffuser] »."""
    stop = _clause_end(sentence, group.end)
    marks = (j for j in range(group.end, stop) if sentence.low(j) in closed.DE)
    return sentence.low(group.end) in closed.TO and any(infinitive_at(sentence, j + 1) for j in marks)


def _behind(sentence: Sentence, noun: int) -> int | None:
    """The rank of the "de" behind a noun and its adjectives: « la responsabilité première [de] »."""
    j = noun + 1
    while j < len(sentence) and (sentence[j].tag == "ADJ" or is_adverb(sentence, j)):
        j += 1
    return j if sentence.low(j) in closed.OF else None


def borne(sentence: Sentence, group: VerbalGroup, words: Vocabulary) -> Complement | None:
    """What the duty that is the subject of the group asks for; None where no duty is."""
    noun = burden(sentence, group)
    marker = None if noun is None else _behind(sentence, noun)
    if noun is None or marker is None:
        return None
    stop = group.start if noun < group.start else _clause_end(sentence, marker)
    found = infinitive_at(sentence, marker + 1)
    if found is None:
        action = action_noun_after(sentence, marker + 1, words) if sentence.low(marker) in closed.OF else None
        actions = [] if action is None else [Action(action, marker + 1, stop)]
    else:
        actions = [Action(passive_head(sentence, found[0]), marker + 1, stop, found[1])]
        actions += _further(sentence, found[0] + 1, stop)
    for one, following in pairwise(actions):
        one.end = following.start - 1
    after = _clause_end(sentence, group.end) if noun < group.start else marker
    return Complement("de", after, actions, "borne") if actions else None


def _further(sentence: Sentence, start: int, stop: int) -> list[Action]:
    """The infinitives coordinated to the first: « la responsabilité de prévenir et de [réprimer] la traite »."""
    found = []
    for j in range(start, stop):
        if not sentence[j].infinitive:
            continue
        k = j - 1
        while sentence.low(k) in closed.CLITICS or sentence.low(k) in closed.DE:
            k -= 1
        if sentence.low(k) in closed.JOINS:
            found.append(Action(passive_head(sentence, j), k + 1, stop))
    return found


def _clause_end(sentence: Sentence, start: int) -> int:
    """The rank of the next semicolon, colon or conjugated verb, else the end of the sentence."""
    for j in range(start, len(sentence)):
        if sentence[j].finite or sentence.low(j) in closed.STRONG_MARKS:
            return j
    return len(sentence)
