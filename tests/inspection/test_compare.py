"""Compare: two parts against each other, metadata columns, what the code book leaves out."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from conftest import Run
from corpora import document_of
from pries.__main__ import main
from pries.base.errors import InputError
from pries.inspection import compare
from pries.stages import BY_NAME
from pries.textometry.specificities import Settings, lafon

SECTIONS = "droit " * 9 + "loi", "eau " * 9 + "loi", "loi " * 10


def frames() -> compare.Frames:
    return dict(document_of(*SECTIONS))


def test_two_sections_are_the_whole() -> None:
    table = compare.of_two(compare.contingency(frames(), "section", "lemma", None), "I", "III")
    assert (table.T, table.t.tolist(), table.parts) == (20, [10, 10], ["I", "III"])
    found = compare.differing(table, Settings()).set_index("term")["score"]
    assert found["droit"] == pytest.approx(float(lafon(9, 9, 10, 20)))
    assert found["loi"] == pytest.approx(float(lafon(1, 11, 10, 20)))
    assert "eau" not in found
    assert compare.lines(compare.differing(table, Settings()), 5)[0].split()[0] == "droit"


def test_a_column_of_the_metadata_is_a_part(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text("doc_id,region\nd,Afrique\n", encoding="utf-8")
    table = compare.contingency(frames(), "region", "form", tmp_path / "m.csv")
    assert (table.parts, table.T) == (["Afrique"], 30)
    with pytest.raises(InputError, match="no region with a form is called 'Europe'; use one of Afrique"):
        compare.of_two(table, "Afrique", "Europe")
    with pytest.raises(InputError, match="no column climat"):
        compare.contingency(frames(), "climat", "form", tmp_path / "m.csv")
    with pytest.raises(InputError, match="not a table"):
        compare.contingency(frames(), "climat", "form", tmp_path / "gone.csv")


def test_an_unknown_kind_of_part() -> None:
    with pytest.raises(InputError, match="'chapter' is no kind of part"):
        compare.contingency(frames(), "chapter", "form", None)


def test_what_no_theme_covers() -> None:
    themes = pd.DataFrame([{"doc_id": "d", "unit": "paragraph", "unit_id": p} for p in "12"])
    left, table = compare.coverage(frames() | {"themes": themes})
    assert left == {"paragraph": (3, ["d 3"]), "obligation": (0, [])}
    found = compare.differing(compare.of_two(table, compare.UNCOVERED, compare.COVERED), Settings())
    assert found["term"].tolist()[0] == "loi"


def test_the_command_tells_sizes_and_terms(full_run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--outputs", str(full_run.folder)]
    assert main(["compare", "--by", "section", "VIII", "VI", *words]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0].split()[0] == "diaspora"
    assert told[-1].startswith("compare")
    assert main(["compare", "--uncovered", "--csv", str(tmp_path / "left.csv"), *words]) == 0
    assert "paragraph: " in capsys.readouterr().out
    assert set(pd.read_csv(tmp_path / "left.csv")) == {"term", "f", "F", "t", "T", "score"}
    assert main(["compare", "--by", "section", "VIII", "XX", *words]) == 2
    assert main(["compare", *words]) == 2


def test_it_reads_what_specificities_read() -> None:
    assert set(frames()) == set(BY_NAME["specificities"].reads)
