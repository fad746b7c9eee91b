"""Reviewing in the terminal, and how far two reviewers agree."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT, Run, rows
from sklearn.metrics import cohen_kappa_score

from pipeline import agreement, corrections, files, review
from pipeline.errors import InputError


def go(full_run: Run, folder: Path, *keys: str) -> list[dict[str, str]]:
    """Review with these answers, then the end of input; the lines of corrections.csv."""
    answers = iter(keys)

    def answer(prompt: str) -> str:
        try:
            return next(answers)
        except StopIteration:
            raise EOFError from None

    requests = files.read_csv(full_run.folder / "tables" / "obligations.csv", "obligations").to_dict("records")
    review.review(requests, folder / "corrections.csv", "ML", answer)
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


def test_the_decisions_are_applied(full_run: Run, tmp_path: Path) -> None:
    go(full_run, tmp_path, "j", "f", "m", "addressee", "")
    frames = found(full_run)
    made = corrections.run(*frames.values(), corrections=(tmp_path / "corrections.csv").read_bytes())
    assert made["unapplied"].empty
    assert made["checks"]["checked"].value_counts().to_dict() == {
        "auto": len(frames["obligations"]) - 3, "confirmed": 1, "edited": 1,
    }  # fmt: skip


def test_a_broken_file_is_not_overwritten(full_run: Run, tmp_path: Path) -> None:
    (tmp_path / "corrections.csv").write_text("obligation_id,action,field,old,new\no1\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"corrections\.csv, line 2: wrong number of cells"):
        go(full_run, tmp_path, "j")
    assert (tmp_path / "corrections.csv").read_text(encoding="utf-8").endswith("\no1\n")


def test_from_the_command_line(full_run: Run, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pipeline.review", "--corpus", str(tmp_path)]
    command += ["--tables", str(full_run.folder / "tables")]
    done = subprocess.run(command, input="j\nq\n", text=True, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(rows(tmp_path / "corrections.csv")) == 1


# --- agreement -------------------------------------------------------------------------------------------


def found(full_run: Run) -> dict[str, pd.DataFrame]:
    work = full_run.folder / ".work"
    return {
        name: files.read_parquet(work / ("found" if name in corrections.WRITES else "") / f"{name}.parquet")
        for name in corrections.READS
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [("aabbc", "aabbc"), ("aabbc", "abbbc"), ("aaaab", "abaaa"), ("abcabc", "bcabca"), ("aaab", "aaaa")],
)
def test_kappa_and_alpha_by_other_ways(one: str, other: str) -> None:
    assert agreement.kappa(one, other) == pytest.approx(cohen_kappa_score(list(one), list(other)), abs=1e-9)
    units = list(zip(one, other, strict=True))
    pairs = [(a, b) for u in units for a, b in (u, u[::-1])]
    every = [v for u in units for v in u]
    apart = sum(a != b for i, a in enumerate(every) for j, b in enumerate(every) if i != j) / (
        len(every) * (len(every) - 1)
    )
    observed = sum(a != b for a, b in pairs) / len(pairs)
    assert agreement.alpha(one, other) == pytest.approx(1 - observed / apart, abs=1e-9)


def test_one_value_alone_is_full_agreement() -> None:
    assert agreement.kappa("aaa", "aaa") == agreement.alpha("aaa", "aaa") == 1.0


def test_two_coders(full_run: Run, tmp_path: Path) -> None:
    requests = rows(full_run.folder / "tables" / "obligations.csv")
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    go(full_run, tmp_path / "a", "j", "j", "f", "j", "m", "modality", "urge")
    go(full_run, tmp_path / "b", "j", "f", "f", "m", "addressee", "", "m", "modality", "duty")
    frames = found(full_run)
    coders = [agreement.reviewed(tmp_path / c / "corrections.csv", frames) for c in "ab"]
    said = agreement.codings(*coders)
    assert list(said["verdict"].values()).count(("kept", "rejected")) == 1
    assert len(said["verdict"]) == 5
    assert len(said["modality"]) == 3
    assert said["modality"][requests[4]["obligation_id"]] == ("urge", "duty")
    told = agreement.report(said)
    assert told[0].startswith("verdict         n 5   agree 4   kappa ")
    assert f"{requests[4]['obligation_id']}  modality: 'urge' / 'duty'" in told
