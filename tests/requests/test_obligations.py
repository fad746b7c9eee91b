"""Obligations: French sentences with the answer marked in the line (see marked.py), through the real parse."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import marked
import pandas as pd
import pytest
from conftest import ROOT
from corpora import requested
from marked import Expected, Marked
from pries.__main__ import main
from pries.base.places import LEXICONS, SETTINGS
from pries.grammar.wording import key_of
from pries.segmentation import segment

SENTENCES = sorted((ROOT / "tests" / "sentences").glob("*.txt"))
LINES = [line for path in SENTENCES for line in marked.read(path)]


@pytest.fixture(scope="session")
def found() -> Mapping[str, list[dict]]:
    """The obligations of every line, by its place, all parsed at once."""
    table = requested(*(segment.segment_text(line.text, line.place) for line in LINES))["obligations"]
    return {line.place: table[table["doc_id"] == line.place].to_dict("records") for line in LINES}


def names(cell: str) -> set[str]:
    """Actors as the annotation guide compares them: without case and plural."""
    return {key_of(name) for name in cell.split("; ") if name}


def shown(row: dict) -> tuple:
    return (
        row["trigger"], row["modality"], row["polarity"], names(row["issuer"]), names(row["addressee"]),
        row["actions"].split("; "),
    )  # fmt: skip


def wanted(expected: Expected) -> tuple:
    return (
        expected.trigger, expected.modality, expected.polarity, {key_of(n) for n in expected.issuer},
        {key_of(n) for n in expected.addressee}, expected.actions,
    )  # fmt: skip


def case(line: Marked) -> object:
    marks = [pytest.mark.xfail(strict=True, reason=line.text)] if line.known_miss else []
    return pytest.param(line, id=f"{line.place} {line.text[:60]}", marks=marks)


@pytest.mark.parametrize("line", [case(line) for line in LINES])
def test_sentence(line: Marked, found: Mapping[str, list[dict]]) -> None:
    assert [shown(row) for row in found[line.place]] == [wanted(e) for e in line.expected]


def test_marks_are_read() -> None:
    line = marked.marked("! Les [États]addressee ne [devraient]should- pas [détenir]action d’enfants.")
    assert line.known_miss
    assert line.text == "Les États ne devraient pas détenir d’enfants."
    assert line.expected == [Expected("devraient", 13, "should", "negative", set(), {"États"}, ["détenir"])]


def test_offsets_point_at_the_trigger(found: Mapping[str, list[dict]]) -> None:
    text = {line.place: line.text for line in LINES}
    rows = [row for place in found for row in found[place]]
    assert rows
    for row in rows:
        assert text[row["doc_id"]][row["trigger_start"] : row["trigger_end"]] == row["trigger"]


GARBAGE = {
    "english": "The General Assembly requests the Secretary-General to submit a report, and urges all States to act.",
    "numbers": "12 345 67,8 9 101 112 131 415 161 718 19,20 21 22 (23) 24 % 25 26 27 / 28 = 29",
    "quotes": "« Les États “ doivent ’ « agir » et « les parties ont été priées de » « cesser",
    "no verb": "Rapport du Secrétaire général sur la situation au Moyen-Orient, y compris la question de Palestine",
    "symbols": "§§ -- *** ((( ))) ;;; ::: … ??? !!! a) b) c) – – – <<>> [] {} \\ // _ = + @",
    "long": "Les États doivent agir, et " * 2000 + "ils ont été priés de coopérer.",
    "one word": "doivent " * 3000,
}


@pytest.mark.parametrize("name", GARBAGE)
def test_garbage_gives_rows_with_true_offsets_or_none(name: str) -> None:
    text = GARBAGE[name]
    made = requested(segment.segment_text(text, "g"))
    table, paragraphs = made["obligations"], made["paragraphs"]
    if name not in ("long", "one word", "quotes"):
        assert len(table) <= 1
    assert table["obligation_id"].is_unique
    texts = dict(zip(paragraphs["paragraph"], paragraphs["text"], strict=True))
    for row in table.itertuples():
        assert texts[row.paragraph][row.trigger_start : row.trigger_end] == row.trigger


def rows_of(text: str) -> pd.DataFrame:
    return requested(segment.segment_text(text, "r"))["obligations"]


@pytest.mark.parametrize("text", ["L’obligation d’agir.", "Il souligne l’importance qu’il y"])
def test_a_set_phrase_may_go_on_beyond_the_sentence(text: str) -> None:
    assert requested(segment.segment_text(text, "essai"))["obligations"].empty


def test_what_stands_where_somebody_is_to_act_and_is_nobody_is_kept() -> None:
    text = "Le logiciel doit conserver la trace de chaque accès. Les États doivent coopérer. La misère incite à partir."
    made = requested(segment.segment_text(text, "r"))
    found, first = made["unrecognised"], made["sentences"].iloc[0]
    assert next(found.itertuples(index=False, name=None)) == (
        "logiciel", "addressee", first["text"], first["sentence_id"],
    )  # fmt: skip
    assert "état" not in set(found["noun"])


def test_the_organ_that_opens_a_resolution_is_inferred_never_named() -> None:
    table = rows_of(
        "L’Assemblée générale,\n\nConsciente du problème,\n\n1. Prie le Secrétaire général de présenter un rapport;\n\n"
        "2. Invite les États Membres à coopérer.\n"
    )
    assert list(table["issuer"]) == ["", ""]
    assert list(table["issuer_inferred"]) == ["Assemblée générale"] * 2


OPENINGS = ["La Conférence des ports, réunie à Oslo,", "La Conférence des ports adopte la recommandation suivante :"]


@pytest.mark.parametrize("opening", OPENINGS)
def test_an_organ_may_open_its_text_in_many_words(opening: str) -> None:
    table = rows_of(f"{opening}\n\n1. Les États devraient publier leurs tarifs.\n")
    assert list(table["issuer"]) == [""]
    assert list(table["issuer_inferred"]) == ["Conférence des ports"]


def test_an_organ_is_no_number_that_stands_after_it() -> None:
    table = rows_of("La Conférence 1) Constate que les ports vieillissent.\n\n2) Prie les États de les protéger.\n")
    assert list(table["issuer_inferred"]) == ["Conférence"]


WE = [
    "Nous, maires et gouverneurs des régions côtières, avons parlé des phares.",
    "Réunis à Brest le 3 mai 2041, nous, maires et gouverneurs des régions côtières, avons parlé des phares.",
]


@pytest.mark.parametrize("opening", WE)
def test_those_who_declare_something_are_inferred(opening: str) -> None:
    table = rows_of(f"{opening}\n\nIl faudrait que les ports soient dragués.\n")
    assert list(table["issuer_inferred"]) == ["maires; gouverneurs des régions côtières"]


def test_free_speech_may_continue_whom_the_paragraph_named() -> None:
    table = rows_of("Les participants ont recommandé de créer un fonds. Il fallait aussi réviser la loi.")
    assert list(table["issuer"]) == ["participants", ""]
    assert list(table["issuer_inferred"]) == ["", "participants"]


def test_the_same_request_twice_has_two_ids() -> None:
    table = rows_of("1. Il faut agir.\n\n2. Il faut agir.\n")
    assert len(table) == 2
    assert table["obligation_id"].is_unique


def test_explain_tells_frame_construction_and_roles() -> None:
    from pries.inspection.explain import explain

    told = explain("Les gouvernements ont été priés de ratifier les conventions.", LEXICONS, SETTINGS)
    for words in ("priés: request", "prier/verb", "passive", "gouvernements", "ratifier  <- de"):
        assert words in told
    assert "object: patient" in told
    told = explain("Le Dialogue doit se tenir à New York.", LEXICONS, SETTINGS)
    assert re.search(r"ruled out \(scheduled, exclusions\.csv:\d+\)  <- calendar", told)
    told = explain("Le Comité a chargé le Secrétaire de rédiger un rapport.", LEXICONS, SETTINGS)
    assert "ruled out (a mandate told as a fact)  <- mandate" in told


def test_explain_tells_why_a_word_is_no_trigger() -> None:
    from pries.inspection.explain import explain

    told = explain("La demande est utile.", LEXICONS, SETTINGS)
    assert "demande: no trigger (another word); demander/verb" in told
    assert "utile: no trigger (not after « il est » nor a verb of opinion)" in told


def test_explain_shows_what_is_announced() -> None:
    from pries.inspection.explain import explain

    told = explain("V. Recommandations\n\n12. Publier les comptes.\n\n13. Le maire devrait agir.", LEXICONS, SETTINGS)
    assert "  Publier: recommend, positive" in told
    assert "listed, infinitive  <- infinitive" in told
    assert re.search(r"publier/listed, announcements\.csv:\d+", told)
    assert "devrait: should, positive" in told
    assert "no trigger" not in told
    told = explain(
        "Rien ne bouge. Recommandation no 2 (direction des ports ; Cour des comptes) : assurer les quais.",
        LEXICONS,
        SETTINGS,
    )
    assert "  assurer: recommend, positive" in told
    assert "direction des ports [direction des ports] (un); Cour des comptes [Cour des comptes]" in told


def test_explain_reads_every_list_from_the_folder_that_it_is_given(tmp_path: Path) -> None:
    from pries.inspection.explain import explain

    text = "Selon les employeurs, les femmes doivent rarement marcher."
    assert "(private_sector)  <- source" in explain(text, LEXICONS, SETTINGS)
    shutil.copytree(LEXICONS, tmp_path / "lexicons")
    cues = tmp_path / "lexicons" / "cues.csv"
    words = cues.read_text(encoding="utf-8").replace("source,selon|", "source,")
    cues.write_text(words, encoding="utf-8")
    assert "nobody named  <- none" in explain(text, tmp_path / "lexicons", SETTINGS)
    cues.write_text(words.replace("habit,souvent", "habit,rarement|souvent"), encoding="utf-8")
    assert "doivent: ruled out (forced)  <- habitual" in explain(text, tmp_path / "lexicons", SETTINGS)


def test_explain_is_an_option_with_folders(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["explain", "Il faut agir.", "--lexicons", str(LEXICONS), "--settings", str(SETTINGS)]
    assert main(words) == 0
    assert "faut: duty, positive" in capsys.readouterr().out
