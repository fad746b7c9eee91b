"""Que: whether it opens the clause that tells what is asked, or a relative.

« recommande à l'Assemblée [que la Conférence soit convoquée] », but « recommande la loi [que le maire propose] »
"""

from __future__ import annotations

from pries.grammar import words as closed
from pries.grammar.joints import skip_adverbs
from pries.grammar.phrases import phrase_at
from pries.grammar.sentence import Sentence


def _wishes(sentence: Sentence, j: int) -> bool:
    """Whether the clause behind rank `j` is in the subjunctive: « suggéré par le juge que le texte [soit] scindé »."""
    verb = next((token for token in sentence.tokens[j + 1 : j + 12] if token.finite), None)
    return verb is not None and "Mood=Sub" in verb.morph


def asks_that(sentence: Sentence, j: int, start: int) -> bool:
    """Whether "que" opens a clause rather than a relative: right after the trigger or after an addressee."""
    start = skip_adverbs(sentence, start)
    if start == j:
        return True
    apart = sentence.low(j - 1) == ","  # behind an insertion
    first_word = sentence.low(start)
    addressed_again = first_word in closed.OF_OR_TO and sentence.low(j + 1) in closed.THIRD_PERSON
    told = sentence.low(j + 2) in closed.SUBJUNCTIVE or sentence.low(j + 2) in closed.AVOIR  # « , qu'elle a saisis, »
    if apart and addressed_again and not told:
        return True  # « réclame de la régie, qui ne répond pas, qu'elle paie »
    addressed = first_word in closed.OF_OR_TO or first_word in sentence.cues.urgent
    if addressed and sentence[j - 1].participle and not apart and sentence.low(j + 1) in closed.THIRD_PERSON:
        return True  # « demande aux pays intéressés qu'ils publient »
    if apart and first_word == "par" and sentence[j].tag == "SCONJ":
        return True  # « proposé par le jury, puis par le maire, que »
    if apart or sentence[j - 1].verb:  # what another verb says
        return False
    if sentence[j].tag == "SCONJ" and not sentence[j - 1].noun:
        return True
    if sentence[j].tag == "SCONJ" and sentence.low(start) in closed.BEFORE_ADDRESSED:
        return True  # "demandé par plusieurs délégations que …"
    phrase = phrase_at(sentence, start + 1) if first_word in closed.TO or first_word == "par" else None
    if phrase is not None and phrase.end == j:  # "recommande à l'Assemblée que la Conférence soit convoquée"
        return first_word != "par" or _wishes(sentence, j)
    return addressed and sentence.low(j + 1) in closed.THIRD_PERSON
