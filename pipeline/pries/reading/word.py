"""DOCX: from the bytes of a Word document to lines of text with marks (see `marks`).

Each paragraph is one line, blank lines between; the numbers that Word prints stand before the text. Headings are told
by style or outline level, notes follow the paragraph that calls them, tables are kept apart (`formats_cells`). What
tracked changes delete is left out, what they insert is text; hidden text is left out.

The parts are read with lxml as they stand in the archive, not through python-docx: it unpacks every part before
anybody can count, and knows neither notes nor the numbers of lists.

    numbered paragraph "Prie les États d’agir" + note 1 -> "12. Prie les États d’agir" + call("1")
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from pries.reading import recommendation_tables, table_cells
from pries.reading.marks import CALLED, Unreadable, call, heading, left_out, plain, raised
from pries.reading.word_numbering import Numbering, Styles, W, number, to_roman, value
from pries.reading.word_symbols import symbol
from pries.reading.zipped import SAVE_AGAIN, Archive

COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
NOTES = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}
OMITTED = frozenset(
    W + name for name in "del moveFrom delText delInstrText instrText pPr rPr sdtPr tblPr tcPr trPr rt".split()
)
INSIDE = frozenset(W + name for name in "sdt sdtContent customXml ins moveTo smartTag".split())
SPACES = {W + "tab": " ", W + "cr": " ", W + "br": " ", W + "ptab": " ", W + "noBreakHyphen": "\u2011"}
RAISED = "\1"  # before a piece of text that is set higher, which no XML can hold
SCAN = "save the document as text, or run character recognition if it is a scan"


def read(data: bytes, *, max_characters: int, max_unpacked: int) -> str:
    """The text of a Word document with marks; raises Unreadable for what cannot be read."""
    blocks, characters = [], 0
    for block in _Document(Archive(data, max_unpacked=max_unpacked)).blocks():
        characters += len(block) + 2
        if characters > max_characters:
            remedy = "split the file, or raise max_characters in reading.toml"
            raise Unreadable(f"longer than {max_characters:,} characters", remedy)
        blocks.append(block)
    if not any(block.strip() for block in blocks):
        raise Unreadable("no text in this document", SCAN)
    return "\n\n".join(blocks) + "\n"


def title(data: bytes, *, max_unpacked: int) -> str:
    """The title that the document's properties give it."""
    return plain(Archive(data, max_unpacked=max_unpacked).title("docProps/core.xml"))


class _Document:
    """A Word document that gives its blocks in reading order."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        main = next(iter(self._related("", "officeDocument")), "word/document.xml")
        self.body = archive.xml(main).find(W + "body")
        if self.body is None:
            raise Unreadable("an office document that is no text", f"{SAVE_AGAIN} as .docx")
        self.styles = Styles(self._part(main, "styles"))
        self.numbering = Numbering(self._part(main, "numbering"), self.styles)
        self.running = [archive.xml(name) for kind in ("header", "footer") for name in self._related(main, kind)]
        self.notes: dict[str, dict[str, Any]] = {}
        for kind in NOTES.values():
            part = self._part(main, kind)
            self.notes[kind] = {} if part is None else {note.get(W + "id", ""): note for note in part}
        self.called = dict.fromkeys(NOTES.values(), 0)
        self.raised: set[str] = set()  # marks of the notes that raised figures have called
        self.unfinished: list[str] = []  # texts of paragraphs whose end a tracked change deletes

    def _related(self, part: str, kind: str) -> list[str]:
        """The parts of a kind that a part names, in the order of their names."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", name + ".rels")
        if not self.archive.has(relations):
            return []
        found: set[str] = set()
        for relation in self.archive.xml(relations):
            if relation.get("Type", "").rpartition("/")[2] == kind and relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
                found.update({target} if self.archive.has(target) else ())
        return sorted(found)

    def _part(self, main: str, kind: str) -> Any:
        return next((self.archive.xml(name) for name in self._related(main, kind)), None)

    def blocks(self) -> Iterator[str]:
        """The blocks of the document: running heads first, then what the body holds."""
        for part in self.running:
            yield from self._left_out(part, "running head")
        for element in _children(self.body, W + "p", W + "tbl"):
            yield from self._paragraphs(element) if element.tag == W + "p" else self._table(element)
        if (rest := "".join(self.unfinished)).strip():
            yield rest

    def _table(self, table: Any) -> Iterator[str]:
        rows = recommendation_tables.Rows()
        for row in _children(table, W + "tr"):
            changes = row.find(W + "trPr")
            if changes is None or changes.find(W + "del") is None:
                cells = list(_children(row, W + "tc"))
                yield from rows.row([list(self._paragraphs(cell)) for cell in cells], [_span(cell) for cell in cells])

    def _paragraphs(self, root: Any) -> Iterator[str]:
        """The lines of paragraphs: the text of each, then the notes that it calls, then the text boxes in it."""
        for paragraph, pieces in _walk(root):
            notes: list[str] = []
            text = ""
            note = ""
            for piece in pieces:
                if piece.startswith(RAISED):
                    marks_found = raised(text, piece[1:])
                    blank = not text or text.isspace()
                    if marks_found and blank and marks_found[0] in self.raised:
                        note = marks_found[0]
                    elif marks_found and not blank:
                        self.raised.update(marks_found)
                        text += "".join(map(call, marks_found))
                    else:
                        text += piece[1:]
                elif piece.startswith("\0"):
                    kind, key, mark = piece[1:].split("\0")
                    mark = mark or self._mark(kind)
                    notes += self._left_out(self.notes[kind].pop(key, None), f"footnote {mark}")  # told once
                    text += call(mark)
                else:
                    text += piece
            yield from self._line(paragraph, text, note)
            yield from notes

    def _line(self, paragraph: Any, text: str, note: str) -> Iterator[str]:
        """The line of a paragraph with its number, if it has text; one without an end joins the next one."""
        self.unfinished.append(text)
        if paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None or _is_large_initial(paragraph):
            return
        label = self.numbering.label(paragraph)  # empty paragraphs count too
        text = " ".join("".join(self.unfinished).split())
        self.unfinished.clear()
        if text and note:  # of those that a raised figure begins, and one before it called
            yield left_out(f"footnote {note}") + text
        elif text:
            level = self.styles.heading(paragraph)
            title = level and CALLED.sub("", text).strip() and not table_cells.is_sentence(text)
            yield (heading(level) if title else "") + f"{label} {text}".lstrip()

    @staticmethod
    def _left_out(root: Any, rule: str) -> Iterator[str]:
        """The paragraphs of a note or running head, each on a line that is left out."""
        for _, pieces in () if root is None else _walk(root):
            text = "".join(piece.lstrip(RAISED) for piece in pieces if not piece.startswith("\0"))
            text = " ".join(text.split())
            if text:
                yield left_out(rule) + text

    def _mark(self, kind: str) -> str:
        """The next number of a footnote, in roman numerals of an endnote."""
        self.called[kind] += 1
        return str(self.called[kind]) if kind == "footnotes" else to_roman(self.called[kind]).lower()


