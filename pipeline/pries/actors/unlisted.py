"""Unlisted: nouns that no lexicon holds and that stand where somebody asks or is to act.

Whether such a noun is somebody its judgement and its place say together: the more a place demands a will, the less
its vector has to, and a capital inside a sentence makes a name. Rules give the place.

    "Les [pharmaciens] doivent tenir un registre", "invite les [rectorats] à", "demande aux [régies] de"
"""

from __future__ import annotations

from pries.actors.judgement import Judged
from pries.grammar.clauses import tells_to_whom
from pries.grammar.joints import after_joint_of_actors
from pries.grammar.phrases import Phrase, is_determiner, phrase_at
from pries.grammar.sentence import Sentence
from pries.grammar.verbs import is_adverb, phrase_beginning
from pries.grammar.words import (
    CE,
    CLITICS_OR_NEGATION,
    DE,
    DE_A,
    ETRE,
    JOINS,
    LISTS_ACTORS_OR_TO,
    OF,
    PREPOSITIONS,
    QUE,
    RELATIVES,
    STRONG_MARKS,
    THIRD_PERSON,
    TO,
)

# How likely somebody must be: whom a verb of asking names, or whose duty is a deed; in a clause that tells a deed;
# where the place demands a will; where it allows one; elsewhere; with a capital.
ASKED, DEED, TOLD, STRONG, WEAK, ANYWHERE, CAPITAL = 0.0, 0.15, 0.3, 0.5, 0.75, 0.9, 0.1
ABSTRACT = ("ment", "tion", "sion", "age", "ence", "ance", "ité", "isme", "ure", "ise", "esse")
INITIALS = Judged(0.2, "un")  # what is known of an acronym that no lexicon has: it acts only where a deed is demanded
LONGEST_LIST = 40  # words between a verb of asking and the last whom it asks
NEAR, FAR = 4, 12  # words before a noun, among which a verb may ask; words after it, among which one tells a deed


def hopeless(sentence: Sentence, i: int, known: Judged) -> bool:
    """Whether no place makes the noun at `i` somebody: too unlikely, small, and no verb of asking just before it."""
    if known.somebody >= STRONG:
        return False
    tokens = sentence.tokens
    if known.somebody >= DEED and any(token.verb == "finite" for token in tokens[i + 1 : i + FAR]):
        return False
    if tokens[i].form[0].isupper():
        return False
    asking = sentence.cues.asking_somebody
    return asking.isdisjoint([token.lemma for token in tokens[max(i - NEAR, 0) : i]])


def initials(form: str) -> Judged | None:
    """The judgement of an acronym: « la [MINUAD] doit remettre ses camps »."""
    if not form.isupper() or not 2 < len(form) < 10:  # nearly always
        return None
    numbered = form.isalnum() and form[:2].isalpha() and len(form) < 6  # « JS4 », a joint submission
    return INITIALS if form.isalpha() or numbered else None


def wanted(sentence: Sentence, phrase: Phrase, known: Judged, beside: bool, doubted: bool) -> bool:
    """Whether the noun is somebody there.

    `beside`: it is coordinated to somebody who was found before; `doubted`: actors.csv has it, on conditions that
    do not hold here (« l’homme », « le public »), so that only its place can make it somebody.
    """
    if sentence.low(phrase.head) in sentence.cues.thing or sentence.low(phrase.head) in sentence.cues.document:
        return False
    least = min((odds for place in PLACES if (odds := place(sentence, phrase, beside)) is not None), default=None)
    token = sentence[phrase.head]
    if known is INITIALS:
        return least is not None and known.somebody >= least
    if least is None:
        return known.somebody >= ANYWHERE and not doubted and phrase.start < phrase.head
    if token.form[:1].isupper() and phrase.head > 0:
        return known.somebody >= CAPITAL
    if least == DEED and not doubted and token.low.removesuffix("s").endswith(ABSTRACT):
        least = STRONG  # « cet enseignement doit donner une vue d'ensemble »
    return known.somebody >= least


