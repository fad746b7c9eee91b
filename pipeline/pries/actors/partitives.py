"""Partitives: pronouns that stand for some, for one or for all of those who were named together.

"[L'un d'eux] a proposé un registre, [d'autres] ont prié le Conseil d'attendre, [tous deux] doivent répondre"
"""

from __future__ import annotations

from pries.actors.clitics import asked_before
from pries.actors.standing import Pronoun
from pries.grammar import words
from pries.grammar.sentence import Sentence


def nth(sentence: Sentence, i: int) -> Pronoun | None:
    """One of those who were named together: « [le premier] a prié », « [la seconde], elle, propose »."""
    low = sentence.low(i + 1)
    if low not in words.NTH:
        return None
    charged = sentence.follows(i - 2, "charge", "pour")  # « à charge pour [le second] de payer »
    asked = sentence.low(i + 2) in words.DE_A and (charged or _asked(sentence, i))
    to = sentence.low(i) in words.TO_THE or sentence.low(i - 1) in words.TO
    fronted = to and sentence.low(i + 2) == ","  # « au second, elle conseille de »
    if not (asked or fronted or _verb_follows(sentence, i + 2) or sentence.low(i + 2) in words.RELATIVES):
        return None
    feminine = low.removesuffix("s").endswith(("ère", "nde")) or sentence.lows[i] in words.FEMININE
    return Pronoun(i, i + 2, sentence.lows[i] in words.PLURALS, feminine, nth=words.NTH[low])


def _asked(sentence: Sentence, i: int) -> bool:
    """Whether somebody is asked who stands at `i`: « prie [le premier] de payer et [la seconde] de publier »."""
    too = sentence.low(i - 1) in words.AND_OR and any(t.lemma in sentence.cues.asking for t in sentence.tokens[:i])
    return too or asked_before(sentence, i) is not None


def those(sentence: Sentence, i: int) -> Pronoun | None:
    """Those of the group of whom a relative tells more: « [ceux] qui fument doivent », « [ceux d'entre eux] qui »."""
    among = 3 * (sentence.low(i + 1) in words.DE and sentence.low(i + 2) == "entre")
    if sentence.lows[i] not in words.CELUI or sentence.low(i + 1 + among) not in words.RELATIVES:
        return None
    plural, feminine = words.CE_CELUI[sentence.lows[i]]
    return Pronoun(i, i + 1 + among, plural, feminine, partitive=True)


def both(sentence: Sentence, i: int) -> Pronoun | None:
    """All who were named together: « [l'un et l'autre] », « [tous deux] doivent », « invite [les trois] à »."""
    low = sentence.lows[i]
    after = sentence.low(i + 1)
    another = after in words.ONE or after in words.ANOTHER
    if another and sentence.low(i + 2) in words.DE_A and _asked(sentence, i):
        return _partitive(i, i + 2)  # « prie [l'un] de payer et [l'autre] de publier »
    if after in words.ONE:
        each = sentence.low(i + 2) in words.AND_NOR and sentence.follows(i + 3, "l'", "autre")
        return _partitive(i, i + 5) if low == "l'" and each else None
    if after not in words.BOTH_OF or any(token.noun or token.tag == "ADJ" for token in sentence.tokens[i + 2 : i + 3]):
        return None
    told = low in words.ALL_PEOPLE or asked_before(sentence, i) is not None or _verb_follows(sentence, i + 2)
    return _partitive(i, i + 2) if told else None


def others(sentence: Sentence, i: int) -> Pronoun | None:
    """Other members of the group: « [d'autres] ont prié », « [d'aucuns] ont prié »."""
    more = sentence.low(i + 1) in words.AUCUNS_UNS and _verb_follows(sentence, i + 2)
    return _partitive(i, i + 2) if more else None


def the_others(sentence: Sentence, i: int) -> Pronoun | None:
    """The other members of the group: « prie [tous les autres] de payer », « demande aux [autres] de payer »."""
    j = i + (sentence.low(i) in words.ALL_PEOPLE)
    j += sentence.low(j) in words.UNCONTRACTED
    if sentence.low(j) not in words.OTHERS or (i == j and sentence.low(i - 1) not in words.TO_THE):
        return None
    alone = j + 1 == len(sentence) or not (sentence[j + 1].noun or sentence[j + 1].tag == "ADJ")
    return _partitive(i, j + 1) if alone else None


