"""Concepts: words that ask for the same thing under one name, so that two wordings of a request can be compared.

A verb and its noun of action have one concept by rule (`root`); synonyms and irregular nouns stand in `synonyms.csv`,
where an entry may have several words (*mettre en œuvre*). Two words are of marks: `light` for those that add nothing
to what is asked, `not` for verbs that ask not to do what follows.

    créer, création, instituer, mise en place -> créer; numériser, numérisation -> numéris
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pries.base import lexicon

SYNONYMS = lexicon.Lexicon("synonyms.csv", ("concept", "words", "note"), optional=("note",), several=("words",))
LIGHT, NOT = "light", "not"
# Endings of nouns of action and of verbs, the longest first, and what stands for them in a root.
NOUN_ENDINGS = (("ification", "ifi"), ("ication", "iqu"), ("isation", "is"), ("ation", ""), ("ement", ""), ("age", ""))
VERB_ENDINGS = (("er", ""), ("ir", "iss"))
LEAST_ROOT = 4


@dataclass(frozen=True)
class Concepts:
    """What `synonyms.csv` says: the concept of a word, and the entries of several words by their first."""

    of_word: dict[str, str]
    phrases: dict[str, list[tuple[tuple[str, ...], str]]]  # the longest first

    @classmethod
    def read(cls, lexicons: Path) -> Concepts:
        """Raises InputError, also for a word with two concepts."""
        of_word: dict[str, str] = {}
        phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for row in lexicon.read(lexicons, SYNONYMS):
            for entry in row.several("words"):
                if of_word.setdefault(entry, row["concept"]) != row["concept"]:
                    raise row.wrong(f"'{entry}' stands under '{of_word[entry]}' too", "keep one of them")
                first, *others = entry.split()
                if others:
                    phrases.setdefault(first, []).append(((first, *others), row["concept"]))
        return cls(of_word, {first: sorted(rows, key=lambda r: (-len(r[0]), r)) for first, rows in phrases.items()})

    def concept(self, lemma: str, tag: str) -> str:
        """The concept of one word: what the lexicon says, else its root."""
        found = self.of_word.get(lemma)
        return root(lemma, tag) if found is None else found

    def phrase(self, forms: Sequence[str], lemmas: Sequence[str]) -> tuple[int, str]:
        """How many words an entry that begins here has, with its concept: « met en œuvre » -> 3, appliquer; or 0."""
        for entry, concept in self.phrases.get(lemmas[0], ()) if lemmas else ():
            if len(entry) <= len(lemmas) and all(
                word in (form, lemma) for word, form, lemma in zip(entry, forms, lemmas, strict=False)
            ):
                return len(entry), concept
        return 0, ""


@lru_cache(2**16)
def root(lemma: str, tag: str) -> str:
    """What a noun of action and its verb have in common: renforcement, renforcer -> renforc."""
    for ending, instead in {"NOUN": NOUN_ENDINGS, "VERB": VERB_ENDINGS}.get(tag, ()):
        if lemma.endswith(ending) and len(lemma) - len(ending) >= LEAST_ROOT:
            return lemma[: len(lemma) - len(ending)] + instead
    return lemma