def _over(sentence: Sentence, j: int) -> int:
    """The rank after clitics, negation and adverbs."""
    while j < len(sentence):
        if length := phrase_beginning(sentence, j):
            j += length
        elif sentence.low(j) in CLITICS_OR_NEGATION or is_adverb(sentence, j):
            j += 1
        else:
            break
    return j


def _verb_after(sentence: Sentence, j: int) -> int | None:
    """The conjugated verb that follows at once, or behind what is coordinated: « les [tanneurs] et les X doivent »."""
    apart = sentence.low(j) == ","
    for _ in range(6):
        begin = after_joint_of_actors(sentence, j)
        if begin == j or begin == len(sentence) or not is_determiner(sentence[begin]):
            break
        if (phrase := phrase_at(sentence, begin)) is None:
            break
        j = phrase.end
        j += apart and sentence.low(j) == "," and j + 1 < len(sentence) and sentence[j + 1].finite
    j = _over(sentence, j)
    return j if j < len(sentence) and sentence[j].finite else None


def _willing_subject(sentence: Sentence, phrase: Phrase, beside: bool) -> float | None:
    """The subject of a verb that only somebody can carry out: « les [pharmaciens] doivent », « la [régie] déclare »."""
    object_of = sentence.low(phrase.start - 1) in PREPOSITIONS or sentence[phrase.start - 1].infinitive
    verb = None if object_of else _verb_after(sentence, phrase.end)
    return None if verb is None else _will(sentence, verb, sentence.low(phrase.start - 1) in QUE)


def _before_relative(sentence: Sentence, phrase: Phrase, beside: bool) -> float | None:
    """Whose duty a relative tells: « deux [cofacilitateurs], qui devront consulter les délégations »."""
    j = phrase.end + (sentence.low(phrase.end) == ",")
    if sentence.low(j) != "qui" or j + 1 >= len(sentence):
        return None
    verb = _over(sentence, j + 1)
    willed = verb < len(sentence) and sentence[verb].finite and sentence[verb].lemma in sentence.cues.duty
    return max(_will(sentence, verb, False), TOLD) if willed else None


def _will(sentence: Sentence, verb: int, clause: bool) -> float:
    """How much will the verb at `verb` demands of its subject; `clause`: of one behind "que"."""
    cues = sentence.cues
    if sentence[verb].lemma in cues.duty:  # « les [tanneurs] doivent rincer les peaux », but « doivent être rincées »
        action = _over(sentence, verb + 1)
        deed = action < len(sentence) and sentence[action].infinitive and sentence[action].lemma not in cues.effect
        return DEED if deed else STRONG
    near = [sentence[j] for j in range(verb, min(verb + 4, len(sentence)))]
    if any(token.participle and token.lemma in cues.asking for token in near[1:]):  # « les [lingères] sont invitées »
        return DEED
    asks = sentence[verb].lemma in cues.asking_somebody  # « la [régie] invite les usagers à »
    if asks or any(token.lemma in cues.willing and token.verb for token in near[:3]):
        return STRONG
    return TOLD if clause and sentence[verb].lemma not in cues.effect else WEAK


