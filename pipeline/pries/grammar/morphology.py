"""Morphology: words as tokens, and which form of a verb each is, by its spelling where the tagger errs.

The model takes « recommande » for a participle, « préparatoire » for an infinitive, « enquêter » for a noun.

    "de la promulguer" -> promulguer, infinitive; "M. Diallo dit que" -> dit, finite
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pries.grammar import words


@dataclass(slots=True)
class Token:
    """A word: offsets in the paragraph's text, form, lower-cased form, lemma, tag, features, governor, relation.

    `verb` is the form of a verb by its spelling, checked against the tag: finite, infinitive, participle
    (past), gerund, or empty.
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
        """Gender as the tagger gives it, None where it says nothing."""
        return True if "Gender=Fem" in self.morph else False if "Gender=Masc" in self.morph else None


# Of the words in -oire and -aire only a few are verbs: « préparatoire », « monétaire ».
INFINITIVE = re.compile(
    r"(?:er|ir|oir|(?<![ao])[iï]re|(?:b|cr)oire|(?:f|pl|tr|br|^t)aire|[nru]dre|ttre|[îê]tre|ivre|clure|clore|cre|mpre)$"
)
# Endings of the finite forms of a verb in -er, added to its stem.
FINITE_ER = tuple("e ent ons ez ais ait aient a èrent era eront erait eraient".split())
FINITE_END = re.compile(r"(?<!ant)(?<!ent)(?:e|ent)$")
# What the tagger takes for a verb and is none: « puissance occupante », « Comité préparatoire ».
ADJECTIVES = ("ante", "ants", "antes", "aire", "aires", "oire", "oires")
PARTICIPLE = re.compile(r"(?:é|[^aeo]i|u|is|it|ert|eint|aint|oint|os|ort)(?:e?s?)$")


def verb_form(low: str, lemma: str, tag: str, morph: str) -> str:
    """The form of a verb: by its spelling where that decides, else by the tagger's features.

    The model often takes « recommande » for a participle and an unknown infinitive for a preposition.
    """
    for table in (words.AVOIR, words.ETRE):
        if low in table and tag in ("AUX", "VERB"):
            tense = table[low]
            return tense if tense in ("infinitive", "participle", "gerund") else "finite"
    if not any(c.isalpha() for c in low):
        return ""
    if tag in ("VERB", "AUX"):
        if low.endswith(("é", "ée", "és", "ées")):
            return "participle"
        if low.endswith("ant") and "VerbForm=Fin" not in morph:
            return "gerund"
        if INFINITIVE.search(low) and ("VerbForm=Inf" in morph or low == lemma):
            return "infinitive"
        if lemma.endswith("er") and low.startswith(lemma[:-2]) and low[len(lemma) - 2 :] in FINITE_ER:
            return "finite"
        if low.endswith(ADJECTIVES):
            return ""
        if "VerbForm=Part" in morph and PARTICIPLE.search(low):
            return "participle"
        return "" if low.endswith(("s", "x")) and "VerbForm=Fin" not in morph else "finite"
    if tag in ("ADP", "ADV", "X") and low == lemma and low.endswith(("er", "ir")) and len(low) > 4:
        return "infinitive"
    if tag == "ADJ" and INFINITIVE.search(lemma) and lemma != low and PARTICIPLE.search(low):
        return "participle"
    return ""


def repair(tokens: list[Token]) -> None:
    """Read verbs that the tagger missed, and nouns and adjectives that it took for verbs, in the tokens' own place."""
    for i, token in enumerate(tokens):
        if token.verb:
            if i:
                token.verb, token.tag = _not_so(tokens, i)
        elif token.tag not in NEVER_VERBS and i:
            before = tokens[i - 1]
            if (before.tag in NOUNS or before.low in words.BEFORE_FINITE) and _finite_after_all(tokens, i):
                token.verb, token.tag = "finite", "VERB"
            elif token.low.endswith(("er", "ir")) and _infinitive_after_all(tokens, i):
                token.verb, token.tag = "infinitive", "VERB"


def _low(tokens: list[Token], i: int) -> str:
    return tokens[i].low if 0 <= i < len(tokens) else ""


def _not_so(tokens: list[Token], i: int) -> tuple[str, str]:
    """The form and tag of a word that the tagger read as a verb: its own, or better ones."""
    token, before = tokens[i], tokens[i - 1]
    if token.gerund and token.tag == "VERB" and before.low in words.BEFORE_NOUN:
        return "", "NOUN"  # « un autre intervenant »
    alike = token.participle and token.low.endswith("it") and _low(tokens, i + 1) in words.QUE
    if alike and not any(t.low in words.AVOIR or t.low in words.ETRE for t in tokens[max(i - 4, 0) : i]):
        return "finite", token.tag  # « M. Diallo dit que »
    if token.low == "soit" and i + 1 < len(tokens) and tokens[i + 1].infinitive:
        return "", "CCONJ"  # « soit extrader, soit poursuivre »
    if token.low.endswith(LIKE_FINITE) and before.noun and i + 1 < len(tokens) and tokens[i + 1].finite:
        return "", "ADJ"  # « la Directrice exécutive a présenté »
    return token.verb, token.tag


def _finite_after_all(tokens: list[Token], i: int) -> bool:
    token, before, after = tokens[i], tokens[i - 1], _low(tokens, i + 1)
    low = token.low
    if before.low in words.SUBJECT_WORDS and low.isalpha() and low not in words.CLITICS:
        return low.endswith(("e", "ent", "t", "a", "ont"))
    if before.low == "les":  # an article has a plural after it, or « deuxième et … »: « et les presse d'agir »
        plain = token.form.isalpha() and token.form.islower() and not low.endswith("ième")
        return plain and token.tag in ("NOUN", "ADJ") and low.endswith("e")
    if before.low in words.DATIVE_CLITICS and after in words.DE and low.endswith("e") and i + 2 < len(tokens):
        return tokens[i + 2].infinitive and _low(tokens, i - 2) in words.BEFORE_DATIVE  # « et leur demande d'agir »
    if not after or not before.noun:
        return False
    if after in words.QUE and tokens[i + 1].tag == "SCONJ" and token.tag in ("ADJ", "NOUN"):
        return FINITE_END.search(low) is not None
    if token.tag == "ADJ" and before.plural and low.endswith("ent"):  # an adjective would agree: « lents »
        return True
    # « le Parlement vote les crédits »
    return token.tag == "NOUN" and low.endswith("e") and not before.plural and after in words.AFTER_VERB


def _infinitive_after_all(tokens: list[Token], i: int) -> bool:
    token, before, after = tokens[i], tokens[i - 1], _low(tokens, i + 1)
    low = token.low
    if len(low) < 5:
        return False
    if before.low in words.INFINITIVE_MARKERS:
        return after in words.DETERMINERS and after not in words.OF  # « à recycler leurs déchets »
    if _low(tokens, i - 2) in words.INFINITIVE_MARKERS:  # « de les promulguer »; « de la mer » has a short noun
        return before.low in words.UNCONTRACTED or (before.low == "la" and low.endswith("er") and len(low) > 6)
    listed = before.low in words.LISTS_VERBS and token.relation in ("xcomp", "conj")
    return listed and token.tag == "NOUN" and not low.endswith("ier")  # « prévenir les abus, enquêter »


NOUNS = ("NOUN", "PROPN")
NEVER_VERBS = frozenset(("ADV", "PRON", "DET", "PUNCT", "CCONJ", "SCONJ"))
LIKE_FINITE = ("ive", "ives", "ale", "ales", "elle", "elles")
