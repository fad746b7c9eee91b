"""Signs: what is seen of a row that makes it likelier to be right or wrong, before anybody reads it.

Of its words (construction, tense, frame, which rule filled a role, what stands around a name) and of what the rules
left: actors that no row names, nouns that were looked at for a role and are nobody, verbs and nouns that the parse
joins to what was taken. `requests/context/confidence.py` weighs them.

    "Le Maire, que la Région avait saisi, juge qu'il devrait, avec le Département, agir" -> several verbs above it, ...
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from pries.grammar import words as closed
from pries.grammar.morphology import Token
from pries.grammar.sentence import Sentence
from pries.requests.asked.fillers import Filler, Known
from pries.requests.cast import Cast
from pries.requests.request import Refused, Request

Signs = Iterator[tuple[str, float]]
# Signs of which a row has one value each, named in the weight: « construction passive ».
FAMILIES = (
    "construction", "tense", "frame", "trigger after",
    "issuer by", "addressee by", "issuer before", "addressee before",
)  # fmt: skip
# Signs of a row that is right; all others, families apart, are signs of one that is wrong.
EASIER = frozenset((
    "issuer hangs on it in the parse", "addressee hangs on it in the parse", "object in the parse is the addressee",
    "subject in the parse is the issuer", "subject in the parse is the addressee",
))  # fmt: skip
MOST = 3.0  # of what is counted: more is no harder
FAR = 8  # words between a trigger and its action
FARTHEST = 12  # governors that are looked at above a trigger
OBJECTS = ("obj", "iobj", "obl:arg")
PARTS_OF_NAMES = ("nmod", "amod", "appos", "flat:name", "acl")
LONG_DASHES = frozenset(("–", "—"))
SOMEBODY = (closed.PRONOUNS | closed.DATIVE_CLITICS | closed.EUX) - closed.IMPERSONAL_SUBJECTS
GOES_ON = closed.OF_OR_TO | closed.IN_TREATIES | closed.IN  # with a name: « le Comité [pour] les forêts »


@dataclass(frozen=True)
class Surroundings:
    """A sentence as all its rows share it: its cast, its triggers, and what is looked up once for all of them."""

    cast: Cast
    found: Sequence[Request | Refused]

    @cached_property
    def whole(self) -> dict[str, float]:
        """What is seen of the sentence."""
        return dict(_of_sentence(self.cast))

    @cached_property
    def mentions(self) -> dict[str, list[Known]]:
        """Its actors in their order, by their words."""
        found: dict[str, list[Known]] = {}
        for known in sorted(set(self.cast.at.values()), key=lambda known: known.start):
            found.setdefault(self.cast.sentence.words(known.start, known.end), []).append(known)
        return found

    @cached_property
    def rivals(self) -> list[Known]:
        """The actors that no row of the sentence names."""
        rows = [other for other in self.found if isinstance(other, Request)]
        taken = {filler.text for row in rows for filler in (*row.issuer, *row.addressee)}
        return [known for text, same in self.mentions.items() if text not in taken for known in same]

    @cached_property
    def children(self) -> dict[int, list[Token]]:
        """The tokens that hang on another in the parse, by its rank."""
        found: dict[int, list[Token]] = {}
        for token in self.cast.sentence.tokens:
            if token.head != token.i:
                found.setdefault(token.head, []).append(token)
        return found

    @cached_property
    def untaken(self) -> list[int]:
        """The infinitives that no row takes for an action."""
        taken = {head for other in self.found if isinstance(other, Request) for head in other.complement.heads}
        return [token.i for token in self.cast.sentence.tokens if token.verb == "infinitive" and token.i not in taken]

    def nearest(self, fillers: Sequence[Filler], token: int) -> list[Known]:
        """Where those who fill a role stand, each nearest to a rank."""
        found = (self.mentions.get(filler.text) or self._standing(filler) for filler in fillers)
        return [min(same, key=lambda known: abs(known.start - token)) for same in found if same]

    def _standing(self, filler: Filler) -> list[Known]:
        """Where the words of somebody stand whom the actors table does not have: « la [résolution] prie »."""
        sentence, text = self.cast.sentence, filler.text
        starts = [token.i for token in sentence.tokens if text and sentence.text.startswith(text, token.start)]
        ends = (bisect_right(sentence.tokens, sentence[j].start + len(text), key=attrgetter("end")) for j in starts)
        places = zip(starts, ends, strict=True)
        return [Known(start, end, filler.name, filler.actor, filler.kind) for start, end in places if end > start]


def signs(around: Surroundings, request: Request) -> Signs:
    """What is seen of a row, by name: 0 or 1, or a count up to three."""
    yield from around.whole.items()
    yield from _of_trigger(request)
    yield from _of_roles(request)
    yield from _of_rivals(around, request)
    yield from _of_actions(around, request)
    issuers, addressees = (around.nearest(who, request.trigger.token) for who in (request.issuer, request.addressee))
    yield from _of_names(around, "issuer", issuers)
    yield from _of_names(around, "addressee", addressees)
    yield from _of_parse(around, request, issuers, addressees)
    yield from _of_governors(around, request, issuers, addressees)


def _of_sentence(cast: Cast) -> Signs:
    """« Les élus - réunis à Lyon - l'ont dit : "Qu'elle agisse !" »: asides, speech, pronouns and names of nobody."""
    sentence = cast.sentence
    lows, tokens = set(sentence.lows), sentence.tokens
    yield "commas", min(sentence.lows.count(",") / 4, MOST)
    opening = next((token for token in tokens if token.tag != "PUNCT"), tokens[0])
    capitals = [token for token in tokens[1:] if token.form[:1].isupper() and token.noun and token.i not in cast.at]
    yield "capitals that name nobody", min(len(capitals) / 2, MOST - 1)
    yield "roots of the parse but one", min(len([token for token in tokens if token.head == token.i]) - 1.0, MOST)
    pronouns = lows & SOMEBODY
    checks = {
        "colon": ":" in lows,
        "quotation": not closed.QUOTES.isdisjoint(lows),
        "dash": not LONG_DASHES.isdisjoint(lows),
        "word that the tagger does not know": "X" in [token.tag for token in tokens],
        "participle in front": opening.participle,
        "pronoun of nobody": bool(pronouns)
        and any(token.low in pronouns and token.tag == "PRON" and token.i not in cast.at for token in tokens),
    }
    yield from _held(checks)


