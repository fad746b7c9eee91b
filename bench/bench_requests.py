"""Bench of what compares requests with one another: families and clusters, up to 300,000 requests.

Requests are drawn: twelve subjects, each with words of its own among common ones, by Zipf's law; six words asked, in a
paragraph of thirty, twenty requests a document. Every fourth is a request of its own, the others are wordings of it
with one word more. `--shape` says otherwise: `one`, all in one document; `alike`, all the same; `near`, all wordings of
one. Tables are drawn in one process and lie in a folder, in parts as a run has them. Another reads them and prints
seconds of CPU, peak memory (and what loading the stages alone takes), the number of groups and their adjusted Rand
index with the subjects. With
`--agreement`, the requests of a run are grouped both ways, exactly and by micro-clusters for different numbers of these
(five seeds each), and the adjusted Rand index of the two is printed beside that of the exact groups with the exact
groups of their own subsamples.

    bench/bench_requests.py --requests 1000 5000 20000 80000 240000
    bench/bench_requests.py --agreement outputs
"""

from __future__ import annotations

import argparse
import dataclasses
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from pries.base import settings as settings_files
from pries.base.places import SETTINGS
from pries.content import clusters, families, grouping
from pries.content.selection import Settings
from pries.running.lock import WORK
from pries.schema import schema
from pries.stages import BY_NAME
from pries.store import files

SUBJECTS, ASKED, PARAGRAPH, A_DOCUMENT, VOCABULARY, SIZE = 12, 6, 30, 20, 24_000, 300
A_TABLE_PART = 200_000  # tokens
SEED, SEEDS = 68370, 5
SHAPES = ("drawn", "one", "alike", "near")
WORDINGS = 4  # of a request

Frames = dict[str, pd.DataFrame]


