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
from typing import NamedTuple

from pries.base import lexicon
from pries.base.layers import Folder
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
# « A/99/412 », « S/RES/2999 (2044) », « WHA31.26 »
PRINTED = rf"(?:{SYMBOL}(?: \(\d{{4}}\))?|[A-Z]{{2,5}}\d{{1,3}}\.(?:R|DIV\.)?\d{{1,3}})"
SYMBOL_ALONE = re.compile(rf"({PRINTED})\s*\*{{0,3}}")
SYMBOL_INSIDE = re.compile(rf"(?:^|\s)({PRINTED})\*{{0,3}}(?:\s|$)")  # « Nations Unies A/99/412 » of two columns
SYMBOL_OPENS = re.compile(rf"({SYMBOL})(?=\s*$|\s*[-–—:|])")  # « A/99/412 - Accès à la santé », of a page
# « 99/412. Accès à la santé », « Objet : accès à la santé »: a title by its form
TITLED = re.compile(r"(\d{1,3}/\d{1,4}[A-Z]?\.\s+.{6,})|.{0,80}\bObjet ?:\s+(.{6,})")
NUMBER_ALONE = re.compile(r"\w+ (?:n[o°º]\.? ?)?\d[\d/ ()-]*")  # « Résolution 2399 (2044) », above its title
# « WHA31.26 Assistance au Liban », « CM/Rec(2010)5 du Comité des ministres »: a symbol that a title begins with
SYMBOL_FIRST = re.compile(r"(?<!\S)([A-Z]{2,6}\d{0,3}[./][A-Za-z]{0,5}(?:\(\d{4}\))?\d[\w./()-]*)\.?(?=\s+[A-ZÀ-Ý])")
FURNITURE = ("symbol", "masthead", "running head", "table")  # a Word file may have its masthead in a table
COVER = 14  # headings and short lines that a cover may have
WORDS = 12  # of a paragraph from which the text has begun
FEW = 3  # words of a line that is a title only if it names a genre, or no other line is one
END = 8  # last paragraphs in which a document may say when it was made
OPENING = re.compile(
    r"(?<=\w)\W+(?:PR[ÉE]AMBULE|Préambule|INTRODUCTION|R[ÉE]SUM[ÉE]|SOMMAIRE|TABLE DES MATI[ÈE]RES)\W*$"
)
NUMERAL = re.compile(r"[IVXLC]+\.?|[A-Z]\.?|\d+\.?")  # of a first section, below the title
ENDED = re.compile(r"(?<=[^\W\d_]{4})\.(?:\s+[IVX]+\.?)?\s*$")  # « La pêche côtière. I »: and the first section
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


class Line(NamedTuple):
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
    def read(cls, folder: Folder) -> Cover:
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
    top = list(_top(lines, cover))
    last = max((line.last for line in top), default=0)
    above = (line for line in dropped if line.rule in FURNITURE and line.number <= last + 1)
    head = [Dropped(line.number, cell, line.rule) for line in above for cell in line.text.split("\t")]
    title = _title(top, dropped, cover)
    date = _date(lines, top, [line.text for line in head], title, cover) or _tabled(dropped)
    return {"symbol": _symbol(top, head, dropped), "title": title, "date": date}


def _top(lines: Sequence[Line], cover: Cover) -> Iterator[Line]:
    """The lines before the text begins; who publishes and the symbol in one are two."""
    for line in lines[:COVER]:
        sentence = ends_sentence(line.text) and len(line.text.split()) >= WORDS
        if line.kind != "heading" and (sentence or len(line.text) > LONGEST):
            return
        inside = SYMBOL_INSIDE.search(line.text)
        if inside and cover.kind(line.text[: inside.start()]) in ("issuer", "session"):
            pieces = (line.text[: inside.start()], inside[1], line.text[inside.end() :].strip())
            yield from (line._replace(text=piece) for piece in pieces if piece)
        else:
            yield line


def symbol_of(title: str) -> str:
    """The symbol that a title is, or begins with: « A/99/412 - Accès à la santé »."""
    found = SYMBOL_OPENS.match(title)
    return found[1] if found else ""


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
        if NUMBER_ALONE.fullmatch(line.text) and any(_may_title(one, cover) for one in top[rank + 1 :]):
            continue
        (issuers if kind == "issuer" else candidates).append(rank)
    titles = [_whole(top[n:], cover) for n in candidates]
    formal = (TITLED.fullmatch(line.text) for line in top)
    whole = (
        t for t, n in zip(titles, candidates, strict=True) if len(t.split()) > FEW or cover.kind(top[n].text) == "genre"
    )
    found = next((one[1] or one[2] for one in formal if one), "") or next(whole, "") or _running_title(dropped, cover)
    return found or next(iter([*titles, *(top[n].text for n in reversed(issuers))]), "")


def _may_title(line: Line, cover: Cover) -> bool:
    """Whether a line below « Résolution 2399 (2044) » is its title."""
    return (
        line.kind == "heading" and len(line.text.split()) > FEW and not cover.kind(line.text) and not _alone(line.text)
    )


def _whole(top: Sequence[Line], cover: Cover) -> str:
    """The title that begins on the first of some lines, with those that go on with it."""
    title = SYMBOL_FIRST.sub("", top[0].text).strip()
    for line in top[1:]:
        ends = cover.kind(line.text) in ENDS_TITLE
        if ends or not _goes_on(title, line) or len(title) + len(line.text) > LONGEST:
            break
        title = f"{title} {line.text}"
    return ENDED.sub("", OPENING.sub("", title)).strip(" *")


ENDS_TITLE = ("issuer", "session", "opening")


def _goes_on(title: str, line: Line) -> bool:
    """Whether a line of the cover goes on with the title: it was cut there, or both are set in capitals."""
    if line.kind != "heading" or _alone(line.text) or NUMERAL.fullmatch(line.text):
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


def _date(lines: Sequence[Line], top: Sequence[Line], head: Sequence[str], title: str, cover: Cover) -> str:
    alone = (_alone(text, cover) for text in (*head, *(line.text for line in top)))
    labelled = (_labelled(line.text) for line in lines[:COVER])
    adopted = (_adopted(line.text) for line in top)
    inside = [date for date, *_ in dates(title)]
    return next(filter(None, (*alone, *labelled, *inside[-1:], _ending(lines), _opening(lines), *adopted)), "")


def _alone(text: str, cover: Cover | None = None) -> str:
    """The date that a line is, with nothing but a place, a weekday or who publishes around it."""
    if len(text) > LONGEST:
        return ""
    for date, start, end in dates(text):
        before = text[:start]
        placed = BEFORE.fullmatch(before) or (cover is not None and cover.kind(before.rstrip(" ,–—-")) == "issuer")
        if placed and AFTER.fullmatch(text[end:]):
            return date
    return ""


def _labelled(text: str) -> str:
    """« Date : 3 mai 2041 Lieu : salle des cartes »: what a line says of the date in so many words."""
    found = dates(text[:60]) if text.startswith("Date") else []
    return found[0][0] if found and re.fullmatch(rf"Date ?: ?{BEFORE.pattern}", text[: found[0][1]]) else ""


def _adopted(text: str) -> str:
    """« Adoptée par le Conseil à sa 412e séance, le 3 mai 2041 », on the cover."""
    found = dates(text) if ADOPTED.match(text) else []
    return found[-1][0] if found else ""


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
