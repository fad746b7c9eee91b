"""Mentions: the actors that a sentence names, by lexicon and by the form of the noun phrase.

"les [représentants de la société civile] et l'[OIT]" -> civil_society; Organisation internationale du Travail, un
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pries.actors.judgement import Judged
from pries.actors.known_names import BY_PLACE, ActorNames
from pries.actors.unlisted import hopeless, initials, wanted
from pries.grammar import words
from pries.grammar.joints import after_joint_of_actors, over_aside, skip_acronym
from pries.grammar.names.adjectives import listed_adjectives_end
from pries.grammar.names.linked import is_treaty
from pries.grammar.names.restrictions import restricted_end
from pries.grammar.phrases import (
    Phrase,
    complement_end,
    end_of,
    is_determiner_before,
    phrase_of,
    qualified_end,
    start_of,
)  # fmt: skip
from pries.grammar.sentence import Sentence
from pries.grammar.verbs import phrase_ending
from pries.grammar.wording import bare

NAMED_BY = ("PROPN", "X")  # as names and foreign words are tagged: « [Human Lake Watch] demande »
NOBODY: Mapping[str, Judged] = {}
# How likely a noun is somebody for whom a pronoun may stand; where nothing else says so; how likely a name is.
LIKELY, PERSON, SURE = 0.5, 0.9, 1.0


@dataclass
class Mention:
    """A mention of an actor in one sentence."""

    start: int
    end: int
    head: int
    name: str
    actor: str
    kind: str
    mention_id: str = ""
    antecedents: tuple[Mention, ...] = field(default=())
    odds: float = SURE  # how likely it is somebody, where only a pronoun tells


def named(sentence: Sentence, names: ActorNames, judged: Mapping[str, Judged] = NOBODY) -> list[Mention]:
    """The actors that are named in a sentence, in order; nested names are not split off.

    `judged`: the forms that may name somebody although no lexicon says so.
    """
    found: list[Mention] = []
    look, after = names.look, 0
    for i, token in enumerate(sentence.tokens):
        if i < after:
            continue
        listed, capital, placed = look(token.form)
        known, may_be = judged.get(token.low), listed or capital or not i
        if not may_be and (known is None or hopeless(sentence, i, known)):  # nearly always
            continue
        if placed and judged and (known is None or known.somebody < BY_PLACE):
            known = placed
        if capital and _title(sentence, i, names) and not names.organisation(sentence, i):
            after = end_of(sentence, i)
            continue
        named = not i and token.tag in NAMED_BY  # « [Anne Roy] demande »
        full = capital and i and (_said_by(sentence, i) or _named_in_full(sentence, i)) is not None
        looked_at = listed or named or full
        mention = _mention_at(sentence, i, names) if looked_at else None
        if mention is None and (known := known or initials(token.form)) is not None:
            mention = _unlisted(sentence, i, names, known, found)
        counts = token.low in names.cues.count and sentence.low(i + 1) in words.OF  # « les deux [tiers] des élus »
        set_phrase = mention is not None and (counts or phrase_ending(sentence, i))  # « au premier [chef] »
        if mention is not None and not set_phrase and not (found and mention.start < found[-1].end):
            found.append(mention)
            after = _after_acronym(sentence, mention.end)
    return found


def nouns_of_persons(
    sentence: Sentence, names: ActorNames, judged: Mapping[str, Judged], found: list[Mention]
) -> Iterator[Mention]:
    """Nouns of whom only a pronoun tells that they are somebody there: « l'avis des [fidèles]. Ils devraient »."""
    look, after, cues = names.look, 0, sentence.cues
    heads = {i for mention in found for i in range(mention.start, mention.head + 1)}
    inside = {i for mention in found for i in range(mention.head + 1, mention.end)}
    for i, token in enumerate(sentence.tokens):
        if not token.noun or token.finite or i < after or i in heads:
            continue
        known = look(token.form)[2] or judged.get(token.low) or initials(token.form)
        if known is None or names.excepted(token.low):
            continue
        if known.somebody < (PERSON if i in inside else LIKELY) and initials(token.form) is None:
            continue
        alone = initials(token.form) is not None and (not i or sentence[i - 1].tag == "PUNCT")  # « RSF demande »
        determined = (alone or is_determiner_before(sentence, i)) and sentence.low(i - 1) not in words.DE
        if not determined or token.low in cues.thing or token.low in cues.document:
            continue
        phrase = phrase_of(sentence, i)
        name = bare(sentence.words(phrase.start, phrase.end))
        yield Mention(phrase.start, phrase.end, i, name, name, known.kind, odds=known.somebody)
        after = phrase.end


def _title(sentence: Sentence, i: int, names: ActorNames) -> bool:
    """Whether the title of a text begins at `i` ("la Convention sur la protection des droits de …")."""
    token = sentence[i]
    return i > 0 and token.form[:1].isupper() and token.low in names.cues.document


