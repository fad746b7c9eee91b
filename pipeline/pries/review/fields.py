"""Fields: the fields of a request that a person may change, and what changes with each.

The words that a change brings must stand in the text: a role's in the document, an action's in the sentence.

    issuer := « Comité » -> issuer_text, issuer_actor and issuer_type follow; issuer_inferred is emptied
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Any

import pandas as pd

from pries.grammar.words import ARTICLES, OF, TO_THE
from pries.schema import schema
from pries.store.cells import several

ROLES = ("issuer", "addressee")
VALUES = {
    "modality": schema.MODALITIES, "construction": schema.CONSTRUCTIONS, "tense": schema.TENSES,
    "polarity": schema.POLARITIES,
}  # fmt: skip
ACTORS = (*(f"{role}_actor" for role in ROLES), "issuer_inferred")
TYPES = tuple(f"{role}_type" for role in ROLES)
THEME = "theme"  # given when themes have been found
FIELDS = (*VALUES, *ROLES, *TYPES, "actions", "issuer_inferred")
NUMBER = re.compile(r"\d{1,9}")
DETERMINER = "|".join(f"{w[:-1]}['’]" if w[-1] == "'" else f"{w} " for w in sorted(ARTICLES | OF | TO_THE))


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
    """The requests while corrections are applied to them, one after the other.

    What a correction looks for is looked up, so that thousands cost thousands of times what one does; `rows` change by
    `put` and `drop` alone.
    """

    paragraphs: dict[tuple[str, str], str]
    sentences: list[dict[str, Any]]
    actors: pd.DataFrame
    rows: dict[str, dict[str, Any]]
    actions: dict[str, list[dict[str, Any]]]
    checked: dict[str, str] = field(default_factory=dict)
    labels: list[tuple[str, str, str, str, int]] = field(default_factory=list)
    pairs: dict[frozenset[str], str] = field(default_factory=dict)  # two requests, same or different
    named: dict[str, str] = field(default_factory=dict)  # added requests by the name that the file gives them
    renamed: dict[str, str] = field(default_factory=dict)  # canonical names by those that a person gave
    given: dict[str, list[str]] = field(default_factory=dict)  # by a name that a person gave, those that it stands for

    @cached_property
    def known(self) -> dict[tuple[str, str], tuple[str, str]]:
        """Canonical name and type by (document, name as it may stand); under no document, the first of any."""
        found: dict[tuple[str, str], tuple[str, str]] = {}
        bare = self.actors["text"].str.lower().str.replace(f"^(?:{DETERMINER})", "", regex=True)
        columns = (self.actors[name] for name in ("doc_id", "actor", "type"))
        for doc_id, actor, kind, name in zip(*columns, bare, strict=True):
            for key in ((doc_id, actor.lower()), (doc_id, name), ("", actor.lower()), ("", name)):
                found.setdefault(key, (actor, kind))
        return found

    @cached_property
    def order(self) -> dict[tuple[str, str], int]:
        """The place of each paragraph in reading order."""
        return {place: rank for rank, place in enumerate(self.paragraphs)}

    @cached_property
    def numbered(self) -> dict[str, tuple[list[int], list[int]]]:
        """By document, the numbers of its paragraphs in their order, and the last place up to each number."""
        pairs: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for (doc_id, paragraph), rank in self.order.items():
            if found := NUMBER.match(paragraph):
                pairs[doc_id].append((int(found[0]), rank))
        made = {doc_id: sorted(found) for doc_id, found in pairs.items()}
        return {
            doc_id: ([number for number, _ in found], list(accumulate((rank for _, rank in found), max)))
            for doc_id, found in made.items()
        }

    @cached_property
    def homes(self) -> dict[tuple[str, str], list[dict[str, Any]]]:
        """Sentences by document and words."""
        found: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for sentence in self.sentences:
            found[sentence["doc_id"], " ".join(sentence["text"].split())].append(sentence)
        return found

    @cached_property
    def home(self) -> dict[str, dict[str, Any]]:
        """Sentences by identifier."""
        return {sentence["sentence_id"]: sentence for sentence in self.sentences}

    @cached_property
    def texts(self) -> dict[str, str]:
        """The text of each document, as `stands` compares it."""
        found: dict[str, list[str]] = defaultdict(list)
        for (doc_id, _), text in self.paragraphs.items():
            found[doc_id].append(text)
        return {doc_id: compared("\n".join(parts)) for doc_id, parts in found.items()}

    @cached_property
    def places(self) -> dict[str, list[tuple[int, int, str]]]:
        """By document, its requests in reading order: rank of the paragraph, where the trigger begins, identifier."""
        found: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for row in self.rows.values():
            found[row["doc_id"]].append(self.place(row))
        return defaultdict(list, {doc_id: sorted(places) for doc_id, places in found.items()})

    @cached_property
    def triggers(self) -> dict[tuple[str, int], str]:
        """The request that each trigger makes, by sentence and where it begins."""
        found: dict[tuple[str, int], str] = {}
        for identifier, row in self.rows.items():
            found.setdefault((row["sentence_id"], row["trigger_start"]), identifier)
        return found

    @cached_property
    def named_in(self) -> dict[str, dict[str, None]]:
        """The requests that name each actor, or did before they were changed."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for identifier, row in self.rows.items():
            for name in names_of(row):
                found[name][identifier] = None
        return found

    def place(self, row: dict[str, Any]) -> tuple[int, int, str]:
        """Where a request stands in reading order."""
        return self.order[row["doc_id"], row["paragraph"]], row["trigger_start"], row["obligation_id"]

    def put(self, row: dict[str, Any]) -> None:
        """Add a request, or note what has changed in it."""
        identifier = row["obligation_id"]
        if identifier not in self.rows:
            insort(self.places[row["doc_id"]], self.place(row))
            self.triggers.setdefault((row["sentence_id"], row["trigger_start"]), identifier)
            self.rows[identifier] = row
        for name in names_of(row):
            self.named_in[name][identifier] = None

    def drop(self, row: dict[str, Any]) -> None:
        """Take a request out."""
        identifier, places = row["obligation_id"], self.places[row["doc_id"]]
        del places[bisect_left(places, self.place(row))]
        trigger = row["sentence_id"], row["trigger_start"]
        if self.triggers[trigger] == identifier:
            del self.triggers[trigger]
        for table in (self.rows, self.actions, self.checked):
            table.pop(identifier, None)


