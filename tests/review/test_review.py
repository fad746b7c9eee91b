"""Reviewing in the terminal, and how far two reviewers agree."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT, Run, rows
from corpora import found_tables
from pries.__main__ import main
from pries.base.errors import InputError
from pries.base.places import LEXICONS
from pries.inspection import agreement
from pries.publishing import labels
from pries.review import coding, corrections, dialogue, sample, terminal
from pries.review.fields import FIELDS
from pries.store import files


def go(full_run: Run, folder: Path, *keys: str) -> list[dict[str, str]]:
    """Review with these answers, then the end of input; the lines of corrections.csv."""
    answers = iter(keys)

    def answer(prompt: str) -> str:
        try:
            return next(answers)
        except StopIteration:
            raise EOFError from None

    table = files.read_csv(full_run.folder / "tables" / "obligations.csv", "obligations")
    requests = table.assign(confidence=0.9).to_dict("records")  # in the order of the text
    terminal.review(requests, folder / "corrections.csv", "ML", answer)
    path = folder / "corrections.csv"
    return rows(path) if path.is_file() else []


def test_a_key_a_row_stop_and_resume(full_run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    requests = rows(full_run.folder / "tables" / "obligations.csv")
    made = go(full_run, tmp_path, "j", "f", "p", "x", "m", "modality", "urge", "q")
    ids = [requests[n]["obligation_id"] for n in (0, 1, 3)]
    assert [(line["obligation_id"], line["action"]) for line in made] == list(
        zip(ids, ("confirm", "reject", "edit"), strict=True)
    )
    assert (made[2]["field"], made[2]["old"], made[2]["new"]) == ("modality", requests[3]["modality"], "urge")
    assert {line["coder"] for line in made} == {"ML"}
    said = capsys.readouterr().out
    assert f"[{requests[0]['trigger']}]" in said
    again = go(full_run, tmp_path, "j")  # the row that was passed comes first now
    assert again[:3] == made
    assert again[3]["obligation_id"] == requests[2]["obligation_id"]


def test_several_fields_of_a_row_what_is_no_value_is_asked_again(full_run: Run, tmp_path: Path) -> None:
    requests = rows(full_run.folder / "tables" / "obligations.csv")
    made = go(full_run, tmp_path, "m", "modality", "prier", "m", "modality, issuer", "urge", "États", "j")
    assert [(line["field"], line["new"]) for line in made] == [("modality", "urge"), ("issuer", "États"), ("", "")]
    assert [line["obligation_id"] for line in made] == [requests[n]["obligation_id"] for n in (0, 0, 1)]


def test_what_others_wrote_stays(full_run: Run, tmp_path: Path) -> None:
    """Columns of one's own, lines that came in between; a group's label is no decision on the row."""
    first = rows(full_run.folder / "tables" / "obligations.csv")[0]["obligation_id"]
    path = tmp_path / "corrections.csv"
    head = ",".join((*corrections.COLUMNS, "motif"))
    path.write_text(f"{head}\n{first},edit,group_label,a,b,ML,,,parce que\n", encoding="utf-8")
    table = files.read_csv(full_run.folder / "tables" / "obligations.csv", "obligations")
    requests = table.assign(confidence=0.9).to_dict("records")  # in the order of the text

    def answer(prompt: str) -> str:
        if "o0," in path.read_text(encoding="utf-8"):
            raise EOFError
        with path.open("a", encoding="utf-8") as file:
            file.write("o0,reject,,,,AB,,,\n")
        return "j"

    terminal.review(requests, path, "ML", answer)
    found_there = [(line["obligation_id"], line["action"], line["motif"]) for line in rows(path)]
    assert found_there == [(first, "edit", "parce que"), ("o0", "reject", ""), (first, "confirm", "")]


def test_the_word_in_brackets_is_the_trigger() -> None:
    row = dict.fromkeys(("issuer", "addressee", "citation", "modality", "actions"), "")
    row |= {"sentence_text": "Les moyens appropriés ont été priés, puis priés.", "trigger": "priés"}
    assert "appropriés ont été [priés], puis" in dialogue.shown(row)
    assert "priés, puis [priés]." in dialogue.shown(row | {"at": "42"})


def test_the_decisions_are_applied(full_run: Run, tmp_path: Path) -> None:
    go(full_run, tmp_path, "j", "f", "m", "addressee", "", "m", "modality", "propose")  # nothing changed: confirmed
    frames = found_tables(full_run)
    made = corrections.run(*frames.values(), corrections=(tmp_path / "corrections.csv").read_bytes())
    assert made["unapplied"].empty
    assert made["checks"]["checked"].value_counts().to_dict() == {
        "auto": len(frames["obligations"]) - 4, "confirmed": 2, "edited": 1,
    }  # fmt: skip


def test_a_broken_file_is_not_overwritten(full_run: Run, tmp_path: Path) -> None:
    (tmp_path / "corrections.csv").write_text("obligation_id,action,field,old,new\no1\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"corrections\.csv, line 2: wrong number of cells"):
        go(full_run, tmp_path, "j")
    assert (tmp_path / "corrections.csv").read_text(encoding="utf-8").endswith("\no1\n")


def test_from_the_command_line(full_run: Run, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pries", "review", "--corpus", str(tmp_path)]
    command += ["--tables", str(full_run.folder / "tables")]
    done = subprocess.run(command, input="j\nq\n", text=True, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(rows(tmp_path / "corrections.csv")) == 1
    command[command.index(str(tmp_path))] = str(tmp_path / "none")
    done = subprocess.run(command, input="j\n", text=True, cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, "no such folder" in done.stderr) == (2, True)


# --- agreement -------------------------------------------------------------------------------------------


def found_ids(frames: dict[str, pd.DataFrame]) -> set[str]:
    return set(frames["obligations"]["obligation_id"])


def test_two_coders(full_run: Run, tmp_path: Path) -> None:
    requests = rows(full_run.folder / "tables" / "obligations.csv")
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    go(full_run, tmp_path / "a", "j", "j", "f", "j", "m", "modality", "urge")
    go(full_run, tmp_path / "b", "j", "f", "f", "m", "addressee", "", "m", "modality", "duty")
    frames = found_tables(full_run)
    coders = [agreement.reviewed(tmp_path / c / "corrections.csv", frames) for c in "ab"]
    said = agreement.codings(coders, found_ids(frames))
    assert list(said["verdict"].values()).count(("kept", "rejected")) == 1
    assert len(said["verdict"]) == 5
    assert len(said["modality"]) == 3
    assert said["modality"][requests[4]["obligation_id"]] == ("urge", "duty")
    told = agreement.report(said)
    assert told[0].startswith("verdict         n 5   agree 4   kappa ")
    assert f"{requests[4]['obligation_id']}  modality: 'urge' / 'duty'" in told


def test_of_sentences_coded_whole_every_row_counts_and_no_other(
    full_run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = found_tables(full_run)["obligations"]
    first, second, third = (found.iloc[n] for n in range(3))
    for coder, rejected in (("a", [first]), ("b", [first, second, third])):
        (tmp_path / coder).mkdir()
        lines = [{"obligation_id": row["obligation_id"], "action": "reject"} for row in rejected]
        dialogue.write(tmp_path / coder / "corrections.csv", lines)
        coded = [f"{row['sentence_id']},all,1,yes" for row in (first, second)]
        (tmp_path / coder / "sample.csv").write_text(
            "\n".join(["sentence_id,stratum,pi,coded", *coded]) + "\n", "utf-8"
        )
    words = [*(str(tmp_path / coder / "corrections.csv") for coder in "ab"), "--outputs", str(full_run.folder)]
    n = int(found["sentence_id"].isin([first["sentence_id"], second["sentence_id"]]).sum())
    assert main(["agreement", *words]) == 0
    assert f"verdict         n {n}   agree {n - 1} " in capsys.readouterr().out
    assert main(["agreement", *words, "--whole"]) == 0
    assert "verdict         n 1   agree 1 " in capsys.readouterr().out


def test_three_coders_of_whom_one_has_not_looked_at_all(full_run: Run, tmp_path: Path) -> None:
    for coder, decisions in (("a", "jjfj"), ("b", "jff"), ("c", "jj")):
        (tmp_path / coder).mkdir()
        go(full_run, tmp_path / coder, *decisions)
    frames = found_tables(full_run)
    ids = [row["obligation_id"] for row in rows(full_run.folder / "tables" / "obligations.csv")]
    coders = [agreement.reviewed(tmp_path / c / "corrections.csv", frames) for c in "abc"]
    made = agreement.codings(coders, set(ids))
    assert made["verdict"] == {
        ids[0]: ("kept", "kept", "kept"),
        ids[1]: ("kept", "rejected", "kept"),
        ids[2]: ("rejected", "rejected", None),
    }
    assert {i: codes.count(None) for i, codes in made["issuer"].items()} == {ids[0]: 0, ids[1]: 1}
    strengths = labels.Words(LEXICONS, "en").modalities
    lines = agreement.report(made, strengths)
    assert lines[0].startswith("verdict         n 3   agree 2   kappa ")
    assert "ordinal alpha" in next(line for line in lines if line.startswith("modality"))
    assert f"{ids[1]}  verdict: 'kept' / 'rejected' / 'kept'" in lines


def test_one_coder_agrees_with_nobody(full_run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["agreement", str(tmp_path / "a.csv"), "--outputs", str(full_run.folder)]) == 2
    assert "name two files of corrections" in capsys.readouterr().err


def test_a_row_that_one_coder_has_not_looked_at_is_no_disagreement(
    full_run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    frames = found_tables(full_run)
    ids = frames["obligations"]["obligation_id"].tolist()
    sentence = frames["sentences"][frames["sentences"]["paragraph"] == "59"].iloc[0]
    word = next(w for w in sentence["text"].split() if w.isalpha() and sentence["text"].split().count(w) == 1)
    added = {"doc_id": "A_68_370", "sentence_text": sentence["text"], "trigger": word, "modality": "propose"}
    one = [
        {"obligation_id": ids[0], "action": "reject"}, {"obligation_id": ids[1], "action": "confirm"},
        {"obligation_id": ids[2], "action": "edit", "field": "group_label", "old": "a", "new": "b"},
        *({"obligation_id": "new1", "action": "add", "field": name, "new": new} for name, new in added.items()),
    ]  # fmt: skip
    other = [
        {"obligation_id": ids[1], "action": "edit", "field": "tense", "old": "infinitive", "new": "past"},
        {"obligation_id": ids[2], "action": "confirm"},
    ]
    dialogue.write(tmp_path / "a.csv", one)
    dialogue.write(tmp_path / "b.csv", other)
    coders = [agreement.reviewed(tmp_path / f"{c}.csv", frames) for c in "ab"]
    said = agreement.codings(coders, set(ids))
    assert sorted(said["verdict"].values()) == [("kept", "kept"), ("kept", "rejected")]  # the second was added by one
    assert list(said["modality"]) == [ids[1]]
    assert "b.csv, line 2: tense was 'infinitive'" in capsys.readouterr().out
    assert any("modality" in line and line.endswith("(one value only: says little)") for line in agreement.report(said))


# --- sentences coded whole ---------------------------------------------------------------------------------


def test_a_sample_is_coded_in_the_terminal(tmp_path: Path) -> None:
    texts = {"s1": "Les États sont priés de ratifier la Convention.", "s2": "Il faudrait agir."}
    drawn = [{"sentence_id": i, "doc_id": "d", "paragraph": "1", "text": text} for i, text in texts.items()]
    blank = dict.fromkeys((*FIELDS, "citation", "action_text"), "")
    asked = blank | {"sentence_id": "s1", "obligation_id": "o1", "doc_id": "d", "paragraph": "1", "trigger": "priés"}
    asked |= {"sentence_text": texts["s1"], "modality": "request"}
    lines = [f"{i},d,1,all,0.5,,,,mine" for i in texts]
    file = tmp_path / "sample.csv"
    file.write_text("\n".join([",".join(sample.COLUMNS), *lines]) + "\n", encoding="utf-8")
    typed = iter(["f", "o", "a", "faudrait", "must", "should", "", "", "", "agir", "o"])
    paths = tmp_path / "corrections.csv", file
    assert coding.code(drawn, [asked], paths, "ML", lambda _: next(typed)) == 2
    assert sample.coded_in(tmp_path) == {"s1", "s2"}
    assert all(row.cells["note"] == "mine" and row.cells["coder"] == "ML" for row in sample.read(file.read_bytes())[0])
    made = dialogue.decided(paths[0])
    assert [(row["action"], row["field"], row["new"]) for row in made] == [
        ("reject", "", ""), ("add", "doc_id", "d"), ("add", "sentence_text", texts["s2"]),
        ("add", "trigger", "faudrait"), ("add", "modality", "should"), ("add", "actions", "agir"),
    ]  # fmt: skip
    assert coding.code(drawn, [asked], paths, "ML", lambda _: "q") == 0


def test_the_least_certain_requests_come_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blank = dict.fromkeys(
        (*FIELDS, "citation", "action_text", "sentence_text", "trigger", "doc_id", "paragraph"), ""
    ) | {"checked": "auto"}
    asked = [blank | {"obligation_id": f"o{n}", "confidence": c} for n, c in enumerate(["0.9", "0.2", ""])]
    order = []
    for row in asked:
        row["citation"] = row["obligation_id"]
    terminal.review(asked, tmp_path / "corrections.csv", "ML", lambda _: "p")
    order = [line.split()[1] for line in capsys.readouterr().out.splitlines() if "/3 " in line]
    assert order == ["o1", "o0", "o2"]
