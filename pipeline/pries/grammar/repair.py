"""Repair: verbs that the tagger missed, and nouns and adjectives that it took for verbs, by rules on the words around.

"et les presse d'agir" -> presse, finite; "un autre intervenant" -> intervenant, a noun
"""

from __future__ import annotations

import re

from pries.base.rules import first
from pries.grammar import words
from pries.grammar.missed.doublets import is_doublet
from pries.grammar.missed.finites import (
    before_a_name,
    behind_a_quotation,
    behind_en,
    fait,
    finite_in_it,
    in_a_clause,
    in_isse,
    negated,
    of_us,
    owing,
    says_what,
    to_this,
    whose,
    with_a_capital,
)
from pries.grammar.missed.infinitives import INFINITIVES, low_at
from pries.grammar.morphology import INFINITIVE as INFINITIVE_END
from pries.grammar.morphology import LIKE_FINITE, LIKE_VERBS, NEVER_VERBS, NOMINAL, NOUNS, SUSPECT, Token

NAMING = ("NOUN", "ADJ")
NUMBERED = re.compile(r"[A-Z]{2,4}\d{1,3}")  # a joint submission
ACRONYM = re.compile(r"(?![IVXLCDM]+$)[A-Z]{3,}")
FINITE_END = re.compile(r"(?<!ant)(?<!ent)(?:e|ent)$")


def repair(tokens: list[Token], certain: frozenset[str] = frozenset()) -> None:
    """Correct the form and the tag of the tokens of a sentence, in their own place; `certain` forms are verbs."""
    for i, token in enumerate(tokens):
        if not token.doubtful:  # mostly
            continue
        low = token.low
        if low[-1].isdigit() and NUMBERED.fullmatch(token.form):
            token.tag, token.morph = "PROPN", "Number=Sing"  # « [JS7] ajoute que »
        if low in words.INVERSIONS and i and not tokens[i - 1].verb and tokens[i - 1].form.isalpha():
            tokens[i - 1].verb, tokens[i - 1].tag = "finite", "VERB"  # « la loi, [estime]-t-elle, »
        if not i:
            continue
        alone = tokens[i - 1].low in words.BEFORE_NOUN_ALONE and (token.tag == "ADJ" or token.verb in NOMINAL)
        if (alone and _noun_alone(tokens, i)) or is_doublet(tokens, i):
            token.verb, token.tag = "", "NOUN"
        elif token.verb and not (token.participle and low in certain):
            suspect = low.endswith(SUSPECT) or low in words.NO_VERBS
            suspect = suspect or (token.verb == "infinitive" and "-" in (tokens[i - 1].low, low_at(tokens, i + 1)))
            if suspect and (better := first(NOT_SO, tokens, i)[0]) is not None:  # few are
                token.verb, token.tag = better
        elif low in certain and token.form.islower():
            token.verb, token.tag = "finite", "VERB"
        elif low in words.OWING:
            token.verb, token.tag = owing(tokens, i) or (token.verb, token.tag)
        elif token.tag == "NUM" and ACRONYM.fullmatch(token.form):
            token.tag, token.morph = "PROPN", "Number=Sing"  # « L'[UNOPS] recommande »
        elif token.tag in NOUNS and (low.endswith(("s", "x")) or token.form.isupper()):
            if low.endswith("ons") and of_us(tokens, i):
                token.verb, token.tag = "finite", "VERB"
            elif shown := words.SHOWN_NUMBER.get(tokens[i - 1].low):
                token.morph = token.morph.replace(*shown)  # « aux [préfets] » is plural, whatever the tagger says
        elif token.tag not in NEVER_VERBS and low.endswith(LIKE_VERBS) and low not in words.LIKE_VERBS:
            token.verb = _missed(tokens, i)
            token.tag = "VERB" if token.verb else token.tag


