"""The façade: a few names, all that a notebook needs; each documented with one French example, refusing in words."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pries
import pytest
from conftest import ROOT, Run
from pries.base.errors import InputError

NAMES = [name for name in pries.__all__ if name != "__version__"]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_use_the_facade_alone(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    source = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    assert not re.search(r"^\s*(?:from pries|import pries\.)", source, re.MULTILINE)
    assert set(re.findall(r"\bpries\.(\w+)", source)) <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_name_has_an_example(name: str) -> None:
    told = getattr(pries, name).__doc__
    assert re.search(rf"^ +{name}\(", told, re.MULTILINE)


def test_words_and_requests_of_two_parts(full_run: Run) -> None:
    words = pries.compare_words(full_run.folder, "section", "IV", "V")
    assert list(words) == ["term", "f", "F", "t", "T", "score"]
    assert list(words["score"]) == sorted(words["score"], reverse=True)
    asked = pries.compare_requests(full_run.folder, "section", "IV", "V")
    assert {"all", "strength"} <= set(asked["measure"])
    with pytest.raises(InputError, match=r"no section .*is called 'MDC'; use one of"):
        pries.compare_words(full_run.folder, "section", "IV", "MDC")


def test_a_concordance_is_a_table(full_run: Run) -> None:
    found = pries.concordance(full_run.folder, "prier de", by="lemma", around=30)
    assert list(found) == ["doc_id", "paragraph", "start", "end", "left", "keyword", "right"]
    assert len(found) > 1
    assert found["left"].str.len().max() <= 30
    with pytest.raises(InputError, match="sought by 'sense'; use one of form, lemma"):
        pries.concordance(full_run.folder, "prier", by="sense")


def test_a_figure_is_shown_and_saved_with_its_numbers(full_run: Run, tmp_path: Path) -> None:
    made = pries.figure(full_run.folder, "requests_by_addressee", width=85, grey=True)
    assert made._repr_png_().startswith(b"\x89PNG")
    assert "dataframe" not in repr(made).lower()
    made.save(tmp_path / "f.pdf")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["f.csv", "f.pdf", "f.txt"]
    with pytest.raises(InputError, match="no figure is written as 'jpg'; use one of svg"):
        made.save(tmp_path / "f.jpg")
    for wrong, what in (({"name": "pie"}, "no figure is called 'pie'"), ({"width": 10}, "10 mm is out of bounds")):
        with pytest.raises(InputError, match=what):
            pries.figure(full_run.folder, **({"name": "clusters"} | wrong))


def test_lexicons_are_copied_once(tmp_path: Path) -> None:
    mine = pries.copy_lexicons(tmp_path / "mine")
    assert (mine / "triggers.csv").is_file()
    with pytest.raises(FileExistsError):
        pries.copy_lexicons(mine)


def test_what_the_command_says_is_raised(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="nowhere"):
        pries.run(tmp_path / "nowhere", tmp_path / "out")
    with pytest.raises(RuntimeError):
        pries.draw_sample(tmp_path, tmp_path / "out", 3)
