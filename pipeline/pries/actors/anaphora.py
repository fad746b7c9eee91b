"""Anaphora: which noun a pronoun of UN prose stands for, by rules, within the paragraph.

Agreement in number and gender first, then the subject of the nearest sentence before (UN summaries keep one
speaker in subject position), then the nearest mention.

    "Les participants ont… [Ils]participants ont préconisé…"
    "Relativement peu d'[États Membres] ayant entériné…, les participants [les]États Membres ont exhortés"
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pries.grammar.morphology import ETRE
from pries.grammar.sentence import PREPOSITIONS, Sentence

SUBJECTS = {"ils": (True, False), "elles": (True, True), "elle": (False, True), "il": (False, False)}
OBJECTS: dict[str, tuple[bool, bool | None]] = {
    "les": (True, None), "leur": (True, None), "lui": (False, None), "l'": (False, None), "le": (False, False),
    "la": (False, True),
}  # fmt: skip
DEMONSTRATIVES = {
    "ceux-ci": (True, False), "celles-ci": (True, True), "celui-ci": (False, False), "celle-ci": (False, True),
    "ceux-là": (True, False), "celle-là": (False, True), "celui-là": (False, False),
}  # fmt: skip
QUANTIFIED = frozenset("certains certaines plusieurs quelques-uns quelques-unes beaucoup tous toutes".split())
LATTER = {
    "ce": (False, False), "cette": (False, True), "ces": (True, None), "celui": (False, False), "celle": (False, True),
    "ceux": (True, False), "celles": (True, True),
}  # fmt: skip
POINTING = frozenset((*DEMONSTRATIVES, *LATTER))
PARTITIVE = QUANTIFIED | {"d'", "un", "une", "quelques"}
# The words with which a pronoun may begin, but for "-t-elle".
BEGIN = POINTING.union(PARTITIVE, SUBJECTS, OBJECTS, ("eux",))
# After "il", what tells an impersonal verb.
IMPERSONAL = frozenset(
    "faut fallait faudra faudrait importe importait importerait convient convenait conviendrait s' y en incombe "
    "incombait appartient appartenait revient revenait existe existait suffit suffisait sied résulte ressort".split()
)
SINGULAR = ("e", "a", "t")  # endings that no plural noun has, and verbs do


@dataclass
class Candidate:
    """A mention that a later pronoun may stand for."""

    mention_id: str
    sentence: int  # rank of the sentence in the paragraph
    token: int  # rank of its head in the sentence
    plural: bool | None
    feminine: bool | None
    subject: bool
    end: int = -1  # the rank after its last token
    group: tuple[str, ...] = ()  # mention_ids of the coordinated phrase it opens


@dataclass
class Pronoun:
    """A pronoun to resolve: its tokens, number, gender, and whether it is the object of a verb."""

    start: int
    end: int
    plural: bool
    feminine: bool | None
    is_object: bool = False
    inverted: bool = False  # "…, a-t-elle ajouté": somebody told of before
    aside: bool = False  # in « les migrants, qu'ils soient … »
    latter: bool = False  # ce dernier, celui-ci: the one named last
    partitive: bool = False  # d'autres, certains: other members of the same group
    clause: int = 0  # the rank after the last conjugated verb before it: where its own clause may begin
    fronted: bool = False  # in an adjunct that opens the sentence, before any main verb


def pronouns(sentence: Sentence) -> list[Pronoun]:
    """The third-person pronouns of a sentence that may stand for actors, in order."""
    found = []
    for i, low in enumerate(sentence.lows):
        if low not in BEGIN and low[0] != "-":
            continue
        bare = low.lstrip("-").removeprefix("t-")
        if (low in SUBJECTS or (low.startswith("-") and bare in SUBJECTS)) and not impersonal(sentence, i):
            aside = sentence.follows(i - 2, ",", "qu'") and sentence.low(i + 1) in ("soient", "aient")
            found.append(Pronoun(i, i + 1, *SUBJECTS[bare], inverted=low.startswith("-"), aside=aside))
        elif low in ("lui", "eux") and sentence.low(i - 1) in ("selon", "après"):
            found.append(Pronoun(i, i + 1, low == "eux", False))
        elif low in POINTING and (latter := _latter(sentence, i)) is not None:
            found.append(Pronoun(i, *latter, latter=True))
        elif low in OBJECTS and _is_object(sentence, i):
            plural, feminine = OBJECTS[low]
            own, fronted = _own_clause(sentence, i), _fronted(sentence)
            gender = feminine if feminine is not None else _agreement(sentence, i)
            found.append(Pronoun(i, i + 1, plural, gender, True, clause=own, fronted=fronted))
        elif low in PARTITIVE and (after := _partitive(sentence, i)) is not None:
            found.append(Pronoun(i, after, True, None, partitive=True))
    return found


def impersonal(sentence: Sentence, i: int) -> bool:
    """Whether "il" at rank `i` is the subject of an impersonal verb ("il a été demandé aux", "il est essentiel de")."""
    if sentence.low(i).lstrip("-").removeprefix("t-") != "il":
        return False
    j = i + 1
    while sentence.low(j) in ("ne", "n'", "lui", "leur", "nous", "me", "m'"):
        j += 1
    if sentence.low(j) in IMPERSONAL:
        return True
    if sentence.low(j).startswith(("demeur", "sembl", "rest", "paraî", "apparaî")):  # "il demeure essentiel de"
        near = [sentence.low(k) for k in range(j + 1, min(j + 6, len(sentence)))]
        return any(word in ("de", "d'", "que", "qu'", "à") for word in near) and "par" not in near
    # il + être (+ été) … de / que: adjective or impersonal passive
    while j < len(sentence) and (
        sentence.low(j) in ETRE
        or sentence.low(j) in ("a", "avait", "aurait", "aura", "doit", "devait", "devrait", "peut")
        or sentence[j].tag == "ADV"
    ):
        j += 1
    if j == i + 1 or j >= len(sentence):
        return False
    head = sentence[j]
    aux = [sentence.low(k) for k in range(i + 1, j)]
    if not any(a in ETRE for a in aux):
        return False
    rest = [sentence.low(k) for k in range(j + 1, min(j + 12, len(sentence)))]
    return head.tag in ("ADJ", "VERB", "NOUN", "AUX") and any(
        w in ("de", "d'", "que", "qu'", "à", "aux", "au") for w in rest[:8]
    )


def _is_object(sentence: Sentence, i: int) -> bool:
    """Whether a clitic, not an article, stands at `i`."""
    token, after = sentence[i], sentence[i + 1] if i + 1 < len(sentence) else None
    if after is None:
        return False
    if token.low in ("l'", "le", "la"):
        return after.finite and after.low != "on"
    if after.low in ("en", "y"):
        return True
    if token.low == "les" and (token.tag == "DET" or after.noun):  # an article has a plural after it: « les invite »
        return after.tag != "NUM" and after.form.isalpha() and after.form.islower() and after.low.endswith(SINGULAR)
    return after.tag in ("VERB", "AUX")


def _agreement(sentence: Sentence, i: int) -> bool | None:
    """The gender that a participle after the clitic shows (« les ont priées » is feminine)."""
    for j in range(i + 1, min(i + 8, len(sentence))):
        low = sentence.low(j)
        if low.endswith("ées"):
            return True
        if low.endswith("és"):
            return False
    return None


def _latter(sentence: Sentence, i: int) -> tuple[int, bool, bool | None] | None:
    """The rank after "ce dernier", "ceux-ci" or "celui-là", with number and gender, for a word that points."""
    low = sentence.low(i)
    if low in DEMONSTRATIVES:
        return i + 1, *DEMONSTRATIVES[low]
    after = sentence.low(i + 1)
    last = after in ("dernier", "dernière", "derniers", "dernières") and not (
        i + 2 < len(sentence) and sentence[i + 2].noun
    )
    near = after in ("-ci", "-là", "ci", "-") and low.startswith("ce")
    if (low in ("ce", "cette", "ces") and not last) or (low not in ("ce", "cette", "ces") and not near):
        return None
    return (i + 3 if after == "-" else i + 2), *LATTER[low]


def _own_clause(sentence: Sentence, i: int) -> int:
    """The rank after the last conjugated verb before a clitic."""
    return next((j + 1 for j in range(i - 1, -1, -1) if sentence[j].finite), 0)


def _fronted(sentence: Sentence) -> bool:
    """Whether the sentence opens with an adjunct ("Compte tenu de …", "Conformément à …", "Étant donné …")."""
    return sentence.low(0) in PREPOSITIONS | {"compte", "conformément", "étant", "vu", "eu"} or sentence[0].gerund


def _partitive(sentence: Sentence, i: int) -> int | None:
    """The rank after "d'autres", "certains", "plusieurs d'entre eux" used as a pronoun."""
    if sentence.follows(i, "d'", "autres") and i + 2 < len(sentence) and _verbal(sentence, i + 2):
        return i + 2
    if (
        sentence.low(i) in ("un", "une")
        and sentence.low(i + 1) in ("d'", "des")
        and sentence.low(i + 2) in ("eux", "elles", "entre")
    ):
        return i + (4 if sentence.low(i + 2) == "entre" else 3)
    if sentence.follows(i, "quelques", "-") and sentence.low(i + 2) in ("uns", "unes"):
        return i + 3
    if sentence.low(i) in QUANTIFIED:
        if (
            sentence.low(i + 1) in ("d'", "de")
            and sentence.low(i + 2) == "entre"
            and sentence.low(i + 3) in ("eux", "elles")
        ):
            return i + 4
        if i + 1 < len(sentence) and _verbal(sentence, i + 1) and (i == 0 or sentence[i - 1].tag == "PUNCT"):
            return i + 1
    return None


def _verbal(sentence: Sentence, i: int) -> bool:
    return sentence[i].tag in ("VERB", "AUX") or sentence.low(i) in ("ont", "ne", "n'", "se", "s'")


def resolve(pronoun: Pronoun, rank: int, before: Sequence[Candidate]) -> Candidate | None:
    """The mention that `pronoun`, in the sentence of that rank, stands for; None where no rule finds one.

    `before` holds the paragraph's mentions in reading order, those of the pronoun's own sentence included.
    """
    fits = [c for c in before if _agrees(pronoun, c) and (c.sentence, c.token) < (rank, pronoun.start)]
    if pronoun.is_object:
        own = [c for c in before if c.sentence == rank and c.subject and pronoun.clause <= c.token < pronoun.start]
        last = own[-1].mention_id if own else ""
        others = [c for c in fits if c.sentence == rank and c.mention_id != last and c.end != pronoun.start]
        if others:
            return others[-1]
        earlier = [c for c in fits if c.sentence < rank]
        announced = _after(pronoun, rank, before) if pronoun.fronted else None
        return announced or (earlier[-1] if earlier else _after(pronoun, rank, before))
    if pronoun.latter or pronoun.aside:
        return fits[-1] if fits else None
    same = [c for c in fits if c.sentence == rank and c.subject and not pronoun.inverted]
    if same:
        return same[0] if pronoun.partitive else same[-1]
    for distance in range(1, 4):
        subjects = [c for c in fits if c.sentence == rank - distance and c.subject]
        if subjects:
            return subjects[0]
    alone = [c for c in fits if c.sentence == rank]
    if len(alone) == 1:
        return alone[0]
    near = [c for c in fits if c.sentence == rank - 1]
    return near[-1] if near and pronoun.plural else None


def _after(pronoun: Pronoun, rank: int, mentions: Sequence[Candidate]) -> Candidate | None:
    """A pronoun in a fronted adjunct announces the subject that follows in the sentence."""
    later = [
        c for c in mentions if c.sentence == rank and c.token > pronoun.start and c.subject and _agrees(pronoun, c)
    ]
    return later[0] if later else None


def _agrees(pronoun: Pronoun, candidate: Candidate) -> bool:
    plural = True if len(candidate.group) > 1 and pronoun.plural else candidate.plural
    if plural is not None and plural != pronoun.plural:
        return False
    return (
        pronoun.feminine is None
        or candidate.feminine is None
        or candidate.feminine == pronoun.feminine
        or pronoun.partitive
    )
