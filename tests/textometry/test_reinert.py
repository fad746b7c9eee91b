"""Reinert's classification: segments cut by hand, χ² against scipy, cuts against all cuts, planted classes found."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from conftest import taken
from corpora import document_of
from pries.base import errors, settings
from pries.base.places import SETTINGS
from pries.content.grouping import adjusted_rand
from pries.grammar import content_words
from pries.schema import schema
from pries.textometry import chance, descending, reinert, text_segments
from pries.textometry.bipartition import best_cut, bipartition, chi2_of, exchange, first_axis, inertia
from pries.textometry.reinert import Settings
from scipy import sparse, stats

# --- text segments ------------------------------------------------------------------------------------


def corpus(*paragraphs: tuple[str, str, str]) -> dict[str, pd.DataFrame]:
    """Documents of paragraphs (document, section, text); a sentence ends at . ! ? and tokens stand apart by spaces."""
    tokens, sentences, rows = [], [], []
    for n, (doc, section, words) in enumerate(paragraphs):
        at = begun = i = 0
        for form in words.split():
            if i == 0:
                begun = at
            tokens.append((doc, f"s{n}.{begun}", i, at, at + len(form), form, form, form.lower(), "NOUN", "", i, "dep"))
            at, i = at + len(form) + 1, i + 1
            if form in ".!?" or at > len(words):
                sentence = words[begun : at - 1]
                sentences.append((doc, f"s{n}.{begun}", section, f"p{n}", "", 1, begun, at - 1, sentence))
                i = 0
        role = "annex" if section.startswith("annex") else "body"
        rows.append((doc, f"p{n}", section, "", role, "paragraph", "", words, 1, 1))
    made = {"tokens": tokens, "sentences": sentences, "paragraphs": rows}
    frames = {
        name: pd.DataFrame(found, columns=[c.name for c in schema.TABLES[name].columns]) for name, found in made.items()
    }
    blank = {c.name: "" for c in schema.TABLES["documents"].columns}
    docs = [blank | {"doc_id": doc} for doc in dict.fromkeys(doc for doc, _, _ in paragraphs)]
    return frames | {"documents": pd.DataFrame(docs, columns=list(blank))}


def cut(size: int, *paragraphs: tuple[str, str, str]) -> tuple[list[str], dict[str, pd.DataFrame]]:
    frames = corpus(*paragraphs)
    made = text_segments.cut(frames["tokens"], frames["sentences"], frames["paragraphs"], size)
    return made.frame["text"].tolist(), frames


@pytest.mark.parametrize(
    ("size", "marked"),
    [
        # the strong mark nearest to eight words, though a comma is nearer
        (8, "Les gouvernements ont été priés d' agir ; | les employeurs , quant à eux , devaient respecter le droit ."),
        # a full stop, a colon, a question mark
        (6, "Ils ont constaté des progrès réels . | Que faire à présent des migrants ? | Voici : il faut agir vite ."),
        # no strong mark: the comma
        (6, "Les femmes migrantes et leurs enfants , | qui vivaient sans papiers ni travail décent"),
        # no mark at all: the size
        (4, "accès aux soins de | santé et à l' | école publique et laïque"),
        # opening signs go with what follows, figures with what is before, but at a sentence's beginning
        (4, "Il a cité la Convention . | « Nul ne sera expulsé » . | 2013 fut une année de 12 réunions ."),
        # too short to be cut
        (40, "Les participants ont remercié le Président ."),
    ],
)  # fmt: skip
def test_segments_are_cut_where_the_line_says(size: int, marked: str) -> None:
    found, _ = cut(size, ("d", "I", " ".join(marked.replace("|", " ").split())))
    assert found == [piece.strip() for piece in marked.split("|")]


def test_short_paragraphs_of_a_section_are_one_segment_but_never_two_sections_or_documents() -> None:
    found, frames = cut(
        6, ("d", "I", "Respecter le droit ."), ("d", "I", "Ratifier la Convention ."), ("d", "II", "Agir ."),
        ("e", "II", "Réunir des données ."),
    )  # fmt: skip
    assert found == ["Respecter le droit . Ratifier la Convention .", "Agir .", "Réunir des données ."]
    made = text_segments.cut(frames["tokens"], frames["sentences"], frames["paragraphs"], 6).frame
    first = made.iloc[0]
    assert (first["paragraph"], first["start"], first["last_paragraph"], first["end"]) == ("p0", 0, "p1", 24)
    assert first["sentence_ids"] == "s0.0; s1.0"
    assert made["doc_id"].tolist() == ["d", "d", "e"]


def drawn_text(seed: int) -> dict[str, pd.DataFrame]:
    draw = np.random.default_rng(seed)
    signs = ["migrant", "droit", "État", "travail", ",", ".", ";", "12", "«", "»", "l'", "!"]
    paragraphs = [
        (f"d{n // 7}", f"{'I' * (n // 3 % 3 + 1)}", " ".join(draw.choice(signs, size=int(draw.integers(1, 90)))))
        for n in range(21)
    ]
    return corpus(*paragraphs)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("size", [2, 7, 40])
def test_every_word_is_in_one_segment_and_offsets_lead_back(seed: int, size: int) -> None:
    frames = drawn_text(seed)
    tokens, paragraphs = frames["tokens"], frames["paragraphs"].set_index("paragraph")["text"]
    made = text_segments.cut(tokens, frames["sentences"], frames["paragraphs"], size)
    word = tokens["form"].map(content_words.is_word).to_numpy()
    assert (made.of[word] >= 0).all()
    assert np.bincount(made.of[word]).tolist() == made.frame["words"].tolist()
    assert (np.diff(made.of[made.of >= 0]) >= 0).all()  # in reading order
    place = frames["sentences"].set_index("sentence_id")
    for row, inside in zip(made.frame.itertuples(), tokens[made.of >= 0].groupby(made.of[made.of >= 0]), strict=True):
        held = inside[1]
        assert set(held["doc_id"]) == {row.doc_id}
        assert set(place.loc[held["sentence_id"], "section"]) == {row.section}
        assert row.sentence_ids == "; ".join(dict.fromkeys(held["sentence_id"]))
        assert row.text.split() == held["form"].tolist()  # nothing lost, nothing twice
        if row.paragraph == row.last_paragraph:
            assert paragraphs[row.paragraph][row.start : row.end] == row.text
    assert made.frame["segment"].is_unique


@pytest.mark.parametrize("seed", range(20))
def test_segments_have_half_the_size_to_half_more(seed: int) -> None:
    draw = np.random.default_rng(seed)
    size = int(draw.integers(2, 50))
    marks = draw.choice([0, 0, 0, 1, 2], size=int(draw.integers(size, 600)))
    lengths = np.diff([0, *text_segments.ends(marks, size)])
    assert lengths.sum() == len(marks)
    assert lengths.max() <= 1.5 * size
    assert lengths.min() >= size / 2


# --- one cut in two -----------------------------------------------------------------------------------


def drawn_table(seed: int, segments: int = 12, forms: int = 15) -> sparse.csr_array:
    """A 0/1 table without empty rows or columns."""
    draw = np.random.default_rng(seed)
    shape = int(draw.integers(4, segments + 1)), int(draw.integers(3, forms + 1))
    table = draw.random(shape) < draw.uniform(0.15, 0.5)
    table = table[table.any(axis=1)]
    return sparse.csr_array(table[:, table.any(axis=0)].astype(float))


def totals(table: sparse.csr_array, side: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return table.toarray()[side].sum(axis=0), table.toarray()[~side].sum(axis=0)


def cuttable(seed: int, *size: int) -> sparse.csr_array:
    """A table with something to cut: the first one drawn from `seed` on."""
    while True:
        table = drawn_table(seed, *size)
        if min(table.shape) > 1 and inertia(table) > 1e-9:
            return table
        seed += 10**6


def chi2(one: np.ndarray, other: np.ndarray) -> float:
    """The χ² of the table of two rows, written out."""
    table = np.array([one, other], dtype=float)
    table = table[:, table.sum(axis=0) > 0]
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    return float(((table - expected) ** 2 / expected).sum())


@pytest.mark.parametrize("seed", range(50))
def test_chi2_of_two_rows_against_scipy_and_by_the_short_formula(seed: int) -> None:
    table = cuttable(seed, 30, 40)
    draw = np.random.default_rng(seed)
    side = np.zeros(table.shape[0], dtype=bool)
    side[draw.permutation(len(side))[: int(draw.integers(1, len(side)))]] = True
    one, other = totals(table, side)
    wanted = stats.chi2_contingency([one, other], correction=False).statistic
    assert chi2(one, other) == pytest.approx(wanted, abs=1e-9)
    q = (one**2 / (one + other)).sum()
    assert float(chi2_of(q, one.sum(), (one + other).sum())) == pytest.approx(wanted, abs=1e-9)


def test_a_side_without_a_form_has_no_chi2() -> None:
    assert chi2_of(np.array([0.0, 6.0]), np.array([0.0, 6.0]), 6.0).tolist() == [-1, -1]


def test_inertia_is_that_of_the_definition() -> None:
    table = cuttable(3)
    wanted = stats.chi2_contingency(table.toarray(), correction=False).statistic / table.sum()
    assert inertia(table) == pytest.approx(wanted, abs=1e-12)


@pytest.mark.parametrize("size", [(12, 15), (150, 120)])
@pytest.mark.parametrize("seed", range(5))
def test_the_first_axis_is_that_of_the_correspondence_analysis(seed: int, size: tuple[int, int]) -> None:
    """Both ways to it: from the whole table, and by Lanczos steps where there are many forms."""
    table = cuttable(seed, *size)
    p = table.toarray() / table.sum()
    r, c = p.sum(axis=1), p.sum(axis=0)
    left, roots, _ = np.linalg.svd((p - np.outer(r, c)) / np.sqrt(np.outer(r, c)), full_matrices=False)
    if roots[0] - roots[1] < 1e-3:
        pytest.skip("two first axes")  # any line of their plane is as good
    wanted, found = left[:, 0] / np.sqrt(r), first_axis(table)
    wanted, found = wanted / np.linalg.norm(wanted), found / np.linalg.norm(found)
    assert abs(float(wanted @ found)) == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize("seed", range(50))
def test_the_best_cut_of_an_order_against_every_cut(seed: int) -> None:
    table = cuttable(seed, 40, 30)
    place = np.random.default_rng(seed).permutation(table.shape[0]).astype(float)  # any order will do
    found = best_cut(table, place)
    every = [chi2(*totals(table, place <= at)) for at in np.sort(place)[:-1]]
    assert found.chi2 == pytest.approx(max(every), abs=1e-9)
    assert chi2(*totals(table, found.side)) == pytest.approx(found.chi2, abs=1e-9)


@pytest.mark.parametrize("seed", range(50))
def test_exchanges_never_lower_the_chi2_and_end_where_no_change_raises_it(seed: int) -> None:
    table = cuttable(seed, 40, 30)
    begun = best_cut(table, np.random.default_rng(seed).random(table.shape[0]))  # far from the best
    ended = exchange(table, begun)
    assert ended.chi2 >= begun.chi2
    assert chi2(*totals(table, ended.side)) == pytest.approx(ended.chi2, abs=1e-9)  # counted step by step and directly
    for i in range(table.shape[0]):
        other = ended.side.copy()
        other[i] = not other[i]
        if 0 < other.sum() < len(other):
            assert chi2(*totals(table, other)) <= ended.chi2 * (1 + 1e-8)


def best_of_all(table: sparse.csr_array) -> float:
    """The highest χ² of all ways to part the segments in two."""
    rows = table.toarray()
    sides = (np.arange(1, 2 ** (len(rows) - 1))[:, None] >> np.arange(len(rows))) & 1 == 1
    one = sides @ rows
    return float(chi2_of((one**2 / rows.sum(axis=0)).sum(axis=1), one.sum(axis=1), rows.sum()).max())


def test_how_far_the_heuristic_is_from_the_best_of_all_parts_in_two() -> None:
    """Bars a little under what docs/statistics.md tells of these 200 tables."""
    ratios = []
    for seed in range(200):
        table = cuttable(seed)
        found = bipartition(table)
        assert found is not None
        ratios.append(found.chi2 / best_of_all(table))
    assert max(ratios) <= 1 + 1e-9
    assert np.mean(np.array(ratios) > 1 - 1e-9) >= 0.95
    assert np.mean(ratios) >= 0.999
    assert min(ratios) >= 0.95


@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_the_segments_changes_nothing(seed: int) -> None:
    table = cuttable(seed, 60, 90)
    turn = np.random.default_rng(seed).permutation(table.shape[0])
    one, other = bipartition(table), bipartition(sparse.csr_array(table[turn]))
    assert one is not None
    assert other is not None
    assert other.chi2 == pytest.approx(one.chi2, abs=1e-9)
    assert adjusted_rand(one.side[turn].astype(int), other.side.astype(int)) == 1


@pytest.mark.parametrize("rows", [[[1, 1]], [[1], [1]], [[1, 1, 0], [1, 1, 0]]])
def test_nothing_to_part(rows: list[list[int]]) -> None:
    table = np.array(rows, dtype=float)
    assert bipartition(sparse.csr_array(table[:, table.any(axis=0)])) is None


def test_equal_segments_stay_together() -> None:
    table = sparse.csr_array(np.repeat(np.eye(3)[[0, 1, 2]], 4, axis=0))
    found = bipartition(table)
    assert found is not None
    assert {len(set(found.side[i : i + 4].tolist())) for i in (0, 4, 8)} == {1}


# --- descents and their crossing ----------------------------------------------------------------------


def planted(seed: int, classes: int = 3, each: int = 80, words: int = 12) -> tuple[sparse.csr_array, np.ndarray]:
    """Segments of so many vocabularies, half of their words from one that all share; four in a row are of one class."""
    draw = np.random.default_rng(seed)
    label = np.tile(np.repeat(np.arange(classes), 4), each // 4)
    table = np.zeros((classes * each, 40 * (classes + 1)))
    for i, mine in enumerate(label):
        table[i, draw.integers(0, 40, words // 2)] = 1
        table[i, 40 * (mine + 1) + draw.integers(0, 40, words - words // 2)] = 1
    return sparse.csr_array(table), label


@pytest.mark.parametrize("words", [8, 12, 20])
@pytest.mark.parametrize("seed", range(10))
def test_planted_classes_are_found(seed: int, words: int) -> None:
    table, label = planted(seed, words=words)
    made = reinert.classify(table, np.zeros(len(label)), np.ones(len(label), dtype=bool), Settings())
    classified = made.of >= 0
    assert classified.mean() >= 0.95
    assert adjusted_rand(made.of[classified], label[classified]) >= 0.98
    assert len(made.kept) == 3


def test_no_class_is_made_of_nothing() -> None:
    """Segments of one vocabulary: the descents cut them, but not alike."""
    found = []
    for seed in range(20):
        table, label = planted(seed, classes=1, each=240)
        made = reinert.classify(table, np.zeros(len(label)), np.ones(len(label), dtype=bool), Settings())
        found.append(len(made.kept))
    assert found.count(0) >= 18, found


def test_a_descent_makes_as_many_classes_as_wanted_each_inside_its_parent() -> None:
    table, _ = planted(1)
    nodes = descending.descend(table, 6, 3, 0.3)
    terminal = [node for node in nodes if not node.children]
    assert len(terminal) == 6
    assert len(nodes) == 11
    for node in nodes[1:]:
        assert set(node.members) <= set(nodes[node.parent].members)
    assert len(np.unique(np.concatenate([node.members for node in terminal]))) <= table.shape[0]
    for node in nodes:
        sizes = [len(nodes[child].members) for child in node.children]
        assert sizes == sorted(sizes, reverse=True)


def absent(part: np.ndarray, side: np.ndarray, contingency: float) -> list[bool]:
    """The rule written out, a form at a time, by scipy's χ² of observed against expected times."""
    share = part[side].sum() / part.sum()
    found = []
    for form in part.T:
        here, n = form[side].sum(), form.sum()
        value = stats.chisquare([here, n - here], [n * share, n * (1 - share)]).statistic
        found.append(bool(here < n * share and np.sqrt(value / (value + n)) > contingency))
    return found


