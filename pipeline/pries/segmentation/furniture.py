"""Page furniture: running heads, page and job numbers, addresses and footnotes, told by form and position.

Reads the lines of a document; gives back the lines that carry text, and those left out with the rule that
did it. A form alone rarely decides: a symbol or a number that stands inside a run of text is text. A line
that is a document's only one is never furniture. What the reader of a format has marked (`marks`) needs no guess.

    "A/68/370" between two pages -> symbol    "13-461422/15" -> job number    "* A/68/150." -> footnote
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from pries.reading import marks
from pries.reading.marks import ends_sentence
from pries.segmentation import contents
from pries.segmentation.forms import FIELD_ERROR
from pries.segmentation.pages.running_heads import running_heads

# Up to the first stroke and the first figure behind it, so that there is one way to read it, however long it is.
SYMBOL = r"[A-Z][A-Za-z]*(?:[._-][A-Za-z0-9]+(?:\([A-Z0-9]+\))?)*/[A-Za-z./()_-]*\d[A-Za-z0-9./()_-]*"
FORMS = (
    ("symbol", re.compile(rf"{SYMBOL}\s*\*{{0,3}}")),
    (
        "job number",
        re.compile(
            r"(?:\d{1,3}(?:/\d{1,3}\s*|\s+))?(?:[A-Z]{1,4}\.)?\d{2}-\d{5}\d??(?:\s*+[EFSRAC]\b)?(?:\s*+\([EFSRAC]\))?"
            r"(?:\s*+\d{1,3}/\d{1,3}|\s++\d{1,3})?(?:\s++\d{6}){0,4}|\*\d{7,8}\*"
        ),
    ),
    ("page number", re.compile(r"([Pp]age\s++)?[-–—]?\s*+\d{1,4}\s*[-–—]?|\d{1,3}\s*/\s*\d{1,3}|[Pp]age \d+ sur \d+")),
    ("address", re.compile(r"<?(?:https?://|www\.)[^\s>]+>?(?:\s+<?(?:https?://|www\.)[^\s>]+>?)*")),
    ("rule", re.compile(r"[_\-–—=*|¦~+# ]{3,}|\|+")),
    ("date", re.compile(r"\d{1,2}(?:er)? [a-zéû]{3,9} \d{4}")),
    ("field error", FIELD_ERROR),
    (
        "masthead",
        re.compile(
            r"Distr\.(?: ?:? ?\S+)?|(?i:générale|limitée|restreinte)|Original ?: .{3,30}|Nations Unies|(?i:français)"
        ),
    ),
)
LISTED = ("table", "figures")  # what readers may take entries of a table of contents for
MASTHEAD_RUNS = 12  # a masthead stands at the top of the first page
CELLS = re.compile(r"\t+|[ \u00a0]{3,}")
FIGURE = re.compile(r"[-+–]?\d[\d\s.,]*%?|[-–—]|\.{2,3}")
STAR_NOTE = re.compile(r"\*{1,3}\s*\S")
NUMBER_NOTE = re.compile(r"(?:[⁰¹²³⁴-⁹]{1,3}|\d{1,2})\s+[A-ZÀ-ÖØ-Þ«]|[a-z]\s+(?:Voir|Ibid)")
NOTE_CALL = re.compile(r"[⁰¹²³⁴-⁹]{1,3}\s")
NUMBERED = re.compile(r"\d{1,4}\.\s")
MARK = re.compile(r"(\*{1,3}|[a-z]|\d{1,3}|[⁰¹²³⁴-⁹]{1,3})(?=\W)\s*")
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
PLAIN = {
    "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "", "\ufeff": "", "\u2011": "-", "\u2010": "-",
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl",
}  # fmt: skip
NOT_PLAIN = re.compile(f"[{''.join(PLAIN)}]")
SOFT_HYPHEN = "\u00ad"


class Line(NamedTuple):
    """A line that carries text, cleaned, and what stands before it."""

    number: int  # from 1, in the source
    text: str
    indent: int  # characters of white space before the text
    gap: bool  # a blank line, or one left out, stands before it
    page: bool  # a page break stands before it
    heading: int = 0  # its level, where the format says that it is a heading
    cell: bool = False  # it begins a cell of a table


@dataclass(frozen=True)
class Dropped:
    """A line left out of the text."""

    number: int
    text: str  # as it stands
    rule: str
    mark: str = ""  # of a footnote


def source_lines(text: str) -> list[str]:
    """The lines of a text, as editors count them: form feeds and rarer separators do not end a line."""
    return re.split(r"\r\n|\r|\n", text)


def left_out(text: str, numbers: Sequence[int], rule: str) -> list[Dropped]:
    """Lines of a text, by their numbers, as dropped ones."""
    lines = source_lines(text)
    return [Dropped(number, marks.unmarked(marks.directed(lines[number - 1])[1]), rule) for number in numbers]


def clean(line: str) -> str:
    """A line in NFC with single plain spaces; non-breaking and thin spaces and hyphens become plain ones.

    Soft hyphens go, but for one at the line's end, which tells how to join it with the next.
    """
    text = NOT_PLAIN.sub(lambda found: PLAIN[found[0]], line)
    if SOFT_HYPHEN in text:
        text = text.rstrip()
        text = text[:-1].replace(SOFT_HYPHEN, "") + text[-1:]
    return " ".join(unicodedata.normalize("NFC", text).split())


def separate(text: str) -> tuple[list[Line], list[Dropped]]:
    """The lines of a document that carry text, and those that are furniture."""
    raw = source_lines(text)
    marked = marks.LINE in text  # which a text that was not read from a format with marks has not
    directions = [marks.directed(line) if marked else ("", line) for line in raw]
    levels = {i: marks.level(rule) for i, (rule, _) in enumerate(directions) if rule and marks.level(rule)}
    cells = {i for i, (rule, _) in enumerate(directions) if rule == marks.CELL}
    told = {i: rule for i, (rule, _) in enumerate(directions) if rule and i not in levels and i not in cells}
    raw = [line for _, line in directions]
    lines = [clean(line) for line in raw]
    listed = contents.lines_of([line if told.get(i, "table") in LISTED else "" for i, line in enumerate(lines)])
    lines = ["" if i in told else line for i, line in enumerate(lines)]
    told |= dict.fromkeys(listed & told.keys(), "contents")
    rules = _furniture(raw, lines, listed, cells)
    kept: list[Line] = []
    dropped: list[Dropped] = []
    gap = page = False
    for index, line in enumerate(lines):
        space = raw[index][: len(raw[index]) - len(raw[index].lstrip())]
        page |= "\f" in space
        if index in told:
            rule, _, mark = told[index].partition(" ") if told[index].startswith("footnote ") else (told[index], "", "")
            dropped.append(Dropped(index + 1, marks.unmarked(raw[index]), rule, mark))
        elif not line:
            gap = True
        elif index in rules:
            mark = _mark(line) if rules[index] == "footnote" else ""
            dropped.append(Dropped(index + 1, marks.unmarked(raw[index]), rules[index], mark))
            gap = page = True
        else:
            indent, level = len(space.expandtabs(4)), levels.get(index, 0)
            kept.append(Line(index + 1, line, indent, gap or page, page, level, index in cells))
            gap = page = False
    return kept, dropped


def _mark(line: str) -> str:
    """The mark that a line of a footnote begins with; nothing for one that goes on.

    >>> _mark("³ Voir la résolution 61/208."), _mark("du 18 décembre 1990.")
    ('3', '')
    """
    found = MARK.match(line)
    return found[1].translate(SUPERSCRIPTS) if found else ""


def _furniture(raw: Sequence[str], lines: Sequence[str], listed: set[int], cells: set[int]) -> dict[int, str]:
    """The rule by index of each line that is furniture; those of contents, and cells of tables, are known."""
    forms = {i: _form(line) for i, line in enumerate(lines) if line}
    if len(forms) < 2:
        return {}
    runs = _runs(raw, lines, forms)
    breaks = {i for i, line in enumerate(raw) if "\f" in line}
    rules = dict.fromkeys(listed & forms.keys(), "contents") | running_heads(lines, runs, breaks)
    repeated = Counter(lines[i] for i, form in forms.items() if form == "symbol")
    for rank, run in enumerate(runs):
        alone = all(forms[i] for i in run)
        for i in run:
            form = forms[i]
            strong = form in ("job number", "rule", "field error") or (form == "symbol" and repeated[lines[i]] > 1)
            placed = form in ("symbol", "address") and alone
            if strong or placed or (form == "masthead" and alone and rank < MASTHEAD_RUNS and rank + 1 < len(runs)):
                rules.setdefault(i, form)
    _masthead_dates(runs, forms, rules)
    _tables(runs, raw, rules)
    _page_numbers(runs, lines, forms, rules, breaks)
    _footnotes([run for run in runs if run[0] not in cells], lines, rules, breaks)
    return rules if len(rules) < len(forms) else {}


def _runs(raw: Sequence[str], lines: Sequence[str], forms: dict[int, str]) -> list[list[int]]:
    """Runs of lines without a blank line, form feed, rule, job number or call of a note between them."""
    runs: list[list[int]] = []
    fresh = True
    for i, line in enumerate(lines):
        apart = forms.get(i) in ("rule", "job number")
        fresh |= not line or "\f" in raw[i] or apart or NOTE_CALL.match(line) is not None
        if line:
            if fresh:
                runs.append([])
            runs[-1].append(i)
            fresh = apart
    return runs


def _form(line: str) -> str:
    if len(line) > 200:
        return ""
    return next((name for name, form in FORMS if form.fullmatch(line)), "")


def _masthead_dates(runs: Sequence[list[int]], forms: dict[int, str], rules: dict[int, str]) -> None:
    """Add the date of a masthead, which stands beside another line of it."""
    top = [i for run in runs[:MASTHEAD_RUNS] for i in run]
    for before, i, after in zip([-1, *top], top, [*top[1:], -1], strict=False):
        if forms[i] == "date" and "masthead" in (rules.get(before), rules.get(after)):
            rules.setdefault(i, "masthead")


def _tables(runs: Sequence[list[int]], raw: Sequence[str], rules: dict[int, str]) -> None:
    """Add tables: rows of as many cells, far apart, with figures in all rows but the first."""
    for run in runs:
        if len(run) < 2:
            continue
        rows = [CELLS.split(raw[i].strip()) for i in run]
        if len(rows[0]) < 2 or len({len(row) for row in rows}) > 1:
            continue
        if all(any(FIGURE.fullmatch(cell) for cell in row[1:]) for row in rows[1:]):
            for i in run:
                rules.setdefault(i, "table")


def _page_numbers(
    runs: Sequence[list[int]], lines: Sequence[str], forms: dict[int, str], rules: dict[int, str], breaks: set[int]
) -> None:
    """Add bare page numbers: beside other furniture, at a page's edge, inside a sentence, or in a row."""
    if "page number" not in forms.values():  # nearly always
        return
    numbers = (run[0] for run in runs if len(run) == 1 and forms[run[0]] == "page number")
    alone = [i for i in numbers if lines[i].isdecimal()]
    values = [int(lines[i]) for i in alone]
    present = set(values)
    row = {i for i, value in zip(alone, values, strict=True) if {value - 1, value + 1} & present}
    row = row if len(row) >= 3 and values == sorted(present) else set()
    for _ in range(2):  # a number may stand beside another one
        for rank, run in enumerate(runs):
            if not all(forms[i] == "page number" or i in rules for i in run):
                continue
            before = runs[rank - 1][-1] if rank else -1
            after = runs[rank + 1][0] if rank + 1 < len(runs) else len(lines)
            inner = rank > 0 and after < len(lines)
            beside = before in rules or after in rules or any(i in rules for i in run)
            edge = any(b in breaks for b in range(before + 1, min(after, len(lines) - 1) + 1))
            cut = inner and not ends_sentence(lines[before]) and lines[after][0].islower()
            if beside or edge or cut or run[0] in row:
                for i in run:
                    rules.setdefault(i, "page number")


