"""Running heads: lines at the edges of pages that come back, numbers aside.

Where form feeds part the pages, by their place. In a text that was copied out of a page without any, by the page number
that stands beside them or in them: it grows from one to the next.

    "…contrôle des" / "12" / "Rapport sur les ports" / "cuisines" … "13" / "Rapport sur les ports" -> running head
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from pries.reading.marks import ends_sentence

HEAD, NUMBER = "running head", "page number"
FEWEST = 3  # pages on which a line comes back
LONGEST = 160  # characters of a running head
SHORT, LINES_BESIDE = 60, 3  # characters of the lines beside one that are part of it, and how many there are
SHORTEST_PAGE = 500  # characters from one to the next on average: a list has its numbers nearer
# « 12 », « – 12 – », « 12/48 », « CE 285/12 »: the number of the page alone
ALONE = re.compile(
    r"[-–—|]? ?(\d{1,4}) ?[-–—|]?|(\d{1,3}) ?/ ?\d{1,3}|[LC] ?E? ?\d{1,3} ?E?/(\d{1,4})|[Pp]age (\d{1,4})"
)
SAYS = re.compile(r"\b[Pp](?:age|\.) ?(\d{1,4})\b")  # « Séance du 3 mai – Page 2 sur 10 »


def running_heads(lines: Sequence[str], runs: Sequence[Sequence[int]], breaks: set[int]) -> dict[int, str]:
    """The rule by index of each line that is a running head, or the page number beside one."""
    if len(breaks) >= 2:
        return _at_edges(lines, runs, breaks)
    return {} if breaks else _beside_numbers(lines, [i for run in runs for i in run])


def _at_edges(lines: Sequence[str], runs: Sequence[Sequence[int]], breaks: set[int]) -> dict[int, str]:
    """First and last lines of pages that come back, numbers aside, on half of the pages, three at least."""
    edges, previous = [], None
    for i in (i for run in runs for i in run):
        if previous is None or any(b in breaks for b in range(previous + 1, i + 1)):
            edges += [i] if previous is None else [previous, i]
        previous = i
    least = max(FEWEST, len(breaks) // 2)
    alike = _alike(lines, dict.fromkeys(edges))
    found = (group for form, group in alike.items() if len(group) >= least and not ends_sentence(form))
    return dict.fromkeys((i for group in found for i in group), HEAD)


def _alike(lines: Sequence[str], places: Sequence[int] | dict[int, None]) -> dict[str, list[int]]:
    """The places of the lines that are the same but for their figures."""
    alike: dict[str, list[int]] = defaultdict(list)
    for i in places:
        alike[re.sub(r"\d+", "0", lines[i])].append(i)
    return alike


def _beside_numbers(lines: Sequence[str], text: Sequence[int]) -> dict[int, str]:
    """The lines that come back beside a page number, or with one in them, in a text without form feeds."""
    alike = _alike(lines, [i for i in text if len(lines[i]) <= LONGEST])
    again = {form: group for form, group in alike.items() if len(group) >= FEWEST and form != "0"}
    rules: dict[int, str] = {}
    for form, group in again.items():
        if SAYS.search(form) and _grows(int(said[1]) for i in group if (said := SAYS.search(lines[i]))):
            rules.update(dict.fromkeys(group, HEAD))
    order = {i: rank for rank, i in enumerate(text)}
    offsets = [0, *_lengths(lines, text)]
    for form, group in again.items():
        if ends_sentence(form) or group[0] in rules or _near(offsets, [order[i] for i in group]):
            continue
        for step in (-1, 1):
            beside = [text[order[i] + step] if 0 <= order[i] + step < len(text) else -1 for i in group]
            numbers = [ALONE.fullmatch(lines[k]) if k >= 0 else None for k in beside]
            pages = {k: int(found[found.lastindex or 1]) for k, found in zip(beside, numbers, strict=True) if found}
            if len(pages) >= max(FEWEST, len(group) - 1) and _grows(pages.values()):
                rules |= dict.fromkeys(pages, NUMBER) | dict.fromkeys(group, HEAD)
    return _grown(rules, again, text, order)


def _grown(
    rules: dict[int, str], again: dict[str, list[int]], text: Sequence[int], order: dict[int, int]
) -> dict[int, str]:
    """The same with the short lines that come back beside them: a date, a language, the name of the journal."""
    short = [group for form, group in again.items() if len(form) <= SHORT and not ends_sentence(form)]
    for _ in range(LINES_BESIDE if rules else 0):
        beside = {text[k] for i in rules for k in _neighbours(order[i], len(text))}
        rules |= dict.fromkeys((i for group in short if beside.issuperset(group) for i in group), HEAD) | rules
    return rules


def _neighbours(rank: int, last: int) -> Iterator[int]:
    return (k for k in (rank - 1, rank + 1) if 0 <= k < last)


def _lengths(lines: Sequence[str], text: Sequence[int]) -> Iterator[int]:
    """How many characters of text stand before the end of each line."""
    total = 0
    for i in text:
        total += len(lines[i])
        yield total


def _near(offsets: Sequence[int], ranks: Sequence[int]) -> bool:
    """Whether less text than a page has stands between one and the next on average."""
    return (offsets[ranks[-1]] - offsets[ranks[0]]) / (len(ranks) - 1) < SHORTEST_PAGE


def _grows(numbers: Iterable[int]) -> bool:
    """Whether each number is greater than the one before, by a few pages."""
    return all(before < number <= before + 20 for before, number in pairwise(numbers))
