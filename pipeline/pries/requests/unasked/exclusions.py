"""Exclusions: what looks like a request and is none, with the cue that says so.

General rules (a negated or questioned trigger, "si X devait", a past necessity that was met) stand here; words
stand in exclusions.csv, each with its example.

    "le Dialogue qui doit se tenir à New York" -> scheduled
"""

from __future__ import annotations

from dataclasses import dataclass

from pries.base.rules import first
from pries.grammar import words as closed
from pries.grammar.clauses import clause_start, under_si
from pries.grammar.joints import skip_adverbs
from pries.grammar.sentence import Sentence
from pries.grammar.verbs import any_group, is_adverb
from pries.requests.coordination import Complement
from pries.requests.triggers import Trigger
from pries.requests.unasked.mentions import MENTIONS
from pries.requests.vocabulary import Exclusion, Vocabulary, is_action

# Reasons under which a directive verb that is the action asks for nothing either ("s'il fallait recommander").
FORESEEN = ("forecast", "outcome", "scheduled", "aim", "guess")  # for `foreseen` and `guessed` to tell
COVERS = frozenset(("negated", "hypothetical", "question", "forced", "deduction"))


@dataclass(frozen=True)
class Ruling:
    """Why a trigger asks for nothing, the row of exclusions.csv that says so (none: a general rule), its name."""

    reason: str
    row: str = ""
    rule: str = ""


def ruling(sentence: Sentence, trigger: Trigger, complement: Complement | None, words: Vocabulary) -> Ruling | None:
    """Why the trigger asks for nothing here; None where it does ask."""
    if complement is None:
        return _by_word(sentence, trigger, None, words) or Ruling("no action")
    if _saying(sentence, trigger, complement):
        return Ruling("only mentioned", rule="saying")
    reason, rule = first(RULES, sentence, trigger, words)
    return Ruling(reason, rule=rule) if reason else _by_word(sentence, trigger, complement, words)


def _negated_verb(sentence: Sentence, trigger: Trigger, words: Vocabulary) -> str | None:
    """« Ils n'ont pas demandé aux États de coopérer » asks for nothing; a negated duty asks not to do."""
    group = trigger.group
    return "negated" if group.negated and not group.restricted and not trigger.frame.modal else None


def _negated_opinion(sentence: Sentence, trigger: Trigger, words: Vocabulary) -> str | None:
    """« Elle ne juge pas utile de réviser la loi »."""
    if not trigger.judge or trigger.frame.modal:  # nearly always
        return None
    near = sentence.lows[max(trigger.judge - 4, 0) : trigger.judge]
    return None if closed.NEGATION.isdisjoint(near) else "negated"


def _negated_noun(sentence: Sentence, trigger: Trigger, words: Vocabulary) -> str | None:
    """« Elle ne voit pas la nécessité de payer », « Il la conteste », but « Il ne nie pas la nécessité de payer »."""
    if trigger.frame.pos != "noun":
        return None
    near = range(trigger.token - 1, max(trigger.token - 8, -1), -1)
    verb = next((j for j in near if sentence[j].verb or sentence.low(j) in closed.STRONG_MARKS), None)
    if sentence.low(trigger.token - 1) in closed.WITHOUT:
        return "negated"
    if verb is None or not sentence[verb].verb:
        return None
    disputes = sentence.low(verb).startswith(tuple(sentence.cues.disputing))
    overlooks = sentence.low(verb).startswith(tuple(sentence.cues.overlooking))
    group = any_group(sentence, verb)
    enough = not closed.ENOUGH.isdisjoint(sentence.lows[verb : trigger.token])  # « n'insistera jamais assez sur »
    negated = group.negated and not group.restricted and not enough
    return "negated" if (disputes and not negated) or (negated and not disputes and not overlooks) else None


