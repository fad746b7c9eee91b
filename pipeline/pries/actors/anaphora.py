"""Anaphora: which noun a pronoun of UN prose stands for, within the paragraph.

Agreement in number and gender first, and an object is never who its own verb has as a subject; then who is most
salient (`salience`); then, where nobody stands before the pronoun, who follows it.

    "Les participants ont… [Ils]participants ont préconisé…"
    "Relativement peu d'[États Membres] ayant entériné…, les participants [les]États Membres ont exhortés"
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from pries.actors.mentions import LIKELY, PERSON
from pries.actors.salience import Candidate, Weights, best
from pries.actors.standing import Pronoun
from pries.base.rules import first

Mentions = Sequence[Candidate]
FARTHEST = 3  # sentences
WHOSE = re.compile(r" (?:de |du |des |d'|d’)")  # before whose somebody is
TOGETHER = ("subject", "object", "dative")  # a plural stands for all who were told together there


def renamed(name: str, whose: str) -> str:
    """A name with another complement: "délégué du Togo", "du Bénin" -> "délégué du Bénin"."""
    return f"{WHOSE.split(name, maxsplit=1)[0]} {whose}"


def resolve(
    pronoun: Pronoun, rank: int, mentions: Mentions, weights: Weights | None = None
) -> tuple[Candidate | None, str]:
    """The mention that `pronoun`, in the sentence of that rank, stands for, and the rule that says so.

    `mentions` are the paragraph's in reading order, those of the pronoun's own sentence included.
    """
    return first(RULES, pronoun, rank, mentions, possible(pronoun, rank, mentions), weights or {})


def _agrees(pronoun: Pronoun, candidate: Candidate) -> bool:
    plural = True if len(candidate.group) > 1 and pronoun.plural else candidate.plural
    if plural is not None and plural != pronoun.plural and not pronoun.either:
        return False
    if len(candidate.group) > 1 and pronoun.plural:  # « la FAO et le PAM … Ils », « la FAO et la Banque … Elles »
        return candidate.women in (None, pronoun.feminine) or pronoun.feminine is None
    actor = candidate.mention_id or not candidate.thing
    doubtful = candidate.plural and actor  # the tagger's gender of « les préfets »
    sure = candidate.guessed if candidate.feminine is None and not doubtful else candidate.feminine
    genders = {pronoun.feminine, sure}
    return pronoun.partitive or None in genders or len(genders) == 1


def possible(pronoun: Pronoun, rank: int, mentions: Mentions) -> list[Candidate]:
    """Those before it that agree; not what stands right before, and for an object not the subject of its own clause."""
    near = [
        c for c in mentions
        if (c.sentence, c.token) < (rank, pronoun.start) and c.sentence >= rank - FARTHEST and not c.remote
        and _agrees(pronoun, c)
    ]  # fmt: skip
    near = _outermost(near)
    if pronoun.inverted:  # "La dette, a-t-elle ajouté": somebody told of before
        beside = pronoun.opens_aside  # « Ce dernier, a-t-il ajouté, doit »: somebody else
        near = [
            c for c in near
            if c.sentence < rank or (c.pronominal and c.end != beside) or c.token < pronoun.opens
        ]  # fmt: skip
    if pronoun.view:  # "L'État, selon elle, doit": somebody else
        near = [c for c in near if c.sentence < rank or c.end < pronoun.start - 3]
    if pronoun.behind_comma and pronoun.resumes is None:  # « À la [régie], elle recommande de »: somebody else
        near = [c for c in near if not (c.sentence == rank and c.role == "dative" and c.end == pronoun.start - 1)]
    if not pronoun.is_object and pronoun.own is None:
        return near
    mine = [c for c in mentions if c.sentence == rank and c.token < pronoun.start]
    own = [c for c in mine if (c.token == pronoun.own if pronoun.own is not None else _in_clause(pronoun, c))]
    beside = -1 if pronoun.reduced else pronoun.start
    others = [c for c in near if not (c.sentence == rank and c.end == beside)]
    others = [c for c in others if not (own and own[-1].pronominal and c.mention_id in own[-1].group)]
    barred = _together(own[-1], mine) if own else []
    return [c for c in others if not any(_same(c.name, one.name) for one in barred)]


def _together(subject: Candidate, mentions: Mentions) -> list[Candidate]:
    """A subject and those named with it: « Son [fils] et sa [veuve] lui ont ordonné de partir »."""
    return [c for c in mentions if c is subject or (subject.mention_id and subject.mention_id in c.group)]


def _outermost(candidates: Mentions) -> list[Candidate]:
    """Those that stand inside the name of no other: of « les [délégués] des éleveurs … Ils » the first alone.

    They come in reading order, so that the farthest end of those before tells.
    """
    kept: list[Candidate] = []
    for _, group in groupby(candidates, key=lambda c: c.sentence):
        farthest = -1
        for token, told in groupby(group, key=lambda c: c.token):
            here = list(told)
            if token >= farthest:
                kept.extend(here)
            farthest = max(farthest, *(c.end for c in here))
    return kept


def _same(name: str, other: str) -> bool:
    """Whether one of two names may be the other cut short: « Le Conseil municipal de Brest … Le Conseil lui »."""
    short, long = sorted((name, other), key=len)
    return long == short or long.startswith(short + " ")


def _in_clause(pronoun: Pronoun, candidate: Candidate) -> bool:
    return candidate.subject and pronoun.clause <= candidate.token


def _nth(pronoun: Pronoun, rank: int, mentions: Mentions, fits: Mentions, weights: Weights) -> Candidate | None:
    """One of those who were named together last: « L'Autriche et la [Belgique] …; la seconde … »."""
    if pronoun.nth is None:
        return None
    before = [c for c in mentions if (c.sentence, c.token) < (rank, pronoun.start) and not c.pronominal]
    group = next((c.group for c in reversed(before) if len(c.group) > 1 and c.sentence >= rank - FARTHEST), ())
    members = [c for c in before if c.mention_id in group]
    chosen = members[pronoun.nth] if members and pronoun.nth < len(members) else None
    alone = None if chosen is None else replace(chosen, group=())
    return alone if alone is not None and _agrees(pronoun, alone) else None


