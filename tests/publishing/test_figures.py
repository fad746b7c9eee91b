"""Figures: what they count, how they are drawn (boxes measured, text verbatim, same bytes), how they are found."""

from __future__ import annotations

import ast
import contextlib
import dataclasses
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Collection
from functools import cache
from itertools import combinations, product
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pandas as pd
import pytest
from fontTools import subset
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from PIL import Image
from pries.__main__ import main
from pries.base.errors import InputError
from pries.base.places import HERE, LEXICONS
from pries.publishing import labels
from pries.publishing.figures import captions, figures, fonts, gallery, style
from pries.publishing.figures.gallery import (
    clusters,
    correspondence,
    issuer_addressee,
    requests_by_addressee,
    requests_through_text,
    specificities,
    themes_by_section,
    who_asks_whom,
)
from pries.publishing.figures.report import Report, first_rows, rank_names
from pries.schema import schema
from pries.store import files
from reports import HOSTILE, LONG, ROWS, assert_apart, blank, boxes, draw, many, meet, plain, publish, report, texts

# --- what is counted ------------------------------------------------------------------------------------


def brute(column: int, other: int, rows: list[tuple] = ROWS) -> Counter:
    """Pairs of values, counted one by one."""
    pairs: Counter = Counter()
    for row in rows:
        left, right = ({v.strip() for v in row[i].split(";") if v.strip()} or {""} for i in (column, other))
        pairs.update(product(left, right))
    return pairs


def as_counter(frame: pd.DataFrame) -> Counter:
    return Counter({(i, j): int(n) for i, row in frame.iterrows() for j, n in row.items() if n})


def of_strength(requests: pd.DataFrame) -> tuple[pd.Series, tuple[str, ...]]:
    """What figures count requests by that are not divided: the modality of each, and all modalities."""
    return requests["modality"], schema.MODALITIES


@pytest.mark.parametrize("seed", range(5))
def test_counts_equal_a_brute_force_count(seed: int) -> None:
    random = np.random.default_rng(seed)
    names = ["", "États", "États; ONG", "ONG; États; ONG", "jeunes"]
    cells = [("1", str(random.choice(schema.MODALITIES)), *random.choice(names, 2), "", "1") for _ in range(60)]
    rows = [tuple(map(str, row)) for row in cells]
    requests = report(rows).obligations
    assert as_counter(issuer_addressee.count(requests)) == brute(2, 3, rows)
    assert as_counter(requests_by_addressee.count(requests, *of_strength(requests))) == brute(3, 1, rows)


def test_nobody_comes_first_then_the_most_asked() -> None:
    asked = report().obligations
    table = requests_by_addressee.count(asked, *of_strength(asked))
    assert list(table.index) == ["", "États Membres", "gouvernements"]
    assert list(table.sum(axis=1)) == [2, 3, 3]
    assert rank_names(pd.Series({"ethnies": 1, "zones": 9, "étudiants": 1, "États": 1, "": 0})) == [
        "", "zones", "États", "ethnies", "étudiants",
    ]  # fmt: skip


def test_themes_stand_in_their_top_level_sections_and_totals_count_a_request_once() -> None:
    table = themes_by_section.count(report(), most=10)
    assert list(table.columns) == ["I", "II", "III", "total"]
    assert list(table.index) == ["travail", "droits", "", "total"]
    assert table.loc["travail"].tolist() == [1, 1, 1, 3]
    assert table.loc[""].tolist() == [0, 1, 1, 2]
    assert table.loc["total"].tolist() == [2, 2, 2, 6]


def test_many_sections_or_documents_are_counted_by_role() -> None:
    assert list(themes_by_section.count(report(), most=2).columns) == ["body", "total"]
    assert list(themes_by_section.count(report(documents=3), most=10).columns) == ["body", "total"]


def with_annex(asked: bool) -> Report:
    corpus = report(ROWS if asked else [row for row in ROWS if row[0] != "4"])
    corpus.paragraphs.loc[corpus.paragraphs["section"] == "III", ["section", "section_role"]] = ["annex2", "annex"]
    return corpus


def test_the_annex_is_drawn_only_where_something_is_asked_in_it() -> None:
    assert list(themes_by_section.count(with_annex(False), most=10).columns) == ["I", "II", "total"]
    assert list(themes_by_section.count(with_annex(True), most=10).columns) == ["I", "II", "annex2", "total"]
    assert "annexe 2" in texts(draw("requests_through_text", with_annex(True)))


