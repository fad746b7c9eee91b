"""Files made to do harm: each is read, or named with what is wrong and what to do; good ones are read all the same."""

from __future__ import annotations

import itertools
import mmap
import os
import re
import resource
import shutil
import time
import unicodedata
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT, pries, rows
from hostile import ARCHIVES, EVIL, GOOD, HTMLS, PDFS, SHELL, TABLES, TEXTS
from hostile_markup import MARKUPS
from lxml import etree
from pries.base import errors
from pries.base.places import LEXICONS, SETTINGS
from pries.reading import corpus, sandbox
from pries.reading.formats import Limits
from pries.reading.marks import Unreadable
from pries.reading.sandbox import GROWN, Sandbox
from pries.segmentation import segment

MADE = {**ARCHIVES, **PDFS, **HTMLS, **TABLES, **TEXTS, **MARKUPS}
LIMITS = "max_megabytes = 5\nmax_characters = 2000000\nmax_pages = 50\nmax_seconds = 5\nmemory_megabytes = 500\n"


def data(name: str) -> bytes:
    made = MADE[name]()
    return made.encode("utf-8", "surrogatepass") if isinstance(made, str) else made


@pytest.fixture(scope="module")
def limits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A settings folder with low limits."""
    folder = Path(shutil.copytree(SETTINGS, tmp_path_factory.mktemp("limits") / "settings"))
    (folder / Limits.FILE).write_text(LIMITS, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All hostile files, good ones among them."""
    folder = tmp_path_factory.mktemp("hostile")
    for rank, name in enumerate(MADE):
        (folder / f"{rank:03d} {name}.txt").write_bytes(data(name))
        if rank % 20 == 0:
            (folder / f"{rank:03d} zz bon.txt").write_text(GOOD, encoding="utf-8")
    for rank, name in enumerate(SHELL):
        (folder / f"{name}{rank}"[:255].replace("/", "_")).write_text(GOOD, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def made(folder: Path, limits: Path) -> dict[str, pd.DataFrame]:
    return segment.run(folder, pd.DataFrame(corpus.manifest(folder)), lexicons=LEXICONS, settings=limits)


def is_clean(text: str) -> bool:
    """Whether a terminal shows a text as it is: no controls, no marks of direction."""
    return not any(unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in text)


def test_there_are_many() -> None:
    assert len(MADE) + len(SHELL) >= 200


def test_each_is_read_or_named(folder: Path, made: dict[str, pd.DataFrame]) -> None:
    read, named = set(made["documents"]["file"]), set(made["problems"]["file"])
    assert read | named == {path.name for path in folder.iterdir()} - {"metadata.csv"}


def test_what_is_wrong_is_told_in_a_clear_line(made: dict[str, pd.DataFrame]) -> None:
    for row in made["problems"].itertuples():
        assert row.problem, row
        assert row.remedy, row
        assert is_clean(row.problem + row.remedy), row
        assert "reader failed" not in row.problem, row  # an exception that no reader expects


def test_good_ones_and_odd_names_are_read_all_the_same(made: dict[str, pd.DataFrame]) -> None:
    good = made["documents"][made["documents"]["file"].str.endswith("zz bon.txt")]
    assert len(good) == -(-len(MADE) // 20)
    read = set(made["documents"]["file"])
    assert [f"{name}{rank}" for rank, name in enumerate(SHELL) if f"{name}{rank}"[:255] not in read] == []
    texts = made["paragraphs"][made["paragraphs"]["doc_id"].isin(good["doc_id"])]["text"]
    assert set(texts) == {GOOD.partition(" ")[2].strip()}


BEYOND = [
    "zip bomb", "zip bomb in another part", "zip bomb nested", "zip overlapping", "zip size lied small",
    "zip encrypted", "docx entity bomb", "docx external entity", "docx entity bomb in utf-16", "docx not xml",
    "pdf page tree loops", "pdf object is itself", "pdf the same page often", "pdf nested forms", "pdf stream bomb",
    "pdf encrypted", "html 10,000 levels", "csv open quote", "csv the same twice", "jsonl nested", "beyond megabytes",
    "beyond characters", "nulls", "picture", "odt bomb", "odt bomb in another part", "odt size lied small",
    "odt entity bomb", "odt external entity", "odt not xml", "odt no body", "odt nested deep", "ods", "xlsx bomb",
    "xlsx entity bomb", "xlsx external entity", "xlsx not xml", "akn entity bomb", "akn external entity",
    "akn external entity in utf-16", "akn not closed", "akn without text", "akn nested",
    "csv 100,000 columns", "csv cell of 4 megabytes", "json list nested", "json list open", "json list of all kinds",
]  # fmt: skip


def test_bombs_loops_and_what_is_broken_are_refused(made: dict[str, pd.DataFrame]) -> None:
    refused = {file[4:].removesuffix(".txt") for file in made["problems"]["file"]}
    assert sorted(set(BEYOND) - refused) == []


HARMLESS = [
    "docx external target", "docx target file", "docx target above", "docx members above", "docx field javascript",
    "pdf plain", "pdf javascript", "pdf launch", "pdf huge page count", "html script", "html data address",
    "formulas", "markup", "latex", "accents on a letter", "brackets open", "decimals", "roman", "superscripts alone",
    "odt nested lists", "odt many spaces", "odt many columns", "odt numbers beyond", "odt list goes on with itself",
    "odt notes in notes", "odt members above", "odt macro", "xlsx formulas", "akn include", "akn stylesheet",
    "akn notes", "md front matter bomb", "md front matter object", "md front matter nested", "md quotes nested",
    "md lists nested", "md emphasis open", "md brackets open", "md script", "html comments",
    "html comments of a style open", "html style of lines", "html noughts", "html decorations", "html calls with stops",
    "letters apart", "csv columns without names", "csv headings alone", "json list of one", "xlsx many sheets",
    "odt boxes in boxes", "odt cells of many rows", "html cells of many rows", "akn cells of many rows",
    "md front matter in toml", "md front matter of numbers", "md tasks", "md items alike",
]  # fmt: skip


def test_what_is_only_odd_is_read_and_nothing_of_elsewhere(made: dict[str, pd.DataFrame]) -> None:
    read = {file[4:].removesuffix(".txt") for file in made["documents"]["file"]}
    assert sorted(set(HARMLESS) - read) == []
    assert not made["paragraphs"]["text"].str.contains("root:|/bin/").any()


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory, limits: Path) -> tuple[Path, list[str]]:
    """The whole pipeline on the worst of those that are read, under names that a shell would run."""
    folder = tmp_path_factory.mktemp("worst")
    chosen = [
        "markup", "latex", "formulas", "html script as text", "jsonl lone surrogate", "csv formulas",
        "unknown characters", "superscripts alone", "private characters", "pdf controls in text",
        "accents on a letter", "zip bomb",
    ]  # fmt: skip
    corpus_folder = folder / "corpus"
    corpus_folder.mkdir()
    for name, shell in zip(chosen, SHELL, strict=False):
        (corpus_folder / f"{shell}{name}").write_bytes(data(name))
    escapes = f"1. Les {EVIL}États ont été priés d’agir. " + "Ils agiront. " * 60
    (corpus_folder / f"{EVIL}.txt".replace("/", "")).write_text(escapes, encoding="utf-8")
    (corpus_folder / "vide\x1b[2J\n.txt").write_bytes(b"")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))
        said = pries("--corpus", corpus_folder, "--outputs", folder / "outputs", "--settings", limits, cwd=folder)
    assert said.code == 3, "\n".join(said.err)
    assert [path.name for path in folder.iterdir() if path.name not in ("corpus", "outputs")] == []
    return folder / "outputs", said.out + said.err


