"""Colons: who says what stands behind a colon.

"Le [Président] a déclaré : « Les États doivent agir »", "[M. Novák] (Chili) : Il faut agir"
"La position de la [Norvège] est claire : …", "C'est la conclusion à laquelle parvient le [jury] : …"
"""

from __future__ import annotations

from pries.grammar.phrases import head_after, is_determiner, is_determiner_before, phrase_at, phrase_of
from pries.grammar.sentence import Sentence
from pries.grammar.subjects import Subject, subject
from pries.grammar.verbs import any_group, phrase_beginning
from pries.grammar.words import DASHES, ETRE, LIKENESS, OF, OPENING_QUOTES, STRONG_MARKS, TITLES
from pries.requests.cast import Cast, Filler, head_of
from pries.requests.speakers.dependents import narrated
from pries.requests.speakers.saying import speaker
from pries.requests.speakers.sources import over_adjectives
from pries.requests.speech import Speech, is_speech, row_of


def before_colon(cast: Cast, start: int, speech: Speech) -> list[Filler] | None:
    """Who says what stands at `start`, if a colon before it announces somebody's words."""
    sentence = cast.sentence
    if ":" not in sentence.lows and "." not in sentence.lows[: start - 1]:  # nearly always
        return None
    colon = next((j for j in range(start - 1, 0, -1) if sentence.low(j) == ":"), None)
    if colon is None:
        return _before_dash(cast, start)
    begin = next((j + 1 for j in range(colon - 1, -1, -1) if sentence.low(j) in STRONG_MARKS), 0)
    clauses = (begin, *(j + 1 for j in range(begin, colon) if sentence.low(j) == ","))  # « Depuis, une certitude … : »
    if (named := next(filter(None, (stated(sentence, j, colon) for j in clauses)), None)) is not None:
        return cast.of_subject(named, issuer=True) or None
    if any(low == ";" for low in sentence.lows[colon:start]):
        return None
    if (fronted := _fronted(cast, begin, colon, speech)) is not None:
        return fronted
    verbs = [j for j in range(begin, colon) if sentence[j].finite and sentence.low(j - 1) != "("]  # « (parle en grec) »
    narrates = narrated(sentence, colon - 1) is not None  # « Et le maire d'ajouter : »
    return (
        _announced(cast, verbs, begin, colon, speech) if verbs or narrates else named_before_colon(cast, begin, colon)
    )


def _before_dash(cast: Cast, start: int) -> list[Filler] | None:
    """Who speaks, as parliaments print it: « [Mme Anne Roy], rapporteure. – Les maires doivent payer »."""
    sentence = cast.sentence
    if sentence.low(0) not in TITLES:
        return None
    dash = next((j for j in range(2, start) if sentence.low(j) in DASHES and sentence.low(j - 1) == "."), None)
    stop = dash - 1 if dash is not None else 0
    return named_before_colon(cast, 0, stop) if dash is not None else None


def _announced(cast: Cast, verbs: list[int], begin: int, colon: int, speech: Speech) -> list[Filler] | None:
    """The subject of a verb of saying, of one who is firm, of one whose words are quoted, or of an inverted verb."""
    sentence, quotes = cast.sentence, cast.sentence.low(colon + 1) in OPENING_QUOTES
    said = [j for j in range(max(begin, colon - 16), colon) if is_speech(sentence, j, speech, ("que", "both"))]
    said = said or [j for j in verbs if (quotes or j + 2 >= colon) and is_speech(sentence, j, speech, ("aside",))]
    firm = [j for j in verbs if j + 1 < colon and sentence.low(colon - 1) in sentence.cues.adamant]
    if said or firm:
        return speaker(cast, (said or firm)[-1]) or None
    if not verbs:
        return None
    states = not sentence.cues.statement.isdisjoint(sentence.lows[begin:colon])
    if not (quotes or states):
        return None
    behind = phrase_at(sentence, any_group(sentence, verbs[-1]).end)
    if behind is not None and behind.end == colon:  # « la conclusion à laquelle parvient le [jury] : »
        return cast.of_phrase(behind, issuer=True) or None
    main = subject(sentence, any_group(sentence, verbs[0])) if quotes else None
    return cast.of_subject(main, issuer=True) or None  # « Le [maire] s'est fait menaçant : « … » »


def _fronted(cast: Cast, begin: int, colon: int, speech: Speech) -> list[Filler] | None:
    """The subject behind a verb of saying that opens the sentence: « Note la [médiatrice] : « … » »."""
    sentence = cast.sentence
    opens = row_of(sentence[begin], speech) is not None and is_determiner_before(sentence, begin + 2)
    phrase = phrase_at(sentence, begin + 1) if opens else None
    alone = phrase is not None and (phrase.end == colon or sentence.low(phrase.end) == ",")
    return cast.of_phrase(phrase, issuer=True, animate=True) or None if phrase is not None and alone else None


def stated(sentence: Sentence, begin: int, colon: int) -> Subject | None:
    """Whose words are announced before a colon: « La position de la [Norvège] est claire : »."""
    j = begin + 2 * (sentence.low(begin) in LIKENESS and sentence.low(begin + 1) in ETRE)
    j += phrase_beginning(sentence, j)  # « Telle est du moins l'opinion du [maire] : »
    while j < colon and (is_determiner(sentence[j]) or sentence[j].tag in ("ADJ", "ADV", "NUM")):
        j += 1
    nouns = (one.split() for one in sentence.cues.statement if one.startswith(sentence.low(j)))
    length = max((len(noun) for noun in nouns if sentence.follows(j, *noun)), default=0)  # « mot d'ordre »
    if not length:
        return None
    k = over_adjectives(sentence, j + length)
    if sentence.low(k) not in OF:  # « Un appel est lancé par les [hôpitaux] : »
        k = next((m for m in range(k, colon) if sentence.low(m) == "par"), colon)
    head = head_after(sentence, k + 1)
    return Subject(phrase_of(sentence, head), None) if head is not None and head < colon else None


def named_before_colon(cast: Cast, begin: int, colon: int) -> list[Filler] | None:
    """The one person or body that stands alone before a colon, but for a bracket or an aside behind the name."""
    while cast.sentence[begin].tag in ("NUM", "PUNCT") and begin < colon:
        begin += 1
    known = cast.at.get(begin)
    if known is None or known.start != begin or cast.sentence[head_of(cast.sentence, known)].plural:
        return None
    titled = cast.sentence.low(begin) in TITLES
    speaks = titled or known.kind in ("individual", "participants", "state", "un", "igo")
    alone = known.end == colon or cast.sentence.low(known.end) in ("(", ",")
    return cast._fillers(known) if speaks and alone else None
