"""Hearsay: asides that tell whom one hears: « à l'en croire », « à les entendre »."""

from __future__ import annotations

from pries.grammar import words
from pries.grammar.sentence import Sentence


def believed(sentence: Sentence, k: int) -> bool:
    """Whether the clitic at `k` tells who says so: « à [l']en croire », « à [les] entendre »."""
    if sentence.low(k - 1) != "à" or sentence.low(k) not in words.OBJECT_CLITICS:
        return False
    return sentence.low(k + 1 + (sentence.low(k + 1) in words.EN_Y)) in words.HEARD
