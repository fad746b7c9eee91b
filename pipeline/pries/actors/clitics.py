"""Clitics: whether a word is one, of which gender, whose verb it belongs to, and whether that verb asks somebody.

"Le Conseil [les] a priées d'agir" -> an object, feminine, of a verb of asking whose subject is Conseil
"""

from __future__ import annotations

from pries.grammar import words
from pries.grammar.sentence import Sentence
from pries.grammar.subjects import subject
from pries.grammar.verbs import any_group, is_adverb

FAR = 14  # words before "que", among which a verb may wish
BEFORE_PARTICIPLE = frozenset(words.AVOIR) | words.CLITICS_OR_NEGATION


def own_subject(sentence: Sentence, i: int) -> int | None:
    """The head of the subject of the verb behind a clitic, or the pronoun: « L'[agente], à qui …, lui a demandé »."""
    j = i + 1
    while j < len(sentence) and sentence.low(j) in words.CLITICS:
        j += 1
    return subject_of(sentence, j) if j < len(sentence) and sentence[j].finite else None


def asked(sentence: Sentence, j: int, dative: bool) -> bool:
    """Whether the verb that begins at `j` asks somebody who stands before it: « Elle l'[a sommé] de partir »."""
    while j < len(sentence) and (sentence.low(j) in BEFORE_PARTICIPLE or sentence[j].tag == "ADV"):
        j += 1
    return j < len(sentence) and sentence[j].lemma in sentence.cues.asks(dative)


def asked_before(sentence: Sentence, i: int) -> int | None:
    """The rank of the verb of asking before rank `i`, adverbs stepped over: « invite donc [le premier] à »."""
    j, dative = i - 1, sentence.low(i) in words.TO_THE or sentence.low(i - 1) in words.TO
    j -= sentence.low(j) in words.TO
    while j > 0 and is_adverb(sentence, j):
        j -= 1
    return j if j >= 0 and sentence[j].lemma in sentence.cues.asks(dative) else None


def wished(sentence: Sentence, i: int) -> int | None:
    """The rank of the verb that wishes what the subject at `i` is to do, who is another than who wishes.

    "La Cour demande qu'[elle] publie ses comptes", "juge utile qu'[elle] le fasse", but "rappelle qu'elle doit"
    """
    verb = i + 1
    while sentence.low(verb) in words.CLITICS_OR_NEGATION:
        verb += 1
    if sentence.low(i - 1) not in words.QUE or sentence.low(verb).startswith(words.INDICATIVE):
        return None
    for j in range(i - 2, max(i - FAR, -1), -1):
        token = sentence[j]
        if token.low in words.STRONG_MARKS:
            return None
        if token.finite or token.participle:
            judged = sentence[i - 2].tag == "ADJ" and token.low.startswith(sentence.cues.opinions)
            return j if judged or token.low.startswith(sentence.cues.wishes) else None
    return None


def subject_of(sentence: Sentence, verb: int | None) -> int | None:
    """The rank of the head, or the pronoun, that is the subject of the verb at that rank."""
    found = None if verb is None else subject(sentence, any_group(sentence, verb))
    return None if found is None else found.phrase.head if found.phrase is not None else found.pronoun


def is_object(sentence: Sentence, i: int) -> bool:
    """Whether a clitic, not an article, stands at `i`."""
    token, after = sentence[i], sentence[i + 1] if i + 1 < len(sentence) else None
    if after is None:
        return False
    if token.low in words.SINGULAR_ARTICLES:
        doing = after.gerund and (token.tag == "PRON" or sentence.low(i - 1) == ",")  # « , le priant de »
        return (after.finite and after.low != "on") or doing
    if after.low in words.EN_Y:
        return True
    if token.low == "les" and (token.tag == "DET" or after.noun):  # an article has a plural after it: « les invite »
        verbal = after.low.endswith(("e", "a", "t"))  # as no plural noun does
        return verbal and after.tag != "NUM" and after.form.isalpha() and after.form.islower()
    return after.tag in ("VERB", "AUX") or after.finite


def agreement(sentence: Sentence, i: int) -> bool | None:
    """The gender that a participle after the clitic shows (« les ont priées » is feminine)."""
    near = sentence.lows[i + 1 : i + 8]
    return next((low.endswith("ées") for low in near if low.endswith(("és", "ées"))), None)