def test_nothing_moves_the_cursor_and_nothing_breaks(done: tuple[Path, list[str]]) -> None:
    assert [line for line in done[1] if not is_clean(line)] == []
    assert "Traceback" not in "\n".join(done[1])


def test_names_are_intact_in_the_table_of_problems(done: tuple[Path, list[str]]) -> None:
    named = {row["file"] for row in rows(done[0] / "tables" / "problems.csv")}
    assert "vide\x1b[2J\n.txt" in named
    assert any(name.endswith("zip bomb") for name in named)
    assert f"{EVIL}.txt" in {row["file"] for row in rows(done[0] / "tables" / "documents.csv")}


class Page(HTMLParser):
    """What a browser would run or fetch, and whether elements close."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.active: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += [tag] if tag == "script" else []
        for name, value in attrs:
            address = name in ("src", "href", "action", "data") and not (value or "").startswith(("#", "data:image/"))
            if name.startswith("on") or address or tag in ("iframe", "object", "embed", "base"):
                self.active.append((tag, f"{name}={value}"))


def test_the_page_runs_nothing_of_the_documents(done: tuple[Path, list[str]]) -> None:
    """The same scripts as those of the reference report's page, and no handler or address of anybody else."""
    text = (done[0] / "reader.html").read_text(encoding="utf-8")
    page, reference = Page(), Page()
    page.feed(text)
    reference.feed((ROOT / "outputs" / "reader.html").read_text(encoding="utf-8"))
    assert page.scripts == reference.scripts
    assert set(page.active) <= set(reference.active)
    assert "alert(1)</script>" not in text
    assert not re.search("[\0\x1b\u202e\u2066]", text.split("<script")[0])