@pytest.mark.parametrize("seed", range(20))
def test_a_form_does_not_go_where_it_is_markedly_absent(seed: int) -> None:
    table, draw = cuttable(seed, 40, 30), np.random.default_rng(seed)
    side = draw.random(table.shape[0]) < 0.4
    for contingency in (0.1, 0.3, 0.5):
        for mine in (side, ~side):
            found = descending.present(table, mine, contingency).tolist()
            assert found == [not gone for gone in absent(table.toarray(), mine, contingency)]


@pytest.mark.parametrize("seed", range(20))
def test_signed_chi2_against_scipy(seed: int) -> None:
    a, b, c, d = np.random.default_rng(seed).integers(1, 50, 4)
    wanted = stats.chi2_contingency([[a, b], [c, d]], correction=False).statistic
    found = float(descending.signed_chi2(a, a + b, a + c, float(a + b + c + d)))
    assert abs(found) == pytest.approx(wanted, rel=1e-9)
    assert (found < 0) == (a * d < b * c)


def chain(*members: list[int], parents: tuple[int, ...]) -> list[descending.Node]:
    nodes = [descending.Node(np.array(m), np.zeros(0, int), p) for m, p in zip(members, parents, strict=True)]
    for number, node in enumerate(nodes[1:], start=1):
        nodes[node.parent].children.append(number)
    return nodes


