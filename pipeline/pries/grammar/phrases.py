"""Noun phrases: where the name of an actor begins and ends, and which names are coordinated.

"[plusieurs participants issus de la société civile], qui …" -> participants issus de la société civile
"[les États Membres], [la société civile] et [le secteur privé]" -> three phrases
"""

from __future__ import annotations

from typing import NamedTuple

from pries.base.rules import first, once
from pries.grammar import continuations, words
from pries.grammar.morphology import Token
from pries.grammar.names.adjectives import adjective_too, listed_adjectives_end, negated_too
from pries.grammar.names.endings import firm_end, kinds_end, places_end, quoted_end, shared_names_end, superlative_end
from pries.grammar.names.linked import LINKED, equipped, linked_too
from pries.grammar.names.restrictions import charged_end, restricted_end
from pries.grammar.sentence import Sentence


class Phrase(NamedTuple):
    """A noun phrase: tokens start..end-1, its determiner's first token included, and its head noun."""

    start: int
    end: int
    head: int


def is_determiner(token: Token) -> bool:
    """Whether the token may open a noun phrase."""
    return token.low in words.DETERMINERS or token.tag in ("DET", "NUM")


def head_after(sentence: Sentence, i: int, limit: int = 6) -> int | None:
    """The first noun at or after `i` with only determiners, numbers and adjectives before it."""
    for j in range(i, min(i + limit, len(sentence))):
        token = sentence[j]
        if _counts(sentence, j) and sentence.low(j + 1) in words.OF:  # "l'ensemble des parties": the head is "parties"
            return head_after(sentence, j + 2, limit)
        if token.noun or (token.form[:1].isupper() and j > 0 and not is_determiner(token)):
            return j
        if not (is_determiner(token) or token.tag in ("ADJ", "NUM") or token.participle):
            # « aux coopératives de » : an adjective by its tag, a noun by its place
            alone = j > i and sentence[j - 1].tag == "ADJ" and is_determiner_before(sentence, j - 1)
            last = j > i + 1 and is_determiner_before(sentence, i)  # « au dernier [exploitant] »
            alone = alone or (last and all(token.tag == "ADJ" for token in sentence.tokens[i:j]))
            return j - 1 if alone else None
    return None


def _counts(sentence: Sentence, i: int) -> bool:
    """Whether the word at `i` only counts what its complement names: « la [plupart] des », « un grand [nombre] d' »."""
    low, cues = sentence.low(i), sentence.cues
    if low in words.SOME_OF:  # « l'[un] des juges », « [une] de ses filiales »
        return sentence.low(i + 1) in words.OF_SEVERAL or sentence.low(i + 2) in words.PLURALS
    if low in words.CELUI:  # « [ceux] de ses clients qui », but « ceux de la plaine »
        return any(sentence.low(j) in words.RELATIVES for j in range(i + 3, i + 6))
    if low in words.ANOTHER:  # « l'un ou l'[autre] des ministres »
        return sentence.low(i - 1) in words.ARTICLES and sentence.low(i + 1) in words.OF_SEVERAL
    return low in cues.count or (low in cues.indefinite and sentence.low(i - 1) != "le")


def is_determiner_before(sentence: Sentence, i: int) -> bool:
    """Whether a determiner, alone or inside "aux", "des", stands right before rank `i`."""
    return i > 0 and (is_determiner(sentence[i - 1]) or sentence.low(i - 1) in words.TO_THE)


def phrase_at(sentence: Sentence, i: int) -> Phrase | None:
    """The noun phrase that begins at rank `i` (determiner, adjective or noun), behind « MM. » in « MM. les maires »."""
    if sentence.low(i) in words.TITLES and sentence.low(i + 1) in words.ARTICLES:
        i += 1
    head = head_after(sentence, i)
    return None if head is None else Phrase(i, end_of(sentence, head), head)


def phrase_of(sentence: Sentence, head: int) -> Phrase:
    """The noun phrase whose head noun stands at `head`."""
    return Phrase(start_of(sentence, head), end_of(sentence, head), head)


