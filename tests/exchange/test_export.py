"""Exports read back: the same counts as the tables, valid formats, hostile text, the same bytes, what is missing."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import conllu
import pandas as pd
import pytest
import scipy.io
from conftest import ROOT, Run
from lxml import etree
from pries.__main__ import main
from pries.base.errors import InputError
from pries.exchange import export
from pries.exchange.export_annotation import Span, spans
from pries.exchange.export_conllu import governors
from pries.exchange.finished_run import Source, codes, legal, read
from pries.schema import schema
from pries.schema.columns import MODALITIES
from pries.store import files

TEI = {"t": "http://www.tei-c.org/ns/1.0"}
GRAPHML = {"g": "http://graphml.graphdrawing.org/xmlns"}
RNG = ROOT / "tests" / "tei_words.rng"
HOSTILE = '**** *x <w>&amp;\ttab\nline\r\n|a[1]_b_ -> c;\\ "guillemets" é\u0301 😊\x00\x1b\x85\ufffe\u2028 -*t # fin.'


@pytest.fixture(scope="module")
def source(full_run: Run) -> Source:
    return read(full_run.folder / "tables", full_run.folder / ".work", full_run.folder / "run.json")


@pytest.fixture(scope="module")
def made(source: Source) -> dict[str, str]:
    return export.export(source, list(export.EXPORTS))


def hostile_source(text: str = HOSTILE) -> Source:
    """One document, one paragraph, one sentence, one request; every free text of the tables is `text`."""
    plain = {"text": text, "int": 0, "float": 0.5, "bool": False}
    tables = {}
    ids = {"doc_id": "A/é *1", "paragraph": "12", "sentence_id": "s1", "obligation_id": "o_1*"}
    kinds = {"kind": "paragraph", "role": "issuer"}
    places = {"start": 0, "end": 4, "trigger_start": 0, "trigger_end": 4, "sentence": 1}
    for name in ("documents", "paragraphs", "sentences", "actors", "obligations", "actions"):
        cells = {c.name: c.values[0] if c.values else plain[c.kind] for c in schema.TABLES[name].columns}
        cells |= {key: value for key, value in (ids | kinds | places).items() if key in cells}
        if name == "sentences":
            cells |= {"end": len(text)}
        tables[name] = schema.conform(pd.DataFrame([cells]), name)
    tokens = [
        {"i": i, "start": m.start(), "end": m.end(), "form": m[0], "lemma": m[0], "tag": "X", "morph": "", "head": 0}
        for i, m in enumerate(re.finditer(r"\S+", text))
    ]
    words = pd.DataFrame(tokens).assign(doc_id=ids["doc_id"], sentence_id="s1", relation="dep")
    return Source(tables, words, "0.0.0", "0" * 12)


def table_in(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def read_iramuteq(text: str) -> list[tuple[dict[str, str], str]]:
    """A small reader of the format: its starred lines and what stands below them."""
    found: list[tuple[dict[str, str], list[str]]] = []
    for line in text.split("\n"):
        if line.startswith("****"):
            assert re.fullmatch(r"\*{4}( \*[a-z]+_[A-Za-z0-9]+)+", line), line
            pairs = [word[1:].split("_") for word in line.split()[1:]]
            found.append((dict(pairs), []))
        elif line:
            assert "*" not in line
            assert "_" not in line
            found[-1][1].append(line)
    return [(stars, "\n".join(body)) for stars, body in found]


def test_iramuteq_has_each_paragraph_and_each_request(source: Source, made: dict[str, str]) -> None:
    coded = {(row["variable"], row["code"]): row["value"] for row in table_in(made["iramuteq_variables.csv"])}
    texts = read_iramuteq(made["iramuteq.txt"])
    assert [(coded["section", s["section"]], coded["kind", s["kind"]]) for s, _ in texts] == [
        (row.section, row.kind) for row in source.paragraphs
    ]
    assert [body.split() for _, body in texts] == [row.text.split() for row in source.paragraphs]
    requests = read_iramuteq(made["iramuteq_requests.txt"])
    assert len(requests) == len(source.tables["obligations"])
    for (stars, body), row in zip(requests, source.rows("obligations"), strict=True):
        assert list(stars) == ["doc", "section", "modality", "addressee", "theme"]
        assert (stars["modality"], coded["section", stars["section"]]) == (row.modality, row.section)
        assert coded["addressee", stars["addressee"]] == row.addressee_actor.split("; ")[0]
        assert coded["theme", stars["theme"]] == row.theme.split("; ")[0]
        assert body.split() == row.sentence_text.split()


def test_codes_are_never_shared() -> None:
    made = codes(["V.I", "VI", "vi", "", "none", "社会", "人民", "É-U", "œuvre"])
    assert made == {
        "": "none", "V.I": "VI", "VI": "VIx2", "vi": "vix3", "none": "nonex2", "社会": "x", "人民": "xx2", "É-U": "EU",
        "œuvre": "oeuvre",
    }  # fmt: skip


def test_tei_is_valid_and_has_each_word(source: Source, made: dict[str, str]) -> None:
    schema_of = etree.RelaxNG(etree.parse(str(RNG)))
    (document,) = source.rows("documents")
    root = etree.fromstring(made[f"txm/{document.doc_id}.xml"].encode())
    schema_of.assertValid(root)
    words = root.findall(".//t:w", TEI)
    wanted = source.tokens[["form", "lemma", "tag"]].to_numpy().tolist()
    assert [[w.text, w.get("lemma"), w.get("pos")] for w in words] == wanted
    assert len(root.findall(".//t:s", TEI)) == len(source.tables["sentences"])
    paragraphs = root.findall(".//t:div/t:p", TEI)
    assert [(p.get("n"), "".join(p.itertext())) for p in paragraphs] == [
        (p.paragraph, p.text) for p in source.paragraphs
    ]
    blocks = source.tables["paragraphs"]
    assert [h.text for h in root.findall(".//t:head", TEI)] == blocks.loc[blocks["kind"] == "heading", "text"].tolist()
    assert source.settings in root.findtext(".//t:label", namespaces=TEI)
    metadata = table_in(made["txm/metadata.csv"])
    assert next(iter(metadata[0])) == "id"
    assert [(row["id"], row["symbol"]) for row in metadata] == [(document.doc_id, document.symbol)]


def test_quanteda_has_one_row_a_text_with_its_docvars(source: Source, made: dict[str, str]) -> None:
    sentences, requests = table_in(made["quanteda_sentences.csv"]), table_in(made["quanteda_requests.csv"])
    for rows in (sentences, requests):
        assert len({row["doc_id"] for row in rows}) == len(rows)
        assert list(rows[0])[:2] == ["doc_id", "text"]
    assert [row["text"].split() for row in sentences] == [row.text.split() for row in source.rows("sentences")]
    assert sum(int(row["requests"]) for row in sentences) == len(requests) == len(source.tables["obligations"])
    for row, wanted in zip(requests, source.rows("obligations"), strict=True):
        assert (row["doc_id"], row["modality"], row["cluster"]) == (
            wanted.obligation_id,
            wanted.modality,
            wanted.cluster,
        )
        assert (row["addressee"], row["theme"]) == (wanted.addressee_actor, wanted.theme)
        assert row["restates"] in {"", *(r["doc_id"] for r in requests)}


def test_the_matrix_sums_to_the_lexicon(full_run: Run, source: Source, made: dict[str, str]) -> None:
    matrix = scipy.io.mmread(io.StringIO(made["dtm.mtx"])).tocsc()
    rows, columns = table_in(made["dtm_rows.csv"]), table_in(made["dtm_columns.csv"])
    assert matrix.shape == (len(rows), len(columns)) == (len(source.paragraphs), len(columns))
    assert matrix.sum(axis=1).ravel().tolist()[0] == [int(row["words"]) for row in rows]
    words = sum(any(c.isalpha() for c in form) for form in source.tokens["form"])
    assert matrix.sum() == words
    lexicon = files.read_csv(full_run.folder / "tables" / "lexicon.csv", "lexicon")
    lexicon = lexicon[lexicon["unit"] == "lemma"]
    counted = {row["lemma"]: int(n) for row, n in zip(columns, matrix.sum(axis=0).tolist()[0], strict=True)}
    assert counted == dict(zip(lexicon["term"], lexicon["frequency"], strict=True))
    assert counted == {row["lemma"]: int(row["frequency"]) for row in columns}


def check_trees(text: str) -> list[conllu.TokenList]:
    """Sentences of a CoNLL-U file, each a tree with one root, whose text its words give back."""
    sentences = conllu.parse(text)
    for sentence in sentences:
        heads = {token["id"]: token["head"] for token in sentence}
        assert list(heads) == list(range(1, len(heads) + 1))
        assert [token["deprel"] for token in sentence if token["head"] == 0] == ["root"]
        for token in heads:
            seen = set()
            while token:
                assert token not in seen
                seen.add(token)
                token = heads[token]
        glued = ((t["form"], "" if (t["misc"] or {}).get("SpaceAfter") == "No" else " ") for t in sentence)
        assert "".join(form + space for form, space in glued).strip() == sentence.metadata["text"]
    return sentences


def test_conllu_has_the_tokens_in_trees(source: Source, made: dict[str, str]) -> None:
    sentences = check_trees(made["parse.conllu"])
    assert [s.metadata["sent_id"] for s in sentences] == list(dict.fromkeys(source.tokens["sentence_id"]))
    found = [
        [t["form"], t["lemma"], t["upos"], int(t["misc"]["start_char"]), int(t["misc"]["end_char"])]
        for sentence in sentences
        for t in sentence
    ]
    assert found == source.tokens[["form", "lemma", "tag", "start", "end"]].to_numpy().tolist()
    assert sum("newpar id" in s.metadata for s in sentences) == len(source.paragraphs)
    assert [s.metadata["newdoc id"] for s in sentences if "newdoc id" in s.metadata] == list(source.blocks)
    roots = (source.tokens["head"] == source.tokens["i"]).sum()
    second = sum((t["misc"] or {}).get("Root") == "Second" for s in sentences for t in s)
    assert roots - second == len(sentences)
    assert sentences[0].metadata["generator"] == source.made


def test_heads_that_are_no_root_are_kept(source: Source) -> None:
    for words in source.words.values():
        for word, (head, _, second) in zip(words, governors(words), strict=True):
            if word.head != word.i:
                assert (head, second) == (word.head + 1, False)


def words_of_rows(source: Source) -> Counter[tuple[str, str]]:
    """What the tables say stands in each mark: (label, words)."""
    named = [(row.modality, row.trigger) for row in source.rows("obligations")]
    named += [("action", row.text) for row in source.rows("actions")]
    return Counter(named + [(row.role, row.text) for row in source.rows("actors") if row.role])


def test_doccano_marks_the_words_of_the_tables(source: Source, made: dict[str, str]) -> None:
    lines = [json.loads(line) for line in made["doccano.jsonl"].splitlines()]
    assert [line["text"] for line in lines] == [row.text for row in source.paragraphs]
    found = Counter((label, line["text"][a:b]) for line in lines for a, b, label in line["label"])
    wanted = words_of_rows(source)
    assert set(found) == set(wanted)
    assert {key: n for key, n in found.items() if key[0] in ("issuer", "addressee")} == {
        key: n for key, n in wanted.items() if key[0] in ("issuer", "addressee")
    }
    assert all(line["made"] == source.made for line in lines)


def split_stack(cell: str) -> list[tuple[str, int]]:
    """The annotations of a cell, with their number (0 where none is given), escapes undone."""
    found = []
    for value in re.split(r"(?<!\\)\|", cell):
        match = re.fullmatch(r"(.*?)(?:(?<!\\)\[(\d+)\])?", value)
        assert match
        found.append((re.sub(r"\\(->|.)", r"\1", match[1]), int(match[2] or 0)))
    return found


def read_webanno(text: str) -> tuple[str, list[tuple[str, str, str]]]:
    """The document's text (UTF-16 as the format counts), and its spans (role, obligation, words)."""
    head, body = text.split("\n\n\n", 1)
    assert head.split("\n") == ["#FORMAT=WebAnno TSV 3.3", "#T_SP=webanno.custom.Request|role|obligation|modality"]
    assert body.endswith("\n")
    assert not body.endswith("\n\n")
    document = b""
    spans_of: dict[Any, list[Any]] = {}
    for number, block in enumerate(body[:-1].split("\n\n"), 1):
        first, *lines = block.split("\n")
        sentence = first.removeprefix("#Text=").replace("\\\\", "\\").encode("utf-16-le")
        begin = int(lines[0].split("\t")[1].split("-")[0]) * 2
        document = document.ljust(begin, b"\0") + sentence
        assert len(document) == begin + len(sentence)
        for rank, line in enumerate(lines, 1):
            place, offsets, form, roles, obligations, modalities = line.split("\t")
            assert place == f"{number}-{rank}"
            start, end = (2 * int(at) for at in offsets.split("-"))
            assert document[start:end].decode("utf-16-le") == form.replace("\\\\", "\\")
            if roles == "_":
                assert obligations == modalities == "_"
                continue
            pairs = list(zip(split_stack(roles), split_stack(obligations), strict=True))
            for (role, n), (obligation, m) in pairs:
                assert n == m
                assert n or len(pairs) == 1
                key = n or ("alone", start)
                role_, obligation_, begun, _ = spans_of.get(key, (role, obligation, start, end))
                assert (role_, obligation_) == (role, obligation)
                spans_of[key] = [role, obligation, begun, end]
    words = [(role, o, document[a:b].decode("utf-16-le")) for role, o, a, b in spans_of.values()]
    return document.decode("utf-16-le"), words


