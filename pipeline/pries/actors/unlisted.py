"""Unlisted: nouns that no lexicon holds and that stand where somebody asks or is to act.

Whether such a noun is somebody its judgement and its place say together: the more a place demands a will, the less
its vector has to, and a capital inside a sentence makes a name. Rules give the place.

    "Les [pharmaciens] doivent tenir un registre", "invite les [rectorats] à", "demande aux [régies] de"
"""

from __future__ import annotations

from pries.actors.judgement import Judged
from pries.base.rules import first
from pries.grammar.phrases import Phrase
from pries.grammar.sentence import Sentence
from pries.grammar.verbs import is_adverb
from pries.grammar.words import CLITICS_OR_NEGATION, DE, JOINS, PREPOSITIONS, QUE, RELATIVES, TO

# How likely somebody must be: whom a verb of asking names; where the place demands a will; where it allows one;
# elsewhere; with a capital.
ASKED, STRONG, WEAK, ANYWHERE, CAPITAL = 0.3, 0.5, 0.75, 0.9, 0.1
NEAR = 4  # words before a noun, among which a verb may ask


def hopeless(sentence: Sentence, i: int, known: Judged) -> bool:
    """Whether no place makes the noun at `i` somebody: too unlikely, small, and no verb of asking just before it."""
    if known.somebody >= STRONG or sentence[i].form[:1].isupper():
        return False
    cues, near = sentence.cues, sentence.tokens[max(i - NEAR, 0) : i]
    return not any(token.lemma in cues.asking or token.lemma in cues.asking_to for token in near)


def wanted(sentence: Sentence, phrase: Phrase, known: Judged, beside: bool, doubted: bool) -> bool:
    """Whether the noun is somebody there.

    `beside`: it is coordinated to somebody who was found before; `doubted`: actors.csv has it, on conditions that
    do not hold here (« l’homme », « le public »), so that only its place can make it somebody.
    """
    if sentence.low(phrase.head) in sentence.cues.thing or sentence.low(phrase.head) in sentence.cues.document:
        return False
    least, _ = first(PLACES, sentence, phrase, beside)
    token = sentence[phrase.head]
    if least is None:
        return known.somebody >= ANYWHERE and not doubted and phrase.start < phrase.head
    if token.form[:1].isupper() and phrase.head > 0:
        return known.somebody >= CAPITAL
    return known.somebody >= least


def _verb_after(sentence: Sentence, j: int) -> int | None:
    """The conjugated verb that follows at once, clitics, negation and adverbs stepped over."""
    while j < len(sentence) and (sentence.low(j) in CLITICS_OR_NEGATION or is_adverb(sentence, j)):
        j += 1
    return j if j < len(sentence) and sentence[j].finite else None


def _willing_subject(sentence: Sentence, phrase: Phrase, beside: bool) -> float | None:
    """The subject of a verb that only somebody can carry out: « les [pharmaciens] doivent », « la [régie] déclare »."""
    verb = None if sentence.low(phrase.start - 1) in PREPOSITIONS else _verb_after(sentence, phrase.end)
    if verb is None:
        return None
    near = (sentence[j] for j in range(verb, min(verb + 3, len(sentence))))
    willing = any(token.lemma in sentence.cues.willing and token.verb for token in near)
    return STRONG if willing else WEAK


def _asked(sentence: Sentence, phrase: Phrase, beside: bool) -> float | None:
    """Whom a verb of asking names: « invite les [rectorats] à », « il est demandé aux [régies] de »."""
    to = sentence.low(phrase.start - 1) in TO or sentence.low(phrase.start) in TO
    j = phrase.start - 1 - (sentence.low(phrase.start - 1) in TO)
    while j > 0 and is_adverb(sentence, j):
        j -= 1
    if j < 0 or not (sentence[j].verb or sentence[j].tag in ("VERB", "AUX", "ADJ")):
        return None
    cues = sentence.cues.asking_to if to else sentence.cues.asking
    return ASKED if sentence[j].lemma in cues or sentence.low(j) in cues else None


def _agent(sentence: Sentence, phrase: Phrase, beside: bool) -> float | None:
    """By whom something is done: « a été demandé par les [bergers] »."""
    done = sentence.low(phrase.start - 1) == "par" and phrase.start > 1
    return WEAK if done and any(sentence[j].participle for j in range(max(phrase.start - 4, 0), phrase.start)) else None


def _subject_of_clause(sentence: Sentence, phrase: Phrase, beside: bool) -> float | None:
    """The subject of a clause with "que": « que les [maîtres d'ouvrage], avant tous travaux, publient »."""
    opens = sentence.low(phrase.start - 1) in QUE and sentence[phrase.head].relation.startswith("nsubj")
    return WEAK if opens else None


def _subject_by_arc(sentence: Sentence, phrase: Phrase, beside: bool) -> float | None:
    """What the parse calls a subject, an aside away from its verb: « les [bergers], dès le printemps, doivent »."""
    token = sentence[phrase.head]
    if sentence.low(phrase.start - 1) in PREPOSITIONS or not token.relation.startswith("nsubj"):
        return None
    governor = sentence[token.head]
    if governor.i > phrase.end and sentence.low(phrase.end) not in (",", *RELATIVES):
        return None  # a verb that follows does so at once, or after an aside
    near = (sentence[j] for j in range(max(governor.i - 3, 0), governor.i + 1))
    return STRONG if any(one.lemma in sentence.cues.willing and one.verb for one in near) else WEAK


def _behind_in_a_relative(sentence: Sentence, phrase: Phrase, beside: bool) -> float | None:
    """The subject that follows in a relative clause: « les mesures que doivent prendre les [régies] »."""
    j = phrase.start - 1
    if j < 2 or not sentence[j].infinitive or sentence.low(j - 2) not in RELATIVES:
        return None
    return STRONG if sentence[j - 1].finite and sentence[j - 1].lemma in sentence.cues.willing else None


def _for_whom(sentence: Sentence, phrase: Phrase, beside: bool) -> float | None:
    """For whom it is a duty: « la nécessité, pour les [districts], de », « il est urgent pour les [mairies] de »."""
    return WEAK if sentence.low(phrase.start - 1) == "pour" and sentence.low(phrase.end) in (*DE, ",") else None


def _beside(sentence: Sentence, phrase: Phrase, beside: bool) -> float | None:
    """Coordinated to somebody: « les États et les [assureurs-crédit] »."""
    return STRONG if beside and sentence.low(phrase.start - 1) in JOINS | TO | {"que"} else None


PLACES = (
    _willing_subject, _asked, _agent, _subject_of_clause, _subject_by_arc, _behind_in_a_relative, _for_whom, _beside,
)  # fmt: skip
