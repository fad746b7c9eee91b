"""Forecasts: when a modal only tells what will be, and asks nothing.

"La croissance devrait atteindre 3 pour cent", "Le Dialogue doit se tenir à New York en octobre"
"""

from __future__ import annotations

import re
from itertools import pairwise

from pries.grammar import words as closed
from pries.grammar.clauses import clause_start
from pries.grammar.phrases import phrase_of
from pries.grammar.sentence import Sentence, next_verb
from pries.grammar.subjects import subject
from pries.requests.coordination import Complement
from pries.requests.triggers import Trigger
from pries.requests.unasked.exclusions import Ruling
from pries.requests.vocabulary import Vocabulary, is_action

THOUSANDS = re.compile(r"\d{1,3}(?:[ .\u00a0\u202f]?000)+|\d{4,}|000|%")
YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
DAY = re.compile(r"[12]?\d|3[01]")


def foreseen(
    sentence: Sentence, trigger: Trigger, complement: Complement, words: Vocabulary, named: bool
) -> Ruling | None:
    """Why a modal only tells what will be: a forecast, an aim, or a date in a calendar.

    « La croissance devrait atteindre 3 pour cent », « le Dialogue doit se tenir à New York »; where somebody is
    `named` who is to act, only under a condition, or with a date.
    """
    before = sentence.tokens[max(trigger.group.start - 6, 0) : trigger.group.start]
    if any(token.low in closed.NO_ONE and token.tag == "DET" for token in before):
        return None  # « Aucune garde ne devrait durer plus d'un jour »
    inverted = trigger.group.inverted
    subject_word = sentence.low(trigger.group.start - 1 if inverted is None else inverted)
    named = named or subject_word in closed.SPEAKERS  # « On devrait commencer par les villages »
    if _threatened(sentence, trigger):
        return Ruling("threat", rule="threatened")
    if _grows(sentence, trigger, complement):
        return Ruling("forecast", rule="grows")
    if _thousands(sentence, trigger):
        return Ruling("forecast", rule="thousands")
    if _projected(sentence, trigger):
        return Ruling("forecast", rule="projected")
    if _of_what_precedes(sentence, trigger):
        return Ruling("forecast", rule="of what precedes")
    head = complement.heads[0]
    if _to_record(sentence, trigger, head):
        return Ruling("forecast", rule="recorded")
    if _likely(sentence, trigger, head):
        return Ruling("forecast", rule="likely")
    if not named and _some_that_should(sentence, trigger, head):
        return Ruling("forecast", rule="some that should")
    if _was_due(sentence, trigger, head):
        return Ruling("scheduled", rule="was due")
    if not named and _measured(sentence, trigger, complement):
        return Ruling("forecast", rule="measured")
    if _thwarted(sentence, trigger):
        return Ruling("forecast", rule="thwarted")
    if _planned(sentence, trigger):
        return Ruling("forecast", rule="planned")
    if sentence.low(head) in closed.BE_OR_HAVE and _amount_near(sentence, head):
        return Ruling("deduction", rule="estimated")
    if words.excluded(trigger.frame.lemma).isdisjoint((sentence[head].lemma, sentence.low(head))):  # nearly always
        return None
    for row in words.excluding(trigger.frame.lemma):
        if trigger.frame.lemma not in row.applies or not is_action(sentence, head, row):
            continue
        if row.reason == "scheduled" and (not named or row.cue == "dated" or _dated(sentence, head)):
            due = named and _deadline(sentence, head)  # « Le juge doit statuer avant la fin du mois »
            begins = row.cue == "dated" and _opens_with_a_date(sentence, trigger)
            dated = row.cue == "action" or begins or (_dated(sentence, head) and not due)
            return Ruling(row.reason, row.row, "calendar") if dated else None
        conditional = trigger.group.tense == "conditional"
        if row.cue == "dated" and row.reason == "forecast":  # « La Cour devrait rendre son arrêt en mai »
            if conditional and _dated(sentence, head) and not _deadline(sentence, head):
                return Ruling(row.reason, row.row, "prospect")
            continue
        outcome = row.reason == "outcome" and conditional and not trigger.group.negated  # « ne devrait pas entraîner »
        brought = sentence[head].participle and sentence.low(head) not in row.verbs  # « devraient être plafonnées »
        told = row.reason == "aim" or (row.reason == "forecast" and conditional and not brought) or outcome
        if told and (not named or on_condition(sentence, complement)):
            return Ruling(row.reason, row.row, "prospect")
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
    head = sentence.low(found.phrase.head) if found and found.phrase else ""
    return head in sentence.cues.quantity or head in sentence.cues.weather  # « La pluie devrait cesser »


