"""Issuers: who asks, where the frame, the construction or a verb of saying puts them.

"Les États Membres ont été priés par le [Conseil]issuer de…"   agent of the passive
"Les [participants]issuer ont souligné qu'il fallait agir"     subject of the speech verb above
"La dette, a ajouté la [Ministre]issuer, devrait être allégée"  an aside
"Le [Président]issuer a déclaré : « Les États doivent agir. »"  whose words follow a colon
"""

from __future__ import annotations

from pries.base.rules import first
from pries.grammar.items import over_markers
from pries.grammar.phrases import phrase_of
from pries.grammar.sentence import Sentence, next_verb
from pries.grammar.subjects import Subject, subject
from pries.grammar.verbs import VerbalGroup, any_group
from pries.grammar.words import (
    AFTER_UNTAGGED,
    AND_COMMA,
    ARTICLES,
    DATIVE_CLITICS,
    FIRST_PERSON,
    FOR,
    FORMS_OF_BOTH,
    OF,
    OPENERS,
    OPENING_QUOTES,
    STRONG_MARKS,
)
from pries.requests.cast import Cast, Filler
from pries.requests.coordination import Complement
from pries.requests.speakers.asides import as_said, in_aside
from pries.requests.speakers.colons import before_colon
from pries.requests.speakers.dependents import gapped, left_noun, main_subject
from pries.requests.speakers.saying import convinced, opening_organ, speaker
from pries.requests.speakers.sources import holder, is_voice, result, source
from pries.requests.speech import Speech, is_speech, opener, speech_above, speech_verb_before
from pries.requests.triggers import Trigger, undergoes, verb_of


def issuers(cast: Cast, trigger: Trigger, complement: Complement, speech: Speech) -> tuple[list[Filler], str]:
    """Who asks, and by which rule it was found (subject, agent, judge, speech, source, aside, …, none)."""
    found, rule = first(RULES, cast, trigger, complement, speech)
    if not found and (organ := opening_organ(cast)):
        return organ, "opening organ"
    return found or [], rule


def _subject(cast: Cast, trigger: Trigger, complement: Complement, speech: Speech) -> list[Filler] | None:
    """« Les [participants] ont prié les États de … », « Le [Comité] a lancé un appel »."""
    sentence, group = cast.sentence, trigger.group
    if trigger.frame.issuer != "subject" or trigger.construction not in ("active", "nominal"):
        return None
    if undergoes(sentence, trigger) or _made(sentence, trigger):
        return None
    if trigger.construction == "nominal" and group.auxiliaries:  # the verb of a set phrase: "ont lancé un appel"
        group = any_group(sentence, group.auxiliaries[0])
    found = _gerund_subject(sentence, group) if group.tense == "gerund" else subject(sentence, group)
    if found is not None and _commanded(sentence, group, found):
        return []
    if found is not None and found.pronoun is not None and sentence.low(found.pronoun) in FIRST_PERSON:
        return _quoted(cast, trigger, complement, speech)
    if group.tense == "infinitive":
        found = main_subject(sentence, group)
    animate = group.tense != "gerund" and "somebody" not in trigger.frame.traits
    return cast.of_subject(found, issuer=True, animate=animate)


def _before_colon(cast: Cast, trigger: Trigger, complement: Complement, speech: Speech) -> list[Filler] | None:
    """« Le [Président] a déclaré : « Les États doivent agir » », « [M. Novák] (Chili) : Il faut agir »."""
    return before_colon(cast, trigger.group.start, speech)


def _quoted(cast: Cast, trigger: Trigger, complement: Complement, speech: Speech) -> list[Filler]:
    """Who says "je" or "nous" in quotation marks: « Je prie les maires d'agir », a dit la [ministre]."""
    if OPENING_QUOTES.isdisjoint(cast.sentence.lows):
        return []
    return in_aside(cast, speech) or _before_colon(cast, trigger, complement, speech) or []


def _made(sentence: Sentence, trigger: Trigger) -> bool:
    """Whether a set phrase tells of what is asked that it was made: « un appel lancé », « il est fait obligation »."""
    if trigger.construction != "nominal":
        return False
    last, group = trigger.group.end - 1, verb_of(sentence, trigger)
    return (last > trigger.token and sentence[last].participle) or (group is not None and group.voice == "passive")


def _of_lead_in(cast: Cast, trigger: Trigger, complement: Complement, speech: Speech) -> list[Filler] | None:
    """« Le [conseil], à l'unanimité : – approuve le devis ; – charge le maire d'agir »: the items say what it does."""
    sentence, start = cast.sentence, trigger.group.start
    if ":" not in sentence.lows or trigger.frame.issuer != "subject" or trigger.construction != "active":
        return None  # nearly always
    before = over_markers(sentence, start - 1)
    begins = any(before < item <= start for item in sentence.starts)
    begins = begins or (before < start - 1 and sentence.low(before) in STRONG_MARKS)  # « … : – approuve … ; – charge »
    lead = range(sentence.starts[0] if sentence.starts else sentence.lows.index(":"))
    if not begins or any(sentence[j].finite for j in lead):
        return None
    opens = (known for j in lead if (known := cast.at.get(j)) and known.start == j and _begins_phrase(sentence, j))
    return next((cast._fillers(known) for known in opens), None)


def _begins_phrase(sentence: Sentence, j: int) -> bool:
    """Whether a name at `j` stands at the head of a sentence or behind a comma, its article left out."""
    j -= sentence.low(j - 1) in ARTICLES and sentence.low(j) not in ARTICLES
    return j <= 0 or sentence.low(j - 1) == ","


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
    minds = cast.sentence.low(trigger.judge).startswith(cast.sentence.cues.opinions)  # whatever noun names who does
    return cast.of_subject(subject(cast.sentence, any_group(cast.sentence, trigger.judge)), True, minds)


