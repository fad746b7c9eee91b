"""Theme scoring: how far two readers agree on the themes of paragraphs, and how near the program comes to them.

GOLD/DOC_ID.themes.tsv has a row a paragraph: paragraph, reader1, reader2 (codes; several: '; '). Agreement on a
theme is over all paragraphs, coded or not: Cohen's κ (1960) and Krippendorff's α (2004, nominal), with intervals
(`reliability`). The program is scored against each reader by F1: micro over all codes, macro over themes that the
readers gave five times at least; rarer ones are listed apart. The interval of micro F1 is exact, of as many cases as
codes on the mean, that of macro F1 the bootstrap over paragraphs. The code book may be worked on with the odd
paragraphs in view; the even ones are held out.

    readers: paragraph 12 labour; labour -> agree; program: labour, crises -> one right, one too many
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np

from pries.inspection import reliability
from pries.inspection.intervals import exact

COLUMNS = ("paragraph", "reader1", "reader2")
READERS = ("reader1", "reader2")
ENOUGH = 5

Codes = Mapping[str, frozenset[str]]  # themes by paragraph


def codes_of(rows: Iterable[Mapping[str, str]], column: str) -> dict[str, frozenset[str]]:
    """The themes of each paragraph in one column of a gold table."""
    return {row["paragraph"]: frozenset(t.strip() for t in row[column].split(";") if t.strip()) for row in rows}


def f1(gold: Codes, found: Codes, paragraphs: Collection[str], themes: Collection[str]) -> tuple[float, int, int, int]:
    """F1, right, too many, missed: over the codes of `themes` in `paragraphs`."""
    right = extra = missed = 0
    for paragraph in paragraphs:
        wanted, given = gold[paragraph] & set(themes), found.get(paragraph, frozenset()) & set(themes)
        right += len(wanted & given)
        extra += len(given - wanted)
        missed += len(wanted - given)
    return (2 * right / (2 * right + extra + missed) if right + extra + missed else 1.0), right, extra, missed


def macro_f1(gold: Codes, found: Codes, paragraphs: Sequence[str], themes: Sequence[str]) -> tuple[float, float, float]:
    """The mean F1 of the themes, 1 for one that nobody gives, and its bootstrap interval; 0 to 1 without a theme."""
    if not themes or not paragraphs:
        return 0.0, 0.0, 1.0
    given, made = (
        np.array([[theme in codes.get(p, frozenset()) for theme in themes] for p in paragraphs], dtype=float)
        for codes in (gold, found)
    )
    times = np.random.default_rng(0).multinomial(len(paragraphs), np.full(len(paragraphs), 1 / len(paragraphs)), 1000)
    times = np.concatenate([np.ones((1, len(paragraphs))), times])
    right, all_codes = times @ (2 * given * made), times @ (given + made)
    scores = np.divide(right, all_codes, out=np.ones(right.shape), where=all_codes > 0).mean(axis=1)
    low, high = np.quantile(scores[1:], (0.025, 0.975))
    return float(scores[0]), float(low), float(high)


def with_interval(score: float, right: int, extra: int, missed: int) -> str:
    """A micro F1 with its interval."""
    low, high = exact(right, right + (extra + missed) / 2)
    return f"{score:.3f}, {low:.3f} to {high:.3f}"


def halves(paragraphs: Iterable[str]) -> dict[str, list[str]]:
    """Odd paragraphs, on which the code book was worked, and even ones, held out."""
    numbered = [p for p in paragraphs if p.isdecimal()]
    return {"odd": [p for p in numbered if int(p) % 2], "even": [p for p in numbered if not int(p) % 2]}


def report(rows: Sequence[Mapping[str, str]], found: Codes) -> str:
    """Agreement of the readers by theme, and the program against each reader, as lines for a person."""
    one, other = (codes_of(rows, reader) for reader in READERS)
    paragraphs = [row["paragraph"] for row in rows]
    given = [theme for codes in (one, other) for p in paragraphs for theme in codes[p]]
    times = {theme: given.count(theme) / 2 for theme in given}
    themes = sorted(times, key=lambda t: (-times[t], t))
    lines = [f"themes of {len(rows)} paragraphs, two readers", f"  {'':<18}{'n':>5}"]
    for theme in themes:
        a, b = ([theme in codes[p] for p in paragraphs] for codes in (one, other))
        rare = "" if times[theme] >= ENOUGH else "   (rare)"
        measured = "  ".join(map(str, reliability.measures(a, b)))
        lines.append(f"  {theme:<18}{times[theme]:>5g}  {measured}{rare}")
    often = [t for t in themes if times[t] >= ENOUGH]
    every = sorted({t for codes in found.values() for t in codes} | set(themes))
    for half, part in halves(paragraphs).items():
        readers = with_interval(*f1(one, other, part, every))
        lines.append(f"  {half} paragraphs ({len(part)}): the readers with each other, micro F1 {readers}")
        for reader, codes in zip(READERS, (one, other), strict=True):
            micro, right, extra, missed = f1(codes, found, part, every)
            macro, low, high = macro_f1(codes, found, part, often)
            lines.append(
                f"    program with {reader}: micro F1 {with_interval(micro, right, extra, missed)} "
                f"({right} right, {extra} too many, {missed} missed), "
                f"macro F1 {macro:.3f}, {low:.3f} to {high:.3f}, over {len(often)} themes"
            )
    return "\n".join(lines)