def _thousands(sentence: Sentence, trigger: Trigger) -> bool:
    """« Trois mille bénévoles devraient être mobilisés »: how many are counted on."""
    if trigger.group.tense not in ("conditional", "future") or trigger.construction != "modal":
        return False
    found = subject(sentence, trigger.group)
    if found is None or found.phrase is None:
        return False
    if trigger.group.tense == "future" and sentence.low(found.phrase.start) != "des":
        return False  # « Des milliers de familles devront partir », but « Trois mille agents devront être formés »
    count = range(found.phrase.start, found.phrase.head + 1)
    return any(THOUSANDS.fullmatch(sentence.low(j)) or sentence.low(j) in sentence.cues.amount for j in count)


def _of_what_precedes(sentence: Sentence, trigger: Trigger) -> bool:
    """« Le taux baisse, ce qui devrait peser sur les prix »: what comes of it."""
    what = sentence.follows(trigger.group.start - 2, *closed.WHAT) and sentence.low(trigger.group.start - 3) == ","
    return what and trigger.group.tense == "conditional" and not trigger.group.negated


def _threatened(sentence: Sentence, trigger: Trigger) -> bool:
    """« Le club doit payer, faute de quoi la Ligue l'obligera à jouer à huis clos »: what happens otherwise."""
    if trigger.frame.modal or trigger.group.tense not in ("future", "conditional"):
        return False
    start = clause_start(sentence, trigger.group.start - 1)
    rest = " ".join(sentence.lows[max(start - 2, 0) : trigger.group.start])
    return any(opening in rest for opening in closed.OTHERWISE)


def _to_record(sentence: Sentence, trigger: Trigger, head: int) -> bool:
    """« Le Togo devrait enregistrer une forte croissance »: who is measured does not act either."""
    if trigger.group.tense != "conditional" or sentence[head].lemma not in closed.RECORDS:
        return False
    return any(sentence.low(j) in sentence.cues.quantity for j in range(head + 1, min(head + 5, len(sentence))))


def _likely(sentence: Sentence, trigger: Trigger, head: int) -> bool:
    """« Les bacs devraient normalement circuler », « Sauf imprévu, le pont devrait rouvrir »."""
    if trigger.group.tense != "conditional" or trigger.construction != "modal":
        return False
    clause = range(clause_start(sentence, trigger.group.start - 1) - 1, min(_end(sentence, head), head + 4))
    before = range(max(trigger.group.start - 12, 0), clause.start) if sentence.low(clause.start) == "," else ()
    said = " ".join(sentence.lows[j] for j in (*before, *clause) if j >= 0)
    return any(f" {phrase} " in f" {said} " for phrase in sentence.cues.likely)


def _some_that_should(sentence: Sentence, trigger: Trigger, head: int) -> bool:
    """« L'État prépare une réforme qui devrait y répondre »: what is hoped of a thing that is new."""
    qui = trigger.group.start - 1
    if trigger.group.tense != "conditional" or sentence.low(qui) != "qui" or sentence[head].participle:
        return False
    noun = qui - 1
    while noun > 0 and not sentence[noun].noun and sentence[noun].tag in ("ADJ", "PUNCT", "VERB"):
        noun -= 1
    start = (
        phrase_of(sentence, noun).start if sentence[noun].noun else qui - 2
    )  # « une [esquisse] qui », taken for a verb
    return sentence.low(start) in closed.ONE or sentence.low(start) in closed.DE


