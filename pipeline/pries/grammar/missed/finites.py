"""Conjugated verbs that the tagger took for names or participles, by rules on the words around.

"L'ONG [presse] Bamako de rouvrir la route", "La Conférence [Estime] que", "la charte [fait] obligation aux élèves de"
"""

from __future__ import annotations

from pries.grammar import words
from pries.grammar.missed.infinitives import low_at
from pries.grammar.morphology import NOUNS, Token

NAME_AND_ACTION = 6  # words in which "de" and an infinitive follow a name


def before_a_name(tokens: list[Token], i: int) -> bool | None:
    """Between a noun and a name, with "de" and an infinitive behind: « L'ONG [presse] Bamako de rouvrir la route »."""
    asks = tokens[i].low in words.ASKS_OR_NAMES and tokens[i].form.islower() and tokens[i - 1].noun
    if not asks or i + 1 >= len(tokens) or not tokens[i + 1].form[:1].isupper():
        return None
    after = zip(tokens[i + 2 : i + NAME_AND_ACTION], tokens[i + 3 :], strict=False)
    return True if any(one.low in words.DE and two.infinitive for one, two in after) else None


def behind_a_quotation(tokens: list[Token], i: int) -> bool | None:
    """Behind a name in quotation marks: « Le collectif « Mer libre » [somme] le préfet de »."""
    asks = tokens[i].low in words.ASKS_OR_NAMES and tokens[i - 1].low in words.CLOSING_QUOTES
    after = low_at(tokens, i + 1)
    return True if asks and (after in words.QUE | words.ARTICLES | words.TO | words.DE or not after) else None


def of_us(tokens: list[Token], i: int) -> bool:
    """A plural of the first person that looks like a noun: « que nous [passions] au vote »."""
    us = tokens[i - 1].low == "nous" and low_at(tokens, i - 2) in words.QUE
    return us and tokens[i].low.endswith(("ions", "yons"))


def in_isse(tokens: list[Token], i: int) -> bool | None:
    """A subjunctive behind its subject, of a verb that the tagger never saw: « que l'État [réinvestisse] la ville »."""
    shown = tokens[i].low.endswith(("isse", "issent")) and tokens[i - 1].tag in NOUNS
    return True if shown and any(token.low in words.QUE for token in tokens[:i]) else None


def behind_en(tokens: list[Token], i: int) -> bool | None:
    """A plural behind "en", before an article: « les préfets, saisis, en [contrôlent] les motifs »."""
    plural = tokens[i].low.endswith("ent") and not tokens[i].low.endswith("ment")
    return True if plural and tokens[i - 1].low == "en" and low_at(tokens, i + 1) in words.ARTICLES else None


def with_a_capital(tokens: list[Token], i: int) -> bool | None:
    """With the capital of an operative paragraph inside the line: « La Conférence [Estime] que », « et [Prie] les »."""
    before, after = tokens[i - 1], tokens[i + 1].low if i + 1 < len(tokens) else ""
    operative = tokens[i].low in words.OPERATIVE and tokens[i].form[:1].isupper()
    behind = before.tag in (*NOUNS, "ADJ") or before.low in words.JOINS
    return True if operative and behind and after in words.AFTER_OPERATIVE else None


def in_a_clause(tokens: list[Token], i: int) -> bool | None:
    """What looks like an adjective behind the subject of a clause, before an object or the end of the clause.

    « que l'État [double] les crédits », « que la ministre [arbitre]. », but « ne concerne que la zone urbaine. »
    """
    token, after = (
        tokens[i],
        i + 1 + (low_at(tokens, i + 1) in words.EMPHATIC),
    )  # « que l'État [fixe] lui-même le prix »
    plain = token.form.islower() and token.low.endswith("e") and token.tag in ("ADJ", "NOUN")
    if (
        not plain
        or token.low in words.PARTY
        or i < 3
        or tokens[i - 1].tag not in NOUNS
        or tokens[i - 1].plural
        or after >= len(tokens)
    ):
        return None
    clause = tokens[i - 3].low in words.QUE and tokens[i - 2].tag == "DET"
    limits = {token.low for token in tokens[max(i - 12, 0) : i - 3]} & (words.NEGATION | words.COMPARATIVES)
    ends = tokens[after].low in (".", ";") and not limits
    noun, shown = tokens[i - 1].morph, token.morph
    if clause and token.tag == "ADJ" and "Gender=Masc" in noun and "Gender=Fem" in shown:
        return True  # « que le Gouvernement [présente], au plus tôt, »: no adjective of this noun
    object_of = after + 1 < len(tokens) and tokens[after].low in words.AFTER_VERB - {"avec"}
    some = token.tag == "NOUN" and tokens[after].low in words.OF_THE  # « que la mairie [plante] des arbres »
    return True if clause and (ends or some or (object_of and tokens[after + 1].noun)) else None


def negated(tokens: list[Token], i: int) -> bool | None:
    """Inside a negation: « Le Conseil n'en [presse] pas moins les parties », « La loi ne les [oblige] pas »."""
    if low_at(tokens, i + 1) not in words.NEGATORS:
        return None
    j = i - 1
    while j > 0 and tokens[j].low in words.CLITICS:
        j -= 1
    return tokens[j].low in words.NEGATION or None