def test_of_many_parts_the_largest_are_compared_in_their_order() -> None:
    sizes = {"I": 500, "II": 20, "III": 900, "IV": 20}
    cells = [
        {"part_kind": "section", "part": part, "unit": "lemma", "term": "droit", "score": 3.0, "t": t}
        for part, t in sizes.items()
    ]
    whole = dataclasses.replace(report(), specificities=blank("specificities", cells))
    kept, parts = specificities.count(whole, 4, 1, most=3)
    assert kept["part"].tolist() == ["I", "II", "III"]
    assert parts == 4
    look = labels.Look(parts=3)
    captioned = figures.figure("specificities", whole, labels.Words(LEXICONS, "fr"), look)
    assert "Les 3 parties qui ont le plus de mots sur 4" in captioned.caption


def point(side: str, name: str, supplementary: bool, frequency: int, contribution: float) -> list[dict]:
    """A point of the correspondence analysis, on both axes."""
    cells = {"side": side, "name": name, "supplementary": supplementary, "frequency": frequency}
    return [cells | {"axis": axis, "coordinate": 0.5, "contribution": contribution} for axis in (1, 2)]


def test_lemmas_are_drawn_that_contribute_most_and_actors_that_are_named_most() -> None:
    rows = [*point("row", "accord", False, 90, 0.1), *point("row", "droit", False, 5, 0.3)]
    rows += [*point("row", "zone", False, 7, 0.2), *point("row", "acheteurs", True, 5, 0.0)]
    rows += [*point("row", "États", True, 80, 0.0), *point("column", "I", False, 50, 0.2)]
    points = correspondence.count(blank("afc", rows), lemmas=3)
    assert points["name"].tolist() == ["I", "droit", "zone", "accord", "États"]


def test_a_document_is_called_by_its_symbol_in_every_figure() -> None:
    corpus = dataclasses.replace(report(documents=2), by="document")
    assert captions.name_parts(corpus, ["doc0", "doc1"], labels.Words(LEXICONS, "fr")) == ["A/doc0", "A/doc1"]
    assert captions.name_parts(report(), ["I", "annex2"], labels.Words(LEXICONS, "fr")) == ["I", "annexe 2"]


def test_of_many_documents_those_that_contribute_most_have_a_name() -> None:
    drawn = figures.figure("correspondence", report(documents=60), labels.Words(LEXICONS, "fr"), labels.Look(mapped=5))
    assert sum("doc" in text for text in texts(drawn.picture)) <= 5
    assert "Les 5 parties qui contribuent le plus sur 60 ont un nom." in " ".join(texts(drawn.picture))
    assert len(drawn.data[drawn.data["kind"] == "column"]) == 60


def test_groups_come_in_the_order_of_their_table_and_unclassified_last() -> None:
    corpus = report()
    table = clusters.count(corpus.obligations, corpus.clusters, *of_strength(corpus.obligations))
    assert list(table.index) == ["1", "2", ""]
    assert table.sum(axis=1).tolist() == [2, 2, 2]
    assert table.loc["1", "request"] == 2


def test_each_request_stands_at_its_paragraph() -> None:
    dots, text = requests_through_text.locate(report())
    assert dots["position"].tolist() == [1, 1, 2, 2, 4, 4]
    assert dots["named"].tolist() == [True, True, True, False, False, True]
    assert text["part"].tolist() == ["I", "II", "II", "III"]


def test_tenths_of_several_documents() -> None:
    corpus = report(documents=2)
    table = requests_through_text.count(corpus, *of_strength(corpus.obligations))
    assert table.loc["should", 2] == 2  # second of four paragraphs
    assert table.to_numpy().sum() == 12


# --- how it is drawn ------------------------------------------------------------------------------------


CASES: dict[str, Callable[[], Report]] = {
    "small": report,
    "many": many,
    "none": lambda: report([]),
    "one": lambda: report(ROWS[:1], sections={"1": ""}),
    "no sections": lambda: report(sections=dict.fromkeys("1234", "")),
    "100 documents": lambda: report(documents=100),
    "unclassified": lambda: report([ROWS[3]] * 3),
}


@pytest.mark.parametrize("width", [60.0, 85.0, 170.0])
@pytest.mark.parametrize(("case", "lang"), [*((c, "fr") for c in CASES), ("small", "en"), ("many", "en")])
@pytest.mark.parametrize("name", figures.FIGURES)
def test_nothing_is_cut_and_no_letters_meet(name: str, case: str, lang: str, width: float) -> None:
    figure = draw(name, made(case), lang, width)
    for dpi in (200, 72) if width == 85.0 else (200,):
        drawn = boxes(figure, dpi)
        assert_apart(figure, drawn, width, dpi)


@cache
def made(case: str) -> Report:
    """The tables of a case, once."""
    return CASES[case]()


OF_TEXT = {name for name, chart in figures.FIGURES.items() if chart.text_units}


@pytest.mark.parametrize("name", sorted(set(figures.FIGURES) - OF_TEXT))
def test_no_request_is_said_in_words(name: str) -> None:
    shown = texts(draw(name, report([])))
    assert "aucune demande ni recommandation" in shown
    assert any(text.startswith("n = 0.") for text in shown)


