"""A sample from its drawing to what rests on it: coding sheet, two coders, export; and the same bytes."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from conftest import ROOT, Run, published, rows
from pries.__main__ import main
from pries.inspection import adjudication
from pries.review import sample

SHEET = "échantillon"
N = 60


@dataclass(frozen=True)
class Sampled:
    """A corpus whose sample is drawn, and its outputs."""

    corpus: Path
    outputs: Path


def pries(*words: str | Path) -> None:
    assert main([str(word) for word in words]) == 0


@pytest.fixture(scope="module")
def drawn(full_run: Run, tmp_path_factory: pytest.TempPathFactory) -> Sampled:
    """A sample that nobody has coded; to read, never to write."""
    folder = tmp_path_factory.mktemp("sampled")
    made = Sampled(folder / "corpus", folder / "outputs")
    shutil.copytree(ROOT / "corpus", made.corpus)
    shutil.copytree(full_run.folder, made.outputs)
    pries("sample", "--corpus", made.corpus, "--outputs", made.outputs, "-n", str(N))
    pries("office", "--corpus", made.corpus, "--outputs", made.outputs)
    return made


@pytest.fixture
def sampled(drawn: Sampled, tmp_path: Path) -> Sampled:
    """The same, to write into."""
    shutil.copytree(drawn.corpus.parent, tmp_path / "sampled")
    return Sampled(tmp_path / "sampled" / "corpus", tmp_path / "sampled" / "outputs")


def fill(sheet: Path, change: Callable[[list[dict[str, str]]], list[dict[str, str]]]) -> None:
    """Change the rows of the coding sheet as a person does."""
    book = openpyxl.load_workbook(sheet)
    lines = list(book[SHEET].iter_rows(values_only=True))
    cells = [{name: cell or "" for name, cell in zip(lines[0], line, strict=True)} for line in lines[1:]]
    del book[SHEET]
    made = book.create_sheet(SHEET)
    made.append(lines[0])
    for row in change(cells):
        made.append([row[name] for name in lines[0]])
    book.save(sheet)


def imported(given: Sampled) -> list[dict[str, str]]:
    """The lines of the corrections that the filled sheet gives."""
    out = given.corpus / "corrections.csv"
    words = ("--tables", given.outputs / "tables", "--corpus", given.corpus, "--out", out, "--coder", "ML")
    pries("import", given.outputs / "tables.xlsx", *words)
    return rows(out)


def test_the_coding_sheet_has_each_sentence_with_its_requests(drawn: Sampled) -> None:
    lines = list(openpyxl.load_workbook(drawn.outputs / "tables.xlsx")[SHEET].iter_rows(values_only=True))
    cells = [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]
    assert list(dict.fromkeys(row["sentence_id"] for row in cells)) == [
        row["sentence_id"] for row in rows(drawn.corpus / "sample.csv")
    ]
    wanted = {row["sentence_id"] for row in cells}
    asked = [r for r in rows(drawn.outputs / "tables" / "obligations.csv") if r["sentence_id"] in wanted]
    assert {row["obligation_id"] for row in cells if row["obligation_id"]} == {r["obligation_id"] for r in asked}


def test_a_filled_sheet_comes_back_as_decisions_and_coded_sentences(sampled: Sampled) -> None:
    met: dict[str, str] = {}

    def code(cells: list[dict[str, str]]) -> list[dict[str, str]]:
        asked = [row for row in cells if row["obligation_id"]]
        one, two, three = asked[:3]
        one["verdict"], two["addressee"] = "faux", "comité"
        met.update(rejected=one["obligation_id"], edited=two["obligation_id"], gone=three["obligation_id"])
        empty = next(row for row in cells if not row["obligation_id"])
        word = max(empty["text"].replace("’", " ").split(), key=len).strip(".,;:()")
        for row in (one, two, three, empty):
            row["coded"] = "oui"
        cells.remove(three)
        blank = dict.fromkeys(empty, "")
        cells.insert(cells.index(empty) + 1, blank | {"trigger": word, "modality": "urge"})
        met.update(added=word, home=empty["sentence_id"], three=three["sentence_id"])
        return cells

    fill(sampled.outputs / "tables.xlsx", code)
    lines = imported(sampled)
    actions = {line["obligation_id"]: line["action"] for line in lines}
    assert actions[met["rejected"]] == "reject"
    assert actions[met["edited"]] == "edit"
    assert {line["new"] for line in lines if line["field"] == "trigger"} == {met["added"]}
    coded = {row["sentence_id"] for row in rows(sampled.corpus / "sample.csv") if row["coded"] == "yes"}
    assert met["home"] in coded
    assert met["three"] not in coded or actions[met["gone"]] == "reject"
    pries("tables", "--corpus", sampled.corpus, "--outputs", sampled.outputs)
    assert [r["checked"] for r in rows(sampled.outputs / "tables" / "obligations.csv")].count("added") == 1


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("verdict", "peut-être", "verdict 'peut-être' is none of juste, faux, right, wrong"),
        ("modality", "wish", "modality 'wish' is none of"),
        ("sentence_id", "s0", "sentence 's0' is not in sample.csv"),
        ("coded", "presque", "coded 'presque' is neither oui nor empty"),
        ("obligation_id", "o0", "no request o0 any more"),
    ],
)
def test_what_does_not_fit_in_a_sheet_is_one_line(
    sampled: Sampled, column: str, value: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def code(cells: list[dict[str, str]]) -> list[dict[str, str]]:
        row = next(row for row in cells if row["obligation_id"])
        row["coded"] = "oui"
        row[column] = value
        return cells

    fill(sampled.outputs / "tables.xlsx", code)
    imported(sampled)
    said = [line for line in capsys.readouterr().out.splitlines() if line.startswith("not imported")]
    assert len(said) == 1
    assert told in said[0]
    assert not any(row["coded"] for row in rows(sampled.corpus / "sample.csv"))


def coder(given: Sampled, name: str, decisions: str, coded: int) -> Path:
    """A coder's folder: decisions, and the first sentences of the sample coded whole."""
    folder = given.corpus.parent / name
    folder.mkdir()
    drawn, _ = sample.read((given.corpus / "sample.csv").read_bytes())
    cells = [{**row.cells, "coded": "yes" if n < coded else "", "coder": name} for n, row in enumerate(drawn)]
    sample.write(folder / "sample.csv", cells)
    head = "obligation_id,action,field,old,new,coder\n"
    (folder / "corrections.csv").write_text(head + decisions, encoding="utf-8")
    return folder / "corrections.csv"


