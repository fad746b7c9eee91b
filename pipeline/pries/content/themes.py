"""Themes: what paragraphs and requests are about, by the code book.

Reads paragraphs, sentences, tokens, obligations, actions and set_labels, and the code book that
`settings/themes.toml` names (`codebook` gives the mini-syntax of its patterns); writes themes, one row a unit and
theme. Units are the paragraphs of body and annex, and the obligations. An obligation has the themes of the words that
say what is to be done (its actions); where these name none, those of its sentence, since "Ils ont été priés de les
ratifier" tells elsewhere what *les* are. A weak pattern counts in a paragraph beside another match of its theme only;
in a request it counts, since what is asked is never said in passing. `score` is the number of matches, `evidence` the
words with their characters in the paragraph's text. Where a person has given an obligation other themes (set_labels),
these take the place of what was found; one that no pattern found has score 0.

    Les États ont été priés de publier des données sur les enfants.
    -> data 1 "données@38:45", children-youth 1 "enfants@54:61"
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from pries.base.layers import Folder
from pries.base.places import LEXICONS, SETTINGS
from pries.content.codebook import CodeBook, Match, chosen, pieces_of
from pries.review.fields import THEME
from pries.store import batches, rowwise
from pries.store.batches import Table
from pries.store.cells import several

COLUMNS = ["doc_id", "unit", "unit_id", "theme", "score", "evidence"]

Place = tuple[str, str]  # document and paragraph


def find(codebook: CodeBook, sentences: pd.DataFrame, tokens: pd.DataFrame) -> dict[Place, list[Match]]:
    """All matches of the corpus by document and paragraph, in reading order; one pass over the tokens."""
    paragraphs = {
        (doc, sentence): p for doc, sentence, p in rowwise.tuples(sentences, "doc_id", "sentence_id", "paragraph")
    }
    found: dict[Place, list[Match]] = defaultdict(list)
    words = list(rowwise.tuples(tokens, "form", "lemma", "start", "end"))
    for key, here in rowwise.runs(tokens, "doc_id", "sentence_id"):
        said = words[here.start : here.stop]
        if key in paragraphs and any(codebook.begins(form, lemma) for form, lemma, *_ in said):
            pieces = [piece for word in said for piece in pieces_of(*word)]
            found[key[0], paragraphs[key]] += codebook.find(pieces)
    return found


def within(matches: Sequence[Match], starts: Sequence[int], spans: Iterable[tuple[int, int]]) -> list[Match]:
    """The matches, in the order of their `starts`, that lie inside one of the spans."""
    ranks: set[int] = set()
    for start, end in spans:
        near = range(bisect_left(starts, start), bisect_left(starts, end))
        ranks.update(n for n in near if matches[n].end <= end)
    return [matches[n] for n in sorted(ranks)]


def summarise(matches: Iterable[Match], text: str, themes: Iterable[str]) -> Iterator[tuple[str, int, str]]:
    """Theme, score and evidence for each theme found, in the order of the code book."""
    by_theme: dict[str, list[Match]] = defaultdict(list)
    for match in matches:
        by_theme[match.theme].append(match)
    for theme in themes:
        if theme in by_theme:
            words = "; ".join(f"{text[m.start : m.end]}@{m.start}:{m.end}" for m in by_theme[theme])
            yield theme, len(by_theme[theme]), words


def of_paragraphs(
    codebook: CodeBook, paragraphs: pd.DataFrame, found: Mapping[Place, list[Match]]
) -> Iterator[tuple[str, str, str, str, int, str]]:
    """Rows for the paragraphs of body and annex: themes found twice, or by a pattern that is not weak."""
    for doc_id, paragraph, kind, text in rowwise.tuples(paragraphs, "doc_id", "paragraph", "kind", "text"):
        if kind != "heading":
            matches = found.get((doc_id, paragraph), [])
            times = Counter(m.theme for m in matches)
            enough = [m for m in matches if not m.weak or times[m.theme] > 1]
            for summary in summarise(enough, text, codebook.themes):
                yield (doc_id, "paragraph", paragraph, *summary)


def of_obligations(
    codebook: CodeBook,
    paragraphs: pd.DataFrame,
    sentences: pd.DataFrame,
    obligations: pd.DataFrame,
    actions: pd.DataFrame,
    found: Mapping[Place, list[Match]],
) -> Iterator[tuple[str, str, str, str, int, str]]:
    """Rows for the obligations: themes of the actions' words, else of the sentence."""
    texts = {(doc, p): text for doc, p, text in rowwise.tuples(paragraphs, "doc_id", "paragraph", "text")}
    spans = {
        (doc, s): (start, end)
        for doc, s, start, end in rowwise.tuples(sentences, "doc_id", "sentence_id", "start", "end")
    }
    asked: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for doc_id, obligation, start, end in rowwise.tuples(actions, "doc_id", "obligation_id", "start", "end"):
        asked[doc_id, obligation].append((start, end))
    starts = {place: [match.start for match in matches] for place, matches in found.items()}
    columns = "doc_id", "obligation_id", "paragraph", "sentence_id"
    for doc_id, obligation, paragraph, sentence in rowwise.tuples(obligations, *columns):
        inside, begins = found.get((doc_id, paragraph), []), starts.get((doc_id, paragraph), [])
        matches = within(inside, begins, asked[doc_id, obligation]) or within(inside, begins, [spans[doc_id, sentence]])
        for summary in summarise(matches, texts[doc_id, paragraph], codebook.themes):
            yield (doc_id, "obligation", obligation, *summary)


