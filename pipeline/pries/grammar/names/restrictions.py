"""Restrictions: complements with any word that belong to a name, because of what stands behind them.

"les [juges aux affaires familiales] doivent", "les [organes chargés d'examiner les comptes] doivent"
"""

from __future__ import annotations

from pries.grammar.continuations import infinitive_follows
from pries.grammar.sentence import Sentence
from pries.grammar.verbs import is_adverb, phrase_beginning, phrase_ending
from pries.grammar.words import (
    ACTOR_JOINTS,
    AND_OR,
    ARTICLES,
    AS_REGARDS,
    CE,
    CLITICS_OR_NEGATION,
    DE,
    DETERMINERS,
    ETRE,
    INFINITIVE_MARKERS,
    JOINS,
    NUMBERS,
    OF,
    OF_OR_TO,
    PLURALS,
    POSSESSIVES,
    PREPOSITIONS,
    QUE,
    RELATIVES,
    RESTRICT,
    STRONG_MARKS,
    SUBORDINATORS,
    TO,
    TO_THE,
)

LONGEST_RESTRICTION = 18  # tokens


def charged_end(sentence: Sentence, i: int, head: int) -> int | None:
    """The rank after what somebody is charged, able or willing to do: « les organes [chargés d'examiner les comptes] ».

    It goes up to the verb, the marker of another infinitive, or the mark that ends the complements.
    """
    i -= sentence.lows[i] in INFINITIVE_MARKERS and i > head + 1  # « le Groupe de haut niveau chargé [d'étudier] »
    token, marker = sentence[i], sentence.low(i + 1)
    governors = sentence.cues.governor_de if marker in DE else sentence.cues.governor if marker == "à" else ()
    charged = sentence.lows[i] in governors and not token.finite and token.plural == sentence[head].plural
    if not charged or not infinitive_follows(sentence, i + 2):
        return None
    stop = i + 1
    while sentence.low(stop) in DE or sentence.low(stop) == marker:  # « et [de conseiller les États] »
        end = _infinitive_clause_end(sentence, stop + 1)
        again = sentence.low(end) in AND_OR and infinitive_follows(sentence, end + 2)
        stop, i = end + 1, end
        if not again:
            break
    return i - phrase_ending(sentence, i - 1)


def _infinitive_clause_end(sentence: Sentence, k: int) -> int:
    """The rank after the infinitive that stands at or after `k` and its complements."""
    while not sentence[k].infinitive:
        k += 1
    begin = k = k + 1
    while k < min(begin + LONGEST_RESTRICTION, len(sentence)):
        token, low = sentence[k], sentence.lows[k]
        further = low in INFINITIVE_MARKERS and infinitive_follows(sentence, k + 1)
        opens = low in SUBORDINATORS or low in QUE or low in RELATIVES
        if token.finite or further or opens or token.tag in ("PUNCT", "CCONJ"):
            break
        k += 1
    while k > begin and sentence.lows[k - 1] in CLITICS_OR_NEGATION:  # « appelés à statuer [se] récusent »
        k -= 1
    return k


def restricted_end(sentence: Sentence, i: int, head: int) -> int | None:
    """The rank after a complement with any preposition that alone parts a name from what it must stand before.

    That is the verb of which the name is the subject, or the action to which its bearer is asked: « les [juges aux
    affaires familiales] doivent », « invite les [agents en poste à l'étranger] à écrire ».
    """
    low = sentence.lows[i]
    if low not in RESTRICT and not (low in AND_OR and sentence.low(i + 1) == "non"):
        agrees = sentence[i].plural == sentence[head].plural or low.endswith("s")  # « les avocats commis d'office »
        asks = sentence[i].lemma in sentence.cues.asking and infinitive_follows(sentence, i + 2)
        qualifies = sentence[i].participle and agrees and not asks  # « et les jurés priés de se taire »
        if not qualifies:
            return None
    if low == "sur" and (sentence.low(i + 1) in NUMBERS or sentence.low(i + 1).isdigit()):
        return None  # « sept syndicats sur neuf »
    if low in TO_THE and sentence.low(i + 1) in AS_REGARDS:
        return None  # « prie l'État, [au titre de la Convention], de »
    if sentence.low(i + 1) in POSSESSIVES or phrase_beginning(sentence, i) or phrase_ending(sentence, i):
        return None
    opening = _opening(sentence, head)
    stop = _stop(sentence, i, head, opening)
    if stop is None:
        return None
    while stop > i and (sentence.lows[stop - 1] in CLITICS_OR_NEGATION or is_adverb(sentence, stop - 1)):
        stop -= 1
    by_rank = phrase_ending(sentence, stop - 1)  # « les avocats [commis d'office] »
    stop -= 0 if by_rank and stop - by_rank == i + 1 and sentence[i].participle else by_rank
    last = sentence[stop - 1]
    named = last.noun or last.participle or last.tag == "ADJ" or last.form[:1].isupper() or sentence[i].participle
    return stop if stop > i + 1 and named else None


