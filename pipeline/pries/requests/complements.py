"""Complements: where what a trigger asks for begins, in one of the slots that its frame allows.

"prié les États Membres : a) d'[instaurer] un code…; b) de [resserrer] les critères" -> de
"recommandé que ce cadre [couvre] également les migrants"                           -> que
"appelé de leurs vœux la [création] de plateformes"                                  -> noun
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from pries.base.rules import first
from pries.grammar import words as closed
from pries.grammar.items import after_joint
from pries.grammar.joints import behind_cleft, inserted_clause, insertion_end, said_aside, skip_adverbs
from pries.grammar.names.restrictions import over_adverbs
from pries.grammar.phrases import is_determiner, phrase_at
from pries.grammar.sentence import Sentence, next_verb, opens_clause
from pries.grammar.verbs import group_end, is_adverb, phrase_beginning
from pries.requests.asked.participles import asks_again
from pries.requests.asked.que import asks_that
from pries.requests.clauses import clauses
from pries.requests.coordination import Complement, infinitives, list_goes_on, polite
from pries.requests.nominals import action_noun_after, nouns
from pries.requests.vocabulary import Vocabulary, after_a_further_participle, burdened, claimed_before

NOUN_SLOT = ("noun",)
Slot = Callable[[Sentence, int, int, Vocabulary], Complement | None]


def find(sentence: Sentence, start: int, slots: tuple[str, ...], words: Vocabulary) -> Complement | None:
    """The first complement right of `start` that one of `slots` allows; None if there is none.

    Embedded relative clauses are stepped over; a finite verb that no relative pronoun announces ends the search.
    """
    rules = rules_of(slots)
    if _noun in rules and _with_a in rules:  # « encourage l'administration à coopérer », « encourage la coopération »
        rest = tuple(slot for slot in slots if slot not in NOUN_SLOT)
        return find(sentence, start, rest, words) or find(sentence, start, NOUN_SLOT, words)
    depth = 0
    start = behind_cleft(sentence, start)
    j = skip_adverbs(sentence, start)  # over "…, si l'on veut que …, " to what is asked
    if j > start and (opened := _opens(rules, sentence, j, start, words)):
        return opened
    j = start
    while j < len(sentence):
        low = sentence.low(j)
        if low in closed.OPENS_ASIDE and (length := phrase_beginning(sentence, j)):  # « selon qu'il convient »
            j += length
            continue
        if depth == 0 and low == "," and (cleft := behind_cleft(sentence, j)) > j:
            start = j = cleft  # « ce qu'elle demande aux préfets, c'est de payer »
            continue
        if low == ":" and depth == 0 and (listed := _list(sentence, j, start, slots, words)):
            return listed
        if low == ";" and not list_goes_on(sentence, j):
            return None
        if low in closed.EITHER and depth == 0 and (either := _either(sentence, j, start, words)):
            return either if "que" in slots else None
        if depth == 0 and (opened := _opens(rules, sentence, j, start, words)):
            return opened
        if depth == 0 and low in closed.AND_OR and asks_again(sentence, j + 1, start):
            return None
        if low in closed.MAY_OPEN and opens_clause(sentence, j) and not _compares(sentence, j):
            depth += 1
        elif sentence[j].finite:
            if depth == 0 and (closing := said_aside(sentence, j)) is not None:
                j = closing + 1
                continue
            if depth == 0 and (closing := inserted_clause(sentence, j, start)) is not None:
                j = closing + 1
                continue
            if depth == 0 and not _shares(sentence, j, start):
                return None
            if depth == 0:
                start = group_end(sentence, j)
            depth = max(depth - 1, 0)
            j = group_end(sentence, j)
            continue
        j += 1
    return None


def _compares(sentence: Sentence, j: int) -> bool:
    """Whether "comme" or "tant … que" only names some: « les organismes, comme la FAO, de », « tant A que B à »."""
    paired = sentence.low(j) in closed.QUE and not closed.CORRELATIVES.isdisjoint(sentence.lows[max(j - 15, 0) : j])
    if sentence.low(j) not in closed.LIKE and not paired:  # « en appelle aux élus, [où] qu'ils soient, pour qu'ils »
        return sentence.low(j) in closed.CONCESSIVES and sentence.low(j + 1) in closed.QUE
    for token in sentence.tokens[j + 1 :]:
        if token.finite or token.infinitive or token.low in closed.STRONG_MARKS:
            return not token.finite
    return True


@lru_cache(256)
def rules_of(slots: tuple[str, ...]) -> tuple[Slot, ...]:
    """The rules for the slots of a frame, in the order of RULES."""
    return tuple(rule for rule, slot in RULES if slot in slots)


def _opens(rules: tuple[Slot, ...], sentence: Sentence, j: int, start: int, words: Vocabulary) -> Complement | None:
    """The complement that begins at `j`, by the first rule that fits, unless another is asked for in its stead."""
    instead = sentence.low(j - 1) in closed.NON or sentence.follows(j - 2, *closed.NOT_THAT)
    if instead and not closed.BUT.isdisjoint(sentence.lows[j:]):
        return None  # « plaide non pour une hausse, mais pour que les prix soient fixes »
    complement, rule = first(rules, sentence, j, start, words)
    if complement:
        complement.rule = rule
    return complement


def _shares(sentence: Sentence, j: int, start: int) -> bool:
    """Whether the verb at `j` is coordinated to the trigger just before it ("demande et recommande que")."""
    k = j - 1
    while k > start and (sentence.low(k) in closed.CLITICS or is_adverb(sentence, k)):
        k -= 1
    return sentence.low(k) in closed.AND_OR and k <= start + 1


def infinitive_at(sentence: Sentence, i: int) -> tuple[int, bool] | None:
    """The infinitive that begins at rank `i`, clitics, negation and adverbs skipped: its rank, negated or not."""
    negated = False
    j = i
    for _ in range(9):
        if j >= len(sentence):
            return None
        low = sentence.low(j)
        if low in closed.NEGATION:
            negated = True
        elif low in closed.BEFORE_INFINITIVE or is_adverb(sentence, j) or polite(sentence, j):
            pass
        elif length := phrase_beginning(sentence, j):
            j += length - 1
        elif low == "," and (closing := insertion_end(sentence, j)) is not None:
            j = closing
        else:
            break
        j += 1
    return (j, negated) if j < len(sentence) and sentence[j].infinitive else None


def _list(sentence: Sentence, colon: int, start: int, slots: tuple[str, ...], words: Vocabulary) -> Complement | None:
    """A list of bare infinitives after a colon: « exhorté les États à : a) abroger …; b) libérer … »."""
    k = after_joint(sentence, colon)
    first_word = skip_adverbs(sentence, start)  # « recommande : – la création d'un fonds; – l'envoi d'experts »
    behind = first_word == colon or _ends_addressee(sentence, colon, first_word)
    if "noun" in slots and behind and (noun := action_noun_after(sentence, k, words)) is not None:
        return nouns(sentence, k, "noun", noun, words)
    found = infinitive_at(sentence, k) if k > colon + 1 else None
    if found is None or not {"de", "à", "bare"} & set(slots):
        return None
    listed = infinitives(sentence, k, "bare", found, words)
    listed.rule = "list"
    return listed


def _bare(sentence: Sentence, j: int, start: int, words: Vocabulary) -> Complement | None:
    """« Les États doivent ne pas céder »."""
    begins = sentence[j].infinitive or sentence.low(j) in closed.CLITICS_OR_NEGATION
    found = infinitive_at(sentence, j) if begins and not claimed_before(sentence, j) else None
    return infinitives(sentence, j, "bare", found, words) if found else None


def _in_order_to(sentence: Sentence, j: int, start: int, words: Vocabulary) -> Complement | None:
    """« lance un appel aux États afin d'éviter la guerre »."""
    found = infinitive_at(sentence, j + 1) if sentence.low(j) in closed.DE and sentence.low(j - 1) == "afin" else None
    return infinitives(sentence, j, "de", found, words) if found else None


