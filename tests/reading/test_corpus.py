"""Corpus: which files are documents, their identifiers, their metadata, their bytes."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from pries.base.errors import InputError
from pries.reading import corpus, decoding
from pries.reading import documents as reading
from pries.reading.formats import Limits
from pries.reading.marks import Unreadable

GOOD = "Les gouvernements ont été priés de ratifier la Convention."


def folder(tmp_path: Path, *names: str, metadata: str = "") -> Path:
    """A corpus of good documents with these names, and a metadata.csv if its rows are given."""
    for name in names:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(GOOD, encoding="utf-8")
    if metadata:
        header = "doc_id,file,symbol,title,date,lang\n"
        (tmp_path / "metadata.csv").write_text(header + metadata, encoding="utf-8")
    return tmp_path


def doc_ids(path: Path) -> list[str]:
    return [row["doc_id"] for row in corpus.manifest(path)]


def test_documents_are_all_files_but_metadata_corrections_and_hidden_ones(tmp_path: Path) -> None:
    folder(tmp_path, "b.txt", "a.txt", "sous/c.txt", "sous/metadata.csv", ".git/config", "sous/.cache")
    (tmp_path / "metadata.csv").write_text("file\na.txt\n", encoding="utf-8")
    (tmp_path / "corrections.csv").write_text("\n", encoding="utf-8")
    assert corpus.documents(tmp_path) == ["a.txt", "b.txt", "sous/c.txt", "sous/metadata.csv"]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["A_68_370.txt"], ["A_68_370"]),
        (["a.md", "a.txt"], ["a_md", "a_txt"]),
        (["a", "a.txt"], ["a", "a_txt"]),
        (["x/a.txt", "y/a.txt"], ["x_a.txt", "y_a.txt"]),
        (["a.txt", "x/b.txt"], ["a", "b"]),
    ],
)
def test_doc_id_is_the_stem_and_longer_where_stems_meet(tmp_path: Path, names: list[str], expected: list[str]) -> None:
    assert doc_ids(folder(tmp_path, *names)) == expected


def test_metadata_gives_doc_id_symbol_title_and_date(tmp_path: Path) -> None:
    row = 'resume,a.txt,A/68/370,"Résumé des  auditions, suite",2013-07-15,fr\n'
    made = corpus.manifest(folder(tmp_path, "a.txt", "b.txt", metadata=row))
    content = {"sha256": hashlib.sha256(GOOD.encode()).hexdigest(), "bytes": str(len(GOOD.encode()))}
    assert made[0] == content | {
        "doc_id": "resume",
        "symbol": "A/68/370",
        "title": "Résumé des auditions, suite",
        "date": "2013-07-15",
        "lang": "fr",
        "more": "",
        "file": "a.txt",
    }
    assert made[1] == dict.fromkeys(corpus.COLUMNS, "") | content | {"doc_id": "b", "file": "b.txt"}


def test_metadata_of_a_sub_folder_speaks_of_the_files_below_it(tmp_path: Path) -> None:
    folder(tmp_path, "a.txt", "sous/a.txt", metadata="un,a.txt,,,,\n")
    (tmp_path / "sous" / "metadata.csv").write_text("file;title\na.txt;Un avis\n", encoding="utf-8")
    made = corpus.manifest(tmp_path)
    assert [(row["file"], row["doc_id"], row["title"]) for row in made] == [
        ("a.txt", "un", ""),
        ("sous/a.txt", "sous_a.txt", "Un avis"),
    ]


def test_a_wrong_row_of_a_sub_folder_is_named_with_its_file(tmp_path: Path) -> None:
    folder(tmp_path, "a.txt", "sous/b.txt")
    (tmp_path / "sous" / "metadata.csv").write_text("file,date\na.txt,2013\n", encoding="utf-8")
    with pytest.raises(InputError) as raised:
        corpus.manifest(tmp_path)
    assert (Path(raised.value.file), raised.value.line) == (tmp_path / "sous" / "metadata.csv", 2)


def test_metadata_needs_the_file_column_alone(tmp_path: Path) -> None:
    folder(tmp_path, "a.txt")
    (tmp_path / "metadata.csv").write_bytes("\ufefffile,organe\na.txt,Assemblée\n".encode())
    assert doc_ids(tmp_path) == ["a"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_metadata_may_be_as_a_spreadsheet_saves_it(tmp_path: Path, encoding: str, delimiter: str) -> None:
    lines = ("file,title,organe", "a.txt,L’été des régions,Conseil", ",,", "")
    text = "\r\n".join(lines).replace(",", delimiter)
    (folder(tmp_path, "a.txt") / "metadata.csv").write_bytes(text.encode(encoding))
    (made,) = corpus.manifest(tmp_path)
    assert (made["title"], made["more"]) == ("L’été des régions", '{"organe": "Conseil"}')


@pytest.mark.parametrize(
    ("metadata", "line", "word"),
    [
        ("a,absent.txt,,,,fr\n", 2, "absent.txt"),
        ("a,a.txt,,,,fr\nb,a.txt,,,,fr\n", 3, "comes twice"),
        ("a,a.txt,,,,fr\na,b.txt,,,,fr\n", 3, "comes twice"),
        ("a,a.txt,,Un titre, coupé,,fr\n", 2, "cells"),
        ("a,a.txt\n", 2, "cells"),
        ("a,a.txt,,,hier,fr\n", 2, "hier"),
        ("a,a.txt,,,2013-13,fr\n", 2, "2013-13"),
        ("a,a.txt,,,2013-02-30,fr\n", 2, "2013-02-30"),
        ('a,a.txt,,"Un titre,2013,fr\n', 2, "CSV"),
    ],
)
def test_a_broken_metadata_row_is_named(tmp_path: Path, metadata: str, line: int, word: str) -> None:
    with pytest.raises(InputError) as caught:
        corpus.manifest(folder(tmp_path, "a.txt", "b.txt", metadata=metadata))
    assert caught.value.line == line
    assert word in caught.value.problem
    assert caught.value.remedy


@pytest.mark.parametrize("date", ["", "2013", "2013-07", "2013-07-15", "2012-02-29"])
def test_dates_may_be_of_a_year_a_month_or_a_day(tmp_path: Path, date: str) -> None:
    made = corpus.manifest(folder(tmp_path, "a.txt", metadata=f"a,a.txt,,,{date},fr\n"))
    assert made[0]["date"] == date


@pytest.mark.parametrize("header", [b"doc_id,symbol\na,A/68/370\n", b"", b"file\0\1\2\3"])
def test_metadata_without_a_file_column_or_no_text(tmp_path: Path, header: bytes) -> None:
    (folder(tmp_path, "a.txt") / "metadata.csv").write_bytes(header)
    with pytest.raises(InputError, match=r"metadata\.csv"):
        corpus.manifest(tmp_path)


def test_two_documents_that_would_share_a_doc_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a\.txt and b\.txt"):
        corpus.manifest(folder(tmp_path, "a.txt", "b.txt", metadata="b,a.txt,,,,fr\n"))


def test_a_folder_that_is_missing_empty_or_unreadable(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such corpus folder"):
        corpus.manifest(tmp_path / "absent")
    with pytest.raises(InputError, match="no document"):
        corpus.manifest(tmp_path)
    (tmp_path / "image.txt").write_bytes(b"\x89PNG\r\n\0\0")
    (tmp_path / "rebut.txt").write_bytes(b"Les \0\1\2 \xc9tats")
    (tmp_path / "vide.txt").write_bytes(b"")
    with pytest.raises(InputError, match="no readable document"):
        corpus.manifest(tmp_path)


def test_a_file_name_that_is_not_utf8_is_named_in_ascii(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(bytes(tmp_path) + b"/r\xe9sum\xe9.txt")).write_text(GOOD, encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes UTF-8 names alone")
    (tmp_path / "bon.txt").write_text(GOOD, encoding="utf-8")
    names = [row["file"] for row in corpus.manifest(tmp_path)]
    assert names == ["bon.txt", "r\\xe9sum\\xe9.txt"]
    with pytest.raises(Unreadable, match="not UTF-8"):
        reading.texts(tmp_path, names[1], Limits())


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "secret.txt"
    outside.write_text(GOOD, encoding="utf-8")
    inside = folder(tmp_path / "corpus", "a.txt")
    (inside / "lien.txt").symlink_to(outside)
    (inside / "b.txt").symlink_to(inside / "a.txt")
    assert {row["file"]: bool(row["sha256"]) for row in corpus.manifest(inside)} == {
        "a.txt": True, "b.txt": True, "lien.txt": False,
    }  # fmt: skip
    with pytest.raises(Unreadable, match="leads out of the corpus folder"):
        reading.texts(inside, "lien.txt", Limits())
    assert reading.texts(inside, "b.txt", Limits())[0].text == GOOD


def test_a_folder_that_becomes_a_link_out_meanwhile_is_not_followed(tmp_path: Path) -> None:
    inside = folder(tmp_path / "corpus", "2013/a.txt")
    assert reading.texts(inside, "2013/a.txt", Limits())[0].text == GOOD
    (inside / "2013").rename(tmp_path / "2013")
    (inside / "2013").symlink_to(tmp_path / "2013")
    with pytest.raises(Unreadable, match="leads out of the corpus folder"):
        reading.texts(inside, "2013/a.txt", Limits())


def test_what_is_no_file_is_listed_and_named(tmp_path: Path) -> None:
    inside = folder(tmp_path / "corpus", "a.txt", "2013/b.txt")
    (inside / "vers rien").symlink_to(inside / "absent.txt")
    (inside / "vers un dossier").symlink_to(inside / "2013")
    os.mkfifo(inside / "tube.txt")
    names = [row["file"] for row in corpus.manifest(inside)]
    assert names == ["2013/b.txt", "a.txt", "tube.txt", "vers rien", "vers un dossier"]
    for name, problem in zip(names[2:], ("a pipe", "No such file", "a link to a folder"), strict=True):
        with pytest.raises(Unreadable, match=problem):
            reading.texts(inside, name, Limits())


@pytest.mark.parametrize("name", corpus.OWN)
def test_a_file_of_the_programs_own_that_leads_out_is_not_read_but_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.csv").write_text("file,secret\na.txt,42\n", encoding="utf-8")
    inside = folder(tmp_path / "corpus", "a.txt")
    (inside / name).symlink_to(tmp_path / "secret.csv")
    one, other = sorted(corpus.manifest(inside), key=lambda row: row["file"] != "a.txt")
    assert (one["more"], other["file"], other["sha256"]) == ("", name, "")
    with pytest.raises(Unreadable, match="leads out of the corpus folder"):
        reading.texts(inside, name, Limits())
    assert not corpus.own(inside, name)


def test_outputs_among_the_documents_are_none(tmp_path: Path) -> None:
    inside = folder(tmp_path / "corpus", "a.txt", "sorties/tables/b.csv", "lexicons/c.csv", "settings/d.toml")
    assert [row["file"] for row in corpus.manifest(inside, outputs=inside / "sorties")] == ["a.txt"]


def test_nothing_is_read_of_a_file_that_is_too_large(tmp_path: Path) -> None:
    with (folder(tmp_path, "a.txt") / "b.bin").open("wb") as file:
        file.truncate(3_000_000)
    looked: list[Path] = []

    def noted(path: Path) -> str:
        looked.append(path)
        return corpus.sha256(path)

    rows = corpus.manifest(tmp_path, noted, most=2_000_000)
    assert [(row["file"], row["bytes"]) for row in rows if not row["sha256"]] == [("b.bin", "3000000")]
    assert [path.name for path in looked] == ["a.txt"]
    with pytest.raises(Unreadable, match="larger than 2 megabytes"):
        reading.texts(tmp_path, "b.bin", Limits(max_megabytes=2))


def test_a_file_that_changes_after_it_was_listed_is_named(tmp_path: Path) -> None:
    (row,) = corpus.manifest(folder(tmp_path, "a.txt"))
    assert reading.texts(tmp_path, "a.txt", Limits(), row["sha256"])[0].text == GOOD
    (tmp_path / "a.txt").write_text("Autre chose.\n", encoding="utf-8")
    with pytest.raises(Unreadable, match="changed while the folder was being read"):
        reading.texts(tmp_path, "a.txt", Limits(), row["sha256"])


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    rows = corpus.manifest(folder(tmp_path, "a.txt", "b.txt", metadata='un,a.txt,A/1,"Titre, « cité » ""ici""",,fr\n'))
    path = tmp_path / "manifest.csv"
    path.write_bytes(corpus.dump(rows))
    assert corpus.read(path) == rows
    path.write_bytes("\ufeff".encode() + corpus.dump(rows))  # as a spreadsheet saves it
    assert corpus.read(path) == rows


