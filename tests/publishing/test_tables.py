"""Tables: what is joined, the two summaries, LaTeX, run.json, and what is said at the end."""

from __future__ import annotations

import hashlib
import json
import random
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pandas as pd
import pytest
from conftest import taken
from pries.base.errors import InputError
from pries.base.places import LEXICONS, SETTINGS
from pries.publishing import latex, tables
from pries.schema import schema
from pries.segmentation.citation import citation
from pries.stages import BY_NAME
from pries.store import files

HOSTILE = '=SOMME(A1;"x"), 50 % & #1 $x$ a_b ^ ~ \\input{y} « [z] » <b>'
MARK = re.compile(r"\[([^\]]*)\](\w+)")


def frame(name: str, *records: dict[str, object]) -> pd.DataFrame:
    """The intermediate table `name`: columns that a record leaves out hold their kind's plainest value."""
    columns = [c for c in schema.TABLES[name].columns if c.stage != "tables"]
    plain = {"text": "", "int": 0, "float": 0.0, "bool": False}
    blank = {c.name: c.values[0] if c.values else plain[c.kind] for c in columns}
    made = pd.DataFrame([blank | record for record in records], columns=[c.name for c in columns])
    return schema.conform(made, name, columns[0].stage)


def corpus(text: str = "Les gouvernements ont été priés d'agir.") -> dict[str, pd.DataFrame]:
    """Two documents, one request in the first, one file that could not be read."""
    request = {"issuer": "", "addressee": "gouvernements", "addressee_actor": "gouvernements", "trigger": "priés"}
    made = {name: frame(name) for name in BY_NAME["tables"].reads}
    made["documents"] = frame(
        "documents", {"doc_id": "A_68_370", "symbol": "A/68/370", "sha256": "ab"}, {"doc_id": "note", "sha256": "cd"}
    )
    made["paragraphs"] = frame(
        "paragraphs",
        {"doc_id": "A_68_370", "paragraph": "heading:I", "kind": "heading", "text": "Débat"},
        {"doc_id": "A_68_370", "paragraph": "12", "text": text},
        {"doc_id": "A_68_370", "paragraph": "annex:1", "kind": "annex", "text": "10 heures"},
    )
    made["sentences"] = frame("sentences", {"doc_id": "A_68_370", "sentence_id": "s1", "text": text})
    made["obligations"] = frame(
        "obligations",
        request | {"doc_id": "A_68_370", "obligation_id": "o1", "paragraph": "12", "sentence_text": text},
        request | {"doc_id": "note", "obligation_id": "o2", "paragraph": "p3", "action_text": text},
    )
    made["themes"] = frame(
        "themes",
        {"doc_id": "A_68_370", "unit": "paragraph", "unit_id": "12", "theme": "health"},
        {"doc_id": "A_68_370", "unit": "obligation", "unit_id": "o1", "theme": "labour"},
        {"doc_id": "A_68_370", "unit": "obligation", "unit_id": "o1", "theme": "children"},
    )
    made["cluster_members"] = frame("cluster_members", {"obligation_id": "o1", "cluster": "g1", "rank": 1})
    made["families"] = frame(
        "families",
        {"family": "f2", "rank": 1, "doc_id": "note", "obligation_id": "o2"},
        {"family": "f2", "rank": 2, "doc_id": "A_68_370", "obligation_id": "o1", "restates": "o2", "score": 0.9},
    )
    made["clusters"] = frame("clusters", {"cluster": "g1", "label": "agir", "share": 0.5})
    made["k_selection"] = frame("k_selection", {"k": 2, "silhouette": float("nan"), "chosen": True})
    problem = {"stage": "segment", "problem": "binary content, not text", "remedy": "convert it to text"}
    made["problems"] = frame("problems", {"file": "scan.pdf", "doc_id": "scan"} | problem)
    return made