def _asked(sentence: Sentence, phrase: Phrase, beside: bool) -> float | None:
    """Whom a verb of asking names: « invite les [rectorats] à », « il est demandé aux [régies] de »."""
    to = sentence.low(phrase.start - 1) in TO or sentence.low(phrase.start) in TO
    if to and phrase.start == phrase.head and sentence.low(phrase.start - 1) == "à":  # « demande à temps de »
        return None
    j = phrase.start - 1 - (sentence.low(phrase.start - 1) in TO)
    while j > 0 and is_adverb(sentence, j):
        j -= 1
    if j >= 0 and to and sentence.low(phrase.end) in DE | QUE:
        if sentence.low(j) in ETRE and sentence.low(j - 1) in CE:  # « C'est aux [guichets] de »
            return STRONG
        if sentence.low(j) in sentence.cues.burden:  # « fait obligation aux [hébergeurs] de »
            return STRONG
        if sentence[j].lemma in sentence.cues.telling_to and sentence.low(phrase.end) in QUE:
            return ASKED  # « fait savoir aux [locataires] que »
    if j > 0 and _exacted(sentence, phrase, j):
        return ASKED
    if j < 0 or not (sentence[j].verb or sentence[j].tag in ("VERB", "AUX", "ADJ")):
        return None
    cues = sentence.cues.asks(to)
    return ASKED if sentence[j].lemma in cues or sentence.low(j) in cues else None


def _exacted(sentence: Sentence, phrase: Phrase, j: int) -> bool:
    """Whether something is exacted of the noun: « exige du [rectorat] qu'il remplace le maître »."""
    of = sentence.low(phrase.start) in OF or sentence.low(phrase.start - 1) in OF
    asked = sentence.low(phrase.end) in QUE and sentence.low(phrase.end + 1) in THIRD_PERSON
    asked = asked or (
        phrase.end < len(sentence) and is_determiner(sentence[phrase.end])
    )  # « du [gérant] la remise de »
    return of and asked and sentence[j - (sentence.low(j) in OF)].lemma in sentence.cues.exacting


def _agent(sentence: Sentence, phrase: Phrase, beside: bool) -> float | None:
    """By whom something is done: « a été demandé par les [bergers] »."""
    if sentence.low(phrase.start - 1) != "par":
        return None
    near = (sentence[j] for j in range(phrase.start - 2, max(phrase.start - 6, -1), -1))
    done = next((token for token in near if token.participle), None)
    return None if done is None else WEAK if done.lemma in sentence.cues.effect else TOLD


def _subject_of_clause(sentence: Sentence, phrase: Phrase, beside: bool) -> float | None:
    """The subject of a clause with "que": « que les [maîtres d'ouvrage], avant tous travaux, publient »."""
    opens = sentence.low(phrase.start - 1) in QUE and sentence[phrase.head].relation.startswith("nsubj")
    return WEAK if opens else None


def _subject_by_arc(sentence: Sentence, phrase: Phrase, beside: bool) -> float | None:
    """What the parse calls a subject, an aside away from its verb: « les [bergers], dès le printemps, doivent »."""
    token = sentence[phrase.head]
    if sentence.low(phrase.start - 1) in PREPOSITIONS or not token.relation.startswith("nsubj"):
        return None
    governor = sentence[token.head]
    if governor.i > phrase.end and sentence.low(phrase.end) not in (",", *RELATIVES):
        return None  # a verb that follows does so at once, or after an aside
    near = range(max(governor.i - 3, 0), governor.i + 1)
    verb = next((j for j in near if sentence[j].finite), None)
    return WEAK if verb is None else _will(sentence, verb, sentence.low(phrase.start - 1) in QUE)


def _behind_in_a_relative(sentence: Sentence, phrase: Phrase, beside: bool) -> float | None:
    """The subject that follows in a relative clause: « les mesures que doivent prendre les [régies] »."""
    j = phrase.start - 1
    if j < 2 or not sentence[j].infinitive or sentence.low(j - 2) not in RELATIVES or not sentence[j - 1].finite:
        return None
    return _will(sentence, j - 1, clause=True)


def _for_whom(sentence: Sentence, phrase: Phrase, beside: bool) -> float | None:
    """For whom it is a duty: « la nécessité, pour les [districts], de », « il est urgent pour les [mairies] de »."""
    if sentence.low(phrase.start - 1) != "pour" or sentence.low(phrase.end) not in (*DE, ","):
        return None
    return STRONG if sentence.low(phrase.start - 2) in sentence.cues.burden else WEAK  # « à charge pour la [régie] de »