def test_webanno_has_true_offsets_and_the_same_spans(source: Source, made: dict[str, str]) -> None:
    texts = {(row.doc_id, row.paragraph): row.text for row in source.paragraphs}
    wanted = [
        (span.label, span.obligation or "*", texts[key][span.start : span.end])
        for key, marks in spans(source).items()
        for span in marks
    ]
    _, found = read_webanno(made["webanno/A_68_370.tsv"])
    assert Counter(found) == Counter(wanted)
    triggers = Counter(o for role, o, _ in found if role == "trigger")
    assert triggers == Counter(source.tables["obligations"]["obligation_id"])
    assert all(o != "*" for _, o, _ in found)


def test_every_issuer_and_addressee_that_is_a_mention_belongs_to_a_request(source: Source) -> None:
    marks = [span for found in spans(source).values() for span in found]
    assert {span.label for span in marks} == {"trigger", "action", "issuer", "addressee"}
    assert all(isinstance(span, Span) and span.obligation for span in marks)


def test_the_network_counts_each_request(source: Source, made: dict[str, str]) -> None:
    root = etree.fromstring(made["network.graphml"].encode())
    assert source.made in root.findtext("g:desc", namespaces=GRAPHML)
    keys = {key.get("id"): key.get("attr.name") for key in root.findall("g:key", GRAPHML)}
    nodes, edges = (
        {
            x.get("id"): {keys[d.get("key")]: d.text for d in x} | dict(x.attrib)
            for x in root.iter(f"{{{GRAPHML['g']}}}{of}")
        }
        for of in ("node", "edge")
    )
    requests = source.rows("obligations")
    pairs = [(i, a) for r in requests for i in r.issuer_actor.split("; ") for a in r.addressee_actor.split("; ")]
    assert sum(int(edge["weight"]) for edge in edges.values()) == len(pairs)
    assert all(int(edge["weight"]) == sum(int(edge[m]) for m in MODALITIES) for edge in edges.values())
    names = {key: "" if node["type"] == "unnamed" else node["label"] for key, node in nodes.items()}
    found = {(names[e["source"]], names[e["target"]]): int(e["weight"]) for e in edges.values()}
    assert found == Counter(pairs)
    assert sum(int(node["issued"]) for node in nodes.values()) == sum(len(r.issuer_actor.split("; ")) for r in requests)


