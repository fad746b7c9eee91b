"""The words of figures and page in French and in English, and the sizes of figures; nothing here draws.

Reads labels.csv (the words) and figures.toml (sizes).

    Words("fr")("note.document", symbols="A/68/370") -> "Document : A/68/370." (non-breaking space)
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import ClassVar

import pandas as pd

from pries.base.layers import Folder, layers
from pries.base.lexicon import Lexicon, Row, read
from pries.base.places import LEXICONS
from pries.schema import schema

LANGUAGES = ("fr", "en")
FONTS = ("sans", "serif")  # that come with the program
APOSTROPHE = r"(?<=[^\W\d_])'(?=[^\W\d_])"  # within a word: texts have both signs, print has one
LABELS = Lexicon("labels.csv", ("key", *LANGUAGES), key=("key",))


@dataclass(frozen=True)
class Look:
    """Width in mm, letters (fonts.py) and their size in pt, resolution in dots per inch, rows at most."""

    FILE: ClassVar[str] = "figures.toml"
    width: float = field(default=170.0, metadata={"low": 60.0, "high": 400.0})
    font: str = "sans"
    title: bool = True
    grey: bool = False
    size: float = field(default=7.5, metadata={"low": 7.0, "high": 12.0})
    dpi: int = field(default=200, metadata={"low": 72, "high": 1200})
    addressees: int = field(default=12, metadata={"low": 1, "high": 60})
    actors: int = field(default=10, metadata={"low": 1, "high": 60})
    parts: int = field(default=12, metadata={"low": 1, "high": 200})
    divided: int = field(default=6, metadata={"low": 1, "high": 6})
    over_used: int = field(default=4, metadata={"low": 1, "high": 30})
    under_used: int = field(default=1, metadata={"low": 0, "high": 30})
    function_words: bool = False
    terms: int = field(default=10, metadata={"low": 1, "high": 100})
    lemmas: int = field(default=36, metadata={"low": 0, "high": 300})
    mapped: int = field(default=40, metadata={"low": 4, "high": 400})
    whiskers: bool = True


class Words:
    """The words of one language.

    `Words(folder, "fr")("others.actor", n="3")` is "autres (3)".
    Raises InputError for a key that is missing, a modality that is missing, or an unknown {name}.
    """

    def __init__(self, folder: Folder, lang: str) -> None:
        self.lang = lang
        self.thousands = "\u202f"  # between the thousands of a French number; a font may lack it
        self.header = Row({}, str(layers(folder)[0] / LABELS.file), 1)
        self.rows: dict[str, Row] = {row["key"]: row for row in read(folder, LABELS)}
        keys = [key for key in self.rows if key.startswith("modality.")]
        self.modalities = tuple(key.removeprefix("modality.") for key in keys)  # strongest first
        for key in sorted({f"modality.{modality}" for modality in schema.MODALITIES} ^ set(keys)):
            row = self.rows.get(key) or self.before(key)
            raise row.wrong(f"{key} is missing or unknown", "one row for each modality")

    def __call__(self, key: str, **values: str) -> str:
        self.require([key])
        row = self.rows[key]
        text = french(row[self.lang]) if self.lang == "fr" else row[self.lang]
        try:
            return text.format(**values)
        except (KeyError, IndexError, ValueError, AttributeError):
            names = ", ".join(f"{{{name}}}" for name in values) or "nothing"
            raise row.wrong(f"'{text}' cannot be filled in", f"it may hold {names} in braces") from None

    def require(self, keys: Iterable[str]) -> None:
        """Raise InputError for the first of `keys` that has no row."""
        for key in keys:
            if key not in self.rows:
                remedy = f"add a row {key},FRENCH,ENGLISH behind this line"
                raise self.before(key).wrong(f"the key {key} is missing", remedy)

    def before(self, key: str) -> Row:
        """The row behind which a key would stand: the last of its kind, else of all.

        >>> Words(LEXICONS, "fr").before("note.essai") == Words(LEXICONS, "fr").before("note.autre")
        True
        """
        kind = key.partition(".")[0]
        alike = [row for other, row in self.rows.items() if other.partition(".")[0] == kind]
        return (alike or [self.header, *self.rows.values()])[-1]

    def number(self, value: float, decimals: int = 0) -> str:
        """`value` as the language writes it: 1 234,5 (French, non-breaking) or 1,234.5; − before what is under 0."""
        text = f"{value:,.{decimals}f}".replace("-", "\u2212")
        return text.replace(",", self.thousands).replace(".", ",") if self.lang == "fr" else text

    def checked(self, requests: pd.DataFrame) -> str:
        """How many requests are as the program found them, and how many a person has looked at."""
        auto = int((requests["checked"] == "auto").sum())
        return self("note.checked", auto=self.number(auto), checked=self.number(len(requests) - auto))


def check(folder: Folder) -> None:
    """Raise InputError for a label that the package has and `folder` has not, or that nothing can fill in."""
    ours = Words(LEXICONS, LANGUAGES[0]).rows
    for lang in LANGUAGES:
        words = Words(folder, lang)
        words.require(ours)
        for key, row in words.rows.items():
            names = {name for text in LANGUAGES for name in _braced(ours.get(key, row)[text])}
            if not _braced(row[lang]) <= names - {""}:
                braced = ", ".join(f"{{{name}}}" for name in sorted(names - {""})) or "nothing"
                raise row.wrong(f"'{row[lang]}' cannot be filled in", f"it may hold {braced} in braces")


def _braced(text: str) -> set[str]:
    """What stands in braces; nothing that can be filled in, where they are not closed or hold more than a name."""
    try:
        found = [part[1:] for part in string.Formatter().parse(text) if part[1] is not None]
    except ValueError:
        return {""}
    return {name if name and not form and not conversion else "" for name, form, conversion in found}


def french(text: str) -> str:
    """Non-breaking spaces where French typography wants them: `Document : 3 %` keeps together."""
    return re.sub(r"« ", "«\u00a0", re.sub(r" ([:;!?%»])", "\u00a0\\1", text)).replace("'", "’")


def clean(text: str) -> str:
    """Text of a report as it may be drawn: one line, no control, format or private characters, apostrophes of print."""
    shown = (" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)
    kept = "".join(c for c in shown if unicodedata.category(c) not in ("Cf", "Cs", "Co", "Cn"))
    return re.sub(APOSTROPHE, "’", re.sub(r" +", " ", kept)).strip(" ")