def _with_de(sentence: Sentence, j: int, start: int, words: Vocabulary) -> Complement | None:
    """« prié les parties de négocier », but not « a la possibilité de négocier »."""
    return _marked(sentence, j, start, "de", words) if sentence.low(j) in closed.DE else None


def _with_a(sentence: Sentence, j: int, start: int, words: Vocabulary) -> Complement | None:
    """« encouragé les États à coopérer »."""
    return _marked(sentence, j, start, "à", words) if sentence.low(j) == "à" else None


def _with_pour(sentence: Sentence, j: int, start: int, words: Vocabulary) -> Complement | None:
    """« appelé les parties pour négocier »."""
    return _marked(sentence, j, start, "pour", words) if sentence.low(j) == "pour" else None


def _marked(sentence: Sentence, j: int, start: int, marker: str, words: Vocabulary) -> Complement | None:
    """The infinitive that `marker` at `j` introduces, unless a purpose or a governor of its own claims it."""
    rather = j == start + 1 and sentence.low(start) in closed.RATHER  # « suggère plutôt de passer un accord »
    claimed = sentence.low(j - 1) in sentence.cues.purpose or words.governs(sentence, j - 1, marker)
    claimed = claimed and not burdened(sentence, j - 1, start)
    governor = over_adverbs(sentence, j - 1)  # « en [évitant] autant que possible de », but « le priant en outre de »
    claimed = claimed or (governor >= start and sentence[governor].gerund)
    if j > start and not rather and (claimed or after_a_further_participle(sentence, start, j)):
        return None
    found = infinitive_at(sentence, j + 1)
    return infinitives(sentence, j, marker, found, words) if found else None


