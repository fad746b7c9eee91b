"""Dates: the day, month or year that a French text names, in figures or in words, as ISO 8601.

Of a span, "du 3 au 8 octobre 1994", its last month; of several dates, the last one.

    "Genève, le 1er octobre 1994" -> 1994-10-01     "le trois mai mil neuf cent quatre-vingt-dix" -> 1990-05-03
"""

from __future__ import annotations

import datetime
import re
from functools import lru_cache

MONTHS = {
    "janvier": 1, "février": 2, "fevrier": 2, "mars": 3, "avril": 4, "mai": 5, "juin": 6, "juillet": 7, "août": 8,
    "aout": 8, "septembre": 9, "octobre": 10, "novembre": 11, "décembre": 12, "decembre": 12,
}  # fmt: skip
UNITS = dict(zip(
    "un une premier deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente "
    "quarante cinquante soixante huitante octante septante nonante".split(),
    (1, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 20, 30, 40, 50, 60, 80, 80, 70, 90), strict=True,
))  # fmt: skip
MONTH = "|".join(MONTHS)
SPOKEN = "|".join([*UNITS, "mil", "mille", "cent", "cents", "vingts", "et"])
SPAN = rf"(?:\d{{1,2}}(?:er)?(?: (?:{MONTH}))?(?: \d{{4}})?\s?(?:au|[-–—]|et)\s?)"
WRITTEN = re.compile(
    rf"(?:(?=\d)|\b)(?:(?P<span>{SPAN})?(?:(?P<day>\d{{1,2}})(?:\s?er)? )?"
    rf"(?P<month>{MONTH}) (?P<year>(?:1[89]|20)\d\d)(?!\d)"
    rf"|(?P<day_said>(?:(?:{SPOKEN}|\d{{1,2}})[- ]){{1,3}})(?P<month_said>{MONTH})"
    rf"(?P<year_said>(?:[ -](?:{SPOKEN})){{2,9}})(?!\w)"
    r"|(?<![\d./-])(?P<iso>(?:1[89]|20)\d\d-\d\d-\d\d)(?![\d-])"
    r"|(?<![\d./])(?P<figures>\d{1,2}[./]\d{1,2}[./](?:1[89]|20)\d\d)(?![./]?\d|/))",
    re.IGNORECASE,
)

FIGURES = re.compile(r"\d[./-]\d")
BEFORE_YEAR = re.compile(rf"(?:{MONTH})[ -](?:\d|{SPOKEN})")


@lru_cache(2**8)  # a line is asked about more than once while the cover and the end of a document are read
def dates(text: str) -> list[tuple[str, int, int]]:
    """The dates that a text names, each with where it stands: (date, start, end).

    >>> [date for date, *_ in dates("réunie du 3 au 8 octobre 1994, puis le 4/07/2001")]
    ['1994-10', '2001-07-04']
    """
    low = text.lower()
    named = any(map(low.__contains__, MONTHS)) and BEFORE_YEAR.search(low) is not None  # « les maires » name no May
    if not named and not FIGURES.search(text):  # nearly always
        return []
    found = ((_date(one), one.start(), one.end()) for one in WRITTEN.finditer(text))
    return [(date, start, end) for date, start, end in found if date]


def _date(found: re.Match[str]) -> str:
    if found["iso"]:
        year, month, day = map(int, found["iso"].split("-"))
    elif found["figures"]:
        day, month, year = map(int, re.split("[./]", found["figures"]))
    elif found["month_said"]:
        day, year = said(found["day_said"]), said(found["year_said"])
        month = MONTHS[found["month_said"].lower()]
    else:
        day = 0 if found["span"] or not found["day"] else int(found["day"])
        month, year = MONTHS[found["month"].lower()], int(found["year"])
    try:
        whole = datetime.date(year, month, day or 1).isoformat()
    except ValueError:
        return ""
    return whole if day else whole[:7]


def said(words: str) -> int:
    """The number that words say.

    >>> said("mil neuf cent quatre-vingt-dix-sept"), said("deux mille quatre"), said("vingt et un")
    (1997, 2004, 21)
    """
    thousands = number = 0
    words = re.sub(r"quatre[ -]vingts?", "huitante", words.lower())
    for word in re.split(r"[ -]+", words.strip()):
        if word in ("mil", "mille"):
            thousands, number = 1000 * max(number, 1), 0
        elif word in ("cent", "cents"):
            number = 100 * max(number, 1)
        else:
            number += int(word) if word.isdecimal() else UNITS.get(word, 0)
    return thousands + number
