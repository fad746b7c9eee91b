"""Decisions: how a person's corrections change the requests, one after the other.

A correction is applied where its row is there and its `old` still holds, and where the words that it brings stand in
the text; else it is left aside, with the reason.

    edit, addressee, old « États », new « gouvernements » -> addressee gouvernements; checked: edited
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import count
from typing import Any

from pries.review.fields import ACTORS, FIELDS, NUMBER, THEME, CannotApply, Correction, Review, names_of, set_field
from pries.schema import schema
from pries.schema.ids import content_id

NEEDED = ("doc_id", "sentence_text", "trigger", "modality")  # of an added row
LABELS = ("group_label", "actor_label")
SIGNATURE = ("modality", "polarity", "issuer", "addressee", "actions")


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
            elif correction.action in VERDICTS:
                decide(review, correction)
            else:
                raise CannotApply(f"action '{correction.action}' is none of {', '.join(VERDICTS)}, add")
            applied.add(same)
        except CannotApply as why:
            if same not in applied:  # a line that comes twice has been applied
                left.append((correction, str(why)))
    return left


def decide(review: Review, c: Correction) -> None:
    """Confirm, reject or edit one row, or compare it with another."""
    row = review.rows.get(review.named.get(c.obligation_id, c.obligation_id))
    if row is None:
        raise CannotApply(f"no request {c.obligation_id} any more{nearest(review, c)}")
    VERDICTS[c.action](review, row, c)


def _reject(review: Review, row: dict[str, Any], c: Correction) -> None:
    review.drop(row)


def _confirm(review: Review, row: dict[str, Any], c: Correction) -> None:
    if c.old and c.old != signature(row):
        raise CannotApply(f"it was confirmed as '{c.old}' and is now '{signature(row)}'")
    review.checked.setdefault(row["obligation_id"], "confirmed")


def _edit(review: Review, row: dict[str, Any], c: Correction) -> None:
    if c.field == "group_label":
        if not c.new:
            raise CannotApply("the new label is empty")
        review.labels.append((row["obligation_id"], c.field, c.old, c.new, c.line))
        return
    if c.field not in (*FIELDS, THEME):
        raise CannotApply(f"field '{c.field}' is none of {', '.join((*FIELDS, THEME, *LABELS))}")
    if c.field == THEME:  # themes are not found yet: `content/themes` gives it, `corrections.labelled` tells if not
        review.labels.append((row["obligation_id"], THEME, c.old, c.new, c.line))
    elif row[c.field] != c.old:
        raise CannotApply(f"{c.field} was '{c.old}' and is now '{row[c.field]}'")
    else:
        set_field(review, row, c.field, c.new)
        review.put(row)
    if review.checked.get(row["obligation_id"]) != "added":
        review.checked[row["obligation_id"]] = "edited"


def _compare(review: Review, row: dict[str, Any], c: Correction) -> None:
    """Say that the request and the one in `new` are the same one, or are not; of two such lines the last holds."""
    other = review.named.get(c.new, c.new)
    if other not in review.rows:
        raise CannotApply(f"no request '{c.new}' to compare it with")
    if other == row["obligation_id"]:
        raise CannotApply("a request is compared with itself")
    review.pairs[frozenset((row["obligation_id"], other))] = c.action


VERDICTS = {"confirm": _confirm, "reject": _reject, "edit": _edit, "same": _compare, "different": _compare}


def add(review: Review, lines: Sequence[Correction]) -> None:
    """Add a row from its lines, one for each field; a row that is there by now takes the fields instead."""
    given = _given(lines)
    home = _home(review, given, lines[0].paragraph)
    start = home["start"] + _offset(home["text"], given)
    row = _row_at(review, home, start) or _new_row(review, home, given["trigger"], start)
    obligation_id = row["obligation_id"]
    before = dict(row), [dict(a) for a in review.actions.get(obligation_id, [])]
    try:
        for name in FIELDS:
            if name in given:
                set_field(review, row, name, given[name])
    except CannotApply:
        row.update(before[0])
        review.actions[obligation_id] = before[1]
        raise
    review.put(row)
    review.named[lines[0].obligation_id] = obligation_id
    review.checked[obligation_id] = "added"


def _given(lines: Sequence[Correction]) -> dict[str, str]:
    """The fields of an added row; two lines may not give the same field two values."""
    given: dict[str, str] = {}
    for c in lines:
        if given.setdefault(c.field, c.new) != c.new:
            both = f"'{given[c.field]}' and '{c.new}'"
            raise CannotApply(f"its {c.field} is {both}; give each added request an obligation_id of its own")
    missing = [name for name in NEEDED if not given.get(name)]
    if missing:
        raise CannotApply(f"an added request needs {', '.join(missing)}")
    return given


def _home(review: Review, given: dict[str, str], paragraph: str) -> dict[str, Any]:
    """The sentence in which an added row stands; where its words come several times, the one of its paragraph."""
    homes = review.homes.get((given["doc_id"], " ".join(given["sentence_text"].split())), [])
    if not homes:
        raise CannotApply(f"the sentence does not stand in {given['doc_id']}")
    here = given.get("paragraph") or paragraph
    if len(homes) > 1 and len(found := [s for s in homes if s["paragraph"] == here]) != 1:
        places = ", ".join(s["paragraph"] for s in homes)
        raise CannotApply(f"the sentence stands in paragraphs {places}; give one of them as paragraph")
    return homes[0] if len(homes) == 1 else found[0]


def _offset(text: str, given: dict[str, str]) -> int:
    """Where the trigger of an added row begins in its sentence; `occurrence` says which of several like words."""
    trigger = given["trigger"]
    starts = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(trigger)}(?!\w)", text)]
    counted = re.fullmatch(r"\d{1,6}", given.get("occurrence", ""))
    which = int(counted[0]) if counted else 1 if len(starts) == 1 else 0
    if not 1 <= which <= len(starts):
        raise CannotApply(f"'{trigger}' stands {len(starts)} times in the sentence; give occurrence as 1, 2 …")
    return starts[which - 1]


def _row_at(review: Review, home: dict[str, Any], start: int) -> dict[str, Any] | None:
    """The row whose trigger begins at `start`, if there is one by now."""
    return review.rows.get(review.triggers.get((home["sentence_id"], start), ""))


def _new_row(review: Review, home: dict[str, Any], trigger: str, start: int) -> dict[str, Any]:
    """A row with its place in the text, and the values that a request mostly has."""
    ids = (content_id("o", home["doc_id"], home["text"], trigger.lower(), rank) for rank in count())
    return {c.name: "" for c in schema.TABLES["obligations"].filled_by("obligations")} | {
        "doc_id": home["doc_id"], "obligation_id": next(i for i in ids if i not in review.rows),
        "section": home["section"], "paragraph": home["paragraph"], "sentence_id": home["sentence_id"],
        "sentence_text": home["text"], "trigger": trigger, "trigger_lemma": trigger.lower(), "trigger_start": start,
        "trigger_end": start + len(trigger), "polarity": "positive", "construction": "active", "tense": "present",
        "rule": "added by hand", "confidence": 1.0,
    }  # fmt: skip


def name_actor(review: Review, c: Correction) -> None:
    """Call an actor otherwise, wherever it asks or is to act."""
    if not (c.old and c.new):
        raise CannotApply("an actor's label needs its name in old and the new one in new")
    naming = [review.rows[i] for i in review.named_in.pop(c.old, ()) if i in review.rows]
    naming = [row for row in naming if c.old in names_of(row)]
    if not naming:
        raise CannotApply(f"no request names the actor '{c.old}'")
    for row in naming:
        for column in ACTORS:
            row[column] = "; ".join(c.new if part == c.old else part for part in row[column].split("; "))
        review.put(row)
    called_so = [name for name in review.given.pop(c.old, []) if review.renamed[name] == c.old]
    review.renamed |= dict.fromkeys([*called_so, c.old], c.new)  # for what a later line brings
    review.given.setdefault(c.new, []).extend(dict.fromkeys([*called_so, c.old]))
    review.labels.append(("", c.field, c.old, c.new, c.line))


def nearest(review: Review, c: Correction) -> str:
    """The row that stands nearest to where the correction's was, in words."""
    here = review.order.get((c.doc_id, c.paragraph))
    if here is None and (gone := NUMBER.match(c.paragraph)):  # the paragraph has gone too: the last one numbered below
        numbers, last = review.numbered.get(c.doc_id, ([], []))
        below = bisect_right(numbers, int(gone[0]))
        here = last[below - 1] if below else None
    places = review.places.get(c.doc_id, [])
    if here is None or not places:
        return ""
    after = bisect_left(places, (here,))
    before = bisect_left(places, places[after - 1][:1]) if after else after  # the first request of the paragraph
    place = min(places[before : before + 1] + places[after : after + 1], key=lambda place: abs(place[0] - here))
    row = review.rows[place[2]]
    return f"; the nearest is {row['obligation_id']}, '{row['trigger']}' in paragraph {row['paragraph']}"