@pytest.mark.parametrize("name", sorted(OF_TEXT))
def test_figures_of_the_text_need_no_request(name: str) -> None:
    sections = {str(n): top for n, top in enumerate(["I", "II", "III", "IV"])}
    silent, asking = (report(rows, sections=sections) for rows in ([], [("1", *row[1:]) for row in ROWS]))
    assert texts(draw(name, silent)) == texts(draw(name, asking))
    assert "Relevées" not in figures.figure(name, silent, labels.Words(LEXICONS, "fr"), labels.Look()).caption


def test_a_plane_needs_two_axes() -> None:
    corpus = report(sections={str(n): top for n, top in enumerate(["I", "II", "III", "IV"])})
    first = {name: (frame := getattr(corpus, name))[frame["axis"] == 1] for name in ("afc", "afc_axes")}
    shown = texts(draw("correspondence", dataclasses.replace(corpus, **first)))
    assert "Rien à montrer." in shown
    assert any("Un seul axe a une inertie" in text for text in shown)


def test_what_is_not_named_is_a_grey_band_and_told() -> None:
    drawn = draw("who_asks_whom", report(), "en")
    bands = [patch for patch in drawn.findobj(PathPatch) if patch.get_alpha()]
    pairs = issuer_addressee.count(report().obligations).stack()
    grey = [patch for patch in bands if to_hex(patch.get_facecolor()) == who_asks_whom.PALEST]
    assert len(bands) == (pairs > 0).sum()
    assert len(grey) == sum(n > 0 and "" in pair for pair, n in pairs.items())
    shown = texts(drawn)
    assert {"not named ·\u00a03", "États Membres ·\u00a04"} <= set(shown)
    assert any("who asks (3), who is asked (2), neither (2)" in text for text in shown)


def test_figures_of_counts_show_both_numbers_by_a_setting() -> None:
    estimate = {"estimate": 2.4, "low": 2.0, "high": 5.0, "method": "difference"}
    parts = [("requests", "theme", "droits"), ("requests", "all", ""), ("distinct", "cluster", "1"),
             ("requests", "modality", "should"), ("requests", "addressee", "gouvernements")]  # fmt: skip
    rows = [estimate | {"quantity": q, "part_kind": kind, "part": part} for q, kind, part in parts]
    corpus = dataclasses.replace(report(), estimates=blank("estimates", rows))
    words = labels.Words(LEXICONS, "fr")
    for name in ("themes_by_section", "clusters", "requests_through_text", "requests_by_addressee"):
        for shown in (True, False):
            made = figures.figure(name, corpus, words, labels.Look(whiskers=shown))
            assert any("(2,4\u00a0[2\u00a0;\u00a05])" in text for text in texts(made.picture)) == shown, name
            assert ("corrigé" in made.caption) == shown, (name, made.caption)


def test_nobody_named_is_a_row_of_its_own_in_the_language() -> None:
    assert "non nommé" in texts(draw("requests_by_addressee", report()))
    assert texts(draw("issuer_addressee", report(), "en")).count("not named") == 2


def test_caption_tells_n_restatements_and_documents() -> None:
    caption = next(text for text in texts(draw("clusters", report())) if text.startswith("n ="))
    assert caption.startswith("n = 6 demandes et recommandations, sans reprise. Document\u00a0: A/doc0.")
    english = next(text for text in texts(draw("clusters", report(documents=4), "en")) if text.startswith("n ="))
    assert english.startswith("n = 24 requests and recommendations, none of them a restatement. Documents: 4.")


def test_the_others_are_added_up() -> None:
    rows = [("1", "request", "", f"acteur {i:02}", "", "1") for i in range(20)]
    asked = report(rows).obligations
    shown, others = first_rows(requests_by_addressee.count(asked, *of_strength(asked)), 12)
    assert (len(shown), others, int(shown.iloc[-1].sum())) == (13, 8, 8)
    assert "autres (8)" in texts(draw("requests_by_addressee", report(rows)))


def test_hostile_text_is_drawn_as_it_stands(tmp_path: Path) -> None:
    tables = publish(report([("1", "request", HOSTILE, HOSTILE, "", "1")]), tmp_path / "tables")
    for path in figures.run(tables, tmp_path, "fr", names=["requests_by_addressee", "issuer_addressee"]):
        if path.suffix == ".svg":
            assert "<script" not in path.read_text()
            root = ElementTree.parse(path).getroot()
            shown = " ".join(t.text or "" for t in root.iter("{http://www.w3.org/2000/svg}text"))
            assert r"$x_1$ \textbf{a} &" in shown
            assert "<script>" in shown
            assert not set("\x00\x07\u202e") & set(shown)


