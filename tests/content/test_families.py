"""Families: the reference report against the pairs that readers found, documents by hand, and what may not change them.

Order of documents, how they are put together, a document more or less: each property on corpora of drawn wordings.
"""

from __future__ import annotations

import csv
import random
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise, permutations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from corpora import asking, no_vectors
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from pries.base import settings
from pries.base.errors import InputError
from pries.base.places import LEXICONS, SETTINGS
from pries.content import candidates, families, request_words, sameness, summaries
from pries.content.concepts import Concepts
from pries.content.substance import substances
from pries.schema import schema
from pries.store import batches, files

GOLD = ROOT / "tests" / "gold" / "A_68_370.restatements.tsv"
TABLES = ROOT / "outputs" / "tables"


def places(obligations: pd.DataFrame) -> dict[str, str]:
    """What the gold table calls an obligation: paragraph, trigger, first action; by obligation_id."""
    names = obligations["paragraph"] + " " + obligations["trigger"] + " " + obligations["actions"]
    return dict(zip(obligations["obligation_id"], names, strict=True))


def test_the_reference_report_against_the_readers() -> None:
    """Precision at least .9, recall at least .7; « unsure » pairs count neither way."""
    obligations = files.read_csv(TABLES / "obligations.csv", "obligations")
    named = places(obligations)
    with GOLD.open(encoding="utf-8", newline="") as file:
        gold = list(csv.DictReader(file, delimiter="\t"))
    assert {row[side] for row in gold for side in ("one", "other")} <= set(named.values())
    sure = {frozenset((row["one"], row["other"])) for row in gold if row["status"] == "sure"}
    unsure = {frozenset((row["one"], row["other"])) for row in gold if row["status"] == "unsure"}
    linked = obligations[obligations["restates"] != ""]
    found = {
        named[i]: frozenset((named[i], named[j]))
        for i, j in zip(linked["obligation_id"], linked["restates"], strict=True)
    }
    counted = {name: pair for name, pair in found.items() if pair not in unsure}
    right = {name for name, pair in counted.items() if pair in sure}
    assert len(right) / len(counted) >= 0.9
    summary = set(obligations["obligation_id"][obligations["section"] == "II"].map(named))
    order = {name: n for n, name in enumerate(named.values())}
    repeating = set()
    for pair in sure:
        first, second = sorted(pair, key=order.__getitem__)
        if second not in summary:  # the summary repeats the body, a later request of the body an earlier one
            repeating.add(first if first in summary else second)
    assert len(right & repeating) / len(repeating) >= 0.7


FORMS = ["ratifier/V", "publier/V", "créer/V", "convention/N", "compte/N", "fonds/N", "travail/N", "école/N", "rural/A"]
SAME = ("ratifier/V la convention/N des travailleurs/N", "ratifier/V sans/ délai/N la convention/N des travailleurs/N")
OTHER = ("publier/V les comptes/N", "ouvrir/V des écoles/N aux enfants/N")


def tables(
    documents: Mapping[str, Sequence[str]], dates: Mapping[str, str], roles: str = ""
) -> dict[str, pd.DataFrame]:
    """What the stage reads, of documents each of whose requests is a paragraph; `roles` has s or b for each."""
    made: dict[str, list[pd.DataFrame]] = defaultdict(list)
    for doc, asked in documents.items():
        tokens, _, obligations, actions, *_ = asking(*asked)
        names = {"o": f"o{doc}-", "s": f"s{doc}-"}
        for frame in (tokens, obligations, actions):
            for column in {"obligation_id", "sentence_id"} & set(frame):
                frame[column] = [names[cell[0]] + cell[1:] for cell in frame[column]]
        paragraph = [str(n) for n in range(len(asked))]
        role = [{"s": "summary", "b": "body"}[r] for r in roles or "b" * len(asked)]
        made["tokens"].append(tokens.assign(doc_id=doc))
        made["obligations"].append(
            obligations.assign(doc_id=doc, paragraph=paragraph, polarity="positive", addressee="", addressee_type="")
        )
        made["actions"].append(actions.assign(doc_id=doc))
        made["paragraphs"].append(pd.DataFrame({"doc_id": doc, "paragraph": paragraph, "section_role": role}))
    found = {name: pd.concat(frames, ignore_index=True) for name, frames in made.items()}
    listed = pd.DataFrame({"doc_id": list(documents), "date": [dates.get(doc, "") for doc in documents]})
    return found | {"documents": listed, "vectors": no_vectors(), "judged": schema.empty("judged")}


