"""Subjects: the subject of a verb, by pronoun, relative, parse or place, whichever speaks first.

"[Les États Membres], réunis à Genève, ont prié le Conseil et [exhorté] les parties" -> Les États Membres, for both
"""

from __future__ import annotations

from typing import NamedTuple

from pries.base.rules import first
from pries.grammar import words
from pries.grammar.clauses import (
    bare_phrases,
    clause_start,
    climb,
    commands,
    fits,
    in_relative,
    is_bare_complement,
    is_quoted,
    noun_of_relative,
    plural_of,
    relative_before,
    repeats,
)
from pries.grammar.inserted.before_verb import before_examples, before_insertion, before_list, before_participle
from pries.grammar.phrases import Phrase, is_determiner, is_determiner_before, phrase_at, phrase_of
from pries.grammar.pronominal.first_word import first_word, pointed_out
from pries.grammar.sentence import Sentence, next_verb, opens_clause
from pries.grammar.verbs import VerbalGroup, any_group, is_adverb, phrase_ending


class Subject(NamedTuple):
    """The subject of a verb: a noun phrase, or the rank of a pronoun."""

    phrase: Phrase | None
    pronoun: int | None


NOBODY = Subject(None, None)  # the answer of a rule that knows that there is no subject


def subject(sentence: Sentence, group: VerbalGroup, depth: int = 0) -> Subject | None:
    """The subject of a verbal group; None for an imperative, an infinitive, or where none can be told."""
    return subject_by_rule(sentence, group, depth)[0]


def subject_by_rule(sentence: Sentence, group: VerbalGroup, depth: int = 0) -> tuple[Subject | None, str]:
    """The subject with the name of the rule that told it, looked for once: several ask for the subject of a verb."""
    known, key = sentence.found, (subject_by_rule, group.key, depth)
    if key not in known:
        known[key] = _subject_by_rule(sentence, group, depth)
    answer: tuple[Subject | None, str] = known[key]
    return answer


def _subject_by_rule(sentence: Sentence, group: VerbalGroup, depth: int) -> tuple[Subject | None, str]:
    j = group.start - 1
    while j >= 0 and is_adverb(sentence, j) and sentence.low(j) not in words.PRONOUNS:
        if sentence.low(j) in words.NUMBERS and first_word(sentence, j) is not None:
            break  # « Parmi les élus, [deux] ont prié », but « les élus ont tous deux prié »
        j -= 1
    emphatic = sentence.low(j) in words.EMPHATIC and sentence[j - 1].tag in ("NOUN", "PROPN", "ADJ")
    j -= emphatic  # « le maire lui-même a »
    j = before_insertion(sentence, before_list(sentence, before_examples(sentence, j)))
    found, rule = first(SUBJECTS, sentence, group, j, depth)
    return None if found is NOBODY else found, rule


def _behind_the_verb(sentence: Sentence, group: VerbalGroup, j: int, depth: int) -> Subject | None:
    """The pronoun of an inversion, or the noun that it repeats: « a-t-[elle] prié », « le [Comité] a-t-il prié »."""
    if group.inverted is None:
        return None
    apart = sentence.low(group.start - 1) in words.JOINS  # "la dette, a-t-elle ajouté"
    repeated = _inverted_before(sentence, group, depth) if apart else _by_place(sentence, group, j, adjacent=True)
    return repeated or Subject(None, group.inverted)


def _inverted_before(sentence: Sentence, group: VerbalGroup, depth: int) -> Subject | None:
    """The noun of an inversion before it: « Aussi le [maire] a-t-il cédé et demande-t-il aux élus de »."""
    same = sentence.low(group.inverted or 0)
    near = (j for j in range(group.start - 1, 0, -1) if sentence.low(j) == same and sentence[j - 1].low != ",")
    found = (subject(sentence, any_group(sentence, j - 1 - (sentence.low(j - 1) == "-t")), depth + 1) for j in near)
    return next((one for one in found if one and one.phrase), None) if depth < 2 else None