def start_of(sentence: Sentence, head: int) -> int:
    """The rank of the first word of the noun phrase whose head noun stands at `head`."""
    start = head
    while start > 0:
        before = sentence.tokens[start - 1]
        if start > 1 and before.low in words.OF and _counts(sentence, start - 2):
            start -= 2
        elif before.low in words.HYPHENS and start > 1 and sentence[start - 2].end == before.start:
            start -= 2  # « sages-[femmes] »
        elif before.low in words.OF and before.tag == "ADP":
            break
        elif is_determiner(before) or (
            (before.tag in ("ADJ", "NUM") or before.low in words.OF_HIGH_RANK)
            and not before.low.endswith("ant")
            and not _opens(sentence, start)
        ):
            start -= 1
        else:
            break
    return start


def _opens(sentence: Sentence, i: int) -> bool:
    """Whether an article at `i` opens the phrase, so that what stands before is outside: « de nouveau [les] États »."""
    return sentence.low(i) in words.ARTICLES | words.ALL_PEOPLE | words.THEIR


@once
def end_of(sentence: Sentence, head: int) -> int:
    """The rank after the last word that belongs to the name whose head stands at `head`."""
    shouted = head + 1 < len(sentence) and sentence[head + 1].form.isupper() and sentence.low(head + 1) in words.OF
    if sentence[head].form.isupper() and len(sentence[head].form) > 2 and not shouted:
        return _capitals_end(sentence, head + 1)  # an acronym takes no complement
    end: int | None = head + 1
    while end is not None and (i := end) < len(sentence):
        token = sentence.tokens[i]
        named = token.form[0].isupper() and token.low not in words.OPERATIVE
        verb = token.verb == "finite" and not named and token.low not in sentence.cues.qualifier
        ends = token.low in words.ENDS_NAME and not (token.low == "." and sentence.low(i - 1) in words.FIRM_FORMS)
        if verb or ends:  # very often, so that no rule need be asked
            return i
        end, _ = first(EXTENSIONS, sentence, i, head)
    return i if end is None else end


def _capitals_end(sentence: Sentence, i: int) -> int:
    """The rank after the words with a capital that go on with an acronym: « ADF [International] », « WWF [France] »."""
    while i < len(sentence) and sentence[i].form.istitle() and sentence.low(i) not in words.OPERATIVE:
        i += 1
    return i


def _hyphenated(sentence: Sentence, i: int, head: int) -> int | None:
    """The rank after a hyphen and what is written on to it: « Guinée[-Bissau] »."""
    if sentence.lows[i] not in words.HYPHENS or i + 1 == len(sentence):
        return None
    elided = sentence.low(i + 1).endswith("'")  # « la main-d'œuvre »
    return i + 2 + elided if sentence[i + 1].start == sentence[i].end else None


def _qualified(sentence: Sentence, i: int, head: int) -> int | None:
    """The rank after an adjective, or after a number behind the head: « les États [Membres] », « le Groupe [77] »."""
    if sentence.lows[i] in continuations.NUMBER_SIGNS and (end := continuations.numbered_end(sentence, i)) > i:
        return end
    goes_on = continuations.continues(sentence, i, head) or (i == head + 1 and sentence.low(i).isdigit())
    return i + 1 if goes_on else None


def _complement(sentence: Sentence, i: int, head: int) -> int | None:
    """The rank after a complement with "de": « le Conseil [de sécurité] », « la Conférence [de 2015] »."""
    if sentence.lows[i] not in words.OF:
        return None
    if sentence.low(i + 2) in sentence.cues.matter and sentence.low(i + 3) in words.DE | words.QUE:
        return None  # « convaincre les États de la nécessité de … »
    duty = next((j for j in (i + 1, i + 2) if sentence.low(j) in sentence.cues.burden), None)
    if duty is not None and sentence.low(duty + 1) in words.DE and continuations.infinitive_follows(sentence, duty + 2):
        return None  # « charge le greffe du soin de transmettre »
    if sentence.low(i + 1) in words.POSSESSIVES and continuations.thanked(sentence, head):
        return None
    year, dated = sentence.low(i + 1), _proper(sentence, head) or sentence.low(head) in sentence.cues.document
    dated = dated and year.isdigit() and len(year) == 4 and sentence.lows[i] == "de"  # « un rapport de 2009 »
    return i + 2 if dated else continuations.dated_end(sentence, i, head) or complement_end(sentence, i)


