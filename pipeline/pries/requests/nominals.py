"""Nominals: nouns of action in place of a verb, and those coordinated to them.

"appelé à la [cessation] des hostilités et à la [reprise] du dialogue" -> cessation, reprise
"""

from __future__ import annotations

from pries.grammar.items import after_joint
from pries.grammar.joints import skip_adverbs
from pries.grammar.phrases import is_determiner
from pries.grammar.sentence import Sentence, next_verb
from pries.grammar.subjects import subject
from pries.grammar.verbs import VerbalGroup
from pries.grammar.words import AND_COMMA, FOR, LISTS_NOUNS, NO_MARKER, OF, QUOTES, TO
from pries.requests.coordination import Action, Complement, before_clause, close
from pries.requests.vocabulary import Vocabulary

AGAIN = {"à_noun": TO, "pour": FOR, "en_faveur": OF}  # what stands again before a further noun, by slot


def action_noun_after(sentence: Sentence, i: int, words: Vocabulary) -> int | None:
    """The noun of action that heads the phrase at `i`, None for another noun."""
    for j in range(i, min(i + 7, len(sentence))):
        token = sentence[j]
        if token.noun:
            return j if words.is_action_noun(sentence, j) else None
        before_noun = is_determiner(token) or token.participle or token.tag in ("ADJ", "ADV", "NUM")
        before_noun = before_noun or token.low in QUOTES  # « appelle à la « libération immédiate » des détenus »
        if not before_noun and token.low not in AND_COMMA:
            return None
    return None


def told_by(sentence: Sentence, noun: int, words: Vocabulary) -> bool:
    """Whether "par" says who does what a noun of action says: « la ratification de l'accord par les [États] »."""
    if "par" not in sentence.lows[noun + 1 :]:  # nearly always
        return False
    par = sentence.lows.index("par", noun + 1)
    between = sentence.tokens[noun + 1 : par]
    others = any(token.participle or token.finite or words.is_action_noun(sentence, token.i) for token in between)
    return words.is_action_noun(sentence, noun) and not others


def nouns(sentence: Sentence, marker: int, slot: str, first: int, words: Vocabulary) -> Complement:
    """The noun of action at `first` and those coordinated to it with the same preposition or none."""
    complement = Complement(slot, marker, [Action(first, marker if slot == "noun" else marker + 1, 0)])
    again = AGAIN.get(slot, NO_MARKER)
    verb = next_verb(sentence, first + 1)
    stop = len(sentence) if verb is None else before_clause(sentence, verb)
    j = first + 1
    while j < stop:
        token = sentence[j]
        k = after_joint(sentence, j)
        if token.low == ";" and not (k < len(sentence) and is_determiner(sentence[k])):
            break
        if token.low in LISTS_NOUNS and k < len(sentence):
            k = skip_adverbs(sentence, k)  # « pour le classement et, subsidiairement, pour la [restauration] »
            marked = sentence.low(k) in again
            plain = slot not in ("à_noun", "en_faveur") and k < len(sentence) and is_determiner(sentence[k])
            if marked or (plain and sentence.low(k) not in OF):
                begin = k + 1 if marked else k
                noun = action_noun_after(sentence, begin, words)
                if noun is not None:
                    complement.actions.append(Action(noun, begin, 0))
                    j = noun
        j += 1
    close(sentence, complement, min(j, stop))
    return complement


def subject_noun(
    sentence: Sentence, group: VerbalGroup, slots: tuple[str, ...], words: Vocabulary
) -> Complement | None:
    """The noun of action that is the subject of a passive: « La [création] d'un fonds a été recommandée ».

    Not of a verb that takes "à": « La création d'emplois est encouragée » tells what is done.
    """
    if "noun" not in slots or "à" in slots:
        return None
    found = subject(sentence, group)
    if found is None or found.phrase is None or not words.is_action_noun(sentence, found.phrase.head):
        return None
    if sentence.low(found.phrase.head) in sentence.cues.consent:  # « L'[accord] du bailleur est requis »
        return None
    phrase = found.phrase
    return Complement("noun", group.end, [Action(phrase.head, phrase.start, phrase.end)], "subject noun")
