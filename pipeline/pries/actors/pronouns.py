"""Pronouns: which pronouns of a sentence may stand for an actor, with number, gender and place, by rules.

"Les participants [les] ont exhortés à agir; [ils] ont souhaité qu'il soit agi" -> les, ils, but not the impersonal "il"
"""

from __future__ import annotations

from dataclasses import dataclass

from pries.actors.clitics import BEFORE_PARTICIPLE, agreement, asked, asked_before, is_object, own_subject
from pries.actors.impersonals import impersonal, upright
from pries.base.rules import first
from pries.grammar import words
from pries.grammar.sentence import Sentence

OWES = ("doi", "dev")  # how forms of devoir begin


@dataclass
class Pronoun:
    """A pronoun to resolve: its tokens, number, gender, and whether it is the object of a verb."""

    start: int
    end: int
    plural: bool
    feminine: bool | None
    is_object: bool = False
    dative: bool = False  # leur, lui
    inverted: bool = False  # "…, a-t-elle ajouté": somebody told of before
    aside: bool = False  # in « les migrants, qu'ils soient … »
    latter: bool = False  # ce dernier, celui-ci: the one named last
    partitive: bool = False  # d'autres, certains: other members of the same group
    clause: int = 0  # the rank after the last conjugated verb before it: where its own clause may begin
    own: int | None = None  # the head of the subject of the verb that it is the object of
    owing: bool = False  # right before a form of devoir
    asking: bool = False  # the subject of a verb that only somebody is subject of
    either: bool = False  # its number does not tell that of the group: « une délégation … [une autre] »
    reduced: bool = False  # before a gerund: « une lettre aux maires leur demandant de … »
    opens: int = 0  # of an inverted one, the rank after the last strong mark before it
    fronted: bool = False  # in an adjunct that opens the sentence, before any main verb
    nth: int | None = None  # « le premier »: which of those who were named together
    view: bool = False  # « selon elle », « à ses yeux »: whose view it is
    told: bool = False  # the subject of a clause with "que": « estime qu'[il] doit »
    beside: bool = False  # of one that goes on with another: « que la loi est claire et qu'[elle] doit »


def pronouns(sentence: Sentence) -> list[Pronoun]:
    """The third-person pronouns of a sentence that may stand for actors, in order."""
    found = []
    for i, low in enumerate(sentence.lows):
        rules = PRONOUNS.get(low) or (INVERTED if low[0] == "-" else ())
        if rules is OBJECTS and _is_article(sentence, i):  # nearly always
            continue
        if rules and (pronoun := first(rules, sentence, i)[0]) is not None:
            acts = not pronoun.is_object and asks(sentence, _behind_aside(sentence, pronoun.end))
            pronoun.asking = pronoun.asking or acts
            found.append(pronoun)
    return found


def _is_article(sentence: Sentence, i: int) -> bool:
    """Whether "le", "la" or "l'" is an article for certain: before a noun, « [la] loi », « [le] maire »."""
    if sentence.lows[i] not in words.SINGULAR_ARTICLES or i + 1 == len(sentence):
        return False
    after = sentence.tokens[i + 1]
    return after.noun and after.verb != "finite" and after.low not in words.NTH and after.low not in words.OTHERS


def _subject(sentence: Sentence, i: int) -> Pronoun | None:
    """A subject: « [ils] ont prié », « a-t[-elle] ajouté »."""
    inverted = sentence.lows[i][0] == "-"
    number_and_gender = words.IL_ELLE.get(upright(sentence, i))
    if number_and_gender is None or impersonal(sentence, i):
        return None
    aside = sentence.follows(i - 2, ",", "qu'") and sentence.low(i + 1) in words.SUBJUNCTIVE
    plural, feminine = number_and_gender
    both = sentence.low(i - 2) in words.THIRD_PERSON and sentence.low(i - 1) in words.AND_OR_SLASH  # "ils et elles"
    gender = None if both else feminine
    found = Pronoun(i, i + 1, plural, gender, inverted=inverted, aside=aside)
    found.opens = _clause_mark(sentence, i) if inverted else 0
    found.owing = sentence.low(i + 1).startswith(OWES)
    found.asking = inverted and asks(sentence, i - 1)  # « disent-ils », « répond-elle »
    found.told = sentence.low(i - 1) in words.QUE and not sentence[i - 2].noun
    found.beside = sentence.low(i - 2) in words.AND_OR and sentence.low(i - 1) in words.QUE
    return found


def asks(sentence: Sentence, j: int) -> bool:
    """Whether the verb that begins at `j` has somebody as its subject: « Elle les [a instamment priés] »."""
    for _ in range(2):  # « Elle avait pourtant[, dès mars,] prié »
        while j < len(sentence) and (sentence.low(j) in BEFORE_PARTICIPLE or sentence[j].tag == "ADV"):
            j += 1
        j = _behind_aside(sentence, j)
    if sentence.low(j) in words.ETRE:  # « ceux-ci sont invités »
        return any(token.participle and token.lemma in sentence.cues.asking for token in sentence.tokens[j + 1 : j + 3])
    return sentence.low(j).startswith(sentence.cues.wills)


