"""Noun phrases: where the name of an actor begins and ends, and which names are coordinated.

"[plusieurs participants issus de la société civile], qui …" -> participants issus de la société civile
"[les États Membres], [la société civile] et [le secteur privé]" -> three phrases
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pries.grammar.morphology import DETERMINERS, Token
from pries.grammar.sentence import Sentence

OF = frozenset(("de", "d'", "du", "des"))
ARTICLES = frozenset(("le", "la", "les", "l'"))
BEFORE_HEAD = ARTICLES.union("leur leurs ces cette ce tous toutes tout".split())
STATES = frozenset("développement situation transition transit crise conflit".split())  # « pays en … »
# Prepositions that go on with a name that begins with a capital ("Forum mondial sur la migration").
IN_NAMES = frozenset(("sur", "pour", "en", "à", "au", "aux", "contre", "auprès"))
# Participles and adjectives that tell one group from another ("issus de la société civile").
QUALIFIERS = frozenset(
    "issu issus issue issues doté dotés dotée dotées chargé chargés chargée chargées membre membres ayant "
    "travaillant représentant parties partie associé associés intéressé intéressés intéressée intéressées "
    "concerné concernés concernée concernées touché touchés touchée touchées frappé frappés frappée frappées "
    "affecté affectés affectée affectées non relevant composé composée relatif relatifs relative relatives".split()
)


class Phrase(NamedTuple):
    """A noun phrase: tokens start..end-1, its determiner's first token included, and its head noun."""

    start: int
    end: int
    head: int


def is_determiner(token: Token) -> bool:
    """Whether the token may open a noun phrase."""
    return token.low in DETERMINERS or token.tag in ("DET", "NUM")


def head_after(sentence: Sentence, i: int, limit: int = 6) -> int | None:
    """The first noun at or after `i` with only determiners, numbers and adjectives before it."""
    for j in range(i, min(i + limit, len(sentence))):
        token = sentence[j]
        indefinite = token.low == "nombre" and sentence.low(j - 1) != "le"  # "un grand nombre d'États"
        if (token.low in COUNTS or indefinite) and sentence.low(
            j + 1
        ) in OF:  # "l'ensemble des parties": the head is "parties"
            return head_after(sentence, j + 2, limit)
        if token.noun or (token.form[:1].isupper() and j > 0 and not is_determiner(token)):
            return j
        if not (is_determiner(token) or token.tag in ("ADJ", "NUM") or token.participle):
            # « aux coopératives de » : an adjective by its tag, a noun by its place
            alone = j > i and sentence[j - 1].tag == "ADJ" and is_determiner_before(sentence, j - 1)
            return j - 1 if alone else None
    return None


def is_determiner_before(sentence: Sentence, i: int) -> bool:
    """Whether a determiner, alone or inside "aux", "des", stands right before rank `i`."""
    return i > 0 and (is_determiner(sentence[i - 1]) or sentence.low(i - 1) in ("aux", "au"))


def phrase_at(sentence: Sentence, i: int) -> Phrase | None:
    """The noun phrase that begins at rank `i` (determiner, adjective or noun)."""
    head = head_after(sentence, i)
    return None if head is None else Phrase(i, end_of(sentence, head), head)


def phrase_of(sentence: Sentence, head: int) -> Phrase:
    """The noun phrase whose head noun stands at `head`."""
    start = head
    while start > 0:
        before = sentence[start - 1]
        counted = start > 1 and before.low in OF and sentence.low(start - 2)
        if counted in COUNTS or (counted == "nombre" and sentence.low(start - 3) != "le"):
            start -= 2
        elif before.low in OF and before.tag == "ADP":
            break
        elif (before.tag in ("ADJ", "NUM") and not before.low.endswith("ant")) or is_determiner(before):
            start -= 1
        else:
            break
    return Phrase(start, end_of(sentence, head), head)


COUNTS = frozenset(("plupart", "ensemble", "majorité", "totalité", "quasi-totalité", "beaucoup", "peu"))


