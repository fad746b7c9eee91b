"""Stop words: the lemmas that say nothing of what is asked, from stopwords.csv.

faire, mettre, mesure, … but not ratifier
"""

from __future__ import annotations

from pries.base import lexicon
from pries.base.layers import Folder

STOPWORDS = lexicon.Lexicon("stopwords.csv", columns=("lemma", "note"), optional=("note",), key=("lemma",))


def read(lexicons: Folder) -> frozenset[str]:
    """The lemmas. Raises InputError."""
    return frozenset(row["lemma"] for row in lexicon.read(lexicons, STOPWORDS))
