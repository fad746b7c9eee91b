r"""Markdown: told by its marks, turned into a web page by markdown-it, and read as one.

Numbers and letters stay as they are written, lines break where they do in the source, indented text is text and no
code. Notes (`[^1]`) are calls and notes. What stands between two lines of dashes at the very beginning (YAML front
matter, TOML between plus signs) is no text: it says what the document is.

    "---\ntitle: Déclaration\n---\n## I. Santé\n\n12. Les États sont priés d’agir[^1]."
    -> title Déclaration | heading "I. Santé" | "12. Les États sont priés d’agir" + call("1") + "."
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pries.reading.markup import web_page

FRONT = re.compile(r"(---|\+\+\+)[ \t]*\n((?:[^\n]*\n){1,200}?)(?:---|\.\.\.|\+\+\+)[ \t]*(?:\n|$)")
KEY = re.compile(r"^[\w -]{1,60}(?::(?:\s|$)| ?=)", re.MULTILINE)
TASK = re.compile(r"^([ \t]*[-*+] )\[[ xX]\] ", re.MULTILINE)  # a box of a list of tasks
LONGEST_FRONT = 20_000  # characters
PROBED = 100_000  # characters in which marks are looked for
STRONG = re.compile(r"(?<![\w*])\*\*[^\s*][^*\n]{1,200}\*\*(?![\w*])|(?<!\w)__[^\s_][^_\n]{1,200}__(?!\w)")
SIGNS = (  # what no other plain text has
    re.compile(r"(?:^|\n[ \t]*\n|^---\n)#{1,6} [^\s#][^\n]*\n[ \t]*(?:\n|$)"),  # a heading, apart
    re.compile(r"(?<!\\)\[[^\[\]\n]{1,300}\]\((?:https?://|mailto:|#|/|\.)[^\s()]*\)"),  # a link
    re.compile(r"^\[\^[^\]\s]{1,30}\]: ", re.MULTILINE),  # a note
    re.compile(r"^\|.*\|[ \t]*\n\|(?:[ \t]*:?-{2,}:?[ \t]*\|)+[ \t]*$", re.MULTILINE),  # a table
    re.compile(  # one without bars at its edges
        r"^[^\n|]+\|[^\n]*\n[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)+\|?[ \t]*$", re.MULTILINE
    ),
    re.compile(r"^```\w*[ \t]*$", re.MULTILINE),
)
HINTS = ("# ", "](", "[^", "|\n", "-|", "- |", "```", "**", "__")
FEWEST = 2  # words in strong type, from which stars are no calls of notes
NOTE = re.compile(r"^\[\^([^\]\s]{1,30})\]:[ \t]+(.+(?:\n(?: {2,}|\t)\S.*)*)", re.MULTILINE)
CALL = re.compile(r"\[\^([^\]\s]{1,30})\]")


def is_markdown(text: str) -> bool:
    r"""Whether a text has marks of Markdown.

    >>> is_markdown("# Rapport\n\nLes États agissent."), is_markdown("* A/68/150.\n\n**Les États** agissent.")
    (True, False)
    """
    probe = text.removeprefix("\ufeff")[:PROBED].replace("\r\n", "\n")
    if (front := FRONT.match(probe)) and KEY.search(front[2]):
        return True
    if not any(hint in probe for hint in HINTS):  # nearly always
        return False
    return any(sign.search(probe) for sign in SIGNS) or sum(1 for _ in STRONG.finditer(probe)) >= FEWEST


def read(text: str, *, max_characters: int) -> tuple[str, dict[str, str]]:
    """The text with marks (see `marks`), and what the front matter says; raises Unreadable as a web page does."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    known: dict[str, str] = {}
    front = FRONT.match(text)
    if front and len(front[2]) <= LONGEST_FRONT and (found := _front(front[2], front[1])) is not None:
        text, known = text[front.end() :], found
    page = web_page.tree(_page(text))
    return web_page.text_of(page, max_characters=max_characters, what="text"), known


def _page(text: str) -> str:
    """The text as a web page."""
    from markdown_it import MarkdownIt

    notes = {found[1]: found[2] for found in NOTE.finditer(text)}
    text = NOTE.sub("", text)
    text = TASK.sub(r"\1", text)
    text = CALL.sub(lambda found: _call(found[1]) if found[1] in notes else found[0], text)
    parser = MarkdownIt("commonmark", {"html": True, "breaks": True})
    parser.enable(["table", "strikethrough"]).disable("code")
    tokens = parser.parse(text)
    _number(tokens)
    below = (
        f'<p id="fn-{mark}"><a href="#call-{mark}">{mark}</a> {" ".join(note.split())}</p>'
        for mark, note in notes.items()
    )
    return parser.renderer.render(tokens, parser.options, {}) + "\n".join(below)


def _number(tokens: Sequence[Any]) -> None:
    """Give the items of ordered lists their numbers as they are written; "1." before each means one after the other."""
    lists: list[list[Any]] = []
    for token in tokens:
        if token.type in ("ordered_list_open", "bullet_list_open"):
            lists.append([])
        elif token.type == "list_item_open":
            lists[-1].append(token)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            items = [item for item in lists.pop() if item.info]
            alike = len({item.info for item in items}) == 1
            for rank, item in enumerate(items):
                item.attrSet(web_page.LABEL, (str(int(item.info) + rank) if alike else item.info) + item.markup)


def _call(mark: str) -> str:
    return f'<sup id="call-{mark}"><a href="#fn-{mark}">{mark}</a></sup>'


def _front(source: str, sign: str = "---") -> dict[str, str] | None:
    """The plain values of a front matter, in YAML, or in TOML between plus signs; None where it is none."""
    import tomllib

    import yaml

    try:
        found: Any = tomllib.loads(source) if sign == "+++" else yaml.safe_load(source)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    if not isinstance(found, Mapping):
        return None
    return {str(key): value for key, cell in found.items() if (value := _value(cell))}


def _value(cell: object) -> str:
    """A value as one line of text, a list of them parted by commas; nothing for what is nested."""
    if isinstance(cell, list) and all(not isinstance(one, (list, dict)) for one in cell[:100]):
        return ", ".join(_value(one) for one in cell[:100])
    return "" if cell is None or isinstance(cell, (list, dict)) else " ".join(str(cell).split())
