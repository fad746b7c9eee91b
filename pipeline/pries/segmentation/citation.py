"""Citation: how to cite a paragraph of a document.

A/68/370, paragraph 12 -> « A/68/370, par. 12 »
"""

from __future__ import annotations

import re

_PARAGRAPH = re.compile(r"(?:(?P<annex>annex)(?P<part>\d*):)?(?P<number>.*?)(?:#(?P<again>\d+))?", re.DOTALL)


def citation(source: str, paragraph: str) -> str:
    """How to cite a paragraph of `source`, a document's symbol.

    "12" -> "A/68/370, par. 12"; "12#2" (the number comes again) -> "A/68/370, par. 12 (2e occurrence)";
    "annex2:5" -> "A/68/370, annexe 2, par. 5"; "heading:V.A" -> "A/68/370, titre V.A".
    """
    if paragraph.startswith("heading:"):
        return f"{source}, titre {paragraph.removeprefix('heading:')}"
    found = _PARAGRAPH.fullmatch(paragraph)
    assert found is not None, paragraph  # it matches any text
    annex = f", annexe {found['part']}".rstrip() if found["annex"] else ""
    again = f" ({found['again']}e occurrence)" if found["again"] else ""
    return f"{source}{annex}, par. {found['number']}{again}"
