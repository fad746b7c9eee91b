"""The whole pipeline, run as a user runs it: what it makes, what it makes again, and how it fails."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import pytest
from conftest import ROOT, Run, differing, make, pries, published, rows
from pries.stages import STAGES

TABLES = (
    "documents", "metadata", "problems", "dropped", "footnotes", "paragraphs", "sentences", "actors", "obligations",
    "actions", "themes", "clusters", "clusters_by_k", "k_selection", "cluster_members", "cluster_tree", "specificities",
    "specificity_tests", "lexicon", "repeated_segments", "afc", "afc_axes", "text_segments",
    "reinert_classes", "reinert_terms", "reinert_tree", "addressee_by_modality",
    "theme_by_modality",
)  # fmt: skip
LATEX = (
    "documents", "obligations", "clusters", "k_selection", "addressee_by_modality", "theme_by_modality",
    "specificities",
)  # fmt: skip
FIGURES = (
    "requests_by_addressee", "themes_by_section", "issuer_addressee", "clusters", "requests_through_text",
)  # fmt: skip
FORMS = ("svg", "pdf", "png", "csv", "txt")
MAGIC = {".png": b"\x89PNG\r\n", ".pdf": b"%PDF-", ".svg": b"<?xml"}

GOOD = "1. Les participants ont prié les gouvernements de ratifier la Convention.\n"


# --- what a run makes -----------------------------------------------------------------------------


def test_a_fresh_run_makes_every_table_and_every_figure(full_run: Run) -> None:
    wanted = (
        {f"tables/{name}.csv" for name in TABLES}
        | {f"tables/{name}.tex" for name in LATEX}
        | {"run.json", "datapackage.json", "reader.html", "requests.docx", "tables.xlsx", "methods.txt"}
    )
    wanted |= {f"figures/{lang}/{name}.{form}" for lang in ("fr", "en") for name in FIGURES for form in FORMS}
    assert wanted - full_run.files.keys() == set()
    assert [name for name, data in full_run.files.items() if not data] == []
    wrong = [n for n, data in full_run.files.items() if not data.startswith(MAGIC.get(Path(n).suffix, b""))]
    assert wrong == []


def test_nothing_temporary_stays(full_run: Run) -> None:
    assert [path for path in full_run.folder.rglob("*") if path.name.endswith(".tmp")] == []


def test_each_stage_tells_its_work_in_a_line(full_run: Run) -> None:
    told = [line.split()[0] for line in full_run.said.out if line.strip()]
    assert [stage.name for stage in STAGES if stage.name not in told] == []
    assert full_run.said.err == []


def test_every_table_is_utf8_with_rows_and_one_width(full_run: Run) -> None:
    for name in TABLES:
        lines = list(csv.reader(full_run.files[f"tables/{name}.csv"].decode("utf-8").splitlines(), strict=True))
        assert {len(cells) for cells in lines} == {len(lines[0])}, name
        assert len(lines) > 1 or name in ("problems", "metadata"), name


def test_every_request_leads_back_to_its_words(full_run: Run) -> None:
    tables = full_run.folder / "tables"
    texts = {(row["doc_id"], row["paragraph"]): row["text"] for row in rows(tables / "paragraphs.csv")}
    for row in rows(tables / "obligations.csv"):
        text = texts[row["doc_id"], row["paragraph"]]
        assert text[int(row["trigger_start"]) : int(row["trigger_end"])] == row["trigger"]
        assert row["sentence_text"] in text


def test_the_reference_report_has_its_59_paragraphs(full_run: Run) -> None:
    found = [row["paragraph"] for row in rows(full_run.folder / "tables" / "paragraphs.csv")]
    assert [name for name in found if name.isdigit()] == [str(number) for number in range(1, 60)]


def without_identifiers(svg: str) -> tuple[list[str], list[float]]:
    """An SVG's words and its numbers, without identifiers, which are hashes of what they name."""
    plain = re.sub(r'(\bid="|url\(#|href="#)[^")]*', r"\1", svg)
    number = r"-?\d+(?:\.\d+)?(?:e-?\d+)?"
    return re.split(number, plain), [float(found) for found in re.findall(number, plain)]


def test_committed_outputs_are_the_ones_that_the_code_makes(full_run: Run) -> None:
    """Tables byte for byte; a figure by what its SVG draws, for fonts' hints differ between machines."""
    committed = published(ROOT / "outputs")
    assert sorted(committed) == sorted(full_run.files)
    drawn = [name for name in committed if name.startswith("figures/")]
    assert [n for n in differing(committed, full_run.files) if n not in drawn] == []
    for name in drawn:
        if name.endswith(".svg"):
            words, numbers = without_identifiers(committed[name].decode("utf-8"))
            words_now, numbers_now = without_identifiers(full_run.files[name].decode("utf-8"))
            assert words_now == words, name
            assert numbers_now == pytest.approx(numbers, abs=0.5), name


# --- what is made again ---------------------------------------------------------------------------


def test_with_nothing_to_do_a_run_says_so_in_a_line(outputs: Path) -> None:
    done = make(f"OUTPUTS={outputs}")
    assert (done.code, done.out) == (0, [f"up to date     {outputs}"])