def _after_acronym(sentence: Sentence, j: int) -> int:
    """The rank after "(OIT)" if it stands at `j`."""
    return j + 3 if sentence.low(j) == "(" and sentence.low(j + 2) == ")" else j


def _mention_at(sentence: Sentence, i: int, names: ActorNames) -> Mention | None:
    """The mention whose head stands at `i`: an organisation, a person's name, or a noun of actors.csv."""
    token = sentence[i]
    organisation = names.organisation(sentence, i)
    if organisation:
        return _organisation(sentence, i, *organisation)
    country = names.country(sentence, i)
    common = country and names.head(sentence.low(country[0] - 1)) and sentence.low(country[0]) in words.OF
    if country and not common:  # « la Réunion », but « la Réunion des Parties »
        start = i - (sentence.low(i - 1) in words.ARTICLES)
        return Mention(start, country[0], i, bare(sentence.words(start, country[0])), country[1], "state")
    person = _person(sentence, i)
    if person:
        name = sentence.words(i, person)
        return Mention(i, person, i, name, name, "individual")
    if not (token.noun or token.form[:1].isupper() or (token.tag == "ADJ" and _after_determiner(sentence, i))):
        return None
    before = sentence[i - 1] if i else None
    if before is not None and (before.low == "en" or (before.noun and token.form[:1].islower())):
        return None  # "en tant que", "le rôle directeur"
    kind = names.head_type(sentence, i)
    if kind is None or (token.low in names.cues.place and _owned(sentence, i)):
        return None
    phrase = phrase_of(sentence, i)
    name = bare(sentence.words(phrase.start, phrase.end))
    actor = bare(sentence.as_read(phrase.start, phrase.end))
    return Mention(phrase.start, phrase.end, i, name, actor, _kind(sentence, phrase, kind, names))


def _unlisted(sentence: Sentence, i: int, names: ActorNames, judged: Judged, found: list[Mention]) -> Mention | None:
    """The mention of a noun that was judged somebody, if it stands where somebody asks or is to act."""
    token, before = sentence[i], sentence[i - 1] if i else None
    if not token.noun or token.low in words.NTH or hopeless(sentence, i, judged):
        return None
    place = names.is_country(token.form)
    proper = token.tag == "PROPN" and _after_determiner(sentence, i) and not place  # « le Trésor »
    if not (token.tag == "NOUN" or proper) or token.finite or names.excepted(token.low):
        return None
    if before is None or before.noun or before.low == "en" or before.low in words.HYPHENS:
        return None
    phrase = phrase_of(sentence, i)
    if phrase.start > 1 and sentence[phrase.start].form in ("Le", "La", "Les") and sentence[phrase.start - 1].noun:
        return None  # « le quotidien [Le Soir] »
    beside = bool(found) and _listed_with(sentence, found[-1], phrase)
    alone = phrase.start == i and before.low == "," and sentence.low(phrase.end) == ","
    if alone and beside and sentence[min(phrase.end + 1, len(sentence) - 1)].finite:
        return None  # « Les syndicats, [unanimes], demandent »
    if not wanted(sentence, phrase, judged, beside, names.head(token.low) is not None):
        return None
    name = bare(sentence.words(phrase.start, phrase.end))
    return Mention(phrase.start, phrase.end, i, name, name, judged.kind)


def _listed_with(sentence: Sentence, before: Mention, phrase: Phrase) -> bool:
    """Whether the phrase goes on with a list: « L'employeur qui le cache, de même que l'[intermédiaire], doit »."""
    if all(sentence.low(j) in words.LISTS_ACTORS_OR_TO for j in range(before.end, phrase.start)):
        return True
    closing = over_aside(sentence, skip_acronym(sentence, before.end))
    begin = after_joint_of_actors(sentence, closing)
    return begin > closing and phrase.start in (begin, begin + (sentence.low(begin) in words.LISTS_ACTORS_OR_TO))


def _organisation(sentence: Sentence, i: int, end: int, actor: str, kind: str) -> Mention:
    """The mention of a name of organisations.csv, with the adjective or complement that goes on with it."""
    stop = end
    head = next((j for j in range(i, end) if sentence[j].noun), i)
    if end > i + 1 or sentence[i].form[1:2].islower():  # an acronym takes no complement
        stop = _further(sentence, stop, head, kind)
    elif sentence.low(end) in sentence.cues.apposed:  # « l'ONG partenaire »
        stop = end + 1
    elif sentence.low(end) == "-" and sentence[end].end == sentence[min(end + 1, len(sentence) - 1)].start:
        stop = min(end + 2, len(sentence))  # « ONU-Femmes », « CGT-Cadres »
    start = start_of(sentence, i)
    name = bare(sentence.words(start, stop))
    return Mention(start, stop, head, name, actor if stop == end else bare(sentence.as_read(start, stop)), kind)