def _nobody_asks(sentence: Sentence, trigger: Trigger, words: Vocabulary) -> str | None:
    """« Aucun participant n'a proposé de créer un fonds »."""
    if trigger.frame.pos != "verb" or trigger.frame.modal:
        return None
    start = trigger.group.start
    near = sentence.tokens[max(start - 6, 0) : start]
    if sentence.low(start - 1) in closed.SHARES and any(token.finite for token in near):
        return None  # « note que rien n'a changé et recommande »
    nobody = [token for token in near if token.low in closed.NO_ONE and token.tag in ("DET", "PRON")]
    told = nobody and any(
        token.finite for token in sentence.tokens[nobody[-1].i : start]
    )  # « que rien ne change, invite »
    return "negated" if nobody and not told else None


def _met(sentence: Sentence, trigger: Trigger, words: Vocabulary) -> str | None:
    """« Les entreprises ont dû fermer »: what had to be done was done."""
    if not trigger.frame.modal or not trigger.group.auxiliaries:
        return None
    tense = closed.AVOIR.get(sentence.low(trigger.group.auxiliaries[0]), "conditional")
    return "forced" if tense != "conditional" else None


def _past_simple(sentence: Sentence, trigger: Trigger, words: Vocabulary) -> str | None:
    """« Les porteurs durent rebrousser chemin »: told as a fact."""
    simple = trigger.frame.modal and not trigger.group.auxiliaries and trigger.group.tense == "past"
    return "forced" if simple or _had_to(sentence, trigger) else None


def _had_to(sentence: Sentence, trigger: Trigger) -> bool:
    """« Ils ont été dans l'obligation de fermer », « Ils ont eu besoin d'emprunter »."""
    group, frame = trigger.group, trigger.frame
    if frame.pos != "phrase" or frame.addressee != "subject":
        return False
    return any(sentence.low(j) in closed.BEEN_OR_HAD for j in range(group.start, trigger.token))


def _without(sentence: Sentence, trigger: Trigger, words: Vocabulary) -> str | None:
    """« Le programme a pris fin sans que les consulats aient été invités à se prononcer »."""
    if closed.WITHOUT.isdisjoint(sentence.lows):  # nearly always
        return None
    start = trigger.group.start
    que = clause_start(sentence, start - 1) - 1
    without = que > 0 and sentence.low(que) in closed.QUE and sentence.low(que - 1) in closed.WITHOUT
    return "negated" if without and not any(sentence[j].finite for j in range(que, start)) else None


def _constrained(sentence: Sentence, trigger: Trigger, words: Vocabulary) -> str | None:
    """« Faute de carburant, les hôpitaux devaient fermer », « Ils devaient jusqu'ici avancer les frais »."""
    if not trigger.frame.modal or trigger.group.tense != "imperfect":
        return None
    opening = " ".join(sentence.lows[:5]).replace("d'", "de")
    forced = any(opening.startswith(cue) for cue in sentence.cues.constraint)
    near = " ".join(sentence.lows[max(trigger.group.start - 8, 0) : trigger.group.end + 4])
    return "forced" if forced or any(cue in near for cue in sentence.cues.bygone) else None


def _supposed(sentence: Sentence, trigger: Trigger, words: Vocabulary) -> str | None:
    """« Si la situation devait empirer, … »."""
    if trigger.frame.pos == "noun":
        return None
    opening = clause_start(sentence, trigger.group.start - 1) - 1
    case = sentence.low(opening) in closed.WHERE and sentence.low(opening - 1) in closed.CASES  # « au cas où »
    unless = sentence.low(opening) in closed.QUE and any(
        sentence.follows(opening - len(phrase), *phrase) for phrase in closed.UNLESS
    )
    return "hypothetical" if case or unless or under_si(sentence, trigger.group.start) else None


def _whenever(sentence: Sentence, trigger: Trigger, words: Vocabulary) -> str | None:
    """« Lorsque le juge ordonne de surseoir, le délai est suspendu »: what follows if it should be asked."""
    if trigger.frame.pos != "verb" or trigger.frame.modal or trigger.group.tense not in ("present", "future"):
        return None
    opening = clause_start(sentence, trigger.group.start - 1) - 1
    return "hypothetical" if sentence.low(opening) in closed.WHEN else None