def test_hostile_text_stays_text() -> None:
    source = hostile_source()
    made = export.export(source, list(export.EXPORTS))
    for name in ("iramuteq.txt", "iramuteq_requests.txt"):
        ((_, body),) = read_iramuteq(made[name])
        assert "∗∗∗∗ ∗x <w>&amp; tab line |a[1] b" in body
    (xml,) = (made[name] for name in made if name.endswith(".xml"))
    root = etree.fromstring(xml.encode())
    etree.RelaxNG(etree.parse(str(RNG))).assertValid(root)
    lines = HOSTILE.replace("\r\n", "\n")  # an XML reader gives one line end
    assert "".join(root.find(".//t:div/t:p", TEI).itertext()).replace("\r\n", "\n") == legal(lines)
    for name in ("quanteda_sentences.csv", "quanteda_requests.csv"):
        (row,) = table_in(made[name])
        assert '|a[1]_b_ -> c;\\ "guillemets"' in row["text"]
        assert row["text"].isprintable()
    (sentence,) = check_trees(made["parse.conllu"])
    assert len(sentence) == len(source.tokens)
    assert scipy.io.mmread(io.StringIO(made["dtm.mtx"])).sum() == sum(
        any(c.isalpha() for c in form) for form in source.tokens["form"]
    )
    (line,) = made["doccano.jsonl"].splitlines()
    assert json.loads(line)["text"] == re.sub("[\x00\x1b\x85\ufffe]", "\ufffd", HOSTILE)
    (tsv,) = (made[name] for name in made if name.endswith(".tsv"))
    text, found = read_webanno(tsv)
    assert len(text) == len(HOSTILE)
    assert sorted(found) == [(role, "o_1*", "****") for role in ("action", "issuer", "trigger")]
    assert etree.fromstring(made["network.graphml"].encode()).find(".//g:edge", GRAPHML) is not None
    assert all(not re.search("[\x00\x1b\x85\ufffe]", text) for name, text in made.items())
    assert all(re.fullmatch(r"(txm/|webanno/)?[\w.]+", name) for name in made)


