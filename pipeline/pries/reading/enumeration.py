"""Numbers and markers: roman numerals, numbered paragraphs, list items, and which one may follow which.

"b) de resserrer les critères" -> marker b, after a          "ii) …" under "a) …" -> item a.ii
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
ROMAN = re.compile(r"(?=[IVXLCDM])M*(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
# Signs that are nothing but bullets, the codes of Word's symbol fonts among them; then signs of text too.
SIGNS = "•◦▪▫●○◉‣⁃∙■□◾◽▶►▸▹➢➤➔→⇒✓✔✗❖◆◇♦❑❒☐☑☒✘✖➣➥⮚⮞❍❏◈◊⬥⬧⧫⚫⚪🔹🔸★☆✅👉➜➝➞⭐📌🔴🔵🟢❯" + "".join(
    map(chr, range(0xF020, 0xF100))
)
BULLETS = SIGNS + "·−–—*-"
LETTERS = "oØü§"  # the bullets of Word where the font of symbols was lost
TYPED = rf"(?:[-=]{{1,2}}>(?=\s)|[{LETTERS}](?=\s[^\W\d_]))"  # « => Former », « o Former »
MARKER = re.compile(
    rf"(?:\(?(?P<label>[a-z]{{1,2}}|[ivxl]{{1,6}}|\d{{1,2}})\)(?=\s|[A-ZÀ-ÖØ-Þ«])"
    rf"|(?P<bullet>[{BULLETS}](?=\s)|[{SIGNS}](?=[^\W\d_])|[–—-](?=[A-ZÀ-Þ][a-zà-ÿ])|{TYPED}))"
)
# "1." "a." "A -" "II)" "1°)": a paragraph or a title may have them too.
AMBIGUOUS = re.compile(
    r"\(?(?P<label>\d{1,2}|[A-Za-z]|[ivxl]{2,5}|[IVXL]{2,5})(?:\s?[.)/]|\s?[°º]\s?[)./–-]?|\s?[-–—])(?=\s)"
)
# "De réviser", "ne pas", "s’assurer": the infinitive with which an item says what is to be done.
ACTION = re.compile(
    r"(?:de |d['’]|à )?(?:ne pas |s['’]|se |l['’]|les? |la |y |en )*"
    r"(?:[^\W\d_]+(?:er|ir|[udlr]ire|ndre|soudre|clure|[iu]vre|mettre|battre|[aoî]ître|rompre)|"
    r"faire|mettre|battre|rompre|dire|lire|élire|(?:sous|ex)traire)\b",
    re.IGNORECASE,
)
# « Tableau 3. Part des femmes », « Source : enquête de 2041 »: beside a table or picture, set like a title, and none.
CAPTION = re.compile(
    r"(?:tableau|figure|fig\.|graphique|graphe|carte|photo(?:graphie)?|schéma|illustration|diagramme|image)"
    r" ?(?:n[o°º]\.? ?)?(?:\d|[IVX]+\b|[A-Z]\b|[:.])|sources? ?:",
    re.IGNORECASE,
)
# « Année de référence : 1994 », « Destinataire : le préfet »: a label with its value, set like a title, and none.
VALUE = re.compile(
    r"[^:\d]{3,80}: ?[^:\dA-Za-zÀ-ÿ]*\d[^:A-Za-zÀ-ÿ]*|"
    r"(?i:dates?|lieux?|heures?|durée|destinataires?|priorité|échéances?|délais?|responsables?|pilotes?|porteurs?|"
    r"coûts?|budget|financement|statut|suivi|présents?|absents?|excusés?|absents? excusés?|participants?|"
    r"rédact(?:eur|rice)s?|(?:secrétaire|présidente?) de séance|rapporteure?s?|contacts?|tél(?:éphone|\.)?|courriels?|"
    r"de|à|cci?|copies?|envoyé(?: le)?|expédit(?:eur|rice)|from|to|sent|"
    r"e-?mail|réf(?:érences?|\.)|cote|langues?|auteure?s?|version|indicateurs?|portée|public(?: cible)?|mots[- ]clés)"
    r"(?: (?:de|d['’]|du|des|à|pour|en)\b[^:]{1,50})? ?: .+"
)
NUMBER = re.compile(
    r"(\d{1,4}(?:\.\d{1,3})*)\.(?:\s+|(?=[A-ZÀ-ÖØ-Þ«]|$))"
    r"|(\d{1,3}[A-Z]?(?:\.\d{1,3})+)\s+(?=[A-ZÀ-ÖØ-Þ«\"“])|(?P<deep>\d{1,3}(?:\.\d{1,3}){2,3})\s+(?=[a-zà-ÿ])"
    r"|§\s?(?P<sign>\d{1,4}(?:\.\d{1,3})*)\.?(?:\s+(?=[A-ZÀ-ÖØ-Þ«\"“])|$)"
    r"|\(?(?P<bracket>\d{1,3})\)(?:\s+(?=[A-ZÀ-ÖØ-Þ«\"“])|$)"
    r"|(?P<spaced>\d{1,2}) \. (?=[A-ZÀ-ÖØ-Þ«])"
)


@dataclass(frozen=True)
class Number:
    """The number printed before a paragraph: 12, 17.33, 29C.37, § 12, 12)."""

    parts: tuple[int, ...]
    printed: str
    end: int  # where the text after it begins
    form: str = "."  # § or ) where it is printed so

    def precedes(self, other: Number) -> bool:
        """Whether `other` comes right after: 13 after 12, 17.34 after 17.33, 18.1 after 17.33."""
        last, number = self.parts, other.parts
        if len(last) != len(number) or self.form != other.form:
            return False
        following = number[:-1] == last[:-1] and number[-1] == last[-1] + 1
        return following or (len(last) > 1 and number == (*last[:-2], last[-2] + 1, 1))


@lru_cache(2**10)  # a line is asked about again and again while its neighbours are read
def number_of(text: str) -> Number | None:
    """The paragraph number that a line begins with.

    >>> number_of("17.33 Le Bureau").parts, number_of("1.3.2 offrir des bourses").parts, number_of("10 points")
    ((17, 33), (1, 3, 2), None)
    >>> number_of("3 . Vendre les immeubles .").parts
    (3,)
    """
    found = NUMBER.match(text)
    if found is None:
        return None
    printed = found[1] or found[2] or found["deep"] or found["sign"] or found["bracket"] or found["spaced"]
    form = "§" if found["sign"] else ")" if found["bracket"] else "."
    parts = [int(part) if part.isdigit() else int(part[:-1]) * 100 + letter(part[-1]) for part in printed.split(".")]
    return Number(tuple(parts), printed, found.end(), form)


def roman(numeral: str) -> int:
    """The value of a roman numeral, 0 for what is none.

    >>> roman("XIV"), roman("AB")
    (14, 0)
    """
    numeral = numeral.upper()
    if not ROMAN.fullmatch(numeral):
        return 0
    values = [ROMAN_DIGITS[c] for c in numeral]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def letter(label: str) -> int:
    """The rank of a letter (a = 1), going on after z with aa, bb, …; 0 for what is none."""
    label = label.lower()
    if not label or not ("a" <= label[0] <= "z") or set(label) != {label[0]}:
        return 0
    return ord(label[0]) - ord("a") + 1 + 26 * (len(label) - 1)


def readings(label: str) -> list[tuple[str, int]]:
    """What a marker's label may stand for, as (series, rank), the likelier first.

    >>> readings("i")
    [('roman', 1), ('letter', 9)]
    """
    if label in BULLETS:
        return [("bullet " + label, 0)]
    if label.isdigit():
        return [("digit", int(label))]
    found = [("letter", letter(label)), ("roman", roman(label))]
    if label in ("i", "ii", "I", "II"):
        found.reverse()
    if label.isupper():
        found = [(f"capital {series}", rank) for series, rank in found]
    return [reading for reading in found if reading[1]]


@dataclass(frozen=True)
class Level:
    """One level of the list that is open: its series, the rank and the label reached."""

    series: str
    rank: int
    label: str


@dataclass
class Items:
    """The list that is open in a paragraph, outer level first."""

    levels: list[Level] = field(default_factory=list)

    @property
    def item(self) -> str:
        """The current item as `a.ii`; empty outside lists."""
        return ".".join(level.label for level in self.levels)

    def follow(self, label: str) -> list[Level] | None:
        """The levels after a marker that goes on with the list, or None where it does not."""
        for series, rank in readings(label):
            for depth in range(len(self.levels) - 1, -1, -1):
                level = self.levels[depth]
                if level.series == series and (rank == level.rank + 1 or not rank):
                    rank = level.rank + 1
                    return [*self.levels[:depth], Level(series, rank, str(rank) if label in BULLETS else label)]
        return None

    def begin(self, label: str) -> list[Level] | None:
        """The levels after a marker that opens a list (a, i, 1 or a bullet) below the current item."""
        for series, rank in readings(label):
            if rank <= 1:
                same = [d for d, level in enumerate(self.levels) if level.series == series]
                above = self.levels[: same[0]] if same else self.levels
                return [*above, Level(series, 1, "1" if label in BULLETS else label)]
        return None

    def force(self, label: str) -> list[Level]:
        """The levels after a marker that stands on a line of its own, whatever came before."""
        levels = self.follow(label) or self.begin(label)
        if levels is None:
            series, rank = readings(label)[0] if readings(label) else ("letter", 0)
            same = [d for d, level in enumerate(self.levels) if level.series == series]
            levels = [*self.levels[: same[0] if same else 0], Level(series, rank, label)]
        return levels


def marker(text: str) -> str:
    """The label of the list marker that a text begins with, or nothing.

    >>> marker("(b) de resserrer"), marker("• Le Comité"), marker("Le Comité")
    ('b', '•', '')
    >>> marker("=> former les juges"), marker("o Former les juges"), marker("§ 12")
    ('→', '•', '')
    """
    found = MARKER.match(text)
    if found is None:
        return ""
    label = found["label"] or found["bullet"]
    if found["bullet"] and label not in BULLETS:
        label = "•" if label in LETTERS else "→"
    return label if label in BULLETS or readings(label) else ""


def ambiguous(text: str) -> tuple[str, str]:
    """The label with which an item of a list, a paragraph or a title may begin, and the text after it.

    >>> ambiguous("a. Réviser la loi"), ambiguous("2 – former"), ambiguous("M. Diallo"), ambiguous("Le Comité")
    (('a', 'Réviser la loi'), ('2', 'former'), ('M', 'Diallo'), ('', ''))
    """
    found = AMBIGUOUS.match(text)
    return (found["label"], text[found.end() :].lstrip()) if found else ("", "")


def label_end(text: str, at: int) -> int:
    """Where the label or bullet ends with which an item begins at `at`; `at` where there is none."""
    found = MARKER.match(text, at) or AMBIGUOUS.match(text, at)
    return found.end() if found else at