def joined(made: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    return tables.run(taken("tables", made))


def publish(made: dict[str, pd.DataFrame], out: Path, **folders: Path) -> list[Path]:
    return tables.publish(made, out / "tables", out / "run.json", out / "datapackage.json", **folders)


# --- joins -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paragraph", "cited"),
    [
        ("12", "A/68/370, par. 12"),
        ("17.33", "A/68/370, par. 17.33"),
        ("p3", "A/68/370, par. p3"),
        ("12#2", "A/68/370, par. 12 (2e occurrence)"),
        ("annex:2", "A/68/370, annexe, par. 2"),
        ("annex2:p1", "A/68/370, annexe 2, par. p1"),
        ("annex2:4#3", "A/68/370, annexe 2, par. 4 (3e occurrence)"),
        ("heading:V.A", "A/68/370, titre V.A"),
    ],
)
def test_citation(paragraph: str, cited: str) -> None:
    assert citation("A/68/370", paragraph) == cited


def test_citations_tell_paragraphs_apart() -> None:
    places = ["1", "p1", "1#2", "annex:1", "annex:p1", "annex2:1", "annex:1#2", "heading:1", "1.2", "12"]
    assert len({citation("S/2015/249", place) for place in places}) == len(places)


def test_obligations_get_theme_cluster_and_citation() -> None:
    first, second = joined(corpus())["obligations"].to_dict("records")
    assert (first["theme"], first["cluster"], first["citation"]) == ("labour; children", "g1", "A/68/370, par. 12")
    assert (second["theme"], second["cluster"]) == ("", "unclassified")
    assert second["citation"] == "note, par. p3"  # no symbol: its doc_id
    assert (first["family"], first["restates"], first["checked"]) == ("f2", "o2", "auto")


def test_documents_are_counted_without_headings() -> None:
    counts = joined(corpus())["documents"][["doc_id", "paragraphs", "sentences", "obligations"]]
    assert counts.to_numpy().tolist() == [["A_68_370", 2, 1, 1], ["note", 0, 0, 1]]


def roles(marked: str, names: dict[str, str] | None = None) -> list[str]:
    """The roles that the mentions of a marked sentence get, in order.

    A mention is marked [words]issuer, [words]addressee, [words]other; the trigger as {priés}. The request's
    issuer and addressee are what is marked; `names` gives canonical names that differ from the words.
    """
    plain, mentions, request = "", [], {"issuer": [], "addressee": [], "other": []}
    position, text = 0, marked.replace("{", "").replace("}", "")
    for found in MARK.finditer(text):
        plain += text[position : found.start()]
        words, role = found.groups()
        name = (names or {}).get(words, words)
        spot = {"mention_id": f"m{len(mentions)}", "sentence_id": "s1", "start": len(plain), "text": words}
        mentions.append(spot | {"actor": name})
        request[role].append((words, name))
        plain, position = plain + words, found.end()
    trigger = len(MARK.sub(r"\1", marked[: marked.index("{")]))
    row: dict[str, object] = {"sentence_id": "s1", "trigger_start": trigger}
    for role in ("issuer", "addressee"):
        row[f"{role}_text"] = "; ".join(words for words, _ in request[role])
        row[f"{role}_actor"] = "; ".join(name for _, name in request[role])
    elsewhere = mentions[0] | {"mention_id": "elsewhere", "sentence_id": "s2"}
    made = tables.join_actors(frame("actors", *mentions, elsewhere), frame("obligations", row))
    assert made["role"].iloc[-1] == ""  # the same words in another sentence
    return list(made["role"])[:-1]


@pytest.mark.parametrize(
    "marked",
    [
        "Les [participants]issuer ont {prié} les [gouvernements]addressee de protéger les [migrants]other.",
        "[Ils]issuer ont {prié} les [gouvernements]addressee d'aider leurs [partenaires]other.",
        "Les [employeurs]addressee et les [syndicats]addressee {devraient} coopérer.",
        "Les [États]other aident les [États]addressee, qui {devraient} aider.",
        "Il {fallait} protéger les [migrants]other.",
    ],
)
def test_roles(marked: str) -> None:
    wanted = [role.replace("other", "") for _, role in MARK.findall(marked)]
    assert roles(marked, {"Ils": "participants"}) == wanted