def made(documents: Mapping[str, Sequence[str]], dates: Mapping[str, str], roles: str = "") -> pd.DataFrame:
    return schema.conform(families.run(**tables(documents, dates, roles))["families"], "families", "families")


def links(*requests: str, roles: str) -> list[tuple[str, str]]:
    """What repeats what in one document."""
    table = made({"d": requests}, {}, roles)
    linked = table[table["restates"] != ""]
    return [(i[2:], j[2:]) for i, j in zip(linked["obligation_id"], linked["restates"], strict=True)]


def test_the_summary_repeats_the_body() -> None:
    assert links(SAME[0], OTHER[0], SAME[1], OTHER[1], roles="sbbb") == [("-0", "-2")]


def test_in_the_body_the_later_repeats_the_earlier() -> None:
    assert links(SAME[0], OTHER[0], SAME[1], roles="bbb") == [("-2", "-0")]


@pytest.mark.parametrize("n", range(3))
def test_few_requests(n: int) -> None:
    assert links(*OTHER[:n], roles="bs"[:n]) == []


def test_one_paragraph_does_not_repeat_itself() -> None:
    given = tables({"d": (SAME[0], SAME[1], OTHER[0])}, {})
    given["obligations"]["paragraph"] = "1"
    assert families.run(**given)["families"].empty


def test_the_earliest_document_comes_first() -> None:
    """By date, then by name; what has no date comes last."""
    asked = {"a": SAME[:1], "b": SAME[1:], "c": SAME[:1], "d": SAME[:1]}
    table = made(asked, {"a": "2001", "b": "1999", "c": "1999"})
    assert table["doc_id"].tolist() == ["b", "c", "a", "d"]
    assert table["family"].unique().tolist() == ["fb-0"]
    assert table["restates"].tolist() == ["", "ob-0", "ob-0", "ob-0"]


def test_those_linked_however_far_are_one_family() -> None:
    chain = [families.Link(1.0, 0, 1, ""), families.Link(1.0, 1, 2, ""), families.Link(1.0, 4, 5, "")]
    assert families.numbers(6, chain) == [0, 0, 0, 3, 4, 4]


def test_two_that_a_person_calls_the_same_are_one_family() -> None:
    given = tables({"a": OTHER[:1], "b": OTHER[1:]}, {})
    given["judged"] = pd.DataFrame([("ob-0", "oa-0", "same")], columns=list(families.JUDGED))
    table = families.run(**given)["families"]
    assert table["obligation_id"].tolist() == ["oa-0", "ob-0"]
    assert table["reason"].tolist() == ["", families.BY_HAND]


def test_two_that_a_person_tells_apart_stay_apart() -> None:
    """Also where a third is the same as both: it goes with one of them, here the earlier."""
    given = tables({"a": SAME[:1], "b": SAME[1:], "c": SAME[:1]}, {})
    given["judged"] = pd.DataFrame([("oa-0", "ob-0", "different")], columns=list(families.JUDGED))
    assert together(families.run(**given)["families"]) == {frozenset({"oa-0", "oc-0"})}


# --- properties -----------------------------------------------------------------------------------

