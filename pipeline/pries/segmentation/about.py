"""About: the symbol, the title and the date of a document, found in its text where nobody else has said them.

The symbol stands in the masthead, on the cover or in running heads; the title is the first line of the cover that is
neither who publishes nor a session, a date or the first section; the date stands in the masthead, alone on the cover,
in the title, at the end (« Fait à Genève, le … »), or where an organ that adopts says when it met. Whatever stands
elsewhere dates something else, and an empty cell is better than a wrong one.

    "Nations Unies" / "A/99/412" / "14 août 2044" / "Accès à la santé" -> A/99/412, Accès à la santé, 2044-08-14
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pries.base import lexicon
from pries.reading.marks import ends_sentence
from pries.segmentation.dates import dates
from pries.segmentation.furniture import SYMBOL, Dropped
from pries.segmentation.sections import bare

COVER_LINES = lexicon.Lexicon(
    "cover_lines.csv",
    ("pattern", "kind", "example"),
    values={"kind": ("issuer", "session", "opening", "genre", "junk")},
    key=("pattern",),
)
SYMBOL_ALONE = re.compile(rf"({SYMBOL})\s*\*{{0,3}}")
# « WHA31.26 Assistance au Liban », « CM/Rec(2010)5 du Comité des ministres »: a symbol that a title begins with
SYMBOL_FIRST = re.compile(
    r"(?<![\w./()-])([A-Z]{2,6}\d{0,3}[./][A-Z]?[A-Za-z]{0,4}(?:\(\d{4}\))?\d[\w./()-]*)\.?(?=\s+[A-ZÀ-Ý])"
)
FURNITURE = ("symbol", "masthead", "running head", "table")  # a Word file may have its masthead in a table
COVER = 14  # headings and short lines that a cover may have
WORDS = 12  # of a paragraph from which the text has begun
FEW = 3  # words of a line that is a title only if it names a genre, or no other line is one
END = 8  # last paragraphs in which a document may say when it was made
OPENING = re.compile(
    r"(?<=\w)\W+(?:PR[ÉE]AMBULE|Préambule|INTRODUCTION|R[ÉE]SUM[ÉE]|SOMMAIRE|TABLE DES MATI[ÈE]RES)\W*$"
)
LONGEST = 300  # characters of a title
OPENS_WITH = 1500  # characters of the paragraph in which an organ says when it met
MADE = r"(?:fait|signée?|donnée?|établie?|rédigée?|adoptée?|adoption|publiée?|publication|mise? à jour|version|édition)"
SITTING = r"(?:séance|réunion|audience|date|journée)s? ?:?\s*"
DAY = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) "
# Around a date that stands alone: « Genève, le », « Séance du mardi », « (Décembre 2003) », « Version du ».
BEFORE = re.compile(
    rf"\W*(?:(?i:{MADE}) ?:?\s*)?(?:(?:à|au|en) )?(?:[A-ZÀ-Ý][\w’'-]*(?:[ -][A-ZÀ-Ý(][\w’')-]*){{0,4}}\s*[,(–—-]+\s*)?"
    rf"(?i:{SITTING})?(?i:le |du |en |de )?(?i:{DAY})?"
)
AFTER = re.compile(r"\W*")
# The label of a date in a table at the end: « Adoption | 19 juillet 2021 », « Date de publication ».
DATED = re.compile(
    rf"(?:date (?:de |d['’])(?:la |l['’])?)?(?:{MADE}|approbation|signature|rédaction|dépôt)\W*", re.IGNORECASE
)
# Sentences that say when the document itself was made.
ADOPTED = re.compile(
    r"\b(?:fait|signé|donné|adopté|approuvé|publié|prononcé|délibéré|promulgué)e?s? (?:à|au|en|par|les?|lors|ce|dans|"
    r"sans|cette)\b|\bséance(?: plénière)?\b|\badoption\b",
    re.IGNORECASE,
)
MET = re.compile(r"réunie?s?|tenue?s?|siégeant|convoquée?s?|session|assemblée?s?|adopte|adoptent", re.IGNORECASE)
ORGAN = re.compile(r"\W{0,2}(?:L['’]|L[ea]s? |Nous, |Réunie?s? )\w")
OTHER = re.compile(r"résolution|recommandation \d|rapport|convention|décision|loi|décret", re.IGNORECASE)
NEAR = 90  # characters between « réunie » and its date


@dataclass(frozen=True)
class Line:
    """A paragraph or heading of a document, as it is looked at here."""

    kind: str
    text: str
    first: int  # its first line in the source
    last: int


@dataclass(frozen=True)
class Cover:
    """What cover_lines.csv knows."""

    patterns: tuple[tuple[re.Pattern[str], str], ...]

    @classmethod
    def read(cls, folder: Path) -> Cover:
        """The lexicon of `folder`; raises InputError for a broken row or pattern."""
        patterns = []
        for row in lexicon.read(folder, COVER_LINES):
            try:
                patterns.append((re.compile(row["pattern"]), row["kind"]))
            except re.error as error:
                raise row.wrong(
                    f"pattern '{row['pattern']}' is no regular expression ({error})", "correct it"
                ) from None
        return cls(tuple(patterns))

    def kind(self, text: str) -> str:
        """What a line is: issuer, session, opening, genre or junk; empty for any other."""
        plain = bare(text).strip(' .:*«»"')
        return next((kind for pattern, kind in self.patterns if pattern.fullmatch(plain)), "")

    def is_title(self, text: str) -> bool:
        """Whether what a program wrote into a file's properties may be its title."""
        return bool(text) and self.kind(text) != "junk" and any(c.isalpha() for c in text)


