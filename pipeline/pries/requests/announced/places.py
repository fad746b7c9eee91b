"""Places: which paragraphs hold announced recommendations, by their titles, lead-ins, labels and metadata.

Most documents announce nothing, and cost nothing.

    "VI. Recommandations" above "61. Publier les comptes."                    -> 61 announced, by its heading
    "148. Les recommandations ci-après seront examinées par le Mali :" above "148.1 Ratifier …" -> by its lead-in
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

import pandas as pd

from pries.grammar.morphology import INFINITIVE
from pries.grammar.words import QUE
from pries.reading.columns import meaning
from pries.reading.enumeration import ACTION, BULLETS
from pries.requests.announced.announcements import Announced, Announcements, plain
from pries.store import rowwise

# Nothing else is looked at more closely.
MAY_ANNOUNCE = (
    r"(?i)recomm|pr[ée]conis|propositions? (?:n[o°º]|[0-9])|^[^.]{0,40}propositions(?:[^.]{0,60}$| \W )|"
    r"^ ?r(?:eco?m{0,2}s?)?\.? ?(?:n[o°º]\.? ?)?[0-9]"
)
MARK = re.compile(r"\W*+(?:[a-z]{1,2}\)|[ivx]{1,5}\)|\d{1,2}[).])?\W*+")
BODIES = re.compile(r"(?:^|(?<=^\d[.)] )|(?<=^[a-z]\) ))\([^()]{3,80}\) ?: ?")  # « 1. (ministère du port) : curer »
FIRST_MARK = re.compile(rf" ?:(?= )| (?=[{re.escape(BULLETS)}] |\d{{1,2}}[.)] |[a-z]\) )")
LINES_BELOW = 5  # a labelled recommendation, that say whom it means, how urgent it is, by when
WHOM_WITHIN = 120  # characters in which a paragraph says whom it means
# « A1 – Draguer le chenal », « 2/ Draguer », « B- Draguer »
CODE = re.compile(r"[A-Z]{1,4}[ -]?\d{1,3}(?:\.\d{1,3})* ?[:–—-] |(?:\d{1,2}|[A-Z]) ?[/–—-] ?(?=[A-ZÀ-Þ])")
DE = re.compile(r"^(?:d'|de |(?:l|s|y|les|la|le|ne pas) ?'?)+")


class Paragraph(NamedTuple):
    """What is looked at of a row of the paragraphs table."""

    doc_id: str
    paragraph: str
    section: str
    kind: str
    text: str


def announced(
    paragraphs: pd.DataFrame, documents: Mapping[str, Announced], known: Announcements, every: bool = False
) -> dict[tuple[str, str], Announced]:
    """The paragraphs that hold recommendations, by (doc_id, paragraph); all of those of `documents`, of `every` one."""
    found: dict[tuple[str, str], Announced] = {}
    may = set(documents) | set(paragraphs["doc_id"][paragraphs["text"].str.contains(MAY_ANNOUNCE)])
    if not may and not every:  # nearly always
        return found
    rows = paragraphs if every else paragraphs[paragraphs["doc_id"].isin(may)]
    columns = [rows[name].tolist() for name in Paragraph._fields]
    for doc_id, group in groupby(map(Paragraph, *columns), key=lambda row: row.doc_id):
        whole = documents.get(doc_id, Announced("document", "obligations.toml") if every else None)
        for row, one in _with_whom(list(_of_document(list(group), known))):
            if one or whole:
                found[row.doc_id, row.paragraph] = one or whole  # type: ignore[assignment]
    return found


def announced_documents(metadata: pd.DataFrame | None, known: Announcements) -> dict[str, Announced]:
    """The documents of which the metadata say that each paragraph is a recommendation: kind = recommandations.

    Other metadata say who recommends, and to whom: « État auteur », « Responsable », « Pays ».
    """
    found: dict[str, Announced] = {}
    if metadata is None or metadata.empty:
        return found
    whole = {d for d, name, value in _cells(metadata) if name == "kind" and known.whole("document", value)}
    for doc_id, name, value in _cells(metadata[metadata["doc_id"].isin(whole)]):
        one, what = found.setdefault(doc_id, Announced("document", "metadata")), meaning(name)
        if what == "author":
            found[doc_id] = replace(one, by=value)
        elif what == "responsible" or (what in ("body", "reviewed") and not one.whom and value != one.by):
            found[doc_id] = replace(one, whom=value)
    return found


def _cells(metadata: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    return rowwise.tuples(metadata, "doc_id", "field", "value")


def _with_whom(rows: list[tuple[Paragraph, Announced | None]]) -> list[tuple[Paragraph, Announced | None]]:
    """The same, with whom a line below a labelled recommendation names: « Destinataire : Ministère du port »."""
    for rank, (row, one) in enumerate(rows):
        if one is None or one.rule != "label":
            continue
        for below, other in rows[rank + 1 : rank + 1 + LINES_BELOW]:
            name, _, value = below.text[:WHOM_WITHIN].partition(":")
            if other is not None and other.rule == "label":
                break
            if meaning(name) == "responsible" and value.strip():
                rows[rank] = row, replace(one, whom=value.strip(" ."), aside="")
                break
    return rows


@dataclass
class _Title:
    """A title above: its section, whether it has a label, what it announces, whom it names."""

    section: str
    labelled: bool
    announced: Announced | None
    whom: str


def _of_document(rows: Sequence[Paragraph], known: Announcements) -> Iterator[tuple[Paragraph, Announced | None]]:
    """The paragraphs of a document that are no headings, with what announces each."""
    titles: list[_Title] = []
    lead: tuple[str, Announced] | None = None  # the list that is open: its lead-in's number
    before: Paragraph | None = None
    for row in rows:
        if row.kind == "heading":
            titles = _titles(titles, row, known, before)
            whom = known.whom(row.text) or known.audience(row.text) if lead is not None else ""
            lead, before = (lead[0], replace(lead[1], whom=whom)) if lead is not None and whom else None, row
            continue
        one, opened = _of_paragraph(row, titles, known)
        above = lead[1] if lead is not None else _by_title(titles)
        if one is None and opened is None and above is not None and (whom := _means_alone(row.text, known)):
            lead, before = (row.paragraph, replace(above, start=0, whom=whom)), row
            yield row, None
            continue
        if one is None and opened is None and lead is not None:
            if _addresses(row.text, known) or _goes_on(row, lead[0], before):
                one = _as_listed(row, lead[1], known)
            else:
                lead = None
        if opened is not None:
            lead = (row.paragraph, opened)
        before, above = row, _by_title(titles)
        yield row, one or (above and _as_listed(row, above, known))


def _of_paragraph(
    row: Paragraph, titles: Sequence[_Title], known: Announcements
) -> tuple[Announced | None, Announced | None]:
    """What a paragraph announces of itself, and what of those that follow it."""
    if row.text[:1] not in "RMP" and not any(part in row.text for part in ("ecomm", "réconis", "roposition")):
        return None, None
    start, place = known.label(row.text)
    if place:
        whom, aside = known.meant(row.text[:start])
        if begin := _addresses(row.text[start:], known):  # « Proposition 3 – À l'intention des régions : aider … »
            head = row.text[start : start + begin].rstrip(" :")
            start, whom = start + begin, known.whom(head) or head
        one = Announced("label", place, start, whom or _whom(titles), aside=aside)
        return (one, None) if start < len(row.text) else (None, replace(one, start=0))
    start, place = known.lead_in(row.text)
    if not place:
        start, place = _title_of_list(row.text, known)
        whom, aside = known.meant(row.text[:start])
        return (Announced("heading", place, start, whom or _whom(titles), aside=aside), None) if place else (None, None)
    one = Announced("lead_in", place, start, known.whom(row.text[:start]) or _whom(titles), row.paragraph)
    return (one, None) if row.text[start:].strip() else (replace(one, start=len(row.text)), replace(one, start=0))


def _title_of_list(text: str, known: Announcements) -> tuple[int, str]:
    """Where the items begin behind a title that stands in one paragraph with them: « Nos propositions • Créer … »."""
    mark = FIRST_MARK.search(text[:WHOM_WITHIN])
    if mark is None or ACTION.match(MARK.sub("", text[mark.end() :], count=1)) is None:
        return 0, ""  # « Recommandations – définition du mandat »: what they are about
    place = known.whole("heading", text[: mark.start()])
    return (mark.end(), place) if place else (0, "")


def _titles(titles: Sequence[_Title], row: Paragraph, known: Announcements, before: Paragraph | None) -> list[_Title]:
    """The titles that stand above what follows a heading."""
    labelled = row.paragraph.removeprefix("heading:").split("#")[0] == row.section
    above = [t for t in titles if _holds(t, row.section, labelled)]
    audience = known.audience(row.text)
    whom = known.whom(row.text) or audience
    dropped = [t for t in titles if t not in above]
    nearest = next((t.announced for t in reversed(dropped) if t.announced), None)
    place, (_, label) = known.whole("heading", row.text), known.label(row.text)
    one = Announced("heading", place or label) if place or label else None
    directly = before is not None and before.kind == "heading"
    if one is None and nearest and (whom or (directly and not labelled)):
        one = nearest  # « À l'intention des villes » beside « À l'intention des États », « Recommandations » above
    return [*above, _Title(row.section, labelled, one, whom if known.whom(row.text) or one or _by_title(above) else "")]


def _addresses(text: str, known: Announcements) -> int:
    """Where the items begin behind whom they mean: « À l'endroit de l'État • Recruter … »; 0 where nobody is meant."""
    low = plain(text[:WHOM_WITHIN])
    mark = FIRST_MARK.search(text[:WHOM_WITHIN]) if low.startswith("a") else None
    meant = known.audience(low) or any(pattern.match(low) for pattern, _ in known.rows["whom"])
    return mark.end() if mark and meant and "," not in low[: mark.start()] else 0


def _means_alone(text: str, known: Announcements) -> str:
    """Whom a line means that says nothing else, above items that are paragraphs: « Aux éditeurs : »."""
    if len(text) > WHOM_WITHIN or not text.endswith(":"):
        return ""
    return known.whom(text) or known.audience(text)


def _as_listed(row: Paragraph, one: Announced, known: Announcements) -> Announced:
    """What a title or a lead-in announces of a paragraph: from where on, and for whom it says itself."""
    if begin := _addresses(row.text, known):
        head = row.text[:begin].rstrip(" :")
        return replace(one, start=begin, whom=known.whom(head) or head)
    code = CODE.match(row.text)
    return replace(one, start=code.end()) if code else one


def _holds(title: _Title, section: str, labelled: bool) -> bool:
    """Whether a title stays above a section that begins."""
    if not title.labelled:
        return False
    return section.startswith(f"{title.section}.") or (not labelled and section == title.section)


def _by_title(titles: Sequence[_Title]) -> Announced | None:
    """What the titles above announce, with whom the nearest names."""
    one = next((title.announced for title in reversed(titles) if title.announced), None)
    return replace(one, whom=_whom(titles)) if one else None


def _whom(titles: Sequence[_Title]) -> str:
    return next((title.whom for title in reversed(titles) if title.whom), "")


def _goes_on(row: Paragraph, lead: str, before: Paragraph | None) -> bool:
    """Whether a paragraph goes on with the list that another led in: 148.1 under 148, or an item by its form."""
    number = lead.split("#")[0]
    if row.paragraph.startswith(f"{number}."):
        return True
    if before is not None and "." in before.paragraph and before.paragraph.startswith(f"{number}."):
        return row.text.endswith(";")
    low = BODIES.sub("", plain(row.text[:160]))
    begin = MARK.match(low)
    words = DE.sub("", low[begin.end() if begin else 0 :]).split()
    item = bool(words) and (words[0].startswith(tuple(QUE)) or INFINITIVE.search(words[0].strip(",;.")) is not None)
    return item or (before is not None and before.text.endswith(";"))
