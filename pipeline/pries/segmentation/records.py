"""Records of debates: who speaks in each paragraph, and which lines are stage directions.

A label opens a speech: a name with its title, or an office, before a colon, a dash or, as parliaments print it, a full
stop. The speech lasts until the next label or a heading. In summary records the name is the subject
(« M. Okoro (Littorie) dit que … »), and the paragraph after it goes on where it opens with a pronoun. One such line
makes no record. What stands alone in brackets in a record is a stage direction, and no text.

    "Mme Diaz (Valdanie) (parle en espagnol) : Il faut agir." -> speaker « Mme Diaz (Valdanie) »
    "(Applaudissements)" -> stage direction
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

RULE = "stage direction"
FEWEST = 2  # labels of a record
TITLE = r"(?:MM?\.|Mmes?|Mlles?|Monsieur|Madame|Mademoiselle|Dr|Pr|Me|S\.\s?E\.(?: MM?\.| Mme)?|Son Excellence)"
NAME = r"(?:(?:d['’]|de |del |du |des |la |le |van |von |bin |ben |el |al-)*[A-ZÀ-Ý][\w'’.-]*)"
OFFICE = (
    r"(?:premi[eè]re? |seconde? |vice-|co-)?(?:président|rapporteu|secrétaire|ministre|haute?[- ]commissaire|"
    r"directeur|directrice|modérateur|modératrice|orateur|oratrice|facilitat|animat|coordonnat|greffi|juge|procureu|maire|"
    r"député|sénat|délégué|représentant|observat|chef|expert|ambassad|commissaire|médiat|chanceli|roi|reine|prince|doyen)"
    r"[\w-]*(?: [\w'’-]+){0,8}?"
)
WHO = rf"(?:{TITLE} (?:(?i:(?:l[ea] |l['’]){OFFICE})|{NAME}(?: {NAME}){{0,4}})|(?i:(?:l[ea] |l['’]){OFFICE}))"
BRACKETS = r"(?P<brackets>(?:\s?\([^()\n]{2,80}\)){0,3})"
# « M. Okoro (Littorie) (parle en anglais) : », « LE PRÉSIDENT. – », « M. le ministre de la santé, rapporteur. Je … »
LABEL = re.compile(
    rf"[-–—•\s]{{0,4}}(?P<who>{WHO})(?:, [^.:;()]{{3,80}}?)?{BRACKETS}\s?(?::|\.?\s?[–—]\s|(?P<stop>\.)(?= [A-ZÀ-Ý«]))"
)
# « M. Okoro (Littorie) dit que », « La Présidente invite »
SUBJECT = re.compile(
    rf"(?P<who>{TITLE} {NAME}(?: {NAME}){{0,4}}\s?\([^()\n]{{2,80}}\)|(?:L[ea] |L['’])(?:Vice-)?Présidente?)"
    r"(?=,? [a-zà-ÿ])"
)
GOES_ON = re.compile(
    r"(?:Il|Elle|L['’](?:orat(?:eur|rice)|intervenante?)|L[ea] représentante?|[LS]a délégation|"
    r"Son (?:pays|Gouvernement))\b"
)
LANGUAGE = re.compile(
    r"\s?\((?:[^()]*\b(?:parl|interpr|tradui|lit\b|suite|poursui|original|vidéo|enregistr)[^()]*)\)", re.IGNORECASE
)
BRACKETED = re.compile(r"\W?[(\[](?P<inside>[^()\[\]]{3,300})[)\]]\.?")
INSIDE = re.compile(r"(?:(?P<opens>^)| ?)[(\[](?P<inside>[^()\[\]]{3,300})[)\]](?(opens) ?)")
NOISE = re.compile(
    r"(?:(?:vifs|longs|nombreux|nouveaux|quelques|très) )*(?:applaudissements|rires|sourires|exclamations|"
    r"protestations|murmures|huées|brouhaha|mouvements?|interruptions?|silence|ovations?|bravos?|acclamations|assentiment|marques|"
    r"dénégations|claquements|très bien|bravo|ah|oh|hou|cris|signes?|mines|regards|"
    r"(?:MM?\.|Mmes?|plusieurs|quelques|les) [^()]{2,60} (?:applaud|protest|approuv|s['’]exclam|ri(?:t|ent)|acquiesc|"
    r"se l[eè]v|hoch|sour|quitt)\w*|vives? réactions?|la séance.{0,80}(?:suspendue|reprise|levée))\b.{0,200}",
    re.IGNORECASE,
)  # fmt: skip

# « La séance est suspendue à midi. », « L'amendement est adopté. »: what the record tells, when a speech is over.
VOTED = r"(?:mise? aux voix|(?:ainsi )?adoptée?|rejetée?|retirée?|clos)"
TOLD = re.compile(
    r"(?:La (?:séance|réunion)\b[^.]{0,60}\b(?:est|était) (?:ouverte|suspendue|reprise|levée|close)|"
    r"(?:L['’](?:amendement|article|ensemble|Assemblée|ordre du jour)|La (?:motion|proposition|résolution)|"
    r"Le (?:projet|texte|procès-verbal|sous-amendement|scrutin))\b[^.;]{0,80}\b"
    rf"(?:(?:n['’])?(?:est|sont)(?: pas)? {VOTED}|adopte (?:le|la|l['’]))|Il en est ainsi décidé)\b[^.]{{0,120}}\.?"
)


class Block(NamedTuple):
    """A paragraph or heading, as it is looked at here."""

    heading: bool
    text: str


def speakers(blocks: Sequence[Block]) -> tuple[list[str], set[int]]:
    """Who speaks in each paragraph, empty where nobody is named, and the ranks of those that are stage directions.

    >>> speakers([Block(False, "Le Président : La parole est à M. Roy."), Block(False, "M. Roy : Merci.")])
    (['Le Président', 'M. Roy'], set())
    """
    labels = [None if block.heading else LABEL.match(block.text) for block in blocks]
    subjects = [
        None if block.heading or label else SUBJECT.match(block.text)
        for block, label in zip(blocks, labels, strict=True)
    ]
    verbatim = sum(label is not None for label in labels) >= FEWEST
    summary = not verbatim and sum(found is not None and "(" in found["who"] for found in subjects) >= FEWEST
    record = verbatim or summary
    directions = {rank for rank, block in enumerate(blocks) if _is_direction(block.text, record)}
    if len(directions) == len(blocks) or not record:
        return [""] * len(blocks), directions if len(directions) < len(blocks) else set()
    found: list[str] = []
    now = ""
    for rank, block in enumerate(blocks):
        opens = labels[rank] if verbatim else subjects[rank]
        if opens is not None:
            now = _named(opens)
        elif rank not in directions and (
            block.heading or TOLD.fullmatch(block.text) or not (verbatim or GOES_ON.match(block.text))
        ):
            now = ""
        found.append(now if rank not in directions else "")
    return found, directions


def without_directions(text: str) -> tuple[str, list[tuple[int, int]]]:
    """A speech without the stage directions in it, and where they stood: « Il faut agir (Rires) et payer »."""
    found = [m for m in INSIDE.finditer(text) if NOISE.fullmatch(m["inside"].strip(" .!"))] if "(" in text else []
    if not found:
        return text, []
    kept, at = list[str](), 0
    for one in found:
        kept.append(text[at : one.start()])
        at = one.end()
    return "".join([*kept, text[at:]]), [one.span() for one in found]


def moved(place: int, gone: Sequence[tuple[int, int]]) -> int:
    """Where a character stands once what is gone is gone."""
    return place - sum(max(min(end, place) - start, 0) for start, end in gone)


def _named(found: re.Match[str]) -> str:
    """Who speaks, with the State in brackets, without the language of the speech."""
    brackets = found.groupdict().get("brackets") or ""
    return LANGUAGE.sub("", f"{found['who']}{brackets}").strip(" .")


def _is_direction(text: str, record: bool) -> bool:
    """Whether a paragraph is a stage direction: « (Rires) » anywhere, in a record whatever stands in brackets."""
    found = BRACKETED.fullmatch(text)
    return found is not None and (record or NOISE.fullmatch(found["inside"].strip()) is not None)