def _source(sentence: Sentence, i: int) -> Pronoun | None:
    """Whose opinion is told: « selon [eux] », « d'après [lui] »."""
    low = sentence.lows[i]
    opening = i == 1 and sentence.low(0) in words.AS_FOR and sentence.low(2) == ","  # « Pour elle, »
    told = low in words.LUI_EUX and (opening or sentence.low(i - 1) in words.ACCORDING)
    return Pronoun(i, i + 1, *words.LUI_EUX[low], view=True) if told else None


def _cleft(sentence: Sentence, i: int) -> Pronoun | None:
    """Whose turn it is: « c'est à [lui] de payer », « il appartient à [elles] seules de payer »."""
    known = words.LUI_EUX.get(sentence.lows[i])
    to = known and sentence.low(i - 1) == "à" and sentence.low(i - 2) in sentence.cues.impersonal.union(words.ETRE)
    return Pronoun(i, i + 1, *known, dative=True) if known and to else None


def _charged(sentence: Sentence, i: int) -> Pronoun | None:
    """Who gets something with a duty: « confie la régie au [syndicat], à charge pour [lui] de payer »."""
    charged = sentence.follows(i - 2, "charge", "pour")
    return Pronoun(i, i + 1, *words.LUI_EUX[sentence.lows[i]], latter=True) if charged else None


def _emphatic(sentence: Sentence, i: int) -> Pronoun | None:
    """A subject with emphasis, cut by the tokeniser: « [Lui-même] a proposé »."""
    known = words.LUI_EUX.get(sentence.lows[i])
    emphatic = known and sentence.low(i + 1) == "-" and sentence.low(i + 2) in words.SELF
    return Pronoun(i, i + 3, *known) if known and emphatic else None


def _owner(sentence: Sentence, i: int) -> Pronoun | None:
    """Whose view is told: « à [son] avis », « de [leur] point de vue »."""
    own = sentence.lows[i] in words.POSSESSIVES and sentence.low(i - 1) in words.BEFORE_VIEW
    owner = own and any(sentence.follows(i + 1, *view.split()) for view in sentence.cues.view)
    if not owner:
        return None
    plural = sentence.lows[i] in words.THEIR
    return Pronoun(i, i + 1, plural, None, asking=True, view=True)


def _clause_mark(sentence: Sentence, i: int) -> int:
    """The rank after the last strong mark before rank `i`."""
    return next((j + 1 for j in range(i - 1, -1, -1) if sentence.low(j) in words.STRONG_MARKS), 0)


def _nth(sentence: Sentence, i: int) -> Pronoun | None:
    """One of those who were named together: « [le premier] a prié », « [la seconde], elle, propose »."""
    low = sentence.low(i + 1)
    if low not in words.NTH:
        return None
    asked = sentence.low(i + 2) in words.DE_A and asked_before(sentence, i)  # « prie le premier de payer »
    if not (asked or _verb_follows(sentence, i + 2) or sentence.low(i + 2) in words.QUE):
        return None
    feminine = low.removesuffix("s").endswith(("ère", "nde")) or sentence.lows[i] in words.FEMININE
    return Pronoun(i, i + 2, sentence.lows[i] in words.PLURALS, feminine, nth=words.NTH[low])


def _those(sentence: Sentence, i: int) -> Pronoun | None:
    """Those of the group of whom a relative tells more: « [ceux] qui fument doivent sortir »."""
    if sentence.lows[i] not in words.CELUI or sentence.low(i + 1) not in words.RELATIVES:
        return None
    plural, feminine = words.CE_CELUI[sentence.lows[i]]
    return Pronoun(i, i + 1, plural, feminine, partitive=True)


def _latter(sentence: Sentence, i: int) -> Pronoun | None:
    """The one named last: « [ce dernier] a prié », « [ceux-ci] ont prié », « [celle -là] »."""
    low, after = sentence.lows[i], sentence.low(i + 1)
    if low in words.CELUI_CI:
        return Pronoun(i, i + 1, *words.CELUI_CI[low], latter=True)
    if low in words.DEMONSTRATIVES:
        points = after in words.LATTER and not (i + 2 < len(sentence) and sentence[i + 2].noun)
    else:
        points = after in words.AFTER_CELUI
    if not points:
        return None
    end = i + (3 if after == "-" else 2)
    return Pronoun(i, end, *words.CE_CELUI[low], latter=True)


def _object(sentence: Sentence, i: int) -> Pronoun | None:
    """An object: « les participants [les] ont exhortés »."""
    low = sentence.lows[i]
    if low not in words.LE_LUI or not is_object(sentence, i):
        return None
    plural, feminine = words.LE_LUI[low]
    gender = feminine if feminine is not None else agreement(sentence, i)
    own = next((j + 1 for j in range(i - 1, -1, -1) if sentence[j].finite), 0)
    reduced = sentence[i + 1].gerund
    dative = low in words.DATIVE_CLITICS
    return Pronoun(
        i, i + 1, plural, gender, True, dative, reduced=reduced, clause=own, fronted=_fronted(sentence),
        asking=asked(sentence, i + 1, dative), own=own_subject(sentence, i),
    )  # fmt: skip


