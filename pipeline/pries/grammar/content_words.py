"""Content words: which tokens are words, and which of them carry what is said.

"12. Les gouvernements ont ratifié" -> words Les, gouvernements, ont, ratifié; content gouvernements, ratifié
"""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from pries.store import rowwise

CONTENT = frozenset({"NOUN", "ADJ", "VERB", "PROPN"})


@lru_cache(2**17)  # few words make most of a text
def letters(form: str) -> int:
    """How many letters a token has."""
    return sum(c.isalpha() for c in form)


def is_word(form: str) -> bool:
    """Whether a token counts: it holds a letter."""
    return letters(form) > 0


def in_small_letters(tokens: pd.DataFrame) -> pd.DataFrame:
    """The tokens that are words, form and lemma in small letters, with one kind of apostrophe."""
    kept = tokens.loc[rowwise.each(is_word, tokens["form"]), :]
    small = {unit: kept[unit].str.lower().str.replace("’", "'") for unit in ("form", "lemma")}
    return kept.assign(**small)
