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
from conftest import ROOT, pries, rows, taken
from pries.base.places import LEXICONS, SETTINGS
from pries.grammar import parse
from pries.reading import corpus
from pries.review import corrections, decisions
from pries.schema import schema
from pries.segmentation import segment
from pries.stages import BY_NAME

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


def read(text: str, nlp: Any, folder: Path, lexicons: Path = LEXICONS) -> Tables:
    """The text as found by the stages up to obligations."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "rapport.txt").write_text(text, encoding="utf-8")
    made = segment.run(folder, pd.DataFrame(corpus.manifest(folder)), lexicons=lexicons, settings=SETTINGS)
    made["tokens"] = parse.parse(made["sentences"], nlp)
    made["vectors"] = parse.word_vectors(made["tokens"], nlp)
    for stage in ("actors", "obligations"):
        made |= BY_NAME[stage].load().run(**taken(stage, made), lexicons=lexicons, settings=SETTINGS)
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
    return corrections.run(**taken("corrections", found), corrections=out.getvalue().encode())


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
    made = corrections.run(**taken("corrections", found))
    for name in ("obligations", "actions"):
        pd.testing.assert_frame_equal(made[name], schema.conform(found[name], name, "obligations"))
    assert set(made["checks"]["checked"]) == {"auto"}
    assert made["unapplied"].empty


def test_without_corrections_actions_of_no_request_are_left_out(found: Tables) -> None:
    some = found | {"obligations": found["obligations"].iloc[1:].astype("object")}
    made = corrections.run(**taken("corrections", some))
    assert set(made["actions"]["obligation_id"]) == set(made["obligations"]["obligation_id"])
    pd.testing.assert_frame_equal(
        made["obligations"], schema.conform(some["obligations"], "obligations", "obligations")
    )


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
        (ADDED | {"sentence_text": "Le Comité a salué."}, "the sentence does not stand in rapport"),
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
        (b"\xff\x81\x8d", 0, "neither UTF-8 nor Windows-1252"),
        (b"id,what\n1,2\n", 1, "missing column action"),
        (b"obligation_id,action,field,old,new\no1,confirm\n", 2, "wrong number of cells"),
        (b'obligation_id,action,field,old,new\no1,"confirm\no2,confirm,,,\n', 2, "nothing from this line on was read"),
        (b'obligation_id,"action\n', 1, "missing column action"),
    ],
)
def test_a_broken_file_is_a_problem_and_stops_nothing(found: Tables, data: bytes, line_number: int, said: str) -> None:
    made = corrections.run(**taken("corrections", found), corrections=data)
    assert len(made["obligations"]) == len(found["obligations"])
    assert said in problem(made)
    assert made["unapplied"]["line"].tolist() == [line_number]


@pytest.mark.parametrize(
    ("delimiter", "encoding", "end"),
    [(";", "cp1252", "\r\n"), (",", "utf-8-sig", "\r\n"), ("\t", "utf-16", "\r\n"), (",", "utf-8", "\r")],
)
def test_a_file_saved_by_a_spreadsheet_is_read(found: Tables, delimiter: str, encoding: str, end: str) -> None:
    """Excel in French saves semicolons and Windows-1252; empty rows and cells at the edge are nothing."""
    row = request(found, "prié")["obligation_id"]
    lines = [
        list(corrections.COLUMNS),
        [row, "edit", "addressee", "gouvernements", "États\nMembres", "", "", "oui, « sûr »", ""],
    ]
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerows([*lines, [""] * 8])
    data = out.getvalue().encode(encoding)
    made = corrections.run(**taken("corrections", found), corrections=data)
    assert made["unapplied"].empty, problem(made)
    assert request(made, "prié")["addressee"] == "États Membres"


def test_a_row_that_is_no_csv_does_not_take_the_others_with_it(found: Tables) -> None:
    row = request(found, "prié")["obligation_id"]
    data = f'obligation_id,action,field,old,new\no1,confirm,"a" b,,\n{row},confirm,,,\n'.encode()
    made = corrections.run(**taken("corrections", found), corrections=data)
    assert "not a CSV row" in problem(made)
    assert made["unapplied"]["line"].tolist() == [2]
    assert checked(made, row) == "confirmed"


def test_a_line_that_comes_twice_is_applied_once_and_is_no_problem(found: Tables) -> None:
    row, other = request(found, "prié")["obligation_id"], request(found, "exhorté")["obligation_id"]
    edit = {"obligation_id": row, "action": "edit", "field": "modality", "old": "request", "new": "urge"}
    made = review(found, *[edit] * 2, *[{"obligation_id": other, "action": "reject"}] * 2, *adding(**ADDED) * 2)
    assert made["unapplied"].empty
    assert (checked(made, row), request(made, "prié")["modality"]) == ("edited", "urge")


def test_two_added_requests_of_one_name_are_told(found: Tables) -> None:
    other = ADDED | {"trigger": "progrès"}
    made = review(found, *adding(**ADDED), *adding(**other))
    assert "its trigger is 'salué' and 'progrès'" in problem(made)
    assert len(made["obligations"]) == len(found["obligations"])


def test_an_added_request_is_edited_by_its_name_or_its_identifier(found: Tables) -> None:
    edit = {"obligation_id": "new1", "action": "edit", "field": "modality", "old": "encourage", "new": "propose"}
    made = review(found, *adding(**ADDED), edit)
    row = request(made, "salué")
    assert (row["modality"], checked(made, row["obligation_id"])) == ("propose", "added")
    again = edit | {"obligation_id": row["obligation_id"], "old": "propose", "new": "duty"}
    assert request(review(found, *adding(**ADDED), edit, again), "salué")["modality"] == "duty"


def test_an_added_row_never_takes_the_place_of_another(nlp: Any, tmp_path: Path) -> None:
    """The same sentence in two paragraphs, and a word of it added in both; one added where one was rejected."""
    twice = "Le Comité a salué les progrès accomplis."
    here = read(f"1. {twice}\n\n2. {twice}\n", nlp, tmp_path / "corpus")
    both = [line | {"obligation_id": f"new{p}"} for p in "12" for line in adding(**ADDED, paragraph=p)]
    made = review(here, *both)
    assert made["unapplied"].empty
    assert made["obligations"]["paragraph"].tolist() == ["1", "2"]
    first = made["obligations"]["obligation_id"][0]
    anew = [line | {"obligation_id": "new3"} for line in adding(**ADDED, paragraph="1")]
    made = review(here, *both, {"obligation_id": first, "action": "reject"}, *anew)
    assert made["obligations"]["paragraph"].tolist() == ["1", "2"]
    assert "stands in paragraphs 1, 2; give one" in problem(review(here, *adding(**ADDED)))


def test_actions_of_one_head_stay_apart(nlp: Any, tmp_path: Path) -> None:
    text = (
        "1. Les États devraient renforcer les lois et renforcer les contrôles, sur quoi porte le débat des contrôles.\n"
    )
    here = read(text, nlp, tmp_path / "corpus")
    row = request(here, "devraient")
    plain = text.strip()[3:]

    def starts(made: Tables) -> list[int]:
        for a in made["actions"].to_dict("records"):
            assert plain[a["start"] : a["end"]] == a["text"]
        return made["actions"]["start"].tolist()

    edit = {"obligation_id": row["obligation_id"], "action": "edit", "field": "actions"}
    assert row["actions"] == "renforcer; renforcer"
    more = edit | {"old": "renforcer; renforcer", "new": "renforcer; renforcer; débat"}
    assert starts(review(here, more)) == [plain.index("renforcer"), plain.rindex("renforcer"), plain.index("débat")]
    cut = [edit | {"old": row["actions"], "new": ""}, edit | {"old": "", "new": "contrôles; contrôles"}]
    assert starts(review(here, *cut)) == [plain.index("contrôles"), plain.rindex("contrôles")]


def test_what_goes_with_a_field_goes_with_it(found: Tables) -> None:
    """Actions of a request not to do something; the type of each of several actors at its place."""
    row = request(found, "recommandé")["obligation_id"]
    edit = {"obligation_id": row, "action": "edit"}
    negative = {"field": "polarity", "old": "positive", "new": "negative"}
    several = {"field": "addressee", "old": "États Membres", "new": "progrès; gouvernements"}
    made = review(found, edit | negative, edit | several)
    assert made["actions"].loc[made["actions"]["obligation_id"] == row, "negated"].tolist() == [True, True]
    assert request(made, "recommandé")["addressee_type"] == "; state"


def test_an_actor_keeps_its_new_name_in_later_lines(found: Tables) -> None:
    row = request(found, "exhorté")
    name = {"action": "edit", "field": "actor_label", "old": "gouvernements", "new": "Gouvernements"}
    place = {"obligation_id": row["obligation_id"], "action": "edit", "field": "issuer", "old": row["issuer"]}
    infer = place | {"field": "issuer_inferred", "old": row["issuer_inferred"], "new": "gouvernements"}
    made = review(found, place | {"new": ""}, infer, name)
    assert request(made, "exhorté")["issuer_inferred"] == "Gouvernements"
    made = review(found, name, place | {"new": "gouvernements"})
    assert request(made, "exhorté")["issuer_actor"] == "Gouvernements"


def test_the_nearest_row_is_named_where_the_paragraph_has_gone_too(found: Tables) -> None:
    made = review(found, {"obligation_id": "o0", "action": "confirm", "doc_id": "rapport", "paragraph": "12"})
    assert "'demandé' in paragraph 5" in problem(made)


def test_a_group_keeps_the_label_that_a_person_gave() -> None:
    frames = {name: schema.empty(name) for name in BY_NAME["tables"].reads}
    frames["clusters"] = pd.DataFrame([["g1", "ratifier · conventions"]], columns=["cluster", "label"])
    frames["cluster_members"] = pd.DataFrame([["g1", "o1"]], columns=["cluster", "obligation_id"])
    columns = ["obligation_id", "field", "old", "new", "line"]
    given = [["o1", "group_label", "ratifier · conventions", "Conventions", 2], ["o1", "group_label", "autre", "X", 3]]
    given += [["o1", "theme", "data", "health", 4], ["o2", "theme", "data", "gender", 5]]
    frames["set_labels"] = pd.DataFrame(given, columns=columns)
    published = pd.DataFrame([["o1", "health"], ["o2", "data"]], columns=["obligation_id", "theme"])
    clusters, problems = corrections.labelled(frames, published)
    assert clusters["label"].tolist() == ["Conventions"]
    gone = "theme was 'data' and is now 'data', or 'gender' is none"
    assert problems["problem"].tolist() == [gone, "the group of o1 is not called 'autre'"]
    assert problems["line"].tolist() == [5, 3]


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
    lexicons = Path(shutil.copytree(LEXICONS, folder))
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
    lexicons = fewer(tmp_path / "lexicons", chance) if chance.random() < 0.5 else LEXICONS
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
    assert pries("methods", "--corpus", str(folder), "--outputs", str(tmp_path / "out")).code == 0
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
    assert pries("methods", "--corpus", str(folder), "--outputs", str(tmp_path / "out")).code == 0
    after = {row["trigger"]: row["checked"] for row in rows(tmp_path / "out" / "tables" / "obligations.csv")}
    assert after["prié"] == "confirmed"
    assert "exhorté" not in after
    assert after["salué"] == "added"
    problems = rows(tmp_path / "out" / "tables" / "problems.csv")
    (told,) = (row for row in problems if row["file"] != "autre.txt")  # which is English, and told so
    assert (told["file"], told["line"], told["stage"]) == ("corrections.csv", "4", "corrections")
    assert "2 checked by a person" in (tmp_path / "out" / "methods.txt").read_text(encoding="utf-8").replace("\n", " ")


def test_two_requests_are_the_same_or_not(found: Tables) -> None:
    """The last line on a pair holds; a request that is not there, or the same one twice, is told."""
    one, other, third = found["obligations"]["obligation_id"].tolist()[:3]
    lines = [
        f"{one},same,,,{other},ML,,", f"{other},different,,,{one},ML,,", f"{third},same,,,{one},ML,,",
        f"{one},same,,,{one},ML,,", f"{one},same,,,o0,ML,,",
    ]  # fmt: skip
    data = "\n".join([",".join(corrections.COLUMNS), *lines]).encode()
    made = corrections.run(
        found["paragraphs"], found["sentences"], found["actors"], found["obligations"], found["actions"],
        corrections=data,
    )  # fmt: skip
    judged = {(frozenset(row[:2]), row[2]) for row in made["judged"].itertuples(index=False, name=None)}
    assert judged == {(frozenset((one, other)), "different"), (frozenset((one, third)), "same")}
    assert made["unapplied"]["problem"].tolist() == [
        "a request is compared with itself",
        "no request 'o0' to compare it with",
    ]
