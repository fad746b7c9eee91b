"""Active forms: the text segments of a corpus, and which of them has which forms, counted part by part.

Active are the lemmas of some word classes that are no stop words and stand in enough of the segments that are
classified. Kept in memory are the ones of that table, and of each segment a few numbers; the segments themselves wait
on the disk until they have a class.

    « Les gouvernements ont été priés de ratifier la Convention. » -> gouvernement, prier, ratifier, convention
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from pries.grammar import content_words
from pries.store import batches
from pries.textometry import contingency
from pries.textometry import text_segments as cutting


@dataclass(frozen=True)
class Forms:
    """The active forms: their names, their word classes, and which segment has which (0/1)."""

    terms: list[str]
    tags: list[str]
    table: sparse.csr_array


class Counts:
    """The active forms of the segments, counted part by part."""

    def __init__(self, tags: Iterable[str], stopwords: frozenset[str]) -> None:
        self.stopwords = stopwords
        self.rank: dict[str, int] = {}
        self.having: list[sparse.csr_array] = []  # segments × lemmas, of one part after the other
        self.times: dict[str, Counter[int]] = {tag: Counter() for tag in sorted(set(tags))}

    def add(self, tokens: pd.DataFrame, of: np.ndarray, active: np.ndarray) -> None:
        """The forms of the segments `active` (those that are classified); `of`: the segment of each token."""
        tag, lemma = tokens["tag"], tokens["lemma"].str.lower().str.replace("’", "'")
        content = tag.isin(list(self.times)).to_numpy() & ~lemma.isin(self.stopwords).to_numpy()
        content &= np.append(active, False)[of]  # a token in no segment: -1, the last
        content[content] = [content_words.letters(form) > 1 for form in tokens["form"].to_numpy()[content]]
        codes, names = pd.factorize(lemma[content])
        codes = np.array([self.rank.setdefault(name, len(self.rank)) for name in names], dtype=np.int32)[codes]
        ones = np.ones(len(codes), dtype=np.int8)
        table = sparse.csr_array((ones, (of[content].astype(np.int32), codes)), shape=(len(active), len(self.rank)))
        table.data[:] = 1
        self.having.append(table)
        for kind, times in self.times.items():
            times.update(codes[(tag[content] == kind).to_numpy()].tolist())

    def forms(self, least: int) -> Forms:
        """Those that stand in `least` segments, in alphabetical order; the word class is the one that comes most."""
        for table in self.having:
            table.resize(table.shape[0], len(self.rank))
        table = sparse.vstack(self.having, format="csr")
        spread = table.sum(axis=0, dtype=np.int64)
        names = [name for name in sorted(self.rank) if spread[self.rank[name]] >= least]
        columns = [self.rank[name] for name in names]
        tags = [max(self.times, key=lambda kind: self.times[kind][column]) for column in columns]
        table = sparse.csr_array(table[:, columns], dtype=float)
        table.sort_indices()  # sums over a row in one order, whatever came first in the text
        return Forms(names, tags, table)


class Segmented:
    """What is known of the segments of a corpus, cut part by part."""

    def __init__(self, size: int, annexes: bool, tags: Iterable[str], stopwords: frozenset[str]) -> None:
        self.size, self.annexes, self.counts = size, annexes, Counts(tags, stopwords)
        self.frames: batches.Spool[pd.DataFrame] = batches.Spool()
        self.homes = 0
        self.home: list[np.ndarray] = []  # the section of each segment, a number
        self.active: list[np.ndarray] = []
        self.apart: dict[str, list[str]] = {"document": [], "section": []}  # supplementary variables

    def add(self, tokens: pd.DataFrame, sentences: pd.DataFrame, paragraphs: pd.DataFrame, many: bool) -> None:
        """The segments of whole documents; `many`: whether the corpus has several."""
        cut = cutting.cut(tokens, sentences, paragraphs, self.size)
        frame = cut.frame
        roles = paragraphs[["doc_id", "paragraph", "section_role"]]  # a text beside each segment would be too much
        places = frame[["doc_id", "paragraph"]].merge(roles, "left", ["doc_id", "paragraph"])
        active = (places["section_role"] != "annex").to_numpy() | self.annexes
        homes = pd.MultiIndex.from_frame(frame[["doc_id", "section"]]).factorize()[0]
        self.counts.add(tokens, cut.of, active)
        self.frames.append(frame)
        self.home.append(homes + self.homes)
        self.homes += int(homes.max(initial=-1)) + 1
        self.active.append(active)
        top = contingency.top_sections(sentences, paragraphs, many)
        pairs = zip(sentences["doc_id"].tolist(), sentences["sentence_id"].tolist(), strict=True)
        section = {pair: sys.intern(name) for pair, name in reversed(list(zip(pairs, top, strict=True)))}
        first = frame["sentence_ids"].str.split("; ").str[0]
        self.apart["document"] += map(sys.intern, frame["doc_id"])
        self.apart["section"] += [section[pair] for pair in zip(frame["doc_id"], first, strict=True)]
