"""Wording: a name without what the annotation guide leaves out, and names made comparable.

« plusieurs intervenants » -> intervenants; « l’ensemble des parties prenantes » -> parties prenantes
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

STRAIGHT = str.maketrans({"’": "'", "‘": "'", "\u00a0": " ", "\u202f": " "})
PRINTED = str.maketrans({"'": "’", "‘": "’", "\u00a0": " ", "\u202f": " "})  # as canonical names are written
APOSTROPHE = re.compile(r"(?<=[^\W\d_])[ʼ´`′‛＇ʹʻ‘] ?(?=[^\W\d_])|(?<=\b[cdjlmnstCDJLMNST])(?:['’] | ['’])(?=[^\W\d_])")
LOST = re.compile(r"(?:^[LD]|\b[ld]) (?=[aeiouyhàâéèêëîïôœùAEIOUYHÀÂÉÈÊËÎÏÔŒ][^\W\d_])")  # « l Agence de l eau »
_OF = r"d(?:es|u|e la|e l['’]|e|['’])"
_NUMERALS = (
    "deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente|quarante|"
    "cinquante|soixante|cents?|mille"
)
_NUMBER = rf"(?:{_NUMERALS})(?:[ -](?:{_NUMERALS}|(?:et[ -])?une?)(?=[ -]))*"  # « vingt et un », « trois cent dix »
QUANTIFIER = re.compile(
    rf"^(?:(?:l['’]ensemble {_OF}|la (?:plupart|totalité) {_OF}|"
    rf"(?:la|une) (?:(?:large|forte|grande|écrasante|courte|faible|petite) )?(?:majorité|minorité) {_OF}|"
    rf"un (?:grand|certain|petit) nombre {_OF}|"
    rf"(?:bon )?nombre {_OF}|beaucoup {_OF}|peu {_OF}|"
    rf"(?:une|la|les|des|quelques) (?:bonne |petite |grande |large |simple )?"
    rf"(?:(?:diz|douz|quinz|vingt|trent|quarant|cinquant|soixant|cent)aines?|poignée|multitude|moitié) {_OF}|"
    rf"(?:un|deux|les deux|les trois) (?:millier|milliers|tiers|quarts?) {_OF}|"
    rf"\d+(?:,\d+)? (?:%|pour cent|p\. 100) {_OF}|bien des|chacune? (?:des|de(?= (?:ses|leurs|ces|nos|vos)))|"
    rf"ce(?:lles|ux) (?:des|de(?= (?:ses|leurs|ces|nos|vos)))|l['’]une? (?:ou|et) l['’]autre des|"
    rf"l['’](?:une?|autre) des|de nombreu(?:x|ses)|d['’]autres|les autres|"
    r"(?:de )?divers(?:es)?|(?:de )?différente?s|(?:les |des )?(?:" + _NUMBER + r"|\d+)|"
    r"plusieurs|certaine?s|quelques?|nul(?:le)?|tou(?:te?s?|s|[·.•-]te[·.•-]?s)|"
    r"une?[·.•(-]e\)?|nombreu(?:x|ses)|chaque|seule?s?|autres?|aucune?|ledit|ladite|lesdite?s|dudit|desdite?s|"
    r"les|la|le|des|du|de la|de|une?|leurs?|ses|son|sa|ces|cette|cet|ce|nos|notre|vos|votre|mon|ma|mes|aux|au|à la|à)"
    r"(?:(?=\s)\s+|(?<=['’]))|[ld]['’]\s*)+(?=\w|«|\[|<)",
    re.IGNORECASE,
)


def lowered(form: str) -> str:
    """A form as every rule sees it: lower case, straight apostrophes, plain spaces."""
    low = form.lower()
    return low if low.isascii() else low.translate(STRAIGHT)


def cut(name: str) -> Iterator[str]:
    """A name cut as the tokeniser cuts it, lower case: « d’ailleurs » -> d', ailleurs."""
    for word in lowered(name).replace(",", " ,").split():
        head, apostrophe, rest = word.partition("'")
        yield from (head + apostrophe, rest) if apostrophe and rest else (word,)


@lru_cache(2**14)  # the same names come again and again
def bare(name: str) -> str:
    """A name without determiner or quantifier: « plusieurs intervenants » -> intervenants.

    Where an accent stands for an apostrophe, a space behind one, or a space alone, the name has the apostrophe alone.
    """
    text = APOSTROPHE.sub("’", " ".join(name.split()))
    text = LOST.sub(lambda found: found[0][0] + "’", text) if LOST.search(text) else text
    return QUANTIFIER.sub("", text) or text


@lru_cache(2**14)
def key_of(name: str) -> str:
    """A name for comparison: lower case, straight apostrophes, no plural."""
    words = lowered(name).split()
    return " ".join(w[:-1] if len(w) > 3 and w[-1] in "sx" else w for w in words)