def _missed(tokens: list[Token], i: int) -> str:
    """Which form of a verb the token is that the tagger took for no verb; empty where it is none."""
    token, before = tokens[i], tokens[i - 1]
    if token.low.endswith(("é", "ée", "és", "ées")):  # « après en avoir [délibéré] »
        return "participle" if before.low in words.AVOIR else ""
    if token.low.endswith(("er", "ir")):
        return "infinitive" if len(token.low) > 4 and first(INFINITIVES, tokens, i)[0] else ""
    pronoun = before.low in words.BEFORE_MISSED or behind_en(tokens, i)
    if before.low in words.CLITICS:
        pronoun = pronoun or before.tag == "PRON" or low_at(tokens, i - 2) in words.BEFORE_CLITICS
        pronoun = pronoun or (token.low in words.ASKS_OR_NAMES and i > 1 and tokens[i - 2].noun)
    operative = token.low in words.OPERATIVE and token.form[:1].isupper()
    titled = token.form.istitle() and before.low in words.ARTICLES  # « à qui le [Président] a »
    if (titled and not operative) or not (pronoun or operative or token.tag in NAMING):  # nearly always
        return ""
    joined = before.low in words.SHARES and token.low in words.ASKS_OR_NAMES
    named = before.tag in NOUNS or before.low in words.BEFORE_APART or low_at(tokens, i + 1) in words.QUE
    if token.low.endswith("ant") and before.tag == "PRON" and before.low in words.CLITICS:  # « , le [priant] de »
        return "gerund"
    opens = before.tag == "PUNCT" and token.low in words.ASKS_OR_NAMES and token.form.islower()
    named = named or opens or (before.tag == "ADJ" and token.tag == "NOUN")
    return "finite" if (pronoun or operative or joined or named) and first(FINITE, tokens, i)[0] else ""


def _noun_alone(tokens: list[Token], i: int) -> bool:
    """Whether an adjective or a participle stands where a noun does: « les [internes] doivent », « aux [élus] de »."""
    article, token, j = tokens[i - 1].low, tokens[i], i + 1
    if token.low in words.NO_NOUN_ALONE or not token.form.isalpha():
        return False
    while low_at(tokens, j) in words.CLITICS_OR_NEGATION:
        j += 1
    if j >= len(tokens):
        return False
    if tokens[j].finite:  # « le plus important est »
        return article not in words.OF_THE and low_at(tokens, i - 2) not in words.BE_OR_HAVE
    asked = token.plural and article in words.BEFORE_PLURAL_NOUN and not token.gerund
    return asked and j == i + 1 and tokens[j].low in words.DE_A and j + 1 < len(tokens) and tokens[j + 1].infinitive


def _agent_noun(tokens: list[Token], i: int) -> tuple[str, str] | None:
    """A noun in -ant behind a determiner: « un autre [intervenant] »."""
    before = tokens[i - 1].low
    if not tokens[i].gerund or tokens[i].tag != "VERB":
        return None
    after = tokens[i + 1] if before == "l'" and i + 1 < len(tokens) else None
    subject = after is not None and (after.finite or after.low in words.NEGATION)
    # « à l'exploitant de payer », « par l'exploitant, », but « en l'exploitant »
    governed = before == "l'" and low_at(tokens, i - 2) in words.PREPOSITIONS - words.IN
    return ("", "NOUN") if subject or governed or before in words.BEFORE_NOUN else None


def _either(tokens: list[Token], i: int) -> tuple[str, str] | None:
    """The conjunction: « [soit] extrader, [soit] poursuivre »."""
    return ("", "CCONJ") if tokens[i].low == "soit" and i + 1 < len(tokens) and tokens[i + 1].infinitive else None


def _adjective(tokens: list[Token], i: int) -> tuple[str, str] | None:
    """An adjective behind a noun: « les familles [désireuses] de », « la Directrice [exécutive] a présenté »."""
    if tokens[i].low.endswith(("euse", "euses")) and tokens[i - 1].noun:
        return "", "ADJ"
    if tokens[i].low in words.LIKE_VERBS:
        return ("", "ADJ") if tokens[i - 1].noun and low_at(tokens, i + 1) not in words.DETERMINERS else None
    between = tokens[i].low.endswith(LIKE_FINITE) and tokens[i - 1].noun and i + 1 < len(tokens)
    return ("", "ADJ") if between and tokens[i + 1].finite else None


def _compound(tokens: list[Token], i: int) -> tuple[str, str] | None:
    """Half of a compound: « un laissez-[passer] », « le [savoir]-faire »."""
    half = tokens[i].infinitive and (_hyphen(tokens, i - 1) or _hyphen(tokens, i + 1))
    return ("", "NOUN") if half else None