FEW = examples(max_examples=20)  # each of them runs the stage
REQUEST = st.lists(st.sampled_from(FORMS), min_size=1, max_size=5, unique=True).map(" ".join)
DOCUMENTS = st.lists(st.lists(REQUEST, min_size=1, max_size=4), min_size=1, max_size=5).map(
    lambda found: {f"d{n}": asked for n, asked in enumerate(found)}
)
DATES = {f"d{n}": f"{2000 + n % 3}" for n in range(9)}


def together(table: pd.DataFrame) -> set[frozenset[str]]:
    return {frozenset(members) for _, members in table.groupby("family")["obligation_id"]}


@FEW
@given(DOCUMENTS, st.randoms())
def test_the_order_of_documents_changes_nothing(documents: dict[str, list[str]], chance: random.Random) -> None:
    names = list(documents)
    chance.shuffle(names)
    expected = made(documents, DATES)
    pd.testing.assert_frame_equal(made({name: documents[name] for name in names}, DATES), expected)


@FEW
@given(DOCUMENTS, st.randoms())
def test_how_documents_are_put_together_changes_nothing(documents: dict[str, list[str]], chance: random.Random) -> None:
    """Tokens and paragraphs in one table, or in parts of some documents, as shards and processes leave them."""
    given = tables(documents, DATES)
    cuts = [0, *sorted(chance.sample(range(1, len(documents)), chance.randrange(len(documents)))), len(documents)]
    with tempfile.TemporaryDirectory() as folder:
        parted = {}
        for name in ("tokens", "paragraphs"):
            parts = []
            for n, (begin, end) in enumerate(pairwise(cuts)):
                path = Path(folder) / f"{name}{n}.parquet"
                given[name][given[name]["doc_id"].isin(list(documents)[begin:end])].to_parquet(path)
                parts.append(((path, None),))
            parted[name] = batches.Parted(tuple(parts))
        found = families.run(**given | parted)["families"]
    pd.testing.assert_frame_equal(found, families.run(**given)["families"])


@FEW
@given(DOCUMENTS, st.lists(REQUEST, min_size=1, max_size=4))
def test_a_document_more_changes_only_the_families_that_it_is_in(
    documents: dict[str, list[str]], more: list[str]
) -> None:
    before, after = together(made(documents, DATES)), together(made({**documents, "d9": more}, DATES))
    untouched = {family for family in after if not any(i.startswith("od9-") for i in family)}
    assert untouched <= before
    joined = set().union(*(after - untouched)) if after - untouched else set()
    assert all(family <= joined for family in before - untouched)


@FEW
@given(DOCUMENTS)
def test_families_are_the_linked_of_all_pairs(documents: dict[str, list[str]]) -> None:
    """Beside a comparison of each with each."""
    given = tables(documents, DATES)
    study = request_words.study(given["tokens"], given["vectors"], given["obligations"], given["actions"], LEXICONS)
    concepts = Concepts.read(LEXICONS)
    asked = substances(study.words, study.requests, given["obligations"], given["actions"], concepts)
    ids = [q.obligation_id for q in study.requests]
    same = [
        families.Link(1.0, i, j, "")
        for i, j in combinations(range(len(ids)), 2)
        if sameness.compare(asked[i], asked[j], concepts, sameness.Settings())[0]
    ]
    expected: dict[int, set[str]] = defaultdict(set)
    for identifier, number in zip(ids, families.numbers(len(ids), same), strict=True):
        expected[number].add(identifier)
    assert together(made(documents, DATES)) == {frozenset(members) for members in expected.values() if len(members) > 1}


WORDS = st.frozensets(st.sampled_from("abcdefgh"), max_size=7)


@given(st.lists(WORDS, max_size=12), st.floats(0.1, 1.0))
def test_no_pair_is_lost(sets: list[frozenset[str]], overlap: float) -> None:
    wanted = [
        [i, j]
        for i, j in combinations(range(len(sets)), 2)
        if len(sets[i] & sets[j]) >= max(2, overlap * len(sets[i] | sets[j]))
    ]
    assert candidates.pairs(sets, overlap, 100).tolist() == wanted


