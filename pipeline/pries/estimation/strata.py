"""Strata: which kind of sentence each one is, so that those where the program may err are drawn more often.

Reads sentences, requests as they were found and tokens. A sentence with requests is `requests-unsure` if the least
sure of them is below the median confidence, else `requests-sure`; a sentence without is in `words` if a word of
triggers.csv stands in it (which the program has ruled out), else in `others`. Four strata and no more: cut further,
by strength and by whether an addressee is named, 60 sentences gave intervals wider by a tenth, and 300 no narrower
ones (`bench/bench_coverage.py`), for each stratum has to be drawn from.

    « Les gouvernements ont été priés de ratifier la Convention. », confidence .97 -> requests-sure
    « Les invités ont été priés à dîner. » -> words; « La séance est levée. » -> others
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pries.review.sample import DOCUMENTS
from pries.store import batches, rowwise
from pries.store.batches import Table

WORDS, OTHERS = "words", "others"
ASSUMED = {"requests": 0.1, WORDS: 0.05, OTHERS: 0.02}  # shares of sentences with an error where nothing tells them


@dataclass(frozen=True)
class Sentence:
    """A sentence that may be drawn: where it stands, its stratum, and how likely it holds an error."""

    sentence_id: str
    doc_id: str
    paragraph: str
    stratum: str
    doubt: float


def of_requests(requests: pd.DataFrame) -> dict[str, tuple[str, float]]:
    """Stratum and doubt of each sentence that has requests; `requests` alone where the program gives no confidence."""
    sure = confidences(requests)
    if sure is None:
        return dict.fromkeys(requests["sentence_id"], ("requests", ASSUMED["requests"]))
    middle, doubts = float(np.nanmedian(sure)), np.where(np.isnan(sure), ASSUMED["requests"], 1 - sure)
    grouped: dict[str, list[float]] = {}
    for sentence, doubt in zip(requests["sentence_id"], doubts.tolist(), strict=True):
        grouped.setdefault(sentence, []).append(doubt)
    return {
        sentence: (f"requests-{'unsure' if 1 - max(mine) < middle else 'sure'}", 1 - math.prod(1 - d for d in mine))
        for sentence, mine in grouped.items()
    }


def confidences(requests: pd.DataFrame) -> np.ndarray | None:
    """The confidence of each request, where the program gives one."""
    if "confidence" not in requests:
        return None
    values = pd.to_numeric(requests["confidence"], errors="coerce").to_numpy(dtype=float)
    return None if np.isnan(values).all() else np.clip(values, 0, 1)


def frame(
    sentences: pd.DataFrame, requests: pd.DataFrame, tokens: Table, forms: frozenset[str], documents: bool = False
) -> list[Sentence]:
    """Every sentence of the corpus, in reading order; `documents`: in one stratum, for whole documents are drawn."""
    with_rows = of_requests(requests)
    with_word: set[str] = set()
    for part in batches.each(tokens[["sentence_id", "read"]]):
        with_word |= set(part.loc[part["read"].str.lower().isin(forms), "sentence_id"])
    found = []
    for sentence_id, doc_id, paragraph in rowwise.tuples(sentences, "sentence_id", "doc_id", "paragraph"):
        rest = WORDS if sentence_id in with_word else OTHERS
        stratum, doubt = with_rows.get(sentence_id, (rest, ASSUMED[rest]))
        found.append(Sentence(sentence_id, doc_id, paragraph, DOCUMENTS if documents else stratum, doubt))
    return found


def sizes(sentences: list[Sentence]) -> dict[str, int]:
    """How many sentences each stratum has, in the order of their names."""
    names = [sentence.stratum for sentence in sentences]
    return {name: names.count(name) for name in sorted(set(names))}


def spreads(sentences: list[Sentence]) -> dict[str, float]:
    """The standard deviation that the number of errors of a sentence is expected to have, by stratum."""
    doubts: dict[str, list[float]] = {}
    for sentence in sentences:
        doubts.setdefault(sentence.stratum, []).append(sentence.doubt)
    shares: Mapping[str, float] = {name: sum(values) / len(values) for name, values in sorted(doubts.items())}
    return {name: float(np.sqrt(max(share, 0.005) * (1 - min(share, 0.995)))) for name, share in shares.items()}
