"""Continuations: whether a word behind a noun goes on with its name, by rules of which the first that answers decides.

"les [États Membres concernés] de la région ont décidé" -> Membres and concernés go on, décidé does not
"""

from __future__ import annotations

import re

from pries.base.rules import first
from pries.grammar.sentence import Sentence
from pries.grammar.verbs import is_adverb, phrase_beginning, phrase_ending
from pries.grammar.words import (
    ACTOR_JOINTS,
    AND_OR,
    ARTICLES,
    BEEN_OR_HAD,
    BEFORE_ACTION,
    BEFORE_COMPLEMENT,
    CE,
    CLITICS_OR_NEGATION,
    DEGREES,
    DETERMINERS,
    ETRE,
    INFINITIVE_MARKERS,
    JOINS,
    MONTHS,
    OF,
    OF_OR_TO,
    OF_THE,
    OPERATIVE,
    POSSESSIVES,
    PREPOSITIONS,
    QUE,
    RELATIVES,
    RESTRICT,
    SUBORDINATORS,
    THANKS,
    TO,
)  # fmt: skip

# Endings of adjectives that the tagger may take for nouns ("la Secrétaire exécutive").
ADJECTIVAL = re.compile(
    r"(?:ive?s?|ifs?|elle?s?|els?|ale?s?|aux|aires?|oires?|iques?|ienn?e?s?|oise?s?|ois|aise?s?|ais|éenn?e?s?"
    r"|eurs?|rices?|iers?|ières?|istes?|eux|euses?|ables?|ibles?|aine?s?)$"
)
BARE = ("NOUN", "PROPN", "VERB", "X")  # as what the tagger may take a bare noun behind a noun
PLURAL_PARTICIPLE = ("és", "ées", "is", "ies", "us", "ues")


def continues(sentence: Sentence, i: int, head: int) -> bool:
    """Whether the token is an adjective, participle or apposed noun that goes on with the name whose head is given."""
    return bool(first(CONTINUATIONS, sentence, i, head)[0])


def _function_word(sentence: Sentence, i: int, head: int) -> bool | None:
    """A preposition, a conjunction or a mark ends the name itself: « les États [et] », « les États[,] »."""
    token, cues = sentence.tokens[i], sentence.cues
    if token.tag not in ("ADP", "PUNCT", "CCONJ") or token.form[0].isupper():
        return None
    return None if token.low in cues.qualifier or token.low in cues.apposed else False


def _apposed(sentence: Sentence, i: int, head: int) -> bool | None:
    """A noun that qualifies the noun before it: « les États [Membres] », « l'État [partie] »."""
    if sentence.lows[i] not in sentence.cues.apposed:
        return None
    beside = sentence[head].noun and all(token.tag == "ADJ" for token in sentence.tokens[head + 1 : i])
    behind = i == head + 2 and sentence.lows[head] in sentence.cues.host  # « les pays développés [parties] »
    return True if beside or behind else None


def _hosted(sentence: Sentence, i: int, head: int) -> bool | None:
    """Any plural noun behind "pays" and "États": « les pays [fournisseurs] »."""
    hosted = i == head + 1 and sentence.lows[head] in sentence.cues.host
    return True if hosted and (token := sentence[i]).tag == "NOUN" and token.plural and not token.verb else None


def _matter(sentence: Sentence, i: int, head: int) -> bool | None:
    """What a body or an officer is for, said by a bare noun: « le service [achats] », « l'assurance [maladie] »."""
    low, token = sentence.lows[head].removesuffix("s"), sentence[i]
    bare = i == head + 1 and low in sentence.cues.department and not token.verb
    return True if bare and token.tag in BARE and token.form.isalpha() and token.form.islower() else None


def _acting(sentence: Sentence, i: int, head: int) -> bool | None:
    """A qualifier before a complement goes on if an action follows: « les parties [concernées] à s'acquitter de »."""
    if sentence.lows[i] not in sentence.cues.qualifier or sentence.low(i + 1) not in OF_OR_TO:
        return None
    after = sentence[i + 2] if i + 2 < len(sentence) else None
    return after is not None and (after.infinitive or after.low in BEFORE_ACTION)


def _verb(sentence: Sentence, i: int, head: int) -> bool | None:
    """A conjugated verb ends the name: « les États [demandent] »."""
    token = sentence.tokens[i]
    return False if token.finite and (not token.form[:1].isupper() or token.low in OPERATIVE) else None


def _capital(sentence: Sentence, i: int, head: int) -> bool | None:
    """A word with a capital goes on behind a noun, a capital or an adjective: « le Groupe [Wagner] »."""
    initial = sentence.tokens[i].form[:1]
    if not (initial.isupper() and initial.isalpha()):
        return None
    before = sentence[i - 1]
    return before.noun or before.form[:1].isupper() or before.tag == "ADJ"