def _others(sentence: Sentence, i: int) -> Pronoun | None:
    """Other members of the group: « [d'autres] ont prié »."""
    others = sentence.low(i + 1) in words.OTHERS and _verb_follows(sentence, i + 2)
    return _partitive(i, i + 2) if others else None


def _the_others(sentence: Sentence, i: int) -> Pronoun | None:
    """The other members of the group: « prie [tous les autres] de payer », « demande aux [autres] de payer »."""
    j = i + (sentence.low(i) in words.ALL_PEOPLE)
    j += sentence.low(j) in words.UNCONTRACTED
    if sentence.low(j) not in words.OTHERS or (i == j and sentence.low(i - 1) not in words.TO_THE):
        return None
    alone = j + 1 == len(sentence) or not (sentence[j + 1].noun or sentence[j + 1].tag == "ADJ")
    return _partitive(i, j + 1) if alone else None


def _one_of_them(sentence: Sentence, i: int) -> Pronoun | None:
    """One member of the group: « [l'un d'eux] », « [une d'entre elles] »."""
    if sentence.low(i + 1) not in words.D_DES:
        return None
    after = sentence.low(i + 2)
    return _partitive(i, i + (3 if after in words.EUX else 4)) if after in words.ENTRE_EUX else None


def _another(sentence: Sentence, i: int) -> Pronoun | None:
    """Another member of the group: « [un autre] a prié », « [une autre] proposait »."""
    another = sentence.low(i + 1) in words.ANOTHER and _verb_follows(sentence, i + 2)
    return Pronoun(i, i + 2, False, None, partitive=True, either=True) if another else None


def _some(sentence: Sentence, i: int) -> Pronoun | None:
    """Some members of the group: « [quelques-uns] ont prié »."""
    return _partitive(i, i + 3) if sentence.low(i + 1) == "-" and sentence.low(i + 2) in words.SOME else None


def _several_of_them(sentence: Sentence, i: int) -> Pronoun | None:
    """Several members of the group: « [plusieurs d'entre eux] »."""
    if sentence.low(i + 1) not in words.DE:
        return None
    return _partitive(i, i + 4) if sentence.low(i + 2) == "entre" and sentence.low(i + 3) in words.EUX else None


def _several(sentence: Sentence, i: int) -> Pronoun | None:
    """Several members of the group, at the head of a clause: « [certains] ont prié »."""
    begins = i == 0 or sentence[i - 1].tag == "PUNCT" or sentence.low(i - 1) in words.SHARES
    return _partitive(i, i + 1) if begins and _verbal(sentence, i + 1) else None


INVERTED = (_subject,)
STRESSED = (_charged, _source, _cleft, _emphatic)
OBJECTS = (_nth, _the_others, _object)
PRONOUNS = {  # the rules by the word with which the pronoun begins
    **dict.fromkeys(words.IL_ELLE, INVERTED),
    **dict.fromkeys(words.LUI_EUX.keys() & words.IL_ELLE.keys(), (*STRESSED, *INVERTED)),
    **dict.fromkeys((*words.CELUI_CI, *words.CE_CELUI), (_latter, _those)),
    **dict.fromkeys(words.LE_LUI, OBJECTS),
    **dict.fromkeys(words.LUI_EUX.keys() - words.IL_ELLE.keys(), (*STRESSED, _the_others, _object)),
    **dict.fromkeys(words.POSSESSIVES, (_owner, _the_others, _object)),
    **dict.fromkeys(words.ONE, (_one_of_them, _another)),
    **dict.fromkeys(words.QUANTIFIED, (_the_others, _several_of_them, _several)),
    **dict.fromkeys(words.OTHERS, (_the_others,)),
    "d'": (_others,),
    "quelques": (_some,),
}


def _partitive(start: int, end: int) -> Pronoun:
    return Pronoun(start, end, True, None, partitive=True)


def _verbal(sentence: Sentence, i: int) -> bool:
    return i < len(sentence) and (
        sentence[i].tag in ("VERB", "AUX") or sentence.lows[i] in words.BEFORE_VERB | words.EN_Y | words.DATIVE_CLITICS
    )


def _verb_follows(sentence: Sentence, i: int) -> bool:
    """Whether a verb stands at `i`, or behind an aside that begins there: « un autre[, plus réservé,] a jugé »."""
    return _verbal(sentence, _behind_aside(sentence, i))


def _behind_aside(sentence: Sentence, i: int) -> int:
    """The rank behind the aside that begins at `i`, `i` itself where none does."""
    if sentence.low(i) != ",":
        return i
    return next((j + 1 for j in range(i + 1, min(i + 12, len(sentence))) if sentence.low(j) == ","), i)


def _fronted(sentence: Sentence) -> bool:
    """Whether the sentence opens with an adjunct ("Compte tenu de …", "Conformément à …", "Étant donné …")."""
    low = sentence.low(0)
    return low in words.PREPOSITIONS or low in sentence.cues.fronting or sentence[0].gerund
