"""What was coded elsewhere becomes corrections: applied, they give what was coded."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from conftest import ROOT, Run, rows
from corpora import found_tables
from pries.__main__ import main
from pries.exchange import export, import_requests
from pries.exchange.finished_run import Source, read
from pries.inspection import evaluate, scoring
from pries.review import corrections, dialogue
from pries.review.decisions import SIGNATURE

HEAD = "paragraph\ttrigger\tmodality\tissuer\taddressee\tactions\tpolarity\n"
Tables = dict[str, pd.DataFrame]


def imported(full_run: Run, coded: str, folder: Path, name: str = "coded.tsv", *words: str) -> Tables:
    """The run's requests after the corrections that `coded` gives."""
    (folder / name).write_text(coded, encoding="utf-8")
    out = folder / "corrections.csv"
    command = [str(folder / name), "--tables", str(full_run.folder / "tables"), "--out", str(out)]
    assert main(["import", *command, "--corpus", str(folder / "none"), "--coder", "ML", *words]) == 0
    return corrections.run(*found_tables(full_run).values(), corrections=out.read_bytes())


def told(frame: pd.DataFrame) -> list[tuple[str, ...]]:
    return [tuple(row) for row in frame[["paragraph", "trigger", *SIGNATURE]].to_numpy()]


def table_of(frame: pd.DataFrame) -> str:
    columns = HEAD.strip().split("\t")
    return HEAD + "".join("\t".join(row) + "\n" for row in frame[columns].to_numpy())


# --- tables ----------------------------------------------------------------------------------------------


def test_the_run_itself_is_confirmed(full_run: Run, tmp_path: Path) -> None:
    before = found_tables(full_run)["obligations"]
    made = imported(full_run, table_of(before), tmp_path)
    assert set(made["checks"]["checked"]) == {"confirmed"}
    assert told(made["obligations"]) == told(before)


def test_differences_are_edited_missing_rows_added_others_rejected(full_run: Run, tmp_path: Path) -> None:
    before = found_tables(full_run)["obligations"]
    text = {p["paragraph"]: p["text"] for p in rows(full_run.folder / "tables" / "paragraphs.csv")}["59"]
    first = before.iloc[0]
    word = next(w for w in text.split() if w.isalpha() and text.split().count(w) == 1)
    table = HEAD + f"{first.paragraph}\t{first.trigger}\turge\t{first.issuer}\t\t{first.actions}\tpositive\n"
    table += f"59\t{word}\tpropose\t\t\t{word}\tpositive\n"
    made = imported(full_run, table, tmp_path, "coded.tsv", "--whole")
    assert made["unapplied"].empty, made["unapplied"]["problem"].tolist()
    assert told(made["obligations"]) == [
        (first.paragraph, first.trigger, "urge", "positive", first.issuer, "", first.actions),
        ("59", word, "propose", "positive", "", "", word),
    ]
    assert made["checks"]["checked"].tolist() == ["edited", "added"]


def test_the_gold_table_gives_the_gold_table(full_run: Run, tmp_path: Path) -> None:
    """Each row of the hand-made table stands in the requests afterwards, or is told: a list's words stand elsewhere."""
    path = ROOT / "tests" / "gold" / "A_68_370.obligations.tsv"
    made = imported(full_run, path.read_text(encoding="utf-8"), tmp_path)
    gold = evaluate.gold_tables(ROOT / "tests" / "gold")["A_68_370"]
    aligned = evaluate.align(gold, made["obligations"].to_dict("records"))
    pairs = [pair for found_there in aligned.values() for pair in found_there.pairs]
    assert len(made["unapplied"]) == 1
    assert len(pairs) == len(made["obligations"]) == len(gold) - 1
    assert [pair for pair in pairs for field in scoring.FIELDS if not scoring.right(field, *pair)] == []


def test_a_workbook_and_semicolons_are_read_like_tabs(full_run: Run, tmp_path: Path) -> None:
    before = found_tables(full_run)["obligations"]
    cells = [line.split("\t") for line in table_of(before.head(5)).splitlines()]
    book = openpyxl.Workbook()
    for line in cells:
        book.active.append([int(cell) if cell.isdecimal() else cell or None for cell in line])
    book.save(tmp_path / "codes.xlsx")
    with (tmp_path / "codes.csv").open("w", encoding="cp1252", newline="") as file:
        csv.writer(file, delimiter=";").writerows(cells)
    source = import_requests.published(full_run.folder / "tables")
    one, other = (import_requests.read(tmp_path / f"codes.{form}", source) for form in ("xlsx", "csv"))
    assert [row["trigger"] for row in one[0]] == before["trigger"].head(5).tolist()
    assert one == other


