"""Linked: how a common noun takes a complement behind another word than "de".

"les pays [en développement]", "les parties [au conflit]", "la session [en 2013]"
"""

from __future__ import annotations

from pries.grammar import words
from pries.grammar.sentence import Sentence
from pries.grammar.verbs import phrase_beginning


def is_treaty(sentence: Sentence, i: int) -> bool:
    """Whether what "à" at `i` introduces is a treaty or a dispute, to which one is a party."""
    near = sentence.tokens[i + 1 : i + 4]
    if sentence.low(i + 1) in words.AS_REGARDS:
        return False  # « rappelle à l'État partie, [au titre de la Convention], de »
    return any(t.form[:1].isupper() for t in near[:2]) or any(
        t.low in sentence.cues.treaty or t.low.removesuffix("s") in sentence.cues.treaty for t in near
    )


def _dated(sentence: Sentence, i: int, head: int) -> bool | None:
    """A number behind "en": « la session [en 2013] »."""
    return True if sentence.low(i) == "en" and i + 1 < len(sentence) and sentence[i + 1].tag == "NUM" else None


def _in_a_condition(sentence: Sentence, i: int, head: int) -> bool | None:
    """What "en" and "sans" say of a country: « pays [en développement] », « pays [sans littoral] »."""
    low, after = sentence.low(i), sentence.low(i + 1)
    inside = (low == "en" and after in sentence.cues.condition) or (low == "sans" and after in sentence.cues.lacked)
    return True if inside else None


def _party(sentence: Sentence, i: int, head: int) -> bool | None:
    """A treaty or a dispute to which one is a party: « les parties [au conflit] »."""
    takes = sentence.low(i) in words.TO and i == head + 1 and sentence.low(head) in sentence.cues.party
    return True if takes and is_treaty(sentence, i) else None


def equipped(sentence: Sentence, i: int) -> bool:
    """Whether "à" and a bare noun tell the kind of a thing: « les armes [à sous-munitions] », « moulin [à vent] »."""
    if sentence.lows[i] != "à" or i + 1 >= len(sentence) or not sentence[i - 1].noun or phrase_beginning(sentence, i):
        return False
    noun = sentence[i + 1]
    return noun.tag == "NOUN" and not noun.infinitive and noun.form.islower() and noun.low not in sentence.cues.adjunct


def linked_too(sentence: Sentence, i: int, head: int) -> bool:
    """Whether the word behind "et" at `i` is one that links the name before: « sur l'accès à l'eau et [à] l'énergie ».

    Not behind "à", where it is who is asked too: « demande au Comité sur l'accès à l'eau et à la Banque ».
    """
    linker = sentence.low(i + 1)
    if linker not in words.IN_NAMES or not sentence[head].form[:1].isupper() or sentence.low(i) != "et":
        return False
    opening = next((k for k in range(head - 1, max(head - 4, -1), -1) if sentence.low(k) in words.TO), None)
    same = words.TO if linker in words.TO else {linker}
    asked = linker in words.TO and opening is not None
    return not asked and any(sentence.low(k) in same for k in range(head + 1, i))


LINKED = (_dated, _in_a_condition, _party)