def _speaks_on(pronoun: Pronoun, rank: int, mentions: Mentions, fits: Mentions, weights: Weights) -> Candidate | None:
    """Who spoke in an aside before: « Il faut agir, a noté le [sénateur]. La loi doit, a-t-il ajouté, … »."""
    before = next((c for c in reversed(fits) if c.sentence < rank and c.asking), None)
    return before if pronoun.inverted and pronoun.asking and before is not None and before.speaks else None


def _of_another(pronoun: Pronoun, rank: int, mentions: Mentions, fits: Mentions, weights: Weights) -> Candidate | None:
    """Who was named last with whose it is: « Le [délégué du Togo] prie …; celui du Bénin … »."""
    like = (c for c in reversed(fits) if not c.pronominal and WHOSE.search(c.name))
    return next(like, None) if pronoun.another else None


def _of_the_same(pronoun: Pronoun, rank: int, mentions: Mentions, fits: Mentions, weights: Weights) -> Candidate | None:
    """Of whom some were told just before: « Deux d'entre [eux] ont signé ; un troisième a refusé »."""
    some = (c for c in reversed(fits) if c.sentence == rank and c.pronominal and c.plural)
    return next(some, None) if pronoun.either else None


def _resumed(pronoun: Pronoun, rank: int, mentions: Mentions, fits: Mentions, weights: Weights) -> Candidate | None:
    """Whom « quant à … » names: « Quant aux [maires], il leur incombe d'agir »."""
    if pronoun.resumes is None:
        return None
    return next((c for c in fits if c.sentence == rank and pronoun.resumes < c.token < pronoun.start), None)


def _announced_in_front(
    pronoun: Pronoun, rank: int, mentions: Mentions, fits: Mentions, weights: Weights
) -> Candidate | None:
    """The subject behind an adjunct that opens the sentence: « Pour les aider, les [États] … »."""
    beside = any(c.sentence == rank for c in fits)
    fronted = pronoun.is_object and pronoun.fronted and not beside
    return _announced(pronoun, rank, mentions, fits, weights) if fronted else None


def _most_salient(
    pronoun: Pronoun, rank: int, mentions: Mentions, fits: Mentions, weights: Weights
) -> Candidate | None:
    """Who has most weight: « Le [Comité] remercie la délégation de l'État. Il … »."""
    alone = pronoun.nth is None and not pronoun.another
    found = best(pronoun, rank, fits, weights) if fits and alone else None
    if found is not None and pronoun.plural and not pronoun.latter and found.role in TOGETHER:
        # « Les maires, les préfets et les [juges] doivent agir ; il leur est demandé de »: all of them
        found = next((c for c in fits if len(c.group) > 1 and found.mention_id in c.group), found)
    if found is None or not found.thing:
        return found
    if found.mention_id:
        willed = pronoun.asking or found.asking or (pronoun.own is not None and not pronoun.is_object)
        return found if willed or found.odds >= (LIKELY if pronoun.deed else PERSON) else None
    asks = found.asking or (pronoun.asking and found.sentence < rank)  # then it is somebody, whatever noun names it
    return found if asks else None


def _announced(pronoun: Pronoun, rank: int, mentions: Mentions, fits: Mentions, weights: Weights) -> Candidate | None:
    """The subject that follows in the sentence: « S'il les y aide, les [États] … »."""
    if not pronoun.is_object:
        return None
    later = (
        c for c in mentions
        if c.sentence == rank and c.token > pronoun.start and c.subject and c.role != "embedded subject" and not c.thing
    )  # fmt: skip
    return next((c for c in later if _agrees(pronoun, c)), None)


def _whoever(pronoun: Pronoun, rank: int, mentions: Mentions, fits: Mentions, weights: Weights) -> Candidate | None:
    """A noun that no lexicon knows, where the verb has somebody as its subject: « l’avis de la [mission]. Elle … »."""
    if fits or not pronoun.asking or pronoun.is_object:
        return None
    before = [c for c in mentions if c.remote and c.sentence in (rank - 1, rank) and _agrees(pronoun, c)]
    near = [c for c in before if (c.sentence, c.token) < (rank, pronoun.start - 2)]
    return near[-1 if pronoun.latter else 0] if near else None


RULES = (
    _nth,
    _of_another,
    _of_the_same,
    _resumed,
    _speaks_on,
    _announced_in_front,
    _most_salient,
    _announced,
    _whoever,
)
