"""Frequencies: the lexicon of the corpus, and its repeated segments.

Reads tokens, sentences and documents, and `settings/statistics.toml`; writes lexicon (a row a form or lemma)
and repeated_segments (a row a sequence of forms that comes again). Words are counted as `parts` does: in
small letters, only those that hold a letter. A term that comes once is a *hapax*.

A repeated segment (Lebart and Salem 1994, *Statistique textuelle*, chapter 2) is a sequence of words that
comes `least_segment` times at least, with no punctuation inside. One that stands each time inside the same longer
segment is left out, since that one says more.

    « les droits de l'homme » 5 times, « droits de l'homme » 9 times -> both; « droits de » 9 times -> left out
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from pipeline import parts, stage
from pipeline import settings as settings_files
from pipeline.specificities import Settings

READS = ("tokens", "sentences")
WRITES = ("lexicon", "repeated_segments")

Segment = tuple[str, ...]


def lexicon_of(words: pd.DataFrame) -> pd.DataFrame:
    """Forms, then lemmas, most frequent first: unit, term, frequency, documents, hapax."""
    made = []
    for unit in ("form", "lemma"):
        found = words.groupby(unit).agg(frequency=("doc_id", "size"), documents=("doc_id", "nunique"))
        found = found.reset_index(names="term").sort_values(["frequency", "term"], ascending=[False, True])
        made.append(found.assign(unit=unit, hapax=found["frequency"] == 1))
    return pd.concat(made, ignore_index=True)


def runs_of(tokens: pd.DataFrame) -> list[tuple[str, Segment]]:
    """The sequences of words between punctuation marks and sentence ends, with their document."""
    found: list[tuple[str, Segment]] = []
    run: list[str] = []
    last: tuple[str, str] = ("", "")
    for doc, sentence, form in zip(tokens["doc_id"], tokens["sentence_id"], tokens["form"], strict=True):
        word = parts.is_word(form)
        if run and (not word or (doc, sentence) != last):
            found.append((last[0], tuple(run)))
            run = []
        if word:
            run.append(form.lower().replace("’", "'"))
        last = doc, sentence
    return [*found, (last[0], tuple(run))] if run else found


def repeated(runs: Sequence[Segment], least: int, longest: int) -> Counter[Segment]:
    """Segments of two words and more that come `least` times, each length grown from the one before.

    A segment can come often only if its beginning and its end do, so that few are ever counted.
    """
    found: Counter[Segment] = Counter()
    frequent: set[Segment] = {(word,) for word, n in Counter(w for run in runs for w in run).items() if n >= least}
    for length in range(2, longest + 1):
        counted = Counter(
            segment
            for run in runs
            for at in range(len(run) - length + 1)
            if (segment := run[at : at + length])[:-1] in frequent and segment[1:] in frequent
        )
        kept = {segment: n for segment, n in counted.items() if n >= least}
        if not kept:
            break
        found.update(kept)
        frequent = set(kept)
    return found


def free(found: Counter[Segment]) -> dict[Segment, int]:
    """The segments that do not always stand inside the same longer one."""
    bound = {part for segment, n in found.items() for part in (segment[:-1], segment[1:]) if found.get(part) == n}
    return {segment: n for segment, n in found.items() if segment not in bound}


def segments_of(runs: Iterable[tuple[str, Segment]], least: int, longest: int) -> pd.DataFrame:
    """The free repeated segments, most frequent first: segment, length, frequency, documents."""
    runs = list(runs)
    found = free(repeated([run for _, run in runs], least, longest))
    where: dict[Segment, set[str]] = defaultdict(set)
    for doc, run in runs:
        for length in {len(segment) for segment in found}:
            for at in range(len(run) - length + 1):
                if run[at : at + length] in found:
                    where[run[at : at + length]].add(doc)
    rows = [(" ".join(s).replace("' ", "'"), len(s), n, len(where[s])) for s, n in found.items()]
    made = pd.DataFrame(rows, columns=["segment", "length", "frequency", "documents"])
    return made.sort_values(["frequency", "length", "segment"], ascending=[False, False, True])


def run(
    tokens: pd.DataFrame, sentences: pd.DataFrame, *, lexicons: Path = stage.LEXICONS, settings: Path = stage.SETTINGS
) -> dict[str, pd.DataFrame]:
    """Both tables. Raises InputError where a setting is wrong."""
    chosen = settings_files.read(settings, Settings)
    return {
        "lexicon": lexicon_of(parts.words_of(tokens, sentences)),
        "repeated_segments": segments_of(runs_of(tokens), chosen.least_segment, chosen.longest_segment),
    }


if __name__ == "__main__":
    sys.exit(stage.main(sys.modules[__name__]))
