"""Documents made to cost too much, all at once beside three good ones; `make abuse` runs each alone, and more."""

from __future__ import annotations

from pathlib import Path

import abuse
import mixed
import pytest
import situations

QUICK = (
    "parenthèses.txt", "guillemets.txt", "adresses.txt", "acteurs.txt", "thèmes.txt", "nom.jsonl", "caché.html",
    "demi.jsonl", "colonnes.jsonl",
    "binaire.txt", "vide.txt", *abuse.FOLDERS,
)  # fmt: skip

QUICK_SITUATIONS = ("boucles de liens", "change.txt", "sorties fermées", "peu de mémoire")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of a run on the good documents alone."""
    place = tmp_path_factory.mktemp("good")
    abuse.put(place / "corpus", [])
    return abuse.run(place / "corpus", place / "outputs", "tables").tables


def test_good_documents_come_out_the_same_beside_bad_ones(tmp_path: Path, undisturbed: Path) -> None:
    abuse.put(tmp_path / "corpus", QUICK)
    ran = abuse.run(tmp_path / "corpus", tmp_path / "outputs", "--jobs", "2")
    ran = ran._replace(megabytes=0)  # the system counts what this worker held when it began the run
    assert (ran.code, abuse.wrong(ran, QUICK, undisturbed)) == (3, [])


def test_a_mixed_folder_gives_the_same_bytes_however_many_processes_make_it(tmp_path: Path) -> None:
    """`make abuse` mixes a hundred, with Dask too."""
    hostile = ("parenthèses.txt", "acteurs.txt", "binaire.txt", "tube.txt")
    assert mixed.differences(tmp_path, 12, hostile, 1, mixed.ENGINES[:2]) == []


@pytest.mark.parametrize("name", QUICK_SITUATIONS)
def test_a_situation_costs_nothing_but_a_line(name: str, tmp_path: Path, undisturbed: Path) -> None:
    """`make abuse` tries all of them, alone too."""
    ran, said, _ = situations.tried(name, tmp_path, undisturbed)
    ran = ran._replace(megabytes=0)  # the system counts what this worker held when it began the run
    assert situations.wrong(situations.SITUATIONS[name], ran, said, undisturbed) == []