def _command(sentence: Sentence, group: VerbalGroup, j: int, depth: int) -> Subject | None:
    """The verb at the head of an operative paragraph has no subject: « [Prie] le Secrétaire général de … »."""
    return NOBODY if depth > 4 or commands(sentence, group.start) else None


def _of_the_auxiliary(sentence: Sentence, group: VerbalGroup, j: int, depth: int) -> Subject | None:
    """A participle shares the subject of its auxiliary: « [Ils] ont condamné … et appelé … »."""
    shared = None if group.shared is None else any_group(sentence, group.shared)
    return None if shared is None else subject(sentence, shared, depth + 1) or NOBODY


def _pronoun(sentence: Sentence, group: VerbalGroup, j: int, depth: int) -> Subject | None:
    """A pronoun of one or more words before the verb: « [ils] ont prié », « [plusieurs] d'entre eux ont prié »."""
    rank = first_word(sentence, j)
    return None if rank is None else Subject(None, rank)


def _behind_in_a_relative(sentence: Sentence, group: VerbalGroup, j: int, depth: int) -> Subject | None:
    """The subject behind its verb in a relative: « les mesures que doit prendre [l'État] », « ce que dit [X] »."""
    if j <= 0 or sentence.low(j) not in words.QUE or not (sentence[j - 1].noun or sentence.low(j - 1) in words.CE):
        return None
    k = group.end
    while k < len(sentence) and (sentence[k].infinitive or is_adverb(sentence, k)):
        k += 1
    if sentence.low(k) in words.OTHER_PREPOSITIONS and (adjunct := phrase_at(sentence, k + 1)):
        k = adjunct.end  # « ce que demandent depuis dix ans [les riverains] »
    phrase = phrase_at(sentence, k)
    return Subject(phrase, None) if phrase and fits(sentence, phrase, plural_of(sentence, group), phrase.end) else None


def _antecedent(sentence: Sentence, group: VerbalGroup, j: int, depth: int) -> Subject | None:
    """The noun that a relative stands for: « [les États] qui ont prié »."""
    if sentence.low(j) not in words.RELATIVE_SUBJECTS:
        return None
    what = sentence.low(j - 1) in words.CE  # « ce qui doit »
    return NOBODY if what else antecedent(sentence, j, group) or NOBODY


def _those(sentence: Sentence, group: VerbalGroup, j: int, depth: int) -> Subject | None:
    """A pronoun with a relative between it and its verb: « [ceux] qui fument doivent sortir »."""
    if sentence.low(j) in words.RELATIVE_SUBJECTS or words.THOSE_OR_WHOEVER.isdisjoint(sentence.lows[: j + 1]):
        return None
    for k in range(start := clause_start(sentence, j), j):  # « En revanche, [celles] qui fument doivent »
        of = 2 * (sentence.low(k + 1) in words.OF)  # « [ceux] des élus qui siègent doivent », « d'entre eux qui »
        told = any(sentence.low(m) in words.RELATIVES for m in range(k + 1 + of, k + 2 + 2 * of))
        those = (sentence.low(k) in words.CELUI and told) or sentence.low(k) in words.FREE_RELATIVES
        if those and (k == start or sentence.low(k - 1) in words.JOINS_VERBS | words.QUE):
            return Subject(None, k)
    return None


def _behind_a_conjunction(sentence: Sentence, group: VerbalGroup, j: int, depth: int) -> Subject | None:
    """A coordinated verb has the subject of the verb before it: « [Le Conseil] a décidé et prie »."""
    if sentence.low(j) not in words.SHARES and not sentence.follows(j, ",", "puis"):
        return None
    found = _shared(sentence, group, j, depth) or _behind_a_semicolon(sentence, group, j, depth)
    return found or _of_a_missed_verb(sentence, group, j, depth) or NOBODY


