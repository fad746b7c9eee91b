"""The reader as a file: its data, its policy, hostile text. What it does is tested in test_reader_browser."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from bench_reader import multiplied
from conftest import ROOT, Run
from corpora import HOSTILE, hostile_tables
from pries.base.errors import InputError
from pries.base.places import LEXICONS
from pries.publishing import labels, reader
from pries.schema import schema
from pries.store import files


def data_in(page: str) -> dict:
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)[1])  # type: ignore[index]


def test_the_reference_report_fits_in_600_kb(full_run: Run) -> None:
    page = full_run.files["reader.html"]
    assert len(page) < 600_000
    data = data_in(page.decode("utf-8"))
    obligations = files.read_csv(full_run.folder / "tables" / "obligations.csv", "obligations")
    assert [r["id"] for r in data["requests"]] == obligations["obligation_id"].tolist()
    texts = {(p["doc"], p["paragraph"]): p["text"] for p in data["paragraphs"]}
    for r, trigger in zip(data["requests"], obligations["trigger"], strict=True):
        text = texts[r["doc"], r["paragraph"]]
        assert text[r["start"] : r["end"]] == trigger
        for action in r["actions"]:
            assert text[action["at"] : action["at"] + len(action["head"])] == action["head"]


def test_nothing_is_fetched_and_the_policy_names_what_is_inside(full_run: Run) -> None:
    page = full_run.files["reader.html"].decode("utf-8")
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//|url\(|@import|fetch\(|XMLHttpRequest""", page)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)[1].replace("&#39;", "'")  # type: ignore[index]
    assert "default-src 'none'" in policy
    for tag in ("style", "script"):
        inside = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert len(inside) == 1
        digest = base64.b64encode(hashlib.sha256(inside[0].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert not re.search(r"<[^>]* (?:style|on\w+)=", re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL))


def test_long_data_stand_in_pieces_that_hold_every_row(full_run: Run) -> None:
    tables = multiplied(reader.read_tables(full_run.folder / "tables"), 3)
    whole = data_in(reader.render(tables)[0])
    page, pieces = reader.render(tables, size=100_000)
    assert "'self' file:" in page
    rows: dict[str, list] = {"paragraphs": [], "requests": [], "families": []}
    for piece in pieces:
        assert len(piece.encode()) < 130_000
        for key, part in json.loads(piece.removeprefix("(globalThis.readerData ??= []).push(").rstrip(");\n")).items():
            rows[key] += part
    assert rows == {key: whole[key] for key in rows}
    assert data_in(page)["requests"] == []


def test_pieces_of_a_larger_corpus_do_not_stay(full_run: Run, tmp_path: Path) -> None:
    (tmp_path / "reader").mkdir()
    (tmp_path / "reader" / "data-1.js").write_text("old")
    reader.run(full_run.folder / "tables", tmp_path / "reader.html")
    assert [path.name for path in tmp_path.iterdir()] == ["reader.html"]


def test_text_from_a_report_stays_data() -> None:
    page, _ = reader.render(hostile_tables(HOSTILE))
    assert page.count("<script") == 2
    assert page.count("</script>") == 2
    assert "alert(1)</script>" not in page
    data = data_in(page)
    assert data["requests"][0]["sentence"] == HOSTILE
    assert data["paragraphs"][0]["text"] == HOSTILE


def test_every_word_of_the_scripts_is_in_the_labels() -> None:
    script = "".join((reader.WEB / name).read_text(encoding="utf-8") for name in reader.SCRIPTS)
    used = set(re.findall(r'(?:word|filled)\("([a-z_.]+[a-z_])"', script)) | set(
        re.findall(r'"(reader\.[a-z_.]+[a-z_])"', script)
    )
    known = labels.Words(LEXICONS, "fr").rows
    assert used > {"reader.search", "unnamed"}
    assert used - set(known) == set()
    for values, kind in (
        (schema.CONSTRUCTIONS, "construction"),
        (schema.TENSES, "tense"),
        (schema.ACTOR_TYPES, "type"),
    ):
        assert [value for value in values if f"{kind}.{value}" not in known] == []


def test_no_two_scripts_give_the_same_name() -> None:
    """They run as one: a name given twice stops the whole page."""
    script = "".join((reader.WEB / name).read_text(encoding="utf-8") for name in reader.SCRIPTS)
    names = re.findall(r"^(?:const|let|function|class) (\w+)", script, re.MULTILINE)
    assert [name for name, n in Counter(names).items() if n > 1] == []


def test_no_request_at_all() -> None:
    made = {name: schema.empty(name) for name in reader.READS}
    assert data_in(reader.render(made)[0])["requests"] == []


def test_same_tables_same_bytes(full_run: Run, tmp_path: Path) -> None:
    (again,) = reader.run(full_run.folder / "tables", tmp_path / "reader.html")
    assert again.read_bytes() == full_run.files["reader.html"]
    assert (ROOT / "outputs" / "reader.html").read_bytes() == again.read_bytes()


def test_a_missing_table_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"documents\.csv: no such table"):
        reader.run(tmp_path, tmp_path / "reader.html")
    assert not (tmp_path / "reader.html").exists()
