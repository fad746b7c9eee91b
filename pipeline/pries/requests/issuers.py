"""Issuers: who asks, where the frame, the construction or a verb of saying puts them.

"Les États Membres ont été priés par le [Conseil]issuer de…"   agent of the passive
"Les [participants]issuer ont souligné qu'il fallait agir"     subject of the speech verb above
"La dette, a ajouté la [Ministre]issuer, devrait être allégée"  an aside
"""

from __future__ import annotations

from pries.base.rules import first
from pries.grammar.phrases import phrase_at, phrase_of
from pries.grammar.sentence import Sentence, next_verb
from pries.grammar.subjects import Subject, left_noun, main_subject, subject
from pries.grammar.verbs import VerbalGroup, any_group, is_adverb
from pries.grammar.words import AVOIR, BEFORE_ASIDE, OF
from pries.requests.cast import Cast, Filler
from pries.requests.coordination import Complement
from pries.requests.speech import Speech, is_speech, source, speech_above, speech_verb_before
from pries.requests.triggers import Trigger


def issuers(cast: Cast, trigger: Trigger, complement: Complement, speech: Speech) -> tuple[list[Filler], str]:
    """Who asks, and by which rule it was found (subject, agent, judge, speech, source, aside, none)."""
    found, rule = first(RULES, cast, trigger, complement, speech)
    return found or [], rule


def _subject(cast: Cast, trigger: Trigger, complement: Complement, speech: Speech) -> list[Filler] | None:
    """« Les [participants] ont prié les États de … », « Le [Comité] a lancé un appel »."""
    sentence, group = cast.sentence, trigger.group
    if trigger.frame.issuer != "subject" or trigger.construction not in ("active", "nominal"):
        return None
    if trigger.construction == "nominal" and group.auxiliaries:  # the verb of a set phrase: "ont lancé un appel"
        group = any_group(sentence, group.auxiliaries[0])
    found = _gerund_subject(sentence, group) if group.tense == "gerund" else subject(sentence, group)
    if group.tense == "infinitive":
        found = main_subject(sentence, group)
    animate = group.tense != "gerund" and "somebody" not in trigger.frame.traits
    return cast.of_subject(found, issuer=True, animate=animate)


def _agent(cast: Cast, trigger: Trigger, complement: Complement, speech: Speech) -> list[Filler] | None:
    """« Les États ont été priés par le [Conseil] de … »."""
    if trigger.frame.issuer != "subject":
        return None
    end = trigger.group.end
    return cast.agent(end, max(complement.marker, end + 12), issuer=True, near=True) or None


def _judge(cast: Cast, trigger: Trigger, complement: Complement, speech: Speech) -> list[Filler] | None:
    """« D'autres [délégations] jugent utile de … »."""
    if trigger.judge is None:
        return None
    return cast.of_subject(subject(cast.sentence, any_group(cast.sentence, trigger.judge)), issuer=True)


def _speech(cast: Cast, trigger: Trigger, complement: Complement, speech: Speech) -> list[Filler] | None:
    """« Les [participants] ont souligné qu'il fallait agir », « … ont souligné la nécessité d'agir »."""
    sentence = cast.sentence
    verb = speech_above(sentence, trigger.group.start, speech)
    if verb is None and trigger.frame.pos == "noun":
        start = phrase_of(sentence, trigger.token).start
        verb = speech_verb_before(sentence, start, speech, ("noun", "both"))
    while verb is not None:
        speakers = _speaker(cast, verb)
        above = None if speakers else speech_above(sentence, any_group(sentence, verb).start, speech)
        if above is None or above >= verb:
            return speakers
        verb = above  # "dit que son gouvernement est convaincu que …"
    return (trigger.frame.pos == "noun" and _underlined(cast, complement, speech)) or None


def _source(cast: Cast, trigger: Trigger, complement: Complement, speech: Speech) -> list[Filler] | None:
    """« De l'avis de l'[orateur], la loi devrait être révisée »."""
    named = source(cast.sentence, trigger.group.start)
    if named is None:
        return None
    return cast.of_phrase(named.phrase, True, OF) if named.phrase else cast.of_subject(named, True)


def _underlined(cast: Cast, complement: Complement, speech: Speech) -> list[Filler]:
    """The agent of a passive that follows: « la nécessité de coordonner … a été soulignée par plusieurs orateurs »."""
    verb = next_verb(cast.sentence, complement.heads[0] + 1)
    group = None if verb is None else any_group(cast.sentence, verb)
    if group is None or group.voice != "passive" or not is_speech(cast.sentence, group.verb, speech, ("noun", "both")):
        return []
    return cast.agent(group.end, len(cast.sentence), issuer=True)


def _gerund_subject(sentence: Sentence, group: VerbalGroup) -> Subject | None:
    """The noun right before a gerund (« une note priant les États »), else the subject of the main verb."""
    before = sentence[group.start - 1] if group.start else None
    if before is not None and (before.noun or before.tag == "ADJ"):
        return left_noun(sentence, group.start)
    return main_subject(sentence, group)


def _speaker(cast: Cast, verb: int) -> list[Filler]:
    """The subject of a speech verb, or its `par` agent in the passive."""
    sentence = cast.sentence
    group = any_group(sentence, verb)
    if group.voice == "passive":
        return cast.agent(group.end, len(sentence), issuer=True)
    dependent = group.tense in ("gerund", "participle", "infinitive")
    return cast.of_subject((main_subject if dependent else subject)(sentence, group), issuer=True)


def _aside(cast: Cast, trigger: Trigger, complement: Complement, speech: Speech) -> list[Filler] | None:
    """« La dette, a-t-elle ajouté, devrait être allégée », « …, a déclaré la [Ministre] »."""
    sentence = cast.sentence
    for j, token in enumerate(sentence.tokens):
        if not token.verb or token.lemma not in speech or token.low in speech or j == 0:
            continue
        k, pronoun = _before_saying(sentence, j)
        if sentence.low(k) not in BEFORE_ASIDE:
            continue
        if pronoun is None and sentence.low(j + 1).startswith("-"):
            pronoun = j + 1
        if pronoun is not None:
            return cast.of_subject(Subject(None, pronoun), issuer=True) or None
        phrase = phrase_at(sentence, j + 1)
        if phrase and phrase.start == j + 1 and (fillers := cast.of_phrase(phrase, issuer=True)):
            return fillers
    return None


def _before_saying(sentence: Sentence, verb: int) -> tuple[int, int | None]:
    """The rank before a verb of saying and its auxiliary, and its inverted pronoun: « a-t-[elle] ajouté »."""
    k, pronoun = verb - 1, None
    while k > 0 and (is_adverb(sentence, k) or sentence.low(k) in AVOIR or sentence.low(k).startswith("-")):
        pronoun = k if pronoun is None and sentence.low(k).startswith("-") else pronoun
        k -= 1
    return k, pronoun


RULES = (_subject, _agent, _judge, _speech, _source, _aside)
