"""Repair: verbs that the tagger missed, and nouns and adjectives that it took for verbs, by rules on the words around.

"et les presse d'agir" -> presse, finite; "un autre intervenant" -> intervenant, a noun
"""

from __future__ import annotations

import re

from pries.base.rules import first
from pries.grammar import words
from pries.grammar.morphology import NOUNS, Token

NEVER_VERBS = frozenset(("ADV", "PRON", "DET", "PUNCT", "CCONJ", "SCONJ"))
NOMINAL = ("participle", "gerund")
NAMING = ("NOUN", "ADJ")
LIKE_FINITE = ("ive", "ives", "ale", "ales", "elle", "elles")
SUSPECT = ("ant", "it", *LIKE_FINITE)  # the endings of what the rules of NOT_SO are about
FINITE_END = re.compile(r"(?<!ant)(?<!ent)(?:e|ent)$")


def repair(tokens: list[Token]) -> None:
    """Correct the form and the tag of the tokens of a sentence, in their own place."""
    for i, token in enumerate(tokens):
        if not i:
            continue
        alone = tokens[i - 1].low in words.BEFORE_NOUN_ALONE and (token.tag == "ADJ" or token.verb in NOMINAL)
        if alone and _noun_alone(tokens, i):
            token.verb, token.tag = "", "NOUN"
        elif token.verb:
            if not token.low.endswith(SUSPECT):  # nearly always
                continue
            better, _ = first(NOT_SO, tokens, i)
            if better is not None:
                token.verb, token.tag = better
        elif token.tag not in NEVER_VERBS:
            if token.tag in NOUNS and (shown := words.SHOWN_NUMBER.get(tokens[i - 1].low)) and token.low[-1] in "sx":
                token.morph = token.morph.replace(*shown)  # « aux [préfets] » is plural, whatever the tagger says
            if token.low.endswith(("e", "t", "a")):  # as all finite forms do that the rules are about
                before = tokens[i - 1]
                named = before.tag in NOUNS or before.low in words.BEFORE_APART
                may_be = before.low in words.MAY_HAVE_VERB or (token.tag in NAMING and named)
                if may_be and first(FINITE, tokens, i)[0]:
                    token.verb, token.tag = "finite", "VERB"
            elif token.low.endswith(("er", "ir")) and len(token.low) > 4 and first(INFINITIVE, tokens, i)[0]:
                token.verb, token.tag = "infinitive", "VERB"


def _low(tokens: list[Token], i: int) -> str:
    return tokens[i].low if 0 <= i < len(tokens) else ""


def _noun_alone(tokens: list[Token], i: int) -> bool:
    """Whether an adjective or a participle stands where a noun does: « les [internes] doivent », « aux [élus] de »."""
    article, token, j = tokens[i - 1].low, tokens[i], i + 1
    if token.low in words.NO_NOUN_ALONE or not token.form.isalpha():
        return False
    while _low(tokens, j) in words.CLITICS_OR_NEGATION:
        j += 1
    if j >= len(tokens):
        return False
    if tokens[j].finite:  # « le plus important est »
        return article not in words.OF_THE and _low(tokens, i - 2) not in words.BE_OR_HAVE
    asked = token.plural and article in words.BEFORE_PLURAL_NOUN and not token.gerund
    return asked and j == i + 1 and tokens[j].low in words.DE_A and j + 1 < len(tokens) and tokens[j + 1].infinitive


def _agent_noun(tokens: list[Token], i: int) -> tuple[str, str] | None:
    """A noun in -ant behind a determiner: « un autre [intervenant] »."""
    token, before = tokens[i], tokens[i - 1].low
    if not token.gerund or token.tag != "VERB":
        return None
    subject = before == "l'" and i + 1 < len(tokens) and (tokens[i + 1].finite or tokens[i + 1].low in words.NEGATION)
    return ("", "NOUN") if subject or before in words.BEFORE_NOUN else None


def _finite_in_it(tokens: list[Token], i: int) -> tuple[str, str] | None:
    """A form in -it before "que", without auxiliary, is no participle: « M. Diallo [dit] que »."""
    token = tokens[i]
    if not (token.participle and token.low.endswith("it") and _low(tokens, i + 1) in words.QUE):
        return None
    near = tokens[max(i - 4, 0) : i]
    return None if any(t.low in words.FORMS_OF_BOTH for t in near) else ("finite", token.tag)


def _either(tokens: list[Token], i: int) -> tuple[str, str] | None:
    """The conjunction: « [soit] extrader, [soit] poursuivre »."""
    either = tokens[i].low == "soit" and i + 1 < len(tokens) and tokens[i + 1].infinitive
    return ("", "CCONJ") if either else None


def _adjective(tokens: list[Token], i: int) -> tuple[str, str] | None:
    """An adjective between a noun and its verb: « la Directrice [exécutive] a présenté »."""
    between = tokens[i].low.endswith(LIKE_FINITE) and tokens[i - 1].noun and i + 1 < len(tokens)
    return ("", "ADJ") if between and tokens[i + 1].finite else None


NOT_SO = (_agent_noun, _finite_in_it, _either, _adjective)


def _after_a_subject(tokens: list[Token], i: int) -> bool | None:
    """Behind a pronoun that is a subject: « il [importe] »."""
    low = tokens[i].low
    if tokens[i - 1].low not in words.SUBJECT_WORDS or not low.isalpha() or low in words.CLITICS:
        return None
    return low.endswith(("e", "ent", "t", "a", "ont"))


