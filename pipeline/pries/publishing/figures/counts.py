"""What the figures show: counts of requests, one function for each figure.

Pure functions from the published tables; a cell that holds several values, `; ` between them, counts once
for each, and an empty one is nobody, no theme, no group: ''. A notebook calls them for the numbers alone.

    addressee_by_modality(obligations).loc["gouvernements", "request"] -> 3
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

import pandas as pd

from pries.base.errors import InputError
from pries.schema import schema
from pries.schema.statistics import OWN_COLUMN
from pries.store import rowwise
from pries.store.cells import distinct

UNCLASSIFIED, TOTAL, TENTHS = "unclassified", "total", 10


@dataclass(frozen=True)
class Report:
    """What figures are made from: the published tables, and the themes' labels by code."""

    documents: pd.DataFrame
    paragraphs: pd.DataFrame
    obligations: pd.DataFrame
    clusters: pd.DataFrame
    k_selection: pd.DataFrame
    cluster_members: pd.DataFrame
    cluster_tree: pd.DataFrame
    specificities: pd.DataFrame
    afc: pd.DataFrame
    afc_axes: pd.DataFrame
    reinert_classes: pd.DataFrame
    reinert_terms: pd.DataFrame
    reinert_tree: pd.DataFrame
    themes: dict[str, str]
    metadata: pd.DataFrame = field(default_factory=lambda: schema.empty("metadata"))
    by: str = ""  # a column of metadata.csv whose values are the parts, instead of sections or documents

    @property
    def alone(self) -> bool:
        """Whether the parts are the sections of one document, with one numbering."""
        return len(self.documents) == 1 and not self.by


def crossed(left: pd.Series, right: pd.Series) -> pd.DataFrame:
    """How many rows have each value of `left` with each of `right`; cells may hold several, `; ` between.

    Rows and columns: '' (none) first, then by count, largest first, then by name.
    """
    pairs = pd.DataFrame({"left": left.map(distinct), "right": right.map(distinct)}).explode("left").explode("right")
    counts = pd.crosstab(pairs["left"], pairs["right"])
    return counts.loc[ranked(counts.sum(axis=1)), ranked(counts.sum(axis=0))]


def ranked(totals: pd.Series) -> list[str]:
    """Names by total, largest first, '' before all; equal totals by name."""
    return sorted(totals.index, key=lambda name: (name != "", -totals[name], unaccented(name), name))