def drawn(n: int, shape: str) -> tuple[Frames, np.ndarray]:
    """The tables that both stages read, for n requests, and the subject of each."""
    draw = np.random.default_rng(SEED)
    subject = draw.integers(0, SUBJECTS, n)
    rank = np.minimum(draw.zipf(1.2, (n, PARAGRAPH)) - 1, VOCABULARY // SUBJECTS - 1)
    own = draw.random((n, PARAGRAPH)) < 0.5
    word = np.where(own, rank * SUBJECTS + subject[:, None], VOCABULARY + rank).ravel()
    word = worded(word.reshape(n, PARAGRAPH), shape).ravel()
    forms = np.array([spelt(number) for number in range(2 * VOCABULARY)], dtype=object)
    place = np.tile(np.arange(PARAGRAPH), n)
    request = np.arange(n)
    document = np.array([f"d{number:05}" for number in request // (n if shape == "one" else A_DOCUMENT)], dtype=object)
    sentence = np.array([f"s{number:06}" for number in request], dtype=object)
    where = {"doc_id": document, "obligation_id": np.array([f"o{number:06}" for number in request], dtype=object)}
    tokens = pd.DataFrame(
        {"doc_id": np.repeat(document, PARAGRAPH), "sentence_id": np.repeat(sentence, PARAGRAPH), "i": place}
        | {"start": 9 * place, "end": 9 * place + 8, "form": forms[word], "lemma": forms[word], "tag": "NOUN"}
        | {"morph": "", "head": place, "relation": "dep"}
    )
    near = draw.normal(size=(SUBJECTS, SIZE))[np.arange(2 * VOCABULARY) % SUBJECTS]
    near[VOCABULARY:] = 0.0  # common words are near no subject
    near = (near + draw.normal(size=near.shape)).astype(np.float32)
    vectors = pd.DataFrame({"form": forms, "vector": list(near)})
    obligations = pd.DataFrame(
        where
        | {"sentence_id": sentence, "paragraph": sentence, "sentence_text": "", "actions": forms[word[::PARAGRAPH]]}
        | {"construction": "active", "trigger_start": 0, "polarity": "positive", "addressee": "", "addressee_type": ""}
    )  # fmt: skip
    asked = {"head": forms[word[::PARAGRAPH]], "lemma": forms[word[::PARAGRAPH]], "label": ""}
    actions = pd.DataFrame(where | asked | {"start": 0, "end": 9 * ASKED - 1})
    paragraphs = pd.DataFrame({"doc_id": document, "paragraph": sentence, "section_role": "body"})
    themes = pd.DataFrame({"unit": "obligation", "unit_id": where["obligation_id"], "theme": "t", "score": 1})
    tables = {"tokens": tokens, "vectors": vectors, "paragraphs": paragraphs, "obligations": obligations}
    tables |= {"judged": schema.empty("judged")}
    tables |= {"documents": pd.DataFrame({"doc_id": np.unique(document), "date": ""})}
    return tables | {"actions": actions, "themes": themes.iloc[::3].reset_index(drop=True)}, subject


def spelt(number: int) -> str:
    """A word for each number: 123 -> « motaabcd »."""
    return "mot" + "".join(chr(ord("a") + int(digit)) for digit in f"{number:05}")


def worded(word: np.ndarray, shape: str) -> np.ndarray:
    """The words of requests, of which several are one: the first words of each are those of the request that it is."""
    n = len(word)
    base = np.zeros(n, int) if shape in ("alike", "near") else np.arange(n) // WORDINGS * WORDINGS
    made = word.copy()
    made[:, : ASKED - 1] = word[base, : ASKED - 1]
    return made[base] if shape == "alike" else made


def write(n: int, shape: str, folder: Path) -> None:
    """Draw the tables and write them, whole documents of some 200,000 tokens in a row group."""
    tables, subject = drawn(n, shape)
    together = max(n if shape == "one" else 0, A_TABLE_PART // (A_DOCUMENT * PARAGRAPH) * A_DOCUMENT)
    for name, frame in tables.items():
        rows = {"tokens": together * PARAGRAPH, "paragraphs": together, "vectors": A_DOCUMENT * PARAGRAPH}.get(
            name, max(len(frame), 1)
        )
        frame.to_parquet(folder / f"{name}.parquet", row_group_size=rows)
    np.save(folder / "subject.npy", subject)


def read_by(stage: str, folder: Path) -> dict[str, Any]:
    """What a stage reads, as a run gives it."""
    wanted = BY_NAME[stage]
    return {
        name: files.read_parquet(path) if name in wanted.whole else files.open_parquet(path)
        for name in wanted.reads
        if (path := folder / f"{name}.parquet").exists()
    }


def peak() -> int:
    """Most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def one_size(n: int, shape: str, only: bool, folder: Path) -> None:
    """Run both stages on n requests and print one line."""
    held = peak()
    shared: dict[str, Any] = {}
    begun = time.process_time()
    found = families.run(**read_by("families", folder), shared=shared)["families"]
    seconds, several = time.process_time() - begun, found["family"].nunique()
    print(
        f"{n:>8,} requests, {shape} ({held:,} MB)  families {seconds:6.1f} s, {peak():,} MB, {several:,} of several",
        flush=True,
    )
    if only:
        return
    begun = time.process_time()
    made = clusters.run(
        **read_by("clusters", folder), families=found, histories=schema.empty("histories"), shared=shared
    )
    seconds = time.process_time() - begun
    groups = made["cluster_members"].sort_values("obligation_id")["cluster"]
    rand = grouping.adjusted_rand(np.load(folder / "subject.npy"), pd.factorize(groups)[0])
    print(
        f"{'':>8}  clusters {seconds:6.1f} s, {peak():,} MB, {len(made['clusters'])} groups, "
        f"adjusted Rand {rand:.2f} with the subjects",
        flush=True,
    )


def grouped(frames: Frames, chosen: Settings, **changed: int) -> Frames:
    """The tables of clusters with some settings changed."""
    with tempfile.TemporaryDirectory() as folder:
        values = dataclasses.asdict(chosen) | changed
        lines = (f"{key} = {value!r}" for key, value in values.items())
        (Path(folder) / Settings.FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")
        return clusters.run(**frames, settings=Path(folder))


def groups_at(made: Mapping[str, pd.DataFrame], k: int) -> np.ndarray:
    """The groups at k, requests in the order of their identifiers."""
    rows = made["clusters_by_k"]
    return pd.factorize(rows[rows["k"] == k].sort_values("obligation_id")["cluster"])[0]


def agreement(outputs: Path) -> None:
    """Print how far both ways agree on the requests of a run, at the k that the second chooses."""
    frames = {name: files.read_parquet(outputs / WORK / f"{name}.parquet") for name in BY_NAME["clusters"].reads}
    chosen, n = settings_files.read(SETTINGS, Settings), len(frames["obligations"])
    exact = grouped(frames, chosen, exact_up_to=n)
    own = exact["k_selection"].set_index("k")["stability"]
    for micro in (max(2, n // part) for part in (8, 4, 2)):
        rands, ks = [], []
        for seed in range(SEEDS):
            made = grouped(frames, chosen, exact_up_to=1, micro_clusters=micro, seed=seed)
            k = int(made["k_selection"].query("chosen")["k"].iloc[0])
            rands.append(grouping.adjusted_rand(groups_at(exact, k), groups_at(made, k)))
            ks.append(k)
        print(
            f"{n:>8,} requests, {micro:>6,} micro-clusters: adjusted Rand {np.mean(rands):.2f} on the mean, "
            f"{min(rands):.2f} at the least; exact groups with their subsamples {own[ks].mean():.2f} "
            f"(k = {min(ks)} to {max(ks)})",
            flush=True,
        )


def main(argv: Sequence[str] | None = None) -> int:
    """Print one line for each number of requests, or for each number of micro-clusters."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sizes = [100, 1000, 2000, 5000, 20000, 80000, 300000]
    parser.add_argument("--requests", type=int, nargs="+", default=sizes, metavar="N")
    parser.add_argument("--agreement", type=Path, metavar="DIR", help="in: a run's outputs, with its .work")
    parser.add_argument("--shape", choices=SHAPES, default=SHAPES[0], help="how the requests are alike")
    parser.add_argument("--families", action="store_true", help="families only")
    options = parser.parse_args(argv)
    if options.agreement:
        agreement(options.agreement)
        return 0
    for n in options.requests:
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            for target, given in (
                (write, (n, options.shape, place)),
                (one_size, (n, options.shape, options.families, place)),
            ):
                process = multiprocessing.get_context("spawn").Process(target=target, args=given)
                process.start()
                process.join()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
