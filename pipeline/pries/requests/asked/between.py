"""Between: the actors that stand right of a trigger and left of what it asks for.

"exhorte de nouveau les [parties], les [villes] et la [FAO] à", "demande aux [États] et, selon le cas, à la [FAO] de"
"""

from __future__ import annotations

from collections.abc import Collection

from pries.grammar import words as closed
from pries.grammar.joints import skip_adverbs
from pries.grammar.phrases import Phrase, head_after, is_determiner, phrase_at, phrase_of
from pries.grammar.sentence import Sentence
from pries.grammar.subjects import Subject
from pries.grammar.verbs import is_adverb, phrase_beginning
from pries.requests.cast import Cast, Filler, head_of


def after_preposition(cast: Cast, start: int, stop: int, preposition: Collection[str]) -> list[Filler]:
    """The actors right of the trigger and left of its complement, behind `preposition`."""
    sentence = cast.sentence
    first_word = skip_adverbs(sentence, start + (sentence.low(start) == ":"))
    j = _over_set_phrases(sentence, start)
    while j < stop:
        if sentence.low(j) in preposition:
            if (fillers := pronoun_at(cast, j + 1)) is not None:
                return fillers
            phrase = phrase_at(sentence, j + 1)
            near = preposition is closed.TO and j == first_word and _named_by(sentence, j)
            if phrase and phrase.head < stop and (fillers := cast.of_phrase(phrase, False, preposition, near)):
                return fillers
        j = _over_set_phrases(sentence, j + 1)
    return []


def behind_again(cast: Cast, start: int, stop: int, found: list[Filler]) -> list[Filler]:
    """Those behind "à" again, an aside between: « demande aux États, y compris les îles, et à la [FAO] de »."""
    sentence, more = cast.sentence, list[Filler]()
    known = {filler.name for filler in found}
    for j in range(start + 2, stop):
        if sentence.low(j) not in closed.TO or sentence.low(j - 1) not in closed.JOINS or j + 1 not in cast.at:
            continue
        comma = next((k for k in range(j - 1, start, -1) if sentence.low(k) == ","), start)
        if not closed.TO.isdisjoint(sentence.lows[comma + 2 : j - 1]) and comma > start:
            continue  # « , grâce à l'aide fournie aux parties et aux témoins, »
        fillers = cast.of_phrase(phrase_of(sentence, head_of(sentence, cast.at[j + 1])), False, closed.TO, note=False)
        more += [filler for filler in fillers if filler.name not in known]
        known |= {filler.name for filler in fillers}
    return more


def after(cast: Cast, start: int, stop: int) -> list[Filler]:
    """The actors right of the trigger and left of its complement, behind no preposition."""
    sentence = cast.sentence
    j = _over_set_phrases(sentence, start + 2 * sentence.follows(start, *closed.NO_LESS))
    while j < stop:
        if (fillers := pronoun_at(cast, j)) is not None:
            return fillers
        if sentence.low(j) in closed.PREPOSITIONS:
            head = head_after(sentence, j + 1)
            pronoun = head is None and j + 1 < stop and sentence[j + 1].tag == "PRON"  # « invite pour cela les juges »
            j = _over_set_phrases(sentence, j + 1 + pronoun if head is None else phrase_of(sentence, head).end)
            continue
        said = (
            sentence.low(j) in sentence.cues.adverb and sentence[j].tag != "DET" and sentence.low(j) not in closed.ALL
        )
        if said and is_determiner(sentence[j + 1]):
            j = _over_set_phrases(sentence, j + 1)  # « exhorte [derechef] les États »
            continue
        phrase = phrase_at(sentence, j)
        if phrase and _tells_when(sentence, phrase):
            j = _over_set_phrases(sentence, phrase.end)
            continue
        if phrase and phrase.head < stop:
            return cast.of_phrase(phrase, False, (), animate=True)
        if not is_adverb(sentence, j) and sentence.low(j) != ",":
            return []
        j = _over_set_phrases(sentence, j + 1)
    return []


def _tells_when(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether a noun without article is a day: « a exhorté [jeudi] les États », « [mardi soir] »."""
    return phrase.head == phrase.start and sentence.low(phrase.head) in sentence.cues.calendar


def _named_by(sentence: Sentence, j: int) -> bool:
    """Whether somebody may stand behind the "à" at `j`: « aux [guichets] », but not « à [temps] »."""
    after = sentence[j + 1]
    return sentence.low(j) in closed.TO_THE or is_determiner(after) or after.form[:1].isupper()


def _over_set_phrases(sentence: Sentence, j: int) -> int:
    """The rank after the set phrases that begin at `j`: « prie [une fois de plus] les États »."""
    while length := phrase_beginning(sentence, j):
        j += length
    return j


def pronoun_at(cast: Cast, j: int) -> list[Filler] | None:
    """Whom the pronoun at `j` stands for, None where none stands there."""
    known = cast.at.get(j)
    return None if known is None or not known.pronoun else cast.of_subject(Subject(None, known.start), issuer=False)