def _like_an_adjective(sentence: Sentence, i: int, head: int) -> bool | None:
    """What the tagger takes for a noun and agrees like an adjective: « la Secrétaire [exécutive] »."""
    if i != head + 1 or (token := sentence[i]).tag != "NOUN":
        return None
    before = sentence[head]
    return not token.verb and token.plural == before.plural if before.noun and ADJECTIVAL.search(token.low) else None


def _degree(sentence: Sentence, i: int, head: int) -> bool | None:
    """Of "non", "plus" and "moins" only "non" goes on, before an adjective: « les États [non] dotés »."""
    if sentence.lows[i] not in DEGREES or i + 1 == len(sentence):
        return None
    return sentence.lows[i] == "non" and (sentence[i + 1].tag == "ADJ" or sentence[i + 1].participle)


def _small_proper_noun(sentence: Sentence, i: int, head: int) -> bool | None:
    """What the tagger takes for a proper noun although it is small: « la Haut-Commissaire [adjointe] »."""
    token = sentence.tokens[i]
    return True if token.tag == "PROPN" and token.form[:1].islower() and sentence[i - 1].noun else None


def _no_verb(sentence: Sentence, i: int, head: int) -> bool | None:
    """What the tagger takes for a verb and is none by its form: « les bailleurs de fonds [bilatéraux] »."""
    token = sentence.tokens[i]
    adjectival = token.tag in ("VERB", "AUX") and not token.verb and ADJECTIVAL.search(token.low)
    return True if adjectival and token.plural == sentence[head].plural else None


def _adjective(sentence: Sentence, i: int, head: int) -> bool | None:
    """An adjective: « les organisations [internationales] »."""
    token = sentence.tokens[i]
    return True if token.tag == "ADJ" and not token.gerund and token.low not in DETERMINERS else None


def _participle(sentence: Sentence, i: int, head: int) -> bool | None:
    """A participle, unless its complement makes it a verb: « les groupes [armés] de cesser », but « enjoint aux »."""
    token = sentence.tokens[i]
    if not (token.participle and token.tag in ("VERB", "ADJ")):
        return None
    if sentence.low(i + 1) not in BEFORE_COMPLEMENT:
        return token.low not in BEEN_OR_HAD and sentence.low(i + 1) not in ARTICLES
    takes = i + 2 < len(sentence) and _infinitive_follows(sentence, i + 2)  # which somebody asks the groups for
    return takes and token.low not in sentence.cues.qualifier and token.low.endswith(PLURAL_PARTICIPLE)


CONTINUATIONS = (
    _function_word, _apposed, _hosted, _matter, _acting, _verb, _capital, _like_an_adjective, _degree,
    _small_proper_noun, _no_verb, _adjective, _participle,
)  # fmt: skip


def thanked(sentence: Sentence, head: int) -> bool:
    """Whether the noun at `head` is the object of a verb that takes "de": « remercie le Mali [de son accueil] »."""
    near = sentence.tokens[max(head - 3, 0) : head]
    return any(token.verb and token.lemma in THANKS for token in near)


def addressed_behind(sentence: Sentence, i: int) -> bool:
    """Whether "aux" behind the people of a body tells whom it asks: « l'Union des consommateurs [aux] banques »."""
    people = sentence.low(i) in TO and sentence[i - 1].plural and sentence.low(i - 2) in OF_THE
    return people and sentence.low(i - 1) not in sentence.cues.party


def dated_end(sentence: Sentence, i: int, head: int) -> int | None:
    """The rank after the date of a document: « l'arrêté [du 4 juin 2020] », « la circulaire [du 1er mars] »."""
    if sentence.low(i) != "du" or sentence.low(head) not in sentence.cues.document:
        return None
    if any(char.isdigit() for char in "".join(sentence.lows[head + 1 : i])):
        return None  # « la résolution 2153 du 17 novembre 1966 », which its number names
    if not sentence.low(i + 1)[:1].isdigit() or sentence.low(i + 2) not in MONTHS:
        return None
    year = sentence.low(i + 3)
    return i + 3 + (year.isdigit() and len(year) == 4)


def is_treaty(sentence: Sentence, i: int) -> bool:
    """Whether what "à" at `i` introduces is a treaty or a dispute, to which one is a party."""
    near = sentence.tokens[i + 1 : i + 4]
    return any(t.form[:1].isupper() for t in near[:2]) or any(
        t.low in sentence.cues.treaty or t.low.removesuffix("s") in sentence.cues.treaty for t in near
    )


