"""Oddities: documents whose requests the rules may have missed, for each file that has some.

A text without a finite verb is a list, a table, or no French. Items that begin with an infinitive and that nothing
announces may be recommendations, or aims: only a person knows, and the setting `recommendations` says it.

    "Créer un fonds. / Former les juges. / Ouvrir les archives." -> 3 infinitives, unannounced, with the first line
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

import numpy as np
import pandas as pd

from pries.grammar.morphology import INFINITIVE
from pries.grammar.words import REFERS
from pries.store import rowwise

STAGE = "reading"  # the document is read all the same
WORDS = 30  # of a text, from which it has a finite verb
FEWEST = 3  # unannounced infinitives of a file
NEAR = 5  # tokens at the head of a sentence among which its infinitive stands, after marks and numbers
VERBS = ("VERB", "AUX")  # their moods are often mistaken at the head of an item, their forms are not
BEFORE = frozenset(("PUNCT", "NUM", "SYM", "SPACE", "X"))
SAY_SO = (
    "if it recommends, say so: a table's column is called recommandation, metadata.csv has kind = recommandations, "
    "or obligations.toml recommendations = true"
)
Place = tuple[str, str]


def oddities(
    paragraphs: pd.DataFrame, sentences: pd.DataFrame, tokens: pd.DataFrame, documents: pd.DataFrame | None,
    asked: Collection[Place],
) -> list[tuple]:  # fmt: skip
    """Rows of the table of oddities; `asked` are the paragraphs with a request: (doc_id, paragraph)."""
    if documents is None or documents.empty:
        return []
    lines = {(d, p): line for d, p, line in rowwise.tuples(paragraphs, "doc_id", "paragraph", "line_start")}
    files = {d: (file, kind in TABLES) for d, file, kind in rowwise.tuples(documents, "doc_id", "file", "format")}
    asking = {doc_id for doc_id, _ in asked}
    verbless, silent = _verbless(tokens, asking, files)
    times = Counter(sentences["doc_id"].tolist()) if silent else {}
    titles = [doc_id for doc_id in silent if times.get(doc_id, 0) < 2 and not files[doc_id][1]]
    bare = [place for place in _bare(sentences, tokens) if place not in asked and place[0] in files]
    return [
        *_told(verbless, files, NO_VERB, f"look at it; {SAY_SO}"),
        *_told(titles, files, NO_TEXT, "look at it, or take it out of the folder"),
        *_listed(bare, files, lines),
    ]


TABLES = ("csv", "jsonl", "xlsx")  # a document a row
NO_VERB = "no finite verb in its text"
NO_TEXT = "nothing but a title or a few words in it"


def _verbless(
    tokens: pd.DataFrame, asking: Collection[str], files: dict[str, tuple[str, bool]]
) -> tuple[list[str], list[str]]:
    """The documents without a finite verb, nor a request: those of some length, and the others."""
    verbal = set(tokens["doc_id"][tokens["morph"].str.contains("VerbForm=Fin", regex=False)].unique())
    silent = [doc_id for doc_id in files if doc_id not in verbal and doc_id not in asking]
    words = tokens.loc[tokens["doc_id"].isin(silent), ["doc_id", "tag"]] if silent else tokens[:0]
    sizes = words.loc[words["tag"] != "PUNCT", "doc_id"].value_counts(sort=False)
    verbless = [doc_id for doc_id in silent if sizes.get(doc_id, 0) >= WORDS]
    return verbless, [doc_id for doc_id in silent if sizes.get(doc_id, 0) < WORDS]


def _bare(sentences: pd.DataFrame, tokens: pd.DataFrame) -> Iterator[Place]:
    """The paragraphs that begin with an infinitive, once for each sentence in them that does so."""
    near = tokens["i"].to_numpy() < NEAR
    verbs = np.flatnonzero(near & tokens["tag"].isin(VERBS).to_numpy())
    verbs = verbs[rowwise.each(_like_an_infinitive, tokens["read"].iloc[verbs])]
    if not len(verbs):
        return
    ids = tokens["sentence_id"]
    heads = tokens[near & ids.isin(ids.iloc[verbs].unique()).to_numpy()]  # of few sentences
    homes = {s: (d, p, n) for d, p, s, n in rowwise.tuples(sentences, "doc_id", "paragraph", "sentence_id", "sentence")}
    open_sentence, waiting = "", False  # whether only marks and numbers have stood in the sentence so far
    begun: set[Place] = set()
    for sentence, tag, form in rowwise.tuples(heads, "sentence_id", "tag", "read"):
        if sentence != open_sentence:
            open_sentence, waiting = sentence, True
        if not waiting:
            continue
        low = form.lower()
        if tag in VERBS and _like_an_infinitive(form) and sentence in homes and low not in REFERS:
            doc_id, paragraph, rank = homes[sentence]
            begun |= {(doc_id, paragraph)} if rank == 1 else set()
            if (doc_id, paragraph) in begun:
                yield doc_id, paragraph
        waiting = tag in BEFORE or len(form) == 1


def _like_an_infinitive(form: str) -> bool:
    return INFINITIVE.search(form.lower()) is not None


def _told(doc_ids: list[str], files: dict[str, tuple[str, bool]], problem: str, remedy: str) -> Iterator[tuple]:
    """One row for each file, with how many of its documents are meant where it is a table of texts."""
    times = Counter(files[doc_id][0] for doc_id in doc_ids if doc_id in files)
    for file, count in times.items():
        doc_id = next(one for one in doc_ids if files.get(one, ("",))[0] == file)
        several = f"{problem}, in {count} of its texts" if files[doc_id][1] else problem
        yield file, "" if files[doc_id][1] else doc_id, 0, STAGE, several, remedy


def _listed(bare: list[Place], files: dict[str, tuple[str, bool]], lines: dict[Place, int]) -> Iterator[tuple]:
    times = Counter(files[doc_id][0] for doc_id, _ in bare)
    for file, count in times.items():
        place = next(one for one in bare if files[one[0]][0] == file)
        if count < FEWEST:
            continue
        what = f"{count} sentences that begin with an infinitive and that nothing announces"
        table = files[place[0]][1]
        yield file, "" if table else place[0], 0 if table else lines[place], STAGE, what, SAY_SO
