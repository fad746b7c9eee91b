"""Addressees: who is to act, where the frame and the construction say that they stand.

"Les [États Membres]addressee ont été priés de ratifier"                        subject of the passive
"Le coût devrait être pris en charge par les [employeurs]addressee"             agent of the passive infinitive
"Le Comité recommande que les [bureaux]addressee publient leurs rapports"       subject of the clause
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from pries.base.rules import first
from pries.grammar import words as closed
from pries.grammar.clauses import clause_start, tells_to_whom
from pries.grammar.joints import after_joint_of_actors, skip_adverbs
from pries.grammar.phrases import Phrase, phrase_at, phrase_of
from pries.grammar.sentence import Sentence
from pries.grammar.subjects import Subject, subject
from pries.grammar.verbs import VerbalGroup, any_group, undergone
from pries.requests.asked.between import after, after_preposition, behind_again, pronoun_at
from pries.requests.cast import Cast, Filler, head_of
from pries.requests.complements import infinitive_at
from pries.requests.coordination import Complement, passive_head
from pries.requests.nominals import told_by
from pries.requests.speakers.dependents import left_noun, main_subject
from pries.requests.triggers import Trigger, undergoes, verb_of
from pries.requests.vocabulary import Vocabulary

Rule = Callable[[Cast, Trigger, Complement, Vocabulary], list[Filler] | None]
AUTHORITIES = ("state", "un", "igo")
BEHIND: dict[str, Collection[str]] = {"à": closed.TO, "de": closed.OF_OR_TO, "pour": ("pour",)}


def addressees(
    cast: Cast, trigger: Trigger, complement: Complement, words: Vocabulary
) -> tuple[list[Filler], str, str]:
    """Who is to act, where it was found (the frame's slot, clause subject, agent, none), and by which rule."""
    slot = trigger.frame.addressee
    found, rule = first(IN_SLOT.get(slot, (_seen_subject,)), cast, trigger, complement, words)
    if found:
        return found, slot, rule
    found, rule = first((clause_subject, _agent), cast, trigger, complement, words)
    return found or [], rule, rule


def _seen_subject(cast: Cast, trigger: Trigger, complement: Complement, words: Vocabulary) -> list[Filler] | None:
    """« Les [États] se sont vu demander de coopérer »."""
    sentence, start = cast.sentence, trigger.group.start
    if trigger.construction != "reflexive":
        return None
    for j in range(start - 1, max(start - 8, -1), -1):
        if sentence[j].lemma in closed.SEE_HEAR_FORMS or sentence.low(j) in closed.SEE_HEAR_FORMS:
            return cast.of_subject(subject(sentence, any_group(sentence, j)), issuer=False, animate=True)
    return []


def _patient(cast: Cast, trigger: Trigger, complement: Complement, words: Vocabulary) -> list[Filler] | None:
    """« Les [gouvernements] ont été priés de … », but « La création d'un fonds a été demandée » names nobody."""
    if undergoes(cast.sentence, trigger) and (own := verb_of(cast.sentence, trigger)):
        return _patients(cast, own, complement)
    if trigger.construction != "passive":
        return None
    asked = complement.slot == "noun" and complement.marker == trigger.group.end
    return [] if asked else _patients(cast, trigger.group, complement)


def _object_clitic(cast: Cast, trigger: Trigger, complement: Complement, words: Vocabulary) -> list[Filler] | None:
    """« Le Comité [les] engage à coopérer »."""
    return _clitic(cast, trigger.group, closed.OBJECT_CLITICS) or None


def _object(cast: Cast, trigger: Trigger, complement: Complement, words: Vocabulary) -> list[Filler] | None:
    """« Le Comité engage les [États] à coopérer », « en appelle aux [parties] »."""
    group, stop = trigger.group, complement.marker
    if any(cast.sentence.low(c) == "en" for c in group.clitics):
        return after_preposition(cast, group.end, stop, closed.TO) or after(cast, group.end, stop) or None
    inside = trigger.token if trigger.construction == "nominal" else 0  # « met les [bailleurs] en demeure de »
    own = verb_of(cast.sentence, trigger) if inside else None
    begin = group.start + 1 if own is None else own.end
    return after(cast, group.end, stop) or after(cast, begin, inside) or None


def _relative_object(cast: Cast, trigger: Trigger, complement: Complement, words: Vocabulary) -> list[Filler] | None:
    """« les [États Membres], que l'Assemblée a priés de … », « le [maire] que la préfète prie de … »."""
    sentence, group = cast.sentence, trigger.group
    que = clause_start(sentence, group.start - 1) - 1
    if que < 1 or sentence.low(que) not in closed.QUE:
        return None
    if not sentence[group.verb].participle:
        last = que - 1 - (sentence.low(que - 1) == ",")
        return None if sentence.low(last) in sentence.cues.fact else _ending_at(cast, last)
    plural = sentence.low(group.verb).endswith("s")
    near = range(que - 1, max(que - 8, -1), -1)
    nouns = (j for j in near if sentence[j].noun and sentence.low(j) not in closed.RELATIVES)
    head = next((j for j in nouns if sentence[j].plural == plural), None)
    return None if head is None else cast.of_phrase(phrase_of(sentence, head), False, (), True) or None


def _subject(cast: Cast, trigger: Trigger, complement: Complement, words: Vocabulary) -> list[Filler] | None:
    """« Les [États] doivent agir », but « La loi doit être révisée », « Les enfants doivent bénéficier de soins »."""
    sentence = cast.sentence
    patient = all(undergone(sentence, head) for head in complement.heads)
    refused = trigger.group.negated and sentence[complement.heads[0]].lemma in closed.CAN  # « ne devrait pouvoir »
    if patient or (words.benefits(sentence, complement.heads) and not refused):
        return None
    return cast.of_subject(subject(sentence, trigger.group), False, trigger.group.reflexive) or None  # "se devoir de"


def _dative(cast: Cast, trigger: Trigger, complement: Complement, words: Vocabulary) -> list[Filler] | None:
    """« Le Comité [leur] demande de coopérer »."""
    return _clitic(cast, trigger.group, closed.DATIVE_CLITICS) or None


def _behind(cast: Cast, trigger: Trigger, complement: Complement, words: Vocabulary) -> list[Filler] | None:
    """« demande aux [États] de », « exige des [parties] que », « essentiel pour les [États] de »."""
    sentence, behind = cast.sentence, BEHIND[trigger.frame.addressee]
    found = after_preposition(cast, trigger.group.end, complement.marker, behind)
    if found and behind is closed.TO:
        found += behind_again(cast, trigger.group.end, complement.marker, found)
    if found or trigger.construction != "active" or sentence.low(complement.marker) not in closed.DE:
        return found or None
    phrase = phrase_at(sentence, skip_adverbs(sentence, trigger.group.end))  # « enjoint les [parties] de partir »
    direct = phrase is not None and phrase.end == complement.marker and phrase.head in cast.at
    return (cast.of_phrase(phrase, issuer=False, note=False) if phrase and direct else None) or None


def _possessor(cast: Cast, trigger: Trigger, complement: Complement, words: Vocabulary) -> list[Filler] | None:
    """« Il est de [leur] devoir de coopérer »."""
    near = range(trigger.group.start - 1, complement.marker)
    return next((pronoun_at(cast, j) for j in near if cast.sentence.low(j) in closed.POSSESSIVES), None) or None


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
        bare = sentence.low(j - 1) not in closed.PREPOSITIONS and not sentence[j - 1].infinitive
        if known and known.start == j and bare:
            return cast.of_phrase(Phrase(known.start, known.end, head_of(sentence, known)), issuer=False)
    return []


def _before(cast: Cast, trigger: Trigger, complement: Complement, words: Vocabulary) -> list[Filler] | None:
    """« C’est aux [parties] qu’il appartient d'agir », « les [États], auxquels il incombe d'agir »."""
    sentence = cast.sentence
    j = trigger.group.start - 1
    while j >= 0 and (sentence.low(j) in closed.IL_QUE or sentence[j].tag == "ADV"):
        j -= 1
    if sentence.low(j) == ",":  # « C’est au préfet, et à lui seul, qu’il appartient »
        j = next((k for k in range(j - 1, max(j - 8, 0), -1) if sentence.low(k) == ","), j) - 1
    if sentence.low(j) in closed.RELATIVE_SUBJECTS and sentence.low(j - 1) not in closed.OF_OR_TO:
        return None  # « les riverains, qui demandaient »
    known = cast.at.get(j)
    if known is None:
        return None
    inverted = known.end == trigger.group.start and sentence.low(known.start - 1) in closed.TO
    if known.pronoun and inverted:  # « à ces derniers revient le soin de »
        return cast.of_subject(Subject(None, known.start), issuer=False) or None
    near = {sentence.low(k) for k in range(max(known.start - 3, 0), known.start)}
    cleft = sentence.low(known.start - 1) in closed.BEFORE_CLEFT and not near.isdisjoint(closed.ETRE)
    if not cleft and sentence.low(known.start) not in closed.TO:
        return None
    return cast.of_phrase(Phrase(known.start, known.end, head_of(sentence, known)), False, closed.TO) or None


def _relative_dative(cast: Cast, trigger: Trigger, complement: Complement, words: Vocabulary) -> list[Filler] | None:
    """« les [États], auxquels le Comité demande d'agir », « le [maire], à qui la préfète a conseillé d'attendre »."""
    sentence = cast.sentence
    relative = clause_start(sentence, trigger.group.start - 1) - 1
    return _of_relative(cast, relative) if relative > 0 and tells_to_whom(sentence, relative) else None


def _of_relative(cast: Cast, relative: int) -> list[Filler] | None:
    """Whom a relative behind a preposition stands for: the noun before it, or before the one that it goes on with."""
    sentence, j = cast.sentence, _first_relative(cast.sentence, relative)
    while j >= 0 and sentence.low(j) in closed.OBLIQUE:
        j -= 1
    return _ending_at(cast, j)


def _ending_at(cast: Cast, j: int) -> list[Filler] | None:
    """Who is named by the phrase that ends with the word at `j`."""
    sentence = cast.sentence
    heads = (k for k in range(j, max(j - 8, 0) - 1, -1) if sentence[k].noun and sentence.low(k - 1) != "-")
    phrase = next((one for one in (phrase_of(sentence, k) for k in heads) if one.end == j + 1), None)
    return cast.of_phrase(phrase, False, (), sentence[phrase.head].form[0].isupper()) or None if phrase else None


def _first_relative(sentence: Sentence, j: int) -> int:
    """The relative that another at `j` goes on with: « la régie, [à qui] le maire a écrit et à qui il incombe »."""
    opening = j - (sentence.low(j - 1) in closed.OF_OR_TO) - 1
    if sentence.low(opening) not in closed.AND_OR:
        return j
    relative = (
        k for k in range(opening - 1, max(opening - 25, 0), -1)
        if sentence.low(k) in closed.RELATIVES and sentence.low(k) not in closed.QUE
    )  # fmt: skip
    return next(relative, j)


def _fronted(cast: Cast, trigger: Trigger, complement: Complement, words: Vocabulary) -> list[Filler] | None:
    """« Aux [communes], il est demandé de … », but « Au Mali, il est demandé de … » tells where."""
    sentence, start = cast.sentence, trigger.group.start
    begin = clause_start(sentence, start - 1)
    begin += sentence.low(begin) in closed.JOINS_VERBS
    if sentence.low(begin) not in closed.TO or sentence.low(complement.marker) in closed.QUE:
        return None
    known = cast.at.get(begin + 1)
    if known is None or sentence.low(known.end) != "," or known.end > start or sentence[known.start].tag == "PROPN":
        return None
    if known.pronoun:
        return cast.of_subject(Subject(None, known.start), issuer=False)
    return cast.of_phrase(Phrase(known.start, known.end, head_of(sentence, known)), False, closed.TO) or None


def _clitic(cast: Cast, group: VerbalGroup, forms: Collection[str]) -> list[Filler]:
    """The antecedent of a clitic, with what "ainsi que" adds to it (« les engage, ainsi que les États »)."""
    sentence = cast.sentence
    for j in group.clitics:
        if sentence.low(j) in forms:
            fillers = cast.of_subject(Subject(None, j), issuer=False)
            near = range(group.end, group.end + 4)  # « lui demande également, ainsi qu'aux régies, de »
            after = next(
                (k for k in near if sentence.low(k) in closed.LIKEWISE and after_joint_of_actors(sentence, k) > k), None
            )
            begin = 0 if after is None else after_joint_of_actors(sentence, after)
            again = next((k for k in near if sentence.low(k) in closed.LUI and sentence.low(k - 1) == "à"), None)
            if again is not None and sentence.low(again + 1) in closed.AND_OR:  # « leur demande, à eux et à la régie, »
                begin = again + 2
            begin += begin > 0 and sentence.low(begin) in closed.TO
            phrase = phrase_at(sentence, begin) if begin else None
            return fillers + (cast.of_phrase(phrase, False, closed.TO, animate=True) if phrase else [])
    return []


def clause_subject(cast: Cast, trigger: Trigger, complement: Complement, words: Vocabulary) -> list[Filler] | None:
    """« Le Comité recommande que les [bureaux] publient leurs rapports »."""
    sentence, begin = cast.sentence, complement.marker
    fillers: list[Filler] = []
    if sentence.low(begin) not in closed.QUE:
        return None
    ends = [*complement.heads[1:], complement.actions[-1].end]
    for head, end in zip(complement.heads, ends, strict=True):  # "que la Commission adopte … et que les bureaux …"
        group = any_group(sentence, head)
        if sentence[head].participle:  # "que les observateurs soient invités par le Conseil et que l'armée parte"
            fillers.extend(f for f in cast.agent(head, end, issuer=False) if f not in fillers)
        acts = group.voice != "passive" and group.start > begin and not _undergoes(cast, head, words)
        found = subject(sentence, group) if acts else None
        place = found.phrase.start if found and found.phrase else found.pronoun if found else None
        if place is not None and place > begin:
            fillers.extend(f for f in cast.of_subject(found, False) if f.name not in {known.name for known in fillers})
        begin = head if acts else begin  # « que les agents [reçoivent] une formation et [connaissent] la loi »
    return fillers or None


def _undergoes(cast: Cast, head: int, words: Vocabulary) -> bool:
    """Whether who can or gets something is no one who acts: « puissent être entendus », but « puisse répondre »."""
    sentence = cast.sentence
    if sentence.low(head) in closed.ETRE and sentence.low(head - 1) in closed.OBJECT_CLITICS:
        return True  # « Les riverains n'ont pas été entendus ; il faut qu'ils le soient »
    if sentence[head].lemma not in closed.CAN:
        return words.benefits(sentence, [head])
    action = infinitive_at(sentence, head + 1)
    if action is None or passive_head(sentence, action[0]) != action[0]:
        return True
    found = subject(sentence, any_group(sentence, head))
    known = cast.at.get(found.phrase.head if found.phrase else found.pronoun or 0) if found else None
    return known is None or known.kind not in AUTHORITIES


def _agent(cast: Cast, trigger: Trigger, complement: Complement, words: Vocabulary) -> list[Filler] | None:
    """« Le coût devrait être pris en charge par les [employeurs] »."""
    heads = complement.heads
    if not any(cast.sentence[head].participle or told_by(cast.sentence, head, words) for head in heads):
        return None
    fillers: list[Filler] = []  # « actualisés par les maires, validés par le préfet »
    for head, end in zip(heads, [*heads[1:], complement.actions[-1].end], strict=True):
        fillers += [f for f in cast.agent(head, end, issuer=False) if f not in fillers]
    return fillers or None


# The rules for each place that a frame gives to the addressee, turned round by the construction.
IN_SLOT: dict[str, tuple[Rule, ...]] = {
    "object": (_seen_subject, _patient, _object_clitic, _object, _relative_object),
    "subject": (_seen_subject, _subject),
    "à": (_seen_subject, _dative, _behind, _relative_dative, _before, _fronted),
    "de": (_seen_subject, _dative, _possessor, _behind),
    "pour": (_seen_subject, _dative, _behind),
}
