"""Speech: the verb that says whose words a request is.

"Les participants ont [souligné] que, pour agir, il fallait réunir des données" -> souligné
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from pries.base import lexicon
from pries.base.layers import Folder
from pries.base.rules import once
from pries.grammar import words as closed
from pries.grammar.clauses import repeats
from pries.grammar.morphology import Token
from pries.grammar.sentence import Sentence
from pries.grammar.verbs import phrase_ending
from pries.requests.coordination import list_goes_on

SPEECH = lexicon.Lexicon(
    "speech.csv", ("lemma", "kind", "with", "example"), ("with",), {"kind": ("que", "noun", "both", "aside")},
    several=("with",), key=("lemma",),
)  # fmt: skip
Speech = Mapping[str, lexicon.Row]  # by lemma
ENDINGS = ("èrent", "aient", "ées", "ant", "ent", "ait", "ée", "és", "era", "e", "é", "a")
FARTHEST = 12  # words between a verb of telling and its "que"


def read_speech(lexicons: Folder) -> Speech:
    """speech.csv by lemma. Raises InputError."""
    return {row["lemma"]: row for row in lexicon.read(lexicons, SPEECH)}


def speech_above(sentence: Sentence, start: int, speech: Speech) -> int | None:
    """The speech verb whose "que" clause holds the verbal group at `start`, however coordinated; None for none."""
    que = opener(sentence, start)
    if que is None:
        return _below_an_opinion(sentence, start, speech)
    for _ in range(6):
        if que is None:
            return None
        verb = speech_verb_before(sentence, que, speech, ("que", "both"))
        if verb is not None:
            return verb
        if sentence.low(que - 1) in closed.JOINS:
            que = _sibling(sentence, que)
        else:
            que = opener(
                sentence,
                next((j for j in range(que - 1, max(que - 12, -1), -1) if sentence[j].finite), max(que - 1, 0)),
            )
    return None


def _below_an_opinion(sentence: Sentence, start: int, speech: Speech) -> int | None:
    """The verb of whoever holds an opinion that a relative tells: « [partage] l'avis selon lequel il faut agir »."""
    places = (j for j in range(start - 1, 0, -1) if sentence.low(j) == "selon")
    j = next(
        (j for j in places if sentence.low(j + 1) in closed.RELATIVES and sentence.low(j - 1) in sentence.cues.fact), 0
    )
    return speech_verb_before(sentence, j, speech, ("que", "both")) if j else None


@once
def opener(sentence: Sentence, start: int) -> int | None:
    """The complementiser "que" that opens the clause whose verbal group begins at `start`, None for a main clause."""
    pending = 0  # verbs whose clauses were not opened yet; -1: what a relative clause is part of may have its verb here
    for j in range(start - 1, -1, -1):
        low = sentence.low(j)
        if low == ";":
            if not list_goes_on(sentence, j):
                return None
            pending = 0  # the item before has a clause of its own
        if low in closed.COMPLEMENTISERS and sentence.low(j - 1) not in closed.NO_COMPLEMENTISER:
            if pending <= 0 and not (sentence[j - 1].noun and _is_relative(sentence, j)):
                return j
            pending = max(pending - 1, -1)
        elif low in closed.OPENERS and low not in closed.QUE:
            if pending <= 0 and low not in closed.RELATIVES:
                return None  # a relative clause inside what is said is said as well; "si", "comme" are not
            pending = max(pending - 1, -1)
        elif sentence[j].finite:
            goes_on = not pending and sentence.low(start - 1) in closed.AND_OR and repeats(sentence, j, start)
            pending += not goes_on
        elif low == ":" and any(start in (j + 1, j + 2) for start in sentence.starts):
            pending = 0  # « ont estimé que : a) … »
    return None


def _fact(sentence: Sentence, j: int) -> bool:
    """The "que" of a fact: « le fait [que] »."""
    return sentence.low(j - 1) in sentence.cues.fact


def _told_somebody(sentence: Sentence, j: int) -> bool:
    """The "que" of what somebody is told: « rappelle aux maires [que] », « a informé le Conseil [que] »."""
    to = again = False
    for k in range(j - 1, max(j - (3 * FARTHEST if again else FARTHEST), -1), -1):
        token = sentence[k]
        again = again or (to and token.low in closed.AND_OR)  # « dit au maire que … et [au préfet] que … »
        if again and token.lemma in sentence.cues.telling_to and token.verb:
            return True
        if again:
            continue
        if token.verb and not (token.participle and token.tag == "ADJ"):
            told = sentence.cues.telling_to if to else sentence.cues.telling
            return not told.isdisjoint((token.lemma, *infinitives(token.low)))
        if token.low in (",", *closed.STRONG_MARKS):
            return False
        to = to or token.low in closed.TO
    return False


