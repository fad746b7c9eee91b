"""Triggers: every word of a sentence that a frame names, with its verbal group and construction.

"Il a été [demandé] aux États de coopérer" -> frame demander/verb, group a été demandé, impersonal_passive
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pries.base.rules import first
from pries.grammar.conjugation import Form
from pries.grammar.items import item_marker_end
from pries.grammar.sentence import Sentence
from pries.grammar.verbs import VerbalGroup, any_group, left_in_group, phrase_beginning, verbal_group
from pries.grammar.words import (
    AFTER_UNTAGGED,
    AVOIR,
    BEFORE_OPENING,
    DASHES,
    DE_A,
    DUE,
    ENDS,
    ETRE,
    JOINS,
    OBJECT_OR_DATIVE,
    QUE,
    SEEN,
    TO,
)
from pries.requests.complements import infinitive_at
from pries.requests.constructions import adjective_before, construction_of, copula, judge, strength
from pries.requests.frames import Frame, Frames
from pries.requests.setphrases import match_phrase


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
    rule: str = ""  # that told the construction

    @property
    def end(self) -> int:
        """The rank after its words: one, but for set phrases that mark more (« [c'] [est] »)."""
        return self.token + max(sum(part.startswith("[") for part in self.frame.pattern), 1)

    @property
    def slots(self) -> tuple[str, ...]:
        """The slots that its actions may take; "se devoir" takes "de"."""
        return (*self.frame.actions, "de") if self.group.reflexive and self.frame.pos == "modal" else self.frame.actions

    @property
    def slots_of_subject(self) -> tuple[str, ...]:
        """The slots that its subject may fill in the passive: « La baignade est interdite »."""
        return (*self.slots, "noun") if "negative" in self.frame.traits else self.slots


def find(frames: Frames, sentence: Sentence) -> Iterator[Trigger]:
    """Every trigger of the sentence, in order, those included whose construction rules them out."""
    if frames.forms.isdisjoint(sentence.lows):  # as in most sentences
        return
    for i, low in enumerate(sentence.lows):
        if low not in frames.forms:  # few are
            continue
        for search, forms in ((_phrases, frames.phrases), (_words, frames.words), (_verbs, frames.verbs)):
            if low in forms:
                yield from search(frames, sentence, i, low)


def _verbs(frames: Frames, sentence: Sentence, i: int, low: str) -> Iterator[Trigger]:
    forms = frames.verbs.get(low, ())
    for form in forms:
        if first(NO_VERB, sentence, i, form)[0]:
            continue
        group = verbal_group(sentence, i, form.tense)
        if group.voice == "participle" and form is not forms[-1]:
            continue  # « enjoint » without auxiliary is a present
        for frame in frames.by_lemma[form.lemma]:
            construction, why, rule = construction_of(sentence, frame, group)
            yield Trigger(frame, i, group, construction, strength(frame, group), refused=why, rule=rule)
        break


def _another_word(sentence: Sentence, i: int, form: Form) -> bool | None:
    """« la demande »: a noun, a preposition or a name, unless it stands where a verb does."""
    return (sentence[i].tag in ("NOUN", "ADP", "PROPN") and not _verb_after_all(sentence, i, form)) or None


def _to_be(sentence: Sentence, i: int, form: Form) -> bool | None:
    """« Nous sommes » is être, not sommer."""
    return sentence.low(i) in ETRE or None


def _due_to(sentence: Sentence, i: int, form: Form) -> bool | None:
    """« une hausse due au climat »."""
    return (form.tense == "participle" and sentence.low(i) in DUE and sentence.low(i + 1) in TO) or None


NO_VERB = (_another_word, _to_be, _due_to)


def _words(frames: Frames, sentence: Sentence, i: int, low: str) -> Iterator[Trigger]:
    for frame in frames.words.get(low, ()):
        if frame.pos == "noun":
            yield Trigger(frame, i, VerbalGroup(i, i + 1, i, "active", "present"), "nominal", frame.modality)
            continue
        first_one = adjective_before(sentence, i)
        if (group := copula(sentence, i)) is not None:
            yield Trigger(frame, i, group, "adjectival", frame.modality)
        elif first_one is not None and (group := copula(sentence, first_one)) is not None:
            group.end = i + 1  # « il est urgent d'agir et utile de prévenir »
            yield Trigger(frame, i, group, "adjectival", frame.modality)
        elif (judge_at := judge(sentence, i if first_one is None else first_one)) is not None:
            group = VerbalGroup(i, i + 1, i, "active", "present")
            yield Trigger(frame, i, group, "adjectival", frame.modality, judge_at)


def _phrases(frames: Frames, sentence: Sentence, i: int, low: str) -> Iterator[Trigger]:
    for frame in frames.phrases.get(low, ()):
        group = match_phrase(sentence, i, frame.pattern)
        if group is not None and ("present" not in frame.traits or group.tense in ("present", "gerund")):
            yield Trigger(frame, i, group, "nominal", frame.modality)


def undergoes(sentence: Sentence, trigger: Trigger) -> bool:
    """Whether the subject of a set phrase is who is asked: « L'exploitant a été mis en demeure de »."""
    asked = trigger.construction == "nominal" and trigger.frame.addressee == "object"
    group = verb_of(sentence, trigger) if asked else None
    return group is not None and group.voice == "passive"


def verb_of(sentence: Sentence, trigger: Trigger) -> VerbalGroup | None:
    """The verbal group of a set phrase: « [l'a mis] en demeure de », « il leur [est fait] défense de »."""
    verb = next((j for j in range(trigger.group.start, trigger.group.end) if sentence[j].verb), None)
    return None if verb is None else any_group(sentence, verb)


def unmatched(frames: Frames, sentence: Sentence, i: int) -> Iterator[tuple[Frame, str]]:
    """The frames that name the word at rank `i` and did not take it, each with why; `explain` alone asks."""
    low = sentence.low(i)
    for form in frames.verbs.get(low, ()):
        check = first(NO_VERB, sentence, i, form)[1]
        yield from ((frame, check) for frame in frames.by_lemma[form.lemma])
    yield from ((frame, "not after « il est » nor a verb of opinion") for frame in frames.words.get(low, ()))
    yield from ((frame, f"not in « {' '.join(frame.pattern)} »") for frame in frames.phrases.get(low, ()))


def _heads_item(sentence: Sentence, i: int) -> bool:
    """Whether an item begins with the word: « Le conseil : – [demande] au préfet de …; – [charge] le maire de … »."""
    marked = any(item_marker_end(sentence, start) == i > start for start in sentence.starts)
    return marked or (sentence.low(i - 1) in DASHES and sentence.low(i - 2) in ENDS)


def _verb_after_all(sentence: Sentence, i: int, form: Form) -> bool:
    """Whether a word tagged as a noun is a verb: it opens an operative paragraph or follows an auxiliary."""
    before = sentence.low(i - 1)
    if form.tense == "infinitive":  # « s'était vu conseiller de »
        return before.rstrip("es") in SEEN
    if form.tense == "participle":
        left = left_in_group(sentence, i - 1)
        if sentence.low(left) in JOINS and sentence.low(i + 1) in DE_A:  # « ont été priés d'agir et invités à payer »
            return verbal_group(sentence, i, form.tense).shared is not None
        if i == 0:  # « Priés de partir, les élus sont restés »
            return sentence.low(1) in DE_A and infinitive_at(sentence, 2) is not None
        return sentence.low(left) in AVOIR or sentence.low(left) in ETRE
    if form.tense not in ("present", "gerund"):
        return False
    numbered = i == 2 and before == "." and sentence[0].form.isdigit()  # « 2. charge son Président de »
    capital = i == 0 or sentence[i].form[:1].isupper() or before == "et" or numbered
    opens = capital and (i == 0 or (before in BEFORE_OPENING and sentence[i - 1].tag != "DET"))
    opens = opens or _heads_item(sentence, i)
    nexts = sentence.low(i + 1 + phrase_beginning(sentence, i + 1))
    if opens:
        return nexts in AFTER_UNTAGGED or nexts in sentence.cues.after_verb
    if before in JOINS and nexts in QUE:  # « …, demande à nouveau que »
        return True
    named = i > 1 and (before == "," or sentence[i - 1].tag in ("NOUN", "PROPN", "ADJ"))
    return named and nexts in OBJECT_OR_DATIVE  # « le conseil, réuni ce jour, charge le maire de »
