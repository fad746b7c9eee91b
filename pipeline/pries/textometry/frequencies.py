"""Frequencies: the lexicon of the corpus, and its repeated segments.

Reads tokens and `settings/statistics.toml`; writes lexicon (a row a form or lemma)
and repeated_segments (a row a sequence of forms that comes again). Words are counted as `contingency` does: in
small letters, only those that hold a letter. A term that comes once is a *hapax*.

A repeated segment (Lebart and Salem 1994, *Statistique textuelle*, chapter 2) is a sequence of words that
comes `least_segment` times at least, with no punctuation inside. One that stands each time inside the same longer
segment is left out, since that one says more.

    « les droits de l'homme » 5 times, « droits de l'homme » 9 times -> both; « droits de » 9 times -> left out
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np
import pandas as pd

from pries.base import settings as settings_files
from pries.base.layers import Folder
from pries.base.places import LEXICONS, SETTINGS
from pries.grammar import content_words
from pries.store import batches, rowwise
from pries.store.batches import Table
from pries.textometry.specificities import Settings

PENDING = 500_000  # counts that wait to be added up with the others

Segment = tuple[str, ...]
Numbered = tuple[np.ndarray, np.ndarray]  # of a part, at each place: what begins there (-1: nothing), the document


class Lexicon:
    """Forms and lemmas counted part by part."""

    def __init__(self) -> None:
        self.frequency: dict[str, Counter[str]] = {"form": Counter(), "lemma": Counter()}
        self.documents: dict[str, Counter[str]] = {"form": Counter(), "lemma": Counter()}

    def add(self, words: pd.DataFrame) -> None:
        """Count the words of whole documents."""
        for unit in self.frequency:
            found = words.groupby(unit).agg(frequency=("doc_id", "size"), documents=("doc_id", "nunique"))
            self.frequency[unit].update(found["frequency"].to_dict())
            self.documents[unit].update(found["documents"].to_dict())

    def table(self) -> pd.DataFrame:
        """Forms, then lemmas, most frequent first: unit, term, frequency, documents, hapax."""
        made = []
        for unit, times in self.frequency.items():
            documents = [self.documents[unit][term] for term in times]
            found = pd.DataFrame({"term": list(times), "frequency": list(times.values()), "documents": documents})
            found = found.sort_values(["frequency", "term"], ascending=[False, True])
            made.append(found.assign(unit=unit, hapax=found["frequency"] == 1))
        return pd.concat(made, ignore_index=True)


class Runs:
    """The words between punctuation marks and sentence ends as numbers, with -1 for what parts them, part by part."""

    def __init__(self) -> None:
        self.rank: dict[str, int] = {}
        self.parts: batches.Spool[Numbered] = batches.Spool()

    def add(self, tokens: pd.DataFrame) -> None:
        """Add the words of whole documents, in small letters and with one kind of apostrophe."""
        codes, forms = pd.factorize(tokens["form"], use_na_sentinel=False)
        small = [form.lower().replace("’", "'") if content_words.is_word(form) else "" for form in forms.tolist()]
        rank = [self.rank.setdefault(word, len(self.rank)) if word else -1 for word in small]
        ends = rowwise.begins(tokens, "doc_id", "sentence_id")[1:]
        words = np.insert(np.array(rank, dtype=np.int32)[codes], ends, -1)
        docs = pd.factorize(tokens["doc_id"])[0].astype(np.int32)
        self.parts.append((words, np.insert(docs, ends, docs[ends - 1])))


class Times:
    """How often each number comes, and in how many documents, added up part by part."""

    def __init__(self) -> None:
        self.sums = np.zeros((3, 0), dtype=np.int64)  # numbers in order, times, documents
        self.pending: list[np.ndarray] = []

    def add(self, numbers: np.ndarray, docs: np.ndarray) -> None:
        """Count the numbers of whole documents."""
        order = np.lexsort((docs, numbers))
        numbers, docs = numbers[order].astype(np.int64), docs[order]
        new = np.diff(numbers, prepend=-1) != 0  # they are 0 at least
        first = np.flatnonzero(new)
        times = np.diff(first, append=len(numbers))
        documents = np.add.reduceat(new | (np.diff(docs, prepend=-1) != 0), first, dtype=np.int64)
        self.pending.append(np.stack([numbers[first], times, documents]))
        if sum(found.shape[1] for found in self.pending) > max(PENDING, self.sums.shape[1]):
            self.total()

    def total(self) -> np.ndarray:
        """Numbers, times and documents, in three rows."""
        found = np.concatenate([self.sums, *self.pending], axis=1)
        unique, at = np.unique(found[0], return_inverse=True)
        self.sums = np.zeros((3, len(unique)), dtype=np.int64)
        self.sums[0] = unique
        for row in (1, 2):
            np.add.at(self.sums[row], at, found[row])
        self.pending = []
        return self.sums


def repeated(runs: Runs, least: int, longest: int) -> dict[Segment, tuple[int, int]]:
    """Segments of two words and more that come `least` times, with how often and in how many documents.

    Each length is grown from the one before: a segment can come often only if its beginning and its end do, so that
    few are ever counted. It is known by the numbers of these two, a pair.
    """
    found: dict[Segment, tuple[int, int]] = {}
    names: list[Segment] = [(word,) for word in runs.rank]
    numbered = runs.parts
    for length in range(1, longest + 1):
        times, many = Times(), len(names)
        for here, docs in numbered:
            pairs = here.astype(np.int64) if length == 1 else paired(here, many)
            times.add(pairs[pairs >= 0], docs[pairs >= 0])
        kept = times.total()[:, times.total()[1] >= least]
        if not kept.size:
            break
        if length > 1:
            names = [names[pair // many] + names[pair % many][-1:] for pair in kept[0].tolist()]
            found.update(zip(names, zip(*kept[1:].tolist(), strict=True), strict=True))
        else:
            names = [names[word] for word in kept[0].tolist()]
        renumbered: batches.Spool[Numbered] = batches.Spool()
        for here, docs in numbered:
            pairs = here.astype(np.int64) if length == 1 else paired(here, many)
            place = np.searchsorted(kept[0], pairs).clip(max=kept.shape[1] - 1)
            renumbered.append((np.where(kept[0][place] == pairs, place, -1).astype(np.int32), docs))
        numbered = renumbered
    return found


def paired(here: np.ndarray, many: int) -> np.ndarray:
    """The number of each place and of the next as one number (-1: one of them has none); `many`: how many there are."""
    after = np.append(here[1:], np.int32(-1))[: len(here)].astype(np.int64)
    return np.where((here >= 0) & (after >= 0), here.astype(np.int64) * many + after, -1)


def free(found: Mapping[Segment, tuple[int, int]]) -> dict[Segment, tuple[int, int]]:
    """The segments that do not always stand inside the same longer one."""
    times = {segment: n for segment, (n, _) in found.items()}
    bound = {part for segment, n in times.items() for part in (segment[:-1], segment[1:]) if times.get(part) == n}
    return {segment: told for segment, told in found.items() if segment not in bound}


def segments_of(runs: Runs, least: int, longest: int) -> pd.DataFrame:
    """The free repeated segments, most frequent first: segment, length, frequency, documents."""
    found = free(repeated(runs, least, longest))
    rows = [(" ".join(s).replace("' ", "'"), len(s), *told) for s, told in found.items()]
    made = pd.DataFrame(rows, columns=["segment", "length", "frequency", "documents"])
    return made.sort_values(["frequency", "length", "segment"], ascending=[False, False, True])


def run(tokens: Table, *, lexicons: Folder = LEXICONS, settings: Folder = SETTINGS) -> dict[str, pd.DataFrame]:
    """Both tables. Raises InputError where a setting is wrong."""
    chosen = settings_files.read(settings, Settings)
    lexicon, runs = Lexicon(), Runs()
    for part in batches.each(tokens[["doc_id", "sentence_id", "form", "lemma"]]):
        lexicon.add(content_words.in_small_letters(part))
        runs.add(part)
    return {
        "lexicon": lexicon.table(),
        "repeated_segments": segments_of(runs, chosen.least_segment, chosen.longest_segment),
    }
