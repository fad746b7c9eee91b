"""Verbal groups: auxiliaries, clitics, negation and voice around a verb, read off the words.

"Les participants [les ont de nouveau exhortés] à ratifier" -> active, past, clitic les
"Il [a été instamment demandé] aux États"                   -> passive, past, adverb instamment
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pries.grammar import words
from pries.grammar.sentence import Sentence

# Participles that the tagger may take for adjectives: "doit être pourvu", but not "absolu" or "continu".
LIKE_PARTICIPLE = re.compile(
    r"(?:é|[vç]u|[et]nu|[en]du|couru|battu|élu|lu|duit|truit|crit|dit|(?<!par)fait|trait|vert|fert|mis|pris|quis|clus|clos"
    r"|joint|[ptr]eint|traint)e?s?$"
)


@dataclass
class VerbalGroup:
    """A verb with what belongs to it: tokens start..end-1, its auxiliaries, clitics, negation and voice."""

    start: int
    end: int
    verb: int
    voice: str  # active, passive, participle (bare past participle)
    tense: str
    auxiliaries: list[int] = field(default_factory=list)
    clitics: list[int] = field(default_factory=list)
    inverted: int | None = None  # the subject pronoun of "a-t-elle"
    shared: int | None = None  # the auxiliary of a verb before it that it shares ("ont condamné … et appelé")
    negated: bool = False
    restricted: bool = False  # ne … que
    reflexive: bool = False
    instamment: bool = False

    @property
    def key(self) -> tuple[object, ...]:
        """What tells it from every other group of its sentence."""
        return self.start, self.end, self.verb, self.voice, self.tense, self.inverted, self.shared, *self.auxiliaries


def phrase_ending(sentence: Sentence, i: int) -> int:
    """How many tokens the set phrase that ends at `i` has, 0 for none."""
    phrases = sentence.cues.phrases_by_last.get(sentence.low(i))
    if phrases is None:  # nearly always
        return 0
    for phrase in phrases.get(sentence.low(i - 1), ()):
        if i - len(phrase) + 1 >= 0 and sentence.follows(i - len(phrase) + 1, *phrase):
            return len(phrase)
    return 0


def phrase_beginning(sentence: Sentence, i: int) -> int:
    """How many tokens the set phrase that begins at `i` has, 0 for none."""
    phrases = sentence.cues.phrases_by_first.get(sentence.low(i))
    if phrases is None:  # nearly always
        return 0
    beginning = phrases.get(sentence.low(i + 1))
    return max([len(phrase) for phrase in beginning if sentence.follows(i, *phrase)], default=0) if beginning else 0


def is_adverb(sentence: Sentence, i: int) -> bool:
    """Whether the token is an adverb that may stand inside a verbal group."""
    token = sentence[i]
    if token.low in words.NEGATION:
        return False
    return token.low in sentence.cues.adverb or (token.tag == "ADV" and token.low not in words.CLAUSE_ADVERBS)


def inverted_pronoun(sentence: Sentence, i: int) -> bool:
    """Whether the token is the pronoun of an inversion ("-t-elle", "-il")."""
    low = sentence.low(i)
    return low.startswith("-") and low.lstrip("-t").strip("-") in words.INVERTED


def left_in_group(sentence: Sentence, i: int) -> int:
    """The rank before `i` after skipping adverbs, set phrases and inserted phrases between commas."""
    right = i
    while i >= 0:
        if length := phrase_ending(sentence, i):
            i -= length
        elif is_adverb(sentence, i) or sentence.low(i) in words.BESIDE_PARTICIPLE:
            i -= 1
        elif i < right and sentence.low(i) == "et" and (is_adverb(sentence, i - 1) or phrase_ending(sentence, i - 1)):
            i -= 1  # "vivement et à maintes reprises", but not « une réunion d'urgence et prié »
        elif sentence.low(i) == "," and (opening := _insertion_before(sentence, i)) is not None:
            i = opening - 1
        else:
            break
    return i


def _insertion_before(sentence: Sentence, closing: int) -> int | None:
    """The rank of the comma that opens the insertion which `closing` ends, if an auxiliary stands before it."""
    for i in range(closing - 1, max(closing - 16, -1), -1):
        if sentence.low(i) == "," and i > 0:
            j = i - 1
            while j > 0 and is_adverb(sentence, j):  # « avait pourtant, dès 2015, recommandé »
                j -= 1
            return i if sentence.low(j) in words.FORMS_OF_BOTH or inverted_pronoun(sentence, j) else None
        if sentence[i].finite or sentence.low(i) in words.STRONG_MARKS:
            return None
    return None


def verbal_group(sentence: Sentence, verb: int, tense: str) -> VerbalGroup:
    """The verbal group of the verb at rank `verb`, whose form by itself shows `tense`."""
    group = VerbalGroup(verb, verb + 1, verb, "active", tense)
    i = verb - 1
    if tense == "participle":
        i = _auxiliaries(sentence, group, i)
    elif tense in ("infinitive", "gerund"):
        i = _left_of_infinitive(sentence, i)
    if group.voice != "participle":
        i = _clitics(sentence, group, i)
    group.start = i + 1
    _right(sentence, group)
    return group


def _left_of_infinitive(sentence: Sentence, i: int) -> int:
    while i >= 0 and sentence.low(i) in words.NEGATORS:
        i -= 1
    return i


def _auxiliaries(sentence: Sentence, group: VerbalGroup, i: int) -> int:
    found: list[int] = []
    while True:
        j = left_in_group(sentence, i)
        if inverted_pronoun(sentence, j):
            group.inverted = j
            j = left_in_group(sentence, j - 1 - (sentence.low(j - 1) in words.EUPHONIC))
        low = sentence.low(j)
        if low in words.ETRE and not (
            found and words.ETRE[low] == "participle" and sentence.low(found[0]) in words.AVOIR
        ):
            found.insert(0, j)
            if words.ETRE[low] != "participle":
                i = j - 1
                break
        elif low in words.AVOIR:
            found.insert(0, j)
            i = j - 1
            break
        else:
            break
        i = j - 1
    group.auxiliaries = found
    if not found:
        return _share(sentence, group, i)
    first = sentence.low(found[0])
    passive = any(sentence.low(a) in words.ETRE for a in found)
    group.voice = "passive" if passive else "active"
    own = words.AVOIR.get(first) or words.ETRE.get(first, "participle")
    told = first not in words.AVOIR or own in ("conditional", "infinitive", "gerund")  # « aurait prié », « est prié »
    group.tense = own if told else "past"
    if group.tense == "gerund":
        group.tense = "participle"
    return i


def _share(sentence: Sentence, group: VerbalGroup, i: int) -> int:
    """A participle without auxiliary: coordinated to one that has it, or reduced ("les États invités à")."""
    group.voice, group.tense = "participle", "participle"
    j = left_in_group(sentence, i)
    if sentence.low(j) not in words.JOINS:
        return i
    own = agreement(sentence.low(group.verb))
    for k in range(j - 1, 0, -1):
        low = sentence.low(k)
        if low in words.STRONG_MARKS:
            break
        if not sentence[k].participle or low == "été":
            continue
        m = left_in_group(sentence, k - 1)
        been = sentence.low(m) == "été"
        m = left_in_group(sentence, m - 1) if been else m
        if (sentence.low(m) in words.AVOIR and not been and not own) or (
            sentence.low(m) in words.FORMS_OF_BOTH and own == agreement(low)
        ):
            passive = been or sentence.low(m) in words.ETRE
            group.voice, group.tense, group.shared = "passive" if passive else "active", "past", m
            if sentence.low(m - 1) in words.DATIVE_CLITICS:  # « leur a interdit de sortir et [ordonné] de payer »
                group.clitics = [m - 1]
            break
    return i


def agreement(participle: str) -> str:
    """The ending by which a participle agrees: e, s, es or nothing."""
    return participle[len(participle.rstrip("es")) :]


def _clitics(sentence: Sentence, group: VerbalGroup, i: int) -> int:
    while i >= 0:
        low = sentence.low(i)
        if low == "en" and group.tense == "gerund" and i == group.verb - 1:
            break  # "en priant": a preposition
        form = sentence.low(group.auxiliaries[0] if group.auxiliaries else group.verb)
        fits = sentence[i].relation[:5] == "nsubj" and form.endswith(words.OUR_ENDINGS.get(low, ()))  # « vous priez »
        ours = low == "nous" and sentence.low(i - 1) in words.AND_OR and _ourselves(sentence, i, group.verb)
        if low in words.CLITICS and (ours or low not in words.NOUS_VOUS or not fits):
            group.clitics.insert(0, i)
        elif low in words.NEGATION:
            group.negated = True
        else:
            break
        i -= 1
    group.reflexive = any(_is_reflexive(sentence, c, group.verb) for c in group.clitics)
    if group.reflexive and group.voice == "passive" and len(group.auxiliaries) == 1:
        group.voice = "active"
        if group.tense in ("present", "imperfect"):
            group.tense = "past"
    return i


def _limits(sentence: Sentence, j: int) -> bool:
    """Whether "que" at `j` limits (« n'être qu'une mesure ») rather than opens a clause, which has a finite verb."""
    if sentence.low(j) not in words.QUE:
        return False
    for token in sentence.tokens[j + 1 : j + 9]:
        if token.tag == "PUNCT":
            break
        if token.finite:
            return False
    return True


def _ourselves(sentence: Sentence, clitic: int, verb: int) -> bool:
    """Whether "nous" said again is an object: « Nous prions la mairie de payer et [nous] engageons à l'aider »."""
    return sentence.low(clitic) in sentence.lows[:clitic] and sentence.low(verb + 1) == "à"