def unaccented(name: str) -> str:
    """The key by which French words are sorted: États, ethnies, étudiants."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in letters if not unicodedata.combining(c))


def addressee_by_modality(obligations: pd.DataFrame) -> pd.DataFrame:
    """Requests of each modality to each addressee ('' for nobody), all eight modalities as columns."""
    counts = crossed(obligations["addressee_actor"], obligations["modality"])
    return counts.reindex(columns=list(schema.MODALITIES), fill_value=0)


def concerned(report: Report) -> pd.Series:
    """Which rows of paragraphs are drawn: all, but of annexes only those in which something is asked."""
    rows, asked = report.paragraphs, set(places(report.obligations))
    return (rows["section_role"] != "annex") | pd.Series([p in asked for p in places(rows)], rows.index)


def part_of(report: Report) -> pd.Series:
    """The part that each row of paragraphs stands in: top-level section, role in a corpus, or value of a column."""
    if report.by:
        own = report.metadata[report.metadata["field"] == report.by]
        value = dict(zip(own["doc_id"], own["value"], strict=True))
        return report.paragraphs["doc_id"].map(lambda doc: value.get(doc, ""))
    if report.alone:
        return report.paragraphs["section"].str.split(".").str[0]
    return report.paragraphs["section_role"]


def theme_by_part(report: Report, most: int) -> pd.DataFrame:
    """Requests of each theme in each part; totals (a request once in the last row) as last row and column.

    One document: top-level sections in order; several, or more sections than `most`: roles of sections. By a column
    of metadata.csv: its values in order of appearance; raises InputError where they are more than `most`.
    """
    parts = part_of(report)
    many = parts[concerned(report)].nunique()
    if many > most and report.by:
        raise InputError("--by", f"{report.by} has {many} values, and {most} fit", "group some, or give more --width")
    if many > most:
        parts = report.paragraphs["section_role"]
    rows = report.obligations
    present = dict.fromkeys(parts[concerned(report)])
    order = [p for p in schema.SECTION_ROLES if p in present] if are_roles(parts) else list(present)
    where = dict(zip(places(report.paragraphs), parts, strict=True))
    part = pd.Series([where.get(place, "") for place in places(rows)], rows.index, dtype="str")
    counts = crossed(rows["theme"], part).reindex(columns=[*order, *({""} & set(part) - set(order))], fill_value=0)
    counts = counts.loc[[*(name for name in counts.index if name), *({""} & set(counts.index))]]
    counts.loc[TOTAL] = [int((part == name).sum()) for name in counts.columns]
    counts[TOTAL] = counts.sum(axis=1)
    return counts


def places(rows: pd.DataFrame) -> list[tuple[str, str]]:
    """Document and paragraph of each row."""
    return list(rowwise.of(rows, "doc_id", "paragraph"))


def are_roles(parts: pd.Series) -> bool:
    return bool(parts.isin(schema.SECTION_ROLES).all())


def cluster_by_modality(report: Report) -> pd.DataFrame:
    """Requests of each modality in each group, in the order of the clusters table; '' (unclassified) last."""
    rows = report.obligations
    counts = pd.crosstab(rows["cluster"].replace(UNCLASSIFIED, ""), rows["modality"])
    known = [c for c in report.clusters["cluster"] if c != UNCLASSIFIED and c in counts.index]
    order = [*known, *sorted(set(counts.index) - {*known, ""}), *({""} & set(counts.index))]
    return counts.reindex(index=order, columns=list(schema.MODALITIES), fill_value=0)


def through_text(report: Report) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Of one document: a row a request (position, modality, named), and its paragraphs with their part.

    Positions are ranks of paragraphs, from 1.
    """
    rows = report.obligations
    parts = part_of(report)
    kept = concerned(report) & (report.paragraphs["kind"] != "heading")
    text = pd.DataFrame({"paragraph": report.paragraphs["paragraph"], "part": parts})[kept].reset_index(drop=True)
    rank = {name: i for i, name in enumerate(text["paragraph"], 1)}
    named = rows["addressee_actor"] != ""
    position = rows["paragraph"].map(rank)
    dots = pd.DataFrame({"position": position, "modality": rows["modality"], "named": named})
    return dots.dropna().reset_index(drop=True), text


