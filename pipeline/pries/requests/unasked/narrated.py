"""Narrated: modals that tell a life, a hardship, a cost or a guess, and ask nothing.

"Elle devait mourir dix ans plus tard", "Il faut compter deux heures de route", "Tu dois être fatigué"
"""

from __future__ import annotations

import re

from pries.grammar import words as closed
from pries.grammar.clauses import clause_start
from pries.grammar.morphology import Token
from pries.grammar.phrases import phrase_of
from pries.grammar.sentence import Sentence, next_verb
from pries.grammar.subjects import subject
from pries.requests.cast import Cast
from pries.requests.complements import infinitive_at
from pries.requests.request import Request
from pries.requests.vocabulary import Vocabulary, is_action

AUTHORITIES = ("state", "un", "igo")
POWERLESS = ("community", "migrants", "individual", "diaspora", "labour")
COUNT = re.compile(r"\d[\d.,]*")
NEAR = 6  # tokens


def _fated(cast: Cast, request: Request, words: Vocabulary) -> str | None:
    """« Le peintre devait mourir à Rome dix ans plus tard », « Née à Oran, elle devait diriger trois théâtres »."""
    sentence, group = cast.sentence, request.trigger.group
    if request.trigger.construction != "modal" or group.tense != "imperfect" or request.issuer:
        return None
    head = request.complement.heads[0]
    if sentence[head].participle:
        return None
    clause = range(max(group.start - 4, 0), _clause_end(sentence, head))
    later = any(sentence.follows(j, *phrase) for phrase in closed.LATER if phrase[0] in sentence.lows for j in clause)
    born = sentence.low(0) in closed.BORN
    behind_que = sentence.low(clause_start(sentence, group.start - 1) - 1) in closed.QUE
    story = not behind_que and any(_past_simple(token) for token in sentence.tokens)
    person = bool(request.addressee) and all(_by_name(filler.name) for filler in request.addressee)
    came = born or later or person or story or sentence[head].lemma in sentence.cues.fate
    return "told of what came" if came else None


def _costs(cast: Cast, request: Request, words: Vocabulary) -> str | None:
    """« Il faut compter deux heures de route », but « Il faut attendre une heure avant de se baigner »."""
    sentence, head = cast.sentence, request.complement.heads[0]
    if request.trigger.frame.lemma != "falloir" or sentence[head].lemma not in sentence.cues.costing:
        return None
    near = range(head + 1, min(head + NEAR, len(sentence)))
    counted = any(COUNT.fullmatch(sentence.low(j)) or sentence.low(j) in sentence.cues.unit for j in near)
    return "a cost" if counted and "avant" not in sentence.lows[head:] else None


def _it_takes(cast: Cast, request: Request, words: Vocabulary) -> str | None:
    """« Il faut être naïf pour le croire », « Il faut avoir vu ces rues pour comprendre »: a way to say what is so."""
    sentence, head = cast.sentence, request.complement.heads[0]
    if request.trigger.frame.lemma != "falloir" or not sentence[head].infinitive:
        return None
    compound = sentence.low(head - 1) == "avoir" or sentence.low(head) in closed.BE_OR_HAVE
    pour = next((j for j in range(head + 1, min(head + 2 * NEAR, len(sentence))) if sentence.low(j) == "pour"), 0)
    purpose = infinitive_at(sentence, pour + 1) if pour else None
    sees = purpose is not None and sentence[purpose[0]].lemma in closed.SEES
    return "a way of saying" if compound and sees else None


def _guessed(cast: Cast, request: Request, words: Vocabulary) -> str | None:
    """« Tu dois être fatigué », « Il devait confondre »: what a speaker takes for likely."""
    sentence, group = cast.sentence, request.trigger.group
    told = request.trigger.construction == "modal" and group.tense in ("present", "imperfect") and not group.negated
    if not told or group.inverted is not None:
        return None
    found = subject(sentence, group)
    pronoun = (found is not None and found.pronoun is not None) or sentence.low(group.start - 1) in closed.UNNAMED
    someone = pronoun or bool(request.addressee and all(f.kind == "individual" for f in request.addressee))
    rows = (row for row in words.telling("guess") if request.trigger.frame.lemma in row.applies)
    return "deduction" if someone and any(is_action(sentence, request.complement.heads[0], r) for r in rows) else None


