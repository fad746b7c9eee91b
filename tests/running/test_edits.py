"""Edits: an edit of a module, a lexicon or a setting runs exactly the stages that are made of it, and never fewer."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import grimp
import pytest
from conftest import ROOT, Run
from pries.base.places import HERE, LEXICONS, SETTINGS
from pries.running import maker, pages, reducer, run
from pries.running.fingerprint import Package, facts
from pries.running.hashes import Hashes
from pries.running.outlook import Outlook, lines
from pries.running.shards import Folders
from pries.schema import schema
from pries.stages import BY_NAME, CHECK, PAGE, STAGES, Stage

KNOWLEDGE = sorted([*LEXICONS.glob("*.csv"), *SETTINGS.glob("*.toml")])
SAYS = {"shards.toml"}  # how a corpus is cut changes no table; it is read before any stage


@pytest.fixture(scope="module")
def parts() -> dict[str, dict[str, str]]:
    """What each stage is made of."""
    package = Package(Hashes())
    return {stage.name: package.parts(stage, LEXICONS, SETTINGS) for stage in (CHECK, *STAGES)}


# --- code -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", [CHECK, *STAGES], ids=lambda stage: stage.name)
def test_a_stage_is_made_of_the_modules_that_it_imports(stage: Stage, parts: dict[str, dict[str, str]]) -> None:
    """By another program's graph of imports (grimp, which import-linter goes by)."""
    graph = grimp.build_graph("pries", cache_dir=None)
    for module in graph.find_modules_directly_imported_by("pries"):  # the façade, which no stage uses
        graph.remove_import(importer="pries", imported=module)
    modules = {stage.module} | graph.find_upstream_modules(stage.module) - {"pries"}
    if "pries.publishing.figures.gallery" in modules:  # pkgutil goes through it
        modules |= graph.find_children("pries.publishing.figures.gallery")
        modules |= {found for one in set(modules) for found in graph.find_upstream_modules(one)} - {"pries"}
    wanted = {Package(Hashes()).file(module) for module in modules}
    mine = {name for name in parts[stage.name] if name.endswith(".py")}
    packages = {name for name in mine if name.endswith("__init__.py")}
    assert mine - packages == {str(file) for file in wanted} - packages


def test_a_module_belongs_to_the_stages_made_of_it_or_to_none(parts: dict[str, dict[str, str]]) -> None:
    """What no stage is made of runs stages, or serves a command: an edit of it makes nothing again."""
    in_no_stage = {
        path.relative_to(HERE).as_posix().partition("/")[0]
        for path in HERE.rglob("*.py")
        if path.name != "__init__.py" and not any(path.relative_to(HERE).as_posix() in one for one in parts.values())
    }
    assert in_no_stage <= {
        "__main__.py",
        "stages.py",
        "running",
        "inspection",
        "exchange",
        "review",
        "publishing",
        "estimation",
    }


def test_what_a_module_imports_and_names() -> None:
    """Also where it does so late, by name, or by a pattern; words of a sentence name nothing."""
    said = facts(
        '"""Reads themes.csv."""\n'
        "from pries.base import lexicon\n"
        "def late():\n    import pandas as pd\n    importlib.import_module('pries.grammar.parse')\n"
        "FILE, BOOKS = 'triggers.csv', 'themes*.csv'\n"
        "name = f'methods_{lang}.txt.j2' or f'{table}.csv' or 'change triggers.csv'\n"
    )
    assert said.imports == ("pandas", "pries.base", "pries.base.lexicon", "pries.grammar.parse")
    assert said.names == ("methods_*.txt.j2", "themes*.csv", "triggers.csv")


def test_every_table_that_a_stage_reads_is_made_by_one_before_it() -> None:
    made = set[str]()
    for stage in STAGES:
        if stage.per != PAGE:
            assert set(stage.reads) <= made, stage.name
            assert set(stage.whole) <= set(stage.reads), stage.name
        made |= set(stage.writes)
    assert {name.rpartition("/")[2] for name in made} <= schema.TABLES.keys()


@pytest.mark.parametrize("name", ["reader", "methods", "figures"])
def test_a_page_reads_the_tables_that_its_row_names(name: str) -> None:
    stage = BY_NAME[name]
    assert {table for table in stage.reads if "." not in table} == set(stage.load().READS)


# --- lexicons, settings, pages' data ------------------------------------------------------------------

