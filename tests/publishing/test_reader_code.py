"""From a draw to an estimate: sentences are drawn, coded in the reader, and every count gets its interval."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bench_reader import chromium
from conftest import ROOT, rows
from pries.__main__ import main
from selenium.webdriver.common.by import By
from test_reader_browser import one, wait


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Any]:
    if not shutil.which("chromium") or not shutil.which("chromedriver"):
        pytest.skip("no chromium with chromedriver here: `make test` as root on Debian installs them")
    (tmp_path / "downloads").mkdir()
    with chromium(tmp_path / "downloads") as made:
        yield made


def test_a_sample_is_drawn_coded_and_estimated(outputs: Path, browser: Any, tmp_path: Path) -> None:
    corpus = Path(shutil.copytree(ROOT / "corpus", tmp_path / "corpus"))
    folders = ["--corpus", str(corpus), "--outputs", str(outputs)]
    assert main(["sample", *folders, "-n", "40"]) == 0
    assert main(["reader", *folders]) == 0
    drawn = rows(corpus / "sample.csv")
    asked = {row["sentence_id"] for row in rows(outputs / "tables" / "obligations.csv")}
    browser.get((outputs / "reader.html").as_uri() + "#view=code")
    assert one(browser, "#code-progress").text == "0 phrases codées sur 40"
    rejected = 0
    for row in drawn[:30]:
        listed = browser.find_elements(By.CSS_SELECTOR, "#code-rows li")
        assert bool(listed) == (row["sentence_id"] in asked)
        if listed and not rejected:
            one(browser, "#code-rows [data-action=reject]").click()
            rejected += 1
        one(browser, "#code-done").click()
    assert one(browser, "#code-progress").text == "30 phrases codées sur 40"
    one(browser, "#blind").click()
    assert not browser.find_elements(By.CSS_SELECTOR, "#code-rows li")
    browser.refresh()
    assert one(browser, "#code-progress").text == "30 phrases codées sur 40"  # kept between visits
    downloads = tmp_path / "downloads"
    one(browser, "#code-save").click()
    browser.execute_script("document.getElementById('desk').open = true")
    one(browser, "#save-corrections").click()
    wait(lambda: {path.name for path in downloads.iterdir()} >= {"sample.csv", "corrections.csv"})
    for name in ("sample.csv", "corrections.csv"):
        shutil.copy(downloads / name, corpus / name)
    saved = rows(corpus / "sample.csv")
    assert [row["coded"] for row in saved] == ["yes"] * 30 + [""] * 10
    assert [row["pi"] for row in saved] == [row["pi"] for row in drawn]
    assert main(["methods", *folders]) == 0
    assert main(["reader", *folders]) == 0
    found = {(r["quantity"], r["part_kind"], r["part"]): r for r in rows(outputs / "tables" / "estimates.csv")}
    every = found["requests", "all", ""]
    assert float(every["automatic"]) == 91
    assert float(every["low"]) <= float(every["estimate"]) < 91 <= float(every["high"])
    assert found["sentences", "all", ""]["coded"] == "30"
    assert "30 phrases sur 199, tirées au sort" in " ".join((outputs / "methods.txt").read_text("utf-8").split())
    assert not rows(outputs / "tables" / "problems.csv")
    browser.get("about:blank")
    browser.get((outputs / "reader.html").as_uri())
    between = one(browser, ".estimate").text
    named = found["requests", "addressee", "non nommé"]
    assert between.startswith("(")
    assert f"[{float(named['low']):.0f}" in between
    assert browser.get_log("browser") == []
