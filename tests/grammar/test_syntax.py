"""Syntax: sentences as the stages see them, from the tables of a shard or from what a notebook made of these."""

from __future__ import annotations

import numpy as np
import pandas as pd
from pries.grammar.sentence import Sentence, sentences_of, shared

TEXT = "Il prie les États : a) d’ agir; b) de voir."  # a lead-in, and two items
ITEMS = {"": "Il prie les États :", "a": "a) d’ agir;", "b": "b) de voir."}


def tables() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Paragraphs, sentences and tokens; a token is a word with the mark that ends it, and hangs on the first."""
    sentences, tokens = [], []
    for item, text in ITEMS.items():
        at = TEXT.index(text)
        sentences.append(("d", f"s{item}", "1", item))
        for form in text.split():
            start = TEXT.index(form, at)
            at = start + len(form)
            tokens.append((f"s{item}", start, at, form, form.lower(), "NOUN", "", 0, "dep"))
    columns = ["sentence_id", "start", "end", "form", "lemma", "tag", "morph", "head", "relation"]
    return (
        pd.DataFrame([("d", "1", TEXT)], columns=["doc_id", "paragraph", "text"]),
        pd.DataFrame(sentences, columns=["doc_id", "sentence_id", "paragraph", "item"]),
        pd.DataFrame(tokens, columns=columns),
    )


def heads(sentence: Sentence) -> list[str]:
    return [sentence[token.head].form for token in sentence.tokens]


def test_list_items_are_joined_to_their_lead_in_and_their_markers_are_no_words() -> None:
    (sentence,) = sentences_of(*tables())
    assert [token.form for token in sentence.tokens] == TEXT.split()
    assert [token.i for token in sentence.tokens] == list(range(len(sentence)))
    assert heads(sentence) == ["Il"] * 5 + ["a)"] * 3 + ["b)"] * 3
    assert [token.form for token in sentence.tokens if token.tag == "PUNCT"] == ["a)", "b)"]
    assert [sentence[start].form for start in sentence.starts] == ["a)", "b)"]
    assert sentence.ids == ["s", "sa", "sb"]


def test_words_outside_a_sentence_are_empty_and_follow_nothing() -> None:
    (sentence,) = sentences_of(*tables())
    assert [sentence.low(i) for i in (-1, 0, 2, len(sentence))] == ["", "il", "les", ""]
    assert [sentence.follows(2, "les", "états"), sentence.follows(len(sentence) - 1, "voir.", "")] == [True, False]
    assert [sentence.follows(-1, "voir."), sentence.follows(2, "les", "parties")] == [False, False]


def test_sentences_that_a_notebook_asks_for_twice_share_no_token() -> None:
    paragraphs, sentences, tokens = tables()
    found = list(sentences_of(paragraphs, pd.concat([sentences, sentences]), tokens))
    assert [heads(sentence) for sentence in found] == [["Il"] * 5 + ["a)"] * 3 + ["b)"] * 3] * 2
    assert len({id(token) for sentence in found for token in sentence.tokens}) == sum(map(len, found))


def test_a_missing_text_is_not_taken_for_another() -> None:
    assert shared(pd.Series(["a", "b", "a"])) == ["a", "b", "a"]
    assert shared(pd.Series(["a", np.nan, "b"])).count("b") == 1
    assert len(shared(pd.Series([None, None], dtype="object"))) == 2
