"""Subjects: the subject of a verb, by pronoun, relative, parse or place, whichever speaks first.

"[Les États Membres], réunis à Genève, ont prié le Conseil et [exhorté] les parties" -> Les États Membres, for both
"""

from __future__ import annotations

from typing import NamedTuple

from pries.grammar.morphology import AVOIR, ETRE
from pries.grammar.phrases import Phrase, head_after, is_determiner, phrase_at, phrase_of
from pries.grammar.sentence import PREPOSITIONS, RELATIVES, Sentence, next_verb, opens_clause
from pries.grammar.verbs import VerbalGroup, any_group, is_adverb

PRONOUNS = frozenset(
    "il elle ils elles on je j' nous vous ceux-ci celles-ci celui-ci celle-ci certains certaines d'aucuns "
    "tous toutes chacun chacune beaucoup plusieurs nul cela ceci ce c'".split()
)
RELATIVE_SUBJECTS = frozenset(("qui", "lesquels", "lesquelles", "lequel", "laquelle"))
# What opens an aside after a subject: "les organes, dont le Conseil et ses commissions, sont invités".
ASIDES = frozenset(
    ("dont", "notamment", "y", "en", "comme", "tels", "telles", "tel", "telle", "particulièrement", "surtout")
)


class Subject(NamedTuple):
    """The subject of a verb: a noun phrase, or the rank of a pronoun."""

    phrase: Phrase | None
    pronoun: int | None


def subject(sentence: Sentence, group: VerbalGroup, depth: int = 0) -> Subject | None:
    """The subject of a verbal group; None for an imperative, an infinitive, or where none can be told."""
    if group.inverted is not None:
        return Subject(None, group.inverted)
    if depth > 4 or _commands(sentence, group.start):
        return None
    if group.shared is not None:
        return subject(sentence, any_group(sentence, group.shared), depth + 1)
    j = group.start - 1
    while j >= 0 and is_adverb(sentence, j) and sentence.low(j) not in PRONOUNS:
        j -= 1
    j = _before_insertion(sentence, _before_list(sentence, j))
    low = sentence.low(j)
    if low in PRONOUNS:
        return Subject(None, j)
    if low in ("eux", "elles") and sentence.low(j - 1) in ("entre", "d'"):  # "plusieurs d'entre eux", "l'un d'eux"
        return Subject(None, j - (3 if sentence.low(j - 1) == "entre" else 2))
    if low in ("dernier", "dernière", "derniers", "dernières", "-ci", "-là") and j > 0:  # "ces derniers", "celui-ci"
        return Subject(None, j - 1)
    if low in ("uns", "unes") and sentence.low(j - 1) == "-":  # "quelques-uns"
        return Subject(None, j - 2)
    if low == "autres" and sentence.low(j - 1) in ("d'", "de", "les") and not sentence[j].noun:
        return Subject(None, j - 1)
    if low in ("que", "qu'") and j > 0 and sentence[j - 1].noun and (after := _inverted(sentence, group)) is not None:
        return Subject(after, None)
    if low in RELATIVE_SUBJECTS:
        return antecedent(sentence, j, group)
    if low in ("et", "ou", "mais", "puis") or (low == "," and sentence.low(j + 1) in ("puis",)):
        return _shared(sentence, group, j, depth)
    found = _by_place(sentence, group, j, adjacent=True) or _by_arc(sentence, group)
    return found or _shared(sentence, group, j, depth) or _by_place(sentence, group, j, adjacent=False)


def _inverted(sentence: Sentence, group: VerbalGroup) -> Phrase | None:
    """The subject behind its verb in a relative: « les décisions que doit prendre [l'Assemblée] »."""
    j = group.end
    while j < len(sentence) and (sentence[j].infinitive or is_adverb(sentence, j)):
        j += 1
    phrase = phrase_at(sentence, j)
    return phrase if phrase and _fits(sentence, phrase, plural_of(sentence, group), phrase.end) else None


def _commands(sentence: Sentence, start: int) -> bool:
    """Whether the verb opens an operative paragraph, or is coordinated to one that does ("Rappelle … et prie")."""
    first = 0
    while first < len(sentence) and (sentence[first].tag in ("NUM", "PUNCT") or not sentence[first].form[:1].isalpha()):
        first += 1
    if first >= len(sentence) or first > start:
        return False
    if first == start:
        return True
    token = sentence[first]
    noun = token.tag == "NOUN" and token.low.endswith("e") and sentence.low(first + 1) in TAKEN  # "Note que"
    if not (token.finite or noun) or not token.form[:1].isupper() or token.low in (*AVOIR, *ETRE):
        return False
    return sentence.low(start - 1) in ("et", ",", ";")