def test_text_stays_text_and_fonts_are_embedded(tmp_path: Path) -> None:
    tables = publish(report(), tmp_path / "tables")
    svg, pdf, png, *_ = figures.run(tables, tmp_path, "fr", names=["requests_by_addressee"])
    assert ">gouvernements</text>" in svg.read_text()
    assert "DejaVu Sans" in svg.read_text()
    assert b"/FontFile2" in pdf.read_bytes()
    assert b"/Type3" not in pdf.read_bytes()
    assert not re.search(rb"CreationDate", pdf.read_bytes())
    assert png.read_bytes().startswith(b"\x89PNG")
    assert [p.relative_to(tmp_path).as_posix() for p in (svg, pdf, png)] == [
        f"fr/requests_by_addressee.{form}" for form in ("svg", "pdf", "png")
    ]


def test_same_tables_same_bytes(tmp_path: Path) -> None:
    tables = publish(many(), tmp_path / "tables")
    runs = []
    for seed, epoch in (("1", "0"), ("2", "1700000000")):
        out = tmp_path / seed
        stage = [sys.executable, "-m", "pries", "figures"]
        env = os.environ | {"PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": epoch}
        command = [*stage, "--tables", tables, "--out", out, "--lang", "fr"]
        subprocess.run(command, check=True, env=env, cwd=HERE.parent, capture_output=True)
        runs.append({p.name: p.read_bytes() for p in (out / "fr").iterdir()})
    assert len(runs[0]) == 5 * len(figures.FIGURES)
    assert [name for name in runs[0] if runs[0][name] != runs[1][name]] == []


# --- what goes with a figure -------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", labels.LANGUAGES)
@pytest.mark.parametrize("name", figures.FIGURES)
def test_a_figure_has_its_numbers_caption_and_description(name: str, lang: str, tmp_path: Path) -> None:
    corpus = many()
    automatic = len(corpus.obligations) - 2
    corpus.obligations["checked"] = ["confirmed", "added", *["auto"] * automatic]
    tables = publish(corpus, tmp_path / "tables")
    svg, *_ = figures.run(tables, tmp_path, lang, names=[name])
    words = labels.Words(LEXICONS, lang)
    title, caption, alt, *_ = svg.with_suffix(".txt").read_text().split("\n\n")
    assert title == words(f"title.{name}")
    assert caption.startswith("n = ")
    checked = words("note.checked", auto=words.number(automatic), checked="2")
    assert all(
        (told in caption) == (name not in OF_TEXT) for told in (words(figures.FIGURES[name].repetitions), checked)
    )
    assert alt.startswith(title)
    assert title in svg.read_text()  # in the metadata too
    assert svg.with_suffix(".csv").is_file()


def test_the_numbers_beside_a_figure_are_those_that_are_drawn(tmp_path: Path) -> None:
    tables = publish(report(), tmp_path / "tables")
    figures.run(tables, tmp_path, "en", names=["requests_by_addressee"])
    data = pd.read_csv(tmp_path / "en" / "requests_by_addressee.csv", index_col="addressee")
    counts = counts_by_hand(files.read_csv(tables / "obligations.csv", "obligations"))
    assert data.sum(axis=1).to_dict() == counts


def counts_by_hand(obligations: pd.DataFrame) -> dict[str, int]:
    totals: dict[str, int] = {}
    for cell in obligations["addressee_actor"]:
        for name in {part.strip() for part in cell.split(";")}:
            totals[name or "not named"] = totals.get(name or "not named", 0) + 1
    return totals


def test_one_figure_in_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> None:
    publish(report(), tmp_path / "outputs" / "tables")
    monkeypatch.chdir(tmp_path)
    one = ["--name", "themes_by_section", "--lang", "en", "--width", "85", "--out", "fig.pdf"]
    assert main(["figures", *one]) == 0
    assert sorted(path.name for path in tmp_path.glob("fig.*")) == ["fig.csv", "fig.pdf", "fig.txt"]
    assert Path("fig.pdf").read_bytes().startswith(b"%PDF")
    assert main(["figures", "--lang", "en", "--out", "all.pdf"]) == 2
    assert "give one --name with it" in capsys.readouterr().err


def test_source_paragraphs_are_listed_in_runs() -> None:
    corpus = report([(p, "request", "", "", "", "1") for p in ("1", "2", "4")])
    words = labels.Words(LEXICONS, "fr")
    assert figures.sources(corpus, words, False) == "Paragraphes\u00a0: 1 à 2, 4."


# --- words, colours, errors --------------------------------------------------------------------------------