def as_given(
    rows: Sequence[tuple], obligations: pd.DataFrame, set_labels: pd.DataFrame, themes: Sequence[str]
) -> list[tuple]:  # fmt: skip
    """The rows of the obligations with the themes that a person gave, where those that the person saw still hold."""
    given = set_labels[set_labels["field"] == THEME]
    if given.empty:
        return list(rows)
    place = dict(rowwise.tuples(obligations, "obligation_id", "doc_id"))
    of: dict[str, dict[str, tuple]] = {obligation: {} for obligation in place}
    for row in rows:
        of[row[2]][row[3]] = row
    for obligation, old, new in rowwise.tuples(given, "obligation_id", "old", "new"):
        wanted = set(several(new))
        if set(of[obligation]) == set(several(old)) and wanted <= set(themes):
            blank = {theme: (place[obligation], "obligation", obligation, theme, 0, "") for theme in themes}
            of[obligation] = {theme: of[obligation].get(theme, blank[theme]) for theme in themes if theme in wanted}
    return [row for found in of.values() for row in found.values()]


def parts_of(
    codebook: CodeBook, paragraphs: Table, sentences: Table, tokens: Table, obligations: pd.DataFrame,
    actions: pd.DataFrame, set_labels: pd.DataFrame,
) -> Iterator[pd.DataFrame]:  # fmt: skip
    """The rows of paragraphs part by part, then those of all obligations."""
    asked: list[tuple] = []
    text = paragraphs[["doc_id", "paragraph", "kind", "text"]]
    spans = sentences[["doc_id", "sentence_id", "paragraph", "start", "end"]]
    words = tokens[["doc_id", "sentence_id", "form", "lemma", "start", "end"]]
    for here, said, token in batches.abreast(text, spans, words):
        found = find(codebook, said, token)
        yield pd.DataFrame(of_paragraphs(codebook, here, found), columns=COLUMNS)
        requests, acts = (frame[batches.of_documents(frame, here)] for frame in (obligations, actions))
        asked += of_obligations(codebook, here, said, requests, acts, found)
    yield pd.DataFrame(as_given(asked, obligations, set_labels, codebook.themes), columns=COLUMNS)


def run(
    paragraphs: Table, sentences: Table, tokens: Table, obligations: pd.DataFrame, actions: pd.DataFrame,
    set_labels: pd.DataFrame, *, lexicons: Folder = LEXICONS, settings: Folder = SETTINGS,
) -> dict[str, Any]:  # fmt: skip
    """Themes of paragraphs and obligations; columns as in `schema.TABLES["themes"]`.

    Raises InputError where the code book is broken.
    """
    codebook = chosen(lexicons, settings)
    parts = parts_of(codebook, paragraphs, sentences, tokens, obligations, actions, set_labels)
    return {"themes": batches.like(tokens, parts)}
