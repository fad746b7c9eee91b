"""Triggers: every word of a sentence that a frame names, with its verbal group and construction.

"Il a été [demandé] aux États de coopérer" -> frame demander/verb, group a été demandé, impersonal_passive
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pries.grammar.conjugation import Form
from pries.grammar.morphology import AVOIR, ETRE
from pries.grammar.sentence import Sentence
from pries.grammar.verbs import VerbalGroup, left_in_group, phrase_beginning, verbal_group
from pries.requests.constructions import construction_of, copula, judge, strength
from pries.requests.frames import Frame, Frames
from pries.requests.setphrases import match_phrase

# What follows a verb that the tagger took for another word: « , prie instamment les États », « demande que ».
AFTER_UNTAGGED = frozenset(
    "à au aux le la les l' que qu' tous toutes instamment également aussi , en vivement ses".split()
)


@dataclass
class Trigger:
    """A trigger in a sentence: its frame, token, verbal group (of the copula or verb beside it) and construction."""

    frame: Frame
    token: int
    group: VerbalGroup
    construction: str
    modality: str
    judge: int | None = None  # the verb of opinion that judges it so ("estiment préférable")
    refused: str = ""  # why the frame does not hold in this construction

    @property
    def slots(self) -> tuple[str, ...]:
        """The slots that its actions may take; "se devoir" takes "de"."""
        return (*self.frame.actions, "de") if self.group.reflexive and self.frame.pos == "modal" else self.frame.actions


def find(frames: Frames, sentence: Sentence) -> Iterator[Trigger]:
    """Every trigger of the sentence, in order, those included whose construction rules them out."""
    for i, low in enumerate(sentence.lows):
        if low in frames.forms:  # few are
            yield from _phrases(frames, sentence, i, low)
            yield from _words(frames, sentence, i, low)
            yield from _verbs(frames, sentence, i, low)


def _verbs(frames: Frames, sentence: Sentence, i: int, low: str) -> Iterator[Trigger]:
    # the participle first: « a enjoint » is no present
    forms = sorted(frames.verbs.get(low, ()), key=lambda form: form.tense != "participle")
    for form in forms:
        if sentence[i].tag in ("NOUN", "ADP", "PROPN") and not _verb_after_all(sentence, i, form):
            continue
        if low in ETRE:  # « sommes » is être, not sommer
            continue
        if low in ("dû", "due") and form.tense == "participle" and sentence.low(i + 1) in ("à", "au", "aux"):
            continue
        group = verbal_group(sentence, i, form.tense)
        if group.voice == "participle" and form is not forms[-1]:
            continue  # « enjoint » without auxiliary is a present
        for frame in frames.by_lemma[form.lemma]:
            construction, why = construction_of(sentence, frame, group)
            yield Trigger(frame, i, group, construction, strength(frame, group), refused=why)
        break


def _words(frames: Frames, sentence: Sentence, i: int, low: str) -> Iterator[Trigger]:
    for frame in frames.words.get(low, ()):
        if frame.pos == "noun":
            yield Trigger(frame, i, VerbalGroup(i, i + 1, i, "active", "present"), "nominal", frame.modality)
        elif (group := copula(sentence, i)) is not None:
            yield Trigger(frame, i, group, "adjectival", frame.modality)
        elif (judge_at := judge(sentence, i)) is not None:
            group = VerbalGroup(i, i + 1, i, "active", "present")
            yield Trigger(frame, i, group, "adjectival", frame.modality, judge_at)


def _phrases(frames: Frames, sentence: Sentence, i: int, low: str) -> Iterator[Trigger]:
    for frame in frames.phrases.get(low, ()):
        group = match_phrase(sentence, i, frame.pattern)
        if group is not None:
            yield Trigger(frame, i, group, "nominal", frame.modality)


def _verb_after_all(sentence: Sentence, i: int, form: Form) -> bool:
    """Whether a word tagged as a noun is a verb: it opens an operative paragraph or follows an auxiliary."""
    before = sentence.low(i - 1)
    if form.tense == "infinitive":  # « s'était vu conseiller de »
        return before.startswith(("vu", "entendu"))
    if form.tense == "participle":
        return left_in_group(sentence, i - 1) >= 0 and sentence.low(left_in_group(sentence, i - 1)) in (*AVOIR, *ETRE)
    opens = i == 0 or (before in (".", ",", ";", ":", ")", "et") and sentence[i - 1].tag != "DET")
    opens = opens and (i == 0 or sentence[i].form[:1].isupper() or before == "et")
    nexts = sentence.low(i + 1 + phrase_beginning(sentence, i + 1))
    takes = nexts in AFTER_UNTAGGED
    follows = (
        i > 1 and sentence[i - 1].tag in ("NOUN", "PROPN", "ADJ") and nexts in ("le", "la", "les", "l'", "aux", "au")
    )
    return (opens or follows) and takes and form.tense in ("present", "gerund")
