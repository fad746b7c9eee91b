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
from pries.requests.context.confidence import confidence, read_confidence
from pries.requests.context.signs import EASIER, FAMILIES, Surroundings, signs
from pries.requests.request import Request
from pries.segmentation.segment import segment_text

EASY = "Les États doivent ratifier la Convention."
HARD = (
    "Le Maire, que la Région avait saisi, juge que le conseil, avec le Département, les associations, et ceux qui les "
    "aident, devrait, s’il le peut, leur venir en aide."
)
FAR = "Les États devraient au plus tard au terme de la présente année civile agir."


def tables(text: str) -> tuple[pd.DataFrame, ...]:
    return tuple(mentioned(segment_text(text, "essai")).values())


def seen(text: str) -> dict[str, float]:
    """What is seen of the first request."""
    *read, mentions = tables(text)
    engine = obligations.prepare(LEXICONS, SETTINGS).engine
    for cast, found in obligations.search(sentences_of(*read, engine.words.cues), mentions, engine):
        for request in found:
            if isinstance(request, Request):
                return dict(signs(Surroundings(cast, found), request))
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


# A sentence of our own for each sign, and one like it that does not have it.
@pytest.mark.parametrize(
    ("sign", "text", "other"),
    [
        ("quotation", "« Les États doivent agir », dit-il.", EASY),
        ("colon", "Le maire conclut : les États doivent agir.", EASY),
        ("dash", "Les États – tous – doivent agir.", EASY),
        ("pronoun of nobody", "Chez elle, les États doivent agir.", EASY),
        ("participle in front", "Informés du danger, les États doivent agir.", EASY),
        ("nouns passed over", "Il faut que la porte soit repeinte.", EASY),
        ("no issuer but an actor before it", "Saisis par le Conseil, les États doivent agir.", EASY),
        ("no issuer but a colon before it", "La pluie tombe : les États doivent agir.", EASY),
        ("far action", FAR, EASY),
        ("comma before the action", "Les États doivent, sans attendre, agir.", EASY),
        ("addressee hangs on it in the parse", EASY, HARD),
        ("subject in the parse is the issuer", "Le Conseil prie les États d’agir.", EASY),
        ("comma and noun behind the issuer", "Le Conseil, organe élu, prie les États d’agir.", EASY),
    ],
)
def test_each_sign_is_seen_where_it_stands(sign: str, text: str, other: str) -> None:
    assert seen(text).get(sign, 0) > 0
    assert not seen(other).get(sign)


def test_weights_of_signs_of_error_never_speak_for_a_row() -> None:
    for name, weight in read_confidence(LEXICONS).items():
        if name != "bias" and not name.startswith(tuple(f"{family} " for family in FAMILIES)):
            assert weight >= 0 if name in EASIER else weight <= 0, name


def test_every_weight_is_of_something_that_can_be_seen() -> None:
    """Those of families apart, whose names are in the schema and in triggers.csv."""
    families = tuple(f"{family} " for family in FAMILIES)
    weights = [name for name in read_confidence(LEXICONS) if name != "bias" and not name.startswith(families)]
    written = Path(signs.__code__.co_filename).read_text(encoding="utf-8")
    by_role = {name: name.replace("issuer", "{role}").replace("addressee", "{role}") for name in weights}
    assert [name for name, of_role in by_role.items() if name not in written and of_role not in written] == []


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
