"""Evaluate: gold files are checked, scores and errors are printed, what is missing is one line."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from pries.__main__ import main
from pries.base.errors import InputError
from pries.inspection import evaluate, scoring
from pries.schema import schema
from pries.store import files

HEADER = "\t".join(evaluate.COLUMNS)
GOOD = "12\tpriés\trequest\t\tgouvernements\tratifier\tpositive\tcore\t"


def test_read_gold(tmp_path: Path) -> None:
    path = tmp_path / "r.obligations.tsv"
    path.write_text(f"{HEADER}\n{GOOD}\n\n", encoding="utf-8-sig")
    (row,) = evaluate.read_gold(path)
    assert (row["paragraph"], row["trigger"], row["issuer"], row["note"]) == ("12", "priés", "", "")


@pytest.mark.parametrize(
    ("text", "line", "named"),
    [
        (GOOD, 1, "wrong header"),
        (f"{HEADER}\n{GOOD}\n12\tpriés", 3, "2 cells in place of 9"),
        (f"{HEADER}\n{GOOD.replace('request', 'demand')}", 2, "modality 'demand' is unknown"),
        (f"{HEADER}\n{GOOD.replace('positive', '')}", 2, "polarity '' is unknown"),
        (f"{HEADER}\n{GOOD}\n{GOOD.replace('core', 'maybe')}", 3, "status 'maybe' is unknown"),
    ],
)
def test_broken_gold_is_named_by_file_and_line(tmp_path: Path, text: str, line: int, named: str) -> None:
    path = tmp_path / "r.obligations.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        evaluate.read_gold(path)
    assert caught.value.line == line
    assert named in str(caught.value)
    assert "\n" not in str(caught.value)


# --- the command -----------------------------------------------------------------------------------------

SENTENCES = {
    "12": "Les gouvernements ont été priés de ratifier la Convention.",
    "13": "Il faudrait que les employeurs paient.",
}


def outputs(folder: Path, doc_id: str = "r") -> Path:
    """Tables of one document with one obligation in paragraph 12, its issuer wrong."""
    blank = {
        c.name: {"text": "", "int": 0, "float": 0.0}[c.kind] if not c.values else c.values[0]
        for name in ("documents", "sentences", "obligations")
        for c in schema.TABLES[name].columns
    } | {"doc_id": doc_id}
    obligation = {
        "paragraph": "12",
        "trigger": "priés",
        "modality": "request",
        "issuer": "gouvernements",
        "addressee": "gouvernements",
        "actions": "ratifier",
        "sentence_text": SENTENCES["12"],
        "rule": "prier: passive",
    }
    made = {
        "documents": [{}],
        "obligations": [obligation],
        "sentences": [{"paragraph": p, "text": text} for p, text in SENTENCES.items()],
    }
    for name, records in made.items():
        frame = pd.DataFrame([blank | record for record in records])
        frame = frame[[c.name for c in schema.TABLES[name].columns]]
        files.write_csv(frame, folder / f"{name}.csv", name)
    return folder


def gold_folder(folder: Path, *names: str) -> Path:
    folder.mkdir()
    more = "13\tfaudrait\tshould\t\temployeurs\tpaient\tpositive\tcore\t"
    for name in names:
        (folder / f"{name}.obligations.tsv").write_text(f"{HEADER}\n{GOOD}\n{more}\n", encoding="utf-8")
    return folder


def test_command_prints_counts_scores_and_intervals(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tables, gold = outputs(tmp_path / "tables"), gold_folder(tmp_path / "gold", "r")
    assert main(["evaluate", "--tables", str(tables), "--gold", str(gold)]) == 0
    said = capsys.readouterr().out
    assert "r: 2 core rows in the gold table, 1 predicted; 1 found (tp), 0 spurious (fp), 1 missed (fn)" in said
    scores = {line[:16].strip(): line[16:].split() for line in said.splitlines() if " to " in line}
    assert scores["precision"] == ["1.000", "0.025", "to", "1.000", "1", "of", "1"]
    assert scores["recall"] == ["0.500", "0.000", "to", "1.000", "1", "of", "2"]
    assert scores["issuer"][0] == "0.000"
    assert scores["row F1"][0] == "0.000"
    assert len(scores) == len(scoring.MEASURES)


def test_how_the_gold_was_made_stands_beneath_the_scores(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tables, gold = outputs(tmp_path / "tables"), gold_folder(tmp_path / "gold", "r")
    words = ["evaluate", "--tables", str(tables), "--gold", str(gold)]
    main(words)
    assert "gold tables:" not in capsys.readouterr().out
    (gold / "README.md").write_text("Coded by two people.\n\nMore of it.\n", encoding="utf-8")
    main(words)
    assert capsys.readouterr().out.endswith("\ngold tables: Coded by two people.\n")


def test_rows_outside_of_what_was_coded_are_false_only_on_demand(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tables, gold = outputs(tmp_path / "tables"), tmp_path / "gold"
    gold.mkdir()
    row = GOOD.replace("12", "13", 1).replace("priés", "faudrait")
    (gold / "r.obligations.tsv").write_text(f"{HEADER}\n{row}\n", encoding="utf-8")
    words = ["evaluate", "--tables", str(tables), "--gold", str(gold)]
    assert main(words) == 0
    said = capsys.readouterr().out
    assert "0 predicted; 0 found (tp), 0 spurious (fp), 1 missed (fn)" in said
    assert "1 predicted in paragraphs that have no gold row left aside" in said
    assert main([*words, "--whole"]) == 0
    assert "1 predicted; 0 found (tp), 1 spurious (fp)" in capsys.readouterr().out
    table = files.read_csv(tables / "obligations.csv", "obligations").assign(sentence_id="s1")
    files.write_csv(table, tables / "obligations.csv", "obligations")
    (tmp_path / "sample.csv").write_text("sentence_id,stratum,pi,coded\ns1,all,0.5,yes\n", encoding="utf-8")
    assert main([*words, "--corpus", str(tmp_path)]) == 0
    assert "1 predicted; 0 found (tp), 1 spurious (fp)" in capsys.readouterr().out


def test_scores_before_and_after_review(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A person has taken the wrong issuer away."""
    tables, gold = outputs(tmp_path / "tables"), gold_folder(tmp_path / "gold", "r")
    found = files.read_csv(tables / "obligations.csv", "obligations")
    filled = [c.name for c in schema.TABLES["obligations"].filled_by("obligations")]
    path = tmp_path / ".work" / "found" / "obligations.parquet"
    files.write_parquet(found[filled], path, "obligations", "obligations")
    command = ["--outputs", str(tmp_path), "--gold", str(gold)]
    assert main(["evaluate", *command]) == 0
    assert "review" not in capsys.readouterr().out  # nobody has decided anything
    files.write_csv(found.assign(issuer="", checked="edited"), tables / "obligations.csv", "obligations")
    assert main(["evaluate", *command]) == 0
    before, after = capsys.readouterr().out.split("after review")
    assert before.startswith("before review")
    rights = [
        next(line.split()[1] for line in part.splitlines() if line.strip().startswith("issuer "))
        for part in (before, after)
    ]
    assert rights == ["0.000", "1.000"]


