"""Joints: what coordinates one actor with another, and what is inserted in a sentence.

"les États[,] les régions [ainsi que] les communes", "les États [et, le cas échéant,] les régions"
"""

from __future__ import annotations

from collections.abc import Iterable

from pries.base.rules import once
from pries.grammar import words as closed
from pries.grammar.phrases import is_determiner, phrase_at
from pries.grammar.sentence import Sentence
from pries.grammar.verbs import group_end, inverted_pronoun, is_adverb, phrase_beginning, phrase_ending

LONGEST_ASIDE, LONGEST_RELATIVE = 12, 20  # tokens


def after_joint_of_actors(sentence: Sentence, j: int) -> int:
    """The rank after what coordinates actors, if it stands at `j`: « , », « et », « et/ou », « ainsi que », « ni »."""
    if sentence.low(j) not in closed.ACTOR_JOINTS:  # nearly always
        return j
    for _ in range(4):
        if (sentence.low(j) == "," and _picked_out(sentence, j)) or _likens(sentence, j):
            break
        for words in closed.ACTOR_JOINTS.get(sentence.low(j), ()):
            if sentence.follows(j, *words):
                j += len(words)
                break
        else:
            break
        joined = (
            sentence.low(j - 1) in closed.AND_OR or sentence.low(j - 1) in closed.QUE
        )  # « ainsi que, s'il y a lieu, les régions »
        aside = sentence.low(j) == "," and joined  # « et, le cas échéant, les régions »
        phrase = j + 1 + phrase_beginning(sentence, j + 1)  # « et, s'il y a lieu, les régions »
        if aside and phrase > j + 1 and sentence.low(phrase) == ",":
            j = phrase + 1
        elif aside and (closing := _aside_after(sentence, j)) is not None:
            j = closing + 1
        elif sentence.low(j - 1) in closed.AND_OR and not _picks_out(sentence, j):  # « ou à défaut le suppléant »
            j += phrase_beginning(sentence, j)
            while j < len(sentence) and sentence[j].tag == "ADV" and sentence.low(j) not in closed.PART_OR_NO_MORE:
                j += 1  # « et même des passants »
    return j


def _picked_out(sentence: Sentence, opening: int) -> bool:
    """Whether the aside that opens at `opening` picks some out: « les bailleurs[, l'Union en tête,] pressent »."""
    closing = _comma(sentence, range(opening + 1, min(opening + LONGEST_ASIDE, len(sentence))))
    return closing is not None and any(sentence.follows(closing - len(end), *end) for end in closed.ASIDES_END)


def _likens(sentence: Sentence, j: int) -> bool:
    """Whether "comme" at `j` or behind the comma there joins nobody: « les organes comme la FAO, … », « comme il dit ».

    « les offices [comme] les agences doivent » joins two.
    """
    j += sentence.low(j) == ","
    if sentence.low(j) != "comme" or sentence.low(j - 1) == "tout":
        return False
    to = sentence.low(j + 1) in closed.TO
    phrase = phrase_at(sentence, j + 1 + to) if to or sentence.low(j + 1) in closed.ARTICLES else None
    if phrase is None or phrase.end >= len(sentence) or sentence.low(j - 1) == ",":
        return True
    return not (sentence[phrase.end].finite or sentence.low(phrase.end) in closed.DE_A)


def _picks_out(sentence: Sentence, j: int) -> bool:
    """Whether the set phrase at `j` picks some out of those named: « les groupes et en particulier le M23 »."""
    return not closed.PICKS_OUT.isdisjoint(sentence.lows[j : j + phrase_beginning(sentence, j)])


def before_joint_of_actors(sentence: Sentence, j: int) -> int:
    """The rank before what coordinates actors, if it ends at `j`."""
    length = phrase_ending(sentence, j - 1) if sentence.low(j) == "," else 0  # « et, s'il y a lieu, les régions »
    before = j - 1 - length
    if length and sentence.low(before) == "," and sentence.low(before - 1) in closed.AND_OR | closed.QUE:
        j = before - 1
    length = phrase_ending(sentence, j)
    picks = _picks_out(sentence, j - length + 1)
    j -= length if sentence.low(j - length) in closed.AND_OR and not picks else 0
    for _ in range(4):
        if _likens(sentence, j):
            break
        for words in closed.ACTOR_JOINTS_BACK.get(sentence.low(j), ()):
            if j >= len(words) and sentence.follows(j - len(words) + 1, *words):
                opening = _aside_before(sentence, j)
                j = j - len(words) if opening is None else opening - 1
                break
        else:
            break
    return j


def skip_acronym(sentence: Sentence, j: int) -> int:
    """The rank after "(OIT)" if it stands at `j`."""
    if sentence.low(j) == "(" and sentence.low(j + 1) not in closed.AND_OR:
        for k in range(j + 1, min(j + 5, len(sentence))):
            if sentence.low(k) == ")":
                return k + 1
    return j


