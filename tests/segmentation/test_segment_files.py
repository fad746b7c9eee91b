"""Segment: files, limits, identifiers, mistakes of the user."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
from pries.base.errors import InputError
from pries.base.places import SETTINGS
from pries.reading import corpus
from pries.schema.ids import content_id
from pries.segmentation import segment

TEXT = "1. Prie les États :\n\na) D’agir. Vite;\n\nb) De voir;\n\n2. Prie les États d’agir. Vite;\n"


def run(folder: Path, settings: Path = SETTINGS) -> dict[str, pd.DataFrame]:
    manifest = pd.DataFrame(corpus.manifest(folder), columns=list(corpus.COLUMNS))
    return segment.run(folder, manifest, settings=settings)


def test_an_unreadable_document_is_a_problem_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "bon.txt").write_bytes("1. Les États ont été priés d’agir.".encode("cp1252"))
    (tmp_path / "image.txt").write_bytes(b"\x89PNG\0")
    (tmp_path / "vide.txt").write_bytes(b"")
    made = run(tmp_path)
    assert made["documents"][["doc_id", "format", "encoding"]].values.tolist() == [["bon", "txt", "cp1252"]]
    assert made["problems"][["file", "doc_id", "line", "stage", "problem"]].values.tolist() == [
        ["image.txt", "image", 0, "segment", "a picture"],
        ["vide.txt", "vide", 0, "segment", "empty document"],
    ]
    assert made["problems"].remedy.all()
    assert made["sentences"].text.tolist() == ["Les États ont été priés d’agir."]


def test_a_document_beyond_the_limit_is_a_problem(tmp_path: Path) -> None:
    settings, folder = tmp_path / "settings", tmp_path / "corpus"
    settings.mkdir()
    folder.mkdir()
    shutil.copy(SETTINGS / "segment.toml", settings)
    (settings / "reading.toml").write_text("max_characters = 20\n", encoding="utf-8")
    (folder / "court.txt").write_text("Agissons.", encoding="utf-8")
    (folder / "long.txt").write_text("Les États ont été priés d’agir.", encoding="utf-8")
    made = run(folder, settings)
    assert made["problems"].problem.tolist() == ["longer than 20 characters"]
    (folder / "court.txt").unlink()
    with pytest.raises(InputError, match="no readable document"):
        run(folder, settings)


def test_tables_whose_rows_have_the_same_names_both_come_whole(tmp_path: Path) -> None:
    table = "id;recommandation\n1;Former les {0}.\n2;Payer les {0}.\n"
    for name in ("gardes", "juges"):
        (tmp_path / f"{name}.csv").write_text(table.format(name), encoding="utf-8")
    (tmp_path / "x.csv").write_text(table.format("x").replace("2;", "gardes;"), encoding="utf-8")
    (tmp_path / "y.csv").write_text("id;texte\n7;Agir vite.\n8;Agir bien.\n", encoding="utf-8")
    made = run(tmp_path)
    assert made["problems"].empty
    assert made["documents"]["doc_id"].tolist() == ["1", "2", "juges_1", "juges_2", "x_1", "x_gardes", "7", "8"]
    assert made["sentences"]["sentence_id"].is_unique
    (tmp_path / "gardes").mkdir()
    for name in ("gardes/juges_1.txt", "8.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    made = run(tmp_path)
    assert made["problems"]["problem"].tolist() == ["doc_id 'juges_1' is also that of gardes/juges_1.txt"]
    assert {"y_7", "y_8", "8", "juges_2"} <= set(made["documents"]["doc_id"])


def test_documents_know_nothing_of_each_other(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    made = run(tmp_path)
    one = segment.segment_text(TEXT, "b").sentences
    both = made["sentences"]
    assert both[both.doc_id == "b"].reset_index(drop=True).equals(one)
    assert both.sentence_id.is_unique


def test_identifiers_outlive_renumbering_and_tell_repetitions_apart() -> None:
    before = segment.segment_text("1. Agissez.\n\n2. Les États agiront. Agissez.\n", "essai").sentences
    after = segment.segment_text("Avant.\n\n7. Agissez.\n\n8. Les  États\nagiront. Agissez.\n", "essai").sentences
    assert after.sentence_id.tolist()[1:] == before.sentence_id.tolist()
    assert before.sentence_id.is_unique
    assert before.sentence_id.tolist()[0] == content_id("s", "essai", "Agissez.", 1)


def test_a_wrong_manifest_is_told(tmp_path: Path) -> None:
    path = tmp_path / "manifest.csv"
    with pytest.raises(InputError, match="no such manifest"):
        corpus.read(path)
    path.write_text("doc_id\na\n", encoding="utf-8")
    with pytest.raises(InputError, match="not a manifest"):
        corpus.read(path)
    path.write_text(f"{','.join(corpus.COLUMNS)}\na,b\n", encoding="utf-8")
    with pytest.raises(InputError, match="fewer cells"):
        corpus.read(path)