def _of_trigger(request: Request) -> Signs:
    """« Elle [a été priée] de »: construction, tense, frame and the word in front."""
    trigger, start = request.trigger, request.trigger.group.start
    yield f"construction {trigger.construction}", 1.0
    yield f"tense {trigger.group.tense}", 1.0
    yield f"frame {trigger.frame.lemma}", 1.0
    yield f"trigger after {request.sentence[start - 1].tag if start else 'nothing'}", 1.0


def _of_roles(request: Request) -> Signs:
    """« [Ils] doivent agir »: by which rules the roles were filled, with what, and how many nouns were passed over."""
    yield "nouns passed over", min(float(request.passed_over), MOST)
    for role, fillers in (("issuer", request.issuer), ("addressee", request.addressee)):
        yield (f"{role} by {request.origin.get(role)}" if fillers else f"no {role}"), 1.0
        checks = {
            f"noun that is no {role}": role in request.unrecognised,
            f"pronoun as {role}": any(filler.name not in filler.text for filler in fillers),
            f"several {role}s": len(fillers) > 1,
        }
        yield from _held(checks)


def _of_rivals(around: Surroundings, request: Request) -> Signs:
    """« [Le préfet] l'a dit : il faut agir »: actors without a role, where a role is empty or a subject would stand."""
    sentence, start = around.cast.sentence, request.trigger.group.start
    before = [known for known in around.rivals if known.end <= start]
    clause = max((j for j in range(start) if sentence.low(j) in (";", ":")), default=-1)
    between = range(*sorted((request.trigger.group.end, request.complement.heads[0])))
    checks = {
        "actor without a preposition before it": any(
            known.start > clause and sentence.low(_behind_determiners(sentence, known)) not in closed.PREPOSITIONS
            for known in before
        ),
        "capital without a role": any(
            j > 0 and sentence[j].form[:1].isupper() for known in around.rivals for j in range(known.start, known.end)
        ),
    }
    if not request.issuer:
        checks["no issuer but an actor before it"] = bool(before)
        checks["no issuer but a colon before it"] = ":" in sentence.lows[:start]
        checks["no issuer in a quotation"] = "quotation" in around.whole
    if not request.addressee:
        checks["no addressee but an actor between"] = any(known.start in between for known in around.rivals)
    yield from _held(checks)


def _of_actions(around: Surroundings, request: Request) -> Signs:
    """« prie les États, qui le peuvent, d'[agir], réagir »: how far it is, and what stands there untaken."""
    sentence, head = around.cast.sentence, request.complement.heads[0]
    between = slice(*sorted((request.trigger.group.end, head)))
    yield "infinitives untaken behind it", min(float(sum(j > head for j in around.untaken)), MOST)
    yield from _held(
        {"far action": head - request.trigger.token > FAR, "comma before the action": "," in sentence.lows[between]}
    )