TAKEN = frozenset(("que", "qu'", "avec", "les", "la", "le", "l'"))


def plural_of(sentence: Sentence, group: VerbalGroup) -> bool | None:
    """Whether the verb is plural, None where its form does not say."""
    if group.tense in ("participle", "gerund", "infinitive") and not group.auxiliaries:
        return None
    low = sentence.low(group.auxiliaries[0] if group.auxiliaries else group.verb)
    return low.endswith(("ent", "ont")) and not low.endswith(("vient", "tient"))


def _before_list(sentence: Sentence, j: int) -> int:
    """Before the first item of a list, the subject stands left of the colon: « que le Bureau : a) publie … »."""
    k = j
    while k > 0 and (any(s <= k < s + 4 for s in sentence.starts) and sentence[k].tag == "PUNCT"):
        k -= 1
    return k - 1 if k != j and sentence.low(k) == ":" else j


def _before_insertion(sentence: Sentence, j: int) -> int:
    """Before the verb, an insertion between commas is stepped over when it leaves a pronoun or an aside's host."""
    if sentence.low(j) != ",":
        return j
    for k in range(j - 1, max(j - 60, 0), -1):
        if sentence.low(k) in (";", ":"):
            return j
        if sentence.low(k) == ",":
            before, after = sentence.low(k - 1), sentence.low(k + 1)
            if before in PRONOUNS | RELATIVE_SUBJECTS:
                return k - 1
            if after in ASIDES | RELATIVES or sentence[k + 1].gerund or sentence[k + 1].participle:
                return k - 1
    return j


def _by_arc(sentence: Sentence, group: VerbalGroup) -> Subject | None:
    """The subject that the parse gives to the verb, its auxiliary, or its infinitive, if number and place agree."""
    verbs = {group.verb, *group.auxiliaries}
    for j in range(group.end, min(group.end + 6, len(sentence))):
        if sentence[j].head in verbs and sentence[j].relation in ("xcomp", "ccomp", "conj", "aux:pass"):
            verbs.add(j)
    if sentence[group.verb].relation in ("aux", "aux:tense", "aux:pass", "cop"):
        verbs.add(sentence[group.verb].head)
    plural = plural_of(sentence, group)
    for token in reversed(sentence.tokens[: group.start]):
        if token.head not in verbs or not token.relation.startswith("nsubj") or not token.noun:
            continue
        if any(sentence.low(j) in (";", ":") for j in range(token.i, group.start)):
            continue
        phrase = phrase_of(sentence, token.i)
        if _fits(sentence, phrase, plural, group.start):
            return Subject(phrase, None)
    return None


def _fits(sentence: Sentence, phrase: Phrase, plural: bool | None, stop: int) -> bool:
    """Whether the number of a phrase, with what is coordinated to it, is that of the verb."""
    if plural is None:
        return True
    own = sentence[phrase.head].plural
    if own == plural:
        return True
    if not plural:
        return False
    joined = any(sentence.low(j) in ("et", "ou", "ainsi") for j in range(phrase.end, stop)) or sentence.low(
        phrase.start - 1
    ) in ("et", "ou", "que")
    return joined or any(sentence.low(j) in ("plupart", "nombre", "majorité") for j in range(phrase.start, phrase.end))


def _by_place(sentence: Sentence, group: VerbalGroup, j: int, adjacent: bool) -> Subject | None:
    """The noun phrase without preposition that stands before the verb, in the same clause."""
    plural = plural_of(sentence, group)
    best: Phrase | None = None
    start = clause_start(sentence, j)
    for phrase in bare_phrases(sentence, start, j):
        if not _fits(sentence, phrase, plural, j + 1):
            continue
        closed = sentence.low(phrase.start - 1) == ","
        related = not closed and any(
            sentence[k].tag == "PRON" and sentence.low(k) in RELATIVES for k in range(start, phrase.start)
        )
        if adjacent and phrase.end == j + 1 and not related:
            return Subject(phrase, None)
        if not adjacent and best is None:
            best = phrase
    return Subject(best, None) if best else None


