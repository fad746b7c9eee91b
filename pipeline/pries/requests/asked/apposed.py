"""Apposed: a name behind a comma that tells who somebody is, not one more in a list.

"la Directrice générale de l'Office, [Anna Roy], a demandé" -> Directrice générale de l'Office
"""

from __future__ import annotations

from pries.grammar import joints
from pries.grammar.clauses import plural_of
from pries.grammar.phrases import Phrase, is_determiner
from pries.grammar.sentence import Sentence
from pries.grammar.verbs import any_group


def named_apart(sentence: Sentence, phrase: Phrase, found: Phrase) -> bool:
    """Whether a name tells who one body is: « la société de gestion, [Alizé Capital], est », not « A, B et C »."""
    common = sentence[phrase.head].form.islower() and not sentence[phrase.head].plural
    return (common and _closing(sentence, found) is not None) or told_twice(sentence, phrase, found)


def told_twice(sentence: Sentence, phrase: Phrase, found: Phrase) -> bool:
    """Whether a singular verb behind both says that they are one: « la Directrice, [Anna Roy], a demandé »."""
    end, bare = _closing(sentence, found), not is_determiner(sentence[found.start])
    if end is None or not bare or sentence[phrase.head].plural or not sentence[end + 1].finite:
        return False
    return plural_of(sentence, any_group(sentence, end + 1)) is False


def _closing(sentence: Sentence, found: Phrase) -> int | None:
    """The comma that closes a name behind a comma, None where a list goes on: « A, [B], C et D »."""
    end = joints.skip_acronym(sentence, found.end)
    closes = sentence.low(end) == "," and joints.after_joint_of_actors(sentence, end) == end + 1
    return end if closes and not is_determiner(sentence[end + 1]) else None
