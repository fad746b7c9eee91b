"""Clusters: likeness by hand, the choice of k, labels, small and odd corpora; statistics: test_grouping."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from corpora import FIGURES, SCHOOLS, TREATIES, asking
from pries.base.errors import InputError
from pries.base.places import LEXICONS
from pries.content import clusters, contrast, request_words, selection, similarity
from pries.content.grouping import Quality
from pries.content.selection import Settings
from pries.schema import schema
from pries.stages import BY_NAME
from pries.store import files

# --- a corpus by hand: each request is a paragraph, each word form/tag ----------------------------


# --- likeness -------------------------------------------------------------------------------------


def test_tf_idf_by_hand() -> None:
    rows = similarity.tf_idf([{"a": 2, "b": 1}, {"b": 1}, {}]).toarray()
    a, b = (1 + math.log(2)) * (1 + math.log(4 / 2)), 1 + math.log(4 / 3)
    assert rows == pytest.approx(np.array([[a / math.hypot(a, b), b / math.hypot(a, b)], [0, 1], [0, 0]]))


def test_combined_cosine_is_that_of_weighted_vectors_end_to_end() -> None:
    random = np.random.default_rng(0)
    x, y = (r / np.linalg.norm(r, axis=1, keepdims=True) for r in random.normal(size=(2, 5, 3)))
    joined = np.hstack([math.sqrt(2.0) * x, math.sqrt(0.5) * y])
    joined /= np.linalg.norm(joined, axis=1, keepdims=True)
    assert similarity.combine([(2.0, x), (0.5, y)]) == pytest.approx(joined @ joined.T, abs=1e-8)


def test_a_passive_action_asks_for_something_of_its_subject() -> None:
    """`Les droits devaient être respectés`: what is asked holds *droits*."""
    rows = [
        ("Les", "le", "DET", "", 1, "det"),
        ("droits", "droit", "NOUN", "", 2, "nsubj"),
        ("devaient", "devoir", "VERB", "", 2, "ROOT"),
        ("être", "être", "AUX", "", 4, "aux:pass"),
        ("respectés", "respecter", "VERB", "VerbForm=Part", 2, "xcomp"),
    ]
    tokens = pd.DataFrame(rows, columns=["form", "lemma", "tag", "morph", "head", "relation"])
    ends = tokens["form"].str.len().cumsum() + np.arange(5)
    tokens = tokens.assign(doc_id="d", sentence_id="s", i=range(5), start=ends - tokens["form"].str.len(), end=ends)
    place = {"doc_id": ["d"], "obligation_id": ["o"]}
    obligations = pd.DataFrame(place | {"sentence_id": ["s"], "construction": ["modal"], "trigger_start": [11]})
    actions = pd.DataFrame(place | {"head": ["respectés"], "start": [25], "end": [34]})
    words = request_words.read_words(tokens, LEXICONS)
    [asked] = request_words.requests(words, obligations, actions)
    assert [words.form[r] for r in asked.content] == ["droits", "respectés"]


# --- the choice of k, labels ----------------------------------------------------------------------


def known(k: int, width: float, stability: float, error: float, *sizes: int) -> Quality:
    return Quality(k, width, stability, 0.0, 1.0, error, sizes)


def test_smallest_k_within_one_standard_error_of_the_best() -> None:
    qualities = [
        known(2, 0.50, 0.99, 0.01, 30, 10),  # too large a group
        known(3, 0.10, 0.80, 0.01, 10, 10, 10),  # silhouette far below the best
        known(4, 0.30, 0.72, 0.01, 10, 10, 10, 10),  # more than an error (.05) below .80
        known(5, 0.30, 0.76, 0.01, 8, 8, 8, 8, 8),  # the answer
        known(6, 0.31, 0.80, 0.05, 8, 8, 8, 8, 4, 4),
        known(7, 0.90, 0.95, 0.01, 10, 10, 10, 7, 1, 1, 1),  # three alone in 40 are more than 5 %
    ]
    assert selection.choose(qualities, 40, Settings()) == 5


def test_where_no_k_is_usable_all_are() -> None:
    qualities = [known(2, 0.3, 0.9, 0.01, 3, 1), known(3, 0.3, 0.5, 0.01, 2, 1, 1)]
    assert selection.choose(qualities, 4, Settings()) == 2


def test_contrast_by_hand() -> None:
    assert contrast.contrast(3, 5, 3, 90) == pytest.approx(3 * math.log((3 / 5) / (3 / 90)))
    having = [{("donnée",): "données"}, {("donnée",): "donnée", ("âge",): "âge"}, {("école",): "écoles"}]
    first, second = contrast.marks(having, [0, 1], contrast.counted(having))
    assert (first.text, first.requests, second.text) == ("donnée", 2, "âge")
    assert first.score == pytest.approx(2 * math.log(1 / (2 / 3)))


def test_terms_are_nouns_with_their_adjective_or_noun() -> None:
    tokens, _, obligations, actions, *_others = asking("réunir/V des données/N fiables/A sur les bases/N de sondages/N")
    words = request_words.read_words(tokens, LEXICONS)
    [asked] = request_words.requests(words, obligations, actions)
    assert set(contrast.terms(words, asked).values()) == {
        "données", "données fiables", "bases", "bases de sondages", "sondages",
    }  # fmt: skip


def test_a_longer_term_stands_for_its_words() -> None:
    """*droits* is mostly without *homme*; *homme* has no use without *droits*, which is taken."""
    found = [
        contrast.Mark(("droit",), "droits", 5, 9.0),
        contrast.Mark(("homme",), "homme", 2, 4.0),
        contrast.Mark(("droit", "homme"), "droits de l’homme", 2, 4.0),
        contrast.Mark(("pays",), "pays", 2, 3.0),
        contrast.Mark(("pays", "origine"), "pays d’origine", 2, 2.0),
    ]
    assert [m.text for m in contrast.choose(found, 5)] == ["droits", "pays d’origine"]


def test_hyphens_keep_a_word_together() -> None:
    tokens, _, obligations, actions, *_others = asking("recruter/V la main/N -d’œuvre étrangère/A")
    at = tokens.index[tokens["form"] == "-d’œuvre"][0]
    start = tokens.loc[at, "start"] - 1  # glued to the word before
    tokens.loc[at, ["form", "start", "end"]] = ["-", start, start + 1]
    words = request_words.read_words(tokens, LEXICONS)
    [asked] = request_words.requests(words, obligations, actions)
    assert "main-" in contrast.terms(words, asked).values()


# --- the stage ------------------------------------------------------------------------------------


def run(*requests: str) -> dict[str, pd.DataFrame]:
    made = clusters.run(*asking(*requests))
    return {name: schema.conform(frame, name, "clusters") for name, frame in made.items()}


def test_three_subjects_three_groups() -> None:
    made = run(*(r for three in zip(TREATIES, FIGURES, SCHOOLS, strict=True) for r in three))
    by_k = made["clusters_by_k"]
    assert by_k[by_k["k"] == 3]["cluster"].tolist() == ["g1", "g2", "g3"] * 3
    assert made["k_selection"]["chosen"].sum() == 1
    assert made["k_selection"]["k"].tolist() == [2, 3, 4, 5, 6]


def test_labels_quotes_and_shares(tmp_path: Path) -> None:
    (tmp_path / "clusters.toml").write_text("k_max = 3\nlargest_share = 0.4\n", encoding="utf-8")
    made = clusters.run(*asking(*TREATIES, *FIGURES, *SCHOOLS), settings=tmp_path)["clusters"]
    assert made["cluster"].tolist() == ["g1", "g2", "g3"]
    assert made["label"].tolist() == [
        "ratifier · conventions, traités",
        "collecter · données, statistiques",
        "ouvrir · enfants, écoles",
    ]
    assert made["size"].tolist() == [3, 3, 3]
    assert made["share"].tolist() == pytest.approx([1 / 3] * 3)
    assert made["stability"].between(0, 1).all()
    assert made["representative"].str.startswith("Il faut").all()


def test_a_formula_that_is_set_aside_is_in_no_group() -> None:
    """The last of them is said twice, and set aside."""
    tokens, vectors, obligations, actions, themes, *_ = asking(
        *TREATIES, *FIGURES, "diffuser/V le texte/N", "diffuser/V le texte/N"
    )
    ids = obligations["obligation_id"].tolist()[-2:]
    families = pd.DataFrame({"family": "f", "rank": [1, 2], "obligation_id": ids})
    histories = pd.DataFrame({"family": ["f"], "aside": True})
    made = clusters.run(tokens, vectors, obligations, actions, themes, families, histories)
    left = made["cluster_members"].query("cluster == 'unclassified'")
    assert left["obligation_id"].tolist() == ids
    assert left["reason"].unique().tolist() == [clusters.FORMULA]
    assert made["clusters"]["size"].sum() == 6


def test_a_request_without_content_is_unclassified() -> None:
    made = run(*TREATIES, "", "le faire/V", *FIGURES)
    members = made["cluster_members"].set_index("obligation_id")["cluster"]
    assert members[["o3", "o4"]].tolist() == ["unclassified"] * 2
    assert made["clusters"]["size"].sum() == 6
    assert made["clusters"]["share"].sum() == pytest.approx(6 / 8)


@pytest.mark.parametrize("n", range(5))
def test_few_requests(n: int) -> None:
    made = run(*[*TREATIES, *FIGURES][:n])
    assert len(made["cluster_members"]) == n
    assert made["clusters"]["size"].sum() == n
    assert len(made["clusters"]) >= min(n, 1)
    assert len(made["k_selection"]) == max(0, n - 2)
    assert set(made["clusters_by_k"]["k"]) == set(made["k_selection"]["k"])


def test_requests_all_alike_are_one_group() -> None:
    made = run(*[TREATIES[0]] * 8)
    assert made["clusters"][["cluster", "size"]].values.tolist() == [["g1", 8]]
    assert made["k_selection"].empty
    assert set(made["cluster_members"]["cluster"]) == {"g1"}


def test_only_empty_requests() -> None:
    made = run("", "")
    assert made["clusters"].empty
    assert made["cluster_members"]["cluster"].tolist() == ["unclassified"] * 2


def test_vectors_bring_together_words_that_differ(tmp_path: Path) -> None:
    """By its words alone `guider les élèves` is as far from treaties as from schools."""
    (tmp_path / "clusters.toml").write_text("context = 0\nk_max = 2\nlargest_share = 1.0\n", encoding="utf-8")
    tokens, _, obligations, actions, *others = asking(*TREATIES, *SCHOOLS, "guider/V les élèves/N")
    school, treaty = [1.0, 0.0, 0.2], [0.0, 1.0, 0.1]
    vectors = pd.DataFrame(
        {
            "form": ["conventions", "traités", "ratifier", "écoles", "enfants", "élèves"],
            "vector": [treaty, treaty, treaty, school, school, school],
        }
    )
    made = clusters.run(tokens, vectors, obligations, actions, *others, settings=tmp_path)["cluster_members"]
    members = made.sort_values("obligation_id")["cluster"]
    assert members.tolist() == ["g2", "g2", "g2", "g1", "g1", "g1", "g1"]


def test_same_input_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        for table, frame in run(*TREATIES, *FIGURES, *SCHOOLS).items():
            files.write_parquet(frame, tmp_path / name / table, table, "clusters")
    for table in BY_NAME["clusters"].writes:
        assert (tmp_path / "one" / table).read_bytes() == (tmp_path / "two" / table).read_bytes()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('linkage = "single"', "'single' is unknown"),
        ("subsamples = 0.5", "is no int"),
        ("lemmas = -1", "out of bounds"),
        ("lemmas = 0\nvectors = 0\ncontext = 0\nthemes = 0", "are all 0"),
    ],
)
def test_wrong_settings(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "clusters.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        clusters.run(*asking(*TREATIES), settings=tmp_path)
    assert problem in caught.value.problem


@pytest.mark.xfail(strict=True, reason="synonyms without a vector and without a paragraph in common have no likeness")
def test_known_miss_synonyms_without_vectors() -> None:
    made = run("héberger/V les réfugiés/N", "loger/V les exilés/N", *FIGURES)
    by_k = made["clusters_by_k"]
    assert by_k[by_k["k"] == 2]["cluster"].tolist() == ["g2", "g2", "g1", "g1", "g1"]


def test_small_subsamples_limit_the_ks(tmp_path: Path) -> None:
    (tmp_path / "clusters.toml").write_text("subsample_share = 0.3\n", encoding="utf-8")
    made = clusters.run(*asking(*TREATIES, *FIGURES, *SCHOOLS), settings=tmp_path)["k_selection"]
    assert made["k"].tolist() == [2, 3]
    assert made["stability"].notna().all()