def test_make_lists_one_command_and_a_dry_run_the_stages(outputs: Path) -> None:
    (outputs / "figures" / "en" / "clusters.pdf").unlink()
    assert len(make("-n", f"OUTPUTS={outputs}").out) == 1
    listed = pries("--corpus", ROOT / "corpus", "--outputs", outputs, "--dry-run")
    assert listed.out == ["will run       figures-en: figures/en/clusters.pdf is gone"]


def test_deleted_outputs_come_back_with_the_same_bytes(full_run: Run, outputs: Path) -> None:
    gone = ("tables/obligations.csv", "run.json", "figures/fr/clusters.png", ".work/themes.parquet")
    for name in gone:
        (outputs / name).unlink()
    done = make(f"OUTPUTS={outputs}")
    assert done.code == 0
    said = {line.split()[0] for line in done.out}
    assert "themes" in said
    assert "parse" not in said
    assert [name for name in gone if not (outputs / name).is_file()] == []
    assert differing(published(outputs), full_run.files) == []


def test_make_runs_up_to_a_stage_by_its_name(tmp_path: Path) -> None:
    done = make("actors", f"OUTPUTS={tmp_path / 'outputs'}")
    assert done.code == 0, done.err
    assert [line.split()[0] for line in done.out] == ["will", "segment", "parse", "actors"]
    assert "no such stage" in make("licornes", f"OUTPUTS={tmp_path / 'outputs'}").err[0]


# --- the same bytes, however it runs --------------------------------------------------------------


def test_a_copy_of_the_checkout_makes_the_same_bytes_on_two_cores(full_run: Run, checkout: Path) -> None:
    shutil.rmtree(checkout / "outputs")
    done = make("-j2", cwd=checkout)
    assert done.code == 0, done.err
    assert differing(published(checkout / "outputs"), full_run.files) == []


def test_one_process_makes_the_same_bytes_in_a_path_with_spaces(full_run: Run, tmp_path: Path) -> None:
    corpus = Path(shutil.copytree(ROOT / "corpus", tmp_path / "mes rapports d’été"))
    outputs = tmp_path / "sorties à part"
    done = pries("--corpus", corpus, "--outputs", outputs)
    assert (done.code, done.err) == (0, [])
    assert differing(published(outputs), full_run.files) == []


# --- folders of many documents --------------------------------------------------------------------


def test_forty_documents_and_one_of_them_alone(tmp_path: Path) -> None:
    """Documents know nothing of each other up to the obligations: a row is the same in any company."""
    many, alone = tmp_path / "many", tmp_path / "alone"
    (many / "sous dossier").mkdir(parents=True)
    alone.mkdir()
    for number in range(40):
        folder = many / "sous dossier" if number % 10 == 0 else many
        text = f"1. Les gouvernements ont été priés de ratifier la convention numéro {number + 100}.\n"
        (folder / f"rapport_{number:02}.txt").write_text(text, encoding="utf-8")
    shutil.copy(many / "rapport_07.txt", alone)
    assert pries("tables", "--corpus", many, "--outputs", tmp_path / "a").code == 0
    assert pries("tables", "--corpus", alone, "--outputs", tmp_path / "b").code == 0
    documents = rows(tmp_path / "a" / "tables" / "documents.csv")
    assert sorted(row["doc_id"] for row in documents) == [f"rapport_{number:02}" for number in range(40)]
    found = rows(tmp_path / "a" / "tables" / "obligations.csv")
    assert [row["doc_id"] for row in found] == [row["doc_id"] for row in documents]
    assert {(row["trigger"], row["addressee"], row["actions"]) for row in found} == {
        ("priés", "gouvernements", "ratifier")
    }
    both = [
        [
            row | {"cluster": ""}
            for row in rows(tmp_path / side / "tables" / "obligations.csv")
            if "_07" in row["doc_id"]
        ]
        for side in "ab"
    ]
    assert both[0] == both[1] != []


def test_text_of_a_report_is_data(tmp_path: Path) -> None:
    corpus, outputs = tmp_path / "corpus", tmp_path / "outputs"
    corpus.mkdir()
    hostile = "=2+2 Les États ont été priés de payer 5 % & 3 $ de {a}_x^2 ~ #1 \\input{b} <script>f()</script>."
    (corpus / '=1+1,"x".txt').write_text(hostile + "\n", encoding="utf-8")
    done = pries("--corpus", corpus, "--outputs", outputs)
    assert (done.code, done.err) == (0, [])
    assert [row["text"] for row in rows(outputs / "tables" / "paragraphs.csv")] == [hostile]
    drawn = b"".join(path.read_bytes() for path in outputs.rglob("*.svg"))
    assert b"<script>" not in drawn


# --- the rest -------------------------------------------------------------------------------------


def test_clean_leaves_what_is_published(full_run: Run, outputs: Path) -> None:
    assert make("clean", f"OUTPUTS={outputs}").code == 0
    assert not (outputs / ".work").exists()
    assert differing(published(outputs), full_run.files) == []


def test_help_of_make_and_of_the_pipeline_name_their_options() -> None:
    said = "\n".join(make("help").out)
    assert [word for word in ("make test", "CORPUS=dir", "evaluate", "bench", "notebooks") if word not in said] == []
    done = pries("--help")
    assert done.code == 0
    assert [o for o in ("--corpus", "--outputs", "--strict") if o not in "\n".join(done.out)] == []
