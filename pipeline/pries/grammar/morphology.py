"""Morphology: words as tokens, and which form of a verb each is, by its spelling where the tagger errs.

The model takes « recommande » for a participle, « préparatoire » for an infinitive, « enquêter » for a noun.

    "de la promulguer" -> promulguer, infinitive; "M. Diallo dit que" -> dit, finite
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pries.base.rules import first
from pries.grammar import words
from pries.grammar.wording import lowered

NOUNS = ("NOUN", "PROPN")


@dataclass(slots=True)
class Token:
    """A word: offsets in the paragraph's text, form, lower-cased form, lemma, tag, features, governor, relation.

    `form` is the word as it was read, with its accents; what stands written is the text between the offsets.
    `verb` is the form of a verb by its spelling, checked against the tag: finite, infinitive, participle
    (past), gerund, or empty. `doubtful`: the words around may correct tag and verb (`repair`); of most they cannot.
    """

    i: int
    start: int
    end: int
    form: str
    low: str
    lemma: str
    tag: str
    morph: str
    head: int
    relation: str
    sentence_id: str
    verb: str = ""
    doubtful: bool = True

    @property
    def finite(self) -> bool:
        """Whether it is a conjugated verb or auxiliary."""
        return self.verb == "finite"

    @property
    def infinitive(self) -> bool:
        """Whether it is an infinitive."""
        return self.verb == "infinitive"

    @property
    def participle(self) -> bool:
        """Whether it is a past participle."""
        return self.verb == "participle"

    @property
    def gerund(self) -> bool:
        """Whether it is a present participle."""
        return self.verb == "gerund"

    @property
    def noun(self) -> bool:
        """Whether it is a common or a proper noun."""
        return self.tag in NOUNS

    @property
    def plural(self) -> bool:
        """Number as the tagger gives it, else by the ending."""
        if "Number=" in self.morph:
            return "Number=Plur" in self.morph
        return self.low.endswith(("s", "x"))

    @property
    def feminine(self) -> bool | None:
        """Gender as the tagger gives it, else by the ending; None where neither says anything."""
        if "Gender=" in self.morph:
            return "Gender=Fem" in self.morph
        low = self.low.removesuffix("s") if self.tag == "NOUN" else ""
        return True if low.endswith(ENDS_FEMININE) else False if low.endswith(ENDS_MASCULINE) else None


# Of the words in -oire and -aire only a few are verbs: « préparatoire », « monétaire ».
INFINITIVE = re.compile(
    r"(?:er|ir|oir|(?<![ao])[iï]re|(?:b|cr)oire|(?:f|pl|tr|br|^t)aire|[nru]dre|ttre|[îê]tre|(?:v|su)ivre|clure|clore|cre|mpre)$"
)
# Endings of the finite forms of a verb in -er, added to its stem.
FINITE_ER = tuple("e ent ons ez ais ait aient a èrent era eront erait eraient".split())
# Endings of nouns that show their gender nearly always.
ENDS_FEMININE = ("tion", "sion", "ance", "ence", "té", "trice", "euse", "ière", "ienne", "esse", "ette", "logie")
ENDS_MASCULINE = ("ment", "age", "isme", "teur", "ier", "ien", "eau", "oir")
# What the tagger takes for a verb and is none: « puissance occupante », « Comité préparatoire ».
ADJECTIVES = ("ante", "ants", "antes", "aire", "aires", "oire", "oires")
PARTICIPLE = re.compile(r"(?:é|[^aeo]i|u|is|it|ert|eint|aint|oint|os|ort)(?:e?s?)$")


def verb_form(low: str, lemma: str, tag: str, morph: str) -> str:
    """The form of a verb: by its spelling where that decides, else by the tagger's features.

    The model often takes « recommande » for a participle and an unknown infinitive for a preposition.
    """
    verbal = tag in ("VERB", "AUX")
    if verbal and (tense := words.AVOIR.get(low) or words.ETRE.get(low)):
        return tense if tense in ("infinitive", "participle", "gerund") else "finite"
    if not any(c.isalpha() for c in low):
        return ""
    return first(TAGGED if verbal else MISSED, low, lemma, tag, morph)[0] or ""


def _participle_in_e(low: str, lemma: str, tag: str, morph: str) -> str | None:
    """By its ending, whatever the tagger says: « priées »."""
    return "participle" if low.endswith(("é", "ée", "és", "ées")) else None


def _gerund(low: str, lemma: str, tag: str, morph: str) -> str | None:
    """By its ending: « priant »."""
    return "gerund" if low.endswith("ant") and "VerbForm=Fin" not in morph else None


def _infinitive(low: str, lemma: str, tag: str, morph: str) -> str | None:
    """By its ending, where the tagger or the lemma agrees: « promulguer »."""
    return "infinitive" if INFINITIVE.search(low) and ("VerbForm=Inf" in morph or low == lemma) else None


def _finite_in_er(low: str, lemma: str, tag: str, morph: str) -> str | None:
    """By the stem and the ending of a verb in -er: « recommande »."""
    stem = lemma[:-2]
    finite = lemma.endswith("er") and low.startswith(stem) and low[len(stem) :] in FINITE_ER
    return "finite" if finite else None


def _no_verb(low: str, lemma: str, tag: str, morph: str) -> str | None:
    """An adjective that the tagger takes for a verb: « (Comité) préparatoire », « (d'une importance) cruciale »."""
    lemma_of_none = low.endswith(("ale", "ales", "ive", "ives")) and not INFINITIVE.search(lemma)
    return "" if low.endswith(ADJECTIVES) or lemma_of_none else None


def _other_participle(low: str, lemma: str, tag: str, morph: str) -> str | None:
    """By its ending, where the tagger agrees: « mis »."""
    return "participle" if "VerbForm=Part" in morph and PARTICIPLE.search(low) else None


def _other_finite(low: str, lemma: str, tag: str, morph: str) -> str | None:
    """What is left, but for plurals that the tagger does not call finite: « doit »."""
    return "" if low.endswith(("s", "x")) and "VerbForm=Fin" not in morph else "finite"


def _missed_infinitive(low: str, lemma: str, tag: str, morph: str) -> str | None:
    """An unknown verb that the tagger takes for a preposition: « opérationnaliser »."""
    missed = tag in ("ADP", "ADV", "X") and low == lemma and low.endswith(("er", "ir")) and len(low) > 4
    return "infinitive" if missed else None


def _missed_finite(low: str, lemma: str, tag: str, morph: str) -> str | None:
    """A form of a verb that the tagger takes for an adjective or a pronoun: « suggère », but « légère »."""
    if tag == "PRON" and low.endswith(("e", "ent")) and not lemma.endswith("ier"):  # « de son côté, s'[organise]. »
        return _finite_in_er(low, lemma, tag, morph)
    missed = tag == "ADJ" and low.endswith(("ère", "èrent")) and not low.endswith("ière") and low not in KIN
    return "finite" if missed and lemma != low and not lemma.endswith("er") else None


def _adjectival_participle(low: str, lemma: str, tag: str, morph: str) -> str | None:
    """An adjective whose lemma is a verb: « (les groupes) armés », armer."""
    adjectival = tag == "ADJ" and lemma != low and INFINITIVE.search(lemma) and PARTICIPLE.search(low)
    return "participle" if adjectival else None


KIN = ("mère", "père", "frère")  # « la société mère »
TAGGED = (_participle_in_e, _gerund, _infinitive, _finite_in_er, _no_verb, _other_participle, _other_finite)
MISSED = (_missed_infinitive, _missed_finite, _adjectival_participle)


# What `repair` looks at.
NEVER_VERBS = frozenset(("ADV", "PRON", "DET", "PUNCT", "CCONJ", "SCONJ"))
NOMINAL = ("participle", "gerund")
LIKE_FINITE = ("ive", "ives", "ale", "ales", "elle", "elles")
SUSPECT = ("ant", "it", "int", "euse", "euses", *LIKE_FINITE)  # the endings of what may be no verb
LIKE_VERBS = ("e", "t", "a", "er", "ir", "é", "és", "ées")  # of the forms that may be missed verbs


def is_doubtful(form: str, low: str, tag: str, verb: str, certain: frozenset[str]) -> bool:
    """Whether the words around may correct what is known of a word; right wherever it says no."""
    if tag == "ADJ" or verb in NOMINAL or low in words.INVERSIONS or (low in certain and form.islower()):
        return True
    if low[-1].isdigit() and form[0].isupper():  # « JS7 »
        return True
    if verb:
        return verb == "infinitive" or low.endswith(SUSPECT) or low in words.NO_VERBS
    if tag == "NUM":
        return form.isupper() and form.isalpha()  # an acronym
    if low in words.OWING:
        return not verb
    plural = tag in NOUNS and (low.endswith(("s", "x")) or form.isupper())
    return plural or (tag not in NEVER_VERBS and low.endswith(LIKE_VERBS) and low not in words.OF)


class Word(NamedTuple):
    """What is known of a word wherever it stands; see Token."""

    form: str
    low: str
    lemma: str
    tag: str
    morph: str
    verb: str
    doubtful: bool


def token_of(i: int, start: int, end: int, head: int, relation: str, known: Word, sentence_id: str) -> Token:
    """The token that a word is at its place in a sentence."""
    token = Token.__new__(Token)
    token.i, token.start, token.end, token.head, token.relation, token.sentence_id = (
        i, start, end, head, relation, sentence_id,
    )  # fmt: skip
    token.form, token.low, token.lemma, token.tag, token.morph, token.verb, token.doubtful = known
    return token


@lru_cache(2**16)  # the same words come again and again
def word(form: str, lemma: str, tag: str, morph: str, invariable: frozenset[str], certain: frozenset[str]) -> Word:
    """A form with the tag and the features that its spelling leaves of the tagger's."""
    low = lowered(form)
    if not form.strip("-–—"):  # which the tagger takes for an adjective: « Art. 7 – Tout employeur »
        return Word(form, low, lemma, "PUNCT", "", "", False)
    verb = verb_form(low, lemma, tag, morph)
    if low in invariable and "Number=" not in morph:  # « temps » has an ending of the plural
        morph += "|Number=Sing"
    lemma += "r" * (verb == "finite" and lemma == low and low.endswith("e"))  # « invite » is no infinitive
    tag = "ADJ" if tag == "VERB" and not verb and low.endswith(ADJECTIVES) else tag
    tag = "VERB" if tag == "PRON" and verb else tag
    return Word(form, low, lemma, tag, morph, verb, is_doubtful(form, low, tag, verb, certain))
