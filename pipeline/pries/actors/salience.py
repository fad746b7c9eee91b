"""Salience: how well a mention fits a pronoun, as a sum of weights of what can be said of the two.

    "Le Comité recommande à l'[État partie] de protéger les droits de l'enfant et lui recommande …"
    État partie: dative, same sentence;  enfant: inside a name, same sentence, nearest

The weights stand in antecedents.csv, by kind of pronoun; they were learnt from tests/actors/antecedents.txt
(tools/learn_antecedents.py), and a person can read and change them. What has no weight there counts nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pries.actors.mentions import PERSON
from pries.actors.pronouns import asks
from pries.actors.standing import Pronoun
from pries.base import lexicon
from pries.base.layers import Folder
from pries.base.rules import once
from pries.grammar.clauses import clause_start
from pries.grammar.phrases import phrase_of
from pries.grammar.sentence import Sentence, opens_clause
from pries.grammar.words import ETRE, FEMININE, GENDERED, OF, OF_OR_TO, PREPOSITIONS, STRONG_MARKS, TO

KINDS = ("subject", "object", "latter", "some")
WHERE = ("same sentence", "sentence before", "two before", "farther")
ROLES = ("subject", "embedded subject", "object", "attribute", "dative", "oblique", "agent", "inside a name")
WEIGHTS = lexicon.Lexicon(
    "antecedents.csv", ("pronoun", "feature", "weight"), values={"pronoun": KINDS}, key=("pronoun", "feature")
)
DOES = 0.75  # how likely a noun is somebody that may be a body too
Weights = Mapping[tuple[str, str], float]  # by kind of pronoun and feature


@dataclass
class Candidate:
    """A mention that a later pronoun may stand for, or a pronoun that stands for one."""

    mention_id: str
    sentence: int  # rank of the sentence in the paragraph
    token: int  # rank of its head in the sentence
    plural: bool | None
    feminine: bool | None
    subject: bool
    end: int = -1  # the rank after its last token
    group: tuple[str, ...] = ()  # mention_ids of the coordinated phrase it opens
    role: str = ""  # one of ROLES
    below: bool = False  # in what is to be done: « demande au Conseil d'entendre les [experts] »
    name: str = ""  # in lower case, to tell who is named again
    pronominal: bool = False
    kind: str = ""  # type of the actor
    asking: bool = False  # the subject of a verb that only somebody is subject of
    thing: bool = False  # no actor: a pronoun that stands for it names nobody
    remote: bool = False  # a thing that is no subject: only a verb that asks makes somebody of it
    women: bool | None = None  # whether all of its group are feminine
    odds: float = 1.0  # how likely a thing is somebody by its noun
    speaks: bool = False  # behind its verb, in an aside: « Il faut agir, a noté la [juge] »
    guessed: bool | None = None  # gender as the tagger gives it, where no article shows it


def read_weights(lexicons: Folder) -> Weights:
    """antecedents.csv. Raises InputError."""
    weights = {}
    for row in lexicon.read(lexicons, WEIGHTS):
        try:
            weights[row["pronoun"], row["feature"]] = float(row["weight"])
        except ValueError:
            raise row.wrong(f"weight '{row['weight']}' is no number", "write it like 1.25") from None
    return weights


def kind_of(pronoun: Pronoun) -> str:
    """Which column of weights a pronoun has."""
    if pronoun.is_object:
        return "object"
    return "latter" if pronoun.latter or pronoun.aside else "some" if pronoun.partitive else "subject"


def features(pronoun: Pronoun, rank: int, candidate: Candidate, fits: Sequence[Candidate]) -> Iterator[str]:
    """What can be said of a candidate among all that agree with the pronoun in the sentence of that rank."""
    where = WHERE[min(rank - candidate.sentence, 3)]
    role = candidate.role or ("subject" if candidate.subject else "object")
    yield where
    yield role
    yield f"{role}, {where}"
    if pronoun.told:
        yield f"{role} of what is told, {where}"
    if pronoun.beside:
        yield f"{role} beside, {where}"
    if pronoun.owing:
        yield f"{role} of who owes, {where}"
    if candidate.thing and candidate.mention_id:
        odds = candidate.odds
        likely = "a person" if odds >= PERSON else "likely a person" if odds >= DOES else "a body perhaps"
        yield likely
        if pronoun.asking:
            yield f"{likely} that asks"
    elif candidate.thing:
        yield "a thing that asks" if pronoun.asking else "a thing"
    elif pronoun.asking and candidate.kind:
        yield f"{candidate.kind} that asks"
    if candidate.subject and candidate is next((c for c in reversed(fits) if c.subject), None):
        yield f"nearest {role}, {where}"
    if candidate.asking:
        yield "asked before"
    if candidate.below:
        yield "in what is asked"
    if candidate.pronominal:
        yield "told by a pronoun"
    if candidate is fits[-1]:
        yield "nearest"
    if candidate.feminine is not None and pronoun.feminine is not None:
        yield "gender shown"
    elif candidate.guessed is not None and pronoun.feminine is not None:
        yield "gender guessed" if candidate.guessed == pronoun.feminine else "gender against"
    if len(candidate.group) > 1 and not pronoun.plural:
        yield "one of several"
    elif len(candidate.group) > 1 and role != "dative":  # « demande à la FAO et à l'OMS de … Ils » may be who asks
        yield "coordinated"
    if any(other is not candidate and other.name == candidate.name for other in fits):
        yield "named again"


def best(pronoun: Pronoun, rank: int, fits: Sequence[Candidate], weights: Weights) -> Candidate | None:
    """The candidate with the greatest sum of weights; of equals the last."""
    kind, found, most = kind_of(pronoun), None, float("-inf")
    for candidate in fits:
        total = sum(weights.get((kind, feature), 0.0) for feature in features(pronoun, rank, candidate, fits))
        if total >= most:
            found, most = candidate, total
    return found


def things_of(
    sentence: Sentence, rank: int, named: Sequence[tuple[int, int]], all_nouns: bool = True
) -> Iterator[Candidate]:
    """The nouns of a sentence that name no actor, the subjects above all: « La [loi] est votée. Elle … ».

    `named`: where actors stand; `all_nouns`: those that are no subject too.
    """
    cues, inside = sentence.cues, {i for start, end in named for i in range(start, end)}
    for token in sentence.tokens:
        if token.tag != "NOUN" or token.i == 0 or token.i in inside:
            continue
        remote = not token.relation.startswith("nsubj") or sentence.low(token.i - 1) in PREPOSITIONS
        if remote and not all_nouns:
            continue
        if remote and (token.low in cues.document or token.low in cues.thing or token.low in cues.quantity):
            continue
        role, gender = "" if remote else role_of(sentence, token.i, token.i, True), feminine(sentence, token.i)
        yield Candidate(
            "", rank, token.i, token.plural, gender, True, token.i + 1, (), role, False, token.low, thing=True,
            asking=not remote and asks(sentence, phrase_of(sentence, token.i).end), remote=remote,
            guessed=token.feminine if gender is None else None,
        )  # fmt: skip


@once
def feminine(sentence: Sentence, head: int) -> bool | None:
    """Gender as the article shows it: « la ministre »; None where it does not, or a hyphen follows."""
    for j in range(head - 1, max(head - 3, -1), -1):
        if sentence.low(j) in GENDERED:
            return sentence.low(j) in FEMININE
        if sentence[j].tag != "ADJ":
            break
    low = sentence.low(head).removesuffix("s")
    shown = False if low.endswith(("eur", "ien")) else True if low.endswith(("trice", "euse", "ienne")) else None
    return {"mme": True, "m.": False}.get(low, shown if not sentence[head].plural else None)


def role_of(sentence: Sentence, start: int, head: int, subject: bool) -> str:
    """The role of the mention that begins at `start` in its clause."""
    if subject:
        begin = clause_start(sentence, head)
        inside = begin > 0 and opens_clause(sentence, begin - 1)
        over = any(token.finite for token in sentence.tokens[begin:head])  # "Notant que la dette croît, les [États]"
        return "embedded subject" if inside and not over else "subject"
    before = sentence.low(start - 1)
    before = before if before in PREPOSITIONS else sentence.low(start) if sentence.low(start) in OF_OR_TO else ""
    if before in OF and start > 1 and (sentence[start - 2].noun or sentence[start - 2].tag == "ADJ"):
        return "inside a name"
    if not before and sentence.low(start - 1) in ETRE:
        return "attribute"  # « Lorsque l'employeur est une [commune], il … »
    if before == "par":
        return "agent"
    if before in TO and _where(sentence, start, head):
        return "oblique"
    return "dative" if before in TO else "oblique" if before else "object"


def _where(sentence: Sentence, start: int, head: int) -> bool:
    """Whether "à" in front tells where, and nobody is asked there: « À l'hôpital, la surveillante doit »."""
    opening = start - (sentence.low(start) not in TO)
    comma = next((j for j in range(head + 1, min(head + 6, len(sentence))) if sentence.low(j) == ","), None)
    if opening != 0 or comma is None:
        return False
    cues = sentence.cues.asking_to
    return not any(token.lemma in cues or token.low in cues for token in sentence.tokens[comma : comma + 6])


def below_infinitive(sentence: Sentence, start: int) -> bool:
    """Whether the verb nearest before `start` is an infinitive."""
    for token in reversed(sentence.tokens[:start]):
        if token.infinitive:
            return True
        if token.finite or token.low in STRONG_MARKS:
            return False
    return False