def end_of(sentence: Sentence, head: int) -> int:
    """The rank after the last word that belongs to the name whose head stands at `head`."""
    proper = sentence[head].form[:1].isupper() and head > 0
    if sentence[head].form.isupper() and len(sentence[head].form) > 2:  # an acronym takes no complement
        return head + 1
    i, last = head + 1, len(sentence)
    while i < last:
        token = sentence[i]
        if token.low in ("-", "/") and i + 1 < last and sentence[i + 1].start == token.end:
            i += 2
        elif _continues(sentence, i, head) or (token.low.isdigit() and i == head + 1):
            i += 1
        elif token.low in OF or (token.low in IN_NAMES and _named(sentence, i, proper)) or _linked(sentence, i, head):
            j = complement_end(sentence, i)
            if j is None:
                break
            i = j
        elif token.low == "," and sentence.low(head) in LISTED and (listed := _listed(sentence, i)) is not None:
            i = listed
        elif (token.low in QUALIFIERS and (j := qualified_end(sentence, i)) is not None) or (
            token.low in ("et", "ou") and (j := _coordinated_inside(sentence, i, head)) is not None
        ):
            i = j
        else:
            break
    return i


# Nouns whose complements are listed: "les représentants de la société civile, du secteur privé et des syndicats".
LISTED = frozenset(("représentants", "représentantes", "délégués", "membres"))


def _listed(sentence: Sentence, comma: int) -> int | None:
    """The rank after ", de X" when the list of complements ends in "et de Y"."""
    end = complement_end(sentence, comma + 1) if sentence.low(comma + 1) in OF else None
    later = range(comma, min(comma + 60, len(sentence) - 1))
    closes = any(sentence.low(j) == "et" and sentence.low(j + 1) in OF for j in later)
    return end if closes else None


ADJUNCTS = frozenset(
    "session séance partie reprise réunion fin début occasion date cours demande moment sa son".split()
)


def _named(sentence: Sentence, i: int, proper: bool) -> bool:
    """Whether "sur", "pour", "à" at `i` goes on with a name: after a capital, and before no date or adjunct."""
    if sentence.low(i) == "en" and not (i + 1 < len(sentence) and sentence[i + 1].form[:1].isupper()):
        return False
    if ADJUNCTS & {sentence.low(j) for j in range(i + 1, i + 4)}:  # "à sa dixième session"
        return False
    inner = any(sentence[j].form[:1].isupper() and sentence.low(j - 1) in OF for j in range(max(i - 3, 1), i))
    return proper or inner


def _continues(sentence: Sentence, i: int, head: int) -> bool:
    """Whether the token is an adjective, participle or apposed noun that goes on with the name."""
    token, before = sentence[i], sentence[i - 1]
    if token.low in APPOSED and before.noun and i == head + 1:  # "États Membres", "État partie"
        return True
    if (
        sentence.low(head) in ("pays", "états")
        and i == head + 1
        and token.tag == "NOUN"
        and token.plural
        and not token.verb
    ):
        return True  # "les pays fournisseurs"
    if token.low in QUALIFIERS and sentence.low(i + 1) in OF | {"à", "au", "aux"}:
        after = sentence[i + 2] if i + 2 < len(sentence) else None  # "les parties concernées à s'acquitter de"
        return after is not None and (after.infinitive or after.low in ("s'", "se", "y", "en"))
    if token.finite and not (token.form[:1].isupper()):
        return False
    if token.form[:1].isupper() and token.form[:1].isalpha():
        return before.noun or before.form[:1].isupper() or before.tag == "ADJ"
    if token.tag == "NOUN" and before.noun and i == head + 1 and ADJECTIVAL.search(token.low):
        return not token.verb and token.plural == before.plural
    if token.low in ("non", "plus", "moins") and i + 1 < len(sentence):
        return (sentence[i + 1].tag == "ADJ" or sentence[i + 1].participle) and token.low == "non"
    if token.tag == "PROPN" and token.form[:1].islower() and before.noun:  # "la Haut-Commissaire adjointe"
        return True
    if token.tag == "ADJ" and not token.gerund and token.low not in DETERMINERS:
        return True
    if token.participle and token.tag in ("VERB", "ADJ"):
        if sentence.low(i + 1) in BEFORE_COMPLEMENT:  # "groupes armés de cesser": the infinitive is the trigger's
            takes = i + 2 < len(sentence) and sentence[i + 2].infinitive
            return takes and token.low not in QUALIFIERS and token.low.endswith(("és", "ées", "is", "ies", "us", "ues"))
        return token.low not in ETRE_LIKE
    return False