def test_classes_that_both_descents_find_are_kept() -> None:
    everything, unit = list(range(12)), np.arange(12)
    first = chain(
        everything, [0, 1, 2, 3, 4, 5], [6, 7, 8, 9, 10, 11], [6, 7, 8], [9, 10, 11], parents=(-1, 0, 0, 2, 2)
    )
    second = chain(
        everything, [0, 1, 2, 3, 4], [5, 6, 7, 8, 9, 10, 11], [5, 6, 7, 8], [9, 10, 11], parents=(-1, 0, 0, 2, 2)
    )
    kept = descending.stable(
        first, second, descending.holding(first, unit), descending.holding(second, unit), 3, 0.5
    )  # fmt: skip
    assert [(pair.one, pair.other, pair.size) for pair in kept] == [(1, 1, 5), (3, 3, 3), (4, 4, 3)]
    assert kept[2].phi == pytest.approx(1)
    none = descending.stable(first, second, descending.holding(first, unit), descending.holding(second, unit), 9, 0.5)
    assert none == []


def test_units_join_neighbours_of_one_section_until_they_have_enough_forms() -> None:
    table = sparse.csr_array(np.eye(7)[[0, 0, 1, 2, 3, 4, 5]])
    unit = reinert.joined(table, np.array([0, 0, 0, 0, 0, 1, 1]), 2)
    assert unit.tolist() == [0, 0, 0, 1, 1, 2, 2]
    assert reinert.joined(table, np.array([0, 0, 0, 0, 1, 1, 1]), 2).tolist() == [0, 0, 0, 0, 1, 1, 1]
    assert reinert.united(table, unit).toarray().sum(axis=1).tolist() == [2, 2, 2]


