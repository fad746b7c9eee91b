"""Exclusions: what looks like a request and is none, with the cue that says so.

General rules (a negated or questioned trigger, "si X devait", a past necessity that was met) stand here; words
stand in exclusions.csv, each with its example.

    "le Dialogue qui doit se tenir à New York" -> scheduled
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from pries.grammar.morphology import AVOIR, CLITICS
from pries.grammar.sentence import NEGATION, RELATIVES, Sentence
from pries.grammar.subjects import MONTHS, subject
from pries.grammar.verbs import is_adverb
from pries.requests.complements import skip_adverbs
from pries.requests.coordination import Complement
from pries.requests.triggers import Trigger
from pries.requests.vocabulary import Exclusion, Vocabulary, is_action

# What dates a schedule: "devrait être achevé au premier semestre de 2016".
DATES = MONTHS | frozenset(("session", "semestre", "trimestre", "semaine", "fin", "début", "année", "exercice"))
# Adverbs that tell a duty as what happens: "les femmes doivent souvent parcourir …".
HABITS = frozenset(("souvent", "parfois", "fréquemment", "quotidiennement", "régulièrement"))
# Reasons under which a directive verb that is the action asks for nothing either ("s'il fallait recommander").
COVERS = frozenset(("negated", "hypothetical", "question", "forced", "deduction"))
NOBODY = frozenset(("aucun", "aucune", "nul", "nulle", "rien", "personne"))


@dataclass(frozen=True)
class Ruling:
    """Why a trigger asks for nothing, and the line of exclusions.csv that says so (0: a general rule)."""

    reason: str
    line: int = 0


def ruling(sentence: Sentence, trigger: Trigger, complement: Complement | None, words: Vocabulary) -> Ruling | None:
    """Why the trigger asks for nothing here; None where it does ask."""
    if complement is None:
        return _by_word(sentence, trigger, None, words) or Ruling("no action")
    general = (
        _negated(sentence, trigger) or _not_asked(sentence, trigger, words) or _mentioned(sentence, trigger, words)
    )
    return Ruling(general) if general else _by_word(sentence, trigger, complement, words)


def _negated(sentence: Sentence, trigger: Trigger) -> str | None:
    """A negated request asks for nothing; a negated duty asks not to do."""
    group, frame = trigger.group, trigger.frame
    if frame.modal:
        return None
    if group.negated and not group.restricted:
        return "negated"
    judged = range(max((trigger.judge or 0) - 4, 0), trigger.judge or 0)
    if any(sentence.low(j) in NEGATION for j in judged):
        return "negated"
    near = sentence.tokens[max(group.start - 6, 0) : group.start]
    nobody = any(token.low in NOBODY and token.tag in ("DET", "PRON") for token in near)
    return "negated" if frame.pos == "verb" and nobody else None


def _not_asked(sentence: Sentence, trigger: Trigger, words: Vocabulary) -> str | None:
    """What was done by force, what might happen, what is only a question, "selon qu'il convient"."""
    group = trigger.group
    if trigger.frame.modal:
        first = sentence.low(group.auxiliaries[0]) if group.auxiliaries else ""
        if AVOIR.get(first, "conditional") != "conditional":  # "a dû", "ayant dû"
            return "forced"
        if group.tense == "imperfect" and any(sentence.follows(0, *cue.split()) for cue in words.constraints):
            return "forced"
    if trigger.frame.pos != "noun" and _hypothetical(sentence, group.start):
        return "hypothetical"
    if sentence.low(len(sentence) - 1) == "?" and group.inverted is not None:
        return "question"
    before = range(max(group.start - 4, 0), group.start)
    as_due = "as_due" in trigger.frame.traits and group.start > 2
    if any(sentence.follows(j, "selon", "qu'") or (as_due and sentence.follows(j, "comme", "il")) for j in before):
        return "in passing"
    if sentence.low(group.start - 1) == "qui" and (
        sentence[group.start - 2].verb or sentence.low(group.start - 2) == "pas"
    ):
        return "question"  # "on ne sait pas qui doit payer"
    if trigger.construction == "modal" and sentence.low(group.end) in HABITS:
        return "forced"
    if trigger.frame.pos == "noun" and trigger.token == 0 and not any(token.finite for token in sentence.tokens):
        return "title"
    if trigger.frame.voice == "passive" and sentence.low(skip_adverbs(sentence, group.end)) not in ("de", "d'"):
        return "another sense"  # "tenu responsable", "compte tenu"
    return None


def _hypothetical(sentence: Sentence, start: int) -> bool:
    """Whether "si" opens the clause of the verb ("si la situation devait empirer")."""
    pending = 0
    for j in range(start - 1, -1, -1):
        low = sentence.low(j)
        if low in (";", ":"):
            return False
        if low == "si" or (low == "s'" and sentence.low(j + 1) in ("il", "ils")):
            return pending == 0 and sentence[j].tag != "ADV"
        if low in RELATIVES:
            if pending == 0:
                return False
            pending -= 1
        elif sentence[j].finite:
            pending += 1
        elif low == "," and pending == 0 and any(sentence[k].finite for k in range(j)):
            return False
    return False


def _mentioned(sentence: Sentence, trigger: Trigger, words: Vocabulary) -> str | None:
    """A directive infinitive is only mentioned, unless it stands under a verb such as continuer or souhaiter."""
    group = trigger.group
    if group.tense != "infinitive" or trigger.construction in ("reflexive", "nominal"):
        return None
    j = group.start - 1
    if sentence.low(j) in ("de", "d'", "à"):
        j -= 1
    while j >= 0 and (is_adverb(sentence, j) or sentence.low(j) in CLITICS):
        j -= 1
    conditional = sentence.low(j - 1) == "qui"  # "toute Partie qui souhaite proposer un amendement"
    if j < 0 or conditional:
        return "only mentioned"
    verb = sentence[j].finite or sentence[j].infinitive
    carried = sentence.low(j) if sentence[j].noun else sentence[j].lemma if verb else ""  # "j'ai l'honneur de demander"
    return None if carried in words.carriers else "only mentioned"


def _by_word(sentence: Sentence, trigger: Trigger, complement: Complement | None, words: Vocabulary) -> Ruling | None:
    """The rows of exclusions.csv."""
    for row in words.exclusions:
        if trigger.frame.lemma not in row.applies and "*" not in row.applies:
            continue
        if row.cue in ("action", "dated") and complement is not None and _acts(sentence, trigger, complement, row):
            return Ruling(row.reason, row.line)
        if row.cue == "object" and _object(sentence, trigger) in row.words:
            return Ruling(row.reason, row.line)
    return None


def _acts(sentence: Sentence, trigger: Trigger, complement: Complement, row: Exclusion) -> bool:
    """Whether the action is one of the row's, in a tense that fits."""
    head = complement.heads[0]
    return is_action(sentence, head, row) and _in_tense(trigger, row.reason)