def test_a_table_without_a_column_says_nothing_of_it(full_run: Run) -> None:
    """Without polarity, a request not to do something stays one."""
    before = found_tables(full_run)["obligations"]
    negative = before[before["polarity"] == "negative"].iloc[0].to_dict()
    source = import_requests.published(full_run.folder / "tables")
    lines = [["paragraph", "trigger", "modality"], [negative["paragraph"], negative["trigger"], negative["modality"]]]
    coded, covered, _ = import_requests._table(Path("coded.csv"), lines, source, True)
    made, lost = import_requests.compare(coded, [negative], source, covered)
    assert [line["action"] for line in made] == ["confirm"]
    assert lost == []
    (text,) = import_requests.gold(coded).values()
    assert text.split("\n")[1].split("\t")[6] == "positive"


def test_rows_of_two_imports_have_names_of_their_own(full_run: Run) -> None:
    source = import_requests.published(full_run.folder / "tables")
    words = [w for w in source.tables["paragraphs"].set_index("paragraph")["text"]["59"].split() if w.isalpha()][:2]
    names = []
    for word in words:
        row = {"doc_id": "A_68_370", "paragraph": "59", "trigger": word, "modality": "urge"}
        made, _ = import_requests.compare([row], [], source, set())
        assert {line["action"] for line in made} == {"add"}
        names += sorted({line["obligation_id"] for line in made})
    assert len(set(names)) == 2


def test_a_paragraph_that_a_spreadsheet_holds_as_a_number() -> None:
    assert [import_requests._shown(cell) for cell in (12.0, 12, "12#2", None, 1.5)] == ["12", "12", "12#2", "", "1.5"]


def test_a_table_becomes_a_gold_table(full_run: Run, tmp_path: Path) -> None:
    before = found_tables(full_run)["obligations"]
    (tmp_path / "coded.tsv").write_text(table_of(before), encoding="utf-8")
    command = [str(tmp_path / "coded.tsv"), "--tables", str(full_run.folder / "tables")]
    assert main(["import", *command, "--gold", str(tmp_path / "gold")]) == 0
    (gold,) = evaluate.gold_tables(tmp_path / "gold").values()
    assert [(row["trigger"], row["actions"]) for row in gold] == before[["trigger", "actions"]].to_records(
        index=False
    ).tolist()


