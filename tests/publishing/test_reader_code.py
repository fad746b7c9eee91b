"""From a draw to an estimate: sentences are drawn, coded in the reader, and every count gets its interval."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, rows
from in_browser import REQUEST, SELECT, SIGNED, one, violations, wait
from pries.__main__ import main
from pries.review import sample
from selenium.webdriver.common.by import By

NUMBER = r"([\d,]+)"


def test_a_sample_is_drawn_coded_and_estimated(outputs: Path, browser: Any, tmp_path: Path) -> None:
    corpus = Path(shutil.copytree(ROOT / "corpus", tmp_path / "corpus"))
    folders = ["--corpus", str(corpus), "--outputs", str(outputs)]
    assert main(["sample", *folders, "-n", "40"]) == 0
    drawn = rows(corpus / "sample.csv")
    sample.write(corpus / "sample.csv", [{**row, "relu, par": f"Zoé {n}"} for n, row in enumerate(drawn)])
    assert main(["reader", *folders]) == 0
    asked = {row["sentence_id"] for row in rows(outputs / "tables" / "obligations.csv")}
    browser.get((outputs / "reader.html").as_uri() + "#view=code")
    browser.execute_script(SIGNED)
    browser.refresh()
    assert one(browser, "#code-progress").text == "0 phrase codée sur 40"
    rejected = 0
    for row in drawn[:30]:
        listed = browser.find_elements(By.CSS_SELECTOR, "#code-rows li")
        assert bool(listed) == (row["sentence_id"] in asked)
        if listed and not rejected:
            one(browser, "#code-rows [data-action=reject]").click()
            rejected += 1
        one(browser, "#code-done").click()
    assert one(browser, "#code-progress").text == "30 phrases codées sur 40"
    told = one(browser, "#code-forecast").text
    browser.refresh()
    assert one(browser, "#code-progress").text == "30 phrases codées sur 40"  # kept between visits
    downloads = browser.downloads
    one(browser, "#code-save").click()
    one(browser, "#code-save-corrections").click()
    wait(lambda: {path.name for path in downloads.iterdir()} >= {"sample.csv", "corrections.csv"})
    assert one(browser, "#code-hint").text.startswith("corrections.csv est là où votre navigateur range ses fichiers")
    for name in ("sample.csv", "corrections.csv"):
        shutil.copy(downloads / name, corpus / name)
    saved = rows(corpus / "sample.csv")
    assert [row["coded"] for row in saved] == ["yes"] * 30 + [""] * 10
    assert [row["pi"] for row in saved] == [row["pi"] for row in drawn]
    assert [row["relu, par"] for row in saved] == [f"Zoé {n}" for n in range(40)]  # a column of the person's own
    assert main(["methods", *folders]) == 0
    assert main(["reader", *folders]) == 0
    found = {(r["quantity"], r["part_kind"], r["part"]): r for r in rows(outputs / "tables" / "estimates.csv")}
    every = found["requests", "all", ""]
    assert float(every["automatic"]) == 91
    assert float(every["low"]) <= float(every["estimate"]) < 91 <= float(every["high"])
    assert found["sentences", "all", ""]["coded"] == "30"
    for name, quantity in (("précision", "precision"), ("rappel", "recall")):  # as the reader said while one coded
        row = found[quantity, "all", ""]
        ends = rf"\[{NUMBER} ; {NUMBER}\]"
        said = re.search(rf"{name} {NUMBER} % {ends}, puis {ends}", told.replace("\u00a0", " ")).groups()
        value, low, high, low_then, high_then = (float(n.replace(",", ".")) for n in said)
        wanted = [100 * float(row[column]) for column in ("estimate", "low", "high")]
        assert [value, low, high] == pytest.approx(wanted, abs=0.051)
        assert low <= low_then <= value <= high_then <= high
    assert "30 phrases sur 199, tirées au sort" in " ".join((outputs / "methods.txt").read_text("utf-8").split())
    assert not rows(outputs / "tables" / "problems.csv")
    browser.get("about:blank")
    browser.get((outputs / "reader.html").as_uri())
    assert "effectif corrigé par les phrases codées" in one(browser, "#about").text
    between = one(browser, ".estimate").text
    named = found["requests", "addressee", "non nommé"]
    assert between.startswith("(")
    assert f"[{float(named['low']):.0f}" in between
    assert browser.get_log("browser") == []


def test_lines_that_could_not_be_used_are_saved_as_they_stand(outputs: Path, browser: Any, tmp_path: Path) -> None:
    corpus = Path(shutil.copytree(ROOT / "corpus", tmp_path / "corpus"))
    folders = ["--corpus", str(corpus), "--outputs", str(outputs)]
    assert main(["sample", *folders, "-n", "6"]) == 0
    file = corpus / "sample.csv"
    drawn = rows(file)
    good = f"{drawn[1]['sentence_id']},A_68_370,1,words,.5,yes,AB,2026-05-04,a second coder"
    odd = [
        "s0,A_68_370,9,others,.5,yes,ML,2026-05-04,gone",
        "s1,A_68_370,9,others,1.5,,,,pi",
        good,
        "s2,trois cellules",
    ]
    file.write_text(file.read_text(encoding="utf-8") + "\n".join(odd) + "\n", encoding="utf-8")
    assert main(["reader", *folders]) == 0
    assert len([row for row in rows(outputs / "tables" / "problems.csv") if row["file"] == "sample.csv"]) == len(odd)
    browser.get((outputs / "reader.html").as_uri() + "#view=code")
    browser.execute_script(SIGNED)
    browser.refresh()
    one(browser, "#code-done").click()
    one(browser, "#code-save").click()
    wait(lambda: (browser.downloads / "sample.csv").is_file())
    lines = (browser.downloads / "sample.csv").read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[:5] for line in lines[1:7]] == [list(row.values())[:5] for row in drawn]
    assert [line.split(",")[5] for line in lines[1:7]] == ["yes", "yes", "", "", "", ""]  # here, and on the line below
    assert sorted(lines[7:]) == sorted(odd)


def test_a_corrections_file_with_lines_that_could_not_be_applied_is_not_replaced_unread(
    outputs: Path, browser: Any, tmp_path: Path
) -> None:
    corpus = Path(shutil.copytree(ROOT / "corpus", tmp_path / "corpus"))
    file = corpus / "corrections.csv"
    file.write_text("obligation_id,action,field,old,new\no0,reject,,,\n", encoding="utf-8")
    assert main(["reader", "--corpus", str(corpus), "--outputs", str(outputs)]) == 0
    browser.get((outputs / "reader.html").as_uri())
    browser.execute_script("localStorage.clear()")
    browser.execute_script(SIGNED)
    browser.refresh()
    asked = "const was = confirm; let n = 0; window.confirm = () => { n++; return false; }; export_(); return n"
    assert browser.execute_script(asked) == 1
    browser.execute_script("store(shelf('read'), true)")
    assert browser.execute_script(asked) == 0


def coded_by(browser: Any, coder: str, folder: Path, downloads: Path) -> None:
    """Code every sentence of the reader that is open, and put both files into a folder; AB is stricter than ML."""
    browser.execute_script(f"localStorage.clear(); sign('{coder}'); place_ = 0; show()")
    while browser.execute_script("return openOne()") >= 0:
        assert not one(browser, "#code-hint").text
        if browser.find_elements(By.CSS_SELECTOR, "#code-rows li"):
            strict = coder == "AB" and browser.execute_script("return place_ % 3 === 0")
            one(browser, "body").send_keys("f" if strict else "j")
        one(browser, "body").send_keys("e")
    assert "relancez pries" in one(browser, "#code-hint").text
    folder.mkdir()
    for path in downloads.iterdir():
        path.unlink()
    one(browser, "#code-save").click()
    one(browser, "#code-save-corrections").click()
    wait(lambda: {path.name for path in downloads.iterdir()} >= {"sample.csv", "corrections.csv"})
    for name in ("sample.csv", "corrections.csv"):
        shutil.copy(downloads / name, folder / name)


def test_two_coders_are_compared_in_what_both_have_coded(
    outputs: Path, browser: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = Path(shutil.copytree(ROOT / "corpus", tmp_path / "corpus"))
    folders = ["--corpus", str(corpus), "--outputs", str(outputs)]
    assert main(["sample", *folders, "-n", "40"]) == 0
    assert main(["reader", *folders]) == 0
    browser.get((outputs / "reader.html").as_uri() + "#view=code")
    for coder in ("ML", "AB"):
        coded_by(browser, coder, tmp_path / coder, browser.downloads)
        assert {row["coder"] for row in rows(tmp_path / coder / "sample.csv")} == {coder}
        assert {row["coder"] for row in rows(tmp_path / coder / "corrections.csv")} == {coder}
    files = [str(tmp_path / coder / "corrections.csv") for coder in ("ML", "AB")]
    capsys.readouterr()
    assert main(["agreement", *files, "--outputs", str(outputs)]) == 0
    said = capsys.readouterr().out
    verdicts = re.search(r"verdict +n (\d+) +agree (\d+)", said)
    assert verdicts, said
    rejected = [row for row in rows(tmp_path / "AB" / "corrections.csv") if row["action"] == "reject"]
    assert int(verdicts[1]) - int(verdicts[2]) == len(rejected) > 2


def test_coding_unseen_compares_before_a_sentence_is_coded(outputs: Path, browser: Any, tmp_path: Path) -> None:
    corpus = Path(shutil.copytree(ROOT / "corpus", tmp_path / "corpus"))
    folders = ["--corpus", str(corpus), "--outputs", str(outputs)]
    assert main(["sample", *folders, "-n", "199"]) == 0
    assert main(["reader", *folders]) == 0
    browser.get((outputs / "reader.html").as_uri() + "#view=code")
    browser.execute_script(SIGNED)
    browser.refresh()
    one(browser, "#code-blind").click()
    assert one(browser, "#blind").is_selected()  # the same setting, in the line under the tabs
    for theme in ("light", "dark"):
        browser.execute_script("document.documentElement.dataset.theme = arguments[0]", theme)
        assert violations(browser) == []
    asking = "data.sample.findIndex((s) => s.requests.length === 1 && textOf(s).includes('migrants'))"
    browser.execute_script(f"place_ = {asking}; show()")
    before = one(browser, ".sentence").text
    assert not browser.find_elements(By.CSS_SELECTOR, "#code-rows li, .sentence .trigger")
    browser.execute_script(SELECT.replace(".paragraph p", ".sentence"))
    one(browser, "#code-add").click()
    one(browser, "#add-done").click()
    assert one(browser, "#add-hint").text  # its strength is not chosen
    one(browser, REQUEST).click()
    one(browser, "#add-done").click()
    assert len(browser.find_elements(By.CSS_SELECTOR, "#code-rows li")) == 1
    one(browser, "#code-done").click()  # compares
    assert len(browser.find_elements(By.CSS_SELECTOR, "#code-rows li")) == 2
    one(browser, "#code-done").click()
    assert one(browser, "#code-hint").text
    assert one(browser, ".sentence").text == before
    one(browser, "body").send_keys("f")
    one(browser, "body").send_keys("e")
    assert one(browser, "#code-progress").text == "1 phrase codée sur 199"
    lines = browser.execute_script("return decisions")
    assert [d["action"] for d in lines if d["action"] != "add"] == ["reject"]
    assert {d["field"] for d in lines if d["action"] == "add"} >= {"issuer", "addressee", "actions"}  # empty ones too
    browser.execute_script(f"place_ = {asking.replace('findIndex', 'findLastIndex')}; show()")
    one(browser, "#code-done").click()
    assert len(browser.find_elements(By.CSS_SELECTOR, "#code-rows [data-row]")) == 1
    assert browser.get_log("browser") == []