def _is_reflexive(sentence: Sentence, clitic: int, verb: int) -> bool:
    """Whether a clitic is reflexive; "nous" is one before a verb in -ons, whose subject it then is not."""
    low = sentence.low(clitic)
    if low in words.NOUS_VOUS:
        if _ourselves(sentence, clitic, verb):
            return True
        return sentence.low(clitic - 1) == low or (sentence.low(verb).endswith("ons") and low == "nous")
    return low in words.REFLEXIVE


def _right(sentence: Sentence, group: VerbalGroup) -> None:
    """Read what follows the verb: inverted pronoun, ne … que, instamment."""
    i = group.end + (sentence.low(group.end) in words.EUPHONIC)
    if inverted_pronoun(sentence, i):
        group.inverted, group.end = i, i + 1
    around = sentence.lows[max(group.start - 2, 0) : group.end + 4]
    group.instamment = not sentence.cues.urgent.isdisjoint(around)
    if group.negated:
        near = range(group.start, min(group.end + 12, len(sentence)))
        says_no = [j for j in near if sentence.low(j) in words.NEGATORS]
        limits = [j for j in range(group.start, min(group.end + 9, len(sentence))) if _limits(sentence, j)]
        group.negated = not any(sentence.follows(j, *words.NO_LESS) for j in says_no)  # « n'en exhorte pas moins »
        group.restricted = bool(limits) and not any(j < limits[0] for j in says_no)