# --- chance ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("density", [0.02, 0.1, 0.3])
def test_shuffled_words_have_the_sums_of_the_table(density: float) -> None:
    draw = np.random.default_rng(5)
    table = sparse.csr_array((draw.random((80, 60)) < density).astype(float))
    made = chance.shuffled(table, draw)
    assert (made.sum(axis=0) - table.sum(axis=0)).sum() == pytest.approx(0, abs=3)
    assert np.abs(made.sum(axis=1) - table.sum(axis=1)).max() <= 1
    assert set(made.data) == {1.0}
    assert (made != table).nnz > table.nnz / 2


def test_shuffled_words_fall_anywhere_alike() -> None:
    """Against all tables of the same sums: each comes, and none much more often than another."""
    table = sparse.csr_array(np.array([[1, 1, 0, 0], [1, 0, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]], dtype=float))
    draw = np.random.default_rng(0)
    sums = table.sum(axis=0), table.sum(axis=1)
    every = (np.reshape(cells, (4, 4)) for cells in product((0, 1), repeat=16))
    alike = {t.tobytes() for t in every if (t.sum(axis=0) == sums[0]).all() and (t.sum(axis=1) == sums[1]).all()}
    drawn = Counter(chance.shuffled(table, draw).toarray().astype(int).tobytes() for _ in range(3000))
    assert set(drawn) == alike
    assert min(drawn.values()) > 0.5 * max(drawn.values())


