"""Spelling: how a word is read that stands without its accents, in capitals, or in another spelling of its time.

A word is changed only where it is no French word as it stands and one French word alone differs from it by accents.
What is a French word, the tables of the model's lemmatiser say, and spellings.csv for what they lack.

    Etats -> États     oeuvre -> œuvre     without any accent in the document: "a reitere" -> a réitéré
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any

from pries.base import lexicon
from pries.grammar.words import DETERMINERS, FORMS_OF_BOTH, INFINITIVE_MARKERS, THIRD_PERSON

SPELLINGS = lexicon.Lexicon(
    file="spellings.csv",
    columns=("form", "read", "kind", "example"),
    values={"kind": ("spelling", "capital", "opening")},
    key=("form",),
)

ACCENTED = {"a": "aàâ", "c": "cç", "e": "eéèêë", "i": "iîï", "o": "oô", "u": "uùûü"}
FIRST = {"a": "àâ", "c": "ç", "e": "éèê", "i": "îï", "o": "ô", "u": "ûù"}
LIGATURE = re.compile(r"oe(?=u)|(?<=^f)oe(?=t)|^oe(?=[cdils])", re.IGNORECASE)
INFINITIVE = re.compile(r"(?:er|ir|re|oir)$")
ACCENT = re.compile("[à-öø-ÿœ]", re.IGNORECASE)
ENDING_ER = re.compile(r"(?:e|ée?s?)$")
PARTICIPLE = re.compile(r"ée?s?$")
MOST = 4096  # ways to set accents that are tried for one word
BARE_AUXILIARIES = FORMS_OF_BOTH | {"ete", "etre", "etait", "etaient", "etant"}
BETWEEN = frozenset("pas plus jamais aussi toujours bien deja déjà egalement également ainsi donc instamment".split())


class _Mended(dict[str, str | None]):
    """How each word is read, found when it is first asked for; None: as it stands."""

    def __init__(self, find: Callable[[str], str | None]) -> None:
        super().__init__()
        self.find = find

    def __missing__(self, word: str) -> str | None:
        found = self[word] = self.find(word)
        return found


class Spelling:
    """What is known of French words: the tables of the model's lemmatiser, and the rows of spellings.csv."""

    def __init__(self, nlp: Any, folder: Path) -> None:
        tables = nlp.get_pipe("lemmatizer").lookups if nlp.has_pipe("lemmatizer") else None
        names = ("lemma_lookup", "lemma_index", "lemma_exc")
        lookup, index, exceptions = (tables.get_table(name, {}) if tables else {} for name in names)
        self.lemmas: Any = lookup
        self.tables = [lookup, *(index[kind] for kind in index), *(exceptions[kind] for kind in exceptions)]
        self.nouns = index.get("noun", frozenset())
        rows = lexicon.read(folder, SPELLINGS)
        self.spelt = {row["form"]: row["read"] for row in rows if row["kind"] == "spelling"}
        self.capitals = {row["form"]: row["read"] for row in rows if row["kind"] == "capital"}
        self.after_a = frozenset(row["form"] for row in rows if row["kind"] == "opening")
        self.mended = _Mended(self._mend)
        self.known = lru_cache(2**16)(self._known)

    def _known(self, low: str) -> bool:
        """Whether it is a French word: in a table, or the plural or the infinitive of one."""
        if self._listed(low):
            return True
        if low[-1:] in "sx" and len(low) > 3 and self._listed(low[:-1]):
            return True
        return self.infinitive(low)

    def _listed(self, low: str) -> bool:
        return any(low in table for table in self.tables)

    def verb(self, low: str) -> bool:
        """Whether it may be a form of a verb."""
        if any(INFINITIVE.search(lemma) for lemma in self.lemmas.get(low) or ()):
            return True
        stem = ENDING_ER.sub("", low)
        return stem != low and self.infinitive(stem + "er")  # the tables have « demande » as a noun alone

    def infinitive(self, low: str) -> bool:
        """Whether it is the infinitive of a verb that the tables know by its forms: « enquêter »."""
        if not INFINITIVE.search(low) or len(low) < 4:
            return False
        stem = low[:-2]
        forms = {"er": ("é", "e", "ent", "a"), "ir": ("it", "i", "issent", "u", "ert"), "re": ("t", "ent", "", "u")}
        return any(low in (self.lemmas.get(stem + ending) or ()) for ending in forms[low[-2:]]) or (
            low.endswith("oir") and self._listed(low)
        )

    def _mend(self, word: str) -> str | None:
        """A word in a document that has accents: only what no other word can be meant by."""
        low = word.lower()
        if (read := self.spelt.get(word) or self.spelt.get(low)) is not None:
            return read if read[0].isupper() or not word[0].isupper() else read[0].upper() + read[1:]
        if "oe" in low and LIGATURE.search(low):
            return LIGATURE.sub(lambda m: "Œ" if m[0][0] == "O" else "œ", word)
        if word.isupper():
            return self._in_capitals(word) if len(word) > 3 else None
        if low[0] in FIRST and len(word) > 3 and not self.known(low):
            found = [first + low[1:] for first in FIRST[low[0]] if self.known(first + low[1:])]
            if len(found) == 1:
                return found[0][0].upper() + word[1:] if word[0].isupper() else found[0]
        if word == low and low.isascii() and len(low) > 4 and not self.known(low):
            found = list(self.accented(low))
            return found[0] if len(found) == 1 else None
        return None

    def _in_capitals(self, word: str) -> str | None:
        """A word in capitals among others: a verb, or a noun that has one capital; acronyms look like other words."""
        low = self.shouted(word)
        return None if low is None else self.capitals.get(low) or (low if self.verb(low) else None)

    def shouted(self, word: str) -> str | None:
        """A word in capitals, in small letters; None for an acronym or a name."""
        low = word.lower()
        if self.known(low) or low in DETERMINERS:
            return low
        found = list(self.accented(low)) if low.isascii() else []
        return found[0] if found else None

    def accented(self, low: str) -> Iterator[str]:
        """The French words that differ from this one by accents."""
        ways = 1
        for letter in low:
            ways *= len(ACCENTED.get(letter, "."))
        letters = [ACCENTED.get(letter, letter) if ways <= MOST else _fewer(letter) for letter in low]
        for chosen in product(*letters):
            word = "".join(chosen)
            if word != low and self.known(word):
                yield word

    def without_accents(self, texts: Sequence[str]) -> bool:
        """Whether a document was written without accents: it has none, and words that need one."""
        if any(map(ACCENT.search, texts)):
            return False
        words = {word.lower() for text in texts for word in re.findall(r"\b[A-Z]?[a-z]{2,}\b", text)}
        unknown = (word for word in words if not self.known(word))  # « Etats » alone shows the habit of a typist
        return any(read[0] == word[0] for word in unknown for read in self.accented(word))

    def restored(self, words: Sequence[str]) -> list[str]:
        """The words of a sentence without accents, with those that they need."""
        read: list[str] = []
        for i, word in enumerate(words):
            read.append(self._restored(words, i, read))
        return read

    def _restored(self, words: Sequence[str], i: int, read: Sequence[str]) -> str:
        word = words[i]
        low = word.lower()
        if low == "a":
            return self._a(words, i, read)
        if not low.isascii() or len(low) < 3:
            return word
        if (participle := self._participle(low, words, i)) is not None:
            return participle
        if self.known(low):
            return word
        found = dict.fromkeys(self.spelt.get(w, w) for w in self.accented(low))
        nouns = [w for w in found if w in self.nouns or w.removesuffix("s") in self.nouns]
        named = i > 0 and words[i - 1].lower() in DETERMINERS  # « les refugies »
        plain = (named and nouns) or [w for w in found if not PARTICIPLE.search(w)] or list(found)
        if len(plain) != 1:
            return self.mended[word] or word
        return plain[0][0].upper() + plain[0][1:] if word[0].isupper() else plain[0]

    def _participle(self, low: str, words: Sequence[str], i: int) -> str | None:
        """Behind an auxiliary: « a reitere » -> réitéré."""
        j = i - 1
        while j > 0 and words[j].lower() in BETWEEN:
            j -= 1
        m = re.search(r"e(e?s?)$", low)
        if m is None or j < 0 or words[j].lower() not in BARE_AUXILIARIES:
            return None
        whole = low[: m.start()] + "é" + m[1]
        found = [whole] if self.verb(whole) else [w for w in self.accented(low) if w.endswith("é" + m[1]) and self.verb(w)]
        return found[0] if found else None

    def _a(self, words: Sequence[str], i: int, read: Sequence[str]) -> str:
        """The preposition: « recommande a la Partie », « invites a agir »."""
        after = words[i + 1].lower() if i + 1 < len(words) else ""
        before = read[i - 1].lower() if i else ""
        if self.infinitive(after) or any(map(self.infinitive, self.accented(after))):
            return "à"
        named = after in DETERMINERS or after == "l"
        if not named:
            return words[i]
        verb = before not in THIRD_PERSON and (self.verb(before) or self.infinitive(before))
        return "à" if verb or before in INFINITIVE_MARKERS or i == 0 else words[i]


def _fewer(letter: str) -> str:
    """Only the commonest accents, for a long word."""
    return {"e": "eéè", "c": "cç"}.get(letter, letter)