def _was_due(sentence: Sentence, trigger: Trigger, head: int) -> bool:
    """« Elle devait s'y produire l'an dernier »: a plan of a day that is past."""
    if trigger.group.tense != "imperfect" or trigger.construction != "modal":
        return False
    begin = clause_start(sentence, trigger.group.start - 1)
    if sentence.low(0) == "en" and YEAR.fullmatch(sentence.low(1)):  # « En 1911, l'ingénieur devait se battre »
        return True
    rest = sentence.tokens[head : _end(sentence, head)]
    dated = any(before.low == "en" and YEAR.fullmatch(token.low) for before, token in pairwise(rest))
    if dated and sentence[head].participle and sentence.low(begin - 1) not in closed.QUE:
        return True  # « La paie, qui devait être revue en 2019 »
    said = " ".join(sentence.lows[max(begin - 4, 0) : _end(sentence, head)])
    return any(f" {phrase} " in f" {said} " for phrase in sentence.cues.yesterday)


def _projected(sentence: Sentence, trigger: Trigger) -> bool:
    """« D'après les prévisions, l'économie devrait se renforcer »."""
    if trigger.group.tense != "conditional" or trigger.construction != "modal":
        return False
    near = range(max(trigger.group.start - 25, 0), trigger.group.start)
    return any(sentence.low(j) in sentence.cues.outlook and _according(sentence, j) for j in near)


def _measured(sentence: Sentence, trigger: Trigger, complement: Complement) -> bool:
    """« Le barrage devrait alimenter 300 000 foyers »: what a thing is to reach is counted in thousands."""
    if trigger.group.tense != "conditional" or trigger.construction != "modal":
        return False
    head = complement.heads[0]
    if sentence[head].participle:
        return False
    return _amount_near(sentence, head)


def _amount_near(sentence: Sentence, head: int) -> bool:
    """Whether a large number follows: « doivent être une [cinquantaine] »."""
    near = range(head + 1, min(head + 9, len(sentence)))
    return any(_many(sentence, j) or sentence.low(j) in sentence.cues.amount for j in near)


def _many(sentence: Sentence, j: int) -> bool:
    """Whether the number at `j` counts something: « 2000 foyers », but not the year of « avant 2030 »."""
    counts = j + 1 < len(sentence) and sentence[j + 1].noun
    return THOUSANDS.fullmatch(sentence.low(j)) is not None and (counts or not YEAR.fullmatch(sentence.low(j)))


def _planned(sentence: Sentence, trigger: Trigger) -> bool:
    """« La séance, qui devait être publique, s'est tenue à huis clos »: a plan, of which the rest tells what came."""
    start, group = trigger.group.start, trigger.group
    relative = sentence.low(start - 1) in closed.RELATIVE_SUBJECTS
    opening = clause_start(sentence, start - 1) - 1
    if sentence.low(opening) in closed.WHOSE and sentence.low(opening - 1) == ",":
        relative, start = True, opening + 1  # « la station, dont la capacité devait être doublée, traite »
    object_of = opening > 0 and sentence.low(opening) in closed.QUE and sentence[opening - 1].noun
    if object_of and trigger.construction == "modal" and group.tense == "imperfect":
        verb = next_verb(sentence, group.end)  # « la visite que devait faire l'expert n'a pas eu lieu »
        return _has_been(sentence, verb) and sentence.low((verb or 0) - 1) in closed.NEGATION
    apart = relative and sentence.low(start - 2) == ","
    if relative and not apart and trigger.construction == "modal" and group.tense == "imperfect":
        return _has_been(sentence, next_verb(sentence, group.end))
    if not apart or trigger.construction != "modal" or group.tense != "imperfect":
        return False
    closing = next((j for j in range(group.end, len(sentence)) if sentence.low(j) == ","), len(sentence))
    for j in range(closing + 1, min(closing + 4, len(sentence))):
        told = closed.AVOIR.get(sentence.low(j)) or closed.ETRE.get(sentence.low(j))
        if told:
            return told in ("present", "past")
        if sentence[j].finite:  # « La gardienne, qui devait fermer, dort »
            return "Tense=Past" in sentence[j].morph or (
                "Tense=Pres" in sentence[j].morph and "Mood=Ind" in sentence[j].morph
            )
    return False