def test_words_of_control_characters_do_no_harm() -> None:
    made = export.export(hostile_source("\x01 \x02"), list(export.EXPORTS))
    assert made["iramuteq.txt"] == ""
    assert len(conllu.parse(made["parse.conllu"])[0]) == 2


def test_no_request_is_no_error(source: Source) -> None:
    empty = {name: source.tables[name].iloc[:0] for name in ("obligations", "actions", "actors")}
    made = export.export(Source(source.tables | empty, source.tokens, "0", "0"), list(export.EXPORTS))
    assert made["iramuteq_requests.txt"] == ""
    assert made["quanteda_requests.csv"].count("\n") == 1
    nothing = {name: frame.iloc[:0] for name, frame in source.tables.items()}
    made = export.export(Source(nothing, source.tokens.iloc[:0], "0", "0"), list(export.EXPORTS))
    assert made["dtm.mtx"].endswith("\n0 0 0\n")


def run_all(folder: Path, out: Path, *names: str) -> dict[str, bytes]:
    options = ["--outputs", folder, "--out", out]
    code = main(["export", *map(str, options)] + [word for name in names for word in ("--name", name)])
    assert code == 0
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}


def test_the_same_run_gives_the_same_bytes(full_run: Run, source: Source, tmp_path: Path) -> None:
    first = run_all(full_run.folder, tmp_path / "one")
    assert first == run_all(full_run.folder, tmp_path / "two")
    assert source.made in first["README.txt"].decode()
    assert all(name.partition("/")[0] in first["README.txt"].decode() for name in first if name != "README.txt")


