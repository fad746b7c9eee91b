"""The bench reads make's own commands, times them in rounds and compares medians with the floor."""

from __future__ import annotations

import math
import sys
from pathlib import Path

import bench_corpus
import pandas as pd
import pytest
import scaling
import timing
from conftest import STAGES, make
from pries.base.errors import InputError
from timing import Measure

import bench

LISTING = """mkdir -p outputs/.work
.venv/bin/python -m pries.running.check
.venv/bin/python -m pries.running.map pries.segmentation.segment --work outputs/.work \\
  --corpus 'mes rapports'
.venv/bin/python -m pries.publishing.figures.figures --lang fr
.venv/bin/python -m pries.publishing.figures.figures --lang en
echo "test"
"""


def measure(name: str, *seconds: float) -> Measure:
    return Measure(name, [], seconds=list(seconds), megabytes=[100.0] * len(seconds))


def test_commands_are_those_that_make_lists() -> None:
    found = bench.stage_commands(LISTING)
    assert [m.name for m in found] == ["segment", "figures fr", "figures en"]
    assert found[0].argv[1:5] == ["-m", "pries.segmentation.segment", "--documents", "outputs/.work/documents.parquet"]
    assert found[0].argv[-4:-2] == ["--corpus", "mes rapports"]


def test_every_stage_of_the_makefile_is_timed(tmp_path: Path) -> None:
    listed = make("-n", f"OUTPUTS={tmp_path / 'outputs'}")
    names = [m.name for m in bench.stage_commands("\n".join(listed.out))]
    assert sorted(names) == sorted([*STAGES[:-1], "figures fr", "figures en"])


def test_a_row_compares_medians_with_the_floor_and_its_ceiling() -> None:
    rows = bench.rows([measure("floor", 9.0, 2.0, 4.0), measure("parse", 3.0, 1.0, 5.0), measure("tables", 2.0)])
    assert rows[0][:5] == ("floor", "4.00", "2.00–9.00", "1.00", "")
    assert rows[1][:5] == ("parse", "3.00", "1.00–5.00", "0.75", "1.0")
    assert rows[2][:5] == ("tables", "2.00", "2.00–2.00", "0.50", "0.3 OVER")


def test_stages_that_share_a_ceiling_are_added_round_by_round() -> None:
    measures = [measure("floor", 10.0, 10.0), measure("actors", 1.0, 3.0), measure("obligations", 2.0, 1.0)]
    rows = bench.rows(measures)
    assert [row[0] for row in rows] == ["floor", "actors", "obligations", "actors + obligations"]
    assert rows[3][1:5] == ("3.50", "3.00–4.00", "0.35", "0.5")


def test_nothing_to_do_has_a_ceiling_in_seconds() -> None:
    assert bench.rows([measure("floor", 5.0), measure("nothing to do", 0.4)])[1][4] == "0.3 s OVER"


def test_tables_for_the_terminal_and_for_the_docs_hold_every_row() -> None:
    rows = bench.rows([measure("floor", 5.0), measure("parse", 4.0)])
    lines = timing.as_text(bench.HEADER, rows).splitlines()
    assert len(lines) == 3
    assert lines[2].split() == ["parse", "4.00", "4.00–4.00", "0.80", "1.0", "100"]
    page = bench.page([timing.as_markdown(bench.HEADER, rows)], 5)
    assert page.startswith("# Benchmarks\n\nThe floor is a fresh process")
    assert page.endswith("| parse | 4.00 | 4.00–4.00 | 0.80 | 1.0 | 100 |\n")


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


def test_an_edit_changes_the_copy_and_not_the_checkout(tmp_path: Path) -> None:
    before = (timing.ROOT / timing.EDITED).read_bytes()
    copy = timing.checkout(tmp_path / "copy")
    timing.edit(copy)
    assert (timing.ROOT / timing.EDITED).read_bytes() == before
    assert (copy / timing.EDITED).read_bytes().startswith(before + b"# ")


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


def test_stages_that_make_runs_together_grow_each_for_itself() -> None:
    found = scaling.commands(
        "py -m pries.running.together pries.content.themes pries.content.clusters --work w\npy -m pries.running.check\n"
    )
    assert [(m.name, m.argv) for m in found] == [
        (name, ["py", "-m", "pries.running.together", f"pipeline.{name}", "--work", "w"])
        for name in ("themes", "clusters")
    ]