def test_two_coders_a_third_decision_and_one_set(sampled: Sampled, capsys: pytest.CaptureFixture[str]) -> None:
    order = {row["sentence_id"]: n for n, row in enumerate(rows(sampled.corpus / "sample.csv"))}
    asked = [r for r in rows(sampled.outputs / "tables" / "obligations.csv") if order.get(r["sentence_id"], N) < 40]
    one, two, three = asked[0], asked[1], next(r for r in asked if r["sentence_id"] not in
                                               (asked[0]["sentence_id"], asked[1]["sentence_id"]))  # fmt: skip
    edit = f"{two['obligation_id']},edit,modality,{two['modality']},{{}},\n"
    strengths = [m for m in ("urge", "propose", "duty") if m != two["modality"]]
    ml = coder(sampled, "ML", f"{one['obligation_id']},reject,,,,\n" + edit.format(strengths[0]), 40)
    ab = coder(sampled, "AB", edit.format(strengths[1]) + f"{three['obligation_id']},reject,,,,\n", 40)
    table, out = sampled.corpus.parent / "disputed.csv", sampled.corpus.parent / "both"
    out.mkdir()
    words = ("agreement", ml, ab, "--outputs", sampled.outputs)
    pries(*words, "--disputed", table)
    assert "kappa" in capsys.readouterr().out
    lines = rows(table)
    fields = {(line["obligation_id"], line["field"]) for line in lines}
    wanted = {
        (one["obligation_id"], "verdict"),
        (two["obligation_id"], "modality"),
        (three["obligation_id"], "verdict"),
    }
    assert fields == wanted
    third = {one["obligation_id"]: "rejected", two["obligation_id"]: strengths[1]}
    for line in lines:
        line["decision"] = third.get(line["obligation_id"], "")
    text = io.StringIO()
    writer = csv.DictWriter(text, lines[0])
    writer.writeheader()
    writer.writerows(lines)
    table.write_text(text.getvalue(), encoding="utf-8")
    pries(*words, "--decided", table, "--out", out)
    assert "1 wait for a decision" in capsys.readouterr().out
    given = {(line["obligation_id"], line["action"], line["new"]) for line in rows(out / "corrections.csv")}
    assert (one["obligation_id"], "reject", "") in given
    assert (two["obligation_id"], "edit", strengths[1]) in given
    coded = {row["sentence_id"] for row in rows(out / "sample.csv") if row["coded"] == "yes"}
    assert len(coded) == 39
    assert three["sentence_id"] not in coded


def test_a_decision_that_is_none_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "disputed.csv"
    path.write_text("obligation_id,field,decision\no1,issuer,–\no2,modality,wish\n", encoding="utf-8")
    with pytest.raises(adjudication.InputError, match="modality 'wish' is unknown") as raised:
        adjudication.decisions(path)
    assert raised.value.line == 3
    path.write_text("obligation_id,field,decision\no1,issuer,–\no2,verdict,\n", encoding="utf-8")
    assert adjudication.decisions(path) == {("o1", "issuer"): ""}


def test_a_sampled_run_gives_the_same_bytes_and_its_export_for_dsl(sampled: Sampled) -> None:
    drawn, _ = sample.read((sampled.corpus / "sample.csv").read_bytes())
    sample.write(sampled.corpus / "sample.csv", [{**r.cells, "coded": "yes" * (n < 40)} for n, r in enumerate(drawn)])
    found = rows(sampled.outputs / "tables" / "obligations.csv")
    coded = {row.sentence_id for row in drawn[:40]}
    gone = next(row for row in found if row["sentence_id"] in coded)
    (sampled.corpus / "corrections.csv").write_text(
        f"obligation_id,action,field,old,new,coder\n{gone['obligation_id']},reject,,,,ML\n", encoding="utf-8"
    )
    pries("--corpus", sampled.corpus, "--outputs", sampled.outputs)
    first = published(sampled.outputs)
    again = sampled.corpus.parent / "again"
    pries("--corpus", sampled.corpus, "--outputs", again)
    assert published(again) == first
    pries("export", "--outputs", sampled.outputs, "--name", "dsl")
    table = rows(sampled.outputs / "export" / "dsl_sentences.csv")
    assert len(table) == len(rows(sampled.outputs / "tables" / "sentences.csv"))
    assert sum(int(row["auto_requests"]) for row in table) == len(found)
    labeled = [row for row in table if row["labeled"] == "1"]
    assert {row["sentence_id"] for row in labeled} == coded
    assert all((row["requests"] == "") == (row["labeled"] == "0") for row in table)
    assert sum(1 / float(row["pi"]) for row in labeled) == pytest.approx(len(table))
    [changed] = [row for row in labeled if row["requests"] != row["auto_requests"]]
    assert changed["sentence_id"] == gone["sentence_id"]