def apart(table: sparse.csr_array, **changes: object) -> reinert.Made:
    """Classes of segments each of which is a section of its own, so that both descents have the same units."""
    number = table.shape[0]
    return reinert.classify(table, np.arange(number), np.ones(number, dtype=bool), Settings(**changes))


def test_noise_of_single_units_makes_no_class() -> None:
    """Without shuffles both descents find the same classes of nothing; with them one draw in twenty may."""
    found, untested = [], []
    for seed in range(8):
        table = sparse.csr_array((np.random.default_rng(seed).random((150, 60)) < 0.1).astype(float))
        found.append(len(apart(table).kept))
        untested.append(len(apart(table, shuffles=0).kept))
    assert min(untested) > 4
    assert found.count(0) >= 7


def test_a_cut_of_noise_is_told_in_the_tree_and_in_the_reasons() -> None:
    table = sparse.csr_array((np.random.default_rng(1).random((150, 60)) < 0.1).astype(float))
    made = apart(table)
    tree = reinert.tree_of(made)
    assert tree[["node", "parent", "class"]].to_numpy().tolist() == [[1, 0, ""]]
    assert 0 < tree["chi2"].item() <= tree["chance"].item()
    assert {reinert.REASONS[n] for n in made.reasons} <= {reinert.BY_CHANCE, reinert.NO_CLASS, reinert.NO_FORM}
    assert (made.reasons == reinert.REASONS.index(reinert.BY_CHANCE)).mean() > 0.5


