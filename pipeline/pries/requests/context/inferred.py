"""Inferred: whom a request without an issuer may continue: who asked last in its paragraph, who speaks, which organ.

The organ that opens a resolution is nowhere named in its operative paragraphs; it asks until the resolution ends, as
the parts of the paragraphs say, or where none has a part, until the document does.

    "L’Assemblée générale, / 1. Prie les États d’agir." -> Assemblée générale, inferred for the request of paragraph 1
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from pries.grammar.joints import skip_acronym
from pries.grammar.words import ADOPTS, ARTICLES, CONVENED
from pries.requests.cast import Cast
from pries.store import rowwise

Place = tuple[str, str]  # doc_id, paragraph
SIGNED_WITHIN = 80  # words in which those who met at a place say « nous »
BETWEEN = (",", "et")
FIRST = ("p1", "p2", "p3", "1")  # paragraphs in which those who declare something name themselves


@dataclass
class Inferred:
    """What is known where the reader of a corpus stands."""

    openings: set[Place] = field(default_factory=set)  # paragraphs that open resolutions
    over: set[Place] = field(default_factory=set)  # numbered paragraphs of no part, in documents that have parts
    spoken: dict[Place, str] = field(default_factory=dict)
    place: Place = ("", "")
    organ: str = ""
    last: str = ""  # who asked last in the paragraph

    @classmethod
    def of(cls, paragraphs: pd.DataFrame, actors: pd.DataFrame) -> Inferred:
        """What the paragraphs of a shard tell."""
        openings, over = openings_of(paragraphs)
        return cls(openings, over, speakers_of(paragraphs, actors))

    @property
    def name(self) -> str:
        """The canonical name of whom the next request may continue."""
        return self.last or self.spoken.get(self.place, "") or self.organ

    def enter(self, cast: Cast) -> None:
        """Go on to a sentence."""
        here = (cast.sentence.doc_id, cast.sentence.paragraph)
        if here != self.place:
            self.organ = self.organ if self.place[0] == here[0] and here not in self.over else ""
            self.place, self.last = here, ""
            self.organ = self.organ or (first_named(cast) if here in self.openings else "")
        self.organ = opening_organ(cast) or self.organ or (signatories(cast) if here[1] in FIRST else "")


def opening_organ(cast: Cast) -> str:
    """The organ that opens a resolution, whose operative paragraphs name nobody: « L’Assemblée générale, ».

    It may do so in a whole sentence: « La [Conférence], réunie à Oslo, adopte la recommandation suivante : ».
    """
    sentence = cast.sentence
    closing = sentence.lows[-3:]
    announces = closing[-1] == ":" or any(low.startswith("suivant") for low in closing)
    if not announces and closing[-1] != ",":  # nearly always
        return ""
    known = cast.at.get(min(1, len(sentence) - 1))
    if known is None or known.start != 0:
        return ""
    end = skip_acronym(sentence, known.end)
    verbs = {token.low for token in sentence.tokens[end:] if token.finite}
    opens = not ADOPTS.isdisjoint(verbs) if announces else sentence.low(end) == "," and not verbs
    return named_alone(known.actor) if opens else ""


def first_named(cast: Cast) -> str:
    """The organ whose name begins a paragraph that opens a resolution: « La Conférence, réunie à Brest, adopte … ».

    The resolution's own number may stand before it: « Recommandation no 7 La [Conférence] … ».
    """
    sentence = cast.sentence
    labelled = sentence.low(0) in sentence.cues.document
    number = next((n for n in range(1, min(4, len(sentence))) if sentence.low(n)[0].isdigit()), -1) if labelled else -1
    known = next((cast.at[n] for n in (number + 1, number + 2) if n in cast.at), None)
    if known and known.start == number + 2 and sentence.low(number + 1) not in ARTICLES:
        return ""  # « Former les [gardes] », in a programme
    return named_alone(known.actor) if known and known.start <= number + 2 and not known.pronoun else ""


def signatories(cast: Cast) -> str:
    """Those who declare something: « Nous, [ministres] et [maires], … », « Réunis à Brest, nous, [maires], … »."""
    sentence = cast.sentence
    if "nous" not in sentence.lows[:SIGNED_WITHIN]:  # nearly always
        return ""
    near = range(min(len(sentence) - 2, SIGNED_WITHIN))
    we = next((n for n in near if sentence.low(n) == "nous" and sentence.low(n + 1) == ","), None)
    if we is None or (we and sentence.low(we - 1) != ","):
        return ""
    names, n = list[str](), we + 2
    while (known := cast.at.get(n)) is not None and known.start == n and not known.pronoun:
        names.append(known.actor)
        n = known.end + (sentence.low(known.end) in BETWEEN)
    return "; ".join(dict.fromkeys(names))


def named_alone(organ: str) -> str:
    """An organ's name without how it met, or the number after it: « Conférence réunie » -> Conférence."""
    words = organ.split()
    ends = (n for n, word in enumerate(words) if n and (word.lower() in CONVENED or word == "1"))
    return " ".join(words[: next(ends, len(words))])


def openings_of(paragraphs: pd.DataFrame) -> tuple[set[Place], set[Place]]:
    """The paragraphs that open resolutions: each before, or with, the first of a part; and those after their end.

    These are numbered as a report that quotes a resolution is, and have no part.
    """
    if "part" not in paragraphs or not (paragraphs["part"] != "").any():  # nearly always
        return set(), set()
    found: set[Place] = set()
    over: set[Place] = set()
    before = ("", "", "", "")
    rows = list(rowwise.tuples(paragraphs, "doc_id", "paragraph", "kind", "part"))
    parted = {doc_id for doc_id, _, _, part in rows if part}
    for row in rows:
        doc_id, paragraph, _, part = row
        follows = before[0] == doc_id
        if part and not (follows and before[3]):
            found.add((doc_id, paragraph))
            if follows and before[2] != "heading":
                found.add(before[:2])
        elif not part and doc_id in parted and paragraph[:1].isdigit():
            over.add((doc_id, paragraph))
        before = row
    return found, over


def speakers_of(paragraphs: pd.DataFrame, actors: pd.DataFrame) -> dict[Place, str]:
    """Who speaks in a paragraph of a record, by its canonical name where the label was recognised."""
    if "speaker" not in paragraphs or not (paragraphs["speaker"] != "").any():  # nearly always
        return {}
    known = {(row["doc_id"], row["text"]): row["actor"] for row in rowwise.records(actors[["doc_id", "text", "actor"]])}
    said = rowwise.tuples(paragraphs[paragraphs["speaker"] != ""], "doc_id", "paragraph", "speaker")
    names = [(doc_id, paragraph, speaker.partition(" (")[0]) for doc_id, paragraph, speaker in said]
    return {(doc_id, paragraph): known.get((doc_id, name), name) for doc_id, paragraph, name in names}
