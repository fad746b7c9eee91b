"""Correspondence analysis (AFC): which sections use which lemmas, as a map of few axes.

Reads tokens, sentences, paragraphs, documents and actors, and `settings/statistics.toml`; writes afc (a row
a point and axis) and afc_axes. The analysis is the singular value decomposition of the standardised residuals
(Benzécri 1973; Greenacre 2017, *Correspondence Analysis in Practice*, appendix A), by scipy; the tests hold it
against prince, whose import alone would take as long as all statistics together.

Rows are the lemmas of nouns, verbs, adjectives and names that come `afc_frequency` times; columns the
sections of one report (of several: the documents). Annexes are supplementary columns, actors supplementary
rows: they are placed on the axes and do not make them. On each axis the column that contributes most is
positive. An axis without inertia is no axis: parts of one profile (two documents of the same content) leave fewer
axes than parts. With fewer than four columns a plane would say nothing that the table does not, and there is none.

    travailleur, recrutement near section V (the labour market), diaspora, donnée near section VIII
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.linalg import svd
from scipy.sparse.linalg import LinearOperator, svds

from pries.base import settings as settings_files
from pries.base.layers import Folder
from pries.base.places import LEXICONS, SETTINGS
from pries.grammar.content_words import CONTENT
from pries.store import batches
from pries.store.batches import Table
from pries.textometry import contingency
from pries.textometry.specificities import Settings

LEAST_PARTS = 4
ALIKE = 1e-12  # an eigenvalue under this is what rounding leaves of none: the inertia of an axis, or of a whole table
ALL_AXES = 200  # parts up to which all axes are computed, of which the first are kept
POINTS = ["side", "name", "supplementary", "frequency", "mass", "axis", "coordinate", "contribution", "cos2"]
AXES = ["axis", "eigenvalue", "share", "cumulated"]


@dataclass(frozen=True)
class Analysis:
    """The axes (eigenvalue, share of inertia) and the points (rows, columns; active, supplementary)."""

    axes: pd.DataFrame
    points: pd.DataFrame


@dataclass(frozen=True)
class Crossed:
    """How often each row (a term) stands in each column (a part): counts, most of them 0, and the names of both."""

    counts: sparse.csr_array
    rows: list[str]
    columns: list[str]

    @classmethod
    def of(cls, frame: pd.DataFrame) -> Crossed:
        """The same counts as a table."""
        names = [str(name) for name in frame.index], [str(name) for name in frame.columns]
        return cls(sparse.csr_array(frame.to_numpy(dtype=float)), *names)

    @property
    def turned(self) -> Crossed:
        """Columns for rows."""
        return Crossed(sparse.csr_array(self.counts.T), self.columns, self.rows)

    def at(self, rows: np.ndarray | None = None, columns: np.ndarray | None = None) -> Crossed:
        """Some rows, some columns, by their places."""
        made = self
        if rows is not None:
            made = Crossed(made.counts[rows], [made.rows[i] for i in rows], made.columns)
        if columns is not None:
            made = Crossed(made.counts[:, columns], made.rows, [made.columns[j] for j in columns])
        return made

    def profiles(self) -> sparse.csr_array:
        """Each row divided by its sum."""
        return sparse.csr_array(sparse.diags_array(1 / self.counts.sum(axis=1)) @ self.counts)


def analyse(table: pd.DataFrame, rows: pd.DataFrame, columns: pd.DataFrame, most: int) -> Analysis:
    """The correspondence analysis of `table` (counts), with supplementary `rows` and `columns`.

    `rows` has the columns of `table`, `columns` its rows. Coordinates are principal; the contribution of a
    point to an axis and its cos² on all axes sum to 1 (a supplementary point contributes nothing, and what it has
    outside the axes lowers the sum of its cos²).
    """
    return decompose(Crossed.of(table), Crossed.of(rows), Crossed.of(columns), most)


def decompose(table: Crossed, rows: Crossed, columns: Crossed, most: int) -> Analysis:
    """The same of counts most of which are 0; nothing as large as a table of them all is made."""
    part = table.counts / table.counts.sum()
    row_mass, column_mass = part.sum(axis=1), part.sum(axis=0)
    left, roots, right = _axes(part, np.sqrt(row_mass), np.sqrt(column_mass), min(most, min(part.shape) - 1))
    values = roots**2
    number = int((values > ALIKE).sum())
    left, roots, right, values = left[:, :number], roots[:number], right[:number], values[:number]
    shares = values / _inertia(table)
    contributions = right.T**2
    right = right * np.sign(right[range(number), contributions.argmax(axis=0)])[:, None]
    standard = right.T / np.sqrt(column_mass)[:, None]  # of columns; principal coordinates of rows by transition
    row_of = table.profiles() @ standard
    numbered = np.arange(1, number + 1)
    axes = pd.DataFrame({"axis": numbered, "eigenvalue": values, "share": shares, "cumulated": shares.cumsum()})
    turned = columns.turned
    points = [
        _points("row", table, row_of, column_mass, left**2),
        _points("column", table.turned, standard * roots, row_mass, contributions),
    ]
    if rows.rows:
        points.append(_points("row", rows, rows.profiles() @ standard, column_mass))
    if turned.rows:
        points.append(_points("column", turned, turned.profiles() @ row_of / roots, row_mass))
    return Analysis(axes, pd.concat(points, ignore_index=True)[POINTS])


def _axes(
    part: sparse.csr_array, row_root: np.ndarray, column_root: np.ndarray, number: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The first singular vectors and values of the standardised residuals, left n × number and right number × m."""
    scaled = sparse.csr_array(sparse.diags_array(1 / row_root) @ part @ sparse.diags_array(1 / column_root))
    if min(scaled.shape) <= ALL_AXES:
        left, roots, right = svd(scaled.toarray() - np.outer(row_root, column_root), full_matrices=False)
        return left[:, :number], roots[:number], right[:number]
    residuals = LinearOperator(
        scaled.shape,
        matvec=lambda x: scaled @ x.ravel() - row_root * (column_root @ x.ravel()),
        rmatvec=lambda y: scaled.T @ y.ravel() - column_root * (row_root @ y.ravel()),
        dtype=float,
    )
    start = np.random.default_rng(0).normal(size=min(scaled.shape))
    left, roots, right = svds(residuals, number, v0=start)
    order = np.argsort(-roots)
    return left[:, order], roots[order], right[order]