def bare_too(sentence: Sentence, i: int, head: int) -> int | None:
    """The rank after a bare noun that shares "des": « le collège des bourgmestres et [échevins] »."""
    shares = sentence.low(i - 2) in OF_THE and sentence[i - 1].plural and not sentence[head].plural
    noun = sentence[i + 1] if shares and sentence.low(i) == "et" and i + 1 < len(sentence) else None
    return i + 2 if noun is not None and noun.tag == "NOUN" and noun.plural and noun.form.islower() else None


NUMERAL = re.compile(r"\d+(?:/\d+)?|[IVX]{1,6}|[A-Z]")


def numbered_end(sentence: Sentence, i: int) -> int:
    """The rank after a number at `i`, and its year: « la résolution [1267 (1999)] », « l'annexe [II] », else `i`."""
    if i >= len(sentence) or not NUMERAL.fullmatch(sentence[i].form):
        return i
    year = sentence.low(i + 1) == "(" and sentence.low(i + 2).isdigit() and sentence.low(i + 3) == ")"
    return i + (4 if year else 1)


LONGEST_RESTRICTION = 18  # tokens


def restricted_end(sentence: Sentence, i: int, head: int) -> int | None:
    """The rank after a complement with any preposition that alone parts a name from what it must stand before.

    That is the verb of which the name is the subject, or the action to which its bearer is asked: « les [juges aux
    affaires familiales] doivent », « invite les [agents en poste à l'étranger] à écrire ».
    """
    low = sentence.lows[i]
    if low not in RESTRICT and not (low in AND_OR and sentence.low(i + 1) == "non"):
        qualifies = sentence[i].participle and sentence[i].plural == sentence[head].plural
        if not qualifies:
            return None
    if sentence.low(i + 1) in POSSESSIVES or phrase_beginning(sentence, i) or phrase_ending(sentence, i):
        return None
    opening = _opening(sentence, head)
    stop = _stop(sentence, i, head, opening)
    if stop is None:
        return None
    while stop > i and (sentence.lows[stop - 1] in CLITICS_OR_NEGATION or is_adverb(sentence, stop - 1)):
        stop -= 1
    stop -= phrase_ending(sentence, stop - 1)
    last = sentence[stop - 1]
    named = last.noun or last.participle or last.tag == "ADJ" or last.form[:1].isupper()
    return stop if stop > i + 1 and named else None


def _opening(sentence: Sentence, head: int) -> int:
    """The rank before the determiner and the adjectives of the noun at `head`."""
    j = head - 1
    while j >= 0 and (sentence.lows[j] in DETERMINERS - OF_OR_TO or sentence[j].tag in ("ADJ", "NUM")):
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
        if token.finite:
            agrees = low.endswith(("ent", "ont")) == sentence[head].plural
            joined = not sentence[head].plural and opening >= 0 and sentence.lows[opening] in ACTOR_JOINTS
            return k if subject and (agrees or joined) else None
        if low in INFINITIVE_MARKERS and k > i and _infinitive_follows(sentence, k + 1):
            own = sentence.low(k - 1) in sentence.cues.governor_de  # « les villes en mesure de le faire »
            return k if asked and not own else None
        listed = low == "," and k > i and asked and sentence.low(k + 1) in ARTICLES
        if listed and any(sentence.low(m) in AND_OR for m in range(k + 1, len(sentence))):
            return k  # « invite les [agents en poste à Rome], les juges et les maires à »
        inside = low in PREPOSITIONS or sentence.low(k - 1) in PREPOSITIONS or low not in DETERMINERS
        ends = token.tag == "PUNCT" or token.infinitive or token.gerund or low in SUBORDINATORS or low in RELATIVES
        if ends or not inside or (low in sentence.cues.adjunct and governor not in OF):
            return None
    return None


def _asks(sentence: Sentence, j: int, to: bool) -> bool:
    """Whether a verb of asking ends at `j`, adverbs stepped over: « invite de nouveau [les agents] »."""
    while j > 0 and (is_adverb(sentence, j) or phrase_ending(sentence, j)):
        j -= phrase_ending(sentence, j) or 1
    if to and sentence.low(j) in ETRE:  # « C'est aux [services à domicile] de »
        return sentence.low(j - 1) in CE
    if j > 0 and sentence.low(j) in JOINS:  # « demande au maire de payer et aux [agents en poste à l'étranger] de »
        asks = sentence.cues.asks(to)
        return any(token.lemma in asks and token.verb for token in sentence.tokens[:j])
    cues = sentence.cues.asks(to)
    return j >= 0 and (sentence[j].lemma in cues or sentence.lows[j] in cues)


def _infinitive_follows(sentence: Sentence, k: int) -> bool:
    while k < len(sentence) and (sentence.lows[k] in CLITICS_OR_NEGATION or is_adverb(sentence, k)):
        k += 1
    return k < len(sentence) and sentence[k].infinitive
