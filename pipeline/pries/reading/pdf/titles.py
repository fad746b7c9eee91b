"""PDF titles: headings that are told by their type.

Reads the lines of a column. Lines in larger type than the text, or in bold type where the text is not, are a heading if
they stand apart and have a heading's form; a heading of several lines is given as one.

    "2.3. Cadre de" above "concertation" in bold type -> one heading, "2.3. Cadre de concertation"
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pries.reading import syllables
from pries.reading.enumeration import ACTION, CAPTION, VALUE, ambiguous, number_of
from pries.reading.marks import ends_sentence, heading
from pries.reading.pdf import figures, paragraphs
from pries.reading.pdf.lines import Line

LARGER = (1.6, 1.3, 1.1)  # sizes of the text: what is as large is a heading of the first, second or third level
BOLD_LEVEL = 4  # of one that is only bold
LEAST = 0.95  # sizes of the text that a bold heading has at least
LONGEST = 200  # characters
NEAR, APART = 1.45, 2.2  # sizes between two lines of one heading, and where a word shows that it goes on
CAPITALS = 0.3  # of the size of large capitals by which small ones are smaller
LINK = re.compile(
    r"(?:à|aux?|avec|dans|de|des?|du|en|entre|et|la|les?|ou|par|pour|sous|sur|un|une|vers|lors|relative?s?|[dl]['’])",
    re.IGNORECASE,
)
CUT = re.compile(r"(?<=[^\W\d_]{2})-\n(?!(?:et|ou)\b)([a-zß-ÿœ]+)")
FORM = re.compile(r"[«\"“(]?\s?[A-ZÀ-ÖØ-ÞŒ0-9]")


@dataclass(frozen=True)
class Text:
    """How the running text of a document is set."""

    size: float
    bold: bool

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Text:
        """The type of most letters; a table counts only where there is nothing else."""
        types: Counter[tuple[float, bool]] = Counter()
        for line in [line for line in lines if not line.rows] or lines:
            types[line.size, line.bold] += len(line.text)
        size, bold = types.most_common(1)[0][0] if types else (0.0, False)
        return cls(size, bold)

    def level(self, line: Line) -> int:
        """The level of a heading in the type of a line, 0 where it has none."""
        for level, times in enumerate(LARGER, start=1):
            if line.size >= times * self.size:
                return level
        return BOLD_LEVEL if line.bold and not self.bold and line.size >= LEAST * self.size else 0


def read(column: Sequence[Line], leading: dict[float, float], text: Text) -> Iterator[tuple[Line, str, bool]]:
    """The lines of a column as they are handed over, a heading as one, and whether each begins a paragraph."""
    title: list[Line] = []
    for block in _blocks(column, paragraphs.begins(column, leading)):
        if title and (not _goes_on(title, block, text)):
            yield title[0], _heading(title, text), True
            title = []
        if title or _is_title(block, text):
            title += block
        elif figures.are_figures(block):
            yield from (
                (replace(line, rule=line.rule or "figures"), line.text, rank == 0) for rank, line in enumerate(block)
            )
        else:
            yield from ((line, line.text, rank == 0) for rank, line in enumerate(block))
    if title:
        yield title[0], _heading(title, text), True


def _blocks(column: Sequence[Line], begins: Sequence[bool]) -> Iterator[list[Line]]:
    starts = [i for i, first in enumerate(begins) if first]
    for start, end in zip(starts, [*starts[1:], len(column)], strict=True):
        yield list(column[start:end])


def _heading(title: Sequence[Line], text: Text) -> str:
    return heading(text.level(title[0])) + _whole(title)


def _whole(lines: Sequence[Line]) -> str:
    """The lines of a heading as one; a hyphen at a line's end stays, unless it cuts a word."""
    whole = "\n".join(line.text for line in lines)
    return CUT.sub(lambda found: "-" * (not syllables.is_end(found[1])) + found[1], whole).replace("\n", " ")


def _is_title(block: Sequence[Line], text: Text, inside: bool = False) -> bool:
    """Whether a paragraph is a heading by its type and form, or the rest of one (`inside`), in lower case too."""
    first, whole = block[0], _whole(block)
    if len(whole) > LONGEST or any(line.rule or line.rows or VALUE.fullmatch(line.text) for line in block):
        return False
    level = text.level(first)
    if not level or any(text.level(line) != level for line in block):
        return False
    named = _has_letters(whole) if inside else FORM.match(whole) is not None and _is_named(whole)
    return named and not ends_sentence(whole)


def _is_named(whole: str) -> bool:
    """Whether words say what a section is about: no caption, no figure, nothing that is to be done."""
    number = number_of(whole)
    label, rest = ("", whole[number.end :]) if number else ambiguous(whole)
    words = rest if label or number else whole
    return _has_letters(words) and not CAPTION.match(words) and not ACTION.match(words)


def _has_letters(words: str) -> bool:
    return any(c.isalpha() for c in words)


def _goes_on(title: Sequence[Line], block: Sequence[Line], text: Text) -> bool:
    """Whether a heading goes on in the next paragraph: the same type, near, and no heading of its own."""
    above, first = title[-1], block[0]
    alike = _is_title(block, text, inside=True) and above.bold == first.bold
    words = re.split(r"(?<=['’])|\s+", above.text)[-1], re.split(r"(?<=['’])|\s+", first.text)[0]
    linked = any(LINK.fullmatch(word) for word in words) or first.text[0].islower()
    larger = max(above.size, first.size)  # capitals among small ones are another size
    near = 0 < above.y - first.y <= (APART if linked else NEAR) * larger
    alike = alike and larger - min(above.size, first.size) <= (CAPITALS * larger if linked else 0.0)
    labelled = number_of(first.text) or ambiguous(first.text)[0]
    return alike and near and not labelled and len(_whole([*title, *block])) <= LONGEST
