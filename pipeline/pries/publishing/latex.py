r"""LaTeX: the main tables as they go into a paper, with booktabs, a caption and its n.

Reads the published tables and the French words of labels.csv and themes.csv; gives LaTeX text, which `tables`
writes to outputs/tables/*.tex. The text of a report is data: each character that LaTeX would read as a
command comes out as itself.

    « 50 % des États_parties » -> \guillemotleft{}~50~\% des États\_parties~\guillemotright{}
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from pries.base import lexicon
from pries.base.layers import Folder
from pries.base.places import SETTINGS
from pries.content import codebook
from pries.schema import schema
from pries.store import rowwise

PREAMBLE = r"% \usepackage{array,booktabs,graphicx,longtable}, and \usepackage[T1]{fontenc} for pdfLaTeX"

_CHARACTERS = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "#": r"\#", "$": r"\$",
    "_": r"\_", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "`": r"\textasciigrave{}",
    "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}", '"': r"\textquotedbl{}",
    "«": r"\guillemotleft{}", "»": r"\guillemotright{}", "…": r"\ldots{}", "†": r"\dag{}",
    "\u00a0": "~", "\u202f": r"\,", "\u2009": r"\,", "\u2011": r"\mbox{-}", "\u00ad": r"\-",
    "\u200b": "", "\ufeff": "",
    "[": "{[}", "*": "{*}",  # these two would open an option after a row's end
}  # fmt: skip
_CONTROLS = (*range(32), *range(127, 160), 0x2028, 0x2029)
_ESCAPES = dict.fromkeys(_CONTROLS, " ") | {ord(k): v for k, v in _CHARACTERS.items()}
# LaTeX would join these: -- is a dash, '' a closing quote, ,, an opening one
_LIGATURE = re.compile(r"([-',])(?=\1)")


def escape(text: str) -> str:
    r"""`text` as LaTeX that prints it, on one line: "R&D_1" -> "R\&D\_1"."""
    return _LIGATURE.sub(r"\1{}", text.translate(_ESCAPES))


@dataclass(frozen=True)
class Layout:
    """How one table is set: caption with its {n}, columns with headings and widths, whether it breaks.

    A width is a share of the text's width, for text that wraps; other columns are as wide as they need.
    """

    caption: str
    headings: Mapping[str, str]
    widths: Mapping[str, float] = field(default_factory=dict)
    upright: bool = True
    long: bool = False
    none: str = ""  # what stands for an empty text


LABELS = lexicon.Lexicon("labels.csv", ("key", "fr", "en"), key=("key",))
_MODALITIES = {modality: modality for modality in schema.MODALITIES}
_ONCE_EACH = "reprises comptées, sauf sous « distinctes » ; la ligne « total » compte chaque demande une fois"
_N = "n = {obligations}, dont {repeats} reprises"
UNSTABLE = 0.6  # a group less stable is hardly found again (Hennig 2007)

LAYOUTS = {
    "documents": Layout(
        "Documents (n = {documents})",
        {
            "symbol": "Cote", "title": "Titre", "date": "Date", "paragraphs": "Paragraphes",
            "sentences": "Phrases", "obligations": "Demandes",
        },
        {"title": 0.34},
        long=True,
    ),
    "obligations": Layout(
        f"Demandes et recommandations ({_N} ; – : non nommé)",
        {
            "citation": "Référence", "trigger": "Déclencheur", "modality": "Modalité", "issuer": "Émetteur",
            "addressee": "Destinataire", "action_text": "Action demandée",
        },
        {
            "citation": 0.12, "trigger": 0.11, "modality": 0.13, "issuer": 0.13, "addressee": 0.13,
            "action_text": 0.22,
        },
        long=True,
        none="–",
    ),
    "clusters": Layout(
        f"Groupes de demandes ({_N} ; stabilité : Jaccard moyen ; † : instable, moins de 0,6)",
        {
            "cluster": "Groupe", "label": "Intitulé", "size": "Demandes", "requests": "avec les reprises",
            "share": "Part", "stability": "Stabilité", "terms": "Termes",
        },
        {"label": 0.24, "terms": 0.26},
    ),
    "k_selection": Layout(
        f"Choix du nombre de groupes ({_N} ; intervalle à 95 %)",
        {
            "k": "Groupes", "silhouette": "Silhouette", "stability": "Stabilité", "stability_low": "de",
            "stability_high": "à", "smallest": "Plus petit groupe", "chosen": "Choisi",
        },
    ),
    "addressee_by_modality": Layout(
        f"Demandes par destinataire et modalité ({_N} ; une demande à plusieurs destinataires "
        f"compte une fois pour chacun ; {_ONCE_EACH})",
        {"addressee": "Destinataire", **_MODALITIES, "total": "total", "distinct": "distinctes"},
        {"addressee": 0.3},
        upright=False,
        long=True,
    ),
    "theme_by_modality": Layout(
        f"Demandes par thème et modalité ({_N} ; une demande sur plusieurs thèmes compte "
        f"une fois pour chacun ; {_ONCE_EACH})",
        {"theme": "Thème", **_MODALITIES, "total": "total", "distinct": "distinctes"},
        {"theme": 0.3},
        upright=False,
    ),
    "specificities": Layout(
        "Lemmes spécifiques des sections (n = {found} ; loi hypergéométrique, Lafon 1980 ; {cells} cases testées, "
        "{short} hors d’atteinte ; une valeur de moins de 2 est banale)",
        {"part": "Partie", "term": "Lemme", "f": "f", "F": "F", "t": "t", "score": "Spécificité"},
        long=True,
    ),
}  # fmt: skip


def words(lexicons: Folder, settings: Folder = SETTINGS) -> dict[str, dict[str, str]]:
    """French words for the codes of a column, by column: modality urge -> exhortation; theme -> its label.

    Raises InputError for a broken labels.csv or code book.
    """
    labels = {row["key"]: row["fr"] for row in lexicon.read(lexicons, LABELS)}
    themes = codebook.chosen(lexicons, settings).labels("fr")
    return {"modality": {m: labels.get(f"modality.{m}", m) for m in schema.MODALITIES}, "theme": themes}


def render(name: str, tables: Mapping[str, pd.DataFrame], french: Mapping[str, Mapping[str, str]]) -> str:
    """The table `name` as LaTeX: the other tables give the caption's n, `words` the French of the codes."""
    layout, frame = LAYOUTS[name], tables[name]
    if name == "documents":
        frame = frame.assign(symbol=frame["symbol"].where(frame["symbol"] != "", frame["doc_id"]))
    if name == "specificities":
        frame = frame[(frame["part_kind"] == "section") & (frame["unit"] == "lemma")]
    kinds = {c.name: c.kind for c in schema.TABLES[name].columns}
    cells = [
        [_cell(value, kinds[c], french.get(c, {}), layout) for value in frame[c].tolist()] for c in layout.headings
    ]
    if name == "clusters":
        at = list(layout.headings).index("stability")
        marks = [r"\,\dag{}" if s < UNSTABLE else "" for s in frame["stability"]]
        cells[at] = [cell + mark for cell, mark in zip(cells[at], marks, strict=True)]
    if name.endswith("_by_modality"):
        at, first = list(layout.headings).index("total"), next(iter(layout.headings))
        known = corrected(tables["estimates"], first)
        parts = frame[first].tolist()
        cells[at] = [cell + known.get(part, "") for cell, part in zip(cells[at], parts, strict=True)]
    rows = [" & ".join(row) + r" \\" for row in zip(*cells, strict=True)]
    if name.endswith("_by_modality"):
        rows.insert(len(rows) - 1, r"\midrule")
    spec = "".join(_width(layout.widths.get(c), kinds[c]) for c in layout.headings)
    heads = [escape(french["modality"].get(c, title)) for c, title in layout.headings.items()]
    if not layout.upright:
        heads = heads[:1] + [rf"\rotatebox{{90}}{{{head}}}" for head in heads[1:]]
    caption = layout.caption.format(**_numbers(tables))
    caption = re.sub(" ([:;%»=])", "\u00a0\\1", caption).replace("« ", "«\u00a0")
    title = rf"\caption{{{escape(caption)}}}\label{{tab:{name}}}"
    body = _long if layout.long else _short
    return "\n".join([PREAMBLE, *body(title, spec, " & ".join(heads) + r" \\", rows), ""])


