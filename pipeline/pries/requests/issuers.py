"""Issuers: who asks, where the frame, the construction or a verb of saying puts them.

"Les États Membres ont été priés par le [Conseil]issuer de…"   agent of the passive
"Les [participants]issuer ont souligné qu'il fallait agir"     subject of the speech verb above
"La dette, a ajouté la [Ministre]issuer, devrait être allégée"  an aside
"Le [Président]issuer a déclaré : « Les États doivent agir. »"  whose words follow a colon
"""

from __future__ import annotations

from pries.base.rules import first
from pries.grammar.phrases import is_determiner_before, phrase_at, phrase_of
from pries.grammar.sentence import Sentence, next_verb
from pries.grammar.subjects import Subject, left_noun, main_subject, subject
from pries.grammar.verbs import VerbalGroup, any_group, is_adverb
from pries.grammar.words import (
    AFTER_UNTAGGED,
    AND_COMMA,
    AVOIR,
    BEFORE_ASIDE,
    BEFORE_SOURCE,
    BEHIND_ASIDE,
    DATIVE_CLITICS,
    ETRE,
    FORMS_OF_BOTH,
    OF,
    OPENERS,
    RELATIVE_SUBJECTS,
    SINGULAR_ARTICLES,
    STRONG_MARKS,
    TITLES,
    WITH_ETRE,
)
from pries.requests.cast import Cast, Filler, head_of
from pries.requests.coordination import Complement
from pries.requests.speech import Speech, is_speech, source, speech_above, speech_verb_before
from pries.requests.triggers import Trigger


def issuers(cast: Cast, trigger: Trigger, complement: Complement, speech: Speech) -> tuple[list[Filler], str]:
    """Who asks, and by which rule it was found (subject, agent, judge, speech, source, aside, …, none)."""
    found, rule = first(RULES, cast, trigger, complement, speech)
    if not found and (organ := _opening_organ(cast, trigger)):
        return organ, "opening organ"
    return found or [], rule


def _subject(cast: Cast, trigger: Trigger, complement: Complement, speech: Speech) -> list[Filler] | None:
    """« Les [participants] ont prié les États de … », « Le [Comité] a lancé un appel »."""
    sentence, group = cast.sentence, trigger.group
    if trigger.frame.issuer != "subject" or trigger.construction not in ("active", "nominal"):
        return None
    if trigger.construction == "nominal" and group.auxiliaries:  # the verb of a set phrase: "ont lancé un appel"
        group = any_group(sentence, group.auxiliaries[0])
    found = _gerund_subject(sentence, group) if group.tense == "gerund" else subject(sentence, group)
    if found is not None and _commanded(sentence, group, found):
        return []
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
    asked = any(sentence.low(c) in DATIVE_CLITICS for c in group.clitics)  # « une lettre aux maires leur demandant de »
    if before is not None and not asked and (before.noun or before.tag == "ADJ"):
        return left_noun(sentence, group.start)
    return main_subject(sentence, group)


def _speaker(cast: Cast, verb: int) -> list[Filler]:
    """The subject of a speech verb, or its `par` agent in the passive."""
    sentence = cast.sentence
    if not sentence[verb].verb and sentence[verb].lemma == "avis":  # "sont d'avis que", "ont dit être d'avis que"
        verb = next((j for j in range(verb - 1, max(verb - 6, -1), -1) if sentence.low(j) in ETRE), verb)
    group = any_group(sentence, verb)
    if group.voice == "passive" and not sentence.low(group.verb).startswith(WITH_ETRE):
        return cast.agent(group.end, len(sentence), issuer=True)
    dependent = group.tense in ("gerund", "participle", "infinitive")
    found = (main_subject if dependent else subject)(sentence, group)
    return cast.of_subject(found, issuer=True) or _inside_antecedent(cast, group, found)


def _inside_antecedent(cast: Cast, group: VerbalGroup, found: Subject | None) -> list[Filler]:
    """The nearer noun, where a relative stands for it: « la teneur du [rapport], qui souligne qu'il faut agir »."""
    sentence, relative = cast.sentence, group.start - 1
    if found is None or found.phrase is None or sentence.low(relative) not in RELATIVE_SUBJECTS:
        return []
    nouns = (k for k in range(found.phrase.head + 1, relative) if sentence[k].noun)
    phrases = (phrase_of(sentence, k) for k in nouns)
    return next((named for phrase in phrases if (named := cast.of_phrase(phrase, issuer=True))), [])


def _aside(cast: Cast, trigger: Trigger, complement: Complement, speech: Speech) -> list[Filler] | None:
    """« La dette, a-t-elle ajouté, devrait être allégée », « …, a déclaré la [Ministre] »."""
    sentence = cast.sentence
    for j, token in enumerate(sentence.tokens):
        says = _says(sentence, j, speech) if token.verb else token.tag in UNTAGGED and _untagged(sentence, j, speech)
        if not says or j == 0:
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


