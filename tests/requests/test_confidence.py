"""Confidence: what is seen of a row, and what it makes of the odds."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from corpora import mentioned, requested
from pries.base.errors import InputError
from pries.base.places import LEXICONS, SETTINGS
from pries.grammar.sentence import sentences_of
from pries.requests import obligations
from pries.requests.context.confidence import Surroundings, confidence, features, read_confidence
from pries.requests.request import Request
from pries.segmentation.segment import segment_text

EASY = "Les États doivent ratifier la Convention."
HARD = (
    "Le Maire, que la Région avait saisi, juge que le conseil, avec le Département, les associations, et ceux qui les "
    "aident, devrait, s’il le peut, leur venir en aide."
)


def tables(text: str) -> tuple[pd.DataFrame, ...]:
    return tuple(mentioned(segment_text(text, "essai")).values())


def seen(text: str) -> dict[str, float]:
    """What is seen of the first request."""
    *read, mentions = tables(text)
    engine = obligations.prepare(LEXICONS, SETTINGS).engine
    for cast, found in obligations.search(sentences_of(*read, engine.words.cues), mentions, engine):
        for request in found:
            if isinstance(request, Request):
                return dict(features(Surroundings(cast, found), request))
    raise AssertionError(text)


@pytest.mark.parametrize(
    ("text", "feature", "value"),
    [
        (EASY, "no issuer", 1.0),
        (EASY, "construction modal", 1.0),
        (EASY, "tense present", 1.0),
        ("Les États et les communes doivent agir.", "several addressees", 1.0),
        ("Le Conseil a siégé. Il prie les États d’agir.", "pronoun as issuer", 1.0),
        ("Le Conseil prie les États d’agir.", "object in the parse is the addressee", 1.0),
    ],
)
def test_what_is_seen_of_a_row(text: str, feature: str, value: float) -> None:
    assert seen(text).get(feature) == value


def test_a_hard_sentence_is_less_sure_than_an_easy_one() -> None:
    easy, hard = (requested(segment_text(text, "essai"))["obligations"] for text in (EASY, HARD))
    assert 0.4 < hard["confidence"].max() < easy["confidence"].min() < 1


def test_every_weight_is_of_something_that_can_be_seen() -> None:
    """Constructions, tenses and roles apart, whose names are in the schema."""
    counted = {"bias", "log of words", "commas", "triggers ruled out", *seen(HARD), *seen(EASY)}
    families = (
        "construction ", "tense ", "frame ", "issuer ", "addressee ", "no ", "noun that is no ", "pronoun as ",
        "several ",
    )  # fmt: skip
    other = {
        "actor before it as a subject", "actor between it and the action", "subject in the parse has no role",
        "object in the parse is the addressee", "noun joined to a name in the parse",
        "infinitive joined to an action in the parse",
    }  # fmt: skip
    assert [f for f in read_confidence(LEXICONS) if f not in counted | other and not f.startswith(families)] == []


def test_the_odds_are_the_sum_of_the_weights() -> None:
    *read, mentions = tables(EASY)
    engine = obligations.prepare(LEXICONS, SETTINGS).engine
    ((cast, found),) = obligations.search(sentences_of(*read, engine.words.cues), mentions, engine)
    (request,) = found
    assert isinstance(request, Request)
    assert confidence(Surroundings(cast, found), request, {}) == 0.5
    assert (
        confidence(Surroundings(cast, found), request, {"bias": 1.0, "no issuer": 1.0, "several issuers": 9.0}) == 0.88
    )


def test_a_weight_is_a_number(tmp_path: Path) -> None:
    (tmp_path / "confidence.csv").write_text("feature,weight\nbias,beaucoup\n", encoding="utf-8")
    with pytest.raises(InputError, match="no number"):
        read_confidence(tmp_path)
