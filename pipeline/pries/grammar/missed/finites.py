"""Conjugated verbs that the tagger took for names or participles, by rules on the words around.

"L'ONG [presse] Bamako de rouvrir la route", "La Conférence [Estime] que", "la charte [fait] obligation aux élèves de"
"""

from __future__ import annotations

from pries.grammar import words
from pries.grammar.morphology import NOUNS, Token

NAME_AND_ACTION = 6  # words in which "de" and an infinitive follow a name


def before_a_name(tokens: list[Token], i: int) -> bool | None:
    """Between a noun and a name, with "de" and an infinitive behind: « L'ONG [presse] Bamako de rouvrir la route »."""
    asks = tokens[i].low in words.ASKS_OR_NAMES and tokens[i].form.islower() and tokens[i - 1].noun
    if not asks or i + 1 >= len(tokens) or not tokens[i + 1].form[:1].isupper():
        return None
    after = zip(tokens[i + 2 : i + NAME_AND_ACTION], tokens[i + 3 :], strict=False)
    return True if any(one.low in words.DE and two.infinitive for one, two in after) else None


def in_isse(tokens: list[Token], i: int) -> bool | None:
    """A subjunctive behind its subject, of a verb that the tagger never saw: « que l'État [réinvestisse] la ville »."""
    shown = tokens[i].low.endswith(("isse", "issent")) and tokens[i - 1].tag in NOUNS
    return True if shown and any(token.low in words.QUE for token in tokens[:i]) else None


def with_a_capital(tokens: list[Token], i: int) -> bool | None:
    """With the capital of an operative paragraph inside the line: « La Conférence [Estime] que », « et [Prie] les »."""
    before, after = tokens[i - 1], tokens[i + 1].low if i + 1 < len(tokens) else ""
    operative = tokens[i].low in words.OPERATIVE and tokens[i].form[:1].isupper()
    behind = before.tag in (*NOUNS, "ADJ") or before.low in words.JOINS
    return True if operative and behind and after in words.AFTER_OPERATIVE else None


def fait(tokens: list[Token], i: int) -> tuple[str, str] | None:
    """A present between a subject and a bare noun: « la charte [fait] obligation aux élèves de »."""
    if tokens[i].low != "fait" or i + 1 >= len(tokens) or tokens[i + 1].low not in words.DONE_BARE:
        return None
    compound = any(token.low in words.FORMS_OF_BOTH for token in tokens[max(i - 4, 0) : i])
    behind = tokens[i - 1].tag in (*NOUNS, "ADJ") or tokens[i - 1].low in words.BEFORE_APART
    return ("finite", "VERB") if behind and not compound else None
