"""Themes before: which themes the program had found in requests that a person has changed.

Reads requests and actions before and after corrections, themes as they stand after them, set_labels and sentences. A
request whose themes a person has set had those that the decision names as old. One that was rejected, or whose actions
were changed, had the themes whose words, as the evidence of its paragraph tells them, stand in what it asked; else
those of its sentence, as in `content/themes`.

    « ratifier la Convention sur les enfants », rejected -> children-youth
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from pries.review.fields import THEME
from pries.store import batches, rowwise
from pries.store.batches import Table
from pries.store.cells import several

SPAN = re.compile(r"@(\d+):(\d+)(?:; |$)")

Place = tuple[str, str]  # document and paragraph
Span = tuple[int, int]


def run(
    found: pd.DataFrame, found_actions: pd.DataFrame, true: pd.DataFrame, actions: pd.DataFrame, themes: Table,
    now_themes: Mapping[str, list[str]], set_labels: pd.DataFrame, sentences: pd.DataFrame,
) -> dict[str, list[str]]:  # fmt: skip
    """The program's themes of each request where they are not those that stand now."""
    asked, now = spans_of(found_actions), spans_of(actions)
    left = set(true["obligation_id"])
    columns = ("obligation_id", "doc_id", "paragraph", "sentence_id")
    changed = [row for row in rowwise.tuples(found, *columns) if row[0] not in left or asked[row[0]] != now[row[0]]]
    places = {i: (doc, place) for table in (found, true) for i, doc, place, _ in rowwise.tuples(table, *columns)}
    wanted = {(doc, paragraph) for _, doc, paragraph, _ in changed}
    words = evidence(themes, places, wanted) if wanted else {}
    inside = {i: (start, end) for i, start, end in rowwise.tuples(sentences, "sentence_id", "start", "end")}
    made = {}
    for obligation, doc, paragraph, sentence in changed:
        here = words.get((doc, paragraph), {})
        made[obligation] = within(here, asked[obligation]) or within(here, [inside.get(sentence, (0, 0))])
    return set_by_hand(set_labels, now_themes) | made


def spans_of(actions: pd.DataFrame) -> dict[str, list[Span]]:
    """The characters of the actions of each request."""
    found: dict[str, list[Span]] = defaultdict(list)
    for obligation, start, end in rowwise.tuples(actions, "obligation_id", "start", "end"):
        found[obligation].append((start, end))
    return found


def evidence(themes: Table, places: Mapping[str, Place], wanted: set[Place]) -> dict[Place, dict[str, set[Span]]]:
    """By paragraph and theme the characters of the words that name it, in the paragraph or in a request of it."""
    found: dict[Place, dict[str, set[Span]]] = defaultdict(lambda: defaultdict(set))
    for part in batches.each(themes):
        for doc, unit, name, theme, words in rowwise.tuples(part, "doc_id", "unit", "unit_id", "theme", "evidence"):
            place = places.get(name) if unit == "obligation" else (doc, name)
            if place in wanted:
                found[place][theme].update((int(a), int(b)) for a, b in SPAN.findall(words))
    return found


def within(words: Mapping[str, Iterable[Span]], spans: Sequence[Span]) -> list[str]:
    """The themes of which a word stands in one of the spans."""
    return [
        theme
        for theme, named in words.items()
        if any(start <= a and b <= end for a, b in named for start, end in spans)
    ]


def set_by_hand(set_labels: pd.DataFrame, now: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """The themes before decisions on them, which are undone from the last; one that was not applied undoes nothing."""
    given = set_labels[set_labels["field"] == THEME].iloc[::-1]
    made: dict[str, list[str]] = {}
    for obligation, old, new in rowwise.tuples(given, "obligation_id", "old", "new"):
        if set(made.get(obligation, now.get(obligation, []))) == set(several(new)):
            made[obligation] = several(old)
    return made