def one_of_them(sentence: Sentence, i: int) -> Pronoun | None:
    """One member of the group: « [l'un d'eux] », « [une d'entre elles] »."""
    if sentence.low(i + 1) not in words.D_DES:
        return None
    after = sentence.low(i + 2)
    if after not in words.ENTRE_EUX:
        return None
    found = _partitive(i, i + (3 if after in words.EUX else 4))
    found.one = True
    return found


def each(sentence: Sentence, i: int) -> Pronoun | None:
    """Every member of the group: « [chacune] devra payer », « demande à [chacun] de payer »."""
    asked = sentence.low(i + 1) in words.DE_A and _asked(sentence, i)
    told = asked or _verb_follows(sentence, i + 1)
    every = sentence.lows[i] in words.EACH_ONE and told
    return Pronoun(i, i + 1, False, None, partitive=True, either=True) if every else None


def another(sentence: Sentence, i: int) -> Pronoun | None:
    """Another member of the group: « [un autre] a prié », « [une troisième] proposait »."""
    other = sentence.low(i + 1) in words.FURTHER and _verb_follows(sentence, i + 2)
    return Pronoun(i, i + 2, False, None, partitive=True, either=True) if other else None


def some(sentence: Sentence, i: int) -> Pronoun | None:
    """Some members of the group: « [quelques-uns] ont prié »."""
    return _partitive(i, i + 3) if sentence.low(i + 1) == "-" and sentence.low(i + 2) in words.SOME else None


def several_of_them(sentence: Sentence, i: int) -> Pronoun | None:
    """Several members of the group: « [plusieurs d'entre eux] »."""
    if sentence.low(i + 1) not in words.DE:
        return None
    return _partitive(i, i + 4) if sentence.low(i + 2) == "entre" and sentence.low(i + 3) in words.EUX else None


def several(sentence: Sentence, i: int) -> Pronoun | None:
    """Several members of the group, at the head of a clause: « [certains] ont prié », « [plusieurs autres] ont »."""
    others = sentence.low(i + 1) in words.OTHERS
    article = sentence.low(i) in words.MOST or (others and sentence.low(i - 1) in words.ARTICLES)  # « les deux autres »
    start, end = i - article, i + 1 + others
    begins = start == 0 or sentence[start - 1].tag == "PUNCT" or sentence.low(start - 1) in words.SHARES | words.QUE
    return _partitive(start, end) if begins and _verb_follows(sentence, end) else None


def ones(sentence: Sentence, i: int) -> Pronoun | None:
    """Some members of the group, of others than whom something else is told: « [les uns] ont prié »."""
    told = sentence.low(i + 1) in words.SOME and (
        _verb_follows(sentence, i + 2) or (sentence.low(i + 2) in words.DE_A | words.QUE and _asked(sentence, i))
    )
    return _partitive(i, i + 2) if told else None


def _partitive(start: int, end: int) -> Pronoun:
    return Pronoun(start, end, True, None, partitive=True)


def _verbal(sentence: Sentence, i: int) -> bool:
    if i >= len(sentence):
        return False
    before_it = any(sentence.lows[i] in known for known in (words.BEFORE_VERB, words.EN_Y, words.DATIVE_CLITICS))
    return before_it or sentence[i].tag in ("VERB", "AUX")


def _verb_follows(sentence: Sentence, i: int) -> bool:
    """Whether a verb stands at `i`, or behind an aside that begins there: « un autre[, plus réservé,] a jugé »."""
    return _verbal(sentence, behind_aside(sentence, i))


def behind_aside(sentence: Sentence, i: int) -> int:
    """The rank behind the aside that begins at `i`, `i` itself where none does."""
    if sentence.low(i) != ",":
        return i
    return next((j + 1 for j in range(i + 1, min(i + 12, len(sentence))) if sentence.low(j) == ","), i)
