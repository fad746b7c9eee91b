"""Compare requests: what two parts of a corpus ask, as counts, shares and per 1,000 words, with how far chance goes.

    .venv/bin/pries compare --requests --by document A_68_370 A_67_254
    .venv/bin/pries compare --requests --distinct --by section V VI --csv requests.csv

For all requests, and for each strength, type of addressee, theme and action: how many each part has, their share of
the part's requests, and how many there are per 1,000 words of it. Differences of shares and of rates have Newcombe's
95 % interval (`intervals`); p is that of Fisher's exact test of the shares, of the rate for all requests, `adjusted`
for the number of values of the measure (Benjamini and Hochberg 1995). Parts need have nothing in common, and one may
ask nothing. A request with several types, themes or actions counts for each. `--distinct` leaves restatements out.

    theme  labour   6  67 % |  2  9 %   +58 points (+22 to +80)   p 0.002, adjusted 0.027
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
from scipy import stats

from pries.base.errors import InputError
from pries.inspection.intervals import newcombe
from pries.schema.statistics import OWN_COLUMN
from pries.store import rowwise
from pries.textometry import contingency as parts

TABLES = ("documents", "metadata", "paragraphs", "sentences", "tokens", "obligations", "actions", "themes",
          "families", "cluster_members")  # fmt: skip
ALL, NOBODY, NONE = "all", "not named", "none"
LEVEL = (
    "in brackets the 95 % interval of a difference; p is of an exact test, which is stricter where counts are small, "
    "adjusted for the values of its measure"
)
OF_REQUESTS = ("addressee_type", "cluster")
COLUMNS = [
    "measure", "value", "n", "n_other", "share", "share_other", "difference", "low", "high", "per_1000",
    "per_1000_other", "rate_difference", "rate_low", "rate_high", "p", "adjusted",
]  # fmt: skip
Frames = Mapping[str, pd.DataFrame]


def several(cell: str) -> list[str]:
    """The different values of a cell that holds several."""
    return list(dict.fromkeys(value.strip() for value in cell.split(";") if value.strip()))


def divided(
    frames: Frames, kind: str, values: Mapping[str, str] | None = None
) -> tuple[list[set[str]], dict[str, int]]:
    """The parts of each request, and the words of each part (none of parts that divide requests, not the text).

    `values`: the part of each document, by a column that is none of the corpus's own. Raises InputError for an unknown
    kind of part.
    """
    requests = frames["obligations"]
    if kind == "addressee_type":
        return [set(several(cell)) for cell in requests["addressee_type"]], {}
    if kind == "cluster":
        group = dict(rowwise.tuples(frames["cluster_members"], "obligation_id", "cluster"))
        return [{group[i]} if i in group else set() for i in requests["obligation_id"]], {}
    where = parts.places(*(frames[name] for name in ("sentences", "paragraphs", "documents", "metadata")))
    if values is not None:
        where[kind] = [values.get(doc, "") for doc in where["doc_id"]]
    elif kind not in where and OWN_COLUMN + kind in where:
        kind = OWN_COLUMN + kind
    if kind not in where or kind == "sentence_id":
        kinds = [name.removeprefix(OWN_COLUMN) for name in where if name not in ("doc_id", "sentence_id")]
        known = ", ".join([*kinds, *OF_REQUESTS])
        raise InputError("--by", f"'{kind}' is no kind of part", f"use one of {known}, or give --metadata")
    part = dict(zip(rowwise.tuples(where, "doc_id", "sentence_id"), where[kind], strict=True))
    words = parts.words_of(frames["tokens"], frames["sentences"])
    sizes = dict.fromkeys((name for name in where[kind] if name), 0)
    for name in rowwise.looked_up(part, words, "doc_id", "sentence_id"):
        if name:
            sizes[name] += 1
    of = [part.get(key, "") for key in rowwise.tuples(requests, "doc_id", "sentence_id")]
    return [{name} if name else set() for name in of], sizes


def described(frames: Frames) -> dict[str, dict[str, list[str]]]:
    """By measure and request, its values: strength, types of addressee, themes, actions."""
    requests, actions = frames["obligations"], frames["actions"]
    themes = frames["themes"][frames["themes"]["unit"] == "obligation"]
    ids = requests["obligation_id"].tolist()
    of_theme = themes.groupby("unit_id", sort=False)["theme"].agg(list).to_dict()
    of_action = actions.groupby("obligation_id", sort=False)["lemma"].agg(list).to_dict()
    return {
        "strength": {i: [modality] for i, modality in zip(ids, requests["modality"], strict=True)},
        "addressee_type": {
            i: several(cell) or [NOBODY] for i, cell in zip(ids, requests["addressee_type"], strict=True)
        },
        "theme": {i: of_theme.get(i, [NONE]) for i in ids},
        "action": {i: list(dict.fromkeys(of_action.get(i, [NONE]))) for i in ids},
    }


def compared(
    frames: Frames, kind: str, one: str, other: str, values: Mapping[str, str] | None = None, distinct: bool = False
) -> tuple[pd.DataFrame, tuple[int, int]]:
    """A row for all requests and for each value (columns: COLUMNS), and the words of both parts, 0 where none count.

    Raises InputError for an unknown kind of part, or a part that is not there.
    """
    of, sizes = divided(frames, kind, values)
    known = list(dict.fromkeys([*sizes, *sorted(set[str]().union(*of))]))
    for name in (one, other):
        if name not in known:
            remedy = f"use one of {', '.join(known)}" if known else without(kind)
            raise InputError("--by", f"no {kind} is called '{name}'", remedy)
    ids = frames["obligations"]["obligation_id"].tolist()
    if one == other:
        raise InputError("--by", f"'{one}' is compared with itself", "name two parts")
    families = frames["families"]
    repeated = set(families.loc[families["rank"] > 1, "obligation_id"]) if distinct else set[str]()
    mine, theirs = (
        [i for i, names in zip(ids, of, strict=True) if part in names and i not in repeated] for part in (one, other)
    )
    words = sizes.get(one, 0), sizes.get(other, 0)
    rows = [row(ALL, "", (len(mine), len(theirs)), (0, 0), words)]
    for measure, by_id in described(frames).items():
        counts = [counted(by_id[i] for i in chosen) for chosen in (mine, theirs)]
        names = sorted(set().union(*counts), key=lambda v: (-sum(count.get(v, 0) for count in counts), v))
        whole = len(mine), len(theirs)
        rows += [row(measure, v, (counts[0].get(v, 0), counts[1].get(v, 0)), whole, words) for v in names]
    made = pd.DataFrame(rows, columns=COLUMNS[:-1])
    made["adjusted"] = np.nan
    for _, p in made["p"].dropna().groupby(made["measure"]):  # each measure is a question of its own
        made.loc[p.index, "adjusted"] = stats.false_discovery_control(p)
    return made, words


def without(kind: str) -> str:
    """What to do where a corpus has no part of this kind."""
    return "add a column date to metadata.csv" if kind == "date" else "there is none in this corpus"


def counted(several_values: Iterable[Sequence[str]]) -> dict[str, int]:
    """How many requests have each value."""
    found: dict[str, int] = {}
    for values in several_values:
        for value in values:
            found[value] = found.get(value, 0) + 1
    return found


def row(
    measure: str, value: str, n: tuple[int, int], whole: tuple[int, int], words: tuple[int, int]
) -> tuple[str | int | float, ...]:
    """One row without `adjusted`; what there is no whole for is not a number."""
    nothing = (np.nan,) * 5
    shares = differing(n, whole) if min(whole) else nothing
    rates = differing(n, words) if min(words) else nothing
    per_1000 = [1000 * x for x in rates[:5]]
    p = fisher(n, whole) if min(whole) else fisher(n, words) if measure == ALL and min(words) else np.nan
    return measure, value, *n, *shares, *per_1000, p


def differing(n: tuple[int, int], whole: tuple[int, int]) -> tuple[float, ...]:
    """Both shares, their difference, and its interval."""
    one, other = (hits / number for hits, number in zip(n, whole, strict=True))
    low, high = newcombe(n[0], whole[0], n[1], whole[1])
    return one, other, one - other, float(low), float(high)


def fisher(n: tuple[int, int], whole: tuple[int, int]) -> float:
    """Fisher's exact test, both sides."""
    return float(stats.fisher_exact([list(n), [whole[0] - n[0], whole[1] - n[1]]]).pvalue)


