"""Layers: what lies in lexicons/ and settings/ of a corpus lies over what the program has, row by row, key by key."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import pytest
from pries.base import lexicon, settings
from pries.base.errors import InputError
from pries.base.layers import Layered, laid_over, paths
from pries.base.places import LEXICONS, SETTINGS

KEYED = lexicon.Lexicon("verbs.csv", ("lemma", "modality", "note"), ("note",), key=("lemma",))
FREE = lexicon.Lexicon("cues.csv", ("kind", "words"))


@dataclass(frozen=True)
class Look:
    """Settings as a stage declares them."""

    FILE: ClassVar[str] = "look.toml"
    width: float = field(default=170.0, metadata={"low": 60.0, "high": 400.0})
    font: str = "sans"


@pytest.fixture
def folder(tmp_path: Path) -> Layered:
    """The program's folder, with three verbs and two rows of cues, under an empty one."""
    under, over = tmp_path / "under", tmp_path / "over"
    under.mkdir()
    over.mkdir()
    (under / "verbs.csv").write_text("lemma,modality,note\nprier,request,\nexiger,urge,\ntenir,duty,\n", "utf-8")
    (under / "cues.csv").write_text("kind,words\nfin,donc\nfin,ainsi\n", "utf-8")
    (under / "look.toml").write_text('width = 100\nfont = "serif"\n', "utf-8")
    return Layered(under, over)


def lemmas(folder: Layered, text: str) -> list[str]:
    """The verbs with their strength, with these rows over the program's."""
    (folder.over / "verbs.csv").write_text(text, "utf-8")
    return [f"{row['lemma']} {row['modality']}" for row in lexicon.read(folder, KEYED)]


def test_without_rows_of_its_own_a_corpus_has_those_of_the_program(folder: Layered) -> None:
    assert [row["lemma"] for row in lexicon.read(folder, KEYED)] == ["prier", "exiger", "tenir"]


def test_a_row_takes_the_place_of_the_one_with_its_key_and_others_come_first(folder: Layered) -> None:
    own = "# les nôtres\nlemma,modality,note\ntancer,urge,\nexiger,recommend,ici\n"
    assert lemmas(folder, own) == ["tancer urge", "prier request", "exiger recommend", "tenir duty"]


def test_a_row_takes_another_out(folder: Layered) -> None:
    assert lemmas(folder, "lemma,modality,note\n!prier,,\n") == ["exiger urge", "tenir duty"]


def test_where_there_is_no_key_the_whole_row_counts(folder: Layered) -> None:
    (folder.over / "cues.csv").write_text("kind,words\n!fin,donc\nfin,alors\n", "utf-8")
    assert [row["words"] for row in lexicon.read(folder, FREE)] == ["alors", "ainsi"]


def test_a_row_tells_where_it_stands(folder: Layered) -> None:
    lemmas(folder, "lemma,modality,note\n\ntancer,urge,\n")
    assert [row.place for row in lexicon.read(folder, KEYED)][:2] == ["lexicons/verbs.csv:3", "verbs.csv:2"]


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("lemma,modality,note\n!crier,,\n", 2, "no row crier to take out"),
        ("lemma,modality,note\ncrier,,\n", 2, "modality is empty"),
        ("lemma,modality,note\nprier,urge,\nprier,duty,\n", 3, "stands on line 2 too"),
        ("lemma,force\nprier,urge\n", 1, "missing column modality"),
        ("", 1, "empty"),
    ],
)
def test_a_mistake_is_told_with_the_file_of_the_corpus(folder: Layered, text: str, line: int, problem: str) -> None:
    with pytest.raises(InputError, match=problem) as caught:
        lemmas(folder, text)
    assert (caught.value.file, caught.value.line) == (str(folder.over / "verbs.csv"), line)


def test_settings_lie_over_those_of_the_program_key_by_key(folder: Layered) -> None:
    (folder.over / "look.toml").write_text("# pour la revue\nwidth = 85\n", "utf-8")
    assert settings.read(folder, Look) == Look(85.0, "serif")


def test_a_wrong_setting_is_told_with_the_file_that_sets_it(folder: Layered) -> None:
    (folder.over / "look.toml").write_text("# pour la revue\nwidth = 8.5\n", "utf-8")
    with pytest.raises(InputError, match="out of bounds") as caught:
        settings.read(folder, Look)
    assert (caught.value.file, caught.value.line) == (str(folder.over / "look.toml"), 2)
    width, font = (settings.mistake(folder, Look, key, "too small", "more") for key in ("width", "font"))
    assert (width.file, width.line) == (str(folder.over / "look.toml"), 2)
    assert (font.file, font.line) == (str(folder.under / "look.toml"), 2)


def test_a_corpus_without_such_folders_has_the_program_s(tmp_path: Path) -> None:
    (tmp_path / "lexicons").write_text("a file of that name is no folder", "utf-8")
    assert laid_over(tmp_path) == (LEXICONS, SETTINGS)


def test_a_folder_does_not_lie_over_itself(tmp_path: Path) -> None:
    (tmp_path / "lexicons").mkdir()
    assert laid_over(tmp_path, tmp_path / "lexicons") == (tmp_path / "lexicons", SETTINGS)


def test_a_corpus_may_have_a_code_book_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "lexicons").mkdir()
    (tmp_path / "lexicons" / "themes_peche.csv").write_text("", "utf-8")
    lexicons, chosen = laid_over(tmp_path)
    assert (lexicons, chosen) == (Layered(LEXICONS, tmp_path / "lexicons"), SETTINGS)
    assert "themes_peche.csv" in [path.name for path in paths(lexicons, "themes*.csv")]


def test_what_is_no_lexicon_is_refused_and_named(tmp_path: Path) -> None:
    corpus, elsewhere = tmp_path / "corpus", tmp_path / "triggers.csv"
    (corpus / "lexicons").mkdir(parents=True)
    elsewhere.write_text("lemma\n", "utf-8")
    own = corpus / "lexicons" / "triggers.csv"
    made = {
        "leads out of the corpus": lambda: own.symlink_to(elsewhere),
        "no file that can be read": own.mkdir,
        "larger than 20 megabytes": lambda: own.write_bytes(b"#" * (20 * 10**6 + 1)),
    }
    for problem, make in made.items():
        make()
        with pytest.raises(InputError, match=problem):
            laid_over(corpus)
        own.rmdir() if own.is_dir() else own.unlink()
    (corpus / "lexicons" / "trigers.csv").touch()
    with pytest.raises(
        InputError, match=r"trigers\.csv: no such file among the lexicons; use one of abbreviations\.csv"
    ):
        laid_over(corpus)
