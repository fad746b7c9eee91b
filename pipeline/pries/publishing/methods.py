"""Methods: a paragraph for a paper, in French and in English: what was read, how, and what was found.

Reads the published tables, run.json (versions, hashes, settings) and labels.csv; writes one text, whose sentences
stand in `templates/methods_LANG.txt.j2`. No date: the same run gives the same bytes.

    « 91 demandes et recommandations, dont 24 en reprennent une autre ; 67 sans les reprises. »
"""

from __future__ import annotations

import json
import textwrap
import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import jinja2
import pandas as pd

from pries.base import console
from pries.base.errors import InputError
from pries.base.layers import Folder
from pries.base.places import LEXICONS, SETTINGS
from pries.publishing.accuracy import HELD_OUT
from pries.publishing.labels import LANGUAGES, Words, clean, french
from pries.review.sample import DOCUMENTS
from pries.store import files, rowwise

READS = (
    "documents", "problems", "dropped", "paragraphs", "sentences", "obligations", "clusters", "k_selection", "lexicon",
    "reinert_classes", "reinert_tree", "estimates",
)  # fmt: skip
TEMPLATES = Path(__file__).parent / "templates"
COLUMNS = 100
MOST_DOCUMENTS = 3  # that are named one by one

Tables = Mapping[str, pd.DataFrame]


def read(tables: Path, run: Path) -> tuple[dict[str, pd.DataFrame], dict[str, Any]]:
    """The published tables and run.json. Raises InputError where one is missing."""
    paths = {name: tables / f"{name}.csv" for name in READS}
    for path in (*paths.values(), run):
        if not path.is_file():
            raise InputError(str(path), "no such file", "run the stages before, or name another")
    found = {name: files.read_csv(path, name) for name, path in paths.items()}
    try:
        return found, json.loads(run.read_text(encoding="utf-8"))
    except ValueError:
        raise InputError(str(run), "not JSON", "make it again") from None


def documents_line(documents: pd.DataFrame, words: Words) -> str:
    """What was read, in a sentence: `1 document : A/68/370, Résumé des auditions (2013-08-30).`"""
    named = []
    for symbol, doc_id, title, date in documents[["symbol", "doc_id", "title", "date"]].to_numpy():
        named.append(", ".join(filter(None, (clean(symbol or doc_id), clean(title)))) + (f" ({date})" if date else ""))
    key = "methods.document" if len(named) == 1 else "methods.documents"
    joint = " ; " if words.lang == "fr" else "; "
    shown = joint.join(named) if len(named) <= MOST_DOCUMENTS else words("methods.listed")
    return words(key, n=words.number(len(named)), names=shown)


def facts(tables: Tables, run: Mapping[str, Any], words: Words) -> dict[str, Any]:
    """The counts and settings that the sentences name, as the language writes them."""
    requests, lexicon = tables["obligations"], tables["lexicon"]
    values, classes = run["values"], tables["reinert_classes"]
    grouped = int((requests["cluster"] != "unclassified").sum())
    many, most = grouped > values["clusters"]["exact_up_to"], values["clusters"]["drawn_at_most"]
    tree = tables["reinert_tree"]
    cut = tree.head(1) if values["reinert"]["shuffles"] else tree.head(0)
    count = {
        "paragraphs": int((tables["paragraphs"]["kind"] != "heading").sum()),
        "sentences": len(tables["sentences"]),
        "words": int(lexicon.loc[lexicon["unit"] == "form", "frequency"].sum()),
        "dropped": len(tables["dropped"]),
        "unread": int((tables["problems"]["stage"] == "segment").sum()),
        "requests": len(requests),
        "restated": int((requests["restates"] != "").sum()),
        "distinct": int((requests["restates"] == "").sum()),
        "with_issuer": int((requests["issuer"] != "").sum()),
        "with_addressee": int((requests["addressee"] != "").sum()),
        "auto": int((requests["checked"] == "auto").sum()),
        "checked": int((requests["checked"] != "auto").sum()),
        "added": int((requests["checked"] == "added").sum()),
        "without_theme": int((requests["theme"] == "").sum()),
        "groups": len(tables["clusters"]),
        "tried": len(tables["k_selection"]),
        "classes": len(classes),
        "classified": int(classes["segments"].sum()),
        "unclassified": len(requests) - grouped,
    }
    strengths = [(words(f"modality.{m}"), int((requests["modality"] == m).sum())) for m in words.modalities]
    return {
        **{key: words.number(n) for key, n in count.items()},
        "count": count,
        "plural": lambda key, one, several: plural(count[key], one, several, words),
        "counted": lambda key, one, several: f"{words.number(count[key])} {plural(count[key], one, several, words)}",
        **{key: run[key] for key in ("version", "python", "packages")},
        "trusted": trusted(tables["estimates"], words),
        "held_out": {
            "requests": words.number(HELD_OUT.requests),
            **{name: words.number(getattr(HELD_OUT, name), 2) for name in ("precision", "recall", "rows")},
        },
        "documents_line": documents_line(tables["documents"], words),
        "by_strength": ", ".join(f"{name} {words.number(n)}" for name, n in strengths if n),
        "model": values["parse"]["model"],
        "codebook": values["themes"]["codebook"],
        "clusters": values["clusters"],
        "statistics": values["statistics"],
        "gathered": words.number(values["clusters"]["micro_clusters"]) if many else "",
        "exact_up_to": words.number(values["clusters"]["exact_up_to"]),
        "drawn": words.number(most) if grouped * values["clusters"]["subsample_share"] > most else "",
        "linkage": words(f"methods.{values['clusters']['linkage']}"),
        "k_most": words.number(int(tables["k_selection"]["k"].max()) if len(tables["k_selection"]) else 0),
        "banal": words.number(values["statistics"]["banal"]),
        "percent": percent(values["clusters"]["subsample_share"], words),
        "classified_share": percent(classes["of_all"].sum(), words),
        "segment_size": words.number(values["reinert"]["size"]),
        "shuffles": words.number(values["reinert"]["shuffles"]),
        "first_cut": words.number(cut["chi2"].item()) if len(cut) else "",
        "by_chance": words.number(cut["chance"].item()) if len(cut) else "",
        "indicative": bool(classes["indicative"].any()),
        "weight": lambda name: words.number(values["clusters"][name], 2),
        "hash": partial(_hash, run),
        "own": [f"{kind}/{file}" for kind in ("lexicons", "settings") for file in run.get(f"own_{kind}", ())],
    }