def _questioned(sentence: Sentence, trigger: Trigger, words: Vocabulary) -> str | None:
    """« Faut-il réviser la loi ? »."""
    asked = trigger.group.inverted is not None and "?" in sentence.lows[trigger.group.end :]
    return "question" if asked else None


def _closes_a_quotation(sentence: Sentence, trigger: Trigger, words: Vocabulary) -> str | None:
    """« « Il faut agir », a exhorté la maire à l'ouverture du congrès »: the quotation says what is asked."""
    start = trigger.group.start
    told = trigger.frame.pos == "verb" and not trigger.frame.modal and sentence.low(start - 1) == ","
    return "only mentioned" if told and sentence.low(start - 2) in closed.ENDS_QUOTATION else None


def _deplored(sentence: Sentence, trigger: Trigger, words: Vocabulary) -> str | None:
    """« Le Comité déplore que les veuves doivent payer une taxe »: a rule that is, not one that is asked for."""
    if trigger.construction != "modal" or trigger.group.tense not in ("present", "imperfect"):
        return None
    que = clause_start(sentence, trigger.group.start - 1) - 1
    if sentence.low(que) not in closed.QUE:
        return None
    for j in range(que - 1, max(que - 12, -1), -1):
        if sentence.low(j).startswith(tuple(sentence.cues.deplored)):
            return "forced"
        if sentence[j].finite or sentence.low(j) in closed.STRONG_MARKS:
            return None
    return None


def _doubted(sentence: Sentence, trigger: Trigger, words: Vocabulary) -> str | None:
    """« Rien n'indique qu'il faille réviser la loi »: the subjunctive under a negation."""
    if sentence.low(trigger.token) not in closed.DUTY_SUBJUNCTIVE:
        return None
    que = clause_start(sentence, trigger.group.start - 1) - 1
    if sentence.low(trigger.token) in closed.SUPPOSED and sentence.low(que - 1) not in closed.ALTHOUGH:
        return "hypothetical"  # « À supposer qu'elle doive partir »
    near = range(max(que - 6, 0), que)
    return "negated" if any(sentence.low(j) in closed.NEGATION for j in near) else None


def _abolished(sentence: Sentence, trigger: Trigger, words: Vocabulary) -> str | None:
    """« La règle selon laquelle les employeurs devaient payer a été abolie »: a rule that holds no more."""
    if sentence.cues.abolished.isdisjoint(sentence.lows):  # nearly always
        return None
    told = (j for j, low in enumerate(sentence.lows) if low in sentence.cues.abolished)
    if all(sentence.low(j - 1) in closed.BE_OR_HAVE for j in told):  # « qui devrait être abolie »
        return None
    opening = clause_start(sentence, trigger.group.start - 1) - 1
    if opening < 1 or sentence.low(opening) not in closed.RELATIVES:
        return None
    rule = range(max(opening - 8, 0), opening)
    return "abolished" if any(sentence.low(j) in sentence.cues.norm for j in rule) else None


def _habitual(sentence: Sentence, trigger: Trigger, words: Vocabulary) -> str | None:
    """« Les femmes doivent souvent parcourir des kilomètres »: what happens, told as a duty."""
    end = trigger.group.end  # « doivent déjà souvent parcourir »
    start = trigger.group.start
    asked = trigger.frame.pos == "verb" and "on" in sentence.lows[start - 1 : start + 1]  # « on demande souvent aux »
    habit = (trigger.construction == "modal" or asked) and not sentence.cues.habit.isdisjoint(
        sentence.lows[end : end + 2]
    )
    return "forced" if habit else None


