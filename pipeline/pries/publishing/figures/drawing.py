"""The figures one by one: what each draws, the notes under it, the numbers behind it.

Each function takes the counts of a `Report` to a chart on a `Page`. `figures` adds what all figures share.

    draw_addressees -> « gouvernements » 10, « États Membres » 7 … as bars, and as a table
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from pries.publishing.figures import charts_classes, charts_requests, heatmap, style
from pries.publishing.figures import charts_statistics as statistics
from pries.publishing.figures.counts import (
    TENTHS,
    Report,
    addressee_by_modality,
    are_roles,
    class_merges,
    cluster_by_modality,
    concerned,
    crossed,
    group_merges,
    marking,
    marking_terms,
    plane,
    segments_classified,
    segments_in_all,
    strip_by_modality,
    theme_by_part,
    through_text,
    words_compared,
    words_mapped,
)
from pries.publishing.figures.page import Page
from pries.publishing.figures.style import SMALL
from pries.publishing.labels import Words, clean
from pries.publishing.latex import UNSTABLE
from pries.schema import schema


@dataclass(frozen=True)
class Drawn:
    """What a figure shows besides its picture: notes under it, the numbers behind it, the largest of them in words."""

    notes: list[str]
    data: pd.DataFrame
    alt: str = ""


def labelled(counts: pd.DataFrame, words: Words, head: str, name: Callable[[str], str]) -> pd.DataFrame:
    """Counts by modality as a table of their own: a column of names, and modalities by their words."""
    made = counts.set_axis([name(str(row)) for row in counts.index])
    made.columns = [words(f"modality.{m}") for m in counts.columns]
    return made.rename_axis(head).reset_index()


def largest(values: pd.Series, words: Words, decimals: int = 0) -> str:
    """The three largest in words: `gouvernements (10), États Membres (7), …`."""
    top = values.sort_values(ascending=False, kind="stable").head(3)
    return ", ".join(f"{clean(str(n)) or words('unnamed')} ({words.number(v, decimals)})" for n, v in top.items())


def part_name(part: str, words: Words) -> str:
    """What figures call a part: a role by its word, the second annex `annexe 2`, a section by its number."""
    if part.startswith("annex"):
        return f"{words('role.annex')} {clean(part.removeprefix('annex'))}".strip()
    return words(f"role.{part}") if part in schema.SECTION_ROLES else clean(part)


def section_key(report: Report, words: Words) -> list[str]:
    """The titles of the top-level sections of one document: `Sections : I Introduction ; II …`."""
    rows = report.paragraphs[concerned(report)]
    tops = rows[(rows["section"] != "") & (rows["section_role"] != "annex")]
    tops = tops[~tops["section"].str.contains(".", regex=False)]
    tops = tops.drop_duplicates("section")
    joint = "\u00a0; " if words.lang == "fr" else "; "
    pairs = zip(tops["section"].map(clean), tops["section_title"].map(clean), strict=True)
    named = [f"{top}\u00a0{title}" for top, title in pairs if title]
    return [words("note.sections", sections=joint.join(named))] if named else []


def draw_addressees(report: Report, page: Page) -> Drawn:
    """`requests_by_addressee`."""
    counts = addressee_by_modality(report.obligations)
    charts_requests.requests_by_addressee(counts, page)
    data = labelled(counts, page.words, "addressee", lambda name: name or page.words("unnamed"))
    return Drawn([page.words("note.requests_by_addressee")], data, largest(counts.sum(axis=1), page.words))


def draw_themes(report: Report, page: Page) -> Drawn:
    """`themes_by_section`."""
    words = page.words
    cell = max(heatmap.NARROW, style.extent(words.number(len(report.obligations)), SMALL, "bold") + 0.8)
    counts = theme_by_part(report, int(0.56 * page.width / cell) - 1)
    parts = list(counts.columns[:-1])
    roles = bool(report.by) or are_roles(pd.Series(parts, dtype="str"))
    total = words("total")
    names = [*(part_name(p, words) or words("unnamed" if report.by else "no_section") for p in parts), total]
    themes = [*(clean(report.themes.get(t, t)) or words("no_theme") for t in counts.index[:-1]), total]
    head = report.by or words("axis.role" if roles else "axis.section")
    charts_requests.themes_by_section(counts, (themes, names), head, page)
    data = counts.set_axis(themes).set_axis(names, axis=1)
    notes = [words("note.themes_by_section"), *([] if roles else section_key(report, words))]
    return Drawn(notes, data.rename_axis("theme").reset_index(), largest(data[total].iloc[:-1], words))


def draw_pairs(report: Report, page: Page) -> Drawn:
    """`issuer_addressee`."""
    counts = crossed(report.obligations["issuer_actor"], report.obligations["addressee_actor"])
    charts_requests.issuer_addressee(counts, page)
    nobody = page.words("unnamed")
    pairs = counts.rename(index={"": nobody}, columns={"": nobody}).stack()
    data = pairs[pairs > 0].rename("requests").rename_axis(["issuer", "addressee"]).reset_index()
    named = {f"{issuer} → {addressee}": n for (issuer, addressee), n in pairs.items() if n}
    return Drawn([page.words("note.issuer_addressee")], data, largest(pd.Series(named), page.words))


def draw_clusters(report: Report, page: Page) -> Drawn:
    """`clusters`."""
    counts = cluster_by_modality(report)
    labels = dict(zip(report.clusters["cluster"], report.clusters["label"], strict=True))
    names = [clean(labels.get(c) or c) for c in counts.index]
    charts_requests.clusters(counts, names, page)
    data = labelled(counts.set_axis(names), page.words, "group", lambda name: name or page.words("unclassified"))
    return Drawn([page.words("note.clusters")], data, largest(counts.set_axis(names).sum(axis=1), page.words))


def draw_through(report: Report, page: Page) -> Drawn:
    """`requests_through_text`."""
    words = page.words
    by_modality = report.obligations["modality"].value_counts()
    alt = largest(by_modality.rename(lambda m: words(f"modality.{m}")), words)
    if report.alone:
        dots, text = through_text(report)
        text["part"] = [part_name(part, words) for part in text["part"]]
        charts_requests.requests_through_text(dots, text, page)
        data = dots.assign(paragraph=text["paragraph"].iloc[dots["position"].astype(int) - 1].to_numpy())
        data["modality"] = [words(f"modality.{m}") for m in data["modality"]]
        return Drawn([words("note.requests_through_text"), *section_key(report, words)], data, alt)
    counts = strip_by_modality(report, TENTHS)
    if style.extent(words.number(counts.to_numpy().max()), SMALL) > 0.5 * page.width / TENTHS:
        counts = strip_by_modality(report, TENTHS // 2)
    counts = counts.loc[list(words.modalities)]
    names = [words(f"modality.{m}") for m in counts.index]
    ends = [words.number((i + 1) * 100 / len(counts.columns)) for i in counts.columns]
    heatmap.heat_map(counts, (names, ends), (words("axis.level"), words("axis.position")), page)
    data = counts.set_axis(names).set_axis(ends, axis=1).rename_axis("modality").reset_index()
    return Drawn([words("note.requests_through_texts")], data, alt)


def draw_k(report: Report, page: Page) -> Drawn:
    """`k_selection`."""
    if not len(report.k_selection):
        charts_requests.nothing(page)
        return Drawn([page.words("note.one_group")], report.k_selection)
    statistics.k_selection(report.k_selection, page)
    chosen = report.k_selection.loc[report.k_selection["chosen"], "k"]
    alt = page.words("alt.chosen", k=page.words.number(chosen.iloc[0])) if len(chosen) else ""
    return Drawn([page.words("note.k_selection")], report.k_selection, alt)


def draw_tree(report: Report, page: Page) -> Drawn:
    """`group_tree`."""
    merges, groups = group_merges(report)
    if not merges:
        charts_requests.nothing(page)
        return Drawn([page.words("note.one_group")], report.cluster_tree.head(0))
    rows = report.clusters.set_index("cluster").loc[groups]
    unstable = (rows["stability"] < UNSTABLE).tolist()
    names = [clean(label) + " †" * weak for label, weak in zip(rows["label"], unstable, strict=True)]
    statistics.group_tree(merges, names, rows["size"].tolist(), page)
    key = "note.all_unstable" if all(unstable) else "note.group_tree"
    nodes = [*names, *(f"{i + 1}" for i in range(len(merges)))]
    data = pd.DataFrame(
        [(i + 1, nodes[one], nodes[other], d) for i, (one, other, d) in enumerate(merges)],
        columns=["merge", "left", "right", "distance"],
    )
    alt = largest(pd.Series(rows["size"].to_numpy(), names), page.words)
    return Drawn([page.words(key, least=page.words.number(UNSTABLE, 1))], data, alt)


def draw_specificities(report: Report, page: Page) -> Drawn:
    """`specificities`."""
    look = page.look
    cells, parts = marking(report, look.over_used, look.under_used, look.parts)
    if not len(cells):
        charts_requests.nothing(page)
        return Drawn([page.words("note.no_specificity")], cells)
    named = cells.assign(part=[part_name(part, page.words) for part in cells["part"]])
    statistics.specificities(named, page)
    notes = [page.words("note.specificities")]
    if parts > look.parts:
        numbers = {"n": page.words.number(look.parts), "all": page.words.number(parts)}
        notes.append(page.words("note.largest_parts", **numbers))
    notes += section_key(report, page.words) if report.alone else []
    scores = pd.Series(named["score"].to_numpy(), named["part"] + " : " + named["term"])
    return Drawn(notes, named, largest(scores, page.words, 1))


def draw_afc(report: Report, page: Page) -> Drawn:
    """`correspondence`."""
    points = plane(report, page.look.lemmas)
    if not len(points):
        charts_requests.nothing(page)
        return Drawn([page.words("note.no_plane")], points)
    columns = points["kind"].str.endswith("column")
    names = [part_name(n, page.words) if c else n for n, c in zip(points["name"], columns, strict=True)]
    first, second = report.afc_axes["share"].head(2)
    named = points.assign(name=names)
    parts = points["kind"] == "column"  # those that contribute most come first
    without = parts & (parts.cumsum() > page.look.mapped)
    lost = statistics.afc(named.assign(name=named["name"].mask(without, "")), (first, second), page)
    notes = [page.words("note.correspondence", n=page.words.number(lost))]
    if without.any():
        numbers = {"n": page.words.number(page.look.mapped), "all": page.words.number(int(parts.sum()))}
        notes.insert(0, page.words("note.mapped_parts", **numbers))
    shares = [page.words.number(100 * share, 1) for share in (first, second)]
    alt = page.words("alt.axes", first=shares[0], second=shares[1])
    return Drawn([*notes, *(section_key(report, page.words) if report.alone else [])], named, alt)


def draw_classes(report: Report, page: Page) -> Drawn:
    """`reinert`."""
    words, classes, merges = page.words, report.reinert_classes, class_merges(report)
    terms = marking_terms(report, page.look.terms)
    if len(merges) != len(classes) - 1 or not merges:
        charts_requests.nothing(page)
        return Drawn([words("note.no_class")], terms)
    names = {c: words("axis.class", n=str(n)) for n, c in enumerate(classes["class"], start=1)}
    shown = [f"{clean(term)} ({words.number(value)})" for term, value in zip(terms["term"], terms["chi2"], strict=True)]
    blocks = [
        charts_classes.Block(
            words("axis.class_of", name=names[c], n=words.number(size)),
            share,
            [text for text, mine in zip(shown, terms["class"], strict=True) if mine == c],
        )
        for c, size, share in zip(classes["class"], classes["segments"], classes["share"], strict=True)
    ]
    charts_classes.reinert(blocks, merges, page)
    share = words.number(100 * classes["of_all"].sum())
    notes = [words("note.reinert", share=share, all=words.number(segments_in_all(report)))]
    notes += [words("note.indicative")] if classes["indicative"].any() else []
    sizes = pd.Series(
        classes["segments"].to_numpy(),
        [f"{names[c]} : {n}" for c, n in zip(classes["class"], classes["label"], strict=True)],
    )
    data = terms.merge(classes[["class", "segments", "share"]], "left", "class")
    return Drawn([" ".join(notes)], data, largest(sizes, words))


FIGURES: dict[str, Callable[[Report, Page], Drawn]] = {
    "requests_by_addressee": draw_addressees,
    "themes_by_section": draw_themes,
    "issuer_addressee": draw_pairs,
    "clusters": draw_clusters,
    "requests_through_text": draw_through,
    "k_selection": draw_k,
    "group_tree": draw_tree,
    "specificities": draw_specificities,
    "correspondence": draw_afc,
    "reinert": draw_classes,
}


@dataclass(frozen=True)
class OfText:
    """What of the text a figure counts: the key of its words, and how many."""

    key: str
    count: Callable[[Report], int]


OF_TEXT = {
    "specificities": OfText("note.words", words_compared),
    "correspondence": OfText("note.words", words_mapped),
    "reinert": OfText("note.segments", segments_classified),
}