def test_planted_classes_of_single_units_are_found_and_indicative() -> None:
    table, label = planted(3)
    made = apart(table)
    assert made.same
    assert len(made.kept) == 3
    assert adjusted_rand(made.of, label) > 0.95
    terms = pd.DataFrame({"class": [], "supplementary": np.array([], bool), "chi2": [], "term": []})
    assert reinert.classes_of(made, terms, len(label), Settings(enough_segments=1))["indicative"].all()


# --- the stage ----------------------------------------------------------------------------------------

WORLDS = ("mer eau pêche bateau port marin vague", "droit juge loi tribunal procès plainte avocat",
          "école élève maître classe leçon cahier livre")  # fmt: skip


def worlds(segments: int = 60) -> dict[str, pd.DataFrame]:
    """A section a world, its sentences of eight of its words, one paragraph each; then an annex."""
    draw = np.random.default_rng(7)
    paragraphs = [
        ("d", "I II III".split()[world], " ".join([*draw.choice(words.split(), size=8), "."]))
        for world, words in enumerate(WORLDS)
        for _ in range(segments)
    ]
    return corpus(*paragraphs, ("d", "annex", "mer droit école ."))


def ran(frames: dict[str, pd.DataFrame], **changes: object) -> dict[str, pd.DataFrame]:
    made = reinert.run(**taken("reinert", frames))
    return {name: schema.conform(frame, name, "reinert") for name, frame in made.items()}


@pytest.fixture(scope="module")
def three() -> dict[str, pd.DataFrame]:
    """What the stage makes of three worlds, cut into segments of eight words."""
    frames = worlds()
    with pytest.MonkeyPatch.context() as patch:
        small = Settings(size=8, classes=6, enough_segments=100)
        patch.setattr(settings, "read", lambda folder, form: small)
        return ran(frames)


