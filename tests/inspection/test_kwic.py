"""Concordance: forms, lemmas, regular expressions and actors, on the reference report and by hand."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pandas as pd
import pytest
from conftest import Run, pries
from pries.base.errors import InputError
from pries.inspection import kwic


def lines(full_run: Run, *words: str | Path) -> list[str]:
    done = pries("kwic", *words, "--outputs", full_run.folder)
    assert (done.code, done.err) == (0, [])
    return done.out


def test_forms_are_found_in_any_case_and_aligned(full_run: Run) -> None:
    *found, told = lines(full_run, "ont été priés")
    assert told.startswith("kwic")
    assert found
    assert all(re.search(r"\[ont été priés\]", line) for line in found)
    assert len({line.index("[") for line in found}) == 1
    assert all(line.startswith("A/68/370, par. ") for line in found)


def test_lemmas_find_every_form(full_run: Run) -> None:
    *found, _ = lines(full_run, "--by", "lemma", "migrant")
    assert {"migrants", "migrant"} <= {re.search(r"\[(.*?)\]", line)[1].lower() for line in found}  # type: ignore[index]


def test_actors_are_found_behind_pronouns(full_run: Run) -> None:
    *found, _ = lines(full_run, "--by", "actor", "participants")
    words = {re.search(r"\[(.*?)\]", line)[1].lower() for line in found}  # type: ignore[index]
    assert {"les participants", "ils"} <= words


def test_the_table_leads_back_to_the_text(full_run: Run, tmp_path: Path) -> None:
    lines(full_run, "--by", "regex", "[Rr]atifi\\w+", "--csv", tmp_path / "k.csv")
    paragraphs = pd.read_csv(full_run.folder / "tables" / "paragraphs.csv", keep_default_na=False, dtype=str)
    texts = dict(zip(zip(paragraphs["doc_id"], paragraphs["paragraph"], strict=True), paragraphs["text"], strict=True))
    with (tmp_path / "k.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    for row in rows:
        text = texts[row["doc_id"], row["paragraph"]]
        assert text[int(row["start"]) : int(row["end"])] == row["keyword"]
        assert row["left"] + row["keyword"] + row["right"] in text


def test_a_broken_pattern_and_a_missing_run_say_so(full_run: Run, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no regular expression"):
        kwic.search(full_run.folder, "(", "regex", 40)
    with pytest.raises(InputError, match="no such table"):
        kwic.search(tmp_path, "droit", "form", 40)


def test_words_are_cut_at_spaces_on_both_sides() -> None:
    text = "un deux trois quatre cinq six sept"
    paragraphs = pd.DataFrame([{"doc_id": "d", "paragraph": "1", "text": text}])
    made = kwic.concordance(paragraphs, [("d", "1", 14, 20)], 7)
    assert made[["left", "keyword", "right"]].values.tolist() == [["trois ", "quatre", " cinq"]]
