"""What marks a group of requests: the terms and actions that it has more than the others.

A term is a noun, a noun with its adjective, or a noun of a noun, known by its lemmas and shown in the form
that the group has most often. A term (or action) that `n` of the group's `N` requests have, and `f` of
all `F`, scores n · ln((n / N) / (f / F)), its part in the Kullback-Leibler divergence of the group from the
whole. The score describes; the groups were made on the same words, so it tests nothing.

    agences de recrutement: 3 of 5 requests in the group, 3 of 90 in all -> 3 · ln(0.6 / 0.033) = 8.67
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pries.content.request_words import Request, Words

Term = tuple[str, ...]  # lemmas
NOUNS, BETWEEN = frozenset({"NOUN", "PROPN"}), frozenset({"de", "d'", "d’", "des", "du"})
ARTICLES = frozenset({"l'", "l’", "la"})


def terms(words: Words, request: Request) -> dict[Term, str]:
    """The terms of one request with the form in which it has them first."""
    found: dict[Term, str] = {}
    content = set(request.content)
    rows = request.rows
    for at, row in enumerate(rows):
        if row not in content or words.tag[row] not in NOUNS:
            continue
        for length in _lengths(words, rows[at : at + 8], content):
            span = rows[at : at + length]
            key = tuple(words.lemma[r] for r in span if r in content)
            found.setdefault(key, surface(words, span))
    return found


def _lengths(words: Words, rows: Sequence[int], content: Collection[int]) -> list[int]:
    """How many rows the terms that begin here take: the noun alone, with its adjective, with a noun."""
    noun = 1
    while noun < len(rows) and _glued(words, rows[noun - 1], rows[noun]):  # main-d’œuvre is four rows
        noun += 1
    lengths, rest = [noun], rows[noun:]
    if rest and rest[0] in content and words.tag[rest[0]] in {"ADJ", *NOUNS}:
        lengths.append(noun + 1)  # droits fondamentaux, États Membres, problématique hommes-femmes
    if len(rest) > 1 and words.form[rest[0]] in BETWEEN:
        at = 2 if len(rest) > 2 and words.form[rest[1]] in ARTICLES else 1
        if rest[at] in content and words.tag[rest[at]] in NOUNS:
            lengths.append(noun + at + 1)
    return lengths


def _glued(words: Words, before: int, row: int) -> bool:
    hyphen = "-" in (words.form[before], words.form[row]) or words.form[before].endswith(("'", "’"))
    return hyphen and words.start[row] == words.end[before]


def surface(words: Words, rows: Sequence[int]) -> str:
    """The words as they stand, with the spaces of the text."""
    text = ""
    for before, row in zip([None, *rows], rows, strict=False):
        text += (" " if before is not None and words.start[row] > words.end[before] else "") + words.text[row]
    return text


@dataclass(frozen=True)
class Mark:
    """A term of a group, how it is shown, how many of the group's requests have it, and its score."""

    term: Term
    text: str
    requests: int
    score: float


def counted(having: Sequence[Mapping[Term, str]]) -> Counter[Term]:
    """How many of all requests have each term."""
    return Counter(term for request in having for term in request)


def marks(having: Sequence[Mapping[Term, str]], members: Sequence[int], everywhere: Mapping[Term, int]) -> list[Mark]:
    """The terms of the group `members` of all requests `having`, best first; only those it has more often.

    `everywhere` is what is `counted` of all, once for all groups. At equal scores the longer term comes
    first, since it says more, then the one that appears first.
    """
    inside = Counter(term for m in members for term in having[m])
    texts: dict[Term, Counter[str]] = {}
    for m in members:
        for term, text in having[m].items():
            texts.setdefault(term, Counter())[text] += 1
    found = []
    for term, n in inside.items():
        score = contrast(n, len(members), everywhere[term], len(having))
        if score > 0:
            text = min(texts[term].items(), key=lambda item: (-item[1], item[0]))[0]
            found.append(Mark(term, text, n, score))
    return sorted(found, key=lambda m: (-round(m.score, 9), -len(m.term)))


def contrast(n: int, size: int, f: int, total: int) -> float:
    """n · ln((n / size) / (f / total)), 0 or less where the group has the term no more than the whole."""
    return n * math.log(n * total / (size * f))


def choose(found: Sequence[Mark], most: int, seen: Collection[str] = (), least: float = 0) -> list[Mark]:
    """The first `most` marks that share no lemma with one another or with `seen`; `least` requests have them.

    A word gives way to a longer term that holds it in half of its requests and in two at least (or in its
    only one): *pays d’origine*, not *pays*.
    """
    chosen: list[Mark] = []
    used = set(seen)
    for mark in found:
        if len(chosen) == most:
            break
        if mark.requests < least or not used.isdisjoint(mark.term):
            continue
        enough = max(min(2, mark.requests), mark.requests / 2)
        longer = [m for m in found if m.requests >= enough and set(mark.term) < set(m.term)]
        free = [m for m in longer or [mark] if used.isdisjoint(m.term)]
        if free:
            chosen.append(max(free, key=lambda m: (len(m.term), m.requests)))
            used.update(chosen[-1].term)
    return chosen