def found(lines: Sequence[Line], dropped: Sequence[Dropped], cover: Cover) -> dict[str, str]:
    """The symbol, title and date that a document says of itself; empty where it does not."""
    top = list(_top(lines))
    last = max((line.last for line in top), default=0)
    above = (line for line in dropped if line.rule in FURNITURE and line.number <= last + 1)
    head = [Dropped(line.number, cell, line.rule) for line in above for cell in line.text.split("\t")]
    title = _title(top, dropped, cover)
    date = _date(lines, top, [line.text for line in head], title) or _tabled(dropped)
    return {"symbol": _symbol(top, head, dropped), "title": title, "date": date}


def _top(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines before the text begins."""
    for line in lines[:COVER]:
        sentence = ends_sentence(line.text) and len(line.text.split()) >= WORDS
        if line.kind != "heading" and (sentence or len(line.text) > LONGEST):
            return
        yield line


def _symbol(top: Sequence[Line], head: Sequence[Dropped], dropped: Sequence[Dropped]) -> str:
    alone = ((line.first, SYMBOL_ALONE.fullmatch(line.text.strip())) for line in top)
    above = ((line.number, SYMBOL_ALONE.fullmatch(" ".join(line.text.split()))) for line in head)
    placed = sorted((at, one[1]) for at, one in (*alone, *above) if one)
    if placed:
        return placed[0][1]
    first = next(filter(None, (SYMBOL_FIRST.match(line.text) for line in top)), None)
    if first:
        return first[1]
    printed = (SYMBOL_ALONE.fullmatch(" ".join(line.text.split())) for line in dropped if line.rule in FURNITURE)
    often = Counter(one[1] for one in printed if one).most_common(1)
    return often[0][0] if often and often[0][1] > 1 else ""


# --- the title ------------------------------------------------------------------------------------


def _title(top: Sequence[Line], dropped: Sequence[Dropped], cover: Cover) -> str:
    """The title among the lines of a cover, with those that go on with it; a running head may be better than a word."""
    candidates: list[int] = []
    issuers: list[int] = []
    for rank, line in enumerate(top):
        kind = cover.kind(line.text)
        if kind == "opening" and candidates:
            break
        if line.kind != "heading" and (candidates or not (line.text.isupper() or kind == "genre")):
            continue
        if SYMBOL_ALONE.fullmatch(line.text) or _alone(line.text) or kind in ("session", "opening", "junk"):
            continue
        (issuers if kind == "issuer" else candidates).append(rank)
    titles = [_whole(top[n:], cover) for n in candidates]
    whole = (
        t for t, n in zip(titles, candidates, strict=True) if len(t.split()) > FEW or cover.kind(top[n].text) == "genre"
    )
    found = next(whole, "") or _running_title(dropped, cover)
    return found or next(iter([*titles, *(top[n].text for n in reversed(issuers))]), "")


def _whole(top: Sequence[Line], cover: Cover) -> str:
    """The title that begins on the first of some lines, with those that go on with it."""
    title = SYMBOL_FIRST.sub("", top[0].text).strip()
    for line in top[1:]:
        ends = cover.kind(line.text) in ENDS_TITLE
        if ends or not _goes_on(title, line) or len(title) + len(line.text) > LONGEST:
            break
        title = f"{title} {line.text}"
    return OPENING.sub("", title).strip(" *")


ENDS_TITLE = ("issuer", "session", "opening")


def _goes_on(title: str, line: Line) -> bool:
    """Whether a line of the cover goes on with the title: it was cut there, or both are set in capitals."""
    if line.kind != "heading" or _alone(line.text):
        return False
    opened = title.count("«") > title.count("»") or title.count("(") > title.count(")")
    return opened or line.text[0].islower() or (title.isupper() and line.text.isupper())


def _running_title(dropped: Sequence[Dropped], cover: Cover) -> str:
    """The running head that comes most often, where it has words enough for a title."""
    heads = (
        " ".join(re.sub(r"^\W*\d+\s|\s(?:page )?\d+\W*$", "", line.text).split())
        for line in dropped
        if line.rule == "running head"
    )
    times = Counter(head for head in heads if len(head.split()) > FEW and cover.kind(head) not in ENDS_TITLE)
    best = times.most_common(1)
    return best[0][0] if best and best[0][1] > 2 else ""


# --- the date -------------------------------------------------------------------------------------


def _date(lines: Sequence[Line], top: Sequence[Line], head: Sequence[str], title: str) -> str:
    alone = (_alone(text) for text in (*head, *(line.text for line in top)))
    inside = [date for date, *_ in dates(title)]
    return next(filter(None, (*alone, *inside[-1:], _ending(lines), _opening(lines))), "")


def _alone(text: str) -> str:
    """The date that a line is, with nothing but a place or a weekday around it."""
    if len(text) > LONGEST:
        return ""
    for date, start, end in dates(text):
        if BEFORE.fullmatch(text[:start]) and AFTER.fullmatch(text[end:]):
            return date
    return ""


def _tabled(dropped: Sequence[Dropped]) -> str:
    """« Adoption | 19 juillet 2021 », a row of a table that says when the document was made."""
    rows = (line.text.split("\t") for line in dropped if line.rule == "table")
    return next(
        (_alone(row[1]) for row in rows if len(row) == 2 and DATED.fullmatch(row[0].strip()) and _alone(row[1])), ""
    )


def _ending(lines: Sequence[Line]) -> str:
    """« Fait à Genève, le 3 mai 1990. », « Adoptée à la 12e séance plénière, le 3 mai 1990. », or a date alone."""
    for line in reversed(lines[-END:]):
        if len(line.text) > LONGEST or len(line.text.split()) >= 2 * WORDS:
            continue
        named = dates(line.text)
        if named and (_alone(line.text) or ADOPTED.search(line.text[: named[-1][1]][-120:])):
            return named[-1][0]
    return ""


def _opening(lines: Sequence[Line]) -> str:
    """« La Conférence, réunie à Brest du 3 au 8 octobre 1994, »: when the organ met, or adopts what follows."""
    for line in lines[:COVER]:
        if line.kind == "heading" or not ORGAN.match(line.text):
            continue
        text = line.text[:OPENS_WITH]
        for date, start, _ in reversed(dates(text)):
            before = text[max(0, start - NEAR) : start]
            met = list(MET.finditer(before))
            if met and not OTHER.search(before[met[-1].end() :]):
                return date
        return ""
    return ""