def before_acronym(sentence: Sentence, j: int) -> int:
    """The rank before "(OIT)" if it ends at `j`."""
    opening = next((k for k in range(j - 1, max(j - 5, 0), -1) if sentence.low(k) == "("), j + 1)
    return opening - 1 if sentence.low(j) == ")" else j


def over_aside(sentence: Sentence, j: int) -> int:
    """The rank after what tells more of an actor, if it begins at `j`: « [, qui rend la justice,] et le greffe »."""
    apart = sentence.low(j) == "," and j + 1 < len(sentence) and sentence[j + 1].gerund  # « , agissant de concert, »
    gerund = apart or (j < len(sentence) and sentence[j].gerund)
    asides = (_adjunct_after, title_end, _alternatives_after)
    if (closing := next((k for aside in asides if (k := aside(sentence, j)) is not None), None)) is not None:
        return closing
    related = (
        j < len(sentence) and sentence.low(j) in closed.RELATIVES - closed.QUE
    )  # « les élus qui siègent, les maires et »
    if (
        not gerund
        and not related
        and not (sentence.low(j) == "," and sentence.low(j + 1) in closed.RELATIVES | closed.OPENS_ASIDE)
    ):
        return j
    verb = gerund
    for k in range(j + 1, min(j + LONGEST_RELATIVE, len(sentence))):
        if sentence.lows[k] in closed.STRONG_MARKS or (gerund and (sentence[k].finite or sentence[k].infinitive)):
            break
        if related and ((verb and sentence[k].finite) or sentence[k].infinitive):
            break  # « les élus qui siègent doivent payer, et les maires »
        verb = verb or sentence[k].finite
        if apart and sentence.lows[k] == ",":
            return k if sentence.low(k + 1) in closed.AND_OR else j
        joined = sentence.lows[k] in closed.AND_OR or sentence.follows(k, "ainsi", "que")
        if verb and (sentence.lows[k] == "," or (gerund and not apart and joined)):
            return k
    return j


def _adjunct_after(sentence: Sentence, j: int) -> int | None:
    """The comma that closes an adjunct between actors: « les États[, avec l'appui de la FAO,] et les régions »."""
    if sentence.low(j) != ",":
        return None
    closing = _comma(sentence, range(j + 1, min(j + LONGEST_ASIDE, len(sentence))))
    if closing is None or sentence.low(closing + 1) not in closed.AFTER_ADJUNCT:
        return None
    together = sentence.low(closing - 1) in closed.TAKEN_TOGETHER
    return closing if together or _adjunct(sentence, j + 1 + (sentence.low(j + 1) in closed.AND_OR)) else None


def title_end(sentence: Sentence, j: int) -> int | None:
    """The comma that closes what somebody is: « Mme Ba[, maire de Thiès,] et M. Sy », « le Mali[, pays hôte,] et »."""
    if sentence.low(j) != "," or not sentence[j - 1].form[:1].isupper() or j + 1 >= len(sentence):
        return None
    phrase = phrase_at(sentence, j + 1) if sentence[j + 1].form.islower() else None
    named = phrase is None or not closed.DETERMINERS.isdisjoint(sentence.lows[phrase.start : phrase.head])
    if phrase is None or named or sentence.low(phrase.end) != ",":
        return None
    after = sentence.low(phrase.end + 1)
    return phrase.end if after in closed.AFTER_ADJUNCT or after in closed.TITLES else None


def _alternatives_after(sentence: Sentence, j: int) -> int | None:
    """The comma that closes the kinds of those named: « les livreurs[, salariés ou indépendants,] sont »."""
    words = sentence.tokens[j + 1 : j + 4]
    kinds = len(words) == 3 and words[1].low == "ou" and sentence.low(j) == "," and sentence.low(j + 4) == ","
    return j + 4 if kinds and all(one.form.islower() and one.form.isalpha() for one in words[::2]) else None


def _adjunct(sentence: Sentence, j: int) -> bool:
    return sentence.low(j) in closed.OPENS_ADJUNCT or phrase_beginning(sentence, j) > 0


def before_relative_aside(sentence: Sentence, j: int) -> int:
    """The rank before an aside between commas that ends at `j`: « le juge[, qui tranche,] et le greffe »."""
    if sentence.low(j + 1) != ",":
        return j
    opening = _comma(sentence, range(j, max(j - LONGEST_ASIDE, 0), -1))
    if opening is not None and _adjunct(sentence, opening + 1):
        return opening - 1
    verb = False
    for k in range(j, max(j - LONGEST_RELATIVE, 0), -1):
        if sentence.lows[k] in closed.STRONG_MARKS:
            break
        if sentence.lows[k] == "," and verb and sentence.low(k + 1) in closed.RELATIVES | closed.OPENS_ASIDE:
            return k - 1
        verb = verb or sentence[k].finite
    return j


