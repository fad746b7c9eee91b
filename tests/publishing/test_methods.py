"""The method in writing and the last lines of a run: their numbers are those of the tables."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT, Run, rows
from pries.base.errors import InputError
from pries.base.places import LEXICONS
from pries.publishing import labels, methods, summary
from pries.publishing.accuracy import HELD_OUT
from pries.schema import schema
from pries.store import files


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


def test_the_numbers_are_those_of_the_tables(full_run: Run) -> None:
    written = full_run.files["methods.txt"].decode("utf-8")
    french, english = (plain(part) for part in written.split("\n\n\n"))
    tables = full_run.folder / "tables"
    requests = rows(tables / "obligations.csv")
    repeats = sum(bool(r["restates"]) for r in requests)
    assert f"{len(requests)} demandes et recommandations, dont {repeats} en reprennent une autre" in french
    assert f"{len(requests) - repeats} without restatements" in english
    assert f"{len(requests)} rows are automatic, 0 checked" in english
    most = max(int(row["k"]) for row in rows(tables / "k_selection.csv"))
    assert f"{len(rows(tables / 'clusters.csv'))} groupes ont été retenus, entre 2 et {most}," in french
    classes = rows(tables / "reinert_classes.csv")
    classified = sum(int(row["segments"]) for row in classes)
    tree = rows(tables / "reinert_tree.csv")[0]
    bounds = [f"{float(tree[column]):.0f}" for column in ("chi2", "chance")]
    assert f"(the first: χ² {bounds[0]} against {bounds[1]} at most)" in english
    assert f"{len(classes)} classes de segments de texte" in french
    assert f"{classified} segments classified" in english
    for modality in {r["modality"] for r in requests}:
        n = sum(r["modality"] == modality for r in requests)
        assert f"{labels.Words(LEXICONS, 'en')(f'modality.{modality}')} {n}" in english
    run = json.loads(full_run.files["run.json"])
    assert f"triggers.csv {run['lexicons']['triggers.csv'][:8]}" in french
    assert f"spaCy {run['packages']['spacy']}" in english


def test_lines_are_short_and_french_signs_keep_their_spaces(full_run: Run) -> None:
    written = full_run.files["methods.txt"].decode("utf-8")
    assert max(map(len, written.splitlines())) <= 100
    french = written.split("\n\n\n")[0]
    assert re.findall(r" [:;?!%»]|« ", french) == []


def test_the_version_is_that_of_the_citation(full_run: Run) -> None:
    version = re.search(r"^version: (.+)$", (ROOT / "CITATION.cff").read_text(encoding="utf-8"), re.MULTILINE)
    assert version is not None
    assert f"version {version[1]} " in plain(full_run.files["methods.txt"].decode("utf-8"))


def written(full_run: Run, lang: str, **tables: pd.DataFrame) -> str:
    """The text of a run of which these tables alone hold anything."""
    run = json.loads(full_run.files["run.json"])
    empty = {name: schema.empty(name) for name in methods.READS}
    return plain(methods.text({**empty, **tables}, run, labels.Words(LEXICONS, lang)))


def test_nothing_found_is_written_without_groups(full_run: Run) -> None:
    text = written(full_run, "fr")
    assert "Aucune demande ni recommandation." in text
    assert "Aucun groupe n’a été formé." in text
    assert "0 paragraphe et 0 phrase (0 mot)." in text
    for absent in ("Documents non lus", "Reinert", "Par force", "laissée", "retenu", "n’en a"):
        assert absent not in text
    english = written(full_run, "en")
    assert "0 paragraphs and 0 sentences (0 words)." in english
    assert "No request or recommendation." in english


def asked(full_run: Run, number: int) -> dict[str, pd.DataFrame]:
    """The first requests of a run, in one group, their paragraphs and sentences."""
    tables = {name: files.read_csv(full_run.folder / "tables" / f"{name}.csv", name) for name in methods.READS}
    requests = tables["obligations"].head(number).assign(cluster="1", restates="", theme="droits")
    return {
        "obligations": requests, "clusters": tables["clusters"].head(1), "paragraphs": tables["paragraphs"].tail(1),
        "sentences": tables["sentences"].head(1),
    }  # fmt: skip


def test_one_request_is_written_in_the_singular(full_run: Run) -> None:
    french, english = (written(full_run, lang, **asked(full_run, 1)) for lang in labels.LANGUAGES)
    assert "1 paragraphe et 1 phrase " in french
    assert "1 demande ou recommandation." in french
    assert "1 ligne est automatique, 0 vérifiée" in french
    assert "Trop peu de demandes différentes pour en chercher plusieurs : un seul groupe." in french
    assert "1 paragraph and 1 sentence " in english
    assert "1 row is automatic, 0 checked" in english
    for text in (french, english):
        assert "100" not in text.split("Versions")[0].split("1990")[0]  # no subsample was drawn


def test_a_single_number_of_groups_was_not_chosen_between_two(full_run: Run) -> None:
    selection = schema.conform(pd.DataFrame([{c.name: 2 for c in schema.TABLES["k_selection"].columns}]), "k_selection")
    tables = asked(full_run, 3) | {"k_selection": selection}
    assert "1 groupe a été retenu, seul nombre que permettent les demandes" in written(full_run, "fr", **tables)
    assert "the only number that the requests allow" in written(full_run, "en", **tables)


def test_classes_of_chance_are_told(full_run: Run) -> None:
    row = {"node": 1, "parent": 0, "class": "", "segments": 400, "chi2": 340.2, "chance": 347.0}
    tree = schema.conform(pd.DataFrame([row]), "reinert_tree")
    assert "ne donne aucune classe de segments de texte : sa première coupe (χ² de 340)" in written(
        full_run, "fr", reinert_tree=tree
    )
    assert "at random (up to 347)" in written(full_run, "en", reinert_tree=tree)


def test_many_requests_are_told_to_have_been_gathered_first(full_run: Run) -> None:
    run = json.loads(full_run.files["run.json"])
    tables = {name: files.read_csv(full_run.folder / "tables" / f"{name}.csv", name) for name in methods.READS}
    written = {lang: labels.Words(LEXICONS, lang) for lang in labels.LANGUAGES}
    few = plain(methods.text(tables, run, written["fr"]))
    run["values"]["clusters"] |= {"exact_up_to": 50, "micro_clusters": 20, "drawn_at_most": 30}
    assert "micro" not in few
    assert "deux à deux" not in few
    assert "réunies en 20 micro-groupes au plus" in plain(methods.text(tables, run, written["fr"]))
    assert "80 % des demandes, 30 au plus, comparées deux à deux" in plain(methods.text(tables, run, written["fr"]))
    assert "gathered into 20 micro-clusters at most" in plain(methods.text(tables, run, written["en"]))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"documents\.csv: no such file"):
        methods.run(tmp_path / "tables", tmp_path / "methods.txt")


def test_the_summary_is_of_ten_lines_at_most(full_run: Run, tmp_path: Path) -> None:
    told = summary.lines(full_run.folder)
    requests = rows(full_run.folder / "tables" / "obligations.csv")
    assert len(told) <= 10
    assert told[0].split(maxsplit=1) == ["read", "1 document, 73 paragraphs, 199 sentences"]
    assert told[1].startswith(f"found          {len(requests)} requests and recommendations")
    assert told[-1].endswith("reader.html, in a browser")
    assert full_run.said.out[-len(told) :] == told


def test_one_and_none_are_told_in_words() -> None:
    one = {"restates": "", "issuer": "Comité", "addressee": ""}
    assert summary.found([]) == "no request or recommendation"
    assert (
        summary.found([one]) == "1 request or recommendation, 0 of them restatements; 1 says who asks, 0 who is to act"
    )
    assert summary.found([one, one | {"restates": "o1"}]).startswith(
        "2 requests and recommendations, 1 of them a restatement; 2 say who asks"
    )


def test_what_could_not_be_read_is_told_the_first_with_the_reason(full_run: Run, tmp_path: Path) -> None:
    for name in ("documents", "obligations"):
        files.write_bytes(tmp_path / "tables" / f"{name}.csv", full_run.files[f"tables/{name}.csv"])
    lines = [f"{n}.pdf,d{n},{n},segment,no text\x1b[31m,scan it" for n in range(9)]
    head = "file,doc_id,line,stage,problem,remedy"
    (tmp_path / "tables" / "problems.csv").write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    told = summary.lines(tmp_path)
    assert len(told) <= 10
    assert "problem        0.pdf: no text [31m; scan it" in told
    assert "problem        1.pdf, line 1: no text [31m; scan it" in told
    assert any(line.endswith("problems.csv: 3.pdf, 4.pdf, 5.pdf, 6.pdf, 7.pdf, 8.pdf") for line in told)


def test_without_a_sample_it_says_that_nothing_was_checked(full_run: Run) -> None:
    written = plain(full_run.files["methods.txt"].decode("utf-8"))
    assert "n’a pas été vérifié sur ce corpus" in written
    assert "has not been checked on this corpus" in written
    assert any("pries sample" in line for line in summary.lines(full_run.folder))


def test_scores_of_other_texts_stand_in_one_place(full_run: Run) -> None:
    """README, methods.txt and the last lines of a run give the numbers of `accuracy`, and no others."""
    shown = [f"{score:.2f}" for score in (HELD_OUT.precision, HELD_OUT.recall, HELD_OUT.rows)]
    written = plain(full_run.files["methods.txt"].decode("utf-8"))
    assert "precision was {} and recall {}; {} of rows".format(*shown) in written
    french = [score.replace(".", ",") for score in shown]
    assert "la précision était de {} et le rappel de {} ; {} des lignes".format(*french) in written
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    of = HELD_OUT
    row = next(line for line in readme.splitlines() if line.startswith("| 250 units"))
    assert [cell.split(",")[0].strip() for cell in row.split("|")[2:5]] == [
        f"{score:.3f}"[1:] for score in (of.precision, of.recall, of.rows)
    ]
    assert [f"({n} of {m})" in row for n, m in ((of.right, of.found), (of.right, of.requests))] == [True, True]


def test_decisions_outside_of_the_sample_are_told_in_one_line(tmp_path: Path) -> None:
    columns = ",".join(c.name for c in schema.TABLES["estimates"].columns)
    rows = [
        "sentences,all,,1999.0,,,,,150,1999,drawn", "sentences,outside,,,,,,,3,1999,drawn",
        "requests,all,,910.0,921.25,880.0,990.0,20.0,60,1999,difference",
    ]  # fmt: skip
    (tmp_path / "estimates.csv").write_text("\n".join([columns, *rows]) + "\n", encoding="utf-8")
    told = summary.trust(tmp_path / "estimates.csv")
    assert told.startswith("921.2 requests [880; 990] by 150 sentences coded whole")
    assert told.endswith("3 sentences decided outside of them: in the tables, in no estimate")
    table = files.read_csv(tmp_path / "estimates.csv", "estimates")
    assert table["part_kind"].tolist() == ["all", "outside", "all"]


def test_with_a_sample_it_gives_what_a_paper_prints(full_run: Run) -> None:
    columns = [c.name for c in schema.TABLES["estimates"].columns]
    none = (float("nan"),) * 4
    cells = [
        ("sentences", "all", "", 1999.0, *none, 150, 1999, "drawn"),
        ("sentences", "coder", "ML", float("nan"), *none, 150, 1999, "drawn"),
        ("precision", "all", "", float("nan"), 0.956, 0.9, 0.98, 0.02, 60, 1999, "ratio"),
        ("recall", "all", "", *(float("nan"),) * 5, 2, 1999, "too_few"),
        ("requests", "all", "", 910.0, 921.25, 880.0, 990.0, 20.0, 60, 1999, "difference"),
    ]
    estimates = schema.conform(pd.DataFrame(cells, columns=columns), "estimates")
    french = methods.trusted(estimates, labels.Words(LEXICONS, "fr"))
    assert (french["coded"], french["of"], french["coders"]) == ("150", "1\u202f999", "1")
    assert french["precision"] == "0,96 [0,90 ; 0,98]"
    assert french["recall"] == "trop peu de phrases codées pour un intervalle"
    assert french["estimate"] == "921,2 [880,0 ; 990,0]"
    english = methods.trusted(estimates, labels.Words(LEXICONS, "en"))
    assert english["estimate"] == "921.2 [880.0; 990.0]"
    assert methods.trusted(schema.empty("estimates"), labels.Words(LEXICONS, "en")) == {}