def _footnotes(runs: Sequence[list[int]], lines: Sequence[str], rules: dict[int, str], breaks: set[int]) -> None:
    """Add footnotes: runs that begin as a note and stand under a rule or at the foot of a page."""
    for rank in range(len(runs) - 1, -1, -1):
        run = runs[rank]
        first = lines[run[0]]
        star = bool(STAR_NOTE.match(first))
        if run[0] in rules or not (star or NUMBER_NOTE.match(first)):
            continue
        before = runs[rank - 1][-1] if rank else -1
        after = runs[rank + 1][0] if rank + 1 < len(runs) else len(lines)
        ruled = before >= 0 and rules.get(before) == "rule"
        foot = rules.get(after) in ("symbol", "job number", "page number", "address", "running head", "footnote")
        foot = foot or any(b in breaks for b in range(run[-1] + 1, min(after, len(lines) - 1) + 1))
        bullets = star and before >= 0 and before not in rules and STAR_NOTE.match(lines[before]) is not None
        cites = star and re.fullmatch(rf"\*+\s*{SYMBOL}\.?", first) is not None
        if ruled or cites or (foot and not bullets):
            for i in run:
                if NUMBERED.match(lines[i]):
                    break
                rules.setdefault(i, "footnote")
    for before_run, run in pairwise(runs):
        if run[0] not in rules and rules.get(before_run[-1]) == "footnote" and _next_note(lines, before_run, run):
            rules.update((i, "footnote") for i in run)


def _next_note(lines: Sequence[str], before: Sequence[int], run: Sequence[int]) -> bool:
    """Whether a run is the note after the last one that the run before it holds: « ² Voir… » after « ¹ Ibid. »."""
    if not (NUMBER_NOTE.match(lines[run[0]]) or NOTE_CALL.match(lines[run[0]])):
        return False
    marks = [_mark(lines[i]) for i in before]
    last = next((mark for mark in reversed(marks) if mark.isdecimal()), "")
    mark = _mark(lines[run[0]])
    return last != "" and mark.isdecimal() and int(mark) == int(last) + 1