def _to_this_que(sentence: Sentence, j: int, start: int, words: Vocabulary) -> Complement | None:
    """« demandé à ce que la loi soit révisée »."""
    opens = sentence.low(j) in closed.QUE and sentence.follows(j - 2, "à", "ce")
    return clauses(sentence, j, "à_ce_que") if opens else None


def _for_que(sentence: Sentence, j: int, start: int, words: Vocabulary) -> Complement | None:
    """« plaidé pour que la loi soit révisée »."""
    opens = sentence.low(j) in closed.QUE and sentence.low(j - 1) in closed.FOR_QUE
    return clauses(sentence, j, "pour") if opens else None


def _que(sentence: Sentence, j: int, start: int, words: Vocabulary) -> Complement | None:
    """« recommandé que les États veillent à la paix »."""
    before = sentence.low(j - 1)  # "et que" goes on with another clause: « s'ils la demandent, et que … »
    joins = before in closed.NOT_BEFORE_QUE or before in closed.AND_OR
    beside = j - 1 == start and before in closed.ADVERBS_BEFORE_QUE  # « il faudra bien que », « demande alors que »
    opens = sentence.low(j) in closed.QUE and (beside or not joins)
    return clauses(sentence, j, "que") if opens and asks_that(sentence, j, start) else None


def _either(sentence: Sentence, j: int, start: int, words: Vocabulary) -> Complement | None:
    """« convient soit que le juge tranche, soit que le greffe publie »."""
    found = clauses(sentence, j + 1, "que") if sentence.low(j + 1) in closed.QUE else None
    if found is not None:
        found.rule = "either"
    return found


def _noun(sentence: Sentence, j: int, start: int, words: Vocabulary) -> Complement | None:
    """« recommandé la création d'un fonds »."""
    begins = (sentence[j].noun or is_determiner(sentence[j])) and sentence.low(j) not in closed.DE
    first = skip_adverbs(sentence, start)
    first += sentence.low(first) in closed.QUOTES  # « exigent « la libération des détenus » »
    begins = begins and (j == first or _behind_addressee(sentence, j, first))
    if not begins:
        return None
    return _action_nouns(sentence, j, j, "noun", words) or _noun_further_on(sentence, j, words)


