"""Articles: what stands before a name that is spelt out, elided and contracted as the full name wants it.

before(["représentante", "de", "l’"], "Fonds des Nations Unies pour l’enfance") -> représentante du
before(["délégué", "de", "la"], "Organisation des …") -> délégué de l’
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from pries.grammar.words import ASPIRATED, CONTRACT, CONTRACTED, ELIDED, FEMININE_NAMES, LE_LA, MASCULINE_NAMES

FEMININE_END = re.compile(r"(?:[ts]ion|union|té|[ae]nce|ique|ie|ure|ade)$")


def elides(name: str) -> bool:
    """Whether a name begins with a vowel or a mute h: Organisation, Institut, Hôpital, not Haut-Commissariat."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    return plain[:1] in tuple("aeiouyœ") or (plain[:1] == "h" and not plain.startswith(ASPIRATED))


def is_feminine(name: str) -> bool:
    """Whether the noun that a name begins with is feminine, by its ending: Commission, Communauté, not Comité."""
    noun = name.split(" ")[0].lower()
    return noun in FEMININE_NAMES or (noun not in MASCULINE_NAMES and FEMININE_END.search(noun) is not None)


def before(words: Sequence[str], name: str) -> str:
    """The words in front of a name, each apart and an elided one with its apostrophe, as `name` wants them.

    What ends in no article and no *de* stays; a name in front of which nothing stands keeps nothing.
    """
    kept = list(words)
    last = kept[-1].lower() if kept else ""
    preposition, article = "", last in LE_LA
    if article:
        kept.pop()
    elif last[1:] in ("’", "'") and last[0] in ELIDED:
        preposition, article = ELIDED[last[0]]
        kept.pop()
    elif last in CONTRACTED:
        preposition, article = CONTRACTED[last], True
        kept.pop()
    elif last == "de":
        preposition = kept.pop()
    else:
        return "".join(f"{word} " for word in kept)
    if article and not preposition and kept and kept[-1].lower() in CONTRACT:
        preposition = kept.pop()
    return "".join(f"{word} " for word in kept) + _determined(preposition, article, name)


def _determined(preposition: str, article: bool, name: str) -> str:
    """A preposition, an article, or both, with the space or apostrophe that follows."""
    if not article:
        return "d’" if elides(name) else "de "
    lead = f"{preposition} " if preposition else ""
    if elides(name):
        return f"{lead}l’"
    if is_feminine(name):
        return f"{lead}la "
    return CONTRACT.get(preposition, f"{lead}le ")
