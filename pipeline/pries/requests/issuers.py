"""Issuers: who asks, where the frame, the construction or a verb of saying puts them.

"Les États Membres ont été priés par le [Conseil]issuer de…"   agent of the passive
"Les [participants]issuer ont souligné qu'il fallait agir"     subject of the speech verb above
"La dette, a ajouté la [Ministre]issuer, devrait être allégée"  an aside
"""

from __future__ import annotations

from collections.abc import Mapping

from pries.base import lexicon
from pries.grammar.morphology import AVOIR
from pries.grammar.phrases import OF, phrase_at, phrase_of
from pries.grammar.sentence import Sentence, next_verb
from pries.grammar.subjects import Subject, left_noun, main_subject, subject
from pries.grammar.verbs import VerbalGroup, any_group, is_adverb
from pries.requests.cast import Cast, Filler
from pries.requests.coordination import Complement
from pries.requests.speech import is_speech, source, speech_above, speech_verb_before
from pries.requests.triggers import Trigger


def issuers(
    cast: Cast, trigger: Trigger, complement: Complement, speech: Mapping[str, lexicon.Row]
) -> tuple[list[Filler], str]:
    """Who asks, and by which rule it was found (subject, agent, speech, source, aside, none)."""
    sentence, group = cast.sentence, trigger.group
    if trigger.frame.issuer == "subject" and trigger.construction in ("active", "nominal"):
        if trigger.construction == "nominal" and group.auxiliaries:  # the verb of a set phrase: "ont lancé un appel"
            group = any_group(sentence, group.auxiliaries[0])
        found = _gerund_subject(sentence, group) if group.tense == "gerund" else subject(sentence, group)
        if group.tense == "infinitive":
            found = main_subject(sentence, group)
        animate = group.tense != "gerund" and "somebody" not in trigger.frame.traits
        return cast.of_subject(found, issuer=True, animate=animate), "subject"
    if trigger.frame.issuer == "subject":
        agent = cast.agent(group.end, max(complement.marker, group.end + 12), issuer=True, near=True)
        if agent:
            return agent, "agent"
    if trigger.judge is not None:
        return cast.of_subject(subject(sentence, any_group(sentence, trigger.judge)), issuer=True), "judge"
    verb = speech_above(sentence, group.start, speech)
    if verb is None and trigger.frame.pos == "noun":
        start = phrase_of(sentence, trigger.token).start
        verb = speech_verb_before(sentence, start, speech, ("noun", "both"))
    while verb is not None:
        told = _speaker(cast, verb)
        above = None if told else speech_above(sentence, any_group(sentence, verb).start, speech)
        if above is None or above >= verb:
            return told, "speech"
        verb = above  # "dit que son gouvernement est convaincu que …"
    if trigger.frame.pos == "noun" and (told := _underlined(cast, complement, speech)):
        return told, "speech"
    named = source(sentence, group.start)
    if named is not None:
        return cast.of_phrase(named.phrase, True, tuple(OF)) if named.phrase else cast.of_subject(named, True), "source"
    aside = _aside(cast, speech)
    return (aside, "aside") if aside else ([], "none")


def _underlined(cast: Cast, complement: Complement, speech: Mapping[str, lexicon.Row]) -> list[Filler]:
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


def _aside(cast: Cast, speech: Mapping[str, lexicon.Row]) -> list[Filler]:
    """The speaker of an aside: « …, a-t-elle ajouté », « …, a déclaré la Ministre »."""
    sentence = cast.sentence
    for j, token in enumerate(sentence.tokens):
        if not token.verb or token.lemma not in speech or token.low in speech or j == 0:
            continue
        k = j - 1
        pronoun = None
        while k > 0 and (is_adverb(sentence, k) or sentence.low(k) in AVOIR or sentence.low(k).startswith("-")):
            pronoun = k if pronoun is None and sentence.low(k).startswith("-") else pronoun  # "-elle" of "-t -elle"
            k -= 1
        if sentence.low(k) not in (",", "»", '"', ">"):
            continue
        if pronoun is None and sentence.low(j + 1).startswith("-"):
            pronoun = j + 1
        if pronoun is not None:
            return cast.of_subject(Subject(None, pronoun), issuer=True)
        phrase = phrase_at(sentence, j + 1)
        fillers = cast.of_phrase(phrase, issuer=True) if phrase and phrase.start == j + 1 else []
        if fillers:
            return fillers
    return []
