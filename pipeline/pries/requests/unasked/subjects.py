"""Subjects: requests that ask for nothing because of whom they name, or because they name nobody.

"C'est à Genève de plus en plus difficile", "La demande est appelée à croître"
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pries.grammar.clauses import clause_start
from pries.grammar.joints import said_aside
from pries.grammar.subjects import subject
from pries.grammar.words import LUI, NOUS_VOUS, OPENERS, QUE
from pries.requests.cast import Cast
from pries.requests.vocabulary import Vocabulary

if TYPE_CHECKING:
    from pries.requests.engine import Request


def unaddressed(cast: Cast, request: Request, words: Vocabulary) -> str | None:
    """« C'est à Genève de plus en plus difficile », « C'est aux États qu'il appartient d'agir »: no request."""
    if "addressed" not in request.trigger.frame.traits:
        return None
    sentence, begin = cast.sentence, request.trigger.group.end
    between = range(begin, request.complement.marker)
    named = request.addressee or sentence.low(begin + 1) in LUI | NOUS_VOUS
    told = next((closing for j in between if (closing := said_aside(sentence, j)) is not None), begin)
    broken = any(sentence[j].finite or sentence.low(j) in OPENERS for j in between if j > told)
    return "nobody addressed" if broken or not named else None


def destined(cast: Cast, request: Request, words: Vocabulary) -> str | None:
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