def names_of(row: dict[str, Any]) -> list[str]:
    """The actors that a request names, by their canonical names."""
    return [name for column in ACTORS for name in row[column].split("; ")]


def set_field(review: Review, row: dict[str, Any], name: str, value: str) -> None:
    """Give a field of a row its value, and what goes with it."""
    if name in VALUES:
        _set_value(review, row, name, value)
    elif name in TYPES:
        _set_types(row, name, value)
    elif name in ROLES:
        _set_role(review, row, name, several(value))
    elif name == "actions":
        set_actions(review, row, several(value))
    else:
        row[name] = value


def _set_value(review: Review, row: dict[str, Any], name: str, value: str) -> None:
    if value not in VALUES[name]:
        raise CannotApply(f"{name} '{value}' is none of {', '.join(VALUES[name])}")
    row[name] = value
    for action in review.actions.get(row["obligation_id"], []) if name == "polarity" else ():
        action["negated"] = value == "negative"


def _set_types(row: dict[str, Any], name: str, value: str) -> None:
    """The types of a role's actors, one for each in their order; a part may be empty."""
    kinds = [kind.strip() for kind in value.split(";")]
    actors = several(row[name.replace("_type", "_actor")])
    if wrong := [kind for kind in kinds if kind and kind not in schema.ACTOR_TYPES]:
        raise CannotApply(f"{name} '{wrong[0]}' is none of {', '.join(schema.ACTOR_TYPES)}")
    if any(kinds) and len(kinds) != len(actors):
        raise CannotApply(f"{name} has {len(kinds)} types for {len(actors)} actors; one for each, between '; '")
    row[name] = "; ".join(kinds) if any(kinds) else ""


def _set_role(review: Review, row: dict[str, Any], name: str, parts: Sequence[str]) -> None:
    text = review.texts.get(row["doc_id"], "")
    absent = [part for part in parts if not stands(part, text)]
    if absent:
        raise CannotApply(f"'{absent[0]}' does not stand in {row['doc_id']}")
    known = [canonical(review, row["doc_id"], part) for part in parts]
    row[name] = row[f"{name}_text"] = "; ".join(parts)
    row[f"{name}_actor"] = "; ".join(actor for actor, _ in known)
    row[f"{name}_type"] = "; ".join(kind for _, kind in known) if any(kind for _, kind in known) else ""
    if name == "issuer" and parts:
        row["issuer_inferred"] = ""


def set_actions(review: Review, row: dict[str, Any], heads: Sequence[str]) -> None:
    """Make `heads` the actions of a row: those it has stay as they are, new ones are looked for in its sentence."""
    home = review.home[row["sentence_id"]]
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


def compared(text: str) -> str:
    """A text as words are looked for in it, whatever their case and apostrophe."""
    return " ".join(text.replace("’", "'").lower().split())


def stands(words: str, text: str) -> bool:
    """Whether words stand in a text that is `compared`."""
    one = compared(words)
    return one in text and re.search(rf"(?<!\w){re.escape(one)}(?!\w)", text) is not None


def canonical(review: Review, doc_id: str, name: str) -> tuple[str, str]:
    """Canonical name and type of `name` as mentions tell them, its own document's first; else itself, no type."""
    known, wanted = review.known, name.lower()
    actor, kind = known.get((doc_id, wanted)) or known.get(("", wanted)) or (name, "")
    return review.renamed.get(actor, actor), kind
