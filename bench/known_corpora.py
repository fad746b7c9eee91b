"""Corpora whose truth is known, for benches: what the program finds in them, and what is there.

A/68/370 with its gold table; the paragraphs of tests/paragraphs, written to be hard and coded before anybody looked at
the program; the marked sentences of tests/sentences, each a paragraph. `worsened` reads a corpus as a worse program
would: half of the triggers taken out, addressees shuffled.

    from_folder("paragraphs", folder, work, truth_of_paragraphs) -> its sentences, requests found, requests true
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
from pries.base.places import LEXICONS
from pries.estimation import counts, strata
from pries.estimation.counts import Request
from pries.estimation.strata import Sentence
from pries.inspection import evaluate, scoring
from pries.requests.frames import Frames
from pries.review.decisions import SIGNATURE
from pries.running.run import run
from pries.running.shards import Folders
from pries.store import files

ROOT = Path(__file__).parent.parent
Tables = dict[str, pd.DataFrame]
Truth = Callable[[Tables, dict[str, Request]], dict[str, Request]]


@dataclass
class Corpus:
    """A corpus with what the program finds in it and what is true."""

    name: str
    frame: list[Sentence]
    found: dict[str, Request]
    true: dict[str, Request]
    tables: Tables


def from_folder(name: str, folder: Path, work: Path, truth: Truth) -> Corpus:
    """A corpus as the program reads it, with its truth."""
    run(Folders(folder, work), until="clusters")
    return of_run(name, work, truth)


def of_run(name: str, work: Path, truth: Truth) -> Corpus:
    """The corpus of a run that has been made."""
    names = ("sentences", "documents", "obligations", "actions", "tokens", "themes", "cluster_members", "families")
    tables = {name: files.read_parquet(work / ".work" / f"{name}.parquet") for name in names}
    known = counts.joined(*(tables[n] for n in ("themes", "cluster_members", "families", "actions", "documents")))
    found = counts.requests(tables["obligations"], known)
    forms = Frames.read(LEXICONS).forms
    frame = strata.frame(tables["sentences"], tables["obligations"], tables["tokens"], forms)
    return Corpus(name, frame, found, truth(tables, found), tables)


def with_fields(request: Request, fields: Mapping[str, str]) -> Request:
    """A request with other fields, which its parts follow."""
    made = dict(zip(SIGNATURE, request.fields, strict=True))
    kinds = [name for name in ("modality", "issuer", "addressee") if fields.get(name, made[name]) != made[name]]
    parts = {part: n for part, n in request.parts.items() if part[0] not in kinds}
    for name in kinds:
        for value in fields[name].split("; ") if fields[name] else [counts.NOT_NAMED]:
            parts[name, value] = 1.0
    return replace(request, fields=tuple(fields.get(n, made[n]) for n in SIGNATURE), parts=parts)


def missed(sentence: str, fields: Mapping[str, str]) -> Request:
    """A request that the program has not found."""
    none = Request(sentence, ("",) * len(SIGNATURE), {counts.ALL: 1.0, ("theme", counts.NO_THEME): 1.0}, 1.0)
    given = {name: fields.get(name) or ("" if name in ("issuer", "addressee") else "-") for name in SIGNATURE}
    nobody = {(name, counts.NOT_NAMED): 1.0 for name in ("issuer", "addressee") if not given[name]}
    return with_fields(replace(none, parts=none.parts | nobody), given)


def differing(gold: Mapping[str, str], row: Mapping[str, str]) -> dict[str, str]:
    """The fields of a gold row that the program has not right."""
    return {name: gold[name] for name in scoring.FIELDS if not scoring.right(name, gold, row)}


def truth_of_gold(tables: Tables, found: dict[str, Request]) -> dict[str, Request]:
    """What the gold table of A/68/370 says."""
    return truth_of_rows(evaluate.gold_tables(ROOT / "tests" / "gold")["A_68_370"], tables, found, "paragraph")


def truth_of_rows(
    gold: list[dict[str, str]], tables: Tables, found: dict[str, Request], place: str
) -> dict[str, Request]:
    """What gold rows say, whose paragraph is the `place` of ours; optional rows are as the program has them."""
    rows = [{**row, "paragraph": row[place]} for row in tables["obligations"].to_dict("records")]
    made: dict[str, Request] = {}
    for paragraph, aligned in evaluate.align(gold, rows).items():
        text = tables["sentences"][tables["sentences"][place] == paragraph]
        for row, mine in aligned.pairs:
            i = mine["obligation_id"]
            made[i] = with_fields(found[i], differing(row, mine)) if scoring.is_core(row) else found[i]
        for n, row in enumerate(filter(scoring.is_core, aligned.missed)):
            here = text[text["text"].str.contains(row["trigger"], regex=False)]
            home = (here if len(here) else text)["sentence_id"].iloc[0]
            made[f"missed {paragraph} {n}"] = missed(home, row)
    return made


def documents_of_units(units: Mapping[str, str], folder: Path) -> None:
    """Each unit of text as a document of its own."""
    for name, text in units.items():
        (folder / f"{name}.txt").write_text(f"{text}\n", encoding="utf-8")


def paragraphs_corpus(folder: Path) -> None:
    """The paragraphs of tests/paragraphs, a document each."""
    lines = (ROOT / "tests" / "paragraphs" / "paragraphs.txt").read_text(encoding="utf-8").splitlines()
    documents_of_units(dict(line[1:].split("] ", 1) for line in lines if line.startswith("[")), folder)


def truth_of_paragraphs(tables: Tables, found: dict[str, Request]) -> dict[str, Request]:
    """What their table says."""
    with (ROOT / "tests" / "paragraphs" / "obligations.tsv").open(encoding="utf-8", newline="") as file:
        return truth_of_rows(list(csv.DictReader(file, delimiter="\t")), tables, found, "doc_id")


def marked_corpus(folder: Path) -> None:
    """The marked sentences as documents, each line a numbered paragraph."""
    import marked  # type: ignore[import-not-found]  # of tests/

    for path in sorted((ROOT / "tests" / "sentences").glob("*.txt")):
        lines = [f"{n}. {line.text}" for n, line in enumerate(marked.read(path), start=1)]
        (folder / path.name).write_text("\n\n".join(lines) + "\n", encoding="utf-8")


def truth_of_marks(tables: Tables, found: dict[str, Request]) -> dict[str, Request]:
    """What the marks say."""
    import marked

    lines = {
        (path.stem, str(n)): line
        for path in (ROOT / "tests" / "sentences").glob("*.txt")
        for n, line in enumerate(marked.read(path), start=1)
    }
    rows = {(r["doc_id"], r["paragraph"], r["trigger_start"]): r for r in tables["obligations"].to_dict("records")}
    homes = tables["sentences"].to_dict("records")
    made: dict[str, Request] = {}
    for sentence in homes:
        line = lines.get((sentence["doc_id"], sentence["paragraph"]))
        for expected in line.expected if line else ():
            if sentence["start"] <= expected.start < sentence["end"]:
                fields = {
                    "trigger": expected.trigger, "modality": expected.modality, "polarity": expected.polarity,
                    "issuer": "; ".join(sorted(expected.issuer)), "addressee": "; ".join(sorted(expected.addressee)),
                    "actions": "; ".join(expected.actions),
                }  # fmt: skip
                row = rows.get((sentence["doc_id"], sentence["paragraph"], expected.start))
                if row is None:
                    made[f"missed {sentence['sentence_id']} {expected.start}"] = missed(sentence["sentence_id"], fields)
                else:
                    made[row["obligation_id"]] = with_fields(found[row["obligation_id"]], differing(fields, row))
    return made


def worsened(given: Corpus, seed: int = 1) -> Corpus:
    """The corpus as a worse program would read it: half of the triggers taken out, addressees shuffled."""
    draw = random.Random(seed)
    table = given.tables["obligations"]
    lemmas = sorted(table["trigger_lemma"].unique())
    out = frozenset(draw.sample(lemmas, len(lemmas) // 2))
    left = table[~table["trigger_lemma"].isin(out)]
    parts = ("addressee", "addressee_type")
    filled = [{p: n for p, n in given.found[i].parts.items() if p[0] in parts} for i in left["obligation_id"]]
    draw.shuffle(filled)
    found = {}
    for i, more in zip(left["obligation_id"], filled, strict=True):
        kept = {p: n for p, n in given.found[i].parts.items() if p[0] not in parts}
        found[i] = replace(given.found[i], parts=kept | more)
    frames = Frames.read(LEXICONS)
    forms = frozenset(
        form for form in frames.forms
        if {f.lemma for kind in (frames.verbs, frames.words, frames.phrases) for f in kind.get(form, ())} - out
    )  # fmt: skip
    frame = strata.frame(given.tables["sentences"], left, given.tables["tokens"], forms)
    return Corpus(f"{given.name}, worsened", frame, found, given.true, given.tables)


def corpora(work: Path) -> Iterator[Corpus]:
    """Three corpora, each as the program reads it and worsened."""
    makers: dict[str, tuple[Callable[[Path], None], Truth]] = {
        "paragraphs": (paragraphs_corpus, truth_of_paragraphs), "marked sentences": (marked_corpus, truth_of_marks)
    }  # fmt: skip
    known = [from_folder("A/68/370", ROOT / "corpus", work / "reference", truth_of_gold)]
    for name, (write, truth) in makers.items():
        (folder := work / name).mkdir()
        write(folder)
        known.append(from_folder(name, folder, work / f"{name} outputs", truth))
    for corpus in known:
        yield corpus
        yield worsened(corpus)
