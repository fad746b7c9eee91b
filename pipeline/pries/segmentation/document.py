"""Segmentation: one document, from its text to the rows of its paragraphs, sentences, footnotes and dropped lines.

Knows nothing of files; `segment` calls it for each text of a corpus, and so may a notebook.

    "12. Les gouvernements ont été priés d’agir. Ils" / "le feront." -> paragraph 12, two sentences
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import ClassVar

import pandas as pd

from pries.base import settings
from pries.base.layers import Folder
from pries.base.places import LEXICONS, SETTINGS
from pries.reading import formats, marks
from pries.schema import schema
from pries.schema.ids import content_id
from pries.segmentation import footnotes, furniture, joining, layout, records, resolutions, titles
from pries.segmentation.about import Cover
from pries.segmentation.long_sentences import shortened
from pries.segmentation.sections import Place, Roles
from pries.segmentation.sentences import Cues, spans


@dataclass(frozen=True)
class Settings:
    """How long titles, brackets and sentences may be, in characters."""

    FILE: ClassVar[str] = "segment.toml"
    title_characters: int = field(default=200, metadata={"low": 10, "high": 1000})
    bracket_characters: int = field(default=300, metadata={"low": 0, "high": 10_000})
    sentence_characters: int = field(default=5_000, metadata={"low": 500, "high": 100_000})


@dataclass(frozen=True)
class Rules:
    """What the stage knows: its limits, the abbreviations, and which title plays which part."""

    reading: formats.Limits
    limits: Settings
    cues: Cues
    roles: Roles
    openings: resolutions.Openings
    cover: Cover

    @classmethod
    def read(cls, lexicons: Folder, folder: Folder) -> Rules:
        """The rules of the two folders; raises InputError for a broken row or setting."""
        limits = settings.read(folder, Settings)
        roles = Roles.read(lexicons, limits.title_characters)
        cues, openings = Cues.read(lexicons, limits.bracket_characters), resolutions.Openings.read(lexicons)
        return cls(settings.read(folder, formats.Limits), limits, cues, roles, openings, Cover.read(lexicons))


@dataclass(frozen=True)
class Segmented:
    """One document's tables, columns as in the schema."""

    paragraphs: pd.DataFrame
    sentences: pd.DataFrame
    footnotes: pd.DataFrame
    dropped: pd.DataFrame


def segment_text(text: str, doc_id: str, *, lexicons: Folder = LEXICONS, settings: Folder = SETTINGS) -> Segmented:
    """Paragraphs, sentences, footnotes and dropped lines of one document.

    >>> segment_text("12. Les États ont été priés d’agir. Ils le feront.", "A_68_370").sentences.text.tolist()
    ['Les États ont été priés d’agir.', 'Ils le feront.']
    """
    rows = segment_rows(text, doc_id, Rules.read(lexicons, settings))
    del rows["odd"]
    return Segmented(**{table: schema.from_rows(found, table, "segment") for table, found in rows.items()})