def _among_hardships(cast: Cast, request: Request, words: Vocabulary) -> str | None:
    """« Les malades doivent marcher des heures ; les familles doivent [vendre] un bœuf »: one hardship with another."""
    sentence, trigger = cast.sentence, request.trigger
    if trigger.construction != "modal" or any(filler.kind in AUTHORITIES for filler in request.addressee):
        return None
    weak = _powerless(request)
    own = sentence.lows[trigger.token]
    for j in (j for j, low in enumerate(sentence.lows) if low == own):
        if sentence.low(j + 1) == "même" and weak:  # « certains doivent même se laver chez leurs voisins »
            return "forced"
        if j == trigger.token:
            continue
        head = next((k for k in range(j + 1, min(j + NEAR, len(sentence))) if sentence[k].infinitive), None)
        if head is not None and any(is_action(sentence, head, row) for row in words.telling("hardship")):
            return "forced"
    return None


def _observed(cast: Cast, request: Request, words: Vocabulary) -> str | None:
    """« Le Comité constate que les détenus doivent [acheter] leur savon »: what people without power are driven to."""
    sentence, trigger = cast.sentence, request.trigger
    if trigger.construction != "modal" or trigger.group.tense not in ("present", "imperfect") or trigger.group.negated:
        return None
    que = clause_start(sentence, trigger.group.start - 1) - 1
    if not _powerless(request) or sentence.low(que) not in closed.QUE:
        return None
    verb = next((j for j in range(que - 1, max(que - 6, -1), -1) if sentence[j].verb), None)
    told = verb is not None and sentence.low(verb).startswith(tuple(sentence.cues.observed))
    return "forced" if told else None


def _repeated(cast: Cast, request: Request, words: Vocabulary) -> str | None:
    """« Les veuves doivent chaque jour quémander leur pain »: what people without power do again and again."""
    sentence, trigger = cast.sentence, request.trigger
    if trigger.construction != "modal" or trigger.group.tense not in ("present", "imperfect") or trigger.group.negated:
        return None
    end = trigger.group.end
    near = " ".join(sentence.lows[end : end + 3]) + " "
    again = any(near.startswith(f"{phrase} ") for phrase in sentence.cues.repeated)
    return "forced" if again and _powerless(request) else None


def _powerless(request: Request) -> bool:
    """Whether all who are named are people without power."""
    return bool(request.addressee) and all(filler.kind in POWERLESS for filler in request.addressee)


def _compelled(cast: Cast, request: Request, words: Vocabulary) -> str | None:
    """« On l'a obligée à signer »: what somebody was made to do."""
    told = request.trigger.frame.lemma in closed.COMPELS and request.trigger.group.tense == "past"
    return "forced" if told else None


def _driven(cast: Cast, request: Request, words: Vocabulary) -> str | None:
    """« Les filles doivent renoncer au lycée, faute d'internat »: what those without power do for want of it."""
    sentence, trigger = cast.sentence, request.trigger
    if (
        trigger.construction != "modal"
        or trigger.group.tense not in ("present", "imperfect")
        or not _powerless(request)
    ):
        return None
    phrases = [phrase for phrase in closed.FOR_WANT_OF if phrase[0] in sentence.lows]  # nearly always none
    wanting = any(sentence.follows(j, *phrase) for phrase in phrases for j in range(len(sentence)))
    return "forced" if wanting else None


def _aimed(cast: Cast, request: Request, words: Vocabulary) -> str | None:
    """« La réforme devait réduire les délais »: what somebody hoped for."""
    sentence, group = cast.sentence, request.trigger.group
    told = request.trigger.construction == "modal" and group.tense == "imperfect" and not group.negated
    if not told or request.issuer or request.addressee:
        return None
    found = subject(sentence, group)
    thing = found is not None and found.phrase is not None and sentence.low(found.phrase.head) in sentence.cues.scheme
    return "aim" if thing and sentence[request.complement.heads[0]].infinitive else None


