"""Doublets: nouns that name both genders one after the other, of which the tagger takes the second for an adjective.

"les directeurs et [directrices] d'école", "les élues et [élus]"
"""

from __future__ import annotations

import re

from pries.grammar import words
from pries.grammar.morphology import NOUNS, Token

GENDERED = re.compile(r"(?:eurs?|rices?|euses?|ères?|ers?|ennes?|ens?|ifs?|ives?|es?|s)$")


def is_doublet(tokens: list[Token], i: int) -> bool:
    """Whether it names the other gender of the noun before: « les directeurs et [directrices] »."""
    if tokens[i].tag != "ADJ" or i < 2 or tokens[i - 1].low not in words.AND_OR or tokens[i - 2].tag not in NOUNS:
        return False
    one, other = tokens[i - 2].low, tokens[i].low
    return one != other and len(one) > 4 and one[:4] == other[:4] and _stem(one) == _stem(other)


def _stem(low: str) -> str:
    return GENDERED.sub("", low).removesuffix("t").removesuffix("n")
