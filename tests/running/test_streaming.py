"""Streaming: what comes of a corpus does not depend on how it is cut into parts, and no large table is ever joined."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT, differing, published
from pries.base.places import LEXICONS, SETTINGS
from pries.reading import corpus
from pries.running import reducer
from pries.running.shards import Folders
from pries.schema import schema
from pries.segmentation import segment
from pries.stages import CORPUS, DOCUMENT, STAGES, Stage
from pries.store import batches, files, shard_files

MAPPED = tuple(stage for stage in STAGES if stage.per == DOCUMENT)
REDUCED = tuple(stage for stage in STAGES if stage.per == CORPUS)
LARGE = {table for stage in REDUCED for table in stage.reads if table not in stage.whole}
Frames = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def mapped(tmp_path_factory: pytest.TempPathFactory) -> Frames:
    """What the stages that work on shards make of the reference report, its lines cut into ten documents."""
    folder = tmp_path_factory.mktemp("corpus")
    lines = (ROOT / "corpus" / "A_68_370.txt").read_text(encoding="utf-8").splitlines()
    size = len(lines) // 10 + 1
    for n in range(10):
        text = "\n".join(lines[n * size : (n + 1) * size] * (2 if n == 4 else 1)) + "\n"  # one restates itself
        (folder / f"d{n}.txt").write_text(text, encoding="utf-8")
    rows = ("file,organe\n", *(f"d{n}.txt,{'Comité' if n % 3 else 'Conseil'}\n" for n in range(10)))
    (folder / "metadata.csv").write_text("".join(rows), encoding="utf-8")
    made = segment.run(folder, pd.DataFrame(corpus.manifest(folder), columns=list(corpus.COLUMNS)))
    for stage in MAPPED[1:]:
        found = stage.load().run(**{t: made[t] for t in stage.reads}, lexicons=LEXICONS, settings=SETTINGS)
        made |= {t: schema.conform(found[short(t)], short(t), stage.name) for t in stage.writes}
    return made


def short(table: str) -> str:
    """found/obligations -> obligations."""
    return table.rpartition("/")[2]


def decisions(found: Frames) -> bytes:
    """Corrections of every kind: confirmed, rejected, edited, added, an actor under another name."""
    rows = found["found/obligations"]
    ids = rows["obligation_id"].tolist()
    named = rows[rows["addressee_actor"] != ""].iloc[-1]
    sentence = found["sentences"].iloc[-1]
    word = sentence["text"].split()[1].strip(".,;")
    added = {"doc_id": sentence["doc_id"], "sentence_text": sentence["text"], "trigger": word, "modality": "urge"}
    lines = [
        f"{ids[0]},confirm,,,,",
        f"{ids[3]},reject,,,,",
        f"{named['obligation_id']},edit,addressee,{named['addressee']},États,",
        f",edit,actor_label,{rows.loc[rows['issuer_actor'] != '', 'issuer_actor'].iloc[-1]},Autre nom,",
        *(f'new,add,{field},,"{value}",' for field, value in added.items()),
    ]
    return ("obligation_id,action,field,old,new,coder\n" + "\n".join(lines) + "\n").encode()


def reduced(tables: Mapping[str, batches.Table], decided: bytes, folder: Path) -> dict[str, batches.Table]:
    """All tables of a run in FOLDER/outputs, each stage reading there those that `tables` lacks."""
    folders = Folders(folder, folder / "outputs")
    (folders.corpus / "corrections.csv").write_bytes(decided)
    made, shared = dict(tables), {}
    for stage in REDUCED:
        reducer.run(stage, folders, made, shared)
    return made


@pytest.fixture(scope="module")
def whole(mapped: Frames, tmp_path_factory: pytest.TempPathFactory) -> Folders:
    """A run on DataFrames."""
    folder = tmp_path_factory.mktemp("whole")
    made = reduced(mapped, decisions(mapped), folder)
    assert made["unapplied"].empty
    assert [t for t in ("families", "afc", "reinert_classes", "repeated_segments") if made[t].empty] == []
    return Folders(folder, folder / "outputs")


def cut(mapped: Frames, work: Path, seed: int) -> None:
    """The tables in WORK, in shards that end at random documents."""
    chance = random.Random(seed)
    shard: dict[str, int] = {}
    for doc in mapped["documents"]["doc_id"]:
        last = max(shard.values(), default=0)
        shard[doc] = last + (bool(shard) and chance.random() < 0.5)
    done = defaultdict(list)
    home = dict(zip(mapped["sentences"]["sentence_id"], mapped["sentences"]["doc_id"], strict=True))
    for stage in MAPPED:
        for table in stage.writes:
            for key in sorted(set(shard.values())):
                frame = mapped[table]
                documents = frame["doc_id"] if "doc_id" in frame else frame.get("sentence_id", pd.Series()).map(home)
                mine = frame if table == "vectors" else frame[documents.map(shard) == key]
                path = shard_files.place(work, f"{key:016x}", f"{table}.parquet")
                files.write_parquet(mine, path, short(table), stage.name)
                done[stage.name].append(f"{path.relative_to(work)}\n")
    for name, lines in done.items():
        (work / f"{name}.done").write_text("".join(lines), encoding="utf-8")


@pytest.mark.parametrize("seed", range(3))
def test_however_the_corpus_is_cut_the_tables_are_the_same(
    mapped: Frames, whole: Folders, seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "PART", 1)  # each shard is a part
    joined = never_joined(monkeypatch)
    folders = Folders(tmp_path, tmp_path / "outputs")
    cut(mapped, folders.work, seed)
    made = reduced({}, decisions(mapped), tmp_path)
    assert isinstance(made["tokens"], batches.Parted)
    assert isinstance(made["text_segments"], batches.Parted)
    for table in (table for stage in REDUCED for table in stage.writes):
        one, other = (pd.read_parquet(where.work / f"{table}.parquet") for where in (whole, folders))
        pd.testing.assert_frame_equal(one, other, check_exact=True, obj=table)
    assert differing(published(whole.outputs), published(folders.outputs)) == []
    assert joined == []


def never_joined(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The large tables that are read whole from now on, though they have several parts."""
    found: list[str] = []
    read_parquet, read_whole = files.read_parquet, batches.whole

    def read(path: Path, columns: list[str] | None = None) -> pd.DataFrame:
        if path.stem in LARGE and len(batches.opened(path).parts) > 1:
            found.append(path.stem)
        return read_parquet(path, columns)

    def joined(table: batches.Table) -> pd.DataFrame:
        # corrections keep the documents that they are about
        if isinstance(table, batches.Parted) and len(table.parts) > 1 and not table.then:
            found.append(table.parts[0][0][0].stem)
        return read_whole(table)

    monkeypatch.setattr(files, "read_parquet", read)
    monkeypatch.setattr(batches, "whole", joined)
    return found