def _seeming(cast: Cast, trigger: Trigger, complement: Complement, speech: Speech) -> list[Filler] | None:
    """« Il [leur] paraît préférable que … », « il [lui] semblait urgent de … »."""
    sentence, group = cast.sentence, trigger.group
    copula = group.auxiliaries[0] if trigger.construction == "adjectival" and group.auxiliaries else None
    if copula is None or not sentence.low(copula).startswith(tuple(sentence.cues.seems)):
        return None
    clitics = (j for j in range(group.start, copula) if sentence.low(j) in DATIVE_CLITICS)
    return next((cast.of_subject(Subject(None, j), issuer=True) or None for j in clitics), None)


def _speech(cast: Cast, trigger: Trigger, complement: Complement, speech: Speech) -> list[Filler] | None:
    """« Les [participants] ont souligné qu'il fallait agir », « … ont souligné la nécessité d'agir »."""
    sentence = cast.sentence
    verb = speech_above(sentence, trigger.group.start, speech)
    nominal = trigger.construction == "nominal" and trigger.modality == "necessity" and sentence[trigger.token].noun
    if verb is None and nominal:
        start = phrase_of(sentence, trigger.token).start
        verb = speech_verb_before(sentence, start, speech, ("noun", "both"))
        if verb is None and (own := _own_verb(sentence, start)) is not None:
            verb = speech_above(sentence, any_group(sentence, own).start, speech)
    while verb is not None:
        speakers = speaker(cast, verb)
        above = None if speakers else speech_above(sentence, any_group(sentence, verb).start, speech)
        if above is None or above >= verb:
            return speakers or convinced(cast, verb) or None
        verb = above  # "dit que son gouvernement est convaincu que …"
    return (trigger.frame.pos == "noun" and _underlined(cast, complement, speech)) or None


def _gapped(cast: Cast, trigger: Trigger, complement: Complement, speech: Speech) -> list[Filler] | None:
    """« Le maire estime que la loi est claire ; la [préfète], qu'elle doit être revue »."""
    que = opener(cast.sentence, trigger.group.start)
    named = None if que is None or cast.sentence.low(que - 1) != "," else gapped(cast.sentence, que, speech)
    return cast.of_subject(named, issuer=True) or None if named else None


def _own_verb(sentence: Sentence, start: int) -> int | None:
    """The conjugated verb of the clause that the noun at `start` stands in: « dit que l'on [connaît] la nécessité »."""
    for j in range(start - 1, -1, -1):
        if sentence.low(j) in STRONG_MARKS or sentence.low(j) in OPENERS:
            return None
        if sentence[j].finite:
            return j
    return None


def _source(cast: Cast, trigger: Trigger, complement: Complement, speech: Speech) -> list[Filler] | None:
    """« De l'avis de l'[orateur], la loi devrait être révisée »."""
    sentence, start = cast.sentence, trigger.group.start
    named = source(sentence, start)
    if named is None:
        return None
    if named.phrase is None:
        return cast.of_subject(named, True)
    return cast.of_phrase(named.phrase, True, OF | FOR, animate=is_voice(sentence, named.phrase))


def _result(cast: Cast, trigger: Trigger, complement: Complement, speech: Speech) -> list[Filler] | None:
    """« Il ressort de l'[audit] qu'il faut agir », « L'avis des [riverains] est que la loi doit changer »."""
    que = opener(cast.sentence, trigger.group.start)
    if que is None:
        return None
    named = result(cast.sentence, que) or holder(cast.sentence, que)
    return cast.of_subject(named, True) if named else None


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
    asked = any(sentence.low(c) in DATIVE_CLITICS for c in group.clitics)  # « une lettre aux maires leur demandant de »
    if before is not None and not asked and (before.noun or before.tag == "ADJ"):
        return left_noun(sentence, group.start)
    return main_subject(sentence, group)


def _aside(cast: Cast, trigger: Trigger, complement: Complement, speech: Speech) -> list[Filler] | None:
    """« La dette, a-t-elle ajouté, devrait être allégée », « …, a déclaré la [Ministre] »."""
    return in_aside(cast, speech)


def _as_said(cast: Cast, trigger: Trigger, complement: Complement, speech: Speech) -> list[Filler] | None:
    """« Comme l'a souligné la [Commission], il faut agir », « ainsi que le rappelle le [Conseil], … »."""
    return as_said(cast, trigger.token, speech)


def _commanded(sentence: Sentence, group: VerbalGroup, found: Subject) -> bool:
    """Whether the verb goes on with the command that opens the sentence: « Note ce que le Comité a dit et [prie] »."""
    verb = sentence[0]
    if found.phrase is None or group.start < 2 or sentence.low(group.start - 1) not in AND_COMMA:
        return False
    untagged = verb.tag in ("PROPN", "NOUN", "ADJ") and sentence.low(1) in AFTER_UNTAGGED
    opens = (verb.finite or untagged) and sentence.text[verb.start].isupper() and verb.low not in FORMS_OF_BOTH
    inside = any(sentence.low(j) in OPENERS for j in range(1, found.phrase.start + 1))
    return opens and inside


RULES = (
    _of_lead_in, _subject, _agent, _judge, _seeming, _gapped, _speech, _source, _result, _aside, _as_said,
    _before_colon,
)  # fmt: skip
