"""Speech: the verb or phrase that says whose words a request is.

"Les participants ont [souligné] que, pour agir, il fallait réunir des données" -> souligné
"[De l'avis de l'orateur], la loi devrait être révisée"                         -> l'orateur
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from pries.base import lexicon
from pries.grammar import words as closed
from pries.grammar.phrases import head_after, phrase_of
from pries.grammar.sentence import Sentence
from pries.grammar.subjects import Subject
from pries.requests.coordination import list_goes_on

SPEECH = lexicon.Lexicon(
    "speech.csv", ("lemma", "kind", "with", "example"), ("with",), {"kind": ("que", "noun", "both")}, several=("with",),
    key=("lemma",),
)  # fmt: skip
Speech = Mapping[str, lexicon.Row]  # by lemma


def read_speech(lexicons: Path) -> Speech:
    """speech.csv by lemma. Raises InputError."""
    return {row["lemma"]: row for row in lexicon.read(lexicons, SPEECH)}


def speech_above(sentence: Sentence, start: int, speech: Speech) -> int | None:
    """The speech verb whose "que" clause holds the verbal group at `start`, however coordinated; None for none."""
    que = opener(sentence, start)
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
            relative = sentence[j].tag == "PRON" and sentence[j - 1].noun and not _fact(sentence, j)
            if pending <= 0 and not relative:
                return j
            pending = max(pending - 1, -1)
        elif low in closed.OPENERS and low not in closed.QUE:
            if pending <= 0 and low not in closed.RELATIVES:
                return None  # a relative clause inside what is said is said as well; "si", "comme" are not
            pending = max(pending - 1, -1)
        elif sentence[j].finite:
            pending += 1
        elif low == ":" and any(start in (j + 1, j + 2) for start in sentence.starts):
            pending = 0  # « ont estimé que : a) … »
    return None


def _fact(sentence: Sentence, j: int) -> bool:
    return sentence.low(j - 1) in sentence.cues.fact


def _sibling(sentence: Sentence, que: int) -> int | None:
    """The "que" to which "et que" is coordinated: the nearest complementiser before it."""
    for j in range(que - 2, -1, -1):
        if sentence.low(j) == ";":
            return None
        if sentence.low(j) in closed.QUE and (sentence[j].tag != "PRON" or _fact(sentence, j)):
            return j
    return None


def speech_verb_before(sentence: Sentence, place: int, speech: Speech, kinds: Collection[str]) -> int | None:
    """The speech verb that "que" (or a noun) at rank `place` hangs on, with only what may stand between."""
    if sentence.low(place - 1) == ",":  # "a rappelé, dans un arrêt dont …, que"
        for j in range(place - 2, max(place - 40, -1), -1):
            if sentence.low(j + 1) == "," and is_speech(sentence, j, speech, kinds):
                return j
    for j in range(place - 1, max(place - 16, -1), -1):
        token = sentence[j]
        if is_speech(sentence, j, speech, kinds):
            return j
        if token.finite or token.low in closed.STRONG_MARKS or (token.low == "et" and "noun" not in kinds):
            return None
    return None


def is_speech(sentence: Sentence, j: int, speech: Speech, kinds: Collection[str]) -> bool:
    """Whether the token is a speech verb of one of the kinds, with the word that it needs."""
    token = sentence[j]
    if not token.verb and token.tag not in ("VERB", "ADJ") and token.lemma != "avis":
        return False
    row = speech.get(token.lemma) or speech.get(_lemma_by_ending(token.low))
    if row is None or row["kind"] not in kinds:
        return False
    wanted = row.several("with")
    return not wanted or any(sentence.low(k) in wanted for k in range(j + 1, min(j + 6, len(sentence))))


def _lemma_by_ending(low: str) -> str:
    for ending in ("èrent", "aient", "ées", "ant", "ent", "ait", "ée", "és", "era", "e", "é", "a"):
        if low.endswith(ending) and len(low) > len(ending) + 3:
            return low[: -len(ending)] + "er"
    return low


def source(sentence: Sentence, start: int) -> Subject | None:
    """Who "selon X", "d'après X", "de l'avis de X", "aux termes de X" names, for the verb at `start`."""
    sources = sentence.cues.sources
    places = (j for j, low in enumerate(sentence.lows) if low in sources)  # few have one
    return _for_my_part(sentence) or next((named for j in places if (named := _source_at(sentence, j, start))), None)


def _for_my_part(sentence: Sentence) -> Subject | None:
    """« Pour M. Novák, il faut agir », « Pour l'Algérie, il convient d'agir »."""
    head = head_after(sentence, 1) if sentence.low(0) == "pour" else None
    if head is None or not sentence[head].form[:1].isupper() or sentence[head].plural:
        return None
    phrase = phrase_of(sentence, head)
    return Subject(phrase, None) if head == 1 or sentence.low(phrase.end) == "," else None


def _source_at(sentence: Sentence, j: int, start: int) -> Subject | None:
    """Whom the phrase at `j` names as the source, if one stands there; "selon X" holds to the next semicolon."""
    for words in sentence.cues.sources.get(sentence.low(j), ()):
        if not sentence.follows(j, *words) or not _bounded(sentence, j, start):
            continue
        k = j + len(words)
        if " ".join(words) in sentence.cues.source_of:  # "de l'avis du Comité"
            if sentence.low(k) not in closed.OF:
                continue
            k += 1
        elif sentence.low(k) in closed.RELATIVES:
            if j < start and (holder := _holder(sentence, j)) is not None:
                return holder
            continue
        elif sentence.low(k + 1) in sentence.cues.circumstance:
            continue
        if sentence.low(k) in closed.LUI:
            return Subject(None, k)
        head = head_after(sentence, k)
        if head is not None:
            return Subject(phrase_of(sentence, head), None)
    return None


def _holder(sentence: Sentence, j: int) -> Subject | None:
    """Whose the opinion is that "selon lequel" at `j` tells: « l'avis du [Comité] selon lequel il faut agir »."""
    for k in range(j - 1, max(j - 12, -1), -1):
        if sentence.low(k) in sentence.cues.fact:
            head = head_after(sentence, k + 2) if sentence.low(k + 1) in closed.OF else None
            return Subject(phrase_of(sentence, head), None) if head is not None and head < j else None
        if sentence[k].finite or sentence.low(k) in closed.STRONG_MARKS:
            return None
    return None


def _bounded(sentence: Sentence, j: int, start: int) -> bool:
    """Whether the phrase at `j` stands apart: at the head of the sentence or clause, or after a comma."""
    if any(sentence.low(k) == ";" for k in range(min(j, start), max(j, start))):
        return False
    told = sentence.low(j) == "selon" and sentence.low(j + 1) in closed.RELATIVES  # « l'avis selon lequel »
    return j == 0 or told or sentence.low(j - 1) in closed.BEFORE_SOURCE
