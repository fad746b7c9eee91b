"""Properties of texts: whatever a document holds, nothing of it is lost, every place is true, every name is its own.

Hypothesis puts documents together from what reports are made of and from any other characters.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections import namedtuple
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from corpora import segment_rules
from hypothesis import example, given
from hypothesis import strategies as st
from pries.reading import decoding, marks, word_numbering
from pries.schema import schema
from pries.segmentation.document import segment_rows
from pries.segmentation.furniture import clean, source_lines

PIECES = [
    "Les États ont été priés de ratifier la Convention", "les gouvernements", "Ils ont recommandé", "agir", "Comité",
    "gouver-", "nements", "l’après-", "2015", "M. ", "MM. ", "etc. ", "art. ", "p. ex. ", "l’alinéa ", "et ",
    ". ", ".", "; ", " : ", ", ", "… ", "? ", "(", ")", "[", "]", "« ", " »", "”", "-", "–", "’",
    "\n", "\n\n", "\n\n\n", "\r\n", "\r", "\f", "\n\f", "\n    ", "\t", "   ", "\u00a0", "\u2009", "\u200b", "\u00ad",
    "\u2028", "\x0b", "\x1c", "\x85",
    "1. ", "2. ", "12. ", "13. ", "13.", "1999. ", "17.33 ", "§ 4 ", "4) ", "a) ", "b) ", "(c) ", "i) ", "ii) ", "iv) ",
    "• ", "- ", "* ", "V. ", "VI. ", "A. ", "B. ", "IV – ", "Annexe", "Annexe II. ", "Annexe à ", "Conclusion",
    "Thème 1 : Le travail", "Débat général", "A/68/370", "13-46142", "13-461422/15", "3/15", "7", "Page 3 sur 9",
    "________", "* A/68/150.", "¹ Voir la résolution 61/208.", "1 Voir ", "¹", "²³", "migrants1", "*", "**",
    "https://www.un.org/fr", "Nations Unies", "Distr. générale", "3 juillet 2013", "Afrique    14    33 %",
    "Le Président : ", "M. Okoro (Littorie) : ", "Mme Roy. ", "M. Sow (Oko) dit que ", "(Rires)\n",
    "L’Assemblée générale,\n", "Consciente du danger,\n", "1. Prie les États ;\n", "« Le Conseil,\n", " »\n",
    "e\u0301", "\u0301", "ﬁ", "œ", "ß", "İ", "\U0001d7d9", "٣", "Ⅳ", "\u202e", "\0", "\x1b[31m",
    marks.call("1"), marks.call("a"), "\n" + marks.heading(1), "\n\n" + marks.heading(3),
    *("\n" + marks.left_out(rule) for rule in ("footnote 1", "footnote a", "footnote", "table", "running head")),
]  # fmt: skip
MARKS = marks.CALL + marks.LINE + marks.END
CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters=MARKS)
PIECE = st.sampled_from(PIECES) | st.text(CHARACTERS, max_size=6)
TEXTS = (st.lists(PIECE, max_size=20) | st.lists(PIECE, min_size=20, max_size=100)).map("".join)
UNSEEN = re.compile("[\\s\u200b-\u200d\u2060\ufeff]")  # white space, and characters without width
LABEL = re.compile(r"[IVXLC]+|[A-Za-z]|\d[\dA-Z.]*|")


ROWS = {
    table: namedtuple(table, [column.name for column in schema.TABLES[table].filled_by("segment")])  # type: ignore[misc]
    for table in ("paragraphs", "sentences", "footnotes", "dropped")
}


@dataclass
class Made:
    """The rows of a document by table, each with its columns as attributes (quicker than data frames)."""

    paragraphs: list[Any]
    sentences: list[Any]
    footnotes: list[Any]
    dropped: list[Any]


def segmented(text: str) -> Made:
    found = segment_rows(text, "essai", segment_rules())
    return Made(**{table: [row._make(values) for values in found[table]] for table, row in ROWS.items()})


def lines_of(text: str) -> list[str]:
    """The lines of a document as its reader says them, without what the reader says of them."""
    return [marks.directed(line)[1] for line in source_lines(text)]


def letters(text: str) -> str:
    return "".join(c for c in marks.CALLED.sub("", text) if c.isalpha())


@given(TEXTS)
def test_no_line_is_lost_and_none_stands_twice(text: str) -> None:
    """Every line that shows something is dropped, or in the lines of exactly one paragraph; they come in order."""
    made = segmented(text)
    dropped = [row.line for row in made.dropped]
    assert dropped == sorted(set(dropped))
    assert all(row.line_start <= row.line_end for row in made.paragraphs)
    assert all(before.line_end < after.line_start for before, after in pairwise(made.paragraphs))
    for number, line in enumerate(lines_of(text), start=1):
        if UNSEEN.sub("", line) and number not in dropped:
            assert sum(row.line_start <= number <= row.line_end for row in made.paragraphs) == 1, line


@given(TEXTS)
def test_no_letter_is_lost(text: str) -> None:
    """A paragraph has the letters of its lines in their order, without those of its number."""
    made = segmented(text)
    lines, dropped = lines_of(text), {row.line for row in made.dropped}
    for row in made.paragraphs:
        own = [n for n in range(row.line_start, row.line_end + 1) if n not in dropped]
        source, kept = letters("".join(clean(lines[n - 1]) for n in own)), letters(row.text)
        assert source.endswith(kept), row
        assert LABEL.fullmatch(source[: len(source) - len(kept)]), row


@given(TEXTS)
def test_text_is_composed_with_single_plain_spaces(text: str) -> None:
    """An accent that stands behind the call of a note is left alone: it is not composed with the letter before."""
    made = segmented(text)
    noted = marks.CALL in text or made.footnotes
    for row in made.dropped:
        assert not set(row.text) & set(MARKS)
    for row in made.paragraphs + made.footnotes:
        assert noted or row.text == unicodedata.normalize("NFC", row.text)
        assert row.text == " ".join(row.text.split())
        assert not set(row.text) & set("\u00ad\u200b\u2011" + MARKS)


@given(TEXTS)
def test_places_are_true_and_sentences_cover_their_paragraph(text: str) -> None:
    made = segmented(text)
    paragraphs = {row.paragraph: row for row in made.paragraphs}
    for name, rows in groupby(made.sentences, key=lambda row: row.paragraph):
        whole, left, end = paragraphs[name].text, list(paragraphs[name].text), 0
        for rank, row in enumerate(rows, start=1):
            assert row.sentence == rank
            assert end <= row.start < row.end
            assert whole[row.start : row.end] == row.text == row.text.strip()
            assert row.section == paragraphs[name].section
            left[row.start : row.end] = " " * len(row.text)
            end = row.end
        assert "".join(left).strip() == ""
    told = [name for name, row in paragraphs.items() if row.kind != "heading" and row.text]
    assert [name for name, _ in groupby(row.paragraph for row in made.sentences)] == told


@given(TEXTS)
def test_every_name_is_its_own(text: str) -> None:
    made = segmented(text)
    names, ids = [row.paragraph for row in made.paragraphs], [row.sentence_id for row in made.sentences]
    assert (len(set(names)), len(set(ids))) == (len(names), len(ids))
    assert all(names)


@given(TEXTS)
def test_footnotes_are_tied_inside_their_paragraph(text: str) -> None:
    made = segmented(text)
    paragraphs = {row.paragraph: row.text for row in made.paragraphs}
    dropped = {row.line for row in made.dropped if row.rule.startswith("footnote")}
    assert [row.note for row in made.footnotes] == list(range(1, len(made.footnotes) + 1))
    assert {row.line for row in made.footnotes} <= dropped
    for row in made.footnotes:
        assert 0 <= row.start <= len(paragraphs[row.paragraph]) if row.paragraph else row.start == -1


# --- documents as they are written ---------------------------------------------------------------------

PROSE = [
    "Les gouvernements ont été priés de ratifier la Convention de 1990 et les deux protocoles.",
    "M. Diallo a dit que l’art. 5 de la loi du 12 mars 1999 suffisait.",
    "Il a été recommandé aux États d’agir sans délai, et de rendre compte en 2015.",
    "Les participants, qui étaient au nombre de 1 200, ont pris la parole (voir annexe).",
    "Le rapport hommes-femmes doit être revu : c’est urgent!",
    "Ils ont souligné « l’importance des envois de fonds » pour les pays d’origine.",
    "Quelque 13 % des travailleurs n’ont pas de contrat; 40 % n’ont pas de syndicat.",
    "Comment faire respecter le principe de non-refoulement?",
]
TITLES = ["Introduction", "Débat général", "Conclusions et recommandations", "Le travail des migrants"]
ITEMS = ["De ratifier la Convention", "D’adopter des lois", "De lutter contre la traite des personnes"]


@st.composite
def documents(draw: st.DrawFn) -> list[tuple[str, str, list[str]]]:
    """A report as (kind and name, its text, its blocks): titles, numbered paragraphs, some with a list.

    Long enough to show whether its lines are wrapped: of a line or two that end with a sentence, nobody can tell.
    """
    parts, number = [], draw(st.integers(1, 40))
    for section in range(draw(st.integers(1, 4))):
        title, label = draw(st.sampled_from(TITLES)), word_numbering.to_roman(section + 1)
        parts.append((f"heading:{label}", title, [f"{label}. {title}"]))
        for _ in range(draw(st.integers(2, 4))):
            sentences = draw(st.lists(st.sampled_from(PROSE), min_size=3, max_size=6))
            blocks = [f"{number}. {' '.join(sentences)}"]
            if draw(st.booleans()):
                blocks[0] += " Les États devraient s’engager :"
                chosen = draw(st.lists(st.sampled_from(ITEMS), min_size=2, max_size=5))
                ends = [";"] * (len(chosen) - 1) + ["."]
                blocks += [f"{c}) {words}{end}" for c, words, end in zip("abcde", chosen, ends, strict=False)]
            parts.append((str(number), " ".join(blocks).partition(" ")[2], blocks))
            number += 1
    return parts


@given(documents(), st.integers(40, 110), st.booleans())
def test_a_report_is_read_as_it_was_written_however_wide(
    parts: list[tuple[str, str, list[str]]], width: int, wrapped: bool
) -> None:
    """Sections, numbered paragraphs and lists come back, wrapped at any width or a block on one line."""
    blocks = [block for _, _, own in parts for block in own]
    if wrapped:
        blocks = [textwrap.fill(block, width, break_on_hyphens=False, break_long_words=False) for block in blocks]
    made = segmented("\n\n".join(blocks) + "\n")
    assert [(row.paragraph, row.text) for row in made.paragraphs] == [(name, text) for name, text, _ in parts]


@given(documents(), st.integers(40, 110))
def test_what_was_read_is_read_again_as_the_same(parts: list[tuple[str, str, list[str]]], width: int) -> None:
    """Written one paragraph a line with its printed number, a report gives the same paragraphs and sentences.

    True of reports, not of all texts: a paragraph that was told by the page or by a reader's mark may look like a
    title, a page number or the end of the one before once these are gone.
    """
    blocks = [textwrap.fill(block, width, break_on_hyphens=False) for _, _, own in parts for block in own]
    made = segmented("\n\n".join(blocks) + "\n")
    labels = [row.paragraph.removeprefix("heading:") for row in made.paragraphs]
    again = segmented("".join(f"{label}. {row.text}\n\n" for label, row in zip(labels, made.paragraphs, strict=True)))
    assert [row[:-2] for row in again.paragraphs] == [row[:-2] for row in made.paragraphs]
    assert again.sentences == made.sentences


# --- decoding ----------------------------------------------------------------------------------------


@example("\u2028".encode())  # a line separator, and nothing to part
@given(st.binary(max_size=200) | TEXTS.map(str.encode) | TEXTS.map(lambda t: t.encode("utf-16-le")))
def test_any_bytes_are_text_or_refused_with_a_reason(data: bytes) -> None:
    try:
        text, encoding = decoding.read_text(data)
    except ValueError as error:
        text, encoding = str(error), type(error).__name__
        assert encoding == "ValueError"
    assert text.strip()
    assert encoding
    text.encode("utf-8")


def is_text(text: str) -> bool:
    return bool(text.replace("\ufeff", "").strip()) and not any(c < " " and c not in "\t\n\r\f\v" for c in text)


@given(TEXTS.filter(is_text))
def test_text_in_utf8_comes_back(text: str) -> None:
    assert decoding.read_text(text.encode("utf-8")) == (text.removeprefix("\ufeff"), "utf-8")
    assert decoding.read_text(b"\xef\xbb\xbf" + text.encode("utf-8")) == (text, "utf-8")


@given(TEXTS.filter(is_text))
def test_text_in_utf16_with_its_mark_comes_back(text: str) -> None:
    for order, mark in (("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")):
        assert decoding.read_text(mark + text.encode(order)) == (text, "utf-16")


FRENCH = st.lists(st.sampled_from([*"eéèàçœÉÀ’«» .,;:\n", "Les États", "ont été priés"]), min_size=1, max_size=80)


@given(FRENCH.map("".join).filter(is_text))
def test_french_in_windows_1252_comes_back(text: str) -> None:
    """Where the bytes are UTF-8 as well (no accent, or the two characters of one) that reading wins."""
    data = text.encode("cp1252")
    try:
        expected = data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        expected = text, "cp1252"
    assert decoding.read_text(data) == expected