def test_words_of_both_languages() -> None:
    french, english = (labels.Words(LEXICONS, lang) for lang in labels.LANGUAGES)
    assert french("note.document", symbols="A/1 : b") == "Document\u00a0: A/1 : b."
    assert english("note.document", symbols="A/1") == "Document: A/1."
    assert french.number(1234.5, 1) == "1\u202f234,5"
    assert english.number(1234.5, 1) == "1,234.5"
    assert set(french.modalities) == set(schema.MODALITIES)
    assert french.modalities[0] == "urge"


UNUSED = {"axis.cluster"}  # to be deleted when outputs/reader.html, which holds every label, is published anew
PREFIXES = ("alt.", "axis.", "mark.", "note.", "others.", "title.")
FOLDER = Path(figures.__file__).parent


def keys_in(module: Path, rows: Collection[str]) -> set[str]:
    """The labels that the code of a module names outside its LABELS: rows of labels.csv, and what looks like one."""
    code = [node for node in ast.parse(module.read_text()).body if "LABELS = " not in ast.unparse(node)]
    constants = [node.value for top in code for node in ast.walk(top) if isinstance(node, ast.Constant)]
    label = re.compile(rf"({'|'.join(map(re.escape, PREFIXES))})[a-z_]+")
    return {text for text in constants if isinstance(text, str) and (text in rows or label.fullmatch(text))}


@pytest.mark.parametrize("name", figures.FIGURES)
def test_a_figure_names_the_labels_that_its_code_uses(name: str) -> None:
    rows = labels.Words(LEXICONS, "fr").rows
    listed = figures.FIGURES[name].labels
    assert sorted(listed) == sorted(keys_in(FOLDER / "gallery" / f"{name}.py", rows))
    assert {f"title.{name}", f"alt.{name}", *listed} - set(rows) == set()


def test_every_label_of_figures_is_used() -> None:
    rows = labels.Words(LEXICONS, "fr").rows
    used = {f"{kind}.{name}" for name in figures.FIGURES for kind in ("title", "alt")}
    used |= {f"{key}.by" for key in used} & set(rows)
    for module in FOLDER.parent.rglob("*.py"):
        used |= keys_in(module, rows)
    assert used - set(rows) == set()
    assert {key for key in rows if key.startswith(PREFIXES)} - used == UNUSED


def test_a_module_of_the_gallery_is_a_figure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chart = (FOLDER / "gallery" / "clusters.py").read_text().replace("Chart(40,", "Chart(15,")
    (tmp_path / "groups_of_mine.py").write_text(chart)
    monkeypatch.setattr(gallery, "__path__", [*gallery.__path__, str(tmp_path)])
    assert list(figures.find_charts())[:3] == ["requests_by_addressee", "groups_of_mine", "themes_by_section"]
    sys.modules.pop(f"{gallery.__name__}.groups_of_mine")


def test_fonts_in_pdf_files_lack_the_tables_of_editors_and_letters_look_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Fails where matplotlib or fontTools no longer load a PDF's fonts by the function that `plain_fonts` replaces."""
    loaded, load_font = [], subset.load_font

    def load(*args: Any, **options: Any) -> Any:
        loaded.append(load_font(*args, **options))
        return loaded[-1]

    monkeypatch.setattr(subset, "load_font", load)
    figure = draw("requests_by_addressee", report())
    plain = style.draw(figure, "pdf", {"CreationDate": None})
    tables = [set(font.keys()) for font in loaded]
    assert tables
    assert not set.union(*tables) & set(style.EDITOR_TABLES)
    monkeypatch.setattr(style, "plain_fonts", contextlib.nullcontext)
    usual = style.draw(figure, "pdf", {"CreationDate": None})
    assert len(usual) > len(plain)
    one, other = (style.picture(pdf, 200, "png", "", "") for pdf in (usual, plain))
    assert one == other


# Machado, Oliveira & Fernandes (2009), full severity, on linear RGB.
BLINDNESS = {
    "none": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}


@pytest.mark.parametrize("eyes", BLINDNESS)
def test_each_step_is_lighter_for_all_eyes(eyes: str) -> None:
    seen = []
    for colour in style.STEPS:
        rgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
        linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
        y = np.clip(np.array(BLINDNESS[eyes]) @ linear, 0, 1) @ [0.2126, 0.7152, 0.0722]
        seen.append(116 * y ** (1 / 3) - 16)
    assert len(seen) == len(schema.MODALITIES)
    assert min(np.diff(seen)) > 4


@pytest.mark.parametrize("colour", [*style.STEPS, *(style.shade(n, 30) for n in range(31))])
def test_numbers_can_be_read_on_their_ground(colour: str) -> None:
    """WCAG contrast of 4.5 and more."""
    y = [((style.lightness(c) + 16) / 116) ** 3 for c in (colour, style.ink_on(colour))]
    assert (max(y) + 0.05) / (min(y) + 0.05) >= 4.5


