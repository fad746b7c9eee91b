"""Concordance: every place where words stand, aligned, with what is around them (keyword in context).

    .venv/bin/pries kwic "priés de"                  these forms, case apart
    .venv/bin/pries kwic --by lemma "prier de"       these lemmas
    .venv/bin/pries kwic --by regex "pri[ée]e?s? d"  a regular expression on the text
    .venv/bin/pries kwic --by actor "États Membres"  mentions, pronouns included, of an actor

    A/68/370, par. 12   Les gouvernements ont été [priés de] ratifier les conventions

Reads the tables of a run (make first); `--csv FILE` writes doc_id, paragraph, start, end, left, keyword,
right, the first two as in every table and `text[start:end]` being the keyword.
"""

from __future__ import annotations

import re
import shutil
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from pries.base import console, errors
from pries.base.errors import InputError
from pries.segmentation.citation import citation
from pries.store import files

WAYS = ("form", "lemma", "regex", "actor")
WIDTH = 100  # of the terminal where none is known


Span = tuple[str, str, int, int]  # doc_id, paragraph, start, end


def spans_of_words(tokens: pd.DataFrame, sentences: pd.DataFrame, words: str, by: str) -> Iterator[Span]:
    """Where the words stand one after the other, as forms or lemmas: doc_id, paragraph, start, end."""
    wanted = [plain(word) for word in re.findall(r"\w+['’]|[\w-]+|[^\w\s]", words)]
    keys = zip(sentences["doc_id"], sentences["sentence_id"], strict=True)
    home = dict(zip(keys, sentences["paragraph"], strict=True))
    column = [plain(word) for word in tokens[by]]
    doc, sentence, start, end = (tokens[c].tolist() for c in ("doc_id", "sentence_id", "start", "end"))
    for at in range(len(column) - len(wanted) + 1):
        last = at + len(wanted) - 1
        if column[at : last + 1] == wanted and (doc[at], sentence[at]) == (doc[last], sentence[last]):
            yield doc[at], home[doc[at], sentence[at]], start[at], end[last]


def plain(word: str) -> str:
    """Small letters, straight apostrophes."""
    return word.lower().replace("’", "'")


def spans_of_pattern(paragraphs: pd.DataFrame, pattern: re.Pattern[str]) -> Iterator[Span]:
    """Where a regular expression matches: doc_id, paragraph, start, end."""
    for doc, paragraph, text in zip(paragraphs["doc_id"], paragraphs["paragraph"], paragraphs["text"], strict=True):
        yield from ((doc, paragraph, m.start(), m.end()) for m in pattern.finditer(text) if m.end() > m.start())


def concordance(paragraphs: pd.DataFrame, spans: Iterable[Span], around: int) -> pd.DataFrame:
    """The places with `around` characters on each side, cut at words: the columns of `--csv`."""
    texts = dict(zip(zip(paragraphs["doc_id"], paragraphs["paragraph"], strict=True), paragraphs["text"], strict=True))
    rows = []
    for doc, paragraph, start, end in spans:
        text = texts[doc, paragraph]
        left, right = text[max(0, start - around) : start], text[end : end + around]
        left = left if start <= around else left.partition(" ")[2]
        right = right if end + around >= len(text) else right.rpartition(" ")[0]
        rows.append((doc, paragraph, start, end, left, text[start:end], right))
    return pd.DataFrame(rows, columns=["doc_id", "paragraph", "start", "end", "left", "keyword", "right"])


def aligned(found: pd.DataFrame, sources: dict[str, str], width: int) -> Iterator[str]:
    """The lines of the concordance, keywords one under the other, as wide as the terminal."""
    places = [citation(sources.get(d, d), p) for d, p in zip(found["doc_id"], found["paragraph"], strict=True)]
    margin = max(map(len, places), default=0)
    side = max(10, (width - margin - 4 - max(map(len, found["keyword"]), default=0)) // 2)
    for place, left, keyword, right in zip(places, found["left"], found["keyword"], found["right"], strict=True):
        yield f"{place:<{margin}}  {left[-side:]:>{side}}[{keyword}]{right[:side]}"


def search(outputs: Path, words: str, by: str, around: int) -> tuple[pd.DataFrame, dict[str, str]]:
    """The concordance in the tables of a run, and the documents' symbols. Raises InputError where it cannot be made."""
    if by not in WAYS:
        raise InputError("kwic", f"words cannot be sought by '{by}'", f"use one of {', '.join(WAYS)}")
    work = outputs / ".work"
    paragraphs, documents = (files.read_parquet(work / f"{name}.parquet") for name in ("paragraphs", "documents"))
    spans: Iterable[Span]
    if by == "regex":
        try:
            spans = spans_of_pattern(paragraphs, re.compile(words))
        except re.error as error:
            problem = f"'{words}' is no regular expression ({error})"
            raise InputError("kwic", problem, "correct it, or search by form") from None
    elif by == "actor":
        actors = files.read_parquet(work / "actors.parquet")
        kept = actors[[plain(actor) == plain(words) for actor in actors["actor"]]]
        spans = zip(kept["doc_id"], kept["paragraph"], kept["start"], kept["end"], strict=True)
    else:
        tokens, sentences = (files.read_parquet(work / f"{name}.parquet") for name in ("tokens", "sentences"))
        spans = spans_of_words(tokens, sentences, words, by)
    symbols = {doc: symbol or doc for doc, symbol in zip(documents["doc_id"], documents["symbol"], strict=True)}
    return concordance(paragraphs, spans, around), symbols


def arguments(parser: ArgumentParser) -> None:
    """The options of `pries kwic`."""
    parser.add_argument("words", help="what to look for")
    parser.add_argument("--by", choices=WAYS, default="form", help="what the words are (default: form)")
    parser.add_argument("--outputs", type=Path, default=Path("outputs"), metavar="DIR", help="in: a run's outputs")
    parser.add_argument("--around", type=int, default=80, metavar="N", help="characters on each side (default 80)")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="out: the concordance as a table")


def command(options: Namespace) -> None:
    """Print a concordance, or write it as CSV."""
    found, symbols = search(options.outputs, options.words, options.by, max(0, options.around))
    if options.csv:
        files.write_text(options.csv, found.to_csv(index=False, lineterminator="\n"))
    else:
        for line in aligned(found, symbols, shutil.get_terminal_size((WIDTH, 24)).columns):
            print(errors.printable(line))
    console.say("kwic", f"{len(found):,} places")