def _after_the_latter(tokens: list[Token], i: int) -> bool | None:
    """Behind a pronoun that points: « ces derniers [conseillent] »."""
    points = tokens[i - 1].low in words.LATTER and _low(tokens, i - 2) in words.DEMONSTRATIVES
    return True if points and tokens[i].low.endswith("ent") else None


def _after_les(tokens: list[Token], i: int) -> bool | None:
    """Behind "les", which as an article has a plural after it, or « deuxième et … »: « et les [presse] d'agir »."""
    if tokens[i - 1].low != "les":
        return None
    token = tokens[i]
    plain = token.form.isalpha() and token.form.islower() and not token.low.endswith("ième")
    return plain and token.tag in NAMING and token.low.endswith("e")


def _after_a_dative(tokens: list[Token], i: int) -> bool | None:
    """Behind "leur" and before "de" and an infinitive: « et leur [demande] d'agir »."""
    if tokens[i - 1].low not in words.DATIVE_CLITICS or _low(tokens, i + 1) not in words.DE:
        return None
    if not tokens[i].low.endswith("e") or i + 2 >= len(tokens):
        return None
    behind = i + 2 + (_low(tokens, i + 2) in words.CLITICS)
    subject = _low(tokens, i - 2) in words.BEFORE_DATIVE or (i > 1 and tokens[i - 2].noun)
    subject = subject or _low(tokens, i - 2) in words.BEFORE_APART
    return subject and behind < len(tokens) and tokens[behind].infinitive


def _before_que(tokens: list[Token], i: int) -> bool | None:
    """Between a noun and "que": « le Comité [note] que », but « l'État partie que »."""
    token = tokens[i]
    if token.low in words.PARTY or not tokens[i - 1].noun or token.tag not in NAMING:
        return None
    if _low(tokens, i + 1) not in words.QUE:
        return None
    return FINITE_END.search(tokens[i].low) is not None if tokens[i + 1].tag == "SCONJ" else None


def _unlike_an_adjective(tokens: list[Token], i: int) -> bool | None:
    """Behind a plural with which an adjective would agree: « les participants [soulignent] »."""
    before = tokens[i - 1]
    plural = before.noun and tokens[i].tag == "ADJ" and before.plural and i + 1 < len(tokens)
    return True if plural and tokens[i].low.endswith("ent") else None


def _before_an_object(tokens: list[Token], i: int) -> bool | None:
    """Between a noun and an article: « le Parlement [vote] les crédits »."""
    before = tokens[i - 1]
    apart = before.low in words.BEFORE_APART  # « Le Conseil, réuni à Oslo, charge le maire de »
    named = apart or (before.noun and not before.plural)
    votes = named and tokens[i].tag == "NOUN" and tokens[i].low.endswith("e")
    adverb = i + 1 < len(tokens) and tokens[i + 1].tag == "ADV"  # « l'Agence charge donc son inspection de »
    return True if votes and _low(tokens, i + 1 + adverb) in words.AFTER_VERB else None


def _apart_before_que(tokens: list[Token], i: int) -> bool | None:
    """Behind an aside and before "que": « M. Roy, conseiller, [juge] que »."""
    apart = tokens[i].low in words.SAYS_OR_NAMES and tokens[i - 1].low in words.BEFORE_APART
    return True if apart and _low(tokens, i + 1) in words.QUE else None


def _before_whom_it_asks(tokens: list[Token], i: int) -> bool | None:
    """Between a noun and "au", with "de" and an infinitive behind: « la Commission [suggère] au préfet d'attendre »."""
    token = tokens[i]
    names = not tokens[i - 1].noun or token.low in words.PARTY or token.form[:1].isupper()
    whom = _low(tokens, i + 1) in words.TO_THE or _low(tokens, i + 2) in words.ARTICLES
    if names or not whom or _low(tokens, i + 1) not in words.TO:
        return None
    if not token.low.endswith(("e", "ent")) or token.low.endswith(LIKE_FINITE):  # « relative aux droits »
        return None
    for one, two in zip(tokens[i + 2 : i + 8], tokens[i + 3 : i + 9], strict=False):
        if one.low in words.JOINS:
            return None
        if one.low in words.DE and two.infinitive:
            return True
    return None


FINITE = (
    _apart_before_que, _after_a_subject, _after_the_latter, _after_les, _after_a_dative, _before_que,
    _unlike_an_adjective, _before_an_object, _before_whom_it_asks,
)  # fmt: skip


def _after_a_marker(tokens: list[Token], i: int) -> bool | None:
    """Between a preposition and a determiner: « à [recycler] leurs déchets »."""
    if tokens[i - 1].low not in words.INFINITIVE_MARKERS:
        return None
    after = _low(tokens, i + 1)
    return after in words.DETERMINERS and after not in words.OF


def _after_a_marker_and_a_pronoun(tokens: list[Token], i: int) -> bool | None:
    """Behind a preposition and a pronoun: « de les [promulguer] », but the noun of « de la mer » is short."""
    if _low(tokens, i - 2) not in words.INFINITIVE_MARKERS:
        return None
    before, low = tokens[i - 1].low, tokens[i].low
    return before in words.UNCONTRACTED or (before == "la" and low.endswith("er") and len(low) > 6)


def _listed(tokens: list[Token], i: int) -> bool | None:
    """In a list, where the parse hangs it on a verb: « prévenir les abus, [enquêter] »."""
    token = tokens[i]
    listed = tokens[i - 1].low in words.LISTS_VERBS and token.relation in ("xcomp", "conj") and token.tag == "NOUN"
    return True if listed and not token.low.endswith("ier") else None


INFINITIVE = (_after_a_marker, _after_a_marker_and_a_pronoun, _listed)
