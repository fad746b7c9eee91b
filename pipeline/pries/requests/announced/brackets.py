"""Brackets: the States that recommend an item and the bodies that it means, named in brackets at its ends.

"148.1 Ratifier la Convention ([France]issuer, [Togo]issuer);" "([Ministère du port]addressee) : curer le chenal"
"""

from __future__ import annotations

from pries.actors.titles import Titled, TitleNames
from pries.grammar import words as closed
from pries.grammar.sentence import Sentence
from pries.requests.cast import Filler
from pries.requests.complements import infinitive_at

DASHES = ("–", "—", "-")  # before the State that recommends: « Adopter une loi – Suède »
SIGNS = (":", *DASHES)  # behind those that recommend
AHEAD = 20  # tokens in which States may be named before what they recommend


def named_behind(names: TitleNames, sentence: Sentence, begin: int, end: int) -> tuple[int, list[Filler]]:
    """The States in brackets or behind a dash that end an item, and where its words end: « (Mali) (Togo) ; ».

    Those that an item names behind each of its actions recommend it too: « Publier (Mali) ; diffuser (Togo) ».
    """
    found: list[Filler] = []
    while end > begin:
        k = end - 1
        while k > begin and sentence.low(k) in closed.BETWEEN_ACTIONS | {","}:
            k -= 1
        states = _states_before(names, sentence, begin, k)
        if states is None:
            break
        found, end = [*states[1], *found], states[0]
    closings = (k for k in range(begin, end) if found and _closes_action(sentence, k))
    inside = [state for k in closings if (states := _states_before(names, sentence, begin, k)) for state in states[1]]
    return end, list(dict.fromkeys([*inside, *found]))


def named_ahead(names: TitleNames, sentence: Sentence, begin: int, end: int) -> tuple[int, list[Filler]]:
    """Where an item begins behind the States that recommend it, and these: « Togo, Chili : [Abolir] la corvée »."""
    if begin and sentence.low(begin - 1) in SIGNS:  # which has cut the item off from them
        start, sign = max(begin - 1 - AHEAD, 0), begin - 1
        start = next((j + 1 for j in range(sign - 1, start - 1, -1) if sentence.low(j) in closed.ENDS), start)
    else:
        start, near = begin, range(begin + 1, min(begin + AHEAD, end - 1))
        sign = next((j for j in near if sentence.low(j) in SIGNS), begin)
    while start < sign and sentence.low(start) in closed.LIST_MARKS:
        start += 1
    states = names.states(sentence.words(start, sign)) if sign > start else []
    return (sign + 1, [*map(filler, states)]) if states else (begin, [])


def _states_before(names: TitleNames, sentence: Sentence, begin: int, k: int) -> tuple[int, list[Filler]] | None:
    """The States in the brackets that close there, or behind the last dash, and where these open."""
    bracketed, depth = sentence.low(k) == ")", 0
    for j in range(k, max(begin, k - 60), -1):
        low = sentence.low(j)
        depth += (low == ")") - (low == "(")
        if (bracketed and not depth) or (not bracketed and low in DASHES):
            states = names.states(sentence.words(j + 1, k + (not bracketed)))
            return (j, [*map(filler, states)]) if states else None
    return None


def meant_behind(names: TitleNames, sentence: Sentence, begin: int, end: int) -> tuple[int, list[Filler]]:
    """The bodies that brackets at the end of an item name: « Fermer le port (direction des ports, préfet). ».

    Behind a noun for such bodies they only say which they are: « réunir les ministères (Santé, Travail) ».
    """
    closing = end - 1
    while closing > begin and sentence.low(closing) in closed.BETWEEN_ACTIONS | {","}:
        closing -= 1
    near = range(closing - 1, max(begin + 1, closing - 60), -1)
    opening = next((j for j in near if sentence.low(j) == "("), None) if sentence.low(closing) == ")" else None
    if opening is None or names.bodies(sentence.words(opening - 1, opening)):
        return end, []
    named = names.bodies(sentence.words(opening + 1, closing))
    return (opening, [*map(filler, named)]) if named else (end, [])


def after_brackets(names: TitleNames, sentence: Sentence, begin: int, end: int) -> tuple[int, list[Filler]]:
    """The rank after brackets that open an item, and the bodies in them: « (Réitérée) [Former] les juges ».

    « (ministère du port) : [curer] le chenal »
    """
    if "(" not in (sentence.low(begin), sentence.low(begin - 1)):
        return begin, []
    opens = begin + (sentence.low(begin) == "(")
    closing = next((j for j in range(opens, min(opens + 24, end - 1)) if sentence.low(j) == ")"), begin - 1)
    labels = sentence.low(closing + 1) == ":"
    bodies = names.bodies(sentence.words(opens, closing), acronyms=labels) if closing > opens else []
    return closing + 1 + labels, [*map(filler, bodies)]


def _closes_action(sentence: Sentence, k: int) -> bool:
    """Whether brackets close there behind an action, before the next: « Publier (Mali) ; diffuser … »."""
    after = k + 1
    while after < len(sentence) and sentence.low(after) in closed.BETWEEN_ACTIONS | {","}:
        after += 1
    return sentence.low(k) == ")" and after > k + 1 and infinitive_at(sentence, after) is not None


def filler(named: Titled) -> Filler:
    """Whom a title or brackets name, as one who fills a role."""
    return Filler(*named)
