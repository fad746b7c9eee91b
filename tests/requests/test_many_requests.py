"""Many requests: micro-clusters beside the exact groups, each formula beside its oracle, no order of documents."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from corpora import asking
from pries.base.places import LEXICONS
from pries.content import clusters, families, grouping, microclusters, request_words, similarity
from pries.content.microclusters import Rows
from pries.schema import schema
from pries.stages import BY_NAME
from pries.store import files
from scipy.cluster.hierarchy import linkage as scipys
from scipy.spatial.distance import pdist

SUBJECTS = {
    "traités": ("ratifier appliquer signer", "conventions traités protocoles instruments accords"),
    "données": ("collecter publier analyser", "données statistiques enquêtes indicateurs recensements"),
    "écoles": ("ouvrir construire équiper", "écoles classes cantines internats bibliothèques"),
    "frontières": ("surveiller former accueillir", "frontières gardes postes douaniers patrouilles"),
}


def requests(each: int, seed: int = 0) -> tuple[list[str], np.ndarray]:
    """`each` requests on each of four subjects, three words of it at a time, in no order, and their subjects."""
    draw = np.random.default_rng(seed)
    made = []
    for subject, (verbs, nouns) in enumerate(SUBJECTS.values()):
        for _ in range(each):
            verb, (one, two, three) = draw.choice(verbs.split()), draw.choice(nouns.split(), 3, replace=False)
            made.append((f"{verb}/V les {one}/N des {two}/N et {three}/N", subject))
    order = draw.permutation(len(made))
    return [made[at][0] for at in order], np.array([made[at][1] for at in order])


def settings(folder: Path, *lines: str) -> Path:
    """A settings folder of these lines, and few subsamples."""
    (folder / "clusters.toml").write_text("\n".join(["subsamples = 10", *lines]) + "\n", encoding="utf-8")
    return folder


GATHERED = ("exact_up_to = 40", "micro_clusters = 24", "largest_share = 0.5")


def run(tables: tuple[pd.DataFrame, ...], folder: Path) -> dict[str, pd.DataFrame]:
    made = clusters.run(*tables, settings=folder)
    return {name: schema.conform(frame, name, "clusters") for name, frame in made.items()}


def groups(made: dict[str, pd.DataFrame]) -> np.ndarray:
    """The groups at the chosen k by number of the request."""
    rows = made["cluster_members"]
    order = rows["obligation_id"].str[1:].astype(int).argsort()
    return pd.factorize(rows["cluster"].iloc[order])[0]


@pytest.fixture
def rows() -> Rows:
    """Sixty requests as rows."""
    tokens, _, obligations, actions, *_ = asking(*requests(15)[0])
    words = request_words.read_words(tokens, LEXICONS)
    asked = request_words.requests(words, obligations, actions)
    return Rows.of(similarity.blocks(words, asked, {}, (1.0, 1.0, 0.5), 0.001))


def test_above_the_threshold_tables_are_whole(tmp_path: Path) -> None:
    made = run(asking(*requests(15)[0]), settings(tmp_path, *GATHERED))
    assert len(made["cluster_members"]) == made["clusters"]["size"].sum() == 60
    k = int(made["k_selection"].query("chosen")["k"].iloc[0])
    assert made["clusters_by_k"]["k"].value_counts().to_dict() == {k: 60, len(made["cluster_tree"]) + 1: 60}
    assert made["cluster_tree"]["size"].iloc[-1] == 60
    leaves = set(made["cluster_tree"]["left"]) | set(made["cluster_tree"]["right"])
    assert sum(leaf.startswith("o") for leaf in leaves) == len(made["cluster_tree"]) + 1
    assert made["clusters"]["stability"].between(0, 1).all()
    assert made["cluster_tree"]["distance"].is_monotonic_increasing


@pytest.mark.parametrize("linkage", ["average", "complete", "ward"])
def test_both_ways_find_the_known_groups(tmp_path: Path, linkage: str) -> None:
    texts, subjects = requests(15)
    tables, chosen = asking(*texts), (f'linkage = "{linkage}"', "k_max = 4")
    exact = run(tables, settings(tmp_path, *chosen))["clusters_by_k"].query("k == 4")["cluster"]
    gathered = groups(run(tables, settings(tmp_path, *chosen, *GATHERED)))
    assert grouping.adjusted_rand(pd.factorize(exact)[0], subjects) == 1.0
    assert grouping.adjusted_rand(gathered, subjects) > 0.9


def test_as_many_micro_clusters_as_requests_is_exact(tmp_path: Path) -> None:
    tables = asking(*requests(12)[0])
    exact = run(tables, settings(tmp_path))
    made = run(tables, settings(tmp_path, "exact_up_to = 1"))
    k = int(made["k_selection"].query("chosen")["k"].iloc[0])
    at_k = exact["clusters_by_k"].query(f"k == {k}")["cluster"]
    assert grouping.adjusted_rand(pd.factorize(at_k)[0], groups(made)) == 1.0
    widths = [t.set_index("k")["silhouette"] for t in (exact["k_selection"], made["k_selection"])]
    assert widths[1].to_numpy() == pytest.approx(widths[0].to_numpy(), abs=1e-5)


def test_documents_in_another_order_give_the_same_tables(tmp_path: Path) -> None:
    tokens, vectors, obligations, actions, *others = asking(*requests(15)[0])
    of = tokens["sentence_id"].str[1:].astype(int)
    turned = tokens.iloc[np.lexsort((tokens["i"], -of))].reset_index(drop=True)
    folder = settings(tmp_path, *GATHERED)
    one = run((tokens, vectors, obligations, actions, *others), folder)
    other = run((turned, vectors, obligations[::-1].reset_index(drop=True), actions[::-1], *others), folder)
    for name in BY_NAME["clusters"].writes:
        keys = list(one[name].columns[:2])
        same = [made[name].sort_values(keys, ignore_index=True) for made in (one, other)]
        pd.testing.assert_frame_equal(*same, check_exact=True)


def test_same_input_same_bytes(tmp_path: Path) -> None:
    tables, folder = asking(*requests(15)[0]), settings(tmp_path, *GATHERED)
    for name in ("one", "two"):
        for table, frame in run(tables, folder).items():
            files.write_parquet(frame, tmp_path / name / table, table, "clusters")
    for table in BY_NAME["clusters"].writes:
        assert (tmp_path / "one" / table).read_bytes() == (tmp_path / "two" / table).read_bytes()


def test_requests_all_alike_are_one_group(tmp_path: Path) -> None:
    made = run(asking(*["ratifier/V les conventions/N"] * 8), settings(tmp_path, "exact_up_to = 2"))
    assert made["clusters"][["cluster", "size"]].values.tolist() == [["g1", 8]]
    assert made["k_selection"].empty


# --- the formulas ---------------------------------------------------------------------------------


def test_products_of_rows_are_the_cosines_of_all_pairs() -> None:
    tokens, _, obligations, actions, *_ = asking(*requests(5)[0])
    words = request_words.read_words(tokens, LEXICONS)
    asked = request_words.requests(words, obligations, actions)
    known = {form: np.random.default_rng(len(form)).normal(size=4) for form in set(words.form)}
    blocks = similarity.blocks(words, asked, known, (1.0, 2.0, 0.5), 0.001)
    made = Rows.of(blocks)
    assert made.products(made) == pytest.approx(similarity.combine(blocks), abs=1e-5)


def test_silhouettes_and_sums_are_those_of_all_pairs(rows: Rows) -> None:
    alike = rows.products(rows)
    by_k = grouping.labels(grouping.tree(alike, "average"), range(2, 7))
    for k, sums in microclusters.sums_of_distances(rows, by_k).items():
        assert grouping.silhouette_of(sums, by_k[k]) == pytest.approx(grouping.silhouette(alike, by_k[k]), abs=1e-5)


@pytest.mark.parametrize("linkage", ["average", "complete", "ward"])
def test_items_that_stand_for_one_are_merged_as_scipy_does(linkage: str) -> None:
    points = np.random.default_rng(3).normal(size=(20, 3))
    distance = np.linalg.norm(points[:, None] - points[None], axis=2)
    expected = scipys(pdist(points), linkage)
    assert microclusters.agglomerate(distance, np.ones(20), linkage) == pytest.approx(expected)


@pytest.mark.parametrize("linkage", ["average", "ward"])
def test_the_tree_of_micro_clusters_is_the_upper_part_of_that_of_requests(rows: Rows, linkage: str) -> None:
    whole = grouping.tree(rows.products(rows), linkage)
    micro = grouping.labels(whole, [12])[12]
    upper = microclusters.tree(rows.means(micro), np.bincount(micro), linkage)
    assert upper[:, 2:] == pytest.approx(whole[-11:, 2:], abs=1e-3)


# --- families -------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(5))
def test_words_are_those_of_a_plain_reading(seed: int) -> None:
    """Counts over the corpus, and where sentences and paragraphs stand, beside one token after the other."""
    chance = np.random.default_rng(seed)
    rows: list[tuple[str, str, int, int, int, str]] = []
    paragraphs: list[list[tuple[str, str]]] = []
    for doc in "AB":
        at = 0
        for sentence in range(6):
            if not sentence or chance.random() < 0.5:
                at = 0
                paragraphs.append([])
            paragraphs[-1].append((doc, f"s{sentence}"))
            for i in range(chance.integers(1, 5)):
                word = chance.choice(["États", "états", "ont", "Le"])
                rows.append((*paragraphs[-1][-1], i, at, at + len(word), word))
                at += len(word) + 1
    tokens = pd.DataFrame(rows, columns=["doc_id", "sentence_id", "i", "start", "end", "form"])
    tokens = tokens.assign(lemma=tokens["form"].str[:3], tag="NOUN", morph="", head=tokens["i"], relation="")
    wanted = {paragraph[0] for paragraph in paragraphs if chance.random() < 0.5}
    asked = pd.DataFrame(sorted(wanted), columns=["doc_id", "sentence_id"], dtype="str")
    words = request_words.read_words(tokens, LEXICONS, asked)

    text = [[row for row in rows if row[:2] in paragraph] for paragraph in paragraphs]
    assert words.frequency == Counter(row[-1].lower() for row in rows)
    assert words.spread == Counter(w for p in text for w in {"", *(row[-1][:3].lower() for row in p)})
    kept = [p for p, keys in zip(text, paragraphs, strict=True) if wanted.intersection(keys)]
    assert words.form == [row[-1].lower() for p in kept for row in p]
    assert words.text == [row[-1] if row[2] else row[-1].lower() for p in kept for row in p]
    here = [row[:2] for p in kept for row in p]
    place = {key: [n for n, other in enumerate(here) if other == key] for key in here}
    assert {key: list(span) for key, span in words.sentences.items()} == place
    for paragraph in paragraphs:
        whole = [n for key in paragraph for n in place.get(key, ())]
        assert all(list(words.paragraphs[key]) == whole for key in paragraph if key in place)


def test_what_families_read_is_taken_over_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tokens, vectors, obligations, actions, *others = tables = asking(*requests(15)[0])
    folder, shared = settings(tmp_path), {}  # type: tuple[Path, dict[str, Any]]
    paragraphs = obligations[["doc_id"]].assign(paragraph="1", section_role="body")
    documents = pd.DataFrame({"doc_id": ["d"], "date": [""]})
    placed = obligations.assign(paragraph="1", polarity="positive", addressee="", addressee_type="")
    families.run(tokens, vectors, documents, paragraphs, placed, actions, schema.empty("judged"), shared=shared)
    assert list(shared) == ["study"]
    alone = clusters.run(*tables, settings=folder)
    monkeypatch.setattr(request_words, "read_words", None)
    made = clusters.run(tokens, vectors, obligations, actions, *others, settings=folder, shared=shared)
    assert shared == {}
    for name, frame in alone.items():
        pd.testing.assert_frame_equal(made[name], frame)


def test_a_document_is_read_once_however_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words are counted over the corpus once: counts per document would make the cost grow with the square."""
    tokens, vectors, obligations, actions, *_ = asking(*requests(10)[0])
    doc = "d" + (tokens["sentence_id"].str[1:].astype(int) // 4).astype(str)
    of = dict(zip(tokens["sentence_id"], doc, strict=True))
    obligations = obligations.assign(doc_id=obligations["sentence_id"].map(of), paragraph=obligations["sentence_id"])
    actions = actions.assign(doc_id=("s" + actions["obligation_id"].str[1:]).map(of))
    paragraphs = obligations[["doc_id", "paragraph"]].assign(section_role="body")
    counted: list[object] = []
    reads: list[object] = []
    read_words = request_words.read_words

    def counting(words: object = ()) -> Counter[str]:
        counted.append(words)
        return Counter(words)

    def reading(*arguments: Any) -> request_words.Words:
        reads.append(arguments)
        return read_words(*arguments)

    monkeypatch.setattr(request_words, "read_words", reading)
    for module in (request_words, similarity):
        monkeypatch.setattr(module, "Counter", counting)
    documents = pd.DataFrame({"doc_id": sorted(set(doc)), "date": ""})
    asked = obligations.assign(polarity="positive", addressee="", addressee_type="")
    families.run(tokens.assign(doc_id=doc), vectors, documents, paragraphs, asked, actions, schema.empty("judged"))
    assert len(reads) == 1
    assert [it for it in counted if isinstance(it, list) and len(it) == len(tokens)] == []
