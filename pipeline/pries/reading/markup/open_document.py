"""OpenDocument text (.odt): turned into a web page and read as one.

The parts are read with lxml within the limits, as those of a Word document are. Elements change their names for those
of HTML that mean the same; the numbers of lists and headings, which the file does not hold, are made as its styles
say. Struck-through and hidden text is no text, nor is what tracked changes delete, a comment, or a picture.

    <text:h text:outline-level="1">Santé</text:h> -> heading "Santé"     a note -> its call, and a line of that note
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from pries.reading.marks import Unreadable
from pries.reading.markup import web_page
from pries.reading.word_numbering import number, written
from pries.reading.zipped import SAVE_AGAIN, Archive

URN = "{urn:oasis:names:tc:opendocument:xmlns:"
TEXT, STYLE, OFFICE, TABLE = (f"{URN}{name}:1.0}}" for name in ("text", "style", "office", "table"))
DRAW = f"{URN}drawing:1.0}}"
SVG = f"{URN}svg-compatible:1.0}}"  # what a picture is called
NAMES = {
    TEXT + "p": "p", TEXT + "list": "ul", TEXT + "list-item": "li", TEXT + "list-header": "div",
    TEXT + "numbered-paragraph": "li",
    TEXT + "line-break": "br", TEXT + "section": "div", TEXT + "table-of-content": "nav", TEXT + "index-body": "div",
    TABLE + "table": "table", TABLE + "table-row": "tr", TABLE + "table-cell": "td",
    OFFICE + "body": "body", OFFICE + "text": "div",
}  # fmt: skip
SILENT = frozenset(
    [TEXT + name for name in (
        "tracked-changes", "sequence-decls", "variable-decls", "user-field-decls", "dde-connection-decls", "ruby-text",
        "alphabetical-index-auto-mark-file", "note-citation", "hidden-text", "hidden-paragraph", "placeholder",
        "number",
    )]
    + [SVG + "title", SVG + "desc", OFFICE + "annotation", OFFICE + "forms", OFFICE + "scripts"]
    + [TABLE + "covered-table-cell"]  # for the cell that covers it says so
)  # fmt: skip
HIDES = frozenset(TEXT + name for name in ("p", "h", "section"))
SPANS = {TABLE + "number-columns-spanned": "colspan", TABLE + "number-rows-spanned": "rowspan"}
FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "1": "decimal"}
RAISED = re.compile(r"super|[1-9]")  # "super 58%", "33% 58%"; what is set lower has a minus
MOST_SPACES = 100
LEVELS = 10


@dataclass(frozen=True)
class _Level:
    """How a level of a list is numbered: "1" or "a" with what stands around it; a bullet has no form."""

    form: str = ""
    before: str = ""
    after: str = ""
    start: int = 1
    shown: int = 1  # levels of numbers that are printed: 2 for "1.2"
    bullet: str = "•"


@dataclass
class _Styles:
    """What the styles of a document say of lists, headings and runs of text."""

    lists: dict[str, dict[int, _Level]] = field(default_factory=dict)
    outline: dict[int, _Level] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)  # struck through, or hidden
    raised: set[str] = field(default_factory=set)
    listed: dict[str, str] = field(default_factory=dict)  # paragraph style -> the list that it numbers

    def read(self, root: Any) -> None:
        """Add the styles of a part."""
        for element in root.iter(TEXT + "list-style"):
            self.lists[element.get(STYLE + "name", "")] = _levels(element)
        for element in root.iter(TEXT + "outline-style"):
            self.outline = _levels(element)
        for element in root.iter(STYLE + "style"):
            name = element.get(STYLE + "name", "")
            if listed := element.get(STYLE + "list-style-name", ""):
                self.listed[name] = listed
            for run in element.iter(STYLE + "text-properties"):
                struck = run.get(STYLE + "text-line-through-style", run.get(STYLE + "text-line-through-type", "none"))
                if struck != "none" or run.get(TEXT + "display") == "none":
                    self.silent.add(name)
                if RAISED.match(run.get(STYLE + "text-position", "")):
                    self.raised.add(name)


def read(data: bytes, *, max_characters: int, max_unpacked: int) -> tuple[str, str]:
    """The text with marks (see `marks`), and the title that the document's properties give it; raises Unreadable."""
    archive = Archive(data, max_unpacked=max_unpacked)
    root = archive.xml("content.xml")
    body = root.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise Unreadable("an OpenDocument file that is no text", f"{SAVE_AGAIN} as .odt or .docx")
    styles = _Styles()
    parts = [archive.xml("styles.xml")] if archive.has("styles.xml") else []
    for part in (*parts, root):
        styles.read(part)
    _label(body, styles)
    _notes(body)
    _boxes(body)
    for part in parts:
        for edge in list(part.iter(STYLE + "header", STYLE + "footer")):
            edge.tag = "header"
            edge.set(web_page.RULE, "running head")
            body.insert(0, edge)
    for element in body.iter():
        _rename(element, styles)
    return web_page.text_of(body, max_characters=max_characters, what="document"), archive.title("meta.xml")


