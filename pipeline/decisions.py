"""Decisions: how a person's corrections change the requests, one after the other.

A correction is applied where its row is there and its `old` still holds, and where the words that it brings stand in
the text; else it is left aside, with the reason.

    edit, addressee, old « États », new « gouvernements » -> addressee gouvernements; checked: edited
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from pipeline import schema
from pipeline.ids import content_id

ROLES = ("issuer", "addressee")
VALUES = {
    "modality": schema.MODALITIES, "construction": schema.CONSTRUCTIONS, "tense": schema.TENSES,
    "polarity": schema.POLARITIES,
}  # fmt: skip
FIELDS = (*VALUES, *ROLES, "actions", "issuer_inferred")
NEEDED = ("doc_id", "sentence_text", "trigger", "modality")  # of an added row
LABELS = ("group_label", "actor_label")
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
    labels: list[tuple[str, str, str, str]] = field(default_factory=list)

    def text(self, doc_id: str) -> str:
        """All the text of a document."""
        return "\n".join(text for (doc, _), text in self.paragraphs.items() if doc == doc_id)


def signature(row: dict[str, Any]) -> str:
    """What a person confirms: `request | positive | participants | gouvernements | ratifier`."""
    return " | ".join(str(row[name]) for name in SIGNATURE)


def apply(review: Review, corrections: Sequence[Correction]) -> list[tuple[Correction, str]]:
    """Apply each correction, in the order of the file; those left aside, with the reason."""
    left, added = [], set()
    for correction in corrections:
        try:
            if correction.action == "add":
                if correction.obligation_id not in added:
                    added.add(correction.obligation_id)
                    add(
                        review,
                        [c for c in corrections if c.action == "add" and c.obligation_id == correction.obligation_id],
                    )
            elif correction.field == "actor_label":
                name_actor(review, correction)
            elif correction.action in ("confirm", "reject", "edit"):
                decide(review, correction)
            else:
                raise CannotApply(f"action '{correction.action}' is none of confirm, reject, edit, add")
        except CannotApply as why:
            left.append((correction, str(why)))
    return left


def decide(review: Review, c: Correction) -> None:
    """Confirm, reject or edit one row."""
    row = review.rows.get(c.obligation_id)
    if row is None:
        raise CannotApply(f"no request {c.obligation_id} any more{nearest(review, c)}")
    if c.action == "reject":
        del review.rows[c.obligation_id]
        review.actions.pop(c.obligation_id, None)
        review.checked.pop(c.obligation_id, None)
        return
    if c.action == "confirm":
        if c.old and c.old != signature(row):
            raise CannotApply(f"it was confirmed as '{c.old}' and is now '{signature(row)}'")
        review.checked.setdefault(c.obligation_id, "confirmed")
        return
    if c.field == "group_label":
        review.labels.append((c.obligation_id, c.field, c.old, c.new))
        return
    if c.field not in FIELDS:
        raise CannotApply(f"field '{c.field}' is none of {', '.join((*FIELDS, *LABELS))}")
    if row[c.field] != c.old:
        raise CannotApply(f"{c.field} was '{c.old}' and is now '{row[c.field]}'")
    set_field(review, row, c.field, c.new)
    if review.checked.get(c.obligation_id) != "added":
        review.checked[c.obligation_id] = "edited"


def set_field(review: Review, row: dict[str, Any], name: str, value: str) -> None:
    """Give a field of a row its value, and what goes with it."""
    if name in VALUES:
        if value not in VALUES[name]:
            raise CannotApply(f"{name} '{value}' is none of {', '.join(VALUES[name])}")
        row[name] = value
    elif name in ROLES:
        parts = [part.strip() for part in value.split(";") if part.strip()]
        text = review.text(row["doc_id"])
        absent = [part for part in parts if not stands(part, text)]
        if absent:
            raise CannotApply(f"'{absent[0]}' does not stand in {row['doc_id']}")
        known = [canonical(review.actors, row["doc_id"], part) for part in parts]
        row[name] = row[f"{name}_text"] = "; ".join(parts)
        row[f"{name}_actor"] = "; ".join(actor for actor, _ in known)
        row[f"{name}_type"] = "; ".join(kind for _, kind in known).strip("; ")
        if name == "issuer" and parts:
            row["issuer_inferred"] = ""
    elif name == "actions":
        set_actions(review, row, [part.strip() for part in value.split(";") if part.strip()])
    else:
        row[name] = value


def set_actions(review: Review, row: dict[str, Any], heads: Sequence[str]) -> None:
    """Make `heads` the actions of a row: those it has stay as they are, new ones are looked for in its sentence."""
    home = next(s for s in review.sentences if s["sentence_id"] == row["sentence_id"])
    text = review.paragraphs[row["doc_id"], row["paragraph"]]
    old = {a["head"]: a for a in review.actions.get(row["obligation_id"], [])}
    made: list[dict[str, Any]] = []
    for rank, head in enumerate(heads, start=1):
        if head in old:
            made.append({**old[head], "action": rank})
            continue
        found = re.compile(rf"(?<!\w){re.escape(head)}(?!\w)").search(text, home["start"], home["end"])
        if found is None:
            raise CannotApply(f"action '{head}' does not stand in its sentence")
        made.append({
            "doc_id": row["doc_id"], "obligation_id": row["obligation_id"], "action": rank, "head": head,
            "lemma": head.lower(), "label": head.lower(), "object": "", "text": head, "start": found.start(),
            "end": found.end(), "negated": row["polarity"] == "negative",
        })  # fmt: skip
    review.actions[row["obligation_id"]] = made
    row["actions"] = "; ".join(heads)
    if made:
        row["action_text"] = text[min(a["start"] for a in made) : max(a["end"] for a in made)]
    else:
        row["action_text"] = ""


def add(review: Review, lines: Sequence[Correction]) -> None:
    """Add a row from its lines, one for each field; a row that is there by now takes the fields instead."""
    given = {c.field: c.new for c in lines}
    missing = [name for name in NEEDED if not given.get(name)]
    if missing:
        raise CannotApply(f"an added request needs {', '.join(missing)}")
    wanted = " ".join(given["sentence_text"].split())
    homes = [s for s in review.sentences if s["doc_id"] == given["doc_id"] and " ".join(s["text"].split()) == wanted]
    if len(homes) > 1:
        homes = [s for s in homes if s["paragraph"] == given.get("paragraph")]
    if len(homes) != 1:
        raise CannotApply(f"the sentence does not stand {'once' if homes else 'there'} in {given['doc_id']}")
    home, trigger = homes[0], given["trigger"]
    places = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(trigger)}(?!\w)", home["text"])]
    counted = re.fullmatch(r"\d{1,6}", given.get("occurrence", ""))
    which = int(counted[0]) if counted else 1 if len(places) == 1 else 0
    if not 1 <= which <= len(places):
        raise CannotApply(f"'{trigger}' stands {len(places)} times in the sentence; give occurrence as 1, 2 …")
    start = home["start"] + places[which - 1]
    row = next(
        (r for r in review.rows.values() if (r["sentence_id"], r["trigger_start"]) == (home["sentence_id"], start)),
        None,
    )
    if row is None:
        same = sum(
            r["sentence_id"] == home["sentence_id"] and r["trigger"].lower() == trigger.lower()
            for r in review.rows.values()
        )
        row = {c.name: "" for c in schema.TABLES["obligations"].filled_by("obligations")} | {
            "doc_id": home["doc_id"], "obligation_id": content_id("o", home["doc_id"], wanted, trigger.lower(), same),
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
    review.checked[row["obligation_id"]] = "added"


def name_actor(review: Review, c: Correction) -> None:
    """Call an actor otherwise, wherever it asks or is to act."""
    changed = False
    for row in review.rows.values():
        for role in ROLES:
            parts = row[f"{role}_actor"].split("; ")
            if c.old and c.old in parts:
                row[f"{role}_actor"] = "; ".join(c.new if part == c.old else part for part in parts)
                changed = True
    if not changed or not c.new:
        raise CannotApply(f"no request names the actor '{c.old}'" if c.new else "the new name is empty")
    review.labels.append(("", c.field, c.old, c.new))


def stands(words: str, text: str) -> bool:
    """Whether words stand in a text, whatever their case and apostrophe."""
    plain = (" ".join(t.replace("’", "'").lower().split()) for t in (words, text))
    one, other = plain
    return re.search(rf"(?<!\w){re.escape(one)}(?!\w)", other) is not None


def canonical(actors: pd.DataFrame, doc_id: str, name: str) -> tuple[str, str]:
    """Canonical name and type of `name` as mentions tell them, its own document's first; else itself, no type."""
    wanted = name.lower()
    bare = actors["text"].str.lower().str.replace(r"^(?:l['’]|les? |la |des? |du |d['’]|aux? )", "", regex=True)
    fits = actors[(actors["actor"].str.lower() == wanted) | (bare == wanted)]
    own = fits[fits["doc_id"] == doc_id]
    chosen = own if len(own) else fits
    return (str(chosen["actor"].iloc[0]), str(chosen["type"].iloc[0])) if len(chosen) else (name, "")


def nearest(review: Review, c: Correction) -> str:
    """The row that stands nearest to where the correction's was, in words."""
    order = {place: rank for rank, place in enumerate(review.paragraphs)}
    here = order.get((c.doc_id, c.paragraph))
    rows = [r for r in review.rows.values() if r["doc_id"] == c.doc_id]
    if here is None or not rows:
        return ""
    row = min(rows, key=lambda r: abs(order[r["doc_id"], r["paragraph"]] - here))
    return f"; the nearest is {row['obligation_id']}, '{row['trigger']}' in paragraph {row['paragraph']}"
