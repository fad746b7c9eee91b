"""Addressees: who is to act, where the frame and the construction say that they stand.

"Les [États Membres]addressee ont été priés de ratifier"                        subject of the passive
"Le coût devrait être pris en charge par les [employeurs]addressee"             agent of the passive infinitive
"Le Comité recommande que les [bureaux]addressee publient leurs rapports"       subject of the clause
"""

from __future__ import annotations

from pries.grammar.phrases import Phrase, head_after, phrase_at, phrase_of
from pries.grammar.sentence import PREPOSITIONS, RELATIVES, Sentence
from pries.grammar.subjects import Subject, clause_start, left_noun, main_subject, subject
from pries.grammar.verbs import VerbalGroup, any_group, is_adverb, phrase_beginning
from pries.requests.cast import Cast, Filler, head_of
from pries.requests.complements import skip_adverbs
from pries.requests.coordination import Complement
from pries.requests.triggers import Trigger
from pries.requests.vocabulary import Vocabulary

TO = ("à", "au", "aux")
OF = ("de", "d'", "du", "des")
OBJECT_CLITICS = ("les", "le", "la", "l'")
DATIVE_CLITICS = ("leur", "lui")


def addressees(cast: Cast, trigger: Trigger, complement: Complement, words: Vocabulary) -> tuple[list[Filler], str]:
    """Who is to act, and by which rule it was found (the frame's slot, clause subject, agent, none)."""
    slot = trigger.frame.addressee
    found = _in_slot(cast, trigger, complement, slot, words)
    if found:
        return found, slot
    sentence = cast.sentence
    if sentence.low(complement.marker) in ("que", "qu'"):
        found = _clause_subject(cast, complement, words)
        if found:
            return found, "clause subject"
    if any(sentence[head].participle for head in complement.heads):
        found = cast.agent(complement.heads[0], complement.actions[-1].end, issuer=False)
        if found:
            return found, "agent"
    return [], "none"


def _in_slot(cast: Cast, trigger: Trigger, complement: Complement, slot: str, words: Vocabulary) -> list[Filler]:
    """The actors in the place that the frame gives to the addressee, turned round by the construction."""
    sentence, group = cast.sentence, trigger.group
    if trigger.construction == "reflexive":
        return cast.of_subject(_seen_subject(sentence, group.start), issuer=False, animate=True)
    if slot == "object" and trigger.construction == "passive":
        if complement.slot == "noun" and complement.marker == group.end:  # the subject is what is asked for
            return []
        return _patients(cast, group, complement)
    if slot == "object":
        behind = TO if any(sentence.low(c) == "en" for c in group.clitics) else ()  # "en appeler à"
        found = _clitic(cast, group, OBJECT_CLITICS) or _after(cast, group.end, complement.marker, behind)
        return found or _relative_object(cast, group)
    if slot == "subject":
        patient = all(sentence[head].participle for head in complement.heads)
        if patient or words.benefits(sentence, complement.heads):
            return []
        return cast.of_subject(subject(sentence, group), issuer=False, animate=group.reflexive)  # "se devoir de"
    if slot in ("à", "de", "pour"):
        preposition = {"à": TO, "de": OF, "pour": ("pour",)}[slot]
        found = _clitic(cast, group, DATIVE_CLITICS) or _after(cast, group.end, complement.marker, preposition)
        return found or (_before(cast, group) if slot == "à" else [])
    return []


def _relative_object(cast: Cast, group: VerbalGroup) -> list[Filler]:
    """The noun that "que" stands for: « les [États Membres], que l'Assemblée a priés de … »."""
    sentence = cast.sentence
    que = clause_start(sentence, group.start - 1) - 1
    if que < 1 or sentence.low(que) not in ("que", "qu'") or not sentence[group.verb].participle:
        return []
    plural = sentence.low(group.verb).endswith("s")
    nouns = (j for j in range(que - 1, max(que - 8, -1), -1) if sentence[j].noun and sentence.low(j) not in RELATIVES)
    head = next((j for j in nouns if sentence[j].plural == plural), None)
    return [] if head is None else cast.of_phrase(phrase_of(sentence, head), issuer=False)


def _patients(cast: Cast, group: VerbalGroup, complement: Complement) -> list[Filler]:
    """The subject of a passive, wherever it stands: before it, after it ("Ont été priés de sortir les témoins")."""
    sentence = cast.sentence
    if group.voice == "participle":
        left = left_noun(sentence, group.start)
        return cast.of_subject(left or main_subject(sentence, group), issuer=False, animate=True)
    found = cast.of_subject(subject(sentence, group), issuer=False, animate=True)
    if found or group.start > 1:
        return found
    for j in range(complement.heads[0] + 1, len(sentence)):
        known = cast.at.get(j)
        if known and known.start == j and sentence.low(j - 1) not in PREPOSITIONS and not sentence[j - 1].infinitive:
            return cast.of_phrase(Phrase(known.start, known.end, head_of(sentence, known)), issuer=False)
    return []