def test_a_role_is_found_by_canonical_name_when_the_words_differ() -> None:
    mention = {
        "mention_id": "m",
        "sentence_id": "s1",
        "text": "l'OIT",
        "actor": "Organisation internationale du Travail",
    }
    request = {"sentence_id": "s1", "issuer_text": "OIT", "issuer_actor": "Organisation internationale du Travail"}
    assert list(tables.join_actors(frame("actors", mention), frame("obligations", request))["role"]) == ["issuer"]


def test_of_two_roles_the_issuer_stands() -> None:
    mention = {"mention_id": "m", "sentence_id": "s1", "text": "États", "actor": "États"}
    asks = {"sentence_id": "s1", "issuer_text": "États", "issuer_actor": "États"}
    acts = {"sentence_id": "s1", "addressee_text": "États", "addressee_actor": "États"}
    for requests in ((asks, acts), (acts, asks), (asks | acts,)):
        made = tables.join_actors(frame("actors", mention), frame("obligations", *requests))
        assert list(made["role"]) == ["issuer"]


# --- summaries -------------------------------------------------------------------------------------------


def test_refused_nouns_are_counted_by_noun_and_role_the_most_frequent_first() -> None:
    places = [("loi", "issuer"), ("taux", "addressee"), ("loi", "addressee"), ("taux", "addressee"), ("cas", "issuer")]
    rows = [(noun, role, f"s{n}.", f"s{n}") for n, (noun, role) in enumerate(places)]
    table = tables.counted_nouns(pd.DataFrame(rows, columns=["noun", "role", "example", "sentence_id"]))
    assert table[["noun", "role", "count", "sentence_id"]].to_numpy().tolist() == [
        ["taux", "addressee", 2, "s1"], ["cas", "issuer", 1, "s4"], ["loi", "addressee", 1, "s2"],
        ["loi", "issuer", 1, "s0"],
    ]  # fmt: skip


def test_summaries_keep_the_unnamed_and_give_totals() -> None:
    made = joined(corpus())
    themes = made["theme_by_modality"]
    assert list(themes["theme"]) == ["children", "labour", "sans thème", "total"]
    assert list(themes["total"]) == [1, 1, 1, 2]  # a request on two themes counts once in the total
    assert list(made["addressee_by_modality"]["addressee"]) == ["gouvernements", "non nommé", "total"]
    assert list(made["addressee_by_modality"]["total"]) == [2, 0, 2]


@pytest.mark.parametrize("seed", range(10))
def test_summary_equals_counting_each_cell(seed: int) -> None:
    draw = random.Random(seed)
    values = [draw.choices(("États", "employeurs", "OIT"), k=draw.randint(0, 3)) for _ in range(30)]
    modalities = draw.choices(schema.MODALITIES, k=30)
    families = draw.choices("abcdefghijklmnopqrst", k=30)
    made = tables.by_modality(values, modalities, families, "addressee", "non nommé").set_index("addressee")
    for modality in schema.MODALITIES:
        held = [value for value, m in zip(values, modalities, strict=True) if m == modality]
        for name in ("États", "employeurs", "OIT"):
            if name in made.index:
                assert made.loc[name, modality] == sum(name in value for value in held)
        assert made.loc["non nommé", modality] == sum(not value for value in held)
        assert made.loc["total", modality] == len(held)
    for name in ("États", "employeurs", "OIT"):
        if name in made.index:
            said = {family for value, family in zip(values, families, strict=True) if name in value}
            assert made.loc[name, "distinct"] == len(said)
    assert made.loc["total", "distinct"] == len(set(families))
    assert (made[list(schema.MODALITIES)].sum(axis=1) == made["total"]).all()
    order = [(-total, name) for name, total in made["total"].items()][:-2]
    assert order == sorted(order)
    assert list(made.index[-2:]) == ["non nommé", "total"]