def test_where_many_are_alike_each_meets_some() -> None:
    """No more pairs than the window lets in, and still all are linked."""
    sets = [frozenset({"créer", "fonds", "jeune", f"x{n}"}) for n in range(400)]
    found = candidates.pairs(sets, 0.5, 5)
    assert len(found) <= 3 * 5 * len(sets)
    assert set(families.numbers(len(sets), [families.Link(1.0, i, j, "") for i, j in found.tolist()])) == {0}


# --- summaries ------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(5))
def test_neighbours_against_looking_at_each(seed: int) -> None:
    draw = np.random.default_rng(seed)
    shape = draw.integers(1, 6, 2)
    near = draw.random(shape)
    wanted = np.zeros(shape)
    for i, j in np.ndindex(*shape):
        beside = [
            near[i + a, j + b] for a in (-1, 1) for b in range(-2, 3) if 0 <= i + a < shape[0] and 0 <= j + b < shape[1]
        ]
        wanted[i, j] = near[i, j] + 0.4 * max(beside, default=0) if near[i, j] > 0.1 else 0
    assert summaries.with_neighbours(near, 0.4) == pytest.approx(wanted, abs=1e-12)


def test_a_long_summary_is_compared_part_by_part(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [f"{verb} {noun} {other}" for verb, noun, other in permutations(FORMS[:7], 3)][:30]
    expected = made({"d": asked}, {}, "s" * 12 + "b" * 18)
    assert (expected["reason"] == families.SUMMARY).any()
    monkeypatch.setattr(summaries, "ROWS", 2)
    pd.testing.assert_frame_equal(made({"d": asked}, {}, "s" * 12 + "b" * 18), expected)


def test_a_document_without_a_summary_has_none() -> None:
    """« publier les comptes » and « publier des comptes de l'école » are near, and a summary would repeat it so."""
    near = ("publier/V les comptes/N", "ouvrir/V une gare/N", "publier/V comptes/N école/N ville/N maire/N")
    assert links(*near, roles="sbb") == [("-0", "-2")]
    assert links(*near, roles="bbb") == []


@pytest.mark.parametrize("form", [sameness.Settings, summaries.Settings])
def test_default_settings_are_those_of_the_file(form: type) -> None:
    assert settings.read(SETTINGS, form) == form()


def test_a_word_has_one_concept(tmp_path: Path) -> None:
    (tmp_path / "synonyms.csv").write_text("concept,words,note\ncréer,créer|fonder,\nasseoir,fonder,\n", "utf-8")
    with pytest.raises(InputError, match="'fonder' stands under 'créer' too"):
        Concepts.read(tmp_path)


def test_a_verb_and_its_noun_of_action_are_one_concept() -> None:
    concepts = Concepts.read(LEXICONS)
    for verb, noun in (("numériser", "numérisation"), ("renforcer", "renforcement"), ("supprimer", "suppression")):
        assert concepts.concept(verb, "VERB") == concepts.concept(noun, "NOUN")
    assert concepts.concept("avalisation", "NOUN") == concepts.of_word["avaliser"]  # which no row has
    assert concepts.concept("forme", "NOUN") != concepts.of_word["former"]
    assert concepts.phrase(["mis", "en", "œuvre"], ["mettre", "en", "œuvre"]) == (
        (0, 1, 2),
        concepts.of_word["appliquer"],
    )
    assert concepts.phrase(["mis"], ["mettre"]) == ((), "")
    brought = "porter ce fait à l' attention".split()
    assert concepts.phrase(brought, brought) == ((0, 3, 4, 5), concepts.of_word["communiquer"])
    assert concepts.phrase(brought[:3], brought[:3]) == ((), "")


def test_the_gold_table_is_in_order() -> None:
    with GOLD.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert {row["status"] for row in rows} == {"sure", "unsure"}
    pairs = [frozenset((row["one"], row["other"])) for row in rows]
    assert len(set(pairs)) == len(pairs)