def _inertia(table: Crossed) -> float:
    """The sum of all eigenvalues: χ² of the table over its total."""
    part = table.counts / table.counts.sum()
    return float((part.power(2) @ (1 / part.sum(axis=0)) / part.sum(axis=1)).sum() - 1.0)


def _points(
    side: str, table: Crossed, coordinates: np.ndarray, centre: np.ndarray, contributions: np.ndarray | None = None
) -> pd.DataFrame:
    """One row a point and axis; cos² is the squared coordinate over the χ² distance of the profile from the centre."""
    number = coordinates.shape[1]
    total = table.counts.sum(axis=1)
    distance = table.profiles().power(2) @ (1 / centre) - 1.0
    squares, far = coordinates**2, distance[:, None]
    active = contributions is not None
    given = contributions if contributions is not None else np.zeros(squares.shape)
    return pd.DataFrame(
        {
            "side": side, "name": pd.array(table.rows, dtype="str").repeat(number), "supplementary": not active,
            "frequency": np.repeat(total.astype(int), number),
            "mass": np.repeat(total / total.sum() if active else np.zeros(len(total)), number),
            "axis": np.tile(np.arange(1, number + 1), len(total)), "coordinate": coordinates.ravel(),
            "contribution": given.ravel(),
            "cos2": np.divide(squares, far, out=np.zeros(squares.shape), where=far > 0).ravel(),
        }
    )  # fmt: skip


def crossed(table: contingency.Contingency, names: list[str], least: int) -> Crossed:
    """The terms that come `least` times in the parts `known_names`, in the order of both."""
    column = {name: j for j, name in enumerate(table.parts)}
    known = [(j, column[name]) for j, name in enumerate(names) if name in column]
    into = sparse.csr_array(
        (np.ones(len(known)), ([there for _, there in known], [here for here, _ in known])),
        shape=(len(table.parts), len(names)),
    )
    counts = sparse.csr_array(table.counts @ into)
    often = sorted(np.flatnonzero(counts.sum(axis=1) >= least), key=table.terms.__getitem__)
    return Crossed(counts[often], [table.terms[i] for i in often], names)


def run(
    tokens: Table, sentences: Table, paragraphs: Table, documents: pd.DataFrame, actors: Table,
    *, lexicons: Folder = LEXICONS, settings: Folder = SETTINGS,
) -> dict[str, pd.DataFrame]:  # fmt: skip
    """Both tables; empty where there are fewer than four parts, or all are alike.

    Raises InputError where a setting is wrong.
    """
    chosen = settings_files.read(settings, Settings)
    kind = "document" if len(documents) > 1 else "section"
    counted = contingency.ByPlace(documents)
    annexes: set[str] = set()
    columns = ["doc_id", "sentence_id", "start", "end", "form", "lemma", "tag"]
    text = sentences[["doc_id", "sentence_id", "section", "paragraph"]]
    roles = paragraphs[["doc_id", "paragraph", "section", "section_role"]]
    for part in batches.abreast(tokens[columns], text, roles, actors[["doc_id", "sentence_id", "actor"]]):
        token, sentence, paragraph, mention = part
        words = contingency.words_of(token[token["tag"].isin(CONTENT)], sentence)
        counted.add(sentence, paragraph, {"lemma": (words["lemma"], words), "actor": (mention["actor"], mention)})
        annexes.update(paragraph.loc[paragraph["section_role"] == "annex", "section"].str.split(".").str[0])
    values = counted.kinds()[kind]
    lemmas, mentions = (counted.divided(kind, unit, values) for unit in ("lemma", "actor"))
    apart = [name for name in lemmas.parts if kind == "section" and name in annexes]
    active = [name for name in lemmas.parts if name not in apart]
    table = crossed(lemmas, active, chosen.afc_frequency)
    table = table.at(columns=np.flatnonzero(table.counts.sum(axis=0)))
    if min(table.counts.shape) < LEAST_PARTS or _inertia(table) < ALIKE:
        return {"afc": pd.DataFrame(columns=POINTS), "afc_axes": pd.DataFrame(columns=AXES)}
    rows = crossed(mentions, table.columns, chosen.afc_frequency)
    others = crossed(lemmas, apart, 0)
    place = {term: i for i, term in enumerate(others.rows)}
    others = others.at(rows=np.array([place[term] for term in table.rows]))
    made = decompose(table, rows, others.at(columns=np.flatnonzero(others.counts.sum(axis=0))), chosen.afc_axes)
    return {"afc": made.points, "afc_axes": made.axes}
