"""Infinitives that the tagger took for another word, by rules on the words around.

"d'[enquêter] sur les faits", "veuillez ne pas [stationner]"
"""

from __future__ import annotations

import re

from pries.grammar import words
from pries.grammar.morphology import Token

# Endings of infinitives in -er that no noun has, or hardly any: not « rocher », « berger », « hiver », « hôtelier ».
VERBAL_END = re.compile(
    r"(?:ifi|[bu]li|tudi|o[cy]i|é[cdgjlrtv]|[eêéclnp]t|[bcdfgptv]?r|[bfgp]l|[ôru]l|[aeo]ll|[ginos]n|[fimops]m|[imop]p"
    r"|[é]|[aeru]v|[binopru]s|[éio]d|s[su]|u|[mnr][bd]|[pt][pt]|[inou]ff|[éiou]g|(?<!a)ng|[iê]ch|[^a]nc|lac|rc|ya|anc)er$"
)


def low_at(tokens: list[Token], i: int) -> str:
    """The lower-cased form at rank `i`, empty outside the sentence."""
    return tokens[i].low if 0 <= i < len(tokens) else ""


def _after_a_marker(tokens: list[Token], i: int) -> bool | None:
    """Between a preposition and a determiner: « à [recycler] leurs déchets »."""
    if tokens[i - 1].low not in words.INFINITIVE_MARKERS:
        return None
    after = low_at(tokens, i + 1)
    return after in words.DETERMINERS and after not in words.OF


def _after_a_marker_and_a_pronoun(tokens: list[Token], i: int) -> bool | None:
    """Behind a preposition and a pronoun: « de les [promulguer] », but the noun of « de la mer » is short."""
    if low_at(tokens, i - 2) not in words.INFINITIVE_MARKERS:
        return None
    before, low = tokens[i - 1].low, tokens[i].low
    return before in words.UNCONTRACTED or (before == "la" and low.endswith("er") and len(low) > 6)


def _listed(tokens: list[Token], i: int) -> bool | None:
    """In a list, where the parse hangs it on a verb: « prévenir les abus, [enquêter] »."""
    token = tokens[i]
    listed = tokens[i - 1].low in words.LISTS_VERBS and token.relation in ("xcomp", "conj") and token.tag == "NOUN"
    return True if listed and not token.low.endswith("ier") else None


def _negated(tokens: list[Token], i: int) -> bool | None:
    """Behind both words of a negation: « veuillez ne pas [stationner] »."""
    return True if tokens[i - 1].low in words.NEGATORS and low_at(tokens, i - 2) in words.NEGATION else None


def _by_its_ending(tokens: list[Token], i: int) -> bool | None:
    """Behind a preposition, with an ending that no noun has: « d'[enquêter] sur les faits »."""
    j = i - 1
    while j > 0 and (tokens[j].tag == "ADV" or tokens[j].low in words.NEGATION):  # « à mieux [étiqueter] »
        j -= 1
    marked = tokens[j].low in words.INFINITIVE_MARKERS
    return True if marked and VERBAL_END.search(tokens[i].low) else None


def _after_a_modal(tokens: list[Token], i: int) -> bool | None:
    """Behind a modal verb: « aucun véhicule ne doit [stationner] »."""
    j = i - 1
    while j > 0 and tokens[j].tag == "ADV":
        j -= 1
    return True if tokens[j].finite and tokens[j].lemma in words.MODALS else None


INFINITIVES = (_negated, _after_a_modal, _by_its_ending, _after_a_marker, _after_a_marker_and_a_pronoun, _listed)