def _opening(sentence: Sentence, head: int) -> int:
    """The rank before the determiner and the adjectives of the noun at `head`."""
    j = head - 1
    while j >= 0:
        low = sentence.lows[j]
        if not ((low in DETERMINERS and low not in OF_OR_TO) or sentence[j].tag in ("ADJ", "NUM")):
            break
        j -= 1
    return j


def _stop(sentence: Sentence, i: int, head: int, opening: int) -> int | None:
    """The verb, or the marker of the action, that nothing but complements parts from `i`."""
    subject = opening < 0 or sentence.lows[opening] in QUE or sentence[opening].tag in ("PUNCT", "CCONJ", "NUM")
    to = opening >= 0 and sentence.lows[opening] in OF_OR_TO
    asked = opening >= 0 and _asks(sentence, opening - to, to)
    governor = ""  # the last preposition
    for k in range(i, min(i + LONGEST_RESTRICTION, len(sentence))):
        token, low = sentence[k], sentence.lows[k]
        if low == "," and to and opening == 0 and k > i:
            return k  # « Aux personnes [à mobilité réduite], il est conseillé de »
        governor = low if low in PREPOSITIONS else governor
        if low == "qui" and k > i + 1 and subject and _verb_behind_relative(sentence, k, head):
            return k
        if token.finite:
            agrees = low.endswith(("ent", "ont")) == sentence[head].plural
            joined = not sentence[head].plural and opening >= 0 and sentence.lows[opening] in ACTOR_JOINTS
            return k if subject and (agrees or joined) else None
        if low in INFINITIVE_MARKERS and k > i and infinitive_follows(sentence, k + 1):
            own = sentence.low(k - 1) in sentence.cues.governor_de  # « les villes en mesure de le faire »
            return k if asked and not own else None
        if to and low in AND_OR and sentence.low(k + 1) in TO and asked:
            return k  # « demande à l'agent [en poste à Rome] et aux juges de »
        beside = low in AND_OR and sentence.low(k + 1) in PLURALS
        others = beside and sentence[head].plural and not sentence[k - 1].plural
        if others and (asked or subject) and k > i + 1:
            return k  # « les avocats [commis d'office] et les interprètes doivent »
        listed = low == "," and k > i + 1 and (asked or subject) and sentence.low(k + 1) in ARTICLES
        if listed and any(sentence.low(m) in AND_OR for m in range(k + 1, len(sentence))):
            return k  # « invite les [agents en poste à Rome], les juges et les maires à »
        inside = low in PREPOSITIONS or sentence.low(k - 1) in PREPOSITIONS or low not in DETERMINERS
        ends = token.tag == "PUNCT" or token.infinitive or token.gerund or low in SUBORDINATORS or low in RELATIVES
        if ends or not inside or (low in sentence.cues.adjunct and governor not in OF):
            return None
    return None


def _verb_behind_relative(sentence: Sentence, qui: int, head: int) -> bool:
    """Whether the verb comes behind a relative: « les organes [chargés des prisons] qui en relèvent [doivent] »."""
    verbs = [k for k in range(qui + 1, min(qui + LONGEST_RESTRICTION, len(sentence))) if sentence[k].finite]
    apart = any(
        sentence.low(k) == "," or sentence.low(k) in STRONG_MARKS for k in range(qui, verbs[1] if verbs[1:] else qui)
    )
    return len(verbs) > 1 and not apart and sentence.low(verbs[1]).endswith(("ent", "ont")) == sentence[head].plural


def _asks(sentence: Sentence, j: int, to: bool) -> bool:
    """Whether a verb of asking ends at `j`, adverbs stepped over: « invite de nouveau [les agents] »."""
    j = over_adverbs(sentence, j)
    if to and sentence.low(j) in ETRE:  # « C'est aux [services à domicile] de »
        return sentence.low(j - 1) in CE
    if j > 0 and sentence.low(j) in JOINS:  # « demande au maire de payer et aux [agents en poste à l'étranger] de »
        asks = sentence.cues.asks(to)
        return any(token.lemma in asks and token.verb for token in sentence.tokens[:j])
    cues = sentence.cues.asks(to)
    burdens = to and sentence.low(j) in sentence.cues.burden  # « fait obligation aux [agents en poste à Rome] de »
    return j >= 0 and (burdens or sentence[j].lemma in cues or sentence.lows[j] in cues)


def over_adverbs(sentence: Sentence, j: int) -> int:
    """The rank at or before `j` where no adverb ends: « en [évitant] autant que possible »."""
    while j > 0 and (is_adverb(sentence, j) or phrase_ending(sentence, j)):
        j -= phrase_ending(sentence, j) or 1
    return j