def strip_by_modality(report: Report, strips: int = TENTHS) -> pd.DataFrame:
    """Of several documents: requests of each modality in each of `strips` equal parts of the report."""
    body = report.paragraphs[report.paragraphs["kind"] != "heading"]
    rank, size = body.groupby("doc_id").cumcount(), body.groupby("doc_id")["paragraph"].transform("size")
    strip = dict(zip(places(body), rank * strips // size, strict=True))
    rows = report.obligations
    at = [strip.get(place, 0) for place in places(rows)]
    counts = pd.crosstab(rows["modality"], pd.Series(at, rows.index, name="strip"))
    return counts.reindex(index=list(schema.MODALITIES), columns=range(strips), fill_value=0)


def group_merges(report: Report) -> tuple[list[tuple[int, int, float]], list[str]]:
    """The merges above the published groups, nearest first, and the groups: nodes 0 … n-1, merges from n on.

    Distances between groups are those at which the tree joins them.
    """
    members = report.cluster_members[report.cluster_members["reason"] == ""]
    groups = [c for c in report.clusters["cluster"] if c in set(members["cluster"])]
    number = {name: n for n, name in enumerate(groups)}
    node: dict[str, int] = {i: number[c] for i, c in rowwise.of(members, "obligation_id", "cluster")}
    merges: list[tuple[int, int, float]] = []
    tree = report.cluster_tree
    for merge, left, right, distance in rowwise.of(tree, "merge", "left", "right", "distance"):
        one, other = node.get(left), node.get(right)
        if one is None or other is None:  # a tree of other requests: none to draw
            return [], groups
        if one != other:
            merges.append((one, other, float(distance)))
            one = len(groups) + len(merges) - 1
        node[str(merge)] = one
    return merges, groups


def compared(report: Report) -> str:
    """The kind of part whose words are compared in figures."""
    return OWN_COLUMN + report.by if report.by else "section" if report.alone else "document"


def marking(report: Report, over: int, under: int, most: int) -> tuple[pd.DataFrame, int]:
    """The strongest lemmas of each part, `over` over-used and `under` under-used: part, term, score.

    Of more than `most` parts only those with most words are kept; the number of all parts comes second. Annexes in
    which nothing is asked (programmes, lists) are left out: their words would dwarf all others.
    """
    drawn = set(report.paragraphs.loc[concerned(report), "section"].str.split(".").str[0])
    cells = report.specificities
    annex = cells["part"].str.startswith("annex") & (cells["part_kind"] == "section")
    cells = cells[~annex | cells["part"].isin(drawn)]
    cells = cells[(cells["part_kind"] == compared(report)) & (cells["unit"] == "lemma")]
    kept, sizes = [], cells.groupby("part", sort=False)["t"].first()
    cells = cells[cells["part"].isin(sizes.nlargest(most).index)]
    for _, of_part in cells.groupby("part", sort=False):
        ranked_cells = of_part.sort_values(["score", "term"], ascending=[False, True])
        least = ranked_cells[ranked_cells["score"] < 0].tail(under)
        kept += [ranked_cells[ranked_cells["score"] > 0].head(over), least]
    made = pd.concat(kept) if kept else cells
    return made[["part", "term", "score"]].reset_index(drop=True), len(sizes)


def plane(report: Report, lemmas: int) -> pd.DataFrame:
    """The points of the first plane: columns, the `lemmas` that contribute most, a third as many actors, by mentions.

    Columns: name, kind, x, y.
    """
    points = report.afc[report.afc["axis"] <= 2]
    if points["axis"].nunique() < 2:
        return pd.DataFrame(columns=["name", "kind", "x", "y"])
    wide = points.pivot_table(
        index=["side", "supplementary", "name"],
        columns="axis",
        values=["coordinate", "contribution", "frequency"],
        sort=False,
    )
    made = pd.DataFrame(
        {
            "x": wide["coordinate", 1], "y": wide["coordinate", 2],
            "weight": wide["contribution", 1] + wide["contribution", 2], "frequency": wide["frequency", 1],
        }
    ).reset_index()  # fmt: skip
    made["kind"] = ["supplementary " * s + side for s, side in zip(made["supplementary"], made["side"], strict=True)]
    order = ["column", "supplementary column", "row", "supplementary row"]
    by = ["weight", "frequency"]  # a supplementary point contributes nothing
    of = {kind: made[made["kind"] == kind].sort_values(by, ascending=False, kind="stable") for kind in order}
    of["row"], of["supplementary row"] = of["row"].head(lemmas), of["supplementary row"].head(lemmas // 3)
    return pd.concat([of[kind] for kind in order])[["name", "kind", "x", "y"]].reset_index(drop=True)


def words_compared(report: Report) -> int:
    """The words of the whole that parts are compared with."""
    cells = report.specificities[report.specificities["unit"] == "lemma"]
    of_text = cells[cells["part_kind"] == compared(report)]
    return int(of_text["T"].max()) if len(of_text) else 0


def words_mapped(report: Report) -> int:
    """The words in the table of the correspondence analysis."""
    active = report.afc[(report.afc["side"] == "column") & ~report.afc["supplementary"] & (report.afc["axis"] == 1)]
    return int(active["frequency"].sum())


def segments_classified(report: Report) -> int:
    """The text segments that have a class."""
    return int(report.reinert_classes["segments"].sum())


def segments_in_all(report: Report) -> int:
    """The text segments that were to be classified; 0 where there is no class."""
    share = report.reinert_classes["of_all"].sum()
    return round(segments_classified(report) / share) if share else 0


def class_merges(report: Report) -> list[tuple[int, int]]:
    """The tree of the classes from below: pairs of nodes, classes 0 … n-1 in their order, merges from n on."""
    tree = report.reinert_tree
    number: dict[int, int] = {}
    for node, name in zip(tree["node"], tree["class"], strict=True):
        if name:
            number[node] = len(number)
    merges: list[tuple[int, int]] = []
    for node in reversed(tree["node"].tolist()):  # each stands before those that it was cut into
        below = tree.loc[tree["parent"] == node, "node"].tolist()
        if len(below) == 2:
            merges.append((number[below[0]], number[below[1]]))
            number[node] = len(report.reinert_classes) + len(merges) - 1
    return merges


def marking_terms(report: Report, most: int) -> pd.DataFrame:
    """The `most` lemmas with the highest χ² of each class: class, term, f, F, chi2."""
    terms = report.reinert_terms
    kept = terms[~terms["supplementary"] & (terms["chi2"] > 0)].groupby("class", sort=False).head(most)
    return kept[["class", "term", "f", "F", "chi2"]].reset_index(drop=True)