def any_group(sentence: Sentence, i: int) -> VerbalGroup:
    """The verbal group of the verb at rank `i`, whatever its form; of the participle for an auxiliary before one."""
    token = sentence[i]
    if token.low in words.FORMS_OF_BOTH:
        j = i + 1
        while j < len(sentence) and (
            is_adverb(sentence, j) or sentence.low(j) == "été" or sentence.low(j) in words.CLITICS
        ):
            j += 1
        if j < len(sentence) and sentence[j].participle:
            return verbal_group(sentence, j, "participle")
    tense = {"infinitive": "infinitive", "gerund": "gerund", "participle": "participle"}.get(token.verb, "present")
    return verbal_group(sentence, i, tense)


def group_end(sentence: Sentence, j: int) -> int:
    """The rank after a verbal group that begins with the finite verb at `j`."""
    auxiliary = sentence.low(j) in words.AUXILIARIES
    k = j + 1
    while k < len(sentence) and (
        is_adverb(sentence, k) or sentence.low(k) in words.ETRE or (auxiliary and sentence[k].participle)
    ):
        k += 1
    return k


def undergone(sentence: Sentence, head: int) -> bool:
    """Whether an action is a passive: « être [remis] », « l'[être] », but not « avoir [remis] »."""
    object_of = sentence.low(head) == "être" and sentence.low(head - 1) in words.OBJECT_CLITICS
    gapped = sentence.low(head - 1) == "," and like_participle(sentence, head)  # « et les douches, [cloisonnées] »
    return object_of or gapped or (sentence[head].participle and sentence.low(head - 1) not in words.AVOIR)


def like_participle(sentence: Sentence, j: int) -> bool:
    """Whether the word at `j` is a participle behind "être" that the tagger took for an adjective or a noun."""
    return sentence[j].tag in ("ADJ", "NOUN") and LIKE_PARTICIPLE.search(sentence.low(j)) is not None