def test_other_columns_are_kept(tmp_path: Path) -> None:
    folder(tmp_path, "a.txt", "b.txt")
    (tmp_path / "metadata.csv").write_text("file,organe,année\na.txt,Assemblée,2013\nb.txt,,2014\n", encoding="utf-8")
    assert [json.loads(row["more"]) for row in corpus.manifest(tmp_path)] == [
        {"organe": "Assemblée", "année": "2013"}, {"année": "2014"},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (GOOD.encode(), "utf-8"),
        (GOOD.encode("utf-8-sig"), "utf-8"),
        ("L’État a été prié d’agir à 100 €.".encode("cp1252"), "cp1252"),
        (GOOD.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + GOOD.encode("utf-16-be"), "utf-16"),
    ],
)
def test_text_is_read_in_its_encoding(data: bytes, encoding: str) -> None:
    text, found = decoding.read_text(data)
    assert found == encoding
    assert "été prié" in text
    assert not text.startswith("\ufeff")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\r\n\f", "empty"),
        (b"\xef\xbb\xbf\n", "empty"),
        (b"\xff\xfe\n\0", "empty"),
        (b"texte\0texte", "binary"),
        (b"\xff\xfe\0\xd8\0\0", "binary"),
        (bytes(range(1, 32)) * 4, "binary"),
        (b"\x81\x8d\x8f", "neither"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        decoding.read_text(data)


def test_line_ends_and_form_feeds_are_left_to_the_reader() -> None:
    assert decoding.read_text(b"un\r\ndeux\ftrois") == ("un\r\ndeux\ftrois", "utf-8")


def test_the_manifest_tells_a_change(tmp_path: Path) -> None:
    documents = folder(tmp_path / "corpus", "a.txt")
    before = corpus.manifest(documents)
    (documents / "corrections.csv").write_text("obligation_id,action\n", encoding="utf-8")
    assert corpus.manifest(documents) == before  # decisions are no documents
    (documents / "a.txt").write_text(GOOD + " Ils ont répondu.", encoding="utf-8")
    assert corpus.manifest(documents) != before


def test_it_needs_no_site_packages() -> None:
    """A run with nothing to do loads no library."""
    code = "import pries.running.outlook, sys; sys.exit('pandas' in sys.modules or 'spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
