"""Decisions: how a person's corrections change the requests, one after the other.

A correction is applied where its row is there and its `old` still holds, and where the words that it brings stand in
the text; else it is left aside, with the reason.

    edit, addressee, old « États », new « gouvernements » -> addressee gouvernements; checked: edited
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from typing import Any

import pandas as pd

from pries.schema import schema
from pries.schema.ids import content_id
from pries.store.cells import several

ROLES = ("issuer", "addressee")
VALUES = {
    "modality": schema.MODALITIES, "construction": schema.CONSTRUCTIONS, "tense": schema.TENSES,
    "polarity": schema.POLARITIES,
}  # fmt: skip
FIELDS = (*VALUES, *ROLES, "actions", "issuer_inferred")
NEEDED = ("doc_id", "sentence_text", "trigger", "modality")  # of an added row
LABELS = ("group_label", "actor_label")
DETERMINER = r"^(?:l['’]|les? |la |des? |du |d['’]|aux? )"
SIGNATURE = ("modality", "polarity", "issuer", "addressee", "actions")


class CannotApply(Exception):
    """Why a correction is left aside."""


@dataclass(frozen=True)
class Correction:
    """One line of corrections.csv."""

    line: int
    cells: dict[str, str]

    def __getattr__(self, name: str) -> str:
        return self.cells.get(name, "")


@dataclass
class Review:
    """The requests while corrections are applied to them, one after the other."""

    paragraphs: dict[tuple[str, str], str]
    sentences: list[dict[str, Any]]
    actors: pd.DataFrame
    rows: dict[str, dict[str, Any]]
    actions: dict[str, list[dict[str, Any]]]
    checked: dict[str, str] = field(default_factory=dict)
    labels: list[tuple[str, str, str, str, int]] = field(default_factory=list)
    named: dict[str, str] = field(default_factory=dict)  # added requests by the name that the file gives them
    renamed: dict[str, str] = field(default_factory=dict)  # canonical names by those that a person gave

    @cached_property
    def known(self) -> dict[tuple[str, str], tuple[str, str]]:
        """Canonical name and type by (document, name as it may stand); under no document, the first of any."""
        found: dict[tuple[str, str], tuple[str, str]] = {}
        bare = self.actors["text"].str.lower().str.replace(DETERMINER, "", regex=True)
        columns = (self.actors[name] for name in ("doc_id", "actor", "type"))
        for doc_id, actor, kind, name in zip(*columns, bare, strict=True):
            for key in ((doc_id, actor.lower()), (doc_id, name), ("", actor.lower()), ("", name)):
                found.setdefault(key, (actor, kind))
        return found

    def text(self, doc_id: str) -> str:
        """All the text of a document."""
        return "\n".join(text for (doc, _), text in self.paragraphs.items() if doc == doc_id)


def signature(row: dict[str, Any]) -> str:
    """What a person confirms: `request | positive | participants | gouvernements | ratifier`."""
    return " | ".join(str(row[name]) for name in SIGNATURE)


def apply(review: Review, corrections: Sequence[Correction]) -> list[tuple[Correction, str]]:
    """Apply each correction, in the order of the file; those left aside, with the reason."""
    left = []
    lines: dict[str, list[Correction]] = {}  # of each added request
    for correction in corrections:
        if correction.action == "add":
            lines.setdefault(correction.obligation_id, []).append(correction)
    applied: set[tuple[str, ...]] = set()
    for correction in corrections:
        same = tuple(correction.cells.get(name, "") for name in ("obligation_id", "action", "field", "old", "new"))
        try:
            if correction.action == "add":
                if mine := lines.pop(correction.obligation_id, []):
                    add(review, mine)
            elif correction.action == "edit" and correction.field == "actor_label":
                name_actor(review, correction)
            elif correction.action in ("confirm", "reject", "edit"):
                decide(review, correction)
            else:
                raise CannotApply(f"action '{correction.action}' is none of confirm, reject, edit, add")
            applied.add(same)
        except CannotApply as why:
            if same not in applied:  # a line that comes twice has been applied
                left.append((correction, str(why)))
    return left


def decide(review: Review, c: Correction) -> None:
    """Confirm, reject or edit one row."""
    obligation_id = review.named.get(c.obligation_id, c.obligation_id)
    row = review.rows.get(obligation_id)
    if row is None:
        raise CannotApply(f"no request {c.obligation_id} any more{nearest(review, c)}")
    if c.action == "reject":
        del review.rows[obligation_id]
        review.actions.pop(obligation_id, None)
        review.checked.pop(obligation_id, None)
        return
    if c.action == "confirm":
        if c.old and c.old != signature(row):
            raise CannotApply(f"it was confirmed as '{c.old}' and is now '{signature(row)}'")
        review.checked.setdefault(obligation_id, "confirmed")
        return
    if c.field == "group_label":
        if not c.new:
            raise CannotApply("the new label is empty")
        review.labels.append((obligation_id, c.field, c.old, c.new, c.line))
        return
    if c.field not in FIELDS:
        raise CannotApply(f"field '{c.field}' is none of {', '.join((*FIELDS, *LABELS))}")
    if row[c.field] != c.old:
        raise CannotApply(f"{c.field} was '{c.old}' and is now '{row[c.field]}'")
    set_field(review, row, c.field, c.new)
    if review.checked.get(obligation_id) != "added":
        review.checked[obligation_id] = "edited"


def set_field(review: Review, row: dict[str, Any], name: str, value: str) -> None:
    """Give a field of a row its value, and what goes with it."""
    if name in VALUES:
        if value not in VALUES[name]:
            raise CannotApply(f"{name} '{value}' is none of {', '.join(VALUES[name])}")
        row[name] = value
        for action in review.actions.get(row["obligation_id"], []) if name == "polarity" else ():
            action["negated"] = value == "negative"
    elif name in ROLES:
        parts = several(value)
        text = review.text(row["doc_id"])
        absent = [part for part in parts if not stands(part, text)]
        if absent:
            raise CannotApply(f"'{absent[0]}' does not stand in {row['doc_id']}")
        known = [canonical(review, row["doc_id"], part) for part in parts]
        row[name] = row[f"{name}_text"] = "; ".join(parts)
        row[f"{name}_actor"] = "; ".join(actor for actor, _ in known)
        row[f"{name}_type"] = "; ".join(kind for _, kind in known) if any(kind for _, kind in known) else ""
        if name == "issuer" and parts:
            row["issuer_inferred"] = ""
    elif name == "actions":
        set_actions(review, row, several(value))
    else:
        row[name] = value


def set_actions(review: Review, row: dict[str, Any], heads: Sequence[str]) -> None:
    """Make `heads` the actions of a row: those it has stay as they are, new ones are looked for in its sentence."""
    home = next(s for s in review.sentences if s["sentence_id"] == row["sentence_id"])
    text = review.paragraphs[row["doc_id"], row["paragraph"]]
    old, made = list(review.actions.get(row["obligation_id"], [])), list[dict[str, Any]]()
    for rank, head in enumerate(heads, start=1):
        kept = next((a for a in old if a["head"] == head), None)
        if kept is not None:  # of two with the same head, the first is taken first
            old.remove(kept)
            made.append({**kept, "action": rank})
            continue
        word = re.compile(rf"(?<!\w){re.escape(head)}(?!\w)")
        taken = {a["start"] for a in made}
        found = [m for m in word.finditer(text, home["start"], home["end"]) if m.start() not in taken]
        if not found:
            raise CannotApply(f"action '{head}' does not stand in its sentence")
        # what is asked mostly follows the word that asks
        at = next((m for m in found if m.start() >= row["trigger_end"]), found[0])
        made.append({
            "doc_id": row["doc_id"], "obligation_id": row["obligation_id"], "action": rank, "head": head,
            "lemma": head.lower(), "label": head.lower(), "object": "", "text": head, "start": at.start(),
            "end": at.end(), "negated": row["polarity"] == "negative",
        })  # fmt: skip
    review.actions[row["obligation_id"]] = made
    row["actions"] = "; ".join(heads)
    row["action_text"] = text[min(a["start"] for a in made) : max(a["end"] for a in made)] if made else ""


def add(review: Review, lines: Sequence[Correction]) -> None:
    """Add a row from its lines, one for each field; a row that is there by now takes the fields instead."""
    given: dict[str, str] = {}
    for c in lines:
        if given.setdefault(c.field, c.new) != c.new:
            both = f"'{given[c.field]}' and '{c.new}'"
            raise CannotApply(f"its {c.field} is {both}; give each added request an obligation_id of its own")
    missing = [name for name in NEEDED if not given.get(name)]
    if missing:
        raise CannotApply(f"an added request needs {', '.join(missing)}")
    wanted = " ".join(given["sentence_text"].split())
    homes = [s for s in review.sentences if s["doc_id"] == given["doc_id"] and " ".join(s["text"].split()) == wanted]
    if len(homes) > 1:
        here = given.get("paragraph") or lines[0].paragraph
        places = ", ".join(s["paragraph"] for s in homes)
        homes = [s for s in homes if s["paragraph"] == here]
        if len(homes) != 1:
            raise CannotApply(f"the sentence stands in paragraphs {places}; give one of them as paragraph")
    if not homes:
        raise CannotApply(f"the sentence does not stand in {given['doc_id']}")
    home, trigger = homes[0], given["trigger"]
    starts = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(trigger)}(?!\w)", home["text"])]
    counted = re.fullmatch(r"\d{1,6}", given.get("occurrence", ""))
    which = int(counted[0]) if counted else 1 if len(starts) == 1 else 0
    if not 1 <= which <= len(starts):
        raise CannotApply(f"'{trigger}' stands {len(starts)} times in the sentence; give occurrence as 1, 2 …")
    start = home["start"] + starts[which - 1]
    row = next(
        (r for r in review.rows.values() if (r["sentence_id"], r["trigger_start"]) == (home["sentence_id"], start)),
        None,
    )
    if row is None:
        ids = (content_id("o", home["doc_id"], wanted, trigger.lower(), rank) for rank in count())
        obligation_id = next(i for i in ids if i not in review.rows)
        row = {c.name: "" for c in schema.TABLES["obligations"].filled_by("obligations")} | {
            "doc_id": home["doc_id"], "obligation_id": obligation_id,
            "section": home["section"], "paragraph": home["paragraph"], "sentence_id": home["sentence_id"],
            "sentence_text": home["text"], "trigger": trigger, "trigger_lemma": trigger.lower(), "trigger_start": start,
            "trigger_end": start + len(trigger), "polarity": "positive", "construction": "active", "tense": "present",
            "rule": "added by hand",
        }  # fmt: skip
    kept = dict(row), [dict(a) for a in review.actions.get(row["obligation_id"], [])]
    try:
        for name in FIELDS:
            if name in given:
                set_field(review, row, name, given[name])
    except CannotApply:
        row.update(kept[0])
        review.actions[row["obligation_id"]] = kept[1]
        raise
    review.rows[row["obligation_id"]] = row
    review.named[lines[0].obligation_id] = row["obligation_id"]
    review.checked[row["obligation_id"]] = "added"


def name_actor(review: Review, c: Correction) -> None:
    """Call an actor otherwise, wherever it asks or is to act."""
    if not (c.old and c.new):
        raise CannotApply("an actor's label needs its name in old and the new one in new")
    changed = False
    for row in review.rows.values():
        for column in (*(f"{role}_actor" for role in ROLES), "issuer_inferred"):
            parts = row[column].split("; ")
            if c.old in parts:
                row[column] = "; ".join(c.new if part == c.old else part for part in parts)
                changed = True
    if not changed:
        raise CannotApply(f"no request names the actor '{c.old}'")
    again = {first: c.new if name == c.old else name for first, name in review.renamed.items()}
    review.renamed = again | {c.old: c.new}  # for what a later line brings
    review.labels.append(("", c.field, c.old, c.new, c.line))


def stands(words: str, text: str) -> bool:
    """Whether words stand in a text, whatever their case and apostrophe."""
    one, other = (" ".join(t.replace("’", "'").lower().split()) for t in (words, text))
    return re.search(rf"(?<!\w){re.escape(one)}(?!\w)", other) is not None


def canonical(review: Review, doc_id: str, name: str) -> tuple[str, str]:
    """Canonical name and type of `name` as mentions tell them, its own document's first; else itself, no type."""
    known, wanted = review.known, name.lower()
    actor, kind = known.get((doc_id, wanted)) or known.get(("", wanted)) or (name, "")
    return review.renamed.get(actor, actor), kind


def nearest(review: Review, c: Correction) -> str:
    """The row that stands nearest to where the correction's was, in words."""
    order = {place: rank for rank, place in enumerate(review.paragraphs)}
    here = order.get((c.doc_id, c.paragraph))
    number = re.compile(r"\d{1,9}").match
    if here is None and (gone := number(c.paragraph)):  # the paragraph has gone too: the last one numbered below
        numbered = [(rank, number(p)) for (doc, p), rank in order.items() if doc == c.doc_id]
        here = max((rank for rank, n in numbered if n and int(n[0]) <= int(gone[0])), default=None)
    rows = [r for r in review.rows.values() if r["doc_id"] == c.doc_id]
    if here is None or not rows:
        return ""
    row = min(rows, key=lambda r: abs(order[r["doc_id"], r["paragraph"]] - here))
    return f"; the nearest is {row['obligation_id']}, '{row['trigger']}' in paragraph {row['paragraph']}"
