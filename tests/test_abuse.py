"""Documents made to cost too much, all at once beside three good ones; `make abuse` runs each alone, and more."""

from __future__ import annotations

from pathlib import Path

import abuse
import pytest

QUICK = (
    "parenthèses.txt", "guillemets.txt", "adresses.txt", "acteurs.txt", "thèmes.txt", "nom.jsonl", "caché.html",
    "binaire.txt", "vide.txt", *abuse.FOLDERS,
)  # fmt: skip


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of a run on the good documents alone."""
    place = tmp_path_factory.mktemp("good")
    abuse.put(place / "corpus", [])
    return abuse.run(place / "corpus", place / "outputs").tables


def test_good_documents_come_out_the_same_beside_bad_ones(tmp_path: Path, undisturbed: Path) -> None:
    abuse.put(tmp_path / "corpus", QUICK)
    ran = abuse.run(tmp_path / "corpus", tmp_path / "outputs", "--jobs", "2")
    ran = ran._replace(megabytes=0)  # the system counts what this worker held when it began the run
    assert (ran.code, abuse.wrong(ran, QUICK, undisturbed)) == (3, [])