def _other_complement(sentence: Sentence, i: int, head: int) -> int | None:
    """The rank after another complement: « le Forum [sur la migration] », « les pays [en développement] »."""
    if (low := sentence.lows[i]) not in words.LINKERS or sentence.low(i + 2) in sentence.cues.matter:
        return None  # « l'accent mis par le Comité sur la nécessité de »
    if sentence.low(i + 1) in words.AS_REGARDS:
        return None  # « rappelle à l'Organisation, [au titre de la Convention], de »
    takes = (low in words.IN_NAMES and _named(sentence, i, head)) or first(LINKED, sentence, i, head)[0]
    return complement_end(sentence, i) if takes else None


def _listed(sentence: Sentence, i: int, head: int) -> int | None:
    """The rank after ", de X" in a list that "et de Y" ends: « les délégués de l'État[, du secteur privé] et … »."""
    low, cues = sentence.low(head), sentence.cues
    if sentence.lows[i] != ",":
        return None
    if low not in cues.delegate | cues.portfolio and cues.portfolio.isdisjoint(sentence.lows[head:i]):
        return None  # « le ministre », « la présidente de la commission »
    later = range(i, min(i + (60 if low in cues.delegate else 12), len(sentence) - 1))
    closes = any(sentence.low(j) == "et" and sentence.low(j + 1) in words.OF for j in later)
    return complement_end(sentence, i + 1) if closes and sentence.low(i + 1) in words.OF else None


def _participial(sentence: Sentence, i: int, head: int) -> int | None:
    """The rank after a qualifier with its complement: « les États [dotés de l'arme nucléaire] »."""
    return qualified_end(sentence, i) if sentence.lows[i] in sentence.cues.qualifier else None


def _coordinated(sentence: Sentence, i: int, head: int) -> int | None:
    """The rank after "et" and what it adds inside the name: « organisations de femmes [et de jeunes] »."""
    return first(COORDINATIONS, sentence, i, head)[0] if sentence.lows[i] in words.AND_OR else None


EXTENSIONS = (
    charged_end, _hyphenated, _participial, _qualified, _complement, _other_complement, _listed, listed_adjectives_end,
    places_end, kinds_end, firm_end, quoted_end, shared_names_end, superlative_end, _coordinated, restricted_end,
)  # fmt: skip


def _proper(sentence: Sentence, head: int) -> bool:
    return head > 0 and sentence[head].form[:1].isupper()


def _named(sentence: Sentence, i: int, head: int) -> bool:
    """Whether "sur", "pour", "à" at `i` goes on with a name: after a capital, and before no date or adjunct."""
    definite = sentence.low(i) in words.TO_THE or (sentence.low(i) == "à" and sentence.low(i + 1) in words.ARTICLES)
    if definite and sentence.low(i - 1) in words.DEPUTY:
        return True  # « la ministre déléguée au commerce », « l'adjointe à la culture »
    if sentence.low(i) == "en" and not (i + 1 < len(sentence) and sentence[i + 1].form[:1].isupper()):
        return False
    if any(sentence.low(j) in sentence.cues.adjunct for j in range(i + 1, i + 4)):  # "à sa dixième session"
        return False
    noticed = (sentence.low(j) in sentence.cues.noticed for j in range(max(head - 4, 0), head))
    if continuations.addressed_behind(sentence, i) or any(noticed):
        return False  # « attirer l'attention du Groupe sur »
    inner = (sentence[j].form[:1].isupper() and sentence.low(j - 1) in words.OF for j in range(max(i - 3, 1), i))
    return _proper(sentence, head) or any(inner)


