"""Antecedents: pronouns of sentences of our own, each marked with the actor that it stands for."""

from __future__ import annotations

from pathlib import Path

import pytest
from corpora import mentioned
from marked_pronouns import marked
from pries.actors.salience import Candidate, best, features, read_weights
from pries.actors.standing import Pronoun
from pries.base.errors import InputError
from pries.base.places import LEXICONS
from pries.segmentation.segment import segment_text

TEXT = (Path(__file__).parent / "antecedents.txt").read_text(encoding="utf-8")
LINES = [line for line in TEXT.splitlines() if line and not line.startswith("#")]


def test_most_marked_pronouns_are_right() -> None:
    texts = [marked(line) for line in LINES]
    found = mentioned(*(segment_text(text, f"{n:04}") for n, (text, _) in enumerate(texts)))["actors"]
    named = dict(zip(found["mention_id"], found["text"], strict=True))
    at = {(row["doc_id"], row["start"]): row["antecedent"] for row in found.to_dict("records")}
    right = []
    for n, (_, pronouns) in enumerate(texts):
        for start, _words, heads in pronouns:
            ids = [i for i in at.get((f"{n:04}", start), "").split("; ") if i]
            wanted = [] if heads == ["-"] else heads
            right.append(len(ids) == len(wanted) and all(w in named[i] for w, i in zip(wanted, ids, strict=True)))
    assert sum(right) / len(right) >= 0.9


def test_a_subject_outweighs_what_a_name_holds() -> None:
    weights = read_weights(LEXICONS)
    state = Candidate("state", 0, 3, plural=False, feminine=None, subject=False, role="dative", name="state")
    child = Candidate("child", 0, 8, plural=False, feminine=None, subject=False, role="inside a name", name="child")
    child.below = True
    lui = Pronoun(10, 11, plural=False, feminine=None, is_object=True)  # "à l'État … les droits de l'enfant et lui"
    assert best(lui, 0, [state, child], weights) is state
    assert "nearest" in set(features(lui, 0, child, [state, child]))


def test_a_weight_is_a_number(tmp_path: Path) -> None:
    (tmp_path / "antecedents.csv").write_text("pronoun,feature,weight\nsubject,dative,much\n", encoding="utf-8")
    with pytest.raises(InputError, match="no number"):
        read_weights(tmp_path)