def _levels(style: Any) -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for level in style:
        bullet = level.get(TEXT + "bullet-char", "")
        found[number(level.get(TEXT + "level", ""), 1)] = _Level(
            level.get(STYLE + "num-format", "") if not bullet else "",
            level.get(STYLE + "num-prefix", ""), level.get(STYLE + "num-suffix", ""),
            number(level.get(TEXT + "start-value", ""), 1), number(level.get(TEXT + "display-levels", ""), 1),
            bullet[:1] if bullet[:1] and bullet[:1] < "\ue000" else "•" * bool(bullet),
        )  # fmt: skip
    return found


# --- the numbers of lists and headings ------------------------------------------------------------


@dataclass
class _Counters:
    """How far the numbers of each list have come; a list goes on where another says so."""

    reached: dict[str, list[int | None]] = field(default_factory=dict)

    def next(self, key: str, levels: dict[int, _Level], depth: int, given: str) -> str:
        """The number or bullet of the next item at a depth, from 1."""
        counts = self.reached.setdefault(key, [None] * (LEVELS + 1))
        level, before = levels.get(depth, _Level()), counts[depth]
        counts[depth] = number(given, 1) if given else level.start if before is None else before + 1
        counts[depth + 1 :] = [None] * (LEVELS - depth)
        if not level.form:
            return level.bullet
        shown = range(max(1, depth - level.shown + 1), depth + 1)
        numbers = [
            written(counts[d] or levels.get(d, _Level()).start, FORMS.get(levels.get(d, level).form, "decimal"))
            for d in shown
        ]
        return f"{level.before}{'.'.join(numbers)}{level.after}".strip()


def _label(body: Any, styles: _Styles) -> None:
    """Give each item of a list its label, and each numbered heading its number."""
    from lxml import etree

    counters = _Counters()
    open_lists: list[tuple[str, str]] = []  # style and key of the lists around
    keys: dict[str, str] = {}  # identifier of a list -> key of its numbers
    last: dict[str, str] = {}  # style -> key of the last list of it
    tags = [TEXT + name for name in ("list", "list-item", "numbered-paragraph", "h")]
    for event, element in etree.iterwalk(body, events=("start", "end"), tag=tags):
        if event == "end":
            if element.tag == TEXT + "list":
                open_lists.pop()
        elif element.tag == TEXT + "list":
            open_lists.append(_opened(element, open_lists, keys, last, styles))
        elif element.tag == TEXT + "list-item" and open_lists:
            style, key = open_lists[-1]
            depth = min(len(open_lists), LEVELS)
            label = counters.next(key, styles.lists.get(style, {}), depth, element.get(TEXT + "start-value", ""))
            element.set(web_page.LABEL, _finished(label))
        elif element.tag == TEXT + "numbered-paragraph":
            element.set(web_page.LABEL, _finished(element.findtext(TEXT + "number", "").strip()))
        elif element.tag == TEXT + "h" and not open_lists:
            depth = min(number(element.get(TEXT + "outline-level", ""), 1), LEVELS)
            if styles.outline.get(depth, _Level()).form:
                label = counters.next("", styles.outline, depth, element.get(TEXT + "start-value", ""))
                element.text = f"{_finished(label)} {element.text or ''}"


