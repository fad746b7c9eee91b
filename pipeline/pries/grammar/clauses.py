"""Clauses: where one begins, which noun phrases stand free in it, and whether one of these agrees with its verb.

"Dans son rapport, [le Comité] et [le Conseil] ont prié" -> both stand free, and both together agree with "ont"
"""

from __future__ import annotations

from pries.base.rules import once
from pries.grammar.joints import before_joint_of_actors
from pries.grammar.phrases import Phrase, head_after, is_determiner, phrase_at, phrase_of
from pries.grammar.sentence import Sentence, opens_clause
from pries.grammar.verbs import VerbalGroup
from pries.grammar.words import (
    ABOUT,
    AND_OR,
    ANOTHER,
    ARTICLES,
    CLITICS_OR_NEGATION,
    CLOSING_QUOTES,
    COMMANDS_ON,
    DE,
    EACH_OF,
    ETRE,
    FORMS_OF_BOTH,
    IL_ILS,
    JOINS_AFTER,
    JOINS_BEFORE,
    LIKENED,
    MAY_OPEN,
    MODALS,
    MUST,
    OBLIQUE_RELATIVES,
    OF,
    OF_THE,
    ONE,
    OPENING_QUOTES,
    PREPOSITIONS,
    QUE,
    RELATIVE_SUBJECTS,
    RELATIVES,
    SE,
    STRONG_MARKS,
    TAKEN,
    TO_WHOM,
)

CONDITIONAL = ("rait", "raient")
SINGULAR_IN_ENT = ("vient", "tient")  # convient, appartient: the endings of venir and tenir


def plural_of(sentence: Sentence, group: VerbalGroup) -> bool | None:
    """Whether the verb is plural, None where its form does not say."""
    if group.tense in ("participle", "gerund", "infinitive") and not group.auxiliaries:
        return None
    low = sentence.low(group.auxiliaries[0] if group.auxiliaries else group.verb)
    return low.endswith(("ent", "ont")) and not low.endswith(SINGULAR_IN_ENT)


def repeats(sentence: Sentence, i: int, j: int) -> bool:
    """Whether the verb at `j`, or behind its negation, has the form of that at `i`: « devrait et ne [devrait] pas »."""
    j += sentence.low(j) in CLITICS_OR_NEGATION
    one, two = sentence.lows[i], sentence.lows[j]
    return one == two or (one.endswith(CONDITIONAL) and two.endswith(CONDITIONAL))


def fits(sentence: Sentence, phrase: Phrase, plural: bool | None, stop: int) -> bool:
    """Whether the number of a phrase, with what is coordinated to it, is that of the verb, and it is no predicate."""
    if sentence.low(phrase.start - 1) in ETRE:  # « quiconque est [responsable] de la perte doit »
        return False
    if plural is None:
        return True
    if phrase.start == phrase.head and sentence[phrase.head].form[:1].isupper():
        return True  # « [Bruxelles] exhorte »
    own = sentence[phrase.head].plural
    if own == plural or sentence.low(phrase.start) in EACH_OF:
        return True
    if not plural:
        one = phrase.start + (sentence.low(phrase.start) in ARTICLES)  # « l'[un] des juges », « l'un ou l'autre des »
        return sentence.low(one) in ONE | ANOTHER and sentence.low(one + 1) in OF
    before = min(before_joint_of_actors(sentence, phrase.start - 1), phrase.start - 2)
    if not JOINS_BEFORE.isdisjoint(sentence.lows[max(before + 1, 0) : phrase.start]):
        return True
    after, inside = sentence.lows[phrase.end : stop], sentence.lows[phrase.start : phrase.end]
    return not JOINS_AFTER.isdisjoint(after) or not sentence.cues.plural_count.isdisjoint(inside)


def bare_phrases(sentence: Sentence, start: int, last: int) -> list[Phrase]:
    """The noun phrases without preposition between two ranks."""
    found = []
    k = start
    while k <= last:
        k += 2 * _approximates(sentence, k)
        token = sentence[k]
        if token.low in PREPOSITIONS and not (token.low in OF_THE and token.tag == "DET"):
            head = head_after(sentence, k + 1)
            k = phrase_of(sentence, head).end if head is not None and head <= last else k + 1
            continue
        opens = is_determiner(token) or token.noun or token.low in sentence.cues.count
        head = head_after(sentence, k) if opens else None
        if head is not None and head <= last:
            phrase = phrase_of(sentence, head)
            found.append(Phrase(min(phrase.start, k), phrase.end, head))
            k = max(phrase.end, head + 1)
            continue
        k += 1
    return found


def _approximates(sentence: Sentence, k: int) -> bool:
    """Whether what stands at `k` only makes a number less precise: « [près de] 60 % des maires ont »."""
    if sentence.low(k) not in ABOUT or sentence.low(k + 1) not in DE:
        return False
    after = k + 2 + (sentence.low(k + 2) in ARTICLES)  # « plus de la moitié des maires ont »
    return after < len(sentence) and (sentence[after].tag == "NUM" or sentence.low(after) in sentence.cues.count)


def in_relative(sentence: Sentence, start: int, i: int) -> bool:
    """Whether a relative opens between two ranks, and no comma parts it from the second: « qui voit [un feu] doit »."""
    relative = any(sentence.low(k) in RELATIVES and sentence[k].tag == "PRON" for k in range(start, i))
    return relative and sentence.low(i - 1) != ","


