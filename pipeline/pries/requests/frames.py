"""Frames: which words ask for something, and where issuer, addressee and action attach to them.

One row of triggers.csv is a frame. A new verb is a line in that table: nothing in the engine names one.

    prier, verb, request, issuer: subject, addressee: object, actions: de|que
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from pries.base import lexicon
from pries.base.layers import Folder
from pries.grammar.conjugation import Form, forms_of
from pries.requests.setphrases import marked_words
from pries.schema import schema

POS = ("verb", "modal", "impersonal", "adjective", "noun", "phrase")
SLOTS = ("de", "à", "bare", "que", "noun", "à_noun", "à_ce_que", "pour", "pour_que", "en_faveur", "voeux")
ADDRESSEES = ("object", "à", "de", "subject", "pour")
TRAITS = (
    "modal",
    "negative",
    "reflexive",
    "somebody",
    "present",
    "unreduced",
    "past_passive",
    "offer",
    "as_due",
    "invariable",
    "addressed",
    "adjacent",
    "binding",
)

TRIGGERS = lexicon.Lexicon(
    "triggers.csv",
    ("lemma", "pos", "pattern", "voice", "modality", "issuer", "addressee", "actions", "traits", "example"),
    ("pattern", "issuer", "addressee", "traits"),
    {
        "pos": POS, "voice": ("any", "active", "passive"), "modality": schema.MODALITIES, "issuer": ("subject",),
        "addressee": ADDRESSEES, "actions": SLOTS, "traits": TRAITS,
    },
    several=("actions", "traits"),
    key=("lemma", "pos", "pattern"),
)  # fmt: skip


@dataclass(frozen=True)
class Frame:
    """One row of triggers.csv."""

    lemma: str
    pos: str
    pattern: tuple[str, ...]
    voice: str
    modality: str
    issuer: str
    addressee: str
    actions: tuple[str, ...]
    row: str  # where it stands: triggers.csv:6
    traits: frozenset[str] = frozenset()

    @property
    def modal(self) -> bool:
        """Whether it is devoir or falloir: its negation asks not to do, its conditional is a "should"."""
        return self.pos == "modal" or "modal" in self.traits


@dataclass(frozen=True)
class Frames:
    """The frame lexicon, indexed by the forms under which its words appear."""

    verbs: Mapping[str, tuple[Form, ...]]
    by_lemma: Mapping[str, tuple[Frame, ...]]
    words: Mapping[str, tuple[Frame, ...]]  # adjectives and nouns, by form
    phrases: Mapping[str, tuple[Frame, ...]]  # set phrases, by the form of their trigger

    @cached_property
    def forms(self) -> frozenset[str]:
        """Every form under which a word that asks appears."""
        return frozenset().union(self.verbs, self.words, self.phrases)

    @classmethod
    def read(cls, lexicons: Folder) -> Frames:
        """Read triggers.csv and conjugate its verbs. Raises InputError."""
        by_lemma: dict[str, list[Frame]] = defaultdict(list)
        words: dict[str, list[Frame]] = defaultdict(list)
        phrases: dict[str, list[Frame]] = defaultdict(list)
        for row in lexicon.read(lexicons, TRIGGERS):
            frame = Frame(
                row["lemma"], row["pos"], tuple(row["pattern"].split()), row["voice"], row["modality"],
                row["issuer"], row["addressee"], row.several("actions"), row.place,
                frozenset(row.several("traits")),
            )  # fmt: skip
            if frame.pos == "phrase":
                if not any(p.startswith("[") for p in frame.pattern):
                    raise row.wrong(
                        f"pattern '{row['pattern']}' marks no trigger", "put its trigger in square brackets"
                    )
                for form in dict.fromkeys(form for word in marked_words(frame.pattern) for form in _inflected(word)):
                    phrases[form].append(frame)
            elif frame.pos in ("adjective", "noun"):
                for form in (frame.lemma,) if "invariable" in frame.traits else _inflected(frame.lemma):
                    words[form].append(frame)
            else:
                by_lemma[frame.lemma].append(frame)
        # the participle first: « a enjoint » is no present
        verbs = {
            low: tuple(sorted(forms, key=lambda form: form.tense != "participle"))
            for low, forms in forms_of(by_lemma, lexicons).items()
        }
        return cls(
            verbs, *({key: tuple(found) for key, found in table.items()} for table in (by_lemma, words, phrases))
        )


def _inflected(word: str) -> tuple[str, ...]:
    feminine = word + "e" if not word.endswith("e") else word
    if word.endswith("if"):
        feminine = word[:-1] + "ve"
    if word.endswith("eux"):
        feminine = word[:-1] + "se"
    return tuple(dict.fromkeys((word, feminine, word + "s", feminine + "s")))