@pytest.mark.parametrize("name", ["requests.docx", "tables.xlsx"])
def test_office_files_are_well_formed_and_hold_nothing_active(done: tuple[Path, list[str]], name: str) -> None:
    with zipfile.ZipFile(done[0] / name) as archive:
        assert archive.testzip() is None
        for part in archive.namelist():
            assert not part.endswith((".bin", ".vba"))
            assert ".." not in part
            if part.endswith((".xml", ".rels", ".vml")):
                content = archive.read(part)
                etree.fromstring(content)
                assert b'TargetMode="External"' not in content
                assert b"<f>" not in content


def test_figures_are_well_formed_and_hold_no_script(done: tuple[Path, list[str]]) -> None:
    found = sorted((done[0] / "figures").rglob("*.svg"))
    assert found
    for path in found:
        tags = {etree.QName(e).localname for e in etree.fromstring(path.read_bytes()).iter(etree.Element)}
        assert not tags & {"script", "foreignObject", "image"}


def end_badly(how: str) -> str:
    """A reader that does what it should not."""
    if how == "dies":
        os.abort()
    if how == "sleeps":
        time.sleep(60)
    if how == "eats":
        return "é" * 10**9
    if how == "fails":
        raise KeyError(how)
    os.write(2, b"words")
    return how


@pytest.mark.parametrize(
    ("how", "problem"),
    [("dies", "broke down"), ("sleeps", "longer than"), ("eats", "more than 300 megabytes"), ("fails", "KeyError")],
)
def test_a_reader_that_ends_badly_costs_its_document_alone(
    how: str, problem: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with Sandbox(end_badly, seconds=1, megabytes=300) as work:
        before, bad, *after = work.each(["speaks", how, "speaks", how, "sings"])
    assert [before, after[0], after[2]] == ["speaks", "speaks", "sings"]
    for refused in (bad, after[1]):
        assert isinstance(refused, Unreadable)
        assert problem in refused.problem
        assert refused.remedy
    assert capfd.readouterr() == ("", "")


KEPT: list[bytes | mmap.mmap] = []


def keep(megabytes: int) -> int:
    """A reader that gives nothing back; the process that it works in."""
    KEPT.append(b"x" * (megabytes * 2**20))
    return os.getpid()


def reserve(megabytes: int) -> int:
    """The same, but of memory that it never touches."""
    KEPT.append(mmap.mmap(-1, megabytes * 2**20))
    return os.getpid()


@pytest.mark.parametrize("reader", [keep, reserve])
@pytest.mark.parametrize(("limit", "much"), [(2_000, GROWN + 50), (200, 60)])
def test_a_process_that_has_grown_is_renewed(reader: Callable[[int], int], limit: int, much: int) -> None:
    with Sandbox(reader, seconds=20, megabytes=limit) as work:
        first, grown, renewed, still = (set(work.each(asked)) for asked in ([1, 1], [much], [1], [1]))
    assert [len(first), first == grown, grown & renewed, renewed == still] == [1, True, set(), True]


def test_a_process_is_renewed_after_some_documents_where_nobody_tells_what_it_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pries.base.limits.STATM", tmp_path / "statm")
    monkeypatch.setattr(sandbox, "RENEWED_AFTER", 3)
    with Sandbox(keep, seconds=20, megabytes=200) as work:
        processes = [process for _ in range(7) for process in work.each([1])]
    assert [len(list(same)) for _, same in itertools.groupby(processes)] == [3, 3, 1]


def limits_of(_: str) -> list[int]:
    """The limits that hold in the process: of addresses and of core files."""
    return [resource.getrlimit(kind)[0] for kind in (resource.RLIMIT_AS, resource.RLIMIT_CORE)]


@pytest.mark.parametrize("told", [True, False])
def test_a_process_leaves_no_core_file_whatever_the_system_tells(
    told: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not told:
        monkeypatch.setattr("pries.base.limits.STATM", tmp_path / "statm")
    with Sandbox(limits_of, seconds=20, megabytes=300) as work:
        ((addresses, core),) = work.each([""])
    assert [addresses == resource.RLIM_INFINITY, core] == [not told, 0]


def test_answers_that_nobody_reads_are_not_taken_for_those_of_the_next() -> None:
    with Sandbox(str.upper, seconds=5, megabytes=300) as work:
        assert next(iter(work.each(["a", "b", "c"]))) == "A"
        assert list(work.each(["d" * 100_000, "e" * 40_000, *"f" * 700])) == ["D" * 100_000, "E" * 40_000, *"F" * 700]


def test_what_is_shown_moves_no_cursor() -> None:
    assert errors.printable(f"{EVIL} États") == " ]0;titre  [31m [2J   États"
    told = str(errors.InputError(f"a\n{EVIL}.csv", "wrong\r", "correct\x08 it", 3))
    assert told == "a ]0;titre [31m [2J .csv, line 3: wrong ; correct it"
