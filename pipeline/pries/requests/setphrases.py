"""Set phrases: the patterns of triggers.csv, matched around their trigger.

pattern "lancer * un * [appel]" in "ont lancé de nouveau un appel aux donateurs" -> the group ont lancé … appel
"""

from __future__ import annotations

from functools import cache

from pries.grammar.conjugation import regular
from pries.grammar.joints import skip_adverbs
from pries.grammar.morphology import INFINITIVE
from pries.grammar.sentence import Sentence
from pries.grammar.verbs import VerbalGroup, any_group
from pries.grammar.words import AVOIR, BEEN_OR_HAD, ETRE, FORMS_OF_BOTH, NEGATION

SHORT = 6  # tokens that one asterisk may stand for


def match_phrase(sentence: Sentence, i: int, pattern: tuple[str, ...]) -> VerbalGroup | None:
    """The set phrase `pattern` around its trigger at rank `i`: words, verbs in any form, * for up to six words.

    ** stands for twelve. The last element may be words in brackets, which have to follow and are no part of it:
    « [prière] (de/d') ».
    """
    before, marked, after, ahead = _cut(pattern)
    right = _match(sentence, i + 1, after, 1) if sentence.low(i).rstrip("s") in marked else None
    left = None if right is None else _match(sentence, i - 1, before, -1)
    if right is None or left is None:
        return None
    (end, verb_right), (start, verb_left) = right, left
    if ahead and sentence.low(skip_adverbs(sentence, end)) not in ahead:
        return None
    verb = verb_right if verb_right is not None else verb_left
    told = range(i + 1, verb_right or i)
    if any(sentence.low(j) == "en" and sentence.low(j + 1) in FORMS_OF_BOTH for j in told):
        return None  # « ordre leur en a été donné »: of what was told before
    verb = i if verb is None and sentence[i].finite else verb
    tense = "present"
    if verb is not None:
        tense = ETRE.get(sentence.low(verb)) or AVOIR.get(sentence.low(verb)) or _tense_by_ending(sentence, verb)
    group = VerbalGroup(start + 1, end, i, "active", tense, [] if verb is None else [verb])
    group.negated = sentence.low(start) in NEGATION or sentence.low(group.start) in NEGATION
    auxiliary = sentence.low(group.start - 1) in FORMS_OF_BOTH
    if auxiliary or sentence[group.start].participle:  # « les a [mis] en demeure », « à qui il est [fait] défense »
        own = any_group(sentence, group.start - auxiliary)
        group.start, group.clitics = own.start, own.clitics
    elif verb is not None and (
        verb == group.start or verb > i
    ):  # « les [mettent] en demeure », « défense lui [est] faite »
        group.clitics = any_group(sentence, verb).clitics
    return group


@cache  # a pattern is met again and again
def _cut(pattern: tuple[str, ...]) -> tuple[tuple[str, ...], frozenset[str], tuple[str, ...], tuple[str, ...]]:
    """A pattern's elements before its trigger, from there outward, its marked words, those behind, and what follows."""
    mark = next(n for n, p in enumerate(pattern) if p.startswith("["))
    ahead = tuple(pattern[-1].strip("()").split("/")) if pattern[-1].startswith("(") else ()
    marked = frozenset(word.rstrip("s") for word in marked_words(pattern))
    return pattern[:mark][::-1], marked, pattern[mark + 1 : len(pattern) - bool(ahead)], ahead


def marked_words(pattern: tuple[str, ...]) -> tuple[str, ...]:
    """The words of which one is the trigger of a pattern: « il [vaut/vaudrait] mieux » -> vaut, vaudrait."""
    return tuple(next(p for p in pattern if p.startswith("[")).strip("[]").split("/"))


def _tense_by_ending(sentence: Sentence, i: int) -> str:
    morph = sentence[i].morph
    if sentence[i].infinitive:
        return "infinitive"
    if "VerbForm=Part" in morph:
        return "past" if not sentence.low(i).endswith("ant") else "participle"
    for feature, tense in (
        ("Mood=Cnd", "conditional"),
        ("Tense=Imp", "imperfect"),
        ("Tense=Fut", "future"),
        ("Tense=Past", "past"),
    ):
        if feature in morph:
            return tense
    return "present"


def _match(sentence: Sentence, i: int, pattern: tuple[str, ...], step: int) -> tuple[int, int | None] | None:
    """Match `pattern` outward from `i`; the rank where it stopped and the verb found on the way."""
    verb = None
    gap = 0
    for p in pattern:
        if not p.strip("*"):
            gap = SHORT * len(p)
            continue
        for _ in range(gap + 1):
            if _is(sentence, i, p):
                break
            if _another_verb(sentence, i, p, gap):
                return None
            i += step
        else:
            return None
        if not _is(sentence, i, p):
            return None
        if _element(p)[1] or (verb is None and sentence[i].finite):
            verb = i
        i += step
        gap = 0
    return i, verb


def _another_verb(sentence: Sentence, i: int, p: str, gap: int) -> bool:
    """Whether what a gap would step over belongs to a verb of its own: « donné pour tâche de [rétablir] l'ordre ».

    « a [coûté] aux éleveurs l'obligation de »
    """
    if not 0 <= i < len(sentence):
        return False
    compound = p == "avoir" and sentence[i].participle and sentence.low(i) not in BEEN_OR_HAD
    return compound or (gap == SHORT and sentence[i].infinitive)


def _is(sentence: Sentence, i: int, p: str) -> bool:
    """Whether the token is the word `p` (or one of `a/b`), or a form of it if it is an infinitive."""
    low = sentence.low(i)
    if p == "être":
        return low in ETRE
    if p == "avoir":
        return low in AVOIR
    words, infinitive = _element(p)
    if not low or not infinitive:
        return low in words
    by_tagger = bool(sentence[i].verb) and sentence[i].lemma in words
    return by_tagger or low in words or any(low in _forms(w, w in sentence.cues.doubling) for w in words)


@cache  # patterns have few elements
def _element(p: str) -> tuple[tuple[str, ...], bool]:
    """The words of an element of a pattern, and whether they are infinitives, which stand for all their forms."""
    return tuple(p.strip("[]").split("/")), INFINITIVE.search(p) is not None


@cache  # patterns name few verbs
def _forms(verb: str, doubling: bool) -> frozenset[str]:
    """The forms of a verb of a pattern, so that it is met whatever the tagger says: « Lance un appel »."""
    return frozenset(regular(verb, doubling)) if verb.endswith("er") else frozenset()
