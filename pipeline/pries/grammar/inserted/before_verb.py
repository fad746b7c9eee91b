"""Before the verb: what stands between a subject and its verb and is stepped over.

"Le [juge], notant que le bail dure, et soulignant l'urgence, prie le locataire de payer" -> juge stands before "prie"
"""

from __future__ import annotations

from pries.grammar.sentence import Sentence, opens_clause
from pries.grammar.verbs import is_adverb, phrase_beginning
from pries.grammar.words import (
    AND_OR,
    ASIDES,
    CONDITIONS,
    CONTRASTS,
    DASHES,
    FURTHER,
    HERE_OR_THERE,
    LATTER_ENDS,
    LEADING,
    LIKENESS,
    LINKS,
    LUI,
    MAY_OPEN,
    NTH,
    OPENERS,
    OPENS_ADJUNCT,
    OTHERS,
    PREPOSITIONS,
    QUE,
    SELF,
    STRONG_MARKS,
    SUBJECT_PRONOUNS,
    TITLES,
)


def before_list(sentence: Sentence, j: int) -> int:
    """Before the first item of a list, the subject stands left of the colon: « que le Bureau : a) publie … »."""
    k = j
    if sentence.low(j) == ":" and sentence[j - 1].tag in ("NOUN", "PROPN", "ADJ"):  # « le conseil : approuve … »
        return j if any(token.finite for token in sentence.tokens[:j]) else j - 1
    while k > 0 and (any(s <= k < s + 4 for s in sentence.starts) and sentence[k].tag == "PUNCT"):
        k -= 1
    return k - 1 if k != j and sentence.low(k) == ":" else j


def before_examples(sentence: Sentence, j: int) -> int:
    """Before the examples that end at `j`: « Les [entités] telles que la FAO et le PAM doivent »."""
    if LIKENESS.isdisjoint(sentence.lows):  # nearly always
        return j
    for k in range(j - 1, 0, -1):
        if sentence[k].finite or sentence.low(k) in STRONG_MARKS:
            break
        if sentence.low(k) in LIKENESS and sentence.low(k + 1) in QUE:
            return k - 1 - (sentence.low(k - 1) == ",")
    return j


def before_insertion(sentence: Sentence, j: int) -> int:
    """Before the verb, an insertion between commas is stepped over when it leaves a pronoun or an aside's host."""
    if sentence.low(j) in DASHES:  # « La Régie – c'est là son premier grief – demande »
        return next((k - 1 for k in range(j - 1, max(j - 40, 0), -1) if sentence.low(k) in DASHES), j)
    if sentence.low(j) != ",":
        return j
    for k in range(j - 1, max(j - 60, 0), -1):
        if sentence.low(k) in STRONG_MARKS:
            return j
        if sentence.low(k) == ",":
            before, after = sentence.low(k - 1), sentence.low(k + 1)
            if _after_adverbs(sentence, k + 1) == j:  # « que les banques, [enfin], cessent »
                return k - 1
            if sentence[k + 1 + (after in AND_OR)].gerund:
                return _before_aside(sentence, _before_gerunds(sentence, k))
            if any(before in words for words in (SUBJECT_PRONOUNS, SELF, LATTER_ENDS, HERE_OR_THERE, OTHERS)):
                return k - 1
            emphatic = after in LUI and k + 2 == j  # « La délégation, [elle], en est convaincue »
            aside = emphatic or after in ASIDES or after in OPENS_ADJUNCT or sentence[k + 1].participle
            aside = aside or any(sentence.follows(k + 1, *contrast) for contrast in CONTRASTS)
            # « Le gérant, [à moins que les statuts n'en disposent autrement], doit »
            opens = not CONDITIONS.isdisjoint(sentence.lows[k + 1 : min(k + 5, j)])
            clause = opens and "," not in sentence.lows[k + 1 : j] and sentence[k - 1].tag in ("NOUN", "PROPN", "ADJ")
            named = after in TITLES and j - k < 6  # « La directrice de l'Institut, [Mme Diallo], a prié »
            named = named or sentence.follows(j - len(LEADING), *LEADING)  # « les élus, [maire en tête], ont »
            if aside or clause or named or _apposed(sentence, k + 1) or _bare(sentence, k + 1, j):
                return _before_aside(sentence, k - 1)
    return j


def _bare(sentence: Sentence, j: int, comma: int) -> bool:
    """Whether a noun without article stands apart and says what somebody is: « un autre, [agriculteur], a refusé »."""
    token = sentence[j]
    other = sentence.low(j - 2) in FURTHER | NTH.keys()
    return (
        other and token.tag == "NOUN" and token.form.islower() and not any(t.finite for t in sentence.tokens[j:comma])
    )


def _before_gerunds(sentence: Sentence, j: int) -> int:
    """Before the first of several gerunds: « Le [juge], notant que A dure, et soulignant B, prie »."""
    pending, first_comma = 0, j
    for k in range(j - 1, 0, -1):
        low = sentence.low(k)
        if low in STRONG_MARKS:
            break
        if low in MAY_OPEN and opens_clause(sentence, k):
            pending -= 1
        elif sentence[k].finite:
            pending += 1
        elif low == "," and pending <= 0 and sentence[k + 1].gerund:
            first_comma = k
    return first_comma - 1


def _before_aside(sentence: Sentence, j: int) -> int:
    """Before the aside that ends at `j`, if one does: « La Cour[, après avoir entendu les juges], qui ont …, prie »."""
    for k in range(j, max(j - 30, 0), -1):
        if sentence[k].finite or sentence.low(k) in STRONG_MARKS:
            return j
        if sentence.low(k) == ",":
            opens = sentence.low(k + 1) in PREPOSITIONS or sentence[k + 1].gerund
            return k - 1 if opens and (sentence[k - 1].noun or sentence[k - 1].tag == "ADJ") else j
    return j


def _apposed(sentence: Sentence, j: int) -> bool:
    """Whether an adjective stands apart at `j`, with its adverbs: « les juges, [trop peu nombreux], »."""
    j = _after_adverbs(sentence, j)
    return j < len(sentence) and sentence[j].tag == "ADJ" and not sentence[j].noun


def _after_adverbs(sentence: Sentence, j: int) -> int:
    """The rank after the adverbs and set phrases that stand from `j` on."""
    while j < len(sentence) and (length := max(phrase_beginning(sentence, j), is_adverb(sentence, j))):
        j += length
    return j


def before_participle(sentence: Sentence, j: int) -> int:
    """Before the participle that ends at `j` between commas: « Le [Comité], présidé par le Mali, qui devra agir »."""
    for k in range(j, max(j - 15, 1), -1):
        if sentence[k].finite or sentence.low(k) in STRONG_MARKS or sentence.low(k) in OPENERS:
            return j
        if sentence.low(k) == ",":
            if "non" in sentence.lows[k + 1 : k + 3]:  # « que ce soit le [préfet], et non le maire, qui paie »
                return k - 1
            apart = sentence[k + 1].participle and sentence.low(k + 2) in LINKS
            if apart and sentence.low(k - 1) == ")":  # « le Comité (CSA), présidé par »
                return next((m for m in range(k - 2, max(k - 12, 0), -1) if sentence.low(m) == "("), k) - 1
            return k - 1 if apart and sentence[k - 1].noun else j
    return j