def test_a_word_too_long_is_cut_behind_its_hyphen_or_gets_one() -> None:
    assert style.wrap("Vice-Secrétaire", 15, 7.5) == "Vice-\nSecrétaire"
    first, last = style.wrap("gouvernements", 15, 7.5).split("\n")
    assert first.endswith("-")
    assert first[:-1] + last == "gouvernements"
    assert len(last) >= 3


def test_lines_of_a_label_stand_equally_far_apart() -> None:
    """Whatever letters they have: capitals with accents, none that rise, none that hang."""
    with style.active("serif"):
        canvas = FigureCanvasAgg(Figure(dpi=200))
        text = canvas.figure.text(0.5, 0.5, "programme\nd’élan\nÉtats\nnous\nen huit", linespacing=1.1)
        _, lines, *_ = text._get_layout(canvas.get_renderer())
    heights = [place[-1][1] for place in lines]
    steps = np.diff(heights)
    assert steps == pytest.approx(steps[0], abs=0.01)


@pytest.mark.parametrize("width", [10.0, 25.0, 60.0])
def test_wrapping_keeps_every_letter_within_the_width(width: float) -> None:
    wrapped = style.wrap(LONG.strip() + " " + "x" * 90, width, 7.5)
    assert re.sub(r"-?\s", "", wrapped) == re.sub(r"\s", "", LONG) + "x" * 90
    assert all(style.extent(part, 7.5) <= width for part in wrapped.split("\n"))


def test_dots_of_a_swarm_do_not_touch() -> None:
    places = [0, 0, 0, 1, 1, 2, 5, 5]
    dots = list(zip(places, requests_through_text.swarm(places, 1.5, 5), strict=True))
    assert all(abs(a - b) >= 1.5 or i != j for (a, i), (b, j) in combinations(dots, 2))
    assert requests_through_text.swarm([0, 9], 1.5, 5) == [0, 0]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--name", "nuage"], "no figure is called 'nuage'; use one of requests_by_addressee"),
        (["--width", "12"], "12 mm is out of bounds; stay between 60 and 400"),
        (["--font", "Garamond"], "no font is called 'Garamond'; use one of sans, serif, or the path of a .ttf"),
        (["--font", __file__], "not a font that can be read"),
        (["--by", "date"], "no document has a date"),
        (["--by", "organe"], "no column of metadata.csv is called 'organe'; use one of date, document"),
        (["--by", "document"], "all documents are one part by document; nothing can be compared: leave it out"),
        (
            ["--by", "document", "--name", "k_selection"],
            "k_selection is made of all requests together and has no parts",
        ),
        (["--width", "nan"], "out of bounds"),
        (["--tables", "nowhere"], "nowhere/documents.csv: no such table"),
    ],
)
def test_a_mistake_is_one_line(
    options: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    tables = publish(report(), tmp_path / "tables")
    code = main(["figures", "--tables", str(tables), "--out", str(tmp_path / "out"), "--lang", "fr", *options])
    error = capsys.readouterr().err
    assert code == 2
    assert message in error
    assert error.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_another_table_is_refused(tmp_path: Path) -> None:
    tables = publish(report(), tmp_path)
    (tables / "obligations.csv").write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match=r"obligations\.csv: not this table"):
        figures.read_report(tables, LEXICONS, "fr")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("modality.urge,", "modality.cry,", "line \\d+: modality.cry is missing or unknown"),
        (", sans reprise", ", {reprises}", "line \\d+: .* cannot be filled in"),
        (
            "title.clusters,",
            "title.bunches,",
            "line \\d+: the key title.clusters is missing; add a row title.clusters,",
        ),
    ],
)
def test_a_broken_label_is_reported(old: str, new: str, message: str, tmp_path: Path) -> None:
    shutil.copytree(LEXICONS, tmp_path, dirs_exist_ok=True)
    broken = tmp_path / "labels.csv"
    broken.write_text(broken.read_text().replace(old, new, 1))
    with pytest.raises(InputError, match=message):
        figures.figure("clusters", report(), labels.Words(tmp_path, "fr"), labels.Look())


def test_labels_without_a_row_are_reported(tmp_path: Path) -> None:
    (tmp_path / "labels.csv").write_text("key,fr,en\n")
    with pytest.raises(InputError, match=r"labels\.csv, line 1: modality\.duty is missing or unknown"):
        labels.Words(tmp_path, "fr")


# --- by a column of one's own -------------------------------------------------------------------------------


