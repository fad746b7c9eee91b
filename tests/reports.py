"""Reports that tests of figures draw, one with long names and hostile text among them; how a figure is measured."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text
from pries.base.places import LEXICONS
from pries.publishing import labels
from pries.publishing.figures import figures, style
from pries.publishing.figures.report import Report
from pries.schema import schema
from pries.store import files

LONG = "représentants des organisations de la société civile et des associations de la diaspora " * 3
HOSTILE = r"$x_1$ \textbf{a} & <script>alert('1')</script> %d {n} # ~ ^ ]]> " + "\u202e\x07\x00 fin"
ROWS = [  # paragraph, modality, issuer, addressee, theme, cluster
    ("1", "request", "", "gouvernements", "droits; travail", "1"),
    ("1", "request", "participants", "gouvernements; États Membres", "droits", "1"),
    ("2", "urge", "participants", "États Membres", "", "2"),
    ("2", "should", "", "", "travail", "unclassified"),
    ("4", "should", "", "", "travail; travail", "2"),
    ("4", "duty", "jeunes; participants", "gouvernements; États Membres; gouvernements", "", "unclassified"),
]


def blank(table: str, rows: list[dict]) -> pd.DataFrame:
    """A table with the given cells, the others empty (or the first allowed value)."""
    zero = {"text": "", "int": 0, "float": 0.0, "bool": False}
    cells = [
        {c.name: c.values[0] if c.values else zero[c.kind] for c in schema.TABLES[table].columns} | r for r in rows
    ]
    return schema.conform(pd.DataFrame(cells), table) if rows else schema.empty(table)


def report(rows: list[tuple] = ROWS, documents: int = 1, sections: dict[str, str] | None = None) -> Report:
    """A small corpus: the same four paragraphs in each document."""
    sections = {"1": "I", "2": "II.A", "3": "II.B", "4": "III"} if sections is None else sections
    ids = [f"doc{i}" for i in range(documents)]
    text, requests = [], []
    for doc in ids:
        for top in dict.fromkeys(s.split(".")[0] for s in sections.values() if s):
            head = {"section": top, "section_title": f"Titre {top}", "kind": "heading", "section_role": "body"}
            text.append({"doc_id": doc, "paragraph": f"h{top}", **head})
        for name, section in sections.items():
            title = {"section": section, "section_title": "Sous-titre", "section_role": "body", "kind": "paragraph"}
            text.append({"doc_id": doc, "paragraph": name, **title})
        for i, (paragraph, modality, issuer, addressee, theme, cluster) in enumerate(rows):
            who = {"issuer_actor": issuer, "addressee_actor": addressee, "theme": theme, "cluster": cluster}
            requests.append(
                {"doc_id": doc, "obligation_id": f"{doc}-{i}", "paragraph": paragraph, "modality": modality, **who}
            )
    groups = [{"cluster": c, "label": f"groupe {c}"} for c in dict.fromkeys(r[5] for r in rows) if c != "unclassified"]
    return Report(
        blank("documents", [{"doc_id": d, "symbol": f"A/{d}"} for d in ids]), blank("paragraphs", text),
        blank("obligations", requests), blank("clusters", groups), *statistics(requests, text, ids),
        {"droits": "Droits", "travail": "Travail"},
    )  # fmt: skip


def statistics(requests: list[dict], text: list[dict], ids: list[str]) -> list[pd.DataFrame]:
    """The tables of the statistics for the same corpus: a chain of a tree, one lemma and one point a section."""
    asked = [(r["obligation_id"], r["cluster"]) for r in requests if r["cluster"] != "unclassified"]
    members = [{"cluster": c, "obligation_id": i, "rank": 1} for i, c in sorted(asked, key=lambda pair: pair[1])]
    ks = [
        {"k": k, "silhouette": 0.1, "stability": 0.5, "stability_low": 0.3, "stability_high": 0.7, "chosen": k == 2}
        for k in range(2, 2 + len(members) // 3)
    ]
    merges: list[dict] = []
    tops: dict[str, str] = {}  # of each group, then of all groups: the node that holds it
    grouped = [(member["cluster"], member["obligation_id"]) for member in members]
    for key, node in [*grouped, *(("", cluster) for cluster in sorted({c for _, c in asked}))]:
        node = tops.get(node, node)
        if key in tops:
            number = len(merges) + 1
            merges.append({"merge": number, "left": tops[key], "right": node, "distance": number / len(members)})
            node = str(number)
        tops[key] = node
    parts = ids if len(ids) > 1 else list(dict.fromkeys(t["section"].split(".")[0] for t in text if t["section"]))
    kind = "document" if len(ids) > 1 else "section"
    cells = [
        {"part_kind": kind, "part": part, "unit": "lemma", "term": LONG if n % 3 else f"droit {n}", "score": 3.5 - n}
        for part in parts[:12]
        for n in range(8)
    ]
    points = [
        {"side": side, "name": name, "supplementary": more, "axis": axis, "coordinate": (n * axis) % 7 / 7}
        for side, more, names in (
            ("column", False, parts), ("row", False, [f"lemme {n}" for n in range(40)]), ("row", True, [LONG, HOSTILE]),
        )
        for n, name in enumerate(names)
        for axis in (1, 2, 3)
    ]  # fmt: skip
    enough = len(parts) > 3
    return [
        blank("k_selection", ks), blank("cluster_members", members), blank("cluster_tree", merges),
        blank("specificities", cells), blank("afc", points if enough else []),
        blank("afc_axes", [{"axis": a, "share": 0.4 / a} for a in (1, 2, 3)] if enough else []),
        *classes(min(len(parts), 12)),
    ]  # fmt: skip


def classes(number: int) -> list[pd.DataFrame]:
    """Classes of text segments: a chain of cuts, long and hostile terms among others."""
    names = [f"c{n + 1}" for n in range(number)] if number > 1 else []
    rows = [
        {"class": c, "label": LONG, "segments": 9, "share": (n + 1) / 99, "of_all": 0.02, "indicative": n % 2 == 0}
        for n, c in enumerate(names)
    ]
    terms = [
        {"class": c, "term": [LONG.split()[2], HOSTILE, "é" * 120, f"terme {n}"][n % 4], "chi2": 1234.5 - 100 * n}
        for c in names
        for n in range(14)
    ]
    tree = [{"node": 1, "parent": 0, "class": "", "segments": 9 * number}]
    for n, c in enumerate(names):
        tree.append({"node": 2 * n + 2, "parent": 2 * n + 1 if n < number - 1 else 2 * n - 1, "class": c})
        if n < number - 2:
            tree.append({"node": 2 * n + 3, "parent": 2 * n + 1, "class": ""})
    return [
        blank("reinert_classes", rows), blank("reinert_terms", terms), blank("reinert_tree", tree if names else []),
    ]  # fmt: skip


def publish(corpus: Report, folder: Path) -> Path:
    for table in (*figures.READS, *figures.READS_BY):
        files.write_csv(getattr(corpus, table), folder / f"{table}.csv", table)
    return folder


def draw(name: str, corpus: Report, lang: str = "fr", width: float = 170.0) -> Figure:
    return figures.figure(name, corpus, labels.Words(LEXICONS, lang), labels.Look(width=width)).picture


def texts(figure: Figure) -> list[str]:
    return [t.get_text().replace("\n", " ") for t in figure.findobj(Text) if t.get_visible() and t.get_text()]


def boxes(figure: Figure, dpi: int, letters: str = "sans") -> list[tuple[Text, tuple[float, float, float, float]]]:
    """Each drawn text and its box in pixels, a hair smaller than drawn."""
    hair = dpi / 200
    figure.set_dpi(dpi)
    with style.active(letters):
        figure.canvas.draw()
        renderer = figure.canvas.get_renderer()
        extents = [(t, t.get_window_extent(renderer)) for t in figure.findobj(Text) if t.get_visible() and t.get_text()]
    return [(t, (b.x0 + hair, b.y0 + hair, b.x1 - hair, b.y1 - hair)) for t, b in extents]


def meet(one: tuple, other: tuple) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def many() -> Report:
    """Long names, many actors, hostile text, many sections."""
    actors = ["", "", "gouvernements", LONG, HOSTILE, "é" * 120, *(f"acteur numéro {i} de la liste" for i in range(30))]
    rows = [
        (
            str(i % 70 + 1),
            schema.MODALITIES[i * 3 % 8],
            actors[i * 7 % 36],
            f"{actors[i % 36]}; {actors[i * 5 % 36]}",
            ["droits", "travail", "", LONG, HOSTILE][i % 5],
            ["1", "2", "3", LONG, "unclassified"][i % 5],
        )
        for i in range(140)
    ]
    numerals = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
    return report(rows, sections={str(i + 1): numerals[i // 6] for i in range(70)})


def assert_apart(figure: Figure, drawn: list, width: float, dpi: int) -> None:
    """All is inside, no letters meet."""
    assert figure.bbox.width == pytest.approx(width / 25.4 * dpi)
    for text, (x0, y0, x1, y1) in drawn:
        inside = x0 >= 0 and y0 >= 0 and x1 <= figure.bbox.width and y1 <= figure.bbox.height
        assert inside, f"cut: {text.get_text()!r}"
        assert text.get_fontsize() >= 7
    for (one, box), (other, over) in combinations(drawn, 2):
        assert not meet(box, over), f"{one.get_text()!r} meets {other.get_text()!r}"


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\n", " ")
