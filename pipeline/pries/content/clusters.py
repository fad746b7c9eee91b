"""Clusters: groups of requests that ask for like things.

Reads tokens, vectors, obligations, actions, themes, families and histories, `settings/clusters.toml` and
`lexicons/stopwords.csv`; writes clusters (one row a group), clusters_by_k (every request at every k), k_selection,
cluster_members (every request at the chosen k, the most central first) and cluster_tree. What makes two
requests alike is told in `similarity`, how groups are made and judged in `grouping`, what names them in `contrast`.

The number of groups: k goes from 2 to 1.5 · √(2n) and `k_max`. A k is usable if none of its groups holds more
than `largest_share` of the requests, if groups of fewer than `smallest_group` hold at most `small_share` of
them together (where no k is like that, all are), and if its silhouette is at least `silhouette_share` of the
best among these. Chosen is the smallest usable k whose stability lies within one standard error of the best,
the standard error being the standard deviation over the subsamples. With too few requests, or all alike,
there is one group, and k_selection is empty. A request whose action has no content word is `unclassified`,
and so is one of a family that is set aside (`aside` of histories).

Above `exact_up_to` requests, and where hundreds say the same few things, micro-clusters of near ones are grouped in
their place (`microclusters`). cluster_tree then names each by its first request, and clusters_by_k has two k only: the
chosen one and the number of micro-clusters, from which the tree gives all others.

    ratifier les conventions; appliquer les conventions; collecter des données; publier des données
    -> g1 "ratifier, appliquer · conventions", g2 "collecter, publier · données"
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from pries.base import settings as settings_files
from pries.base.layers import Folder
from pries.base.places import LEXICONS, SETTINGS
from pries.content import contrast, request_words, similarity
from pries.content.family_names import of_each, set_aside
from pries.content.microclusters import Rows, few
from pries.content.request_words import Request
from pries.content.selection import Grouping, Settings, group, group_many
from pries.store import batches, rowwise
from pries.store.batches import Table

COLUMNS = ["cluster", "label", "size", "requests", "share", "stability", "terms", "representative", "representative_id"]
UNCLASSIFIED = "unclassified"
NO_WORD, FORMULA = "what is asked has no content word", "set aside as a formula"
TERMS, LABEL_ACTIONS, LABEL_TERMS = 5, 2, 2


def name_of(groups: Sequence[int] | np.ndarray) -> list[str]:
    """Identifiers of groups numbered from 0 by size, largest first."""
    return [f"g{number + 1}" for number in groups]


def k_selection(made: Grouping) -> pd.DataFrame:
    """One row a k."""
    columns = ["k", "silhouette", "stability", "stability_low", "stability_high", "smallest"]
    rows = [(q.k, q.silhouette, q.stability, q.low, q.high, q.sizes[-1]) for q in made.qualities]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(chosen=table["k"] == made.k)


@dataclass(frozen=True)
class SaidOnce:
    """The requests of a corpus, each family by the first of it that has a content word: what is grouped.

    `grouped` has the positions of these; `of` the position among them of each request's family, -1 for none; `rank`
    the rank of each request in its family; `formulas` has those of families that are set aside.
    """

    ids: list[str]
    grouped: list[int]
    of: list[int]
    rank: list[int]
    formulas: set[str]

    @classmethod
    def among(
        cls, requests: Sequence[Request], families: pd.DataFrame, formulas: set[str], in_reading_order: bool
    ) -> SaidOnce:  # fmt: skip
        """Those of a corpus; in reading order, or in that of their identifiers."""
        ids = [q.obligation_id for q in requests]
        ranked = dict(rowwise.tuples(families, "obligation_id", "rank"))
        rank = [ranked.get(identifier, 1) for identifier in ids]
        names = of_each(ids, families)
        first: dict[str, int] = {}
        for n in sorted(range(len(ids)), key=rank.__getitem__):
            if requests[n].content and ids[n] not in formulas:
                first.setdefault(names[n], n)
        grouped = sorted(first.values(), key=None if in_reading_order else ids.__getitem__)
        place = {names[n]: at for at, n in enumerate(grouped)}
        return cls(ids, grouped, [place.get(name, -1) for name in names], rank, formulas)

    def pooled(self, requests: Sequence[Request]) -> list[Request]:
        """What is grouped, each with the words of all its family: said several times, it is known the better."""
        members: dict[int, list[int]] = defaultdict(list)
        for n, at in enumerate(self.of):
            members[at].append(n)
        made = []
        for at, first in enumerate(self.grouped):
            family = sorted(members[at], key=self.rank.__getitem__)
            rows, content = (
                [row for n in family for row in getattr(requests[n], name)] for name in ("rows", "content")
            )
            context = [span for n in family for span in requests[n].context]
            made.append(Request(self.ids[first], rows, content, context))
        return made

    def memberships(self, groups: np.ndarray) -> list[tuple[str, str]]:
        """Each request with the group of its family."""
        names = [*name_of(groups), UNCLASSIFIED]
        return [(identifier, names[at]) for identifier, at in zip(self.ids, self.of, strict=True)]

    def members(self, groups: np.ndarray, centrality: np.ndarray) -> pd.DataFrame:
        """Every request in its group, most central first: cluster, rank, obligation_id, centrality, reason."""
        central = np.round(centrality, 9)
        inside: dict[int, list[tuple[float, int, int, int]]] = defaultdict(list)
        for n, at in enumerate(self.of):
            if at >= 0:
                inside[int(groups[at])].append((-float(central[at]), at, self.rank[n], n))
        rows: list[tuple] = []
        for number in sorted(inside):
            for rank, (less, *_, n) in enumerate(sorted(inside[number]), start=1):
                rows.append((f"g{number + 1}", rank, self.ids[n], -less, ""))
        left = [identifier for identifier, at in zip(self.ids, self.of, strict=True) if at < 0]
        why = [FORMULA if identifier in self.formulas else NO_WORD for identifier in left]
        rows += [(UNCLASSIFIED, n, i, np.nan, reason) for n, (i, reason) in enumerate(zip(left, why, strict=True), 1)]
        return pd.DataFrame(rows, columns=["cluster", "rank", "obligation_id", "centrality", "reason"])


def tree(ids: Sequence[str], merges: np.ndarray) -> pd.DataFrame:
    """The merges, nearest first: what is joined (an obligation, or an earlier merge by number), how far, how many."""
    names = [*ids, *(str(merge + 1) for merge in range(len(merges)))]
    rows = [
        (merge, names[int(left)], names[int(right)], distance, int(size))
        for merge, (left, right, distance, size) in enumerate(merges, start=1)
    ]
    return pd.DataFrame(rows, columns=["merge", "left", "right", "distance", "size"])


def actions_of(actions: pd.DataFrame, stopwords: Collection[str]) -> dict[str, dict[contrast.Term, str]]:
    """By obligation, what a reader calls each of its actions, as terms; bare support verbs left out."""
    found: dict[str, dict[contrast.Term, str]] = defaultdict(dict)
    for obligation, called, lemma in rowwise.tuples(actions, "obligation_id", "label", "lemma"):
        name = (called or lemma).lower()
        if name not in stopwords:
            found[obligation][name,] = name
    return found


def label(actions: Sequence[contrast.Mark], terms: Sequence[contrast.Mark], size: int) -> str:
    """`ratifier, appliquer · instruments internationaux, droits`: marking actions, then marking terms.

    An action is named if two requests share it, a term if a quarter of the group's `size` do; else the first.
    """
    verbs = contrast.choose(actions, LABEL_ACTIONS, least=2) or contrast.choose(actions, 1)
    seen = [lemma for m in verbs for lemma in m.term]
    nouns = contrast.choose(terms, LABEL_TERMS, seen, size / 4) or contrast.choose(terms, 1, seen)
    return " · ".join(", ".join(m.text for m in part) for part in (verbs, nouns) if part)


def describe(
    made: Grouping, grouped: pd.DataFrame, having: Mapping[str, Sequence[Any]], times: np.ndarray, total: int
) -> list[tuple]:
    """One row a group, in the order of COLUMNS; `times` counts the requests of each family, `total` all families."""
    rows = []
    marked = {
        name: partial(contrast.marks, terms, everywhere=contrast.counted(terms)) for name, terms in having.items()
    }
    for number in range(int(made.chosen.max()) + 1 if len(made.chosen) else 0):
        members = np.flatnonzero(made.chosen == number).tolist()
        # Likeness is a cosine: the nearest to the centroid is the most alike to all members.
        centre = members[int(np.argmax(np.round(made.centrality[members], 9)))]
        terms = marked["terms"](members) or marked["terms"]([centre])
        actions = marked["actions"](members)
        words = "; ".join(m.text for m in contrast.choose(terms, TERMS))
        named = label(actions, terms, len(members)) or grouped["actions"].iloc[centre]
        quote = grouped.iloc[centre]
        rows.append(
            (
                f"g{number + 1}", named, len(members), int(times[members].sum()), len(members) / total,
                made.stability[number], words, quote["sentence_text"], quote["obligation_id"],
            )
        )  # fmt: skip
    return rows


def run(
    tokens: Table,
    vectors: Table,
    obligations: pd.DataFrame,
    actions: pd.DataFrame,
    themes: Table,
    families: pd.DataFrame,
    histories: pd.DataFrame,
    *,
    lexicons: Folder = LEXICONS,
    settings: Folder = SETTINGS,
    shared: MutableMapping[str, Any] | None = None,
) -> dict[str, pd.DataFrame]:
    """Groups of requests; columns as in `schema.TABLES`.

    Raises InputError where a setting or a stop word is wrong.
    """
    chosen = settings_files.read(settings, Settings)
    if not max(chosen.lemmas, chosen.vectors, chosen.context, chosen.themes):
        problem, remedy = "lemmas, vectors, context and themes are all 0", "give one of them a weight"
        raise settings_files.mistake(settings, Settings, "themes", problem, remedy)
    read = request_words.study(tokens, vectors, obligations, actions, lexicons, shared)
    words, everything = read.words, read.requests
    formulas = set_aside(families, histories)
    weights = chosen.lemmas, chosen.vectors, chosen.context, chosen.themes
    about: dict[str, dict[str, int]] = defaultdict(dict)
    for part in batches.each(themes):
        mine = part[part["unit"] == "obligation"]
        for identifier, theme, score in rowwise.tuples(mine, "unit_id", "theme", "score"):
            about[identifier][theme] = score

    def compare(in_reading_order: bool) -> tuple[SaidOnce, list[Request], list[tuple[float, Any]]]:
        said_once = SaidOnce.among(everything, families, formulas, in_reading_order)
        asked = said_once.pooled(everything)
        return said_once, asked, similarity.blocks(words, asked, read.vectors, weights, chosen.sif, about)

    exact = len(SaidOnce.among(everything, families, formulas, in_reading_order=True).grouped) <= chosen.exact_up_to
    said_once, asked, compared = compare(in_reading_order=exact)
    if exact and few(Rows.of(compared), chosen.micro_clusters):
        exact = False
        said_once, asked, compared = compare(in_reading_order=False)  # what is drawn must not hang on the order
    made = group(similarity.combine(compared), chosen) if exact else group_many(Rows.of(compared), chosen)
    labels = actions_of(actions, words.stopwords)
    having = {
        "terms": [contrast.terms(words, q) for q in asked],
        "actions": [labels.get(q.obligation_id, {}) for q in asked],
    }
    times = np.bincount([at for at in said_once.of if at >= 0], minlength=len(asked))
    total = len(asked) + said_once.of.count(-1)
    described = describe(made, obligations.iloc[said_once.grouped], having, times, total)
    by_k = [(k, *row) for k, groups in made.by_k.items() for row in said_once.memberships(groups)]
    return {
        "clusters": pd.DataFrame(described, columns=COLUMNS),
        "clusters_by_k": pd.DataFrame(by_k, columns=["k", "obligation_id", "cluster"]),
        "k_selection": k_selection(made),
        "cluster_members": said_once.members(made.chosen, made.centrality),
        "cluster_tree": tree([asked[leaf].obligation_id for leaf in made.leaves], made.merges),
    }