def segment_rows(text: str, doc_id: str, rules: Rules) -> dict[str, list[tuple]]:
    """The rows of paragraphs, sentences, footnotes and dropped of one document, columns in the schema's order.

    Under `odd` what looks wrong: line, problem, remedy.
    """
    lines, dropped = furniture.separate(text)
    notes = footnotes.collected(dropped)
    lines = footnotes.with_calls(lines, notes)
    words = joining.vocabulary(lines)
    paragraphs: list[tuple] = []
    sentences: list[tuple] = []
    forms: list[resolutions.Paragraph] = []
    called: list[footnotes.Called] = []
    too_long: list[int] = []
    seen: Counter[str] = Counter()
    place = Place(rules.roles)
    limits = titles.Limits(rules.limits.title_characters, rules.cues.link, rules.roles.annex)
    read = [(u, *_without_calls(*joining.text_of(u, words))) for u in joining.units(layout.blocks(lines, limits))]
    speakers, directions = records.speakers([records.Block(u[0].kind == "heading", whole) for u, whole, *_ in read])
    for rank, (unit, whole, parts, calls) in enumerate(read):
        if rank in directions:
            dropped += furniture.left_out(text, [line.number for block in unit for line in block.lines], records.RULE)
            continue
        numbers = [line.number for block in unit for line in block.lines]
        if speakers[rank]:
            whole, parts, calls, said = _speech(whole, parts, calls)
            dropped += [furniture.Dropped(min(numbers), one, records.RULE) for one in said]
        kind, name = place.enter(unit[0], whole)
        called += [footnotes.Called(mark, name, min(numbers), at) for at, mark in calls]
        section = (place.section, place.title, place.role, kind)
        number = int(unit[0].label) if unit[0].kind == "number" and unit[0].label.isdecimal() else 0
        forms.append(resolutions.Paragraph(kind, unit[0].kind == "number", whole, number))
        paragraphs.append((doc_id, name, *section, "", speakers[rank], whole, min(numbers), max(numbers)))
        if kind == "heading":
            continue
        found = spans(whole, parts, rules.cues)
        longest = rules.limits.sentence_characters
        if any(span.end - span.start > longest for span in found):
            found = list(shortened(whole, found, longest))
            too_long.append(min(numbers))
        for place_in, span in enumerate(found, start=1):
            sentence = whole[span.start : span.end]
            seen[sentence] += 1
            key = content_id("s", doc_id, sentence, seen[sentence])
            where = (section[0], name, span.item, place_in, span.start, span.end)
            sentences.append((doc_id, key, *where, sentence))
    parts_of = resolutions.parts(forms, rules.openings)
    paragraphs = [(*row[:6], part, *row[7:]) for row, part in zip(paragraphs, parts_of, strict=True)]
    left = [(doc_id, line.number, line.text, line.rule) for line in sorted(dropped, key=lambda line: line.number)]
    tied = footnotes.tied(doc_id, notes, called)
    odd = [_cut(too_long, rules.limits.sentence_characters)] if too_long else []
    return {"paragraphs": paragraphs, "sentences": sentences, "footnotes": tied, "dropped": left, "odd": odd}


Places = list[tuple[int, str]]


def _speech(whole: str, parts: Places, calls: Places) -> tuple[str, Places, Places, list[str]]:
    """A paragraph of a speech without its stage directions, which come last."""
    text, gone = records.without_directions(whole)
    if not gone:  # nearly always
        return whole, parts, calls, []
    parts, calls = ([(records.moved(at, gone), name) for at, name in places] for places in (parts, calls))
    return text, parts, calls, [whole[start:end].strip() for start, end in gone]


def _cut(lines: list[int], longest: int) -> tuple[int, str, str]:
    more = f" (and of {len(lines) - 1:,} more paragraphs)" if lines[1:] else ""
    problem = f"a sentence of more than {longest:,} characters{more}, cut into pieces"
    return lines[0], problem, f"look for full stops that are missing, or raise sentence_characters in {Settings.FILE}"


def _without_calls(
    whole: str, parts: list[tuple[int, str]]
) -> tuple[str, list[tuple[int, str]], list[tuple[int, str]]]:
    """A paragraph's text without the calls of notes, where its items begin then, and where the calls stood."""
    if marks.CALL not in whole:
        return whole, parts, []
    texts, moved, calls, length = list[str](), list[tuple[int, str]](), list[tuple[int, str]](), 0
    for (at, item), (end, _) in zip(parts, [*parts[1:], (len(whole), "")], strict=True):
        text, found = marks.uncalled(whole[at:end])
        moved.append((length, item))
        calls += [(length + start, mark) for start, mark in found]
        texts.append(text)
        length += len(text)
    text = "".join(texts).rstrip()
    return text, moved, [(min(start, len(text)), mark) for start, mark in calls]