def _has_been(sentence: Sentence, verb: int | None) -> bool:
    """« Les fonds qui devaient être versés [ont] servi à bâtir »: a plan, of which the main verb tells what came."""
    if verb is None or sentence.low(verb) not in closed.AVOIR | closed.ETRE or not sentence[verb].finite:
        return False
    told = closed.AVOIR.get(sentence.low(verb)) or closed.ETRE.get(sentence.low(verb))
    return told == "present" and any(token.participle for token in sentence.tokens[verb + 1 : verb + 4])


def _thwarted(sentence: Sentence, trigger: Trigger) -> bool:
    """« Le concert, qui devait réunir mille choristes, a été annulé »: what was planned did not come about."""
    if trigger.construction != "modal" or trigger.group.tense != "imperfect":
        return False
    relative = sentence.low(trigger.group.start - 1) in closed.RELATIVE_SUBJECTS
    but = next((j for j in range(trigger.group.end, len(sentence)) if sentence.low(j) in closed.BUT), len(sentence))
    rest = sentence.tokens if relative else sentence.tokens[but:]  # « elle devait partir, mais la neige l'a empêchée »
    return any(token.participle and token.low in sentence.cues.thwarted for token in rest)


def _according(sentence: Sentence, j: int) -> bool:
    return any(sentence.low(k) in closed.ACCORDING for k in range(max(j - 4, 0), j))


def _deadline(sentence: Sentence, head: int) -> bool:
    """Whether the date that follows is a limit: « devra statuer [au plus tard] le 3 mai », « [avant] l'été »."""
    rest = " ".join(sentence.lows[head + 1 : _end(sentence, head)])
    return any(f" {limit} " in f" {rest} " for limit in closed.LIMITS)


def _opens_with_a_date(sentence: Sentence, trigger: Trigger) -> bool:
    """« [Le 12 mai,] la troupe doit jouer à Dijon », but « Avant le 12 mai, … » sets a limit."""
    begin = clause_start(sentence, trigger.group.start - 1)
    if sentence.low(begin - 1) == ",":
        begin = next((j + 1 for j in range(begin - 2, -1, -1) if sentence[j].tag == "PUNCT"), 0)
    comma = next((j for j in range(begin, trigger.group.start) if sentence.low(j) == ","), begin)
    opening = sentence.lows[begin:comma]
    dated = any(low in closed.MONTHS or low in sentence.cues.calendar for low in opening)
    return dated and len(opening) < 7 and not any(f" {limit} " in f" {' '.join(opening)} " for limit in closed.LIMITS)


def _end(sentence: Sentence, head: int) -> int:
    """The rank of the next conjugated verb or strong mark behind `head`."""
    ends = (j for j in range(head + 1, len(sentence)) if sentence[j].finite or sentence.low(j) in closed.STRONG_MARKS)
    return next(ends, len(sentence))


def _dated(sentence: Sentence, head: int) -> bool:
    """Whether a date follows the action: « devrait être achevé au premier semestre de 2016 »."""
    after = pairwise(sentence.tokens[head:])  # « devraient se réunir chaque trimestre », « mettre fin à » are no dates
    told = (token for before, token in after if before.low not in closed.EACH and before.lemma not in closed.ENDS_BY)
    rest = [token.low.removeprefix("mi-") for token in told]
    if any(low in sentence.cues.calendar or low in closed.MONTHS for low in rest):
        return True
    if any(before.low == "en" and YEAR.fullmatch(token.low) for before, token in pairwise(sentence.tokens[head:])):
        return True
    rest = sentence.lows[head:]
    if any(at in closed.TO and hours in closed.HOURS for at, hours in zip(rest, rest[2:], strict=False)):
        return True  # « devait passer à dix heures »
    days = pairwise(sentence.tokens[head:])  # « le mois prochain », « le 14 »
    return any(
        day.low in closed.NEXT_ONE or (the.low in closed.ARTICLES and DAY.fullmatch(day.low) is not None)
        for the, day in days
    )