def tells_to_whom(sentence: Sentence, j: int) -> bool:
    """Whether a relative behind « à » stands at `j`: « le maire, à [qui] », « la cour, à [laquelle] », [auxquels]."""
    low = sentence.low(j)
    return low in TO_WHOM or (low in OBLIQUE_RELATIVES and sentence.low(j - 1) == "à")


@once
def clause_start(sentence: Sentence, j: int) -> int:
    """The first rank of the clause whose verb follows rank `j`; embedded clauses are stepped over."""
    pending = 0
    for token in reversed(sentence.tokens[: max(j + 1, 0)]):
        if token.low in STRONG_MARKS or token.i in sentence.starts:
            return token.i + 1
        if token.finite:
            pending += 1
        elif token.low in MAY_OPEN and opens_clause(sentence, token.i):
            if not pending:
                return token.i + 1
            pending -= 1
            if not pending and token.low in QUE and token.tag == "SCONJ" and not sentence[token.i - 1].noun:
                return token.i + 1
    return 0


def under_si(sentence: Sentence, start: int) -> bool:
    """Whether "si" opens the clause of the verb ("si la situation devait empirer")."""
    pending = 0
    for j in range(start - 1, -1, -1):
        low = sentence.low(j)
        if low in STRONG_MARKS:
            return False
        if low == "si" or (low == "s'" and sentence.low(j + 1) in IL_ILS):
            return pending == 0 and sentence[j].tag != "ADV"
        if low in RELATIVES:
            if pending == 0:
                return False
            pending -= 1
        elif sentence[j].finite:
            pending += 1
        elif low == "," and pending == 0 and any(sentence[k].finite for k in range(j)):
            return False
    return False


def is_quoted(sentence: Sentence, i: int) -> bool:
    """Whether the word at `i` alone stands between quotation marks: « remplacer le mot « [prie] » »."""
    return sentence.low(i - 1) in OPENING_QUOTES and sentence.low(i + 1) in CLOSING_QUOTES


def is_bare_complement(sentence: Sentence, noun: int) -> bool:
    """Whether a noun without determiner only qualifies the noun before: « les opérations de [paix] qui »."""
    return sentence.low(noun - 1) in DE and sentence[noun].form[:1].islower()


def climb(sentence: Sentence, head: int, plural: bool | None) -> int:
    """From "de Y" to X while X agrees as well: « les représentants des États qui ont … »."""
    while True:
        start = phrase_of(sentence, head).start
        if sentence.low(start - 1) not in OF:
            return head
        upper = next((m for m in range(start - 2, max(start - 6, -1), -1) if sentence[m].noun), None)
        cues = sentence.cues  # « l'avis du [Conseil], qui demande », « la création d'un [comité] qui devra »
        named = upper is not None and sentence.low(upper) not in cues.fact | cues.founding | cues.circumstance
        if upper is None or not named or sentence.low(upper) in LIKENED:
            return head  # « c'est le cas de la [Ligue], qui demande »
        if plural is not None and sentence[upper].plural != plural:
            return head
        head = upper


def relative_before(sentence: Sentence, verb: int) -> int | None:
    """The rank of "qui" right before a verb, clitics between: « les communes [qui] le demandent »."""
    k = verb - 1
    while sentence.low(k) in CLITICS_OR_NEGATION:
        k -= 1
    return k if sentence.low(k) in RELATIVE_SUBJECTS else None


def commands(sentence: Sentence, start: int) -> bool:
    """Whether the verb opens an operative paragraph, or is coordinated to one that does ("Rappelle … et prie")."""
    opening = 0
    while opening < len(sentence) and (
        sentence[opening].tag in ("NUM", "PUNCT") or not sentence[opening].form[:1].isalpha()
    ):
        opening += 1
    if opening >= len(sentence) or opening >= start:
        return opening == start < len(sentence)
    opening += sentence.low(opening) in SE and opening + 1 < start  # « Se félicite de …, et engage »
    token = sentence[opening]
    noun = token.tag == "NOUN" and token.low.endswith("e") and sentence.low(opening + 1) in TAKEN  # "Note que"
    capital = token.form[:1].isupper() or sentence.low(opening - 1) in SE
    verb = next((k for k in range(start, min(start + 4, len(sentence))) if sentence[k].finite), start)
    if sentence[verb].lemma in MODALS or (verb > start and sentence.low(verb) in MUST):
        return False  # « Décide que tous les États, y compris les îles, [doivent] agir »
    opens = (token.finite or noun) and capital and token.low not in FORMS_OF_BOTH
    return opens and sentence.low(start - 1) in COMMANDS_ON


def noun_of_relative(sentence: Sentence, j: int) -> Phrase | None:
    """The phrase behind "et" of a relative that ends at `j`: « A paie et [les villes] qui ont refusé doivent »."""
    finites = 0
    for k in range(j, 1, -1):
        if sentence.low(k) in STRONG_MARKS or finites > 1:
            return None
        if sentence.low(k) in RELATIVE_SUBJECTS:
            joints = (m for m in range(k - 2, 0, -1) if sentence.low(m) in AND_OR)
            phrase = phrase_at(sentence, next(joints, k - 1) + 1) if finites == 1 else None
            return phrase if phrase and phrase.end == k else None
        finites += sentence[k].finite
    return None