def bare_phrases(sentence: Sentence, start: int, last: int) -> list[Phrase]:
    """The noun phrases without preposition between two ranks."""
    found = []
    k = start
    while k <= last:
        token = sentence[k]
        if token.low in PREPOSITIONS and not (token.low in ("des", "du") and token.tag == "DET"):
            head = head_after(sentence, k + 1)
            k = phrase_of(sentence, head).end if head is not None and head <= last else k + 1
            continue
        head = head_after(sentence, k) if is_determiner(token) or token.noun else None
        if head is not None and head <= last:
            phrase = phrase_of(sentence, head)
            found.append(Phrase(min(phrase.start, k), phrase.end, head))
            k = max(phrase.end, head + 1)
            continue
        k += 1
    return found


def clause_start(sentence: Sentence, j: int) -> int:
    """The first rank of the clause whose verb follows rank `j`; embedded clauses are stepped over."""
    pending = 0
    while j >= 0:
        low = sentence.low(j)
        if low in (";", ":") or j in sentence.starts:
            return j + 1
        if sentence[j].finite:
            pending += 1
        elif opens_clause(sentence, j):
            if not pending:
                return j + 1
            pending -= 1
            if not pending and low in ("que", "qu'") and sentence[j].tag == "SCONJ" and not sentence[j - 1].noun:
                return j + 1
        j -= 1
    return 0


def _shared(sentence: Sentence, group: VerbalGroup, j: int, depth: int) -> Subject | None:
    """A coordinated verb shares the subject of the verb before it, of the main clause rather than of one with "que".

    « Le Comité estime que des économies sont possibles et [prie] … » -> Le Comité
    """
    if sentence.low(j) not in ("et", ",", "mais", "puis", "ou"):
        return None
    plural = plural_of(sentence, group)
    embedded: Subject | None = None
    for i in range(j - 1, -1, -1):
        if sentence.low(i) in (";", ":"):
            break
        if not sentence[i].finite:
            continue
        other = any_group(sentence, i)
        start = clause_start(sentence, i - 1)
        inside = start > 0 and opens_clause(sentence, start - 1)
        agrees = plural is None or plural_of(sentence, other) in (None, plural)
        if not agrees or (inside and sentence.low(start - 1) not in ("que", "qu'")):
            continue
        found = subject(sentence, other, depth + 1)
        if found and not inside:
            return found
        embedded = embedded or found
    return embedded


def antecedent(sentence: Sentence, relative: int, group: VerbalGroup) -> Subject | None:
    """The noun phrase that a relative pronoun stands for: the highest near it whose number agrees with the verb."""
    plural = plural_of(sentence, group)
    j = relative - 1
    while j >= 0 and sentence.low(j) in (",", ")", "et"):
        j -= 1
    for k in range(j, max(j - 25, -1), -1):
        if sentence[k].finite or sentence.low(k) in (";", ":"):
            return None
        if sentence[k].noun and sentence.low(k) not in MONTHS and plural in (None, sentence[k].plural):
            return Subject(phrase_of(sentence, _climb(sentence, k, plural)), None)
    return None


MONTHS = frozenset("janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split())


def _climb(sentence: Sentence, head: int, plural: bool | None) -> int:
    """From "de Y" to X while X agrees as well: « les représentants des États qui ont … »."""
    while True:
        start = phrase_of(sentence, head).start
        if sentence.low(start - 1) not in ("de", "d'", "des", "du"):
            return head
        upper = next((m for m in range(start - 2, max(start - 6, -1), -1) if sentence[m].noun), None)
        if upper is None or (plural is not None and sentence[upper].plural != plural):
            return head
        head = upper


def main_subject(sentence: Sentence, group: VerbalGroup) -> Subject | None:
    """The subject of the main verb that a participle, gerund or infinitive belongs to: before it, else after."""
    for j in range(group.start - 1, -1, -1):
        if sentence.low(j) in (";", ":"):
            break
        if sentence[j].finite:
            start = clause_start(sentence, j - 1)
            if start == 0 or sentence.low(start - 1) not in RELATIVES:
                return subject(sentence, any_group(sentence, j))
    verb = next_verb(sentence, group.end)
    return None if verb is None else subject(sentence, any_group(sentence, verb))


def left_noun(sentence: Sentence, start: int) -> Subject | None:
    """The noun that a reduced participle belongs to: « les États [invités] à »."""
    for j in range(start - 1, max(start - 8, -1), -1):
        if sentence[j].noun:
            return Subject(phrase_of(sentence, j), None)
        if sentence[j].tag not in ("ADJ", "ADV", "PUNCT"):
            return None
    return None
