"""Fields: the fields of a request that a person may change, and what changes with each.

The words that a change brings must stand in the text: a role's in the document, an action's in the sentence.

    issuer := « Comité » -> issuer_text, issuer_actor and issuer_type follow; issuer_inferred is emptied
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
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
TYPES = tuple(f"{role}_type" for role in ROLES)
THEME = "theme"  # given when themes have been found
FIELDS = (*VALUES, *ROLES, *TYPES, "actions", "issuer_inferred")
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
    """The requests while corrections are applied to them, one after the other."""

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

    def text(self, doc_id: str) -> str:
        """All the text of a document."""
        return "\n".join(text for (doc, _), text in self.paragraphs.items() if doc == doc_id)


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


def stands(words: str, text: str) -> bool:
    """Whether words stand in a text, whatever their case and apostrophe."""
    one, other = (" ".join(t.replace("’", "'").lower().split()) for t in (words, text))
    return re.search(rf"(?<!\w){re.escape(one)}(?!\w)", other) is not None


def canonical(review: Review, doc_id: str, name: str) -> tuple[str, str]:
    """Canonical name and type of `name` as mentions tell them, its own document's first; else itself, no type."""
    known, wanted = review.known, name.lower()
    actor, kind = known.get((doc_id, wanted)) or known.get(("", wanted)) or (name, "")
    return review.renamed.get(actor, actor), kind
