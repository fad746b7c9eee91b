"""Sample: draws sentences at random, to be read and coded by a person, so that counts get their error.

Reads a finished run (OUTPUTS) and CORPUS/sample.csv if there is one; writes CORPUS/sample.csv, in the order in which
the sentences are to be coded: it is random, so that those coded by the time one stops are a random sample too. What was
drawn before stays, with what is coded of it: a larger -n goes on from there. --documents draws whole documents, long
ones for certain.

    pries sample --corpus corpus --outputs outputs -n 150
    150 sentences of 199: 40 of 41 requests-unsure, …
"""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pries.base import console
from pries.base.errors import InputError
from pries.base.layers import Folder, add_folders, folders_of
from pries.estimation import allocation, strata, usable
from pries.estimation.strata import Sentence
from pries.reading.corpus import SAMPLE
from pries.requests.frames import Frames
from pries.review import sample
from pries.review.sample import DOCUMENTS, Drawn
from pries.store import files

WIDTHS = (60, 150, 300, 600)
BEFORE = "before"  # the stratum of what an earlier sample has drawn
SENTENCES, SOME_DOCUMENTS = 150, 10  # drawn where nothing is asked for


def read_frame(outputs: Path, lexicons: Folder, documents: bool) -> list[Sentence]:
    """Every sentence of a finished run with its stratum. Raises InputError where there is none."""
    work = outputs / ".work"
    sentences = files.read_parquet(work / "sentences.parquet", ["sentence_id", "doc_id", "paragraph"])
    requests = files.read_parquet(work / "found" / "obligations.parquet")
    forms = Frames.read(lexicons).forms
    return strata.frame(sentences, requests, files.open_parquet(work / "tokens.parquet"), forms, documents)


def earlier(path: Path) -> list[Drawn]:
    """What the file holds by now. Raises InputError where it is broken: nothing is written over it."""
    drawn, wrong = sample.read(path.read_bytes()) if path.is_file() else ([], [])
    for line, problem, _ in wrong:
        raise InputError(str(path), problem, "correct the line before you draw more", line)
    return drawn


def check(path: Path, drawn: Sequence[Drawn], frame: Sequence[Sentence], documents: bool) -> None:
    """Whether the sample may be extended: it was drawn from these sentences, in these strata. Raises InputError."""
    known = {sentence.sentence_id: sentence.stratum for sentence in frame}
    if drawn and not any(row.sentence_id in known for row in drawn):
        raise InputError(str(path), *usable.foreign(len(drawn)))
    for row in drawn:
        if (row.cells["stratum"] == DOCUMENTS) != documents:
            kind = "whole documents" if not documents else "sentences"
            raise InputError(str(path), f"it is a sample of {kind}", "go on with that kind, or begin another file")
        if row.sentence_id not in known:
            problem = f"sentence {row.sentence_id} no longer stands in this corpus"
            raise InputError(
                str(path), problem, "the others count; --anew draws on from the sentences that are left", row.line
            )
    moved = sum(known[row.sentence_id] != row.cells["stratum"] for row in drawn)
    new = abs(len(frame) - sum(1 / row.pi for row in drawn)) > 0.5 if drawn and not documents else False
    if moved or new:
        why = f"{moved} sentences have changed their stratum" if moved else "documents have come or gone"
        remedy = "what is drawn can be coded and counts; --anew draws on from the sentences that are left"
        raise InputError(str(path), f"{why} since it was drawn", remedy)


def drawn_rows(
    frame: Sequence[Sentence], wanted: Mapping[str, int], seed: int, before: Iterable[Drawn], documents: bool
) -> list[dict[str, str]]:
    """The lines of the sample: those drawn before, in their order, then the new ones in a random order."""
    old = {row.sentence_id: row for row in before}
    by = (lambda s: s.doc_id) if documents else (lambda s: s.sentence_id)
    taken = {by(sentence) for sentence in frame if sentence.sentence_id in old}
    lengths = Counter(by(sentence) for sentence in frame)
    sure = allocation.self_representing(lengths, max(wanted[DOCUMENTS], len(taken))) if documents else set()
    wanted = {DOCUMENTS: wanted[DOCUMENTS] - len(sure)} if documents else wanted
    units: dict[str, dict[str, None]] = {}
    for sentence in frame:
        if by(sentence) not in sure:
            units.setdefault(sentence.stratum, {})[by(sentence)] = None
    chosen = allocation.draw({name: list(some) for name, some in units.items()}, wanted, seed, taken)
    pi = {unit: len(some) / len(units[stratum]) for stratum, some in chosen.items() for unit in some}
    pi |= dict.fromkeys(sure, 1.0)
    rows = {
        s.sentence_id: {
            "sentence_id": s.sentence_id, "doc_id": s.doc_id, "paragraph": s.paragraph, "stratum": s.stratum,
            "pi": f"{pi[by(s)]:.9g}",
        }
        for s in frame if by(s) in pi
    }  # fmt: skip
    new = [i for i in rows if i not in old]
    unit = {s.sentence_id: by(s) for s in frame}  # a document is read from its beginning to its end
    new.sort(key=lambda i: allocation.random_number(seed, f"order {unit[i]}"))
    again = [{**row.cells, **rows[i]} for i, row in old.items()]
    return again + [rows[i] for i in new]