# --- publishing ------------------------------------------------------------------------------------------


def test_published_tables_read_back_with_the_same_values(tmp_path: Path) -> None:
    made = joined(corpus(HOSTILE))
    written = publish(corpus(HOSTILE), tmp_path)
    assert all(path.is_file() for path in written)
    names = {f"{n}.csv" for n in tables.WRITES} | {f"{n}.tex" for n in latex.LAYOUTS}
    assert {path.name for path in (tmp_path / "tables").iterdir()} == names
    for name, table in made.items():
        pd.testing.assert_frame_equal(files.read_csv(tmp_path / "tables" / f"{name}.csv", name), table)
    assert made["obligations"]["sentence_text"].iloc[0] == HOSTILE


def test_publishing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        publish(corpus(HOSTILE), tmp_path / folder)
    one, two = tmp_path / "one", tmp_path / "two"
    made = [path.relative_to(one) for path in one.rglob("*") if path.is_file()]
    assert len(made) > 20
    assert [path for path in made if (one / path).read_bytes() != (two / path).read_bytes()] == []


def test_nothing_found_is_published_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    publish({n: frame(n) for n in BY_NAME["tables"].reads}, tmp_path)
    made = files.read_csv(tmp_path / "tables" / "addressee_by_modality.csv", "addressee_by_modality")
    assert list(made["addressee"]) == ["non nommé", "total"]
    assert "0 documents, 0 paragraphs, 0 requests" in capsys.readouterr().out


def test_run_json_tells_what_made_the_tables(tmp_path: Path) -> None:
    lexicons, settings = tmp_path / "lexicons", tmp_path / "settings"
    lexicons.mkdir()
    settings.mkdir()
    for name in ("labels", "themes"):
        (lexicons / f"{name}.csv").write_bytes((LEXICONS / f"{name}.csv").read_bytes())
    (settings / "clusters.toml").write_bytes(b"seed = 1\n")
    (settings / "themes.toml").write_bytes(b"")
    publish(corpus(), tmp_path, lexicons=lexicons, settings=settings)
    text = (tmp_path / "run.json").read_text("utf-8")
    run = json.loads(text)
    assert text == json.dumps(run, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    assert run["documents"] == {"A_68_370": "ab", "note": "cd"}
    assert run["settings"]["clusters.toml"] == hashlib.sha256(b"seed = 1\n").hexdigest()
    left_out = tomllib.loads((SETTINGS / "clusters.toml").read_text("utf-8"))  # told as it is taken
    assert run["values"] == {"clusters": left_out | {"seed": 1}, "themes": {"codebook": "themes.csv"}}
    assert list(run["lexicons"]) == ["labels.csv", "themes.csv"]
    assert run["rows"]["obligations"] == 2
    assert set(run["packages"]) == set(tables.PACKAGES)
    assert str(tmp_path) not in text


def test_what_was_found_is_told_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    tables.summarise(joined(corpus()))
    (told,) = capsys.readouterr().out.splitlines()
    assert told.endswith("2 documents, 2 paragraphs, 2 requests (0 with an issuer, 2 with an addressee)")


def test_tables_need_no_model_and_no_drawing() -> None:
    code = (
        "import sys; import pries.publishing.tables;"
        "sys.exit([m for m in ('spacy', 'matplotlib', 'sklearn', 'scipy') if m in sys.modules] or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_broken_label_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "labels.csv").write_text("key,fr\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"labels\.csv, line 1: missing column en"):
        publish(corpus(), tmp_path / "out", lexicons=tmp_path)
    assert not (tmp_path / "out").exists()