def says_what(tokens: list[Token], i: int) -> bool | None:
    """Behind an aside and before "que": « M. Roy, conseiller, [juge] que », « le Royaume-Uni [juge] utile de »."""
    if tokens[i].low not in words.SAYS_OR_NAMES:
        return None
    apart = tokens[i - 1].low in words.BEFORE_APART | words.EUX and low_at(tokens, i + 1) in words.QUE
    judges = i + 1 < len(tokens) and tokens[i + 1].tag == "ADJ" and low_at(tokens, i + 2) in words.QUE | words.DE
    return apart or judges or None


def owing(tokens: list[Token], i: int) -> tuple[str, str] | None:
    """A gerund before an infinitive: « le juge [devant], lui, trancher », but « devant le juge »."""
    j = i + 1
    while j < min(len(tokens), i + 6) and (
        tokens[j].low in words.CLITICS_OR_NEGATION | words.NEGATORS | {","} or tokens[j].tag == "ADV"
    ):
        j += 1
    return ("gerund", "VERB") if j < len(tokens) and tokens[j].infinitive else None


def to_this(tokens: list[Token], i: int) -> bool | None:
    """Between a noun and "à ce que": « L'organisation patronale [demande] à ce que le calendrier soit revu »."""
    low, after = tokens[i].low, [token.low for token in tokens[i + 1 : i + 4]]
    asks = low in words.ASKS_OR_NAMES and tokens[i - 1].tag in (*NOUNS, "ADJ")
    return True if asks and after[:2] == ["à", "ce"] and after[2:] and after[2] in words.QUE else None


def whose(tokens: list[Token], i: int) -> bool | None:
    """The verb of "dont", where the sentence has too few: « Le groupe, dont le mandat [expire] en mai, juge que »."""
    token = tokens[i]
    plain = token.form.islower() and token.low.endswith(("e", "ent")) and token.tag in ("ADJ", "NOUN")
    if not plain or i < 3 or tokens[i - 3].low != "dont" or tokens[i - 2].tag != "DET" or not tokens[i - 1].noun:
        return None
    near = tokens[i + 1 : i + (2 if low_at(tokens, i + 1) in words.PREPOSITIONS else 5)]
    if any(one.finite for one in near):
        return None  # « dont la tâche principale serait », but « dont le bail expire en mai doivent »
    end = next((j for j in range(i, len(tokens)) if tokens[j].low in words.STRONG_MARKS), len(tokens))
    clauses = 1 + sum(one.low in words.RELATIVES for one in tokens[:end])
    return True if sum(one.finite for one in tokens[:end]) < clauses else None


def fait(tokens: list[Token], i: int) -> tuple[str, str] | None:
    """A present between a subject and a bare noun: « la charte [fait] obligation aux élèves de »."""
    if tokens[i].low != "fait" or i + 1 >= len(tokens) or tokens[i + 1].low not in words.DONE_BARE:
        return None
    compound = any(token.low in words.FORMS_OF_BOTH for token in tokens[max(i - 4, 0) : i])
    behind = tokens[i - 1].tag in (*NOUNS, "ADJ") or tokens[i - 1].low in words.BEFORE_APART
    return ("finite", "VERB") if behind and not compound else None


def finite_in_it(tokens: list[Token], i: int) -> tuple[str, str] | None:
    """A form in -it without auxiliary, before "que" or whom it asks: « M. Ba [dit] que », « Le juge [enjoint] aux »."""
    token, after = tokens[i], low_at(tokens, i + 1)
    if not token.participle or any(t.low in words.FORMS_OF_BOTH for t in tokens[max(i - 4, 0) : i]):
        return None
    said = token.low.endswith("it") and after in words.QUE
    named = tokens[i - 1].tag in ("NOUN", "PROPN", "ADJ")
    whom = after in words.TO and ((named and _main(tokens, i)) or _goes_on(tokens, i))
    return ("finite", "VERB") if said or whom else None


def _goes_on(tokens: list[Token], i: int) -> bool:
    """Whether it goes on with a verb without auxiliary: « Le juge ordonne le gel et [interdit] aux »."""
    last = next((token for token in reversed(tokens[:i]) if token.finite), None)
    return tokens[i - 1].low in words.SHARES and last is not None and last.low not in words.FORMS_OF_BOTH


def _main(tokens: list[Token], i: int) -> bool:
    """Whether no other verb can be the main one: « Le juge [enjoint] aux », but « Un jeu [interdit] aux … doit »."""
    if any(t.finite or t.low in words.OPENERS for t in tokens[:i]):
        return False
    other = next((t.i - tokens[0].i for t in tokens[i + 1 :] if t.finite), None)
    if other is None:
        return True
    before = other - 1
    while tokens[before].low in words.CLITICS_OR_NEGATION:
        before -= 1
    return tokens[before].low in words.SHARES or any(t.low in words.OPENERS for t in tokens[i + 1 : other])
