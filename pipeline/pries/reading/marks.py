"""Extracted: how a reader of a format hands over a document, so that one segmentation serves all formats.

A reader turns the bytes of a file into lines of text. Blank lines part paragraphs, a form feed begins a page, and what
the format knows and plain text cannot say stands in marks made of three characters that no document keeps (Unicode's
interlinear annotation, U+FFF9 to U+FFFB; `plain` takes them out of the source):

- `call("3")` stands where footnote 3 is called;
- a line that begins with `left_out("footnote 3")` is a line of that note, one with `left_out("table")` a row of a
  table, one with `left_out("running head")` page furniture: they go to the dropped lines under that rule;
- a line that begins with `heading(2)` is a heading, by the format's own word;
- a line that begins with `cell()` goes on with nothing before it, as it begins a cell of a table.

    plain("prie les États") + call("3") + " de ratifier"
    left_out("footnote 3") + "Voir la résolution 61/208."
"""

from __future__ import annotations

import re

CALL, LINE, END = "\ufff9", "\ufffa", "\ufffb"
MARKS = re.compile(f"[{CALL}{LINE}{END}]")
CALLED = re.compile(f"{CALL}[^{END}]*{END}")
# The white space and signs that end a text, if one of them ends a sentence; each is looked at once.
STOPPED = r"(?<!\W)(?=\W*+$)[^\w{stops}]*+[{stops}]"
CLOSED = re.compile(STOPPED.format(stops=".;!?…"))
STOPS, CLOSING, BEHIND_CALL = frozenset(".!?;:…"), frozenset('»"”)]'), frozenset(".;,")
DIRECTED = re.compile(f"[ \\t\\f]*{LINE}([^{END}]*){END}[ \\t]*")
HEADING, CELL = "heading", "cell"
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
RAISED_MARK = re.compile(r"\d{1,3}|\*{1,3}")
ONE_RAISED = r"[\[(]?(?:[\d⁰¹²³⁴-⁹]{1,3}|\*{1,3})[\])]?"
RAISED = re.compile(rf"\s*{ONE_RAISED}(?:\s*(?:[,;–-]\s*)?{ONE_RAISED}){{0,9}}\s*")
# What a call stands after: a word, an acronym, a mark of punctuation, another call.
ENOUGH = 100  # characters before a call that tell what it stands after
CALLING = re.compile(rf"(?:[^\W\d_]{{3}}|[^\W_]\s?[.,;:!?…»\")\]]{{1,4}}|\b[A-ZÀ-Ý]{{2}}|{END})\s*$")


class Unreadable(ValueError):
    """A document that cannot be read: what is wrong, and what to do about it."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem, self.remedy = problem, remedy


def plain(text: str) -> str:
    """Text of a document without the characters that marks are made of."""
    return MARKS.sub("", text)


def directed(line: str) -> tuple[str, str]:
    """What a reader says of a line, and the line without that: ("footnote 3", "Voir la résolution 61/208.")."""
    found = DIRECTED.match(line) if LINE in line else None
    return (found[1], "\f" * ("\f" in found[0]) + line[found.end() :]) if found else ("", line)


def level(direction: str) -> int:
    """The level of a heading, 0 for any other direction."""
    kind, _, number = direction.partition(" ")
    return int(number) if kind == HEADING and number.isdecimal() else 0


def uncalled(text: str) -> tuple[str, list[tuple[int, str]]]:
    """A text without its calls of notes, and where they stood in it: (character, mark).

    Of the spaces before and after a call one goes, so that single spaces stay single.
    """
    if CALL not in text:  # nearly always
        return text, []
    parts, calls, at = [""], [], 0
    length = 0
    for found in CALLED.finditer(text):
        if at < found.start():
            parts.append(text[at : found.start()])
            length += found.start() - at
        calls.append((length, found[0][1:-1]))
        at = found.end()
        if text.startswith(" ", at) and (not length or parts[-1].endswith(" ")):
            at += 1
    return "".join([*parts, text[at:]]), calls


def unmarked(text: str) -> str:
    """A text with each call as the mark that stands there: "Voir le rapport1"."""
    return CALLED.sub(lambda found: found[0][1:-1], text)


def ends_sentence(text: str) -> bool:
    """Whether a line ends a sentence, be it with the calls of its footnotes; read from its end, however many these are.

    >>> ends_sentence("Ils agiront. »"), ends_sentence(f"Ils agiront.{call('1')}{call('2')}"), ends_sentence("Ils")
    (True, True, False)
    """
    end = len(text) - text.endswith("\n")
    while not _stops(text, end):
        called = end - (text[end - 1 : end] in BEHIND_CALL)
        end = text.rfind(CALL, 0, called) if text[called - 1 : called] == END else -1
        if end < 0:
            return False
    return True


def _stops(text: str, end: int) -> bool:
    """Whether a stop stands there, be it before closing marks."""
    while end and text[end - 1] in CLOSING:
        end -= 1
    while end and text[end - 1].isspace():
        end -= 1
    return end > 0 and text[end - 1] in STOPS


def call(mark: str) -> str:
    """The place where a note is called."""
    return f"{CALL}{plain(mark)}{END}"


def raised(before: str, text: str) -> list[str]:
    """The marks of the notes that raised text calls: figures, stars or bracketed ones at the end of a word or phrase.

    At the beginning of a block they are the mark of the note itself.

    >>> raised("de coopérer", "1, 2"), raised("30 m", "2"), raised("le 1", "er"), raised("", "3")
    (['1', '2'], [], [], ['3'])
    """
    text = " ".join(text.split())
    if not RAISED.fullmatch(text):
        return []
    opens = not before or before.isspace()
    if not (opens or CALLING.search(before[-ENOUGH:])):
        return []
    return RAISED_MARK.findall(text.translate(SUPERSCRIPTS))


def left_out(rule: str) -> str:
    """The beginning of a line that is no running text, and why."""
    return f"{LINE}{plain(rule)}{END}"


def cell() -> str:
    """The beginning of a line that begins a cell of a table."""
    return f"{LINE}{CELL}{END}"


def heading(level: int = 1) -> str:
    """The beginning of a line that is a heading."""
    return f"{LINE}{HEADING} {level}{END}"