def _hyphen(tokens: list[Token], i: int) -> bool:
    """Whether a hyphen stands at `i` between two words, with no space beside it."""
    if not 0 < i < len(tokens) - 1 or tokens[i].low != "-":
        return False
    return tokens[i - 1].end == tokens[i].start and tokens[i].end == tokens[i + 1].start


def _negator(tokens: list[Token], i: int) -> tuple[str, str] | None:
    """The second word of a negation: « de ne [point] céder »."""
    return ("", "ADV") if tokens[i].low in words.NEGATORS and tokens[i - 1].low in words.NEGATION else None


def _titled(tokens: list[Token], i: int) -> tuple[str, str] | None:
    """What stands before a name: « à [MM.] les abonnés »."""
    return ("", "NOUN") if tokens[i].low in words.TITLES else None


NOT_SO = (fait, _negator, _titled, _compound, _agent_noun, finite_in_it, _either, _adjective)


def _after_a_subject(tokens: list[Token], i: int) -> bool | None:
    """Behind a pronoun that is a subject, clitics between: « il [importe] », « celle qui les [remplace] »."""
    low = tokens[i].low
    if not low.isalpha() or low in words.CLITICS:
        return None
    j = i - 1
    while j > 0 and tokens[j].low in words.CLITICS_OR_NEGATION:
        j -= 1
    if tokens[j].low == "qui" and low_at(tokens, j - 1) in words.PREPOSITIONS:  # « à qui le [préfet] demande »
        return None
    return (tokens[j].low in words.SUBJECT_WORDS and low.endswith(("e", "ent", "t", "a", "ont"))) or None


def _after_a_clitic(tokens: list[Token], i: int) -> bool | None:
    """Behind what the tagger itself takes for a pronoun: « leurs voisins leur [conseillent] de partir »."""
    before, token = tokens[i - 1], tokens[i]
    pronoun = before.tag == "PRON" and before.low in words.CLITICS
    return True if pronoun and token.tag in NAMING and token.form.islower() and FINITE_END.search(token.low) else None


def _after_the_latter(tokens: list[Token], i: int) -> bool | None:
    """Behind a pronoun that points: « ces derniers [conseillent] »."""
    points = tokens[i - 1].low in words.LATTER and low_at(tokens, i - 2) in words.DEMONSTRATIVES
    return True if points and tokens[i].low.endswith("ent") else None


def _after_les(tokens: list[Token], i: int) -> bool | None:
    """Behind "les", which as an article has a plural after it, or « deuxième et … »: « et les [presse] d'agir »."""
    if tokens[i - 1].low != "les":
        return None
    token = tokens[i]
    plain = token.form.isalpha() and token.form.islower() and not token.low.endswith("ième")
    return plain and token.tag in NAMING and token.low.endswith("e")


def _after_a_dative(tokens: list[Token], i: int) -> bool | None:
    """Behind "leur" and before "de" and an infinitive: « la cheffe leur [demande] d'agir »."""
    asks = tokens[i].low in words.ASKS_OR_NAMES and tokens[i - 1].low in words.FEMININE and i > 1 and tokens[i - 2].noun
    only = asks and not any(token.finite for token in tokens)  # « La société des rédacteurs la [somme] de payer »
    if not only and tokens[i - 1].low not in words.DATIVE_CLITICS:
        return None
    if not tokens[i].low.endswith(("e", "t")):
        return None
    j = _after_adverbs(tokens, i + 1)
    if low_at(tokens, j) not in words.DE:
        return None
    j += 1
    while low_at(tokens, j) in words.BESIDE_INFINITIVE:
        j += 1
    before = tokens[i - 2] if i > 1 else None
    subject = before is not None and (before.noun or before.low in words.BEFORE_DATIVE | words.BEFORE_APART)
    return (subject and j < len(tokens) and tokens[j].infinitive) or None


def _after_adverbs(tokens: list[Token], i: int) -> int:
    """The rank after the adverbs that stand from `i` on."""
    while i < len(tokens) and tokens[i].tag == "ADV" and tokens[i].low not in words.NEGATION:
        i += 1
    return i


