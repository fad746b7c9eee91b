"""LaTeX: escaped text prints as itself, rows are whole, captions carry their n."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from pathlib import Path

import pandas as pd
import pytest
from conftest import Run
from pries.base.places import LEXICONS
from pries.publishing import latex
from pries.schema import schema

PRINTED = {
    r"\textbackslash{}": "\\", r"\textasciicircum{}": "^", r"\textasciitilde{}": "~",
    r"\textasciigrave{}": "`",
    r"\textless{}": "<", r"\textgreater{}": ">", r"\textbar{}": "|",
    r"\textquotedbl{}": '"',
    r"\guillemotleft{}": "«", r"\guillemotright{}": "»", r"\ldots{}": "…", r"\dag{}": "†", r"\mbox{-}": "\u2011",
    r"\,": "\u202f", r"\-": "\u00ad", "~": "\u00a0", "{[}": "[", "{*}": "*", "{}": "",
} | {f"\\{c}": c for c in "{}%&#$_"}  # fmt: skip
TOKEN = re.compile("|".join(re.escape(t) for t in sorted(PRINTED, key=len, reverse=True)))


def printed(text: str) -> str:
    """What LaTeX prints for escaped text, read with a table of its own."""
    return TOKEN.sub(lambda found: PRINTED[found[0]], text)


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("R&D_1 : 50 %", r"R\&D\_1 : 50 \%"),
        ("« oui »", r"\guillemotleft{} oui \guillemotright{}"),
        ("\\input{a}", r"\textbackslash{}input\{a\}"),
        ("$x^2$ ~ #1", r"\$x\textasciicircum{}2\$ \textasciitilde{} \#1"),
        ("--", "-{}-"),
        ("l''État,,", "l'{}'État,{},"),
        ("[a] *", "{[}a] {*}"),
        ("12\u00a0%\u202f; non\u2011dit", r"12~\%\,; non\mbox{-}dit"),
        ("a\nb\tc\u2028d", "a b c d"),
        ("États Membres, œuvre, 2013–2015", "États Membres, œuvre, 2013–2015"),
    ],
)
def test_escape(text: str, escaped: str) -> None:
    assert latex.escape(text) == escaped


@pytest.mark.parametrize("seed", range(30))
def test_escaped_text_prints_as_itself(seed: int) -> None:
    alphabet = "aé \\{}%&#$_^~`<>|\"«»…\u00a0\u202f\u2011\u00ad[]*-',{}"
    text = "".join(random.Random(seed).choices(alphabet, k=60))
    escaped = latex.escape(text)
    assert printed(escaped) == text
    bare = re.sub(r"\\[{}]", "", escaped)
    assert bare.count("{") == bare.count("}")


HOSTILE = "« 50 % » & {x} \\end{tabular} $y_1$ # ~ ^"


def filled(name: str, rows: int) -> pd.DataFrame:
    """A published table with `rows` rows of hostile text."""
    plain = {"text": HOSTILE, "int": 3, "float": 0.25, "bool": True}
    blank = {c.name: c.values[0] if c.values else plain[c.kind] for c in schema.TABLES[name].columns}
    columns = list(blank)
    return schema.conform(pd.DataFrame([blank] * rows, columns=columns), name)


def every(rows: int) -> dict[str, pd.DataFrame]:
    """All the tables that captions count."""
    tables = {table: filled(table, rows) for table in (*latex.LAYOUTS, "specificity_tests")} | {
        "estimates": schema.empty("estimates")
    }
    return tables | {"specificities": tables["specificities"].assign(part_kind="section", unit="lemma")}


@pytest.mark.parametrize("name", latex.LAYOUTS)
@pytest.mark.parametrize("rows", [0, 3])
def test_tables_are_whole(name: str, rows: int) -> None:
    tables = every(rows)
    if name.endswith("_by_modality") and not rows:
        tables[name] = filled(name, 1)  # they always have their total row
    text = latex.render(name, tables, latex.words(LEXICONS))
    assert f"n~= {rows}" in text
    bare = re.sub(r"\\[{}]", "", text)
    assert bare.count("{") == bare.count("}")
    for environment in set(re.findall(r"\\begin{(\w+)}", text)):
        assert text.count(rf"\begin{{{environment}}}") == text.count(rf"\end{{{environment}}}") == 1
    body = [line for line in text.splitlines() if line.endswith(r" \\") and "caption" not in line]
    separators = {len(re.findall(r"(?<!\\)&", line)) for line in body}
    assert separators == {len(latex.LAYOUTS[name].headings) - 1}
    assert len(body) == len(tables[name]) + (2 if latex.LAYOUTS[name].long else 1)


def test_counts_stand_beside_what_the_coded_sentences_make_of_them() -> None:
    columns = [c.name for c in schema.TABLES["estimates"].columns]
    row = ["requests", "addressee", HOSTILE, 3.0, 11.8, 9.0, 14.0, 1.0, 5, 199, "difference"]
    estimates = schema.conform(pd.DataFrame([row], columns=columns), "estimates")
    text = latex.render("addressee_by_modality", every(1) | {"estimates": estimates}, latex.words(LEXICONS))
    assert "3~(11,8 {[}9~; 14])" in text


def test_codes_are_set_in_french() -> None:
    french = latex.words(LEXICONS)
    tables = every(1)
    assert set(french["modality"]) == set(schema.MODALITIES)
    assert latex.escape(french["modality"]["urge"]) in latex.render("obligations", tables, french)
    code, label = next(iter(french["theme"].items()))
    themes = pd.concat([tables["theme_by_modality"].assign(theme=code), tables["theme_by_modality"]])
    assert f"\n{latex.escape(label)} & 3" in latex.render(
        "theme_by_modality", tables | {"theme_by_modality": themes}, french
    )


def test_numbers_and_nobody() -> None:
    french = latex.words(LEXICONS)
    tables = every(1)
    tables["k_selection"] = tables["k_selection"].assign(stability_low=float("nan"))
    assert "\n3 & 0,250 & 0,250 & – & 0,250 & 3 & oui \\\\\n" in latex.render("k_selection", tables, french)
    tables["obligations"] = tables["obligations"].assign(issuer="", addressee="gouvernements")
    assert " & – & gouvernements & " in latex.render("obligations", tables, french)
    assert tables["documents"]["symbol"].iloc[0] == HOSTILE
    tables["documents"] = tables["documents"].assign(symbol="", doc_id="note_1")
    assert "\nnote\\_1 & " in latex.render("documents", tables, french)


def test_the_total_row_stands_apart() -> None:
    tables = every(3)
    lines = latex.render("theme_by_modality", tables, latex.words(LEXICONS)).splitlines()
    assert lines[-5:][0] == r"\midrule"
    assert lines[-3:] == [r"\bottomrule", r"\end{tabular}", r"\end{table}"]


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="no pdflatex here: LaTeX tables are not compiled")
def test_the_published_tables_compile(full_run: Run, tmp_path: Path) -> None:
    tables = sorted((full_run.folder / "tables").glob("*.tex"))
    inputs = "\n".join(rf"\input{{{path.name}}}" for path in tables)
    for path in tables:
        shutil.copy(path, tmp_path)
    packages = r"\usepackage{array,booktabs,graphicx,longtable}\usepackage[T1]{fontenc}"
    document = rf"\documentclass{{article}}{packages}\begin{{document}}{inputs}\end{{document}}"
    (tmp_path / "paper.tex").write_text(document, encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "paper.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode("latin-1")[-2000:]
    assert (tmp_path / "paper.pdf").stat().st_size > 10_000