def _another_sense(sentence: Sentence, trigger: Trigger, words: Vocabulary) -> str | None:
    """« tenu responsable », « compte tenu »: only « tenu de » and « astreint à » are duties."""
    if trigger.frame.lemma == "falloir" and sentence.follows(trigger.token - 2, "s'", "en"):
        return "another sense"  # « Il s'en faut de beaucoup que la loi suffise »
    markers = closed.DE if "de" in trigger.frame.actions else trigger.frame.actions
    if trigger.frame.voice != "passive" or sentence.low(skip_adverbs(sentence, trigger.group.end)) in markers:
        return None
    return "another sense"


RULES = (
    _negated_verb, _negated_opinion, _negated_noun, _nobody_asks, _met, _past_simple, _without, _constrained,
    _supposed, _whenever, _questioned, _closes_a_quotation, _deplored, _doubted, _abolished, _habitual, _another_sense,
    *MENTIONS,
)  # fmt: skip


def _by_word(sentence: Sentence, trigger: Trigger, complement: Complement | None, words: Vocabulary) -> Ruling | None:
    """The rows of exclusions.csv."""
    head = complement.actions[0].head if complement is not None else 0
    near = {word for token in sentence.tokens[max(head - 1, 0) : head + 1] for word in (token.lemma, token.low)}
    lemma, acts = (
        trigger.frame.lemma,
        complement is not None and not near.isdisjoint(words.excluded(trigger.frame.lemma)),
    )
    for row in words.excluding(lemma) if acts else words.excluding_object(lemma):
        if row.cue == "object":
            holds = not {_object(sentence, trigger), sentence.low(trigger.group.end)}.isdisjoint(row.words)
        else:
            holds = row.acts and complement is not None and _acts(sentence, trigger, complement, row)
        if holds:
            return Ruling(row.reason, row.row)
    return None


def _acts(sentence: Sentence, trigger: Trigger, complement: Complement, row: Exclusion) -> bool:
    """Whether the action is one of the row's, in a tense that fits."""
    head = complement.actions[0].head
    compound = sentence.low(head - 1) in closed.BE_OR_HAVE and is_action(sentence, head - 1, row)  # « d'avoir répondu »
    if not (compound or is_action(sentence, head, row)) or not _in_tense(trigger, row.reason):
        return False
    if row.reason != "talk":
        return True
    ours = trigger.frame.addressee != "subject" or sentence.low(trigger.group.start - 1) in closed.UNNAMED
    return ours and complement.slot != "que"  # « Il importe que le rapport souligne », « Les États doivent dire »


def _saying(sentence: Sentence, trigger: Trigger, complement: Complement) -> bool:
    """« Mieux vaut prévenir que guérir »: two infinitives compared are a saying."""
    after = complement.heads[-1] + 1
    follows = after + 1 < len(sentence) and sentence[after + 1].infinitive and sentence.low(after) in closed.QUE
    return complement.slot == "bare" and trigger.frame.pos == "phrase" and follows


def _in_tense(trigger: Trigger, reason: str) -> bool:
    """Whether the reason can hold here: what was forced is past, what ought to be is no hardship.

    Forecasts, aims and schedules are for `foreseen` to tell.
    """
    if reason in FORESEEN:
        return False
    if reason == "destined":  # of an active "appelle à jouer un rôle" it says nothing
        return trigger.group.voice == "passive" and trigger.group.tense != "past"
    if reason == "hardship":
        return trigger.group.tense in ("present", "imperfect", "past") and not trigger.group.negated
    forced = trigger.group.tense in ("imperfect", "past") and not trigger.group.negated
    return reason != "forced" or forced


def _object(sentence: Sentence, trigger: Trigger) -> str:
    """The word right after the trigger, determiners and adverbs stepped over."""
    after = trigger.group.end
    while after < len(sentence) and is_adverb(sentence, after):
        after += 1
    after += sentence.low(after) == "à"  # « un appel à témoins »
    if after < len(sentence) and sentence[after].tag == "DET" and not sentence.low(after).startswith("quel"):
        after += 1
    return sentence.low(after)
