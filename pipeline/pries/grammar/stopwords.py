"""Stop words: the lemmas that say nothing of what is asked, from stopwords.csv.

faire, mettre, mesure, … but not ratifier
"""

from __future__ import annotations

from pathlib import Path

from pries.base import lexicon

STOPWORDS = lexicon.Lexicon("stopwords.csv", columns=("lemma", "note"), optional=("note",), key=("lemma",))


def read(lexicons: Path) -> frozenset[str]:
    """The lemmas. Raises InputError."""
    return frozenset(row["lemma"] for row in lexicon.read(lexicons, STOPWORDS))