def _noun_further_on(sentence: Sentence, j: int, words: Vocabulary) -> Complement | None:
    """« demande la gratuité des soins, l'[arrêt] des rafles et que … »: behind a thing that is no action."""
    for k in range(j + 1, len(sentence) - 1):
        if sentence[k].verb or sentence.low(k) in closed.QUE or sentence.low(k) in closed.STRONG_MARKS:
            return None
        determined = is_determiner(sentence[k + 1]) and sentence.low(k + 1) not in closed.OF
        if sentence.low(k) in closed.JOINS and determined:
            verb = next_verb(sentence, k)  # « réclament 6 % d'augmentation, la direction propose 2 »
            if verb is not None and closed.AND_OR.union(closed.OPENERS).isdisjoint(sentence.lows[k + 1 : verb]):
                return None
            return _action_nouns(sentence, k + 1, k + 1, "noun", words)
    return None


def _behind_addressee(sentence: Sentence, j: int, start: int) -> bool:
    """Whether only who is asked stands before `j`, or an adjunct: « demande au Bureau, [une évaluation] »."""
    return is_determiner(sentence[j]) and _ends_addressee(sentence, j, start)


def _ends_addressee(sentence: Sentence, j: int, start: int) -> bool:
    """Whether one phrase behind a preposition fills what stands before `j`: « exige [du gérant] »."""
    adjunct = sentence.low(start) in closed.PREPOSITIONS
    phrase = phrase_at(sentence, start + 1) if adjunct else None
    return phrase is not None and phrase.end == j


def _to_noun(sentence: Sentence, j: int, start: int, words: Vocabulary) -> Complement | None:
    """« appelé à la cessation des hostilités »."""
    begins = sentence.low(j) in closed.TO and infinitive_at(sentence, j + 1) is None
    return _action_nouns(sentence, j, j + 1, "à_noun", words) if begins else None


def _for_noun(sentence: Sentence, j: int, start: int, words: Vocabulary) -> Complement | None:
    """« plaidé pour la création d'un fonds »."""
    return _action_nouns(sentence, j, j + 1, "pour", words) if sentence.low(j) == "pour" else None


def _wished(sentence: Sentence, j: int, start: int, words: Vocabulary) -> Complement | None:
    """« appelé de leurs vœux la création d'un fonds »."""
    begins = sentence.low(j) in sentence.cues.wish and sentence.low(j - 1) in closed.WISHES_OF
    if begins and sentence.low(j + 1) in closed.QUE:  # « … que la loi soit révisée »
        return clauses(sentence, j + 1, "voeux")
    return _action_nouns(sentence, j, skip_adverbs(sentence, j + 1), "noun", words) if begins else None


def _in_favour(sentence: Sentence, j: int, start: int, words: Vocabulary) -> Complement | None:
    """« s'est prononcé en faveur de la création d'un fonds »."""
    begins = sentence.low(j + 1) in closed.OF and sentence.low(j) in sentence.cues.favour
    return _action_nouns(sentence, j, j + 2, "en_faveur", words) if begins else None


def _action_nouns(sentence: Sentence, j: int, begins: int, slot: str, words: Vocabulary) -> Complement | None:
    noun = action_noun_after(sentence, begins, words)
    return nouns(sentence, j, slot, noun, words) if noun is not None else None


# Each rule with the slot of a frame that it fills.
RULES: tuple[tuple[Slot, str], ...] = (
    (_bare, "bare"), (_in_order_to, "pour"), (_with_de, "de"), (_with_a, "à"), (_with_pour, "pour"),
    (_to_this_que, "à_ce_que"), (_for_que, "pour"), (_for_que, "pour_que"), (_que, "que"),
    (_noun, "noun"), (_to_noun, "à_noun"), (_for_noun, "pour"), (_wished, "voeux"), (_in_favour, "en_faveur"),
)  # fmt: skip