def run(options: Namespace) -> None:
    """Draw, write the file, and say what was drawn and how wide an interval it promises."""
    path = options.corpus / SAMPLE
    if not options.corpus.is_dir():
        raise InputError(str(options.corpus), "no such folder", "name the folder of the reports with --corpus")
    before = earlier(path)
    frame = read_frame(options.outputs, folders_of(options)[0], options.documents)
    # after --anew, what was drawn before counts as itself, and the rest is drawn from what is left
    alone = {row.sentence_id for row in before if options.anew or row.cells["stratum"] == BEFORE}
    kept = [{**row.cells, "stratum": BEFORE, "pi": "1"} for row in before if row.sentence_id in alone]
    frame = [s for s in frame if s.sentence_id not in alone]
    before = [row for row in before if row.sentence_id not in alone]
    check(path, before, frame, options.documents)
    sizes, spreads = strata.sizes(frame), strata.spreads(frame)
    if options.documents:
        sizes = {DOCUMENTS: len({s.doc_id for s in frame})}
    known = any(name.endswith("-sure") for name in sizes)  # the program says how sure it is
    chosen = options.allocation or (allocation.COMPROMISE if known else allocation.PROPORTIONAL)
    n = options.n or (SOME_DOCUMENTS if options.documents else SENTENCES)
    wanted = allocation.allocate(sizes, spreads, n, chosen)
    rows = kept + drawn_rows(frame, wanted, options.seed, before, options.documents)
    sample.write(path, rows)
    what = "documents" if options.documents else "sentences"
    done = sum(row.get("coded", "").lower() in sample.CODED for row in rows)
    unit = "doc_id" if options.documents else "sentence_id"
    held = {name: len({row[unit] for row in rows if row["stratum"] == name}) for name in sizes}  # those of before too
    each = ", ".join(f"{held[name]:,} of {sizes[name]:,} {name}" for name in sizes)
    if options.documents:
        sure = {row["doc_id"] for row in rows if row["stratum"] == DOCUMENTS and float(row["pi"]) == 1}
        each += f", {len(sure):,} of them for certain, for they are long"
    console.say("sample", f"{path}: {len(rows):,} sentences, {done:,} of them coded; {what}, {chosen}: {each}")
    if not options.documents:
        promise(sizes, spreads, chosen, options.width, len({s.sentence_id for s in frame}))
    console.say("next", "run pries again, then code in reader.html (the view Coder), or with pries review --sample")


def promise(sizes: Mapping[str, int], spreads: Mapping[str, float], kind: str, width: float | None, most: int) -> None:
    """Say how wide the interval of all requests is expected to be, and how many sentences a wished width takes."""
    told = []
    for n in WIDTHS:
        if n < most:
            half = allocation.half_width(sizes, spreads, allocation.allocate(sizes, spreads, n, kind))
            told.append(f"{n:,} sentences ± {half:,.0f}")
    console.say("expected", f"of all requests: {', '.join([*told, f'all {most:,} ± 0'])}")
    if width is not None:
        console.say("expected", f"± {width:g} takes {allocation.needed(sizes, spreads, width, kind):,} sentences")


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"'{text}' is no whole number from 1")
    return int(text)


def _width(text: str) -> float:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = -1
    if not 0 <= value < float("inf"):
        raise ArgumentTypeError(f"'{text}' is no number of requests")
    return value


def arguments(parser: ArgumentParser) -> None:
    """The options of `pries sample`."""
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), metavar="DIR", help="in and out: sample.csv")
    parser.add_argument("--outputs", type=Path, default=Path("outputs"), metavar="DIR", help="in: a run's outputs")
    parser.add_argument("-n", type=_positive, metavar="N", help="sentences in all (150), or documents (10)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the draw (1)")
    parser.add_argument("--documents", action="store_true", help="draw whole documents in place of sentences")
    parser.add_argument(
        "--allocation", choices=allocation.KINDS,
        help="more where the program is less sure, by a quarter (compromise: where requests have a confidence) or "
        "wholly (neyman), or the same share of every stratum",
    )  # fmt: skip
    parser.add_argument("--width", type=_width, metavar="W", help="say how many sentences ± W requests would take")
    parser.add_argument("--anew", action="store_true", help="the strata have changed: draw from what is left")
    add_folders(parser)


def command(options: Namespace) -> None:
    """Draw a sample."""
    run(options)