def _opened(
    element: Any, around: list[tuple[str, str]], keys: dict[str, str], last: dict[str, str], styles: _Styles
) -> tuple[str, str]:
    """The style of a list that opens, and under which key its numbers are counted."""
    first = next(element.iter(TEXT + "p", TEXT + "h"), None)
    listed = styles.listed.get(first.get(TEXT + "style-name", ""), "") if first is not None else ""
    style = element.get(TEXT + "style-name", "") or (around[-1][0] if around else listed)
    own = element.get("{http://www.w3.org/XML/1998/namespace}id", "") or f"list {len(keys) + 1}"
    key = around[-1][1] if around else own
    continued = element.get(TEXT + "continue-list", "")
    if continued in keys:
        key = keys[continued]
    elif element.get(TEXT + "continue-numbering") == "true" and not around:
        key = last.get(style, own)
    keys[own], last[style] = key, key
    return style, key


def _finished(label: str) -> str:
    """A label with the punctuation by which it is told from text: "12" is read as "12."."""
    if label.isdigit() or (label.isalpha() and label.isupper()):
        return label + "."
    return label + ")" if label.isalpha() else label


# --- elements -------------------------------------------------------------------------------------


def _notes(body: Any) -> None:
    """Move the notes to the end, and leave their calls."""
    from lxml import etree

    for rank, note in enumerate(list(body.iter(TEXT + "note")), start=1):
        citation, text = note.find(TEXT + "note-citation"), note.find(TEXT + "note-body")
        mark = "".join(citation.itertext()).strip() if citation is not None else str(rank)
        call = etree.Element("sup", id=f"call-{rank}")
        etree.SubElement(call, "a", href=f"#note-{rank}").text = mark
        call.tail, note.tail = note.tail, None
        note.getparent().replace(note, call)
        below = etree.SubElement(body, "p", id=f"note-{rank}")
        back = etree.SubElement(below, "a", href=f"#call-{rank}")
        back.text, back.tail = mark, " " + " ".join("".join(text.itertext()).split()) if text is not None else ""


def _boxes(body: Any) -> None:
    """Move each text box behind the paragraph in which it is anchored, whose sentence goes on after it."""
    for box in reversed(list(body.iter(DRAW + "text-box"))):
        if (paragraph := next(box.iterancestors(TEXT + "p", TEXT + "h"), None)) is not None:
            paragraph.addnext(box)


def _rename(element: Any, styles: _Styles) -> None:
    """Give an element the name in HTML of what it means."""
    tag, style = element.tag, element.get(TEXT + "style-name", "")
    if not tag.startswith("{"):
        return  # a call, a note or a running head
    for name, spanned in SPANS.items():
        if name in element.attrib:
            element.set(spanned, element.get(name))
    if tag in SILENT or (tag in HIDES and (style in styles.silent or element.get(TEXT + "display") == "none")):
        element.tag = "template"
    elif tag == TEXT + "h":
        element.tag = f"h{min(number(element.get(TEXT + 'outline-level', ''), 1) or 1, 6)}"
    elif tag == TEXT + "span":
        element.tag = "s" if style in styles.silent else "sup" if style in styles.raised else "span"
    elif tag == TEXT + "s":
        element.tag, element.text = "span", " " * min(number(element.get(TEXT + "c", ""), 1), MOST_SPACES)
    elif tag == TEXT + "tab":
        element.tag, element.text = "span", " "
    else:
        element.tag = NAMES.get(tag) or ("div" if tag.endswith("}text-box") else "span")