def _waiting(cast: Cast, request: Request, words: Vocabulary) -> str | None:
    """« Les affaires devront attendre »: of a thing it is no duty."""
    alone = request.trigger.frame.pos == "modal" and not request.addressee and len(request.complement.actions) == 1
    return "hardship" if alone and cast.sentence[request.complement.heads[0]].lemma in closed.WAITS else None


def _natural(cast: Cast, request: Request, words: Vocabulary) -> str | None:
    """« Les cigognes doivent [traverser] le désert », « La pluie doit cesser »: nature owes nobody anything."""
    sentence, group = cast.sentence, request.trigger.group
    if request.trigger.frame.pos != "modal" or not sentence[request.complement.heads[0]].infinitive:
        return None
    found = subject(sentence, group)
    head = sentence.low(found.phrase.head) if found and found.phrase else ""
    return "told of nature" if head in sentence.cues.weather or head in sentence.cues.creature else None


def _conceded(cast: Cast, request: Request, words: Vocabulary) -> str | None:
    """« Quel que soit le régime qui doit sortir des urnes »: whatever may come."""
    sentence, start = cast.sentence, request.trigger.group.start
    near = range(max(start - 12, 0), start)
    if closed.CONCESSIVES.isdisjoint(sentence.lows[near.start : start]):  # nearly always
        return None
    what = (j for j in near if sentence.low(j) in closed.CONCESSIVES and sentence.low(j + 1) in closed.QUE)
    begin = next(what, None)
    return "whatever comes" if begin is not None and "," not in sentence.lows[begin:start] else None


def _former(cast: Cast, request: Request, words: Vocabulary) -> str | None:
    """« L'ancien code interdisait aux veuves d'hériter », « La loi de 1920, abrogée depuis, interdisait d'avorter »."""
    sentence, group = cast.sentence, request.trigger.group
    of_text = bool(request.issuer) and all(filler.kind == "document" for filler in request.issuer)
    if group.tense != "imperfect" or not of_text:
        return None
    near = sentence.lows[max(group.start - 20, 0) : group.start]
    gone = any(low in closed.FORMER or low in sentence.cues.abolished for low in near)
    return "abolished" if gone else None


def _defined(cast: Cast, request: Request, words: Vocabulary) -> str | None:
    """« Il s'adresse à quiconque doit reprendre un emploi », « ceux qui doivent partir »: says only who is meant."""
    sentence, start = cast.sentence, request.trigger.group.start
    if request.trigger.construction != "modal" or request.trigger.group.tense != "present":
        return None
    that = sentence.low(start - 1) == "qui" and sentence.low(start - 2) in closed.CELUI
    return "only defined" if that or sentence.low(start - 1) == "quiconque" or _picked(sentence, request) else None


def _picked(sentence: Sentence, request: Request) -> bool:
    """« Le voyageur qui [doit] changer à Lyon dispose d'une heure »: of which one something is said."""
    qui, head = request.trigger.group.start - 1, request.complement.heads[0]
    if sentence.low(qui) != "qui" or not sentence[qui - 1].noun or not sentence[head].infinitive:
        return False
    start = phrase_of(sentence, qui - 1).start
    opens = start == 0 or sentence[start - 1].tag == "PUNCT" or sentence.low(start - 1) in closed.AND_OR
    main = next_verb(sentence, head + 1)
    return opens and main is not None and sentence.low(main - 1) not in closed.OPENERS


def _past_simple(token: Token) -> bool:
    """Whether the verb tells a story: « on leur [offrit] du pain »."""
    return token.finite and "Mood=Ind" in token.morph and "Tense=Past" in token.morph


def _by_name(name: str) -> bool:
    """Whether somebody is called by name: « [Mme] Diop », whose plans a story tells."""
    return name.split(" ", 1)[0].lower() in closed.TITLES


def _clause_end(sentence: Sentence, head: int) -> int:
    """The rank after the clause of the infinitive at `head`."""
    ends = (j for j in range(head + 1, len(sentence)) if sentence[j].finite or sentence.low(j) in closed.STRONG_MARKS)
    return next(ends, len(sentence))


NARRATED = (
    _fated, _costs, _it_takes, _guessed, _among_hardships, _observed, _repeated, _compelled, _driven, _aimed,
    _waiting, _natural, _conceded, _former, _defined,
)  # fmt: skip
