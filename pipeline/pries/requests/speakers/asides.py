"""Asides: who speaks in an aside, before a colon, or in a clause with "comme".

"La dette, a ajouté la [Ministre], devrait être allégée", "« Il faut agir », a lancé hier le [maire]"
"Comme l'a souligné la [Commission], il faut agir", "[M. Novák] (Chili) : Il faut agir"
"""

from __future__ import annotations

from pries.base.lexicon import Row
from pries.grammar.clauses import plural_of
from pries.grammar.phrases import Phrase, is_determiner_before, phrase_at
from pries.grammar.sentence import Sentence
from pries.grammar.subjects import Subject
from pries.grammar.verbs import any_group, is_adverb, phrase_beginning
from pries.grammar.words import (
    BEFORE_ASIDE,
    BEFORE_SOURCE,
    BEHIND_ASIDE,
    CLOSING_MARKS,
    DATIVE_CLITICS,
    DE,
    FORMS_OF_BOTH,
    MADE,
    PREPOSITIONS,
    QUE,
    REFLEXIVE,
    SE,
    SINGULAR_ARTICLES,
)
from pries.requests.cast import Cast, Filler
from pries.requests.speech import Speech, row_of

LONGEST = 6  # phrases between a verb of saying and its subject: « a martelé hier, à Dakar, le [maire] »
UNTAGGED = ("NOUN", "ADJ")


def in_aside(cast: Cast, speech: Speech) -> list[Filler] | None:
    """« La dette, a-t-elle ajouté, devrait être allégée », « …, a déclaré la [Ministre] »."""
    sentence = cast.sentence
    if BEFORE_ASIDE.isdisjoint(sentence.lows):
        return None
    for j, token in enumerate(sentence.tokens):
        if not j or not (token.verb or (token.tag in UNTAGGED and sentence.lows[j - 1] == ",")):
            continue
        k, pronoun = _before_saying(sentence, j)
        if sentence.low(k) not in BEFORE_ASIDE:  # nearly always
            continue
        row = _said(sentence, j, speech) if token.verb else None
        if not (row or (token.tag in UNTAGGED and _untagged(sentence, j, speech))):
            continue
        if pronoun is None and sentence.low(j + 1).startswith("-"):
            pronoun = j + 1
        quoted = sentence.low(k) in CLOSING_MARKS or sentence.low(k - 1) in CLOSING_MARKS
        own = pronoun is not None or sentence.low(k + 1) in SE  # « s'indigne la sénatrice »
        if row and row["kind"] == "aside" and not (own or quoted or _splits(sentence, j)):
            continue  # « , félicite le Gouvernement, » goes on with a list
        if pronoun is not None:
            return cast.of_subject(Subject(None, _last_part(sentence, pronoun)), issuer=True) or None
        if fillers := _behind(cast, j + 1, quoted):
            return fillers if plural_of(sentence, any_group(sentence, j)) else fillers[:1]
    return None


def _splits(sentence: Sentence, j: int) -> bool:
    """Whether the aside that begins at `j` parts a verb from its clause: « Il faut, tonne le [maire], que »."""
    phrase = phrase_at(sentence, j + 1) if sentence[j - 2].finite else None
    return phrase is not None and sentence.low(phrase.end) == "," and sentence.low(phrase.end + 1) in QUE | DE


def _last_part(sentence: Sentence, pronoun: int) -> int:
    """The pronoun itself, behind the "-t" that the tokeniser cuts off: « lance[-t]-elle »."""
    return pronoun + 1 if sentence.low(pronoun) == "-t" else pronoun


def _behind(cast: Cast, j: int, quoted: bool) -> list[Filler]:
    """The subject that follows a verb of saying, when and where it was said stepped over behind a quotation."""
    sentence = cast.sentence
    for step in range(LONGEST):
        phrase = phrase_at(sentence, j)
        begins = phrase is not None and phrase.start == j
        begins = begins and sentence.low(j) not in DE  # « , sont tombés [d'accord] »
        if phrase and begins and (fillers := cast.of_phrase(phrase, issuer=True, animate=quoted and not step)):
            return fillers
        known = cast.at.get(j) or cast.at.get(j + 1)
        if known is not None and known.pronoun and known.start <= j + 1:  # « martèle l'un d'eux »
            return cast._fillers(known)
        if j < len(sentence) and (length := max(phrase_beginning(sentence, j), is_adverb(sentence, j))):
            j += length
        elif not quoted:
            break
        elif sentence.low(j) == ",":
            j += 1
        elif sentence.low(j) in PREPOSITIONS and (inner := phrase_at(sentence, j + 1)):
            if (person := _person_behind(cast, inner)) is not None:
                return person
            j = inner.end
        elif phrase and phrase.start == phrase.head:  # « lundi », « mardi soir »
            j = phrase.end
        else:
            break
    return []


