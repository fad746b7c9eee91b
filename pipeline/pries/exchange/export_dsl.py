"""Sentences for regressions that know of errors: design-based supervised learning in R (package dsl, Egami et al.).

Reads sentences, paragraphs, documents, requests before and after corrections, and the published sample; writes
dsl_sentences.csv: a row for each sentence of the corpus with `labeled` (1: coded whole), `pi` (the probability that it
had to be coded), what the program found (`auto_requests`, `auto_urge`, `auto_to_state` …) and what a person did, under
the same names without auto_: empty, NA in R, where nobody has coded. No file where no sentence is coded.

    s3f0c…, A_68_370, II, 2013, labeled 1, pi 0.25, auto_requests 1, requests 2
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

import pandas as pd

from pries.base.errors import InputError
from pries.base.places import LEXICONS
from pries.estimation import draw
from pries.estimation.estimates import units_of
from pries.exchange.finished_run import Files, Source, csv_text
from pries.review.sample import DOCUMENTS, Drawn
from pries.schema import schema
from pries.store import files, rowwise
from pries.store.cells import several

FIRST = ("sentence_id", "document", "section", "section_role", "date", "stratum", "labeled", "pi")
COUNTED = ("requests", *schema.MODALITIES, "named", *(f"to_{kind}" for kind in schema.ACTOR_TYPES))


def counted(requests: pd.DataFrame) -> dict[str, Counter[str]]:
    """How many requests of each kind each sentence holds; one to two types counts for both."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for sentence, modality, addressee, types in rowwise.tuples(
        requests, "sentence_id", "modality", "addressee", "addressee_type"
    ):
        kinds = (f"to_{kind}" for kind in dict.fromkeys(filter(None, several(types))))
        found[sentence].update(("requests", modality, *(["named"] if addressee else []), *kinds))
    return found


def drawn_of(table: pd.DataFrame) -> list[Drawn]:
    """The published sample as the estimates take it."""
    return [Drawn(0, row, float(row["pi"].replace(",", ".")), row["coded"]) for row in rowwise.records(table)]


def probabilities(drawn: list[Drawn], source: Source) -> Mapping[str, tuple[str, float]]:
    """Stratum and probability of each sentence of the corpus: the share of its stratum that is coded.

    Raises InputError where the corpus has strata that the sample was not drawn from.
    """
    documents = drawn[0].cells["stratum"] == DOCUMENTS
    names = {s.sentence_id: s.stratum for s in draw.read_frame(source.work.parent, LEXICONS, documents)}
    names |= {row.sentence_id: row.cells["stratum"] for row in drawn}
    units = units_of(drawn, len(names))
    if unknown := set(names.values()) - units.rank.keys():
        what = f"the sample was not drawn from {', '.join(sorted(unknown))}: the program has changed since"
        raise InputError("sample.csv", what, "draw on with pries sample --anew, and code what is new")
    share = units.design.coded / units.design.size
    return {i: (name, float(share[units.rank[name]])) for i, name in names.items()}


def rows(source: Source, drawn: list[Drawn]) -> Iterable[dict[str, object]]:
    """A row for each sentence."""
    known = probabilities(drawn, source)
    coded = {row.sentence_id for row in drawn if row.coded}
    before = counted(files.read_parquet(source.work / "found" / "obligations.parquet"))
    after = counted(source.tables["obligations"])
    roles = {(row.doc_id, row.paragraph): row.section_role for row in source.paragraphs}
    dates = dict(rowwise.tuples(source.tables["documents"], "doc_id", "date"))
    for row in source.rows("sentences"):
        i, (stratum, pi) = row.sentence_id, known[row.sentence_id]
        role = roles.get((row.doc_id, row.paragraph), "")
        first = (i, row.doc_id, row.section, role, dates.get(row.doc_id, ""), stratum, int(i in coded), f"{pi:.9g}")
        auto = {f"auto_{name}": before[i][name] if i in before else 0 for name in COUNTED}
        true = {name: (after[i][name] if i in after else 0) if i in coded else "" for name in COUNTED}
        yield {**dict(zip(FIRST, first, strict=True)), **auto, **true}


def dsl(source: Source) -> Files:
    """The table, if sentences are coded."""
    path = source.work.parent / "tables" / "sample.csv"
    drawn = drawn_of(files.read_csv(path, "sample")) if path.is_file() else []
    if not any(row.coded for row in drawn):
        return {}
    columns = (*FIRST, *(f"auto_{name}" for name in COUNTED), *COUNTED)
    return {"dsl_sentences.csv": csv_text(rows(source, drawn), columns)}
