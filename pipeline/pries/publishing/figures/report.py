"""Report: the published tables that the figures are made from, and the counting that several figures share.

A cell that holds several values, `; ` between them, counts once for each, and an empty one is nobody, no theme, no
group: ''.

    cross(addressee_actor, modality).loc["gouvernements", "request"] -> 3
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

import pandas as pd

from pries.schema import schema
from pries.store import rowwise
from pries.store.cells import distinct

PARTS = ("date", "document")  # what --by may name beside a column of metadata.csv: years, documents


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
    estimates: pd.DataFrame = field(default_factory=lambda: schema.empty("estimates"))
    metadata: pd.DataFrame = field(default_factory=lambda: schema.empty("metadata"))
    families: pd.DataFrame = field(default_factory=lambda: schema.empty("families"))
    histories: pd.DataFrame = field(default_factory=lambda: schema.empty("histories"))
    renewals: pd.DataFrame = field(default_factory=lambda: schema.empty("renewals"))
    text_segments: pd.DataFrame = field(default_factory=lambda: schema.empty("text_segments"))  # read for --by alone
    by: str = ""  # one of PARTS or a column of metadata.csv, whose values are the parts: not sections or documents

    @property
    def alone(self) -> bool:
        """Whether the parts are the sections of one document, with one numbering."""
        return len(self.documents) == 1 and not self.by


def intervals(report: Report, kind: str, quantity: str = "requests") -> dict[str, tuple[float, float, float]]:
    """Estimate and interval of a quantity (requests, distinct, share) of each part of a kind, where there are any."""
    rows = report.estimates
    rows = rows[(rows["quantity"] == quantity) & (rows["part_kind"] == kind) & rows["estimate"].notna()]
    cells = rowwise.tuples(rows, "part", "estimate", "low", "high")
    return {part: (value, low, high) for part, value, low, high in cells}


def years_of(report: Report) -> pd.Series:
    """The year of each document that has one, by doc_id."""
    dates = report.documents.set_index("doc_id")["date"]
    years = dates[dates.str.match(r"\d{4}")].str[:4]
    return years.astype(int)


def no_years(report: Report) -> str:
    """The label that says why there are no years to compare."""
    return "note.one_date" if len(years_of(report)) else "note.no_date"


def said_once(obligations: pd.DataFrame) -> pd.DataFrame:
    """The requests without those that repeat another: each family by its first."""
    return obligations[obligations["restates"] == ""]


def cross(left: pd.Series, right: pd.Series) -> pd.DataFrame:
    """How many rows have each value of `left` with each of `right`; cells may hold several, `; ` between.

    Rows and columns: '' (none) first, then by count, largest first, then by name.
    """
    pairs = pd.DataFrame({"left": left.map(distinct), "right": right.map(distinct)}).explode("left").explode("right")
    counts = pd.crosstab(pairs["left"], pairs["right"])
    return counts.loc[rank_names(counts.sum(axis=1)), rank_names(counts.sum(axis=0))]


def rank_names(totals: pd.Series) -> list[str]:
    """Names by total, largest first, '' before all; equal totals by name."""
    return sorted(totals.index, key=lambda name: (name != "", -totals[name], unaccented(name), name))


def unaccented(name: str) -> str:
    """The key by which French words are sorted: États, ethnies, étudiants."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in letters if not unicodedata.combining(c))


def first_rows(counts: pd.DataFrame, most: int) -> tuple[pd.DataFrame, int]:
    """Nobody's row and the `most` that follow; the rest added up in a last row, and how many they are."""
    kept = most + (1 if len(counts) and counts.index[0] == "" else 0)
    rest = counts.iloc[kept:]
    if len(rest) < 2:
        return counts, 0
    return pd.concat([counts.iloc[:kept], rest.sum().to_frame("…").T]), len(rest)


def paragraph_keys(rows: pd.DataFrame) -> list[tuple[str, str]]:
    """Document and paragraph of each row."""
    return list(zip(rows["doc_id"].tolist(), rows["paragraph"].tolist(), strict=True))


def are_drawn(report: Report) -> pd.Series:
    """Which rows of paragraphs are drawn: all, but of annexes only those in which something is asked."""
    rows, asked = report.paragraphs, set(paragraph_keys(report.obligations))
    return (rows["section_role"] != "annex") | pd.Series([key in asked for key in paragraph_keys(rows)], rows.index)


def values_of(report: Report) -> pd.Series:
    """What `--by` makes of each document, by doc_id: its year, itself, the value of a column; '' for none."""
    documents = report.documents.set_index("doc_id")["date"]
    if report.by == "document":
        return documents.index.to_series()
    if report.by == "date":
        return documents.where(documents.str.match(r"\d{4}"), "").str[:4]
    own = report.metadata[report.metadata["field"] == report.by].drop_duplicates("doc_id", keep="last")
    return own.set_index("doc_id")["value"].reindex(documents.index, fill_value="")


def find_parts(report: Report) -> pd.Series:
    """The part that each row of paragraphs stands in: top-level section, or its role in a corpus."""
    if report.alone:
        return report.paragraphs["section"].str.split(".").str[0]
    return report.paragraphs["section_role"]
