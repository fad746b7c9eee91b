"""Bench of estimates: how often 95 % intervals hold the truth, over many draws from corpora whose truth is known.

Corpora: A/68/370 with its gold table, and the marked sentences of tests/sentences (each a paragraph); each as the
program reads it, and with the program worsened on purpose: half of the triggers taken out, addressees shuffled. For
each size a line: coverage of precision, recall and the ten largest counts, the bias of these counts, how wide the
intervals are beside those from the coded sample alone and beside those from a simple random draw of the same size.

    bench/bench_coverage.py --draws 1000 -n 60 150 300
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
from pries.base.places import LEXICONS
from pries.estimation import allocation, counts, strata
from pries.estimation.counts import Request
from pries.estimation.estimators import Design, Estimate, ratios, totals
from pries.estimation.strata import Sentence
from pries.inspection import evaluate, scoring
from pries.requests.frames import Frames
from pries.review.decisions import SIGNATURE
from pries.running.run import run
from pries.running.shards import Folders
from pries.store import files

ROOT = Path(__file__).parent.parent
LARGEST = 10
KINDS = ("all", "modality", "addressee", "issuer", "theme")
Key = tuple[str, str, str]
Read = Callable[[Path], dict[str, Request]]


@dataclass
class Corpus:
    """A corpus with what the program finds in it and what is true."""

    name: str
    frame: list[Sentence]
    found: dict[str, Request]
    true: dict[str, Request]
    tables: dict[str, pd.DataFrame]


def corpus(name: str, folder: Path, work: Path, truth: Callable[[dict[str, pd.DataFrame], dict], dict]) -> Corpus:
    """A corpus as the program reads it, with its truth."""
    run(Folders(folder, work), until="clusters")
    return of_run(name, work, truth)


def of_run(name: str, work: Path, truth: Callable[[dict[str, pd.DataFrame], dict], dict]) -> Corpus:
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


def truth_of_gold(tables: dict[str, pd.DataFrame], found: dict[str, Request]) -> dict[str, Request]:
    """What the gold table of A/68/370 says; optional rows are as the program has them."""
    gold = evaluate.gold_tables(ROOT / "tests" / "gold")["A_68_370"]
    rows = tables["obligations"].to_dict("records")
    made: dict[str, Request] = {}
    for paragraph, aligned in evaluate.align(gold, rows).items():
        for row, mine in aligned.pairs:
            i = mine["obligation_id"]
            made[i] = with_fields(found[i], differing(row, mine)) if scoring.is_core(row) else found[i]
        for n, row in enumerate(filter(scoring.is_core, aligned.missed)):
            text = tables["sentences"]
            here = text[(text["paragraph"] == paragraph) & text["text"].str.contains(row["trigger"], regex=False)]
            made[f"missed {paragraph} {n}"] = missed(here["sentence_id"].iloc[0], row)
    return made


def marked_corpus(folder: Path) -> None:
    """The marked sentences as documents, each line a numbered paragraph."""
    import marked  # type: ignore[import-not-found]  # of tests/

    for path in sorted((ROOT / "tests" / "sentences").glob("*.txt")):
        lines = [f"{n}. {line.text}" for n, line in enumerate(marked.read(path), start=1)]
        (folder / path.name).write_text("\n\n".join(lines) + "\n", encoding="utf-8")


def truth_of_marks(tables: dict[str, pd.DataFrame], found: dict[str, Request]) -> dict[str, Request]:
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


def drawn(names: Sequence[str], spread: Mapping[str, float], n: int, seed: int) -> tuple[np.ndarray, Design]:
    """A sample of n sentences, by the stratum of each: their places, and the design."""
    units: dict[str, list[str]] = {}
    for place, name in enumerate(names):
        units.setdefault(name, []).append(str(place))
    sizes = {name: len(units[name]) for name in sorted(units)}
    chosen = allocation.draw(units, allocation.allocate(sizes, spread, n), seed)
    stratum = np.concatenate([np.full(len(chosen[name]), rank) for rank, name in enumerate(sizes)])
    places = np.array([int(place) for name in sizes for place in chosen[name]])
    return places, Design(stratum.astype(int), np.array([float(size) for size in sizes.values()]))


def truth(given: Corpus) -> dict[Key, float]:
    """Precision, recall, and the ten largest counts."""
    both = len(given.found.keys() & given.true.keys())
    counted = Counter(part for request in given.true.values() for part in request.parts)
    named = [part for part, _ in counted.most_common() if part[0] in KINDS]
    scores = {("precision", *counts.ALL): both / len(given.found), ("recall", *counts.ALL): both / len(given.true)}
    return scores | {("requests", *part): float(counted[part]) for part in named[:LARGEST]}


@dataclass(frozen=True)
class Result:
    """What many draws gave for a quantity."""

    key: Key
    true: float
    covered: float
    bias: float
    width: float
    alone: float
    simple: float
    errors: int


@dataclass(frozen=True)
class Matrix:
    """What each sentence of a corpus adds to all requests and to the ten largest counts: found, true, and both."""

    p: np.ndarray
    t: np.ndarray
    both: np.ndarray

    def estimates(self, places: np.ndarray, design: Design) -> Iterator[Estimate]:
        """Precision, recall and counts from some sentences."""
        p, t, both, total = self.p[places], self.t[places], self.both[places], self.p.sum(axis=0)
        one = slice(0, 1)
        above = total[one], (both - p)[:, one]
        yield ratios(design, above, (total[one], 0 * p[:, one]), p[:, one])
        yield ratios(design, above, (total[one], (t - p)[:, one]), p[:, one])
        yield totals(design, total, p, t)


def matrix(given: Corpus, keys: Sequence[Key]) -> Matrix:
    """The sentences of a corpus by the counts of `keys`."""
    rank = {sentence.sentence_id: n for n, sentence in enumerate(given.frame)}
    columns = {key[1:]: n for n, key in enumerate(keys)}
    tables = [np.zeros((len(rank), len(columns))) for _ in range(3)]
    shared = {i: given.found[i] for i in given.found.keys() & given.true.keys()}
    for table, requests in zip(tables, (given.found, given.true, shared), strict=True):
        for request in requests.values():
            for part in request.parts.keys() & columns.keys():
                table[rank[request.sentence_id], columns[part]] += 1
    return Matrix(*tables)


def stacked(made: Iterator[Estimate]) -> np.ndarray:
    """Estimate and ends of the interval, (3, quantities)."""
    return np.concatenate([np.stack([e.value, e.low, e.high]) for e in made], axis=1)


def errors(given: Corpus, key: Key) -> int:
    """How many sentences hold an error that the count `key` feels."""
    part = key[1:]
    differences: Counter[str] = Counter()
    for sign, requests in ((1, given.true), (-1, given.found)):
        for request in requests.values():
            differences[request.sentence_id] += sign * (part in request.parts)
    return sum(map(bool, differences.values()))


def trial(given: Corpus, n: int, draws: int) -> list[Result]:
    """Many draws of n sentences."""
    known = truth(given)
    keys = list(known)
    table = matrix(given, keys[2:])
    alone = Matrix(0 * table.p, table.t, 0 * table.t)
    names = [sentence.stratum for sentence in given.frame]
    same = dict.fromkeys(names, 1.0)
    values, widths = [], []
    for seed in range(draws):
        places, design = drawn(names, same, n, seed)
        values.append(stacked(table.estimates(places, design)))
        if seed < max(20, draws // 10):  # widths need fewer draws than coverage
            flat = drawn(["all"] * len(names), {"all": 1.0}, n, seed)
            others = alone.estimates(places, design), table.estimates(*flat)
            widths.append([made[2] - made[1] for made in map(stacked, others)])
    value, low, high = np.array(values).transpose(1, 0, 2)
    true = np.array([known[key] for key in keys])
    covered = ((low <= true + 1e-9) & (true - 1e-9 <= high)).mean(axis=0)
    bias, width = value.mean(axis=0) / true - 1, (high - low).mean(axis=0)
    by_itself, simple = np.array(widths).mean(axis=0)
    cells = zip(keys, true, covered, bias, width, by_itself, simple, (errors(given, key) for key in keys), strict=True)
    return [Result(*cell) for cell in cells]


def report(given: Corpus, n: int, results: Sequence[Result]) -> Iterator[str]:
    """A line for the whole, then one for each quantity."""
    counted = [r for r in results if r.key[0] == "requests"]
    scores = "  ".join(f"{r.key[0]} {r.covered:.3f}" for r in results if r.key[0] != "requests")
    cover = sorted(r.covered for r in counted)
    ratio = {
        name: float(np.nanmedian([r.width / (getattr(r, name) or np.nan) for r in counted]))
        for name in ("alone", "simple")
    }
    yield (
        f"{given.name}, n {n} of {len(given.frame):,}: {scores}  counts {cover[0]:.3f} to {cover[-1]:.3f}, median "
        f"{np.median(cover):.3f}; bias at most {max(abs(r.bias) for r in counted):.1%}; width beside the sample alone "
        f"{ratio['alone']:.2f}, beside a simple draw {ratio['simple']:.2f}"
    )
    for r in results:
        widths = f"width {r.width:.2f}  alone {r.alone:.2f}  simple {r.simple:.2f}"
        told = f"{' '.join(r.key):<32} true {r.true:8.3f}  errors {r.errors:4}  covered {r.covered:.3f}"
        yield f"    {told}  bias {r.bias:+.3f}  {widths}"


def corpora(work: Path) -> Iterator[Corpus]:
    """The four corpora."""
    reference = corpus("A/68/370", ROOT / "corpus", work / "reference", truth_of_gold)
    yield reference
    yield worsened(reference)
    (work / "marked").mkdir()
    marked_corpus(work / "marked")
    sentences = corpus("marked sentences", work / "marked", work / "sentences", truth_of_marks)
    yield sentences
    yield worsened(sentences)


def main() -> None:
    """Print the lines."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("-n", type=int, nargs="+", default=[60, 150, 300])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for given in corpora(Path(folder)):
            for n in options.n:
                print("\n".join(report(given, n, trial(given, n, options.draws))), flush=True)


if __name__ == "__main__":
    main()