def _of_a_missed_verb(sentence: Sentence, group: VerbalGroup, j: int, depth: int) -> Subject | None:
    """What opens a clause of whose verbs the tagger saw only the last: « Un [audit] pointe des abus et prie »."""
    start = clause_start(sentence, j)
    if not is_determiner(sentence[start]) or any(token.finite for token in sentence.tokens[start:j]):
        return None
    found = _anywhere(sentence, group, j, depth)
    return found if found is not None and found.phrase and found.phrase.start == start else None


def _adjacent(sentence: Sentence, group: VerbalGroup, j: int, depth: int) -> Subject | None:
    """The noun phrase right before the verb: « [les États Membres] ont prié »."""
    return _by_place(sentence, group, j, adjacent=True)


def _with_a_relative(sentence: Sentence, group: VerbalGroup, j: int, depth: int) -> Subject | None:
    """A noun behind "et" with a relative between it and its verb: « A paie et [les villes] qui ont refusé doivent »."""
    phrase = noun_of_relative(sentence, j)
    return Subject(phrase, None) if phrase and fits(sentence, phrase, plural_of(sentence, group), phrase.end) else None


def _by_arc(sentence: Sentence, group: VerbalGroup, j: int, depth: int) -> Subject | None:
    """What the parse calls the subject of the verb, if it agrees: « [Le Conseil], que préoccupe la crise, prie »."""
    verbs = {group.verb, *group.auxiliaries}
    for k in range(group.end, min(group.end + 6, len(sentence))):
        if sentence[k].head in verbs and sentence[k].relation in ("xcomp", "ccomp", "conj", "aux:pass"):
            verbs.add(k)
    if sentence[group.verb].relation in ("aux", "aux:tense", "aux:pass", "cop"):
        verbs.add(sentence[group.verb].head)
    plural, start = plural_of(sentence, group), clause_start(sentence, j)
    for token in reversed(sentence.tokens[: group.start]):
        if token.head not in verbs or not token.relation.startswith("nsubj") or not token.noun:
            continue
        if any(sentence.low(k) in words.STRONG_MARKS for k in range(token.i, group.start)):
            continue
        phrase = phrase_of(sentence, token.i)
        if fits(sentence, phrase, plural, group.start) and not in_relative(sentence, start, phrase.start):
            return Subject(phrase, None)
    return None


def _by_place(sentence: Sentence, group: VerbalGroup, j: int, adjacent: bool) -> Subject | None:
    """The noun phrase without preposition that stands before the verb, in the same clause."""
    plural, start = plural_of(sentence, group), clause_start(sentence, j)
    best: Phrase | None = None
    for phrase in bare_phrases(sentence, start, j):
        if not fits(sentence, phrase, plural, j + 1):
            continue
        if adjacent and phrase.end == j + 1 and not in_relative(sentence, start, phrase.start):
            return Subject(phrase, None)
        if not adjacent and best is None:
            best = phrase
    return Subject(best, None) if best else None


def _shared(sentence: Sentence, group: VerbalGroup, j: int, depth: int) -> Subject | None:
    """A coordinated verb shares the subject of the verb before it, of the main clause rather than of one with "que".

    « Le Comité estime que des économies sont possibles et [prie] … » -> Le Comité
    """
    if sentence.low(j) not in words.JOINS_VERBS:
        return None
    plural = plural_of(sentence, group)
    embedded: Subject | None = None
    related: Subject | None = None  # of a relative clause whose verb has the tense of this one
    quoted = 0
    for i in range(j - 1, -1, -1):
        low = sentence.lows[i]
        quoted += (low in words.CLOSING_QUOTES) - (low in words.OPENING_QUOTES)
        if low in words.STRONG_MARKS:
            break
        if quoted > 0 or not sentence[i].finite or is_quoted(sentence, i):
            continue
        other = any_group(sentence, i)
        if other.inverted is not None and sentence.low(other.start - 1) == ",":
            continue  # an aside: "la dette, a-t-elle ajouté, devrait"
        start = clause_start(sentence, i - 1)
        inside = start > 0 and opens_clause(sentence, start - 1)
        agrees = plural is None or plural_of(sentence, other) in (None, plural)
        relative = inside and sentence.low(start - 1) not in words.QUE
        alike = other.tense == group.tense
        if not agrees or (relative and (related is not None or embedded is not None or not alike)):
            continue
        found = subject(sentence, other, depth + 1)
        if found and inside and not relative and repeats(sentence, i, group.start):
            return found
        if found and not inside:
            return found if alike or related is None else related
        if relative:
            related = found
        else:
            embedded = embedded or found
    return embedded