def _further(sentence: Sentence, stop: int, head: int, kind: str) -> int:
    """The rank after what goes on with a known name: adjectives, "de" complements, a treaty ("parties au Statut")."""
    while stop < len(sentence):
        treaty = kind == "state" and sentence.low(stop) in words.TO and is_treaty(sentence, stop)
        if _qualifies(sentence, stop):
            stop += 1
        elif sentence.low(stop) in words.OF or treaty:
            end = complement_end(sentence, stop)
            if end is None:
                break
            stop = end
            if treaty and sentence.low(stop) in words.IN_TREATIES:  # "parties au Traité sur …"
                stop = complement_end(sentence, stop) or stop
        elif sentence.low(stop - 1) in words.DEPUTY and sentence.low(stop) in words.IN_NAMES:
            end = complement_end(sentence, stop)  # « Secrétaire général adjoint [aux affaires humanitaires] »
            if end is None:
                break
            stop = end
        elif sentence.low(stop) in sentence.cues.qualifier and (end := qualified_end(sentence, stop)) is not None:
            stop = end
        else:
            end = listed_adjectives_end(sentence, stop, head) or restricted_end(sentence, stop, head)
            if end is None:
                break
            stop = end
    return stop


def _qualifies(sentence: Sentence, i: int) -> bool:
    """Whether the adjective or participle at `i` goes on with a name ("les États Membres concernés")."""
    token = sentence[i]
    alone = token.participle and sentence.low(i + 1) not in words.LINKS
    return (token.tag == "ADJ" or alone) and not token.finite and token.form[:1].islower()


def _person(sentence: Sentence, i: int) -> int | None:
    """The rank after a person's name: a title and a name, or two names in a row at the head of a sentence."""
    titled = sentence.low(i) in words.TITLES
    if i and not titled:
        return _said_by(sentence, i) or _named_in_full(sentence, i)
    end = i + titled
    while end < len(sentence) and (sentence[end].form[:1].isupper() or sentence.low(end) == "-"):
        end += 1
    if titled and end > i + 1:
        return end + 2 * (sentence.low(end) == "et" and sentence.low(end + 1) in words.PARTNERS)  # « MM. Ba et fils »
    plain = i == 0 and end >= i + 2 and all(t.tag in NAMED_BY for t in sentence.tokens[i:end])
    speaks = sentence.low(end) in words.AFTER_PERSON or (end < len(sentence) and sentence[end].finite)
    return end if plain and speaks else None


def _named_in_full(sentence: Sentence, i: int) -> int | None:
    """The rank after two names that stand apart before a verb: « Parmi eux, [Anne Roy] persiste »."""
    if sentence.low(i - 1) != "," or i + 2 >= len(sentence) or not sentence[i + 2].finite:
        return None
    named = all(sentence[j].tag == "PROPN" and sentence[j].form.istitle() for j in (i, i + 1))
    return i + 2 if named else None


def _said_by(sentence: Sentence, i: int) -> int | None:
    """The rank after the two names of whoever says what stands before: « …, déplore [Anne Roy], de la Ligue. »."""
    said = i > 1 and sentence[i - 1].finite and sentence.low(i - 2) in words.BEFORE_ASIDE
    if not said or i + 2 >= len(sentence) or any(sentence[j].tag != "PROPN" for j in (i, i + 1)):
        return None
    return i + 2 if sentence[i + 1].form[:1].isupper() and sentence.low(i + 2) in words.BEHIND_ASIDE else None


def _owned(sentence: Sentence, i: int) -> bool:
    """Whether a country is the place where somebody lives: « dans leur pays d'origine »."""
    return any(sentence.low(j) in words.BEFORE_OWN_LAND for j in range(max(i - 3, 0), i))


def _kind(sentence: Sentence, phrase: Phrase, kind: str, names: ActorNames) -> str:
    """The type of a mention: of the groups that it represents, of the people whose family it is, else the head's."""
    token = sentence[phrase.head]
    if token.low in names.cues.family and sentence.low(phrase.head - 1) in words.THEIR:
        near = [
            names.head_type(sentence, j) or ((o := names.organisation(sentence, j)) and o[2])
            for j in range(phrase.start)
        ]
        return "migrants" if "migrants" in near else kind
    capital = token.form[:1].isupper() and phrase.head > 0
    if capital and any(map(token.low.startswith, names.cues.officer)):  # "la Rapporteuse spéciale"
        return "un"
    if token.low not in names.cues.member or capital:
        return kind
    found = []
    j = phrase.head + 1
    while j < phrase.end:
        organisation = names.organisation(sentence, j)
        inner = organisation[2] if organisation else names.head_type(sentence, j) if sentence[j].noun else None
        if inner:
            found.append(inner)
        j = organisation[0] if organisation else j + 1
        while inner and j < phrase.end and sentence.low(j) not in words.JOINS:
            j += 1
    return kind if not found else found[0] if len(set(found)) == 1 else "community"


def _after_determiner(sentence: Sentence, i: int) -> bool:
    return is_determiner_before(sentence, i) and (i + 1 == len(sentence) or not sentence[i + 1].noun)
