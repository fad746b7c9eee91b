"""Reinert: classes of text segments that share their words, the lexical worlds of a corpus (ALCESTE's method).

Reads tokens, sentences, paragraphs and documents, `settings/reinert.toml` and `lexicons/stopwords.csv`; writes
text_segments (a row a segment, with its class or why it has none), reinert_classes, reinert_terms and reinert_tree.
Segments are cut in `text_segments`; a table says which active forms (lemmas of nouns, verbs, adjectives, adverbs
that are no stop words) each has; it is cut in two again and again (`descending`, `bipartition`), twice, on units of
two sizes; classes that both descents find are kept, where the cuts between them are stronger than those of the same
words dealt at random (`chance`). Documents and sections are no forms: they are described
afterwards, as supplementary variables. Classes are made from the same words that describe them: the χ² of a term
is descriptive, and there is no p. Under `enough_segments` or `enough_share` classified all is *indicatif*, and where
both descents had the same units, so that their agreement says nothing.

    travail, travailleur, recruter … | données, recherche, indicateur … -> c1, c2; « diaspora » c1: f 2 of 19, χ² -4.1
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np
import pandas as pd
from scipy import sparse

from pries.base import settings as settings_files
from pries.base.layers import Folder
from pries.base.places import LEXICONS, SETTINGS
from pries.grammar import stopwords
from pries.store import batches
from pries.store.batches import Table
from pries.textometry import chance, descending
from pries.textometry import contingency as parts
from pries.textometry import text_segments as cutting
from pries.textometry.active_forms import Segmented
from pries.textometry.descending import Crossed, Node

CLASSES = ["class", "label", "terms", "segments", "share", "of_all", "agreement", "indicative"]
TREE = ["node", "parent", "class", "segments", "chi2", "chance"]
ANNEX = "it stands in an annex"
NO_FORM = "it has no active form"
NO_CLASS = "it is in no class that is kept"
DISAGREE = "the two classifications do not agree on it"
BY_CHANCE = "its class is no stronger than one of shuffled words"
REASONS = ("", ANNEX, NO_FORM, NO_CLASS, DISAGREE, BY_CHANCE)
LABEL_TERMS, SHOWN_TERMS = 3, 12


@dataclass(frozen=True)
class Settings:
    """`settings/reinert.toml`: what each means stands there."""

    FILE: ClassVar[str] = "reinert.toml"
    size: int = field(default=40, metadata={"low": 2, "high": 10000})
    tags: str = "NOUN VERB ADJ ADV"
    frequency: int = field(default=3, metadata={"low": 1, "high": 10**6})
    annexes: bool = False
    first: float = field(default=0.8, metadata={"low": 0.0, "high": 100.0})
    second: float = field(default=1.2, metadata={"low": 0.0, "high": 100.0})
    classes: int = field(default=10, metadata={"low": 2, "high": 100})
    contingency: float = field(default=0.3, metadata={"low": 0.0, "high": 1.0})
    least_phi: float = field(default=0.5, metadata={"low": 0.0, "high": 1.0})
    smallest_share: float = field(default=0.05, metadata={"low": 0.0, "high": 0.5})
    shuffles: int = field(default=19, metadata={"low": 0, "high": 10**4})
    least_chi2: float = field(default=3.84, metadata={"low": 0.0, "high": 10**6})
    enough_segments: int = field(default=300, metadata={"low": 1, "high": 10**9})
    enough_share: float = field(default=0.7, metadata={"low": 0.0, "high": 1.0})


@dataclass(frozen=True)
class Made:
    """The first descent, the crossed classes that are kept, the class of each segment (-1: none), why it has none.

    `chance` has the highest χ² of the shuffled tables of each class whose cut was tested; `same` says whether both
    descents were of the same units.
    """

    first: list[Node]
    kept: list[Crossed]
    of: np.ndarray
    reasons: np.ndarray  # numbers of REASONS
    chance: dict[int, float]
    same: bool


def joined(table: sparse.csr_array, home: np.ndarray, least: float) -> np.ndarray:
    """The unit of each segment: neighbours of one home joined until they have `least` different forms.

    What is left at the end of a home goes with the unit before it, if there is one.
    """
    unit = np.zeros(len(home), dtype=np.int64)
    made = 0
    for begin, end in cutting.runs(home):
        first, held = made, set[int]()
        for i in range(begin, end):
            unit[i] = made
            held.update(table.indices[table.indptr[i] : table.indptr[i + 1]].tolist())
            if len(held) >= least:
                made, held = made + 1, set()
        if made == first:
            made += 1
        unit[begin:end] = np.minimum(unit[begin:end], made - 1)
    return unit


def united(table: sparse.csr_array, unit: np.ndarray) -> sparse.csr_array:
    """The 0/1 table of the units from that of their segments (-1: in no unit)."""
    at = np.flatnonzero(unit >= 0)
    shape = (int(unit.max(initial=-1)) + 1, len(unit))
    made = sparse.csr_array(sparse.csr_array((np.ones(len(at)), (unit[at], at)), shape=shape) @ table)
    made.data[:] = 1
    return made


def classify(table: sparse.csr_array, home: np.ndarray, active: np.ndarray, chosen: Settings) -> Made:
    """The classes of the segments `active`, numbered from 0 in the order of the tree; `home`: where units end."""
    having = np.asarray(table.sum(axis=1)) > 0
    trees, members, units, tables = [], [], [], []
    usual = table.nnz / max(int((having & active).sum()), 1)  # different forms of a segment, on the mean
    for times in (chosen.first, chosen.second):
        unit = np.full(len(home), -1)
        unit[active] = joined(sparse.csr_array(table[active]), home[active], times * usual)
        unit[~having] = -1
        units.append(unit)
        tables.append(united(table, unit))
        trees.append(descending.descend(tables[-1], chosen.classes, chosen.frequency, chosen.contingency))
        members.append(descending.holding(trees[-1], unit))
    smallest = max(chosen.smallest_share * active.sum(), 1)

    def find(barred: Set[int]) -> list[Crossed]:
        return descending.stable(
            trees[0], trees[1], members[0], members[1], smallest, chosen.least_phi, barred
        )  # fmt: skip

    def shuffle(node: Node) -> float:
        part = descending.usable(tables[0], node, chosen.frequency)[0]
        return chance.highest_chi2(part, chosen.shuffles)

    kept, tested = chance.stronger(trees[0], find, shuffle)
    of, claimed = classes_held(kept, members)
    before, _ = classes_held(find(frozenset()), members)
    why = [
        (~active, ANNEX), (~having, NO_FORM), (of >= 0, ""), (before >= 0, BY_CHANCE), (claimed, DISAGREE),
    ]  # fmt: skip
    reasons = np.select([a for a, _ in why], [REASONS.index(b) for _, b in why], REASONS.index(NO_CLASS))
    return Made(trees[0], kept, of, reasons.astype(np.int8), tested, bool((units[0] == units[1]).all()))


def classes_held(kept: Sequence[Crossed], members: Sequence[sparse.csr_array]) -> tuple[np.ndarray, np.ndarray]:
    """The class of each segment, and which segments one of the two descents at least has in a class of `kept`."""
    of, claimed = np.full(members[0].shape[0], -1), np.zeros(members[0].shape[0], dtype=bool)
    for number, pair in enumerate(kept):
        one, other = (
            m[:, [node]].toarray().ravel() > 0 for m, node in zip(members, (pair.one, pair.other), strict=True)
        )
        of[one & other] = number
        claimed |= one | other
    return of, claimed


def name_of(number: int) -> str:
    """What a class is called in the tables: c1, c2, … in the order of the tree; nothing where there is none."""
    return f"c{number + 1}" if number >= 0 else ""


def terms_of(of: np.ndarray, table: sparse.csr_array, about: pd.DataFrame, least: float) -> pd.DataFrame:
    """The terms of each class with a χ² of `least`, the highest first; `about`: term, tag, supplementary by column.

    The χ² is that of the 2 × 2 table (in the class, with the term) of the segments that have a class.
    """
    classified = np.flatnonzero(of >= 0)
    having, classes = sparse.csr_array(table[classified]), int(of.max(initial=-1)) + 1
    ones = (np.ones(len(classified)), (of[classified], np.arange(len(classified))))
    belongs = sparse.csr_array(ones, shape=(classes, len(classified)))
    f, n = (belongs @ having).toarray(), belongs.sum(axis=1)
    frequency, total = having.sum(axis=0), float(len(classified))
    value = descending.signed_chi2(f, n[:, None], frequency[None, :], total)
    row, column = np.nonzero((np.abs(value) >= least) & (value != 0))
    made = pd.DataFrame(
        {
            "class": [name_of(i) for i in row.tolist()], **{c: about[c].to_numpy()[column] for c in about.columns},
            "f": f[row, column], "F": frequency[column], "n": n[row], "N": total, "chi2": value[row, column],
        }
    )  # fmt: skip
    order = np.lexsort((made["term"], -made["chi2"].round(9), made["supplementary"], row))
    return made.iloc[order]


def tree_of(made: Made) -> pd.DataFrame:
    """The cuts of the first descent that part the kept classes: a binary tree, from the whole down.

    Where the first cut is one of chance it stands alone, and no class below it.
    """
    number = {pair.one: n for n, pair in enumerate(made.kept)}
    above = descending.ancestors(made.first)
    needed = set[int]().union(*(above[node] for node in number))
    rows: list[tuple] = []

    def add(node: int, parent: int) -> int:
        """Add what is below `node`; how many segments that is."""
        children = [child for child in made.first[node].children if child in needed]
        if len(children) == 1:
            return add(children[0], parent)
        me = len(rows) + 1
        rows.append(())
        size = int((made.of == number[node]).sum()) if node in number else sum(add(child, me) for child in children)
        cut = (made.first[node].chi2, made.chance[node]) if children else (np.nan, np.nan)
        rows[me - 1] = (me, parent, name_of(number.get(node, -1)), size, *cut)
        return size

    if number:
        add(0, 0)
    elif made.chance:
        node = min(made.chance)
        rows.append((1, 0, "", len(made.first[node].members), made.first[node].chi2, made.chance[node]))
    return pd.DataFrame(rows, columns=TREE)


def classes_of(made: Made, terms: pd.DataFrame, segments: int, chosen: Settings) -> pd.DataFrame:
    """One row a class; `segments`: how many were there to classify."""
    sizes = np.bincount(made.of[made.of >= 0], minlength=len(made.kept))
    few = made.same or segments < chosen.enough_segments or sizes.sum() < chosen.enough_share * segments
    rows = []
    for n, (pair, size) in enumerate(zip(made.kept, sizes, strict=True)):
        mine = terms[(terms["class"] == name_of(n)) & ~terms["supplementary"] & (terms["chi2"] > 0)]["term"].tolist()
        label, shown = ", ".join(mine[:LABEL_TERMS]), "; ".join(mine[:SHOWN_TERMS])
        rows.append((name_of(n), label, shown, size, size / sizes.sum(), size / segments, pair.phi, few))
    return pd.DataFrame(rows, columns=CLASSES)


def classified(frames: Iterable[pd.DataFrame], made: Made) -> Iterator[pd.DataFrame]:
    """The segments of one part after the other, with their class or why they have none."""
    at = 0
    for frame in frames:
        here = slice(at, at + len(frame))
        reasons = [REASONS[n] for n in made.reasons[here]]
        yield frame.assign(**{"class": [name_of(n) for n in made.of[here]], "reason": reasons})
        at += len(frame)


def run(
    tokens: Table, sentences: Table, paragraphs: Table, documents: pd.DataFrame,
    *, lexicons: Folder = LEXICONS, settings: Folder = SETTINGS,
) -> dict[str, Any]:  # fmt: skip
    """The four tables; no class where the text is too short for two. Raises InputError where a setting is wrong."""
    chosen = settings_files.read(settings, Settings)
    found = Segmented(chosen.size, chosen.annexes, chosen.tags.split(), stopwords.read(lexicons))
    columns = ["doc_id", "sentence_id", "start", "end", "form", "lemma", "tag"]
    for words, said, text in batches.abreast(tokens[columns], sentences, paragraphs):
        found.add(words, said, text, len(documents) > 1)
    forms = found.counts.forms(chosen.frequency)
    active, home = np.concatenate(found.active), np.concatenate(found.home)
    made = classify(forms.table, home, active, chosen)
    about = [(term, tag, False) for term, tag in zip(forms.terms, forms.tags, strict=True)]
    tables = [forms.table]
    for kind, values in found.apart.items():
        belongs, names = parts.membership([[value] if value else [] for value in values])
        tables.append(sparse.csr_array(belongs[:, : len(names)], dtype=float))
        about += [(name, kind, True) for name in names]
    described = pd.DataFrame(about, columns=["term", "tag", "supplementary"])
    terms = terms_of(made.of, sparse.csr_array(sparse.hstack(tables)), described, chosen.least_chi2)
    return {
        "text_segments": batches.like(tokens, classified(found.frames, made)),
        "reinert_classes": classes_of(made, terms, int(active.sum()), chosen),
        "reinert_terms": terms,
        "reinert_tree": tree_of(made),
    }