def _behind_a_phrase(sentence: Sentence, j: int) -> bool:
    """The "que" behind a set phrase that ends with a noun: « estime pour sa part [que] »."""
    return phrase_ending(sentence, j - 1) > 1


NO_RELATIVE = (_fact, _told_somebody, _behind_a_phrase)


def _is_relative(sentence: Sentence, j: int) -> bool:
    """Whether the parse calls "que" a pronoun, and nothing says that it opens what is told."""
    return sentence[j].tag == "PRON" and not any(rule(sentence, j) for rule in NO_RELATIVE)


def _sibling(sentence: Sentence, que: int) -> int | None:
    """The "que" to which "et que" is coordinated: the nearest complementiser before it."""
    for j in range(que - 2, -1, -1):
        if sentence.low(j) == ";":
            return None
        limits = sentence.low(j + 1) in closed.AFTER_LIMIT  # « ne … qu'après un examen »
        if sentence.low(j) in closed.QUE and not limits and not _is_relative(sentence, j):
            return j
    return None


def speech_verb_before(sentence: Sentence, place: int, speech: Speech, kinds: Collection[str]) -> int | None:
    """The speech verb that "que" (or a noun) at rank `place` hangs on, with only what may stand between."""
    if sentence.low(place - 1) == ",":  # "a rappelé, dans un arrêt dont …, que"
        for j in range(place - 2, max(place - 40, -1), -1):
            if sentence.low(j + 1) == "," and is_speech(sentence, j, speech, kinds):
                return j
        opens = next((j for j in range(place - 2, max(place - 25, 0), -1) if sentence.low(j) == ","), 0)
        if sentence.low(opens + 1) in closed.LIKE:  # « rappelle au recteur, comme elle l'avait dit, que »
            place = opens
    for j in range(place - 1, max(place - 16, -1), -1):
        token = sentence[j]
        if is_speech(sentence, j, speech, kinds):
            return j
        if token.form[:1].isupper() and token.tag == "ADJ" and sentence.low(j - 1) == ",":
            return None  # « Rappelant sa résolution, [Consciente] de la nécessité »
        again = sentence.low(j + 1) in closed.TO and not closed.TO.isdisjoint(sentence.lows[max(j - 6, 0) : j])
        joint = token.low == "et" and "noun" not in kinds and not again
        if token.finite or token.low in closed.STRONG_MARKS or joint:
            return None
    return None


def is_speech(sentence: Sentence, j: int, speech: Speech, kinds: Collection[str]) -> bool:
    """Whether the token is a speech verb of one of the kinds, with the word that it needs."""
    token = sentence[j]
    if not token.verb and token.tag not in ("VERB", "ADJ") and token.lemma != "avis":
        return False
    row = row_of(token, speech)
    if row is None or row["kind"] not in kinds:
        return False
    wanted = row.several("with")
    near = range(max(j - 4, 0) if token.participle else j + 1, min(j + 6, len(sentence)))  # « L'accent a été mis sur »
    return not wanted or any(sentence.low(k) in wanted for k in near)


def row_of(token: Token, speech: Speech) -> lexicon.Row | None:
    """The row of a verb of saying: by its lemma, else by its form."""
    return next((speech[lemma] for lemma in (token.lemma, *infinitives(token.low)) if lemma in speech), None)


def infinitives(low: str) -> Iterator[str]:
    """The infinitives in -er that a form may have: « soulignaient » -> souligner, « rappelle » -> rappeler."""
    for ending in ENDINGS:
        if low.endswith(ending) and len(low) > len(ending) + 2:
            stem = low[: -len(ending)]
            yield stem + "er"
            if ending in ("e", "ent"):  # « rappelle », « réitère », « relève »
                if stem[-1] == stem[-2]:
                    yield stem[:-1] + "er"
                yield from (f"{stem[:-2]}{vowel}{stem[-1]}er" for vowel in "ée" if stem[-2] == "è")
            return
