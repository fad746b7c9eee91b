"""Layout: from lines to headings, numbered and unnumbered paragraphs, and list items.

Blocks begin after a blank line, or on a line that opens one by form and by its place in a sequence: "24." is
a paragraph after 23, "2015." inside a sentence is not. A document that is not hard-wrapped has a block on
every line. Titles without a label are told by form and by the text that follows them.

    "V. Thème 1 : Le travail" -> heading V      "10 points pour la protection…" -> text of its paragraph
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pries.reading.enumeration import Items, Number, ambiguous, letter, marker, number_of, roman
from pries.reading.marks import ends_sentence, uncalled
from pries.segmentation import forms
from pries.segmentation.furniture import Line
from pries.segmentation.titles import CAPITAL, LETTER, NUMERAL, ROMAN, SUBLETTER, UNLABELLED, Block, Limits, mark_titles

TITLE_LINES = 8
NESTED = 8  # numberings that may be open at once


@dataclass
class _State:
    """Where the sequences of numbers, headings and items stand."""

    numbers: list[Number] = field(default_factory=list)
    roman: int = 0
    letter: int = 0
    items: Items = field(default_factory=Items)


def blocks(lines: Sequence[Line], limits: Limits) -> list[Block]:
    """The blocks of a document in reading order; every line is in exactly one."""
    reader = _Reader(lines, limits)
    chunks: list[list[Line]] = []
    for line in lines:
        if line.gap or not chunks or not reader.wrapped:
            chunks.append([])
        chunks[-1].append(line)
    for rank, chunk in enumerate(chunks):
        reader.read(chunk, chunks[rank + 1][0] if rank + 1 < len(chunks) else None)
    mark_titles(reader.blocks, limits)
    return reader.blocks


class _Reader:
    """Reads chunks of lines one after the other and opens blocks."""

    def __init__(self, lines: Sequence[Line], limits: Limits) -> None:
        self.limits, self.state, self.blocks = limits, _State(), list[Block]()
        lengths = sorted(len(line.text) for line in lines)
        self.width = lengths[int(len(lengths) * 0.95)] if lengths else 0
        self.wrapped = forms.is_wrapped(lines, self.width)
        self.starts = {forms.bracketed(line.text) for line in lines if line.gap or not self.wrapped}

    def read(self, chunk: list[Line], following: Line | None) -> None:
        """Add the blocks of one chunk; `following` is the line after it."""
        at, fresh = 0, True
        while at < len(chunk):
            after = chunk[at + 1] if at + 1 < len(chunk) else following
            self.state.items = Items() if chunk[at].cell else self.state.items
            block = self._annex(chunk, at, fresh) or self._decimal(chunk[at]) or self._listed(chunk, at, fresh)
            block = block or self._heading(chunk, at, fresh, following) or self._styled(chunk[at])
            block = block or self._number(chunk, at, fresh, after) or self._item(chunk, at, fresh)
            if block is None and (fresh or self._breaks(chunk, at)):
                block = Block("text", [chunk[at]], [chunk[at].text])
                if not (chunk[at].page or chunk[at].text[0].islower()):
                    self.state.items = Items()
            if block is None:
                self.blocks[-1].lines.append(chunk[at])
                self.blocks[-1].text.append(chunk[at].text)
            else:
                self.blocks.append(block)
            at += 1 if block is None else len(block.lines)
            fresh = block is not None and block.kind == "heading"

    def _annex(self, chunk: list[Line], at: int, fresh: bool) -> Block | None:
        opens, title = self.limits.annex(chunk[at].text)
        if not opens or not (fresh or ends_sentence(chunk[at - 1].text) or self._is_short(chunk[at - 1])):
            return None
        whole = title and self.limits.is_title(" ".join(line.text for line in chunk[at : at + TITLE_LINES]))
        if title[:1].islower() and not whole:
            return None  # "Annexe au rapport, le tableau…" is text
        lines = chunk[at : at + TITLE_LINES] if whole else [chunk[at]]
        self.state = _State()
        return Block("heading", lines, [line.text for line in lines], "annex", annex=True)

    def _heading(self, chunk: list[Line], at: int, fresh: bool, following: Line | None) -> Block | None:
        found = forms.HEADING.match(chunk[at].text)
        if not found or not (fresh or ends_sentence(chunk[at - 1].text)):
            return self._subtitle(chunk, at, fresh, following)
        title = self._title(chunk, at, found.end())
        label, state = found[1], self.state
        rank, place = roman(label), letter(label) if len(label) == 1 else 0
        if not title:
            return None
        if place and place == state.letter + 1 and (state.letter or rank != 1):
            level = LETTER
        elif rank and rank == state.roman + 1:
            level = ROMAN
        elif not fresh:
            return None
        elif 0 < rank <= 40:
            level = ROMAN
        elif place and label != "M":  # "M. Dupont" opens no section
            level = LETTER
        else:
            return None
        if level == ROMAN:
            state.roman, state.letter = rank, 0
        else:
            state.letter = place
        state.items = Items()
        return Block.labelled("heading", chunk[at : at + title], found.end(), label, level)

    def _styled(self, line: Line) -> Block | None:
        """A heading by the word of the document's format, unless it is as long as a paragraph."""
        if not self._is_styled(line):
            return None
        self.state.items = Items()
        number = number_of(line.text)
        if number:
            return Block.labelled("heading", [line], number.end, number.printed, NUMERAL)
        return Block.labelled("heading", [line], 0, "", UNLABELLED + line.heading - 1)

    def _is_styled(self, line: Line) -> bool:
        return bool(line.heading) and len(line.text) <= self.limits.title_characters

    def _subtitle(self, chunk: list[Line], at: int, fresh: bool, following: Line | None) -> Block | None:
        """A heading as "a) Cadre juridique": no list is open, and the next numbered paragraph follows."""
        found = forms.SUBTITLE.match(chunk[at].text)
        if not found or not fresh or following is None or not self.state.numbers or self.state.items.levels:
            return None
        number = number_of(following.text)
        before = self.blocks[-1].plain[-1:] if self.blocks else ""
        if not number or not self._is_next(number) or before in (":", ";", ","):
            return None
        title = self._title(chunk, at, found.end())
        if not title:
            return None
        return Block.labelled("heading", chunk[at : at + title], found.end(), found[1], SUBLETTER)

    def _title(self, chunk: list[Line], at: int, cut: int) -> int:
        """How many lines the title takes that begins at `cut` of line `at`; 0 where there is none."""
        if self._is_styled(chunk[at]):
            return 1
        first = chunk[at].text[cut:]
        whole = " ".join([first, *(line.text for line in chunk[at + 1 : at + TITLE_LINES])])
        if len(chunk) - at <= TITLE_LINES and self.limits.is_title(whole):
            stop = next((i for i in range(at + 1, len(chunk)) if number_of(chunk[i].text)), len(chunk))
            return stop - at
        alone = at + 1 < len(chunk) and CAPITAL.match(chunk[at + 1].text) and self._is_short(chunk[at])
        return 1 if alone and self.limits.is_title(first) else 0

    def _number(self, chunk: list[Line], at: int, fresh: bool, after: Line | None) -> Block | None:
        number, numbers = number_of(chunk[at].text), self.state.numbers
        if number is None:
            return None
        rest = chunk[at].text[number.end :]
        lower = rest and len(number.parts) < 3 and not CAPITAL.match(rest) and not marker(rest)
        if lower and not (fresh and self._goes_on(number)):
            return None
        if number.form == ")" and not self._is_paragraph(chunk, number):
            return None
        follows = self._is_next(number)
        if not fresh:
            begins = not numbers and number.parts == (1,)
            if not begins and not (follows and ends_sentence(chunk[at - 1].text)):
                return None
        elif not follows and self._is_figure(number):
            return None
        self.state.items = Items()
        if fresh and self._is_numbered_title(chunk, at, number, after):
            return Block.labelled("heading", chunk[at:], number.end, number.printed, NUMERAL)
        while numbers and not numbers[-1].precedes(number) and any(n.precedes(number) for n in numbers[:-1]):
            numbers.pop()  # an inner numbering ends, the outer one goes on
        numbers[:] = [*numbers[: -1 if follows else None], number][-NESTED:]
        return Block.labelled("number", [chunk[at]], number.end, number.printed)

    def _is_paragraph(self, chunk: list[Line], number: Number) -> bool:
        """Whether "12) Le Comité…" is a paragraph and no item of a list: it has a neighbour, and ends as a sentence."""
        before = self.blocks[-1].plain if self.blocks else ""
        if self._is_next(number):
            return not (before.endswith((";", ",")) and self.state.items.follow(number.printed))
        listed = self.state.numbers or self.state.items.levels or before.endswith(":")
        if listed or number.parts[0] + 1 not in self.starts:
            return False
        return before.endswith((";", ",")) or not chunk[-1].text.endswith((";", ","))  # after a preamble, or alone

    def _goes_on(self, number: Number) -> bool:
        """Whether a numbered paragraph goes on with the sentence of those above: « A. considérant …; 1. invite … »."""
        before = self.blocks[-1].plain if self.blocks else ""
        return (
            before.endswith((";", ","))
            and not self.state.items.levels
            and (self._is_next(number) or number.parts == (1,))
        )

    def _is_next(self, number: Number) -> bool:
        return any(other.precedes(number) for other in self.state.numbers)

    def _is_figure(self, number: Number) -> bool:
        """Whether a number out of sequence is a year or a figure, as it goes on with a sentence."""
        if self.state.numbers and number.parts >= (1900,):
            return True
        last = self.blocks[-1] if self.blocks else None
        if last is None or last.kind == "heading" or number.parts == (1,):
            return False
        return not re.search(r"\W$", last.plain.rstrip("-")) and not self.limits.is_title(last.plain)

    def _is_numbered_title(self, chunk: list[Line], at: int, number: Number, following: Line | None) -> bool:
        """Whether "1. Cadre juridique" is a title: its form, and body text or the next paragraph after it."""
        title = chunk[at].text[number.end :]
        if at + 1 < len(chunk) or following is None or self._is_next(number) or not self.limits.is_title(title):
            return False
        after = number_of(following.text)
        if after:
            inner = len(number.parts) > len(after.parts) or after.parts[:-1] == number.parts  # « 7.1 Aux ports »
            return inner or self._is_next(after) or (not self.state.numbers and number.parts == after.parts == (1,))
        if marker(following.text) or (forms.HEADING.match(following.text) and not following.text.startswith("M. ")):
            return False
        return CAPITAL.match(following.text) is not None and ends_sentence(following.text)

    def _listed(self, chunk: list[Line], at: int, fresh: bool) -> Block | None:
        """An item whose label a paragraph or a title may have too: "1. Réviser la loi ;" under "devrait :".

        A colon before it and its form open the list; once open, it goes on as its items are parted.
        """
        label, text = ambiguous(chunk[at].text)
        if not label or not self.blocks or self._is_styled(chunk[at]):
            return None
        items = self.state.items
        before = uncalled(self.blocks[-1].text[-1])[0].rstrip()
        acts = forms.is_item(text, chunk[at : at + forms.ITEM_LINES])
        levels = items.follow(label)
        if levels is not None:
            if not (acts or text[:1].islower() or forms.GOES_ON.search(before)):
                return None
        elif before.endswith(":") and self.blocks[-1].kind != "heading":
            apart = label.islower() or not forms.ANNOUNCES.search(before)
            if not (apart and (acts or text[:1].islower() or label.islower())):
                return None
            levels = items.begin(label) or items.force(label)
        else:
            return None
        if not fresh and not forms.OPEN_LIST.search(before):
            return None
        self.state.items = Items(levels)
        return Block.labelled("item", [chunk[at]], 0, self.state.items.item)

    def _decimal(self, line: Line) -> Block | None:
        """An item numbered as a part of its paragraph: « 2.1. à ratifier … ; » under « 2. … appelle les États : »."""
        number, numbers = number_of(line.text), self.state.numbers
        if number is None or not numbers or len(number.parts) <= len(numbers[-1].parts) or number.form != ".":
            return None
        rest, before = line.text[number.end :], uncalled(self.blocks[-1].text[-1])[0].rstrip()
        opens = before.endswith(":") or (self.blocks[-1].kind == "item" and "." in self.blocks[-1].label)
        inside = number.parts[: len(numbers[-1].parts)] == numbers[-1].parts
        if not (opens and inside and forms.DECIMAL_ITEM.match(rest) and forms.OPEN_LIST.search(before)):
            return None
        return Block.labelled("item", [line], 0, number.printed)

    def _item(self, chunk: list[Line], at: int, fresh: bool) -> Block | None:
        label, items = marker(chunk[at].text), self.state.items
        if not label:
            return None
        before = chunk[at - 1].text if not fresh else self.blocks[-1].text[-1] if self.blocks else ""
        levels = items.follow(label) or items.begin(label)
        if not fresh:
            opens = items.follow(label) is not None or before.endswith(":")
            if levels is None or not opens or not forms.OPEN_LIST.search(before):
                return None
        elif levels is None and forms.OPEN_LIST.search(before) and not before.endswith((".", ":")):
            return None  # goes on with a list that began inside a paragraph
        self.state.items = Items(levels or items.force(label))
        return Block.labelled("item", [chunk[at]], 0, self.state.items.item)

    def _is_short(self, line: Line) -> bool:
        """Whether a line ends long before the margin, so that a paragraph or title ends with it."""
        return len(line.text) < forms.SHORT * self.width

    def _breaks(self, chunk: list[Line], at: int) -> bool:
        """Whether a paragraph ends before line `at` although no blank line says so."""
        line, before = chunk[at], chunk[at - 1]
        if not CAPITAL.match(line.text) or forms.LABELLED.match(line.text):
            return forms.LABELLED.match(line.text) is not None
        if ends_sentence(before.text):
            return self._is_short(before) or line.indent >= before.indent + 3
        alone = len(self.blocks[-1].lines) == 1 and self.limits.is_title(before.text) and _stands_above(chunk, at)
        return self._is_short(before) and (alone or before.text.endswith(","))


def _stands_above(chunk: list[Line], at: int) -> bool:
    """Whether the line before `at` is short beside those below, as a title is; wrapped lines are as long as these."""
    longest = max(len(line.text) for line in chunk[at:])
    return len(chunk[at - 1].text) < (longest if at + 1 == len(chunk) else forms.SHORT * longest)