def _before_que(tokens: list[Token], i: int) -> bool | None:
    """Between a noun and "que": « le Comité [note] que », but « l'État partie que »."""
    token = tokens[i]
    behind = tokens[i - 1].noun or (tokens[i - 1].tag == "ADJ" and i > 1 and tokens[i - 2].noun)
    if tokens[i - 1].low in words.NTH and token.low in words.ASKS_OR_NAMES and low_at(tokens, i + 1) in words.QUE:
        return True  # « La deuxième [demande] que »
    if token.low in words.PARTY or not behind or token.tag not in NAMING:
        return None
    if low_at(tokens, i + 1) not in words.QUE:
        return None
    if tokens[i].tag == "ADJ" and tokens[i].low.endswith(LIKE_FINITE) and not INFINITIVE_END.search(tokens[i].lemma):
        return None  # « d'importance cruciale que »
    return FINITE_END.search(tokens[i].low) is not None if tokens[i + 1].tag == "SCONJ" else None


def _unlike_an_adjective(tokens: list[Token], i: int) -> bool | None:
    """Behind a plural with which an adjective would agree: « les participants [soulignent] »."""
    before = tokens[i - 1]
    plural = before.noun and tokens[i].tag == "ADJ" and before.plural and i + 1 < len(tokens)
    return True if plural and tokens[i].low.endswith("ent") else None


def _before_an_object(tokens: list[Token], i: int) -> bool | None:
    """Between a noun and an article: « le Parlement [vote] les crédits », « l'agence [charge] donc son inspection »."""
    before = tokens[i - 1]
    apart = before.low in words.BEFORE_APART  # « Le Conseil, réuni à Oslo, charge le maire de »
    behind = before.noun or (before.tag == "ADJ" and i > 1 and tokens[i - 2].tag == "NOUN")
    named = apart or (behind and not before.plural)
    noun = tokens[i].tag == "NOUN" or tokens[i].low in words.ASKS_OR_NAMES
    votes = named and noun and tokens[i].low.endswith("e")
    return True if votes and low_at(tokens, _after_adverbs(tokens, i + 1)) in words.AFTER_VERB else None


def _at_the_head_of_an_item(tokens: list[Token], i: int) -> bool | None:
    """Behind the marker of an item alone, before an article: « Le conseil : – vote le devis ; – [charge] le maire »."""
    opens = tokens[i].low in words.ASKS_OR_NAMES and all(token.tag == "PUNCT" for token in tokens[:i])
    return (opens and low_at(tokens, _after_adverbs(tokens, i + 1)) in words.AFTER_VERB | words.TO) or None


def _before_whom_it_asks(tokens: list[Token], i: int) -> bool | None:
    """Between a noun and "au", with "de" and an infinitive behind: « la Commission [suggère] au préfet d'attendre »."""
    token = tokens[i]
    names = not tokens[i - 1].noun or token.low in words.PARTY or token.form[:1].isupper()
    whom = low_at(tokens, i + 1) in words.TO_THE or low_at(tokens, i + 2) in words.ARTICLES
    if names or not whom or low_at(tokens, i + 1) not in words.TO:
        return None
    if not token.low.endswith(("e", "ent")) or token.low.endswith(LIKE_FINITE):  # « la Convention relative aux droits »
        return None
    for one, two in zip(tokens[i + 2 : i + 8], tokens[i + 3 : i + 9], strict=False):
        if one.low in words.JOINS:
            return None
        if one.low in words.DE and two.infinitive:
            return True
    return None


def _goes_on_asking(tokens: list[Token], i: int) -> bool | None:
    """Behind a verb to which it is coordinated: « Le maire refuse et [demande] à la région de payer »."""
    joined = tokens[i - 1].low in words.SHARES and tokens[i].low in words.ASKS_OR_NAMES
    if not joined or not any(token.finite for token in tokens[:i]):
        return None
    after = low_at(tokens, _after_adverbs(tokens, i + 1))
    whom = after in words.TO | words.AFTER_VERB | words.OF | words.QUE
    pairs = zip(tokens[i + 1 : i + 25], tokens[i + 2 : i + 26], strict=False)
    goes_on = after in words.QUE or any(one.low in words.DE_A and two.infinitive for one, two in pairs)
    return (whom and goes_on) or None


FINITE = (
    _goes_on_asking, _at_the_head_of_an_item, says_what, _after_a_subject, negated, _after_a_clitic, _after_the_latter,
    _after_les, _after_a_dative, _before_que, _unlike_an_adjective, _before_an_object, _before_whom_it_asks,
    before_a_name, behind_a_quotation, behind_en, in_isse, with_a_capital, in_a_clause, to_this, whose,
)  # fmt: skip