# What follows a verb rather than a qualifier ("Le Conseil enjoint aux parties").
BEFORE_COMPLEMENT = frozenset(("à", "au", "aux", "de", "d'", "par", "que", "qu'"))
# Endings of adjectives that the tagger may take for nouns ("la Secrétaire exécutive").
ADJECTIVAL = re.compile(
    r"(?:ive?s?|elle?s?|els?|ale?s?|aux|aires?|oires?|iques?|ienn?e?s?|oise?s?|aise?s?|éenn?e?s?|eurs|rices)$"
)
ETRE_LIKE = frozenset(("été", "eu"))
APPOSED = frozenset(
    "membres membre parties partie frontière cible hôte hôtes observateurs observateur donateurs riverains".split()
)


TREATIES = frozenset(
    "conflit accord traité convention protocole statut présent présente débat comptes négociations".split()
)


def is_treaty(sentence: Sentence, i: int) -> bool:
    """Whether what "à" at `i` introduces is a treaty or a dispute, to which one is a party."""
    return any(t.form[:1].isupper() or t.low in TREATIES for t in sentence.tokens[i + 1 : i + 3])


def _linked(sentence: Sentence, i: int, head: int) -> bool:
    """Whether a common noun takes the complement that begins at `i` ("pays en développement", "parties à")."""
    low, noun = sentence.low(i), sentence.low(head)
    if low == "en" and i + 1 < len(sentence) and sentence[i + 1].tag == "NUM":
        return True
    if low == "sans" and sentence.low(i + 1) == "littoral":
        return True
    if low == "en" and sentence.low(i + 1) in STATES:
        return True
    return (
        low in ("à", "au", "aux")
        and noun in ("parties", "partie", "participants", "candidats", "participant", "commissaires")
        and i == head + 1
        and is_treaty(sentence, i)
    )


def complement_end(sentence: Sentence, i: int) -> int | None:
    """The rank after the noun phrase that the preposition at `i` introduces; None for none, or for a date."""
    if i + 1 < len(sentence) and sentence[i + 1].low.isdigit():
        return None
    j = i + 1
    while j < len(sentence) and sentence.low(j) in BEFORE_HEAD:
        j += 1
    if sentence.low(j) in ("<<", "«", "["):
        j += 1
    head = head_after(sentence, j, 4)
    if head is None:
        return None
    if sentence[head].infinitive and not sentence[head].form[:1].isupper():
        return None
    i = head + 1
    while i < len(sentence) and (_continues(sentence, i, head) or sentence.low(i) in (">>", "»", "]")):
        i += 1
    return i


def qualified_end(sentence: Sentence, i: int) -> int | None:
    """The rank after a participial qualifier ("dotés de l'arme nucléaire"), None if it has no complement."""
    j = i + 1
    if sentence.low(i) == "non":
        return None
    if sentence.low(i) == "ayant":
        return None
    if sentence.low(j) in OF | {"au", "aux", "à", "par"}:
        end = complement_end(sentence, j)
        if end is not None and sentence.low(end) == "auprès":
            end = complement_end(sentence, end + 1)
        while end is not None and sentence.low(end) in OF | {"et"}:  # "relatives à la paix et à la sécurité de X"
            same = sentence.low(end) in OF or sentence.low(end + 1) == sentence.low(j)
            further = complement_end(sentence, end + (sentence.low(end) == "et")) if same else None
            if further is None:
                break
            end = further
        return end
    return None


def _coordinated_inside(sentence: Sentence, i: int, head: int) -> int | None:
    """The rank after "et" + a complement or adjective that still belongs to the name, else None."""
    after = sentence.low(i + 1)
    if after in OF and any(sentence.low(j) in OF for j in range(head + 1, i)):
        return complement_end(sentence, i + 1)
    if after == "non" and i + 2 < len(sentence) and sentence[i + 2].tag == "ADJ" and sentence[i - 1].tag == "ADJ":
        return i + 3  # "organisations intergouvernementales et non gouvernementales"
    if (
        i + 1 < len(sentence)
        and sentence[i + 1].tag == "ADJ"
        and sentence[i - 1].tag == "ADJ"
        and not is_determiner(sentence[i + 1])
    ):
        return i + 2
    proper = sentence[head].form[:1].isupper() and head > 0
    if proper and after in ARTICLES and any(sentence.low(j) in IN_NAMES for j in range(head + 1, i)):
        inner = head_after(sentence, i + 1, 3)
        if inner is not None and sentence[inner].form[:1].islower():
            return complement_end(sentence, i)
    return None
