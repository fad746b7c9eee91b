"""Frequencies: the lexicon, and repeated segments against counting every sequence."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from conftest import taken
from corpora import document_of
from pries.schema import schema
from pries.textometry import frequencies
from pries.textometry.frequencies import Segment


def everything(runs: list[Segment], least: int, longest: int) -> dict[Segment, tuple[int, int]]:
    """Every sequence of every length, counted; each run is a document of its own."""
    where: dict[Segment, list[int]] = {}
    for doc, run in enumerate(runs):
        for n in range(2, longest + 1):
            for at in range(len(run) - n + 1):
                where.setdefault(run[at : at + n], []).append(doc)
    return {segment: (len(docs), len(set(docs))) for segment, docs in where.items() if len(docs) >= least}


def numbered(runs: list[Segment], part: int = 7) -> frequencies.Runs:
    """The runs, each a document, in parts of a few."""
    made = frequencies.Runs()
    for begin in range(0, len(runs), part):
        rows = [(f"d{begin + n}", "s", word) for n, run in enumerate(runs[begin : begin + part]) for word in run]
        made.add(pd.DataFrame(rows, columns=["doc_id", "sentence_id", "form"], dtype="str"))
    return made


@pytest.mark.parametrize("seed", range(5))
def test_repeated_segments_against_counting_them_all(seed: int) -> None:
    draw = np.random.default_rng(seed)
    runs = [tuple(draw.choice(list("abcd"), size=int(draw.integers(1, 12)))) for _ in range(30)]
    assert frequencies.repeated(numbered(runs), 3, 6) == everything(runs, 3, 6)


def test_a_segment_always_inside_the_same_longer_one_is_left_out() -> None:
    runs = [tuple("les droits de l' homme".split())] * 3 + [tuple("droits de l' homme".split())]
    found = frequencies.free(frequencies.repeated(numbered(runs), 2, 8))
    told = {" ".join(segment): n for segment, (n, _) in found.items()}
    assert told == {"les droits de l' homme": 3, "droits de l' homme": 4}


def test_no_segment_crosses_a_comma_or_a_sentence() -> None:
    made = frequencies.run(**taken("frequencies", document_of("eau , vive eau vive", "eau vive", "vive eau")))
    rows = made["repeated_segments"]
    assert rows[["segment", "frequency"]].values.tolist() == []  # eau vive: twice, vive eau: twice


def test_the_lexicon_counts_forms_and_lemmas() -> None:
    made = frequencies.run(**taken("frequencies", document_of("Droits et droit", "droit 12 .")))
    rows = schema.conform(made["lexicon"], "lexicon")
    assert rows[["unit", "term", "frequency", "hapax"]].values.tolist() == [
        ["form", "droit", 2, False],
        ["form", "droits", 1, True],
        ["form", "et", 1, True],
        ["lemma", "droit", 3, False],
        ["lemma", "et", 1, True],
    ]


def test_no_text_no_rows() -> None:
    made = frequencies.run(**taken("frequencies", document_of()))
    assert all(schema.conform(frame, name).empty for name, frame in made.items())