def test_only_the_exports_named_are_written_and_old_documents_go(full_run: Run, tmp_path: Path) -> None:
    assert sorted(run_all(full_run.folder, tmp_path, "dtm", "graphml")) == [
        "README.txt", "dtm.mtx", "dtm_columns.csv", "dtm_rows.csv", "network.graphml",
    ]  # fmt: skip
    txm = tmp_path / "txm"
    txm.mkdir()
    for name in ("old.xml", "mine.xml"):
        (txm / name).write_text("<TEI/>", encoding="utf-8")
    (txm / "metadata.csv").write_text("id,title\nold,x\n../dtm,x\n", encoding="utf-8")
    found = run_all(full_run.folder, tmp_path, "txm")
    assert {name for name in found if name.startswith("txm/")} == {
        "txm/A_68_370.xml", "txm/metadata.csv", "txm/mine.xml",
    }  # fmt: skip


def test_a_missing_table_is_told_and_nothing_is_written(full_run: Run, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"documents\.csv: no such file"):
        export.run(tmp_path, tmp_path, tmp_path / "run.json", tmp_path / "out")
    with pytest.raises(InputError, match=r"tokens\.parquet: no such table"):
        export.run(full_run.folder / "tables", tmp_path, full_run.folder / "run.json", tmp_path / "out")
    assert not (tmp_path / "out").exists()