def _hash(run: Mapping[str, Any], kind: str, file: str) -> str:
    """The beginnings of the hashes of a file: the program's, and the corpus's own that lies over it."""
    return " + ".join(run[layer][file][:8] for layer in (kind, f"own_{kind}") if file in run.get(layer, ()))


def trusted(estimates: pd.DataFrame, words: Words) -> dict[str, str]:
    """What the coded sample says of the program and of the number of requests; nothing without one."""
    if estimates.empty:
        return {}
    row = {(r["quantity"], r["part_kind"], r["part"]): r for r in rowwise.records(estimates)}
    whole = row["sentences", "all", ""]
    coders = int(((estimates["quantity"] == "sentences") & (estimates["part_kind"] == "coder")).sum())
    outside = row.get(("sentences", "outside", ""))

    def between(quantity: str, decimals: int, of_ends: int) -> str:
        found = row[quantity, "all", ""]
        if found["method"] == "too_few":
            return words("methods.too_few")
        value = words.number(found["estimate"], decimals)
        low, high = (words.number(found[name], of_ends) for name in ("low", "high"))
        return f"{value} [{low}{' ; ' if words.lang == 'fr' else '; '}{high}]"

    return {
        "coded": words.number(whole["coded"]),
        "of": words.number(whole["sentences"]),
        "coders": words.number(coders) if coders else "",
        "outside": words.number(outside["coded"]) if outside else "",
        "documents": "yes" if ("sentences", "stratum", DOCUMENTS) in row else "",
        "precision": between("precision", 2, 2),
        "recall": between("recall", 2, 2),
        "estimate": between("requests", 1, 0),
        "automatic": words.number(row["requests", "all", ""]["automatic"]),
    }


def plural(n: int, one: str, several: str, words: Words) -> str:
    """The word for so many: in French 0 and 1 take the singular (0 phrase), in English 1 alone (0 sentences)."""
    return one if n == 1 or (n == 0 and words.lang == "fr") else several


def percent(share: float, words: Words) -> str:
    """A share in percent: 0.8 -> 80 %."""
    return words.number(100 * share) + (" %" if words.lang == "fr" else "%")


def text(tables: Tables, run: Mapping[str, Any], words: Words) -> str:
    """The method in one language, in lines of at most 100 characters; non-breaking spaces do not break."""
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=False)
    template = (TEMPLATES / f"methods_{words.lang}.txt.j2").read_text(encoding="utf-8")
    filled = environment.from_string(template).render(facts(tables, run, words))
    filled = french(filled) if words.lang == "fr" else filled
    paragraphs = (part.strip() for part in filled.split("\n\n"))
    wrap = textwrap.TextWrapper(COLUMNS, break_long_words=False, break_on_hyphens=False)
    return "\n\n".join(wrap.fill(part) for part in paragraphs)


def run(tables: Path, out: Path, lexicons: Folder = LEXICONS, settings: Folder = SETTINGS) -> list[Path]:
    """Write the text, French first, from the tables and from run.json beside their folder; the file.

    Raises InputError for a missing table or label.
    """
    begun = time.perf_counter()
    found, ran = read(tables, tables.parent / "run.json")
    files.write_text(out, "\n\n\n".join(text(found, ran, Words(lexicons, lang)) for lang in LANGUAGES) + "\n")
    console.say("methods", str(out), time.perf_counter() - begun)
    return [out]