def _aside_before(sentence: Sentence, closing: int) -> int | None:
    """The comma that opens an aside after "et" or "ou", whose other comma stands at `closing`."""
    if sentence.low(closing) != ",":
        return None
    opening = _comma(sentence, range(closing - 1, max(closing - LONGEST_ASIDE, 0), -1))
    return opening if opening is not None and sentence.low(opening - 1) in closed.AND_OR else None


def _aside_after(sentence: Sentence, opening: int) -> int | None:
    """The comma that closes the aside opened at `opening`: « et[,] le cas échéant[,] les régions »."""
    clause = sentence.low(opening + 1) in closed.OPENS_ASIDE  # « et, selon qu'il conviendra, les régions »
    return _comma(sentence, range(opening + 1, min(opening + LONGEST_ASIDE, len(sentence))), clause)


def _comma(sentence: Sentence, ranks: Iterable[int], clause: bool = False) -> int | None:
    """The first comma among `ranks` with no verb before it, or with that of a `clause`."""
    for j in ranks:
        if (not clause and (sentence[j].finite or sentence[j].infinitive)) or sentence.low(j) in closed.STRONG_MARKS:
            return None
        if sentence.low(j) == ",":
            return j
    return None


def insertion_end(sentence: Sentence, opening: int, limit: int = 40) -> int | None:
    """The comma that closes an insertion opened at `opening`, None before a stronger mark."""
    for j in range(opening + 1, min(opening + limit, len(sentence))):
        if sentence.low(j) == ",":
            return j
        if sentence.low(j) in closed.ENDS:
            return None
    return None


def said_aside(sentence: Sentence, j: int) -> int | None:
    """The comma that closes an aside of speech whose verb stands at `j`: « Il revient, a-t-il dit, au juge de … »."""
    if sentence.low(j - 1) != ",":
        return None
    end = group_end(sentence, j)
    inverted = any(inverted_pronoun(sentence, k) or sentence.low(k) == "-t" for k in (j + 1, end))
    subject = end > j + 1 and end < len(sentence) and (is_determiner(sentence[end]) or sentence[end].tag == "PROPN")
    if not (inverted or subject) and sentence[j].lemma in sentence.cues.willing:  # « …, estime le rapporteur, … »
        phrase = phrase_at(sentence, end) if is_determiner(sentence[min(end, len(sentence) - 1)]) else None
        subject = phrase is not None and sentence.low(phrase.end) == ","
    return insertion_end(sentence, end, 12) if inverted or subject else None


@once
def skip_adverbs(sentence: Sentence, j: int) -> int:
    """The rank after adverbs, set phrases and insertions that begin at `j`."""
    for _ in range(6):
        if j < len(sentence) and is_adverb(sentence, j):
            j += 1
        elif length := phrase_beginning(sentence, j):
            j += length
        elif _inserted(sentence, j) and (closing := insertion_end(sentence, j)) is not None:
            j = closing + 1
        else:
            break
    return j


def _inserted(sentence: Sentence, j: int) -> bool:
    """Whether an insertion begins at `j`, or a second one with "et": « Il faut, en outre, et sans attendre, que … »."""
    return sentence.low(j) == "," or (sentence.low(j) in closed.AND_OR and sentence.low(j - 1) == ",")


def inserted_clause(sentence: Sentence, j: int, start: int) -> int | None:
    """The comma that closes a clause inserted with "et": « recommande à la FAO[, et elle l'accepte,] de payer »."""
    opening = next((k for k in range(j - 1, start - 1, -1) if sentence.low(k) == ","), None)
    closing = insertion_end(sentence, j, 15)
    if opening is None or closing is None or sentence.low(opening + 1) not in closed.AND_OR:
        return None
    return closing if sentence.low(closing + 1) in closed.DE_A else None


def behind_cleft(sentence: Sentence, start: int) -> int:
    """The rank after "c'est" where what is asked follows it: « Ce qu'il faut, c'est [former des juges] »."""
    comma = start + (sentence.low(start) == ",")
    if sentence.low(comma) in closed.CE and sentence.low(comma + 1) in closed.ETRE:
        return comma + 2
    free = any(
        sentence.low(j) in closed.CE and sentence.low(j + 1) in closed.QUE for j in range(max(start - 8, 0), start)
    )
    later = range(start, min(start + 15, len(sentence))) if free else ()  # « Ce que demande le maire, c'est [de] »
    clefts = (
        j
        for j in later
        if sentence.low(j) == "," and sentence.low(j + 1) in closed.CE and sentence.low(j + 2) in closed.ETRE
    )
    return next((j + 3 for j in clefts), start)


def means(sentence: Sentence, i: int) -> bool:
    """Whether a noun without article behind "par" tells how something is done: « ont été priés par haut-parleur »."""
    phrase = phrase_at(sentence, i)
    if phrase is None or phrase.start < phrase.head - 2 or not sentence[phrase.start].form.islower():
        return False
    first = sentence[phrase.start]
    return first.noun and not is_determiner(first) and not first.plural and first.low not in sentence.cues.document