def test_errors_come_with_sentence_and_rule(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tables, gold = outputs(tmp_path / "tables"), gold_folder(tmp_path / "gold", "r")
    assert main(["evaluate", "--tables", str(tables), "--gold", str(gold), "--errors"]) == 0
    said = capsys.readouterr().out.splitlines()
    missed = said.index("missed     paragraph 13, « faudrait » (should): paient")
    assert said[missed + 1].strip() == SENTENCES["13"]
    issuer = said.index("issuer     paragraph 12, « priés » expected nothing, found gouvernements")
    assert [line.strip() for line in said[issuer + 1 : issuer + 3]] == [SENTENCES["12"], "rule: prier: passive"]


def test_a_spurious_row_is_listed_with_its_rule() -> None:
    spurious = {"paragraph": "1", "trigger": "proposé", "modality": "propose", "actions": "étudier"}
    spurious |= {"sentence_text": "Il a proposé d'étudier.", "rule": "proposer"}
    aligned = evaluate.align([], [spurious])
    assert evaluate.errors(aligned, pd.DataFrame({"paragraph": [], "text": []})).splitlines() == [
        "spurious   paragraph 1, « proposé » (propose): étudier",
        "           Il a proposé d'étudier.",
        "           rule: proposer",
    ]


def test_a_gold_table_without_its_document_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tables, gold = outputs(tmp_path / "tables"), gold_folder(tmp_path / "gold", "absent")
    assert main(["evaluate", "--tables", str(tables), "--gold", str(gold)]) == 0
    assert capsys.readouterr().out == "absent: a gold table, but no such document among the tables\n"


def test_several_documents_are_also_scored_together(tmp_path: Path) -> None:
    one = evaluate.read_tables(outputs(tmp_path / "one", "a"))
    two = evaluate.read_tables(outputs(tmp_path / "two", "b"))
    both = {name: pd.concat([one[name], two[name]]) for name in one}
    said = evaluate.evaluate(both, evaluate.gold_tables(gold_folder(tmp_path / "gold", "a", "b")), 0, False)
    assert "all 2 documents: 4 core rows in the gold table, 2 predicted; 2 found (tp)" in said
    assert said.index("a: 2 core") < said.index("b: 2 core") < said.index("all 2 documents")


@pytest.mark.parametrize("missing", ["tables", "gold"])
def test_what_is_missing_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str], missing: str) -> None:
    folders = {"tables": outputs(tmp_path / "tables"), "gold": gold_folder(tmp_path / "gold", "r")}
    folders[missing] = tmp_path / "nowhere"
    code = main(["evaluate", "--tables", str(folders["tables"]), "--gold", str(folders["gold"])])
    out, err = capsys.readouterr()
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert "nowhere" in err


def test_a_bad_seed_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["evaluate", "--tables", "t", "--gold", "g", "--seed", "-1"])
    assert "whole number" in capsys.readouterr().err
