"""Spelling: how a word is read that stands without its accents, in capitals, or in another spelling of its time.

A word is changed only where it is no French word as it stands and one French word alone differs from it by accents.
What is a French word, the tables of the model's lemmatiser say, and spellings.csv for what they lack.

    Etats -> États     oeuvre -> œuvre     without any accent in the document: "a reitere" -> a réitéré
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from math import prod
from typing import Any

from pries.base import lexicon
from pries.base.layers import Folder
from pries.grammar import words as closed

SPELLINGS = lexicon.Lexicon(
    file="spellings.csv",
    columns=("form", "read", "kind", "example"),
    values={"kind": ("spelling", "capital", "opening", "bare", "held")},
    key=("form",),
)

ACCENTED = {ways[0]: ways for ways in "aàâ cç eéèêë iîï oô uùûü".split()}
FIRST = {ways[0]: ways[1:] for ways in "aàâ cç eéèê iîï oô uûù".split()}
LIGATURE = re.compile(r"oe(?=u)|(?<=^f)oe(?=t)|^oe(?=[cdils])", re.IGNORECASE)
INFINITIVE = re.compile(r"(?:er|ir|re|oir)$")
SMALL = re.compile(r"\b[A-Z]?[a-z]{2,}\b")
ACCENT = re.compile("[à-öø-ÿœ]", re.IGNORECASE)
ENDING_ER = re.compile(r"(?:e|ée?s?)$")
FEWER = {ways[0]: ways for ways in "cç eéè".split()}  # for a long word
INNER = re.compile(r"[éèê][a-z]")  # « liste » and « listé » are two words
PAST = re.compile(r"(?:i|u|is|us|it|ert|eint|oint|ait)(?:e?s?)$")
PARTICIPLE = re.compile(r"ée?s?$")
MOST = 2048  # ways to set accents that are tried for one word


def read(folder: Folder) -> list[lexicon.Row]:
    """The rows of spellings.csv in `folder`; raises InputError for a broken one."""
    return lexicon.read(folder, SPELLINGS)


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

    def __init__(self, nlp: Any, folder: Folder) -> None:
        tables = nlp.get_pipe("lemmatizer").lookups if nlp.has_pipe("lemmatizer") else None
        names = ("lemma_lookup", "lemma_index", "lemma_exc")
        lookup, index, exceptions = (tables.get_table(name, {}) if tables else {} for name in names)
        self.lemmas: Any = lookup
        self.tables = [lookup, *(index[kind] for kind in index), *(exceptions[kind] for kind in exceptions)]
        self.nouns, self.adverbs = index.get("noun", frozenset()), index.get("adv", frozenset())
        rows = read(folder)
        self.spelt = {row["form"]: row["read"] for row in rows if row["kind"] == "spelling"}
        self.capitals = {row["form"]: row["read"] for row in rows if row["kind"] == "capital"}
        self.held = frozenset(row["form"] for row in rows if row["kind"] == "held")
        self.bare = {row["form"]: row["read"] for row in rows if row["kind"] == "bare"}
        self.after_a = frozenset(row["form"] for row in rows if row["kind"] == "opening")
        self.mended = _Mended(self._mend)
        self.entered = lru_cache(2**16)(self._entered)
        self.known = lru_cache(2**16)(self._known)

    def _known(self, low: str) -> bool:
        """Whether it is a French word: one of the dictionary's, or a form of a verb of it."""
        return self.entered(low) or low in closed.DETERMINERS or self.verb(low)

    def _entered(self, low: str) -> bool:
        """Whether it is in a table, its plural or singular is, or it is an infinitive."""
        if self._listed(low):
            return True
        if low[-1:] in "sx" and len(low) > 3 and self._listed(low[:-1]):
            return True
        return low in (self.lemmas.get(low + "s") or ()) or self.infinitive(low)

    def _listed(self, low: str) -> bool:
        return any(low in table for table in self.tables)

    def verb(self, low: str) -> bool:
        """Whether it may be a form of a verb."""
        if any(INFINITIVE.search(lemma) for lemma in self.lemmas.get(low) or ()):
            return True
        stem = ENDING_ER.sub("", low)
        return stem != low and self.infinitive(stem + "er")  # the tables have « demande » as a noun alone

    def noun(self, low: str) -> bool:
        """Whether it may be a noun or an adjective."""
        if low in self.nouns or low in (self.lemmas.get(low + "s") or ()):
            return True
        return any(not INFINITIVE.search(lemma) for lemma in self.lemmas.get(low) or ())

    def infinitive(self, low: str) -> bool:
        """Whether it is the infinitive of a verb that the tables know by its forms: « enquêter »."""
        if low in closed.NO_NOUNS:
            return True
        if not INFINITIVE.search(low) or len(low) < 4:
            return False
        stem = low[:-2]
        forms = {
            "er": ("é", "e", "ent", "a"),
            "ir": ("it", "i", "issent", "u", "ert"),
            "re": ("t", "ent", "", "u", "sent", "vent"),
        }
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
            found = [first + low[1:] for first in FIRST[low[0]] if self.entered(first + low[1:])]
            if len(found) == 1:
                return found[0][0].upper() + word[1:] if word[0].isupper() else found[0]
        if word == low and low.isascii() and len(low) > 4 and not self.known(low):
            found = list(self.accented(low, {"e": "eéèê"}))  # the accents that a reader misses most
            return found[0] if len(found) == 1 and INNER.search(found[0]) else None
        return None

    def _in_capitals(self, word: str) -> str | None:
        """A word in capitals among others: a verb, an adverb, a noun that has a capital; no acronym."""
        low = self.shouted(word)
        read = None if low is None else self.capitals.get(low, low)
        return read if read != low or (low and (low in self.adverbs or self.verb(low))) else None

    def shouted(self, word: str) -> str | None:
        """A word in capitals, in small letters; None for an acronym or a name."""
        low = word.lower()
        if self.known(low) or low in closed.DETERMINERS:
            return low
        found = list(self.accented(low)) if low.isascii() else []
        return found[0] if found else None

    def accented(self, low: str, accents: Mapping[str, str] = ACCENTED) -> Iterator[str]:
        """The French words that differ from this one by accents."""
        letters = [accents.get(letter, letter) for letter in low]
        if prod(map(len, letters)) > MOST:
            letters = [FEWER.get(letter, letter) for letter in low]
        for chosen in product(*letters) if prod(map(len, letters)) <= MOST else ():
            word = "".join(chosen)
            if word != low and self.entered(word):
                yield word

    def without_accents(self, texts: Sequence[str]) -> bool:
        """Whether a text was written without accents: it has none, and a word that needs one."""
        if any(map(ACCENT.search, texts)):
            return False
        words = (word.lower() for text in texts for word in SMALL.findall(text))
        unknown = (word for word in dict.fromkeys(words) if not self.known(word))
        # That the capital of « Etats » has none is a habit of typists, and says nothing of other letters.
        return any(read[0] == word[0] for word in unknown for read in self.accented(word))

    def restored(self, words: Sequence[str]) -> list[str]:
        """The words of a sentence without accents, with those that they need."""
        read: list[str] = []
        for i in range(len(words)):
            read.append(self._restored(words, i, read))
        return read

    def _restored(self, words: Sequence[str], i: int, read: Sequence[str]) -> str:
        word = words[i]
        low = word.lower()
        if low == "a":
            return {"A": "À"}.get(word, self._a(words, i, read))
        if not low.isascii() or len(low) < 3:
            return word
        chosen = self.bare.get(low) or self._participle(low, words, i)
        if chosen is None and (self.known(low) or not (chosen := self._likeliest(low, words[i - 1] if i else ""))):
            return self.mended[word] or word
        return chosen[0].upper() + chosen[1:] if word[0].isupper() else chosen

    def _likeliest(self, low: str, before: str) -> str | None:
        """The one word that is meant by a word without accents, by what stands before it: « les refugies »."""
        found = dict.fromkeys(self.spelt.get(w, w) for w in self.accented(low))
        finals = [w for w in found if PARTICIPLE.search(w)]
        plain = [w for w in found if w not in finals]
        named = before.lower() in closed.NOUN_FOLLOWS or low.endswith("es")  # nobody is addressed as « tu »
        if finals and named and not any(map(self.noun, plain)):
            return finals[0]
        plain = plain or finals
        return plain[0] if len(plain) == 1 else None

    def _participle(self, low: str, words: Sequence[str], i: int) -> str | None:
        """Behind an auxiliary: « a reitere » -> réitéré."""
        j = i - 1
        while j > 0 and words[j].lower() in closed.IN_COMPOUND_TENSES:
            j -= 1
        m = re.search(r"e(e?s?)$", low)
        if m is None or j < 0 or words[j].lower() not in closed.UNACCENTED_AUXILIARIES:
            return None
        whole = low[: m.start()] + "é" + m[1]
        found = (
            [whole] if self.verb(whole) else [w for w in self.accented(low) if w.endswith("é" + m[1]) and self.verb(w)]
        )
        return found[0] if found else None

    def _a(self, words: Sequence[str], i: int, read: Sequence[str]) -> str:
        """The preposition or the auxiliary: « recommande a la Partie », « invites a agir », but « a ratifie »."""
        j = i + 1
        while j < len(words) and words[j].lower() in closed.IN_COMPOUND_TENSES:
            j += 1
        after = words[j].lower() if j < len(words) else ""
        before = read[i - 1].lower() if i else ""
        if self.infinitive(after) or any(map(self.infinitive, self.accented(after))) or after in self.after_a:
            return "à"
        object_ = words[j + 1].lower() if j + 1 < len(words) else ""
        if (
            before in closed.HAS
            or object_ in self.held
            or (after in closed.UNCONTRACTED and not self.infinitive(object_))
        ):
            return words[i]
        taken = after not in closed.NAMED_BY and (
            self._participle(after, (*words[:j], after), j) or (PAST.search(after) and self.verb(after))
        )
        return words[i] if taken or after in closed.HAD_OR_BEEN else "à"
