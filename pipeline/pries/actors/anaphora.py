"""Anaphora: which noun a pronoun of UN prose stands for, by rules, within the paragraph.

Agreement in number and gender first, then the subject of the nearest sentence before (UN summaries keep one
speaker in subject position), then the nearest mention.

    "Les participants ont… [Ils]participants ont préconisé…"
    "Relativement peu d'[États Membres] ayant entériné…, les participants [les]États Membres ont exhortés"
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pries.actors.pronouns import Pronoun
from pries.base.rules import first


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


Mentions = Sequence[Candidate]


def resolve(pronoun: Pronoun, rank: int, mentions: Mentions) -> tuple[Candidate | None, str]:
    """The mention that `pronoun`, in the sentence of that rank, stands for, and the rule that says so.

    `mentions` are the paragraph's in reading order, those of the pronoun's own sentence included.
    """
    fits = [c for c in mentions if _agrees(pronoun, c) and (c.sentence, c.token) < (rank, pronoun.start)]
    rules = OF_OBJECTS if pronoun.is_object else OF_LATTER if pronoun.latter or pronoun.aside else OF_SUBJECTS
    return first(rules, pronoun, rank, mentions, fits)


def _agrees(pronoun: Pronoun, candidate: Candidate) -> bool:
    plural = True if len(candidate.group) > 1 and pronoun.plural else candidate.plural
    if plural is not None and plural != pronoun.plural:
        return False
    genders = {pronoun.feminine, candidate.feminine}
    return pronoun.partitive or None in genders or len(genders) == 1


def _beside(pronoun: Pronoun, rank: int, mentions: Mentions, fits: Mentions) -> Candidate | None:
    """What its own sentence names before it, but the subject: « aux [États] … les participants les ont exhortés »."""
    own = [c for c in mentions if c.sentence == rank and c.subject and pronoun.clause <= c.token < pronoun.start]
    last = own[-1].mention_id if own else ""
    beside = [c for c in fits if c.sentence == rank and c.mention_id != last and c.end != pronoun.start]
    return beside[-1] if beside else None


def _announced_in_front(pronoun: Pronoun, rank: int, mentions: Mentions, fits: Mentions) -> Candidate | None:
    """The subject behind an adjunct that opens the sentence: « Pour les aider, les [États] … »."""
    return _announced(pronoun, rank, mentions, fits) if pronoun.fronted else None


def _told_last(pronoun: Pronoun, rank: int, mentions: Mentions, fits: Mentions) -> Candidate | None:
    """The last mention of the sentences before: « … aux [États]. Le Comité les a priés »."""
    return next((c for c in reversed(fits) if c.sentence < rank), None)


def _announced(pronoun: Pronoun, rank: int, mentions: Mentions, fits: Mentions) -> Candidate | None:
    """The subject that follows in the sentence: « S'il les y aide, les [États] … »."""
    later = (c for c in mentions if c.sentence == rank and c.token > pronoun.start and c.subject)
    return next((c for c in later if _agrees(pronoun, c)), None)


def _last(pronoun: Pronoun, rank: int, mentions: Mentions, fits: Mentions) -> Candidate | None:
    """The one named last: « Le Conseil a prié le [Comité]; ce dernier … », « les [migrants], qu'ils soient … »."""
    return fits[-1] if fits else None


def _subject_beside(pronoun: Pronoun, rank: int, mentions: Mentions, fits: Mentions) -> Candidate | None:
    """The subject before it in its own sentence: « Les [États] ont dit qu'ils … »."""
    same = [c for c in fits if c.sentence == rank and c.subject and not pronoun.inverted]
    return None if not same else same[0] if pronoun.partitive else same[-1]


def _subject_before(pronoun: Pronoun, rank: int, mentions: Mentions, fits: Mentions) -> Candidate | None:
    """The subject of the nearest of three sentences before: « Les [participants] ont … Ils ont … »."""
    subjects = [c for c in fits if c.subject and rank - 3 <= c.sentence < rank]
    return next((c for c in subjects if c.sentence == subjects[-1].sentence), None)


def _alone(pronoun: Pronoun, rank: int, mentions: Mentions, fits: Mentions) -> Candidate | None:
    """The only mention of its own sentence: « Aux [États], il faut dire qu'ils … »."""
    alone = [c for c in fits if c.sentence == rank]
    return alone[0] if len(alone) == 1 else None


def _near(pronoun: Pronoun, rank: int, mentions: Mentions, fits: Mentions) -> Candidate | None:
    """The last mention of the sentence before, for a plural: « Il en va de même des [États]. Ils … »."""
    near = [c for c in fits if c.sentence == rank - 1]
    return near[-1] if near and pronoun.plural else None


OF_OBJECTS = (_beside, _announced_in_front, _told_last, _announced)
OF_LATTER = (_last,)
OF_SUBJECTS = (_subject_beside, _subject_before, _alone, _near)
