"""Theme scoring: how far two readers agree on the themes of paragraphs, and how near the program comes to them.

GOLD/DOC_ID.themes.tsv has a row a paragraph: paragraph, reader1, reader2 (codes; several: '; '). Agreement on a
theme is over all paragraphs, coded or not: Cohen's κ (1960) and Krippendorff's α (2004, nominal, two readers, no
value missing). The program is scored against each reader by F1: micro over all codes, macro over themes that the
readers gave five times at least; rarer ones are listed apart. The code book may be worked on with the odd
paragraphs in view; the even ones are held out.

    readers: paragraph 12 labour; labour -> agree; program: labour, crises -> one right, one too many
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from pries.inspection.agreement import alpha, kappa

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
    lines = [f"themes of {len(rows)} paragraphs, two readers", f"  {'':<18}{'n':>5}  kappa  alpha"]
    for theme in themes:
        a, b = ([theme in codes[p] for p in paragraphs] for codes in (one, other))
        rare = "" if times[theme] >= ENOUGH else "   (rare)"
        lines.append(f"  {theme:<18}{times[theme]:>5g}  {kappa(a, b):.3f}  {alpha(a, b):.3f}{rare}")
    often = [t for t in themes if times[t] >= ENOUGH]
    every = sorted({t for codes in found.values() for t in codes} | set(themes))
    for half, part in halves(paragraphs).items():
        readers = f1(one, other, part, every)[0]
        lines.append(f"  {half} paragraphs ({len(part)}): the readers with each other, micro F1 {readers:.3f}")
        for reader, codes in zip(READERS, (one, other), strict=True):
            micro, right, extra, missed = f1(codes, found, part, every)
            macro = sum(f1(codes, found, part, [t])[0] for t in often) / max(1, len(often))
            lines.append(
                f"    program with {reader}: micro F1 {micro:.3f} ({right} right, {extra} too many, {missed} missed), "
                f"macro F1 {macro:.3f} over {len(often)} themes"
            )
    return "\n".join(lines)