def test_parts_by_a_column_of_metadata(tmp_path: Path) -> None:
    corpus = report(documents=3)
    cells = [("doc0", "organe", "Comité"), ("doc1", "organe", "Conseil"), ("doc2", "organe", "Comité")]
    corpus = dataclasses.replace(corpus, metadata=pd.DataFrame(cells, columns=["doc_id", "field", "value"]))
    tables = publish(corpus, tmp_path / "tables")
    svg, *_ = figures.run(tables, tmp_path, "fr", names=["themes_by_section"], by="organe")
    drawn = pd.read_csv(svg.with_suffix(".csv"), index_col=0)
    asked = corpus.obligations["doc_id"].map(
        dict(zip(["doc0", "doc1", "doc2"], ["Comité", "Conseil", "Comité"], strict=True))
    )
    assert drawn.loc["total"].to_dict() == asked.value_counts().to_dict() | {"total": len(corpus.obligations)}
    assert "organe" in svg.read_text()
    with pytest.raises(InputError, match=r"no column of metadata\.csv is called 'siège'; use one of organe, date"):
        figures.run(tables, tmp_path, "fr", names=["themes_by_section"], by="siège")


def test_parts_by_year_and_by_document(tmp_path: Path) -> None:
    corpus = report(documents=3)
    dated = corpus.documents.assign(date=["2014-02-01", "2013-05-01", "2014-12-31"])
    kinds = [("date", "2014"), ("date", "2013"), ("document", "doc1"), ("section", "I")]
    cells = [{"part_kind": k, "part": p, "unit": "lemma", "term": "droit", "score": 3.0, "t": 9} for k, p in kinds]
    corpus = dataclasses.replace(corpus, documents=dated, specificities=blank("specificities", cells))
    tables, each = publish(corpus, tmp_path / "tables"), len(corpus.obligations) // 3
    for by, wanted, parts in (
        ("date", {"2013": each, "2014": 2 * each}, ["2014", "2013"]),
        ("document", dict.fromkeys(["A/doc0", "A/doc1", "A/doc2"], each), ["A/doc1"]),
    ):
        paths = figures.run(tables, tmp_path / by, "fr", by=by)
        assert {path.stem for path in paths} == set(figures.FIGURES) - {"k_selection", "group_tree"}
        drawn = pd.read_csv(tmp_path / by / "fr" / "themes_by_section.csv", index_col=0, dtype={"theme": "str"})
        assert drawn.loc["total"].drop("total").to_dict() == wanted
        assert list(drawn)[:-1] == list(wanted)
        marked = pd.read_csv(tmp_path / by / "fr" / "specificities.csv", dtype="str")
        assert marked["part"].tolist() == parts


# --- for a paper --------------------------------------------------------------------------------------------

SERIF = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSerif.ttf"
BEGINNINGS = {"pdf": b"%PDF", "svg": b"<?xml", "png": b"\x89PNG", "tiff": b"II*", "tif": b"II*", "eps": b"%!PS-Adobe"}


@pytest.mark.parametrize("form", BEGINNINGS)
def test_the_suffix_is_the_form_and_the_bytes_are_the_same(form: str, tmp_path: Path) -> None:
    tables = publish(report(), tmp_path / "tables")
    one, other = (figures.run(tables, tmp_path / f"{n}.{form}", "en", names=["clusters"], width=85.0)[0] for n in "ab")
    assert one.read_bytes().startswith(BEGINNINGS[form])
    assert one.read_bytes() == other.read_bytes()


def test_a_picture_has_its_width_and_resolution(tmp_path: Path) -> None:
    tables = publish(report(), tmp_path / "tables")
    path, *_ = figures.run(tables, tmp_path / "f.tiff", "en", names=["clusters"], width=85.0)
    with Image.open(path) as image:
        assert image.width == pytest.approx(85 / 25.4 * labels.Look().dpi, abs=1)
        assert image.info["dpi"] == pytest.approx((labels.Look().dpi,) * 2)


@pytest.mark.parametrize(
    ("chosen", "family"), [("sans", "DejaVu Sans"), ("serif", "STIXGeneral"), (SERIF, "DejaVu Serif")]
)
def test_letters_are_those_of_the_font(chosen: str | Path, family: str, tmp_path: Path) -> None:
    tables = publish(report(), tmp_path / "tables")
    svg, *_ = figures.run(tables, tmp_path / "f.svg", "fr", names=["clusters"], font=str(chosen))
    families = set(re.findall(r"font-family: '([^']+)'", svg.read_text()))
    assert families == {family}
    assert fonts.CURRENT.get().family == "DejaVu Sans"


def test_bold_and_italic_of_an_own_font_are_those_beside_it() -> None:
    mine = fonts.face(str(SERIF))
    assert [path.name for path in mine.files] == [
        "DejaVuSerif.ttf", "DejaVuSerif-Bold.ttf", "DejaVuSerif-Italic.ttf", "DejaVuSerif-BoldItalic.ttf",
    ]  # fmt: skip


