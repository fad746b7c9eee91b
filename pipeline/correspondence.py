"""Correspondence analysis (AFC): which sections use which lemmas, as a map of few axes.

Reads tokens, sentences, paragraphs, documents and actors, and `settings/statistics.toml`; writes afc (a row
a point and axis) and afc_axes. The analysis is the singular value decomposition of the standardised residuals
(Benzécri 1973; Greenacre 2017, *Correspondence Analysis in Practice*, appendix A), by scipy; the tests hold it
against prince, whose import alone would take as long as all statistics together.

Rows are the lemmas of nouns, verbs, adjectives and names that come `afc_frequency` times; columns the
sections of one report (of several: the documents). Annexes are supplementary columns, actors supplementary
rows: they are placed on the axes and do not make them. On each axis the column that contributes most is
positive. With fewer than four columns a plane would say nothing that the table does not, and there is none.

    travailleur, recrutement near section V (the labour market), diaspora, donnée near section VIII
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.linalg import svd

from pipeline import parted, parts, stage
from pipeline import settings as settings_files
from pipeline.parted import Table
from pipeline.similarity import CONTENT
from pipeline.specificities import Settings

READS = ("tokens", "sentences", "paragraphs", "documents", "actors")
WRITES = ("afc", "afc_axes")
PARTED = ("tokens", "sentences", "paragraphs", "actors")
LEAST_PARTS = 4
POINTS = ["side", "name", "supplementary", "frequency", "mass", "axis", "coordinate", "contribution", "cos2"]
AXES = ["axis", "eigenvalue", "share", "cumulated"]


@dataclass(frozen=True)
class Analysis:
    """The axes (eigenvalue, share of inertia) and the points (rows, columns; active, supplementary)."""

    axes: pd.DataFrame
    points: pd.DataFrame


def analyse(table: pd.DataFrame, rows: pd.DataFrame, columns: pd.DataFrame, most: int) -> Analysis:
    """The correspondence analysis of `table` (counts), with supplementary `rows` and `columns`.

    `rows` has the columns of `table`, `columns` its rows. Coordinates are principal; the contribution of a
    point to an axis and its cos² on all axes sum to 1 (a supplementary point contributes nothing).
    """
    number = min(most, min(table.shape) - 1)
    part = table.to_numpy() / table.to_numpy().sum()
    row_mass, column_mass = part.sum(axis=1), part.sum(axis=0)
    expected = np.outer(row_mass, column_mass)
    left, roots, right = svd((part - expected) / np.sqrt(expected), full_matrices=False)
    values, roots = roots[:number] ** 2, roots[:number]
    shares = values / ((part - expected) ** 2 / expected).sum()
    contributions = right[:number].T ** 2
    right = right[:number] * np.sign(right[range(number), contributions.argmax(axis=0)])[:, None]
    standard = right.T / np.sqrt(column_mass)[:, None]  # of columns; principal coordinates of rows by transition
    row_of = (part / row_mass[:, None]) @ standard
    numbered = np.arange(1, number + 1)
    axes = pd.DataFrame({"axis": numbered, "eigenvalue": values, "share": shares, "cumulated": shares.cumsum()})
    points = [
        _points("row", table, row_of, column_mass, left[:, :number] ** 2),
        _points("column", table.T, standard * roots, row_mass, contributions),
    ]
    if len(rows):
        profiles = rows.to_numpy() / rows.to_numpy().sum(axis=1, keepdims=True)
        points.append(_points("row", rows, profiles @ standard, column_mass))
    if len(columns.columns):
        profiles = columns.T.to_numpy() / columns.T.to_numpy().sum(axis=1, keepdims=True)
        points.append(_points("column", columns.T, profiles @ row_of / roots, row_mass))
    return Analysis(axes, pd.concat(points, ignore_index=True)[POINTS])


def _points(
    side: str,
    counts: pd.DataFrame,
    coordinates: pd.DataFrame,
    centre: pd.Series,
    contributions: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """One row a point and axis; cos² is the squared coordinate over the χ² distance of the profile from the centre."""
    number, names = coordinates.shape[1], [str(name) for name in counts.index]
    total = counts.sum(axis=1).to_numpy(dtype=float)
    profiles = counts.to_numpy() / total[:, None]
    distance = ((profiles - centre) ** 2 / centre).sum(axis=1)
    squares, far = coordinates**2, distance[:, None]
    active = contributions is not None
    given = contributions if contributions is not None else np.zeros(squares.shape)
    return pd.DataFrame(
        {
            "side": side, "name": np.repeat(names, number), "supplementary": not active,
            "frequency": np.repeat(total.astype(int), number),
            "mass": np.repeat(total / total.sum() if active else np.zeros(len(total)), number),
            "axis": np.tile(np.arange(1, number + 1), len(names)), "coordinate": coordinates.ravel(),
            "contribution": given.ravel(),
            "cos2": np.divide(squares, far, out=np.zeros(squares.shape), where=far > 0).ravel(),
        }
    )  # fmt: skip


def frame_of(table: parts.Contingency, names: list[str], least: int) -> pd.DataFrame:
    """The terms that come `least` times in the parts `names`, as a table of counts."""
    column = {name: j for j, name in enumerate(table.parts)}
    known = [name for name in names if name in column]
    counts = sparse.csr_array(table.counts[:, [column[name] for name in known]])
    often = np.flatnonzero(counts.sum(axis=1) >= least)
    frame = pd.DataFrame(counts[often].toarray(), index=[table.terms[i] for i in often], columns=known)
    return frame.reindex(columns=names, fill_value=0).astype(int).sort_index(kind="stable")


def run(
    tokens: Table, sentences: Table, paragraphs: Table, documents: pd.DataFrame, actors: Table,
    *, lexicons: Path = stage.LEXICONS, settings: Path = stage.SETTINGS,
) -> dict[str, pd.DataFrame]:  # fmt: skip
    """Both tables; empty where there are fewer than four parts. Raises InputError where a setting is wrong."""
    chosen = settings_files.read(settings, Settings)
    kind = "document" if len(documents) > 1 else "section"
    counted = parts.ByPlace(documents)
    annexes: set[str] = set()
    columns = ["doc_id", "sentence_id", "start", "end", "form", "lemma", "tag"]
    text = sentences[["doc_id", "sentence_id", "section", "paragraph"]]
    roles = paragraphs[["doc_id", "paragraph", "section", "section_role"]]
    for part in parted.abreast(tokens[columns], text, roles, actors[["doc_id", "sentence_id", "actor"]]):
        token, sentence, paragraph, mention = part
        words = parts.words_of(token[token["tag"].isin(CONTENT)], sentence)
        counted.add(sentence, paragraph, {"lemma": (words["lemma"], words), "actor": (mention["actor"], mention)})
        annexes.update(paragraph.loc[paragraph["section_role"] == "annex", "section"].str.split(".").str[0])
    values = counted.kinds()[kind]
    lemmas, mentions = (counted.divided(kind, unit, values) for unit in ("lemma", "actor"))
    apart = [name for name in lemmas.parts if kind == "section" and name in annexes]
    active = [name for name in lemmas.parts if name not in apart]
    table = frame_of(lemmas, active, chosen.afc_frequency)
    table = table.loc[:, table.sum() > 0]
    if table.shape[1] < LEAST_PARTS or len(table) < LEAST_PARTS:
        return {"afc": pd.DataFrame(columns=POINTS), "afc_axes": pd.DataFrame(columns=AXES)}
    rows = frame_of(mentions, list(table.columns), chosen.afc_frequency)
    columns = frame_of(lemmas, apart, 0).reindex(table.index)
    made = analyse(table, rows, columns.loc[:, columns.sum() > 0], chosen.afc_axes)
    return {"afc": made.points, "afc_axes": made.axes}


if __name__ == "__main__":
    sys.exit(stage.main(sys.modules[__name__]))