def _of_names(around: Surroundings, role: str, names: Sequence[Known]) -> Signs:
    """« les [États] parties et [villes] »: what stands around the names, of which some are cut."""
    sentence = around.cast.sentence
    for known in names:
        left = sentence.low(_behind_determiners(sentence, known))
        checks = {f"verb in the {role}": any(sentence[j].verb for j in range(known.start, known.end))}
        if role == "issuer":
            checks["issuer behind a joint"] = left in closed.AND_OR or left in closed.QUE
            checks["what goes on with a name behind the issuer"] = sentence.low(known.end) in GOES_ON
        else:
            checks["addressee behind a comma"] = left == ","
            checks["noun of the addressee left out"] = _is_cut(around, known)
        if known.end < len(sentence):
            following = sentence[known.end]
            after = sentence[known.end + 1] if known.end + 1 < len(sentence) else following
            checks[f"{role} before {following.tag}"] = True
            checks[f"participle behind the {role}"] = following.participle
            checks[f"comma and noun behind the {role}"] = following.low == "," and (after.noun or after.tag == "DET")
        yield from _held(checks)


def _of_parse(around: Surroundings, request: Request, issuers: Sequence[Known], addressees: Sequence[Known]) -> Signs:
    """Where the arcs of the parse agree with the roles and the actions, and where they do not."""
    asking, acting, heads = _ranks(issuers), _ranks(addressees), set(request.complement.heads)
    named, trigger = asking | acting, request.trigger.token
    below = [*around.children.get(trigger, ()), *around.children.get(request.complement.heads[0], ())]
    subjects = {token.i for token in below if token.relation.startswith("nsubj")}
    objects = {token.i for token in around.children.get(trigger, ()) if token.relation in OBJECTS}
    joined = [token for token in _joined(around, heads) if token.i not in heads]
    yield from _held(
        {
            "subject in the parse has no role": bool(subjects) and not subjects & named,
            "subject in the parse is an actor without this role": bool((subjects - named) & around.cast.at.keys()),
            "subject in the parse is the issuer": bool(subjects & asking),
            "subject in the parse is the addressee": bool(subjects & acting),
            "object in the parse is the addressee": bool(objects & acting),
            "noun joined to a name in the parse": any(t.noun and t.i not in named for t in _joined(around, named)),
            "verb joined to an action in the parse": any(t.finite or t.infinitive or t.participle for t in joined),
        }
    )


def _of_governors(
    around: Surroundings, request: Request, issuers: Sequence[Known], addressees: Sequence[Known]
) -> Signs:
    """« [Elle] a dit qu'il faut agir »: the verbs above the trigger in the parse, and whether the names hang on it."""
    sentence, trigger = around.cast.sentence, request.trigger.token
    verbs = [j for j in _above(sentence, trigger) if sentence[j].verb and sentence[j].tag != "AUX"]
    yield "verbs above it in the parse", min(float(len(verbs)), MOST)
    governors = {trigger, request.complement.heads[0], *verbs[:1]}
    said = any(token.relation.startswith("nsubj") for verb in verbs[:1] for token in around.children.get(verb, ()))
    asking, acting = ([_head(sentence, known) for known in names] for names in (issuers, addressees))
    apart = any(
        sentence[j].relation != "conj" or {sentence[j].head, sentence[sentence[j].head].head}.isdisjoint(asking[:n])
        for n, j in enumerate(asking)
        if n
    )
    yield from _held(
        {
            "no issuer but a subject of the verb above": not request.issuer and said,
            "issuer hangs on it in the parse": any(sentence[j].head in governors for j in asking),
            "addressee hangs on it in the parse": any(sentence[j].head in governors for j in acting),
            "issuers apart in the parse": apart,
        }
    )


def _held(checks: dict[str, bool]) -> Signs:
    yield from ((name, 1.0) for name, holds in checks.items() if holds)


def _behind_determiners(sentence: Sentence, known: Known) -> int:
    """The rank of the word that stands before a name and its determiners, -1 where there is none."""
    j = known.start - 1
    while j >= 0 and sentence[j].tag == "DET":
        j -= 1
    return j


def _is_cut(around: Surroundings, known: Known) -> bool:
    """Whether the parse hangs something on a name behind its end: « les [hommes] travaillant ici »."""
    below = (token for j in range(known.start, known.end) for token in around.children.get(j, ()))
    return any(token.i >= known.end and token.relation in PARTS_OF_NAMES for token in below)


def _above(sentence: Sentence, j: int) -> Iterator[int]:
    """The governors of a token, the nearest first."""
    for _ in range(FARTHEST):
        if sentence[j].head == j:
            return
        yield (j := sentence[j].head)


def _joined(around: Surroundings, ranks: Iterable[int]) -> Iterator[Token]:
    """What the parse coordinates to the tokens of these ranks."""
    for rank in ranks:
        yield from (token for token in around.children.get(rank, ()) if token.relation == "conj")


def _ranks(names: Sequence[Known]) -> set[int]:
    """The ranks of the words that name them."""
    return {j for known in names for j in range(known.start, known.end)}


def _head(sentence: Sentence, known: Known) -> int:
    """The rank of the first noun of a name, or of its first word."""
    return next((j for j in range(known.start, known.end) if sentence[j].noun), known.start)
