"""Rows of a corpus's own, end to end: a folder of texts with lexicons/ and settings/ beside them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import differing, pries, published, rows

TEXT = (
    "1. Les sourciers tancent les muletiers de curer les puits.\n\n"
    "2. La Commission exige que les parties cessent les travaux.\n"
)
TRIGGERS = (
    "lemma,pos,pattern,voice,modality,issuer,addressee,actions,traits,example\n"
    "tancer,verb,,any,urge,subject,object,de,,Ils tancent les maires d’agir.\n"
    "exiger,verb,,any,recommend,subject,object,que|noun|de,somebody,Le Conseil exige que l’on cesse.\n"
)
ACTORS = "head,type,only\nsourcier,labour,\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A text with a verb and an actor that no lexicon of the program has."""
    folder = tmp_path / "corpus"
    (folder / "lexicons").mkdir(parents=True)
    (folder / "puits.txt").write_text(TEXT, encoding="utf-8")
    return folder


def test_rows_of_a_corpus_lie_over_those_of_the_program(corpus: Path, tmp_path: Path) -> None:
    outputs, spread = tmp_path / "outputs", tmp_path / "spread"
    run = ("tables", "--corpus", corpus, "--outputs", outputs)
    assert pries(*run).code == 0
    assert [row["trigger"] for row in rows(outputs / "tables" / "obligations.csv")] == ["exige"]

    (corpus / "lexicons" / "triggers.csv").write_text(TRIGGERS, encoding="utf-8")
    (corpus / "lexicons" / "actors.csv").write_text(ACTORS, encoding="utf-8")
    again = pries(*run)
    assert again.code == 0
    assert not [line for line in again.out if line.startswith("parse") or "broke down" in line]
    first, second = rows(outputs / "tables" / "obligations.csv")
    assert (first["issuer"], first["issuer_type"], first["addressee"]) == ("sourciers", "labour", "muletiers")
    assert first["rule"].startswith("tancer/verb (lexicons/triggers.csv:2) active de;")
    assert (second["trigger"], second["modality"]) == ("exige", "recommend")
    made_of = json.loads((outputs / "run.json").read_text(encoding="utf-8"))
    assert sorted(made_of["own_lexicons"]) == ["actors.csv", "triggers.csv"]
    assert [line for line in pries(*run).out if line.startswith("up to date")]

    dask = pries("tables", "--corpus", corpus, "--outputs", spread, "--engine", "dask", "--jobs", "1")
    assert dask.code == 0
    assert differing(published(outputs), published(spread)) == []

    told = pries("explain", "--corpus", corpus, "Les sourciers tancent les muletiers de curer les puits.")
    assert "lexicons/triggers.csv:2" in "\n".join(told.out)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("lexicons/triggers.csv", TRIGGERS + "crier,verb\n", "lexicons/triggers.csv, line 4: 2 cells in place of 10"),
        ("lexicons/trigers.csv", TRIGGERS, "lexicons/trigers.csv: no such file among the lexicons"),
        ("settings/figures.toml", "width = 1\n", "settings/figures.toml, line 1: width = 1 is out of bounds"),
        (
            "settings/themes.toml",
            'codebook = "pêche"\n',
            "settings/themes.toml, line 1: no code book is called 'pêche'",
        ),
    ],
)
def test_a_mistake_in_them_ends_the_run_before_it_begins(
    corpus: Path, tmp_path: Path, name: str, text: str, told: str
) -> None:
    path = corpus / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    ended = pries("--corpus", corpus, "--outputs", tmp_path / "outputs")
    assert (ended.code, len(ended.err)) == (2, 1)
    assert f"{corpus}/{told}" in ended.err[0]
    assert not (tmp_path / "outputs").exists()
    assert f"{corpus}/{told}" in pries("check", "--corpus", corpus).err[0]