def lines(made: pd.DataFrame, one: str, other: str, words: tuple[int, int], most: int) -> list[str]:
    """The rows as lines for a person, `most` of each measure, most frequent first."""
    rate = "per 1,000 words"
    width = max(len(text) for text in [*made["value"], rate]) + 2
    total = made.iloc[0]
    told = [f"{'':<{width}}{one} | {other}"]
    if min(words):
        told.append(f"{'words':<{width}}{words[0]:,} | {words[1]:,}")
    told.append(f"{'requests':<{width}}{total['n']} | {total['n_other']}")
    if min(words):
        ends = f"{total['rate_low']:+.1f} to {total['rate_high']:+.1f}"
        both = f"{total['per_1000']:.1f} | {total['per_1000_other']:.1f}"
        told.append(f"{rate:<{width}}{both}   {total['rate_difference']:+.1f} ({ends})   p {total['p']:.3f}")
    for measure, mine in made.iloc[1:].groupby("measure", sort=False):
        told.append(f"{measure}" + (f" ({most} of {len(mine)})" if len(mine) > most else ""))
        for r in mine.head(most).itertuples():
            counts = (
                f"  {r.value:<{width - 2}}{r.n:>4} {percent(r.share):>5} | {r.n_other:>4} {percent(r.share_other):>5}"
            )
            if np.isnan(r.p):
                told.append(counts)
                continue
            ends = f"{100 * r.low:+.0f} to {100 * r.high:+.0f}"
            told.append(
                f"{counts}   {100 * r.difference:+4.0f} points ({ends})   p {r.p:.3f}, adjusted {r.adjusted:.3f}"
            )
    return [*told, LEVEL]


def percent(share: float) -> str:
    """A share in percent; a dash where there is none."""
    return "–" if np.isnan(share) else f"{100 * share:.0f} %"
