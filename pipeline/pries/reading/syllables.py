"""Syllables: the ends of French words that are no words themselves, by which a cut word is told from a compound.

"les fos-" + "sés" -> a word that the line's end cuts      "le sous-" + "sol" -> a compound
"""

from __future__ import annotations

ENDS = frozenset(
    "tion tions ation ations ition itions ution utions ction ctions sion sions ssion ssions xion xions ment ments "
    "ement ements nement nements gement gements tement tements rement rements lement lements sement sements ssement "
    "ssements dement dements vement vements cement cements ble bles able ables ible ibles tique lique liques gique "
    "giques mique miques rique riques sique siques teurs trice trices ture tures tive tives tif tifs taire taires "
    "naire naires laire laires lité lités rité rités vité vités nité nités tée tées sée sées rée rées lée lées gée "
    "gées dée dées vée vées tés sés rés gés vés cés ger ler rer ser der cer quer guer gner ller tter sser nner rrer "
    "ttre ttres mmes nnes ttes lles ence ences ance ances rence rences lence gence gences dence dences tance tances "
    "nance nances sance sances lir rir nir dre dres tres bre bres vre vres gne gnes tiel tiels tielle tielles ciale "
    "ciales ciaux naux raux teur trale trales tral".split()
)


def is_end(word: str) -> bool:
    """Whether letters are the end of a word, and none themselves.

    >>> is_end("nement"), is_end("sés"), is_end("sol"), is_end("refoulement")
    (True, True, False, False)
    """
    return word in ENDS