def _asked_too(sentence: Sentence, phrase: Phrase, beside: bool) -> float | None:
    """Who is asked for something else by the same verb: « invite l'ordonnateur à payer et le [greffe] à noter »."""
    if sentence.low(phrase.start - 1) not in JOINS or sentence.low(phrase.end) not in DE_A:
        return None
    action = _over(sentence, phrase.end + 1)
    if action >= len(sentence) or not sentence[action].infinitive:
        return None
    cues = sentence.cues
    return STRONG if any(token.lemma in cues.asking for token in sentence.tokens[: phrase.start]) else None


def _asked_again(sentence: Sentence, phrase: Phrase, beside: bool) -> float | None:
    """Who stands behind "à" again: « demande aux communes, en tant que propriétaires, et aux [régies] de »."""
    to = phrase.start - (sentence.low(phrase.start) not in TO)
    if sentence.low(to) not in TO or sentence.low(to - 1) not in JOINS:
        return None
    for token in reversed(sentence.tokens[max(to - LONGEST_LIST, 0) : to]):
        if token.lemma in sentence.cues.asking_to or token.low in sentence.cues.asking_to:
            return STRONG
        if token.finite or token.infinitive:
            return None
    return None


def _fronted(sentence: Sentence, phrase: Phrase, beside: bool) -> float | None:
    """Who stands in front of the sentence: « Aux [notaires], il est demandé de … »."""
    opens = sentence.low(phrase.start - 1 - (sentence.low(phrase.start - 1) in TO)) in STRONG_MARKS
    begins = (phrase.start < 3 or opens) and (sentence.low(phrase.start) in TO or sentence.low(phrase.start - 1) in TO)
    return STRONG if begins and sentence.low(phrase.end) == "," else None


def _whom_a_relative_asks(sentence: Sentence, phrase: Phrase, beside: bool) -> float | None:
    """Whom a relative asks: « les [cadres] de santé, auxquels il revient de », « la [régie], à qui il est demandé »."""
    j = phrase.end + (sentence.low(phrase.end) == ",")
    j += sentence.low(j) == "à"
    if not tells_to_whom(sentence, j):
        return None
    near = sentence.tokens[j + 1 : j + NEAR + 2]
    return STRONG if any(token.lemma in sentence.cues.asking_to for token in near) else None


def _beside(sentence: Sentence, phrase: Phrase, beside: bool) -> float | None:
    """Coordinated to somebody: « les États et les [assureurs-crédit] »."""
    if not beside or sentence.low(phrase.start - 1) not in LISTS_ACTORS_OR_TO:
        return None
    acts = _verb_after(sentence, phrase.end)  # « les écoles et les [réfectoires] doivent »: with somebody, one acts
    return STRONG if acts is None or sentence[acts].lemma in sentence.cues.effect else DEED


def _whose_words(sentence: Sentence, phrase: Phrase, beside: bool) -> float | None:
    """Whose words are told: « de l'avis des [hydrologues] », « si l'on en croit les [bergers] », « selon les [X] »."""
    of = phrase.start - (sentence.low(phrase.start) not in OF)
    if sentence.low(of) in OF:
        j = of - 1
        while j > 0 and (sentence[j].tag in ("ADJ", "ADV") or sentence[j].participle):
            j -= 1
        cues = sentence.cues
        return TOLD if sentence.low(j) in cues.fact | cues.view | cues.statement else None
    start, phrases = phrase.start, sentence.cues.sources_by_last.get(sentence.low(phrase.start - 1), ())
    return STRONG if any(sentence.follows(start - len(words), *words) for words in phrases) else None


PLACES = (
    _willing_subject, _before_relative, _asked, _agent, _subject_of_clause, _subject_by_arc, _behind_in_a_relative,
    _for_whom, _asked_too, _asked_again, _fronted, _whom_a_relative_asks, _beside, _whose_words,
)  # fmt: skip
