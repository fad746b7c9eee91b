"""Runs that cannot start, documents that cannot be read: what is said, what is written, the exit code."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest
from conftest import ROOT, Ended, differing, make, pries, published, rows
from pries.stages import BY_NAME

PACKAGE = ROOT / "pipeline" / "pries"
GOOD = "1. Les participants ont prié les gouvernements de ratifier la Convention.\n"
BINARY = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"


@dataclass
class Case:
    """What a user gives to one run: three folders, of which a test spoils something."""

    corpus: Path
    lexicons: Path
    settings: Path


Spoil = Callable[[Case], int]  # spoils something; the line that the message must name, 0 for none


def row(lexicon: str, change: Callable[[dict[str, str]], list[str]]) -> Spoil:
    """Replace the cells of a lexicon's first row by `change(its cells by column)`."""

    def spoil(case: Case) -> int:
        path = case.lexicons / lexicon
        with path.open(encoding="utf-8", newline="") as file:
            lines = list(csv.reader(file))
        header, first = [n for n, cells in enumerate(lines) if cells and not cells[0].startswith("#")][:2]
        lines[first] = change(dict(zip(lines[header], lines[first], strict=True)))
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(lines)
        return first + 1

    return spoil


def cell(lexicon: str, column: str, value: str) -> Spoil:
    """Put `value` into a column of a lexicon's first row."""
    return row(lexicon, lambda cells: list((cells | {column: value}).values()))


def setting(file: str, key: str, line: str) -> Spoil:
    """Replace the line that sets `key`."""

    def spoil(case: Case) -> int:
        path = case.settings / file
        lines = path.read_text(encoding="utf-8").splitlines()
        number = next(n for n, old in enumerate(lines) if old.split("=")[0].strip() == key)
        path.write_text("\n".join([*lines[:number], line, *lines[number + 1 :]]) + "\n", encoding="utf-8")
        return number + 1

    return spoil


def metadata(line: str) -> Spoil:
    """Give the corpus a metadata.csv of one row."""

    def spoil(case: Case) -> int:
        path = case.corpus / "metadata.csv"
        path.write_text(f"doc_id,file,symbol,title,date,lang\n{line}\n", encoding="utf-8")
        return 2

    return spoil


def corpus(change: Callable[[Path], object]) -> Spoil:
    """Change the corpus folder."""

    def spoil(case: Case) -> int:
        change(case.corpus)
        return 0

    return spoil


def scanned(folder: Path) -> None:
    """Leave nothing but a page without a text layer."""
    page = pypdfium2.PdfDocument.new()
    page.new_page(595, 842)
    page.save(folder / "bon.txt")


# What is spoilt, the file that the message names, a word that it holds.
CASES: dict[str, tuple[Spoil, str, str]] = {
    "corpus missing": (corpus(shutil.rmtree), "rapports", "no such"),
    "corpus empty": (corpus(lambda path: (path / "bon.txt").unlink()), "rapports", "no document"),
    "nothing readable": (corpus(lambda path: (path / "bon.txt").write_bytes(BINARY)), "rapports", "no readable"),
    "no text in any": (corpus(scanned), "rapports", "no readable"),
    "row too short": (row("triggers.csv", lambda cells: list(cells.values())[:-1]), "triggers.csv", "cells"),
    "unknown modality": (cell("triggers.csv", "modality", "souhait"), "triggers.csv", "souhait"),
    "unknown type of actor": (cell("actors.csv", "type", "licorne"), "actors.csv", "licorne"),
    "theme without a code": (cell("themes.csv", "theme", ""), "themes.csv", "theme"),
    "theme without a label": (cell("themes.csv", "label_fr", ""), "themes.csv", "label_fr"),
    "setting of the wrong type": (setting("clusters.toml", "seed", 'seed = "douze"'), "clusters.toml", "douze"),
    "setting out of bounds": (setting("clusters.toml", "subsamples", "subsamples = -3"), "clusters.toml", "-3"),
    "unknown setting": (setting("figures.toml", "dpi", "pixels = 200"), "figures.toml", "pixels"),
    "metadata of an unknown file": (metadata("a,autre.txt,,,,fr"), "metadata.csv", "autre.txt"),
    "metadata row too long": (metadata("a,bon.txt,,Un titre, coupé,2013,fr"), "metadata.csv", "cells"),
    "metadata with a bad date": (metadata("a,bon.txt,,Titre,hier,fr"), "metadata.csv", "hier"),
}