def _behind_a_semicolon(sentence: Sentence, group: VerbalGroup, j: int, depth: int) -> Subject | None:
    """The subject of the first verb: « Le [Conseil] prie les États de payer ; engage les donateurs à les aider »."""
    semicolon = sentence.low(j - (sentence.low(j) in words.AND_OR)) == ";"
    verb = next_verb(sentence, 0) if semicolon and depth < 2 else None
    if verb is None or verb >= j:
        return None
    other = any_group(sentence, verb)
    alike = other.tense == group.tense and plural_of(sentence, other) == plural_of(sentence, group)
    return subject(sentence, other, depth + 1) if alike else None


def _anywhere(sentence: Sentence, group: VerbalGroup, j: int, depth: int) -> Subject | None:
    """The first noun phrase of the clause that agrees: « [Le Conseil], dans sa résolution 5, prie »."""
    return _by_place(sentence, group, j, adjacent=False)


SUBJECTS = (
    _behind_the_verb, _command, _of_the_auxiliary, _pronoun, _behind_in_a_relative, _antecedent, _those,
    _behind_a_conjunction, _adjacent, _with_a_relative, _by_arc, _shared, _behind_a_semicolon, _anywhere,
)  # fmt: skip


def _picked_out(sentence: Sentence, j: int) -> int | None:
    """The rank of a pronoun that stands before a relative: « c'est [elle] encore qui prie », « [ceux-ci], qui »."""
    while j > 0:
        beside = is_adverb(sentence, j) or sentence.low(j) in words.ONLY or sentence.low(j) == ","
        if not (length := phrase_ending(sentence, j) or beside):
            break
        j -= length
    cleft = pointed_out(sentence, j)
    first = first_word(sentence, j)
    points = first is not None and sentence.low(first) in words.POINTS
    return cleft if cleft is not None else first if points else None


def antecedent(sentence: Sentence, relative: int, group: VerbalGroup) -> Subject | None:
    """The noun phrase that a relative pronoun stands for: the highest near it whose number agrees with the verb."""
    plural = plural_of(sentence, group)
    j = relative - 1
    while j >= 0 and sentence.low(j) in words.BEFORE_RELATIVE:
        j -= 1
    if (picked := _picked_out(sentence, j)) is not None:
        return Subject(None, picked)
    j = before_participle(sentence, j) if sentence.low(relative - 1) == "," else j
    over = j + 1  # where a relative before this one begins: « les communes [qui] le demandent, lesquelles »
    for k in range(j, max(j - 25, -1), -1):
        if k >= over:
            continue
        if sentence[k].finite and (begin := relative_before(sentence, k)) is not None:
            over = begin
            continue
        if sentence[k].finite or sentence.low(k) in words.STRONG_MARKS:
            return None
        token = sentence[k]
        like_noun = token.tag == "X" and token.form.istitle()  # « [Greenpeace], qui engage »
        like_noun = like_noun or (token.tag == "ADJ" and is_determiner_before(sentence, k))
        stands = (token.noun or (k == j and like_noun)) and token.low not in words.MONTHS
        if stands and not is_bare_complement(sentence, k) and plural in (None, token.plural):
            nearest = sentence.low(relative) in words.NEAREST  # « l'avis du Comité, lequel a demandé »
            return Subject(phrase_of(sentence, k if nearest else climb(sentence, k, plural)), None)
    return None
