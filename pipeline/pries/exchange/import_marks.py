"""Marks of a text that somebody worked on in doccano or INCEpTION, read back as coded rows.

Reads the marks that `import_readers` found and the published tables from which they were exported; gives a row for
each trigger, in the columns of the gold tables.

What stands as it was exported keeps the values of the run (pronouns stay resolved). A mark that was moved or added
gives the words under it, without determiner; a pronoun what it stands for in the actors table. A mark without the id
of a request belongs to the nearest trigger of its sentence, an action to the nearest before it.

    {"text": "Les États ont été priés d’agir.", "label": [[0, 9, "addressee"], [18, 23, "request"], [26, 30, "action"]]}
    -> priés, request, addressee États, actions agir
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from pries.exchange.export_annotation import Span, spans
from pries.exchange.finished_run import Source
from pries.exchange.import_readers import Coded, Place
from pries.grammar.wording import bare
from pries.schema import schema

CLITIC = re.compile(r"^(?:de |d['’]|à |que |qu['’])?(?:se |s['’])?", re.IGNORECASE)
Row = dict[str, str]


def rows(coded: Coded, source: Source) -> list[Row]:
    """A row for each coded trigger of the paragraphs that the file shows, in reading order."""
    exported = spans(source)
    asked = {row.obligation_id: row._asdict() for row in source.rows("obligations")}
    order = [(row.doc_id, row.paragraph) for row in source.paragraphs]
    texts = {(row.doc_id, row.paragraph): row.text for row in source.paragraphs}
    made = []
    for place in order:
        if place in coded.marks:
            paragraph = _Paragraph(place, texts[place], exported.get(place, []), source)
            made += paragraph.rows(coded.marks[place], asked, coded.lost)
    return made


class _Paragraph:
    """One paragraph: its text, what was exported of it, and what a new mark in it stands for."""

    def __init__(self, place: Place, text: str, exported: Sequence[Span], source: Source) -> None:
        self.place, self.text, self.exported = place, text, exported
        self.source = source
        self.ends = [(s.start, s.end) for s in source.sentences.get(place, [])]

    def rows(self, marks: Sequence[Span], asked: dict[str, Row], lost: list[str]) -> list[Row]:
        """A row for each trigger among the marks, with the other marks that belong to it."""
        before = {(s.start, s.end): s.obligation for s in self.exported if s.label == "trigger"}
        triggers = []
        for mark in sorted(marks):
            if mark.label != "trigger":
                continue
            known = before.get((mark.start, mark.end), "")
            modality = mark.modality or (asked[known]["modality"] if known else "")
            if modality in schema.MODALITIES:
                triggers.append(mark._replace(obligation=known or f"new{mark.start}", modality=modality))
            else:
                words = self.text[mark.start : mark.end]
                lost.append(f"par. {self.place[1]}: the new trigger '{words}' needs one of the eight modalities")
        belonging: dict[str, list[Span]] = defaultdict(list)
        for mark in sorted(marks):
            if mark.label != "trigger":
                owners = self.owners(mark, triggers)
                if not owners:
                    words = self.text[mark.start : mark.end]
                    lost.append(f"par. {self.place[1]}: no trigger in the sentence of '{words}' ({mark.label})")
                for owner in owners:
                    belonging[owner].append(mark)
        return [self.row(t, belonging[t.obligation], asked.get(t.obligation)) for t in triggers]

    def owners(self, mark: Span, triggers: Sequence[Span]) -> list[str]:
        """The requests that a mark belongs to: its own, those it was exported for, else the nearest of its sentence."""
        known = {t.obligation for t in triggers}
        if mark.obligation in known:
            return [mark.obligation]
        alike = [s.obligation for s in self.exported if (s.start, s.end, s.label) == (mark.start, mark.end, mark.label)]
        if alike:
            return [o for o in dict.fromkeys(alike) if o in known]
        home = next(((a, b) for a, b in self.ends if a <= mark.start < b), (0, len(self.text)))
        near = [t for t in triggers if home[0] <= t.start < home[1]]
        before = [t for t in near if t.start <= mark.start]
        if mark.label == "action" and before:
            return [before[-1].obligation]
        return [min(near, key=lambda t: abs(t.start - mark.start)).obligation] if near else []

    def row(self, trigger: Span, marks: Sequence[Span], request: Row | None) -> Row:
        """The coded row of one trigger; a field whose marks are as they were exported keeps its value."""
        made = {
            "doc_id": self.place[0], "paragraph": self.place[1], "trigger": self.text[trigger.start : trigger.end],
            "trigger_start": str(trigger.start), "modality": trigger.modality,
            "polarity": request["polarity"] if request else "positive",
        }  # fmt: skip
        for label, name in (("issuer", "issuer"), ("addressee", "addressee"), ("action", "actions")):
            now = [m for m in marks if m.label == label]
            then = [s for s in self.exported if s.label == label and s.obligation == trigger.obligation]
            if request and {m[:2] for m in now} == {s[:2] for s in then}:
                made[name] = request[name]
            else:
                told = (self.head(m) if label == "action" else self.name(m) for m in sorted(now))
                made[name] = "; ".join(dict.fromkeys(told))
        return made

    def name(self, mark: Span) -> str:
        """Who a mark names: what a pronoun stands for, else its words without determiner."""
        here = self.source.tables["actors"]
        here = here[(here["doc_id"] == self.place[0]) & (here["paragraph"] == self.place[1])]
        match = here[(here["start"] == mark.start) & (here["end"] == mark.end) & (here["antecedent"] != "")]
        if len(match):
            texts = dict(zip(here["mention_id"], here["text"], strict=True))
            stands_for = str(match["antecedent"].iloc[0]).split("; ")
            return "; ".join(bare(texts[i]) for i in stands_for if i in texts) or str(match["actor"].iloc[0])
        return bare(self.text[mark.start : mark.end])

    def head(self, mark: Span) -> str:
        """The head of a marked action: that of the run where one begins there, else its first word."""
        table = self.source.tables["actions"]
        same = table[(table["doc_id"] == self.place[0]) & (table["start"] == mark.start)]
        ids = {s.obligation for s in self.exported}
        same = same[same["obligation_id"].isin(ids)]
        if len(same):
            return str(same["head"].iloc[0])
        words = CLITIC.sub("", bare(self.text[mark.start : mark.end]))
        found = re.match(r"[\w-]+", words)
        return found[0] if found else words