def test_earlier_decisions_stay_before_the_new_ones(full_run: Run, tmp_path: Path) -> None:
    earlier = {"obligation_id": "o1", "action": "reject", "coder": "AB"}
    (tmp_path / "corpus").mkdir()
    dialogue.write(tmp_path / "corpus" / "corrections.csv", [earlier])
    (tmp_path / "coded.tsv").write_text(table_of(found_tables(full_run)["obligations"]), encoding="utf-8")
    command = [str(tmp_path / "coded.tsv"), "--tables", str(full_run.folder / "tables")]
    command += ["--corpus", str(tmp_path / "corpus"), "--out", str(tmp_path / "out.csv")]
    assert main(["import", *command]) == 0
    lines = rows(tmp_path / "out.csv")
    assert (lines[0]["obligation_id"], lines[0]["action"]) == ("o1", "reject")
    assert {line["action"] for line in lines[1:]} == {"confirm"}


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("a,b\n1,2\n", "line 1: missing column paragraph, trigger, modality"),
        (HEAD + "1\tprié\tbeg\t\t\t\t\n", "line 2: modality 'beg' is unknown"),
        (HEAD + "1\tprié\turge\t\t\t\tnon\n", "line 2: polarity 'non' is unknown"),
        ("doc_id,paragraph,trigger,modality\nX,1,prié,urge\n", "line 2: doc_id 'X' is unknown"),
        ("\0", "binary content"),
        ("PK\x03\x04", "no workbook"),
        ("paragraph,trigger,modality\n" + "x" * 140_000 + ",prié,urge\n", "not a table (field larger than"),
        (
            "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Request|role|obligation|modality\n\n\n"
            "#Text=Les gouvernements ont été priés d’offrir à tous les citoyens la possibilité d’avoir des sources de "
            "revenus durables dans leur pays.\n1-1\tx-3\tLes\ttrigger\t*\turge\n",
            "broken WebAnno TSV",
        ),
    ],
)
def test_a_broken_table_is_one_line(
    full_run: Run, tmp_path: Path, table: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "coded.tsv").write_text(table, encoding="utf-8")
    command = [str(tmp_path / "coded.tsv"), "--tables", str(full_run.folder / "tables")]
    assert main(["import", *command, "--out", str(tmp_path / "corrections.csv")]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert not (tmp_path / "corrections.csv").exists()


def test_words_that_do_not_stand_are_told(full_run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = found_tables(full_run)["obligations"]
    coded = HEAD + "12\tintrouvable\turge\t\t\t\t\n"
    made = imported(full_run, coded, tmp_path)
    assert "par. 12: 'introuvable' does not stand there" in capsys.readouterr().out
    assert told(made["obligations"]) == told(before[before["paragraph"] != "12"])
    assert imported(full_run, coded, tmp_path, "coded.tsv", "--whole")["obligations"].empty


def test_sentences_coded_whole_are_covered_even_without_a_row(full_run: Run, tmp_path: Path) -> None:
    before = found_tables(full_run)["obligations"]
    kept, gone = before.iloc[0], before[before["paragraph"] != before.iloc[0]["paragraph"]].iloc[0]
    (tmp_path / "none").mkdir()
    line = f"{gone['sentence_id']},A_68_370,,all,1,yes\n"
    (tmp_path / "none" / "sample.csv").write_text(f"sentence_id,doc_id,paragraph,stratum,pi,coded\n{line}", "utf-8")
    here = before[before["paragraph"] == kept["paragraph"]]
    made = imported(full_run, table_of(here), tmp_path)
    assert told(made["obligations"]) == told(before[before["sentence_id"] != gone["sentence_id"]])


# --- marks -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def exported(full_run: Run) -> dict[str, str]:
    source: Source = read(full_run.folder / "tables", full_run.folder / ".work", full_run.folder / "run.json")
    made = export.export(source, ["doccano", "webanno"])
    return {"jsonl": made["doccano.jsonl"], "tsv": made["webanno/A_68_370.tsv"]}


def test_of_two_like_documents_the_file_says_which(full_run: Run, exported: dict[str, str]) -> None:
    """A report and its reissue hold the same sentences."""
    source = import_requests.published(full_run.folder / "tables")
    for name in ("documents", "paragraphs", "sentences"):
        table = source.tables[name]
        source.tables[name] = pd.concat([table, table.assign(doc_id="A/68/370/Rev.1")], ignore_index=True)
    for stem, doc_id in (("A_68_370", "A_68_370"), ("A_68_370_Rev_1", "A/68/370/Rev.1")):
        assert {d for d, _ in import_requests.import_readers.read_webanno(exported["tsv"], source, stem).marks} == {
            doc_id
        }


@pytest.mark.parametrize("form", ["jsonl", "tsv"])
def test_marks_that_nobody_changed_are_confirmed(
    full_run: Run, exported: dict[str, str], form: str, tmp_path: Path
) -> None:
    before = found_tables(full_run)["obligations"]
    made = imported(full_run, exported[form], tmp_path, f"coded.{form}")
    assert set(made["checks"]["checked"]) == {"confirmed"}
    assert told(made["obligations"]) == told(before)


Change = Callable[[list[dict[str, Any]]], None]


def relabelled(full_run: Run, exported: dict[str, str], folder: Path, paragraph: str, change: Change) -> Tables:
    """The run after one paragraph's labels were changed in doccano; each label as a dictionary with its words."""
    records = [json.loads(line) for line in exported["jsonl"].splitlines()]
    (record,) = [r for r in records if r["paragraph"] == paragraph and r["document"] == "A_68_370"]
    text = record["text"]
    labels = [{"start": a, "end": b, "label": label, "words": text[a:b]} for a, b, label in record["label"]]
    change(labels)
    for new in labels:
        if "start" not in new:  # only words were given: where they stand
            new |= {"start": text.index(new["words"]), "end": text.index(new["words"]) + len(new["words"])}
    record["label"] = [[x["start"], x["end"], x["label"]] for x in labels]
    return imported(full_run, json.dumps(record, ensure_ascii=False), folder, "coded.jsonl")


def asked(frames: Tables, paragraph: str) -> list[tuple[str, ...]]:
    table = frames["obligations"]
    return told(table[table["paragraph"] == paragraph])


def without(label: str) -> Change:
    def change(labels: list[dict[str, Any]]) -> None:
        labels[:] = [x for x in labels if x["label"] != label]

    return change


def also(words: str, label: str) -> Change:
    return lambda labels: labels.append({"words": words, "label": label})


def in_turn(*changes: Change) -> Change:
    def change(labels: list[dict[str, Any]]) -> None:
        for one in changes:
            one(labels)

    return change


# « Les [gouvernements]addressee ont été [priés]request d’[offrir]action à tous les citoyens … migreraient par choix … »
ROW_12 = ("12", "priés", "request", "positive", "", "gouvernements", "offrir")
ROW_10 = ("10", "prié", "urge", "positive", "intervenants", "gouvernements", "ratifier; mettre")


@pytest.mark.parametrize(
    ("paragraph", "change", "rows_then"),
    [
        ("12", lambda labels: labels.clear(), []),
        ("12", in_turn(without("request"), also("priés", "urge")), [("12", "priés", "urge", *ROW_12[3:])]),
        ("12", in_turn(without("addressee"), also("tous les citoyens", "addressee")),
         [(*ROW_12[:5], "citoyens", "offrir")]),
        ("12", in_turn(also("migreraient", "propose"), also("choix", "action"), also("populations", "addressee")),
         [ROW_12, ("12", "migreraient", "propose", "positive", "", "populations", "choix")]),
        ("12", also("la possibilité", "action"), [(*ROW_12[:6], "offrir; possibilité")]),
        ("10", in_turn(without("addressee"), also("Ils", "addressee")),
         [("10", "prié", "urge", "positive", "intervenants", "intervenants", "ratifier; mettre")]),
        ("10", without("issuer"), [("10", "prié", "urge", "positive", "", "gouvernements", "ratifier; mettre")]),
    ],
)  # fmt: skip
def test_marks_changed_in_doccano(
    full_run: Run, exported: dict[str, str], tmp_path: Path, paragraph: str, change: Change,
    rows_then: list[tuple[str, ...]],
) -> None:  # fmt: skip
    before = told(found_tables(full_run)["obligations"])
    assert {ROW_10, ROW_12} < set(before)
    made = relabelled(full_run, exported, tmp_path, paragraph, change)
    assert made["unapplied"].empty, made["unapplied"]["problem"].tolist()
    now = told(made["obligations"])
    assert [row for row in now if row[0] == paragraph] == rows_then
    # what the file does not show stays
    assert [row for row in now if row[0] != paragraph] == [row for row in before if row[0] != paragraph]


def test_what_cannot_be_placed_is_told(
    full_run: Run, exported: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [
        json.dumps({"text": "Un texte d’ailleurs.", "label": []}), "pas du JSON",
        *(line for line in exported["jsonl"].splitlines() if json.loads(line)["paragraph"] == "59"),
    ]  # fmt: skip
    record = json.loads(lines[-1])
    record["label"] = [[0, 3, "trigger"], [4, 8, "couleur"]]
    lines[-1] = json.dumps(record)
    imported(full_run, "\n".join(["{", *lines]), tmp_path, "coded.jsonl")
    said = capsys.readouterr().out
    assert "line 1: not doccano's JSONL" in said
    assert "line 2: its text is no paragraph of the run" in said
    assert "line 3: not doccano's JSONL" in said
    assert "line 4: label 'couleur' is unknown" in said
    assert "par. 59: the new trigger" in said


def test_a_new_mark_of_inception_finds_its_request(full_run: Run, exported: dict[str, str], tmp_path: Path) -> None:
    """Without an obligation, an action belongs to the nearest trigger before it in its sentence."""
    head = exported["tsv"].split("\n\n\n")[0]
    block = next(
        b for b in exported["tsv"].split("\n\n") if b.startswith("#Text=Les gouvernements ont été priés d’offrir")
    )
    lines = block.split("\n")
    at = next(i for i, line in enumerate(lines) if line.split("\t")[2:3] == ["possibilité"])
    *token, role, obligation, modality = lines[at].split("\t")
    lines[at] = "\t".join([*token, f"{role}|action[999]", f"{obligation}|*[999]", f"{modality}|*[999]"])
    made = imported(full_run, f"{head}\n\n\n" + "\n".join(lines) + "\n", tmp_path, "coded.tsv")
    assert [row for row in told(made["obligations"]) if row[0] == "12"] == [(*ROW_12[:6], "offrir; possibilité")]
