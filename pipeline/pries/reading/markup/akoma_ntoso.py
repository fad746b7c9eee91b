"""Akoma Ntoso: laws, resolutions and debates in XML (AKN, AKN4UN), turned into a web page and read as one.

Elements change their names for those of HTML that mean the same: a `heading` with its `num` is a heading, another `num`
stands before the text that it numbers, a note goes to the end of the page, `from` before what is said. What the
document's `meta` says is metadata: its symbol, title, date and language.

    <paragraph><num>1.</num><content><p>Prie les États d’agir;</p></content></paragraph> -> "1. Prie les États d’agir;"
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import takewhile
from typing import Any

from pries.reading.marks import Unreadable
from pries.reading.markup import web_page
from pries.reading.zipped import parsed

# Possessive and atomic, as in `formats`: comments without a document after them are read once.
ROOT = re.compile(r"(?:\s++|<\?[^>]*+>|(?><!--.*?-->))*+<(?:[\w.-]+:)?akomaNtoso\b", re.DOTALL)
KEPT = frozenset("p table tr td th caption ul ol li sup sub del a".split())
INLINE = frozenset(
    "span b i u ins ref mref rref def term organization person role location date time quantity entity concept object "
    "event process docTitle docNumber docProponent docDate docType docPurpose docIntroducer docStage docStatus "
    "docJurisdiction docketNumber docCommittee legislature session judge lawyer party witness signature shortTitle "
    "courtType neutralCitation opinion argument affectedDocument relatedDocument change quotedText inline abbr mod "
    "mmod rmod recordedTime vote outcome omissis placeholder fillIn decoration remark num from".split()
)
SILENT = frozenset("meta foreign img marker noteRef".split())
BLOCKS = frozenset("formula longTitle block listIntroduction listWrapUp listConclusion scene narrative summary".split())
NAVIGATION = frozenset("toc header footer".split())
HEADINGS = ("heading", "subheading", "crossHeading")
NAMED = re.compile(r"[^\W\d_]{4,} ")  # « Article 3 », « Chapitre II »: a number that is a title without another
DEEPEST = 6  # levels of headings in HTML
LANGUAGES = {"fra": "fr", "fre": "fr", "eng": "en", "spa": "es", "ara": "ar", "rus": "ru", "zho": "zh", "chi": "zh"}


def is_akoma_ntoso(text: str) -> bool:
    """Whether a text is XML whose root is an Akoma Ntoso document."""
    return ROOT.match(text.removeprefix("\ufeff")[:20_000]) is not None


def read(data: bytes, *, max_characters: int) -> tuple[str, dict[str, str]]:
    """The text with marks (see `marks`), and what its `meta` says; raises Unreadable."""
    root = parsed(data, "a broken Akoma Ntoso document", "the file")
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    document = next(iter(root), None)
    if document is None:
        raise Unreadable("an Akoma Ntoso document without text", web_page.SAVE)
    known = _about(root)
    _notes(root)
    for element in list(root.iter("num")):
        _number(element)
    speeches: dict[Any, Any] = {}
    for element in list(root.iter("from")):
        _speaker(element, speeches)
    levels = _levels(root)
    for element in root.iter():
        element.tag = _html(element, levels)
    return web_page.text_of(root, max_characters=max_characters, what="document"), known


def _about(root: Any) -> dict[str, str]:
    """Symbol, title, date and language: as the text has them, else as `meta` says, which may only repeat addresses."""
    aliases = _values(root, "FRBRalias", "value")
    symbols = [alias for alias in aliases if "/" in alias and " " not in alias and not alias.startswith("/")]
    languages = _values(root, "FRBRlanguage", "language")
    said = {
        "title": [*_printed(root, "docTitle"), *_values(root, "FRBRtitle", "value"), *(a for a in aliases if " " in a)],
        "symbol": [*_printed(root, "docNumber"), *_values(root, "FRBRnumber", "value"), *symbols],
        "date": _values(root, "FRBRdate", "date"),  # of the work first
        "lang": [LANGUAGES.get(language, language) for language in languages],
    }
    return {name: values[0] for name, values in said.items() if values}


def _values(root: Any, tag: str, attribute: str) -> list[str]:
    return [value for element in root.iter(tag) if (value := element.get(attribute, "").strip())]


def _printed(root: Any, tag: str) -> list[str]:
    texts = (" ".join("".join(element.itertext()).split()) for element in root.iter(tag))
    return [text for text in texts if text]


def _number(element: Any) -> None:
    """Put a number before the heading, or the first block, that it numbers."""
    parent = element.getparent()
    if parent is None:
        return
    written = " ".join("".join(element.itertext()).split())
    target = _numbered(element)
    if NAMED.match(written) and (target is None or target.tag not in ("heading", "subheading")):
        element.tag = "heading"
        return
    if target is None or not written:
        return
    target.text = f"{_dotted(written)} {(target.text or '').lstrip()}"
    _remove(element)


def _numbered(element: Any) -> Any:
    """The heading, or the first block, behind a number and before the next one."""
    behind = list(takewhile(lambda other: other.tag != "num", element.itersiblings()))
    heading = next((other for other in behind if other.tag in ("heading", "subheading")), None)
    blocks = (block for other in behind for block in other.iter("p", "listIntroduction", "block"))
    return heading if heading is not None else next(blocks, None)


def _dotted(number: str) -> str:
    """A number as it is printed before text: « 1 » has lost its point, « Article 3 » goes before a dash."""
    if re.fullmatch(r"\d{1,4}|[IVXLC]{1,6}|[A-Z]", number):
        return number + "."
    return number + ")" if re.fullmatch(r"[a-z]{1,4}", number) else number


def _speaker(element: Any, speeches: dict[Any, Any]) -> None:
    """Put who speaks before the first paragraph of the speech; only the first who is named there does."""
    parent = element.getparent()
    if parent is None or parent in speeches:
        return
    target = speeches[parent] = next(parent.iter("p"), None)
    written = " ".join("".join(element.itertext()).split())
    if target is None or not written or target in element.iterancestors():
        return
    target.text = f"{written if written[-1] in ':.' else written + ' :'} {(target.text or '').lstrip()}"
    _remove(element)


def _notes(root: Any) -> None:
    """Move the notes to the end of the page, and leave their calls."""
    from lxml import etree

    for rank, note in enumerate(list(root.iter("authorialNote")), start=1):
        mark = note.get("marker", "").strip() or str(rank)
        call = etree.Element("sup", id=f"call-{rank}")
        etree.SubElement(call, "a", href=f"#note-{rank}").text = mark
        call.tail, note.tail = note.tail, None
        note.getparent().replace(note, call)
        text = " ".join("".join(note.itertext()).split())
        below = etree.SubElement(root, "p", id=f"note-{rank}")
        back = etree.SubElement(below, "a", href=f"#call-{rank}")
        back.text, back.tail = mark, f" {text}"


def _levels(root: Any) -> dict[Any, int]:
    """How many elements with a heading of their own there are around each element."""
    titled = {element.getparent() for element in root.iter(*HEADINGS)}
    levels: dict[Any, int] = {}
    for element in root.iter():
        above = element.getparent()
        levels[element] = levels.get(above, 0) + (above in titled)
    return levels


def _html(element: Any, levels: Mapping[Any, int]) -> str:
    """The HTML element that means what an element means."""
    tag = element.tag
    if tag in KEPT:
        title = tag == "p" and any(child.tag == "docTitle" for child in element)
        return "h1" if title else tag
    if tag in HEADINGS:
        return f"h{min(max(levels[element], 1), DEEPEST)}"
    if tag == "eol":
        return "br"
    if tag in SILENT:
        return "template"
    return "nav" if tag in NAVIGATION else "span" if tag in INLINE else "p" if tag in BLOCKS else "div"


def _remove(element: Any) -> None:
    """Take an element out of its tree; the text after it stays."""
    parent, tail = element.getparent(), element.tail or ""
    before = element.getprevious()
    if tail.strip():
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    parent.remove(element)