def test_three_worlds_are_three_classes_told_by_their_words(three: dict[str, pd.DataFrame]) -> None:
    classes = three["reinert_classes"]
    assert len(classes) == 3
    found = {frozenset(label.split(", ")) for label in classes["label"]}
    assert all(any(words <= set(world.split()) for world in WORLDS) for words in found)
    assert classes["share"].sum() == pytest.approx(1)
    assert not classes["indicative"].any()
    segments = three["text_segments"]
    assert (segments["class"] != "").sum() == classes["segments"].sum()
    assert ((segments["class"] == "") == (segments["reason"] != "")).all()
    assert segments.loc[segments["section"] == "annex", "reason"].tolist() == [reinert.ANNEX]


def test_terms_are_counted_in_the_segments_that_have_a_class(three: dict[str, pd.DataFrame]) -> None:
    segments, terms = three["text_segments"], three["reinert_terms"]
    classified = segments[segments["class"] != ""]
    for row in terms[~terms["supplementary"]].itertuples():
        has = classified["text"].str.split().map(lambda words, term=row.term: term in words)
        inside = classified["class"] == row[1]
        assert (row.f, row.F, row.n, row.N) == ((has & inside).sum(), has.sum(), inside.sum(), len(classified))
        wanted = stats.chi2_contingency(pd.crosstab(has, inside), correction=False).statistic
        assert abs(row.chi2) == pytest.approx(wanted, rel=1e-6)
    sections = terms[terms["supplementary"] & (terms["chi2"] > 0)]
    assert sorted(sections["term"]) == ["I", "II", "III"]
    assert set(sections["tag"]) == {"section"}
    for _, mine in terms[~terms["supplementary"]].groupby("class"):
        assert all(a >= b - 1e-6 for a, b in pairwise(mine["chi2"]))


def test_the_tree_is_binary_and_ends_in_the_classes(three: dict[str, pd.DataFrame]) -> None:
    tree, classes = three["reinert_tree"], three["reinert_classes"]
    assert tree["class"][tree["class"] != ""].tolist() == classes["class"].tolist()
    children = tree[tree["parent"] > 0].groupby("parent")
    assert set(children.size()) == {2}
    size = tree.set_index("node")["segments"]
    assert children["segments"].sum().to_dict() == size[children["segments"].sum().index].to_dict()
    assert size[1] == classes["segments"].sum()
    assert (tree["chi2"].isna() == (tree["class"] != "")).all()
    assert (tree["chance"].isna() == tree["chi2"].isna()).all()
    assert (tree["chance"].dropna() < tree["chi2"].dropna()).all()


def test_a_short_text_is_marked_as_indicative() -> None:
    frames = worlds(20)
    with pytest.MonkeyPatch.context() as patch:
        small = Settings(size=8, classes=6)
        patch.setattr(settings, "read", lambda folder, form: small)
        made = ran(frames)
    assert len(made["reinert_classes"]) >= 2
    assert made["reinert_classes"]["indicative"].all()


@pytest.mark.parametrize("sections", [(), ("le droit",), ("12 34", "5 6"), ("eau " * 200,), ("eau mer", "loi juge")])
def test_too_little_text_makes_no_class(sections: tuple[str, ...]) -> None:
    frames = document_of(*sections)
    made = ran(frames)
    assert made["reinert_classes"].empty
    assert made["reinert_tree"].empty
    assert made["reinert_terms"].empty
    assert (made["text_segments"]["reason"] != "").all()


def test_default_settings_are_those_of_the_file() -> None:
    assert settings.read(SETTINGS, Settings) == Settings()


def test_a_wrong_setting_is_told(tmp_path: Path) -> None:
    (tmp_path / "reinert.toml").write_text("classes = 1\n", encoding="utf-8")
    with pytest.raises(errors.InputError, match="classes = 1 is out of bounds"):
        reinert.run(**taken("reinert", document_of()), settings=tmp_path)
