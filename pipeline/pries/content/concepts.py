"""Concepts: words that ask for the same thing under one name, so that two wordings of a request can be compared.

A verb and its noun of action have one concept by rule (`root`); synonyms and irregular nouns stand in `synonyms.csv`,
where an entry may have several words (*mettre en œuvre*), with others between (*porter … à l' attention*). Two words
are marks: `light` for those that add nothing to what is asked, `not` for verbs that ask not to do what follows.
Words of different concepts may still stand for one another: near synonyms (`near_synonyms.csv`), and actions that
bring about the same (`effects.csv`); and some exclude one another (`contrasts.csv`).

    créer, création, instituer, mise en place -> créer; numériser, numérisation -> numéris
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pries.base import lexicon
from pries.base.layers import Folder

SYNONYMS = lexicon.Lexicon("synonyms.csv", ("concept", "words", "note"), optional=("note",), several=("words",))
NEAR, EFFECTS, CONTRASTS = (
    lexicon.Lexicon(file, (key, "words", "note"), optional=("note",), several=("words",), key=(key,))
    for file, key in (("near_synonyms.csv", "sense"), ("effects.csv", "effect"), ("contrasts.csv", "kind"))
)
NO_SENSES: frozenset[str] = frozenset()
LIGHT, NOT = "light", "not"
ANY = "…"  # any words, in an entry
# Endings of nouns of action, verbs, adjectives and their adverbs, the longest first, and what replaces them in a root.
ENDINGS = {
    "NOUN": (
        ("ification", "ifi"), ("uction", "ui"), ("osition", "os"), ("ection", "ect"), ("ension", "end"),
        ("mission", "mett"), ("cation", "qu"), ("ition", "iss"), ("ption", "pt"), ("ution", "ut"), ("ation", ""),
        ("ement", ""), ("tien", "teniss"), ("ance", ""), ("ence", ""), ("age", ""), ("e", ""),
    ),
    "VERB": (
        ("ectionner", "ect"), ("mettre", "mett"), ("endre", "end"), ("uire", "ui"), ("er", ""), ("ir", "iss"),
    ),
    "ADJ": (("elle", "el"), ("ive", "if"), ("euse", "eux"), ("enne", "en"), ("e", "")),
    "ADV": (
        ("emment", "ent"), ("amment", "ant"), ("ivement", "if"), ("eusement", "eux"), ("ellement", "el"),
        ("ement", ""), ("ment", ""),
    ),
}  # fmt: skip
LEAST_ROOT = 4
VERB = re.compile(r"^\S+(?:er|ir|re)$")


@dataclass(frozen=True)
class Concepts:
    """What `synonyms.csv` says: the concept of a word, and the entries of several words by their first."""

    of_word: dict[str, str]
    of_root: dict[str, str]  # the concept of a verb, by what its nouns of action have in common with it
    phrases: dict[str, list[tuple[tuple[str, ...], str]]]  # the longest first
    senses: dict[str, frozenset[str]]  # of each concept, those of near_synonyms.csv
    effects: dict[str, frozenset[str]]  # those of effects.csv
    kinds: dict[str, frozenset[str]]  # those of contrasts.csv

    @classmethod
    def read(cls, lexicons: Folder) -> Concepts:
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
        verbs = {word: c for word, c in of_word.items() if VERB.search(word) and c not in (LIGHT, NOT)}
        of_root = {root(word, "VERB"): concept for word, concept in sorted(verbs.items(), reverse=True)}
        longest = {first: sorted(rows, key=lambda r: (-len(r[0]), r)) for first, rows in phrases.items()}
        found = cls(of_word, of_root, longest, {}, {}, {})
        for form, groups in ((NEAR, found.senses), (EFFECTS, found.effects), (CONTRASTS, found.kinds)):
            for row in lexicon.read(lexicons, form):
                for concept in set().union(*map(found.readings, row.several("words"))):
                    groups[concept] = groups.get(concept, NO_SENSES) | {row[form.key[0]]}
        return found

    def readings(self, word: str) -> set[str]:
        """The concepts that a word of these two can have, by its ending; a support verb stands for itself."""
        tags = ("VERB",) if VERB.search(word) else ("NOUN", "ADJ")
        found = {self.concept(word, tag) for tag in tags} - {NOT}
        return {word if concept == LIGHT else concept for concept in found}

    def near(self, one: str, other: str) -> bool:
        """Whether two concepts have a sense in common: « allouer », « verser »."""
        return not self.senses.get(one, NO_SENSES).isdisjoint(self.senses.get(other, NO_SENSES))

    def concept(self, lemma: str, tag: str) -> str:
        """The concept of one word: what the lexicon says of it or of its verb, else its root.

        « information » -> informer; an ending of *-e* alone makes no noun of action: « forme » is not *former*
        """
        if lemma in self.of_word:
            return self.of_word[lemma]
        found = root(lemma, tag)
        if tag in ("ADJ", "ADV"):
            # « développé », développer; « garanti », garantir
            verb = f"{found[:-1]}er" if found.endswith("é") else f"{found}r" if found.endswith("i") else found
            known = (self.of_word[word] for word in (found, f"{found}e", verb) if word in self.of_word)
            return next(known, root(verb, "VERB") if verb != found else found)
        return self.of_root.get(found, found) if tag == "NOUN" and found != lemma.removesuffix("e") else found

    def alike(self, one: str, other: str) -> bool:
        """Whether two actions have an effect in common: « prévoir », « ouvrir »."""
        return not self.effects.get(one, NO_SENSES).isdisjoint(self.effects.get(other, NO_SENSES))

    def exclusive(self, some: Iterable[str], others: Iterable[str]) -> bool:
        """Whether some have a word that excludes one of the others: « primaire », « secondaire »."""
        kinds = [set().union(*(self.kinds[word] for word in words if word in self.kinds)) for words in (some, others)]
        return not kinds[0].isdisjoint(kinds[1])

    def phrase(self, forms: Sequence[str], lemmas: Sequence[str]) -> tuple[tuple[int, ...], str]:
        """Which of these words an entry that begins with the first takes, with its concept, or none.

        « porter ces faits à l'attention du Conseil » -> 0, 3, 4, 5, communiquer
        """
        plain = [form.replace("’", "'") for form in forms]
        for entry, concept in self.phrases.get(lemmas[0], ()) if lemmas else ():
            found = _taken(entry, plain, lemmas)
            if found:
                return found, concept
        return (), ""


def _taken(entry: Sequence[str], forms: Sequence[str], lemmas: Sequence[str]) -> tuple[int, ...]:
    """Where the words of an entry stand; « … » in it leaves a gap."""
    taken: list[int] = []
    at, gap = 0, False
    for word in entry:
        if word == ANY:
            gap = True
            continue
        last = len(forms) if gap else at + 1
        found = next((n for n in range(at, min(last, len(forms))) if word in (forms[n], lemmas[n])), None)
        if found is None:
            return ()
        taken.append(found)
        at, gap = found + 1, False
    return tuple(taken)


@lru_cache(2**16)
def root(lemma: str, tag: str) -> str:
    """What a noun of action and its verb have in common: renforcement, renforcer -> renforc."""
    for ending, instead in ENDINGS.get(tag, ()):
        if lemma.endswith(ending) and len(lemma) - len(ending) >= LEAST_ROOT:
            return lemma[: len(lemma) - len(ending)] + instead
    return lemma
