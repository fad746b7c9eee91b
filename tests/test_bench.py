"""The bench times each stage alone, in rounds, and compares medians with the floor."""

from __future__ import annotations

import math
import shutil
import sys
from pathlib import Path

import bench_corpus
import pandas as pd
import pytest
import scaling
import timing
from pries.base.errors import InputError
from pries.base.places import LEXICONS
from pries.stages import STAGES
from timing import Measure

import bench

TOLD = """will run       themes: not made yet
read           1 document (9.9 s) in all
themes         themes 285  (0.1 s)
figures        10 in figures/fr, each with its data  (8.0 s)
figures        10 in figures/en, each with its data  (8.1 s)"""


def measure(name: str, *seconds: float) -> Measure:
    return Measure(name, [], seconds=list(seconds), megabytes=[100.0] * len(seconds))


def test_every_stage_is_timed_with_those_that_share_its_ceiling(tmp_path: Path) -> None:
    found = {m.name: m for m in bench.stages(tmp_path / "corpus", tmp_path)}
    assert sorted(p for name in found for p in name.split(" + ")) == sorted(unit for s in STAGES for unit in s.units)
    assert found.keys() >= {name for name in bench.CEILINGS if "run" not in name and "edit" not in name}
    both = found["actors + obligations"]
    assert both.argv[1:4] == ["-m", "pries", "obligations"]
    assert both.runs == ["actors", "obligations"]
    assert found["figures-en"].runs == ["figures"]


def test_what_is_timed_is_stale_and_nothing_else(tmp_path: Path) -> None:
    stamps = [f"{folder}/{unit}.json" for folder in ("stamps", "shards/1f0c") for unit in ("segment", "parse")]
    for stamp in stamps:
        (tmp_path / ".work" / stamp).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / ".work" / stamp).touch()
    next(m for m in bench.stages(tmp_path / "corpus", tmp_path) if m.name == "parse").before()
    assert {path.stem for path in tmp_path.rglob("*.json")} == {"segment"}
    assert len(list(tmp_path.rglob("*.json"))) == 2


def test_a_row_compares_medians_with_the_floor_and_its_ceiling() -> None:
    rows = bench.rows([measure("floor", 9.0, 2.0, 4.0), measure("parse", 3.0, 1.0, 5.0), measure("tables", 2.0)])
    assert rows[0][:5] == ("floor", "4.00", "2.00–9.00", "1.00", "")
    assert rows[1][:5] == ("parse", "3.00", "1.00–5.00", "0.75", "0.7 OVER")
    assert rows[2][:5] == ("tables", "2.00", "2.00–2.00", "0.50", "0.15 OVER")


def test_nothing_to_do_has_a_ceiling_in_seconds() -> None:
    assert bench.rows([measure("floor", 5.0), measure("nothing to do", 0.4)])[1][4] == "0.3 s OVER"


def test_tables_for_the_terminal_and_for_the_docs_hold_every_row() -> None:
    rows = bench.rows([measure("floor", 5.0), measure("parse", 3.0)])
    lines = timing.as_text(bench.HEADER, rows).splitlines()
    assert len(lines) == 3
    assert lines[2].split() == ["parse", "3.00", "3.00–3.00", "0.60", "0.7", "100"]
    page = bench.page([timing.as_markdown(bench.HEADER, rows)], 5)
    assert page.startswith("# Benchmarks\n\nThe floor is a fresh process")
    assert page.endswith("| parse | 3.00 | 3.00–3.00 | 0.60 | 0.7 | 100 |\n")


def test_a_run_is_timed_and_starts_from_a_fresh_folder(tmp_path: Path) -> None:
    folder = tmp_path / "outputs"
    folder.mkdir()
    (folder / "old").touch()
    code = f"import pathlib, sys; sys.exit(4 * pathlib.Path({str(folder)!r}).exists())"
    timed = Measure("cold", [sys.executable, "-c", code], before=lambda: timing.removed(folder))
    timed.once()
    assert len(timed.seconds) == len(timed.megabytes) == 1
    assert timed.seconds[0] > 0
    assert timed.megabytes[0] > 1


def test_a_command_that_fails_is_not_timed() -> None:
    with pytest.raises(InputError, match="parse: ended with 7"):
        Measure("parse", [sys.executable, "-c", "raise SystemExit(7)"]).once()


def test_a_run_of_other_stages_is_not_timed() -> None:
    words = [sys.executable, "-c", f"print({TOLD!r})"]
    Measure("both", words, runs=["figures", "themes"]).once()
    with pytest.raises(InputError, match="themes: ran themes, figures"):
        Measure("themes", words, runs=["themes"]).once()
    with pytest.raises(InputError, match="clusters: ran themes, figures"):
        Measure("clusters", words, runs=["themes", "figures", "clusters"]).once()


def test_a_large_corpus_is_made_of_real_paragraphs_and_no_answer_is_marked(tmp_path: Path) -> None:
    bench_corpus.made(tmp_path, 30)
    texts = [path.read_text(encoding="utf-8") for path in sorted(tmp_path.iterdir())]
    assert len(set(texts)) == 30
    assert all(text.startswith("1. ") and "\n\n5. " in text for text in texts)
    assert not any("[" in text and "]addressee" in text for text in texts)


def test_rates_are_tokens_a_second_and_times_the_floor() -> None:
    names = (*bench_corpus.MAPPED, bench_corpus.WHOLE)
    stages = [measure(name, seconds) for name, seconds in zip(names, (1.0, 40.0, 4.0, 5.0, 50.0), strict=True)]
    rows = bench_corpus.rates(measure("nlp.pipe", 60.0), stages, 300_000)
    assert rows[0][3:6] == ("5,000", "1.00", "")
    assert rows[-1][0:6] == ("map stages", "50.00", "50.00–50.00", "6,000", "1.20", "1.0")
    assert bench_corpus.light(stages) == "All map stages take 25.0% longer than the parse alone (at most 15%) (MISSED)."


def test_each_edit_asks_more_or_less_strongly_than_the_two_before(tmp_path: Path) -> None:
    own = shutil.copytree(LEXICONS, tmp_path / "own")
    states = [(own / "triggers.csv").read_text(encoding="utf-8")]
    for _ in range(3):
        timing.edit(own)
        states.append((own / "triggers.csv").read_text(encoding="utf-8"))
    assert len(set(states)) == 3
    assert states[3] == states[0] == (LEXICONS / "triggers.csv").read_text(encoding="utf-8")


def test_the_exponent_of_growth_is_the_slope_beyond_start_up() -> None:
    tokens = [1_000, 10_000, 100_000]
    grown = [0.5 + 1e-4 * n**1.2 for n in tokens]
    assert scaling.exponent(tokens, grown, 0.5) == pytest.approx(1.2)
    assert scaling.exponent(tokens, [0.51, *grown[1:]], 0.5) == pytest.approx(1.2)  # the first tells of the start alone
    assert math.isnan(scaling.exponent(tokens, [0.50, 0.51, 9.0], 0.5))


def test_growth_of_a_stage_is_compared_with_its_bar() -> None:
    grown = [(n, 100 * n, "parse", 0.0 if n == 1 else n**1.2 / 100, 500.0 + n / 5) for n in (1, 100, 1_000, 10_000)]
    (row,) = scaling.rows(pd.DataFrame(grown, columns=scaling.COLUMNS))
    assert row == ("parse", "2.5", "39.8", "631.0", "1.20", "1.05 OVER", "520", "2,500 OVER")
