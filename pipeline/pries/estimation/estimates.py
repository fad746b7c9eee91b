"""Estimates: every published count with its interval, from the sentences that a person has coded whole.

Reads requests before and after corrections, what is joined to them, sentences, and CORPUS/sample.csv; writes estimates,
a row for each quantity and part, sample, what was drawn with its text, sample_unused, the other lines of the file as
they stand, and sample_problems, what is wrong with them. Only decisions in sentences that were drawn at random count
here; `estimators` gives the formulas. A part that fewer than LEAST coded sentences hold has no interval: its method is
`too_few`.

    91 requests found; in 150 coded sentences 2 were wrong and 3 missing -> requests, all: 91, 92.6 [90 ; 97]
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from pries.estimation import counts, themes_before
from pries.estimation.counts import ALL, Part, Request
from pries.estimation.usable import published_sample, touched, unused, usable, without_estimate
from pries.review.decisions import SIGNATURE
from pries.review.sample import DOCUMENTS, Drawn
from pries.schema import schema
from pries.store.batches import Table, whole

if TYPE_CHECKING:
    import numpy as np

    from pries.estimation.estimators import Design, Estimate

LEAST = 3  # coded sentences that hold a part, for an interval
SHARES = {"requests": "share", "distinct": "distinct_share"}
WORTH = 3  # requests of a part that no coded sentence holds, for a row that says so
TABLES = ("estimates", "sample", "sample_unused", "sample_problems")
COLUMNS = tuple(column.name for column in schema.TABLES["estimates"].columns)


@dataclass(frozen=True)
class Units:
    """The coded units: that of each coded sentence, their design, how many sentences they stand for, strata by rank."""

    of: Mapping[str, int]
    design: Design
    sentences: int
    rank: Mapping[str, int]


def run(
    documents: pd.DataFrame, sentences: Table, found_obligations: pd.DataFrame, found_actions: pd.DataFrame,
    obligations: pd.DataFrame, actions: pd.DataFrame, themes: Table, cluster_members: pd.DataFrame,
    families: pd.DataFrame, set_labels: pd.DataFrame, *, sample: bytes = b"",
) -> dict[str, pd.DataFrame]:  # fmt: skip
    """The four tables, empty where nothing was drawn."""
    if not sample:
        return {name: schema.empty(name) for name in TABLES}
    text = whole(sentences[["doc_id", "sentence_id", "paragraph", "start", "end", "text"]])
    drawn, problems = usable(sample, text)
    changed = touched(found_obligations, obligations)
    problems += without_estimate(drawn, changed)
    rows: list[tuple] = []
    if any(row.coded for row in drawn):
        known = counts.joined(themes, cluster_members, families, actions, documents)
        coded = {row.sentence_id for row in drawn if row.coded}
        true = counts.requests(obligations[obligations["sentence_id"].isin(coded)], known)
        program = themes_before.run(
            found_obligations, found_actions, obligations, actions, themes, known.themes, set_labels, text
        )
        before = replace(known, actions=counts.labels(found_actions), themes={**known.themes, **program})
        left = set(obligations["obligation_id"])
        found = counts.as_found(counts.named(found_obligations, set_labels), left, before)
        rows = list(estimate(drawn, found, true, len(text)))
        rows += outside(changed - coded, len(text))
    published = published_sample(drawn, text, found_obligations, obligations)
    tables = dict(zip(TABLES, (rows, published, unused(sample, drawn), problems), strict=True))
    columns = {name: [column.name for column in schema.TABLES[name].columns] for name in tables}
    return {n: schema.conform(pd.DataFrame(made, columns=columns[n]), n) for n, made in tables.items()}


def outside(changed: set[str], sentences: int) -> list[tuple]:
    """A row for the sentences that decisions have changed outside of those coded: no estimate rests on them."""
    nothing = (math.nan,) * 5
    return [("sentences", "outside", "", *nothing, len(changed), sentences, "drawn")] if changed else []


def units_of(drawn: Sequence[Drawn], sentences: int) -> Units:
    """The coded units: sentences, or documents of which every sentence drawn is coded.

    A stratum of which nothing is coded yet is taken together with the next one. Documents that were drawn for certain
    are a stratum of their own.
    """
    import numpy as np

    from pries.estimation.estimators import Design

    strata: dict[tuple[str, bool], dict[str, list[Drawn]]] = defaultdict(lambda: defaultdict(list))
    for row in drawn:
        whole = row.cells["stratum"] == DOCUMENTS
        unit = row.cells["doc_id"] if whole else row.sentence_id
        strata[row.cells["stratum"], whole and row.pi < 1][unit].append(row)
    of: dict[str, int] = {}
    places: list[int] = []
    sizes: list[float] = []
    rank: dict[str, int] = {}
    waiting = 0.0
    for name, some in sorted(strata):
        rank[name] = len(sizes)
        units = strata[name, some].values()
        size = waiting + sum(1 / rows[0].pi for rows in units)
        coded = [rows for rows in units if all(row.coded for row in rows)]
        waiting = 0.0 if coded else size
        for rows in coded:
            of |= {row.sentence_id: len(places) for row in rows}
            places.append(len(sizes))
        sizes += [size] if coded else []
    if waiting and sizes:
        sizes[-1] += waiting
    rank = {name: min(place, len(sizes) - 1) for name, place in rank.items()}
    return Units(of, Design(np.array(places, dtype=int), np.array(sizes)), sentences, rank)


def estimate(
    drawn: Sequence[Drawn], found: Mapping[str, Request], true: Mapping[str, Request], sentences: int
) -> Iterator[tuple]:
    """The rows of the table: scores of the program, then counts and shares."""
    units = units_of(drawn, sentences)
    if units.of:
        yield from sampled(drawn, units)
        yield from scores(units, found, true)
        yield from published(units, found, true)


def sampled(drawn: Sequence[Drawn], units: Units) -> Iterator[tuple]:
    """What was drawn: of all sentences, of each stratum and by each coder, how many are coded."""
    strata: dict[str, list[Drawn]] = defaultdict(list)
    for row in drawn:
        strata[row.cells["stratum"]].append(row)
    coders = Counter(row.cells.get("coder", "") for row in drawn if row.coded)
    sizes = {name: sum(1 / row.pi for row in rows) for name, rows in strata.items()}
    cells: list[tuple[Part, float, int]] = [(ALL, float(units.sentences), len(units.of))]
    cells += [(("stratum", s), round(sizes[s], 3), sum(r.coded for r in strata[s])) for s in sorted(strata)]
    cells += [(("coder", coder), math.nan, coders[coder]) for coder in sorted(filter(None, coders))]
    for part, size, coded in cells:
        yield ("sentences", *part, size, *(math.nan,) * 4, coded, units.sentences, "drawn")


def matrix(units: Units, keys: Mapping, entries: Iterator[tuple]) -> np.ndarray:
    """What each coded unit adds to each quantity; entries are (sentence, key, amount)."""
    import numpy as np

    table = np.zeros((len(units.design.stratum), len(keys)))
    for sentence, key, amount in entries:
        if sentence in units.of and key in keys:
            table[units.of[sentence], keys[key]] += amount
    return table


def scores(units: Units, found: Mapping[str, Request], true: Mapping[str, Request]) -> Iterator[tuple]:
    """Precision, recall and F1 of all requests and of each strength; accuracy of each field of those that are right."""
    from pries.estimation.estimators import ratios

    parts: list[Part] = [ALL, *(("modality", m) for m in schema.MODALITIES)]
    keys = {part: n for n, part in enumerate(parts)}
    both = found.keys() & true.keys()

    def entries(requests: Mapping[str, Request], shared: bool) -> Iterator[tuple[str, Part, float]]:
        for i, request in requests.items():
            for part in (ALL, ("modality", request.fields[0])):
                if not shared or (i in both and part in true[i].parts):
                    yield request.sentence_id, part, 1.0

    p, t, right = (matrix(units, keys, entries(r, s)) for r, s in ((found, False), (true, False), (found, True)))
    program = Counter(part for request in found.values() for part in (ALL, ("modality", request.fields[0])))
    total = p.sum(axis=0) * 0 + [program[part] for part in parts]
    held = ((p + t) > 0).sum(axis=0)
    kinds = {
        "precision": ((total, right - p), (total, p * 0)),
        "recall": ((total, right - p), (total, t - p)),
        "f1": ((2 * total, 2 * (right - p)), (2 * total, t - p)),
    }
    for name, (above, below) in kinds.items():
        made = ratios(units.design, above, below, p, missed=name != "precision")
        yield from rows(units, name, parts, made, held, total * math.nan, "ratio")
    fields = ("row", *SIGNATURE)
    same = {name: n for n, name in enumerate(fields)}

    def agreeing() -> Iterator[tuple[str, str, float]]:
        for i in both:
            pairs = zip(SIGNATURE, found[i].fields, true[i].fields, strict=True)
            alike = [name for name, a, b in pairs if a == b]
            for name in [*alike, *(["row"] if len(alike) == len(SIGNATURE) else [])]:
                yield found[i].sentence_id, name, 1.0

    agree, p1, right1 = matrix(units, same, agreeing()), p[:, [0] * len(fields)], right[:, [0] * len(fields)]
    all_of = total[[0] * len(fields)]
    accuracy = ratios(units.design, (all_of, agree - p1), (all_of, right1 - p1), p1, missed=False)
    named = [("field", name) for name in fields]
    yield from rows(units, "accuracy", named, accuracy, (right1 > 0).sum(axis=0), all_of * math.nan, "ratio")


def published(units: Units, found: Mapping[str, Request], true: Mapping[str, Request]) -> Iterator[tuple]:
    """Totals of every part with and without restatements, and its share of all requests."""
    import numpy as np

    from pries.estimation.estimators import ratios, totals

    program: dict[tuple[str, Part], float] = defaultdict(float)
    for request in found.values():
        for part, amount in request.parts.items():
            program["requests", part] += amount
            program["distinct", part] += amount * request.distinct
    inside = [r for requests in (found, true) for r in requests.values() if r.sentence_id in units.of]
    seen = {part for request in inside for part in request.parts}
    parts = sorted({part for (_, part), n in program.items() if n >= WORTH} | seen, key=order(program))
    keys = {
        (quantity, part): n
        for n, (quantity, part) in enumerate((q, p) for q in ("requests", "distinct") for p in parts)
    }

    def entries(requests: Mapping[str, Request]) -> Iterator[tuple]:
        for request in requests.values():
            if request.sentence_id in units.of:
                for quantity, part, amount in counts.quantities(request):
                    yield request.sentence_id, (quantity, part), amount

    p, t = matrix(units, keys, entries(found)), matrix(units, keys, entries(true))
    automatic = np.array([program[key] for key in keys])
    held = ((p + t) > 0).sum(axis=0)
    half, d = len(parts), t - p
    enough = np.flatnonzero((held >= LEAST) | complete(units))
    made = placed(totals(units.design, automatic[enough], p[:, enough], t[:, enough]), enough, len(keys))
    halves = {"requests": slice(0, half), "distinct": slice(half, 2 * half)}
    for quantity, here in halves.items():
        yield from rows(units, quantity, parts, cut(made, here), held[here], automatic[here], "difference")
    for quantity, here in halves.items():
        some, every = enough[(here.start <= enough) & (enough < here.start + half)], keys[quantity, ALL]
        above, whole = (automatic[some], d[:, some]), [every] * len(some)
        share = ratios(units.design, above, (automatic[whole], d[:, whole]), p[:, whole], share=True)
        before = automatic[here] / max(automatic[every], 1)
        made = placed(share, some - here.start, half)
        shared = list(rows(units, SHARES[quantity], parts, made, held[here], before, "ratio"))
        yield from (row for row, part in zip(shared, parts, strict=True) if part != ALL)


def order(program: Mapping[tuple[str, Part], float]):  # type: ignore[no-untyped-def]
    """All first, then kinds by name, the most frequent part first."""
    return lambda part: (part != ALL, part[0], -program.get(("requests", part), 0), part[1])


def cut(made: Estimate, here: slice) -> Estimate:
    """Some of the estimates."""
    return type(made)(made.value[here], made.low[here], made.high[here], made.se[here])


def placed(made: Estimate, places: np.ndarray, n: int) -> Estimate:
    """Estimates at their places among n quantities, of which the others have none."""
    import numpy as np

    cells = np.full((4, n), np.nan)
    cells[:, places] = made.value, made.low, made.high, made.se
    return type(made)(*cells)


def complete(units: Units) -> bool:
    """Whether everything is coded."""
    return bool((units.design.weight < 1 + 1e-9).all())


def rows(
    units: Units, quantity: str, parts: Sequence[Part], made: Estimate, held: np.ndarray, automatic: np.ndarray,
    method: str,
) -> Iterator[tuple]:  # fmt: skip
    """Rows of the table; without an interval where too few coded sentences hold the part."""
    whole = complete(units)
    cells = zip(parts, held, automatic, made.value, made.low, made.high, made.se, strict=True)
    for (kind, part), coded, program, value, low, high, se in cells:
        few = (coded < LEAST and not whole) or math.isnan(value)
        ends = (math.nan,) * 4 if few else (value, low, high, se)
        told = "too_few" if few else "complete" if whole else method
        yield (quantity, kind, part, program, *ends, int(coded), units.sentences, told)