def foreseen(
    sentence: Sentence, trigger: Trigger, complement: Complement, words: Vocabulary, named: bool
) -> Ruling | None:
    """Why a modal only tells what will be: a forecast, an aim, or a date in a calendar.

    « La croissance devrait atteindre 3 pour cent », « le Dialogue doit se tenir à New York »; where somebody is
    `named` who is to act, only under a condition, or with a date.
    """
    head = complement.heads[0]
    if trigger.group.tense == "conditional" and trigger.construction == "modal" and not sentence[head].participle:
        found = subject(sentence, trigger.group)
        if found and found.phrase and sentence.low(found.phrase.head) in words.quantities:
            return Ruling("forecast")  # "la croissance devrait rester modérée"
    for row in words.exclusions:
        if trigger.frame.lemma not in row.applies or not is_action(sentence, head, row):
            continue
        if row.reason == "scheduled" and (not named or row.cue == "dated" or _dated(sentence, head)):
            return Ruling(row.reason, row.line) if row.cue == "action" or _dated(sentence, head) else None
        told = row.reason == "aim" or (row.reason == "forecast" and trigger.group.tense == "conditional")
        if told and (not named or on_condition(sentence, complement)):
            return Ruling(row.reason, row.line)
    return None


def _dated(sentence: Sentence, head: int) -> bool:
    """Whether a date of the calendar follows the action."""
    return any(token.low in DATES for token in sentence.tokens[head:])


def on_condition(sentence: Sentence, complement: Complement) -> bool:
    """Whether a condition follows what is foreseen: « devrait atteindre ses objectifs si les parties l’aident »."""
    rest = sentence.tokens[complement.heads[0] :]
    return any(token.low == "si" and after.tag == "DET" for token, after in pairwise(rest))


def _in_tense(trigger: Trigger, reason: str) -> bool:
    """Whether the reason can hold here: what was forced is past, what ought to be is no hardship.

    Forecasts, aims and schedules are for `foreseen` to tell.
    """
    if reason in ("forecast", "scheduled", "aim"):
        return False
    if reason == "hardship":
        return trigger.group.tense in ("present", "imperfect", "past")
    return reason != "forced" or trigger.group.tense in ("imperfect", "past")


def _object(sentence: Sentence, trigger: Trigger) -> str:
    """The word right after the trigger, determiners and adverbs stepped over."""
    after = trigger.group.end
    while after < len(sentence) and is_adverb(sentence, after):
        after += 1
    if after < len(sentence) and sentence[after].tag == "DET" and not sentence.low(after).startswith("quel"):
        after += 1
    return sentence.low(after)