READERS = {
    "lexicons/triggers.csv": {"check", "obligations", "tables"},
    "lexicons/actors.csv": {"check", "actors", "obligations", "tables"},
    "lexicons/themes.csv": {"check", "themes", "figures", "tables", "reader"},
    "lexicons/stopwords.csv": {"check", "families", "clusters", "reinert", "tables"},
    "lexicons/synonyms.csv": {"check", "families", "tables"},
    "lexicons/effects.csv": {"check", "families", "tables"},
    "lexicons/contrasts.csv": {"check", "families", "tables"},
    "settings/parse.toml": {"check", "parse", "tables"},
    "settings/reinert.toml": {"check", "reinert", "tables"},
    "publishing/web/card.js": {"reader"},
    "publishing/templates/methods_fr.txt.j2": {"methods"},
}


@pytest.mark.parametrize("name", READERS)
def test_an_edit_of_a_file_is_one_of_the_stages_that_name_it(name: str, parts: dict[str, dict[str, str]]) -> None:
    """`tables` is of all lexicons and settings, because run.json holds their hashes."""
    assert {stage for stage, made_of in parts.items() if name in made_of} == READERS[name]


def test_no_lexicon_or_setting_is_edited_in_vain(parts: dict[str, dict[str, str]]) -> None:
    named = {
        name.rpartition("/")[2] for stage, one in parts.items() if stage not in ("tables", "check") for name in one
    }
    assert {path.name for path in KNOWLEDGE} - named == SAYS


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The lexicons, settings and data files that each stage opens in a whole run, as Python itself tells."""
    folder = tmp_path_factory.mktemp("opened")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "a.txt").write_text(
        "1. Les États ont été priés de ratifier la Convention.\n", encoding="utf-8"
    )
    seen: dict[str, set[str]] = defaultdict(set)
    at: list[str] = []

    def hook(event: str, values: tuple[Any, ...]) -> None:
        if event == "open" and at and isinstance(values[0], str | os.PathLike):
            path = Path(values[0])
            if path.suffix in (".csv", ".toml", ".j2", ".css", ".js") and path.is_relative_to(HERE):
                place = path.relative_to(HERE).as_posix()
                seen[at[-1]].add(place)

    sys.addaudithook(hook)
    with pytest.MonkeyPatch.context() as patch:
        for module, name, which in ((reducer, "run", 0), (pages, "make", 0), (maker, "prepare", 0)):
            patch.setattr(module, name, within(at, getattr(module, name), which))
        run.run(Folders(folder / "corpus", folder / "outputs"), 1)
    at.clear()
    return seen


def within(at: list[str], function: Any, which: int) -> Any:
    """The function, which notes in `at` the stage that it is given while it is at work."""

    def wrapped(*words: Any, **more: Any) -> Any:
        stage = words[which]
        at.append(getattr(stage, "name", ""))
        try:
            return function(*words, **more)
        finally:
            at.pop()

    return wrapped


def test_a_stage_opens_no_file_that_it_does_not_name(
    opened: dict[str, set[str]], parts: dict[str, dict[str, str]]
) -> None:
    assert len(opened) > 10
    assert {name: files - parts[name].keys() for name, files in opened.items() if files - parts[name].keys()} == {}


# --- what a plan says -----------------------------------------------------------------------------------


@pytest.fixture
def folders(full_run: Run, tmp_path: Path) -> Folders:
    """A finished run of the report, with lexicons and settings of its own that a test may edit."""
    copies = [Path(shutil.copytree(place, tmp_path / place.name)) for place in (LEXICONS, SETTINGS)]
    return Folders(ROOT / "corpus", Path(shutil.copytree(full_run.folder, tmp_path / "outputs")), *copies)


SHOWN = {"tables", "reader", "office", "methods", "figures-fr", "figures-en"}
STUDIED = {
    "themes", "families", "histories", "quotations", "clusters", "specificities", "estimates", *SHOWN,
}  # fmt: skip
COUNTED = {"frequencies", "correspondence", "reinert", *SHOWN}
EDITS = {
    "lexicons/triggers.csv": {"obligations", "corrections", *STUDIED},
    "lexicons/actors.csv": {"actors", "obligations", "corrections", *STUDIED, "correspondence"},
    "lexicons/themes.csv": {"themes", "clusters", "specificities", "estimates", *SHOWN},
    "lexicons/labels.csv": SHOWN,
    "settings/families.toml": {"families", "histories", "clusters", "specificities", "estimates", *SHOWN},
    "settings/statistics.toml": {"specificities", "frequencies", "correspondence", *SHOWN},
    "settings/figures.toml": SHOWN,
    "settings/shards.toml": SHOWN,
    "settings/segment.toml": {unit for stage in STAGES for unit in stage.units},
}


@pytest.mark.parametrize("edited", EDITS)
def test_an_edit_runs_the_stages_that_read_it_and_those_after(folders: Folders, edited: str) -> None:
    path = (folders.lexicons if edited.startswith("lexicons") else folders.settings) / Path(edited).name
    path.write_bytes(path.read_bytes() + b"\n")
    plan = Outlook.of(folders).plan(STAGES)
    assert set(plan) == EDITS[edited]
    direct = {unit for unit, why in plan.items() if why}
    assert all(f"{Path(edited).name} changed" in plan[unit] for unit in direct)
    assert lines(plan)[0].startswith("will run       ")


def test_a_new_document_runs_every_stage_and_the_same_one_elsewhere_none(folders: Folders, tmp_path: Path) -> None:
    corpus = Path(shutil.copytree(ROOT / "corpus", tmp_path / "corpus"))
    assert Outlook.of(replace(folders, corpus=corpus)).plan(STAGES) == {}
    (corpus / "autre.txt").write_text("1. Les États ont été priés d’agir.\n", encoding="utf-8")
    assert set(Outlook.of(replace(folders, corpus=corpus)).plan(STAGES)) == {u for s in STAGES for u in s.units}


def test_corrections_are_no_reason_to_find_requests_again(folders: Folders, tmp_path: Path) -> None:
    corpus = Path(shutil.copytree(ROOT / "corpus", tmp_path / "corpus"))
    (corpus / "corrections.csv").write_text("obligation_id,action,field,old,new,coder,date,note\n", encoding="utf-8")
    plan = Outlook.of(replace(folders, corpus=corpus)).plan(STAGES)
    assert set(plan) == {"corrections", *STUDIED}
    assert plan["corrections"] == ["corrections.csv is new"]


def test_any_deleted_or_edited_output_is_missed(folders: Folders, full_run: Run) -> None:
    """Every published file, but of the figures one in each format and language."""
    unmissed = []
    for name in (name for name in full_run.files if "figures/" not in name or "/clusters." in name):
        path = folders.outputs / name
        aside = path.rename(folders.outputs / "aside")
        gone = Outlook.of(folders).plan(STAGES)
        path.write_bytes(aside.read_bytes() + b" ")
        changed = Outlook.of(folders).plan(STAGES)
        if not (any(f"{name} is gone" in why for why in gone.values())
                and any(f"{name} changed" in why for why in changed.values())):  # fmt: skip
            unmissed.append(name)
        path.unlink()
        aside.rename(path)
    assert unmissed == []


def test_a_stage_needs_those_whose_tables_it_reads() -> None:
    assert [stage.name for stage in run.needed("obligations")] == ["segment", "parse", "actors", "obligations"]
    assert [stage.name for stage in run.needed("frequencies")] == ["segment", "parse", "frequencies"]
    assert run.needed("reader")[-2:] == [BY_NAME["tables"], BY_NAME["reader"]]
    assert list(run.needed("")) == list(STAGES)


# --- hashes ------------------------------------------------------------------------------------------


def test_a_file_put_back_with_its_old_time_and_size_is_noticed(tmp_path: Path) -> None:
    path, other = tmp_path / "mots.csv", tmp_path / "autres.csv"
    path.write_text("prier", encoding="utf-8")
    time.sleep(0.1)
    hashes = Hashes(tmp_path / "hashes.json")
    before = hashes.digest(path)
    hashes.save()
    old = path.stat()
    other.write_text("crier", encoding="utf-8")
    os.utime(other, ns=(old.st_atime_ns, old.st_mtime_ns))
    other.rename(path)
    again = Hashes(tmp_path / "hashes.json")
    assert again.digest(path) != before
    assert not hashes.untouched(path)


def test_a_file_written_as_it_is_hashed_is_hashed_again(tmp_path: Path) -> None:
    """The clock may not tell two writes apart that follow at once."""
    path = tmp_path / "mots.csv"
    path.write_text("prier", encoding="utf-8")
    hashes = Hashes(tmp_path / "hashes.json")
    hashes.digest(path)
    assert hashes.known[str(path)][0] == ""
    assert hashes.digest(tmp_path / "none") == ""


def test_what_is_edited_while_a_stage_runs_is_made_by_the_next_run(folders: Folders) -> None:
    outlook = Outlook.of(folders)
    themes = folders.lexicons / "themes.csv"
    themes.write_bytes(themes.read_bytes() + b"\n")
    stage = BY_NAME["themes"]
    before = outlook.before(stage)
    (folders.work / "stamps" / "themes.json").unlink()
    outlook.note(stage, "themes", before, [folders.work / "themes.parquet"])
    assert not (folders.work / "stamps" / "themes.json").exists()