def complement_end(sentence: Sentence, i: int) -> int | None:
    """The rank after the noun phrase that the preposition at `i` introduces; None for none, a date, or « de façon »."""
    after = sentence.low(i + 1)
    if after.isdigit() or after in sentence.cues.way:
        year = len(after) == 4 and sentence.lows[i] in words.DE and _proper(sentence, i - 1)
        return i + 2 if year else None  # « les Parties à la Convention de 1970 »
    j = next((k for k in range(i + 1, len(sentence)) if sentence.lows[k] not in words.BEFORE_HEAD), len(sentence))
    j += sentence.low(j) in words.OPENING_QUOTES
    head = head_after(sentence, j, 4)
    if head is None:
        return j + 1 if continuations.untagged(sentence, i, j) else None
    if sentence[head].infinitive and not sentence[head].form[:1].isupper():
        return None
    i = continuations.numbered_end(sentence, head + 1)
    while i < len(sentence):
        if continuations.continues(sentence, i, head) or sentence.low(i) in words.CLOSING_QUOTES:
            i += 1
        elif equipped(sentence, i):
            i += 2
        elif end := _hyphenated(sentence, i, head):
            i, head = end, end - 1
        else:
            break
    return continuations.numbered_end(sentence, i) if sentence.low(i) in continuations.NUMBER_SIGNS else i


def qualified_end(sentence: Sentence, i: int) -> int | None:
    """The rank after a participial qualifier ("dotés de l'arme nucléaire"), None if it has no complement."""
    j = i + 1
    if sentence.low(j + 1) in words.POSSESSIVES:
        return None  # « félicite l'État examiné de ses efforts »
    if sentence.low(i) in sentence.cues.party and sentence.low(j + 1) in words.AS_REGARDS:
        return None  # « rappelle à l'État partie [au titre de la Convention] que »
    if sentence.low(i) in words.ALONE or sentence.low(j) not in words.QUALIFIED_BY:
        return None
    end = complement_end(sentence, j)
    if end is not None and sentence.low(end) == "auprès":
        end = complement_end(sentence, end + 1)
    while end is not None:  # "relatives à la paix et à la sécurité de X"
        joined = sentence.low(end) == "et"
        same = sentence.low(end) in words.OF or (joined and sentence.low(end + 1) == sentence.low(j))
        further = complement_end(sentence, end + joined) if same else None
        if further is None:
            break
        end = further
    return end


def _complement_too(sentence: Sentence, i: int, head: int) -> int | None:
    """The rank after a second complement with "de": « les organisations de femmes et [de jeunes] »."""
    again = sentence.low(i + 1) in words.OF and any(sentence.low(j) in words.OF for j in range(head + 1, i))
    return complement_end(sentence, i + 1) if again else None


def _matter_too(sentence: Sentence, i: int, head: int) -> int | None:
    """The rank after a second matter of a name: « le Forum sur la migration et [le développement] »."""
    first_matter = any(sentence.low(j) in words.IN_NAMES for j in range(head + 1, i))
    others = (
        sentence.low(i + 1) in words.PLURALS and sentence[head].plural
    )  # « les Parties visées à l'annexe et les ONG »
    if not first_matter or others or not _proper(sentence, head) or sentence.low(i + 1) not in words.ARTICLES:
        return None
    inner = head_after(sentence, i + 1, 3)
    return None if inner is None or sentence[inner].form[:1].isupper() else complement_end(sentence, i)


def _linked_too(sentence: Sentence, i: int, head: int) -> int | None:
    """The rank after a second matter behind the same word: « la Commission sur l'accès à l'eau et [à l'énergie] »."""
    return complement_end(sentence, i + 1) if linked_too(sentence, i, head) else None


COORDINATIONS = (_complement_too, negated_too, adjective_too, _matter_too, _linked_too, continuations.bare_too)