def _walk(root: Any) -> Iterator[tuple[Any, list[str]]]:
    """The paragraphs below an element with their pieces, the text boxes of each after it."""
    stack = [root]
    while stack:
        element = stack.pop()
        if element.tag == W + "p":
            boxes: list[Any] = []
            yield element, list(_pieces(element, boxes))
            stack.extend(reversed(boxes))
        elif element.tag not in OMITTED and not _is_placeholder(element):
            stack.extend(reversed(element))


def _pieces(paragraph: Any, boxes: list[Any]) -> Iterator[str]:
    """The pieces of text of a paragraph; a call as "\\0" + kind, key and the mark that the author set, if any.

    Text boxes are added to `boxes`.
    """
    stack, run, is_raised = [paragraph], None, False
    while stack:
        element = stack.pop()
        tag = element.tag
        if tag in (W + "t", MATHS + "t"):
            if (around := element.getparent()) is not run:  # asked once of each run, however many texts it has
                run, is_raised = around, _is_raised(around)
            text = plain(element.text or "").replace("\u00ad", "")
            yield RAISED + text if tag == W + "t" and is_raised else text
        elif tag in SPACES:
            yield SPACES[tag]
        elif tag in NOTES:
            yield "\0".join(("", NOTES[tag], element.get(W + "id", ""), _own_mark(element)))
        elif tag == W + "sym":
            yield symbol(element.get(W + "char", ""), element.get(W + "font", ""))
        elif tag == W + "txbxContent":
            boxes.append(element)
        elif tag == COMPATIBLE + "AlternateContent":
            stack.extend(element[:1])  # the others say the same in older ways
        elif tag not in OMITTED and not (tag == W + "r" and _is_hidden(element)) and not _is_placeholder(element):
            stack.extend(reversed(element))


def _own_mark(reference: Any) -> str:
    """The mark that the author set after a reference, which is taken out of the text."""
    if reference.get(W + "customMarkFollows") not in ("1", "true", "on"):
        return ""
    mark = ""
    for text in reference.itersiblings():
        if text.tag in NOTES:
            break
        if text.tag == W + "t":
            mark, text.text = mark + plain(text.text or "").strip(), ""
    return mark or "*"


def _children(element: Any, *tags: str) -> Iterator[Any]:
    """The nearest elements with one of the tags, also those inside content controls and tracked insertions."""
    stack = list(reversed(element))
    while stack:
        found = stack.pop()
        if found.tag in tags:
            yield found
        elif found.tag in INSIDE and not _is_placeholder(found):
            stack.extend(reversed(found))


def _is_large_initial(paragraph: Any) -> bool:
    """Whether a paragraph is the first letter of the next one, set over several lines."""
    frame = paragraph.find(f"{W}pPr/{W}framePr")
    return frame is not None and frame.get(W + "dropCap", "none") != "none"


def _is_placeholder(element: Any) -> bool:
    """Whether an element is a field of a form that nobody has filled: « Cliquez ici pour entrer du texte »."""
    return element.tag == W + "sdt" and element.find(f"{W}sdtPr/{W}showingPlcHdr") is not None


def _span(cell: Any) -> recommendation_tables.Span:
    """How many columns and rows a cell of a table takes; no row where it is merged with the one above."""
    merged = cell.find(f"{W}tcPr/{W}vMerge")
    goes_on = merged is not None and merged.get(W + "val", "continue") == "continue"
    return number(value(cell, "tcPr/gridSpan"), 1) or 1, 0 if goes_on else 1


def _is_hidden(run: Any) -> bool:
    """Whether a run is no text: hidden, or struck through."""
    return any(_is_on(run, name) for name in ("vanish", "strike", "dstrike"))


def _is_on(run: Any, name: str) -> bool:
    return run.find(f"{W}rPr/{W}{name}") is not None and value(run, f"rPr/{name}") not in ("0", "false", "off")


def _is_raised(run: Any) -> bool:
    """Whether a run is set higher than its line, or in the style of a note's call."""
    if run is None or run.tag != W + "r":
        return False
    style = value(run, "rPr/rStyle").lower()
    return value(run, "rPr/vertAlign") == "superscript" or "notereference" in style or "appelnote" in style