def corrected(estimates: pd.DataFrame, kind: str) -> dict[str, str]:
    """What the coded sentences make of counts of a kind, and of all: gouvernements -> ~(11,8 {[}9~; 14])."""
    found = estimates[(estimates["quantity"] == "requests") & estimates["estimate"].notna()]
    mine = found[found["part_kind"].isin((kind, "all"))]
    told = {}
    for part, value, low, high in rowwise.tuples(mine, "part", "estimate", "low", "high"):
        ends = f"({value:.1f} [{low:.0f}\u00a0; {high:.0f}])".replace(".", ",")
        told[part or "total"] = f"~{escape(ends)}"
    return told


def _numbers(tables: Mapping[str, pd.DataFrame]) -> dict[str, int]:
    """What captions count."""
    tests, cells = tables["specificity_tests"], tables["specificities"]
    tested = tests[(tests["part_kind"] == "section") & (tests["unit"] == "lemma")]
    found = cells[(cells["part_kind"] == "section") & (cells["unit"] == "lemma")]
    return {
        "documents": len(tables["documents"]), "obligations": len(tables["obligations"]),
        "repeats": int((tables["obligations"]["restates"] != "").sum()), "cells": int(tested["cells"].sum()),
        "short": int(tested["out_of_reach"].sum()), "found": len(found),
    }  # fmt: skip


def _cell(value: object, kind: str, french: Mapping[str, str], layout: Layout) -> str:
    if kind == "float":
        return "–" if value != value else f"{value:.3f}".replace(".", ",")
    if kind == "bool":
        return "oui" if value else ""
    text = str(value)
    return escape(french.get(text, text) or layout.none)


def _width(share: float | None, kind: str) -> str:
    if share is not None:
        return rf">{{\raggedright\arraybackslash}}p{{{share}\textwidth}}"
    return "l" if kind in ("text", "bool") else "r"


def _short(title: str, spec: str, head: str, rows: list[str]) -> list[str]:
    return [
        r"\begin{table}[htbp]", r"\centering\small", title, rf"\begin{{tabular}}{{{spec}}}", r"\toprule",
        head, r"\midrule", *rows, r"\bottomrule", r"\end{tabular}", r"\end{table}",
    ]  # fmt: skip


def _long(title: str, spec: str, head: str, rows: list[str]) -> list[str]:
    return [
        r"\begingroup\small", rf"\begin{{longtable}}{{{spec}}}", title + r" \\", r"\toprule", head,
        r"\midrule", r"\endfirsthead", r"\toprule", head, r"\midrule", r"\endhead", r"\bottomrule",
        r"\endfoot", *rows, r"\end{longtable}", r"\endgroup",
    ]  # fmt: skip
