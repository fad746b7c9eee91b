"""Hidden: the elements of a web page whose text is there and is not shown.

<style>.x { display: none }</style> <p class="x">Les États devraient payer.</p> -> hidden
"""

from __future__ import annotations

import re
from typing import Any

SILENT = frozenset(
    "head script style template noscript svg iframe object audio video canvas button select textarea datalist map "
    "rp rt s strike del".split()
)
ZERO = r"(?:0*+\.0++|0++)"
HIDDEN = re.compile(
    rf"(?<![\w-])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*{ZERO}%?(?![\d.])"
    rf"|font-size\s*:\s*{ZERO}(?:[a-z]+|%)?(?![\w.]))",
    re.IGNORECASE,
)
COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)  # the end of a sheet ends one, as in browsers
STYLE_RULE = re.compile(r"(?:^|(?<=[{};]))\s*+(?P<selectors>[^{}@;]++)\{(?P<says>[^{}]*)\}")
SELECTOR = re.compile(r"(?P<tag>[a-z][a-z0-9]*)?(?P<sign>[.#])(?P<name>[\w-]+)", re.IGNORECASE)

Styles = frozenset[tuple[str, str, str]]  # what a page's own style sheets hide: tag or none, "." or "#", name


def is_silent(element: Any) -> bool:
    """Whether an element has no text of the page, or text that was struck through."""
    return element.tag in SILENT or _is_struck(element.get("style", "").lower())


def _is_struck(style: str) -> bool:
    found = "line-through" in style
    return found and any("line-through" in part.partition("text-decoration")[2] for part in style.split(";"))


def styles_of(root: Any) -> Styles:
    """The classes and identifiers that the page's own style sheets hide: tag, sign, name.

    Rules for some media alone, and selectors of several parts, may hide nothing of what a reader sees, and are left.
    """
    sheets = "\n".join("".join(style.itertext()) for style in root.iter("style"))
    depth, top = 0, list[str]()
    for piece in re.split(r"([{}])", COMMENT.sub("", sheets)):
        depth += (piece == "{") - (piece == "}")
        top.append(piece if depth < 2 and not (depth == 1 and piece == "}") else "")
    found = set[tuple[str, str, str]]()
    for rule in STYLE_RULE.finditer("".join(top)):
        if HIDDEN.search(rule["says"]):
            parts = (SELECTOR.fullmatch(selector.strip()) for selector in rule["selectors"].split(","))
            found |= {((part["tag"] or "").lower(), part["sign"], part["name"]) for part in parts if part}
    return frozenset(found)


def is_hidden(element: Any, styles: Styles) -> bool:
    """Whether an element's text is there and not shown."""
    if element.get("hidden") is not None or HIDDEN.search(element.get("style", "")):
        return True
    if not styles:
        return False
    names = [(".", name) for name in element.get("class", "").split()] + [("#", element.get("id", ""))]
    return any((tag, *name) in styles for tag in ("", element.tag) for name in names)