@pytest.mark.parametrize("stage", REDUCED, ids=lambda stage: stage.name)
def test_each_stage_takes_the_tables_of_the_text_in_parts(stage: Stage) -> None:
    grow = {"paragraphs", "sentences", "tokens", "vectors", "actors", "footnotes", "dropped", "themes", "text_segments"}
    assert set(stage.whole) == set(stage.reads) - grow


def test_small_shards_are_read_together_and_tables_alike(
    mapped: Frames, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut(mapped, tmp_path, 0)
    assert isinstance(files.open_parquet(tmp_path / "tokens.parquet"), pd.DataFrame)
    sizes = [path.stat().st_size for path in shard_files.files_of(tmp_path / "tokens.parquet")]
    monkeypatch.setattr(batches, "PART", sizes[0] + sizes[1])
    found = {t: batches.opened(tmp_path / f"{t}.parquet") for t in ("tokens", "sentences", "actors")}
    assert len(found["tokens"].parts[0]) == 2
    assert len({table.cut for table in found.values()}) == 1
    for name, table in found.items():
        assert len(table) == len(mapped[name])
        pd.testing.assert_frame_equal(batches.whole(table), files.read_parquet(tmp_path / f"{name}.parquet"))


def test_a_table_is_published_in_one_way_of_quoting_whatever_its_parts(tmp_path: Path) -> None:
    """A lone carriage return in the last part quotes the cells of all."""
    rows = [("a", 1, "ligne", "règle"), ("b", 1, "retour\rseul", "règle")]
    frame = pd.DataFrame(rows, columns=["doc_id", "line", "text", "rule"])
    parts = [frame.iloc[:1], frame.iloc[1:]]
    files.stream_parquet(iter(parts), tmp_path / "dropped.parquet", "dropped", "segment")
    table = files.open_parquet(tmp_path / "dropped.parquet")
    assert isinstance(table, batches.Parted)
    assert files.write_csv(frame, tmp_path / "whole.csv", "dropped") == 2
    assert files.write_csv(table, tmp_path / "parts.csv", "dropped") == 2
    assert (tmp_path / "parts.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()
    assert b'"retour\rseul"' in (tmp_path / "parts.csv").read_bytes()


def test_a_table_without_parts_has_its_columns(tmp_path: Path) -> None:
    files.stream_parquet(iter([]), tmp_path / "themes.parquet", "themes", "themes")
    pd.testing.assert_frame_equal(files.read_parquet(tmp_path / "themes.parquet"), schema.empty("themes", "themes"))


def test_what_is_spooled_comes_again_in_its_order() -> None:
    spool: batches.Spool[list[int]] = batches.Spool()
    assert list(spool) == []
    for n in range(4):
        spool.append([n] * n)
        assert list(spool) == [[i] * i for i in range(n + 1)]
    assert [pair for pair in zip(spool, spool, strict=True) if pair[0] != pair[1]] == []