def _says(sentence: Sentence, j: int, speech: Speech) -> bool:
    """Whether a form of a verb of saying stands at `j`, but no infinitive."""
    token = sentence[j]
    return bool(token.verb) and token.lemma in speech and token.low not in speech


def _untagged(sentence: Sentence, j: int, speech: Speech) -> bool:
    """Whether a verb of saying that looks like a noun stands apart with its subject: « , [note] son rapport, »."""
    token = sentence[j]
    if sentence.low(j - 1) != "," or not is_determiner_before(sentence, j + 2):
        return False
    phrase = phrase_at(sentence, j + 1) if token.low.endswith("e") and token.low + "r" in speech else None
    return phrase is not None and sentence.low(phrase.end) in BEHIND_ASIDE


def _as_said(cast: Cast, trigger: Trigger, complement: Complement, speech: Speech) -> list[Filler] | None:
    """« Comme l'a souligné la [Commission], il faut agir », « ainsi que le rappelle le [Conseil], … »."""
    sentence, before = cast.sentence, cast.sentence.lows[: trigger.token]
    if "comme" not in before and "ainsi" not in before:  # nearly always
        return None
    for j, low in enumerate(before):
        k = j + 1 if low == "comme" else j + 2 if low == "ainsi" and sentence.low(j + 1) == "que" else 0
        if not k or sentence.low(k) not in SINGULAR_ARTICLES or (j and sentence.low(j - 1) not in BEFORE_SOURCE):
            continue
        near = range(k + 1, min(k + 7, len(sentence)))
        verb = next((m for m in near if not is_adverb(sentence, m) and sentence.low(m) not in FORMS_OF_BOTH), None)
        if verb is None or not {sentence[verb].lemma, sentence.low(verb) + "r"} & speech.keys():
            continue
        phrase = phrase_at(sentence, verb + 1)
        if phrase is not None and (fillers := cast.of_phrase(phrase, issuer=True)):
            return fillers[:1] if sentence.low(phrase.end) == "," else fillers  # "l'a dit la Commission, les États …"
    return None


def _before_colon(cast: Cast, trigger: Trigger, complement: Complement, speech: Speech) -> list[Filler] | None:
    """« Le [Président] a déclaré : « Les États doivent agir » », « [M. Novák] (Chili) : Il faut agir »."""
    sentence, start = cast.sentence, trigger.group.start
    if ":" not in sentence.lows:  # nearly always
        return None
    colon = next((j for j in range(start - 1, 0, -1) if sentence.low(j) == ":"), None)
    if colon is None or any(low == ";" for low in sentence.lows[colon:start]):
        return None
    begin = next((j + 1 for j in range(colon - 1, -1, -1) if sentence.low(j) in STRONG_MARKS), 0)
    verbs = [j for j in range(begin, colon) if sentence[j].finite]
    if verbs:
        said = [j for j in range(max(begin, colon - 16), colon) if is_speech(sentence, j, speech, ("que", "both"))]
        return _speaker(cast, said[-1]) or None if said else None
    return _named_speaker(cast, begin, colon)


def _named_speaker(cast: Cast, begin: int, colon: int) -> list[Filler] | None:
    """The one person or body that stands alone before a colon, but for a bracket or an aside behind the name."""
    while cast.sentence[begin].tag in ("NUM", "PUNCT") and begin < colon:
        begin += 1
    known = cast.at.get(begin)
    if known is None or known.start != begin or cast.sentence[head_of(cast.sentence, known)].plural:
        return None
    speaks = known.kind in ("individual", "state", "un", "igo") or cast.sentence.low(begin) in TITLES
    alone = known.end == colon or cast.sentence.low(known.end) in ("(", ",")
    return cast._fillers(known) if speaks and alone else None


def _opening_organ(cast: Cast, trigger: Trigger) -> list[Filler]:
    """The organ that opens a sentence that holds the whole resolution: « L'[Assemblée], Rappelant …, Prie … »."""
    sentence, known = cast.sentence, cast.at.get(0)
    if known is None or known.start or known.end + 1 >= len(sentence) or sentence.low(known.end) != ",":
        return []
    after = sentence[known.end + 1]
    return cast._fillers(known) if after.form[:1].isupper() and (after.verb or after.tag == "ADJ") else []


def _commanded(sentence: Sentence, group: VerbalGroup, found: Subject) -> bool:
    """Whether the verb goes on with the command that opens the sentence: « Note ce que le Comité a dit et [prie] »."""
    verb = sentence[0]
    if found.phrase is None or group.start < 2 or sentence.low(group.start - 1) not in AND_COMMA:
        return False
    untagged = verb.tag in ("PROPN", "NOUN", "ADJ") and sentence.low(1) in AFTER_UNTAGGED
    opens = (verb.finite or untagged) and verb.form[:1].isupper() and verb.low not in FORMS_OF_BOTH
    inside = any(sentence.low(j) in OPENERS for j in range(1, found.phrase.start + 1))
    return opens and inside


UNTAGGED = ("NOUN", "ADJ")
RULES = (_subject, _agent, _judge, _speech, _source, _aside, _as_said, _before_colon)