def test_a_font_without_the_narrow_space_has_the_wide_one() -> None:
    assert fonts.face("serif").spelt("1\u202f234") == "1\u00a0234"
    assert fonts.face("sans").spelt("1\u202f234") == "1\u202f234"


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", figures.FIGURES)
def test_a_narrow_serif_figure_without_its_title(name: str, lang: str) -> None:
    look = labels.Look(width=60.0, font="serif", title=False, grey=True)
    figure = figures.figure(name, many(), labels.Words(LEXICONS, lang), look).picture
    drawn = boxes(figure, 200, "serif")
    assert labels.Words(LEXICONS, lang)(f"title.{name}") not in texts(figure)
    for text, (x0, y0, x1, y1) in drawn:
        assert min(x0, y0, figure.bbox.width - x1, figure.bbox.height - y1) >= 0, text.get_text()
    for (one, box), (other, over) in combinations(drawn, 2):
        assert not meet(box, over), f"{one.get_text()!r} meets {other.get_text()!r}"


def test_greys_are_as_light_as_the_colours_and_eight_are_told_apart() -> None:
    greys = [style.grey(colour) for colour in style.STEPS]
    assert all(red == green == blue for red, green, blue, _ in greys)
    light = [style.lightness(matplotlib.colors.to_hex(colour)) for colour in greys]
    assert light == pytest.approx([style.lightness(colour) for colour in style.STEPS], abs=0.5)
    assert min(np.diff(light)) > 8
    assert style.grey("none") == (0, 0, 0, 0)


@pytest.mark.parametrize("name", figures.FIGURES)
def test_nothing_of_a_grey_figure_is_coloured(name: str, tmp_path: Path) -> None:
    tables = publish(many(), tmp_path / "tables")
    png, *_ = figures.run(tables, tmp_path / "f.png", "fr", names=[name], grey=True)
    with Image.open(png) as image:
        pixels = np.asarray(image.convert("RGB")).astype(int)
    assert np.ptp(pixels, axis=2).max() <= 2


# --- what a reader needs beside the picture --------------------------------------------------------------------


def test_function_words_are_drawn_on_request() -> None:
    terms = ["de", "être", "que", "contre", "diaspora", "travailleur"]
    cells = [{"part_kind": "section", "part": "I", "unit": "lemma", "term": t, "score": 3.0, "t": 9} for t in terms]
    corpus = dataclasses.replace(report(), specificities=blank("specificities", cells))
    words = labels.Words(LEXICONS, "fr")
    shown = figures.figure("specificities", corpus, words, labels.Look(over_used=9))
    assert shown.data["term"].tolist() == ["diaspora", "travailleur"]
    assert "Sans les mots grammaticaux." in shown.caption
    whole = figures.figure("specificities", corpus, words, labels.Look(over_used=9, function_words=True))
    assert sorted(whole.data["term"]) == sorted(terms)
    assert "grammaticaux" not in whole.caption


def test_groups_tell_how_far_they_can_be_trusted() -> None:
    chosen = {"k": 3, "silhouette": 0.164, "stability": 0.9, "stability_low": 0.75, "stability_high": 1, "chosen": True}
    corpus = dataclasses.replace(report(), k_selection=blank("k_selection", [chosen]))
    words = labels.Words(LEXICONS, "en")
    assert "Mean silhouette: 0.16; stability: 0.90 (0.75 to 1.00)" in plain(
        figures.figure("clusters", corpus, words, labels.Look()).caption
    )
    unchosen = dataclasses.replace(corpus, k_selection=blank("k_selection", []))
    assert "silhouette" not in figures.figure("clusters", unchosen, words, labels.Look()).caption


def test_the_plane_has_values_on_both_axes() -> None:
    points = [
        {"side": side, "name": f"{side}{n}", "axis": axis, "coordinate": value, "contribution": 0.1, "frequency": 9}
        for side in ("column", "row")
        for n, pair in enumerate([(-1.2, 0.4), (0.8, -0.9), (0.3, 0.7), (1.9, 0.2)])
        for axis, value in zip((1, 2), pair, strict=True)
    ]
    axes = [{"axis": 1, "share": 0.6}, {"axis": 2, "share": 0.4}]
    corpus = dataclasses.replace(report(), afc=blank("afc", points), afc_axes=blank("afc_axes", axes))
    figure = draw("correspondence", corpus)
    numbers = [t for t in figure.axes[0].texts if t.get_text() in ("\u22121", "0", "1")]
    lowest = max(t.get_position()[1] for t in numbers)
    along = sorted(t.get_position()[0] for t in numbers if t.get_position()[1] == lowest)
    assert len(along) == 3
    assert len(numbers) > 3
    assert along[1] - along[0] == pytest.approx(along[2] - along[1])
    column = next(dots.get_offsets() for dots in figure.axes[0].collections if len(dots.get_offsets()))
    unit = along[2] - along[1]
    assert column[0][0] == pytest.approx(along[1] - 1.2 * unit, abs=1e-6)