def _person_behind(cast: Cast, place: Phrase) -> list[Filler] | None:
    """Who is named by two words behind where it was said: « devant la presse [Anne Roy] »."""
    sentence = cast.sentence
    names = [j for j in range(place.head + 1, place.end) if sentence[j].form[:1].isupper()]
    if len(names) < 2 or names[0] + 1 != names[1] or sentence[place.head].form[:1].isupper():
        return None
    return cast._bare(Phrase(names[0], place.end, names[0]), "individual")


def _before_saying(sentence: Sentence, verb: int) -> tuple[int, int | None]:
    """The rank before a verb of saying and its auxiliary, and its inverted pronoun: « a-t-[elle] ajouté »."""
    k, pronoun = verb - 1, None
    while k > 0 and (
        is_adverb(sentence, k)
        or sentence.low(k) in FORMS_OF_BOTH
        or sentence.low(k) in REFLEXIVE | DATIVE_CLITICS  # « nous rappelle le juge »
        or sentence.low(k) in MADE  # « a fait valoir »
        or sentence.low(k).startswith("-")
    ):
        pronoun = k if pronoun is None and sentence.low(k).startswith("-") else pronoun
        k -= 1
    return k, pronoun


def _said(sentence: Sentence, j: int, speech: Speech) -> Row | None:
    """The row of the verb of saying that stands at `j`, None for an infinitive."""
    token = sentence[j]
    infinitive = token.low in speech and sentence.low(j - 1) not in MADE
    return None if infinitive or token.low in FORMS_OF_BOTH else row_of(token, speech)


def _untagged(sentence: Sentence, j: int, speech: Speech) -> bool:
    """Whether a verb of saying that looks like a noun stands apart with its subject: « , [note] son rapport, »."""
    token, k = sentence[j], j + 1 + phrase_beginning(sentence, j + 1)  # « , [estime] pour sa part le médecin, »
    if sentence.low(j - 1) != "," or not is_determiner_before(sentence, k + 1):
        return False
    told = {token.low + "r", token.low.removesuffix("a") + "er"}  # « objecte », « objecta »
    phrase = phrase_at(sentence, k) if token.low.endswith(("e", "a")) and told & speech.keys() else None
    return phrase is not None and sentence.low(phrase.end) in BEHIND_ASIDE


def as_said(cast: Cast, trigger: int, speech: Speech) -> list[Filler] | None:
    """« Comme l'a souligné la [Commission], il faut agir », « ainsi que le rappelle le [Conseil], … »."""
    sentence, before = cast.sentence, cast.sentence.lows[:trigger]
    if "comme" not in before and "ainsi" not in before:  # nearly always
        return None
    for j, low in enumerate(before):
        k = j + 1 if low == "comme" else j + 2 if low == "ainsi" and sentence.low(j + 1) in QUE else 0
        if not k or (j and sentence.low(j - 1) not in BEFORE_SOURCE):
            continue
        if fillers := _behind_saying(cast, k, speech) or _before_said(cast, k, speech):
            return fillers
    return None


def _behind_saying(cast: Cast, k: int, speech: Speech) -> list[Filler] | None:
    """The subject behind its verb: « l'a souligné la [Commission] », « le fait observer le [juge] »."""
    sentence = cast.sentence
    if sentence.low(k) not in SINGULAR_ARTICLES:
        return None
    near = range(k + 1, min(k + 7, len(sentence)))
    skipped = FORMS_OF_BOTH | MADE
    verb = next((m for m in near if not is_adverb(sentence, m) and sentence.low(m) not in skipped), None)
    if verb is None or not {sentence[verb].lemma, sentence.low(verb) + "r"} & speech.keys():
        return None
    phrase = phrase_at(sentence, verb + 1)
    fillers = cast.of_phrase(phrase, issuer=True) if phrase is not None else []
    # « l'a dit la Commission, les États … »
    return fillers[:1] if phrase is not None and sentence.low(phrase.end) == "," else fillers


def _before_said(cast: Cast, k: int, speech: Speech) -> list[Filler] | None:
    """The subject before its verb and the pronoun: « le [Comité] l'a souligné »."""
    sentence, phrase = cast.sentence, phrase_at(cast.sentence, k)
    if phrase is None or sentence.low(phrase.end) not in SINGULAR_ARTICLES:
        return None
    group = any_group(sentence, phrase.end + 1)
    said = row_of(sentence[group.verb], speech) is not None and sentence[phrase.end + 1].verb
    return cast.of_phrase(phrase, issuer=True) if said else None
