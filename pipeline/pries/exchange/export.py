"""Export: a finished run as files for other programs; what each is for stands in docs/other_tools.md.

Reads OUTPUTS/tables/*.csv, OUTPUTS/.work/tokens.parquet and OUTPUTS/run.json; writes the exports named (all, where none
is), and README.txt, which says what made them and what is in each. No date: the same run gives the same bytes.

    pries export --tables outputs/tables --work outputs/.work --run outputs/run.json --out outputs/export

    « Les gouvernements ont été priés de … » -> **** *doc_A68370 *section_II … in iramuteq_requests.txt
"""

from __future__ import annotations

import csv
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from pathlib import Path

from pries.base import atomic, console
from pries.exchange.export_annotation import doccano, webanno
from pries.exchange.export_conllu import conllu
from pries.exchange.export_dsl import dsl
from pries.exchange.export_matrix import dtm, graphml
from pries.exchange.export_tei import txm
from pries.exchange.export_textometry import iramuteq, quanteda
from pries.exchange.finished_run import Files, Source, flat, read
from pries.store import files

# name: the function, and what its files are
EXPORTS: dict[str, tuple[Callable[[Source], Files], str]] = {
    "iramuteq": (iramuteq, "paragraphs and requests with starred variables, for IRaMuTeQ; the codes in a table"),
    "txm": (txm, "XML-TEI with words, lemmas and parts of speech, for TXM"),
    "quanteda": (quanteda, "sentences and requests with their variables, for R (quanteda, rainette)"),
    "dtm": (dtm, "paragraphs x lemmas in Matrix Market, with its rows and columns"),
    "conllu": (conllu, "the parse in CoNLL-U"),
    "doccano": (doccano, "paragraphs with marked spans, for doccano"),
    "webanno": (webanno, "documents with marked spans (WebAnno TSV 3.3), for INCEpTION"),
    "dsl": (dsl, "sentences, coded or not, with the probability that they were to be coded, for R (dsl)"),
    "graphml": (graphml, "who asks whom, for Gephi"),
}
README = "README.txt"
FOLDERS = {"txm": ".xml", "webanno": ".tsv"}


def export(source: Source, names: Sequence[str]) -> Files:
    """The files of the exports named, and README.txt."""
    made: Files = {}
    told = [f"Made by {source.made}.", "Made again: pries export --help. How to use them: docs/other_tools.md."]
    documents, requests = len(source.tables["documents"]), len(source.tables["obligations"])
    counts = f"{len(source.paragraphs)} paragraphs, {len(source.tables['sentences'])} sentences"
    told += [f"Documents {documents}, {counts}, {len(source.tokens)} tokens, {requests} requests.", ""]
    for name in names:
        function, purpose = EXPORTS[name]
        found = function(source)
        shown = sorted({f"{path.partition('/')[0]}/" if "/" in path else path for path in found})
        told.append(f"{', '.join(shown) or name}: {purpose}.")
        made |= found
    return {**made, README: "\n".join(told) + "\n"}


def stale(out: Path, made: Files) -> list[Path]:
    """Files of documents that an earlier run exported and that are no longer there; others' files are left alone."""
    listing = out / "txm" / "metadata.csv"
    if not listing.is_file():
        return []
    with listing.open(encoding="utf-8", newline="") as file:
        earlier = [row["id"] for row in csv.DictReader(file) if row.get("id")]
    remade = {path.partition("/")[0] for path in made if "/" in path}
    paths = [f"{folder}/{name}{FOLDERS[folder]}" for folder in sorted(remade) for name in earlier if "/" not in name]
    return [out / path for path in paths if path not in made]


def run(tables: Path, work: Path, run_file: Path, out: Path, names: Sequence[str] = ()) -> None:
    """Write the exports named, all where none is. Raises InputError for a missing table, and writes nothing then."""
    begun = time.perf_counter()
    made = export(read(tables, work, run_file), list(dict.fromkeys(names)) or list(EXPORTS))
    with atomic.together():
        for path in stale(out, made):
            atomic.remove(path)
        for name, text in made.items():
            files.write_text(out / name, text)
    console.say("export", f"{flat(str(out))} ({len(made)} files)", time.perf_counter() - begun)


def arguments(parser: ArgumentParser) -> None:
    """The options of `pries export`."""
    parser.add_argument("--outputs", type=Path, default=Path("outputs"), metavar="DIR", help="in: a run's outputs")
    parser.add_argument("--out", type=Path, metavar="DIR", help="out: the folder of the exports (OUTPUTS/export)")
    parser.add_argument("--name", action="append", default=[], choices=list(EXPORTS), help="only this one; repeatable")


def command(options: Namespace) -> None:
    """From tables to files for other programs."""
    outputs = options.outputs
    out = options.out or outputs / "export"
    run(outputs / "tables", outputs / ".work", outputs / "run.json", out, options.name)