def _before(cast: Cast, group: VerbalGroup) -> list[Filler]:
    """The addressee left of an impersonal verb: « C’est [aux parties] qu’il appartient », « auxquelles il incombe »."""
    sentence = cast.sentence
    j = group.start - 1
    while j >= 0 and (sentence.low(j) in ("il", "que", "qu'") or sentence[j].tag == "ADV"):
        j -= 1
    if sentence.low(j) in ("auxquels", "auxquelles", "auquel", "laquelle", "qui", "lesquels", "lesquelles"):
        while j >= 0 and sentence.low(j) in OBLIQUE:
            j -= 1
        phrase = next((p for p in reversed(bare_or_not(sentence, j)) if p.end == j + 1), None)
        return cast.of_phrase(phrase, issuer=False) if phrase else []
    known = cast.at.get(j)
    cleft = known is not None and sentence.low(known.start - 1) in (*TO, "est", "la", "l'") and "est" in {
        sentence.low(k) for k in range(max(known.start - 3, 0), known.start)
    }  # fmt: skip
    if known is None or not (cleft or sentence.low(known.start) in TO):
        return []
    return cast.of_phrase(Phrase(known.start, known.end, head_of(sentence, known)), False, TO)


OBLIQUE = frozenset(("auxquels", "auxquelles", "auquel", "laquelle", "lesquels", "lesquelles", "qui", "à", ",", "de"))


def bare_or_not(sentence: Sentence, last: int) -> list[Phrase]:
    """The noun phrases that may end at rank `last`, whatever precedes them."""
    return [phrase_of(sentence, k) for k in range(max(last - 8, 0), last + 1) if sentence[k].noun]


def _seen_subject(sentence: Sentence, start: int) -> Subject | None:
    """The subject of "se voir" in « se sont vu demander »."""
    for j in range(start - 1, max(start - 8, -1), -1):
        if sentence[j].lemma in ("voir", "entendre") or sentence.low(j) in ("vu", "vue", "vus", "vues"):
            return subject(sentence, any_group(sentence, j))
    return None


def _clitic(cast: Cast, group: VerbalGroup, forms: tuple[str, ...]) -> list[Filler]:
    """The antecedent of a clitic, with what "ainsi que" adds to it (« les engage, ainsi que les États »)."""
    sentence = cast.sentence
    for j in group.clitics:
        if sentence.low(j) in forms:
            fillers = cast.of_subject(Subject(None, j), issuer=False)
            after = group.end + (sentence.low(group.end) == ",")
            phrase = phrase_at(sentence, after + 2) if sentence.follows(after, "ainsi", "que") else None
            return fillers + (cast.of_phrase(phrase, issuer=False) if phrase else [])
    return []


def _after(cast: Cast, start: int, stop: int, preposition: tuple[str, ...]) -> list[Filler]:
    """The actors right of the trigger and left of its complement, behind `preposition` if one is given."""
    sentence = cast.sentence
    j = start
    while j < stop:
        low = sentence.low(j)
        if length := phrase_beginning(sentence, j):
            j += length
            continue
        pronoun = cast.at.get(j + 1 if preposition else j)
        if pronoun is not None and pronoun.pronoun and (not preposition or low in preposition):
            return cast.of_subject(Subject(None, pronoun.start), issuer=False)
        if preposition:
            phrase = phrase_at(sentence, j + 1) if low in preposition else None
            near = preposition == TO and j == skip_adverbs(sentence, start)
            fillers = cast.of_phrase(phrase, False, preposition, near) if phrase and phrase.head < stop else []
            if fillers:
                return fillers
        elif low in PREPOSITIONS:
            head = head_after(sentence, j + 1)
            j = phrase_of(sentence, head).end if head is not None else j + 1
            continue
        else:
            phrase = phrase_at(sentence, j)
            if phrase and phrase.head < stop:
                return cast.of_phrase(phrase, False, (), animate=True)
            if not is_adverb(sentence, j) and low != ",":
                return []
        j += 1
    return []


def _clause_subject(cast: Cast, complement: Complement, words: Vocabulary) -> list[Filler]:
    """The agentive subjects of the clauses that are asked for."""
    sentence, begin = cast.sentence, complement.marker
    fillers: list[Filler] = []
    if words.benefits(sentence, complement.heads):
        return []
    for head in complement.heads:  # "que la Commission adopte … et que les bureaux commencent …"
        group = any_group(sentence, head)
        found = subject(sentence, group) if group.voice != "passive" and group.start > begin else None
        place = found.phrase.start if found and found.phrase else found.pronoun if found else None
        if place is not None and place > begin:
            fillers.extend(f for f in cast.of_subject(found, issuer=False) if f not in fillers)
        begin = head
    return fillers
