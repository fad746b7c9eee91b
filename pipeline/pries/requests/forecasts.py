"""Forecasts: when a modal only tells what will be, and asks nothing.

"La croissance devrait atteindre 3 pour cent", "Le Dialogue doit se tenir à New York en octobre"
"""

from __future__ import annotations

import re
from itertools import pairwise

from pries.grammar import words as closed
from pries.grammar.sentence import Sentence
from pries.grammar.subjects import subject
from pries.requests.coordination import Complement
from pries.requests.exclusions import Ruling
from pries.requests.triggers import Trigger
from pries.requests.vocabulary import Vocabulary, is_action

DAY = re.compile(r"[12]?\d|3[01]")


def foreseen(
    sentence: Sentence, trigger: Trigger, complement: Complement, words: Vocabulary, named: bool
) -> Ruling | None:
    """Why a modal only tells what will be: a forecast, an aim, or a date in a calendar.

    « La croissance devrait atteindre 3 pour cent », « le Dialogue doit se tenir à New York »; where somebody is
    `named` who is to act, only under a condition, or with a date.
    """
    if _grows(sentence, trigger, complement):
        return Ruling("forecast", rule="grows")
    if _projected(sentence, trigger):
        return Ruling("forecast", rule="projected")
    head = complement.heads[0]
    for row in words.exclusions:
        if trigger.frame.lemma not in row.applies or not is_action(sentence, head, row):
            continue
        if row.reason == "scheduled" and (not named or row.cue == "dated" or _dated(sentence, head)):
            dated = row.cue == "action" or _dated(sentence, head)
            return Ruling(row.reason, row.line, "calendar") if dated else None
        told = row.reason == "aim" or (row.reason == "forecast" and trigger.group.tense == "conditional")
        if told and (not named or on_condition(sentence, complement)):
            return Ruling(row.reason, row.line, "prospect")
    return None


def on_condition(sentence: Sentence, complement: Complement) -> bool:
    """Whether a condition follows what is foreseen: « devrait atteindre ses objectifs si les parties l’aident »."""
    rest = sentence.tokens[complement.heads[0] :]
    return any(token.low == "si" and after.tag == "DET" for token, after in pairwise(rest))


def _grows(sentence: Sentence, trigger: Trigger, complement: Complement) -> bool:
    """« La croissance devrait rester modérée »: what is counted does not act."""
    if trigger.group.tense != "conditional" or trigger.construction != "modal":
        return False
    found = None if sentence[complement.heads[0]].participle else subject(sentence, trigger.group)
    return bool(found and found.phrase and sentence.low(found.phrase.head) in sentence.cues.quantity)


def _projected(sentence: Sentence, trigger: Trigger) -> bool:
    """« D'après les prévisions, l'économie devrait se renforcer »."""
    if trigger.group.tense != "conditional" or trigger.construction != "modal":
        return False
    near = range(max(trigger.group.start - 25, 0), trigger.group.start)
    return any(sentence.low(j) in sentence.cues.outlook and _according(sentence, j) for j in near)


def _according(sentence: Sentence, j: int) -> bool:
    return any(sentence.low(k) in closed.ACCORDING for k in range(max(j - 4, 0), j))


def _dated(sentence: Sentence, head: int) -> bool:
    """Whether a date follows the action: « devrait être achevé au premier semestre de 2016 »."""
    every = closed.EACH  # « devraient se réunir chaque trimestre » is no date
    after = pairwise(sentence.tokens[head:])
    rest = [token.low.removeprefix("mi-") for before, token in after if before.low not in every]
    if any(low in sentence.cues.calendar or low in closed.MONTHS for low in rest):
        return True
    days = pairwise(sentence.tokens[head:])  # « le mois prochain », « le 14 »
    return any(
        day.low in closed.NEXT_ONE or (the.low in closed.ARTICLES and DAY.fullmatch(day.low) is not None)
        for the, day in days
    )
