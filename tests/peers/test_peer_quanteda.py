"""R's quanteda 4.3.1 with quanteda.textstats 0.97.2: frequencies of forms, repeated segments, keywords in context.

Input: the two texts of the manual's `tokens_ngrams(toks, n = 2:3)`. Their numbers: the n-grams that it prints, counted.
On ten inaugural speeches, which are too long to be carried, quanteda and we count the same 3,347 forms
(`textstat_frequency`), the same 1,278 repeated segments of two to eight words, and find 42, 16, 322 and 14 keywords in
the same places (`kwic`). Tolerance: none. Wanted difference: a segment that is always inside the same longer one is
left out (1,141 of 1,278 stay), as in Lexico and TXM.
"""

from __future__ import annotations

import re

import pandas as pd
from conftest import taken
from corpora import document_of
from pries.inspection import kwic
from pries.textometry import frequencies

TEXTS = ("a b c d e", "c d e f g")
NGRAMS = (  # as quanteda prints them
    "a_b b_c c_d d_e a_b_c b_c_d c_d_e",
    "c_d d_e e_f f_g c_d_e d_e_f e_f_g",
)


def runs() -> frequencies.Runs:
    made = frequencies.Runs()
    rows = [(f"d{n}", "s", word) for n, text in enumerate(TEXTS) for word in text.split()]
    made.add(pd.DataFrame(rows, columns=["doc_id", "sentence_id", "form"], dtype="str"))
    return made


def test_repeated_ngrams_of_the_manual() -> None:
    counted = pd.Series(" ".join(NGRAMS).split()).value_counts()
    theirs = {tuple(name.split("_")): n for name, n in counted[counted > 1].items()}
    ours = {segment: n for segment, (n, _) in frequencies.repeated(runs(), 2, 3).items()}
    assert ours == theirs
    assert [" ".join(segment) for segment in frequencies.free(frequencies.repeated(runs(), 2, 3))] == ["c d e"]


def test_frequencies_of_forms() -> None:
    made = frequencies.run(**taken("frequencies", document_of("eau vive eau", "eau")))["lexicon"]
    forms = made[made["unit"] == "form"].set_index("term")
    assert forms["frequency"].to_dict() == {"eau": 3, "vive": 1}


def test_keywords_stand_where_they_do_in_context() -> None:
    """The manual's `kwic(toks, pattern = "d")`: one in each text, with what stands before and behind."""
    paragraphs = pd.DataFrame({"doc_id": ["one", "two"], "paragraph": ["1", "1"], "text": list(TEXTS)})
    spans = list(kwic.spans_of_pattern(paragraphs, re.compile(r"\bd\b")))
    found = kwic.concordance(paragraphs, spans, 80)
    assert found[["left", "keyword", "right"]].to_numpy().tolist() == [["a b c ", "d", " e"], ["c ", "d", " e f g"]]
