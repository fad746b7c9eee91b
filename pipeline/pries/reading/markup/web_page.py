"""HTML: from a web page to lines of text with marks (see `marks`).

Block elements become lines, white space collapses as in a browser, list items get the number or bullet that a browser
shows (letters and small roman numerals as "a)" and "i)"). Scripts and hidden elements are no text, navigation is left
out, tables are kept apart (`formats_cells`). A link to a note further down the page is its call, and the note is left
out; so are raised figures after a word, and a block that such a figure begins. Struck-through text is no text.

    <ol type=a><li>De ratifier<sup><a href="#n1">1</a></sup> …</ol> -> "a) De ratifier" + call("1") + " …"

The tree is walked with a stack of its own, for pages may be nested thousands of elements deep; libxml2 stops reading
beyond 2,048, and such a page is refused.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from pries.reading import recommendation_tables, table_cells
from pries.reading.enumeration import marker, number_of
from pries.reading.marks import ENOUGH, Unreadable, call, heading, left_out, plain, raised
from pries.reading.markup import hidden, navigation, page_notes
from pries.reading.markup.page_notes import BLOCKS
from pries.reading.word_numbering import number, written

CONTENT = frozenset("article main section blockquote".split())  # their headers, footers and boxes are text
FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
STYLES = {
    "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i",
    "upper-roman": "I", "decimal": "1", "none": "none", "disc": "•", "circle": "•", "square": "•",
}  # fmt: skip
LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.IGNORECASE)
SOFT_HYPHEN = re.compile("\u00ad(?:[ \\t\\r\\n]*\v[ \\t\\r\\n]*)?")  # at the end of a line with it
BLANK = re.compile(r"[ \t\n\r\f]+")
SAVE = "save the page as plain text (UTF-8), or take it out of the folder"
LABEL, RULE = "pries-label", "pries-rule"  # of a list item: its number in the source; of what is left out: why


@dataclass
class _Counter:
    """An open list: how its items are numbered, and the next number."""

    form: str
    following: int


def read(text: str, *, max_characters: int) -> str:
    """The text of a web page with marks; raises Unreadable for a page without text, or one that is too long."""
    return text_of(tree(text), max_characters=max_characters)


def tree(text: str) -> Any:
    """The root element of a web page, None where it has none; raises Unreadable for one nested too deep."""
    from lxml import etree

    parser = etree.HTMLParser(huge_tree=True, no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    source = text.replace("\0", "").encode("utf-8", "replace")
    try:
        root = etree.fromstring(source, parser) if source.strip() else None
    except etree.XMLSyntaxError:
        root = None
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise Unreadable("elements nested too deep to be read", SAVE)
    return root


def text_of(root: Any, *, max_characters: int, what: str = "page") -> str:
    """The lines of a tree of HTML elements; raises Unreadable where there are none, or too many."""
    lines = [] if root is None else _Page(root).lines()
    found = "\n\n".join(lines)
    if not found.strip():
        raise Unreadable(f"no text in this {what}", SAVE)
    if len(found) > max_characters:
        remedy = "split the file, or raise max_characters in reading.toml"
        raise Unreadable(f"longer than {max_characters:,} characters", remedy)
    return found + "\n"


class _Page:
    """A page that gives its lines in reading order."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self.calls, self.notes, self.backlinks = page_notes.notes(root)
        self.styles = hidden.styles_of(root)
        self.unseen: list[str] = []  # what is hidden in the open line
        self.contexts: list[list[str]] = [[]]  # lines of the page, then of each cell that is open
        self.rows: list[list[list[str]]] = []
        self.spans: list[list[recommendation_tables.Span]] = []  # of the cells of these rows
        self.tables: list[recommendation_tables.Rows] = []  # those that are open
        self.lists: list[_Counter] = []
        self.marks: list[str] = []  # why lines are left out, inner element last
        self.marked: set[Any] = set()  # the elements that said so
        self.open: Counter[str] = Counter()
        self.pieces: list[str] = []
        self.end = ""  # of the open line, as far as it tells what stands before a mark; blank where the line is
        self.label, self.level = "", 0
        self.raised: set[str] = set()  # marks of the notes that raised figures have called
        self.note = ""  # the mark of the note that the open line is

    def lines(self) -> list[str]:
        """The lines of the page."""
        stack: list[tuple[Any, bool]] = [(self.root, True)]
        while stack:
            element, enters = stack.pop()
            if not enters:
                self._leave(element)
                self._say(element.tail)
            elif not isinstance(element.tag, str) or hidden.is_silent(element) or element in self.backlinks:
                self._say(element.tail)
            elif hidden.is_hidden(element, self.styles):
                self.unseen.append(" ".join(plain("".join(element.itertext())).split()))
                self._say(element.tail)
            elif element in self.calls:
                self._add(call(self.calls[element]))
                self._say(element.tail)
            elif element.tag == "sup" and (mark := self._raised(element)):
                self._add(mark)
                self._say(element.tail)
            else:
                self._enter(element)
                self._say(element.text)
                stack.append((element, False))
                stack.extend((child, True) for child in reversed(element))
        self._flush()
        return self.contexts[0]

    def _say(self, text: str | None) -> None:
        if text := plain(text or ""):
            preformatted = self.open["pre"] > 0
            self._add(text.replace("\n", "\v") if preformatted else BLANK.sub(" ", text))

    def _add(self, piece: str) -> None:
        """Add a piece to the open line."""
        self.pieces.append(piece)
        end = self.end + piece
        self.end = (end.rstrip() + " " * end[-1:].isspace())[-2 * ENOUGH :]

    def _raised(self, element: Any) -> str:
        """The calls that a raised figure is after a word; nothing for other raised text, "1er" or "m2"."""
        if any(found in self.calls or found in self.backlinks for found in element.iter()):
            return ""
        marks = raised(self.end, "".join(element.itertext()))
        if marks and not self.end.strip():
            self.note = marks[0] if marks[0] in self.raised else ""
            return "" if not self.note else " "
        self.raised.update(marks)
        return "".join(map(call, marks))

    def _flush(self) -> None:
        """End the line that is open; line breaks in it stay."""
        whole, self.pieces, self.end = SOFT_HYPHEN.sub("", "".join(self.pieces)), [], ""
        lines = [" ".join(line.split()) for line in whole.split("\v")]
        lines = [line for line in lines if line]
        note, self.note = self.note, ""
        unseen, self.unseen = [left_out("hidden") + text for text in self.unseen if text], []
        if not lines:
            self.contexts[-1] += unseen
            return
        mark = left_out(self.marks[-1]) if self.marks else left_out(f"footnote {note}") if note else ""
        if self.label and not (marker(lines[0]) or number_of(lines[0])):
            lines[0] = f"{self.label} {lines[0]}"
        self.label = ""
        if self.level and not mark and not table_cells.is_sentence(" ".join(lines)):
            mark, lines = heading(self.level), [" ".join(lines)]
        self.contexts[-1] += ["\n".join(mark + line for line in lines), *unseen]

    def _enter(self, element: Any) -> None:
        tag = element.tag
        if tag == "br":
            self._add("\v")
            return
        if tag == "img":  # which stands between the words beside it
            self._add(" ")
        if tag in BLOCKS:
            self._flush()
        if mark := self._mark(element):
            self._flush()
            self.marks.append(mark)
            self.marked.add(element)
        if tag in ("ol", "ul", "menu"):
            self.lists.append(_counter(element))
        elif tag == "li":
            self.label = _label(element, self.lists[-1] if self.lists else _Counter("•", 1))
        elif tag == "table":
            self.tables.append(recommendation_tables.Rows())
        elif tag == "tr":
            self.rows.append([])
            self.spans.append([])
        elif tag in ("td", "th") and self.rows:
            self.contexts.append([])
        elif tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.level = int(tag[1])
        self.open[tag] += 1

    def _leave(self, element: Any) -> None:
        tag = element.tag
        if tag == "br":
            return
        if element in self.marked:
            self._flush()
            self.marks.pop()
        if tag in BLOCKS:
            self._flush()
        self.open[tag] -= 1
        if tag in ("ol", "ul", "menu"):
            self.lists.pop()
        elif tag == "li":
            self.label = ""
        elif tag in ("td", "th") and self.rows:
            self.rows[-1].append(self.contexts.pop())
            self.spans[-1].append((_spanned(element, "colspan"), _spanned(element, "rowspan")))
        elif tag == "tr":
            table = self.tables[-1] if self.tables else recommendation_tables.Rows()
            self.contexts[-1] += table.row(self.rows.pop(), self.spans.pop())
        elif tag == "table":
            self.tables.pop()
        elif tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.level = 0

    def _mark(self, element: Any) -> str:
        """Why the lines of an element are left out; empty where they are text."""
        if element in self.notes:
            return f"footnote {self.notes[element]}"
        tag = element.tag
        if tag in ("header", "footer") and any(self.open[region] for region in CONTENT):
            return ""
        skips = tag == "a" and element.get("href", "").startswith("#") and not (self.level or any(self.contexts))
        skips = skips and not self.end.strip()  # « Aller au contenu », before anything else
        navigates = skips or navigation.leads_about(element)
        beside = tag == "aside" and any(self.open[region] for region in CONTENT)
        if beside and (self.open[tag] or navigation.says(element)):
            return ""
        return element.get(RULE, "navigation") if navigates else ""


def _spanned(cell: Any, name: str) -> int:
    """How many columns or rows a cell of a table takes."""
    return number(cell.get(name, "1").strip(), 1) or 1


def _counter(element: Any) -> _Counter:
    """How the items of a list are numbered, by its style, its type and its start."""
    style = LIST_STYLE.search(element.get("style", ""))
    form = STYLES.get(style[1].lower()) if style else None
    if element.tag != "ol":
        return _Counter(form or "•", 1)
    return _Counter(form or element.get("type", "1"), number(element.get("start", "1").strip(), 1))


def _label(element: Any, counter: _Counter) -> str:
    """The number or bullet of a list item; other formats that are read as pages bring their own (LABEL)."""
    if own := plain(element.get(LABEL, "")):
        return own
    rank = number(element.get("value", "").strip(), counter.following)
    counter.following = rank + 1
    form = counter.form
    if form in ("•", "none"):
        return form.replace("none", "")
    shown = written(rank, FORMS.get(form, "decimal"))
    return shown + (")" if shown[0].islower() else ".")
