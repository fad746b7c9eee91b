"""Notes of a web page: which links are calls, which blocks are the notes, and which links lead back.

<p>Il faut agir<a href="#n1"><sup>1</sup></a>.</p> … <p id="n1">1. Voir la loi.</p> -> a call of 1, and note 1
"""

from __future__ import annotations

import re
from typing import Any

from pries.reading.marks import plain

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr legend li main menu nav ol p pre section summary table tbody td tfoot th "
    "thead tr ul".split()
)
MARK = re.compile(r"\s*[\[(]?(\w{1,4}|\*{1,3})[\])]?\s*")
LONGEST_NOTE = 4000  # characters; a longer target of a link is no note


def notes(root: Any) -> tuple[dict[Any, str], dict[Any, str], set[Any]]:
    """The calls of notes and the notes, each with its mark, and the links that lead back from notes to calls."""
    rank: dict[Any, int] = {}
    targets: dict[str, Any] = {}
    links = []
    for place, element in enumerate(root.iter()):
        rank[element] = place
        for name in filter(None, (element.get("id"), element.get("name"))):
            targets.setdefault(name, element)
        if element.tag == "a" and element.get("href", "").startswith("#"):
            links.append(element)
    fits: dict[Any, bool] = {}
    calls: dict[Any, str] = {}
    below: dict[Any, str] = {}
    back: set[Any] = set()
    for link in links:
        target = targets.get(link.get("href")[1:])
        mark = MARK.fullmatch(plain("".join(link.itertext())))
        if target is None or mark is None or not _is_raised(link, mark[0]):
            if target is not None and rank[target] < rank[link] and len("".join(link.itertext())) <= 4:
                back.add(link)  # an arrow, or the note's own number
            continue
        if rank[target] < rank[link]:
            back.add(link)
        elif (note := _block(target, fits)) is not None and note not in link.iterancestors():
            calls[link] = mark[1]
            below.setdefault(note, mark[1])
    inside = set(below)
    for element in root.iter():  # what stands around an element comes before it
        if element.getparent() in inside:
            inside.add(element)
    return calls, below, {link for link in back if link in inside}


def _is_raised(link: Any, text: str) -> bool:
    """Whether a link looks like the call of a note: raised, in brackets, or said to be one."""
    raised = next(link.iter("sup"), None) is not None or next(link.iterancestors("sup"), None) is not None
    said = re.search(r"note|fn", f"{link.get('role', '')} {link.get('class', '')}", re.IGNORECASE) is not None
    return raised or said or text.strip().startswith("[")


def _block(target: Any, fits: dict[Any, bool]) -> Any:
    """The block that a note is: the target or the nearest block around it, unless it is too large for one.

    Whether a block is small enough is asked once, however many links lead to it, and kept in `fits`.
    """
    block = target
    while block is not None and block.tag not in BLOCKS:
        block = block.getparent()
    if block is None or block.tag in ("body", "main", "article", "section", "table"):
        return None
    if block not in fits:
        fits[block] = _fits(block)
    return block if fits[block] else None


def _fits(block: Any) -> bool:
    characters = 0
    for text in block.itertext():
        characters += len(text)
        if characters > LONGEST_NOTE:
            return False
    return True
