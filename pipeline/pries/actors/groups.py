"""Groups: which actors are named together, so that one plural pronoun may stand for them all.

"[les maires], [les préfets] et [les juges] … Ils" -> three mentions, one group
"""

from __future__ import annotations

from pries.actors.mentions import Mention
from pries.grammar.phrases import is_determiner
from pries.grammar.sentence import Sentence
from pries.grammar.words import CORRELATIVES, JOINING, OF_OR_TO


def coordinated(sentence: Sentence, mentions: list[Mention], n: int) -> list[Mention]:
    """The mention at `n` with those that are coordinated to it on its right; a list does not end with a comma."""
    group, last = [mentions[n]], 0
    for mention in mentions[n + 1 :]:
        if mention.start < group[-1].end:  # inside the name of the one before
            continue
        joint = tuple(sentence.lows[group[-1].end : mention.start])
        again = joint[-1:] if joint and joint[-1] in OF_OR_TO else ()  # « du préfet et [du] maire »
        paired = joint == ("que",) and sentence.low(group[0].start - 1) in CORRELATIVES  # « tant la FAO que le PAM »
        joins = paired or joint[: len(joint) - len(again)] in JOINING
        if not joins or (again and not _behind(sentence, group[-1])):
            break
        if not again and joint == (",",) and len(group) == 1 and _apart(sentence, group[0], mention):
            break
        last = last if joint == (",",) else len(group)
        group.append(mention)
    return group[: last + 1]


def _apart(sentence: Sentence, before: Mention, mention: Mention) -> bool:
    """Whether a name behind a comma shares no "de" or "à": « À la mort du [patron], son [fils] et sa [veuve] ont »."""
    return _behind(sentence, before) and is_determiner(sentence[mention.start])


def _behind(sentence: Sentence, mention: Mention) -> bool:
    """Whether "à" or "de" stands before the mention."""
    return sentence.low(mention.start - 1) in OF_OR_TO
