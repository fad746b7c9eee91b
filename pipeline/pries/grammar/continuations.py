"""Continuations: whether a word behind a noun goes on with its name, by rules of which the first that answers decides.

"les [États Membres concernés] de la région ont décidé" -> Membres and concernés go on, décidé does not
"""

from __future__ import annotations

import re

from pries.base.rules import first
from pries.grammar.sentence import Sentence
from pries.grammar.verbs import is_adverb
from pries.grammar.words import (
    ARTICLES,
    BEEN_OR_HAD,
    BEFORE_ACTION,
    BEFORE_COMPLEMENT,
    CLITICS,
    CLITICS_OR_NEGATION,
    DE,
    DEGREES,
    DETERMINERS,
    EUX_AFTER,
    MONTHS,
    OF,
    OF_OR_TO,
    OF_THE,
    OPERATIVE,
    PRONOUNS,
    RELATIVES,
    THANKS,
    TO,
)  # fmt: skip

# Endings of adjectives that the tagger may take for nouns ("la Secrétaire exécutive").
ADJECTIVAL = re.compile(
    r"(?:ive?s?|ifs?|elle?s?|els?|ale?s?|aux|aires?|oires?|iques?|ienn?e?s?|oise?s?|ois|aise?s?|ais|éenn?e?s?"
    r"|eurs?|rices?|iers?|ières?|istes?|eux|euses?|ables?|ibles?|aine?s?|[hmn]ites?)$"
)
NUMBER_SIGNS = ("no", "n°", "nº", "numéro")  # « la communication conjointe no 4 »
FUNCTION_TAGS = ("ADP", "PUNCT", "CCONJ")
BARE = ("NOUN", "PROPN", "VERB", "X")  # as what the tagger may take a bare noun behind a noun
PLURAL_PARTICIPLE = ("és", "ées", "is", "ies", "us", "ues")


def continues(sentence: Sentence, i: int, head: int) -> bool:
    """Whether the token is an adjective, participle or apposed noun that goes on with the name whose head is given."""
    if sentence.tokens[i].tag in FUNCTION_TAGS and _function_word(sentence, i, head) is False:  # more often than not
        return False
    return bool(first(CONTINUATIONS, sentence, i, head)[0])


def _function_word(sentence: Sentence, i: int, head: int) -> bool | None:
    """A preposition, a conjunction or a mark ends the name itself: « les États [et] », « les États[,] »."""
    token, cues = sentence.tokens[i], sentence.cues
    if token.tag not in FUNCTION_TAGS or token.form[0].isupper():
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
    if token.low in sentence.cues.homograph and not (i + 1 < len(sentence) and sentence[i + 1].finite):
        return None  # « Le Comité [juge] préoccupante l'absence »
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
    takes = i + 2 < len(sentence) and infinitive_follows(sentence, i + 2)  # which somebody asks the groups for
    return takes and token.low not in sentence.cues.qualifier and token.low.endswith(PLURAL_PARTICIPLE)


def _like_a_participle(sentence: Sentence, i: int, head: int) -> bool | None:
    """A participle that the tagger takes for a noun, before an action: « les communes [traversées] de signaler »."""
    token = sentence.tokens[i]
    if i != head + 1 or token.tag != "NOUN" or not sentence[head].noun or token.plural != sentence[head].plural:
        return None
    return True if token.low.endswith(("ées", "és")) and infinitive_follows(sentence, i + 2) else None


CONTINUATIONS = (
    _function_word, _apposed, _hosted, _matter, _acting, _verb, _capital, _like_an_adjective, _like_a_participle,
    _degree,
    _small_proper_noun, _no_verb, _adjective, _participle,
)  # fmt: skip


def thanked(sentence: Sentence, head: int) -> bool:
    """Whether the noun at `head` is the object of a verb that takes "de": « remercie le Mali [de son accueil] »."""
    near = sentence.tokens[max(head - 3, 0) : head]
    return any(token.verb and token.lemma in THANKS for token in near)


def untagged(sentence: Sentence, i: int, j: int) -> bool:
    """Whether the tagger took a noun behind "de" for a pronoun: « moniteurs de [ski] »."""
    if j >= len(sentence) or j != i + 1 or sentence.low(i) not in OF:
        return False
    token = sentence[j]
    if token.tag not in ("PRON", "X") or token.verb or not token.low.isalpha():
        return False
    return not any(token.low in words for words in (PRONOUNS, EUX_AFTER, RELATIVES, DETERMINERS, CLITICS))


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


def bare_too(sentence: Sentence, i: int, head: int) -> int | None:
    """The rank after a bare noun that shares "des" or "de": « le collège des bourgmestres et [échevins] ».

    « une équipe de déontologie et [discipline] », but « les chefs de service et [directeurs] d'école » are two.
    """
    noun = sentence[i + 1] if sentence.low(i) == "et" and i + 1 < len(sentence) else None
    if noun is None or noun.tag != "NOUN" or not noun.form.islower():
        return None
    before = sentence[i - 1]
    listed = sentence.low(i - 2) in OF_THE and before.plural and not sentence[head].plural and noun.plural
    matter = sentence.low(i - 2) in DE and before.tag == "NOUN" and before.plural == noun.plural
    return i + 2 if listed or (matter and not (noun.plural and sentence[head].plural)) else None


NUMERAL = re.compile(r"\d+(?:/\d+)?|[IVX]{1,6}|[A-Z]")


def numbered_end(sentence: Sentence, i: int) -> int:
    """The rank after a number at `i`, and its year: « la résolution [1267 (1999)] », « l'annexe [II] », else `i`."""
    i += i + 1 < len(sentence) and sentence.lows[i] in NUMBER_SIGNS and sentence.low(i + 1)[:1].isdigit()
    if i >= len(sentence) or not NUMERAL.fullmatch(sentence[i].form):
        return i
    year = sentence.low(i + 1) == "(" and sentence.low(i + 2).isdigit() and sentence.low(i + 3) == ")"
    return i + (4 if year else 1)


def infinitive_follows(sentence: Sentence, k: int) -> bool:
    while k < len(sentence) and (sentence.lows[k] in CLITICS_OR_NEGATION or is_adverb(sentence, k)):
        k += 1
    return k < len(sentence) and sentence[k].infinitive
