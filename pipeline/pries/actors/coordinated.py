"""Coordinated: the mentions that are told with one, which a plural pronoun then stands for together.

"Le [maire], d'une part, et les [régies], de l'autre, ont signé. Ils …" -> maire, régies
"""

from __future__ import annotations

from pries.actors.mentions import Mention
from pries.grammar.joints import after_joint_of_actors, over_aside, skip_acronym
from pries.grammar.phrases import is_determiner
from pries.grammar.sentence import Sentence
from pries.grammar.words import CORRELATIVES, OF_OR_TO


def coordinated(sentence: Sentence, mentions: list[Mention], n: int) -> list[Mention]:
    """The mention at `n` with those that are coordinated to it on its right; a list does not end with a comma."""
    group, last = [mentions[n]], 0
    for mention in mentions[n + 1 :]:
        if mention.start < group[-1].end:  # inside the name of the one before
            continue
        begin = skip_acronym(sentence, group[-1].end)
        paired = sentence.low(begin) == "que" and sentence.low(group[0].start - 1) in CORRELATIVES
        # « tant la FAO que le PAM », « le maire, d'une part, et les régies »
        j = begin + 1 if paired else after_joint_of_actors(sentence, over_aside(sentence, begin))
        again = j > begin and sentence.low(j) in OF_OR_TO and mention.start != j  # « du préfet et [du] maire »
        j += again
        if j == begin or mention.start != j or (again and not _behind(sentence, group[-1])):
            break
        if j == begin + 1 and sentence.low(begin) == "," and len(group) == 1 and _apart(sentence, group[0], mention):
            break
        last = last if j == begin + 1 and sentence.low(begin) == "," else len(group)
        group.append(mention)
    return group[: last + 1]


def _apart(sentence: Sentence, before: Mention, mention: Mention) -> bool:
    """Whether a name behind a comma shares no "de" or "à": « À la mort du [patron], son [fils] et sa [veuve] ont »."""
    return _behind(sentence, before) and is_determiner(sentence[mention.start])


def _behind(sentence: Sentence, mention: Mention) -> bool:
    """Whether "à" or "de" stands before the mention."""
    return sentence.low(mention.start - 1) in OF_OR_TO