@pytest.fixture
def case(tmp_path: Path) -> Case:
    corpus = tmp_path / "rapports"
    corpus.mkdir()
    (corpus / "bon.txt").write_text(GOOD, encoding="utf-8")
    copies = [Path(shutil.copytree(PACKAGE / name, tmp_path / name)) for name in ("lexicons", "settings")]
    return Case(corpus, *copies)


@pytest.mark.parametrize("name", CASES)
def test_a_run_that_cannot_start_says_one_line_and_writes_nothing(case: Case, tmp_path: Path, name: str) -> None:
    spoil, file, word = CASES[name]
    line = spoil(case)
    outputs = tmp_path / "outputs"
    options = ("--lexicons", case.lexicons, "--settings", case.settings)
    done = pries("--corpus", case.corpus, "--outputs", outputs, *options)
    assert done.code == 2
    assert len(done.err) == 1, done.err
    place = f"{file}, line {line}: " if line else f"{file}"
    assert place in done.err[0]
    assert word in done.err[0]
    assert "; " in done.err[0]  # the remedy
    assert [path for path in outputs.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("name", ["corpus missing", "corpus empty", "metadata of an unknown file"])
def test_make_refuses_a_corpus_in_one_line(case: Case, tmp_path: Path, name: str) -> None:
    spoil, file, word = CASES[name]
    spoil(case)
    done = make(f"CORPUS={case.corpus}", f"OUTPUTS={tmp_path / 'outputs'}")
    assert done.code == 2
    told = [line for line in done.err if not line.startswith("make: ***")]
    assert len(told) == 1, told
    assert file in told[0]
    assert word in told[0]
    assert not (tmp_path / "outputs").exists()


@pytest.mark.parametrize("name", ["unknown modality", "setting of the wrong type"])
def test_make_stops_at_a_broken_lexicon_or_setting_before_any_stage(checkout: Path, tmp_path: Path, name: str) -> None:
    spoil, file, word = CASES[name]
    line = spoil(
        Case(
            checkout / "corpus",
            checkout / "pipeline" / "pries" / "lexicons",
            checkout / "pipeline" / "pries" / "settings",
        )
    )
    before = published(checkout / "outputs")
    done = make(cwd=checkout)
    assert done.code == 2
    told = [said for said in done.err if not said.startswith("make: ***")]
    assert len(told) == 1, told
    assert f"{file}, line {line}: " in told[0]
    assert word in told[0]
    assert [said for said in done.out if said.split()[0] in BY_NAME] == []
    assert differing(published(checkout / "outputs"), before) == []


def test_corpus_without_outputs_is_refused(case: Case, checkout: Path) -> None:
    before = published(checkout / "outputs")
    done = make(f"CORPUS={case.corpus}", cwd=checkout)
    assert done.code == 2
    assert len(done.err) == 1
    assert "OUTPUTS" in done.err[0]
    assert differing(published(checkout / "outputs"), before) == []


@pytest.fixture
def with_unreadable(tmp_path: Path) -> Path:
    """One good document, an empty one and a binary one."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "bon.txt").write_text(GOOD, encoding="utf-8")
    (corpus / "vide, sans texte.txt").write_bytes(b"")
    (corpus / "image.txt").write_bytes(BINARY)
    return corpus


def assert_named(done: Ended, outputs: Path) -> None:
    problems = rows(outputs / "tables" / "problems.csv")
    assert [row["file"] for row in problems] == ["image.txt", "vide, sans texte.txt"]
    assert [row["file"] for row in problems if not (row["problem"] and row["remedy"])] == []
    said = "\n".join(done.out + done.err)
    assert "vide, sans texte.txt" in said
    assert "image.txt" in said
    assert "Traceback" not in said
    assert len(rows(outputs / "tables" / "obligations.csv")) == 1


@pytest.mark.parametrize(("strict", "code"), [((), 3), (("--strict",), 1)])
def test_unreadable_documents_are_named_and_the_rest_is_done(
    with_unreadable: Path, tmp_path: Path, strict: tuple[str, ...], code: int
) -> None:
    done = pries("--corpus", with_unreadable, "--outputs", tmp_path / "outputs", *strict)
    assert done.code == code
    assert_named(done, tmp_path / "outputs")


def test_make_goes_on_past_unreadable_documents_unless_strict(with_unreadable: Path, tmp_path: Path) -> None:
    outputs = tmp_path / "outputs"
    done = make(f"CORPUS={with_unreadable}", f"OUTPUTS={outputs}")
    assert done.code == 0
    assert_named(done, outputs)
    strict = make(f"CORPUS={with_unreadable}", f"OUTPUTS={outputs}", "STRICT=1")
    assert strict.code == 2
    assert "problems.csv" in strict.err[0]
